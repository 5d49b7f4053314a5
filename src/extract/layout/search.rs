//! The phrases that may stand anywhere in a line, each list looked for all at once.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::phrases;
use crate::extract::steps;

pub(super) static SITE: Phrases = Phrases(LazyLock::new(|| Starts::new(phrases::SITE)));
pub(super) static SIDES: Phrases = Phrases(LazyLock::new(|| Starts::new(phrases::SIDES)));
/// [`SITE`], [`CREDIT_WITHIN`] and [`SIDES`] in one: most lines hold none.
pub(super) static SITE_OR_CREDIT: Phrases = Phrases(LazyLock::new(|| {
    Starts::new(&[phrases::SITE, phrases::CREDIT_WITHIN, phrases::SIDES].concat())
}));
pub(super) static NEWSLETTER: Phrases = Phrases(LazyLock::new(|| Starts::new(phrases::NEWSLETTER)));
pub(super) static SIGN_OFF: Phrases = Phrases(LazyLock::new(|| Starts::new(phrases::SIGN_OFF)));
pub(super) static ABOUT_AUTHOR: Phrases =
    Phrases(LazyLock::new(|| Starts::new(phrases::ABOUT_AUTHOR)));

pub(super) static CREDIT_WITHIN: Search =
    Search(LazyLock::new(|| automaton(phrases::CREDIT_WITHIN)));
pub(super) static CREDIT_END: Search = Search(LazyLock::new(|| automaton(phrases::CREDIT_END)));

/// A list of phrases of which it matters only whether one of them is there. Nearly every line is
/// asked, and nearly none holds one: a step a byte is half of what an automaton takes, since none
/// waits for the one before.
pub(super) struct Phrases(LazyLock<Starts>);

impl Phrases {
    /// Whether one of the phrases stands in `lower`.
    pub(super) fn is_in(&self, lower: &str) -> bool {
        steps::count(lower.len());
        self.0.is_in(lower)
    }
}

/// How phrases begin.
struct Starts {
    /// A bit for each beginning that there is, by its hash.
    sieve: Box<[u64; 1 << (Self::BITS - 6)]>,
    /// The phrases with their beginnings, sorted.
    phrases: Vec<([u8; Self::BYTES], &'static str)>,
    /// Those that are too short to have one.
    short: Vec<&'static str>,
}

impl Starts {
    /// So many bytes of a phrase are looked at first.
    const BYTES: usize = 4;
    /// The sieve has two to so many bits; a list of 200 phrases sets one in 150.
    const BITS: u32 = 15;

    fn new(list: &[&'static str]) -> Self {
        let mut starts = Self {
            sieve: Box::new([0; 1 << (Self::BITS - 6)]),
            phrases: Vec::new(),
            short: Vec::new(),
        };
        for phrase in list {
            let Some(start) = phrase.as_bytes().first_chunk() else {
                starts.short.push(phrase);
                continue;
            };
            let (place, bit) = Self::place(*start);
            if let Some(bits) = starts.sieve.get_mut(place) {
                *bits |= 1 << bit;
            }
            starts.phrases.push((*start, phrase));
        }
        starts.phrases.sort_unstable();
        starts
    }

    /// Where the sieve has the bit of a beginning.
    const fn place(start: [u8; Self::BYTES]) -> (usize, u32) {
        // Multiplicative hashing (Knuth): the upper bits depend on all four bytes.
        let hash = u32::from_le_bytes(start).wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS);
        ((hash / 64) as usize, hash % 64)
    }

    fn is_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut windows = (0..).zip(bytes.windows(Self::BYTES));
        windows.any(|(at, window)| {
            window
                .first_chunk()
                .is_some_and(|start| self.may_begin(*start) && self.begins(bytes, at, *start))
        }) || self.short.iter().any(|phrase| text.contains(phrase))
    }

    fn may_begin(&self, start: [u8; Self::BYTES]) -> bool {
        let (place, bit) = Self::place(start);
        let bits = self.sieve.get(place).copied().unwrap_or_default();
        bits >> bit & 1 == 1
    }

    /// Whether one of the phrases stands at byte `at`, where these bytes do.
    fn begins(&self, text: &[u8], at: usize, start: [u8; Self::BYTES]) -> bool {
        let first = self.phrases.partition_point(|(known, _)| *known < start);
        let alike = self.phrases.iter().skip(first);
        let mut alike = alike.take_while(|(known, _)| *known == start);
        let text = text.get(at..).unwrap_or_default();
        alike.any(|(_, phrase)| text.starts_with(phrase.as_bytes()))
    }
}

/// A list of phrases of which it matters where they stand.
pub(super) struct Search(LazyLock<Option<AhoCorasick>>);

/// `None` only for more phrases than an automaton can hold, which a test rules out.
fn automaton(phrases: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(phrases)
        .ok()
}

impl Search {
    /// Whether one of the phrases stands in `lower`.
    pub(super) fn is_in(&self, lower: &str) -> bool {
        steps::count(lower.len());
        self.0.as_ref().is_some_and(|found| found.is_match(lower))
    }

    /// Where they begin.
    pub(super) fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let found = self.0.as_ref().map(|found| found.find_iter(text));
        found.into_iter().flatten().map(|found| found.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_automaton() {
        for search in [&CREDIT_WITHIN, &CREDIT_END] {
            assert!(search.0.is_some());
            assert!(!search.is_in("the harbour was dredged"));
        }
        assert!(CREDIT_WITHIN.is_in("ships (photo: jane doe)"));
    }

    #[test]
    fn phrases_are_found_where_an_automaton_finds_them() {
        let lists = [
            (&SITE, phrases::SITE),
            (&NEWSLETTER, phrases::NEWSLETTER),
            (&SIGN_OFF, phrases::SIGN_OFF),
            (&ABOUT_AUTHOR, phrases::ABOUT_AUTHOR),
        ];
        let all = lists.iter().flat_map(|(_, list)| list.iter().copied());
        let mut texts: Vec<String> = ["", "©", " © 2016", "the harbour", "гавань"]
            .map(str::to_owned)
            .into();
        for phrase in all {
            // Whole, in the middle, and with a letter missing at either end.
            texts.push(phrase.to_owned());
            texts.push(format!("порт {phrase} the harbour"));
            texts.push(phrase.chars().skip(1).collect());
            let letters = phrase.chars().count();
            texts.push(phrase.chars().take(letters - 1).collect());
        }
        for (found, list) in lists {
            let automaton = automaton(list).unwrap();
            for text in &texts {
                assert_eq!(found.is_in(text), automaton.is_match(text), "{text:?}");
            }
        }
        assert!(SITE.is_in("this website uses cookies"));
    }
}
