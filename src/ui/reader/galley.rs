//! From bytes of a paragraph to places on the screen, and back.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::{CharIndex, LayoutJob, TextFormat};
use egui::text::CCursor;
use egui::{Color32, FontId, Galley, Pos2, Rect, Ui, pos2};

use crate::model::span::Span;

/// A paragraph laid out at a place on the screen.
pub(super) struct Laid {
    /// Its bytes in the article.
    pub(super) span: Span,
    /// Its laid-out text.
    pub(super) galley: Arc<Galley>,
    /// Where its upper left corner is.
    pub(super) at: Pos2,
}

/// How a paragraph is set.
pub(super) struct Setting {
    pub(super) font: FontId,
    /// In points.
    pub(super) line_height: f32,
    pub(super) color: Color32,
    /// The colour of what is furniture inside of it.
    pub(super) weak: Color32,
}

/// Lays out `text`, of which `furniture` is in bytes, in order and disjoint. egui keeps the result
/// while it is used in every frame.
pub(super) fn lay_out(
    ui: &Ui,
    text: &str,
    furniture: &[Range<usize>],
    setting: Setting,
    width: f32,
) -> Arc<Galley> {
    let format = TextFormat {
        line_height: Some(setting.line_height),
        ..TextFormat::simple(setting.font, setting.color)
    };
    let weak = TextFormat {
        color: setting.weak,
        ..format.clone()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut append = |part: Range<usize>, format: &TextFormat| {
        let words = text.get(part).unwrap_or_default();
        if !words.is_empty() {
            job.append(words, 0.0, format.clone());
        }
    };
    let mut at = 0;
    for part in furniture {
        append(at..part.start, &format);
        append(part.clone(), &weak);
        at = part.end;
    }
    append(at..text.len(), &format);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

impl Laid {
    /// The text of the paragraph.
    fn text(&self) -> &str {
        &self.galley.job.text
    }

    /// Where it is on the screen.
    pub(super) fn rect(&self) -> Rect {
        self.galley.rect.translate(self.at.to_vec2())
    }

    /// The rectangles, one a row, of the part of `span` that lies in this paragraph.
    pub(super) fn rects(&self, span: Span) -> Vec<Rect> {
        let start = span.start.max(self.span.start);
        let end = span.end.min(self.span.end);
        if start >= end {
            return Vec::new();
        }
        let (first, last) = (self.char_at(start), self.char_at(end));
        let mut rects = Vec::new();
        let mut row_start = 0;
        for row in &self.galley.rows {
            let count = row.char_count_including_newline().0;
            let (from, to) = (first.max(row_start), last.min(row_start + count));
            if from < to {
                let x = |index: usize| {
                    self.at.x + row.pos.x + row.x_offset(CharIndex(index - row_start))
                };
                let top = self.at.y + row.min_y();
                let bottom = self.at.y + row.max_y();
                rects.push(Rect::from_min_max(pos2(x(from), top), pos2(x(to), bottom)));
            }
            row_start += count;
        }
        rects
    }

    /// The byte of the article that a place on the screen points at, between two characters.
    pub(super) fn offset_at(&self, place: Pos2) -> usize {
        let cursor: CCursor = self.galley.cursor_from_pos(place - self.at);
        let byte = self
            .text()
            .char_indices()
            .nth(cursor.index.0)
            .map_or(self.text().len(), |(byte, _)| byte);
        self.span.start + byte
    }

    /// Whether a place on the screen is on the words of the paragraph, not beside them.
    pub(super) fn is_on_words(&self, place: Pos2) -> bool {
        self.galley
            .rows
            .iter()
            .any(|row| row.rect().translate(self.at.to_vec2()).contains(place))
    }

    fn char_at(&self, offset: usize) -> usize {
        let byte = offset - self.span.start;
        self.text()
            .get(..byte)
            .map_or(0, |before| before.chars().count())
    }
}
