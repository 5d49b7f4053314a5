//! The reading panel: the article by paragraph, only what is in view, with its marks.
//!
//! Budget: a frame lays out and paints the visible paragraphs only, whatever the length of the
//! article. Heights of paragraphs out of view are estimates until they have been seen.

pub(crate) use hover::card_ui;

mod galley;
mod header;
mod hover;
mod marks;
mod select;
mod stripes;

use std::collections::HashSet;

use egui::{
    CursorIcon, Id, Rect, Response, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
    pos2, vec2,
};

use self::galley::{Laid, Setting, lay_out};
use self::marks::Marks;
use self::stripes::Stripes;
use super::tokens::{GRID, LINE_ARTICLE, MEASURE, ROW, TEXT, TEXT_ARTICLE, TEXT_TITLE, tokens};
use super::{theme, widgets};
use crate::analysis::standing::FindingKey;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::blocks::{Block, Paragraph};
use crate::app::{Scroll, Workbench};
use crate::model::ids::ArticleId;
use crate::model::session::Thing;
use crate::model::span::Span;

/// Space after a paragraph, in points.
const PARAGRAPH_GAP: f32 = 12.0;
/// The least space left and right of the text, for bars and stripes, in points.
const MARGIN: f32 = 36.0;

/// How far beyond the view the text is laid out, in points.
const AHEAD: f32 = 200.0;

/// What the reader remembers between frames: nothing that is work.
#[derive(Default)]
pub(crate) struct ReaderState {
    article: Option<ArticleId>,
    width: f32,
    header_height: f32,
    /// The height of each block, measured or estimated.
    heights: Vec<f32>,
    /// First bytes of furniture blocks that are unfolded.
    unfolded: HashSet<usize>,
    /// Where a selection by dragging began.
    drag_from: Option<usize>,
    /// The passage to bring into view, and how many frames to go on measuring for it.
    scroll_to: Option<(Span, u8)>,
    /// The last scroll request of the workbench that was seen.
    seen_request: u64,
    /// The highlights in the margin.
    stripes: Stripes,
    /// What the pointer is on.
    hovered: Option<FindingKey>,
    /// What the menu that is open is about.
    menu_on: Vec<Thing>,
    /// How a key asked to scroll.
    scroll_by: Option<Scroll>,
    /// What was in view when that was last told.
    told_view: Span,
    /// What its header says.
    clocks: header::Clocks,
    /// Whether a frame has shown the article.
    is_shown: bool,
}

/// The text of the reader, which its keys go to.
pub(crate) fn text_id() -> Id {
    Id::unique("reader-text")
}

/// Draws the reading panel.
pub(crate) fn reader_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut ReaderState,
    actions: &mut Vec<Action>,
) {
    let tokens = tokens(ui);
    ui.painter().rect_filled(ui.max_rect(), 0.0, tokens.paper);
    let Some(article) = &workbench.article else {
        widgets::empty(
            ui,
            "No article is open.",
            "Choose one in the list, or press Alt+Down for the next.",
        );
        return;
    };
    state.prepare(article, workbench, ui.available_width());
    state.stripes.prepare(workbench, article);

    let height = ui.available_height();
    let mut area = ScrollArea::vertical().id_salt("reader").auto_shrink(false);
    if let Some(offset) = state.scroll_offset(article, height) {
        area = area.vertical_scroll_offset(offset);
        ui.ctx().request_repaint();
    }
    let by = state.scroll_by.take();
    area.show_viewport(ui, |ui, viewport| {
        if let Some(by) = by {
            let down = points_down(by, viewport.height());
            ui.scroll_with_delta_animation(vec2(0.0, -down), egui::style::ScrollAnimation::none());
        }
        show_blocks(ui, viewport, workbench, article, state, actions);
    });
}

/// How far down a key scrolls in a view of this height, in points.
fn points_down(by: Scroll, view_height: f32) -> f32 {
    let line = TEXT_ARTICLE * LINE_ARTICLE;
    match by {
        Scroll::Lines(lines) => f32::from(lines) * line,
        Scroll::Screens(screens) => f32::from(screens) * (view_height - 2.0 * line).max(2.0 * line),
        // No article is that long; the scroll area stops where it ends.
        Scroll::Top => -1.0e7,
        Scroll::End => 1.0e7,
    }
}

impl ReaderState {
    /// Scrolls when the reader is drawn next.
    pub(crate) fn scroll(&mut self, by: Scroll) {
        self.scroll_by = Some(by);
    }

    fn prepare(&mut self, article: &OpenArticle, workbench: &Workbench, width: f32) {
        if self.article != Some(article.id) {
            *self = Self {
                article: Some(article.id),
                seen_request: self.seen_request,
                scroll_to: Some((Span::new(0, 0), 1)),
                ..Self::default()
            };
        }
        if self.heights.len() != article.blocks.len() || (self.width - width).abs() > 0.5 {
            self.width = width;
            self.heights = article
                .blocks
                .iter()
                .map(|block| estimated_height(block, width))
                .collect();
        }
        if let Some((request, span)) = workbench.scroll_request
            && request != self.seen_request
        {
            self.seen_request = request;
            self.scroll_to = Some((span, 3));
            // A passage inside folded furniture can't be shown without unfolding it.
            for block in &article.blocks {
                if matches!(block, Block::Furniture { .. }) && block.span().overlaps(span) {
                    self.unfolded.insert(block.span().start);
                }
            }
        }
    }

    /// Where to scroll to for the passage that is asked for.
    fn scroll_offset(&mut self, article: &OpenArticle, view_height: f32) -> Option<f32> {
        let (span, frames) = self.scroll_to?;
        self.scroll_to = (frames > 1).then_some((span, frames - 1));
        if span.end == 0 {
            return Some(0.0);
        }
        let index = article
            .blocks
            .partition_point(|block| block.span().end <= span.start);
        let above: f32 = self.header_height + self.heights.iter().take(index).sum::<f32>();
        // Long paragraphs: go down in proportion to where the passage stands in it.
        let within = article.blocks.get(index).map_or(0.0, |block| {
            let block_span = block.span();
            let part =
                span.start.saturating_sub(block_span.start) as f32 / block_span.len().max(1) as f32;
            part * self.heights.get(index).copied().unwrap_or(0.0)
        });
        Some((above + within - view_height * 0.3).max(0.0))
    }
}

/// The space after a piece of text.
fn gap(paragraph: &Paragraph) -> f32 {
    if paragraph.goes_on {
        0.0
    } else {
        PARAGRAPH_GAP
    }
}

fn estimated_height(block: &Block, width: f32) -> f32 {
    match block {
        Block::Furniture { .. } => ROW + PARAGRAPH_GAP,
        Block::Body(paragraph) => {
            let columns = (width - 2.0 * MARGIN).clamp(80.0, MEASURE) / (TEXT_ARTICLE * 0.5);
            let rows = (paragraph.span.len() as f32 / columns).ceil();
            rows * TEXT_ARTICLE * LINE_ARTICLE + gap(paragraph)
        }
    }
}

/// The column of text: centred in the pane, never wider than the measure.
fn column(ui: &Ui) -> (f32, f32) {
    let available = ui.max_rect();
    let width = (available.width() - 2.0 * MARGIN).clamp(80.0, MEASURE);
    (available.center().x - width / 2.0, width)
}

fn show_blocks(
    ui: &mut Ui,
    viewport: Rect,
    workbench: &Workbench,
    article: &OpenArticle,
    state: &mut ReaderState,
    actions: &mut Vec<Action>,
) {
    let top = ui.max_rect().top();
    let (left, width) = column(ui);
    // The text as a whole takes the pointer; buttons that are drawn later lie on top of it.
    let ground = ui.clip_rect();
    let response = ui.interact(ground, text_id(), Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::labeled(
            egui::Role::Document,
            true,
            format!("Article text: {}", article.title()),
        )
    });

    let mut y = top;
    let header = Rect::from_min_size(pos2(left, y), vec2(width, state.header_height));
    if header.bottom() + 400.0 > ground.top() {
        let mut child = ui.new_child(
            UiBuilder::new().max_rect(Rect::from_min_size(header.min, vec2(width, f32::INFINITY))),
        );
        header::header_ui(&mut child, workbench, article, &mut state.clocks, actions);
        state.header_height = child.min_rect().height() + 2.0 * GRID;
    }
    y += state.header_height;

    // What is next to the view is laid out before it is scrolled to; an article shows without it.
    let ahead = if std::mem::replace(&mut state.is_shown, true) {
        AHEAD
    } else {
        0.0
    };
    let mut laid: Vec<Laid> = Vec::new();
    for (index, block) in article.blocks.iter().enumerate() {
        let height = state.heights.get(index).copied().unwrap_or(ROW);
        let in_view =
            y - top <= viewport.bottom() + ahead && y - top + height >= viewport.top() - ahead;
        let height = if in_view {
            let height = show_block(
                ui,
                block,
                article,
                workbench,
                state,
                pos2(left, y),
                width,
                &mut laid,
            );
            if let Some(known) = state.heights.get_mut(index) {
                *known = height;
            }
            height
        } else {
            height
        };
        y += height;
    }
    ui.allocate_rect(
        Rect::from_min_max(ui.max_rect().min, pos2(ui.max_rect().right(), y + 80.0)),
        Sense::hover(),
    );

    let lit = [state.hovered, workbench.current];
    let marks = Marks {
        workbench,
        article,
        tokens: tokens(ui),
        stripes: &state.stripes,
        lit: &lit,
    };
    for paragraph in &laid {
        marks.paint_under(ui.painter(), paragraph);
        ui.painter()
            .galley(paragraph.at, paragraph.galley.clone(), tokens(ui).text);
        marks.paint_over(ui.painter(), paragraph);
    }

    keyboard(ui, &response, workbench);
    tell_view(ground, &laid, state, actions);
    hover::hover_ui(&response, article, workbench, &laid, state);
    select::menu(&response, workbench, article, &laid, state, actions);
    select::pointer(&response, article, &laid, state, actions);
    stripes::stripes_ui(
        ui,
        workbench,
        article,
        &laid,
        &mut state.stripes,
        left + width,
        actions,
    );
    if response.hovered()
        && laid
            .iter()
            .any(|l| response.hover_pos().is_some_and(|p| l.is_on_words(p)))
    {
        ui.ctx().set_cursor_icon(if state.hovered.is_some() {
            CursorIcon::PointingHand
        } else {
            CursorIcon::Text
        });
    }
}

/// Keeps the arrow keys, and Escape while there is something to let go of, for the reader while it
/// has the keyboard, and shows that it has.
fn keyboard(ui: &Ui, response: &Response, workbench: &Workbench) {
    if !response.has_focus() {
        return;
    }
    let filter = egui::EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        escape: workbench.passage_in_hand().is_some(),
        ..Default::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let edge = Stroke::new(1.0, tokens(ui).accent);
    let inside = ui.clip_rect().shrink(0.5);
    ui.painter()
        .rect_stroke(inside, 0.0, edge, egui::StrokeKind::Inside);
}

/// Tells what of the text is in view, when that has changed.
fn tell_view(view: Rect, laid: &[Laid], state: &mut ReaderState, actions: &mut Vec<Action>) {
    let line = TEXT_ARTICLE * LINE_ARTICLE;
    let seen = view.shrink2(vec2(0.0, line / 2.0));
    let mut inside = laid.iter().filter(|one| one.rect().intersects(seen));
    let Some(first) = inside.next() else { return };
    let last = inside.next_back().unwrap_or(first);
    let start = first.offset_at(pos2(first.at.x, seen.top()));
    let end = last.offset_at(pos2(last.rect().right(), seen.bottom()));
    let span = Span::new(start, end);
    if span != state.told_view {
        state.told_view = span;
        actions.push(Action::InView(span));
    }
}

/// Lays out a block at a place and returns its height, the gap after it included.
#[allow(clippy::too_many_arguments)] // one call, and each is a different thing
fn show_block(
    ui: &mut Ui,
    block: &Block,
    article: &OpenArticle,
    workbench: &Workbench,
    state: &mut ReaderState,
    at: egui::Pos2,
    width: f32,
    laid: &mut Vec<Laid>,
) -> f32 {
    match block {
        Block::Body(paragraph) => {
            show_paragraph(ui, paragraph, article, at, width, false, laid) + gap(paragraph)
        }
        Block::Furniture {
            reasons,
            paragraphs,
        } => {
            let start = block.span().start;
            let open = workbench.unfold_all || state.unfolded.contains(&start);
            let reasons: Vec<&str> = reasons.iter().map(|reason| reason.label()).collect();
            let count = paragraphs.len();
            let lines = if count == 1 { "line" } else { "lines" };
            let text = format!("{count} {lines}: {}", reasons.join(", "));
            let row = Rect::from_min_size(at, vec2(width, ROW));
            if fold_line(ui, row, start, &text, open) && !state.unfolded.remove(&start) {
                state.unfolded.insert(start);
            }
            let mut height = ROW + GRID;
            if open {
                for paragraph in paragraphs {
                    let place = at + Vec2::new(0.0, height);
                    height +=
                        show_paragraph(ui, paragraph, article, place, width, true, laid) + GRID;
                }
            }
            height + PARAGRAPH_GAP - GRID
        }
    }
}

/// The line that stands for folded furniture; whether it was pressed.
fn fold_line(ui: &mut Ui, row: Rect, start: usize, text: &str, open: bool) -> bool {
    let tokens = tokens(ui);
    let response = ui.interact(
        row,
        ui.scope_id().with(("furniture", start)),
        Sense::click(),
    );
    response.widget_info(|| {
        let verb = if open { "Fold" } else { "Unfold" };
        WidgetInfo::selected(
            egui::Role::Button,
            true,
            open,
            format!("{verb} furniture: {text}"),
        )
    });
    let ground = if response.hovered() || response.has_focus() {
        tokens.hover
    } else {
        tokens.pane
    };
    ui.painter().rect_filled(row, 4.0, ground);
    widgets::paint_arrow(
        ui,
        row.left_center() + vec2(3.0 * GRID, 0.0),
        open,
        tokens.text_weak,
    );
    ui.painter().text(
        row.left_center() + vec2(6.0 * GRID, 0.0),
        egui::Align2::LEFT_CENTER,
        text,
        egui::FontId::proportional(TEXT),
        tokens.text_weak,
    );
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

fn show_paragraph(
    ui: &mut Ui,
    paragraph: &Paragraph,
    article: &OpenArticle,
    at: egui::Pos2,
    width: f32,
    furniture: bool,
    laid: &mut Vec<Laid>,
) -> f32 {
    let tokens = tokens(ui);
    let is_title = article
        .extraction
        .title
        .is_some_and(|title| title.overlaps(paragraph.span));
    let (font, line_height, color) = if furniture {
        (
            egui::FontId::new(TEXT, theme::serif()),
            TEXT * 1.4,
            tokens.text_weak,
        )
    } else if is_title {
        (
            egui::FontId::new(TEXT_TITLE, theme::serif_bold()),
            TEXT_TITLE * 1.25,
            tokens.text,
        )
    } else {
        (
            theme::article_font(),
            TEXT_ARTICLE * LINE_ARTICLE,
            tokens.text,
        )
    };
    let setting = Setting {
        font,
        line_height,
        color,
        weak: tokens.text_weak,
    };
    let text = article.slice(paragraph.span);
    let parts = article.masks.within(paragraph.span);
    let galley = lay_out(ui, text, &parts, setting, width);
    let paragraph = Laid {
        span: paragraph.span,
        galley,
        at,
    };
    let rect = paragraph.rect();
    // A name for screen readers; the pointer is taken by the text as a whole.
    let role = if is_title {
        egui::Role::Heading
    } else {
        egui::Role::Paragraph
    };
    ui.interact(
        rect,
        ui.scope_id().with(("paragraph", paragraph.span.start)),
        Sense::hover(),
    )
    .widget_info(|| WidgetInfo::labeled(role, true, text));
    laid.push(paragraph);
    rect.height()
}
