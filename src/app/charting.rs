//! What the chart worker does: list, chart and sums, from the facts of all articles.
//!
//! Budget: with a million articles a key press in the filter is answered in a few tenths of a
//! second, of which the window waits for none. Orders of the list are kept from one request to the
//! next; so are duplicates and events, as long as no article tells something else.
//! While a large corpus is being read, these wait until all is read.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::querying::{self, SearchIn};
use super::workbench::Counts;
use crate::analysis::across::Across;
use crate::analysis::facets::{Facets, facets};
use crate::analysis::facts::ClaimFact;
use crate::analysis::list::Orders;
use crate::analysis::near::Folds;
use crate::analysis::sums::{Sums, sum};
use crate::analysis::table::{Row, Table};
use crate::analysis::timeline::Timeline;
use crate::analysis::told::Chosen;
use crate::analysis::track::Tally;
use crate::extract::rules::rules;
use crate::extract::site::{Sites, Survey};
use crate::index::query::QueryError;
use crate::job::Cancel;
use crate::model::article::PublicationStatus;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::view::View;

/// Names of actors, merges followed.
pub(super) type Names = Arc<HashMap<ActorId, String>>;

/// List and chart to compute.
pub(super) struct ChartRequest {
    pub(super) facts: Table,
    pub(super) view: View,
    pub(super) focus: ActorId,
    pub(super) names: Names,
    /// Articles that are folded under no other one.
    pub(super) kept_apart: BTreeSet<ArticleId>,
    /// Articles whose duplicates are listed below them.
    pub(super) unfolded: BTreeSet<ArticleId>,
    /// Nothing more is being read.
    pub(super) all_read: bool,
    /// What the filter is answered from, beside the table.
    pub(super) search: SearchIn,
    /// What a library brings along: its articles as they came, and what they tell together.
    pub(super) given: Option<Arc<Given>>,
    /// The sources are known since a library was made: what its articles tell of them now plays no
    /// part.
    pub(super) knows_sources: bool,
}

/// What was worked out across the articles of a library when it was built.
pub(super) struct Given {
    pub(super) table: Table,
    pub(super) across: Arc<Across>,
}

/// List and chart.
pub(super) struct ChartResult {
    /// Why the filter could not be asked about, in words.
    pub(super) problem: Option<String>,
    /// The filter, and the names in it that nothing is called by.
    pub(super) doubts: (String, Vec<QueryError>),
    /// What it was made from.
    pub(super) facts: Table,
    pub(super) list: Vec<u32>,
    /// Where each row stands in the list; [`NOWHERE`] for those that do not.
    pub(super) places: Vec<u32>,
    pub(super) timeline: Timeline,
    pub(super) counts: Counts,
    /// How the rules have done, by number; see [`Sums::tallies`].
    pub(super) tallies: Vec<Tally>,
    /// How the list spreads over fields.
    pub(super) facets: Facets,
    /// Articles that have not been read yet.
    pub(super) unread: usize,
    /// The first article of the list whose dates contradict one another.
    pub(super) conflict: Option<u32>,
    /// Actors in the order of their colours: those of the request, then new ones.
    pub(super) colors: Vec<ActorId>,
    /// How many articles of the list are no duplicates.
    pub(super) counted: usize,
    pub(super) across: Arc<Across>,
    /// What the articles of each source share, once all are read.
    pub(super) sites: Arc<Sites>,
    /// Articles that were read knowing something else of their source.
    pub(super) outdated: Vec<u32>,
}

/// The place of a row that is not in the list.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What the worker keeps from one request to the next.
#[derive(Default)]
pub(super) struct Charting {
    /// The table of the last request.
    table: Table,
    orders: Orders,
    names: Names,
    /// Sums over all articles; `None` when some article has changed since.
    sums: Option<Sums>,
    across: Arc<Across>,
    /// Older ones, until the window has let go of them: what is large is dropped here, not there.
    retired: Vec<Arc<Across>>,
    /// What is kept apart in its folds; `None` when some article looks another way since.
    kept_apart: Option<BTreeSet<ArticleId>>,
    /// No claim has changed since its events were found.
    events_are_new: bool,
    sites: Arc<Sites>,
    /// Nothing new has been seen of the sources since `sites` was made.
    sites_are_new: bool,
}

/// In a corpus larger than this, duplicates and events wait until all is read.
const MANY: usize = 5_000;

impl Charting {
    /// Answers a request; `None` when it was asked to stop.
    pub(super) fn answer(
        &mut self,
        request: &ChartRequest,
        cancel: &Cancel,
    ) -> Option<ChartResult> {
        self.follow(request);
        if cancel.is_cancelled() {
            return None;
        }
        self.look_across(request);
        let outdated = self.outdated(request);
        let (kept, problem) = match querying::matching(request, &self.across, cancel) {
            Ok(kept) => (kept, None),
            // No article is better than the wrong ones.
            Err(error) => {
                let none = FixedBitSet::with_capacity(request.facts.len());
                (Some(none), Some(error.to_string()))
            }
        };
        if cancel.is_cancelled() {
            return None;
        }
        let (list, sums) = rayon::join(
            || list(&mut self.orders, request, &self.across.folds, kept.as_ref()),
            || {
                let known = self.sums.take();
                known.unwrap_or_else(|| sum(&request.facts, rules().len()))
            },
        );
        let sums = self.sums.insert(sums);
        let colors = colors(&request.view.colors, &sums.partners, &request.focus);
        let ranks: HashMap<&ActorId, usize> = colors.iter().zip(0..).collect();
        let color = |actor: &ActorId| ranks.get(actor).copied().unwrap_or(ranks.len());
        let folds = &self.across.folds;
        // What counts: the list, and what is folded under it.
        let rows = kept.map(|mut rows| {
            for row in &list {
                let folded = folds.under(*row).iter().map(|row| *row as usize);
                rows.extend(folded);
            }
            Arc::new(rows)
        });
        if cancel.is_cancelled() {
            return None;
        }
        let told = querying::told(request);
        let chosen = Chosen {
            rows: rows.clone(),
            claims: querying::any_of(&told).map(Arc::new),
        };
        // Scans that wait for one another nowhere.
        let (timeline, (facets, (conflict, places))) = rayon::join(
            || {
                Timeline::compute(
                    &request.facts,
                    &chosen,
                    &self.across,
                    &request.view.chart,
                    &request.focus,
                    &color,
                )
            },
            || {
                rayon::join(
                    || facets(&request.facts, rows.as_deref(), told.last(), &request.focus),
                    || {
                        let conflict = first_conflict(&request.facts, &list);
                        (conflict, places(&list, request.facts.len(), folds))
                    },
                )
            },
        );
        let counted = list.iter().filter(|row| folds.head_of(**row).is_none());
        Some(ChartResult {
            facts: request.facts.clone(),
            counted: counted.count(),
            across: Arc::clone(&self.across),
            sites: Arc::clone(&self.sites),
            outdated,
            problem,
            doubts: (request.view.filter.clone(), querying::doubts(request)),
            places,
            timeline,
            counts: Counts {
                suggestions: sums.suggestions,
                decided: sums.decided,
                annotations: sums.annotations,
            },
            tallies: sums.tallies.clone(),
            facets,
            unread: request.facts.unread_count(),
            conflict,
            list,
            colors,
        })
    }

    /// Takes in what has changed since the last request.
    fn follow(&mut self, request: &ChartRequest) {
        let (old, new) = (&self.table, &request.facts);
        if !old.is_same(new) {
            *self = Self {
                table: new.clone(),
                names: Arc::clone(&request.names),
                retired: std::mem::take(&mut self.retired),
                ..Self::default()
            };
            return;
        }
        if !Arc::ptr_eq(&self.names, &request.names) {
            self.names = Arc::clone(&request.names);
            self.orders.clear();
        }
        let log = new.log().get(old.log().len()..).unwrap_or_default();
        let mut changed = log.to_vec();
        changed.sort_unstable();
        changed.dedup();
        if changed.is_empty() {
            return;
        }
        self.sums = None;
        for row in &changed {
            let (old, new) = (old.row(*row), new.row(*row));
            let both = || old.zip(new);
            if !both().is_some_and(|(old, new)| looks_the_same(&old, &new)) {
                self.kept_apart = None;
            }
            self.events_are_new =
                self.events_are_new && both().is_some_and(|(old, new)| tells_the_same(&old, &new));
            self.sites_are_new = self.sites_are_new
                && both().is_some_and(|(old, new)| old.observed() == new.observed());
        }
        let name = request.namer();
        self.orders.follow(new, &changed, &name);
        self.table = new.clone();
    }

    /// Finds duplicates and events again where something has changed.
    fn look_across(&mut self, request: &ChartRequest) {
        let table = &request.facts;
        let folds_are_new = self.kept_apart.as_ref() == Some(&request.kept_apart);
        let read = table.len() - table.unread_count();
        if (folds_are_new && self.events_are_new) || (!request.all_read && read > MANY) {
            return;
        }
        let is_apart = |id: &ArticleId| request.kept_apart.contains(id);
        let new = match &request.given {
            // Nothing has changed since: half of the time to a first list and chart is saved.
            Some(given) if table.log().is_empty() && request.kept_apart.is_empty() => {
                Arc::clone(&given.across)
            }
            Some(given) => {
                let across = given.across.following(&given.table, table, table.log());
                let is_apart = |row: u32| table.row(row).is_some_and(|row| is_apart(&row.id()));
                Arc::new(if request.kept_apart.is_empty() {
                    across
                } else {
                    Across {
                        folds: Arc::new(across.folds.without(&is_apart)),
                        ..across
                    }
                })
            }
            None if folds_are_new => Arc::new(Across::with(Arc::clone(&self.across.alike), table)),
            None => Arc::new(Across::new(table, &is_apart)),
        };
        self.events_are_new = true;
        self.retired.retain(|old| Arc::strong_count(old) > 1);
        self.retired.push(std::mem::replace(&mut self.across, new));
        self.kept_apart = Some(request.kept_apart.clone());
    }

    /// What the sources are known for, once all is read; the articles that were read knowing
    /// something else.
    fn outdated(&mut self, request: &ChartRequest) -> Vec<u32> {
        if !request.all_read || request.knows_sources {
            return Vec::new();
        }
        let known = || {
            let rows = (0..).take(request.facts.len());
            rows.filter_map(|row| {
                let row = request.facts.row(row)?;
                Some((row, row.observed()?))
            })
        };
        if !self.sites_are_new {
            let mut survey = Survey::default();
            for (row, observed) in known() {
                survey.add(&row.source(), observed);
            }
            self.sites = Arc::new(survey.sites());
            self.sites_are_new = true;
        }
        known()
            .filter(|(row, seen)| row.site() != self.sites.stamp(&row.source(), seen))
            .map(|(row, _)| row.row())
            .collect()
    }
}

impl ChartRequest {
    /// Whether the duplicates of the article in a row are listed.
    fn is_unfolded(&self, row: u32) -> bool {
        let id = self.facts.row(row).map(|row| row.id());
        id.is_some_and(|id| self.unfolded.contains(&id))
    }

    /// What gives an actor's name on screen.
    fn namer(&self) -> impl Fn(&ActorId) -> String + '_ {
        |actor| {
            let known = self.names.get(actor);
            known.map_or_else(|| actor.as_str().to_owned(), Clone::clone)
        }
    }
}

/// The rows that the filter lets through, sorted; duplicates under the article that stands for
/// them, where that is let through, too.
fn list(
    orders: &mut Orders,
    request: &ChartRequest,
    folds: &Folds,
    kept: Option<&FixedBitSet>,
) -> Vec<u32> {
    let name = request.namer();
    let order = orders.rows(&request.facts, request.view.sort, &name);
    let is_kept = |row: u32| kept.is_none_or(|kept| kept.contains(row as usize));
    let is_folded = |row: u32| folds.head_of(row).is_some_and(is_kept);
    let mut list: Vec<u32> =
        Vec::with_capacity(kept.map_or(order.len(), |kept| kept.count_ones(..)));
    for row in order.iter().copied().filter(|row| is_kept(*row)) {
        if is_folded(row) {
            continue;
        }
        list.push(row);
        if !request.unfolded.is_empty() && request.is_unfolded(row) {
            list.extend(folds.under(row));
        }
    }
    if kept.is_none() && request.facts.unread_count() > 0 {
        // Articles that are still being read stand at the end, so that the list has its
        // length.
        let rows = (0..).take(request.facts.len());
        list.extend(rows.filter(|row| !request.facts.is_read(*row)));
    }
    list
}

/// The first article of the list whose dates contradict one another.
fn first_conflict(table: &Table, list: &[u32]) -> Option<u32> {
    let conflicts = table.rows_with(PublicationStatus::Conflict);
    if conflicts.is_clear() {
        return None;
    }
    let is_conflict = |row: &u32| conflicts.contains(*row as usize);
    list.iter().copied().find(is_conflict)
}

/// Where each of so many rows stands in the list; duplicates where the article stands under which
/// they are folded, unless they are listed themselves.
fn places(list: &[u32], rows: usize, folds: &Folds) -> Vec<u32> {
    let mut places = vec![NOWHERE; rows];
    for (row, place) in list.iter().zip(0..) {
        if let Some(at) = places.get_mut(*row as usize) {
            *at = place;
        }
    }
    for row in folds.folded_rows() {
        let head = folds.head_of(row);
        let head = head.and_then(|head| places.get(head as usize).copied());
        if let (Some(head), Some(place)) = (head, places.get_mut(row as usize))
            && *place == NOWHERE
        {
            *place = head;
        }
    }
    places
}

/// Whether an article folds as before.
fn looks_the_same(old: &Row<'_>, new: &Row<'_>) -> bool {
    (old.sketch(), old.publication()) == (new.sketch(), new.publication())
}

/// Whether an article tells of events as before. A decision that only accepts changes nothing.
fn tells_the_same(old: &Row<'_>, new: &Row<'_>) -> bool {
    let claims = |row: &Row<'_>| -> Vec<ClaimFact> {
        let claims = row.claims();
        claims
            .map(|claim| ClaimFact {
                accepted: false,
                ..claim
            })
            .collect()
    };
    (old.publication(), old.language()) == (new.publication(), new.language())
        && claims(old) == claims(new)
}

/// The colours that are given, and new ones for partners that have none: the most often claimed
/// first, so that the largest take the clearest.
fn colors(given: &[ActorId], partners: &[ActorId], focus: &ActorId) -> Vec<ActorId> {
    let taken: HashSet<&ActorId> = given.iter().collect();
    let new = partners
        .iter()
        .filter(|actor| !taken.contains(actor) && *actor != focus);
    given.iter().chain(new).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::telling::read_facts;
    use crate::extract::lexicon::Lexicon;
    use crate::model::actor::ActorBook;
    use crate::model::ids::ItemId;
    use crate::model::session::{CorpusSource, Session};
    use crate::store::corpus::Corpus;

    /// What it kept from earlier requests is seen in no answer.
    #[test]
    fn an_answer_is_that_of_a_worker_that_begins_anew() {
        let corpus = Corpus::synthetic(30, 7);
        let lexicon = Lexicon::new(&ActorBook::default());
        let focus = ActorId::new("BY");
        let session = Session::new(
            ItemId(uuid::Uuid::nil()),
            CorpusSource::Sample,
            focus.clone(),
            String::new(),
        );
        let read = |row: usize| {
            let text = corpus.text(row).unwrap();
            let id = corpus.id(row).unwrap();
            let source = corpus.source(row);
            read_facts(
                id,
                source,
                &text,
                None,
                &lexicon,
                &session,
                &Sites::default(),
            )
        };
        let mut kept = Charting::default();
        let mut facts = Table::unread(corpus.len());
        let mut names: Names = Arc::default();
        for step in 0..60_usize {
            // Rows come in no order, some of them change, and now and then all begins anew.
            let row = step * 7 % 30;
            let mut found = read(row);
            found.undecided += u32::try_from(step / 30).unwrap();
            found.title = format!("{} {step}", found.title).into();
            facts.set(u32::try_from(row).unwrap(), &found);
            if step == 40 {
                let china = (ActorId::new("CN"), "Middle Kingdom".to_owned());
                names = Arc::new([china].into());
            }
            if step == 50 {
                facts = Table::unread(corpus.len());
            }
            let filter = ["", "partner:RU", "partner:kingdom", "kind:visit -lang:en"][step % 4];
            let request = ChartRequest {
                facts: facts.clone(),
                view: View {
                    filter: filter.to_owned(),
                    ..View::default()
                },
                focus: focus.clone(),
                names: names.clone(),
                kept_apart: BTreeSet::new(),
                unfolded: BTreeSet::new(),
                all_read: step % 3 == 0,
                search: SearchIn {
                    index: Arc::default(),
                    corpus: Arc::new(Corpus::empty()),
                    lexicon: Arc::new(Lexicon::new(&ActorBook::default())),
                    digest: None,
                    me: String::new(),
                    is_typing: false,
                },
                given: None,
                knows_sources: false,
            };
            let cancel = Cancel::default();
            let answer = kept.answer(&request, &cancel).unwrap();
            let anew = Charting::default().answer(&request, &cancel).unwrap();
            assert_eq!(answer.list, anew.list, "step {step}");
            assert_eq!(answer.places, anew.places);
            assert_eq!(answer.timeline, anew.timeline);
            assert_eq!((answer.counts, answer.unread), (anew.counts, anew.unread));
            assert_eq!(answer.tallies, anew.tallies);
            assert_eq!(answer.across, anew.across);
            if filter.is_empty() {
                // Every article stands in the list, or under one that does.
                assert!(
                    answer.places.iter().all(|place| *place != NOWHERE),
                    "step {step}"
                );
            }
            let at = |row: &u32| answer.places[*row as usize] as usize;
            assert!(
                answer
                    .list
                    .iter()
                    .enumerate()
                    .all(|(place, row)| at(row) == place)
            );
        }
    }
}
