//! What the list of highlights shows, and what is done with those that are ticked.

use std::collections::BTreeSet;

use egui::{Key, RichText, Ui};

use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::code_paths;
use crate::app::draft::{CodeChoice, parsed};
use crate::app::highlights::{HighlightFilter, HighlightWish, Place, WantedCode};
use crate::ui::tokens::tokens;
use crate::ui::{describe, picker, widgets};

/// What is typed and folded.
#[derive(Default)]
pub(super) struct FilterState {
    is_open: bool,
    actor: String,
    /// The code that the ticked ones get.
    code: String,
}

pub(super) fn filter_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut FilterState,
    actions: &mut Vec<Action>,
) {
    let highlights = workbench.highlights();
    let mut filter = highlights.filter.clone();
    widgets::wrapped_bar(ui, |ui| {
        for (everywhere, text) in [(false, "This article"), (true, "All articles")] {
            ui.selectable_value(&mut filter.everywhere, everywhere, text);
        }
        widgets::field(ui, "Words in highlights", "Words", &mut filter.words, 80.0);
        let toggle = ui.selectable_label(state.is_open, "Filter");
        if toggle
            .on_hover_text("By code, author, actor and date")
            .clicked()
        {
            state.is_open = !state.is_open;
        }
    });
    if state.is_open {
        widgets::wrapped_bar(ui, |ui| fields_ui(ui, workbench, &mut filter, state));
    }
    let listing = &highlights.listing;
    if listing.of > 0 {
        ui.horizontal_wrapped(|ui| {
            ui.add_space(8.0);
            let shown = listing.rows.len();
            let all = describe::counted(listing.of, "highlight", "highlights");
            let count = if shown == listing.of {
                all
            } else {
                format!("{shown} of {all}")
            };
            widgets::note(ui, count);
            if filter.is_narrow() {
                for part in in_words(workbench, &filter) {
                    widgets::note(ui, format!("· {part}"));
                }
                if widgets::link(ui, "Show all", "Leave nothing out").clicked() {
                    filter = HighlightFilter {
                        everywhere: filter.everywhere,
                        newest_first: filter.newest_first,
                        ..HighlightFilter::default()
                    };
                }
            }
        });
    }
    if filter != highlights.filter {
        actions.push(Action::Highlights(HighlightWish::Filter(filter)));
    }
}

/// The parts of a filter, in words.
fn in_words(workbench: &Workbench, filter: &HighlightFilter) -> Vec<String> {
    let mut parts = Vec::new();
    match filter.code {
        WantedCode::Any => {}
        WantedCode::Without => parts.push("without a code".to_owned()),
        WantedCode::Within(code) => parts.push(workbench.session.codebook.path_text(code)),
    }
    parts.extend(filter.author.as_ref().map(|author| format!("by {author}")));
    let actor = filter.actor.as_ref();
    parts.extend(actor.map(|actor| format!("naming {}", workbench.own_name(actor))));
    if !filter.made.trim().is_empty() {
        parts.push(format!("made {}", filter.made.trim()));
    }
    if !filter.words.trim().is_empty() {
        parts.push(format!("“{}”", filter.words.trim()));
    }
    parts
}

fn fields_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    filter: &mut HighlightFilter,
    state: &mut FilterState,
) {
    code_ui(ui, workbench, &mut filter.code);
    let author = filter.author.clone().unwrap_or("Anybody".to_owned());
    egui::ComboBox::from_id_salt("highlight-author")
        .selected_text(describe::one_line(&author, 16))
        .width(90.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut filter.author, None, "Anybody");
            for one in &workbench.highlights().listing.authors {
                ui.selectable_value(&mut filter.author, Some(one.clone()), one);
            }
        })
        .response
        .accessible_name(format!("Made by: {author}"));
    let made = widgets::field(ui, "Made on", "Made: 2016-04", &mut filter.made, 100.0);
    made.on_hover_text("When they were made: 2016, 2016-04-20 or 2016-04-20/2016-04-22 (EDTF)");
    ui.checkbox(&mut filter.newest_first, "Newest first");
    if let Err(problem) = parsed(&filter.made) {
        ui.label(RichText::new(problem).small().color(tokens(ui).adverse));
    }
    if filter.actor.is_none() {
        ui.vertical(|ui| {
            let found = picker::actor_picker(ui, workbench, "Naming", &mut state.actor, false);
            if found.is_some() {
                filter.actor = found;
            }
        });
    } else if ui
        .button("Naming anybody")
        .on_hover_text("Whomever they name")
        .clicked()
    {
        filter.actor = None;
    }
}

fn code_ui(ui: &mut Ui, workbench: &Workbench, wanted: &mut WantedCode) {
    let book = &workbench.session.codebook;
    let text = match *wanted {
        WantedCode::Any => "Any code".to_owned(),
        WantedCode::Without => "No code".to_owned(),
        WantedCode::Within(code) => book.path_text(code),
    };
    egui::ComboBox::from_id_salt("highlight-code")
        .selected_text(describe::one_line(&text, 24))
        .width(120.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(wanted, WantedCode::Any, "Any code");
            ui.selectable_value(wanted, WantedCode::Without, "No code");
            for (code, path) in code_paths(book, |_| true) {
                let uses = workbench.code_uses(code).with_below;
                let label = format!("{path} ({uses})");
                ui.selectable_value(wanted, WantedCode::Within(code), label);
            }
        })
        .response
        .accessible_name(format!("With code: {text}"));
}

/// What is done with the ticked ones, each as one step.
pub(super) fn ticked_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut FilterState,
    ticked: &mut BTreeSet<Place>,
    actions: &mut Vec<Action>,
) {
    let highlights = workbench.highlights();
    let places = || ticked.iter().copied().collect::<Vec<Place>>();
    let mut wish = None;
    let (mut none, mut all) = (false, false);
    widgets::wrapped_bar(ui, |ui| {
        ui.label(format!("{} ticked", ticked.len()));
        let field = widgets::field(ui, "Code for the ticked", "Code", &mut state.code, 90.0);
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_typed = !state.code.trim().is_empty();
        let give = ui.add_enabled(is_typed, egui::Button::new("Give"));
        let give = give.on_hover_text("Give all ticked ones this code; a new one is made");
        if is_typed && (enter || give.clicked()) {
            let code = CodeChoice::New(std::mem::take(&mut state.code));
            wish = Some(HighlightWish::Give(places(), code));
        }
        if let WantedCode::Within(code) = highlights.filter.code {
            let name = workbench.session.codebook.path_text(code);
            let hint = format!("Give them a new code in the place of “{name}”");
            if ui.button("Split…").on_hover_text(hint).clicked() {
                wish = Some(HighlightWish::AskSplit(places(), code));
            }
            let hint = format!("Take “{name}” off them");
            if ui.button("Take off").on_hover_text(hint).clicked() {
                wish = Some(HighlightWish::TakeOff(places(), code));
            }
        }
        let delete = ui.button("Delete ticked");
        if delete.on_hover_text("Undo brings them back").clicked() {
            wish = Some(HighlightWish::Delete(places()));
        }
        all = ui.button("Tick all").clicked();
        none = ui.button("Untick all").clicked();
    });
    if all {
        ticked.extend(&highlights.listing.rows);
    }
    if none {
        ticked.clear();
    }
    actions.extend(wish.map(Action::Highlights));
}
