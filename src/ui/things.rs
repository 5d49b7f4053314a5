//! Memos and links where a thing is seen: the menu of a thing, and what is said of it.

use egui::{Response, RichText, Ui};

use super::tokens::{GRID, tokens};
use super::{describe, widgets};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::article::Entry;
use crate::app::memos::{MemoWish, ThingKind};
use crate::model::finding::Finding;
use crate::model::ids::ArticleId;
use crate::model::session::Thing;

/// What of a memo is shown where its thing is seen, in characters.
const EXCERPT: usize = 160;

/// The things that a finding of an article is, or is about.
pub(crate) fn of_finding(workbench: &Workbench, article: ArticleId, entry: &Entry) -> Vec<Thing> {
    match &entry.finding {
        Finding::Claim(_) => vec![Thing::Claim(article, entry.key)],
        Finding::Mention(mention) => {
            vec![Thing::Actor(
                workbench.session.actors.resolve(&mention.actor),
            )]
        }
        _ => Vec::new(),
    }
}

/// The menu of what was right-clicked, for each thing there.
pub(crate) fn thing_menu(
    response: &Response,
    workbench: &Workbench,
    things: impl FnOnce() -> Vec<Thing>,
    actions: &mut Vec<Action>,
) {
    response.context_menu(|ui| {
        ui.set_min_width(220.0);
        for thing in things() {
            items_ui(ui, workbench, &thing, actions);
        }
    });
}

/// What a menu offers to do with a thing.
pub(crate) fn items_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    thing: &Thing,
    actions: &mut Vec<Action>,
) {
    let of = ThingKind::of(thing).label().to_lowercase();
    let mut wish = None;
    if ui.button(format!("Memo on this {of}…")).clicked() {
        wish = Some(MemoWish::Open(thing.clone()));
    }
    let text = match &workbench.memos.linking {
        Some(first) if first != thing => {
            format!("Link this {of} with {}", short(workbench, first))
        }
        _ => format!("Link this {of}…"),
    };
    if ui.button(text).clicked() {
        wish = Some(MemoWish::AskLink(thing.clone()));
    }
    if let Some(wish) = wish {
        actions.push(Action::Memo(wish));
        ui.close();
    }
}

/// A thing on a short line.
pub(crate) fn short(workbench: &Workbench, thing: &Thing) -> String {
    describe::one_line(&workbench.told(thing).to_string(), 60)
}

/// What is said of a thing where it is seen: the beginning of its memo, and what it is linked with.
/// Both lead there. Nothing where there is neither.
pub(crate) fn said_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    thing: &Thing,
    actions: &mut Vec<Action>,
) {
    let memo = match thing {
        // Its note is shown with it.
        Thing::Annotation(..) => "",
        thing => workbench.memo_text(thing),
    };
    if !memo.is_empty() {
        let text = format!("Memo: {}", describe::one_line(memo, EXCERPT));
        let link = egui::Button::new(RichText::new(&text).small().color(tokens(ui).accent))
            .frame(false)
            .wrap();
        if ui.add(link).on_hover_text("Show the memo").clicked() {
            actions.push(Action::Memo(MemoWish::Open(thing.clone())));
        }
    }
    for other in workbench.ties().linked_with(thing) {
        link_ui(ui, workbench, thing, other, false, actions);
    }
}

/// The same as text, where nothing can be pressed.
pub(crate) fn said_lines(workbench: &Workbench, thing: &Thing) -> Vec<String> {
    let memo = match thing {
        Thing::Annotation(..) => "",
        thing => workbench.memo_text(thing),
    };
    let memo = (!memo.is_empty()).then(|| format!("Memo: {}", describe::one_line(memo, EXCERPT)));
    let links = workbench.ties().linked_with(thing).iter().take(5);
    let links = links.map(|other| format!("↔ {}", short(workbench, other)));
    memo.into_iter().chain(links).collect()
}

/// How much room that takes for a finding, in points.
pub(crate) fn said_height(workbench: &Workbench, article: ArticleId, entry: &Entry) -> f32 {
    const LINE: f32 = 20.0;
    let things = of_finding(workbench, article, entry);
    let lines = things.iter().map(|thing| {
        let memo = !workbench.memo_text(thing).is_empty();
        workbench.ties().linked_with(thing).len() + 2 * usize::from(memo)
    });
    LINE * lines.sum::<usize>().min(6) as f32
}

/// The other end of a link, which leads there; with the way to take the link away.
pub(crate) fn link_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    thing: &Thing,
    other: &Thing,
    with_removal: bool,
    actions: &mut Vec<Action>,
) {
    let told = workbench.told(other);
    let text = describe::one_line(&told.to_string(), 110);
    let color = match told.gone {
        Some(_) => tokens(ui).text_weak,
        None => tokens(ui).accent,
    };
    // Links stand close, as lines of text do; outside, so that the row is as low as what is in it.
    let (height, padding) = (ui.spacing().interact_size.y, ui.spacing().button_padding.y);
    ui.spacing_mut().interact_size.y = 16.0;
    ui.spacing_mut().button_padding.y = 0.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        widgets::note(ui, "↔");
        let button = egui::Button::new(RichText::new(&text).small().color(color))
            .frame(false)
            .wrap();
        let hint = match (told.gone, &told.place) {
            (Some(why), _) => why.to_owned(),
            (None, Some(place)) => format!("In “{place}”. Click to go there"),
            (None, None) => "Go there".to_owned(),
        };
        let response = ui.add(button).accessible_name(format!("Linked: {text}"));
        if response.on_hover_text(hint).clicked() {
            actions.push(Action::Memo(MemoWish::GoTo(other.clone())));
        }
        if with_removal
            && ui
                .small_button("×")
                .accessible_name(format!("Take away the link with {text}"))
                .on_hover_text("Take this link away; undo brings it back")
                .clicked()
        {
            actions.push(Action::Memo(MemoWish::Unlink(thing.clone(), other.clone())));
        }
    });
    ui.spacing_mut().interact_size.y = height;
    ui.spacing_mut().button_padding.y = padding;
}

/// The bar over the window while the other end of a link is looked for.
pub(crate) fn linking_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let Some(first) = &workbench.memos.linking else {
        return;
    };
    let tokens = tokens(ui);
    egui::Frame::new()
        .fill(tokens.selected)
        .inner_margin(egui::Margin::symmetric(12, 4))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let text = format!(
                    "Linking {}. Take the other end in hand and press G, or right-click it.",
                    short(workbench, first)
                );
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if ui
                        .button("Leave it")
                        .on_hover_text("Link nothing")
                        .clicked()
                    {
                        actions.push(Action::Memo(MemoWish::SeekNothing));
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(egui::Label::new(text).wrap());
                    });
                });
            });
        });
}
