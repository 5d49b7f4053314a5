//! The parts of a claim while they are bound.

use super::scene::Player;
use crate::model::claim::{Role, RoleActor};
use crate::model::ids::ActorId;

/// The parts of a claim, and how they were found.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) actors: Vec<RoleActor>,
    /// First token and one past the last of all that was bound, the trigger included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// How much less sure than a claim with both sides in the clause.
    pub(super) doubt: u8,
    /// The rule by which somebody was taken from outside the clause.
    pub(super) inherited: Option<&'static str>,
}

impl Bound {
    pub(super) fn has(&self, actor: &ActorId) -> bool {
        self.actors.iter().any(|a| a.actor == *actor)
    }

    pub(super) fn others(&self, focus: &ActorId) -> usize {
        self.actors.iter().filter(|a| a.actor != *focus).count()
    }

    /// Whether these are the focus' partners in it.
    pub(super) fn is_between(&self, focus: &ActorId, partners: &[ActorId]) -> bool {
        let mut others = self.actors.iter().map(|part| &part.actor);
        others.all(|other| other == focus || partners.contains(other))
    }

    /// "Spain supplied radars to Peru and Chile": what Chile gets is nothing between it and Peru.
    /// Where one does something to another, the focus' partners are on the other side.
    pub(super) fn leave_company(&mut self, focus: &ActorId) {
        let own = self.actors.iter().find(|a| a.actor == *focus);
        let Some(own) = own.map(|a| a.role).filter(|role| *role != Role::Party) else {
            return;
        };
        if self.actors.iter().any(|a| a.role != own) {
            self.actors.retain(|a| a.actor == *focus || a.role != own);
        }
    }

    /// "They signed a contract to supply drones": who of them gives and who receives is left open.
    fn all_on_one_side(&self) -> bool {
        let first = self.actors.first().map(|part| part.role);
        self.actors.len() > 1
            && matches!(first, Some(Role::Supplier | Role::Recipient))
            && self.actors.iter().all(|part| Some(part.role) == first)
    }

    /// Where all would give, or all receive, nobody is said to.
    pub(super) fn leave_open(&mut self) {
        if self.all_on_one_side() {
            for part in &mut self.actors {
                part.role = Role::Party;
            }
        }
    }

    /// Takes actors from what was said before.
    pub(super) fn inherit<'a>(&mut self, actors: impl Iterator<Item = &'a ActorId>, role: Role) {
        for actor in actors {
            if !self.has(actor) {
                self.actors.push(RoleActor {
                    actor: actor.clone(),
                    role,
                });
            }
        }
    }

    pub(super) fn add(&mut self, player: &Player, role: Role) {
        self.start = self.start.min(player.start);
        self.end = self.end.max(player.end);
        if !self.has(&player.who) {
            self.actors.push(RoleActor {
                actor: player.who.clone(),
                role,
            });
        }
    }

    /// Whether somebody of these takes part.
    pub(super) fn has_any(&self, enemies: &[ActorId]) -> bool {
        enemies.iter().any(|enemy| self.has(enemy))
    }
}
