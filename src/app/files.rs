//! Opening and saving: nothing unsaved is dropped without a question, and a save that fails says
//! why and changes nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::background::{SaveRequest, Saved, Written};
use super::draft::{FindingDraft, Overlay, PathPurpose, Pending};
use super::edits::{Step, new_item};
use super::keeping::{KeepOverlay, RECOVERED};
use super::library::Articles;
use super::loading::{LoadProblem, Loaded, LoadedSession, Origin};
use super::notice::{Level, Notice};
use super::words;
use super::workbench::{Effect, Workbench};
use crate::analysis::table::Table;
use crate::job::SaveSession;
use crate::model::edit::Edit;
use crate::model::history::History;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::session::{CorpusSource, Session};
use crate::model::view::{Pane, View};
use crate::store::atomic::SaveStep;
use crate::store::corpus::Corpus;
use crate::store::import::Import;
use crate::store::journal::Journal;
use crate::store::session_file::{self, Writable};

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
            None => {}
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

    pub(super) fn save(&mut self) {
        if let Some(why) = self.undecided() {
            self.tell(Level::Warning, why);
            return;
        }
        match (self.file.clone(), self.writable) {
            (Some(path), Writable::Yes) if self.keeping.held_by.is_none() => self.write(path),
            _ => self.effects.push(Effect::Dialog(PathPurpose::SaveAs)),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path, overwrite: bool) {
        let path = words::home_expanded(path);
        let path = if path.extension().is_none() {
            path.with_extension("ron")
        } else {
            path
        };
        if path.is_dir() {
            let problem = format!("{} is a folder. Add the name of a file.", path.display());
            self.ask_path_again(PathPurpose::SaveAs, &path, problem);
        } else if !overwrite && path.exists() && self.file.as_ref() != Some(&path) {
            self.overlay(Overlay::Overwrite(PathPurpose::SaveAs, path));
        } else {
            self.overlay = None;
            self.write(path);
        }
    }

    pub(super) fn write(&mut self, path: PathBuf) {
        let journal = self.keeping.journal.as_ref();
        let is_own = self.file.as_ref() == Some(&path);
        self.background.save(SaveRequest {
            revision: self.history.revision(),
            upto: journal.map_or(0, Journal::number),
            save: SaveSession {
                path,
                session: Arc::clone(&self.session),
                view: self.view.clone(),
                known: self.keeping.on_disk.clone().filter(|_| is_own),
                lock: self.keeping.lock.clone(),
                announcer: journal.and_then(Journal::announcer),
            },
        });
    }

    pub(super) fn save_then_proceed(&mut self) {
        self.overlay = None;
        self.save();
    }

    /// Follows the end of a save.
    pub(super) fn take_saved(&mut self, saved: Saved) {
        match saved {
            Ok(Written {
                path,
                revision,
                upto,
                saved,
            }) => {
                self.history.mark_saved(revision);
                self.tell_of_saved(&saved.saved);
                let hash = saved.saved.on_disk.hash;
                if let Some(journal) = &self.keeping.journal {
                    journal.fold(path.clone(), hash, upto);
                }
                self.keeping.lock = saved.lock;
                self.keeping.held_by = None;
                self.keeping.on_disk = Some(saved.saved.on_disk);
                self.saved_view = self.view.clone();
                self.notices
                    .retain(|notice| !notice.is_failed_save && !notice.text.starts_with(RECOVERED));
                self.remember(&path);
                self.file = Some(path);
                self.writable = Writable::Yes;
                if self.pending.is_some() && !self.history.is_unsaved() {
                    self.proceed();
                }
            }
            Err(problem) => {
                self.pending = None;
                self.notices.retain(|notice| !notice.is_failed_save);
                if problem.step == SaveStep::Compare {
                    self.tell_of_change();
                    return;
                }
                self.notices.push(Notice {
                    is_failed_save: true,
                    ..Notice::new(Level::Error, problem.to_string())
                });
            }
        }
    }

    /// Tells what else a save did, where that is worth knowing.
    fn tell_of_saved(&mut self, saved: &session_file::Saved) {
        if let Some(kept) = &saved.kept {
            self.tell(
                Level::Info,
                format!(
                    "An older version of Attaché wrote this session. The file as it was is kept as {}.",
                    kept.display()
                ),
            );
        }
        if let Some(problem) = &saved.backup_problem {
            self.tell(
                Level::Warning,
                format!(
                    "The session is saved, but there is no backup of it: {} failed ({}): {}",
                    problem.step,
                    problem.cause,
                    problem.path.display()
                ),
            );
        }
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
    pub(super) fn take_import(&mut self, paths: Vec<PathBuf>, articles: Articles) {
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
        self.unreadable = Vec::new();
        let count = import.corpus.len();
        self.begin(session, View::default(), Arc::new(import.corpus));
        self.note_unreadable(&import.unreadable);
        if import.cancelled {
            self.tell(
                Level::Warning,
                format!("Stopped: {count} articles were taken in, others are missing. Open the folder again to have all."),
            );
        }
    }

    /// Looks for this session's articles in another folder.
    pub(super) fn relocate(&mut self, path: &Path) {
        self.overlay = None;
        let path = words::home_expanded(path);
        if path.exists() {
            self.background.relocate(vec![path]);
        } else {
            let problem = format!("There is nothing at {}. Check the path.", path.display());
            self.ask_path_again(PathPurpose::Relocate, &path, problem);
        }
    }

    /// Takes the articles from another place, if the work on them can go on there.
    pub(super) fn take_relocated(&mut self, paths: Vec<PathBuf>, import: Import) {
        let before = self.count_missing();
        let found = |id: &ArticleId| import.corpus.row(*id).is_some();
        let missing = self.session.work.keys().filter(|id| !found(id)).count();
        if import.cancelled || (missing > 0 && missing >= before) {
            self.tell(
                Level::Warning,
                format!(
                    "That folder does not hold more of the articles with work on them than the one before \
                     ({missing} would be missing, {before} are now). Nothing was changed."
                ),
            );
            return;
        }
        self.background.abandon();
        self.unopened_indexes = None;
        self.lost = HashMap::new();
        self.facts = Table::unread(import.corpus.len());
        self.forget_across();
        self.corpus = Arc::new(import.corpus);
        self.article = None;
        self.note_unreadable(&import.unreadable);
        self.notices.clear();
        let edit = Edit::Corpus(CorpusSource::Paths(paths));
        self.take_step(Some(Step {
            name: "Find the articles".to_owned(),
            edit,
        }));
        self.index_articles();
        self.derive_all();
        self.refresh();
        self.follow_changed_texts();
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

    /// Opens a session that has been read from its file.
    pub(super) fn take_loaded(&mut self, loaded: Loaded) {
        let loaded = match loaded {
            Ok(loaded) => *loaded,
            Err(LoadProblem::Other(problem)) => {
                self.tell(Level::Error, problem);
                return;
            }
            Err(LoadProblem::Broken {
                path,
                problem,
                backup,
            }) => {
                self.overlay(Overlay::Keep(KeepOverlay::Broken {
                    path,
                    problem,
                    backup,
                }));
                return;
            }
        };
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
                self.begin(session, view, Arc::new(import.corpus));
                self.note_unreadable(&import.unreadable);
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
        self.background.abandon();
        self.lost = HashMap::new();
        self.facts = Table::unread(corpus.len());
        self.forget_across();
        self.colors = view.colors.iter().cloned().zip(0..).collect();
        self.keeping.reset(self.history.is_unsaved());
        self.session = Arc::new(session);
        // The theme is the analyst's, not the session's.
        let theme = self.settings.theme;
        self.view = View { theme, ..view };
        self.saved_view = self.view.clone();
        self.corpus = corpus;
        self.history = History::default();
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

    fn remember(&mut self, path: &Path) {
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
