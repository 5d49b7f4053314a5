//! Pictures of the main views, for the eye: `./x shots`.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::names::by_palette;
use crate::tree::role_containing;
use crate::window::{CTRL, Desk, Window};
use crate::{TITLES, open_article, wait_for_sample, wait_until_idle};

/// Where the pictures go.
fn folder() -> PathBuf {
    let folder = std::env::var_os("ATTACHE_SHOTS").expect("ATTACHE_SHOTS names a folder");
    PathBuf::from(folder)
}

#[test]
#[ignore = "makes pictures for the eye; ./x shots runs it"]
fn shots() {
    let desk = Desk::new();
    let mut window = desk.open(&[]);
    wait_for_sample(&mut window);
    for theme in ["light", "dark"] {
        by_palette(&mut window, &format!("Theme: {theme}"));
        views(&mut window, theme);
    }
    by_palette(&mut window, "Theme: light");
    zoomed(&mut window);
}

fn shoot(window: &mut Window, name: &str) {
    wait_until_idle(window);
    window.screenshot(&folder().join(format!("{name}.png")));
}

/// Each view at 1280×800.
fn views(window: &mut Window, theme: &str) {
    let shot = |window: &mut Window, view: &str| shoot(window, &format!("{view}-{theme}"));
    open_article(window, TITLES[0]);
    shot(window, "conflict");
    open_article(window, TITLES[2]);
    window.click(role_containing(Role::Button, "Claims "));
    window.click(role_containing(Role::ListItem, "Claim: Agreement"));
    window.click(role_containing(Role::Button, "China, ").with("claim"));
    shot(window, "claim-and-evidence");
    window.key(Modifiers::NONE, Key::E);
    shot(window, "editor");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::S);
    window.key(Modifiers::NONE, Key::A);
    window.type_text("Supply");
    shot(window, "annotate");
    window.key(CTRL, Key::Enter);
    for pane in ["Annotations", "Article facts", "Actors"] {
        window.click((Role::Button, pane));
        shot(window, &pane.to_lowercase().replace(' ', "-"));
    }
    // The list stands under the same tabs as the actors.
    by_palette(window, "Articles");
    window.key(CTRL, Key::Z);
    window.click((Role::Button, "Suggestions"));
    window.key(CTRL | Modifiers::SHIFT, Key::P);
    shot(window, "palette");
    window.key(Modifiers::NONE, Key::Escape);
}

/// The same at 200 %: on the same window, and on a larger one.
fn zoomed(window: &mut Window) {
    for _ in 0..20 {
        if window.tree().pixels_per_point > 1.9 {
            break;
        }
        window.key(CTRL, Key::Plus);
    }
    shoot(window, "zoom-200");
    window.resize(960, 600);
    shoot(window, "zoom-200-1920x1200");
}
