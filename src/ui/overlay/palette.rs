//! Any command by a part of its name.

use egui::{Key, Modifiers, Ui, WidgetInfo, vec2};

use super::focus_once;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::ui::tokens::{ROW, tokens};
use crate::ui::{picker, widgets};

pub(super) fn palette_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    query: &mut String,
    chosen: &mut usize,
    actions: &mut Vec<Action>,
) {
    // The arrows move in the list, not in the field; so they are taken before the field sees them.
    let down = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    let up = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowUp));
    let field = widgets::field(
        ui,
        "Command",
        "Type a part of a command's name",
        query,
        f32::INFINITY,
    );
    focus_once(ui, &field);
    if field.changed() {
        *chosen = 0;
    }
    let names: Vec<(Command, String)> = Command::ALL
        .iter()
        .map(|command| (*command, workbench.command_text(*command)))
        .collect();
    let found: Vec<&(Command, String)> = if query.trim().is_empty() {
        names.iter().collect()
    } else {
        picker::best(&names, query, 30)
    };
    if down {
        *chosen = (*chosen + 1).min(found.len().saturating_sub(1));
    }
    if up {
        *chosen = chosen.saturating_sub(1);
    }
    let entered = ui.input(|input| input.key_pressed(Key::Enter));
    if entered && field.lost_focus() {
        // What can't be done now leaves the palette open.
        field.request_focus();
    }
    ui.add_space(4.0);
    if found.is_empty() {
        widgets::note(ui, "No command has such a name.");
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    super::list_area(ui, 360.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (place, (command, name)) in
                found.iter().map(|found| (&found.0, &found.1)).enumerate()
            {
                let enabled = workbench.is_enabled(*command);
                let current = place == *chosen;
                let pressed = row(
                    ui,
                    workbench,
                    *command,
                    name,
                    enabled,
                    current,
                    (down || up) && current,
                );
                if enabled && (pressed || (entered && current)) {
                    actions.push(Action::CloseOverlay);
                    actions.push((*command).into());
                }
            }
        });
    if let Some((command, _)) = found.get(*chosen) {
        ui.add_space(8.0);
        match workbench.why_not(*command) {
            Some(why) => {
                let text = egui::RichText::new(format!("Not now: {why}")).small();
                ui.label(text.color(tokens(ui).attention));
            }
            None => _ = widgets::note(ui, command.spec().help),
        }
    }
}

fn row(
    ui: &mut Ui,
    workbench: &Workbench,
    command: Command,
    name: &str,
    enabled: bool,
    current: bool,
    reveal: bool,
) -> bool {
    let tokens = tokens(ui);
    let sense = if enabled {
        egui::Sense::click()
    } else {
        egui::Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListItem, enabled, current, name));
    if current || response.hovered() {
        let ground = if current {
            tokens.selected
        } else {
            tokens.hover
        };
        ui.painter().rect_filled(rect, 4.0, ground);
    }
    if reveal {
        ui.scroll_to_rect(rect, None);
    }
    let color = if enabled {
        tokens.text
    } else {
        tokens.text_weak
    };
    let mut right = rect.right() - 8.0;
    if let Some(shortcut) = command.shortcut_text() {
        let at = egui::pos2(right, rect.center().y);
        right -= widgets::paint_cut(
            ui,
            at,
            egui::Align2::RIGHT_CENTER,
            &shortcut,
            true,
            120.0,
            tokens.text_weak,
        ) + 8.0;
    }
    let at = egui::pos2(rect.left() + 8.0, rect.center().y);
    widgets::paint_cut(
        ui,
        at,
        egui::Align2::LEFT_CENTER,
        name,
        false,
        right - at.x,
        color,
    );
    let tip = |ui: &mut Ui| widgets::why_not_ui(ui, workbench, command);
    response.on_hover_ui(tip).clicked()
}
