//! The sentences behind a mark of the chart.

use egui::{Align2, FontId, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tokens::{GRID, tokens};
use super::{describe, theme, things, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::evidence::Line;
use crate::model::session::Thing;

/// A line of the source and three lines of the sentence, in points.
const ROW_HEIGHT: f32 = 84.0;

/// How much of a sentence its tip says, in characters: some are whole lists.
const MOST_SAID: usize = 1_200;

/// Draws the sentences behind the chosen mark.
pub(crate) fn evidence_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let Some(evidence) = &workbench.evidence else {
        widgets::empty(
            ui,
            "No mark is chosen.",
            "Click a bar of the timeline: the sentences that put it there stand here.",
        );
        return;
    };
    widgets::bar(ui, |ui| {
        let title = egui::RichText::new(&evidence.title).family(theme::medium());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").on_hover_text("Choose no mark").clicked() {
                actions.push(Action::SelectMark(None));
            }
            // The title takes what room is left.
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(title).truncate());
            });
        });
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let total = evidence.members.len();
    ScrollArea::vertical()
        .id_salt("evidence")
        .auto_shrink(false)
        .show_rows(ui, ROW_HEIGHT, total, |ui, range| {
            let mut wanted = Vec::new();
            for place in range {
                if let Some(line) = workbench.evidence_line(place) {
                    row_ui(ui, line, workbench, actions);
                } else {
                    ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
                    wanted.push(place);
                }
            }
            if !wanted.is_empty() && evidence.asked != wanted {
                actions.push(Action::ReadEvidence(wanted));
            }
        });
}

fn row_ui(ui: &mut Ui, line: &Line, workbench: &Workbench, actions: &mut Vec<Action>) {
    let tokens = tokens(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            egui::Role::ListItem,
            true,
            format!("{}{}: {}", joined_words(line), line.heading, line.sentence),
        )
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, tokens.hover);
    }
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        egui::Stroke::new(1.0, tokens.line),
    );
    // What repeats a report stands under it.
    let indent = match line.joined {
        Some(joined) if !joined.is_independent() => 4.0 * GRID,
        _ => 0.0,
    };
    let left = rect.left() + 3.0 * GRID + indent;
    let width = rect.width() - 6.0 * GRID - indent;
    let state = if line.accepted {
        "accepted"
    } else {
        "suggested"
    };
    let color = if line.accepted {
        tokens.accepted
    } else {
        tokens.text_weak
    };
    let top = rect.top() + 13.0;
    let taken = widgets::paint_cut(
        ui,
        pos2(left + width, top),
        Align2::RIGHT_CENTER,
        state,
        true,
        80.0,
        color,
    );
    widgets::paint_cut(
        ui,
        pos2(left, top),
        Align2::LEFT_CENTER,
        &format!("{}{}", joined_words(line), line.heading),
        true,
        width - taken - 8.0,
        tokens.text_weak,
    );
    let font = FontId::new(14.0, theme::serif());
    let mut job = egui::text::LayoutJob::simple(line.sentence.clone(), font, tokens.text, width);
    job.wrap.max_rows = 3;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter()
        .galley(pos2(left, rect.top() + 23.0), galley, tokens.text);
    let menu = || {
        let article = workbench.corpus.id(line.row as usize);
        let claim = article.zip(line.key).map(|(id, key)| Thing::Claim(id, key));
        claim
            .into_iter()
            .chain(article.map(Thing::Article))
            .collect()
    };
    things::thing_menu(&response, workbench, menu, actions);
    let article = workbench.corpus.id(line.row as usize);
    let decided = || {
        let (article, key) = article.zip(line.key)?;
        workbench.decided_by(article, key)
    };
    // In words only for the line under the pointer.
    let tooltip = |ui: &mut Ui| {
        ui.label(describe::one_line(&line.sentence, MOST_SAID));
        if let Some(decided) = decided() {
            widgets::note(ui, decided);
        }
    };
    if widgets::row_tip(response, workbench, tooltip).clicked()
        && let Some(id) = workbench.corpus.id(line.row as usize)
    {
        actions.push(Action::ShowPassage(id, line.span, line.key));
    }
}

/// How a report came to its event: "same sentence · "; nothing for claims that stand for themselves.
fn joined_words(line: &Line) -> String {
    line.joined
        .map_or_else(String::new, |joined| format!("{} · ", joined.label()))
}
