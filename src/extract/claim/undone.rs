//! What is told of like an act, and is a condition, a purpose, or did not come about.

use super::super::lexicon::list::{Stems, Words};
use super::super::steps;
use super::pattern::Match;
use super::scene::Scene;
use super::tone::{NEGATIONS, is_planned_ahead};
use crate::model::claim::ClaimKind;

/// At the beginning of a clause they make all of it a condition.
static IF: Words = Words::new(&["if", "unless", "если", "якщо", "калі"]);
/// Verbs of leaving off: who does not cut supplies goes on with them.
static LEAVES_OFF: Stems = Stems::new(&[
    "stop",
    "ceas",
    "cut",
    "reduc",
    "suspend",
    "halt",
    "interrupt",
    "block",
    "hinder",
    "imped",
    "сокращ",
    "сократ",
    "прекра",
    "останавл",
    "останов",
    "приостан",
    "блокир",
    "препятств",
    "запрещ",
    "запрет",
    "скороч",
    "скорот",
    "припин",
    "зупин",
    "блоку",
    "перешкодж",
    "заборон",
    "скарач",
    "спын",
    "прыпын",
    "блакір",
    "забарон",
    "перашкадж",
]);
/// What is judged so is not done: "a visit was considered untimely".
static UNWISE: Stems = Stems::new(&[
    "impossible",
    "inexpedient",
    "inappropriate",
    "undesirable",
    "premature",
    "untimely",
    "pointless",
    "нецелесообразн",
    "невозможн",
    "преждевремен",
    "несвоевремен",
    "недоцільн",
    "неможлив",
    "передчасн",
    "немэтазгодн",
    "немагчым",
    "заўчасн",
]);
/// Verbs of coming about.
static COMES_ABOUT: Stems = Stems::new(&[
    "состо",
    "подписан",
    "заключен",
    "достигнут",
    "відбу",
    "підписан",
    "укладен",
    "досягнут",
    "адбу",
    "падпісан",
    "happen",
    "materiali",
    "held",
    "signed",
    "reached",
    "concluded",
]);
/// What may be given up, and words of giving up.
static IDEAS: Words = Words::new(&[
    "plan",
    "plans",
    "proposal",
    "proposals",
    "idea",
    "intention",
    "offer",
    "bid",
    "план",
    "планы",
    "идея",
    "предложение",
    "плани",
    "ідея",
    "пропозиція",
]);
static GIVEN_UP: Words = Words::new(&[
    "dropped",
    "abandoned",
    "scrapped",
    "shelved",
    "rejected",
    "cancelled",
    "canceled",
    "отменен",
    "отменены",
    "отвергнут",
    "отвергнута",
    "отвергнуто",
    "отклонен",
    "отклонена",
    "отклонено",
    "скасовано",
    "відхилено",
]);

impl Scene<'_> {
    /// What something is meant for, or all of a clause of condition: "If X sold".
    pub(super) fn is_supposed(&self, found: Match, unit: (usize, usize)) -> bool {
        /// It begins within so many tokens: "and so, if".
        const BEGINNING: usize = 4;
        let to = found.start.min(unit.0 + BEGINNING);
        let beginning = self.tokens.get(unit.0..to).unwrap_or_default();
        self.is_purpose(found) || beginning.iter().any(|t| IF.holds(t))
    }

    /// "pipes needed for the sale of gas", "для экспорта газа": what something is meant for.
    fn is_purpose(&self, found: Match) -> bool {
        let is_traffic = matches!(
            found.trigger.kind,
            ClaimKind::Delivery | ClaimKind::Purchase | ClaimKind::JointProduction
        );
        let for_it = |back| matches!(self.norm_before(found.start, back), "для" | "дзеля");
        let needed = |back| {
            self.norm_before(found.start, back) == "for"
                && matches!(
                    self.norm_before(found.start, back + 1),
                    "needed" | "necessary" | "required" | "meant" | "intended" | "suitable"
                )
        };
        is_traffic && (for_it(1) || for_it(2) || needed(1) || needed(2))
    }

    /// "sold no arms", "stopped short of signing", "decided against selling", "The plan to sell them was
    /// dropped": not done.
    pub(super) fn is_left_undone(&self, found: Match, unit: (usize, usize)) -> bool {
        /// An idea stands so near before what it is of, and that it was given up so near behind.
        const NEAR: usize = 8;
        let last = self.norm_before(found.start, 1);
        let decides = |back| {
            let norm = self.norm_before(found.start, back);
            norm.starts_with("decid") || matches!(norm, "voted" | "ruled" | "argued")
        };
        let sold_no = self
            .token(found.start + 1)
            .is_some_and(|t| t.norm == "no" && found.start + 1 < found.end);
        let before = found.start.saturating_sub(NEAR).max(unit.0)..found.start;
        let after = found.end..(found.end + NEAR).min(unit.1);
        let words = |range: std::ops::Range<usize>, list: &Words| {
            steps::count(range.len());
            let tokens = self.tokens.get(range).unwrap_or_default();
            tokens.iter().any(|t| list.holds(t))
        };
        found.trigger.kind != ClaimKind::Refusal
            && (sold_no
                || last == "of" && self.norm_before(found.start, 2) == "short"
                || last == "against" && decides(2)
                || words(before, &IDEAS) && words(after, &GIVEN_UP))
    }

    /// "promised not to cut supplies": the negation is of leaving off.
    pub(super) fn is_kept_up(&self, found: Match) -> bool {
        /// A negation counts so far before a trigger.
        const NEAR: usize = 4;
        let from = found.start.saturating_sub(NEAR);
        let before = self.tokens.get(from..found.start).unwrap_or_default();
        let no = before.iter().rposition(|t| NEGATIONS.holds(t));
        let behind = no.and_then(|at| before.get(at + 1..)).unwrap_or_default();
        behind.iter().any(|t| LEAVES_OFF.begin(t.norm))
    }

    /// "считают поездку нецелесообразной": of an encounter or agreement.
    pub(super) fn is_seen_as_unwise(&self, found: Match, unit: (usize, usize)) -> bool {
        /// The judgement stands so near behind what it is of.
        const NEAR: usize = 4;
        let after = self
            .tokens
            .get(found.end..(found.end + NEAR).min(unit.1))
            .unwrap_or_default();
        is_planned_ahead(found.trigger.kind) && after.iter().any(|t| UNWISE.begin(t.norm))
    }

    /// "The visit, which was planned for May, will not take place": said of the first noun of a
    /// sentence, be it in another clause.
    pub(super) fn does_not_come_about(&self, found: Match) -> bool {
        /// A subject stands among so many tokens at the beginning, its verb so far behind.
        const BEGINNING: usize = 6;
        const REACH: usize = 24;
        if !is_planned_ahead(found.trigger.kind)
            || !found.trigger.is_named()
            || found.start > BEGINNING
        {
            return false;
        }
        let after = self.tokens.get(found.end..).unwrap_or_default();
        let mut is_denied = false;
        for pair in after.windows(2).take(REACH) {
            let [token, next] = pair else {
                break;
            };
            steps::count(1);
            let comes_about = COMES_ABOUT.begin(token.norm)
                || matches!((token.norm, next.norm), ("take", "place") | ("go", "ahead"));
            if is_denied && comes_about {
                return true;
            }
            is_denied = matches!(token.norm, "not" | "не" | "ні")
                || is_denied
                    && matches!(
                        token.norm,
                        "be" | "been"
                            | "был"
                            | "была"
                            | "было"
                            | "були"
                            | "був"
                            | "було"
                            | "быў"
                            | "былі"
                    );
        }
        false
    }
}
