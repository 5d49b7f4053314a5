//! From expressions to values: what is not said is taken from the publication date, from the text
//! before, or left open. Never from today, and never a year without a reason.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Found;
use super::expr::{Calendar, Expr, Open, Year};
use super::grammar::calendar;
use super::slashed;
use super::tense::{Tense, first_tense, last_tense, looks_ahead};
use super::value::{self, Period, Stamp};
use super::words::{Part, Unit, Which};
use crate::model::article::{Publication, PublicationStatus};
use crate::model::finding::{Finding, Rule, Suggestion, TimeBasis, TimeExpression};
use crate::model::span::Span;

/// The value of an expression that says all of it.
pub(super) fn explicit(found: &Found) -> Option<Period> {
    let said = |calendar: &Calendar| match calendar.year {
        Year::Is(year) => value::period(calendar, Some(year)),
        _ => None,
    };
    let period = match &found.expr {
        Expr::Date(calendar) => said(calendar)?,
        Expr::Range(first, last) => said(first)?.through(said(last)?),
        Expr::Decade(first, part) => value::decade(*first, *part)?,
        Expr::Century(n) => value::century(*n)?,
        _ => return None,
    };
    Some(opened(period, found.open))
}

fn opened(period: Period, open: Option<Open>) -> Period {
    match open {
        None => period,
        Some(Open::Since) => period.since(),
        Some(Open::Until) => period.until(),
    }
}

/// Resolves what was found against the publication date and the text around it.
#[must_use]
pub fn resolve(
    text: &str,
    found: &[Found],
    publication: &Publication,
    sentences: &[Span],
) -> Vec<Suggestion> {
    let mut resolver = Resolver::new(text, found, publication, sentences);
    found
        .iter()
        .filter_map(|one| resolver.suggestion(one))
        .collect()
}

/// A value with what it rests on and the rule that says so.
struct Resolved {
    period: Period,
    basis: TimeBasis,
    /// The rule, where the resolving says more than the finding.
    rule: Option<&'static str>,
}

impl Resolved {
    const fn new(period: Period, basis: TimeBasis) -> Self {
        Self {
            period,
            basis,
            rule: None,
        }
    }
}

/// How far before a date its verb may stand, in bytes.
const CLAUSE: usize = 160;

/// How much of its sentence is read to either side of a date, in bytes: more than prose has.
const SENTENCE: usize = 1000;

struct Resolver<'a> {
    text: &'a str,
    sentences: &'a [Span],
    /// First and last day of the publication; `None` where it is unknown or contradicted.
    published: Option<(Date, Date)>,
    /// (month, day) → the year that the text gives it elsewhere.
    years_of_days: HashMap<(u8, u8), i16>,
    /// Sentence → the years that a plan in it is made for.
    plans: HashMap<usize, (i16, i16)>,
    /// Whether days stand before months in dates such as "04/05/2018".
    day_first: Option<bool>,
    /// Sentence → the year that a closed date in it says, as far as it was read.
    said: Option<(usize, i16, Option<u8>)>,
    /// What the text told of last, and in which zone.
    told: Option<(Period, usize)>,
}

impl<'a> Resolver<'a> {
    fn new(
        text: &'a str,
        found: &[Found],
        publication: &Publication,
        sentences: &'a [Span],
    ) -> Self {
        let trusted = publication.status != PublicationStatus::Conflict;
        let published = publication
            .when
            .as_ref()
            .filter(|_| trusted)
            .and_then(|when| when.days().closed())
            .and_then(|(first, last)| Some((first.date()?, last.date()?)));
        let mut this = Self {
            text,
            sentences,
            published,
            years_of_days: HashMap::new(),
            plans: HashMap::new(),
            day_first: slashed::Order::of(text, found).of_first(),
            said: None,
            told: None,
        };
        for one in found {
            if let Expr::Date(d) | Expr::Range(d, _) = one.expr
                && let (Year::Is(year), Some(month), Some(day)) = (d.year, d.month, d.day)
            {
                this.years_of_days.entry((month, day)).or_insert(year);
            }
            if let Some(years) = one.planned_years() {
                this.plans
                    .entry(this.sentence_at(one.span))
                    .or_insert(years);
            }
        }
        this
    }

    fn sentence_at(&self, span: Span) -> usize {
        self.sentences.partition_point(|s| s.start <= span.start)
    }

    /// What is told at `span`, by the verb before it, else by the one after it.
    fn tense(&self, span: Span) -> Tense {
        let at = self.sentence_at(span);
        let Some(sentence) = at.checked_sub(1).and_then(|i| self.sentences.get(i)) else {
            return Tense::Untold;
        };
        // Such a sentence may be a whole book without a full stop.
        let sentence = Span::new(
            sentence.start.max(span.start.saturating_sub(SENTENCE)),
            sentence.end.min(span.end.saturating_add(SENTENCE)),
        )
        .clamped_to(self.text);
        let clause = |from: usize, to: usize| {
            let clause = Span::new(from.max(sentence.start), to.min(sentence.end).max(from));
            clause.clamped_to(self.text).of(self.text)
        };
        // "signed on Monday a deal that will …": the verb before it says when.
        clause(span.start.saturating_sub(CLAUSE), span.start)
            .and_then(last_tense)
            // "On Monday the two will sign": or the first one after it.
            .or_else(|| clause(span.end, span.end + CLAUSE).and_then(first_tense))
            .unwrap_or_else(|| {
                if sentence.of(self.text).is_some_and(looks_ahead) {
                    Tense::Ahead
                } else {
                    Tense::Untold
                }
            })
    }

    /// `None`: what was found is no time after all.
    fn suggestion(&mut self, found: &Found) -> Option<Suggestion> {
        let resolved = self.resolved(found);
        // "built in two years" is how long it took.
        if resolved.is_none()
            && matches!(found.expr, Expr::Hence { .. })
            && !(self.published.is_none() && self.tense(found.span).is_ahead())
        {
            return None;
        }
        let (when, basis, rule) = match resolved {
            Some(Resolved {
                period,
                basis,
                rule,
            }) => {
                // "In 2014, twenty years after …, the following year": counted back from what is
                // told, such a time is background and nothing is counted from it.
                if !matches!(found.expr, Expr::FromText { count: ..0, .. }) {
                    self.told = Some((period, found.zone));
                }
                // "From 2026" is open; what begins on a day is told of as being then.
                let is_of_a_day = period.from.is_some_and(|from| from.day.is_some());
                if found.is_from && !is_of_a_day && self.lies_ahead(period) {
                    (period.since().when(), basis, Some("time/from"))
                } else {
                    (opened(period, found.open).when(), basis, rule)
                }
            }
            None => (None, TimeBasis::Unresolvable, None),
        };
        let basis = if when.is_none() {
            TimeBasis::Unresolvable
        } else {
            basis
        };
        let confidence = match basis {
            TimeBasis::Explicit => 95,
            TimeBasis::Publication => 85,
            TimeBasis::Text => 70,
            TimeBasis::Inferred => 75,
            TimeBasis::Unresolvable => 50,
        };
        Some(Suggestion::new(
            Finding::Time(TimeExpression {
                span: found.span,
                when,
                basis,
            }),
            Rule::named(rule.unwrap_or(found.rule)),
            confidence,
        ))
    }

    /// Whether a stretch begins after the publication.
    fn lies_ahead(&self, period: Period) -> bool {
        let first = period.when().and_then(|when| when.days().first?.date());
        let published = self.published.map(|(_, last)| last);
        first
            .zip(published)
            .is_some_and(|(first, last)| first > last)
    }

    fn resolved(&mut self, found: &Found) -> Option<Resolved> {
        let published = |period| Some(Resolved::new(period, TimeBasis::Publication));
        match found.expr {
            Expr::Decade(first, part) => Some(Resolved::new(
                value::decade(first, part)?,
                TimeBasis::Explicit,
            )),
            Expr::Century(n) => Some(Resolved::new(value::century(n)?, TimeBasis::Explicit)),
            Expr::Date(calendar) => self.calendar(&calendar, found),
            Expr::Range(first, last) => self.range(&first, &last, found),
            Expr::Slashed { .. } => {
                let period = slashed::period(found.expr, self.day_first?)?;
                Some(Resolved::new(period, TimeBasis::Inferred))
            }
            Expr::Recurring => None,
            Expr::DayOfMonth { day, which } => self.day_of_month(day, which, found),
            Expr::Day(days) => {
                let (_, last) = self.published?;
                let day = last.checked_add(i64::from(days).days()).ok()?;
                published(Period::days(day, day))
            }
            Expr::Weekday { weekday, which } => {
                let ahead = self.tense(found.span).is_ahead();
                published(self.weekday(weekday, which, ahead)?)
            }
            Expr::WeekdayOfWeek { weekday, weeks } => {
                let (_, now) = self.published?;
                let (monday, _) = value::unit_around(now, Unit::Week, i16::from(weeks))?;
                let day = value::moved(monday, i16::from(weekday) - 1, Unit::Day)?;
                published(Period::days(day, day))
            }
            Expr::Pointed { unit, which, part } => published(self.pointed(unit, which, part)?),
            Expr::Within { unit, earlier } => {
                let (_, now) = self.published?;
                let (first, last) = value::unit_around(now, unit, 0)?;
                published(if earlier {
                    Period::days(first, now)
                } else {
                    Period::days(now, last)
                })
            }
            Expr::Counted { count, unit } => {
                let (_, now) = self.published?;
                published(value::whole(value::moved(now, count, unit)?, unit)?)
            }
            Expr::Hence { count, unit, told } => {
                if self.tense(found.span).is_ahead() {
                    let (_, now) = self.published?;
                    return published(value::whole(value::moved(now, count, unit)?, unit)?);
                }
                told.then_some(())?;
                let period = self.counted_from_text(count, unit, found.zone)?;
                Some(Resolved::new(period, TimeBasis::Text))
            }
            Expr::Stretch { count, unit } => published(self.stretch(count, unit)?),
            Expr::Coming(unit) => {
                let (_, now) = self.published?;
                let from = match unit {
                    Unit::Year | Unit::Decade | Unit::Century => Stamp::year(now.year()),
                    _ => Stamp::of(now),
                };
                published(Period {
                    to: None,
                    ..Period::one(from)
                })
            }
            Expr::NearFuture => {
                let (_, now) = self.published?;
                published(Period {
                    to: None,
                    ..Period::one(Stamp::of(now))
                })
            }
            Expr::FromText { count, unit } => {
                let period = self.counted_from_text(count, unit, found.zone)?;
                Some(Resolved::new(period, TimeBasis::Text))
            }
        }
    }

    fn calendar(&mut self, calendar: &Calendar, found: &Found) -> Option<Resolved> {
        let (year, basis, rule) = self.year_of(calendar, found)?;
        Some(Resolved {
            period: value::period(calendar, year)?,
            basis,
            rule,
        })
    }

    fn range(&mut self, first: &Calendar, last: &Calendar, found: &Found) -> Option<Resolved> {
        if first.year != last.year {
            let (first_year, basis, _) = self.year_of(first, found)?;
            let (last_year, ..) = self.year_of(last, found)?;
            let period = value::period(first, first_year)?.through(value::period(last, last_year)?);
            return Some(Resolved::new(period, basis));
        }
        let (mut last_year, mut basis, mut rule) = self.year_of(last, found)?;
        if last_year.is_none() {
            (last_year, basis, rule) = self.year_of(first, found)?;
        }
        // "December 20 – January 5": the turn of a year lies between.
        let turns = last.year == Year::Missing || first.day.is_some();
        let first_year = match last_year {
            Some(year) if turns && first.month > last.month => Some(year - 1),
            _ => last_year,
        };
        Some(Resolved {
            period: value::period(first, first_year)?.through(value::period(last, last_year)?),
            basis,
            rule,
        })
    }

    /// The year that `calendar` falls in; the inner `None`: the text does not give it.
    #[allow(
        clippy::type_complexity,
        reason = "year, what it rests on, the rule that took it"
    )]
    fn year_of(
        &mut self,
        calendar: &Calendar,
        found: &Found,
    ) -> Option<(Option<i16>, TimeBasis, Option<&'static str>)> {
        let this_year = self.published.map(|(_, last)| last.year());
        let year = match calendar.year {
            Year::Is(year) => {
                if found.open.is_none() && matches!(found.expr, Expr::Date(_)) {
                    self.said = Some((self.sentence_at(found.span), year, calendar.month));
                }
                return Some((Some(year), TimeBasis::Explicit, None));
            }
            Year::Missing => return Some(self.missing_year(calendar, found)),
            Year::From(years) => this_year?.checked_add(i16::from(years))?,
            Year::Pointed(which) => match which {
                Which::Last => this_year? - 1,
                Which::This => this_year?,
                Which::Next => this_year?.checked_add(1)?,
                Which::Following | Which::Previous | Which::Same => {
                    let years = match which {
                        Which::Following => 1,
                        Which::Previous => -1,
                        _ => 0,
                    };
                    let told = self.told_year(found.zone)?;
                    return Some((Some(told.checked_add(years)?), TimeBasis::Text, None));
                }
            },
            Year::Nearest(which) => self.nearest(calendar, which)?,
        };
        Some((Some(year), TimeBasis::Publication, None))
    }

    fn told_year(&self, zone: usize) -> Option<i16> {
        let (period, told_zone) = self.told?;
        (told_zone == zone).then_some(())?;
        period.to.or(period.from)?.year
    }

    /// "Signed on March 13, 2019. … on March 14th": the year of the day that the paragraph told of
    /// last, where that is of the same month.
    fn year_of_the_month_told(&self, calendar: &Calendar, zone: usize) -> Option<i16> {
        let (told, told_zone) = self.told?;
        let last = told.to.or(told.from)?;
        let is_near = told_zone == zone && last.day.is_some() && calendar.day.is_some();
        (is_near && last.month == calendar.month).then_some(last.year?)
    }

    /// "last November", "this summer", "next May".
    fn nearest(&self, calendar: &Calendar, which: Which) -> Option<i16> {
        let (_, now) = self.published?;
        let year = now.year();
        let this_year = value::period(calendar, Some(year))?.when()?.days();
        let (first, last) = this_year.closed()?;
        let (first, last) = (first.date()?, last.date()?);
        Some(match which {
            Which::Last if last < now => year,
            Which::Last => year - 1,
            Which::Next if first > now => year,
            Which::Next => year.checked_add(1)?,
            _ => year,
        })
    }

    fn missing_year(
        &mut self,
        calendar: &Calendar,
        found: &Found,
    ) -> (Option<i16>, TimeBasis, Option<&'static str>) {
        let inferred = |year, rule| (Some(year), TimeBasis::Inferred, Some(rule));
        if let Some(day) = calendar.month.zip(calendar.day)
            && let Some(year) = self.years_of_days.get(&day)
        {
            return inferred(*year, "time/year-given-elsewhere-in-the-text");
        }
        let plan = self.plans.get(&self.sentence_at(found.span)).copied();
        if let Some((first, last)) = plan
            && self
                .published
                .is_none_or(|(published, _)| published.year() > last)
        {
            return inferred(first, "time/year-of-the-plan-in-the-sentence");
        }
        let Some((_, now)) = self.published else {
            return match self.year_of_the_month_told(calendar, found.zone) {
                Some(year) => inferred(year, "time/year-of-the-day-before"),
                None => (None, TimeBasis::Explicit, None),
            };
        };
        if let Some(year) = year_by_weekday(calendar, now.year()) {
            return inferred(year, "time/year-by-the-weekday");
        }
        // "In early 2018 they began, and from 3 to 9 May …": a sentence stays in its year.
        // A month that comes earlier in the calendar belongs to a later year.
        if let Some((sentence, year, month)) = self.said
            && sentence == self.sentence_at(found.span)
            && calendar.month >= month
            && year < now.year()
            && calendar.month.is_some()
        {
            return inferred(year, "time/year-of-the-sentence");
        }
        let tense = match self.tense(found.span) {
            // "By November it is to be open": a bound that is not told of as past lies ahead.
            Tense::Ahead if found.open == Some(Open::Until) => Tense::Future,
            tense => tense,
        };
        nearest_year(calendar, now, tense).map_or((None, TimeBasis::Explicit, None), |year| {
            inferred(year, "time/year-from-the-publication-date")
        })
    }

    /// "24 числа": of the month that the paragraph told of last, else the one nearest to the
    /// publication.
    fn day_of_month(&self, day: u8, which: Option<Which>, found: &Found) -> Option<Resolved> {
        let told = self.told.filter(|(_, zone)| *zone == found.zone);
        let told = told.and_then(|(period, _)| period.to.or(period.from));
        let month = told.and_then(|told| told.month.filter(|month| *month <= 12).zip(told.year));
        if let (Some((month, year)), None) = (month, which) {
            let d = calendar(Year::Is(year), Some(month), Some(day));
            return Some(Resolved::new(
                value::period(&d, Some(year))?,
                TimeBasis::Text,
            ));
        }
        let (_, now) = self.published?;
        let months = match which {
            Some(Which::Last | Which::Previous) => -1,
            Some(Which::Next | Which::Following) => 1,
            Some(Which::This | Which::Same) => 0,
            None if self.tense(found.span).is_ahead() => i16::from(now.day().unsigned_abs() > day),
            None => -i16::from(now.day().unsigned_abs() < day),
        };
        let (first, _) = value::unit_around(now, Unit::Month, months)?;
        let d = calendar(Year::Missing, Some(first.month().unsigned_abs()), Some(day));
        let period = value::period(&d, Some(first.year()))?;
        Some(Resolved::new(period, TimeBasis::Publication))
    }

    fn weekday(&self, weekday: u8, which: Option<Which>, ahead: bool) -> Option<Period> {
        let (_, now) = self.published?;
        let monday = value::monday_of(now)?;
        let in_this_week = monday.checked_add(i64::from(weekday - 1).days()).ok()?;
        let day = match which {
            Some(Which::Last | Which::Previous) if in_this_week < now => in_this_week,
            Some(Which::Last | Which::Previous) => in_this_week.checked_sub(7.days()).ok()?,
            Some(Which::Next | Which::Following) if in_this_week > now => in_this_week,
            Some(Which::Next | Which::Following) => in_this_week.checked_add(7.days()).ok()?,
            None if ahead && in_this_week < now => in_this_week.checked_add(7.days()).ok()?,
            None if !ahead && in_this_week > now => in_this_week.checked_sub(7.days()).ok()?,
            Some(Which::This | Which::Same) | None => in_this_week,
        };
        Some(Period::days(day, day))
    }

    fn pointed(&self, unit: Unit, which: Which, part: Option<Part>) -> Option<Period> {
        let (_, now) = self.published?;
        let offset = match which {
            Which::Last | Which::Previous => -1,
            Which::This | Which::Same => 0,
            Which::Next | Which::Following => 1,
        };
        let (first, last) = value::unit_around(now, unit, offset)?;
        match unit {
            // "by the end of the decade" looks to the round year.
            Unit::Decade if part.is_some() => {
                Some(Period::one(Stamp::year(last.year().checked_add(1)?)))
            }
            Unit::Decade => value::decade(first.year(), None),
            Unit::Year => Some(value::year_part(first.year(), part)),
            Unit::Month => Some(value::month_part(
                Some(first.year()),
                first.month().unsigned_abs(),
                part,
            )),
            _ => value::whole(first, unit),
        }
    }

    fn stretch(&self, count: i16, unit: Unit) -> Option<Period> {
        let (_, now) = self.published?;
        let there = value::moved(now, count, unit)?;
        Some(match unit {
            Unit::Year | Unit::Decade | Unit::Century => {
                let about = unit != Unit::Year;
                let (from, to) = (there.year().min(now.year()), there.year().max(now.year()));
                value::years(from, to, about)
            }
            _ => Period::days(there.min(now), there.max(now)),
        })
    }

    /// "the following year", "two weeks later": from the end of what was told last.
    fn counted_from_text(&self, count: i16, unit: Unit, zone: usize) -> Option<Period> {
        let (told, told_zone) = self.told?;
        (told_zone == zone).then_some(())?;
        let from = if count < 0 { told.from } else { told.to }
            .or(told.to)
            .or(told.from)?;
        let month = from.month.filter(|month| *month <= 12);
        // What is counted can't be more precise than what it is counted from.
        match unit {
            Unit::Year | Unit::Decade | Unit::Century => {}
            Unit::Month | Unit::Quarter | Unit::HalfYear => {
                month?;
            }
            Unit::Day | Unit::Week | Unit::Weekend => {
                from.day?;
            }
        }
        let date = Date::new(
            from.year?,
            i8::try_from(month.unwrap_or(1)).ok()?,
            i8::try_from(from.day.unwrap_or(1)).ok()?,
        )
        .ok()?;
        value::whole(value::moved(date, count, unit)?, unit)
    }
}

/// The year around `year` in which the day falls on the weekday that is written with it.
fn year_by_weekday(calendar: &Calendar, year: i16) -> Option<i16> {
    let weekday = i8::try_from(calendar.weekday?).ok()?;
    [0, -1, 1].into_iter().find_map(|offset| {
        let year = year.checked_add(offset)?;
        let date = value::period(calendar, Some(year))?.date()?;
        (date.weekday().to_monday_one_offset() == weekday).then_some(year)
    })
}

/// How long after the publication, in days, a day without a year may lie in a text that says
/// nothing of looking ahead.
const SOON: i64 = 60;
/// A month or season that has begun may still be ahead, for so many days.
const LASTS: i64 = 90;
/// In a text that looks ahead: so much farther off than the same day of the past, in days.
const FARTHER: i64 = 90;

/// The year of the latest such stretch that had begun at `now`; of the next one, where it is near
/// and the sentence looks ahead.
fn nearest_year(calendar: &Calendar, now: Date, tense: Tense) -> Option<i16> {
    let begins = |year: i16| {
        let days = value::period(calendar, Some(year))?.when()?.days();
        days.first?.date()
    };
    let year = now.year();
    let this = begins(year)?;
    let (past, next) = if this <= now {
        (year, year.checked_add(1)?)
    } else {
        (year - 1, year)
    };
    let distance = begins(next)?.duration_since(now).as_hours() / 24;
    let since = now.duration_since(begins(past)?).as_hours() / 24;
    let takes_next = match tense {
        // What has begun and is not over is meant as well: "it will be done in May", said in May.
        Tense::Future => past < year || since > LASTS,
        Tense::Ahead => distance < since + FARTHER,
        Tense::Past | Tense::Untold => distance <= SOON && distance < since,
    };
    Some(if takes_next { next } else { past })
}
