//! Which of the triggers of a sentence tell of an act of their own, and which belong to another.

use super::Made;
use super::pattern::Match;
use super::scene::Scene;
use crate::model::claim::{ClaimKind, Modality};
use crate::model::ids::ActorId;
use crate::model::span::Span;

impl Scene<'_> {
    /// Whether what the trigger at `at` would tell is denied by what stands around it.
    pub(super) fn is_no_act(&self, triggers: &[Match], at: usize) -> bool {
        let Some(found) = triggers.get(at) else {
            return true;
        };
        // "refused to sell", "suspended exports", "froze licences issued for the export": a refusal
        // each, no sale besides.
        let refused = before(triggers, at).is_some_and(|m| {
            let is_for_it = || {
                matches!(self.norm_before(found.start, 2), "for" | "of" | "on")
                    && found.start <= m.end + 10
            };
            (m.trigger.kind == ClaimKind::Refusal || m.trigger.rule == "claim/eased")
                && found.trigger.kind != ClaimKind::Refusal
                && (found.start <= m.end
                    || self.is_object(found.start) && (found.start <= m.end + 3 || is_for_it()))
        });
        // "tariffs on imports from", "trade tensions with": no trade.
        let is_trade = matches!(
            found.trigger.rule,
            "claim/bought" | "claim/sold" | "claim/trade-named" | "claim/cooperation-with"
        );
        // What "remained unperformed" is no delivery besides.
        let is_undone = || {
            found.trigger.kind == ClaimKind::Delivery
                && found.trigger.modality.is_none()
                && triggers.iter().any(|m| {
                    m.trigger.modality == Some(Modality::Negated)
                        && self.unit_of(m.start) == self.unit_of(found.start)
                })
        };
        // "rejected appeals for loans": the last refusal before it, whatever stands between.
        let is_in_vain = || {
            let mut before = triggers.get(..at).unwrap_or_default().iter().rev().take(4);
            before.any(|refusal| self.is_asked_in_vain(refusal, found))
        };
        refused
            || is_in_vain()
            || (is_trade
                && self.is_quarrel(found.start, found.end)
                && !self.is_accusation(*found, self.unit_of(found.start)))
            || is_undone()
    }

    /// The act that a word of attitude is about: "pledged to deliver", "interested in buying" are
    /// one claim, of what is pledged.
    pub(super) fn act_of_attitude(&self, triggers: &[Match], at: usize) -> Option<Match> {
        let (found, act) = (triggers.get(at)?, triggers.get(at + 1)?);
        let is_of_it = found.trigger.is_attitude()
            && act.start <= found.end + 4
            && self.unit_of(act.start) == self.unit_of(found.start)
            && !act.trigger.is_attitude();
        is_of_it.then_some(*act)
    }

    /// The claim of the sentence to which the trigger at `at`, of what is told with this
    /// `modality`, only adds a passage: its place in the output. `told` are the claims made so
    /// far, and the partners of this trigger.
    pub(super) fn belongs_to(
        &self,
        triggers: &[Match],
        at: usize,
        (made, partners): (&[Made], &[ActorId]),
        modality: Modality,
        time: Option<Span>,
    ) -> Option<usize> {
        if made.is_empty() {
            return None;
        }
        let found = triggers.get(at)?;
        let (kind, unit) = (found.trigger.kind, self.unit_of(found.start));
        // What is only named beside an act of the same sides is part of that act.
        let is_named = |k: ClaimKind, u: (usize, usize)| {
            found.trigger.is_named() && u == unit && (kind == ClaimKind::Support || k == kind)
        };
        // The same said twice in one clause, of one time, is one claim with both passages.
        let is_again = |k: ClaimKind, u: (usize, usize), t: Option<Span>| {
            k == kind && u == unit && (t == time || time.is_none())
        };
        // A refusal and what is not done for it are one.
        let is_undone = kind != ClaimKind::Refusal && modality == Modality::Negated;
        made.iter()
            .filter(|(_, told, ..)| *told == partners)
            .find(|(k, _, u, t, _)| {
                is_named(*k, *u)
                    || is_again(*k, *u, *t)
                    || (is_undone && *k == ClaimKind::Refusal)
                    || (*k == ClaimKind::Agreement && self.is_agreed_on(triggers, at))
            })
            .map(|(_, _, _, _, place)| *place)
    }

    /// "agreed on the launch of a satellite": one claim, of the agreement.
    fn is_agreed_on(&self, triggers: &[Match], at: usize) -> bool {
        let found = triggers.get(at);
        before(triggers, at).zip(found).is_some_and(|(m, found)| {
            m.trigger.rule == "claim/agreed"
                && (m.end..=m.end + 2).contains(&found.start)
                && !self.is_infinitive(found.start)
        })
    }
}

fn before(triggers: &[Match], at: usize) -> Option<&Match> {
    triggers.get(at.checked_sub(1)?)
}
