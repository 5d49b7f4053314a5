//! Where words begin and end: the default word boundaries of Unicode (UAX #29), with these
//! differences. A word that falls apart here is searched for as a phrase, so nothing is lost by
//! splitting: numbers and abbreviations break at points and commas (`12.04.2016` is found by
//! `2016`), names at underscores. Ideographs and kana are a word each.

use crate::model::span::Span;

/// The words of a text, in order.
#[must_use]
pub const fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The word that goes on over this byte: it begins before and ends after it.
#[must_use]
pub(in crate::index) fn word_around(text: &str, at: usize) -> Option<Span> {
    let before = |at: usize| {
        let c = text.get(..at)?.chars().next_back()?;
        let start = at - c.len_utf8();
        Some((start, kind_at(text, start)?.0))
    };
    let mut start = at;
    while let Some((from, kind)) = before(start) {
        let is_inside = match kind {
            Kind::Letter | Kind::Digit | Kind::Mark => true,
            // No word begins with one.
            Kind::Apostrophe => {
                before(from).is_some_and(|(_, kind)| matches!(kind, Kind::Letter | Kind::Mark))
            }
            Kind::Ideograph | Kind::Other => false,
        };
        if !is_inside {
            break;
        }
        start = from;
    }
    let from_there = Words { text, at: start };
    let mut reaching = from_there.take_while(|word| word.start < at);
    reaching.find(|word| at < word.end)
}

/// See [`words`].
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

/// What a character is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// A word of its own.
    Ideograph,
    /// Belongs to the letter before it.
    Mark,
    Apostrophe,
    Other,
}

impl Kind {
    const fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }
}

/// What stands at byte `at`, and its length; `None` at the end.
fn kind_at(text: &str, at: usize) -> Option<(Kind, usize)> {
    Some(match *text.as_bytes().get(at)? {
        b'a'..=b'z' | b'A'..=b'Z' => (Kind::Letter, 1),
        b'0'..=b'9' => (Kind::Digit, 1),
        b'\'' => (Kind::Apostrophe, 1),
        0..=0x7f => (Kind::Other, 1),
        // U+0400 to U+047F: all letters, two bytes each.
        0xd0 | 0xd1 => (Kind::Letter, 2),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            (kind_of(c), c.len_utf8())
        }
    })
}

fn kind_of(c: char) -> Kind {
    match c {
        '’' | '‘' | 'ʼ' => Kind::Apostrophe,
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' => Kind::Mark,
        '\u{2000}'..='\u{206f}' => Kind::Other,
        '\u{2e80}'..='\u{2fff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Kind::Ideograph,
        _ if c.is_alphabetic() => Kind::Letter,
        _ if c.is_numeric() => Kind::Digit,
        _ => Kind::Other,
    }
}

impl Iterator for Words<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let text = self.text;
        let (start, first) = loop {
            let (kind, len) = kind_at(text, self.at)?;
            let at = self.at;
            self.at += len;
            if kind.is_word() || kind == Kind::Ideograph {
                break (at, kind);
            }
        };
        if first == Kind::Ideograph {
            return Some(Span::new(start, self.at));
        }
        let mut before = first;
        while let Some((kind, len)) = kind_at(text, self.at) {
            match kind {
                Kind::Letter | Kind::Digit => before = kind,
                Kind::Mark => {}
                // Between letters only: `об'єкт`, not `'quoted'`.
                Kind::Apostrophe if before == Kind::Letter => match kind_at(text, self.at + len) {
                    Some((Kind::Letter, _)) => {}
                    _ => break,
                },
                _ => break,
            }
            self.at += len;
        }
        Some(Span::new(start, self.at))
    }
}
