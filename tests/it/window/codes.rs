//! The codebook: a tree that is made, moved, merged and used from the keyboard.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use attache::app::action::Action;
use attache::app::command::Command;
use attache::app::draft::CodeChoice;

use super::{CTRL, Desk, NONE, TITLES};

const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;

impl Desk {
    /// The codes of the tree by their paths, in its order.
    fn code_paths(&self) -> Vec<String> {
        self.look(|bench| {
            let book = &bench.session.codebook;
            let codes = book.tree().into_iter();
            codes.map(|(code, _)| book.path_text(code)).collect()
        })
    }

    fn make_codes(&mut self, names: &[&str]) {
        self.key(SHIFT, Key::B);
        for name in names {
            self.type_text(name);
            self.key(NONE, Key::Enter);
        }
        self.key(NONE, Key::Escape);
    }

    fn choose_code(&mut self, path: &str) {
        let row = self.part(Role::TreeItem, &format!("{path}, "));
        self.click_on(&row);
    }

    /// The codes of all highlights of the open article, in the order of the text.
    fn given(&self) -> Vec<Vec<String>> {
        self.look(|bench| {
            let id = bench.article.as_ref().unwrap().id;
            let work = bench.work(id).into_iter();
            let mut all: Vec<_> = work.flat_map(|work| work.annotations.values()).collect();
            all.sort_by_key(|annotation| annotation.span);
            let book = &bench.session.codebook;
            all.into_iter()
                .map(|one| one.codes.iter().map(|code| book.path_text(*code)).collect())
                .collect()
        })
    }
}

#[test]
fn a_tree_of_codes_is_made_and_moved_by_keys() {
    let mut desk = Desk::sample();
    desk.make_codes(&["Supply", "Tanks", "Budget", "supply"]);
    assert_eq!(desk.code_paths(), ["Budget", "Supply", "Tanks"], "no twins");
    assert_eq!(desk.steps(), 3, "each is a step");

    desk.choose_code("Tanks");
    // In, below the code before it; a level deeper is not there.
    desk.key(ALT, Key::ArrowRight);
    assert_eq!(desk.code_paths(), ["Budget", "Supply", "Supply / Tanks"]);
    desk.key(ALT, Key::ArrowRight);
    assert_eq!(desk.steps(), 4);
    desk.key(NONE, Key::ArrowUp);
    desk.key(ALT, Key::ArrowRight);
    let deep = ["Budget", "Budget / Supply", "Budget / Supply / Tanks"];
    assert_eq!(desk.code_paths(), deep, "all below comes along");

    // Folded, it stands for what is below.
    desk.key(NONE, Key::ArrowLeft);
    assert!(!desk.has(Role::TreeItem, "Tanks"));
    desk.key(NONE, Key::ArrowRight);
    assert!(desk.has(Role::TreeItem, "Budget / Supply / Tanks, "));
    desk.click(Role::Button, "Fold Budget");
    assert!(!desk.has(Role::TreeItem, "Supply"));
    desk.click(Role::Button, "Unfold Budget");

    // Out again, and to the top by the dialog.
    desk.choose_code("Budget / Supply");
    desk.key(ALT, Key::ArrowLeft);
    assert_eq!(desk.code_paths(), ["Budget", "Supply", "Supply / Tanks"]);
    desk.choose_code("Supply / Tanks");
    desk.click(Role::Button, "Move code…");
    desk.click(Role::Button, "To the top");
    assert_eq!(desk.code_paths(), ["Budget", "Supply", "Tanks"]);
    desk.choose_code("Supply");
    desk.click(Role::Button, "Move code…");
    assert!(!desk.has(Role::Button, "Supply"), "not below itself");
    desk.type_text("tan");
    desk.key(NONE, Key::Enter);
    assert_eq!(desk.code_paths(), ["Budget", "Tanks", "Tanks / Supply"]);
    for _ in 0..desk.steps() {
        desk.key(CTRL, Key::Z);
    }
    assert_eq!(desk.code_paths(), [""; 0]);
}

#[test]
fn a_code_is_dragged_below_another_and_to_the_top() {
    let mut desk = Desk::sample();
    desk.make_codes(&["Supply", "Tanks"]);
    let (tanks, supply) = (
        desk.part(Role::TreeItem, "Tanks, "),
        desk.part(Role::TreeItem, "Supply, "),
    );
    desk.drag(tanks.rect.center(), supply.rect.center());
    assert_eq!(desk.code_paths(), ["Supply", "Supply / Tanks"]);
    // Onto what is below itself it does not go.
    let (tanks, supply) = (
        desk.part(Role::TreeItem, "Supply / Tanks, "),
        desk.part(Role::TreeItem, "Supply, "),
    );
    desk.drag(supply.rect.center(), tanks.rect.center());
    assert_eq!(desk.code_paths(), ["Supply", "Supply / Tanks"]);
    assert!(
        desk.has(Role::Label, "can't stand below itself"),
        "{}",
        desk.dump()
    );
    // Under the last row lies the top.
    let tanks = desk.part(Role::TreeItem, "Supply / Tanks, ");
    let free = tanks.rect.center() + egui::vec2(0.0, 40.0);
    desk.drag(tanks.rect.center(), free);
    assert_eq!(desk.code_paths(), ["Supply", "Tanks"]);
    assert_eq!(desk.steps(), 4);
}

#[test]
fn name_definition_colour_and_key_are_changed_in_place() {
    let mut desk = Desk::sample();
    desk.make_codes(&["Supply", "Tanks"]);
    desk.choose_code("Supply");
    desk.fill("Name of the code", "tanks");
    assert!(desk.has(Role::Label, "There is a code “tanks” at the top already"));
    desk.fill("Name of the code", "Deliveries");
    desk.key(NONE, Key::Enter);
    assert_eq!(desk.undo_name().as_deref(), Some("Rename code"));
    desk.fill("Definition of the code", "Goods that cross a border.");
    // Choosing another one keeps what is typed.
    desk.choose_code("Tanks");
    assert_eq!(desk.undo_name().as_deref(), Some("Define code"));
    desk.click(Role::RadioButton, "Colour 5");
    assert_eq!(desk.undo_name().as_deref(), Some("Recolour code"));
    desk.choose("Key", "Alt+T");
    assert_eq!(desk.undo_name().as_deref(), Some("Key of code"));
    let codes: Vec<_> = desk.look(|bench| {
        let codes = bench.session.codebook.codes.values();
        codes
            .map(|code| {
                (
                    code.name.clone(),
                    code.definition.clone(),
                    code.color,
                    code.shortcut,
                )
            })
            .collect()
    });
    let expected = [
        ("Deliveries", "Goods that cross a border.", 0, None),
        ("Tanks", "", 4, Some('T')),
    ];
    let expected = expected
        .map(|(name, definition, color, key)| (name.to_owned(), definition.to_owned(), color, key));
    assert_eq!(codes, expected);
    desk.key(NONE, Key::Escape);

    // The key gives the code.
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::S);
    desk.key(ALT, Key::T);
    assert_eq!(desk.given(), [["Tanks"]]);
}

#[test]
fn digits_give_the_codes_used_last() {
    let mut desk = Desk::sample();
    desk.make_codes(&["Supply", "Tanks", "Budget"]);
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::Num1);
    assert_eq!(desk.given(), [[""; 0]; 0], "none has been used yet");
    for code in ["Supply", "Tanks"] {
        desk.choose_code(code);
        desk.key(NONE, Key::Enter);
    }
    assert_eq!(
        desk.given(),
        [["Supply", "Tanks"]],
        "one highlight, two codes"
    );
    // The next sentence: Tanks was the last, Supply the one before; then it is the other way round.
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::Num2);
    assert_eq!(desk.given(), [vec!["Supply", "Tanks"], vec!["Supply"]]);
    desk.key(NONE, Key::Num2);
    assert_eq!(desk.given(), [["Supply", "Tanks"], ["Supply", "Tanks"]]);
    // Once more takes it off.
    desk.key(NONE, Key::Num1);
    assert_eq!(desk.given(), [vec!["Supply", "Tanks"], vec!["Supply"]]);
    desk.click(Role::Button, "Annotate");
    assert!(
        desk.has(Role::Button, "Give code: Supply"),
        "{}",
        desk.dump()
    );
    desk.key(NONE, Key::Escape);

    // The dialog offers them first, the others after them.
    desk.key(NONE, Key::A);
    let offered: Vec<String> = desk
        .seen()
        .into_iter()
        .filter(|seen| {
            seen.role == Role::Button && ["Supply", "Tanks", "Budget"].contains(&&*seen.name)
        })
        .map(|seen| seen.name)
        .collect();
    assert_eq!(
        offered.first().map(String::as_str),
        Some("Tanks"),
        "{offered:?}"
    );
    desk.key(NONE, Key::Escape);
}

#[test]
fn codes_are_merged_and_deleted_with_their_highlights() {
    let mut desk = Desk::sample();
    desk.make_codes(&["Supply", "Tanks"]);
    desk.open_article(TITLES[2]);
    for code in ["Supply", "Tanks"] {
        desk.key(NONE, Key::S);
        desk.choose_code(code);
        desk.key(NONE, Key::Enter);
    }
    assert!(desk.has(Role::TreeItem, "Supply, 1 highlight"));
    desk.choose_code("Supply");
    let before = desk.steps();
    desk.click(Role::Button, "Merge code into…");
    desk.type_text("tanks");
    desk.key(NONE, Key::Enter);
    assert_eq!(desk.steps(), before + 1);
    assert_eq!(
        desk.undo_name().as_deref(),
        Some("Merge code “Supply” into “Tanks”")
    );
    assert_eq!(desk.given(), [["Tanks"], ["Tanks"]]);
    assert!(
        desk.has(Role::TreeItem, "Tanks, 2 highlights"),
        "{}",
        desk.dump()
    );
    // It is in hand now.
    desk.key(NONE, Key::Delete);
    assert_eq!(desk.given(), [[""; 0], [""; 0]]);
    desk.key(CTRL, Key::Z);
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.given(), [["Supply"], ["Tanks"]]);
}

#[test]
fn a_code_is_found_by_typing() {
    let mut desk = Desk::sample();
    desk.make_codes(&["Supply", "Tanks", "Budget"]);
    desk.choose_code("Tanks");
    desk.key(ALT, Key::ArrowRight);
    desk.fill("Find or make a code", "tank");
    assert!(desk.has(Role::TreeItem, "Supply / Tanks, "));
    assert!(!desk.has(Role::TreeItem, "Budget"));
    desk.fill("Find or make a code", "Supply / tanks");
    desk.key(NONE, Key::Enter);
    let in_hand = desk.look(|bench| {
        let code = bench.code_in_hand().unwrap();
        bench.session.codebook.path_text(code)
    });
    assert_eq!((in_hand.as_str(), desk.steps()), ("Supply / Tanks", 4));
    desk.fill("Find or make a code", "T-72");
    desk.click(Role::Button, "Make below");
    assert!(
        desk.code_paths()
            .contains(&"Supply / Tanks / T-72".to_owned())
    );
}

#[test]
fn a_codebook_goes_out_as_a_table_and_comes_back() {
    let mut desk = Desk::sample();
    assert!(!desk.look(|bench| bench.is_enabled(Command::ExportCodes)));
    desk.make_codes(&["Supply", "=Tanks"]);
    desk.choose_code("=Tanks");
    desk.click(Role::Button, "Move code…");
    desk.type_text("Supply");
    desk.key(NONE, Key::Enter);
    let made = desk.look(|bench| bench.session.codebook.clone());
    let path = desk.path("codes.csv");
    desk.by_palette("Export codes…");
    desk.fill("Path", path.to_str().unwrap());
    desk.click(Role::Button, "Export");
    assert!(
        desk.has(Role::Label, "2 codes written to "),
        "{}",
        desk.dump()
    );
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\r\n'=Tanks,Supply,"), "{text}");

    // Nothing is written over unasked; no goes back to the path.
    std::fs::write(&path, "other").unwrap();
    desk.by_palette("Export codes…");
    desk.fill("Path", path.to_str().unwrap());
    desk.click(Role::Button, "Export");
    desk.click(Role::Button, "Cancel");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "other");
    desk.click(Role::Button, "Export");
    desk.click(Role::Button, "Replace");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

    // In another session, with a line that can't be read.
    std::fs::write(&path, format!("{text},nothing,,,,,\r\n")).unwrap();
    desk.by_palette("Open the sample");
    desk.click(Role::Button, "Do not save");
    assert_eq!(desk.code_paths(), [""; 0]);
    desk.by_palette("Import codes…");
    desk.fill("Path", path.to_str().unwrap());
    desk.click(Role::Button, "Import");
    assert!(
        desk.has(Role::Label, "Codes: 2 new. From codes.csv."),
        "{}",
        desk.dump()
    );
    assert!(desk.has(Role::Label, "Line 4: the code has no name."));
    desk.click(Role::Button, "Close");
    assert_eq!(desk.look(|bench| bench.session.codebook.clone()), made);
    assert_eq!(
        (desk.steps(), desk.undo_name().as_deref()),
        (1, Some("Import codes"))
    );
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.code_paths(), [""; 0]);
    // What is no table says so.
    std::fs::write(&path, "some words").unwrap();
    desk.by_palette("Import codes…");
    desk.fill("Path", path.to_str().unwrap());
    desk.click(Role::Button, "Import");
    assert!(
        desk.has(Role::Label, "names no column \"name\""),
        "{}",
        desk.dump()
    );
}

#[test]
fn highlights_are_stripes_in_the_margin() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let (first, both) = desk.look(|bench| {
        let sentences = &bench.article.as_ref().unwrap().extraction.sentences;
        let (first, second) = (sentences[1], sentences[2]);
        (first, first.cover(second))
    });
    for (span, codes) in [(first, &["Supply", "Tanks"][..]), (both, &["Supply"][..])] {
        let codes = codes.iter().map(|code| CodeChoice::New((*code).to_owned()));
        desk.dispatch(Action::Annotate {
            id: None,
            span,
            codes: codes.collect(),
            note: String::new(),
        });
    }
    let tanks = desk.first(Role::Button, "Stripe Tanks: ");
    let supply = desk.all(Role::Button, "Stripe Supply: ");
    let is_beside = |one: &&super::Seen| one.rect.y_range().contains(tanks.rect.center().y);
    let beside: Vec<f32> = supply
        .iter()
        .filter(is_beside)
        .map(|one| one.rect.left())
        .collect();
    assert_eq!(beside.len(), 2, "{}", desk.dump());
    assert!(
        beside.iter().all(|left| *left < tanks.rect.left()),
        "lanes: {beside:?}"
    );
    let reader = desk.part(Role::Document, "Article text: ");
    assert!(reader.rect.contains_rect(tanks.rect));

    // Pointing says what it is, a click takes it in hand.
    desk.dispatch(Command::SelectNothing.into());
    desk.harness.hover_at(tanks.rect.center());
    desk.harness.run_steps(40);
    assert!(desk.has(Role::Label, "Tanks"), "{}", desk.dump());
    desk.click_on(&tanks);
    let in_hand = desk.look(|bench| bench.highlight_in_hand().map(|(_, one)| one.span));
    assert_eq!(in_hand, Some(first));
}
