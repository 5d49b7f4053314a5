//! Direct labels: partners' names on or beside their largest part of a bar, where there is room.

use egui::{Painter, Rect, pos2, vec2};

use super::scene::Part;

/// A partner's name and where it stands.
pub(super) struct Label {
    pub(super) name: String,
    /// The whole label.
    pub(super) rect: Rect,
}

/// Room around a label, in points.
const MARGIN: f32 = 4.0;

/// How many partners are named in the chart at most; the legend names them all.
const MOST_LABELS: usize = 6;

/// Chooses places for names: to the right of each partner's largest part, else to the left, where
/// neither a bar nor another label is. Partners without such a place go unnamed.
pub(super) fn direct(
    parts: &[Part<'_>],
    frame: Rect,
    painter: &Painter,
    font: &egui::FontId,
    names: &dyn Fn(&Part<'_>) -> String,
) -> Vec<Label> {
    let mut largest: Vec<&Part<'_>> = Vec::new();
    for part in parts {
        let known = largest
            .iter_mut()
            .find(|known| known.series.actor == part.series.actor);
        match known {
            Some(known) if known.rect.height() < part.rect.height() => *known = part,
            Some(_) => {}
            None => largest.push(part),
        }
    }
    let mut labels: Vec<Label> = Vec::new();
    for part in largest.into_iter().take(MOST_LABELS) {
        let name = names(part);
        let size = painter
            .layout_no_wrap(name.clone(), font.clone(), egui::Color32::PLACEHOLDER)
            .size();
        if part.rect.height() < size.y * 0.75 {
            continue;
        }
        let y = part.rect.center().y - size.y / 2.0;
        let right = pos2(part.rect.right() + MARGIN, y);
        let left = pos2(part.rect.left() - MARGIN - size.x, y);
        let place = [right, left].into_iter().find_map(|at| {
            let rect = Rect::from_min_size(at, size);
            let room = rect.expand2(vec2(MARGIN - 1.0, 0.0));
            let free = frame.contains_rect(room)
                && !parts.iter().any(|other| other.rect.intersects(room))
                && !labels.iter().any(|label| label.rect.intersects(room));
            free.then_some(rect)
        });
        labels.extend(place.map(|rect| Label { name, rect }));
    }
    labels
}
