//! Two dates with something between them, and dates in digits.

use super::expr::{Expr, Parsed, Year};
use super::grammar::{calendar, date, day_number, month, year_after, year_number, year_only};
use super::token::Tokens;
use super::words::{Bind, Unit, Word};

/// A range of dates that share what only one of them says.
pub(super) fn range(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let between = t.is(at, Bind::Between);
    let start = if between { at + 1 } else { at };
    first_months(t, at)
        .or_else(|| days_of_one_month(t, start, between))
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

/// "the first nine months of 2013", "первые девять месяцев 2013 года".
fn first_months(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let at = t.skip(at, Bind::The);
    let Word::Ordinal(1) = t.word(at) else {
        return None;
    };
    let (Word::Count(months) | Word::Number(months, 1..=2)) = t.word(at + 1) else {
        return None;
    };
    let months = u8::try_from(months).ok().filter(|n| (2..=11).contains(n))?;
    let Word::Unit(Unit::Month, _) = t.word(at + 2) else {
        return None;
    };
    let (year, end) = year_after(t, t.skip(at + 3, Bind::Of));
    (year != Year::Missing).then(|| {
        Parsed::new(
            Expr::Range(
                calendar(year, Some(1), None),
                calendar(year, Some(months), None),
            ),
            end,
            "time/range",
        )
    })
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
    // "наприкінці березня – на початку квітня"
    let second_at = t.skip(t.skip(second_at, Bind::On), Bind::In);
    let (second, end, _) = date(t, second_at)?;
    if first.year == Year::Missing {
        first.year = second.year;
    }
    if first == second {
        return None;
    }
    Some(Parsed::new(Expr::Range(first, second), end, "time/range"))
}

/// "2019-01-09", "09.01.2019", "09/01/19".
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
    let end = at + 5;
    if first_digits == 4 {
        let is_date = matches!(sign, Word::Dash | Word::Slash | Word::Dot)
            && second_digits <= 2
            && third_digits <= 2;
        return is_date.then(|| day_in_digits(first, second, third, end))?;
    }
    if first_digits > 2 || second_digits > 2 {
        return None;
    }
    let year = match third_digits {
        4 => third,
        // "12.03.24": two digits each, and neither a version nor a number of sections.
        2 if (first_digits, second_digits) == (2, 2)
            && sign != Word::Dash
            && !goes_on(t, at, end, sign) =>
        {
            third + if third < 50 { 2000 } else { 1900 }
        }
        _ => return None,
    };
    match sign {
        // Days stand first wherever dots are written; dashes are the same but for America.
        Word::Dot | Word::Dash if second <= 12 => day_in_digits(year, second, first, end),
        Word::Slash if first > 12 || first == second => day_in_digits(year, second, first, end),
        Word::Dot | Word::Dash | Word::Slash if second > 12 => {
            day_in_digits(year, first, second, end)
        }
        // Which of the two is the month differs between countries; the text may tell.
        Word::Slash if (1..=12).contains(&first) && (1..=12).contains(&second) => {
            let expr = Expr::Slashed {
                first: u8::try_from(first).ok()?,
                second: u8::try_from(second).ok()?,
                year: i16::try_from(year).ok()?,
            };
            (1000..=2199)
                .contains(&year)
                .then(|| Parsed::new(expr, end, "time/slashed-date"))
        }
        _ => None,
    }
}

/// Whether more figures are joined to those from `at` to `end`: "192.12.03.24".
fn goes_on(t: &Tokens<'_>, at: usize, end: usize, sign: Word) -> bool {
    let figure = |at| matches!(t.word(at), Word::Number(..));
    let after = t.word(end) == sign && t.glued(end) && t.glued(end + 1) && figure(end + 1);
    let before = t.glued(at)
        && t.before(at)
            .is_some_and(|before| before.word == sign || before.word == Word::NumberSign);
    after || before || t.before(at).is_some_and(|b| b.word == Word::NumberSign)
}

fn day_in_digits(year: u32, month: u32, day: u32, end: usize) -> Option<Parsed> {
    let in_range =
        (1000..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let d = calendar(
        Year::Is(i16::try_from(year).ok()?),
        u8::try_from(month).ok(),
        u8::try_from(day).ok(),
    );
    in_range.then(|| Parsed::new(Expr::Date(d), end, "time/numeric-date"))
}
