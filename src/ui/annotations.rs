//! The highlights, of the open article or of all, and below them the one in hand or the note on
//! the article.
//!
//! Budget: a frame draws the rows in view; which highlights are listed is worked out in the
//! background.

use std::collections::BTreeSet;

use egui::{Align2, FontId, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::rows::{self, Rows};
use super::tokens::{GRID, TEXT, tokens};
use super::{describe, theme, things, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::CodeWish;
use crate::app::command::Command;
use crate::app::highlights::{HighlightWish, Place};
use crate::app::words::signed;
use crate::model::annotation::Annotation;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::Thing;

mod detail;
mod filter;

/// Codes over the passage, in points; a line more where the article is named.
const ROW_HEIGHT: f32 = 46.0;
/// The name of the article, in points.
const TITLE_HEIGHT: f32 = 18.0;
/// What a tick takes, in points.
const TICK: f32 = 26.0;

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct AnnotationsState {
    rows: Rows,
    /// Highlights that something is to be done with together.
    ticked: BTreeSet<Place>,
    /// The highlight that was last brought into view, and in which list it was looked for.
    shown: Option<Place>,
    sought: Option<(Place, u64)>,
    /// The list that was drawn last.
    made: u64,
    filter: filter::FilterState,
    detail: detail::DetailState,
}

/// The field of the note on the article.
pub(crate) fn note_id(workbench: &Workbench) -> egui::Id {
    // Its own for each article and session: a text field remembers what was typed in it.
    let article = workbench.article.as_ref().map(|article| article.id);
    egui::Id::unique("article-note").with((article, workbench.session.id))
}

/// Draws the highlights.
pub(crate) fn annotations_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut AnnotationsState,
    actions: &mut Vec<Action>,
) {
    if !workbench.are_highlights_listed() {
        actions.push(Action::Highlights(HighlightWish::List));
    }
    if !workbench.are_codes_counted() {
        actions.push(Action::Code(CodeWish::Count));
    }
    let listing = &workbench.highlights().listing;
    let filter = &workbench.highlights().filter;
    let made = workbench.highlights().made;
    if state.made != made {
        state.made = made;
        state
            .ticked
            .retain(|place| workbench.highlight_at(*place).is_some());
    }
    filter::filter_ui(ui, workbench, &mut state.filter, actions);
    if !state.ticked.is_empty() {
        filter::ticked_ui(ui, workbench, &mut state.filter, &mut state.ticked, actions);
    }
    // What is done with many leaves one alone, and gives the list its room.
    if state.ticked.is_empty() || workbench.highlight_in_hand().is_none() {
        detail::detail_ui(ui, workbench, &mut state.detail, actions);
    }
    if listing.rows.is_empty() {
        if filter.is_narrow() && listing.of > 0 {
            let all = describe::counted(listing.of, "highlight", "highlights");
            widgets::empty(
                ui,
                "No highlight is as you ask.",
                &format!("There are {all}."),
            );
        } else {
            widgets::empty(
                ui,
                "No annotations yet.",
                "Select text in the reader and press A.",
            );
        }
        return;
    }
    follow(workbench, state);
    rows_ui(ui, workbench, state, actions);
}

/// Brings the highlight in hand into view when it has just been taken.
fn follow(workbench: &Workbench, state: &mut AnnotationsState) {
    let open = workbench.article.as_ref().map(|article| article.id);
    let in_hand = workbench.highlight_in_hand().map(|(id, _)| id);
    let Some(place) = open.zip(in_hand) else {
        (state.shown, state.sought) = (None, None);
        return;
    };
    // A new one may not be listed yet, and another one may be left out.
    let sought = Some((place, state.made));
    if state.sought == sought {
        return;
    }
    state.sought = sought;
    let rows = &workbench.highlights().listing.rows;
    let row = rows.iter().position(|one| *one == place);
    if let Some(row) = row.filter(|_| state.shown != Some(place)) {
        state.rows.reveal(row);
        state.shown = Some(place);
    }
}

fn rows_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut AnnotationsState,
    actions: &mut Vec<Action>,
) {
    let highlights = workbench.highlights();
    let with_title = highlights.filter.everywhere;
    let height = ROW_HEIGHT + if with_title { TITLE_HEIGHT } else { 0.0 };
    let open = workbench.article.as_ref().map(|article| article.id);
    let in_hand = open.zip(workbench.highlight_in_hand().map(|(id, _)| id));
    let rows = &highlights.listing.rows;
    let AnnotationsState {
        rows: scroll,
        ticked,
        ..
    } = state;
    scroll.show(
        ui,
        "Scroll highlights",
        rows.len(),
        height,
        |ui, row, rect| {
            let place = *rows.get(row)?;
            // It may be gone, and the list not made anew yet.
            let annotation = workbench.highlight_at(place)?;
            let id = ui.scope_id().with(("highlight", place));
            let response = ui.interact(rect, id, Sense::click());
            let is_in_hand = in_hand == Some(place);
            response.widget_info(|| {
                let name = spoken(workbench, annotation);
                WidgetInfo::selected(egui::Role::ListItem, true, is_in_hand, name)
            });
            let title = with_title.then_some(place.0);
            row_ui(
                ui, rect, workbench, annotation, title, is_in_hand, &response,
            );
            let tick = Rect::from_min_size(rect.min, vec2(TICK, ROW_HEIGHT));
            let mut is_ticked = ticked.contains(&place);
            let quote = describe::one_line(&annotation.quote.exact, 30);
            let tick = ui.put(tick, egui::Checkbox::without_text(&mut is_ticked));
            if tick.accessible_name(format!("Tick {quote}")).changed() {
                if is_ticked {
                    ticked.insert(place);
                } else {
                    ticked.remove(&place);
                }
            }
            if response.clicked() || response.secondary_clicked() {
                actions.push(Action::Highlights(HighlightWish::Show(place.0, place.1)));
            }
            if response.double_clicked() && is_in_hand {
                actions.push(Command::Annotate.into());
            }
            let thing = Thing::Annotation(place.0, place.1);
            response.context_menu(|ui| menu_ui(ui, workbench, &thing, actions));
            Some(response)
        },
    );
}

/// What can be done with the highlight in hand.
pub(crate) fn menu_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    thing: &Thing,
    actions: &mut Vec<Action>,
) {
    for command in [Command::Annotate, Command::DeleteHighlight] {
        if widgets::command_button(ui, workbench, command, actions).clicked() {
            ui.close();
        }
    }
    ui.separator();
    things::items_ui(ui, workbench, thing, actions);
}

/// A row as a screen reader says it.
fn spoken(workbench: &Workbench, annotation: &Annotation) -> String {
    let codes = code_names(workbench, &annotation.codes);
    let quote = describe::one_line(&annotation.quote.exact, 80);
    let note = if annotation.note.is_empty() {
        String::new()
    } else {
        format!(", note: {}", describe::one_line(&annotation.note, 80))
    };
    format!(
        "{codes}: {quote}{note}, {}",
        signed(&annotation.by, annotation.at)
    )
}

fn code_names(workbench: &Workbench, codes: &[ItemId]) -> String {
    let book = &workbench.session.codebook.codes;
    let names = codes
        .iter()
        .filter_map(|code| Some(book.get(code)?.name.as_str()));
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        "No code".to_owned()
    } else {
        names.join(", ")
    }
}

fn row_ui(
    ui: &Ui,
    rect: Rect,
    workbench: &Workbench,
    annotation: &Annotation,
    title: Option<ArticleId>,
    is_in_hand: bool,
    response: &Response,
) {
    let tokens = tokens(ui);
    rows::ground(ui, rect, is_in_hand, response.hovered());
    let stroke = egui::Stroke::new(1.0, tokens.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, stroke);

    let (left, right) = (rect.left() + TICK, rect.right() - 2.0 * GRID);
    let y = rect.top() + 13.0;
    let by = if annotation.note.is_empty() {
        annotation.by.clone()
    } else {
        format!("note · {}", annotation.by)
    };
    let align = Align2::RIGHT_CENTER;
    let at = pos2(right, y);
    let taken = widgets::paint_cut(ui, at, align, &by, true, 110.0, tokens.text_weak);
    let end = right - taken - 2.0 * GRID;
    codes_ui(ui, workbench, annotation, pos2(left, y), end);

    let quote = describe::one_line(&annotation.quote.exact, 200);
    let font = FontId::new(TEXT + 1.0, theme::serif());
    let mut job = egui::text::LayoutJob::simple_singleline(quote, font, tokens.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left).max(8.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter()
        .galley(pos2(left, rect.top() + 23.0), galley, tokens.text);
    if let Some(article) = title {
        let row = workbench.corpus.row(article);
        let row = row.and_then(|row| u32::try_from(row).ok());
        let facts = row.and_then(|row| workbench.facts_of(row));
        let title = facts.map_or("An article that is not in the corpus", |facts| {
            facts.title()
        });
        let at = pos2(left, rect.bottom() - TITLE_HEIGHT / 2.0 - 2.0);
        let (align, width) = (Align2::LEFT_CENTER, right - left);
        widgets::paint_cut(ui, at, align, title, true, width, tokens.text_weak);
    }
}

/// The codes beside one another as far as there is room.
fn codes_ui(ui: &Ui, workbench: &Workbench, annotation: &Annotation, at: egui::Pos2, end: f32) {
    let tokens = tokens(ui);
    let book = &workbench.session.codebook.codes;
    let mut x = at.x;
    if annotation.codes.is_empty() {
        let (align, text) = (Align2::LEFT_CENTER, "No code");
        widgets::paint_cut(ui, at, align, text, true, end - x, tokens.text_weak);
        return;
    }
    for (code, place) in annotation.codes.iter().zip(0..) {
        let Some(named) = book.get(code) else {
            continue;
        };
        let align = Align2::LEFT_CENTER;
        if end - x < 40.0 {
            let more = format!("+{}", annotation.codes.len() - place);
            widgets::paint_cut(
                ui,
                pos2(x, at.y),
                align,
                &more,
                true,
                40.0,
                tokens.text_weak,
            );
            return;
        }
        let color = widgets::code_color(workbench, *code, tokens);
        let mark = Rect::from_center_size(pos2(x + 2.0, at.y), vec2(4.0, 14.0));
        ui.painter().rect_filled(mark, 1.0, color);
        x += 2.0 * GRID;
        let width = end - x;
        x += widgets::paint_cut(
            ui,
            pos2(x, at.y),
            align,
            &named.name,
            false,
            width,
            tokens.text,
        );
        x += 2.0 * GRID;
    }
}
