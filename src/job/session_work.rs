//! Opening and saving, off the interface's thread.

use std::path::PathBuf;
use std::sync::Arc;

use super::{JobId, Jobs};
use crate::model::session::{CorpusSource, Session};
use crate::model::view::View;
use crate::store::atomic::{Fs, SaveError};
use crate::store::corpus::Corpus;
use crate::store::import::Import;
use crate::store::session_file::{self, LoadError, Loaded};

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

    /// Saves the session as it is now as the file at `path`. Not to be cancelled: it ends with the
    /// old file or the new one. Give a shared session where it may be large: copying takes longer
    /// than a frame may. Two saves to one path may end in either order: await the first.
    pub fn save_session(
        &mut self,
        fs: Arc<dyn Fs>,
        path: PathBuf,
        session: impl Into<Arc<Session>>,
        view: View,
        message: impl FnOnce(PathBuf, Result<Option<PathBuf>, SaveError>) -> M + Send + 'static,
    ) -> JobId {
        let session = session.into();
        self.spawn("Saving", move |context| {
            let saved = session_file::save(fs.as_ref(), &path, &session, &view);
            context.send(message(path, saved));
        })
    }
}
