//! Sentences: ends by punctuation, with what only looks like one (abbreviations, initials,
//! numbers, addresses, quotes inside a sentence) told apart by its neighbours.
//!
//! One pass over each paragraph; every decision looks at a bounded stretch around a sign, so that
//! the whole takes time linear in the length of the text.

mod abbreviation;
mod item;
mod opening;
#[cfg(test)]
mod tests;

use crate::extract::letter::is_alphanumeric;
use crate::extract::steps;
use crate::model::span::Span;

use abbreviation::Follows;

/// The sentences of the paragraphs, in order, disjoint and trimmed.
#[must_use]
pub fn split(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs {
        let source = paragraph.of(text).unwrap_or_default();
        let mut start = 0;
        for end in ends(source) {
            push(source, paragraph.start, start, end, &mut sentences);
            start = end;
        }
        push(source, paragraph.start, start, source.len(), &mut sentences);
    }
    sentences
}

/// Adds the stretch without the space around it.
fn push(source: &str, offset: usize, start: usize, end: usize, into: &mut Vec<Span>) {
    let piece = source.get(start..end).unwrap_or_default();
    let trimmed = piece.trim();
    if trimmed.is_empty() {
        return;
    }
    let lead = piece.len() - piece.trim_start().len();
    let first = offset + start + lead;
    into.push(Span::new(first, first + trimmed.len()));
}

/// Byte offsets after which a new sentence begins, in order.
fn ends(source: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    // Where the sentence began that is being read.
    let mut began = 0;
    let mut parens: u32 = 0;
    let is_list = item::begins_with_one(source);
    let bytes = source.as_bytes();
    let mut next = 0;
    let matters = |byte: &u8| is_sign(*byte) || (is_list && item::may_mark(*byte));
    while let Some(at) = bytes
        .get(next..)
        .and_then(|rest| rest.iter().position(matters))
        .map(|skipped| next + skipped)
    {
        let rest = source.get(at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else {
            // In the middle of a character.
            next = at + 1;
            continue;
        };
        next = at + c.len_utf8();
        match c {
            '(' | '[' => parens = parens.saturating_add(1),
            ')' | ']' => parens = parens.saturating_sub(1),
            '\n' if breaks_line(source, began, at) => {
                parens = 0;
                began = at + 1;
                ends.push(began);
            }
            '.' | '!' | '?' | '…' => {
                // A run of signs is read as one.
                let signs = rest.len() - rest.trim_start_matches(['.', '!', '?', '…']).len();
                let end = closed(source, at + signs);
                let closing = source.get(at + signs..end).unwrap_or_default();
                for _ in closing.matches([')', ']']) {
                    parens = parens.saturating_sub(1);
                }
                next = end;
                if is_end(source, began, at, end, parens) {
                    // A parenthesis that is never closed must not swallow the rest.
                    parens = 0;
                    began = end;
                    ends.push(end);
                }
            }
            _ => {
                if item::begins(source, at, c) {
                    parens = 0;
                    began = at;
                    ends.push(at);
                }
            }
        }
    }
    ends.dedup();
    ends
}

/// Whether a sign of a sentence or a bullet begins with this byte. Most bytes of a text begin
/// neither, and are passed over.
const fn is_sign(byte: u8) -> bool {
    /// The first byte of '…' and of all bullets.
    const GENERAL: u8 = 0xe2;
    matches!(
        byte,
        b'(' | b')' | b'[' | b']' | b'\n' | b'.' | b'!' | b'?' | GENERAL
    )
}

/// Past the quotes and brackets that close after a sign.
fn closed(source: &str, end: usize) -> usize {
    let rest = source.get(end..).unwrap_or_default();
    let closing: usize = rest
        .chars()
        .take(4)
        .take_while(|c| matches!(c, '"' | '”' | '»' | '’' | '\'' | ')' | ']' | '“'))
        // An opening quote glued to the next word is none of ours.
        .map(char::len_utf8)
        .sum();
    let after = rest.get(closing..).and_then(|r| r.chars().next());
    match after {
        Some(next) if is_alphanumeric(next) => {
            // `end.“Next`: only what surely closes is taken.
            rest.chars()
                .take(4)
                .take_while(|c| matches!(c, '”' | '»' | ')' | ']'))
                .map(char::len_utf8)
                .sum::<usize>()
                + end
        }
        _ => end + closing,
    }
}

/// A line of fewer bytes was not cut by the width of a page.
const FULL_LINE: usize = 45;

/// Whether the line before the break at `at` stops in the middle of a sentence, as far as its
/// last sign tells.
fn is_cut(source: &str, at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    let line = before.trim_end_matches([' ', '\t', '\r']);
    line.ends_with(|c: char| is_alphanumeric(c) || c == ',')
}

/// Whether the line break at `at` ends what began at `began`: the next line does not go on in
/// lower case, or both lines are as short as items of a list.
fn breaks_line(source: &str, began: usize, at: usize) -> bool {
    const ITEM_BYTES: usize = 40;
    let rest = source.get(at + 1..).unwrap_or_default();
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    if !rest.starts_with(char::is_lowercase) {
        return !(at - began >= FULL_LINE && is_cut(source, at));
    }
    let is_item = |line: &str| line.len() <= ITEM_BYTES && line.split_whitespace().count() <= 2;
    let next_end = rest
        .bytes()
        .take(ITEM_BYTES + 1)
        .position(|b| b == b'\n')
        .unwrap_or(rest.len());
    let next_is_item = rest.get(..next_end).is_some_and(is_item);
    next_is_item && source.get(began..at).is_some_and(is_item)
}

/// Whether the sentence that began at `began` ends with the sign at `at`, whose closing quotes end
/// at `end`.
fn is_end(source: &str, began: usize, at: usize, end: usize, parens: u32) -> bool {
    steps::count(1);
    let before = source.get(began..at).unwrap_or_default();
    let sign = source.get(at..end).unwrap_or_default();
    let rest = source.get(end..).unwrap_or_default();
    let next_text = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    let spaced = next_text.len() < rest.len();
    let Some(next) = next_text.chars().next() else {
        return true;
    };
    if next == '\n' || next == '\r' {
        // The line break decides.
        return false;
    }
    let only_dot = sign.trim_end_matches(['"', '”', '»', '’', '\'', ')', ']']) == ".";
    if only_dot && next == '.' {
        return before.ends_with(is_alphanumeric) && dots_open_a_sentence(next_text);
    }
    if is_label(before) {
        return false;
    }
    if matches!(next, '.' | '!' | '?' | ',' | ';' | ':' | ')' | ']') {
        return false;
    }
    // "said 'This is great.' she", "you see ... well"
    if next.is_lowercase() {
        return false;
    }
    if parens > 0 && parens < 4 && closes_soon(rest) {
        return false;
    }
    if before.ends_with('[') && sign.starts_with(['.', '…']) && !next.is_uppercase() {
        return false;
    }
    if !spaced {
        return only_dot && glued_sentences(before, next, next_text);
    }
    // "I never . . . did": dots with spaces between are one sign until a new sentence begins.
    if only_dot && before.ends_with([' ', '.']) && before.trim_end().ends_with('.') {
        let run = before
            .bytes()
            .rev()
            .take(64)
            .take_while(|b| matches!(b, b' ' | b'.'));
        let dots = run.clone().filter(|b| *b == b'.').count() + 1;
        let has_words = run.count() < before.len().min(64);
        return next.is_uppercase() && has_words && dots > 3;
    }
    // "- Yes! - he said": a dash goes on with the sentence.
    if matches!(next, '—' | '–' | '-') {
        let after = next_text.trim_start_matches(['—', '–', '-', ' ']);
        return !after.starts_with(char::is_lowercase);
    }
    if only_dot {
        return abbreviation::before(before, next_text) == Follows::NewSentence;
    }
    true
}

/// "1.", "b)": what stands before is the mark of an item and no sentence.
fn is_label(before: &str) -> bool {
    if before.len() > 16 {
        return false;
    }
    let bare = before
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '⁃' | '-' | '*'));
    (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
        || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase())
}

/// "words. . . . The next": dots that stand for what is left out, before a new sentence.
fn dots_open_a_sentence(rest: &str) -> bool {
    let dots = rest
        .bytes()
        .take(12)
        .take_while(|b| matches!(b, b'.' | b' '))
        .count();
    let sentence = rest.get(dots..).unwrap_or_default();
    rest.starts_with(". .") && sentence.starts_with(char::is_uppercase)
}

/// How far ahead the end of a parenthesis is looked for, in bytes.
const PARENTHESIS: usize = 300;

/// Whether the parenthesis that is open closes soon.
fn closes_soon(rest: &str) -> bool {
    let mut opened = 0;
    for (at, c) in rest.char_indices() {
        steps::count(1);
        match c {
            _ if at > PARENTHESIS => return false,
            '\n' => return false,
            '(' | '[' => opened += 1,
            ')' | ']' if opened == 0 => return true,
            ')' | ']' => opened -= 1,
            _ => {}
        }
    }
    false
}

/// "end.The next": a full stop without a space, between a word and a capital. Not "U.S.",
/// "Catholic.by", "Node.JS" or an address.
fn glued_sentences(before: &str, next: char, next_text: &str) -> bool {
    let word_start = before
        .char_indices()
        .rev()
        .take(40)
        .take_while(|(_, c)| !c.is_whitespace())
        .last()
        .map_or(before.len(), |(at, _)| at);
    let word = before.get(word_start..).unwrap_or_default();
    if word.contains(['@', '/', '\\', '_']) || !next.is_uppercase() {
        return false;
    }
    let next_word = next_text
        .chars()
        .take(80)
        .take_while(|c| !c.is_whitespace());
    if next_word.into_iter().any(|c| matches!(c, '@' | '/')) {
        return false;
    }
    let last = word.chars().next_back();
    let in_word = last.is_some_and(|c| {
        c.is_lowercase() || c.is_ascii_digit() || matches!(c, ')' | '%' | '”' | '»')
    });
    let word_is_long = word.chars().filter(|c| is_alphanumeric(*c)).count() >= 2;
    // Initials: "т.Е", "J.R."
    let next_word_is_word = next_text
        .chars()
        .nth(1)
        .is_some_and(|c| c.is_lowercase() || c.is_whitespace() || matches!(c, '’' | '\''));
    let inner_dots = word.contains('.') && !word.ends_with(|c: char| c.is_ascii_digit());
    in_word && word_is_long && next_word_is_word && !inner_dots
}
