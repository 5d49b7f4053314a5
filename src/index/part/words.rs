//! The words of a part while it is written: each has a number, and most of a text is words that
//! were met before, so that a word costs one look-up, and that one place in memory.

use std::cell::RefCell;
use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::keys_of;
use crate::index::analyzer::{MAX_BYTES, plain_into};
use crate::model::span::Span;

thread_local! {
    /// Hashes of words of which `forms` has nothing to tell, most of them, in any part.
    static TELL_NOTHING: RefCell<FxHashSet<u64>> = RefCell::default();
}

/// So many of them are kept a thread, 18 bytes each.
const KEPT: usize = 1 << 20;

/// Every plain form of a part, with its number: they are counted as they are met.
pub(super) struct Words {
    /// Short words met of late, each in the place that its hash gives: they are most of a text and
    /// stay in the processor's cache.
    recent: Box<[(Short, u32)]>,
    /// The numbers of words as they are written: those of their plain forms.
    as_written: Numbers,
    numbers: Numbers,
    plain: Plain,
    /// Hashes of the words that `forms` has been told of. Two words of one hash, once in billions:
    /// the second may not be found by its stem.
    met: FxHashSet<u64>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            recent: vec![Default::default(); Self::RECENT].into(),
            as_written: Numbers::default(),
            numbers: Numbers::default(),
            plain: Plain::default(),
            met: FxHashSet::default(),
        }
    }
}

impl Words {
    /// A quarter of a megabyte; a power of two.
    const RECENT: usize = 1 << 13;

    /// The number of the plain form of a word of `text`. What `forms` has to tell of one that is
    /// new is handed to `tell`.
    pub(super) fn number(&mut self, text: &str, word: Span, tell: &mut impl FnMut(String)) -> u32 {
        let Some(short) = Short::of(text, word) else {
            return self.look_up(None, word.of(text).unwrap_or_default(), tell);
        };
        let place = short.place(Self::RECENT);
        if let Some((recent, number)) = self.recent.get(place)
            && *recent == short
        {
            return *number;
        }
        let number = self.look_up(Some(short), word.of(text).unwrap_or_default(), tell);
        if let Some(recent) = self.recent.get_mut(place) {
            *recent = (short, number);
        }
        number
    }

    fn look_up(&mut self, short: Option<Short>, word: &str, tell: &mut impl FnMut(String)) -> u32 {
        if let Some(number) = self.as_written.get(short, word) {
            return number;
        }
        let number = self.meet(word, tell);
        // A longer one is no word that comes again.
        if word.len() <= MAX_BYTES {
            self.as_written.insert(short, word, number);
        }
        number
    }

    fn meet(&mut self, word: &str, tell: &mut impl FnMut(String)) -> u32 {
        let start = self.plain.letters.len();
        let tells_all = plain_into(word, &mut self.plain.letters);
        let plain = self.plain.letters.get(start..).unwrap_or_default();
        let known_by = if tells_all { plain } else { word };
        let hash = FxBuildHasher.hash_one(known_by);
        // Stemming a word costs twenty times what looking it up does, and half of the words of a
        // corpus come once.
        if self.met.insert(hash) && !TELL_NOTHING.with_borrow(|known| known.contains(&hash)) {
            let keys = keys_of(known_by);
            if keys.is_empty() {
                TELL_NOTHING.with_borrow_mut(|known| {
                    if known.len() >= KEPT {
                        known.clear();
                    }
                    known.insert(hash);
                });
            }
            keys.into_iter().for_each(tell);
        }
        let short = Short::of(plain, Span::new(0, plain.len()));
        if let Some(number) = self.numbers.get(short, plain) {
            self.plain.letters.truncate(start);
            return number;
        }
        let number = u32::try_from(self.plain.ends.len()).unwrap_or(u32::MAX);
        self.numbers.insert(short, plain, number);
        self.plain.ends.push(self.plain.letters.len());
        number
    }

    /// The plain forms, when all are there.
    pub(super) fn finish(self) -> Plain {
        self.plain
    }
}

/// Plain forms by number.
#[derive(Default)]
pub(super) struct Plain {
    /// One behind the other.
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Plain {
    /// All in the order of their bytes, with their numbers.
    pub(super) fn sorted(&self) -> Vec<(&str, u32)> {
        let mut start = 0;
        let words = self.ends.iter().map(|end| {
            let word = self.letters.get(start..*end).unwrap_or_default();
            start = *end;
            word
        });
        let mut sorted: Vec<_> = words.zip(0..).map(|word| (first(word.0), word)).collect();
        // Nearly all are told apart by how they begin, so that few are compared where they lie.
        sorted.sort_unstable_by(|(first, (word, _)), (other_first, (other, _))| {
            first.cmp(other_first).then_with(|| word.cmp(other))
        });
        sorted.into_iter().map(|(_, word)| word).collect()
    }
}

/// The first bytes of a word as a number: what is less here is less as a word.
fn first(word: &str) -> u128 {
    let mut first = [0; 16];
    for (place, byte) in first.iter_mut().zip(word.bytes()) {
        *place = byte;
    }
    u128::from_be_bytes(first)
}

/// Numbers by word.
#[derive(Default)]
struct Numbers {
    short: FxHashMap<Short, u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Numbers {
    fn get(&self, short: Option<Short>, word: &str) -> Option<u32> {
        match short {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(word).copied(),
        }
    }

    fn insert(&mut self, short: Option<Short>, word: &str, number: u32) {
        match short {
            Some(short) => self.short.insert(short, number),
            None => self.long.insert(word.into(), number),
        };
    }
}

/// A word of at most 24 bytes, most words: a table that holds the letters themselves finds one with
/// one access where it would take three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Short(u64, u64, u64);

impl Short {
    const BYTES: usize = 24;

    /// `None`: the word is longer. Shorter ones are filled up with zeros, which no word holds.
    fn of(text: &str, word: Span) -> Option<Self> {
        let len = word.len();
        if len > Self::BYTES {
            return None;
        }
        let after = text.as_bytes().get(word.start..)?;
        let bytes = if let Some(bytes) = after.first_chunk::<{ Self::BYTES }>() {
            *bytes
        } else {
            let mut bytes = [0; Self::BYTES];
            let known = bytes.iter_mut().zip(after);
            known.for_each(|(to, byte)| *to = *byte);
            bytes
        };
        let (eights, _) = bytes.as_chunks::<8>();
        let [a, b, c] = [0, 1, 2].map(|at| {
            let eight = u64::from_le_bytes(eights.get(at).copied().unwrap_or_default());
            // What follows the word is left out.
            match len.saturating_sub(at * 8) {
                0 => 0,
                left @ 1..8 => eight & ((1 << (left * 8)) - 1),
                _ => eight,
            }
        });
        Some(Self(a, b, c))
    }

    /// One of so many places, a power of two.
    fn place(self, places: usize) -> usize {
        // The hash is turned such that its lower bits are the best mixed ones.
        #[expect(clippy::cast_possible_truncation, reason = "the lower bits are meant")]
        let hash = FxBuildHasher.hash_one(self) as usize;
        hash & (places - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_a_number_each_by_their_plain_form() {
        let text = "Порт порт порты harbour Harbour harbours a ab abcdefghijklmnopqrstuvwxyz \
                    abcdefghijklmnopqrstuvwxyzz abcdefghijklmnopqrstuvwx";
        let mut words = Words::default();
        let mut told = Vec::new();
        let numbers: Vec<u32> = crate::index::analyzer::words(text)
            .map(|word| words.number(text, word, &mut |key| told.push(key)))
            .collect();
        assert_eq!(numbers, [0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8]);
        let plain = words.finish();
        let sorted: Vec<&str> = plain.sorted().into_iter().map(|(word, _)| word).collect();
        assert!(sorted.is_sorted() && sorted.len() == 9);
        assert!(sorted.contains(&"abcdefghijklmnopqrstuvwxyz"));
    }

    #[test]
    fn a_short_word_is_its_letters_whatever_follows() {
        let text = "порт, портовый порт";
        let of = |start, end| Short::of(text, Span::new(start, end));
        assert_eq!(of(0, 8), of(text.len() - 8, text.len()));
        assert_ne!(of(0, 8), of(10, 26));
        assert_ne!(of(0, 8), of(0, 6));
        assert_eq!(of(0, 26), None);
    }
}
