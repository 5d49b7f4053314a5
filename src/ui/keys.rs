//! Shortcuts of the registry.

use egui::{Context, Event, Key, Modifiers};

use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;

/// Turns key presses into commands. Plain keys, and undo and copy, are left to a text field that
/// has the focus; everything is left to a dialog that is open.
pub(crate) fn shortcuts(ctx: &Context, workbench: &Workbench, actions: &mut Vec<Action>) {
    if workbench.overlay.is_some() {
        return;
    }
    let typing = ctx.text_edit_focused();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Some((key, modifiers)) = pressed(event) else {
                return true;
            };
            let Some(command) = command_of(key, modifiers) else {
                return true;
            };
            let left_to_field = matches!(command, Command::Undo | Command::Redo | Command::Copy);
            if typing && (command.yields_to_typing() || left_to_field) {
                return true;
            }
            actions.push(command.into());
            false
        });
        if !typing
            && input
                .events
                .iter()
                .any(|event| matches!(event, Event::Copy))
        {
            actions.push(Command::Copy.into());
        }
    });
}

/// The key that was pressed, by what is printed on it or, on another alphabet, by its place.
fn pressed(event: &Event) -> Option<(Key, Modifiers)> {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => Some((*key, *modifiers)),
        _ => None,
    }
}

fn command_of(key: Key, modifiers: Modifiers) -> Option<Command> {
    let key = if key == Key::Equals && modifiers.command {
        Key::Plus
    } else {
        key
    };
    // Ctrl+Y is redo as well, as most people's fingers know it.
    if key == Key::Y && modifiers.command && !modifiers.shift && !modifiers.alt {
        return Some(Command::Redo);
    }
    Command::ALL.iter().copied().find(|command| {
        command.spec().shortcut.is_some_and(|shortcut| {
            let wanted = shortcut.modifiers;
            let same = wanted.command == modifiers.command
                && wanted.alt == modifiers.alt
                && (wanted.shift == modifiers.shift || shortcut.logical_key == Key::Plus);
            shortcut.logical_key == key && same
        })
    })
}
