//! Whether a sentence looks ahead.

use crate::extract::letter::{is_alphanumeric, lower};

/// Words of what is to come, in English, Russian, Ukrainian and Belarusian.
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "plans",
    "planned",
    "planning",
    "upcoming",
    "scheduled",
    "expected",
    "expects",
    "intends",
    "forthcoming",
    "due",
    "ahead",
    "tomorrow",
    "next",
    "going",
    "slated",
    "set",
    "будет",
    "будут",
    "состоится",
    "состоятся",
    "ожидается",
    "предстоит",
    "пройдет",
    "пройдёт",
    "пройдут",
    "посетит",
    "прибудет",
    "відбудеться",
    "буде",
    "будуть",
    "адбудзецца",
    "будзе",
];

/// Beginnings of such words.
const AHEAD_STEMS: &[&str] = &[
    "планиру",
    "запланирован",
    "намечен",
    "намерен",
    "заплан",
    "намера",
];

/// Whether `sentence` speaks of what is to come. Linear in its length.
pub(crate) fn looks_ahead(sentence: &str) -> bool {
    sentence
        .split(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty() && word.len() < 40)
        .any(|word| {
            let lower = lower(word);
            AHEAD.contains(&&*lower)
                || (!lower.is_ascii() && AHEAD_STEMS.iter().any(|stem| lower.starts_with(stem)))
        })
}
