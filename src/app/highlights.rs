//! The highlights of the session as a list: filtered and put in order in the background.
//!
//! Budget: the window waits for none of it. A hundred thousand highlights are gone through in some
//! tens of milliseconds; asking for those that name an actor reads each passage once.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::codebook;
use super::coding::CodeDialog;
use super::draft::{CodeChoice, Overlay, parsed};
use super::edits::{self, Step};
use super::notice::Level;
use super::words::counted;
use super::workbench::Workbench;
use crate::extract::actor::named_in;
use crate::extract::lexicon::Lexicon;
use crate::job::{Cancel, Latest, Wake};
use crate::model::annotation::Annotation;
use crate::model::edit::Edit;
use crate::model::fold::fold;
use crate::model::ids::{ActorId, ArticleId, ItemId};
use crate::model::session::Session;
use crate::model::span::Span;
use crate::model::view::Pane;
use crate::store::corpus::Corpus;

/// A highlight of the session.
pub type Place = (ArticleId, ItemId);

/// Which codes a highlight has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WantedCode {
    /// Any, or none.
    #[default]
    Any,
    /// None.
    Without,
    /// This one or one below it.
    Within(ItemId),
}

/// What the list of highlights shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HighlightFilter {
    /// Of all articles, not only of the open one.
    pub everywhere: bool,
    /// Words that passage or note hold, all of them.
    pub words: String,
    /// Which codes they have.
    pub code: WantedCode,
    /// Who made them.
    pub author: Option<String>,
    /// Whom the passage names: the actor, or one that belongs to this country.
    pub actor: Option<ActorId>,
    /// When they were made, as typed: EDTF, such as `2016-04` or `2016-04-20/2016-04-22`.
    pub made: String,
    /// The last one made comes first; else they stand as in the text.
    pub newest_first: bool,
}

impl HighlightFilter {
    /// Whether it leaves out any highlight of the articles that it is about.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        let any = Self {
            everywhere: self.everywhere,
            newest_first: self.newest_first,
            ..Self::default()
        };
        *self != any
    }
}

/// What the analyst wants of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HighlightWish {
    /// Show what this lets through.
    Filter(HighlightFilter),
    /// Bring the list up to date.
    List,
    /// Take one in hand, and show it in the reader.
    Show(ArticleId, ItemId),
    /// Write the note of one.
    Note(ArticleId, ItemId, String),
    /// Give a code to all of these.
    Give(Vec<Place>, CodeChoice),
    /// Take a code off all of these.
    TakeOff(Vec<Place>, ItemId),
    /// Ask for the name of a code that these get in the place of another.
    AskSplit(Vec<Place>, ItemId),
    /// Give a new code of this name to these in the place of another.
    Split(Vec<Place>, ItemId, String),
    /// Delete all of these.
    Delete(Vec<Place>),
}

/// The highlights that a filter lets through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// In their order.
    pub rows: Vec<Place>,
    /// How many there are without the filter.
    pub of: usize,
    /// Who made those, in order.
    pub authors: Vec<String>,
}

/// Of what a list was made.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Of {
    session: ItemId,
    revision: u64,
    article: Option<ArticleId>,
    filter: HighlightFilter,
}

struct ListRequest {
    of: Of,
    session: Arc<Session>,
    corpus: Arc<Corpus>,
    lexicon: Arc<Lexicon>,
}

/// The list and the worker that makes it.
pub struct Highlights {
    /// What the list shows.
    pub filter: HighlightFilter,
    /// The list as it was made last.
    pub listing: Listing,
    /// How many lists have been made.
    pub made: u64,
    asked: Option<Of>,
    lister: Latest<ListRequest, (Of, Listing)>,
}

impl Highlights {
    pub(super) fn new(wake: &Wake) -> Self {
        let mut named = Named::default();
        Self {
            filter: HighlightFilter::default(),
            listing: Listing::default(),
            made: 0,
            asked: None,
            lister: Latest::new(
                "highlights",
                wake.clone(),
                move |request: ListRequest, cancel| {
                    let listing = list(&request, &mut named, cancel)?;
                    Some((request.of, listing))
                },
            ),
        }
    }

    pub(super) fn reset(&mut self) {
        self.filter = HighlightFilter::default();
        self.listing = Listing::default();
        self.asked = None;
    }

    pub(super) fn is_busy(&self) -> bool {
        self.lister.is_busy()
    }
}

/// Whom passages name, as far as they have been read.
#[derive(Default)]
struct Named {
    lexicon: Option<Arc<Lexicon>>,
    /// By highlight: the passage that was read, by its hash, and whom it names.
    known: HashMap<ItemId, (u64, Vec<ActorId>)>,
}

impl Named {
    fn in_passage(&mut self, id: ItemId, passage: &str, lexicon: &Arc<Lexicon>) -> &[ActorId] {
        if !self
            .lexicon
            .as_ref()
            .is_some_and(|old| Arc::ptr_eq(old, lexicon))
        {
            self.known.clear();
            self.lexicon = Some(Arc::clone(lexicon));
        }
        let mut hasher = DefaultHasher::new();
        passage.hash(&mut hasher);
        let hash = hasher.finish();
        let entry = self.known.entry(id).or_default();
        if entry.0 != hash {
            *entry = (hash, named_in(passage, lexicon));
        }
        &entry.1
    }
}

/// How many highlights are looked at between two looks at whether it is still wanted.
const STRIDE: usize = 500;

/// A filter put into what is compared.
struct Wanted {
    codes: Option<BTreeSet<ItemId>>,
    words: Vec<String>,
    days: Option<(Option<Date>, Option<Date>)>,
    zone: TimeZone,
}

fn list(request: &ListRequest, named: &mut Named, cancel: &Cancel) -> Option<Listing> {
    let ListRequest {
        of,
        session,
        corpus,
        lexicon,
    } = request;
    let filter = &of.filter;
    let made = parsed(&filter.made).ok().flatten();
    let wanted = Wanted {
        codes: match filter.code {
            WantedCode::Within(code) => Some(session.codebook.within(code)),
            WantedCode::Any | WantedCode::Without => None,
        },
        words: filter.words.split_whitespace().map(fold).collect(),
        days: made.map(|when| {
            let days = when.days();
            let date =
                |day: Option<crate::model::date::Day>| day.and_then(crate::model::date::Day::date);
            (date(days.first), date(days.last))
        }),
        zone: TimeZone::system(),
    };
    let mut listing = Listing::default();
    let mut authors: BTreeSet<&str> = BTreeSet::new();
    let mut found: Vec<(usize, Span, Timestamp, Place)> = Vec::new();
    for (article, work) in &session.work {
        if !filter.everywhere && Some(*article) != of.article {
            continue;
        }
        // What is not in the corpus any more comes last.
        let row = corpus.row(*article).unwrap_or(usize::MAX);
        for (id, annotation) in &work.annotations {
            listing.of += 1;
            if listing.of.is_multiple_of(STRIDE) && cancel.is_cancelled() {
                return None;
            }
            authors.insert(&annotation.by);
            let is_let_through = wanted.lets_through(annotation, filter)
                && filter.actor.as_ref().is_none_or(|actor| {
                    let named = named.in_passage(*id, &annotation.quote.exact, lexicon);
                    named.iter().any(|one| is_of(one, actor, session, lexicon))
                });
            if is_let_through {
                found.push((row, annotation.span, annotation.at, (*article, *id)));
            }
        }
    }
    found.sort_unstable_by_key(|(row, span, at, place)| {
        let newest = filter.newest_first.then_some(std::cmp::Reverse(*at));
        (newest, *row, place.0, *span, place.1)
    });
    listing.rows = found.into_iter().map(|(.., place)| place).collect();
    listing.authors = authors.into_iter().map(str::to_owned).collect();
    Some(listing)
}

impl Wanted {
    /// Whether a highlight is let through, but for whom it names.
    fn lets_through(&self, annotation: &Annotation, filter: &HighlightFilter) -> bool {
        let codes = &annotation.codes;
        let is_coded = match (&filter.code, &self.codes) {
            (WantedCode::Without, _) => codes.is_empty(),
            (_, Some(wanted)) => codes.iter().any(|code| wanted.contains(code)),
            (_, None) => true,
        };
        let is_author = || {
            filter
                .author
                .as_ref()
                .is_none_or(|author| *author == annotation.by)
        };
        let is_made = || {
            self.days.is_none_or(|(first, last)| {
                let day = annotation.at.to_zoned(self.zone.clone()).date();
                first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
            })
        };
        let has_words = || {
            let text = fold(&format!("{}\n{}", annotation.quote.exact, annotation.note));
            self.words.iter().all(|word| text.contains(word.as_str()))
        };
        is_coded && is_author() && is_made() && (self.words.is_empty() || has_words())
    }
}

/// Whether an actor is the one that is asked for, or belongs to that country.
fn is_of(actor: &ActorId, wanted: &ActorId, session: &Session, lexicon: &Lexicon) -> bool {
    let actor = session.actors.resolve(actor);
    let country = || match session.actors.actors.get(&actor) {
        Some(made) => made.country.clone(),
        None => lexicon.country(&actor),
    };
    actor == *wanted || country().is_some_and(|country| session.actors.resolve(&country) == *wanted)
}

/// Reading the list.
impl Workbench {
    /// The list of highlights.
    #[must_use]
    pub fn highlights(&self) -> &Highlights {
        &self.highlights
    }

    /// Whether the list is that of the session as it is, or is being made.
    #[must_use]
    pub fn are_highlights_listed(&self) -> bool {
        self.highlights.asked.as_ref() == Some(&self.wanted_list())
    }

    /// A highlight of any article.
    #[must_use]
    pub fn highlight_at(&self, (article, id): Place) -> Option<&Annotation> {
        self.work(article)?.annotations.get(&id)
    }

    fn wanted_list(&self) -> Of {
        let filter = self.highlights.filter.clone();
        Of {
            session: self.session.id,
            revision: self.highlight_revision(),
            article: self.open_id().filter(|_| !filter.everywhere),
            filter,
        }
    }
}

/// Changing highlights from the list.
impl Workbench {
    pub(super) fn wish_of_highlights(&mut self, wish: HighlightWish) {
        match wish {
            HighlightWish::Filter(filter) => {
                self.highlights.filter = filter;
                self.list_highlights();
            }
            HighlightWish::List => self.list_highlights(),
            HighlightWish::Show(article, id) => self.show_highlight(article, id),
            HighlightWish::Note(article, id, note) => {
                let edit = self.highlight_at((article, id)).map(|old| {
                    let to = Annotation {
                        note: note.trim().to_owned(),
                        ..old.clone()
                    };
                    Edit::Annotation(article, id, Some(to))
                });
                self.take_step(edit.map(|edit| Step {
                    name: "Note on highlight".to_owned(),
                    edit,
                }));
            }
            HighlightWish::Give(places, code) => {
                if let Some(step) = edits::give_to_all(&self.session, &places, code) {
                    self.note_codes(&step.edit);
                    self.take_step(Some(step));
                }
            }
            HighlightWish::TakeOff(places, code) => {
                let edits: Vec<Edit> = places
                    .iter()
                    .filter_map(|place| {
                        let old = self.highlight_at(*place)?;
                        let mut to = old.clone();
                        to.codes.retain(|given| *given != code);
                        (to != *old).then_some(Edit::Annotation(place.0, place.1, Some(to)))
                    })
                    .collect();
                let count = counted(edits.len(), "highlight", "highlights");
                self.take_all(format!("Take code off {count}"), edits);
            }
            HighlightWish::AskSplit(chosen, from) => {
                let name = String::new();
                self.overlay(Overlay::Code(CodeDialog::Split { from, chosen, name }));
            }
            HighlightWish::Split(chosen, from, name) => {
                match codebook::split(&self.session, from, &chosen, &name) {
                    Ok((code, step)) => {
                        self.overlay = None;
                        self.take_new_code(Ok((code, step)));
                    }
                    Err(why) => self.tell(Level::Warning, why),
                }
            }
            HighlightWish::Delete(places) => {
                let there = places
                    .iter()
                    .filter(|place| self.highlight_at(**place).is_some());
                let edits: Vec<Edit> = there
                    .map(|(article, id)| Edit::Annotation(*article, *id, None))
                    .collect();
                let count = counted(edits.len(), "highlight", "highlights");
                self.take_all(format!("Delete {count}"), edits);
            }
        }
    }

    fn take_all(&mut self, name: String, edits: Vec<Edit>) {
        if !edits.is_empty() {
            let edit = Edit::All(edits);
            self.take_step(Some(Step { name, edit }));
        }
    }

    /// Lists the highlights that carry a code or one below it, of all articles.
    pub(super) fn list_code(&mut self, code: ItemId) {
        self.show_pane(Pane::Annotations);
        self.wish_of_highlights(HighlightWish::Filter(HighlightFilter {
            everywhere: true,
            code: WantedCode::Within(code),
            ..HighlightFilter::default()
        }));
    }

    fn show_highlight(&mut self, article: ArticleId, id: ItemId) {
        let Some(span) = self.highlight_at((article, id)).map(|one| one.span) else {
            return;
        };
        self.go_to(article, span, None);
        if self.open_id() == Some(article) {
            self.select_highlight(id, false);
        } else {
            self.highlight_after_open = Some(id);
        }
    }

    fn list_highlights(&mut self) {
        let of = self.wanted_list();
        self.highlights.asked = Some(of.clone());
        self.highlights.lister.ask(ListRequest {
            of,
            session: Arc::clone(&self.session),
            corpus: Arc::clone(&self.corpus),
            lexicon: Arc::clone(&self.lexicon),
        });
    }

    pub(super) fn take_listed(&mut self) {
        if let Some((of, listing)) = self.highlights.lister.take()
            && of.session == self.session.id
        {
            self.highlights.listing = listing;
            self.highlights.made += 1;
        }
    }
}

#[cfg(test)]
mod tests;
