//! What two sessions have differently, side by side; and how far their analysts agree.

use egui::{Grid, Ui};

use super::{act_line, close_line, list_area, title};
use crate::analysis::agreement::{Disagreement, Line};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::keeping::Keep;
use crate::app::words::{counted, one_line};
use crate::ui::widgets;

/// How high the list of a dialog grows, in points.
const LIST_HEIGHT: f32 = 320.0;

/// The width of a side of a conflict, in points.
const SIDE_WIDTH: f32 = 330.0;

pub(super) fn merge_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let Some(merging) = &workbench.keeping.merging else {
        actions.push(Action::CloseOverlay);
        return;
    };
    title(ui, &format!("Merge with {}", merging.name));
    let taken = counted(merging.merge.taken.len(), "change", "changes");
    let conflicts = counted(merging.merge.conflicts.len(), "conflict", "conflicts");
    ui.label(format!(
        "{taken} of theirs will be taken as they are. {conflicts}: what stands on both sides, but not the same. \
         The whole merge is one step, and can be undone."
    ));
    if !merging.merge.conflicts.is_empty() {
        ui.horizontal(|ui| {
            for (text, is_theirs) in [("All mine", false), ("All theirs", true)] {
                if ui.button(text).clicked() {
                    actions.push(Action::Keep(Keep::Choose(None, is_theirs)));
                }
            }
        });
    }
    let scroll = list_area(ui, LIST_HEIGHT);
    let count = merging.merge.conflicts.len();
    scroll.show_rows(ui, 44.0, count, |ui, rows| {
        for at in rows {
            let Some(conflict) = merging.merge.conflicts.get(at) else {
                continue;
            };
            let is_theirs = merging.theirs.get(at).copied().unwrap_or(false);
            widgets::note(ui, workbench.conflict_in_words(conflict));
            ui.horizontal(|ui| {
                let sides = [
                    ("Mine", conflict.mine.as_ref(), false),
                    ("Theirs", conflict.theirs.as_ref(), true),
                ];
                for (whose, side, this) in sides {
                    let text = format!("{whose}: {}", workbench.side_in_words(side));
                    let button = egui::Button::selectable(is_theirs == this, &text)
                        .frame_when_inactive(true)
                        .truncate();
                    let size = egui::vec2(SIDE_WIDTH, ui.spacing().interact_size.y);
                    if ui.add_sized(size, button).on_hover_text(&text).clicked() {
                        actions.push(Action::Keep(Keep::Choose(Some(at), this)));
                    }
                }
            });
        }
    });
    if act_line(ui, "Merge", true, actions) {
        actions.push(Action::Keep(Keep::Merge));
    }
}

pub(super) fn agreement_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let Some((name, found)) = &workbench.keeping.agreement else {
        actions.push(Action::CloseOverlay);
        return;
    };
    title(ui, &format!("Agreement with {name}"));
    let articles = counted(found.articles, "article", "articles");
    ui.label(format!(
        "On {articles} that both worked on. Codes are compared sentence by sentence, fields on suggestions that \
         both decided."
    ));
    if found.unread > 0 {
        let unread = counted(found.unread, "article is", "articles are");
        widgets::note(
            ui,
            format!("{unread} not at hand: their codes are not compared."),
        );
    }
    ui.add_space(4.0);
    let mut lines = found.codes.iter().chain(&found.fields);
    if lines.all(|line| line.pairs.units() == 0) {
        ui.label("Nothing was decided or coded by both, so there is nothing to compare.");
        close_line(ui, actions);
        return;
    }
    list_area(ui, LIST_HEIGHT / 2.0)
        .id_salt("agreement")
        .show(ui, |ui| {
            Grid::new("agreement")
                .num_columns(5)
                .spacing([16.0, 4.0])
                .show(ui, |ui| {
                    for heading in [
                        "",
                        "Units",
                        "Percent",
                        "Cohen’s kappa",
                        "Krippendorff’s alpha",
                    ] {
                        widgets::note(ui, heading);
                    }
                    ui.end_row();
                    for (what, lines) in [("Code", &found.codes), ("Field", &found.fields)] {
                        for line in lines {
                            line_ui(ui, what, line);
                        }
                    }
                });
        });
    ui.add_space(8.0);
    let count = found.disagreements.len();
    widgets::heading(ui, &counted(count, "disagreement", "disagreements"));
    list_area(ui, LIST_HEIGHT / 2.0)
        .id_salt("disagreements")
        .show_rows(ui, 20.0, count, |ui, rows| {
            for one in found.disagreements.get(rows).unwrap_or(&[]) {
                disagreement_ui(ui, workbench, one, actions);
            }
        });
    close_line(ui, actions);
}

fn line_ui(ui: &mut Ui, what: &str, line: &Line) {
    let figure = |value: Option<f64>, shown: fn(f64) -> String| value.map_or("–".to_owned(), shown);
    ui.label(format!("{what}: {}", line.name));
    ui.label(line.pairs.units().to_string());
    ui.label(figure(line.pairs.percent(), |part| {
        format!("{:.1} %", 100.0 * part)
    }));
    ui.label(figure(line.pairs.kappa(), |kappa| format!("{kappa:.3}")));
    ui.label(figure(line.pairs.alpha(), |alpha| format!("{alpha:.3}")));
    ui.end_row();
}

fn disagreement_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    one: &Disagreement,
    actions: &mut Vec<Action>,
) {
    let row = workbench
        .corpus
        .row(one.article)
        .and_then(|row| u32::try_from(row).ok());
    let facts = row.and_then(|row| workbench.facts_of(row));
    let title = facts.map_or("an article that is not at hand", |facts| facts.title());
    let text = format!("{}: mine {}, theirs {} · {title}", one.name, one.a, one.b);
    if widgets::link(ui, &one_line(&text, 110), "Show the passage").clicked() {
        actions.push(Action::CloseOverlay);
        actions.push(Action::ShowPassage(one.article, one.span, None));
    }
}
