//! Light stemmers of Ukrainian and Belarusian: the longest ending that fits is taken off.
//!
//! The method is that of light stemming (J. Savoy, *Light stemming approaches for the French,
//! Portuguese, German and Hungarian languages*, SAC 2006; L. Dolamic and J. Savoy, *Indexing and
//! searching strategies for the Russian language*, JASIST 60, 2009): case endings of nouns and
//! adjectives, and here the commonest ones of verbs; no derivation. Reflexive endings go first and
//! a doubled consonant at the end becomes one, as in Porter's stemmer of Russian. The endings are
//! those of the school grammars.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A stem keeps so many letters.
const MIN_STEM: usize = 3;

/// Endings by their last letter, the longest first: a word is compared with few.
struct Endings(LazyLock<FxHashMap<char, Vec<&'static str>>>);

static UKRAINIAN_REFLEXIVE: Endings = Endings(LazyLock::new(|| by_last(&["ся", "сь"])));
static UKRAINIAN: Endings = Endings(LazyLock::new(|| by_last(UKRAINIAN_ENDINGS)));
static BELARUSIAN_REFLEXIVE: Endings = Endings(LazyLock::new(|| by_last(&["цца", "ся"])));
static BELARUSIAN: Endings = Endings(LazyLock::new(|| by_last(BELARUSIAN_ENDINGS)));

const UKRAINIAN_ENDINGS: &[&str] = &[
    // Nouns in -ія.
    "іями",
    "іях",
    "іям",
    "ією",
    "ія",
    "ії",
    "ій",
    "ію",
    // Adjectives, participles and pronouns.
    "ого",
    "ому",
    "ими",
    "іми",
    "ої",
    "єї",
    "ою",
    "ею",
    "єю",
    "ій",
    "ий",
    "их",
    "іх",
    "їх",
    "им",
    "ім",
    "їм",
    "ого",
    "його",
    "йому",
    "їми",
    // Nouns.
    "ами",
    "ями",
    "ах",
    "ях",
    "ам",
    "ям",
    "ів",
    "їв",
    "ей",
    "ом",
    "ем",
    "єм",
    "ою",
    "ею",
    "єю",
    "а",
    "я",
    "о",
    "е",
    "є",
    "у",
    "ю",
    "і",
    "ї",
    "и",
    "ь",
    "й",
    // Verbs.
    "увати",
    "ювати",
    "ували",
    "ювали",
    "увала",
    "ювала",
    "увало",
    "ував",
    "ював",
    "ують",
    "юють",
    "ує",
    "ює",
    "ати",
    "яти",
    "ити",
    "іти",
    "їти",
    "али",
    "яли",
    "или",
    "іли",
    "ала",
    "яла",
    "ила",
    "іла",
    "ало",
    "яло",
    "ило",
    "іло",
    "ав",
    "яв",
    "ив",
    "ано",
    "яно",
    "ено",
    "ають",
    "яють",
    "ать",
    "ять",
    "ить",
    "уть",
    "ють",
    "ає",
    "яє",
    "емо",
    "ємо",
    "имо",
    "ете",
    "єте",
    "ите",
];

const BELARUSIAN_ENDINGS: &[&str] = &[
    // Nouns in -ія, -ыя.
    "іямі",
    "ыямі",
    "іях",
    "ыях",
    "іям",
    "ыям",
    "іяй",
    "ыяй",
    "ія",
    "ыя",
    "ію",
    "ыю",
    "іі",
    "ыі",
    "ій",
    "ый",
    // Adjectives, participles and pronouns.
    "ага",
    "яга",
    "ому",
    "аму",
    "яму",
    "ымі",
    "імі",
    "ая",
    "яя",
    "ае",
    "яе",
    "ую",
    "юю",
    "ай",
    "яй",
    "ой",
    "ей",
    "аю",
    "яю",
    "ых",
    "іх",
    "ым",
    "ім",
    // Nouns.
    "амі",
    "ямі",
    "ах",
    "ях",
    "ам",
    "ям",
    "аў",
    "яў",
    "оў",
    "еў",
    "ом",
    "ем",
    "ою",
    "ею",
    "а",
    "я",
    "о",
    "е",
    "э",
    "у",
    "ю",
    "і",
    "ы",
    "ь",
    "й",
    // Verbs.
    "аваць",
    "яваць",
    "авалі",
    "явалі",
    "авала",
    "аваў",
    "уюць",
    "юць",
    "уе",
    "юе",
    "аць",
    "яць",
    "іць",
    "ыць",
    "уць",
    "алі",
    "ялі",
    "ілі",
    "ылі",
    "ала",
    "яла",
    "іла",
    "ыла",
    "іў",
    "ыў",
    "ана",
    "ена",
    "ць",
];

/// The stem of a Ukrainian word in lower case.
pub(super) fn ukrainian(word: &str) -> String {
    stem(word, &UKRAINIAN_REFLEXIVE, &UKRAINIAN)
}

/// The stem of a Belarusian word in lower case.
pub(super) fn belarusian(word: &str) -> String {
    stem(word, &BELARUSIAN_REFLEXIVE, &BELARUSIAN)
}

fn stem(word: &str, reflexive: &Endings, endings: &Endings) -> String {
    let stem = endings.off(reflexive.off(word));
    let mut last = stem.chars().rev();
    let is_doubled =
        matches!((last.next(), last.next()), (Some(a), Some(b)) if a == b && !is_vowel(a));
    let end = if is_doubled && is_longer(stem, MIN_STEM) {
        stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)
    } else {
        stem.len()
    };
    stem.get(..end).unwrap_or(stem).to_owned()
}

impl Endings {
    /// The word without the longest of the endings that leaves a stem.
    fn off<'w>(&self, word: &'w str) -> &'w str {
        let last = word.chars().next_back();
        let alike = last
            .and_then(|last| self.0.get(&last))
            .into_iter()
            .flatten();
        let mut stems = alike.filter_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            (is_longer(stem, MIN_STEM - 1) && stem.chars().any(is_vowel)).then_some(stem)
        });
        stems.next().unwrap_or(word)
    }
}

fn by_last(endings: &[&'static str]) -> FxHashMap<char, Vec<&'static str>> {
    let mut all: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for ending in endings {
        if let Some(last) = ending.chars().next_back() {
            all.entry(last).or_default().push(ending);
        }
    }
    for alike in all.values_mut() {
        alike.sort_unstable_by_key(|ending| (std::cmp::Reverse(ending.len()), *ending));
        alike.dedup();
    }
    all
}

/// Whether a word has more letters than so many.
fn is_longer(word: &str, letters: usize) -> bool {
    word.chars().nth(letters).is_some()
}

const fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я' | 'ы' | 'э'
    )
}
