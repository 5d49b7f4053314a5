//! The laws of edits and of history, over arbitrary sessions.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::arbitrary::{edit, new_session, session};
use super::edit::Edit;
use super::history::History;
use super::session::Session;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn an_edit_and_its_inverse_change_nothing(before in session(4), edit in edit()) {
        let mut session = before.clone();
        let inverse = edit.clone().apply(&mut session);
        let after = session.clone();
        let again = inverse.apply(&mut session);
        prop_assert_eq!(&session, &before);
        // And the inverse of the inverse does it again.
        let _inverse = again.apply(&mut session);
        prop_assert_eq!(&session, &after);
    }
}

proptest! {
    #[test]
    fn an_edit_names_every_article_that_it_touches(before in session(4), edit in edit()) {
        let mut after = before.clone();
        let _inverse = edit.clone().apply(&mut after);
        let touched = edit.articles();
        for article in before.work.keys().chain(after.work.keys()) {
            if before.work.get(article) != after.work.get(article) {
                prop_assert!(touched.contains(article));
            }
        }
    }

    #[test]
    fn an_edit_leaves_copies_alone_and_shares_the_rest_with_them(
        before in session(4),
        edit in edit(),
    ) {
        let (copy, same) = (before.clone(), before.clone());
        let mut after = before;
        let _inverse = edit.clone().apply(&mut after);
        prop_assert_eq!(&copy, &same);
        let touched = edit.articles();
        for article in copy.work.keys().filter(|article| !touched.contains(article)) {
            let (mine, theirs) = (after.work.share(article), copy.work.share(article));
            prop_assert!(mine.zip(theirs).is_some_and(|(a, b)| Arc::ptr_eq(&a, &b)));
        }
    }

    #[test]
    fn no_work_is_left_that_holds_nothing(session in session(12)) {
        prop_assert!(session.work.values().all(|work| !work.is_empty()));
    }
}

/// What an analyst can do with a history.
#[derive(Debug, Clone)]
enum Act {
    Apply(Box<Edit>),
    Undo,
    Redo,
    Save,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => edit().prop_map(|edit| Act::Apply(Box::new(edit))),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Save),
    ]
}

/// The history as it would be with a copy of the session for each state.
struct Copies {
    states: Vec<(usize, Session)>,
    at: usize,
    made: usize,
    saved: usize,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn history_goes_where_copies_would(start in new_session(), acts in vec(act(), 0..60)) {
        let mut session = start.clone();
        let mut history = History::default();
        let mut copies = Copies { states: vec![(0, start)], at: 0, made: 0, saved: 0 };
        for act in acts {
            match act {
                Act::Apply(edit) => {
                    let before = (history.revision(), session.clone());
                    history.apply(&mut session, "step", None, &edit);
                    if history.revision() == before.0 {
                        prop_assert_eq!(&session, &before.1, "a change that is not a step");
                        continue;
                    }
                    copies.made += 1;
                    copies.at += 1;
                    copies.states.truncate(copies.at);
                    copies.states.push((copies.made, session.clone()));
                }
                Act::Undo => {
                    prop_assert_eq!(history.undo(&mut session).is_some(), copies.at > 0);
                    copies.at = copies.at.saturating_sub(1);
                }
                Act::Redo => {
                    let can = copies.at + 1 < copies.states.len();
                    prop_assert_eq!(history.redo(&mut session).is_some(), can);
                    copies.at += usize::from(can);
                }
                Act::Save => {
                    history.mark_saved(history.revision());
                    copies.saved = copies.states[copies.at].0;
                }
            }
            let (state, expected) = &copies.states[copies.at];
            prop_assert_eq!(&session, expected);
            prop_assert_eq!(history.is_unsaved(), *state != copies.saved);
            prop_assert_eq!(history.undo_count(), copies.at);
            prop_assert_eq!(history.undo_name().is_some(), copies.at > 0);
        }
    }
}

#[test]
fn twelve_hundred_steps_are_undone_and_done_again() {
    let mut runner = TestRunner::deterministic();
    let start = new_session().new_tree(&mut runner).unwrap().current();
    let (mut session, mut history) = (start.clone(), History::default());
    // Not every edit changes something, and only those that do are steps.
    while history.undo_count() < 1200 {
        let edit = edit().new_tree(&mut runner).unwrap().current();
        history.apply(&mut session, "step", None, &edit);
    }
    let end = session.clone();
    while history.undo(&mut session).is_some() {}
    assert_eq!(session, start);
    assert!(!history.is_unsaved());
    while history.redo(&mut session).is_some() {}
    assert_eq!(session, end);
    assert!(history.is_unsaved());
}

proptest! {
    #[test]
    fn doing_again_what_is_done_is_no_step(start in session(4), edits in vec(edit(), 0..4)) {
        // Places that differ, so that no part undoes another.
        let mut places = Vec::new();
        let mut parts = Vec::new();
        for part in edits {
            let here = place(&part);
            if !matches!(part, Edit::All(_)) && !places.contains(&here) {
                places.push(here);
                parts.push(part);
            }
        }
        let (mut session, mut history) = (start, History::default());
        history.apply(&mut session, "once", None, &Edit::All(parts.clone()));
        let steps = history.undo_count();
        history.apply(&mut session, "again", None, &Edit::All(parts));
        prop_assert_eq!(history.undo_count(), steps);
    }
}

/// The place that an edit names, as text.
fn place(edit: &Edit) -> String {
    match edit {
        Edit::Focus(_) => "focus".to_owned(),
        Edit::Analyst(_) => "analyst".to_owned(),
        Edit::Corpus(_) => "corpus".to_owned(),
        Edit::Decision(article, id, _) => format!("decision {article} {id}"),
        Edit::Made(article, id, _) => format!("made {article} {id}"),
        Edit::Annotation(article, id, _) => format!("annotation {article} {id}"),
        Edit::Note(article, _) => format!("note {article}"),
        Edit::Publication(article, _) => format!("publication {article}"),
        Edit::Code(id, _) => format!("code {id}"),
        Edit::Actor(id, _) => format!("actor {id}"),
        Edit::Alias(surface, _) => format!("alias {surface}"),
        Edit::Merge(id, _) => format!("merge {id}"),
        Edit::RuleOff(rule, _) => format!("rule {rule}"),
        Edit::KeptApart(article, _) => format!("apart {article}"),
        Edit::Search(name, _) => format!("search {name}"),
        Edit::Memo(on, _) => format!("memo {on:?}"),
        Edit::Link(link, _) => format!("link {link:?}"),
        Edit::Origin(article, _) => format!("origin {article}"),
        Edit::All(_) => "several".to_owned(),
    }
}
