//! What is known of the open article, and how.

use egui::{RichText, ScrollArea, Ui};

use super::tokens::{GRID, tokens};
use super::{describe, editor, event, things, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::draft::parsed;
use crate::app::memos::MemoWish;
use crate::model::extraction::CountryRole;
use crate::model::ids::ArticleId;
use crate::model::session::Thing;

/// What the pane remembers between frames: the date while it is typed.
#[derive(Default)]
pub(crate) struct FactsState {
    article: Option<ArticleId>,
    typed: String,
}

/// The field of the publication date as the analyst knows it.
pub(crate) fn date_id(workbench: &Workbench) -> egui::Id {
    let article = workbench.article.as_ref().map(|article| article.id);
    egui::Id::unique("publication-date").with((article, workbench.session.id))
}

/// Draws what is known of the open article.
pub(crate) fn facts_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut FactsState,
    actions: &mut Vec<Action>,
) {
    let Some(article) = &workbench.article else {
        widgets::empty(ui, "No article is open.", "Choose one in the list.");
        return;
    };
    ScrollArea::vertical()
        .id_salt("facts")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    publication_ui(ui, workbench, article, state, actions);
                    ui.add_space(3.0 * GRID);
                    memo_ui(ui, workbench, article.id, actions);
                    event::duplicates_ui(ui, workbench, article, actions);
                    countries_ui(ui, workbench, article);
                    ui.add_space(3.0 * GRID);
                    similar_ui(ui, workbench, actions);
                    ui.add_space(3.0 * GRID);
                    source_ui(ui, workbench, article);
                });
        });
}

/// The note on the article and its links, where there are any, and the ways to make them.
fn memo_ui(ui: &mut Ui, workbench: &Workbench, article: ArticleId, actions: &mut Vec<Action>) {
    let thing = Thing::Article(article);
    widgets::heading(ui, "Note and links");
    things::said_ui(ui, workbench, &thing, actions);
    ui.horizontal(|ui| {
        let note = ui.button("Note…").accessible_name("Note on this article…");
        if note.on_hover_text("Write a note on the article").clicked() {
            actions.push(Action::Memo(MemoWish::Open(thing.clone())));
        }
        let link = ui.button("Link…").accessible_name("Link this article…");
        if link
            .on_hover_text("Link the article with something else")
            .clicked()
        {
            actions.push(Action::Memo(MemoWish::AskLink(thing.clone())));
        }
    });
    ui.add_space(3.0 * GRID);
}

fn publication_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    state: &mut FactsState,
    actions: &mut Vec<Action>,
) {
    let publication = &article.printed;
    let ruling = workbench
        .work(article.id)
        .and_then(|work| work.publication.as_ref());
    widgets::heading(ui, "Published");
    ui.horizontal_wrapped(|ui| {
        let printed = publication.when.as_ref().map_or_else(
            || "The text prints no date".to_owned(),
            |when| format!("The text prints {} ({when})", describe::when(when)),
        );
        ui.label(printed);
        widgets::status_badge(ui, publication.status);
    });
    if !publication.reason.is_empty() {
        widgets::note(ui, &publication.reason);
    }
    if let Some(content) = &publication.content_when {
        ui.horizontal_wrapped(|ui| {
            ui.label(format!(
                "What it tells points to {}",
                describe::when(content)
            ));
            if ui.button("Use this date").clicked() {
                actions.push(Action::SetPublication(Some(Some(content.clone()))));
            }
        });
    }
    if let Some(ruling) = ruling {
        let date = ruling.when.as_ref().map_or("unknown".to_owned(), |w| {
            format!("{} ({w})", describe::when(w))
        });
        ui.label(
            RichText::new(format!("Ruled by {}: {date}", ruling.by)).color(tokens(ui).accepted),
        )
        .on_hover_text(describe::signed(&ruling.by, ruling.at));
        if ui.button("Take the ruling back").clicked() {
            actions.push(Action::SetPublication(None));
        }
    }
    if state.article != Some(article.id) {
        *state = FactsState {
            article: Some(article.id),
            typed: String::new(),
        };
    }
    ui.add_space(GRID);
    let field = editor::date_field(
        ui,
        Some(date_id(workbench)),
        "Publication date as you know it (EDTF)",
        "Type what you know of it, then set it.",
        &mut state.typed,
    );
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    ui.horizontal(|ui| {
        let typed = parsed(&state.typed);
        let ready = matches!(typed, Ok(Some(_)));
        let set = ui.add_enabled(ready, egui::Button::new("Set date"));
        if (set.on_hover_text("Set it (Enter)").clicked() || entered)
            && let Ok(when) = typed
        {
            actions.push(Action::SetPublication(Some(when)));
            state.typed.clear();
        }
        if ui
            .button("Not known")
            .on_hover_text("Rule that the date is not known, whatever the text prints")
            .clicked()
        {
            actions.push(Action::SetPublication(Some(None)));
        }
    });
}

fn countries_ui(ui: &mut Ui, workbench: &Workbench, article: &OpenArticle) {
    widgets::heading(ui, "Countries");
    if article.extraction.countries.is_empty() {
        widgets::note(ui, "None is named in title and body.");
        return;
    }
    egui::Grid::new("countries")
        .num_columns(3)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            for country in &article.extraction.countries {
                ui.horizontal(|ui| {
                    widgets::actor_dot(ui, workbench, &country.code);
                    ui.label(workbench.actor_name(&country.code));
                });
                let color = match country.role {
                    CountryRole::PartnerAdverse => tokens(ui).adverse,
                    CountryRole::ThirdParty | CountryRole::Comparison => tokens(ui).text_weak,
                    _ => tokens(ui).text,
                };
                ui.label(RichText::new(country.role.label()).color(color));
                ui.label(
                    RichText::new(match country.mentions {
                        1 => "1 mention".to_owned(),
                        more => format!("{more} mentions"),
                    })
                    .small()
                    .color(tokens(ui).text_weak),
                );
                ui.end_row();
            }
        });
}

fn source_ui(ui: &mut Ui, workbench: &Workbench, article: &OpenArticle) {
    widgets::heading(ui, "Source");
    ui.add(egui::Label::new(&article.source).wrap().selectable(true));
    for other in workbench.corpus.sources(article.row).skip(1) {
        ui.add(egui::Label::new(format!("The same file again: {other}")).wrap());
    }
    if let Some(byline) = article.extraction.byline {
        ui.label(format!("By {}", article.slice(byline).trim()));
    }
    ui.label(format!("Language: {}", article.extraction.language.label()));
    ui.label(format!("{} characters", article.text.chars().count()));
    widgets::note(ui, format!("SHA-256 {}", article.id));
}

/// Articles that tell of the same, the likest first.
fn similar_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    widgets::heading(ui, "Similar articles");
    if !workbench.knows_similar() {
        actions.push(Action::FindSimilar);
        return;
    }
    if workbench.found.similar.is_empty() {
        widgets::note(ui, "None was found.");
    }
    for similar in &workbench.found.similar {
        let Some(facts) = workbench.facts_of(similar.row) else {
            continue;
        };
        let date = facts.publication().as_ref().map(describe::when);
        let date = date.unwrap_or_else(|| "undated".to_owned());
        if widgets::link(ui, facts.title(), "Open this article").clicked() {
            actions.push(Action::OpenArticle(facts.id()));
        }
        widgets::note(ui, format!("{date} · {}", facts.source()));
    }
}
