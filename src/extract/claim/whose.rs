//! Whose an act is where the nearest name is not the one who does it: "by the government of X", "with
//! the support of X", "визит министра X", "a two million X loan".
//!
//! Budget: every rule looks at a bounded number of tokens.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::pattern::Match;
use super::scene::{Player, Scene};

/// Prepositions before whom something is done to, or where.
pub(super) static OBJECTS: Words = Words::new(&[
    "to", "for", "in", "with", "at", "into", "from", "on", "between", "through",
]);
/// Beginnings of Slavic nouns of a visit, and of support in the cases of "при" and "за".
static VISITS: Stems = Stems::new(&["визит", "поездк", "візит", "поїздк", "візіт", "паездк"]);
static BACKING: Stems = Stems::new(&["поддержке", "підтримк", "падтрымц"]);
/// Beginnings of nouns of money that is lent or given.
static LOANS: Stems = Stems::new(&["loan", "credit", "grant", "bailout"]);
/// Those who act for a country.
static OFFICES: Words = Words::new(&[
    "government",
    "governments",
    "people",
    "state",
    "republic",
    "kingdom",
    "ministry",
    "embassy",
    "president",
    "authorities",
]);

impl Scene<'_> {
    /// What leads up to somebody: "by" in "by the government of X".
    pub(super) fn preposition_of(&self, player: &Player) -> &str {
        let skip_the = |back| {
            let the = matches!(self.norm_before(player.start, back), "the" | "a" | "an");
            back + usize::from(the)
        };
        let back = skip_the(1);
        let before = self.norm_before(player.start, back);
        let is_office = before == "of" && OFFICES.has(self.norm_before(player.start, back + 1));
        if is_office {
            return self.norm_before(player.start, skip_the(back + 2));
        }
        before
    }

    /// "and trained", "by providing": a verb whose subject is that of the verb before it.
    pub(super) fn goes_on_without_subject(&self, found: Match) -> bool {
        let verb = self.token(found.start).map_or("", |t| t.norm);
        match self.norm_before(found.start, 1) {
            "by" => verb.ends_with("ing"),
            "and" | "but" => verb.ends_with("ed") || verb.ends_with("ing"),
            _ => false,
        }
    }

    /// "визит министра Ганы", "визита ганского министра": whose visit it is stands right behind.
    pub(super) fn is_whose_visit(&self, player: &Player, found: Match) -> bool {
        /// An office stands between at most.
        const NEAR: usize = 2;
        let is_slavic = |at: usize| self.token(at).is_some_and(|t| !t.text.is_ascii());
        let between = self.tokens.get(found.start + 1..player.start);
        between.is_some_and(|between| {
            let is_word = |t: &Token<'_>| t.kind == TokenKind::Word && t.norm.chars().count() > 3;
            between.len() <= NEAR && between.iter().all(is_word)
        }) && is_slavic(found.start)
            && is_slavic(player.start)
            && self.is_noun_of_going(found.start)
    }

    fn is_noun_of_going(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| VISITS.begin(t.norm))
    }

    /// "with the support of X", "при поддержке X": X gives it.
    pub(super) fn is_backed_by(&self, player: &Player, found: Match) -> bool {
        let before = self.norm_before(found.start, 1);
        let the = usize::from(matches!(before, "the" | "a"));
        let with = self.norm_before(found.start, 1 + the);
        let verb = self.token(found.start).map_or("", |t| t.norm);
        match verb {
            "support" | "backing" | "help" | "assistance" => {
                matches!(with, "with" | "without" | "by")
                    && matches!(self.preposition_of(player), "of" | "from")
            }
            _ => matches!(with, "при" | "за" | "пры") && BACKING.begin(verb),
        }
    }

    /// Whether what a trigger found ends with a loan or grant.
    pub(super) fn is_loan(&self, found: Match) -> bool {
        let last = found.end.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.is_some_and(|t| LOANS.begin(t.norm))
    }
}
