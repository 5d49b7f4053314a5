//! The embedded tables, read once into one index by first word.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::list::Sieve;
use super::slavic;
use super::words::{self, Token, TokenKind};
use crate::extract::letter::is_uppercase;
use crate::extract::steps;
use crate::model::actor::ActorKind;
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// How a name is used for its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The actor's own name.
    Name,
    /// Adjective or word for the people.
    Demonym,
    /// The first half of a compound only: "Sino-".
    Prefix,
    /// A capital: government or place, by syntax.
    Capital,
    /// A seat that always stands for the government.
    Seat,
    /// A city that is always a place.
    City,
    /// A weapon or space system, by the country that it comes from. No mention of the country.
    System,
    /// Names nobody, though a part of it would.
    Lookalike,
}

/// An actor of the gazetteer.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) id: ActorId,
    pub(crate) name: Box<str>,
    pub(crate) kind: ActorKind,
    pub(crate) country: Option<ActorId>,
}

/// A name of one or several words.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// For each word, its forms. Marks inside a name are words of their own.
    words: Vec<Box<[Box<str>]>>,
    /// Index into the actors; none for a look-alike.
    actor: Option<usize>,
    pub(crate) usage: Use,
    casing: Casing,
    /// Whether a word before the last is a possessive: \"People's Republic\".
    owns: bool,
}

/// What the writing of a name must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Casing {
    /// Any: Slavic adjectives are written small.
    Any,
    /// The first letter is a capital.
    Initial,
    /// No small letter: "US" is not "us".
    Upper,
}

/// What was found at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'g> {
    /// How many tokens the name takes.
    pub(crate) len: usize,
    pub(crate) actor: Option<&'g Known>,
    pub(crate) usage: Use,
}

/// All that the embedded tables know.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    actors: Vec<Known>,
    by_id: FxHashMap<ActorId, usize>,
    phrases: Vec<Phrase>,
    /// Phrases by every form of their first word, longest phrase first.
    by_first: FxHashMap<Box<str>, Begun>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// The rows of a table without its comments, each cut into columns.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The names of a cell.
fn names<'r>(row: &[&'r str], column: usize) -> impl Iterator<Item = &'r str> {
    row.get(column)
        .copied()
        .unwrap_or_default()
        .split('|')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

fn is_cyrillic(text: &str) -> bool {
    text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
}

/// An id from a name: "Rostec Holding" gives `org/rostec-holding`. It stays: the gazetteer is read
/// once.
fn slug(kind: &str, name: &str) -> ActorId {
    let mut out = String::from(kind);
    out.push('/');
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(['-', '/']) {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    ActorId::known(out.leak())
}

/// The names that begin with a word.
#[derive(Debug, Default)]
pub(crate) struct Begun {
    /// The longest first.
    names: Vec<usize>,
    /// How many of them have more words than the one, and what those may go on with.
    longer: usize,
    second: Sieve<2>,
    /// Whether one of them may be written small.
    pub(crate) may_be_small: bool,
    /// Whether one of them is a weapon or space system.
    pub(crate) has_system: bool,
}

impl Gazetteer {
    /// The one gazetteer of the process, read when it is first asked for.
    pub(crate) fn shared() -> &'static Self {
        &GAZETTEER
    }

    /// The actors, in the order of the tables.
    pub(crate) fn actors(&self) -> &[Known] {
        &self.actors
    }

    /// The actor with this id.
    pub(crate) fn get(&self, id: &ActorId) -> Option<&Known> {
        self.actors.get(*self.by_id.get(id)?)
    }

    /// The other one-word names of those whom a word names, as the tables write them, folded to
    /// small letters: «Лукашенко» gives "lukashenko", "lukashenka", «лукашэнка». Countries have
    /// none: to look for one is not to look for its name in every language.
    pub(crate) fn other_names(&self, word: &str) -> Vec<(&ActorId, &str)> {
        let single = |phrase: &&Phrase| phrase.words.len() == 1 && phrase.usage == Use::Name;
        let named = self.by_first.get(word).into_iter().flat_map(|b| &b.names);
        let actors: Vec<usize> = named
            .filter_map(|index| self.phrases.get(*index).filter(single)?.actor)
            .filter(|actor| {
                let known = self.actors.get(*actor);
                known.is_some_and(|known| known.kind != ActorKind::Country)
            })
            .collect();
        let all = self.phrases.iter().filter(single);
        all.filter_map(|phrase| {
            let actor = phrase.actor.filter(|actor| actors.contains(actor))?;
            let forms = phrase.words.first()?;
            let is_asked = forms.iter().any(|form| **form == *word);
            let name = forms.first().filter(|_| !is_asked)?;
            Some((&self.actors.get(actor)?.id, &**name))
        })
        .collect()
    }

    /// The words that names begin with.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = &str> {
        self.by_first.keys().map(|word| &**word)
    }

    /// The names that begin with this word, if any do.
    pub(crate) fn begun_by(&self, norm: &str) -> Option<&Begun> {
        self.by_first.get(norm)
    }

    /// The longest name that begins at token `at`.
    pub(crate) fn longest_at(&self, tokens: &[Token<'_>], at: usize) -> Option<Found<'_>> {
        steps::count(1);
        let first = tokens.get(at)?;
        let begun = first.entry.names?;
        let may_begin = first.kind == TokenKind::Word
            && (first.entry.is_name_in_small || !first.text.starts_with(is_small));
        if !may_begin {
            return None;
        }
        // "The" begins many names, and goes on otherwise.
        let next = tokens.get(at + 1);
        let from = match next.filter(|next| begun.second.may_hold_key(next.key)) {
            Some(_) => 0,
            None => begun.longer,
        };
        begun.names.iter().skip(from).find_map(|index| {
            let phrase = self.phrases.get(*index)?;
            phrase.fits(tokens, at).then(|| Found {
                len: phrase.words.len(),
                actor: phrase.actor.and_then(|i| self.actors.get(i)),
                usage: phrase.usage,
            })
        })
    }

    fn read() -> Self {
        let mut all = Self::default();
        for row in rows(include_str!("../../../assets/gazetteer/lookalikes.tsv")) {
            for name in names(&row, 0) {
                all.add(name, None, Use::Lookalike, true);
            }
        }
        all.read_countries();
        for row in rows(include_str!("../../../assets/gazetteer/blocs.tsv")) {
            let (Some(id), Some(name)) = (row.first(), row.get(1)) else {
                continue;
            };
            let actor = all.actor(ActorId::known(id), name, ActorKind::Bloc, None);
            for column in 2..=5 {
                for name in names(&row, column) {
                    all.add(name, Some(actor), Use::Name, false);
                }
            }
        }
        for (table, kind, prefix) in [
            (
                include_str!("../../../assets/gazetteer/organisations.tsv"),
                ActorKind::Organisation,
                "org",
            ),
            (
                include_str!("../../../assets/gazetteer/people.tsv"),
                ActorKind::Person,
                "person",
            ),
        ] {
            for row in rows(table) {
                let country = row.first().map(|code| ActorId::new(code));
                for group in row.get(1).copied().unwrap_or_default().split(';') {
                    let mut names = group.split('|').map(str::trim).filter(|n| !n.is_empty());
                    let Some(first) = names.next() else { continue };
                    let plain = first.trim_start_matches('=');
                    let actor = all.actor(slug(prefix, plain), plain, kind, country.clone());
                    all.add(first, Some(actor), Use::Name, false);
                    for name in names {
                        all.add(name, Some(actor), Use::Name, false);
                    }
                }
            }
        }
        for row in rows(include_str!("../../../assets/gazetteer/systems.tsv")) {
            if let Some(actor) = all.country_of(&row) {
                for name in names(&row, 1) {
                    all.add(name, Some(actor), Use::System, true);
                }
            }
        }
        all.finish();
        all
    }

    fn read_countries(&mut self) {
        for row in rows(include_str!("../../../assets/gazetteer/territories.tsv")) {
            let Some(code) = row.first() else { continue };
            let shown = names(&row, 1).next().unwrap_or(code);
            let actor = self.actor(ActorId::new(code), shown, ActorKind::Country, None);
            // Togo is spelt like the commonest pronoun ("Того же мнения…").
            let columns = if *code == "TG" { 1..=1 } else { 1..=4 };
            for column in columns {
                for name in names(&row, column) {
                    self.add(name, Some(actor), Use::Name, false);
                }
            }
        }
        for row in rows(include_str!("../../../assets/gazetteer/english.tsv")) {
            let Some(actor) = self.country_of(&row) else {
                continue;
            };
            for (column, usage) in [(1, Use::Demonym), (2, Use::Name), (3, Use::Prefix)] {
                for name in names(&row, column) {
                    self.add(name, Some(actor), usage, true);
                }
            }
        }
        for table in [
            include_str!("../../../assets/gazetteer/russian.tsv"),
            include_str!("../../../assets/gazetteer/belarusian.tsv"),
            include_str!("../../../assets/gazetteer/ukrainian.tsv"),
        ] {
            for row in rows(table) {
                let Some(actor) = self.country_of(&row) else {
                    continue;
                };
                for stem in names(&row, 1) {
                    let (adjectives, compounds) = slavic::adjective(&words::norm(stem));
                    self.push(
                        vec![adjectives.into()],
                        Some(actor),
                        Use::Demonym,
                        Casing::Any,
                    );
                    self.push(
                        vec![compounds.into()],
                        Some(actor),
                        Use::Prefix,
                        Casing::Any,
                    );
                }
                for people in names(&row, 2) {
                    let forms = slavic::people(&words::norm(people));
                    self.push(vec![forms.into()], Some(actor), Use::Demonym, Casing::Any);
                }
                for name in names(&row, 3) {
                    self.add(name, Some(actor), Use::Name, false);
                }
                for half in names(&row, 4) {
                    let half = vec![words::norm(half).into()];
                    self.push(vec![half.into()], Some(actor), Use::Prefix, Casing::Any);
                }
            }
        }
        for row in rows(include_str!("../../../assets/gazetteer/seats.tsv")) {
            let Some(actor) = self.country_of(&row) else {
                continue;
            };
            let usage = match row.get(1).copied() {
                Some("capital") => Use::Capital,
                Some("seat") => Use::Seat,
                _ => Use::City,
            };
            for column in 2..=5 {
                for name in names(&row, column) {
                    self.add(name, Some(actor), usage, false);
                }
            }
        }
    }

    fn country_of(&self, row: &[&str]) -> Option<usize> {
        self.by_id.get(&ActorId::new(row.first()?)).copied()
    }

    fn actor(
        &mut self,
        id: ActorId,
        name: &str,
        kind: ActorKind,
        country: Option<ActorId>,
    ) -> usize {
        if let Some(index) = self.by_id.get(&id) {
            return *index;
        }
        let index = self.actors.len();
        self.by_id.insert(id.clone(), index);
        self.actors.push(Known {
            id,
            name: name.into(),
            kind,
            country,
        });
        index
    }

    /// Adds a name as the tables write it.
    fn add(&mut self, name: &str, actor: Option<usize>, usage: Use, is_fixed: bool) {
        let plain = name.trim_start_matches('=');
        let inflected = !is_fixed && plain.len() == name.len() && is_cyrillic(plain);
        let mut pieces = Vec::new();
        words::pieces(plain, Span::new(0, plain.len()), |piece| pieces.push(piece));
        let last = pieces
            .iter()
            .rposition(|t| t.kind == TokenKind::Word)
            .unwrap_or(0);
        let words: Vec<Box<[Box<str>]>> = pieces
            .iter()
            .enumerate()
            .map(|(i, piece)| {
                let norm = words::norm_of_token(piece.span.of(plain).unwrap_or_default());
                if inflected && piece.kind == TokenKind::Word {
                    slavic::forms(&norm, i == last).into()
                } else {
                    Box::from([Box::from(norm)])
                }
            })
            .collect();
        let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
        let casing = if plain.chars().next().is_some_and(|c| !is_uppercase(c)) {
            Casing::Any
        } else if letters <= 6 && pieces.len() == 1 && !plain.chars().any(char::is_lowercase) {
            Casing::Upper
        } else {
            Casing::Initial
        };
        let owns = pieces.iter().rev().skip(1).any(|piece| piece.possessive);
        let index = self.phrases.len();
        self.push(words, actor, usage, casing);
        if let Some(phrase) = self.phrases.get_mut(index) {
            phrase.owns = owns;
        }
    }

    fn push(
        &mut self,
        words: Vec<Box<[Box<str>]>>,
        actor: Option<usize>,
        usage: Use,
        casing: Casing,
    ) {
        let Some(first) = words.first() else { return };
        let index = self.phrases.len();
        for form in first {
            let begun = self.by_first.entry(form.clone()).or_default();
            begun.names.push(index);
        }
        self.phrases.push(Phrase {
            words,
            actor,
            usage,
            casing,
            owns: false,
        });
    }

    /// Longest phrases first; among equals the one that stands first in the tables.
    fn finish(&mut self) {
        let phrases = &self.phrases;
        for begun in self.by_first.values_mut() {
            begun.names.sort_by_key(|i| {
                let length = phrases.get(*i).map_or(0, |p| p.words.len());
                (std::cmp::Reverse(length), *i)
            });
            begun.names.dedup();
            for phrase in begun.names.iter().filter_map(|i| phrases.get(*i)) {
                begun.may_be_small |= phrase.casing == Casing::Any;
                begun.has_system |= phrase.usage == Use::System;
                if let Some(forms) = phrase.words.get(1) {
                    begun.longer += 1;
                    forms.iter().for_each(|form| begun.second.add(form));
                }
            }
        }
    }
}

/// Whether a character is a small letter of the two scripts that most texts are written in.
const fn is_small(c: char) -> bool {
    matches!(c, 'a'..='z' | 'а'..='я')
}

impl Casing {
    /// Whether a name may be written so, to judge by its first word.
    fn fits(self, first: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Initial => first.chars().next().is_some_and(is_uppercase),
            Self::Upper => !first.chars().any(char::is_lowercase),
        }
    }
}

impl Phrase {
    fn fits(&self, tokens: &[Token<'_>], at: usize) -> bool {
        let Some(found) = tokens.get(at..at + self.words.len()) else {
            return false;
        };
        let Some(first) = found.first() else {
            return false;
        };
        if !self.casing.fits(first.text) {
            return false;
        }
        if self.usage == Use::Prefix
            && !tokens.get(at + found.len()).is_some_and(|next| next.joined)
        {
            return false;
        }
        let inner_possessive = found
            .iter()
            .rev()
            .skip(1)
            .any(|t| t.possessive && !t.norm.contains('\''));
        inner_possessive == self.owns
            && self
                .words
                .iter()
                .zip(found)
                // The first led here.
                .skip(1)
                .all(|(forms, token)| forms.iter().any(|form| &**form == token.norm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::glossary;

    fn check(text: &str, id: &str, usage: Use) {
        let tokens = glossary::tokens(text);
        let found = Gazetteer::shared().longest_at(&tokens, 0);
        let shown = found.map(|f| (f.actor.map_or("", |a| a.id.as_str()), f.usage));
        assert_eq!(shown, Some((id, usage)), "{text}");
    }

    #[test]
    fn names_of_all_sorts_are_known() {
        check("Belarus", "BY", Use::Name);
        check("Ugandan", "UG", Use::Demonym);
        check("South African", "ZA", Use::Demonym);
        check("Sino-Serbian", "CN", Use::Prefix);
        check("U.S. forces", "US", Use::Name);
        check("Саудовской Аравии", "SA", Use::Name);
        check("Соединённых Штатов", "US", Use::Name);
        check("российско-индийский", "RU", Use::Prefix);
        check("німецький", "DE", Use::Demonym);
        check("беларускія", "BY", Use::Demonym);
        check("Kremlin", "RU", Use::Seat);
        check("Trinidad and Tobago", "TT", Use::Name);
        check("Democratic People’s Republic of Korea", "KP", Use::Name);
        check("Republic of China", "TW", Use::Name);
        check("People's Republic of China", "CN", Use::Name);
        check("Москвы", "RU", Use::Capital);
        check("ОДКБ", "bloc/csto", Use::Name);
        check("Лавровым", "person/sergei-lavrov", Use::Name);
        check("Sea of Japan", "", Use::Lookalike);
    }

    /// "Polish-Kenyan" names Poland, whoever else was once called after it.
    #[test]
    fn half_of_a_compound_is_of_one_country() {
        let table = || rows(include_str!("../../../assets/gazetteer/english.tsv"));
        let mut owners: FxHashMap<String, &str> = FxHashMap::default();
        for row in table() {
            let code = row.first().copied().unwrap_or_default();
            for half in names(&row, 3) {
                let other = owners.insert(half.to_lowercase(), code);
                assert_eq!(other, None, "{half} of {code}");
            }
        }
        for row in table() {
            let code = row.first().copied().unwrap_or_default();
            for name in names(&row, 1).chain(names(&row, 2)) {
                let owner = owners.get(&name.to_lowercase());
                assert!(owner.is_none_or(|owner| *owner == code), "{name} of {code}");
            }
        }
        check("Polish-Kenyan", "PL", Use::Demonym);
        check("Austro-Kenyan", "AT", Use::Prefix);
    }

    #[test]
    fn places_called_after_countries_are_none() {
        check("Lebanon, Ohio", "", Use::Lookalike);
        check("Brussels-based", "", Use::Lookalike);
    }

    #[test]
    fn small_words_name_nobody() {
        for text in ["us", "turkey", "by", "who"] {
            let tokens = glossary::tokens(text);
            assert!(
                Gazetteer::shared().longest_at(&tokens, 0).is_none(),
                "{text}"
            );
        }
    }
}
