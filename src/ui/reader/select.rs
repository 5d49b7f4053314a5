//! Selecting with the pointer: by dragging, by word, by sentence.

use egui::Response;
use unicode_segmentation::UnicodeSegmentation;

use super::ReaderState;
use super::galley::Laid;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::model::ids::ItemId;
use crate::model::session::Thing;
use crate::model::span::Span;
use crate::ui::things;

pub(super) fn pointer(
    response: &Response,
    article: &OpenArticle,
    laid: &[Laid],
    state: &mut ReaderState,
    actions: &mut Vec<Action>,
) {
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    let Some(offset) = response
        .interact_pointer_pos()
        .and_then(|place| offset_at(laid, place))
    else {
        return;
    };
    if response.drag_started() {
        // The press may be a few points away from where the drag is noticed.
        let press = response.ctx.input(|input| input.pointer.press_origin());
        state.drag_from = press
            .and_then(|place| offset_at(laid, place))
            .or(Some(offset));
    }
    if response.dragged()
        && let Some(from) = state.drag_from
    {
        let span = Span::new(from, offset);
        actions.push(Action::SelectText((!span.is_empty()).then_some(span)));
    }
    if response.drag_stopped() {
        state.drag_from = None;
    }
    if response.triple_clicked() {
        let sentence = article.extraction.sentence_at(offset);
        actions.push(Action::SelectText(sentence));
    } else if response.double_clicked() {
        actions.push(Action::SelectText(word_at(laid, article, offset)));
    } else if response.clicked() {
        if let Some(key) = state.hovered {
            actions.push(Action::SelectFinding(key, false));
        }
        actions.push(match highlight_at(state, laid, offset) {
            Some(id) => Action::SelectHighlight(id, false),
            None => Action::SelectText(None),
        });
    }
}

/// The menu of what was right-clicked: finding, highlight, article.
pub(super) fn menu(
    response: &Response,
    workbench: &Workbench,
    article: &OpenArticle,
    laid: &[Laid],
    state: &mut ReaderState,
    actions: &mut Vec<Action>,
) {
    if response.secondary_clicked() {
        let finding = state.hovered.and_then(|key| article.entry(key));
        let finding = finding.map(|entry| things::of_finding(workbench, article.id, entry));
        let offset = response.interact_pointer_pos();
        let offset = offset.and_then(|place| offset_at(laid, place));
        let highlight = offset.and_then(|offset| highlight_at(state, laid, offset));
        let mut on = finding.unwrap_or_default();
        on.extend(highlight.map(|id| Thing::Annotation(article.id, id)));
        on.push(Thing::Article(article.id));
        on.dedup();
        state.menu_on = on;
    }
    things::thing_menu(response, workbench, || state.menu_on.clone(), actions);
}

/// The shortest highlight over a byte.
pub(super) fn highlight_at(state: &ReaderState, laid: &[Laid], offset: usize) -> Option<ItemId> {
    let paragraph = laid.iter().find(|one| one.span.contains_offset(offset))?;
    let here = state.stripes.touching(paragraph.span);
    let over = here.filter(|one| one.span.contains_offset(offset));
    let shortest = over.min_by_key(|one| (one.span.len(), one.id));
    shortest.map(|one| one.id)
}

/// The byte under a place on the screen; beside or between paragraphs, the nearest one.
pub(super) fn offset_at(laid: &[Laid], place: egui::Pos2) -> Option<usize> {
    laid.iter()
        .min_by(|a, b| {
            let distance = |l: &Laid| l.rect().y_range().distance_to_point(place.y);
            distance(a).total_cmp(&distance(b))
        })
        .map(|paragraph| paragraph.offset_at(place))
}

fn word_at(laid: &[Laid], article: &OpenArticle, offset: usize) -> Option<Span> {
    let paragraph = laid
        .iter()
        .find(|l| l.span.start <= offset && offset <= l.span.end)?;
    article
        .slice(paragraph.span)
        .unicode_word_indices()
        .map(|(at, word)| {
            Span::new(
                paragraph.span.start + at,
                paragraph.span.start + at + word.len(),
            )
        })
        .find(|word| word.start <= offset && offset <= word.end)
}

trait DistanceToPoint {
    fn distance_to_point(self, y: f32) -> f32;
}

impl DistanceToPoint for egui::Rangef {
    fn distance_to_point(self, y: f32) -> f32 {
        (self.min - y).max(y - self.max).max(0.0)
    }
}
