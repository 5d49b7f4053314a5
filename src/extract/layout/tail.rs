//! What stands among the paragraphs and after the last: blocks that a heading opens, runs of links,
//! captions, prompts, signatures.

use rustc_hash::FxHashMap;

use super::line::Line;
use super::look::{
    is_author_heading, is_comments_heading, is_contact, is_credit_within, is_end_mark,
    is_navigation, is_newsletter, is_prompt, is_related_heading, lowered, names_rights, signs_off,
};
use super::metadata::is_signed_date;
use super::phrases;
use super::roles::{HEADING_WORDS, Role, Roles};
use crate::extract::letter;
use crate::extract::lexicon::list::Words;
use crate::model::article::FurnitureReason as Reason;
use crate::model::span::Span;

impl Roles {
    /// Captions and headlines that a page prints again: what ends as a sentence may be quoted.
    pub(super) fn repeated(&mut self, lines: &[Line<'_>]) {
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
    pub(super) fn blocks(&mut self, lines: &[Line<'_>], first_prose: usize) {
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
                        Reason::Navigation | Reason::RelatedItems | Reason::Markup,
                        _
                    ))
                ) {
                None
            } else if is_related_heading(line) {
                Some((Reason::RelatedItems, "block/similar-articles"))
            } else if is_comments_heading(line)
                && (paragraphs >= PARAGRAPHS || paragraphs >= 2 && before * 2 >= total)
            {
                Some((Reason::Navigation, "block/comments"))
            } else if (is_end_mark(line.text) || is_author_heading(line))
                && paragraphs >= 2
                && before * 2 >= total
            {
                Some((Reason::SignOff, "block/after-the-end"))
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
            // Nothing of the article follows what its readers wrote, or its end.
            let end = if matches!(reason, Reason::Navigation | Reason::SignOff) {
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
        /// Longer lists are menus, whatever stands above.
        const LIST: usize = 15;
        // "They want three things:" opens a list of the article.
        let is_list = |begin: usize, run: &[Line<'_>]| {
            let above = begin.checked_sub(1).and_then(|above| lines.get(above));
            above.is_some_and(|line| line.text.ends_with(':') && line.words >= 3)
                && run.len() < LIST
        };
        let mut begin = first_prose;
        for at in first_prose..=lines.len() {
            let goes_on = lines.get(at).is_some_and(|line| {
                line.is_unended() && self.of_lines.get(at) != Some(&Role::Title)
            });
            if goes_on {
                continue;
            }
            let run = lines.get(begin..at).unwrap_or_default();
            // Lines without an empty one between, up to a short one that ends a sentence, are a
            // sentence that was cut.
            let is_cut = run.iter().all(|line| !line.after_blank)
                && lines.get(at).is_some_and(|last| {
                    !last.after_blank && last.ends_a_sentence() && !last.is_prose()
                });
            if is_cut && run.len() < RUN {
                begin = at + 1;
                continue;
            }
            let are_headlines =
                run.len() >= HEADLINES && run.iter().all(|line| line.words >= HEADLINE_WORDS);
            if (run.len() >= RUN || are_headlines) && !is_list(begin, run) {
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
        const PARAGRAPHS: usize = 1;
        /// Fewer words that end with a full stop may be a link as well.
        const SENTENCE: usize = 3;
        let body = |at: &usize| self.is_body(*at);
        let prose = (first_prose..lines.len())
            .filter(body)
            .filter(|at| lines.get(*at).is_some_and(Line::is_prose));
        if prose.count() < PARAGRAPHS {
            return;
        }
        let is_sentence = |at: &usize| {
            lines
                .get(*at)
                .is_some_and(|line| line.ends_a_sentence() && line.words >= SENTENCE)
        };
        let Some(last) = (first_prose..lines.len())
            .rev()
            .filter(body)
            .find(is_sentence)
        else {
            return;
        };
        // "The members are:" is followed by a list.
        if lines.get(last).is_some_and(|line| line.text.ends_with(':')) {
            return;
        }
        for (at, line) in lines.iter().enumerate().skip(last + 1) {
            // A sentence with an agency's name behind it is the last of the text.
            let holds_sentence = line.words >= HEADING_WORDS && line.holds_sentence();
            let is_cut = at == last + 1 && at + 1 == lines.len() && goes_on(line);
            if self.is_body(at) && line.is_unended() && !holds_sentence && !is_cut {
                self.set(
                    at,
                    Role::Furniture(Reason::Navigation, "tail/after-the-text"),
                );
            }
        }
    }

    /// The only line of the text that is a date, after its beginning: below the first paragraphs,
    /// or below the last, where a place or an office signs.
    pub(super) fn date_below(&mut self, text: &str, lines: &[Line<'_>], first_prose: usize) {
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
        // "Published at: 5 May 2016", between the paragraphs as well.
        let labelled = |(at, line): &(usize, &Line<'_>)| {
            self.is_body(*at)
                && line.words <= 14
                && tells_of_publication(line)
                && is_signed_date(text, line.span)
        };
        let mut labelled = lines.iter().enumerate().skip(first_prose).filter(labelled);
        if let Some((at, line)) = labelled.next() {
            self.dates.push(line.span);
            self.set(at, Role::Furniture(Reason::DateLine, "line/date-line"));
            return;
        }
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
        let is_of_another = at.checked_sub(1).is_some_and(|above| {
            let above = lines.get(above).filter(|_| self.is_body(above));
            above.is_some_and(|line| line.is_unended() && line.words >= HEADING_WORDS - 2)
        });
        // Only paragraphs count: pictures and links may stand between.
        let before = (first_prose..at).filter(|line| self.is_body(*line)).count();
        if (before <= NEAR || is_last) && !is_of_another {
            self.dates.push(line.span);
            self.set(at, Role::Furniture(Reason::DateLine, "line/date-line"));
        }
    }

    /// Links, names and dates after the last prose; credits anywhere.
    pub(super) fn tail(&mut self, lines: &[Line<'_>], first_prose: usize) {
        /// A line of more words may hold more than a sign-off, unless its first sentence is one.
        const PARAGRAPH: usize = 30;
        /// Below a line that is none, only so many more are asked whether they begin as one.
        const STRAYS: usize = 4;
        for (at, line) in lines.iter().enumerate().skip(first_prose) {
            if self.is_body(at) && is_navigation(line) {
                self.set(at, Role::Furniture(Reason::Navigation, "line/navigation"));
            } else if self.is_body(at) && is_contact(line) {
                self.set(at, Role::Furniture(Reason::SignOff, "line/contact"));
            } else if self.is_body(at) && is_prompt(line) {
                self.set(at, Role::Furniture(Reason::Newsletter, "line/prompt"));
            } else if self.is_body(at) && !line.is_prose() && is_credit_within(line) {
                self.set(at, Role::Furniture(Reason::PhotoCredit, "line/caption"));
            }
        }
        self.runs_of_links(lines, first_prose);
        self.captions(lines, first_prose);
        let mut seen = 0;
        let mut strays = 0;
        for (at, line) in lines.iter().enumerate().skip(first_prose + 1).rev() {
            if !self.is_body(at) {
                continue;
            }
            let lower = lowered(line);
            // Of a paragraph that ends with it, only the last sentences go: see `edges`.
            let opening = if line.words > PARAGRAPH {
                lower.find(['.', '!', '?']).unwrap_or(lower.len())
            } else {
                lower.len()
            };
            let signs = signs_off(lower.get(..opening).unwrap_or(&lower), strays > 0);
            if is_navigation(line) && strays == 0 {
                self.set(at, Role::Furniture(Reason::Navigation, "tail/navigation"));
            } else if seen < 3 && (signs && line.words < 60 || names_rights(&lower)) {
                seen += 1;
                self.set(at, Role::Furniture(Reason::SignOff, "tail/sign-off"));
            } else if strays == 0
                && line.is_short()
                && line.capitals * 2 >= line.words
                && (line.after_blank || line.text.starts_with('/'))
            {
                self.set(at, Role::Furniture(Reason::Navigation, "tail/link"));
            } else {
                strays += 1;
                if strays > STRAYS {
                    break;
                }
            }
        }
        self.after_the_text(lines, first_prose);
    }
}

/// Whether a line says where or when it was published.
fn tells_of_publication(line: &Line<'_>) -> bool {
    let lower = lowered(line);
    phrases::PUBLISHED
        .iter()
        .any(|phrase| lower.starts_with(phrase))
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
        if line.is_prose() && !line.is_cut_off() {
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

/// Words that add to what was told.
static ADDS: Words = Words::new(&[
    "also",
    "besides",
    "meanwhile",
    "moreover",
    "furthermore",
    "earlier",
    "напомним",
    "также",
    "кроме",
    "помимо",
    "ранее",
    "нагадаємо",
    "також",
    "крім",
    "раніше",
    "нагадаем",
    "таксама",
    "акрамя",
    "раней",
]);

/// Whether an unended line may be a paragraph of the text that was cut off: no headline is so long, or
/// begins by adding to what was told.
fn goes_on(line: &Line<'_>) -> bool {
    /// In words.
    const LONG: usize = 16;
    let first = line.text.split(|c: char| !c.is_alphabetic()).next();
    let adds = first.is_some_and(|first| ADDS.has(&letter::lower(first)));
    let is_long = line.words >= LONG && line.text.contains(',');
    // A capital in every third word is a headline's.
    (is_long || adds && line.words >= HEADING_WORDS) && line.capitals * 3 < line.words
}
