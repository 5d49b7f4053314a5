//! A search made ready: words as terms, patterns compiled.

use super::analyzer::{plain, terms_of, words};
use super::pattern::Pattern;
use super::query::{ClaimTest, FieldTest, Node, Scope, TextTest, Words, grouped};

/// A search whose tests can be looked up.
pub(super) enum Plan {
    All,
    Words(Scope, Test),
    Regex(Pattern),
    Field(FieldTest),
    /// One claim of which it holds.
    Claim(ClaimTest),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

/// What words must be there.
#[derive(Debug)]
pub(super) enum Test {
    /// One after the other, each one of several terms.
    Sequence(Sequence),
    /// A plain form that begins so.
    Begins(String),
    /// A plain form so many letters away.
    Like(String, u8),
    /// All of these; any article without any.
    Every(Vec<Self>),
    Any(Vec<Self>),
}

/// Words one after the other.
#[derive(Debug)]
pub(super) struct Sequence {
    /// For each word, the terms that may stand for it.
    pub(super) slots: Vec<Vec<String>>,
    /// Places out of order at most.
    pub(super) slop: u32,
}

impl Sequence {
    fn of(text: &str, slop: u32) -> Option<Self> {
        let spans = words(text).filter_map(|span| span.of(text));
        let slots: Vec<_> = spans.map(terms_of).collect();
        (!slots.is_empty()).then_some(Self { slots, slop })
    }
}

impl Plan {
    /// Makes `node` ready. `expand` gives the other names of who a word names.
    pub(super) fn of(node: &Node, expand: &dyn Fn(&str) -> Vec<String>) -> Self {
        let all = |parts: &[Node]| parts.iter().map(|part| Self::of(part, expand)).collect();
        match node {
            Node::All => Self::All,
            Node::Text(test) => Self::of_text(test, expand),
            Node::Field(test) => Self::Field(test.clone()),
            Node::Not(inner) => Self::Not(Box::new(Self::of(inner, expand))),
            Node::And(parts) => {
                let (claims, rest) = grouped(parts);
                let claims = claims.into_iter().map(|claim| match claim {
                    ClaimTest::Is(test) => Self::Field(test),
                    claim => Self::Claim(claim),
                });
                let rest = rest.into_iter().map(|part| Self::of(part, expand));
                let mut parts: Vec<Self> = claims.chain(rest).collect();
                match parts.pop() {
                    Some(only) if parts.is_empty() => only,
                    last => {
                        parts.extend(last);
                        Self::And(parts)
                    }
                }
            }
            Node::Or(parts) => Self::Or(all(parts)),
        }
    }

    fn of_text(asked: &TextTest, expand: &dyn Fn(&str) -> Vec<String>) -> Self {
        let words = match &asked.words {
            Words::Regex(pattern) => {
                // The parser lets no other through; a pattern made elsewhere finds nothing.
                return Pattern::new(pattern)
                    .map_or_else(|_| Self::Not(Box::new(Self::All)), Self::Regex);
            }
            Words::Word(word) => {
                let names = std::iter::once(word.clone()).chain(expand(word));
                let mut all: Vec<Test> = Vec::new();
                let mut single: Vec<String> = Vec::new();
                for sequence in names.filter_map(|name| Sequence::of(&name, 0)) {
                    match sequence.slots.as_slice() {
                        [terms] => single.extend(terms.iter().cloned()),
                        _ => all.push(Test::Sequence(sequence)),
                    }
                }
                single.sort_unstable();
                single.dedup();
                if !single.is_empty() {
                    let slots = vec![single];
                    all.push(Test::Sequence(Sequence { slots, slop: 0 }));
                }
                one_or(all, Test::Any)
            }
            Words::Phrase(text, slop) => {
                Sequence::of(text, *slop).map_or_else(|| Test::Every(Vec::new()), Test::Sequence)
            }
            Words::Prefix(text) => last_differs(text, Test::Begins),
            Words::Fuzzy(text, distance) => {
                let like = |word| Test::Like(word, *distance);
                let all = self::words(text).filter_map(|span| span.of(text));
                one_or(all.map(|word| like(plain(word))).collect(), Test::Every)
            }
        };
        Self::Words(asked.scope, words)
    }

    /// Whether words alone decide, so that a part can be asked by itself.
    pub(super) fn is_words(&self) -> bool {
        match self {
            Self::All | Self::Words(..) => true,
            Self::Regex(_) | Self::Field(_) | Self::Claim(_) => false,
            Self::Not(inner) => inner.is_words(),
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_words),
        }
    }

    /// Whether a text has to be read to decide.
    pub(super) fn has_regex(&self) -> bool {
        match self {
            Self::All | Self::Words(..) | Self::Field(_) | Self::Claim(_) => false,
            Self::Regex(_) => true,
            Self::Not(inner) => inner.has_regex(),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_regex),
        }
    }
}

/// A word that falls apart is all of its parts, the last one tested by `test`.
fn last_differs(written: &str, test: fn(String) -> Test) -> Test {
    let mut parts: Vec<&str> = words(written).filter_map(|span| span.of(written)).collect();
    let last = parts.pop().map(|word| test(plain(word)));
    let before = parts.iter().filter_map(|word| Sequence::of(word, 0));
    one_or(
        before.map(Test::Sequence).chain(last).collect(),
        Test::Every,
    )
}

/// The only one, or all of them joined.
fn one_or(mut tests: Vec<Test>, join: fn(Vec<Test>) -> Test) -> Test {
    if tests.len() == 1 {
        tests.pop().unwrap_or_else(|| join(Vec::new()))
    } else {
        // Without any word there is nothing to ask: every article fits.
        if tests.is_empty() {
            Test::Every(tests)
        } else {
            join(tests)
        }
    }
}
