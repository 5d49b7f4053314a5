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
//! | `align` | the alignment of quote and window with the fewest edits (Sellers 1980), and what it says of the parts |
//! | `judge` | which place is certain |
//! | `carry` | the work on an article, carried over to its new text |
//!
//! Pure functions of values; only the model is used.

mod align;
mod carry;
mod fold;
mod judge;
mod seed;

pub use carry::{
    Carried, Item, carry, drop_item, finding_of, items, main_quote, place_item, quotes_of,
};
pub use judge::Place;

use std::sync::Arc;

use crate::model::annotation::{Quote, Rival};
use crate::model::span::Span;
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
        let mut rival = Rival::default();
        for found in judge::look(&self.folded, &self.grams, &quote) {
            if found.is_rival_of(span) {
                rival = rival.at_least(found.as_rival(span));
            }
        }
        quote.rival = Some(rival);
        quote
    }

    /// Whether the text begins like one that began with `head`, most letters the same.
    #[must_use]
    pub fn begins_like(&self, head: &str) -> bool {
        let head = Folded::of_piece(head.trim(), false, false);
        let all = 0..head.chars().len();
        let first = self.folded.index_of(0);
        let end = (first + head.chars().len() * 3 / 2).min(self.folded.chars().len());
        let window = self.folded.chars().get(first..end).unwrap_or_default();
        let anywhere = (
            -head.chars().len().cast_signed(),
            window.len().cast_signed(),
        );
        align::align(head.chars(), &all, window, anywhere)
            .is_some_and(|aligned| aligned.likeness(&all, false, false) >= 0.75)
    }

    /// Where the quote belongs, if that is certain; else the places that come into question, the
    /// likeliest first, and of two that are equally likely the one nearer to where it stood.
    ///
    /// # Errors
    /// The candidates, where none of them is certain.
    pub fn anchor(&self, quote: &Quote, stood: Span) -> Result<Place, Vec<Place>> {
        judge::judge(&self.folded, &self.grams, quote, stood)
    }
}

#[cfg(test)]
mod tests;
