//! What the analyst writes on an article: highlights with codes and notes, as in qualitative
//! data analysis.

use std::collections::BTreeMap;

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
}

impl Quote {
    /// How much of the surrounding text is kept, in `char`s.
    pub const CONTEXT: usize = 32;

    /// Quotes `span` of `text`; the span is clamped to the text.
    #[must_use]
    pub fn of(text: &str, span: Span) -> Self {
        let span = span.clamped_to(text);
        let (before, rest) = text.split_at(span.start);
        let (exact, after) = rest.split_at(span.len());
        let prefix_start = before
            .char_indices()
            .rev()
            .nth(Self::CONTEXT - 1)
            .map_or(0, |(i, _)| i);
        Self {
            exact: exact.to_owned(),
            prefix: before.get(prefix_start..).unwrap_or_default().to_owned(),
            suffix: after.chars().take(Self::CONTEXT).collect(),
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
}

/// The codes of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codebook {
    /// The codes by identity; ids sort by the time they were made.
    pub codes: BTreeMap<ItemId, Code>,
}

impl Codebook {
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
