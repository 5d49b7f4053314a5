//! The status bar: counts, what runs in the background, whether all is saved; and notices over it.

use egui::{Frame, Margin, RichText, Ui};

use super::tokens::{GRID, tokens};
use super::widgets;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::draft::Overlay;
use crate::app::notice::Level;

/// Draws the status bar.
pub(crate) fn status_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0 * GRID;
        let articles = workbench.corpus.len();
        let text = if workbench.view.filter.trim().is_empty() {
            let noun = if articles == 1 { "article" } else { "articles" };
            format!("{articles} {noun}")
        } else {
            format!("{} of {articles} articles", workbench.list.len())
        };
        small(ui, &text);
        let duplicates = workbench.across.folds.count();
        if duplicates > 0 {
            let (noun, they) = if duplicates == 1 {
                ("duplicate", "It counts")
            } else {
                ("duplicates", "They count")
            };
            small(ui, &format!("{duplicates} {noun} folded")).on_hover_text(format!(
                "{they} nowhere, and stand under the first appearance of the article (X shows them)"
            ));
        }
        if workbench.repeated_files > 0 {
            let files = workbench.repeated_files;
            let noun = if files == 1 { "file is" } else { "files are" };
            let text = format!("{files} {noun} the same as another");
            small(ui, &text).on_hover_text("Counted once; the article facts name them");
        }
        // In a narrow window, and beside progress in many words, what can be read elsewhere gives
        // way.
        let progress = workbench.progress.as_ref();
        let has_long_progress = progress.is_some_and(|progress| progress.text().len() > 48);
        let needed = if has_long_progress { 1_500.0 } else { 900.0 };
        if ui.max_rect().width() > needed {
            let counts = workbench.counts;
            small(
                ui,
                &format!(
                    "{} suggestions, {} decided",
                    counts.suggestions, counts.decided
                ),
            );
            let annotations = match counts.annotations {
                1 => "1 annotation".to_owned(),
                more => format!("{more} annotations"),
            };
            small(ui, &annotations);
            let focus = workbench.actor_name(&workbench.session.focus);
            let analyst = &workbench.session.analyst;
            for (command, text) in [
                (Command::SetFocus, format!("Focus: {focus}")),
                (Command::Analyst, format!("Analyst: {analyst}")),
            ] {
                let text = RichText::new(text).small().color(tokens(ui).text_weak);
                let button = egui::Button::new(text).frame(false);
                if ui.add(button).on_hover_text(command.tooltip()).clicked() {
                    actions.push(command.into());
                }
            }
        }
        if !workbench.unreadable.is_empty() {
            let damage = workbench.library_damage();
            let text = match workbench.unreadable.len() {
                _ if damage.is_some() => damage.map(|damage| damage.what).unwrap_or_default(),
                1 => "1 file could not be read".to_owned(),
                more => format!("{more} files could not be read"),
            };
            if widgets::link(ui, &text, "Show which, and why").clicked() {
                actions.push(Action::SetOverlay(Overlay::Unreadable));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            small(ui, &workbench.saved_text());
            if let Some(progress) = &workbench.progress {
                if ui
                    .small_button("Cancel")
                    .on_hover_text("Stop this; what is done so far stays")
                    .clicked()
                {
                    actions.push(Action::CancelJob);
                }
                if let Some(is_paused) = progress.is_paused {
                    let (text, hint) = if is_paused {
                        ("Go on", "Go on where it was paused")
                    } else {
                        ("Pause", "Let this wait, and give the computer a rest")
                    };
                    if ui.small_button(text).on_hover_text(hint).clicked() {
                        actions.push(Action::PauseJob(!is_paused));
                    }
                }
                let part = progress.part();
                let bar = egui::ProgressBar::new(part.unwrap_or(0.0))
                    .desired_width(120.0)
                    .desired_height(8.0);
                ui.add(bar).accessible_name("Progress");
                small(ui, &progress.text());
            }
        });
    });
}

fn small(ui: &mut Ui, text: &str) -> egui::Response {
    let color = tokens(ui).text_weak;
    ui.label(RichText::new(text).small().color(color))
}

/// Draws what has to be read: errors stay until they are dismissed.
pub(crate) fn notices_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    for (place, notice) in workbench.notices.iter().enumerate() {
        let tokens = tokens(ui);
        let (ground, color) = match notice.level {
            Level::Error => (tokens.adverse_ground, tokens.adverse),
            Level::Warning => (tokens.attention_ground, tokens.attention),
            Level::Info => (tokens.hover, tokens.text_weak),
        };
        Frame::new()
            .fill(ground)
            .inner_margin(Margin::symmetric(12, 6))
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    let word = match notice.level {
                        Level::Error => "Error",
                        Level::Warning => "Attention",
                        Level::Info => "Note",
                    };
                    ui.label(
                        RichText::new(word)
                            .family(super::theme::medium())
                            .color(color),
                    );
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if ui.button("Dismiss").clicked() {
                            actions.push(Action::DismissNotice(place));
                        }
                        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                            ui.add(
                                egui::Label::new(RichText::new(&notice.text).color(tokens.text))
                                    .wrap(),
                            );
                        });
                    });
                });
            });
    }
}
