//! What a library says of its articles besides what was read out of them: identity, sources, size,
//! encoding, and the publication date that came along. What [`Corpus`] needs, and nothing else.
//!
//! Kept in the view; made again from Parquet files and the list of what was taken in.

use std::collections::HashMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::catalog;
use super::columns::{self, Columns};
use super::manifest::Manifest;
use super::part::{self, ARTICLES};
use super::view::{View, ViewWriter};
use super::{LibraryError, manifest};
use crate::model::date::When;
use crate::model::ids::ArticleId;
use crate::store::corpus::{Corpus, LibraryColumns, sorted};
use crate::store::import::{Import, Reason, Unreadable};

const WHAT: &str = "a table of a part";
const BATCH: usize = 8_192;
/// The columns that are read of each article.
const WANTED: [&str; 5] = ["id", "source", "encoding", "size_bytes", "published_given"];

/// Opens the articles of the library in `dir`. Parts that are damaged are listed and left out.
#[must_use]
pub fn open(dir: &Path) -> Import {
    let mut unreadable = Vec::new();
    let mut problem = |path: &Path, error: LibraryError| {
        unreadable.push(Unreadable {
            path: path.to_owned(),
            reason: Reason::Library(Box::new(error)),
        });
    };
    let corpus = match Manifest::load(dir) {
        Ok(mut manifest) => {
            manifest.parts.retain(|part| {
                let folder = Manifest::part_folder(dir, &part.name);
                let looked = part::look(&folder).map_err(|error| problem(&folder, error));
                looked.is_ok()
            });
            let known = view_of(dir, &manifest).and_then(|view| read(&view));
            let columns = known.or_else(|_| make(dir, &manifest));
            match columns {
                Ok(columns) => corpus(dir, &manifest, columns),
                Err(error) => {
                    problem(dir, error);
                    Corpus::empty()
                }
            }
        }
        Err(error) => {
            problem(&dir.join(manifest::FILE), error);
            Corpus::empty()
        }
    };
    Import {
        corpus,
        unreadable,
        cancelled: false,
    }
}

/// The corpus of a library with these columns.
#[must_use]
pub fn corpus(dir: &Path, manifest: &Manifest, columns: LibraryColumns) -> Corpus {
    let parts = manifest.parts.iter();
    let parts = parts.map(|part| (Manifest::part_folder(dir, &part.name), part.articles));
    Corpus::library(parts, columns)
}

/// The view of exactly the parts that the manifest lists.
///
/// # Errors
/// When there is none, or it is damaged.
pub fn view_of(dir: &Path, manifest: &Manifest) -> Result<View, LibraryError> {
    let name = view_name(manifest);
    View::open(&dir.join(name))
}

/// What the view of exactly these parts is called.
#[must_use]
pub fn view_name(manifest: &Manifest) -> String {
    format!("view/{}.columns", manifest.stamp())
}

/// Makes the columns from the Parquet files of all parts and the list of what was taken in.
///
/// # Errors
/// When a part is damaged, or has another number of articles than the manifest says.
pub fn make(dir: &Path, manifest: &Manifest) -> Result<LibraryColumns, LibraryError> {
    let mut made = LibraryColumns::default();
    let mut firsts: Vec<Box<str>> = Vec::new();
    let mut encodings: HashMap<String, u8> = HashMap::new();
    let mut dates: HashMap<String, u32> = HashMap::new();
    let mut given = Vec::new();
    for part in &manifest.parts {
        let path = Manifest::part_folder(dir, &part.name).join(ARTICLES);
        let before = made.ids.len();
        for batch in columns::open_where(&path, BATCH, |name| WANTED.contains(&name))? {
            let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
            let columns = Columns::new(&batch, &path);
            let (ids, sources) = (columns.required("id")?, columns.required("source")?);
            let [sizes, names, printed] =
                ["size_bytes", "encoding", "published_given"].map(|name| columns.optional(name));
            for row in 0..batch.num_rows() {
                let id = ids.bytes(row).and_then(|bytes| bytes.try_into().ok());
                made.ids
                    .push(ArticleId(id.ok_or_else(|| columns.bad("id", row))?));
                let source = sources.text(row);
                firsts.push(source.ok_or_else(|| columns.bad("source", row))?.into());
                let size = sizes.bits(row);
                made.sizes.push(size.unwrap_or(0));
                let name = names.text(row).unwrap_or("UTF-8");
                let next = u8::try_from(encodings.len()).unwrap_or(u8::MAX);
                let at = *encodings.entry(name.to_owned()).or_insert_with(|| {
                    made.encodings.push(name.to_owned());
                    next
                });
                made.encoding_of.push(at);
                let date = printed.text(row);
                given.push(match date {
                    None => 0,
                    Some(text) => {
                        if let Some(at) = dates.get(text) {
                            *at
                        } else {
                            let when = text.parse();
                            let when: When =
                                when.map_err(|_| columns.bad("published_given", row))?;
                            made.given.dates.push(when);
                            let at = count(made.given.dates.len());
                            dates.insert(text.to_owned(), at);
                            at
                        }
                    }
                });
            }
        }
        if made.ids.len() - before != part.articles as usize {
            let why = format!(
                "it holds {} articles instead of {}",
                made.ids.len() - before,
                part.articles
            );
            return Err(LibraryError::damaged(WHAT, &path, why));
        }
    }
    if !made.given.dates.is_empty() {
        made.given.of = given;
    }
    made.by_id = sorted(&made.ids);
    sources(dir, manifest, &firsts, &mut made)?;
    Ok(made)
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Further sources, and what has vanished.
fn sources(
    dir: &Path,
    manifest: &Manifest,
    firsts: &[Box<str>],
    made: &mut LibraryColumns,
) -> Result<(), LibraryError> {
    let taken = match &manifest.catalog {
        // A damaged list costs further sources and marks; the next update makes it again.
        Some(name) => catalog::read(dir, name).unwrap_or_default(),
        None => Vec::new(),
    };
    let row_of = |id: &ArticleId| {
        let id_at = |row: &u32| made.ids.get(*row as usize);
        let at = made.by_id.binary_search_by_key(&Some(id), id_at).ok()?;
        made.by_id.get(at).copied()
    };
    let mut further: FxHashMap<u32, Vec<Box<str>>> = FxHashMap::default();
    let mut present = vec![0_u8; firsts.len()];
    for place in taken {
        let Some(row) = row_of(&place.article) else {
            continue;
        };
        if let Some(present) = present.get_mut(row as usize) {
            *present |= if place.present { 2 } else { 1 };
        }
        if firsts.get(row as usize) != Some(&place.source) {
            let others = further.entry(row).or_default();
            if !others.contains(&place.source) {
                others.push(place.source);
            }
        }
    }
    for (row, (first, present)) in (0..).zip(firsts.iter().zip(&present)) {
        if *present == 1 {
            made.vanished.push(row);
        }
        let others = further.get(&row).into_iter().flatten();
        for source in std::iter::once(first).chain(others) {
            made.sources.push_str(source);
            made.source_ends.push(count(made.sources.len()));
        }
        made.row_ends.push(count(made.source_ends.len()));
    }
    if u32::try_from(made.sources.len()).is_err() {
        let why = "the names of its sources take more than 4 GB";
        return Err(LibraryError::damaged("the library", dir, why));
    }
    Ok(())
}

/// Writes the columns into a view.
///
/// # Errors
/// When the disk is full, for example.
pub fn write(view: &mut ViewWriter, columns: &LibraryColumns) -> Result<(), LibraryError> {
    let ids: Vec<u8> = columns.ids.iter().flat_map(|id| id.0).collect();
    view.push("corpus/ids", &ids)?;
    drop(ids);
    view.push("corpus/by_id", &columns.by_id)?;
    view.push("corpus/sizes", &columns.sizes)?;
    view.push("corpus/encodings", columns.encodings.join("\n").as_bytes())?;
    view.push("corpus/encoding_of", &columns.encoding_of)?;
    view.push("corpus/sources", columns.sources.as_bytes())?;
    view.push("corpus/source_ends", &columns.source_ends)?;
    view.push("corpus/row_ends", &columns.row_ends)?;
    let dates: Vec<String> = columns.given.dates.iter().map(When::to_string).collect();
    view.push("corpus/given", dates.join("\n").as_bytes())?;
    view.push("corpus/given_of", &columns.given.of)?;
    view.push("corpus/vanished", &columns.vanished)
}

/// Reads the columns out of a view.
///
/// # Errors
/// When they are not as they were written.
pub fn read(view: &View) -> Result<LibraryColumns, LibraryError> {
    let ids: Vec<[u8; 32]> = view.records("corpus/ids")?;
    let dates = view.text("corpus/given")?;
    let dates: Result<Vec<When>, _> = dates.lines().map(str::parse).collect();
    let columns = LibraryColumns {
        ids: ids.into_iter().map(ArticleId).collect(),
        by_id: view.array("corpus/by_id")?,
        sizes: view.array("corpus/sizes")?,
        encodings: view
            .text("corpus/encodings")?
            .lines()
            .map(str::to_owned)
            .collect(),
        encoding_of: view.array("corpus/encoding_of")?,
        sources: view.text("corpus/sources")?,
        source_ends: view.array("corpus/source_ends")?,
        row_ends: view.array("corpus/row_ends")?,
        given: crate::store::corpus::GivenDates {
            dates: dates.map_err(|error| view.damaged(&error.to_string()))?,
            of: view.array("corpus/given_of")?,
        },
        vanished: view.array("corpus/vanished")?,
    };
    let rows = columns.ids.len();
    let lens = [
        columns.by_id.len(),
        columns.sizes.len(),
        columns.encoding_of.len(),
        columns.row_ends.len(),
    ];
    if lens.iter().any(|len| *len != rows) {
        return Err(view.damaged("its columns have different lengths"));
    }
    Ok(columns)
}
