//! The language of a text: by script, then by the letters that only one of the languages has,
//! then by its commonest words.

use super::letter::is_alphabetic;
use super::lexicon::words::{self, Token};
use crate::model::article::Language;
use crate::model::span::Span;

/// So many bytes are enough to tell.
const ENOUGH: usize = 20_000;
/// With fewer letters than this there is too little to tell by.
const TOO_LITTLE: usize = 12;

/// The commonest words of English that are words of no other language written in Latin letters.
pub(super) const COMMONEST: [&str; 15] = [
    "the", "and", "of", "to", "that", "with", "for", "was", "is", "has", "by", "which", "from",
    "are", "will",
];

/// The language of a text.
#[must_use]
pub fn of(text: &str) -> Language {
    let all = [Span::new(0, text.len())];
    let mut norms = String::new();
    let words = words::tokens(text, all.into_iter(), &mut norms);
    of_paragraphs(text, &all, &words)
}

/// The language of the paragraphs, whose words are `words`.
pub(super) fn of_paragraphs(text: &str, paragraphs: &[Span], words: &[Vec<Token<'_>>]) -> Language {
    let (mut latin, mut cyrillic, mut other) = (0_usize, 0_usize, 0_usize);
    let (mut belarusian, mut ukrainian, mut russian) = (0_usize, 0_usize, 0_usize);
    let mut left = ENOUGH;
    for paragraph in paragraphs {
        let source = paragraph.of(text).unwrap_or_default();
        let source = source.get(..source.floor_char_boundary(left));
        let mut rest = source.unwrap_or_default();
        left -= rest.len();
        // All letters of ASCII are Latin; what stands between them is looked at one by one.
        latin += rest.bytes().filter(u8::is_ascii_alphabetic).count();
        while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let mut chars = rest.get(at..).unwrap_or_default().chars();
            for c in chars.by_ref().take_while(|c| !c.is_ascii()) {
                match c {
                    'À'..='ɏ' => latin += 1,
                    'ў' | 'Ў' => belarusian += 3,
                    'ї' | 'є' | 'ґ' | 'Ї' | 'Є' | 'Ґ' => ukrainian += 3,
                    'и' | 'И' | 'щ' | 'Щ' => {
                        russian += 1;
                        ukrainian += 1;
                    }
                    'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => {
                        russian += 1;
                        belarusian += 1;
                    }
                    'ъ' | 'Ъ' => russian += 3,
                    'і' | 'І' => {
                        belarusian += 1;
                        ukrainian += 1;
                    }
                    'Ѐ'..='ӿ' => {}
                    _ if is_alphabetic(c) => other += 1,
                    _ => {}
                }
                cyrillic += usize::from(('Ѐ'..='ӿ').contains(&c));
            }
            rest = chars.as_str();
        }
        if left == 0 {
            break;
        }
    }
    if latin + cyrillic < TOO_LITTLE || other > latin + cyrillic {
        Language::Other
    } else if cyrillic > latin {
        match belarusian.max(ukrainian).max(russian) {
            0 => Language::Other,
            most if most == russian => Language::Russian,
            most if most == ukrainian => Language::Ukrainian,
            _ => Language::Belarusian,
        }
    } else if is_mostly_english(text, paragraphs, words) {
        Language::English
    } else {
        Language::Other
    }
}

/// Whether one word in twelve is one of the commonest English ones.
fn is_mostly_english(text: &str, paragraphs: &[Span], words: &[Vec<Token<'_>>]) -> bool {
    let bytes = text.as_bytes();
    let is_space = |at: usize| {
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        matches!(byte, b' ' | b'\t'..=b'\r')
    };
    let (mut pieces, mut english) = (0_usize, 0_usize);
    let mut left = ENOUGH;
    for (paragraph, words) in paragraphs.iter().zip(words) {
        for word in words.iter().take(left / 5) {
            let Span { start, end } = word.span;
            if start > paragraph.start && !is_space(start - 1) {
                continue;
            }
            pieces += 1;
            english += usize::from(word.entry.is_common && (end == paragraph.end || is_space(end)));
        }
        left = left.saturating_sub(paragraph.len());
        if left == 0 {
            break;
        }
    }
    english * 12 >= pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Language) {
        assert_eq!(of(text), want, "{text:?}");
    }

    #[test]
    fn languages_are_told_apart() {
        check(
            "The delegation of the ministry was received in the capital.",
            Language::English,
        );
        check(
            "Делегация министерства прибыла в столицу с двухдневным визитом.",
            Language::Russian,
        );
        check(
            "Дэлегацыя міністэрства прыбыла ў сталіцу з двухдзённым візітам.",
            Language::Belarusian,
        );
        check(
            "Делегація міністерства прибула до столиці з дводенним візитом.",
            Language::Ukrainian,
        );
        check(
            "Die Delegation des Ministeriums ist gestern in der Hauptstadt eingetroffen.",
            Language::Other,
        );
        check(
            "代表団は昨日、首都に到着した。二日間の訪問である。",
            Language::Other,
        );
        check("", Language::Other);
    }
}
