//! "04/05/2018": which of the two is the month, as far as the text tells.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::super::steps;
use super::Found;
use super::expr::{Expr, Year};
use super::grammar::calendar;
use super::value::{self, Period};

/// The day that such a date names when days stand first (or not).
pub(super) fn period(expr: Expr, day_first: bool) -> Option<Period> {
    let Expr::Slashed {
        first,
        second,
        year,
    } = expr
    else {
        return None;
    };
    let (day, month) = if day_first {
        (first, second)
    } else {
        (second, first)
    };
    let calendar = calendar(Year::Is(year), Some(month), Some(day));
    value::period(&calendar, Some(year))
}

/// Zones whose hours stand beside a date, and whether their countries write days first.
const ZONES: &[(&str, bool)] = &[
    ("GMT", true),
    ("BST", true),
    ("CET", true),
    ("CEST", true),
    ("EET", true),
    ("EEST", true),
    ("MSK", true),
    ("IST", true),
    ("SAST", true),
    ("EST", false),
    ("EDT", false),
    ("ET", false),
    ("PST", false),
    ("PDT", false),
    ("CST", false),
    ("CDT", false),
];

/// Whether days stand first in the slashed dates of a text: by the zone of the hour after a date, by
/// another such date that can be read in one way only, by the script, or by the days that the text
/// tells of. What all dates of a text share is read once, however many it has.
pub(crate) struct Order<'t> {
    text: &'t str,
    found: &'t [Found],
    shared: OnceCell<Shared>,
}

/// What the text as a whole says of it.
struct Shared {
    order: Option<bool>,
    /// The days without a year that it tells of, each once: (month, day).
    told: BTreeSet<(u8, u8)>,
}

impl<'t> Order<'t> {
    /// For a text with these dates, of which other rules have read none.
    pub(crate) const fn of(text: &'t str, found: &'t [Found]) -> Self {
        Self {
            text,
            found,
            shared: OnceCell::new(),
        }
    }

    /// Whether the day stands first in `date`; `None` where nothing tells.
    pub(crate) fn day_first(&self, date: &Found) -> Option<bool> {
        let shared = || {
            self.shared
                .get_or_init(|| Shared::of(self.text, self.found))
        };
        by_zone(self.text, date)
            .or_else(|| shared().order)
            .or_else(|| by_days_told(&shared().told, date))
    }

    /// The same for the first such date of the text.
    pub(super) fn of_first(&self) -> Option<bool> {
        let is_slashed = |one: &&Found| matches!(one.expr, Expr::Slashed { .. });
        self.day_first(self.found.iter().find(is_slashed)?)
    }
}

impl Shared {
    fn of(text: &str, found: &[Found]) -> Self {
        steps::count(text.len());
        let figures = found.iter().find_map(|one| by_figures(text, one));
        Self {
            order: figures.or_else(|| is_cyrillic(text).then_some(true)),
            told: found.iter().filter_map(Found::day_without_year).collect(),
        }
    }
}

fn by_zone(text: &str, date: &Found) -> Option<bool> {
    /// An hour with minutes, "AM" and a zone.
    const REACH: usize = 24;
    let after = text.get(date.span.end..)?;
    let end = after.floor_char_boundary(REACH.min(after.len()));
    after
        .get(..end)?
        .lines()
        .next()?
        .split(|c: char| !c.is_ascii_alphabetic())
        .find_map(|word| ZONES.iter().find(|(zone, _)| *zone == word))
        .map(|(_, day_first)| *day_first)
}

/// "25/03/2018" has the day first, "03/25/2018" the month.
fn by_figures(text: &str, one: &Found) -> Option<bool> {
    let (first, rest) = one.span.of(text)?.split_once('/')?;
    let (second, _) = rest.split_once('/')?;
    let (first, second): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    (first > 12 || second > 12).then_some(first > 12)
}

/// Whether a text is written in Cyrillic, by its first letters.
fn is_cyrillic(text: &str) -> bool {
    const LETTERS: usize = 400;
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(LETTERS);
    letters()
        .filter(|c| ('\u{400}'..='\u{52f}').contains(c))
        .count()
        * 2
        > letters().count()
}

/// Days without a year that the text tells of lie near its date in one reading only.
fn by_days_told(told: &BTreeSet<(u8, u8)>, date: &Found) -> Option<bool> {
    let Expr::Slashed { first, second, .. } = date.expr else {
        return None;
    };
    let near = |day: u8, month: u8| {
        told.iter().any(|told| {
            let days = |(month, day): (u8, u8)| i16::from(month) * 30 + i16::from(day);
            (0..=7).contains(&(days((month, day)) - days(*told)))
        })
    };
    let (as_day_first, as_month_first) = (near(first, second), near(second, first));
    (as_day_first != as_month_first).then_some(as_day_first)
}
