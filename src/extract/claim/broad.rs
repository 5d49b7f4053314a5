//! The second tier: sentences of which no pattern says anything, read for any word of an act.
//!
//! Patterns are sure and miss much of what they have not seen. A sentence that names the focus and
//! somebody else with a word of an act is proposed as well, less sure and under rules of its own,
//! one claim for the same sides; so is somebody whom nothing has tied to the focus yet, where the
//! focus is left unsaid. Not where the sentence quarrels or compares, nor where it says no, but for
//! agreements and deliveries that did not come about.

use std::cell::LazyCell;

use super::bound::Bound;
use super::classes::Found;
use super::pattern::{Match, Table};
use super::scene::Scene;
use super::war::is_of_enemies;
use super::{Made, Reader, Told, evidence};
use crate::extract::lexicon::list::{Stems, Words};
use crate::extract::lexicon::words::Token;
use crate::model::claim::ClaimKind;
use crate::model::finding::Finding;
use crate::model::ids::ActorId;

/// How much less sure it is than what a pattern says, in percent.
const DOUBT: u8 = 30;

/// With more doubt than this, in percent, it is a guess and no suggestion.
const MOST_DOUBT: u8 = 45;

/// Beginnings of words of a quarrel.
static QUARRELS: Stems = Stems::new(&[
    "tariff",
    "sanction",
    "invasion",
    "invade",
    "aggress",
    "tension",
    "accus",
    "blam",
    "condemn",
    "threat",
    "critici",
    "decr",
    "friction",
    "annex",
    "strain",
    "coerc",
    "erod",
    "undermin",
    "overthrow",
    "опасени",
    "побоюв",
    "аннекс",
    "анекс",
    "санкци",
    "пошлин",
    "войн",
    "вторж",
    "агресс",
    "обвин",
    "угро",
    "осуд",
    "критик",
    "вторгн",
    "війн",
    "агрес",
    "звинувач",
    "загроз",
    "засуд",
    "вайн",
    "абвінав",
    "пагроз",
    "асудз",
]);
/// Whole words of a quarrel, and of a comparison.
static ELSE: Words = Words::new(&[
    "war",
    "wars",
    "deter",
    "deters",
    "deterring",
    "attack",
    "attacks",
    "attacked",
    "comparison",
    "contrast",
    "compare",
    "compares",
    "compared",
    "comparing",
    "unlike",
    "than",
    "сравнения",
    "сравнил",
    "сравнила",
    "сравнивает",
    "порівняв",
    "порівнює",
    "параўноўвае",
    "сравнению",
    "отличие",
    "порівняння",
    "порівняно",
    "відміну",
    "параўнання",
    "параўнанні",
    "адрозненне",
]);

impl Reader<'_> {
    /// "Under the deal Kenya will sell tea to Uganda": the deal of two who stand in the sentence is told
    /// besides the act, where nothing has told of it.
    fn is_second(&self, bound: &Bound, kind: ClaimKind, told: &[(Vec<ActorId>, usize)]) -> bool {
        /// The focus and one other.
        const TWO: usize = 2;
        let kind_at = |at: usize| match &self.out.get(at)?.finding {
            Finding::Claim(claim) => Some(claim.kind),
            _ => None,
        };
        kind == ClaimKind::Agreement
            && bound.inherited.is_none()
            && bound.actors.len() == TWO
            && told.iter().all(|(_, at)| kind_at(*at) != Some(kind))
    }

    /// Proposes what the words of an act in a sentence say. Where patterns have `made` claims of the
    /// sentence, or a word of another clause has, the same sides' words are further passages of it.
    pub(super) fn broadly(&mut self, scene: &Scene<'_>, made: &[Made]) {
        // Most sentences name nobody, or the focus alone.
        if scene.players.iter().all(|p| p.who == *self.focus) {
            return;
        }
        let mut acts = scene.tokens.iter().filter_map(|t| t.entry.broad_acts);
        if acts.all(|acts| acts.begins().is_empty()) {
            return;
        }
        let tells_else = |t: &Token<'_>| ELSE.holds(t) || QUARRELS.begin(t.norm);
        let tells_else = LazyCell::new(|| scene.tokens.iter().any(tells_else));
        let by_patterns = made
            .iter()
            .map(|(_, partners, _, _, at)| (partners.clone(), *at));
        let mut told: Vec<(Vec<ActorId>, usize)> = by_patterns.collect();
        let classes = Table::broad_classes_of(scene.tokens);
        // A treaty that is suspended is not concluded besides.
        let refuses = made.iter().any(|(kind, ..)| *kind == ClaimKind::Refusal);
        for unit in scene.units.iter().copied() {
            let is_read = made.iter().any(|(_, _, read, ..)| *read == unit);
            for found in words(scene, &classes, unit) {
                let kind = found.trigger.kind;
                let may_be_second = !made.is_empty() && !refuses && scene.names_a_deal(found);
                if is_read && !may_be_second {
                    continue;
                }
                let Some(mut bound) = scene.bind(found, self.focus, &self.memory) else {
                    continue;
                };
                if *tells_else {
                    return;
                }
                if !tells_of_none(kind, &bound) && scene.is_negated(unit) {
                    continue;
                }
                let actors = bound.actors.iter().map(|part| part.actor.clone());
                let partners: Vec<ActorId> = actors.filter(|actor| actor != self.focus).collect();
                // Two guesses at once are a suggestion only of somebody new.
                let is_new = || partners.iter().all(|partner| !self.tied.contains(partner));
                let is_weak = matches!(
                    kind,
                    ClaimKind::Support
                        | ClaimKind::JointProduction
                        | ClaimKind::TechnologyTransfer
                        | ClaimKind::Test
                );
                if bound.inherited.is_some() && (is_weak || !is_new()) {
                    continue;
                }
                if bound.has_any(&self.memory.enemies) && !is_of_enemies(kind) {
                    continue;
                }
                bound.doubt += DOUBT;
                if bound.doubt > MOST_DOUBT {
                    continue;
                }
                let is_in = |all: &[ActorId]| partners.iter().all(|one| all.contains(one));
                let before = told.iter().find(|(partners, _)| is_in(partners));
                if may_be_second && self.is_second(&bound, kind, &told) {
                    let tone = scene.tone(found);
                    if let Some(at) = self.push(scene, found, bound, &partners, usize::MAX, tone) {
                        told.push((partners.clone(), at));
                    }
                    break;
                }
                if is_read {
                    continue;
                }
                if let Some(at) = before.map(|(_, at)| *at) {
                    if bound.inherited.is_none() {
                        self.add_evidence(scene, at, evidence(scene, found, &bound, None));
                    }
                    break;
                }
                if !made.is_empty() {
                    continue;
                }
                // A paragraph that goes on about the same sides with a word of goodwill, or with one of
                // the same kind, tells more of what it told.
                let goes_on = |told: &Told| {
                    told.partners == partners
                        && told.polarity == found.trigger.polarity
                        && (told.kind == kind || kind == ClaimKind::Support)
                };
                if scene.times.is_empty()
                    && let Some(at) = self.told.iter().rev().find(|(told, _)| goes_on(told))
                {
                    let at = at.1;
                    self.add_evidence(scene, at, evidence(scene, found, &bound, None));
                    told.push((partners.clone(), at));
                    break;
                }
                let tone = scene.tone(found);
                let pushed = self.push(scene, found, bound, &partners, usize::MAX, tone);
                if let Some(at) = pushed {
                    told.push((partners.clone(), at));
                    self.memory.tied(partners);
                    break;
                }
            }
        }
    }
}

/// "Have not agreed" tells something, "were not at the talks" nothing.
const fn tells_of_none(kind: ClaimKind, bound: &Bound) -> bool {
    match kind {
        ClaimKind::Refusal => true,
        ClaimKind::Agreement | ClaimKind::Delivery | ClaimKind::Purchase => {
            bound.inherited.is_none()
        }
        _ => false,
    }
}

/// The words of an act in a clause, the most particular kinds first.
fn words(scene: &Scene<'_>, classes: &Found<'_>, unit: (usize, usize)) -> Vec<Match> {
    let mut all = Vec::new();
    for at in unit.0..unit.1 {
        if !classes.begins(at).is_empty()
            && scene.is_word(at)
            && !scene.is_refusal_to_speak(at)
            && !scene.is_participle(at)
        {
            Table::broad().at(classes, at, unit.1, &|_| None, &mut all);
        }
    }
    all.retain(|found| !scene.is_void(found));
    all.sort_by_key(|found: &Match| match found.trigger.kind {
        ClaimKind::Support => 2,
        ClaimKind::JointProduction | ClaimKind::TechnologyTransfer | ClaimKind::Test => 1,
        _ => 0,
    });
    all
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::{check, read};
    use crate::model::claim::Claim;
    use crate::model::finding::{Finding, FindingKind};

    #[test]
    fn a_word_of_an_act_is_enough_where_no_pattern_fits() {
        check(
            "KE",
            "Kenyan and Ugandan hydrologists at a roundtable on the lake.",
            &["meeting done KE=party UG=party -"],
        );
        check(
            "GE",
            "Грузинские и армянские спасатели на маневрах в горах.",
            &["exercise done GE=party AM=party -"],
        );
    }

    #[test]
    fn another_clause_of_the_same_sides_is_a_further_passage() {
        let text = "A headline of some length\n\nKenya and Uganda signed a fisheries pact, while \
                    Kenyan and Ugandan rangers go on with drills.\n";
        let claims: Vec<Claim> = read(text, "KE")
            .of_kind(FindingKind::Claim)
            .filter_map(|s| match &s.finding {
                Finding::Claim(claim) => Some(claim.clone()),
                _ => None,
            })
            .collect();
        let drills = text.find("drills").unwrap();
        let quoted = |claim: &Claim| claim.evidence.iter().any(|e| e.contains_offset(drills));
        assert!(claims.iter().any(quoted), "{claims:?}");
    }

    /// The focus of the article and the act are both guessed: no suggestion.
    #[test]
    fn a_guess_upon_a_guess_is_none() {
        check(
            "KE",
            "Kenya is dry.\n\nThe lake is Ugandan territory and its laboratory old.",
            &[],
        );
    }

    #[test]
    fn but_not_where_the_sentence_quarrels_compares_or_says_no() {
        check("KE", "Kenya blamed Uganda for the roundtable.", &[]);
        check(
            "KE",
            "Uganda, by comparison, exports less tea than Kenya.",
            &[],
        );
        check("KE", "Uganda was not at the Kenyan roundtable.", &[]);
        check(
            "KE",
            "Kenyan and Ugandan envoys found no agreement on the fish.",
            &["agreement negated KE=party UG=party -"],
        );
    }
}
