//! What a thing is called, and whether it is still there.

use std::fmt;

use crate::analysis::standing::FindingKey;
use crate::app::words;
use crate::app::workbench::Workbench;
use crate::model::claim::{Claim, named_enum};
use crate::model::finding::Finding;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::Thing;
use crate::model::span::Span;

named_enum! {
    /// The sort of a thing, in the order in which they are listed.
    ThingKind {
        /// The session itself.
        Session = "session", "Session";
        /// A code.
        Code = "code", "Code";
        /// An actor.
        Actor = "actor", "Actor";
        /// An actor as the partner of the focus.
        Partner = "partner", "Partner";
        /// An article.
        Article = "article", "Article";
        /// A claim.
        Claim = "claim", "Claim";
        /// A highlight.
        Highlight = "highlight", "Highlight";
    }
}

impl ThingKind {
    /// The sort of `thing`.
    #[must_use]
    pub const fn of(thing: &Thing) -> Self {
        match thing {
            Thing::Session => Self::Session,
            Thing::Code(_) => Self::Code,
            Thing::Actor(_) => Self::Actor,
            Thing::Partner(_) => Self::Partner,
            Thing::Article(_) => Self::Article,
            Thing::Claim(..) => Self::Claim,
            Thing::Annotation(..) => Self::Highlight,
        }
    }
}

/// A thing in words. Shown as one line: "Code Supply".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What sort of thing it is.
    pub kind: ThingKind,
    /// What it is called, as far as that is known.
    pub name: String,
    /// Where it is: the title of its article.
    pub place: Option<String>,
    /// Why it is not there any more; `None`: it is.
    pub gone: Option<&'static str>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ThingKind::Session => f.write_str("The session")?,
            kind => write!(f, "{} {}", kind.label(), self.name)?,
        }
        if self.gone.is_some() {
            f.write_str(" (gone)")?;
        }
        Ok(())
    }
}

/// How much of a passage stands for it, in characters.
const PASSAGE: usize = 80;

impl Workbench {
    /// A thing in words.
    #[must_use]
    pub fn told(&self, thing: &Thing) -> Told {
        let kind = ThingKind::of(thing);
        let place = thing
            .article()
            .filter(|_| kind != ThingKind::Article)
            .map(|article| self.article_name(article));
        let (name, gone) = match thing {
            Thing::Session => (self.title(), None),
            Thing::Article(id) => {
                let gone = "It is not in the corpus any more.";
                (self.article_name(*id), (!self.holds(*id)).then_some(gone))
            }
            Thing::Claim(article, key) => self.claim_told(*article, *key),
            Thing::Annotation(article, id) => self.highlight_told(*article, *id),
            Thing::Code(id) => match self.session.codebook.codes.get(id) {
                Some(_) => (self.session.codebook.path_text(*id), None),
                None => ("without a name".to_owned(), Some("The code was deleted.")),
            },
            Thing::Actor(actor) | Thing::Partner(actor) => {
                let is_known = self.is_actor(actor);
                let gone = "No such actor is known any more.";
                (self.own_name(actor), (!is_known).then_some(gone))
            }
        };
        Told {
            kind,
            name,
            place,
            gone,
        }
    }

    /// The title of an article; where it came from, if it is not in the corpus any more.
    fn article_name(&self, id: ArticleId) -> String {
        let row = self.corpus.row(id);
        let facts = row.and_then(|row| self.facts_of(u32::try_from(row).ok()?));
        if let Some(facts) = facts {
            return facts.title().to_owned();
        }
        if let Some(row) = row {
            return self.corpus.source(row).to_owned();
        }
        let origin = self.session.origins.get(&id);
        origin.map_or_else(
            || "of unknown source".to_owned(),
            |origin| format!("from {}", origin.source),
        )
    }

    /// What a claim said last: as the analyst left it, else as it is proposed.
    fn claim_told(&self, article: ArticleId, key: FindingKey) -> (String, Option<&'static str>) {
        let is_here = self.holds(article);
        let not_here = (!is_here).then_some("Its article is not in the corpus any more.");
        if let Some(claim) = self.claim_of(article, key) {
            return (self.claim_in_words(&claim), not_here);
        }
        let row = self
            .corpus
            .row(article)
            .and_then(|row| u32::try_from(row).ok());
        let Some(facts) = row.and_then(|row| self.facts_of(row)) else {
            let unread = not_here.is_none();
            let name = if unread {
                "not read yet"
            } else {
                "that is not known"
            };
            return (name.to_owned(), not_here);
        };
        if let Some(claim) = facts.claim(key) {
            let partners = claim.partners.iter().map(|actor| self.actor_name(actor));
            let partners = partners.collect::<Vec<_>>().join(", ");
            return (format!("{}: {partners}", claim.kind.label()), not_here);
        }
        let open = self.article.as_ref();
        let is_looked_up = open.is_some_and(|open| open.id == article && open.is_read());
        let is_gone = is_looked_up || matches!(key, FindingKey::Made(_));
        let gone = "It was deleted, or is no longer found in its article.";
        ("that is not known".to_owned(), is_gone.then_some(gone))
    }

    /// The claim that was decided on, made, or is proposed in the open article.
    fn claim_of(&self, article: ArticleId, key: FindingKey) -> Option<Claim> {
        let work = self.work(article);
        let kept = match key {
            FindingKey::Suggested(id) => {
                let decision = work.and_then(|work| work.decisions.get(&id));
                decision.map(|decision| decision.standing().unwrap_or(&decision.finding))
            }
            FindingKey::Made(id) => work
                .and_then(|work| work.made.get(&id))
                .map(|made| &made.finding),
        };
        let open = || {
            let open = self.article.as_ref().filter(|open| open.id == article)?;
            Some(&open.entry(key)?.finding)
        };
        match kept.or_else(open)? {
            Finding::Claim(claim) => Some(claim.clone()),
            _ => None,
        }
    }

    fn claim_in_words(&self, claim: &Claim) -> String {
        let actors = claim.actors.iter().map(|one| self.actor_name(&one.actor));
        let actors = actors.collect::<Vec<_>>().join(", ");
        let kind = claim.kind.label();
        match &claim.time.when {
            Some(when) => format!("{kind}: {actors}, {}", words::when(when)),
            None => format!("{kind}: {actors}"),
        }
    }

    /// Where a claim is in its article.
    pub(super) fn claim_span(&self, article: ArticleId, key: FindingKey) -> Option<Span> {
        if let Some(claim) = self.claim_of(article, key) {
            return Some(Finding::Claim(claim).span());
        }
        let row = u32::try_from(self.corpus.row(article)?).ok()?;
        Some(self.facts_of(row)?.claim(key)?.evidence)
    }

    fn highlight_told(&self, article: ArticleId, id: ItemId) -> (String, Option<&'static str>) {
        let work = self.work(article);
        let Some(one) = work.and_then(|work| work.annotations.get(&id)) else {
            let name = "that is not known".to_owned();
            return (name, Some("The highlight was deleted."));
        };
        let gone = "Its article is not in the corpus any more.";
        let quote = words::one_line(&one.quote.exact, PASSAGE);
        (format!("“{quote}”"), (!self.holds(article)).then_some(gone))
    }
}
