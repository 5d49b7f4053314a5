//! What the tables know of each word, in one table, so that a word costs one look-up instead of one
//! in every table.
//!
//! Budget: most words of a text are in no table; a sieve tells them in a few instructions.

use std::hash::BuildHasher as _;
use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::claim::{self, Acts};
use super::language;
use super::lexicon::gazetteer::{Begun, Gazetteer};
use super::lexicon::list::{self, Sieve};
use super::lexicon::words;
use super::time::{self, DateMeaning, LengthMeaning};

/// What is known of a word in its normal form: a line of the processor's cache.
#[derive(Debug, Default, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Entry {
    /// Whether it is one of the commonest words of English.
    pub(crate) is_common: bool,
    /// The names that begin with it.
    pub(crate) names: Option<&'static Begun>,
    /// Whether one of them may be written small.
    pub(crate) is_name_in_small: bool,
    /// Whether one of them is a weapon or space system.
    pub(crate) is_system: bool,
    /// What it is in the patterns of claims.
    pub(crate) acts: Option<&'static Acts>,
    /// What it is in the second tier's.
    pub(crate) broad_acts: Option<&'static Acts>,
    /// What it can be part of a date as.
    pub(crate) date: DateMeaning,
    /// What it can be part of a length as.
    pub(crate) length: Option<&'static LengthMeaning>,
}

static NOTHING: LazyLock<Entry> = LazyLock::new(Entry::default);

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(Glossary::read);

/// What is known of a word in its normal form; `key` is that of [`list::key`].
pub(crate) fn entry(norm: &str, key: u16) -> &'static Entry {
    let glossary = &*GLOSSARY;
    let is_word = glossary.may_be_word.may_hold_key(key);
    is_word
        .then(|| glossary.find(norm, key))
        .flatten()
        .or_else(|| glossary.longest_beginning(norm))
        .unwrap_or(&NOTHING)
}

/// The words of all tables, and the beginnings of words.
#[derive(Debug, Default)]
struct Glossary {
    /// By their hashes, since a table of 16 bytes a word stays in the processor's cache: 64 bits of
    /// hash, key and length tell a word from all others.
    words: FxHashMap<u64, Known>,
    entries: Vec<Entry>,
    may_be_word: Sieve<1024>,
    /// Beginnings by their first letters, the longest first.
    beginnings: FxHashMap<&'static str, Vec<(&'static str, Entry)>>,
    may_begin: Sieve<64>,
    /// A bit for each number of letters that a beginning is known by: most by [`LETTERS`].
    lengths: u8,
    has_latin_beginnings: bool,
}

/// A word of the tables.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Where its entry is.
    entry: u32,
    key: u16,
    /// In bytes; those of [`u16::MAX`] and more are taken for the same.
    len: u16,
}

/// Words while the tables are read.
type Entries = FxHashMap<Box<str>, Entry>;

fn len(norm: &str) -> u16 {
    u16::try_from(norm.len()).unwrap_or(u16::MAX)
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

impl Glossary {
    fn read() -> Self {
        let mut all = Self::default();
        let beginnings = claim::act_beginnings().chain(time::pointing_beginnings());
        for beginning in beginnings {
            all.add_beginning(beginning);
        }
        for of_start in all.beginnings.values_mut() {
            of_start.sort_unstable_by_key(|(beginning, _)| std::cmp::Reverse(beginning.len()));
            of_start.dedup_by_key(|(beginning, _)| *beginning);
        }
        let mut words = Entries::default();
        for word in claim::act_words().chain(Gazetteer::shared().first_words()) {
            all.word(word, &mut words);
        }
        for (word, meaning) in time::length_words() {
            // It stays: the tables are read once.
            all.word(word, &mut words).length = Some(Box::leak(Box::new(meaning)));
        }
        for word in language::COMMONEST {
            all.word(word, &mut words).is_common = true;
        }
        for (form, meaning) in time::date_words() {
            let date = &mut all.word(&words::norm(form), &mut words).date;
            // The first table that has it, as for whole forms.
            if *date == DateMeaning::default() {
                *date = meaning;
            }
        }
        all.words.reserve(words.len());
        all.entries.reserve(words.len());
        all.may_be_word = Sieve::of(words.keys().map(|word| &**word));
        for ((norm, entry), place) in words.into_iter().zip(0..) {
            let known = Known {
                entry: place,
                key: list::key(norm.as_bytes()),
                len: len(&norm),
            };
            all.words.insert(FxBuildHasher.hash_one(&*norm), known);
            all.entries.push(entry);
        }
        all
    }

    /// The entry of a word, made where there is none.
    fn word<'w>(&self, norm: &str, words: &'w mut Entries) -> &'w mut Entry {
        if !words.contains_key(norm) {
            let (acts, broad_acts) = claim::acts_of_word(norm);
            let names = Gazetteer::shared().begun_by(norm);
            let begun = self.longest_beginning(norm).copied().unwrap_or_default();
            let entry = Entry {
                names,
                is_name_in_small: names.is_some_and(|names| names.may_be_small),
                is_system: names.is_some_and(|names| names.has_system),
                // What it begins with is known for both tiers.
                acts: acts.or(begun.acts),
                broad_acts: broad_acts.or(begun.broad_acts),
                ..begun
            };
            words.insert(norm.into(), entry);
        }
        words.entry(norm.into()).or_default()
    }

    /// What is known of a word that is in a table; `key` is its [`list::key`].
    fn find(&self, norm: &str, key: u16) -> Option<&Entry> {
        let known = self.words.get(&FxBuildHasher.hash_one(norm))?;
        let is_it = known.key == key && known.len == len(norm);
        is_it.then(|| self.entries.get(known.entry as usize))?
    }

    fn add_beginning(&mut self, beginning: &'static str) {
        let Some((length, start)) = starts(beginning).last() else {
            return;
        };
        self.lengths |= length;
        self.may_begin.add(start);
        self.has_latin_beginnings |= start.is_ascii();
        let (acts, broad_acts) = claim::acts_begun_by(beginning);
        let entry = Entry {
            acts,
            broad_acts,
            date: time::pointed_by(beginning),
            ..Entry::default()
        };
        let of_start = self.beginnings.entry(start).or_default();
        of_start.push((beginning, entry));
    }

    /// What is known of the longest beginning of `word`; what it begins with itself is in it.
    fn longest_beginning(&self, word: &str) -> Option<&Entry> {
        if word.is_ascii() && !self.has_latin_beginnings {
            return None;
        }
        let mut longest = None;
        for (length, start) in starts(word) {
            if self.lengths & length != 0 && self.may_begin.may_hold(start) {
                let of_start = self.beginnings.get(start).into_iter().flatten();
                let mut found = of_start.filter(|(beginning, _)| word.starts_with(beginning));
                longest = found.next().map(|(_, entry)| entry).or(longest);
            }
        }
        longest
    }
}

/// The tokens of title and paragraphs, for tests; what they borrow is never given back.
#[cfg(test)]
pub(crate) fn zones<'t>(
    text: &'t str,
    layout: &super::layout::Layout,
) -> Vec<Vec<words::Token<'t>>> {
    words::tokens(text, layout.zones(), Box::leak(Box::default()))
}

/// The tokens of a text, for tests.
#[cfg(test)]
pub(crate) fn tokens(text: &str) -> Vec<words::Token<'_>> {
    let all = super::layout::Layout {
        title: Some(crate::model::span::Span::new(0, text.len())),
        ..Default::default()
    };
    zones(text, &all).pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`entry`] answers of the word as it stands in a text.
    fn of(word: &str) -> &'static Entry {
        tokens(word).first().unwrap().entry
    }

    #[test]
    fn an_entry_is_one_line_of_the_cache() {
        assert_eq!(size_of::<Entry>(), 64);
    }

    #[test]
    fn an_entry_says_what_every_table_says() {
        assert!(of("The").is_common && of("the").is_common && !of("minsk").is_common);
        assert!(of("Minsk").names.is_some() && !of("Minsk").is_name_in_small);
        assert!(of("белорусский").is_name_in_small);
        assert!(of("signed").acts.is_some() && of("harbourage").acts.is_none());
        assert!(of("подписавшими").acts.is_some(), "by its beginning");
        for word in ["January", "минувшего", "today", "сёння", "двух"] {
            assert_ne!(of(word).date, DateMeaning::default(), "{word}");
        }
        assert!(of("weeks").length.is_some());
        assert!(of("harbourage").names.is_none());
    }

    #[test]
    fn a_word_of_one_table_has_the_beginnings_of_another() {
        for word in claim::act_words().chain(Gazetteer::shared().first_words()) {
            let entry = of(word);
            let (acts, broad_acts) = claim::acts_of(word);
            let is_same = |a: Option<&Acts>, b: Option<&Acts>| match (a, b) {
                (Some(a), Some(b)) => std::ptr::eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            };
            // Some hold a mark, and are several tokens in a text.
            if tokens(word).len() == 1 && words::norm(word) == word {
                assert!(is_same(entry.acts, acts), "{word}");
                assert!(is_same(entry.broad_acts, broad_acts), "{word}");
            }
        }
    }
}
