//! Open and save while something else is under way: nothing goes to the wrong session, and nothing
//! that was done meanwhile is lost.

use std::path::PathBuf;

use egui::Key;
use egui::accesskit::Role;

use super::{CTRL, Desk, NONE, TITLES, keep};
use attache::app::action::Action;
use attache::app::command::Command;
use attache::model::session::CorpusSource;
use attache::store::session_file;

impl Desk {
    /// Does several things before the window looks for what has come of them.
    fn at_once(&mut self, actions: Vec<Action>) {
        let mut window = self.window.borrow_mut();
        let workbench = &mut window.as_mut().unwrap().workbench;
        for action in actions {
            workbench.dispatch(action);
        }
        drop(window);
        self.settle();
    }

    fn folder(&self, name: &str, text: &str) -> PathBuf {
        let folder = self.path(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("one.txt"), text).unwrap();
        folder
    }
}

#[test]
fn a_save_that_ends_after_its_session_was_left_is_not_the_next_sessions() {
    let mut desk = Desk::sample();
    keep::work(&mut desk);
    let path = desk.path("first.ron");
    desk.at_once(vec![
        Action::SaveTo(path.clone()),
        Action::Command(Command::OpenSample),
        Action::DiscardThenProceed,
    ]);
    assert!(path.is_file());
    assert!(desk.look(|bench| bench.file.is_none()), "{}", desk.dump());

    // The next save asks where, and leaves the other session's file alone.
    let saved = std::fs::read(&path).unwrap();
    keep::work(&mut desk);
    desk.key(CTRL, Key::S);
    assert!(desk.has(Role::Heading, "Save session as"));
    assert_eq!(std::fs::read(&path).unwrap(), saved);
}

#[test]
fn two_saves_at_once_end_with_the_newer() {
    let mut desk = Desk::sample();
    keep::work(&mut desk);
    let path = desk.path("twice.ron");
    desk.at_once(vec![
        Action::SaveTo(path.clone()),
        Action::Command(Command::Undo),
        Action::SaveTo(path.clone()),
        Action::Command(Command::Redo),
        Action::SaveTo(path.clone()),
    ]);
    assert!(!desk.look(|bench| bench.history.is_unsaved()));
    assert!(desk.look(|bench| bench.overlay.is_none() && bench.notices.is_empty()));
    let saved = session_file::load(&path).unwrap().session;
    assert_eq!(saved, *desk.look(|bench| bench.session.clone()));
    assert_eq!(saved.work.len(), 1);
}

#[test]
fn what_is_done_while_a_folder_is_read_is_asked_about() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::J);
    let folder = desk.folder("other", "Peru sold tanks to Chile.");
    desk.at_once(vec![
        Action::OpenPaths(vec![folder.clone()]),
        Action::Command(Command::Accept),
    ]);
    assert!(desk.has(Role::Heading, "There is work that is not saved"));
    assert_eq!(desk.look(|bench| bench.corpus.len()), TITLES.len());

    desk.click(Role::Button, "Cancel");
    assert_eq!(desk.look(|bench| bench.corpus.len()), TITLES.len());
    assert!(desk.look(|bench| bench.history.is_unsaved()));

    // What was given up before it was read is not asked about again.
    desk.dispatch(Action::OpenPaths(vec![folder]));
    desk.click(Role::Button, "Do not save");
    assert_eq!(desk.look(|bench| bench.corpus.len()), 1);
}

#[test]
fn a_folder_that_comes_after_something_else_was_opened_is_not_shown() {
    let mut desk = Desk::sample();
    let folder = desk.folder("other", "Peru sold tanks to Chile.");
    desk.at_once(vec![
        Action::OpenPaths(vec![folder]),
        Action::Command(Command::OpenSample),
    ]);
    assert_eq!(desk.look(|bench| bench.corpus.len()), TITLES.len());
}

#[test]
fn undoing_the_finding_of_articles_goes_back_to_where_they_were() {
    let text = "Peru sold tanks to Chile.";
    let mut desk = Desk::on_articles(&[text]);
    let before = CorpusSource::Paths(vec![desk.path("articles")]);
    let moved = desk.folder("moved", text);
    std::fs::write(moved.join("two.txt"), "Peru sold ships to Chile.").unwrap();
    keep_work_on_the_only_article(&mut desk);
    desk.dispatch(Action::Relocate(moved));
    assert_eq!(desk.look(|bench| bench.corpus.len()), 2, "{}", desk.dump());
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.look(|bench| bench.session.corpus.clone()), before);
    assert_eq!(desk.look(|bench| bench.corpus.len()), 1);
}

fn keep_work_on_the_only_article(desk: &mut Desk) {
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::Y);
}
