//! What was taken in from where: one row for each place where an article was found. It says which
//! files an update can pass over, which further sources an article has, and which have vanished.

use std::path::Path;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, FixedSizeBinaryBuilder, Int64Builder, StringBuilder};
use arrow_schema::{DataType, Field};
use sha2::{Digest as _, Sha256};

use super::LibraryError;
use super::columns::{self, Columns};
use super::part::{sync, sync_folder};
use super::write::{Table, properties, schema, signed};
use crate::model::ids::ArticleId;

/// One place where an article was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The article.
    pub article: ArticleId,
    /// Where it comes from, as the corpus names it.
    pub source: Box<str>,
    /// The file that it stood in; of an archive, the archive.
    pub file: Arc<str>,
    /// The file's size in bytes.
    pub size: u64,
    /// When the file was last changed, in nanoseconds since 1970; 0: not known.
    pub modified: i64,
    /// It was there when last looked for.
    pub present: bool,
}

const WHAT: &str = "the list of what was taken in";
const BATCH: usize = 8_192;

/// Writes the list under `catalog/` in the library and answers its name there. The same list has
/// the same name.
///
/// # Errors
/// When the disk is full, for example.
pub fn write(library: &Path, rows: &[Taken]) -> Result<String, LibraryError> {
    let folder = library.join("catalog");
    std::fs::create_dir_all(&folder).map_err(LibraryError::io("making a folder", &folder))?;
    let name = name_of(rows);
    let target = folder.join(&name);
    let unfinished = folder.join(format!(".new-{}", uuid::Uuid::now_v7().simple()));
    let written = write_table(&unfinished, rows).and_then(|()| {
        sync(&unfinished)?;
        std::fs::rename(&unfinished, &target)
            .map_err(LibraryError::io("writing the list of sources", &target))
    });
    if let Err(error) = written {
        let _ = std::fs::remove_file(&unfinished);
        return Err(error);
    }
    sync_folder(&folder)?;
    Ok(format!("catalog/{name}"))
}

fn name_of(rows: &[Taken]) -> String {
    let mut hash = Sha256::new();
    for row in rows {
        hash.update(row.article.0);
        for text in [&*row.source, &*row.file] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.update(row.size.to_le_bytes());
        hash.update(row.modified.to_le_bytes());
        hash.update([u8::from(row.present)]);
    }
    let id = ArticleId(hash.finalize().into()).to_string();
    format!("{}.parquet", id.get(..16).unwrap_or(&id))
}

fn write_table(path: &Path, rows: &[Taken]) -> Result<(), LibraryError> {
    let schema = schema(vec![
        Field::new("article", DataType::FixedSizeBinary(32), false),
        Field::new("source", DataType::Utf8, false),
        Field::new("file", DataType::Utf8, false),
        Field::new("size", DataType::Int64, false),
        Field::new("modified", DataType::Int64, false),
        Field::new("present", DataType::Boolean, false),
    ]);
    let mut table = Table::new(path.to_owned(), &schema, properties())?;
    for rows in rows.chunks(BATCH) {
        let mut article = FixedSizeBinaryBuilder::new(32);
        let (mut source, mut file) = (StringBuilder::new(), StringBuilder::new());
        let (mut size, mut modified) = (Int64Builder::new(), Int64Builder::new());
        let mut present = BooleanBuilder::new();
        for row in rows {
            // An id has the length that the builder was made for.
            let _ = article.append_value(row.article.0);
            source.append_value(&row.source);
            file.append_value(&row.file);
            size.append_value(signed(row.size));
            modified.append_value(row.modified);
            present.append_value(row.present);
        }
        table.write(vec![
            Arc::new(article.finish()) as ArrayRef,
            Arc::new(source.finish()),
            Arc::new(file.finish()),
            Arc::new(size.finish()),
            Arc::new(modified.finish()),
            Arc::new(present.finish()),
        ])?;
    }
    table.finish()
}

/// Reads the list of this name in the library.
///
/// # Errors
/// When it is missing or damaged. Everything is looked at anew then.
pub fn read(library: &Path, name: &str) -> Result<Vec<Taken>, LibraryError> {
    let path = library.join(name);
    let mut taken: Vec<Taken> = Vec::new();
    for batch in columns::open(&path, &[], BATCH)? {
        let batch = batch.map_err(|error| LibraryError::damaged(WHAT, &path, error))?;
        let columns = Columns::new(&batch, &path);
        let [article, source, file, size, modified, present] =
            ["article", "source", "file", "size", "modified", "present"]
                .map(|name| columns.required(name));
        let (article, source, file) = (article?, source?, file?);
        let (size, modified, present) = (size?, modified?, present?);
        for row in 0..batch.num_rows() {
            let place = || {
                let file = file.text(row)?;
                // The rows of an archive share its name.
                let known = taken.last().map(|last| &last.file);
                let file = match known.filter(|known| known.as_ref() == file) {
                    Some(known) => Arc::clone(known),
                    None => file.into(),
                };
                Some(Taken {
                    article: ArticleId(article.bytes(row)?.try_into().ok()?),
                    source: source.text(row)?.into(),
                    file,
                    size: size.bits(row)?,
                    modified: modified.int(row)?,
                    present: present.truth(row)?,
                })
            };
            let place = place().ok_or_else(|| columns.bad("article", row))?;
            taken.push(place);
        }
    }
    Ok(taken)
}
