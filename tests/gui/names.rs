//! Everything that can be acted on has a name, and nothing is drawn while nothing happens.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::tree::Tree;
use crate::window::{Desk, Window};
use crate::{TITLES, open_article, wait_for_sample};

const TABS: [&str; 4] = ["Suggestions", "Annotations", "Article facts", "Actors"];
const DIALOGS: [&str; 6] = [
    "Welcome",
    "Keyboard shortcuts",
    "Codebook…",
    "Focus…",
    "Analyst…",
    "About Attaché",
];

#[test]
fn everything_interactive_has_a_name_and_idle_draws_nothing() {
    let desk = Desk::new();
    let mut window = desk.open(&[]);
    wait_for_sample(&mut window);
    open_article(&mut window, TITLES[0]);

    let mut nameless = Vec::new();
    for tab in TABS {
        show(&mut window, tab);
        note_nameless(&mut window, tab, &mut nameless);
    }
    for menu in ["File", "Edit", "Decide", "Annotate", "Go", "View", "Help"] {
        window.click((Role::Button, menu));
        note_nameless(&mut window, menu, &mut nameless);
        window.key(Modifiers::NONE, Key::Escape);
    }
    for dialog in DIALOGS {
        by_palette(&mut window, dialog);
        note_nameless(&mut window, dialog, &mut nameless);
        window.key(Modifiers::NONE, Key::Escape);
    }
    assert!(nameless.is_empty(), "without a name:\n{}", nameless.join("\n"));

    window.settle();
    let frames = window.frames_during(Duration::from_secs(1));
    assert_eq!(frames, 0, "frames drawn while nothing happens");
    assert!(window.quit().success());
}

/// Shows a pane by its command.
fn show(window: &mut Window, pane: &str) {
    by_palette(window, pane);
    window.wait_gone((Role::TextInput, "Command"));
}

/// Runs a command through the palette.
pub(crate) fn by_palette(window: &mut Window, command: &str) {
    window.key(Modifiers::COMMAND | Modifiers::CTRL | Modifiers::SHIFT, Key::P);
    window.wait_for((Role::TextInput, "Command"));
    window.type_text(command);
    window.click((Role::ListItem, command));
}

fn note_nameless(window: &mut Window, view: &str, nameless: &mut Vec<String>) {
    let tree: Tree = window.tree();
    let found = tree
        .items
        .iter()
        .filter(|item| item.is_interactive && item.name.trim().is_empty())
        .map(|item| format!("{view}: {}", item.to_string().trim()));
    nameless.extend(found);
}
