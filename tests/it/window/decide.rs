//! Decide: suggestions from the keyboard, a whole rule as one step, undo by name, actors.

use egui::Key;
use egui::accesskit::Role;

use super::{CTRL, CTRL_SHIFT, Desk, NONE, Seen, TITLES};
use attache::analysis::standing::{FindingKey, State};
use attache::app::action::Action;
use attache::model::finding::FindingKind;
use attache::model::ids::ActorId;

fn state_of(desk: &Desk, key: FindingKey) -> State {
    let entries = desk.entries();
    entries.iter().find(|entry| entry.key == key).unwrap().state
}

fn current(desk: &Desk) -> FindingKey {
    desk.look(|bench| bench.current).expect("a finding in hand")
}

#[test]
fn the_header_follows_what_is_done() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[0]);
    assert!(desk.has(Role::Label, "Not annotated yet"));
    desk.key(NONE, Key::J);
    desk.key(NONE, Key::Y);
    assert!(desk.has(Role::Label, "Annotated "), "{}", desk.dump());
    desk.key(CTRL, Key::Z);
    assert!(desk.has(Role::Label, "Not annotated yet"));
    // What it tells of are its claims; without one, nothing.
    assert!(desk.has(Role::Label, "Tells of "));
    desk.dispatch(Action::ShowKind(Some(FindingKind::Claim)));
    while let Some(claim) = desk
        .entries()
        .iter()
        .find(|entry| entry.kind() == FindingKind::Claim && entry.state == State::Undecided)
    {
        let key = claim.key;
        desk.dispatch(Action::SelectFinding(key, true));
        desk.key(NONE, Key::N);
    }
    assert!(!desk.has(Role::Label, "Tells of "), "{}", desk.dump());
}

#[test]
fn suggestions_are_decided_from_the_keyboard() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let before = desk.look(|bench| bench.session.clone());

    desk.key(NONE, Key::J);
    let first = current(&desk);
    desk.key(NONE, Key::Y);
    assert_eq!(state_of(&desk, first), State::Accepted);
    let second = current(&desk);
    assert_ne!(first, second, "Y goes on to the next");
    desk.key(NONE, Key::N);
    assert_eq!(state_of(&desk, second), State::Rejected);
    assert_eq!(desk.facts(TITLES[2]).decided, 2);
    assert!(desk.has(Role::Label, "2 decided"));
    assert!(desk.has(Role::ListItem, ", accepted"), "{}", desk.dump());
    assert!(!desk.has(Role::ListItem, ", rejected"));
    desk.by_palette("Show rejected");
    assert!(desk.has(Role::ListItem, ", rejected"));

    let third = current(&desk);
    desk.key(NONE, Key::K);
    desk.key(NONE, Key::K);
    assert_eq!(current(&desk), first);
    desk.key(NONE, Key::W);
    assert_eq!(state_of(&desk, first), State::Undecided);
    desk.key(NONE, Key::U);
    assert_eq!(current(&desk), third, "the next undecided one");
    desk.key(NONE, Key::E);
    assert!(desk.has(Role::Heading, "Edit "), "{}", desk.dump());
    desk.key(NONE, Key::Escape);
    assert!(!desk.has(Role::Heading, "Edit "));

    while desk.steps() > 0 {
        desk.key(CTRL, Key::Z);
    }
    assert_eq!(desk.look(|bench| bench.session.clone()), before);
}

#[test]
fn a_whole_rule_is_accepted_as_one_step_and_undone_by_name() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    let entries = desk.entries();
    let of_same_rule = |key: FindingKey| {
        desk.look(|bench| {
            let article = bench.article.as_ref().unwrap();
            bench.undecided_by_rule_of(article.entry(key).unwrap())
        })
    };
    let (key, same) = entries
        .iter()
        .filter(|entry| entry.is_open())
        .map(|entry| (entry.key, of_same_rule(entry.key)))
        .find(|(_, same)| same.len() > 1)
        .expect("a rule that found more than one thing");
    desk.dispatch(Action::SelectFinding(key, true));
    desk.click(Role::Button, &format!("Accept all {}", same.len()));
    assert_eq!(desk.steps(), 1);
    for key in &same {
        assert_eq!(state_of(&desk, *key), State::Accepted);
    }
    let step = desk.undo_name().unwrap();
    assert!(
        step.starts_with(&format!("Accept {} ", same.len())),
        "{step}"
    );

    desk.click(Role::Button, "Edit");
    assert!(
        desk.has(Role::Button, &format!("Undo: {step}")),
        "{}",
        desk.dump()
    );
    desk.key(NONE, Key::Escape);
    desk.key(CTRL, Key::Z);
    for key in &same {
        assert_eq!(state_of(&desk, *key), State::Undecided);
    }
    assert_eq!(desk.steps(), 0);
    desk.click(Role::Button, "Edit");
    assert!(
        desk.has(Role::Button, &format!("Redo: {step}")),
        "{}",
        desk.dump()
    );
    desk.key(NONE, Key::Escape);
    desk.key(CTRL_SHIFT, Key::Z);
    for key in &same {
        assert_eq!(state_of(&desk, *key), State::Accepted);
    }
}

#[test]
fn an_alias_changes_the_partners_at_once() {
    let text = "Minsk and its partners\n\nMay 12, 2016\n\n\
        On May 10, 2016, Belarus and Ruritania signed an agreement on the joint production of \
        radar stations. Ruritania delivered radar stations to Belarus in 2015.\n";
    let mut desk = Desk::on_articles(&[text]);
    let partners = |desk: &Desk| -> Vec<String> {
        desk.look(|bench| {
            let facts = bench.facts_of(0).unwrap();
            let names = facts.partners().map(|(id, _)| bench.actor_name(id));
            names.collect()
        })
    };
    assert_eq!(partners(&desk), Vec::<String>::new());
    let start = text.find("Ruritania").unwrap();
    let span = attache::model::span::Span::new(start, start + "Ruritania".len());
    desk.dispatch(Action::SelectText(Some(span)));

    desk.key(NONE, Key::L);
    assert!(desk.has(Role::Heading, "Whom does this name?"));
    desk.choose("Kind", "Country");
    desk.click(Role::Button, "New actor “Ruritania”");
    assert_eq!(partners(&desk), ["Ruritania"]);
    assert!(
        desk.has(Role::ListItem, "partners Ruritania"),
        "{}",
        desk.dump()
    );
    assert!(
        desk.has(Role::CheckBox, "Ruritania: "),
        "not in the legend:\n{}",
        desk.dump()
    );
    assert_eq!(desk.undo_name().as_deref(), Some("New actor"));

    // Split off again, and counted as an actor that there was.
    desk.by_palette("Actors");
    desk.click(Role::Button, "Take back “Ruritania”");
    assert_eq!(partners(&desk), Vec::<String>::new());
    desk.key(CTRL, Key::Z);
    assert_eq!(partners(&desk), ["Ruritania"]);
    desk.click(Role::Button, "Merge Ruritania into another actor");
    desk.fill("Actor", "Serbia");
    desk.key(NONE, Key::Enter);
    assert_eq!(partners(&desk), ["Serbia"]);
    desk.click(Role::Button, "Split Ruritania again");
    assert_eq!(partners(&desk), ["Ruritania"]);
}

#[test]
fn a_name_is_said_to_be_nobodys() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let china = ActorId::new("CN");
    assert!(desk.facts(TITLES[2]).is_partner(&china));
    desk.by_palette("Actors");
    desk.click(Role::Button, "Alias China of China");
    desk.click(Role::Button, "Nobody");
    let named = |desk: &Desk| {
        let entries = desk.entries();
        let text = |span| desk.look(|b| b.article.as_ref().unwrap().slice(span).to_owned());
        let drawn = entries.iter().filter(|entry| entry.is_drawn());
        let mentions = drawn.filter(|entry| entry.kind() == FindingKind::Mention);
        mentions
            .filter(|entry| text(entry.span()) == "China")
            .count()
    };
    assert_eq!(named(&desk), 0);
    desk.key(CTRL, Key::Z);
    assert!(named(&desk) > 0);
    assert!(desk.facts(TITLES[2]).is_partner(&china));
}

#[test]
fn another_focus_has_other_partners() {
    let mut desk = Desk::sample();
    let russia = ActorId::new("RU");
    let belarus = ActorId::new("BY");
    assert!(desk.facts(TITLES[1]).is_partner(&russia));
    desk.by_palette("Focus…");
    desk.fill("Follow", "Russia");
    desk.key(NONE, Key::Enter);
    assert_eq!(desk.look(|bench| bench.session.focus.clone()), russia);
    assert!(desk.has(Role::Button, "Focus: Russia"));
    assert!(desk.facts(TITLES[1]).is_partner(&belarus));
    assert!(!desk.facts(TITLES[1]).is_partner(&russia));
    desk.key(CTRL, Key::Z);
    assert!(desk.facts(TITLES[1]).is_partner(&russia));
}

#[test]
fn the_publication_date_is_ruled_on_and_the_ruling_taken_back() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[0]);
    let printed = desk.facts(TITLES[0]);
    desk.by_palette("Article facts");
    desk.fill("Publication date as you know it (EDTF)", "2014-10-");
    assert!(desk.get(Role::Button, "Set date").is_disabled);
    desk.fill("Publication date as you know it (EDTF)", "2014-10-28");
    desk.click(Role::Button, "Set date");
    let ruled = desk.facts(TITLES[0]);
    assert!(ruled.ruled);
    assert_eq!(ruled.publication.unwrap().to_string(), "2014-10-28");
    assert!(desk.has(Role::Label, "Ruled by "));
    desk.click(Role::Button, "Take the ruling back");
    assert_eq!(desk.facts(TITLES[0]), printed);
    desk.click(Role::Button, "Not known");
    assert_eq!(desk.facts(TITLES[0]).publication, None);
    while desk.steps() > 0 {
        desk.key(CTRL, Key::Z);
    }
    assert_eq!(desk.facts(TITLES[0]), printed);
}

#[test]
fn a_passage_is_masked_and_shown_again() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[2]);
    let folded = desk.all(Role::Button, "Unfold furniture").len();
    let before = desk.entries();
    let paragraph = desk.look(|bench| {
        let article = bench.article.as_ref().unwrap();
        let body = article.blocks.iter().rev().find_map(|block| match block {
            attache::app::blocks::Block::Body(paragraph) => Some(paragraph.span),
            attache::app::blocks::Block::Furniture { .. } => None,
        });
        body.unwrap()
    });
    desk.dispatch(Action::ShowPassage(
        desk.look(|bench| bench.article.as_ref().unwrap().id),
        paragraph,
        None,
    ));
    desk.dispatch(Action::SelectText(Some(paragraph)));
    desk.key(NONE, Key::M);
    assert_eq!(desk.undo_name().as_deref(), Some("New furniture"));
    let masked = desk.entries();
    let inside = |entry: &&attache::app::article::Entry| paragraph.contains(entry.span());
    let counts = masked
        .iter()
        .filter(inside)
        .filter(|entry| entry.kind() != FindingKind::Furniture);
    assert!(counts.clone().count() > 0, "the passage holds findings");
    assert!(
        counts.clone().all(|entry| entry.masked),
        "and they count no more"
    );
    assert!(
        desk.has(Role::Button, "Unfold furniture: "),
        "{folded}:\n{}",
        desk.dump()
    );
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.entries().len(), before.len());
    assert!(
        desk.entries()
            .iter()
            .zip(&before)
            .all(|(now, then)| now.masked == then.masked)
    );
}

#[test]
fn furniture_inside_of_a_paragraph_says_why_and_can_be_taken_back() {
    let text = "Norway and Kenya to build ships\n\nOSLO, March 12, 2019 (Newsroom) – Norway and \
                Kenya signed an agreement to build patrol ships together in Mombasa on Monday.";
    let mut desk = Desk::on_articles(&[text]);
    let paragraph = desk.first(Role::Paragraph, "OSLO, March 12");
    let dateline = paragraph.rect.left_top() + egui::vec2(12.0, 12.0);
    let tells_why = |desk: &mut Desk| {
        desk.harness.hover_at(dateline);
        desk.harness.run_steps(4);
        std::thread::sleep(std::time::Duration::from_millis(600));
        desk.harness.run_steps(60);
        desk.has(Role::Label, "Not the article: date line")
    };
    assert!(tells_why(&mut desk), "{}", desk.dump());
    desk.click_on(&Seen {
        rect: egui::Rect::from_min_size(dateline, egui::Vec2::ZERO),
        ..paragraph
    });
    let key = current(&desk);
    let entries = desk.entries();
    let in_hand = entries.iter().find(|entry| entry.key == key).unwrap();
    assert_eq!(in_hand.kind(), FindingKind::Furniture);
    desk.key(NONE, Key::N);
    assert_eq!(state_of(&desk, key), State::Rejected);
    assert!(!tells_why(&mut desk), "{}", desk.dump());
}
