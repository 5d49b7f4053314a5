//! The row of controls above the chart.

use egui::{ComboBox, RichText, Ui};

use crate::model::claim::Modality;
use crate::model::view::{BinWidth, ChartView, Clock, Unit};

use super::style::ChartStyle;

/// Draws the controls and gives back the view that was chosen, if it is another one.
pub(super) fn controls_ui(ui: &mut Ui, view: &ChartView, style: &ChartStyle) -> Option<ChartView> {
    let mut chosen = view.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        // A mention has no event date; the clock is kept for when another unit is chosen.
        let has_clocks = view.unit != Unit::Mentions;
        ui.add_enabled_ui(has_clocks, |ui| {
            for clock in Clock::ALL {
                let shown = has_clocks && chosen.clock == *clock
                    || !has_clocks && *clock == Clock::Publication;
                let label = RichText::new(clock.label()).font(style.font.clone());
                let hint = match clock {
                    Clock::Event => "Bars stand when it happened",
                    Clock::Publication => "Bars stand when it was published",
                };
                let why = "Mentions have no event date";
                let button = ui
                    .selectable_label(shown, label)
                    .on_hover_text(hint)
                    .on_disabled_hover_text(why);
                if button.clicked() {
                    chosen.clock = *clock;
                }
            }
        });
        ui.add_space(8.0);
        let units = Unit::ALL.iter().map(|unit| (*unit, unit.label()));
        choice_ui(ui, "Count", &mut chosen.unit, units, style);
        ui.add_space(8.0);
        let widths = BinWidth::ALL.iter().map(|width| (*width, width.label()));
        choice_ui(ui, "By", &mut chosen.bins, widths, style);
        ui.add_space(8.0);
        let label = RichText::new("Suggested").font(style.font.clone());
        ui.checkbox(&mut chosen.with_suggested, label)
            .on_hover_text("Count what is not decided yet, too");
        ui.add_space(8.0);
        modalities_ui(ui, &mut chosen.modalities, style);
    });
    (chosen != *view).then_some(chosen)
}

/// A menu of the modalities that count, in their order.
fn modalities_ui(ui: &mut Ui, chosen: &mut Vec<Modality>, style: &ChartStyle) {
    let counted = Modality::ALL.iter().filter(|m| chosen.contains(m)).count();
    let text = match counted {
        0 => "No modality".to_owned(),
        all if all == Modality::ALL.len() => "All modalities".to_owned(),
        some => format!("{some} modalities"),
    };
    let label = RichText::new(text).font(style.font.clone());
    let menu = egui::containers::menu::MenuButton::new(label).config(
        egui::containers::menu::MenuConfig::new()
            .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside),
    );
    let (button, _) = menu.ui(ui, |ui| {
        for modality in Modality::ALL {
            let mut counts = chosen.contains(modality);
            if ui.checkbox(&mut counts, modality.label()).changed() {
                let wanted = |m: &Modality| {
                    if m == modality {
                        counts
                    } else {
                        chosen.contains(m)
                    }
                };
                *chosen = Modality::ALL.iter().copied().filter(wanted).collect();
            }
        }
    });
    button.on_hover_text("How firmly a claim must be said to count");
}

/// A combo box with its name before it.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &'static str,
    value: &mut T,
    choices: impl Iterator<Item = (T, &'static str)> + Clone,
    style: &ChartStyle,
) {
    let text = |text: &str| RichText::new(text).font(style.font.clone());
    let label = ui.label(text(name).color(style.secondary));
    let current = choices.clone().find(|(choice, _)| choice == value);
    ComboBox::from_id_salt(("timeline", name))
        .width(0.0)
        .selected_text(text(current.map_or("", |(_, label)| label)))
        .show_ui(ui, |ui| {
            for (choice, label) in choices {
                ui.selectable_value(value, choice, text(label));
            }
        })
        .response
        .labelled_by(label.id);
}
