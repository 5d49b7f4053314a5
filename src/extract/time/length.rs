//! How long, how often, and times that are no more than now, before or to come: "two years",
//! "every Thursday", "currently". English. They are no dates and never place an event; their
//! values are those of TIMEX3 (ISO-TimeML), whose durations are those of ISO 8601 with `X` for a
//! count that is not said.
//!
//! Budget: one look-up a word, a bounded number of words a rule.

use crate::extract::lexicon::words::{Token, TokenKind};
use crate::model::extraction::Length;
use crate::model::finding::{Rule, Suggestion};
use crate::model::span::Span;

/// A unit as a duration writes it: whether after the `T`, and its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    is_clock: bool,
    letter: char,
}

/// What a word can be part of a length as.
#[derive(Debug, Clone, Copy)]
enum Word {
    Count(u32),
    /// 20, 30, … 90: another word may follow.
    Tens(u32),
    Hundred,
    Thousand,
    /// "a", "an"
    One,
    /// "couple", "pair"
    Couple,
    /// "few", "several": a count that is not said.
    Few,
    Unit(Unit, bool),
    /// "the", "past", "next", "first": before a count.
    Before,
    /// "the", and nothing else.
    The,
    /// "recent"
    Recent,
    /// "coming"
    Coming,
    /// "more", "trading", "consecutive": between count and unit.
    Between,
    Every,
    Weekday(u8),
    Month(u8),
    /// Says it alone.
    Alone(&'static str),
}

/// What a word can be part of a length as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning(Word);

const fn day(letter: char) -> Unit {
    Unit {
        is_clock: false,
        letter,
    }
}

const fn clock(letter: char) -> Unit {
    Unit {
        is_clock: true,
        letter,
    }
}

#[rustfmt::skip]
const WORDS: &[(Word, &[&str])] = &[
    (Word::Count(1), &["one"]), (Word::Count(2), &["two"]), (Word::Count(3), &["three"]), (Word::Count(4), &["four"]),
    (Word::Count(5), &["five"]), (Word::Count(6), &["six"]), (Word::Count(7), &["seven"]), (Word::Count(8), &["eight"]),
    (Word::Count(9), &["nine"]), (Word::Count(10), &["ten"]), (Word::Count(11), &["eleven"]), (Word::Count(12), &["twelve", "dozen"]),
    (Word::Count(13), &["thirteen"]), (Word::Count(14), &["fourteen"]), (Word::Count(15), &["fifteen"]), (Word::Count(16), &["sixteen"]),
    (Word::Count(17), &["seventeen"]), (Word::Count(18), &["eighteen"]), (Word::Count(19), &["nineteen"]),
    (Word::Tens(20), &["twenty"]), (Word::Tens(30), &["thirty"]), (Word::Tens(40), &["forty"]), (Word::Tens(50), &["fifty"]),
    (Word::Tens(60), &["sixty"]), (Word::Tens(70), &["seventy"]), (Word::Tens(80), &["eighty"]), (Word::Tens(90), &["ninety"]),
    (Word::Hundred, &["hundred"]), (Word::Thousand, &["thousand"]), (Word::One, &["a", "an"]), (Word::Couple, &["couple", "pair"]),
    (Word::Few, &["few", "several", "some", "many"]), (Word::The, &["the"]), (Word::Recent, &["recent"]), (Word::Coming, &["coming", "future"]),
    (Word::Before, &["past", "last", "next", "first", "latest", "previous", "following"]),
    (Word::Between, &["more", "additional", "trading", "working", "business", "consecutive", "straight", "full", "further", "calendar", "fiscal"]),
    (Word::Every, &["each", "every"]),
    (Word::Unit(clock('S'), false), &["second"]), (Word::Unit(clock('S'), true), &["seconds"]),
    (Word::Unit(clock('M'), false), &["minute"]), (Word::Unit(clock('M'), true), &["minutes"]),
    (Word::Unit(clock('H'), false), &["hour"]), (Word::Unit(clock('H'), true), &["hours"]),
    (Word::Unit(day('D'), false), &["day"]), (Word::Unit(day('D'), true), &["days"]),
    (Word::Unit(day('W'), false), &["week"]), (Word::Unit(day('W'), true), &["weeks"]),
    (Word::Unit(day('M'), false), &["month"]), (Word::Unit(day('M'), true), &["months"]),
    (Word::Unit(day('Q'), false), &["quarter"]), (Word::Unit(day('Q'), true), &["quarters"]),
    (Word::Unit(day('Y'), false), &["year"]), (Word::Unit(day('Y'), true), &["years"]),
    (Word::Unit(day('E'), false), &["decade"]), (Word::Unit(day('E'), true), &["decades"]),
    (Word::Unit(day('C'), false), &["century"]), (Word::Unit(day('C'), true), &["centuries"]),
    (Word::Weekday(1), &["monday"]), (Word::Weekday(2), &["tuesday"]), (Word::Weekday(3), &["wednesday"]), (Word::Weekday(4), &["thursday"]),
    (Word::Weekday(5), &["friday"]), (Word::Weekday(6), &["saturday"]), (Word::Weekday(7), &["sunday"]),
    (Word::Month(1), &["january"]), (Word::Month(2), &["february"]), (Word::Month(3), &["march"]), (Word::Month(4), &["april"]),
    (Word::Month(5), &["may"]), (Word::Month(6), &["june"]), (Word::Month(7), &["july"]), (Word::Month(8), &["august"]),
    (Word::Month(9), &["september"]), (Word::Month(10), &["october"]), (Word::Month(11), &["november"]), (Word::Month(12), &["december"]),
    (Word::Alone("PRESENT_REF"), &["now", "currently", "current", "nowadays", "presently"]),
    (Word::Alone("PAST_REF"), &["recently", "previously", "formerly"]),
    (Word::Alone("FUTURE_REF"), &["soon"]),
    (Word::Alone("XXXX"), &["annually", "yearly"]), (Word::Alone("XXXX-XX"), &["monthly"]), (Word::Alone("XXXX-WXX"), &["weekly"]),
    (Word::Alone("XXXX-XX-XX"), &["daily"]), (Word::Alone("PT1H"), &["hourly"]), (Word::Alone("P3M"), &["quarterly"]),
];

/// A count as it is said.
#[derive(Debug, Clone, Copy)]
enum Count {
    Is(u32),
    /// "2 1/2"
    AndAHalf(u32),
    Unsaid,
}

/// The lengths in the words of title and body, in order, without those inside a longer time
/// expression ("two years" in "two years ago").
#[must_use]
pub(crate) fn lengths(zones: &[Vec<Token<'_>>], times: &[Suggestion]) -> Vec<Length> {
    let mut out = Vec::new();
    for tokens in zones {
        let mut at = 0;
        while at < tokens.len() {
            let Some((value, end, rule)) = parse(tokens, at) else {
                at += 1;
                continue;
            };
            if let Some(span) = covered(tokens, at, end)
                && !is_inside(span, times)
            {
                out.push(Length {
                    span,
                    value,
                    rule: Rule::named(rule),
                });
            }
            at = end.max(at + 1);
        }
    }
    out
}

fn covered(tokens: &[Token<'_>], at: usize, end: usize) -> Option<Span> {
    Some(
        tokens
            .get(at)?
            .span
            .cover(tokens.get(end.checked_sub(1)?)?.span),
    )
}

/// Whether a time expression holds `span` and more.
fn is_inside(span: Span, times: &[Suggestion]) -> bool {
    let after = times.partition_point(|s| s.finding.span().start <= span.start);
    let time = after.checked_sub(1).and_then(|at| times.get(at));
    time.is_some_and(|s| s.finding.span().contains(span) && s.finding.span() != span)
}

fn word(tokens: &[Token<'_>], at: usize) -> Option<Word> {
    let token = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?;
    token.entry.length.map(|meaning| meaning.0)
}

/// The words that lengths are made of.
pub(crate) fn meanings() -> impl Iterator<Item = (&'static str, Meaning)> {
    let of_row = |(word, forms): &(Word, &'static [&'static str])| {
        let meaning = Meaning(*word);
        forms.iter().map(move |form| (*form, meaning))
    };
    WORDS.iter().flat_map(of_row)
}

type Parsed = (String, usize, &'static str);

/// The length that begins at token `at`.
fn parse(tokens: &[Token<'_>], at: usize) -> Option<Parsed> {
    if tokens.get(at)?.kind == TokenKind::Number {
        return counted(tokens, at);
    }
    let next = |offset| word(tokens, at + offset);
    let said = |value: &str, len: usize| Some((value.to_owned(), at + len, "length/how-far-off"));
    match word(tokens, at)? {
        Word::Alone(value) => said(value, 1),
        Word::Recent => match next(1) {
            Some(Word::Unit(_, true)) => said("PAST_REF", 2),
            _ => said("PAST_REF", 1),
        },
        Word::Coming => match next(1) {
            Some(Word::Unit(_, true)) => said("FUTURE_REF", 2),
            _ => counted_after(tokens, at + 1),
        },
        Word::Every => every(tokens, at),
        Word::The => the(tokens, at),
        Word::Before => counted_after(tokens, at + 1),
        Word::Unit(unit, true) => Some((
            duration(Count::Unsaid, unit),
            at + 1,
            "length/count-not-said",
        )),
        _ => counted(tokens, at),
    }
}

/// "the past", "the near future", "the year", "the next three years".
fn the(tokens: &[Token<'_>], at: usize) -> Option<Parsed> {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|t| t.norm == word);
    let reference = |value: &str, end| Some((value.to_owned(), end, "length/how-far-off"));
    let near = usize::from(
        ["near", "foreseeable", "immediate"]
            .iter()
            .any(|w| is(at + 1, w)),
    );
    if is(at + 1 + near, "future") || (near > 0 && is(at + 2, "term")) {
        return reference("FUTURE_REF", at + 2 + near);
    }
    if is(at + 1, "short") && is(at + 2, "term") {
        return reference("FUTURE_REF", at + 3);
    }
    if let Some(found) = counted_after(tokens, at + 1) {
        return Some(found);
    }
    if is(at + 1, "past") && !matches!(word(tokens, at + 2), Some(Word::Unit(..))) {
        return reference("PAST_REF", at + 2);
    }
    let fiscal = usize::from(is(at + 1, "fiscal") || is(at + 1, "full"));
    match word(tokens, at + 1 + fiscal)? {
        // "the year-ago quarter" is another one.
        Word::Unit(unit, false)
            if unit == day('Y') && !tokens.get(at + 2 + fiscal).is_some_and(|t| t.joined) =>
        {
            Some((
                duration(Count::Is(1), unit),
                at + 2 + fiscal,
                "length/the-year",
            ))
        }
        Word::Unit(unit, true) => Some((
            duration(Count::Unsaid, unit),
            at + 2,
            "length/count-not-said",
        )),
        _ => None,
    }
}

/// "every month", "each July", "every Thursday".
fn every(tokens: &[Token<'_>], at: usize) -> Option<Parsed> {
    let value = match word(tokens, at + 1)? {
        Word::Unit(unit, false) => duration(Count::Is(1), unit),
        Word::Weekday(n) => format!("XXXX-WXX-{n}"),
        Word::Month(n) => format!("XXXX-{n:02}"),
        _ => {
            let (value, end, _) = counted(tokens, at + 1)?;
            return Some((value, end, "length/every"));
        }
    };
    Some((value, at + 2, "length/every"))
}

/// A count and its unit after words that point: the length begins with these.
fn counted_after(tokens: &[Token<'_>], mut next: usize) -> Option<Parsed> {
    for _ in 0..2 {
        next += usize::from(matches!(
            word(tokens, next),
            Some(Word::Before | Word::Coming)
        ));
    }
    counted(tokens, next)
}

/// "18 months", "two to three weeks", "a couple of years", "2 1/2 years", "a minute and a half".
fn counted(tokens: &[Token<'_>], at: usize) -> Option<Parsed> {
    let (mut count, mut next) = count(tokens, at)?;
    // "two to three weeks", "12 or 18 months": at least the first.
    if tokens
        .get(next)
        .is_some_and(|t| matches!(t.norm, "to" | "or"))
        && let Some((_, end)) = self::count(tokens, next + 1)
        && matches!(word(tokens, end), Some(Word::Unit(..)))
    {
        next = end;
    }
    next += usize::from(matches!(word(tokens, next), Some(Word::Between)));
    let Some(Word::Unit(unit, _)) = word(tokens, next) else {
        return None;
    };
    let mut end = next + 1;
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|t| t.norm == word);
    if is(end, "and") && is(end + 1, "a") && is(end + 2, "half") {
        end += 3;
        if let Count::Is(n) = count {
            count = Count::AndAHalf(n);
        }
    }
    // "several years ago" is some time in the past.
    if matches!(count, Count::Unsaid) && is(end, "ago") {
        return Some(("PAST_REF".to_owned(), end + 1, "length/how-far-off"));
    }
    let rule = if matches!(count, Count::Unsaid) {
        "length/count-not-said"
    } else {
        "length/counted"
    };
    Some((duration(count, unit), end, rule))
}

/// Counts above this are no lengths that an article tells of.
const MOST: u32 = 99_999;

/// A count and the token after it.
fn count(tokens: &[Token<'_>], at: usize) -> Option<(Count, usize)> {
    let token = tokens.get(at)?;
    if token.kind == TokenKind::Number {
        // "the 1988 quarter": a year counts nothing.
        let is_year = |n: &u32| token.norm.len() == 4 && (1900..=2099).contains(n);
        let number = token
            .norm
            .parse()
            .ok()
            .filter(|n| *n <= MOST && !is_year(n))?;
        let half = [1, 2, 3].map(|offset| tokens.get(at + offset).map(|t| t.text));
        return Some(if half == [Some("1"), Some("/"), Some("2")] {
            (Count::AndAHalf(number), at + 4)
        } else {
            (Count::Is(number), at + 1)
        });
    }
    match word(tokens, at)? {
        Word::Few => Some((Count::Unsaid, at + 1)),
        Word::One => match word(tokens, at + 1) {
            Some(Word::Few) => Some((Count::Unsaid, at + 2)),
            Some(Word::Couple) => Some((Count::Is(2), after_of(tokens, at + 2))),
            Some(Word::Hundred | Word::Thousand | Word::Count(12)) => number(tokens, at + 1),
            _ => Some((Count::Is(1), at + 1)),
        },
        Word::Couple => Some((Count::Is(2), after_of(tokens, at + 1))),
        Word::Count(_) | Word::Tens(_) => number(tokens, at),
        _ => None,
    }
}

fn after_of(tokens: &[Token<'_>], at: usize) -> usize {
    at + usize::from(tokens.get(at).is_some_and(|t| t.norm == "of"))
}

/// "twenty-four", "two thousand", "hundred".
fn number(tokens: &[Token<'_>], at: usize) -> Option<(Count, usize)> {
    let (mut value, mut next) = match word(tokens, at)? {
        Word::Count(n) => (n, at + 1),
        Word::Tens(tens) => match word(tokens, at + 1) {
            Some(Word::Count(ones @ 1..=9)) => (tens + ones, at + 2),
            _ => (tens, at + 1),
        },
        Word::Hundred | Word::Thousand => (1, at),
        _ => return None,
    };
    for (big, by) in [(Word::Hundred, 100), (Word::Thousand, 1000)] {
        let follows = matches!(
            (word(tokens, next), big),
            (Some(Word::Hundred), Word::Hundred) | (Some(Word::Thousand), Word::Thousand)
        );
        if follows {
            value *= by;
            next += 1;
        }
    }
    Some((Count::Is(value), next))
}

/// The value of so many units.
fn duration(count: Count, unit: Unit) -> String {
    let Unit { is_clock, letter } = unit;
    let t = if is_clock { "T" } else { "" };
    match count {
        Count::Unsaid => format!("P{t}X{letter}"),
        // Several decades and centuries are told in years.
        Count::Is(n @ 2..) if letter == 'E' => format!("P{}Y", n * 10),
        Count::Is(n @ 2..) if letter == 'C' => format!("P{}Y", n * 100),
        Count::Is(n) => format!("P{t}{n}{letter}"),
        Count::AndAHalf(n) => {
            let half = match (is_clock, letter) {
                (false, 'Y') => "6M",
                (false, 'D') => "T12H",
                (true, 'H') => "30M",
                (true, 'M') => "30S",
                _ => "",
            };
            format!("P{t}{n}{letter}{half}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::glossary::tokens;

    fn check(text: &str, want: &[&str]) {
        let words = [tokens(text)];
        let got: Vec<String> = lengths(&words, &[])
            .iter()
            .map(|l| format!("{} = {}", l.span.of(text).unwrap_or_default(), l.value))
            .collect();
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn how_long() {
        check(
            "For 18 months and a week.",
            &["18 months = P18M", "a week = P1W"],
        );
        check("a two-year plan", &["two-year = P2Y"]);
        check("over the past five days", &["the past five days = P5D"]);
        check(
            "twenty-four hours, nearly a hundred years",
            &["twenty-four hours = PT24H", "a hundred years = P100Y"],
        );
        check(
            "2 1/2 years; a minute and a half",
            &["2 1/2 years = P2Y6M", "a minute and a half = PT1M30S"],
        );
        check(
            "two to three weeks, three decades",
            &["two to three weeks = P2W", "three decades = P30Y"],
        );
        check(
            "several months, a few days, for years",
            &["several months = PXM", "a few days = PXD", "years = PXY"],
        );
    }

    #[test]
    fn how_often_and_how_far_off() {
        check(
            "every month, each July, every Thursday",
            &[
                "every month = P1M",
                "each July = XXXX-07",
                "every Thursday = XXXX-WXX-4",
            ],
        );
        check(
            "now, recently, in the near future",
            &[
                "now = PRESENT_REF",
                "recently = PAST_REF",
                "the near future = FUTURE_REF",
            ],
        );
        check("2000 tonnes and a ship", &[]);
    }
}
