//! What the chart worker does: list, chart and sums, from the facts of all articles.
//!
//! Budget: with 100,000 articles a key press in the filter is answered in a few tenths of a
//! second, of which the window waits for none. What is folded for the filter is kept from one
//! request to the next; so are duplicates and events, as long as no article tells something else.
//! While a large corpus is being read, these wait until all is read.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::derive::counts;
use super::facts_table::FactsTable;
use super::workbench::Counts;
use crate::analysis::across::Across;
use crate::analysis::facts::{ArticleFacts, ClaimFact};
use crate::analysis::list::ListIndex;
use crate::analysis::timeline::Timeline;
use crate::analysis::track::{self, Tally};
use crate::extract::rules::rules;
use crate::extract::site::{Sites, Survey};
use crate::job::Cancel;
use crate::model::article::PublicationStatus;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::view::View;

/// Names of actors, merges followed.
pub(super) type Names = Arc<HashMap<ActorId, String>>;

/// List and chart to compute.
pub(super) struct ChartRequest {
    pub(super) facts: FactsTable,
    pub(super) view: View,
    pub(super) focus: ActorId,
    pub(super) names: Names,
    /// Articles that are folded under no other one.
    pub(super) kept_apart: BTreeSet<ArticleId>,
    /// Articles whose duplicates are listed below them.
    pub(super) unfolded: BTreeSet<ArticleId>,
    /// Nothing more is being read.
    pub(super) all_read: bool,
}

/// List and chart.
pub(super) struct ChartResult {
    pub(super) list: Vec<u32>,
    /// Where each row stands in the list.
    pub(super) places: Vec<Option<u32>>,
    pub(super) timeline: Timeline,
    pub(super) counts: Counts,
    /// How the rules have done, by number; see [`track::sum`].
    pub(super) tallies: Vec<Tally>,
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

/// What is summed over all articles.
struct Sums {
    counts: Counts,
    /// Everybody who is a partner anywhere, the most often claimed first.
    partners: Vec<ActorId>,
    tallies: Vec<Tally>,
}

/// What the worker keeps from one request to the next.
#[derive(Default)]
pub(super) struct Charting {
    index: ListIndex,
    /// The corpus row of each row of the index.
    rows: Vec<u32>,
    /// By corpus row: the row of the index, and what it was made from.
    indexed: Vec<Option<(usize, Arc<ArticleFacts>)>>,
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
        let list = self.list(request);
        if cancel.is_cancelled() {
            return None;
        }
        if self.sums.is_none() {
            let known = || request.facts.iter().flatten().map(Arc::as_ref);
            self.sums = Some(Sums {
                counts: counts(known()),
                partners: partners(known()),
                tallies: track::sum(rules().len(), known().map(|facts| &*facts.rules)),
            });
        }
        let sums = self.sums.as_ref()?;
        let colors = colors(&request.view.colors, &sums.partners, &request.focus);
        let ranks: HashMap<&ActorId, usize> = colors.iter().zip(0..).collect();
        let color = |actor: &ActorId| ranks.get(actor).copied().unwrap_or(ranks.len());
        let filtered = || {
            let rows = list.iter();
            rows.filter_map(|row| Some((*row, request.facts.get(*row)?.as_ref())))
        };
        let folds = &self.across.folds;
        let folded = list
            .iter()
            .filter(|row| !request.is_unfolded(**row))
            .flat_map(|row| folds.under(*row))
            .filter_map(|row| Some((*row, request.facts.get(*row)?.as_ref())));
        let timeline = Timeline::compute(
            filtered().chain(folded),
            &self.across,
            &request.view.chart,
            &request.focus,
            &color,
        );
        let is_conflict = |facts: &ArticleFacts| facts.status == PublicationStatus::Conflict;
        let conflict = filtered()
            .find(|(_, facts)| is_conflict(facts))
            .map(|(row, _)| row);
        let mut places = vec![None; request.facts.len()];
        for (row, place) in list.iter().zip(0..) {
            if let Some(at) = places.get_mut(*row as usize) {
                *at = Some(place);
            }
        }
        for row in (0..).take(request.facts.len()) {
            let head = folds
                .head_of(row)
                .and_then(|head| places.get(head as usize));
            if let (Some(head), Some(place)) = (head.copied(), places.get_mut(row as usize)) {
                *place = place.or(head);
            }
        }
        Some(ChartResult {
            counted: list
                .iter()
                .filter(|row| folds.head_of(**row).is_none())
                .count(),
            across: Arc::clone(&self.across),
            sites: Arc::clone(&self.sites),
            outdated,
            places,
            timeline,
            counts: sums.counts,
            tallies: sums.tallies.clone(),
            unread: request.facts.len() - self.rows.len(),
            conflict,
            list,
            colors,
        })
    }

    /// Takes into the index what has changed since the last request.
    fn follow(&mut self, request: &ChartRequest) {
        let is_another = |(old, new): (&Option<_>, Option<_>)| old.is_some() && new.is_none();
        if !Arc::ptr_eq(&self.names, &request.names)
            || self.indexed.len() != request.facts.len()
            || self
                .indexed
                .iter()
                .zip(request.facts.iter())
                .any(is_another)
        {
            *self = Self {
                indexed: vec![None; request.facts.len()],
                names: Arc::clone(&request.names),
                ..Self::default()
            };
        }
        let name = |actor: &ActorId| {
            let known = request.names.get(actor);
            known.map_or_else(|| actor.as_str().to_owned(), Clone::clone)
        };
        for ((row, facts), indexed) in (0..).zip(request.facts.iter()).zip(&mut self.indexed) {
            let Some(facts) = facts else { continue };
            let place = match indexed {
                Some((_, old)) if Arc::ptr_eq(old, facts) => continue,
                Some((place, _)) => *place,
                None => {
                    self.rows.push(row);
                    self.rows.len() - 1
                }
            };
            self.sums = None;
            let old = indexed.as_ref().map(|(_, old)| old.as_ref());
            if old.is_none_or(|old| !looks_the_same(old, facts)) {
                self.kept_apart = None;
            }
            self.events_are_new &= old.is_some_and(|old| tells_the_same(old, facts));
            self.sites_are_new &= old.is_some_and(|old| old.observed == facts.observed);
            self.index.set(place, facts, &name);
            *indexed = Some((place, Arc::clone(facts)));
        }
    }

    /// Finds duplicates and events again where something has changed.
    fn look_across(&mut self, request: &ChartRequest) {
        let folds_are_new = self.kept_apart.as_ref() == Some(&request.kept_apart);
        if (folds_are_new && self.events_are_new) || (!request.all_read && self.rows.len() > MANY) {
            return;
        }
        let articles: Vec<Option<&ArticleFacts>> = request
            .facts
            .iter()
            .map(|facts| facts.map(Arc::as_ref))
            .collect();
        let is_apart = |facts: &ArticleFacts| request.kept_apart.contains(&facts.id);
        let new = Arc::new(if folds_are_new {
            Across::with(Arc::clone(&self.across.folds), &articles)
        } else {
            Across::new(&articles, &is_apart)
        });
        self.events_are_new = true;
        self.retired.retain(|old| Arc::strong_count(old) > 1);
        self.retired.push(std::mem::replace(&mut self.across, new));
        self.kept_apart = Some(request.kept_apart.clone());
    }

    /// What the sources are known for, once all is read; the articles that were read knowing
    /// something else.
    fn outdated(&mut self, request: &ChartRequest) -> Vec<u32> {
        if !request.all_read {
            return Vec::new();
        }
        let known = || {
            let rows = (0..).zip(request.facts.iter());
            rows.filter_map(|(row, facts)| Some((row, facts?, facts?.observed.as_deref()?)))
        };
        if !self.sites_are_new {
            let mut survey = Survey::default();
            for (_, facts, observed) in known() {
                survey.add(&facts.source, observed);
            }
            self.sites = Arc::new(survey.sites());
            self.sites_are_new = true;
        }
        known()
            .filter(|(_, facts, seen)| facts.site != self.sites.stamp(&facts.source, seen))
            .map(|(row, ..)| row)
            .collect()
    }

    /// The rows that the filter lets through, sorted; duplicates under the article that stands for
    /// them, where that is let through, too.
    fn list(&self, request: &ChartRequest) -> Vec<u32> {
        let kept = self.index.rows(&request.view.filter, request.view.sort);
        let folds = &self.across.folds;
        let rows = || {
            let rows = kept.iter();
            rows.filter_map(|place| self.rows.get(*place as usize).copied())
        };
        let mut is_kept = vec![false; request.facts.len()];
        if folds.count() > 0 {
            for row in rows() {
                if let Some(kept) = is_kept.get_mut(row as usize) {
                    *kept = true;
                }
            }
        }
        let is_folded = |row: u32| {
            let head = folds.head_of(row);
            head.and_then(|head| is_kept.get(head as usize)) == Some(&true)
        };
        let mut list: Vec<u32> = Vec::with_capacity(kept.len());
        for row in rows().filter(|row| !is_folded(*row)) {
            list.push(row);
            if request.is_unfolded(row) {
                list.extend(folds.under(row));
            }
        }
        if request.view.filter.trim().is_empty() {
            // Articles that are still being read stand at the end, so that the list has its
            // length.
            let unread = (0..)
                .zip(&self.indexed)
                .filter(|(_, known)| known.is_none());
            list.extend(unread.map(|(row, _)| row));
        }
        list
    }
}

impl ChartRequest {
    /// Whether the duplicates of the article in a row are listed.
    fn is_unfolded(&self, row: u32) -> bool {
        let id = self.facts.get(row).map(|facts| facts.id);
        id.is_some_and(|id| self.unfolded.contains(&id))
    }
}

/// Whether an article folds as before.
fn looks_the_same(old: &ArticleFacts, new: &ArticleFacts) -> bool {
    (&old.sketch, &old.publication) == (&new.sketch, &new.publication)
}

/// Whether an article tells of events as before. A decision that only accepts changes nothing.
fn tells_the_same(old: &ArticleFacts, new: &ArticleFacts) -> bool {
    let claim = |old: &ClaimFact, new: &ClaimFact| {
        let was_accepted = ClaimFact {
            accepted: new.accepted,
            ..old.clone()
        };
        was_accepted == *new
    };
    (&old.publication, old.language) == (&new.publication, new.language)
        && old.claims.len() == new.claims.len()
        && old
            .claims
            .iter()
            .zip(&new.claims)
            .all(|(old, new)| claim(old, new))
}

/// Everybody who is a partner anywhere, the most often claimed first.
fn partners<'a>(known: impl Iterator<Item = &'a ArticleFacts>) -> Vec<ActorId> {
    let mut claims: HashMap<&ActorId, usize> = HashMap::new();
    for facts in known {
        for partner in facts.claims.iter().flat_map(|claim| &claim.partners) {
            *claims.entry(partner).or_default() += 1;
        }
        for (partner, _) in &facts.partners {
            claims.entry(partner).or_default();
        }
    }
    let mut partners: Vec<(&ActorId, usize)> = claims.into_iter().collect();
    partners.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    partners
        .into_iter()
        .map(|(actor, _)| actor.clone())
        .collect()
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
    use crate::app::background::read_facts;
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
            read_facts(id, source, &text, &lexicon, &session, &Sites::default())
        };
        let mut kept = Charting::default();
        let mut facts = FactsTable::unread(corpus.len());
        let mut names: Names = Arc::default();
        for step in 0..60_usize {
            // Rows come in no order, some of them change, and now and then all begins anew.
            let row = step * 7 % 30;
            let mut found = read(row);
            found.undecided += u32::try_from(step / 30).unwrap();
            found.title = format!("{} {step}", found.title).into();
            facts.set(u32::try_from(row).unwrap(), Arc::new(found));
            if step == 40 {
                let china = (ActorId::new("CN"), "Middle Kingdom".to_owned());
                names = Arc::new([china].into());
            }
            if step == 50 {
                facts = FactsTable::unread(corpus.len());
            }
            let filter = ["", "russia", "kingdom", "nothing at all"][step % 4];
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
                assert!(answer.places.iter().all(Option::is_some), "step {step}");
            }
            let at = |row: &u32| answer.places[*row as usize].unwrap() as usize;
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
