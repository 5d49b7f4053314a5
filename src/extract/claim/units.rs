//! Where a sentence is cut: each unit makes a statement of its own.

use super::super::lexicon::list::Words;
use super::super::lexicon::words::{Token, TokenKind};

/// Words that open a new unit after a comma.
static OPENERS: Words = Words::new(&[
    "while",
    "whereas",
    "but",
    "although",
    "though",
    "albeit",
    "which",
    "who",
    "including",
    "whose",
    "а",
    "но",
    "хотя",
    "хоча",
    "хаця",
    "который",
    "которая",
    "которое",
    "которые",
    "що",
    "але",
]);

/// "Tunis, Tunisia; Accra, Ghana; and Lima, Peru": what follows a semicolon is a name again.
fn is_list_item(tokens: &[Token<'_>], from: usize) -> bool {
    /// A name with its country has no more tokens.
    const TOKENS: usize = 8;
    let item = tokens.get(from..).unwrap_or_default();
    let end = item
        .iter()
        .take(TOKENS)
        .position(|t| t.is_mark(";") || t.is_mark("."));
    let end = end.or_else(|| (item.len() <= TOKENS).then_some(item.len()));
    end.and_then(|end| item.get(..end)).is_some_and(|item| {
        !item.is_empty()
            && item.iter().all(|t| {
                t.is_capitalised() || t.is_mark(",") || matches!(t.norm, "and" | "of" | "the")
            })
    })
}

/// Words that a clause goes on with after one that was inserted: "…, which borders Chile, bought".
static GOES_ON: Words = Words::new(&[
    "is", "was", "are", "were", "has", "have", "had", "will", "would", "can", "could", "may",
    "might", "must", "met", "held", "sent", "bought", "sold", "gave", "made", "won", "said",
    "told", "began", "took", "went", "came", "became", "left", "built", "plans", "wants", "hopes",
    "also", "appears", "seems", "remains", "не", "ні",
]);

/// Whether a clause that was inserted ends before a token: a finite verb after a comma.
fn resumes(token: &Token<'_>) -> bool {
    let is_past = |norm: &str| norm.len() > 4 && norm.ends_with("ed");
    if token.is_capitalised() {
        return false;
    }
    if token.text.is_ascii() {
        return GOES_ON.holds(token) || is_past(token.norm);
    }
    [
        "л", "ла", "ло", "ли", "лся", "лась", "лись", "ет", "ют", "ит", "ят", "ут", "в", "ть", "ць",
    ]
    .iter()
    .any(|ending| token.norm.ends_with(ending))
}

/// Whether a token opens a relative clause.
pub(super) fn is_relative(token: &Token<'_>) -> bool {
    matches!(
        token.norm,
        "which" | "who" | "whose" | "який" | "яка" | "яке" | "які" | "якая" | "якое" | "якія"
    ) || token.norm.starts_with("котор")
}

/// Whether a token opens a clause that may be inserted behind a subject: a relative one, or one of
/// concession without a subject of its own.
pub(super) fn may_be_inserted(token: &Token<'_>) -> bool {
    is_relative(token)
        || matches!(
            token.norm,
            "albeit" | "though" | "although" | "хотя" | "хоча" | "хаця"
        )
}

/// Words before which a sentence may be cut without a comma.
static CUTS: Words = Words::new(&[
    "that",
    "while",
    "whereas",
    "under",
    "by",
    "whereby",
    "according",
    "after",
    "before",
]);

/// "attending", not "Beijing" nor "during".
fn is_gerund(token: &Token<'_>) -> bool {
    token.norm.len() > 5 && token.norm.ends_with("ing") && !token.is_capitalised()
}

/// Cuts a sentence where another statement begins: at semicolons, dashes, ", while", "and that".
pub(super) fn cut(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let mut units = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate().skip(1) {
        let previous = tokens.get(at - 1);
        let after_comma = previous.is_some_and(|t| t.is_mark(","));
        let is_cut = match token.kind {
            // A full stop inside a sentence glues two together.
            TokenKind::Mark => matches!(token.text, ";" | "—") && !is_list_item(tokens, at + 1),
            _ if previous.is_some_and(|t| t.is_mark(".") && t.span.end == token.span.start) => {
                token.is_capitalised()
            }
            _ if !after_comma && !CUTS.holds(token) => false,
            _ => {
                (after_comma
                    && OPENERS.holds(token)
                    && tokens.get(at + 1).is_none_or(|t| t.norm != "также"))
                    || (token.norm == "that" && previous.is_some_and(|t| t.norm == "and"))
                    // At the first comma: behind others another subject may stand.
                    || (after_comma
                        && resumes(token)
                        && tokens.get(start).is_some_and(may_be_inserted)
                        && tokens
                            .get(start..at - 1)
                            .is_some_and(|inner| !inner.iter().any(|t| t.is_mark(","))))
                    || matches!(token.norm, "while" | "whereas")
                    // "travelled to Ghana after attending a summit in Kenya"
                    || (matches!(token.norm, "after" | "before")
                        && tokens.get(at + 1).is_some_and(is_gerund))
                    // "a protocol under which customs officers will work from July"
                    || (matches!(token.norm, "under" | "by" | "whereby" | "according")
                        && tokens.get(at + 1).is_some_and(|t| t.norm == "which"))
            }
        };
        if is_cut {
            units.push((start, at));
            start = at;
        }
    }
    if start < tokens.len() {
        units.push((start, tokens.len()));
    }
    units
}
