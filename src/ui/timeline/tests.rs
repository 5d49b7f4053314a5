//! The chart by role and label.

use std::cell::RefCell;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;
use crate::analysis::across::Across;
use crate::analysis::facts::ArticleFacts;
use crate::analysis::sample::{Article, actor, claim, focus};
use crate::analysis::table::Table;
use crate::analysis::timeline::{Direction, MarkId, Side};
use crate::analysis::told::Chosen;
use crate::model::claim::ClaimKind;

fn names(id: &ActorId) -> String {
    match id.as_str() {
        "BY" => "Belarus",
        "CN" => "China",
        "PL" => "Poland",
        other => other,
    }
    .to_owned()
}

fn articles() -> Vec<ArticleFacts> {
    let meeting = |at: usize, who: &str, when: Option<&str>| {
        claim(at..at + 1, ClaimKind::Meeting, &["BY", who], when)
    };
    let mut article = Article::new("An article")
        .suggest(meeting(0, "CN", Some("2015-05-10")))
        .suggest(meeting(1, "CN", Some("2015-06")))
        .suggest(meeting(2, "CN", Some("../2017-09-18")))
        .suggest(meeting(3, "CN", None))
        .suggest(claim(4..5, ClaimKind::Refusal, &["BY", "PL"], Some("2016")));
    article.accept(0);
    vec![article.facts()]
}

fn view() -> ChartView {
    ChartView {
        bins: crate::model::view::BinWidth::Year,
        ..ChartView::default()
    }
}

/// Draws the chart, does something to it, and gives back what it answered, hovering aside.
fn answers(
    articles: &[ArticleFacts],
    view: &ChartView,
    act: impl FnOnce(&mut Harness<'_>),
) -> Vec<ChartAction> {
    answers_in(vec2(800.0, 320.0), articles, view, act)
}

/// The same in a pane of this size.
fn answers_in(
    size: egui::Vec2,
    articles: &[ArticleFacts],
    view: &ChartView,
    act: impl FnOnce(&mut Harness<'_>),
) -> Vec<ChartAction> {
    let table: Table = articles.iter().collect();
    let across = Across::default();
    let timeline = timeline(&table, &across, view);
    // The harness has egui's own fonts only.
    let style = ChartStyle {
        title_font: egui::FontId::proportional(13.0),
        ..ChartStyle::of(&crate::ui::tokens::LIGHT)
    };
    let answers = RefCell::new(Vec::new());
    {
        let mut harness = Harness::builder().with_size(size).build_ui(|ui| {
            let answer = timeline_ui(ui, &timeline, &style, view, &names, None);
            let real = answer.filter(|answer| !matches!(answer, ChartAction::Hover(_)));
            answers.borrow_mut().extend(real);
        });
        harness.run();
        act(&mut harness);
        harness.run();
    }
    answers.into_inner()
}

/// How many claims a mark of the chart of these articles stands for.
fn members(articles: &[ArticleFacts], mark: &MarkId) -> usize {
    let table: Table = articles.iter().collect();
    let across = Across::default();
    let timeline = timeline(&table, &across, &view());
    let members = timeline.members(&table, &across, mark, &|row| row, &|| false);
    members.len()
}

fn timeline(table: &Table, across: &Across, view: &ChartView) -> Timeline {
    Timeline::compute(table, &Chosen::default(), across, view, &focus(), &|_| 0)
}

fn click(harness: &mut Harness<'_>, label: &str) {
    harness.get_by_label(label).click();
}

#[test]
fn clicking_a_bar_selects_it() {
    let found = answers(&articles(), &view(), |harness| {
        click(harness, "China, 2015: 2 claims (1 suggested), cooperative");
    });
    let [ChartAction::Select(mark)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        (&mark.partner, mark.side),
        (&actor("CN"), Side::Cooperative)
    );
    assert_eq!(mark.from.to_string(), "2015-01-01");
    assert_eq!(members(&articles(), mark), 2);
}

#[test]
fn a_refusal_hangs_below_and_can_be_chosen_by_keyboard() {
    let found = answers(&articles(), &view(), |harness| {
        let bar = "Poland, 2016: 1 claim (suggested), adverse or negated";
        let above = harness
            .get_by_label("China, 2015: 2 claims (1 suggested), cooperative")
            .rect();
        let below = harness.get_by_label(bar).rect();
        assert!(below.top() >= above.bottom() - 2.0, "{below} under {above}");
        harness.get_by_label(bar).focus();
        harness.run();
        harness.key_press(egui::Key::Enter);
    });
    assert!(
        matches!(found.as_slice(), [ChartAction::Select(mark)] if mark.side == Side::Adverse),
        "{found:?}"
    );
}

#[test]
fn a_half_open_date_is_an_arrow() {
    let found = answers(&articles(), &view(), |harness| {
        click(
            harness,
            "China, 2017 or before: 1 claim (suggested), cooperative",
        );
    });
    assert!(
        matches!(found.as_slice(), [ChartAction::Select(mark)]
            if mark.open == Some(Direction::Before)),
        "{found:?}"
    );
}

/// Half-open claims: so many of each partner, cooperative and adverse.
fn many_half_open(counts: &[(&str, usize)]) -> Vec<ArticleFacts> {
    let mut article = Article::new("An article");
    let mut at = 0;
    for (who, count) in counts {
        for _ in 0..*count {
            for kind in [ClaimKind::Meeting, ClaimKind::Refusal] {
                let when = Some("../2017-09-18");
                article = article.suggest(claim(at..at + 1, kind, &["BY", who], when));
                at += 1;
            }
        }
    }
    let bar = claim(at..at + 1, ClaimKind::Meeting, &["BY", "CN"], Some("2015"));
    vec![article.suggest(bar).facts()]
}

/// How many claims the half-open marks of a side tell of, by their names.
fn told_of(harness: &Harness<'_>, side: Side) -> usize {
    let counts = harness
        .query_all_by_label_contains("2017 or before")
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains(side.label()));
    let count = |label: String| {
        let words = label.split([' ', ',', ':']).filter(|word| !word.is_empty());
        let mut before = words.clone().zip(words.skip(1));
        let found = before.find(|(_, unit)| ["claim", "claims", "more"].contains(unit));
        found.unwrap().0.parse::<usize>().unwrap()
    };
    counts.map(count).sum()
}

/// Who has how many half-open claims: more partners than a low chart has rows.
const SIX: [(&str, usize); 6] = [
    ("PL", 1),
    ("CN", 2),
    ("RU", 5),
    ("IN", 1),
    ("US", 1),
    ("KZ", 1),
];

#[test]
fn no_half_open_claim_is_left_out_however_low_the_chart() {
    let total: usize = SIX.iter().map(|(_, count)| count).sum();
    for height in [90.0, 200.0, 320.0, 500.0] {
        let size = vec2(800.0, height);
        answers_in(size, &many_half_open(&SIX), &view(), |harness| {
            for side in Side::ALL {
                assert_eq!(told_of(harness, side), total, "{side:?} at {height}");
            }
            let most =
                harness.get_by_label_contains("RU, 2017 or before: 5 claims (suggested), coop");
            let two = harness.query_all_by_label_contains("CN, 2017 or before");
            for other in two {
                assert!(other.rect().top() >= most.rect().top());
            }
        });
    }
}

#[test]
fn a_crowd_of_half_open_claims_is_one_mark() {
    let countries = ["PL", "CN", "RU", "IN", "US", "KZ", "RS", "IR", "VN", "LA"];
    let counts = countries.map(|country| (country, 1));
    answers_in(
        vec2(800.0, 200.0),
        &many_half_open(&counts),
        &view(),
        |harness| {
            for side in Side::ALL {
                assert_eq!(told_of(harness, side), counts.len(), "{side:?}");
            }
            let all = harness.get_by_label_contains("10 claims, 2017 or before, cooperative: ");
            let label = all.accesskit_node().label().unwrap();
            assert!(label.ends_with("2 others"), "{label}");
        },
    );
}

#[test]
fn what_has_no_row_is_chosen_together() {
    let articles = many_half_open(&SIX);
    let found = answers(&articles, &view(), |harness| {
        let rest = harness.get_by_label_contains("more claims, 2017 or before, cooperative");
        rest.click();
    });
    let [ChartAction::Select(mark)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert!(mark.also.len() > 1);
    assert_eq!(members(&articles, mark), 1 + mark.also.len());
}

#[test]
fn adverse_half_open_claims_hang_below_the_axis() {
    answers(&many_half_open(&[("PL", 1)]), &view(), |harness| {
        let bar = harness.get_by_label_contains("China, 2015").rect();
        let arrow = |side: Side| {
            let label = format!(
                "Poland, 2017 or before: 1 claim (suggested), {}",
                side.label()
            );
            harness.get_by_label(&label).rect()
        };
        assert!(arrow(Side::Cooperative).bottom() <= bar.top());
        assert!(arrow(Side::Adverse).top() >= bar.bottom());
    });
}

#[test]
fn the_legend_turns_partners_off() {
    let found = answers(&articles(), &view(), |harness| {
        let entry = "China: 3 claims (2 suggested), 1 undated";
        harness
            .get_by_role_and_label(egui::Role::CheckBox, entry)
            .click();
    });
    assert_eq!(found, [ChartAction::TogglePartner(actor("CN"))]);
}

#[test]
fn what_is_undated_is_counted_in_words_and_leads_to_it() {
    let found = answers(&articles(), &view(), |harness| {
        click(harness, "1 claim without a date");
    });
    assert_eq!(found, [ChartAction::SelectUndated]);
}

#[test]
fn controls_change_the_view() {
    let found = answers(&articles(), &view(), |harness| {
        click(harness, "Publication date");
    });
    let clock = Clock::Publication;
    assert_eq!(
        found,
        [ChartAction::ChangeView(ChartView { clock, ..view() })]
    );
    let found = answers(&articles(), &view(), |harness| {
        harness
            .get_by_role_and_label(egui::Role::CheckBox, "Suggested")
            .click();
    });
    let with_suggested = false;
    assert_eq!(
        found,
        [ChartAction::ChangeView(ChartView {
            with_suggested,
            ..view()
        })]
    );
}

#[test]
fn an_empty_chart_says_what_would_fill_it() {
    let view = ChartView {
        with_suggested: false,
        ..view()
    };
    let found = answers(&[], &view, |harness| {
        harness.get_by_label_contains("Nothing is accepted yet");
        click(harness, "Show suggested ones, too");
    });
    assert!(
        matches!(found.as_slice(), [ChartAction::ChangeView(view)] if view.with_suggested),
        "{found:?}"
    );
}
