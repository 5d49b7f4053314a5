//! The full-text index of a part, beside its Parquet files.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::build::lock;
use super::input::Problem;
use crate::index::{IndexError, PartIndex, PartWriter};
use crate::store::library::manifest::Manifest;
use crate::store::library::part::{self, INDEX};
use crate::store::library::{LibraryError, read};
use crate::store::watch::Watch;

/// Makes the index of a part, article by article.
pub(super) struct Maker {
    writer: PartWriter,
    folder: std::path::PathBuf,
}

impl Maker {
    /// An index of no articles, in the part that is written in `folder`.
    pub(super) fn new(folder: &Path) -> Result<Self, LibraryError> {
        let folder = folder.join(INDEX);
        std::fs::create_dir_all(&folder).map_err(LibraryError::io("making a folder", &folder))?;
        let writer = PartWriter::in_folder(&folder).map_err(failed(&folder))?;
        Ok(Self { writer, folder })
    }

    /// Takes in the next article.
    pub(super) fn push(&mut self, title: &str, text: &str) {
        self.writer.add(title, text);
    }

    /// Completes it. Its files are closed again, so that the folder can be renamed.
    pub(super) fn finish(self) -> Result<(), LibraryError> {
        self.writer.finish().map(drop).map_err(failed(&self.folder))
    }
}

fn failed(folder: &Path) -> impl FnOnce(IndexError) -> LibraryError {
    let failed = LibraryError::io("writing the index", folder);
    move |error| failed(io::Error::other(error))
}

/// Opens the indexes of all parts, in order; those that are missing or damaged are made again, in
/// the library where that can be written, else in memory. `None`: it was stopped.
pub(super) fn open_all(
    dir: &Path,
    manifest: &Manifest,
    watch: &dyn Watch,
    problems: &mut Vec<Problem>,
) -> Result<Option<Vec<Arc<PartIndex>>>, LibraryError> {
    let found: Vec<_> = manifest
        .parts
        .par_iter()
        .map(|entry| PartIndex::open(&Manifest::part_folder(dir, &entry.name).join(INDEX)))
        .collect();
    let mut opened = Vec::with_capacity(manifest.parts.len());
    let mut hold = None;
    for (entry, found) in manifest.parts.iter().zip(found) {
        let folder = Manifest::part_folder(dir, &entry.name);
        let index = match found {
            Ok(index) if index.rows() == entry.articles => index,
            found => {
                if part::has_index(&folder) {
                    let why = found.err().map_or_else(
                        || "it holds another number of articles".to_owned(),
                        |error| error.to_string(),
                    );
                    problems.push(Problem {
                        what: format!("the index of part {}", entry.name),
                        why: format!("{why}. It was made again"),
                    });
                }
                watch.report(opened.len() as u64, 0, "Making an index again");
                // Whoever builds or updates the library holds it: then this one is for now only.
                let hold = hold.get_or_insert_with(|| lock(dir).ok());
                match make_again(&folder, hold.is_some(), watch)? {
                    Some(index) => index,
                    None => return Ok(None),
                }
            }
        };
        opened.push(Arc::new(index));
    }
    Ok(Some(opened))
}

/// The indexes that are missing, are damaged or are of other articles, by part. Reads all of them.
pub(super) fn broken(dir: &Path, manifest: &Manifest) -> Vec<Problem> {
    let parts = manifest.parts.iter();
    let broken = parts.filter_map(|entry| {
        let folder = Manifest::part_folder(dir, &entry.name);
        let why = match PartIndex::open(&folder.join(INDEX)) {
            Ok(index) if index.rows() == entry.articles => damage(&folder)?,
            Ok(_) => "it holds another number of articles".to_owned(),
            // Parts made elsewhere come without one.
            Err(_) if !part::has_index(&folder) && matches!(part::look(&folder), Ok(None)) => {
                return None;
            }
            Err(error) => error.to_string(),
        };
        Some(Problem {
            what: format!("the index of part {}", entry.name),
            why: format!("{why}. `attache library update` takes it away, and opening the library makes it again"),
        })
    });
    broken.collect()
}

/// What is wrong with the index of the part in `folder`, if there is one. Reads all of it.
pub(super) fn damage(folder: &Path) -> Option<String> {
    if !part::has_index(folder) {
        return None;
    }
    match PartIndex::damaged_files(&folder.join(INDEX)) {
        Ok(files) => files.first().map(|file| {
            format!(
                "the checksum of {} is another one than when it was written",
                file.display()
            )
        }),
        Err(error) => Some(error.to_string()),
    }
}

fn make_again(
    folder: &Path,
    is_to_keep: bool,
    watch: &dyn Watch,
) -> Result<Option<PartIndex>, LibraryError> {
    if is_to_keep {
        let beside = part::unfinished_in(folder);
        let kept = keep_again(folder, &beside, watch);
        let _ = std::fs::remove_dir_all(&beside);
        if kept.is_ok() {
            return kept;
        }
    }
    // The library may lie where nobody may write.
    let writer = PartWriter::in_memory().map_err(failed(folder))?;
    fill(folder, writer, watch)
}

/// Makes an index in `beside`, and moves it to where that of the part belongs when it is complete.
fn keep_again(
    folder: &Path,
    beside: &Path,
    watch: &dyn Watch,
) -> Result<Option<PartIndex>, LibraryError> {
    std::fs::create_dir(beside).map_err(LibraryError::io("making a folder", beside))?;
    let writer = PartWriter::in_folder(beside).map_err(failed(beside))?;
    let Some(made) = fill(folder, writer, watch)? else {
        return Ok(None);
    };
    drop(made);
    part::sync_all(beside)?;
    let target = folder.join(INDEX);
    if target.exists() {
        std::fs::remove_dir_all(&target).map_err(LibraryError::io("removing an index", &target))?;
    }
    std::fs::rename(beside, &target).map_err(LibraryError::io("naming an index", &target))?;
    PartIndex::open(&target).map(Some).map_err(failed(&target))
}

fn fill(
    folder: &Path,
    mut writer: PartWriter,
    watch: &dyn Watch,
) -> Result<Option<PartIndex>, LibraryError> {
    let mut is_going_on = true;
    read::texts_of(folder, |title, text| {
        writer.add(title, text);
        is_going_on = !watch.is_cancelled();
        is_going_on
    })?;
    if !is_going_on {
        return Ok(None);
    }
    writer.finish().map(Some).map_err(failed(folder))
}
