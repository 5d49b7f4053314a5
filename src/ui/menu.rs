//! The menu bar, all of it from the registry.

use egui::{RichText, Ui};

use super::tokens::tokens;
use super::widgets;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::{Command, Menu};

/// Draws the menu bar with the title of the session at its right.
pub(crate) fn menu_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    egui::MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.label(), |ui| {
                let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - 16.0;
                widgets::scroll_below(ui, room, |ui| {
                    ui.set_min_width(240.0);
                    // Else the names would be broken to fit the least width.
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
                    for command in Command::ALL
                        .iter()
                        .filter(|command| command.spec().menu == menu)
                    {
                        item(ui, workbench, *command, actions);
                    }
                    if menu == Menu::File {
                        recent(ui, workbench, actions);
                    }
                });
            });
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            title(ui, workbench);
        });
    });
}

fn item(ui: &mut Ui, workbench: &Workbench, command: Command, actions: &mut Vec<Action>) {
    if command.digit().is_some() && workbench.code_of(command).is_none() {
        // Fewer codes have been used.
        return;
    }
    let mut button = egui::Button::new(workbench.command_text(command));
    if let Some(shortcut) = command.shortcut_text() {
        button = button.shortcut_text(RichText::new(shortcut).small());
    }
    let button = button.selected(workbench.is_switched_on(command));
    let response = ui.add_enabled(workbench.is_enabled(command), button);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let response = response.on_disabled_hover_ui(|ui| widgets::why_not_ui(ui, workbench, command));
    if response.on_hover_text(command.spec().help).clicked() {
        actions.push(command.into());
        ui.close();
    }
}

fn recent(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    if workbench.recent.paths().is_empty() {
        return;
    }
    ui.separator();
    ui.label(
        RichText::new("Recent sessions")
            .small()
            .color(tokens(ui).text_weak),
    );
    for path in workbench.recent.paths() {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        );
        let folder = path
            .parent()
            .map_or(String::new(), |folder| folder.display().to_string());
        let button = egui::Button::new(name).shortcut_text(RichText::new(folder).small());
        if ui
            .add(button)
            .on_hover_text(path.display().to_string())
            .clicked()
        {
            actions.push(Action::OpenSessionFile(path.clone()));
            ui.close();
        }
    }
}

/// The session's name, with a dot while something is not saved.
fn title(ui: &mut Ui, workbench: &Workbench) {
    let color = tokens(ui).text_weak;
    let unsaved = workbench.history.is_unsaved();
    let text = if unsaved {
        format!("{} ●", workbench.title())
    } else {
        workbench.title()
    };
    let response = ui.label(RichText::new(text).color(color));
    let spoken = if unsaved { "not saved" } else { "saved" };
    let response = response.accessible_name(format!("Session {}, {spoken}", workbench.title()));
    response.on_hover_text(if unsaved {
        "There is work that is not saved (Ctrl+S)"
    } else {
        "All work is saved"
    });
}
