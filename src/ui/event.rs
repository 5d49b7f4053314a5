//! The event behind a claim, with its reports; and the duplicates of an article.

use egui::{RichText, Ui};

use super::tokens::{GRID, tokens};
use super::{describe, widgets};
use crate::analysis::event::{Event, Report};
use crate::analysis::standing::FindingKey;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::command::Command;

/// More reports are counted, not listed.
const MOST_REPORTS: usize = 20;

/// "Event: 3 reports, 2 independent".
#[must_use]
pub(crate) fn summary(event: &Event) -> String {
    match (event.articles(), event.independent()) {
        (0 | 1, _) => "Event: no other report".to_owned(),
        (all, some) => format!("Event: {all} reports, {some} independent"),
    }
}

/// A report of the list, in points.
const REPORT_HEIGHT: f32 = 20.0;

/// How much room the first reports of the event behind a claim take, in points.
#[must_use]
pub(crate) fn reports_height(
    workbench: &Workbench,
    article: &OpenArticle,
    claim: FindingKey,
) -> f32 {
    const FIRST: usize = 5;
    let reports = workbench.report_count(article.row, claim);
    if reports < 2 {
        0.0
    } else {
        REPORT_HEIGHT * reports.min(FIRST) as f32
    }
}

/// The reports of the event behind a claim, each of which opens where it stands.
pub(crate) fn reports_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    claim: FindingKey,
    actions: &mut Vec<Action>,
) {
    let Some(event) = workbench.event_of(article.row, claim) else {
        return;
    };
    if event.reports.len() < 2 {
        return;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = REPORT_HEIGHT - 2.0;
    for report in event.reports.iter().take(MOST_REPORTS) {
        let is_this = report.row as usize == article.row && report.claim == claim;
        report_ui(ui, workbench, report, is_this, actions);
    }
    let more = event.reports.len().saturating_sub(MOST_REPORTS);
    if more > 0 {
        widgets::note(ui, format!("and {more} more"));
    }
}

fn report_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    report: &Report,
    is_this: bool,
    actions: &mut Vec<Action>,
) {
    let Some(facts) = workbench.facts_of(report.row) else {
        return;
    };
    let Some(fact) = facts.claim(report.claim) else {
        return;
    };
    let published = facts.publication();
    let published = published
        .as_ref()
        .map_or_else(|| "undated".to_owned(), describe::when);
    let title = describe::one_line(facts.title(), 60);
    let label = report.joined.label();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if !report.joined.is_independent() {
            ui.add_space(3.0 * GRID);
        }
        let weak = tokens(ui).text_weak;
        ui.label(RichText::new(label).small().color(weak));
        let text = format!("{published} · {title}");
        if is_this {
            ui.add(egui::Label::new(RichText::new(text).small()).truncate())
                .on_hover_text(report.joined.reason());
            return;
        }
        let link = egui::Link::new(RichText::new(&text).small());
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        let response = ui
            .add(link)
            .on_hover_text(format!("{} Click to read it.", report.joined.reason()));
        let response = response.accessible_name(format!("Report, {label}: {text}"));
        if response.clicked() {
            actions.push(Action::ShowPassage(
                facts.id(),
                fact.evidence,
                Some(report.claim),
            ));
        }
    });
}

/// What the open article is a duplicate of, or which are duplicates of it.
pub(crate) fn duplicates_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    actions: &mut Vec<Action>,
) {
    let head = workbench.duplicate_of(article.row);
    let folded = workbench.duplicates_of(article.row);
    let kept_apart = workbench.is_kept_apart(article.id);
    if head.is_none() && folded.is_empty() && !kept_apart {
        return;
    }
    widgets::heading(ui, "Duplicates");
    if let Some(head) = head {
        ui.label("(Nearly) all of this article stands in another one, and is counted there:");
        article_link(ui, workbench, head, actions);
        widgets::command_button(ui, workbench, Command::KeepApart, actions);
    }
    if kept_apart {
        ui.label("Kept apart: it counts by itself, whatever it has in common with others.");
        if ui.button("Take that back").clicked() {
            actions.push(Action::KeepApart(article.id, false));
        }
    }
    if !folded.is_empty() {
        ui.label("Folded under this one, and counted nowhere:");
        for row in folded.iter().take(MOST_REPORTS) {
            article_link(ui, workbench, *row, actions);
        }
        let more = folded.len().saturating_sub(MOST_REPORTS);
        if more > 0 {
            widgets::note(ui, format!("and {more} more"));
        }
    }
    ui.add_space(3.0 * GRID);
}

fn article_link(ui: &mut Ui, workbench: &Workbench, row: u32, actions: &mut Vec<Action>) {
    let Some(facts) = workbench.facts_of(row) else {
        return;
    };
    let text = format!("{} · {}", facts.title(), facts.source());
    if widgets::link(ui, &text, "Open this article").clicked() {
        actions.push(Action::OpenArticle(facts.id()));
    }
}
