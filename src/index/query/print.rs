//! A search as text that parses to the same search.

use std::fmt::{self, Display, Write as _};

use jiff::civil::Date;

use super::cursor::is_quote;
use super::{Field, FieldTest, Node, Query, Scope, TextTest, Value, Words};
use crate::model::date::{Day, DayRange};

const OR: &str = " OR ";

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root {
            Node::All => Ok(()),
            root => root.fmt(f),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Self], by: &str| {
            for (i, part) in parts.iter().enumerate() {
                f.write_str(if i == 0 { "" } else { by })?;
                match part {
                    // AND binds closer than OR.
                    Self::And(_) if by == OR => part.fmt(f)?,
                    _ => part.fmt_inner(f)?,
                }
            }
            Ok(())
        };
        match self {
            Self::All => f.write_char('*'),
            Self::Text(test) => test.fmt(f),
            Self::Field(test) => test.fmt(f),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                inner.fmt_inner(f)
            }
            Self::And(parts) => joined(f, parts, " "),
            Self::Or(parts) => joined(f, parts, OR),
        }
    }
}

impl Node {
    /// As a part of a larger search.
    fn fmt_inner(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(_) | Self::Or(_) => write!(f, "({self})"),
            _ => self.fmt(f),
        }
    }
}

impl fmt::Display for TextTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scope == Scope::Title {
            write!(f, "{}:", Field::Title.key())?;
        }
        match &self.words {
            Words::Word(word) => f.write_str(&bare(word)),
            Words::Prefix(word) => write!(f, "{}*", bare(word)),
            Words::Fuzzy(word, 1) => write!(f, "{}~", bare(word)),
            Words::Fuzzy(word, distance) => write!(f, "{}~{distance}", bare(word)),
            Words::Phrase(text, 0) => f.write_str(&quoted(text)),
            Words::Phrase(text, slop) => write!(f, "{}~{slop}", quoted(text)),
            Words::Regex(pattern) => write!(f, "/{pattern}/"),
        }
    }
}

impl fmt::Display for FieldTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.field.key())?;
        match &self.value {
            Value::Any => f.write_char('*'),
            Value::Is(value) if value.chars().any(char::is_whitespace) => {
                f.write_str(&quoted(value))
            }
            Value::Is(value) => f.write_str(&bare(value)),
            Value::Prefix(value) => write!(f, "{}*", bare(value)),
            Value::Days(days) => f.write_str(&dates(*days)),
        }
    }
}

/// A word with a backslash before each character that would be read as something else.
fn bare(word: &str) -> String {
    if matches!(word, "AND" | "OR" | "NOT" | "&&" | "||") {
        return format!("\\{word}");
    }
    let mut out = String::with_capacity(word.len());
    for (i, c) in word.chars().enumerate() {
        let is_sign = i == 0 && matches!(c, '+' | '-' | '!' | '<' | '>' | '/');
        let is_mark = matches!(
            c,
            '\\' | '(' | ')' | ':' | '~' | '*' | '^' | '[' | ']' | '{' | '}'
        );
        if is_sign || is_mark || is_quote(c) || c.is_whitespace() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if c == '\\' || is_quote(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// A range of days in the shortest EDTF values that give it.
fn dates(days: DayRange) -> String {
    let first = days.first.and_then(Day::date);
    let last = days.last.and_then(Day::date);
    let start = first.map(|date| shortest(date, date.month() == 1, date.day() == 1));
    let end = last.map(|date| {
        let ends_month = date == date.last_of_month();
        shortest(date, date.month() == 12, ends_month)
    });
    if let (Some(first), Some(last)) = (first, last) {
        let same_year = first.year() == last.year();
        let same_month = same_year && first.month() == last.month();
        if first == last {
            return shortest(first, false, false);
        }
        if same_month && first.day() == 1 && last == last.last_of_month() {
            return shortest(first, false, true);
        }
        if same_year && start == end && start.as_ref().is_some_and(|text| !text.contains(['-'])) {
            return shortest(first, true, true);
        }
    }
    format!("{}..{}", start.unwrap_or_default(), end.unwrap_or_default())
}

/// A date without its day if that is understood, and without its month if that is, too.
fn shortest(date: Date, month_is_plain: bool, day_is_plain: bool) -> String {
    let sign = if date.year() < 0 { "-" } else { "" };
    let mut text = format!("{sign}{:04}", date.year().unsigned_abs());
    if month_is_plain && day_is_plain {
        return text;
    }
    // Writing to a string can't fail.
    let _ = write!(text, "-{:02}", date.month());
    if !day_is_plain {
        let _ = write!(text, "-{:02}", date.day());
    }
    text
}
