//! Reading holds what it promises for texts of any sort and of some size.

use attache::extract::hostile;
use proptest::prelude::*;

use super::invariants::check;

/// Words, names, dates, marks and characters of which texts are mixed.
const VOCABULARY: &[&str] = &[
    "the",
    "and",
    "of",
    "to",
    "a",
    "in",
    "on",
    "by",
    "with",
    "from",
    "since",
    "until",
    "between",
    "last",
    "next",
    "this",
    "early",
    "late",
    "week",
    "month",
    "year",
    "years",
    "ago",
    "earlier",
    "May",
    "March",
    "Oct.",
    "12",
    "3rd",
    "2016",
    "2012-2015",
    "1990s",
    "12.05.2016",
    "20th century",
    "two",
    "several",
    "yesterday",
    "Friday",
    "Belarus",
    "Belarus's",
    "Belarusian",
    "China",
    "Serbia",
    "Minsk",
    "Moscow",
    "U.S.",
    "US$3bn",
    "Sino-Serbian",
    "NATO",
    "Lukashenko",
    "Mr.",
    "Minister",
    "president",
    "signed",
    "agreement",
    "deal",
    "delivered",
    "tanks",
    "S-400",
    "visited",
    "refused",
    "sell",
    "will",
    "may",
    "not",
    "reportedly",
    "said",
    "meeting",
    "joint",
    "production",
    "exercise",
    "sanctions",
    "war",
    "which",
    "while",
    "unlike",
    "5 мая 2016 года",
    "прошлой",
    "неделе",
    "года",
    "Беларусь",
    "Китаем",
    "Минске",
    "подписали",
    "соглашение",
    "поставит",
    "ракеты",
    "визит",
    "что",
    "министр",
    "г.",
    "т.е.",
    "7-го",
    "п’ятницю",
    "ўчора",
    "ё",
    "By Jane Doe",
    "Photo:",
    "Read more",
    "Share",
    "Comments",
    "Subscribe to our newsletter",
    "Published on 3 May 2017",
    "https://a.b/c",
    "<!--",
    "•",
    "1.",
    "a)",
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "…",
    "?",
    "!",
    ",",
    ";",
    ":",
    "—",
    "–",
    "-",
    "’",
    "'",
    "`",
    "№",
    "$",
    "%",
    "/",
    "\u{301}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "é",
    "ß",
    "İ",
    "Σ",
    "漢字",
    "العربية",
    "👍🏽",
    "ﬁ",
    "𝔘",
];
const JOINTS: &[&str] = &[
    " ", " ", " ", " ", " ", "", ". ", ", ", "\n", "\n\n", "\t", "\u{a0}", "-", "\r\n",
];

fn mixture(words: usize) -> impl Strategy<Value = String> {
    let piece = (0..VOCABULARY.len(), 0..JOINTS.len());
    proptest::collection::vec(piece, 0..words).prop_map(|pieces| {
        let pieces = pieces
            .into_iter()
            .flat_map(|(word, joint)| [VOCABULARY[word], JOINTS[joint]]);
        pieces.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn short_mixtures_are_read(text in mixture(120)) {
        check(&text, "BY");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn long_mixtures_are_read(text in mixture(30_000)) {
        check(&text, "BY");
    }
}

#[test]
fn hostile_texts_are_read() {
    for kind in hostile::ALL {
        for bytes in [1_000, 30_000] {
            check(&kind.text(bytes), "BY");
        }
    }
}
