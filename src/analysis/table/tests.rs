use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::facts::{ArticleFacts, ClaimKey};
use crate::analysis::sample::{any_facts, told};

fn part(all: &[ArticleFacts]) -> Part {
    let mut builder = PartBuilder::new(Keep::ALL);
    for facts in all {
        builder.push(facts);
    }
    builder.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// The table tells what the facts told.
    #[test]
    fn a_part_gives_back_what_it_took_in(all in proptest::collection::vec(any_facts(), 0..12)) {
        let part = part(&all);
        prop_assert!(part.is_sound(part.len()));
        prop_assert_eq!(part.len(), all.len());
        for (at, facts) in all.iter().enumerate() {
            prop_assert_eq!(part.facts(at), Some(told(facts)));
        }
        prop_assert_eq!(part.facts(all.len()), None);
    }

    /// Parts put together hold what they held apart.
    #[test]
    fn parts_can_be_put_together(
        all in proptest::collection::vec(any_facts(), 0..12),
        cut in 0..12_usize,
        wanted in any::<u16>(),
    ) {
        let (one, other) = all.split_at(cut.min(all.len()));
        let mut builder = PartBuilder::new(Keep::ALL);
        builder.append(&part(one), |_| true);
        builder.append(&part(other), |at| wanted >> at & 1 == 1);
        let joined = builder.finish();
        prop_assert!(joined.is_sound(joined.len()));
        let kept = (0..).zip(other).filter(|(at, _)| wanted >> at & 1 == 1);
        let expected: Vec<_> = one.iter().chain(kept.map(|(_, facts)| facts)).map(told).collect();
        let found: Vec<_> = (0..joined.len()).filter_map(|at| joined.facts(at)).collect();
        prop_assert_eq!(found, expected);
    }

    /// Whatever is missing in a column is told of, and reading it harms nothing.
    #[test]
    fn a_damaged_part_is_known(facts in any_facts(), which in 0..6_usize) {
        let mut part = part(&[facts]);
        match which {
            0 => part.claim_ends.clear(),
            1 => { part.circles_of.clear(); }
            2 => part.titles.ends.push(1_000),
            3 => part.published = vec![77],
            4 => part.claim_dates.push(0),
            _ => { part.source_places = vec![9]; }
        }
        prop_assert!(!part.is_sound(part.len()));
        let _ = part.facts(0);
    }
}

#[test]
fn codes_name_every_sort_of_claim() {
    use crate::model::claim::{ClaimKind, Modality, Polarity};
    for kind in ClaimKind::ALL {
        for modality in Modality::ALL {
            for polarity in Polarity::ALL {
                let code = code_of(*kind, *modality, *polarity);
                assert_eq!(decode(code), (*kind, *modality, *polarity));
            }
        }
    }
}

#[test]
fn a_claim_made_by_hand_keeps_its_identity() {
    let mut article = crate::analysis::sample::Article::new("Belarus met China.");
    let made = crate::analysis::sample::claim(
        0..18,
        crate::model::claim::ClaimKind::Meeting,
        &["BY", "CN"],
        None,
    );
    article.make(made);
    let facts = article.facts();
    let part = part(std::slice::from_ref(&facts));
    assert!(matches!(part.claim_key(0), ClaimKey::Made(_)));
    assert_eq!(part.claim_key(0), facts.claims[0].key);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever comes in whatever order, a row tells what it was told last.
    #[test]
    fn a_table_tells_what_it_was_told_last(
        given in proptest::collection::vec(any_facts(), 0..9),
        told_then in proptest::collection::vec(
            proptest::collection::vec((0..12_u32, any_facts()), 1..6), 0..9),
        joined in any::<bool>(),
    ) {
        let mut table = if joined {
            let (one, other) = given.split_at(given.len() / 2);
            Table::of_parts([one, other].map(|some| Arc::new(part(some))))
        } else {
            Table::unread(12)
        };
        let mut last: Vec<Option<ArticleFacts>> = if joined {
            given.iter().cloned().map(Some).collect()
        } else {
            vec![None; 12]
        };
        for chunk in &told_then {
            let log = table.log().len();
            let facts: Vec<ArticleFacts> = chunk.iter().map(|(_, facts)| facts.clone()).collect();
            table.place(part(&facts), chunk.iter().map(|(row, _)| *row).collect());
            for (row, facts) in chunk {
                if let Some(last) = last.get_mut(*row as usize) {
                    *last = Some(facts.clone());
                    prop_assert!(table.log()[log..].contains(row));
                }
            }
        }
        for (row, facts) in (0..).zip(&last) {
            prop_assert_eq!(table.facts(row), facts.as_ref().map(told));
            if let Some(facts) = facts {
                prop_assert!(table.tells(row, facts));
                let mut other = facts.clone();
                other.undecided += 1;
                prop_assert!(!table.tells(row, &other));
            }
        }
        let unread = last.iter().filter(|facts| facts.is_none()).count();
        prop_assert_eq!((table.len(), table.unread_count()), (last.len(), unread));
        // A scan comes by each row once.
        let mut rows: Vec<u32> = table
            .slots()
            .iter()
            .flat_map(|slot| table.scan(slot, None).map(|(_, row)| row))
            .collect();
        rows.sort_unstable();
        let read = (0..).zip(&last).filter(|(_, facts)| facts.is_some()).map(|(row, _)| row);
        prop_assert_eq!(rows, read.collect::<Vec<u32>>());
    }
}

#[test]
fn a_decision_costs_no_copy_of_what_is_shared() {
    let facts = crate::analysis::sample::Article::new("Belarus met China.").facts();
    let mut table = Table::unread(3_000);
    for row in 0..3_000 {
        table.set(row, &facts);
    }
    assert!(table.slots().len() < 20, "{} parts", table.slots().len());
    let seen = table.clone();
    table.set(7, &facts);
    assert!(Arc::ptr_eq(&seen.slots()[0].part, &table.slots()[0].part));
    assert!(table.is_same(&seen) && table.log().len() == seen.log().len() + 1);
}
