//! Lines of a text and what can be seen of them without reading them.

use super::markup::said;
use crate::extract::letter::{is_alphanumeric, is_uppercase};
use crate::extract::steps;
use crate::model::span::Span;

/// A line that holds something, trimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    /// Whether an empty line (or the beginning) stands before it.
    pub(super) after_blank: bool,
    /// Words, counted up to [`MANY_WORDS`].
    pub(super) words: usize,
    /// Words that begin with a capital or digit, of those counted.
    pub(super) capitals: usize,
    /// Whether it ends as a sentence does.
    pub(super) ends: bool,
    /// Whether it is an item of a list.
    pub(super) bullet: bool,
}

/// A line of fewer words was not cut by the width of a page.
const CUT_WORDS: usize = 4;

/// Where counting words stops: no rule asks for more.
pub(super) const MANY_WORDS: usize = 60;

/// The lines of `text` that hold something, in order. Linear in its length.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    for piece in text.split_inclusive('\n') {
        let trimmed = piece.trim_matches(is_padding);
        if trimmed.is_empty() {
            after_blank = true;
        } else {
            let at = start + (piece.len() - piece.trim_start_matches(is_padding).len());
            let mut said = said(trimmed);
            // The tag says what the line is.
            if said.is_empty() || trimmed.starts_with("<figcaption") {
                said = 0..trimmed.len();
            }
            let span = Span::new(at + said.start, at + said.end);
            let words = trimmed.get(said).unwrap_or(trimmed);
            lines.push(Line::new(words, span, after_blank));
            after_blank = false;
        }
        start += piece.len();
    }
    unwrapped(text, &lines)
}

/// Joins the lines that a narrow page cut: in a block without an empty line, where many lines go
/// on in lower case, a line that ends no sentence goes on in the next one.
fn unwrapped<'a>(text: &'a str, lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|_, next| !next.after_blank) {
        let small =
            |line: &&Line<'_>| line.text.starts_with(char::is_lowercase) && !line.is_field();
        let goes_on = block.iter().skip(1).filter(small).count();
        let is_wrapped = goes_on > 0 && goes_on * 3 >= block.len() - 1;
        let mut first: Option<Span> = None;
        for (at, line) in block.iter().enumerate() {
            let begun = first.map_or(line.span, |span| span.cover(line.span));
            let last = at + 1 == block.len() || block.get(at + 1).is_some_and(|next| next.bullet);
            let cut = !line.ends_a_sentence() && line.words >= CUT_WORDS;
            if is_wrapped && cut && !last {
                first = Some(begun);
                continue;
            }
            let joined = || begun.of(text).unwrap_or(line.text);
            let opens = block
                .first()
                .is_some_and(|line| line.span.start == begun.start);
            out.push(if first.is_none() {
                Line {
                    after_blank: opens,
                    ..*line
                }
            } else {
                Line::new(joined(), begun, opens)
            });
            first = None;
        }
    }
    out
}

/// White space, and the marks that look like it.
fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

impl<'a> Line<'a> {
    fn new(text: &'a str, span: Span, after_blank: bool) -> Self {
        steps::count(text.len());
        let (words, capitals) = count(text);
        Self {
            text,
            span,
            after_blank,
            words,
            capitals,
            ends: ends_as_a_sentence(text),
            bullet: is_bullet(text),
        }
    }

    /// Whether a sentence surely ends with the line: a comma or semicolon ends none.
    pub(super) fn ends_a_sentence(&self) -> bool {
        self.ends && !self.text.ends_with([',', ';'])
    }

    /// Whether a sentence ends within it.
    pub(super) fn holds_sentence(&self) -> bool {
        const ENDS: [&str; 6] = [". ", "! ", "? ", ".» ", ".” ", ".\" "];
        ENDS.iter().any(|end| self.text.contains(end))
    }

    /// "layout: post", "date  : 2022-02-20"
    fn is_field(&self) -> bool {
        let name = self.text.split(':').next().unwrap_or_default();
        name.len() < self.text.len() && name.len() <= 30 && !name.trim_end().contains(' ')
    }

    /// Whether it is prose: long enough, and ended as a sentence; or an item of a list.
    pub(super) const fn is_prose(&self) -> bool {
        self.words >= 25 || (self.words >= 9 && self.ends)
    }

    /// "The headline of another art...": shortened, not ended.
    pub(super) fn is_cut_off(&self) -> bool {
        self.words < 25 && (self.text.ends_with("...") || self.text.ends_with('…'))
    }

    /// Whether it can be a heading, a rubric, a caption or a link.
    pub(super) const fn is_short(&self) -> bool {
        self.words <= 7 && self.span.len() <= 160 && !self.ends && !self.bullet
    }

    /// The same, or a label with its colon.
    pub(super) fn is_short_or_label(&self) -> bool {
        self.is_short() || self.words <= 7 && !self.bullet && self.text.ends_with(':')
    }

    /// Whether it may be the headline of another article: no sentence, and no item of a list.
    pub(super) const fn is_unended(&self) -> bool {
        self.words <= 22 && !self.ends && !self.bullet
    }

    /// The text in lower case without what stands around it, for comparing.
    pub(super) fn key(&self) -> String {
        let bare = self.text.trim_matches(|c: char| !is_alphanumeric(c));
        steps::count(bare.len());
        let mut key = String::with_capacity(bare.len());
        for word in bare.split_whitespace() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
        if key.is_ascii() {
            key.make_ascii_lowercase();
            return key;
        }
        key.to_lowercase().replace('’', "'")
    }
}

/// The words of `text`, up to [`MANY_WORDS`], and how many of them begin with a capital or digit.
fn count(text: &str) -> (usize, usize) {
    let (mut pieces, mut words, mut capitals) = (0, 0, 0);
    // Whether a piece between spaces goes on, and whether its first letter was seen.
    let (mut is_inside, mut is_word) = (false, false);
    let mut next = 0;
    while let Some(byte) = text.as_bytes().get(next).copied() {
        let at = next;
        next += 1;
        // Of a piece with a letter only its end matters.
        if is_word && !matches!(byte, b' ' | b'\t'..=b'\r' | 0xc2 | 0xe1..=0xe3) {
            continue;
        }
        let c = if byte.is_ascii() {
            char::from(byte)
        } else {
            let rest = text.get(at..).unwrap_or_default();
            let Some(c) = rest.chars().next() else {
                // The rest of a character.
                continue;
            };
            next = at + c.len_utf8();
            c
        };
        if c.is_whitespace() {
            is_inside = false;
            is_word = false;
            continue;
        }
        if !is_inside {
            is_inside = true;
            pieces += 1;
            if pieces > MANY_WORDS {
                break;
            }
        }
        if !is_word && is_alphanumeric(c) {
            is_word = true;
            words += 1;
            capitals += usize::from(is_uppercase(c) || c.is_numeric());
        }
    }
    (words, capitals)
}

fn ends_as_a_sentence(text: &str) -> bool {
    const CLOSING: [char; 9] = ['"', '\'', '”', '’', '»', ')', '*', '_', ']'];
    let core = text.trim_end_matches(CLOSING);
    core.ends_with(['.', '!', '?', '…', ':', ';', ','])
        || before_sign_off(core).is_some_and(|before| {
            before
                .trim_end_matches(CLOSING)
                .ends_with(['.', '!', '?', '…'])
        })
}

/// What stands before an agency's name at the end: "… shut down in June. — Sapa-AFP".
fn before_sign_off(text: &str) -> Option<&str> {
    /// In words.
    const LONGEST: usize = 3;
    let (before, name) = text.rsplit_once(['—', '–'])?;
    let mut words = name.split_whitespace();
    let is_name = words.clone().nth(LONGEST).is_none()
        && words.all(|word| word.starts_with(is_uppercase))
        && name.contains(is_alphanumeric);
    is_name.then(|| before.trim_end())
}

fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    matches!(first, Some('•' | '◦' | '▪' | '·' | '●' | '⁃' | '‣'))
        || (matches!(first, Some('-' | '*' | '–' | '—' | '+')) && second == Some(' '))
        // "1. An item", not "5.04.2018" or "1.5 million".
        || (first.is_some_and(|c| c.is_ascii_digit())
            && matches!(second, Some('.' | ')'))
            && !chars.next().is_some_and(|c| c.is_ascii_digit()))
}
