//! Everything that can be acted on has a name, and nothing is drawn while nothing happens.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::tree::{Item, Tree};
use crate::window::{CTRL, Desk, Window};
use crate::{TITLES, open_article, wait_for_sample};

const TABS: [&str; 6] = [
    "Suggestions",
    "Annotations",
    "Codebook",
    "Memos",
    "Article facts",
    "Actors",
];
const DIALOGS: [&str; 6] = [
    "Welcome",
    "Keyboard shortcuts",
    "Link…",
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
    assert!(
        nameless.is_empty(),
        "without a name:\n{}",
        nameless.join("\n")
    );

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
    window.key(CTRL | Modifiers::SHIFT, Key::P);
    window.wait_for((Role::TextInput, "Command"));
    window.type_text(command);
    window.click((Role::ListItem, command));
}

fn note_nameless(window: &mut Window, view: &str, nameless: &mut Vec<String>) {
    let tree = window.tree();
    let found = tree
        .items
        .iter()
        .filter(|item| item.name.trim().is_empty() && needs_name(item, &tree))
        .map(|item| format!("{view}: {}", item.to_string().trim()));
    nameless.extend(found);
}

/// Scroll bars say what they are by their role.
fn needs_name(item: &Item, tree: &Tree) -> bool {
    item.is_interactive && item.role != Role::ScrollBar && !is_tile_handle(item, tree)
}

/// The handles that `egui_tiles` draws itself, between panes and behind a row of tabs. It gives
/// us no way to name them, and all that they do can be done by *Reset layout* and the tabs.
fn is_tile_handle(item: &Item, tree: &Tree) -> bool {
    let between_panes = item.rect.width().min(item.rect.height()) <= 6.0;
    let behind_tabs = || {
        tree.find_all(&Role::Button.into()).iter().any(|tab| {
            tab.rect.left_top() == item.rect.left_top()
                && tab.rect.left_bottom() == item.rect.left_bottom()
        })
    };
    item.role == Role::Unknown && (between_panes || behind_tabs())
}
