//! The alignment of a quote with a window of text that takes the fewest edits: dynamic programming
//! as in Sellers (1980), free to begin and end anywhere in the window.

use std::ops::Range;

/// What an edit costs in the context, and in the passage itself: of two alignments that are
/// equally good, the one that keeps the passage whole.
const IN_CONTEXT: u32 = 4;
const IN_PASSAGE: u32 = 5;

/// How a quote lies in a window.
#[derive(Debug)]
pub(super) struct Aligned {
    /// For each boundary between characters of the quote (one more than there are characters), the
    /// first and last place of the window that stands there: apart where the text has more.
    at: Vec<(usize, usize)>,
    /// For each character of the quote, what became of it.
    kept: Vec<Kept>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Same,
    /// Another character stands there.
    Other,
    /// Another digit for a digit: another number, not a damaged letter.
    OtherDigit,
    Gone,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Both,
    QuoteOnly,
    TextOnly,
}

/// Dearer than any alignment.
const NEVER: u32 = u32::MAX / 4;

/// Aligns `quote`, whose passage is at `passage`, with `window`. A character may stand further on
/// in the window than in the quote by no less and no more than `shift` says. `None` where either is
/// empty.
pub(super) fn align(
    quote: &[char],
    passage: &Range<usize>,
    window: &[char],
    shift: (isize, isize),
) -> Option<Aligned> {
    if quote.is_empty() || window.is_empty() {
        return None;
    }
    let width = window.len() + 1;
    // The columns of a row that are within the shift.
    let band = |row: usize| {
        let column = |by: isize| usize::try_from(row.cast_signed() + by).unwrap_or(0);
        // Where the text ends first, the rest of the quote is missing.
        column(shift.0).min(window.len())..(column(shift.1) + 1).min(width)
    };
    // Begin anywhere in the window at no cost.
    let mut above: Vec<u32> = vec![NEVER; width];
    above.get_mut(band(0)).unwrap_or_default().fill(0);
    let mut steps: Vec<Step> = vec![Step::QuoteOnly; width * quote.len()];
    for ((row, c), steps) in quote.iter().enumerate().zip(steps.chunks_exact_mut(width)) {
        let cost = if passage.contains(&row) {
            IN_PASSAGE
        } else {
            IN_CONTEXT
        };
        let columns = band(row + 1);
        let before = columns.start.checked_sub(1);
        let mut corner = before
            .and_then(|at| above.get(at).copied())
            .unwrap_or(NEVER);
        let mut left = NEVER;
        // What is left of the band can't be come from any more.
        if let Some(cell) = before.and_then(|at| above.get_mut(at)) {
            *cell = NEVER;
        }
        let cells = above.get_mut(columns.clone()).unwrap_or_default();
        let steps = steps.get_mut(columns.clone()).unwrap_or_default();
        for ((column, cell), to) in columns.zip(cells).zip(steps) {
            let t = column.checked_sub(1).and_then(|at| window.get(at));
            let both = corner.saturating_add(if t == Some(c) { 0 } else { cost });
            let quote_only = cell.saturating_add(cost);
            let text_only = left.saturating_add(cost);
            let (best, step) = if t.is_some() && both <= quote_only && both <= text_only {
                (both, Step::Both)
            } else if quote_only <= text_only {
                (quote_only, Step::QuoteOnly)
            } else {
                (text_only, Step::TextOnly)
            };
            corner = *cell;
            *cell = best;
            left = best;
            *to = step;
        }
    }
    // End anywhere: at the cheapest place, the first of several.
    let ends = above.iter().enumerate();
    let (end, cost) = ends.min_by_key(|(_, cost)| **cost)?;
    (*cost < NEVER).then(|| trace(quote, window, &steps, end))
}

fn trace(quote: &[char], window: &[char], steps: &[Step], end: usize) -> Aligned {
    let width = window.len() + 1;
    let mut at = vec![(end, end); quote.len() + 1];
    let mut kept = vec![Kept::Gone; quote.len()];
    let (mut row, mut column) = (quote.len(), end);
    while row > 0 {
        let step = steps.get((row - 1) * width + column).copied();
        match step.unwrap_or(Step::QuoteOnly) {
            Step::Both => {
                row -= 1;
                column = column.saturating_sub(1);
                if let (Some(to), Some(a), Some(b)) =
                    (kept.get_mut(row), quote.get(row), window.get(column))
                {
                    *to = match (a, b) {
                        (a, b) if a == b => Kept::Same,
                        (a, b) if a.is_numeric() && b.is_numeric() => Kept::OtherDigit,
                        _ => Kept::Other,
                    };
                }
                if let Some(place) = at.get_mut(row) {
                    *place = (column, column);
                }
            }
            Step::QuoteOnly => {
                row -= 1;
                if let Some(place) = at.get_mut(row) {
                    *place = (column, column);
                }
            }
            Step::TextOnly => {
                column = column.saturating_sub(1);
                if let Some(place) = at.get_mut(row) {
                    place.0 = column;
                }
            }
        }
    }
    Aligned { at, kept }
}

impl Aligned {
    /// Where a part of the quote lies in the window, without what stands before and after it.
    pub(super) fn place(&self, part: &Range<usize>) -> Range<usize> {
        let start = self.at.get(part.start).map_or(0, |(_, last)| *last);
        let end = self.at.get(part.end).map_or(0, |(first, _)| *first);
        start..end.max(start)
    }

    /// The place of the window at a boundary of the quote.
    pub(super) fn boundary(&self, at: usize) -> usize {
        self.at.get(at).map_or(0, |(_, last)| *last)
    }

    /// How much of a part is there unchanged: 1 less edits a character, from 0 to 1. What the text
    /// has more at the start or the end of the part counts where `with_start` or `with_end` say so.
    pub(super) fn likeness(&self, part: &Range<usize>, with_start: bool, with_end: bool) -> f32 {
        if part.is_empty() {
            return 1.0;
        }
        let kept = self.kept.get(part.clone()).unwrap_or_default();
        let edited = kept.iter().filter(|kept| **kept != Kept::Same).count();
        let first = part.start + usize::from(!with_start);
        let last = part.end + usize::from(with_end);
        let between = self.at.get(first..last.max(first)).unwrap_or_default();
        let more: usize = between.iter().map(|(first, last)| last - first).sum();
        1.0 - ((edited + more) as f32 / part.len() as f32).min(1.0)
    }

    /// Whether a part still has its words and numbers, damaged letters aside: no digit is another
    /// one, and nowhere three edits in a row.
    pub(super) fn has_its_words(&self, part: &Range<usize>) -> bool {
        let kept = self.kept.get(part.clone()).unwrap_or_default();
        let mut run = 0;
        for (place, kept) in (part.start..).zip(kept) {
            if place > part.start {
                let more = self.at.get(place).map_or(0, |(first, last)| last - first);
                run += more;
            }
            match kept {
                Kept::OtherDigit => return false,
                Kept::Same if run < 3 => run = 0,
                Kept::Other | Kept::Gone => run += 1,
                Kept::Same => {}
            }
            if run >= 3 {
                return false;
            }
        }
        true
    }
}
