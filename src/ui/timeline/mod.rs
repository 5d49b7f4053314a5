//! The chart of partners over time.
//!
//! Stateless: it draws a [`Timeline`] and answers with what the analyst wants. What is drawn is
//! bounded by the partners with a series times the bars in view, however large the corpus.
//!
//! `egui_plot` keeps what is in view (Ctrl and wheel to zoom, drag to pan, double click to see
//! everything); bars, patterns and labels are painted over it, and each part of a bar is a named
//! element that keyboard and screen reader reach.

mod chart;
mod controls;
mod ink;
mod labels;
mod legend;
mod paint;
mod scene;
mod style;
#[cfg(test)]
mod tests;

use egui::{Label, Rect, RichText, Ui, UiBuilder, vec2};

use crate::analysis::timeline::{MarkId, Series, Timeline, others};
use crate::model::ids::ActorId;
use crate::model::view::{ChartView, Clock, Unit};
use crate::ui::widgets;

pub use style::ChartStyle;

/// What the analyst wants of the chart.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartAction {
    /// Show what stands behind a mark.
    Select(MarkId),
    /// The pointer rests on a mark.
    Hover(MarkId),
    /// Turn a partner on or off.
    TogglePartner(ActorId),
    /// Write a memo on a partner.
    MemoOn(ActorId),
    /// Link a partner with something else.
    Link(ActorId),
    /// Show what has no date.
    SelectUndated,
    /// Show it another way.
    ChangeView(ChartView),
}

/// Narrower panes have the legend under the chart, in points.
const LEGEND_BESIDE_FROM: f32 = 440.0;

/// Width of a legend beside the chart, in points.
const LEGEND_WIDTH: f32 = 148.0;

/// Draws the chart into all the room that is there.
///
/// `names` gives actors' names on screen; `selected` is drawn with a frame.
pub fn timeline_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    style: &ChartStyle,
    view: &ChartView,
    names: &dyn Fn(&ActorId) -> String,
    selected: Option<&MarkId>,
) -> Option<ChartAction> {
    let mut action = None;
    ui.spacing_mut().item_spacing.y = 4.0;
    title_ui(ui, timeline, style, names);
    if let Some(chosen) = controls::controls_ui(ui, view, style) {
        action = Some(ChartAction::ChangeView(chosen));
    }
    if timeline.is_empty() {
        return empty_ui(ui, timeline, style, view).or(action);
    }
    let name_of = |series: &Series| {
        if series.actor == others() {
            format!("{} others", series.partners)
        } else {
            names(&series.actor)
        }
    };

    let room = ui.available_rect_before_wrap();
    let notes_height = notes_height(ui, timeline, style, room.width());
    let beside = room.width() >= LEGEND_BESIDE_FROM;
    let (legend_size, gap) = if beside {
        (vec2(LEGEND_WIDTH, 0.0), 16.0)
    } else {
        let rows = timeline.series.len().div_ceil(legend::COLUMNS_BELOW).min(3) as f32;
        (vec2(0.0, rows * legend::ROW + 8.0), 0.0)
    };
    let mut chart = room;
    chart.max.x -= legend_size.x + gap;
    // The rows of the notes are higher than their letters by a little.
    chart.max.y -= legend_size.y + notes_height + 12.0;
    // A pane that is too low scrolls rather than squeezes the chart to nothing.
    let least = chart::least_height(ui, timeline, chart.width(), style);
    chart.max.y = chart.max.y.max(chart.min.y + least);
    let legend = if beside {
        Rect::from_min_max(
            egui::pos2(chart.max.x + gap, chart.min.y),
            egui::pos2(room.max.x, chart.max.y),
        )
    } else {
        let at = chart.left_bottom() + vec2(0.0, 8.0);
        Rect::from_min_size(at, vec2(room.width(), legend_size.y - 8.0))
    };

    let chart_ui = |ui: &mut Ui| chart::chart_ui(ui, timeline, style, &name_of, selected);
    let drawn = ui.scope_builder(UiBuilder::new().max_rect(chart), chart_ui);
    action = action.or(drawn.inner);
    let mut legend_ui = ui.new_child(UiBuilder::new().max_rect(legend));
    let columns = if beside { 1 } else { legend::COLUMNS_BELOW };
    action = legend::legend_ui(&mut legend_ui, timeline, columns, style, &name_of).or(action);
    let bottom = chart.max.y.max(legend.max.y);
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, egui::pos2(room.max.x, bottom)));
    if notes_ui(ui, timeline, style) {
        action = Some(ChartAction::SelectUndated);
    }
    action
}

fn title_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    style: &ChartStyle,
    names: &dyn Fn(&ActorId) -> String,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let title = timeline.title(&names(&timeline.focus));
        let text = RichText::new(title).font(style.title_font.clone());
        ui.label(text.strong().color(style.text));
        let terms = widgets::capitalised(&timeline.terms());
        let text = RichText::new(terms).font(style.small_font.clone());
        ui.label(text.color(style.secondary));
    });
}

/// The notes as one text, without the undated ones, which are a link.
fn notes_text(timeline: &Timeline) -> String {
    let sentence = |note: String| widgets::capitalised(&note);
    let notes: Vec<String> = timeline.notes().into_iter().map(sentence).collect();
    notes.join("  ·  ")
}

fn notes_height(ui: &Ui, timeline: &Timeline, style: &ChartStyle, width: f32) -> f32 {
    let undated = timeline.undated_note().unwrap_or_default();
    let text = format!("{undated}  ·  {}", notes_text(timeline));
    let galley = ui
        .painter()
        .layout(text, style.small_font.clone(), style.secondary, width);
    galley.size().y + 4.0
}

/// The notes under the chart; whether the undated ones were asked for.
fn notes_ui(ui: &mut Ui, timeline: &Timeline, style: &ChartStyle) -> bool {
    let mut asked = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let text = |text: String| RichText::new(text).font(style.small_font.clone());
        let notes = notes_text(timeline);
        if let Some(undated) = timeline.undated_note() {
            asked = ui
                .link(text(undated).color(style.accent))
                .on_hover_text("List them")
                .clicked();
            if !notes.is_empty() {
                ui.label(text("  ·  ".to_owned()).color(style.secondary));
            }
        }
        if !notes.is_empty() {
            ui.add(Label::new(text(notes).color(style.secondary)).wrap());
        }
    });
    asked
}

/// Says what would fill the chart, and offers it.
fn empty_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    style: &ChartStyle,
    view: &ChartView,
) -> Option<ChartAction> {
    let mut action = None;
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        let text = |text: &str| RichText::new(text).font(style.font.clone());
        let say = |ui: &mut Ui, words: &str| {
            ui.label(text(words).color(style.secondary));
        };
        if let Some(undated) = timeline.undated_note() {
            say(ui, "Nothing here has a date on this clock.");
            if ui.link(text(&undated).color(style.accent)).clicked() {
                action = Some(ChartAction::SelectUndated);
            }
            let (other, label) = match view.clock {
                Clock::Event => (Clock::Publication, "Show by publication date"),
                Clock::Publication => (Clock::Event, "Show by event date"),
            };
            if view.unit != Unit::Mentions && ui.button(text(label)).clicked() {
                let clock = other;
                let view = view.clone();
                action = Some(ChartAction::ChangeView(ChartView { clock, ..view }));
            }
        } else if view.with_suggested {
            say(ui, "No partners to show yet.");
            say(
                ui,
                "Claims that tie a partner to the focus fill this chart: widen the filter of \
                 the article list, or select a passage in an article and make a claim of it.",
            );
        } else {
            say(
                ui,
                "Nothing is accepted yet. Accept suggestions to see them here.",
            );
            if ui.button(text("Show suggested ones, too")).clicked() {
                let view = view.clone();
                action = Some(ChartAction::ChangeView(ChartView {
                    with_suggested: true,
                    ..view
                }));
            }
        }
    });
    action
}
