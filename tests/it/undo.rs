//! Whatever the analyst did, undoing all of it gives the very session that it began with.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache::analysis::standing::FindingKey;
use attache::app::action::{Action, Ruling};
use attache::app::coding::CodeWish;
use attache::app::command::Command;
use attache::app::draft::{ActorChoice, CodeChoice};
use attache::app::{Desktop, Start, Workbench};
use attache::model::actor::ActorKind;
use attache::model::claim::{ClaimKind, Modality};
use attache::model::codebook::Code;
use attache::model::finding::Finding;
use attache::model::ids::{ActorId, ItemId};
use attache::model::span::Span;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

const TEXTS: [&str; 2] = [
    "Minsk and Moscow\n\nApril 22, 2016\n\nOn April 20, 2016, Belarus and Russia signed an \
     agreement on the joint production of radar stations. China delivered optical sights to \
     Belarus in 2015. The parties plan a joint exercise next month.\n\nSimilar articles\n\nMore",
    "Refusal\n\nUkraine refused to provide Belarus with engines. A delegation from Kazakhstan \
     visited Minsk last week to discuss truck chassis.\n",
];

/// One thing that the analyst does; places are taken modulo what there is.
#[derive(Debug, Clone)]
enum Act {
    Decide(Vec<Index>, Ruling),
    AcceptRule(Index),
    EditClaim(Index, ClaimKind, Modality),
    NewClaim(Index),
    Annotate(Option<Index>, Index, Vec<&'static str>, &'static str),
    DeleteAnnotation(Index),
    Note(&'static str, bool),
    /// What is ruled: a date, `?` for none that is known, nothing for no ruling.
    Publication(&'static str),
    /// Its name, and a code that it stands below.
    NewCode(&'static str, Option<Index>),
    MoveCode(Index, Option<Index>),
    MergeCodes(Index, Index),
    GiveCode(Index),
    Select(Index),
    ChangeCode(Index, &'static str, u8),
    DeleteCode(Index),
    Alias(&'static str, Whom),
    Merge(&'static str, Option<&'static str>),
    Focus(&'static str),
    Analyst(&'static str),
    Open(Index),
    Undo,
    Redo,
}

#[derive(Debug, Clone, Copy)]
enum Whom {
    Known(&'static str),
    New(&'static str),
    Nobody,
    Gazetteer,
}

fn act() -> impl Strategy<Value = Act> {
    let at = any::<Index>;
    let ruling = select(vec![Ruling::Accept, Ruling::Reject, Ruling::Withdraw]);
    let name = || select(vec!["Supply", "supply", "Budget", "Поставки", " "]);
    let actor = || select(vec!["BY", "RU", "CN", "KZ", "my/engines"]);
    let date = select(vec![
        "",
        "?",
        "2016",
        "2016-04-22",
        "2012/2015",
        "../2018-04",
    ]);
    let surface = select(vec!["Russia", "engines", "radar  stations", "Minsk", ""]);
    let whom = prop_oneof![
        actor().prop_map(Whom::Known),
        select(vec!["engines", "Engines", "-"]).prop_map(Whom::New),
        Just(Whom::Nobody),
        Just(Whom::Gazetteer),
    ];
    prop_oneof![
        6 => (vec(at(), 1..5), ruling).prop_map(|(keys, ruling)| Act::Decide(keys, ruling)),
        2 => at().prop_map(Act::AcceptRule),
        3 => (at(), select(ClaimKind::ALL), select(Modality::ALL))
            .prop_map(|(at, kind, modality)| Act::EditClaim(at, kind, modality)),
        2 => at().prop_map(Act::NewClaim),
        4 => (option::of(at()), at(), vec(name(), 0..3), select(vec!["", "a note", "ещё"]))
            .prop_map(|(old, at, codes, note)| Act::Annotate(old, at, codes, note)),
        2 => at().prop_map(Act::DeleteAnnotation),
        2 => (select(vec!["", "worth it", "  "]), any::<bool>())
            .prop_map(|(text, goes_on)| Act::Note(text, goes_on)),
        2 => date.prop_map(Act::Publication),
        2 => (name(), option::of(at())).prop_map(|(name, below)| Act::NewCode(name, below)),
        2 => (at(), option::of(at())).prop_map(|(at, below)| Act::MoveCode(at, below)),
        1 => (at(), at()).prop_map(|(from, into)| Act::MergeCodes(from, into)),
        2 => at().prop_map(Act::GiveCode),
        2 => at().prop_map(Act::Select),
        2 => (at(), name(), 0..8_u8).prop_map(|(at, name, color)| Act::ChangeCode(at, name, color)),
        2 => at().prop_map(Act::DeleteCode),
        1 => (surface, whom).prop_map(|(surface, whom)| Act::Alias(surface, whom)),
        1 => (actor(), option::of(actor())).prop_map(|(from, into)| Act::Merge(from, into)),
        1 => actor().prop_map(Act::Focus),
        1 => select(vec!["Анна", "Ben"]).prop_map(Act::Analyst),
        2 => at().prop_map(Act::Open),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ]
}

/// What the act is here and now; `None` where there is nothing to do it to.
#[expect(clippy::too_many_lines, reason = "a table: one entry an act")]
fn action(bench: &Workbench, act: &Act) -> Option<Action> {
    let article = bench.article.as_ref()?;
    let work = bench.work(article.id);
    let entry = |at: &Index| article.entries.get(at.index(article.entries.len().max(1)));
    let sentence = |at: &Index| -> Span { *at.get(&article.extraction.sentences) };
    let annotation = |at: &Index| -> Option<ItemId> {
        let all: Vec<_> = work?.annotations.keys().copied().collect();
        (!all.is_empty()).then(|| *at.get(&all))
    };
    let code = |at: &Index| -> Option<ItemId> {
        let all: Vec<_> = bench.session.codebook.codes.keys().copied().collect();
        (!all.is_empty()).then(|| *at.get(&all))
    };
    Some(match act {
        Act::Decide(keys, ruling) => {
            let keys: Vec<FindingKey> = keys.iter().filter_map(|at| Some(entry(at)?.key)).collect();
            Action::Decide(keys, *ruling)
        }
        Act::AcceptRule(at) => {
            Action::Decide(bench.undecided_by_rule_of(entry(at)?), Ruling::Accept)
        }
        Act::EditClaim(at, kind, modality) => {
            let is_claim =
                |e: &&attache::app::article::Entry| matches!(e.finding, Finding::Claim(_));
            let claims: Vec<_> = article.entries.iter().filter(is_claim).collect();
            let entry = claims.get(at.index(claims.len().max(1)))?;
            let Finding::Claim(mut claim) = entry.finding.clone() else {
                return None;
            };
            (claim.kind, claim.modality) = (*kind, *modality);
            Action::SaveFinding(Some(entry.key), Finding::Claim(claim))
        }
        Act::NewClaim(at) => {
            let draft = attache::app::draft::FindingDraft::new_claim(
                sentence(at),
                &bench.session.focus,
                &[ActorId::new("CN")],
                None,
            );
            Action::SaveFinding(None, draft.finding().ok()?)
        }
        Act::Annotate(old, at, codes, note) => Action::Annotate {
            id: old.as_ref().and_then(annotation),
            span: sentence(at),
            codes: codes
                .iter()
                .map(|name| CodeChoice::New((*name).to_owned()))
                .collect(),
            note: (*note).to_owned(),
        },
        Act::DeleteAnnotation(at) => Action::DeleteAnnotation(annotation(at)?),
        Act::Note(text, goes_on) => Action::SetNote {
            article: article.id,
            text: (*text).to_owned(),
            goes_on: *goes_on,
        },
        Act::Publication(when) => Action::SetPublication(match *when {
            "" => None,
            "?" => Some(None),
            when => Some(Some(when.parse().unwrap())),
        }),
        Act::NewCode(name, below) => {
            let parent = below.as_ref().and_then(code);
            Action::Code(CodeWish::New((*name).to_owned(), parent))
        }
        Act::MoveCode(at, below) => {
            let parent = below.as_ref().and_then(code);
            Action::Code(CodeWish::Move(code(at)?, parent))
        }
        Act::MergeCodes(a, b) => Action::Code(CodeWish::Merge(code(a)?, code(b)?)),
        Act::GiveCode(at) => Action::Code(CodeWish::Give(code(at)?)),
        Act::Select(at) => Action::SelectText(Some(sentence(at))),
        Act::ChangeCode(at, name, color) => {
            let code_id = code(at)?;
            let definition = format!("what {name} means");
            let to = Code {
                definition,
                shortcut: name.chars().find(char::is_ascii_uppercase),
                ..Code::named(name, *color)
            };
            Action::SetCode(code_id, to)
        }
        Act::DeleteCode(at) => Action::Code(CodeWish::Delete(code(at)?)),
        Act::Alias(surface, whom) => {
            let choice = match whom {
                Whom::Known(id) => ActorChoice::Existing(ActorId::new(id)),
                Whom::New(name) => ActorChoice::New {
                    name: (*name).to_owned(),
                    kind: ActorKind::Organisation,
                    country: Some(ActorId::new("UA")),
                },
                Whom::Nobody => ActorChoice::Nobody,
                Whom::Gazetteer => ActorChoice::Gazetteer,
            };
            Action::SetAlias((*surface).to_owned(), choice)
        }
        Act::Merge(from, into) => Action::Merge(ActorId::new(from), into.map(ActorId::new)),
        Act::Focus(id) => Action::SetFocus(ActorId::new(id)),
        Act::Analyst(name) => Action::SetAnalyst((*name).to_owned()),
        Act::Open(at) => Action::OpenArticle(bench.corpus.id(at.index(bench.corpus.len()))?),
        Act::Undo => Command::Undo.into(),
        Act::Redo => Command::Redo.into(),
    })
}

/// A workbench on the two articles, one of them open.
fn workbench(folder: &std::path::Path) -> Workbench {
    for (place, text) in TEXTS.iter().enumerate() {
        std::fs::write(folder.join(format!("{place}.txt")), text).unwrap();
    }
    let start = Start::Paths(vec![folder.to_owned()]);
    let wake: attache::job::Wake = Arc::new(|| ());
    let mut bench = Workbench::new(start, Desktop::default(), &wake);
    let began = Instant::now();
    while bench.article.is_none() || !bench.is_idle() {
        assert!(began.elapsed() < Duration::from_mins(1), "never idle");
        std::thread::sleep(Duration::from_millis(1));
        bench.poll();
    }
    bench
}

#[test]
fn undoing_everything_gives_the_session_that_it_began_with() {
    let folder = tempfile::tempdir().unwrap();
    // Whatever was done to it has been undone; so it serves the next case as well.
    let shared = RefCell::new(None);
    let taken = Cell::new(0);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(300)
    };
    let law = |acts: Vec<Act>| {
        let mut bench = shared.take().unwrap_or_else(|| workbench(folder.path()));
        let before = bench.session.clone();
        for act in &acts {
            // What runs in the background goes on between the steps, as it does in the window.
            bench.poll();
            if let Some(action) = action(&bench, act) {
                bench.dispatch(action);
            }
        }
        let steps = bench.history.undo_count();
        let after = bench.session.clone();
        taken.set(taken.get() + steps);
        prop_assert_eq!(bench.history.is_unsaved(), steps > 0);
        undo_all(&mut bench);
        prop_assert_eq!(&bench.session, &before);
        prop_assert!(!bench.history.is_unsaved());
        for _ in 0..steps {
            bench.dispatch(Command::Redo.into());
        }
        prop_assert_eq!(&bench.session, &after);
        undo_all(&mut bench);
        prop_assert_eq!(&bench.session, &before);
        shared.replace(Some(bench));
        Ok(())
    };
    let result = TestRunner::new(config).run(&vec(act(), 1..20), law);
    if let Err(problem) = result {
        panic!("{problem}");
    }
    assert!(
        taken.get() > 1000,
        "only {} steps were taken in all",
        taken.get()
    );
}

fn undo_all(bench: &mut Workbench) {
    while bench.history.undo_name().is_some() {
        bench.dispatch(Command::Undo.into());
        bench.poll();
    }
}
