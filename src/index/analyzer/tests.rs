use proptest::prelude::*;

use super::*;
use crate::model::article::Language::{Belarusian, English, Russian, Ukrainian};

fn split(text: &str) -> Vec<&str> {
    words(text).filter_map(|span| span.of(text)).collect()
}

/// All words stand for one term.
#[track_caller]
fn one_term(language: Language, words: &str) {
    let terms: Vec<_> = split(words)
        .into_iter()
        .map(|word| (word, forms(word, language).term))
        .collect();
    assert!(
        terms.windows(2).all(|pair| pair[0].1 == pair[1].1),
        "{terms:?}"
    );
}

#[test]
fn words_end_where_readers_see_them_end() {
    assert_eq!(
        split("Joint production, in 2016!"),
        ["Joint", "production", "in", "2016"]
    );
    assert_eq!(
        split("T-72 at 12.04.2016"),
        ["T", "72", "at", "12", "04", "2016"]
    );
    assert_eq!(
        split("Lukashenko’s 'quoted' об'єкт"),
        ["Lukashenko’s", "quoted", "об'єкт"]
    );
    assert_eq!(
        split("за\u{301}мок и\u{306}ог"),
        ["за\u{301}мок", "и\u{306}ог"]
    );
    assert_eq!(split("中国的"), ["中", "国", "的"]);
    assert_eq!(split("«Мінск»—Kyiv"), ["Мінск", "Kyiv"]);
    assert_eq!(split("' ’ - …"), [""; 0]);
}

#[test]
fn inflections_share_a_term() {
    one_term(English, "agreement Agreements agreement's AGREEMENT’S");
    one_term(English, "deliver delivered delivering delivers");
    one_term(Russian, "соглашение соглашения соглашением Соглашениях");
    one_term(Russian, "совместный совместного совместными");
    one_term(Russian, "учёный ученый учёного");
    one_term(
        Ukrainian,
        "делегація делегації делегацію делегацією делегаціями делегацій",
    );
    one_term(
        Ukrainian,
        "військовий військова військового військових військової військові",
    );
    one_term(Ukrainian, "угода угоди угоду угодою угодами угод");
    one_term(Ukrainian, "навчання навчань навчаннями навчанням");
    one_term(
        Ukrainian,
        "підписати підписав підписали підписала підписано",
    );
    one_term(Ukrainian, "об'єкт обʼєкта об’єктами");
    one_term(
        Belarusian,
        "дэлегацыя дэлегацыі дэлегацыю дэлегацыяй дэлегацый",
    );
    one_term(Belarusian, "Беларусь Беларусі Беларуссю");
    one_term(Belarusian, "сумесны сумеснага сумесная сумесных");
    one_term(Belarusian, "ўзброеных узброеныя");
}

#[test]
fn different_words_keep_apart() {
    let differ = |language, a: &str, b: &str| {
        assert_ne!(forms(a, language).term, forms(b, language).term, "{a} {b}");
    };
    differ(Ukrainian, "угода", "уряд");
    differ(Ukrainian, "мир", "мор");
    differ(Russian, "Минск", "министр");
    differ(Belarusian, "Мінск", "міністр");
}

#[test]
fn plain_forms_lose_case_diacritics_and_apostrophes() {
    assert_eq!(plain("Łukašenka’s"), "lukasenka");
    assert_eq!(plain("Ґудзік"), "гудзік");
    assert_eq!(plain("об’єкт"), "обєкт");
    assert_eq!(plain("и\u{306}ог"), "иог");
    assert_eq!(plain("военно\u{ad}техн"), "военнотехн");
}

#[test]
fn a_search_asks_for_the_stems_of_all_languages_of_the_script() {
    for (language, word) in [
        (Russian, "учениями"),
        (Ukrainian, "навчаннями"),
        (Belarusian, "вучэннямі"),
        (English, "exercises"),
        (English, "Минска"),
    ] {
        let term = forms(word, language).term.into_string();
        assert!(terms_in_any_language(word).contains(&term), "{word}");
    }
    assert_eq!(terms_in_any_language("exercises").len(), 1);
}

proptest! {
    #[test]
    fn words_are_in_order_and_have_forms(text in "[a-zа-яёЁ'’0-9\u{301}\u{ad} .-]{0,30}|\\PC{0,30}") {
        let mut end = 0;
        for span in words(&text) {
            prop_assert!(span.start >= end && !span.is_empty());
            let word = span.of(&text).unwrap();
            for language in Language::ALL {
                let forms = forms(word, *language);
                prop_assert!(!forms.term.is_empty() && !forms.plain.is_empty(), "{:?}", word);
            }
            end = span.end;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let inside: usize = words(&text)
            .filter_map(|span| span.of(&text))
            .map(|word| word.chars().filter(|c| c.is_alphanumeric()).count())
            .sum();
        // A modifier letter that stands for an apostrophe may stand alone.
        let apostrophes = text.matches('ʼ').count();
        prop_assert!(inside <= letters && letters <= inside + apostrophes);
    }
}
