//! From a text to the terms that stand for its words in the index.
//!
//! A *plain* form is a word without case, diacritics and apostrophes; a *term* is its stem, folded
//! so as well. Words in Latin letters are stemmed as English (Porter 2), whatever the article's
//! language, and words in Cyrillic letters as the article's language has it: Russian by Snowball,
//! Ukrainian and Belarusian by light stemmers (see [`slavic`](self)), any other as Russian. A
//! search does not know the language of what it will find, so it asks for all stems of a word's
//! script.

mod slavic;
mod word;

#[cfg(test)]
mod tests;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::model::article::Language;
use crate::model::fold::{fold, fold_char};

pub use word::{Words, words};

/// Longer words are cut here, in bytes: addresses and residues of markup.
const MAX_BYTES: usize = 120;

/// Whose endings a Cyrillic word has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endings {
    Russian,
    Ukrainian,
    Belarusian,
}

impl Endings {
    const ALL: [Self; 3] = [Self::Russian, Self::Ukrainian, Self::Belarusian];

    const fn of(language: Language) -> Self {
        match language {
            Language::Ukrainian => Self::Ukrainian,
            Language::Belarusian => Self::Belarusian,
            Language::English | Language::Russian | Language::Other => Self::Russian,
        }
    }
}

/// What stands for one word in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// The stem.
    pub term: Box<str>,
    /// The word as it is, folded.
    pub plain: Box<str>,
}

/// The forms of one word of an article in this language.
#[must_use]
pub fn forms(word: &str, language: Language) -> Forms {
    let word = Lower::new(word);
    Forms {
        term: word.term(Endings::of(language)).into(),
        plain: word.plain().into(),
    }
}

/// Every term that stands for this one word in an article of any language.
#[must_use]
pub fn terms_in_any_language(word: &str) -> Vec<String> {
    let word = Lower::new(word);
    let mut terms: Vec<String> = Vec::new();
    for endings in Endings::ALL {
        let term = word.term(endings);
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// The word as it stands in the index before stemming: without case, diacritics, apostrophes.
#[must_use]
pub fn plain(word: &str) -> String {
    Lower::new(word).plain()
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
        or_else(without_apostrophes(&folded(&stem)), || self.plain())
    }

    fn plain(&self) -> String {
        let word = self.text.strip_suffix("'s").unwrap_or(&self.text);
        without_apostrophes(&folded(word))
    }
}

/// [`fold`] for what is in lower case.
fn folded(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            fold_char(c, &mut out);
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
    /// Words to their place in `forms`, by endings; words without Cyrillic letters stand first.
    known: [FxHashMap<Box<str>, u32>; 3],
    forms: Vec<Forms>,
    bytes: usize,
}

impl Memo {
    /// It forgets everything when it takes up so much, in bytes: some 180,000 words.
    const ENOUGH: usize = 32 << 20;
    /// What a word takes up beside its letters, roughly.
    const ENTRY: usize = 150;

    /// The number of the word's forms; good until the next call of [`Memo::tidy`].
    pub(super) fn number(&mut self, word: &str, language: Language) -> u32 {
        let is_latin = word.is_ascii();
        let endings = if is_latin {
            Endings::Russian
        } else {
            Endings::of(language)
        };
        let known = match endings {
            Endings::Russian => &mut self.known[0],
            Endings::Ukrainian => &mut self.known[1],
            Endings::Belarusian => &mut self.known[2],
        };
        if let Some(number) = known.get(word) {
            return *number;
        }
        let number = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        known.insert(word.into(), number);
        self.forms.push(forms(word, language));
        self.bytes += word.len() * 3 + Self::ENTRY;
        number
    }

    pub(super) fn forms(&self, number: u32) -> Option<&Forms> {
        self.forms.get(number as usize)
    }

    /// Forgets everything when it has grown too large; between two texts only.
    pub(super) fn tidy(&mut self) {
        if self.bytes > Self::ENOUGH {
            *self = Self::default();
        }
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
