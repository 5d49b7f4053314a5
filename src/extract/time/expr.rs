//! What a time expression says, before anything is known of when it was said.

use super::words::{Part, Unit, Which};

/// A year as an expression gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Year {
    /// Not said: "in April".
    #[default]
    Missing,
    /// Said: "April 2019".
    Is(i16),
    /// Pointed at: "April of last year".
    Pointed(Which),
    /// By the month, season or quarter itself: "last April", "this summer".
    Nearest(Which),
    /// "торік": years from this one.
    From(i8),
}

/// A stretch of the calendar: what is said of it, and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Calendar {
    pub(super) year: Year,
    /// 1 to 12.
    pub(super) month: Option<u8>,
    /// 1 to 31.
    pub(super) day: Option<u8>,
    /// 1 (Monday) to 7.
    pub(super) weekday: Option<u8>,
    /// 21 (spring) to 24 (winter).
    pub(super) season: Option<u8>,
    /// 1 to 4.
    pub(super) quarter: Option<u8>,
    /// 1 or 2.
    pub(super) half: Option<u8>,
    pub(super) part: Option<Part>,
}

/// A time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expr {
    /// A stretch of the calendar.
    Date(Calendar),
    /// "04/05/2018": which of the two is the month, the expression does not say.
    Slashed { first: u8, second: u8, year: i16 },
    /// From one to the other, both included.
    Range(Calendar, Calendar),
    /// The decade that begins with this year.
    Decade(i16, Option<Part>),
    /// The n-th century.
    Century(i16),
    /// "last week", "early this month".
    Pointed {
        unit: Unit,
        which: Which,
        part: Option<Part>,
    },
    /// "earlier this month" (`true`), "later this year" (`false`).
    Within { unit: Unit, earlier: bool },
    /// "three years ago": negative.
    Counted { count: i16, unit: Unit },
    /// "in two weeks", where something is to come; "через две недели" (`told`), which counts from
    /// what the text told where that is past.
    Hence { count: i16, unit: Unit, told: bool },
    /// "over the past two years" (negative), "in the next five years".
    Stretch { count: i16, unit: Unit },
    /// "in the coming years".
    Coming(Unit),
    /// "in the near future".
    NearFuture,
    /// "yesterday": days from the publication.
    Day(i8),
    /// "Friday", "last Friday".
    Weekday { weekday: u8, which: Option<Which> },
    /// "Friday last week": so many weeks from that of the publication.
    WeekdayOfWeek { weekday: u8, weeks: i8 },
    /// "24 числа", "5 числа прошлого месяца".
    DayOfMonth { day: u8, which: Option<Which> },
    /// "every year": again and again, at no one time.
    Recurring,
    /// "the following year", "two weeks later", "a month after": from what the text told before.
    FromText { count: i16, unit: Unit },
}

/// Which side of an expression is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// "since 2005"
    Since,
    /// "by 2025"
    Until,
}

/// An expression as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) expr: Expr,
    pub(super) open: Option<Open>,
    /// How far it reaches: the index of the token after it.
    pub(super) end: usize,
    /// What an analyst reads as the reason.
    pub(super) rule: &'static str,
}

impl Parsed {
    pub(super) const fn new(expr: Expr, end: usize, rule: &'static str) -> Self {
        Self {
            expr,
            open: None,
            end,
            rule,
        }
    }
}
