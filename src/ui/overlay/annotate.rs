//! A highlight: its codes, made on the spot or from the codebook, and its note.

use egui::{Key, RichText, Ui};

use super::{focus_once, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::code_paths;
use crate::app::draft::CodeChoice;
use crate::model::ids::ItemId;
use crate::model::span::Span;
use crate::ui::{describe, picker, theme, widgets};

/// How many codes are offered at once.
const OFFERED: usize = 9;

#[allow(clippy::too_many_arguments)] // the fields of one dialog
pub(super) fn annotate_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    id: Option<ItemId>,
    span: Span,
    quote: &str,
    codes: &mut Vec<ItemId>,
    typed: &mut String,
    note: &mut String,
    actions: &mut Vec<Action>,
) {
    title(
        ui,
        if id.is_some() {
            "Edit annotation"
        } else {
            "Annotate"
        },
    );
    let shown = format!("“{}”", describe::one_line(quote, 240));
    ui.label(RichText::new(shown).family(theme::serif()).size(15.0));
    ui.add_space(8.0);

    let book = &workbench.session.codebook;
    ui.label("Code");
    let field = widgets::field(
        ui,
        "Code",
        "Type a name; a new one is made",
        typed,
        f32::INFINITY,
    );
    focus_once(ui, &field);
    // Before anything is typed, the codes that were used last come first.
    let offered: Vec<(ItemId, String)> = if typed.trim().is_empty() {
        let codes = workbench.offered_codes().into_iter();
        codes.map(|code| (code, book.path_text(code))).collect()
    } else {
        code_paths(book, |_| true)
    };
    let offered: Vec<(ItemId, String)> = offered
        .into_iter()
        .filter(|(id, _)| !codes.contains(id))
        .collect();
    let offered = if typed.trim().is_empty() {
        offered.iter().take(OFFERED).collect()
    } else {
        picker::best(&offered, typed, OFFERED)
    };
    ui.horizontal_wrapped(|ui| {
        for (id, path) in offered {
            widgets::code_mark(ui, workbench, *id);
            if ui.button(path).on_hover_text("Give this code").clicked() {
                codes.push(*id);
                typed.clear();
            }
        }
    });
    given_ui(ui, workbench, codes);
    ui.add_space(4.0);
    ui.label("Note");
    let field = egui::TextEdit::multiline(note)
        .desired_rows(2)
        .desired_width(f32::INFINITY);
    let note_field = ui.add(field).accessible_name("Note");

    let ready = !typed.trim().is_empty() || !codes.is_empty() || !note.trim().is_empty();
    if !ready {
        widgets::note(ui, "Give a code or write a note.");
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let pressed = widgets::primary_button(ui, "Keep", ready)
            .on_hover_text("Keep it (Enter)")
            .clicked();
        // Asked before the input is locked: `has_focus` locks it, too.
        let in_note = note_field.has_focus();
        let enter = ui
            .input(|input| input.key_pressed(Key::Enter) && (input.modifiers.command || !in_note));
        if ready && (pressed || enter) {
            let mut choices: Vec<CodeChoice> =
                codes.iter().copied().map(CodeChoice::Existing).collect();
            if !typed.trim().is_empty() {
                choices.push(CodeChoice::New(typed.trim().to_owned()));
            }
            actions.push(Action::Annotate {
                id,
                span,
                codes: choices,
                note: note.clone(),
            });
        }
        if ui
            .button("Cancel")
            .on_hover_text("Leave everything as it is (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
    });
}

/// The codes given so far, each with the way to take it off.
fn given_ui(ui: &mut Ui, workbench: &Workbench, codes: &mut Vec<ItemId>) {
    if !codes.is_empty() {
        ui.horizontal_wrapped(|ui| {
            widgets::note(ui, "Given:");
            let mut remove = None;
            for id in codes.iter() {
                let Some(code) = workbench.session.codebook.codes.get(id) else {
                    continue;
                };
                widgets::code_mark(ui, workbench, *id);
                let button = ui.button(format!("{} ×", code.name));
                if button
                    .accessible_name(format!("Take off {}", code.name))
                    .clicked()
                {
                    remove = Some(*id);
                }
            }
            codes.retain(|id| Some(*id) != remove);
        });
    }
}
