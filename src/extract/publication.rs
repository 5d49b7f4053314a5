//! When an article was published, as far as its text tells.
//!
//! The date is read where a text prints it (date line, front matter, sign-off), never from a
//! caption, another article's teaser or the clock. Then it is held against what the text tells.

use super::layout::Layout;
use super::letter::is_alphanumeric;
use super::sentence;
use super::steps;
use super::time::{self, Found};
use crate::model::article::{Publication, PublicationStatus};
use crate::model::date::{DayRange, When};
use crate::model::span::Span;

#[cfg(test)]
mod tests;

/// The publication date: `published` where it is known from elsewhere, else what is printed.
#[must_use]
pub fn read(text: &str, layout: &Layout, found: &[Found], published: Option<&When>) -> Publication {
    if let Some(when) = published {
        return Publication {
            when: Some(when.clone()),
            status: PublicationStatus::Stated,
            span: None,
            reason: "The date was given with the article.".to_owned(),
            content_when: None,
        };
    }
    let printed = match printed(text, layout, found) {
        Ok(printed) => printed,
        Err(none) => return none.publication(text),
    };
    let quoted = printed.span.of(text).unwrap_or_default();
    let mut publication = Publication {
        status: if printed.is_period {
            PublicationStatus::Period
        } else {
            PublicationStatus::Stated
        },
        reason: if printed.is_period {
            format!("The text is a digest of the period that it prints: “{quoted}”.")
        } else {
            format!("The text prints its date: “{quoted}”.")
        },
        span: Some(printed.span),
        when: Some(printed.when),
        content_when: None,
    };
    if let Some(conflict) = printed_wrong(&printed.found, quoted)
        .or_else(|| contradiction(text, layout, &publication, found))
    {
        publication.status = PublicationStatus::Conflict;
        publication.reason = conflict.reason;
        publication.content_when = conflict.content_when;
    }
    publication
}

/// Why a text is no date of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Either number may be the month.
    Ambiguous,
    /// It is no date, or not one only.
    NoDate,
}

/// The date that `text` is, which was given with an article: with its weekday and an hour at most,
/// and nothing else.
///
/// # Errors
/// When it is none, or means one of two days.
pub fn given(text: &str) -> Result<When, Unread> {
    let found = time::scan_span(text, Span::new(0, text.len()));
    let [date] = found.as_slice() else {
        return Err(Unread::NoDate);
    };
    let around = [text.get(..date.span.start), text.get(date.span.end..)];
    let is_alone = around.into_iter().flatten().all(|rest| {
        rest.split(|c: char| !c.is_alphabetic())
            .all(|word| word.is_empty() || OF_AN_HOUR.contains(&word.to_lowercase().as_str()))
    });
    if !is_alone {
        return Err(Unread::NoDate);
    }
    let when = if date.is_slashed() {
        let day_first = time::Order::of(text, &found).day_first(date);
        let day_first = day_first.ok_or(Unread::Ambiguous)?;
        date.slashed(day_first)
    } else {
        date.explicit()
    };
    when.filter(|when| !when.is_vague()).ok_or(Unread::NoDate)
}

/// Words that stand beside a date and are of the hour, or of no weight.
const OF_AN_HOUR: &[&str] = &[
    "on", "at", "am", "pm", "a", "p", "m", "h", "t", "z", "utc", "gmt", "bst", "cet", "cest",
    "eet", "eest", "msk", "est", "edt", "pst", "pdt", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "в", "у", "г", "р", "мск",
];

struct Printed {
    span: Span,
    when: When,
    is_period: bool,
    found: Found,
}

/// Why a text has no date of its own.
#[derive(Debug, Clone, Copy)]
enum Undated {
    Unprinted,
    /// Which of the two is the month?
    Slashed(Span),
    /// "2019-02-30"
    NoSuchDay(Span),
    /// "OSLO, 5 May (HNA) –": where, month and day.
    NoYear(Span, (u8, u8)),
}

impl Undated {
    /// A day without its year is told, though no axis has a place for it.
    fn publication(self, text: &str) -> Publication {
        let mut publication = Publication::missing(&self.reason(text));
        if let Self::NoYear(span, (month, day)) = self {
            publication.when = format!("XXXX-{month:02}-{day:02}").parse().ok();
            publication.span = Some(span);
        }
        publication
    }

    fn reason(self, text: &str) -> String {
        let quoted = |span: Span| span.of(text).unwrap_or_default();
        match self {
            Self::Unprinted => "The text prints no date of its own: no date line, front matter or sign-off has one.".to_owned(),
            Self::Slashed(span) => format!(
                "The text prints “{}”, and nothing tells which of the two is the month.",
                quoted(span)
            ),
            Self::NoYear(span, _) => format!(
                "The text prints its date without the year: “{}”.",
                quoted(span)
            ),
            Self::NoSuchDay(span) => format!(
                "The text prints “{}” as its date, and there is no such day.",
                quoted(span)
            ),
        }
    }
}

/// The day by which what the text tells of was written: its date, unless the text tells of a later
/// day as past.
pub(crate) fn written(publication: &Publication) -> Option<&When> {
    let when = publication.when.as_ref()?;
    let told = publication
        .content_when
        .as_ref()
        .and_then(|told| told.days().first);
    let is_too_early = publication.status == PublicationStatus::Conflict
        && told
            .zip(when.days().last)
            .is_some_and(|(told, printed)| told > printed);
    (!is_too_early).then_some(when)
}

/// The first full date in the places that may print it; one that is said to be of a later change
/// only where there is no other. Else the first date that can be read in two ways or in none.
fn printed(text: &str, layout: &Layout, found: &[Found]) -> Result<Printed, Undated> {
    let mut changed = None;
    let mut unclear = None;
    let order = time::Order::of(text, found);
    for place in &layout.dates {
        let dates = time::scan_day(text, *place);
        if let [only] = dates.as_slice()
            && let Some(day) = only.day_without_year()
        {
            unclear = unclear.or(Some(Undated::NoYear(only.span, day)));
        }
        for found_here in dates.into_iter().filter(Found::is_day) {
            let label = label_before(text, found_here.span.start);
            if label == Some(Label::Other) {
                continue;
            }
            let when = found_here
                .explicit()
                .or_else(|| found_here.slashed(order.day_first(&found_here)?));
            let Some(when) = when else {
                if found_here.is_slashed() {
                    unclear = unclear.or(Some(Undated::Slashed(found_here.span)));
                } else if found_here.is_no_day() {
                    unclear = unclear.or(Some(Undated::NoSuchDay(found_here.span)));
                }
                continue;
            };
            let printed = Printed {
                span: found_here.span,
                is_period: when.days().single().is_none(),
                when,
                found: found_here,
            };
            if label == Some(Label::Changed) {
                changed = changed.or(Some(printed));
            } else {
                return Ok(printed);
            }
        }
    }
    changed.ok_or(unclear.unwrap_or(Undated::Unprinted))
}

/// What the words before a date say that it is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    /// "Updated", "обновлено"
    Changed,
    /// "Accessed on", "deadline"
    Other,
}

/// Beginnings of the words that say what a date is of.
const LABELS: &[(&str, Label)] = &[
    ("publish", Label::Published),
    ("posted", Label::Published),
    ("created", Label::Published),
    ("опублик", Label::Published),
    ("публикац", Label::Published),
    ("размещен", Label::Published),
    ("створен", Label::Published),
    ("опублік", Label::Published),
    ("апублік", Label::Published),
    ("публікац", Label::Published),
    ("update", Label::Changed),
    ("modified", Label::Changed),
    ("edited", Label::Changed),
    ("revised", Label::Changed),
    ("lastmod", Label::Changed),
    ("обновл", Label::Changed),
    ("изменен", Label::Changed),
    ("изменён", Label::Changed),
    ("отредакт", Label::Changed),
    ("оновл", Label::Changed),
    ("змінен", Label::Changed),
    ("абноўл", Label::Changed),
    ("зменен", Label::Changed),
    ("accessed", Label::Other),
    ("retrieved", Label::Other),
    ("deadline", Label::Other),
    ("expires", Label::Other),
    ("обращения", Label::Other),
    ("звернення", Label::Other),
];

/// The label that stands before a date, on its line or alone on the one before.
fn label_before(text: &str, date: usize) -> Option<Label> {
    /// So many words and bytes before it.
    const WORDS: usize = 5;
    const REACH: usize = 64;
    let from = text.ceil_char_boundary(date.saturating_sub(REACH));
    let before = text.get(from..date)?;
    let line = before.rfind('\n').map_or(before, |at| {
        let (above, own) = before.split_at(at);
        // A label of its own line ends with a colon, or is all of it.
        let is_alone = own.trim().is_empty();
        let above = above.rsplit('\n').find(|line| !line.trim().is_empty());
        above
            .filter(|line| is_alone && line.split_whitespace().count() <= 3)
            .unwrap_or(own)
    });
    line.rsplit(|c: char| !is_alphanumeric(c))
        .filter(|word| !word.is_empty())
        .take(WORDS)
        // Another date ends what belongs to this one; an hour does not.
        .take_while(|word| word.len() < 4 || !word.bytes().all(|b| b.is_ascii_digit()))
        .find_map(|word| {
            let word = word.to_lowercase();
            let known = LABELS.iter().find(|(stem, _)| word.starts_with(stem));
            known.map(|(_, label)| *label)
        })
}

struct Conflict {
    reason: String,
    content_when: Option<When>,
}

fn printed_wrong(found: &Found, quoted: &str) -> Option<Conflict> {
    (found.weekday_fits() == Some(false)).then(|| {
        let fitting: Vec<String> = found.years_that_fit().iter().map(ToString::to_string).collect();
        let fitting = match fitting.as_slice() {
            [] => String::new(),
            years => format!(" The day was that weekday in {}.", years.join(" and ")),
        };
        Conflict {
            reason: format!(
                "The page is dated “{quoted}”, but that day was another weekday: weekday or date is misprinted.{fitting}"
            ),
            content_when: None,
        }
    })
}

/// What the text tells that does not fit its date.
fn contradiction(
    text: &str,
    layout: &Layout,
    publication: &Publication,
    found: &[Found],
) -> Option<Conflict> {
    steps::count(found.len());
    let days = publication.when.as_ref()?.days();
    plan_that_had_ended(text, days, found)
        .or_else(|| told_before_it_happened(text, layout, days, found))
}

/// A day without a year, told together with a plan "for 2012-2015", on a page that is dated after
/// the plan had ended: the text is older than its page.
fn plan_that_had_ended(text: &str, days: DayRange, found: &[Found]) -> Option<Conflict> {
    let published = days.first?.date()?;
    let (plan, (first, last)) = found
        .iter()
        .filter_map(|f| Some((f, f.planned_years()?)))
        .find(|(_, (_, last))| *last < published.year())?;
    let near = found
        .iter()
        .filter(|f| f.zone == plan.zone)
        .find_map(|f| Some((f, f.day_without_year()?)));
    let (day, (month, _)) = near?;
    let said = |span: Span| span.of(text).unwrap_or_default();
    Some(Conflict {
        reason: format!(
            "The page is dated {}, but the text tells of “{}” and of a plan for {}, which was over by {}: the text seems to be of about {first}, and the page date that of a later posting.",
            spelled(published),
            said(day.span),
            said(plan.span),
            last + 1,
        ),
        content_when: format!("{first:04}-{month:02}~").parse().ok(),
    })
}

/// How long after its date a text may tell of a day, in days, before that is strange.
const STRANGE_AFTER: i32 = 45;

/// No plan is told of with a date so many days ahead: a century.
const NO_PLAN: i32 = 36_525;

/// A date after the publication, in a sentence that tells of the past; or one so far after it that
/// nobody can have meant it.
fn told_before_it_happened(
    text: &str,
    layout: &Layout,
    days: DayRange,
    found: &[Found],
) -> Option<Conflict> {
    let last = days.last?;
    let zones: Vec<Span> = layout.zones().collect();
    let (later, when, is_past) = found.iter().find_map(|f| {
        let when = f.explicit().filter(|_| f.is_day() || f.is_when())?;
        let first = when.days().first?;
        let after = |days: i32| first.0 > last.0.saturating_add(days);
        let is_past = || {
            if f.is_day() && tells_of_the_past(text, f.span) {
                return true;
            }
            let zone = zones.get(f.zone).copied();
            zone.is_some_and(|zone| is_told_as_past(text, zone, f.span))
        };
        let is_past = after(STRANGE_AFTER) && is_past();
        (is_past || after(NO_PLAN)).then_some((f, when, is_past))
    })?;
    let quoted = later.span.of(text).unwrap_or_default();
    let date = spelled(last.date()?);
    Some(Conflict {
        reason: if is_past {
            format!(
                "The page is dated {date}, but the text tells of “{quoted}” as past, which is later."
            )
        } else {
            format!(
                "The page is dated {date}, but the text tells of “{quoted}”, more than a century later."
            )
        },
        content_when: Some(when),
    })
}

/// Whether the sentence around the date at `span` says that something was done then: its verb of
/// the past stands right before or behind it, or the date opens the sentence.
fn is_told_as_past(text: &str, zone: Span, span: Span) -> bool {
    /// What may put the verb into doubt.
    const DOUBTS: [&str; 10] = [
        "if",
        "unless",
        "when",
        "once",
        "be",
        "если",
        "когда",
        "якщо",
        "калі",
        "коли",
    ];
    let near = Span::new(
        zone.start.max(span.start.saturating_sub(AROUND)),
        zone.end.min(span.end.saturating_add(AROUND)),
    )
    .clamped_to(text);
    let sentences = sentence::split(text, &[near]);
    let Some(sentence) = sentences.iter().find(|s| s.contains(span)) else {
        return false;
    };
    let words = sentence.of(text).unwrap_or_default();
    let mut each = words.split(|c: char| !is_alphanumeric(c));
    if time::looks_ahead(words) || each.any(|word| DOUBTS.contains(&word)) {
        return false;
    }
    let before = text.get(sentence.start..span.start).unwrap_or_default();
    let after = text.get(span.end..sentence.end).unwrap_or_default();
    time::is_past_beside(before, after)
}

/// How much of the text around a date is read for its tense, in bytes.
const AROUND: usize = 200;

fn tells_of_the_past(text: &str, span: Span) -> bool {
    let around = Span::new(span.start.saturating_sub(AROUND), span.end + AROUND).clamped_to(text);
    let words = around.of(text).unwrap_or_default();
    let past = words.split(|c: char| !is_alphanumeric(c)).any(|w| {
        matches!(
            w,
            "was"
                | "were"
                | "had"
                | "signed"
                | "held"
                | "met"
                | "said"
                | "visited"
                | "был"
                | "была"
                | "были"
                | "прошла"
                | "прошел"
                | "подписали"
                | "состоялась"
                | "состоялся"
        )
    });
    past && !time::looks_ahead(words)
}

/// A date in words: "22 April 2016".
fn spelled(date: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    let month = MONTHS.get(month).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}
