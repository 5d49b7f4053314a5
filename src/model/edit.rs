//! The only way to change a session. Every edit has an inverse, so undo covers everything.

use std::collections::{BTreeMap, BTreeSet};

use super::actor::Actor;
use super::annotation::{Analyst, Annotation};
use super::codebook::Code;
use super::finding::Rule;
use super::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use super::session::{
    ArticleWork, CorpusSource, Decision, Link, Made, Note, Origin, PublicationRuling, Session,
    Signed, Thing,
};

/// A change of a session. Each variant names a place and what stands there afterwards; `None`
/// empties the place. Applying it gives back the edit that restores what stood there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The actor that the session follows.
    Focus(ActorId),
    /// Who is working.
    Analyst(Analyst),
    /// Where the articles are.
    Corpus(CorpusSource),
    /// The decision on a suggestion; boxed, being much larger than the rest.
    Decision(ArticleId, SuggestionId, Option<Box<Decision>>),
    /// A finding made by hand.
    Made(ArticleId, ItemId, Option<Made>),
    /// A highlight.
    Annotation(ArticleId, ItemId, Option<Annotation>),
    /// The note on an article.
    Note(ArticleId, Option<Note>),
    /// The analyst's publication date of an article.
    Publication(ArticleId, Option<PublicationRuling>),
    /// A code.
    Code(ItemId, Option<Code>),
    /// An actor made or renamed.
    Actor(ActorId, Option<Actor>),
    /// What a surface names: an actor, nobody (`Some(None)`), or again what the gazetteer says
    /// (`None`).
    Alias(String, Option<Option<ActorId>>),
    /// What an actor is counted as.
    Merge(ActorId, Option<ActorId>),
    /// Whether a rule is switched off.
    RuleOff(Rule, bool),
    /// Whether an article is kept apart from what it seems to be a duplicate of.
    KeptApart(ArticleId, bool),
    /// A saved search, by its name.
    Search(String, Option<String>),
    /// The memo on a thing other than an article.
    Memo(Thing, Option<Note>),
    /// A link between two things.
    Link(Link, Option<Signed>),
    /// Where an article with work on it came from.
    Origin(ArticleId, Option<Origin>),
    /// Several edits as one, in this order.
    All(Vec<Edit>),
}

impl Edit {
    /// Changes `session` and returns the inverse.
    #[must_use = "the inverse is what makes the edit undoable"]
    pub fn apply(self, session: &mut Session) -> Self {
        match self {
            Self::Focus(focus) => Self::Focus(std::mem::replace(&mut session.focus, focus)),
            Self::Corpus(to) => Self::Corpus(std::mem::replace(&mut session.corpus, to)),
            Self::Analyst(name) => Self::Analyst(std::mem::replace(&mut session.analyst, name)),
            Self::Decision(article, id, to) => {
                let was = on_work(session, article, |work| {
                    put(&mut work.decisions, id, to.map(|decision| *decision)).map(Box::new)
                });
                Self::Decision(article, id, was)
            }
            Self::Made(article, id, to) => Self::Made(
                article,
                id,
                on_work(session, article, |work| put(&mut work.made, id, to)),
            ),
            Self::Annotation(article, id, to) => {
                let was = on_work(session, article, |work| put(&mut work.annotations, id, to));
                Self::Annotation(article, id, was)
            }
            Self::Note(article, to) => Self::Note(
                article,
                on_work(session, article, |w| std::mem::replace(&mut w.note, to)),
            ),
            Self::Publication(article, to) => {
                let was = on_work(session, article, |w| {
                    std::mem::replace(&mut w.publication, to)
                });
                Self::Publication(article, was)
            }
            Self::Code(id, to) => {
                let was = put(&mut session.codebook.codes, id, to);
                Self::Code(id, was)
            }
            Self::Actor(id, to) => {
                let was = put(&mut session.actors.actors, id.clone(), to);
                Self::Actor(id, was)
            }
            Self::Alias(surface, to) => {
                let was = put(&mut session.actors.aliases, surface.clone(), to);
                Self::Alias(surface, was)
            }
            Self::Merge(id, to) => {
                let was = put(&mut session.actors.merged, id.clone(), to);
                Self::Merge(id, was)
            }
            Self::RuleOff(rule, off) => {
                let was = if off {
                    !session.rules_off.insert(rule.clone())
                } else {
                    session.rules_off.remove(&rule)
                };
                Self::RuleOff(rule, was)
            }
            Self::KeptApart(article, apart) => {
                let was = if apart {
                    !session.kept_apart.insert(article)
                } else {
                    session.kept_apart.remove(&article)
                };
                Self::KeptApart(article, was)
            }
            Self::Search(name, to) => {
                let was = put(&mut session.searches, name.clone(), to);
                Self::Search(name, was)
            }
            Self::Memo(on, to) => {
                let was = put(&mut session.memos, on.clone(), to);
                Self::Memo(on, was)
            }
            Self::Link(link, to) => {
                let was = put(&mut session.links, link.clone(), to);
                Self::Link(link, was)
            }
            Self::Origin(article, to) => {
                let was = match to {
                    Some(origin) => session.origins.insert(article, origin),
                    None => session.origins.remove(&article),
                };
                Self::Origin(article, was)
            }
            Self::All(edits) => {
                let mut inverse: Vec<Self> =
                    edits.into_iter().map(|edit| edit.apply(session)).collect();
                inverse.reverse();
                Self::All(inverse)
            }
        }
    }

    /// Whether `other` writes a single place that this edit writes, too.
    #[must_use]
    pub fn same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Note(a, _), Self::Note(b, _))
            | (Self::Publication(a, _), Self::Publication(b, _)) => a == b,
            (Self::Annotation(a, i, _), Self::Annotation(b, j, _)) => (a, i) == (b, j),
            (Self::Code(a, _), Self::Code(b, _)) => a == b,
            (Self::Memo(a, _), Self::Memo(b, _)) => a == b,
            (Self::All(edits), other) => edits.iter().any(|edit| edit.same_place(other)),
            _ => false,
        }
    }

    /// The articles that it puts something on, and does not only take away: work, a memo, an end
    /// of a link. Each once, in order.
    #[must_use]
    pub fn adds_to(&self) -> Vec<ArticleId> {
        let mut found = BTreeSet::new();
        self.collect_added(&mut found);
        found.into_iter().collect()
    }

    fn collect_added(&self, into: &mut BTreeSet<ArticleId>) {
        match self {
            Self::Decision(article, _, Some(_))
            | Self::Made(article, _, Some(_))
            | Self::Annotation(article, _, Some(_))
            | Self::Note(article, Some(_))
            | Self::Publication(article, Some(_)) => _ = into.insert(*article),
            Self::Memo(on, Some(_)) => into.extend(on.article()),
            Self::Link(link, Some(_)) => {
                let (a, b) = link.ends();
                into.extend(a.article().into_iter().chain(b.article()));
            }
            Self::All(edits) => edits.iter().for_each(|edit| edit.collect_added(into)),
            _ => {}
        }
    }

    /// Whether other things may have a memo or a link afterwards.
    #[must_use]
    pub fn changes_ties(&self) -> bool {
        match self {
            Self::Memo(..) | Self::Link(..) | Self::Note(..) => true,
            Self::All(edits) => edits.iter().any(Self::changes_ties),
            _ => false,
        }
    }

    /// The articles whose work it touches; see also [`Self::touches_every_article`].
    #[must_use]
    pub fn articles(&self) -> Vec<ArticleId> {
        let mut found = Vec::new();
        self.collect_articles(&mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect_articles(&self, into: &mut Vec<ArticleId>) {
        match self {
            Self::Decision(article, ..)
            | Self::Made(article, ..)
            | Self::Annotation(article, ..)
            | Self::Note(article, _)
            | Self::Publication(article, _) => into.push(*article),
            Self::All(edits) => edits.iter().for_each(|edit| edit.collect_articles(into)),
            Self::Focus(_)
            | Self::Analyst(_)
            | Self::Corpus(_)
            | Self::Code(..)
            | Self::Actor(..)
            | Self::Alias(..)
            | Self::Merge(..)
            | Self::RuleOff(..)
            | Self::KeptApart(..)
            | Self::Search(..)
            | Self::Memo(..)
            | Self::Link(..)
            | Self::Origin(..) => {}
        }
    }

    /// Whether it changes a highlight or a code.
    #[must_use]
    pub fn changes_highlights(&self) -> bool {
        match self {
            Self::Annotation(..) | Self::Code(..) => true,
            Self::All(edits) => edits.iter().any(Self::changes_highlights),
            _ => false,
        }
    }

    /// Whether it changes what findings an article has, or how they stand.
    #[must_use]
    pub fn changes_findings(&self) -> bool {
        match self {
            Self::Decision(..) | Self::Made(..) | Self::Publication(..) => true,
            Self::All(edits) => edits.iter().any(Self::changes_findings),
            _ => self.touches_every_article(),
        }
    }

    /// Whether the articles come from another place.
    #[must_use]
    pub fn changes_corpus(&self) -> bool {
        match self {
            Self::Corpus(_) => true,
            Self::All(edits) => edits.iter().any(Self::changes_corpus),
            _ => false,
        }
    }

    /// Whether duplicates may fold in another way.
    #[must_use]
    pub fn changes_folds(&self) -> bool {
        match self {
            Self::KeptApart(..) => true,
            Self::All(edits) => edits.iter().any(Self::changes_folds),
            _ => false,
        }
    }

    /// Whether what is suggested in any article may change: another focus, another lexicon,
    /// other rules.
    #[must_use]
    pub fn touches_every_article(&self) -> bool {
        match self {
            Self::Focus(_)
            | Self::Actor(..)
            | Self::Alias(..)
            | Self::Merge(..)
            | Self::RuleOff(..) => true,
            Self::All(edits) => edits.iter().any(Self::touches_every_article),
            _ => false,
        }
    }
}

/// Puts `to` at `key` and returns what stood there.
fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, to: Option<V>) -> Option<V> {
    match to {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    }
}

/// Changes the work on `article`; work that ends up empty is dropped, so that undoing everything
/// gives back the very session that it began with.
fn on_work<T>(
    session: &mut Session,
    article: ArticleId,
    change: impl FnOnce(&mut ArticleWork) -> T,
) -> T {
    let work = session.work.or_default(article);
    let was = change(work);
    if work.is_empty() {
        session.work.remove(&article);
    }
    was
}
