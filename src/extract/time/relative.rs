//! Expressions that say when only together with another time: "last week", "three years ago",
//! "the following day".

use super::expr::{Expr, Parsed};
use super::grammar::{day_number, pointed_calendar};
use super::token::{Token, Tokens};
use super::words::{Bind, Part, Unit, Which, Word};

/// The relative expression that begins at token `at`.
pub(super) fn parse(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    match t.word(at) {
        Word::Day(days) => return Some(Parsed::new(Expr::Day(days), at + 1, "time/day-word")),
        Word::YearsFrom(years) => {
            let expr = Expr::Counted {
                count: i16::from(years),
                unit: Unit::Year,
            };
            return Some(Parsed::new(expr, at + 1, "time/year-word"));
        }
        Word::Weekday(weekday) => {
            if let Some(parsed) = weekday_of_week(t, at, weekday) {
                return Some(parsed);
            }
            let expr = Expr::Weekday {
                weekday,
                which: None,
            };
            return Some(Parsed::new(expr, at + 1, "time/weekday"));
        }
        Word::Near if t.word(at + 1) == Word::Future => return near_future(at + 2),
        Word::Which(Which::Next) if matches!(t.word(at + 1), Word::Which(Which::Next)) => {
            return near_future(at + 2);
        }
        _ => {}
    }
    recurring(t, at)
        .or_else(|| hence(t, at))
        .or_else(|| counted(t, at))
        .or_else(|| within(t, at))
        .or_else(|| pointed(t, at))
        .or_else(|| turn_of_decade(t, at))
}

/// "Friday last week", "Monday of next week".
fn weekday_of_week(t: &Tokens<'_>, at: usize, weekday: u8) -> Option<Parsed> {
    let which = t.skip(at + 1, Bind::Of);
    let weeks = match t.word(which) {
        Word::Which(Which::Last) => -1,
        Word::Which(Which::This) => 0,
        Word::Which(Which::Next) => 1,
        _ => return None,
    };
    let is_week = t.word(which + 1) == Word::Unit(Unit::Week, false);
    let expr = Expr::WeekdayOfWeek { weekday, weeks };
    is_week.then(|| Parsed::new(expr, which + 2, "time/weekday"))
}

/// "every year", "each spring", "every two years", "annually", "каждый май".
fn recurring(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let end = match t.word(at) {
        Word::Recurring => at + 1,
        Word::Every => {
            let from = match t.word(at + 1) {
                Word::Count(_) | Word::Ordinal(_) | Word::Number(_, 1 | 2) | Word::Some => at + 2,
                _ => at + 1,
            };
            let recurs = unit(t, from).is_some()
                || matches!(
                    t.word(from),
                    Word::Weekday(_)
                        | Word::WeekdayOfDate(_)
                        | Word::Season { .. }
                        | Word::Month {
                            abbreviated: false,
                            ..
                        }
                );
            // "each day of the visit" is over with it.
            (recurs && !t.is(from + 1, Bind::Of)).then_some(from + 1)?
        }
        _ => return None,
    };
    Some(Parsed::new(Expr::Recurring, end, "time/recurring"))
}

/// "24 числа", "5 числа прошлого месяца".
pub(super) fn day_of_month(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    if t.word(at + 1) != Word::DayOfMonth {
        return None;
    }
    let day = day_number(t, at)?;
    let (which, end) = match (t.word(at + 2), t.word(at + 3)) {
        (Word::Which(which), Word::Unit(Unit::Month, false)) => (Some(which), at + 4),
        _ => (None, at + 2),
    };
    let expr = Expr::DayOfMonth { day, which };
    Some(Parsed::new(expr, end, "time/day-of-month"))
}

/// "in the near future", "в ближайшем будущем".
#[allow(
    clippy::unnecessary_wraps,
    reason = "stands in a chain of rules that may fail"
)]
const fn near_future(end: usize) -> Option<Parsed> {
    Some(Parsed::new(Expr::NearFuture, end, "time/near-future"))
}

/// A count: in digits, in words, "a", or none said before a unit ("month ago").
fn count(t: &Tokens<'_>, at: usize) -> Option<(i16, usize)> {
    let at = t.skip_word(at, Word::About);
    match t.word(at) {
        Word::Number(n @ 1..=999, 1..=3) | Word::Count(n) => Some((i16::try_from(n).ok()?, at + 1)),
        Word::Bind(Bind::A) => match t.word(at + 1) {
            Word::Some => None,
            _ => Some((1, at + 1)),
        },
        _ => None,
    }
}

fn unit(t: &Tokens<'_>, at: usize) -> Option<(Unit, bool)> {
    match t.word(at) {
        Word::Unit(unit, plural) => Some((unit, plural)),
        // "два года": the same form as after the number of a year.
        Word::Bind(Bind::YearWord) if t.0.get(at).is_some_and(|x| x.span.len() > 4) => {
            Some((Unit::Year, false))
        }
        _ => None,
    }
}

/// Whether a unit without a count is one of it: "год", "месяц", but not "года", which has its count
/// before it ("полтора года назад").
const fn is_one(word: Word) -> bool {
    matches!(word, Word::Unit(_, false))
}

/// "in two weeks", "через две недели". Whether the first is a point in time or how
/// long something takes is told by its verb.
fn hence(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let told = t.is(at, Bind::Hence);
    let from = at + usize::from(told);
    // "within two weeks" is a stretch.
    let is_in = |b: Token| b.word == Word::Bind(Bind::In) && b.ascii && b.span.len() == "in".len();
    if !told && !t.before(at).is_some_and(is_in) {
        return None;
    }
    let (n, next) = match count(t, from) {
        Some(found) => found,
        None if told && is_one(t.word(from)) => (1, from),
        None => return None,
    };
    let (unit, _) = unit(t, next)?;
    let end = next + 1;
    // "in two years of talks", "in three weeks after"
    let is_other = matches!(
        t.word(end),
        Word::Possessive
            | Word::Bind(
                Bind::Of | Bind::After | Bind::Before | Bind::Later | Bind::Earlier | Bind::Ago
            )
    );
    if is_other {
        return None;
    }
    let expr = Expr::Hence {
        count: n,
        unit,
        told,
    };
    Some(Parsed::new(expr, end, "time/hence"))
}

/// "three years ago", "two weeks later", "a month after", "два года назад", "год назад".
fn counted(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    // "спустя два года"
    let is_after = t.is(at, Bind::After) && t.get(at).is_some_and(|x| !x.ascii);
    if (is_after || t.is(at, Bind::Elapsed))
        && let Some((n, next)) = count(t, at + 1)
        && let Some((unit, _)) = unit(t, next)
    {
        let expr = Expr::FromText { count: n, unit };
        return Some(Parsed::new(expr, next + 1, "time/later-in-the-text"));
    }
    let (n, next) = match count(t, at) {
        Some(found) => found,
        // "год назад", "месяц тому"
        None if t.get(at).is_some_and(|x| !x.ascii) && is_one(t.word(at)) => (1, at),
        None => return None,
    };
    let (unit, _) = unit(t, next)?;
    let mut end = next + 1;
    // "two weeks' notice" is none; "a year's time"
    if t.word(end) == Word::Possessive {
        return None;
    }
    let (expr, rule) = match t.word(end) {
        Word::Bind(Bind::Ago) => {
            end += 1;
            // "тому назад"
            end = t.skip(end, Bind::Ago);
            (
                Expr::Counted {
                    count: n.checked_neg()?,
                    unit,
                },
                "time/ago",
            )
        }
        Word::Bind(Bind::Earlier | Bind::Before) => (
            Expr::FromText {
                count: n.checked_neg()?,
                unit,
            },
            "time/before-in-the-text",
        ),
        // "a month after he visited India": the visit was a month before what is told.
        Word::Bind(Bind::After) if t.get(end).is_some_and(|x| x.ascii) => (
            Expr::FromText {
                count: n.checked_neg()?,
                unit,
            },
            "time/before-in-the-text",
        ),
        // "две недели спустя"
        Word::Bind(Bind::Later | Bind::Elapsed) => {
            (Expr::FromText { count: n, unit }, "time/later-in-the-text")
        }
        _ => return None,
    };
    if !matches!(expr, Expr::Counted { .. }) {
        end += 1;
    }
    Some(Parsed::new(expr, end, rule))
}

/// "earlier this month", "later this year", "ранее в этом месяце".
fn within(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let earlier = match t.word(at) {
        Word::Bind(Bind::Earlier) => true,
        Word::Bind(Bind::Later) => false,
        _ => return None,
    };
    let next = t.skip(t.skip(at + 1, Bind::In), Bind::On);
    // "earlier in the week" is as well as "earlier this week"
    let points = matches!(t.word(next), Word::Which(Which::This))
        || (next > at + 1 && t.is(next, Bind::The) && t.get(next).is_some_and(|x| x.ascii));
    if !points {
        return None;
    }
    let (unit, _) = unit(t, next + 1)?;
    let rule = if earlier {
        "time/earlier-this"
    } else {
        "time/later-this"
    };
    Some(Parsed::new(Expr::Within { unit, earlier }, next + 2, rule))
}

/// "last week", "the past two years", "в последние 15 лет", "early next month", "last Friday".
fn pointed(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let mut from = t.skip(at, Bind::The);
    let mut part = None;
    if let Word::Part(found) = t.word(from) {
        part = Some(found);
        from = t.skip_word(from + 1, Word::Dash);
        from = t.skip(t.skip(from, Bind::Of), Bind::The);
    }
    // "at the weekend", "in the quarter": the one that is over.
    if let Word::Unit(unit @ (Unit::Weekend | Unit::Quarter), false) = t.word(from)
        && from > at
        && part.is_none()
        && t.get(from).is_some_and(|x| x.ascii)
        && !t.is(from + 1, Bind::Of)
    {
        let expr = Expr::Pointed {
            unit,
            which: Which::Last,
            part,
        };
        return Some(Parsed::new(expr, from + 1, "time/the-one-that-is-over"));
    }
    let Word::Which(which) = t.word(from) else {
        return None;
    };
    let mut next = from + 1;
    // "this past spring", "the same following week"
    if let (Which::This, Word::Which(Which::Last)) = (which, t.word(next)) {
        next += 1;
    }
    if let Word::Weekday(weekday) = t.word(next) {
        let expr = Expr::Weekday {
            weekday,
            which: Some(which),
        };
        return Some(Parsed::new(expr, next + 1, "time/pointed-weekday"));
    }
    if let Some((mut calendar, end)) = pointed_calendar(t, next, which) {
        calendar.part = part;
        return Some(Parsed::new(
            Expr::Date(calendar),
            end,
            "time/pointed-month-or-season",
        ));
    }
    if let Word::Some = t.word(next)
        && let Some((unit, true)) = unit(t, next + 1)
    {
        return several(which, unit, next + 2);
    }
    if let Some((n, after)) = count(t, next)
        && let Some((unit, _)) = unit(t, after)
    {
        return stretch(which, n, unit, after + 1);
    }
    let (unit, plural) = unit(t, next)?;
    if plural {
        return several(which, unit, next + 1);
    }
    let end = next + 1;
    // "the last week of June" is a week of June, not the one before the publication; "ratification
    // last week of the pact" goes on with something else.
    let of_what = t.skip(end + 1, Bind::The);
    if t.is(end, Bind::Of) && (from > at || t.word(of_what) != Word::Other) {
        return None;
    }
    // "The next day" goes on from the day that was told; "in the next day" counts from now.
    let is_stretch = t.before(at).is_some_and(|b| {
        b.ascii && matches!(b.word, Word::Bind(Bind::In | Bind::Over | Bind::For))
    });
    let goes_on = which == Which::Next && unit == Unit::Day && !is_stretch;
    match which {
        Which::Following | Which::Previous | Which::Same | Which::Next
            if which != Which::Next || goes_on =>
        {
            let count = match which {
                Which::Following | Which::Next => 1,
                Which::Previous => -1,
                _ => 0,
            };
            Some(Parsed::new(
                Expr::FromText { count, unit },
                end,
                "time/from-the-text",
            ))
        }
        // "the last decade" is the ten years up to now.
        Which::Last if unit == Unit::Decade => stretch(which, 1, unit, end),
        _ => Some(Parsed::new(
            Expr::Pointed { unit, which, part },
            end,
            "time/pointed-unit",
        )),
    }
}

fn stretch(which: Which, n: i16, unit: Unit, end: usize) -> Option<Parsed> {
    let count = match which {
        Which::Last => n.checked_neg()?,
        Which::Next | Which::Following => n,
        _ => return None,
    };
    Some(Parsed::new(
        Expr::Stretch { count, unit },
        end,
        "time/stretch-of-years",
    ))
}

/// "the coming years"; of the past, how many is not said.
fn several(which: Which, unit: Unit, end: usize) -> Option<Parsed> {
    matches!(which, Which::Next).then(|| Parsed::new(Expr::Coming(unit), end, "time/coming"))
}

/// "end-decade", "the end of the decade".
fn turn_of_decade(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let from = t.skip(at, Bind::The);
    let Word::Part(part @ (Part::End | Part::Late)) = t.word(from) else {
        return None;
    };
    let mut next = t.skip_word(from + 1, Word::Dash);
    next = t.skip(t.skip(next, Bind::Of), Bind::The);
    let (unit @ (Unit::Decade | Unit::Year | Unit::Month | Unit::Week), false) = unit(t, next)?
    else {
        return None;
    };
    let expr = Expr::Pointed {
        unit,
        which: Which::This,
        part: Some(part),
    };
    Some(Parsed::new(expr, next + 1, "time/end-of-this"))
}
