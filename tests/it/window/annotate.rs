//! Annotate: highlights with codes and notes, and the note on an article.

use egui::accesskit::Role;
use egui::{Event, Key};

use attache::app::action::Action;
use attache::app::coding::CodeWish;
use attache::app::draft::CodeChoice;
use attache::model::ids::ActorId;
use attache::model::span::Span;

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
    let findings = |desk: &Desk| desk.look(|bench| bench.article.as_ref().map(|open| open.stamp));
    let before = findings(&desk);
    desk.click(Role::Button, "Keep");
    assert_eq!(desk.steps(), 1, "code and highlight are one step");
    assert_eq!(
        findings(&desk),
        before,
        "the findings are not put together again"
    );
    let codes: Vec<String> = desk.look(|bench| {
        let codes = bench.session.codebook.codes.values();
        codes.map(|code| code.name.clone()).collect()
    });
    assert_eq!(codes, ["Supply"]);
    assert!(desk.has(Role::Label, "1 annotation"));

    desk.click(Role::Button, "Annotations");
    let row = desk.part(Role::ListItem, "Supply: ");
    assert!(row.name.contains("note: Who pays?"), "{row:?}");
    assert_eq!(row.is_on, Some(true), "it is in hand");
    desk.click(Role::Button, "Delete highlight");
    assert!(!desk.has(Role::ListItem, "Supply: "));
    desk.key(CTRL, Key::Z);
    assert!(desk.has(Role::ListItem, "Supply: "));

    // Changed in place: one code off, another one on, and another note.
    desk.click(Role::Button, "Take off Supply");
    desk.part(Role::ListItem, "No code: ");
    desk.fill("Add a code", "Payment");
    desk.key(NONE, Key::Enter);
    desk.part(Role::ListItem, "Payment: ");
    desk.fill("Note on the highlight", "Who pays?");
    desk.fill("Note on the highlight", "Minsk pays.");
    desk.click(Role::Button, "Codes");
    desk.click(Role::Button, "Annotations");
    assert_eq!(desk.undo_name().as_deref(), Some("Note on highlight"));
    let row = desk.part(Role::ListItem, "Payment: ");
    assert!(row.name.contains("note: Minsk pays."), "{row:?}");
    let kept = desk.look(|bench| {
        let work = bench.session.work.values().next().unwrap();
        work.annotations.values().next().unwrap().clone()
    });
    assert_eq!((kept.span, kept.note.as_str()), (span, "Minsk pays."));
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

/// A corpus in which each article has three highlights: Supply on the first sentence, Tanks below
/// it on the second, nothing but a note on the third.
fn with_highlights() -> Desk {
    let mut desk = Desk::sample();
    for title in [TITLES[2], TITLES[0]] {
        desk.open_article(title);
        let article = desk.look(|bench| bench.article.as_ref().unwrap().id);
        let sentences = desk.look(|bench| {
            let all = &bench.article.as_ref().unwrap().extraction.sentences;
            all.iter().copied().take(3).collect::<Vec<_>>()
        });
        for (span, code) in sentences.into_iter().zip(["Supply", "Tanks", ""]) {
            let codes = (!code.is_empty()).then(|| CodeChoice::New(code.to_owned()));
            desk.dispatch(Action::Annotate {
                id: None,
                span,
                codes: codes.into_iter().collect(),
                note: if code.is_empty() { "unsure" } else { "" }.to_owned(),
            });
        }
        assert_eq!(
            desk.look(|bench| bench.work(article).unwrap().annotations.len()),
            3
        );
    }
    let (supply, tanks) = desk.look(|bench| {
        let book = &bench.session.codebook;
        (book.find("Supply").unwrap(), book.find("Tanks").unwrap())
    });
    desk.dispatch(Action::Code(CodeWish::Move(tanks, Some(supply))));
    desk.by_palette("Annotations");
    desk
}

impl Desk {
    /// The codes of the highlights listed, from the top, in view or not.
    fn listed(&self) -> Vec<String> {
        self.look(|bench| {
            let book = &bench.session.codebook.codes;
            let rows = bench.highlights().listing.rows.iter();
            rows.filter_map(|place| bench.highlight_at(*place))
                .map(|one| {
                    let names = one.codes.iter().map(|code| book[code].name.clone());
                    names.collect::<Vec<_>>().join(", ")
                })
                .collect()
        })
    }
}

#[test]
fn highlights_of_all_articles_are_listed_and_filtered() {
    let mut desk = with_highlights();
    assert_eq!(
        desk.listed(),
        ["Supply", "Tanks", ""],
        "of the open article"
    );
    desk.click(Role::Button, "All articles");
    let more = desk.look(|bench| bench.highlights().listing.rows.len());
    assert_eq!(more, 6);
    assert!(desk.has(Role::Label, "6 highlights"), "{}", desk.dump());

    desk.click(Role::Button, "Filter");
    desk.choose("With code", "Supply (4)");
    let shown = |desk: &Desk| desk.look(|bench| bench.highlights().listing.rows.len());
    assert_eq!(shown(&desk), 4, "with those below it");
    assert!(desk.has(Role::Label, "4 of 6 highlights"));
    desk.choose("With code", "No code");
    assert_eq!(shown(&desk), 2);
    desk.fill("Words in highlights", "UNSURE");
    assert_eq!(shown(&desk), 2, "the note counts");
    desk.fill("Words in highlights", "nothing like it");
    assert!(desk.has(Role::Label, "No highlight is as you ask."));
    desk.click(Role::Button, "Show all");
    assert_eq!(shown(&desk), 6);
    desk.fill("Made on", "1999");
    assert_eq!(shown(&desk), 0);
    desk.fill("Made on", "19x");
    assert_eq!(shown(&desk), 6, "what is no date leaves nothing out");
    desk.click(Role::Button, "Show all");
    desk.fill("Naming", "China");
    desk.key(NONE, Key::Enter);
    let named = shown(&desk);
    assert!((1..6).contains(&named), "{named}");
    desk.click(Role::Button, "Naming anybody");
    assert_eq!(shown(&desk), 6);

    // A click shows it, wherever it is.
    desk.click(Role::Button, "Filter");
    desk.open_article(TITLES[2]);
    let row = desk.first(Role::ListItem, "Supply: ");
    desk.click_on(&row);
    assert_eq!(desk.open_title().as_deref(), Some(TITLES[0]));
    let codes = desk.look(|bench| bench.highlight_in_hand().map(|(_, one)| one.codes.len()));
    assert_eq!(codes, Some(1));
}

#[test]
fn ticked_highlights_are_coded_split_and_deleted_as_one_step() {
    let mut desk = with_highlights();
    desk.click(Role::Button, "Filter");
    desk.choose("With code", "Supply (4)");
    assert_eq!(desk.listed(), ["Supply", "Tanks"]);
    let tick = |desk: &mut Desk, at: usize| {
        let boxes = desk.all(Role::CheckBox, "Tick ");
        desk.click_on(&boxes[at]);
    };
    tick(&mut desk, 0);
    tick(&mut desk, 1);
    assert!(desk.has(Role::Label, "2 ticked"));
    let before = desk.steps();
    desk.click(Role::Button, "Split…");
    assert!(desk.has(
        Role::Label,
        "1 highlight of “Supply” get a new code in its place."
    ));
    desk.type_text("Armour");
    desk.key(NONE, Key::Enter);
    assert_eq!(desk.steps(), before + 1);
    assert_eq!(
        desk.undo_name().as_deref(),
        Some("Split 1 highlight off “Supply”")
    );
    desk.click(Role::Button, "Show all");
    assert_eq!(desk.listed(), ["Armour", "Tanks", ""]);
    desk.fill("Code for the ticked", "Budget");
    desk.click(Role::Button, "Give");
    assert_eq!(desk.undo_name().as_deref(), Some("Code 2 highlights"));
    assert_eq!(desk.listed(), ["Armour, Budget", "Tanks, Budget", ""]);
    desk.click(Role::Button, "Tick all");
    desk.click(Role::Button, "Delete ticked");
    assert_eq!(desk.undo_name().as_deref(), Some("Delete 3 highlights"));
    assert!(desk.has(Role::Label, "No annotations yet."));
    for _ in 0..3 {
        desk.key(CTRL, Key::Z);
    }
    assert_eq!(desk.listed(), ["Supply", "Tanks", ""]);
    assert_eq!(desk.steps(), before);
}

#[test]
fn a_highlight_made_while_articles_are_read_for_another_focus() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    {
        let mut window = desk.window.borrow_mut();
        let workbench = &mut window.as_mut().unwrap().workbench;
        workbench.dispatch(Action::SetFocus(ActorId::new("RU")));
        workbench.dispatch(Action::Annotate {
            id: None,
            span: Span::new(0, 4),
            codes: Vec::new(),
            note: "noted".to_owned(),
        });
    }
    desk.settle();
    let facts = desk.facts(TITLES[2]);
    assert_eq!(facts.annotations, 1);
    let partners: Vec<&str> = facts.partners.iter().map(|(id, _)| id.as_str()).collect();
    assert!(
        partners.contains(&"BY") && !partners.contains(&"RU"),
        "{partners:?}"
    );
}
