//! Reading: the list by keyboard, what the pointer tells, selecting, unfolding.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};

use crate::tree::{Item, Query, role_containing};
use crate::window::{Desk, Window};
use crate::{TITLES, open_article, row, wait_for_sample};

#[test]
fn an_article_is_read_by_keyboard_and_pointer() {
    let desk = Desk::new();
    let mut window = desk.open(&[]);
    wait_for_sample(&mut window);
    assert_eq!(window.find_all(row("")).len(), TITLES.len());

    arrow_keys_move(&mut window);
    open_article(&mut window, TITLES[0]);
    conflict_is_said_in_words(&mut window);
    furniture_opens_in_place(&mut window);
    let paragraph = window.wait_for(role_containing(Role::Paragraph, "Enhanced cooperation"));
    pointing_tells_the_rule(&mut window, &paragraph);
    dragging_selects(&mut window, &paragraph);
    assert!(window.quit().success());
}

/// The list has the focus after a click; an arrow opens the next article.
fn arrow_keys_move(window: &mut Window) {
    let rows = window.find_all(row(""));
    let [first, second, ..] = rows.as_slice() else {
        panic!("fewer than two rows");
    };
    window.click_at(first.center());
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.wait_for(Query::from(second.name.as_str()).on(true));
    window.focus(role_containing(Role::List, "Articles"));
    window.key(Modifiers::NONE, Key::ArrowUp);
    window.wait_for(Query::from(first.name.as_str()).on(true));
}

fn conflict_is_said_in_words(window: &mut Window) {
    let said = window.wait_for(role_containing(
        Role::Label,
        "The page is dated 22 April 2016",
    ));
    assert!(said.name.contains("October 23rd"), "{}", said.name);
    assert!(said.name.contains("2012"), "{}", said.name);
}

fn furniture_opens_in_place(window: &mut Window) {
    let folded = window.click(role_containing(Role::Button, "Unfold furniture"));
    let open = folded.name.replace("Unfold", "Fold");
    window.click((Role::Button, open.as_str()));
    window.wait_for((Role::Button, folded.name.as_str()));
}

/// The first sentence is evidence of a claim: the pointer on it tells which, and by what rule.
fn pointing_tells_the_rule(window: &mut Window, paragraph: &Item) {
    window.wait_gone(role_containing(Role::Label, "Rule "));
    window.point_at(paragraph.rect.min + vec2(8.0, 12.0));
    window.wait_for(role_containing(Role::Label, "Rule "));
}

/// A passage is selected by dragging, a word by a double click; A asks for its code.
fn dragging_selects(window: &mut Window, paragraph: &Item) {
    let from = paragraph.rect.min + vec2(4.0, 12.0);
    window.drag(from, from + vec2(160.0, 0.0));
    assert_quoted(window, "Enhanced coop");
    window.double_click_at(from);
    assert_quoted(window, "Enhanced”");
    window.drag(from + vec2(0.0, 26.0), Pos2::new(from.x, from.y));
    assert_quoted(window, "Enhanced cooperation");
}

/// The dialog for a code quotes the selection.
fn assert_quoted(window: &mut Window, start: &str) {
    window.key(Modifiers::NONE, Key::A);
    window.wait_for(role_containing(Role::Label, &format!("“{start}")));
    window.key(Modifiers::NONE, Key::Escape);
    window.wait_gone(role_containing(Role::TextInput, "Code"));
}
