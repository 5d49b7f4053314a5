//! The alignment of a quote with a window of text that takes the fewest edits: dynamic programming
//! as in Sellers (1980), free to begin and end anywhere in the window.

use std::ops::Range;

/// What an edit costs in the context, and in the passage itself: of two alignments that are
/// equally good, the one that keeps the passage whole.
const IN_CONTEXT: i16 = 4;
const IN_PASSAGE: i16 = 5;

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

impl Kept {
    fn of(was: char, is: char) -> Self {
        match (was, is) {
            (was, is) if was == is => Self::Same,
            (was, is) if was.is_numeric() && is.is_numeric() => Self::OtherDigit,
            _ => Self::Other,
        }
    }
}

/// No cell costs more, so that a sum does not overflow: what could is longer than any quote of ours.
const NEVER: i16 = i16::MAX / 2;

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
    let costs = Costs::of(quote, passage, window, shift);
    let end = costs.cheapest_end()?;
    Some(costs.trace(quote, passage, window, end))
}

fn cost_of(row: usize, passage: &Range<usize>) -> i16 {
    if passage.contains(&row) {
        IN_PASSAGE
    } else {
        IN_CONTEXT
    }
}

/// What it costs at the least to bring the first characters of the quote to each place of the
/// window: a row for each number of characters, a cell for each place within the shift.
struct Costs {
    /// Row by row, with a cell that is never come to before and after those of each.
    cells: Vec<i16>,
    /// Cells of a row in `cells`.
    stride: usize,
    rows: usize,
    /// The columns that there could be, one more than there are characters in the window.
    width: usize,
    shift: (isize, isize),
}

impl Costs {
    fn of(quote: &[char], passage: &Range<usize>, window: &[char], shift: (isize, isize)) -> Self {
        let width = window.len() + 1;
        let band = usize::try_from(shift.1 - shift.0).unwrap_or(0) + 1;
        let stride = band.min(width) + 2;
        let mut costs = Self {
            cells: vec![NEVER; (quote.len() + 1) * stride],
            stride,
            rows: quote.len(),
            width,
            shift,
        };
        // Begin anywhere in the window at no cost.
        let first = costs.columns(0).len();
        costs.cells.get_mut(1..=first).unwrap_or_default().fill(0);
        // The character before each column; there is none before the first, which is not come to
        // that way.
        let text: Vec<char> = std::iter::once('\0')
            .chain(window.iter().copied())
            .collect();
        for (row, c) in quote.iter().enumerate() {
            costs.fill(row + 1, *c, cost_of(row, passage), &text);
        }
        costs
    }

    /// The columns of a row that are within the shift.
    fn columns(&self, row: usize) -> Range<usize> {
        let column = |by: isize| usize::try_from(row.cast_signed() + by).unwrap_or(0);
        // Where the text ends first, the rest of the quote is missing.
        column(self.shift.0).min(self.width - 1)..(column(self.shift.1) + 1).min(self.width)
    }

    /// Fills a row from the one above it. Two loops, so that the compiler can make the first one,
    /// in which no cell waits for its neighbour, one of vectors.
    fn fill(&mut self, row: usize, c: char, cost: i16, text: &[char]) {
        let columns = self.columns(row);
        let on = columns.start - self.columns(row - 1).start;
        let (above, below) = self.cells.split_at_mut(row * self.stride);
        let above = above
            .get((row - 1) * self.stride + on..)
            .unwrap_or_default();
        let below = below.get_mut(1..=columns.len()).unwrap_or_default();
        let text = text.get(columns).unwrap_or_default();
        let above = above.iter().zip(above.iter().skip(1));
        for ((cell, t), (corner, up)) in below.iter_mut().zip(text).zip(above) {
            let both = corner + if *t == c { 0 } else { cost };
            *cell = both.min(up + cost).min(NEVER);
        }
        let mut left = NEVER;
        for cell in below {
            left = (left + cost).min(*cell);
            *cell = left;
        }
    }

    fn at(&self, row: usize, column: usize) -> i16 {
        let place = (column + 1).checked_sub(self.columns(row).start);
        let place = place.filter(|place| *place < self.stride);
        let cost = place.and_then(|place| self.cells.get(row * self.stride + place));
        cost.copied().unwrap_or(NEVER)
    }

    /// The column at which the whole quote is brought to for least, the first of several.
    fn cheapest_end(&self) -> Option<usize> {
        let ends = self
            .columns(self.rows)
            .map(|column| (column, self.at(self.rows, column)));
        let (end, cost) = ends.min_by_key(|(_, cost)| *cost)?;
        (cost < NEVER).then_some(end)
    }

    /// The way to `end`, backwards: where several are equally cheap, a character for a character.
    fn trace(
        &self,
        quote: &[char],
        passage: &Range<usize>,
        window: &[char],
        end: usize,
    ) -> Aligned {
        let mut at = vec![(end, end); quote.len() + 1];
        let mut kept = vec![Kept::Gone; quote.len()];
        let mut column = end;
        let lines = quote.iter().zip(&mut kept).enumerate();
        for ((row, (c, kept)), below) in lines.zip(at.iter_mut().skip(1)).rev() {
            let cost = cost_of(row, passage);
            below.1 = column;
            loop {
                below.0 = column;
                let best = self.at(row + 1, column);
                let before = column.checked_sub(1);
                let t = before.and_then(|at| window.get(at));
                let (Some(before), Some(t)) = (before, t) else {
                    break;
                };
                let edit = if t == c { 0 } else { cost };
                if self.at(row, before) + edit == best {
                    *kept = Kept::of(*c, *t);
                    column = before;
                    break;
                }
                if self.at(row, column) + cost == best {
                    break;
                }
                // The text has one more here.
                column = before;
            }
        }
        if let Some(first) = at.first_mut() {
            *first = (column, column);
        }
        Aligned { at, kept }
    }
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

    /// For each place of the window at which a character of the quote stands unchanged, that
    /// character.
    pub(super) fn unchanged(&self) -> impl Iterator<Item = (usize, usize)> {
        let places = self.at.iter().zip(&self.kept).zip(0..);
        places.filter_map(|(((_, last), kept), of)| (*kept == Kept::Same).then_some((*last, of)))
    }

    /// Whether each character of a part stands there, side by side.
    pub(super) fn is_whole(&self, part: &Range<usize>) -> bool {
        self.likeness(part, false, false) >= 1.0
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
