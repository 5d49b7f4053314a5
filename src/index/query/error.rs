//! What a search says when it can't be read.

use std::fmt;

use crate::model::span::Span;

/// A place of a search that breaks the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes of the search that it is about; empty at the end where something is missing.
    pub span: Span,
    /// What is wrong.
    pub problem: String,
    /// What was expected there.
    pub expected: String,
    /// A change that would mend it.
    pub fix: Option<Fix>,
}

/// A change to the text of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Fix {
    /// The search with the change made.
    #[must_use]
    pub fn applied_to(&self, search: &str) -> String {
        let span = self.span.clamped_to(search);
        let before = search.get(..span.start).unwrap_or_default();
        let after = search.get(span.end..).unwrap_or_default();
        format!("{before}{}{after}", self.text)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}", self.problem, self.expected)
    }
}

impl std::error::Error for QueryError {}

/// The one of `all` that `word` may have been meant as: it begins so, or is two letters away.
pub(crate) fn closest<'a>(word: &str, all: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = all.filter_map(|name| {
        let begins =
            word.chars().count() > 1 && (name.starts_with(&word) || word.starts_with(name));
        let away = if begins { 1 } else { distance(&word, name) };
        (away <= 2 && away < name.len()).then_some((away, name))
    });
    near.min_by_key(|(away, _)| *away).map(|(_, name)| name)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (to, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(from != *to);
            diagonal = *cell;
            left = changed.min(*cell + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
