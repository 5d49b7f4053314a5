use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::analysis::facts::ArticleFacts;
use crate::analysis::near::{Candidate, fold};
use crate::analysis::sample::{Article, claim};
use crate::model::claim::Modality;
use crate::model::finding::Finding;
use crate::model::ids::ArticleId;

/// What one claim says: kind, partners, date.
type Said<'a> = (ClaimKind, &'a [&'a str], Option<&'a str>);

/// An article that was published on a day and says so much, each in a sentence of its own.
fn article(number: u8, published: Option<&str>, claims: &[(Modality, Said<'_>)]) -> ArticleFacts {
    let mut text = String::new();
    let mut article = Article::new("");
    for (n, (modality, (kind, partners, when))) in claims.iter().enumerate() {
        let start = text.len();
        let sentence = format!("Sentence {n} of article {number} says this and that of it. ");
        text.push_str(&sentence);
        let actors: Vec<&str> = std::iter::once("BY")
            .chain(partners.iter().copied())
            .collect();
        let mut made = claim(start..text.len() - 1, *kind, &actors, *when);
        if let Finding::Claim(claim) = &mut made {
            claim.modality = *modality;
        }
        article = article.suggest(made);
    }
    article.text = text;
    article.rule_on_publication(published);
    let mut facts = article.facts();
    facts.id = ArticleId([number; 32]);
    facts
}

fn done<'a>(kind: ClaimKind, partners: &'a [&'a str], when: &'a str) -> (Modality, Said<'a>) {
    (Modality::Done, (kind, partners, Some(when)))
}

/// The events of some articles, and where they are looked up.
struct Known {
    table: Table,
    events: Events,
}

impl Known {
    fn all(&self) -> Vec<Event> {
        self.events.all(&self.table)
    }

    fn of(&self, row: u32, claim: ClaimKey) -> Option<Event> {
        self.events.of(&self.table, row, claim)
    }
}

fn find_with(articles: &[ArticleFacts], folds: &Folds) -> Known {
    let table: Table = articles.iter().collect();
    Known {
        events: Events::find(&table, folds),
        table,
    }
}

fn find(articles: &[ArticleFacts]) -> Known {
    find_with(articles, &Folds::default())
}

/// The events as sets of (article, claim in the order of the article).
fn groups(articles: &[ArticleFacts], events: &Known) -> BTreeSet<BTreeSet<(u8, usize)>> {
    let place = |report: &Report| {
        let facts = &articles[report.row as usize];
        let claim = facts.claims.iter().position(|c| c.key == report.claim);
        (facts.id.0[0], claim.unwrap())
    };
    let events = events.all();
    events
        .iter()
        .map(|event| event.reports.iter().map(place).collect())
        .collect()
}

/// Checks which claims of articles 0, 1, 2 … are together; what is left out stands alone.
fn check(articles: &[ArticleFacts], together: &[&[(u8, usize)]]) {
    let events = find(articles);
    let found: Vec<BTreeSet<_>> = groups(articles, &events)
        .into_iter()
        .filter(|event| event.len() > 1)
        .collect();
    let mut expected: Vec<BTreeSet<_>> = together
        .iter()
        .map(|event| event.iter().copied().collect())
        .collect();
    expected.sort();
    assert_eq!(found, expected);
}

use ClaimKind::{Agreement, Delivery, Meeting, Purchase, Refusal, Visit};

#[test]
fn two_reports_of_one_meeting_are_one_event() {
    let articles = [
        article(
            0,
            Some("2019-10-10"),
            &[done(Meeting, &["AE"], "2019-10-07/2019-10-09")],
        ),
        article(1, Some("2019-10-09"), &[done(Visit, &["AE"], "2019-10-08")]),
        article(
            2,
            Some("2019-10-09"),
            &[done(Meeting, &["RS"], "2019-10-08")],
        ),
    ];
    check(&articles, &[&[(0, 0), (1, 0)]]);
    let events = find(&articles);
    let event = events.of(0, articles[0].claims[0].key).unwrap();
    assert_eq!(event.when.as_ref().unwrap().to_string(), "2019-10-08");
    assert_eq!((event.reports.len(), event.independent()), (2, 2));
    assert_eq!(event.reports[0].row, 1, "published first");
}

#[test]
fn dates_do_not_chain() {
    let articles = [
        article(0, None, &[done(Meeting, &["RU"], "2019-05-01/2019-05-04")]),
        article(1, None, &[done(Meeting, &["RU"], "2019-05-04/2019-05-07")]),
        article(2, None, &[done(Meeting, &["RU"], "2019-05-07/2019-05-10")]),
    ];
    assert!(groups(&articles, &find(&articles)).len() > 1);
}

#[test]
fn a_vague_date_joins_only_where_one_event_fits() {
    let day = |n: u8, day: &'static str| article(n, None, &[done(Agreement, &["RU"], day)]);
    let vague = article(9, None, &[done(Agreement, &["RU"], "2015")]);
    check(&[day(0, "2015-03-01"), vague.clone()], &[&[(0, 0), (9, 0)]]);
    check(&[day(0, "2015-03-01"), day(1, "2015-06-01"), vague], &[]);
}

#[test]
fn kinds_and_sides_stay_apart() {
    let of = |n: u8, kind| article(n, None, &[done(kind, &["RU"], "2015-03-01")]);
    check(&[of(0, Delivery), of(1, Purchase)], &[]);
    check(&[of(0, Refusal), of(1, Agreement)], &[]);
    check(&[of(0, Agreement), of(1, Purchase)], &[&[(0, 0), (1, 0)]]);
}

#[test]
fn what_was_announced_and_then_done_is_one_event() {
    let planned = |published| {
        let said = (Modality::Planned, (Meeting, &["CN"][..], Some("2016-05")));
        article(0, Some(published), &[said])
    };
    let held = article(
        1,
        Some("2016-05-13"),
        &[done(Meeting, &["CN"], "2016-05-12")],
    );
    check(&[planned("2016-04-01"), held.clone()], &[&[(0, 0), (1, 0)]]);
    // Announced after it was held, it is another meeting.
    check(&[planned("2016-05-20"), held], &[]);
}

#[test]
fn a_list_of_members_holds_each_of_them_on_narrow_dates_only() {
    let all = &["AM", "KZ", "RU"];
    let drill = |n, partners, when| article(n, None, &[done(ClaimKind::Exercise, partners, when)]);
    check(
        &[
            drill(0, all, "2017-10-03/2017-10-06"),
            drill(1, &["KZ"], "2017-10-04"),
        ],
        &[&[(0, 0), (1, 0)]],
    );
    check(
        &[drill(0, all, "2017"), drill(1, &["KZ"], "2017-10-04")],
        &[],
    );
}

#[test]
fn a_repost_corroborates_nothing() {
    let said = "The two ministers signed a roadmap on the repair of aircraft on that day in Minsk.";
    let printed = |n: u8, published: &str, before: &str| {
        let text = format!("{before}{said}");
        let span = before.len()..text.len();
        let mut article = Article::new(&text).suggest(claim(span, Agreement, &["BY", "RS"], None));
        article.rule_on_publication(Some(published));
        let mut facts = article.facts();
        facts.id = ArticleId([n; 32]);
        facts
    };
    let articles = [
        printed(0, "2019-10-12", "Our paper has learnt more. "),
        printed(1, "2019-10-10", ""),
    ];
    let events = find(&articles);
    let all = events.all();
    let [event] = all.as_slice() else {
        panic!("{all:?}")
    };
    let joined: Vec<_> = event.reports.iter().map(|r| (r.row, r.joined)).collect();
    assert_eq!(joined, [(1, Joined::First), (0, Joined::SameSentence)]);
    assert_eq!(event.independent(), 1);
}

#[test]
fn a_duplicate_corroborates_nothing() {
    let said = [done(Meeting, &["AE"], "2019-10-08")];
    let articles = [article(0, None, &said), article(1, None, &said)];
    let sketch = |facts: &ArticleFacts| facts.sketch.clone();
    let sketches = [sketch(&articles[0]), sketch(&articles[0])];
    let candidates: Vec<_> = sketches
        .iter()
        .map(|sketch| {
            Some(Candidate {
                sketch,
                published: None,
                apart: false,
            })
        })
        .collect();
    // Sketches of made-up articles hold nothing; the fold is made by hand.
    assert_eq!(fold(&candidates).count(), 0);
    let folds = Folds::of_pairs(2, &[(1, 0)]);
    let events = find_with(&articles, &folds);
    let joined: Vec<_> = events.all()[0].reports.iter().map(|r| r.joined).collect();
    assert_eq!(joined, [Joined::First, Joined::InDuplicate]);
}

/// Day of publication; per claim: kind, partners, date and modality, as places in their lists.
type Drawn = (Option<u8>, Vec<(u8, u8, u8, u8)>);

fn any_article() -> impl Strategy<Value = Drawn> {
    let claim = (0..5_u8, 0..4_u8, 0..9_u8, 0..3_u8);
    (
        proptest::option::of(1..28_u8),
        proptest::collection::vec(claim, 0..4),
    )
}

fn made(number: u8, (published, claims): &Drawn) -> ArticleFacts {
    const KINDS: [ClaimKind; 5] = [Meeting, Visit, Agreement, Purchase, Delivery];
    const PARTNERS: [&[&str]; 4] = [&["RU"], &["CN"], &["RU", "CN"], &["KZ", "RU", "CN"]];
    const DATES: [Option<&str>; 9] = [
        None,
        Some("2016-05-03"),
        Some("2016-05-04"),
        Some("2016-05-03/2016-05-08"),
        Some("2016-05-07/2016-05-12"),
        Some("2016-05"),
        Some("2016"),
        Some("2016~"),
        Some("2016-05-03/.."),
    ];
    const MODALITIES: [Modality; 3] = [Modality::Done, Modality::Planned, Modality::Considered];
    let published = published.map(|day| format!("2016-05-{day:02}"));
    let claims: Vec<_> = claims
        .iter()
        .map(|(kind, partners, date, modality)| {
            let said = (
                KINDS[usize::from(*kind)],
                PARTNERS[usize::from(*partners)],
                DATES[usize::from(*date)],
            );
            (MODALITIES[usize::from(*modality)], said)
        })
        .collect();
    article(number, published.as_deref(), &claims)
}

proptest! {
    #[test]
    fn events_partition_the_claims(articles in proptest::collection::vec(any_article(), 0..12)) {
        let articles: Vec<_> = (0..).zip(&articles).map(|(n, a)| made(n, a)).collect();
        let events = find(&articles);
        let all: usize = events.all().iter().map(|event| event.reports.len()).sum();
        let claims: usize = articles.iter().map(|facts| facts.claims.len()).sum();
        prop_assert_eq!(all, claims);
        for (row, facts) in (0..).zip(&articles) {
            for claim in &facts.claims {
                let event = events.of(row, claim.key).unwrap();
                prop_assert!(event.reports.iter().any(|r| (r.row, r.claim) == (row, claim.key)));
                prop_assert_eq!(event.reports[0].joined, Joined::First);
            }
        }
    }

    #[test]
    fn the_order_of_the_articles_plays_no_part(
        articles in proptest::collection::vec(any_article(), 0..12),
        turn in 0..12_usize,
    ) {
        let articles: Vec<_> = (0..).zip(&articles).map(|(n, a)| made(n, a)).collect();
        let mut turned = articles.clone();
        turned.rotate_left(turn % articles.len().max(1));
        turned.reverse();
        let (one, other) = (find(&articles), find(&turned));
        prop_assert_eq!(groups(&articles, &one), groups(&turned, &other));
        let whens = |events: &Known| -> Vec<_> {
            events.all().iter().map(|e| (e.when.clone(), e.kind, e.independent())).collect()
        };
        prop_assert_eq!(whens(&one), whens(&other));
    }

    #[test]
    fn an_unrelated_article_changes_no_event(
        articles in proptest::collection::vec(any_article(), 0..10),
    ) {
        let mut articles: Vec<_> = (0..).zip(&articles).map(|(n, a)| made(n, a)).collect();
        let before = groups(&articles, &find(&articles));
        articles.push(article(99, Some("2016-05-04"), &[done(Meeting, &["FI"], "2016-05-03")]));
        let after = groups(&articles, &find(&articles));
        prop_assert!(before.is_subset(&after));
        prop_assert_eq!(after.len(), before.len() + 1);
    }

    /// Columns are all that a store has to keep.
    #[test]
    fn events_come_back_from_their_columns(
        articles in proptest::collection::vec(any_article(), 0..12),
    ) {
        let articles: Vec<_> = (0..).zip(&articles).map(|(n, a)| made(n, a)).collect();
        let known = find(&articles);
        let columns = known.events.columns().clone();
        let order = known.events.order().to_vec();
        let again = Events::from_columns(columns.clone(), order.clone());
        prop_assert_eq!(again, Some(known.events.clone()));
        if !columns.rows.is_empty() {
            let mut twice = order.clone();
            twice[0] = twice[1];
            prop_assert_eq!(Events::from_columns(columns.clone(), twice), None);
            let mut beyond = order.clone();
            *beyond.last_mut().unwrap() = u32::MAX;
            prop_assert_eq!(Events::from_columns(columns.clone(), beyond), None);
            let damaged = EventColumns { rows: columns.rows[1..].to_vec(), ..columns };
            prop_assert_eq!(Events::from_columns(damaged, order), None);
        }
    }
}

#[test]
fn what_an_article_tells_anew_leaves_its_event_unless_it_is_the_same() {
    use crate::analysis::across::Across;
    let day = "2019-10-08";
    let mut articles = [
        article(
            0,
            None,
            &[done(Meeting, &["AE"], day), done(Delivery, &["RU"], "2015")],
        ),
        article(
            1,
            None,
            &[done(Meeting, &["AE"], day), done(Delivery, &["RU"], "2015")],
        ),
    ];
    let before: Table = articles.iter().collect();
    let across = Across::new(&before, &|_| false);
    assert_eq!(across.events.shared_count(), 2);
    let mut now = before.clone();
    articles[1].claims[0].accepted = true;
    articles[1].claims[1].kind = Agreement;
    now.set(1, &articles[1]);
    let across = across.following(&before, &now, now.log());
    let reports = |claim: usize| {
        let key = articles[1].claims[claim].key;
        across.events.of(&now, 1, key).unwrap().reports.len()
    };
    assert_eq!((reports(0), reports(1)), (2, 1));
    assert_eq!(
        across
            .events
            .of(&now, 0, articles[0].claims[1].key)
            .unwrap()
            .reports
            .len(),
        1
    );
}
