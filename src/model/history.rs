//! Undo and redo, with the name of each step.

use std::collections::VecDeque;

use super::edit::Edit;
use super::ids::ArticleId;
use super::session::Session;

/// One thing that the analyst did.
#[derive(Debug, Clone)]
struct Step {
    /// What the menu says: "Accept date", "Delete code".
    name: String,
    /// Where it happened, to lead the analyst back there.
    article: Option<ArticleId>,
    /// What to apply to go the other way.
    edit: Edit,
    /// The revision that going the other way leads to.
    leads_to: u64,
}

/// What undo or redo changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name of the step.
    pub name: String,
    /// The article to show.
    pub article: Option<ArticleId>,
    /// The edit that was applied.
    pub edit: Edit,
}

/// The steps done and undone since the session was opened, and which of them is saved.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Names the present state of the session; no two different states share one.
    revision: u64,
    newest: u64,
    saved: u64,
}

impl History {
    /// How many steps can be undone before the oldest are forgotten.
    pub const LIMIT: usize = 10_000;

    /// Applies `edit` to `session` as a step of this name. A step that changes nothing is not
    /// kept.
    pub fn apply(
        &mut self,
        session: &mut Session,
        name: &str,
        article: Option<ArticleId>,
        edit: &Edit,
    ) {
        let inverse = edit.clone().apply(session);
        if changes_nothing(edit, &inverse) {
            return;
        }
        self.undone.clear();
        self.done.push_back(Step {
            name: name.to_owned(),
            article,
            edit: inverse,
            leads_to: self.revision,
        });
        self.newest += 1;
        self.revision = self.newest;
        if self.done.len() > Self::LIMIT {
            self.done.pop_front();
        }
    }

    /// Applies `edit` as a part of the last step, where that has the same name and article and
    /// changed the same place, as typing on does; else as a step of its own.
    pub fn extend(
        &mut self,
        session: &mut Session,
        name: &str,
        article: Option<ArticleId>,
        edit: &Edit,
    ) {
        let goes_on = self.undone.is_empty()
            && self.done.back().is_some_and(|step| {
                step.name == name && step.article == article && step.edit.same_place(edit)
            });
        if !goes_on {
            self.apply(session, name, article, edit);
            return;
        }
        // What the step would put back is still what stood there before it.
        let _ = edit.clone().apply(session);
        self.newest += 1;
        self.revision = self.newest;
    }

    /// Takes back the last step.
    pub fn undo(&mut self, session: &mut Session) -> Option<Change> {
        let step = self.done.pop_back()?;
        let (step, change) = self.reverse(step, session);
        self.undone.push(step);
        Some(change)
    }

    /// Does the last undone step again.
    pub fn redo(&mut self, session: &mut Session) -> Option<Change> {
        let step = self.undone.pop()?;
        let (step, change) = self.reverse(step, session);
        self.done.push_back(step);
        Some(change)
    }

    fn reverse(&mut self, step: Step, session: &mut Session) -> (Step, Change) {
        let edit = step.edit.clone();
        let inverse = step.edit.apply(session);
        let change = Change {
            name: step.name.clone(),
            article: step.article,
            edit,
        };
        let leads_to = std::mem::replace(&mut self.revision, step.leads_to);
        (
            Step {
                edit: inverse,
                leads_to,
                ..step
            },
            change,
        )
    }

    /// The name of the step that undo would take back.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.done.back().map(|step| step.name.as_str())
    }

    /// The name of the step that redo would do again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.as_str())
    }

    /// How many steps can be undone.
    #[must_use]
    pub fn undo_count(&self) -> usize {
        self.done.len()
    }

    /// Names the present state of the session, for [`Self::mark_saved`].
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// What the file holds now is the state of this revision.
    pub const fn mark_saved(&mut self, revision: u64) {
        self.saved = revision;
    }

    /// Whether the session differs from what the file holds.
    #[must_use]
    pub const fn is_unsaved(&self) -> bool {
        self.saved != self.revision
    }
}

/// Whether each part of an edit put in its place what stood there already. The parts of an inverse
/// stand in reverse order.
fn changes_nothing(edit: &Edit, inverse: &Edit) -> bool {
    match (edit, inverse) {
        (Edit::All(parts), Edit::All(inverses)) => {
            let mut pairs = parts.iter().zip(inverses.iter().rev());
            pairs.all(|(part, inverse)| changes_nothing(part, inverse))
        }
        _ => edit == inverse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ActorId, ItemId};
    use crate::model::session::{CorpusSource, Note};

    #[test]
    fn typing_on_is_one_step() {
        let id = ItemId(uuid::Uuid::nil());
        let mut session = Session::new(id, CorpusSource::Sample, ActorId::new("BY"), String::new());
        let article = ArticleId([7; 32]);
        let note = |text: &str| {
            let (by, at) = (String::new(), jiff::Timestamp::UNIX_EPOCH);
            let note = Note {
                text: text.to_owned(),
                by,
                at,
            };
            Edit::Note(article, Some(note))
        };
        let before = session.clone();
        let mut history = History::default();
        history.extend(&mut session, "Note", Some(article), &note("a"));
        history.extend(&mut session, "Note", Some(article), &note("ab"));
        history.mark_saved(history.revision());
        history.extend(&mut session, "Note", Some(article), &note("abc"));
        assert!(
            history.is_unsaved(),
            "what was typed after the save is not saved"
        );
        assert_eq!(history.undo_count(), 1);
        let after = session.clone();
        history.undo(&mut session);
        assert_eq!(session, before);
        history.redo(&mut session);
        assert_eq!(session, after);
        // Another article, and a fresh start, are steps of their own.
        history.extend(&mut session, "Note", None, &note("abcd"));
        history.apply(&mut session, "Note", None, &note("e"));
        assert_eq!(history.undo_count(), 3);
    }
}
