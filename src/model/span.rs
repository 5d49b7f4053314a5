//! Ranges of an article's text, in bytes; code points only at the borders that ask for them.

use std::ops::Range;

/// A half-open range of bytes of an article's decoded text.
///
/// Both ends lie on `char` boundaries of the text that the span was made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; the two are put in order if they are not.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        if start <= end {
            Self { start, end }
        } else {
            Self {
                start: end,
                end: start,
            }
        }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside this span.
    #[must_use]
    pub const fn contains_offset(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The text of the span, or `None` where it does not fit `text` (out of range, or inside a
    /// character).
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The span moved inside `text` and outwards to `char` boundaries.
    #[must_use]
    pub fn clamped_to(self, text: &str) -> Self {
        let mut start = self.start.min(text.len());
        let mut end = self.end.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Self { start, end }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// An offset in Unicode code points, as other programs count (JSON output, REFI-QDA).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePoint(pub usize);

/// Translates byte offsets of one text into code points in O(log n) after one pass over it.
#[derive(Debug)]
pub struct CodePointIndex<'a> {
    text: &'a str,
    /// Code points before byte `i * STEP` (rounded down to a boundary).
    marks: Vec<usize>,
}

impl<'a> CodePointIndex<'a> {
    const STEP: usize = 256;

    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i.is_multiple_of(Self::STEP) {
                marks.push(count);
            }
            // Every byte but a continuation byte starts a code point.
            if byte & 0xC0 != 0x80 {
                count += 1;
            }
        }
        if text.len().is_multiple_of(Self::STEP) {
            marks.push(count);
        }
        Self { text, marks }
    }

    /// The number of code points before byte `offset`; offsets past the end count as the end.
    #[must_use]
    pub fn at(&self, offset: usize) -> CodePoint {
        let offset = offset.min(self.text.len());
        let mark = offset / Self::STEP;
        let base = self.marks.get(mark).copied().unwrap_or(0);
        let rest = self
            .text
            .as_bytes()
            .get(mark * Self::STEP..offset)
            .unwrap_or(&[]);
        CodePoint(base + rest.iter().filter(|b| **b & 0xC0 != 0x80).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_chars(text in "\\PC{0,600}", at in 0usize..2000) {
            let index = CodePointIndex::new(&text);
            let span = Span::new(0, at).clamped_to(&text);
            prop_assert_eq!(index.at(span.end).0, text[..span.end].chars().count());
        }
    }

    #[test]
    fn clamping_moves_outwards_to_boundaries() {
        let text = "аб";
        assert_eq!(Span::new(1, 3).clamped_to(text), Span::new(0, 4));
        assert_eq!(Span::new(3, 99).clamped_to(text), Span::new(2, 4));
    }
}
