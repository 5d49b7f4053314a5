//! The shape of a plain text: title, byline, paragraphs of the body, and furniture.

use crate::model::finding::Suggestion;
use crate::model::span::Span;

/// What the lines of a text are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The headline, where it stands first.
    pub title: Option<Span>,
    /// The author, without the "By".
    pub byline: Option<Span>,
    /// The paragraphs of the body, in order and disjoint, without the title; trimmed. A line that
    /// goes on in the next one is one paragraph with it.
    pub paragraphs: Vec<Span>,
    /// The furniture, in order and disjoint, with the rules that found it.
    pub furniture: Vec<Suggestion>,
}

impl Layout {
    /// Title and paragraphs, in order: where actors and dates are looked for.
    pub fn zones(&self) -> impl Iterator<Item = Span> + '_ {
        self.title
            .into_iter()
            .chain(self.paragraphs.iter().copied())
    }
}

/// Reads the layout of `text`.
#[must_use]
pub fn read(text: &str) -> Layout {
    let mut layout = Layout::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start + (line.len() - line.trim_start().len());
        let trimmed = line.trim();
        start += line.len();
        if trimmed.is_empty() {
            continue;
        }
        let span = Span::new(at, at + trimmed.len());
        if layout.title.is_none() {
            layout.title = Some(span);
        } else {
            layout.paragraphs.push(span);
        }
    }
    layout
}
