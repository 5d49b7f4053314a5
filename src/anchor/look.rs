//! All places of a text that have something of a quote.

use std::ops::Range;

use super::fold::Folded;
use super::judge::MOST_CANDIDATES;
use super::pattern::{Pattern, mixed};
use super::place::{CHANCE, Found, Parts, Place, is_same, percent};
use super::seed::Grams;
use super::sentence::{count_after, count_before, paragraph_after, paragraph_before};
use crate::model::annotation::{Quote, Rival};
use crate::model::span::Span;

/// A passage longer than this is found by its two ends, in characters.
pub(super) const LONG: usize = 360;
/// How much of each end that is.
const PART: usize = 160;

/// A text to look in, as it is and as it is compared.
pub(super) struct Text<'a> {
    pub(super) source: &'a str,
    pub(super) folded: &'a Folded,
    pub(super) grams: &'a Grams,
}

impl Text<'_> {
    pub(super) fn chars(&self) -> &[char] {
        self.folded.chars()
    }

    /// What stands before and behind a place.
    pub(super) fn sides(&self, start: usize, end: usize) -> (&str, &str) {
        let before = self.source.get(..start);
        let after = self.source.get(end..);
        (before.unwrap_or_default(), after.unwrap_or_default())
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Look {
    /// The likeliest place of each stretch of the text.
    Places,
    /// All that read like the passage that is at these characters of the text.
    Rivals { from: usize, to: usize },
}

impl Look {
    /// Narrows a stretch of the text to what is on this side of the passage itself.
    pub(super) fn apart(self, (from, to): (usize, usize), chars: Range<usize>) -> Range<usize> {
        match self {
            Self::Rivals { from: own, to: end } if to <= end && from < own => {
                chars.start..chars.end.min(own.max(to))
            }
            Self::Rivals { from: own, to: end } if from >= own && to > end => {
                chars.start.max(end.min(from))..chars.end
            }
            _ => chars,
        }
    }
}

/// The places that have something of the quote, the likeliest first.
pub(super) fn look(text: &Text<'_>, quote: &Quote, how: Look) -> Vec<Found> {
    if quote.exact.trim().is_empty() {
        return Vec::new();
    }
    if quote.exact.chars().count() <= LONG {
        return Pattern::new(&quote.prefix, &quote.exact, &quote.suffix).find(text, how);
    }
    by_its_ends(text, quote, how)
}

/// What of a text reads most like the passage at `span`, which `quote` quotes.
pub(super) fn rival(text: &Text<'_>, quote: &Quote, span: Span) -> Rival {
    let own = Look::Rivals {
        from: text.folded.index_of(span.start),
        to: text.folded.index_of(span.end),
    };
    let found = look(text, quote, own).into_iter();
    let found = found.filter(|found| found.is_rival_of(span));
    let found = found.map(|found| found.as_rival(span));
    found
        .chain(said_again(text, quote, span))
        .fold(Rival::default(), Rival::at_least)
}

/// Where the words of a passage stand once more in its text, whatever is around them: by a deletion
/// beside their paragraph anything may be.
fn said_again(text: &Text<'_>, quote: &Quote, span: Span) -> impl Iterator<Item = Rival> {
    let passage = Folded::of_piece(&quote.exact, false, false);
    let len = passage.chars().len().max(1);
    let places = text.chars().windows(len).zip(0..);
    let places = places.filter_map(move |(words, at)| (words == passage.chars()).then_some(at));
    let near_before = count_before(&quote.prefix);
    let near_after = count_after(&quote.exact, &quote.suffix);
    let most = |near: usize, side: &str| percent(mixed(CHANCE, near, side.chars().count()));
    places.filter_map(move |at| {
        let (start, end) = text.folded.bytes(at, at + len);
        let (before, after) = text.sides(start, end);
        (!is_same(Span::new(start, end), span)).then(|| Rival {
            before: percent(CHANCE),
            passage: 100,
            after: percent(CHANCE),
            most_before: most(paragraph_before(before, near_before), &quote.prefix),
            most_after: most(paragraph_after(after, near_after), &quote.suffix),
        })
    })
}

/// A long passage: its first and its last words with their context, about as far apart as before.
fn by_its_ends(text: &Text<'_>, quote: &Quote, how: Look) -> Vec<Found> {
    let at = |n: usize| {
        let found = quote.exact.char_indices().nth(n);
        found.map_or(quote.exact.len(), |(byte, _)| byte)
    };
    let count = quote.exact.chars().count();
    let (head, head_rest) = quote.exact.split_at(at(PART));
    let (tail_rest, tail) = quote.exact.split_at(at(count - PART));
    let next: String = head_rest.chars().take(Quote::CONTEXT).collect();
    let before: String = {
        let skip = tail_rest.chars().count().saturating_sub(Quote::CONTEXT);
        tail_rest.chars().skip(skip).collect()
    };
    let heads = Pattern::new(&quote.prefix, head, &next).find(text, how);
    let tails = Pattern::new(&before, tail, &quote.suffix).find(text, how);
    let mut found = Vec::new();
    for head in &heads {
        for tail in &tails {
            let (start, end) = (head.place.span.start, tail.place.span.end);
            let len = end.saturating_sub(start);
            let was = quote.exact.len();
            if start >= tail.place.span.start || len * 10 < was * 8 || len * 8 > was * 10 {
                continue;
            }
            let parts = Parts {
                before: head.place.parts.before,
                passage: head.place.parts.passage.min(tail.place.parts.passage),
                after: tail.place.parts.after,
            };
            found.push(Found {
                alone: parts.passage,
                most_before: head.most_before,
                most_after: tail.most_after,
                place: Place {
                    span: Span::new(start, end),
                    score: parts.score(),
                    margin: 0.0,
                    same_words: head.place.same_words && tail.place.same_words,
                    is_torn: head.place.is_torn || tail.place.is_torn,
                    parts,
                    inside: Vec::new(),
                    stood: Vec::new(),
                },
            });
        }
    }
    found.sort_by(|a, b| b.place.score.total_cmp(&a.place.score));
    found.truncate(2 * MOST_CANDIDATES);
    found
}
