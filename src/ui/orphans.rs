//! Work whose passage is not where it was: what it said, where it may belong now, and the ways to
//! place it or let it go.

use egui::{RichText, ScrollArea, Ui};

use super::tokens::{GRID, tokens};
use super::{describe, theme, widgets};
use crate::analysis::standing::FindingKey;
use crate::anchor::{Item, finding_of};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::carrying::{Orphan, Placing};
use crate::app::command::Command;
use crate::model::session::{ArticleWork, Verdict};

/// So many are drawn; the rest come up when these are placed.
const MOST_SHOWN: usize = 200;

/// Draws the orphans.
pub(crate) fn orphans_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let orphans = workbench.orphans();
    if orphans.is_empty() {
        widgets::empty(
            ui,
            "No orphans.",
            "When an article's file changes, work that can't be placed in the new text with certainty is \
             listed here.",
        );
        return;
    }
    widgets::wrapped_bar(ui, |ui| {
        ui.label(describe::counted(
            orphans.len(),
            "piece of work",
            "pieces of work",
        ));
        widgets::command_button(ui, workbench, Command::Relocate, actions);
        let drop = ui.button("Drop all");
        if drop
            .on_hover_text("Delete all of them; undo brings them back")
            .clicked()
        {
            actions.push(Action::DropOrphans(orphans.clone()));
        }
    });
    ScrollArea::vertical()
        .id_salt("orphans")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    let mut last = None;
                    for orphan in orphans.iter().take(MOST_SHOWN) {
                        if last != Some(orphan.article) {
                            last = Some(orphan.article);
                            article_ui(ui, workbench, *orphan);
                        }
                        orphan_ui(ui, workbench, *orphan, actions);
                    }
                    if orphans.len() > MOST_SHOWN {
                        widgets::note(ui, format!("and {} more", orphans.len() - MOST_SHOWN));
                    }
                });
        });
}

fn article_ui(ui: &mut Ui, workbench: &Workbench, orphan: Orphan) {
    let origin = workbench.session.origins.get(&orphan.article);
    let source = origin.map_or("An article that is gone", |origin| origin.source.as_str());
    widgets::heading(ui, source);
    let text = if workbench.new_text_of(orphan).is_some() {
        "Its text has changed."
    } else {
        "It is not in the corpus any more."
    };
    widgets::note(ui, text);
    ui.add_space(GRID);
}

fn orphan_ui(ui: &mut Ui, workbench: &Workbench, orphan: Orphan, actions: &mut Vec<Action>) {
    let Some(work) = workbench.session.work.get(&orphan.article) else {
        return;
    };
    let what = what_it_is(workbench, work, orphan.item);
    let quote = workbench.quote_of(orphan).map(|(_, quote)| &quote.exact);
    let short = describe::one_line(quote.map_or("", String::as_str), 40);
    let placing = workbench.placing.as_ref().filter(|p| p.orphan == orphan);
    ui.label(RichText::new(&what).family(theme::medium()));
    let key = match orphan.item {
        Item::Decision(id) => Some(FindingKey::Suggested(id)),
        Item::Made(id) => Some(FindingKey::Made(id)),
        Item::Annotation(_) => None,
    };
    let said = match (key, orphan.item) {
        (Some(key), _) => workbench.decided_by(orphan.article, key),
        (None, Item::Annotation(id)) => {
            let one = work.annotations.get(&id);
            one.map(|one| describe::signed(&one.by, one.at))
        }
        _ => None,
    };
    if let Some(said) = said {
        widgets::note(ui, said);
    }
    match quote {
        Some(quote) => {
            let quote = format!("“{}”", describe::one_line(quote, 200));
            ui.label(RichText::new(quote).family(theme::serif()).size(14.0));
        }
        None => {
            widgets::note(
                ui,
                "Its words were not kept: it was made by an older version.",
            );
        }
    }
    ui.horizontal_wrapped(|ui| {
        let look = ui
            .selectable_label(placing.is_some(), "Find a place")
            .accessible_name(format!("Find a place for {short}"));
        if look
            .on_hover_text("Open the new text and show where it may belong")
            .clicked()
        {
            actions.push(Action::ChooseOrphan(orphan));
        }
        let here = workbench
            .selected_text
            .filter(|_| workbench.article.is_some());
        let button = ui
            .add_enabled(here.is_some(), egui::Button::new("Place at selection"))
            .accessible_name(format!("Place {short} at selection"));
        if let (true, Some(span)) = (
            button
                .on_hover_text("It belongs to the passage that is selected in the reader")
                .clicked(),
            here,
        ) {
            actions.push(Action::PlaceOrphan(orphan, span));
        }
        let drop = ui.button("Drop").accessible_name(format!("Drop {short}"));
        if drop
            .on_hover_text("Delete it; undo brings it back")
            .clicked()
        {
            actions.push(Action::DropOrphans(vec![orphan]));
        }
    });
    if let Some(placing) = placing {
        places_ui(ui, workbench, placing, actions);
    }
    ui.add_space(GRID);
    ui.separator();
}

fn places_ui(ui: &mut Ui, workbench: &Workbench, placing: &Placing, actions: &mut Vec<Action>) {
    let open = workbench.article.as_ref();
    let Some(article) = open.filter(|article| Some(article.id) == placing.article) else {
        widgets::note(
            ui,
            "Open the article that it belongs to, and press Find a place again.",
        );
        return;
    };
    if placing.places.is_empty() {
        widgets::note(
            ui,
            "Nothing in this text reads like it. Select a passage and place it there, or drop it.",
        );
    }
    let weak = tokens(ui).text_weak;
    for (place, number) in placing.places.iter().zip(1..) {
        ui.horizontal_wrapped(|ui| {
            let name = format!("Place here ({} %)", place.percent());
            let button = ui
                .button("Place here")
                .accessible_name(format!("{name}, {number}"));
            if button.clicked() {
                actions.push(Action::PlaceOrphan(placing.orphan, place.span));
            }
            let score = format!("{} % alike", place.percent());
            ui.label(RichText::new(score).small().color(weak));
            let text = describe::one_line(article.slice(place.span), 120);
            if widgets::link(ui, &text, "Show it in the text").clicked() {
                actions.push(Action::ShowPassage(article.id, place.span, None));
            }
        });
    }
}

/// "Annotation: Supply, Budget", "Accepted claim", "Date by hand".
fn what_it_is(workbench: &Workbench, work: &ArticleWork, item: Item) -> String {
    let kind = || {
        let finding = finding_of(work, item);
        finding.map_or("finding", |finding| finding.kind().singular())
    };
    match item {
        Item::Annotation(id) => {
            let codes = work.annotations.get(&id).map_or(&[][..], |one| &one.codes);
            let codebook = &workbench.session.codebook.codes;
            let names: Vec<&str> = codes
                .iter()
                .filter_map(|code| Some(codebook.get(code)?.name.as_str()))
                .collect();
            if names.is_empty() {
                "Annotation".to_owned()
            } else {
                format!("Annotation: {}", names.join(", "))
            }
        }
        Item::Decision(id) => {
            let verdict = work.decisions.get(&id).map(|decision| &decision.verdict);
            let verb = match verdict {
                Some(Verdict::Accepted) => "Accepted",
                Some(Verdict::Rejected) => "Rejected",
                _ => "Edited",
            };
            format!("{verb} {}", kind().to_lowercase())
        }
        Item::Made(_) => format!("{} made by hand", kind()),
    }
}
