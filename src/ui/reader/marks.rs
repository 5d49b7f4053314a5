//! The four kinds of mark that can lie on one another in the text.

use egui::{Color32, Painter, Rect, Shape, Stroke, pos2};

use super::galley::Laid;
use super::stripes::Stripes;
use crate::app::Workbench;
use crate::app::article::{Entry, OpenArticle};
use crate::app::bounds::End;
use crate::model::finding::Finding;
use crate::model::span::Span;
use crate::ui::tokens::Tokens;
use crate::ui::widgets;

/// How much of its colour an undecided suggestion keeps.
const PALE: f32 = 0.45;
/// Space between the text and the bars of claims to its left, in points.
const BAR_GAP: f32 = 12.0;

/// What the paragraph is drawn with.
pub(super) struct Marks<'a> {
    pub(super) workbench: &'a Workbench,
    pub(super) article: &'a OpenArticle,
    pub(super) tokens: &'a Tokens,
    pub(super) stripes: &'a Stripes,
    /// The entry under the pointer, and the current one.
    pub(super) lit: &'a [Option<crate::analysis::standing::FindingKey>],
}

impl Marks<'_> {
    /// What lies under the letters: the evidence of the claim in hand, annotations, the
    /// selection. A claim has its bar in the margin too, so its tint is the lowest.
    pub(super) fn paint_under(&self, painter: &Painter, laid: &Laid) {
        let drawn = self.article.drawn_in(laid.span);
        for entry in drawn.filter(|entry| self.is_lit(entry)) {
            if let Finding::Claim(claim) = &entry.finding {
                for evidence in &claim.evidence {
                    fill(painter, laid, *evidence, self.tokens.evidence);
                }
            } else {
                fill(painter, laid, entry.span(), self.tokens.selected);
            }
        }
        let masks = self.article.masks.touching(laid.span);
        for mask in masks.filter(|mask| self.lit.contains(&Some(mask.key))) {
            fill(painter, laid, mask.span, self.tokens.selected);
        }
        for marked in self.stripes.touching(laid.span) {
            let code = marked.first_code();
            let code = code.and_then(|code| self.workbench.session.codebook.codes.get(&code));
            let tint = code.and_then(|code| self.tokens.codes.get(usize::from(code.color)));
            let tint = tint.copied().unwrap_or(self.tokens.hover);
            // A later one lets those under it show through.
            let tint = if marked.lies_on_another() {
                tint.gamma_multiply(0.6)
            } else {
                tint
            };
            fill(painter, laid, marked.span, tint);
            if self.stripes.is_pointed(marked.id) {
                fill(
                    painter,
                    laid,
                    marked.span,
                    self.tokens.selection.gamma_multiply(0.5),
                );
            }
        }
        let hits = self.workbench.hits();
        let first = hits.partition_point(|hit| hit.end <= laid.span.start);
        let here = hits.get(first..).unwrap_or_default().iter();
        for hit in here.take_while(|hit| hit.start < laid.span.end) {
            fill(painter, laid, *hit, self.tokens.attention_ground);
        }
        if let Some(selected) = self.workbench.selected_text {
            fill(painter, laid, selected, self.tokens.selection);
        }
    }

    /// What lies over the letters: underlines of mentions and dates, bars of claims at the left,
    pub(super) fn paint_over(&self, painter: &Painter, laid: &Laid) {
        let mut bars = 0;
        for entry in self.article.drawn_in(laid.span) {
            match &entry.finding {
                Finding::Mention(mention) => {
                    let color = widgets::actor_color(self.workbench, &mention.actor, self.tokens);
                    let color = self.shade(color, entry);
                    for rect in laid.rects(mention.span) {
                        let y = underline_y(rect);
                        painter.hline(rect.x_range(), y, Stroke::new(1.5, color));
                    }
                }
                Finding::Time(time) => {
                    let color = self.shade(self.tokens.text_weak, entry);
                    for rect in laid.rects(time.span) {
                        let y = underline_y(rect) + 2.0;
                        let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
                        painter.extend(Shape::dotted_line(&ends, color, 3.0, 0.9));
                    }
                }
                Finding::Claim(claim) => {
                    let rects: Vec<Rect> = claim
                        .evidence
                        .iter()
                        .flat_map(|evidence| laid.rects(*evidence))
                        .collect();
                    if let Some(all) = rects.into_iter().reduce(Rect::union) {
                        let color = if claim.is_adverse() {
                            self.tokens.adverse
                        } else {
                            self.tokens.accent
                        };
                        let width = if self.is_lit(entry) { 4.0 } else { 2.0 };
                        let x = laid.at.x - BAR_GAP - 5.0 * bars as f32;
                        let stroke = Stroke::new(width, self.shade(color, entry));
                        painter.vline(x, all.shrink2(egui::vec2(0.0, 4.0)).y_range(), stroke);
                        bars += 1;
                    }
                }
                Finding::Furniture(_) => {}
            }
        }
        self.paint_in_hand(painter, laid);
    }

    /// A frame around the highlight in hand, and a bar at the end that the boundary keys move.
    fn paint_in_hand(&self, painter: &Painter, laid: &Laid) {
        let Some(span) = self.workbench.passage_in_hand() else {
            return;
        };
        let rects = laid.rects(span);
        if self.workbench.selected_text.is_none() {
            let stroke = Stroke::new(1.5, self.tokens.accent);
            for rect in &rects {
                let rect = rect.shrink2(egui::vec2(-1.0, 2.0));
                painter.rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Outside);
            }
        }
        let end = self.workbench.moving_end;
        let at = end.of(span);
        let (rect, is_here) = match end {
            End::Start => (rects.first(), laid.span.start <= at && at < laid.span.end),
            End::Last => (rects.last(), laid.span.start < at && at <= laid.span.end),
        };
        if let Some(rect) = rect.filter(|_| is_here) {
            let x = match end {
                End::Start => rect.left(),
                End::Last => rect.right(),
            };
            let y = rect.shrink2(egui::vec2(0.0, 2.0)).y_range();
            painter.vline(x, y, Stroke::new(2.5, self.tokens.accent));
        }
    }

    fn is_lit(&self, entry: &Entry) -> bool {
        self.lit.contains(&Some(entry.key))
    }

    fn shade(&self, color: Color32, entry: &Entry) -> Color32 {
        if entry.state.is_accepted() || self.is_lit(entry) {
            color
        } else {
            color.gamma_multiply(PALE)
        }
    }
}

/// Just under the letters, whatever the height of the line.
fn underline_y(row: Rect) -> f32 {
    row.bottom() - 4.0
}

fn fill(painter: &Painter, laid: &Laid, span: Span, color: Color32) {
    for rect in laid.rects(span) {
        painter.rect_filled(rect, 2.0, color);
    }
}
