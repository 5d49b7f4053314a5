//! The legend: every partner with its count, to turn on and off.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::ChartAction;
use crate::analysis::timeline::{Series, Timeline, others};

use super::paint::{self, Look};
use super::style::{ChartStyle, Fill};

/// Height of an entry, in points.
pub(super) const ROW: f32 = 20.0;

/// Entries beside one another in a legend under the chart.
pub(super) const COLUMNS_BELOW: usize = 2;

/// Size of a sample of colour and pattern, in points.
const SWATCH: egui::Vec2 = vec2(16.0, 12.0);

/// Draws the legend into the width that is there, and gives back what was asked of a partner.
pub(super) fn legend_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    columns: usize,
    style: &ChartStyle,
    names: &dyn Fn(&Series) -> String,
) -> Option<ChartAction> {
    let mut asked = None;
    ScrollArea::vertical()
        .id_salt("timeline legend")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(16.0, 0.0);
            let gaps = 16.0 * (columns as f32 - 1.0);
            let width = (ui.available_width() - gaps) / columns as f32;
            for row in timeline.series.chunks(columns) {
                ui.horizontal(|ui| {
                    for series in row {
                        let name = names(series);
                        asked =
                            entry_ui(ui, timeline, series, width, style, &name).or(asked.take());
                    }
                });
            }
        });
    asked
}

/// One entry; a click turns its partner on or off, a right-click has a menu.
fn entry_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    series: &Series,
    width: f32,
    style: &ChartStyle,
    name: &str,
) -> Option<ChartAction> {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    let what = || timeline.describe_series(series, name);
    response.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), !series.hidden, what())
    });
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() || response.has_focus() {
            let tint = style.background.lerp_to_gamma(style.accent, 0.12);
            painter.rect_filled(rect, 3.0, tint);
        }
        if response.has_focus() {
            let stroke = egui::Stroke::new(1.0, style.accent);
            painter.rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
        }
        let y = rect.center().y;
        let swatch = Rect::from_min_size(pos2(rect.left() + 4.0, y - SWATCH.y / 2.0), SWATCH);
        let look = Look::of(series.color, style);
        let color = if series.hidden {
            let stroke = egui::Stroke::new(1.0, style.secondary);
            painter.rect_stroke(swatch, 0.0, stroke, egui::StrokeKind::Inside);
            style.secondary
        } else {
            let fill = Fill {
                accepted: series.accepted > 0,
                sure: true,
            };
            paint::swatch(painter, swatch, look, fill, style);
            style.text
        };
        let count = painter.text(
            pos2(rect.right() - 4.0, y),
            Align2::RIGHT_CENTER,
            series.total,
            style.small_font.clone(),
            style.secondary,
        );
        let left = swatch.right() + 8.0;
        let mut job =
            egui::text::LayoutJob::simple_singleline(name.to_owned(), style.font.clone(), color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(count.left() - 8.0 - left);
        let galley = painter.layout_job(job);
        let at = pos2(left, y - galley.size().y / 2.0);
        painter.galley(at, galley, color);
    }
    let act = if series.hidden { "show" } else { "hide" };
    // Put into words only where somebody points: a legend may have a hundred entries.
    if response.hovered() {
        let tip = format!("{}\nClick to {act}", what());
        response.clone().on_hover_text(tip);
    }
    let actor = || series.actor.clone();
    let mut asked = response
        .clicked()
        .then(|| ChartAction::TogglePartner(actor()));
    if series.actor != others() {
        response.context_menu(|ui| {
            if ui.button("Memo on this partner…").clicked() {
                asked = Some(ChartAction::MemoOn(actor()));
                ui.close();
            }
            if ui.button("Link this partner…").clicked() {
                asked = Some(ChartAction::Link(actor()));
                ui.close();
            }
        });
    }
    asked
}
