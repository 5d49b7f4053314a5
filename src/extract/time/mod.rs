//! Time expressions.

use super::layout::Layout;
use crate::model::article::Publication;
use crate::model::finding::Suggestion;
use crate::model::span::Span;

/// A time expression as it is written, before it is resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub span: Span,
}

/// The time expressions of title and body, in order and disjoint.
#[must_use]
pub fn scan(_text: &str, _layout: &Layout) -> Vec<Found> {
    Vec::new()
}

/// Resolves what was found against the publication date and the text around it.
#[must_use]
pub fn resolve(
    _text: &str,
    _found: Vec<Found>,
    _publication: &Publication,
    _sentences: &[Span],
) -> Vec<Suggestion> {
    Vec::new()
}
