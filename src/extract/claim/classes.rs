//! Classes of words, and which of them the words of a sentence are in.
//!
//! Budget: each word is looked up once; afterwards its few classes are at hand.

use rustc_hash::FxHashMap;

use super::super::lexicon::list::Sieve;
use super::super::lexicon::words::Token;
use super::super::steps;

/// The number of a class.
pub(super) type Class = u16;

/// Words, and beginnings of words, with the classes that they are in.
#[derive(Debug, Default)]
pub(super) struct Classes {
    len: Class,
    words: FxHashMap<Box<str>, Known>,
    /// Tells most words that are in no class without looking them up.
    may_be_word: Sieve<1024>,
    /// Beginnings with their class, by their first letters.
    stems: FxHashMap<Box<str>, Vec<(Box<str>, Class)>>,
    may_begin: Sieve<64>,
    /// A bit for each number of letters that a beginning is known by: most by [`LETTERS`].
    lengths: u8,
    /// Whether words in Latin letters have beginnings.
    has_latin_stems: bool,
}

/// The classes of a word: each once, and as bits.
#[derive(Debug, Default)]
struct Known {
    classes: Vec<Class>,
    bits: Vec<u64>,
}

impl Known {
    fn add(&mut self, class: Class) {
        if has_bit(&self.bits, class) {
            return;
        }
        let at = usize::from(class / 64);
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= 1 << (class % 64);
        }
        self.classes.push(class);
    }
}

fn has_bit(bits: &[u64], class: Class) -> bool {
    bits.get(usize::from(class / 64))
        .is_some_and(|bits| bits >> (class % 64) & 1 == 1)
}

/// How many letters the index of beginnings looks at.
const LETTERS: usize = 4;

/// The letters of `word` that the index looks at, and each shorter beginning, with its length as
/// a bit.
fn starts(word: &str) -> impl Iterator<Item = (u8, &str)> {
    let bits = [1, 2, 4, 8];
    let starts = word.char_indices().take(LETTERS).zip(bits);
    starts.filter_map(|((at, c), bit)| Some((bit, word.get(..at + c.len_utf8())?)))
}

impl Classes {
    /// Adds a class of these words and beginnings of words.
    pub(super) fn add(
        &mut self,
        words: impl IntoIterator<Item = String>,
        stems: impl IntoIterator<Item = String>,
    ) -> Class {
        let class = self.len;
        self.len += 1;
        for word in words {
            self.may_be_word.add(&word);
            self.words.entry(word.into()).or_default().add(class);
        }
        for stem in stems {
            let Some((length, start)) = starts(&stem).last() else {
                continue;
            };
            self.lengths |= length;
            self.may_begin.add(start);
            self.has_latin_stems |= start.is_ascii();
            let start = Box::from(start);
            let entry = self.stems.entry(start).or_default();
            entry.push((stem.into(), class));
        }
        class
    }

    /// The classes of each of these tokens.
    pub(super) fn of(&self, tokens: &[Token<'_>]) -> Found<'_> {
        let of_tokens: Vec<Of<'_>> = tokens
            .iter()
            .map(|token| self.of_word(&token.norm, token.key))
            .collect();
        let mut present = vec![0; usize::from(self.len).div_ceil(64)];
        for known in of_tokens.iter().filter_map(Of::known) {
            for (all, bits) in present.iter_mut().zip(&known.bits) {
                *all |= bits;
            }
        }
        Found { of_tokens, present }
    }

    fn of_word(&self, norm: &str, key: u16) -> Of<'_> {
        let may_be_word = self.may_be_word.may_hold_key(key);
        let known = may_be_word.then(|| self.words.get(norm)).flatten();
        if norm.is_ascii() && !self.has_latin_stems {
            return known.map_or(Of::Nothing, Of::Word);
        }
        let mut own: Option<Box<Known>> = None;
        let of_length = starts(norm).filter(|(length, _)| self.lengths & length != 0);
        let may_begin = of_length.filter(|(_, start)| self.may_begin.may_hold(start));
        for (_, start) in may_begin {
            for (stem, class) in self.stems.get(start).into_iter().flatten() {
                if norm.starts_with(&**stem) {
                    own.get_or_insert_default().add(*class);
                }
            }
        }
        match (own, known) {
            (None, known) => known.map_or(Of::Nothing, Of::Word),
            (Some(mut own), known) => {
                let classes = known.into_iter().flat_map(|known| &known.classes);
                classes.for_each(|class| own.add(*class));
                Of::Own(own)
            }
        }
    }
}

/// The classes of a token.
#[derive(Debug)]
enum Of<'c> {
    Nothing,
    /// Those of a word.
    Word(&'c Known),
    /// Those of beginnings and perhaps of the word as well.
    Own(Box<Known>),
}

impl Of<'_> {
    fn known(&self) -> Option<&Known> {
        match self {
            Self::Nothing => None,
            Self::Word(known) => Some(known),
            Self::Own(known) => Some(known),
        }
    }
}

/// The classes that the tokens of a sentence are in.
#[derive(Debug)]
pub(super) struct Found<'c> {
    of_tokens: Vec<Of<'c>>,
    /// A bit for each class that one of the tokens is in.
    present: Vec<u64>,
}

impl Found<'_> {
    /// The classes of token `at`, each once.
    pub(super) fn at(&self, at: usize) -> &[Class] {
        steps::count(1);
        let known = self.of_tokens.get(at).and_then(Of::known);
        known.map_or(&[], |known| &known.classes)
    }

    /// Whether any token is in this class.
    pub(super) fn is_present(&self, class: Class) -> bool {
        has_bit(&self.present, class)
    }

    /// Whether token `at` is in this class.
    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        steps::count(1);
        let known = self.of_tokens.get(at).and_then(Of::known);
        known.is_some_and(|known| has_bit(&known.bits, class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::words::tokens;
    use crate::model::span::Span;

    #[test]
    fn a_word_is_in_the_classes_that_name_it() {
        let sorted = |classes: &[Class]| {
            let mut classes = classes.to_vec();
            classes.sort_unstable();
            classes
        };
        let own = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut classes = Classes::default();
        classes.add(own(&["sold", "sells"]), own(&["прода"]));
        for _ in 0..100 {
            classes.add([], []);
        }
        classes.add(own(&["sold"]), own(&["прод", "за"]));
        let text = "Sold, продажа запас не";
        let tokens = tokens(text, Span::new(0, text.len()));
        let found = classes.of(&tokens);
        let at: Vec<Vec<Class>> = (0..5).map(|at| sorted(found.at(at))).collect();
        assert_eq!(at, [&[0, 101][..], &[], &[0, 101], &[101], &[]]);
        assert!(found.has(0, 101) && !found.has(1, 0) && !found.has(9, 0));
    }
}
