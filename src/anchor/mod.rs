//! Finding a passage again in a text that has changed.
//!
//! A [`Quote`] is a W3C `TextQuoteSelector`: the passage, and what stands before and after it.
//! [`Target`] is a text to look in. Where a quote belongs there is answered by [`Target::anchor`]:
//! a place that is certain, or the candidates for the analyst to choose from. Wrong is worse than
//! unknown, so whatever reads alike in two places, or may have, is left open.
//!
//! | module | what it does |
//! |---|---|
//! | `fold` | the text as it is compared: case, diacritics, composition, white space and quotation marks aside |
//! | `seed` | windows that share rare runs of letters with the quote: linear in the text |
//! | `distance` | how much of a passage stands in a window at most, so that few windows need an alignment |
//! | `align` | the alignment of quote and window with the fewest edits (Sellers 1980), and what it says of the parts |
//! | `sentence` | where the sentence of a passage begins and ends |
//! | `pattern` | a quote laid on the windows: where its passage lies, from word to word |
//! | `place` | such a place, and how much of the quote is there |
//! | `look` | all places for a quote; and what reads most like a passage |
//! | `judge` | which place is certain |
//! | `carry` | the work on an article, carried over to its new text |
//!
//! Pure functions of values; only the model is used.

mod align;
mod carry;
mod distance;
mod fold;
mod judge;
mod look;
mod pattern;
mod place;
mod seed;
mod sentence;

pub use carry::{
    Carried, Item, carry, drop_item, finding_of, items, main_quote, place_item, quotes_of,
};
pub use place::Place;

use std::sync::Arc;

use crate::model::annotation::Quote;
use crate::model::span::Span;
use distance::Passage;
use fold::Folded;
use seed::Grams;

/// A text to find quotes in, read once.
#[derive(Debug)]
pub struct Target {
    text: Arc<str>,
    folded: Folded,
    grams: Grams,
}

impl Target {
    /// Reads `text`: O(n log n), and about 20 bytes a character as long as it is kept.
    #[must_use]
    pub fn new(text: &Arc<str>) -> Self {
        let folded = Folded::of_text(text);
        Self {
            grams: Grams::new(folded.chars()),
            folded,
            text: Arc::clone(text),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Quotes a passage of this text, with what of the text reads most like it. The context is
    /// widened where 32 characters do not tell the passage from another one.
    #[must_use]
    pub fn quote(&self, span: Span) -> Quote {
        let mut quote = self.quote_with(span, Quote::CONTEXT);
        if quote.rival.is_some_and(judge::is_hard_to_tell) {
            quote = self.quote_with(span, Quote::WIDE_CONTEXT);
        }
        quote
    }

    fn quote_with(&self, span: Span, context: usize) -> Quote {
        let mut quote = Quote::with_context(&self.text, span, context);
        quote.rival = Some(look::rival(&self.for_look(), &quote, span));
        quote
    }

    fn for_look(&self) -> look::Text<'_> {
        look::Text {
            source: &self.text,
            folded: &self.folded,
            grams: &self.grams,
        }
    }

    /// Whether the text begins like one that began with `head`, most letters the same.
    #[must_use]
    pub fn begins_like(&self, head: &str) -> bool {
        let head = Folded::of_piece(head.trim(), false, false);
        let first = self.folded.index_of(0);
        let end = (first + head.chars().len() * 3 / 2).min(self.folded.chars().len());
        let beginning = self.folded.chars().get(first..end).unwrap_or_default();
        !head.chars().is_empty() && Passage::new(head.chars()).likeness(beginning) >= 0.75
    }

    /// Where the quote belongs, if that is certain; else the places that come into question, the
    /// likeliest first, and of two that are equally likely the one nearer to where it stood.
    ///
    /// # Errors
    /// The candidates, where none of them is certain.
    pub fn anchor(&self, quote: &Quote, stood: Span) -> Result<Place, Vec<Place>> {
        judge::judge(&self.for_look(), quote, stood)
    }
}

#[cfg(test)]
mod tests;
