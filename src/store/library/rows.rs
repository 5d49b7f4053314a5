//! What stands in a row of each Parquet file of a part. `docs/library.md` says the same for
//! those who make parts elsewhere.

use crate::model::actor::MentionClass;
use crate::model::article::{Language, PublicationStatus};
use crate::model::claim::{ClaimKind, Modality, Polarity, RoleActor};
use crate::model::date::When;
use crate::model::extraction::CountryRole;
use crate::model::ids::{ActorId, ArticleId, SuggestionId};
use crate::model::sketch::Sketch;
use crate::model::span::Span;

/// An article without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRow {
    /// SHA-256 of its source bytes; for JSON lines and CSV, of its text as UTF-8.
    pub id: ArticleId,
    /// Where it comes from: the first place where it was found.
    pub source: Box<str>,
    /// Its address, where one came along.
    pub url: Option<Box<str>>,
    /// Its headline; where it has none, its first line, cut short.
    pub title: Box<str>,
    /// The encoding of its source, such as `UTF-8`.
    pub encoding: Box<str>,
    /// The length of its source in bytes.
    pub size_bytes: u64,
    /// The language of the body.
    pub language: Language,
    /// When it was published, as far as is known.
    pub published: Option<When>,
    /// The publication date that came along with the text and stands before what that prints.
    pub given: Option<When>,
    /// How the publication date is known.
    pub status: PublicationStatus,
    /// Partners of the focus in it, the largest first.
    pub partners: Vec<(ActorId, CountryRole)>,
    /// Suggestions of all kinds.
    pub suggestions: u32,
    /// Those of them that wait for a decision when nobody has decided anything.
    pub open: u32,
    /// What of its source was known when it was read, as one number; 0: nothing.
    pub site: u64,
    /// What its body looks like; `None`: nobody looked, and it is no duplicate of anything.
    pub sketch: Option<Box<Sketch>>,
    /// How many suggestions outside furniture each rule made.
    pub rules: Vec<(Box<str>, u32)>,
}

/// A claim that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// Its identity within the article.
    pub key: SuggestionId,
    /// What kind of act.
    pub kind: ClaimKind,
    /// How firmly it is said.
    pub modality: Modality,
    /// For or against cooperation.
    pub polarity: Polarity,
    /// The partners that it ties to the focus, each once.
    pub partners: Vec<ActorId>,
    /// Who takes part, as named, the focus included.
    pub actors: Vec<RoleActor>,
    /// What it is about, as the text names it.
    pub items: Vec<String>,
    /// Hashes of the words that tell the items from others, sorted.
    pub item_keys: Box<[u32]>,
    /// When it happened.
    pub when: Option<When>,
    /// The passages that say so, the main one first.
    pub evidence: Vec<Span>,
    /// Hashes of the sentence that it rests on and of what that quotes.
    pub passages: [Option<u64>; 2],
    /// The rule that found it.
    pub rule: Box<str>,
    /// How sure the rule is, in percent.
    pub confidence: u8,
}

/// A mention in title or body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionRow {
    /// Where.
    pub span: Span,
    /// Whom it names.
    pub actor: ActorId,
    /// For whom that counts: the country of an organisation or person, where it is known.
    pub counts_as: ActorId,
    /// How it names it.
    pub class: MentionClass,
    /// The rule that found it.
    pub rule: Box<str>,
}

/// An article with all that was read out of it, but for its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadArticle {
    /// The article.
    pub article: ArticleRow,
    /// Its claims, in reading order.
    pub claims: Vec<ClaimRow>,
    /// Its mentions, in reading order.
    pub mentions: Vec<MentionRow>,
}

/// What a source is known for: a line or a minute of posting that several of its articles have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// The source.
    pub source: Box<str>,
    /// How many articles of it there are.
    pub articles: u32,
    /// Whether this is a line; else a minute of posting.
    pub is_line: bool,
    /// Its hash.
    pub key: u64,
    /// How many articles have it.
    pub count: u32,
}
