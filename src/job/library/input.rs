//! Where a library's articles come from: folders and files of text, JSON lines, CSV.
//!
//! What is found has an order (that of the places given, and of names in a folder), so that the
//! same places give the same articles in the same order.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use super::csv_columns::CsvColumns;
use super::{csv_rows, json_lines};
use crate::model::date::When;
use crate::model::ids::ArticleId;
use crate::store::corpus::id_of;
use crate::store::decode::decode;
use crate::store::import::{MAX_FILE_BYTES, Reason, Unreadable, bytes_of};
use crate::store::walk;
use crate::store::watch::Watch;

/// A line of JSON or a row of CSV longer than this is no article, in bytes.
pub(super) const MAX_RECORD_BYTES: u64 = MAX_FILE_BYTES;

/// How a file holds articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is one.
    Text,
    /// One a line, as JSON.
    JsonLines,
    /// One a row.
    Csv,
}

impl Kind {
    fn of(path: &Path) -> Option<Self> {
        if walk::is_text(path) {
            return Some(Self::Text);
        }
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" => Some(Self::Text),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// A file with articles.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// Its path as text, as the list of what was taken in has it.
    pub(super) file: Arc<str>,
    /// What an article that is this file is called: its path below the folder that was given.
    pub(super) source: Box<str>,
    pub(super) kind: Kind,
    pub(super) size: u64,
    /// In nanoseconds since 1970; 0: not known.
    pub(super) modified: i64,
}

/// Something that could not be read, with the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, the place in it, or the part of a library.
    pub what: String,
    /// Why, and what to do.
    pub why: String,
}

/// An article on its way into a library.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) id: ArticleId,
    pub(super) source: Box<str>,
    pub(super) url: Option<Box<str>>,
    pub(super) title: Option<Box<str>>,
    pub(super) published: Option<When>,
    pub(super) encoding: &'static str,
    pub(super) size_bytes: u64,
    pub(super) text: String,
}

/// The files of `from` that hold articles, in order; what can't be looked at, though it is there,
/// is handed to `unseen`. Stops early when it is cancelled.
pub(super) fn find(
    from: &[PathBuf],
    watch: &dyn Watch,
    unseen: &mut dyn FnMut(&Path, Problem),
    problem: &mut dyn FnMut(Problem),
) -> Vec<Place> {
    let mut places = Vec::new();
    for root in from {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.clone());
        for entry in walk::files(&root) {
            if watch.is_cancelled() {
                return places;
            }
            match entry {
                Ok(entry) => places.extend(place(&root, &entry, problem)),
                Err(Unreadable { path, reason }) => {
                    let is_gone = matches!(reason, Reason::Missing);
                    let told = unread(&path, reason);
                    if is_gone {
                        problem(told);
                    } else {
                        unseen(&path, told);
                    }
                }
            }
            if places.len().is_multiple_of(1_024) {
                watch.report(places.len() as u64, 0, "Finding articles");
            }
        }
    }
    places
}

fn place(
    root: &Path,
    entry: &walkdir::DirEntry,
    problem: &mut dyn FnMut(Problem),
) -> Option<Place> {
    let path = entry.path();
    // A file that is named is meant, whatever its name ends with.
    let kind = Kind::of(path).or_else(|| (entry.depth() == 0).then_some(Kind::Text))?;
    let meta = match entry.metadata() {
        Ok(meta) if meta.is_file() => meta,
        Ok(_) => {
            problem(unread(path, Reason::Special));
            return None;
        }
        Err(error) => {
            problem(unread(path, error));
            return None;
        }
    };
    let below = path.strip_prefix(root).unwrap_or(path);
    let shown = if below.as_os_str().is_empty() {
        path.file_name().map_or(path, Path::new)
    } else {
        below
    };
    let names: Vec<_> = shown.iter().map(|name| name.to_string_lossy()).collect();
    let modified = meta.modified().ok();
    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(Place {
        file: crate::store::session_file::path_to_text(path).into(),
        path: path.to_owned(),
        source: names.join("/").into(),
        kind,
        size: meta.len(),
        modified: since.map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(0)),
    })
}

#[expect(clippy::needless_pass_by_value, reason = "callers hand over errors")]
pub(super) fn unread(path: &Path, why: impl ToString) -> Problem {
    Problem {
        what: path.display().to_string(),
        why: why.to_string(),
    }
}

/// Who takes articles, or what could not be read, until it answers `false`.
pub(super) type Take<'a> = &'a mut dyn FnMut(Result<Incoming, Problem>) -> bool;

/// Calls `take` with every article of a file, or with what could not be read, until it answers
/// `false`.
pub(super) fn read(place: &Place, csv: &CsvColumns, take: Take<'_>) {
    let problem = match place.kind {
        Kind::Text => match text_file(place) {
            Ok(incoming) => {
                take(Ok(incoming));
                return;
            }
            Err(reason) => Some(unread(&place.path, reason)),
        },
        Kind::JsonLines => json_lines::read(place, take).err(),
        Kind::Csv => csv_rows::read(place, csv, take).err(),
    };
    if let Some(problem) = problem {
        take(Err(problem));
    }
}

fn text_file(place: &Place) -> Result<Incoming, Reason> {
    let bytes = bytes_of(&place.path)?;
    let decoded = decode(&bytes)?;
    Ok(Incoming {
        id: id_of(&bytes),
        source: place.source.clone(),
        url: None,
        title: None,
        published: None,
        encoding: decoded.encoding,
        size_bytes: bytes.len() as u64,
        text: decoded.text,
    })
}
