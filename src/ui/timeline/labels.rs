//! Direct labels: partners' names on or beside their largest part of a bar, where there is room.

use egui::{Painter, Rect, Vec2, pos2, vec2};

use super::scene::Part;

/// A partner's name and where it stands.
pub(super) struct Label {
    pub(super) name: String,
    /// The whole label.
    pub(super) rect: Rect,
    /// The partner's index of colour.
    pub(super) color: usize,
}

/// Room around a label, in points.
const MARGIN: f32 = 4.0;

/// How many partners are named in the chart at most; the legend names them all.
const MOST_LABELS: usize = 6;

/// How many of a partner's parts are tried.
const MOST_TRIES: usize = 3;

/// Chooses places for names: beside one of each partner's largest parts, where neither another bar
/// nor another label is. Partners without such a place go unnamed.
pub(super) fn direct(
    parts: &[Part<'_>],
    frame: Rect,
    painter: &Painter,
    font: &egui::FontId,
    names: &dyn Fn(&Part<'_>) -> String,
) -> Vec<Label> {
    // Each partner's parts, the highest first; partners stay in their order.
    let mut by_partner: Vec<Vec<&Part<'_>>> = Vec::new();
    for part in parts {
        let same = |known: &&mut Vec<&Part<'_>>| {
            known
                .first()
                .is_some_and(|first| first.series.actor == part.series.actor)
        };
        match by_partner.iter_mut().find(same) {
            Some(known) => known.push(part),
            None => by_partner.push(vec![part]),
        }
    }
    let mut labels: Vec<Label> = Vec::new();
    for mut candidates in by_partner.into_iter().take(MOST_LABELS) {
        candidates.sort_by(|a, b| b.rect.height().total_cmp(&a.rect.height()));
        let Some(first) = candidates.first() else {
            continue;
        };
        let name = names(first);
        let size = painter
            .layout_no_wrap(name.clone(), font.clone(), egui::Color32::PLACEHOLDER)
            .size();
        let place = candidates
            .iter()
            .take(MOST_TRIES)
            .filter(|part| part.rect.height() >= size.y * 0.6)
            .find_map(|part| beside(part, size, frame, parts, &labels));
        let color = first.series.color;
        labels.extend(place.map(|rect| Label { name, rect, color }));
    }
    labels
}

/// A free place to the right of a part, else to its left.
fn beside(
    part: &Part<'_>,
    size: Vec2,
    frame: Rect,
    parts: &[Part<'_>],
    labels: &[Label],
) -> Option<Rect> {
    let y = part.rect.center().y - size.y / 2.0;
    let right = pos2(part.rect.right() + MARGIN, y);
    let left = pos2(part.rect.left() - MARGIN - size.x, y);
    [right, left].into_iter().find_map(|at| {
        let rect = Rect::from_min_size(at, size);
        // A name just above another bar would read as that one's.
        let room = rect.expand2(vec2(MARGIN - 1.0, MARGIN + 2.0));
        let free = frame.expand2(vec2(0.0, MARGIN)).contains_rect(rect)
            && !parts
                .iter()
                .any(|other| !std::ptr::eq(other, part) && near(other, part, room))
            && !labels.iter().any(|label| label.rect.intersects(room));
        free.then_some(rect)
    })
}

/// Whether another part is in the way: parts of the same bar only if they lie beside it.
fn near(other: &Part<'_>, part: &Part<'_>, room: Rect) -> bool {
    other.cell.bin != part.cell.bin && other.rect.intersects(room)
}
