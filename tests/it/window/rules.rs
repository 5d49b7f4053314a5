//! Rules: how each has done, the switch, and the order of suggestions that follows from it.

use egui::Key;
use egui::accesskit::Role;

use super::{CTRL, Desk, NONE, TITLES};
use attache::app::action::Action;
use attache::app::article::Entry;
use attache::app::command::Command;
use attache::model::finding::{FindingKind, Rule};

/// The rule of the open article's undecided mentions that found the most.
fn common_rule(desk: &Desk) -> Rule {
    let entries = desk.entries();
    let open = entries.iter().filter(|entry| entry.is_open());
    let rules: Vec<Rule> = open
        .filter(|entry| entry.kind() == FindingKind::Mention)
        .filter_map(|entry| entry.rule.clone())
        .collect();
    let count = |rule: &Rule| rules.iter().filter(|other| *other == rule).count();
    rules.iter().max_by_key(|rule| count(rule)).unwrap().clone()
}

/// A rule's name on screen.
fn shown(rule: &Rule) -> String {
    let (_, name) = rule.0.split_once('/').unwrap();
    name.replace('-', " ")
}

fn by(rule: &Rule) -> impl Fn(&&Entry) -> bool {
    |entry| entry.rule.as_ref() == Some(rule)
}

#[test]
fn the_status_counts_as_the_rules_do() {
    let mut desk = Desk::sample();
    let counts = |desk: &Desk| {
        desk.look(|bench| {
            let found = bench.tallies.iter().map(|tally| u64::from(tally.found));
            (bench.counts.suggestions, found.sum::<u64>())
        })
    };
    let (all, found) = counts(&desk);
    assert_eq!(all, found);
    // What lies in a passage that the analyst masks is no suggestion any more.
    let claim = desk
        .entries()
        .into_iter()
        .find(|entry| entry.kind() == FindingKind::Claim);
    desk.dispatch(Action::SelectText(Some(claim.unwrap().span())));
    desk.dispatch(Command::MarkFurniture.into());
    let (fewer, found) = counts(&desk);
    assert!(fewer < all, "{fewer}");
    assert_eq!(fewer, found);
}

#[test]
fn a_rule_shows_its_record_and_is_switched_off_and_on_again() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    let before = desk.look(|bench| bench.session.clone());
    let rule = common_rule(&desk);
    let name = shown(&rule);
    let keys: Vec<_> = desk
        .entries()
        .iter()
        .filter(by(&rule))
        .map(|e| e.key)
        .collect();
    assert!(keys.len() > 2);

    desk.dispatch(Action::SelectFinding(keys[0], true));
    desk.key(NONE, Key::Y);
    desk.dispatch(Action::SelectFinding(keys[1], true));
    desk.key(NONE, Key::N);
    desk.dispatch(Action::SelectFinding(keys[2], true));
    assert!(
        desk.has(Role::Label, "So far: 1 accepted, 1 rejected"),
        "{}",
        desk.dump()
    );

    desk.by_palette("Rules");
    let row = desk.part(Role::ListItem, &format!("Mention: {name}, "));
    assert!(
        row.name.contains("1 accepted, 1 rejected · 50 % right"),
        "{row:?}"
    );
    let claims = desk.facts(TITLES[1]).claims.len();
    desk.click(Role::CheckBox, &format!("Use rule {name}"));
    let left = desk.entries();
    assert!(
        !left.iter().filter(by(&rule)).any(Entry::is_open),
        "it proposes nothing more"
    );
    assert_eq!(left.iter().filter(by(&rule)).count(), 2, "decisions stay");
    assert!(
        desk.facts(TITLES[1]).claims.len() < claims,
        "and nothing rests on it"
    );
    assert!(
        desk.has(Role::ListItem, "off · 1 accepted, 1 rejected"),
        "{}",
        desk.dump()
    );
    assert!(desk.undo_name().unwrap().contains(&name));

    desk.key(CTRL, Key::Z);
    assert_eq!(desk.entries().iter().filter(by(&rule)).count(), keys.len());
    assert_eq!(desk.facts(TITLES[1]).claims.len(), claims);
    while desk.steps() > 0 {
        desk.key(CTRL, Key::Z);
    }
    assert_eq!(desk.look(|bench| bench.session.clone()), before);
}

#[test]
fn a_rule_that_is_off_stays_off_in_the_file() {
    let mut desk = Desk::sample();
    desk.by_palette("Rules");
    desk.click(Role::CheckBox, "Use rule demonym");
    let file = desk.path("work.ron");
    desk.dispatch(Action::SaveTo(file.clone()));
    desk.dispatch(Action::OpenSessionFile(file));
    let off = desk.look(|bench| bench.session.rules_off.clone());
    assert!(off.contains("actor/demonym"));
    assert!(
        !desk
            .entries()
            .iter()
            .any(|e| e.rule.as_ref().is_some_and(|r| off.contains(r)))
    );
}

#[test]
fn a_click_on_a_rule_leads_to_its_next_suggestion_wherever_it_is() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    desk.by_palette("Rules");
    let rule = common_rule(&desk);
    let row = format!("Mention: {}, ", shown(&rule));
    let waiting = desk.entries().iter().filter(by(&rule)).count();
    let article = desk.open_title();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..waiting {
        let row = desk.part(Role::ListItem, &row);
        desk.click_on(&row);
        let entry = desk.look(|bench| bench.current_entry().unwrap().clone());
        assert_eq!(entry.rule.as_ref(), Some(&rule));
        assert!(seen.insert(entry.key), "each once");
        desk.key(NONE, Key::Y);
    }
    assert_eq!(desk.open_title(), article);
    let row = desk.part(Role::ListItem, &row);
    desk.click_on(&row);
    assert_ne!(desk.open_title(), article, "on to the next article");
    let entry = desk.look(|bench| bench.current_entry().unwrap().clone());
    assert_eq!(entry.rule, Some(rule));
}

#[test]
fn likely_suggestions_come_first_as_decisions_have_gone() {
    let mut desk = Desk::sample();
    desk.open_article(TITLES[1]);
    let order = |desk: &Desk| -> Vec<_> {
        desk.look(|bench| {
            let article = bench.article.as_ref().unwrap();
            article.in_order().map(|entry| entry.key).collect()
        })
    };
    let reading = order(&desk);
    let rule = common_rule(&desk);
    let of_rule: Vec<_> = desk
        .entries()
        .iter()
        .filter(by(&rule))
        .map(|e| e.key)
        .collect();
    for key in of_rule.iter().take(4) {
        desk.dispatch(Action::SelectFinding(*key, true));
        desk.key(NONE, Key::N);
    }
    assert_eq!(order(&desk), reading, "reading order, whatever is decided");
    desk.key(NONE, Key::R);
    let ranked = order(&desk);
    let place = |key| ranked.iter().position(|other| *other == key).unwrap();
    let last_four = ranked.len() - of_rule.len();
    assert!(
        of_rule.iter().all(|key| place(*key) >= last_four),
        "what was wrong is last"
    );
    assert!(desk.has(Role::Button, "Likely suggestions first"));

    desk.dispatch(Action::SelectFinding(ranked[0], true));
    desk.key(NONE, Key::J);
    assert_eq!(
        desk.look(|bench| bench.current),
        Some(ranked[1]),
        "J follows the list"
    );
    desk.key(NONE, Key::K);
    assert_eq!(desk.look(|bench| bench.current), Some(ranked[0]));
    desk.key(NONE, Key::Y);
    assert_eq!(order(&desk), ranked, "a decision does not shuffle the list");
    desk.key(NONE, Key::R);
    assert_eq!(order(&desk), reading);
}
