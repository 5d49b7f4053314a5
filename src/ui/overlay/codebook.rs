//! The codebook: make, rename, recolour, define and delete codes.

use egui::{ScrollArea, Ui, vec2};

use super::{close_line, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::edits::CODE_COLORS;
use crate::model::annotation::Code;
use crate::model::ids::ItemId;
use crate::ui::tokens::tokens;
use crate::ui::widgets;

pub(super) fn codebook_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    open: &mut Option<ItemId>,
    typed: &mut String,
    actions: &mut Vec<Action>,
) {
    title(ui, "Codebook");
    ui.horizontal(|ui| {
        let field = widgets::field(ui, "New code", "Name of a new code", typed, 300.0);
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let ready = !typed.trim().is_empty() && workbench.session.codebook.by_name(typed).is_none();
        let pressed = ui
            .add_enabled(ready, egui::Button::new("Make code"))
            .clicked();
        if ready && (pressed || enter) {
            actions.push(Action::NewCode(typed.clone()));
            actions.push(Action::SetOverlay(crate::app::draft::Overlay::Codebook {
                open: None,
                typed: String::new(),
            }));
        }
    });
    let codes = &workbench.session.codebook.codes;
    if codes.is_empty() {
        widgets::note(ui, "No codes yet. Make one here, or while annotating.");
    }
    ui.add_space(8.0);
    ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
        for (id, code) in codes {
            code_ui(ui, workbench, *id, code, open, actions);
        }
    });
    close_line(ui, actions);
}

fn code_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    id: ItemId,
    code: &Code,
    open: &mut Option<ItemId>,
    actions: &mut Vec<Action>,
) {
    let used = workbench.code_uses(id);
    ui.horizontal(|ui| {
        swatch(ui, code.color, &format!("Colour of {}", code.name), false);
        ui.label(&code.name);
        widgets::note(
            ui,
            if used == 1 {
                "1 highlight".to_owned()
            } else {
                format!("{used} highlights")
            },
        );
        let is_open = *open == Some(id);
        let edit = ui
            .selectable_label(is_open, "Edit")
            .accessible_name(format!("Edit {}", code.name));
        if edit.clicked() {
            *open = (!is_open).then_some(id);
        }
        let delete = ui
            .button("Delete")
            .accessible_name(format!("Delete {}", code.name));
        if delete
            .on_hover_text("Delete the code and take it off all highlights; undo brings it back")
            .clicked()
        {
            actions.push(Action::DeleteCode(id));
        }
    });
    if *open != Some(id) {
        return;
    }
    ui.indent(id.0, |ui| {
        let mut edited = code.clone();
        // Kept when the cursor leaves the field, so that typing a name is one step to undo.
        let key = ui.scope_id().with("code-draft");
        let (mut name, mut definition) = ui
            .data(|data| data.get_temp::<(String, String)>(key))
            .unwrap_or((code.name.clone(), code.definition.clone()));
        let name_field = widgets::field(ui, "Name of the code", "Name", &mut name, 240.0);
        let definition_field = widgets::field(
            ui,
            "Definition of the code",
            "What it stands for",
            &mut definition,
            f32::INFINITY,
        );
        if name_field.lost_focus() || definition_field.lost_focus() {
            name.trim().clone_into(&mut edited.name);
            definition.trim().clone_into(&mut edited.definition);
        }
        ui.data_mut(|data| data.insert_temp(key, (name, definition)));
        ui.horizontal(|ui| {
            for color in 0..CODE_COLORS {
                if swatch(
                    ui,
                    color,
                    &format!("Colour {}", color + 1),
                    color == code.color,
                ) {
                    edited.color = color;
                }
            }
        });
        if edited != *code {
            actions.push(Action::SetCode(id, edited));
        }
    });
}

fn swatch(ui: &mut Ui, color: u8, name: &str, chosen: bool) -> bool {
    let tokens = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::click());
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, name));
    let fill = tokens
        .code_stripes
        .get(usize::from(color))
        .copied()
        .unwrap_or(tokens.control);
    ui.painter().rect_filled(rect.shrink(3.0), 2.0, fill);
    if chosen || response.has_focus() {
        let stroke = egui::Stroke::new(1.5, tokens.text);
        ui.painter()
            .rect_stroke(rect.shrink(0.5), 3.0, stroke, egui::StrokeKind::Inside);
    }
    response.clicked()
}
