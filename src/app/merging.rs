//! Two sessions on the same articles: merging them, and how far their analysts agree.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::background::{Background, Found};
use super::draft::Overlay;
use super::edits::Step;
use super::keeping::KeepOverlay;
use super::notice::Level;
use super::words;
use super::workbench::Workbench;
use crate::analysis::agreement::Agreement;
use crate::analysis::merge::{Conflict, Merge, Place, difference, merge};
use crate::job::agreement::agreement;
use crate::model::edit::Edit;
use crate::model::finding::Finding;
use crate::model::history::History;
use crate::model::session::{Session, Verdict};
use crate::store::backup;
use crate::store::corpus::Corpus;
use crate::store::journal::{Act, Base, Entry};
use crate::store::on_disk::OnDisk;
use crate::store::session_file;

/// A merge that waits for the analyst.
#[derive(Debug)]
pub struct Merging {
    /// The other session's name.
    pub name: String,
    /// What comes of the two.
    pub merge: Merge,
    /// Of each conflict, whether the other session's side is taken.
    pub theirs: Vec<bool>,
    /// Where the other session is what stands in this one's file now.
    on_disk: Option<(OnDisk, Session)>,
    /// The state of this session that it was made for.
    revision: u64,
}

/// Another session, merged or compared with the open one in the background.
pub(super) enum Other {
    Merged(Box<Merging>),
    Compared(String, Box<Agreement>),
    /// It can't be read.
    Unreadable(String),
}

/// What the sessions have in common, as far as it is known.
pub(super) enum Common {
    /// They are of different files.
    Unknown,
    /// Both come from what this session's file held.
    File(OnDisk, Box<History>),
}

impl Background {
    /// Merges the session at `path` into `mine`.
    pub(super) fn merge(
        &mut self,
        path: PathBuf,
        mine: Arc<Session>,
        common: Common,
        revision: u64,
    ) {
        self.jobs.spawn("Comparing two sessions", move |context| {
            let loaded = match session_file::load(&path) {
                Ok(loaded) => loaded,
                Err(problem) => {
                    context.send(Found::Other(Other::Unreadable(problem.to_string())));
                    return;
                }
            };
            let (base, is_own) = match common {
                Common::Unknown => (None, false),
                Common::File(known, history) => {
                    let kept = backup::with(&path, &known.hash).map(|loaded| loaded.session);
                    (kept.or_else(|| saved_state(&mine, *history)), true)
                }
            };
            let merge = merge(base.as_ref(), &mine, &loaded.session);
            let merging = Merging {
                name: name_of(&path),
                theirs: vec![false; merge.conflicts.len()],
                merge,
                on_disk: loaded
                    .on_disk
                    .filter(|_| is_own)
                    .map(|on_disk| (on_disk, loaded.session)),
                revision,
            };
            context.send(Found::Other(Other::Merged(Box::new(merging))));
        });
    }

    /// Compares the session at `path` with `mine`.
    pub(super) fn compare(&mut self, path: PathBuf, mine: Arc<Session>, corpus: Arc<Corpus>) {
        self.jobs.spawn("Comparing two sessions", move |context| {
            let other = match session_file::load(&path) {
                Ok(loaded) => {
                    let found = agreement(&mine, &loaded.session, &corpus);
                    Other::Compared(name_of(&path), Box::new(found))
                }
                Err(problem) => Other::Unreadable(problem.to_string()),
            };
            context.send(Found::Other(other));
        });
    }
}

/// The session as its file held it last: what was done since is taken back.
fn saved_state(session: &Session, mut history: History) -> Option<Session> {
    let mut session = session.clone();
    while history.is_unsaved() {
        history.undo(&mut session)?;
    }
    Some(session)
}

fn name_of(path: &std::path::Path) -> String {
    path.file_stem().map_or_else(
        || path.display().to_string(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

impl Workbench {
    /// Merges another session file into the open one, after a look at the conflicts.
    pub(super) fn merge_with(&mut self, path: PathBuf) {
        self.overlay = None;
        let mine = Arc::clone(&self.session);
        let revision = self.history.revision();
        self.background.merge(path, mine, Common::Unknown, revision);
    }

    /// Merges what somebody else wrote into this session's file.
    pub(super) fn merge_with_file(&mut self) {
        self.overlay = None;
        let (Some(path), Some(known)) = (self.file.clone(), self.keeping.on_disk.clone()) else {
            return;
        };
        let common = Common::File(known, Box::new(self.history.clone()));
        let mine = Arc::clone(&self.session);
        let revision = self.history.revision();
        self.background.merge(path, mine, common, revision);
    }

    /// Says how far another session's analyst agrees with this one's.
    pub(super) fn compare_with(&mut self, path: PathBuf) {
        self.overlay = None;
        let (mine, corpus) = (Arc::clone(&self.session), Arc::clone(&self.corpus));
        self.background.compare(path, mine, corpus);
    }

    pub(super) fn take_other(&mut self, other: Other) {
        match other {
            Other::Merged(merging) => {
                self.keeping.merging = Some(*merging);
                self.overlay(Overlay::Keep(KeepOverlay::Merge));
            }
            Other::Compared(name, found) => {
                self.keeping.agreement = Some((name, *found));
                self.overlay(Overlay::Keep(KeepOverlay::Agreement));
            }
            Other::Unreadable(problem) => self.tell(Level::Error, problem),
        }
    }

    /// Says of one conflict, or of all, whose side is taken.
    pub(super) fn choose_side(&mut self, conflict: Option<usize>, is_theirs: bool) {
        let Some(merging) = &mut self.keeping.merging else {
            return;
        };
        match conflict {
            Some(at) => {
                if let Some(side) = merging.theirs.get_mut(at) {
                    *side = is_theirs;
                }
            }
            None => merging.theirs.fill(is_theirs),
        }
    }

    /// Merges as it was chosen, as one step.
    pub(super) fn finish_merge(&mut self) {
        self.overlay = None;
        let Some(merging) = self.keeping.merging.take() else {
            return;
        };
        if merging.revision != self.history.revision() {
            self.tell(
                Level::Warning,
                "The session was changed meanwhile. Nothing was merged; do it once more.",
            );
            return;
        }
        let edit = merging
            .merge
            .edit(|at| merging.theirs.get(at).copied().unwrap_or(false));
        self.take_step(Some(Step {
            name: format!("Merge with {}", merging.name),
            edit,
        }));
        if let Some((on_disk, theirs)) = merging.on_disk {
            self.build_on(on_disk, &theirs);
        }
    }

    /// The file holds `theirs` now, and this session goes on from there.
    fn build_on(&mut self, on_disk: OnDisk, theirs: &Session) {
        let Some(path) = self.file.clone() else {
            return;
        };
        if let Some(journal) = self.keeping.journal.take() {
            journal.discard(true);
        }
        let entry = Entry {
            number: 1,
            at: Timestamp::now(),
            act: Act::Step,
            name: "Merge".to_owned(),
            article: None,
            edit: Edit::All(difference(theirs, &self.session)),
        };
        let base = Base::File(on_disk.hash);
        self.keeping.on_disk = Some(on_disk);
        // No state of this session is in the file.
        self.history.mark_saved(u64::MAX);
        self.begin_journal(base, path, None, vec![entry]);
    }

    /// What a conflict is about, in words.
    #[must_use]
    pub fn conflict_in_words(&self, conflict: &Conflict) -> String {
        let what = match &conflict.place {
            Place::Focus => "Focus".to_owned(),
            Place::Corpus => "Where the articles are".to_owned(),
            Place::Code(_) => "Code".to_owned(),
            Place::Actor(id) => format!("Actor {}", self.own_name(id)),
            Place::Alias(surface) => format!("Whom “{surface}” names"),
            Place::Merge(id) => format!("What {} is counted as", self.own_name(id)),
            Place::RuleOff(rule) => format!("Rule {rule}"),
            Place::KeptApart(_) => "Kept apart".to_owned(),
            Place::Search(name) => format!("Search “{name}”"),
            Place::Memo(on) => format!("Memo · {}", self.told(on)),
            Place::Link(link) => {
                let (a, b) = link.ends();
                format!("Link of {} with {}", self.told(a), self.told(b))
            }
            Place::Origin(_) => "Where an article came from".to_owned(),
            Place::Decision(..) => "Decision".to_owned(),
            Place::Made(..) => "Made by hand".to_owned(),
            Place::Annotation(..) => "Highlight".to_owned(),
            Place::Note(_) => "Note".to_owned(),
            Place::Publication(_) => "Publication date".to_owned(),
        };
        let title = conflict.place.article().and_then(|article| {
            let row = u32::try_from(self.corpus.row(article)?).ok()?;
            Some(self.facts_of(row)?.title().to_owned())
        });
        match title {
            Some(title) => format!("{what} · {title}"),
            None => what,
        }
    }

    /// One side of a conflict, in words.
    #[must_use]
    pub fn side_in_words(&self, side: Option<&Edit>) -> String {
        let text = match side {
            Some(Edit::Focus(actor) | Edit::Merge(_, Some(actor))) => self.own_name(actor),
            Some(Edit::Alias(_, Some(to))) => to
                .as_ref()
                .map_or("nobody".to_owned(), |to| self.own_name(to)),
            Some(Edit::Decision(.., Some(decision))) => {
                let what = self.finding_in_words(&decision.finding);
                match &decision.verdict {
                    Verdict::Accepted => format!("accepted: {what}"),
                    Verdict::Rejected => format!("rejected: {what}"),
                    Verdict::Edited(to) => format!("edited: {}", self.finding_in_words(to)),
                }
            }
            Some(Edit::Made(.., Some(made))) => self.finding_in_words(&made.finding),
            Some(Edit::Annotation(.., Some(highlight))) => {
                let codes = highlight.codes.iter().map(|id| {
                    let code = self.session.codebook.codes.get(id);
                    code.map_or("a code of theirs", |code| code.name.as_str())
                });
                let codes = codes.collect::<Vec<_>>().join(", ");
                format!("“{}” [{codes}] {}", highlight.quote.exact, highlight.note)
            }
            Some(Edit::Note(_, Some(note)) | Edit::Memo(_, Some(note))) => note.text.clone(),
            Some(Edit::Link(_, Some(_))) => "linked".to_owned(),
            Some(Edit::Publication(_, Some(ruling))) => ruling
                .when
                .as_ref()
                .map_or("not known".to_owned(), words::when),
            Some(Edit::Code(_, Some(code))) => format!("{} {}", code.name, code.definition),
            Some(Edit::Actor(_, Some(actor))) => actor.name.clone(),
            Some(Edit::Search(_, Some(query))) => query.clone(),
            Some(Edit::RuleOff(_, off)) => if *off { "off" } else { "on" }.to_owned(),
            Some(Edit::KeptApart(_, apart)) => if *apart { "yes" } else { "no" }.to_owned(),
            None | Some(_) => return "nothing".to_owned(),
        };
        let text = words::one_line(&text, 160);
        match side.and_then(Self::signed_of) {
            Some(signed) => format!("{text} · {signed}"),
            None => text,
        }
    }

    fn finding_in_words(&self, finding: &Finding) -> String {
        match finding {
            Finding::Mention(mention) => format!("names {}", self.own_name(&mention.actor)),
            Finding::Time(time) => time.when.as_ref().map_or("no date".to_owned(), words::when),
            Finding::Furniture(furniture) => furniture.reason.label().to_owned(),
            Finding::Claim(claim) => {
                let actors = claim.actors.iter().map(|one| self.own_name(&one.actor));
                let actors = actors.collect::<Vec<_>>().join(", ");
                let when = claim
                    .time
                    .when
                    .as_ref()
                    .map_or("undated".to_owned(), words::when);
                let (kind, modality) = (claim.kind.label(), claim.modality.label());
                format!("{kind}, {}, {actors}, {when}", modality.to_lowercase())
            }
        }
    }
}
