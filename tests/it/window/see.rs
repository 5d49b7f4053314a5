//! See: the chart, its evidence and legend; and the palette that finds every command.

use std::rc::Rc;

use attache::app::{Marked, Start};
use egui::accesskit::Role;
use egui::{Key, vec2};
use tempfile::TempDir;

use super::{CTRL_SHIFT, Desk, NONE};
use attache::app::action::Action;
use attache::model::span::Span;
use attache::model::view::{Clock, Theme, Unit};

#[test]
fn a_bar_leads_to_its_sentences_and_a_sentence_to_its_article() {
    let mut desk = Desk::sample();
    assert!(desk.has(Role::Label, "No mark is chosen."));
    let bar = desk.part(Role::Button, "Azerbaijan, 2018: ");
    desk.click_on(&bar);
    let lines = desk.look(|bench| {
        let evidence = bench.evidence.as_ref().expect("a bar lists its evidence");
        assert!(!evidence.members.is_empty());
        evidence.lines.clone()
    });
    assert!(!lines.is_empty(), "no line was read");
    for line in lines.values() {
        let name = format!("{}: {}", line.heading, line.sentence);
        let row = desk.first(Role::ListItem, &name);
        desk.scroll_to(&row);
        let row = desk.first(Role::ListItem, &name);
        desk.click_on(&row);
        let (open, wanted) = desk.look(|bench| {
            let article = bench.article.as_ref().unwrap();
            (article.row, bench.scroll_request.map(|(_, span)| span))
        });
        assert_eq!(open, line.row as usize);
        assert_eq!(wanted, Some(line.span));
        assert_eq!(desk.look(|bench| bench.current), line.key);
    }
    let close = desk.get(Role::Button, "Close");
    desk.click_on(&close);
    assert!(desk.has(Role::Label, "No mark is chosen."));
}

#[test]
fn the_legend_turns_partners_off_and_on() {
    let mut desk = Desk::sample();
    let bars = desk.all(Role::Button, "Russia, ").len();
    assert!(bars > 0, "{}", desk.dump());
    let entry = desk.part(Role::CheckBox, "Russia: ");
    assert_eq!(entry.is_on, Some(true));
    desk.click_on(&entry);
    assert_eq!(desk.part(Role::CheckBox, "Russia: ").is_on, Some(false));
    assert_eq!(desk.all(Role::Button, "Russia, ").len(), 0);
    let entry = desk.part(Role::CheckBox, "Russia: ");
    desk.click_on(&entry);
    assert_eq!(desk.all(Role::Button, "Russia, ").len(), bars);
}

#[test]
fn clock_and_unit_are_chosen_and_named() {
    let mut desk = Desk::sample();
    desk.click(Role::Button, Clock::Publication.label());
    assert_eq!(desk.look(|bench| bench.timeline.clock), Clock::Publication);
    let view = attache::model::view::ChartView {
        unit: Unit::Articles,
        ..desk.look(|bench| bench.view.chart.clone())
    };
    desk.dispatch(attache::app::action::Action::SetChart(view));
    assert!(desk.has(Role::Button, "article"), "{}", desk.dump());
}

#[test]
fn the_palette_finds_commands_and_the_list_of_shortcuts_opens() {
    let mut desk = Desk::sample();
    desk.key(CTRL_SHIFT, Key::P);
    desk.type_text("dark");
    assert!(desk.has(Role::ListItem, "Theme: dark"));
    desk.key(NONE, Key::Enter);
    assert_eq!(desk.look(|bench| bench.view.theme), Theme::Dark);
    assert!(desk.look(|bench| bench.overlay.is_none()));

    desk.key(CTRL_SHIFT, Key::P);
    desk.type_text("theme");
    desk.key(NONE, Key::ArrowDown);
    let chosen = desk.all(Role::ListItem, "Theme");
    let chosen: Vec<_> = chosen
        .iter()
        .filter(|row| row.is_on == Some(true))
        .collect();
    assert_eq!(chosen.len(), 1, "{chosen:?}");
    desk.key(NONE, Key::Escape);
    assert!(desk.look(|bench| bench.overlay.is_none()));

    desk.key(NONE, Key::F1);
    assert!(desk.has(Role::Heading, "Keyboard shortcuts"));
    assert!(desk.has(Role::Label, "Ctrl+Shift+P") || desk.has(Role::Label, "Ctrl+S"));
    desk.key(NONE, Key::Escape);
    assert!(desk.look(|bench| bench.overlay.is_none()));
}

#[test]
fn in_a_small_window_the_tab_that_was_asked_for_is_seen() {
    let home = Rc::new(TempDir::new().unwrap());
    let mut desk = Desk::open_in(&home, Start::Sample, vec2(540.0, 330.0));
    let tab = |desk: &Desk, name: &str| {
        let found = desk.seen().into_iter().find(|seen| seen.name == name);
        found
            .unwrap_or_else(|| panic!("no {name}:\n{}", desk.dump()))
            .rect
    };
    let right = tab(&desk, "Reader").left();
    assert!(
        tab(&desk, "Annotations").right() > right,
        "behind the arrow"
    );
    desk.by_palette("Annotations");
    let shown = tab(&desk, "Annotations");
    assert!(
        shown.left() >= 0.0 && shown.right() <= right,
        "{shown} is not left of {right}"
    );
}

#[test]
fn in_a_wide_window_the_facets_stand_beside_the_list() {
    let home = Rc::new(TempDir::new().unwrap());
    let mut desk = Desk::open_in(&home, Start::Sample, vec2(1800.0, 900.0));
    let china = desk.part(Role::CheckBox, "Partner: China");
    desk.click_on(&china);
    let narrowed = desk.look(|bench| bench.list.len());
    assert!((1..5).contains(&narrowed));
    assert!(
        desk.has(Role::TextInput, "Search articles"),
        "{}",
        desk.dump()
    );
    // A tab that is chosen stays so, and the layout is nobody's work.
    desk.by_palette("Actors");
    assert!(desk.look(|bench| bench.view.layout.is_untouched()));
}

/// Opening waits until nothing moves: a scroll bar that takes room from the chart, which then fits
/// without one, would come and go for ever.
#[test]
fn a_chart_in_a_low_window_keeps_its_bars_and_is_scrolled_to_its_notes() {
    for height in [600.0, 640.0, 700.0, 800.0] {
        let home = Rc::new(TempDir::new().unwrap());
        let mut desk = Desk::open_in(&home, Start::Sample, vec2(1024.0, height));
        let bars = desk.all(Role::Button, ", cooperative");
        let all = bars.iter().map(|bar| bar.rect).reduce(egui::Rect::union);
        let tallest = all.expect("a bar").height();
        assert!(tallest > 40.0, "{tallest} points at {height}");
        let undated = desk.part(Role::Link, "without a date");
        desk.scroll_to(&undated);
        let undated = desk.part(Role::Link, "without a date");
        desk.click_on(&undated);
        let marked = desk.look(|bench| bench.mark.clone());
        assert_eq!(marked, Some(Marked::Undated), "at {height}");
    }
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut desk = Desk::sample();
    desk.key(NONE, Key::J);
    desk.harness.run_steps(3);
    let asked = &desk.harness.output().viewport_output[&egui::ViewportId::ROOT];
    assert_eq!(asked.repaint_delay, std::time::Duration::MAX);
}

/// A speech on one line is drawn piece by piece, and read to its end.
#[test]
fn a_long_article_on_one_line_is_drawn_by_pieces() {
    let sentence = "On 3 March 2016 Belarus and China signed an agreement on armoured vehicles. ";
    let text = format!(
        "A very long speech\n{}The last word is Minsk.",
        sentence.repeat(4_000)
    );
    let mut desk = Desk::on_articles(&[&text]);
    assert_eq!(desk.open_title().as_deref(), Some("A very long speech"));
    let seen = desk.all(Role::Paragraph, "");
    assert!((1..20).contains(&seen.len()), "{}", seen.len());
    assert!(seen.iter().all(|piece| piece.name.len() <= 3_000));
    let (claims, at) = desk.look(|bench| {
        let article = bench.article.as_ref().unwrap();
        let last = article.text.rfind("The last word").unwrap();
        assert_eq!(
            article.paragraph_number(last),
            Some(1),
            "pieces are one paragraph"
        );
        (article.entries.len(), Span::new(last, last + 3))
    });
    assert!(claims > 4_000, "{claims}");
    let id = desk.look(|bench| bench.article.as_ref().unwrap().id);
    desk.dispatch(Action::ShowPassage(id, at, None));
    assert!(
        desk.has(Role::Paragraph, "The last word is Minsk."),
        "{}",
        desk.dump()
    );
}
