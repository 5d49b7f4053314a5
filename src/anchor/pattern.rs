//! A quote laid on the stretches of a text that may hold it: where its passage lies there, from word
//! to word, and what became of it.

use std::ops::Range;

use super::align::{Aligned, align};
use super::distance::Passage;
use super::fold::Folded;
use super::look::{Look, Text};
use super::place::{Found, LEAST, LEAST_OF_ANY, Parts, Place, is_same};
use super::sentence::{count_after, count_before, paragraph_after, paragraph_before};
use crate::model::annotation::Quote;
use crate::model::span::Span;

/// How far around a place the passage alone is looked for, in characters.
const AROUND: usize = 24;
/// How far from where it was aligned an edge may go to be that of a word, in characters.
const TO_WORDS: usize = 2;

/// A quote ready to be aligned.
pub(super) struct Pattern {
    folded: Folded,
    before: Range<usize>,
    passage: Range<usize>,
    after: Range<usize>,
    /// The passage without its context.
    alone: Passage,
    /// How many characters next to the passage belong to its sentence.
    near_before: usize,
    near_after: usize,
    /// The byte at which the passage begins in `folded`.
    passage_byte: usize,
    starts_a_word: bool,
    ends_a_word: bool,
}

impl Pattern {
    pub(super) fn new(before: &str, passage: &str, after: &str) -> Self {
        let is_edge = |context: &str| {
            let count = context.chars().count();
            count != Quote::CONTEXT && count != Quote::WIDE_CONTEXT
        };
        let whole = format!("{before}{passage}{after}");
        let folded = Folded::of_piece(&whole, is_edge(before), is_edge(after));
        let passage_byte = before.len();
        let start = folded.index_of(passage_byte);
        let end = folded.index_of(passage_byte + passage.len()).max(start);
        let word = |at: Option<usize>| {
            let c = at.and_then(|at| folded.chars().get(at));
            c.is_some_and(|c| c.is_alphanumeric())
        };
        Self {
            before: 0..start,
            alone: Passage::new(folded.chars().get(start..end).unwrap_or_default()),
            passage: start..end,
            after: end..folded.chars().len(),
            near_before: count_before(before).min(start),
            near_after: count_after(passage, after).min(folded.chars().len() - end),
            passage_byte,
            starts_a_word: word(Some(start)) && !word(start.checked_sub(1)),
            ends_a_word: word(end.checked_sub(1)) && !word(Some(end)),
            folded,
        }
    }

    /// The places in `text` that have something of the quote, the likeliest first.
    pub(super) fn find(&self, text: &Text<'_>, how: Look) -> Vec<Found> {
        let quote = self.folded.chars();
        let mut found: Vec<Found> = Vec::new();
        for window in text.grams.windows(quote, text.chars().len()) {
            // Most windows hold some of the context, or words that are in many places.
            let near = around(text.chars(), window.start, window.end, AROUND + TO_WORDS);
            let near = text.chars().get(near).unwrap_or_default();
            if self.alone.likeness(near) < LEAST_OF_ANY {
                continue;
            }
            let chars = text.chars().get(window.start..window.end);
            let chars = chars.unwrap_or_default();
            let Some(aligned) = align(quote, &self.passage, chars, window.shift) else {
                continue;
            };
            found.push(self.describe(text, &aligned, window.start, how));
            if matches!(how, Look::Rivals { .. }) {
                let others = self.beside(chars, &aligned, window.shift);
                found.extend(others.map(|other| self.describe(text, &other, window.start, how)));
            }
        }
        found.sort_by(|a, b| b.place.score.total_cmp(&a.place.score));
        let mut kept: Vec<Found> = Vec::new();
        for one in found {
            let span = one.place.span;
            let is_known = kept.iter().any(|known| is_same(known.place.span, span));
            if !span.is_empty() && !is_known {
                kept.push(one);
            }
        }
        kept
    }

    /// Where else in the same window the passage may stand: words that are said twice in a breath.
    fn beside(
        &self,
        window: &[char],
        aligned: &Aligned,
        shift: (isize, isize),
    ) -> impl Iterator<Item = Aligned> {
        let place = aligned.place(&self.passage);
        let is = place.start.cast_signed() - self.passage.start.cast_signed();
        let apart = self.passage.len().div_ceil(2).max(1).cast_signed();
        let sides = [
            (window.get(..place.start), (shift.0, is - apart)),
            (window.get(place.end..), (is + apart, shift.1)),
        ];
        sides.into_iter().filter_map(move |(side, shift)| {
            let is_there = self.alone.likeness(side?) >= LEAST && shift.0 <= shift.1;
            is_there.then(|| align(self.folded.chars(), &self.passage, window, shift))?
        })
    }

    fn describe(&self, text: &Text<'_>, aligned: &Aligned, offset: usize, how: Look) -> Found {
        let parts = Parts {
            before: aligned.likeness(&self.before, false, true),
            passage: aligned.likeness(&self.passage, false, false),
            after: aligned.likeness(&self.after, true, false),
        };
        let (from, to) = self.to_words(text.chars(), aligned, offset);
        let (start, end) = text.folded.bytes(from, to);
        let (before, after) = text.sides(start, end);
        let near = paragraph_before(before, self.near_before);
        let near = self.before.end - near..self.before.end;
        let most_before = mixed(
            aligned.likeness(&near, false, true),
            near.len(),
            self.before.len(),
        );
        let near = paragraph_after(after, self.near_after);
        let near = self.after.start..self.after.start + near;
        let most_after = mixed(
            aligned.likeness(&near, true, false),
            near.len(),
            self.after.len(),
        );
        let mut inside: Vec<usize> = self
            .passage
            .clone()
            .map(|at| text.folded.start(aligned.boundary(at) + offset))
            .collect();
        if let Some(first) = inside.first_mut() {
            *first = start;
        }
        inside.push(end);
        let mut stood: Vec<usize> = self
            .passage
            .clone()
            .map(|at| self.folded.start(at).saturating_sub(self.passage_byte))
            .collect();
        stood.push(
            self.folded
                .end(self.passage.end)
                .saturating_sub(self.passage_byte),
        );
        let alone = how.apart((from, to), around(text.chars(), from, to, AROUND));
        let alone = text.chars().get(alone).unwrap_or_default();
        let alone = self.alone.likeness(alone);
        Found {
            alone: alone.max(parts.passage),
            most_before: most_before.max(parts.before),
            most_after: most_after.max(parts.after),
            place: Place {
                span: Span::new(start, end),
                score: parts.score(),
                margin: 0.0,
                same_words: aligned.has_its_words(&self.passage),
                is_torn: self.is_torn(text.chars(), aligned, offset, (from, to)),
                parts,
                inside,
                stood,
            },
        }
    }

    /// Where the passage lies, in characters of the text. One that began and ended with a word does
    /// so still: damage at its edge is not a letter of the next word. Letters that are unchanged
    /// stay on their side of the edge.
    fn to_words(&self, text: &[char], aligned: &Aligned, offset: usize) -> (usize, usize) {
        let place = aligned.place(&self.passage);
        let (mut from, mut to) = (place.start + offset, place.end + offset);
        let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric());
        // Between what is unchanged of its sides, and around what is unchanged of itself.
        let mut room = 0..text.len();
        let mut held = to..from;
        for (at, of) in aligned.unchanged() {
            let at = at + offset;
            if of < self.passage.start {
                room.start = at + 1;
            } else if of < self.passage.end {
                held = held.start.min(at)..held.end.max(at + 1);
            } else {
                room.end = room.end.min(at);
            }
        }
        if self.starts_a_word {
            let back = (0..=TO_WORDS).find(|by| {
                from.checked_sub(by + 1)
                    .is_none_or(|before| !is_letter(before))
            });
            let back = back.filter(|by| from - by >= room.start);
            let on = (1..=TO_WORDS).find(|by| is_letter(from + by) && !is_letter(from + by - 1));
            let on = on.filter(|by| from + by <= held.start);
            match (is_letter(from), back, on) {
                (true, Some(by), _) => from -= by,
                (_, _, Some(by)) => from += by,
                _ => {}
            }
        }
        if self.ends_a_word && to > 0 {
            let on = (0..=TO_WORDS).find(|by| !is_letter(to + by));
            let on = on.filter(|by| to + by <= room.end);
            let back = (1..=TO_WORDS).find(|by| {
                to.checked_sub(by + 1).is_some_and(is_letter) && !is_letter(to.saturating_sub(*by))
            });
            let back = back.filter(|by| to.saturating_sub(*by) >= held.end);
            match (is_letter(to - 1), on, back) {
                (true, Some(by), _) => to += by,
                (_, _, Some(by)) => to -= by,
                _ => {}
            }
        }
        (from, to.max(from))
    }

    /// Whether an edge that was a word's is in the midst of one, and the passage has taken letters of
    /// another word: the nearest letter of its neighbour is not there, and either the passage has
    /// not its own word, or the word goes on with what stood further away. Where but the space
    /// between two words is lost, that letter is there.
    fn is_torn(
        &self,
        text: &[char],
        aligned: &Aligned,
        offset: usize,
        (from, to): (usize, usize),
    ) -> bool {
        let is_letter = |at: Option<usize>| {
            let c = at.and_then(|at| text.get(at));
            c.is_some_and(|c| c.is_alphanumeric())
        };
        let is_kept = |at: usize| aligned.unchanged().any(|(kept, _)| kept + offset == at);
        let part = |part: &Range<usize>| self.folded.chars().get(part.clone()).unwrap_or_default();
        let is_gone = |at: Option<usize>| at.is_some_and(|at| !aligned.is_whole(&(at..at + 1)));
        let is_word = |c: &&char| c.is_alphanumeric();
        let passage = part(&self.passage);
        let at_start = || {
            let neighbour = part(&self.before).iter().rposition(|c| c.is_alphanumeric());
            let word = passage.iter().take_while(is_word).count();
            let word = self.passage.start..self.passage.start + word;
            let next = from.checked_sub(1);
            is_letter(next)
                && is_letter(Some(from))
                && is_gone(neighbour)
                && (!aligned.is_whole(&word) || next.is_some_and(is_kept))
        };
        let at_end = || {
            let neighbour = part(&self.after).iter().position(|c| c.is_alphanumeric());
            let neighbour = neighbour.map(|at| self.after.start + at);
            let word = passage.iter().rev().take_while(is_word).count();
            let word = self.passage.end - word..self.passage.end;
            is_letter(to.checked_sub(1))
                && is_letter(Some(to))
                && is_gone(neighbour)
                && (!aligned.is_whole(&word) || is_kept(to))
        };
        (self.starts_a_word && at_start()) || (self.ends_a_word && at_end())
    }
}

/// The characters from `from` to `to`, and `more` of them on both sides.
fn around(chars: &[char], from: usize, to: usize, more: usize) -> Range<usize> {
    from.saturating_sub(more)..(to + more).min(chars.len())
}

/// The likeness of a side whose near part is `near` alike and whose rest is wholly so.
pub(super) fn mixed(near: f32, near_len: usize, len: usize) -> f32 {
    if len == 0 {
        return 1.0;
    }
    (near * near_len as f32 + (len - near_len.min(len)) as f32) / len as f32
}
