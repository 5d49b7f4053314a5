//! The chart by role and label.

use std::cell::RefCell;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::analysis::across::Across;
use crate::analysis::facts::ArticleFacts;
use crate::analysis::sample::{Article, actor, claim, focus};
use crate::analysis::table::Table;
use crate::analysis::timeline::{Direction, Side};
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
    let table: Table = articles.iter().collect();
    let across = Across::default();
    let timeline = Timeline::compute(&table, None, &across, view, &focus(), &|_| 0);
    // The harness has egui's own fonts only.
    let style = ChartStyle {
        title_font: egui::FontId::proportional(13.0),
        ..ChartStyle::of(&crate::ui::tokens::LIGHT)
    };
    let answers = RefCell::new(Vec::new());
    {
        let mut harness = Harness::builder()
            .with_size(vec2(800.0, 320.0))
            .build_ui(|ui| {
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
    let table: Table = articles().iter().collect();
    let across = Across::default();
    let timeline = Timeline::compute(&table, None, &across, &view(), &focus(), &|_| 0);
    let members = timeline.members(&table, &across, mark, &|row| row, &|| false);
    assert_eq!(members.len(), 2);
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
