//! The search field over the article list: coloured by what is read, underlined where it can't be
//! read, with what was expected there; the language in a card; searches that are kept.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Id, Key, RichText, Stroke, TextBuffer, Ui};

use super::tokens::{GRID, TEXT, Tokens, tokens};
use super::widgets;
use crate::app::Workbench;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::index::query::{MarkKind, Options, Parsed, QueryError, parse};
use crate::model::span::Span;

/// The field that *Find article* puts the cursor in.
pub(crate) fn field_id() -> Id {
    Id::unique("article-search")
}

/// What the field was asked.
#[derive(Default)]
pub(crate) struct Asked {
    /// Go down into the list.
    pub(crate) list: bool,
    /// Open the first article.
    pub(crate) first: bool,
}

/// Draws the search field, its menu, and what is wrong with the search.
pub(crate) fn search_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) -> Asked {
    let mut asked = Asked::default();
    let parsed = parse(&workbench.view.filter, &Options::default());
    widgets::bar(ui, |ui| {
        let mut text = workbench.view.filter.clone();
        let clear = if text.is_empty() { 0.0 } else { 34.0 };
        let colors = tokens(ui);
        let doubts = workbench.doubts();
        let mut layouter =
            |ui: &Ui, text: &dyn TextBuffer, _: f32| lay_out(ui, text.as_str(), doubts, colors);
        let field = egui::TextEdit::singleline(&mut text)
            .id(field_id())
            .hint_text("Search words, \"phrases\", partner:CN, published:>2016")
            .desired_width(ui.available_width() - clear - 92.0)
            .layouter(&mut layouter);
        let field = ui.add(field).accessible_name("Search articles");
        if field.changed() {
            actions.push(Action::TypeSearch(text.clone()));
        }
        if !text.is_empty()
            && ui
                .button("×")
                .accessible_name("Clear")
                .on_hover_text("Clear the search: show all articles again")
                .clicked()
        {
            actions.push(Action::SetFilter(String::new()));
        }
        menu_ui(ui, workbench, actions);
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        if field.lost_focus() && pressed(Key::Escape) {
            actions.push(Action::SetFilter(String::new()));
        }
        asked.list = field.has_focus() && pressed(Key::ArrowDown);
        asked.first = field.lost_focus() && pressed(Key::Enter);
        if asked.first {
            // What has been typed is whole words now.
            actions.push(Action::SetFilter(text));
        }
    });
    if let Some(error) = parsed.errors.first() {
        // What can't be read narrows nothing: the list would else seem to answer it.
        let rest = if parsed.query.is_all() {
            " All articles are shown."
        } else {
            " The rest is searched for."
        };
        let trouble = Trouble {
            error,
            count: parsed.errors.len(),
            rest,
            color: tokens(ui).adverse,
        };
        trouble_ui(ui, workbench, &trouble, actions);
    } else if let [error, ..] = workbench.doubts() {
        let trouble = Trouble {
            error,
            count: workbench.doubts().len(),
            rest: "",
            color: tokens(ui).attention,
        };
        trouble_ui(ui, workbench, &trouble, actions);
    }
    asked
}

/// What is wrong with a search, or in doubt.
struct Trouble<'a> {
    /// The first.
    error: &'a QueryError,
    /// How many there are.
    count: usize,
    /// What becomes of the rest of the search.
    rest: &'static str,
    color: Color32,
}

/// What is wrong, what was expected, and the change that would mend it.
fn trouble_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    trouble: &Trouble<'_>,
    actions: &mut Vec<Action>,
) {
    let Trouble { error, rest, .. } = trouble;
    widgets::stacked_bar(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GRID / 2.0;
        let more = match trouble.count {
            0 | 1 => String::new(),
            some => format!(" (and {} more)", some - 1),
        };
        let text = widgets::capitalised(&format!("{error}{more}.{rest}"));
        ui.label(RichText::new(text).small().color(trouble.color));
        if let Some(fix) = &error.fix {
            let mended = fix.applied_to(&workbench.view.filter);
            let text = format!("Change to {mended}");
            if widgets::link(ui, &text, "Search for this").clicked() {
                actions.push(Action::SetFilter(mended));
            }
        }
    });
}

/// Colours by what stands where; underlined is what can't be read or that nothing is called by.
fn lay_out(ui: &Ui, text: &str, doubts: &[QueryError], tokens: &Tokens) -> Arc<Galley> {
    let Parsed { errors, marks, .. } = parse(text, &Options::default());
    let plain = TextFormat::simple(FontId::proportional(TEXT), tokens.text);
    let mut cuts: Vec<usize> = vec![0, text.len()];
    let ends = |span: Span| [span.start, span.end];
    cuts.extend(marks.iter().flat_map(|mark| ends(mark.span)));
    cuts.extend(errors.iter().flat_map(|error| ends(error.span)));
    cuts.extend(doubts.iter().flat_map(|doubt| ends(doubt.span)));
    cuts.sort_unstable();
    cuts.dedup();
    let mut job = LayoutJob::default();
    for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
        let Some(piece) = text.get(*from..*to) else {
            continue;
        };
        let holds = |span: Span| span.start <= *from && *to <= span.end;
        let kind = marks.iter().find(|mark| holds(mark.span));
        let color = match kind.map(|mark| mark.kind) {
            Some(MarkKind::Operator | MarkKind::Field) => tokens.accent,
            Some(MarkKind::Regex) => tokens.attention,
            Some(MarkKind::Value | MarkKind::Word | MarkKind::Phrase) | None => tokens.text,
        };
        let is_any = |all: &[QueryError]| all.iter().any(|error| holds(error.span));
        let underline = match (is_any(&errors), is_any(doubts)) {
            (true, _) => Stroke::new(1.5, tokens.adverse),
            (false, true) => Stroke::new(1.5, tokens.attention),
            (false, false) => Stroke::NONE,
        };
        let format = TextFormat {
            color,
            underline,
            ..plain.clone()
        };
        job.append(piece, 0.0, format);
    }
    if job.is_empty() {
        job.append("", 0.0, plain);
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Kept searches, and the language by examples.
fn menu_ui(ui: &mut Ui, workbench: &Workbench, actions: &mut Vec<Action>) {
    let menu = ui.menu_button("Search…", |ui| {
        ui.set_min_width(300.0);
        let filter = &workbench.view.filter;
        let can_keep = !filter.trim().is_empty();
        let keep = egui::Button::new(Command::KeepSearch.name());
        if ui.add_enabled(can_keep, keep).clicked() {
            actions.push(Command::KeepSearch.into());
            ui.close();
        }
        for (name, query) in &workbench.session.searches {
            ui.horizontal(|ui| {
                let chosen = query == filter;
                if ui
                    .selectable_label(chosen, name)
                    .on_hover_text(query)
                    .clicked()
                {
                    actions.push(Action::SetFilter(query.clone()));
                    ui.close();
                }
                let forget = ui.small_button("Delete");
                let forget = forget.accessible_name(format!("Delete the search {name}"));
                if forget.clicked() {
                    actions.push(Action::KeepSearch(name.clone(), None));
                }
            });
        }
        ui.separator();
        ui.label(RichText::new("How to search").strong());
        for (example, meaning) in EXAMPLES {
            let text = format!("{example}  –  {meaning}");
            if ui.button(text).clicked() {
                let all = if filter.trim().is_empty() {
                    (*example).to_owned()
                } else {
                    format!("{} {example}", filter.trim_end())
                };
                actions.push(Action::SetFilter(all));
                ui.close();
            }
        }
    });
    menu.response
        .on_hover_text("Kept searches, and how to search");
}

/// Shown as they can be typed; a click adds one to the search.
const EXAMPLES: &[(&str, &str)] = &[
    ("missile drone", "both words, in any inflection and order"),
    ("missile OR drone", "either"),
    ("missile -drone", "the first and not the second"),
    ("\"joint exercise\"", "these words next to one another"),
    (
        "\"exercise China\"~5",
        "with at most five places between them",
    ),
    ("Lukashenko~", "a letter may differ; two with ~2"),
    ("агресс*", "words that begin so"),
    (
        "/S-\\d00 systems?/",
        "a regular expression, from the beginning of a word on",
    ),
    ("title:drone", "in the title"),
    ("partner:CN", "a partner, by code or name"),
    ("kind:delivery", "a kind of claim"),
    (
        "happened:2015..2018",
        "something is known to have happened then",
    ),
    (
        "partner:CN kind:delivery",
        "one claim that says both; the chart counts such claims only",
    ),
    ("published:>2016", "printed after 2016"),
    ("lang:ru", "a language"),
    ("source:reuters", "where the article comes from"),
    (
        "status:undecided",
        "with suggestions that wait for a decision",
    ),
    ("code:\"arms trade\"", "with a passage coded so"),
    ("author:me", "with work of yours"),
    ("is:conflict", "dates that contradict one another"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_a_search() {
        for (example, _) in EXAMPLES {
            let parsed = parse(example, &Options::default());
            assert_eq!(parsed.errors, [], "{example}");
            assert!(!parsed.query.is_all(), "{example}");
        }
    }
}
