//! Sentences that go on about the act that was just told and tell of none themselves: "The agreement
//! covers two years", "Both sides say they gained by it". They are further passages of its claim.

use super::Reader;
use super::known::{self, Known};
use super::scene::Scene;
use crate::extract::lexicon::list::{Stems, Words};
use crate::extract::lexicon::words::Token;
use crate::model::claim::{Claim, ClaimTime, Modality};
use crate::model::date::When;
use crate::model::finding::Finding;

/// A text goes on about an act for so many sentences without a word of it between.
const NEAR: usize = 2;

/// It may be about one of so many claims before the last.
const BACK: usize = 2;

/// The word for the act stands among so many tokens at the beginning; in the next sentence it may be
/// what somebody says of it: "The minister said the exercise …".
const OPENING: usize = 6;
const FARTHER: usize = 18;

/// What takes up the last act by a pronoun at the beginning of a sentence.
static PRONOUNS: Words = Words::new(&[
    "it", "they", "this", "these", "он", "она", "оно", "они", "это", "він", "вона", "воно", "вони",
    "це", "ён", "яна", "яно", "яны", "гэта",
]);

/// Words of what takes its time: "were held", "will run".
static HAPPENS: Words = Words::new(&[
    "held",
    "place",
    "run",
    "runs",
    "ran",
    "begin",
    "begins",
    "began",
    "start",
    "starts",
    "started",
    "open",
    "opens",
    "opened",
    "scheduled",
    "signed",
]);
static HAPPENS_SLAVIC: Stems = Stems::new(&[
    "пройд",
    "прош",
    "проход",
    "состо",
    "начн",
    "начал",
    "началс",
    "заверш",
    "подписан",
    "відбу",
    "розпоч",
    "почн",
    "підписан",
    "прайш",
    "адбу",
    "адбы",
    "пачн",
    "пачал",
    "падпісан",
]);

impl Reader<'_> {
    /// Makes a sentence a further passage of the claim that was told last, if it goes on about it and
    /// names nobody else.
    pub(super) fn go_on(&mut self, scene: &Scene<'_>) {
        let Some((latest, age)) = self.latest else {
            return;
        };
        self.latest = Some((latest, age + 1)).filter(|(_, age)| *age < NEAR);
        let mut near = (latest.saturating_sub(BACK)..=latest).rev();
        let Some(at) = near.find(|at| self.is_again(*at, scene)) else {
            return;
        };
        self.add_evidence(scene, at, scene.span(0, scene.tokens.len()));
        let published = self.published.when();
        let Some(Finding::Claim(claim)) = self.out.get_mut(at).map(|s| &mut s.finding) else {
            return;
        };
        // "The exercise will run from 16 to 21 September."
        if claim.time.span.is_none()
            && let [time] = scene.times.as_slice()
            && scene.happens()
            && let Some(when) = &time.when
            && published.is_none_or(|published| fits(when, published, claim.modality))
        {
            claim.time = ClaimTime {
                when: Some(when.clone()),
                span: Some(time.span),
            };
        }
    }

    /// Whether a sentence goes on about the claim at a place of the output.
    fn is_again(&self, at: usize, scene: &Scene<'_>) -> bool {
        let told = self.out.get(at).map(|suggestion| &suggestion.finding);
        let Some(Finding::Claim(claim)) = told else {
            return false;
        };
        let is_of_claim = scene
            .players
            .iter()
            .filter(|player| !player.is_place && !player.is_background)
            .all(|player| claim.actors.iter().any(|part| part.actor == player.who));
        let is_next = self.latest.is_some_and(|latest| latest == (at, 1));
        is_of_claim
            && (scene.speaks_again(
                known::of(claim.kind),
                if is_next { FARTHER } else { OPENING },
            ) || is_next && (scene.takes_up() || scene.tells_more(claim))
                || scene.tells_more(claim) && scene.tells_same(claim))
    }
}

/// Whether a time can be that of an act told with this firmness.
pub(super) fn fits(when: &When, published: &When, modality: Modality) -> bool {
    let (days, written) = (when.days(), published.days());
    match modality {
        Modality::Planned | Modality::Considered => days
            .last
            .zip(written.first)
            .is_none_or(|(last, now)| last >= now),
        _ => days
            .first
            .zip(written.last)
            .is_none_or(|(first, now)| first <= now),
    }
}

impl Scene<'_> {
    /// Whether a sentence tells when something happens.
    pub(super) fn happens(&self) -> bool {
        let mut words = self.tokens.iter();
        words.any(|t| HAPPENS.holds(t) || !t.text.is_ascii() && HAPPENS_SLAVIC.begin(t.norm))
    }

    /// Whether a sentence begins with one of `words` as something known ("The fishing deal …"), or
    /// with both sides.
    fn speaks_again(&self, known: &Known, reach: usize) -> bool {
        let opening = self.tokens.len().min(OPENING);
        let is_again = |(at, token): (usize, &Token<'_>)| {
            let points = |back| matches!(self.norm_before(at, back), "the" | "this" | "that");
            if token.text.is_ascii() {
                let near = if at < OPENING { 3 } else { 1 };
                known.holds(token) && (1..=near).any(points)
            } else {
                // A language without articles has the word in front: "в ходе маневров".
                at <= 2 && known.holds(token)
            }
        };
        let mut tokens = self.tokens.iter().enumerate().take(reach);
        tokens.any(is_again) || self.speaks_of_both((0, opening.min(OPENING / 2)))
    }

    /// Whether a sentence tells an act with the polarity of a claim, and names one of its actors or
    /// begins with the act: nobody else's, as the caller has seen.
    fn tells_more(&self, claim: &Claim) -> bool {
        let names = self.players.iter().any(|player| !player.is_place);
        self.triggers().iter().any(|found| {
            found.trigger.polarity == claim.polarity && (names || found.start < OPENING)
        })
    }

    /// Whether a sentence tells an act of the same kind: it may go on about it a sentence later.
    fn tells_same(&self, claim: &Claim) -> bool {
        self.triggers().iter().any(|found| {
            found.trigger.polarity == claim.polarity && found.trigger.kind == claim.kind
        })
    }

    /// Whether a sentence begins with a pronoun: "It covers …".
    fn takes_up(&self) -> bool {
        self.tokens
            .first()
            .is_some_and(|token| PRONOUNS.holds(token))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::read;
    use crate::model::finding::{Finding, FindingKind};

    /// How many claims there are, and whether one of them quotes `words`.
    fn quoted(text: &str, words: &str) -> (usize, bool) {
        let text = format!("A headline of some length\n\n{text}\n");
        let at = text.find(words).unwrap();
        let claims: Vec<bool> = read(&text, "KE")
            .of_kind(FindingKind::Claim)
            .map(|s| match &s.finding {
                Finding::Claim(claim) => claim.evidence.iter().any(|e| e.contains_offset(at)),
                _ => false,
            })
            .collect();
        (claims.len(), claims.iter().any(|quotes| *quotes))
    }

    #[test]
    fn what_goes_on_about_an_act_is_a_passage_of_it() {
        for (told, more) in [
            (
                "Kenya and Uganda signed a fisheries pact in Kisumu.",
                "The pact covers two seasons.",
            ),
            (
                "Kenya and Uganda signed a fisheries pact in Kisumu.",
                "Both countries say that it helps the small boats.",
            ),
            (
                "Кения и Уганда подписали соглашение о рыболовстве.",
                "Документ касается двух озёр.",
            ),
            (
                "Kenya and Uganda signed a fisheries pact in Kisumu.",
                "It covers two seasons.",
            ),
            (
                "Kenya and Uganda signed a fisheries pact in Kisumu.",
                "A clerk of the port said that the pact covers two seasons.",
            ),
            (
                "Kenya and Uganda signed a fisheries pact in Kisumu.",
                "Joint patrols will be considered as well.",
            ),
            (
                "Kenya and Uganda signed a fisheries pact in Kisumu. The day was hot.",
                "Another protocol on nets was signed.",
            ),
            (
                "Кения и Уганда провели учения на озере.",
                "В ходе учений отработали спасение рыбаков.",
            ),
        ] {
            assert_eq!(quoted(&format!("{told} {more}"), more), (1, true), "{more}");
            // A paragraph of its own as well.
            assert_eq!(
                quoted(&format!("{told}\n\n{more}"), more),
                (1, true),
                "{more}"
            );
        }
    }

    #[test]
    fn an_act_without_a_time_takes_the_one_that_is_told_next() {
        let text = "A headline\n\nKenyan and Ugandan rangers will hold a joint exercise. The exercise \
                    will be held on 16–21 September 2024 near the lake.\n";
        let times: Vec<_> = read(text, "KE")
            .of_kind(FindingKind::Claim)
            .filter_map(|s| match &s.finding {
                Finding::Claim(claim) => claim.time.when.as_ref().map(ToString::to_string),
                _ => None,
            })
            .collect();
        assert_eq!(times, ["2024-09-16/2024-09-21"]);
    }

    #[test]
    fn what_is_of_others_or_of_another_thing_is_none() {
        let told = "Kenya and Uganda signed a fisheries pact in Kisumu.";
        for more in [
            "The pact is like the one of Tanzania in its wording.",
            "The weather was fine on the lake.",
            "The school covers two seasons.",
            "The weather was fine. It may rain.",
            // Late in the sentence it may be anybody's act.
            "A clerk who had long worked at the port spoke of joint patrols.",
        ] {
            let (_, is_quoted) = quoted(&format!("{told} {more}"), more);
            assert!(!is_quoted, "{more}");
        }
    }
}
