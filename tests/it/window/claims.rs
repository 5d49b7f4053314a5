//! Claims: every field edited, and one made by hand.

use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, vec2};

use super::{CTRL, Desk, NONE, TITLES};
use attache::analysis::standing::{FindingKey, State};
use attache::app::Start;
use attache::app::action::Action;
use attache::model::claim::{Claim, ClaimKind, Modality, Polarity, Role as Part, RoleActor};
use attache::model::finding::{Finding, FindingKind};
use attache::model::ids::ActorId;

/// A window that is high enough for the whole editor.
fn desk() -> Desk {
    let home = Rc::new(tempfile::tempdir().unwrap());
    let mut desk = Desk::open_in(&home, Start::Sample, vec2(1500.0, 1500.0));
    desk.open_article(TITLES[2]);
    desk
}

fn claim(desk: &Desk, key: FindingKey) -> (Claim, State) {
    let entries = desk.entries();
    let entry = entries.into_iter().find(|entry| entry.key == key).unwrap();
    match entry.finding {
        Finding::Claim(claim) => (claim, entry.state),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_field_of_a_claim_is_edited_and_kept() {
    let mut desk = desk();
    let is_claim = |entry: &&attache::app::article::Entry| entry.kind() == FindingKind::Claim;
    let key = desk.entries().iter().find(is_claim).unwrap().key;
    let (old, _) = claim(&desk, key);
    desk.dispatch(Action::SelectFinding(key, true));
    desk.key(NONE, Key::E);
    assert!(desk.has(Role::Heading, "Edit claim"));

    let kind = if old.kind == ClaimKind::Exercise {
        ClaimKind::Test
    } else {
        ClaimKind::Exercise
    };
    let modality = if old.modality == Modality::Planned {
        Modality::Considered
    } else {
        Modality::Planned
    };
    let polarity = match old.polarity {
        Polarity::Cooperative => Polarity::Adverse,
        Polarity::Adverse => Polarity::Cooperative,
    };
    desk.choose("Kind", kind.label());
    desk.choose("Modality", modality.label());
    desk.choose("Polarity", polarity.label());
    while let Some(remove) = desk
        .all(Role::Button, "Remove ")
        .into_iter()
        .find(|button| !button.name.contains("evidence"))
    {
        desk.click_on(&remove);
    }
    for name in ["Serbia", "Belarus"] {
        desk.fill("Add an actor", name);
        desk.key(NONE, Key::Enter);
    }
    desk.choose("Role of Serbia", Part::Supplier.label());
    desk.fill("When (EDTF)", "2016-10-");
    let keep = desk.get(Role::Button, "Keep");
    assert!(keep.is_disabled, "half a date is none");
    desk.fill("When (EDTF)", "2016-09-29/2016-10-03");
    desk.fill("Items", "radar; S-300PS");
    let evidence = desk.look(|bench| {
        let article = bench.article.as_ref().unwrap();
        let other = |span: &&attache::model::span::Span| !old.evidence.contains(*span);
        *article.extraction.sentences.iter().find(other).unwrap()
    });
    desk.dispatch(Action::SelectText(Some(evidence)));
    desk.click(Role::Button, "Replace by the selection");
    desk.click(Role::Button, "Keep");

    let (new, state) = claim(&desk, key);
    assert_eq!(state, State::Edited);
    assert_eq!(
        (new.kind, new.modality, new.polarity),
        (kind, modality, polarity)
    );
    let party = |id, role| RoleActor {
        actor: ActorId::new(id),
        role,
    };
    assert_eq!(
        new.actors,
        [party("RS", Part::Supplier), party("BY", Part::Party)]
    );
    assert_eq!(new.items, ["radar", "S-300PS"]);
    assert_eq!(new.time.when.unwrap().to_string(), "2016-09-29/2016-10-03");
    assert_eq!(new.evidence, [evidence]);
    assert_eq!(desk.undo_name().as_deref(), Some("Edit claim"));
    assert!(desk.facts(TITLES[2]).is_partner(&ActorId::new("RS")));

    desk.key(CTRL, Key::Z);
    assert_eq!(claim(&desk, key), (old, State::Undecided));
}

#[test]
fn a_claim_is_made_by_hand_from_a_selection() {
    let mut desk = desk();
    let before = desk.entries().len();
    desk.key(NONE, Key::S);
    let span = desk
        .look(|bench| bench.selected_text)
        .expect("a sentence is selected");
    desk.key(NONE, Key::C);
    assert!(desk.has(Role::Heading, "New claim"));
    desk.choose("Kind", ClaimKind::Support.label());
    if !desk.has(Role::Button, "Remove China") {
        desk.fill("Add an actor", "China");
        desk.key(NONE, Key::Enter);
    }
    desk.key(CTRL, Key::Enter);
    let entries = desk.entries();
    assert_eq!(entries.len(), before + 1);
    let made = entries
        .iter()
        .find(|entry| matches!(entry.key, FindingKey::Made(_)))
        .unwrap();
    let (claim, _) = claim(&desk, made.key);
    assert_eq!(claim.kind, ClaimKind::Support);
    assert_eq!(claim.evidence, [span]);
    assert!(
        claim
            .actors
            .iter()
            .any(|actor| actor.actor == ActorId::new("CN"))
    );
    let accepted = desk
        .facts(TITLES[2])
        .claims
        .iter()
        .filter(|claim| claim.accepted)
        .count();
    assert_eq!(accepted, 1, "what was made by hand stands");
    assert_eq!(desk.undo_name().as_deref(), Some("New claim"));
    desk.key(CTRL, Key::Z);
    assert_eq!(desk.entries().len(), before);
}
