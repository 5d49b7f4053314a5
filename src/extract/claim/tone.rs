//! How firmly a passage says something, and for or against.

mod words;

use super::super::lexicon::list::Words;
use super::aspect;
use super::pattern::Match;
use super::scene::Scene;
use crate::model::claim::{ClaimKind, Modality, Polarity};
pub(super) use words::NEGATIONS;
use words::{
    ACCUSES, CONSIDERED, DENIED, DENIES, DISCUSSED, INVITED, LIKELY, NOT_UNDONE, ONGOING,
    ONGOING_AFTER, PAST, PLANNED, PLANNED_AFTER, REPORTED, SAID_OF, TALKS, WILL, WOULD,
};

/// How far before a trigger a word governs it, in tokens.
const BEFORE: usize = 6;

impl Scene<'_> {
    /// Modality and polarity of what a trigger tells of.
    pub(super) fn tone(&self, found: Match) -> (Modality, Polarity) {
        let unit = self.unit_of(found.start);
        let polarity = found.trigger.polarity;
        // "on 3 May" is no "may".
        let holds = |from: usize, to: usize, words: &Words| {
            self.tokens
                .get(from..to.max(from))
                .is_some_and(|tokens| tokens.iter().any(|t| words.holds(t) && t.text != "May"))
        };
        let is_reduced = self.is_reduced(found);
        let governs = |words: &Words, before: usize| {
            if is_reduced {
                return holds(found.start + 1, found.end, words);
            }
            holds(
                found.start.saturating_sub(before).max(unit.0),
                found.start,
                words,
            )
        };
        // In Russian the verb itself may say it ("посетит"); in English "plan" may be the object.
        let near = |words: &Words, before: usize| {
            governs(words, before)
                || self
                    .tokens
                    .get(found.start..found.end)
                    .is_some_and(|tokens| {
                        tokens.iter().any(|t| !t.text.is_ascii() && words.holds(t))
                    })
        };
        if self.is_denied(&found) {
            return (Modality::Negated, Polarity::Adverse);
        }
        if let Some(stated) = found.trigger.modality {
            return (stated, polarity);
        }
        let negated = near(&NEGATIONS, 4)
            && (is_reduced || !self.is_contrast_alone(found, unit))
            && found.trigger.kind != ClaimKind::Refusal;
        if negated {
            // "has not abandoned attempts", "not only", "not cut supplies": no negation of the act.
            let undone = near(&NOT_UNDONE, 4) || self.is_kept_up(found);
            if !undone {
                return (Modality::Negated, Polarity::Adverse);
            }
        }
        if self.is_accusation(found, unit) {
            return (Modality::Reported, polarity);
        }
        if self.is_seen_as_unwise(found, unit)
            || self.does_not_come_about(found)
            || self.is_left_undone(found, unit)
        {
            return (Modality::Negated, Polarity::Adverse);
        }
        let is_topic = found.trigger.kind != ClaimKind::Meeting && governs(&DISCUSSED, BEFORE);
        let of = |from: usize, to: usize| {
            let mut tokens = self.tokens.get(from..to)?.iter();
            tokens.find_map(|t| aspect::of(t.norm))
        };
        // "примут участие в учениях": the verb stands before the act.
        let before = found.start.saturating_sub(2).max(unit.0);
        let ahead = || of(before, found.start).filter(|form| *form == Modality::Planned);
        let form = of(found.start, found.end).or_else(ahead);
        let modality = if is_topic || self.is_invited_to(found, unit) {
            Modality::Considered
        } else if near(&CONSIDERED, BEFORE) && !near(&LIKELY, 1)
            || holds(found.start, found.start + 1, &CONSIDERED)
            || self.is_supposed(found, unit)
            || self.is_talked_of(found)
        {
            if near(&WOULD, BEFORE) && self.has_report(unit) {
                Modality::Reported
            } else {
                Modality::Considered
            }
        } else if self.is_kept_on(found) {
            Modality::Ongoing
        } else if self.is_yet_to_do(found)
            || form == Some(Modality::Planned)
            || holds(found.start + 1, found.end, &WILL)
            || self.is_to_be(found)
            || near(&PLANNED, BEFORE)
            || holds(
                found.end,
                (found.end + BEFORE + 3).min(unit.1),
                &PLANNED_AFTER,
            )
        {
            Modality::Planned
        } else if self.has_report(unit) || self.is_hearsay(&found, unit) || self.is_said_of(found) {
            Modality::Reported
        } else if near(&ONGOING, BEFORE)
            || form == Some(Modality::Ongoing)
            || holds(found.start, (found.end + 4).min(unit.1), &ONGOING_AFTER)
            || self.is_progressive(found)
            || self.is_habit(found)
            || self.is_state(found)
        {
            Modality::Ongoing
        } else {
            Modality::Done
        };
        (modality, polarity)
    }

    /// "will build it under a memorandum signed on Monday": the participle is governed from within.
    fn is_reduced(&self, found: Match) -> bool {
        found.trigger.rule == "claim/signed-agreement"
            && found.end > found.start + 1
            && self
                .token(found.end - 1)
                .is_some_and(|t| t.text.is_ascii() && t.norm.ends_with("ed"))
    }

    /// "X, not Y, helped Z": each negation before the act is of somebody else.
    fn is_contrast_alone(&self, found: Match, unit: (usize, usize)) -> bool {
        /// A negation counts so far before a trigger.
        const NEAR: usize = 4;
        let is_no = |at: &usize| self.token(*at).is_some_and(|t| NEGATIONS.holds(t));
        let before = found.start.saturating_sub(NEAR).max(unit.0)..found.start;
        let mut negations = before.filter(is_no).peekable();
        negations.peek().is_some() && negations.all(|at| self.is_of_contrast(at))
    }

    /// "accused X of supplying", "обвинил X в поставках": somebody says so.
    pub(super) fn is_accusation(&self, found: Match, unit: (usize, usize)) -> bool {
        /// The verb stands so near before what it charges somebody with.
        const NEAR: usize = 9;
        let before = found.start.saturating_sub(NEAR).max(unit.0)..found.start;
        let before = self.tokens.get(before).unwrap_or_default();
        let accuses = before.iter().position(|t| ACCUSES.begin(t.norm));
        let behind = accuses
            .and_then(|at| before.get(at + 1..))
            .unwrap_or_default();
        found.trigger.kind != ClaimKind::Refusal
            && behind
                .iter()
                .any(|t| matches!(t.norm, "of" | "в" | "у" | "ў"))
    }

    /// Whether a clause says no of anything.
    pub(super) fn is_negated(&self, unit: (usize, usize)) -> bool {
        let tokens = self.tokens.get(unit.0..unit.1).unwrap_or_default();
        tokens.iter().any(|t| NEGATIONS.holds(t))
    }

    fn has_report(&self, unit: (usize, usize)) -> bool {
        // "Sources claim"
        let claims = |at: usize| {
            let said = matches!(self.norm_before(at, 1), "sources" | "media" | "reports");
            said && self
                .token(at)
                .is_some_and(|t| matches!(t.norm, "claim" | "claims" | "allege" | "suggest"))
        };
        // "Стверджується, що …": what leads to a clause is cut off from it.
        let is_led_to = self
            .token(unit.0)
            .is_some_and(|t| matches!(t.norm, "що" | "што"));
        let lead = unit.0.checked_sub(1).filter(|_| is_led_to);
        let from = lead.map_or(unit.0, |at| self.unit_of(at).0);
        self.tokens
            .get(from..unit.1)
            .is_some_and(|tokens| tokens.iter().any(|t| REPORTED.holds(t)))
            || (unit.0..unit.1).any(|at| claims(at) || self.is_denial(at) && !self.denies(at))
    }

    /// "denied the reports", "опроверг слухи": nothing is refused, something is said not to be so.
    pub(super) fn is_denial(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| DENIES.holds(t))
            && self
                .tokens
                .get(at + 1..(at + 4).min(self.tokens.len()))
                .is_some_and(|after| after.iter().any(|t| DENIED.holds(t)))
    }

    /// Whether a trigger has a verb of the past.
    pub(super) fn is_past(&self, found: Match) -> bool {
        const ENDINGS: &[&str] = &[
            "ал", "ил", "ел", "ла", "ли", "ло", "лся", "лась", "лись", "лось", "лі", "ився",
            "ався", "ўся", "ів", "ав", "ив", "аў", "іў",
        ];
        let tokens = self.tokens.get(found.start..found.end).unwrap_or_default();
        tokens.iter().any(|t| {
            if t.text.is_ascii() {
                t.norm.ends_with("ed") && t.norm != "expected" && t.norm != "scheduled"
                    || PAST.holds(t)
            } else {
                ENDINGS.iter().any(|ending| t.norm.ends_with(ending))
            }
        })
    }

    /// "invited him to visit", "пригласил посетить".
    fn is_invited_to(&self, found: Match, unit: (usize, usize)) -> bool {
        if found.trigger.kind != ClaimKind::Visit {
            return false;
        }
        let from = found.start.saturating_sub(2 * BEFORE).max(unit.0);
        let before = self.tokens.get(from..found.start).unwrap_or_default();
        let is_infinitive = || (1..=3).any(|back| self.norm_before(found.start, back) == "to");
        let is_slavic = || self.token(found.start).is_some_and(|t| !t.text.is_ascii());
        before.iter().any(|t| INVITED.holds(t)) && (is_infinitive() || is_slavic())
    }

    /// "continues to supply", not "will continue to".
    fn is_kept_on(&self, found: Match) -> bool {
        let before = self.norm_before(found.start, 2);
        self.norm_before(found.start, 1) == "to"
            && (matches!(before, "continues" | "continued")
                || before == "continue" && !WILL.has(self.norm_before(found.start, 3)))
    }

    /// "is to travel", "are due to meet", "is about to sign", "a pact to be signed".
    fn is_to_be(&self, found: Match) -> bool {
        let before = self.norm_before(found.start, 2);
        let to_be = |at| (self.norm_before(at, 2), self.norm_before(at, 1)) == ("to", "be");
        if (found.start..found.end).any(to_be) {
            return true;
        }
        self.norm_before(found.start, 1) == "to"
            && matches!(before, "is" | "are" | "due" | "about" | "poised")
    }

    /// "is in talks to sell", "ведет переговоры о продаже".
    fn is_talked_of(&self, found: Match) -> bool {
        let (last, before) = (
            self.norm_before(found.start, 1),
            self.norm_before(found.start, 2),
        );
        match last {
            "to" => matches!(before, "talks" | "negotiations"),
            "о" | "об" | "про" | "аб" => TALKS.begin(before),
            _ => false,
        }
    }

    /// "is said to have sold".
    fn is_said_of(&self, found: Match) -> bool {
        (
            self.norm_before(found.start, 2),
            self.norm_before(found.start, 1),
        ) == ("to", "have")
            && SAID_OF.has(self.norm_before(found.start, 3))
    }

    /// "Norway supplies", "Norway imports": what somebody does, not what was done once. A headline
    /// tells of the past in the same form.
    fn is_habit(&self, found: Match) -> bool {
        let is_traffic = matches!(
            found.trigger.kind,
            ClaimKind::Delivery
                | ClaimKind::Purchase
                | ClaimKind::TechnologyTransfer
                | ClaimKind::Financing
        );
        is_traffic
            && !matches!(found.trigger.rule, "claim/contract" | "claim/loan")
            && !self.is_headline
            && self
                .tokens
                .get(found.start)
                .is_some_and(|t| t.text.is_ascii() && t.norm.ends_with('s'))
            && self
                .players
                .iter()
                .any(|p| p.end == found.start && !p.is_adjective)
    }

    /// "is a partner", "is on a visit", "остается партнером".
    fn is_state(&self, found: Match) -> bool {
        let is_named = found.trigger.is_named() && found.trigger.kind == ClaimKind::Support;
        let is_on = matches!(self.norm_before(found.start, 1), "is" | "are")
            && self.tokens.get(found.start).is_some_and(|t| t.norm == "on");
        is_on
            || is_named
                && (1..=3).any(|back| {
                    matches!(
                        self.norm_before(found.start, back),
                        "is" | "are" | "remains" | "remain" | "остается" | "является" | "остаются"
                    )
                })
    }

    /// "is transferring", "are expanding".
    fn is_progressive(&self, found: Match) -> bool {
        self.tokens
            .get(found.start)
            .is_some_and(|t| t.norm.ends_with("ing"))
            && (1..=3).any(|back| matches!(self.norm_before(found.start, back), "is" | "are"))
    }
}

/// Whether an act is named before it takes place.
pub(super) const fn is_planned_ahead(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Visit | ClaimKind::Meeting | ClaimKind::Exercise | ClaimKind::Agreement
    )
}
