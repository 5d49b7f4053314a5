//! Dialogs over the window. What is typed in them goes back as the new state of the dialog.

mod annotate;
mod codes;
mod keep;
mod link;
mod lists;
mod merge;
mod palette;
mod paths;
mod who;

use egui::{Id, Key, Modal, Modifiers, Ui};

use super::widgets::{self, focus_once};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::draft::Overlay;
use crate::app::keeping::KeepOverlay;

/// Draws the dialog that is open, if any.
pub(crate) fn overlay_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let Some(overlay) = &workbench.overlay else {
        return;
    };
    let mut edited = overlay.clone();
    let before = actions.len();
    let frame = egui::Frame::window(ui.style());
    // Each opening is another dialog to egui: none begins in the size of the last.
    let id = Id::unique("dialog").with((workbench.openings, std::mem::discriminant(overlay)));
    let modal = Modal::new(id).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(width(overlay));
        match &mut edited {
            Overlay::Welcome => paths::welcome_ui(ui, workbench, actions),
            Overlay::Palette { query, chosen } => {
                palette::palette_ui(ui, workbench, query, chosen, actions);
            }
            Overlay::Shortcuts => lists::shortcuts_ui(ui, actions),
            Overlay::About => lists::about_ui(ui, actions),
            Overlay::Unreadable => lists::unreadable_ui(ui, workbench, actions),
            Overlay::Path {
                purpose,
                text,
                problem,
            } => {
                paths::path_ui(ui, *purpose, text, problem.as_deref(), actions);
            }
            Overlay::NewLibrary { wish, problem } => {
                paths::library_ui(ui, wish, problem.as_deref(), actions);
            }
            Overlay::Unsaved(pending) => paths::unsaved_ui(ui, workbench, pending, actions),
            Overlay::Keep(overlay) => keep::keep_ui(ui, workbench, overlay, actions),
            Overlay::Overwrite(purpose, path) => {
                paths::overwrite_ui(ui, *purpose, path, actions);
            }
            Overlay::Annotate {
                id,
                span,
                quote,
                codes,
                typed,
                note,
            } => {
                annotate::annotate_ui(
                    ui, workbench, *id, *span, quote, codes, typed, note, actions,
                );
            }
            Overlay::Code(dialog) => codes::code_ui(ui, workbench, dialog, actions),
            Overlay::NameActor {
                surface,
                query,
                kind,
                country,
            } => {
                who::name_actor_ui(ui, workbench, surface, query, kind, country, actions);
            }
            Overlay::MergeActor { actor, query } => {
                who::merge_ui(ui, workbench, actor, query, actions);
            }
            Overlay::Link { from, query } => link::link_ui(ui, workbench, from, query, actions),
            Overlay::Focus { query } => who::focus_ui(ui, workbench, query, actions),
            Overlay::KeepSearch { name } => who::keep_search_ui(ui, workbench, name, actions),
            Overlay::Analyst { name, known } => who::analyst_ui(ui, name, known, actions),
        }
    });
    let answered = actions.len() > before;
    let escape = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if !answered && (escape || modal.should_close()) {
        actions.push(Action::CloseOverlay);
    } else if !answered && edited != *overlay {
        actions.push(Action::SetOverlay(edited));
    }
}

fn width(overlay: &Overlay) -> f32 {
    match overlay {
        Overlay::Keep(KeepOverlay::Merge | KeepOverlay::Agreement) => 720.0,
        Overlay::Palette { .. } | Overlay::Welcome | Overlay::Unreadable => 560.0,
        Overlay::Shortcuts => 400.0,
        _ => 460.0,
    }
}

/// A list in a dialog, up to so many points high, less where the window is low.
fn list_area(ui: &Ui, most: f32) -> egui::ScrollArea {
    /// What stands above and below the list, in points.
    const AROUND: f32 = 180.0;
    let room = ui.ctx().content_rect().height() - AROUND;
    widgets::tall_area(most.min(room).max(64.0))
}

/// The heading of a dialog.
fn title(ui: &mut Ui, text: &str) {
    let response = ui.label(
        egui::RichText::new(text)
            .size(16.0)
            .family(super::theme::medium()),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, text));
    ui.add_space(4.0);
}

/// The last line of a dialog with one way out.
fn close_line(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.add_space(8.0);
    if ui
        .button("Close")
        .on_hover_text("Close this (Esc)")
        .clicked()
    {
        actions.push(Action::CloseOverlay);
    }
}

/// The last line of a dialog: the act and the way out. Whether the act was asked for, by button
/// or by Enter.
fn act_line(ui: &mut Ui, act: &str, ready: bool, actions: &mut Vec<Action>) -> bool {
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let pressed = widgets::primary_button(ui, act, ready).clicked();
        let entered =
            ready && ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.shift);
        if ui
            .button("Cancel")
            .on_hover_text("Leave everything as it is (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
        pressed || entered
    })
    .inner
}
