//! The codebook in hand: which code is chosen, how often each is used, and which were used last.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::codebook;
use super::draft::{CodeChoice, Overlay};
use super::edits::{self, Step};
use super::highlights::Place;
use super::notice::Level;
use super::workbench::Workbench;
use crate::job::{Latest, Wake};
use crate::model::codebook::Codebook;
use crate::model::edit::Edit;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::Session;
use crate::model::span::Span;
use crate::model::view::Pane;

/// How many codes have a digit: the last ones used.
pub const DIGITS: usize = 9;

/// A question about a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeDialog {
    /// Below which code, by what is typed.
    Move {
        /// The code that is moved.
        code: ItemId,
        /// What is typed to find the other.
        query: String,
    },
    /// Into which code, by what is typed.
    Merge {
        /// The code that goes.
        code: ItemId,
        /// What is typed to find the other.
        query: String,
    },
    /// The name of a code that highlights get in the place of another.
    Split {
        /// The code that they have.
        from: ItemId,
        /// The highlights.
        chosen: Vec<Place>,
        /// What is typed.
        name: String,
    },
    /// What came of a table.
    Imported {
        /// What was taken over, in words.
        what: String,
        /// What could not be read.
        problems: Vec<String>,
    },
}

/// What the analyst wants done to the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeWish {
    /// Make a code of this name below another one, or at the top.
    New(String, Option<ItemId>),
    /// Put a code below another one, or at the top.
    Move(ItemId, Option<ItemId>),
    /// Make one code of two: the first goes.
    Merge(ItemId, ItemId),
    /// Delete a code.
    Delete(ItemId),
    /// Take a code in hand, or none.
    Choose(Option<ItemId>),
    /// Give a code to the selected passage.
    Give(ItemId),
    /// Count how often each code is used.
    Count,
}

/// How often a code is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// Highlights that carry it.
    pub own: usize,
    /// Highlights that carry it or a code below it, each counted once.
    pub with_below: usize,
}

/// What has been counted of a session.
#[derive(Debug, Default)]
struct Counted {
    uses: HashMap<ItemId, Uses>,
    /// The codes by the newest highlight that carries them, the newest first.
    newest_first: Vec<ItemId>,
}

/// A state of the highlights and codes of a session, by its identity and their revision.
type State = (ItemId, u64);

/// The codebook in hand.
pub struct Coding {
    /// The code in hand.
    pub(super) code: Option<ItemId>,
    /// Changes with each edit of a highlight or a code.
    pub(super) revision: u64,
    /// The codes given since the session was opened, the last one first.
    given: Vec<ItemId>,
    counted: Counted,
    /// The state that was asked about last.
    asked: Option<State>,
    counter: Latest<(State, Arc<Session>), (State, Counted)>,
}

impl Coding {
    pub(super) fn new(wake: &Wake) -> Self {
        Self {
            code: None,
            revision: 0,
            given: Vec::new(),
            counted: Counted::default(),
            asked: None,
            counter: Latest::new("codes", wake.clone(), |asked: (State, Arc<Session>), _| {
                let (state, session) = asked;
                Some((state, count(&session)))
            }),
        }
    }

    /// Forgets the session before.
    pub(super) fn reset(&mut self) {
        self.code = None;
        // The next one may be another state of the same session.
        self.revision += 1;
        self.given.clear();
        self.counted = Counted::default();
        self.asked = None;
    }

    pub(super) fn is_busy(&self) -> bool {
        self.counter.is_busy()
    }
}

fn count(session: &Session) -> Counted {
    let book = &session.codebook;
    let chain = |code: ItemId| std::iter::successors(Some(code), |code| book.parent(*code));
    // A file may hold a circle: each code is met once.
    let above: HashMap<ItemId, Vec<ItemId>> = book
        .codes
        .keys()
        .map(|code| {
            let mut met: Vec<ItemId> = Vec::new();
            for code in chain(*code) {
                if met.contains(&code) {
                    break;
                }
                met.push(code);
            }
            (*code, met)
        })
        .collect();
    let mut uses: HashMap<ItemId, Uses> = HashMap::new();
    let mut newest: HashMap<ItemId, Timestamp> = HashMap::new();
    let mut met: Vec<ItemId> = Vec::new();
    let work = session.work.values();
    for annotation in work.flat_map(|work| work.annotations.values()) {
        met.clear();
        for code in &annotation.codes {
            let Some(above) = above.get(code) else {
                continue;
            };
            uses.entry(*code).or_default().own += 1;
            let at = newest.entry(*code).or_insert(annotation.at);
            *at = annotation.at.max(*at);
            met.extend(above);
        }
        met.sort_unstable();
        met.dedup();
        for code in &met {
            uses.entry(*code).or_default().with_below += 1;
        }
    }
    let mut newest_first: Vec<(Timestamp, ItemId)> =
        newest.into_iter().map(|(code, at)| (at, code)).collect();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    Counted {
        uses,
        newest_first: newest_first.into_iter().map(|(_, code)| code).collect(),
    }
}

/// Reading the codebook in hand.
impl Workbench {
    /// The code in hand.
    #[must_use]
    pub fn code_in_hand(&self) -> Option<ItemId> {
        let code = self.coding.code?;
        self.session
            .codebook
            .codes
            .contains_key(&code)
            .then_some(code)
    }

    /// How often a code is used, as it was counted last.
    #[must_use]
    pub fn code_uses(&self, code: ItemId) -> Uses {
        self.coding
            .counted
            .uses
            .get(&code)
            .copied()
            .unwrap_or_default()
    }

    /// Whether the uses have been counted for the session as it is, or are being counted.
    #[must_use]
    pub fn are_codes_counted(&self) -> bool {
        self.coding.asked == Some(self.state())
    }

    /// The codes that were used last, the last one first: at most [`DIGITS`].
    #[must_use]
    pub fn recent_codes(&self) -> Vec<ItemId> {
        let coding = &self.coding;
        let mut recent: Vec<ItemId> = Vec::with_capacity(DIGITS);
        for code in coding.given.iter().chain(&coding.counted.newest_first) {
            if recent.len() == DIGITS {
                break;
            }
            if self.session.codebook.codes.contains_key(code) && !recent.contains(code) {
                recent.push(*code);
            }
        }
        recent
    }

    /// The codes as they are offered before anything is typed: those used last, then the others in
    /// the order of the tree.
    #[must_use]
    pub fn offered_codes(&self) -> Vec<ItemId> {
        let mut offered = self.recent_codes();
        let others = self.session.codebook.tree().into_iter();
        let others: Vec<ItemId> = others
            .map(|(code, _)| code)
            .filter(|code| !offered.contains(code))
            .collect();
        offered.extend(others);
        offered
    }

    /// Names the state of highlights and codes: what is worked out of them holds until it changes.
    #[must_use]
    pub const fn highlight_revision(&self) -> u64 {
        self.coding.revision
    }

    fn state(&self) -> State {
        (self.session.id, self.highlight_revision())
    }
}

/// Changing the codebook.
impl Workbench {
    pub(super) fn wish_of_code(&mut self, wish: CodeWish) {
        match wish {
            CodeWish::New(name, parent) => {
                let made = codebook::make(&self.session, &name, parent);
                self.take_new_code(made);
            }
            CodeWish::Move(code, parent) => {
                self.leave_code_dialog();
                self.take_change(codebook::shift(&self.session, code, parent));
            }
            CodeWish::Merge(from, into) => {
                self.leave_code_dialog();
                if self.take_change(codebook::merge(&self.session, from, into)) {
                    self.coding.code = Some(into);
                }
            }
            CodeWish::Delete(code) => {
                let step = codebook::delete(&self.session, code);
                self.take_step(Some(step));
            }
            CodeWish::Choose(code) => self.coding.code = code,
            CodeWish::Give(code) => self.give_code(code),
            CodeWish::Count => self.count_codes(),
        }
    }

    pub(super) fn take_new_code(&mut self, made: Result<(ItemId, Step), String>) {
        match made {
            Ok((code, step)) => {
                self.take_step(Some(step));
                self.coding.code = Some(code);
            }
            Err(why) => self.tell(Level::Warning, why),
        }
    }

    /// Takes a step, or says why there is none. Whether it was taken.
    pub(super) fn take_change(&mut self, changed: codebook::Changed) -> bool {
        match changed {
            Ok(step) => {
                self.take_step(Some(step));
                true
            }
            Err(why) => {
                self.tell(Level::Warning, why);
                false
            }
        }
    }

    /// Gives a code to the highlight in hand, to the one that lies on the selected passage, or to
    /// that passage as a new highlight. Where the highlight has it already, it is taken off.
    pub(super) fn give_code(&mut self, code: ItemId) {
        let Some((id, article)) = self.open_id().zip(self.article.as_ref()) else {
            return;
        };
        let on = |span: Span| {
            let mut all = self.work(id)?.annotations.iter();
            all.find_map(|(id, one)| (one.span == span).then_some(*id))
        };
        let in_hand = self.highlight_in_hand().map(|(highlight, _)| highlight);
        let known = self.selected_text.map_or(in_hand, on);
        let (highlight, changed) = if let Some(highlight) = known {
            let changed = codebook::give_or_take(&self.session, id, highlight, code);
            (highlight, changed)
        } else if let Some(span) = self.selected_text {
            let new = edits::new_item();
            let codes = vec![CodeChoice::Existing(code)];
            let stamp = self.stamp();
            let step = edits::annotate(article, &self.session, new, span, codes, "", &stamp);
            (new, Ok(step))
        } else {
            self.tell(
                Level::Info,
                "Select a passage in the text first, then give it a code.",
            );
            return;
        };
        if let Ok(step) = &changed {
            self.note_codes(&step.edit);
        }
        if self.take_change(changed) {
            // The next code is one more of the same highlight.
            self.select_highlight(highlight, false);
        }
    }

    /// Gives the code of a digit, counted from 1.
    pub(super) fn give_recent(&mut self, digit: usize) {
        let code = digit.checked_sub(1);
        let code = code.and_then(|place| self.recent_codes().get(place).copied());
        if let Some(code) = code {
            self.give_code(code);
        }
    }

    /// Notes the codes that an edit gives to highlights as the last ones used. Called before it is
    /// applied.
    pub(super) fn note_codes(&mut self, edit: &Edit) {
        let mut given = Vec::new();
        collect_given(edit, &self.session, &mut given);
        for code in given {
            self.coding.given.retain(|other| *other != code);
            self.coding.given.insert(0, code);
        }
    }

    /// Asks for the uses of the codes to be counted.
    pub(super) fn count_codes(&mut self) {
        let state = self.state();
        self.coding.asked = Some(state);
        self.coding.counter.ask((state, Arc::clone(&self.session)));
    }

    pub(super) fn take_counted(&mut self) {
        if let Some(((session, _), counted)) = self.coding.counter.take()
            && session == self.session.id
        {
            self.coding.counted = counted;
        }
    }

    /// Closes a question about a code; the keys go back to the tree.
    fn leave_code_dialog(&mut self) {
        if matches!(self.overlay, Some(Overlay::Code(_))) {
            self.overlay = None;
            self.effects
                .push(super::Effect::Focus(super::Field::CodeTree));
        }
    }

    /// Puts the cursor where a new code is named.
    pub(super) fn begin_code(&mut self) {
        self.show_pane(Pane::Codes);
        self.effects
            .push(super::Effect::Focus(super::Field::NewCode));
    }

    /// Puts the cursor in the name of the code in hand.
    pub(super) fn begin_rename(&mut self) {
        self.show_pane(Pane::Codes);
        self.effects
            .push(super::Effect::Focus(super::Field::CodeName));
    }

    pub(super) fn ask_of_code(&mut self, ask: impl FnOnce(ItemId, String) -> CodeDialog) {
        if let Some(code) = self.code_in_hand() {
            self.overlay(Overlay::Code(ask(code, String::new())));
        }
    }
}

/// The codes that an edit gives to highlights that do not have them, each once.
fn collect_given(edit: &Edit, session: &Session, into: &mut Vec<ItemId>) {
    match edit {
        Edit::Annotation(article, id, Some(annotation)) => {
            let had = had_codes(session, *article, *id);
            for code in &annotation.codes {
                if !had.contains(code) && !into.contains(code) {
                    into.push(*code);
                }
            }
        }
        Edit::All(edits) => edits
            .iter()
            .for_each(|edit| collect_given(edit, session, into)),
        _ => {}
    }
}

fn had_codes(session: &Session, article: ArticleId, id: ItemId) -> &[ItemId] {
    let work = session.work.get(&article);
    let annotation = work.and_then(|work| work.annotations.get(&id));
    annotation.map_or(&[], |annotation| &annotation.codes)
}

/// The paths of codes, to find one by typing; without those that `is_wanted` refuses.
#[must_use]
pub fn code_paths(book: &Codebook, is_wanted: impl Fn(ItemId) -> bool) -> Vec<(ItemId, String)> {
    let codes = book.tree().into_iter().map(|(code, _)| code);
    codes
        .filter(|code| is_wanted(*code))
        .map(|code| (code, book.path_text(code)))
        .collect()
}
