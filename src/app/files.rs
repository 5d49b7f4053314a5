//! Opening: nothing unsaved is dropped without a question, neither when something is asked for nor
//! when it has come.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::{FindingDraft, Overlay, PathPurpose, Pending};
use super::edits::{Step, new_item};
use super::keeping::KeepOverlay;
use super::library::Articles;
use super::loading::{LoadProblem, Loaded, LoadedSession, Origin};
use super::notice::Level;
use super::words;
use super::workbench::{Effect, Workbench};
use crate::analysis::table::Table;
use crate::model::edit::Edit;
use crate::model::history::History;
use crate::model::ids::ActorId;
use crate::model::session::{CorpusSource, Session};
use crate::model::view::{Pane, View};
use crate::store::corpus::Corpus;
use crate::store::import::Import;
use crate::store::library::is_library;
use crate::store::session_file::Writable;

/// What has been opened, and is to be shown.
pub(super) enum Arrival {
    /// Articles, from these paths.
    Articles(Vec<PathBuf>, Box<Articles>),
    /// A session with its articles.
    Session(Box<LoadedSession>),
}

/// Said while something that has been opened waits.
const ARRIVED: &str = "What you opened has been read. It is shown as soon as what is being edited \
                       is kept or cancelled, in the pane Suggestions.";

/// What the sample follows. A new session on other articles begins with it, too, until the
/// analyst chooses (Decide → Focus…).
const SAMPLE_FOCUS: &str = "BY";

impl Workbench {
    pub(super) fn ask_quit(&mut self) {
        self.ask(Pending::Quit);
    }

    pub(super) fn ask_open_sample(&mut self) {
        self.ask(Pending::OpenSample);
    }

    pub(super) fn ask_open_session(&mut self, path: &Path) {
        self.overlay = None;
        let path = words::home_expanded(path);
        if !path.is_file() {
            let problem = format!("There is no file at {}. Check the path.", path.display());
            self.ask_path_again(PathPurpose::OpenSession, &path, problem);
            return;
        }
        self.ask(Pending::OpenSession(path));
    }

    pub(super) fn ask_open_paths(&mut self, paths: &[PathBuf]) {
        self.overlay = None;
        let paths: Vec<PathBuf> = paths
            .iter()
            .map(|path| words::home_expanded(path))
            .collect();
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            let missing = missing.clone();
            let problem = format!("There is nothing at {}. Check the path.", missing.display());
            self.ask_path_again(PathPurpose::OpenFolder, &missing, problem);
            return;
        }
        self.ask(Pending::OpenPaths(paths));
    }

    pub(super) fn ask_path_again(&mut self, purpose: PathPurpose, path: &Path, problem: String) {
        let text = path.display().to_string();
        self.overlay(Overlay::Path {
            purpose,
            text,
            problem: Some(problem),
        });
    }

    /// Goes on at once when all is saved; else asks what to do with the unsaved work.
    pub(super) fn ask(&mut self, pending: Pending) {
        if self.is_draft_changed() {
            self.tell_of_draft();
            return;
        }
        self.pending = Some(pending.clone());
        if self.history.is_unsaved() {
            self.overlay(Overlay::Unsaved(pending));
        } else {
            self.proceed();
        }
    }

    /// Whether an editor is open with something in it that would be lost.
    pub(super) fn is_draft_changed(&self) -> bool {
        let Some(draft) = &self.draft else {
            return false;
        };
        let entry = draft.key.and_then(|key| self.article.as_ref()?.entry(key));
        entry.is_none_or(|entry| {
            FindingDraft::of(entry.key, &entry.finding).content != draft.content
        })
    }

    pub(super) fn tell_of_draft(&mut self) {
        self.show_pane(Pane::Suggestions);
        self.tell(
            Level::Warning,
            "Something is still being edited. Keep it or cancel it first, in the pane Suggestions.",
        );
    }

    /// Does what waited.
    pub(super) fn proceed(&mut self) {
        self.overlay = None;
        self.given_up = self.history.revision();
        match self.pending.take() {
            Some(Pending::Quit) => {
                // What is not saved now was given up.
                self.keeping.reset(self.history.is_unsaved());
                self.closing = true;
                self.effects.push(Effect::Close);
            }
            Some(Pending::OpenSession(path)) => {
                self.background.load(path, self.keeping.lock.clone());
            }
            Some(Pending::OpenBackup(backup, session)) => {
                self.background.load_backup(backup, session);
            }
            Some(Pending::OpenPaths(paths)) => self.background.import(paths),
            Some(Pending::OpenSample) => self.begin_sample(),
            Some(Pending::Recover) => self.recover(),
            Some(Pending::Arrived) => {
                if let Some(arrival) = self.arrived.take() {
                    self.show(arrival);
                }
            }
            None => {}
        }
    }

    /// Shows what has come; asks first where the analyst has gone on working since it was asked for.
    pub(super) fn show_arrived(&mut self) {
        let Some(arrival) = self.arrived.take() else {
            return;
        };
        let is_new_work = self.history.is_unsaved() && self.history.revision() != self.given_up;
        if !self.is_draft_changed() && !is_new_work {
            self.show(arrival);
            return;
        }
        self.arrived = Some(arrival);
        if self.overlay.is_some() || self.pending.is_some() {
            return;
        }
        if !self.is_draft_changed() {
            self.ask(Pending::Arrived);
        } else if !self.notices.iter().any(|notice| notice.text == ARRIVED) {
            self.tell(Level::Info, ARRIVED);
        }
    }

    fn show(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Articles(paths, articles) => self.take_import(paths, *articles),
            Arrival::Session(loaded) => self.take_session(*loaded),
        }
    }

    /// Whether the window may close now; asks when there is unsaved work.
    pub fn may_close(&mut self) -> bool {
        if self.closing {
            return true;
        }
        if self.is_draft_changed() {
            self.tell_of_draft();
            return false;
        }
        if !self.history.is_unsaved() {
            // A change and its undoing are nothing to recover.
            self.keeping.reset(false);
            return true;
        }
        if self.background.is_saving() {
            // The save that is under way may be all that is missing.
            self.pending = Some(Pending::Quit);
        } else {
            self.ask_quit();
        }
        false
    }

    /// Begins a session on the embedded sample.
    pub fn begin_sample(&mut self) {
        let session = self.fresh_session(CorpusSource::Sample);
        self.begin(session, View::default(), Arc::new(Corpus::sample()));
    }

    /// Begins a session on articles that are made up, for benches.
    pub(super) fn begin_synthetic(&mut self, count: usize) {
        let session = self.fresh_session(CorpusSource::Paths(Vec::new()));
        self.begin(
            session,
            View::default(),
            Arc::new(Corpus::synthetic(count, 1)),
        );
    }

    pub(super) fn fresh_session(&self, corpus: CorpusSource) -> Session {
        Session::new(
            new_item(),
            corpus,
            ActorId::new(SAMPLE_FOCUS),
            self.settings.analyst.clone(),
        )
    }

    /// Begins a session on imported articles.
    fn take_import(&mut self, paths: Vec<PathBuf>, articles: Articles) {
        let import = match articles {
            Articles::Files(import) => *import,
            Articles::Library(opened) => {
                if let Some(path) = paths.into_iter().next() {
                    self.take_library(path, *opened);
                }
                return;
            }
        };
        let session = self.fresh_session(CorpusSource::Paths(paths));
        self.take_files(session, View::default(), import);
    }

    /// Shows a session on the articles of files.
    fn take_files(&mut self, session: Session, view: View, import: Import) {
        let count = import.corpus.len();
        self.begin(session, view, Arc::new(import.corpus));
        self.note_unreadable(&import.unreadable);
        if import.cancelled {
            self.tell(
                Level::Warning,
                format!("Stopped: {count} articles were taken in, others are missing. Open it again to have all."),
            );
        }
    }

    /// Looks for this session's articles in another folder.
    pub(super) fn relocate(&mut self, path: &Path) {
        self.overlay = None;
        let path = words::home_expanded(path);
        if path.exists() {
            self.background.relocate(if is_library(&path) {
                CorpusSource::Library(path)
            } else {
                CorpusSource::Paths(vec![path])
            });
        } else {
            let problem = format!("There is nothing at {}. Check the path.", path.display());
            self.ask_path_again(PathPurpose::Relocate, &path, problem);
        }
    }

    /// Goes to where the session says that its articles are, when that was undone or done again, or
    /// came with a merge.
    pub(super) fn follow_corpus(&mut self) {
        if self.session.corpus != self.opened_from {
            self.background.relocate(self.session.corpus.clone());
        }
    }

    /// Takes the articles from another place, if the work on them can go on there.
    pub(super) fn take_relocated(&mut self, source: CorpusSource, articles: Articles) {
        if source == self.session.corpus {
            self.move_to(source, articles);
            return;
        }
        let corpus = articles.corpus();
        let missing = self.session.work.keys();
        let missing = missing.filter(|id| corpus.row(**id).is_none()).count();
        let before = self.count_missing();
        if articles.is_cut_short() || (missing > 0 && missing >= before) {
            self.tell(
                Level::Warning,
                format!(
                    "That folder does not hold more of the articles with work on them than the one before \
                     ({missing} would be missing, {before} are now). Nothing was changed."
                ),
            );
            return;
        }
        self.opened_from.clone_from(&source);
        let edit = Edit::Corpus(source.clone());
        self.take_step(Some(Step {
            name: "Find the articles".to_owned(),
            edit,
        }));
        self.move_to(source, articles);
    }

    /// Shows the articles of this session from another place.
    fn move_to(&mut self, source: CorpusSource, articles: Articles) {
        self.leave_corpus();
        self.opened_from = source;
        self.article = None;
        self.notices.clear();
        match articles {
            Articles::Files(import) => {
                self.facts = Table::unread(import.corpus.len());
                self.corpus = Arc::new(import.corpus);
                self.note_unreadable(&import.unreadable);
                self.index_articles();
                self.derive_all();
                self.refresh();
            }
            Articles::Library(opened) => self.lay_out(*opened),
        }
        self.follow_changed_texts();
    }

    /// Forgets what is known of the articles that are open, and what is under way for them.
    fn leave_corpus(&mut self) {
        self.background.abandon();
        self.library = None;
        self.lost = HashMap::new();
        self.forget_across();
    }

    fn note_unreadable(&mut self, unreadable: &[crate::store::import::Unreadable]) {
        self.unreadable = unreadable
            .iter()
            .map(|one| (one.path.clone(), one.reason.to_string()))
            .collect();
        let sources: usize = (0..self.corpus.len())
            .map(|row| self.corpus.sources(row).count())
            .sum();
        self.repeated_files = sources - self.corpus.len();
    }

    /// Takes over a session that has been read, or tells why it could not be.
    pub(super) fn take_loaded(&mut self, loaded: Loaded) {
        match loaded {
            Ok(loaded) => self.arrived = Some(Arrival::Session(loaded)),
            Err(LoadProblem::Other(problem)) => self.tell(Level::Error, problem),
            Err(LoadProblem::Broken {
                path,
                problem,
                backup,
            }) => self.overlay(Overlay::Keep(KeepOverlay::Broken {
                path,
                problem,
                backup,
            })),
        }
    }

    fn take_session(&mut self, loaded: LoadedSession) {
        let path = match loaded.origin {
            Origin::File(path) => path,
            Origin::BackupOf(session) => {
                self.begin_articles(loaded.loaded.session, loaded.loaded.view, loaded.articles);
                self.take_backup(&session, loaded.loaded.writable, loaded.left);
                return;
            }
            Origin::Journal(found, lock) => {
                self.begin_articles(loaded.loaded.session, loaded.loaded.view, loaded.articles);
                self.take_recovered(*found, lock);
                self.ask_next_unsaved();
                return;
            }
        };
        self.remember(&path);
        let LoadedSession {
            loaded,
            articles,
            lock,
            left,
            ..
        } = loaded;
        self.begin_articles(loaded.session, loaded.view, articles);
        self.left_by = Some(self.session.analyst.clone());
        self.file = Some(path);
        self.writable = loaded.writable;
        self.keeping.on_disk = loaded.on_disk;
        self.take_lock(lock);
        if let Writable::NewerSchema { found, known } = self.writable {
            self.tell(
                Level::Warning,
                format!(
                    "A newer version of Attaché wrote this session (schema {found}; this one knows {known}). \
                     It is open to read; nothing in it can be changed here."
                ),
            );
        }
        self.follow_changed_texts();
        self.offer_recovery(left);
        self.ask_next_unsaved();
    }

    /// Shows a session with its articles.
    fn begin_articles(&mut self, session: Session, view: View, articles: Articles) {
        match articles {
            Articles::Files(import) => {
                self.take_files(session, view, *import);
            }
            Articles::Library(opened) => self.begin_library(session, view, *opened),
        }
    }

    /// Shows a session and its articles.
    fn begin(&mut self, session: Session, view: View, corpus: Arc<Corpus>) {
        self.reset(session, view, corpus);
        self.index_articles();
        self.derive_all();
        self.refresh();
    }

    /// Puts another session with its articles in place of the one before; nothing is known of them
    /// yet.
    pub(super) fn reset(&mut self, session: Session, view: View, corpus: Arc<Corpus>) {
        self.leave_corpus();
        self.facts = Table::unread(corpus.len());
        self.colors = view.colors.iter().cloned().zip(0..).collect();
        self.keeping.reset(self.history.is_unsaved());
        self.opened_from = session.corpus.clone();
        self.session = Arc::new(session);
        // The theme is the analyst's, not the session's.
        let theme = self.settings.theme;
        self.view = View { theme, ..view };
        self.saved_view = self.view.clone();
        self.corpus = corpus;
        self.history = History::default();
        self.save_next = None;
        self.file = None;
        self.writable = Writable::Yes;
        self.unreadable = Vec::new();
        self.repeated_files = 0;
        self.article = None;
        self.current = None;
        self.changed = BTreeMap::new();
        self.placing = None;
        self.coding.reset();
        self.highlights.reset();
        self.count_codes();
        self.select_text(None);
        self.memos.let_go();
        self.left_by = None;
        self.kept_focus = None;
        self.highlight_after_open = None;
        self.tie();
        self.mark = None;
        self.evidence = None;
        self.overlay = None;
        self.draft = None;
        self.notices = Vec::new();
        self.list = Arc::new(Vec::new());
        self.effects.push(Effect::Layout);
        self.effects.push(Effect::Theme(self.view.theme));
    }

    /// Keeps what holds for every session of this user.
    pub(super) fn keep_settings(&mut self) {
        let kept = self
            .config
            .as_ref()
            .map_or(Ok(()), |folder| self.settings.save_to(folder));
        if let Err(problem) = kept {
            self.tell(
                Level::Warning,
                format!("The settings could not be kept. {problem}"),
            );
        }
    }

    pub(super) fn remember(&mut self, path: &Path) {
        self.recent.add(path);
        let kept = match &self.config {
            Some(folder) => self.recent.save_to(folder),
            None => Ok(()),
        };
        if let Err(problem) = kept {
            self.tell(
                Level::Warning,
                format!("The list of recent sessions could not be kept. {problem}"),
            );
        }
    }
}
