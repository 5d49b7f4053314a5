//! A text as it is compared: what an editor, a converter or another encoding changes without
//! changing a word is the same here.

use crate::model::fold::fold_char;

/// Stands before and after a text, so that its beginning and its end are context like any other.
const EDGE: usize = 3;
const BEGINNING: char = '\u{2}';
const END: char = '\u{3}';

/// Characters to compare, each with the bytes that it stands for.
#[derive(Debug, Default)]
pub(super) struct Folded {
    chars: Vec<char>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Folded {
    /// A whole text, with its edges.
    pub(super) fn of_text(text: &str) -> Self {
        let mut folded = Self::default();
        folded.edge(BEGINNING, 0);
        folded.add(text);
        folded.edge(END, text.len());
        folded
    }

    /// A piece of a text; the flags say whether it begins and ends with it.
    pub(super) fn of_piece(piece: &str, at_beginning: bool, at_end: bool) -> Self {
        let mut folded = Self::default();
        if at_beginning {
            folded.edge(BEGINNING, 0);
        }
        folded.add(piece);
        if at_end {
            folded.edge(END, piece.len());
        }
        folded
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The place of the first character that begins at `byte` or later; edges aside.
    pub(super) fn index_of(&self, byte: usize) -> usize {
        let first = self.chars.iter().take_while(|c| **c == BEGINNING).count();
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        self.starts
            .partition_point(|start| *start < byte)
            .max(if byte == 0 { first } else { 0 })
    }

    /// The bytes of the characters from `from` to `to`, white space at both ends left out.
    pub(super) fn bytes(&self, mut from: usize, mut to: usize) -> (usize, usize) {
        let is_space = |at: usize| self.chars.get(at).is_some_and(|c| *c == ' ');
        while from < to && is_space(from) {
            from += 1;
        }
        while from < to && is_space(to - 1) {
            to -= 1;
        }
        if from >= to {
            let at = self.start(from);
            return (at, at);
        }
        (self.start(from), self.end(to))
    }

    /// The byte at which the character at `at` begins.
    pub(super) fn start(&self, at: usize) -> usize {
        let start = self.starts.get(at).or(self.ends.last());
        start.map_or(0, |byte| *byte as usize)
    }

    /// The byte at which the character before `at` ends.
    pub(super) fn end(&self, at: usize) -> usize {
        let end = at.checked_sub(1).and_then(|last| self.ends.get(last));
        end.map_or(0, |byte| *byte as usize)
    }

    fn edge(&mut self, mark: char, at: usize) {
        for _ in 0..EDGE {
            self.push(mark, at, at);
        }
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.chars.push(c);
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.ends.push(u32::try_from(end).unwrap_or(u32::MAX));
    }

    fn add(&mut self, text: &str) {
        let mut base = String::new();
        let mut last_is_space = false;
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let single = |folded: &mut Self, to: char| {
                folded.push(to, start, end);
                to == ' '
            };
            last_is_space = match c {
                c if c.is_whitespace() => {
                    if last_is_space {
                        self.reach(end);
                        true
                    } else {
                        single(self, ' ')
                    }
                }
                // A mark belongs to the letter before it; what can't be seen, to what can.
                '\u{300}'..='\u{36f}'
                | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2060}'
                | '\u{feff}' => {
                    if !last_is_space {
                        self.reach(end);
                    }
                    last_is_space
                }
                '“' | '”' | '„' | '«' | '»' | '‟' => single(self, '"'),
                '‐'..='―' | '−' => single(self, '-'),
                c if c.is_ascii() => single(self, c.to_ascii_lowercase()),
                c => {
                    base.clear();
                    for lower in c.to_lowercase() {
                        fold_char(lower, &mut base);
                    }
                    for folded in base.chars() {
                        self.push(folded, start, end);
                    }
                    false
                }
            };
        }
    }

    /// The last character goes on to `end`.
    fn reach(&mut self, end: usize) {
        if let Some(last) = self.ends.last_mut() {
            *last = u32::try_from(end).unwrap_or(u32::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::of_piece(text, false, false)
            .chars()
            .iter()
            .collect()
    }

    #[test]
    fn what_a_converter_changes_is_the_same() {
        assert_eq!(
            folded("Йод\r\n\r\nЁлка"),
            folded("И\u{306}од\n  е\u{308}лка")
        );
        assert_eq!(folded("“co\u{ad}op” — now"), folded("\"coop\" - now"));
        assert_ne!(folded("2015"), folded("2016"));
    }

    #[test]
    fn bytes_lead_back_to_whole_letters() {
        let text = "А и\u{306}од  б";
        let folded = Folded::of_piece(text, false, false);
        let at = folded.index_of(3);
        let (start, end) = folded.bytes(at, at + 1);
        assert_eq!(text.get(start..end), Some("и\u{306}"));
        let (start, end) = folded.bytes(at, at + 4);
        assert_eq!(text.get(start..end), Some("и\u{306}од"));
    }
}
