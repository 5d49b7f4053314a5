use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::model::annotation::Quote;
use crate::model::arbitrary;
use crate::model::ids::ActorId;
use crate::model::session::{CorpusSource, Signed};
use crate::model::span::Span;

fn id(bits: u128) -> ItemId {
    ItemId(uuid::Uuid::from_u128(bits))
}

const ARTICLE: ArticleId = ArticleId([1; 32]);

/// A session with these codes (number, name, number of the one above) and highlights (number,
/// codes).
fn session(codes: &[(u128, &str, Option<u128>)], highlights: &[(u128, &[u128])]) -> Session {
    let by = "Ann".to_owned();
    let mut session = Session::new(id(0), CorpusSource::Sample, ActorId::new("BY"), by);
    for (bits, name, parent) in codes {
        let code = Code {
            parent: parent.map(id),
            ..Code::named(name, 0)
        };
        session.codebook.codes.insert(id(*bits), code);
    }
    for (bits, codes) in highlights {
        let annotation = Annotation {
            span: Span::new(0, 4),
            quote: Quote::of("text", Span::new(0, 4)),
            codes: codes.iter().copied().map(id).collect(),
            note: String::new(),
            by: "Ann".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let work = session.work.or_default(ARTICLE);
        work.annotations.insert(id(*bits), annotation);
    }
    session
}

/// The session after a step, which can be taken back.
fn after(session: &Session, step: Step) -> Session {
    let mut after = session.clone();
    let inverse = step.edit.apply(&mut after);
    let mut back = after.clone();
    let _again = inverse.apply(&mut back);
    assert_eq!(&back, session, "{} can be taken back", step.name);
    after
}

/// Number, name, number of the one above, in the order of the tree.
fn codes(session: &Session) -> Vec<(u128, &str, Option<u128>)> {
    let book = &session.codebook;
    let bits = |id: ItemId| id.0.as_u128();
    book.tree()
        .into_iter()
        .map(|(id, _)| {
            (
                bits(id),
                book.codes[&id].name.as_str(),
                book.parent(id).map(bits),
            )
        })
        .collect()
}

fn codes_of(session: &Session, highlight: u128) -> Vec<u128> {
    let annotation = &session.work[&ARTICLE].annotations[&id(highlight)];
    annotation
        .codes
        .iter()
        .map(|code| code.0.as_u128())
        .collect()
}

#[test]
fn merging_takes_highlights_definition_key_memo_links_and_what_is_below() {
    let mut before = session(
        &[
            (1, "Supply", None),
            (2, "Deliveries", None),
            (3, "Tanks", Some(1)),
            (4, "tanks", Some(2)),
            (5, "Spare parts", Some(1)),
            (6, "T-72", Some(3)),
        ],
        &[(10, &[1, 2, 3]), (11, &[9, 1]), (12, &[4])],
    );
    let note = |text: &str| Note {
        text: text.to_owned(),
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    };
    let signed = Signed {
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    };
    let of = |code: u128| Thing::Code(id(code));
    let link = |a: Thing, b: Thing| Link::new(a, b).unwrap();
    for (code, text) in [(1, "on supply"), (2, "on deliveries"), (3, "on tanks")] {
        before.memos.insert(of(code), note(text));
    }
    for (a, b) in [(of(1), of(2)), (of(1), Thing::Session), (of(3), of(6))] {
        before.links.insert(link(a, b), signed.clone());
    }
    let supply = before.codebook.codes.get_mut(&id(1)).unwrap();
    supply.definition = "Goods.".to_owned();
    supply.shortcut = Some('S');

    let merged = after(&before, merge(&before, id(1), id(2)).unwrap());
    let expected = [
        (2, "Deliveries", None),
        (5, "Spare parts", Some(2)),
        (4, "tanks", Some(2)),
        (6, "T-72", Some(4)),
    ];
    assert_eq!(codes(&merged), expected, "two of one name below became one");
    assert_eq!(codes_of(&merged, 10), [2, 4]);
    assert_eq!(codes_of(&merged, 11), [9, 2]);
    let into = &merged.codebook.codes[&id(2)];
    assert_eq!(
        (into.definition.as_str(), into.shortcut),
        ("Goods.", Some('S'))
    );
    assert_eq!(merged.memos[&of(2)].text, "on deliveries\n\non supply");
    assert_eq!(merged.memos[&of(4)].text, "on tanks");
    assert_eq!(merged.memos.len(), 2);
    let links: Vec<&Link> = merged.links.keys().collect();
    assert_eq!(links, [&link(of(2), Thing::Session), &link(of(4), of(6))]);
}

#[test]
fn a_code_below_one_of_its_name_stays_when_that_is_merged_into_the_one_above() {
    let codes_before = [
        (1, "Supply", None),
        (2, "Tanks", Some(1)),
        (3, "Tanks", Some(2)),
        (4, "T-72", Some(3)),
    ];
    let before = session(&codes_before, &[(1, &[3])]);
    let merged = after(&before, merge(&before, id(2), id(1)).unwrap());
    let expected = [
        (1, "Supply", None),
        (3, "Tanks", Some(1)),
        (4, "T-72", Some(3)),
    ];
    assert_eq!(codes(&merged), expected);
    let highlight = &merged.work[&ARTICLE].annotations[&id(1)];
    assert_eq!(highlight.codes, [id(3)]);
}

#[test]
fn a_code_is_merged_into_one_below_itself() {
    let before = session(
        &[
            (1, "Supply", None),
            (2, "Tanks", Some(1)),
            (3, "T-72", Some(2)),
            (4, "Guns", Some(1)),
        ],
        &[(10, &[1])],
    );
    let merged = after(&before, merge(&before, id(1), id(3)).unwrap());
    let expected = [
        (3, "T-72", None),
        (4, "Guns", Some(3)),
        (2, "Tanks", Some(3)),
    ];
    assert_eq!(codes(&merged), expected);
    assert_eq!(codes_of(&merged, 10), [3]);
    // There would be two of one name then.
    let before = session(&[(1, "a", None), (2, "b", Some(1)), (3, "B", None)], &[]);
    assert!(merge(&before, id(1), id(2)).is_err());
    assert!(merge(&before, id(1), id(1)).is_err());
    assert!(merge(&before, id(1), id(77)).is_err());
}

#[test]
fn splitting_moves_the_chosen_highlights_that_have_the_code() {
    let before = session(
        &[(1, "Supply", None), (2, "Tanks", Some(1))],
        &[(10, &[2, 1]), (11, &[1]), (12, &[2])],
    );
    let chosen = [(ARTICLE, id(10)), (ARTICLE, id(11)), (ARTICLE, id(99))];
    let (new, step) = split(&before, id(2), &chosen, " Armour ").unwrap();
    assert_eq!(step.name, "Split 1 highlight off “Tanks”");
    let parted = after(&before, step);
    assert_eq!(codes_of(&parted, 10), [new.0.as_u128(), 1], "in its place");
    assert_eq!(
        (codes_of(&parted, 11), codes_of(&parted, 12)),
        (vec![1], vec![2])
    );
    let code = &parted.codebook.codes[&new];
    assert_eq!((code.name.as_str(), code.parent), ("Armour", Some(id(1))));
    assert!(
        split(&before, id(2), &chosen[1..2], "Armour").is_err(),
        "none has it"
    );
    assert!(
        split(&before, id(2), &chosen, "tanks").is_err(),
        "the name is taken"
    );
}

#[test]
fn what_is_below_a_deleted_code_moves_up() {
    let before = session(
        &[
            (1, "Supply", None),
            (2, "Tanks", Some(1)),
            (3, "tanks", None),
            (4, "T-72", Some(2)),
        ],
        &[(10, &[1, 2])],
    );
    let deleted = after(&before, delete(&before, id(1)));
    let expected = [
        (3, "tanks", None),
        (2, "Tanks (2)", None),
        (4, "T-72", Some(2)),
    ];
    assert_eq!(codes(&deleted), expected);
    assert_eq!(codes_of(&deleted, 10), [2]);
}

#[test]
fn a_key_has_one_code() {
    let mut before = session(&[(1, "a", None), (2, "b", None)], &[]);
    before.codebook.codes.get_mut(&id(1)).unwrap().shortcut = Some('A');
    let to = Code {
        shortcut: Some('A'),
        ..before.codebook.codes[&id(2)].clone()
    };
    let changed = after(&before, change(&before, id(2), to).unwrap());
    assert_eq!(changed.codebook.by_shortcut('A'), Some(id(2)));
    assert_eq!(changed.codebook.codes[&id(1)].shortcut, None);
}

#[test]
fn a_code_is_given_and_taken_off() {
    let before = session(&[(1, "a", None)], &[(10, &[])]);
    let given = after(
        &before,
        give_or_take(&before, ARTICLE, id(10), id(1)).unwrap(),
    );
    assert_eq!(codes_of(&given, 10), [1]);
    let taken = after(
        &given,
        give_or_take(&given, ARTICLE, id(10), id(1)).unwrap(),
    );
    assert_eq!(taken, before);
    assert!(give_or_take(&before, ARTICLE, id(11), id(1)).is_err());
}

/// One thing done to a codebook; places are taken modulo what there is.
#[derive(Debug, Clone)]
enum Act {
    Make(&'static str, Option<Index>),
    Rename(Index, &'static str),
    Move(Index, Option<Index>),
    Merge(Index, Index),
    Split(Index, &'static str),
    Delete(Index),
}

fn act() -> impl Strategy<Value = Act> {
    let at = any::<Index>;
    let name = || {
        select(vec![
            "Supply",
            " supply",
            "Tanks",
            "Guns",
            "Бюджет",
            "\t",
            "",
        ])
    };
    prop_oneof![
        4 => (name(), option::of(at())).prop_map(|(name, at)| Act::Make(name, at)),
        2 => (at(), name()).prop_map(|(at, name)| Act::Rename(at, name)),
        3 => (at(), option::of(at())).prop_map(|(at, to)| Act::Move(at, to)),
        2 => (at(), at()).prop_map(|(from, into)| Act::Merge(from, into)),
        1 => (at(), name()).prop_map(|(at, name)| Act::Split(at, name)),
        1 => at().prop_map(Act::Delete),
    ]
}

fn step(session: &Session, act: &Act) -> Option<Step> {
    let all: Vec<ItemId> = session.codebook.codes.keys().copied().collect();
    let code = |at: &Index| (!all.is_empty()).then(|| *at.get(&all));
    let below = |at: &Option<Index>| at.as_ref().and_then(code);
    match act {
        Act::Make(name, at) => Some(make(session, name, below(at)).ok()?.1),
        Act::Rename(at, name) => {
            let id = code(at)?;
            let to = Code {
                name: (*name).to_owned(),
                ..session.codebook.codes[&id].clone()
            };
            change(session, id, to).ok()
        }
        Act::Move(at, to) => shift(session, code(at)?, below(to)).ok(),
        Act::Merge(from, into) => merge(session, code(from)?, code(into)?).ok(),
        Act::Split(at, name) => {
            let chosen = [(ARTICLE, id(1)), (ARTICLE, id(2))];
            Some(split(session, code(at)?, &chosen, name).ok()?.1)
        }
        Act::Delete(at) => Some(delete(session, code(at)?)),
    }
}

proptest! {
    #[test]
    fn no_code_is_nameless_lost_below_itself_or_a_twin(acts in vec(act(), 1..40)) {
        let mut now = session(&[], &[(1, &[]), (2, &[])]);
        for act in &acts {
            let Some(step) = step(&now, act) else {
                continue;
            };
            now = after(&now, step);
            // Highlights get some code, so that steps have something to lead over.
            let first = now.codebook.codes.keys().next().copied();
            for annotation in now.work.get_mut(&ARTICLE).unwrap().annotations.values_mut() {
                let known = |code: &ItemId| now.codebook.codes.contains_key(code);
                prop_assert!(annotation.codes.iter().all(known), "{act:?}");
                if annotation.codes.is_empty() {
                    annotation.codes.extend(first);
                }
            }
            let book = &now.codebook;
            prop_assert_eq!(book.tree().len(), book.codes.len());
            for (id, code) in &book.codes {
                prop_assert_eq!(clean_name(&code.name), Some(code.name.clone()));
                let chain = std::iter::successors(Some(*id), |code| book.parent(*code));
                prop_assert!(chain.take(100).count() < 100, "below itself after {act:?}");
                prop_assert_eq!(book.parent(*id), code.parent, "no parent is gone");
                let twin = book.named_below(code.parent, &code.name);
                prop_assert_eq!(twin, Some(*id), "a twin after {:?}", act);
            }
        }
    }

    /// Whatever a file holds: circles, nameless codes, parents that are gone.
    #[test]
    fn any_codebook_can_be_worked_on(session in arbitrary::session(12), acts in vec(act(), 1..6)) {
        let mut now = session;
        for act in &acts {
            if let Some(step) = step(&now, act) {
                now = after(&now, step);
            }
        }
    }
}
