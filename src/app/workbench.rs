//! The state of the window: the session, how it is looked at, and what is derived from both.
//!
//! Panes read it; only [`super::dispatch`] changes it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::tz::TimeZone;

use super::article::{Entry, OpenArticle, tally_of};
use super::background::Background;
use super::bounds::End;
use super::carrying::Placing;
use super::charting::{Given, Names};
use super::coding::Coding;
use super::draft::{FindingDraft, Overlay, Pending};
use super::evidence::{Evidence, Line};
use super::files::Arrival;
use super::highlights::Highlights;
use super::keeping::Keeping;
use super::library::{Beforehand, Made, OpenLibrary};
use super::memos::Memos;
use super::notice::{Level, Notice, Progress};
use super::querying::Digest;
use super::search::{Found, Searchers};
use crate::analysis::across::Across;
use crate::analysis::event::Event;
use crate::analysis::facets::Facets;
use crate::analysis::standing::FindingKey;
use crate::analysis::table::{Row, Table};
use crate::analysis::timeline::{MarkId, Timeline};
use crate::analysis::track::Tally;
use crate::extract::lexicon::Lexicon;
use crate::index::Index;
use crate::model::annotation::Analyst;
use crate::model::date::When;
use crate::model::finding::{Finding, FindingKind, Rule};
use crate::model::history::History;
use crate::model::ids::{ActorId, ArticleId, ItemId};
use crate::model::session::{ArticleWork, CorpusSource, Session};
use crate::model::span::Span;
use crate::model::view::{Pane, Theme, View};
use crate::store::corpus::Corpus;
use crate::store::recent::Recent;
use crate::store::session_file::Writable;
use crate::store::settings::Settings;

/// What is asked of the window itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Put a text on the clipboard.
    Copy(String),
    /// Close the window.
    Close,
    /// Bring a pane to the front.
    ShowPane(Pane),
    /// Put the cursor in a field.
    Focus(Field),
    /// Lay the panes out as the view says.
    Layout,
    /// Show another theme.
    Theme(Theme),
    /// Make everything larger or smaller.
    Zoom(Zoom),
    /// Scroll the article in the reader.
    Scroll(Scroll),
    /// Ask the desktop's file dialog.
    Dialog(super::draft::PathPurpose),
}

/// A step of the zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// To the next larger step.
    In,
    /// To the next smaller step.
    Out,
    /// To 100 %.
    Reset,
}

/// How the reader is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// Down by lines; up where they are negative.
    Lines(i8),
    /// Down by screens, of which a little stays in view; up where they are negative.
    Screens(i8),
    /// To the beginning.
    Top,
    /// To the end.
    End,
}

/// A field that a command puts the cursor in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The filter of the article list.
    Filter,
    /// The text of the reader: nothing can be typed there, but its keys work.
    Reader,
    /// The note on the article.
    Note,
    /// The memo on the thing whose card is shown.
    Memo,
    /// The publication date as the analyst knows it.
    Publication,
    /// The name of a new code.
    NewCode,
    /// The name of the code in hand.
    CodeName,
    /// The tree of codes: its keys, no text.
    CodeTree,
}

/// What of the chart is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// A partner's part of a bar.
    Mark(MarkId),
    /// What has no date.
    Undated,
}

/// Sums over all articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Suggestions, decided ones included.
    pub suggestions: u64,
    /// Decided suggestions.
    pub decided: u64,
    /// Highlights.
    pub annotations: u64,
}

/// The state of the window.
pub struct Workbench {
    /// What the analyst made. Shared with the work in the background: changing it while that runs
    /// copies it once.
    pub session: Arc<Session>,
    /// Undo and redo.
    pub history: History,
    /// How the session is looked at.
    pub view: View,
    /// How it was looked at when it was saved.
    pub saved_view: View,
    /// The articles.
    pub corpus: Arc<Corpus>,
    /// Where they were read from; the session's own place, but for the moment after an undo.
    pub(super) opened_from: CorpusSource,
    /// Files that could not be read, each with its reason.
    pub unreadable: Vec<(PathBuf, String)>,
    /// How many files hold the same bytes as another one.
    pub repeated_files: usize,
    /// The file of the session, once it has one.
    pub file: Option<PathBuf>,
    /// Whether the session may be saved to that file.
    pub writable: Writable,
    /// What keeps it from being lost.
    pub keeping: Keeping,
    /// Sessions opened or saved lately, the last one first.
    pub recent: Recent,
    /// What holds for every session of this user.
    pub settings: Settings,
    /// Where both are kept; `None`: nowhere.
    pub(super) config: Option<PathBuf>,

    /// Who is who.
    pub lexicon: Arc<Lexicon>,
    /// What is known of the articles, by row.
    pub facts: Table,
    /// The same, as the chart knows it.
    pub(super) charted: Table,
    /// What a library brings along.
    pub(super) given: Option<Arc<Given>>,
    /// The library that is open.
    pub(super) library: Option<OpenLibrary>,
    /// Duplicates and events, by row.
    pub across: Arc<Across>,
    /// How many articles of the list are no duplicates, and so are counted.
    pub counted: usize,
    /// What is known of articles before they are read.
    pub(super) beforehand: Beforehand,
    /// Articles whose duplicates are listed below them.
    pub unfolded: BTreeSet<ArticleId>,
    /// Rows whose text could not be read, each with the reason.
    pub lost: HashMap<u32, String>,
    /// Rows that the filter lets through, sorted.
    pub list: Arc<Vec<u32>>,
    /// The chart.
    pub timeline: Arc<Timeline>,
    /// How the list spreads over fields.
    pub facets: Facets,
    /// Sums for the status bar.
    pub counts: Counts,
    /// How the rules have done in all articles, by number; last, those of older versions.
    pub tallies: Arc<Vec<Tally>>,
    /// How many articles have not been read.
    pub unread: usize,

    /// The full-text index of the articles, as far as it has been made.
    pub index: Arc<Index>,
    /// What of the analyst's work a search asks for, and the revision of the session that it is
    /// of.
    pub(super) digest: Option<(u64, Digest)>,
    /// What has been found for the search in the list.
    pub found: Found,

    /// The article in the reader.
    pub article: Option<OpenArticle>,
    /// The finding in hand.
    pub current: Option<FindingKey>,
    /// Articles with work on them that are gone or have another text, each with the row of that.
    pub(super) changed: BTreeMap<ArticleId, Option<u32>>,
    /// The orphan that a place is looked for.
    pub placing: Option<Placing>,
    /// Memos and links, and which of them are in hand.
    pub memos: Memos,
    /// The passage that is selected in the reader.
    pub selected_text: Option<Span>,
    /// The highlight in hand, where none is selected; see [`Self::highlight_in_hand`].
    pub(super) highlight: Option<ItemId>,
    /// The end of either that the boundary keys move.
    pub moving_end: End,
    /// What of the article the reader shows.
    pub(super) in_view: Span,
    /// The highlight that was nudged last, and the revision that that led to.
    pub(super) nudged: Option<(ItemId, u64)>,
    /// What of the chart is chosen.
    pub mark: Option<Marked>,
    /// The sentences behind it.
    pub evidence: Option<Evidence>,
    /// How often the evidence of a mark was shown.
    pub(super) evidences: u64,
    /// A passage to bring into view, with a number that changes with each request.
    pub scroll_request: Option<(u64, Span)>,
    /// All furniture is shown.
    pub unfold_all: bool,
    /// The one sort of finding that the sidebar shows; `None`: all.
    pub shown_kind: Option<FindingKind>,

    /// Counts the dialogs and editors opened so far, so that no field remembers what was typed in
    /// another.
    pub openings: u64,
    /// The dialog that is open.
    pub overlay: Option<Overlay>,
    /// The finding being edited.
    pub draft: Option<FindingDraft>,
    /// What waits for the answer about unsaved work.
    pub pending: Option<Pending>,
    /// The state of the session of which the analyst said last that what is unsaved may go.
    pub(super) given_up: u64,
    /// What has been opened, until it is shown.
    pub(super) arrived: Option<Arrival>,
    /// The library that was made last, and what could not be read into it, until it is opened.
    pub(super) made: Option<Made>,
    /// Where to save as soon as the save that is under way has ended.
    pub(super) save_next: Option<PathBuf>,
    /// What has to be read.
    pub notices: Vec<Notice>,
    /// How far the work in the background is.
    pub progress: Option<Progress>,
    /// What is asked of the window.
    pub effects: Vec<Effect>,
    /// Who worked last in the session that was opened; `None` once it has been said who does now.
    pub(super) left_by: Option<Analyst>,
    /// The focus that the analyst keeps although the articles tell nothing of it.
    pub(super) kept_focus: Option<ActorId>,
    /// The window may close, whatever is not saved.
    pub closing: bool,

    pub(super) background: Background,
    pub(super) coding: Coding,
    pub(super) highlights: Highlights,
    pub(super) searchers: Searchers,
    pub(super) actor_names: Vec<(ActorId, String)>,
    pub(super) colors: HashMap<ActorId, usize>,
    /// Names of all actors, merges followed.
    pub(super) names: Names,
    /// By row: its place in the list; `u32::MAX` where it is not there.
    pub(super) list_places: Arc<Vec<u32>>,
    /// Facts have come since list and chart were last computed.
    pub(super) is_stale: bool,
    /// When list and chart were last asked for.
    pub(super) refreshed: Option<Instant>,
    /// The rule whose suggestion is to be shown when the article is there.
    pub(super) rule_after_open: Option<String>,
    pub(super) passage_after_open: Option<(Span, Option<FindingKey>)>,
    pub(super) highlight_after_open: Option<ItemId>,
}

/// Reading the state, for panes and dispatch alike.
impl Workbench {
    /// The name of the session.
    #[must_use]
    pub fn title(&self) -> String {
        match (&self.file, &self.session.corpus) {
            (Some(path), _) => path.file_stem().map_or_else(
                || path.display().to_string(),
                |stem| stem.to_string_lossy().into_owned(),
            ),
            (None, CorpusSource::Sample) => "Sample".to_owned(),
            (None, CorpusSource::Paths(paths)) => {
                paths.first().and_then(|path| path.file_name()).map_or_else(
                    || "Session".to_owned(),
                    |name| name.to_string_lossy().into_owned(),
                )
            }
            (None, CorpusSource::Library(path)) => path.file_name().map_or_else(
                || "Library".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            ),
        }
    }

    /// For the status bar: whether all is saved.
    #[must_use]
    pub fn saved_text(&self) -> String {
        match (&self.file, self.history.is_unsaved(), &self.writable) {
            (_, _, Writable::NewerSchema { .. }) => {
                "Read only: a newer version wrote it".to_owned()
            }
            _ if self.keeping.held_by.is_some() => "Read only: open elsewhere".to_owned(),
            (_, true, _) => "● Not saved".to_owned(),
            (Some(path), false, _) if self.view != self.saved_view => {
                format!("Saved in {}; only the view has changed", path.display())
            }
            (Some(path), false, _) => format!("Saved in {}", path.display()),
            (None, false, _) => "No changes".to_owned(),
        }
    }

    /// The work on an article, if there is any.
    #[must_use]
    pub fn work(&self, article: ArticleId) -> Option<&ArticleWork> {
        self.session.work.get(&article)
    }

    /// What is known of a row, once it has been read.
    #[must_use]
    pub fn facts_of(&self, row: u32) -> Option<Row<'_>> {
        self.facts.row(row)
    }

    /// The rows of the articles that are folded under one, the first to appear first.
    #[must_use]
    pub fn duplicates_of(&self, row: usize) -> &[u32] {
        u32::try_from(row).map_or(&[], |row| self.across.folds.under(row))
    }

    /// The row of the article that one is folded under.
    #[must_use]
    pub fn duplicate_of(&self, row: usize) -> Option<u32> {
        self.across.folds.head_of(u32::try_from(row).ok()?)
    }

    /// Whether the analyst said that an article is no duplicate.
    #[must_use]
    pub fn is_kept_apart(&self, article: ArticleId) -> bool {
        self.session.kept_apart.contains(&article)
    }

    /// The article that stands for the open one and its duplicates, where there are any.
    #[must_use]
    pub fn open_group(&self) -> Option<ArticleId> {
        let row = self.article.as_ref()?.row;
        let head = self.duplicate_of(row).map_or(row, |head| head as usize);
        let has_any = !self.duplicates_of(head).is_empty();
        self.corpus.id(head).filter(|_| has_any)
    }

    /// The event behind a claim, once it is known.
    #[must_use]
    pub fn event_of(&self, row: usize, claim: FindingKey) -> Option<Event> {
        let row = u32::try_from(row).ok().filter(|_| self.across.is_known)?;
        self.across.events.of(&self.facts, row, claim)
    }

    /// How many reports the event behind a claim has.
    #[must_use]
    pub fn report_count(&self, row: usize, claim: FindingKey) -> usize {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        self.across.events.report_count(row, claim)
    }

    /// Where a row stands in the list; a folded duplicate where the article stands that it is
    /// folded under.
    #[must_use]
    pub fn list_position(&self, row: usize) -> Option<usize> {
        let place = self.list_places.get(row).copied();
        place
            .filter(|place| *place != u32::MAX)
            .map(|place| place as usize)
    }

    /// The publication date of the open article, the analyst's ruling first.
    #[must_use]
    pub fn published(&self, article: &OpenArticle) -> Option<When> {
        match self
            .work(article.id)
            .and_then(|work| work.publication.as_ref())
        {
            Some(ruling) => ruling.when.clone(),
            None => article.extraction.publication.when.clone(),
        }
    }

    /// The days that the claims of an article tell of, in words.
    #[must_use]
    pub fn told_span(&self, article: &OpenArticle) -> Option<String> {
        let days = article
            .entries
            .iter()
            .filter(|entry| entry.is_drawn())
            .filter_map(|entry| {
                let Finding::Claim(claim) = &entry.finding else {
                    return None;
                };
                claim.time.when.as_ref()?.days().closed()
            });
        let (first, last) = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let (first, last) = (first.date()?, last.date()?);
        let month = |date: jiff::civil::Date| date.strftime("%B %Y").to_string();
        let (from, to) = (month(first), month(last));
        Some(if from == to {
            from
        } else {
            format!("{from} – {to}")
        })
    }

    /// When the analyst last worked on an article, in words.
    #[must_use]
    pub fn last_worked_on(&self, article: ArticleId) -> Option<String> {
        let work = self.work(article)?;
        let decisions = work.decisions.values().map(|decision| decision.at);
        let made = work.made.values().map(|made| made.at);
        let annotations = work.annotations.values().map(|annotation| annotation.at);
        let note = work.note.iter().map(|note| note.at);
        let ruling = work.publication.iter().map(|ruling| ruling.at);
        let last = decisions
            .chain(made)
            .chain(annotations)
            .chain(note)
            .chain(ruling)
            .max()?;
        Some(
            last.to_zoned(TimeZone::system())
                .strftime("%-d %B %Y")
                .to_string(),
        )
    }

    /// The name of an actor, merges followed.
    #[must_use]
    pub fn actor_name(&self, actor: &ActorId) -> String {
        self.own_name(&self.session.actors.resolve(actor))
    }

    /// The name of an actor as itself.
    #[must_use]
    pub fn own_name(&self, actor: &ActorId) -> String {
        match self.session.actors.actors.get(actor) {
            Some(made) => made.name.clone(),
            None => self.lexicon.name(actor).to_owned(),
        }
    }

    /// All actors that can be chosen, with their names.
    #[must_use]
    pub fn actor_names(&self) -> &[(ActorId, String)] {
        &self.actor_names
    }

    /// Whether there is such an actor.
    #[must_use]
    pub fn is_actor(&self, actor: &ActorId) -> bool {
        self.actor_names.iter().any(|(known, _)| known == actor)
    }

    /// The place of an actor in the order of colours: its own for the whole session.
    #[must_use]
    pub fn color_index(&self, actor: &ActorId) -> Option<usize> {
        let actor = self.session.actors.resolve(actor);
        let country = self.country_of(&actor).unwrap_or(actor);
        self.colors.get(&country).copied()
    }

    /// The country of an organisation or person.
    #[must_use]
    pub fn country_of(&self, actor: &ActorId) -> Option<ActorId> {
        match self.session.actors.actors.get(actor) {
            Some(made) => made.country.clone(),
            None => self.lexicon.country(actor),
        }
    }

    /// Whether the sidebar lists a finding, and `Next` stops at it.
    #[must_use]
    pub fn is_listed(&self, entry: &Entry) -> bool {
        let wanted = self.shown_kind.is_none_or(|kind| entry.kind() == kind);
        wanted && !entry.masked && (self.view.with_rejected || entry.is_drawn())
    }

    /// The finding in hand.
    #[must_use]
    pub fn current_entry(&self) -> Option<&Entry> {
        self.article.as_ref()?.entry(self.current?)
    }

    /// The undecided findings of the open article that the rule of `entry` made.
    #[must_use]
    pub fn undecided_by_rule_of(&self, entry: &Entry) -> Vec<FindingKey> {
        let Some(article) = &self.article else {
            return Vec::new();
        };
        article
            .entries
            .iter()
            .filter(|other| other.is_open() && other.rule.is_some() && other.rule == entry.rule)
            .map(|other| other.key)
            .collect()
    }

    /// How a rule has done in all articles.
    #[must_use]
    pub fn tally(&self, rule: &Rule) -> Tally {
        tally_of(&self.tallies, rule)
    }

    /// Whether a rule is in use.
    #[must_use]
    pub fn is_on(&self, rule: &str) -> bool {
        !self.session.rules_off.contains(rule)
    }

    /// A line of evidence, once it has been read.
    #[must_use]
    pub fn evidence_line(&self, place: usize) -> Option<&Line> {
        self.evidence.as_ref()?.lines.get(&place)
    }

    pub(super) fn tell(&mut self, level: Level, text: impl Into<String>) {
        let notice = Notice::new(level, text);
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
}
