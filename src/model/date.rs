//! When: EDTF values (ISO 8601-2:2019, Annex A) and the days that they touch.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use edtf_core::{Bound, BoundDate, Edtf, IntervalEndpoint, YearKind};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

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
        // By way of a timestamp it takes a tenth of the time that adding a span does; timestamps
        // end a day before dates do.
        if let Ok(at) = Timestamp::from_second(i64::from(self.0) * 86_400) {
            return Some(Offset::UTC.to_datetime(at).date());
        }
        let days = jiff::Span::new().try_days(self.0).ok()?;
        EPOCH.checked_add(days).ok()
    }

    /// Whether [`Day::date`] gives a date, without working it out.
    #[must_use]
    pub const fn is_a_date(self) -> bool {
        /// −9999-01-01 and 9999-12-31.
        const ENDS: (i32, i32) = (-4_371_587, 2_932_896);
        ENDS.0 <= self.0 && self.0 <= ENDS.1
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
pub struct When {
    /// Shared, as it is large and copied with every finding.
    edtf: Arc<Edtf>,
    /// The days that it touches, worked out once: rules ask for them again and again.
    days: DayRange,
}

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
    /// A publication time as other programs write it: its day, an EDTF value. When in the day plays
    /// no part, and is written in many ways.
    ///
    /// # Errors
    /// When the day is no EDTF value.
    pub fn of_timestamp(text: &str) -> Result<Self, BadWhen> {
        const DAY_CHARS: usize = 10;
        let text = text.trim();
        match text.split_once(['T', ' ']) {
            Some((day, _)) if day.len() == DAY_CHARS => day.parse(),
            _ => text.parse(),
        }
    }

    /// The days that the value touches.
    #[must_use]
    pub const fn days(&self) -> DayRange {
        self.days
    }

    /// Whether the value is marked as uncertain or approximate, has unspecified digits, or an
    /// open end: drawn as an interval that fades, never as a point.
    #[must_use]
    pub fn is_vague(&self) -> bool {
        let days = self.days();
        self.edtf.is_uncertain()
            || self.edtf.is_approximate()
            || self.edtf.has_unspecified()
            || days.first.is_none()
            || days.last.is_none()
    }

    /// How many days it touches; `None` where an end is open. A value without a year
    /// (`XXXX-07-16/XXXX-07-19`) is as long as it is in a leap year.
    #[must_use]
    pub fn length(&self) -> Option<i32> {
        let days = self.days.closed();
        let days = days.or_else(|| self.in_leap_year()?.days.closed());
        days.map(|(first, last)| last.0 - first.0 + 1)
    }

    /// A value without a year (`XXXX-07-16`) as it is in [`Self::LEAP_YEAR`]; `None` for others.
    #[must_use]
    pub fn in_leap_year(&self) -> Option<Self> {
        const ANY_YEAR: &str = "XXXX";
        let text = self.to_string();
        let in_it = text
            .contains(ANY_YEAR)
            .then(|| text.replace(ANY_YEAR, Self::LEAP_YEAR).parse())?;
        in_it.ok()
    }

    /// The year of [`Self::in_leap_year`].
    pub const LEAP_YEAR: &str = "2000";

    /// The value of one calendar day.
    ///
    /// # Errors
    /// When the year has no four-digit spelling.
    pub fn day(date: Date) -> Result<Self, BadWhen> {
        date.to_string().parse()
    }

    /// The parsed EDTF expression.
    #[must_use]
    pub fn edtf(&self) -> &Edtf {
        &self.edtf
    }
}

fn days_of(edtf: &Edtf) -> DayRange {
    if let Some(days) = plain_days(edtf) {
        return days;
    }
    let bounds = edtf.bounds();
    // `XXXX-02-12` is a day of any year: its ends are unknown, not the years 0 and 9999.
    let any_year = |year| edtf.has_unspecified() && matches!(year, 0 | 9999);
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

/// The days of calendar dates and of intervals between them, which most values are, without the
/// search for completions that unspecified digits take.
fn plain_days(edtf: &Edtf) -> Option<DayRange> {
    let days = |date: &edtf_core::Date| {
        let is_calendar = matches!(date.year.kind, YearKind::Standard { .. });
        (is_calendar && date.year.significant_digits.is_none()).then_some(())?;
        let year = i16::try_from(date.year.value()?).ok()?;
        let (month, day) = match (date.month, date.day) {
            (None, _) => (None, None),
            (Some(month), None) => (Some(month.value()?), None),
            (Some(month), Some(day)) => (Some(month.value()?), Some(day.value()?)),
        };
        let of = |month: u8, day: u8| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        let first = of(month.unwrap_or(1), day.unwrap_or(1))?;
        let last = match (month, day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => of(12, 31)?,
        };
        Some((Day::from_date(first), Day::from_date(last)))
    };
    let end = |end: &IntervalEndpoint| match end {
        IntervalEndpoint::Date(date) => days(date).map(Some),
        IntervalEndpoint::Open => Some(None),
        _ => None,
    };
    let (first, last) = match edtf {
        Edtf::Date(date) => days(date).map(|(first, last)| (Some(first), Some(last)))?,
        Edtf::Interval(interval) => (
            end(&interval.start)?.map(|days| days.0),
            end(&interval.end)?.map(|days| days.1),
        ),
        _ => return None,
    };
    Some(DayRange { first, last })
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.edtf.fmt(f)
    }
}

impl FromStr for When {
    type Err = BadWhen;

    fn from_str(text: &str) -> Result<Self, BadWhen> {
        let text = text.trim();
        let edtf = Edtf::parse(text).map_err(|error| BadWhen {
            text: text.to_owned(),
            why: error.to_string(),
        })?;
        Ok(Self {
            days: days_of(&edtf),
            edtf: Arc::new(edtf),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_timestamp_is_its_day() {
        let day = |text: &str| When::of_timestamp(text).map(|when| when.to_string());
        assert_eq!(day("2019-01-09T10:00:00+03:00").unwrap(), "2019-01-09");
        assert_eq!(day(" 2019-01-09 10:00 ").unwrap(), "2019-01-09");
        assert_eq!(
            day("2019-01-09/2019-01-12").unwrap(),
            "2019-01-09/2019-01-12"
        );
        assert!(day("last week").is_err());
    }

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
    fn plain_days_are_those_of_the_bounds() {
        for text in [
            "2016-02",
            "1999",
            "2016-02-29",
            "0000",
            "2016~/2017-11-03",
            "../2020-02",
            "2020-06?/..",
            "-0044-03-15",
        ] {
            let edtf = Edtf::parse(text).unwrap();
            let bounds = edtf.bounds();
            let day = |bound| match bound {
                Bound::Date(date) => Day::from_bound(date),
                _ => None,
            };
            let days = plain_days(&edtf).unwrap();
            assert_eq!(days.first, day(bounds.earliest), "{text}");
            assert_eq!(days.last, day(bounds.latest), "{text}");
        }
        for text in [
            "199X",
            "2016-21",
            "Y17E7",
            "1950S2",
            "{2016,2017}",
            "2016-XX-02",
        ] {
            assert_eq!(plain_days(&Edtf::parse(text).unwrap()), None, "{text}");
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
        assert_eq!(when.length(), None);
    }

    #[test]
    fn a_value_without_a_year_has_a_length() {
        for (text, days) in [
            ("2019-10-07/2019-10-09", Some(3)),
            ("XXXX-02-12", Some(1)),
            ("XXXX-07-16/XXXX-07-19", Some(4)),
            ("XXXX-02", Some(29)),
            ("../XXXX-02", None),
            ("XXXX-12-30/XXXX-01-02", None),
        ] {
            assert_eq!(text.parse::<When>().unwrap().length(), days, "{text}");
        }
    }
}
