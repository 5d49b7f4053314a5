use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::analysis::facets::facets;
use crate::analysis::facts::ArticleFacts;
use crate::analysis::sample::{actor, any_facts};
use crate::analysis::table::Keep;
use crate::model::ids::ActorId;

fn rows(field: &Field, table: &Table) -> Vec<usize> {
    let known = Known {
        table,
        across: &Across::default(),
        within: None,
    };
    field.rows(&known).ones().collect()
}

/// The rows of which a plain test of their facts holds.
fn plainly(all: &[ArticleFacts], holds: impl Fn(&ArticleFacts) -> bool) -> Vec<usize> {
    let rows = all.iter().enumerate().filter(|(_, facts)| holds(facts));
    rows.map(|(row, _)| row).collect()
}

fn reaches(days: Days, first: Option<Day>, last: Option<Day>) -> bool {
    // Every day between the limits is asked about; beyond them nothing is known.
    let from = days.first.map_or(i32::MIN, |day| day.0);
    let to = days.last.map_or(i32::MAX, |day| day.0);
    match (first, last) {
        (Some(first), Some(last)) => first.0 <= to && from <= last.0,
        (None, Some(last)) => days.first.is_none() && last.0 <= to,
        (Some(first), None) => days.last.is_none() && from <= first.0,
        (None, None) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Asked about some rows only, a field says of them what it says of all.
    #[test]
    fn an_answer_about_some_rows_is_that_about_all(
        parts in proptest::collection::vec(proptest::collection::vec(any_facts(), 1..90), 1..3),
        told_again in any_facts(),
        share in 1..40_usize,
        from in 14_000..18_000_i32,
    ) {
        let of_part = |facts: &Vec<ArticleFacts>| {
            let mut builder = crate::analysis::table::PartBuilder::new(Keep::ALL);
            for facts in facts {
                builder.push(facts);
            }
            std::sync::Arc::new(builder.finish())
        };
        let mut table = Table::of_parts(parts.iter().map(of_part));
        table.set(3, &told_again);
        let mut some = FixedBitSet::with_capacity(table.len());
        some.extend((0..table.len()).step_by(share));
        let days = Days { first: Some(Day(from)), last: None };
        for field in [
            Field::Partner(actor("CN")),
            Field::Kind(ClaimKind::Meeting),
            Field::Happened(days),
            Field::Published(days),
            Field::Language(Language::English),
            Field::Source("a".to_owned()),
        ] {
            let across = Across::default();
            let known = Known { table: &table, across: &across, within: None };
            let all = field.rows(&known);
            let mut of_some = field.rows(&Known { within: Some(&some), ..known });
            of_some.intersect_with(&some);
            prop_assert_eq!(of_some, &all & &some, "{:?}", field);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Every field says of each article what its facts say.
    #[test]
    fn fields_say_what_the_facts_say(
        all in proptest::collection::vec(any_facts(), 0..12),
        from in proptest::option::of(14_000..18_000_i32),
        to in proptest::option::of(14_000..18_000_i32),
    ) {
        let table: Table = all.iter().collect();
        let china = actor("CN");
        prop_assert_eq!(
            rows(&Field::Partner(china.clone()), &table),
            plainly(&all, |facts| facts.is_partner(&china))
        );
        for kind in ClaimKind::ALL {
            let plain = plainly(&all, |facts| facts.claims.iter().any(|c| c.kind == *kind));
            prop_assert_eq!(rows(&Field::Kind(*kind), &table), plain);
        }
        for modality in Modality::ALL {
            let plain = plainly(&all, |f| f.claims.iter().any(|c| c.modality == *modality));
            prop_assert_eq!(rows(&Field::Modality(*modality), &table), plain);
        }
        for polarity in Polarity::ALL {
            let plain = plainly(&all, |f| f.claims.iter().any(|c| c.polarity == *polarity));
            prop_assert_eq!(rows(&Field::Polarity(*polarity), &table), plain);
        }
        let days = Days { first: from.map(Day), last: to.map(Day) };
        prop_assert_eq!(
            rows(&Field::Happened(days), &table),
            plainly(&all, |facts| facts.claims.iter().any(
                |claim| reaches(days, claim.days.first, claim.days.last)))
        );
        prop_assert_eq!(
            rows(&Field::Published(days), &table),
            plainly(&all, |facts| facts.publication.as_ref().is_some_and(|when| {
                reaches(days, when.days().first, when.days().last)
            }))
        );
        for language in Language::ALL {
            let plain = plainly(&all, |facts| facts.language == *language);
            prop_assert_eq!(rows(&Field::Language(*language), &table), plain);
        }
        for words in ["folder/", "x.org/a", "a.txt", "B"] {
            let plain = plainly(&all, |facts| fold(&facts.source).contains(&fold(words)));
            prop_assert_eq!(rows(&Field::Source(words.to_owned()), &table), plain);
        }
        prop_assert_eq!(
            rows(&Field::Status(Progress::Decided), &table),
            plainly(&all, |facts| facts.decided > 0 && facts.undecided == 0)
        );
    }

    /// A facet counts the articles that its field lets through.
    #[test]
    fn facets_count_what_fields_let_through(
        all in proptest::collection::vec(any_facts(), 0..12),
        wanted in any::<u16>(),
    ) {
        let table: Table = all.iter().collect();
        let mut some = FixedBitSet::with_capacity(all.len());
        some.extend((0..all.len()).filter(|row| wanted >> row & 1 == 1));
        let found = facets(&table, Some(&some), None, &actor("BY"));
        let count = |field: Field| {
            let rows = rows(&field, &table);
            u32::try_from(rows.into_iter().filter(|row| some.contains(*row)).count()).unwrap()
        };
        let of = |counts: &[(ActorId, u32)], id: &ActorId| {
            counts.iter().find(|(known, _)| known == id).map_or(0, |(_, count)| *count)
        };
        let partners: BTreeSet<ActorId> =
            all.iter().flat_map(|f| f.partners.iter().map(|p| p.0.clone())).collect();
        for partner in partners {
            prop_assert_eq!(of(&found.partners, &partner), count(Field::Partner(partner.clone())));
        }
        for (kind, counted) in &found.kinds {
            prop_assert_eq!(*counted, count(Field::Kind(*kind)));
        }
        for (language, counted) in &found.languages {
            prop_assert_eq!(*counted, count(Field::Language(*language)));
        }
        for (progress, counted) in &found.progress {
            prop_assert_eq!(*counted, count(Field::Status(*progress)));
        }
        prop_assert_eq!(found.articles as usize, some.count_ones(..));
        prop_assert_eq!(found.sources.iter().map(|(_, n)| n).sum::<u32>(), found.articles);
        let in_2016 = found.happened.iter().find(|(year, _)| *year == 2016).map_or(0, |y| y.1);
        let plain = all.iter().enumerate().filter(|(row, facts)| {
            some.contains(*row) && facts.claims.iter().any(|claim| {
                let year = |day: Day| day.date().unwrap().year();
                claim.days.closed().is_some_and(|(a, b)| year(a) <= 2016 && 2016 <= year(b))
            })
        });
        prop_assert_eq!(in_2016 as usize, plain.count());
    }
}
