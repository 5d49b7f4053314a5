//! What a line looks like by itself: links, credits, date lines, bylines.

use super::line::Line;
use super::phrases;
use super::search;
use crate::extract::letter::{is_alphanumeric, push_lower};
use crate::extract::time;
use crate::model::span::Span;

/// Lines of a date line or byline are no longer than this, in bytes.
const METADATA_BYTES: usize = 160;

/// The beginning of the line in lower case: all that phrases are looked for in.
pub(super) fn lowered(line: &Line<'_>) -> String {
    /// In characters.
    const BEGINNING: usize = 400;
    if let Some(start) = line.text.get(..BEGINNING.min(line.text.len()))
        && start.is_ascii()
    {
        return start.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(line.text.len().min(2 * BEGINNING));
    line.text
        .chars()
        .take(BEGINNING)
        .for_each(|c| push_lower(&mut out, c));
    out
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
        || text.starts_with("![")
}

/// `PoliticsEconomyEuropeUnited States`: links that lost the space between them.
pub(super) fn is_glued_rubrics(line: &Line<'_>) -> bool {
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

pub(super) fn is_related_heading(line: &Line<'_>) -> bool {
    line.words <= 5 && phrases::RELATED.has(&line.key())
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

pub(super) fn is_newsletter(line: &Line<'_>) -> bool {
    line.words <= 25 && {
        let lower = lowered(line);
        search::NEWSLETTER.is_in(&lower)
    }
}

pub(super) fn is_navigation(line: &Line<'_>) -> bool {
    if line.words > 8 || line.words > 4 && line.ends {
        return false;
    }
    let key = line.key();
    line.words <= 4 && phrases::NAVIGATION.has(&key) || phrases::SHARE.begin(&key)
}

pub(super) fn is_credit_within(line: &Line<'_>) -> bool {
    line.words <= 40 && {
        let lower = lowered(line);
        search::CREDIT_WITHIN.is_in(&lower) || (line.words <= 30 && phrases::CREDIT.begin(&lower))
    }
}

/// A line that holds a date and nothing that is not said beside one.
pub(super) fn is_date_line(text: &str, line: &Line<'_>) -> bool {
    if line.span.len() > METADATA_BYTES
        || line.bullet
        || !line.text.bytes().any(|b| b.is_ascii_digit())
    {
        return false;
    }
    let found = time::scan_span(text, line.span);
    if !found.iter().any(|f| f.explicit().is_some() || f.is_day()) {
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

/// "Nairobi, 14 March 2023", "Oslo | 21 November 2019 | Jane Doe": a full date, and names with a
/// sign between.
pub(super) fn is_place_and_date(text: &str, line: &Line<'_>) -> bool {
    if line.span.len() > METADATA_BYTES || line.bullet || line.words > 12 {
        return false;
    }
    let found = time::scan_span(text, line.span);
    let Some(date) = found
        .iter()
        .find(|f| f.explicit().is_some() && f.is_day())
        .map(|f| f.span)
    else {
        return false;
    };
    let is_sign = |c: char| matches!(c, '|' | ',' | '.' | '·' | '•' | '/' | '–' | '—' | '-' | ';');
    let before = text.get(line.span.start..date.start).unwrap_or_default();
    let after = text.get(date.end..line.span.end).unwrap_or_default();
    let names = |part: &str| {
        part.split(is_sign)
            .all(|name| name.split_whitespace().count() <= 3 && is_name(name))
    };
    let parted =
        |part: &str, sign: Option<char>| part.trim().is_empty() || sign.is_some_and(is_sign);
    parted(before, before.trim_end().chars().next_back())
        && parted(after, after.trim_start().chars().next())
        && names(before)
        && names(after)
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
