//! The sidebar where suggestions are decided on, in reading order, all from the keyboard.

use egui::{Align2, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tokens::{GRID, Tokens, tokens};
use super::{describe, editor, event, reader, things, widgets};
use crate::analysis::standing::State;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::{Entry, OpenArticle};
use crate::app::command::Command;
use crate::model::finding::FindingKind;
use crate::model::ids::ArticleId;

/// Two lines of text, in points.
const ROW_HEIGHT: f32 = 42.0;

/// What the sidebar remembers between frames.
#[derive(Default)]
pub(crate) struct SidebarState {
    /// The entry that was last brought into view.
    shown: Option<crate::analysis::standing::FindingKey>,
    /// The article whose suggestions were drawn last.
    article: Option<ArticleId>,
}

/// Draws the suggestions of the open article.
pub(crate) fn suggestions_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut SidebarState,
    actions: &mut Vec<Action>,
) {
    let Some(article) = &workbench.article else {
        widgets::empty(
            ui,
            "No suggestions yet.",
            "Open an article: what the program found in it stands here.",
        );
        return;
    };
    if let Some(draft) = &workbench.draft {
        ui.push_id(workbench.openings, |ui| {
            editor::editor_ui(ui, workbench, article, draft, actions);
        });
        return;
    }
    kind_bar(ui, workbench, article, actions);
    let shown: Vec<&Entry> = article
        .in_order()
        .filter(|entry| workbench.is_listed(entry))
        .collect();
    if !article.is_read() {
        widgets::empty(
            ui,
            "The article is still being read.",
            "What is suggested follows.",
        );
        return;
    }
    if shown.is_empty() {
        widgets::empty(
            ui,
            "Nothing to decide here.",
            "Choose another kind above, or show rejected ones in the View menu.",
        );
        return;
    }
    let wanted = match workbench.current_entry() {
        Some(entry) => {
            let reports = event::reports_height(workbench, article, entry.key);
            168.0 + reports + things::said_height(workbench, article.id, entry)
        }
        None => 60.0,
    };
    let card_height = f32::min(wanted, ui.available_height() * 0.5);
    let list_height = ui.available_height() - card_height;
    ui.allocate_ui(vec2(ui.available_width(), list_height), |ui| {
        rows(ui, workbench, article, &shown, state, actions);
    });
    card(ui, workbench, article, actions);
}

fn kind_bar(ui: &mut Ui, workbench: &Workbench, article: &OpenArticle, actions: &mut Vec<Action>) {
    let with_rejected = workbench.view.with_rejected;
    let count = |kind: Option<FindingKind>| {
        let of_kind = |entry: &&Entry| kind.is_none_or(|kind| entry.kind() == kind);
        let kept = |entry: &&Entry| !entry.masked && (with_rejected || entry.is_drawn());
        article.entries.iter().filter(of_kind).filter(kept).count()
    };
    let button = |ui: &mut Ui, kind: Option<FindingKind>, actions: &mut Vec<Action>| {
        let name = kind.map_or("All", FindingKind::label);
        let text = egui::RichText::new(format!("{name} {}", count(kind))).small();
        let button = egui::Button::selectable(workbench.shown_kind == kind, text);
        let tooltip = format!("Show {}", name.to_lowercase());
        if ui.add(button).on_hover_text(tooltip).clicked() {
            actions.push(Action::ShowKind(kind));
        }
    };
    widgets::wrapped_bar(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        ui.spacing_mut().button_padding.x = 5.0;
        button(ui, None, actions);
        for kind in FindingKind::ALL {
            button(ui, Some(kind), actions);
        }
        if workbench.view.likely_first {
            likely_button(ui, workbench, actions);
        }
    });
}

/// Says that the list is ranked, and leads back to reading order.
fn likely_button(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let command = Command::LikelyFirst;
    let text = egui::RichText::new("Likely first").small();
    let button = egui::Button::selectable(workbench.view.likely_first, text);
    let response = ui.add(button).accessible_name(command.name());
    if response.on_hover_text(command.tooltip()).clicked() {
        actions.push(command.into());
    }
}

fn rows(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    shown: &[&Entry],
    state: &mut SidebarState,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical()
        .id_salt("suggestions")
        .auto_shrink(false);
    if state.article != Some(article.id) {
        state.article = Some(article.id);
        area = area.vertical_scroll_offset(0.0);
    }
    if workbench.current != state.shown {
        state.shown = workbench.current;
        let place = shown
            .iter()
            .position(|entry| Some(entry.key) == workbench.current);
        if let Some(place) = place {
            let middle = place as f32 * ROW_HEIGHT - ui.available_height() * 0.4;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
    }
    area.show_rows(ui, ROW_HEIGHT, shown.len(), |ui, range| {
        for entry in shown.get(range).unwrap_or(&[]) {
            let (rect, response) =
                ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
            let current = workbench.current == Some(entry.key);
            response.widget_info(|| {
                WidgetInfo::selected(
                    egui::Role::ListItem,
                    true,
                    current,
                    spoken(entry, article, workbench),
                )
            });
            paint_row(
                ui,
                rect,
                entry,
                article,
                workbench,
                current,
                response.hovered(),
            );
            if response.clicked() {
                actions.push(Action::SelectFinding(entry.key, true));
            }
            let menu = || things::of_finding(workbench, article.id, entry);
            things::thing_menu(&response, workbench, menu, actions);
        }
    });
}

fn spoken(entry: &Entry, article: &OpenArticle, workbench: &Workbench) -> String {
    format!(
        "{}: {}, “{}”, {}",
        entry.kind().singular(),
        describe::headline(entry, workbench),
        describe::one_line(article.slice(entry.span()), 60),
        describe::state(entry.state),
    )
}

fn paint_row(
    ui: &Ui,
    rect: Rect,
    entry: &Entry,
    article: &OpenArticle,
    workbench: &Workbench,
    current: bool,
    hovered: bool,
) {
    let tokens = tokens(ui);
    let ground = if current {
        Some(tokens.selected)
    } else {
        hovered.then_some(tokens.hover)
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 0.0, ground);
    }
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        egui::Stroke::new(1.0, tokens.line),
    );
    let left = rect.left() + 3.0 * GRID + 12.0;
    let right = rect.right() - 2.0 * GRID;
    let (upper, lower) = (rect.top() + 13.0, rect.top() + 29.0);
    paint_state(
        ui,
        pos2(rect.left() + 3.0 * GRID, upper),
        entry,
        workbench,
        tokens,
    );
    let kind = entry.kind().singular();
    let taken = widgets::paint_cut(
        ui,
        pos2(right, upper),
        Align2::RIGHT_CENTER,
        kind,
        true,
        70.0,
        tokens.text_weak,
    );
    let color = if entry.state == State::Rejected {
        tokens.text_weak
    } else {
        tokens.text
    };
    let title = describe::headline(entry, workbench);
    widgets::paint_cut(
        ui,
        pos2(left, upper),
        Align2::LEFT_CENTER,
        &title,
        false,
        right - left - taken - 8.0,
        color,
    );
    let passage = describe::one_line(article.slice(entry.span()), 90);
    widgets::paint_cut(
        ui,
        pos2(left, lower),
        Align2::LEFT_CENTER,
        &passage,
        true,
        right - left,
        tokens.text_weak,
    );
}

/// Undecided a ring, accepted a disc, edited a disc with a dot, rejected a cross: told apart
/// without colour.
fn paint_state(ui: &Ui, at: egui::Pos2, entry: &Entry, workbench: &Workbench, tokens: &Tokens) {
    let painter = ui.painter();
    let color = match &entry.finding {
        crate::model::finding::Finding::Mention(mention) => {
            widgets::actor_color(workbench, &mention.actor, tokens)
        }
        crate::model::finding::Finding::Claim(claim) if claim.is_adverse() => tokens.adverse,
        crate::model::finding::Finding::Claim(_) => tokens.accent,
        _ => tokens.text_weak,
    };
    let stroke = egui::Stroke::new(1.5, color);
    match entry.state {
        State::Undecided => _ = painter.circle_stroke(at, 4.0, stroke),
        State::Accepted => _ = painter.circle_filled(at, 4.5, color),
        State::Edited => {
            painter.circle_filled(at, 4.5, color);
            painter.circle_filled(at, 1.5, tokens.pane);
        }
        State::Rejected => {
            for (dx, dy) in [(3.5, 3.5), (3.5, -3.5)] {
                painter.line_segment([at - vec2(dx, dy), at + vec2(dx, dy)], stroke);
            }
        }
    }
}

/// The current suggestion with what can be done about it.
fn card(ui: &mut Ui, workbench: &Workbench, article: &OpenArticle, actions: &mut Vec<Action>) {
    let tokens = tokens(ui);
    ui.painter().hline(
        ui.max_rect().x_range(),
        ui.cursor().top(),
        egui::Stroke::new(1.0, tokens.line),
    );
    ScrollArea::vertical()
        .id_salt("card")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    let entry = workbench.current.and_then(|key| article.entry(key));
                    let Some(entry) = entry else {
                        let open = article
                            .entries
                            .iter()
                            .filter(|entry| entry.is_open())
                            .count();
                        ui.label(format!("{open} suggestions wait for a decision."));
                        widgets::note(
                            ui,
                            "Press J for the next one; then Y accepts, N rejects, E edits.",
                        );
                        return;
                    };
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing = vec2(GRID, GRID);
                        for command in [
                            Command::Accept,
                            Command::Reject,
                            Command::EditFinding,
                            Command::Withdraw,
                        ] {
                            if command != Command::Withdraw || entry.state != State::Undecided {
                                widgets::command_button(ui, workbench, command, actions);
                            }
                        }
                        let same = workbench.undecided_by_rule_of(entry);
                        if same.len() > 1 {
                            let button = ui.button(format!("Accept all {}", same.len()));
                            let tooltip = Command::AcceptRule.tooltip();
                            if button.on_hover_text(tooltip).clicked() {
                                actions.push(Command::AcceptRule.into());
                            }
                        }
                    });
                    for thing in things::of_finding(workbench, article.id, entry) {
                        things::said_ui(ui, workbench, &thing, actions);
                    }
                    ui.add_space(GRID);
                    reader::card_ui(ui, entry, workbench, |ui| {
                        event::reports_ui(ui, workbench, article, entry.key, actions);
                    });
                });
        });
}
