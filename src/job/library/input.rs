//! Where a library's articles come from: folders and files of text, JSON lines, CSV.
//!
//! What is found has an order (that of the places given, and of names in a folder), so that the
//! same places give the same articles in the same order.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use serde::Deserialize;

use super::csv_columns::CsvColumns;
use crate::model::date::When;
use crate::model::ids::ArticleId;
use crate::store::corpus::id_of;
use crate::store::decode::decode;
use crate::store::import::{MAX_FILE_BYTES, Reason, Unreadable, bytes_of};
use crate::store::walk;
use crate::store::watch::Watch;

/// A line of JSON or a row of CSV longer than this is no article, in bytes.
const MAX_RECORD_BYTES: u64 = MAX_FILE_BYTES;

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
fn unread(path: &Path, why: impl ToString) -> Problem {
    Problem {
        what: path.display().to_string(),
        why: why.to_string(),
    }
}

/// Calls `take` with every article of a file, or with what could not be read, until it answers
/// `false`.
pub(super) fn read(
    place: &Place,
    csv: &CsvColumns,
    take: &mut dyn FnMut(Result<Incoming, Problem>) -> bool,
) {
    let problem = match place.kind {
        Kind::Text => match text_file(place) {
            Ok(incoming) => {
                take(Ok(incoming));
                return;
            }
            Err(reason) => Some(unread(&place.path, reason)),
        },
        Kind::JsonLines => json_lines(place, take).err(),
        Kind::Csv => csv_rows(place, csv, take).err(),
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

/// One article as JSON.
#[derive(Debug, Deserialize)]
struct Record {
    source: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

type Take<'a> = &'a mut dyn FnMut(Result<Incoming, Problem>) -> bool;

fn json_lines(place: &Place, take: Take<'_>) -> Result<(), Problem> {
    let failed = |error: std::io::Error| unread(&place.path, Reason::from(error));
    let file = File::open(&place.path).map_err(failed)?;
    let mut input = BufReader::with_capacity(1 << 18, file);
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        let mut limited = (&mut input).take(MAX_RECORD_BYTES + 1);
        if limited.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        let here = |why: String| Problem {
            what: format!("{}, line {number}", place.path.display()),
            why,
        };
        if line.len() as u64 > MAX_RECORD_BYTES {
            return Err(here("it is longer than 256 MB. Split the file".to_owned()));
        }
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let record = serde_json::from_slice::<Record>(line).map_err(|error| {
            here(format!(
                "expected {{\"source\": …, \"text\": …}} with title, published and url where they are known: {error}"
            ))
        });
        let going_on = match record {
            Ok(record) => take_record(record, &here, take),
            Err(problem) => take(Err(problem)),
        };
        if !going_on {
            break;
        }
    }
    Ok(())
}

/// Hands on a record; a date that is none is told of, and the article taken without.
fn take_record(record: Record, here: &dyn Fn(String) -> Problem, take: Take<'_>) -> bool {
    if record.text.trim().is_empty() {
        return take(Err(here("its text is empty".to_owned())));
    }
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let published = match filled(record.published).map(|text| When::of_timestamp(&text)) {
        None => None,
        Some(Ok(when)) => Some(when),
        Some(Err(error)) => {
            let why = format!("taken without its date of publication: {error}");
            if !take(Err(here(why))) {
                return false;
            }
            None
        }
    };
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    take(Ok(Incoming {
        id: id_of(record.text.as_bytes()),
        source: record.source.into(),
        url: filled(record.url).map(Into::into),
        title: filled(record.title).map(|title| one_line(title).into()),
        published,
        encoding: "UTF-8",
        size_bytes: record.text.len() as u64,
        text: record.text,
    }))
}

fn csv_rows(place: &Place, columns: &CsvColumns, take: Take<'_>) -> Result<(), Problem> {
    let failed = |why: String| unread(&place.path, why);
    let file = File::open(&place.path).map_err(|error| failed(Reason::from(error).to_string()))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(RowLimit::new(file));
    let header = reader
        .byte_headers()
        .map_err(|error| failed(error.to_string()))?;
    let names: Vec<String> = header
        .iter()
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    let at = columns.places(&names).map_err(failed)?;
    let mut row = csv::ByteRecord::new();
    loop {
        reader.get_mut().next_row();
        let line = reader.position().line();
        let here = |why: String| Problem {
            what: format!("{}, line {line}", place.path.display()),
            why,
        };
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => {
                if !take(Err(here(error.to_string()))) {
                    return Ok(());
                }
                // A file that can't be read any further would fail for ever.
                if matches!(error.kind(), csv::ErrorKind::Io(_)) {
                    return Ok(());
                }
                continue;
            }
        }
        let field = |at: Option<usize>| {
            let bytes = row.get(at?)?;
            // Tables of the same encoding as their texts: as of a file.
            Some(match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => decode(bytes).map_or_else(
                    |_| String::from_utf8_lossy(bytes).into_owned(),
                    |decoded| decoded.text,
                ),
            })
        };
        let text = field(Some(at.text)).unwrap_or_default();
        let source = field(at.source).filter(|source| !source.trim().is_empty());
        let record = Record {
            source: source.unwrap_or_else(|| format!("{}#{line}", place.source)),
            text,
            title: field(at.title),
            published: field(at.published),
            url: field(at.url),
        };
        if !take_record(record, &here, take) {
            return Ok(());
        }
    }
}

/// A file of which a row reads so much at most: a quote that is never closed would take the rest of
/// the file into memory.
struct RowLimit {
    file: File,
    /// What the row may still read, in bytes.
    left: u64,
}

impl RowLimit {
    const fn new(file: File) -> Self {
        let left = MAX_RECORD_BYTES;
        Self { file, left }
    }

    const fn next_row(&mut self) {
        self.left = MAX_RECORD_BYTES;
    }
}

impl Read for RowLimit {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other(
                "a row is longer than 256 MB; is a quote not closed?",
            ));
        }
        let read = self.file.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
