//! Items of a list that share a line.

/// Whether an item of a list begins at `at`, where `c` stands, in the middle of a line.
///
/// A bullet always does; a number or letter with a bracket or full stop does, where the line
/// began with the first of its kind.
pub(super) fn begins(source: &str, at: usize, c: char) -> bool {
    let is_bullet = matches!(c, '•' | '⁃' | '▪' | '◦' | '●');
    if at == 0 || !(is_bullet || c.is_ascii_digit() || c.is_ascii_lowercase()) {
        return false;
    }
    let before = source.get(..at).unwrap_or_default();
    if !before.ends_with([' ', '\t', '\u{a0}']) {
        return false;
    }
    if is_bullet {
        return true;
    }
    let rest = source.get(at..).unwrap_or_default();
    let Some((kind, number)) = marker(rest) else {
        return false;
    };
    marker(source).is_some_and(|(first_kind, first)| {
        kind == first_kind && number > first && number <= first.saturating_add(50) && first <= 1
    })
}

/// Whether the line begins with the first item of a numbered or lettered list: where it does not,
/// no such item begins inside it.
pub(super) fn begins_with_one(source: &str) -> bool {
    marker(source).is_some_and(|(_, first)| first <= 1)
}

/// Whether a number or letter of an item may begin with this byte.
pub(super) const fn may_mark(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_lowercase()
}

/// The mark of a numbered or lettered item: what it looks like, and its number.
fn marker(text: &str) -> Option<(&'static str, u32)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let (number, rest) = if first.is_ascii_digit() {
        let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
        (
            text.get(..digits)?.parse().ok().filter(|_| digits <= 2)?,
            text.get(digits..)?,
        )
    } else if first.is_ascii_lowercase() {
        (u32::from(first) - u32::from('a') + 1, text.get(1..)?)
    } else {
        return None;
    };
    if !rest.starts_with(['.', ')']) {
        return None;
    }
    let letter = first.is_ascii_lowercase();
    let kind = [(".) ", "1.)"), (") ", "1)"), (". ", "1.")]
        .into_iter()
        .find(|(mark, _)| rest.starts_with(mark))?;
    let after = rest.get(kind.0.len()..)?.chars().next()?;
    after.is_uppercase().then_some(match (kind.1, letter) {
        ("1.)", false) => ("1.)", number),
        ("1)", false) => ("1)", number),
        ("1.", false) => ("1.", number),
        (_, true) => ("a", number),
        _ => return None,
    })
}
