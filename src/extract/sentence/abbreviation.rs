//! Whether a full stop ends a sentence or an abbreviation.

use super::opening;
use crate::extract::letter::{is_alphabetic, is_alphanumeric, lower};
use crate::extract::lexicon::list::Words;
use crate::extract::time::is_date_word;

/// What comes after a full stop and a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    NewSentence,
    SameSentence,
}

/// Before a name or number: never the last word of a sentence.
static BEFORE_A_NAME: Words = Words::new(&[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "gen",
    "col",
    "lt",
    "maj",
    "capt",
    "cmdr",
    "sgt",
    "adm",
    "brig",
    "gov",
    "sen",
    "rep",
    "pres",
    "rev",
    "hon",
    "st",
    "mt",
    "ft",
    "messrs",
    "mme",
    "mlle",
    "supt",
    "insp",
    "vs",
    "no",
    "nos",
    "art",
    "arts",
    "fig",
    "figs",
    "vol",
    "vols",
    "pp",
    "p",
    "ch",
    "sec",
    "par",
    "ed",
    "eds",
    "approx",
    "e.g",
    "i.e",
    "cf",
    "viz",
    "c",
    "ca",
    "г",
    "гг",
    "ул",
    "пр",
    "просп",
    "пос",
    "дер",
    "обл",
    "р",
    "оз",
    "им",
    "проф",
    "акад",
    "ген",
    "полк",
    "адм",
    "тов",
    "гр",
    "св",
    "см",
    "ср",
    "напр",
    "стр",
    "рис",
    "табл",
    "гл",
    "ст",
    "п",
    "пп",
    "ч",
    "т.е",
    "т.к",
    "т.н",
    "д-р",
    "г-н",
    "г-жа",
    "в.о",
    "и.о",
    "зам",
    "гос",
    "мин",
    "вул",
    "м",
    "с",
    "смт",
    "див",
    "проф",
    "напр",
]);

/// Ends a sentence when a capital follows that is no number.
static MAY_END: Words = Words::new(&[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "inc",
    "ltd", "co", "corp", "bros", "jr", "sr", "etc", "al", "esq", "ph.d", "m.d", "b.a", "m.a",
    "u.s", "u.k", "u.n", "e.u", "a.m", "p.m", "u.s.a", "d.c", "ave", "blvd", "rd", "dept", "est",
    "ret", "retd", "univ", "mn", "bn", "km", "kg", "cm", "mm", "др", "т.д", "т.п", "пр", "н.э",
    "тыс", "млн", "млрд", "трлн", "руб", "коп", "долл", "дол", "дал", "грн", "чел", "кв", "куб",
    "в", "вв", "н.ст",
]);

/// Words that begin a sentence rather than go on with a name after "U.S." or "Co.".
static STARTERS: Words = Words::new(&[
    "a",
    "an",
    "the",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "this",
    "that",
    "these",
    "those",
    "there",
    "how",
    "what",
    "when",
    "where",
    "who",
    "why",
    "which",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "to",
    "but",
    "and",
    "or",
    "so",
    "if",
    "as",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "however",
    "meanwhile",
    "also",
    "after",
    "before",
    "since",
    "while",
    "although",
    "did",
    "do",
    "does",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "mr",
    "mrs",
    "ms",
    "dr",
    "according",
    "earlier",
    "later",
    "both",
    "some",
    "no",
    "not",
    "now",
    "then",
    "yet",
    "such",
    "with",
    "under",
    "during",
    "despite",
]);

/// What follows the full stop at the end of `before`, when `after` begins with no small letter.
pub(super) fn before(before: &str, after: &str) -> Follows {
    let word = last_word(before);
    let lowered = lower(word);
    let bare = &*lowered;
    let next_word = after
        .split(|c: char| !is_alphanumeric(c))
        .find(|w| !w.is_empty())
        .unwrap_or_default();
    let next_is_number = after.starts_with(|c: char| c.is_ascii_digit());
    let starter = || STARTERS.has(&lower(next_word));
    if word.is_empty() {
        return Follows::NewSentence;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit()) {
        // "1. The first": the number of an item, at the very beginning only.
        let item = before.len() <= 24
            && before.trim_start_matches(['•', '⁃', '-', '*', ' ']).len() == word.len();
        return if item {
            Follows::SameSentence
        } else {
            Follows::NewSentence
        };
    }
    if bare == "n°" || bare == "№" {
        return Follows::SameSentence;
    }
    // "6 P.M. Mr. Smith" against "5 a.m. Mr. Smith": a small-letter "a.m." goes on with a name.
    if matches!(bare, "a.m" | "p.m") {
        let small = word.starts_with(char::is_lowercase);
        let title = BEFORE_A_NAME.has(&lower(next_word));
        return if small && title || !starter() && !title && !next_word.is_empty() && next_is_number
        {
            Follows::SameSentence
        } else {
            Follows::NewSentence
        };
    }
    if (bare != "no" || next_is_number) && BEFORE_A_NAME.has(bare) {
        // "в 2010 г. Россия": after the number of a year a sentence may well begin.
        if matches!(bare, "г" | "гг" | "в" | "вв" | "р")
            && after_number(before, word)
            && !next_is_number
        {
            let may_begin = starter() || next_word.chars().count() > 1;
            return if may_begin && !opening::is_time_only(before) {
                Follows::NewSentence
            } else {
                Follows::SameSentence
            };
        }
        return Follows::SameSentence;
    }
    let letters = word.chars().filter(|c| is_alphabetic(*c)).count();
    // Initials: "Jonas E. Smith", "А. Г. Лукашенко"; but "you and I. Did".
    if letters == 1 && word.chars().all(is_alphabetic) && word.starts_with(char::is_uppercase) {
        return if word == "I" && starter() || after_and(before, word) && starter() {
            Follows::NewSentence
        } else {
            Follows::SameSentence
        };
    }
    // "a. The first item b. The second"
    if letters == 1 && word.starts_with(char::is_lowercase) && word.is_ascii() {
        return Follows::SameSentence;
    }
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
    if MAY_END.has(bare) || dotted {
        let goes_on = !starter() && continues_a_name(bare, dotted)
            || is_of_a_currency(bare, next_word)
            || opening::is_time_only(before);
        let opens_with_a_day = is_money(bare) && is_day_of_a_month(after);
        return if next_is_number && !opens_with_a_day || goes_on {
            Follows::SameSentence
        } else {
            Follows::NewSentence
        };
    }
    Follows::NewSentence
}

fn is_money(bare: &str) -> bool {
    matches!(bare, "долл" | "руб" | "дол" | "дал" | "грн" | "коп")
}

/// "5 млн дол. 18 травня …": a sum is told with its unit, and no day of a month goes on with it.
fn is_day_of_a_month(after: &str) -> bool {
    let mut words = after.split(|c| !is_alphanumeric(c)).map(lower);
    let day = words.next().filter(|word| word.len() <= 2);
    day.zip(words.next())
        .is_some_and(|(_, month)| is_date_word(&month))
}

/// "500 млн долл. США", "300 руб. РФ": whose money it is.
fn is_of_a_currency(bare: &str, next_word: &str) -> bool {
    is_money(bare)
        && matches!(
            next_word,
            "США"
                | "ЗША"
                | "РФ"
                | "РБ"
                | "СССР"
                | "Канады"
                | "Австралии"
                | "Сингапура"
                | "Гонконга"
        )
}

/// Whether a capital after this abbreviation is likely to go on with a name.
fn continues_a_name(bare: &str, dotted: bool) -> bool {
    dotted && bare.is_ascii()
        || matches!(
            bare,
            "jr" | "sr"
                | "ret"
                | "retd"
                | "co"
                | "inc"
                | "corp"
                | "dept"
                | "univ"
                | "тыс"
                | "млн"
                | "млрд"
                | "кв"
                | "куб"
        )
}

/// The last word with its inner dots: "U.S", "т.д", "Co". At most 24 characters.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take(24)
        .take_while(|(_, c)| is_alphanumeric(*c) || matches!(c, '.' | '°' | '№' | '-'))
        .last()
        .map_or(before.len(), |(at, _)| at);
    before
        .get(start..)
        .unwrap_or_default()
        .trim_start_matches(['.', '-'])
}

fn stem<'a>(before: &'a str, word: &str) -> &'a str {
    before
        .get(..before.len().saturating_sub(word.len()))
        .unwrap_or_default()
        .trim_end()
}

fn after_number(before: &str, word: &str) -> bool {
    stem(before, word).ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'X' | 'V' | 'I'))
}

fn after_and(before: &str, word: &str) -> bool {
    stem(before, word).ends_with(" and")
}
