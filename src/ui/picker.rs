//! Finding an actor by typing a part of its name.

use egui::Ui;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::widgets;
use crate::app::Workbench;
use crate::model::ids::{ActorId, ItemId};

/// How many matches are offered.
const OFFERED: usize = 6;
/// The same of actors that are likely meant, before anything is typed.
const OFFERED_LIKELY: usize = 12;
/// The same of codes.
const OFFERED_CODES: usize = 10;

/// A field to type in and the best matches under it; the one that is pressed, or the first one on
/// Enter.
pub(crate) fn actor_picker(
    ui: &mut Ui,
    workbench: &Workbench,
    name: &str,
    query: &mut String,
    takes_focus: bool,
) -> Option<ActorId> {
    picker_with(ui, workbench, name, query, takes_focus, &Vec::new)
}

/// The same for one that is likely to be among some, which are listed until something is typed.
pub(crate) fn likely_picker(
    ui: &mut Ui,
    workbench: &Workbench,
    name: &str,
    query: &mut String,
    likely: &dyn Fn() -> Vec<ActorId>,
) -> Option<ActorId> {
    picker_with(ui, workbench, name, query, true, likely)
}

fn picker_with(
    ui: &mut Ui,
    workbench: &Workbench,
    name: &str,
    query: &mut String,
    takes_focus: bool,
    likely: &dyn Fn() -> Vec<ActorId>,
) -> Option<ActorId> {
    let field = widgets::field(
        ui,
        name,
        &format!("{name}: type a part of the name"),
        query,
        f32::INFINITY,
    );
    if takes_focus {
        widgets::focus_once(ui, &field);
    }
    let mut chosen = None;
    if query.trim().is_empty() {
        let likely = likely();
        if !likely.is_empty() {
            widgets::note(ui, "Named in these articles:");
        }
        for actor in likely.iter().take(OFFERED_LIKELY) {
            if actor_button(ui, workbench, actor, &workbench.actor_name(actor)) {
                chosen = Some(actor.clone());
            }
        }
        return chosen;
    }
    let found = best(workbench.actor_names(), query, OFFERED);
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        chosen = found.first().map(|(actor, _)| actor.clone());
    }
    for (actor, label) in &found {
        if actor_button(ui, workbench, actor, label) {
            chosen = Some(actor.clone());
        }
    }
    if found.is_empty() {
        widgets::note(
            ui,
            "No actor has such a name. Select its name in the text and press L to make one.",
        );
    }
    if chosen.is_some() {
        query.clear();
    }
    chosen
}

fn actor_button(ui: &mut Ui, workbench: &Workbench, actor: &ActorId, label: &str) -> bool {
    let row = |ui: &mut Ui| {
        widgets::actor_dot(ui, workbench, actor);
        let button = egui::Button::new(label).frame(false);
        ui.add(button).on_hover_text(actor.as_str()).clicked()
    };
    ui.horizontal(row).inner
}

/// A field to type in and the best of some codes under it, the first ones before anything is typed;
/// the one that is pressed, or the first one on Enter.
pub(crate) fn code_picker(
    ui: &mut Ui,
    workbench: &Workbench,
    name: &str,
    codes: &[(ItemId, String)],
    query: &mut String,
) -> Option<ItemId> {
    let hint = format!("{name}: type a part of the name");
    let field = widgets::field(ui, name, &hint, query, f32::INFINITY);
    widgets::focus_once(ui, &field);
    let found = if query.trim().is_empty() {
        codes.iter().take(OFFERED_CODES).collect()
    } else {
        best(codes, query, OFFERED_CODES)
    };
    let mut chosen = None;
    let is_typed = !query.trim().is_empty();
    if is_typed && field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        chosen = found.first().map(|(code, _)| *code);
    }
    for (code, path) in &found {
        ui.horizontal(|ui| {
            widgets::code_mark(ui, workbench, *code);
            if ui
                .add(egui::Button::new(path.as_str()).frame(false))
                .clicked()
            {
                chosen = Some(*code);
            }
        });
    }
    if found.is_empty() {
        widgets::note(ui, "No code that it could be has such a name.");
    }
    chosen
}

/// The best matches of `query` among `names`, best first.
pub(crate) fn best<'a, T>(
    names: &'a [(T, String)],
    query: &str,
    limit: usize,
) -> Vec<&'a (T, String)> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize, &(T, String))> = names
        .iter()
        .filter_map(|named| {
            let score = pattern.score(Utf32Str::new(&named.1, &mut buffer), &mut matcher)?;
            Some((score, named.1.len(), named))
        })
        .collect();
    found.sort_by_key(|(score, length, _)| (std::cmp::Reverse(*score), *length));
    found
        .into_iter()
        .take(limit)
        .map(|(_, _, named)| named)
        .collect()
}
