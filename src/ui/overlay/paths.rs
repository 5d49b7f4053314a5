//! Beginning, opening, saving: with a typed path wherever no file dialog answers.

use std::path::{Path, PathBuf};

use egui::{Response, RichText, Ui};

use super::{act_line, focus_once, title};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::draft::{LibraryWish, PathPurpose, Pending};
use crate::app::keeping::Keep;
use crate::ui::tokens::tokens;
use crate::ui::widgets;

pub(super) fn welcome_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    title(ui, "Welcome to Attaché");
    ui.label("Read articles, decide what they say of cooperation, and see it over time.");
    ui.add_space(8.0);
    for (command, what) in [
        (
            Command::OpenSample,
            "five real articles on Belarus, to learn with",
        ),
        (
            Command::OpenFolder,
            "text files of yours, subfolders included",
        ),
        (Command::OpenSession, "work that you saved before"),
    ] {
        ui.horizontal(|ui| {
            let button = egui::Button::new(command.name()).min_size(egui::vec2(150.0, 26.0));
            if ui.add(button).on_hover_text(command.tooltip()).clicked() {
                actions.push(Action::CloseOverlay);
                actions.push(command.into());
            }
            widgets::note(ui, what);
        });
    }
    if !workbench.recent.paths().is_empty() {
        ui.add_space(8.0);
        widgets::heading(ui, "Recent sessions");
        for path in workbench.recent.paths() {
            if widgets::link(ui, &path.display().to_string(), "Open this session").clicked() {
                actions.push(Action::CloseOverlay);
                actions.push(Action::OpenSessionFile(path.clone()));
            }
        }
    }
    super::close_line(ui, actions);
}

pub(super) fn path_ui(
    ui: &mut Ui,
    purpose: PathPurpose,
    text: &mut String,
    problem: Option<&str>,
    actions: &mut Vec<Action>,
) {
    let (heading, act, hint) = match purpose {
        PathPurpose::OpenSession => ("Open session", "Open", "/home/me/belarus.ron"),
        PathPurpose::OpenFolder => ("Open folder", "Open", "/home/me/articles"),
        PathPurpose::Relocate => ("Find the articles", "Find", "/home/me/articles"),
        PathPurpose::SaveAs => ("Save session as", "Save", "/home/me/belarus.ron"),
        PathPurpose::MergeWith => ("Merge with a session", "Merge", "/home/me/theirs.ron"),
        PathPurpose::CompareWith => ("Agreement with a session", "Compare", "/home/me/theirs.ron"),
        PathPurpose::ImportCodes => ("Import codes", "Import", "/home/me/codes.csv"),
        PathPurpose::ExportCodes => ("Export codes", "Export", "/home/me/codes.csv"),
        PathPurpose::LibraryArticles => ("Articles of the library", "Choose", "/home/me/articles"),
        PathPurpose::LibraryFolder => ("Folder of the library", "Choose", "/home/me/library"),
    };
    title(ui, heading);
    let field = browsed_field(ui, "Path", hint, text, purpose, actions);
    if focus_once(ui, &field) {
        // A proposal is there to be taken or typed over.
        widgets::select_all(ui, &field, text);
    }
    if let Some(problem) = problem {
        ui.label(RichText::new(problem).color(tokens(ui).adverse));
    }
    let ready = !text.trim().is_empty();
    if act_line(ui, act, ready, actions) && ready {
        keep_cursor(&[field]);
        let path = PathBuf::from(text.trim());
        actions.push(match purpose {
            PathPurpose::OpenSession => Action::OpenSessionFile(path),
            PathPurpose::OpenFolder => Action::OpenPaths(vec![path]),
            PathPurpose::Relocate => Action::Relocate(path),
            PathPurpose::SaveAs => Action::SaveTo(path),
            PathPurpose::MergeWith => Action::Keep(Keep::MergeWith(path)),
            PathPurpose::CompareWith => Action::Keep(Keep::CompareWith(path)),
            PathPurpose::ImportCodes => Action::ImportCodes(path),
            PathPurpose::ExportCodes => Action::ExportCodes(path, false),
            PathPurpose::LibraryArticles | PathPurpose::LibraryFolder => {
                Action::LibraryPath(purpose, path)
            }
        });
    }
}

/// What to make a library of, and where.
pub(super) fn library_ui(
    ui: &mut Ui,
    wish: &mut LibraryWish,
    problem: Option<&str>,
    actions: &mut Vec<Action>,
) {
    title(ui, "New library");
    widgets::note(
        ui,
        "A library holds many articles, read and indexed once, so that they need not be read again when it is \
         opened. The articles stay where they are; their texts are copied into the library.",
    );
    ui.add_space(4.0);
    ui.label("Articles: a folder of text files, or a file of JSON lines or CSV");
    let hint = "/home/me/articles or /home/me/articles.jsonl";
    let purpose = PathPurpose::LibraryArticles;
    let from = browsed_field(ui, "Articles from", hint, &mut wish.from, purpose, actions);
    focus_once(ui, &from);
    ui.label("Library: a folder that is made for it");
    let hint = "/home/me/library";
    let purpose = PathPurpose::LibraryFolder;
    let dir = browsed_field(ui, "Library folder", hint, &mut wish.dir, purpose, actions);
    ui.label("Columns of CSV files, where they are not called text, title, published, source, url");
    let hint = "text=body, published=date";
    let columns = widgets::field(ui, "CSV columns", hint, &mut wish.columns, f32::INFINITY);
    if let Some(problem) = problem {
        ui.label(RichText::new(problem).color(tokens(ui).adverse));
    }
    let ready = !wish.from.trim().is_empty() && !wish.dir.trim().is_empty();
    if act_line(ui, "Make", ready, actions) && ready {
        keep_cursor(&[from, dir, columns]);
        actions.push(Action::MakeLibrary(wish.clone()));
    }
}

/// Enter takes the cursor out of a field, and what is refused is to be written anew.
fn keep_cursor(fields: &[Response]) {
    if let Some(left) = fields.iter().find(|field| field.lost_focus()) {
        left.request_focus();
    }
}

/// Room for the button beside a path, with the gap before it, in points.
const BROWSE: f32 = 84.0;

/// A field for a path, and the desktop's dialog beside it.
fn browsed_field(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    text: &mut String,
    purpose: PathPurpose,
    actions: &mut Vec<Action>,
) -> Response {
    ui.horizontal(|ui| {
        // What is left beside the button, so that both end where other fields do.
        let width = ui.available_width() - BROWSE;
        let field = widgets::field(ui, name, hint, text, width);
        let room = egui::vec2(ui.available_width(), 0.0);
        let button = ui.add(egui::Button::new("Browse…").min_size(room));
        let button = button.accessible_name(format!("Browse for {}", name.to_lowercase()));
        if button
            .on_hover_text("Choose with the desktop's file dialog")
            .clicked()
        {
            actions.push(Action::Browse(purpose));
        }
        field
    })
    .inner
}

pub(super) fn unsaved_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    pending: &Pending,
    actions: &mut Vec<Action>,
) {
    title(ui, "There is work that is not saved");
    let next = match pending {
        Pending::Quit => "closing the window",
        Pending::OpenSession(_) | Pending::OpenBackup(..) | Pending::Recover => {
            "opening another session"
        }
        Pending::OpenPaths(_) | Pending::OpenSample => "opening other articles",
        Pending::Arrived => "showing what you opened, which has been read",
    };
    ui.label(format!("Save “{}” before {next}?", workbench.title()));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let save = widgets::primary_button(ui, "Save", true);
        focus_once(ui, &save);
        if save.on_hover_text("Save, then go on (Enter)").clicked() {
            actions.push(Action::SaveThenProceed);
        }
        if ui
            .button("Do not save")
            .on_hover_text("Give up the unsaved work")
            .clicked()
        {
            actions.push(Action::DiscardThenProceed);
        }
        if ui
            .button("Cancel")
            .on_hover_text("Go on working (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
    });
}

pub(super) fn overwrite_ui(
    ui: &mut Ui,
    purpose: PathPurpose,
    path: &Path,
    actions: &mut Vec<Action>,
) {
    title(ui, "A file of this name is there already");
    ui.label(format!("Replace {}?", path.display()));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Replace", true).clicked() {
            actions.push(match purpose {
                PathPurpose::ExportCodes => Action::ExportCodes(path.to_owned(), true),
                _ => Action::Overwrite(path.to_owned()),
            });
        }
        if ui
            .button("Cancel")
            .on_hover_text("Leave the file as it is (Esc)")
            .clicked()
        {
            actions.push(Action::CloseOverlay);
        }
    });
}
