//! One article a row, as CSV: between commas, semicolons or tabs, by which of them the first row
//! names the columns.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};

use super::csv_columns::{CsvColumns, Places};
use super::decoded::Decoded;
use super::input::{MAX_RECORD_BYTES, Place, Problem, Take, unread};
use super::record::{Record, take_record};
use crate::store::decode::decode;
use crate::store::import::Reason;

/// The first row is looked for in so many bytes.
const HEAD_BYTES: u64 = 1 << 16;

/// What stands between columns.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

pub(super) fn read(place: &Place, columns: &CsvColumns, take: Take<'_>) -> Result<(), Problem> {
    let failed = |why: String| unread(&place.path, why);
    let io = |error: std::io::Error| failed(Reason::from(error).to_string());
    let mut file = Decoded::open(&place.path).map_err(io)?;
    let mut head = Vec::new();
    (&mut file)
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(io)?;
    let (delimiter, at) = delimiter(&head, columns).map_err(failed)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(Rows::new(Cursor::new(head).chain(file), delimiter));
    let header = reader.byte_headers().map(drop);
    header.map_err(|error| failed(error.to_string()))?;
    let mut row = csv::ByteRecord::new();
    loop {
        reader.get_mut().next_row();
        let line = reader.position().line();
        let at_line = |line: u64, why: String| Problem {
            what: format!("{}, line {line}", place.path.display()),
            why,
        };
        let here = |why: String| at_line(line, why);
        let read = reader.read_byte_record(&mut row);
        if let Some(line) = reader.get_ref().never_closed() {
            let why = "a quote opens here and is never closed: from this line on nothing was read. \
                       Close it, and update the library";
            take(Err(at_line(line, why.to_owned())));
            return Ok(());
        }
        match read {
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
        let end = reader.position().line();
        for line in reader.get_mut().doubtful_before(end) {
            let why = "the quote that opens here is followed by more than the end of its column, \
                       so that rows may have been run together. Write quotes inside a text twice";
            if !take(Err(at_line(line, why.to_owned()))) {
                return Ok(());
            }
        }
        // Of all columns together: a name alone may be too short to tell.
        let encoding = encoding_of(&row);
        let field = |at: Option<usize>| Some(text_of(row.get(at?)?, encoding));
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

/// The encoding of a row.
fn encoding_of(row: &csv::ByteRecord) -> &'static Encoding {
    if row.iter().all(|field| std::str::from_utf8(field).is_ok()) {
        return UTF_8;
    }
    let decoded = decode(row.as_slice()).ok();
    let encoding = decoded.and_then(|decoded| Encoding::for_label(decoded.encoding.as_bytes()));
    encoding.unwrap_or(UTF_8)
}

fn text_of(bytes: &[u8], encoding: &'static Encoding) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// What stands between the columns of a file that begins with `head`, and where the fields are.
///
/// # Errors
/// When no delimiter gives the columns that are wanted: why not, by the one that gives most.
fn delimiter(head: &[u8], columns: &CsvColumns) -> Result<(u8, Places), String> {
    let mut best: Option<(bool, usize, u8, Result<Places, String>)> = None;
    for delimiter in DELIMITERS {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(head);
        let header = reader.byte_headers().map_err(|error| error.to_string())?;
        let encoding = encoding_of(header);
        let names = header.iter().map(|name| text_of(name, encoding));
        let names: Vec<String> = names.collect();
        let places = columns.places(&names);
        let rank = (places.is_ok(), names.len());
        if best.as_ref().is_none_or(|best| rank > (best.0, best.1)) {
            best = Some((rank.0, rank.1, delimiter, places));
        }
    }
    let (_, _, delimiter, places) = best.ok_or("it is empty")?;
    Ok((delimiter, places?))
}

/// Where the reader is in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quote in a quoted field: it closes the field, or is the first of two.
    Quote,
}

/// A file of which a row reads so much at most: a quote that is never closed would take the rest of
/// the file into memory. Knows where quotes open.
struct Rows<R> {
    file: R,
    delimiter: u8,
    /// What the row may still read, in bytes.
    left: u64,
    state: State,
    line: u64,
    /// The line where the last quote opened.
    opened: u64,
    /// The lines where quotes opened behind whose end a field goes on.
    doubtful: Vec<u64>,
    is_at_end: bool,
}

impl<R: Read> Rows<R> {
    const fn new(file: R, delimiter: u8) -> Self {
        Self {
            file,
            delimiter,
            left: MAX_RECORD_BYTES,
            state: State::FieldStart,
            line: 1,
            opened: 1,
            doubtful: Vec::new(),
            is_at_end: false,
        }
    }

    const fn next_row(&mut self) {
        self.left = MAX_RECORD_BYTES;
    }

    /// The line where a quote opens that the whole rest of the file stands in.
    fn never_closed(&self) -> Option<u64> {
        (self.is_at_end && self.state == State::Quoted).then_some(self.opened)
    }

    /// The lines before `line` where quotes open that were not closed as they should.
    fn doubtful_before(&mut self, line: u64) -> Vec<u64> {
        let mut found = Vec::new();
        self.doubtful.retain(|opened| {
            let is_before = *opened < line;
            if is_before && found.last() != Some(opened) {
                found.push(*opened);
            }
            !is_before
        });
        found
    }

    fn follow(&mut self, byte: u8) {
        let is_end = byte == self.delimiter || byte == b'\n' || byte == b'\r';
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::Quote,
            (State::Quoted, _) | (State::Quote, b'"') => State::Quoted,
            (State::FieldStart, b'"') => {
                self.opened = self.line;
                State::Quoted
            }
            (_, _) if is_end => State::FieldStart,
            (State::Quote, _) => {
                self.doubtful.push(self.opened);
                State::Plain
            }
            _ => State::Plain,
        };
        self.line += u64::from(byte == b'\n');
    }
}

impl<R: Read> Read for Rows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other(
                "a row is longer than 256 MB; is a quote not closed?",
            ));
        }
        let read = self.file.read(buffer)?;
        self.is_at_end = read == 0;
        for byte in buffer.get(..read).unwrap_or_default() {
            self.follow(*byte);
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
