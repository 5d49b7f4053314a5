//! The codebook as a tree: found, made, moved by dragging or by keys, and below it the code in
//! hand with name, colour, key and definition.
//!
//! Budget: a frame draws the rows in view; the tree is laid out again when the codebook changes,
//! when something is folded, and for each key press in the field.

use std::collections::{BTreeSet, HashSet};

use egui::{Align2, Id, Key, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::rows::{self, Rows};
use super::tokens::{GRID, ROW, tokens};
use super::{describe, things, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::coding::CodeWish;
use crate::app::command::Command;
use crate::model::codebook::Codebook;
use crate::model::ids::ItemId;
use crate::model::session::Thing;

mod detail;
mod keys;

pub(crate) use detail::name_id;

/// How far a level is set in, in points.
const INDENT: f32 = 14.0;

/// What the pane remembers between frames.
#[derive(Default)]
pub(crate) struct CodesState {
    rows: Rows,
    /// The tree as it is shown, and of what it was laid out.
    tree: Vec<Branch>,
    laid_out: Option<LaidOut>,
    folded: BTreeSet<ItemId>,
    /// What is typed to find a code or to make one.
    typed: String,
    /// The code that was last brought into view.
    shown: Option<ItemId>,
    detail: detail::DetailState,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Branch {
    code: ItemId,
    depth: usize,
    has_below: bool,
    is_open: bool,
}

/// Of what the tree was laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LaidOut {
    session: ItemId,
    revision: u64,
    folded: BTreeSet<ItemId>,
    typed: String,
}

/// The field to find or make a code in.
pub(crate) fn new_id() -> Id {
    Id::unique("new-code")
}

/// The tree, which the arrow keys move in.
pub(crate) fn tree_id() -> Id {
    Id::unique("code-tree")
}

/// Draws the codebook.
pub(crate) fn codes_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut CodesState,
    actions: &mut Vec<Action>,
) {
    if !workbench.are_codes_counted() {
        actions.push(Action::Code(CodeWish::Count));
    }
    head_ui(ui, workbench, state, actions);
    detail::detail_ui(ui, workbench, &mut state.detail, actions);
    if workbench.session.codebook.codes.is_empty() {
        widgets::empty(
            ui,
            "No codes yet.",
            "Type a name above, or select text in the reader and press A.",
        );
        return;
    }
    state.lay_out(workbench);
    if state.tree.is_empty() {
        widgets::empty(ui, "No code has this in its name.", "Enter makes one.");
        return;
    }
    let in_hand = workbench.code_in_hand();
    if in_hand != state.shown {
        state.shown = in_hand;
        state.reveal(workbench, in_hand);
    }
    keys::keys(ui, workbench, state, actions);
    rows_ui(ui, workbench, state, actions);
}

impl CodesState {
    fn lay_out(&mut self, workbench: &Workbench) {
        let wanted = LaidOut {
            session: workbench.session.id,
            revision: workbench.highlight_revision(),
            folded: self.folded.clone(),
            typed: self.typed.trim().to_lowercase(),
        };
        if self.laid_out.as_ref() != Some(&wanted) {
            self.tree = branches(&workbench.session.codebook, &wanted.folded, &wanted.typed);
            self.laid_out = Some(wanted);
        }
    }

    fn place_of(&self, code: ItemId) -> Option<usize> {
        self.tree.iter().position(|branch| branch.code == code)
    }

    /// Unfolds what is above a code and brings it into view.
    fn reveal(&mut self, workbench: &Workbench, code: Option<ItemId>) {
        let Some(code) = code else { return };
        let book = &workbench.session.codebook;
        self.folded
            .retain(|folded| *folded == code || !book.is_within(code, *folded));
        self.lay_out(workbench);
        if let Some(place) = self.place_of(code) {
            self.rows.reveal(place);
        }
    }

    fn fold(&mut self, code: ItemId, fold: bool) {
        if fold {
            self.folded.insert(code);
        } else {
            self.folded.remove(&code);
        }
    }
}

/// The tree as it is shown: without what is folded away, or, while something is typed, only what
/// has that in its name and what is above.
fn branches(book: &Codebook, folded: &BTreeSet<ItemId>, typed: &str) -> Vec<Branch> {
    let parents: HashSet<ItemId> = book
        .codes
        .keys()
        .filter_map(|id| book.parent(*id))
        .collect();
    let found: Option<HashSet<ItemId>> = (!typed.is_empty()).then(|| {
        let codes = book.codes.iter();
        let named = codes.filter(|(_, code)| code.name.to_lowercase().contains(typed));
        let mut found = HashSet::new();
        for (id, _) in named {
            let mut at = Some(*id);
            while let Some(code) = at.filter(|code| found.insert(*code)) {
                at = book.parent(code);
            }
        }
        found
    });
    let mut hidden_below: Option<usize> = None;
    let mut tree = Vec::new();
    for (code, depth) in book.tree() {
        if hidden_below.is_some_and(|level| depth > level) {
            continue;
        }
        hidden_below = None;
        if found.as_ref().is_some_and(|found| !found.contains(&code)) {
            continue;
        }
        let has_below = parents.contains(&code);
        let is_open = found.is_some() || !folded.contains(&code);
        if has_below && !is_open {
            hidden_below = Some(depth);
        }
        tree.push(Branch {
            code,
            depth,
            has_below,
            is_open,
        });
    }
    tree
}

/// The field to find a code or to make one, and what can be made of what is typed.
fn head_ui(ui: &mut Ui, workbench: &Workbench, state: &mut CodesState, actions: &mut Vec<Action>) {
    let book = &workbench.session.codebook;
    let in_hand = workbench.code_in_hand();
    let beside = in_hand.and_then(|code| book.parent(code));
    widgets::wrapped_bar(ui, |ui| {
        let field = egui::TextEdit::singleline(&mut state.typed)
            .id(new_id())
            .hint_text("Find or make a code")
            .desired_width(150.0);
        let response = ui.add(field).accessible_name("Find or make a code");
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_typed = !state.typed.trim().is_empty();
        let known = is_typed.then(|| book.find(&state.typed)).flatten();
        let mut make = None;
        let place = beside.map_or("at the top".to_owned(), |above| {
            format!("below “{}”", book.path_text(above))
        });
        let button = ui.add_enabled(is_typed, egui::Button::new("Make code"));
        if button
            .on_hover_text(format!("Make it {place} (Enter)"))
            .clicked()
        {
            make = Some(beside);
        }
        let below = ui.add_enabled(
            is_typed && in_hand.is_some(),
            egui::Button::new("Make below"),
        );
        let hint = in_hand.map_or("Choose a code first".to_owned(), |code| {
            format!("Make it below “{}”", book.path_text(code))
        });
        if below.on_hover_text(hint).clicked() {
            make = Some(in_hand);
        }
        if enter && is_typed {
            match known {
                Some(code) => actions.push(Action::Code(CodeWish::Choose(Some(code)))),
                None => make = Some(beside),
            }
            if known.is_some() {
                state.typed.clear();
                ui.memory_mut(|memory| memory.request_focus(tree_id()));
            }
        }
        if let Some(parent) = make {
            actions.push(Action::Code(CodeWish::New(state.typed.clone(), parent)));
            state.typed.clear();
            // The next one is typed at once.
            response.request_focus();
        }
    });
}

fn rows_ui(ui: &mut Ui, workbench: &Workbench, state: &mut CodesState, actions: &mut Vec<Action>) {
    let in_hand = workbench.code_in_hand();
    let recent = workbench.recent_codes();
    let CodesState { rows, tree, .. } = state;
    let all = ui.available_rect_before_wrap();
    let mut folds = None;
    rows.show(ui, "Scroll codes", tree.len(), ROW, |ui, place, rect| {
        let branch = tree.get(place)?;
        let id = tree_id().with(branch.code);
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let is_in_hand = in_hand == Some(branch.code);
        response.widget_info(|| {
            let name = spoken(workbench, branch);
            WidgetInfo::selected(egui::Role::TreeItem, true, is_in_hand, name)
        });
        let digit = recent.iter().position(|code| *code == branch.code);
        row_ui(ui, rect, workbench, branch, digit, is_in_hand, &response);
        if branch.has_below {
            let arrow = arrow_rect(rect, branch);
            let verb = if branch.is_open { "Fold" } else { "Unfold" };
            let name = workbench.session.codebook.path_text(branch.code);
            let arrow = ui.interact(arrow, id.with("arrow"), Sense::click());
            arrow.widget_info(|| {
                let name = format!("{verb} {name}");
                WidgetInfo::labeled(egui::Role::Button, true, name)
            });
            if arrow.clicked() {
                folds = Some((branch.code, branch.is_open));
            }
        }
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(tree_id()));
        }
        if response.clicked() || response.secondary_clicked() {
            actions.push(Action::Code(CodeWish::Choose(Some(branch.code))));
        }
        response.context_menu(|ui| menu_ui(ui, workbench, actions));
        drag(ui, rect, workbench, branch.code, &response, actions);
        Some(response)
    });
    if let Some((code, fold)) = folds {
        state.fold(code, fold);
    }
    drop_at_the_top(ui, all, workbench, state.tree.len(), actions);
}

/// A code that is dragged goes below the one that it is dropped on.
fn drag(
    ui: &Ui,
    rect: Rect,
    workbench: &Workbench,
    code: ItemId,
    response: &Response,
    actions: &mut Vec<Action>,
) {
    if response.drag_started() {
        response.dnd_set_drag_payload(code);
    }
    let book = &workbench.session.codebook;
    if let Some(dragged) = response.dnd_hover_payload::<ItemId>()
        && *dragged != code
    {
        let tokens = tokens(ui);
        let may = book.may_stand_below(*dragged, Some(code));
        let color = if may { tokens.accent } else { tokens.adverse };
        let stroke = egui::Stroke::new(1.5, color);
        let rect = rect.shrink(1.0);
        ui.painter()
            .rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
    if let Some(dragged) = response.dnd_release_payload::<ItemId>()
        && *dragged != code
        && book.parent(*dragged) != Some(code)
    {
        actions.push(Action::Code(CodeWish::Move(*dragged, Some(code))));
    }
}

/// Dropped under the last row, a code goes to the top.
fn drop_at_the_top(
    ui: &Ui,
    all: Rect,
    workbench: &Workbench,
    count: usize,
    actions: &mut Vec<Action>,
) {
    let top = all.top() + count as f32 * ROW;
    if top >= all.bottom() {
        return;
    }
    let free = Rect::from_min_max(pos2(all.left(), top), all.max);
    let ground = ui.interact(free, tree_id().with("free"), Sense::hover());
    if let Some(dragged) = ground.dnd_release_payload::<ItemId>()
        && workbench.session.codebook.parent(*dragged).is_some()
    {
        actions.push(Action::Code(CodeWish::Move(*dragged, None)));
    } else if ground.dnd_hover_payload::<ItemId>().is_some() {
        let color = tokens(ui).accent;
        let stroke = egui::Stroke::new(1.5, color);
        ui.painter().hline(free.x_range(), top + 1.0, stroke);
    }
}

/// What can be done with the code in hand.
fn menu_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    for command in [
        Command::NewCode,
        Command::RenameCode,
        Command::MoveCode,
        Command::MergeCode,
        Command::ListCode,
        Command::DeleteCode,
    ] {
        let response = widgets::command_button(ui, workbench, command, actions);
        if response.clicked() {
            ui.close();
        }
    }
    if let Some(code) = workbench.code_in_hand() {
        ui.separator();
        things::items_ui(ui, workbench, &Thing::Code(code), actions);
    }
}

fn left_of(rect: Rect, branch: &Branch) -> f32 {
    rect.left() + GRID + INDENT * branch.depth.min(12) as f32
}

fn arrow_rect(rect: Rect, branch: &Branch) -> Rect {
    let left = left_of(rect, branch);
    Rect::from_min_size(pos2(left, rect.top()), vec2(16.0, rect.height()))
}

fn row_ui(
    ui: &Ui,
    rect: Rect,
    workbench: &Workbench,
    branch: &Branch,
    digit: Option<usize>,
    is_in_hand: bool,
    response: &Response,
) {
    let tokens = tokens(ui);
    let Some(code) = workbench.session.codebook.codes.get(&branch.code) else {
        return;
    };
    rows::ground(ui, rect, is_in_hand, response.hovered());
    let y = rect.center().y;
    let left = left_of(rect, branch);
    if branch.has_below {
        let at = pos2(left + 8.0, y);
        widgets::paint_arrow(ui, at, branch.is_open, tokens.text_weak);
    }
    let swatch = Rect::from_center_size(pos2(left + 22.0, y), vec2(10.0, 10.0));
    let color = widgets::code_color(workbench, branch.code, tokens);
    ui.painter().rect_filled(swatch, 2.0, color);

    // From the right: how often it is used, its digit, its key.
    let uses = workbench.code_uses(branch.code);
    let count = if branch.has_below && !branch.is_open {
        uses.with_below
    } else {
        uses.own
    };
    let mut right = rect.right() - 2.0 * GRID;
    let weak = |at: f32, text: &str| {
        let at = pos2(at, y);
        let align = Align2::RIGHT_CENTER;
        widgets::paint_cut(ui, at, align, text, true, 80.0, tokens.text_weak)
    };
    weak(right, &count.to_string());
    right -= 36.0;
    if let Some(place) = digit {
        let digit = (place + 1).to_string();
        let at = pos2(right - 14.0, y);
        widgets::paint_badge_at(ui, at, &digit, tokens.text_weak);
    }
    right -= 20.0;
    if let Some(key) = code.shortcut {
        right -= weak(right, &format!("Alt+{key}")) + GRID;
    }
    let at = pos2(left + 32.0, y);
    let width = right - at.x - GRID;
    let align = Align2::LEFT_CENTER;
    widgets::paint_cut(ui, at, align, &code.name, false, width, tokens.text);
    if !code.definition.is_empty() && !response.dragged() {
        response.clone().on_hover_text(&code.definition);
    }
}

/// A row as a screen reader says it.
fn spoken(workbench: &Workbench, branch: &Branch) -> String {
    let path = workbench.session.codebook.path_text(branch.code);
    let uses = workbench.code_uses(branch.code);
    let own = describe::counted(uses.own, "highlight", "highlights");
    if branch.has_below {
        let below = uses.with_below;
        format!("{path}, {own}, {below} with the codes below")
    } else {
        format!("{path}, {own}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::codebook::Code;

    #[test]
    fn what_is_folded_or_not_meant_is_not_shown() {
        let id = |bits: u128| ItemId(uuid::Uuid::from_u128(bits));
        let code = |bits: u128, name: &str, parent: Option<u128>| {
            let code = Code {
                parent: parent.map(id),
                ..Code::named(name, 0)
            };
            (id(bits), code)
        };
        let codes = [
            code(1, "Supply", None),
            code(2, "Tanks", Some(1)),
            code(3, "T-72", Some(2)),
            code(4, "Budget", None),
        ];
        let book = Codebook {
            codes: codes.into(),
        };
        let shown = |folded: &[u128], typed: &str| -> Vec<u128> {
            let folded = folded.iter().copied().map(id).collect();
            let tree = branches(&book, &folded, typed);
            tree.iter().map(|branch| branch.code.0.as_u128()).collect()
        };
        assert_eq!(shown(&[], ""), [4, 1, 2, 3]);
        assert_eq!(shown(&[1], ""), [4, 1]);
        assert_eq!(shown(&[2], ""), [4, 1, 2]);
        assert_eq!(
            shown(&[1, 2], "t-7"),
            [1, 2, 3],
            "what is above comes along"
        );
        assert_eq!(shown(&[], "nothing"), []);
    }
}
