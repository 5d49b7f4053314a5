//! What each country of an article is to the focus.

use super::Article;
use super::lexicon::Lexicon;
use crate::model::extraction::Country;
use crate::model::finding::Suggestion;
use crate::model::ids::ActorId;

/// The countries of title and body: the focus first, then by number of mentions, then by code.
#[must_use]
pub fn roles(
    _article: &Article<'_>,
    _claims: &[Suggestion],
    _focus: &ActorId,
    _lexicon: &Lexicon,
) -> Vec<Country> {
    Vec::new()
}
