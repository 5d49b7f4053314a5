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

use super::facts::{ClaimFact, ClaimKey};
use super::near::Folds;
use super::table::{Row, Table, key_number};
use crate::model::claim::ClaimKind;
use crate::model::date::When;
use crate::model::ids::ActorId;

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
    /// All, in the order of their numbers.
    pub const ALL: [Self; 5] = [
        Self::First,
        Self::Corroborates,
        Self::Again,
        Self::SameSentence,
        Self::InDuplicate,
    ];

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
    /// How many articles tell of it: two claims of one article are no two reports.
    #[must_use]
    pub fn articles(&self) -> usize {
        let rows: BTreeSet<u32> = self.reports.iter().map(|report| report.row).collect();
        rows.len()
    }

    /// How many reports tell of it by themselves.
    #[must_use]
    pub fn independent(&self) -> usize {
        let reports = self.reports.iter();
        reports.filter(|r| r.joined.is_independent()).count()
    }
}

/// All events, and where each claim belongs. The events partition the claims: a claim that is not
/// named here is an event by itself.
///
/// Kept are columns of the events with several reports, which are few. What an event says is looked
/// up in the table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    columns: EventColumns,
    /// The places of all reports, sorted by row and key.
    order: Vec<u32>,
}

/// The events with several reports as columns, which a store can write and read as they are.
///
/// Memory: 18 bytes a report, the look-up of [`Events`] included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventColumns {
    /// Where the reports of each event end.
    pub ends: Vec<u32>,
    /// A report, in the order of its event: the row of its article.
    pub rows: Vec<u32>,
    /// The number of its claim's key; see [`key_number`].
    pub keys: Vec<u64>,
    /// How it came to the event, as the place in [`Joined::ALL`].
    pub joined: Vec<u8>,
    /// 1 for the report that the event was found by, the narrowest one.
    pub seeds: Vec<u8>,
}

impl EventColumns {
    /// Whether all columns have the length that they must have.
    fn is_sound(&self) -> bool {
        let len = self.rows.len();
        [self.keys.len(), self.joined.len(), self.seeds.len()] == [len; 3]
            && self.ends.is_sorted()
            && self.ends.last().map_or(0, |end| *end as usize) == len
    }
}

impl Events {
    /// Finds the events in the claims of all articles. `folds` says which are duplicates.
    #[must_use]
    pub fn find(table: &Table, folds: &Folds) -> Self {
        find::find(table, folds)
    }

    /// The columns, for a store.
    #[must_use]
    pub const fn columns(&self) -> &EventColumns {
        &self.columns
    }

    /// The places of all reports, sorted by row and key, for a store.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Events from their columns and the order of their reports; `None` where these do not fit
    /// together.
    #[must_use]
    pub fn from_columns(columns: EventColumns, order: Vec<u32>) -> Option<Self> {
        let events = Self { columns, order };
        let is_ordered = events.order.len() == events.columns.rows.len()
            // Strictly ascending: so each report stands in it once.
            && events.order.is_sorted_by(|a, b| {
                let (a, b) = (events.report_key(*a), events.report_key(*b));
                a.is_some() && a < b
            })
            && events.order.last().is_none_or(|last| events.report_key(*last).is_some());
        (events.columns.is_sound() && is_ordered).then_some(events)
    }

    /// What the report in a place is looked up by.
    fn report_key(&self, at: u32) -> Option<(u32, u64, u32)> {
        let row = self.columns.rows.get(at as usize)?;
        Some((*row, *self.columns.keys.get(at as usize)?, at))
    }

    /// With where the reports are looked up.
    fn of_columns(columns: EventColumns) -> Self {
        let reports = columns.rows.iter().zip(&columns.keys).zip(0_u32..);
        let mut of: Vec<_> = reports.map(|((row, key), at)| (*row, *key, at)).collect();
        of.sort_unstable();
        let order = of.into_iter().map(|(.., at)| at).collect();
        Self { columns, order }
    }

    /// The same without the reports that `keep` refuses by row and key: they are events by
    /// themselves from now on.
    #[must_use]
    pub fn retain(&self, keep: &dyn Fn(u32, u64) -> bool) -> Self {
        let mut kept = EventColumns::default();
        let all = &self.columns;
        for event in 0..all.ends.len() {
            let left: Vec<usize> = self
                .places(event)
                .filter(|at| self.is_kept(*at, keep))
                .collect();
            if left.len() < 2 {
                continue;
            }
            for (first, at) in left.into_iter().enumerate() {
                let joined = self.joined_at(at);
                let joined = if first == 0 { Joined::First } else { joined };
                kept.rows.extend(all.rows.get(at));
                kept.keys.extend(all.keys.get(at));
                kept.joined.push(joined as u8);
                kept.seeds.extend(all.seeds.get(at));
            }
            kept.ends
                .push(u32::try_from(kept.rows.len()).unwrap_or(u32::MAX));
        }
        Self::of_columns(kept)
    }

    fn is_kept(&self, at: usize, keep: &dyn Fn(u32, u64) -> bool) -> bool {
        let columns = &self.columns;
        let report = columns.rows.get(at).zip(columns.keys.get(at));
        report.is_some_and(|(row, key)| keep(*row, *key))
    }

    /// All events, by the first day that is known of them.
    ///
    /// Time: linear in the claims; what is asked for one claim is [`Events::of`].
    #[must_use]
    pub fn all(&self, table: &Table) -> Vec<Event> {
        let mut all: Vec<Event> = (0..self.columns.ends.len())
            .filter_map(|event| self.event(table, event))
            .collect();
        for row in (0..).take(table.len()).filter_map(|row| table.row(row)) {
            let alone = row
                .claims()
                .filter(|claim| self.place(row.row(), key_number(claim.key)).is_none());
            all.extend(alone.map(|claim| Event::alone(&row, &claim)));
        }
        let first_day = |event: &Event| {
            let days = event.when.as_ref().map(When::days);
            let first = days.and_then(|days| days.first.or(days.last));
            (first.is_none(), first)
        };
        all.sort_by_cached_key(|event| {
            let first = event.reports.first();
            // Which article is meant says its id; the row is only where it stands now.
            let first = first.map(|report| {
                let id = table.row(report.row).map(|row| row.id());
                (id, report.claim)
            });
            (first_day(event), first)
        });
        all
    }

    /// The event behind a claim; `None` where there is no such claim.
    #[must_use]
    pub fn of(&self, table: &Table, row: u32, claim: ClaimKey) -> Option<Event> {
        if let Some(event) = self.event_of(row, key_number(claim)) {
            return self.event(table, event);
        }
        let row = table.row(row)?;
        Some(Event::alone(&row, &row.claim(claim)?))
    }

    /// How many reports the event behind a claim has; 1 for a claim that stands alone.
    #[must_use]
    pub fn report_count(&self, row: u32, claim: ClaimKey) -> usize {
        let event = self.event_of(row, key_number(claim));
        event.map_or(1, |event| self.places(event).len())
    }

    /// How many events have several reports.
    #[must_use]
    pub const fn shared_count(&self) -> usize {
        self.columns.ends.len()
    }

    /// How many claims stand in events with several reports.
    #[must_use]
    pub const fn report_total(&self) -> usize {
        self.columns.rows.len()
    }

    /// The number of the event with several reports that a claim stands in.
    pub(crate) fn event_of(&self, row: u32, key: u64) -> Option<usize> {
        let place = self.place(row, key)?;
        Some(self.columns.ends.partition_point(|end| *end <= place))
    }

    fn place(&self, row: u32, key: u64) -> Option<u32> {
        let key_of = |at: &u32| self.report_key(*at).map(|(row, key, _)| (row, key));
        let found = self.order.binary_search_by_key(&Some((row, key)), key_of);
        self.order.get(found.ok()?).copied()
    }

    /// The rows that have a claim in an event with several reports, each as often as it has one.
    pub(crate) fn rows(&self) -> &[u32] {
        &self.columns.rows
    }

    /// The places of the reports of an event.
    pub(crate) fn places(&self, event: usize) -> std::ops::Range<usize> {
        let before = event
            .checked_sub(1)
            .and_then(|before| self.columns.ends.get(before));
        let end = self.columns.ends.get(event).copied().unwrap_or_default() as usize;
        before.map_or(0, |start| *start as usize).min(end)..end
    }

    /// A report: its row, the number of its key, how it joined, and whether its event was found
    /// by it.
    pub(crate) fn report(&self, at: usize) -> Option<(u32, u64, Joined, bool)> {
        Some((
            *self.columns.rows.get(at)?,
            *self.columns.keys.get(at)?,
            self.joined_at(at),
            self.columns.seeds.get(at) == Some(&1),
        ))
    }

    fn joined_at(&self, at: usize) -> Joined {
        let place = self.columns.joined.get(at).copied().unwrap_or_default();
        let joined = Joined::ALL.get(usize::from(place));
        joined.copied().unwrap_or(Joined::Again)
    }

    fn event(&self, table: &Table, event: usize) -> Option<Event> {
        let mut reports = Vec::new();
        let mut seed: Option<ClaimFact> = None;
        let mut when: Option<ClaimFact> = None;
        for at in self.places(event) {
            let Some((row, key, joined, is_seed)) = self.report(at) else {
                continue;
            };
            let row = table.row(row);
            let Some((row, place)) = row.and_then(|row| Some((row, row.place_of_number(key)?)))
            else {
                continue;
            };
            let claim = row.slot().part.claim(place);
            reports.push(Report {
                row: row.row(),
                claim: claim.key,
                joined,
            });
            if when.as_ref().is_none_or(|narrowest| {
                super::timeline::width(claim.days) < super::timeline::width(narrowest.days)
            }) {
                when = Some(claim.clone());
            }
            if is_seed || seed.is_none() {
                seed = Some(claim);
            }
        }
        let seed = seed?;
        Some(Event {
            adverse: seed.is_adverse(),
            partners: seed.partners,
            kind: seed.kind,
            when: when.and_then(|narrowest| narrowest.when),
            reports,
        })
    }
}

impl Event {
    /// That of a claim that nothing else tells of.
    fn alone(row: &Row<'_>, claim: &ClaimFact) -> Self {
        Self {
            partners: claim.partners.clone(),
            kind: claim.kind,
            adverse: claim.is_adverse(),
            when: claim.when.clone(),
            reports: vec![Report {
                row: row.row(),
                claim: claim.key,
                joined: Joined::First,
            }],
        }
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
