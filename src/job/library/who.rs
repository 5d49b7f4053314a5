//! Who is who in a library, where an analyst changed it: kept beside the list of parts, so that what
//! is taken in later is read alike. The file is that of a session in which nothing else is said.

use std::path::Path;

use super::facts::Reading;
use crate::model::actor::ActorBook;
use crate::model::ids::ItemId;
use crate::model::session::{CorpusSource, Session};
use crate::model::view::View;
use crate::store::atomic::{self, Fs};
use crate::store::library::LibraryError;
use crate::store::session_file;

const FILE: &str = "actors.ron";
const WHAT: &str = "the library's actors";

/// Writes down who is who for the library in `dir`; nothing where nobody changed it.
pub(super) fn write(fs: &dyn Fs, dir: &Path, reading: &Reading) -> Result<(), LibraryError> {
    if reading.actors == ActorBook::default() {
        return Ok(());
    }
    let path = dir.join(FILE);
    let id = ItemId(uuid::Uuid::now_v7());
    let source = CorpusSource::Library(dir.to_owned());
    let session = Session {
        actors: reading.actors.clone(),
        ..Session::new(id, source, reading.focus.clone(), String::new())
    };
    let text = session_file::to_ron(&session, &View::default(), Some(dir))
        .map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
    Ok(atomic::write(fs, &path, text.as_bytes())?)
}

/// Who is who in the library in `dir`, which was made with a changed list of actors.
pub(super) fn read(dir: &Path) -> Result<ActorBook, LibraryError> {
    let path = dir.join(FILE);
    let text =
        std::fs::read_to_string(&path).map_err(LibraryError::io("reading the library", &path))?;
    let loaded = session_file::from_ron(&text, Some(dir))
        .map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
    Ok(loaded.session.actors)
}
