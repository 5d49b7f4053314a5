//! Forms, menus and dialogs: everything of them is in view, and Escape closes one at a time.

use std::rc::Rc;

use attache::app::Start;
use attache::app::command::Command;
use egui::accesskit::Role;
use egui::{Key, Vec2, vec2};
use tempfile::TempDir;

use super::{CTRL_SHIFT, Desk, NONE, TITLES};

fn desk_of(size: Vec2) -> Desk {
    Desk::open_in(&Rc::new(TempDir::new().unwrap()), Start::Sample, size)
}

/// A date of the open article in the editor.
fn edit_a_date(desk: &mut Desk) {
    let kind = desk.part(Role::Button, "Dates ");
    desk.click_on(&kind);
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::E);
    assert!(desk.has(Role::Heading, "Edit date"), "{}", desk.dump());
}

#[test]
fn a_bad_date_is_told_of_once_and_keeps_the_cursor() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    edit_a_date(&mut desk);
    desk.fill("Date (EDTF)", "last week");
    let told: Vec<_> = desk.all(Role::Label, "EDTF");
    let errors = told.iter().filter(|label| label.name != "Date (EDTF)");
    assert_eq!(errors.count(), 1, "{told:?}");
    desk.key(NONE, Key::Enter);
    desk.type_text("2016");
    let field = desk.get(Role::TextInput, "Date (EDTF)");
    assert!(field.value.ends_with("2016"), "{field:?}");
}

#[test]
fn the_ways_out_of_a_form_are_in_view_in_a_low_window() {
    for height in [800.0, 680.0, 570.0] {
        let mut desk = desk_of(vec2(1280.0, height));
        let kind = desk.part(Role::Button, "Claims ");
        desk.click_on(&kind);
        desk.key(NONE, Key::J);
        desk.key(NONE, Key::E);
        let heading = desk.get(Role::Heading, "Edit claim");
        desk.fill("When (EDTF)", "no date");
        // What stands below the pane of suggestions.
        let below = desk.part(Role::Label, "Belarus’ partners over time").rect;
        for name in ["Keep", "Cancel"] {
            let button = desk.get(Role::Button, name);
            assert!(button.rect.top() > heading.rect.bottom(), "{button:?}");
            assert!(button.rect.bottom() < below.top(), "{button:?} at {height}");
        }
    }
}

#[test]
fn escape_closes_the_menu_and_not_the_form_behind_it() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    edit_a_date(&mut desk);
    desk.click(Role::Button, "Edit");
    assert!(desk.has(Role::Button, "Undo"));
    desk.key(NONE, Key::Escape);
    assert!(!desk.has(Role::Button, "Undo"), "{}", desk.dump());
    assert!(desk.has(Role::Heading, "Edit date"), "{}", desk.dump());
    desk.key(NONE, Key::Escape);
    assert!(!desk.has(Role::Heading, "Edit date"));
}

#[test]
fn a_menu_that_is_higher_than_the_window_scrolls() {
    let mut desk = desk_of(vec2(1280.0, 480.0));
    desk.click(Role::Button, "Annotate");
    let last = desk.part(Role::Button, "Delete highlight");
    assert!(last.rect.bottom() > 480.0, "{last:?} needs no scrolling");
    desk.scroll_to(&last);
    let last = desk.part(Role::Button, "Delete highlight");
    assert!(last.rect.bottom() <= 480.0, "{last:?}");
}

#[test]
fn a_dialog_has_its_own_size_at_once() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    desk.key(CTRL_SHIFT, Key::P);
    let height = |desk: &Desk| {
        let rows = desk.all(Role::ListItem, "");
        let in_palette = rows.iter().filter(|row| row.name == "Open session…");
        let first = in_palette.map(|row| row.rect.top()).next();
        let close = desk.all(Role::TextInput, "Command");
        (first, close.first().map(|field| field.rect.top()))
    };
    let alone = height(&desk);
    desk.key(NONE, Key::Escape);
    // A low dialog before it.
    desk.by_palette("About");
    desk.key(NONE, Key::Escape);
    desk.key(CTRL_SHIFT, Key::P);
    assert_eq!(height(&desk), alone);
    desk.key(NONE, Key::Escape);
}

#[test]
fn return_on_what_cannot_be_done_now_says_why() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    desk.by_palette("Redo");
    assert!(desk.has(Role::Label, "Not now: There is nothing to redo."));
    desk.type_text("xyz");
    assert!(desk.has(Role::Label, "No command has such a name."));
    desk.key(NONE, Key::Escape);
}

#[test]
fn every_command_that_cannot_be_done_says_why() {
    let desk = desk_of(vec2(1280.0, 800.0));
    desk.look(|bench| {
        for command in Command::ALL {
            assert_eq!(
                bench.why_not(*command).is_none(),
                bench.is_enabled(*command)
            );
        }
    });
}

#[test]
fn the_focus_in_the_status_bar_leads_to_whom_else_one_may_follow() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    desk.click(Role::Button, "Focus: Belarus");
    assert!(desk.has(Role::Heading, "Focus"));
    desk.click(Role::Button, "China");
    assert!(desk.has(Role::Button, "Focus: China"), "{}", desk.dump());
}

#[test]
fn an_empty_folder_says_where_what_was_looked_for() {
    let desk = Desk::on_articles(&[]);
    let folder = desk.path("articles").display().to_string();
    let told = desk.part(Role::Label, "No articles were found in");
    assert!(told.name.contains(&folder), "{told:?}");
    assert!(desk.has(Role::Label, "files that end in .txt"));
}

#[test]
fn suggestions_of_another_article_begin_at_the_top() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    let top = |desk: &Desk| {
        let rows = desk.all(Role::ListItem, ", undecided");
        rows.first().unwrap().rect.top()
    };
    let before = top(&desk);
    let last = desk.all(Role::ListItem, ", undecided").pop().unwrap();
    desk.scroll_to(&last);
    desk.harness.hover_at(last.rect.center());
    desk.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -400.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: NONE,
    });
    desk.settle();
    assert!(top(&desk) < before, "it scrolled");
    desk.open_article(TITLES[1]);
    assert!((top(&desk) - before).abs() < 1.0);
}

#[test]
fn the_title_of_an_article_is_told_in_full() {
    let mut desk = desk_of(vec2(1280.0, 800.0));
    let row = desk.part(Role::ListItem, &format!("{}, ", TITLES[3]));
    desk.harness.hover_at(row.rect.center());
    desk.harness.run_steps(4);
    std::thread::sleep(std::time::Duration::from_millis(600));
    desk.harness.run_steps(60);
    assert!(desk.has(Role::Label, TITLES[3]), "{}", desk.dump());
    // Not in front of a dialog.
    desk.key(CTRL_SHIFT, Key::P);
    assert!(!desk.has(Role::Label, TITLES[3]), "{}", desk.dump());
}
