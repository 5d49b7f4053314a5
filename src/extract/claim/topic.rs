//! What an article as a whole is about: whether the focus is its subject, and whether one other
//! country is by far its other side. What a sentence leaves unsaid may be taken from here, by a
//! stated rule.

use std::collections::BTreeMap;

use super::super::Article;
use super::super::lexicon::Lexicon;
use super::bound::Bound;
use super::within;
use crate::model::actor::MentionClass;
use crate::model::finding::Finding;
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// What an article is about.
#[derive(Debug, Default, Clone)]
pub(super) struct Topic {
    /// Whether the article names the focus at all, be it as a place.
    pub(super) is_named: bool,
    /// Whether title or first paragraph names the focus.
    pub(super) is_focus: bool,
    /// Whether the article names no country more often than the focus.
    pub(super) is_subject: bool,
    /// The one country besides the focus that the article is about.
    pub(super) partner: Option<ActorId>,
}

impl Topic {
    /// Counts who is named in title and body. Linear in the mentions.
    pub(super) fn of(article: &Article<'_>, focus: &ActorId, lexicon: &Lexicon) -> Self {
        let mut others: BTreeMap<ActorId, usize> = BTreeMap::new();
        let mut own = 0;
        for suggestion in article.mentions {
            match country(&suggestion.finding, lexicon) {
                Some(country) if country == *focus => own += 1,
                Some(country) => *others.entry(country).or_default() += 1,
                None => {}
            }
        }
        let is_named = article.mentions.iter().any(|s| match &s.finding {
            Finding::Mention(m) => {
                m.actor == *focus || lexicon.country(&m.actor).as_ref() == Some(focus)
            }
            _ => false,
        });
        let is_subject = own > 0 && others.values().all(|count| *count <= own);
        let all: usize = others.values().sum();
        // More than half of what is said of others.
        let partner = others
            .into_iter()
            .find(|(_, count)| count * 2 > all && *count > 1)
            .map(|(country, _)| country);
        let lead = article.layout.paragraphs.first().copied();
        let is_focus = article
            .layout
            .title
            .into_iter()
            .chain(lead)
            .any(|zone| names(article, zone, focus, lexicon));
        Self {
            is_named,
            is_focus,
            is_subject,
            partner,
        }
    }
}

impl Topic {
    /// Whether the article names the focus, and all of these are the one other country that it is
    /// about.
    pub(super) fn is_with(&self, focus: &ActorId, bound: &Bound) -> bool {
        let mut others = bound.actors.iter().filter(|a| a.actor != *focus);
        self.is_named && others.all(|other| Some(&other.actor) == self.partner.as_ref())
    }
}

/// Whether `zone` names the focus.
pub(super) fn names(article: &Article<'_>, zone: Span, focus: &ActorId, lexicon: &Lexicon) -> bool {
    within(article.mentions, zone)
        .iter()
        .any(|s| country(&s.finding, lexicon).is_some_and(|c| c == *focus))
}

fn country(finding: &Finding, lexicon: &Lexicon) -> Option<ActorId> {
    match finding {
        Finding::Mention(m) if m.class != MentionClass::Place => lexicon.country(&m.actor),
        _ => None,
    }
}
