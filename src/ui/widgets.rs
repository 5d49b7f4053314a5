//! Small pieces that several panes share. Each has a name for screen readers and tests.

use egui::scroll_area::ScrollBarVisibility;
use egui::{
    Align2, Color32, FontId, Frame, Margin, Rect, Response, RichText, Sense, Ui, WidgetInfo, vec2,
};

use super::tokens::{GRID, HEADER, TEXT, TEXT_SMALL, Tokens, tokens};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::model::article::PublicationStatus;
use crate::model::ids::{ActorId, ItemId};

/// An empty pane says what would fill it.
pub(crate) fn empty(ui: &mut Ui, title: &str, hint: &str) {
    let tokens = tokens(ui);
    // In a low pane it must not run over what stands below.
    let area = egui::ScrollArea::vertical()
        .id_salt(title)
        .min_scrolled_height(0.0)
        .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
    area.show(ui, |ui| {
        ui.add_space(6.0 * GRID);
        ui.vertical_centered(|ui| {
            ui.set_max_width(f32::min(320.0, ui.available_width() - 16.0));
            ui.label(RichText::new(title).color(tokens.text));
            ui.label(RichText::new(hint).small().color(tokens.text_weak));
        });
    });
}

/// A word in a thin frame of its colour.
pub(crate) fn badge(ui: &mut Ui, text: &str, color: Color32) -> Response {
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), FontId::proportional(11.0), color);
    let size = galley.size() + vec2(2.0 * GRID, 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_badge(ui, rect, galley, color);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
    response
}

fn paint_badge(ui: &Ui, rect: Rect, galley: std::sync::Arc<egui::Galley>, color: Color32) {
    ui.painter().rect_stroke(
        rect,
        3.0,
        egui::Stroke::new(1.0, color),
        egui::StrokeKind::Inside,
    );
    ui.painter()
        .galley(rect.min + vec2(GRID, 1.0), galley, color);
}

/// Paints a badge with its left edge at `left_center`; returns how wide it is.
pub(crate) fn paint_badge_at(ui: &Ui, left_center: egui::Pos2, text: &str, color: Color32) -> f32 {
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), FontId::proportional(11.0), color);
    let size = galley.size() + vec2(2.0 * GRID, 2.0);
    let rect = Rect::from_min_size(left_center - vec2(0.0, size.y / 2.0), size);
    paint_badge(ui, rect, galley, color);
    size.x
}

/// The colour of a publication status.
pub(crate) fn status_color(ui: &Ui, status: PublicationStatus) -> Color32 {
    let tokens = tokens(ui);
    match status {
        PublicationStatus::Stated | PublicationStatus::Period => tokens.text_weak,
        PublicationStatus::Missing | PublicationStatus::Conflict => tokens.attention,
    }
}

/// How an article's publication date is known.
pub(crate) fn status_badge(ui: &mut Ui, status: PublicationStatus) -> Response {
    let color = status_color(ui, status);
    badge(ui, &status.label().to_lowercase(), color)
}

/// A button that looks like a link, with its tooltip.
pub(crate) fn link(ui: &mut Ui, text: &str, tooltip: &str) -> Response {
    let accent = tokens(ui).accent;
    let button = egui::Button::new(RichText::new(text).color(accent)).frame(false);
    ui.add(button)
        .on_hover_text(tooltip)
        .on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A button for a command of the registry: name, tooltip with shortcut, disabled when it can't be
/// done.
pub(crate) fn command_button(
    ui: &mut Ui,
    workbench: &Workbench,
    command: Command,
    actions: &mut Vec<Action>,
) -> Response {
    let label = command.name();
    let response = ui
        .add_enabled(workbench.is_enabled(command), egui::Button::new(label))
        .on_hover_text(command.tooltip())
        .on_disabled_hover_ui(|ui| why_not_ui(ui, workbench, command));
    if response.clicked() {
        actions.push(command.into());
    }
    response
}

/// The tip of a command that can't be done now: what it does, and why it can't.
pub(crate) fn why_not_ui(ui: &mut Ui, workbench: &Workbench, command: Command) {
    ui.label(command.tooltip());
    if let Some(why) = workbench.why_not(command) {
        note(ui, format!("Not now: {why}"));
    }
}

/// A button for the main act of a dialog.
pub(crate) fn primary_button(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let tokens = tokens(ui);
    let button = egui::Button::new(RichText::new(text).color(tokens.on_accent)).fill(tokens.accent);
    let response = ui.add_enabled(enabled, button);
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, tokens.text);
        let rect = response.rect.expand(2.0);
        ui.painter()
            .rect_stroke(rect, 5.0, ring, egui::StrokeKind::Outside);
    }
    response
}

/// The colour of an actor; the focus, and whoever is no partner anywhere, are grey.
pub(crate) fn actor_color(workbench: &Workbench, actor: &ActorId, tokens: &Tokens) -> Color32 {
    let index = workbench
        .color_index(actor)
        .map(|index| index % tokens.actors.len());
    index
        .and_then(|index| tokens.actors.get(index).copied())
        .unwrap_or(tokens.control)
}

/// A dot in an actor's colour.
pub(crate) fn actor_dot(ui: &mut Ui, workbench: &Workbench, actor: &ActorId) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    let color = actor_color(workbench, actor, tokens(ui));
    ui.painter().circle_filled(rect.center(), 4.0, color);
}

/// The colour of a code's stripes; grey for none of the palette.
pub(crate) fn code_color(workbench: &Workbench, code: ItemId, tokens: &Tokens) -> Color32 {
    let code = workbench.session.codebook.codes.get(&code);
    let stripe = code.and_then(|code| tokens.code_stripes.get(usize::from(code.color)));
    stripe.copied().unwrap_or(tokens.control)
}

/// A short stripe in a code's colour.
pub(crate) fn code_mark(ui: &mut Ui, workbench: &Workbench, code: ItemId) {
    let (rect, _) = ui.allocate_exact_size(vec2(4.0, 14.0), Sense::hover());
    let color = code_color(workbench, code, tokens(ui));
    ui.painter().rect_filled(rect, 1.0, color);
}

/// A small triangle that points right, or down where something is open.
pub(crate) fn paint_arrow(ui: &Ui, center: egui::Pos2, open: bool, color: Color32) {
    let tips = if open {
        [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 3.0)]
    } else {
        [vec2(-2.0, -4.0), vec2(3.0, 0.0), vec2(-2.0, 4.0)]
    };
    let points = tips.map(|tip| center + tip).to_vec();
    let shape = egui::Shape::convex_polygon(points, color, egui::Stroke::NONE);
    ui.painter().add(shape);
}

/// A line of controls over a pane, with a line under it.
pub(crate) fn bar<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    framed_bar(ui, |ui| ui.horizontal(add).inner)
}

/// Controls over a pane, with a line under them; they go on in the next line where the pane is
/// narrow.
pub(crate) fn wrapped_bar<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    framed_bar(ui, |ui| ui.horizontal_wrapped(add).inner)
}

/// Lines of text and links over a pane, with a line under them.
pub(crate) fn stacked_bar<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    framed_bar(ui, |ui| ui.vertical(add).inner)
}

fn framed_bar<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let line = tokens(ui).line;
    let inner = Frame::new()
        .inner_margin(Margin::symmetric(8, 2))
        .show(ui, |ui| {
            ui.set_min_height(HEADER - 4.0);
            ui.set_max_width(ui.available_width());
            add(ui)
        });
    let y = inner.response.rect.bottom();
    ui.painter()
        .hline(ui.max_rect().x_range(), y, egui::Stroke::new(1.0, line));
    inner.inner
}

/// The text with a capital at its beginning, where that is an ASCII letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Weak small text.
pub(crate) fn note(ui: &mut Ui, text: impl Into<String>) -> Response {
    let color = tokens(ui).text_weak;
    ui.label(RichText::new(text).small().color(color))
}

/// A heading inside a pane.
pub(crate) fn heading(ui: &mut Ui, text: &str) {
    let response = ui.label(RichText::new(text).family(super::theme::medium()));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, true, text));
}

/// Text painted at a place, cut with an ellipsis where it would be wider than `width`.
pub(crate) fn paint_cut(
    ui: &Ui,
    at: egui::Pos2,
    align: Align2,
    text: &str,
    small: bool,
    width: f32,
    color: Color32,
) -> f32 {
    let font = FontId::proportional(if small { TEXT_SMALL } else { TEXT });
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let rect = align.anchor_size(at, galley.size());
    let painted = galley.size().x;
    ui.painter().galley(rect.min, galley, color);
    painted
}

/// How wide small text is, in points.
pub(crate) fn small_text_width(ui: &Ui, text: &str) -> f32 {
    let font = FontId::proportional(TEXT_SMALL);
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x
}

/// A text field with a name for screen readers.
pub(crate) fn field(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    text: &mut String,
    width: f32,
) -> Response {
    let response = ui.add(
        egui::TextEdit::singleline(text)
            .hint_text(hint)
            .desired_width(width),
    );
    response.accessible_name(name)
}

/// A choice among the variants of a named enum.
pub(crate) fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    all: &[T],
    label: impl Fn(T) -> &'static str,
    value: &mut T,
) -> bool {
    let before = *value;
    egui::ComboBox::from_id_salt(name)
        .selected_text(label(*value))
        .show_ui(ui, |ui| {
            for option in all {
                ui.selectable_value(value, *option, label(*option));
            }
        })
        .response
        .accessible_name(format!("{name}: {}", label(before)));
    *value != before
}

/// Something that is as high as it needs to be, and scrolls where that is more than `most` points:
/// for menus and dialogs, which have no room of their own to begin with.
pub(crate) fn scroll_below<R>(ui: &mut Ui, most: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    tall_area(most).show(ui, add).inner
}

/// An area for [`scroll_below`].
pub(crate) fn tall_area(most: f32) -> egui::ScrollArea {
    egui::ScrollArea::vertical()
        .max_height(most)
        .min_scrolled_height(most)
}

/// Tells something of a row that is pointed at, but over no dialog: an open tip stays in front as
/// long as the pointer rests.
pub(crate) fn row_tip(
    response: Response,
    workbench: &Workbench,
    add: impl FnOnce(&mut Ui),
) -> Response {
    if workbench.overlay.is_some() {
        return response;
    }
    response.on_hover_ui(add)
}

/// Puts the cursor into a field when the dialog has just opened.
/// Whether it did so now.
pub(crate) fn focus_once(ui: &Ui, response: &Response) -> bool {
    let id = response.id.with("focused-once");
    let seen = ui.data(|data| data.get_temp::<u64>(id));
    let pass = ui.ctx().cumulative_pass_nr();
    let is_new = seen.is_none_or(|seen| pass.saturating_sub(seen) > 2);
    if is_new {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(id, pass));
    is_new
}

/// Selects all of a text field.
pub(crate) fn select_all(ui: &Ui, response: &Response, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0_usize), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    egui::TextEdit::store_state(ui.ctx(), response.id, state);
}
