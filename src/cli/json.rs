//! What `attache extract` prints. Offsets are code points of the decoded text, half-open; dates
//! are EDTF; countries ISO 3166-1 alpha-2. These shapes are a promise to scripts: fields may be
//! added, none changes its meaning.

use serde::{Deserialize, Serialize};

use crate::extract::site::Site;
use crate::model::actor::MentionClass;
use crate::model::article::FurnitureReason;
use crate::model::extraction::Extraction;
use crate::model::finding::{Finding, Suggestion};
use crate::model::span::{CodePointIndex, Span};

/// One line of input on `-`.
#[derive(Debug, Deserialize)]
pub(super) struct Request {
    /// Where the article comes from; repeated in the answer.
    pub(super) source: String,
    /// The decoded text.
    pub(super) text: String,
    /// The publication date, where it is known (EDTF).
    #[serde(default)]
    pub(super) published: Option<String>,
    /// The country to follow, for this article only.
    #[serde(default)]
    pub(super) focus: Option<String>,
}

/// One line of output.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    source: &'a str,
    sha256: String,
    language: &'static str,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    publication: Publication<'a>,
    furniture: Vec<Furniture<'a>>,
    /// The sentences of the body; the headline is not among them.
    sentences: Vec<Stretch>,
    mentions: Vec<Mention<'a>>,
    times: Vec<Time<'a>>,
    /// What speaks of time and is no date: durations, recurrence, "now".
    lengths: Vec<Length<'a>>,
    claims: Vec<Claim<'a>>,
    countries: Vec<Country<'a>>,
    duplicate_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<Vec<Explained<'a>>>,
}

#[derive(Debug, Serialize)]
struct Publication<'a> {
    edtf: Option<String>,
    status: &'static str,
    text: Option<&'a str>,
    reason: &'a str,
    content_edtf: Option<String>,
}

#[derive(Debug, Serialize)]
struct Furniture<'a> {
    start: usize,
    end: usize,
    reason: &'static str,
    rule: &'a str,
    /// How many articles of the source print it, where that is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Mention<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    actor: &'a str,
    class: &'static str,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct Time<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    edtf: Option<String>,
    basis: &'static str,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct Length<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    value: &'a str,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct Claim<'a> {
    kind: &'static str,
    modality: &'static str,
    polarity: &'static str,
    actors: Vec<RoleActor<'a>>,
    items: &'a [String],
    when: ClaimTime,
    evidence: Vec<Stretch>,
    rule: &'a str,
    confidence: u8,
}

#[derive(Debug, Serialize)]
struct RoleActor<'a> {
    actor: &'a str,
    role: &'static str,
}

#[derive(Debug, Serialize)]
struct ClaimTime {
    edtf: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Stretch {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct Country<'a> {
    code: &'a str,
    role: &'static str,
    mentions: usize,
}

/// A suggestion with its reason, as `--explain` prints it.
#[derive(Debug, Serialize)]
struct Explained<'a> {
    what: &'static str,
    rule: &'a str,
    confidence: u8,
    start: usize,
    end: usize,
    text: &'a str,
    /// What the rule fired on, where that is not the text itself.
    #[serde(skip_serializing_if = "str::is_empty")]
    on: &'a str,
}

/// What an answer says besides the extraction.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// Where the article comes from.
    pub(super) source: &'a str,
    /// SHA-256 of the source bytes.
    pub(super) sha256: [u8; 32],
    /// The source of an earlier article of the run that holds (nearly) all of this one.
    pub(super) duplicate_of: Option<&'a str>,
    /// What the source of the article is known for.
    pub(super) site: Option<&'a Site>,
    /// Whether each suggestion is explained.
    pub(super) explain: bool,
}

impl<'a> Answer<'a> {
    /// Puts together what is printed of one article.
    pub(super) fn new(about: About<'a>, text: &'a str, read: &'a Extraction) -> Self {
        let index = CodePointIndex::new(text);
        let mut answer = Self {
            source: about.source,
            sha256: crate::model::ids::ArticleId(about.sha256).to_string(),
            language: read.language.key(),
            title: read.title.and_then(|span| span.of(text)),
            byline: read.byline.and_then(|span| span.of(text)),
            publication: Publication {
                edtf: read.publication.when.as_ref().map(ToString::to_string),
                status: read.publication.status.key(),
                text: read.publication.span.and_then(|span| span.of(text)),
                reason: &read.publication.reason,
                content_edtf: read
                    .publication
                    .content_when
                    .as_ref()
                    .map(ToString::to_string),
            },
            furniture: Vec::new(),
            sentences: read
                .sentences
                .iter()
                .map(|span| points(&index, *span))
                .map(|(start, end)| Stretch { start, end })
                .collect(),
            mentions: Vec::new(),
            times: Vec::new(),
            lengths: read
                .lengths
                .iter()
                .map(|length| {
                    let (start, end) = points(&index, length.span);
                    Length {
                        start,
                        end,
                        text: length.span.of(text).unwrap_or_default(),
                        value: &length.value,
                        rule: length.rule.0.as_ref(),
                    }
                })
                .collect(),
            claims: Vec::new(),
            countries: read
                .countries
                .iter()
                .map(|country| Country {
                    code: country.code.as_str(),
                    role: country.role.key(),
                    mentions: country.mentions,
                })
                .collect(),
            duplicate_of: about.duplicate_of,
            explain: about.explain.then(Vec::new),
        };
        for suggestion in &read.suggestions {
            answer.push(suggestion, text, &index, about.site);
        }
        answer
    }

    fn push(
        &mut self,
        suggestion: &'a Suggestion,
        text: &'a str,
        index: &CodePointIndex<'_>,
        site: Option<&Site>,
    ) {
        let (start, end) = points(index, suggestion.finding.span());
        let surface = suggestion.finding.span().of(text).unwrap_or_default();
        let rule = suggestion.rule.0.as_ref();
        if let Some(explained) = &mut self.explain {
            explained.push(Explained {
                what: what(&suggestion.finding),
                rule,
                confidence: suggestion.confidence,
                start,
                end,
                text: surface,
                on: &suggestion.grounds,
            });
        }
        match &suggestion.finding {
            Finding::Furniture(furniture) => self.furniture.push(Furniture {
                start,
                end,
                reason: furniture.reason.key(),
                rule,
                articles: site
                    .filter(|_| furniture.reason == FurnitureReason::Repeated)
                    .and_then(|site| site.articles_with(surface)),
            }),
            Finding::Mention(mention) => self.mentions.push(Mention {
                start,
                end,
                text: surface,
                actor: mention.actor.as_str(),
                class: class(mention.class),
                rule,
            }),
            Finding::Time(time) => self.times.push(Time {
                start,
                end,
                text: surface,
                edtf: time.when.as_ref().map(ToString::to_string),
                basis: time.basis.key(),
                rule,
            }),
            Finding::Claim(claim) => {
                let when = claim.time.span.map(|span| points(index, span));
                self.claims.push(Claim {
                    kind: claim.kind.key(),
                    modality: claim.modality.key(),
                    polarity: claim.polarity.key(),
                    actors: claim
                        .actors
                        .iter()
                        .map(|actor| RoleActor {
                            actor: actor.actor.as_str(),
                            role: actor.role.key(),
                        })
                        .collect(),
                    items: &claim.items,
                    when: ClaimTime {
                        edtf: claim.time.when.as_ref().map(ToString::to_string),
                        start: when.map(|w| w.0),
                        end: when.map(|w| w.1),
                    },
                    evidence: claim
                        .evidence
                        .iter()
                        .map(|span| points(index, *span))
                        .map(|(start, end)| Stretch { start, end })
                        .collect(),
                    rule,
                    confidence: suggestion.confidence,
                });
            }
        }
    }
}

fn points(index: &CodePointIndex<'_>, span: Span) -> (usize, usize) {
    (index.at(span.start).0, index.at(span.end).0)
}

const fn what(finding: &Finding) -> &'static str {
    match finding {
        Finding::Mention(_) => "mention",
        Finding::Time(_) => "time",
        Finding::Furniture(_) => "furniture",
        Finding::Claim(_) => "claim",
    }
}

const fn class(class: MentionClass) -> &'static str {
    match class {
        MentionClass::Name => "name",
        MentionClass::Demonym => "demonym",
        MentionClass::Compound => "compound",
        MentionClass::Capital => "capital",
        MentionClass::Place => "place",
        MentionClass::InOrganisation => "in_organisation",
    }
}
