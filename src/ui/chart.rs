//! The timeline pane: the chart widget between workbench and actions.

use egui::style::ScrollStyle;
use egui::{Frame, Margin, ScrollArea, Ui};

use super::timeline::{ChartAction, ChartStyle, timeline_ui};
use super::tokens::tokens;
use crate::app::action::Action;
use crate::app::memos::MemoWish;
use crate::app::{Marked, Workbench};
use crate::model::ids::ActorId;
use crate::model::session::Thing;
use crate::model::view::ChartView;

/// Draws partners over time.
pub(crate) fn chart_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let style = ChartStyle::of(tokens(ui));
    let selected = match &workbench.mark {
        Some(Marked::Mark(mark)) => Some(mark),
        _ => None,
    };
    let names = |actor: &ActorId| workbench.actor_name(actor);
    let view = &workbench.view.chart;
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 8));
    let chart = |ui: &mut Ui| {
        let duplicates = workbench.across.folds.count();
        let (shown, all) = (workbench.counted, workbench.corpus.len() - duplicates);
        let note = if workbench.timeline.is_narrowed() {
            Some(format!(
                "Only claims that fit the search are counted, in {shown} of {all} articles."
            ))
        } else {
            (shown != all).then(|| {
                format!("Only the {shown} of {all} articles that the search finds are counted.")
            })
        };
        if let Some(note) = note {
            super::widgets::note(ui, note);
        }
        timeline_ui(ui, &workbench.timeline, &style, view, &names, selected)
    };
    // The chart fits itself into the pane as long as its bars can be read.
    let area = ScrollArea::vertical()
        .id_salt("timeline pane")
        .auto_shrink(false);
    // Its bar lies over the chart: were the chart narrower beside it, it might fit again without.
    let beside = ui.spacing().scroll;
    ui.spacing_mut().scroll = ScrollStyle {
        floating_allocated_width: 0.0,
        ..ScrollStyle::floating()
    };
    let action = area.show(ui, |ui| {
        ui.spacing_mut().scroll = beside;
        frame.show(ui, chart).inner
    });
    match action.inner {
        Some(ChartAction::Select(mark)) => {
            actions.push(Action::SelectMark(Some(Marked::Mark(mark))));
        }
        Some(ChartAction::SelectUndated) => actions.push(Action::SelectMark(Some(Marked::Undated))),
        Some(ChartAction::ChangeView(view)) => actions.push(Action::SetChart(view)),
        Some(ChartAction::TogglePartner(actor)) => {
            let mut view: ChartView = view.clone();
            if view.hidden.contains(&actor) {
                view.hidden.retain(|hidden| *hidden != actor);
            } else {
                view.hidden.push(actor);
            }
            actions.push(Action::SetChart(view));
        }
        Some(ChartAction::MemoOn(actor)) => {
            actions.push(Action::Memo(MemoWish::Open(Thing::Partner(actor))));
        }
        Some(ChartAction::Link(actor)) => {
            actions.push(Action::Memo(MemoWish::AskLink(Thing::Partner(actor))));
        }
        Some(ChartAction::Hover(_)) | None => {}
    }
}
