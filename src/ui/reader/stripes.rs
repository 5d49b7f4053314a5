//! The highlights of the open article as stripes in its right margin: a stripe a code, those that
//! overlap beside one another, as programs for qualitative data analysis show them.
//!
//! Budget: laid out once after each change of session or article; a frame looks only at what
//! touches the paragraphs in view, and of one paragraph at no more than [`MOST_HERE`].

use std::collections::HashMap;

use egui::{CursorIcon, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::galley::Laid;
use super::hover::highlight_ui;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::blocks::Block;
use crate::app::command::Command;
use crate::model::annotation::Annotation;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::Thing;
use crate::model::span::Span;
use crate::ui::tokens::tokens;
use crate::ui::{annotations, describe, widgets};

/// Between the text and the first stripe, in points.
const GAP: f32 = 8.0;
/// From one stripe to the next, in points.
const STEP: f32 = 6.0;
/// How wide a stripe is, in points; wider under the pointer and for the highlight in hand.
const WIDTH: f32 = 3.0;
/// Stripes beside one another beyond this are not drawn: no margin holds them.
const MOST_LANES: usize = 24;
/// So many highlights of a paragraph are drawn.
const MOST_HERE: usize = 200;

/// The highlights of an article, laid out.
#[derive(Default)]
pub(super) struct Stripes {
    of: Option<Of>,
    all: Vec<Marked>,
    /// The places in `all` of what touches a paragraph, by its first byte.
    by_paragraph: HashMap<usize, Vec<u32>>,
    /// What the pointer was on in the last frame.
    pointed: Option<ItemId>,
}

/// Of what they were laid out.
#[derive(Debug, PartialEq, Eq)]
struct Of {
    session: ItemId,
    revision: u64,
    article: ArticleId,
    stamp: u64,
}

/// A highlight with its stripes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) id: ItemId,
    pub(super) span: Span,
    /// Its codes, each with its lane, counted from the text; one without a code where it has none.
    stripes: Vec<(Option<ItemId>, usize)>,
}

impl Marked {
    /// The code that gives it its colour.
    pub(super) fn first_code(&self) -> Option<ItemId> {
        self.stripes.first().and_then(|(code, _)| *code)
    }

    /// Whether it overlaps one that begins before it.
    pub(super) fn lies_on_another(&self) -> bool {
        self.stripes.first().is_some_and(|(_, lane)| *lane > 0)
    }
}

impl Stripes {
    /// Lays them out again where something has changed.
    pub(super) fn prepare(&mut self, workbench: &Workbench, article: &OpenArticle) {
        let of = Of {
            session: workbench.session.id,
            revision: workbench.highlight_revision(),
            article: article.id,
            stamp: article.stamp,
        };
        if self.of.as_ref() == Some(&of) {
            return;
        }
        self.of = Some(of);
        let work = workbench.work(article.id);
        let highlights = work.into_iter().flat_map(|work| &work.annotations);
        let highlights = highlights.map(|(id, one)| (*id, one.span, one.codes.as_slice()));
        self.all = laid_out(highlights.collect());
        let mut paragraphs = Vec::new();
        for block in &article.blocks {
            match block {
                Block::Body(paragraph) => paragraphs.push(paragraph.span),
                Block::Furniture {
                    paragraphs: some, ..
                } => {
                    paragraphs.extend(some.iter().map(|paragraph| paragraph.span));
                }
            }
        }
        self.by_paragraph = by_paragraph(&self.all, &paragraphs);
    }

    /// The highlights that touch a paragraph, in the order of the text.
    pub(super) fn touching(&self, paragraph: Span) -> impl Iterator<Item = &Marked> {
        let places = self.by_paragraph.get(&paragraph.start);
        let places = places.map_or(&[][..], Vec::as_slice).iter();
        places.filter_map(|place| self.all.get(*place as usize))
    }

    /// Whether the pointer was on a highlight's stripe.
    pub(super) fn is_pointed(&self, id: ItemId) -> bool {
        self.pointed == Some(id)
    }
}

/// Gives each code of each highlight the lane next to the text that is free where it lies.
fn laid_out(mut highlights: Vec<(ItemId, Span, &[ItemId])>) -> Vec<Marked> {
    // Of those that begin at one place the longest is next to the text.
    highlights.sort_unstable_by_key(|(id, span, _)| (span.start, usize::MAX - span.end, *id));
    // Where each lane is free again; those beyond the last one are not drawn.
    let mut free_from: Vec<usize> = Vec::new();
    let mut take = |span: Span| {
        let free = free_from.iter().position(|from| *from <= span.start);
        let lane = free.unwrap_or(free_from.len()).min(MOST_LANES);
        match free_from.get_mut(lane) {
            Some(from) => *from = span.end,
            None if lane < MOST_LANES => free_from.push(span.end),
            None => {}
        }
        lane
    };
    let marked = highlights.into_iter().map(|(id, span, codes)| {
        let stripes = if codes.is_empty() {
            vec![(None, take(span))]
        } else {
            codes.iter().map(|code| (Some(*code), take(span))).collect()
        };
        Marked { id, span, stripes }
    });
    marked.collect()
}

/// What touches each paragraph; both sorted by where they begin.
fn by_paragraph(all: &[Marked], paragraphs: &[Span]) -> HashMap<usize, Vec<u32>> {
    let mut here: HashMap<usize, Vec<u32>> = HashMap::new();
    for (marked, place) in all.iter().zip(0..) {
        let first = paragraphs.partition_point(|one| one.end <= marked.span.start);
        let touched = paragraphs.get(first..).unwrap_or_default().iter();
        for paragraph in touched.take_while(|one| one.start < marked.span.end) {
            let places = here.entry(paragraph.start).or_default();
            if places.len() < MOST_HERE {
                places.push(place);
            }
        }
    }
    here
}

/// Draws the stripes of the paragraphs in view. One that is pointed at says what it stands for, one
/// that is clicked is taken in hand.
pub(super) fn stripes_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    laid: &[Laid],
    stripes: &mut Stripes,
    right_edge: f32,
    actions: &mut Vec<Action>,
) {
    let room = ui.clip_rect().right() - right_edge - GAP - STEP;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a width on screen"
    )]
    let lanes = ((room / STEP).max(1.0) as usize).min(MOST_LANES);
    let annotations = workbench.work(article.id).map(|work| &work.annotations);
    let in_hand = workbench.highlight_in_hand().map(|(id, _)| id);
    let mut pointed = None;
    for paragraph in laid {
        for marked in stripes.touching(paragraph.span) {
            let Some(annotation) = annotations.and_then(|all| all.get(&marked.id)) else {
                continue;
            };
            let Some(reach) = paragraph.rects(marked.span).into_iter().reduce(Rect::union) else {
                continue;
            };
            for (code, lane) in marked.stripes.iter().filter(|(_, lane)| *lane < lanes) {
                let x = right_edge + GAP + STEP * *lane as f32;
                let rect = Rect::from_min_max(
                    pos2(x - STEP / 2.0, reach.top() + 4.0),
                    pos2(x + STEP / 2.0, reach.bottom() - 4.0),
                );
                let id = ui
                    .scope_id()
                    .with(("stripe", marked.id, code, paragraph.span.start));
                let response = ui.interact(rect, id, Sense::click());
                response.widget_info(|| {
                    let name = spoken(workbench, *code, annotation);
                    WidgetInfo::selected(egui::Role::Button, true, in_hand == Some(marked.id), name)
                });
                let is_lit = response.hovered() || in_hand == Some(marked.id);
                let width = if is_lit { WIDTH + 2.0 } else { WIDTH };
                let tokens = tokens(ui);
                let color = code.map_or(tokens.control, |code| {
                    widgets::code_color(workbench, code, tokens)
                });
                let stripe = Rect::from_center_size(rect.center(), vec2(width, rect.height()));
                ui.painter().rect_filled(stripe, 1.0, color);
                if response.hovered() {
                    pointed = Some(marked.id);
                }
                if response.clicked() || response.secondary_clicked() {
                    actions.push(Action::SelectHighlight(marked.id, false));
                }
                if response.double_clicked() {
                    actions.push(Command::Annotate.into());
                }
                let thing = Thing::Annotation(article.id, marked.id);
                response.context_menu(|ui| annotations::menu_ui(ui, workbench, &thing, actions));
                response
                    .on_hover_cursor(CursorIcon::PointingHand)
                    .on_hover_ui(|ui| highlight_ui(ui, annotation, workbench));
            }
        }
    }
    if stripes.pointed != pointed {
        stripes.pointed = pointed;
        ui.ctx().request_repaint();
    }
}

fn spoken(workbench: &Workbench, code: Option<ItemId>, annotation: &Annotation) -> String {
    let code = code.map_or("No code".to_owned(), |code| {
        workbench.session.codebook.path_text(code)
    });
    let quote = describe::one_line(&annotation.quote.exact, 40);
    format!("Stripe {code}: {quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(bits: u128) -> ItemId {
        ItemId(uuid::Uuid::from_u128(bits))
    }

    /// The lanes of highlights from, to, with so many codes, in the order of the text.
    fn lanes(highlights: &[(usize, usize, usize)]) -> Vec<Vec<usize>> {
        let codes: Vec<ItemId> = (0..40).map(id).collect();
        let given = highlights
            .iter()
            .zip(0..)
            .map(|((start, end, count), bits)| {
                (id(bits), Span::new(*start, *end), &codes[..*count])
            });
        let laid = laid_out(given.collect());
        let lanes = |one: &Marked| one.stripes.iter().map(|(_, lane)| *lane).collect();
        laid.iter().map(lanes).collect()
    }

    #[test]
    fn what_overlaps_lies_side_by_side_and_what_does_not_next_to_the_text() {
        assert_eq!(lanes(&[(0, 10, 1), (10, 20, 1)]), [[0], [0]]);
        assert_eq!(
            lanes(&[(0, 10, 1), (5, 20, 0), (12, 14, 1)]),
            [[0], [1], [0]]
        );
        assert_eq!(lanes(&[(0, 10, 2), (9, 20, 1)]), [vec![0, 1], vec![2]]);
        // The longer of two that begin together comes first.
        assert_eq!(lanes(&[(0, 5, 1), (0, 10, 2)]), [vec![0, 1], vec![2]]);
        let many = lanes(&vec![(0, 10, 1); MOST_LANES + 5]);
        assert!(
            many[MOST_LANES..]
                .iter()
                .all(|lanes| lanes == &[MOST_LANES])
        );
    }

    #[test]
    fn a_paragraph_knows_what_touches_it() {
        let spans = [(0, 4), (2, 30), (25, 26)];
        let given = spans.iter().zip(0..);
        let given = given.map(|((start, end), bits)| (id(bits), Span::new(*start, *end), &[][..]));
        let all = laid_out(given.collect());
        let paragraphs = [Span::new(0, 10), Span::new(12, 20), Span::new(22, 40)];
        let here = by_paragraph(&all, &paragraphs);
        assert_eq!(here[&0], [0, 1]);
        assert_eq!(here[&12], [1]);
        assert_eq!(here[&22], [1, 2]);
        let crowd: Vec<_> = (0..1000)
            .map(|bits| (id(bits), Span::new(3, 5), &[][..]))
            .collect();
        assert_eq!(
            by_paragraph(&laid_out(crowd), &paragraphs)[&0].len(),
            MOST_HERE
        );
    }
}
