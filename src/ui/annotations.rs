//! Highlights, codes and the note of the open article.

use egui::{RichText, ScrollArea, Ui, vec2};

use super::tokens::{GRID, tokens};
use super::{describe, theme, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::command::Command;
use crate::app::draft::Overlay;
use crate::model::annotation::Annotation;
use crate::model::ids::{ArticleId, ItemId};

/// What the pane remembers between frames: the note while it is typed.
#[derive(Default)]
pub(crate) struct NoteState {
    article: Option<ArticleId>,
    text: String,
    /// Something was typed since the cursor came into the field.
    typing: bool,
}

/// The field of the note on the article.
pub(crate) fn note_id() -> egui::Id {
    egui::Id::unique("article-note")
}

/// Draws the highlights and the note of the open article.
pub(crate) fn annotations_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut NoteState,
    actions: &mut Vec<Action>,
) {
    let Some(article) = &workbench.article else {
        widgets::empty(
            ui,
            "No annotations yet.",
            "Open an article, select text in it and press A.",
        );
        return;
    };
    widgets::wrapped_bar(ui, |ui| {
        widgets::command_button(ui, workbench, Command::Annotate, actions);
        widgets::command_button(ui, workbench, Command::Codebook, actions);
    });
    ScrollArea::vertical()
        .id_salt("annotations")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    note_ui(ui, workbench, article, state, actions);
                    ui.add_space(3.0 * GRID);
                    let work = workbench.work(article.id);
                    let mut all: Vec<(&ItemId, &Annotation)> = work
                        .into_iter()
                        .flat_map(|work| &work.annotations)
                        .collect();
                    all.sort_by_key(|(id, annotation)| (annotation.span, **id));
                    if all.is_empty() {
                        widgets::note(ui, "No annotations yet. Select text and press A.");
                    }
                    for (id, annotation) in all {
                        annotation_ui(ui, workbench, article, *id, annotation, actions);
                    }
                });
        });
}

/// The note on the article. Each key press is kept at once; what is typed in one go is one step.
fn note_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    state: &mut NoteState,
    actions: &mut Vec<Action>,
) {
    let stored = workbench
        .work(article.id)
        .and_then(|work| work.note.as_ref())
        .map_or("", |note| note.text.as_str());
    // Another article, or undo: what is stored is shown. White space at the end is not stored.
    if state.article != Some(article.id) || state.text.trim() != stored {
        *state = NoteState {
            article: Some(article.id),
            text: stored.to_owned(),
            typing: false,
        };
    }
    widgets::heading(ui, "Note on the article");
    let field = egui::TextEdit::multiline(&mut state.text)
        .id(note_id())
        .hint_text("What is this article worth? What is missing in it?")
        .desired_rows(2)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Note on the article");
    if response.changed() && state.text.trim() != stored {
        actions.push(Action::SetNote {
            article: article.id,
            text: state.text.clone(),
            goes_on: state.typing,
        });
        state.typing = true;
    }
    if !response.has_focus() {
        state.typing = false;
    }
}

fn annotation_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    id: ItemId,
    annotation: &Annotation,
    actions: &mut Vec<Action>,
) {
    let tokens = tokens(ui);
    let codebook = &workbench.session.codebook;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        for code in annotation
            .codes
            .iter()
            .filter_map(|code| codebook.codes.get(code))
        {
            let color = tokens
                .code_stripes
                .get(usize::from(code.color))
                .copied()
                .unwrap_or(tokens.control);
            let (rect, _) = ui.allocate_exact_size(vec2(4.0, 14.0), egui::Sense::hover());
            ui.painter().rect_filled(rect, 1.0, color);
            ui.label(RichText::new(&code.name).family(theme::medium()));
        }
        if annotation.codes.is_empty() {
            widgets::note(ui, "No code");
        }
    });
    let quote = format!(
        "“{}”",
        describe::one_line(article.slice(annotation.span), 200)
    );
    let button = egui::Button::new(RichText::new(quote).family(theme::serif()).size(14.0))
        .frame(false)
        .wrap();
    if ui
        .add(button)
        .on_hover_text("Show it in the text")
        .clicked()
    {
        actions.push(Action::ShowPassage(article.id, annotation.span, None));
    }
    if !annotation.note.is_empty() {
        ui.label(&annotation.note);
    }
    ui.horizontal(|ui| {
        let at = annotation.at.strftime("%-d %b %Y %H:%M");
        widgets::note(ui, format!("{}, {at}", annotation.by));
        let name = describe::one_line(article.slice(annotation.span), 30);
        let edit = ui
            .button("Edit…")
            .accessible_name(format!("Edit annotation on {name}"));
        if edit.clicked() {
            actions.push(Action::SetOverlay(Overlay::Annotate {
                id: Some(id),
                span: annotation.span,
                quote: annotation.quote.exact.clone(),
                codes: annotation.codes.clone(),
                typed: String::new(),
                note: annotation.note.clone(),
            }));
        }
        let delete = ui
            .button("Delete")
            .accessible_name(format!("Delete annotation on {name}"));
        if delete.clicked() {
            actions.push(Action::DeleteAnnotation(id));
        }
    });
    ui.add_space(2.0 * GRID);
    ui.separator();
}
