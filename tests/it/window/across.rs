//! Duplicates and events: folded, shown, kept apart, counted once.

use attache::app::action::Action;
use attache::model::view::{ChartView, Unit};
use egui::Key;
use egui::accesskit::Role;

use super::{CTRL, Desk, NONE};

const WIRE: &str = "On 8 October 2019 a Belarusian military delegation visited the United Arab Emirates. \
    The guests were shown a training centre and a shipyard, the ministry said in a statement. Talks \
    were held on the repair of aircraft and on spare parts for helicopters, which the Emirates have \
    bought in several countries. Nothing was signed during the two days. The delegation was led by a \
    colonel of the general staff, who had been to the Gulf several times before. A return visit is \
    expected in spring, when an exhibition of arms will be held near Minsk for the tenth time.";

const OTHER: &str = "Abu Dhabi hosted guests\n\nOctober 10, 2019\n\nOn 7-9 October 2019 a Belarusian \
    military delegation visited the United Arab Emirates, our paper has learnt from a source. What the \
    officers talked about behind closed doors is not known, nor who had asked them to come.\n";

fn wire(title: &str, day: u8, words: &str) -> String {
    format!("{title}\n\nOctober {day}, 2019\n\n{words}\n")
}

/// A wire report, two copies of it and a report in other words.
fn desk() -> Desk {
    let (half, _) = WIRE.split_once(" A return visit").unwrap();
    let articles = [
        wire("Officers in the Gulf", 9, WIRE),
        wire("Gulf trip ends without a paper", 11, half),
        wire(
            "Colonel visits shipyard",
            12,
            &format!("Minsk has sent a colonel again. {WIRE}"),
        ),
        OTHER.to_owned(),
    ];
    let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
    Desk::on_articles(&articles)
}

fn rows(desk: &Desk) -> Vec<String> {
    let rows = desk.all(Role::ListItem, ", partners ");
    let title = |name: &str| name.split(',').next().unwrap_or_default().to_owned();
    rows.iter().map(|row| title(&row.name)).collect()
}

#[test]
fn duplicates_are_folded_under_their_first_appearance() {
    let mut desk = desk();
    assert_eq!(rows(&desk).len(), 2, "{}", desk.dump());
    assert!(desk.has(Role::Label, "4 articles"));
    assert!(desk.has(Role::Label, "2 duplicates folded"));
    let head = desk.part(Role::ListItem, "Officers in the Gulf");
    assert!(head.name.ends_with(", 2 duplicates"), "{}", head.name);

    desk.click(
        Role::Button,
        "Show the 2 duplicates of Officers in the Gulf",
    );
    let shown = rows(&desk);
    let at = shown
        .iter()
        .position(|title| title == "Officers in the Gulf");
    let below = &shown[at.unwrap() + 1..];
    let expected = ["Gulf trip ends without a paper", "Colonel visits shipyard"];
    assert_eq!(below[..2], expected, "the first to appear first");
    desk.click(
        Role::Button,
        "Fold the 2 duplicates of Officers in the Gulf",
    );
    assert_eq!(rows(&desk).len(), 2);

    // A filter that only a duplicate passes shows it.
    desk.fill("Search articles", "title:shipyard");
    assert_eq!(rows(&desk), ["Colonel visits shipyard"]);
    assert!(desk.has(Role::Label, "1 of 4 articles"));
}

#[test]
fn duplicates_are_shown_by_the_keyboard() {
    let mut desk = desk();
    let head = desk.part(Role::ListItem, "Officers in the Gulf");
    desk.click_on(&head);
    desk.key(NONE, Key::ArrowRight);
    assert_eq!(rows(&desk).len(), 4, "{}", desk.dump());
    desk.key(NONE, Key::ArrowLeft);
    assert_eq!(rows(&desk).len(), 2);
    desk.by_palette("Show duplicates");
    assert_eq!(rows(&desk).len(), 4);
}

#[test]
fn an_article_is_kept_apart_and_that_is_undone() {
    let mut desk = desk();
    desk.click(
        Role::Button,
        "Show the 2 duplicates of Officers in the Gulf",
    );
    let copy = desk.part(Role::ListItem, "Colonel visits shipyard");
    assert!(copy.name.ends_with(", duplicate"), "{}", copy.name);
    desk.click_on(&copy);
    desk.key(CTRL, Key::Num5);
    desk.click(Role::Button, "Not a duplicate");
    assert_eq!(desk.undo_name().as_deref(), Some("Not a duplicate"));
    assert!(
        desk.has(Role::Label, "1 duplicate folded"),
        "{}",
        desk.dump()
    );
    desk.key(CTRL, Key::Z);
    assert!(desk.has(Role::Label, "2 duplicates folded"));
    desk.by_palette("Not a duplicate");
    assert!(desk.has(Role::Button, "Take that back"), "{}", desk.dump());
}

#[test]
fn the_event_behind_a_claim_leads_to_its_reports() {
    let mut desk = desk();
    let row = desk.part(Role::ListItem, "Abu Dhabi hosted guests");
    desk.click_on(&row);
    let claim = desk.first(Role::ListItem, "Claim: Visit");
    desk.click_on(&claim);
    assert!(
        desk.has(Role::Label, "Event: 4 reports, 2 independent"),
        "{}",
        desk.dump()
    );
    let report = desk.part(Role::Link, "Report, first: ");
    assert!(
        report.name.contains("Officers in the Gulf"),
        "{}",
        report.name
    );
    desk.click_on(&report);
    assert_eq!(desk.open_title().as_deref(), Some("Officers in the Gulf"));
    assert!(desk.look(|bench| bench.current_entry().is_some()));
}

#[test]
fn events_are_counted_once() {
    let mut desk = desk();
    let count = |desk: &mut Desk, unit| {
        let view = ChartView {
            unit,
            ..ChartView::default()
        };
        desk.dispatch(Action::SetChart(view));
        desk.look(|bench| bench.timeline.series[0].total)
    };
    let claims = count(&mut desk, Unit::Claims);
    let events = count(&mut desk, Unit::Events);
    assert!(events < claims, "{events} events, {claims} claims");
    assert_eq!(count(&mut desk, Unit::Articles), 2, "copies count nowhere");
}

#[test]
fn what_a_source_prints_everywhere_is_known_when_all_is_read() {
    let end = "All rights to what stands here are with the people of the valley press.";
    let things = ["harbour", "bridge", "railway", "hospital"];
    let text = |(n, thing): (usize, &&str)| {
        let others = ["mill", "well", "park", "gate", "lane"];
        let said = |(m, other): (usize, &&str)| {
            format!(
                "The {thing} by the {other} was {n}{m} years old when {thing} ward {m}{n} had the {other} sold.\n"
            )
        };
        let body: String = others.iter().enumerate().map(said).collect();
        format!("On the {thing}\n\nMay 5, 2016 18:20\n\n{body}\n{end}\n")
    };
    let articles: Vec<String> = things.iter().enumerate().map(text).collect();
    let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
    let mut desk = Desk::on_articles(&articles);
    for thing in things {
        desk.open_article(&format!("On the {thing}"));
        let name = "Not the article: printed on many pages of this source";
        let row = desk.part(Role::ListItem, name);
        desk.scroll_to(&row);
        let row = desk.part(Role::ListItem, name);
        desk.click_on(&row);
        let often = "Stands in 4 articles of this source";
        assert!(desk.has(Role::Label, often), "{}", desk.dump());
        let moved = desk.look(|bench| bench.article.as_ref().unwrap().printed.reason.clone());
        assert!(moved.contains("3 other articles"), "{moved}");
    }
    assert!(desk.has(Role::ListItem, "conflict"), "{}", desk.dump());
}
