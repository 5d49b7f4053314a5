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
    words: FxHashMap<Box<str>, Vec<Class>>,
    /// Tells most words that are in no class without looking them up.
    may_be_word: Sieve<1024>,
    /// Beginnings with their class, by their first letters.
    stems: FxHashMap<Box<str>, Vec<(Box<str>, Class)>>,
    may_begin: Sieve<64>,
    /// Whether words in Latin letters have beginnings.
    has_latin_stems: bool,
}

/// How many letters the index of beginnings looks at.
const LETTERS: usize = 4;

/// The letters of `word` that the index looks at, and each shorter beginning.
fn starts(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices()
        .take(LETTERS)
        .filter_map(|(at, c)| word.get(..at + c.len_utf8()))
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
            let classes = self.words.entry(word.into()).or_default();
            if classes.last() != Some(&class) {
                classes.push(class);
            }
        }
        for stem in stems {
            let Some(start) = starts(&stem).last() else {
                continue;
            };
            self.may_begin.add(start);
            self.has_latin_stems |= start.is_ascii();
            let start = Box::from(start);
            let entry = self.stems.entry(start).or_default();
            entry.push((stem.into(), class));
        }
        class
    }

    /// The classes of each of these tokens.
    pub(super) fn of(&self, tokens: &[Token<'_>]) -> Found {
        let mut found = Found {
            classes: Vec::new(),
            ends: Vec::with_capacity(tokens.len()),
            present: vec![0; usize::from(self.len).div_ceil(64)],
        };
        for token in tokens {
            let norm = &*token.norm;
            let begin = found.classes.len();
            if self.may_be_word.may_hold(norm)
                && let Some(classes) = self.words.get(norm)
            {
                found.classes.extend_from_slice(classes);
            }
            let has_stems = self.has_latin_stems || !norm.is_ascii();
            let starts = starts(norm).filter(|start| has_stems && self.may_begin.may_hold(start));
            for start in starts {
                for (stem, class) in self.stems.get(start).into_iter().flatten() {
                    let own = found.classes.get(begin..).unwrap_or_default();
                    if norm.starts_with(&**stem) && !own.contains(class) {
                        found.classes.push(*class);
                    }
                }
            }
            found.ends.push(found.classes.len());
        }
        for class in &found.classes {
            if let Some(bits) = found.present.get_mut(usize::from(class / 64)) {
                *bits |= 1 << (class % 64);
            }
        }
        found
    }
}

/// The classes that the tokens of a sentence are in.
#[derive(Debug)]
pub(super) struct Found {
    /// Those of the first token, then those of the second, …
    classes: Vec<Class>,
    /// Where those of each token end.
    ends: Vec<usize>,
    /// A bit for each class that one of the tokens is in.
    present: Vec<u64>,
}

impl Found {
    /// The classes of token `at`, each once.
    pub(super) fn at(&self, at: usize) -> &[Class] {
        steps::count(1);
        let end = self.ends.get(at).copied().unwrap_or_default();
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.copied().unwrap_or_default();
        self.classes.get(start..end).unwrap_or_default()
    }

    /// Whether any token is in this class.
    pub(super) fn is_present(&self, class: Class) -> bool {
        let bits = self.present.get(usize::from(class / 64));
        bits.is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    /// Whether token `at` is in this class.
    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        self.at(at).contains(&class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::words::tokens;
    use crate::model::span::Span;

    #[test]
    fn a_word_is_in_the_classes_that_name_it() {
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
        let at: Vec<&[Class]> = (0..5).map(|at| found.at(at)).collect();
        assert_eq!(at, [&[0, 101][..], &[], &[0, 101], &[101], &[]]);
        assert!(found.has(0, 101) && !found.has(1, 0) && !found.has(9, 0));
    }
}
