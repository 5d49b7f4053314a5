//! Tests of the counting.
#![expect(
    clippy::float_cmp,
    reason = "wholes and halves, which are exact in binary"
)]

use proptest::prelude::*;

use super::*;
use crate::analysis::across::Across;
use crate::analysis::event::Events;
use crate::analysis::facts::ClaimFact;
use crate::analysis::near::Folds;
use crate::analysis::sample::{Article, actor, focus};
use crate::analysis::standing::FindingKey;
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::date::{DayRange, When};
use crate::model::extraction::CountryRole;
use crate::model::ids::{ArticleId, SuggestionId};
use crate::model::span::Span;

const DATES: [Option<&str>; 9] = [
    None,
    Some("2016-04-22"),
    Some("2016"),
    Some("2012/2015"),
    Some("../2017-09-18"),
    Some("2014-03/.."),
    Some("2011~"),
    Some("201X"),
    Some("2015-12-20/2016-01-10"),
];

const PARTNERS: [&str; 15] = [
    "CN", "RU", "KZ", "PL", "UA", "SA", "AZ", "VN", "MM", "TR", "IR", "SD", "LA", "PK", "bloc/eu",
];

fn claim(n: u64, partners: &[&str], when: Option<&str>) -> ClaimFact {
    let when: Option<When> = when.map(|when| when.parse().unwrap());
    ClaimFact {
        key: FindingKey::Suggested(SuggestionId(n)),
        partners: partners.iter().map(|id| actor(id)).collect(),
        kind: ClaimKind::Meeting,
        modality: Modality::Done,
        polarity: Polarity::Cooperative,
        days: when.as_ref().map_or(
            DayRange {
                first: None,
                last: None,
            },
            When::days,
        ),
        vague: when.as_ref().is_none_or(When::is_vague),
        when,
        accepted: false,
        evidence: Span::new(0, 1),
        passages: [None; 2],
        items: Box::default(),
    }
}

fn article(claims: Vec<ClaimFact>, published: Option<&str>) -> ArticleFacts {
    let mut facts = Article::new("An article").facts();
    facts.id = ArticleId([0; 32]);
    facts.publication = published.map(|when| when.parse().unwrap());
    facts.claims = claims;
    facts
}

fn timeline(articles: &[ArticleFacts], view: &ChartView) -> Timeline {
    Timeline::compute(
        (0..).zip(articles),
        &Across::default(),
        view,
        &focus(),
        &|_| 0,
    )
}

fn one(series: &Timeline, bin: usize) -> &Cell {
    series.series[0]
        .cells
        .iter()
        .find(|c| c.bin == bin)
        .unwrap()
}

#[test]
fn an_interval_is_shared_out_and_a_half_open_date_is_no_bar() {
    let articles = [article(
        vec![
            claim(0, &["CN"], Some("2014/2015")),
            claim(1, &["CN"], Some("2015-05")),
            claim(2, &["CN"], Some("../2017-09-18")),
            claim(3, &["CN"], None),
        ],
        None,
    )];
    let view = ChartView {
        bins: BinWidth::Year,
        ..ChartView::default()
    };
    let chart = timeline(&articles, &view);
    assert_eq!(chart.bins.count, 4);
    assert_eq!(one(&chart, 0).amounts.suggested.uncertain, 0.5);
    let both = one(&chart, 1);
    assert_eq!(both.amounts.suggested.exact, 1.0);
    assert_eq!((both.members, both.suggested, both.uncertain), (2, 2, 1));
    assert_eq!(
        chart.describe_cell(both, "China"),
        "China, 2015: 1.5 of 2 claims (suggested, 1 of uncertain date), cooperative"
    );
    let open = &chart.series[0].open[0];
    assert_eq!((open.bin, open.direction), (3, Direction::Before));
    assert_eq!(
        chart.describe_open(open, "China"),
        "China, 2017 or before: 1 claim (suggested), cooperative"
    );
    assert_eq!(chart.undated_note().unwrap(), "1 claim without a date");
    assert_eq!(chart.undated_members().len(), 1);
    assert_eq!(
        chart.describe_series(&chart.series[0], "China"),
        "China: 3 claims (3 suggested), 1 undated"
    );
    let mark = |bin, open| chart.mark(&chart.series[0], bin, Side::Cooperative, open);
    assert_eq!(chart.members(&mark(1, None).unwrap()).len(), 2);
    let arrow = mark(3, Some(Direction::Before)).unwrap();
    assert_eq!(
        chart.members(&arrow)[0].claim,
        Some(articles[0].claims[2].key)
    );
}

#[test]
fn the_title_says_the_terms() {
    let articles = [article(vec![claim(0, &["CN"], Some("2014/2015"))], None)];
    let chart = timeline(&articles, &ChartView::default());
    assert_eq!(chart.title("Belarus"), "Belarus’ partners over time");
    assert_eq!(chart.terms(), "claims by event date, by year");
    let view = ChartView {
        unit: Unit::Mentions,
        with_suggested: false,
        ..ChartView::default()
    };
    let chart = timeline(&articles, &view);
    assert_eq!(chart.title("China"), "China’s partners over time");
    assert_eq!(chart.terms(), "accepted mentions by publication date");
    assert_eq!(
        chart.notes(),
        ["mentions have no event date: shown by publication date"]
    );
}

#[test]
fn articles_count_once_a_bar() {
    let mut accepted = claim(2, &["CN"], Some("2014/2015"));
    accepted.accepted = true;
    let articles = [
        article(
            vec![
                claim(0, &["CN"], Some("2015-05")),
                claim(1, &["CN"], Some("2015-06")),
                accepted,
            ],
            Some("2016"),
        ),
        article(vec![claim(0, &["CN"], None)], None),
    ];
    let mut view = ChartView {
        unit: Unit::Articles,
        bins: BinWidth::Year,
        ..ChartView::default()
    };
    let chart = timeline(&articles, &view);
    let cell = one(&chart, 1);
    assert_eq!(cell.amounts.total(), 1.0);
    assert_eq!(cell.amounts.accepted.uncertain, 0.5);
    assert_eq!(cell.amounts.suggested.exact, 0.5);
    assert_eq!((cell.members, cell.suggested, cell.uncertain), (1, 0, 0));
    assert_eq!(chart.series[0].total, 1);
    view.clock = Clock::Publication;
    let chart = timeline(&articles, &view);
    assert_eq!(one(&chart, 0).amounts.accepted.exact, 1.0);
    assert_eq!(
        chart.undated_note().unwrap(),
        "1 article without a publication date"
    );
}

#[test]
fn mentions_of_bystanders_count_nowhere() {
    let mut facts = article(Vec::new(), Some("2016-04-22"));
    facts.partners = vec![
        (actor("CN"), CountryRole::Partner),
        (actor("PL"), CountryRole::PartnerAdverse),
    ];
    facts.mentions = ["CN", "PL", "UA", "BY"]
        .map(|id| crate::analysis::facts::MentionFact {
            actor: actor(id),
            accepted: 1,
            suggested: 2,
        })
        .to_vec();
    let view = ChartView {
        unit: Unit::Mentions,
        ..ChartView::default()
    };
    let chart = timeline(&[facts], &view);
    let drawn: Vec<_> = chart
        .series
        .iter()
        .map(|s| (s.actor.as_str(), s.cells[0].side, s.total, s.accepted))
        .collect();
    assert_eq!(
        drawn,
        [("CN", Side::Cooperative, 3, 1), ("PL", Side::Adverse, 3, 1)]
    );
    assert_eq!(chart.clock, Clock::Publication);
}

#[test]
fn many_partners_share_the_last_series() {
    let claims = |n: usize| {
        let claims = PARTNERS.iter().take(n).zip(0..);
        let claims = claims.map(|(id, n)| claim(n, &[id], Some("2016")));
        [article(claims.collect(), None)]
    };
    let twelve = timeline(&claims(12), &ChartView::default());
    assert_eq!(twelve.series.len(), 12);
    assert!(twelve.series.iter().all(|s| s.partners == 1));
    let all = timeline(&claims(15), &ChartView::default());
    let last = all.series.last().unwrap();
    assert_eq!((all.series.len(), last.partners, last.total), (12, 4, 4));
    assert_eq!(last.actor, others());
}

fn any_claim() -> impl Strategy<Value = ClaimFact> {
    let partners = proptest::collection::btree_set(0..PARTNERS.len(), 0..3);
    let flags = (any::<bool>(), any::<bool>(), 0..Modality::ALL.len());
    (any::<u64>(), partners, 0..DATES.len(), flags).prop_map(
        |(n, partners, date, (accepted, adverse, modality))| {
            let partners: Vec<&str> = partners.into_iter().map(|i| PARTNERS[i]).collect();
            let mut claim = claim(n, &partners, DATES[date]);
            claim.accepted = accepted;
            claim.modality = Modality::ALL[modality];
            if adverse {
                claim.polarity = Polarity::Adverse;
            }
            claim
        },
    )
}

fn any_article() -> impl Strategy<Value = ArticleFacts> {
    (proptest::collection::vec(any_claim(), 0..6), 0..DATES.len()).prop_map(|(mut claims, date)| {
        // Keys are unique within an article.
        for (n, claim) in (0..).zip(&mut claims) {
            claim.key = FindingKey::Suggested(SuggestionId(n));
        }
        article(claims, DATES[date])
    })
}

fn any_view() -> impl Strategy<Value = ChartView> {
    (0usize..2, 0usize..2, 0..BinWidth::ALL.len(), any::<bool>()).prop_map(
        |(clock, unit, bins, with_suggested)| ChartView {
            clock: Clock::ALL[clock],
            unit: Unit::ALL[unit],
            bins: BinWidth::ALL[bins],
            with_suggested,
            ..ChartView::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Per partner, bars and arrows hold each claim that can be dated exactly once.
    #[test]
    fn amounts_sum_to_the_dated_claims(
        articles in proptest::collection::vec(any_article(), 0..12),
        mut view in any_view(),
    ) {
        view.unit = Unit::Claims;
        let chart = timeline(&articles, &view);
        for series in chart.series.iter().filter(|s| s.partners == 1) {
            let (mut closed, mut half, mut undated) = (0.0, 0, 0);
            for facts in &articles {
                for claim in &facts.claims {
                    if !claim.partners.contains(&series.actor) || !(claim.accepted || view.with_suggested) {
                        continue;
                    }
                    let days = match view.clock {
                        Clock::Event => claim.days,
                        Clock::Publication => facts.publication.as_ref().map_or(
                            DayRange { first: None, last: None }, When::days),
                    };
                    match (days.first, days.last) {
                        (Some(_), Some(_)) => closed += 1.0,
                        (None, None) => undated += 1,
                        _ => half += 1,
                    }
                }
            }
            let drawn: f64 = series.cells.iter().map(|c| c.amounts.total()).sum();
            prop_assert!((drawn - closed).abs() < 1e-6, "{drawn} drawn, {closed} closed");
            let open: u32 = series.open.iter().map(|o| o.accepted + o.suggested).sum();
            prop_assert_eq!((open, series.undated), (half, undated));
            prop_assert_eq!(f64::from(series.total), closed + f64::from(half));
        }
    }

    /// What stands behind a mark adds up to it and is on its side.
    #[test]
    fn members_match_amounts(
        articles in proptest::collection::vec(any_article(), 0..12),
        view in any_view(),
    ) {
        let chart = timeline(&articles, &view);
        for series in &chart.series {
            for cell in &series.cells {
                let mark = chart.mark(series, cell.bin, cell.side, None).unwrap();
                let members = chart.members(&mark);
                let rows: std::collections::BTreeSet<u32> =
                    members.iter().map(|m| m.row).collect();
                let total = cell.amounts.total();
                if view.unit == Unit::Claims {
                    let shares: f64 = members.iter().map(|m| m.share).sum();
                    prop_assert!((shares - total).abs() < 1e-6);
                    prop_assert_eq!(members.len(), cell.members as usize);
                } else {
                    prop_assert!(total <= rows.len() as f64 + 1e-6);
                    prop_assert_eq!(rows.len(), cell.members as usize);
                }
                for member in &members {
                    let claims = &articles[member.row as usize].claims;
                    let claim = claims.iter().find(|c| Some(c.key) == member.claim).unwrap();
                    prop_assert_eq!(claim.is_adverse(), cell.side == Side::Adverse);
                    prop_assert!(claim.accepted || view.with_suggested);
                    prop_assert!(member.share > 0.0 && member.share <= 1.0);
                }
            }
            for open in &series.open {
                let mark = chart
                    .mark(series, open.bin, open.side, Some(open.direction))
                    .unwrap();
                prop_assert!(!chart.members(&mark).is_empty());
            }
        }
    }

    /// Turning a partner off changes neither the axis nor anybody's amounts.
    #[test]
    fn hiding_moves_nothing(
        articles in proptest::collection::vec(any_article(), 0..12),
        mut view in any_view(),
    ) {
        let before = timeline(&articles, &view);
        view.hidden = before.series.iter().take(1).map(|s| s.actor.clone()).collect();
        let after = timeline(&articles, &view);
        prop_assert_eq!(&before.bins, &after.bins);
        for (a, b) in before.series.iter().zip(&after.series) {
            prop_assert_eq!(&a.cells, &b.cells);
        }
    }
}

fn across(articles: &[ArticleFacts], pairs: &[(u32, u32)]) -> Across {
    let folds = Folds::of_pairs(articles.len(), pairs);
    let events = Events::find((0..).zip(articles), &folds);
    Across {
        folds: folds.into(),
        events,
    }
}

#[test]
fn an_event_counts_once_and_its_mark_leads_to_all_reports() {
    let mut articles = [
        article(vec![claim(1, &["AE"], Some("2019-10-07/2019-10-09"))], None),
        article(
            vec![claim(2, &["AE"], Some("2019-10-08"))],
            Some("2019-10-09"),
        ),
        article(vec![claim(3, &["AE"], Some("2019-11-20"))], None),
        article(vec![claim(4, &["AE"], None)], None),
    ];
    for (n, facts) in (0..).zip(&mut articles) {
        facts.id = ArticleId([n; 32]);
    }
    let view = ChartView {
        unit: Unit::Events,
        bins: BinWidth::Year,
        ..ChartView::default()
    };
    let count = |across: &Across, view: &ChartView| {
        Timeline::compute((0..).zip(&articles), across, view, &focus(), &|_| 0)
    };
    let events = count(&across(&articles, &[]), &view);
    assert_eq!(events.series[0].total, 2);
    assert_eq!(events.terms(), "events by event date, by year");
    assert_eq!(
        events.undated_note().as_deref(),
        Some("1 event without a date")
    );
    let mark = events.mark(&events.series[0], 0, Side::Cooperative, None);
    let members = events.members(&mark.unwrap());
    assert_eq!(events.events_among(&members), 2);
    let rows: Vec<_> = members.iter().map(|m| (m.row, m.joined.unwrap())).collect();
    let expected = [
        (1, Joined::First),
        (0, Joined::Corroborates),
        (2, Joined::First),
    ];
    assert_eq!(rows, expected);
    let total: f64 = members.iter().map(|member| member.share).sum();
    assert_eq!(total, 2.0);
}

#[test]
fn duplicates_count_nowhere_but_for_what_was_accepted_in_them() {
    let mut articles = [
        article(
            vec![claim(1, &["AE"], Some("2019-10-08"))],
            Some("2019-10-09"),
        ),
        article(
            vec![claim(1, &["AE"], Some("2019-10-08"))],
            Some("2019-10-10"),
        ),
    ];
    articles[1].id = ArticleId([1; 32]);
    let both = across(&articles, &[(1, 0)]);
    for unit in [Unit::Claims, Unit::Articles, Unit::Events] {
        let view = ChartView {
            unit,
            ..ChartView::default()
        };
        let found = Timeline::compute((0..).zip(&articles), &both, &view, &focus(), &|_| 0);
        assert_eq!(found.series[0].total, 1, "{unit:?}");
        assert_eq!(found.series[0].accepted, 0);
        let mark = found.mark(&found.series[0], 0, Side::Cooperative, None);
        assert_eq!(found.members(&mark.unwrap()).len(), 1);
    }
    articles[1].claims[0].accepted = true;
    let view = |unit| ChartView {
        unit,
        with_suggested: false,
        ..ChartView::default()
    };
    let count =
        |unit| Timeline::compute((0..).zip(&articles), &both, &view(unit), &focus(), &|_| 0);
    assert!(count(Unit::Claims).series.is_empty());
    assert_eq!(count(Unit::Events).series[0].accepted, 1);
}
