//! The head: what stands before the first prose.

use super::line::Line;
use super::look::{byline, is_credit_within, is_date_line, is_navigation, is_prompt, lowered};
use super::metadata::{Dated, dated, labelled_day};
use super::phrases;
use super::roles::{HEADING_WORDS, Role, Roles};
use crate::model::article::FurnitureReason as Reason;
use crate::model::span::Span;

/// A headline is no longer than this, in bytes.
const TITLE_BYTES: usize = 1500;

impl Roles {
    /// Title, date line, byline, rubrics and captions before the first prose.
    pub(super) fn head(&mut self, text: &str, lines: &[Line<'_>], from: usize, first_prose: usize) {
        let mut candidates = Vec::new();
        let mut dated_lines: Vec<(usize, Span)> = Vec::new();
        // The last line that may be a headline: looked for once, since a page may have any number of
        // lines that are none.
        let is_heading = |line: &Line<'_>| line.words >= HEADING_WORDS / 2;
        let heading = lines.get(..first_prose).unwrap_or_default();
        let heading = heading.iter().rposition(is_heading).unwrap_or(0);
        for (at, line) in lines.iter().enumerate().take(first_prose).skip(from) {
            // A date is read first: what sites put beside it is furniture as well.
            if !self.is_body(at) && !self.may_be_dated(at) {
                continue;
            }
            let titled = self.title.is_some() || !candidates.is_empty() || at < heading;
            // "Photo: Jane Doe, 5 May 2016" has the date of the picture.
            let dated = dated(text, line, titled && self.is_body(at))
                .filter(|_| self.is_body(at) || !phrases::CREDIT.begin(&lowered(line)));
            let is_date_line = is_date_line(text, line) || dated == Some(Dated::Whole);
            if let Some(Dated::AtEdge(day)) = dated
                && !is_date_line
                && self.is_body(at)
            {
                self.doubtful_dates.push(day);
            }
            if let Some(day) = labelled_day(text, line.span).filter(|_| !is_date_line) {
                self.doubtful_dates.push(day);
            }
            let role = if is_date_line {
                dated_lines.push((at, line.span));
                Role::Furniture(Reason::DateLine, "head/date-line")
            } else if !self.is_body(at) {
                continue;
            } else if let Some(name) = byline(line) {
                self.byline = self.byline.or((!name.is_empty()).then_some(name));
                Role::Furniture(Reason::Byline, "head/byline")
            } else if line.text.ends_with(':') && line.words <= 4 {
                Role::Furniture(Reason::Rubric, "head/label")
            } else if titled && line.text.starts_with('[') && line.is_unended() {
                Role::Furniture(Reason::Rubric, "head/before-the-title")
            } else if is_credit_within(line) {
                Role::Furniture(Reason::PhotoCredit, "head/caption")
            } else if is_navigation(line) {
                Role::Furniture(Reason::Navigation, "head/navigation")
            } else if titled && line.words <= HEADING_WORDS && is_prompt(line) {
                Role::Furniture(Reason::Newsletter, "line/prompt")
            } else {
                candidates.push(at);
                continue;
            };
            self.set(at, role);
        }
        self.headline(lines, &candidates, first_prose);
        // Below the headline stands its own date; above it, the nearest is.
        let title = self.of_lines.iter().position(|role| *role == Role::Title);
        let (above, below): (Vec<_>, Vec<_>) = dated_lines
            .into_iter()
            .partition(|(at, _)| title.is_some_and(|title| *at < title));
        let in_order = below.into_iter().chain(above.into_iter().rev());
        self.dates.extend(in_order.map(|(_, span)| span));
    }

    /// Which of the lines left in the head is the title, and what the others are.
    ///
    /// Where the text has no prose at all, short lines are what it consists of, and stay.
    fn headline(&mut self, lines: &[Line<'_>], candidates: &[usize], first_prose: usize) {
        let has_prose = first_prose < lines.len();
        let key = |at: usize| lines.get(at).map(Line::key).unwrap_or_default();
        let words = |at: usize| lines.get(at).map_or(0, |line| line.words);
        let title = if self.title.is_some() {
            None
        } else {
            let keys: Vec<String> = candidates.iter().take(12).map(|at| key(*at)).collect();
            // The words of a picture stand below it once more; a headline stands apart from itself.
            let is_caption = |nth: usize| {
                let is_twice = |one: usize, other: usize| {
                    let lines = candidates.get(one).zip(candidates.get(other));
                    keys.get(one) == keys.get(other) && lines.is_some_and(|(a, b)| a + 1 == *b)
                };
                (is_twice(nth, nth + 1) || nth > 0 && is_twice(nth - 1, nth))
                    && candidates.iter().take(nth).any(|above| {
                        words(*above) >= HEADING_WORDS / 2 && Some(&key(*above)) != keys.get(nth)
                    })
            };
            let repeated = candidates
                .iter()
                .zip(&keys)
                .enumerate()
                .find(|(nth, (_, key))| {
                    keys.iter().filter(|other| other == key).count() > 1 && !is_caption(*nth)
                })
                .map(|(_, (at, _))| *at);
            let first = candidates.first().copied();
            let longer = candidates
                .iter()
                .copied()
                .take(4)
                .find(|at| words(*at) >= 4)
                // What ends with a full stop is the text, where nothing else is prose or where the
                // date of the page stands above it, below the first.
                .filter(|at| {
                    let is_text = || lines.get(*at).is_some_and(|line| is_sentence(line));
                    let between = first.and_then(|first| self.of_lines.get(first..*at));
                    let is_dated = between.is_some_and(|roles| {
                        roles.contains(&Role::Furniture(Reason::DateLine, "head/date-line"))
                    });
                    !((!has_prose || is_dated) && is_text())
                });
            let title = repeated.or_else(|| match first {
                Some(at) if words(at) <= 3 => longer.or(first),
                other => other,
            });
            let title = match title {
                Some(at) if repeated.is_none() => {
                    better_headline(lines, candidates, at, first_prose).or(title)
                }
                other => other,
            };
            title.filter(|at| {
                lines
                    .get(*at)
                    .is_some_and(|line| line.span.len() <= TITLE_BYTES)
            })
        };
        if let Some(at) = title {
            self.title = lines.get(at).map(|line| line.span);
            self.set(at, Role::Title);
        }
        let title_key = match (title, self.title) {
            (Some(at), _) => key(at),
            _ => String::new(),
        };
        let is_teaser = |line: &Line<'_>| line.words >= HEADING_WORDS && line.is_unended();
        let teasers = candidates
            .iter()
            .filter(|at| Some(**at) != title)
            .filter_map(|at| lines.get(*at))
            .filter(|line| is_teaser(line))
            .count();
        for at in candidates.iter().copied().filter(|at| Some(*at) != title) {
            let Some(line) = lines.get(at) else { continue };
            if !title_key.is_empty() && key(at) == title_key {
                self.set(
                    at,
                    Role::Furniture(Reason::RepeatedTitle, "head/title-again"),
                );
            } else if has_prose && title.is_some() && line.is_short() {
                self.set(
                    at,
                    Role::Furniture(Reason::Rubric, "head/rubric-or-caption"),
                );
            } else if has_prose && title.is_some() && teasers > 1 && is_teaser(line) {
                self.set(at, Role::Furniture(Reason::RelatedItems, "head/teasers"));
            } else if has_prose
                && title.is_some_and(|title| at < title)
                && (line.words <= 12 || line.is_unended() || line.is_cut_off())
            {
                self.set(at, Role::Furniture(Reason::Rubric, "head/before-the-title"));
            }
        }
    }
}

fn is_sentence(line: &Line<'_>) -> bool {
    line.text.ends_with('.') && !line.is_cut_off()
}

/// The candidate that the text is about, where the one `at` shares no word with it or is cut off:
/// headlines of other articles stand above many a page.
fn better_headline(
    lines: &[Line<'_>],
    candidates: &[usize],
    at: usize,
    first_prose: usize,
) -> Option<usize> {
    /// So many candidates are weighed, of so many words at least.
    const CANDIDATES: usize = 8;
    const WORDS: usize = 4;
    /// What they are weighed by: so many lines of the text.
    const LINES: usize = 2;
    /// Words of fewer letters are in every text; of longer ones the beginning is compared.
    const LETTERS: usize = 5;
    /// So many words in common are no accident.
    const SHARED: usize = 2;
    let others = || {
        let near = candidates.iter().copied().take(CANDIDATES);
        near.filter_map(|other| Some((other, lines.get(other)?)))
            .filter(|(_, line)| line.words >= WORDS && !line.is_cut_off())
    };
    others().find(|(other, _)| *other != at)?;
    let text: Vec<String> = lines
        .get(first_prose..)?
        .iter()
        .filter(|line| line.is_prose())
        .take(LINES)
        .map(lowered)
        .collect();
    let shared = |line: &Line<'_>| {
        let lower = lowered(line);
        let words = lower.split(|c: char| !c.is_alphanumeric());
        words
            .filter_map(|word| {
                let (end, _) = word.char_indices().nth(LETTERS - 1)?;
                let end = end + word.get(end..)?.chars().next()?.len_utf8();
                word.get(..end)
            })
            .filter(|stem| text.iter().any(|line| line.contains(stem)))
            .count()
    };
    let first = lines.get(at)?;
    if !first.is_cut_off() && shared(first) > 0 {
        return None;
    }
    others()
        .map(|(other, line)| (shared(line), other))
        .filter(|(count, _)| *count >= SHARED)
        // Of equals the first.
        .max_by_key(|(count, other)| (*count, usize::MAX - other))
        .map(|(_, other)| other)
}
