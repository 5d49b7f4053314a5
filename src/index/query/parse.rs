//! Reads a search: recursive descent over its characters, from OR down to one test.

use super::cursor::{Bare, Parser, is_quote};
use super::error::{QueryError, closest};
use super::quoted::text_node;
use super::{Field, FieldTest, Node, Query, Scope, Value, Words, value};
use crate::model::span::Span;

/// Parentheses and negations inside one another, at most.
const MAX_DEPTH: usize = 64;

/// How a search is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Search as you type: where the cursor stands, in bytes. The word that ends there is still
    /// being written, so it also counts as the beginning of one.
    pub cursor: Option<usize>,
}

/// A search as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// What could be read.
    pub query: Query,
    /// What could not, in the order of the text.
    pub errors: Vec<QueryError>,
    /// What stands where, for colours; in order, never overlapping.
    pub marks: Vec<Mark>,
    /// The names that fields without a fixed list of values were asked for, in order.
    pub names: Vec<(FieldTest, Span)>,
}

/// A piece of a search and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// What a piece of a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// `AND`, `OR`, `NOT`, `+`, `-`, parentheses.
    Operator,
    /// A field's name with its colon.
    Field,
    /// A field's value.
    Value,
    /// A word.
    Word,
    /// A phrase.
    Phrase,
    /// A regular expression.
    Regex,
}

/// Reads a search. Never fails: what can't be read is listed in the errors and left out.
#[must_use]
pub fn parse(text: &str, options: &Options) -> Parsed {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        cursor: options.cursor,
        errors: Vec::new(),
        marks: Vec::new(),
        names: Vec::new(),
    };
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.any_of(None));
        // Only a parenthesis without a partner stops it before the end.
        let at = parser.at;
        if !parser.eat(')') {
            break;
        }
        let span = Span::new(at, parser.at);
        parser.error(span, "nothing was opened here", "( before it", Some(""));
    }
    parser.errors.sort_by_key(|error| error.span);
    Parsed {
        query: Query {
            root: Node::and(parts),
        },
        errors: parser.errors,
        marks: parser.marks,
        names: parser.names,
    }
}

enum Joint {
    And,
    Or,
    Not,
}

impl Parser<'_> {
    /// The operator that stands here, and its length.
    fn joint(&self) -> Option<(Joint, usize)> {
        let rest = self.rest();
        let word = [
            ("AND", Joint::And),
            ("OR", Joint::Or),
            ("NOT", Joint::Not),
            ("&&", Joint::And),
            ("||", Joint::Or),
        ];
        word.into_iter().find_map(|(name, joint)| {
            let after = rest.strip_prefix(name)?;
            let is_whole = after
                .chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c));
            is_whole.then_some((joint, name.len()))
        })
    }

    /// Parts with OR between them, up to a closing parenthesis or the end.
    fn any_of(&mut self, field: Option<Field>) -> Option<Node> {
        let mut parts = Vec::new();
        loop {
            let part = self.all_of(field);
            let is_missing = part.is_none();
            parts.extend(part);
            self.skip_spaces();
            let start = self.at;
            let Some((Joint::Or, len)) = self.joint() else {
                break;
            };
            self.at += len;
            self.mark(start, MarkKind::Operator);
            let span = Span::new(start, self.at);
            if is_missing {
                self.operand_missing(span, "before");
            }
            self.skip_spaces();
            if matches!(self.peek(), None | Some(')')) {
                self.operand_missing(span, "after");
            }
        }
        (!parts.is_empty()).then(|| Node::or(parts))
    }

    fn operand_missing(&mut self, span: Span, side: &str) {
        let name = span.of(self.text).unwrap_or_default();
        let problem = format!("nothing stands {side} {name}");
        self.error(span, &problem, "a word or phrase", Some(""));
    }

    /// Parts with AND or nothing between them.
    fn all_of(&mut self, field: Option<Field>) -> Option<Node> {
        let mut parts = Vec::new();
        let mut is_first = true;
        loop {
            self.skip_spaces();
            let start = self.at;
            match self.joint() {
                Some((Joint::Or, _)) => break,
                Some((Joint::And, len)) => {
                    self.at += len;
                    self.mark(start, MarkKind::Operator);
                    let span = Span::new(start, self.at);
                    if is_first {
                        self.operand_missing(span, "before");
                    }
                    self.skip_spaces();
                    let is_other = matches!(self.joint(), Some((Joint::And | Joint::Or, _)));
                    if is_other || matches!(self.peek(), None | Some(')')) {
                        self.operand_missing(span, "after");
                    }
                }
                _ if matches!(self.peek(), None | Some(')')) => break,
                _ => parts.extend(self.one(field)),
            }
            is_first = false;
            if self.at == start {
                // Whatever it is, it must not be read for ever.
                self.next();
            }
        }
        (!parts.is_empty()).then(|| Node::and(parts))
    }

    /// One test, with the signs before it.
    fn one(&mut self, field: Option<Field>) -> Option<Node> {
        if self.depth >= MAX_DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let node = self.signed(field);
        self.depth -= 1;
        node
    }

    /// Gives up on the rest.
    fn too_deep(&mut self) -> Option<Node> {
        let span = Span::new(self.at, self.text.len());
        let problem = "too many parts inside one another";
        self.error(span, problem, "a flatter search", None);
        self.at = self.text.len();
        None
    }

    fn signed(&mut self, field: Option<Field>) -> Option<Node> {
        let start = self.at;
        let not = match (self.joint(), self.peek()) {
            (Some((Joint::Not, len)), _) => {
                self.at += len;
                true
            }
            (_, Some(sign @ ('+' | '-' | '!'))) => {
                self.next();
                if self.peek().is_none_or(char::is_whitespace) {
                    // A dash between words.
                    return None;
                }
                sign != '+'
            }
            _ => return self.test(field),
        };
        self.mark(start, MarkKind::Operator);
        let sign = Span::new(start, self.at);
        self.skip_spaces();
        let is_other = matches!(self.joint(), Some((Joint::And | Joint::Or, _)));
        if is_other || matches!(self.peek(), None | Some(')')) {
            self.operand_missing(sign, "after");
            return None;
        }
        let node = self.one(field)?;
        Some(if not { Node::Not(Box::new(node)) } else { node })
    }

    /// One test without signs.
    fn test(&mut self, field: Option<Field>) -> Option<Node> {
        match self.peek()? {
            '(' => self.group(field),
            c if is_quote(c) => self.phrase(field),
            '/' => self.regex(field),
            '[' | '{' | '<' | '>' if field.is_some_and(|f| f != Field::Title) => {
                value::range(self, field.unwrap_or(Field::Published))
            }
            _ => self.word(field),
        }
    }

    fn group(&mut self, field: Option<Field>) -> Option<Node> {
        let start = self.at;
        self.eat('(');
        self.mark(start, MarkKind::Operator);
        let opening = Span::new(start, self.at);
        let errors = self.errors.len();
        let node = self.any_of(field);
        let closing = self.at;
        if self.eat(')') {
            self.mark(closing, MarkKind::Operator);
        } else {
            self.error(
                opening,
                "this parenthesis is not closed",
                ") at the end",
                None,
            );
            self.fix_at_end(")");
        }
        if node.is_none() && self.errors.len() == errors {
            let span = Span::new(start, self.at);
            self.error(span, "nothing stands in the parentheses", "words", Some(""));
        }
        node
    }

    /// A word without quotation marks, and what may follow it: a colon, `*`, `~`.
    fn word(&mut self, field: Option<Field>) -> Option<Node> {
        let word = self.bare();
        if !word.is_prefix
            && self.peek() == Some(':')
            && word.span.of(self.text) == Some(word.text.as_str())
            && !word.text.is_empty()
            && word
                .text
                .chars()
                .all(|c| c.is_ascii_alphabetic() || c == '_')
        {
            return self.field(&word);
        }
        let mut whole = word;
        while !whole.is_prefix && self.eat(':') {
            // `12:30` and the like: no field's name, so a word that goes on.
            let tail = self.bare();
            whole = Bare {
                text: format!("{}:{}", whole.text, tail.text),
                span: whole.span.cover(tail.span),
                ..tail
            };
        }
        self.after_word(field, whole)
    }

    fn field(&mut self, name: &Bare) -> Option<Node> {
        // A field's name may follow a field's name, for ever.
        if self.depth >= MAX_DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let node = self.named(name);
        self.depth -= 1;
        node
    }

    fn named(&mut self, name: &Bare) -> Option<Node> {
        self.eat(':');
        self.mark(name.span.start, MarkKind::Field);
        let field = Field::from_key(&name.text.to_ascii_lowercase());
        let Some(field) = field else {
            let keys: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
            let near = closest(&name.text, keys.iter().copied());
            let problem = format!("there is no field {}", name.text);
            let expected = format!("one of {}", keys.join(", "));
            self.error(name.span, &problem, &expected, near);
            // Its value says nothing without it.
            let errors = self.errors.len();
            self.skip_spaces();
            if self.peek().is_some_and(|c| c != ')') && self.joint().is_none() {
                self.test(None);
            }
            self.errors.truncate(errors);
            return None;
        };
        self.skip_spaces();
        let is_missing = matches!(self.peek(), None | Some(')'))
            || matches!(self.joint(), Some((Joint::And | Joint::Or, _)));
        if is_missing {
            let span = Span::new(name.span.start, self.at);
            let problem = format!("nothing stands after {}:", field.key());
            self.error(span, &problem, &field.expected(), None);
            return None;
        }
        self.test(Some(field))
    }

    fn after_word(&mut self, field: Option<Field>, word: Bare) -> Option<Node> {
        let start = word.span.start;
        if word.text.is_empty() {
            return self.no_word(field, start);
        }
        let distance = if word.is_prefix { 0 } else { self.distance() };
        let is_text = matches!(field, None | Some(Field::Title));
        self.mark(
            start,
            if is_text {
                MarkKind::Word
            } else {
                MarkKind::Value
            },
        );
        self.trailing(&word);
        let scope = match field {
            None => Scope::Anywhere,
            Some(Field::Title) => Scope::Title,
            Some(_) if distance > 0 => {
                let span = Span::new(word.span.end, self.at);
                self.error(
                    span,
                    "values are not searched for by likeness",
                    "a value",
                    Some(""),
                );
                return None;
            }
            Some(field) => return value::of_word(self, field, &word),
        };
        if !word.text.chars().any(char::is_alphanumeric) {
            // Punctuation between spaces is no word.
            return None;
        }
        let is_being_written = self.cursor == Some(word.span.end) && self.is_being_written();
        let node = |words| text_node(scope, words);
        match distance {
            0 if word.is_prefix => node(Words::Prefix(word.text)),
            0 if is_being_written => {
                let prefix = node(Words::Prefix(word.text.clone()));
                let whole = node(Words::Word(word.text));
                Some(Node::or(whole.into_iter().chain(prefix).collect()))
            }
            0 => node(Words::Word(word.text)),
            distance => node(Words::Fuzzy(word.text, distance)),
        }
    }

    /// `*` alone, or a sign that begins nothing.
    fn no_word(&mut self, field: Option<Field>, start: usize) -> Option<Node> {
        let c = self.next()?;
        let span = Span::new(start, self.at);
        let goes_on = self.peek().is_some_and(|c| !c.is_whitespace() && c != ')');
        match (c, field) {
            ('*', None | Some(Field::Title)) if !goes_on => Some(Node::All),
            ('*', Some(field)) if !goes_on => Some(Node::Field(FieldTest {
                field,
                value: Value::Any,
            })),
            ('*', _) => {
                let expected = "* at the end of a word, or /a pattern/";
                self.error(span, "* can't begin a word", expected, Some(""));
                None
            }
            _ => {
                let problem = format!("{c} begins nothing here");
                let expected = format!("\\{c} to look for the sign itself");
                self.error(span, &problem, &expected, Some(""));
                None
            }
        }
    }

    /// The letters after `~` by which a word may differ; 0 without `~`.
    fn distance(&mut self) -> u8 {
        let start = self.at;
        if !self.eat('~') {
            return 0;
        }
        match self.digits() {
            "" | "1" => 1,
            "2" => 2,
            _ => {
                let span = Span::new(start, self.at);
                self.error(
                    span,
                    "words that differ so much are other words",
                    "~1 or ~2",
                    Some("~2"),
                );
                2
            }
        }
    }

    /// What is glued to the end of a word and can't be.
    fn trailing(&mut self, word: &Bare) {
        let start = self.at;
        let Some(c @ ('*' | '~' | '^' | ':')) = self.peek() else {
            if word.is_prefix && self.peek().is_some_and(char::is_alphanumeric) {
                self.bare();
                let span = Span::new(word.span.end, self.at);
                let expected = "* at the end of a word, or /a pattern/";
                self.error(span, "* can't stand inside a word", expected, Some(""));
            }
            return;
        };
        self.next();
        self.bare();
        let span = Span::new(start, self.at);
        let (problem, expected) = match c {
            '^' => ("words have no weights: every hit counts", "a space"),
            ':' => ("a colon stands after a field's name", "a space"),
            _ => ("a word takes one * or ~", "a space"),
        };
        self.error(span, problem, expected, Some(""));
    }
}
