//! By what a claim is known again in another article: its sentence, what it quotes, its items.

use std::collections::BTreeSet;

use crate::model::extraction::Extraction;
use crate::model::sketch::words_hash;
use crate::model::span::Span;

/// A shorter sentence may be a commonplace that two reports share by chance.
const SENTENCE_WORDS: usize = 8;
/// Words between quotation marks are somebody's, however few.
const QUOTED_WORDS: usize = 6;

/// Hashes of the sentence around `evidence` and of the longest quotation in it.
pub(super) fn passages(text: &str, extraction: &Extraction, evidence: Span) -> [Option<u64>; 2] {
    let first = extraction.sentence_at(evidence.start);
    let last = extraction.sentence_at(evidence.end.saturating_sub(1).max(evidence.start));
    let whole = [first, last]
        .into_iter()
        .flatten()
        .fold(evidence, Span::cover);
    let sentence = whole.of(text).unwrap_or_default();
    [
        words_hash(sentence, SENTENCE_WORDS),
        longest_quotation(sentence).and_then(|quoted| words_hash(quoted, QUOTED_WORDS)),
    ]
}

fn longest_quotation(sentence: &str) -> Option<&str> {
    const PAIRS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];
    let quotations = PAIRS.iter().flat_map(|(open, close)| {
        let mut rest = sentence;
        std::iter::from_fn(move || {
            let (_, after) = rest.split_once(*open)?;
            let (quoted, after) = after.split_once(*close)?;
            rest = after;
            Some(quoted)
        })
    });
    quotations.max_by_key(|quoted| quoted.len())
}

/// Hashes of the words that tell items apart: designations up to their number ("S-300" of
/// "S-300PS": not every report names the version), longer words by their first letters, since
/// names inflect.
pub(super) fn items(names: &[String]) -> Box<[u32]> {
    const STEM: usize = 5;
    let words = names
        .iter()
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric() && c != '-'));
    let keys: BTreeSet<u32> = words
        .filter_map(|word| {
            let lower = word.to_lowercase();
            let number = lower.find(|c: char| c.is_ascii_digit());
            let stem: String = if let Some(number) = number {
                let after = lower.get(number..)?;
                let end = after.find(|c: char| !c.is_ascii_digit());
                lower
                    .get(..end.map_or(lower.len(), |end| number + end))?
                    .to_owned()
            } else if lower.chars().count() < STEM - 1 {
                return None;
            } else {
                lower.chars().take(STEM).collect()
            };
            let hash = words_hash(&stem, 1)?;
            u32::try_from(hash >> 32).ok()
        })
        .collect();
    keys.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Box<[u32]> {
        items(
            &names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn items_are_known_again_in_other_forms() {
        assert_eq!(of(&["вертолётов Ми-8"]), of(&["Ми-8 вертолёты"]));
        assert_ne!(of(&["S-300"]), of(&["S-400"]));
        assert_eq!(of(&["S-300"]), of(&["S-300PS"]));
        assert!(of(&["two of the"]).is_empty());
    }

    #[test]
    fn the_longest_quotation_is_taken() {
        let said = "He said “no” and then “we shall never sign a paper of this kind” to them.";
        assert_eq!(
            longest_quotation(said),
            Some("we shall never sign a paper of this kind")
        );
        assert_eq!(longest_quotation("Nothing is quoted"), None);
    }
}
