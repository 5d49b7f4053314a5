//! A folder of the analyst's own: encodings, a bad file, filter, undo, and the question before
//! unsaved work is dropped.

use std::fs;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::tree::{containing, role_containing};
use crate::window::{CTRL, Desk, Window};
use crate::{open_article, row, wait_for_article, wait_until_idle};

const ENGLISH: &str = "Minsk and Beijing agree on drones\n\n3 May 2019\n\n\
    Belarus and China signed an agreement on the joint production of drones on May 2nd.\n";
const RUSSIAN: &str = "Минск и Баку провели учения\n\n12 июня 2018\n\n\
    Беларусь и Азербайджан провели совместные учения 10 июня 2018 года.\n";

#[test]
fn a_folder_with_two_encodings_and_an_empty_file() {
    let desk = Desk::new();
    fill(&desk);
    let mut window = desk.open(&["articles"]);
    window.wait_for(row("Minsk and Beijing agree on drones"));
    window.wait_for(row("Минск и Баку провели учения"));
    wait_until_idle(&mut window);

    window.click(role_containing(Role::Button, "could not be read"));
    window.wait_for(containing("the file is empty"));
    window.click((Role::Button, "Close"));

    filter_down(&mut window);
    undo_then_leave(window);
}

fn fill(desk: &Desk) {
    let folder = desk.path("articles");
    fs::create_dir_all(folder.join("more")).expect("a folder");
    let (in_1251, _, _) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
    fs::write(folder.join("a.txt"), ENGLISH).expect("a file");
    fs::write(folder.join("more/b.txt"), in_1251).expect("a file");
    fs::write(folder.join("empty.txt"), "").expect("a file");
}

/// The filter leaves one article, Enter opens it, and clearing brings the other back.
fn filter_down(window: &mut Window) {
    window.key(CTRL, Key::F);
    window.type_text("баку");
    window.wait_for("1 of 2 articles");
    window.wait_gone(row("Minsk and Beijing agree on drones"));
    window.key(Modifiers::NONE, Key::Enter);
    wait_for_article(window, "Минск и Баку провели учения");
    window.click((Role::Button, "Clear"));
    window.wait_for("2 articles");
}

/// Quitting with work asks; undone work is no work.
fn undo_then_leave(mut window: Window) {
    open_article(&mut window, "Minsk and Beijing agree on drones");
    window.key(Modifiers::NONE, Key::J);
    window.key(Modifiers::NONE, Key::Y);
    window.wait_for(containing("1 decided"));

    window.key(CTRL, Key::Q);
    window.wait_for("There is work that is not saved");
    window.click((Role::Button, "Cancel"));

    window.click((Role::Button, "Edit"));
    window.click(role_containing(Role::Button, "Undo: Accept"));
    window.wait_for(containing("0 decided"));
    assert!(window.quit().success());
}
