//! Files and folders → a corpus, and a list of what could not be read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use thiserror::Error;

use super::corpus::{Corpus, Entry, id_of};
use super::decode::{self, NotText};
use super::walk;
use super::watch::Watch;
use crate::model::session::CorpusSource;

/// A file larger than this is no article, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// What an import gives, also when it was stopped halfway.
#[derive(Debug)]
pub struct Import {
    /// What could be read.
    pub corpus: Corpus,
    /// What could not, in the order of the files.
    pub unreadable: Vec<Unreadable>,
    /// It was stopped before all was read.
    pub cancelled: bool,
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The file or folder.
    pub path: PathBuf,
    /// Why, and what to do.
    pub reason: Reason,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

/// Why something could not be read.
#[derive(Debug, Error)]
pub enum Reason {
    /// Nothing is there.
    #[error("there is no such file or folder. Check the path")]
    Missing,
    /// The system refuses.
    #[error("no permission to read it. Ask its owner for the right to read")]
    Denied,
    /// Longer than [`MAX_FILE_BYTES`].
    #[error("it is larger than 256 MB, which no article is. Split it")]
    TooLarge,
    /// Neither a file nor a folder.
    #[error("it is neither a file nor a folder")]
    Special,
    /// It is no text.
    #[error("{0}")]
    NotText(#[from] NotText),
    /// A library or a part of it, as its store says.
    #[error("{0}")]
    Library(Box<super::library::LibraryError>),
    /// Anything else that the system says.
    #[error("the system says: {0}")]
    Io(io::Error),
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Io(error),
        }
    }
}

impl Corpus {
    /// Reads `paths`: a file as it is, a folder's `.txt` files with those of its subfolders; see
    /// [`walk`].
    ///
    /// The order of rows is that of `paths` and, in a folder, of names. The same bytes in several files are
    /// one article with several sources. Reads on all cores.
    #[must_use]
    pub fn import(paths: &[PathBuf], watch: &dyn Watch) -> Import {
        let found = find(paths, watch);
        let total = found.files.len() as u64;
        let done = AtomicU64::new(0);
        let read: Vec<Option<Result<Entry, Reason>>> = found
            .files
            .par_iter()
            .map(|file| {
                if watch.is_cancelled() {
                    return None;
                }
                let result = read(file, &found.roots);
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                watch.report(done, total, "Reading articles");
                Some(result)
            })
            .collect();

        let mut unreadable = found.unreadable;
        let mut entries = Vec::with_capacity(read.len());
        let mut cancelled = found.cancelled;
        for (file, result) in found.files.iter().zip(read) {
            match result {
                Some(Ok(entry)) => entries.push(entry),
                Some(Err(reason)) => unreadable.push(Unreadable {
                    path: file.path(&found.roots),
                    reason,
                }),
                None => cancelled = true,
            }
        }
        Import {
            corpus: Self::from_entries(found.roots, &entries),
            unreadable,
            cancelled,
        }
    }

    /// The articles that a session is about.
    #[must_use]
    pub fn open(source: &CorpusSource, watch: &dyn Watch) -> Import {
        match source {
            CorpusSource::Sample => Import {
                corpus: Self::sample(),
                unreadable: Vec::new(),
                cancelled: false,
            },
            CorpusSource::Paths(paths) => Self::import(paths, watch),
            CorpusSource::Library(folder) => super::library::listing::open(folder),
        }
    }
}

/// A file to read.
struct File {
    /// Index into the roots.
    root: u32,
    /// Path below the root; empty: the root is the file.
    below: PathBuf,
}

impl File {
    fn path(&self, roots: &[PathBuf]) -> PathBuf {
        let root = roots.get(self.root as usize).cloned().unwrap_or_default();
        if self.below.as_os_str().is_empty() {
            root
        } else {
            root.join(&self.below)
        }
    }
}

struct Found {
    /// Absolute, so that a text can be read again from any working folder.
    roots: Vec<PathBuf>,
    files: Vec<File>,
    unreadable: Vec<Unreadable>,
    cancelled: bool,
}

fn find(paths: &[PathBuf], watch: &dyn Watch) -> Found {
    let mut found = Found {
        roots: paths
            .iter()
            .map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()))
            .collect(),
        files: Vec::new(),
        unreadable: Vec::new(),
        cancelled: false,
    };
    for (number, root) in (0..).zip(found.roots.clone()) {
        for entry in walk::files(&root) {
            if watch.is_cancelled() {
                found.cancelled = true;
                return found;
            }
            match entry {
                // A file that is named is meant, whatever its name ends with.
                Ok(entry) if entry.depth() == 0 || walk::is_text(entry.path()) => {
                    if let Ok(below) = entry.path().strip_prefix(&root) {
                        found.files.push(File {
                            root: number,
                            below: below.to_owned(),
                        });
                        watch.report(found.files.len() as u64, 0, "Finding articles");
                    }
                }
                Ok(_) => {}
                Err(unreadable) => found.unreadable.push(unreadable),
            }
        }
    }
    found
}

/// The bytes of a file that is to be an article.
///
/// # Errors
/// When it is none: a pipe or device, which might never end, or far too large; or when it can't be
/// read.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Reason> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(Reason::Special);
    }
    if meta.len() > MAX_FILE_BYTES {
        return Err(Reason::TooLarge);
    }
    Ok(std::fs::read(path)?)
}

fn read(file: &File, roots: &[PathBuf]) -> Result<Entry, Reason> {
    let bytes = bytes_of(&file.path(roots))?;
    let decoded = decode::decode(&bytes)?;
    Ok(Entry {
        id: id_of(&bytes),
        size_bytes: bytes.len() as u64,
        encoding: decoded.encoding,
        root: file.root,
        below: file.below.clone(),
    })
}

#[cfg(test)]
mod tests;
