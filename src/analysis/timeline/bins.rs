//! Calendar bins: which day falls into which bar, and what the bar is called.

use jiff::civil::Date;

use crate::model::date::Day;
use crate::model::view::BinWidth;

/// The bars of a chart: calendar periods of one width without a gap between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bins {
    /// How wide each is. Never [`BinWidth::Auto`].
    pub width: BinWidth,
    /// The ordinal of the first.
    first: i32,
    /// How many there are.
    pub count: usize,
}

/// The most bars that a chart has: some twenty years by day. They are zoomed into; what is drawn
/// is what is in view, and must not grow with the corpus.
pub const MOST_BINS: usize = 8_000;

/// The widths that can be drawn, the widest first.
const WIDTHS: [BinWidth; 4] = [
    BinWidth::Year,
    BinWidth::Quarter,
    BinWidth::Month,
    BinWidth::Day,
];

impl Bins {
    /// No bars.
    pub const NONE: Self = Self {
        width: BinWidth::Year,
        first: 0,
        count: 0,
    };

    /// The bars of `width` that hold all days from `first` to `last`.
    fn over(width: BinWidth, first: Day, last: Day) -> Option<Self> {
        let (from, to) = (ordinal(width, first)?, ordinal(width, last)?);
        let count = usize::try_from(i64::from(to) - i64::from(from) + 1).ok()?;
        Some(Self {
            width,
            first: from,
            count,
        })
    }

    /// The bars for dates that each touch the days from the first to the second, inclusive, each
    /// with how often it comes.
    ///
    /// A chosen width stands unless it made more than [`MOST_BINS`] bars; then the next wider one
    /// does. [`BinWidth::Auto`] looks for 8 to 40 bars, in which at least half of the dates lie
    /// within one bar each: days for dates that are known by the year would show nothing but
    /// shares.
    #[must_use]
    pub fn choose(wanted: BinWidth, dates: &[(Day, Day, u64)]) -> Self {
        let first = dates.iter().map(|(first, ..)| *first).min();
        let last = dates.iter().map(|(_, last, _)| *last).max();
        let all: u64 = dates.iter().map(|(.., count)| count).sum();
        let (Some(first), Some(last)) = (first, last) else {
            return Self::NONE;
        };
        let mut drawable = WIDTHS
            .iter()
            .filter_map(|width| Self::over(*width, first, last))
            .filter(|bins| bins.count <= MOST_BINS);
        if wanted == BinWidth::Auto {
            let sharp = |bins: &Self| {
                let fit = dates
                    .iter()
                    .filter(|(a, b, _)| a == b || bins.index(*a) == bins.index(*b))
                    .map(|(.., count)| count);
                bins.width == BinWidth::Year || fit.sum::<u64>() * 2 >= all
            };
            drawable
                .filter(sharp)
                .min_by(|a, b| a.awkwardness().total_cmp(&b.awkwardness()))
        } else {
            // The widest first, so the last one that is not finer than wanted.
            let allowed = |bins: &Self| rank(bins.width) <= rank(wanted);
            drawable.rfind(allowed)
        }
        .unwrap_or(Self::NONE)
    }

    /// How far the number of bars is from 8 to 40, as a ratio.
    fn awkwardness(&self) -> f64 {
        let count = self.count as f64;
        (8.0 / count).max(count / 40.0).max(1.0)
    }

    /// The bar that holds a day; `None` outside the chart.
    #[must_use]
    pub fn index(&self, day: Day) -> Option<usize> {
        let at = i64::from(ordinal(self.width, day)?) - i64::from(self.first);
        usize::try_from(at).ok().filter(|at| *at < self.count)
    }

    /// The days of a bar, first and last, inclusive; `None` outside the chart.
    #[must_use]
    pub fn days(&self, index: usize) -> Option<(Day, Day)> {
        if index >= self.count {
            return None;
        }
        let at = self.first.checked_add(i32::try_from(index).ok()?)?;
        let (first, next) = (start(self.width, at)?, start(self.width, at + 1)?);
        Some((first, Day(next.0 - 1)))
    }

    /// The name of a bar: `2016`, `Q2 2016`, `Apr 2016`, `22 Apr 2016`.
    #[must_use]
    pub fn label(&self, index: usize) -> String {
        let first = self.days(index).and_then(|(first, _)| first.date());
        first.map_or_else(String::new, |date| label(self.width, date))
    }
}

/// The name of the period of `width` that `date` begins.
fn label(width: BinWidth, date: Date) -> String {
    let (year, month, day) = (date.year(), MONTHS.get(month_index(date)), date.day());
    let month = month.copied().unwrap_or_default();
    match width {
        BinWidth::Day => format!("{day} {month} {year}"),
        BinWidth::Month => format!("{month} {year}"),
        BinWidth::Quarter => format!("Q{} {year}", month_index(date) / 3 + 1),
        BinWidth::Year | BinWidth::Auto => year.to_string(),
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn month_index(date: Date) -> usize {
    usize::try_from(date.month() - 1).unwrap_or(0)
}

/// Larger is finer.
const fn rank(width: BinWidth) -> u8 {
    match width {
        BinWidth::Year | BinWidth::Auto => 0,
        BinWidth::Quarter => 1,
        BinWidth::Month => 2,
        BinWidth::Day => 3,
    }
}

/// The number of the period that holds a day, counted from year 0 or 1970-01-01.
fn ordinal(width: BinWidth, day: Day) -> Option<i32> {
    let date = day.date()?;
    let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
    Some(match width {
        BinWidth::Day => day.0,
        BinWidth::Month => year * 12 + month,
        BinWidth::Quarter => year * 4 + month / 3,
        BinWidth::Year | BinWidth::Auto => year,
    })
}

/// The first day of a period; the inverse of [`ordinal`].
fn start(width: BinWidth, ordinal: i32) -> Option<Day> {
    let date = |year: i32, month: i32| {
        let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
        Date::new(year, month, 1).ok().map(Day::from_date)
    };
    match width {
        BinWidth::Day => Some(Day(ordinal)),
        BinWidth::Month => date(ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1),
        BinWidth::Quarter => date(ordinal.div_euclid(4), ordinal.rem_euclid(4) * 3 + 1),
        BinWidth::Year | BinWidth::Auto => date(ordinal, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_bin(
            from in -400_000i32..400_000,
            days in 0i32..1000,
            at in 0i32..1000,
            width in 1usize..5,
        ) {
            let (first, last) = (Day(from), Day(from + days));
            let bins = Bins::over(BinWidth::ALL[width], first, last).unwrap();
            let day = Day(from + at % (days + 1));
            let index = bins.index(day).unwrap();
            let (a, b) = bins.days(index).unwrap();
            prop_assert!(a <= day && day <= b);
            prop_assert!(bins.index(a) == Some(index) && bins.index(b) == Some(index));
            prop_assert!(bins.index(Day(b.0 + 1)).is_none_or(|next| next == index + 1));
        }
    }

    #[test]
    fn automatic_bins_are_few_and_sharp() {
        let auto = |dates: &[(&str, &str)]| {
            let dates: Vec<_> = dates.iter().map(|(a, b)| (day(a), day(b), 1)).collect();
            let bins = Bins::choose(BinWidth::Auto, &dates);
            (bins.width, bins.count)
        };
        assert_eq!(
            auto(&[("2005-01-01", "2005-12-31"), ("2018-04-01", "2018-04-01")]),
            (BinWidth::Year, 14)
        );
        assert_eq!(
            auto(&[("2016-01-05", "2016-01-05"), ("2018-04-01", "2018-04-01")]),
            (BinWidth::Quarter, 10)
        );
        assert_eq!(
            auto(&[("2016-01-01", "2016-12-31"), ("2018-01-01", "2018-12-31")]),
            (BinWidth::Year, 3)
        );
        assert_eq!(auto(&[("2018-04-01", "2018-04-20")]).0, BinWidth::Year);
        assert_eq!(
            auto(&[("2018-04-01", "2018-04-01"), ("2018-04-20", "2018-04-20")]),
            (BinWidth::Day, 20)
        );
        assert_eq!(auto(&[]).1, 0);
    }

    #[test]
    fn too_many_bars_become_wider_ones() {
        let dates = [
            (day("1990-01-01"), day("1990-01-01"), 1),
            (day("2020-01-01"), day("2020-01-01"), 1),
        ];
        assert_eq!(Bins::choose(BinWidth::Day, &dates).width, BinWidth::Month);
    }

    #[test]
    fn bars_are_named() {
        let name = |width, at| Bins::over(width, day(at), day(at)).unwrap().label(0);
        assert_eq!(name(BinWidth::Day, "2016-04-22"), "22 Apr 2016");
        assert_eq!(name(BinWidth::Month, "2016-04-22"), "Apr 2016");
        assert_eq!(name(BinWidth::Quarter, "2016-04-22"), "Q2 2016");
        assert_eq!(name(BinWidth::Year, "2016-04-22"), "2016");
    }
}
