//! Where the reading of a search stands, what has been read, and the smallest things to read.

use super::FieldTest;
use super::error::{Fix, QueryError};
use super::parse::{Mark, MarkKind};
use crate::model::span::Span;

/// Whether a phrase can begin or end with it.
pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

/// A word as it was written.
pub(super) struct Bare {
    /// Without the backslashes.
    pub(super) text: String,
    pub(super) span: Span,
    /// Whether `*` follows, which the span leaves out.
    pub(super) is_prefix: bool,
    /// Whether it stands in quotation marks, and so is complete.
    pub(super) is_quoted: bool,
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) cursor: Option<usize>,
    pub(super) errors: Vec<QueryError>,
    pub(super) marks: Vec<Mark>,
    pub(super) names: Vec<(FieldTest, Span)>,
}

impl<'a> Parser<'a> {
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn skip_one(&mut self) {
        self.next();
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += if is_there { wanted.len_utf8() } else { 0 };
        is_there
    }

    pub(super) fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn error(
        &mut self,
        span: Span,
        problem: &str,
        expected: &str,
        replacement: Option<&str>,
    ) {
        self.errors.push(QueryError {
            span,
            problem: problem.to_owned(),
            expected: expected.to_owned(),
            fix: replacement.map(|text| Fix {
                span,
                text: text.to_owned(),
            }),
        });
    }

    pub(super) fn mark(&mut self, start: usize, kind: MarkKind) {
        if start < self.at {
            let span = Span::new(start, self.at);
            self.marks.push(Mark { span, kind });
        }
    }

    /// Whether the word that ends here is still being written.
    pub(super) fn is_being_written(&self) -> bool {
        self.cursor == Some(self.at)
    }

    /// Lets the last error be mended by what is missing at the end.
    pub(super) fn fix_at_end(&mut self, text: &str) {
        let end = self.text.len();
        if let Some(error) = self.errors.last_mut() {
            error.fix = Some(Fix {
                span: Span::new(end, end),
                text: text.to_owned(),
            });
        }
    }

    pub(super) fn digits(&mut self) -> &'a str {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    /// The characters up to a space or a sign that ends a word.
    pub(super) fn bare(&mut self) -> Bare {
        let start = self.at;
        let mut text = String::new();
        let mut is_prefix = false;
        while let Some(c) = self.peek() {
            let is_end = c.is_whitespace()
                || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ':' | '~' | '*' | '^')
                || is_quote(c);
            if is_end {
                is_prefix = c == '*' && !text.is_empty();
                break;
            }
            self.next();
            // A backslash at the very end is still being written.
            if c != '\\' {
                text.push(c);
            } else if let Some(escaped) = self.next() {
                text.push(escaped);
            }
        }
        let span = Span::new(start, self.at);
        self.at += usize::from(is_prefix);
        Bare {
            text,
            span,
            is_prefix,
            is_quoted: false,
        }
    }
}
