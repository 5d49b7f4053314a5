//! Which place is certain.
//!
//! A place is described by how much it keeps of what stood before the passage, of the passage, and
//! of what stood behind it. It is certain when it beats the runner-up in the new text, and when no
//! passage that stood elsewhere in the old text could read so by now: a sentence next to which one
//! was deleted gets a new neighbour, so on one side of it anything may be found as far as the edge
//! of its sentence.

use std::ops::Range;

use super::align::{Aligned, align};
use super::fold::Folded;
use super::seed::Grams;
use crate::model::annotation::{Quote, Rival};
use crate::model::span::Span;

/// A passage longer than this is found by its two ends, in characters.
const LONG: usize = 360;
/// How much of each end that is.
const PART: usize = 160;
/// The likeness of texts that have nothing to do with one another, about.
const CHANCE: f32 = 0.45;
/// By how much a side must be more alike than chance or a rival would be.
const MORE: f32 = 0.15;
/// The same where nothing is missing.
const LESS: f32 = 0.04;
/// The same for the passage.
const MORE_PASSAGE: f32 = 0.12;
/// The least lead over the runner-up.
const LEAD: f32 = 0.1;
/// The same where nothing is missing.
const LEAD_OF_PERFECT: f32 = 0.02;
/// The least likeness of a passage.
const LEAST: f32 = 0.75;
/// Candidates less alike than this are none.
const NO_CANDIDATE: f32 = 0.45;
/// What is no further away than this is next to a passage, in bytes.
const NEXT: usize = 8;
/// How far around a place the passage alone is looked for, in characters.
const AROUND: usize = 24;
/// How many candidates are shown.
const MOST_CANDIDATES: usize = 5;

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
    /// How alike: what is before, the passage, what is behind.
    parts: Parts,
    /// For each character of the passage as compared, the byte where it is now, and one more for
    /// the end; empty for a long passage.
    inside: Vec<usize>,
    /// Bytes of the passage at which those characters stood.
    stood: Vec<usize>,
}

impl Place {
    /// A place that the analyst says.
    pub(super) fn at(span: Span) -> Self {
        Self {
            span,
            score: 1.0,
            margin: 1.0,
            same_words: true,
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
struct Parts {
    before: f32,
    passage: f32,
    after: f32,
}

impl Parts {
    fn score(self) -> f32 {
        0.5 * self.passage + 0.25 * self.before + 0.25 * self.after
    }

    /// Whether nothing is missing.
    fn is_perfect(self) -> bool {
        self.before.min(self.passage).min(self.after) >= 1.0
    }

    /// Whether what has these parts could be what is described by `other`.
    fn may_be(self, other: Self) -> bool {
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
    most_before: f32,
    most_after: f32,
    /// How alike the passage is when its context has no say in where it lies.
    alone: f32,
}

impl Found {
    /// Whether it reads like the passage at `span`, and is another one.
    pub(super) fn is_rival_of(&self, span: Span) -> bool {
        !is_same(self.place.span, span) && self.alone >= 0.5
    }

    /// What it has in common with the passage at `span`.
    pub(super) fn as_rival(&self, span: Span) -> Rival {
        let mut parts = self.place.parts;
        // A sentence that begins (or ends) with the same words next to it: were one of the two
        // deleted, nobody could tell which.
        let place = self.place.span;
        if self.alone >= 0.9 && place.start.abs_diff(span.start) <= span.len() + NEXT {
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
fn is_same(a: Span, b: Span) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    common * 2 > a.len().min(b.len())
}

fn percent(part: f32) -> u8 {
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

/// A quote ready to be aligned.
struct Pattern {
    folded: Folded,
    before: Range<usize>,
    passage: Range<usize>,
    after: Range<usize>,
    /// How many characters next to the passage belong to its sentence.
    near_before: usize,
    near_after: usize,
    /// The byte at which the passage begins in `folded`.
    passage_byte: usize,
    starts_a_word: bool,
    ends_a_word: bool,
}

impl Pattern {
    fn new(before: &str, passage: &str, after: &str) -> Self {
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
        let begin = before_sentence(before);
        let near_end = passage_byte + passage.len() + after_sentence(after);
        let near_after = folded.index_of(near_end).max(end) - end;
        let near_before = start - folded.index_of(begin).min(start);
        Self {
            before: 0..start,
            passage: start..end,
            after: end..folded.chars().len(),
            near_before,
            near_after: if ends_sentence(passage) {
                0
            } else {
                near_after
            },
            passage_byte,
            starts_a_word: word(Some(start)) && !word(start.checked_sub(1)),
            ends_a_word: word(end.checked_sub(1)) && !word(Some(end)),
            folded,
        }
    }

    fn find(&self, text: &Folded, grams: &Grams) -> Vec<Found> {
        let quote = self.folded.chars();
        let mut found: Vec<Found> = grams
            .windows(quote, text.chars().len())
            .into_iter()
            .filter_map(|window| {
                let chars = text.chars().get(window.start..window.end)?;
                let aligned = align(quote, &self.passage, chars, window.shift)?;
                Some(self.describe(text, &aligned, window.start))
            })
            .collect();
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

    fn describe(&self, text: &Folded, aligned: &Aligned, offset: usize) -> Found {
        let parts = Parts {
            before: aligned.likeness(&self.before, false, true),
            passage: aligned.likeness(&self.passage, false, false),
            after: aligned.likeness(&self.after, true, false),
        };
        let near = self.before.end - self.near_before..self.before.end;
        let most_before = mixed(
            aligned.likeness(&near, false, true),
            near.len(),
            self.before.len(),
        );
        let near = self.after.start..self.after.start + self.near_after;
        let most_after = mixed(
            aligned.likeness(&near, true, false),
            near.len(),
            self.after.len(),
        );
        let place = aligned.place(&self.passage);
        let (from, to) = self.to_words(text.chars(), place.start + offset, place.end + offset);
        let (start, end) = text.bytes(from, to);
        let mut inside: Vec<usize> = self
            .passage
            .clone()
            .map(|at| text.start(aligned.boundary(at) + offset))
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
        let around = from.saturating_sub(AROUND)..(to + AROUND).min(text.chars().len());
        let passage = self.folded.chars().get(self.passage.clone());
        let alone = passage
            .zip(text.chars().get(around))
            .and_then(|(passage, around)| {
                let all = 0..passage.len();
                let anywhere = (-passage.len().cast_signed(), around.len().cast_signed());
                let aligned = align(passage, &all, around, anywhere)?;
                Some(aligned.likeness(&all, false, false))
            });
        Found {
            alone: alone.unwrap_or(0.0).max(parts.passage),
            most_before: most_before.max(parts.before),
            most_after: most_after.max(parts.after),
            place: Place {
                span: Span::new(start, end),
                score: parts.score(),
                margin: 0.0,
                same_words: aligned.has_its_words(&self.passage),
                parts,
                inside,
                stood,
            },
        }
    }

    /// A passage that began and ended with a word does so still: damage at its edge is not a
    /// letter of the next word.
    fn to_words(&self, text: &[char], mut from: usize, mut to: usize) -> (usize, usize) {
        let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric());
        if self.starts_a_word {
            let back = (0..=2_usize).find(|by| {
                from.checked_sub(by + 1)
                    .is_none_or(|before| !is_letter(before))
            });
            let on = (1..=2_usize).find(|by| is_letter(from + by) && !is_letter(from + by - 1));
            match (is_letter(from), back, on) {
                (true, Some(by), _) => from -= by,
                (_, _, Some(by)) => from += by,
                _ => {}
            }
        }
        if self.ends_a_word && to > 0 {
            let on = (0..=2_usize).find(|by| !is_letter(to + by));
            let back = (1..=2_usize).find(|by| {
                to.checked_sub(by + 1).is_some_and(is_letter) && !is_letter(to.saturating_sub(*by))
            });
            match (is_letter(to - 1), on, back) {
                (true, Some(by), _) => to += by,
                (_, _, Some(by)) => to -= by,
                _ => {}
            }
        }
        (from, to.max(from))
    }
}

/// The likeness of a side whose near part is `near` alike and whose rest is wholly so.
fn mixed(near: f32, near_len: usize, len: usize) -> f32 {
    if len == 0 {
        return 1.0;
    }
    (near * near_len as f32 + (len - near_len.min(len)) as f32) / len as f32
}

/// Whether a passage itself ends its sentence.
fn ends_sentence(passage: &str) -> bool {
    passage.trim_end().ends_with(['.', '!', '?', '…'])
}

const STOPS: [char; 5] = ['.', '!', '?', '…', '\n'];

/// The byte of `before` at which the sentence begins that goes on behind it.
fn before_sentence(before: &str) -> usize {
    let mut begin = 0;
    let mut stopped = false;
    for (at, c) in before.char_indices() {
        if c == '\n' || (stopped && c.is_whitespace()) {
            begin = at + c.len_utf8();
        }
        stopped = STOPS.contains(&c) || (stopped && matches!(c, '"' | '”' | '»' | ')' | '’'));
    }
    begin
}

/// The byte of `after` at which the sentence ends that began before it.
fn after_sentence(after: &str) -> usize {
    let mut stopped = false;
    for (at, c) in after.char_indices() {
        if c == '\n' || (stopped && c.is_whitespace()) {
            return at;
        }
        stopped = STOPS.contains(&c) || (stopped && matches!(c, '"' | '”' | '»' | ')' | '’'));
    }
    after.len()
}

/// All places that have something of the quote, the likeliest first.
pub(super) fn look(text: &Folded, grams: &Grams, quote: &Quote) -> Vec<Found> {
    if quote.exact.trim().is_empty() {
        return Vec::new();
    }
    if quote.exact.chars().count() <= LONG {
        return Pattern::new(&quote.prefix, &quote.exact, &quote.suffix).find(text, grams);
    }
    by_its_ends(text, grams, quote)
}

/// A long passage: its first and its last words with their context, about as far apart as before.
fn by_its_ends(text: &Folded, grams: &Grams, quote: &Quote) -> Vec<Found> {
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
    let heads = Pattern::new(&quote.prefix, head, &next).find(text, grams);
    let tails = Pattern::new(&before, tail, &quote.suffix).find(text, grams);
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

/// Whether a slightly damaged quote would be hard to tell from a rival.
pub(super) fn is_hard_to_tell(rival: Rival) -> bool {
    let damaged = Parts {
        before: 0.9,
        passage: 0.9,
        after: 0.9,
    };
    outcomes(rival).iter().any(|other| damaged.may_be(*other))
}

/// What a rival may look like by now: as it was, with one side as alike as it can get.
fn outcomes(rival: Rival) -> [Parts; 2] {
    let part = |percent: u8| f32::from(percent) / 100.0;
    let (before, after) = (part(rival.before), part(rival.after));
    [
        Parts {
            before: part(rival.most_before).max(before),
            passage: part(rival.passage),
            after: after.max(CHANCE),
        },
        Parts {
            before: before.max(CHANCE),
            passage: part(rival.passage),
            after: part(rival.most_after).max(after),
        },
    ]
}

/// What might be found of any quote in a text that never held it.
fn by_chance(quote: &Quote) -> Rival {
    let passage = match quote.exact.chars().count() {
        0..16 => 100,
        16..40 => 70,
        _ => 60,
    };
    let most = |near: usize, len: usize| percent(mixed(CHANCE, near, len));
    let begin = before_sentence(&quote.prefix);
    let count = |text: &str| text.chars().count();
    let near_before = count(quote.prefix.get(begin..).unwrap_or_default());
    let end = after_sentence(&quote.suffix);
    let near_after = if ends_sentence(&quote.exact) {
        0
    } else {
        count(quote.suffix.get(..end).unwrap_or_default())
    };
    Rival {
        before: percent(CHANCE),
        passage,
        after: percent(CHANCE),
        most_before: most(near_before, count(&quote.prefix)),
        most_after: most(near_after, count(&quote.suffix)),
    }
}

/// Of a quote that nobody knows the rivals of, take the worst.
const UNKNOWN: Rival = Rival {
    before: 60,
    passage: 100,
    after: 60,
    most_before: 100,
    most_after: 100,
};

/// See [`super::Target::anchor`].
pub(super) fn judge(
    text: &Folded,
    grams: &Grams,
    quote: &Quote,
    stood: Span,
) -> Result<Place, Vec<Place>> {
    let mut found: Vec<Place> = look(text, grams, quote)
        .into_iter()
        .map(|found| found.place)
        .filter(|place| place.score >= NO_CANDIDATE && place.parts.passage >= 0.5)
        .collect();
    found.sort_by(|a, b| {
        let away = |place: &Place| place.span.start.abs_diff(stood.start);
        b.score
            .total_cmp(&a.score)
            .then_with(|| away(a).cmp(&away(b)))
    });
    let second = found
        .get(1)
        .filter(|_| found.len() > 1)
        .map_or(0.0, |place| place.score);
    let next = found.first().map_or(0.0, |place| place.score);
    for (place, at) in found.iter_mut().zip(0..) {
        place.margin = place.score - if at == 0 { second } else { next };
    }
    if found.first().is_some_and(|best| is_certain(best, quote)) {
        return Ok(found.swap_remove(0));
    }
    found.truncate(MOST_CANDIDATES);
    Err(found)
}

fn is_certain(best: &Place, quote: &Quote) -> bool {
    let parts = best.parts;
    let len = quote.exact.chars().count() as f32;
    // Of a short passage one letter may be damaged; of three letters none.
    let one_edit = if len >= 4.0 { 1.0 - 1.0 / len } else { 1.0 };
    let least = LEAST.min(one_edit - 0.001);
    let least = if len < 4.0 { 0.999 } else { least };
    // Where words have changed, or of a long passage only the ends are known, one of the two may lie
    // in what is new: both sides must speak for it.
    let side = if quote.exact.chars().count() > LONG || !best.same_words {
        parts.before.min(parts.after)
    } else {
        parts.before.max(parts.after)
    };
    let lead = if parts.is_perfect() {
        LEAD_OF_PERFECT
    } else {
        LEAD
    };
    if parts.passage < least || best.margin < lead || (parts.passage < 1.0 && side < 0.65) {
        return false;
    }
    let rivals = [quote.rival.unwrap_or(UNKNOWN), by_chance(quote)];
    // What is said in several places needs more than half of one side.
    let is_common = rivals.iter().any(|rival| rival.passage >= 90);
    let (weak, strong) = (parts.before.min(parts.after), parts.before.max(parts.after));
    if is_common && weak < 0.6 && strong < 0.8 {
        return false;
    }
    rivals
        .into_iter()
        .flat_map(outcomes)
        .all(|other| !parts.may_be(other))
}
