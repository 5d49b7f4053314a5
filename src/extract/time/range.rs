//! Two dates with something between them, and dates in digits.

use super::expr::{Expr, Parsed, Year};
use super::grammar::{calendar, date, day_number, month, year_after, year_number, year_only};
use super::token::Tokens;
use super::words::{Bind, Word};

/// A range of dates that share what only one of them says.
pub(super) fn range(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let between = t.is(at, Bind::Between);
    let start = if between { at + 1 } else { at };
    days_of_one_month(t, start, between)
        .or_else(|| years(t, start, between))
        .or_else(|| two_dates(t, start, between))
}

/// What joins the ends of a range: a dash, "to", "through", "and" after "between".
fn joined(t: &Tokens<'_>, at: usize, between: bool) -> Option<usize> {
    match t.word(at) {
        Word::Dash | Word::Bind(Bind::To | Bind::Until) => Some(at + 1),
        Word::Bind(Bind::And) if between => Some(at + 1),
        _ => None,
    }
}

/// "October 7th-9th, 2019", "7–9 октября 2019 года", "8 to 11 September".
fn days_of_one_month(t: &Tokens<'_>, at: usize, between: bool) -> Option<Parsed> {
    let at = t.skip(at, Bind::The);
    if let Some((number, after, _)) = month(t, at) {
        let first = day_number(t, after)?;
        let second_at = joined(t, after + 1, between)?;
        let second = day_number(t, second_at)?;
        if month(t, second_at + 1).is_some() {
            return None;
        }
        let (year, end) = year_after(t, second_at + 1);
        return Some(day_range(year, number, first, second, end));
    }
    let first = day_number(t, at)?;
    let second_at = joined(t, at + 1, between)?;
    let second_at = t.skip(second_at, Bind::The);
    let second = day_number(t, second_at)?;
    let (number, after, _) = month(t, t.skip(second_at + 1, Bind::Of))?;
    let (year, end) = year_after(t, after);
    Some(day_range(year, number, first, second, end))
}

fn day_range(year: Year, month: u8, first: u8, second: u8, end: usize) -> Parsed {
    Parsed::new(
        Expr::Range(
            calendar(year, Some(month), Some(first)),
            calendar(year, Some(month), Some(second)),
        ),
        end,
        "time/days-of-a-month",
    )
}

/// "2012-2015", "2014/15", "с 2010 по 2014 год".
fn years(t: &Tokens<'_>, at: usize, between: bool) -> Option<Parsed> {
    let (Year::Is(first), after) = year_number(t, at)? else {
        return None;
    };
    let joint = if t.word(after) == Word::Slash {
        after + 1
    } else {
        joined(t, after, between)?
    };
    let (second, end) = match (t.word(joint), year_number(t, joint)) {
        (_, Some((Year::Is(second), end))) => (second, end),
        (Word::Number(two, 2), None) if t.glued(joint) => {
            let century = first - first % 100;
            (century.checked_add(i16::try_from(two).ok()?)?, joint + 1)
        }
        _ => return None,
    };
    if second <= first
        || t.before(at)
            .is_some_and(|b| b.word == Word::Dash && b.glued && t.glued(at))
    {
        return None;
    }
    Some(Parsed::new(
        Expr::Range(year_only(Year::Is(first)), year_only(Year::Is(second))),
        end,
        "time/years",
    ))
}

/// "March 20-Dec. 21", "October 7 – October 13, 2019", "from May to June 2018".
fn two_dates(t: &Tokens<'_>, at: usize, between: bool) -> Option<Parsed> {
    let (mut first, after, _) = date(t, at)?;
    let second_at = joined(t, after, between)?;
    let second_at = t.skip(second_at, Bind::The);
    let (second, end, _) = date(t, second_at)?;
    if first.year == Year::Missing {
        first.year = second.year;
    }
    if first == second {
        return None;
    }
    Some(Parsed::new(Expr::Range(first, second), end, "time/range"))
}

/// "2019-01-09", "09.01.2019".
pub(super) fn numeric(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let number = |at| match t.word(at) {
        Word::Number(value, digits) => Some((value, digits)),
        _ => None,
    };
    let (first, first_digits) = number(at)?;
    let sign = t.word(at + 1);
    if !(1..=4).all(|offset| t.glued(at + offset)) || t.word(at + 3) != sign {
        return None;
    }
    let ((second, second_digits), (third, third_digits)) = (number(at + 2)?, number(at + 4)?);
    let (year, month, day) = match (sign, first_digits, second_digits, third_digits) {
        (Word::Dash | Word::Slash | Word::Dot, 4, 1 | 2, 1 | 2) => (first, second, third),
        (Word::Dot, 1 | 2, 1 | 2, 4) => (third, second, first),
        // Which of the two is the month differs between countries: only where one can't be.
        (Word::Slash, 1 | 2, 1 | 2, 4) if first > 12 => (third, second, first),
        (Word::Slash, 1 | 2, 1 | 2, 4) if second > 12 || first == second => (third, first, second),
        _ => return None,
    };
    let in_range =
        (1000..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let d = calendar(
        Year::Is(i16::try_from(year).ok()?),
        u8::try_from(month).ok(),
        u8::try_from(day).ok(),
    );
    in_range.then(|| Parsed::new(Expr::Date(d), at + 5, "time/numeric-date"))
}
