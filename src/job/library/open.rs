//! Opening and checking a library.
//!
//! Budget: 300 ms for a million articles in a warm file cache: the view is read in one go, and no
//! text. The indexes are opened after what is shown first: cold, a disk takes as long for the ends
//! of their many files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::build::{are_same, settings_of};
use super::facts::Reading;
use super::finish::{self, Columns};
use super::index;
use super::input::Problem;
use super::make::sites_of;
use super::mend::{self, Known};
use crate::analysis::across::Across;
use crate::analysis::table::{Part, Table};
use crate::extract::site::Sites;
use crate::index::PartIndex;
use crate::store::corpus::Corpus;
use crate::store::library::manifest::Manifest;
use crate::store::library::{LibraryError, catalog, listing, part, read};
use crate::store::watch::Watch;

/// A library that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Where it lies.
    pub dir: PathBuf,
    /// What it was made with, and the parts that are whole.
    pub manifest: Manifest,
    /// Its articles.
    pub corpus: Arc<Corpus>,
    /// What list and charts show of them, part by part in the order of the corpus.
    pub parts: Vec<Arc<Part>>,
    /// The same as one table.
    pub table: Table,
    /// Which articles are duplicates, and which claims are one event, by row.
    pub across: Across,
    /// What the sources of each part are known for. Empty where nobody looked.
    pub sites: Vec<Arc<Sites>>,
    /// What of it is damaged, each with what was done about it.
    pub problems: Vec<Problem>,
    /// How many articles are left out with what is damaged.
    pub left_out: u64,
}

impl Opened {
    /// Whether it was made as `reading` reads articles, so that what it tells can be taken as it
    /// is.
    #[must_use]
    pub fn was_made_with(&self, reading: &Reading) -> bool {
        are_same(&self.manifest.settings, &settings_of(reading))
    }
}

/// Opens the library in `dir`. A part that is damaged is left out and told of; a view that is
/// missing or damaged is made again in memory. `None`: it was stopped.
///
/// # Errors
/// When there is no library, or its manifest is damaged or of a newer version.
pub fn open_library(dir: &Path, watch: &dyn Watch) -> Result<Option<Opened>, LibraryError> {
    let mut manifest = Manifest::load(dir)?;
    let listed = manifest.articles();
    let mut problems = Vec::new();
    leave_out(dir, &mut manifest, &mut problems, |folder| {
        part::look(folder).map(drop)
    });
    let view =
        || listing::view_of(dir, &manifest).and_then(|view| finish::read_view(&view, &manifest));
    let (known, mut sites) = rayon::join(view, || sites(dir, &manifest));
    let columns = match known {
        Ok(columns) => Some(columns),
        Err(error) => {
            if manifest.view.is_some() && problems.is_empty() {
                problems.push(Problem {
                    what: "the view".to_owned(),
                    why: format!(
                        "{error}. It was made again for now; `attache library update` keeps it"
                    ),
                });
            }
            let columns = remake(dir, &mut manifest, watch, &mut problems)?;
            // Parts may have been left out.
            sites = self::sites(dir, &manifest);
            columns
        }
    };
    let Some(Columns {
        listing: columns,
        parts,
        across,
    }) = columns
    else {
        return Ok(None);
    };
    Ok(Some(Opened {
        dir: dir.to_owned(),
        sites,
        corpus: Arc::new(listing::corpus(dir, &manifest, columns)),
        table: Table::of_parts(parts.iter().cloned()),
        parts,
        across,
        problems,
        left_out: listed - manifest.articles(),
        manifest,
    }))
}

/// The full-text indexes of a library.
#[derive(Debug)]
pub struct Indexes {
    /// Of its parts, in their order.
    pub parts: Vec<Arc<PartIndex>>,
    /// What of them is damaged, each with what was done about it.
    pub problems: Vec<Problem>,
}

/// Opens the full-text indexes of the parts that the manifest lists. Those that are
/// missing or damaged are made again, in the library where that can be written, else in memory;
/// each that was damaged is told of. `None`: it was stopped.
///
/// # Errors
/// When an index can neither be read nor made again.
pub fn open_indexes(
    dir: &Path,
    manifest: &Manifest,
    watch: &dyn Watch,
) -> Result<Option<Indexes>, LibraryError> {
    let mut problems = Vec::new();
    let parts = index::open_all(dir, manifest, watch, &mut problems)?;
    Ok(parts.map(|parts| Indexes { parts, problems }))
}

/// What the sources of each part are known for.
fn sites(dir: &Path, manifest: &Manifest) -> Vec<Arc<Sites>> {
    let sites = manifest.parts.par_iter().map(|entry| {
        let folder = Manifest::part_folder(dir, &entry.name);
        // Without them articles are read as if each stood alone.
        Arc::new(sites_of(&folder).unwrap_or_default())
    });
    sites.collect()
}

/// Takes parts off the list that `look` finds damaged.
fn leave_out(
    dir: &Path,
    manifest: &mut Manifest,
    problems: &mut Vec<Problem>,
    look: impl Fn(&Path) -> Result<(), LibraryError>,
) {
    manifest.parts.retain(|entry| {
        let looked = look(&Manifest::part_folder(dir, &entry.name));
        if let Err(error) = &looked {
            problems.push(Problem {
                what: format!("part {}", entry.name),
                why: format!(
                    "{error}. Its {} articles are left out; `attache library update` takes them \
                     in again",
                    entry.articles
                ),
            });
        }
        looked.is_ok()
    });
}

fn remake(
    dir: &Path,
    manifest: &mut Manifest,
    watch: &dyn Watch,
    problems: &mut Vec<Problem>,
) -> Result<Option<Columns>, LibraryError> {
    let first = finish::make(dir, manifest, watch);
    if first.is_ok() {
        return first;
    }
    // Some table can't be read though its length is right: find out which.
    leave_out(dir, manifest, problems, |folder| {
        read::articles(folder, |_| true)
    });
    finish::make(dir, manifest, watch)
}

/// What a check came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Articles in parts that are whole.
    pub articles: u64,
    /// Parts that are whole.
    pub parts: usize,
    /// All places were gone through when it was last built or updated.
    pub complete: bool,
    /// It was stopped before all was looked at.
    pub cancelled: bool,
    /// What is damaged.
    pub problems: Vec<Problem>,
}

/// Reads all of the library in `dir` and compares its checksums. Changes nothing.
///
/// # Errors
/// When there is no library, or its manifest is of a newer version.
pub fn check(dir: &Path, watch: &dyn Watch) -> Result<Checked, LibraryError> {
    let Some(Known {
        manifest, damage, ..
    }) = mend::known(dir)?
    else {
        return Err(LibraryError::None {
            path: dir.to_owned(),
        });
    };
    let mut checked = Checked {
        complete: manifest.complete,
        ..Checked::default()
    };
    checked.problems.extend(damage.map(|why| Problem {
        what: "the library's list of parts".to_owned(),
        why: format!(
            "it can't be read ({why}). `attache library update` makes it again from the parts"
        ),
    }));
    let total = manifest.articles();
    for entry in &manifest.parts {
        if watch.is_cancelled() {
            checked.cancelled = true;
            return Ok(checked);
        }
        watch.report(checked.articles, total, "Checking the library");
        let folder = Manifest::part_folder(dir, &entry.name);
        let mut held = 0;
        let looked = part::verify(&folder).and_then(|_| {
            read::articles(&folder, |_| {
                held += 1;
                true
            })
        });
        let problem = |why: String| Problem {
            what: format!("part {}", entry.name),
            why,
        };
        match looked {
            Ok(()) if held == entry.articles => {
                checked.parts += 1;
                checked.articles += u64::from(held);
            }
            Ok(()) => checked.problems.push(problem(format!(
                "it holds {held} articles instead of {}",
                entry.articles
            ))),
            Err(error) => checked.problems.push(problem(error.to_string())),
        }
    }
    checked.problems.extend(index::broken(dir, &manifest));
    if let Some(name) = &manifest.catalog
        && let Err(error) = catalog::read(dir, name)
    {
        checked.problems.push(Problem {
            what: "the list of what was taken in".to_owned(),
            why: error.to_string(),
        });
    }
    if manifest.view.is_some() {
        let view = listing::view_of(dir, &manifest);
        if let Err(error) = view.and_then(|view| finish::read_view(&view, &manifest)) {
            checked.problems.push(Problem {
                what: "the view".to_owned(),
                why: error.to_string(),
            });
        }
    }
    Ok(checked)
}
