//! Search: the field and its language, hits, lines in context, facets, kept searches.

use std::collections::BTreeSet;

use attache::app::action::Action;
use attache::app::command::Command;
use attache::model::claim::ClaimKind;
use egui::Key;
use egui::accesskit::Role;

use super::{Desk, NONE};

/// How many articles the list shows.
pub(super) fn shown(desk: &Desk) -> usize {
    desk.look(|bench| bench.list.len())
}

#[test]
fn words_are_found_in_any_inflection_and_marked() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "refusing missiles");
    let found = shown(&desk);
    assert!((1..5).contains(&found), "{found}");
    let first = desk.look(|bench| {
        let row = bench.list[0];
        assert!(bench.found.snippets.contains_key(&row), "no snippet");
        bench.corpus.id(row as usize).unwrap()
    });
    desk.dispatch(Action::OpenArticle(first));
    let hits = desk.look(|bench| bench.hits().to_vec());
    assert!(!hits.is_empty());
    desk.dispatch(Command::NextHit.into());
    assert_eq!(desk.look(|bench| bench.selected_text), Some(hits[0]));
}

#[test]
fn a_search_that_breaks_the_rules_says_what_was_expected() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "partnr:CN");
    assert!(desk.has(Role::Label, "expected"), "{}", desk.dump());
    let mend = desk.part(Role::Button, "Change to partner:CN");
    desk.click_on(&mend);
    assert_eq!(desk.look(|bench| bench.view.filter.clone()), "partner:CN");
    assert!((1..5).contains(&shown(&desk)));
}

#[test]
fn fields_follow_decisions() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "status:accepted");
    assert_eq!(shown(&desk), 0);
    desk.dispatch(Action::SetFilter(String::new()));
    desk.dispatch(Command::Next.into());
    desk.dispatch(Command::Accept.into());
    desk.fill("Search articles", "status:accepted");
    assert_eq!(shown(&desk), 1);
    desk.dispatch(Command::Undo.into());
    assert_eq!(shown(&desk), 0, "what is taken back counts no more");
}

#[test]
fn a_facet_narrows_the_search_and_is_taken_out_again() {
    let mut desk = Desk::sample();
    desk.dispatch(Command::GoFacets.into());
    let china = desk.part(Role::CheckBox, "Partner: China");
    desk.click_on(&china);
    assert_eq!(desk.look(|bench| bench.view.filter.clone()), "partner:CN");
    let narrowed = shown(&desk);
    assert!((1..5).contains(&narrowed));
    let china = desk.part(Role::CheckBox, &format!("Partner: China, {narrowed}"));
    assert_eq!(china.is_on, Some(true));
    desk.click_on(&china);
    assert_eq!(shown(&desk), 5);
}

#[test]
fn fields_side_by_side_speak_of_one_claim() {
    let mut desk = Desk::sample();
    // By article: whom its claims name, of what kinds they are, and which go together.
    let told: Vec<(BTreeSet<_>, BTreeSet<_>, BTreeSet<_>)> = desk.look(|bench| {
        let rows = (0..).map_while(|row| bench.facts.row(row));
        let claims = rows.map(|row| row.claims().collect::<Vec<_>>());
        let told = claims.map(|claims| {
            let named = claims.iter().flat_map(|claim| claim.partners.clone());
            let pairs = claims.iter().flat_map(|claim| {
                let partners = claim.partners.iter();
                partners.map(|partner| (partner.clone(), claim.kind))
            });
            let kinds = claims.iter().map(|claim| claim.kind).collect();
            (named.collect(), kinds, pairs.collect())
        });
        told.collect()
    });
    let apart = told.iter().find_map(|(named, kinds, pairs)| {
        let all = named
            .iter()
            .flat_map(|one| kinds.iter().map(|kind| (one.clone(), *kind)));
        all.filter(|(one, _)| one.is_country())
            .find(|pair| !pairs.contains(pair))
    });
    let (partner, kind) = apart.expect("an article that tells both of different claims");
    let search = format!("partner:{} kind:{}", partner.as_str(), kind.key());
    desk.fill("Search articles", &search);
    let pair = (partner, kind);
    let expected = told.iter().filter(|(_, _, pairs)| pairs.contains(&pair));
    assert_eq!(shown(&desk), expected.count(), "{search}");

    desk.fill("Search articles", "kind:refusal");
    assert!(desk.has(Role::Label, "Only claims that fit the search are counted"));
    let refused: BTreeSet<_> = told
        .iter()
        .flat_map(|(_, _, pairs)| pairs.clone())
        .collect();
    let drawn = desk.look(|bench| {
        let series = bench.timeline.series.iter();
        series
            .map(|series| series.actor.clone())
            .collect::<Vec<_>>()
    });
    assert!(!drawn.is_empty());
    for partner in drawn {
        assert!(
            refused.contains(&(partner.clone(), ClaimKind::Refusal)),
            "{partner:?}"
        );
    }
}

#[test]
fn lines_in_context_are_coded_as_one_step() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "missile");
    desk.dispatch(Command::GoConcordance.into());
    let lines = desk.look(|bench| bench.found.concordance.lines.len());
    assert!(lines > 3, "{lines}");
    // One of them is none.
    desk.click(Role::CheckBox, "Code line 1");
    desk.fill("Code for the lines", "arms");
    desk.click(Role::Button, &format!("Code {} lines", lines - 1));
    let coded = |desk: &Desk| {
        desk.look(|bench| {
            let work = bench.session.work.values();
            work.map(|work| work.annotations.len()).sum::<usize>()
        })
    };
    assert_eq!(coded(&desk), lines - 1);
    assert!(desk.has(Role::Label, &format!("Coded {} lines", lines - 1)));
    desk.dispatch(Action::SetFilter("code:arms".to_owned()));
    assert!(shown(&desk) >= 1);
    desk.dispatch(Command::Undo.into());
    assert_eq!(coded(&desk), 0);
}

#[test]
fn a_search_is_kept_in_the_session() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "kind:delivery");
    desk.dispatch(Command::KeepSearch.into());
    desk.fill("Name", "Deliveries");
    desk.click(Role::Button, "Keep");
    assert_eq!(desk.undo_name().as_deref(), Some("Keep search"));
    let kept = desk.look(|bench| bench.session.searches.clone());
    assert_eq!(
        kept.get("Deliveries").map(String::as_str),
        Some("kind:delivery")
    );
}

#[test]
fn a_name_that_nobody_has_is_told_with_what_may_have_been_meant() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "partner:Chyna");
    assert_eq!(shown(&desk), 0);
    assert!(
        desk.has(Role::Label, "No actor is called Chyna"),
        "{}",
        desk.dump()
    );
    let mend = desk.part(Role::Button, "Change to partner:China");
    desk.click_on(&mend);
    let china = shown(&desk);
    assert!((1..5).contains(&china));
    assert!(!desk.has(Role::Label, "No actor is called"));
    // Every name of an actor names it, in any language.
    for name in ["Китай", "beijing", "CN"] {
        desk.fill("Search articles", &format!("partner:{name}"));
        assert_eq!(shown(&desk), china, "{name}");
        assert!(!desk.has(Role::Label, "No actor is called"), "{name}");
    }
    desk.fill("Search articles", "code:arms");
    assert!(desk.has(Role::Label, "Nothing is coded arms"));
}

#[test]
fn what_cant_be_read_says_that_the_rest_is_searched_for() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "/missile(/");
    assert_eq!(shown(&desk), 5);
    assert!(
        desk.has(Role::Label, "All articles are shown"),
        "{}",
        desk.dump()
    );
    desk.fill("Search articles", "refusing /missile(/");
    assert!((1..5).contains(&shown(&desk)));
    assert!(desk.has(Role::Label, "The rest is searched for"));
}

#[test]
fn a_word_being_typed_is_marked_as_it_is_found_and_whole_after_enter() {
    let mut desk = Desk::sample();
    desk.fill("Search articles", "Kazakhst");
    assert!(shown(&desk) > 0);
    desk.look(|bench| {
        let row = bench.list[0];
        let snippet = bench.found.snippets.get(&row);
        assert!(snippet.is_some_and(|shown| !shown.hits.is_empty()));
    });
    desk.dispatch(Command::GoConcordance.into());
    assert!(desk.look(|bench| !bench.found.concordance.lines.is_empty()));
    desk.fill("Search articles", "Kazakhst");
    desk.key(NONE, Key::Enter);
    assert_eq!(shown(&desk), 0, "no word is written so");
}

#[test]
fn what_is_only_known_by_a_day_is_found_in_no_year() {
    let mut desk = Desk::on_articles(&[
        "Drones\n\n5 June 2016\n\nBelarus delivered drones to Laos.\n",
        "Radars\n\n6 June 2016\n\nBelarus delivered radars to Laos in 2011.\n",
    ]);
    for (search, found) in [
        ("happened:2011", 1),
        ("happened:2009", 0),
        ("happened:<2012", 1),
        ("happened:<2017", 2),
        ("happened:>2010", 1),
        ("happened:*", 2),
    ] {
        desk.dispatch(Action::SetFilter(search.to_owned()));
        assert_eq!(shown(&desk), found, "{search}");
    }
}

#[test]
fn a_mark_behind_a_hit_stands_beside_it() {
    let mut desk = Desk::on_articles(&["Sky\n\n5 June 2016\n\nLaos bought (drones) and drones.\n"]);
    desk.fill("Search articles", "drones");
    desk.dispatch(Command::GoConcordance.into());
    let line = ": Laos bought (drones) and drones.";
    assert_eq!(desk.all(Role::ListItem, line).len(), 2, "{}", desk.dump());
}
