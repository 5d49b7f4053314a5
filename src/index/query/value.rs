//! The values of fields: words of a list, names, dates and ranges.

use super::cursor::{Bare, Parser};
use super::error::closest;
use super::parse::MarkKind;
use super::{Field, FieldTest, Node, Value};
use crate::model::date::{Day, DayRange, When};
use crate::model::fold::fold;
use crate::model::span::Span;

#[expect(
    clippy::unnecessary_wraps,
    reason = "every reader gives what it could read"
)]
fn node(field: Field, value: Value) -> Option<Node> {
    Some(Node::Field(FieldTest { field, value }))
}

/// The test that the field has this value.
pub(super) fn of_word(parser: &mut Parser<'_>, field: Field, word: &Bare) -> Option<Node> {
    let text = word.text.trim();
    if text.is_empty() {
        let problem = format!("nothing stands after {}:", field.key());
        parser.error(word.span, &problem, &field.expected(), None);
        return None;
    }
    if field.is_date() {
        return of_date(parser, field, word);
    }
    let is_being_written = !word.is_quoted && parser.is_being_written();
    let Some(values) = field.values() else {
        let value = if word.is_prefix || is_being_written {
            Value::Prefix(text.to_owned())
        } else {
            Value::Is(text.to_owned())
        };
        let asked = FieldTest { field, value };
        parser.names.push((asked.clone(), word.span));
        return Some(Node::Field(asked));
    };
    let plain = key_of(text);
    let is_one = |(key, label): &&(&str, &str)| plain == *key || plain == key_of(label);
    let exact = values.iter().find(is_one);
    let begins = values.iter().any(|(key, _)| key.starts_with(&plain));
    match exact {
        Some((key, _)) if !word.is_prefix => node(field, Value::Is((*key).to_owned())),
        _ if begins && (word.is_prefix || is_being_written) => node(field, Value::Prefix(plain)),
        _ => {
            let near = closest(&plain, values.iter().map(|(key, _)| *key));
            let problem = format!("there is no {} {text}", field.key());
            parser.error(word.span, &problem, &field.expected(), near);
            None
        }
    }
}

/// As keys are written.
fn key_of(text: &str) -> String {
    fold(text.trim()).replace([' ', '-'], "_")
}

fn of_date(parser: &mut Parser<'_>, field: Field, word: &Bare) -> Option<Node> {
    let wrong = |parser: &mut Parser<'_>, problem: &str| {
        parser.error(word.span, problem, &field.expected(), None);
        None
    };
    if word.is_prefix {
        return wrong(parser, "a date has no beginning of a word");
    }
    let (first, last) = match word.text.split_once("..") {
        Some((first, last)) => (first, last),
        None => (word.text.as_str(), word.text.as_str()),
    };
    let first = match days(first) {
        Ok(days) => days.and_then(|days| days.first),
        Err(problem) => return wrong(parser, &problem),
    };
    let last = match days(last) {
        Ok(days) => days.and_then(|days| days.last),
        Err(problem) => return wrong(parser, &problem),
    };
    between(parser, field, word.span, first, last)
}

/// The days of a date; `None` for an open end.
fn days(text: &str) -> Result<Option<DayRange>, String> {
    if matches!(text, "" | "*") {
        return Ok(None);
    }
    match text.parse::<When>() {
        Ok(when) if when.days().first.is_none() && when.days().last.is_none() => {
            Err(format!("{text} names no days of the calendar"))
        }
        Ok(when) => Ok(Some(when.days())),
        Err(_) => Err(format!("{text} is no date")),
    }
}

fn between(
    parser: &mut Parser<'_>,
    field: Field,
    span: Span,
    first: Option<Day>,
    last: Option<Day>,
) -> Option<Node> {
    match (first, last) {
        (None, None) => node(field, Value::Any),
        (Some(from), Some(to)) if to < from => {
            let problem = "the range ends before it begins";
            parser.error(span, problem, "the earlier date first", None);
            None
        }
        _ => node(field, Value::Days(DayRange { first, last })),
    }
}

/// `>2016`, `<=2016-04`, `[2015 TO 2018]`, `{2015 TO 2018}`.
pub(super) fn range(parser: &mut Parser<'_>, field: Field) -> Option<Node> {
    let start = parser.at();
    let is_bracket = matches!(parser.peek(), Some('[' | '{'));
    let bounds = if is_bracket {
        bracket(parser)
    } else {
        comparison(parser)
    };
    parser.mark(start, MarkKind::Value);
    let span = Span::new(start, parser.at());
    if !field.is_date() {
        let problem = format!("values of {} have no order, so no ranges", field.key());
        parser.error(span, &problem, &field.expected(), None);
        return None;
    }
    match bounds {
        Ok((first, last)) => between(parser, field, span, first, last),
        Err(problem) => {
            parser.error(span, &problem, &field.expected(), None);
            None
        }
    }
}

type Bounds = Result<(Option<Day>, Option<Day>), String>;

fn comparison(parser: &mut Parser<'_>) -> Bounds {
    let is_after = parser.eat('>');
    if !is_after {
        parser.eat('<');
    }
    let is_inclusive = parser.eat('=');
    parser.skip_spaces();
    let text = parser.bare().text;
    let days = days(&text)?.ok_or("a date is missing after the sign")?;
    let open = || format!("{text} has no end to compare with");
    Ok(match (is_after, is_inclusive) {
        (true, true) => (Some(days.first.ok_or_else(open)?), None),
        (true, false) => (Some(shifted(days.last.ok_or_else(open)?, 1)?), None),
        (false, true) => (None, Some(days.last.ok_or_else(open)?)),
        (false, false) => (None, Some(shifted(days.first.ok_or_else(open)?, -1)?)),
    })
}

fn shifted(day: Day, by: i32) -> Result<Day, String> {
    let moved = Day(day.0.saturating_add(by));
    let is_known = moved.date().is_some();
    is_known
        .then_some(moved)
        .ok_or_else(|| "the calendar ends there".to_owned())
}

fn bracket(parser: &mut Parser<'_>) -> Bounds {
    let excludes_first = parser.eat('{');
    if !excludes_first {
        parser.eat('[');
    }
    let start = parser.at();
    while parser
        .peek()
        .is_some_and(|c| !matches!(c, ']' | '}' | ')' | '('))
    {
        parser.skip_one();
    }
    let inside = parser.since(start);
    let excludes_last = parser.eat('}');
    if !excludes_last && !parser.eat(']') {
        return Err("the range is not closed".to_owned());
    }
    let (first, last) = inside
        .split_once(" TO ")
        .ok_or("TO is missing between the ends of the range")?;
    let (first, last) = (days(first.trim())?, days(last.trim())?);
    let first = match first {
        None => None,
        Some(days) if excludes_first => days.last.map(|day| shifted(day, 1)).transpose()?,
        Some(days) => days.first,
    };
    let last = match last {
        None => None,
        Some(days) if excludes_last => days.first.map(|day| shifted(day, -1)).transpose()?,
        Some(days) => days.last,
    };
    Ok((first, last))
}
