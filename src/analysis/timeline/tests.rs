//! Tests of the counting.
#![expect(
    clippy::float_cmp,
    reason = "wholes and halves, which are exact in binary"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::analysis::across::Across;
use crate::analysis::facts::{ArticleFacts, ClaimFact};
use crate::analysis::near::Folds;
use crate::analysis::sample::{Article, actor, focus};
use crate::analysis::standing::FindingKey;
use crate::analysis::told::Chosen;
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::date::{DayRange, When};
use crate::model::extraction::CountryRole;
use crate::model::ids::{ActorId, ArticleId, SuggestionId};
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

/// A chart with what it was computed over.
struct Chart {
    table: Table,
    across: Across,
    timeline: Timeline,
}

impl std::ops::Deref for Chart {
    type Target = Timeline;

    fn deref(&self) -> &Timeline {
        &self.timeline
    }
}

impl Chart {
    fn members(&self, mark: &MarkId) -> Vec<Member> {
        let Self { table, across, .. } = self;
        self.timeline
            .members(table, across, mark, &|row| row, &|| false)
    }

    fn undated_members(&self) -> Vec<Member> {
        let Self { table, across, .. } = self;
        self.timeline
            .undated_members(table, across, &|row| row, &|| false)
    }
}

fn chart_with(articles: &[ArticleFacts], across: &Across, view: &ChartView) -> Chart {
    let table: Table = articles.iter().collect();
    let timeline = Timeline::compute(&table, &Chosen::default(), across, view, &focus(), &|_| 0);
    Chart {
        table,
        across: across.clone(),
        timeline,
    }
}

fn timeline(articles: &[ArticleFacts], view: &ChartView) -> Chart {
    let alone = Across {
        is_known: true,
        ..Across::default()
    };
    chart_with(articles, &alone, view)
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
    (0usize..2, 0usize..3, 0..BinWidth::ALL.len(), any::<bool>()).prop_map(
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
                if view.unit == Unit::Articles {
                    prop_assert!(total <= rows.len() as f64 + 1e-6);
                    prop_assert_eq!(rows.len(), cell.members as usize);
                } else {
                    let shares: f64 = members.iter().map(|m| m.share).sum();
                    prop_assert!((shares - total).abs() < 1e-6);
                    prop_assert_eq!(members.len(), cell.members as usize);
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
    Across::with(folds.into(), &articles.iter().collect())
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
    let count = |across: &Across, view: &ChartView| chart_with(&articles, across, view);
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
        let found = chart_with(&articles, &both, &view);
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
    let count = |unit| chart_with(&articles, &both, &view(unit));
    assert!(count(Unit::Claims).series.is_empty());
    assert_eq!(count(Unit::Events).series[0].accepted, 1);
}

/// What there is to count, one partner at a time.
#[derive(Clone)]
struct Item {
    series: ActorId,
    row: u32,
    side: Side,
    accepted: bool,
    weight: f64,
    days: DayRange,
}

/// The same counts, plainly from the facts: by series, bar and side how much is accepted and how
/// much there is in all.
fn plainly(
    articles: &[ArticleFacts],
    folded: &[u32],
    view: &ChartView,
    chart: &Timeline,
) -> BTreeMap<(ActorId, usize, Side), (f64, f64)> {
    let series = |actor: &ActorId| {
        let named = chart.series.iter().any(|series| series.actor == *actor);
        if named { actor.clone() } else { others() }
    };
    let mut items: Vec<Item> = Vec::new();
    for (row, facts) in (0..).zip(articles).filter(|(row, _)| !folded.contains(row)) {
        let open = DayRange {
            first: None,
            last: None,
        };
        let when = facts.publication.as_ref();
        let published = when.map_or(open, When::days);
        let clock = |days| match chart.clock {
            Clock::Event => days,
            Clock::Publication => published,
        };
        if view.unit == Unit::Mentions {
            for mention in &facts.mentions {
                let role = facts.partners.iter().find(|(id, _)| *id == mention.actor);
                let Some((_, role)) = role.filter(|(id, _)| *id != focus()) else {
                    continue;
                };
                let side = if *role == CountryRole::PartnerAdverse {
                    Side::Adverse
                } else {
                    Side::Cooperative
                };
                for (weight, accepted) in [(mention.accepted, true), (mention.suggested, false)] {
                    items.push(Item {
                        series: series(&mention.actor),
                        row,
                        side,
                        accepted,
                        weight: f64::from(weight),
                        days: published,
                    });
                }
            }
            continue;
        }
        for claim in &facts.claims {
            let days = clock(claim.days);
            let mut all: Vec<_> = claim.partners.iter().filter(|id| **id != focus()).collect();
            all.sort_unstable();
            let mut seen = Vec::new();
            for actor in all.into_iter().map(series) {
                if !seen.contains(&actor) && view.modalities.contains(&claim.modality) {
                    seen.push(actor.clone());
                    items.push(Item {
                        series: actor,
                        row,
                        side: if claim.is_adverse() {
                            Side::Adverse
                        } else {
                            Side::Cooperative
                        },
                        accepted: claim.accepted,
                        weight: 1.0,
                        days,
                    });
                }
            }
        }
    }
    items.retain(|item| item.weight > 0.0 && (item.accepted || view.with_suggested));
    let mut cells = BTreeMap::new();
    let mut by_article = BTreeMap::new();
    for item in items {
        let Some((first, last)) = item.days.closed() else {
            continue;
        };
        let Some((from, to)) = chart.bins.index(first).zip(chart.bins.index(last)) else {
            continue;
        };
        for bin in from..=to {
            let share = scan::share(&chart.bins, bin, (first, last)) * item.weight;
            let key = (item.series.clone(), bin, item.side);
            let accepted = if item.accepted { share } else { 0.0 };
            if view.unit == Unit::Articles {
                let best: &mut (f64, f64) = by_article.entry((key, item.row)).or_default();
                *best = (best.0.max(accepted), best.1.max(share));
            } else {
                let sum: &mut (f64, f64) = cells.entry(key).or_default();
                *sum = (sum.0 + accepted, sum.1 + share);
            }
        }
    }
    for ((key, _), best) in by_article {
        let sum = cells.entry(key).or_default();
        *sum = (sum.0 + best.0, sum.1 + best.1);
    }
    cells
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The scan counts what a plain walk over the facts counts, whatever lies in which part.
    #[test]
    fn a_chart_counts_what_the_facts_say(
        articles in proptest::collection::vec(crate::analysis::sample::any_facts(), 0..14),
        unit in 0..4_usize,
        clock in 0..2_usize,
        with_suggested: bool,
        folded in proptest::option::of(1..14_u32),
        apart in 0..14_usize,
    ) {
        let view = ChartView {
            unit: Unit::ALL[unit],
            clock: Clock::ALL[clock],
            with_suggested,
            ..ChartView::default()
        };
        let folded: Vec<u32> = folded.into_iter().filter(|row| (*row as usize) < articles.len()).collect();
        let pairs: Vec<(u32, u32)> = folded.iter().map(|row| (*row, 0)).collect();
        let folds = Folds::of_pairs(articles.len(), &pairs);
        let across = Across { folds: folds.into(), is_known: true, ..Across::default() };
        let chart = chart_with(&articles, &across, &view);
        let mut scattered = Table::unread(articles.len());
        let (one, other) = articles.split_at(apart.min(articles.len()));
        for (row, facts) in (0..).zip(other) {
            scattered.set(row + u32::try_from(one.len()).unwrap(), facts);
        }
        for (row, facts) in (0..).zip(one).collect::<Vec<_>>().into_iter().rev() {
            scattered.set(row, facts);
        }
        let again = Timeline::compute(&scattered, &Chosen::default(), &across, &view, &focus(), &|_| 0);
        prop_assert_eq!(again.tally, chart.tally);
        prop_assert_eq!(again.notes(), chart.notes());
        for found in [&chart.timeline, &again] {
            let mut cells = BTreeMap::new();
            for (series, cell) in found.series.iter().flat_map(|s| s.cells.iter().map(move |c| (s, c))) {
                let amounts = (cell.amounts.accepted.total(), cell.amounts.total());
                cells.insert((series.actor.clone(), cell.bin, cell.side), amounts);
            }
            // No event has several reports here; a folded one counts where it is accepted.
            if view.unit == Unit::Events && !folded.is_empty() {
                continue;
            }
            let plain = plainly(&articles, &folded, &view, found);
            prop_assert_eq!(cells.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
            for (key, (accepted, all)) in &plain {
                let (found_accepted, found_all) = cells[key];
                prop_assert!((accepted - found_accepted).abs() < 1e-6, "{:?}", key);
                prop_assert!((all - found_all).abs() < 1e-6, "{:?}", key);
            }
        }
        for (one, other) in chart.series.iter().zip(&again.series) {
            prop_assert_eq!(&one.actor, &other.actor);
            prop_assert_eq!(
                (one.total, one.accepted, one.undated, &one.open),
                (other.total, other.accepted, other.undated, &other.open)
            );
        }
        let undated = chart.undated_members();
        prop_assert_eq!(undated.is_empty(), chart.undated_count() == 0);
    }
}
