//! Furniture that shares a line with the body: a byline before the first sentence, a sign-off or
//! an offer after the last.

use super::Layout;
use super::search;
use crate::extract::sentence;
use crate::extract::time;
use crate::model::article::FurnitureReason as Reason;
use crate::model::span::Span;

type Mask = (Span, Reason, &'static str);

/// Sign-offs are looked for in so many sentences at the end.
const LAST_SENTENCES: usize = 4;
/// And in so many bytes.
const LAST_BYTES: usize = 4_000;

/// Looks for one kind of furniture at the edges of the body.
type Trim = fn(&str, &mut Layout, &mut Vec<Mask>);

const TRIMS: [(&str, Trim); 3] = [(BYLINE, byline), (DATELINE, dateline), (SIGN_OFF, sign_off)];

const BYLINE: &str = "edge/byline";
const DATELINE: &str = "edge/dateline";
const SIGN_OFF: &str = "edge/sign-off";

/// Moves furniture at the edges of the body out of its paragraphs, but for what is off.
pub(super) fn trim(
    text: &str,
    layout: &mut Layout,
    masks: &mut Vec<Mask>,
    is_off: impl Fn(&str) -> bool,
) {
    for (rule, trim) in TRIMS {
        if !is_off(rule) {
            trim(text, layout, masks);
        }
    }
}

/// "By Jane Doe, Staff Writer On Monday …": the name is masked; where the sentence begins can't
/// be known.
fn byline(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let Some(first) = layout.paragraphs.first_mut() else {
        return;
    };
    let Some(rest) = first.of(text).and_then(|p| p.strip_prefix("By ")) else {
        return;
    };
    let start = first.start + 3;
    let mut end = start;
    let mut names = 0;
    for word in rest.split(' ').take(6) {
        let bare = word.trim_end_matches(',');
        let is_name = bare.chars().next().is_some_and(char::is_uppercase)
            && bare
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        let possessive = bare.ends_with("'s") || bare.ends_with("’s");
        if !is_name || possessive {
            break;
        }
        names += 1;
        end += bare.len();
        if bare.len() < word.len() {
            break;
        }
        end += 1;
    }
    let name = Span::new(start, end);
    let after = text.get(end..).unwrap_or_default();
    let is_byline = match names {
        0 => false,
        // A name is followed by a comma, or by a sentence that begins.
        _ => after.starts_with(',') || after.trim_start().starts_with(char::is_uppercase),
    };
    let not_a_date = !time::scan_span(text, name)
        .iter()
        .any(|f| name.contains(f.span));
    if !is_byline || !not_a_date {
        return;
    }
    let name = Span::new(
        start,
        start + name.of(text).unwrap_or_default().trim_end().len(),
    );
    masks.push((Span::new(first.start, name.end), Reason::Byline, BYLINE));
    layout.byline = layout.byline.or(Some(name));
    let rest = text.get(name.end..first.end).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches([',', ' ', '-', '–', '—']).len();
    first.start = name.end + skipped;
}

/// "KIGALI, Oct. 9, 2022 – The minister …": place and full date before the first sentence.
fn dateline(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    /// How far the dash may stand from the beginning, in bytes.
    const REACH: usize = 120;
    let Some(first) = layout.paragraphs.first_mut() else {
        return;
    };
    let head = Span::new(first.start, first.start + REACH).clamped_to(text);
    let head = Span::new(head.start, head.end.min(first.end));
    let Some(words) = head.of(text) else { return };
    let Some((at, dash)) = [" – ", " — ", " -- ", " - "]
        .iter()
        .filter_map(|dash| Some((words.find(dash)?, dash.len())))
        .min()
    else {
        return;
    };
    let place = Span::new(first.start, first.start + at);
    let found = time::scan_span(text, place);
    let Some(date) = found
        .iter()
        .find(|f| f.explicit().is_some() && f.is_day())
        .map(|f| f.span)
    else {
        return;
    };
    // What is left are names: of places, of agencies.
    let is_name = |part: Span| {
        part.of(text).is_some_and(|names| {
            let words = names
                .split(|c: char| !c.is_alphabetic())
                .filter(|w| !w.is_empty());
            words.clone().count() <= 5
                && words.into_iter().all(|w| w.starts_with(char::is_uppercase))
        })
    };
    if date.start == place.start
        || !is_name(Span::new(place.start, date.start))
        || !is_name(Span::new(date.end, place.end))
    {
        return;
    }
    masks.push((place, Reason::DateLine, DATELINE));
    layout.dates.push(place);
    first.start = place.end + dash;
}

/// Agency, rights, contributors, offers and initials at the end of the last paragraph.
fn sign_off(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let Some(last) = layout.paragraphs.last().copied() else {
        return;
    };
    // Only the end is split into sentences: a paragraph may be of any length.
    let from = last.end.saturating_sub(LAST_BYTES).max(last.start);
    let ending = Span::new(from, last.end).clamped_to(text);
    let ending = Span::new(ending.start.max(last.start), last.end);
    let sentences = sentence::split(text, &[ending]);
    let mut cut = last.end;
    let tail = sentences.iter().skip(1).rev().take(LAST_SENTENCES);
    for (at, sentence) in tail.enumerate() {
        let words = sentence.of(text).unwrap_or_default();
        let lower = words.to_lowercase();
        let known = search::SIGN_OFF.is_in(&lower) || search::NEWSLETTER.is_in(&lower);
        let is_sign_off = known || (at == 0 && (is_agency(text, *sentence) || is_initials(words)));
        if is_sign_off {
            cut = sentence.start;
        } else if cut < last.end && !known {
            break;
        }
    }
    if let Some(end) = parenthesis(text, last).filter(|_| cut == last.end) {
        cut = end;
    }
    if cut == last.end {
        return;
    }
    let mask = Span::new(cut, last.end);
    masks.push((mask, Reason::SignOff, SIGN_OFF));
    if time::scan_span(text, mask)
        .iter()
        .any(|f| f.explicit().is_some() && f.is_day())
    {
        layout.dates.push(mask);
    }
    let kept = text
        .get(last.start..cut)
        .unwrap_or_default()
        .trim_end()
        .len();
    if kept == 0 {
        layout.paragraphs.pop();
    } else if let Some(paragraph) = layout.paragraphs.last_mut() {
        paragraph.end = last.start + kept;
    }
}

/// "(News Agency April 6, 2018)" as a sentence.
fn is_agency(text: &str, sentence: Span) -> bool {
    let words = sentence.of(text).unwrap_or_default();
    words.starts_with('(')
        && words.len() < 120
        && time::scan_span(text, sentence)
            .iter()
            .any(|f| f.explicit().is_some() && f.is_day())
}

/// A parenthesis with a full date at the very end of the paragraph: where it begins.
fn parenthesis(text: &str, paragraph: Span) -> Option<usize> {
    let words = paragraph.of(text)?;
    let inner = words.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let span = Span::new(paragraph.start + open, paragraph.end);
    let before = inner.get(..open)?.trim_end();
    let ends = before.ends_with(['.', '!', '?', '"', '”', '»']);
    (ends && is_agency(text, span)).then_some(span.start)
}

/// "Jane Doe/JD": a few capitalised words without a full stop, after the last sentence.
fn is_initials(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=4).contains(&count)
        && words.len() < 60
        && !words.ends_with(['.', '!', '?', '…', '"', '”', '»', ':', ')'])
        && words
            .split([' ', '/'])
            .filter(|word| !word.is_empty())
            .all(|word| word.starts_with(char::is_uppercase))
}
