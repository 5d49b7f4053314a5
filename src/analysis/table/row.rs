//! One article of the table.

use super::columns::sparse;
use super::part::key_number;
use super::rows::Slot;
use crate::analysis::facts::{ArticleFacts, ClaimFact, ClaimKey};
use crate::analysis::track::{RuleNo, Tally};
use crate::model::article::{Language, PublicationStatus};
use crate::model::date::{DayRange, When};
use crate::model::extraction::CountryRole;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::sketch::{Observed, Sketch};

/// What is known of an article; looks into the columns as it is asked.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    slot: &'a Slot,
    at: usize,
    number: u32,
}

impl<'a> Row<'a> {
    pub(super) const fn new(slot: &'a Slot, at: usize, number: u32) -> Self {
        Self { slot, at, number }
    }

    /// Its row in the corpus.
    #[must_use]
    pub const fn row(&self) -> u32 {
        self.number
    }

    /// The article.
    #[must_use]
    pub fn id(&self) -> ArticleId {
        let id = self.slot.part.ids.get(self.at);
        id.copied().unwrap_or(ArticleId([0; 32]))
    }

    /// Its headline; where it has none, its first line, cut short.
    #[must_use]
    pub fn title(&self) -> &'a str {
        self.slot.part.titles.get(self.at)
    }

    /// Where it comes from, as the corpus names it.
    #[must_use]
    pub fn source(&self) -> String {
        self.slot.part.source(self.at)
    }

    /// The language of the body.
    #[must_use]
    pub fn language(&self) -> Language {
        self.slot.part.language(self.at)
    }

    /// When it was published.
    #[must_use]
    pub fn publication(&self) -> Option<When> {
        let part = &self.slot.part;
        part.dates.when(part.published_date(self.at))
    }

    /// The days of its publication; both ends open without any.
    #[must_use]
    pub fn published(&self) -> DayRange {
        let part = &self.slot.part;
        part.dates.days(part.published_date(self.at))
    }

    /// How the text tells its publication date.
    #[must_use]
    pub fn status(&self) -> PublicationStatus {
        self.slot.part.status(self.at)
    }

    /// Whether the analyst ruled on the publication date.
    #[must_use]
    pub fn is_ruled(&self) -> bool {
        sparse(&self.slot.part.ruled, self.at) != 0
    }

    /// Partners of the focus in it, the largest first.
    #[must_use]
    pub fn partners(&self) -> impl ExactSizeIterator<Item = (&'a ActorId, CountryRole)> + 'a {
        static NOBODY: std::sync::LazyLock<ActorId> =
            std::sync::LazyLock::new(|| ActorId::new("?"));
        let part = &self.slot.part;
        let partners = part.partners(self.at);
        partners.map(|(actor, role)| (part.actor(actor).unwrap_or(&NOBODY), role))
    }

    /// Suggestions that wait for a decision.
    #[must_use]
    pub fn undecided(&self) -> u32 {
        sparse(&self.slot.part.undecided, self.at)
    }

    /// Suggestions that were decided on.
    #[must_use]
    pub fn decided(&self) -> u32 {
        sparse(&self.slot.part.decided, self.at)
    }

    /// The analyst's highlights.
    #[must_use]
    pub fn annotations(&self) -> u32 {
        sparse(&self.slot.part.annotations, self.at)
    }

    /// What of its source was known when it was read, as one number; 0: nothing.
    #[must_use]
    pub fn site(&self) -> u64 {
        sparse(&self.slot.part.sites, self.at)
    }

    /// What its body looks like, where that is kept.
    #[must_use]
    pub fn sketch(&self) -> Option<&'a Sketch> {
        self.slot.part.sketches.get(self.at)
    }

    /// What it tells of its source, where that is kept.
    #[must_use]
    pub fn observed(&self) -> Option<&'a Observed> {
        self.slot.part.observed.get(self.at)?.as_deref()
    }

    /// Its claims that count, in reading order.
    pub fn claims(&self) -> impl Iterator<Item = ClaimFact> + use<'a> {
        let part = &self.slot.part;
        part.claims(self.at).map(|claim| part.claim(claim))
    }

    /// One of its claims; `None` where it has none of this identity that counts.
    #[must_use]
    pub fn claim(&self, key: ClaimKey) -> Option<ClaimFact> {
        self.place_of(key).map(|claim| self.slot.part.claim(claim))
    }

    /// How the rules did in it, where that is kept.
    pub fn rules(&self) -> impl Iterator<Item = (RuleNo, Tally)> + 'a {
        self.slot.part.tallies_of(self.at)
    }

    /// All of it, as far as it is kept: mentions of its partners only.
    #[must_use]
    pub fn facts(&self) -> Option<ArticleFacts> {
        self.slot.part.facts(self.at)
    }

    /// Whether it tells exactly this, as far as it is kept.
    pub(crate) fn tells(&self, facts: &ArticleFacts) -> bool {
        let part = &self.slot.part;
        self.facts()
            .is_some_and(|known| known == part.as_far_as_kept(facts, &known))
    }

    /// The place of a claim among those of its part, by the number of its key.
    pub(crate) fn place_of_number(&self, number: u64) -> Option<usize> {
        let part = &self.slot.part;
        part.claims(self.at)
            .find(|claim| sparse(&part.claim_keys, *claim) == number)
    }

    /// The place of a claim among those of its part.
    pub(crate) fn place_of(&self, key: ClaimKey) -> Option<usize> {
        let part = &self.slot.part;
        let number = key_number(key);
        part.claims(self.at).find(|claim| {
            sparse(&part.claim_keys, *claim) == number && part.claim_key(*claim) == key
        })
    }

    pub(crate) const fn slot(&self) -> &'a Slot {
        self.slot
    }
}
