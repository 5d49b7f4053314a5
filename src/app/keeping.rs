//! That nothing is lost: the journal of the open session, its lock, what its file held, and what a
//! crash left.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::draft::{Overlay, Pending};
use super::loading::{LockState, Restored};
use super::merging::Merging;
use super::notice::Level;
use super::words::{self, counted};
use super::workbench::Workbench;
use crate::analysis::agreement::Agreement;
use crate::model::edit::Edit;
use crate::model::ids::ArticleId;
use crate::store::atomic::Fs;
use crate::store::backup::{self, Backup};
use crate::store::beside;
use crate::store::journal::{Act, Base, Entry, Found, Journal, Start, replay};
use crate::store::lock::{Holder, SessionLock};
use crate::store::on_disk::{OnDisk, Since};
use crate::store::session_file::Writable;

/// How the notice of a recovery begins, which is over with the next save.
pub(super) const RECOVERED: &str = "Recovered:";

/// What keeps the open session.
pub struct Keeping {
    /// The user's folder for journals of sessions without a file; `None`: there are no journals.
    pub(super) data: Option<PathBuf>,
    pub(super) fs: Arc<dyn Fs>,
    pub(super) wake: crate::job::Wake,
    /// From the first edit on.
    pub(super) journal: Option<Journal>,
    pub(super) lock: Option<Arc<SessionLock>>,
    /// Who else writes the session, which is open to read here.
    pub held_by: Option<Holder>,
    /// What the file held when it was read or written last.
    pub(super) on_disk: Option<OnDisk>,
    /// What a crash left, until the analyst has said what to do with it.
    pub recovery: Option<Recovery>,
    /// Sessions without a file that a crash left, still to be asked about.
    pub(super) unsaved: Vec<(Found, SessionLock)>,
    /// A merge that waits for the analyst.
    pub merging: Option<Merging>,
    /// How far the analyst of another session, of this name, agrees.
    pub agreement: Option<(String, Agreement)>,
    /// The window had the keyboard in the last frame.
    pub(super) had_focus: bool,
    told_problem: Option<String>,
}

/// What a crash left.
#[derive(Debug)]
pub struct Recovery {
    /// The changes that the file lacks, in order.
    pub entries: Vec<Entry>,
    /// Where they stand.
    pub journal: PathBuf,
    /// What has to be known before they are used.
    pub warning: Option<String>,
    /// The session that they belong to, where it has no file.
    unsaved: Option<(Found, SessionLock)>,
}

impl Recovery {
    /// Whether the session has no file.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.unsaved.is_some()
    }

    /// When the last change was made.
    #[must_use]
    pub fn last_at(&self) -> Option<String> {
        let at = self.entries.last()?.at;
        let zoned = at.to_zoned(jiff::tz::TimeZone::system());
        Some(zoned.strftime("%-d %B %Y, %H:%M:%S").to_string())
    }
}

/// What the analyst wishes that concerns keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// Take what a crash left.
    Recover,
    /// Leave it, and keep it under another name.
    DiscardRecovery,
    /// Look at the session as it was saved, and answer later.
    LookAtSaved,
    /// Answer now.
    AskRecovery,
    /// Open a backup of the session at the second path.
    OpenBackup(PathBuf, PathBuf),
    /// Open the session again as soon as nobody else writes it.
    TakeOver,
    /// Give up what is not saved here for what stands in the file now.
    LoadTheirs,
    /// Write over what stands in the file now.
    SaveMine,
    /// Merge what stands in the file now into this session.
    MergeTheirs,
    /// Merge another session file into this session.
    MergeWith(PathBuf),
    /// Say how far the analyst of another session file agrees.
    CompareWith(PathBuf),
    /// Take the other session's side of a conflict, or this one's; without a number, of all.
    Choose(Option<usize>, bool),
    /// Merge as it was chosen.
    Merge,
}

/// A dialog that concerns keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepOverlay {
    /// What a crash left.
    Recovery,
    /// A session that can't be opened.
    Broken {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
        /// The newest backup that can be opened.
        backup: Backup,
    },
    /// The backups of a session.
    Backups {
        /// The session.
        path: PathBuf,
        /// The newest first.
        found: Vec<Backup>,
    },
    /// The file was changed by somebody else.
    Changed,
    /// What two sessions have differently.
    Merge,
    /// How far two analysts agree.
    Agreement,
}

impl Keeping {
    pub(super) fn new(data: Option<PathBuf>, fs: Arc<dyn Fs>, wake: &crate::job::Wake) -> Self {
        Self {
            data,
            fs,
            wake: wake.clone(),
            journal: None,
            lock: None,
            held_by: None,
            on_disk: None,
            recovery: None,
            unsaved: Vec::new(),
            merging: None,
            agreement: None,
            had_focus: true,
            told_problem: None,
        }
    }

    /// The session is closed. What of it is not saved was given up, and is kept under another name
    /// for all that.
    pub(super) fn reset(&mut self, is_unsaved: bool) {
        if let Some(journal) = self.journal.take() {
            journal.discard(is_unsaved);
        }
        self.lock = None;
        self.held_by = None;
        self.on_disk = None;
        self.merging = None;
        self.agreement = None;
        if self
            .recovery
            .as_ref()
            .is_some_and(|left| !left.is_unsaved())
        {
            // Not answered: the next time asks again.
            self.recovery = None;
        }
    }

    /// Where the journals of sessions without a file are.
    pub(super) fn unsaved_folder(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|data| data.join("unsaved"))
    }
}

impl Workbench {
    /// Why the session can't be changed here, and what to do.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        if let Writable::NewerSchema { found, known } = self.writable {
            return Some(format!(
                "This session is read only: a newer version of Attaché wrote it (schema {found}; this one knows \
                 {known}). Nothing was changed. Open it with the newer version."
            ));
        }
        if let Some(holder) = &self.keeping.held_by {
            return Some(format!(
                "This session is read only here: {holder} has it open. Nothing was changed. Take it over when it is \
                 free, or save a copy."
            ));
        }
        self.undecided()
    }

    /// That it has to be decided first what to do with what a crash left.
    pub(super) fn undecided(&self) -> Option<String> {
        let left = self.keeping.recovery.as_ref()?;
        (!left.is_unsaved()).then(|| {
            "Say first what to do with the changes that were not saved: recover or discard them. Nothing was changed."
                .to_owned()
        })
    }

    /// Whether a bar says why nothing can be changed, or what can be recovered.
    #[must_use]
    pub fn has_keep_bar(&self) -> bool {
        let asked = matches!(self.overlay, Some(Overlay::Keep(KeepOverlay::Recovery)));
        self.keeping.held_by.is_some() || (self.keeping.recovery.is_some() && !asked)
    }

    /// Whether this window waits for the other one to be closed.
    #[must_use]
    pub fn is_taking_over(&self) -> bool {
        self.background.is_waiting()
    }

    /// Before an edit is applied: the journal builds on the session as it is now.
    pub(super) fn ready_journal(&mut self) {
        if self.keeping.journal.is_some() {
            return;
        }
        let (base, beside) =
            if let (Some(path), Some(on_disk)) = (&self.file, &self.keeping.on_disk) {
                (Base::File(on_disk.hash), path.clone())
            } else if let Some(folder) = self.keeping.unsaved_folder() {
                let name = format!("{}.ron", self.session.id);
                let session = (*self.session).clone();
                (Base::New(Box::new(session)), folder.join(name))
            } else {
                return;
            };
        self.begin_journal(base, beside, None, Vec::new());
    }

    pub(super) fn begin_journal(
        &mut self,
        base: Base,
        beside: PathBuf,
        lock: Option<SessionLock>,
        recovered: Vec<Entry>,
    ) {
        let keeping = &mut self.keeping;
        let start = Start {
            session: self.session.id,
            base,
            beside,
            elsewhere: keeping.data.as_ref().map(|data| data.join("journals")),
            lock,
            recovered,
            replaces: true,
        };
        keeping.journal = Some(Journal::begin(
            keeping.fs.clone(),
            start,
            keeping.wake.clone(),
        ));
    }

    /// After an edit was applied.
    pub(super) fn keep_edit(
        &mut self,
        act: Act,
        name: &str,
        article: Option<ArticleId>,
        edit: Edit,
    ) {
        if let Some(journal) = &mut self.keeping.journal {
            journal.append(act, name, article, edit);
        }
    }

    /// Tells, once, that the journal can't be written; and that it can be again.
    pub(super) fn follow_journal(&mut self) {
        let problem = self.keeping.journal.as_ref().and_then(Journal::problem);
        if problem == self.keeping.told_problem {
            return;
        }
        if let Some(problem) = &problem {
            self.tell(
                Level::Warning,
                format!(
                    "What you do now would be lost in a crash: the journal can't be written ({problem}). Save the \
                     session, to another place if need be."
                ),
            );
        } else {
            self.notices
                .retain(|notice| !notice.text.starts_with("What you do now would be lost"));
        }
        self.keeping.told_problem = problem;
    }

    /// Does what concerns keeping.
    pub(super) fn keep(&mut self, wish: Keep) {
        match wish {
            Keep::Recover if self.recovery_is_unsaved() => self.ask(Pending::Recover),
            Keep::Recover => self.recover(),
            Keep::DiscardRecovery => self.discard_recovery(),
            Keep::LookAtSaved => self.overlay = None,
            Keep::AskRecovery => self.overlay(Overlay::Keep(KeepOverlay::Recovery)),
            Keep::OpenBackup(path, session) => self.ask(Pending::OpenBackup(path, session)),
            Keep::TakeOver => self.take_over(),
            Keep::LoadTheirs => self.load_theirs(),
            Keep::MergeTheirs => self.merge_with_file(),
            Keep::MergeWith(path) => self.merge_with(words::home_expanded(&path)),
            Keep::CompareWith(path) => self.compare_with(words::home_expanded(&path)),
            Keep::Choose(conflict, is_theirs) => self.choose_side(conflict, is_theirs),
            Keep::Merge => self.finish_merge(),
            Keep::SaveMine => {
                self.overlay = None;
                if let Some(path) = self.file.clone() {
                    // This once only, should it fail.
                    let known = self.keeping.on_disk.take();
                    self.write(path);
                    self.keeping.on_disk = known;
                }
            }
        }
    }

    /// Lists the backups of the session that is open.
    pub(super) fn show_backups(&mut self) {
        let Some(path) = self.file.clone() else {
            return;
        };
        match backup::list(&path) {
            Ok(found) => self.overlay(Overlay::Keep(KeepOverlay::Backups { path, found })),
            Err(problem) => self.tell(
                Level::Error,
                format!(
                    "The backups can't be listed: {problem}. Check the permissions of {}.",
                    beside::backups(&path).display()
                ),
            ),
        }
    }

    /// Offers what a crash left of a session that has just been opened.
    pub(super) fn offer_recovery(&mut self, left: Restored) {
        match left {
            Restored::Nothing => {}
            Restored::Edits(found, entries) => {
                let torn = found.torn.as_ref().map(|why| {
                    format!("The journal ends early ({why}): changes after that are lost.")
                });
                self.ask_recovery(found.path, entries, torn);
            }
            Restored::OfAnotherFile(found) => {
                let warning = "The file is another one than these changes were made on. They can be applied to it \
                               all the same; look afterwards at what they did."
                    .to_owned();
                self.ask_recovery(found.path, found.entries, Some(warning));
            }
            Restored::Unreadable(path, problem) => self.tell(
                Level::Warning,
                format!(
                    "There are changes of this session that were not saved, but {problem}. They are kept as {}.",
                    path.display()
                ),
            ),
        }
    }

    fn ask_recovery(&mut self, journal: PathBuf, entries: Vec<Entry>, warning: Option<String>) {
        self.keeping.recovery = Some(Recovery {
            entries,
            journal,
            warning,
            unsaved: None,
        });
        self.overlay(Overlay::Keep(KeepOverlay::Recovery));
    }

    /// Sessions without a file that a crash left.
    pub(super) fn take_unsaved(&mut self, found: Vec<(Found, SessionLock)>) {
        self.keeping.unsaved.extend(found);
        self.ask_next_unsaved();
    }

    fn recovery_is_unsaved(&self) -> bool {
        let recovery = self.keeping.recovery.as_ref();
        recovery.is_some_and(Recovery::is_unsaved)
    }

    /// Asks about the next of them, when nothing else is being asked.
    pub(super) fn ask_next_unsaved(&mut self) {
        if self.overlay.is_some() || self.history.is_unsaved() {
            return;
        }
        if self.recovery_is_unsaved() {
            self.overlay(Overlay::Keep(KeepOverlay::Recovery));
        }
        if self.keeping.recovery.is_some() {
            return;
        }
        let Some((found, lock)) = self.keeping.unsaved.pop() else {
            return;
        };
        self.keeping.recovery = Some(Recovery {
            entries: found.entries.clone(),
            journal: found.path.clone(),
            warning: found
                .torn
                .as_ref()
                .map(|why| format!("The journal ends early ({why}): changes after that are lost.")),
            unsaved: Some((found, lock)),
        });
        self.overlay(Overlay::Keep(KeepOverlay::Recovery));
    }

    pub(super) fn recover(&mut self) {
        self.overlay = None;
        let Some(left) = self.keeping.recovery.take() else {
            return;
        };
        if let Some((found, lock)) = left.unsaved {
            self.background.open_unsaved(found, lock);
            return;
        }
        let base = match &self.keeping.on_disk {
            Some(on_disk) if self.file.is_some() => Base::File(on_disk.hash),
            _ => Base::New(Box::new((*self.session).clone())),
        };
        self.replay(&left.entries);
        let beside = match (&self.file, self.keeping.unsaved_folder()) {
            (Some(path), _) => path.clone(),
            (None, Some(folder)) => folder.join(format!("{}.ron", self.session.id)),
            (None, None) => return,
        };
        self.begin_journal(base, beside, None, left.entries);
        self.ask_next_unsaved();
    }

    /// Takes over a session without a file with what a crash left of it.
    pub(super) fn take_recovered(&mut self, found: Found, lock: SessionLock) {
        // Its journal stands beside a file that never was.
        let beside = found.path.with_extension("");
        self.replay(&found.entries);
        self.begin_journal(found.base, beside, Some(lock), found.entries);
    }

    fn replay(&mut self, entries: &[Entry]) {
        replay(Arc::make_mut(&mut self.session), &mut self.history, entries);
        let edits = entries.iter().map(|entry| entry.edit.clone()).collect();
        self.follow(&Edit::All(edits));
        let count = counted(entries.len(), "change", "changes");
        self.tell(
            Level::Info,
            format!("{RECOVERED} {count}. Save the session to keep them in its file."),
        );
    }

    fn discard_recovery(&mut self) {
        self.overlay = None;
        let Some(left) = self.keeping.recovery.take() else {
            return;
        };
        let aside = beside::free(&left.journal, "discarded");
        match self.keeping.fs.rename(&left.journal, &aside) {
            Ok(()) => self.tell(
                Level::Info,
                format!(
                    "Not recovered. The changes are kept as {}; under its name of before they are offered again.",
                    aside.display()
                ),
            ),
            Err(problem) => self.tell(
                Level::Warning,
                format!(
                    "Not recovered. The journal could not be put aside: {problem}: {}",
                    left.journal.display()
                ),
            ),
        }
        self.ask_next_unsaved();
    }

    /// Opens this session again as soon as its holder is done.
    fn take_over(&mut self) {
        if let Some(path) = self.file.clone() {
            self.background.load_when_free(path);
        }
    }

    /// What the lock says of a session that has been read.
    pub(super) fn take_lock(&mut self, lock: LockState) {
        match lock {
            LockState::Ours(lock) => {
                self.keeping.lock = Some(lock);
                self.keeping.held_by = None;
            }
            LockState::Theirs(holder) => self.keeping.held_by = Some(holder),
            // A folder that is not to be written to: nobody can save there.
            LockState::None => {}
        }
    }

    /// The window has the keyboard, or not: another program may have changed the file meanwhile.
    pub fn follow_focus(&mut self, has_focus: bool) {
        let came_back = has_focus && !self.keeping.had_focus;
        self.keeping.had_focus = has_focus;
        if came_back {
            self.look_at_disk();
        }
    }

    /// Looks, in the background, whether the file is still as it was read.
    pub(super) fn look_at_disk(&mut self) {
        let (Some(path), Some(known)) = (&self.file, &self.keeping.on_disk) else {
            return;
        };
        if !self.background.is_saving() {
            self.background.look_at_disk(path.clone(), known.clone());
        }
    }

    /// What became of the file of the open session.
    pub(super) fn take_since(&mut self, path: &Path, known: &OnDisk, since: Since) {
        let is_ours = self.file.as_deref() == Some(path)
            && self.keeping.on_disk.as_ref() == Some(known)
            && self.keeping.held_by.is_none();
        if is_ours && since == Since::Changed && self.overlay.is_none() {
            self.tell_of_change();
        }
    }

    /// Asks what to do about a file that somebody else changed.
    pub(super) fn tell_of_change(&mut self) {
        self.overlay(Overlay::Keep(KeepOverlay::Changed));
    }

    fn load_theirs(&mut self) {
        self.overlay = None;
        if let Some(path) = self.file.clone() {
            self.given_up = self.history.revision();
            let lock = self.keeping.lock.clone();
            self.background.load(path, lock);
        }
    }

    /// Shows a backup, which is a session of its own until it is saved somewhere.
    pub(super) fn take_backup(&mut self, session: &Path, writable: Writable, left: Restored) {
        self.writable = writable;
        self.tell(
            Level::Info,
            format!(
                "This is a backup. Save it under a name of your choice; {} is as it was.",
                session.display()
            ),
        );
        self.offer_recovery(left);
    }
}
