//! The triggers of a sentence: what the patterns of the first tier find in it.

use super::pattern::{Match, Table};
use super::scene::Scene;
use crate::model::claim::ClaimKind;

impl Scene<'_> {
    /// What the sentence tells by the patterns.
    pub(super) fn triggers(&self) -> &[Match] {
        self.triggers.get_or_init(|| triggers(self))
    }
}

/// The triggers of a sentence: where several begin at one place or overlap, the most specific.
fn triggers(scene: &Scene<'_>) -> Vec<Match> {
    let actor = |at: usize| {
        let player = scene.players.iter().find(|p| p.start == at);
        player.map(|p| p.end)
    };
    let table = Table::shared();
    let words = Table::classes_of(scene.tokens);
    let mut found: Vec<Match> = Vec::new();
    let mut here: Vec<Match> = Vec::new();
    for (start, end) in &scene.units {
        for at in *start..*end {
            if words.begins(at).is_empty() || !scene.is_word(at) {
                continue;
            }
            here.clear();
            table.at(&words, at, *end, &actor, &mut here);
            here.retain(|found| !scene.is_void(found));
            // "declined to comment" refuses nothing to anybody.
            if here.is_empty()
                || scene.is_refusal_to_speak(at)
                || scene.is_denial(at)
                || scene.denies(at)
            {
                continue;
            }
            if scene.is_participle(at) {
                continue;
            }
            // Of those that begin at one word the one that asks for most, the table's first if
            // several do; but what is called off did not happen.
            let rank = |m: &Match| (m.trigger.kind == ClaimKind::Refusal, m.trigger.weight());
            let Some(best) = here
                .drain(..)
                .reduce(|a, b| if rank(&b) > rank(&a) { b } else { a })
            else {
                continue;
            };
            // "signed a partnership with" speaks of an agreement, not of support besides.
            let is_inside = found.last().is_some_and(|outer| {
                best.start < outer.end
                    && (best.trigger.kind == outer.trigger.kind
                        || best.trigger.kind == ClaimKind::Support)
            });
            if !is_inside {
                found.push(best);
            }
        }
    }
    leave_company(scene, &mut found);
    found
}

/// "signed by the minister and his counterpart": who is somebody's counterpart has met them only where
/// the clause tells nothing else.
fn leave_company(scene: &Scene<'_>, found: &mut Vec<Match>) {
    let is_company = |m: &Match| {
        m.end == m.start + 1
            && scene.token(m.start).is_some_and(|t| {
                t.norm.starts_with("counterpart") || t.norm.starts_with("colleague")
            })
    };
    if !found.iter().any(is_company) {
        return;
    }
    let acts = found.iter().filter(|m| !is_company(m));
    let mut acts: Vec<(usize, usize)> = acts.map(|m| scene.unit_of(m.start)).collect();
    acts.dedup();
    found.retain(|m| !is_company(m) || !acts.contains(&scene.unit_of(m.start)));
}
