//! A journal that a crash left.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::record::{FORMAT, RecordDoc};
use super::{Base, Entry};
use crate::model::ids::ItemId;
use crate::store::lock::{SessionLock, Taken};
use crate::store::on_disk::ContentHash;
use crate::store::session_file::{SCHEMA, folder_of};

/// A journal as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its file.
    pub path: PathBuf,
    /// The session that it belongs to.
    pub session: ItemId,
    /// What it builds on.
    pub base: Base,
    /// Its edits, in order.
    pub entries: Vec<Entry>,
    /// Saves that were begun: what the file was to hold, and up to which edit that holds them.
    saves: Vec<(ContentHash, u64)>,
    /// The number of the edit before the first one.
    after: u64,
    /// Where and why it ends before its file does, in words; `None` where it is whole.
    pub torn: Option<String>,
}

impl Found {
    /// The edits that a file of this content lacks; `None` where the journal does not build on such
    /// a file.
    #[must_use]
    pub fn missing(&self, file: &ContentHash) -> Option<&[Entry]> {
        // The last one, should the same content have been saved twice.
        let save = self.saves.iter().rev().find(|(hash, _)| hash == file);
        let upto = match (save, &self.base) {
            (Some((_, upto)), _) => *upto,
            (None, Base::File(hash)) if hash == file => self.after,
            _ => return None,
        };
        let first = self.entries.partition_point(|entry| entry.number <= upto);
        self.entries.get(first..)
    }
}

/// Why a journal can't be used. It is not touched.
#[derive(Debug, Error)]
pub enum JournalError {
    /// It can't be read.
    #[error("the journal can't be read: {0}")]
    Io(io::Error),
    /// A newer version wrote it.
    #[error(
        "a newer Attaché wrote the journal; open the session with that one to recover its edits"
    )]
    Newer,
    /// It has no beginning.
    #[error("the journal is damaged at its first line: {0}")]
    Damaged(String),
}

/// Reads the journal at `path`; `None` where there is none. `session` is the file that it stands
/// beside, for paths in it.
///
/// # Errors
/// When it can't be read, is of a newer version, or not even its first line is whole.
pub fn read(path: &Path, session: &Path) -> Result<Option<Found>, JournalError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(JournalError::Io(error)),
    };
    parse(&bytes, path, folder_of(session).as_deref()).map(Some)
}

fn parse(bytes: &[u8], path: &Path, folder: Option<&Path>) -> Result<Found, JournalError> {
    let mut lines = Lines { rest: bytes };
    let first = lines.next().unwrap_or(b"");
    let record = RecordDoc::of_line(first).map_err(|why| not_ours(first, why))?;
    let RecordDoc::Head(head) = record else {
        return Err(JournalError::Damaged("it is not a beginning".to_owned()));
    };
    if head.format > FORMAT || head.schema > SCHEMA {
        return Err(JournalError::Newer);
    }
    let mut found = Found {
        path: path.to_owned(),
        session: ItemId(head.session.0),
        base: head.base.into_base(folder),
        entries: Vec::new(),
        saves: Vec::new(),
        after: head.after,
        torn: None,
    };
    for (number, line) in (2..).zip(lines.by_ref()) {
        let taken = RecordDoc::of_line(line).and_then(|record| found.take(record, folder));
        if let Err(why) = taken {
            found.torn = Some(format!("line {number}: {why}"));
            return Ok(found);
        }
    }
    if !lines.rest.is_empty() {
        found.torn = Some("its last line was not written to the end".to_owned());
    }
    Ok(found)
}

impl Found {
    fn take(&mut self, record: RecordDoc, folder: Option<&Path>) -> Result<(), String> {
        let last = self.entries.last().map_or(self.after, |entry| entry.number);
        match record {
            RecordDoc::Head(_) => Err("it begins a second time".to_owned()),
            RecordDoc::Edit(doc) if Some(doc.n) == last.checked_add(1) => {
                self.entries.push(doc.into_entry(folder));
                Ok(())
            }
            RecordDoc::Edit(doc) => Err(format!("edit {} follows edit {last}", doc.n)),
            RecordDoc::Save { hash, upto } if upto <= last => {
                self.saves.push((hash.0, upto));
                Ok(())
            }
            RecordDoc::Save { upto, .. } => {
                Err(format!("a save up to edit {upto} follows edit {last}"))
            }
        }
    }
}

/// Why a first line can't be read: a newer version's may look like anything behind its number.
fn not_ours(line: &[u8], why: String) -> JournalError {
    #[derive(Deserialize)]
    enum Peek {
        #[serde(rename = "head")]
        Head(PeekHead),
    }
    #[derive(Deserialize)]
    struct PeekHead {
        format: u32,
        schema: u32,
    }
    let text = std::str::from_utf8(line).unwrap_or_default();
    let record = text.split_once(' ').map_or("", |(_, record)| record);
    match ron::from_str::<Peek>(record) {
        Ok(Peek::Head(head)) if head.format > FORMAT || head.schema > SCHEMA => JournalError::Newer,
        _ => JournalError::Damaged(why),
    }
}

/// Lines that have their end; what is left has none.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let end = self.rest.iter().position(|byte| *byte == b'\n')?;
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        Some(line)
    }
}

/// How many journals of sessions without a file are kept that the analyst gave up.
const GIVEN_UP_KEPT: usize = 20;

/// The journals in `folder` of sessions without a file whose windows are gone, each with its lock;
/// the newest session last. Those that can't be read are left where they are.
#[must_use]
pub fn find_unsaved(folder: &Path) -> Vec<(Found, SessionLock)> {
    let (mut found, mut given_up) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.to_string_lossy().contains(".journal.discarded") {
            given_up.push(path);
            continue;
        }
        if path.extension().is_none_or(|end| end != "journal") {
            continue;
        }
        // The session that the journal would stand beside.
        let session = path.with_extension("");
        let Ok(Taken::Ours(lock)) = SessionLock::take(&session) else {
            continue;
        };
        if let Ok(Some(journal)) = read(&path, &session)
            && matches!(journal.base, Base::New(_))
            && !journal.entries.is_empty()
        {
            found.push((journal, lock));
        }
    }
    // Named by the ids of their sessions, which grow.
    given_up.sort_unstable_by(|a, b| b.cmp(a));
    for old in given_up.iter().skip(GIVEN_UP_KEPT) {
        let _ = std::fs::remove_file(old);
    }
    // Ids sort by when they were made, and tell nothing else.
    found.sort_by_key(|(journal, _)| journal.session);
    found
}
