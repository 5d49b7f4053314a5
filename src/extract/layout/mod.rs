//! The shape of a plain text: title, byline, paragraphs of the body, and furniture.
//!
//! A text is read line by line. The *head* is what stands before the first prose, the *tail* what
//! stands after the last; furniture is looked for mostly there, by known phrases and by how lines
//! look (in the manner of jusText and boilerpipe). Everything takes time linear in the length of
//! the text.

mod edges;
mod line;
mod phrases;
mod roles;
#[cfg(test)]
mod tests;

use crate::model::article::{Furniture, FurnitureReason};
use crate::model::finding::{Finding, Rule, Suggestion};
use crate::model::span::Span;

use line::Line;
use roles::{Role, Roles};

/// What the lines of a text are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The headline, where the text has one.
    pub title: Option<Span>,
    /// The author, without the "By".
    pub byline: Option<Span>,
    /// The paragraphs of the body, in order and disjoint, without the title; trimmed. A line that
    /// goes on in the next one is one paragraph with it.
    pub paragraphs: Vec<Span>,
    /// The furniture, in order and disjoint, with the rules that found it.
    pub furniture: Vec<Suggestion>,
    /// Where the publication date may be printed, the most trusted place first.
    pub dates: Vec<Span>,
}

impl Layout {
    /// Title and paragraphs: where actors and dates are looked for.
    pub fn zones(&self) -> impl Iterator<Item = Span> + '_ {
        self.title
            .into_iter()
            .chain(self.paragraphs.iter().copied())
    }
}

/// Reads the layout of `text`.
#[must_use]
pub fn read(text: &str) -> Layout {
    let lines = line::lines(text);
    let Roles {
        roles,
        title,
        byline,
        dates,
    } = roles::read(text, &lines);
    let mut layout = Layout {
        title,
        byline,
        dates,
        ..Layout::default()
    };
    let mut body: Vec<Line<'_>> = Vec::new();
    let mut masks: Vec<(Span, FurnitureReason, &'static str)> = Vec::new();
    let mut apart = true;
    for (line, role) in lines.iter().zip(&roles) {
        let after_blank = line.after_blank || apart;
        apart = *role != Role::Body;
        match *role {
            // Nothing joins lines across one that is not body.
            Role::Body => body.push(Line {
                after_blank,
                ..*line
            }),
            Role::Title => {}
            Role::Furniture(reason, rule) => match masks.last_mut() {
                // Lines of one block are one range, with what stands between them.
                Some((span, last, named))
                    if *last == reason
                        && *named == rule
                        && !between(text, *span, line.span, &layout, &body) =>
                {
                    *span = span.cover(line.span);
                }
                _ => masks.push((line.span, reason, rule)),
            },
        }
    }
    layout.paragraphs = paragraphs(&body);
    edges::trim(text, &mut layout, &mut masks);
    masks.sort_unstable_by_key(|mask| mask.0);
    layout.furniture = masks
        .into_iter()
        .map(|(span, reason, rule)| {
            Suggestion::new(
                Finding::Furniture(Furniture { span, reason }),
                Rule::named(rule),
                90,
            )
        })
        .collect();
    layout
}

/// Whether title or body stands between two lines.
fn between(_text: &str, before: Span, after: Span, layout: &Layout, body: &[Line<'_>]) -> bool {
    let lies = |span: Span| before.end <= span.start && span.end <= after.start;
    layout.title.is_some_and(lies) || body.last().is_some_and(|line| lies(line.span))
}

/// Joins the lines that a narrow page cut: no sentence ends, and the next line goes on in lower
/// case.
fn paragraphs(body: &[Line<'_>]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(body.len());
    let mut cut = false;
    for line in body {
        let goes_on = line.text.starts_with(char::is_lowercase) && !line.after_blank;
        match out.last_mut() {
            Some(last) if cut && goes_on => *last = last.cover(line.span),
            _ => out.push(line.span),
        }
        cut = !line.ends && line.words >= 5;
    }
    out
}
