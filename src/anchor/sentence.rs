//! Where the sentence of a passage begins and ends, as far as its quote tells.

/// Whether a passage itself ends its sentence.
pub(super) fn ends_sentence(passage: &str) -> bool {
    passage.trim_end().ends_with(['.', '!', '?', '…'])
}

const STOPS: [char; 5] = ['.', '!', '?', '…', '\n'];

/// The byte of `before` at which the sentence begins that goes on behind it.
pub(super) fn before_sentence(before: &str) -> usize {
    let mut begin = 0;
    let mut stopped = false;
    for (at, c) in before.char_indices() {
        if c == '\n' || (stopped && c.is_whitespace()) {
            begin = at + c.len_utf8();
        }
        stopped = STOPS.contains(&c) || (stopped && matches!(c, '"' | '”' | '»' | ')' | '’'));
    }
    begin
}

/// The byte of `after` at which the sentence ends that began before it.
pub(super) fn after_sentence(after: &str) -> usize {
    let mut stopped = false;
    for (at, c) in after.char_indices() {
        if c == '\n' || (stopped && c.is_whitespace()) {
            return at;
        }
        stopped = STOPS.contains(&c) || (stopped && matches!(c, '"' | '”' | '»' | ')' | '’'));
    }
    after.len()
}

/// How many characters at the end of `before` belong to the sentence that goes on behind it.
pub(super) fn count_before(before: &str) -> usize {
    let begin = before_sentence(before);
    before.get(begin..).unwrap_or_default().chars().count()
}

/// How many characters at the beginning of `after` belong to the sentence of `passage`.
pub(super) fn count_after(passage: &str, after: &str) -> usize {
    if ends_sentence(passage) {
        return 0;
    }
    let end = after_sentence(after);
    after.get(..end).unwrap_or_default().chars().count()
}

/// How many of the `most` characters at the end of `before` belong to the paragraph that goes on
/// behind it. Headings and what is posted above an article have no full stop.
pub(super) fn paragraph_before(before: &str, most: usize) -> usize {
    let chars = before.chars().rev().take(most);
    chars.take_while(|c| *c != '\n').count()
}

/// How many of the `most` characters at the beginning of `after` belong to the paragraph that began
/// before it.
pub(super) fn paragraph_after(after: &str, most: usize) -> usize {
    let chars = after.chars().take(most);
    chars.take_while(|c| *c != '\n').count()
}
