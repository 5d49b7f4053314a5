//! What the pointer is on: what a suggestion resolves to, and the rule that found it.

use egui::{Response, RichText, Ui};

use super::ReaderState;
use super::galley::Laid;
use super::select::{highlight_at, offset_at};
use crate::app::Workbench;
use crate::app::article::{Entry, OpenArticle};
use crate::model::annotation::Annotation;
use crate::model::finding::FindingKind;
use crate::model::session::Thing;
use crate::model::span::Span;
use crate::ui::tokens::tokens;
use crate::ui::{describe, event, things};

pub(super) fn hover_ui(
    response: &Response,
    article: &OpenArticle,
    workbench: &Workbench,
    laid: &[Laid],
    state: &mut ReaderState,
) {
    state.hovered = None;
    let Some(place) = response.hover_pos() else {
        return;
    };
    let on_words = laid.iter().any(|paragraph| paragraph.is_on_words(place));
    let beside = laid.iter().find(|paragraph| {
        let rect = paragraph.rect();
        rect.y_range().contains(place.y)
            && (rect.left() - super::MARGIN..rect.left()).contains(&place.x)
    });
    let entry = if on_words {
        offset_at(laid, place).and_then(|offset| {
            // The smallest mark at this place: a name inside a claim is the name.
            article
                .drawn_in(Span::new(offset, offset + 1))
                .filter(|entry| covers(entry, offset))
                .min_by_key(|entry| (entry.kind() == FindingKind::Claim, entry.span().len()))
                .or_else(|| article.furniture_at(offset))
        })
    } else {
        beside.and_then(|paragraph| {
            let offset = paragraph.offset_at(place);
            article
                .drawn_in(Span::new(offset, offset + 1))
                .find(|entry| entry.kind() == FindingKind::Claim && covers(entry, offset))
        })
    };
    state.hovered = entry.map(|entry| entry.key);
    let highlight = on_words
        .then(|| offset_at(laid, place))
        .flatten()
        .and_then(|offset| highlight_at(state, laid, offset))
        .and_then(|id| Some((id, workbench.work(article.id)?.annotations.get(&id)?)));
    let is_shown = entry.is_some() || highlight.is_some();
    if is_shown && !response.dragged() && workbench.selected_text.is_none() {
        response.clone().on_hover_ui_at_pointer(|ui| {
            if let Some(entry) = entry {
                card_ui(ui, entry, workbench, |_| {});
                for thing in things::of_finding(workbench, article.id, entry) {
                    said_ui(ui, workbench, &thing);
                }
            }
            if entry.is_some() && highlight.is_some() {
                ui.separator();
            }
            if let Some((id, highlight)) = highlight {
                highlight_ui(ui, highlight, workbench);
                said_ui(ui, workbench, &Thing::Annotation(article.id, id));
            }
        });
    }
}

/// The memo on a thing and what it is linked with.
fn said_ui(ui: &mut Ui, workbench: &Workbench, thing: &Thing) {
    for line in things::said_lines(workbench, thing) {
        ui.label(RichText::new(line).small().color(tokens(ui).accent));
    }
}

/// The codes and the note of a highlight, and who made it.
pub(super) fn highlight_ui(ui: &mut Ui, highlight: &Annotation, workbench: &Workbench) {
    ui.set_max_width(ui.available_width().min(360.0));
    let book = &workbench.session.codebook;
    let codes = highlight.codes.iter();
    let known = codes.filter(|code| book.codes.contains_key(*code));
    let names: Vec<String> = known.map(|code| book.path_text(*code)).collect();
    let names = if names.is_empty() {
        "Highlight without a code".to_owned()
    } else {
        names.join(", ")
    };
    ui.label(RichText::new(names).strong());
    if !highlight.note.is_empty() {
        ui.label(describe::one_line(&highlight.note, 400));
    }
    let signed = describe::signed(&highlight.by, highlight.at);
    ui.label(RichText::new(signed).small().color(tokens(ui).text_weak));
}

fn covers(entry: &Entry, offset: usize) -> bool {
    match &entry.finding {
        crate::model::finding::Finding::Claim(claim) => claim
            .evidence
            .iter()
            .any(|span| span.contains_offset(offset)),
        _ => entry.span().contains_offset(offset),
    }
}

/// What a finding says, why, and what became of it; `reports` stands below the event of a claim.
pub(crate) fn card_ui(
    ui: &mut Ui,
    entry: &Entry,
    workbench: &Workbench,
    reports: impl FnOnce(&mut Ui),
) {
    let tokens = tokens(ui);
    ui.set_max_width(ui.available_width().min(360.0));
    ui.label(RichText::new(describe::headline(entry, workbench)).strong());
    for line in describe::details(entry, workbench) {
        ui.label(line);
    }
    let row = workbench.article.as_ref().map(|article| article.row);
    if let Some(event) = row.and_then(|row| workbench.event_of(row, entry.key)) {
        ui.label(event::summary(&event));
        reports(ui);
    }
    for line in describe::reasons(entry, workbench) {
        ui.label(RichText::new(line).small().color(tokens.text_weak));
    }
}
