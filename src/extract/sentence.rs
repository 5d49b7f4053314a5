//! Sentences.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::span::Span;

/// The sentences of the paragraphs, in order, disjoint and trimmed.
#[must_use]
pub fn split(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs {
        for (at, piece) in paragraph
            .of(text)
            .unwrap_or_default()
            .split_sentence_bound_indices()
        {
            let start = paragraph.start + at + (piece.len() - piece.trim_start().len());
            let trimmed = piece.trim();
            if !trimmed.is_empty() {
                sentences.push(Span::new(start, start + trimmed.len()));
            }
        }
    }
    sentences
}
