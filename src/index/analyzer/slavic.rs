//! Light stemmers of Ukrainian and Belarusian: the longest ending that fits is taken off.
//!
//! The method is that of light stemming (J. Savoy, *Light stemming approaches for the French,
//! Portuguese, German and Hungarian languages*, SAC 2006; L. Dolamic and J. Savoy, *Indexing and
//! searching strategies for the Russian language*, JASIST 60, 2009): case endings of nouns and
//! adjectives, and here the commonest ones of verbs; no derivation. Reflexive endings go first and
//! a doubled consonant at the end becomes one, as in Porter's stemmer of Russian. The endings are
//! those of the school grammars.

/// A stem keeps so many letters.
const MIN_STEM: usize = 3;

const UKRAINIAN_REFLEXIVE: &[&str] = &["ся", "сь"];

/// Longer ones first among those that end alike.
const UKRAINIAN: &[&str] = &[
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

const BELARUSIAN_REFLEXIVE: &[&str] = &["цца", "ся"];

/// Longer ones first among those that end alike.
const BELARUSIAN: &[&str] = &[
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
    stem(word, UKRAINIAN_REFLEXIVE, UKRAINIAN)
}

/// The stem of a Belarusian word in lower case.
pub(super) fn belarusian(word: &str) -> String {
    stem(word, BELARUSIAN_REFLEXIVE, BELARUSIAN)
}

fn stem(word: &str, reflexive: &[&str], endings: &[&str]) -> String {
    let word = longest_off(word, reflexive);
    let mut stem = longest_off(word, endings).to_owned();
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && !is_vowel(a)
        && stem.chars().count() > MIN_STEM
    {
        stem.pop();
    }
    stem
}

/// The word without the longest of the endings that leaves a stem.
fn longest_off<'a>(word: &'a str, endings: &[&str]) -> &'a str {
    let stems = endings.iter().filter_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        let is_stem = stem.chars().count() >= MIN_STEM && stem.chars().any(is_vowel);
        is_stem.then_some(stem)
    });
    stems.min_by_key(|stem| stem.len()).unwrap_or(word)
}

const fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я' | 'ы' | 'э'
    )
}
