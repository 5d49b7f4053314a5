//! Dialogs about people and actors: whom a surface names, merging, the focus, the analyst.

use egui::{RichText, Ui};

use super::{act_line, close_line, focus_once, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::draft::ActorChoice;
use crate::model::actor::ActorKind;
use crate::model::ids::ActorId;
use crate::ui::{describe, picker, theme, widgets};

pub(super) fn name_actor_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    surface: &mut String,
    query: &mut String,
    kind: &mut ActorKind,
    country: &mut String,
    actions: &mut Vec<Action>,
) {
    title(ui, "Whom does this name?");
    ui.label(
        RichText::new(format!("“{surface}”"))
            .family(theme::serif())
            .size(15.0),
    );
    widgets::note(
        ui,
        "What you say here counts at once, in every article of the corpus.",
    );
    ui.add_space(4.0);
    if let Some(actor) = picker::actor_picker(ui, workbench, "Actor", query, true) {
        actions.push(Action::SetAlias(
            surface.clone(),
            ActorChoice::Existing(actor),
        ));
    }
    if workbench
        .session
        .actors
        .aliases
        .contains_key(surface.as_str())
        && widgets::link(
            ui,
            "Forget what was said of it before",
            "The gazetteer decides again",
        )
        .clicked()
    {
        actions.push(Action::SetAlias(surface.clone(), ActorChoice::Gazetteer));
    }
    ui.add_space(8.0);
    widgets::heading(ui, "Or an actor that is not known yet");
    ui.horizontal(|ui| {
        const KINDS: [ActorKind; 4] = [
            ActorKind::Organisation,
            ActorKind::Person,
            ActorKind::Bloc,
            ActorKind::Country,
        ];
        widgets::choice(ui, "Kind", &KINDS, describe::actor_kind, kind);
        widgets::field(ui, "Country code", "BY", country, 60.0);
        widgets::note(ui, "its country, if any");
    });
    let code = country.trim().to_uppercase();
    let country = ActorId::new(&code);
    let known = code.is_empty() || (country.is_country() && workbench.is_actor(&country));
    if !known {
        widgets::note(
            ui,
            "There is no country with this code (ISO 3166-1, two letters).",
        );
    }
    ui.horizontal(|ui| {
        if ui
            .add_enabled(known, egui::Button::new(format!("New actor “{surface}”")))
            .clicked()
        {
            let country = (!code.is_empty()).then_some(country);
            let choice = ActorChoice::New {
                name: surface.clone(),
                kind: *kind,
                country,
            };
            actions.push(Action::SetAlias(surface.clone(), choice));
        }
        if ui
            .button("Nobody")
            .on_hover_text("A look-alike: it names no actor")
            .clicked()
        {
            actions.push(Action::SetAlias(surface.clone(), ActorChoice::Nobody));
        }
    });
    close_line(ui, actions);
}

pub(super) fn merge_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    actor: &ActorId,
    query: &mut String,
    actions: &mut Vec<Action>,
) {
    title(ui, "Merge actors");
    ui.label(format!("Count {} as", workbench.actor_name(actor)));
    if let Some(into) = picker::actor_picker(ui, workbench, "Actor", query, true) {
        actions.push(Action::Merge(actor.clone(), Some(into)));
        actions.push(Action::CloseOverlay);
    }
    close_line(ui, actions);
}

pub(super) fn focus_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    query: &mut String,
    actions: &mut Vec<Action>,
) {
    title(ui, "Focus");
    ui.label(format!(
        "The session follows the cooperation of {}.",
        workbench.actor_name(&workbench.session.focus)
    ));
    let likely = || workbench.likely_focuses();
    if let Some(actor) = picker::likely_picker(ui, workbench, "Follow", query, &likely) {
        actions.push(Action::SetFocus(actor));
        actions.push(Action::CloseOverlay);
    }
    close_line(ui, actions);
}

pub(super) fn analyst_ui(
    ui: &mut Ui,
    name: &mut String,
    known: &[String],
    actions: &mut Vec<Action>,
) {
    title(ui, "Who is working?");
    widgets::note(ui, "Decisions and annotations carry this name.");
    let field = widgets::field(ui, "Name", "Your name", name, f32::INFINITY);
    if focus_once(ui, &field) {
        widgets::select_all(ui, &field, name);
    }
    ui.horizontal_wrapped(|ui| {
        widgets::note(ui, "In this session:");
        for one in known {
            let button = ui.selectable_label(one == name.trim(), one);
            if button.on_hover_text("Work under this name").clicked() {
                name.clone_from(one);
            }
        }
    });
    let ready = !name.trim().is_empty();
    if act_line(ui, "Keep", ready, actions) && ready {
        actions.push(Action::SetAnalyst(name.trim().to_owned()));
        actions.push(Action::CloseOverlay);
    }
}

pub(super) fn keep_search_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    name: &mut String,
    actions: &mut Vec<Action>,
) {
    title(ui, "Keep this search");
    widgets::note(ui, &workbench.view.filter);
    let field = widgets::field(ui, "Name", "What it is for", name, f32::INFINITY);
    focus_once(ui, &field);
    let typed = name.trim();
    if workbench.session.searches.contains_key(typed) {
        widgets::note(ui, "There is a search of this name: it is replaced.");
    }
    let ready = !typed.is_empty();
    if act_line(ui, "Keep", ready, actions) && ready {
        let query = workbench.view.filter.clone();
        actions.push(Action::KeepSearch(typed.to_owned(), Some(query)));
    }
}
