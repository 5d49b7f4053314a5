//! Edits of a journal → the session as it was, with what can be undone.

use super::{Act, Entry};
use crate::model::history::{Change, History};
use crate::model::session::Session;

/// Does again what `entries` tell, in order. What was done since the journal's beginning can be
/// undone as before; taking back what was done before it becomes a step of its own.
pub fn replay(session: &mut Session, history: &mut History, entries: &[Entry]) {
    for entry in entries {
        match entry.act {
            Act::Step => history.apply(session, &entry.name, entry.article, &entry.edit),
            Act::TypedOn => history.extend(session, &entry.name, entry.article, &entry.edit),
            Act::Undo => {
                if !goes_back(session, history, entry, History::undo, History::redo) {
                    history.apply(session, &entry.words(), entry.article, &entry.edit);
                }
            }
            Act::Redo => {
                if !goes_back(session, history, entry, History::redo, History::undo) {
                    history.apply(session, &entry.words(), entry.article, &entry.edit);
                }
            }
        }
    }
}

type Go = fn(&mut History, &mut Session) -> Option<Change>;

/// Goes one step by `go` if that does what the entry tells.
fn goes_back(
    session: &mut Session,
    history: &mut History,
    entry: &Entry,
    go: Go,
    come_back: Go,
) -> bool {
    let Some(change) = go(history, session) else {
        return false;
    };
    if change.edit == entry.edit {
        return true;
    }
    // Another step: put it back as it was.
    let _ = come_back(history, session);
    false
}
