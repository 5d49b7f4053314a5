//! What only all parts together tell, once all of them are there, and the view.
//!
//! Memory: the columns of all parts with their sketches, some 500 bytes an article.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::facts::facts_of;
use super::input::Problem;
use super::view;
use crate::analysis::across::Across;
use crate::analysis::event::{EventColumns, Events};
use crate::analysis::near::Folds;
use crate::analysis::table::{Keep, Lists, Part, PartBuilder, Table};
use crate::store::corpus::LibraryColumns;
use crate::store::library::manifest::{Manifest, PartEntry};
use crate::store::library::view::{View, ViewWriter};
use crate::store::library::{LibraryError, listing, read};
use crate::store::watch::Watch;

/// What the views show of a library.
pub(super) struct Columns {
    pub(super) listing: LibraryColumns,
    pub(super) parts: Vec<Arc<Part>>,
    pub(super) across: Across,
}

/// Works out what all parts together tell and writes the view. Answers its name; `None`: it was
/// stopped. A view that is there and whole is left as it is.
pub(super) fn finish(
    dir: &Path,
    manifest: &Manifest,
    watch: &dyn Watch,
    problems: &mut Vec<Problem>,
) -> Result<Option<String>, LibraryError> {
    let name = listing::view_name(manifest);
    if let Ok(found) = listing::view_of(dir, manifest)
        && read_view(&found, manifest).is_ok()
    {
        return Ok(Some(name));
    }
    let Some(columns) = make(dir, manifest, watch)? else {
        return Ok(None);
    };
    if let Err(error) = write_view(dir, manifest, &columns) {
        // It is a cache: without it the library only opens more slowly.
        problems.push(Problem {
            what: "the view".to_owned(),
            why: format!("{error}. Until it can be written the library opens slowly"),
        });
    }
    Ok(Some(name))
}

/// Makes the columns from the Parquet files of all parts. `None`: it was stopped.
///
/// # Errors
/// When a part is damaged.
pub(super) fn make(
    dir: &Path,
    manifest: &Manifest,
    watch: &dyn Watch,
) -> Result<Option<Columns>, LibraryError> {
    let done = AtomicU64::new(0);
    let total = manifest.articles();
    let made: Result<Vec<Option<Part>>, LibraryError> = manifest
        .parts
        .par_iter()
        .map(|entry| part(dir, entry, watch, &done, total))
        .collect();
    let Some(parts) = made?.into_iter().collect::<Option<Vec<Part>>>() else {
        return Ok(None);
    };
    let parts: Vec<Arc<Part>> = parts.into_iter().map(Arc::new).collect();
    watch.report(total, total, "Looking for duplicates and events");
    let table = Table::of_parts(parts.iter().cloned());
    let across = Across::new(&table, &|_| false);
    // It holds the parts.
    drop(table);
    if watch.is_cancelled() {
        return Ok(None);
    }
    // One after the other: at a million articles what the first works with and what the second makes
    // are a quarter of a gigabyte each.
    let parts = parts.into_iter().map(for_views).collect();
    Ok(Some(Columns {
        listing: listing::make(dir, manifest)?,
        parts,
        across,
    }))
}

fn part(
    dir: &Path,
    entry: &PartEntry,
    watch: &dyn Watch,
    done: &AtomicU64,
    total: u64,
) -> Result<Option<Part>, LibraryError> {
    let mut builder = PartBuilder::new(Keep {
        sketches: true,
        passages: true,
        ..Keep::VIEWS
    });
    let folder = Manifest::part_folder(dir, &entry.name);
    let mut is_going_on = true;
    read::articles(&folder, |row| {
        builder.push(&facts_of(row));
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(1_024) {
            watch.report(done, total, "Reading the library's tables");
        }
        is_going_on = !watch.is_cancelled();
        is_going_on
    })?;
    Ok(is_going_on.then(|| builder.finish()))
}

/// A part without what is only needed to look across all of them.
fn for_views(part: Arc<Part>) -> Arc<Part> {
    let mut part = Arc::unwrap_or_clone(part);
    part.sketches = Vec::new();
    part.passages = Vec::new();
    part.items = Lists::default();
    Arc::new(part)
}

fn write_view(dir: &Path, manifest: &Manifest, columns: &Columns) -> Result<(), LibraryError> {
    let name = listing::view_name(manifest);
    let (folder, name) = name.split_once('/').unwrap_or(("view", &name));
    let mut out = ViewWriter::new(&dir.join(folder))?;
    listing::write(&mut out, &columns.listing)?;
    for (number, part) in columns.parts.iter().enumerate() {
        view::write(&mut out, number, part)?;
    }
    let mut members = Vec::new();
    for (head, folded) in columns.across.folds.groups() {
        members.push(head);
        members.push(u32::try_from(folded.len()).unwrap_or(u32::MAX));
        members.extend(folded);
    }
    out.push("folds", &members)?;
    let events = columns.across.events.columns();
    out.push("events/ends", &events.ends)?;
    out.push("events/rows", &events.rows)?;
    out.push("events/keys", &events.keys)?;
    out.push("events/joined", &events.joined)?;
    out.push("events/seeds", &events.seeds)?;
    out.push("events/order", columns.across.events.order())?;
    out.finish(name)
}

/// Reads what a view holds.
///
/// # Errors
/// When it is not as it was written, or of other parts.
pub(super) fn read_view(found: &View, manifest: &Manifest) -> Result<Columns, LibraryError> {
    let mut ranges = Vec::new();
    let mut end = 0_usize;
    for part in &manifest.parts {
        let start = end;
        end += part.articles as usize;
        ranges.push(start..end);
    }
    let parts = || -> Result<Vec<Part>, LibraryError> {
        let numbered = ranges.par_iter().enumerate();
        let parts = numbered.map(|(number, rows)| {
            // While it is in the processor's cache.
            let part = view::read(found, number)?;
            if part.is_sound(rows.len()) {
                Ok(part)
            } else {
                Err(found.damaged("its columns do not fit together"))
            }
        });
        parts.collect()
    };
    let ((listing, across), parts) = rayon::join(
        || rayon::join(|| listing::read(found), || read_across(found, end)),
        parts,
    );
    let listing = listing?;
    if end != listing.ids.len() {
        return Err(found.damaged("it has another number of articles than the library"));
    }
    let parts = parts?.into_par_iter().zip(ranges).map(|(mut part, rows)| {
        part.ids = listing.ids.get(rows).unwrap_or_default().to_vec();
        Arc::new(part)
    });
    Ok(Columns {
        parts: parts.collect(),
        across: across?,
        listing,
    })
}

fn read_across(found: &View, len: usize) -> Result<Across, LibraryError> {
    let members: Vec<u32> = found.array("folds")?;
    let mut groups = Vec::new();
    let mut rest = members.as_slice();
    while let [head, many, after @ ..] = rest {
        let (folded, after) = after
            .split_at_checked(*many as usize)
            .ok_or_else(|| found.damaged("its duplicates end early"))?;
        groups.push((*head, folded));
        rest = after;
    }
    let folds = Folds::from_groups(len, groups)
        .ok_or_else(|| found.damaged("its duplicates name articles that there are not"))?;
    let columns = EventColumns {
        ends: found.array("events/ends")?,
        rows: found.array("events/rows")?,
        keys: found.array("events/keys")?,
        joined: found.array("events/joined")?,
        seeds: found.array("events/seeds")?,
    };
    if columns.rows.iter().any(|row| *row as usize >= len) {
        return Err(found.damaged("its events name articles that there are not"));
    }
    let events = Events::from_columns(columns, found.array("events/order")?)
        .ok_or_else(|| found.damaged("its events do not fit together"))?;
    let folds = Arc::new(folds);
    Ok(Across {
        // Articles of a library are not folded anew.
        alike: Arc::clone(&folds),
        folds,
        events,
        is_known: true,
    })
}

/// Removes views and lists of what was taken in that this manifest does not name and that are
/// older than an hour: a window may have opened the manifest before this one.
pub(super) fn clear_old(dir: &Path, manifest: &Manifest) {
    let kept = [manifest.view.as_deref(), manifest.catalog.as_deref()];
    for folder in ["view", "catalog"] {
        let Ok(entries) = std::fs::read_dir(dir.join(folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let modified = entry.metadata().and_then(|meta| meta.modified());
            let age = modified.ok().and_then(|time| time.elapsed().ok());
            let is_old = age.is_some_and(|age| age.as_secs() > 3_600);
            if is_old && !kept.contains(&Some(name.as_str())) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}
