//! What each line is: title, body, or furniture with its reason.

use super::line::{Line, MANY_WORDS};
use super::look::{
    byline, ends_with_credit, has_credit, is_bio, is_date_line, is_excerpt, is_figure,
    is_glued_rubrics, is_glued_to_related, is_list_of_names, is_markup, is_no_script,
    is_numbered_picture, is_path, is_said_twice, lowered,
};
use super::metadata::labelled_day;
use super::phrases;
use super::repeated::Repeated;
use super::search;
use crate::extract::lexicon::list::Stems;
use crate::extract::site::Site;
use crate::model::article::FurnitureReason as Reason;
use crate::model::span::Span;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Body,
    Title,
    Furniture(Reason, &'static str),
}

/// What the lines are, and what the metadata among them say.
pub(super) struct Roles {
    pub(super) of_lines: Vec<Role>,
    pub(super) title: Option<Span>,
    pub(super) byline: Option<Span>,
    pub(super) dates: Vec<Span>,
    /// Places that are trusted less: the edge of a headline.
    pub(super) doubtful_dates: Vec<Span>,
}

/// An unended line of so many words is no heading inside an article.
pub(super) const HEADING_WORDS: usize = 8;

/// Reads what `lines` are.
pub(super) fn read(text: &str, lines: &[Line<'_>], site: Option<&Site>) -> Roles {
    let mut this = Roles {
        of_lines: lines.iter().map(|line| by_itself(line)).collect(),
        title: None,
        byline: None,
        dates: Vec::new(),
        doubtful_dates: Vec::new(),
    };
    let after_matter = this.front_matter(lines);
    let repeated = site.and_then(|site| Repeated::new(text, lines, site));
    if let Some(repeated) = &repeated {
        repeated.before_the_text(text, lines, &mut this);
    }
    let first_prose = this.first_prose(text, lines, after_matter);
    this.head(text, lines, after_matter, first_prose);
    this.cut_off(lines);
    this.repeated(lines);
    this.blocks(lines, first_prose);
    this.pairs(lines, first_prose);
    this.date_below(text, lines, first_prose);
    this.tail(lines, first_prose);
    if let Some(repeated) = &repeated {
        repeated.around_the_text(lines, &mut this, first_prose);
    }
    this
}

/// What a line is, seen alone.
fn by_itself(line: &Line<'_>) -> Role {
    // Phrases are looked for in no longer ones.
    let lower = if line.words < MANY_WORDS {
        lowered(line)
    } else {
        String::new()
    };
    // "*Image courtesy of the ministry*"
    let opening = lower.trim_start_matches(['*', '_']);
    let starts = |list: &Stems| list.begin(opening);
    let short = line.words <= 30;
    let may_be = line.words < MANY_WORDS && search::SITE_OR_CREDIT.is_in(&lower);
    if is_markup(line.text) || is_no_script(line.text) {
        Role::Furniture(Reason::Markup, "line/markup")
    } else if short && starts(&phrases::TAGS) || is_glued_rubrics(line) {
        Role::Furniture(Reason::Tags, "line/tags")
    } else if (short && starts(&phrases::CREDIT) && line.words <= 24)
        || (may_be && line.words <= 40 && has_credit(line, &lower))
        || (line.words >= 8 && ends_with_credit(line))
        || may_be && search::SIDES.is_in(&lower)
        || starts(&phrases::IN_THE_PICTURE)
        || is_said_twice(line)
    {
        Role::Furniture(Reason::PhotoCredit, "line/photo-credit")
    } else if is_path(line) {
        Role::Furniture(Reason::Navigation, "line/path")
    } else if line.words < 60 && is_figure(line, &lower) {
        Role::Furniture(Reason::PhotoCredit, "line/caption")
    } else if line.words < 60 && is_numbered_picture(line.text) {
        Role::Furniture(Reason::PhotoCredit, "line/gallery")
    } else if is_excerpt(line, &lower) {
        Role::Furniture(Reason::RelatedItems, "line/excerpt")
    } else if is_list_of_names(line) {
        Role::Furniture(Reason::Navigation, "line/list-of-names")
    } else if may_be && search::SITE.is_in(begins(line, &lower)) || is_bio(line.text) {
        Role::Furniture(Reason::SignOff, "line/site")
    } else if short && (starts(&phrases::RELATED_LINE) || is_glued_to_related(line.text)) {
        Role::Furniture(Reason::RelatedItems, "line/read-also")
    } else {
        Role::Body
    }
}

/// What of a line is asked what site it is of: of a long one, only how it begins.
fn begins<'l>(line: &Line<'_>, lower: &'l str) -> &'l str {
    /// In words; sentences that a site adds to a text are no longer.
    const LONG: usize = 40;
    /// In bytes.
    const BEGINNING: usize = 160;
    if line.words <= LONG {
        return lower;
    }
    lower
        .get(..lower.floor_char_boundary(BEGINNING))
        .unwrap_or(lower)
}

/// Where the day stands with which the last part of a path begins: "/news/2016-05-03-harbour/".
fn day_of_path(path: &str, start: usize) -> Option<Span> {
    const DAY: &str = "0000-00-00";
    let parts = path.trim_end_matches('/');
    let last = parts.rfind('/').map_or(0, |at| at + 1);
    let day = parts.get(last..last + DAY.len())?;
    let is_day = day.bytes().zip(DAY.bytes()).all(|(byte, like)| {
        let is_figure = like.is_ascii_digit();
        is_figure == byte.is_ascii_digit() && (is_figure || byte == like)
    });
    let goes_on = parts.get(last + DAY.len()..)?;
    (is_day && (goes_on.is_empty() || goes_on.starts_with(['-', '_', '.'])))
        .then(|| Span::new(start + last, start + last + DAY.len()))
}

impl Roles {
    pub(super) fn set(&mut self, at: usize, role: Role) {
        if let Some(slot) = self.of_lines.get_mut(at) {
            *slot = role;
        }
    }

    pub(super) fn is_body(&self, at: usize) -> bool {
        self.of_lines.get(at) == Some(&Role::Body)
    }

    /// Whether line `at` was taken for what may share its line with a date.
    pub(super) fn may_be_dated(&self, at: usize) -> bool {
        matches!(
            self.of_lines.get(at),
            Some(Role::Furniture(
                Reason::SignOff | Reason::PhotoCredit | Reason::Tags | Reason::Navigation,
                _
            ))
        )
    }

    /// Fields between two lines of dashes at the very beginning. Answers the first line after.
    fn front_matter(&mut self, lines: &[Line<'_>]) -> usize {
        const MOST_FIELDS: usize = 60;
        let fence = |line: &Line<'_>| line.text.len() >= 3 && line.text.bytes().all(|b| b == b'-');
        // "---json"
        let opens = |line: &Line<'_>| {
            let named = line.text.strip_prefix("---").unwrap_or_default();
            fence(line) || matches!(named, "json" | "yaml" | "toml")
        };
        if !lines.first().is_some_and(opens) {
            return 0;
        }
        let Some(close) = lines.iter().take(MOST_FIELDS).skip(1).position(fence) else {
            return 0;
        };
        let end = close + 2;
        for (at, line) in lines.iter().enumerate().take(end) {
            self.set(
                at,
                Role::Furniture(Reason::FrontMatter, "block/front-matter"),
            );
            let Some((name, value)) = line.text.split_once(':') else {
                continue;
            };
            // "\"date\": \"2016-05-03\","
            let value = value.trim().trim_end_matches(',');
            if value.is_empty() {
                continue;
            }
            let end = line.span.end - usize::from(line.text.ends_with(','));
            let trimmed = value.trim_matches(['"', '\'']);
            let start =
                end - value.len() + (value.len() - value.trim_start_matches(['"', '\'']).len());
            let span = Span::new(start, start + trimmed.len());
            let name = name.trim().trim_matches('"').to_lowercase();
            match name.as_str() {
                "title" => self.title = Some(span),
                "author" | "authors" | "by" => self.byline = Some(span),
                "date"
                | "published"
                | "pubdate"
                | "created"
                | "publish_date"
                | "date_published"
                | "datepublished"
                | "published_at"
                | "publisheddate"
                | "publishdate"
                | "publication_date"
                | "pub_date"
                | "posted"
                | "article:published_time"
                | "created_at"
                | "дата"
                | "опубликовано"
                | "дата публикации"
                | "опубліковано"
                | "апублікавана" => self.dates.push(span),
                "updated" | "modified" | "lastmod" | "date_modified" | "updated_at"
                | "last_modified" => self.doubtful_dates.push(span),
                // Sites made of files name these by the day of posting.
                "permalink" | "slug" | "url" | "path" | "file" => {
                    self.doubtful_dates.extend(day_of_path(trimmed, start));
                }
                _ => {}
            }
        }
        end
    }

    /// The first line of prose that is not the headline.
    fn first_prose(&self, text: &str, lines: &[Line<'_>], from: usize) -> usize {
        // Items of a word or two are a menu.
        let is_item = |line: &Line<'_>| line.bullet && (line.words > 3 || line.ends_a_sentence());
        let prose = |at: &usize| {
            lines
                .get(*at)
                .is_some_and(|line| line.is_prose() && !line.is_cut_off() || is_item(line))
                && self.is_body(*at)
        };
        let first = (from..lines.len()).find(prose).unwrap_or(lines.len());
        // A long headline looks like prose but for the missing full stop. However long it is, a
        // date or an author below it shows it.
        let is_below = |line: &Line<'_>| is_date_line(text, line) || byline(line).is_some();
        match lines.get(first) {
            Some(line)
                if self.title.is_none()
                    && !line.ends
                    && !line.bullet
                    && labelled_day(text, line.span).is_none()
                    && (line.words < 60 || lines.get(first + 1).is_some_and(is_below)) =>
            {
                // Without any other prose it is the text, if a sentence ends in it.
                let none = if line.holds_sentence() {
                    first
                } else {
                    lines.len()
                };
                (first + 1..lines.len()).find(prose).unwrap_or(none)
            }
            _ => first,
        }
    }
}
