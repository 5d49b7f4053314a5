//! Whether a sentence looks ahead.

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
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.len() < 40)
        .any(|word| {
            let lower = word.to_lowercase();
            AHEAD.contains(&lower.as_str())
                || AHEAD_STEMS.iter().any(|stem| lower.starts_with(stem))
        })
}
