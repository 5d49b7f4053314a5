//! Articles made up for the tests of this folder.

use std::ops::Range;

use jiff::Timestamp;

use crate::model::actor::{ActorBook, MentionClass};
use crate::model::article::{Furniture, FurnitureReason, Language, Publication};
use crate::model::claim::{Claim, ClaimKind, ClaimTime, Modality, Polarity, Role, RoleActor};
use crate::model::extraction::{Country, CountryRole, Extraction};
use crate::model::finding::{Finding, Mention, Rule, Suggestion};
use crate::model::ids::{ActorId, ArticleId, ItemId};
use crate::model::session::{ArticleWork, Decision, Made, PublicationRuling, Verdict};

use super::facts::{ArticleFacts, Known, facts_of};

pub(crate) fn actor(id: &str) -> ActorId {
    ActorId::new(id)
}

pub(crate) fn focus() -> ActorId {
    actor("BY")
}

/// A done claim; cooperative unless it is a refusal.
pub(crate) fn claim(
    span: Range<usize>,
    kind: ClaimKind,
    actors: &[&str],
    when: Option<&str>,
) -> Finding {
    Finding::Claim(Claim {
        kind,
        modality: Modality::Done,
        polarity: if kind == ClaimKind::Refusal {
            Polarity::Adverse
        } else {
            Polarity::Cooperative
        },
        actors: actors
            .iter()
            .map(|id| RoleActor {
                actor: actor(id),
                role: Role::Party,
            })
            .collect(),
        items: Vec::new(),
        time: ClaimTime {
            when: when.map(|when| when.parse().unwrap()),
            span: None,
        },
        evidence: vec![span.into()],
    })
}

pub(crate) fn mention(span: Range<usize>, of: &str) -> Finding {
    Finding::Mention(Mention {
        span: span.into(),
        actor: actor(of),
        class: MentionClass::Name,
    })
}

pub(crate) fn furniture(span: Range<usize>) -> Finding {
    Finding::Furniture(Furniture {
        span: span.into(),
        reason: FurnitureReason::Marked,
    })
}

pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) extraction: Extraction,
    pub(crate) work: ArticleWork,
    pub(crate) book: ActorBook,
}

impl Article {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            extraction: Extraction {
                language: Language::English,
                title: None,
                byline: None,
                publication: Publication::missing("made up"),
                sentences: Vec::new(),
                lengths: Vec::new(),
                suggestions: Vec::new(),
                countries: Vec::new(),
            },
            work: ArticleWork::default(),
            book: ActorBook::default(),
        }
    }

    pub(crate) fn country(mut self, code: &str, role: CountryRole) -> Self {
        self.extraction.countries.push(Country {
            code: actor(code),
            role,
            mentions: 1,
        });
        self
    }

    pub(crate) fn suggest(mut self, finding: Finding) -> Self {
        let suggestion = Suggestion::new(finding, Rule::named("test"), 80);
        self.extraction.suggestions.push(suggestion);
        self
    }

    fn decide(&mut self, index: usize, verdict: Verdict) {
        let suggestion = &self.extraction.suggestions[index];
        let decision = Decision {
            verdict,
            finding: suggestion.finding.clone(),
            rule: suggestion.rule.clone(),
            by: "tester".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        self.work.decisions.insert(suggestion.id, decision);
    }

    pub(crate) fn accept(&mut self, index: usize) {
        self.decide(index, Verdict::Accepted);
    }

    pub(crate) fn reject(&mut self, index: usize) {
        self.decide(index, Verdict::Rejected);
    }

    pub(crate) fn edit(&mut self, index: usize, finding: Finding) {
        self.decide(index, Verdict::Edited(Box::new(finding)));
    }

    pub(crate) fn make(&mut self, finding: Finding) {
        let id = ItemId(uuid::Uuid::from_u128(self.work.made.len() as u128));
        let made = Made {
            finding,
            by: "tester".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        self.work.made.insert(id, made);
    }

    pub(crate) fn rule_on_publication(&mut self, when: Option<&str>) {
        self.work.publication = Some(PublicationRuling {
            when: when.map(|when| when.parse().unwrap()),
            by: "tester".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        });
    }

    pub(crate) fn facts(&self) -> ArticleFacts {
        let country_of = |actor: &ActorId| match actor.as_str() {
            "org/mod-by" => Some(ActorId::new("BY")),
            "org/norinco" => Some(ActorId::new("CN")),
            _ => None,
        };
        facts_of(
            ArticleId([0; 32]),
            "folder/article.txt",
            &self.text,
            &self.extraction,
            Some(&self.work),
            &Known {
                focus: &focus(),
                book: &self.book,
                country_of: &country_of,
                rule_no: &|_| None,
            },
        )
    }
}
