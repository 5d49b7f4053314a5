//! What each line is: title, body, or furniture with its reason.

use rustc_hash::FxHashMap;

use super::line::Line;
use super::look::{
    byline, ends_with_credit, is_comments_heading, is_credit_within, is_date_line, is_excerpt,
    is_glued_rubrics, is_list_of_names, is_markup, is_navigation, is_newsletter,
    is_numbered_picture, is_path, is_related_heading, lowered,
};
use super::metadata::{Dated, dated, is_signed_date};
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
const HEADING_WORDS: usize = 8;

/// A headline is no longer than this, in bytes.
const TITLE_BYTES: usize = 1500;

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

/// Whether a line says where or when it was published.
fn tells_of_publication(line: &Line<'_>) -> bool {
    let lower = lowered(line);
    phrases::PUBLISHED
        .iter()
        .any(|phrase| lower.starts_with(phrase))
}

/// What a line is, seen alone.
fn by_itself(line: &Line<'_>) -> Role {
    let lower = lowered(line);
    let starts = |list: &Stems| list.begin(&lower);
    let short = line.words <= 30;
    if is_markup(line.text) {
        Role::Furniture(Reason::Markup, "line/markup")
    } else if short && starts(&phrases::TAGS) || is_glued_rubrics(line) {
        Role::Furniture(Reason::Tags, "line/tags")
    } else if (short && starts(&phrases::CREDIT) && line.words <= 24)
        || (line.words <= 40 && search::CREDIT_WITHIN.is_in(&lower))
        || (line.words >= 8 && ends_with_credit(line))
    {
        Role::Furniture(Reason::PhotoCredit, "line/photo-credit")
    } else if is_path(line) {
        Role::Furniture(Reason::Navigation, "line/path")
    } else if line.words < 60 && is_numbered_picture(line.text) {
        Role::Furniture(Reason::PhotoCredit, "line/gallery")
    } else if is_excerpt(line, &lower) {
        Role::Furniture(Reason::RelatedItems, "line/excerpt")
    } else if is_list_of_names(line) {
        Role::Furniture(Reason::Navigation, "line/list-of-names")
    } else if line.words < 60 && search::SITE.is_in(&lower) {
        Role::Furniture(Reason::SignOff, "line/site")
    } else if short && starts(&phrases::RELATED_LINE) {
        Role::Furniture(Reason::RelatedItems, "line/read-also")
    } else {
        Role::Body
    }
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
    fn may_be_dated(&self, at: usize) -> bool {
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
        if !lines.first().is_some_and(fence) {
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
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let trimmed = value.trim_matches(['"', '\'']);
            let start = line.span.end - value.len()
                + (value.len() - value.trim_start_matches(['"', '\'']).len());
            let span = Span::new(start, start + trimmed.len());
            match name.trim().to_lowercase().as_str() {
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
                _ => {}
            }
        }
        end
    }

    /// The first line of prose that is not the headline.
    fn first_prose(&self, text: &str, lines: &[Line<'_>], from: usize) -> usize {
        let prose = |at: &usize| {
            lines
                .get(*at)
                .is_some_and(|line| line.is_prose() || line.bullet)
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
                    && (line.words < 60 || lines.get(first + 1).is_some_and(is_below)) =>
            {
                (first + 1..lines.len()).find(prose).unwrap_or(lines.len())
            }
            _ => first,
        }
    }

    /// Title, date line, byline, rubrics and captions before the first prose.
    fn head(&mut self, text: &str, lines: &[Line<'_>], from: usize, first_prose: usize) {
        let mut candidates = Vec::new();
        for (at, line) in lines.iter().enumerate().take(first_prose).skip(from) {
            // A date is read first: what sites put beside it is furniture as well.
            if !self.is_body(at) && !self.may_be_dated(at) {
                continue;
            }
            let titled = self.title.is_some() || !candidates.is_empty() || {
                let below = lines.get(at + 1..first_prose).unwrap_or_default();
                below.iter().any(|line| line.words >= HEADING_WORDS / 2)
            };
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
            let role = if is_date_line {
                self.dates.push(line.span);
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
            } else {
                candidates.push(at);
                continue;
            };
            self.set(at, role);
        }
        self.headline(lines, &candidates, first_prose < lines.len());
    }

    /// Which of the lines left in the head is the title, and what the others are.
    ///
    /// Where the text has no prose at all, short lines are what it consists of, and stay.
    fn headline(&mut self, lines: &[Line<'_>], candidates: &[usize], has_prose: bool) {
        let key = |at: usize| lines.get(at).map(Line::key).unwrap_or_default();
        let words = |at: usize| lines.get(at).map_or(0, |line| line.words);
        let title = if self.title.is_some() {
            None
        } else {
            let keys: Vec<String> = candidates.iter().take(12).map(|at| key(*at)).collect();
            let repeated = candidates
                .iter()
                .zip(&keys)
                .find(|(_, k)| keys.iter().filter(|other| other == k).count() > 1)
                .map(|(at, _)| *at);
            let first = candidates.first().copied();
            let longer = candidates
                .iter()
                .copied()
                .take(4)
                .find(|at| words(*at) >= 4);
            let title = repeated.or_else(|| match first {
                Some(at) if words(at) <= 3 => longer.or(first),
                other => other,
            });
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
            } else if has_prose && title.is_some_and(|title| at < title) && line.words <= 12 {
                self.set(at, Role::Furniture(Reason::Rubric, "head/before-the-title"));
            }
        }
    }

    /// Captions and headlines that a page prints again: what ends as a sentence may be quoted.
    fn repeated(&mut self, lines: &[Line<'_>]) {
        /// Shorter lines may well recur.
        const WORDS: usize = 6;
        let is_link = |line: &&Line<'_>| line.words >= WORDS && !line.ends;
        let mut times: FxHashMap<&str, usize> = FxHashMap::default();
        for line in lines.iter().filter(is_link) {
            *times.entry(line.text).or_default() += 1;
        }
        for (at, line) in lines.iter().enumerate() {
            if times.get(line.text).is_some_and(|count| *count > 1) && self.is_body(at) {
                self.set(
                    at,
                    Role::Furniture(Reason::RelatedItems, "line/printed-again"),
                );
            }
        }
    }

    /// Blocks that a heading opens: other articles, newsletters, comments.
    fn blocks(&mut self, lines: &[Line<'_>], first_prose: usize) {
        /// Before so many paragraphs "Comments" is a link.
        const PARAGRAPHS: usize = 4;
        // Only prose is weighed: a long menu before the article is none of it.
        let weight = |line: &Line<'_>| if line.is_prose() { line.span.len() } else { 0 };
        let total: usize = lines.iter().map(weight).sum();
        let mut before = 0;
        let mut paragraphs = 0;
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let opens = if !self.is_body(at)
                && !matches!(
                    self.of_lines.get(at),
                    Some(Role::Furniture(
                        Reason::Navigation | Reason::RelatedItems,
                        _
                    ))
                ) {
                None
            } else if is_related_heading(line) {
                Some((Reason::RelatedItems, "block/similar-articles"))
            } else if is_comments_heading(line) && paragraphs >= PARAGRAPHS {
                Some((Reason::Navigation, "block/comments"))
            } else if is_newsletter(line) {
                Some((Reason::Newsletter, "block/newsletter"))
            } else {
                None
            };
            let Some((reason, rule)) =
                opens.filter(|_| at >= first_prose || first_prose == lines.len())
            else {
                before += weight(line);
                paragraphs += usize::from(line.is_prose());
                at += 1;
                continue;
            };
            // Nothing of the article follows what its readers wrote.
            let end = if reason == Reason::Navigation {
                lines.len()
            } else {
                block_end(lines, at, reason, before, total)
            };
            for inside in at..end {
                if self.of_lines.get(inside) == Some(&Role::Title) {
                    self.title = None;
                }
                self.set(inside, Role::Furniture(reason, rule));
            }
            before += lines
                .get(at..end)
                .unwrap_or_default()
                .iter()
                .map(weight)
                .sum::<usize>();
            at = end;
        }
    }

    /// Short lines in a row, none of which ends as a sentence: links, not paragraphs.
    fn runs_of_links(&mut self, lines: &[Line<'_>], first_prose: usize) {
        /// So many lines in a row are links; so many where each is as long as a headline.
        const RUN: usize = 6;
        const HEADLINES: usize = 2;
        /// Shorter lines may be headings of the article itself.
        const HEADLINE_WORDS: usize = 6;
        let mut begin = first_prose;
        for at in first_prose..=lines.len() {
            let goes_on = lines.get(at).is_some_and(|line| {
                line.is_unended() && self.of_lines.get(at) != Some(&Role::Title)
            });
            if goes_on {
                continue;
            }
            let run = lines.get(begin..at).unwrap_or_default();
            let are_headlines =
                run.len() >= HEADLINES && run.iter().all(|line| line.words >= HEADLINE_WORDS);
            if run.len() >= RUN || are_headlines {
                for inside in begin..at {
                    if self.is_body(inside) {
                        self.set(inside, Role::Furniture(Reason::Navigation, "block/links"));
                    }
                }
            }
            begin = at + 1;
        }
    }

    /// Lines between paragraphs that are too long for a heading and end no sentence, where the
    /// paragraphs all end theirs: captions, and headlines of other articles.
    fn captions(&mut self, lines: &[Line<'_>], first_prose: usize) {
        /// So many paragraphs tell how the text is written.
        const PARAGRAPHS: usize = 5;
        let body = || {
            let lines = lines.iter().enumerate().skip(first_prose);
            lines.filter(|(at, _)| self.is_body(*at))
        };
        let long = |line: &Line<'_>| line.words >= 25 && !line.bullet;
        let paragraphs = body().filter(|(_, line)| long(line)).count();
        let unended = body().filter(|(_, line)| long(line) && !line.ends).count();
        if paragraphs < PARAGRAPHS || unended * 10 > paragraphs {
            return;
        }
        let captions: Vec<usize> = body()
            .filter(|(_, line)| line.words >= HEADING_WORDS && line.is_unended())
            .map(|(at, _)| at)
            .collect();
        for at in captions {
            self.set(
                at,
                Role::Furniture(Reason::PhotoCredit, "line/between-paragraphs"),
            );
        }
    }

    /// What stands after the last paragraph of a text that has several, and ends no sentence.
    fn after_the_text(&mut self, lines: &[Line<'_>], first_prose: usize) {
        const PARAGRAPHS: usize = 4;
        let prose: Vec<usize> = (first_prose..lines.len())
            .filter(|at| self.is_body(*at) && lines.get(*at).is_some_and(Line::is_prose))
            .collect();
        let Some(last) = prose.last().filter(|_| prose.len() >= PARAGRAPHS) else {
            return;
        };
        for (at, line) in lines.iter().enumerate().skip(last + 1) {
            if self.is_body(at) && line.is_unended() {
                self.set(
                    at,
                    Role::Furniture(Reason::Navigation, "tail/after-the-text"),
                );
            }
        }
    }

    /// The only line of the text that is a date, after its beginning: below the first paragraphs,
    /// or below the last, where a place or an office signs.
    fn date_below(&mut self, text: &str, lines: &[Line<'_>], first_prose: usize) {
        /// So many lines after the first paragraph, and before the end.
        const NEAR: usize = 3;
        const LAST: usize = 6;
        if !self.dates.is_empty() {
            return;
        }
        // "Source: Harbour News, 5 May 2016", "First published on 5 May 2016."
        let sources: Vec<Span> = lines
            .iter()
            .enumerate()
            .skip(first_prose)
            .filter(|(at, line)| {
                self.may_be_dated(*at) && line.words <= 14 && tells_of_publication(line)
            })
            .map(|(_, line)| line.span)
            .collect();
        self.doubtful_dates.extend(sources);
        let mut dated = lines
            .iter()
            .enumerate()
            .skip(first_prose)
            .filter(|(at, line)| {
                self.is_body(*at) && line.words <= 14 && is_signed_date(text, line.span)
            });
        let (Some((at, line)), None) = (dated.next(), dated.next()) else {
            return;
        };
        let body_after = (at + 1..lines.len()).filter(|next| self.is_body(*next));
        let is_last = body_after.take(LAST).count() < LAST;
        // The headline of another article has its date below it.
        let is_of_another = at
            .checked_sub(1)
            .and_then(|before| lines.get(before))
            .is_some_and(|before| before.is_unended() && before.words >= HEADING_WORDS - 2);
        if (at <= first_prose + NEAR || is_last) && !is_of_another {
            self.dates.push(line.span);
            self.set(at, Role::Furniture(Reason::DateLine, "line/date-line"));
        }
    }

    /// Links, names and dates after the last prose; credits anywhere.
    fn tail(&mut self, lines: &[Line<'_>], first_prose: usize) {
        for (at, line) in lines.iter().enumerate().skip(first_prose) {
            if self.is_body(at) && is_navigation(line) {
                self.set(at, Role::Furniture(Reason::Navigation, "line/navigation"));
            } else if self.is_body(at) && !line.is_prose() && is_credit_within(line) {
                self.set(at, Role::Furniture(Reason::PhotoCredit, "line/caption"));
            }
        }
        self.runs_of_links(lines, first_prose);
        self.captions(lines, first_prose);
        self.after_the_text(lines, first_prose);
        let mut seen = 0;
        for (at, line) in lines.iter().enumerate().skip(first_prose + 1).rev() {
            if !self.is_body(at) {
                continue;
            }
            let lower = lowered(line);
            if is_navigation(line) {
                self.set(at, Role::Furniture(Reason::Navigation, "tail/navigation"));
            } else if seen < 3 && search::SIGN_OFF.is_in(&lower) && line.words < 60 {
                seen += 1;
                self.set(at, Role::Furniture(Reason::SignOff, "tail/sign-off"));
            } else if line.is_short() && line.capitals * 2 >= line.words && line.after_blank {
                self.set(at, Role::Furniture(Reason::Navigation, "tail/link"));
            } else {
                break;
            }
        }
    }
}

/// One past the last line of the block that line `at` opens. It goes on to the end, unless the
/// article itself plainly goes on: most of its prose is still to come, and no date of
/// another article announces it.
fn block_end(lines: &[Line<'_>], at: usize, reason: Reason, before: usize, total: usize) -> usize {
    /// So many paragraphs in a row are no teasers.
    const RUN: usize = 3;
    let mut announced = false;
    // The items of a list that the heading opens are its own.
    let items = lines
        .get(at + 1..)
        .unwrap_or_default()
        .iter()
        .take_while(|line| line.bullet)
        .count();
    for (next, line) in lines.iter().enumerate().skip(at + 1 + items) {
        // "The headline of another art..." is cut off, not ended.
        let is_cut_off =
            line.words < 25 && (line.text.ends_with("...") || line.text.ends_with('…'));
        if line.is_prose() && !is_cut_off {
            let much_to_come = before * 2 < total;
            let hardly_begun = before * 6 < total;
            let is_another = reason == Reason::RelatedItems && announced;
            // Paragraph after paragraph is the article; teasers have headings between.
            let is_run = lines
                .get(next..next + RUN)
                .is_some_and(|run| run.iter().all(Line::is_prose));
            let goes_on = hardly_begun || ((much_to_come || is_run) && !is_another);
            return if goes_on { next } else { lines.len() };
        }
        // A day with its year; a year alone announces nothing.
        announced |= line.is_short() && line.text.bytes().filter(u8::is_ascii_digit).count() >= 5;
    }
    lines.len()
}
