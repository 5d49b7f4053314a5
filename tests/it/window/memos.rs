//! Memos on things and links between them: written where a thing is seen, shown at both ends.

use attache::analysis::standing::FindingKey;
use attache::app::Start;
use attache::app::action::Action;
use attache::app::memos::MemoWish;
use attache::model::finding::FindingKind;
use attache::model::ids::ActorId;
use attache::model::session::Thing;
use egui::accesskit::Role;
use egui::{Event, Key};

use super::lost::{crash, reopen, save_as};
use super::{CTRL, Desk, NONE, Seen, TITLES};

/// Takes the first claim of the open article in hand.
fn take_claim(desk: &mut Desk) -> (Thing, FindingKey) {
    let entries = desk.entries();
    let is_claim = |kind| kind == FindingKind::Claim;
    let claim = entries
        .iter()
        .find(|entry| is_claim(entry.kind()) && entry.is_open());
    let key = claim.expect("a claim").key;
    desk.dispatch(Action::SelectFinding(key, true));
    let article = desk.look(|bench| bench.article.as_ref().unwrap().id);
    (Thing::Claim(article, key), key)
}

/// Opens the menu of something.
fn press_with_the_other_button(desk: &mut Desk, seen: &Seen) {
    let pos = seen.rect.center();
    desk.harness.hover_at(pos);
    for pressed in [true, false] {
        desk.harness.event(Event::PointerButton {
            pos,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: NONE,
        });
    }
    desk.settle();
}

fn memo(desk: &Desk, on: &Thing) -> String {
    desk.look(|bench| bench.memo_text(on).to_owned())
}

#[test]
fn a_memo_on_a_claim_is_kept_while_it_is_typed_as_one_step() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let (claim, _) = take_claim(&mut desk);
    desk.key(NONE, Key::I);
    // The cursor stands in the field.
    desk.type_text("Who says so? ");
    desk.type_text("Only the ministry.");
    assert_eq!(memo(&desk, &claim), "Who says so? Only the ministry.");
    assert_eq!(desk.steps(), 1);
    assert_eq!(desk.undo_name().as_deref(), Some("Memo on claim"));
    let analyst = desk.look(|bench| bench.session.analyst.clone());
    assert!(
        desk.has(Role::Label, &format!("{analyst}, ")),
        "who wrote it, and when"
    );
    // It is shown with the claim, and listed.
    assert!(
        desk.has(Role::Button, "Memo: Who says so?"),
        "{}",
        desk.dump()
    );
    desk.click(Role::Button, "All memos");
    assert!(desk.has(Role::ListItem, "Who says so?"));
    desk.choose("About", "Code");
    assert!(
        !desk.has(Role::ListItem, "Who says so?"),
        "it is not about a code"
    );
    desk.choose("About", "Claim");
    desk.fill("Words in memos", "MINISTRY");
    let row = desk.part(Role::ListItem, "Who says so?");
    desk.click_on(&row);
    // Deleting asks nothing, and can be undone.
    desk.click(Role::Button, "Delete memo");
    assert_eq!(memo(&desk, &claim), "");
    desk.key(CTRL, Key::Z);
    assert_eq!(memo(&desk, &claim), "Who says so? Only the ministry.");
    desk.key(CTRL, Key::Z);
    assert!(desk.look(|bench| bench.session.memos.is_empty()));
    assert_eq!(desk.steps(), 0);
}

#[test]
fn memos_are_written_from_where_their_things_are_seen() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    // An article, from its row; its memo is its note.
    let row = desk.part(Role::ListItem, TITLES[1]);
    press_with_the_other_button(&mut desk, &row);
    desk.click(Role::Button, "Memo on this article…");
    desk.type_text("Thin.");
    let note = desk.look(|bench| {
        let mut work = bench.session.work.values();
        work.find_map(|work| work.note.as_ref())
            .unwrap()
            .text
            .clone()
    });
    assert_eq!(note, "Thin.");
    // A partner, from the legend.
    let legend = desk.part(Role::CheckBox, "China: ");
    press_with_the_other_button(&mut desk, &legend);
    desk.click(Role::Button, "Memo on this partner…");
    desk.type_text("Since when?");
    let china = Thing::Partner(ActorId::new("CN"));
    assert_eq!(memo(&desk, &china), "Since when?");
    // An actor, from its pane; the session, by its command.
    desk.by_palette("Actors");
    desk.click(Role::Button, "Memo on China");
    desk.type_text("Names of its firms.");
    assert_eq!(
        memo(&desk, &Thing::Actor(ActorId::new("CN"))),
        "Names of its firms."
    );
    assert!(
        desk.has(Role::Button, "Memo: Names of its firms."),
        "{}",
        desk.dump()
    );
    assert!(
        desk.has(Role::Button, "Memo: Since when?"),
        "as a partner, too"
    );
    desk.by_palette("Memo on the session");
    desk.type_text("For the report of May.");
    assert_eq!(memo(&desk, &Thing::Session), "For the report of May.");
    desk.click(Role::Button, "All memos");
    assert_eq!(
        desk.all(Role::ListItem, "")
            .iter()
            .filter(|row| {
                ["Thin.", "Since when?", "Names of its", "For the report"]
                    .iter()
                    .any(|text| row.name.contains(text))
            })
            .count(),
        4,
        "{}",
        desk.dump()
    );
    // Through the file.
    let path = save_as(&mut desk, "memos.ron");
    let session = desk.look(|bench| bench.session.clone());
    let home = crash(desk);
    let desk = reopen(&home, Start::Session(path));
    assert_eq!(desk.look(|bench| bench.session.clone()), session);
    assert_eq!(memo(&desk, &china), "Since when?");
    assert_eq!(desk.look(|bench| bench.ties().things.len()), 4);
}

#[test]
fn a_link_is_shown_at_both_ends_and_leads_to_the_other() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let (claim, key) = take_claim(&mut desk);
    // With an actor, by its name.
    desk.key(NONE, Key::G);
    assert!(desk.has(Role::Heading, "Link"));
    desk.type_text("Actor Kazakhstan");
    desk.key(NONE, Key::Enter);
    let kazakhstan = Thing::Actor(ActorId::new("KZ"));
    desk.look(|bench| {
        assert_eq!(
            bench.ties().linked_with(&kazakhstan),
            std::slice::from_ref(&claim)
        );
    });
    assert_eq!(desk.undo_name().as_deref(), Some("Link"));
    // With an article that is looked for in the window.
    desk.key(NONE, Key::G);
    desk.click(Role::Button, "Look for it in the window");
    assert!(desk.has(Role::Label, "Linking Claim"), "{}", desk.dump());
    desk.open_article(TITLES[4]);
    desk.key(NONE, Key::G);
    assert!(!desk.has(Role::Label, "Linking Claim"));
    let other = desk.look(|bench| Thing::Article(bench.article.as_ref().unwrap().id));
    desk.look(|bench| assert_eq!(bench.ties().linked_with(&claim).len(), 2));

    // At the end of the article, and from there to the claim and back.
    desk.by_palette("Article facts");
    let link = desk.part(Role::Button, "Linked: Claim");
    desk.click_on(&link);
    assert_eq!(desk.open_title().as_deref(), Some(TITLES[2]));
    assert_eq!(desk.look(|bench| bench.current), Some(key));
    let back = desk.part(
        Role::Button,
        &format!("Linked: Article {}", &TITLES[4][..20]),
    );
    desk.click_on(&back);
    assert_eq!(desk.open_title().as_deref(), Some(TITLES[4]));
    // Taken away from the card of either end.
    desk.dispatch(Action::Memo(MemoWish::Open(other.clone())));
    let remove = desk.part(Role::Button, "Take away the link with Claim");
    desk.click_on(&remove);
    desk.look(|bench| assert!(bench.ties().linked_with(&other).is_empty()));
    desk.key(CTRL, Key::Z);
    desk.look(|bench| assert_eq!(bench.ties().linked_with(&other).len(), 1));
    while desk.steps() > 0 {
        desk.key(CTRL, Key::Z);
    }
    desk.look(|bench| assert!(bench.session.links.is_empty() && bench.ties().things.is_empty()));
}

#[test]
fn what_is_gone_says_so_and_what_is_said_of_it_is_not_lost() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    desk.key(NONE, Key::S);
    desk.key(NONE, Key::A);
    desk.type_text("Supply");
    desk.key(NONE, Key::Enter);
    // What was taken in hand last is what a memo is about.
    let (claim, _) = take_claim(&mut desk);
    assert_eq!(desk.look(attache::app::Workbench::thing_in_hand), claim);
    desk.key(NONE, Key::H);
    // The highlight in hand is linked with its code, which has a memo.
    let code = desk.look(|bench| Thing::Code(*bench.session.codebook.codes.keys().next().unwrap()));
    let highlight = desk.look(attache::app::Workbench::thing_in_hand);
    assert!(matches!(highlight, Thing::Annotation(..)));
    desk.dispatch(Action::Memo(MemoWish::Link(
        highlight.clone(),
        code.clone(),
    )));
    desk.dispatch(Action::Memo(MemoWish::Write {
        on: code.clone(),
        text: "Deliveries only.".to_owned(),
        goes_on: false,
    }));
    desk.key(CTRL, Key::Num2);
    desk.key(NONE, Key::Delete);
    desk.dispatch(Action::Memo(MemoWish::Open(code.clone())));
    assert!(
        desk.has(Role::Button, "Linked: Highlight that is not known (gone)"),
        "{}",
        desk.dump()
    );
    desk.click(Role::Button, "All memos");
    let row = desk.part(Role::ListItem, "Highlight that is not known (gone)");
    desk.click_on(&row);
    assert!(desk.has(
        Role::Label,
        "The highlight was deleted. What is said of it is kept."
    ));
    desk.key(NONE, Key::Escape);
    desk.key(CTRL, Key::Z);
    assert!(
        !desk.has(Role::Label, "The highlight was deleted."),
        "{}",
        desk.dump()
    );
}

#[test]
fn a_link_with_an_article_that_is_gone_is_kept() {
    let home = std::rc::Rc::new(tempfile::tempdir().unwrap());
    let folder = home.path().join("articles");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("one.txt");
    std::fs::write(
        &file,
        "Minsk and Ankara\n\nMay 12, 2016\n\nBelarus and Turkey signed a treaty.\n",
    )
    .unwrap();
    std::fs::write(
        folder.join("two.txt"),
        "Baku\n\nMay 13, 2016\n\nBelarus and Azerbaijan met.\n",
    )
    .unwrap();
    let mut desk = reopen(&home, Start::Paths(vec![folder]));
    let row = desk.part(Role::ListItem, "Minsk and Ankara, 12 May");
    press_with_the_other_button(&mut desk, &row);
    desk.click(Role::Button, "Link this article…");
    desk.type_text("Article Baku");
    desk.key(NONE, Key::Enter);
    let path = save_as(&mut desk, "gone.ron");
    let session = desk.look(|bench| bench.session.clone());
    assert_eq!(session.links.len(), 1);
    let home = crash(desk);
    std::fs::remove_file(file).unwrap();
    let mut desk = reopen(&home, Start::Session(path));
    assert_eq!(
        desk.look(|bench| bench.session.clone()),
        session,
        "nothing is lost"
    );
    desk.key(CTRL, Key::M);
    let gone = desk.part(Role::ListItem, "one.txt (gone)");
    desk.click_on(&gone);
    assert!(desk.has(
        Role::Label,
        "It is not in the corpus any more. What is said of it is kept."
    ));
    assert!(
        desk.has(Role::Button, "Linked: Article Baku"),
        "{}",
        desk.dump()
    );
}

#[test]
fn a_crash_loses_no_memo_and_no_link() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let (claim, _) = take_claim(&mut desk);
    desk.key(NONE, Key::I);
    desk.type_text("Check.");
    desk.dispatch(Action::Memo(MemoWish::Link(claim.clone(), Thing::Session)));
    let session = desk.look(|bench| bench.session.clone());
    let home = crash(desk);
    let mut desk = reopen(&home, Start::Sample);
    desk.click(Role::Button, "Recover");
    assert_eq!(desk.look(|bench| bench.session.clone()), session);
    assert_eq!(memo(&desk, &claim), "Check.");
    desk.look(|bench| assert_eq!(bench.ties().linked_with(&claim), [Thing::Session]));
}
