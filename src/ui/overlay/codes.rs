//! Questions about a code: where it goes, and what it becomes.

use egui::Ui;

use super::{act_line, close_line, focus_once, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::codebook::usable_name;
use crate::app::coding::{CodeDialog, CodeWish, code_paths};
use crate::app::highlights::{HighlightWish, Place};
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
        CodeDialog::Split { from, chosen, name } => {
            split_ui(ui, workbench, *from, chosen, name, actions);
        }
        CodeDialog::Imported { what, problems } => imported_ui(ui, what, problems, actions),
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

fn split_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    from: ItemId,
    chosen: &[Place],
    name: &mut String,
    actions: &mut Vec<Action>,
) {
    let book = &workbench.session.codebook;
    let has_it = |place: &&Place| {
        let annotation = workbench.highlight_at(**place);
        annotation.is_some_and(|annotation| annotation.codes.contains(&from))
    };
    let count = chosen.iter().filter(has_it).count();
    title(ui, "Split code");
    let moved = describe::counted(count, "highlight", "highlights");
    ui.label(format!(
        "{moved} of “{}” get a new code in its place.",
        book.path_text(from)
    ));
    if count < chosen.len() {
        let rest = chosen.len() - count;
        widgets::note(
            ui,
            format!("{rest} of the ticked ones have a code below it only, and keep that."),
        );
    }
    let field = widgets::field(ui, "Name of the new code", "Its name", name, f32::INFINITY);
    focus_once(ui, &field);
    let refused = usable_name(book, None, book.parent(from), name).err();
    if let Some(why) = refused.as_ref().filter(|_| !name.trim().is_empty()) {
        widgets::note(ui, why);
    }
    let ready = refused.is_none() && count > 0;
    if act_line(ui, "Split", ready, actions) && ready {
        let wish = HighlightWish::Split(chosen.to_vec(), from, name.clone());
        actions.push(Action::Highlights(wish));
    }
}

/// What came of a table, and what of it could not be read.
fn imported_ui(ui: &mut Ui, what: &str, problems: &[String], actions: &mut Vec<Action>) {
    title(ui, "Codes imported");
    ui.label(what);
    if !problems.is_empty() {
        ui.add_space(8.0);
        widgets::heading(ui, "Not read as it stands");
        super::list_area(ui, 260.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for problem in problems {
                    ui.label(problem);
                }
            });
    }
    close_line(ui, actions);
}
