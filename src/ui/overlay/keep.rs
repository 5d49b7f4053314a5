//! What a crash left, a broken file, backups, a file that somebody else changed.

use std::path::Path;

use egui::{RichText, Ui};

use super::{close_line, focus_once, list_area, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::keeping::{Keep, KeepOverlay, Recovery};
use crate::app::words::counted;
use crate::store::backup::Backup;
use crate::ui::tokens::tokens;
use crate::ui::widgets;

/// How many of the changes the dialog of recovery names.
const NAMED: usize = 5;

pub(super) fn keep_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    overlay: &KeepOverlay,
    actions: &mut Vec<Action>,
) {
    match overlay {
        KeepOverlay::Recovery => match &workbench.keeping.recovery {
            Some(left) => recovery_ui(ui, workbench, left, actions),
            None => actions.push(Action::CloseOverlay),
        },
        KeepOverlay::Broken {
            path,
            problem,
            backup,
        } => broken_ui(ui, path, problem, backup, actions),
        KeepOverlay::Backups { path, found } => backups_ui(ui, path, found, actions),
        KeepOverlay::Changed => changed_ui(ui, workbench, actions),
        KeepOverlay::Merge => super::merge::merge_ui(ui, workbench, actions),
        KeepOverlay::Agreement => super::merge::agreement_ui(ui, workbench, actions),
    }
}

/// A button that is a wish.
fn wish_button(ui: &mut Ui, text: &str, tooltip: &str, wish: Keep, actions: &mut Vec<Action>) {
    if ui.button(text).on_hover_text(tooltip).clicked() {
        actions.push(Action::Keep(wish));
    }
}

fn recovery_ui(ui: &mut Ui, workbench: &Workbench, left: &Recovery, actions: &mut Vec<Action>) {
    title(ui, "Changes that were not saved");
    let changes = counted(left.entries.len(), "change", "changes");
    let what = if left.is_unsaved() {
        "a session that has no file yet".to_owned()
    } else {
        format!("“{}”", workbench.title())
    };
    let last = left
        .last_at()
        .map_or(String::new(), |at| format!(", the last on {at}"));
    ui.label(format!(
        "Attaché ended before {changes} to {what} were saved{last}."
    ));
    if let Some(warning) = &left.warning {
        ui.label(RichText::new(warning).color(tokens(ui).attention));
    }
    ui.add_space(4.0);
    for entry in left.entries.iter().rev().take(NAMED) {
        widgets::note(ui, format!("· {}", entry.words()));
    }
    if left.entries.len() > NAMED {
        widgets::note(ui, format!("· and {} before", left.entries.len() - NAMED));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let recover = widgets::primary_button(ui, "Recover", true);
        focus_once(ui, &recover);
        let tooltip = "Do these changes again; each can be undone (Enter)";
        if recover.on_hover_text(tooltip).clicked() {
            actions.push(Action::Keep(Keep::Recover));
        }
        wish_button(
            ui,
            "Discard",
            "Leave them out; they are kept in a file beside the journal",
            Keep::DiscardRecovery,
            actions,
        );
        let (later, tooltip) = if left.is_unsaved() {
            ("Later", "Decide another time (Esc)")
        } else {
            (
                "Look at the saved file",
                "See what was saved, and decide then (Esc)",
            )
        };
        wish_button(ui, later, tooltip, Keep::LookAtSaved, actions);
    });
}

fn broken_ui(ui: &mut Ui, path: &Path, problem: &str, backup: &Backup, actions: &mut Vec<Action>) {
    title(ui, "The session can't be opened");
    ui.label(problem);
    ui.add_space(4.0);
    ui.label(format!(
        "Backup {} of it is whole. It can be opened as a session of its own; the file stays as it is.",
        backup.number
    ));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let open = widgets::primary_button(ui, "Open the backup", true);
        focus_once(ui, &open);
        if open
            .on_hover_text(backup.path.display().to_string())
            .clicked()
        {
            actions.push(open_backup(backup, path));
        }
        if ui
            .button("Cancel")
            .on_hover_text("Open nothing (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
    });
}

fn open_backup(backup: &Backup, session: &Path) -> Action {
    Action::Keep(Keep::OpenBackup(backup.path.clone(), session.to_owned()))
}

fn backups_ui(ui: &mut Ui, path: &Path, found: &[Backup], actions: &mut Vec<Action>) {
    title(ui, "Backups");
    widgets::note(
        ui,
        "The last ten saved states, the newest first. One opens as a session of its own; the file stays as it is.",
    );
    ui.add_space(4.0);
    if found.is_empty() {
        ui.label("There are none yet: the next save makes one.");
    }
    list_area(ui, 360.0).show(ui, |ui| {
        for backup in found {
            ui.horizontal(|ui| {
                let name = format!("Backup {}", backup.number);
                let open = format!("Open backup {}", backup.number);
                ui.label(name)
                    .on_hover_text(backup.path.display().to_string());
                if widgets::link(ui, "Open", &open).clicked() {
                    actions.push(open_backup(backup, path));
                }
            });
        }
    });
    close_line(ui, actions);
}

fn changed_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    title(ui, "The session file was changed by somebody else");
    let path = workbench.file.as_deref().unwrap_or(Path::new(""));
    ui.label(format!(
        "{} is not as it was when it was opened or saved here. Nothing has been written over.",
        path.display()
    ));
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        if widgets::primary_button(ui, "Keep mine under another name…", true)
            .on_hover_text("Save this session as another file")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
            actions.push(Command::SaveAs.into());
        }
        wish_button(
            ui,
            "Merge both…",
            "Take what differs into this session, after a look at it",
            Keep::MergeTheirs,
            actions,
        );
        wish_button(
            ui,
            "Load theirs",
            "Open the file as it is now; what is not saved here is given up, and kept aside",
            Keep::LoadTheirs,
            actions,
        );
        wish_button(
            ui,
            "Save mine over it",
            "The file as it is now stays among the backups",
            Keep::SaveMine,
            actions,
        );
        if ui
            .button("Cancel")
            .on_hover_text("Decide later (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
    });
}
