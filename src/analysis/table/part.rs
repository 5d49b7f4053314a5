//! A batch of articles as columns.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::columns::{Lists, Texts, between, is_ascending, short, sparse};
use crate::analysis::facts::{ArticleFacts, ClaimFact, ClaimKey, MentionFact};
use crate::analysis::track::{RuleNo, Tally};
use crate::model::article::{Language, PublicationStatus};
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::date::{Day, DayRange, When};
use crate::model::extraction::CountryRole;
use crate::model::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use crate::model::sketch::{Observed, Sketch};
use crate::model::span::Span;

/// A date that there is not.
pub const NO_DATE: u32 = u32::MAX;

/// An end that is open or unknown.
pub const NO_DAY: i32 = i32::MIN;

/// A batch of articles as columns: what list and charts know of them, in the order in which they
/// were taken in. Never changed once it is built.
///
/// Article *n* is the *n*-th value of the columns an article. Its claims lie between two ends in
/// the columns a claim, and so do its mentions. What repeats (actors, lists of them, dates, where
/// sources begin) is kept once, and columns hold its number.
///
/// Fields are plain, so that a store can write and read them as they are; [`Part::is_sound`] tells
/// what was read from what is damaged. Columns marked *sparse* are empty while all they would hold
/// is zero; those marked *optional* are empty where the maker left them out ([`Keep`]).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// Actors, by number; in no order.
    pub actors: Vec<ActorId>,
    /// Distinct lists of actors, in the order of a claim's text: what claims tie to the focus.
    pub partner_lists: Lists,
    /// Distinct lists of partners with their roles, as articles have them; see
    /// [`Part::circle_entry`].
    pub circles: Lists,
    /// Distinct dates.
    pub dates: Dates,
    /// What sources begin with: the host of an address (`https://example.org`), else the folder
    /// with the stroke after it.
    pub places: Texts,

    /// An article: its id.
    pub ids: Vec<ArticleId>,
    /// Its title.
    pub titles: Texts,
    /// What its source begins with, among the places.
    pub source_places: Vec<u32>,
    /// The rest of its source.
    pub source_rests: Texts,
    /// Its language, as the place in [`Language::ALL`].
    pub languages: Vec<u8>,
    /// How its publication date is known, as the place in [`PublicationStatus::ALL`].
    pub statuses: Vec<u8>,
    /// When it was published, among the dates; [`NO_DATE`] for none.
    pub published: Vec<u32>,
    /// Suggestions that wait for a decision.
    pub undecided: Vec<u32>,
    /// All suggestions.
    pub suggestions: Vec<u32>,
    /// Its partners, among the circles.
    pub circles_of: Vec<u32>,
    /// Where its mentions end.
    pub mention_ends: Vec<u32>,
    /// Where its claims end.
    pub claim_ends: Vec<u32>,
    /// Sparse: suggestions that were decided on.
    pub decided: Vec<u32>,
    /// Sparse: highlights.
    pub annotations: Vec<u32>,
    /// Sparse: 1 where the analyst ruled on the date.
    pub ruled: Vec<u8>,
    /// Sparse: what of its source was known when it was read; see [`ArticleFacts::site`].
    pub sites: Vec<u64>,

    /// A partner of an article, in the order of its circle: mentions nobody decided on.
    pub mentions: Vec<u32>,
    /// Sparse: mentions that were accepted.
    pub mentions_accepted: Vec<u32>,

    /// A claim: its key as a number; see [`key_number`].
    pub claim_keys: Vec<u64>,
    /// Kind, modality and polarity; see [`code_of`].
    pub claim_codes: Vec<u8>,
    /// When it happened, among the dates; [`NO_DATE`] for none.
    pub claim_dates: Vec<u32>,
    /// Its partners, among the lists.
    pub claim_partners: Vec<u32>,
    /// Where its main evidence begins, in bytes.
    pub evidence_starts: Vec<u32>,
    /// How long that is, in bytes.
    pub evidence_lens: Vec<u32>,
    /// Sparse: 1 where the analyst stands behind it.
    pub accepted: Vec<u8>,
    /// Claims made by hand, by their place among the claims.
    pub made: Vec<(u32, ItemId)>,

    /// Optional: what the bodies look like.
    pub sketches: Vec<Sketch>,
    /// Optional: what the articles tell of their source.
    pub observed: Vec<Option<Box<Observed>>>,
    /// Optional, a claim: by what it is known again; 0 for nothing.
    pub passages: Vec<[u64; 2]>,
    /// Optional, a claim: the items that it names.
    pub items: Lists,
    /// Optional: where the rules of an article end.
    pub rule_ends: Vec<u32>,
    /// Optional: the rules that found something in it or were decided on, by number.
    pub rules: Vec<RuleNo>,
    /// Optional: how the rules did.
    pub tallies: Vec<Tally>,
}

/// Distinct dates, by number; in no order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// EDTF values, as they are printed.
    pub texts: Texts,
    /// The first day of each; [`NO_DAY`] where that end is open.
    pub firsts: Vec<i32>,
    /// The last day of each.
    pub lasts: Vec<i32>,
    /// 1 where the value is approximate, uncertain or open.
    pub vague: Vec<u8>,
}

impl Dates {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.firsts.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.firsts.is_empty()
    }

    /// The days that a date touches; both ends open for [`NO_DATE`].
    #[must_use]
    pub fn days(&self, date: u32) -> DayRange {
        let day = |days: &[i32]| {
            let day = days.get(date as usize).copied();
            day.filter(|day| *day != NO_DAY).map(Day)
        };
        DayRange {
            first: day(&self.firsts),
            last: day(&self.lasts),
        }
    }

    /// Whether a date is approximate, uncertain or open; [`NO_DATE`] is.
    #[must_use]
    pub fn is_vague(&self, date: u32) -> bool {
        self.vague.get(date as usize) != Some(&0)
    }

    /// A date as a value; `None` for [`NO_DATE`].
    #[must_use]
    pub fn when(&self, date: u32) -> Option<When> {
        self.texts.get(date as usize).parse().ok()
    }
}

/// What a part keeps besides what list and charts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "columns, each of which can be left out by itself"
)]
pub struct Keep {
    /// What bodies look like, to fold duplicates: 256 bytes an article.
    pub sketches: bool,
    /// What is seen of the sources: about a kilobyte an article.
    pub observed: bool,
    /// By what claims are known again, to find events: 20 bytes a claim.
    pub passages: bool,
    /// How the rules did in each article: some 200 bytes an article.
    pub rules: bool,
}

impl Keep {
    /// Everything: what is worked out across articles is worked out from the part.
    pub const ALL: Self = Self {
        sketches: true,
        observed: true,
        passages: true,
        rules: true,
    };

    /// Only what list and charts show: the rest is known from elsewhere.
    pub const VIEWS: Self = Self {
        sketches: false,
        observed: false,
        passages: false,
        rules: false,
    };
}

/// Kind, modality and polarity in one byte: (kind × 6 + modality) × 2 + polarity, each as its
/// place in its `ALL`.
#[must_use]
pub fn code_of(kind: ClaimKind, modality: Modality, polarity: Polarity) -> u8 {
    let place = kind as usize * Modality::ALL.len() + modality as usize;
    u8::try_from(place * Polarity::ALL.len() + polarity as usize).unwrap_or(u8::MAX)
}

/// What a code stands for; see [`code_of`].
#[must_use]
pub fn decode(code: u8) -> (ClaimKind, Modality, Polarity) {
    let code = usize::from(code);
    let (place, polarity) = (code / Polarity::ALL.len(), code % Polarity::ALL.len());
    let (kind, modality) = (place / Modality::ALL.len(), place % Modality::ALL.len());
    (
        named(ClaimKind::ALL, kind, ClaimKind::Support),
        named(Modality::ALL, modality, Modality::Reported),
        named(Polarity::ALL, polarity, Polarity::Cooperative),
    )
}

/// The variant in a place; `other` where there is none.
pub(super) fn named<T: Copy>(all: &[T], place: usize, other: T) -> T {
    all.get(place).copied().unwrap_or(other)
}

/// The key of a claim as a number: that of a suggestion, else both halves of an item's UUID
/// together. Within an article two keys are as good as never the same.
#[must_use]
pub fn key_number(key: ClaimKey) -> u64 {
    match key {
        ClaimKey::Suggested(id) => id.0,
        ClaimKey::Made(id) => {
            let (high, low) = id.0.as_u64_pair();
            high.rotate_left(32) ^ low
        }
    }
}

impl Part {
    /// How many articles it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it holds no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Where the claims of an article lie in the columns a claim.
    #[must_use]
    pub fn claims(&self, at: usize) -> Range<usize> {
        between(&self.claim_ends, at)
    }

    /// Where the mentions of an article lie.
    #[must_use]
    pub fn mentions(&self, at: usize) -> Range<usize> {
        between(&self.mention_ends, at)
    }

    /// Where the rules of an article lie.
    #[must_use]
    pub fn rules(&self, at: usize) -> Range<usize> {
        between(&self.rule_ends, at)
    }

    /// The source of an article.
    #[must_use]
    pub fn source(&self, at: usize) -> String {
        let place = self.source_places.get(at).copied().unwrap_or(u32::MAX);
        let place = self.places.get(place as usize);
        format!("{place}{}", self.source_rests.get(at))
    }

    /// The language of an article.
    #[must_use]
    pub fn language(&self, at: usize) -> Language {
        let place = usize::from(sparse(&self.languages, at));
        named(Language::ALL, place, Language::Other)
    }

    /// How the publication date of an article is known.
    #[must_use]
    pub fn status(&self, at: usize) -> PublicationStatus {
        let place = usize::from(sparse(&self.statuses, at));
        named(PublicationStatus::ALL, place, PublicationStatus::Missing)
    }

    /// When an article was published, among the dates.
    #[must_use]
    pub fn published_date(&self, at: usize) -> u32 {
        self.published.get(at).copied().unwrap_or(NO_DATE)
    }

    /// An actor with its role as an entry of a circle: the number of the actor × 8 + the place in
    /// [`CountryRole::ALL`].
    #[must_use]
    pub fn circle_entry(actor: u32, role: CountryRole) -> u32 {
        (actor << 3) | role as u32
    }

    /// The actor and role of an entry of a circle.
    #[must_use]
    pub fn circle_member(entry: u32) -> (u32, CountryRole) {
        let role = named(
            CountryRole::ALL,
            (entry & 7) as usize,
            CountryRole::ThirdParty,
        );
        (entry >> 3, role)
    }

    /// The partners of an article with their roles, by the number of the actor.
    #[must_use]
    pub fn partners(&self, at: usize) -> impl ExactSizeIterator<Item = (u32, CountryRole)> + '_ {
        let circle = self.circles_of.get(at).copied().unwrap_or(u32::MAX);
        let entries = self.circles.get(circle as usize).iter();
        entries.map(|entry| Self::circle_member(*entry))
    }

    /// The identity of a claim, by its place among the claims.
    #[must_use]
    pub fn claim_key(&self, claim: usize) -> ClaimKey {
        let made = self
            .made
            .binary_search_by_key(&short(claim), |(place, _)| *place);
        let made = made.ok().and_then(|at| self.made.get(at));
        made.map_or_else(
            || ClaimKey::Suggested(SuggestionId(sparse(&self.claim_keys, claim))),
            |(_, id)| ClaimKey::Made(*id),
        )
    }

    /// The actors of a list of partners, by number.
    #[must_use]
    pub fn actor(&self, number: u32) -> Option<&ActorId> {
        self.actors.get(number as usize)
    }

    /// Whether the analyst stands behind a claim.
    #[must_use]
    pub fn is_accepted(&self, claim: usize) -> bool {
        sparse(&self.accepted, claim) != 0
    }

    /// A claim as a fact.
    #[must_use]
    pub fn claim(&self, claim: usize) -> ClaimFact {
        let date = self.claim_dates.get(claim).copied().unwrap_or(NO_DATE);
        let (kind, modality, polarity) = decode(sparse(&self.claim_codes, claim));
        let list = self.claim_partners.get(claim).copied().unwrap_or(u32::MAX);
        let partners = self.partner_lists.get(list as usize).iter();
        let start = sparse(&self.evidence_starts, claim) as usize;
        let passages = sparse(&self.passages, claim);
        ClaimFact {
            key: self.claim_key(claim),
            partners: partners
                .filter_map(|actor| self.actor(*actor).cloned())
                .collect(),
            kind,
            modality,
            polarity,
            when: self.dates.when(date),
            days: self.dates.days(date),
            vague: self.dates.is_vague(date),
            accepted: self.is_accepted(claim),
            evidence: Span::new(start, start + sparse(&self.evidence_lens, claim) as usize),
            passages: passages.map(|passage| (passage != 0).then_some(passage)),
            items: self.items.get(claim).into(),
        }
    }

    /// What is known of an article, as far as it is kept: mentions of its partners only.
    #[must_use]
    pub fn facts(&self, at: usize) -> Option<ArticleFacts> {
        let id = *self.ids.get(at)?;
        let actor = |number| self.actor(number).cloned();
        let mentions = self.mentions(at).zip(self.partners(at));
        let mut mentions: Vec<MentionFact> = mentions
            .filter_map(|(place, (partner, _))| {
                let accepted = sparse(&self.mentions_accepted, place);
                let suggested = sparse(&self.mentions, place);
                (accepted + suggested > 0).then_some(MentionFact {
                    actor: actor(partner)?,
                    accepted,
                    suggested,
                })
            })
            .collect();
        mentions.sort_by(|a, b| a.actor.cmp(&b.actor));
        let partners = self.partners(at);
        Some(ArticleFacts {
            id,
            title: self.titles.get(at).into(),
            source: self.source(at).into(),
            language: self.language(at),
            publication: self.dates.when(self.published_date(at)),
            status: self.status(at),
            ruled: sparse(&self.ruled, at) != 0,
            partners: partners
                .filter_map(|(partner, role)| Some((actor(partner)?, role)))
                .collect(),
            undecided: sparse(&self.undecided, at),
            suggestions: sparse(&self.suggestions, at),
            decided: sparse(&self.decided, at),
            annotations: sparse(&self.annotations, at),
            sketch: Box::new(
                self.sketches
                    .get(at)
                    .cloned()
                    .unwrap_or_else(|| Sketch::of("", [])),
            ),
            observed: self.observed.get(at).cloned().flatten(),
            site: sparse(&self.sites, at),
            claims: self.claims(at).map(|claim| self.claim(claim)).collect(),
            mentions,
            rules: self.tallies_of(at).collect(),
        })
    }

    /// These facts without what the part does not keep; in its place stands what `known`, from the
    /// part, has there.
    pub(super) fn as_far_as_kept(
        &self,
        facts: &ArticleFacts,
        known: &ArticleFacts,
    ) -> ArticleFacts {
        let mut kept = facts.clone();
        kept.mentions
            .retain(|mention| facts.is_partner(&mention.actor));
        if self.sketches.is_empty() {
            kept.sketch.clone_from(&known.sketch);
        }
        if self.observed.is_empty() {
            kept.observed.clone_from(&known.observed);
        }
        if self.rule_ends.is_empty() {
            kept.rules.clone_from(&known.rules);
        }
        if self.passages.is_empty() {
            for (claim, known) in kept.claims.iter_mut().zip(&known.claims) {
                claim.passages = known.passages;
                claim.items.clone_from(&known.items);
            }
        }
        kept
    }

    /// How the rules did in an article.
    pub fn tallies_of(&self, at: usize) -> impl Iterator<Item = (RuleNo, Tally)> + '_ {
        self.rules(at)
            .filter_map(|rule| Some((*self.rules.get(rule)?, *self.tallies.get(rule)?)))
    }

    /// How much memory it takes, in bytes. What observed articles hold on the heap is estimated.
    #[must_use]
    pub fn bytes(&self) -> usize {
        fn of<T>(column: &Vec<T>) -> usize {
            column.capacity() * size_of::<T>()
        }
        let words = [
            &self.source_places,
            &self.published,
            &self.undecided,
            &self.suggestions,
            &self.circles_of,
            &self.mention_ends,
            &self.claim_ends,
            &self.decided,
            &self.annotations,
            &self.mentions,
            &self.mentions_accepted,
            &self.claim_dates,
            &self.claim_partners,
            &self.evidence_starts,
            &self.evidence_lens,
            &self.rule_ends,
        ];
        let small = [
            &self.languages,
            &self.statuses,
            &self.ruled,
            &self.claim_codes,
            &self.accepted,
            &self.dates.vague,
        ];
        let texts = [
            &self.places,
            &self.titles,
            &self.source_rests,
            &self.dates.texts,
        ];
        let lists = [&self.partner_lists, &self.circles, &self.items];
        let seen = self.observed.iter().flatten();
        words.map(of).iter().sum::<usize>()
            + small.map(of).iter().sum::<usize>()
            + texts.map(Texts::bytes).iter().sum::<usize>()
            + lists.map(Lists::bytes).iter().sum::<usize>()
            + of(&self.actors)
            + of(&self.dates.firsts)
            + of(&self.dates.lasts)
            + of(&self.ids)
            + of(&self.sites)
            + of(&self.claim_keys)
            + of(&self.made)
            + of(&self.sketches)
            + of(&self.observed)
            + seen
                .map(|seen| size_of::<Observed>() + seen.lines.len() * 8)
                .sum::<usize>()
            + of(&self.passages)
            + of(&self.rules)
            + of(&self.tallies)
    }

    /// Whether all columns have the length that they must have for so many articles, whose ids may
    /// still be to come, and every number names something: false for what was read from a damaged
    /// file.
    #[must_use]
    pub fn is_sound(&self, rows: usize) -> bool {
        let claims = self.claim_keys.len();
        let full = |len: usize, of: usize| len == of;
        let some = |len: usize, of: usize| len == 0 || len == of;
        let below =
            |numbers: &[u32], of: usize| numbers.iter().all(|number| (*number as usize) < of);
        let dates = self.dates.len();
        let date = |numbers: &[u32]| {
            let mut numbers = numbers.iter();
            numbers.all(|number| *number == NO_DATE || (*number as usize) < dates)
        };
        let partners = (0..rows).all(|at| self.mentions(at).len() == self.partners(at).len());
        [
            self.titles.len(),
            self.source_places.len(),
            self.source_rests.len(),
            self.languages.len(),
            self.statuses.len(),
            self.published.len(),
            self.undecided.len(),
            self.suggestions.len(),
            self.circles_of.len(),
            self.mention_ends.len(),
            self.claim_ends.len(),
        ]
        .iter()
        .all(|len| full(*len, rows))
            && [
                self.decided.len(),
                self.annotations.len(),
                self.ruled.len(),
                self.sites.len(),
                self.sketches.len(),
                self.observed.len(),
                self.rule_ends.len(),
            ]
            .iter()
            .all(|len| some(*len, rows))
            && [
                self.claim_codes.len(),
                self.claim_dates.len(),
                self.claim_partners.len(),
                self.evidence_starts.len(),
                self.evidence_lens.len(),
            ]
            .iter()
            .all(|len| full(*len, claims))
            && [self.accepted.len(), self.passages.len(), self.items.len()]
                .iter()
                .all(|len| some(*len, claims))
            && some(self.mentions_accepted.len(), self.mentions.len())
            && is_ascending(&self.claim_ends, claims)
            && is_ascending(&self.mention_ends, self.mentions.len())
            && is_ascending(&self.rule_ends, self.rules.len())
            && full(self.tallies.len(), self.rules.len())
            && [
                self.dates.lasts.len(),
                self.dates.vague.len(),
                self.dates.texts.len(),
            ]
            .iter()
            .all(|len| full(*len, dates))
            && [
                &self.places,
                &self.titles,
                &self.source_rests,
                &self.dates.texts,
            ]
            .iter()
            .all(|texts| texts.is_sound())
            && [&self.partner_lists, &self.circles, &self.items]
                .iter()
                .all(|lists| lists.is_sound())
            && below(&self.partner_lists.all, self.actors.len())
            && self
                .circles
                .all
                .iter()
                .all(|entry| ((entry >> 3) as usize) < self.actors.len())
            && below(&self.source_places, self.places.len())
            && below(&self.circles_of, self.circles.len())
            && below(&self.claim_partners, self.partner_lists.len())
            && date(&self.published)
            && date(&self.claim_dates)
            && partners
    }
}

/// The numbers of what a part keeps once.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) actors: FxHashMap<ActorId, u32>,
    pub(super) partner_lists: FxHashMap<Box<[u32]>, u32>,
    pub(super) circles: FxHashMap<Box<[u32]>, u32>,
    pub(super) dates: FxHashMap<Box<str>, u32>,
    pub(super) places: FxHashMap<Box<str>, u32>,
}
