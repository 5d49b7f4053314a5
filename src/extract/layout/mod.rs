//! The shape of a plain text: title, byline, paragraphs of the body, and furniture.
//!
//! A text is read line by line. The *head* is what stands before the first prose, the *tail* what
//! stands after the last; furniture is looked for mostly there, by known phrases and by how lines
//! look (in the manner of jusText and boilerpipe). Everything takes time linear in the length of
//! the text.

mod edges;
mod head;
mod line;
mod look;
pub(in crate::extract) mod markup;
mod metadata;
#[cfg(test)]
mod pages;
mod phrases;
mod repeated;
mod roles;
mod search;
mod tail;
mod teasers;
#[cfg(test)]
mod tests;
mod within;

use super::site::Site;
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
    /// The paragraphs of the body, in order and disjoint, without the title; trimmed. Lines that a
    /// narrow page cut are one paragraph.
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

/// What can be seen of a text without reading its layout.
#[derive(Debug, Default)]
pub(super) struct Glance {
    /// The lines that the articles of a source may share.
    pub(super) lines: Vec<Span>,
    /// The lines that are prose.
    pub(super) prose: Vec<Span>,
    /// Lines before the prose that print a date.
    pub(super) dates: Vec<Span>,
}

/// A text with its lines: what looking it over and reading it both begin with.
#[derive(Debug, Clone)]
pub struct Lined<'a> {
    pub(super) text: &'a str,
    lines: Vec<Line<'a>>,
}

impl<'a> Lined<'a> {
    /// Cuts `text` into lines. Linear in its length.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            lines: line::lines(text),
        }
    }
}

/// Looks a text over: a tenth of the work of reading it.
#[must_use]
pub(super) fn glance(Lined { text, lines }: &Lined<'_>) -> Glance {
    let mut seen = Glance::default();
    for line in lines {
        let is_prose = line.is_prose();
        if !is_prose && look::is_date_line(text, line) {
            if seen.prose.is_empty() {
                seen.dates.push(line.span);
            }
            continue;
        }
        seen.lines.push(line.span);
        if is_prose {
            seen.prose.push(line.span);
        }
    }
    seen
}

/// Reads the layout of a text; `site` is what its source is known for. What only a rule that
/// `is_off` takes for furniture is body.
#[must_use]
pub fn read(
    Lined { text, lines }: &Lined<'_>,
    site: Option<&Site>,
    is_off: impl Fn(&str) -> bool,
) -> Layout {
    let Roles {
        of_lines: roles,
        title,
        byline,
        dates,
        doubtful_dates,
    } = roles::read(text, lines, site);
    let mut layout = Layout {
        title,
        byline,
        dates,
        ..Layout::default()
    };
    let mut body: Vec<Line<'_>> = Vec::new();
    let mut masks: Vec<(Span, FurnitureReason, &'static str)> = Vec::new();
    for (line, role) in lines.iter().zip(&roles) {
        match *role {
            Role::Body => body.push(*line),
            Role::Title => {}
            Role::Furniture(_, rule) if is_off(rule) => body.push(*line),
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
    layout.paragraphs = body.iter().map(|line| line.span).collect();
    edges::trim(text, &mut layout, &mut masks, is_off);
    layout.dates.extend(doubtful_dates);
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
