//! Who is named in the open article and how, and the analyst's changes to who is who.

use std::collections::BTreeMap;

use egui::{RichText, ScrollArea, Ui};

use super::tokens::{GRID, tokens};
use super::{theme, things, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::draft::{ActorChoice, Overlay};
use crate::app::memos::MemoWish;
use crate::model::actor::ActorKind;
use crate::model::finding::Finding;
use crate::model::ids::ActorId;
use crate::model::session::Thing;

/// Draws the actors of the open article and the analyst's aliases.
pub(crate) fn actors_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    widgets::wrapped_bar(ui, |ui| {
        widgets::command_button(ui, workbench, Command::NameActor, actions);
        widgets::command_button(ui, workbench, Command::SetFocus, actions);
    });
    ScrollArea::vertical()
        .id_salt("actors")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    if let Some(actor) = &workbench.memos.actor {
                        in_hand_ui(ui, workbench, actor, actions);
                    }
                    own_aliases(ui, workbench, actions);
                    in_article(ui, workbench, actions);
                });
        });
}

/// The actor that a memo or a link led to: what is said of it, as itself and as a partner.
fn in_hand_ui(ui: &mut Ui, workbench: &Workbench, actor: &ActorId, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        widgets::actor_dot(ui, workbench, actor);
        widgets::heading(ui, &workbench.own_name(actor));
    });
    let focus = workbench.actor_name(&workbench.session.focus);
    for (thing, what) in [
        (Thing::Actor(actor.clone()), "As an actor".to_owned()),
        (
            Thing::Partner(actor.clone()),
            format!("As a partner of {focus}"),
        ),
    ] {
        ui.horizontal(|ui| {
            widgets::note(ui, &what);
            let memo = ui
                .small_button("Memo…")
                .accessible_name(format!("Memo, {what}"));
            if memo.clicked() {
                actions.push(Action::Memo(MemoWish::Open(thing.clone())));
            }
            let link = ui
                .small_button("Link…")
                .accessible_name(format!("Link, {what}"));
            if link.clicked() {
                actions.push(Action::Memo(MemoWish::AskLink(thing.clone())));
            }
        });
        things::said_ui(ui, workbench, &thing, actions);
    }
    ui.add_space(3.0 * GRID);
}

/// What the analyst changed, each with the way back.
fn own_aliases(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let book = &workbench.session.actors;
    if book.aliases.is_empty() && book.merged.is_empty() {
        return;
    }
    widgets::heading(ui, "Your changes");
    for (surface, actor) in &book.aliases {
        ui.horizontal_wrapped(|ui| {
            let whom = actor
                .as_ref()
                .map_or("nobody".to_owned(), |actor| workbench.actor_name(actor));
            ui.label(format!("“{surface}” names {whom}"));
            let button = ui
                .button("Take back")
                .accessible_name(format!("Take back “{surface}”"));
            if button.clicked() {
                actions.push(Action::SetAlias(surface.clone(), ActorChoice::Gazetteer));
            }
        });
    }
    for (from, into) in &book.merged {
        ui.horizontal_wrapped(|ui| {
            let name = workbench.own_name(from);
            ui.label(format!("{name} counts as {}", workbench.actor_name(into)));
            if ui
                .button("Split again")
                .accessible_name(format!("Split {name} again"))
                .clicked()
            {
                actions.push(Action::Merge(from.clone(), None));
            }
        });
    }
    ui.add_space(3.0 * GRID);
}

/// Everybody that the open article names, with the surfaces.
fn in_article(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let Some(article) = &workbench.article else {
        widgets::note(ui, "Open an article to see who is named in it.");
        return;
    };
    widgets::heading(ui, "In this article");
    let mut actors: BTreeMap<&ActorId, BTreeMap<&str, usize>> = BTreeMap::new();
    for entry in article.entries.iter().filter(|entry| entry.is_drawn()) {
        if let Finding::Mention(mention) = &entry.finding {
            let surface = article.slice(mention.span);
            *actors
                .entry(&mention.actor)
                .or_default()
                .entry(surface)
                .or_default() += 1;
        }
    }
    if actors.is_empty() {
        widgets::note(
            ui,
            "Nobody is named. Select a name in the text and press L.",
        );
    }
    let mut actors: Vec<_> = actors.into_iter().collect();
    actors.sort_by_key(|(actor, surfaces)| {
        (
            std::cmp::Reverse(surfaces.values().sum::<usize>()),
            (*actor).clone(),
        )
    });
    for (actor, surfaces) in actors {
        actor_ui(ui, workbench, actor, &surfaces, actions);
    }
}

fn actor_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    actor: &ActorId,
    surfaces: &BTreeMap<&str, usize>,
    actions: &mut Vec<Action>,
) {
    let name = workbench.actor_name(actor);
    let resolved = workbench.session.actors.resolve(actor);
    ui.add_space(GRID);
    ui.horizontal(|ui| {
        widgets::actor_dot(ui, workbench, actor);
        let title = egui::Label::new(RichText::new(&name).family(theme::medium()));
        let title = ui.add(title.sense(egui::Sense::click()));
        let menu = || {
            let partner = workbench.color_index(&resolved).is_some();
            let partner = partner.then(|| Thing::Partner(resolved.clone()));
            [Thing::Actor(resolved.clone())]
                .into_iter()
                .chain(partner)
                .collect()
        };
        things::thing_menu(&title, workbench, menu, actions);
        widgets::note(ui, format!("{}", surfaces.values().sum::<usize>()));
        let merge = ui
            .button("Merge…")
            .accessible_name(format!("Merge {name} into another actor"));
        if merge
            .on_hover_text("Count this actor as another one")
            .clicked()
        {
            actions.push(Action::SetOverlay(Overlay::MergeActor {
                actor: actor.clone(),
                query: String::new(),
            }));
        }
        let memo = ui
            .button("Memo…")
            .accessible_name(format!("Memo on {name}"));
        if memo.on_hover_text("Write a memo on this actor").clicked() {
            actions.push(Action::Memo(MemoWish::Open(Thing::Actor(resolved.clone()))));
        }
    });
    for thing in [
        Thing::Actor(resolved.clone()),
        Thing::Partner(resolved.clone()),
    ] {
        things::said_ui(ui, workbench, &thing, actions);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        for (surface, count) in surfaces {
            let text = format!("{surface} {count}");
            let button = egui::Button::new(RichText::new(text).small().color(tokens(ui).text_weak));
            let tooltip = format!("Say whom “{surface}” names instead");
            let response = ui
                .add(button)
                .accessible_name(format!("Alias {surface} of {name}"));
            if response.on_hover_text(tooltip).clicked() {
                actions.push(Action::SetOverlay(Overlay::NameActor {
                    surface: (*surface).to_owned(),
                    query: String::new(),
                    kind: ActorKind::Organisation,
                    country: String::new(),
                }));
            }
        }
    });
}
