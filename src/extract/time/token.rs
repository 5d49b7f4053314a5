//! A zone of text as the tokens that dates are made of.

use std::borrow::Cow;

use super::counted;
use super::words::{Bind, Word, classify};
use crate::extract::letter::{self, is_alphabetic, is_alphanumeric, is_uppercase};
use crate::extract::lexicon::words;
use crate::extract::steps;
use crate::model::span::Span;

/// A word, number or sign.
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent facts of how a token is written"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) word: Word,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it follows the one before without a space.
    pub(super) glued: bool,
    /// Whether it is neither word nor number.
    pub(super) sign: bool,
    /// Whether it is written in ASCII.
    pub(super) ascii: bool,
}

/// Numbers of more digits than this are no part of a date.
const MAX_DIGITS: usize = 8;
/// Words of more bytes than this are no part of a date.
const MAX_WORD: usize = 64;

/// The tokens of `zone`. Where its `words` have been read it is part of an article: those are known,
/// and markup that was left in it says nothing, as in [`words::pieces`]. Linear in its length.
pub(super) fn tokens(text: &str, zone: Span, words: Option<&[words::Token<'_>]>) -> Vec<Token> {
    let is_read = words.is_some();
    let mut words = words.unwrap_or_default();
    let source = zone.of(text).unwrap_or_default();
    let mut out: Vec<Token> = Vec::with_capacity(source.len() / 5 + 1);
    let mut end_before = 0;
    let mut next = 0;
    let bytes = source.as_bytes();
    while let Some(byte) = bytes.get(next).copied() {
        let start = next;
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            next += 1;
            continue;
        }
        if is_read && let Some(len) = words::markup_at(source, start) {
            next += len;
            continue;
        }
        let c = if byte.is_ascii() {
            char::from(byte)
        } else {
            let rest = source.get(next..).unwrap_or_default();
            rest.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        };
        next += c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let glued = start == end_before && start > 0;
        if !glued && let Some(word) = known(&mut words, zone.start + start) {
            end_before = word.span.end - zone.start;
            next = end_before;
            if meaning(word) == Word::Other && counted::is_counted(text, &out, word.text) {
                counted::take_back(&mut out);
            }
            out.push(Token {
                span: word.span,
                word: meaning(word),
                capital: word.is_capitalised(),
                glued,
                sign: false,
                ascii: word.text.is_ascii(),
            });
            continue;
        }
        let is_word = is_alphabetic(c);
        let mut ascii = c.is_ascii();
        let word = if c.is_ascii_digit() {
            let digits = source.as_bytes().get(next..).unwrap_or_default();
            next += digits.iter().take_while(|b| b.is_ascii_digit()).count();
            number(source.get(start..next).unwrap_or_default())
        } else if is_word {
            (next, ascii) = end_of_word(source, start);
            if glued && out.last().is_some_and(is_day) {
                next = end_of_suffix(source, start, next);
            }
            let surface = source.get(start..next).unwrap_or_default();
            let lower = match surface.len() {
                ..=MAX_WORD => letter::lower(surface),
                _ => Cow::Borrowed(""),
            };
            join_suffix(&mut out, &lower, glued).unwrap_or_else(|| {
                if lower.is_empty() {
                    Word::Other
                } else {
                    word(&lower, surface)
                }
            })
        } else {
            sign(c)
        };
        let span = Span::new(zone.start + start, zone.start + next);
        end_before = next;
        if word == Word::Other
            && is_word
            && counted::is_counted(text, &out, span.of(text).unwrap_or_default())
        {
            counted::take_back(&mut out);
        }
        if matches!(word, Word::Possessive)
            && let Some(last) = out.last_mut()
            && last.span.end == span.start
            && matches!(last.word, Word::Ordinal(_) | Word::Decade(_))
            && is_word
        {
            // The suffix belongs to the number before it.
            last.span.end = span.end;
            continue;
        }
        out.push(Token {
            span,
            word,
            capital: is_uppercase(c),
            glued,
            sign: !is_word && !is_alphanumeric(c),
            ascii,
        });
    }
    out
}

/// The word that begins at byte `start` of the text, if it is a plain one that begins with a
/// letter: then it is a token here as it is there.
fn known<'w, 't>(words: &mut &'w [words::Token<'t>], start: usize) -> Option<&'w words::Token<'t>> {
    loop {
        let (first, rest) = words.split_first()?;
        if first.span.start > start {
            return None;
        }
        *words = rest;
        if first.span.start == start {
            let begins_with_digit = first.text.starts_with(|c: char| c.is_ascii_digit());
            return (first.is_plain && !begins_with_digit).then_some(first);
        }
    }
}

/// What a plain word can be part of a date as.
fn meaning(token: &words::Token<'_>) -> Word {
    if token.text.len() > MAX_WORD {
        return Word::Other;
    }
    as_written(token.entry.date.0, token.text)
}

/// Whether a number may be that of a day.
const fn is_day(token: &Token) -> bool {
    matches!(token.word, Word::Number(_, ..=2))
}

/// "14thto 28thJune": where the suffix ends that a word lost its space after, else `next`.
fn end_of_suffix(source: &str, start: usize, next: usize) -> usize {
    let surface = source.get(start..next).unwrap_or_default();
    let parts = surface.get(..2).zip(surface.get(2..));
    parts
        .filter(|(suffix, _)| matches!(*suffix, "st" | "nd" | "rd" | "th"))
        .filter(|(_, rest)| (2..=MAX_WORD).contains(&rest.len()) && rest.is_ascii())
        .filter(|(_, rest)| classify(&rest.to_ascii_lowercase()) != Word::Other)
        .map_or(next, |_| start + 2)
}

/// Where the word that begins at `start` ends, and whether it is written in ASCII.
fn end_of_word(source: &str, start: usize) -> (usize, bool) {
    let run = letter::run(source, start);
    let follows = source.as_bytes().get(run.end);
    if run.len > 0 && follows.is_none_or(|byte| byte.is_ascii() && *byte != b'\'') {
        return (run.end, run.is_ascii);
    }
    let rest = source.get(start..).unwrap_or_default();
    let length = rest
        .char_indices()
        .find(|(at, c)| !is_alphanumeric(*c) && !is_inner_apostrophe(*c, rest, *at))
        .map_or(rest.len(), |(at, _)| at);
    let is_ascii = rest.get(..length).is_some_and(str::is_ascii);
    (start + length, is_ascii)
}

/// "п'ятницю": an apostrophe inside a Cyrillic word.
fn is_inner_apostrophe(c: char, source: &str, at: usize) -> bool {
    matches!(c, '\'' | '’')
        && source
            .get(at + c.len_utf8()..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|next| ('а'..='ӿ').contains(&next))
}

fn number(surface: &str) -> Word {
    if surface.len() > MAX_DIGITS {
        return Word::Other;
    }
    match (surface.parse(), u8::try_from(surface.len())) {
        (Ok(value), Ok(digits)) => Word::Number(value, digits),
        _ => Word::Other,
    }
}

/// "th", "s", "го": makes an ordinal or a decade of the number before it. The token of the suffix
/// is then dropped, which [`Word::Possessive`] stands for here.
fn join_suffix(out: &mut Vec<Token>, lower: &str, glued: bool) -> Option<Word> {
    if !glued {
        return None;
    }
    let last = out.last().copied()?;
    let made = |value: u32, digits: u8, cyrillic: bool| {
        let decade = value.is_multiple_of(10) && (digits == 4 || (digits == 2 && value >= 10));
        match lower {
            "s" if decade => Some(Word::Decade(value)),
            "st" | "nd" | "rd" | "th" if digits <= 2 => Some(Word::Ordinal(value)),
            "е" | "х" | "ми" | "ых" | "ые" if cyrillic && decade => {
                Some(Word::Decade(value))
            }
            "го" | "е" | "й" | "я" | "м" | "му" | "ю" | "ое" | "ого" | "ому" | "га" if cyrillic => {
                Some(Word::Ordinal(value))
            }
            _ => None,
        }
    };
    match last.word {
        Word::Number(value, digits) => {
            let word = made(value, digits, false)?;
            out.last_mut()?.word = word;
            Some(Word::Possessive)
        }
        // "7-го", "1990-х"
        Word::Dash if last.glued => {
            let before = out.get(out.len().checked_sub(2)?)?;
            let Word::Number(value, digits) = before.word else {
                return None;
            };
            let word = made(value, digits, true)?;
            let end = last.span.end;
            out.pop();
            let number = out.last_mut()?;
            number.word = word;
            number.span.end = end;
            Some(Word::Possessive)
        }
        _ => None,
    }
}

fn word(lower: &str, surface: &str) -> Word {
    if lower == "s" {
        return Word::Possessive;
    }
    as_written(classify(lower), surface)
}

/// What a word means that means `word` in any writing.
fn as_written(word: Word, surface: &str) -> Word {
    match word {
        Word::Other if surface.len() <= 5 && surface.starts_with(['I', 'V', 'X']) => {
            roman(surface).map_or(word, Word::Roman)
        }
        // Month names and the like are capitalised in English; "march" and "may" in lower case are
        // not.
        Word::Month { .. } | Word::Weekday(_)
            if surface.is_ascii() && !surface.starts_with(|c: char| c.is_ascii_uppercase()) =>
        {
            Word::Other
        }
        _ => word,
    }
}

fn roman(surface: &str) -> Option<u32> {
    const ROMAN: [&str; 21] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI",
    ];
    let at = ROMAN.iter().position(|numeral| *numeral == surface)?;
    u32::try_from(at + 1).ok()
}

const fn sign(c: char) -> Word {
    match c {
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' => Word::Dash,
        ',' => Word::Comma,
        '.' => Word::Dot,
        '/' => Word::Slash,
        '(' => Word::Open,
        ')' => Word::Close,
        '\'' | '’' => Word::Possessive,
        '№' | '#' | '$' | '€' | '£' | '§' | '¥' => Word::NumberSign,
        _ => Word::Other,
    }
}

/// A place in the tokens; reading past the end gives [`Word::Other`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens<'a>(pub(super) &'a [Token]);

impl Tokens<'_> {
    pub(super) fn word(&self, at: usize) -> Word {
        steps::count(1);
        self.0.get(at).map_or(Word::Other, |token| token.word)
    }

    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.0.get(at).copied()
    }

    pub(super) fn before(&self, at: usize) -> Option<Token> {
        self.0.get(at.checked_sub(1)?).copied()
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|token| token.glued)
    }

    pub(super) fn is(&self, at: usize, bind: Bind) -> bool {
        self.word(at) == Word::Bind(bind)
    }

    /// `at`, or one past it where that word stands there.
    pub(super) fn skip(&self, at: usize, bind: Bind) -> usize {
        at + usize::from(self.is(at, bind))
    }

    pub(super) fn skip_word(&self, at: usize, word: Word) -> usize {
        at + usize::from(self.word(at) == word)
    }
}
