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
    /// Bytes of ASCII that are passed over in one go.
    const BLOCK: usize = 16;
    let (mut latin, mut other) = (0_usize, 0_usize);
    // How often each letter from U+0400 to U+04FF comes.
    let mut letters = [0_usize; 256];
    let mut left = ENOUGH;
    for paragraph in paragraphs {
        let source = paragraph.of(text).unwrap_or_default();
        let source = source.get(..source.floor_char_boundary(left));
        let source = source.unwrap_or_default();
        left -= source.len();
        latin += source.bytes().filter(u8::is_ascii_alphabetic).count();
        let bytes = source.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            at += 1;
            let (lead, second) = match (byte, bytes.get(at)) {
                (0xd0..=0xd3, Some(second)) => (byte & 3, second & 0x3f),
                (0..=0x7f, _) => {
                    while bytes.get(at..at + BLOCK).is_some_and(<[u8]>::is_ascii) {
                        at += BLOCK;
                    }
                    continue;
                }
                (0xc2.., Some(_)) => {
                    match source.get(at - 1..).and_then(|rest| rest.chars().next()) {
                        Some('À'..='ɏ') => latin += 1,
                        Some(c) => other += usize::from(is_alphabetic(c)),
                        None => {}
                    }
                    continue;
                }
                _ => continue,
            };
            at += 1;
            if let Some(count) = letters.get_mut(usize::from(lead << 6 | second)) {
                *count += 1;
            }
        }
        if left == 0 {
            break;
        }
    }
    let cyrillic: usize = letters.iter().sum();
    let count = |of: &str| -> usize {
        let places = of.chars().filter_map(|c| (c as usize).checked_sub(0x400));
        places.filter_map(|place| letters.get(place)).sum()
    };
    // A letter that only one of them has says three times as much as one that two have.
    let belarusian = 3 * count("ўЎ") + count("ыэёЫЭЁіІ");
    let ukrainian = 3 * count("їєґЇЄҐ") + count("иИщЩіІ");
    let russian = 3 * count("ъЪ") + count("иИщЩыэёЫЭЁ");
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
