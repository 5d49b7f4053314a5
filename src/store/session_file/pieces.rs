//! Large sessions are written and read in pieces, on all cores: the work on articles, which is nearly
//! all of them, article by article.
//!
//! The file is the same as if it had been written in one go. Only a file that is laid out as it was
//! written is read in pieces; for any other, and wherever a piece can't be read, the whole is read in
//! one go, which also finds the place of what is wrong.

use std::path::Path;

use rayon::prelude::*;

use super::SCHEMA;
use super::convert::doc_without_work;
use super::doc::{FileDoc, SessionDoc, WorkDoc};
use super::text::{Map, Text};
use crate::model::ids::ArticleId;
use crate::model::session::{ArticleWork, CorpusSource, Session};
use crate::model::shared::SharedMap;
use crate::model::view::View;

/// The line that the work begins after, with its ends.
const BEGIN: &str = "\n        work: {\n";
/// The line that it ends before, with its ends. Nothing inside is indented so little.
const END: &str = "\n        },\n";
/// How the line of an article begins.
const ARTICLE: &str = "            \"";

/// Fewer articles are written in one go.
pub(super) const FEW: usize = 64;
/// Articles of a piece that is written.
const WRITTEN_TOGETHER: usize = 50;
/// Bytes of a piece that is read, at least.
const READ_TOGETHER: usize = 256 << 10;

type Work = SharedMap<ArticleId, ArticleWork>;

/// Writes a session in pieces; `write` makes the text of a document. `None` where that is not laid
/// out as expected.
pub(super) fn write<E: Send>(
    session: &Session,
    view: &View,
    folder: Option<&Path>,
    write: impl Fn(&FileDoc) -> Result<String, E> + Sync,
) -> Result<Option<String>, E> {
    let with = |session: SessionDoc, work: &[(&ArticleId, &ArticleWork)]| FileDoc {
        schema: SCHEMA,
        session: SessionDoc {
            work: work
                .iter()
                .map(|(id, work)| (Text(**id), (*work).into()))
                .collect(),
            ..session
        },
        view: view.into(),
    };
    let entries: Vec<_> = session.work.iter().collect();
    let first = entries.get(..1).unwrap_or_default();
    let around = write(&with(doc_without_work(session, folder), first))?;
    let Some((begin, end)) = inside(&around) else {
        return Ok(None);
    };
    let plain = Session::new(
        session.id,
        CorpusSource::Sample,
        session.focus.clone(),
        String::new(),
    );
    let written: Result<Vec<Option<String>>, E> = entries
        .par_chunks(WRITTEN_TOGETHER)
        .map(|piece| {
            let text = write(&with(doc_without_work(&plain, None), piece))?;
            Ok(inside(&text).and_then(|(begin, end)| text.get(begin..end).map(str::to_owned)))
        })
        .collect();
    let Some(written) = written?.into_iter().collect::<Option<Vec<String>>>() else {
        return Ok(None);
    };
    let (before, after) = (around.get(..begin), around.get(end..));
    let length = around.len() + written.iter().map(String::len).sum::<usize>();
    let mut text = String::with_capacity(length);
    text.push_str(before.unwrap_or_default());
    for piece in &written {
        text.push_str(piece);
    }
    text.push_str(after.unwrap_or_default());
    Ok(Some(text))
}

/// Reads a text in pieces: the file without its work, and the work. `None` where the whole has to be
/// read in one go.
pub(super) fn read(text: &str, least: usize) -> Option<(FileDoc, Work)> {
    let (begin, end) = inside(text)?;
    let (before, work, after) = (text.get(..begin)?, text.get(begin..end)?, text.get(end..)?);
    if work.len() < least || !is_plain(before) {
        return None;
    }
    let rest: FileDoc = ron::from_str(&format!("{before}{after}")).ok()?;
    let read: Vec<Work> = cut(work, least.max(1))
        .into_par_iter()
        .map(|piece| {
            let read: Map<Text<ArticleId>, WorkDoc> =
                ron::from_str(&format!("{{{piece}}}")).ok()?;
            let work = read.0.into_iter().map(|(id, work)| (id.0, work.into()));
            Some(work.collect())
        })
        .collect::<Option<_>>()?;
    let count: usize = read.iter().map(Work::len).sum();
    let mut work = Work::default();
    for piece in read {
        work.append(piece);
    }
    // An article that stands in two pieces.
    (work.len() == count).then_some((rest, work))
}

/// How much of the work makes it worth while to read it in pieces, in bytes.
pub(super) const fn worth_while() -> usize {
    READ_TOGETHER
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
