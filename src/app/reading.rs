//! Reading and marking from the keyboard: what is selected, which highlight is in hand, and where
//! their boundaries are.

use super::bounds::{End, Grain, Here, nudged, stepped};
use super::draft::Overlay;
use super::edits::Step;
use super::workbench::{Effect, Field, Workbench};
use crate::model::annotation::Annotation;
use crate::model::edit::Edit;
use crate::model::ids::ItemId;
use crate::model::span::Span;
use crate::model::view::Pane;

impl Workbench {
    /// The highlight in hand, which the boundary keys move and *Annotate* changes.
    #[must_use]
    pub fn highlight_in_hand(&self) -> Option<(ItemId, &Annotation)> {
        let id = self.highlight?;
        let annotation = self.work(self.open_id()?)?.annotations.get(&id)?;
        Some((id, annotation))
    }

    /// What is selected, or else the passage of the highlight in hand.
    #[must_use]
    pub fn passage_in_hand(&self) -> Option<Span> {
        let highlight = || self.highlight_in_hand().map(|(_, one)| one.span);
        self.selected_text.or_else(highlight)
    }

    pub(super) fn select_text(&mut self, span: Option<Span>) {
        self.selected_text = span;
        self.highlight = None;
        self.moving_end = End::default();
    }

    /// Takes a highlight of the open article in hand; scrolls to it when that is asked for.
    pub(super) fn select_highlight(&mut self, id: ItemId, scroll: bool) {
        self.select_text(None);
        self.highlight = Some(id);
        self.nudged = None;
        let span = self.highlight_in_hand().map(|(_, one)| one.span);
        if let Some(span) = span.filter(|_| scroll) {
            self.reveal(span);
        }
    }

    /// Scrolls to a passage that is not in view.
    fn reveal(&mut self, span: Span) {
        if !self.in_view.contains(span) {
            self.show_passage(span, None);
        }
    }

    /// Shows the reader and gives it the keyboard.
    pub(super) fn go_to_reader(&mut self) {
        self.show_pane(Pane::Reader);
        self.effects.push(Effect::Focus(Field::Reader));
    }

    /// Selects the next passage of a grain, or the one before: from what is in hand, else from the
    /// finding in hand if that is in view, else from what is.
    pub(super) fn select(&mut self, grain: Grain, forward: bool) {
        let Some(article) = &self.article else { return };
        let here = if let Some(span) = self.passage_in_hand() {
            Here::Passage(span)
        } else {
            let current = self.current_entry().map(super::article::Entry::span);
            let current = current.filter(|span| self.in_view.overlaps(*span));
            Here::Place(current.unwrap_or(self.in_view).start)
        };
        if let Some(span) = stepped(article, here, grain, forward) {
            self.select_text(Some(span));
            self.reveal(span);
        }
    }

    /// Moves an end of what is selected, or of the highlight in hand. Moves of one highlight that
    /// follow one another are one step.
    pub(super) fn nudge(&mut self, grain: Grain, forward: bool) {
        let Some(article) = &self.article else { return };
        let Some(span) = self.passage_in_hand() else {
            let grain = match grain {
                Grain::Character => Grain::Word,
                other => other,
            };
            self.select(grain, forward);
            return;
        };
        let Some(moved) = nudged(article, span, self.moving_end, grain, forward) else {
            return;
        };
        if self.selected_text.is_some() {
            self.selected_text = Some(moved);
        } else if let Some((id, old)) = self.highlight_in_hand() {
            let annotation = Annotation {
                span: moved,
                quote: article.quote(moved),
                ..old.clone()
            };
            let step = Step {
                name: "Move boundary".to_owned(),
                edit: Edit::Annotation(article.id, id, Some(annotation)),
            };
            let goes_on = self.nudged == Some((id, self.history.revision()));
            self.apply_step(Some(step), goes_on);
            self.nudged = Some((id, self.history.revision()));
        }
        let at = self.moving_end.of(moved);
        self.reveal(Span::new(at, at));
    }

    /// Takes the next highlight of the article in hand, or the one before, round to the other end.
    pub(super) fn step_highlight(&mut self, forward: bool) {
        let Some(work) = self.open_id().and_then(|id| self.work(id)) else {
            return;
        };
        let mut all: Vec<(Span, ItemId)> = work
            .annotations
            .iter()
            .map(|(id, annotation)| (annotation.span, *id))
            .collect();
        all.sort_unstable();
        let in_hand = self.highlight_in_hand().map(|(id, one)| (one.span, id));
        let place = match (in_hand, forward) {
            (Some(here), true) => all.partition_point(|one| *one <= here),
            (Some(here), false) => all.partition_point(|one| *one < here).wrapping_sub(1),
            (None, _) => {
                let from = self.selected_text.unwrap_or(self.in_view).start;
                let next = all.partition_point(|(span, _)| span.start < from);
                if forward { next } else { next.wrapping_sub(1) }
            }
        };
        let other_end = if forward { all.first() } else { all.last() };
        if let Some((_, id)) = all.get(place).or(other_end) {
            self.select_highlight(*id, true);
        }
    }

    /// Whether the open article has a highlight.
    pub(super) fn has_highlights(&self) -> bool {
        let work = self.open_id().and_then(|id| self.work(id));
        work.is_some_and(|work| !work.annotations.is_empty())
    }

    /// Opens the dialog for what is selected, or else for the highlight in hand.
    pub(super) fn annotate(&mut self) {
        let Some(article) = &self.article else { return };
        let overlay = if let Some(span) = self.selected_text {
            Overlay::Annotate {
                id: None,
                span,
                quote: article.slice(span).to_owned(),
                codes: Vec::new(),
                typed: String::new(),
                note: String::new(),
            }
        } else if let Some((id, one)) = self.highlight_in_hand() {
            Overlay::Annotate {
                id: Some(id),
                span: one.span,
                quote: article.slice(one.span).to_owned(),
                codes: one.codes.clone(),
                typed: String::new(),
                note: one.note.clone(),
            }
        } else {
            return;
        };
        self.overlay(overlay);
    }
}
