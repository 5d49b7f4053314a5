//! Who is who: the gazetteer with the analyst's changes before it.

use crate::model::actor::ActorBook;

/// The names that extraction knows, ready to be searched for.
#[derive(Debug)]
pub struct Lexicon;

impl Lexicon {
    /// The gazetteer, with what the analyst changed before it.
    #[must_use]
    pub fn new(_book: &ActorBook) -> Self {
        Self
    }
}
