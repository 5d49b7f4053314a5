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

/// Words that tell of the past; others are known by their endings.
const PAST: &[&str] = &[
    "was", "were", "had", "has", "have", "met", "held", "said", "told", "took", "went", "came",
    "gave", "sent", "made", "began", "won", "became", "left", "flew",
];

/// Words that end like a past tense and are none.
const NO_PAST: &[&str] = &[
    "need", "indeed", "hundred", "united", "red", "speed", "exceed", "proceed",
];

/// Endings of the past tense in Russian; the shorter ones also end nouns.
const PAST_ENDINGS: &[&str] = &[
    "ался", "ился", "лась", "лось", "лись", "али", "или", "ели", "ила", "ала", "ело",
];

/// What the last verb in `before` says: `Some(true)` ahead, `Some(false)` the past; `None` where
/// no word tells.
pub(crate) fn last_tense(before: &str) -> Option<bool> {
    before
        .rsplit(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty() && word.len() < 40)
        .find_map(|word| {
            let lower = lower(word);
            if is_ahead(&lower) {
                return Some(true);
            }
            let is_past = if lower.is_ascii() {
                PAST.contains(&&*lower)
                    || (lower.len() > 4 && lower.ends_with("ed") && !NO_PAST.contains(&&*lower))
            } else {
                lower.len() > 10 && PAST_ENDINGS.iter().any(|ending| lower.ends_with(ending))
            };
            is_past.then_some(false)
        })
}

fn is_ahead(lower: &str) -> bool {
    AHEAD.contains(&lower)
        || (!lower.is_ascii() && AHEAD_STEMS.iter().any(|stem| lower.starts_with(stem)))
}

/// Whether `sentence` speaks of what is to come. Linear in its length.
pub(crate) fn looks_ahead(sentence: &str) -> bool {
    sentence
        .split(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty() && word.len() < 40)
        .any(|word| is_ahead(&lower(word)))
}
