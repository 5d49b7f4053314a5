//! Which place is certain.
//!
//! A place is described by how much it keeps of what stood before the passage, of the passage, and
//! of what stood behind it. It is certain when it beats the runner-up in the new text, and when no
//! passage that stood elsewhere in the old text could read so by now: a sentence next to which one
//! was deleted gets a new neighbour, so on one side of it anything may be found as far as the edge
//! of its sentence.

use super::distance::Passage;
use super::fold::Folded;
use super::look::{LONG, Look, Text, look};
use super::pattern::mixed;
use super::place::{CHANCE, LEAST, LEAST_OF_ANY, MORE, Parts, Place, percent};
use super::sentence::{after_sentence, before_sentence, count_after, count_before};
use crate::model::annotation::{Quote, Rival};
use crate::model::span::Span;

/// How many candidates are shown.
pub(super) const MOST_CANDIDATES: usize = 5;
/// The least lead over the runner-up.
const LEAD: f32 = 0.1;
/// The same where nothing is missing.
const LEAD_OF_PERFECT: f32 = 0.02;
/// Candidates less alike than this are none.
const NO_CANDIDATE: f32 = 0.45;
/// How many characters a phrase has at the least that is more than a name or a year.
const PHRASE: usize = 12;
/// How many characters of two sentences are needed to call them alike, and how alike they are then.
/// Two sentences may well end with the same two or three words.
const TELLING: usize = 8;
const ALIKE: f32 = 0.9;

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
    let near_before = count_before(&quote.prefix);
    let near_after = count_after(&quote.exact, &quote.suffix);
    let count = |text: &str| text.chars().count();
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
pub(super) fn judge(text: &Text<'_>, quote: &Quote, stood: Span) -> Result<Place, Vec<Place>> {
    let mut found: Vec<Place> = look(text, quote, Look::Places)
        .into_iter()
        .map(|found| found.place)
        .filter(|place| place.score >= NO_CANDIDATE && place.parts.passage >= LEAST_OF_ANY)
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
    if best.is_torn {
        return false;
    }
    let (at_start, at_end) = stutters(quote);
    let is_chance = |side: f32| side <= CHANCE + MORE;
    if (at_start && is_chance(parts.before)) || (at_end && is_chance(parts.after)) {
        return false;
    }
    let rivals = [quote.rival.unwrap_or(UNKNOWN), by_chance(quote)];
    // Words that were said once are themselves where one side of them is as it was, unless they are
    // few enough for the next sentence to begin with them, too.
    let is_once = quote.rival.is_some_and(|rival| rival.passage < 80);
    let words = quote.exact.split_whitespace().count();
    let is_phrase = words >= 2 && quote.exact.chars().count() >= PHRASE;
    if is_once && is_phrase && parts.passage >= 1.0 && parts.before.max(parts.after) >= 0.9 {
        return true;
    }
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

/// Whether what stands before a passage ends like its first sentence, and what stands behind it
/// begins like its last one: were one of the two deleted, nobody could tell which.
fn stutters(quote: &Quote) -> (bool, bool) {
    let fold = |text: &str| Folded::of_piece(text.trim(), false, false);
    let (prefix, suffix) = (fold(&quote.prefix), fold(&quote.suffix));
    let (prefix, suffix) = (prefix.chars(), suffix.chars());
    let exact = quote.exact.as_str();
    let first = fold(exact.get(..after_sentence(exact)).unwrap_or_default());
    let last = fold(exact.get(before_sentence(exact)..).unwrap_or_default());
    let is_alike =
        |a: &[char], b: &[char]| a.len() >= TELLING && Passage::new(a).likeness(b) >= ALIKE;
    let ends = |text: &[char], len: usize| text.len().saturating_sub(len);
    let len = first.chars().len().min(prefix.len());
    let before = prefix.get(ends(prefix, len)..).unwrap_or_default();
    let first = first
        .chars()
        .get(ends(first.chars(), len)..)
        .unwrap_or_default();
    let len = last.chars().len().min(suffix.len());
    let after = suffix.get(..len).unwrap_or_default();
    let last = last.chars().get(..len).unwrap_or_default();
    (is_alike(first, before), is_alike(last, after))
}
