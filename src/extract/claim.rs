//! Claims: who did what with whom, when, and how firmly it is said.

use super::Article;
use super::lexicon::Lexicon;
use crate::model::finding::Suggestion;
use crate::model::ids::ActorId;

/// The claims of title and body, sorted by their main evidence.
#[must_use]
pub fn claims(_article: &Article<'_>, _focus: &ActorId, _lexicon: &Lexicon) -> Vec<Suggestion> {
    Vec::new()
}
