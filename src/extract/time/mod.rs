//! Time expressions: found by a grammar over tokens, resolved to EDTF by calendar arithmetic.
//!
//! Finding (`scan`) and resolving ([`resolve`]) are apart, because the publication date that
//! many expressions count from is itself judged by the dates that a text tells of.

mod counted;
mod expr;
mod grammar;
mod length;
mod range;
mod relative;
mod resolve;
mod slashed;
mod tense;
#[cfg(test)]
mod tests;
mod token;
#[cfg(test)]
mod told;
mod value;
mod words;

use super::layout::Layout;
use super::letter::is_alphabetic;
use super::lexicon::{self, words::TokenKind};
use crate::model::date::When;
use crate::model::span::Span;

use expr::{Expr, Open, Parsed, Year};
use token::Tokens;
use words::{Bind, Word};

pub(crate) use length::{Meaning as LengthMeaning, lengths, meanings as length_words};
pub use resolve::resolve;
pub(crate) use slashed::Order;
pub(crate) use tense::{is_past_beside, looks_ahead};
pub(crate) use words::{
    Meaning as DateMeaning, date_words, is_date_word, pointed_by, pointing_beginnings,
};

/// A time expression as it is written, before it is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub span: Span,
    /// Which zone of the layout it stands in, counted from 0.
    pub zone: usize,
    expr: Expr,
    open: Option<Open>,
    rule: &'static str,
    /// Whether "for" stands before it: "a plan for 2012-2015".
    is_purpose: bool,
    /// Whether it begins with "from" and names no end: of the past a source ("from last year"), of
    /// what is to come a beginning.
    is_from: bool,
}

impl Found {
    /// The value, where the expression says all of it.
    #[must_use]
    pub fn explicit(&self) -> Option<When> {
        resolve::explicit(self).and_then(value::Period::when)
    }

    /// The day and month, of a day whose year is not said: (month, day).
    #[must_use]
    pub fn day_without_year(&self) -> Option<(u8, u8)> {
        match self.expr {
            Expr::Date(d) | Expr::Range(d, _) if d.year == Year::Missing => d.month.zip(d.day),
            _ => None,
        }
    }

    /// The years that something is made for: "a plan for 2012-2015".
    #[must_use]
    pub fn planned_years(&self) -> Option<(i16, i16)> {
        match self.expr {
            Expr::Range(first, last) if self.is_purpose && first.month.is_none() => {
                match (first.year, last.year) {
                    (Year::Is(first), Year::Is(last)) => Some((first, last)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The weekday that is written with a full date (1 is Monday), and whether it is the date's.
    #[must_use]
    pub fn weekday_fits(&self) -> Option<bool> {
        let Expr::Date(d) = self.expr else {
            return None;
        };
        let date = resolve::explicit(self)?.date()?;
        Some(i64::from(d.weekday?) == i64::from(date.weekday().to_monday_one_offset()))
    }

    /// The years nearest to that of such a date, before and after, in which they would fit.
    #[must_use]
    pub fn years_that_fit(&self) -> Vec<i16> {
        /// Weekdays come back within so many years, but for the 29th of February.
        const WITHIN: i16 = 12;
        let (Expr::Date(d), Some(date)) = (
            self.expr,
            resolve::explicit(self).and_then(value::Period::date),
        ) else {
            return Vec::new();
        };
        let fits = |year: &i16| {
            let day = jiff::civil::Date::new(*year, date.month(), date.day()).ok();
            day.map(|day| day.weekday().to_monday_one_offset().unsigned_abs()) == d.weekday
        };
        let year = date.year();
        let before = (1..=WITHIN).filter_map(|n| year.checked_sub(n)).find(fits);
        let after = (1..=WITHIN).filter_map(|n| year.checked_add(n)).find(fits);
        before.into_iter().chain(after).collect()
    }

    /// Whether it is a date with its year that no calendar has: "2019-02-30".
    #[must_use]
    pub fn is_no_day(&self) -> bool {
        matches!(self.expr, Expr::Date(d) if d.day.is_some() && matches!(d.year, Year::Is(_)))
            && resolve::explicit(self).is_none()
    }

    /// Whether it says when something is, by its year: not since or until when, and not what for.
    #[must_use]
    pub const fn is_when(&self) -> bool {
        matches!(self.expr, Expr::Date(_))
            && self.open.is_none()
            && !self.is_purpose
            && !self.is_from
    }

    /// Whether it names days, not months or years.
    #[must_use]
    pub fn is_day(&self) -> bool {
        matches!(self.expr, Expr::Date(d) | Expr::Range(d, _) if d.day.is_some())
            || self.is_slashed()
    }

    /// Whether it is a day in figures of which either may be the month: "04/05/2018".
    #[must_use]
    pub const fn is_slashed(&self) -> bool {
        matches!(self.expr, Expr::Slashed { .. })
    }

    /// The value of such a day, once it is known whether days stand first.
    #[must_use]
    pub fn slashed(&self, day_first: bool) -> Option<When> {
        slashed::period(self.expr, day_first)?.when()
    }
}

/// The time expressions of title and body, in order and disjoint.
#[must_use]
pub(crate) fn scan(
    text: &str,
    layout: &Layout,
    words: &[Vec<lexicon::words::Token<'_>>],
) -> Vec<Found> {
    let mut found = Vec::new();
    for (zone, (span, words)) in layout.zones().zip(words).enumerate() {
        if may_hold(text, span, words) {
            read_zone(text, span, zone, Some(words), &mut found);
            continue;
        }
        // Every test holds the shortcut against the long way.
        debug_assert!(
            {
                let mut missed = Vec::new();
                read_zone(text, span, zone, Some(words), &mut missed);
                missed.is_empty()
            },
            "a paragraph that was passed over tells a time"
        );
    }
    found
}

/// The time expressions of one stretch of text.
pub(crate) fn scan_span(text: &str, span: Span) -> Vec<Found> {
    let mut found = Vec::new();
    read_zone(text, span, 0, None, &mut found);
    found
}

/// The time expressions of a line that may print a date. Where no day is found and a word is glued
/// to a figure or a month ("Economy12 March 2024", "sourceапрель 12-го, 2024"), it is read from there
/// on.
pub(crate) fn scan_day(text: &str, span: Span) -> Vec<Found> {
    /// So many joints are tried.
    const JOINTS: usize = 4;
    let found = scan_span(text, span);
    if found.iter().any(Found::is_day) {
        return found;
    }
    let words = span.of(text).unwrap_or_default();
    let joints = words
        .char_indices()
        .zip(words.chars().skip(1).zip(words.chars().skip(2)))
        .filter(|((_, c), (next, after))| {
            // "Economy12 March", "RELEASEMarch 12", "EconomyMarch 12"
            c.is_alphabetic()
                && (next.is_ascii_digit() || next.is_uppercase() && after.is_lowercase())
        })
        .take(JOINTS)
        .map(|((at, c), _)| at + c.len_utf8());
    joints
        .chain(glued_months(words).take(JOINTS))
        .map(|from| scan_span(text, Span::new(span.start + from, span.end)))
        .find(|found| found.iter().any(Found::is_day))
        .unwrap_or(found)
}

/// Where a month begins inside of a word that a figure follows.
fn glued_months(line: &str) -> impl Iterator<Item = usize> {
    /// Shorter names of months end too many words, in chars; nor are the longest words looked into.
    const LETTERS: std::ops::RangeInclusive<usize> = 4..=40;
    line.match_indices(' ')
        .filter(|(at, _)| {
            let after = line.as_bytes().get(at + 1);
            after.is_some_and(u8::is_ascii_digit)
        })
        .filter_map(|(end, _)| {
            let before = line.get(..end)?;
            let letters = before.char_indices().rev().take(*LETTERS.end() + 1);
            let (start, _) = letters
                .take_while(|(_, c)| c.is_alphabetic())
                .skip(LETTERS.start() - 1)
                .filter(|(at, _)| {
                    let name = before.get(*at..).unwrap_or_default().to_lowercase();
                    matches!(words::classify(&name), Word::Month { .. })
                })
                .last()?;
            Some(start)
        })
}

/// Whether a paragraph has a figure, or a word that a time can be told by: many have neither.
fn may_hold(text: &str, span: Span, words: &[lexicon::words::Token<'_>]) -> bool {
    /// Bytes that are looked at in one go.
    const BLOCK: usize = 64;
    let bytes = span.of(text).unwrap_or_default().as_bytes();
    let has_figure = bytes.chunks(BLOCK).any(|block| {
        let figures = block.iter().map(u8::is_ascii_digit);
        figures.fold(false, |any, is_figure| any | is_figure)
    });
    // What is one word there may be several here: "the week’Friday".
    let is_cut = |word: &lexicon::words::Token<'_>| {
        word.kind != TokenKind::Mark && !word.is_plain && !word.text.chars().all(is_alphabetic)
    };
    let mut words = words.iter();
    has_figure || words.any(|word| word.entry.date.tells_a_time() || is_cut(word))
}

fn read_zone(
    text: &str,
    span: Span,
    zone: usize,
    words: Option<&[lexicon::words::Token<'_>]>,
    found: &mut Vec<Found>,
) {
    let tokens = token::tokens(text, span, words);
    let t = Tokens(&tokens);
    let mut at = 0;
    while at < tokens.len() {
        let Some(parsed) = grammar::parse(&t, at) else {
            at += 1;
            continue;
        };
        found.extend(found_at(&t, at, &parsed, zone));
        at = parsed.end.max(at + 1);
    }
}

fn found_at(t: &Tokens<'_>, at: usize, parsed: &Parsed, zone: usize) -> Option<Found> {
    let (first, last) = (t.get(at)?, t.get(parsed.end.checked_sub(1)?)?);
    let is_purpose = t.before(at).is_some_and(|b| {
        b.word == Word::Bind(Bind::For) || (b.word == Word::Bind(Bind::On) && !b.ascii)
    });
    Some(Found {
        span: first.span.cover(last.span),
        zone,
        expr: parsed.expr,
        open: parsed.open,
        rule: parsed.rule,
        is_purpose,
        is_from: t.is(at, Bind::From)
            && parsed.open.is_none()
            && !matches!(parsed.expr, Expr::Range(..)),
    })
}
