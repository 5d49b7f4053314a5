//! What the analyst writes on an article: highlights with codes and notes, as in qualitative
//! data analysis.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::ids::ItemId;
use super::span::Span;

/// Who did something in a session, by the name they gave.
pub type Analyst = String;

/// A passage by its own words and a little of what stands around it, so that it can be found
/// again in a changed text (W3C Web Annotation, `TextQuoteSelector`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The passage.
    pub exact: String,
    /// Up to [`Quote::CONTEXT`] characters before it.
    pub prefix: String,
    /// Up to [`Quote::CONTEXT`] characters after it.
    pub suffix: String,
    /// What of the same text read most like it; `None`: nobody looked.
    pub rival: Option<Rival>,
}

/// How much the passages of a text that read most like a quote have in common with it, in percent:
/// the most of each part that any of them has. All zero where none is alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rival {
    /// Of what stands before.
    pub before: u8,
    /// Of the passage.
    pub passage: u8,
    /// Of what stands after.
    pub after: u8,
    /// Of what stands before, were all before the sentence another text.
    pub most_before: u8,
    /// Of what stands after, were all after the sentence another text.
    pub most_after: u8,
}

impl Rival {
    /// The most of both.
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        Self {
            before: self.before.max(other.before),
            passage: self.passage.max(other.passage),
            after: self.after.max(other.after),
            most_before: self.most_before.max(other.most_before),
            most_after: self.most_after.max(other.most_after),
        }
    }
}

impl Quote {
    /// How much of the surrounding text is kept, in `char`s.
    pub const CONTEXT: usize = 32;
    /// The same where that does not tell the passage from another one.
    pub const WIDE_CONTEXT: usize = 96;

    /// Quotes `span` of `text`; the span is clamped to the text.
    #[must_use]
    pub fn of(text: &str, span: Span) -> Self {
        Self::with_context(text, span, Self::CONTEXT)
    }

    /// The same with `context` characters on each side.
    #[must_use]
    pub fn with_context(text: &str, span: Span, context: usize) -> Self {
        let span = span.clamped_to(text);
        let (before, rest) = text.split_at(span.start);
        let (exact, after) = rest.split_at(span.len());
        let prefix_start = before
            .char_indices()
            .rev()
            .nth(context.saturating_sub(1))
            .map_or(0, |(i, _)| i);
        Self {
            exact: exact.to_owned(),
            prefix: before.get(prefix_start..).unwrap_or_default().to_owned(),
            suffix: after.chars().take(context).collect(),
            rival: None,
        }
    }
}

/// A highlighted passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Where it is.
    pub span: Span,
    /// What it says there.
    pub quote: Quote,
    /// Its codes, in the order in which they were given; may be empty when there is a note.
    pub codes: Vec<ItemId>,
    /// The analyst's note.
    pub note: String,
    /// Who made it, and when.
    pub by: Analyst,
    /// When it was made.
    pub at: Timestamp,
}

/// A code of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its name. Never empty.
    pub name: String,
    /// Index into the palette of code colours.
    pub color: u8,
    /// What it stands for.
    pub definition: String,
    /// The code that it is one sort of.
    pub parent: Option<ItemId>,
    /// The key that gives it together with Alt: a capital letter A to Z.
    pub shortcut: Option<char>,
}

/// The longest chain of codes below one another that is followed: a file may hold a circle.
const MOST_LEVELS: usize = 64;

/// The codes of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codebook {
    /// The codes by identity; ids sort by the time they were made.
    pub codes: BTreeMap<ItemId, Code>,
}

impl Codebook {
    /// The code above, where there is one.
    #[must_use]
    pub fn parent(&self, code: ItemId) -> Option<ItemId> {
        let parent = self.codes.get(&code)?.parent?;
        self.codes.contains_key(&parent).then_some(parent)
    }

    /// Whether `code` is `top` or somewhere below it.
    #[must_use]
    pub fn is_within(&self, code: ItemId, top: ItemId) -> bool {
        let chain = std::iter::successors(Some(code), |code| self.parent(*code));
        chain.take(MOST_LEVELS).any(|above| above == top)
    }

    /// The names from the uppermost code down to this one.
    #[must_use]
    pub fn path(&self, code: ItemId) -> Vec<&str> {
        let chain = std::iter::successors(Some(code), |code| self.parent(*code));
        let mut names: Vec<&str> = chain
            .take(MOST_LEVELS)
            .filter_map(|code| Some(self.codes.get(&code)?.name.as_str()))
            .collect();
        names.reverse();
        names
    }

    /// All codes, each below the one above it and with its depth; by name among their like. Codes
    /// in a circle come last, as if there were nothing above them.
    #[must_use]
    pub fn tree(&self) -> Vec<(ItemId, usize)> {
        let mut below: BTreeMap<Option<ItemId>, Vec<ItemId>> = BTreeMap::new();
        for id in self.codes.keys() {
            below.entry(self.parent(*id)).or_default().push(*id);
        }
        for like in below.values_mut() {
            like.sort_by_cached_key(|id| {
                let name = self.codes.get(id).map(|code| code.name.to_lowercase());
                (name, *id)
            });
        }
        let mut tree = Vec::with_capacity(self.codes.len());
        let mut seen = BTreeSet::new();
        let tops = below.get(&None).cloned().unwrap_or_default();
        for top in tops.into_iter().chain(self.codes.keys().copied()) {
            let mut open = vec![(top, 0)];
            while let Some((id, depth)) = open.pop() {
                if !seen.insert(id) {
                    continue;
                }
                tree.push((id, depth));
                let children = below.get(&Some(id)).into_iter().flatten().rev();
                open.extend(children.map(|child| (*child, depth + 1)));
            }
        }
        tree
    }

    /// The code with this key.
    #[must_use]
    pub fn by_shortcut(&self, key: char) -> Option<ItemId> {
        let found = self
            .codes
            .iter()
            .find(|(_, code)| code.shortcut == Some(key));
        found.map(|(id, _)| *id)
    }

    /// The code with this name, ignoring case.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<ItemId> {
        let wanted = name.trim().to_lowercase();
        self.codes
            .iter()
            .find(|(_, code)| code.name.to_lowercase() == wanted)
            .map(|(id, _)| *id)
    }
}
