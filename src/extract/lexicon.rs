//! Who is who: the gazetteer with the analyst's changes before it.

pub(crate) mod gazetteer;
pub(crate) mod list;
mod slavic;
pub(crate) mod words;

use std::collections::{HashMap, HashSet};

use crate::model::actor::{ActorBook, ActorKind};
use crate::model::ids::ActorId;
use crate::model::span::Span;

use gazetteer::{Gazetteer, Use};
use words::{Token, TokenKind};

/// The names that extraction knows, ready to be searched for.
///
/// The gazetteer is shared by the whole process and read once; only the analyst's aliases are a
/// lexicon's own, so that a new one after each edit costs next to nothing.
#[derive(Debug)]
pub struct Lexicon {
    book: ActorBook,
    /// Aliases by the first word, as the analyst wrote it; longest first.
    aliases: HashMap<String, Vec<Alias>>,
}

#[derive(Debug)]
struct Alias {
    /// The tokens as written.
    words: Vec<String>,
    actor: Option<ActorId>,
}

/// An actor as a picker shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActorEntry<'a> {
    /// Its identity.
    pub id: &'a ActorId,
    /// The name to show.
    pub name: &'a str,
    /// What sort of actor it is.
    pub kind: ActorKind,
    /// The country that it belongs to, where it is not one itself.
    pub country: Option<&'a ActorId>,
}

/// A name found in a text.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// How many tokens it takes.
    pub(crate) len: usize,
    /// Whom it names, after merges; `None` for a look-alike.
    pub(crate) actor: Option<ActorId>,
    pub(crate) usage: Use,
    /// Whether the analyst said so.
    pub(crate) is_alias: bool,
}

impl Lexicon {
    /// The gazetteer, with what the analyst changed before it.
    #[must_use]
    pub fn new(book: &ActorBook) -> Self {
        let mut aliases: HashMap<String, Vec<Alias>> = HashMap::new();
        for (surface, actor) in &book.aliases {
            let mut words: Vec<String> = Vec::new();
            words::pieces(surface, Span::new(0, surface.len()), |piece| {
                words.push(as_written(
                    piece.span.of(surface).unwrap_or_default(),
                    piece.kind,
                ));
            });
            if let Some(first) = words.first().cloned() {
                aliases.entry(first).or_default().push(Alias {
                    words,
                    actor: actor.clone(),
                });
            }
        }
        for list in aliases.values_mut() {
            list.sort_by_key(|a| std::cmp::Reverse(a.words.len()));
        }
        Self {
            book: book.clone(),
            aliases,
        }
    }

    /// The name to show for an actor; for one that nobody knows, its id.
    #[must_use]
    pub fn name<'a>(&'a self, actor: &'a ActorId) -> &'a str {
        if let Some(own) = self.book.actors.get(actor) {
            return &own.name;
        }
        Gazetteer::shared()
            .get(actor)
            .map_or_else(|| actor.as_str(), |known| &known.name)
    }

    /// Whether this is somebody's id.
    #[must_use]
    pub fn knows(&self, actor: &ActorId) -> bool {
        self.book.actors.contains_key(actor) || Gazetteer::shared().get(actor).is_some()
    }

    /// What sort of actor it is; for one that nobody knows, by its id.
    #[must_use]
    pub fn kind(&self, actor: &ActorId) -> ActorKind {
        if let Some(own) = self.book.actors.get(actor) {
            return own.kind;
        }
        if let Some(known) = Gazetteer::shared().get(actor) {
            return known.kind;
        }
        match actor.as_str().split_once('/') {
            None if actor.is_country() => ActorKind::Country,
            Some(("bloc", _)) => ActorKind::Bloc,
            Some(("person", _)) => ActorKind::Person,
            _ => ActorKind::Organisation,
        }
    }

    /// The country that an actor counts for: itself where it is one, `None` for a bloc.
    #[must_use]
    pub fn country(&self, actor: &ActorId) -> Option<ActorId> {
        let actor = self.book.resolve(actor);
        let belongs = match self.book.actors.get(&actor) {
            Some(own) if own.kind == ActorKind::Country => return Some(actor),
            Some(own) => own.country.clone(),
            None if actor.is_country() => return Some(actor),
            None => Gazetteer::shared().get(&actor)?.country.clone(),
        }?;
        Some(self.book.resolve(&belongs))
    }

    /// Every actor that can be picked: the analyst's own first, then the gazetteer's.
    pub fn all(&self) -> impl Iterator<Item = ActorEntry<'_>> {
        let own = self.book.actors.iter().map(|(id, actor)| ActorEntry {
            id,
            name: &actor.name,
            kind: actor.kind,
            country: actor.country.as_ref(),
        });
        let known = Gazetteer::shared()
            .actors()
            .iter()
            .filter(|known| !self.book.actors.contains_key(&known.id))
            .map(|known| ActorEntry {
                id: &known.id,
                name: &known.name,
                kind: known.kind,
                country: known.country.as_ref(),
            });
        own.chain(known)
    }

    /// The other one-word names of a person, organisation or bloc that a word names, in any
    /// spelling or script: what a search for one of them looks for, too.
    #[must_use]
    pub fn other_names(&self, word: &str) -> Vec<String> {
        let word = words::norm(word);
        let known = Gazetteer::shared().other_names(&word);
        let own = |surface: &str| words::norm(surface) == word;
        let mut actors: Vec<ActorId> = known.iter().map(|(id, _)| self.book.resolve(id)).collect();
        let aliases = || self.book.aliases.iter();
        let asked = aliases().filter(|(surface, _)| own(surface));
        actors.extend(asked.filter_map(|(_, actor)| Some(self.book.resolve(actor.as_ref()?))));
        let mut names: Vec<String> = known.iter().map(|(_, name)| (*name).to_owned()).collect();
        for (surface, actor) in aliases() {
            let is_same = actor
                .as_ref()
                .is_some_and(|actor| actors.contains(&self.book.resolve(actor)));
            if is_same && !own(surface) && !surface.contains(char::is_whitespace) {
                names.push(surface.clone());
            }
        }
        // The tables' own come first, so that each is kept once.
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(words::norm(name).into_owned()));
        names.sort_unstable();
        names
    }

    /// Whom a text names that is nothing but a name, in any language, case and inflection: of an
    /// alias, a name or a seat of government, not of a place or a weapon.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<ActorId> {
        let whole = |text: &str| {
            let whole = std::iter::once(Span::new(0, text.len()));
            let mut norms = Box::default();
            let tokens = words::tokens(text, whole, &mut norms).pop()?;
            let hit = self.at(&tokens, 0).filter(|hit| hit.len == tokens.len())?;
            let names = matches!(
                hit.usage,
                Use::Name | Use::Demonym | Use::Capital | Use::Seat
            );
            hit.actor.filter(|_| names)
        };
        whole(text).or_else(|| whole(&capitalised(text)))
    }

    /// The name that begins at token `at`: the analyst's longest alias, else the gazetteer's
    /// longest name.
    pub(crate) fn at(&self, tokens: &[Token<'_>], at: usize) -> Option<Hit> {
        if !self.aliases.is_empty()
            && let Some(hit) = self.alias_at(tokens, at)
        {
            return Some(hit);
        }
        let found = Gazetteer::shared().longest_at(tokens, at)?;
        Some(Hit {
            len: found.len,
            actor: found.actor.map(|known| self.book.resolve(&known.id)),
            usage: found.usage,
            is_alias: false,
        })
    }

    /// The weapon or space system that begins at token `at`: its length in tokens, and the country
    /// that it comes from.
    pub(crate) fn system_at(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, ActorId)> {
        if !tokens.get(at)?.entry.is_system {
            return None;
        }
        let found = Gazetteer::shared().longest_at(tokens, at)?;
        let country = &found.actor.filter(|_| found.usage == Use::System)?.id;
        Some((found.len, self.book.resolve(country)))
    }

    fn alias_at(&self, tokens: &[Token<'_>], at: usize) -> Option<Hit> {
        let list = self.aliases.get(&written(tokens.get(at)?))?;
        let alias = list.iter().find(|alias| {
            tokens
                .get(at..at + alias.words.len())
                .is_some_and(|found| found.iter().map(written).eq(alias.words.iter().cloned()))
        })?;
        Some(Hit {
            len: alias.words.len(),
            actor: alias.actor.as_ref().map(|id| self.book.resolve(id)),
            usage: alias.actor.as_ref().map_or(Use::Lookalike, |_| Use::Name),
            is_alias: true,
        })
    }
}

/// The text with a capital at the beginning of each word.
fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_inside = false;
    for c in text.chars() {
        if is_inside {
            out.push(c);
        } else {
            out.extend(c.to_uppercase());
        }
        is_inside = c.is_alphanumeric();
    }
    out
}

/// A token as aliases are compared: case kept, apostrophes straight.
fn as_written(text: &str, kind: TokenKind) -> String {
    if kind == TokenKind::Word && text.contains(['’', 'ʼ', '‘']) {
        text.replace(['’', 'ʼ', '‘'], "'")
    } else {
        text.to_owned()
    }
}

fn written(token: &Token<'_>) -> String {
    as_written(token.text, token.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::glossary;
    use crate::model::actor::Actor;

    fn first(book: &ActorBook, text: &str) -> Option<(String, usize)> {
        let lexicon = Lexicon::new(book);
        let tokens = glossary::tokens(text);
        let hit = lexicon.at(&tokens, 0)?;
        Some((hit.actor.map_or(String::new(), |a| a.to_string()), hit.len))
    }

    #[test]
    fn a_name_is_looked_for_in_every_spelling() {
        let mut book = ActorBook::default();
        let names = Lexicon::new(&book).other_names("Лукашенко");
        assert!(names.contains(&"lukashenka".to_owned()), "{names:?}");
        assert!(names.contains(&"lukashenko".to_owned()), "{names:?}");
        assert!(!names.contains(&"лукашенко".to_owned()), "{names:?}");
        assert_eq!(Lexicon::new(&book).other_names("Belarus"), [""; 0]);
        assert_eq!(Lexicon::new(&book).other_names("table"), [""; 0]);
        for surface in ["Peleng", "Пеленг"] {
            let actor = Some(ActorId::new("my/peleng"));
            book.aliases.insert(surface.into(), actor);
        }
        assert_eq!(Lexicon::new(&book).other_names("peleng"), ["пеленг"]);
    }

    #[test]
    fn a_name_alone_says_who_is_meant() {
        let mut book = ActorBook::default();
        book.aliases
            .insert("the Basin".into(), Some(ActorId::new("TD")));
        let lexicon = Lexicon::new(&book);
        let named = |text: &str| lexicon.named(text).map(|actor| actor.to_string());
        for text in [
            "China",
            "china",
            "Китай",
            "китая",
            "Кітай",
            "Beijing",
            "Chinese",
        ] {
            assert_eq!(named(text).as_deref(), Some("CN"), "{text}");
        }
        assert_eq!(named("the Basin").as_deref(), Some("TD"));
        for text in ["", "Chyna", "China and Japan", "Sea of Japan", "table"] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn the_analyst_comes_before_the_gazetteer() {
        let mut book = ActorBook::default();
        book.aliases.insert("Chad".into(), None);
        book.aliases
            .insert("Chad Basin Command".into(), Some(ActorId::new("my/basin")));
        book.actors.insert(
            ActorId::new("my/basin"),
            Actor {
                name: "Basin Command".into(),
                kind: ActorKind::Organisation,
                country: Some(ActorId::new("NG")),
            },
        );
        book.merged.insert(ActorId::new("XK"), ActorId::new("RS"));
        assert_eq!(first(&book, "Chad sent"), Some((String::new(), 1)));
        assert_eq!(
            first(&book, "Chad Basin Command sent"),
            Some(("my/basin".into(), 3))
        );
        assert_eq!(first(&book, "Kosovo sent"), Some(("RS".into(), 1)));
        let lexicon = Lexicon::new(&book);
        assert_eq!(lexicon.name(&ActorId::new("my/basin")), "Basin Command");
        assert_eq!(
            lexicon.country(&ActorId::new("my/basin")),
            Some(ActorId::new("NG"))
        );
        assert_eq!(lexicon.name(&ActorId::new("UG")), "Uganda");
        assert!(lexicon.all().count() > 900);
    }
}
