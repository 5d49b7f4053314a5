//! Who is named in a clause beside that of the act: one that opens the sentence, one that closes it, or
//! the one that says who tells it.
//!
//! Budget: linear in the tokens of a piece of a sentence, which is bounded.

use super::super::lexicon::list::Words;
use super::super::lexicon::words::TokenKind;
use super::super::steps;
use super::clock;
use super::pattern::Match;
use super::scene::{Player, Scene};
use crate::model::ids::ActorId;

/// Words that open a clause of time.
static TIME_CLAUSE: Words = Words::new(&[
    "after",
    "before",
    "since",
    "following",
    "ahead",
    "when",
    "once",
    "после",
    "перед",
    "накануне",
    "когда",
    "після",
    "напередодні",
    "коли",
    "пасля",
    "напярэдадні",
    "калі",
]);
/// Words that open a closing clause of time or cause.
static CLOSING: Words = Words::new(&[
    "after",
    "since",
    "because",
    "due",
    "amid",
    "amidst",
    "despite",
    "although",
    "though",
    "when",
    "as",
    "until",
    "unless",
    "после",
    "поскольку",
    "из-за",
    "несмотря",
    "хотя",
    "когда",
    "после",
    "після",
    "оскільки",
    "незважаючи",
    "хоча",
    "коли",
    "пасля",
    "паколькі",
    "нягледзячы",
    "калі",
]);
/// What says how long before or after.
static LENGTHS: Words = Words::new(&[
    "a",
    "an",
    "the",
    "just",
    "shortly",
    "soon",
    "immediately",
    "right",
    "long",
    "two",
    "three",
    "few",
    "several",
    "some",
    "minute",
    "minutes",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "через",
    "спустя",
    "сразу",
    "вскоре",
    "незадолго",
    "несколько",
    "два",
    "две",
    "дней",
    "день",
    "дня",
    "недели",
    "неделю",
    "месяц",
    "месяца",
    "лет",
    "год",
    "года",
    "одразу",
    "невдовзі",
    "кілька",
    "днів",
    "тиждень",
    "тижні",
    "місяць",
    "років",
    "рік",
    "адразу",
    "неўзабаве",
    "некалькі",
    "дзён",
    "тыдзень",
    "тыдні",
    "месяцы",
    "гадоў",
]);
/// What opens an adjunct before the subject.
static OPENS_ADJUNCT: Words = Words::new(&[
    "following",
    "after",
    "during",
    "on",
    "upon",
    "before",
    "ahead",
    "после",
    "перед",
    "накануне",
    "після",
    "пасля",
]);

impl Scene<'_> {
    /// "After his return from A, the president met B": who is named in an opening clause of time
    /// takes no part where two others do.
    pub(super) fn leave_opening(
        &self,
        unit: (usize, usize),
        found: Match,
        left: &mut Vec<&Player>,
        right: &[&Player],
    ) {
        /// "Two days after": the conjunction stands among so many words.
        const OPENING: usize = 4;
        let words = self.tokens.get(unit.0..found.start).unwrap_or_default();
        steps::count(words.len());
        let mut opening = words.iter().take(OPENING);
        let is_of_time = opening
            .find(|t| !(t.kind == TokenKind::Number || LENGTHS.holds(t)))
            .is_some_and(|t| TIME_CLAUSE.holds(t));
        // "after talks in A, B and C, X met Y": the comma that ends the clause.
        let ends = |at: &usize| {
            let mut after = left.iter().filter(|p| p.start > *at);
            let before = left.iter().rfind(|p| p.end <= *at);
            let is_linked = |a: &&Player, b: &&Player| self.is_list_link(a.end, b.start);
            let (first, second) = (after.next(), after.next());
            !before.zip(first).is_some_and(|(a, b)| is_linked(a, b))
                || !first.zip(second).is_some_and(|(a, b)| is_linked(a, b))
        };
        let mut commas =
            (unit.0..found.start).filter(|at| self.tokens.get(*at).is_some_and(|t| t.is_mark(",")));
        let Some(comma) = is_of_time.then(|| commas.find(ends)).flatten() else {
            return;
        };
        let inside = left.iter().filter(|p| p.start > comma).chain(right);
        let mut others = inside.clone().map(|p| &p.who);
        let first = others.next();
        if first.is_some() && others.any(|other| Some(other) != first) {
            left.retain(|p| p.start > comma);
        }
    }

    /// "An official of A said that B had met C": who tells it takes no part where two others do.
    pub(super) fn leave_speaker(
        &self,
        found: Match,
        focus: &ActorId,
        left: &mut Vec<&Player>,
        right: &[&Player],
    ) {
        /// "claimed on 9 August that": between the verb and what it tells stand so many words.
        const NEAR: usize = 6;
        let Some(first) = left.first() else {
            return;
        };
        let is_that = |at: &usize| {
            self.tokens
                .get(*at)
                .is_some_and(|t| matches!(t.norm, "that" | "что" | "що" | "што"))
        };
        steps::count(found.start - first.end.min(found.start));
        let Some(that) = (first.end..found.start).rev().find(is_that) else {
            return;
        };
        let mut said = that.saturating_sub(NEAR).max(first.end)..that;
        if !said.any(|at| self.tokens.get(at).is_some_and(clock::is_saying)) {
            return;
        }
        let mut inside = left.iter().filter(|p| p.start > that).chain(right);
        let names_focus = inside.clone().any(|p| p.who == *focus);
        if names_focus && inside.any(|p| p.who != *focus) {
            left.retain(|p| p.start > that);
        }
    }

    /// "A signed a pact with B after C left": who is named in a closing clause of time or cause takes
    /// no part where two others do.
    pub(super) fn leave_closing(&self, found: Match, left: &[&Player], right: &mut Vec<&Player>) {
        let mut named = left.iter().map(|p| &p.who);
        let mut first = named.next();
        let mut are_two = named.any(|who| Some(who) != first);
        let mut from = found.end;
        let mut keep = 0;
        for player in right.iter() {
            let between = self.tokens.get(from..player.start).unwrap_or_default();
            steps::count(between.len());
            if are_two && between.iter().any(|t| CLOSING.holds(t)) {
                break;
            }
            are_two |= first.is_some_and(|first| *first != player.who);
            first = first.or(Some(&player.who));
            from = player.end;
            keep += 1;
        }
        right.truncate(keep);
    }

    /// "Following a visit to A, the minister of B said": the subject stands behind what opens the
    /// sentence.
    pub(super) fn is_behind_adjunct(
        &self,
        unit: (usize, usize),
        found: Match,
        player: &Player,
    ) -> bool {
        /// The word that opens it stands so near before the act.
        const NEAR: usize = 8;
        steps::count(player.start - found.end.min(player.start));
        let opens = self
            .tokens
            .get(unit.0)
            .is_some_and(|t| OPENS_ADJUNCT.holds(t));
        let is_comma = |at: usize| self.tokens.get(at).is_some_and(|t| t.is_mark(","));
        opens && found.start <= unit.0 + NEAR && (found.end..player.start).any(is_comma)
    }
}
