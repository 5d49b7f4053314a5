//! Sums over all articles: for the status bar, the colours and the rules.

use super::table::{Part, Table};
use super::track::{self, Tally};
use crate::model::ids::ActorId;

/// What is summed over all articles that have been read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Suggestions, decided ones included.
    pub suggestions: u64,
    /// Decided suggestions.
    pub decided: u64,
    /// Highlights.
    pub annotations: u64,
    /// Everybody who is a partner anywhere, the most often claimed first.
    pub partners: Vec<ActorId>,
    /// How the rules have done, by number; see [`track::sum`].
    pub tallies: Vec<Tally>,
}

/// What one group of parts adds.
struct Group {
    sums: Sums,
    /// By actor: how many claims, and whether an article has it as a partner.
    claims: Vec<(u64, bool)>,
}

/// Sums over a table; `rules` is the number of rules. One scan, on all cores.
#[must_use]
pub fn sum(table: &Table, rules: usize) -> Sums {
    let actors = table.actors().len();
    let groups = table.in_parallel(|slots| {
        let mut group = Group {
            sums: Sums::default(),
            claims: vec![(0, false); actors],
        };
        let mut tallies = Vec::new();
        for slot in slots.filter_map(|slot| table.slots().get(slot)) {
            let part = slot.part.as_ref();
            let mut lists = vec![0_u64; part.partner_lists.len()];
            let mut circles = vec![false; part.circles.len()];
            let one =
                |column: &[u32], at: usize| u64::from(column.get(at).copied().unwrap_or_default());
            for (at, _) in table.scan(slot, None) {
                group.sums.suggestions += one(&part.suggestions, at);
                group.sums.decided += one(&part.decided, at);
                group.sums.annotations += one(&part.annotations, at);
                let claims = part.claim_partners.get(part.claims(at));
                for list in claims.into_iter().flatten() {
                    if let Some(count) = lists.get_mut(*list as usize) {
                        *count += 1;
                    }
                }
                let circle = part.circles_of.get(at);
                let circle = circle.and_then(|circle| circles.get_mut(*circle as usize));
                if let Some(circle) = circle {
                    *circle = true;
                }
                tallies.extend(part.tallies_of(at));
            }
            for (list, count) in part.partner_lists.iter().zip(lists) {
                for actor in list {
                    let actor = group.claims.get_mut(slot.actor(*actor) as usize);
                    if let Some(actor) = actor.filter(|_| count > 0) {
                        actor.0 += count;
                        actor.1 = true;
                    }
                }
            }
            for (circle, is_there) in part.circles.iter().zip(circles) {
                for entry in circle.iter().filter(|_| is_there) {
                    let actor = slot.actor(Part::circle_member(*entry).0);
                    if let Some(actor) = group.claims.get_mut(actor as usize) {
                        actor.1 = true;
                    }
                }
            }
            let sums = track::sum(rules, tallies.drain(..));
            group.sums.add_tallies(&sums);
        }
        group
    });
    let mut sums = Sums {
        tallies: vec![Tally::default(); rules + 1],
        ..Sums::default()
    };
    let mut claims = vec![(0_u64, false); actors];
    for group in groups {
        sums.suggestions += group.sums.suggestions;
        sums.decided += group.sums.decided;
        sums.annotations += group.sums.annotations;
        sums.add_tallies(&group.sums.tallies);
        for (all, more) in claims.iter_mut().zip(group.claims) {
            all.0 += more.0;
            all.1 |= more.1;
        }
    }
    let partners = table.actors().iter().zip(claims);
    let mut partners: Vec<(&ActorId, u64)> = partners
        .filter(|(_, (_, is_partner))| *is_partner)
        .map(|(actor, (claims, _))| (actor, claims))
        .collect();
    partners.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    sums.partners = partners
        .into_iter()
        .map(|(actor, _)| actor.clone())
        .collect();
    sums
}

impl Sums {
    fn add_tallies(&mut self, more: &[Tally]) {
        if self.tallies.len() < more.len() {
            self.tallies.resize(more.len(), Tally::default());
        }
        for (all, more) in self.tallies.iter_mut().zip(more) {
            *all = all.and(*more);
        }
    }
}
