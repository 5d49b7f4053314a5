//! Events: claims about one and the same happening, from one article or many, each counted once.
//!
//! A claim joins an event by rules that one sentence explains ([`Joined`]); nothing is learnt.
//!
//! - **Who, what, which side.** The same partners, or some of those that the other one lists where
//!   both dates are narrow; the same kind, or one that reports use for it; the same
//!   side of the axis. A refusal never joins what was refused.
//! - **When.** Claims are taken the narrowest date first. Each joins the event whose days it
//!   touches if there is exactly one; where several fit, the very kind, the very days or the items
//!   that they name must decide, or it stays by itself. The days of an event are those of its
//!   narrowest claim: what joins does not widen them, so there are no chains. Undated and half-open
//!   claims join nothing.
//! - **What is planned** and is later told as done is one event where the days fit. What is only
//!   considered is none of these.
//! - **Reposts.** A claim on the very sentence (or quotation) of an earlier one repeats it and
//!   corroborates nothing; so does one in a folded duplicate of an article with a report.
//!
//! Precision goes before recall: two events that are one are seen and joined by eye, one that is
//! two is not. The order of the articles plays no part but for which of two reports of one day is
//! called the first.
//!
//! Time: a sort of all claims, then a look-up by partner, class and days each.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::facts::{ArticleFacts, ClaimFact, ClaimKey};
use super::near::Folds;
use crate::model::article::Language;
use crate::model::claim::{ClaimKind, Modality};
use crate::model::date::{Day, DayRange, When};
use crate::model::ids::{ActorId, ArticleId};

/// How a report came to its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// It is the first one.
    First,
    /// Another article tells of it: partners and kind are the same, and its days touch the
    /// event's.
    Corroborates,
    /// The article tells of it once more.
    Again,
    /// An earlier report has the same sentence.
    SameSentence,
    /// Its article is a duplicate of one with a report.
    InDuplicate,
}

impl Joined {
    /// Why the report belongs to the event, in one sentence.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::First => "The first report of it.",
            Self::Corroborates => {
                "Same partners and kind, and its dates touch those of the event: told independently."
            }
            Self::Again => "The same article tells of it once more.",
            Self::SameSentence => "Repeats a sentence of an earlier report word for word.",
            Self::InDuplicate => "Stands in a duplicate of an article that is counted already.",
        }
    }

    /// In a word or two.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Corroborates => "independent",
            Self::Again => "same article",
            Self::SameSentence => "same sentence",
            Self::InDuplicate => "duplicate",
        }
    }

    /// Whether it adds to what is known: neither a repost nor the same voice again.
    #[must_use]
    pub const fn is_independent(self) -> bool {
        matches!(self, Self::First | Self::Corroborates)
    }
}

/// One claim of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The row of its article.
    pub row: u32,
    /// The claim.
    pub claim: ClaimKey,
    /// How it came to the event.
    pub joined: Joined,
}

/// A happening with its reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The partners that its narrowest report ties to the focus.
    pub partners: Vec<ActorId>,
    /// What kind of act.
    pub kind: ClaimKind,
    /// Whether it hangs below a chart's axis.
    pub adverse: bool,
    /// When: the narrowest date of its reports.
    pub when: Option<When>,
    /// Never empty; the first to be published first, what repeats a report after it.
    pub reports: Vec<Report>,
}

impl Event {
    /// How many reports tell of it by themselves.
    #[must_use]
    pub fn independent(&self) -> usize {
        let reports = self.reports.iter();
        reports.filter(|r| r.joined.is_independent()).count()
    }
}

/// All events, and where each claim belongs. The events partition the claims.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    events: Vec<Event>,
    of: FxHashMap<(u32, ClaimKey), u32>,
}

impl Events {
    /// Finds the events in the claims of all articles. `folds` says which are duplicates.
    #[must_use]
    pub fn find<'a>(
        articles: impl IntoIterator<Item = (u32, &'a ArticleFacts)>,
        folds: &Folds,
    ) -> Self {
        find::find(articles.into_iter(), folds)
    }

    /// The events, by the first day that is known of them.
    #[must_use]
    pub fn all(&self) -> &[Event] {
        &self.events
    }

    /// The event behind a claim.
    #[must_use]
    pub fn of(&self, row: u32, claim: ClaimKey) -> Option<&Event> {
        self.events.get(*self.of.get(&(row, claim))? as usize)
    }
}

/// Kinds that reports use for one and the same act. A delivery is not the purchase before it.
#[must_use]
const fn class(kind: ClaimKind) -> ClaimKind {
    match kind {
        ClaimKind::Visit => ClaimKind::Meeting,
        ClaimKind::Purchase => ClaimKind::Agreement,
        other => other,
    }
}

mod find;
#[cfg(test)]
mod tests;
