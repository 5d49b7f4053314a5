//! How far the analysts of two sessions agree, with the sentences of the articles at hand.

use crate::analysis::agreement::{Agreement, compare};
use crate::extract::sentence;
use crate::model::session::Session;
use crate::model::span::Span;
use crate::store::corpus::Corpus;

/// Compares two sessions on the articles of `corpus`.
#[must_use]
pub fn agreement(a: &Session, b: &Session, corpus: &Corpus) -> Agreement {
    compare(a, b, |article| {
        let text = corpus.text(corpus.row(article)?).ok()?;
        Some(sentence::split(&text, &lines(&text)))
    })
}

/// The lines of a text, which no sentence goes across.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        span
    });
    spans.filter(|span| !span.is_empty()).collect()
}
