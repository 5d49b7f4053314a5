//! How what is found spreads over partners, kinds, years, languages and sources; a click narrows
//! the search.

use egui::{Align2, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::tokens::{GRID, TEXT_SMALL, tokens};
use super::widgets;
use crate::analysis::fields::Progress;
use crate::app::Workbench;
use crate::app::action::Action;

/// So many values of a field are shown at first.
const FIRST: usize = 8;
/// A line of a facet, in points.
const LINE: f32 = 22.0;

/// A value of a field: its name, the condition that asks for it, how many articles have it.
type Entry = (String, String, u32);

/// Draws the facets of the list.
pub(crate) fn facets_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let facets = &workbench.facets;
    if facets.articles == 0 {
        widgets::empty(
            ui,
            "Nothing to count.",
            "What the list shows is counted here.",
        );
        return;
    }
    let quoted = |text: &str| {
        let is_plain = text
            .chars()
            .all(|c| c.is_alphanumeric() || "/._-".contains(c));
        if is_plain {
            text.to_owned()
        } else {
            format!("\"{text}\"")
        }
    };
    let partners = facets.partners.iter().map(|(actor, count)| {
        let name = workbench.actor_name(actor);
        (name, format!("partner:{}", quoted(actor.as_str())), *count)
    });
    let kinds = facets.kinds.iter().map(|(kind, count)| {
        (
            kind.label().to_owned(),
            format!("kind:{}", kind.key()),
            *count,
        )
    });
    let years = |years: &[(i16, u32)], field: &str| -> Vec<Entry> {
        let latest = years.iter().rev();
        latest
            .map(|(year, count)| (year.to_string(), format!("{field}:{year}"), *count))
            .collect()
    };
    let languages = facets.languages.iter().map(|(language, count)| {
        (
            language.label().to_owned(),
            format!("lang:{}", language.key()),
            *count,
        )
    });
    let sources = facets.sources.iter().map(|(source, count)| {
        let name = if source.is_empty() { "(none)" } else { source };
        (
            name.to_owned(),
            format!("source:{}", quoted(source)),
            *count,
        )
    });
    let progress = facets.progress.iter().map(|(progress, count)| {
        let (name, asked) = match progress {
            Progress::Undecided => ("Undecided", "status:undecided"),
            Progress::Decided => ("Decided", "status:decided"),
            Progress::Annotated => ("Annotated", "is:annotated"),
        };
        (name.to_owned(), asked.to_owned(), *count)
    });
    let groups: [(&str, Vec<Entry>); 7] = [
        ("Partner", partners.collect()),
        ("Kind of claim", kinds.collect()),
        ("Happened", years(&facets.happened, "happened")),
        ("Published", years(&facets.published, "published")),
        ("Language", languages.collect()),
        ("Source", sources.collect()),
        ("Decisions", progress.collect()),
    ];
    ScrollArea::vertical()
        .id_salt("facets")
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    for (name, entries) in groups {
                        group_ui(ui, workbench, name, &entries, actions);
                    }
                });
        });
}

fn group_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    name: &str,
    entries: &[Entry],
    actions: &mut Vec<Action>,
) {
    if entries.is_empty() {
        return;
    }
    widgets::heading(ui, name);
    let id = ui.scope_id().with(("all", name));
    let all = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let shown = if all { entries.len() } else { FIRST };
    ui.spacing_mut().item_spacing.y = 0.0;
    let most = entries.iter().map(|entry| entry.2).max().unwrap_or(1);
    for entry in entries.iter().take(shown) {
        entry_ui(ui, workbench, name, entry, most, actions);
    }
    if entries.len() > FIRST {
        let text = if all {
            "Fewer".to_owned()
        } else {
            format!("{} more", entries.len() - FIRST)
        };
        let link = widgets::link(
            ui,
            &text,
            "Show all values of this field, or the first ones",
        );
        if link.accessible_name(format!("{text}: {name}")).clicked() {
            ui.data_mut(|data| data.insert_temp(id, !all));
        }
    }
    ui.add_space(3.0 * GRID);
}

/// A value with its count, over a bar as long as that is of the largest one.
fn entry_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    group: &str,
    (name, asked, count): &Entry,
    most: u32,
    actions: &mut Vec<Action>,
) {
    let tokens = tokens(ui);
    let filter = &workbench.view.filter;
    let is_on = has_condition(filter, asked);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| {
        let text = format!("{group}: {name}, {count}");
        WidgetInfo::selected(egui::Role::CheckBox, true, is_on, text)
    });
    let mut bar = rect.shrink2(vec2(0.0, 2.0));
    bar.set_width(rect.width() * *count as f32 / most.max(1) as f32);
    let color = if is_on { tokens.selected } else { tokens.hover };
    ui.painter().rect_filled(bar, 2.0, color);
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(1.0, tokens.control);
        ui.painter()
            .rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Inside);
    }
    let taken = widgets::paint_cut(
        ui,
        pos2(rect.right() - GRID, rect.center().y),
        Align2::RIGHT_CENTER,
        &count.to_string(),
        true,
        60.0,
        tokens.text_weak,
    );
    widgets::paint_cut(
        ui,
        pos2(rect.left() + GRID, rect.center().y),
        Align2::LEFT_CENTER,
        name,
        true,
        rect.width() - taken - 4.0 * GRID,
        if is_on { tokens.accent } else { tokens.text },
    );
    let hint = if is_on {
        "Take it out of the search"
    } else {
        "Narrow the search to it"
    };
    let response = response.on_hover_ui(|ui| {
        ui.label(RichText::new(format!("{hint}: {asked}")).size(TEXT_SMALL));
    });
    if response.clicked() {
        actions.push(Action::SetFilter(toggled(filter, asked)));
    }
}

/// Whether a search holds a condition as one of its words.
fn has_condition(filter: &str, asked: &str) -> bool {
    find_condition(filter, asked).is_some()
}

fn find_condition(filter: &str, asked: &str) -> Option<usize> {
    let is_edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
    filter.match_indices(asked).map(|(at, _)| at).find(|at| {
        let before = filter.get(..*at).unwrap_or_default().chars().next_back();
        let after = filter
            .get(at + asked.len()..)
            .unwrap_or_default()
            .chars()
            .next();
        is_edge(before) && is_edge(after)
    })
}

/// A search with a condition added, or without it where it had it.
fn toggled(filter: &str, asked: &str) -> String {
    match find_condition(filter, asked) {
        Some(at) => {
            let before = filter.get(..at).unwrap_or_default().trim_end();
            let after = filter
                .get(at + asked.len()..)
                .unwrap_or_default()
                .trim_start();
            format!("{before} {after}").trim().to_owned()
        }
        None => format!("{} {asked}", filter.trim()).trim_start().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_put_in_and_taken_out_again() {
        let with = toggled("missile  ", "partner:CN");
        assert_eq!(with, "missile partner:CN");
        assert!(has_condition(&with, "partner:CN"));
        assert!(!has_condition(&with, "partner:C"));
        assert_eq!(toggled(&with, "partner:CN"), "missile");
        assert_eq!(toggled("", "kind:visit"), "kind:visit");
        assert_eq!(toggled("kind:visit a", "kind:visit"), "a");
    }
}
