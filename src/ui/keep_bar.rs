//! The bars over the panes: while the session can't be changed here, since somebody else has it or a
//! crash left changes that nobody has decided on; and while it has to be said who is working, or whom
//! to follow.

use egui::{Frame, Margin, RichText, Ui};

use super::tokens::tokens;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::keeping::Keep;
use crate::app::words::counted;
use crate::model::ids::ActorId;

/// Asks who is working, where somebody else left the session.
pub(crate) fn who_bar_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let (theirs, own) = (&workbench.session.analyst, &workbench.settings.analyst);
    let text = format!("What is done in this session is signed “{theirs}”; you are “{own}”.");
    bar_ui(ui, &text, |ui| {
        let mine = ui.button(format!("Work as {own}"));
        if mine
            .on_hover_text("Sign what you do from now on with your name")
            .clicked()
        {
            actions.push(Action::SetAnalyst(own.clone()));
        }
        let stay = ui.button(format!("Go on as {theirs}"));
        if stay
            .on_hover_text("Sign what you do as whoever worked here before")
            .clicked()
        {
            actions.push(Action::KeepAnalyst);
        }
    });
}

/// Asks whom to follow, where the articles tell nothing of the focus.
pub(crate) fn focus_bar_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    named: Option<&ActorId>,
    actions: &mut Vec<Action>,
) {
    let focus = workbench.actor_name(&workbench.session.focus);
    let text = format!(
        "Suggestions follow the cooperation of {focus}, but nothing here ties {focus} to anybody."
    );
    bar_ui(ui, &text, |ui| {
        if let Some(named) = named
            && ui
                .button(format!("Follow {}", workbench.actor_name(named)))
                .on_hover_text("The open article names it most often")
                .clicked()
        {
            actions.push(Action::SetFocus(named.clone()));
        }
        if ui
            .button("Choose…")
            .on_hover_text("Choose the actor whose cooperation the session follows")
            .clicked()
        {
            actions.push(Command::SetFocus.into());
        }
        if ui
            .button(format!("Keep {focus}"))
            .on_hover_text("Say no more of it")
            .clicked()
        {
            actions.push(Action::KeepFocus);
        }
    });
}

pub(crate) fn keep_bar_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    if let Some(holder) = &workbench.keeping.held_by {
        let text = format!("Read only: {holder} has this session open.");
        bar_ui(ui, &text, |ui| {
            if workbench.is_taking_over() {
                ui.label("Waiting until it is free …");
            } else if ui
                .button("Take over when free")
                .on_hover_text(
                    "Open it again, to be changed here, as soon as the other window is closed",
                )
                .clicked()
            {
                actions.push(Action::Keep(Keep::TakeOver));
            }
            if ui
                .button("Save a copy…")
                .on_hover_text("Go on in a file of another name")
                .clicked()
            {
                actions.push(Command::SaveAs.into());
            }
        });
    }
    if let Some(left) = &workbench.keeping.recovery {
        let changes = counted(left.entries.len(), "change", "changes");
        let text = if left.is_unsaved() {
            format!("{changes} to a session without a file can be recovered.")
        } else {
            format!(
                "{changes} that were not saved can be recovered. Until you decide, nothing can be changed."
            )
        };
        bar_ui(ui, &text, |ui| {
            if ui
                .button("Decide…")
                .on_hover_text("Recover the changes, or discard them")
                .clicked()
            {
                actions.push(Action::Keep(Keep::AskRecovery));
            }
        });
    }
}

fn bar_ui(ui: &mut Ui, text: &str, buttons: impl FnOnce(&mut Ui)) {
    let tokens = tokens(ui);
    Frame::new()
        .fill(tokens.attention_ground)
        .inner_margin(Margin::symmetric(12, 6))
        .show(ui, |ui| {
            // The ground goes on to the right edge.
            ui.set_min_width(ui.available_width());
            // In a narrow or zoomed window the buttons go below.
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(text).color(tokens.text));
                buttons(ui);
            });
        });
}
