//! The code in hand: its name, colour, key and definition, changed in place.

use egui::{Frame, Id, Key, Margin, Panel, RichText, Ui, vec2};

use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::codebook::{CODE_COLORS, usable_name};
use crate::app::command::Command;
use crate::app::memos::MemoWish;
use crate::model::codebook::Code;
use crate::model::ids::ItemId;
use crate::model::session::Thing;
use crate::ui::tokens::{GRID, tokens};
use crate::ui::{things, widgets};

/// The texts of the code in hand while they are typed.
#[derive(Default)]
pub(super) struct DetailState {
    typed: Option<Typed>,
}

struct Typed {
    id: ItemId,
    /// The code as it was when typing began.
    was: Code,
    name: String,
    definition: String,
}

impl Typed {
    fn of(id: ItemId, code: &Code) -> Self {
        Self {
            id,
            was: code.clone(),
            name: code.name.clone(),
            definition: code.definition.clone(),
        }
    }

    /// The code with what is typed, where that differs.
    fn changed(&self) -> Option<Code> {
        let definition = self.definition.trim();
        let is_same = self.name == self.was.name && definition == self.was.definition.trim();
        (!is_same).then(|| Code {
            name: self.name.clone(),
            definition: definition.to_owned(),
            ..self.was.clone()
        })
    }
}

/// The field of the name.
pub(crate) fn name_id() -> Id {
    Id::unique("code-name")
}

/// Draws the code in hand at the bottom of the pane.
pub(super) fn detail_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    state: &mut DetailState,
    actions: &mut Vec<Action>,
) {
    let in_hand = workbench.code_in_hand();
    let codes = &workbench.session.codebook.codes;
    let known = in_hand.and_then(|id| Some((id, codes.get(&id)?)));
    let is_other = state.typed.as_ref().map(|typed| typed.id) != in_hand;
    if is_other && let Some(typed) = state.typed.take() {
        // What was typed of the code before is kept, where that code is as it was.
        let is_there = codes.get(&typed.id) == Some(&typed.was);
        let changed = typed.changed().filter(|_| is_there);
        actions.extend(changed.map(|code| Action::SetCode(typed.id, code)));
    }
    let Some((id, code)) = known else { return };
    let typed = state.typed.get_or_insert_with(|| Typed::of(id, code));
    if typed.was != *code {
        // Changed elsewhere, or taken back.
        *typed = Typed::of(id, code);
    }
    let tokens = tokens(ui);
    let frame = Frame::new()
        .fill(tokens.chrome)
        .inner_margin(Margin::symmetric(12, 8));
    Panel::bottom("code-in-hand")
        .frame(frame)
        .show(ui, |ui| fields_ui(ui, workbench, typed, actions));
}

fn fields_ui(ui: &mut Ui, workbench: &Workbench, typed: &mut Typed, actions: &mut Vec<Action>) {
    let book = &workbench.session.codebook;
    let parent = book.parent(typed.id);
    let field = egui::TextEdit::singleline(&mut typed.name)
        .id(name_id())
        .hint_text("Name")
        .desired_width(f32::INFINITY);
    let name = ui.add(field).accessible_name("Name of the code");
    let refused = usable_name(book, Some(typed.id), parent, &typed.name).err();
    if let Some(why) = &refused {
        ui.label(RichText::new(why).small().color(tokens(ui).adverse));
    }
    if let Some(above) = parent {
        widgets::note(ui, format!("below {}", book.path_text(above)));
    }
    let mut chosen = typed.was.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for color in 0..CODE_COLORS {
            let name = format!("Colour {}", color + 1);
            if swatch(ui, color, &name, color == typed.was.color) {
                chosen.color = color;
            }
        }
        ui.add_space(2.0 * GRID);
        key_ui(ui, workbench, typed.id, &mut chosen.shortcut);
    });
    let field = egui::TextEdit::multiline(&mut typed.definition)
        .hint_text("What it stands for: when it is given, and when not")
        .desired_rows(3)
        .desired_width(f32::INFINITY);
    let definition = ui.add(field).accessible_name("Definition of the code");
    if name.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        *typed = Typed::of(typed.id, &typed.was.clone());
    }
    let left = name.lost_focus() || definition.lost_focus();
    if chosen != typed.was {
        actions.push(Action::SetCode(typed.id, chosen));
    } else if left
        && refused.is_none()
        && let Some(code) = typed.changed()
    {
        actions.push(Action::SetCode(typed.id, code));
    }
    let thing = Thing::Code(typed.id);
    things::said_ui(ui, workbench, &thing, actions);
    ui.horizontal_wrapped(|ui| {
        for command in [
            Command::ListCode,
            Command::MoveCode,
            Command::MergeCode,
            Command::DeleteCode,
        ] {
            widgets::command_button(ui, workbench, command, actions);
        }
        let memo = ui.button("Memo…").accessible_name("Memo on the code");
        if memo.on_hover_text("Write a memo on this code").clicked() {
            actions.push(Action::Memo(MemoWish::Open(thing.clone())));
        }
    });
}

/// The key that gives the code together with Alt.
fn key_ui(ui: &mut Ui, workbench: &Workbench, id: ItemId, key: &mut Option<char>) {
    let text = |key: &Option<char>| key.map_or("No key".to_owned(), |key| format!("Alt+{key}"));
    let shown = text(key);
    let codes = &workbench.session.codebook.codes;
    egui::ComboBox::from_id_salt("code-key")
        .selected_text(shown.clone())
        .width(70.0)
        .show_ui(ui, |ui| {
            for letter in std::iter::once(None).chain(('A'..='Z').map(Some)) {
                let mut holders = codes.iter();
                let holder = holders.find(|(other, code)| {
                    **other != id && letter.is_some() && code.shortcut == letter
                });
                let label = match holder {
                    Some((_, code)) => format!("{} ({})", text(&letter), code.name),
                    None => text(&letter),
                };
                ui.selectable_value(key, letter, label);
            }
        })
        .response
        .accessible_name(format!("Key: {shown}"))
        .on_hover_text("Gives the code to the selected passage");
}

fn swatch(ui: &mut Ui, color: u8, name: &str, chosen: bool) -> bool {
    let tokens = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::click());
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, name));
    let fill = tokens
        .code_stripes
        .get(usize::from(color))
        .copied()
        .unwrap_or(tokens.control);
    ui.painter().rect_filled(rect.shrink(3.0), 2.0, fill);
    if chosen || response.has_focus() {
        let stroke = egui::Stroke::new(1.5, tokens.text);
        ui.painter()
            .rect_stroke(rect.shrink(0.5), 3.0, stroke, egui::StrokeKind::Inside);
    }
    response.clicked()
}
