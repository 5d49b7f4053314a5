//! The session as one readable file.
//!
//! [RON](https://docs.rs/ron), UTF-8, the schema first. The same session gives the same bytes:
//! maps are sorted, nothing is stamped. A file is read strictly, so that nothing in it is silently
//! lost at the next save: an unknown field, an unknown name or a key given twice is refused with
//! line and column. A file of a newer schema is read leniently, and must not be written back.
//!
//! The types of the file stand apart from the model (`doc` and its neighbours), so that the
//! model can change without the format, and the format in steps of [`SCHEMA`].
//!
//! # How the format grows
//!
//! Until a schema is released, a field is added in `doc`: with `#[serde(default)]`, and
//! `skip_serializing_if` where most sessions do not have it. `convert` carries it to the model and
//! back, `model/arbitrary` makes some, and the property `what_is_saved_is_loaded` proves the rest.
//! A file of an older schema is read with the same types, and lacks the field.
//!
//! Once a schema is released, its file is frozen as `tests/it/data/sessions/schema-N.ron` with
//! something of everything in it, and [`SCHEMA`] goes up by one. What is renamed, moved or changes
//! its meaning afterwards needs its old type in `migrate` and a step from N to N + 1 there. The
//! first save over a file of an older schema keeps that file beside it (`work.schema-1.ron`).

mod convert;
mod doc;
mod edit;
mod error;
mod lenient;
mod migrate;
mod path_text;
mod pieces;
mod plain;
mod saving;
mod text;

use std::path::{Path, PathBuf};

use ron::Options;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Deserialize;

pub(super) use convert::{session, session_doc};
pub(super) use doc::SessionDoc;
pub(super) use edit::EditDoc;
pub use error::{LoadError, LoadReason};
pub use path_text::{path_from_text, path_to_text};
pub use saving::{Saved, Saving, save};
pub(super) use text::Text;

use super::on_disk::OnDisk;
use crate::model::session::Session;
use crate::model::view::View;
use doc::FileDoc;
use lenient::Lenient;

/// The schema that this version writes.
pub const SCHEMA: u32 = 2;

/// What a session file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The analyst's work.
    pub session: Session,
    /// How they looked at it.
    pub view: View,
    /// Whether it may be saved to the same file.
    pub writable: Writable,
    /// The schema of the file.
    pub schema: u32,
    /// What the file held, where it came from one.
    pub on_disk: Option<OnDisk>,
}

/// Whether a session may be saved to the file that it was loaded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writable {
    /// Yes.
    Yes,
    /// No: a newer version wrote it, and what this one does not know would be lost.
    NewerSchema {
        /// The schema of the file.
        found: u32,
        /// The newest one that this version knows.
        known: u32,
    },
}

/// The session as text. Paths of articles inside `folder` (that of the session file) are written
/// relative to it, so that the two can move together; others as they are.
///
/// # Errors
/// When the writer gives up, which is not expected.
pub fn to_ron(session: &Session, view: &View, folder: Option<&Path>) -> Result<String, ron::Error> {
    let mut text = String::new();
    pieces::write(session, view, folder, |piece| {
        text.push_str(&piece);
        Ok::<(), ron::Error>(())
    })?;
    Ok(text)
}

fn text_of(document: &FileDoc<'_>) -> Result<String, ron::Error> {
    let config = PrettyConfig::new()
        .new_line("\n")
        // One line for each decision, finding and annotation: readable, and kind to diffs.
        .depth_limit(plain::write::LINES_DEEP)
        .extensions(Extensions::empty());
    let mut text = Options::default().to_string_pretty(document, config)?;
    text.push('\n');
    Ok(text)
}

/// Reads what [`to_ron`] wrote. Relative paths of articles are taken from `folder`.
///
/// # Errors
/// When the text is no session or a damaged one; see [`LoadError`].
pub fn from_ron(text: &str, folder: Option<&Path>) -> Result<Loaded, LoadError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let found = schema_of(text)?;
    let damaged = |error: ron::error::SpannedError| {
        LoadError::from(if found > SCHEMA {
            LoadReason::newer(found, &error)
        } else {
            LoadReason::damaged(&error)
        })
    };
    if found == SCHEMA
        && let Some((document, work)) = pieces::read(text)
    {
        let (mut session, view) = FileDoc::into_model(document, folder);
        // Work that holds nothing is no work.
        session.work = work;
        session.work.retain(|_, work| !work.is_empty());
        return Ok(Loaded {
            session,
            view,
            writable: Writable::Yes,
            schema: found,
            on_disk: None,
        });
    }
    let (document, writable) = match found {
        0 => return Err(LoadReason::UnknownSchema { found }.into()),
        1..=SCHEMA => (migrate::read(found, text).map_err(damaged)?, Writable::Yes),
        _ => (
            read_leniently(text).map_err(damaged)?,
            Writable::NewerSchema {
                found,
                known: SCHEMA,
            },
        ),
    };
    let (session, view) = FileDoc::into_model(document, folder);
    Ok(Loaded {
        session,
        view,
        writable,
        schema: found,
        on_disk: None,
    })
}

fn read_leniently(text: &str) -> Result<FileDoc<'static>, ron::error::SpannedError> {
    let mut reader = ron::Deserializer::from_str(text)?;
    FileDoc::deserialize(Lenient(&mut reader))
        .and_then(|document| reader.end().map(|()| document))
        .map_err(|error| reader.span_error(error))
}

/// The schema alone. It comes first, so that it can be read whatever follows.
fn schema_of(text: &str) -> Result<u32, LoadError> {
    #[derive(Deserialize)]
    struct Peek {
        schema: u32,
    }
    if let Some(schema) = first_field_schema(text) {
        return Ok(schema);
    }
    // Somewhere else in the file, or not there at all.
    let peek: Peek = ron::from_str(text).map_err(|error| LoadReason::damaged(&error))?;
    Ok(peek.schema)
}

fn first_field_schema(text: &str) -> Option<u32> {
    let rest = text.trim_start().strip_prefix('(')?.trim_start();
    let rest = rest.strip_prefix("schema")?.trim_start();
    let rest = rest.strip_prefix(':')?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    // Anything but a plain number is left to the reader, which can say what is wrong with it.
    let after = rest.get(end..)?.trim_start();
    after
        .starts_with([',', ')'])
        .then(|| rest.get(..end)?.parse().ok())?
}

/// Loads the session file at `path`.
///
/// # Errors
/// When it can't be read, or is no session or a damaged one; see [`LoadError`].
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    load_as(path, path)
}

/// Loads the session file at `path` as if it stood at `place`, for the paths in it.
///
/// # Errors
/// As [`load`].
pub fn load_as(path: &Path, place: &Path) -> Result<Loaded, LoadError> {
    let read = || {
        let bytes = std::fs::read(path).map_err(LoadReason::Io)?;
        let on_disk = OnDisk::of(path, &bytes);
        let text = String::from_utf8(bytes).map_err(|error| LoadReason::not_utf8(&error))?;
        let loaded = from_ron(&text, folder_of(place).as_deref())?;
        Ok(Loaded {
            on_disk: Some(on_disk),
            ..loaded
        })
    };
    read().map_err(|error: LoadError| error.in_file(path))
}

pub(super) fn folder_of(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    path.parent().map(Path::to_owned)
}

#[cfg(test)]
mod tests;
