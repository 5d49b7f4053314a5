//! What a thing is to be linked with.

use egui::{Key, RichText, Ui};

use super::{focus_once, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::memos::MemoWish;
use crate::model::session::Thing;
use crate::ui::tokens::tokens;
use crate::ui::{describe, picker, things, widgets};

/// So many are offered.
const OFFERED: usize = 12;

pub(super) fn link_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    from: &Thing,
    query: &mut String,
    actions: &mut Vec<Action>,
) {
    title(ui, "Link");
    ui.label(things::short(workbench, from));
    ui.add_space(4.0);
    let field = widgets::field(
        ui,
        "With",
        "Type a part of the name of an article, code, actor …",
        query,
        f32::INFINITY,
    );
    focus_once(ui, &field);
    let is_typed = !query.trim().is_empty();
    let all = if is_typed {
        workbench.linkable()
    } else {
        workbench.things_nearby()
    };
    let is_free =
        |thing: &Thing| thing != from && !workbench.ties().linked_with(from).contains(thing);
    let named: Vec<(Thing, String)> = all
        .into_iter()
        .filter(is_free)
        .map(|thing| {
            let told = workbench.told(&thing).to_string();
            (thing, told)
        })
        .collect();
    let offered: Vec<&(Thing, String)> = if is_typed {
        picker::best(&named, query, OFFERED)
    } else {
        named.iter().take(OFFERED).collect()
    };
    let mut chosen = None;
    if is_typed && field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        chosen = offered.first().map(|(thing, _)| thing.clone());
    }
    ui.add_space(4.0);
    super::list_area(ui, 300.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (thing, name) in &offered {
                let color = tokens(ui).text;
                let text = RichText::new(describe::one_line(name, 90)).color(color);
                let button = egui::Button::new(text).frame(false).truncate();
                if ui.add(button).on_hover_text(name).clicked() {
                    chosen = Some(thing.clone());
                }
            }
        });
    if offered.is_empty() {
        widgets::note(
            ui,
            "Nothing in reach is called so. Look for it in the window instead.",
        );
    }
    if let Some(other) = chosen {
        actions.push(Action::Memo(MemoWish::Link(from.clone(), other)));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let seek = ui.button("Look for it in the window");
        let hint =
            "Go where the other end is, in any article, and press G there, or right-click it";
        if seek.on_hover_text(hint).clicked() {
            actions.push(Action::Memo(MemoWish::SeekEnd(from.clone())));
        }
        if ui
            .button("Cancel")
            .on_hover_text("Link nothing (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
    });
}
