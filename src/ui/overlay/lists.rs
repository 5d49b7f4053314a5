//! Dialogs that only tell: shortcuts, about, what could not be read.

use egui::Ui;

use super::{close_line, list_area, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::{Command, Menu};
use crate::ui::tokens::{TEXT_SMALL, tokens};
use crate::ui::widgets;

/// The width of the longest shortcut, in points.
const KEYS_WIDTH: f32 = 112.0;
/// The height of a file and two lines of why it could not be read, in points.
const FILE_HEIGHT: f32 = 54.0;

pub(super) fn shortcuts_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    title(ui, "Keyboard shortcuts");
    widgets::note(
        ui,
        "Plain letters work while no text is being typed, on a Cyrillic layout as well.",
    );
    let area = list_area(ui, 460.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for menu in Menu::ALL {
            let commands: Vec<&Command> = Command::ALL
                .iter()
                .filter(|command| command.spec().menu == menu && command.spec().shortcut.is_some())
                .collect();
            if commands.is_empty() {
                continue;
            }
            ui.add_space(8.0);
            widgets::heading(ui, menu.label());
            egui::Grid::new(menu.label())
                .num_columns(2)
                // As wide as the longest, so that the names of all menus stand in one line.
                .min_col_width(KEYS_WIDTH)
                .spacing([16.0, 4.0])
                .show(ui, |ui| {
                    for command in commands {
                        ui.label(
                            egui::RichText::new(command.shortcut_text().unwrap_or_default())
                                .strong(),
                        );
                        ui.label(command.name()).on_hover_text(command.spec().help);
                        ui.end_row();
                    }
                });
        }
    });
    close_line(ui, actions);
}

pub(super) fn about_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    title(ui, "Attaché");
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label("Who cooperates with whom, since when, on what, and how we know.");
    widgets::note(
        ui,
        "Licensed under MIT or Apache-2.0, as you choose. Fonts: Inter (OFL 1.1) and PT Serif \
         (ParaType Free Font License). Names of countries: Unicode CLDR (Unicode-3.0). \
         Nothing is sent over any network.",
    );
    close_line(ui, actions);
}

pub(super) fn unreadable_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    if let Some(damage) = workbench.library_damage() {
        title(ui, &damage.what);
        ui.add(egui::Label::new(damage.advice).wrap().selectable(true));
        damage_ui(ui, workbench);
        close_line(ui, actions);
        return;
    }
    title(ui, "Files that could not be read");
    widgets::note(
        ui,
        "All others were taken in. Put these right and open the folder again.",
    );
    let count = workbench.unreadable.len();
    list_area(ui, 400.0).show_rows(ui, FILE_HEIGHT, count, |ui, range| {
        for (path, reason) in workbench.unreadable.get(range).unwrap_or(&[]) {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy();
            ui.allocate_ui(egui::vec2(ui.available_width(), FILE_HEIGHT), |ui| {
                ui.set_min_height(FILE_HEIGHT);
                ui.spacing_mut().item_spacing.y = 0.0;
                let name = egui::Label::new(name.as_ref())
                    .truncate()
                    .show_tooltip_when_elided(false)
                    .selectable(true);
                ui.add(name).on_hover_text(path.display().to_string());
                let font = egui::FontId::proportional(TEXT_SMALL);
                let weak = tokens(ui).text_weak;
                let width = ui.available_width();
                let mut job = egui::text::LayoutJob::simple(reason.clone(), font, weak, width);
                // What is cut all the same is told when one points at it.
                job.wrap.max_rows = 2;
                ui.add(egui::Label::new(job).wrap());
            });
        }
    });
    close_line(ui, actions);
}

/// What of a library is damaged, part by part, each in full.
fn damage_ui(ui: &mut Ui, workbench: &Workbench) {
    list_area(ui, 400.0).show(ui, |ui| {
        for (what, why) in &workbench.unreadable {
            ui.add_space(8.0);
            let what = what.display().to_string();
            ui.add(egui::Label::new(what).wrap().selectable(true));
            let why = egui::RichText::new(why).size(TEXT_SMALL);
            let why = why.color(tokens(ui).text_weak);
            ui.add(egui::Label::new(why).wrap().selectable(true));
        }
    });
}
