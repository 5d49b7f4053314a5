//! Letters: what `char` says of them, by range for the two scripts that articles are written in.
//!
//! The standard library looks a Cyrillic letter up in a compressed table; four in five characters
//! of a Russian text ask several times each. The answers are the same.

use std::borrow::Cow;

/// [`char::is_alphabetic`].
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{2010}'..='\u{205f}' => false,
        _ => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`].
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{2010}'..='\u{205f}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// [`char::is_uppercase`].
pub(crate) fn is_uppercase(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        '\u{400}'..='\u{42f}' => true,
        '\u{430}'..='\u{45f}' => false,
        _ => c.is_uppercase(),
    }
}

/// `text` in lower case, letter by letter, by the bytes of ASCII and the Cyrillic of today.
pub(crate) fn lower_text(text: &str) -> String {
    // Latin text has quotes and dashes (U+2000 to U+203F), which have no case.
    let bytes = text.as_bytes();
    let is_plain = |(at, byte): (usize, u8)| match byte {
        0..=0xbf => true,
        0xe2 => bytes.get(at + 1) == Some(&0x80),
        _ => false,
    };
    if text.bytes().enumerate().all(is_plain) {
        return text.to_ascii_lowercase();
    }
    let mut out: Vec<u8> = Vec::with_capacity(text.len() + 4);
    let mut bytes = text.as_bytes().iter().copied().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if byte < 0x80 {
            out.push(byte.to_ascii_lowercase());
            continue;
        }
        let second = text.as_bytes().get(at + 1).copied().unwrap_or_default();
        let lower = match (byte, second) {
            (0xd0, 0x80..=0x8f) => Some([0xd1, second + 0x10]),
            (0xd0, 0x90..=0x9f) => Some([0xd0, second + 0x20]),
            (0xd0, 0xa0..=0xaf) => Some([0xd1, second - 0x20]),
            (0xd0, _) | (0xd1, 0x80..=0x9f) => Some([byte, second]),
            _ => None,
        };
        if let Some(lower) = lower {
            out.extend(lower);
            bytes.next();
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            continue;
        };
        for lower in c.to_lowercase() {
            out.extend(lower.encode_utf8(&mut [0; 4]).as_bytes());
        }
        (1..c.len_utf8()).for_each(|_| {
            bytes.next();
        });
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Adds [`char::to_lowercase`] of `c` to `out`.
pub(crate) fn push_lower(out: &mut String, c: char) {
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        'а'..='џ' => out.push(c),
        'А'..='Я' => out.push(char::from_u32(c as u32 + 0x20).unwrap_or(c)),
        'Ѐ'..='Џ' => out.push(char::from_u32(c as u32 + 0x50).unwrap_or(c)),
        _ => out.extend(c.to_lowercase()),
    }
}

/// Whether [`push_lower`] leaves `c` as it is; `false` where that would take looking up.
pub(crate) const fn is_plainly_lower(c: char) -> bool {
    match c {
        '\0'..='\x7f' => !c.is_ascii_uppercase(),
        'а'..='џ' => true,
        _ => false,
    }
}

/// A word in lower case, letter by letter: a final sigma is as any other.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
    }
    if word.chars().all(is_plainly_lower) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        push_lower(&mut out, c);
    }
    Cow::Owned(out)
}

/// A run of plain letters and digits: ASCII and the Cyrillic of today, of which every one is what
/// its bytes say. Most words of a text are one such run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// One past its last byte.
    pub(crate) end: usize,
    /// Its characters.
    pub(crate) len: usize,
    pub(crate) has_letters: bool,
    pub(crate) is_ascii: bool,
    /// Whether it holds neither capitals nor `ё`.
    pub(crate) is_plainly_lower: bool,
}

/// The run that begins at byte `at` of `text`; empty where another character stands there.
pub(crate) fn run(text: &str, at: usize) -> Run {
    let bytes = text.as_bytes();
    let mut run = Run {
        end: at,
        len: 0,
        has_letters: false,
        is_ascii: true,
        is_plainly_lower: true,
    };
    while let Some(byte) = bytes.get(run.end).copied() {
        match byte {
            b'a'..=b'z' => run.has_letters = true,
            b'0'..=b'9' => {}
            b'A'..=b'Z' => {
                run.has_letters = true;
                run.is_plainly_lower = false;
            }
            // Two bytes a letter; U+0460 and on are letters of old.
            0xd0 | 0xd1 => {
                let Some(second) = bytes.get(run.end + 1).copied() else {
                    break;
                };
                if byte == 0xd1 && second >= 0xa0 {
                    break;
                }
                run.has_letters = true;
                run.is_ascii = false;
                // Capitals up to U+042F, and `ё`.
                run.is_plainly_lower &= if byte == 0xd0 {
                    second >= 0xb0
                } else {
                    second != 0x91
                };
                run.end += 1;
            }
            _ => break,
        }
        run.end += 1;
        run.len += 1;
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_what_its_letters_are() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}1");
            let run = run(&text, 1);
            if run.len == 0 {
                assert_eq!(run.end, 1, "{c:?}");
                continue;
            }
            assert_eq!((run.len, run.end), (2, text.len()), "{c:?}");
            assert_eq!(run.has_letters, is_alphabetic(c), "{c:?}");
            assert_eq!(run.is_ascii, c.is_ascii(), "{c:?}");
            let plain = is_plainly_lower(c) && c != 'ё';
            assert_eq!(run.is_plainly_lower, plain, "{c:?}");
        }
    }

    #[test]
    fn the_answers_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
            assert_eq!(
                lower_text(&format!("{c}Я")),
                format!("{}я", c.to_lowercase())
            );
            let mut lower = String::new();
            push_lower(&mut lower, c);
            let expected: String = c.to_lowercase().collect();
            assert_eq!(lower, expected, "{c:?}");
            assert!(!is_plainly_lower(c) || lower == c.to_string(), "{c:?}");
        }
    }
}
