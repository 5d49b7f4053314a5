//! Findings and dates in words, the same wherever they are shown.

use jiff::civil::Date;

use crate::analysis::standing::State;
use crate::app::Workbench;
use crate::app::article::Entry;
use crate::model::actor::{ActorKind, MentionClass};
use crate::model::claim::Claim;
use crate::model::date::When;
use crate::model::finding::{Finding, TimeBasis};
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// How a mention's class is called.
#[must_use]
pub(crate) const fn class(class: MentionClass) -> &'static str {
    match class {
        MentionClass::Name => "name",
        MentionClass::Demonym => "demonym",
        MentionClass::Compound => "part of a compound",
        MentionClass::Capital => "capital, for the government",
        MentionClass::Place => "place",
        MentionClass::InOrganisation => "in an organisation's name",
    }
}

/// All classes, in the order in which they are offered.
pub(crate) const CLASSES: [MentionClass; 6] = [
    MentionClass::Name,
    MentionClass::Demonym,
    MentionClass::Compound,
    MentionClass::Capital,
    MentionClass::Place,
    MentionClass::InOrganisation,
];

/// How an actor's kind is called.
#[must_use]
pub(crate) const fn actor_kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Country => "Country",
        ActorKind::Organisation => "Organisation",
        ActorKind::Person => "Person",
        ActorKind::Bloc => "Bloc",
    }
}

/// A date value as a reader writes it where that is short; else its EDTF spelling.
#[must_use]
pub(crate) fn when(when: &When) -> String {
    let days = when.days();
    if when.is_vague() {
        return match (days.first, days.last) {
            (None, Some(last)) => format!("by {}", last.date().map_or_else(|| when.to_string(), day)),
            (Some(first), None) => format!("since {}", first.date().map_or_else(|| when.to_string(), day)),
            _ => format!("about {}", plain(when)),
        };
    }
    plain(when)
}

fn plain(when: &When) -> String {
    let Some((first, last)) = when.days().closed() else { return when.to_string() };
    let (Some(first), Some(last)) = (first.date(), last.date()) else { return when.to_string() };
    if first == last {
        return day(first);
    }
    let whole_month = first.day() == 1 && last == first.last_of_month();
    if whole_month {
        return first.strftime("%B %Y").to_string();
    }
    let whole_years = first.day_of_year() == 1 && last == last.last_of_year();
    if whole_years && first.year() == last.year() {
        return first.year().to_string();
    }
    if whole_years {
        return format!("{}–{}", first.year(), last.year());
    }
    if first.year() == last.year() && first.month() == last.month() {
        return format!("{}–{}", first.day(), day(last));
    }
    format!("{} – {}", day(first), day(last))
}

/// "22 April 2016".
#[must_use]
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// What a finding is, on one line.
#[must_use]
pub(crate) fn headline(entry: &Entry, workbench: &Workbench) -> String {
    match &entry.finding {
        Finding::Mention(mention) => workbench.actor_name(&mention.actor),
        Finding::Time(time) => {
            time.when.as_ref().map_or_else(|| "Date not known".to_owned(), when)
        }
        Finding::Furniture(furniture) => format!("Not the article: {}", furniture.reason.label()),
        Finding::Claim(claim) => claim_title(claim, workbench),
    }
}

/// "Meeting: Kazakhstan, Belarus".
#[must_use]
pub(crate) fn claim_title(claim: &Claim, workbench: &Workbench) -> String {
    let names: Vec<String> = claim.actors.iter().map(|a| workbench.actor_name(&a.actor)).collect();
    format!("{}: {}", claim.kind.label(), names.join(", "))
}

/// What more there is to say of a finding, a line each.
#[must_use]
pub(crate) fn details(entry: &Entry, workbench: &Workbench) -> Vec<String> {
    match &entry.finding {
        Finding::Mention(mention) => vec![class(mention.class).to_owned()],
        Finding::Time(time) => match &time.when {
            Some(value) => vec![format!("{value} · {}", time.basis.label())],
            None => vec![TimeBasis::Unresolvable.label().to_owned()],
        },
        Finding::Furniture(_) => Vec::new(),
        Finding::Claim(claim) => claim_details(claim, workbench),
    }
}

fn claim_details(claim: &Claim, workbench: &Workbench) -> Vec<String> {
    let mut lines = vec![format!("{} · {}", claim.modality.label(), claim.polarity.label())];
    let roles: Vec<String> = claim
        .actors
        .iter()
        .map(|a| format!("{} ({})", workbench.actor_name(&a.actor), a.role.label().to_lowercase()))
        .collect();
    lines.push(roles.join(", "));
    lines.push(match &claim.time.when {
        Some(value) => format!("{} · {value}", when(value)),
        None => "No date".to_owned(),
    });
    if !claim.items.is_empty() {
        lines.push(format!("About: {}", claim.items.join("; ")));
    }
    lines
}

/// Why it is there: the rule and how sure it is, or the analyst.
#[must_use]
pub(crate) fn reason(entry: &Entry) -> String {
    let state = state(entry.state);
    match (&entry.rule, entry.confidence) {
        (Some(rule), Some(confidence)) => format!("Rule {rule} · {confidence} % sure · {state}"),
        (Some(rule), None) => format!("Rule {rule}, which no longer finds it · {state}"),
        (None, _) => "Made by hand".to_owned(),
    }
}

/// What became of a finding, in a word.
#[must_use]
pub(crate) const fn state(state: State) -> &'static str {
    match state {
        State::Undecided => "undecided",
        State::Accepted => "accepted",
        State::Edited => "edited",
        State::Rejected => "rejected",
    }
}

/// A passage on one line: white space folded, cut at `limit` characters.
#[must_use]
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if count > 0 && count + 1 + length > limit {
            line.push('…');
            return line;
        }
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        line.push_str(word);
        count += length;
    }
    line
}

/// A passage with where it stands, for the clipboard: quote, title, source, date, paragraph.
#[must_use]
pub(crate) fn citation(workbench: &Workbench, span: Span) -> Option<String> {
    let article = workbench.article.as_ref()?;
    let quote = article.slice(span).trim();
    if quote.is_empty() {
        return None;
    }
    let date = workbench
        .published(article)
        .map_or_else(|| "undated".to_owned(), |value| when(&value));
    Some(format!(
        "“{quote}” — {}, {}, {date}, paragraph {}",
        article.title(),
        article.source,
        article.paragraph_number(span.start),
    ))
}

/// A short list of actors: names up to `limit`, then how many more.
#[must_use]
pub(crate) fn names(actors: &[ActorId], workbench: &Workbench, limit: usize) -> String {
    let mut names: Vec<String> =
        actors.iter().take(limit).map(|actor| workbench.actor_name(actor)).collect();
    if actors.len() > limit {
        names.push(format!("+{}", actors.len() - limit));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        for (edtf, words) in [
            ("2016-04-22", "22 April 2016"),
            ("2009-04", "April 2009"),
            ("2015", "2015"),
            ("2012/2015", "2012–2015"),
            ("2019-10-07/2019-10-09", "7–9 October 2019"),
            ("2019-09-25/2019-10-02", "25 September 2019 – 2 October 2019"),
            ("../2018-04", "by 30 April 2018"),
            ("2019/..", "since 1 January 2019"),
            ("2012-10~", "about October 2012"),
        ] {
            assert_eq!(when(&edtf.parse().unwrap()), words, "{edtf}");
        }
    }

    #[test]
    fn long_lines_are_cut_between_words() {
        assert_eq!(one_line("one  two\nthree four", 9), "one two…");
        assert_eq!(one_line("one", 9), "one");
    }
}
