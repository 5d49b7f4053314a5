//! The keys of the tree of codes.

use egui::{Event, Key, Modifiers, Sense, Ui, WidgetInfo};

use super::{CodesState, tree_id};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::CodeWish;
use crate::app::command::Command;
use crate::model::ids::ItemId;
use crate::ui::rows;

/// The keys of the tree while it has the keyboard: arrows move and fold, with Alt they move the
/// code in hand a level in or out; Enter gives it, Delete deletes it.
pub(super) fn keys(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut CodesState,
    actions: &mut Vec<Action>,
) {
    let id = tree_id();
    let ground = ui.interact(
        ui.available_rect_before_wrap(),
        id,
        Sense::focusable_noninteractive(),
    );
    let count = workbench.session.codebook.codes.len();
    ground.widget_info(|| {
        let name = format!("Codes, {count}");
        WidgetInfo::labeled(egui::Role::Tree, true, name)
    });
    if !ground.has_focus() {
        return;
    }
    if ground.gained_focus() {
        // The filter holds from the frame after the next one; until then an arrow would lead away.
        ui.ctx().request_repaint();
    }
    let filter = egui::EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed: Vec<(Key, Modifiers)> = ui.input(|input| {
        let pressed = |event: &Event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => Some((*key, *modifiers)),
            _ => None,
        };
        input.events.iter().filter_map(pressed).collect()
    });
    let mut at = workbench.code_in_hand();
    for (key, modifiers) in pressed {
        let place = at.and_then(|code| state.place_of(code));
        if modifiers == Modifiers::ALT {
            let to = at.and_then(|code| moved_by_key(workbench, code, key));
            actions.extend(to.map(Action::Code));
        } else if modifiers.is_none() {
            let target = match key {
                Key::Enter => {
                    actions.extend(at.map(|code| Action::Code(CodeWish::Give(code))));
                    None
                }
                Key::Delete => {
                    actions.push(Command::DeleteCode.into());
                    None
                }
                _ => state.target(key, place),
            };
            let code = target.and_then(|place| state.tree.get(place));
            if let Some(branch) = code {
                at = Some(branch.code);
                actions.push(Action::Code(CodeWish::Choose(at)));
            }
        }
    }
}

impl CodesState {
    /// The row that a key leads to, from the row in hand. Arrows to the sides also fold.
    fn target(&mut self, key: Key, place: Option<usize>) -> Option<usize> {
        let last = self.tree.len().checked_sub(1)?;
        let branch = place.and_then(|place| self.tree.get(place)).cloned();
        match (key, place) {
            (Key::ArrowRight, Some(at)) => {
                let branch = branch.filter(|branch| branch.has_below)?;
                if branch.is_open {
                    return Some((at + 1).min(last));
                }
                self.fold(branch.code, false);
                None
            }
            (Key::ArrowLeft, Some(at)) => {
                let branch = branch?;
                if branch.has_below && branch.is_open {
                    self.fold(branch.code, true);
                    return None;
                }
                let above = self.tree.get(..at)?;
                above.iter().rposition(|other| other.depth < branch.depth)
            }
            _ => rows::step(key, place, last, self.rows.page()),
        }
    }
}

/// Alt and an arrow: out to the level of the code above, or in below the code before it.
fn moved_by_key(workbench: &Workbench, code: ItemId, key: Key) -> Option<CodeWish> {
    let book = &workbench.session.codebook;
    let parent = book.parent(code);
    match key {
        Key::ArrowLeft => Some(CodeWish::Move(code, book.parent(parent?))),
        Key::ArrowRight => {
            let tree = book.tree().into_iter().map(|(code, _)| code);
            let before = tree.take_while(|other| *other != code);
            let before = before
                .filter(|other| book.parent(*other) == parent)
                .last()?;
            Some(CodeWish::Move(code, Some(before)))
        }
        _ => None,
    }
}
