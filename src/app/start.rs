//! From nothing to a window with something in it, and what happens before each frame.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use super::background::{Background, Found};
use super::coding::Coding;
use super::draft::Pending;
use super::edits::new_item;
use super::files::Arrival;
use super::highlights::Highlights;
use super::keeping::Keeping;
use super::library::Beforehand;
use super::notice::Level;
use super::search::Searchers;
use super::workbench::{Counts, Workbench};
use crate::analysis::across::Across;
use crate::analysis::facets::Facets;
use crate::analysis::table::Table;
use crate::analysis::timeline::Timeline;
use crate::analysis::told::Chosen;
use crate::extract::lexicon::Lexicon;
use crate::job::{Wake, let_pool_give_way};
use crate::model::actor::ActorBook;
use crate::model::history::History;
use crate::model::ids::ActorId;
use crate::model::session::{CorpusSource, Session};
use crate::model::view::{ChartView, View};
use crate::store::atomic::{Fs, RealFs};
use crate::store::config::{config_dir, data_dir};
use crate::store::corpus::Corpus;
use crate::store::recent::Recent;
use crate::store::session_file::Writable;
use crate::store::settings::Settings;

/// What the window opens with.
#[derive(Debug, Clone, Default)]
pub enum Start {
    /// The embedded sample.
    #[default]
    Sample,
    /// A session file.
    Session(PathBuf),
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// Articles made up from a seed, for benches: how many.
    Synthetic(usize),
}

impl Start {
    /// What the paths of the command line ask for: one `.ron` file is a session.
    #[must_use]
    pub fn from_paths(paths: Vec<PathBuf>) -> Self {
        match paths.as_slice() {
            [] => Self::Sample,
            [path]
                if path
                    .extension()
                    .is_some_and(|end| end.eq_ignore_ascii_case("ron")) =>
            {
                Self::Session(path.clone())
            }
            _ => Self::Paths(paths),
        }
    }
}

/// What a window takes from the user's desktop besides its place on the screen.
#[derive(Debug, Clone, Default)]
pub struct Desktop {
    /// The folder of settings and recent sessions; without one, nothing is remembered.
    pub config: Option<PathBuf>,
    /// The folder for work that has no file yet; without one, a crash loses it.
    pub data: Option<PathBuf>,
    /// Whether the desktop's file dialogs are asked; where not, paths are typed.
    pub dialogs: bool,
}

impl Desktop {
    /// That of the user who runs the program.
    #[must_use]
    pub fn of_user() -> Self {
        Self {
            config: config_dir(),
            data: data_dir(),
            dialogs: true,
        }
    }
}

impl Workbench {
    /// A workbench that opens `start`. What it remembers between runs stands in the folders of
    /// `desktop`. `wake` is called whenever the window should look for news.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table: one line a field")]
    pub fn new(start: Start, desktop: Desktop, wake: &Wake) -> Self {
        let Desktop { config, data, .. } = desktop;
        let_pool_give_way();
        let fs: Arc<dyn Fs> = Arc::new(RealFs);
        let journals = data.as_ref().map(|data| data.join("journals"));
        let settings = config
            .as_deref()
            .map_or_else(Settings::default, Settings::load_from);
        let recent = config
            .as_deref()
            .map_or_else(Recent::default, Recent::load_from);
        let focus = ActorId::new("BY");
        let session = Session::new(
            new_item(),
            CorpusSource::Sample,
            focus.clone(),
            settings.analyst.clone(),
        );
        let view = View {
            theme: settings.theme,
            ..View::default()
        };
        let lexicon = Lexicon::new(&ActorBook::default());
        let timeline = {
            let (across, view) = (Across::default(), ChartView::default());
            Timeline::compute(
                &Table::default(),
                &Chosen::default(),
                &across,
                &view,
                &focus,
                &|_| 0,
            )
        };
        let mut workbench = Self {
            session: Arc::new(session),
            history: History::default(),
            saved_view: view.clone(),
            view,
            corpus: Arc::new(Corpus::empty()),
            opened_from: CorpusSource::Sample,
            unreadable: Vec::new(),
            repeated_files: 0,
            file: None,
            writable: Writable::Yes,
            keeping: Keeping::new(data, fs.clone(), wake),
            recent,
            settings,
            config,
            lexicon: Arc::new(lexicon),
            facts: Table::default(),
            charted: Table::default(),
            given: None,
            library: None,
            across: Arc::default(),
            counted: 0,
            beforehand: Beforehand::default(),
            unfolded: BTreeSet::new(),
            list: Arc::new(Vec::new()),
            timeline: Arc::new(timeline),
            counts: Counts::default(),
            facets: Facets::default(),
            digest: None,
            tallies: Arc::default(),
            unread: 0,
            index: Arc::default(),
            found: super::search::Found::default(),
            article: None,
            current: None,
            changed: BTreeMap::new(),
            placing: None,
            selected_text: None,
            highlight: None,
            memos: super::memos::Memos::default(),
            moving_end: super::bounds::End::default(),
            in_view: crate::model::span::Span::default(),
            nudged: None,
            mark: None,
            evidence: None,
            evidences: 0,
            scroll_request: None,
            lost: HashMap::new(),
            unfold_all: false,
            shown_kind: None,
            openings: 0,
            overlay: None,
            draft: None,
            pending: None,
            given_up: 0,
            arrived: None,
            made: None,
            save_next: None,
            notices: Vec::new(),
            progress: None,
            effects: Vec::new(),
            left_by: None,
            kept_focus: None,
            closing: false,
            background: Background::new(fs, journals, wake),
            coding: Coding::new(wake),
            highlights: Highlights::new(wake),
            searchers: Searchers::new(wake),
            actor_names: Vec::new(),
            colors: HashMap::new(),
            names: Arc::default(),
            list_places: Arc::default(),
            is_stale: false,
            refreshed: None,
            passage_after_open: None,
            highlight_after_open: None,
            rule_after_open: None,
        };
        if let Some(folder) = workbench.keeping.unsaved_folder() {
            workbench.background.find_unsaved(folder);
        }
        workbench.begin_with(start);
        workbench
    }

    fn begin_with(&mut self, start: Start) {
        match start {
            Start::Sample => self.begin_sample(),
            Start::Session(path) => {
                self.pending = Some(Pending::OpenSession(path));
                self.proceed();
            }
            Start::Paths(paths) => {
                self.pending = Some(Pending::OpenPaths(paths));
                self.proceed();
            }
            Start::Synthetic(count) => self.begin_synthetic(count),
        }
    }

    /// Takes over what has arrived from the background. Called before each frame.
    pub fn poll(&mut self) {
        let was_reading = self.background.is_reading();
        for found in self.background.poll() {
            match found {
                Found::Facts {
                    sequence,
                    part,
                    mut rows,
                    problems,
                } => {
                    for (row, id) in rows.iter_mut().zip(&part.ids) {
                        if !self.background.is_wanted(sequence, *id) {
                            *row = u32::MAX;
                        }
                    }
                    self.take_facts(*part, rows);
                    self.lost.extend(problems);
                }
                Found::Indexed { sequence, part } => {
                    if self.background.is_of_this_corpus(sequence) {
                        Arc::make_mut(&mut self.index).push(part);
                        self.is_stale = true;
                    }
                }
                Found::Damaged(sequence, problems) => {
                    if self.background.is_of_this_corpus(sequence) {
                        self.take_problems(problems);
                    }
                }
                Found::ReadingStopped => self.tell_of_unread(),
                Found::IndexingStopped => self.tell_of_unindexed(),
                Found::Imported(paths, articles) => {
                    self.arrived = Some(Arrival::Articles(paths, articles));
                }
                Found::Made(dir, made) => self.take_made(dir, made),
                Found::Updated(dir, made) => self.take_updated(&dir, made),
                Found::Unopened(problem) => self.tell(Level::Error, problem),
                Found::Carried(carried) => self.take_carried(carried),
                Found::Relocated(source, articles) => self.take_relocated(source, *articles),
                Found::Loaded(loaded) => self.take_loaded(loaded),
                Found::Saved(saved) => self.take_saved(saved),
                Found::Codes(moved) => self.take_codes(moved),
                Found::Other(other) => self.take_other(other),
                Found::Since(path, known, since) => self.take_since(&path, &known, since),
                Found::Unsaved(found) => self.take_unsaved(found),
                Found::Failed(words) => self.tell(
                    Level::Error,
                    format!(
                        "Some work in the background failed by a fault of the program ({words}). Your session is \
                         untouched. Save it, and report this."
                    ),
                ),
            }
        }
        // What only all articles together tell waits for the last of them.
        self.is_stale |= was_reading && !self.background.is_reading();
        let (chart, opened) = self.background.take_latest();
        if let Some(chart) = chart {
            self.take_chart(chart);
        }
        if let Some((marked, members)) = self.background.take_members() {
            self.take_members(&marked, members);
        }
        if let Some(opened) = opened {
            self.take_article(opened);
        }
        self.take_found();
        self.take_counted();
        self.take_listed();
        self.follow_journal();
        self.save_waiting();
        self.show_arrived();
        self.keep_fresh();
        self.progress = self.background.progress();
    }

    /// Whether nothing is under way in the background.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        !self.is_stale
            && self.save_next.is_none()
            && self.background.is_idle()
            && !self.searchers.is_busy()
            && !self.coding.is_busy()
            && !self.highlights.is_busy()
    }
}
