//! What stands in the file, field by field. Apart from the model, so that each can change without
//! the other. What there is most of is borrowed from the model while it is written. Everything is
//! strict; see [`super::lenient`] for files of a newer schema.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text::{Key, Map, ModelMap, SpanText, Text};
use crate::model::actor::{ActorKind, MentionClass};
use crate::model::annotation::Annotation;
use crate::model::article::FurnitureReason;
use crate::model::claim::{ClaimKind, Modality, Polarity, Role};
use crate::model::date::When;
use crate::model::finding::TimeBasis;
use crate::model::ids::{ArticleId, ItemId, SuggestionId};
use crate::model::session::{Decision, Made};
use crate::model::view::{BinWidth, Clock, Column, Pane, Theme, Unit};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDoc<'a> {
    /// First, so that it can be read whatever follows.
    pub(super) schema: u32,
    pub(super) session: SessionDoc<'a>,
    #[serde(default)]
    pub(super) view: ViewDoc,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::store) struct SessionDoc<'a> {
    pub(super) id: Text<Uuid>,
    pub(super) corpus: CorpusDoc,
    pub(super) focus: String,
    pub(super) analyst: String,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) actors: Map<String, ActorDoc>,
    /// Surface → actor; `None`: it names nobody.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) aliases: Map<String, Option<String>>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) merged: Map<String, String>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) codes: Map<Text<Uuid>, CodeDoc>,
    /// Names of rules that are switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rules_off: Vec<String>,
    /// Articles that are folded under no other one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) kept_apart: Vec<Text<ArticleId>>,
    /// Saved searches by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) searches: Map<String, String>,
    /// Memos on anything but articles.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) memos: Map<ThingDoc, NoteDoc>,
    /// Links between two things.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) links: Map<(ThingDoc, ThingDoc), SignedDoc>,
    /// Where the articles with work on them came from.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) origins: Map<Text<ArticleId>, OriginDoc>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) work: Map<Text<ArticleId>, WorkDoc<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum CorpusDoc {
    Sample,
    /// Relative to the folder of the session file, or absolute.
    Paths(Vec<String>),
    /// The same, one folder.
    Library(String),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorDoc {
    pub(super) name: String,
    pub(super) kind: Key<ActorKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeDoc {
    pub(super) name: String,
    pub(super) color: u8,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) definition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) parent: Option<Text<Uuid>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shortcut: Option<char>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ThingDoc {
    Session,
    Article(Text<ArticleId>),
    /// A claim that a rule proposed.
    Suggested(Text<ArticleId>, Text<SuggestionId>),
    /// A claim made by hand.
    Made(Text<ArticleId>, Text<Uuid>),
    Annotation(Text<ArticleId>, Text<Uuid>),
    Code(Text<Uuid>),
    Actor(String),
    Partner(String),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignedDoc {
    pub(super) by: String,
    pub(super) at: Text<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OriginDoc {
    pub(super) source: String,
    pub(super) head: String,
}

/// Passage, what stands before and after it, and how much the next like it has in common.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct QuoteDoc<'a>(
    pub(super) Cow<'a, str>,
    pub(super) Cow<'a, str>,
    pub(super) Cow<'a, str>,
    pub(super) Option<RivalDoc>,
);

/// Percent: before, passage, after, most before, most after.
pub(super) type RivalDoc = (u8, u8, u8, u8, u8);

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkDoc<'a> {
    #[serde(default, skip_serializing_if = "ModelMap::is_empty")]
    pub(super) decisions: ModelMap<'a, SuggestionId, Decision>,
    #[serde(default, skip_serializing_if = "ModelMap::is_empty")]
    pub(super) made: ModelMap<'a, ItemId, Made>,
    #[serde(default, skip_serializing_if = "ModelMap::is_empty")]
    pub(super) annotations: ModelMap<'a, ItemId, Annotation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<NoteDoc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) publication: Option<RulingDoc>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionDoc<'a> {
    pub(super) verdict: VerdictDoc<'a>,
    pub(super) finding: FindingDoc<'a>,
    pub(super) rule: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) quotes: Vec<QuoteDoc<'a>>,
    pub(super) by: Cow<'a, str>,
    pub(super) at: Text<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum VerdictDoc<'a> {
    Accepted,
    Rejected,
    Edited(Box<FindingDoc<'a>>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MadeDoc<'a> {
    pub(super) finding: FindingDoc<'a>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) quotes: Vec<QuoteDoc<'a>>,
    pub(super) by: Cow<'a, str>,
    pub(super) at: Text<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum FindingDoc<'a> {
    Mention {
        span: SpanText,
        actor: Cow<'a, str>,
        class: Key<MentionClass>,
    },
    Time {
        span: SpanText,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Text<When>>,
        basis: Key<TimeBasis>,
    },
    Furniture {
        span: SpanText,
        reason: Key<FurnitureReason>,
    },
    Claim {
        kind: Key<ClaimKind>,
        modality: Key<Modality>,
        polarity: Key<Polarity>,
        actors: Vec<(Cow<'a, str>, Key<Role>)>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<Cow<'a, str>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Text<When>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when_span: Option<SpanText>,
        evidence: Vec<SpanText>,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnotationDoc<'a> {
    pub(super) span: SpanText,
    pub(super) exact: Cow<'a, str>,
    pub(super) prefix: Cow<'a, str>,
    pub(super) suffix: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rival: Option<RivalDoc>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) codes: Vec<Text<Uuid>>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub(super) note: Cow<'a, str>,
    pub(super) by: Cow<'a, str>,
    pub(super) at: Text<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteDoc {
    pub(super) text: String,
    pub(super) by: String,
    pub(super) at: Text<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulingDoc {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<Text<When>>,
    pub(super) by: String,
    pub(super) at: Text<Timestamp>,
}

/// A field that is left out is as in a new view.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ViewDoc {
    pub(super) filter: String,
    pub(super) sort_by: Key<Column>,
    pub(super) descending: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open_article: Option<Text<ArticleId>>,
    pub(super) chart: ChartDoc,
    pub(super) with_rejected: bool,
    pub(super) likely_first: bool,
    pub(super) theme: Key<Theme>,
    /// Partners in the order of their colours.
    pub(super) colors: Vec<String>,
    pub(super) layout: LayoutDoc,
}

/// A field that is left out is as in a new view.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ChartDoc {
    pub(super) clock: Key<Clock>,
    pub(super) unit: Key<Unit>,
    pub(super) bins: Key<BinWidth>,
    pub(super) with_suggested: bool,
    pub(super) modalities: Vec<Key<Modality>>,
    pub(super) hidden: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum LayoutDoc {
    Pane(Key<Pane>),
    Tabs {
        active: usize,
        panes: Vec<LayoutDoc>,
    },
    Row(Vec<(f32, LayoutDoc)>),
    Column(Vec<(f32, LayoutDoc)>),
}
