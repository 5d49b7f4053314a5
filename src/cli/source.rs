//! Where the articles of a run come from: files, folders, JSON lines.

use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::json::Request;
use crate::store::corpus::id_of;
use crate::store::import::{Unreadable, bytes_of};
use crate::store::walk;

/// What is read of one article before extraction.
#[derive(Debug)]
pub(super) struct Raw {
    /// Where it comes from.
    pub(super) source: String,
    /// What to extract, or why it can't be read.
    pub(super) content: Result<Content, String>,
}

/// An article as it comes in.
#[derive(Debug)]
pub(super) enum Content {
    /// The bytes of a file.
    File(Vec<u8>),
    /// A line of JSON.
    Json(Vec<u8>),
}

/// Calls `take` with every article of `paths`, folders with their subfolders in the order of
/// their names, until it answers `false`.
pub(super) fn files(paths: &[PathBuf], mut take: impl FnMut(Raw) -> bool) {
    for path in paths {
        if !path.is_dir() {
            // Whatever is named is read, a pipe as well.
            let read = fs::read(path).map_err(|error| error.to_string());
            if !take(file(path, read)) {
                return;
            }
            continue;
        }
        for entry in walk::files(path) {
            let raw = match entry {
                Ok(entry) if !walk::is_text(entry.path()) => continue,
                Ok(entry) => {
                    let read = bytes_of(entry.path()).map_err(|reason| reason.to_string());
                    file(entry.path(), read)
                }
                Err(Unreadable { path, reason }) => file(&path, Err(reason.to_string())),
            };
            if !take(raw) {
                return;
            }
        }
    }
}

fn file(path: &Path, read: Result<Vec<u8>, String>) -> Raw {
    Raw {
        source: path.display().to_string(),
        content: read.map(Content::File),
    }
}

/// Calls `take` with every line of `input`, until it answers `false` or the input ends. Empty
/// lines are passed over.
pub(super) fn lines(mut input: impl BufRead, mut take: impl FnMut(Raw) -> bool) {
    for number in 1_usize.. {
        let mut line = Vec::new();
        let content = match input.read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => Ok(Content::Json(line)),
            Err(error) => Err(error.to_string()),
        };
        let failed = content.is_err();
        let source = format!("standard input, line {number}");
        if !take(Raw { source, content }) || failed {
            return;
        }
    }
}

/// A decoded text with what came along with it.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Where it comes from.
    pub(super) source: String,
    /// SHA-256 of the source bytes (of the text, for JSON lines).
    pub(super) sha256: [u8; 32],
    /// The text.
    pub(super) text: String,
    /// The publication date that came along.
    pub(super) published: Option<String>,
    /// The focus that came along.
    pub(super) focus: Option<String>,
}

/// Decodes an article.
///
/// # Errors
/// The reason in words: no text in any encoding that is known, or not the JSON that is expected.
pub(super) fn decode(source: String, content: Content) -> Result<Decoded, (String, String)> {
    match content {
        Content::File(bytes) => {
            let sha256 = id_of(&bytes).0;
            let text = crate::store::decode::decode(&bytes)
                .map_err(|error| (source.clone(), error.to_string()))?
                .text;
            Ok(Decoded {
                source,
                sha256,
                text,
                published: None,
                focus: None,
            })
        }
        Content::Json(line) => {
            let request: Request = serde_json::from_slice(&line)
                .map_err(|error| (source, format!("not the JSON that is expected: {error}")))?;
            Ok(Decoded {
                sha256: id_of(request.text.as_bytes()).0,
                source: request.source,
                text: request.text,
                published: request.published,
                focus: request.focus,
            })
        }
    }
}
