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
    if word.chars().all(is_plainly_lower) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        push_lower(&mut out, c);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut lower = String::new();
            push_lower(&mut lower, c);
            let expected: String = c.to_lowercase().collect();
            assert_eq!(lower, expected, "{c:?}");
            assert!(!is_plainly_lower(c) || lower == c.to_string(), "{c:?}");
        }
    }
}
