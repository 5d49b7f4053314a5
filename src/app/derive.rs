//! What follows from session and corpus: facts, list, chart. Computed in the background; the old
//! results stay until the new ones are there.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::article::OpenArticle;
use super::background::{ExtractRequest, Opened};
use super::charting::{ChartRequest, ChartResult};
use super::library::Beforehand;
use super::notice::Level;
use super::telling;
use super::workbench::Workbench;
use crate::analysis::facts::{self, ArticleFacts};
use crate::analysis::table::Part;
use crate::analysis::track::Tally;
use crate::extract::lexicon::Lexicon;
use crate::extract::site::Sites;
use crate::model::edit::Edit;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::session::Session;
use crate::model::span::Span;

/// In a corpus larger than this, something is opened before all is read.
const MANY: usize = 500;

/// How often list and chart follow while articles are being read.
const REFRESH_EVERY: Duration = Duration::from_millis(500);

impl Workbench {
    /// Reads all articles again: another corpus, focus or lexicon.
    pub(super) fn derive_all(&mut self) {
        // What a library was made with holds no more.
        self.given = None;
        self.know_who_is_who();
        let rows = (0..u32::try_from(self.corpus.len()).unwrap_or(u32::MAX)).collect();
        self.extract_rows(rows, true);
        if let Some(article) = &self.article {
            let row = article.row;
            self.read_article(row);
        }
    }

    /// Takes over the actors as the session has them.
    pub(super) fn know_who_is_who(&mut self) {
        self.lexicon = Arc::new(Lexicon::new(&self.session.actors));
        self.name_actors();
    }

    /// Reads the articles with work on them: a library knows them as they are without it.
    pub(super) fn read_worked_on(&mut self) {
        let rows = self
            .session
            .work
            .keys()
            .filter_map(|id| self.corpus.row(*id));
        let rows: Vec<u32> = rows.filter_map(|row| u32::try_from(row).ok()).collect();
        if !rows.is_empty() {
            self.extract_rows(rows, false);
        }
    }

    fn name_actors(&mut self) {
        let own = self
            .session
            .actors
            .actors
            .iter()
            .map(|(id, actor)| (id.clone(), actor.name.clone()));
        let known = self
            .lexicon
            .all()
            .filter(|known| !self.session.actors.actors.contains_key(known.id))
            .map(|known| (known.id.clone(), known.name.to_owned()));
        let mut names: Vec<(ActorId, String)> = own.chain(known).collect();
        names.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        names.dedup_by(|a, b| a.0 == b.0);
        self.actor_names = names;
        let known = self.actor_names.iter();
        let resolved = known.map(|(actor, _)| (actor.clone(), self.actor_name(actor)));
        let names: HashMap<ActorId, String> = resolved.collect();
        // The chart worker keeps what it folded for as long as the names are the same ones.
        if *self.names != names {
            self.names = Arc::new(names);
        }
    }

    fn extract_rows(&mut self, rows: Vec<u32>, anew: bool) {
        let request = ExtractRequest {
            corpus: self.corpus.clone(),
            lexicon: self.lexicon.clone(),
            session: Arc::clone(&self.session),
            beforehand: self.beforehand.clone(),
            rows,
        };
        self.background.extract(request, anew);
    }

    /// Rows that have been neither read nor given up.
    fn unread_rows(&self) -> Vec<u32> {
        let rows = (0..).take(self.facts.len());
        rows.filter(|row| !self.facts.is_read(*row) && !self.lost.contains_key(row))
            .collect()
    }

    /// Whether reading was stopped before all was read.
    #[must_use]
    pub fn has_unread(&self) -> bool {
        self.unread > self.lost.len() && self.is_idle()
    }

    /// Whether indexing was stopped before all could be found by its words.
    #[must_use]
    pub fn has_unindexed(&self) -> bool {
        (self.index.rows() as usize) < self.corpus.len() && self.is_idle()
    }

    /// Goes on reading where it was stopped, and indexes again where that was stopped.
    pub(super) fn read_rest(&mut self) {
        if self.has_unindexed() {
            self.index_articles();
        }
        let rows = self.unread_rows();
        if !rows.is_empty() {
            self.extract_rows(rows, false);
        }
    }

    pub(super) fn tell_of_unindexed(&mut self) {
        if self.index.rows() as usize >= self.corpus.len() {
            return;
        }
        self.tell(
            Level::Warning,
            "Stopped: not all articles are indexed, and those are found by no word of theirs. File → \
             Read the rest goes on.",
        );
    }

    pub(super) fn tell_of_unread(&mut self) {
        let count = self.unread_rows().len();
        if count > 0 {
            self.tell(
                Level::Warning,
                format!(
                    "Stopped: {count} articles have not been read, and no chart counts them. \
                     File → Read the rest goes on."
                ),
            );
        }
    }

    /// Takes over facts that a job has read. List and chart follow when there is time for it.
    pub(super) fn take_facts(&mut self, part: Part, rows: Vec<u32>) {
        self.is_stale |= rows.iter().any(|row| *row != u32::MAX);
        self.facts.place(part, rows);
    }

    /// Lets list and chart follow what has been read: at once when all is read, else now and then,
    /// and never before the last chart is there, so that a long reading shows how it goes.
    pub(super) fn keep_fresh(&mut self) {
        let is_due = !self.background.is_reading()
            || self.refreshed.is_none_or(|at| at.elapsed() > REFRESH_EVERY);
        if self.is_stale && is_due && !self.background.is_charting() {
            self.refresh();
        }
    }

    /// Computes list and chart again.
    pub(super) fn refresh(&mut self) {
        self.is_stale = false;
        self.refreshed = Some(Instant::now());
        let search = self.search_in();
        self.background.chart(ChartRequest {
            facts: self.facts.clone(),
            view: self.view.clone(),
            focus: self.session.focus.clone(),
            names: self.names.clone(),
            kept_apart: self.session.kept_apart.clone(),
            unfolded: self.unfolded.clone(),
            all_read: !self.background.is_reading(),
            search,
            given: self.given.clone(),
            knows_sources: matches!(self.beforehand, Beforehand::Library(_)),
        });
    }

    /// Takes over list and chart.
    pub(super) fn take_chart(&mut self, result: ChartResult) {
        let library = self.library.as_mut();
        if library.is_some_and(|library| std::mem::take(&mut library.index_is_due)) {
            self.index_articles();
        }
        if let Some(problem) = result.problem {
            self.tell(
                Level::Error,
                format!("The search gave no answer: {problem}."),
            );
        }
        self.found.doubts = result.doubts;
        self.list_places = Arc::new(result.places);
        self.charted = result.facts;
        self.list = Arc::new(result.list);
        self.unread = result.unread;
        self.timeline = Arc::new(result.timeline);
        self.counts = result.counts;
        self.facets = result.facets;
        self.across = result.across;
        self.counted = result.counted;
        self.take_sites(result.sites, result.outdated);
        self.tallies = Arc::new(result.tallies);
        self.take_colors(result.colors);
        self.show_mark();
        let nothing_open = self.article.is_none() && self.background.opening().is_none();
        if nothing_open && (result.unread <= self.lost.len() || self.corpus.len() > MANY) {
            self.open_something(result.conflict);
        }
    }

    /// Takes over what the sources are known for, and reads the articles again that it matters
    /// for. What is observed of an article does not depend on that, so this comes to an end.
    fn take_sites(&mut self, sites: Arc<Sites>, mut outdated: Vec<u32>) {
        if self.background.is_reading() || matches!(self.beforehand, Beforehand::Library(_)) {
            return;
        }
        self.beforehand = Beforehand::All(sites);
        outdated.retain(|row| !self.lost.contains_key(row));
        if outdated.is_empty() {
            return;
        }
        let open = self.article.as_ref().map(|article| article.row);
        if let Some(row) = open.filter(|open| outdated.iter().any(|row| *row as usize == *open)) {
            self.read_article(row);
        }
        self.extract_rows(outdated, false);
    }

    /// Another corpus is opened: what its articles have in common is not known yet.
    pub(super) fn forget_across(&mut self) {
        self.across = Arc::default();
        self.beforehand = Beforehand::default();
        self.unfolded.clear();
        self.given = None;
    }

    /// Opens what was open when the session was saved; else an article whose dates need the
    /// analyst's eye; else the first one of the list.
    fn open_something(&mut self, conflict: Option<u32>) {
        let saved = self.view.open_article.and_then(|id| self.corpus.row(id));
        let other = conflict.or_else(|| self.list.first().copied());
        if let Some(row) = saved.or(other.map(|row| row as usize)) {
            self.read_article(row);
        }
    }

    /// Colours are only ever added: an actor keeps its own.
    fn take_colors(&mut self, colors: Vec<ActorId>) {
        for actor in colors {
            if !self.colors.contains_key(&actor) {
                self.colors.insert(actor.clone(), self.view.colors.len());
                self.view.colors.push(actor);
            }
        }
    }

    /// Reads an article for the reader, in the background.
    pub(super) fn read_article(&mut self, row: usize) {
        let Some(id) = self.corpus.id(row) else {
            return;
        };
        if let Some(article) = self.article.as_mut().filter(|open| open.row == row) {
            // What was told of it rests on another focus, maybe, or on other rules.
            article.told = None;
        }
        self.background.open(super::background::OpenRequest {
            corpus: self.corpus.clone(),
            lexicon: self.lexicon.clone(),
            focus: self.session.focus.clone(),
            rules_off: self.session.rules_off.clone(),
            beforehand: self.beforehand.clone(),
            work: self.session.work.share(&id),
            row,
            id,
        });
    }

    /// Shows an article that has been read.
    pub(super) fn take_article(&mut self, opened: Opened) {
        match opened {
            Ok(mut article) => {
                let work = self.session.work.share(&article.id);
                let is_as_read = match (&work, article.read_with.take()) {
                    (Some(now), Some(then)) => Arc::ptr_eq(now, &then),
                    (now, then) => now.is_none() && then.is_none(),
                };
                // The analyst may have decided something while it was being read.
                if !is_as_read {
                    article.apply(work.as_deref());
                }
                // An edit copies what is shared.
                drop(work);
                let other = self.article.as_ref().is_none_or(|old| old.id != article.id);
                if other {
                    self.select_text(None);
                    self.in_view = Span::default();
                    self.current = None;
                    self.draft = None;
                }
                // A reading of the same article keeps the order that the analyst works in.
                let kept = self.article.as_ref().filter(|_| !other);
                article.ranking = match kept {
                    Some(old) => old.ranking.clone(),
                    None => self.ranking(),
                };
                article.arrange();
                self.view.open_article = Some(article.id);
                self.take_facts_of(&mut article);
                self.article = Some(*article);
                self.find_hits();
                if self.placing.as_ref().is_some_and(|p| p.article.is_none()) {
                    self.find_places();
                }
                if let Some((span, key)) = self.passage_after_open.take() {
                    self.show_passage(span, key);
                }
                if let Some(id) = self.highlight_after_open.take() {
                    self.select_highlight(id, false);
                }
                if let Some(rule) = self.rule_after_open.take() {
                    self.next_by_rule_here(&rule);
                }
            }
            Err(problem) => self.tell(Level::Error, problem),
        }
    }

    /// What the list of suggestions is ranked by; `None`: reading order.
    pub(super) fn ranking(&self) -> Option<Arc<Vec<Tally>>> {
        self.view.likely_first.then(|| Arc::clone(&self.tallies))
    }

    /// Follows an edit that has been applied.
    pub(super) fn follow(&mut self, edit: &Edit) {
        if edit.changes_ties() {
            self.tie();
        }
        if edit.changes_highlights() {
            self.coding.revision += 1;
        }
        if edit.changes_corpus() {
            self.follow_corpus();
        }
        if edit.touches_every_article() {
            self.derive_all();
            return;
        }
        if edit.changes_folds() {
            self.refresh();
        }
        let mut others = Vec::new();
        for id in edit.articles() {
            if self
                .article
                .as_ref()
                .is_some_and(|article| article.id == id)
            {
                self.follow_in_open_article(edit);
            } else if let Some(row) = self.corpus.row(id).and_then(|row| u32::try_from(row).ok()) {
                self.background.touched(id);
                others.push(row);
            }
        }
        if !others.is_empty() {
            self.extract_rows(others, false);
        }
    }

    fn follow_in_open_article(&mut self, edit: &Edit) {
        let Some(article) = &mut self.article else {
            return;
        };
        let work = self.session.work.get(&article.id);
        if let Some(told) = &mut article.told
            && !edit.changes_findings()
        {
            // Highlights and notes: of a long article, all else takes a frame to work out.
            told.annotations = facts::annotations_of(work);
            let (row, told) = (article.row, told.clone());
            debug_assert_eq!(
                Some(&told),
                facts_of_article(article, &self.session, &self.lexicon).as_ref(),
                "an edit that changes no finding changed more than the count of highlights"
            );
            self.take_newest_facts(row, Some(&told));
            return;
        }
        let ruled = super::article::ruled_publication(work).cloned();
        if ruled != article.ruled {
            // Dates are resolved against the publication date: the article is read again.
            let row = article.row;
            article.apply(work);
            self.read_article(row);
            if let Ok(row) = u32::try_from(row) {
                self.extract_rows(vec![row], false);
            }
            return;
        }
        article.apply(work);
        let facts = facts_of_article(article, &self.session, &self.lexicon);
        article.told.clone_from(&facts);
        let row = article.row;
        self.take_newest_facts(row, facts.as_ref());
    }

    /// The article that was just read knows more than any reading that is still under way.
    fn take_facts_of(&mut self, article: &mut OpenArticle) {
        article.told = facts_of_article(article, &self.session, &self.lexicon);
        self.take_newest_facts(article.row, article.told.as_ref());
    }

    fn take_newest_facts(&mut self, row: usize, facts: Option<&ArticleFacts>) {
        let (Ok(row), Some(facts)) = (u32::try_from(row), facts) else {
            return;
        };
        self.background.touched(facts.id);
        if !self.facts.tells(row, facts) {
            self.facts.set(row, facts);
            self.refresh();
        }
    }

    /// The row of an article that has work but is not in the corpus any more is none; this says
    /// how many such articles there are.
    pub(super) fn count_missing(&self) -> usize {
        self.session
            .work
            .keys()
            .filter(|id| self.corpus.row(**id).is_none())
            .count()
    }

    /// Whether the corpus holds an article.
    #[must_use]
    pub fn holds(&self, article: ArticleId) -> bool {
        self.corpus.row(article).is_some()
    }
}

/// The facts of an article that has been read for the reader; `None` while it is being read.
fn facts_of_article(
    article: &OpenArticle,
    session: &Session,
    lexicon: &Lexicon,
) -> Option<ArticleFacts> {
    let mut facts = telling::facts_of(
        article.id,
        &article.source,
        &article.text,
        &article.extraction,
        article.imprint.as_ref()?,
        lexicon,
        session,
    );
    if let Some(named) = &article.named {
        facts.title.clone_from(named);
    }
    Some(facts)
}
