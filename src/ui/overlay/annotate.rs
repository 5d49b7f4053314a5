//! A highlight: its codes, made on the spot or from the codebook, and its note.

use egui::{Key, RichText, Ui, vec2};

use super::{focus_once, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::draft::CodeChoice;
use crate::model::ids::ItemId;
use crate::model::span::Span;
use crate::ui::tokens::tokens;
use crate::ui::{describe, picker, theme, widgets};

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

    let codebook = &workbench.session.codebook.codes;
    ui.label("Code");
    let field = widgets::field(
        ui,
        "Code",
        "Type a name; a new one is made",
        typed,
        f32::INFINITY,
    );
    focus_once(ui, &field);
    let names: Vec<(ItemId, String)> = codebook
        .iter()
        .filter(|(id, _)| !codes.contains(id))
        .map(|(id, code)| (*id, code.name.clone()))
        .collect();
    let offered = if typed.trim().is_empty() {
        names.iter().take(8).collect()
    } else {
        picker::best(&names, typed, 8)
    };
    ui.horizontal_wrapped(|ui| {
        for (id, name) in offered {
            if ui.button(name).on_hover_text("Give this code").clicked() {
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
                let color = tokens(ui)
                    .code_stripes
                    .get(usize::from(code.color))
                    .copied();
                let (rect, _) = ui.allocate_exact_size(vec2(4.0, 14.0), egui::Sense::hover());
                ui.painter()
                    .rect_filled(rect, 1.0, color.unwrap_or(tokens(ui).control));
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
