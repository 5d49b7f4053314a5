//! The language of a text.

use crate::model::article::Language;
use crate::model::span::Span;

/// The language of the paragraphs.
#[must_use]
pub fn of(text: &str, paragraphs: &[Span]) -> Language {
    let cyrillic = paragraphs
        .iter()
        .filter_map(|p| p.of(text))
        .flat_map(str::chars)
        .take(10_000)
        .any(|c| ('а'..='я').contains(&c));
    if cyrillic {
        Language::Russian
    } else {
        Language::English
    }
}
