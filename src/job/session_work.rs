//! Opening and saving, off the interface's thread.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::{JobId, Jobs};
use crate::model::session::{CorpusSource, Session};
use crate::model::view::View;
use crate::store::atomic::{Fs, SaveError, SaveStep};
use crate::store::corpus::Corpus;
use crate::store::import::Import;
use crate::store::journal::Announcer;
use crate::store::lock::{SessionLock, Taken};
use crate::store::on_disk::{ContentHash, OnDisk};
use crate::store::session_file::{self, LoadError, Loaded, Saved, Saving};

impl<M: Send + 'static> Jobs<M> {
    /// Reads the articles of `source`. The message comes also after a cancel, with what was read.
    pub fn import(
        &mut self,
        source: CorpusSource,
        message: impl FnOnce(Import) -> M + Send + 'static,
    ) -> JobId {
        self.spawn("Opening articles", move |context| {
            context.send(message(Corpus::open(&source, context)));
        })
    }

    /// Loads the session file at `path`. Its articles are another piece of work.
    pub fn open_session(
        &mut self,
        path: PathBuf,
        message: impl FnOnce(PathBuf, Result<Loaded, LoadError>) -> M + Send + 'static,
    ) -> JobId {
        self.spawn("Opening the session", move |context| {
            let loaded = session_file::load(&path);
            context.send(message(path, loaded));
        })
    }

    /// Saves the session as it is now. Not to be cancelled: it ends with the old file or the new
    /// one. Two saves to one path may end in either order: await the first.
    pub fn save_session(
        &mut self,
        fs: Arc<dyn Fs>,
        request: SaveSession,
        message: impl FnOnce(PathBuf, Result<SavedSession, SaveError>) -> M + Send + 'static,
    ) -> JobId {
        self.spawn("Saving", move |context| {
            let mut saved = request.run(fs.as_ref());
            let settle = saved.as_mut().ok().map(|done| done.saved.settle());
            context.send(message(request.path, saved));
            if let Some(settle) = settle {
                settle(fs.as_ref());
            }
        })
    }
}

/// A session to save.
pub struct SaveSession {
    /// The file.
    pub path: PathBuf,
    /// What to write.
    pub session: Arc<Session>,
    /// How it is looked at.
    pub view: View,
    /// What the file held last, where it is that of the session; see [`Saving::known`].
    pub known: Option<OnDisk>,
    /// The lock that the window holds, of whichever session.
    pub lock: Option<Arc<SessionLock>>,
    /// The journal that is to know of the save.
    pub announcer: Option<Announcer>,
}

/// A session that was saved.
#[derive(Debug)]
pub struct SavedSession {
    /// How.
    pub saved: Saved,
    /// The lock of the file; `None` where its folder has no locks.
    pub lock: Option<Arc<SessionLock>>,
}

impl SaveSession {
    fn run(&self, fs: &dyn Fs) -> Result<SavedSession, SaveError> {
        let lock = self.lock()?;
        let announce = |hash: &ContentHash| {
            if let Some(announcer) = &self.announcer {
                announcer.announce(hash);
            }
        };
        let saving = Saving {
            path: &self.path,
            session: &self.session,
            view: &self.view,
            known: self.known.as_ref(),
            backups: true,
            announce: &announce,
        };
        let saved = saving.run(fs)?;
        Ok(SavedSession { saved, lock })
    }

    /// The right to write the file. That there can be no lock is no reason not to save.
    fn lock(&self) -> Result<Option<Arc<SessionLock>>, SaveError> {
        if let Some(lock) = self.lock.as_ref().filter(|lock| lock.is_of(&self.path)) {
            return Ok(Some(Arc::clone(lock)));
        }
        match SessionLock::take(&self.path) {
            Ok(Taken::Ours(lock)) => Ok(Some(Arc::new(lock))),
            Ok(Taken::Theirs(holder)) => Err(SaveError {
                path: self.path.clone(),
                step: SaveStep::Find,
                cause: io::Error::other(format!("{holder} has this session open")),
            }),
            Err(_) => Ok(None),
        }
    }
}
