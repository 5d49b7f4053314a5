//! What a line looks like by itself: links, credits, date lines, bylines.

use super::line::{Line, MANY_WORDS};
use super::markup::said;
use super::phrases;
use super::search;
use crate::extract::letter::{self, is_alphanumeric};
use crate::extract::time;
use crate::model::span::Span;

/// Lines of a date line or byline are no longer than this, in bytes.
const METADATA_BYTES: usize = 160;

/// The beginning of the line in lower case: all that phrases are looked for in.
pub(super) fn lowered(line: &Line<'_>) -> String {
    /// In characters.
    const BEGINNING: usize = 400;
    let start = line.text.get(..BEGINNING.min(line.text.len()));
    if let Some(start) = start.filter(|start| start.is_ascii()) {
        return start.to_ascii_lowercase();
    }
    let mut letters = line.text.bytes().enumerate();
    let after = letters
        .by_ref()
        .filter(|(_, byte)| !(0x80..=0xbf).contains(byte));
    let end = after.map(|(at, _)| at).nth(BEGINNING);
    letter::lower_text(
        line.text
            .get(..end.unwrap_or(line.text.len()))
            .unwrap_or_default(),
    )
}

/// "The council will meet on […]", "The council will meet … Read more": the beginning of another
/// article.
pub(super) fn is_excerpt(line: &Line<'_>, lower: &str) -> bool {
    const ENDS: [&str; 6] = [
        "[…]",
        "[...]",
        "read more",
        "read more »",
        "continue reading",
        "читать далее",
    ];
    (6..60).contains(&line.words) && ENDS.iter().any(|end| lower.ends_with(end))
}

/// "Archives May 2019 April 2019 March 2019 …": a long line of capitals that ends no sentence.
pub(super) const fn is_list_of_names(line: &Line<'_>) -> bool {
    line.words >= 25 && !line.ends && line.capitals * 10 >= line.words * 7
}

/// "Home › World › Europe", "Log in | Subscribe | EN": steps of a path or a menu, with the same sign
/// between.
pub(super) fn is_path(line: &Line<'_>) -> bool {
    /// So many words are in a step; a headline that stands first has more.
    const STEP: usize = 5;
    const HEADLINE: usize = 4;
    const SIGNS: [&str; 9] = [
        " | ", " › ", " » ", " > ", " / ", " → ", " · ", " • ", " :: ",
    ];
    if line.span.len() > 400
        || line.ends && !line.text.ends_with('…') && !line.text.ends_with("...")
    {
        return false;
    }
    // A date line has signs as well.
    if line.text.bytes().filter(u8::is_ascii_digit).count() >= 5 {
        return false;
    }
    let Some((sign, steps)) = SIGNS
        .iter()
        .map(|sign| (sign, line.text.matches(sign).count()))
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
    else {
        return false;
    };
    let first = line.text.split(sign).next().unwrap_or_default().trim();
    if phrases::HOME.contains(&first.to_lowercase().as_str()) {
        return true;
    }
    let words = |step: &str| step.split_whitespace().count();
    let is_step = |step: &str| words(step) <= STEP && !step.trim_end().ends_with(['.', ',']);
    steps >= 2 && words(first) < HEADLINE && line.text.split(sign).all(is_step)
}

/// "The quay at dawn. Credit: Jane Doe/Agency": a caption that ends with who took the picture.
pub(super) fn ends_with_credit(line: &Line<'_>) -> bool {
    /// So many bytes at the end are read.
    const REACH: usize = 90;
    let from = line
        .text
        .floor_char_boundary(line.text.len().saturating_sub(REACH));
    let end = line.text.get(from..).unwrap_or_default();
    search::CREDIT_END.places(end).any(|at| {
        // A sentence of what is seen stands before.
        let before = end.get(..at).unwrap_or_default().trim_end();
        let before = before.trim_end_matches(['(', '[']).trim_end();
        before.ends_with(['.', ')', '»', '”', '"', '|', '/', '…'])
    })
}

/// "Figure 2: The harbour. Source: …", "▲ The quay at dawn.": what stands below a figure; `lower` is in
/// lower case.
pub(super) fn is_figure(line: &Line<'_>, lower: &str) -> bool {
    let is_sign = |c: char| matches!(c, '_' | '*' | '▲' | '►' | '▼' | '◄' | '#' | ' ');
    let opened = line.text.len() - line.text.trim_start_matches(is_sign).len();
    let opens = line.text.get(..opened).unwrap_or_default();
    if opens.contains(['▲', '►', '▼', '◄']) {
        return true;
    }
    let bare = lower.trim_start_matches(is_sign);
    let numbered = |word: &str| {
        let rest = bare.strip_prefix(word).map(str::trim_start);
        let number = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        rest.zip(number).is_some_and(|(rest, after)| {
            after.len() < rest.len() && after.starts_with([':', '.', '–', '—'])
        })
    };
    phrases::FIGURES.iter().any(|word| numbered(word))
}

/// "2 of 4 A shopper looks at …"
pub(super) fn is_numbered_picture(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
        return false;
    }
    let mut words = text.split(' ').map(|word| word.parse::<u16>().ok());
    let (first, of, last) = (words.next(), words.next(), words.next());
    matches!((first, of, last), (Some(Some(n)), Some(None), Some(Some(m))) if n <= m)
        && text.split(' ').nth(1) == Some("of")
        && text
            .split(' ')
            .nth(3)
            .is_some_and(|word| word.starts_with(char::is_uppercase))
}

pub(super) fn is_markup(text: &str) -> bool {
    let tag = |t: &str| t.starts_with('<') && t.ends_with('>') && !t.contains(' ');
    (text.len() < 80 && (text.ends_with("-->") || text.starts_with("<!--")))
        || tag(text)
        || !text.chars().take(400).any(is_alphanumeric)
        || (text.starts_with("{{") && text.ends_with("}}"))
        || (text.starts_with("[[") && text.ends_with("]]"))
        || text.starts_with("```")
        || is_address(text)
        || is_path_of_picture(text)
        || is_counter(text)
        || is_shortcode(text)
        || said(text).is_empty()
}

/// `https://harbour.example/ships`, `[https://…](https://…)`: an address and nothing else.
fn is_address(text: &str) -> bool {
    let bare = text.trim_start_matches(['[', '<', '(']);
    (bare.starts_with("http://") || bare.starts_with("https://")) && !text.contains(' ')
}

/// `:format(webp)/o/2025/06/04/dam.jpg)`: what was left of a picture.
fn is_path_of_picture(text: &str) -> bool {
    const ENDS: [&str; 5] = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
    let bare = text.trim_end_matches([')', ']', '"']);
    !text.contains(' ') && text.contains('/') && ENDS.iter().any(|end| bare.ends_with(end))
}

/// `• 19`: how often something was read or shared.
fn is_counter(text: &str) -> bool {
    let rest = text.strip_prefix(['•', '·', '▪', '●']);
    let digits = rest.map_or("", str::trim);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `[ad_1]`: what a site puts something in the place of.
fn is_shortcode(text: &str) -> bool {
    let name = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    name.is_some_and(|name| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/');
        name.len() <= 30 && name.contains('_') && name.chars().all(is_word)
    })
}

/// `PoliticsEconomyEuropeUnited States`: links that lost the space between them.
pub(super) fn is_glued_rubrics(line: &Line<'_>) -> bool {
    if line.words == 1 && is_language_with_code(line.text) {
        return true;
    }
    if line.ends || line.span.len() > 400 || line.words > 14 {
        return false;
    }
    let joints = line
        .text
        .chars()
        .zip(line.text.chars().skip(1))
        .filter(|(a, b)| a.is_lowercase() && b.is_uppercase())
        .count();
    joints >= 3
}

/// `EnglishENG`: a choice of languages, name and code.
fn is_language_with_code(word: &str) -> bool {
    let mut letters = word.trim_end_matches(char::is_uppercase).chars();
    let code = word.chars().rev().take_while(|c| c.is_uppercase()).count();
    let opens = letters.next().is_some_and(char::is_uppercase);
    (2..=3).contains(&code)
        && opens
        && letters.clone().count() >= 4
        && letters.all(char::is_lowercase)
}

/// "JavaScript is disabled in your browser …"
pub(super) fn is_no_script(text: &str) -> bool {
    const REACH: usize = 160;
    let head = text
        .get(..text.floor_char_boundary(REACH))
        .unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    has(&["JavaScript", "Javascript", "javascript"])
        && has(&["browser", "браузер"])
        && has(&[
            "disabled",
            "enable",
            "turn on",
            "turned off",
            "support",
            "отключ",
            "включ",
        ])
}

/// The same words once more: what a picture shows and what stands below it, in one line.
pub(super) fn is_said_twice(line: &Line<'_>) -> bool {
    /// A shorter one may be a slogan.
    const BYTES: usize = 30;
    let half = line.text.len() / 2;
    let halves = line.text.get(..half).zip(line.text.get(half..));
    let is_twice = halves.is_some_and(|(first, second)| first.trim() == second.trim());
    half >= BYTES && !line.ends && line.words < MANY_WORDS && is_twice
}

/// `RelatedHarbour to be dredged`: a heading and a headline that lost the line between them.
pub(super) fn is_glued_to_related(text: &str) -> bool {
    const HEADINGS: [&str; 3] = ["Related", "Read also", "See also"];
    let rest = HEADINGS
        .iter()
        .find_map(|heading| text.strip_prefix(heading));
    // "All news of the section >>"
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase)) || text.ends_with(">>")
}

/// "(Jane Doe is an engineer; John Doe, a former pilot, is …)": who wrote the text, alone on a line.
pub(super) fn is_bio(text: &str) -> bool {
    /// A name has no more words.
    const NAME: usize = 5;
    let Some(inner) = text
        .strip_prefix('(')
        .filter(|rest| rest.ends_with([')', '.']))
    else {
        return false;
    };
    let mut words = inner.split(' ');
    let name = words
        .by_ref()
        .take(NAME)
        .take_while(|word| word.starts_with(char::is_uppercase));
    let length: usize = name.map(|word| word.len() + 1).sum();
    let verb = inner.get(length..).and_then(|rest| rest.split(' ').next());
    length > 0
        && inner.contains(')')
        && matches!(verb, Some("is" | "was" | "are" | "works" | "heads"))
}

pub(super) fn is_related_heading(line: &Line<'_>) -> bool {
    line.words <= 5 && {
        let key = line.key();
        phrases::RELATED.has(&key)
            || line.is_short_or_label() && phrases::RELATED_OPENS.begin(&key)
            || {
                // "Recommended stories", "Другие новости раздела"
                let mut words = key.split(' ');
                let which = words.next().unwrap_or_default();
                line.is_short_or_label()
                    && phrases::RELATED_WHICH.has(which)
                    && words.take(2).any(|word| phrases::RELATED_WHAT.has(word))
            }
    }
}

/// "Comments", "12 comments".
pub(super) fn is_comments_heading(line: &Line<'_>) -> bool {
    line.words <= 5 && {
        let key = line.key();
        let bare = key.trim_start_matches(|c: char| !c.is_alphabetic());
        let bare = bare.trim_end_matches(|c: char| !c.is_alphabetic());
        phrases::COMMENTS.has(bare)
    }
}

/// What a site says to its readers about itself; in a sentence of the article others are spoken of.
const ASKS: [&str; 16] = [
    " you",
    "your",
    "our ",
    " us ",
    " us.",
    "subscribe",
    "sign up",
    "free",
    "weekly",
    "daily",
    "подпи",
    "підпи",
    "падпі",
    "наш",
    "нас ",
    "нам",
];

pub(super) fn is_newsletter(line: &Line<'_>) -> bool {
    line.words <= 25 && {
        let lower = lowered(line);
        let asks = || ASKS.iter().any(|word| lower.contains(word));
        search::NEWSLETTER.is_in(&lower) && (!line.is_prose() || asks())
    }
}

/// "(Reporting by Jane Doe)", "Jane Doe is a correspondent for …": who made the text, and whose
/// rights it is; `lower` is a line or a sentence in lower case. `opens`: only what it begins with.
pub(super) fn signs_off(lower: &str, opens: bool) -> bool {
    /// A name before what is said of it has so many bytes at most.
    const NAME: usize = 60;
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let name = bare
        .get(..bare.floor_char_boundary(NAME))
        .unwrap_or_default();
    phrases::SIGN_OFF_OPENS.begin(bare)
        || search::ABOUT_AUTHOR.is_in(name)
        || if opens {
            phrases::SIGN_OFF
                .iter()
                .any(|phrase| bare.starts_with(phrase))
        } else {
            search::SIGN_OFF.is_in(lower)
        }
}

/// "Copyright 1995-2024 - Harbour Media": whose rights a text is, with a year; `lower` is in lower case.
pub(super) fn names_rights(lower: &str) -> bool {
    /// Between the word and the year, in bytes: "(c) by".
    const BETWEEN: usize = 8;
    lower.match_indices("copyright").any(|(at, word)| {
        let after = lower.get(at + word.len()..).unwrap_or_default();
        let near = after.get(..after.floor_char_boundary(BETWEEN + 4));
        near.is_some_and(|near| near.bytes().filter(u8::is_ascii_digit).count() >= 4)
    })
}

/// "press@harbour.example", "+375 17 000 00 00": an address or a telephone number, alone.
pub(super) fn is_contact(line: &Line<'_>) -> bool {
    const WORDS: usize = 6;
    /// A telephone number has so many figures.
    const FIGURES: usize = 7;
    if line.words > WORDS || line.text.len() > 120 {
        return false;
    }
    let is_address = line
        .text
        .split_once('@')
        .is_some_and(|(name, host)| !name.ends_with(' ') && host.contains('.'));
    let is_number = || {
        let is_sign =
            |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '.');
        let number = line
            .text
            .trim_start_matches(|c: char| !is_sign(c) || c == '.');
        number.starts_with(['+', '('])
            && number.chars().all(is_sign)
            && number.bytes().filter(u8::is_ascii_digit).count() >= FIGURES
    };
    is_address || is_number()
}

/// "-30-", "-ends-", "###": where a press release says that it ends.
pub(super) fn is_end_mark(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let marked = text.starts_with(['-', '–', '—', '#', '*', '\\', '(']);
    marked
        && (matches!(
            bare.to_lowercase().as_str(),
            "30" | "end" | "ends" | "the end" | "конец" | "кінець" | "канец"
        ) || bare.is_empty() && text.matches('#').count() >= 3)
}

/// "About the author", "Media contacts": what stands below is not of the text.
pub(super) fn is_author_heading(line: &Line<'_>) -> bool {
    line.words <= 5 && phrases::ABOUT.has(&line.key())
}

/// "Subscribe to our channel", "Заметили ошибку? Выделите её": the site asks its readers for something.
pub(super) fn is_prompt(line: &Line<'_>) -> bool {
    const WORDS: usize = 18;
    const SHORT: usize = 6;
    // What somebody says is no prompt.
    let is_said = line
        .text
        .strip_prefix(['«', '“', '"', '„', '—', '–', '\'', '‘'])
        // "« Back to the list" is an arrow.
        .is_some_and(|rest| !rest.starts_with(' ') || line.text.starts_with(['—', '–']));
    line.words <= WORDS && !line.bullet && !is_said && {
        let lower = lowered(line);
        let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
        phrases::PROMPT.begin(lower)
            || line.words <= SHORT
                && !line.text.ends_with('.')
                && phrases::PROMPT_SHORT.begin(lower)
    }
}

/// "👍 14 👎 2", "All news →", "#ports #fish": signs that stand on buttons.
fn is_pointer(line: &Line<'_>) -> bool {
    const WORDS: usize = 8;
    if line.words > WORDS || line.text.len() > 160 || line.text.ends_with(['.', '!', '?']) {
        return false;
    }
    let is_picture = |c: char| matches!(c, '\u{2600}'..='\u{26ff}' | '\u{1f300}'..='\u{1faff}');
    let is_arrow = |c: char| matches!(c, '→' | '←' | '▶' | '►' | '◄' | '›' | '‹');
    let mut tokens = line.text.split_whitespace();
    let is_counter = line.words <= 3 || line.text.contains(|c: char| c.is_ascii_digit());
    line.text.contains(is_picture) && is_counter
        || line.text.starts_with(is_arrow)
        || line.text.ends_with(is_arrow)
        || line.text.ends_with('»') && !line.text.contains('«')
        || tokens.all(|token| token.starts_with('#') && token.len() > 1)
}

pub(super) fn is_navigation(line: &Line<'_>) -> bool {
    /// "Share on one, share on another, print": buttons in a row.
    const BUTTONS: usize = 14;
    if line.words > BUTTONS || line.words > 4 && line.ends {
        return false;
    }
    if is_pointer(line) {
        return true;
    }
    let key = line.key();
    if line.words > 8 {
        // Two buttons: one begins the line, another stands further on.
        let another = key.match_indices(' ').any(|(at, _)| {
            key.get(at + 1..)
                .is_some_and(|rest| phrases::SHARE.begin(rest))
        });
        return phrases::SHARE.begin(&key) && another;
    }
    line.words <= 4 && phrases::NAVIGATION.has(&key) || phrases::SHARE.begin(&key)
}

pub(super) fn is_credit_within(line: &Line<'_>) -> bool {
    line.words <= 40 && {
        let lower = lowered(line);
        has_credit(line, &lower) || (line.words <= 30 && phrases::CREDIT.begin(&lower))
    }
}

/// Whether somebody is credited within a line, given in lower case; not the agency of a dateline,
/// "OSLO, 5 May. /HNA/. The harbour …", nor in parentheses that a sentence follows, "The harbour was
/// opened. (Photo: ministry) The minister …".
pub(super) fn has_credit(line: &Line<'_>, lower: &str) -> bool {
    /// A dateline has so many bytes at most, and what follows so many words at least.
    const DATELINE: usize = 100;
    const FOLLOW: usize = 6;
    let follows = |rest: &str| {
        let ends = line.ends || rest.contains(". ");
        ends && rest.split_whitespace().nth(FOLLOW - 1).is_some()
    };
    let is_within = |at: usize| {
        let rest = lower.get(at..).unwrap_or_default();
        let behind = rest.split_once(')').map(|(_, behind)| behind.trim_start());
        let stands_apart = rest.starts_with('(') && behind.is_some_and(follows);
        stands_apart || at < DATELINE && rest.starts_with('/') && follows(after_word(rest))
    };
    search::CREDIT_WITHIN.is_in(lower) && !search::CREDIT_WITHIN.places(lower).all(is_within)
}

/// What stands behind the first word.
fn after_word(rest: &str) -> &str {
    rest.split_once(char::is_whitespace)
        .map_or("", |(_, rest)| rest)
}

/// A line that holds a date and nothing that is not said beside one.
pub(super) fn is_date_line(text: &str, line: &Line<'_>) -> bool {
    // "• 19.12.2024, 18:04": no item of a list that counts.
    let is_item = line.bullet && !line.text.starts_with(['•', '·', '▪', '●']);
    if line.span.len() > METADATA_BYTES || is_item || !line.text.bytes().any(|b| b.is_ascii_digit())
    {
        return false;
    }
    let found = time::scan_span(text, line.span);
    let is_date = |f: &time::Found| f.is_day() || !line.bullet && f.explicit().is_some();
    if !found.iter().any(is_date) {
        return false;
    }
    let mut left = 0;
    let mut at = line.span.start;
    for next in found
        .iter()
        .map(|f| f.span)
        .chain([Span::new(line.span.end, line.span.end)])
    {
        let gap = Span::new(at, next.start.max(at))
            .of(text)
            .unwrap_or_default();
        left += gap
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| {
                !word.is_empty()
                    && !phrases::DATE_LINE_WORDS.contains(&word.to_lowercase().as_str())
            })
            .count();
        at = next.end.max(at);
    }
    left == 0
}

/// Whether every word begins with a capital.
pub(super) fn is_name(words: &str) -> bool {
    words
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| is_alphanumeric(*c)))
        .all(char::is_uppercase)
}

/// The name on a byline; empty for a "by" without one.
pub(super) fn byline(line: &Line<'_>) -> Option<Span> {
    if line.span.len() > METADATA_BYTES || line.ends && !line.text.ends_with('.') {
        return None;
    }
    let lower = lowered(line);
    if lower == "by" {
        return Some(Span::new(line.span.end, line.span.end));
    }
    let prefix = phrases::BYLINE
        .iter()
        .find(|prefix| lower.starts_with(**prefix))?;
    let name = line.text.get(prefix.len()..)?.trim();
    let words = name.split_whitespace().count();
    let capitals = name
        .split_whitespace()
        .filter(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(*word, "and" | "и" | "de" | "von" | "van" | "al")
        })
        .count();
    (words <= 12 && capitals * 3 >= words * 2)
        .then(|| Span::new(line.span.end - name.len(), line.span.end))
}
