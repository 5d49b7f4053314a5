//! Sessions are written and read in pieces, on all cores: the work on articles, which is nearly all of
//! a large one, article by article, by the reader and writer of [`super::plain`].
//!
//! The file is the same as if it had been written in one go. Only a file that is laid out as it was
//! written is read in pieces; for any other, and wherever a piece can't be read, the whole is read in
//! one go, which also finds the place of what is wrong.
//!
//! Budget: 100,000 highlights and 500,000 decisions (150 MB) are opened in 2 s and saved in 1 s on two
//! cores, the disk's time included; `benches/session.rs` measures it.

use std::path::Path;

use rayon::prelude::*;

use super::SCHEMA;
use super::convert::doc_without_work;
use super::doc::{FileDoc, SessionDoc, WorkDoc};
use super::plain::NotPlain;
use super::plain::read::Reader;
use super::plain::write::Writer;
use super::text::Text;
use super::text_of;
use crate::model::ids::ArticleId;
use crate::model::session::{ArticleWork, Session};
use crate::model::shared::SharedMap;
use crate::model::view::View;

/// The line that the work begins after, with its ends.
const BEGIN: &str = "\n        work: {\n";
/// The line that it ends before, with its ends. Nothing inside is indented so little.
const END: &str = "\n        },\n";
/// How the line of an article begins.
const ARTICLE: &str = "            \"";

/// Articles of a piece that is written.
const WRITTEN_TOGETHER: usize = 20;
/// Pieces that are made side by side before the first of them is handed on.
const PIECES_AT_ONCE: usize = 16;
/// Bytes of a piece that is read, at least.
const READ_TOGETHER: usize = 256 << 10;

/// About as much as a decision or a highlight takes, and all else of a piece, in bytes.
const ITEM: usize = 320;
const PIECE: usize = 16 << 10;
/// How deep an article stands in its file.
const DEPTH: usize = 3;

type Work = SharedMap<ArticleId, ArticleWork>;

/// Writes a session, handing each piece to `take` in order while the next ones are made.
pub(super) fn write<E: From<ron::Error>>(
    session: &Session,
    view: &View,
    folder: Option<&Path>,
    mut take: impl FnMut(String) -> Result<(), E>,
) -> Result<(), E> {
    let entries: Vec<_> = session.work.iter().collect();
    // Something has to stand where the work is to go.
    let first = entries.first();
    let around = text_of(&FileDoc {
        schema: SCHEMA,
        session: SessionDoc {
            work: first
                .map(|(id, work)| (Text(**id), WorkDoc::from(*work)))
                .into_iter()
                .collect(),
            ..doc_without_work(session, folder)
        },
        view: view.into(),
    })?;
    let Some((begin, end)) = inside(&around).filter(|_| first.is_some()) else {
        return take(if first.is_none() {
            around
        } else {
            text_of(&FileDoc::new(session, view, folder))?
        });
    };
    take(around.get(..begin).unwrap_or_default().to_owned())?;
    for batch in entries.chunks(WRITTEN_TOGETHER * PIECES_AT_ONCE) {
        let written: Result<Vec<String>, NotPlain> = batch
            .par_chunks(WRITTEN_TOGETHER)
            .map(|piece| {
                let items = piece.iter();
                let items = items.map(|(_, work)| work.decisions.len() + work.annotations.len());
                let mut writer = Writer::new(DEPTH, items.sum::<usize>() * ITEM + PIECE);
                for (id, work) in piece {
                    writer.entry(&Text(**id), &WorkDoc::from(*work))?;
                }
                Ok(writer.into_text())
            })
            .collect();
        for piece in written.map_err(|error| ron::Error::Message(error.to_string()))? {
            take(piece)?;
        }
    }
    take(around.get(end..).unwrap_or_default().to_owned())
}

/// Reads a text in pieces: the file without its work, and the work. `None` where the whole has to be
/// read in one go.
pub(super) fn read(text: &str) -> Option<(FileDoc<'static>, Work)> {
    read_by(text, READ_TOGETHER)
}

/// The same, in pieces of so many bytes at least.
pub(super) fn read_by(text: &str, least: usize) -> Option<(FileDoc<'static>, Work)> {
    let (begin, end) = inside(text)?;
    let (before, work, after) = (text.get(..begin)?, text.get(begin..end)?, text.get(end..)?);
    if !is_plain(before) {
        return None;
    }
    let rest: FileDoc<'_> = ron::from_str(&format!("{before}{after}")).ok()?;
    let read = cut(work, least.max(1))
        .into_par_iter()
        .map(read_piece)
        .collect::<Result<Vec<_>, NotPlain>>()
        .ok()?;
    let count: usize = read.iter().map(Vec::len).sum();
    let work: Work = read.into_iter().flatten().collect();
    // An article that stands there twice.
    (work.len() == count).then_some((rest, work))
}

fn read_piece(piece: &str) -> Result<Vec<(ArticleId, ArticleWork)>, NotPlain> {
    let mut reader = Reader::new(piece);
    let mut found = Vec::new();
    while let Some((id, work)) = reader.entry::<Text<ArticleId>, WorkDoc<'_>>()? {
        found.push((id.0, work.into()));
    }
    Ok(found)
}

/// Where the lines of the work begin and end.
fn inside(text: &str) -> Option<(usize, usize)> {
    let begin = text.find(BEGIN)? + BEGIN.len();
    // The end of the last line inside belongs to it.
    let end = text.get(begin..)?.find(END)? + begin + 1;
    Some((begin, end))
}

/// Whether a text ends outside of any string and has no comments: what follows means what it seems.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let mut in_string = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if in_string => _ = bytes.next(),
            b'"' => in_string = !in_string,
            b'/' | b'#' if !in_string => return false,
            _ => {}
        }
    }
    !in_string
}

/// Cuts the work into pieces of whole articles.
fn cut(work: &str, least: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = work;
    while !rest.is_empty() {
        let head = format!("\n{ARTICLE}");
        let tail = rest.as_bytes().get(least..).unwrap_or_default();
        let found = tail
            .windows(head.len())
            .position(|at| at == head.as_bytes());
        // A line end is a border of characters.
        let end = found.map_or(rest.len(), |at| least + at + 1);
        let (piece, left) = rest.split_at(end);
        pieces.push(piece);
        rest = left;
    }
    pieces
}
