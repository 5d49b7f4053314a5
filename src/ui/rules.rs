//! The rules that propose suggestions: how each has done, and the switch.

use egui::{Align2, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tokens::{GRID, Tokens, tokens};
use super::{describe, widgets};
use crate::analysis::track::Tally;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::extract::rules::{RuleInfo, rules};
use crate::model::finding::{FindingKind, Rule};

/// Two lines of text, in points.
const ROW_HEIGHT: f32 = 42.0;
/// The width of the bar of decisions, in points.
const BAR: f32 = 64.0;

/// In what order rules are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Those that found most first.
    Found,
    /// Those that were wrong most often first; undecided ones last.
    Wrong,
    /// By name.
    Name,
}

impl Order {
    const ALL: [Self; 3] = [Self::Found, Self::Wrong, Self::Name];

    const fn label(self) -> &'static str {
        match self {
            Self::Found => "Most found",
            Self::Wrong => "Most often wrong",
            Self::Name => "By name",
        }
    }
}

/// What the pane remembers between frames.
pub(crate) struct RulesState {
    kind: Option<FindingKind>,
    order: Order,
    /// Show rules that have found nothing, too.
    all: bool,
}

impl Default for RulesState {
    fn default() -> Self {
        Self {
            kind: None,
            order: Order::Found,
            all: false,
        }
    }
}

/// A rule with how it has done.
struct Row {
    info: &'static RuleInfo,
    tally: Tally,
    on: bool,
}

/// Draws the rules.
pub(crate) fn rules_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut RulesState,
    actions: &mut Vec<Action>,
) {
    let rows = rows(workbench, state);
    controls(ui, workbench, state, &rows, actions);
    if rows.is_empty() {
        widgets::empty(
            ui,
            "No rule has found anything yet.",
            "Open a corpus, or tick “Idle too” to see all rules.",
        );
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("rules")
        .auto_shrink(false)
        .show_rows(ui, ROW_HEIGHT, rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or(&[]) {
                row_ui(ui, row, actions);
            }
        });
}

/// The rules to list, in order. There are some hundred and fifty, whatever the corpus.
fn rows(workbench: &Workbench, state: &RulesState) -> Vec<Row> {
    let mut rows: Vec<Row> = rules()
        .iter()
        .zip(
            workbench
                .tallies
                .iter()
                .copied()
                .chain(std::iter::repeat(Tally::default())),
        )
        .map(|(info, tally)| Row {
            info,
            tally,
            on: workbench.is_on(info.rule),
        })
        .filter(|row| state.kind.is_none_or(|kind| row.info.kind == kind))
        .filter(|row| state.all || !row.on || row.tally.found > 0 || row.tally.decided() > 0)
        .collect();
    match state.order {
        Order::Found => rows.sort_by_key(|row| std::cmp::Reverse(row.tally.found)),
        Order::Wrong => rows.sort_by(|a, b| {
            let of = |row: &Row| row.tally.precision().unwrap_or(f32::INFINITY);
            of(a)
                .total_cmp(&of(b))
                .then(b.tally.decided().cmp(&a.tally.decided()))
        }),
        Order::Name => rows.sort_by_key(|row| describe::rule_name(row.info.rule)),
    }
    // What is off finds nothing, and must not sink out of sight.
    rows.sort_by_key(|row| row.on);
    rows
}

fn controls(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut RulesState,
    rows: &[Row],
    actions: &mut Vec<Action>,
) {
    widgets::wrapped_bar(ui, |ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        let label = |kind: Option<FindingKind>| kind.map_or("All kinds", FindingKind::label);
        egui::ComboBox::from_id_salt("rule-kind")
            .selected_text(label(state.kind))
            .width(84.0)
            .show_ui(ui, |ui| {
                for kind in std::iter::once(None).chain(FindingKind::ALL.map(Some)) {
                    ui.selectable_value(&mut state.kind, kind, label(kind));
                }
            })
            .response
            .accessible_name(format!("Kind of rule: {}", label(state.kind)));
        widgets::choice(
            ui,
            "Order of rules",
            &Order::ALL,
            Order::label,
            &mut state.order,
        );
        ui.checkbox(&mut state.all, "Idle too")
            .on_hover_text("List rules that have found nothing in these articles, too");
        let mut likely_first = workbench.view.likely_first;
        let likely = Command::LikelyFirst;
        let tick = ui.checkbox(&mut likely_first, "Likely first");
        if tick.on_hover_text(likely.tooltip()).changed() {
            actions.push(likely.into());
        }
    });
    let off = workbench.session.rules_off.len();
    let sum = rows
        .iter()
        .fold(Tally::default(), |sum, row| sum.and(row.tally));
    let right = sum.precision().map_or(String::new(), |share| {
        format!(" · {:.0} % right", share * 100.0)
    });
    let off = if off > 0 {
        format!(" · {off} off")
    } else {
        String::new()
    };
    let line = format!(
        "{} rules · {} found · {} decided{right}{off}",
        rows.len(),
        sum.found,
        sum.decided()
    );
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(12, 2))
        .show(ui, |ui| widgets::note(ui, line));
}

fn row_ui(ui: &mut Ui, row: &Row, actions: &mut Vec<Action>) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let name = describe::rule_name(row.info.rule);
    let waits = row.tally.found.saturating_sub(row.tally.decided());
    response.widget_info(|| {
        let spoken = format!("{}: {name}, {}", row.info.kind.singular(), figures(row));
        WidgetInfo::labeled(egui::Role::ListItem, true, spoken)
    });
    paint(ui, rect, row, &name, response.hovered());
    let square = Rect::from_center_size(
        pos2(rect.left() + 5.0 * GRID, rect.center().y),
        vec2(20.0, 20.0),
    );
    let mut on = row.on;
    // Not `put`: that would move the next row up.
    let switch = ui
        .new_child(egui::UiBuilder::new().max_rect(square))
        .add(egui::Checkbox::without_text(&mut on))
        .accessible_name(format!("Use rule {name}"))
        .on_hover_text(if row.on {
            "Switch it off"
        } else {
            "Use it again"
        });
    if switch.changed() {
        actions.push(Action::UseRule(Rule::named(row.info.rule), on));
    }
    let clicked = response.clicked();
    response.on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        ui.label(row.info.about);
        widgets::note(
            ui,
            format!("{} · {}", row.info.rule, describe::track_record(row.tally)),
        );
        if waits > 0 {
            widgets::note(ui, "Click to go to its next undecided suggestion.");
        }
    });
    if clicked && waits > 0 {
        actions.push(Action::NextByRule(Rule::named(row.info.rule)));
    }
}

/// "24 found · 9 accepted, 1 rejected · 90 % right".
fn figures(row: &Row) -> String {
    if !row.on {
        return format!("off · {}", describe::track_record(row.tally));
    }
    let record = describe::track_record(row.tally);
    let right = row.tally.precision().map_or(String::new(), |share| {
        format!(" · {:.0} % right", share * 100.0)
    });
    format!("{} found · {record}{right}", row.tally.found)
}

fn paint(ui: &Ui, rect: Rect, row: &Row, name: &str, hovered: bool) {
    let tokens = tokens(ui);
    if hovered {
        ui.painter().rect_filled(rect, 0.0, tokens.hover);
    }
    let line = egui::Stroke::new(1.0, tokens.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let left = rect.left() + 9.0 * GRID;
    let right = rect.right() - 3.0 * GRID;
    let (upper, lower) = (rect.top() + 13.0, rect.top() + 29.0);
    let color = if row.on {
        tokens.text
    } else {
        tokens.text_weak
    };
    paint_bar(
        ui,
        Rect::from_min_size(pos2(right - BAR, upper - 3.0), vec2(BAR, 6.0)),
        row.tally,
        tokens,
    );
    let width = right - BAR - 2.0 * GRID - left;
    let mut letters = name.chars();
    let name: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    widgets::paint_cut(
        ui,
        pos2(left, upper),
        Align2::LEFT_CENTER,
        &name,
        false,
        width,
        color,
    );
    let kind = widgets::paint_cut(
        ui,
        pos2(right, lower),
        Align2::RIGHT_CENTER,
        row.info.kind.singular(),
        true,
        BAR,
        tokens.text_weak,
    );
    widgets::paint_cut(
        ui,
        pos2(left, lower),
        Align2::LEFT_CENTER,
        &figures(row),
        true,
        right - kind - 2.0 * GRID - left,
        tokens.text_weak,
    );
}

/// What became of what the rule found: accepted full, edited half as high, rejected a line in the
/// colour of refusals; what waits is left empty.
fn paint_bar(ui: &Ui, rect: Rect, tally: Tally, tokens: &Tokens) {
    let all = tally.found.max(tally.decided());
    let painter = ui.painter();
    painter.rect_filled(rect, 2.0, tokens.line);
    if all == 0 {
        return;
    }
    let mut x = rect.left();
    let mut part = |count: u32, height: f32, color| {
        let width = rect.width() * count as f32 / all as f32;
        let top = rect.bottom() - rect.height() * height;
        let bar = Rect::from_min_max(pos2(x, top), pos2(x + width, rect.bottom()));
        painter.rect_filled(bar, 0.0, color);
        x += width;
    };
    part(tally.accepted, 1.0, tokens.accepted);
    part(tally.edited, 0.5, tokens.accepted);
    part(tally.rejected, 0.3, tokens.adverse);
}
