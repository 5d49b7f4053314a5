//! Mentions of actors.

use super::layout::Layout;
use super::lexicon::Lexicon;
use crate::model::finding::Suggestion;
use crate::model::span::Span;

/// The mentions in title and body (`layout.zones()`), sorted by span.
#[must_use]
pub fn mentions(
    _text: &str,
    _layout: &Layout,
    _sentences: &[Span],
    _lexicon: &Lexicon,
) -> Vec<Suggestion> {
    Vec::new()
}
