//! Opening and saving: nothing unsaved is dropped without a question, and a save that fails says
//! why and changes nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::background::{Loaded, SaveRequest, Saved};
use super::draft::{FindingDraft, Overlay, PathPurpose, Pending};
use super::edits::new_item;
use super::facts_table::FactsTable;
use super::notice::Level;
use super::workbench::{Effect, Workbench};
use crate::model::history::History;
use crate::model::ids::ActorId;
use crate::model::session::{CorpusSource, Session};
use crate::model::view::{Pane, View};
use crate::store::corpus::Corpus;
use crate::store::import::Import;
use crate::store::session_file::Writable;

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

    pub(super) fn ask_open_session(&mut self, path: PathBuf) {
        self.overlay = None;
        if !path.is_file() {
            let problem = format!("There is no file at {}. Check the path.", path.display());
            self.ask_path_again(PathPurpose::OpenSession, &path, problem);
            return;
        }
        self.ask(Pending::OpenSession(path));
    }

    pub(super) fn ask_open_paths(&mut self, paths: Vec<PathBuf>) {
        self.overlay = None;
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            let missing = missing.clone();
            let problem = format!("There is nothing at {}. Check the path.", missing.display());
            self.ask_path_again(PathPurpose::OpenFolder, &missing, problem);
            return;
        }
        self.ask(Pending::OpenPaths(paths));
    }

    fn ask_path_again(&mut self, purpose: PathPurpose, path: &Path, problem: String) {
        let text = path.display().to_string();
        self.overlay(Overlay::Path {
            purpose,
            text,
            problem: Some(problem),
        });
    }

    /// Goes on at once when all is saved; else asks what to do with the unsaved work.
    fn ask(&mut self, pending: Pending) {
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
                self.closing = true;
                self.effects.push(Effect::Close);
            }
            Some(Pending::OpenSession(path)) => self.background.load(path),
            Some(Pending::OpenPaths(paths)) => self.background.import(paths),
            Some(Pending::OpenSample) => self.begin_sample(),
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
        match (self.file.clone(), self.writable) {
            (Some(path), Writable::Yes) => self.write(path),
            _ => self.effects.push(Effect::Dialog(PathPurpose::SaveAs)),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf, overwrite: bool) {
        let path = if path.extension().is_none() {
            path.with_extension("ron")
        } else {
            path
        };
        if path.is_dir() {
            let problem = format!("{} is a folder. Add the name of a file.", path.display());
            self.ask_path_again(PathPurpose::SaveAs, &path, problem);
        } else if !overwrite && path.exists() && self.file.as_ref() != Some(&path) {
            self.overlay(Overlay::Overwrite(path));
        } else {
            self.overlay = None;
            self.write(path);
        }
    }

    fn write(&mut self, path: PathBuf) {
        self.background.save(SaveRequest {
            path,
            session: self.session.clone(),
            view: self.view.clone(),
            revision: self.history.revision(),
        });
    }

    pub(super) fn save_then_proceed(&mut self) {
        self.overlay = None;
        self.save();
    }

    /// Follows the end of a save.
    pub(super) fn take_saved(&mut self, saved: Saved) {
        match saved {
            Ok((path, revision)) => {
                self.history.mark_saved(revision);
                self.remember(&path);
                self.file = Some(path);
                self.writable = Writable::Yes;
                if self.pending.is_some() && !self.history.is_unsaved() {
                    self.proceed();
                }
            }
            Err(problem) => {
                self.pending = None;
                self.tell(Level::Error, problem);
            }
        }
    }

    /// Begins a session on the embedded sample.
    pub fn begin_sample(&mut self) {
        let session = self.fresh_session(CorpusSource::Sample);
        let view = View {
            theme: self.view.theme,
            ..View::default()
        };
        self.begin(session, view, Arc::new(Corpus::sample()));
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

    fn fresh_session(&self, corpus: CorpusSource) -> Session {
        Session::new(
            new_item(),
            corpus,
            ActorId::new(SAMPLE_FOCUS),
            self.settings.analyst.clone(),
        )
    }

    /// Begins a session on imported articles.
    pub(super) fn take_import(&mut self, paths: Vec<PathBuf>, import: Import) {
        let session = self.fresh_session(CorpusSource::Paths(paths));
        self.unreadable = Vec::new();
        let count = import.corpus.len();
        let view = View {
            theme: self.view.theme,
            ..View::default()
        };
        self.begin(session, view, Arc::new(import.corpus));
        self.note_unreadable(&import.unreadable);
        if import.cancelled {
            self.tell(
                Level::Warning,
                format!("Stopped: {count} articles were taken in, others are missing. Open the folder again to have all."),
            );
        }
    }

    fn note_unreadable(&mut self, unreadable: &[crate::store::import::Unreadable]) {
        self.unreadable = unreadable.iter().map(ToString::to_string).collect();
    }

    /// Opens a session that has been read from its file.
    pub(super) fn take_loaded(&mut self, loaded: Loaded) {
        let (path, loaded, import) = match loaded {
            Ok(loaded) => *loaded,
            Err(problem) => {
                self.tell(Level::Error, problem);
                return;
            }
        };
        self.remember(&path);
        self.begin(loaded.session, loaded.view, Arc::new(import.corpus));
        self.note_unreadable(&import.unreadable);
        self.file = Some(path);
        self.writable = loaded.writable;
        if let Writable::NewerSchema { found, known } = self.writable {
            self.tell(
                Level::Warning,
                format!(
                    "A newer version of Attaché wrote this session (schema {found}; this one knows {known}). \
                     It is open to read; nothing in it can be changed here."
                ),
            );
        }
        let missing = self.count_missing();
        if missing > 0 {
            self.tell(
                Level::Warning,
                format!(
                    "{missing} articles with work on them are not where they were. The work is kept. \
                     Put their files back, or open the folder that holds them now."
                ),
            );
        }
    }

    /// Shows a session and its articles.
    fn begin(&mut self, session: Session, view: View, corpus: Arc<Corpus>) {
        self.background.abandon();
        self.lost = HashMap::new();
        self.facts = FactsTable::unread(corpus.len());
        self.colors = view.colors.iter().cloned().zip(0..).collect();
        self.session = session;
        self.view = view;
        self.corpus = corpus;
        self.history = History::default();
        self.file = None;
        self.writable = Writable::Yes;
        self.unreadable = Vec::new();
        self.article = None;
        self.current = None;
        self.selected_text = None;
        self.mark = None;
        self.evidence = None;
        self.overlay = None;
        self.draft = None;
        self.notices = Vec::new();
        self.list = Arc::new(Vec::new());
        self.effects.push(Effect::Layout);
        self.effects.push(Effect::Theme(self.view.theme));
        self.derive_all();
        self.refresh();
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
