//! The lead's news, told again with its day. A report opens with what happened and gives the day
//! further down ("The deal was signed on Friday by …"): the act of the lead is that one, where the
//! text tells of just one such act with these partners in the days before it was published.

use crate::extract::steps;
use crate::model::claim::{Claim, ClaimKind, Modality};
use crate::model::date::{Day, When};
use crate::model::finding::{Finding, Suggestion};
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// News is told within so many days.
const FRESH: i32 = 14;

/// Gives claims of the lead, which ends at byte `end` of the text, the time of the same act told
/// later on. Linear in the claims, however many a lead without full stops has.
pub(super) fn date_lead(
    claims: &mut [Suggestion],
    end: usize,
    focus: &ActorId,
    published: Option<&When>,
) {
    /// A lead tells no more.
    const MOST: usize = 16;
    let is_asked = |at: &usize| claim_of(claims, *at).is_some_and(|claim| is_undated(claim, end));
    let asked: Vec<usize> = (0..claims.len()).filter(is_asked).take(MOST).collect();
    for at in asked {
        let Some(claim) = claim_of(claims, at) else {
            continue;
        };
        steps::count(claims.len());
        let mut times = (0..claims.len())
            .filter(|other| *other != at)
            .filter_map(|other| claim_of(claims, other))
            .filter(|other| is_same_act(claim, other, focus) && is_fresh(other, published))
            .map(|other| &other.time);
        let Some(time) = times.next() else {
            continue;
        };
        if times.any(|other| other.when != time.when) {
            continue;
        }
        let time = time.clone();
        if let Some(Finding::Claim(claim)) = claims.get_mut(at).map(|s| &mut s.finding) {
            claim.time = time;
        }
    }
}

fn claim_of(claims: &[Suggestion], at: usize) -> Option<&Claim> {
    match &claims.get(at)?.finding {
        Finding::Claim(claim) => Some(claim),
        _ => None,
    }
}

/// Whether a claim is of the lead, and told as done without saying when.
fn is_undated(claim: &Claim, end: usize) -> bool {
    let first = claim.evidence.first();
    first.is_some_and(|evidence| evidence.start < end)
        && claim.time.span.is_none()
        // Goodwill is no act that has a day.
        && claim.kind != ClaimKind::Support
        && claim.modality == Modality::Done
}

/// Whether two claims tell of the same act, as far as kind, partners and firmness say.
fn is_same_act(lead: &Claim, other: &Claim, focus: &ActorId) -> bool {
    let within = |a: &Claim, b: &Claim| {
        a.partners_of(focus)
            .all(|one| b.partners_of(focus).any(|p| p == one))
    };
    lead.kind == other.kind
        && lead.polarity == other.polarity
        && matches!(other.modality, Modality::Done | Modality::Reported)
        && (within(lead, other) || within(other, lead))
}

/// Whether the time that stands in a claim's own words may be the news': some days at most, just
/// before it was published.
fn is_fresh(claim: &Claim, published: Option<&When>) -> bool {
    let is_own = |span: Span| claim.evidence.iter().any(|of| of.contains(span));
    let time = &claim.time;
    let Some(when) = time.when.as_ref().filter(|_| time.span.is_some_and(is_own)) else {
        return false;
    };
    let is_near = |(from, to): (Day, Day)| {
        let days = when.days().closed();
        days.is_some_and(|(first, _)| first.0 >= from.0 - FRESH && first.0 <= to.0)
    };
    when.length().is_some_and(|days| days <= FRESH)
        && published
            .and_then(|when| when.days().closed())
            .is_none_or(is_near)
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    const LEAD: &str =
        "Kenya has signed a fisheries pact with Uganda. The lake is large. Boats are many. ";

    #[test]
    fn the_leads_news_takes_the_day_that_is_told_later() {
        let signed = "agreement done KE=party UG=party 2020-05-04";
        check(
            "KE",
            &format!("{LEAD}The pact of Kenya and Uganda was signed in Kisumu on 4 May 2020."),
            &[signed, signed],
        );
    }

    #[test]
    fn another_act_or_two_days_leave_it_open() {
        let open = "agreement done KE=party UG=party -";
        let met = "meeting done KE=party UG=party 2020-05-04";
        check(
            "KE",
            &format!("{LEAD}The ministers of Kenya and Uganda met on 4 May 2020."),
            &[open, met],
        );
        check(
            "KE",
            &format!(
                "{LEAD}Kenya and Uganda signed a road treaty on 4 May 2020.\n\nKenya and Uganda signed a \
                 water treaty on 6 June 2020."
            ),
            &[
                open,
                "agreement done KE=party UG=party 2020-05-04",
                "agreement done KE=party UG=party 2020-06-06",
            ],
        );
    }
}
