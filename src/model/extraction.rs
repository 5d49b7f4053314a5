//! Everything that extraction reads out of one article.

use super::article::{Language, Publication};
use super::finding::{Finding, FindingKind, Rule, Suggestion};
use super::ids::ActorId;
use super::span::Span;
use crate::model::claim::named_enum;

named_enum! {
    /// What a country is to the focus in one article.
    CountryRole {
        /// The focus itself.
        Focus = "focus", "focus";
        /// Cooperates with the focus.
        Partner = "partner", "partner";
        /// Refuses, obstructs or breaks off.
        PartnerAdverse = "partner_adverse", "adverse partner";
        /// Both cooperative and adverse claims.
        PartnerMixed = "partner_mixed", "mixed partner";
        /// Cooperation is considered or planned only.
        Prospective = "prospective", "prospective partner";
        /// Somebody else's partner.
        ThirdParty = "third_party", "third party";
        /// Named in comparison or as background only.
        Comparison = "comparison", "comparison";
    }
}

/// A country in an article, with what it is to the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: ActorId,
    /// What it is to the focus.
    pub role: CountryRole,
    /// Mentions in title and body.
    pub mentions: usize,
}

/// How long, how often, or no more than now, before or to come: what speaks of time and is no
/// date. Nothing to decide on, so no suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// Where.
    pub span: Span,
    /// As TIMEX3 writes it: `P2Y`, `PXM`, `XXXX-WXX-4`, `PRESENT_REF`.
    pub value: String,
    /// The rule that read it.
    pub rule: Rule,
}

/// What was read out of one article. Pure function of the text, the lexicon and the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extraction {
    /// The language of the body.
    pub language: Language,
    /// The headline.
    pub title: Option<Span>,
    /// The author, without the "By".
    pub byline: Option<Span>,
    /// When it was published.
    pub publication: Publication,
    /// The sentences of the body, in order. They don't overlap.
    pub sentences: Vec<Span>,
    /// All suggestions, sorted by (span, kind, id). Furniture is among them; nothing else lies
    /// inside furniture except in the date line and byline.
    pub suggestions: Vec<Suggestion>,
    /// Durations and the like in title and body, in reading order.
    pub lengths: Vec<Length>,
    /// Countries of title and body, focus first, then by number of mentions, then by code.
    pub countries: Vec<Country>,
}

impl Extraction {
    /// Of a text that nothing has been read out of.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            language: Language::Other,
            title: None,
            byline: None,
            publication: Publication::missing("The article is being read."),
            sentences: Vec::new(),
            suggestions: Vec::new(),
            lengths: Vec::new(),
            countries: Vec::new(),
        }
    }

    /// The suggestions of one sort, in reading order.
    pub fn of_kind(&self, kind: FindingKind) -> impl Iterator<Item = &Suggestion> {
        self.suggestions
            .iter()
            .filter(move |s| s.finding.kind() == kind)
    }

    /// The furniture ranges, in reading order.
    pub fn furniture(&self) -> impl Iterator<Item = &super::article::Furniture> {
        self.suggestions.iter().filter_map(|s| match &s.finding {
            Finding::Furniture(furniture) => Some(furniture),
            _ => None,
        })
    }

    /// The sentence that holds the byte at `offset`.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> Option<Span> {
        let after = self.sentences.partition_point(|s| s.start <= offset);
        let sentence = *self.sentences.get(after.checked_sub(1)?)?;
        (offset <= sentence.end).then_some(sentence)
    }
}
