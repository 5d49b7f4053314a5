//! Short lists of words that rules ask for at every word of a text.
//!
//! Budget: a word that is not in a list costs a few instructions: a sieve of the bits that the
//! list's words set tells most of them before any is compared.

/// Words in their normal form, to be asked for whole.
#[derive(Debug)]
pub(crate) struct Words {
    all: &'static [&'static str],
    sieve: Sieve,
}

/// Beginnings of words in their normal form.
#[derive(Debug)]
pub(crate) struct Stems {
    all: &'static [&'static str],
    /// How many bytes of each stem the sieve knows: all stems have as many.
    known: usize,
    sieve: Sieve,
}

impl Words {
    /// The list with its sieve; meant for statics.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        let mut sieve = Sieve::EMPTY;
        let mut rest = words;
        while let [word, others @ ..] = rest {
            sieve = sieve.with(word.as_bytes());
            rest = others;
        }
        Self { all: words, sieve }
    }

    /// Whether `word` is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.sieve.may_hold(word) && self.all.contains(&word)
    }
}

impl Stems {
    /// The list with its sieve; meant for statics.
    pub(crate) const fn new(stems: &'static [&'static str]) -> Self {
        let mut known = 4;
        let mut rest = stems;
        while let [stem, others @ ..] = rest {
            if stem.len() < known {
                known = stem.len();
            }
            rest = others;
        }
        let mut sieve = Sieve::EMPTY;
        let mut rest = stems;
        while let [stem, others @ ..] = rest {
            sieve = sieve.with(stem.as_bytes().split_at(known).0);
            rest = others;
        }
        Self {
            all: stems,
            known,
            sieve,
        }
    }

    /// Whether `word` begins with one of them.
    pub(crate) fn begin(&self, word: &str) -> bool {
        word.as_bytes()
            .get(..self.known)
            .is_some_and(|start| self.sieve.may_hold_bytes(start))
            && self.all.iter().any(|stem| word.starts_with(stem))
    }
}

/// A number that words seldom share: from their length, second and last byte. The first byte of
/// a Cyrillic word says next to nothing, the second which letter it begins with.
const fn key(word: &[u8]) -> usize {
    let (second, last) = match word {
        [_, second, .., last] => (*second as usize, *last as usize),
        [first, last] => (*first as usize, *last as usize),
        [only] => (*only as usize, 0),
        [] => (0, 0),
    };
    second.wrapping_mul(37) ^ last.wrapping_mul(173) ^ word.len().wrapping_mul(1009)
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
        words.fold(Self::EMPTY, |sieve, word| sieve.with(word.as_bytes()))
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "always in range, and get_mut is not to be had at compile time"
    )]
    const fn with(mut self, word: &[u8]) -> Self {
        let key = key(word);
        self.0[(key / 64) % N] |= 1 << (key % 64);
        self
    }

    /// Adds a word.
    pub(crate) fn add(&mut self, word: &str) {
        *self = self.with(word.as_bytes());
    }

    /// `false`: it is surely not one of them.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        self.may_hold_bytes(word.as_bytes())
    }

    fn may_hold_bytes(&self, word: &[u8]) -> bool {
        let key = key(word);
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
