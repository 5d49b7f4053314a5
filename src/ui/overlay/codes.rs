//! Questions about a code: where it goes, and what it becomes.

use egui::Ui;

use super::{close_line, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::{CodeDialog, CodeWish, code_paths};
use crate::model::ids::ItemId;
use crate::ui::{describe, picker, widgets};

pub(super) fn code_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    dialog: &mut CodeDialog,
    actions: &mut Vec<Action>,
) {
    match dialog {
        CodeDialog::Move { code, query } => move_ui(ui, workbench, *code, query, actions),
        CodeDialog::Merge { code, query } => merge_ui(ui, workbench, *code, query, actions),
    }
}

fn move_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    code: ItemId,
    query: &mut String,
    actions: &mut Vec<Action>,
) {
    let book = &workbench.session.codebook;
    title(ui, "Move code");
    ui.label(format!("Put “{}” below", book.path_text(code)));
    let (inside, parent) = (book.within(code), book.parent(code));
    let places = code_paths(book, |other| {
        !inside.contains(&other) && parent != Some(other)
    });
    if let Some(place) = picker::code_picker(ui, workbench, "Code above", &places, query) {
        actions.push(Action::Code(CodeWish::Move(code, Some(place))));
    }
    if parent.is_some() {
        ui.add_space(4.0);
        let top = ui.button("To the top").on_hover_text("Below no other code");
        if top.clicked() {
            actions.push(Action::Code(CodeWish::Move(code, None)));
        }
    }
    close_line(ui, actions);
}

fn merge_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    code: ItemId,
    query: &mut String,
    actions: &mut Vec<Action>,
) {
    let book = &workbench.session.codebook;
    title(ui, "Merge codes");
    let uses = describe::counted(workbench.code_uses(code).own, "highlight", "highlights");
    ui.label(format!(
        "Merge “{}” with its {uses} into",
        book.path_text(code)
    ));
    let others = code_paths(book, |other| other != code);
    if let Some(into) = picker::code_picker(ui, workbench, "Other code", &others, query) {
        actions.push(Action::Code(CodeWish::Merge(code, into)));
    }
    widgets::note(
        ui,
        "The other code keeps its name and colour. Definition, memo, links and the codes below go over to it; \
         undo takes all of it back.",
    );
    close_line(ui, actions);
}
