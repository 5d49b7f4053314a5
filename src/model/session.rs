//! All that the analyst made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::actor::ActorBook;
use super::annotation::{Analyst, Annotation, Quote};
use super::codebook::Codebook;
use super::date::When;
use super::finding::{Finding, FindingKey, Rule};
use super::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use super::shared::SharedMap;
use super::span::Span;

/// What the analyst said of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is right as it is.
    Accepted,
    /// It is wrong.
    Rejected,
    /// It is right as the analyst rewrote it.
    Edited(Box<Finding>),
}

/// A verdict with what it was given on, by whom and when. The finding is kept as it was, so that
/// no later version of the rules can change what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was said.
    pub verdict: Verdict,
    /// The finding as it was suggested.
    pub finding: Finding,
    /// The rule that suggested it.
    pub rule: Rule,
    /// The passages that it rests on, so that they can be found again in a changed text: one for
    /// each of [`Self::outer_spans`], or none from before this was kept.
    pub quotes: Vec<Quote>,
    /// Who decided.
    pub by: Analyst,
    /// When it was decided.
    pub at: Timestamp,
}

/// Passages no longer than this bring what lies inside them along when they move, in bytes.
const CARRIES: usize = 360;

/// The spans that no other one of them carries along, in order.
#[must_use]
pub fn outer_spans(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup();
    let all = spans.clone();
    spans.retain(|span| {
        let holds = |other: &Span| {
            other != span && other.contains(*span) && !span.is_empty() && other.len() <= CARRIES
        };
        !all.iter().any(holds)
    });
    spans
}

impl Decision {
    /// The passages that finding and verdict rest on.
    #[must_use]
    pub fn outer_spans(&self) -> Vec<Span> {
        let mut spans = self.finding.spans();
        if let Verdict::Edited(finding) = &self.verdict {
            spans.extend(finding.spans());
        }
        outer_spans(spans)
    }

    /// The finding as it stands after the decision; `None` once rejected.
    #[must_use]
    pub const fn standing(&self) -> Option<&Finding> {
        match &self.verdict {
            Verdict::Accepted => Some(&self.finding),
            Verdict::Edited(finding) => Some(finding),
            Verdict::Rejected => None,
        }
    }
}

/// A finding that the analyst made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it says.
    pub finding: Finding,
    /// The passages that it rests on: one for each of [`Self::outer_spans`], or none from before
    /// this was kept.
    pub quotes: Vec<Quote>,
    /// Who made it.
    pub by: Analyst,
    /// When it was made.
    pub at: Timestamp,
}

impl Made {
    /// The passages that the finding rests on.
    #[must_use]
    pub fn outer_spans(&self) -> Vec<Span> {
        outer_spans(self.finding.spans())
    }
}

/// A note on a whole article, or a memo on anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text.
    pub text: String,
    /// Who wrote it last.
    pub by: Analyst,
    /// When it was written last.
    pub at: Timestamp,
}

/// The publication date as the analyst knows it; it stands before what the text prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRuling {
    /// The date; `None`: it is not known, whatever the text prints.
    pub when: Option<When>,
    /// Who said so.
    pub by: Analyst,
    /// When it was said.
    pub at: Timestamp,
}

/// What a memo is on, or an end of a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The session itself.
    Session,
    /// An article.
    Article(ArticleId),
    /// A claim of an article.
    Claim(ArticleId, FindingKey),
    /// A highlight of an article.
    Annotation(ArticleId, ItemId),
    /// A code.
    Code(ItemId),
    /// An actor.
    Actor(ActorId),
    /// An actor as the partner of the focus.
    Partner(ActorId),
}

impl Thing {
    /// The article that it is of.
    #[must_use]
    pub const fn article(&self) -> Option<ArticleId> {
        match self {
            Self::Article(id) | Self::Claim(id, _) | Self::Annotation(id, _) => Some(*id),
            Self::Session | Self::Code(_) | Self::Actor(_) | Self::Partner(_) => None,
        }
    }
}

/// A link between two things, the lesser one first. It has no direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link(Thing, Thing);

impl Link {
    /// Between two things; `None` for a thing and itself.
    #[must_use]
    pub fn new(a: Thing, b: Thing) -> Option<Self> {
        match a.cmp(&b) {
            std::cmp::Ordering::Less => Some(Self(a, b)),
            std::cmp::Ordering::Greater => Some(Self(b, a)),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Both ends.
    #[must_use]
    pub const fn ends(&self) -> (&Thing, &Thing) {
        (&self.0, &self.1)
    }

    /// The end that is not `thing`; `None` where it is neither.
    #[must_use]
    pub fn other_end(&self, thing: &Thing) -> Option<&Thing> {
        if self.0 == *thing {
            Some(&self.1)
        } else {
            (self.1 == *thing).then_some(&self.0)
        }
    }
}

/// Who made something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub by: Analyst,
    /// When.
    pub at: Timestamp,
}

/// By what an article with work on it is known again when its file has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where it came from, as the corpus names it.
    pub source: String,
    /// How it began: up to [`Origin::HEAD`] characters.
    pub head: String,
}

impl Origin {
    /// How much of the beginning is kept, in `char`s.
    pub const HEAD: usize = 120;

    /// Of the text that came from `source`.
    #[must_use]
    pub fn of(source: &str, text: &str) -> Self {
        Self {
            source: source.to_owned(),
            head: text.trim_start().chars().take(Self::HEAD).collect(),
        }
    }
}

/// The analyst's work on one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleWork {
    /// Decisions on suggestions.
    pub decisions: BTreeMap<SuggestionId, Decision>,
    /// Findings made by hand.
    pub made: BTreeMap<ItemId, Made>,
    /// Highlights.
    pub annotations: BTreeMap<ItemId, Annotation>,
    /// The note on the article.
    pub note: Option<Note>,
    /// The publication date, where the analyst ruled on it.
    pub publication: Option<PublicationRuling>,
}

impl ArticleWork {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
            && self.made.is_empty()
            && self.annotations.is_empty()
            && self.note.is_none()
            && self.publication.is_none()
    }
}

/// Where a session's articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorpusSource {
    /// The five sample articles in the program.
    Sample,
    /// Files and folders; folders are read with their subfolders.
    Paths(Vec<PathBuf>),
    /// A library: a folder with a `library.ron`.
    Library(PathBuf),
}

/// All that the analyst made. Only [`super::edit::Edit`] changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The identity of the session.
    pub id: ItemId,
    /// Where its articles are.
    pub corpus: CorpusSource,
    /// The actor that it follows.
    pub focus: ActorId,
    /// Who is working.
    pub analyst: Analyst,
    /// Who is who, where the analyst changed it.
    pub actors: ActorBook,
    /// The codes.
    pub codebook: Codebook,
    /// Rules that are switched off: they propose nothing. What was decided on their suggestions
    /// stands.
    pub rules_off: BTreeSet<Rule>,
    /// Articles that are folded under no other one, whatever they have in common.
    pub kept_apart: BTreeSet<ArticleId>,
    /// Searches to come back to, by name.
    pub searches: BTreeMap<String, String>,
    /// Memos; the one on an article is its note, and stands with the work on it.
    pub memos: BTreeMap<Thing, Note>,
    /// Links between any two things.
    pub links: BTreeMap<Link, Signed>,
    /// Where the articles with work on them came from.
    pub origins: SharedMap<ArticleId, Origin>,
    /// The work on each article; articles without any are absent.
    pub work: SharedMap<ArticleId, ArticleWork>,
}

impl Session {
    /// A session without any work.
    #[must_use]
    pub fn new(id: ItemId, corpus: CorpusSource, focus: ActorId, analyst: Analyst) -> Self {
        Self {
            id,
            corpus,
            focus,
            analyst,
            actors: ActorBook::default(),
            codebook: Codebook::default(),
            rules_off: BTreeSet::new(),
            kept_apart: BTreeSet::new(),
            searches: BTreeMap::new(),
            memos: BTreeMap::new(),
            links: BTreeMap::new(),
            origins: SharedMap::default(),
            work: SharedMap::default(),
        }
    }

    /// The memo on a thing; on an article, its note.
    #[must_use]
    pub fn memo(&self, on: &Thing) -> Option<&Note> {
        match on {
            Thing::Article(article) => self.work.get(article)?.note.as_ref(),
            other => self.memos.get(other),
        }
    }

    /// The articles with work, a memo or an end of a link on them.
    #[must_use]
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        let mut all: BTreeSet<ArticleId> = self.work.keys().copied().collect();
        all.extend(self.memos.keys().filter_map(Thing::article));
        for link in self.links.keys() {
            let (a, b) = link.ends();
            all.extend(a.article().into_iter().chain(b.article()));
        }
        all
    }

    /// The decision on a suggestion, if there is one.
    #[must_use]
    pub fn decision(&self, article: ArticleId, suggestion: SuggestionId) -> Option<&Decision> {
        self.work.get(&article)?.decisions.get(&suggestion)
    }
}
