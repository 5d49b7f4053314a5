//! From a text to the words in the index, and to the stems that put inflections together.
//!
//! A *plain* form is a word without case, diacritics and apostrophes: it stands in the index. A
//! *term* is a stem, folded so as well: it says which plain forms are inflections of one word.
//! Words in Latin letters are stemmed as English (Porter 2), and words in Cyrillic letters as
//! Russian (Snowball), Ukrainian and Belarusian (light stemmers, see [`slavic`](self)) at once: a
//! search does not know the language of what it will find, and articles mix languages.

mod slavic;
mod word;

#[cfg(test)]
mod tests;

use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::model::fold::{fold, fold_char};

pub use word::{Words, words};

pub(super) use word::word_around;

/// Longer words are cut here, in bytes: addresses and residues of markup.
pub(super) const MAX_BYTES: usize = 120;

/// Whose endings a Cyrillic word has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endings {
    Russian,
    Ukrainian,
    Belarusian,
}

impl Endings {
    const ALL: [Self; 3] = [Self::Russian, Self::Ukrainian, Self::Belarusian];
}

/// What a word is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// The word as it is, folded.
    pub plain: Box<str>,
    /// Its stems in any language of its script; words with a stem in common are inflections of
    /// one.
    pub terms: Vec<String>,
}

/// The forms of one word.
#[must_use]
pub fn forms(word: &str) -> Forms {
    let word = Lower::new(word);
    Forms {
        plain: word.plain().into(),
        terms: word.terms(),
    }
}

/// Every stem of this one word.
#[must_use]
pub fn terms_of(word: &str) -> Vec<String> {
    Lower::new(word).terms()
}

/// Whether a plain form has a stem. The parts of a library share most of their words, so what was
/// found is kept for a while.
pub(super) fn has_stem(plain: &str, term: &str) -> bool {
    /// So many words are kept a thread.
    const KEPT: usize = 20_000;
    thread_local! {
        static KNOWN: RefCell<FxHashMap<Box<str>, Box<[String]>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(terms) = known.get(plain) {
            return terms.iter().any(|known| known == term);
        }
        let terms = terms_of(plain);
        let has = terms.iter().any(|known| known == term);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(plain.into(), terms.into());
        has
    })
}

/// The word as it stands in the index before stemming: without case, diacritics, apostrophes.
#[must_use]
pub fn plain(word: &str) -> String {
    Lower::new(word).plain()
}

/// [`plain`], after what stands in `to`. Nearly all words are of plain English or Russian letters
/// and need no more than a step a letter. Whether the word is one of which the plain form tells all:
/// two such words with the same plain form have the same stems.
pub(super) fn plain_into(word: &str, to: &mut String) -> bool {
    if word.len() > MAX_BYTES {
        to.push_str(&plain(word));
        return false;
    }
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let start = to.len();
        to.push_str(word);
        if let Some(new) = to.get_mut(start..) {
            new.make_ascii_lowercase();
        }
        return true;
    }
    let mut letters = [0; MAX_BYTES];
    if let Some(tells_all) = russian_into(word.as_bytes(), &mut letters) {
        let plain = letters.get(..word.len()).unwrap_or_default();
        to.push_str(std::str::from_utf8(plain).unwrap_or_default());
        tells_all
    } else {
        to.push_str(&plain(word));
        false
    }
}

/// The plain form of a word of Russian letters, of as many bytes, and whether it tells all of the word:
/// `й` and `ё` become other letters. `None` where it has other letters.
fn russian_into(word: &[u8], to: &mut [u8]) -> Option<bool> {
    let mut tells_all = true;
    let (pairs, []) = word.as_chunks::<2>() else {
        return None;
    };
    let (places, _) = to.as_chunks_mut::<2>();
    for ([first, second], place) in pairs.iter().zip(places) {
        *place = match (first, second) {
            // й, ё
            (0xd0, 0x99 | 0xb9) => {
                tells_all = false;
                [0xd0, 0xb8]
            }
            (0xd0, 0x81) | (0xd1, 0x91) => {
                tells_all = false;
                [0xd0, 0xb5]
            }
            // А to П, Р to Я
            (0xd0, 0x90..=0x9f) => [0xd0, second + 0x20],
            (0xd0, 0xa0..=0xaf) => [0xd1, second - 0x20],
            (0xd0, 0xb0..=0xbf) | (0xd1, 0x80..=0x8f) => [*first, *second],
            _ => return None,
        };
    }
    Some(tells_all)
}

/// A word in lower case as stemmers want it: whole letters, `ё` as `е`, one kind of apostrophe.
struct Lower {
    text: String,
    is_cyrillic: bool,
    has_letters: bool,
}

impl Lower {
    fn new(word: &str) -> Self {
        let mut cut = word.len().min(MAX_BYTES);
        while !word.is_char_boundary(cut) {
            cut -= 1;
        }
        let mut text = String::with_capacity(cut);
        let (mut is_cyrillic, mut has_letters) = (false, false);
        for c in word.get(..cut).unwrap_or_default().chars() {
            // Nearly all letters, without the tables of Unicode.
            let plain = match c {
                'a'..='z' | 'а'..='я' => Some(c),
                'A'..='Z' => Some(c.to_ascii_lowercase()),
                'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
                _ => None,
            };
            if let Some(c) = plain {
                text.push(c);
                is_cyrillic |= !c.is_ascii();
                has_letters = true;
                continue;
            }
            for c in c.to_lowercase() {
                match c {
                    'ё' => text.push('е'),
                    '’' | '‘' | 'ʼ' | '`' | '´' => text.push('\''),
                    // Breve and diaeresis make letters of their own; other marks are stress.
                    '\u{306}' => replace_last(&mut text, &[('и', 'й'), ('у', 'ў')]),
                    '\u{308}' => replace_last(&mut text, &[('і', 'ї')]),
                    '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' => {}
                    _ => text.push(c),
                }
                is_cyrillic |= matches!(c, '\u{400}'..='\u{52f}');
                has_letters |= c.is_alphabetic();
            }
        }
        Self {
            text,
            is_cyrillic,
            has_letters,
        }
    }

    fn term(&self, endings: Endings) -> String {
        if !self.has_letters {
            return self.text.clone();
        }
        if !self.is_cyrillic {
            let folded = fold(&self.text);
            let stem = Stemmer::create(Algorithm::English)
                .stem(&folded)
                .into_owned();
            return or_else(without_apostrophes(&stem), || self.plain());
        }
        let stem = match endings {
            Endings::Russian => Stemmer::create(Algorithm::Russian)
                .stem(&self.text)
                .into_owned(),
            Endings::Ukrainian => slavic::ukrainian(&self.text),
            Endings::Belarusian => slavic::belarusian(&self.text),
        };
        or_else(folded(&stem), || self.plain())
    }

    fn terms(&self) -> Vec<String> {
        let mut terms: Vec<String> = Vec::with_capacity(1);
        let endings: &[Endings] = if self.is_cyrillic {
            &Endings::ALL
        } else {
            // Any: they say nothing of other letters.
            &[Endings::Russian]
        };
        for endings in endings {
            let term = self.term(*endings);
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    fn plain(&self) -> String {
        let word = self.text.strip_suffix("'s").unwrap_or(&self.text);
        folded(word)
    }
}

/// [`fold`] for what is in lower case, without apostrophes.
fn folded(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            '\'' => {}
            'й' => out.push('и'),
            '\0'..='\x7f' | 'а'..='я' => out.push(c),
            _ => fold_char(c, &mut out),
        }
    }
    out
}

fn replace_last(text: &mut String, letters: &[(char, char)]) {
    let Some(last) = text.pop() else { return };
    let whole = letters.iter().find(|(base, _)| *base == last);
    text.push(whole.map_or(last, |(_, whole)| *whole));
}

fn without_apostrophes(text: &str) -> String {
    text.chars().filter(|c| *c != '\'').collect()
}

fn or_else(text: String, other: impl FnOnce() -> String) -> String {
    if text.is_empty() { other() } else { text }
}

/// The forms of words that were seen before: a text repeats its words, and stemming one costs
/// twenty times what looking it up does.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// Words to their place in `forms`.
    known: FxHashMap<Box<str>, u32>,
    forms: Vec<Forms>,
    bytes: usize,
}

impl Memo {
    /// It forgets everything when it takes up so much, in bytes: some 140,000 words.
    const ENOUGH: usize = 32 << 20;
    /// What a word takes up beside its letters, roughly.
    const ENTRY: usize = 200;

    /// The number of the word's forms; good until the next call of [`Memo::tidy`].
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let number = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        self.known.insert(word.into(), number);
        self.forms.push(forms(word));
        self.bytes += word.len() * 4 + Self::ENTRY;
        number
    }

    pub(super) fn forms(&self, number: u32) -> Option<&Forms> {
        self.forms.get(number as usize)
    }

    /// Forgets everything when it has grown too large; between two texts only. Whether it did.
    pub(super) fn tidy(&mut self) -> bool {
        let is_full = self.bytes > Self::ENOUGH;
        if is_full {
            *self = Self::default();
        }
        is_full
    }
}

thread_local! {
    /// What this thread has learnt of words, from one text to the next.
    static KEPT: std::cell::Cell<Memo> = std::cell::Cell::default();
}

impl Memo {
    /// What this thread has learnt, until it is put back.
    pub(super) fn taken() -> Self {
        let mut memo = KEPT.take();
        memo.tidy();
        memo
    }

    pub(super) fn put_back(self) {
        KEPT.set(self);
    }
}
