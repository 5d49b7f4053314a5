//! Why a library can't be read or written.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::store::atomic::SaveError;

/// Why a library, or a file of it, can't be read or written.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// There is no manifest.
    #[error("there is no library in this folder. Make one with `attache library build`: {}", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
    /// A newer version of the program wrote it.
    #[error("a newer version of Attaché made this library (schema {schema}; this one knows {known}). Update Attaché: {}", path.display())]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its schema.
        schema: u32,
        /// The newest schema that this program knows.
        known: u32,
    },
    /// The manifest can't be read; what is in the parts is as it was.
    #[error("the library's list of parts can't be read: {why}. `attache library update` makes it again from the parts, which hold all articles: {}", path.display())]
    Unlisted {
        /// What is wrong with it.
        why: String,
        /// The manifest.
        path: PathBuf,
    },
    /// The manifest can't be read, nor what the library was made with.
    #[error("the library's list of parts can't be read, nor for which focus it was made. `attache library build` with the same folders and --focus makes the list again from the parts, which hold all articles: {}", path.display())]
    Unset {
        /// The manifest.
        path: PathBuf,
    },
    /// A file does not hold what it should.
    #[error("{what} is damaged: {why}: {}", path.display())]
    Damaged {
        /// What the file is, in words.
        what: &'static str,
        /// What is wrong with it.
        why: String,
        /// The file.
        path: PathBuf,
    },
    /// It was made with other settings than those that are asked for.
    #[error("there is another library here: {why}. Choose another folder, or bring this one up to date with `attache library update`: {}", path.display())]
    Other {
        /// What is different.
        why: String,
        /// The folder.
        path: PathBuf,
    },
    /// A library is to be made in a folder that holds something else.
    #[error("this folder holds other files, and a library needs a folder of its own. Name a new or an empty one, before the folders and files to read: {}", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// There is nothing to make a library of.
    #[error("there is nothing here to make a library of. Check the path: {}", path.display())]
    Nothing {
        /// The first folder or file that was named.
        path: PathBuf,
    },
    /// Another process writes to it.
    #[error("another process is building or updating this library. Wait for it to end: {}", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("{what} failed: {cause}{}: {}", advice(cause), path.display())]
    Io {
        /// What was done, in words.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file could not be replaced.
    #[error(transparent)]
    Save(#[from] SaveError),
}

fn advice(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ". Free some space; what is complete is kept, and the same command goes on"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ". Check that you may write there"
        }
        _ => "",
    }
}

impl LibraryError {
    /// Whether it says that a file is gone or does not hold what it should; not so where it can't
    /// be read now, for whatever reason.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged { .. } => true,
            Self::Io { cause, .. } => cause.kind() == io::ErrorKind::NotFound,
            _ => false,
        }
    }

    /// A failure of the system while doing `what` with `path`.
    pub fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Io { what, path, cause }
    }

    /// `path`, which is `what`, does not hold what it should.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over errors")]
    pub fn damaged(what: &'static str, path: &Path, why: impl ToString) -> Self {
        Self::Damaged {
            what,
            why: why.to_string(),
            path: path.to_owned(),
        }
    }
}
