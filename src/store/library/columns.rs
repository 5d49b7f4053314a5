//! Columns of a Parquet file by name, whatever writer made them: text may be short or long, whole
//! numbers of any width, and an optional column may be missing.

use std::fs::File;
use std::ops::Range;
use std::path::Path;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, GenericListArray, OffsetSizeTrait, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use super::LibraryError;

/// What the file is called in messages.
const WHAT: &str = "a table of a part";

/// The rows of a Parquet file in batches, without the columns that `left_out` names.
pub(super) fn open(
    path: &Path,
    left_out: &[&str],
    rows: usize,
) -> Result<ParquetRecordBatchReader, LibraryError> {
    open_where(path, rows, |name| !left_out.contains(&name))
}

/// The same, one column of it only.
pub(super) fn open_only(
    path: &Path,
    column: &str,
    rows: usize,
) -> Result<ParquetRecordBatchReader, LibraryError> {
    open_where(path, rows, |name| name == column)
}

/// The same, the columns that `is_wanted` says yes to.
pub(super) fn open_where(
    path: &Path,
    rows: usize,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<ParquetRecordBatchReader, LibraryError> {
    let damaged = |error| LibraryError::damaged(WHAT, path, error);
    let file = File::open(path).map_err(LibraryError::io("reading a table", path))?;
    // What the writer said of its own types is passed over: the same file types for all.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = ArrowReaderMetadata::load(&file, options).map_err(damaged)?;
    let schema = metadata.parquet_schema();
    let roots = schema.root_schema().get_fields();
    let kept =
        (0..roots.len()).filter(|at| roots.get(*at).is_some_and(|field| is_wanted(field.name())));
    let mask = ProjectionMask::roots(schema, kept);
    ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
        .with_projection(mask)
        .with_batch_size(rows)
        .build()
        .map_err(damaged)
}

/// The columns of a batch.
pub(super) struct Columns<'a> {
    batch: &'a RecordBatch,
    path: &'a Path,
}

impl<'a> Columns<'a> {
    pub(super) fn new(batch: &'a RecordBatch, path: &'a Path) -> Self {
        Self { batch, path }
    }

    /// A column that may be missing: then it holds nothing.
    pub(super) fn optional(&self, name: &str) -> Column {
        Column(self.batch.column_by_name(name).cloned())
    }

    /// A column that every part has.
    pub(super) fn required(&self, name: &str) -> Result<Column, LibraryError> {
        let column = self.optional(name);
        if column.0.is_none() {
            let why = format!("it has no column {name:?}");
            return Err(LibraryError::damaged(WHAT, self.path, why));
        }
        Ok(column)
    }

    /// A failure in a row.
    pub(super) fn bad(&self, name: &str, row: usize) -> LibraryError {
        bad(self.path, name, row)
    }
}

/// A value in a row that can't be.
pub(super) fn bad(path: &Path, name: &str, row: usize) -> LibraryError {
    let why = format!("column {name:?} holds no value that is known, {row} rows into a batch");
    LibraryError::damaged(WHAT, path, why)
}

/// One column, or none.
#[derive(Debug)]
pub(super) struct Column(Option<ArrayRef>);

impl Column {
    /// The array, where it holds something in `row`.
    fn at(&self, row: usize) -> Option<&dyn Array> {
        let array = self.0.as_deref()?;
        (row < array.len() && array.is_valid(row)).then_some(array)
    }

    /// The text in a row.
    pub(super) fn text(&self, row: usize) -> Option<&str> {
        text_of(self.at(row)?, row)
    }

    /// The whole number in a row.
    pub(super) fn int(&self, row: usize) -> Option<i64> {
        int_of(self.at(row)?, row)
    }

    /// The same as bits without a sign.
    #[expect(clippy::cast_sign_loss, reason = "the bits are what counts")]
    pub(super) fn bits(&self, row: usize) -> Option<u64> {
        self.int(row).map(|int| int as u64)
    }

    /// The same as a count.
    pub(super) fn count(&self, row: usize) -> Option<u32> {
        u32::try_from(self.int(row)?).ok()
    }

    /// The truth in a row.
    pub(super) fn truth(&self, row: usize) -> Option<bool> {
        Some(self.at(row)?.as_boolean_opt()?.value(row))
    }

    /// The bytes in a row.
    pub(super) fn bytes(&self, row: usize) -> Option<&[u8]> {
        let array = self.at(row)?;
        match array.data_type() {
            DataType::FixedSizeBinary(_) => Some(array.as_fixed_size_binary().value(row)),
            DataType::Binary => Some(array.as_binary::<i32>().value(row)),
            DataType::LargeBinary => Some(array.as_binary::<i64>().value(row)),
            _ => None,
        }
    }

    /// The list in a row.
    pub(super) fn list(&self, row: usize) -> Option<List<'_>> {
        let array = self.at(row)?;
        Some(match array.data_type() {
            DataType::List(_) => List::of(array.as_list::<i32>(), row),
            DataType::LargeList(_) => List::of(array.as_list::<i64>(), row),
            _ => return None,
        })
    }
}

/// A list in a row, where it lies.
pub(super) struct List<'a> {
    values: &'a dyn Array,
    places: Range<usize>,
}

impl<'a> List<'a> {
    fn of<O: OffsetSizeTrait>(array: &'a GenericListArray<O>, row: usize) -> Self {
        let ends = array.value_offsets();
        let end = |at: usize| ends.get(at).map_or(0, |end| end.as_usize());
        Self {
            values: array.values().as_ref(),
            places: end(row)..end(row + 1),
        }
    }

    /// Its texts.
    pub(super) fn texts(self) -> impl Iterator<Item = &'a str> {
        let valid = self.places.filter(|at| self.values.is_valid(*at));
        valid.filter_map(|at| text_of(self.values, at))
    }

    /// Its whole numbers.
    pub(super) fn ints(self) -> impl Iterator<Item = i64> {
        let valid = self.places.filter(|at| self.values.is_valid(*at));
        valid.filter_map(|at| int_of(self.values, at))
    }
}

/// The text in a row that holds something.
fn text_of(array: &dyn Array, row: usize) -> Option<&str> {
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(array.as_string_view().value(row)),
        _ => None,
    }
}

/// The whole number in a row that holds something.
#[expect(clippy::cast_possible_wrap, reason = "the bits are what counts")]
fn int_of(array: &dyn Array, row: usize) -> Option<i64> {
    Some(match array.data_type() {
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int16 => array.as_primitive::<Int16Type>().value(row).into(),
        DataType::Int8 => array.as_primitive::<Int8Type>().value(row).into(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row) as i64,
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt16 => array.as_primitive::<UInt16Type>().value(row).into(),
        DataType::UInt8 => array.as_primitive::<UInt8Type>().value(row).into(),
        DataType::Date32 => array.as_primitive::<Date32Type>().value(row).into(),
        _ => return None,
    })
}
