//! How few edits turn a passage into what stands somewhere in a stretch of text.
//!
//! The same least as an alignment of the passage with the stretch would find, free to begin and end
//! anywhere, without saying where: 64 characters of the passage at a time, each a bit of a word
//! (Myers 1999, in blocks as in Hyyrö 2003). It costs a fiftieth of an alignment, so that most
//! stretches need none.

/// How many characters are looked up in a table: Latin, Greek, Cyrillic and others of two bytes.
const COMMON: usize = 0x800;

/// A passage, ready to be held against many stretches of text.
#[derive(Debug)]
pub(super) struct Passage {
    len: usize,
    /// The characters of the passage, sorted, each once.
    letters: Vec<char>,
    /// For each of the first [`COMMON`] characters of Unicode one more than its place in `letters`;
    /// 0 where it is none of them.
    common: Vec<u16>,
    /// For each of `letters`, the places of the passage where it stands: one bit a place, in as
    /// many words as there are blocks.
    places: Vec<u64>,
    blocks: usize,
}

/// 64 rows of a column of distances, by how each differs from the one above it.
#[derive(Debug, Clone, Copy)]
struct Block {
    more: u64,
    less: u64,
}

/// What a block hands on to the one below it: how its last row differs from that of the column
/// before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carry {
    Less,
    Same,
    More,
}

impl Passage {
    pub(super) fn new(passage: &[char]) -> Self {
        let mut letters = passage.to_vec();
        letters.sort_unstable();
        letters.dedup();
        let mut common = vec![0; COMMON];
        for (c, number) in letters.iter().zip(1..) {
            // They are sorted, so those of the table come first.
            let Some(slot) = common.get_mut(*c as usize) else {
                break;
            };
            *slot = number;
        }
        let blocks = passage.len().div_ceil(64);
        let mut places = vec![0; letters.len() * blocks];
        for (at, c) in passage.iter().enumerate() {
            let letter = letters.binary_search(c).unwrap_or_default();
            if let Some(word) = places.get_mut(letter * blocks + at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        Self {
            len: passage.len(),
            letters,
            common,
            places,
            blocks,
        }
    }

    /// How alike the passage and the nearest piece of `text` are: 1 less edits a character of the
    /// passage, from 0 to 1.
    pub(super) fn likeness(&self, text: &[char]) -> f32 {
        if self.len == 0 {
            return 1.0;
        }
        1.0 - (self.fewest(text) as f32 / self.len as f32).min(1.0)
    }

    /// The fewest edits (a character more, less or other) between the passage and a piece of `text`.
    fn fewest(&self, text: &[char]) -> usize {
        let mut column = vec![
            Block {
                more: u64::MAX,
                less: 0,
            };
            self.blocks
        ];
        let nowhere = vec![0; self.blocks];
        let last_row = 1_u64 << (self.len.wrapping_sub(1) % 64);
        let mut edits = self.len;
        let mut fewest = edits;
        for c in text {
            let places = self.places_of(*c).unwrap_or(&nowhere);
            let mut carry = Carry::Same;
            let mut left = self.blocks;
            for (block, places) in column.iter_mut().zip(places) {
                left -= 1;
                let bottom = if left == 0 { last_row } else { 1 << 63 };
                carry = block.step(*places, carry, bottom);
            }
            match carry {
                Carry::Less => edits -= 1,
                Carry::Same => {}
                Carry::More => edits += 1,
            }
            fewest = fewest.min(edits);
        }
        fewest
    }

    fn places_of(&self, c: char) -> Option<&[u64]> {
        let letter = match self.common.get(c as usize) {
            Some(number) => usize::from(*number).checked_sub(1)?,
            None => self.letters.binary_search(&c).ok()?,
        };
        self.places
            .get(letter * self.blocks..(letter + 1) * self.blocks)
    }
}

impl Block {
    /// Goes on by a character of the text that stands at `places` of the block, whose last row is
    /// the bit `bottom`.
    fn step(&mut self, mut places: u64, above: Carry, bottom: u64) -> Carry {
        let down = places | self.less;
        if above == Carry::Less {
            places |= 1;
        }
        let across = (((places & self.more).wrapping_add(self.more)) ^ self.more) | places;
        let mut more = self.less | !(across | self.more);
        let mut less = self.more & across;
        let below = match (more & bottom != 0, less & bottom != 0) {
            (true, _) => Carry::More,
            (_, true) => Carry::Less,
            _ => Carry::Same,
        };
        more = (more << 1) | u64::from(above == Carry::More);
        less = (less << 1) | u64::from(above == Carry::Less);
        self.more = less | !(down | more);
        self.less = more & down;
        below
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the book (Sellers 1980): a row of distances a character of the passage.
    fn fewest(passage: &[char], text: &[char]) -> usize {
        let mut row = vec![0; text.len() + 1];
        for (at, c) in passage.iter().enumerate() {
            let mut corner = std::mem::replace(&mut row[0], at + 1);
            for (column, t) in text.iter().enumerate() {
                let both = corner + usize::from(t != c);
                corner = row[column + 1];
                row[column + 1] = both.min(corner + 1).min(row[column] + 1);
            }
        }
        row.into_iter().min().unwrap()
    }

    fn text(len: std::ops::Range<usize>) -> impl Strategy<Value = Vec<char>> {
        let letters = prop::sample::select(vec!['a', 'b', 'ж', ' ']);
        prop::collection::vec(letters, len)
    }

    proptest! {
        #[test]
        fn it_is_the_distance_by_the_book(passage in text(0..200), text in text(0..260)) {
            prop_assert_eq!(Passage::new(&passage).fewest(&text), fewest(&passage, &text));
        }

        #[test]
        fn damage_costs_what_it_took(
            passage in text(1..300),
            before in text(0..80),
            gone in prop::collection::btree_set(0_usize..300, 0..9),
        ) {
            let mut now = before;
            let kept = passage.iter().enumerate().filter(|(at, _)| !gone.contains(at));
            now.extend(kept.map(|(_, c)| *c));
            let lost = gone.iter().filter(|at| **at < passage.len()).count();
            let found = Passage::new(&passage).fewest(&now);
            prop_assert!(found <= lost);
            prop_assert_eq!(found, fewest(&passage, &now));
        }
    }

    #[test]
    fn likeness_is_a_share_of_the_passage() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let percent = |a: &str, b: &str| {
            crate::anchor::place::percent(Passage::new(&chars(a)).likeness(&chars(b)))
        };
        assert_eq!(percent("Минск", "в Минске"), 100);
        assert_eq!(percent("abcd", "xxabxdxx"), 75);
        assert_eq!(percent("abcd", ""), 0);
        assert_eq!(percent("", "abc"), 100);
    }
}
