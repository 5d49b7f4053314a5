//! Endings of Russian, Belarusian and Ukrainian nouns and adjectives.
//!
//! One set of endings serves the three languages: a form that one of them does not have names
//! nothing else in it. Stems are in normal form (lower case, `ё` as `е`).

/// Adjectives: endings of the dictionary form, whether such a word may be the last of a name (a
/// surname), and the endings that it takes.
const ADJECTIVES: &[(&[&str], bool, &[&str])] = &[
    (
        &["ый", "ий"],
        true,
        &["ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ий"],
    ),
    (
        &["ой"],
        false,
        &["ого", "его", "ому", "ему", "ым", "им", "ом", "ем"],
    ),
    (
        &["ая", "яя"],
        false,
        &["ой", "ей", "ую", "юю", "ою", "ай", "аю"],
    ),
    (
        &["ое", "ее", "ае"],
        false,
        &[
            "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ага", "аму",
        ],
    ),
    (
        &["ые", "ие", "ыя", "ія"],
        false,
        &[
            "ых", "их", "ым", "им", "ыми", "ими", "іх", "ім", "імі", "ымі",
        ],
    ),
    (&["і"], false, &["их", "им", "ими", "їх", "їм", "їми"]),
];

/// Thousands are made at the start: with one allocation each.
fn joined(stem: &str, ending: &str) -> Box<str> {
    [stem, ending].concat().into()
}

/// Every form of one word of a name, the dictionary form included. `is_last` tells a noun from
/// the adjectives that stand before it.
pub(crate) fn forms(word: &str, is_last: bool) -> Vec<Box<str>> {
    let mut all = inflected(word, is_last);
    // "Египет – Египта": the vowel goes.
    if let Some(stem) = word.strip_suffix("ет").filter(|_| is_last) {
        let endings = ["та", "ту", "том", "те", "це", "ті"];
        all.extend(endings.map(|ending| joined(stem, ending)));
    }
    all.extend(after_a_vowel(&all));
    all
}

/// Forms as Belarusian writes them after a vowel: "ва Ўкраіне".
fn after_a_vowel(forms: &[Box<str>]) -> Vec<Box<str>> {
    let rest = forms.iter().filter_map(|form| form.strip_prefix('у'));
    rest.map(|rest| joined("ў", rest)).collect()
}

fn inflected(word: &str, is_last: bool) -> Vec<Box<str>> {
    let letters = word.chars().count();
    let with = |stem: &str, endings: &[&str]| -> Vec<Box<str>> {
        endings.iter().map(|e| joined(stem, e)).collect()
    };
    let cut = |ending: &str| word.strip_suffix(ending).filter(|_| letters > 4);

    for (endings, may_be_last, forms) in ADJECTIVES {
        for ending in *endings {
            if let Some(stem) = cut(ending).filter(|_| *may_be_last || !is_last) {
                let mut all = with(stem, forms);
                all.push(word.into());
                return all;
            }
        }
    }
    for ending in ["ия", "ія"] {
        if let Some(stem) = word.strip_suffix(ending) {
            let vowel = if ending == "ия" { "и" } else { "і" };
            return with(
                &format!("{stem}{vowel}"),
                &["я", "и", "і", "ї", "ю", "ей", "ею", "єю", "яй", "яю"],
            );
        }
    }
    if let Some(stem) = cut("ец") {
        return with(
            stem,
            &[
                "ец", "ца", "цу", "цом", "цем", "це", "цы", "цев", "цов", "цам", "цами", "цах",
            ],
        );
    }
    let Some(last) = word.chars().next_back().filter(|_| letters > 2) else {
        return vec![word.into()];
    };
    let stem = word.strip_suffix(last).unwrap_or(word);
    match last {
        'я' => with(
            stem,
            &["я", "и", "і", "ї", "е", "ю", "ей", "ею", "яй", "єю"],
        ),
        'а' => with(
            stem,
            &[
                "а", "ы", "и", "і", "е", "э", "у", "ой", "ою", "ей", "ай", "аю", "ої", "ій",
            ],
        ),
        'ь' => with(
            stem,
            &["ь", "и", "і", "ью", "ю", "я", "ем", "ём", "е", "сю", "ьсю"],
        ),
        'й' => with(stem, &["й", "я", "ю", "ем", "єм", "е", "и", "ї", "і"]),
        'ы' | 'и' if letters > if last == 'ы' { 4 } else { 5 } => with(
            stem,
            &[
                "ы", "и", "", "ов", "ев", "ей", "ам", "ям", "ами", "ями", "ах", "ях", "аў", "амі",
                "ів",
            ],
        ),
        'о' if word.ends_with("ство") => with(stem, &["о", "а", "у", "ом", "е", "і"]),
        c if c.is_alphabetic() && !"аеёиоуыэюяіїєў".contains(c) => with(
            word,
            &[
                "", "а", "у", "ом", "ам", "ем", "ым", "им", "е", "і", "ові", "ы", "и",
            ],
        ),
        'ў' => with(stem, &["ў", "ва", "ву", "вам", "вым", "ве"]),
        _ => vec![word.into()],
    }
}

/// Every form of an adjective by its stem ("российск"), and after them the forms that begin a
/// compound ("российско-", "армяно-").
pub(crate) fn adjective(stem: &str) -> (Vec<Box<str>>, Vec<Box<str>>) {
    const ENDINGS: &[&str] = &[
        "ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ою", "ое", "ие", "их", "ими", // ru
        "і", "ага", "аму", "ім", "ай", "аю", "ае", "ія", "іх", "імі", // be
        "а", "ої", "ій", "у", "е", // uk
    ];
    let mut all: Vec<Box<str>> = ENDINGS.iter().map(|e| joined(stem, e)).collect();
    all.extend(after_a_vowel(&all));
    // "армянск": "армяно-"; not "китай", "литов" and what else is no people by itself.
    let people = stem
        .strip_suffix("ськ")
        .or_else(|| stem.strip_suffix("ск"))
        .map(|people| people.trim_end_matches('ь'))
        .filter(|people| people.ends_with('н') || people.ends_with("ал") || people.ends_with("ав"));
    let compounds = std::iter::once(stem).chain(people);
    let compounds = compounds.flat_map(|half| ["о", "а"].map(|e| joined(half, e)));
    (all, compounds.collect())
}

/// Every form of a word for the people of a country, given as `stem/ending`.
pub(crate) fn people(entry: &str) -> Vec<Box<str>> {
    let (stem, ending) = entry.split_once('/').unwrap_or((entry, ""));
    let endings: &[&str] = match ending {
        "ин" | "ін" => &[
            "ин", "ина", "ину", "ином", "ине", "е", "", "ам", "ами", "ах", "ін", "іна", "іну", "ы",
            "и", "аў", "амі", "ів", "ка", "ки", "ку",
        ],
        "ец" | "ець" => {
            return [
                "ец",
                "ець",
                "ца",
                "цу",
                "цом",
                "цем",
                "цы",
                "ці",
                "цев",
                "цев",
                "цов",
                "ців",
                "цаў",
                "цам",
                "цами",
                "цамі",
                "цах",
                "йца",
                "йцы",
                "йцев",
                "йцам",
                "йцами",
                "йцем",
                "йці",
                "йців",
            ]
            .iter()
            .map(|e| joined(stem, e))
            .collect();
        }
        _ => &[
            "", "а", "у", "ом", "ам", "е", "ы", "и", "ов", "аў", "ів", "ами", "амі", "ах", "і",
            "ка", "ки", "ку",
        ],
    };
    endings.iter().map(|e| joined(stem, e)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, is_last: bool, expected: &[&str]) {
        let found = forms(word, is_last);
        for form in expected {
            assert!(
                found.iter().any(|f| &**f == *form),
                "{form} of {word}: {found:?}"
            );
        }
    }

    #[test]
    fn names_take_the_endings_of_their_class() {
        check("россия", true, &["россия", "россии", "россию", "россией"]);
        check("росія", true, &["росії", "росією"]);
        check(
            "казахстан",
            true,
            &["казахстана", "казахстаном", "казахстане"],
        );
        check(
            "беларусь",
            true,
            &["беларуси", "беларусью", "беларуссю", "беларусьсю"],
        );
        check("египет", true, &["египет", "египта", "египте"]);
        check("украіна", true, &["украіне", "ўкраіне", "ўкраіна"]);
        check("китай", true, &["китая", "китаем", "китаї"]);
        check("нидерланды", true, &["нидерландов", "нидерландах"]);
        check("саудовская", false, &["саудовской", "саудовскую"]);
        check("соединенные", false, &["соединенных", "соединенными"]);
        check("зеленский", true, &["зеленского", "зеленским"]);
        check("мали", true, &["мали"]);
    }
}
