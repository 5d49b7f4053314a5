//! The article list: filter, sorting, and rows that are drawn only where they are seen.

use std::sync::Arc;

use egui::{Align2, Event, Id, Key, Modifiers, Rect, Sense, Ui, WidgetInfo, vec2};

use super::rows::{self, Rows};
use super::tokens::{GRID, TEXT_SMALL, tokens};
use super::{describe, search, things, widgets};
use crate::analysis::table::Row;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::search::Shown;
use crate::model::ids::ArticleId;
use crate::model::session::Thing;
use crate::model::view::Column;

/// Two lines of text and a little air, in points.
const ROW_HEIGHT: f32 = 46.0;
/// A line more, for what the search hits.
const SNIPPET_HEIGHT: f32 = 18.0;

/// What the list remembers between frames.
#[derive(Default)]
pub(crate) struct ListState {
    /// The article that was last brought into view.
    shown: Option<ArticleId>,
    /// The list that was drawn last, and what it was asked with.
    list: Option<Arc<Vec<u32>>>,
    asked: Option<(String, (Column, bool))>,
    /// The open article was in view in the last frame.
    is_open_seen: bool,
    rows: Rows,
}

impl ListState {
    /// Brings the open article into view when it has just been opened, and keeps it there when
    /// filter or order change. Without it, another filter or order is shown from its top.
    fn follow(&mut self, workbench: &Workbench, position: Option<usize>) {
        let open = workbench.article.as_ref().map(|article| article.id);
        let list = &workbench.list;
        if !self.list.as_ref().is_some_and(|old| Arc::ptr_eq(old, list)) {
            self.list = Some(Arc::clone(list));
            let view = &workbench.view;
            let is_as_before = |asked: &(String, _)| asked.0 == view.filter && asked.1 == view.sort;
            let is_other = !self.asked.as_ref().is_some_and(is_as_before);
            if is_other {
                self.asked = Some((view.filter.clone(), view.sort));
            }
            match position {
                Some(position) if self.is_open_seen => self.rows.reveal(position),
                _ if is_other => self.rows.scroll_to_top(),
                _ => {}
            }
        }
        if open != self.shown
            && let Some(position) = position
        {
            self.shown = open;
            self.rows.reveal(position);
        }
        self.is_open_seen = position.is_some_and(|position| self.rows.is_seen(position));
    }
}

/// The list of rows, which the arrow keys move in.
fn list_id() -> Id {
    Id::unique("article-rows")
}

/// Draws the article list.
pub(crate) fn articles_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut ListState,
    actions: &mut Vec<Action>,
) {
    let asked = search::search_ui(ui, workbench, actions);
    if asked.list {
        ui.memory_mut(|memory| memory.request_focus(list_id()));
    }
    if asked.first
        && let Some(first) = workbench.list.first()
    {
        open_row(workbench, *first, actions);
    }
    sort_bar(ui, workbench, actions);

    if workbench.corpus.is_empty() {
        let (title, hint) = workbench.why_empty();
        widgets::empty(ui, &title, &hint);
        return;
    }
    if workbench.list.is_empty() && !workbench.view.filter.is_empty() {
        let hint = format!(
            "None of {} articles is found by this search.",
            workbench.corpus.len()
        );
        widgets::empty(ui, "No article matches.", &hint);
        return;
    }
    rows(ui, workbench, state, actions);
}

fn sort_bar(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let (sorted_by, descending) = workbench.view.sort;
    widgets::wrapped_bar(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for column in Column::ALL {
            let arrow = match (sorted_by == *column, descending) {
                (true, true) => " ↓",
                (true, false) => " ↑",
                (false, _) => "",
            };
            let text = egui::RichText::new(format!("{}{arrow}", column.label())).small();
            let button = egui::Button::selectable(sorted_by == *column, text);
            let response = ui.add(button);
            let order = match (sorted_by == *column, descending) {
                (true, true) => ", descending",
                (true, false) => ", ascending",
                (false, _) => "",
            };
            let response = response
                .accessible_name(format!("Sort by {}{order}", column.label().to_lowercase()));
            if response
                .on_hover_text("Sort by this; again turns the order round")
                .clicked()
            {
                actions.push(Action::SortBy(*column));
            }
        }
    });
}

fn rows(ui: &mut Ui, workbench: &Workbench, state: &mut ListState, actions: &mut Vec<Action>) {
    let list_id = list_id();
    let open = workbench.article.as_ref().map(|article| article.id);
    let position = workbench
        .article
        .as_ref()
        .and_then(|article| workbench.list_position(article.row));
    let page = state.rows.page();
    move_by_keys(ui, list_id, workbench, position, page, actions);

    state.follow(workbench, position);
    let with_snippets = workbench.asks_for_words();
    let height = if with_snippets {
        ROW_HEIGHT + SNIPPET_HEIGHT
    } else {
        ROW_HEIGHT
    };
    let mut without = Vec::new();
    state.rows.show(
        ui,
        "Scroll articles",
        workbench.list.len(),
        height,
        |ui, place, all| {
            let upper = Rect::from_min_size(all.min, vec2(all.width(), ROW_HEIGHT));
            let row = workbench.list.get(place)?;
            let response = ui.interact(all, list_id.with(("row", *row)), Sense::click());
            let facts = workbench.facts_of(*row);
            let selected = facts.is_some_and(|facts| Some(facts.id()) == open);
            response.widget_info(|| {
                let name = facts.map_or_else(
                    || unread_text(*row, workbench),
                    |facts| spoken(facts, workbench),
                );
                WidgetInfo::selected(egui::Role::ListItem, true, selected, name)
            });
            if facts.is_none() {
                paint_unread(ui, upper, *row, workbench);
            }
            if let Some(facts) = facts {
                let place = place_of(ui, *row, workbench);
                paint_ground(ui, all, selected, response.hovered());
                paint_row(ui, upper, facts, place, workbench);
                if with_snippets {
                    match workbench.found.snippets.get(row) {
                        Some(snippet) => paint_snippet(ui, all, snippet),
                        None => without.push(*row),
                    }
                }
                duplicates_button(ui, upper, *row, facts, workbench, actions);
            }
            if response.clicked() {
                open_row(workbench, *row, actions);
                ui.memory_mut(|memory| memory.request_focus(list_id));
            }
            if let Some(id) = workbench.corpus.id(*row as usize) {
                let things = || vec![Thing::Article(id)];
                things::thing_menu(&response, workbench, things, actions);
            }
            let title = |ui: &mut Ui| {
                let text = facts.map_or_else(
                    || unread_text(*row, workbench),
                    |facts| facts.title().to_owned(),
                );
                ui.label(text);
                widgets::note(ui, workbench.corpus.source(*row as usize));
            };
            Some(widgets::row_tip(response, workbench, title))
        },
    );
    if !without.is_empty() && !workbench.asked_for_snippets(&without) {
        actions.push(Action::FindSnippets(without));
    }
}

fn paint_ground(ui: &Ui, rect: Rect, selected: bool, hovered: bool) {
    let tokens = tokens(ui);
    rows::ground(ui, rect, selected, hovered);
    let stroke = egui::Stroke::new(1.0, tokens.line);
    let y = rect.bottom() - 0.5;
    ui.painter().hline(rect.x_range(), y, stroke);
}

/// What the search hits in the text, under the other lines of a row.
fn paint_snippet(ui: &Ui, row: Rect, snippet: &Shown) {
    let tokens = tokens(ui);
    let mut job = egui::text::LayoutJob::default();
    let format = |color| egui::TextFormat::simple(egui::FontId::proportional(TEXT_SMALL), color);
    let mut at = 0;
    for hit in &snippet.hits {
        let before = snippet.text.get(at..hit.start).unwrap_or_default();
        job.append(before, 0.0, format(tokens.text_weak));
        let hit_text = snippet.text.get(hit.clone()).unwrap_or_default();
        job.append(hit_text, 0.0, format(tokens.accent));
        at = hit.end;
    }
    let rest = snippet.text.get(at..).unwrap_or_default();
    job.append(rest, 0.0, format(tokens.text_weak));
    let width = row.width() - 6.0 * GRID;
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let top = row.top() + ROW_HEIGHT - 4.0;
    let at = egui::pos2(row.left() + 3.0 * GRID, top);
    ui.painter().galley(at, galley, tokens.text_weak);
}

/// The arrow keys move through the list while it has the focus.
fn move_by_keys(
    ui: &mut Ui,
    id: Id,
    workbench: &Workbench,
    position: Option<usize>,
    page: usize,
    actions: &mut Vec<Action>,
) {
    let ground = ui.interact(
        ui.available_rect_before_wrap(),
        id,
        Sense::focusable_noninteractive(),
    );
    ground.widget_info(|| {
        WidgetInfo::labeled(
            egui::Role::List,
            true,
            format!("Articles, {} shown", workbench.list.len()),
        )
    });
    if !ground.has_focus() {
        return;
    }
    let filter = egui::EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let last = workbench.list.len().saturating_sub(1);
    let keys: Vec<Key> = ui.input(|input| {
        let pressed = |event: &Event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } if *modifiers == Modifiers::NONE => Some(*key),
            _ => None,
        };
        input.events.iter().filter_map(pressed).collect()
    });
    let mut target = None;
    for key in keys {
        if let (Key::ArrowRight | Key::ArrowLeft, Some(head)) = (key, workbench.open_group()) {
            actions.push(Action::ShowDuplicates(head, key == Key::ArrowRight));
        }
        if key == Key::Enter {
            actions.push(Command::GoReader.into());
        }
        let from = target.or(position);
        target = rows::step(key, from, last, page).or(target);
    }
    if let Some(row) = target.and_then(|place| workbench.list.get(place)) {
        open_row(workbench, *row, actions);
    }
}

fn open_row(workbench: &Workbench, row: u32, actions: &mut Vec<Action>) {
    if let Some(id) = workbench.corpus.id(row as usize) {
        actions.push(Action::OpenArticle(id));
    }
}

/// A row as a screen reader says it.
fn spoken(facts: Row<'_>, workbench: &Workbench) -> String {
    let date = facts.publication();
    let date = date
        .as_ref()
        .map_or_else(|| "no date".to_owned(), describe::when);
    let partners: Vec<_> = facts.partners().map(|(actor, _)| actor.clone()).collect();
    let row = facts.row() as usize;
    let is_duplicate = workbench.duplicate_of(row).is_some();
    let duplicates = match workbench.duplicates_of(row).len() {
        0 if is_duplicate => ", duplicate".to_owned(),
        0 => String::new(),
        some => format!(", {}", duplicates_text(some).trim_start_matches('+')),
    };
    let vanished = if workbench.corpus.is_vanished(row) {
        ", file gone"
    } else {
        ""
    };
    format!(
        "{}, {date}, {}{vanished}, partners {}, {} undecided{duplicates}",
        facts.title(),
        facts.status().label().to_lowercase(),
        if partners.is_empty() {
            "none".to_owned()
        } else {
            describe::names(&partners, workbench, 8)
        },
        facts.undecided()
    )
}

fn paint_row(ui: &Ui, rect: Rect, facts: Row<'_>, place: Place, workbench: &Workbench) {
    let tokens = tokens(ui);
    let left = rect.left() + 3.0 * GRID + place.indent;
    let right = rect.right() - 3.0 * GRID;
    let (upper, lower) = (rect.top() + 14.0, rect.top() + 32.0);
    let (undecided, color) = match (facts.undecided(), facts.decided()) {
        (0, 0) => ("–".to_owned(), tokens.text_weak),
        (0, _) => ("done".to_owned(), tokens.accepted),
        (some, _) => (some.to_string(), tokens.text_weak),
    };
    let taken = widgets::paint_cut(
        ui,
        egui::pos2(right, upper),
        Align2::RIGHT_CENTER,
        &undecided,
        true,
        60.0,
        color,
    );
    widgets::paint_cut(
        ui,
        egui::pos2(left, upper),
        Align2::LEFT_CENTER,
        facts.title(),
        false,
        right - left - taken - 8.0,
        tokens.text,
    );

    let date = facts.publication();
    let date = date
        .as_ref()
        .map_or_else(|| "undated".to_owned(), describe::when);
    let mut x = left;
    x += widgets::paint_cut(
        ui,
        egui::pos2(x, lower),
        Align2::LEFT_CENTER,
        &date,
        true,
        170.0,
        tokens.text_weak,
    ) + 6.0;
    if facts.is_ruled() {
        x += widgets::paint_badge_at(ui, egui::pos2(x, lower), "ruled", tokens.accepted) + 8.0;
    } else if facts.status() != crate::model::article::PublicationStatus::Stated {
        let label = facts.status().label().to_lowercase();
        x += widgets::paint_badge_at(
            ui,
            egui::pos2(x, lower),
            &label,
            widgets::status_color(ui, facts.status()),
        ) + 8.0;
    }
    if workbench.corpus.is_vanished(facts.row() as usize) {
        x += widgets::paint_badge_at(ui, egui::pos2(x, lower), "file gone", tokens.text_weak) + 8.0;
    }
    if place.indent > 0.0 {
        x += widgets::paint_badge_at(ui, egui::pos2(x, lower), "duplicate", tokens.text_weak) + 8.0;
    }
    let right = right - place.taken;
    paint_partners(ui, egui::pos2(x, lower), right, facts, workbench);
}

/// Where in its row an article is drawn.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Listed duplicates stand a little to the right.
    indent: f32,
    /// How much of the lower line is taken at the right.
    taken: f32,
}

fn place_of(ui: &Ui, row: u32, workbench: &Workbench) -> Place {
    let count = workbench.duplicates_of(row as usize).len();
    let is_listed_below = workbench
        .duplicate_of(row as usize)
        .and_then(|head| workbench.corpus.id(head as usize))
        .is_some_and(|head| workbench.unfolded.contains(&head));
    Place {
        indent: if is_listed_below { 4.0 * GRID } else { 0.0 },
        taken: if count > 0 {
            widgets::small_text_width(ui, &duplicates_text(count)) + 3.0 * GRID
        } else {
            0.0
        },
    }
}

fn duplicates_text(count: usize) -> String {
    format!("+{}", describe::counted(count, "duplicate", "duplicates"))
}

/// "+2 duplicates", which lists them below the article or folds them again.
fn duplicates_button(
    ui: &Ui,
    rect: Rect,
    row: u32,
    facts: Row<'_>,
    workbench: &Workbench,
    actions: &mut Vec<Action>,
) {
    let count = workbench.duplicates_of(row as usize).len();
    if count == 0 {
        return;
    }
    let shown = workbench.unfolded.contains(&facts.id());
    let text = duplicates_text(count);
    let width = widgets::small_text_width(ui, &text) + 2.0 * GRID;
    let right = rect.right() - 2.0 * GRID;
    let area = Rect::from_min_max(
        egui::pos2(right - width, rect.top() + 23.0),
        egui::pos2(right, rect.bottom() - 4.0),
    );
    let response = ui.interact(
        area,
        list_id().with(("duplicates", facts.id())),
        Sense::click(),
    );
    let verb = if shown { "Fold" } else { "Show" };
    response.widget_info(|| {
        let name = format!(
            "{verb} the {} of {}",
            text.trim_start_matches('+'),
            facts.title()
        );
        WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    let tokens = tokens(ui);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(area, 3.0, tokens.hover);
    }
    widgets::paint_cut(
        ui,
        area.right_center() - vec2(GRID, 0.0),
        Align2::RIGHT_CENTER,
        &text,
        true,
        width,
        tokens.accent,
    );
    let hint = format!("{verb} them (X, or the right and left arrow keys)");
    if response.on_hover_text(hint).clicked() {
        actions.push(Action::ShowDuplicates(facts.id(), !shown));
    }
}

/// What stands in the place of an article that has not been read.
fn unread_text(row: u32, workbench: &Workbench) -> String {
    let source = workbench.corpus.source(row as usize);
    match workbench.lost.get(&row) {
        Some(reason) => format!("{source}: {reason}"),
        None if workbench.has_unread() => format!("{source}: not read"),
        None => format!("{source}: being read …"),
    }
}

fn paint_unread(ui: &Ui, rect: Rect, row: u32, workbench: &Workbench) {
    let tokens = tokens(ui);
    let is_lost = workbench.lost.contains_key(&row);
    let color = if is_lost {
        tokens.adverse
    } else {
        tokens.text_weak
    };
    let at = rect.left_center() + vec2(3.0 * GRID, 0.0);
    let text = unread_text(row, workbench);
    let width = rect.width() - 6.0 * GRID;
    widgets::paint_cut(ui, at, Align2::LEFT_CENTER, &text, true, width, color);
}

/// The partners as far as there is room, then how many more there are.
fn paint_partners(ui: &Ui, at: egui::Pos2, right: f32, facts: Row<'_>, workbench: &Workbench) {
    const DOT: f32 = 11.0;
    const MORE: f32 = 26.0;
    let tokens = tokens(ui);
    let mut x = at.x;
    let count = facts.partners().len();
    for (place, (actor, _)) in facts.partners().enumerate() {
        let name = workbench.actor_name(actor);
        let needed = DOT + widgets::small_text_width(ui, &name);
        let is_last = place + 1 == count;
        let room = right - x - if is_last { 0.0 } else { MORE };
        if needed > room && (place > 0 || room < 60.0) {
            let more = format!("+{}", count - place);
            let at = egui::pos2(x, at.y);
            widgets::paint_cut(
                ui,
                at,
                Align2::LEFT_CENTER,
                &more,
                true,
                right - x,
                tokens.text_weak,
            );
            break;
        }
        let color = widgets::actor_color(workbench, actor, tokens);
        ui.painter()
            .circle_filled(egui::pos2(x + 4.0, at.y), 3.5, color);
        let text_at = egui::pos2(x + DOT, at.y);
        let width = room - DOT;
        x += DOT + 8.0;
        x += widgets::paint_cut(
            ui,
            text_at,
            Align2::LEFT_CENTER,
            &name,
            true,
            width,
            tokens.text_weak,
        );
    }
}
