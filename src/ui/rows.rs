//! A list of equally high rows of which only those in view are drawn, however many there are.
//!
//! Where the list stands is kept as a row and how much of it lies above the edge, never as one
//! distance from the top: at a million rows that distance does not fit a float, and the list would
//! jump by whole pixels.

use egui::accesskit::Action;
use egui::{CursorIcon, Id, Key, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tokens::tokens;

/// How wide the scroll bar is, in points.
const BAR: f32 = 10.0;
/// The least height of its handle, in points.
const HANDLE: f32 = 24.0;

/// The ground of a row: chosen, with an edge at the left, or pointed at.
pub(crate) fn ground(ui: &Ui, rect: Rect, is_chosen: bool, is_hovered: bool) {
    let tokens = tokens(ui);
    let color = if is_chosen {
        Some(tokens.selected)
    } else {
        is_hovered.then_some(tokens.hover)
    };
    if let Some(color) = color {
        ui.painter().rect_filled(rect, 0.0, color);
    }
    if is_chosen {
        let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(edge, 0.0, tokens.accent);
    }
}

/// The row that a key leads to from another, in a list up to `last` that shows `page` rows; `None`
/// for a key that moves nothing.
pub(crate) fn step(key: Key, from: Option<usize>, last: usize, page: usize) -> Option<usize> {
    match (key, from) {
        (Key::ArrowDown, Some(at)) => Some((at + 1).min(last)),
        (Key::ArrowUp, Some(at)) => Some(at.saturating_sub(1)),
        (Key::PageDown, Some(at)) => Some((at + page).min(last)),
        (Key::PageUp, Some(at)) => Some(at.saturating_sub(page)),
        (Key::Home, _) | (Key::ArrowDown, None) => Some(0),
        (Key::End, _) | (Key::ArrowUp, None) => Some(last),
        _ => None,
    }
}

/// Where a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Place {
    /// The first row that is at least partly in view.
    row: usize,
    /// How much of it lies above the upper edge, in rows: from 0 to just below 1.
    part: f64,
}

impl Place {
    /// A number of rows, and parts of one, below the first.
    fn at(rows: f64) -> Self {
        let rows = rows.max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and a list has fewer rows than 2^52"
        )]
        let row = rows.floor() as usize;
        Self {
            row,
            part: rows - row as f64,
        }
    }

    /// How many rows, and parts of one, lie above the upper edge.
    fn rows(self) -> f64 {
        self.row as f64 + self.part
    }

    /// Moved by some rows, down if positive, within what there is: `most` rows can lie above.
    fn moved(self, by: f64, most: f64) -> Self {
        Self::at((self.rows() + by).clamp(0.0, most.max(0.0)))
    }

    /// Moved as little as brings `row` wholly into view, where `seen` rows fit.
    fn showing(self, row: usize, seen: f64) -> Self {
        let top = row as f64;
        if top < self.rows() {
            Self::at(top)
        } else if top + 1.0 > self.rows() + seen {
            Self::at(top + 1.0 - seen)
        } else {
            self
        }
    }
}

/// What a list of rows remembers between frames.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    place: Place,
    /// Where on the handle the pointer holds the scroll bar, in points from its upper end.
    grip: Option<f32>,
    /// How many rows fitted the last time.
    seen: f64,
}

impl Rows {
    /// Brings a row into view in the next frame.
    pub(crate) fn reveal(&mut self, row: usize) {
        self.place = self.place.showing(row, self.seen);
    }

    /// Goes to the first row.
    pub(crate) fn scroll_to_top(&mut self) {
        self.place = Place::default();
    }

    /// Whether a row is wholly or partly in view, as of the last frame.
    pub(crate) fn is_seen(&self, row: usize) -> bool {
        let top = row as f64;
        top + 1.0 > self.place.rows() && top < self.place.rows() + self.seen
    }

    /// How many whole rows fit: what a page is.
    pub(crate) fn page(&self) -> usize {
        Place::at(self.seen).row.max(1)
    }

    /// Draws the rows in view, each by `show` with its number and place, in what is left of `ui`.
    /// A row that a screen reader asks for comes wholly into view.
    /// `name` is what a screen reader calls the scroll bar.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        name: &str,
        count: usize,
        height: f32,
        mut show: impl FnMut(&mut Ui, usize, Rect) -> Option<Response>,
    ) {
        let all = ui.available_rect_before_wrap();
        let id = ui.scope_id().with(("rows", name));
        self.seen = f64::from(all.height() / height);
        let most = (count as f64 - self.seen).max(0.0);
        let has_bar = most > 0.0;
        let right = all.right() - if has_bar { BAR } else { 0.0 };
        let view = Rect::from_min_max(all.min, pos2(right, all.bottom()));

        // Below the rows, so that these get the pointer first.
        let ground = ui.interact(all, id, Sense::hover());
        self.wheel(ui, &ground, height, most);
        self.place = self.place.moved(0.0, most);
        if has_bar {
            self.bar(ui, id.with("bar"), name, view, all, most, count);
        }

        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(view).id_salt(name));
        child.shrink_clip_rect(view);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "below 1 and a row's height"
        )]
        let mut top = view.top() - self.place.part as f32 * height;
        for row in self.place.row..count {
            if top >= view.bottom() {
                break;
            }
            let rect = Rect::from_min_max(pos2(view.left(), top), pos2(right, top + height));
            let response = show(&mut child, row, rect);
            let is_asked_for = |response: Response| {
                ui.input(|input| {
                    input.has_accesskit_action_request(response.id, Action::ScrollIntoView)
                })
            };
            if response.is_some_and(is_asked_for) {
                self.place = self.place.showing(row, self.seen);
                ui.ctx().request_repaint();
            }
            top += height;
        }
        ui.advance_cursor_after_rect(all);
    }

    fn wheel(&mut self, ui: &Ui, ground: &Response, height: f32, most: f64) {
        if !ground.contains_pointer() {
            return;
        }
        let delta = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        self.place = self.place.moved(-f64::from(delta / height), most);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one call, each a different thing"
    )]
    fn bar(&mut self, ui: &Ui, id: Id, name: &str, view: Rect, all: Rect, most: f64, count: usize) {
        let bar = Rect::from_min_max(pos2(view.right(), all.top()), all.max);
        let response = ui.interact(bar, id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::ScrollBar, true, name));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a part of a height on screen"
        )]
        let length = ((self.seen / count as f64) as f32 * bar.height())
            .max(HANDLE)
            .min(bar.height());
        let room = bar.height() - length;
        if let Some(pointer) = response.interact_pointer_pos() {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a part of a height on screen"
            )]
            let top = bar.top() + (self.place.rows() / most) as f32 * room;
            let within = pointer.y - top;
            // Beside the handle its middle jumps to the pointer.
            let grip = *self.grip.get_or_insert(if (0.0..length).contains(&within) {
                within
            } else {
                length / 2.0
            });
            let to = f64::from((pointer.y - grip - bar.top()) / room.max(1.0));
            self.place = Place::at((to * most).clamp(0.0, most));
        } else {
            self.grip = None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a part of a height on screen"
        )]
        let top = bar.top() + (self.place.rows() / most) as f32 * room;
        let handle = Rect::from_min_max(
            pos2(bar.left() + 2.0, top),
            pos2(bar.right() - 2.0, top + length),
        );
        let tokens = tokens(ui);
        let held = response.hovered() || self.grip.is_some();
        let color = if held {
            tokens.text_weak
        } else {
            tokens.control
        };
        ui.painter().rect_filled(handle, 3.0, color);
        response.on_hover_cursor(CursorIcon::Default);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_is_lost_at_ten_million_rows() {
        let most = 10_000_000.0 - 12.5;
        let mut place = Place::default().showing(9_000_000, 12.5);
        assert_eq!(place.row, 8_999_988);
        // A notch of a wheel is a tenth of a row; a thousand of them are a hundred rows.
        for _ in 0..1000 {
            place = place.moved(0.1, most);
        }
        assert!((place.rows() - 9_000_088.5).abs() < 1e-3, "{place:?}");
        assert_eq!(place.moved(1e9, most).row, 9_999_987);
        assert_eq!(place.moved(-1e9, most), Place::default());
    }

    #[test]
    fn a_row_in_view_moves_nothing() {
        let place = Place::at(10.5);
        assert_eq!(place.showing(11, 5.0), place);
        assert_eq!(
            place.showing(14, 5.0),
            place,
            "the last that is wholly in view"
        );
        assert_eq!(place.showing(15, 5.0), Place::at(11.0));
        assert_eq!(place.showing(10, 5.0), Place::at(10.0));
    }

    #[test]
    fn a_short_list_stands_at_its_top() {
        assert_eq!(Place::at(3.0).moved(0.0, -4.0), Place::default());
    }
}
