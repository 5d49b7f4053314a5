//! Over the text: where the article comes from, its three clocks, and what contradicts them.

use egui::{Frame, Margin, RichText, Ui};

use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::OpenArticle;
use crate::app::command::Command;
use crate::model::article::PublicationStatus;
use crate::model::ids::{ArticleId, ItemId};
use crate::ui::describe;
use crate::ui::tokens::{GRID, tokens};
use crate::ui::widgets;

/// What the header says of an article that thousands of findings and highlights have a say in. It is
/// put together again when one of them changes, not in every frame.
#[derive(Default)]
pub(super) struct Clocks {
    /// The session, the article, and in which states it and the work are.
    of: Option<(ItemId, ArticleId, [u64; 3])>,
    told: Option<String>,
    worked_on: Option<String>,
}

impl Clocks {
    fn follow(&mut self, workbench: &Workbench, article: &OpenArticle) {
        let states = [
            article.stamp,
            workbench.history.revision(),
            // Goes on when the same session is opened again, where the history begins anew.
            workbench.highlight_revision(),
        ];
        let of = Some((workbench.session.id, article.id, states));
        if self.of != of {
            *self = Self {
                of,
                told: workbench.told_span(article),
                worked_on: workbench.last_worked_on(article.id),
            };
        }
    }
}

pub(super) fn header_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    article: &OpenArticle,
    clocks: &mut Clocks,
    actions: &mut Vec<Action>,
) {
    clocks.follow(workbench, article);
    let tokens = tokens(ui);
    ui.add_space(4.0 * GRID);
    let publication = &article.extraction.publication;
    let ruling = workbench
        .work(article.id)
        .and_then(|work| work.publication.as_ref());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0 * GRID;
        ui.label(
            RichText::new(&article.source)
                .small()
                .color(tokens.text_weak),
        );
        let row = workbench.corpus.row(article.id);
        if row.is_some_and(|row| workbench.corpus.is_vanished(row)) {
            widgets::badge(ui, "file gone", tokens.text_weak).on_hover_text(
                "Its file was not there when the library was last updated. The library keeps the \
                 article; the search is:vanished lists all of these.",
            );
        }
        if !article.is_read() {
            ui.label(RichText::new("Reading it for dates, actors and claims …").small());
            return;
        }
        if let Some(ruling) = ruling {
            let when = ruling
                .when
                .as_ref()
                .map_or("unknown".to_owned(), describe::when);
            ui.label(RichText::new(format!("Published {when}")).small());
            widgets::badge(ui, "ruled", tokens.accepted);
        } else {
            let when = publication.when.as_ref().map(describe::when);
            let when = when.map_or("Published: unknown".to_owned(), |w| {
                format!("Published {w}")
            });
            ui.label(RichText::new(when).small());
            widgets::status_badge(ui, publication.status);
        }
        if let Some(span) = &clocks.told {
            ui.label(RichText::new(format!("Tells of {span}")).small());
        }
        let at = clocks.worked_on.as_ref();
        let text = at.map_or("Not annotated yet".to_owned(), |at| {
            format!("Annotated {at}")
        });
        ui.label(RichText::new(text).small());
    });
    let needs_words = matches!(
        publication.status,
        PublicationStatus::Conflict | PublicationStatus::Missing
    );
    if article.is_read() && ruling.is_none() && needs_words && !publication.reason.is_empty() {
        ui.add_space(GRID);
        Frame::new()
            .fill(tokens.attention_ground)
            .corner_radius(4)
            .inner_margin(Margin::symmetric(10, 8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                let title = match publication.status {
                    PublicationStatus::Missing if publication.when.is_some() => {
                        "The publication date has no year"
                    }
                    PublicationStatus::Missing => "No publication date",
                    _ => "The dates do not agree",
                };
                let title = RichText::new(title).family(crate::ui::theme::medium());
                ui.label(title.color(tokens.attention));
                ui.label(RichText::new(&publication.reason).color(tokens.text));
                if widgets::link(ui, Command::RuleDate.name(), &Command::RuleDate.tooltip())
                    .clicked()
                {
                    actions.push(Command::RuleDate.into());
                }
            });
    }
    ui.add_space(3.0 * GRID);
}
