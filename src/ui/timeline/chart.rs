//! The plot itself: grid, bars, half-open marks, names and ticks.

use std::sync::Arc;

use egui::{
    Align2, Galley, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
};
use egui_plot::{Plot, PlotTransform};

use crate::analysis::timeline::{Cell, Direction, MarkId, Series, Side, Timeline};

use super::ChartAction;
use super::ink::Ink;
use super::labels;
use super::paint::{self, Look};
use super::scene::{ARROW_HEIGHT, Arrow, FEW_ARROWS, MOST_ARROWS, Part, Scene, YScale, short};
use super::style::{ChartStyle, Fill, Pattern};

/// Room for the numbers of the y axis, for the names of bars and for the name of the clock, in
/// points.
const LEFT: f32 = 32.0;
const TICKS: f32 = 22.0;
const CLOCK: f32 = 16.0;

/// The least height of the bars, in points. Half-open marks give way to it, then the pane scrolls.
const LEAST_BARS: f32 = 64.0;

/// The width of a sample in the key, in points.
const SWATCH: f32 = 16.0;

/// The least height of a plot of this timeline in so much width, in points.
pub(super) fn least_height(ui: &Ui, timeline: &Timeline, width: f32, style: &ChartStyle) -> f32 {
    let key = key(ui.painter(), timeline, width - LEFT, style);
    Lanes::of(Scene::deepest(timeline), FEW_ARROWS).plot_height() + TICKS + clock_height(&key)
}

/// How many rows of half-open marks there are above and below the bars.
#[derive(Clone, Copy)]
struct Lanes {
    above: u8,
    below: u8,
}

impl Lanes {
    /// With as many rows as are needed, `most` at most on a side.
    fn of([above, below]: [u8; 2], most: u8) -> Self {
        Self {
            above: above.min(most),
            below: below.min(most),
        }
    }

    /// With as many rows as there is room for in this height.
    fn fitting(timeline: &Timeline, height: f32) -> Self {
        let deepest = Scene::deepest(timeline);
        (FEW_ARROWS..=MOST_ARROWS)
            .rev()
            .map(|most| Self::of(deepest, most))
            .find(|lanes| lanes.plot_height() <= height)
            .unwrap_or_else(|| Self::of(deepest, FEW_ARROWS))
    }

    /// The least height of bars and rows together, in points.
    fn plot_height(self) -> f32 {
        self.height_above() + LEAST_BARS + self.height_below()
    }

    fn height_above(self) -> f32 {
        match self.above {
            0 => 4.0,
            rows => f32::from(rows) * ARROW_HEIGHT + 8.0,
        }
    }

    fn height_below(self) -> f32 {
        match self.below {
            0 => 0.0,
            rows => f32::from(rows) * ARROW_HEIGHT + 4.0,
        }
    }
}

/// Draws the plot into the rectangle of `ui`.
pub(super) fn chart_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    style: &ChartStyle,
    names: &dyn Fn(&Series) -> String,
    selected: Option<&MarkId>,
) -> Option<ChartAction> {
    let room = ui.available_rect_before_wrap();
    let key = key(ui.painter(), timeline, room.width() - LEFT, style);
    let axis = room.bottom() - TICKS - clock_height(&key);
    let lanes = Lanes::fitting(timeline, axis - room.top());
    let frame = Rect::from_min_max(
        pos2(room.left() + LEFT, room.top() + lanes.height_above()),
        pos2(room.right(), axis - lanes.height_below()),
    );
    let y = YScale::new(timeline, frame.height());
    let transform = plot_ui(ui, timeline, frame, y);
    let scene = Scene::new(timeline, &transform, frame);
    let inside = ui
        .painter()
        .with_clip_rect(frame.expand2(egui::vec2(0.0, 2.0)));

    grid(ui.painter(), &scene, frame, y, style);
    let parts = scene.parts();
    let mut ink = Ink::new(&inside);
    for part in &parts {
        let look = Look::of(part.series.color, style);
        for (fill, rect) in &part.fills {
            paint::amount(&mut ink, *rect, look, *fill, style);
        }
    }
    ink.paint(&inside);
    let zero = scene.y(0.0);
    let strong = Stroke::new(if y.low < 0.0 { 1.5 } else { 1.0 }, style.zero);
    ui.painter().hline(frame.x_range(), zero, strong);
    for label in labels::direct(&parts, frame, ui.painter(), &style.small_font, &|part| {
        names(part.series)
    }) {
        let font = style.small_font.clone();
        let at = label.rect.min;
        // Tinted, but with the contrast of text.
        let color = style.text.lerp_to_gamma(style.color(label.color), 0.35);
        ui.painter()
            .text(at, Align2::LEFT_TOP, label.name, font, color);
    }
    ticks(ui.painter(), timeline, &scene, axis, style);
    let below = pos2(frame.left(), axis + TICKS);
    key_painted(ui.painter(), key, below, style);

    let mut action = None;
    for part in &parts {
        action = part_ui(ui, timeline, part, frame, style, names, selected).or(action);
    }
    let above = frame.with_min_y(room.top()).with_max_y(frame.top());
    let below = frame.with_min_y(frame.bottom()).with_max_y(axis);
    let arrows = [
        (
            above,
            scene.arrows(Side::Cooperative, above.top(), lanes.above),
        ),
        (
            below,
            scene.arrows(Side::Adverse, below.top() + 4.0, lanes.below),
        ),
    ];
    for (lane, arrows) in &arrows {
        let painter = ui
            .painter()
            .with_clip_rect(lane.expand2(egui::vec2(16.0, 0.0)));
        arrows_painted(&painter, arrows, style);
        for arrow in arrows {
            action = arrow_ui(ui, timeline, arrow, style, names, selected).or(action);
        }
    }
    action
}

/// Lets `egui_plot` keep what is in view. Another choice of bars starts anew.
fn plot_ui(ui: &mut Ui, timeline: &Timeline, frame: Rect, y: YScale) -> PlotTransform {
    let bins = timeline.bins;
    let last = bins.count as f64 - 0.5;
    let build = |ui: &mut Ui| {
        Plot::new(("partners over time", bins.width, bins.days(0), bins.count))
            .width(frame.width())
            .height(frame.height())
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_zoom([true, false])
            .allow_drag([true, false])
            .set_margin_fraction(egui::Vec2::ZERO)
            .include_x(-0.5)
            .include_x(last)
            .show(ui, |plot| {
                plot.set_plot_bounds_y(y.low..=y.high);
                let shown = plot.plot_bounds().range_x();
                if let Some(kept) = kept_in_view(*shown.start(), *shown.end(), last) {
                    plot.set_plot_bounds_x(kept);
                }
            })
    };
    let shown = ui
        .scope_builder(egui::UiBuilder::new().max_rect(frame), build)
        .inner;
    shown.response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Figure,
            true,
            "Timeline: drag to move, Ctrl and wheel to zoom",
        )
    });
    shown.transform
}

/// What to show instead of a range of bars that is too narrow, too wide or beside the data;
/// `None` where it is good as it is. Bars stand at whole numbers, the first at 0.
fn kept_in_view(low: f64, high: f64, last: f64) -> Option<std::ops::RangeInclusive<f64>> {
    const FEWEST_BARS: f64 = 3.0;
    let all = last + 0.5;
    let width = (high - low).clamp(FEWEST_BARS.min(all), all);
    let start = (f64::midpoint(low, high) - width / 2.0).clamp(-0.5, last - width);
    let is_good = (start - low).abs() < 1e-6 && (start + width - high).abs() < 1e-6;
    (!is_good).then_some(start..=start + width)
}

fn grid(painter: &Painter, scene: &Scene<'_>, frame: Rect, y: YScale, style: &ChartStyle) {
    for value in y.lines() {
        let at = scene.y(value);
        painter.hline(frame.x_range(), at, Stroke::new(1.0, style.grid));
        painter.text(
            pos2(frame.left() - 8.0, at),
            Align2::RIGHT_CENTER,
            // Below the axis stand counts, too, not negative numbers.
            short(value.abs()),
            style.small_font.clone(),
            style.secondary,
        );
    }
}

fn ticks(painter: &Painter, timeline: &Timeline, scene: &Scene<'_>, axis: f32, style: &ChartStyle) {
    let font = || style.small_font.clone();
    let widest = painter
        .layout_no_wrap(timeline.bins.label(0), font(), style.secondary)
        .size()
        .x;
    let (y, frame) = (axis + 4.0, scene.frame());
    for (x, name) in scene.ticks(widest + 12.0) {
        painter.text(
            pos2(x, y),
            Align2::CENTER_TOP,
            name,
            font(),
            style.secondary,
        );
    }
    let name = timeline.clock.label();
    let at = pos2(frame.right(), axis + TICKS);
    painter.text(at, Align2::RIGHT_TOP, name, font(), style.secondary);
}

/// What a filling means.
struct KeyEntry {
    fill: Fill,
    words: Arc<Galley>,
    /// Where it begins, from the left in points, and in which line.
    x: f32,
    line: u8,
}

/// What the fillings mean, those that occur: beside the name of the clock as far as there is room,
/// then in lines below.
fn key(painter: &Painter, timeline: &Timeline, width: f32, style: &ChartStyle) -> Vec<KeyEntry> {
    let cells = || timeline.visible().flat_map(|series| &series.cells);
    let accepted = cells().any(|cell| cell.amounts.accepted.total() > 0.0);
    let suggested = cells().any(|cell| cell.amounts.suggested.total() > 0.0);
    let uncertain = cells().any(|cell| cell.uncertain > 0);
    let entries = [
        (accepted, (true, true), "accepted"),
        (suggested, (false, true), "suggested"),
        (uncertain, (!suggested, false), "date uncertain"),
    ];
    let laid_out = |words: &str| {
        let font = style.small_font.clone();
        painter.layout_no_wrap(words.to_owned(), font, style.secondary)
    };
    let clock = laid_out(timeline.clock.label()).size().x;
    let (mut x, mut line) = (0.0, 0);
    let mut key = Vec::new();
    for (_, (accepted, sure), meaning) in entries.into_iter().filter(|(occurs, ..)| *occurs) {
        let words = laid_out(meaning);
        let needed = SWATCH + 4.0 + words.size().x;
        let is_beside_clock = line == 0;
        let room = width - if is_beside_clock { clock + 16.0 } else { 0.0 };
        if x + needed > room && (x > 0.0 || is_beside_clock) {
            (x, line) = (0.0, line + 1);
        }
        let fill = Fill { accepted, sure };
        key.push(KeyEntry {
            fill,
            words,
            x,
            line,
        });
        x += needed + 16.0;
    }
    key
}

fn key_painted(painter: &Painter, key: Vec<KeyEntry>, left_top: egui::Pos2, style: &ChartStyle) {
    let look = Look {
        color: style.secondary,
        pattern: Pattern::Rising,
    };
    for entry in key {
        let at = left_top + egui::vec2(entry.x, f32::from(entry.line) * CLOCK);
        let swatch = Rect::from_min_size(at + egui::vec2(0.0, 2.0), egui::vec2(SWATCH, 12.0));
        paint::swatch(painter, swatch, look, entry.fill, style);
        let words = at + egui::vec2(SWATCH + 4.0, 0.0);
        painter.galley(words, entry.words, style.secondary);
    }
}

/// What the clock and the key below the axis take, in points.
fn clock_height(key: &[KeyEntry]) -> f32 {
    let below = key.iter().map(|entry| entry.line).max().unwrap_or(0);
    CLOCK * f32::from(below + 1)
}

/// One partner's part of a bar as an element: named, to be hovered, focused and chosen.
fn part_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    part: &Part<'_>,
    frame: Rect,
    style: &ChartStyle,
    names: &dyn Fn(&Series) -> String,
    selected: Option<&MarkId>,
) -> Option<ChartAction> {
    let Part { series, cell, .. } = part;
    let mark = timeline.mark(series, cell.bin, cell.side, None)?;
    let what = || timeline.describe_cell(cell, &names(series));
    // A sliver still has to be hit.
    let reach = part
        .rect
        .expand2(egui::vec2(1.0, (3.0 - part.rect.height()).max(0.0)));
    let response = mark_ui(ui, &mark, reach.intersect(frame), &what);
    frame_mark(ui, &response, part.rect, selected == Some(&mark), style);
    // Only the one under the pointer can have a tip: asking all of them costs as much as drawing.
    if response.hovered() {
        response.clone().on_hover_ui_at_pointer(|ui| {
            breakdown_ui(ui, timeline, cell, series, style, names);
        });
    }
    act(&response, mark)
}

/// Paints half-open marks and their numbers.
fn arrows_painted(painter: &Painter, arrows: &[Arrow<'_>], style: &ChartStyle) {
    let mut ink = Ink::new(painter);
    for arrow in arrows {
        let Some((series, open)) = arrow.marks.first() else {
            continue;
        };
        let font = style.small_font.clone();
        let number = |at, align, number: &String| {
            painter.text(at, align, number, font, style.secondary);
        };
        if arrow.marks.len() > 1 {
            paint::crowd(&mut ink, arrow.rect, open.direction, arrow.share, style);
            continue;
        }
        let look = Look::of(series.color, style);
        let is_accepted = open.accepted > 0;
        paint::arrow(
            &mut ink,
            arrow.rect,
            open.direction,
            look,
            is_accepted,
            style,
        );
        let (tip, align, away) = match open.direction {
            Direction::Before => (arrow.rect.left_center(), Align2::RIGHT_CENTER, -3.0),
            Direction::After => (arrow.rect.right_center(), Align2::LEFT_CENTER, 3.0),
        };
        if let Some(count) = &arrow.number {
            number(tip + egui::vec2(away, 0.0), align, count);
        }
    }
    ink.paint(painter);
    // Over what they count.
    for arrow in arrows.iter().filter(|arrow| arrow.marks.len() > 1) {
        if let Some(count) = &arrow.number {
            let (at, font) = (arrow.rect.center(), style.small_font.clone());
            painter.text(at, Align2::CENTER_CENTER, count, font, style.text);
        }
    }
}

fn arrow_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    arrow: &Arrow<'_>,
    style: &ChartStyle,
    names: &dyn Fn(&Series) -> String,
    selected: Option<&MarkId>,
) -> Option<ChartAction> {
    let mark = timeline.mark_of_all(&arrow.marks)?;
    let what = || match arrow.marks.as_slice() {
        [(series, open)] => timeline.describe_open(open, &names(series)),
        marks => timeline.describe_several(marks, arrow.is_whole, names),
    };
    let response = mark_ui(ui, &mark, arrow.rect, &what);
    frame_mark(ui, &response, arrow.rect, selected == Some(&mark), style);
    if response.hovered() {
        response.clone().on_hover_ui(|ui| {
            ui.label(what());
            ui.label("Known to one side only, so in no bar. Click to list the sentences.");
        });
    }
    act(&response, mark)
}

/// `what` is put into words only where somebody asks: there are hundreds of marks in a frame.
fn mark_ui(ui: &Ui, mark: &MarkId, rect: Rect, what: &dyn Fn() -> String) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(mark), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), what()));
    response
}

fn act(response: &Response, mark: MarkId) -> Option<ChartAction> {
    if response.clicked() {
        Some(ChartAction::Select(mark))
    } else if response.hovered() {
        Some(ChartAction::Hover(mark))
    } else {
        None
    }
}

fn frame_mark(ui: &Ui, response: &Response, rect: Rect, selected: bool, style: &ChartStyle) {
    let width = if selected || response.has_focus() {
        2.0
    } else if response.hovered() {
        1.0
    } else {
        return;
    };
    let stroke = Stroke::new(width, style.accent);
    ui.painter()
        .rect_stroke(rect.expand(1.0), 1.0, stroke, StrokeKind::Outside);
}

/// What one bar holds, partner by partner; the one under the pointer first in weight.
fn breakdown_ui(
    ui: &mut Ui,
    timeline: &Timeline,
    of: &Cell,
    hovered: &Series,
    style: &ChartStyle,
    names: &dyn Fn(&Series) -> String,
) {
    ui.spacing_mut().item_spacing = egui::vec2(8.0, 2.0);
    let text = |text: String| egui::RichText::new(text).font(style.small_font.clone());
    let clock = timeline.clock.label().to_lowercase();
    let title = format!("{}, by {clock}", timeline.bins.label(of.bin));
    ui.label(text(title).strong().color(style.text));
    for side in Side::ALL {
        let mut cells = timeline.visible().filter_map(|series| {
            let here = |cell: &&Cell| cell.bin == of.bin && cell.side == side;
            Some((series, series.cells.iter().find(here)?))
        });
        let Some(first) = cells.next() else { continue };
        ui.label(text(side.label().to_owned()).color(style.secondary));
        for (series, cell) in std::iter::once(first).chain(cells) {
            ui.horizontal(|ui| {
                let (swatch, _) = ui.allocate_exact_size(egui::vec2(12.0, 12.0), Sense::hover());
                let look = Look::of(series.color, style);
                let fill = Fill {
                    accepted: cell.suggested < cell.members,
                    sure: true,
                };
                paint::swatch(ui.painter(), swatch, look, fill, style);
                let words = format!("{}: {}", names(series), timeline.cell_amount(cell));
                let pointed_at = series.actor == hovered.actor && side == of.side;
                let words = if pointed_at {
                    text(words).strong().color(style.text)
                } else {
                    text(words).color(style.secondary)
                };
                ui.label(words);
            });
        }
    }
    ui.label(text("Click to list the sentences".to_owned()).color(style.secondary));
}
