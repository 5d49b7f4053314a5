//! What the analyst writes on an article: highlights with codes and notes, as in qualitative
//! data analysis.

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
