//! A place where a quote may belong, and how much of the quote is there.

use crate::model::annotation::Rival;
use crate::model::span::Span;

/// The likeness of texts that have nothing to do with one another, about.
pub(super) const CHANCE: f32 = 0.45;
/// By how much a side must be more alike than chance or a rival would be.
pub(super) const MORE: f32 = 0.15;
/// The same where nothing is missing.
const LESS: f32 = 0.04;
/// The same for the passage.
const MORE_PASSAGE: f32 = 0.12;
/// The least likeness of a passage.
pub(super) const LEAST: f32 = 0.75;
/// A place at which less of the passage stands is neither a candidate nor a rival.
pub(super) const LEAST_OF_ANY: f32 = 0.5;
/// What is no further away than this is next to a passage, in bytes.
const NEXT: usize = 8;

/// A place where a quote may belong.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// How much of quote and context is there, from 0 to 1: the passage counts half.
    pub score: f32,
    /// By how much it is ahead of the runner-up.
    pub margin: f32,
    /// Whether the passage still has its words and numbers, damaged letters aside.
    pub same_words: bool,
    /// Whether it begins or ends in the midst of a word, with letters that may be its neighbour's.
    pub(super) is_torn: bool,
    /// How alike: what is before, the passage, what is behind.
    pub(super) parts: Parts,
    /// For each character of the passage as compared, the byte where it is now, and one more for
    /// the end; empty for a long passage.
    pub(super) inside: Vec<usize>,
    /// Bytes of the passage at which those characters stood.
    pub(super) stood: Vec<usize>,
}

impl Place {
    /// A place that the analyst says.
    pub(super) fn at(span: Span) -> Self {
        Self {
            span,
            score: 1.0,
            margin: 1.0,
            same_words: true,
            is_torn: false,
            parts: Parts {
                before: 1.0,
                passage: 1.0,
                after: 1.0,
            },
            inside: Vec::new(),
            stood: Vec::new(),
        }
    }

    /// Where a part of the passage is now: `from` and `to` are bytes of the passage as it was
    /// quoted. `None` for a passage that was found by its ends alone.
    #[must_use]
    pub fn part(&self, from: usize, to: usize) -> Option<Span> {
        let now = |byte: usize| {
            let at = self.stood.partition_point(|stood| *stood < byte);
            self.inside.get(at).copied()
        };
        let (start, end) = (now(from)?, now(to)?);
        // What is between the last letter and the next one is not part of it.
        (start < end).then(|| Span::new(start, end))
    }

    /// How alike, in percent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        percent(self.score)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parts {
    pub(super) before: f32,
    pub(super) passage: f32,
    pub(super) after: f32,
}

impl Parts {
    pub(super) fn score(self) -> f32 {
        0.5 * self.passage + 0.25 * self.before + 0.25 * self.after
    }

    /// Whether nothing is missing.
    pub(super) fn is_perfect(self) -> bool {
        self.before.min(self.passage).min(self.after) >= 1.0
    }

    /// Whether what has these parts could be what is described by `other`.
    pub(super) fn may_be(self, other: Self) -> bool {
        let is_whole = self.passage >= 1.0 && other.passage < 1.0;
        let more = if self.is_perfect() { LESS } else { MORE };
        self.before <= other.before + more
            && self.after <= other.after + more
            && !is_whole
            && self.passage <= other.passage + MORE_PASSAGE
    }
}

/// A place with all that is known of it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) place: Place,
    /// The most that each side may come to by a deletion next to the sentence.
    pub(super) most_before: f32,
    pub(super) most_after: f32,
    /// How alike the passage is when its context has no say in where it lies.
    pub(super) alone: f32,
}

impl Found {
    /// Whether it reads like the passage at `span`, and is another one.
    pub(super) fn is_rival_of(&self, span: Span) -> bool {
        !is_same(self.place.span, span) && self.alone >= LEAST_OF_ANY
    }

    /// What it has in common with the passage at `span`.
    pub(super) fn as_rival(&self, span: Span) -> Rival {
        let mut parts = self.place.parts;
        // A sentence that begins (or ends) with the same words next to it: were one of the two
        // deleted, nobody could tell which.
        let place = self.place.span;
        if self.alone >= LEAST && place.start.abs_diff(span.start) <= span.len() + NEXT {
            if place.start > span.start && self.most_before > 0.95 {
                parts.after = parts.after.max(0.85);
            } else if place.start < span.start && self.most_after > 0.95 {
                parts.before = parts.before.max(0.85);
            }
        }
        Rival {
            before: percent(parts.before),
            passage: percent(self.alone),
            after: percent(parts.after),
            most_before: percent(self.most_before),
            most_after: percent(self.most_after),
        }
    }
}

/// Whether two places are one: the edges of a damaged passage may be a few letters off.
pub(super) fn is_same(a: Span, b: Span) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    common * 2 > a.len().min(b.len())
}

pub(super) fn percent(part: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 100"
    )]
    {
        // Only what is whole is 100.
        (part.clamp(0.0, 1.0) * 100.0).floor() as u8
    }
}
