//! Nothing is lost: a crash, a second window, a file that others changed or broke, two analysts.

use std::rc::Rc;

use attache::app::keeping::Keep;
use attache::app::{Start, Workbench};
use attache::store::{backup, beside};
use egui::accesskit::Role;
use egui::{Key, vec2};

use super::keep::{is_closing, work};
use super::{CTRL, CTRL_SHIFT, Desk, NONE, TITLES};

/// The window is gone as after a crash: nothing of it is asked or told, the journal is on the disk.
pub(super) fn crash(desk: Desk) -> Rc<tempfile::TempDir> {
    let home = Rc::clone(&desk.home);
    drop(desk);
    home
}

pub(super) fn reopen(home: &Rc<tempfile::TempDir>, start: Start) -> Desk {
    Desk::open_in(home, start, vec2(1280.0, 800.0))
}

/// Saves to a file of this name.
pub(super) fn save_as(desk: &mut Desk, name: &str) -> std::path::PathBuf {
    let path = desk.path(name);
    desk.key(CTRL_SHIFT, Key::S);
    desk.fill("Path", path.to_str().unwrap());
    desk.key(NONE, Key::Enter);
    assert!(path.is_file(), "{}", desk.dump());
    path
}

#[test]
fn what_a_crash_left_of_a_session_without_a_file_is_offered_and_recovered() {
    let mut desk = Desk::sample();
    work(&mut desk);
    let session = desk.look(|bench| bench.session.clone());
    let home = crash(desk);
    let mut again = reopen(&home, Start::Sample);
    assert!(
        again.has(Role::Heading, "Changes that were not saved"),
        "{}",
        again.dump()
    );
    assert!(again.has(Role::Label, "· Accept"), "{}", again.dump());
    again.click(Role::Button, "Recover");
    assert_eq!(again.look(|bench| bench.session.clone()), session);
    assert!(again.look(|bench| bench.history.is_unsaved()));
    assert_eq!(
        again.undo_name().as_deref().map(|name| &name[..6]),
        Some("Accept")
    );
    // Another crash loses nothing either; a save makes an end of it.
    let home = crash(again);
    let mut third = reopen(&home, Start::Sample);
    third.click(Role::Button, "Recover");
    assert_eq!(third.look(|bench| bench.session.clone()), session);
    let path = save_as(&mut third, "kept.ron");
    assert!(!beside::journal(&path).exists());
    let home = crash(third);
    let fourth = reopen(&home, Start::Session(path));
    assert!(
        !fourth.has(Role::Heading, "Changes that were not saved"),
        "{}",
        fourth.dump()
    );
    assert_eq!(fourth.look(|bench| bench.session.clone()), session);
}

#[test]
fn what_a_crash_left_of_a_saved_session_can_be_recovered_looked_at_or_discarded() {
    let mut desk = Desk::sample();
    work(&mut desk);
    let path = save_as(&mut desk, "work.ron");
    let saved = desk.look(|bench| bench.session.clone());
    desk.key(NONE, Key::Y);
    desk.key(CTRL, Key::Z);
    desk.key(NONE, Key::Y);
    let worked = desk.look(|bench| bench.session.clone());
    assert_ne!(worked, saved);
    let home = crash(desk);

    let mut again = reopen(&home, Start::Session(path.clone()));
    assert!(again.has(Role::Label, "3 changes"), "{}", again.dump());
    again.click(Role::Button, "Look at the saved file");
    assert_eq!(again.look(|bench| bench.session.clone()), saved);
    // Nothing can be changed before it is decided.
    again.key(NONE, Key::J);
    again.key(NONE, Key::N);
    assert!(
        again.has(Role::Label, "recover or discard them"),
        "{}",
        again.dump()
    );
    assert_eq!(again.look(|bench| bench.session.clone()), saved);
    again.click(Role::Button, "Decide…");
    again.click(Role::Button, "Recover");
    assert_eq!(again.look(|bench| bench.session.clone()), worked);
    let home = crash(again);

    let mut third = reopen(&home, Start::Session(path.clone()));
    third.click(Role::Button, "Discard");
    assert_eq!(third.look(|bench| bench.session.clone()), saved);
    let aside = beside::journal(&path).with_extension("journal.discarded");
    assert!(aside.is_file(), "it is kept");
    third.key(NONE, Key::J);
    third.key(NONE, Key::N);
    assert!(
        third.look(|bench| bench.history.is_unsaved()),
        "work goes on"
    );
    let home = crash(third);
    let fourth = reopen(&home, Start::Session(path));
    assert!(fourth.has(Role::Label, "1 change "), "{}", fourth.dump());
}

#[test]
fn the_second_window_reads_only_and_takes_over_when_the_first_is_gone() {
    let mut first = Desk::sample();
    work(&mut first);
    let path = save_as(&mut first, "work.ron");
    let mut second = reopen(&first.home, Start::Session(path.clone()));
    assert!(second.has(Role::Label, "Read only: "), "{}", second.dump());
    let before = second.look(|bench| bench.session.clone());
    second.key(NONE, Key::J);
    second.key(NONE, Key::N);
    assert_eq!(second.look(|bench| bench.session.clone()), before);
    assert!(second.has(Role::Label, "open to") || second.has(Role::Label, "read only here"));
    // The first goes on.
    first.key(NONE, Key::Y);
    first.key(CTRL, Key::S);
    let session = first.look(|bench| bench.session.clone());
    let take_over = second.get(Role::Button, "Take over when free");
    second.press_without_waiting(&take_over);
    assert!(!second.look(Workbench::is_idle));
    drop(first);
    second.settle();
    assert_eq!(second.look(|bench| bench.session.clone()), session);
    assert!(!second.has(Role::Label, "Read only: "), "{}", second.dump());
    second.key(NONE, Key::J);
    second.key(NONE, Key::N);
    assert!(
        second.look(|bench| bench.history.is_unsaved()),
        "{}",
        second.dump()
    );
}

#[test]
fn a_copy_of_what_another_window_holds_can_be_worked_on() {
    let mut first = Desk::sample();
    work(&mut first);
    let path = save_as(&mut first, "work.ron");
    let bytes = std::fs::read(&path).unwrap();
    let mut second = reopen(&first.home, Start::Session(path.clone()));
    second.click(Role::Button, "Save a copy…");
    let copy = second.path("copy.ron");
    second.fill("Path", copy.to_str().unwrap());
    second.key(NONE, Key::Enter);
    assert!(copy.is_file());
    second.key(NONE, Key::J);
    second.key(NONE, Key::N);
    assert!(
        second.look(|bench| bench.history.is_unsaved()),
        "{}",
        second.dump()
    );
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    // And nobody saves over what another window holds.
    second.key(CTRL_SHIFT, Key::S);
    second.fill("Path", path.to_str().unwrap());
    second.key(NONE, Key::Enter);
    second.click(Role::Button, "Replace");
    assert!(
        second.has(Role::Label, "has this session open"),
        "{}",
        second.dump()
    );
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_file_that_somebody_changed_is_never_written_over_unasked() {
    let mut desk = Desk::sample();
    work(&mut desk);
    let path = save_as(&mut desk, "work.ron");
    let theirs = std::fs::read_to_string(&path)
        .unwrap()
        .replace("analyst: \"", "analyst: \"Their ");
    std::fs::write(&path, &theirs).unwrap();
    desk.key(NONE, Key::Y);
    let mine = desk.look(|bench| bench.session.clone());
    desk.key(CTRL, Key::S);
    assert!(
        desk.has(Role::Heading, "changed by somebody else"),
        "{}",
        desk.dump()
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    desk.key(NONE, Key::Escape);
    desk.key(CTRL, Key::S);
    desk.click(Role::Button, "Save mine over it");
    assert!(!desk.look(|bench| bench.history.is_unsaved()));
    let kept = backup::list(&path).unwrap();
    let texts: Vec<_> = kept
        .iter()
        .map(|b| std::fs::read_to_string(&b.path).unwrap())
        .collect();
    assert!(texts.contains(&theirs), "theirs is among the backups");

    std::fs::write(&path, &theirs).unwrap();
    desk.key(NONE, Key::Y);
    // Coming back to the window is enough to be asked.
    desk.lose_and_gain_focus();
    assert!(
        desk.has(Role::Heading, "changed by somebody else"),
        "{}",
        desk.dump()
    );
    desk.click(Role::Button, "Load theirs");
    assert!(desk.look(|bench| bench.session.analyst.starts_with("Their ")));
    assert!(!desk.look(|bench| bench.history.is_unsaved()));
    assert_ne!(desk.look(|bench| bench.session.clone()), mine);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
}

#[test]
fn a_broken_session_opens_from_its_newest_good_backup_and_stays_as_it_is() {
    let mut desk = Desk::sample();
    work(&mut desk);
    let path = save_as(&mut desk, "work.ron");
    desk.key(NONE, Key::Y);
    desk.key(CTRL, Key::S);
    let session = desk.look(|bench| bench.session.clone());
    desk.by_palette("Backups");
    assert!(desk.has(Role::Heading, "Backups"));
    assert!(
        desk.has(Role::Label, "Backup 2") && desk.has(Role::Label, "Backup 1"),
        "{}",
        desk.dump()
    );
    desk.dispatch(attache::app::action::Action::CloseOverlay);
    desk.key(NONE, Key::Y);
    let unsaved = desk.look(|bench| bench.session.clone());
    let home = crash(desk);
    let bytes = std::fs::read(&path).unwrap();
    let broken = &bytes[..bytes.len() / 2];
    std::fs::write(&path, broken).unwrap();

    let mut again = reopen(&home, Start::Session(path.clone()));
    assert!(
        again.has(Role::Heading, "The session can't be opened"),
        "{}",
        again.dump()
    );
    assert!(again.has(Role::Label, "column "), "{}", again.dump());
    again.click(Role::Button, "Open the backup");
    assert_eq!(again.look(|bench| bench.session.clone()), session);
    // The journal builds on what the backup holds, too.
    again.dispatch(attache::app::action::Action::Keep(Keep::Recover));
    assert_eq!(again.look(|bench| bench.session.clone()), unsaved);
    assert!(again.look(|bench| bench.file.is_none()));
    save_as(&mut again, "mended.ron");
    assert_eq!(std::fs::read(&path).unwrap(), broken);
}

/// Opens the palette's command and types a path.
fn by_path(desk: &mut Desk, command: &str, path: &std::path::Path) {
    desk.by_palette(command);
    desk.fill("Path", path.to_str().unwrap());
    desk.key(NONE, Key::Enter);
}

#[test]
fn two_sessions_merge_with_their_conflicts_side_by_side_as_one_step() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::N);
    desk.key(NONE, Key::N);
    let theirs = save_as(&mut desk, "theirs.ron");
    let in_theirs = desk.look(|bench| bench.session.work.clone());
    // The first decision the other way, the second not at all.
    desk.key(CTRL, Key::Z);
    desk.key(CTRL, Key::Z);
    desk.key(NONE, Key::K);
    desk.key(NONE, Key::K);
    desk.key(NONE, Key::Y);
    save_as(&mut desk, "mine.ron");
    let before = desk.look(|bench| bench.session.clone());

    by_path(&mut desk, "Merge with", &theirs);
    assert!(
        desk.has(Role::Heading, "Merge with theirs"),
        "{}",
        desk.dump()
    );
    assert!(
        desk.has(Role::Label, "1 change of theirs"),
        "{}",
        desk.dump()
    );
    assert!(desk.has(Role::Button, "Mine: accepted"), "{}", desk.dump());
    let side = desk.part(Role::Button, "Theirs: rejected");
    desk.click_on(&side);
    let steps = desk.steps();
    desk.click(Role::Button, "Merge");
    assert_eq!(desk.look(|bench| bench.session.work.clone()), in_theirs);
    assert_eq!(desk.steps(), steps + 1);
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.look(|bench| bench.session.clone()), before);

    by_path(&mut desk, "Agreement with", &theirs);
    assert!(
        desk.has(Role::Heading, "Agreement with theirs"),
        "{}",
        desk.dump()
    );
    assert!(desk.has(Role::Label, "Field: kept"), "{}", desk.dump());
    assert!(desk.has(Role::Label, "0.0 %"), "{}", desk.dump());
    assert!(desk.has(Role::Heading, "1 disagreement") || desk.has(Role::Label, "1 disagreement"));

    desk.key(NONE, Key::Escape);
    desk.key(CTRL, Key::Z);
    by_path(&mut desk, "Agreement with", &theirs);
    assert!(
        desk.has(Role::Label, "Nothing was decided or coded by both"),
        "{}",
        desk.dump()
    );
    assert!(!desk.has(Role::Heading, "disagreement"));
}

#[test]
fn what_two_wrote_into_one_file_is_merged_and_outlives_a_crash() {
    let mut desk = Desk::sample();
    work(&mut desk);
    let path = save_as(&mut desk, "work.ron");
    let base = attache::store::session_file::load(&path).unwrap();
    let mut theirs = base.session.clone();
    let focus = attache::model::edit::Edit::Search("theirs".to_owned(), Some("drone".to_owned()));
    let _inverse = focus.apply(&mut theirs);
    desk.key(NONE, Key::Y);
    let mine = desk.look(|bench| bench.session.work.clone());
    let fs = attache::store::atomic::RealFs;
    attache::store::session_file::save(&fs, &path, &theirs, &base.view).unwrap();
    desk.key(CTRL, Key::S);
    desk.click(Role::Button, "Merge both…");
    assert!(desk.has(Role::Label, "0 conflicts"), "{}", desk.dump());
    desk.click(Role::Button, "Merge");
    let merged = desk.look(|bench| bench.session.clone());
    assert_eq!(merged.work, mine);
    assert!(merged.searches.contains_key("theirs"));

    let home = crash(desk);
    let mut again = reopen(&home, Start::Session(path.clone()));
    again.click(Role::Button, "Recover");
    assert_eq!(again.look(|bench| bench.session.clone()), merged);
    again.key(CTRL, Key::S);
    assert!(
        !again.look(|bench| bench.history.is_unsaved()),
        "{}",
        again.dump()
    );
    let saved = attache::store::session_file::load(&path).unwrap().session;
    assert_eq!(saved, *merged);
}

#[test]
fn what_was_taken_back_leaves_nothing_to_recover_and_what_was_given_up_is_kept() {
    let mut desk = Desk::sample();
    work(&mut desk);
    let path = save_as(&mut desk, "work.ron");
    desk.key(NONE, Key::Y);
    desk.key(CTRL, Key::Z);
    desk.key(CTRL, Key::Q);
    assert!(is_closing(&desk), "nothing is unsaved");
    let journal = beside::journal(&path);
    assert!(!journal.exists());
    let mut again = reopen(&crash(desk), Start::Session(path.clone()));
    again.key(NONE, Key::J);
    again.key(NONE, Key::N);
    again.key(CTRL, Key::Q);
    again.click(Role::Button, "Do not save");
    assert!(is_closing(&again));
    assert!(!journal.exists(), "it is not offered again");
    assert!(
        journal.with_extension("journal.discarded").is_file(),
        "and can be had back"
    );
}
