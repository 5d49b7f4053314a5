use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::analysis::across::Across;
use crate::analysis::facets::facets;
use crate::analysis::facts::{ArticleFacts, ClaimFact};
use crate::analysis::fields::Field;
use crate::analysis::sample::{actor, any_facts, focus};
use crate::analysis::timeline::Timeline;
use crate::model::date::Day;
use crate::model::view::{ChartView, Clock, Unit};

fn any_told() -> impl Strategy<Value = Told> {
    let some = |known: &[&str]| select(known.iter().map(|one| actor(one)).collect::<Vec<_>>());
    let day = || proptest::option::of(14_000..18_000_i32);
    let one = prop_oneof![
        proptest::collection::vec(select(ClaimKind::ALL.to_vec()), 0..6).prop_map(Told::Kind),
        proptest::collection::vec(select(Modality::ALL.to_vec()), 0..4).prop_map(Told::Modality),
        select(Polarity::ALL.to_vec()).prop_map(|one| Told::Polarity(vec![one])),
        proptest::collection::vec(some(&["CN", "RU", "DE"]), 0..3).prop_map(Told::Partner),
        (day(), day()).prop_map(|(first, last)| Told::Happened(Days {
            first: first.map(Day),
            last: last.map(Day),
        })),
    ];
    one.prop_recursive(2, 6, 3, |inner| {
        let parts = proptest::collection::vec(inner, 0..3);
        (parts, any::<bool>()).prop_map(|(parts, is_all)| {
            if is_all {
                Told::All(parts)
            } else {
                Told::Any(parts)
            }
        })
    })
}

/// What a condition says of a claim, by its meaning.
fn plainly(told: &Told, claim: &ClaimFact) -> bool {
    match told {
        Told::Kind(kinds) => kinds.contains(&claim.kind),
        Told::Modality(all) => all.contains(&claim.modality),
        Told::Polarity(all) => all.contains(&claim.polarity),
        Told::Partner(actors) => claim.partners.iter().any(|one| actors.contains(one)),
        Told::Happened(days) => {
            let (from, to) = (days.first, days.last);
            match (claim.days.first, claim.days.last) {
                (Some(first), Some(last)) => {
                    to.is_none_or(|to| first <= to) && from.is_none_or(|from| from <= last)
                }
                (None, Some(last)) => from.is_none() && to.is_none_or(|to| last <= to),
                (Some(first), None) => to.is_none() && from.is_none_or(|from| from <= first),
                (None, None) => false,
            }
        }
        Told::All(parts) => parts.iter().all(|part| plainly(part, claim)),
        Told::Any(parts) => parts.iter().any(|part| plainly(part, claim)),
    }
}

fn rows(told: &Told, table: &Table, among: Option<&FixedBitSet>) -> Vec<usize> {
    let known = Known {
        table,
        across: &Across::default(),
        within: None,
    };
    let rows = told.rows(&known);
    rows.ones()
        .filter(|row| among.is_none_or(|among| among.contains(*row)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// One claim must pass all of it: that two claims do together is not enough.
    #[test]
    fn an_article_is_found_by_one_claim(
        all in proptest::collection::vec(any_facts(), 0..12),
        told in any_told(),
    ) {
        let table: Table = all.iter().collect();
        let tells = |facts: &ArticleFacts| facts.claims.iter().any(|claim| plainly(&told, claim));
        let plain: Vec<usize> = (0..all.len()).filter(|row| tells(&all[*row])).collect();
        prop_assert_eq!(&rows(&told, &table, None), &plain);
        // Of few rows the claims are asked one by one.
        let mut few = FixedBitSet::with_capacity(all.len());
        few.extend(plain.first().copied());
        let known = Known { table: &table, across: &Across::default(), within: Some(&few) };
        let found = told.rows(&known);
        prop_assert!(few.is_subset(&found), "{:?} of {:?}", few, found);
        let mut other = FixedBitSet::with_capacity(all.len());
        other.extend((0..all.len()).find(|row| !plain.contains(row)));
        let known = Known { within: Some(&other), ..known };
        prop_assert!(told.rows(&known).is_disjoint(&other));
    }

    /// A chart of some claims is the chart of articles that tell nothing else.
    #[test]
    fn a_chart_counts_what_is_asked_for(
        all in proptest::collection::vec(any_facts(), 0..12),
        told in any_told(),
        unit in select(vec![Unit::Claims, Unit::Articles]),
        clock in select(Clock::ALL.to_vec()),
    ) {
        let view = ChartView { clock, unit, ..ChartView::default() };
        let across = Across { is_known: true, ..Across::default() };
        let chart = |facts: &[ArticleFacts], chosen: &Chosen| {
            let table: Table = facts.iter().collect();
            Timeline::compute(&table, chosen, &across, &view, &focus(), &|_| 0)
        };
        let mut only = all.clone();
        for facts in &mut only {
            facts.claims.retain(|claim| plainly(&told, claim));
        }
        let chosen = Chosen { rows: None, claims: Some(Arc::new(told)) };
        let (some, only) = (chart(&all, &chosen), chart(&only, &Chosen::default()));
        prop_assert_eq!(&some.bins, &only.bins);
        prop_assert_eq!(&some.series, &only.series);
        prop_assert_eq!(some.notes(), only.notes());
    }

    /// A facet says how many articles are left when its value is asked for as well.
    #[test]
    fn facets_count_what_a_click_finds(
        all in proptest::collection::vec(any_facts(), 0..12),
        wanted in any::<u16>(),
        kind in select(ClaimKind::ALL.to_vec()),
        partner in select(vec!["CN", "RU"]),
    ) {
        let table: Table = all.iter().collect();
        let mut some = FixedBitSet::with_capacity(all.len());
        some.extend((0..all.len()).filter(|row| wanted >> row & 1 == 1));
        let left = |parts: Vec<Told>| {
            u32::try_from(rows(&Told::All(parts), &table, Some(&some)).len()).unwrap()
        };
        let is_kind = Told::Kind(vec![kind]);
        let by_kind = facets(&table, Some(&some), Some(&is_kind), &focus());
        for one in ["CN", "RU", "DE"].map(actor) {
            let found = by_kind.partners.iter().find(|(known, _)| *known == one);
            let count = found.map_or(0, |(_, count)| *count);
            prop_assert_eq!(count, left(vec![is_kind.clone(), Told::Partner(vec![one])]));
        }
        prop_assert!(by_kind.partners.iter().all(|(known, _)| *known != focus()));
        let is_partner = Told::Partner(vec![actor(partner)]);
        let by_partner = facets(&table, Some(&some), Some(&is_partner), &focus());
        for one in ClaimKind::ALL {
            let found = by_partner.kinds.iter().find(|(known, _)| known == one);
            let count = found.map_or(0, |(_, count)| *count);
            prop_assert_eq!(count, left(vec![is_partner.clone(), Told::Kind(vec![*one])]));
        }
        // Another value of the same field speaks of another claim.
        let known = Known { table: &table, across: &Across::default(), within: None };
        for (one, count) in &by_kind.kinds {
            let mut rows = Field::Kind(*one).rows(&known);
            rows.intersect_with(&some);
            prop_assert_eq!(*count as usize, rows.count_ones(..));
        }
    }
}
