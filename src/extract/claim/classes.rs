//! Classes of words, and which of them the words of a sentence are in.
//!
//! Budget: what classes a word is in, its token brings along (`glossary`).

use rustc_hash::FxHashMap;

use super::super::lexicon::words::Token;
use super::super::steps;

/// The number of a class.
pub(super) type Class = u16;

/// Words, and beginnings of words, with the classes that they are in.
#[derive(Debug, Default)]
pub(super) struct Classes {
    len: Class,
    /// Each word with all its classes, those of its beginnings included.
    words: FxHashMap<Box<str>, Acts>,
    /// Beginnings with their classes, and those of what they begin with themselves.
    stems: FxHashMap<Box<str>, Acts>,
    /// The numbers of bytes that beginnings have, the longest first.
    lengths: Vec<usize>,
}

/// What a word can be in the patterns of a table.
#[derive(Debug, Default, Clone)]
pub(crate) struct Acts {
    /// Its classes, each once, and as bits.
    classes: Vec<Class>,
    bits: Vec<u64>,
    /// Those of the bits that are not empty, with their places: few.
    set: Vec<(usize, u64)>,
    /// The triggers that begin with one of its classes, in the order of their table.
    begins: Vec<usize>,
}

impl Acts {
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

    fn add_all(&mut self, others: &Self) {
        others.classes.iter().for_each(|class| self.add(*class));
    }

    /// The triggers that begin with the word, in the order of their table.
    pub(super) fn begins(&self) -> &[usize] {
        &self.begins
    }
}

fn has_bit(bits: &[u64], class: Class) -> bool {
    bits.get(usize::from(class / 64))
        .is_some_and(|bits| bits >> (class % 64) & 1 == 1)
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
            self.words.entry(word.into()).or_default().add(class);
        }
        for stem in stems.into_iter().filter(|stem| !stem.is_empty()) {
            self.stems.entry(stem.into()).or_default().add(class);
        }
        class
    }

    /// Ends the table. `by_first` are the triggers by the class of their first word.
    pub(super) fn finish(&mut self, by_first: &[Vec<usize>]) {
        self.lengths = self.stems.keys().map(|stem| stem.len()).collect();
        self.lengths.sort_unstable_by(|a, b| b.cmp(a));
        self.lengths.dedup();
        // What a word is by the longest of its beginnings, it is by the shorter ones as well.
        let mut stems: Vec<Box<str>> = self.stems.keys().cloned().collect();
        stems.sort_unstable_by_key(|stem| stem.len());
        for stem in stems {
            let mut letters = stem.chars();
            letters.next_back();
            let shorter = self.longest(letters.as_str()).cloned().unwrap_or_default();
            if let Some(acts) = self.stems.get_mut(&stem) {
                acts.add_all(&shorter);
            }
        }
        let mut words = std::mem::take(&mut self.words);
        for (word, acts) in &mut words {
            if let Some(begun) = self.longest(word) {
                acts.add_all(begun);
            }
        }
        self.words = words;
        for acts in self.words.values_mut().chain(self.stems.values_mut()) {
            let of_class = |class: &Class| by_first.get(usize::from(*class));
            acts.begins = acts
                .classes
                .iter()
                .filter_map(of_class)
                .flatten()
                .copied()
                .collect();
            acts.begins.sort_unstable();
            let places = acts.bits.iter().copied().enumerate();
            acts.set = places.filter(|(_, bits)| *bits != 0).collect();
        }
    }

    /// What the longest known beginning of `word` is.
    pub(super) fn longest(&self, word: &str) -> Option<&Acts> {
        self.lengths
            .iter()
            .filter_map(|length| word.get(..*length))
            .find_map(|start| self.stems.get(start))
    }

    /// All words.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(|word| &**word)
    }

    /// All beginnings of words.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = &str> {
        self.stems.keys().map(|stem| &**stem)
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        usize::from(self.len)
    }

    /// What a word in its normal form is, where it is listed itself.
    pub(super) fn word(&self, norm: &str) -> Option<&Acts> {
        self.words.get(norm)
    }

    /// What a word in its normal form is.
    #[cfg(test)]
    pub(super) fn of_word(&self, norm: &str) -> Option<&Acts> {
        self.word(norm).or_else(|| self.longest(norm))
    }
}

/// So many classes fit in what a sentence remembers; a test counts them.
pub(super) const MOST: usize = 1536;

/// The classes that the tokens of a sentence are in.
#[derive(Debug)]
pub(super) struct Found<'s> {
    tokens: &'s [Token<'s>],
    /// Which table is meant.
    of: fn(&Token<'s>) -> Option<&'static Acts>,
    /// A bit for each class that one of the tokens is in.
    present: [u64; MOST / 64],
}

impl<'s> Found<'s> {
    /// Looks the tokens over.
    pub(super) fn new(
        tokens: &'s [Token<'s>],
        of: fn(&Token<'s>) -> Option<&'static Acts>,
    ) -> Self {
        let mut present = [0; MOST / 64];
        for acts in tokens.iter().filter_map(of) {
            for (place, bits) in &acts.set {
                if let Some(all) = present.get_mut(*place) {
                    *all |= bits;
                }
            }
        }
        Self {
            tokens,
            of,
            present,
        }
    }

    fn acts(&self, at: usize) -> Option<&'static Acts> {
        steps::count(1);
        self.tokens.get(at).and_then(self.of)
    }

    /// The triggers that begin with token `at`, in the order of their table.
    pub(super) fn begins(&self, at: usize) -> &'static [usize] {
        self.acts(at).map_or(&[], |acts| acts.begins())
    }

    /// Whether any token is in this class.
    pub(super) fn is_present(&self, class: Class) -> bool {
        has_bit(&self.present, class)
    }

    /// Whether token `at` is in this class.
    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        self.acts(at).is_some_and(|acts| has_bit(&acts.bits, class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_classes_that_name_it() {
        let own = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut classes = Classes::default();
        classes.add(own(&["sold", "sells"]), own(&["прода"]));
        for _ in 0..100 {
            classes.add([], []);
        }
        classes.add(own(&["sold", "продам"]), own(&["прод", "за"]));
        let mut by_first = vec![Vec::new(); 102];
        by_first[0] = vec![3, 9];
        by_first[101] = vec![5];
        classes.finish(&by_first);
        for (word, expected) in [
            ("sold", &[0, 101][..]),
            ("sells", &[0]),
            ("sell", &[]),
            ("продажа", &[0, 101]),
            ("продам", &[0, 101]),
            ("продукт", &[101]),
            ("запас", &[101]),
            ("не", &[]),
        ] {
            let acts = classes.of_word(word).cloned().unwrap_or_default();
            let mut found = acts.classes.clone();
            found.sort_unstable();
            assert_eq!(found, expected, "{word}");
            assert!(found.iter().all(|class| has_bit(&acts.bits, *class)));
            assert_eq!(acts.begins.is_empty(), expected.is_empty());
        }
        let begins = |word| classes.of_word(word).map(|acts| acts.begins.clone());
        assert_eq!(begins("продажа"), Some(vec![3, 5, 9]));
    }
}
