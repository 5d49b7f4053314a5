//! The highlight in hand: its passage, its codes and its note, changed in place. While there is
//! none, the note on the article.

use egui::{Frame, Key, Margin, Panel, RichText, Ui};

use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::coding::{CodeWish, code_paths};
use crate::app::command::Command;
use crate::app::draft::CodeChoice;
use crate::app::highlights::{HighlightWish, Place};
use crate::app::words::signed;
use crate::model::annotation::Annotation;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::Thing;
use crate::ui::tokens::{GRID, tokens};
use crate::ui::{describe, picker, theme, things, widgets};

/// How many codes are offered at once.
const OFFERED: usize = 5;

/// What is typed.
#[derive(Default)]
pub(super) struct DetailState {
    highlight: Option<Typed>,
    article: NoteState,
}

/// Of the highlight in hand.
struct Typed {
    place: Place,
    /// Its note as it was when typing began.
    was: String,
    note: String,
    code: String,
}

/// The note on the article while it is typed.
#[derive(Default)]
struct NoteState {
    article: Option<ArticleId>,
    text: String,
    /// Something was typed since the cursor came into the field.
    typing: bool,
}

impl Typed {
    fn of(place: Place, annotation: &Annotation) -> Self {
        Self {
            place,
            was: annotation.note.clone(),
            note: annotation.note.clone(),
            code: String::new(),
        }
    }

    /// The wish that keeps the note, where it differs.
    fn kept(&self) -> Option<Action> {
        let (article, id) = self.place;
        let wish = || HighlightWish::Note(article, id, self.note.clone());
        (self.note.trim() != self.was).then(|| Action::Highlights(wish()))
    }
}

pub(super) fn detail_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut DetailState,
    actions: &mut Vec<Action>,
) {
    let Some(article) = &workbench.article else {
        return;
    };
    let in_hand = workbench.highlight_in_hand();
    let place = in_hand.map(|(id, _)| (article.id, id));
    let is_other = state.highlight.as_ref().map(|typed| typed.place) != place;
    if is_other && let Some(typed) = state.highlight.take() {
        // What was typed for the one before is kept, where that is as it was.
        let old = workbench.highlight_at(typed.place);
        let is_there = old.is_some_and(|old| old.note == typed.was);
        actions.extend(typed.kept().filter(|_| is_there));
    }
    let frame = Frame::new()
        .fill(tokens(ui).chrome)
        .inner_margin(Margin::symmetric(12, 8));
    Panel::bottom("highlight-in-hand")
        .frame(frame)
        .show(ui, |ui| match in_hand {
            Some((id, annotation)) => {
                let place = (article.id, id);
                let typed = state
                    .highlight
                    .get_or_insert_with(|| Typed::of(place, annotation));
                if typed.was != annotation.note {
                    // Changed elsewhere, or taken back.
                    typed.was.clone_from(&annotation.note);
                    typed.note.clone_from(&annotation.note);
                }
                highlight_ui(ui, workbench, article, annotation, typed, actions);
            }
            None => note_ui(ui, workbench, article, &mut state.article, actions),
        });
}

fn highlight_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    annotation: &Annotation,
    typed: &mut Typed,
    actions: &mut Vec<Action>,
) {
    let quote = describe::one_line(article.slice(annotation.span), 80);
    let quote = RichText::new(format!("“{quote}”")).family(theme::serif());
    ui.label(quote);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        let book = &workbench.session.codebook;
        for code in annotation
            .codes
            .iter()
            .filter(|code| book.codes.contains_key(code))
        {
            widgets::code_mark(ui, workbench, *code);
            let path = book.path_text(*code);
            let button = ui.small_button(format!("{path} ×"));
            if button.accessible_name(format!("Take off {path}")).clicked() {
                actions.push(Action::Code(CodeWish::Give(*code)));
            }
        }
        code_field(ui, workbench, annotation, typed, actions);
    });
    let field = egui::TextEdit::multiline(&mut typed.note)
        .hint_text("Note on the highlight")
        .desired_rows(1)
        .desired_width(f32::INFINITY);
    let note = ui.add(field).accessible_name("Note on the highlight");
    if note.lost_focus() {
        actions.extend(typed.kept());
    }
    ui.horizontal_wrapped(|ui| {
        widgets::note(ui, signed(&annotation.by, annotation.at));
        widgets::command_button(ui, workbench, Command::DeleteHighlight, actions);
        let hint = Command::ArticleNote.tooltip();
        if widgets::link(ui, "Note on the article", &hint).clicked() {
            actions.push(Command::ArticleNote.into());
        }
    });
    let (article, id) = typed.place;
    things::said_ui(ui, workbench, &Thing::Annotation(article, id), actions);
}

/// The field that gives one more code, and the codes that it may be.
fn code_field(
    ui: &mut Ui,
    workbench: &Workbench,
    annotation: &Annotation,
    typed: &mut Typed,
    actions: &mut Vec<Action>,
) {
    let field = widgets::field(ui, "Add a code", "Add a code", &mut typed.code, 90.0);
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let is_typed = !typed.code.trim().is_empty();
    if is_typed && enter {
        let mut codes: Vec<CodeChoice> = annotation
            .codes
            .iter()
            .copied()
            .map(CodeChoice::Existing)
            .collect();
        codes.push(CodeChoice::New(std::mem::take(&mut typed.code)));
        actions.push(Action::Annotate {
            id: Some(typed.place.1),
            span: annotation.span,
            codes,
            note: annotation.note.clone(),
        });
        // One more is typed at once.
        field.request_focus();
        return;
    }
    if !is_typed {
        return;
    }
    let book = &workbench.session.codebook;
    let paths: Vec<(ItemId, String)> = code_paths(book, |code| !annotation.codes.contains(&code));
    for (code, path) in picker::best(&paths, &typed.code, OFFERED) {
        if ui.small_button(path).clicked() {
            actions.push(Action::Code(CodeWish::Give(*code)));
            typed.code.clear();
            break;
        }
    }
}

/// The note on the article. Each key press is kept at once; what is typed in one go is one step.
fn note_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    state: &mut NoteState,
    actions: &mut Vec<Action>,
) {
    let stored = workbench
        .work(article.id)
        .and_then(|work| work.note.as_ref())
        .map_or("", |note| note.text.as_str());
    // Another article, or undo: what is stored is shown. White space at the end is not stored.
    if state.article != Some(article.id) || state.text.trim() != stored {
        *state = NoteState {
            article: Some(article.id),
            text: stored.to_owned(),
            typing: false,
        };
    }
    widgets::heading(ui, "Note on the article");
    let field = egui::TextEdit::multiline(&mut state.text)
        .id(super::note_id(workbench))
        .hint_text("What is this article worth? What is missing in it?")
        .desired_rows(2)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Note on the article");
    if response.changed() && state.text.trim() != stored {
        actions.push(Action::SetNote {
            article: article.id,
            text: state.text.clone(),
            goes_on: state.typing,
        });
        state.typing = true;
    }
    if !response.has_focus() {
        state.typing = false;
    }
}
