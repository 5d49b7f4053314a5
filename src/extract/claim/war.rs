//! Who is at war with the focus. What a sentence leaves unsaid is not taken for cooperation with
//! somebody whom the text tells to be at war with it.
//!
//! Budget: every rule looks at a bounded number of tokens around somebody who is named.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::TokenKind;
use super::super::steps;
use super::scene::{Player, Scene};
use crate::model::claim::ClaimKind;
use crate::model::ids::ActorId;

/// Beginnings of nouns for an attack on a country.
static ATTACKS: Stems = Stems::new(&[
    "invasion",
    "aggress",
    "offensive",
    "shelling",
    "bombard",
    "airstrike",
    "onslaught",
    "incursion",
    "occupation",
    "вторжени",
    "агресс",
    "наступлени",
    "обстрел",
    "бомбардиров",
    "оккупаци",
    "вторгненн",
    "агресі",
    "обстріл",
    "бомбардув",
    "окупаці",
    "уварванн",
    "абстрэл",
]);
/// Verbs of attacking a country.
static ATTACKED: Stems = Stems::new(&[
    "invade",
    "invadi",
    "attack",
    "bombed",
    "shelled",
    "annexed",
    "вторгл",
    "напал",
    "аннексирова",
    "атакова",
    "вдерл",
    "напад",
    "анексува",
    "атакув",
]);
/// What stands between an attack and its aim.
static ON: Words = Words::new(&[
    "of",
    "against",
    "on",
    "in",
    "the",
    "на",
    "в",
    "во",
    "против",
    "проти",
    "у",
    "супраць",
]);

impl Scene<'_> {
    /// Adds whom the sentence tells to be at war with the focus.
    pub(super) fn at_war(&self, focus: &ActorId, enemies: &mut Vec<ActorId>) {
        if self.players.len() < 2 || self.players.iter().all(|p| p.who != *focus) {
            return;
        }
        for player in &self.players {
            let Some(attack) = self.attack_of(player) else {
                continue;
            };
            let enemy = match self.aim(attack) {
                Some(aim) if aim.who == *focus => &player.who,
                Some(aim) if player.who == *focus => &aim.who,
                // "Norway condemned the Ghanaian offensive": only where nobody else is named.
                None if self.names_only(&player.who, focus) => &player.who,
                _ => continue,
            };
            if enemy != focus && !enemies.contains(enemy) {
                enemies.push(enemy.clone());
            }
        }
    }

    /// Where the attack is told that somebody makes: "X's full-scale invasion", "X has attacked".
    fn attack_of(&self, player: &Player) -> Option<usize> {
        /// Between the two stand so many words.
        const NEAR: usize = 3;
        steps::count(NEAR);
        let near = player.end..player.end + NEAR;
        let words = near.map_while(|at| Some((at, self.token(at)?)));
        let mut words = words.take_while(|(_, t)| t.kind == TokenKind::Word);
        let is_owner = self.is_whose(player);
        let found = words.find(|(_, t)| {
            ATTACKED.begin(t.norm) || ATTACKS.begin(t.norm) || is_owner && t.norm == "war"
        });
        found.map(|(at, _)| at)
    }

    /// Whom the attack told of at `at` is on.
    fn aim(&self, at: usize) -> Option<&Player> {
        /// "of the sovereign state of".
        const NEAR: usize = 4;
        steps::count(self.players.len());
        let next = self.players.iter().find(|p| p.start > at)?;
        let between = self.tokens.get(at + 1..next.start)?;
        (between.len() <= NEAR && between.iter().all(|t| ON.holds(t))).then_some(next)
    }

    fn names_only(&self, one: &ActorId, other: &ActorId) -> bool {
        self.players
            .iter()
            .all(|p| p.who == *one || p.who == *other)
    }
}

/// Whether those at war may well do so together: they talk and make truces.
pub(super) const fn is_of_enemies(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Meeting | ClaimKind::Agreement | ClaimKind::Visit | ClaimKind::Refusal
    )
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    #[test]
    fn those_at_war_do_nothing_together_that_is_left_unsaid() {
        check(
            "GH",
            "Norway's invasion of Ghana went on, and trucks were lost. Allied trucks were supplied to \
             Norway by 3 May 2020.",
            &[],
        );
        check(
            "GH",
            "Norway invaded Ghana. Norway and Ghana signed a truce on 3 May 2020.",
            &["agreement done NO=party GH=party 2020-05-03"],
        );
        // Others' war is not the focus'.
        check(
            "GH",
            "Ghana spoke of Norway's invasion of Kenya. Norwegian trucks were supplied to Ghana.",
            &["delivery done NO=supplier GH=recipient -"],
        );
    }
}
