//! Each edit on the disk within a second, so that a crash costs no more than that.
//!
//! The journal is an append-only file beside the session (`work.ron.journal`); that of a session
//! without a file is in the user's data folder. It is text: one record a line, each with its CRC-32
//! and its number. The first line says what the journal builds on: the hash of the session file, or
//! a session that was never saved. Then come edits, undone and redone ones too, as places and what
//! stands there afterwards.
//!
//! **Exactly once.** Before a save puts a new file in place, a record tells the hash that the file
//! will have, and up to which edit it holds them. So whichever file a crash leaves, the journal says
//! which edits it lacks ([`Found::missing`]); a file that is in no record was changed by others.
//! After the save the journal is begun anew from there.
//!
//! **Torn tail.** A record without its line end, with a wrong CRC or a wrong number ends the
//! journal: what stands before it is used, and nothing after it.
//!
//! | module | useful for |
//! |---|---|
//! | `record` | one line of the file |
//! | `read` | a journal that a crash left |
//! | `write` | the thread that appends |
//! | `replay` | edits → the session as it was |

mod read;
mod record;
mod replay;
mod write;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub use read::{Found, JournalError, find_unsaved, read};
pub use replay::replay;
pub use write::{Announcer, Journal, Start};

use crate::model::edit::Edit;
use crate::model::ids::ArticleId;
use crate::model::session::Session;
use crate::store::on_disk::ContentHash;

/// Where the journal of the session at `session` may be, the likelier place first; `folder` is the
/// user's, for sessions whose own folder is not to be written to.
#[must_use]
pub fn places(session: &Path, folder: Option<&Path>) -> Vec<PathBuf> {
    let near = crate::store::beside::journal(session);
    let far = folder.map(|folder| write::elsewhere(folder, session));
    [Some(near), far].into_iter().flatten().collect()
}

/// What a journal builds on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// A session file of this content.
    File(ContentHash),
    /// A session that has no file.
    New(Box<Session>),
}

/// How an edit came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The analyst did it.
    Step,
    /// They typed on: it belongs to the step before.
    TypedOn,
    /// They took a step back.
    Undo,
    /// They did a step again that was taken back.
    Redo,
}

/// One change of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the journal, from 1.
    pub number: u64,
    /// When it was done; for reading only, never for order.
    pub at: Timestamp,
    /// How it came about.
    pub act: Act,
    /// The name of the step.
    pub name: String,
    /// Where it happened.
    pub article: Option<ArticleId>,
    /// What was applied to the session.
    pub edit: Edit,
}

impl Entry {
    /// What was done, in words: "Accept claim", "Undo: Accept claim".
    #[must_use]
    pub fn words(&self) -> String {
        match self.act {
            Act::Step | Act::TypedOn => self.name.clone(),
            Act::Undo => format!("Undo: {}", self.name),
            Act::Redo => format!("Redo: {}", self.name),
        }
    }
}

#[cfg(test)]
mod tests;
