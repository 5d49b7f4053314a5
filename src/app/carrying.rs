//! Work on articles whose files have changed: what is certain follows into the new text, as one
//! step; the rest are orphans, which the analyst places by hand or lets go.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::background::{CarriedOver, CarryRequest};
use super::edits::Step;
use super::notice::Level;
use super::words;
use super::workbench::Workbench;
use crate::anchor::{self, Carried, Item, Place, Target};
use crate::job::Context;
use crate::model::annotation::Quote;
use crate::model::edit::Edit;
use crate::model::ids::ArticleId;
use crate::model::session::{Origin, Session};
use crate::model::span::Span;
use crate::model::view::Pane;
use crate::store::corpus::Corpus;
use crate::store::session_file::Writable;
use crate::store::watch::Watch as _;

/// A piece of work whose passage is nowhere: the article that it was on is not in the corpus, or
/// its source has another text by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Orphan {
    /// The article that it was on.
    pub article: ArticleId,
    /// What it is.
    pub item: Item,
}

/// An orphan in hand, with the places of the open article that it may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Placing {
    /// Which.
    pub orphan: Orphan,
    /// The article that the places are in; `None` while it is being opened.
    pub article: Option<ArticleId>,
    /// The places, the likeliest first.
    pub places: Vec<Place>,
}

impl Workbench {
    /// The articles with work on them that are gone, or have another text by now; with the row of
    /// the new text, where there is just one.
    pub(super) fn changed_articles(&self) -> BTreeMap<ArticleId, Option<u32>> {
        let is_gone = |id: &ArticleId| {
            let row = self.corpus.row(*id);
            row.is_none_or(|row| self.corpus.is_vanished(row))
        };
        let gone: BTreeSet<ArticleId> = self
            .session
            .articles()
            .into_iter()
            .filter(is_gone)
            .collect();
        if gone.is_empty() {
            return BTreeMap::new();
        }
        let mut by_source: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for id in &gone {
            if let Some(origin) = self.session.origins.get(id) {
                by_source.insert(&origin.source, Vec::new());
            }
        }
        for row in (0..self.corpus.len()).filter(|row| !self.corpus.is_vanished(*row)) {
            for source in self.corpus.sources(row) {
                if let Some(rows) = by_source.get_mut(source) {
                    rows.extend(u32::try_from(row));
                }
            }
        }
        let row_of = |id: &ArticleId| {
            let source = &self.session.origins.get(id)?.source;
            match by_source.get(source.as_str())?.as_slice() {
                [row] => Some(*row),
                _ => None,
            }
        };
        gone.iter().map(|id| (*id, row_of(id))).collect()
    }

    /// Looks for work whose article has a new text, and lets it follow in the background.
    pub(super) fn follow_changed_texts(&mut self) {
        self.placing = None;
        self.changed = self.changed_articles();
        let pairs: Vec<(ArticleId, u32)> = self
            .changed
            .iter()
            .filter_map(|(id, row)| Some((*id, (*row)?)))
            .collect();
        if !pairs.is_empty() && self.writable == Writable::Yes {
            self.background.carry(CarryRequest {
                corpus: Arc::clone(&self.corpus),
                session: Arc::clone(&self.session),
                revision: self.history.revision(),
                pairs,
            });
        }
        self.tell_of_gone();
    }

    /// Takes over what follows, as one step.
    pub(super) fn take_carried(&mut self, carried: CarriedOver) {
        if carried.session != self.session.id {
            return;
        }
        if carried.revision != self.history.revision() {
            // Something was done in the meantime: look again.
            self.follow_changed_texts();
            return;
        }
        let texts = words::counted(
            carried.articles,
            "article has a new text",
            "articles have a new text",
        );
        if !carried.edits.is_empty() {
            self.take_step(Some(Step {
                name: "Follow changed texts".to_owned(),
                edit: Edit::All(carried.edits),
            }));
        }
        let left = self.orphans().len();
        let mut text = format!("{texts}.");
        if carried.moved > 0 {
            let followed = words::counted(carried.moved, "piece of work", "pieces of work");
            _ = write!(text, " {followed} followed (Ctrl+Z takes that back).");
        }
        if left > 0 {
            let (one, more) = if carried.moved > 0 {
                ("other", "others")
            } else {
                ("piece of work", "pieces of work")
            };
            let left = words::counted(left, one, more);
            _ = write!(
                text,
                " {left} could not be placed with certainty: see the pane Orphans."
            );
        }
        if carried.moved > 0 || left > 0 {
            self.tell(Level::Info, text);
        }
        if left > 0 {
            self.show_pane(Pane::Orphans);
        }
    }

    /// Tells of articles that are nowhere at all.
    fn tell_of_gone(&mut self) {
        let missing = self.changed.values().filter(|row| row.is_none()).count();
        if missing > 0 {
            let what = if missing == 1 {
                "1 article with work on it is not where it was. The work is kept. Put its file back, \
                 or say where it is"
                    .to_owned()
            } else {
                format!(
                    "{missing} articles with work on them are not where they were. The work is kept. \
                     Put their files back, or say where they are"
                )
            };
            let text = format!("{what} now with File → Find the articles…");
            self.tell(Level::Warning, text);
        }
    }

    /// All orphans, article by article.
    #[must_use]
    pub fn orphans(&self) -> Vec<Orphan> {
        let works = self.changed.keys();
        works
            .filter_map(|id| Some((*id, self.session.work.get(id)?)))
            .flat_map(|(article, work)| {
                let items = anchor::items(work).into_iter();
                items.map(move |item| Orphan { article, item })
            })
            .collect()
    }

    /// The article that now stands where that of an orphan stood.
    #[must_use]
    pub fn new_text_of(&self, orphan: Orphan) -> Option<ArticleId> {
        let row = (*self.changed.get(&orphan.article)?)?;
        self.corpus.id(row as usize)
    }

    /// The passage of an orphan, as it was quoted.
    #[must_use]
    pub fn quote_of(&self, orphan: Orphan) -> Option<(Span, &Quote)> {
        anchor::main_quote(self.session.work.get(&orphan.article)?, orphan.item)
    }

    /// Takes an orphan in hand: opens the new text and looks for places in it.
    pub(super) fn choose_orphan(&mut self, orphan: Orphan) {
        self.placing = Some(Placing {
            orphan,
            article: None,
            places: Vec::new(),
        });
        match self.new_text_of(orphan) {
            Some(id) if Some(id) != self.open_id() => self.open_article(id),
            _ => self.find_places(),
        }
    }

    /// Looks for the orphan in hand in the open article.
    pub(super) fn find_places(&mut self) {
        let Some(mut placing) = self.placing.take() else {
            return;
        };
        let target = self.article.as_ref().and_then(|article| article.target());
        if let (Some(target), Some((stood, quote))) = (target, self.quote_of(placing.orphan)) {
            placing.places = match target.anchor(quote, stood) {
                Ok(place) => vec![place],
                Err(places) => places,
            };
            placing.article = self.open_id();
        }
        let first = placing.places.first().map(|place| place.span);
        self.placing = Some(placing);
        if let Some(span) = first {
            self.show_passage(span, None);
        }
    }

    /// Puts an orphan at a passage of the open article.
    pub(super) fn place_orphan(&mut self, orphan: Orphan, span: Span) {
        let placed = self.article.as_ref().and_then(|article| {
            let target = article.target()?;
            let from = (orphan.article, orphan.item);
            anchor::place_item(&self.session, from, (article.id, span), target)
        });
        let Some(edit) = placed else {
            self.tell(
                Level::Warning,
                "It can't be placed here: there is a decision on the same thing already. \
                 Withdraw that one first, or drop this one.",
            );
            return;
        };
        self.placing = None;
        self.select_text(None);
        self.take_step(Some(Step {
            name: "Place orphan".to_owned(),
            edit,
        }));
        self.show_passage(span, None);
    }

    /// Lets orphans go.
    pub(super) fn drop_orphans(&mut self, orphans: &[Orphan]) {
        self.placing = None;
        let edits = orphans.iter();
        let edits = edits.map(|orphan| anchor::drop_item(orphan.article, orphan.item));
        let name = match orphans {
            [_] => "Drop orphan".to_owned(),
            all => format!("Drop {} orphans", all.len()),
        };
        self.take_step(Some(Step {
            name,
            edit: Edit::All(edits.collect()),
        }));
    }

    /// Before work on an article is kept for the first time, where it comes from is noted, so that
    /// it is known again when its file has changed.
    pub(super) fn with_origins(&self, edit: Edit) -> Edit {
        let mut origins = Vec::new();
        for id in edit.adds_to() {
            let is_known = self.session.origins.contains_key(&id);
            let row = self.corpus.row(id).filter(|_| !is_known);
            let Some(row) = row else { continue };
            let open = self.article.as_ref().filter(|article| article.id == id);
            let origin = if let Some(article) = open {
                Origin::of(self.corpus.source(row), &article.text)
            } else {
                let facts = u32::try_from(row).ok().and_then(|row| self.facts_of(row));
                let title = facts.map_or("", |facts| facts.title());
                Origin::of(self.corpus.source(row), title)
            };
            origins.push(Edit::Origin(id, Some(origin)));
        }
        if origins.is_empty() {
            return edit;
        }
        origins.push(edit);
        Edit::All(origins)
    }
}

/// Carries the work of all pairs over, one after the other; `None` when it was stopped.
pub(super) fn carry_over(
    request: CarryRequest,
    context: &Context<super::background::Found>,
) -> Option<CarriedOver> {
    let CarryRequest {
        corpus,
        session,
        revision,
        pairs,
    } = request;
    let mut session = Session::clone(&session);
    let mut over = CarriedOver {
        session: session.id,
        revision,
        articles: 0,
        moved: 0,
        edits: Vec::new(),
    };
    for (old, row) in pairs {
        if context.is_cancelled() {
            return None;
        }
        let Some(carried) = carry_one(&corpus, &session, old, row) else {
            continue;
        };
        over.articles += 1;
        over.moved += carried.moved;
        for edit in carried.edits {
            // What follows builds on it.
            let _inverse = edit.clone().apply(&mut session);
            over.edits.push(edit);
        }
    }
    Some(over)
}

fn carry_one(corpus: &Corpus, session: &Session, old: ArticleId, row: u32) -> Option<Carried> {
    let new = corpus.id(row as usize)?;
    let text = corpus.text(row as usize).ok()?;
    let target = Target::new(&text);
    let mut carried = anchor::carry(session, old, new, &target);
    if !carried.edits.is_empty() && !session.origins.contains_key(&new) {
        let origin = Origin::of(corpus.source(row as usize), &text);
        carried.edits.insert(0, Edit::Origin(new, Some(origin)));
    }
    Some(carried)
}
