//! The window: fixed chrome around the tree of panes, and what the workbench asks of the desktop.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui, ViewportCommand};
use egui_tiles::Tree;

use super::tokens::tokens;
use super::{
    Panes, annotations, codes, facts, keep_bar, keys, menu, overlay, status, theme, tiles,
};
use crate::app::action::Action;
use crate::app::draft::{Overlay, PathPurpose};
use crate::app::keeping::Keep;
use crate::app::{Desktop, Effect, Field, Start, Workbench, Zoom};
use crate::model::view::{Layout, Pane};
use crate::platform::dialog::{Ask, Dialog, Dialogs};

/// The window with its workbench.
pub struct Window {
    /// The state.
    pub workbench: Workbench,
    tree: Tree<Pane>,
    panes: Panes,
    /// `None`: paths are typed.
    dialogs: Option<Dialogs>,
    title: String,
    /// What the panes are laid out for, as long as the analyst has not done so.
    room: Room,
    /// What the path that is asked for is for.
    asked: PathPurpose,
    /// What is to have the keyboard, and in how many frames it is still asked for.
    wanted: Option<(egui::Id, u8)>,
    /// A pane that was just brought to the front: its tab may lie behind the arrow.
    reveal: Option<Pane>,
}

/// A dialog keeps the keyboard for a frame after it is closed.
const FOCUS_TRIES: u8 = 2;

/// In a window narrower or lower than this, in points, panes stand behind tabs at first.
const ROOMY: egui::Vec2 = egui::vec2(960.0, 560.0);
/// In one as wide as this the facets stand beside the list.
const WIDE: f32 = 1600.0;

/// How much room there is in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Little,
    Enough,
    Much,
}

impl Room {
    fn of(size: egui::Vec2) -> Self {
        if size.x < ROOMY.x || size.y < ROOMY.y {
            Self::Little
        } else if size.x < WIDE {
            Self::Enough
        } else {
            Self::Much
        }
    }

    /// The layout that it asks for, in the place of one that the analyst has not touched.
    fn layout(self) -> Layout {
        match self {
            Self::Little => Layout::compact(),
            Self::Enough => Layout::default(),
            Self::Much => Layout::wide(),
        }
    }
}

/// Opens the window and runs it until it is closed.
///
/// # Errors
/// When the system gives no window: no display, or no OpenGL.
pub fn open_window(start: Start) -> eframe::Result {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png"))
        .unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_title("Attaché")
        .with_app_id("attache")
        .with_icon(icon)
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([720.0, 480.0]);
    let options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    eframe::run_native(
        "attache",
        options,
        Box::new(|cc| {
            Ok(Box::new(Window::new(
                &cc.egui_ctx,
                start,
                Desktop::of_user(),
            )))
        }),
    )
}

impl Window {
    /// A window in `ctx` that opens `start`.
    #[must_use]
    pub fn new(ctx: &Context, start: Start, desktop: Desktop) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let waker = ctx.clone();
        let wake: crate::job::Wake = Arc::new(move || waker.request_repaint());
        let dialogs = desktop.dialogs;
        let workbench = Workbench::new(start, desktop, &wake);
        let tree = tiles::tree(&workbench.view.layout);
        Self {
            workbench,
            tree,
            panes: Panes::default(),
            dialogs: dialogs.then(|| Dialogs::new(wake)),
            title: String::new(),
            room: Room::Enough,
            asked: PathPurpose::OpenSession,
            wanted: None,
            reveal: None,
        }
    }

    /// Takes over what has arrived, before anything is drawn.
    pub fn logic(&mut self, ctx: &Context) {
        self.workbench.poll();
        self.workbench
            .follow_focus(ctx.input(|input| input.focused));
        if let Some((_, dialog)) = self.dialogs.as_mut().and_then(Dialogs::poll) {
            self.answer_dialog(self.asked, dialog);
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.workbench.may_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        let unsaved = if self.workbench.history.is_unsaved() {
            "● "
        } else {
            ""
        };
        let title = format!("{unsaved}{} – Attaché", self.workbench.title());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if let Some((id, tries)) = self.wanted.take() {
            ctx.memory_mut(|memory| {
                if !memory.has_focus(id) {
                    memory.request_focus(id);
                }
            });
            let rest = tries.saturating_sub(1);
            self.wanted = (rest > 0).then_some((id, rest));
            ctx.request_repaint();
        }
        self.do_effects(ctx);
    }

    /// Draws everything and carries out what the analyst asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.fit_layout(ui.max_rect().size());
        let mut actions = Vec::new();
        keys::close_menu(ui.ctx());
        keys::shortcuts(ui.ctx(), &self.workbench, &mut actions);
        self.draw(ui, &mut actions);
        actions.extend(dropped_paths(ui.ctx()));
        let asked = !actions.is_empty();
        for action in actions {
            self.workbench.dispatch(action);
        }
        self.do_effects(ui.ctx());
        if asked {
            // What was asked for shows in the next frame.
            ui.ctx().request_repaint();
        }
    }

    fn draw(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let tokens = tokens(ui);
        let chrome = Frame::new()
            .fill(tokens.chrome)
            .inner_margin(Margin::symmetric(8, 2));
        Panel::top("menu")
            .frame(chrome)
            .show(ui, |ui| menu::menu_ui(ui, &self.workbench, actions));
        if !self.workbench.notices.is_empty() {
            Panel::top("notices").frame(Frame::new()).show(ui, |ui| {
                status::notices_ui(ui, &self.workbench, actions);
            });
        }
        if self.workbench.has_keep_bar() {
            Panel::top("keeping").frame(Frame::new()).show(ui, |ui| {
                keep_bar::keep_bar_ui(ui, &self.workbench, actions);
            });
        }
        if self.workbench.asks_who() {
            Panel::top("who").frame(Frame::new()).show(ui, |ui| {
                keep_bar::who_bar_ui(ui, &self.workbench, actions);
            });
        }
        if let Some(named) = self.workbench.asks_whom_to_follow() {
            Panel::top("focus").frame(Frame::new()).show(ui, |ui| {
                keep_bar::focus_bar_ui(ui, &self.workbench, named, actions);
            });
        }
        if self.workbench.memos.linking.is_some() {
            Panel::top("linking").frame(Frame::new()).show(ui, |ui| {
                super::things::linking_ui(ui, &self.workbench, actions);
            });
        }
        Panel::bottom("status")
            .frame(chrome)
            .show(ui, |ui| status::status_ui(ui, &self.workbench, actions));
        CentralPanel::default()
            .frame(Frame::new().fill(tokens.line))
            .show(ui, |ui| {
                let mut behavior = tiles::PaneBehavior {
                    workbench: &self.workbench,
                    panes: &mut self.panes,
                    actions,
                    edited: false,
                    tab_chosen: false,
                    reveal: self.reveal.take(),
                };
                self.tree.ui(&mut behavior, ui);
                // In the compact layout of a small window, choosing a tab lays nothing out.
                let is_small = self.room == Room::Little;
                let only_tabs = is_small && self.workbench.view.layout.is_untouched();
                if behavior.edited || (behavior.tab_chosen && !only_tabs) {
                    actions.push(Action::SetLayout(tiles::layout(&self.tree)));
                }
            });
        overlay::overlay_ui(ui, &self.workbench, actions);
    }

    fn do_effects(&mut self, ctx: &Context) {
        for effect in std::mem::take(&mut self.workbench.effects) {
            match effect {
                Effect::Copy(text) => ctx.copy_text(text),
                Effect::Close => ctx.send_viewport_cmd(ViewportCommand::Close),
                Effect::ShowPane(pane) => {
                    tiles::show(&mut self.tree, pane);
                    self.reveal = Some(pane);
                }
                Effect::Focus(_) if is_under_dialog(ctx) && self.workbench.overlay.is_none() => {
                    // egui gives the keyboard to nothing under a dialog, and one that was closed in
                    // this frame counts until the next.
                    self.workbench.effects.push(effect);
                    ctx.request_repaint();
                }
                Effect::Focus(field) => {
                    let id = match field {
                        Field::Filter => super::search::field_id(),
                        Field::Publication => facts::date_id(&self.workbench),
                        Field::Reader => super::reader::text_id(),
                        Field::Memo => super::memos::memo_id(&self.workbench),
                        Field::Note => annotations::note_id(&self.workbench),
                        Field::NewCode => codes::new_id(),
                        Field::CodeName => codes::name_id(),
                        Field::CodeTree => codes::tree_id(),
                    };
                    ctx.memory_mut(|memory| memory.request_focus(id));
                    self.wanted = Some((id, FOCUS_TRIES));
                }
                Effect::Layout => self.lay_out(),
                Effect::Theme(theme) => theme::set(ctx, theme),
                Effect::Zoom(step) => ctx.set_zoom_factor(zoomed(ctx.zoom_factor(), step)),
                Effect::Scroll(by) => self.panes.reader.scroll(by),
                Effect::Dialog(purpose) => self.open_dialog(purpose),
            }
        }
    }

    /// Lays the panes out as the view says; at first as the room in the window asks for.
    fn lay_out(&mut self) {
        let layout = &self.workbench.view.layout;
        let fitting = self.room.layout();
        // Which tabs are in front is kept where the panes stay.
        self.tree = if layout.is_untouched() && !layout.is_as(&fitting) {
            tiles::tree(&fitting)
        } else {
            tiles::tree(layout)
        };
    }

    /// Follows the size of the window, as long as the analyst has not laid the panes out.
    fn fit_layout(&mut self, size: egui::Vec2) {
        let room = Room::of(size);
        if room != self.room {
            self.room = room;
            if self.workbench.view.layout.is_untouched() {
                self.lay_out();
            }
        }
    }

    fn open_dialog(&mut self, purpose: PathPurpose) {
        let folder = self
            .workbench
            .file
            .as_ref()
            .and_then(|path| path.parent())
            .map(PathBuf::from);
        let ask = match purpose {
            PathPurpose::OpenSession | PathPurpose::MergeWith | PathPurpose::CompareWith => {
                Ask::OpenSession
            }
            PathPurpose::OpenFolder | PathPurpose::Relocate | PathPurpose::LibraryArticles => {
                Ask::OpenFolder
            }
            PathPurpose::LibraryFolder => Ask::NewFolder,
            PathPurpose::SaveAs => Ask::SaveSession {
                file_name: format!("{}.ron", self.workbench.title()),
            },
            PathPurpose::ImportCodes => Ask::OpenTable,
            PathPurpose::ExportCodes => Ask::SaveTable {
                file_name: format!("{} codes.csv", self.workbench.title()),
            },
        };
        match &mut self.dialogs {
            Some(dialogs) => {
                if dialogs.ask(ask, folder.as_deref()) {
                    self.asked = purpose;
                }
            }
            None => self.answer_dialog(purpose, Dialog::Nothing),
        }
    }

    /// Without an answer of the file dialog the path can be typed: the desktop may have no dialog
    /// service at all, which looks just like a dialog that was closed.
    fn answer_dialog(&mut self, purpose: PathPurpose, dialog: Dialog) {
        let action = match (dialog, purpose) {
            (Dialog::Chosen(path), PathPurpose::OpenSession) => Action::OpenSessionFile(path),
            (Dialog::Chosen(path), PathPurpose::OpenFolder) => Action::OpenPaths(vec![path]),
            (Dialog::Chosen(path), PathPurpose::Relocate) => Action::Relocate(path),
            (Dialog::Chosen(path), PathPurpose::MergeWith) => Action::Keep(Keep::MergeWith(path)),
            (Dialog::Chosen(path), PathPurpose::CompareWith) => {
                Action::Keep(Keep::CompareWith(path))
            }
            (Dialog::Chosen(path), PathPurpose::ImportCodes) => Action::ImportCodes(path),
            // The desktop's dialog has asked about replacing a file already.
            (Dialog::Chosen(path), PathPurpose::SaveAs) => Action::Overwrite(path),
            (Dialog::Chosen(path), PathPurpose::ExportCodes) => Action::ExportCodes(path, true),
            (Dialog::Chosen(path), PathPurpose::LibraryArticles | PathPurpose::LibraryFolder) => {
                Action::LibraryPath(purpose, path)
            }
            // Its dialog is still open, with a field for the path.
            (Dialog::Nothing, PathPurpose::LibraryArticles | PathPurpose::LibraryFolder) => return,
            (Dialog::Nothing, _) => Action::SetOverlay(Overlay::Path {
                purpose,
                text: self.proposed_path(purpose),
                problem: None,
            }),
        };
        self.workbench.dispatch(action);
    }

    fn proposed_path(&self, purpose: PathPurpose) -> String {
        match (purpose, &self.workbench.file) {
            (PathPurpose::SaveAs, Some(path)) => path.display().to_string(),
            (PathPurpose::SaveAs, None) => format!("~/{}.ron", self.workbench.title()),
            (PathPurpose::ExportCodes, file) => {
                let folder = file.as_ref().and_then(|file| file.parent());
                let folder = folder.map_or("~".to_owned(), |folder| folder.display().to_string());
                format!("{folder}/{} codes.csv", self.workbench.title())
            }
            _ => String::new(),
        }
    }
}

/// Whether a dialog was drawn in the last frame.
fn is_under_dialog(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.top_modal_layer().is_some())
}

/// The zoom after a step; the steps are those of web browsers.
fn zoomed(factor: f32, step: Zoom) -> f32 {
    const STEPS: [f32; 10] = [0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0];
    let next = match step {
        Zoom::In => STEPS.into_iter().find(|to| *to > factor + 0.01),
        Zoom::Out => STEPS.into_iter().rev().find(|to| *to < factor - 0.01),
        Zoom::Reset => Some(1.0),
    };
    next.unwrap_or(factor)
}

/// Files and folders dropped on the window are opened.
fn dropped_paths(ctx: &Context) -> Option<Action> {
    let paths: Vec<PathBuf> = ctx.input(|input| {
        input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_owned())
            .collect()
    });
    match Start::from_paths(paths) {
        Start::Session(path) => Some(Action::OpenSessionFile(path)),
        Start::Paths(paths) => Some(Action::OpenPaths(paths)),
        Start::Sample | Start::Synthetic(_) => None,
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }
}
