//! From tokens to expressions. Every rule looks at a bounded number of tokens, so that reading a
//! text takes time linear in its length.

use super::expr::{Calendar, Expr, Open, Parsed, Year};
use super::token::Tokens;
use super::words::{Bind, Part, Unit, Which, Word};
use super::{range, relative};

/// The expression that begins at token `at`, the longest one.
pub(super) fn parse(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let word = t.word(at);
    if begins_none(word) || needs_another(word) && t.word(at + 1) == Word::Other {
        return None;
    }
    open(t, at).or_else(|| closed(t, at))
}

/// Whether no expression begins with this word.
const fn begins_none(word: Word) -> bool {
    word.only_joins()
        || matches!(
            word,
            Word::Bind(
                Bind::In | Bind::On | Bind::At | Bind::And | Bind::To | Bind::Or | Bind::Than
            )
        )
}

/// Whether an expression begins with this word only where another of its words follows. With
/// "the", "a" and "of" most of a text is told here.
const fn needs_another(word: Word) -> bool {
    matches!(
        word,
        Word::Bind(_)
            | Word::Which(_)
            | Word::Part(_)
            | Word::Some
            | Word::Near
            | Word::Future
            | Word::About
            | Word::Unit(..)
            | Word::Roman(_)
            | Word::Count(_)
            | Word::Every
            | Word::DayOfMonth
            | Word::New
    )
}

/// "since …", "by …", "until …".
fn open(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let (side, rule) = match t.word(at) {
        Word::Bind(Bind::Since) => (Open::Since, "time/since"),
        // "c 2020 года" as well, where the letter was typed on the Latin keyboard.
        Word::Bind(Bind::From | Bind::Dated) | Word::LatinSince => (Open::Since, "time/from"),
        Word::Bind(Bind::By) => (Open::Until, "time/by"),
        Word::Bind(Bind::Until) => (Open::Until, "time/until"),
        // "before the end of the year"
        Word::Bind(Bind::Before)
            if matches!(t.word(t.skip(at + 1, Bind::The)), Word::Part(Part::End)) =>
        {
            (Open::Until, "time/by")
        }
        // "no later than 2022"
        Word::Bind(Bind::Later) if t.is(at + 1, Bind::Than) => (Open::Until, "time/no-later-than"),
        _ => return None,
    };
    let mut inner_at = t.skip(at + 1, Bind::Than);
    if side == Open::Since {
        // "начиная с 2010 года"
        inner_at = t.skip(inner_at, Bind::From);
    }
    inner_at = t.skip(inner_at, Bind::The);
    // "since the year 2006"
    if matches!(t.word(inner_at), Word::Unit(Unit::Year, false))
        && year_number(t, inner_at + 1).is_some()
    {
        inner_at += 1;
    }
    let inner = closed(t, inner_at)?;
    if t.word(at) == Word::LatinSince && t.get(inner.end - 1).is_none_or(|last| last.ascii) {
        return None;
    }
    if t.is(inner.end, Bind::Onward) {
        return Some(Parsed {
            open: Some(Open::Since),
            rule,
            end: inner.end + 1,
            ..inner
        });
    }
    // "договор от 1997 года": of that year.
    if t.is(at, Bind::Dated) && matches!(inner.expr, Expr::Range(..) | Expr::Date(_)) {
        return Some(inner);
    }
    // "from 8 to 11 September" says both ends, and "from last year" need not mean "since"; the
    // Slavic prepositions do, but of what begins on a day that day is told.
    let says_when = matches!(
        inner.expr,
        Expr::Range(..) | Expr::Date(Calendar { day: Some(_), .. })
    );
    if t.is(at, Bind::From) && (says_when || t.get(at).is_some_and(|x| x.ascii)) {
        return Some(inner);
    }
    Some(Parsed {
        open: Some(side),
        rule,
        ..inner
    })
}

fn closed(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    range::numeric(t, at)
        .or_else(|| relative::day_of_month(t, at))
        .or_else(|| range::range(t, at))
        .or_else(|| date(t, at).and_then(|(d, end, rule)| alone(t, at, d, end, rule)))
        .or_else(|| decade_or_century(t, at))
        .or_else(|| relative::parse(t, at))
}

/// A date that stands by itself, if it is enough of one.
fn alone(t: &Tokens<'_>, at: usize, d: Calendar, end: usize, rule: &'static str) -> Option<Parsed> {
    if d == year_only(d.year) && d.part.is_none() && !year_may_stand_alone(t, at, end) {
        return None;
    }
    Some(Parsed::new(Expr::Date(d), end, rule))
}

pub(super) const fn year_only(year: Year) -> Calendar {
    Calendar {
        year,
        month: None,
        day: None,
        weekday: None,
        season: None,
        quarter: None,
        half: None,
        part: None,
    }
}

/// Whether the number at `at` is a year and not a quantity, a model or a part of a name.
fn year_may_stand_alone(t: &Tokens<'_>, at: usize, end: usize) -> bool {
    let said_so =
        t.is(end.saturating_sub(1), Bind::YearWord) || matches!(t.word(end - 1), Word::Unit(..));
    let Some(token) = t.get(at) else { return false };
    let Word::Number(value, 4) = token.word else {
        // Only a year is said in words as two numbers.
        return said_so || matches!(token.word, Word::Ordinal(1900..=2099) | Word::Count(_));
    };
    if said_so {
        return true;
    }
    let before = t.before(at);
    let bound = before.is_some_and(|b| {
        matches!(
            b.word,
            Word::Bind(
                Bind::In | Bind::Since | Bind::By | Bind::Until | Bind::From | Bind::Between
            )
        )
    });
    if !bound && !(1900..=2099).contains(&value) {
        return false;
    }
    // "met 2000 soldiers": a round number after a word that binds no date.
    let after_word =
        before.is_some_and(|b| matches!(b.word, Word::Other | Word::Some | Word::About) && !b.sign);
    let before_word = t
        .get(end)
        .is_some_and(|a| a.word == Word::Other && !a.sign && !a.capital);
    if value.is_multiple_of(100) && after_word && before_word {
        return false;
    }
    if before.is_some_and(|b| b.word == Word::NumberSign) {
        return false;
    }
    // "$2000", "№ 2019", "BMP-2000", "12.2019"
    if token.glued && before.is_some_and(|b| b.word != Word::Open && b.word != Word::Dash) {
        return false;
    }
    if before.is_some_and(|b| b.word == Word::Dash && b.glued) {
        return false;
    }
    // "Zapad 2025", "Vision 2030": a number after a name belongs to the name.
    if before.is_some_and(|b| b.word == Word::Other && b.capital) {
        return false;
    }
    // "2000 tonnes" can't be told from "2000 elections" without knowing nouns; a glued unit or a
    // decimal can.
    let is_unit = t.get(end).is_some_and(|a| {
        a.glued && matches!(a.word, Word::Other | Word::Number(..)) && !is_closing(a.word, t, end)
    });
    let is_decimal = matches!(t.word(end), Word::Comma | Word::Dot)
        && t.glued(end)
        && t.glued(end + 1)
        && matches!(t.word(end + 1), Word::Number(..));
    !is_unit && !is_decimal
}

/// Signs such as quotes and colons are `Other` too, but end a year as well as a space does.
fn is_closing(word: Word, t: &Tokens<'_>, at: usize) -> bool {
    word == Word::Other
        && t.get(at).is_some_and(|token| {
            token.span.len() <= 3 && !token.capital && t.0.get(at).is_some_and(|x| x.sign)
        })
}

pub(super) fn day_number(t: &Tokens<'_>, at: usize) -> Option<u8> {
    let (Word::Number(value, 1 | 2) | Word::Ordinal(value)) = t.word(at) else {
        return None;
    };
    // "7.5", "10:30", "5%"
    let after = t.get(at + 1);
    if matches!(t.word(at), Word::Number(..))
        && after.is_some_and(|a| a.glued && a.word == Word::Dot)
        && t.glued(at + 2)
        && matches!(t.word(at + 2), Word::Number(..))
    {
        return None;
    }
    u8::try_from(value)
        .ok()
        .filter(|day| (1..=31).contains(day))
}

pub(super) fn month(t: &Tokens<'_>, at: usize) -> Option<(u8, usize, bool)> {
    match t.word(at) {
        Word::Month {
            number,
            abbreviated,
            shy,
        } => {
            let mut end = at + 1;
            if abbreviated && t.word(end) == Word::Dot && t.glued(end) {
                end += 1;
            }
            Some((number, end, abbreviated || shy))
        }
        _ => None,
    }
}

/// A year in digits, with "года", "г." or "year" after it.
pub(super) fn year_number(t: &Tokens<'_>, at: usize) -> Option<(Year, usize)> {
    if let Some(found) = year_in_words(t, at) {
        return Some(found);
    }
    // "2019", and "2019-го" where the word for the year is left out.
    let (Word::Number(value, 4) | Word::Ordinal(value)) = t.word(at) else {
        return None;
    };
    if !(1000..=2199).contains(&value) {
        return None;
    }
    let mut end = at + 1;
    match t.word(end) {
        Word::Bind(Bind::YearWord) => {
            end += 1;
            if t.word(end) == Word::Dot
                && t.glued(end)
                && t.0.get(end - 1).is_some_and(|x| x.span.len() <= 4)
            {
                end += 1;
            }
        }
        Word::Unit(Unit::Year, plural) if !plural || t.0.get(end).is_some_and(|x| !x.ascii) => {
            end += 1;
        }
        _ => {}
    }
    Some((Year::Is(i16::try_from(value).ok()?), end))
}

/// "nineteen ninety-six", "twenty fifteen".
fn year_in_words(t: &Tokens<'_>, at: usize) -> Option<(Year, usize)> {
    let count = |at| match t.word(at) {
        Word::Count(n) => i16::try_from(n).ok(),
        _ => None,
    };
    let century = count(at).filter(|n| (18..=20).contains(n))?;
    let years = count(at + 1).filter(|n| (10..=99).contains(n))?;
    let ones_at = t.skip_word(at + 2, Word::Dash);
    let (years, end) = match count(ones_at) {
        Some(ones @ 1..=9) if years >= 20 && years % 10 == 0 => (years + ones, ones_at + 1),
        _ => (years, at + 2),
    };
    // "twenty fifteen-minute talks"
    let is_count = matches!(t.word(t.skip_word(end, Word::Dash)), Word::Unit(..))
        || t.glued(end) && t.word(end) == Word::Dash;
    (!is_count).then_some((Year::Is(century * 100 + years), end))
}

/// A year in digits or pointed at: "2019", "last year", "of this year".
fn year(t: &Tokens<'_>, at: usize) -> Option<(Year, usize)> {
    if let Some(found) = year_number(t, at) {
        return Some(found);
    }
    let from = t.skip(t.skip(at, Bind::Of), Bind::The);
    let which = match t.word(from) {
        Word::Which(which) => which,
        Word::YearsFrom(years) => return Some((Year::From(years), from + 1)),
        _ => return year_number(t, from),
    };
    match t.word(from + 1) {
        Word::Unit(Unit::Year, false) | Word::Bind(Bind::YearWord) => {
            Some((Year::Pointed(which), from + 2))
        }
        _ => None,
    }
}

fn part(t: &Tokens<'_>, at: usize) -> Option<(Part, usize)> {
    let at = t.skip(at, Bind::The);
    match (t.word(at), t.word(at + 1)) {
        (Word::Half(half), _) => Some((half_part(half), at + 1)),
        (Word::Ordinal(n @ 1..=2), Word::Unit(Unit::HalfYear, false)) => {
            Some((half_part(u8::try_from(n).ok()?), t.skip(at + 2, Bind::Of)))
        }
        (Word::Which(Which::Last), Word::Unit(Unit::HalfYear, false)) if t.is(at + 2, Bind::Of) => {
            Some((Part::SecondHalf, t.skip(at + 3, Bind::The)))
        }
        (Word::Part(part), _) => {
            let mut end = at + 1;
            end = t.skip_word(end, Word::Dash);
            end = t.skip(end, Bind::Of);
            Some((part, t.skip(end, Bind::The)))
        }
        _ => None,
    }
}

const fn half_part(half: u8) -> Part {
    if half == 1 {
        Part::FirstHalf
    } else {
        Part::SecondHalf
    }
}

fn quarter(t: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let number = match t.word(at) {
        Word::QuarterNumber(number) => return Some((number, at + 1)),
        Word::Ordinal(n) | Word::Roman(n) => n,
        _ => return None,
    };
    let mut end = t.skip(at + 1, Bind::Fiscal);
    end = t.skip_word(end, Word::Dash);
    (matches!(t.word(end), Word::Unit(Unit::Quarter, false)) && (1..=4).contains(&number))
        .then_some((u8::try_from(number).ok()?, end + 1))
}

/// One stretch of the calendar, with the rule that reads it.
pub(super) fn date(t: &Tokens<'_>, at: usize) -> Option<(Calendar, usize, &'static str)> {
    // "Friday, October 4", "Friday (December 13, 2024)", "в пятницу, 4 октября", "Sun. 12.03.2024"
    if let Word::Weekday(weekday) | Word::WeekdayOfDate(weekday) = t.word(at) {
        let mut next = at + 1;
        next = t.skip_word(next, Word::Dot);
        next = t.skip_word(next, Word::Comma);
        next = t.skip_word(next, Word::Open);
        next = t.skip_word(next, Word::Dash);
        next = t.skip(next, Bind::The);
        let (mut d, mut end) = match range::numeric(t, next) {
            Some(Parsed {
                expr: Expr::Date(d),
                end,
                ..
            }) => (d, end),
            _ => day_date(t, next).map(|(d, end, _)| (d, end))?,
        };
        d.weekday = Some(weekday);
        if t.word(next - 1) == Word::Open {
            end = t.skip_word(end, Word::Close);
        }
        return Some((d, end, "time/weekday-and-date"));
    }
    day_date(t, at).or_else(|| coarse_date(t, at))
}

/// "October 7th, 2019", "7 октября 2019 года", "the 12th of February".
fn day_date(t: &Tokens<'_>, at: usize) -> Option<(Calendar, usize, &'static str)> {
    // "New Year's Day"; the sign of the possessive and its "s" are two.
    if t.word(at) == Word::New && t.word(at + 1) == Word::Unit(Unit::Year, false) {
        let day = t.skip_word(t.skip_word(at + 2, Word::Possessive), Word::Possessive);
        (day > at + 2 && t.word(day) == Word::Unit(Unit::Day, false)).then_some(())?;
        let (year, end) = year_after(t, day + 1);
        return Some((calendar(year, Some(1), Some(1)), end, rule_of_day(year)));
    }
    if let Some((number, after, abbreviated)) = month(t, at) {
        // "лист 5": an abbreviated Slavic month stands after its day.
        if abbreviated && t.get(at).is_some_and(|token| !token.ascii) {
            return None;
        }
        let after = t.skip(after, Bind::The);
        let day = day_number(t, after)?;
        let (year, end) = year_after(t, after + 1);
        let d = calendar(year, Some(number), Some(day));
        return Some((d, end, rule_of_day(year)));
    }
    let at = t.skip(at, Bind::The);
    let day = day_number(t, at)?;
    let next = t.skip(at + 1, Bind::Of);
    // "5-Apr-2018", "5/Apr/2018"
    let sign = t.word(next);
    let is_joined = matches!(sign, Word::Dash | Word::Slash) && t.glued(next) && t.glued(next + 1);
    // "5. Apr 2018"
    let is_dotted = sign == Word::Dot && t.glued(next);
    let (number, after, _) = month(t, next + usize::from(is_joined || is_dotted))?;
    let (year, end) = if is_joined && t.word(after) == sign && t.glued(after) {
        year_number(t, after + 1).unwrap_or((Year::Missing, after))
    } else {
        year_after(t, after)
    };
    // "… of clause 5. March was wet": only its year tells that a day is dotted.
    let is_day = !is_dotted || year != Year::Missing;
    is_day.then(|| {
        (
            calendar(year, Some(number), Some(day)),
            end,
            rule_of_day(year),
        )
    })
}

const fn rule_of_day(year: Year) -> &'static str {
    match year {
        Year::Missing => "time/day-without-year",
        Year::Is(_) => "time/full-date",
        _ => "time/day-of-pointed-year",
    }
}

pub(super) const fn calendar(year: Year, month: Option<u8>, day: Option<u8>) -> Calendar {
    let mut calendar = year_only(year);
    calendar.month = month;
    calendar.day = day;
    calendar
}

/// The year after a month or day, if one follows, with or without a comma.
pub(super) fn year_after(t: &Tokens<'_>, at: usize) -> (Year, usize) {
    if let Some((found, end)) = year(t, at) {
        return (found, end);
    }
    if t.word(at) == Word::Comma
        && let Some((found, end)) = year_number(t, at + 1)
    {
        return (found, end);
    }
    (Year::Missing, at)
}

/// Month, season, quarter, half or year, with its part.
fn coarse_date(t: &Tokens<'_>, at: usize) -> Option<(Calendar, usize, &'static str)> {
    let (part, from) = part(t, at).map_or((None, at), |(p, end)| (Some(p), end));
    let from = t.skip(from, Bind::The);
    let with = |mut d: Calendar, end, rule: &'static str, parted: &'static str| {
        d.part = part;
        Some((d, end, if part.is_some() { parted } else { rule }))
    };
    if let Some((number, after, unsure)) = month(t, from) {
        let (year, end) = year_after(t, after);
        if unsure && year == Year::Missing && part.is_none() && !month_is_bound(t, from, after) {
            return None;
        }
        let rule = if year == Year::Missing {
            "time/month-without-year"
        } else {
            "time/month"
        };
        return with(
            calendar(year, Some(number), None),
            end,
            rule,
            "time/part-of-month",
        );
    }
    if let Word::Season { code, shy } = t.word(from) {
        let (year, end) = year_after(t, from + 1);
        let article = from > 0 && t.is(from - 1, Bind::The);
        // "In spring they met"; "a rise in fall of snow", "in spring water".
        let is_in = from > 0
            && t.is(from - 1, Bind::In)
            && t.get(from - 1)
                .is_some_and(|b| b.ascii && b.span.len() == "in".len())
            && !matches!(t.word(end), Word::Bind(Bind::In | Bind::Of));
        let is_bound = article
            || is_in
                && t.get(end)
                    .is_none_or(|next| next.capital || next.sign || next.word != Word::Other);
        if shy && year == Year::Missing && part.is_none() && !is_bound {
            return None;
        }
        let mut d = year_only(year);
        d.season = Some(code);
        return with(d, end, "time/season", "time/part-of-season");
    }
    // "the 1988 third quarter"
    if let Word::Number(..) = t.word(from)
        && let Some((said, next)) = year_number(t, from)
        && let Some((number, end)) = quarter(t, next)
    {
        let mut d = year_only(said);
        d.quarter = Some(number);
        return with(d, end, "time/quarter", "time/quarter");
    }
    if let Some((number, after)) = quarter(t, from) {
        let (year, end) = year_after(t, after);
        let mut d = year_only(year);
        d.quarter = Some(number);
        return with(d, end, "time/quarter", "time/quarter");
    }
    if let Word::Ordinal(n @ 1..=2) | Word::Roman(n @ 1..=2) = t.word(from)
        && matches!(t.word(from + 1), Word::Unit(Unit::HalfYear, false))
    {
        let (year, end) = year_after(t, from + 2);
        let mut d = year_only(year);
        d.half = u8::try_from(n).ok();
        return with(d, end, "time/half-year", "time/half-year");
    }
    if let Some((number, end)) = year(t, from) {
        // "of this year" needs something that it is of.
        if t.is(from, Bind::Of) {
            return None;
        }
        let rule = match number {
            Year::Is(_) => "time/year",
            _ => "time/pointed-year",
        };
        return with(year_only(number), end, rule, "time/part-of-year");
    }
    None
}

/// "in May", "by March": what makes a month of a word that is something else as well.
fn month_is_bound(t: &Tokens<'_>, at: usize, after: usize) -> bool {
    let capital = t.get(at).is_some_and(|token| token.capital);
    let before = t.before(at).map(|token| token.word);
    let abbreviated = matches!(
        t.word(at),
        Word::Month {
            abbreviated: true,
            ..
        }
    );
    capital
        && !abbreviated
        && (matches!(
            before,
            Some(
                Word::Bind(
                    Bind::In
                        | Bind::Since
                        | Bind::By
                        | Bind::Until
                        | Bind::From
                        | Bind::Of
                        | Bind::Before
                        | Bind::After
                ) | Word::Which(_)
                    | Word::Part(_)
            )
        ) || t.word(after) == Word::Possessive
            || (t.word(after) == Word::Dash && month(t, after + 1).is_some()))
}

/// "the 1990s", "late 1970s", "the '90s", "the 20th century", "XX век".
fn decade_or_century(t: &Tokens<'_>, at: usize) -> Option<Parsed> {
    let (part, from) = part(t, at).map_or((None, at), |(p, end)| (Some(p), end));
    let from = t.skip(from, Bind::The);
    let from = t.skip_word(from, Word::Possessive);
    match t.word(from) {
        Word::Decade(value) => {
            let year = if value < 100 { 1900 + value } else { value };
            let end = from + 1;
            let end = end + usize::from(matches!(t.word(end), Word::Unit(Unit::Year, true)));
            let decade = Expr::Decade(i16::try_from(year).ok()?, part);
            Some(Parsed::new(decade, end, "time/decade"))
        }
        Word::Ordinal(n) | Word::Roman(n) if (1..=21).contains(&n) => {
            let next = t.skip_word(from + 1, Word::Dash);
            matches!(t.word(next), Word::Unit(Unit::Century, false)).then_some(())?;
            Some(Parsed::new(
                Expr::Century(i16::try_from(n).ok()?),
                next + 1,
                "time/century",
            ))
        }
        _ => None,
    }
}

/// A month or season that is pointed at: "last November", "this summer".
pub(super) fn pointed_calendar(
    t: &Tokens<'_>,
    at: usize,
    which: Which,
) -> Option<(Calendar, usize)> {
    let mut d = year_only(Year::Nearest(which));
    match t.word(at) {
        Word::Month {
            number,
            abbreviated: false,
            ..
        } => d.month = Some(number),
        Word::Season { code, .. } => d.season = Some(code),
        _ => return None,
    }
    Some((d, at + 1))
}
