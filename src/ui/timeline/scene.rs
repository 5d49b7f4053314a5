//! Where everything of the chart goes: scales, rectangles and labels. Nothing is painted here.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use egui::{Rect, pos2};
use egui_plot::{PlotPoint, PlotTransform};

use crate::analysis::timeline::{Cell, Direction, Open, Series, Side, Timeline};
use crate::model::view::BinWidth;

use super::style::Fill;

/// The y axis: from the lowest to the highest value, with a grid line each step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct YScale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) step: f64,
}

impl YScale {
    /// For the tallest bar upwards and downwards, with about one grid line every 28 points.
    pub(super) fn new(timeline: &Timeline, height: f32) -> Self {
        let mut heights = vec![[0.0; 2]; timeline.bins.count];
        for cell in timeline.visible().flat_map(|series| &series.cells) {
            if let Some([up, down]) = heights.get_mut(cell.bin) {
                *(match cell.side {
                    Side::Cooperative => up,
                    Side::Adverse => down,
                }) += cell.amounts.total();
            }
        }
        let [up, down] = heights.iter().fold([0.0_f64; 2], |[up, down], [u, d]| {
            [up.max(*u), down.max(*d)]
        });
        let step = nice_step((up + down) / (f64::from(height) / 28.0).max(2.0));
        // A little air beyond the tallest bars, and never less than one thing's height.
        let high = (up * 1.04).max(if down > 0.0 { 0.0 } else { 1.0 });
        Self {
            low: -down * 1.04,
            high,
            step,
        }
    }

    /// The values of the grid lines.
    pub(super) fn lines(self) -> impl Iterator<Item = f64> {
        let from = (self.low / self.step).ceil();
        let mut at = from - 1.0;
        std::iter::from_fn(move || {
            at += 1.0;
            Some(at * self.step)
        })
        .take_while(move |value| *value <= self.high + self.step * 1e-6)
    }
}

/// The smallest of 1, 2, 5, 10, 20 … that is not below `rough`: things are whole.
fn nice_step(rough: f64) -> f64 {
    let mut decade = 1.0;
    while decade < 1e12 {
        for factor in [1.0, 2.0, 5.0] {
            if decade * factor >= rough {
                return decade * factor;
            }
        }
        decade *= 10.0;
    }
    decade
}

/// One partner's part of a bar on the screen.
pub(super) struct Part<'a> {
    pub(super) series: &'a Series,
    pub(super) cell: &'a Cell,
    pub(super) rect: Rect,
    /// Its amounts from the axis outwards.
    pub(super) fills: Vec<(Fill, Rect)>,
}

/// A half-open mark on the screen, or those for which there is no row.
pub(super) struct Arrow<'a> {
    /// Of one bar, side and direction; never empty.
    pub(super) marks: Vec<(&'a Series, &'a Open)>,
    /// From the known end to the tip.
    pub(super) rect: Rect,
    /// What to write beyond the tip; in place of an arrow where there are several.
    pub(super) number: Option<String>,
    /// Whether these are all of their stack.
    pub(super) is_whole: bool,
    /// How much it tells of, as a share of the mark of several partners that tells of most.
    pub(super) share: f32,
}

/// A number in at most four characters, but for millions of millions: "980", "1.2k", "13k", "2M".
pub(super) fn short(count: f64) -> String {
    let scaled = |by: f64, unit: &str| {
        let shown = count / by;
        let rounded = (shown * 10.0).floor() / 10.0;
        if shown < 10.0 && rounded.fract() >= 0.1 {
            format!("{rounded:.1}{unit}")
        } else {
            format!("{:.0}{unit}", shown.floor())
        }
    };
    if count < 1e3 {
        format!("{count:.0}")
    } else if count < 1e6 {
        scaled(1e3, "k")
    } else {
        scaled(1e6, "M")
    }
}

/// Where so many partners more than there are rows share a place, none stands out: they are one
/// mark, as dark as they are many.
const CROWD: usize = 4;

/// Height of a half-open mark, in points.
pub(super) const ARROW_HEIGHT: f32 = 10.0;

/// The most rows of half-open marks; what is beyond shares the last one. In a low chart they leave
/// the room to the bars.
pub(super) const MOST_ARROWS: u8 = 4;
pub(super) const FEW_ARROWS: u8 = 2;

/// Lengths of half-open marks, in points: the longest, what they take of the neighbours' room where
/// bars are narrow, and the shortest beside a number.
const ARROW: f32 = 30.0;
const MIDDLING_ARROW: f32 = 14.0;
const SHORT_ARROW: f32 = 8.0;

/// What a digit of a number takes, in points.
const DIGIT: f32 = 7.0;

/// Places what lies inside `frame`, given where the plot puts its coordinates: bars are centred on
/// whole numbers.
pub(super) struct Scene<'a> {
    timeline: &'a Timeline,
    transform: &'a PlotTransform,
    frame: Rect,
}

impl<'a> Scene<'a> {
    pub(super) const fn new(
        timeline: &'a Timeline,
        transform: &'a PlotTransform,
        frame: Rect,
    ) -> Self {
        Self {
            timeline,
            transform,
            frame,
        }
    }

    pub(super) const fn frame(&self) -> Rect {
        self.frame
    }

    pub(super) fn x(&self, bin: f64) -> f32 {
        let point = PlotPoint::new(bin, 0.0);
        self.transform.position_from_point(&point).x
    }

    pub(super) fn y(&self, value: f64) -> f32 {
        let point = PlotPoint::new(0.0, value);
        self.transform.position_from_point(&point).y
    }

    /// The width of a bar with the gap beside it, in points.
    pub(super) fn bin_width(&self) -> f32 {
        self.x(1.0) - self.x(0.0)
    }

    fn bar_width(&self) -> f32 {
        (self.bin_width() * 0.72).clamp(1.0, 48.0)
    }

    fn in_view(&self, rect: Rect) -> bool {
        rect.right() >= self.frame.left() && rect.left() <= self.frame.right()
    }

    /// The parts of all bars in view, the largest partner next to the axis.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let mut tops = vec![[0.0_f64; 2]; self.timeline.bins.count];
        let mut parts = Vec::new();
        for series in self.timeline.visible() {
            for cell in &series.cells {
                let Some([up, down]) = tops.get_mut(cell.bin) else {
                    continue;
                };
                let (base, sign) = match cell.side {
                    Side::Cooperative => (up, 1.0),
                    Side::Adverse => (down, -1.0),
                };
                let from = *base;
                *base += sign * cell.amounts.total();
                let rect = self.rect(cell.bin, from, *base);
                if self.in_view(rect) {
                    parts.push(Part {
                        series,
                        cell,
                        rect,
                        fills: self.fills(cell, from, sign),
                    });
                }
            }
        }
        parts
    }

    fn rect(&self, bin: usize, from: f64, to: f64) -> Rect {
        let (x, half) = (self.x(bin as f64), self.bar_width() / 2.0);
        Rect::from_two_pos(pos2(x - half, self.y(from)), pos2(x + half, self.y(to)))
    }

    fn fills(&self, cell: &Cell, from: f64, sign: f64) -> Vec<(Fill, Rect)> {
        let amounts = cell.amounts;
        let parts = [
            amounts.accepted.exact,
            amounts.accepted.uncertain,
            amounts.suggested.exact,
            amounts.suggested.uncertain,
        ];
        let mut at = from;
        let mut fills = Vec::with_capacity(parts.len());
        for (fill, part) in Fill::ORDER.into_iter().zip(parts) {
            if part > 0.0 {
                let next = at + sign * part;
                fills.push((fill, self.rect(cell.bin, at, next)));
                at = next;
            }
        }
        fills
    }

    /// How many half-open marks would lie above one another on each side, were there room for all.
    /// Those that reach back from a bar and those that reach on lie side by side.
    pub(super) fn deepest(timeline: &Timeline) -> [u8; 2] {
        let mut depths = vec![[[0_u8; 2]; 2]; timeline.bins.count];
        for open in timeline.visible().flat_map(|series| &series.open) {
            let Some([above, below]) = depths.get_mut(open.bin) else {
                continue;
            };
            let [before, after] = match open.side {
                Side::Cooperative => above,
                Side::Adverse => below,
            };
            let depth = match open.direction {
                Direction::Before => before,
                Direction::After => after,
            };
            *depth = depth.saturating_add(1);
        }
        depths
            .iter()
            .fold([0; 2], |[above, below], [[a, b], [c, d]]| {
                [above.max(*a).max(*b), below.max(*c).max(*d)]
            })
    }

    /// The half-open marks of a side in view, from `top` downwards in so many rows, each over its
    /// half of the bar, so that neighbours stay apart. The most come first; those for which there
    /// is no row share the last one.
    pub(super) fn arrows(&self, side: Side, top: f32, row_count: u8) -> Vec<Arrow<'a>> {
        let half = self.bin_width() / 2.0 - 1.0;
        let mut arrows: Vec<Arrow<'a>> = Vec::new();
        let near = self.frame.x_range().expand(self.bin_width() + 2.0 * ARROW);
        let is_near = |bin: usize| near.contains(self.x(bin as f64));
        let marks = half_open(self.timeline, side, is_near);
        let mut lengths = HashMap::new();
        for stack in stacks(&marks) {
            if let Some((_, open)) = stack.first() {
                lengths.insert(half_of(open), stack.len());
            }
        }
        for stack in stacks(&marks) {
            let Some((_, open)) = stack.first() else {
                continue;
            };
            let rows = usize::from(row_count);
            let is_crowd = stack.len() > rows + CROWD;
            let alone = if is_crowd {
                0
            } else if stack.len() > rows {
                rows.saturating_sub(1)
            } else {
                stack.len()
            };
            let (alone, rest) = stack.split_at_checked(alone).unwrap_or((stack, &[]));
            let in_rows = alone.chunks(1).chain((!rest.is_empty()).then_some(rest));
            for (row, marks) in (0_u8..).zip(in_rows) {
                let y = top + f32::from(row) * ARROW_HEIGHT;
                let y = y..=y + ARROW_HEIGHT * if is_crowd { f32::from(row_count) } else { 1.0 };
                let free = free_halves(half_of(open), |other| {
                    lengths
                        .get(&other)
                        .is_some_and(|len| usize::from(row) < *len)
                });
                let room = half * (1.0 + free);
                let Some(arrow) = self.arrow(marks, y, half, room) else {
                    continue;
                };
                if self.in_view(arrow.rect) {
                    arrows.push(Arrow {
                        is_whole: marks.len() == stack.len(),
                        ..arrow
                    });
                }
            }
        }
        let told = |arrow: &Arrow<'_>| arrow.marks.iter().map(|(_, open)| open.count()).sum();
        let several = arrows.iter().filter(|arrow| arrow.marks.len() > 1);
        let most: u32 = several.map(told).max().unwrap_or(0);
        for arrow in arrows.iter_mut().filter(|arrow| arrow.marks.len() > 1) {
            let told: u32 = told(arrow);
            arrow.share = told as f32 / most.max(1) as f32;
        }
        arrows
    }

    fn arrow(
        &self,
        marks: &[(&'a Series, &'a Open)],
        y: RangeInclusive<f32>,
        half: f32,
        room: f32,
    ) -> Option<Arrow<'a>> {
        let (_, open) = marks.first()?;
        let count: u32 = marks.iter().map(|(_, open)| open.count()).sum();
        let digits = count.checked_ilog10().unwrap_or(0) + 1;
        let (number, length) = if marks.len() > 1 {
            let number = short(f64::from(count));
            let fits = DIGIT * number.len() as f32 <= half;
            (fits.then_some(number), half)
        } else {
            let beside = room - DIGIT * digits as f32 - 4.0;
            let fits = count > 1 && beside >= SHORT_ARROW;
            let length = if fits { beside } else { room };
            let length = length.min(half.max(MIDDLING_ARROW));
            (fits.then(|| count.to_string()), length)
        };
        let length = length.clamp(if marks.len() > 1 { 2.0 } else { 5.0 }, ARROW);
        let x = self.x(open.bin as f64);
        let to = match open.direction {
            Direction::Before => x - length,
            Direction::After => x + length,
        };
        Some(Arrow {
            marks: marks.to_vec(),
            rect: Rect::from_two_pos(pos2(x, *y.start()), pos2(to, *y.end())),
            number,
            is_whole: false,
            share: 0.0,
        })
    }

    /// The bars to name under the axis, with their names: as many as fit when each takes
    /// `width` points.
    pub(super) fn ticks(&self, width: f32) -> Vec<(f32, String)> {
        let bins = &self.timeline.bins;
        let every = self.tick_every(width);
        // Rounder bars first: years at January, months at the first.
        let phase = (0..every.min(bins.count))
            .find(|bin| self.is_round(*bin, every))
            .unwrap_or(0);
        (phase..bins.count)
            .step_by(every)
            .map(|bin| (self.x(bin as f64), bins.label(bin)))
            .filter(|(x, _)| self.frame.x_range().contains(*x))
            .collect()
    }

    fn tick_every(&self, width: f32) -> usize {
        let choices: &[usize] = match self.timeline.bins.width {
            BinWidth::Day => &[1, 2, 7, 14, 28, 91, 182, 364],
            BinWidth::Month => &[1, 2, 3, 6, 12, 24, 60, 120],
            BinWidth::Quarter => &[1, 2, 4, 8, 20, 40],
            BinWidth::Year | BinWidth::Auto => &[1, 2, 5, 10, 20, 50, 100],
        };
        let room = self.bin_width().max(0.001);
        choices
            .iter()
            .copied()
            .find(|every| *every as f32 * room >= width)
            .unwrap_or_else(|| self.timeline.bins.count.max(1))
    }

    fn is_round(&self, bin: usize, every: usize) -> bool {
        let first = self.timeline.bins.days(bin).and_then(|(day, _)| day.date());
        let Some(date) = first else { return false };
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let year = usize::try_from(date.year()).unwrap_or(0);
        match self.timeline.bins.width {
            BinWidth::Day => true,
            BinWidth::Month => (year * 12 + month).is_multiple_of(every),
            BinWidth::Quarter => (year * 4 + month / 3).is_multiple_of(every),
            BinWidth::Year | BinWidth::Auto => year.is_multiple_of(every),
        }
    }
}

/// The half-open marks of a side, of the partners that are not turned off and the bars that are
/// asked for: those of one bar and direction together, the most first.
fn half_open(
    timeline: &Timeline,
    side: Side,
    is_asked: impl Fn(usize) -> bool,
) -> Vec<(&Series, &Open)> {
    let mut marks = Vec::new();
    for series in timeline.visible() {
        let is_wanted = |open: &&Open| open.side == side && is_asked(open.bin);
        let open = series.open.iter().filter(is_wanted);
        marks.extend(open.map(|open| (series, open)));
    }
    marks.sort_by_key(|(_, open)| (open.bin, open.direction, Reverse(open.count())));
    marks
}

fn stacks<'m, 'a>(
    marks: &'m [(&'a Series, &'a Open)],
) -> impl Iterator<Item = &'m [(&'a Series, &'a Open)]> {
    marks.chunk_by(|(_, a), (_, b)| (a.bin, a.direction) == (b.bin, b.direction))
}

/// The number of the half of a bar that a half-open mark is over: two a bar, from the left.
fn half_of(open: &Open) -> i64 {
    let bin = i64::try_from(open.bin).unwrap_or(i64::MAX / 4);
    2 * bin + i64::from(open.direction == Direction::After)
}

/// How many halves beyond its own a mark has to itself. What lies between two that reach towards
/// one another is parted.
fn free_halves(of: i64, is_taken: impl Fn(i64) -> bool) -> f32 {
    const ENOUGH: u8 = 8;
    let step = if of % 2 == 0 { -1 } else { 1 };
    for free in 0..ENOUGH {
        let next = of + step * i64::from(free + 1);
        if is_taken(next) {
            let faces = (of + next) % 2 != 0;
            return f32::from(free) / if faces { 2.0 } else { 1.0 };
        }
    }
    f32::from(ENOUGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_whole() {
        assert!((nice_step(0.2) - 1.0).abs() < 1e-9);
        assert!((nice_step(3.1) - 5.0).abs() < 1e-9);
        assert!((nice_step(17.0) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn marks_use_the_room_that_others_leave() {
        let free = |of: i64, taken: &[i64]| free_halves(of, |half| taken.contains(&half));
        // Back from bar 4, and on from bar 2: two halves lie between, one for each.
        assert!((free(8, &[5, 8]) - 1.0).abs() < 1e-6);
        assert!((free(5, &[5, 8]) - 1.0).abs() < 1e-6);
        // What reaches the same way leaves all up to its own half.
        assert!((free(8, &[4, 8]) - 3.0).abs() < 1e-6);
        assert!(free(8, &[7, 8]).abs() < 1e-6);
        assert!((free(8, &[8]) - 8.0).abs() < 1e-6);
    }

    #[test]
    fn numbers_are_short_and_never_too_large() {
        let cases = [
            (0.0, "0"),
            (980.0, "980"),
            (1000.0, "1k"),
            (1299.0, "1.2k"),
            (9999.0, "9.9k"),
            (60_000.0, "60k"),
            (2_500_000.0, "2.5M"),
        ];
        for (count, text) in cases {
            assert_eq!(short(count), text);
        }
    }

    #[test]
    fn grid_lines_lie_within_the_scale() {
        let scale = YScale {
            low: -2.3,
            high: 4.0,
            step: 2.0,
        };
        assert_eq!(scale.lines().collect::<Vec<_>>(), [-2.0, 0.0, 2.0, 4.0]);
    }
}
