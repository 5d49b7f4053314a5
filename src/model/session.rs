//! All that the analyst made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::actor::ActorBook;
use super::annotation::{Analyst, Annotation, Codebook};
use super::date::When;
use super::finding::{Finding, Rule};
use super::ids::{ActorId, ArticleId, ItemId, SuggestionId};

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
    /// Who decided.
    pub by: Analyst,
    /// When it was decided.
    pub at: Timestamp,
}

impl Decision {
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
    /// Who made it.
    pub by: Analyst,
    /// When it was made.
    pub at: Timestamp,
}

/// A note on a whole article.
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
    /// The work on each article; articles without any are absent.
    pub work: BTreeMap<ArticleId, ArticleWork>,
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
            work: BTreeMap::new(),
        }
    }

    /// The decision on a suggestion, if there is one.
    #[must_use]
    pub fn decision(&self, article: ArticleId, suggestion: SuggestionId) -> Option<&Decision> {
        self.work.get(&article)?.decisions.get(&suggestion)
    }
}
