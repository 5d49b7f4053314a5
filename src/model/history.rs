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
