//! The four kinds of mark that can lie on one another in the text.

use egui::{Color32, Painter, Rect, Shape, Stroke, pos2};

use super::galley::Laid;
use crate::app::Workbench;
use crate::app::article::Entry;
use crate::model::finding::Finding;
use crate::model::ids::ItemId;
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
    pub(super) entries: &'a [Entry],
    pub(super) tokens: &'a Tokens,
    /// The entry under the pointer, and the current one.
    pub(super) lit: &'a [Option<crate::analysis::standing::FindingKey>],
}

impl Marks<'_> {
    /// What lies under the letters: the evidence of the claim in hand, annotations, the
    /// selection. A claim has its bar in the margin too, so its tint is the lowest.
    pub(super) fn paint_under(&self, painter: &Painter, laid: &Laid) {
        for entry in self
            .entries
            .iter()
            .filter(|e| e.is_drawn() && self.is_lit(e))
        {
            if let Finding::Claim(claim) = &entry.finding {
                for evidence in &claim.evidence {
                    fill(painter, laid, *evidence, self.tokens.evidence);
                }
            } else {
                fill(painter, laid, entry.span(), self.tokens.selected);
            }
        }
        for (_, annotation, color) in self.annotations() {
            let tint = self
                .tokens
                .codes
                .get(color)
                .copied()
                .unwrap_or(self.tokens.hover);
            fill(painter, laid, annotation, tint);
        }
        if let Some(selected) = self.workbench.selected_text {
            fill(painter, laid, selected, self.tokens.selection);
        }
    }

    /// What lies over the letters: underlines of mentions and dates, bars of claims at the left,
    /// stripes of codes at the right.
    pub(super) fn paint_over(&self, painter: &Painter, laid: &Laid, right_edge: f32) {
        let mut bars = 0;
        for entry in self.entries.iter().filter(|entry| entry.is_drawn()) {
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
        for (place, (_, span, color)) in self.annotations().enumerate() {
            if let Some(all) = laid.rects(span).into_iter().reduce(Rect::union) {
                let stripe = self.tokens.code_stripes.get(color).copied();
                let x = right_edge + 8.0 + 5.0 * (place % 4) as f32;
                let stroke = Stroke::new(3.0, stripe.unwrap_or(self.tokens.control));
                painter.vline(x, all.shrink2(egui::vec2(0.0, 4.0)).y_range(), stroke);
            }
        }
    }

    /// Highlights of the open article: identity, span, index of the first code's colour.
    fn annotations(&self) -> impl Iterator<Item = (ItemId, Span, usize)> {
        let session = &self.workbench.session;
        let work = self
            .workbench
            .article
            .as_ref()
            .and_then(|a| session.work.get(&a.id));
        work.into_iter()
            .flat_map(|work| &work.annotations)
            .map(|(id, annotation)| {
                let code = annotation
                    .codes
                    .first()
                    .and_then(|c| session.codebook.codes.get(c));
                (
                    *id,
                    annotation.span,
                    code.map_or(usize::MAX, |code| usize::from(code.color)),
                )
            })
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
