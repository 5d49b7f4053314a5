//! The editor of a finding, in the place of the suggestions while it is open.

use egui::{Panel, RichText, ScrollArea, Ui};

use super::tokens::{GRID, tokens};
use super::{describe, picker, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::draft::{ActorDraft, ClaimDraft, DraftContent, FindingDraft, parsed};
use crate::model::article::FurnitureReason;
use crate::model::claim::{ClaimKind, Modality, Polarity, Role};
use crate::model::span::Span;

/// What an empty date says.
const UNKNOWN: &str = "Left empty: the date is not known.";

/// Draws the editor; what is typed goes back as the new draft.
pub(crate) fn editor_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    draft: &FindingDraft,
    actions: &mut Vec<Action>,
) {
    let mut edited = draft.clone();
    let title = match (&draft.content, draft.key.is_some()) {
        (DraftContent::Claim(_), true) => "Edit claim",
        (DraftContent::Claim(_), false) => "New claim",
        (DraftContent::Time { .. }, _) => "Edit date",
        (DraftContent::Mention { .. }, _) => "Edit mention",
        (DraftContent::Furniture { .. }, true) => "Edit furniture",
        (DraftContent::Furniture { .. }, false) => "Mark as furniture",
    };
    widgets::bar(ui, |ui| widgets::heading(ui, title));
    // First, so that its buttons are in view however low the pane is.
    Panel::bottom("editor footer")
        .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 4)))
        .show_separator_line(false)
        .show(ui, |ui| footer_ui(ui, &edited, actions));
    ScrollArea::vertical()
        .id_salt("editor")
        .min_scrolled_height(0.0)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| match &mut edited.content {
                    DraftContent::Claim(claim) => claim_ui(ui, workbench, article, claim),
                    DraftContent::Time { span, when } => {
                        quote(ui, article, *span);
                        let field =
                            date_field(ui, Some(date_id(workbench)), "Date (EDTF)", UNKNOWN, when);
                        widgets::focus_once(ui, &field);
                    }
                    DraftContent::Mention {
                        span,
                        actor,
                        class,
                        query,
                    } => {
                        quote(ui, article, *span);
                        ui.label(format!("Names {}", workbench.actor_name(actor)));
                        if let Some(chosen) =
                            picker::actor_picker(ui, workbench, "Another actor", query, true)
                        {
                            *actor = chosen;
                        }
                        ui.label("How");
                        widgets::choice(
                            ui,
                            "How it names the actor",
                            &describe::CLASSES,
                            describe::class,
                            class,
                        );
                    }
                    DraftContent::Furniture { span, reason } => {
                        quote(ui, article, *span);
                        ui.label("Why it is not the article");
                        widgets::choice(
                            ui,
                            "Reason",
                            FurnitureReason::ALL,
                            FurnitureReason::label,
                            reason,
                        );
                    }
                });
        });
    if edited != *draft {
        actions.push(Action::SetDraft(edited));
    }
}

/// What is still wrong, and the two ways out.
fn footer_ui(ui: &mut Ui, draft: &FindingDraft, actions: &mut Vec<Action>) {
    let finding = draft.finding();
    // What is wrong with the date stands below its field.
    if let Err(problem) = &finding
        && draft.is_date_good()
    {
        ui.label(RichText::new(problem).small().color(tokens(ui).attention));
    }
    ui.horizontal(|ui| {
        let save = widgets::primary_button(ui, "Keep", finding.is_ok());
        let by_key =
            ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        if (save.on_hover_text("Keep it (Ctrl+Enter)").clicked() || by_key)
            && let Ok(finding) = finding
        {
            actions.push(Action::SaveFinding(draft.key, finding));
        }
        let escape =
            ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        if ui
            .button("Cancel")
            .on_hover_text("Leave everything as it was (Esc)")
            .clicked()
            || escape
        {
            actions.push(Action::CancelDraft);
        }
    });
}

/// The field of the date: the same one however many fields stand before it.
fn date_id(workbench: &Workbench) -> egui::Id {
    egui::Id::unique("draft-date").with(workbench.openings)
}

fn quote(ui: &mut Ui, article: &OpenArticle, span: Span) {
    let text = describe::one_line(article.slice(span), 220);
    ui.label(
        RichText::new(format!("“{text}”"))
            .family(super::theme::serif())
            .size(15.0),
    );
    ui.add_space(GRID);
}

/// A field for an EDTF value that says at once what it means or why it is none. `empty` is what
/// it means to leave it empty.
pub(crate) fn date_field(
    ui: &mut Ui,
    id: Option<egui::Id>,
    name: &str,
    empty: &str,
    text: &mut String,
) -> egui::Response {
    ui.label(name);
    let mut field = egui::TextEdit::singleline(text)
        .hint_text("2016-04-22, 2016-04, 2012/2015, ../2018-04")
        .desired_width(f32::INFINITY);
    if let Some(id) = id {
        field = field.id(id);
    }
    let response = ui.add(field).accessible_name(name);
    match parsed(text) {
        Ok(Some(when)) => _ = widgets::note(ui, describe::when(&when)),
        Ok(None) => _ = widgets::note(ui, empty),
        Err(problem) => {
            ui.label(RichText::new(problem).small().color(tokens(ui).attention));
            if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                response.request_focus();
            }
        }
    }
    response
}

fn claim_ui(ui: &mut Ui, workbench: &Workbench, article: &OpenArticle, claim: &mut ClaimDraft) {
    egui::Grid::new("claim")
        .num_columns(2)
        .spacing([12.0, 6.0])
        .show(ui, |ui| {
            ui.label("Kind");
            widgets::choice(
                ui,
                "Kind",
                ClaimKind::ALL,
                ClaimKind::label,
                &mut claim.kind,
            );
            ui.end_row();
            ui.label("Modality");
            widgets::choice(
                ui,
                "Modality",
                Modality::ALL,
                Modality::label,
                &mut claim.modality,
            );
            ui.end_row();
            ui.label("Polarity");
            widgets::choice(
                ui,
                "Polarity",
                Polarity::ALL,
                Polarity::label,
                &mut claim.polarity,
            );
            ui.end_row();
        });
    ui.add_space(GRID);
    widgets::heading(ui, "Actors");
    let mut remove = None;
    for (place, actor) in claim.actors.iter_mut().enumerate() {
        ui.push_id(("actor", place), |ui| {
            ui.horizontal_wrapped(|ui| {
                widgets::actor_dot(ui, workbench, &actor.actor);
                let name = workbench.actor_name(&actor.actor);
                ui.label(&name);
                widgets::choice(
                    ui,
                    &format!("Role of {name}"),
                    Role::ALL,
                    Role::label,
                    &mut actor.role,
                );
                let button = ui
                    .button("Remove")
                    .accessible_name(format!("Remove {name}"));
                if button.clicked() {
                    remove = Some(place);
                }
            });
        });
    }
    if let Some(place) = remove {
        claim.actors.remove(place);
    }
    if let Some(actor) =
        picker::actor_picker(ui, workbench, "Add an actor", &mut claim.actor_query, false)
        && claim.actors.iter().all(|a| a.actor != actor)
    {
        claim.actors.push(ActorDraft {
            actor,
            role: Role::Party,
        });
    }
    ui.add_space(GRID);
    // The keyboard begins at what is mended most; the fields before it are a Shift+Tab away.
    let when = date_field(
        ui,
        Some(date_id(workbench)),
        "When (EDTF)",
        UNKNOWN,
        &mut claim.when,
    );
    widgets::focus_once(ui, &when);
    ui.add_space(GRID);
    ui.label("Items, separated by semicolons");
    widgets::field(
        ui,
        "Items",
        "radar; S-300PS",
        &mut claim.items,
        f32::INFINITY,
    );
    ui.add_space(GRID);
    evidence_ui(ui, workbench, article, claim);
}

fn evidence_ui(ui: &mut Ui, workbench: &Workbench, article: &OpenArticle, claim: &mut ClaimDraft) {
    widgets::heading(ui, "Evidence");
    let mut remove = None;
    for (place, span) in claim.evidence.iter().enumerate() {
        let text = describe::one_line(article.slice(*span), 160);
        ui.label(
            RichText::new(format!("“{text}”"))
                .family(super::theme::serif())
                .size(14.0),
        );
        let name = format!("Remove evidence {}", place + 1);
        if claim.evidence.len() > 1 && ui.button("Remove").accessible_name(name).clicked() {
            remove = Some(place);
        }
    }
    if let Some(place) = remove {
        claim.evidence.remove(place);
    }
    let selected = workbench
        .selected_text
        .filter(|span| !claim.evidence.contains(span));
    ui.horizontal_wrapped(|ui| {
        let add = ui.add_enabled(selected.is_some(), egui::Button::new("Add the selection"));
        let replace = ui.add_enabled(
            selected.is_some(),
            egui::Button::new("Replace by the selection"),
        );
        let hint = "Select a passage in the reader first";
        if add.on_disabled_hover_text(hint).clicked() {
            claim.evidence.extend(selected);
        }
        if replace.on_disabled_hover_text(hint).clicked() {
            claim.evidence = selected.into_iter().collect();
        }
    });
}
