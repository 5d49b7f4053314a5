//! One line of a journal: `CRC32 RECORD`, the checksum in eight hexadecimal digits over the record.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Act, Base, Entry};
use crate::model::ids::{ArticleId, ItemId};
use crate::store::on_disk::ContentHash;
use crate::store::session_file::{self, EditDoc, SCHEMA, SessionDoc, Text};

/// The format of journals that this version writes.
pub(super) const FORMAT: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum RecordDoc<'a> {
    Head(HeadDoc<'a>),
    Edit(Box<EntryDoc<'a>>),
    /// Before a file of this content takes the session's place. It holds all edits up to `upto`.
    Save {
        hash: Text<ContentHash>,
        upto: u64,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadDoc<'a> {
    pub(super) format: u32,
    /// Of the session files of that version, for what stands in the edits.
    pub(super) schema: u32,
    pub(super) session: Text<Uuid>,
    pub(super) base: BaseDoc<'a>,
    /// The number of the edit before the first one here.
    pub(super) after: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum BaseDoc<'a> {
    File(Text<ContentHash>),
    New(Box<SessionDoc<'a>>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryDoc<'a> {
    pub(super) n: u64,
    pub(super) at: Text<Timestamp>,
    pub(super) act: ActDoc,
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) article: Option<Text<ArticleId>>,
    pub(super) edit: EditDoc<'a>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ActDoc {
    Step,
    TypedOn,
    Undo,
    Redo,
}

impl<'a> RecordDoc<'a> {
    pub(super) fn head(session: ItemId, base: &'a Base, after: u64, folder: Option<&Path>) -> Self {
        Self::Head(HeadDoc {
            format: FORMAT,
            schema: SCHEMA,
            session: Text(session.0),
            base: match base {
                Base::File(hash) => BaseDoc::File(Text(*hash)),
                Base::New(session) => {
                    BaseDoc::New(Box::new(session_file::session_doc(session, folder)))
                }
            },
            after,
        })
    }

    pub(super) fn entry(entry: &'a Entry, folder: Option<&Path>) -> Self {
        Self::Edit(Box::new(EntryDoc {
            n: entry.number,
            at: Text(entry.at),
            act: match entry.act {
                Act::Step => ActDoc::Step,
                Act::TypedOn => ActDoc::TypedOn,
                Act::Undo => ActDoc::Undo,
                Act::Redo => ActDoc::Redo,
            },
            name: entry.name.clone(),
            article: entry.article.map(Text),
            edit: EditDoc::new(&entry.edit, folder),
        }))
    }

    /// The line, with its end.
    pub(super) fn line(&self) -> Result<Vec<u8>, String> {
        let text = ron::to_string(self).map_err(|error| error.to_string())?;
        // The writer of RON escapes line ends; a record with one would be read as two.
        if text.contains('\n') {
            return Err("a record has a line end in it".to_owned());
        }
        let checksum = crc32fast::hash(text.as_bytes());
        Ok(format!("{checksum:08x} {text}\n").into_bytes())
    }

    /// Reads a line without its end.
    pub(super) fn of_line(line: &[u8]) -> Result<Self, String> {
        let line = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
        let (checksum, text) = line
            .split_once(' ')
            .ok_or_else(|| "it has no checksum".to_owned())?;
        if u32::from_str_radix(checksum, 16) != Ok(crc32fast::hash(text.as_bytes())) {
            return Err("its checksum is wrong".to_owned());
        }
        ron::from_str(text).map_err(|error| error.to_string())
    }
}

impl EntryDoc<'_> {
    pub(super) fn into_entry(self, folder: Option<&Path>) -> Entry {
        Entry {
            number: self.n,
            at: self.at.0,
            act: match self.act {
                ActDoc::Step => Act::Step,
                ActDoc::TypedOn => Act::TypedOn,
                ActDoc::Undo => Act::Undo,
                ActDoc::Redo => Act::Redo,
            },
            name: self.name,
            article: self.article.map(|id| id.0),
            edit: self.edit.into_edit(folder),
        }
    }
}

impl BaseDoc<'_> {
    pub(super) fn into_base(self, folder: Option<&Path>) -> Base {
        match self {
            Self::File(hash) => Base::File(hash.0),
            Self::New(doc) => Base::New(Box::new(session_file::session(*doc, folder))),
        }
    }
}
