//! When: EDTF values (ISO 8601-2:2019, Annex A) and the days that they touch.

use std::fmt;
use std::str::FromStr;

use edtf_core::{Bound, BoundDate, Edtf};
use jiff::civil::Date;

/// A calendar day, as days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    /// The day of a calendar date.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        let days = date.duration_since(EPOCH).as_hours() / 24;
        Self(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The calendar date, or `None` outside the years −9999 to 9999.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        EPOCH
            .checked_add(jiff::Span::new().try_days(self.0).ok()?)
            .ok()
    }

    fn from_bound(bound: BoundDate) -> Option<Self> {
        let year = i16::try_from(bound.year).ok()?;
        let (month, day) = (
            i8::try_from(bound.month).ok()?,
            i8::try_from(bound.day).ok()?,
        );
        Date::new(year, month, day).ok().map(Self::from_date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(date) => date.fmt(f),
            None => write!(f, "day {}", self.0),
        }
    }
}

/// The days that a value may touch; `None` at an end means that the end is open or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayRange {
    /// First day, inclusive.
    pub first: Option<Day>,
    /// Last day, inclusive.
    pub last: Option<Day>,
}

impl DayRange {
    /// The single day, when both ends are the same.
    #[must_use]
    pub fn single(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first).flatten()
    }

    /// Both ends, when neither is open.
    #[must_use]
    pub fn closed(self) -> Option<(Day, Day)> {
        Some((self.first?, self.last?))
    }
}

/// A date value as the analyst sees and edits it: an EDTF expression in canonical spelling.
///
/// ```
/// use attache::model::date::When;
/// let when: When = "2005~/2008-11".parse().unwrap();
/// assert_eq!(when.to_string(), "2005~/2008-11");
/// assert_eq!(when.days().first.unwrap().to_string(), "2005-01-01");
/// assert_eq!(when.days().last.unwrap().to_string(), "2008-11-30");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When(Edtf);

/// A text that is no EDTF value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not an EDTF date: {why}. Write for example 2016-04-22, 2016-04, 2016?, 2012/2015 or ../2018-04"
)]
pub struct BadWhen {
    /// What was written.
    pub text: String,
    /// Where and why the reading stopped.
    pub why: String,
}

impl When {
    /// The days that the value touches.
    #[must_use]
    pub fn days(&self) -> DayRange {
        let bounds = self.0.bounds();
        // `XXXX-02-12` is a day of any year: its ends are unknown, not the years 0 and 9999.
        let any_year = |year| self.0.has_unspecified() && matches!(year, 0 | 9999);
        let day = |bound| match bound {
            Bound::Date(date) if any_year(date.year) => None,
            Bound::Date(date) => Day::from_bound(date),
            Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
        };
        DayRange {
            first: day(bounds.earliest),
            last: day(bounds.latest),
        }
    }

    /// Whether the value is marked as uncertain or approximate, has unspecified digits, or an
    /// open end: drawn as an interval that fades, never as a point.
    #[must_use]
    pub fn is_vague(&self) -> bool {
        let days = self.days();
        self.0.is_uncertain()
            || self.0.is_approximate()
            || self.0.has_unspecified()
            || days.first.is_none()
            || days.last.is_none()
    }

    /// The value of one calendar day.
    ///
    /// # Errors
    /// When the year has no four-digit spelling.
    pub fn day(date: Date) -> Result<Self, BadWhen> {
        date.to_string().parse()
    }

    /// The parsed EDTF expression.
    #[must_use]
    pub const fn edtf(&self) -> &Edtf {
        &self.0
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for When {
    type Err = BadWhen;

    fn from_str(text: &str) -> Result<Self, BadWhen> {
        let text = text.trim();
        Edtf::parse(text).map(Self).map_err(|error| BadWhen {
            text: text.to_owned(),
            why: error.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_and_dates_are_the_same(days in -500_000i32..500_000) {
            let date = Day(days).date().unwrap();
            prop_assert_eq!(Day::from_date(date), Day(days));
        }

        #[test]
        fn any_text_is_a_date_or_an_error(text in "\\PC{0,20}") {
            if let Ok(when) = text.parse::<When>() {
                prop_assert_eq!(when.to_string().parse::<When>().unwrap(), when);
            }
        }
    }

    #[test]
    fn open_ends_are_open() {
        let when: When = "../2018-04".parse().unwrap();
        assert_eq!(when.days().first, None);
        assert_eq!(when.days().last.unwrap().to_string(), "2018-04-30");
        assert!(when.is_vague());
        let any_year: When = "XXXX-02-12".parse().unwrap();
        assert_eq!((any_year.days().first, any_year.days().last), (None, None));
        assert!(!"2019-10-07/2019-10-09".parse::<When>().unwrap().is_vague());
    }
}
