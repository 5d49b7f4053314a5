//! Words as the gazetteer and the rules compare them.
//!
//! Budget: one pass over the text and one look-up a word; no allocation a word.

use std::borrow::Cow;

use super::super::glossary::{self, Entry};
use super::list;
use crate::extract::layout::markup::tag;
use crate::extract::letter::{
    self, is_alphabetic, is_alphanumeric, is_plainly_lower, is_uppercase, lower, push_lower,
};
use crate::model::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits only.
    Number,
    /// One other character.
    Mark,
}

/// A word, a number or a mark. A hyphen between two words is no token of its own.
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent facts of how a token is written"
)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'t> {
    /// Where it is, without a possessive ending.
    pub(crate) span: Span,
    /// As written, without a possessive ending.
    pub(crate) text: &'t str,
    /// In lower case, apostrophes straight, `ё` as `е`, no stress marks.
    pub(crate) norm: &'t str,
    /// What the tables know of the word.
    pub(crate) entry: &'static Entry,
    /// What word lists ask for before they look the normal form up.
    pub(crate) key: u16,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Whether a possessive ending follows ("Moscow's", "Belarus’").
    pub(crate) possessive: bool,
    /// Whether a hyphen joins it to the token before.
    pub(crate) joined: bool,
    /// Whether it is a run of letters and digits that ends where the word does.
    pub(crate) is_plain: bool,
    is_capitalised: bool,
}

impl Token<'_> {
    /// Whether it begins with a capital letter.
    pub(crate) const fn is_capitalised(&self) -> bool {
        self.is_capitalised
    }

    /// Whether it has more than one letter and none is small.
    pub(crate) fn is_upper(&self) -> bool {
        self.text.chars().nth(1).is_some() && !self.text.chars().any(char::is_lowercase)
    }

    /// Whether it is this mark.
    pub(crate) fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.text == mark
    }
}

/// A token before anything is known of its word.
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent facts of how a token is written"
)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// As [`Token::span`].
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    pub(crate) possessive: bool,
    pub(crate) joined: bool,
    pub(crate) is_plain: bool,
    /// Whether it is its own normal form.
    is_normal: bool,
}

/// Whether a character stands for an apostrophe.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´' | '′')
}

/// Whether a character joins two halves of a word.
const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Whether a character belongs inside a word without being a letter: combining stress, soft hyphen.
const fn is_silent(c: char) -> bool {
    matches!(c, '\u{301}' | '\u{ad}' | '\u{200b}'..='\u{200f}')
}

/// The form in which words are compared.
pub(crate) fn norm(word: &str) -> Cow<'_, str> {
    if word.is_ascii() && !word.contains('`') {
        return lower(word);
    }
    // `ё` and what is silent are neither ASCII nor among these.
    if word
        .chars()
        .all(|c| is_plainly_lower(c) && !matches!(c, 'ё' | '`'))
    {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        match c {
            'ё' | 'Ё' => out.push('е'),
            c if is_apostrophe(c) => out.push('\''),
            c if is_silent(c) => {}
            c => push_lower(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// [`Token::norm`] of a token as it is written. The full stop of an abbreviation is no part of it.
pub(crate) fn norm_of_token(text: &str) -> Cow<'_, str> {
    match text.strip_suffix('.') {
        Some(bare) if !bare.is_empty() => norm(bare),
        _ => norm(text),
    }
}

/// The tokens of each zone, in order. Normal forms that differ from the text are put into `norms`.
pub(crate) fn tokens<'t>(
    text: &'t str,
    zones: impl Iterator<Item = Span>,
    norms: &'t mut String,
) -> Vec<Vec<Token<'t>>> {
    // What borrows the normal forms is made once all are written.
    let mut found: Vec<Piece> = Vec::with_capacity(text.len() / 5);
    let mut ends = Vec::new();
    for zone in zones {
        pieces(text, zone, |piece| {
            if !piece.is_normal {
                norms.push_str(&norm_of_token(piece.span.of(text).unwrap_or_default()));
                norms.push('\n');
            }
            found.push(piece);
        });
        ends.push(found.len());
    }
    let mut others = norms.split_terminator('\n');
    let mut token = |piece: &Piece| {
        let text = piece.span.of(text).unwrap_or_default();
        let norm = if piece.is_normal {
            text
        } else {
            others.next().unwrap_or_default()
        };
        let key = list::key(norm.as_bytes());
        Token {
            span: piece.span,
            text,
            norm,
            entry: glossary::entry(norm, key),
            key,
            kind: piece.kind,
            possessive: piece.possessive,
            joined: piece.joined,
            is_plain: piece.is_plain,
            is_capitalised: text.chars().next().is_some_and(is_uppercase),
        }
    };
    let mut start = 0;
    let of_zone = |end: usize| {
        let zone = found.get(start..end).unwrap_or_default();
        start = end;
        zone.iter().map(&mut token).collect()
    };
    ends.into_iter().map(of_zone).collect()
}

/// Gives `each` the pieces of `zone`, in order.
pub(crate) fn pieces(text: &str, zone: Span, mut each: impl FnMut(Piece)) {
    let Some(slice) = zone.of(text) else {
        return;
    };
    let mut next = 0;
    let mut is_first = true;
    // Where the last token ended with its possessive, and whether a hyphen stood right after it.
    let (mut last_end, mut hyphen_end) = (usize::MAX, usize::MAX);
    let bytes = slice.as_bytes();
    while let Some(byte) = bytes.get(next).copied() {
        let at = next;
        if is_space(byte) {
            next += 1;
            continue;
        }
        if let Some(len) = markup_at(slice, at) {
            next += len;
            continue;
        }
        // A letter or digit, told by its byte; or any other character.
        let other = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xd0 | 0xd1 => None,
            _ => char_at(slice, at),
        };
        if let Some(c) = other.filter(|c| !is_alphanumeric(*c)) {
            next += c.len_utf8();
            if c.is_whitespace() || is_silent(c) {
                continue;
            }
            if is_hyphen(c) && last_end == at && char_at(slice, next).is_some_and(is_alphanumeric) {
                hyphen_end = next;
                continue;
            }
            is_first = false;
            each(Piece {
                span: Span::new(zone.start + at, zone.start + next),
                kind: TokenKind::Mark,
                possessive: false,
                joined: false,
                is_plain: false,
                is_normal: byte.is_ascii() && byte != b'`',
            });
            continue;
        }
        let word = word(slice, at);
        next = word.end;
        last_end = word.end;
        let mut len = word.end - at;
        let mut possessive = false;
        if !word.is_plain {
            let base = slice.get(at..word.end).unwrap_or_default();
            for ending in ["'s", "’s", "ʼs", "‘s", "´s", "'S", "’S"] {
                if let Some(stem) = base.strip_suffix(ending)
                    && !stem.is_empty()
                {
                    (len, possessive) = (stem.len(), true);
                    break;
                }
            }
            if !possessive
                && base.ends_with(['s', 'S'])
                && char_at(slice, next).is_some_and(|n| matches!(n, '’' | '\''))
            {
                possessive = true;
                next += char_at(slice, next).map_or(0, char::len_utf8);
            }
        }
        // "Norway&rsquo;s"
        if bytes.get(next) == Some(&b'&')
            && let Some(ending) = slice.get(next..).and_then(possessive_entity)
        {
            possessive = true;
            next += ending;
        }
        let start = zone.start + at;
        each(Piece {
            span: Span::new(start, start + len),
            kind: if word.has_letters {
                TokenKind::Word
            } else {
                TokenKind::Number
            },
            possessive,
            joined: hyphen_end == at && !is_first,
            is_plain: word.is_plain,
            is_normal: word.is_normal,
        });
        is_first = false;
    }
}

/// Characters by name or number that were left in a text: apostrophes first.
const ENTITIES: [&str; 15] = [
    "&rsquo;", "&lsquo;", "&#39;", "&#8217;", "&apos;", "&nbsp;", "&#160;", "&quot;", "&ldquo;",
    "&rdquo;", "&ndash;", "&mdash;", "&hellip;", "&laquo;", "&raquo;",
];
const APOSTROPHES: usize = 5;

/// How long the markup is that was left in `slice` at byte `at`, in bytes: it says nothing.
pub(crate) fn markup_at(slice: &str, at: usize) -> Option<usize> {
    let bytes = slice.as_bytes();
    let may = match bytes.get(at)? {
        b'<' | b'&' | b']' => true,
        b'h' => bytes.get(at + 1..at + 4) == Some(b"ttp"),
        _ => false,
    };
    slice.get(at..).filter(|_| may).and_then(markup)
}

/// How long the tag, the character by name, the address or the target of a link is with which `text`
/// begins, in bytes.
fn markup(text: &str) -> Option<usize> {
    /// An address of more bytes is read as words.
    const ADDRESS: usize = 600;
    let is_address = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    let target = text.strip_prefix("](").filter(|target| is_address(target));
    if let Some(address) = target.or_else(|| is_address(text).then_some(text)) {
        let near = address.get(..address.floor_char_boundary(ADDRESS))?;
        let ends = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '"' | '<');
        let end = near.find(ends).unwrap_or(near.len());
        return Some(text.len() - address.len() + end);
    }
    tag(text).or_else(|| {
        let mut entities = ENTITIES.iter();
        entities
            .find(|entity| text.starts_with(**entity))
            .map(|entity| entity.len())
    })
}

/// How long the ending "&rsquo;s" is with which `text` begins, in bytes.
fn possessive_entity(text: &str) -> Option<usize> {
    let mut apostrophes = ENTITIES.iter().take(APOSTROPHES);
    let entity = apostrophes.find(|entity| text.starts_with(**entity))?;
    let after = text.get(entity.len()..)?;
    let ends = |rest: &str| !rest.chars().next().is_some_and(is_alphanumeric);
    (after.starts_with('s') && after.get(1..).is_some_and(ends)).then_some(entity.len() + 1)
}

/// Whether this is white space of ASCII.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn char_at(slice: &str, at: usize) -> Option<char> {
    slice.get(at..)?.chars().next()
}

/// A word or number as it is written.
struct Whole {
    /// One past its last byte.
    end: usize,
    has_letters: bool,
    /// Whether it has no apostrophes inside or after it.
    is_plain: bool,
    /// Whether it is its own normal form.
    is_normal: bool,
}

/// The word or number that begins at `at`.
fn word(slice: &str, at: usize) -> Whole {
    let run = letter::run(slice, at);
    let is_over = match slice.as_bytes().get(run.end) {
        None => true,
        Some(b'\'' | b'`') => false,
        // One letter may be the first of "U.S."
        Some(b'.') => run.len > 1 || !run.has_letters,
        Some(byte) => byte.is_ascii(),
    };
    if run.len > 0 && is_over {
        return Whole {
            end: run.end,
            has_letters: run.has_letters,
            is_plain: true,
            is_normal: run.is_plainly_lower,
        };
    }
    let mut whole = Whole {
        end: at,
        has_letters: false,
        is_plain: false,
        is_normal: false,
    };
    let mut is_abbreviation = true;
    // The run of letters since the last full stop, to tell "U.S." from the end of a sentence.
    let mut run = 0;
    let mut chars = slice.get(at..).unwrap_or_default().chars();
    let mut len = 0;
    while let Some(c) = chars.next() {
        let next_is_letter = || chars.as_str().chars().next().is_some_and(is_alphabetic);
        let goes_on = if is_alphanumeric(c) {
            whole.has_letters |= is_alphabetic(c);
            run += 1;
            is_abbreviation &= run == 1 && (len > 0 || is_alphabetic(c));
            true
        } else if is_silent(c) {
            true
        } else if is_apostrophe(c) {
            next_is_letter()
        } else if c == '.' && is_abbreviation && run == 1 {
            run = 0;
            next_is_letter() || len > 1
        } else {
            false
        };
        if !goes_on {
            break;
        }
        whole.end += c.len_utf8();
        len += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use crate::extract::glossary;

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = glossary::tokens(text)
            .iter()
            .map(|t| {
                format!(
                    "{}{}{}",
                    if t.joined { "-" } else { "" },
                    t.norm,
                    if t.possessive { "+s" } else { "" }
                )
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn words_are_cut_where_names_end() {
        check("Moscow's and Belarus’ view", "moscow+s and belarus+s view");
        check("Sino-Belarusian talks", "sino -belarusian talks");
        check(
            "The U.S. sold, the U.S.A. bought.",
            "the u.s sold , the u.s.a bought .",
        );
        check("Qatar´s fleet", "qatar+s fleet");
        check("US$3bn", "us $ 3bn");
        check("Аб’яднаныя Ёлки", "аб'яднаныя елки");
        check("S. Jaishankar", "s . jaishankar");
        check(
            "the [Norwegian fleet](https://a.example/Visit_of_China)'s way, http://b.example/China too",
            "the [ norwegian fleet ) ' s way , too",
        );
        check(
            "<p class=\"x\">Norway&rsquo;s&nbsp;fleet</p> A&B < C",
            "norway+s fleet a & b < c",
        );
        check("Côte d’Ivoire", "côte d'ivoire");
    }
}
