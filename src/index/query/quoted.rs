//! What stands between two signs: phrases and regular expressions.

use super::cursor::{Bare, Parser, is_quote};
use super::parse::MarkKind;
use super::{Field, Node, Scope, TextTest, Words, value};
use crate::model::span::Span;

/// Places out of order that a phrase may ask for.
const MAX_SLOP: u32 = 1000;

fn ends(quote: char, c: char) -> bool {
    match quote {
        '«' => c == '»',
        '»' => matches!(c, '«' | '»'),
        _ => is_quote(c) && !matches!(c, '«' | '»'),
    }
}

impl Parser<'_> {
    pub(super) fn phrase(&mut self, field: Option<Field>) -> Option<Node> {
        let start = self.at;
        let quote = self.next()?;
        let opening = Span::new(start, self.at);
        let mut text = String::new();
        let mut is_closed = false;
        while let Some(c) = self.next() {
            if ends(quote, c) {
                is_closed = true;
                break;
            }
            text.push(if c == '\\' {
                self.next().unwrap_or(c)
            } else {
                c
            });
        }
        let quote_end = self.at;
        if !is_closed {
            self.error(
                opening,
                "this quotation mark is not closed",
                "one at the end",
                None,
            );
            self.fix_at_end(if quote == '«' { "»" } else { "\"" });
        }
        let slop = self.slop(quote_end);
        if self.eat('*') {
            let span = Span::new(self.at - 1, self.at);
            self.error(
                span,
                "a phrase is not the beginning of a word",
                "a space",
                Some(""),
            );
        }
        let is_text = matches!(field, None | Some(Field::Title));
        self.mark(
            start,
            if is_text {
                MarkKind::Phrase
            } else {
                MarkKind::Value
            },
        );
        if text.trim().is_empty() {
            let span = Span::new(start, self.at);
            if is_closed {
                self.error(
                    span,
                    "nothing stands in the quotation marks",
                    "words",
                    Some(""),
                );
            }
            return None;
        }
        let is_word = text.chars().any(char::is_alphanumeric);
        match field {
            // Punctuation in quotation marks is no phrase.
            None | Some(Field::Title) if !is_word => None,
            None => text_node(Scope::Anywhere, Words::Phrase(text, slop)),
            Some(Field::Title) => text_node(Scope::Title, Words::Phrase(text, slop)),
            Some(field) => {
                let word = Bare {
                    text: text.trim().to_owned(),
                    span: Span::new(start, quote_end),
                    is_prefix: false,
                    is_quoted: true,
                };
                value::of_word(self, field, &word)
            }
        }
    }

    /// The number after `~`.
    fn slop(&mut self, start: usize) -> u32 {
        if !self.eat('~') {
            return 0;
        }
        let digits = self.digits();
        let span = Span::new(start, self.at);
        if digits.is_empty() {
            let expected = "the number of places, as in \"joint drones\"~5";
            self.error(span, "how far apart is not said", expected, Some("~5"));
            return 5;
        }
        match digits.parse() {
            Ok(slop) if slop <= MAX_SLOP => slop,
            _ => {
                let expected = format!("a number up to {MAX_SLOP}");
                let most = format!("~{MAX_SLOP}");
                self.error(span, "the words are too far apart", &expected, Some(&most));
                MAX_SLOP
            }
        }
    }

    pub(super) fn regex(&mut self, field: Option<Field>) -> Option<Node> {
        let start = self.at;
        self.eat('/');
        let (mut is_escaped, mut is_closed) = (false, false);
        while let Some(c) = self.next() {
            if c == '/' && !is_escaped {
                is_closed = true;
                break;
            }
            is_escaped = c == '\\' && !is_escaped;
        }
        self.mark(start, MarkKind::Regex);
        let end = self.at - usize::from(is_closed);
        let pattern = self.text.get(start + 1..end).unwrap_or_default();
        let span = Span::new(start, self.at);
        if !is_closed {
            let opening = Span::new(start, start + 1);
            self.error(
                opening,
                "this regular expression is not closed",
                "/ at the end",
                None,
            );
            self.fix_at_end("/");
            // One that ends in a backslash can't be closed by a slash.
            if is_escaped {
                return None;
            }
        }
        if let Some(field) = field {
            let problem = format!("{}: takes no regular expression", field.key());
            self.error(span, &problem, &field.expected(), None);
            return None;
        }
        if pattern.is_empty() {
            if is_closed {
                self.error(
                    span,
                    "the regular expression is empty",
                    "a pattern",
                    Some(""),
                );
            }
            return None;
        }
        if let Err(error) = crate::index::pattern::compile(pattern) {
            let at = error.span.start + start + 1..error.span.end + start + 1;
            self.error(at.into(), &error.problem, "a regular expression", None);
            return None;
        }
        text_node(Scope::Anywhere, Words::Regex(pattern.to_owned()))
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every reader gives what it could read"
)]
pub(super) fn text_node(scope: Scope, words: Words) -> Option<Node> {
    Some(Node::Text(TextTest { scope, words }))
}
