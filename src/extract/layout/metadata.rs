//! Lines that print the date of their page, alone or with what sites put beside it: place, author,
//! section, counters, an hour.

use super::line::Line;
use super::look::is_name;
use super::phrases;
use crate::extract::lexicon::list::Stems;
use crate::extract::time::{self, Found};
use crate::model::span::Span;

/// How a line of the head prints a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    /// Date and what is said beside one make up the line.
    Whole,
    /// The line is something else, a headline perhaps, with a date at its edge: where.
    AtEdge(Span),
}

/// Longer lines are none, in bytes.
const BYTES: usize = 260;

/// How `line` prints a day, if it does. `titled`: the headline stands in another line.
pub(super) fn dated(text: &str, line: &Line<'_>, titled: bool) -> Option<Dated> {
    if line.span.len() > BYTES || line.bullet || !line.text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let found = time::scan_day(text, line.span);
    let first = found.iter().find(|f| is_full_day(f))?;
    let day = first.span;
    if is_digest(line, first) {
        return Some(Dated::AtEdge(day));
    }
    let before = text.get(line.span.start..day.start)?;
    let gaps = gaps(&found, line.span);
    let mut strays = 0;
    for gap in gaps {
        strays += strays_of(gap.of(text).unwrap_or_default());
    }
    // "Harbour Works, 12 March 2024" is a headline where there is no other.
    let opens = !before.chars().any(char::is_alphabetic) || is_label(before);
    if is_agency_byline(before) && day.end == line.span.end {
        return Some(Dated::Whole);
    }
    if strays == 0 && (titled || opens || before.contains(['|', '·', '•', '●'])) {
        return Some(Dated::Whole);
    }
    // "harbour.exampleRead the originalмарт 12-го, 2024": no sentence runs into its date.
    let is_glued = before.ends_with(char::is_alphabetic);
    if titled && is_glued && is_rubric(before.rsplit('.').next()?) && day.end == line.span.end {
        return Some(Dated::Whole);
    }
    // "Ports and harbours 12.03.2024 at 14:05": a rubric with the minute of posting.
    if titled && is_rubric(before) && is_hour(text.get(day.end..line.span.end)?) {
        return Some(Dated::Whole);
    }
    if opens {
        return Some(Dated::AtEdge(day));
    }
    // A headline with a date at its end: an hour, a sign or figures tell it from one of its words.
    let after = text.get(day.end..line.span.end)?;
    let closes = !after.chars().any(char::is_alphabetic);
    let is_apart = after.contains(':')
        || before
            .trim_end()
            .ends_with(['|', '·', '•', '–', '—', '(', '/'])
        || before.ends_with(" - ")
        || day.of(text)?.bytes().all(|b| !b.is_ascii_alphabetic()) && day.of(text)?.is_ascii();
    (closes && is_apart && !line.ends).then_some(Dated::AtEdge(day))
}

/// "Harbour digest, 4–10 March 2024": a headline with the days that its text sums up.
fn is_digest(line: &Line<'_>, found: &Found) -> bool {
    static DIGESTS: Stems = Stems::new(&[
        "digest",
        "roundup",
        "round-up",
        "bulletin",
        "weekly",
        "review",
        "newsletter",
        "дайджест",
        "обзор",
        "сводк",
        "хроник",
        "бюллетен",
        "агляд",
        "огляд",
        "хронік",
        "бюлетен",
        "зводк",
        "зведенн",
    ]);
    let days = found.explicit().map(|when| when.days());
    let is_period = days.is_some_and(|days| days.single().is_none() && days.closed().is_some());
    is_period
        && !line.ends
        && line
            .text
            .split(|c: char| !c.is_alphabetic() && c != '-')
            .filter(|word| !word.is_empty())
            .any(|word| DIGESTS.begin(&word.to_lowercase()))
}

/// A few words that end no sentence.
fn is_rubric(words: &str) -> bool {
    /// So many at most.
    const WORDS: usize = 5;
    words.split_whitespace().count() <= WORDS && !words.contains(['.', '!', '?', ':', '"', '«'])
}

/// "at 14:05", "в 14:05": an hour with its minute and nothing else.
fn is_hour(after: &str) -> bool {
    after.contains(':')
        && after
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| word.bytes().all(|b| b.is_ascii_digit()) || is_said_beside(word))
}

/// "by Staff Writers Port Louis (HNA) ": who wrote, where, and for which agency.
fn is_agency_byline(before: &str) -> bool {
    /// So many words at most.
    const WORDS: usize = 10;
    let Some((names, agency)) = before
        .trim_end()
        .strip_suffix(')')
        .and_then(|before| before.rsplit_once('('))
    else {
        return false;
    };
    let mut words = names.split_whitespace();
    let opens = words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("by"));
    let is_agency = (2..=10).contains(&agency.len())
        && agency
            .chars()
            .all(|c| c.is_uppercase() || matches!(c, '/' | '-'));
    opens && is_agency && names.split_whitespace().count() <= WORDS && words.all(is_name)
}

/// The day with its year that a label puts before a text, on its line: "date 2016-05-03 The minister …".
pub(super) fn labelled_day(text: &str, line: Span) -> Option<Span> {
    /// Label and date have so many bytes at most.
    const REACH: usize = 60;
    let head = Span::new(line.start, line.end.min(line.start + REACH)).clamped_to(text);
    if !head.of(text)?.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let found = time::scan_day(text, head);
    let day = found.iter().find(|f| is_full_day(f))?.span;
    let before = text.get(line.start..day.start)?;
    // "On 3 May 2016 the minister" has no label.
    let names_it = before
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() >= 4);
    (names_it && is_label(before)).then_some(day)
}

/// Whether it is a day with its year.
pub(super) fn is_full_day(found: &Found) -> bool {
    found.is_slashed() || found.is_day() && found.explicit().is_some()
}

/// Whether names, a full date and what is said beside one make up all of `span`.
pub(super) fn is_signed_date(text: &str, span: Span) -> bool {
    const NAMES: usize = 6;
    let digits = span.of(text).unwrap_or_default().bytes();
    if span.len() > BYTES || digits.filter(u8::is_ascii_digit).count() < 3 {
        return false;
    }
    let found = time::scan_span(text, span);
    let names = |gap: Span| {
        let words = gap.of(text).unwrap_or_default();
        words
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(|word| {
                let is_said = is_said_beside(word);
                (is_said || word.starts_with(char::is_uppercase), !is_said)
            })
            .fold((true, 0), |(all, count), (is_name, counts)| {
                (all && is_name, count + usize::from(counts))
            })
    };
    let (all, count) = gaps(&found, span)
        .into_iter()
        .map(names)
        .fold((true, 0), |(all, sum), (each, count)| {
            (all && each, sum + count)
        });
    found.iter().any(is_full_day) && all && count <= NAMES
}

/// What stands between the expressions.
fn gaps(found: &[Found], span: Span) -> Vec<Span> {
    let mut at = span.start;
    let mut gaps = Vec::with_capacity(found.len() + 1);
    for next in found
        .iter()
        .map(|f| f.span)
        .chain([Span::new(span.end, span.end)])
    {
        gaps.push(Span::new(at, next.start.max(at)));
        at = next.end.max(at);
    }
    gaps
}

fn is_label(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(is_said_beside)
}

fn is_said_beside(word: &str) -> bool {
    phrases::DATE_LINE_WORDS.contains(&word.to_lowercase().as_str())
}

const fn parts_fields(c: char) -> bool {
    matches!(
        c,
        '|' | '·'
            | '•'
            | '●'
            | '∙'
            | '/'
            | '\\'
            | '–'
            | '—'
            | ','
            | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '›'
            | '»'
            | '«'
            | '"'
            | '\t'
    )
}

/// How many fields of `gap` are neither said beside a date, nor a name, a counter or what a label
/// announces.
fn strays_of(gap: &str) -> usize {
    /// Names and the values of labels have so many words at most.
    const NAME: usize = 3;
    const VALUE: usize = 6;
    let mut strays = 0;
    let mut rest = gap;
    let mut labelled = false;
    while !rest.is_empty() {
        // A hyphen parts words only where spaces stand around it.
        let end = [rest.find(parts_fields), rest.find("  "), rest.find(" - ")]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(rest.len());
        let field = rest.get(..end).unwrap_or_default();
        let sign = rest.get(end..).and_then(|r| r.chars().next());
        rest = rest
            .get(end + sign.map_or(0, char::len_utf8)..)
            .unwrap_or_default();
        // "[Ports](/news/ports)": the target of a link is not said.
        if sign == Some(']')
            && let Some((_, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')'))
        {
            rest = after;
        }
        let is_value = labelled;
        let mut words = 0;
        let mut figures = 0;
        let mut are_names = true;
        for word in field.split_whitespace() {
            if !word.contains(char::is_alphabetic) {
                figures += usize::from(word.contains(|c: char| c.is_ascii_digit()));
                continue;
            }
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            // "12 Comment(s)"
            if is_said_beside(bare) || bare == "s" {
                continue;
            }
            words += 1;
            are_names &= is_name(bare) || phrases::PARTICLES.contains(&bare);
        }
        if field.split_whitespace().next().is_some() {
            labelled = sign == Some(':') && words <= 2 && figures == 0;
        }
        // "Posted by admin in Ports on"
        let is_said = words <= VALUE && {
            let lower = field.trim_start().to_lowercase();
            phrases::PUBLISHED
                .iter()
                .any(|label| lower.starts_with(label))
        };
        labelled |= is_said;
        let is_counter = figures > 0 && words <= 2;
        let fits = words == 0
            || (are_names && words <= NAME)
            || is_counter
            || is_said
            || (is_value && words <= VALUE)
            || (labelled && words <= 2);
        strays += usize::from(!fits);
    }
    strays
}
