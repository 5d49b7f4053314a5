//! The reader's way through all places: what is known is passed over, the rest cut into batches.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam_channel::Sender;

use super::csv_columns::CsvColumns;
use super::gone::Old;
use super::input::{self, Incoming, Kind, Place, Problem};
use super::kept::Kept;
use super::make::{Batch, Limits};
use super::mend;
use super::pace::Stop;
use crate::model::ids::ArticleId;
use crate::store::library::catalog::Taken;
use crate::store::library::manifest::Settings;
use crate::store::library::{part, read};
use crate::store::watch::Watch as _;

/// A batch on its way to the workers: its place in the order of the new parts, and the name of the
/// part that it will be.
pub(super) type Numbered = (usize, String, Batch);

/// The reader's way through all places.
pub(super) struct Walk<'a> {
    pub(super) limits: Limits,
    pub(super) settings: &'a Settings,
    pub(super) csv: &'a CsvColumns,
    pub(super) old: &'a Old,
    /// Articles that are in a part, or on their way into one.
    pub(super) known: HashSet<ArticleId>,
    pub(super) taken: Vec<Taken>,
    pub(super) problems: Vec<Problem>,
    /// What could not be read of files before, by file, …
    pub(super) kept: HashMap<String, Vec<Kept>>,
    /// … and what can't be read of them now.
    pub(super) keep: Vec<Kept>,
    /// Tables were taken in by other columns before: they are read again.
    pub(super) csv_is_new: bool,
    /// What could not be looked at or not wholly read: nothing is known to be gone from there.
    pub(super) unseen: Vec<PathBuf>,
    /// Where damaged parts were put.
    pub(super) aside: PathBuf,
    /// Such a part is left, and its articles are known nowhere else.
    pub(super) is_given_up: bool,
    pub(super) batch: Batch,
    pub(super) batches: usize,
}

impl Walk<'_> {
    /// Reads everything; `false`: it was stopped before.
    pub(super) fn all(
        &mut self,
        places: &[Place],
        to_workers: &Sender<Numbered>,
        stop: &Stop<'_>,
    ) -> bool {
        for place in places {
            stop.rest();
            if stop.is_cancelled() {
                return false;
            }
            if self.pass_over(place) {
                stop.pace.pass(place.size);
                continue;
            }
            let csv = self.csv;
            let mut is_going_on = true;
            let before = self.problems.len();
            input::read(place, csv, &mut |found| {
                match found {
                    Ok(incoming) => is_going_on = self.take(place, incoming, to_workers, stop),
                    Err(problem) => self.problems.push(problem),
                }
                stop.rest();
                is_going_on = is_going_on && !stop.is_cancelled();
                is_going_on
            });
            if self.problems.len() > before {
                // One that is an article is looked at again in any case.
                if place.kind != Kind::Text {
                    let new = self.problems.get(before..).unwrap_or_default();
                    let new = new.iter().map(|new| Kept::new(&place.file, new));
                    self.keep.extend(new);
                }
                self.unseen.push(place.path.clone());
            }
            if !is_going_on {
                return false;
            }
        }
        let aside = self.aside.clone();
        let mut is_going_on = true;
        let unread = mend::recover(&aside, &mut |incoming| {
            stop.rest();
            is_going_on = self.admit(incoming, to_workers) && !stop.is_cancelled();
            is_going_on
        });
        self.is_given_up = unread.iter().any(|part| !self.is_accounted_for(part));
        is_going_on && self.send(to_workers)
    }

    /// Whether it is known what a damaged part held: each article of it is in the library again, or
    /// is told of as lost.
    fn is_accounted_for(&self, part: &Path) -> bool {
        // What this program took in stands in the list of what was taken in, where that is there.
        let is_listed = !self.old.is_empty() && part.join(part::SEAL).exists();
        let ids = || read::ids(part).ok();
        is_listed || ids().is_some_and(|ids| ids.iter().all(|id| self.known.contains(id)))
    }

    /// Whether a file is as it was when it was taken in, and all its articles are there.
    fn pass_over(&mut self, place: &Place) -> bool {
        let Some(rows) = self.old.get(&place.file) else {
            return false;
        };
        if self.csv_is_new && place.kind == Kind::Csv {
            return false;
        }
        let now = |row: &&Taken| row.present;
        let is_same = |row: &Taken| {
            row.size == place.size
                && row.modified == place.modified
                && row.modified != 0
                && self.known.contains(&row.article)
        };
        if !rows.iter().any(|row| row.present) || !rows.iter().filter(now).all(is_same) {
            return false;
        }
        self.taken.extend(rows.iter().filter(now).cloned());
        let kept = self.kept.remove(&*place.file).unwrap_or_default();
        self.problems.extend(kept.iter().map(Kept::problem));
        self.keep.extend(kept);
        true
    }

    fn take(
        &mut self,
        place: &Place,
        incoming: Incoming,
        to_workers: &Sender<Numbered>,
        stop: &Stop<'_>,
    ) -> bool {
        self.taken.push(Taken {
            article: incoming.id,
            source: incoming.source.clone(),
            file: Arc::clone(&place.file),
            size: place.size,
            modified: place.modified,
            present: true,
        });
        if self.known.contains(&incoming.id) {
            stop.pace.pass(incoming.text.len() as u64);
            return true;
        }
        self.admit(incoming, to_workers)
    }

    /// Takes an article in that is in no part yet; `false` when nobody takes it any more.
    fn admit(&mut self, incoming: Incoming, to_workers: &Sender<Numbered>) -> bool {
        if !self.known.insert(incoming.id) {
            return true;
        }
        let is_going_on = !self.batch.is_full_for(&incoming, self.limits) || self.send(to_workers);
        self.batch.push(incoming);
        is_going_on
    }

    /// Hands the batch on; `false` when nobody takes it any more.
    fn send(&mut self, to_workers: &Sender<Numbered>) -> bool {
        let batch = std::mem::take(&mut self.batch);
        if batch.articles.is_empty() {
            return true;
        }
        let name = batch.name(self.settings);
        let number = self.batches;
        self.batches += 1;
        to_workers.send((number, name, batch)).is_ok()
    }
}
