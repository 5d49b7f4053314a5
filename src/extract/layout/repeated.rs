//! Lines that many articles of a source print: furniture where they stand at the edges or beside
//! other furniture. Inside the text an article may quote, or tell once more, what others told.

use super::line::Line;
use super::look::{byline, is_date_line};
use super::roles::{Role, Roles};
use crate::extract::site::Site;
use crate::model::article::FurnitureReason as Reason;

/// The role of such a line.
const ROLE: Role = Role::Furniture(Reason::Repeated, "furniture/repeated-block");

/// An unended line of so many words is no heading of the article.
const CAPTION_WORDS: usize = 8;

/// The lines of an article that its source prints on many pages.
pub(super) struct Repeated<'a> {
    /// By line: in how many articles; 0 for lines of its own.
    articles: Vec<u32>,
    site: &'a Site,
}

/// Whether a line can be furniture of its source: a date can't, however many share it.
fn may_repeat(text: &str, line: &Line<'_>) -> bool {
    line.is_prose() || !is_date_line(text, line)
}

impl<'a> Repeated<'a> {
    /// `None` where no line is known, or nothing that reads as a text would be left.
    pub(super) fn new(text: &str, lines: &[Line<'_>], site: &'a Site) -> Option<Self> {
        let of = |line: &Line<'_>| {
            let articles = site.repeats(line.text).unwrap_or(0);
            if articles > 0 && may_repeat(text, line) {
                articles
            } else {
                0
            }
        };
        let articles: Vec<u32> = lines.iter().map(of).collect();
        let own = |(line, articles): (&Line<'_>, &u32)| *articles == 0 && line.is_prose();
        let has_text = lines.iter().zip(&articles).any(own);
        let is_any = articles.iter().any(|articles| *articles > 0);
        (is_any && has_text).then_some(Self { articles, site })
    }

    fn is_known(&self, at: usize) -> bool {
        self.articles.get(at).is_some_and(|articles| *articles > 0)
    }

    /// What stands before the first prose of the article's own; a line is left for its title.
    pub(super) fn before_the_text(&self, text: &str, lines: &[Line<'_>], roles: &mut Roles) {
        let is_text = |(at, line): &(usize, &Line<'_>)| line.is_prose() && !self.is_known(*at);
        let Some((first, _)) = lines.iter().enumerate().find(is_text) else {
            return;
        };
        let may_be_title = |at: usize| {
            roles.is_body(at)
                && lines.get(at).is_some_and(|line| {
                    line.words > 1 && may_repeat(text, line) && byline(line).is_none()
                })
        };
        let own_title = (0..first).any(|at| !self.is_known(at) && may_be_title(at));
        let title = (0..first).find(|at| self.is_known(*at) && may_be_title(*at));
        for at in 0..first {
            let is_needed = title == Some(at) && !own_title;
            if self.is_known(at) && roles.is_body(at) && !is_needed {
                roles.set(at, ROLE);
            }
        }
    }

    /// What stands after the text, or between furniture.
    pub(super) fn around_the_text(
        &self,
        lines: &[Line<'_>],
        roles: &mut Roles,
        first_prose: usize,
    ) {
        let tail = self.tail(lines, roles, first_prose);
        let known_there = tail.clone().filter(|at| self.is_known(*at)).count();
        let others = tail.clone().any(|at| !roles.is_body(at));
        for at in tail {
            // A last paragraph alone may be what an agency tells in all its reports.
            let is_common = self
                .articles
                .get(at)
                .is_some_and(|articles| self.site.is_common(*articles));
            let is_paragraph = lines.get(at).is_some_and(Line::is_prose);
            let sure = known_there > 1 || others || is_common || !is_paragraph;
            if self.is_known(at) && roles.is_body(at) && sure {
                roles.set(at, ROLE);
            }
        }
        let masked: Vec<bool> = (0..lines.len())
            .map(|at| matches!(roles.of_lines.get(at), Some(Role::Furniture(..))))
            .collect();
        let is_masked = |at: Option<usize>| at.and_then(|at| masked.get(at)).copied();
        for (at, line) in lines.iter().enumerate().skip(first_prose) {
            if !self.is_known(at) || !roles.is_body(at) {
                continue;
            }
            let beside = [at.checked_sub(1), Some(at + 1)].map(is_masked);
            let is_furniture = if line.is_prose() {
                beside == [Some(true); 2]
            } else {
                beside.contains(&Some(true)) || (line.words >= CAPTION_WORDS && !line.ends)
            };
            if is_furniture {
                roles.set(at, ROLE);
            }
        }
    }

    /// The lines after the last one that is the article's own. A few short ones may stand between
    /// what is known: the headline of the day, a date.
    fn tail(
        &self,
        lines: &[Line<'_>],
        roles: &Roles,
        first_prose: usize,
    ) -> std::ops::Range<usize> {
        const SHORT: usize = 4;
        let mut begin = lines.len();
        let mut short = 0;
        for (at, line) in lines.iter().enumerate().skip(first_prose).rev() {
            if !roles.is_body(at) || self.is_known(at) {
                begin = at;
                short = 0;
            } else if line.is_short() && short < SHORT {
                short += 1;
            } else {
                break;
            }
        }
        begin..lines.len()
    }
}
