//! Everything that can be acted on has a name.

use egui::Key;
use egui::accesskit::Role;

use super::{Desk, NONE, Seen, TITLES};
use attache::app::action::Action;
use attache::app::coding::CodeWish;

const PANES: [&str; 5] = [
    "Suggestions",
    "Annotations",
    "Codebook",
    "Article facts",
    "Actors",
];
const MENUS: [&str; 7] = ["File", "Edit", "Decide", "Annotate", "Go", "View", "Help"];
const DIALOGS: [&str; 6] = [
    "Welcome",
    "Keyboard shortcuts",
    "Focus…",
    "Analyst…",
    "About Attaché",
    "Save as…",
];

#[test]
fn everything_interactive_has_a_name() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[0]);
    let wish = CodeWish::New("Supply".to_owned(), None);
    desk.dispatch(Action::Code(wish));
    let mut nameless = Vec::new();
    for pane in PANES {
        desk.by_palette(pane);
        note(&desk, pane, &mut nameless);
    }
    for menu in MENUS {
        desk.click(Role::Button, menu);
        note(&desk, menu, &mut nameless);
        desk.key(NONE, Key::Escape);
    }
    for dialog in DIALOGS {
        desk.by_palette(dialog);
        assert!(desk.look(|bench| bench.overlay.is_some()), "{dialog}");
        note(&desk, dialog, &mut nameless);
        desk.key(NONE, Key::Escape);
    }
    desk.by_palette("Suggestions");
    desk.key(NONE, Key::S);
    for (key, view) in [
        (Key::A, "Annotate"),
        (Key::L, "Name an actor"),
        (Key::C, "New claim"),
    ] {
        desk.key(NONE, key);
        note(&desk, view, &mut nameless);
        desk.key(NONE, Key::Escape);
    }
    let keys: Vec<_> = desk
        .entries()
        .iter()
        .map(|entry| (entry.kind(), entry.key))
        .collect();
    for kind in attache::model::finding::FindingKind::ALL {
        if let Some((_, key)) = keys.iter().find(|(of, _)| *of == kind) {
            desk.dispatch(Action::SelectFinding(*key, true));
            desk.key(NONE, Key::E);
            note(&desk, kind.label(), &mut nameless);
            desk.key(NONE, Key::Escape);
        }
    }
    let bar = desk.first(Role::Button, ", cooperative");
    desk.click_on(&bar);
    note(&desk, "Evidence", &mut nameless);
    assert!(
        nameless.is_empty(),
        "without a name:\n{}",
        nameless.join("\n")
    );
}

fn note(desk: &Desk, view: &str, nameless: &mut Vec<String>) {
    let seen = desk.seen();
    let without = seen
        .iter()
        .filter(|one| one.name.trim().is_empty() && needs_name(one, &seen));
    nameless.extend(without.map(|one| format!("{view}: {one:?}")));
}

/// Scroll bars say what they are by their role, and the handles between panes and behind a row of
/// tabs are drawn by `egui_tiles`, which gives no way to name them.
fn needs_name(one: &Seen, seen: &[Seen]) -> bool {
    let between_panes = one.rect.width().min(one.rect.height()) <= 6.0;
    let behind_tabs = || {
        let mut tabs = seen.iter().filter(|tab| tab.role == Role::Button);
        tabs.any(|tab| {
            tab.rect.min == one.rect.min && tab.rect.left_bottom() == one.rect.left_bottom()
        })
    };
    let is_handle = one.role == Role::Unknown && (between_panes || behind_tabs());
    one.acts && one.role != Role::ScrollBar && !is_handle
}
