//! Findings and dates in words, the same wherever they are shown.

use crate::analysis::standing::State;
use crate::app::Workbench;
use crate::app::article::Entry;
pub(crate) use crate::app::words::{counted, one_line, rule_name, signed, track_record, when};
use crate::extract::rules;
use crate::model::actor::{ActorKind, MentionClass};
use crate::model::article::{Furniture, FurnitureReason};
use crate::model::claim::Claim;
use crate::model::finding::{Finding, TimeBasis};
use crate::model::ids::ActorId;

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

/// What a finding is, on one line.
#[must_use]
pub(crate) fn headline(entry: &Entry, workbench: &Workbench) -> String {
    match &entry.finding {
        Finding::Mention(mention) => workbench.actor_name(&mention.actor),
        Finding::Time(time) => time
            .when
            .as_ref()
            .map_or_else(|| "Date not known".to_owned(), when),
        Finding::Furniture(furniture) => format!("Not the article: {}", furniture.reason.label()),
        Finding::Claim(claim) => claim_title(claim, workbench),
    }
}

/// "Meeting: Kazakhstan, Belarus".
#[must_use]
pub(crate) fn claim_title(claim: &Claim, workbench: &Workbench) -> String {
    let names: Vec<String> = claim
        .actors
        .iter()
        .map(|a| workbench.actor_name(&a.actor))
        .collect();
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
        Finding::Furniture(furniture) => printed_often(furniture, workbench).into_iter().collect(),
        Finding::Claim(claim) => claim_details(claim, workbench),
    }
}

/// How many articles of the source print what is furniture for that reason.
fn printed_often(furniture: &Furniture, workbench: &Workbench) -> Option<String> {
    let article = workbench.article.as_ref()?;
    let site = article.sites.of(&article.source)?;
    let is_repeated = furniture.reason == FurnitureReason::Repeated;
    let articles = site.articles_with(article.slice(furniture.span))?;
    is_repeated.then(|| format!("Stands in {articles} articles of this source"))
}

fn claim_details(claim: &Claim, workbench: &Workbench) -> Vec<String> {
    let mut lines = vec![format!(
        "{} · {}",
        claim.modality.label(),
        claim.polarity.label()
    )];
    let roles: Vec<String> = claim
        .actors
        .iter()
        .map(|a| {
            format!(
                "{} ({})",
                workbench.actor_name(&a.actor),
                a.role.label().to_lowercase()
            )
        })
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

/// Why it is there, a line each: who decided on it and when; the rule, what it looks for and fired
/// on, and how it has done; or the analyst.
#[must_use]
pub(crate) fn reasons(entry: &Entry, workbench: &Workbench) -> Vec<String> {
    let state = state(entry.state);
    let article = workbench.article.as_ref().map(|article| article.id);
    let decided = article.and_then(|article| workbench.decided_by(article, entry.key));
    let Some(rule) = &entry.rule else {
        return vec![decided.unwrap_or_else(|| "Made by hand".to_owned())];
    };
    let name = rule_name(&rule.0);
    let tally = workbench.tally(rule);
    let mut lines: Vec<String> = decided.into_iter().collect();
    match entry.confidence {
        Some(confidence) => lines.push(format!(
            "Rule “{name}” · {} % likely · {state}",
            tally.likely(confidence)
        )),
        None if workbench.is_on(&rule.0) => {
            lines.push(format!("Rule “{name}”, which no longer finds it · {state}"));
        }
        None => lines.push(format!("Rule “{name}”, which is switched off · {state}")),
    }
    if let Some(info) = rules::info(&rule.0) {
        lines.push(info.about.to_owned());
    }
    if !entry.grounds.is_empty() {
        lines.push(format!("Fired on: {}", entry.grounds));
    }
    lines.push(format!("So far: {}", track_record(tally)));
    lines
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

/// A short list of actors: names up to `limit`, then how many more.
#[must_use]
pub(crate) fn names(actors: &[ActorId], workbench: &Workbench, limit: usize) -> String {
    let mut names: Vec<String> = actors
        .iter()
        .take(limit)
        .map(|actor| workbench.actor_name(actor))
        .collect();
    if actors.len() > limit {
        names.push(format!("+{}", actors.len() - limit));
    }
    names.join(", ")
}
