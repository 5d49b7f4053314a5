//! What the list and the charts know of an article without its text.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::actor::ActorBook;
use crate::model::article::{Language, PublicationStatus};
use crate::model::claim::{Claim, ClaimKind, Modality, Polarity};
use crate::model::date::{DayRange, When};
use crate::model::extraction::{CountryRole, Extraction};
use crate::model::finding::{Finding, Rule};
use crate::model::ids::{ActorId, ArticleId};
use crate::model::session::ArticleWork;
use crate::model::sketch::{Observed, Sketch};
use crate::model::span::Span;

use super::standing::{FindingKey, Standing, State, standing};
use super::track::{self, RuleNo, Tally};

mod said;

/// The identity of a claim within its article.
pub type ClaimKey = FindingKey;

/// A claim, as far as charts count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimFact {
    /// Its identity within the article.
    pub key: ClaimKey,
    /// The partners that it ties to the focus, each once, in the order of the text. An
    /// organisation or person counts for its country where that is known, else for itself.
    pub partners: Vec<ActorId>,
    /// What kind of act.
    pub kind: ClaimKind,
    /// How firmly it is said.
    pub modality: Modality,
    /// For or against cooperation.
    pub polarity: Polarity,
    /// When it happened; `None` where it is not known.
    pub when: Option<When>,
    /// The days that `when` touches; both ends open when there is none.
    pub days: DayRange,
    /// `when` is missing, approximate, uncertain or open.
    pub vague: bool,
    /// The analyst stands behind it.
    pub accepted: bool,
    /// The passage to show first.
    pub evidence: Span,
    /// Hashes of the sentence that it rests on and of what that quotes, where they are long enough
    /// to be no commonplace: another claim with one of them repeats it.
    pub passages: [Option<u64>; 2],
    /// Hashes of the words that tell the items it names from others, sorted, each once. Endings
    /// play no part.
    pub items: Box<[u32]>,
}

impl ClaimFact {
    /// Whether it tells against cooperation, and so hangs below a chart's axis: adverse, a
    /// refusal, or said not to have happened.
    #[must_use]
    pub fn is_adverse(&self) -> bool {
        is_adverse(self.kind, self.modality, self.polarity)
    }
}

pub(super) fn is_adverse(kind: ClaimKind, modality: Modality, polarity: Polarity) -> bool {
    polarity == Polarity::Adverse || kind == ClaimKind::Refusal || modality == Modality::Negated
}

/// How often an article names an actor, in title and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionFact {
    /// Whom, at the partner level; see [`ClaimFact::partners`].
    pub actor: ActorId,
    /// Mentions that the analyst accepted or made.
    pub accepted: u32,
    /// Mentions that nobody decided on yet.
    pub suggested: u32,
}

/// What the list and the charts know of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleFacts {
    /// The article.
    pub id: ArticleId,
    /// Its headline; where it has none, its first line, cut short.
    pub title: Box<str>,
    /// Where it comes from, as the corpus names it.
    pub source: Box<str>,
    /// The language of the body.
    pub language: Language,
    /// When it was published: as the analyst ruled, else as the text prints it.
    pub publication: Option<When>,
    /// How the text tells its publication date. An analyst's ruling leaves it as it is.
    pub status: PublicationStatus,
    /// The analyst ruled on the publication date.
    pub ruled: bool,
    /// Partners of the focus in this article, the largest first as extraction orders countries,
    /// then those that only the analyst's claims tie to it. Third parties and comparisons are
    /// not among them.
    pub partners: Vec<(ActorId, CountryRole)>,
    /// Suggestions of all kinds that wait for a decision.
    pub undecided: u32,
    /// Suggestions of all kinds, decided ones included.
    pub suggestions: u32,
    /// Suggestions that were decided on.
    pub decided: u32,
    /// The analyst's highlights.
    pub annotations: u32,
    /// What its body looks like, for finding its duplicates.
    pub sketch: Box<Sketch>,
    /// What it tells of its source, where that was looked at.
    pub observed: Option<Box<Observed>>,
    /// What of the source was known when it was read, as one number; 0: nothing.
    pub site: u64,
    /// Claims that count, in reading order.
    pub claims: Vec<ClaimFact>,
    /// Mentions that count, by actor. All actors, the focus and bystanders included.
    pub mentions: Vec<MentionFact>,
    /// How the rules did in it: those only that found something or were decided on.
    pub rules: Box<[(RuleNo, Tally)]>,
}

impl ArticleFacts {
    /// Whether `actor` is a partner of the focus in this article.
    #[must_use]
    pub fn is_partner(&self, actor: &ActorId) -> bool {
        self.partners.iter().any(|(partner, _)| partner == actor)
    }
}

/// Who counts for whom, for those who follow this actor.
struct Level<'a> {
    focus: ActorId,
    known: &'a Known<'a>,
}

impl Level<'_> {
    /// The actor that `actor` counts for.
    fn of(&self, actor: &ActorId) -> ActorId {
        self.known.counts_as(actor)
    }

    /// The partners of a claim, and whether it names the focus.
    fn partners(&self, claim: &Claim) -> (Vec<ActorId>, bool) {
        let mut partners = Vec::new();
        let mut names_focus = false;
        for actor in &claim.actors {
            let actor = self.of(&actor.actor);
            if actor == self.focus {
                names_focus = true;
            } else if !partners.contains(&actor) {
                partners.push(actor);
            }
        }
        (partners, names_focus)
    }
}

/// What holds for all articles of a session.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The actor that the session follows.
    pub focus: &'a ActorId,
    /// Who is who, where the analyst changed it.
    pub book: &'a ActorBook,
    /// The country of an organisation or person of the gazetteer; `book` comes before it.
    pub country_of: &'a dyn Fn(&ActorId) -> Option<ActorId>,
    /// The number of a rule; `None` for rules of older versions.
    pub rule_no: &'a dyn Fn(&Rule) -> Option<RuleNo>,
}

impl Known<'_> {
    /// The actor that `actor` counts for: merges, then the country of an organisation or person.
    #[must_use]
    pub fn counts_as(&self, actor: &ActorId) -> ActorId {
        let actor = self.book.resolve(actor);
        if actor.is_country() {
            return actor;
        }
        let country = match self.book.actors.get(&actor) {
            Some(made) => made.country.clone(),
            None => (self.country_of)(&actor),
        };
        country.map_or(actor, |country| self.book.resolve(&country))
    }
}

/// Boils an article down to its facts.
///
/// Decisions are applied: what was rejected is out, what was edited counts as edited, what was
/// made by hand is in, and a decision on a suggestion that extraction no longer makes still
/// counts. What lies in furniture counts nowhere; see [`standing`].
///
/// A claim that extraction proposes today ties its actors to `focus` by construction. Any other
/// (made by hand, or decided under older rules or another focus) has partners only if it names
/// the focus, since it may speak of other people's cooperation.
///
/// `sketch` is that of the text's sentences: decisions don't change it, so that it can be kept.
#[must_use]
pub fn facts_of(
    id: ArticleId,
    source: &str,
    text: &str,
    extraction: &Extraction,
    sketch: Sketch,
    work: Option<&ArticleWork>,
    known: &Known<'_>,
) -> ArticleFacts {
    let findings = standing(extraction, work);
    facts_of_findings(id, source, text, extraction, &findings, sketch, work, known)
}

/// The same, from what stands of the extraction after the decisions of `work`.
#[expect(
    clippy::too_many_arguments,
    reason = "those of `facts_of` and what it works out first"
)]
#[must_use]
pub fn facts_of_findings(
    id: ArticleId,
    source: &str,
    text: &str,
    extraction: &Extraction,
    findings: &[Standing<'_>],
    sketch: Sketch,
    work: Option<&ArticleWork>,
    known: &Known<'_>,
) -> ArticleFacts {
    let level = Level {
        focus: known.book.resolve(known.focus),
        known,
    };
    let ruling = work.and_then(|work| work.publication.as_ref());
    ArticleFacts {
        id,
        title: title(text, extraction, source).into(),
        source: source.into(),
        language: extraction.language,
        publication: match ruling {
            Some(ruling) => ruling.when.clone(),
            None => extraction.publication.when.clone(),
        },
        status: extraction.publication.status,
        ruled: ruling.is_some(),
        partners: partners(extraction, findings, &level),
        undecided: count(findings, Standing::is_open),
        // As the rules' own figures count them.
        suggestions: count(findings, |s| {
            matches!(s.key, FindingKey::Suggested(_))
                && (s.is_open() || s.state != State::Undecided)
        }),
        decided: count(findings, |s| {
            matches!(s.key, FindingKey::Suggested(_)) && s.state != State::Undecided
        }),
        annotations: annotations_of(work),
        sketch: Box::new(sketch),
        observed: None,
        site: 0,
        claims: findings
            .iter()
            .filter(|standing| standing.counts())
            .filter_map(|standing| claim_fact(standing, text, extraction, &level))
            .collect(),
        mentions: mentions(findings, &level),
        rules: track::tallies(findings, known.rule_no),
    }
}

/// How many highlights an article has.
#[must_use]
pub fn annotations_of(work: Option<&ArticleWork>) -> u32 {
    work.map_or(0, |work| saturating(work.annotations.len()))
}

fn saturating(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn count<'a>(findings: &[Standing<'a>], which: impl Fn(&Standing<'a>) -> bool) -> u32 {
    saturating(findings.iter().filter(|s| which(s)).count())
}

/// The headline, else the first line that says something, at most [`TITLE_CHARS`] of it, else
/// the last part of the source.
fn title(text: &str, extraction: &Extraction, source: &str) -> String {
    let printed = extraction.title.and_then(|span| span.of(text));
    // Without the date or place that is masked before it.
    let body = extraction.sentences.first();
    let body = body.and_then(|first| text.get(first.start..));
    let first_line = || {
        let mut lines = body.unwrap_or(text).lines();
        lines.find(|line| !line.trim().is_empty())
    };
    let line = printed.or_else(first_line).unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.is_empty() {
        let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
        return name.to_owned();
    }
    let line = words.join(" ");
    match line.char_indices().nth(TITLE_CHARS) {
        Some((end, _)) if printed.is_none() => {
            format!("{}…", line.get(..end).unwrap_or(&line).trim_end())
        }
        _ => line,
    }
}

/// How much of a first line stands in for a missing headline, in `char`s.
const TITLE_CHARS: usize = 100;

fn claim_of<'a>(standing: &Standing<'a>) -> Option<&'a Claim> {
    match standing.finding {
        Finding::Claim(claim) => Some(claim),
        _ => None,
    }
}

/// The partners that a claim ties to the focus; none where it may not be about the focus.
fn tied(standing: &Standing<'_>, claim: &Claim, level: &Level<'_>) -> Vec<ActorId> {
    let (partners, names_focus) = level.partners(claim);
    if names_focus || standing.found {
        partners
    } else {
        Vec::new()
    }
}

fn claim_fact(
    standing: &Standing<'_>,
    text: &str,
    extraction: &Extraction,
    level: &Level<'_>,
) -> Option<ClaimFact> {
    let claim = claim_of(standing)?;
    let when = claim.time.when.clone();
    let open = DayRange {
        first: None,
        last: None,
    };
    Some(ClaimFact {
        key: standing.key,
        partners: tied(standing, claim, level),
        kind: claim.kind,
        modality: claim.modality,
        polarity: claim.polarity,
        days: when.as_ref().map_or(open, When::days),
        vague: when.as_ref().is_none_or(When::is_vague),
        when,
        accepted: standing.state.is_accepted(),
        evidence: standing.span(),
        passages: said::passages(text, extraction, standing.span()),
        items: said::items(&claim.items),
    })
}

fn mentions(findings: &[Standing<'_>], level: &Level<'_>) -> Vec<MentionFact> {
    let mut by_actor: BTreeMap<ActorId, (u32, u32)> = BTreeMap::new();
    for standing in findings.iter().filter(|standing| standing.counts()) {
        if let Finding::Mention(mention) = standing.finding {
            let (accepted, suggested) = by_actor.entry(level.of(&mention.actor)).or_default();
            *(if standing.state.is_accepted() {
                accepted
            } else {
                suggested
            }) += 1;
        }
    }
    by_actor
        .into_iter()
        .map(|(actor, (accepted, suggested))| MentionFact {
            actor,
            accepted,
            suggested,
        })
        .collect()
}

/// What the claims that tie an actor to the focus say together.
#[derive(Default)]
struct Ties {
    cooperative: bool,
    adverse: bool,
    /// Something happened, goes on, or is said to; not only wished for.
    firm: bool,
}

impl Ties {
    fn role(&self) -> CountryRole {
        match (self.cooperative, self.adverse, self.firm) {
            (true, true, _) => CountryRole::PartnerMixed,
            (false, true, _) => CountryRole::PartnerAdverse,
            (_, false, true) => CountryRole::Partner,
            (_, false, false) => CountryRole::Prospective,
        }
    }
}

/// The partners of the article. Whomever a claim that stands ties to the focus is one. Else
/// extraction's word stands for an actor, until the analyst touched a claim about it; from then on
/// the claims that stand decide what it is.
fn partners(
    extraction: &Extraction,
    findings: &[Standing<'_>],
    level: &Level<'_>,
) -> Vec<(ActorId, CountryRole)> {
    let mut ties: BTreeMap<ActorId, Ties> = BTreeMap::new();
    let mut touched: BTreeSet<ActorId> = BTreeSet::new();
    let mut in_order: Vec<ActorId> = Vec::new();
    for standing in findings {
        let Some(claim) = claim_of(standing) else {
            continue;
        };
        let partners = tied(standing, claim, level);
        if standing.state != State::Undecided || standing.masked {
            touched.extend(partners.iter().cloned());
            touched.extend(proposed_partners(extraction, standing, level));
        }
        if !standing.counts() {
            continue;
        }
        let adverse = is_adverse(claim.kind, claim.modality, claim.polarity);
        for partner in partners {
            let tie = ties.entry(partner.clone()).or_default();
            tie.adverse |= adverse;
            tie.cooperative |= !adverse;
            tie.firm |= matches!(
                claim.modality,
                Modality::Done | Modality::Ongoing | Modality::Reported
            );
            if !in_order.contains(&partner) {
                in_order.push(partner);
            }
        }
    }
    let mut found: Vec<(ActorId, CountryRole)> = Vec::new();
    for country in &extraction.countries {
        let actor = level.of(&country.code);
        if actor == level.focus || found.iter().any(|(known, _)| *known == actor) {
            continue;
        }
        let role = if touched.contains(&actor) {
            ties.get(&actor).map(Ties::role)
        } else {
            Some(country.role)
        };
        found.extend(role.filter(|role| is_partner(*role)).map(|r| (actor, r)));
    }
    for actor in in_order {
        let known = found.iter().any(|(known, _)| *known == actor);
        if let Some(tie) = ties.get(&actor).filter(|_| !known) {
            let role = tie.role();
            found.push((actor, role));
        }
    }
    found
}

/// The partners of the claim as extraction proposes it today, where the analyst changed it: an
/// edit that takes an actor out of a claim touches that actor, too.
fn proposed_partners(
    extraction: &Extraction,
    standing: &Standing<'_>,
    level: &Level<'_>,
) -> Vec<ActorId> {
    let proposed = extraction.suggestions.iter().find_map(|suggestion| {
        let same = standing.key == FindingKey::Suggested(suggestion.id);
        match &suggestion.finding {
            Finding::Claim(claim) if same => Some(claim),
            _ => None,
        }
    });
    proposed.map_or_else(Vec::new, |claim| level.partners(claim).0)
}

const fn is_partner(role: CountryRole) -> bool {
    match role {
        CountryRole::Partner
        | CountryRole::PartnerAdverse
        | CountryRole::PartnerMixed
        | CountryRole::Prospective => true,
        CountryRole::Focus | CountryRole::ThirdParty | CountryRole::Comparison => false,
    }
}

#[cfg(test)]
mod tests;
