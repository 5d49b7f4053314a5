//! Short lists of words that rules ask for at every word of a text.
//!
//! Budget: a word that is not in a list costs a few instructions: a sieve of the bits that the
//! list's words set tells most of them before any is compared, and a token brings the number of
//! its bit along.

use super::words::Token;

/// Words in their normal form, to be asked for whole.
#[derive(Debug)]
pub(crate) struct Words {
    all: &'static [&'static str],
    /// Some lists are long: of a hundred words it still lets only one in twenty others through.
    sieve: Sieve<32>,
}

/// Beginnings of words in their normal form.
#[derive(Debug)]
pub(crate) struct Stems {
    all: &'static [&'static str],
    /// How many bytes of each stem the sieve knows: all stems have as many.
    known: usize,
    /// Whether some begin with an ASCII letter.
    has_ascii: bool,
    sieve: Sieve<32>,
}

impl Words {
    /// The list with its sieve; meant for statics.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let mut sieve = Sieve::EMPTY;
        let mut rest = words;
        while let [word, others @ ..] = rest {
            sieve.set(word.as_bytes());
            rest = others;
        }
        Self { all: words, sieve }
    }

    /// Which words it surely does not hold.
    pub(crate) const fn sieve(&self) -> Sieve<32> {
        self.sieve
    }

    /// Whether `word` is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.sieve.may_hold(word) && self.all.contains(&word)
    }

    /// Whether a token's normal form is one of them.
    pub(crate) fn holds(&self, token: &Token<'_>) -> bool {
        self.sieve.may_hold_key(token.key) && self.all.contains(&token.norm)
    }
}

impl Stems {
    /// The list with its sieve; meant for statics.
    pub(crate) const fn new(stems: &'static [&'static str]) -> Self {
        let mut known = 8;
        let mut rest = stems;
        while let [stem, others @ ..] = rest {
            if stem.len() < known {
                known = stem.len();
            }
            rest = others;
        }
        let mut sieve = Sieve::EMPTY;
        let mut has_ascii = false;
        let mut rest = stems;
        while let [stem, others @ ..] = rest {
            has_ascii |= matches!(stem.as_bytes(), [] | [0..=0x7f, ..]);
            sieve.set(stem.as_bytes().split_at(known).0);
            rest = others;
        }
        Self {
            all: stems,
            known,
            has_ascii,
            sieve,
        }
    }

    /// Whether `word` begins with one of them.
    pub(crate) fn begin(&self, word: &str) -> bool {
        let is_ascii = matches!(word.as_bytes(), [] | [0..=0x7f, ..]);
        (self.has_ascii || !is_ascii)
            && word
                .as_bytes()
                .get(..self.known)
                .is_some_and(|start| self.sieve.may_hold_bytes(start))
            && self.all.iter().any(|stem| word.starts_with(stem))
    }
}

/// A number that words seldom share: from their length, second, fourth and last byte. The odd
/// bytes of a Cyrillic word say next to nothing, the even ones which letters it has.
pub(crate) const fn key(word: &[u8]) -> u16 {
    let (second, fourth, last) = match word {
        [_, second, _, fourth, .., last] => (*second, *fourth, *last),
        [_, second, .., last] => (*second, 0, *last),
        [first, last] => (*first, 0, *last),
        [only] => (*only, 0, 0),
        [] => (0, 0, 0),
    };
    let bytes = u32::from_le_bytes([second, fourth, last, word.len().to_le_bytes()[0]]);
    // Multiplicative hashing (Knuth): each bit of these two bytes depends on all four.
    let product = (bytes as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let [_, _, _, _, low, high, _, _] = product.to_le_bytes();
    u16::from_le_bytes([low, high])
}

/// Which words a list surely does not hold, by 64 `N` bits; of a list of more words than a tenth
/// of that it tells little.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sieve<const N: usize = 8>([u64; N]);

impl<const N: usize> Sieve<N> {
    /// The sieve of no words.
    pub(crate) const EMPTY: Self = Self([0; N]);

    /// The sieve of these words.
    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut sieve = Self::EMPTY;
        words.for_each(|word| sieve.add(word));
        sieve
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "always in range, and get_mut is not to be had at compile time"
    )]
    const fn set(&mut self, word: &[u8]) {
        let key = key(word) as usize;
        self.0[(key / 64) % N] |= 1 << (key % 64);
    }

    /// The sieve of the words of both.
    #[allow(
        clippy::indexing_slicing,
        reason = "always in range, and get_mut is not to be had at compile time"
    )]
    pub(crate) const fn or(mut self, other: Self) -> Self {
        let mut at = 0;
        while at < N {
            self.0[at] |= other.0[at];
            at += 1;
        }
        self
    }

    /// Adds a word.
    pub(crate) fn add(&mut self, word: &str) {
        self.set(word.as_bytes());
    }

    /// `false`: it is surely not one of them.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        self.may_hold_bytes(word.as_bytes())
    }

    fn may_hold_bytes(&self, word: &[u8]) -> bool {
        self.may_hold_key(key(word))
    }

    /// The same, of the word with this key.
    pub(crate) fn may_hold_key(&self, key: u16) -> bool {
        let key = usize::from(key);
        let bits = self.0.get((key / 64) % N).copied().unwrap_or_default();
        bits >> (key % 64) & 1 == 1
    }
}

impl<const N: usize> Default for Sieve<N> {
    fn default() -> Self {
        Self::EMPTY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[&str] = &["a", "no", "the", "they", "не", "ни", "который", "will", ""];
    static WORDS: Words = Words::new(ALL);
    static STEMS: Stems = Stems::new(&["refus", "отказ", "за"]);

    #[test]
    fn a_sieve_changes_no_answer() {
        let asked = ["b", "on", "then", "on", "нет", "н", "котор", "willing", "x"];
        for word in ALL.iter().chain(&asked) {
            assert_eq!(WORDS.has(word), ALL.contains(word), "{word:?}");
        }
        for word in ["refusal", "refuse", "отказала", "зал", "за"] {
            assert!(STEMS.begin(word), "{word:?}");
        }
        for word in ["refund", "отка", "з", "", "хз", "ре"] {
            assert!(!STEMS.begin(word), "{word:?}");
        }
    }
}
