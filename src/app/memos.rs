//! Memos on things and links between them: what each thing is called, what is said of it and what it
//! is linked with, and what the analyst does about that.

mod told;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::coding::CodeWish;
use super::draft::Overlay;
use super::edits::{self, Step};
use super::notice::Level;
use super::workbench::{Effect, Field, Workbench};
use crate::model::edit::Edit;
use crate::model::finding::{Finding, FindingKind};
use crate::model::ids::ActorId;
use crate::model::session::{Link, Note, Session, Signed, Thing};
use crate::model::view::Pane;

pub use told::{ThingKind, Told};

/// What the analyst wants with memos and links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemoWish {
    /// Show what is said of a thing, to write on.
    Open(Thing),
    /// Show the list of all again.
    ShowAll,
    /// Write the whole memo on a thing; an empty one is none.
    Write {
        /// The thing.
        on: Thing,
        /// The text.
        text: String,
        /// It goes on with the typing that the last step began, and belongs to that step.
        goes_on: bool,
    },
    /// Delete the memo on a thing; its links stay.
    Delete(Thing),
    /// Ask what a thing is to be linked with.
    AskLink(Thing),
    /// Look for the other end in the window: the next thing that is linked is it.
    SeekEnd(Thing),
    /// Leave that.
    SeekNothing,
    /// Link two things.
    Link(Thing, Thing),
    /// Take a link away.
    Unlink(Thing, Thing),
    /// Show a thing where it is.
    GoTo(Thing),
}

/// What has a memo or a link: derived from the session, so that nothing goes through all of it in
/// each frame.
#[derive(Debug, Default)]
pub struct Ties {
    /// All that has a memo or a link, in the order of [`ThingKind`].
    pub things: Arc<Vec<Thing>>,
    /// What each thing is linked with.
    linked: HashMap<Thing, Vec<Thing>>,
    /// Changes whenever the rest does.
    pub stamp: u64,
}

impl Ties {
    fn of(session: &Session, stamp: u64) -> Self {
        let mut linked: HashMap<Thing, Vec<Thing>> = HashMap::new();
        let mut things: BTreeSet<Thing> = session.memos.keys().cloned().collect();
        for link in session.links.keys() {
            let (a, b) = link.ends();
            linked.entry(a.clone()).or_default().push(b.clone());
            linked.entry(b.clone()).or_default().push(a.clone());
        }
        things.extend(linked.keys().cloned());
        let noted = session.work.iter().filter(|(_, work)| work.note.is_some());
        things.extend(noted.map(|(article, _)| Thing::Article(*article)));
        let mut things: Vec<Thing> = things.into_iter().collect();
        things.sort_by_key(ThingKind::of);
        Self {
            things: Arc::new(things),
            linked,
            stamp,
        }
    }

    /// What a thing is linked with.
    #[must_use]
    pub fn linked_with(&self, thing: &Thing) -> &[Thing] {
        self.linked.get(thing).map_or(&[], Vec::as_slice)
    }
}

/// Memos and links, and which of them are in hand.
#[derive(Debug, Default)]
pub struct Memos {
    ties: Ties,
    /// The thing whose memo and links are shown; `None`: the list of all.
    pub on: Option<Thing>,
    /// The one end of a link whose other end is looked for.
    pub linking: Option<Thing>,
    /// The actor that a link or memo led to.
    pub actor: Option<ActorId>,
}

impl Memos {
    /// Has nothing in hand any more.
    pub(super) fn let_go(&mut self) {
        (self.on, self.linking, self.actor) = (None, None, None);
    }
}

impl Workbench {
    /// What has a memo or a link.
    #[must_use]
    pub const fn ties(&self) -> &Ties {
        &self.memos.ties
    }

    /// Memos or links are others now.
    pub(super) fn tie(&mut self) {
        self.memos.ties = Ties::of(&self.session, self.memos.ties.stamp + 1);
    }

    /// The memo on a thing; of a highlight its note.
    #[must_use]
    pub fn memo_text(&self, on: &Thing) -> &str {
        let text = match on {
            Thing::Annotation(article, id) => self
                .work(*article)
                .and_then(|work| work.annotations.get(id))
                .map(|annotation| &annotation.note),
            other => self.session.memo(other).map(|memo| &memo.text),
        };
        text.map_or("", String::as_str)
    }

    /// Who wrote the memo on a thing last, and when; of a highlight who made that.
    #[must_use]
    pub fn memo_signed(&self, on: &Thing) -> Option<Signed> {
        if let Thing::Annotation(article, id) = on {
            let annotation = self.work(*article)?.annotations.get(id)?;
            let (by, at) = (annotation.by.clone(), annotation.at);
            return Some(Signed { by, at });
        }
        let Note { by, at, .. } = self.session.memo(on)?.clone();
        Some(Signed { by, at })
    }

    /// What *Memo* and *Link* are about: the highlight in hand, else the claim or the actor of the
    /// finding in hand, else the open article, else the session.
    #[must_use]
    pub fn thing_in_hand(&self) -> Thing {
        let Some(article) = self.open_id() else {
            return Thing::Session;
        };
        if let Some((id, _)) = self.highlight_in_hand() {
            return Thing::Annotation(article, id);
        }
        match self
            .current_entry()
            .map(|entry| (&entry.finding, entry.key))
        {
            Some((Finding::Claim(_), key)) => Thing::Claim(article, key),
            Some((Finding::Mention(mention), _)) => {
                Thing::Actor(self.session.actors.resolve(&mention.actor))
            }
            _ => Thing::Article(article),
        }
    }

    /// What is near at hand and may be the other end of a link.
    #[must_use]
    pub fn things_nearby(&self) -> Vec<Thing> {
        let mut near = vec![self.thing_in_hand(), Thing::Session];
        if let Some(article) = &self.article {
            near.push(Thing::Article(article.id));
            let work = self.work(article.id);
            let highlights = work.into_iter().flat_map(|work| work.annotations.keys());
            near.extend(highlights.map(|id| Thing::Annotation(article.id, *id)));
            let claims = article.entries.iter().filter(|entry| entry.is_drawn());
            let claims = claims.filter(|entry| entry.kind() == FindingKind::Claim);
            near.extend(claims.map(|entry| Thing::Claim(article.id, entry.key)));
        }
        let mut seen = BTreeSet::new();
        near.retain(|thing| seen.insert(thing.clone()));
        near
    }

    /// All that can be found by its name as the end of a link: what is near, codes, actors, what has
    /// a memo, and the first articles of the list.
    #[must_use]
    pub fn linkable(&self) -> Vec<Thing> {
        const MOST_ARTICLES: usize = 2_000;
        let mut all = self.things_nearby();
        all.extend(self.session.codebook.codes.keys().copied().map(Thing::Code));
        let actors = self.actor_names().iter();
        all.extend(actors.map(|(actor, _)| Thing::Actor(actor.clone())));
        all.extend(self.view.colors.iter().cloned().map(Thing::Partner));
        all.extend(self.memos.ties.things.iter().cloned());
        let rows = self.list.iter().take(MOST_ARTICLES);
        let articles = rows.filter_map(|row| self.corpus.id(*row as usize));
        all.extend(articles.map(Thing::Article));
        let mut seen = BTreeSet::new();
        all.retain(|thing| seen.insert(thing.clone()));
        all
    }

    pub(super) fn memo_wish(&mut self, wish: MemoWish) {
        match wish {
            MemoWish::Open(on) => self.open_memo(on),
            MemoWish::ShowAll => self.memos.on = None,
            MemoWish::Write { on, text, goes_on } => {
                let step = edits::memo(&self.session, on, &text, &self.stamp());
                self.apply_step(step, goes_on);
            }
            MemoWish::Delete(on) => {
                let step = edits::memo(&self.session, on, "", &self.stamp());
                self.take_step(step.map(|step| Step {
                    name: "Delete memo".to_owned(),
                    ..step
                }));
            }
            MemoWish::AskLink(from) => self.ask_link(from),
            MemoWish::SeekEnd(from) => {
                self.overlay = None;
                self.memos.linking = Some(from);
            }
            MemoWish::SeekNothing => self.memos.linking = None,
            MemoWish::Link(a, b) => self.link(a, b),
            MemoWish::Unlink(a, b) => {
                let edit = Link::new(a, b).map(|link| Edit::Link(link, None));
                self.take_step(edit.map(|edit| Step {
                    name: "Take link away".to_owned(),
                    edit,
                }));
            }
            MemoWish::GoTo(thing) => self.go_to_thing(&thing),
        }
    }

    pub(super) fn open_memo(&mut self, on: Thing) {
        self.memos.on = Some(on);
        self.show_pane(Pane::Memos);
        self.effects.push(Effect::Focus(Field::Memo));
    }

    /// Asks what a thing is to be linked with; where the first end has been chosen already, this
    /// is the other one.
    pub(super) fn ask_link(&mut self, from: Thing) {
        match self.memos.linking.clone().filter(|first| *first != from) {
            Some(first) => self.link(first, from),
            None => self.overlay(Overlay::Link {
                from,
                query: String::new(),
            }),
        }
    }

    fn link(&mut self, a: Thing, b: Thing) {
        self.overlay = None;
        self.memos.linking = None;
        let said = format!("{} and {}", self.told(&a), self.told(&b));
        let Some(link) = Link::new(a, b) else {
            self.tell(
                Level::Info,
                "A thing can't be linked with itself. Choose another one.",
            );
            return;
        };
        if self.session.links.contains_key(&link) {
            self.tell(Level::Info, format!("{said} are linked already."));
            return;
        }
        let stamp = self.stamp();
        let signed = Signed {
            by: stamp.by,
            at: stamp.at,
        };
        self.take_step(Some(Step {
            name: "Link".to_owned(),
            edit: Edit::Link(link, Some(signed)),
        }));
    }

    /// Shows a thing where it is; what is gone, or is nowhere, by its memo.
    fn go_to_thing(&mut self, thing: &Thing) {
        let told = self.told(thing);
        if told.gone.is_some() {
            self.open_memo(thing.clone());
            return;
        }
        match thing {
            Thing::Session => self.open_memo(Thing::Session),
            Thing::Article(id) => {
                self.show_pane(Pane::Reader);
                self.open_article(*id);
            }
            Thing::Claim(id, key) => match self.claim_span(*id, *key) {
                Some(span) => {
                    self.show_pane(Pane::Suggestions);
                    self.shown_kind = None;
                    self.go_to(*id, span, Some(*key));
                }
                None => self.open_article(*id),
            },
            Thing::Annotation(id, item) => {
                let work = self.work(*id);
                let found = work.and_then(|work| work.annotations.get(item));
                let Some(span) = found.map(|annotation| annotation.span) else {
                    return;
                };
                self.go_to(*id, span, None);
                if self.open_id() == Some(*id) {
                    self.select_highlight(*item, false);
                } else {
                    self.highlight_after_open = Some(*item);
                }
            }
            Thing::Code(id) => {
                self.show_pane(Pane::Codes);
                self.wish_of_code(CodeWish::Choose(Some(*id)));
            }
            Thing::Actor(actor) | Thing::Partner(actor) => {
                self.memos.actor = Some(actor.clone());
                self.show_pane(Pane::Actors);
            }
        }
    }
}
