//! What tells a text from another in a few bytes: a `MinHash` sketch of its words.
//!
//! The words of the text, case and punctuation aside, are read as overlapping runs of four
//! (*shingles*: Broder, "On the resemblance and containment of documents", 1997). Of their hashes
//! a fixed number of minima is kept, each from its own part of the hash space, so that a shingle
//! is hashed once (one-permutation hashing: Li, Owen and Zhang 2012; parts without a shingle
//! borrow from the next: Shrivastava and Li 2014), 16 bits of each (b-bit minwise hashing: Li and
//! König 2010). The share of minima that two sketches have in common estimates the share of
//! shingles that the texts have in common; with [`ROWS`] of them its standard error is at most
//! 0.05. Candidates are found by bands of three minima (Leskovec, Rajaraman and Ullman, *Mining of
//! Massive Datasets*, chapter 3): texts half of whose shingles are the same share one with a
//! probability of 0.98, those with one in a hundred with 0.00003.
//!
//! Two reports by one template share their shingles and differ in what they report. So a sample of
//! the names and numbers is kept besides (the smallest hashes, as in Broder's sketches): where
//! each text has a fair share of its own, they are two reports.
//!
//! Budget: [`Sketch`] takes 256 bytes, and its making one multiplication a letter and eight a word.

use super::span::Span;

/// How many minima a sketch keeps.
pub const ROWS: usize = 96;

/// How many minima make a band.
const BAND: usize = 3;

/// Words that make a shingle.
const SHINGLE: u8 = 4;

/// Texts with fewer shingles tell too little: two reports by one template share as much as two
/// copies. They are compared word for word.
const FEWEST: u32 = 48;

/// A text with fewer shingles is no article that could be printed twice.
const FEWEST_EXACT: u32 = 9;

/// How many names and numbers are kept.
const NAMES: usize = 24;

/// From this share of names and numbers of its own on, a text reports something else.
const OWN: f32 = 0.2;

/// What tells a text from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    minima: [u16; ROWS],
    /// The smallest hashes of names and numbers, sorted, each once; [`u16::MAX`] where there are
    /// no more.
    names: [u16; NAMES],
    /// Hash of all words in their order.
    words: u64,
    shingles: u32,
}

impl Sketch {
    /// The sketch of what stands in `spans` of `text`, read as one text. Linear in its length.
    #[must_use]
    pub fn of(text: &str, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut maker = Maker::new();
        for span in spans {
            let passage = span.of(text).unwrap_or_default();
            words(passage, |word, is_name| maker.word(word, is_name));
        }
        maker.finish()
    }

    /// The sketch as bytes, for files: minima, names, words and shingles, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let shorts = self.minima.iter().chain(&self.names);
        let shorts = shorts.flat_map(|short| short.to_le_bytes());
        let rest = self.words.to_le_bytes().into_iter();
        let all = shorts.chain(rest).chain(self.shingles.to_le_bytes());
        for (to, byte) in bytes.iter_mut().zip(all) {
            *to = byte;
        }
        bytes
    }

    /// The sketch that these bytes were made of; `None` when they are too few or too many.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::BYTES] = bytes.try_into().ok()?;
        let mut sketch = Self {
            minima: [0; ROWS],
            names: [0; NAMES],
            words: 0,
            shingles: 0,
        };
        let (shorts, rest) = bytes.split_at((ROWS + NAMES) * 2);
        let to = sketch.minima.iter_mut().chain(&mut sketch.names);
        for (to, pair) in to.zip(shorts.chunks_exact(2)) {
            *to = u16::from_le_bytes(pair.try_into().ok()?);
        }
        let (words, shingles) = rest.split_at(8);
        sketch.words = u64::from_le_bytes(words.try_into().ok()?);
        sketch.shingles = u32::from_le_bytes(shingles.try_into().ok()?);
        Some(sketch)
    }

    /// The length of [`Self::to_bytes`].
    pub const BYTES: usize = (ROWS + NAMES) * 2 + 12;

    /// How many shingles the text has.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.shingles
    }

    /// Whether the text has less than a shingle.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.shingles == 0
    }

    /// Whether both have the same words in the same order, and enough of them to matter.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.shingles >= FEWEST_EXACT
            && (self.shingles, self.words) == (other.shingles, other.words)
    }

    /// The share of all shingles of both that both have, 0 to 1, estimated. 0 where one of them
    /// is too short to be estimated.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f32 {
        if self.shingles.min(other.shingles) < FEWEST {
            return 0.0;
        }
        let pairs = self.minima.iter().zip(&other.minima);
        pairs.filter(|(a, b)| a == b).count() as f32 / ROWS as f32
    }

    /// Whether each has a fair share of names and numbers that the other has not.
    fn tells_of_others(&self, other: &Self) -> bool {
        let names = |of: &Self| of.names.iter().filter(|name| **name != u16::MAX).count();
        // Beyond the last one of a full sample nothing is known.
        let reach = |of: &Self| *of.names.last().unwrap_or(&u16::MAX);
        let known = reach(self).min(reach(other));
        let own = |of: &Self, than: &Self| {
            let within = || of.names.iter().filter(|name| **name < known);
            let own = within().filter(|name| than.names.binary_search(name).is_err());
            let (own, all) = (own.count(), within().count());
            own >= 2 && own as f32 >= all as f32 * OWN
        };
        names(self).min(names(other)) > 0 && own(self, other) && own(other, self)
    }

    /// The share of this text's shingles that the other one has, too: 0 to 1, estimated. 0 where
    /// each tells of things that the other does not name.
    #[must_use]
    pub fn containment_in(&self, other: &Self) -> f32 {
        if self.is_same(other) {
            return 1.0;
        }
        if self.tells_of_others(other) {
            return 0.0;
        }
        let alike = self.resemblance(other);
        let shared = alike / (1.0 + alike) * (self.shingles as f32 + other.shingles as f32);
        (shared / self.shingles.max(1) as f32).min(1.0)
    }

    /// Keys such that texts that are much alike share one. None where the text is too short to
    /// be compared at all.
    pub fn bands(&self) -> impl Iterator<Item = u32> + '_ {
        let by_minima = self
            .minima
            .chunks(BAND)
            .zip(1_u64..)
            .filter(|_| self.shingles >= FEWEST)
            .map(|(band, number)| {
                let key = band
                    .iter()
                    .fold(number, |key, min| join(key, u64::from(*min)));
                half(mix(key))
            });
        let whole = (self.shingles >= FEWEST_EXACT).then(|| half(self.words));
        whole.into_iter().chain(by_minima)
    }
}

/// A hash of the words of `passage`, in their order, case and punctuation aside; `None` where it
/// has fewer than `fewest` words.
#[must_use]
pub fn words_hash(passage: &str, fewest: usize) -> Option<u64> {
    words_hash_and(passage, fewest, |_, _| ())
}

/// [`words_hash`], with each word for `take` as [`words`] gives it.
fn words_hash_and(passage: &str, fewest: usize, mut take: impl FnMut(u64, bool)) -> Option<u64> {
    let (mut hash, mut count) = (0, 0_usize);
    words(passage, |word, is_name| {
        hash = join(hash, word);
        count += 1;
        take(word, is_name);
    });
    (count >= fewest).then(|| mix(hash))
}

/// A sketch of passages that come one after the other, each of which is wanted as a
/// [`words_hash`] as well.
pub struct Sketching(Maker);

impl Default for Sketching {
    fn default() -> Self {
        Self(Maker::new())
    }
}

impl Sketching {
    /// Takes in the next passage; gives its [`words_hash`].
    pub fn passage(&mut self, passage: &str, fewest: usize) -> Option<u64> {
        words_hash_and(passage, fewest, |word, is_name| self.0.word(word, is_name))
    }

    /// The sketch of all passages: what [`Sketch::of`] makes of them.
    #[must_use]
    pub fn finish(self) -> Sketch {
        self.0.finish()
    }
}

/// Calls `take` with a hash of each word, in order, and whether it is a number or begins with a
/// capital inside a sentence. Linear in the length of the text.
fn words(text: &str, mut take: impl FnMut(u64, bool)) {
    let (mut word, mut is_name) = (0, false);
    let mut begins_sentence = true;
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        // Most letters are small ones of plain English or Russian.
        match bytes.get(at..) {
            Some([letter @ b'a'..=b'z', ..]) => {
                word = join(word, u64::from(*letter));
                at += 1;
                continue;
            }
            Some([first @ (0xd0 | 0xd1), second, ..]) => {
                let code = u32::from(first & 0x1f) << 6 | u32::from(second & 0x3f);
                if (0x430..=0x44f).contains(&code) {
                    word = join(word, u64::from(code));
                    at += 2;
                    continue;
                }
            }
            _ => {}
        }
        let Some(seen) = text
            .get(at..)
            .and_then(|rest| rest.chars().next().map(of_char))
        else {
            break;
        };
        at += seen.len;
        if seen.letter == 0 {
            if word != 0 {
                take(mix(std::mem::take(&mut word)), is_name);
                is_name = false;
                begins_sentence = false;
            }
            begins_sentence |= seen.ends_sentence;
            continue;
        }
        is_name |= seen.is_digit || (word == 0 && seen.is_changed && !begins_sentence);
        word = join(word, u64::from(seen.letter));
    }
    if word != 0 {
        take(mix(word), is_name);
    }
}

/// A character as [`words`] reads it.
struct Seen {
    /// As [`folded`] gives it; 0 for what stands between words.
    letter: u32,
    /// Bytes.
    len: usize,
    is_digit: bool,
    /// Whether the letter is written otherwise than it is compared.
    is_changed: bool,
    ends_sentence: bool,
}

fn of_char(c: char) -> Seen {
    let letter = folded(c).unwrap_or(0);
    Seen {
        letter,
        len: c.len_utf8(),
        is_digit: c.is_ascii_digit(),
        is_changed: letter != c as u32,
        ends_sentence: matches!(c, '.' | '!' | '?' | '…' | '\n'),
    }
}

/// A letter or digit without its case; `None` for what stands between words.
fn folded(c: char) -> Option<u32> {
    match c {
        'a'..='z' | '0'..='9' | 'а'..='я' => Some(c as u32),
        'A'..='Z' | 'А'..='Я' => Some(c as u32 + 0x20),
        '\0'..='\x7f' | '\u{2000}'..='\u{206f}' => None,
        'ё' | 'Ё' => Some('е' as u32),
        c if c.is_alphanumeric() => Some(c.to_lowercase().next().unwrap_or(c) as u32),
        _ => None,
    }
}

/// Takes another value into a hash (the multiplier is that of Firefox's and rustc's `FxHash`).
const fn join(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Spreads a hash over all its bits (the finaliser of `SplitMix64`; Steele, Lea and Flood 2014).
const fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

const fn half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// What there is to see of an article for the sake of the others of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// Hashes of its lines, each once, sorted.
    pub lines: Box<[u64]>,
    /// Hash of the time to the minute at which it says that it was posted.
    pub posted: Option<u64>,
    /// How its prose begins: what tells copies of an article from others of its source. What a
    /// site prints stands mostly behind.
    pub opening: Sketch,
}

struct Maker {
    /// The last words, the newest at the end.
    last: [u64; SHINGLE as usize],
    words: u64,
    count: u32,
    minima: [u64; ROWS],
    names: [u16; NAMES],
}

impl Maker {
    const fn new() -> Self {
        Self {
            last: [0; SHINGLE as usize],
            words: 0,
            count: 0,
            minima: [u64::MAX; ROWS],
            names: [u16::MAX; NAMES],
        }
    }

    fn name(&mut self, name: u16) {
        if let Err(at) = self.names.binary_search(&name)
            && let Some(rest) = self.names.get_mut(at..)
            && !rest.is_empty()
        {
            rest.rotate_right(1);
            if let Some(place) = rest.first_mut() {
                *place = name;
            }
        }
    }

    fn word(&mut self, word: u64, is_name: bool) {
        if is_name {
            self.name(low(mix(word ^ 1)));
        }
        self.last.rotate_left(1);
        if let Some(newest) = self.last.last_mut() {
            *newest = word;
        }
        self.words = join(self.words, word);
        self.count = self.count.saturating_add(1);
        if self.count >= u32::from(SHINGLE) {
            let shingle = mix(self.last.iter().fold(0, |hash, word| join(hash, *word)));
            // The upper half says in which part, the whole is what is compared.
            let row = (u64::from(half(shingle)) * ROWS as u64) >> 32;
            if let Some(min) = self.minima.get_mut(usize::try_from(row).unwrap_or(0)) {
                *min = (*min).min(mix(shingle));
            }
        }
    }

    fn finish(self) -> Sketch {
        let mut minima = [0; ROWS];
        // From the end, twice around, so that what an empty row borrows from is known.
        let mut next = (u64::MAX, 0_u64);
        for row in (0..ROWS).rev().chain((0..ROWS).rev()) {
            match self.minima.get(row) {
                Some(&min) if min != u64::MAX => next = (min, 0),
                _ => next.1 += 1,
            }
            if let Some(to) = minima.get_mut(row) {
                *to = low(mix(join(next.0, next.1)));
            }
        }
        Sketch {
            minima,
            names: self.names,
            words: mix(self.words),
            shingles: (self.count + 1).saturating_sub(u32::from(SHINGLE)),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "that is what it is for")]
const fn low(hash: u64) -> u16 {
    hash as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words that never come again.
    fn text(words: std::ops::Range<u32>) -> String {
        let words: Vec<String> = words.map(|n| format!("w{n}")).collect();
        words.join(" ")
    }

    fn sketch(text: &str) -> Sketch {
        Sketch::of(text, [Span::new(0, text.len())])
    }

    #[test]
    fn it_is_small() {
        assert_eq!(size_of::<Sketch>(), 256);
    }

    #[test]
    fn it_comes_back_from_bytes() {
        let one = sketch(&text(0..90));
        assert_eq!(Sketch::from_bytes(&one.to_bytes()), Some(one.clone()));
        assert_eq!(Sketch::from_bytes(&one.to_bytes()[1..]), None);
    }

    #[test]
    fn case_and_marks_do_not_matter() {
        let one = sketch("«Ёлка», сказала Анна — и “ушла” in 2015, as all of them did then.");
        let two = sketch("елка\nсказала АННА и ушла! In 2015 as ALL of them (did) then");
        assert_eq!(one.minima, two.minima);
        assert!(one.is_same(&two));
    }

    #[test]
    fn a_letter_is_the_same_by_its_bytes() {
        for c in ('\0'..'\u{3000}').chain(['한', '文', '🙂']) {
            let mut found = Vec::new();
            words(&format!("x {c}"), |word, is_name| {
                found.push((word, is_name));
            });
            let letter = folded(c).map(u64::from);
            let expected = [Some(u64::from('x')), letter].into_iter().flatten();
            let expected: Vec<u64> = expected.map(|letter| mix(join(0, letter))).collect();
            let hashes: Vec<u64> = found.iter().map(|(word, _)| *word).collect();
            assert_eq!(hashes, expected, "{c:?}");
            let is_name = letter.is_some_and(|l| c.is_ascii_digit() || l != u64::from(c));
            assert_eq!(found.get(1).is_some_and(|(_, is)| *is), is_name, "{c:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn estimates_are_near_the_truth(len in 100_u32..3000, shared in 0_u32..100, longer in 100_u32..250) {
            let (cut, to) = (len * shared / 100, len * longer / 100);
            let (a, b) = (text(0..len), text(len - cut..len - cut + to));
            let truth = f64::from(cut) / f64::from(len + to - cut);
            let found = f64::from(sketch(&a).resemblance(&sketch(&b)));
            // Five standard errors, and what the shingles at the seam and borrowed rows add.
            prop_assert!((found - truth).abs() < 0.28, "{found} for {truth}");
        }

        #[test]
        fn any_text_has_one(text in "\\PC{0,400}") {
            let one = sketch(&text);
            let bands = match one.len() {
                0..FEWEST_EXACT => 0,
                FEWEST_EXACT..FEWEST => 1,
                _ => 1 + ROWS / BAND,
            };
            prop_assert_eq!(one.bands().count(), bands);
            prop_assert_eq!(&one, &sketch(&text));
        }
    }
}
