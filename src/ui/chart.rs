//! The timeline pane: the chart widget between workbench and actions.

use egui::Ui;

use super::widgets;
use crate::app::Workbench;
use crate::app::action::Action;

/// Draws partners over time.
pub(crate) fn chart_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let _ = (workbench, actions);
    widgets::empty(ui, "The timeline is drawn here.", "");
}
