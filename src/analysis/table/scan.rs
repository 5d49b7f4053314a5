//! The articles of a part that are wanted, one after the other.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::columns::short;
use super::rows::{GONE, Slot};

const BITS: usize = usize::BITS as usize;

/// Places in a part with their rows. Where the rows of a part follow one another, it costs what is
/// wanted of them, not what there is.
pub(crate) enum Scan<'a> {
    /// Place by place.
    Places(Range<usize>, &'a Slot, Filter<'a>),
    /// By the bits of the rows that are wanted.
    Bits(Bits<'a>),
}

/// Which rows count.
#[derive(Clone, Copy)]
pub(crate) struct Filter<'a> {
    /// Rows of which another part knows better.
    pub(super) moved: Option<&'a FixedBitSet>,
    /// Those asked for; `None` for all.
    pub(super) wanted: Option<&'a FixedBitSet>,
}

impl Filter<'_> {
    fn takes(&self, row: u32) -> bool {
        let in_set = |rows: &FixedBitSet| rows.contains(row as usize);
        row != GONE && !self.moved.is_some_and(in_set) && self.wanted.is_none_or(in_set)
    }
}

/// The bits of a set from one row on to another.
pub(crate) struct Bits<'a> {
    wanted: &'a [usize],
    moved: &'a [usize],
    /// The rows of the part.
    rows: Range<usize>,
    /// The block that is looked at, and what is left of it.
    block: usize,
    left: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(slot: &'a Slot, filter: Filter<'a>) -> Self {
        let len = slot.part.len();
        let (Some(first), Some(wanted)) = (slot.first_row(), filter.wanted) else {
            return Self::Places(0..len, slot, filter);
        };
        let first = first as usize;
        let mut bits = Bits {
            wanted: wanted.as_slice(),
            moved: filter.moved.map_or(&[], FixedBitSet::as_slice),
            rows: first..first + len,
            block: first / BITS,
            left: 0,
        };
        bits.left = bits.at(bits.block).unwrap_or(0) & (usize::MAX << (first % BITS));
        Self::Bits(bits)
    }
}

impl Bits<'_> {
    fn at(&self, block: usize) -> Option<usize> {
        let moved = self.moved.get(block).copied().unwrap_or(0);
        Some(self.wanted.get(block)? & !moved)
    }
}

impl Iterator for Bits<'_> {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<(usize, u32)> {
        while self.left == 0 {
            self.block += 1;
            if self.block * BITS >= self.rows.end {
                return None;
            }
            self.left = self.at(self.block)?;
        }
        let row = self.block * BITS + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        self.rows
            .contains(&row)
            .then(|| (row - self.rows.start, short(row)))
    }
}

impl Iterator for Scan<'_> {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<(usize, u32)> {
        match self {
            Self::Places(places, slot, filter) => places
                .map(|at| (at, slot.row(at)))
                .find(|(_, row)| filter.takes(*row)),
            Self::Bits(bits) => bits.next(),
        }
    }
}
