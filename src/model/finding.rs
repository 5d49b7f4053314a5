//! What the program proposes and the analyst decides on.

use std::borrow::{Borrow, Cow};
use std::fmt;

use super::actor::MentionClass;
use super::article::Furniture;
use super::claim::{Claim, named_enum};
use super::date::When;
use super::ids::{ActorId, ItemId, SuggestionId};
use super::span::Span;

/// The name of a rule, such as `time/month-day` or `claim/hosted-meeting`: what an analyst reads
/// as the reason of a suggestion, and what an accept-all speaks of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(pub Cow<'static, str>);

impl Rule {
    /// A rule of the program.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

/// So that a set of rules can be asked for a name.
impl Borrow<str> for Rule {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.0)
    }
}

named_enum! {
    /// What a time value rests on.
    TimeBasis {
        /// The expression says it all.
        Explicit = "explicit", "as written";
        /// Counted from the publication date.
        Publication = "relative_to_publication", "relative to the publication date";
        /// Counted from a time told before it in the text.
        Text = "relative_to_text", "relative to the text";
        /// A part, such as the year, is taken from the context.
        Inferred = "inferred", "inferred from the context";
        /// The text gives no anchor to resolve it with.
        Unresolvable = "unresolvable", "cannot be resolved";
    }
}

/// A span that names an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Whom.
    pub actor: ActorId,
    /// How.
    pub class: MentionClass,
}

/// A span that says when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where.
    pub span: Span,
    /// The value; `None` where there is nothing to resolve it with.
    pub when: Option<When>,
    /// What the value rests on.
    pub basis: TimeBasis,
}

/// Something said of an article: proposed by a rule, or made by the analyst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A mention of an actor.
    Mention(Mention),
    /// A time expression.
    Time(TimeExpression),
    /// A range that is not the article.
    Furniture(Furniture),
    /// A claim.
    Claim(Claim),
}

/// The sort of a finding, without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// See [`Finding::Mention`].
    Mention,
    /// See [`Finding::Time`].
    Time,
    /// See [`Finding::Furniture`].
    Furniture,
    /// See [`Finding::Claim`].
    Claim,
}

impl FindingKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Claim, Self::Time, Self::Mention, Self::Furniture];

    /// The name on screen, in the plural.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mention => "Mentions",
            Self::Time => "Dates",
            Self::Furniture => "Furniture",
            Self::Claim => "Claims",
        }
    }

    /// The name on screen of one of them.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Mention => "Mention",
            Self::Time => "Date",
            Self::Furniture => "Furniture",
            Self::Claim => "Claim",
        }
    }
}

/// The identity of a finding within its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKey {
    /// Proposed by a rule; decided on or not.
    Suggested(SuggestionId),
    /// Made by the analyst.
    Made(ItemId),
}

impl Finding {
    /// All passages that it rests on: of a claim the evidence, and where the text says when.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        match self {
            Self::Claim(claim) => {
                let when = claim.time.span;
                claim.evidence.iter().copied().chain(when).collect()
            }
            _ => vec![self.span()],
        }
    }

    /// The same finding with each passage where `now` says that it is. `None` when one that it
    /// can't do without is nowhere; a claim can do without further evidence and the words that
    /// say when.
    #[must_use]
    pub fn moved(&self, now: &dyn Fn(Span) -> Option<Span>) -> Option<Self> {
        Some(match self {
            Self::Mention(mention) => Self::Mention(Mention {
                span: now(mention.span)?,
                ..mention.clone()
            }),
            Self::Time(time) => Self::Time(TimeExpression {
                span: now(time.span)?,
                ..time.clone()
            }),
            Self::Furniture(furniture) => Self::Furniture(Furniture {
                span: now(furniture.span)?,
                ..*furniture
            }),
            Self::Claim(claim) => {
                now(self.span())?;
                let mut claim = claim.clone();
                claim.evidence = claim
                    .evidence
                    .iter()
                    .filter_map(|span| now(*span))
                    .collect();
                claim.time.span = claim.time.span.and_then(now);
                Self::Claim(claim)
            }
        })
    }

    /// The sort of this finding.
    #[must_use]
    pub const fn kind(&self) -> FindingKind {
        match self {
            Self::Mention(_) => FindingKind::Mention,
            Self::Time(_) => FindingKind::Time,
            Self::Furniture(_) => FindingKind::Furniture,
            Self::Claim(_) => FindingKind::Claim,
        }
    }

    /// Where it is: for a claim, its main evidence.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Mention(mention) => mention.span,
            Self::Time(time) => time.span,
            Self::Furniture(furniture) => furniture.span,
            Self::Claim(claim) => claim.main_evidence().unwrap_or(Span::new(0, 0)),
        }
    }
}

/// A finding that the program proposes, with its reason. It stays one until it is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its identity within the article: the same after every extraction of the same text.
    pub id: SuggestionId,
    /// What is proposed.
    pub finding: Finding,
    /// The rule that found it.
    pub rule: Rule,
    /// How sure the rule is, in percent: 1 to 100.
    pub confidence: u8,
    /// What the rule fired on, in words, where its place does not say it; mostly empty.
    pub grounds: Cow<'static, str>,
}

impl Suggestion {
    /// Proposes `finding`.
    ///
    /// The id is a 64-bit FNV-1a hash of the finding's sort, span and what tells it from another
    /// at the same place (the actor of a mention; kind and partners of a claim), so a rule that
    /// is renamed or a value that is resolved better keeps the analyst's decision.
    #[must_use]
    pub fn new(finding: Finding, rule: Rule, confidence: u8) -> Self {
        Self {
            id: Self::id_of(&finding),
            finding,
            rule,
            confidence,
            grounds: Cow::Borrowed(""),
        }
    }

    /// The id that a suggestion of this finding has; see [`Self::new`].
    #[must_use]
    pub fn id_of(finding: &Finding) -> SuggestionId {
        let span = finding.span();
        let mut hash = Fnv::new();
        hash.write(&[finding.kind() as u8]);
        hash.write(&(span.start as u64).to_le_bytes());
        hash.write(&(span.end as u64).to_le_bytes());
        match finding {
            Finding::Mention(mention) => hash.write(mention.actor.as_str().as_bytes()),
            Finding::Time(_) => {}
            Finding::Furniture(furniture) => hash.write(furniture.reason.key().as_bytes()),
            Finding::Claim(claim) => {
                hash.write(claim.kind.key().as_bytes());
                for actor in &claim.actors {
                    hash.write(actor.actor.as_str().as_bytes());
                    hash.write(b"|");
                }
            }
        }
        SuggestionId(hash.0)
    }

    /// The same, with what its rule fired on.
    #[must_use]
    pub fn because(mut self, grounds: impl Into<Cow<'static, str>>) -> Self {
        self.grounds = grounds.into();
        self
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): small, and the same on every machine and version.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
