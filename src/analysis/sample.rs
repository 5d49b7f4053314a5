//! Articles made up for the tests of this folder.

use std::ops::Range;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::actor::{ActorBook, MentionClass};
use crate::model::article::{Furniture, FurnitureReason, Language, Publication, PublicationStatus};
use crate::model::claim::{Claim, ClaimKind, ClaimTime, Modality, Polarity, Role, RoleActor};
use crate::model::date::{DayRange, When};
use crate::model::extraction::{Country, CountryRole, Extraction};
use crate::model::finding::{Finding, Mention, Rule, Suggestion};
use crate::model::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use crate::model::session::{ArticleWork, Decision, Made, PublicationRuling, Verdict};

use super::facts::{ArticleFacts, ClaimFact, ClaimKey, Known, MentionFact, facts_of};
use super::track::Tally;
use crate::model::sketch::{Observed, Sketch};
use crate::model::span::Span;

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
            quotes: Vec::new(),
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
            quotes: Vec::new(),
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
            Sketch::of(&self.text, self.extraction.sentences.iter().copied()),
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

/// Actors of all sorts.
const ACTORS: [&str; 15] = [
    "CN",
    "RU",
    "KZ",
    "PL",
    "UA",
    "SA",
    "AZ",
    "VN",
    "MM",
    "TR",
    "IR",
    "SD",
    "LA",
    "bloc/eu",
    "org/norinco",
];

/// Dates of all sorts.
const DATES: [Option<&str>; 12] = [
    None,
    Some("2016-04-22"),
    Some("2016-04-22"),
    Some("2016"),
    Some("2012/2015"),
    Some("../2017-09-18"),
    Some("2014-03/.."),
    Some("2011~"),
    Some("201X"),
    Some("2015-12-20/2016-01-10"),
    Some("XXXX-02-12"),
    Some("2016-05?"),
];

fn any_when() -> impl Strategy<Value = Option<When>> {
    select(DATES.to_vec()).prop_map(|text| text.map(|text| text.parse().unwrap()))
}

fn any_actor() -> impl Strategy<Value = ActorId> {
    select(ACTORS.to_vec()).prop_map(ActorId::new)
}

fn any_claim() -> impl Strategy<Value = ClaimFact> {
    let said = (
        select(ClaimKind::ALL.to_vec()),
        select(Modality::ALL.to_vec()),
        select(Polarity::ALL.to_vec()),
    );
    let partners = proptest::collection::btree_set(0..ACTORS.len(), 0..3);
    let known = (
        proptest::option::of(1..9_u64),
        proptest::option::of(1..9_u64),
        proptest::collection::btree_set(0..9_u32, 0..3),
    );
    (
        said,
        partners,
        any_when(),
        known,
        any::<[bool; 2]>(),
        0..5_000_usize,
    )
        .prop_map(
            |((kind, modality, polarity), partners, when, (one, two, items), flags, start)| {
                ClaimFact {
                    key: if flags[0] {
                        ClaimKey::Suggested(SuggestionId(0))
                    } else {
                        ClaimKey::Made(ItemId(uuid::Uuid::nil()))
                    },
                    partners: partners.iter().map(|at| actor(ACTORS[*at])).collect(),
                    kind,
                    modality,
                    polarity,
                    days: when.as_ref().map_or(
                        DayRange {
                            first: None,
                            last: None,
                        },
                        When::days,
                    ),
                    vague: when.as_ref().is_none_or(When::is_vague),
                    when,
                    // What is made by hand is accepted.
                    accepted: !flags[0] || flags[1],
                    evidence: Span::new(start, start + 20),
                    passages: [one, two],
                    items: items.into_iter().collect(),
                }
            },
        )
}

/// Facts of any article: worked on or not, dated or not.
pub(crate) fn any_facts() -> impl Strategy<Value = ArticleFacts> {
    let told = (
        any::<u8>(),
        "[A-Za-zА-яё ]{0,12}",
        select(vec![
            "a.txt",
            "folder/a.txt",
            "folder/b.txt",
            "https://x.org/a/b?c",
            "ж\\é.txt",
        ]),
        select(Language::ALL.to_vec()),
        any_when(),
        select(PublicationStatus::ALL.to_vec()),
    );
    let partners = proptest::collection::btree_map(
        any_actor().prop_map(|actor| actor.as_str().to_owned()),
        (select(CountryRole::ALL.to_vec()), 0..3_u32, 0..3_u32),
        0..4,
    );
    let work = (0..9_u32, 0..9_u32, 0..2_u32, 0..2_u32, any::<bool>());
    let claims = proptest::collection::vec(any_claim(), 0..5);
    (told, partners, work, claims, proptest::option::of(0..3_u64)).prop_map(
        |((id, title, source, language, publication, status), partners, work, mut claims, site)| {
            for (n, claim) in (1..).zip(&mut claims) {
                claim.key = match claim.key {
                    ClaimKey::Suggested(_) => ClaimKey::Suggested(SuggestionId(n)),
                    ClaimKey::Made(_) => {
                        ClaimKey::Made(ItemId(uuid::Uuid::from_u128(u128::from(n) << 64)))
                    }
                };
            }
            let mentions = partners.iter().filter(|(_, (_, a, s))| a + s > 0);
            let mentions = mentions.map(|(id, (_, accepted, suggested))| MentionFact {
                actor: actor(id),
                accepted: *accepted,
                suggested: *suggested,
            });
            let bystander = MentionFact {
                actor: actor("person/x"),
                accepted: 0,
                suggested: 1,
            };
            ArticleFacts {
                id: ArticleId([id; 32]),
                title: title.into(),
                source: source.into(),
                language,
                publication,
                status,
                ruled: work.4,
                partners: partners
                    .iter()
                    .map(|(id, (role, ..))| (actor(id), *role))
                    .collect(),
                undecided: work.0,
                suggestions: work.1,
                decided: work.2,
                annotations: work.3,
                sketch: Box::new(Sketch::of("a b c d e", [Span::new(0, 9)])),
                observed: site.map(|site| {
                    Box::new(Observed {
                        lines: [site].into(),
                        posted: None,
                        opening: Sketch::of("", []),
                    })
                }),
                site: site.unwrap_or(0),
                claims,
                mentions: mentions.chain([bystander]).collect(),
                rules: (0..u16::try_from(work.0).unwrap())
                    .map(|rule| {
                        let tally = Tally {
                            found: work.1 + 1,
                            ..Tally::default()
                        };
                        (rule, tally)
                    })
                    .collect(),
            }
        },
    )
}

/// What a table tells of an article: of its mentions those of its partners.
pub(crate) fn told(facts: &ArticleFacts) -> ArticleFacts {
    let mut told = facts.clone();
    told.mentions
        .retain(|mention| facts.is_partner(&mention.actor));
    told
}
