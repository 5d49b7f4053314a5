//! What each country of an article is to the focus.

use std::collections::BTreeMap;

use super::Article;
use super::lexicon::Lexicon;
use super::{actor, steps};
use crate::model::claim::{Modality, Polarity};
use crate::model::extraction::{Country, CountryRole};
use crate::model::finding::{Finding, Suggestion};
use crate::model::ids::ActorId;

/// What the claims say of a country.
// Independent facts that are all combined in one place, `role`.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    mentions: usize,
    cooperative: bool,
    adverse: bool,
    prospective: bool,
    with_others: bool,
}

/// The countries of title and body: the focus first, then by number of mentions, then by code.
#[must_use]
pub fn roles(
    article: &Article<'_>,
    claims: &[Suggestion],
    focus: &ActorId,
    lexicon: &Lexicon,
) -> Vec<Country> {
    let mut tallies: BTreeMap<ActorId, Tally> = BTreeMap::new();
    for suggestion in article.mentions {
        if let Finding::Mention(mention) = &suggestion.finding
            && mention.actor.is_country()
            && actor::counts(mention.class)
        {
            tallies.entry(mention.actor.clone()).or_default().mentions += 1;
        }
    }
    for suggestion in claims {
        let Finding::Claim(claim) = &suggestion.finding else {
            continue;
        };
        for partner in claim.partners_of(focus) {
            let Some(country) = lexicon.country(partner) else {
                continue;
            };
            let tally = tallies.entry(country).or_default();
            match (claim.modality, claim.polarity) {
                (_, Polarity::Adverse) => tally.adverse = true,
                (Modality::Planned | Modality::Considered, _) => tally.prospective = true,
                _ => tally.cooperative = true,
            }
        }
    }
    for sentence in article.sentences {
        mark_company(article, *sentence, focus, &mut tallies);
    }
    let mut out: Vec<Country> = tallies
        .into_iter()
        .map(|(code, tally)| Country {
            role: if code == *focus {
                CountryRole::Focus
            } else {
                tally.role()
            },
            mentions: tally.mentions,
            code,
        })
        .collect();
    out.sort_by(|a, b| {
        let key = |c: &Country| (c.role != CountryRole::Focus, std::cmp::Reverse(c.mentions));
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
    });
    out
}

/// Marks countries that a sentence names together with others but without the focus.
fn mark_company(
    article: &Article<'_>,
    sentence: crate::model::span::Span,
    focus: &ActorId,
    tallies: &mut BTreeMap<ActorId, Tally>,
) {
    steps::count(1);
    let from = article
        .mentions
        .partition_point(|s| s.finding.span().start < sentence.start);
    let mut named: Vec<&ActorId> = article
        .mentions
        .iter()
        .skip(from)
        .map_while(|s| match &s.finding {
            Finding::Mention(m) if m.span.start < sentence.end => Some(&m.actor),
            _ => None,
        })
        .filter(|a| a.is_country())
        .collect();
    named.sort_unstable();
    named.dedup();
    if named.len() > 1 && !named.contains(&focus) {
        for country in named {
            if let Some(tally) = tallies.get_mut(country) {
                tally.with_others = true;
            }
        }
    }
}

impl Tally {
    const fn role(self) -> CountryRole {
        match (self.cooperative, self.adverse, self.prospective) {
            (true, true, _) | (false, true, true) => CountryRole::PartnerMixed,
            (true, false, _) => CountryRole::Partner,
            (false, true, false) => CountryRole::PartnerAdverse,
            (false, false, true) => CountryRole::Prospective,
            (false, false, false) if self.with_others => CountryRole::ThirdParty,
            (false, false, false) => CountryRole::Comparison,
        }
    }
}
