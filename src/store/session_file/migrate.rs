//! From the files of older schemas to the types of the present one.

use std::io;
use std::path::{Path, PathBuf};

use ron::error::SpannedError;

use super::super::atomic::{self, Fs, SaveError, SaveStep};
use super::SCHEMA;
use super::doc::FileDoc;

/// Reads a file of schema `found`, the present one or an older one, strictly.
///
/// - 1 → 2: fields were added, none was changed. So one set of types reads both. The first change
///   that is more than that makes this a match on `found`, with the old types in a module of their
///   own and a `From` for each step.
pub(super) fn read(found: u32, text: &str) -> Result<FileDoc<'static>, SpannedError> {
    debug_assert!((1..=SCHEMA).contains(&found));
    ron::from_str(text)
}

/// Keeps the file of schema `found` at `path` as a copy beside it, and returns the copy's path. A
/// copy that holds the same already is enough; another file is never written over.
pub(super) fn keep(fs: &dyn Fs, path: &Path, found: u32) -> Result<PathBuf, SaveError> {
    let fail = |cause: io::Error| SaveError {
        path: path.to_owned(),
        step: SaveStep::Keep,
        cause,
    };
    let old = std::fs::read(path).map_err(fail)?;
    for number in 1_u32.. {
        let copy = copy_path(path, found, number);
        match std::fs::read(&copy) {
            Ok(bytes) if bytes == old => return Ok(copy),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                atomic::write(fs, &copy, &old).map_err(|error| fail(error.cause))?;
                return Ok(copy);
            }
            Err(error) => return Err(fail(error)),
        }
    }
    Err(fail(io::Error::other("there are too many copies already")))
}

/// `work.schema-1.ron`, `work.schema-1.2.ron` and so on.
fn copy_path(path: &Path, found: u32, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".schema-{found}"));
    if number > 1 {
        name.push(format!(".{number}"));
    }
    if let Some(end) = path.extension() {
        name.push(".");
        name.push(end);
    }
    path.with_file_name(name)
}
