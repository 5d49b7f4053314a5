//! Filled, hatched and dashed rectangles, and half-open arrows.

use egui::{Color32, Painter, Pos2, Rect, pos2};

use crate::analysis::timeline::Direction;

use super::ink::Ink;
use super::style::{ChartStyle, Fill, Pattern};

/// Distance of two lines of a pattern, in points.
const HATCH_STEP: f32 = 7.0;

/// How a partner's marks look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) color: Color32,
    pub(super) pattern: Pattern,
}

impl Look {
    pub(super) fn of(index: usize, style: &ChartStyle) -> Self {
        Self {
            color: style.color(index),
            pattern: Pattern::of(index, style.palette.len()),
        }
    }
}

/// Paints one amount by itself: a sample of how it looks.
pub(super) fn swatch(painter: &Painter, rect: Rect, look: Look, fill: Fill, style: &ChartStyle) {
    let mut ink = Ink::new(painter);
    amount(&mut ink, rect, look, fill, style);
    ink.paint(painter);
}

/// Adds one amount. Narrow ones go without pattern, which would only blur them.
pub(super) fn amount(ink: &mut Ink, rect: Rect, look: Look, fill: Fill, style: &ChartStyle) {
    if rect.height() <= 0.0 || rect.width() <= 0.0 {
        return;
    }
    let paper = style.background;
    // A hair of paper between two parts; slivers need all their height.
    let rect = if rect.height() > 4.0 {
        rect.shrink2(egui::vec2(0.0, 0.5))
    } else {
        rect
    };
    let pale: f32 = match (fill.accepted, fill.sure) {
        (true, true) => 1.0,
        (true, false) => 0.6,
        (false, true) => 0.26,
        (false, false) => 0.12,
    };
    if rect.height() < 3.0 {
        // Too low for an outline: paler is all that can be told.
        ink.fill(rect, paper.lerp_to_gamma(look.color, pale.max(0.45)));
        return;
    }
    ink.fill(rect, paper.lerp_to_gamma(look.color, pale));
    if rect.width() >= 8.0 && rect.height() >= 8.0 {
        let lines = if fill.accepted {
            look.color
                .lerp_to_gamma(paper, if fill.sure { 0.28 } else { 0.5 })
        } else {
            look.color
                .gamma_multiply(if fill.sure { 0.85 } else { 0.5 })
        };
        hatch(ink, rect, look.pattern, lines);
    }
    if fill.sure {
        ink.outline(rect, 1.0, look.color);
    } else {
        ink.dashed_outline(rect, look.color, 3.0, 2.0);
    }
}

/// Fills a rectangle with the lines of a pattern. The lines lie on a grid of the screen, so that
/// they go on from one rectangle to the next.
fn hatch(ink: &mut Ink, rect: Rect, pattern: Pattern, color: Color32) {
    let (rising, falling, level, upright) = match pattern {
        Pattern::Rising => (true, false, false, false),
        Pattern::Falling => (false, true, false, false),
        Pattern::Level => (false, false, true, false),
        Pattern::Upright => (false, false, false, true),
        Pattern::Crossed => (true, true, false, false),
        Pattern::Checked => (false, false, true, true),
    };
    let mut line = |a: Pos2, b: Pos2| ink.line([a, b], 1.0, color);
    if level {
        for y in steps(rect.top(), rect.bottom()) {
            line(pos2(rect.left(), y), pos2(rect.right(), y));
        }
    }
    if upright {
        for x in steps(rect.left(), rect.right()) {
            line(pos2(x, rect.top()), pos2(x, rect.bottom()));
        }
    }
    if rising {
        // x + y is the same along the line.
        for sum in steps(rect.left() + rect.top(), rect.right() + rect.bottom()) {
            let from = (sum - rect.bottom()).max(rect.left());
            let to = (sum - rect.top()).min(rect.right());
            line(pos2(from, sum - from), pos2(to, sum - to));
        }
    }
    if falling {
        // x − y is the same along the line.
        for difference in steps(rect.left() - rect.bottom(), rect.right() - rect.top()) {
            let from = (difference + rect.top()).max(rect.left());
            let to = (difference + rect.bottom()).min(rect.right());
            line(pos2(from, from - difference), pos2(to, to - difference));
        }
    }
}

/// The multiples of the step strictly between two coordinates.
fn steps(from: f32, to: f32) -> impl Iterator<Item = f32> {
    let first = (from / HATCH_STEP).floor() + 1.0;
    // As many as fit; a chart is never so large that the count overflows.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of one chart, clamped below"
    )]
    let count = ((to / HATCH_STEP).ceil() - first).clamp(0.0, 4_000.0) as u16;
    (0..count).map(move |n| (first + f32::from(n)) * HATCH_STEP)
}

/// Adds the half-open dates of several partners: as dark as they are many, with a stop at the known
/// end.
pub(super) fn crowd(
    ink: &mut Ink,
    rect: Rect,
    direction: Direction,
    share: f32,
    style: &ChartStyle,
) {
    // By the root, as areas are seen: a tenth of the most still shows.
    let strength = 0.12 + 0.38 * share.clamp(0.0, 1.0).sqrt();
    let color = style.background.lerp_to_gamma(style.secondary, strength);
    ink.fill(rect.shrink2(egui::vec2(0.0, 0.5)), color);
    let known = match direction {
        Direction::Before => rect.right() - 1.0,
        Direction::After => rect.left() + 1.0,
    };
    ink.line(
        [
            pos2(known, rect.top() + 1.0),
            pos2(known, rect.bottom() - 1.0),
        ],
        2.0,
        style.secondary,
    );
}

/// Adds a half-open date: a stop at the known end and an arrow that fades towards the open one.
pub(super) fn arrow(
    ink: &mut Ink,
    rect: Rect,
    direction: Direction,
    look: Look,
    accepted: bool,
    style: &ChartStyle,
) {
    // Short ones have no room for a line that fades and breaks off.
    let parts = if rect.width() < 12.0 { 2 } else { 6 };
    let y = rect.center().y;
    let (known, open) = match direction {
        Direction::Before => (rect.right() - 1.0, rect.left() + 1.0),
        Direction::After => (rect.left() + 1.0, rect.right() - 1.0),
    };
    ink.line(
        [pos2(known, y - 4.0), pos2(known, y + 4.0)],
        2.0,
        look.color,
    );
    let at = |part: u8| known + (open - known) * f32::from(part) / f32::from(parts);
    for part in 0..parts {
        let fade = 0.75 * f32::from(part) / f32::from(parts);
        let color = look.color.lerp_to_gamma(style.background, fade);
        // What is only suggested is an interrupted line.
        let end = if accepted {
            at(part + 1)
        } else {
            at(part) + (at(part + 1) - at(part)) * 0.6
        };
        ink.line([pos2(at(part), y), pos2(end, y)], 2.0, color);
    }
    let tip = look.color.lerp_to_gamma(style.background, 0.4);
    let back = open + 4.0 * (known - open).signum();
    for dy in [-3.5, 3.5] {
        ink.line([pos2(open, y), pos2(back, y + dy)], 1.5, tip);
    }
}
