//! Who: countries, organisations, people and blocs, and how a text names them.

use std::collections::BTreeMap;

use super::ids::ActorId;

/// What sort of actor this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// A state or territory with an ISO 3166-1 code.
    Country,
    /// A ministry, company, agency, force or joint body.
    Organisation,
    /// A person.
    Person,
    /// An alliance or union of states.
    Bloc,
}

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionClass {
    /// The actor's own name, in any grammatical case.
    Name,
    /// A demonym or adjective: "Belarusian", "Russian-made".
    Demonym,
    /// One half of a compound: "Sino-", "Kazakh-Belarusian".
    Compound,
    /// A capital or seat that stands for the government: "Moscow refused".
    Capital,
    /// A capital or city as a venue: "in Minsk".
    Place,
    /// A country's name inside an organisation's name.
    InOrganisation,
}

impl MentionClass {
    /// All classes.
    pub const ALL: &'static [Self] = &[
        Self::Name,
        Self::Demonym,
        Self::Compound,
        Self::Capital,
        Self::Place,
        Self::InOrganisation,
    ];

    /// The key in files, in `snake_case`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Demonym => "demonym",
            Self::Compound => "compound",
            Self::Capital => "capital",
            Self::Place => "place",
            Self::InOrganisation => "in_organisation",
        }
    }

    /// The class with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.key() == key)
    }
}

/// An actor that the analyst made, or one of the gazetteer's as the analyst changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name to show.
    pub name: String,
    /// What sort of actor it is.
    pub kind: ActorKind,
    /// The country that it belongs to, where it is not one itself.
    pub country: Option<ActorId>,
}

/// The analyst's changes to who is who. They come before the gazetteer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorBook {
    /// Actors made or renamed by the analyst.
    pub actors: BTreeMap<ActorId, Actor>,
    /// Surface → whom it names; `None`: it names nobody (a look-alike). Matched as whole words,
    /// case kept, before any gazetteer entry.
    pub aliases: BTreeMap<String, Option<ActorId>>,
    /// Actor → the actor that it is counted as. Chains are followed; see [`Self::resolve`].
    pub merged: BTreeMap<ActorId, ActorId>,
}

impl ActorBook {
    /// The actor that `actor` is counted as, after all merges. A cycle ends where it began.
    #[must_use]
    pub fn resolve(&self, actor: &ActorId) -> ActorId {
        let mut at = actor;
        for _ in 0..=self.merged.len() {
            match self.merged.get(at) {
                Some(next) if next != at => at = next,
                _ => return at.clone(),
            }
        }
        actor.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_are_followed_and_cycles_end() {
        let id = ActorId::new;
        let mut book = ActorBook::default();
        book.merged.insert(id("a"), id("b"));
        book.merged.insert(id("b"), id("c"));
        assert_eq!(book.resolve(&id("a")), id("c"));
        book.merged.insert(id("c"), id("a"));
        assert_eq!(book.resolve(&id("a")), id("a"));
    }
}
