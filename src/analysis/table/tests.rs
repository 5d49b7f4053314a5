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
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The table tells what the facts told.
    #[test]
    fn a_part_gives_back_what_it_took_in(all in proptest::collection::vec(any_facts(), 0..12)) {
        let part = part(&all);
        prop_assert!(part.is_sound());
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
        prop_assert!(joined.is_sound());
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
        prop_assert!(!part.is_sound());
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
