//! What a clause refers back to, and the time that it takes from there. It may name an encounter of
//! the same sides, or say that it tells of something at the scene that was told of before: "at the
//! ceremony", "she also met", "the pact was signed by". What was done there was done then.

use super::again;
use super::bound::Bound;
use super::known::{AGREEMENTS, ENCOUNTERS};
use super::pattern::Match;
use super::scene::Scene;
use super::{Reader, Told};
use crate::extract::lexicon::list::{Stems, Words};
use crate::model::claim::{ClaimKind, ClaimTime, Modality};
use crate::model::finding::Finding;
use crate::model::ids::ActorId;

/// How a clause refers to what was told before.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refers {
    /// It points to an encounter: "during the visit".
    pub(super) points: bool,
    /// It adds another act: "she also met".
    pub(super) adds: bool,
    /// It tells of a known agreement again: "the pact was signed by".
    pub(super) retells: bool,
}

/// Between what points and the encounter stand so many words at most: "on the sidelines of the
/// third annual ministerial conference".
const REACH: usize = 5;

/// A word that adds stands so near to the act, in tokens.
const BESIDE: usize = 6;

static POINTS: Words = Words::new(&[
    "during",
    "at",
    "after",
    "following",
    "sidelines",
    "witnessed",
    "attended",
    "witness",
    "margins",
    "ходе",
    "время",
    "рамках",
    "итогам",
    "полях",
    "после",
    "час",
    "ході",
    "підсумками",
    "результатами",
    "після",
    "падчас",
    "ходзе",
    "выніках",
    "пасля",
]);

/// What makes an encounter a known one in English.
static KNOWN: Words = Words::new(&["the", "this", "that", "his", "her", "their", "these"]);

static ALSO: Words = Words::new(&[
    "also",
    "addition",
    "besides",
    "separately",
    "также",
    "кроме",
    "помимо",
    "отдельно",
    "також",
    "крім",
    "окремо",
    "таксама",
    "акрамя",
    "апроч",
]);

static SIGNED: Stems = Stems::new(&["sign", "inked", "подпис", "підпис", "падпіс"]);

/// Whether acts of this kind are scenes at which others are done.
const fn is_scene(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Meeting | ClaimKind::Visit | ClaimKind::Agreement | ClaimKind::Exercise
    )
}

impl Reader<'_> {
    /// The claim of an encounter or agreement, told shortly before without its time, to which the time
    /// of a sentence belongs that leaves the sides unsaid or tells only when it was.
    pub(super) fn undated(&self, told: &Told) -> Option<usize> {
        /// Among so many claims.
        const BACK: usize = 3;
        let is_encounter = matches!(
            told.kind,
            ClaimKind::Meeting | ClaimKind::Visit | ClaimKind::Exercise | ClaimKind::Agreement
        );
        let (latest, _) = self.latest.filter(|_| is_encounter)?;
        let is_it = |at: &usize| {
            let finding = self.out.get(*at).map(|suggestion| &suggestion.finding);
            let Some(Finding::Claim(claim)) = finding else {
                return false;
            };
            claim.kind == told.kind
                && claim.modality == told.modality
                && claim.polarity == told.polarity
                && claim.time.span.is_none()
                && claim.partners_of(self.focus).eq(told.partners.iter())
        };
        (latest.saturating_sub(BACK - 1)..=latest).rev().find(is_it)
    }

    /// The time of the encounter that a clause without one refers back to: a meeting or visit with
    /// the same partners, or an act of the same person, told of shortly before; or the act that a
    /// clause points to or adds to.
    pub(super) fn earlier(
        &self,
        scene: &Scene<'_>,
        found: Match,
        bound: &Bound,
        partners: &[ActorId],
        modality: Modality,
    ) -> Option<ClaimTime> {
        /// How far back a text refers, in bytes and in claims.
        const BACK: (usize, usize) = (2500, 6);
        /// What was done in a year need not have been done together.
        const MONTH: i32 = 31;
        if modality == Modality::Considered {
            return None;
        }
        if let Some(time) = self.of_the_scene(scene, found, partners, modality) {
            return Some(time);
        }
        let is_encounter = |k: ClaimKind| matches!(k, ClaimKind::Meeting | ClaimKind::Visit);
        // "The two men signed a protocol", "Both ministers agreed to …": at the encounter that was just
        // told of.
        let agreed = || {
            found.trigger.rule == "claim/agreed" && scene.speaks_of_both(scene.unit_of(found.start))
        };
        let at_encounter =
            found.trigger.kind == ClaimKind::Agreement && (bound.inherited.is_some() || agreed());
        if !(is_encounter(found.trigger.kind) || at_encounter) {
            return None;
        }
        let here = scene.tokens.first()?.span.start;
        let people = scene.people(bound.start, bound.end);
        let published = self.published.when();
        self.dated
            .iter()
            .rev()
            .take(BACK.1)
            .find(|dated| {
                dated.partners == partners
                    && dated.when.length().is_some_and(|days| days <= MONTH)
                    && published.is_none_or(|now| again::fits(&dated.when, now, modality))
                    && here.saturating_sub(dated.at) < BACK.0
                    && (!at_encounter || dated.kind == ClaimKind::Meeting && dated.is_short())
                    && (is_encounter(dated.kind) || dated.people.iter().any(|p| people.contains(p)))
            })
            .map(|dated| ClaimTime {
                when: Some(dated.when.clone()),
                span: Some(dated.span),
            })
    }

    /// The last encounter or agreement that was told as done, where it has a time, for a clause that
    /// says it was then: "at the ceremony", "she also met", "the pact was signed by".
    fn of_the_scene(
        &self,
        scene: &Scene<'_>,
        found: Match,
        partners: &[ActorId],
        modality: Modality,
    ) -> Option<ClaimTime> {
        /// The encounter is one of so many claims before.
        const BACK: usize = 6;
        if modality != Modality::Done {
            return None;
        }
        let refers = scene.refers(found);
        if !refers.points && !refers.adds && !refers.retells {
            return None;
        }
        let mut before = self.out.iter().rev().take(BACK);
        let claim = before.find_map(|suggestion| match &suggestion.finding {
            Finding::Claim(claim) if is_scene(claim.kind) => Some(claim),
            _ => None,
        })?;
        let is_same = || {
            claim
                .partners_of(self.focus)
                .any(|one| partners.contains(one))
        };
        let is_it = claim.modality == Modality::Done
            && (refers.points
                || refers.adds && is_scene(found.trigger.kind)
                || refers.retells && claim.kind == ClaimKind::Agreement && is_same());
        claim.time.span?;
        // Not of a year: what was done in it need not have been done together.
        (is_it && claim.time.when.as_ref()?.length()? <= 31).then(|| claim.time.clone())
    }
}

impl Scene<'_> {
    /// How the clause of a trigger refers to what was told before.
    pub(super) fn refers(&self, found: Match) -> Refers {
        let unit = self.unit_of(found.start);
        let near = (
            found.start.saturating_sub(BESIDE).max(unit.0),
            unit.1.min(found.end + 2),
        );
        let has = |(from, to): (usize, usize), words: &Words| {
            let tokens = self.tokens.get(from..to).unwrap_or_default();
            tokens.iter().any(|t| words.holds(t))
        };
        // "Besides, …" opens the sentence, however far its verb is.
        let opening = (unit.0, unit.1.min(unit.0 + 2));
        Refers {
            points: (unit.0..unit.1).any(|at| self.points_at(at, unit.1)),
            adds: has(near, &ALSO) || has(opening, &ALSO),
            retells: found.trigger.kind == ClaimKind::Agreement && self.retells(unit),
        }
    }

    /// Whether a sentence begins with an encounter and tells that it took place: "The talks between
    /// the two were held on 5 May", "Встреча состоялась 5 мая".
    pub(super) fn tells_when(&self, found: Match) -> bool {
        let opening = self.tokens.get(..2).unwrap_or_default();
        let is_known = opening
            .first()
            .is_some_and(|t| t.norm == "the" || !t.text.is_ascii());
        found.trigger.kind == ClaimKind::Meeting
            && is_known
            && opening.iter().any(|t| ENCOUNTERS.holds(t))
            && self.happens()
    }

    /// Whether a token points to a known encounter that stands right after it.
    fn points_at(&self, at: usize, end: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|t| POINTS.holds(t)) else {
            return false;
        };
        let after = self
            .tokens
            .get(at + 1..end.min(at + 1 + REACH))
            .unwrap_or_default();
        let Some(noun) = after.iter().position(|t| ENCOUNTERS.holds(t)) else {
            return false;
        };
        let between = after.get(..noun).unwrap_or_default();
        // Somebody else's: "after the visit of", "at the summit in".
        let goes_on = after.get(noun + 1).is_some_and(|t| {
            matches!(
                t.norm,
                "of" | "to" | "in" | "between" | "held" | "on" | "by"
            )
        });
        if token.text.is_ascii() {
            !goes_on && between.first().is_some_and(|t| KNOWN.holds(t))
        } else {
            noun <= 1
        }
    }

    /// Whether it tells of the signing of a known agreement.
    fn retells(&self, unit: (usize, usize)) -> bool {
        let signed = (unit.0..unit.1).find(|at| {
            let token = self.tokens.get(*at);
            token.is_some_and(|t| SIGNED.begin(t.norm))
        });
        let Some(signed) = signed else {
            return false;
        };
        (unit.0..unit.1.min(unit.0 + BESIDE)).any(|at| {
            let is_known = (1..=3).any(|back| matches!(self.norm_before(at, back), "the" | "this"));
            self.tokens.get(at).is_some_and(|t| {
                AGREEMENTS.holds(t)
                    && (if t.text.is_ascii() {
                        is_known
                    } else {
                        at <= unit.0 + 1
                    })
            }) && at < signed + BESIDE
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    const SCENE: &str = "The ministers of Kenya and Uganda met in Kisumu on 4 May 2020.";
    const MET: &str = "meeting done KE=party UG=party 2020-05-04";

    /// The scene, with `more` in the same paragraph.
    fn after(more: &str, expected: &[&str]) {
        let all: Vec<&str> = [MET].iter().chain(expected).copied().collect();
        check("KE", &format!("{SCENE} {more}"), &all);
    }

    #[test]
    fn what_was_done_there_was_done_then() {
        let gave = "delivery done KE=supplier UG=recipient 2020-05-04";
        after(
            "At the ceremony Kenya handed over radars to Uganda.",
            &[gave],
        );
        let ghana = "meeting done KE=party GH=party 2020-05-04";
        after("Kenya's minister also met the minister of Ghana.", &[ghana]);
        check(
            "KE",
            "Министры Кении и Уганды встретились в Кисуму 4 мая 2020 года. В ходе встречи Кения \
             передала Уганде радары.",
            &[MET, gave],
        );
    }

    #[test]
    fn what_is_not_said_to_be_of_the_scene_stays_open() {
        let open = "delivery done KE=supplier UG=recipient -";
        after("Kenya handed over radars to Uganda.", &[open]);
        // Not the signing once more.
        check(
            "KE",
            "Kenya and Uganda signed a pact on 4 May 2020. Kenya also handed over radars to Uganda.",
            &["agreement done KE=party UG=party 2020-05-04", open],
        );
        // Another one.
        after(
            "At the summit in Lima Kenya handed over radars to Uganda.",
            &[open],
        );
        let planned = "delivery planned KE=supplier UG=recipient -";
        after(
            "At the meeting Kenya said it will deliver radars to Uganda.",
            &[planned],
        );
    }

    #[test]
    fn what_both_sides_agreed_was_agreed_at_their_meeting() {
        after(
            "The ministers spoke of fish for an hour.\n\nBoth ministers agreed for Kenya and Uganda to share the fish.",
            &["agreement done KE=party UG=party 2020-05-04"],
        );
    }

    #[test]
    fn a_scene_without_a_year_dates_what_was_done_there() {
        check(
            "KE",
            "The ministers of Kenya and Uganda met in Kisumu on 4 May. At the ceremony Kenya handed \
             over radars to Uganda.",
            &[
                "meeting done KE=party UG=party XXXX-05-04",
                "delivery done KE=supplier UG=recipient XXXX-05-04",
            ],
        );
    }

    #[test]
    fn an_encounter_takes_the_day_on_which_it_is_told_to_have_been() {
        check(
            "KE",
            "The ministers of Kenya and Uganda met in Kisumu. The talks between Kenya and Uganda \
             were held on 4 May 2020.",
            &[MET],
        );
    }
}
