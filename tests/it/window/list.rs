//! Find: the list, its filter, its order, and moving through it.

use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, vec2};

use super::{CTRL, CTRL_SHIFT, Desk, NONE, PATIENCE, TITLES};
use attache::analysis::list::fold;
use attache::app::Start;
use attache::model::view::Column;

#[test]
fn the_list_shows_the_sample_and_the_filter_narrows_it() {
    let mut desk = Desk::sample();
    assert_eq!(desk.titles().len(), TITLES.len(), "{}", desk.dump());
    assert!(desk.has(Role::Label, "5 articles"));

    desk.fill("Search articles", "CHINA 2016");
    let kept = desk.titles();
    assert!(kept.contains(&TITLES[2]), "{kept:?}");
    assert!(kept.len() < TITLES.len(), "{kept:?}");
    let count = format!("{} of 5 articles", kept.len());
    assert!(desk.has(Role::Label, &count), "{}", desk.dump());

    desk.fill("Search articles", "no such words");
    assert_eq!(desk.titles().len(), 0);
    assert!(desk.has(Role::Label, "No article matches."));
    desk.click(Role::Button, "Clear");
    assert_eq!(desk.titles().len(), TITLES.len());
}

#[test]
fn every_column_sorts_both_ways() {
    let mut desk = Desk::sample();
    for column in Column::ALL {
        let name = format!("Sort by {}", column.label().to_lowercase());
        let mut orders = Vec::new();
        for _ in 0..2 {
            let button = desk.part(Role::Button, &name);
            desk.click_on(&button);
            let (by, descending) = desk.look(|bench| bench.view.sort);
            assert_eq!(by, *column);
            let mut keys = keys(&desk, *column);
            orders.push(desk.titles());
            if descending {
                keys.reverse();
            }
            // What is missing stands last either way.
            keys.retain(Option::is_some);
            assert!(keys.is_sorted(), "{column:?} {descending}: {keys:?}");
        }
        assert_ne!(orders[0], orders[1], "{column:?}");
    }
}

/// What the list is sorted by, from the top.
fn keys(desk: &Desk, column: Column) -> Vec<Option<String>> {
    let facts = desk.titles().into_iter().map(|title| desk.facts(title));
    let key = |facts: attache::analysis::facts::ArticleFacts| match column {
        Column::Title => Some(fold(&facts.title)),
        Column::Published => {
            let days = facts.publication?.days();
            Some(format!("{:09}", days.first.or(days.last)?.0 + 100_000_000))
        }
        Column::Partners => {
            let names = facts.partners.iter();
            let names = names.map(|(id, _)| desk.look(|bench| bench.actor_name(id)));
            let names: Vec<String> = names.collect();
            (!names.is_empty()).then(|| fold(&names.join(", ")))
        }
        Column::Undecided => Some(format!("{:09}", facts.undecided)),
    };
    facts.map(key).collect()
}

#[test]
fn arrow_keys_open_the_article_above_and_below() {
    let mut desk = Desk::sample();
    let order = desk.titles();
    desk.open_article(order[1]);
    for (key, expected) in [
        (Key::ArrowDown, order[2]),
        (Key::ArrowUp, order[1]),
        (Key::ArrowUp, order[0]),
        (Key::ArrowUp, order[0]),
        (Key::End, order[4]),
        (Key::ArrowDown, order[4]),
        (Key::Home, order[0]),
    ] {
        desk.key(NONE, key);
        assert_eq!(desk.open_title().as_deref(), Some(expected), "{key:?}");
        desk.get(Role::Document, &format!("Article text: {expected}"));
    }
    // And from anywhere, without the list having the keyboard.
    desk.key(egui::Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.open_title().as_deref(), Some(order[1]));
}

#[test]
fn what_is_typed_in_a_field_is_no_command() {
    let mut desk = Desk::sample();
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::Y);
    assert_eq!(desk.steps(), 1);
    desk.key(CTRL, Key::F);
    for letter in [Key::Y, Key::N, Key::A] {
        desk.key(NONE, letter);
    }
    desk.type_text("minsk");
    desk.key(CTRL, Key::Z);
    assert_eq!(
        desk.steps(),
        1,
        "undo is the field's own while it has the cursor"
    );
    assert!(desk.look(|bench| bench.overlay.is_none()));
    // A command with Ctrl goes through.
    desk.key(CTRL_SHIFT, Key::P);
    assert!(desk.has(Role::TextInput, "Command"));
}

#[test]
fn a_long_reading_shows_its_progress_and_is_stopped() {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let many = Start::Synthetic(20_000);
    let mut desk = Desk::open_busy(&home, many, vec2(1280.0, 800.0));
    let began = std::time::Instant::now();
    // What has been read is shown while the rest is read.
    while !(desk.has(Role::ListItem, ", partners ") && desk.open_title().is_some()) {
        assert!(began.elapsed() < PATIENCE, "{}", desk.dump());
        desk.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(
        desk.has(Role::ProgressIndicator, "Progress"),
        "{}",
        desk.dump()
    );
    assert!(desk.has(Role::Label, "20000 articles"), "{}", desk.dump());
    desk.click(Role::Button, "Cancel");
    assert!(!desk.has(Role::ProgressIndicator, "Progress"));
    assert!(desk.look(attache::app::Workbench::has_unread));
    assert!(desk.has(Role::Label, "Stopped: "), "{}", desk.dump());
}
