//! The files of a folder, as everything that reads articles goes through them: window, library and
//! command line find the same ones.
//!
//! Hidden files and folders are left out; links are followed, each loop once. The order is that of
//! names.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::import::{Reason, Unreadable};

/// What is no folder at `root` or below it: `root` itself, where it is a file.
pub fn files(root: &Path) -> impl Iterator<Item = Result<DirEntry, Unreadable>> + use<> {
    let walk = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    walk.filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some(Ok(entry)),
        Err(error) => unreadable(error).map(Err),
    })
}

/// Whether a file of a folder is an article, by its name. A library takes in other kinds as well.
#[must_use]
pub fn is_text(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
}

/// What is worth telling of an error of the walk: not a loop, whose files are read at the other
/// end, and not a broken link or hidden file that would have been left out anyway.
fn unreadable(error: walkdir::Error) -> Option<Unreadable> {
    let path: PathBuf = error.path().map(Path::to_owned).unwrap_or_default();
    let is_root = error.depth() == 0;
    let is_left_out = !is_root && path.file_name().is_some_and(is_hidden);
    if error.loop_ancestor().is_some() || is_left_out {
        return None;
    }
    let reason: Reason = error.into_io_error()?.into();
    let is_worth_telling = is_root || !matches!(reason, Reason::Missing) || is_text(&path);
    is_worth_telling.then_some(Unreadable { path, reason })
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}
