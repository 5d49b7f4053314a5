//! Why a session file can't be loaded: what, where, and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ron::error::SpannedError;
use thiserror::Error;

use super::SCHEMA;

/// Why a session could not be loaded. The file is not touched.
#[derive(Debug)]
pub struct LoadError {
    /// What is wrong.
    pub reason: LoadReason,
    /// The file, where the text came from one.
    pub path: Option<PathBuf>,
}

impl LoadError {
    pub(super) fn in_file(self, path: &Path) -> Self {
        Self {
            path: Some(path.to_owned()),
            ..self
        }
    }
}

impl From<LoadReason> for LoadError {
    fn from(reason: LoadReason) -> Self {
        Self { reason, path: None }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", self.reason, path.display()),
            None => self.reason.fmt(f),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.reason)
    }
}

/// What is wrong with a session file.
#[derive(Debug, Error)]
pub enum LoadReason {
    /// The file can't be read.
    #[error("the session can't be read: {0}. Check the path and its permissions")]
    Io(io::Error),
    /// The text is not what a session file holds.
    #[error(
        "the session file is damaged at line {line}, column {column}: {why}. Mend that place in a \
         text editor, or open a copy made before"
    )]
    Damaged {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What was wrong there.
        why: String,
    },
    /// A newer version wrote it, and so much has changed that this one can't read it.
    #[error(
        "the session was written by a newer Attaché (schema {found}; this one knows up to {known}) \
         and can't be read from line {line}, column {column} on: {why}. Open it with the newer \
         version"
    )]
    Newer {
        /// The schema of the file.
        found: u32,
        /// The newest schema that this version knows.
        known: u32,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What was wrong there.
        why: String,
    },
    /// A schema that never was.
    #[error(
        "the session file names schema {found}, which never was. It is no session of Attaché, or damaged at its first line"
    )]
    UnknownSchema {
        /// The schema of the file.
        found: u32,
    },
}

impl LoadReason {
    pub(super) fn damaged(error: &SpannedError) -> Self {
        Self::Damaged {
            line: error.span.start.line,
            column: error.span.start.col,
            why: error.code.to_string(),
        }
    }

    pub(super) fn newer(found: u32, error: &SpannedError) -> Self {
        Self::Newer {
            found,
            known: SCHEMA,
            line: error.span.start.line,
            column: error.span.start.col,
            why: error.code.to_string(),
        }
    }

    pub(super) fn not_utf8(error: &std::string::FromUtf8Error) -> Self {
        let valid_len = error.utf8_error().valid_up_to();
        let valid = error.as_bytes().get(..valid_len).unwrap_or_default();
        let valid = String::from_utf8_lossy(valid);
        let line_start = valid.rfind('\n').map_or(0, |at| at + 1);
        Self::Damaged {
            line: valid.matches('\n').count() + 1,
            column: valid.get(line_start..).unwrap_or_default().chars().count() + 1,
            why: "the bytes there are not UTF-8".to_owned(),
        }
    }
}
