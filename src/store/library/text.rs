//! One text out of a part.
//!
//! Budget: 2 ms a text. What says where its pages are is read once a part, some 40 KB; then one
//! page is read and unpacked.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
    RowSelector,
};
use parquet::file::metadata::PageIndexPolicy;

use super::LibraryError;
use super::columns::Columns;
use super::part::ARTICLES;

const WHAT: &str = "the table of texts of a part";

/// Texts that are unpacked at once.
const BATCH: usize = 64;

/// The texts of one part. Opens its file with the first one.
#[derive(Debug)]
pub struct Texts {
    path: PathBuf,
    opened: OnceLock<ArrowReaderMetadata>,
    /// So that two threads do not both open it.
    opening: Mutex<()>,
}

impl Texts {
    /// The texts of the part in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            path: folder.join(ARTICLES),
            opened: OnceLock::new(),
            opening: Mutex::new(()),
        }
    }

    /// The file that holds them.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text in a row of the part.
    ///
    /// # Errors
    /// When the file is gone or damaged, or has no such row.
    pub fn get(&self, row: u32) -> Result<String, LibraryError> {
        let damaged = |why: String| LibraryError::damaged(WHAT, &self.path, why);
        let no_row = || damaged(format!("it has no row {row}"));
        let opened = self.opened()?;
        let groups = opened.metadata().row_groups();
        let mut left = i64::from(row);
        let mut found = None;
        for (at, group) in groups.iter().enumerate() {
            if left < group.num_rows() {
                found = Some(at);
                break;
            }
            left -= group.num_rows();
        }
        let group = found.ok_or_else(no_row)?;
        let before = usize::try_from(left).map_err(|_| no_row())?;
        // A file of its own: clones of one share their place in it with other threads.
        let file =
            File::open(&self.path).map_err(LibraryError::io("reading a text", &self.path))?;
        let schema = opened.parquet_schema();
        let mask = ProjectionMask::columns(schema, ["text"]);
        let mut reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, opened.clone())
            .with_projection(mask)
            .with_row_groups(vec![group])
            .with_row_selection(RowSelection::from(vec![
                RowSelector::skip(before),
                RowSelector::select(1),
            ]))
            .with_batch_size(1)
            .build()
            .map_err(|error| damaged(error.to_string()))?;
        let batch = reader
            .next()
            .ok_or_else(no_row)?
            .map_err(|error| damaged(error.to_string()))?;
        let columns = Columns::new(&batch, &self.path);
        let text = columns.required("text")?;
        text.text(0).map(str::to_owned).ok_or_else(no_row)
    }

    /// Calls `take` with each of these rows and its text, in order; the rows are ascending, each
    /// once. A page with several of them is read and unpacked once, so that many texts take a
    /// tenth of the time that they take one by one.
    ///
    /// # Errors
    /// As [`Self::get`]. Texts before the one that can't be read have been taken then.
    pub fn each(&self, rows: &[u32], take: &mut dyn FnMut(u32, &str)) -> Result<(), LibraryError> {
        let damaged = |why: String| LibraryError::damaged(WHAT, &self.path, why);
        let opened = self.opened()?;
        let all = opened.metadata().file_metadata().num_rows();
        let all = usize::try_from(all).unwrap_or(0);
        let known = rows.partition_point(|row| (*row as usize) < all);
        let (rows, beyond) = rows.split_at(known);
        let ranges = rows.chunk_by(|a, b| a + 1 == *b).filter_map(|run| {
            let first = *run.first()? as usize;
            Some(first..first + run.len())
        });
        let file = File::open(&self.path).map_err(LibraryError::io("reading texts", &self.path))?;
        let mask = ProjectionMask::columns(opened.parquet_schema(), ["text"]);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, opened.clone())
            .with_projection(mask)
            .with_row_selection(RowSelection::from_consecutive_ranges(ranges, all))
            .with_batch_size(BATCH)
            .build()
            .map_err(|error| damaged(error.to_string()))?;
        let mut rows = rows.iter().copied();
        for batch in reader {
            let batch = batch.map_err(|error| damaged(error.to_string()))?;
            let columns = Columns::new(&batch, &self.path);
            let texts = columns.required("text")?;
            for (at, row) in (0..batch.num_rows()).zip(rows.by_ref()) {
                let text = texts.text(at);
                take(
                    row,
                    text.ok_or_else(|| damaged(format!("row {row} has no text")))?,
                );
            }
        }
        match rows.next().or_else(|| beyond.first().copied()) {
            Some(row) => Err(damaged(format!("it has no row {row}"))),
            None => Ok(()),
        }
    }

    fn opened(&self) -> Result<&ArrowReaderMetadata, LibraryError> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let _one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let file =
            File::open(&self.path).map_err(LibraryError::io("opening a part", &self.path))?;
        let options = ArrowReaderOptions::new()
            .with_skip_arrow_metadata(true)
            .with_offset_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&file, options)
            .map_err(|error| LibraryError::damaged(WHAT, &self.path, error))?;
        Ok(self.opened.get_or_init(|| metadata))
    }
}
