//! When an article was published, as far as its text tells.
//!
//! The date is read where a text prints it (date line, front matter, sign-off), never from a
//! caption, another article's teaser or the clock. Then it is held against what the text tells.

use super::layout::Layout;
use super::time::{self, Found};
use crate::model::article::{Publication, PublicationStatus};
use crate::model::date::{DayRange, When};
use crate::model::span::Span;

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
    let Some(printed) = printed(text, layout) else {
        return Publication::missing(
            "The text prints no date of its own: no date line, front matter or sign-off has one.",
        );
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
    if let Some(conflict) =
        printed_wrong(&printed.found, quoted).or_else(|| contradiction(text, &publication, found))
    {
        publication.status = PublicationStatus::Conflict;
        publication.reason = conflict.reason;
        publication.content_when = conflict.content_when;
    }
    publication
}

struct Printed {
    span: Span,
    when: When,
    is_period: bool,
    found: Found,
}

/// The first full date in the places that may print it.
fn printed(text: &str, layout: &Layout) -> Option<Printed> {
    layout.dates.iter().find_map(|place| {
        time::scan_span(text, *place).into_iter().find_map(|found| {
            let when = found.explicit().filter(|_| found.is_day())?;
            let days = when.days();
            Some(Printed {
                span: found.span,
                is_period: days.single().is_none(),
                when,
                found,
            })
        })
    })
}

struct Conflict {
    reason: String,
    content_when: Option<When>,
}

fn printed_wrong(found: &Found, quoted: &str) -> Option<Conflict> {
    (found.weekday_fits() == Some(false)).then(|| Conflict {
        reason: format!(
            "The page is dated “{quoted}”, but that day was another weekday: weekday or date is misprinted."
        ),
        content_when: None,
    })
}

/// What the text tells that does not fit its date.
fn contradiction(text: &str, publication: &Publication, found: &[Found]) -> Option<Conflict> {
    let days = publication.when.as_ref()?.days();
    plan_that_had_ended(text, days, found).or_else(|| told_before_it_happened(text, days, found))
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

/// A day after the publication, in a sentence that tells of the past.
fn told_before_it_happened(text: &str, days: DayRange, found: &[Found]) -> Option<Conflict> {
    let last = days.last?;
    let (later, when) = found.iter().find_map(|f| {
        let when = f.explicit().filter(|_| f.is_day())?;
        let first = when.days().first?;
        let strange = first.0 > last.0.saturating_add(STRANGE_AFTER);
        (strange && tells_of_the_past(text, f.span)).then_some((f, when))
    })?;
    Some(Conflict {
        reason: format!(
            "The page is dated {}, but the text tells of “{}” as past, which is later.",
            spelled(last.date()?),
            later.span.of(text).unwrap_or_default(),
        ),
        content_when: Some(when),
    })
}

/// How much of the text around a date is read for its tense, in bytes.
const AROUND: usize = 200;

fn tells_of_the_past(text: &str, span: Span) -> bool {
    let around = Span::new(span.start.saturating_sub(AROUND), span.end + AROUND).clamped_to(text);
    let words = around.of(text).unwrap_or_default();
    let past = words.split(|c: char| !c.is_alphanumeric()).any(|w| {
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
