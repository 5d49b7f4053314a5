//! Between facts and the rows of Parquet files. There is one way from a library to what the views
//! show: Parquet → facts → columns, for parts of this program as for parts made elsewhere.

use std::collections::{BTreeMap, HashMap};

use super::input::Incoming;
use crate::analysis::facts::{self, ArticleFacts, ClaimFact, Known, MentionFact};
use crate::analysis::standing::{FindingKey, Standing, standing};
use crate::analysis::track::{RETIRED, Tally};
use crate::extract::lexicon::Lexicon;
use crate::extract::rules;
use crate::extract::site::Sites;
use crate::extract::{Context, Lined, extract_lined};
use crate::model::actor::ActorBook;
use crate::model::claim::Claim;
use crate::model::date::{DayRange, When};
use crate::model::finding::Finding;
use crate::model::ids::{ActorId, SuggestionId};
use crate::model::session::Session;
use crate::model::sketch::{Observed, Sketch};
use crate::store::library::rows::{ArticleRow, ClaimRow, MentionRow, ReadArticle};

/// What the articles of a library are read with.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The actor that claims are read for.
    pub focus: ActorId,
    /// Rules that are switched off.
    pub rules_off: std::collections::BTreeSet<crate::model::finding::Rule>,
    /// Who is who, where an analyst changed it.
    pub actors: ActorBook,
}

impl Reading {
    /// As the program knows the world, for `focus`.
    #[must_use]
    pub fn new(focus: ActorId) -> Self {
        Self {
            focus,
            rules_off: std::collections::BTreeSet::new(),
            actors: ActorBook::default(),
        }
    }

    /// As a session reads.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self {
            focus: session.focus.clone(),
            rules_off: session.rules_off.clone(),
            actors: session.actors.clone(),
        }
    }
}

/// Reads an article, knowing so much of its source.
pub(super) fn read(
    incoming: &Incoming,
    lined: &Lined<'_>,
    observed: &Observed,
    reading: &Reading,
    lexicon: &Lexicon,
    sites: &Sites,
) -> ReadArticle {
    let text = &incoming.text;
    let context = Context {
        published: incoming.published.as_ref(),
        rules_off: Some(&reading.rules_off),
        site: sites.of(&incoming.source),
        ..Context::new(lexicon, &reading.focus)
    };
    let extraction = extract_lined(lined, &context);
    let known = Known {
        focus: &reading.focus,
        book: &reading.actors,
        country_of: &|actor| lexicon.country(actor),
        rule_no: &|rule| rules::number(&rule.0),
    };
    let findings = standing(&extraction, None);
    let facts = facts::facts_of_findings(
        incoming.id,
        &incoming.source,
        text,
        &extraction,
        &findings,
        Sketch::of(text, extraction.sentences.iter().copied()),
        None,
        &known,
    );
    let found: HashMap<SuggestionId, (&Claim, &Standing<'_>)> = findings
        .iter()
        .filter_map(|standing| match (standing.key, &standing.finding) {
            (FindingKey::Suggested(id), Finding::Claim(claim)) => Some((id, (claim, standing))),
            _ => None,
        })
        .collect();
    let claims = facts.claims.iter().filter_map(|fact| {
        let FindingKey::Suggested(id) = fact.key else {
            return None;
        };
        let (claim, standing) = found.get(&id)?;
        Some(claim_row(id, fact, claim, standing))
    });
    ReadArticle {
        claims: claims.collect(),
        mentions: mentions(&findings, &known),
        article: article_row(incoming, facts, sites.stamp(&incoming.source, observed)),
    }
}

fn article_row(incoming: &Incoming, facts: ArticleFacts, site: u64) -> ArticleRow {
    let all = rules::rules();
    let rule = |number: u16| all.get(usize::from(number)).map(|info| info.rule.into());
    ArticleRow {
        id: facts.id,
        source: facts.source,
        url: incoming.url.clone(),
        title: incoming.title.clone().unwrap_or(facts.title),
        encoding: incoming.encoding.into(),
        size_bytes: incoming.size_bytes,
        language: facts.language,
        published: facts.publication,
        given: incoming.published.clone(),
        status: facts.status,
        partners: facts.partners,
        suggestions: facts.suggestions,
        open: facts.undecided,
        site,
        sketch: Some(facts.sketch),
        rules: facts
            .rules
            .iter()
            .filter_map(|(number, tally)| Some((rule(*number)?, tally.found)))
            .collect(),
    }
}

fn claim_row(id: SuggestionId, fact: &ClaimFact, claim: &Claim, found: &Standing<'_>) -> ClaimRow {
    ClaimRow {
        key: id,
        kind: fact.kind,
        modality: fact.modality,
        polarity: fact.polarity,
        partners: fact.partners.clone(),
        actors: claim.actors.clone(),
        items: claim.items.clone(),
        item_keys: fact.items.clone(),
        when: fact.when.clone(),
        evidence: claim.evidence.clone(),
        passages: fact.passages,
        rule: found.rule.map(|rule| &*rule.0).unwrap_or_default().into(),
        confidence: found.confidence.unwrap_or(50),
    }
}

fn mentions(findings: &[Standing<'_>], known: &Known<'_>) -> Vec<MentionRow> {
    let counted = findings.iter().filter(|standing| standing.counts());
    counted
        .filter_map(|standing| match standing.finding {
            Finding::Mention(mention) => Some(MentionRow {
                span: mention.span,
                actor: mention.actor.clone(),
                counts_as: known.counts_as(&mention.actor),
                class: mention.class,
                rule: standing
                    .rule
                    .map(|rule| &*rule.0)
                    .unwrap_or_default()
                    .into(),
            }),
            _ => None,
        })
        .collect()
}

/// The facts that rows of a library tell.
pub(super) fn facts_of(row: ReadArticle) -> ArticleFacts {
    let ReadArticle {
        article,
        claims,
        mentions,
    } = row;
    let mut named: BTreeMap<ActorId, u32> = BTreeMap::new();
    for mention in mentions {
        *named.entry(mention.counts_as).or_default() += 1;
    }
    ArticleFacts {
        id: article.id,
        title: article.title,
        source: article.source,
        language: article.language,
        publication: article.published,
        status: article.status,
        ruled: false,
        partners: article.partners,
        undecided: article.open,
        suggestions: article.suggestions,
        decided: 0,
        annotations: 0,
        sketch: article
            .sketch
            .unwrap_or_else(|| Box::new(Sketch::of("", []))),
        observed: None,
        site: article.site,
        claims: claims.into_iter().map(claim_fact).collect(),
        mentions: named
            .into_iter()
            .map(|(actor, suggested)| MentionFact {
                actor,
                accepted: 0,
                suggested,
            })
            .collect(),
        rules: article
            .rules
            .iter()
            .map(|(rule, found)| {
                let tally = Tally {
                    found: *found,
                    ..Tally::default()
                };
                (rules::number(rule).unwrap_or(RETIRED), tally)
            })
            .collect(),
    }
}

fn claim_fact(row: ClaimRow) -> ClaimFact {
    let open = DayRange {
        first: None,
        last: None,
    };
    ClaimFact {
        key: FindingKey::Suggested(row.key),
        partners: row.partners,
        kind: row.kind,
        modality: row.modality,
        polarity: row.polarity,
        days: row.when.as_ref().map_or(open, When::days),
        vague: row.when.as_ref().is_none_or(When::is_vague),
        when: row.when,
        accepted: false,
        evidence: row.evidence.first().copied().unwrap_or_default(),
        passages: row.passages,
        items: row.item_keys,
    }
}
