//! What only all articles together tell: which are duplicates, and which claims are one event.

use std::sync::Arc;

use super::event::Events;
use super::near::{Candidate, Folds, fold};
use super::table::{Table, key_number};
use super::untold::without_untold;
use crate::model::ids::ArticleId;

/// What all articles together tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Across {
    /// The duplicates: what is folded tells nothing that is not told where it is folded.
    pub folds: Arc<Folds>,
    /// The same by their texts alone.
    pub alike: Arc<Folds>,
    /// The events.
    pub events: Events,
    /// Articles were looked at: whom nothing is said of here stands alone.
    pub is_known: bool,
}

impl Across {
    /// Looks at all articles that have been read; their parts must have what bodies look like.
    /// `is_apart` says which the analyst keeps apart.
    #[must_use]
    pub fn new(table: &Table, is_apart: &dyn Fn(&ArticleId) -> bool) -> Self {
        Self::with(Arc::new(folds(table, is_apart)), table)
    }

    /// The same, where the copies are known already: claims have changed, texts have not.
    ///
    /// Budget: a microsecond a claim on one core.
    #[must_use]
    pub fn with(alike: Arc<Folds>, table: &Table) -> Self {
        let folds = Arc::new(without_untold(&alike, table));
        let events = Events::find(table, &folds);
        Self {
            folds,
            alike,
            events,
            is_known: true,
        }
    }

    /// What is known of `before`, where some rows tell something else now: their claims that tell
    /// the same keep their event, others stand alone.
    #[must_use]
    pub fn following(&self, before: &Table, now: &Table, rows: &[u32]) -> Self {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let tells_the_same = |row: u32, key: u64| {
            if rows.binary_search(&row).is_err() {
                return true;
            }
            let claim = |table: &Table| {
                let row = table.row(row)?;
                let mut claims = row.claims();
                let mut claim = claims.find(|claim| key_number(claim.key) == key)?;
                // A decision that only accepts changes nothing.
                claim.accepted = false;
                // Nor does what only parts of a folder keep.
                (claim.passages, claim.items) = ([None; 2], Box::default());
                Some(claim)
            };
            let (old, new) = (claim(before), claim(now));
            old.is_some() && old == new
        };
        Self {
            folds: Arc::clone(&self.folds),
            alike: Arc::clone(&self.alike),
            events: self.events.retain(&tells_the_same),
            is_known: self.is_known,
        }
    }
}

/// Folds the duplicates among all articles.
fn folds(table: &Table, is_apart: &dyn Fn(&ArticleId) -> bool) -> Folds {
    let mut candidates: Vec<Option<Candidate<'_>>> = vec![None; table.len()];
    for slot in table.slots() {
        let part = &slot.part;
        for (at, row) in table.scan(slot, None) {
            let known = part.sketches.get(at).zip(part.ids.get(at));
            let (Some((sketch, id)), Some(candidate)) = (known, candidates.get_mut(row as usize))
            else {
                continue;
            };
            *candidate = Some(Candidate {
                sketch,
                published: part.dates.days(part.published_date(at)).first,
                apart: is_apart(id),
            });
        }
    }
    fold(&candidates)
}
