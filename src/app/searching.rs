//! Asking for what a search shows beside the list, and taking it over.

use std::sync::Arc;

use super::draft::CodeChoice;
use super::edits::{self, Step};
use super::library::OpenLibrary;
use super::notice::Level;
use super::querying::{SearchIn, asks_for_work, digest};
use super::search::{
    Concordance, Found, HitsRequest, LineOrder, LinesRequest, Search, SimilarRequest,
    SnippetsRequest,
};
use super::words;
use super::workbench::Workbench;
use crate::index::query::{Options, QueryError, parse};
use crate::model::edit::Edit;
use crate::model::fold::fold;
use crate::model::span::Span;

/// Snippets are forgotten when there are more than this.
const MOST_SNIPPETS: usize = 2_000;

/// The search, its hits and lines.
impl Workbench {
    /// The hits of the search in the open article, in order.
    #[must_use]
    pub fn hits(&self) -> &[Span] {
        let open = self.article.as_ref().map(|article| article.id);
        if self.found.hits_of.is_some() && self.found.hits_of == open {
            &self.found.hits
        } else {
            &[]
        }
    }

    /// Names in the search that nothing is called by, once it has been answered.
    #[must_use]
    pub fn doubts(&self) -> &[QueryError] {
        let (filter, doubts) = &self.found.doubts;
        if *filter == self.view.filter {
            doubts
        } else {
            &[]
        }
    }

    /// Whether the search asks for words, so that there is something to show of each article.
    #[must_use]
    pub fn asks_for_words(&self) -> bool {
        let options = Options::default();
        parse(&self.view.filter, &options).query.root.has_words()
    }

    /// Whether the lines of the concordance are those of the list as it is, in this order.
    #[must_use]
    pub fn has_lines(&self, order: LineOrder) -> bool {
        self.found.text == self.view.filter
            && self
                .found
                .lines_of
                .as_ref()
                .is_some_and(|(list, by)| *by == order && Arc::ptr_eq(list, &self.list))
    }

    fn search(&self) -> Search {
        Search {
            text: self.view.filter.clone(),
            corpus: Arc::clone(&self.corpus),
            lexicon: Arc::clone(&self.lexicon),
            is_typing: self.found.is_typing,
        }
    }

    /// Searches for something else, or takes the last word as it is once it has been typed.
    pub(super) fn search_for(&mut self, filter: String, is_typing: bool) {
        self.view.filter = filter;
        if self.found.is_typing != is_typing {
            self.forget_found();
            self.found.is_typing = is_typing;
        }
        self.find_hits();
        self.refresh();
    }

    fn forget_found(&mut self) {
        let old = std::mem::take(&mut self.found);
        self.found = Found {
            text: self.view.filter.clone(),
            is_typing: old.is_typing,
            similar: old.similar,
            similar_to: old.similar_to,
            ..Found::default()
        };
    }

    /// Makes the full-text index of another corpus.
    pub(super) fn index_articles(&mut self) {
        self.index = Arc::default();
        self.found = Found::default();
        match &self.library {
            Some(OpenLibrary { dir, manifest, .. }) => {
                self.background.open_indexes(dir.clone(), manifest.clone());
            }
            None => self.background.index(Arc::clone(&self.corpus)),
        }
    }

    /// What the list is searched in.
    pub(super) fn search_in(&mut self) -> SearchIn {
        let revision = self.history.revision();
        let is_known = self.digest.as_ref().is_some_and(|(of, _)| *of == revision);
        if !asks_for_work(&self.view.filter) {
            self.digest = None;
        } else if !is_known {
            self.digest = Some((revision, digest(&self.session)));
        }
        SearchIn {
            index: Arc::clone(&self.index),
            corpus: Arc::clone(&self.corpus),
            lexicon: Arc::clone(&self.lexicon),
            digest: self.digest.as_ref().map(|(_, digest)| Arc::clone(digest)),
            me: fold(&self.session.analyst),
            is_typing: self.found.is_typing,
        }
    }

    /// Looks for the hits in the open article; what was found for another search is dropped.
    pub(super) fn find_hits(&mut self) {
        if self.found.text != self.view.filter {
            self.forget_found();
        }
        if let Some(article) = &self.article {
            self.searchers.hits.ask(HitsRequest {
                search: self.search(),
                article: article.id,
                text: Arc::clone(&article.text),
            });
        }
    }

    pub(super) fn find_snippets(&mut self, rows: Vec<u32>) {
        if self.found.snippets.len() > MOST_SNIPPETS {
            self.found.snippets.clear();
        }
        self.found.asked.clone_from(&rows);
        let search = self.search();
        self.searchers
            .snippets
            .ask(SnippetsRequest { search, rows });
    }

    /// Whether snippets of these rows have been asked for last.
    #[must_use]
    pub fn asked_for_snippets(&self, rows: &[u32]) -> bool {
        self.found.asked == rows
    }

    pub(super) fn read_lines(&mut self, order: LineOrder) {
        self.found.lines_of = Some((Arc::clone(&self.list), order));
        self.found.concordance = Concordance::default();
        self.searchers.lines.ask(LinesRequest {
            search: self.search(),
            rows: Arc::clone(&self.list),
            order,
        });
    }

    pub(super) fn find_similar(&mut self) {
        let Some(article) = &self.article else { return };
        let Ok(row) = u32::try_from(article.row) else {
            return;
        };
        self.found.similar_to = Some(article.id);
        self.found.similar.clear();
        self.searchers.similar.ask(SimilarRequest {
            index: Arc::clone(&self.index),
            article: article.id,
            row,
            text: Arc::clone(&article.text),
        });
    }

    /// Whether articles like the open one have been asked for.
    #[must_use]
    pub fn knows_similar(&self) -> bool {
        let open = self.article.as_ref().map(|article| article.id);
        self.found.similar_to == open
    }

    /// Takes over what has been found. What answers an older search is dropped.
    pub(super) fn take_found(&mut self) {
        self.take_evidence();
        if let Some((text, concordance)) = self.searchers.lines.take()
            && text == self.found.text
        {
            self.found.concordance = concordance;
        }
        if let Some((text, snippets)) = self.searchers.snippets.take()
            && text == self.found.text
        {
            self.found.snippets.extend(snippets);
        }
        if let Some((text, article, hits)) = self.searchers.hits.take()
            && text == self.found.text
        {
            self.found.hits_of = Some(article);
            self.found.hits = hits;
        }
        if let Some((article, similar)) = self.searchers.similar.take()
            && self.found.similar_to == Some(article)
        {
            self.found.similar = similar;
        }
    }

    /// Goes to the hit after the selection or before it; at the end begins again.
    pub(super) fn step_hit(&mut self, forward: bool) {
        let hits = self.hits();
        let at = self.selected_text.map(|span| span.start);
        let next = match (at, forward) {
            (Some(at), true) => hits.iter().find(|hit| hit.start > at),
            (Some(at), false) => hits.iter().rev().find(|hit| hit.start < at),
            (None, _) => None,
        };
        let around = if forward { hits.first() } else { hits.last() };
        if let Some(hit) = next.or(around).copied() {
            self.select_text(Some(hit));
            self.show_passage(hit, None);
        }
    }

    pub(super) fn keep_search(&mut self, name: &str, query: Option<String>) {
        self.overlay = None;
        let name = name.trim().to_owned();
        let step = match &query {
            Some(_) => "Keep search",
            None => "Delete search",
        };
        let edit = Edit::Search(name, query);
        self.take_step(Some(Step {
            name: step.to_owned(),
            edit,
        }));
    }

    pub(super) fn code_lines(&mut self, places: &[usize], code: CodeChoice) {
        let lines = places
            .iter()
            .filter_map(|place| self.found.concordance.lines.get(*place));
        let lines: Vec<_> = lines
            .map(|line| (line.article, line.span, line.quote.clone()))
            .collect();
        let stamp = self.stamp();
        let count = lines.len();
        let step = edits::code_passages(&self.session, lines, code, &stamp);
        if let Some(step) = &step {
            self.note_codes(&step.edit);
        }
        let is_done = step.is_some();
        self.take_step(step);
        if self.refusal().is_some() {
            return;
        }
        let lines = words::counted(count, "line", "lines");
        let text = if is_done {
            format!("Coded {lines}. Ctrl+Z takes that back.")
        } else {
            format!("Nothing to do: {lines} already coded so.")
        };
        self.tell(Level::Info, text);
    }
}
