//! Memos and links: the list of all that has one, and the card of one thing, to read and write on.

use std::sync::Arc;

use egui::{Align2, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tokens::{GRID, tokens};
use super::{describe, things, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::memos::{MemoWish, ThingKind};
use crate::model::session::Thing;

/// Two lines of text, in points.
const ROW_HEIGHT: f32 = 42.0;

/// What the pane remembers between frames: the filter of the list, and the memo while it is typed.
#[derive(Default)]
pub(crate) struct MemosState {
    /// What memos are about; `None`: anything.
    kind: Option<ThingKind>,
    /// Only what belongs to the open article.
    is_here: bool,
    words: String,
    /// What the filter lets through, and what it was computed for.
    shown: Vec<Thing>,
    shown_for: Option<Asked>,
    on: Option<Thing>,
    text: String,
    /// Something was typed since the cursor came into the field.
    typing: bool,
}

/// What the list depends on.
#[derive(Clone, PartialEq)]
struct Asked {
    stamp: u64,
    kind: Option<ThingKind>,
    here: Option<crate::model::ids::ArticleId>,
    words: String,
}

/// The field of the memo on the thing whose card is shown.
pub(crate) fn memo_id(workbench: &Workbench) -> egui::Id {
    egui::Id::unique("memo").with((&workbench.memos.on, workbench.session.id))
}

/// Draws the memos.
pub(crate) fn memos_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut MemosState,
    actions: &mut Vec<Action>,
) {
    match &workbench.memos.on {
        Some(thing) => card_ui(ui, workbench, thing, state, actions),
        None => list_ui(ui, workbench, state, actions),
    }
}

fn list_ui(ui: &mut Ui, workbench: &Workbench, state: &mut MemosState, actions: &mut Vec<Action>) {
    widgets::wrapped_bar(ui, |ui| {
        kind_choice(ui, &mut state.kind);
        ui.checkbox(&mut state.is_here, "This article")
            .on_hover_text("Only what is about the open article, its claims and highlights");
        widgets::field(ui, "Words in memos", "Words", &mut state.words, 90.0);
        let button = ui.button("On the session…");
        if button
            .on_hover_text(Command::SessionMemo.tooltip())
            .clicked()
        {
            actions.push(Command::SessionMemo.into());
        }
    });
    let all = Arc::clone(&workbench.ties().things);
    if all.is_empty() {
        widgets::empty(
            ui,
            "No memos yet.",
            "Press I to write one on what is in hand, G to link it with something else; or right-click a \
             claim, an article, an actor or a partner.",
        );
        return;
    }
    follow_filter(workbench, state, &all);
    if state.shown.is_empty() {
        widgets::empty(
            ui,
            "No memo is about that.",
            &format!(
                "There are {} memos and links about other things.",
                all.len()
            ),
        );
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("memos")
        .auto_shrink(false)
        .show_rows(ui, ROW_HEIGHT, state.shown.len(), |ui, range| {
            for thing in state.shown.get(range).unwrap_or(&[]) {
                row_ui(ui, workbench, thing, actions);
            }
        });
}

fn kind_choice(ui: &mut Ui, kind: &mut Option<ThingKind>) {
    let label = |kind: Option<ThingKind>| kind.map_or("Anything", ThingKind::label);
    let before = *kind;
    egui::ComboBox::from_id_salt("About")
        .selected_text(label(*kind))
        .width(84.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(kind, None, label(None));
            for one in ThingKind::ALL {
                ui.selectable_value(kind, Some(*one), one.label());
            }
        })
        .response
        .accessible_name(format!("About: {}", label(before)));
}

/// Goes through all of them only when the filter or they have changed.
fn follow_filter(workbench: &Workbench, state: &mut MemosState, all: &[Thing]) {
    let open = workbench.article.as_ref().map(|article| article.id);
    let asked = Asked {
        stamp: workbench.ties().stamp,
        kind: state.kind,
        here: open.filter(|_| state.is_here),
        words: state.words.trim().to_lowercase(),
    };
    if state.shown_for.as_ref() == Some(&asked) {
        return;
    }
    let is_about = |thing: &&Thing| {
        asked.kind.is_none_or(|kind| ThingKind::of(thing) == kind)
            && (!state.is_here || (open.is_some() && thing.article() == open))
    };
    let has_words = |thing: &&Thing| {
        let text = format!("{} {}", workbench.told(thing), workbench.memo_text(thing));
        asked.words.is_empty() || text.to_lowercase().contains(&asked.words)
    };
    let shown = all.iter().filter(is_about).filter(has_words);
    state.shown = shown.cloned().collect();
    state.shown_for = Some(asked);
}

fn row_ui(ui: &mut Ui, workbench: &Workbench, thing: &Thing, actions: &mut Vec<Action>) {
    let tokens = tokens(ui);
    let told = workbench.told(thing);
    let memo = describe::one_line(workbench.memo_text(thing), 120);
    let links = workbench.ties().linked_with(thing).len();
    let links = match links {
        0 => String::new(),
        some => format!("↔ {}", describe::counted(some, "link", "links")),
    };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    response.widget_info(|| {
        let text = format!("{told}: {memo} {links}");
        WidgetInfo::labeled(egui::Role::ListItem, true, text.trim())
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, tokens.hover);
    }
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        egui::Stroke::new(1.0, tokens.line),
    );
    let (left, right) = (rect.left() + 3.0 * GRID, rect.right() - 3.0 * GRID);
    let (upper, lower) = (rect.top() + 13.0, rect.top() + 29.0);
    let (weak, color) = (
        tokens.text_weak,
        if told.gone.is_some() {
            tokens.text_weak
        } else {
            tokens.text
        },
    );
    let cut = |y: f32, is_right: bool, text: &str, small: bool, width: f32, color| {
        let (x, align) = if is_right {
            (right, Align2::RIGHT_CENTER)
        } else {
            (left, Align2::LEFT_CENTER)
        };
        widgets::paint_cut(ui, pos2(x, y), align, text, small, width, color)
    };
    let taken = cut(upper, true, told.kind.label(), true, 70.0, weak);
    let name = match told.gone {
        Some(_) => format!("{} (gone)", told.name),
        None => told.name.clone(),
    };
    cut(
        upper,
        false,
        &name,
        false,
        right - left - taken - 8.0,
        color,
    );
    let taken = cut(lower, true, &links, true, 90.0, weak);
    let said = if memo.is_empty() { "No memo" } else { &memo };
    cut(lower, false, said, true, right - left - taken - 8.0, weak);
    if response.clicked() {
        actions.push(Action::Memo(MemoWish::Open(thing.clone())));
    }
    things::thing_menu(&response, workbench, || vec![thing.clone()], actions);
}

fn card_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    thing: &Thing,
    state: &mut MemosState,
    actions: &mut Vec<Action>,
) {
    let told = workbench.told(thing);
    widgets::wrapped_bar(ui, |ui| {
        if ui
            .button("All memos")
            .on_hover_text("Show the list again")
            .clicked()
        {
            actions.push(Action::Memo(MemoWish::ShowAll));
        }
        if ui
            .button("Link…")
            .on_hover_text(Command::Link.spec().help)
            .clicked()
        {
            actions.push(Action::Memo(MemoWish::AskLink(thing.clone())));
        }
        let has_memo = !workbench.memo_text(thing).is_empty();
        let delete = ui.add_enabled(has_memo, egui::Button::new("Delete memo"));
        if delete
            .on_hover_text("Delete what is written here; links stay, and undo brings it back")
            .clicked()
        {
            actions.push(Action::Memo(MemoWish::Delete(thing.clone())));
        }
    });
    ScrollArea::vertical()
        .id_salt("memo")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    subject_ui(ui, thing, &told, actions);
                    memo_field(ui, workbench, thing, state, actions);
                    if let Some(by) = workbench.memo_signed(thing) {
                        widgets::note(ui, describe::signed(&by.by, by.at));
                    }
                    ui.add_space(2.0 * GRID);
                    links_ui(ui, workbench, thing, actions);
                });
        });
}

/// What the card is about; it leads there.
fn subject_ui(
    ui: &mut Ui,
    thing: &Thing,
    told: &crate::app::memos::Told,
    actions: &mut Vec<Action>,
) {
    let text = describe::one_line(&told.to_string(), 160);
    if let Some(why) = told.gone {
        widgets::heading(ui, &text);
        widgets::note(ui, format!("{why} What is said of it is kept."));
    } else if *thing == Thing::Session {
        widgets::heading(ui, &text);
    } else {
        let button = egui::Button::new(
            egui::RichText::new(&text)
                .family(super::theme::medium())
                .color(tokens(ui).accent),
        );
        let response = ui.add(button.frame(false).wrap());
        if response
            .accessible_name(format!("Go to {text}"))
            .on_hover_text("Show it where it is")
            .clicked()
        {
            actions.push(Action::Memo(MemoWish::GoTo(thing.clone())));
        }
    }
    if let Some(place) = &told.place {
        widgets::note(ui, format!("In “{}”", describe::one_line(place, 120)));
    }
    ui.add_space(GRID);
}

/// Each key press is kept at once; what is typed in one go is one step.
fn memo_field(
    ui: &mut Ui,
    workbench: &Workbench,
    thing: &Thing,
    state: &mut MemosState,
    actions: &mut Vec<Action>,
) {
    let stored = workbench.memo_text(thing);
    // Another thing, or undo: what is stored is shown. White space at the end is not stored.
    if state.on.as_ref() != Some(thing) || state.text.trim() != stored {
        state.on = Some(thing.clone());
        stored.clone_into(&mut state.text);
        state.typing = false;
    }
    let (name, hint) = match thing {
        Thing::Article(_) => ("Note on the article", "What is this article worth?"),
        Thing::Annotation(..) => (
            "Note on the highlight",
            "What does this passage say to you?",
        ),
        _ => ("Memo", "What do you make of it?"),
    };
    let field = egui::TextEdit::multiline(&mut state.text)
        .id(memo_id(workbench))
        .hint_text(hint)
        .desired_rows(3)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(name);
    if response.changed() && state.text.trim() != stored {
        actions.push(Action::Memo(MemoWish::Write {
            on: thing.clone(),
            text: state.text.clone(),
            goes_on: state.typing,
        }));
        state.typing = true;
    }
    if !response.has_focus() {
        state.typing = false;
    }
}

fn links_ui(ui: &mut Ui, workbench: &Workbench, thing: &Thing, actions: &mut Vec<Action>) {
    widgets::heading(ui, "Linked with");
    let linked = workbench.ties().linked_with(thing);
    if linked.is_empty() {
        widgets::note(ui, "Nothing yet.");
    }
    for other in linked {
        things::link_ui(ui, workbench, thing, other, true, actions);
    }
}
