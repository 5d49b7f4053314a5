//! Reading a session off the interface's thread: its lock, its file or a backup of it, its articles,
//! and what a crash left.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::background::{Background, Found};
use super::library::Articles;
use crate::job::Context;
use crate::job::library::open_library;
use crate::model::session::{CorpusSource, Session};
use crate::model::view::View;
use crate::store::backup::{self, Backup};
use crate::store::beside;
use crate::store::corpus::Corpus;
use crate::store::journal::{self, Base, Entry};
use crate::store::lock::{Holder, SessionLock, Taken};
use crate::store::on_disk::OnDisk;
use crate::store::session_file;

/// Whether this window may write a session.
pub(super) enum LockState {
    Ours(Arc<SessionLock>),
    Theirs(Holder),
    /// There can be no lock.
    None,
}

/// What a crash left of a session with a file.
pub(super) enum Restored {
    Nothing,
    /// Changes that the file lacks.
    Edits(journal::Found, Vec<Entry>),
    /// Changes of another file than the one that is there now.
    OfAnotherFile(journal::Found),
    /// A journal that can't be read, where it is kept now, and why.
    Unreadable(PathBuf, String),
}

/// Where a session came from.
pub(super) enum Origin {
    File(PathBuf),
    /// A backup of the session at this path.
    BackupOf(PathBuf),
    /// A journal of a session without a file.
    Journal(Box<journal::Found>, SessionLock),
}

/// A session with its articles.
pub(super) struct LoadedSession {
    pub(super) origin: Origin,
    pub(super) loaded: session_file::Loaded,
    pub(super) articles: Articles,
    pub(super) lock: LockState,
    pub(super) left: Restored,
}

/// Why a session can't be opened.
pub(super) enum LoadProblem {
    /// Its file is broken; there may be a backup.
    Broken {
        path: PathBuf,
        problem: String,
        backup: Backup,
    },
    /// In words.
    Other(String),
}

/// A session with its articles, or why it can't be opened.
pub(super) type Loaded = Result<Box<LoadedSession>, LoadProblem>;

impl Background {
    /// Loads a session file; `held` is the lock that the window has.
    pub(super) fn load(&mut self, path: PathBuf, held: Option<Arc<SessionLock>>) {
        let elsewhere = self.elsewhere.clone();
        let job = self.jobs.spawn("Opening the session", move |context| {
            // What of this session is open already was given up before it is opened again.
            let ours = held.filter(|lock| lock.is_of(&path));
            let is_again = ours.is_some();
            let lock = match ours {
                Some(lock) => LockState::Ours(lock),
                None => lock_of(&path),
            };
            load(
                context,
                path,
                lock,
                elsewhere.as_deref().filter(|_| !is_again),
                is_again,
            );
        });
        self.comes(job);
    }

    /// The same, once nobody else writes it. Stopped by a cancel.
    pub(super) fn load_when_free(&mut self, path: PathBuf) {
        let elsewhere = self.elsewhere.clone();
        let job = self
            .jobs
            .spawn("Waiting until the session is free", move |context| {
                let lock = loop {
                    if context.cancel().is_cancelled() {
                        return;
                    }
                    match lock_of(&path) {
                        LockState::Theirs(_) => std::thread::sleep(Duration::from_millis(200)),
                        lock => break lock,
                    }
                };
                load(context, path, lock, elsewhere.as_deref(), false);
            });
        self.waiting = Some(job);
        self.comes(job);
    }

    /// Whether a session is waited for.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Loads a backup of the session at `session`.
    pub(super) fn load_backup(&mut self, backup: PathBuf, session: PathBuf) {
        let elsewhere = self.elsewhere.clone();
        let job = self.jobs.spawn("Opening the backup", move |context| {
            let loaded = match session_file::load_as(&backup, &session) {
                Ok(loaded) => loaded,
                Err(problem) => {
                    let problem = LoadProblem::Other(problem.to_string());
                    context.send(Found::Loaded(Err(problem)));
                    return;
                }
            };
            // The journal may build on the very state that the backup holds.
            let left = match left_of(&session, &loaded, elsewhere.as_deref()) {
                edits @ Restored::Edits(..) => edits,
                _ => Restored::Nothing,
            };
            finish_loading(
                context,
                Origin::BackupOf(session),
                loaded,
                LockState::None,
                left,
            );
        });
        self.comes(job);
    }

    /// Opens the articles of a session without a file that a crash left.
    pub(super) fn open_unsaved(&mut self, found: journal::Found, lock: SessionLock) {
        let job = self.jobs.spawn("Recovering the session", move |context| {
            let Base::New(session) = &found.base else {
                return;
            };
            let loaded = session_file::Loaded {
                session: (**session).clone(),
                view: View::default(),
                writable: session_file::Writable::Yes,
                schema: session_file::SCHEMA,
                on_disk: None,
            };
            let origin = Origin::Journal(Box::new(found), lock);
            finish_loading(context, origin, loaded, LockState::None, Restored::Nothing);
        });
        self.comes(job);
    }

    /// Looks for sessions without a file that a crash left.
    pub(super) fn find_unsaved(&mut self, folder: PathBuf) {
        self.jobs.spawn("Looking for unsaved work", move |context| {
            let found = journal::find_unsaved(&folder);
            if !found.is_empty() {
                context.send(Found::Unsaved(found));
            }
        });
    }

    /// Looks whether a file still holds what was known of it.
    pub(super) fn look_at_disk(&mut self, path: PathBuf, known: OnDisk) {
        self.jobs
            .spawn("Looking at the session file", move |context| {
                // A file that can't be read now is told of when it is to be written.
                if let Ok(since) = known.since(&path) {
                    context.send(Found::Since(path, known, since));
                }
            });
    }
}

/// Asks for the lock of a session.
fn lock_of(path: &Path) -> LockState {
    match SessionLock::take(path) {
        Ok(Taken::Ours(lock)) => LockState::Ours(Arc::new(lock)),
        Ok(Taken::Theirs(holder)) => LockState::Theirs(holder),
        Err(_) => LockState::None,
    }
}

/// Reads a session file, its articles, and what a crash left of it.
fn load(
    context: &Context<Found>,
    path: PathBuf,
    lock: LockState,
    elsewhere: Option<&Path>,
    is_again: bool,
) {
    let loaded = match session_file::load(&path) {
        Ok(loaded) => loaded,
        Err(problem) => {
            let is_broken = matches!(
                problem.reason,
                session_file::LoadReason::Damaged { .. }
                    | session_file::LoadReason::UnknownSchema { .. }
            );
            let good = backup::newest_good(&path).filter(|_| is_broken);
            let problem = match good {
                Some((backup, _)) => LoadProblem::Broken {
                    path,
                    problem: problem.to_string(),
                    backup,
                },
                None => LoadProblem::Other(problem.to_string()),
            };
            context.send(Found::Loaded(Err(problem)));
            return;
        }
    };
    // Another window's journal is in use.
    let left = if is_again || matches!(lock, LockState::Theirs(_)) {
        Restored::Nothing
    } else {
        left_of(&path, &loaded, elsewhere)
    };
    finish_loading(context, Origin::File(path), loaded, lock, left);
}

/// What a crash left of the session at `path`, which was loaded as this.
fn left_of(path: &Path, loaded: &session_file::Loaded, elsewhere: Option<&Path>) -> Restored {
    let Some(on_disk) = &loaded.on_disk else {
        return Restored::Nothing;
    };
    for place in journal::places(path, elsewhere) {
        match journal::read(&place, path) {
            Ok(None) => {}
            Ok(Some(found)) => match found.missing(&on_disk.hash).map(<[Entry]>::to_vec) {
                Some(entries) if entries.is_empty() => {}
                Some(entries) => return Restored::Edits(found, entries),
                None if found.entries.is_empty() => {}
                None => return Restored::OfAnotherFile(found),
            },
            Err(problem) => {
                // A new journal needs the place.
                let aside = beside::free(&place, "aside");
                let kept = match std::fs::rename(&place, &aside) {
                    Ok(()) => aside,
                    Err(_) => place,
                };
                return Restored::Unreadable(kept, problem.to_string());
            }
        }
    }
    Restored::Nothing
}

fn finish_loading(
    context: &Context<Found>,
    origin: Origin,
    loaded: session_file::Loaded,
    lock: LockState,
    left: Restored,
) {
    let loaded = match articles_of(&loaded.session, context) {
        Ok(Some(articles)) => Ok(Box::new(LoadedSession {
            origin,
            loaded,
            articles,
            lock,
            left,
        })),
        // It was stopped.
        Ok(None) => return,
        Err(problem) => Err(LoadProblem::Other(problem)),
    };
    context.send(Found::Loaded(loaded));
}

fn articles_of(session: &Session, context: &Context<Found>) -> Result<Option<Articles>, String> {
    if let CorpusSource::Library(dir) = &session.corpus {
        let opened = open_library(dir, context).map_err(|problem| problem.to_string())?;
        return Ok(opened.map(|opened| Articles::Library(Box::new(opened))));
    }
    let import = Corpus::open(&session.corpus, context);
    Ok(Some(Articles::Files(Box::new(import))))
}
