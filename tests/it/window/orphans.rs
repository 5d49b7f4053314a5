//! An article's file changes: its work follows, or is listed as an orphan to be placed by hand.

use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, vec2};

use super::{CTRL, Desk, NONE};
use attache::app::Start;
use attache::model::ids::ArticleId;

const BEFORE: &str = "Minsk and Ankara\n\nBelarus and Turkey signed a memorandum on 12 May 2016. The \
    parties agreed to set up a working group. Nobody was told of the price of the trucks.\n";

/// The passages of all highlights in the text that is open, and their codes.
fn highlighted(desk: &Desk) -> Vec<String> {
    desk.look(|bench| {
        let article = bench.article.as_ref().unwrap();
        let work = bench.work(article.id).into_iter();
        let annotations = work.flat_map(|work| work.annotations.values());
        annotations
            .map(|one| article.slice(one.span).to_owned())
            .collect()
    })
}

/// Highlights the next sentence with a code.
fn code_next(desk: &mut Desk, code: &str) {
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::A);
    desk.type_text(code);
    desk.key(NONE, Key::Enter);
}

/// A saved session on one article, with two highlights, a decision and a note; then the file is
/// changed and the session opened again.
fn reopened(now: &str) -> (Desk, ArticleId) {
    let mut desk = Desk::on_articles(&[BEFORE]);
    desk.key(NONE, Key::S);
    code_next(&mut desk, "Signed");
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::S);
    code_next(&mut desk, "Price");
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::Y);
    desk.key(NONE, Key::T);
    desk.type_text("Look at this again");
    let old = desk.look(|bench| bench.article.as_ref().unwrap().id);
    let path = desk.path("work.ron");
    desk.key(CTRL, Key::S);
    desk.fill("Path", path.to_str().unwrap());
    desk.key(NONE, Key::Enter);
    assert!(path.is_file());
    std::fs::write(desk.path("articles").join("0.txt"), now).unwrap();
    let home = Rc::clone(&desk.home);
    drop(desk);
    let desk = Desk::open_in(&home, Start::Session(path), vec2(1280.0, 800.0));
    (desk, old)
}

#[test]
fn work_follows_a_changed_text_as_one_step() {
    let (mut desk, old) = reopened(&format!(
        "Updated at noon.\r\n\r\n{}",
        BEFORE.replace('\n', "\r\n")
    ));
    assert_eq!(desk.undo_name().as_deref(), Some("Follow changed texts"));
    assert_eq!(desk.steps(), 1);
    assert!(
        desk.has(Role::Label, "1 article has a new text"),
        "{}",
        desk.dump()
    );
    let found = highlighted(&desk);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().any(|text| text.starts_with("Nobody was told")),
        "{found:?}"
    );
    let id = desk.look(|bench| bench.article.as_ref().unwrap().id);
    let (decisions, note) = desk.look(|bench| {
        let work = bench.work(id).unwrap();
        (
            work.decisions.len(),
            work.note.as_ref().map(|note| note.text.clone()),
        )
    });
    assert_eq!(decisions, 1);
    assert_eq!(note.as_deref(), Some("Look at this again"));
    assert!(desk.look(|bench| bench.work(old).is_none() && bench.orphans().is_empty()));

    // Undone, all of it is on the old text again, and listed.
    desk.key(CTRL, Key::Z);
    assert!(desk.look(|bench| bench.work(id).is_none() && bench.work(old).is_some()));
    assert_eq!(desk.look(|bench| bench.orphans().len()), 3);
}

#[test]
fn what_is_gone_is_an_orphan_until_it_is_placed_or_dropped() {
    let (mut desk, _) = reopened(&BEFORE.replace(
        "Nobody was told of the price of the trucks.",
        "The price is two million.",
    ));
    assert_eq!(
        desk.look(|bench| bench.orphans().len()),
        1,
        "{}",
        desk.dump()
    );
    assert!(
        desk.has(Role::Label, "Annotation: Price"),
        "{}",
        desk.dump()
    );
    assert!(desk.has(Role::Label, "Its text has changed."));
    // Placed at a passage that the analyst selects.
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::S);
    let place = desk.part(Role::Button, "at selection");
    desk.click_on(&place);
    assert!(desk.look(|bench| bench.orphans().is_empty()));
    assert_eq!(highlighted(&desk).len(), 2);
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.look(|bench| bench.orphans().len()), 1);
    // Let go.
    desk.click(Role::Button, "Drop all");
    assert!(desk.look(|bench| bench.orphans().is_empty()));
    assert!(desk.has(Role::Label, "No orphans."));
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.look(|bench| bench.orphans().len()), 1);
}

#[test]
fn a_candidate_is_shown_and_taken() {
    let now = BEFORE.replace(
        "agreed to set up a working group",
        "agreed to set up a group for trade",
    );
    let (mut desk, _) = reopened(&now);
    assert_eq!(
        desk.look(|bench| bench.orphans().len()),
        1,
        "{}",
        desk.dump()
    );
    let find = desk.part(Role::Button, "Find a place for The parties");
    desk.click_on(&find);
    let place = desk.first(Role::Button, "Place here (");
    desk.click_on(&place);
    assert!(desk.look(|bench| bench.orphans().is_empty()));
    let found = highlighted(&desk);
    assert!(
        found
            .iter()
            .any(|text| text == "The parties agreed to set up a group for trade."),
        "{found:?}"
    );
}
