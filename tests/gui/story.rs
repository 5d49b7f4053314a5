//! The loop: open, read, decide, annotate, see, save, quit, reopen, and find everything again.

use std::fs;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::tree::{containing, role_containing};
use crate::window::{CTRL, Desk, Window};
use crate::{TITLES, open_article, wait_for_article, wait_for_sample};

#[test]
fn the_loop_from_open_to_reopen() {
    let desk = Desk::new();
    let file = desk.path("belarus.ron");
    let mut window = desk.open(&[]);
    wait_for_sample(&mut window);
    open_article(&mut window, TITLES[2]);

    let decided = accept_by_keyboard(&mut window);
    let quote = annotate(&mut window, "Supply", "Who pays?");
    see_evidence(&mut window);
    open_article(&mut window, TITLES[2]);

    window.key(CTRL, Key::S);
    window.wait_for((Role::TextInput, "Path"));
    window.type_text(file.to_str().expect("a path in UTF-8"));
    window.key(Modifiers::NONE, Key::Enter);
    window.wait_for(role_containing(Role::Label, "Session belarus, saved"));
    assert!(window.quit().success());
    let saved = fs::read_to_string(&file).expect("the session was saved");
    assert!(
        saved.contains("Supply") && saved.contains("Who pays?"),
        "{saved}"
    );

    let mut window = desk.open(&["belarus.ron"]);
    wait_for_sample(&mut window);
    wait_for_article(&mut window, TITLES[2]);
    window.wait_for(containing("1 decided"));
    window.wait_for(containing("1 annotation"));
    window.wait_for(role_containing(Role::ListItem, &decided));
    window.click("Annotations");
    window.wait_for(containing("Supply"));
    window.wait_for(containing("Who pays?"));
    window.wait_for(containing(&quote));
    // What was reopened is what was saved: nothing asks to be saved, so quitting needs no answer.
    assert!(window.quit().success());
    let again = fs::read_to_string(&file).expect("the session is still there");
    assert_eq!(saved, again, "reopening changed the file");
}

/// Goes to the first suggestion and accepts it. Returns the beginning of its row.
fn accept_by_keyboard(window: &mut Window) -> String {
    window.key(Modifiers::NONE, Key::J);
    let chosen = window.wait_for(
        role_containing(Role::ListItem, "undecided")
            .on(true)
            .without(", partners "),
    );
    let name = chosen.name.trim_end_matches("undecided").to_owned();
    window.key(Modifiers::NONE, Key::Y);
    let accepted = format!("{name}accepted");
    window.wait_for(role_containing(Role::ListItem, &accepted));
    window.wait_for(containing("1 decided"));
    accepted
}

/// Selects the first sentence and gives it a code and a note. Returns a part of the passage.
fn annotate(window: &mut Window, code: &str, note: &str) -> String {
    window.key(Modifiers::NONE, Key::S);
    window.key(Modifiers::NONE, Key::A);
    // Not what the card says of the rule.
    let passage = role_containing(Role::Label, "“")
        .without("Rule ")
        .without("Fired on");
    let quote = window.wait_for(passage).name;
    window.type_text(code);
    window.key(Modifiers::NONE, Key::Tab);
    window.type_text(note);
    window.key(CTRL, Key::Enter);
    window.wait_for(containing("1 annotation"));
    quote.trim_matches(['“', '”']).chars().take(24).collect()
}

/// Chooses a mark of the timeline and follows its first sentence into the reader.
fn see_evidence(window: &mut Window) {
    window.wait_for("No mark is chosen.");
    window.click(role_containing(Role::Button, "China, ").with("claim"));
    window.wait_gone("No mark is chosen.");
    let sentence = window.click(role_containing(Role::ListItem, " · "));
    let title = TITLES.iter().find(|title| sentence.name.contains(**title));
    let title = title.unwrap_or_else(|| panic!("no article is named in {}", sentence.name));
    wait_for_article(window, title);
}
