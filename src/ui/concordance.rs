//! Every hit of the search between the words around it (key word in context), to be sorted, read
//! in its article, and coded at once.

use std::collections::BTreeSet;

use egui::{Align2, FontId, Rect, Sense, Ui, WidgetInfo, pos2};

use super::rows::Rows;
use super::tokens::{GRID, TEXT, TEXT_SMALL, tokens};
use super::{picker, theme, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::code_paths;
use crate::app::draft::CodeChoice;
use crate::app::search::{Concordance, ContextLine, LineOrder, MOST_LINES};

/// A line of text with a little air, in points.
const ROW_HEIGHT: f32 = 24.0;
/// What a tick takes, in points.
const TICK: f32 = 24.0;
/// What the name of the article takes, as a part of the width.
const SOURCE: f32 = 0.2;

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct ConcordanceState {
    order: Option<LineOrder>,
    rows: Rows,
    /// The places of lines that are not to be coded.
    unticked: BTreeSet<usize>,
    /// The search that they belong to.
    search: String,
    typed: String,
}

/// Draws the lines.
pub(crate) fn concordance_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut ConcordanceState,
    actions: &mut Vec<Action>,
) {
    let order = state.order.unwrap_or(LineOrder::Article);
    if workbench.view.filter.trim().is_empty() {
        widgets::empty(
            ui,
            "Nothing is searched for.",
            "Type words over the article list (Ctrl+F): each hit stands here between the words around it.",
        );
        return;
    }
    if state.search != workbench.view.filter {
        state.search.clone_from(&workbench.view.filter);
        state.unticked.clear();
        state.rows.scroll_to_top();
    }
    if !workbench.has_lines(order) {
        actions.push(Action::ReadLines(order));
    }
    let found = &workbench.found.concordance;
    head_ui(ui, workbench, found, order, state, actions);
    if found.lines.is_empty() {
        if found.read >= found.of {
            widgets::empty(
                ui,
                "No words to show.",
                "The search finds articles by other things than words, or none.",
            );
        }
        return;
    }
    let ConcordanceState { rows, unticked, .. } = state;
    rows.show(
        ui,
        "Scroll lines",
        found.lines.len(),
        ROW_HEIGHT,
        |ui, place, rect| {
            let line = found.lines.get(place)?;
            let tick = Rect::from_min_max(rect.min, pos2(rect.left() + TICK, rect.bottom()));
            let mut is_ticked = !unticked.contains(&place);
            let name = format!("Code line {}", place + 1);
            let box_ui = ui.put(tick, egui::Checkbox::without_text(&mut is_ticked));
            if box_ui.accessible_name(name).changed() {
                if is_ticked {
                    unticked.remove(&place);
                } else {
                    unticked.insert(place);
                }
            }
            let rest = Rect::from_min_max(pos2(tick.right(), rect.top()), rect.max);
            let id = ui.scope_id().with(("line", place));
            let response = ui.interact(rest, id, Sense::click());
            line_ui(ui, rest, line, workbench, &response);
            if response.clicked() {
                actions.push(Action::ShowPassage(line.article, line.span, None));
            }
            Some(response)
        },
    );
}

fn head_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    found: &Concordance,
    order: LineOrder,
    state: &mut ConcordanceState,
    actions: &mut Vec<Action>,
) {
    widgets::wrapped_bar(ui, |ui| {
        let count = found.lines.len();
        let text = if found.is_cut {
            format!("The first {MOST_LINES} lines")
        } else if found.read < found.of {
            format!(
                "{count} lines, {} of {} articles read",
                found.read, found.of
            )
        } else {
            super::describe::counted(count, "line", "lines")
        };
        ui.label(text);
        egui::ComboBox::from_id_salt("line-order")
            .selected_text(order.label())
            .show_ui(ui, |ui| {
                for other in LineOrder::ALL {
                    if ui
                        .selectable_label(order == *other, other.label())
                        .clicked()
                    {
                        state.order = Some(*other);
                        state.unticked.clear();
                    }
                }
            })
            .response
            .accessible_name(format!("Sort lines by: {}", order.label()));
        if count > 0 {
            code_ui(ui, workbench, count, state, actions);
        }
    });
}

/// A code for all ticked lines, given as one step.
fn code_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    count: usize,
    state: &mut ConcordanceState,
    actions: &mut Vec<Action>,
) {
    let ticked: Vec<usize> = (0..count)
        .filter(|place| !state.unticked.contains(place))
        .collect();
    widgets::field(ui, "Code for the lines", "Code", &mut state.typed, 120.0);
    let typed = state.typed.trim().to_owned();
    let book = &workbench.session.codebook;
    if !typed.is_empty() && book.find(&typed).is_none() {
        let paths = code_paths(book, |_| true);
        for (_, path) in picker::best(&paths, &typed, 3) {
            if ui.small_button(path).clicked() {
                state.typed.clone_from(path);
            }
        }
    }
    let ready = !typed.is_empty() && !ticked.is_empty();
    let text = format!(
        "Code {}",
        super::describe::counted(ticked.len(), "line", "lines")
    );
    let button = ui.add_enabled(ready, egui::Button::new(text));
    let hint = "Annotate the hit of each ticked line with this code, as one step";
    if button.on_hover_text(hint).clicked() {
        actions.push(Action::CodeLines(ticked, CodeChoice::New(typed)));
        state.typed.clear();
    }
    let all = state.unticked.is_empty();
    let text = if all { "Untick all" } else { "Tick all" };
    if ui.small_button(text).clicked() {
        state.unticked = if all {
            (0..count).collect()
        } else {
            BTreeSet::new()
        };
    }
}

/// The article, what stands before the hit, set against it, the hit, and what stands after.
fn line_ui(
    ui: &Ui,
    rect: Rect,
    line: &ContextLine,
    workbench: &Workbench,
    response: &egui::Response,
) {
    let tokens = tokens(ui);
    let facts = workbench.facts_of(line.row);
    let title = facts.map_or("", |facts| facts.title());
    response.widget_info(|| {
        let (hit, [before, after]) = (&line.quote.exact, spaces(line));
        let text = format!("{title}: {}{before}{hit}{after}{}", line.before, line.after);
        WidgetInfo::labeled(egui::Role::ListItem, true, text)
    });
    let open = workbench.article.as_ref().map(|article| article.id);
    let is_here = open == Some(line.article) && workbench.selected_text == Some(line.span);
    if is_here || response.hovered() || response.has_focus() {
        let ground = if is_here {
            tokens.selected
        } else {
            tokens.hover
        };
        ui.painter().rect_filled(rect, 0.0, ground);
    }
    let source = SOURCE * rect.width();
    let y = rect.center().y;
    widgets::paint_cut(
        ui,
        pos2(rect.left(), y),
        Align2::LEFT_CENTER,
        title,
        true,
        source - 2.0 * GRID,
        tokens.text_weak,
    );
    let words = Rect::from_min_max(pos2(rect.left() + source, rect.top()), rect.max);
    let painter = ui.painter().with_clip_rect(words.intersect(ui.clip_rect()));
    let hit = painter.layout_no_wrap(
        super::describe::one_line(&line.quote.exact, 80),
        FontId::new(TEXT, theme::medium()),
        tokens.accent,
    );
    let left = words.left() + 0.45 * words.width() - 0.5 * hit.size().x;
    let right = left + hit.size().x;
    painter.galley(pos2(left, y - 0.5 * hit.size().y), hit, tokens.accent);
    let font = FontId::proportional(TEXT_SMALL);
    let [before, after] = spaces(line).map(|space| if space.is_empty() { 1.0 } else { GRID });
    painter.text(
        pos2(left - before, y),
        Align2::RIGHT_CENTER,
        &line.before,
        font.clone(),
        tokens.text,
    );
    painter.text(
        pos2(right + after, y),
        Align2::LEFT_CENTER,
        &line.after,
        font,
        tokens.text,
    );
}

/// What parts a hit from the words around it: nothing where a mark belongs to it.
fn spaces(line: &ContextLine) -> [&'static str; 2] {
    let opens = line
        .before
        .ends_with(['(', '[', '«', '“', '„', '‘', '-', '/']);
    let closes = line.after.starts_with([
        '.', ',', ';', ':', '!', '?', ')', ']', '»', '”', '’', '\'', '-', '/', '…', '%',
    ]);
    [opens, closes].map(|joined| if joined { "" } else { " " })
}
