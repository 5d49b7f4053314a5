//! Keep: saved to a typed path, asked about before it is lost, and reopened as it was.

use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, vec2};

use super::{CTRL, CTRL_SHIFT, Desk, NONE, TITLES};
use attache::app::{Start, Workbench};
use attache::store::recent::Recent;

/// Does something that has to be saved.
pub(super) fn work(desk: &mut Desk) {
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::Y);
    assert!(desk.look(|bench| bench.history.is_unsaved()));
    assert!(desk.has(Role::Label, "not saved"), "{}", desk.dump());
}

pub(super) fn is_closing(desk: &Desk) -> bool {
    desk.look(|bench| bench.closing)
}

#[test]
fn a_session_is_saved_to_a_typed_path_and_reopened_as_it_was() {
    let mut desk = Desk::sample();
    work(&mut desk);
    desk.fill("Search articles", "2016");
    let sort = desk.part(Role::Button, "Sort by title");
    desk.click_on(&sort);
    let legend = desk.part(Role::CheckBox, "Russia: ");
    desk.click_on(&legend);
    desk.by_palette("Theme: dark");
    let path = desk.path("belarus.ron");

    desk.key(CTRL, Key::S);
    assert!(desk.has(Role::Heading, "Save session as"));
    desk.fill("Path", path.to_str().unwrap());
    desk.key(NONE, Key::Enter);
    assert!(path.is_file());
    assert!(!desk.look(|bench| bench.history.is_unsaved()));
    assert!(
        desk.has(Role::Label, "Session belarus, saved"),
        "{}",
        desk.dump()
    );
    let saved = std::fs::read(&path).unwrap();
    assert_eq!(
        Recent::load_from(&desk.path("config")).paths(),
        std::slice::from_ref(&path)
    );

    // Another name that is taken is asked about.
    desk.key(NONE, Key::Y);
    let taken = desk.path("taken.ron");
    std::fs::write(&taken, "something else").unwrap();
    desk.key(CTRL_SHIFT, Key::S);
    desk.fill("Path", taken.to_str().unwrap());
    desk.key(NONE, Key::Enter);
    assert!(desk.has(Role::Heading, "A file of this name is there already"));
    desk.click(Role::Button, "Cancel");
    // Back to the path, which is still there to be changed.
    assert!(desk.has(Role::Heading, "Save session as"));
    desk.click(Role::Button, "Cancel");
    assert_eq!(std::fs::read(&taken).unwrap(), b"something else");
    desk.key(CTRL, Key::Z);

    let state = |bench: &Workbench| {
        (
            bench.session.clone(),
            bench.view.clone(),
            bench.list.clone(),
        )
    };
    let before = desk.look(state);
    let again = Desk::open_in(
        &Rc::clone(&desk.home),
        Start::Session(path.clone()),
        vec2(1280.0, 800.0),
    );
    let after = again.look(state);
    assert_eq!(after.0, before.0);
    assert_eq!(after.1, before.1);
    assert_eq!(after.2, before.2);
    assert_eq!(again.open_title().as_deref(), Some(TITLES[2]));
    assert!(!again.look(|bench| bench.history.is_unsaved()));
    assert_eq!(
        std::fs::read(&path).unwrap(),
        saved,
        "reopening writes nothing"
    );
}

#[test]
fn unsaved_work_is_asked_about_before_the_window_closes() {
    let mut desk = Desk::sample();
    work(&mut desk);
    desk.key(CTRL, Key::Q);
    assert!(desk.has(Role::Heading, "There is work that is not saved"));
    desk.click(Role::Button, "Cancel");
    assert!(!is_closing(&desk));
    assert!(desk.look(|bench| bench.overlay.is_none() && bench.pending.is_none()));

    desk.key(CTRL, Key::Q);
    desk.click(Role::Button, "Save");
    let path = desk.path("kept.ron");
    desk.fill("Path", path.to_str().unwrap());
    desk.key(NONE, Key::Enter);
    assert!(path.is_file());
    assert!(is_closing(&desk), "it goes on with what waited");
}

#[test]
fn unsaved_work_is_dropped_only_when_that_is_said() {
    let mut desk = Desk::sample();
    work(&mut desk);
    desk.key(CTRL, Key::Q);
    desk.click(Role::Button, "Do not save");
    assert!(is_closing(&desk));
}

#[test]
fn giving_up_the_path_gives_up_the_quitting() {
    let mut desk = Desk::sample();
    work(&mut desk);
    desk.key(CTRL, Key::Q);
    desk.click(Role::Button, "Save");
    assert!(desk.has(Role::Heading, "Save session as"));
    desk.key(NONE, Key::Escape);
    assert!(
        desk.look(|bench| bench.pending.is_none()),
        "saving later must not quit"
    );
    assert!(!is_closing(&desk));
}

#[test]
fn opening_something_else_asks_as_well() {
    let mut desk = Desk::sample();
    work(&mut desk);
    desk.by_palette("Open the sample");
    assert!(desk.has(Role::Heading, "There is work that is not saved"));
    desk.click(Role::Button, "Do not save");
    assert_eq!(desk.steps(), 0);
    assert!(desk.look(|bench| bench.session.work.is_empty()));
}
