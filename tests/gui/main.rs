//! The real window under a private X server: what an analyst does, by role and name.
//! See docs/testing.md.
#![cfg(target_os = "linux")]

mod crash;
mod display;
mod folder;
mod names;
mod reading;
mod shots;
mod story;
mod tree;
mod window;

use egui::accesskit::Role;

use crate::tree::{Item, Query, role_containing};
use crate::window::Window;

/// The titles of the sample.
pub(crate) const TITLES: [&str; 5] = [
    "Military industrial complex outlook as a bridge between Russia and Belarus",
    "Minsk seeks to reduce military-technical dependence on Russia",
    "Minsk set to strengthen military cooperation with China",
    "Building Belarus’ defense capacity is at odds with Russia’s interests",
    "Belarusian military industry’s major challenge is to remain afloat",
];

/// The row of an article in the list.
pub(crate) fn row(title: &str) -> Query {
    role_containing(Role::ListItem, &format!("{title}, ")).with(", partners ")
}

/// Waits until the sample stands in the list with all that was found in it, and nothing runs.
pub(crate) fn wait_for_sample(window: &mut Window) {
    for title in TITLES {
        window.wait_for(row(title));
    }
    wait_until_idle(window);
}

/// Waits until no job runs.
pub(crate) fn wait_until_idle(window: &mut Window) {
    window.wait_gone((Role::ProgressIndicator, "Progress"));
    window.settle();
}

/// Opens an article by clicking its row, and waits until the reader shows it.
pub(crate) fn open_article(window: &mut Window, title: &str) {
    window.click(row(title));
    wait_for_article(window, title);
}

/// Waits until the reader shows an article.
pub(crate) fn wait_for_article(window: &mut Window, title: &str) -> Item {
    window.wait_for((Role::Document, format!("Article text: {title}").as_str()))
}
