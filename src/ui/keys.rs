//! Shortcuts of the registry.

use egui::{Context, Event, Key, Modifiers};

use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::CodeWish;
use crate::app::command::{Command, Scope};
use crate::model::ids::ItemId;

/// Turns key presses into commands. Plain keys, and undo and copy, are left to a text field that
/// has the focus; everything is left to a dialog that is open.
pub(crate) fn shortcuts(ctx: &Context, workbench: &Workbench, actions: &mut Vec<Action>) {
    if workbench.overlay.is_some() {
        return;
    }
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(egui::Memory::focused);
    let is_reading = !egui::Popup::is_any_open(ctx)
        && focused.is_none_or(|focused| focused == super::reader::text_id());
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Some(command) = command_in(event) else {
                let code = code_of(workbench, event).filter(|_| !typing);
                actions.extend(code.map(|code| Action::Code(CodeWish::Give(code))));
                return code.is_none();
            };
            let is_of_reader = command.spec().scope == Scope::Reader;
            // Keys come faster than slow frames: what was struck before, in this frame, may make
            // this possible, and is done first.
            let may_do = workbench.is_enabled(command) || !actions.is_empty();
            if is_of_reader && !(is_reading && may_do) {
                return true;
            }
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

/// Escape closes the menu that is open, and nothing behind it.
pub(crate) fn close_menu(ctx: &Context) {
    if egui::Popup::is_any_open(ctx)
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
    {
        egui::Popup::close_all(ctx);
    }
}

/// The command that a key press asks for.
fn command_in(event: &Event) -> Option<Command> {
    let (key, by_place, modifiers) = press(event)?;
    command_of(key, modifiers).or_else(|| command_of(by_place?, modifiers))
}

/// A key press: the key as egui gives it, what its place is called where it is printed with a
/// sign, and what is held with it.
fn press(event: &Event) -> Option<(Key, Option<Key>, Modifiers)> {
    let Event::Key {
        key,
        physical_key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return None;
    };
    // What egui gives is what is printed on the key or, where that is no Latin letter, the key at
    // the same place. On some layouts a letter's place holds a sign.
    let by_place = physical_key.filter(|_| is_sign(*key));
    Some((*key, by_place, *modifiers))
}

/// Whether a key is printed with a sign, neither letter nor digit, and moves nothing.
const fn is_sign(key: Key) -> bool {
    matches!(
        key,
        Key::Colon
            | Key::Comma
            | Key::Period
            | Key::Semicolon
            | Key::Quote
            | Key::Backtick
            | Key::Slash
            | Key::Backslash
            | Key::Pipe
            | Key::Questionmark
            | Key::Exclamationmark
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
    )
}

/// The code whose own key is pressed: Alt and a letter, as it is printed or else by its place.
fn code_of(workbench: &Workbench, event: &Event) -> Option<ItemId> {
    let (key, by_place, modifiers) = press(event)?;
    if !modifiers.alt || modifiers.command || modifiers.shift {
        return None;
    }
    let mut name = by_place.unwrap_or(key).name().chars();
    match (name.next(), name.next()) {
        (Some(letter @ 'A'..='Z'), None) => workbench.session.codebook.by_shortcut(letter),
        _ => None,
    }
}

fn command_of(key: Key, modifiers: Modifiers) -> Option<Command> {
    let key = match key {
        Key::Equals if modifiers.command => Key::Plus,
        // As most people's fingers know them.
        Key::PageDown if modifiers.is_none() => return Some(Command::ReadOn),
        Key::PageUp if modifiers.is_none() => return Some(Command::ReadBack),
        key => key,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(key: Key, place: Key, modifiers: Modifiers) -> Option<Command> {
        command_in(&Event::Key {
            key,
            physical_key: Some(place),
            pressed: true,
            repeat: false,
            modifiers,
        })
    }

    #[test]
    fn letters_go_by_what_is_printed_or_else_by_their_place() {
        let none = Modifiers::NONE;
        // Dvorak prints j where others print c.
        assert_eq!(asked(Key::J, Key::C, none), Some(Command::Next));
        // A Bulgarian keyboard has a sign in the place of a letter, a French one a letter in the
        // place of a sign.
        assert_eq!(
            asked(Key::Comma, Key::S, none),
            Some(Command::SelectSentence)
        );
        assert_eq!(
            asked(Key::M, Key::Semicolon, none),
            Some(Command::MarkFurniture)
        );
        // Digits of a number pad move where they are printed so, and open no pane.
        assert_eq!(asked(Key::ArrowUp, Key::Num8, Modifiers::COMMAND), None);
        assert_eq!(asked(Key::ArrowUp, Key::Num8, none), Some(Command::LineUp));
    }
}
