//! Annotate: highlights with codes and notes, and the note on an article.

use egui::accesskit::Role;
use egui::{Event, Key};

use super::{CTRL, Desk, NONE, TITLES};

#[test]
fn a_highlight_with_a_code_made_on_the_spot() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::S);
    let span = desk
        .look(|bench| bench.selected_text)
        .expect("a sentence is selected");
    desk.key(NONE, Key::A);
    assert!(desk.has(Role::Heading, "Annotate"));
    assert!(
        desk.get(Role::Button, "Keep").is_disabled,
        "nothing to keep yet"
    );
    // The cursor stands in the field for codes.
    desk.type_text("Supply");
    desk.fill("Note", "Who pays?");
    desk.click(Role::Button, "Keep");
    assert_eq!(desk.steps(), 1, "code and highlight are one step");
    let codes: Vec<String> = desk.look(|bench| {
        let codes = bench.session.codebook.codes.values();
        codes.map(|code| code.name.clone()).collect()
    });
    assert_eq!(codes, ["Supply"]);
    assert!(desk.has(Role::Label, "1 annotation"));

    desk.click(Role::Button, "Annotations");
    assert!(desk.has(Role::Label, "Supply"), "{}", desk.dump());
    assert!(desk.has(Role::Label, "Who pays?"));
    let delete = desk.part(Role::Button, "Delete annotation on ");
    desk.click_on(&delete);
    assert!(!desk.has(Role::Label, "Who pays?"));
    desk.key(CTRL, Key::Z);
    assert!(desk.has(Role::Label, "Who pays?"));

    // Changed: the code is known now, and may be taken off.
    let edit = desk.part(Role::Button, "Edit annotation on ");
    desk.click_on(&edit);
    desk.click(Role::Button, "Take off Supply");
    desk.click(Role::Button, "Keep");
    assert!(desk.has(Role::Label, "No code"));
    let kept = desk.look(|bench| {
        let work = bench.session.work.values().next().unwrap();
        work.annotations.values().next().unwrap().clone()
    });
    assert_eq!((kept.span, kept.note.as_str()), (span, "Who pays?"));
    while desk.steps() > 0 {
        desk.key(CTRL, Key::Z);
    }
    assert!(desk.look(|bench| bench.session.work.is_empty()));
    assert!(desk.look(|bench| bench.session.codebook.codes.is_empty()));
}

#[test]
fn the_note_on_an_article_is_kept_while_it_is_typed_as_one_step() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[0]);
    desk.key(NONE, Key::T);
    desk.type_text("Well informed, ");
    desk.type_text("no sources.");
    assert_eq!(desk.steps(), 1);
    desk.open_article(TITLES[1]);
    assert_eq!(desk.steps(), 1);
    assert_eq!(desk.undo_name().as_deref(), Some("Note on article"));
    desk.open_article(TITLES[0]);
    let note = desk.look(|bench| {
        let id = bench.article.as_ref().unwrap().id;
        bench.work(id).unwrap().note.as_ref().unwrap().text.clone()
    });
    assert_eq!(note, "Well informed, no sources.");
}

#[test]
fn a_passage_is_copied_with_its_citation() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[0]);
    desk.key(NONE, Key::S);
    desk.harness.event(Event::Copy);
    desk.harness.step();
    let asked = &desk.harness.output().platform_output.commands;
    let copied = asked.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    let copied = copied.expect("something is copied");
    let passage = desk.look(|bench| {
        let article = bench.article.as_ref().unwrap();
        article
            .slice(bench.selected_text.unwrap())
            .trim()
            .to_owned()
    });
    for part in [passage.as_str(), TITLES[0], "2016", "paragraph"] {
        assert!(copied.contains(part), "no {part} in {copied}");
    }
}
