//! What the tables know of each word, looked up when a word is first met.
//!
//! A text repeats its words, and texts repeat each other's: a thread keeps what it has looked up,
//! so that a word costs one look-up here instead of one in every table. An entry is a function of
//! the word as it is written, so it does not matter which words were met before.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::claim::{self, Acts};
use super::language;
use super::letter::{is_alphabetic, is_uppercase};
use super::lexicon::gazetteer::Gazetteer;
use super::lexicon::list;
use super::lexicon::words;
use super::time::{self, DateMeaning, LengthMeaning};

/// More words than this are not kept from one text to the next.
const KEPT: usize = 1 << 15;

/// What is known of a word as it is written.
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent facts of how a word is written"
)]
#[derive(Debug)]
pub(crate) struct Entry {
    /// In lower case, apostrophes straight, `ё` as `е`, no stress marks.
    pub(crate) norm: Box<str>,
    /// What word lists ask for before they look the normal form up.
    pub(crate) key: u16,
    /// Whether it begins with a capital letter.
    pub(crate) is_capitalised: bool,
    /// Whether it begins with any letter.
    pub(crate) begins_with_letter: bool,
    /// Whether it is written in ASCII.
    pub(crate) is_ascii: bool,
    /// Whether it is one of the commonest words of English.
    pub(crate) is_common: bool,
    /// The names that begin with it.
    pub(crate) names: Option<&'static [usize]>,
    /// What it is in the patterns of claims.
    pub(crate) acts: Option<&'static Acts>,
    /// What it is in the second tier's.
    pub(crate) broad_acts: Option<&'static Acts>,
    /// What it can be part of a date as.
    pub(crate) date: DateMeaning,
    /// What it can be part of a length as.
    pub(crate) length: Option<LengthMeaning>,
}

impl Entry {
    fn of(surface: &str) -> Self {
        let norm: Box<str> = words::norm_of_token(surface).into();
        let (acts, broad_acts) = claim::acts_of(&norm);
        let first = surface.chars().next();
        Self {
            key: list::key(norm.as_bytes()),
            is_capitalised: first.is_some_and(is_uppercase),
            begins_with_letter: first.is_some_and(is_alphabetic),
            is_ascii: surface.is_ascii(),
            is_common: language::is_english(surface),
            names: Gazetteer::shared().begun_by(surface, &norm),
            acts,
            broad_acts,
            date: time::date_meaning(surface),
            length: time::length_meaning(&norm),
            norm,
        }
    }
}

/// The words met so far.
#[derive(Debug, Default)]
pub(crate) struct Glossary {
    entries: Vec<Entry>,
    places: FxHashMap<Box<str>, u32>,
}

impl Glossary {
    /// The place of a word, which [`Self::entry`] takes.
    pub(crate) fn place(&mut self, surface: &str) -> u32 {
        if let Some(place) = self.places.get(surface) {
            return *place;
        }
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry::of(surface));
        self.places.insert(surface.into(), place);
        place
    }

    /// The entry at a place that [`Self::place`] gave.
    #[allow(
        clippy::indexing_slicing,
        reason = "a place is only given where an entry was put, and a default would hide a mistake"
    )]
    pub(crate) fn entry(&self, place: u32) -> &Entry {
        &self.entries[place as usize]
    }
}

thread_local! {
    static KNOWN: Cell<Option<Box<Glossary>>> = const { Cell::new(None) };
}

/// Does `work` with what this thread has met so far.
pub(crate) fn with<T>(work: impl FnOnce(&mut Glossary) -> T) -> T {
    let mut glossary = KNOWN.take().unwrap_or_default();
    let done = work(&mut glossary);
    if glossary.entries.len() > KEPT {
        *glossary = Glossary::default();
    }
    KNOWN.set(Some(glossary));
    done
}

/// The tokens of title and paragraphs, for tests; what they borrow is never given back.
#[cfg(test)]
pub(crate) fn zones<'t>(
    text: &'t str,
    layout: &super::layout::Layout,
) -> Vec<Vec<words::Token<'t>>> {
    let glossary = Box::leak(Box::new(Glossary::default()));
    words::tokens(text, layout.zones(), glossary)
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

    #[test]
    fn a_word_has_one_entry_however_often_it_is_met() {
        let mut glossary = Glossary::default();
        let first = glossary.place("Minsk");
        for word in ["minsk", "МИНСК", ".", "U.S.", "Minsk"] {
            glossary.place(word);
        }
        assert_eq!(glossary.place("Minsk"), first);
        assert_eq!(glossary.entries.len(), 5);
        let (upper, lower) = (glossary.place("Minsk"), glossary.place("minsk"));
        assert!(glossary.entry(upper).is_capitalised && !glossary.entry(lower).is_capitalised);
        assert_eq!(glossary.entry(upper).norm, glossary.entry(lower).norm);
    }
}
