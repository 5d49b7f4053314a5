//! Between the model and what stands in the file, for the session; see [`view`] for the view.

mod view;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::SCHEMA;
use super::doc::{
    ActorDoc, AnnotationDoc, CodeDoc, CorpusDoc, DecisionDoc, FileDoc, FindingDoc, MadeDoc,
    NoteDoc, OriginDoc, QuoteDoc, RivalDoc, RulingDoc, SessionDoc, SignedDoc, ThingDoc, VerdictDoc,
    WorkDoc,
};
use super::path_text::{path_from_text, path_to_text};
use super::text::{Key, Map, ModelMap, SpanText, Stored, Text};
use crate::model::actor::{Actor, ActorBook};
use crate::model::annotation::{Annotation, Quote, Rival};
use crate::model::article::Furniture;
use crate::model::claim::{Claim, ClaimTime, RoleActor};
use crate::model::codebook::{Code, Codebook};
use crate::model::finding::{Finding, FindingKey, Mention, Rule, TimeExpression};
use crate::model::ids::{ActorId, ItemId, SuggestionId};
use crate::model::session::{
    ArticleWork, CorpusSource, Decision, Link, Made, Note, Origin, PublicationRuling, Session,
    Signed, Thing, Verdict,
};
use crate::model::span::Span;
use crate::model::view::View;

impl<'a> FileDoc<'a> {
    pub(super) fn new(session: &'a Session, view: &View, folder: Option<&Path>) -> Self {
        Self {
            schema: SCHEMA,
            session: session_doc(session, folder),
            view: view.into(),
        }
    }

    pub(super) fn into_model(self, folder: Option<&Path>) -> (Session, View) {
        (session(self.session, folder), self.view.into())
    }
}

pub(in crate::store) fn session_doc<'a>(
    session: &'a Session,
    folder: Option<&Path>,
) -> SessionDoc<'a> {
    SessionDoc {
        work: entries(&session.work, |id| Text(*id), WorkDoc::from),
        ..doc_without_work(session, folder)
    }
}

/// The session without the work on articles, which is written in pieces.
pub(super) fn doc_without_work<'a>(session: &Session, folder: Option<&Path>) -> SessionDoc<'a> {
    let book = &session.actors;
    SessionDoc {
        id: Text(session.id.0),
        corpus: corpus_doc(&session.corpus, folder),
        focus: session.focus.to_string(),
        analyst: session.analyst.clone(),
        actors: entries(&book.actors, ActorId::to_string, ActorDoc::from),
        aliases: entries(&book.aliases, String::clone, |to| {
            to.as_ref().map(ActorId::to_string)
        }),
        merged: entries(&book.merged, ActorId::to_string, ActorId::to_string),
        codes: entries(&session.codebook.codes, item_doc, CodeDoc::from),
        rules_off: session.rules_off.iter().map(Rule::to_string).collect(),
        kept_apart: session.kept_apart.iter().copied().map(Text).collect(),
        searches: entries(&session.searches, String::clone, String::clone),
        memos: entries(&session.memos, ThingDoc::from, NoteDoc::from),
        links: entries(
            &session.links,
            |link| {
                let (a, b) = link.ends();
                (a.into(), b.into())
            },
            SignedDoc::from,
        ),
        origins: entries(&session.origins, |id| Text(*id), OriginDoc::from),
        work: Map::default(),
    }
}

pub(in crate::store) fn session(doc: SessionDoc<'_>, folder: Option<&Path>) -> Session {
    let mut session = Session {
        id: item(doc.id),
        corpus: corpus(doc.corpus, folder),
        focus: actor(&doc.focus),
        analyst: doc.analyst,
        actors: ActorBook {
            actors: values(doc.actors, |id| actor(&id), Actor::from),
            aliases: values(
                doc.aliases,
                |surface| surface,
                |to| to.as_deref().map(actor),
            ),
            merged: values(doc.merged, |from| actor(&from), |to| actor(&to)),
        },
        codebook: Codebook {
            codes: values(doc.codes, item, Code::from),
        },
        rules_off: doc.rules_off.into_iter().map(rule).collect(),
        kept_apart: doc.kept_apart.into_iter().map(|id| id.0).collect(),
        searches: values(doc.searches, |name| name, |query| query),
        memos: values(doc.memos, Thing::from, Note::from),
        // A thing and itself have no link.
        links: doc
            .links
            .0
            .into_iter()
            .filter_map(|((a, b), signed)| Some((Link::new(a.into(), b.into())?, signed.into())))
            .collect(),
        origins: values(doc.origins, |id| id.0, Origin::from),
        work: values(doc.work, |id| id.0, ArticleWork::from),
    };
    // Work that holds nothing is no work; the model leaves it out.
    session.work.retain(|_, work| !work.is_empty());
    session
}

pub(super) fn corpus_doc(corpus: &CorpusSource, folder: Option<&Path>) -> CorpusDoc {
    match corpus {
        CorpusSource::Sample => CorpusDoc::Sample,
        CorpusSource::Paths(paths) => {
            CorpusDoc::Paths(paths.iter().map(|p| path_doc(p, folder)).collect())
        }
        CorpusSource::Library(path) => CorpusDoc::Library(path_doc(path, folder)),
    }
}

pub(super) fn corpus(doc: CorpusDoc, folder: Option<&Path>) -> CorpusSource {
    match doc {
        CorpusDoc::Sample => CorpusSource::Sample,
        CorpusDoc::Paths(paths) => {
            CorpusSource::Paths(paths.iter().map(|p| path(p, folder)).collect())
        }
        CorpusDoc::Library(text) => CorpusSource::Library(path(&text, folder)),
    }
}

/// A path inside `folder` relative to it, with `/`; any other absolute.
fn path_doc(path: &Path, folder: Option<&Path>) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let Some(below) = folder.and_then(|folder| path.strip_prefix(folder).ok()) else {
        return path_to_text(&path);
    };
    if below.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let text = path_to_text(below);
    if std::path::MAIN_SEPARATOR == '/' {
        text
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

fn path(text: &str, folder: Option<&Path>) -> PathBuf {
    let path = path_from_text(text);
    match folder {
        Some(folder) if text == "." => folder.to_owned(),
        Some(folder) => folder.join(path),
        None => path,
    }
}

fn entries<'a, K: 'a, V: 'a, DK: Ord, DV>(
    map: impl IntoIterator<Item = (&'a K, &'a V)>,
    key: impl Fn(&'a K) -> DK,
    value: impl Fn(&'a V) -> DV,
) -> Map<DK, DV> {
    map.into_iter().map(|(k, v)| (key(k), value(v))).collect()
}

fn values<DK, DV, K, V, M: FromIterator<(K, V)>>(
    map: Map<DK, DV>,
    key: impl Fn(DK) -> K,
    value: impl Fn(DV) -> V,
) -> M {
    map.0.into_iter().map(|(k, v)| (key(k), value(v))).collect()
}

pub(super) fn actor(text: &str) -> ActorId {
    ActorId::new(text)
}

pub(super) fn rule(name: String) -> Rule {
    Rule(Cow::Owned(name))
}

pub(super) fn item(id: Text<Uuid>) -> ItemId {
    ItemId(id.0)
}

pub(super) fn item_doc(id: &ItemId) -> Text<Uuid> {
    Text(id.0)
}

fn spans(docs: Vec<SpanText>) -> Vec<Span> {
    docs.into_iter().map(|span| span.0).collect()
}

fn rival_doc(rival: Rival) -> RivalDoc {
    let Rival {
        before,
        passage,
        after,
        most_before,
        most_after,
    } = rival;
    (before, passage, after, most_before, most_after)
}

fn rival((before, passage, after, most_before, most_after): RivalDoc) -> Rival {
    Rival {
        before,
        passage,
        after,
        most_before,
        most_after,
    }
}

impl<'a> From<&'a Quote> for QuoteDoc<'a> {
    fn from(quote: &'a Quote) -> Self {
        Self(
            quote.exact.as_str().into(),
            quote.prefix.as_str().into(),
            quote.suffix.as_str().into(),
            quote.rival.map(rival_doc),
        )
    }
}

impl From<QuoteDoc<'_>> for Quote {
    fn from(doc: QuoteDoc<'_>) -> Self {
        Self {
            exact: doc.0.into_owned(),
            prefix: doc.1.into_owned(),
            suffix: doc.2.into_owned(),
            rival: doc.3.map(rival),
        }
    }
}

impl From<&Signed> for SignedDoc {
    fn from(signed: &Signed) -> Self {
        Self {
            by: signed.by.clone(),
            at: Text(signed.at),
        }
    }
}

impl From<SignedDoc> for Signed {
    fn from(doc: SignedDoc) -> Self {
        Self {
            by: doc.by,
            at: doc.at.0,
        }
    }
}

impl From<&Origin> for OriginDoc {
    fn from(origin: &Origin) -> Self {
        Self {
            source: origin.source.clone(),
            head: origin.head.clone(),
        }
    }
}

impl From<OriginDoc> for Origin {
    fn from(doc: OriginDoc) -> Self {
        Self {
            source: doc.source,
            head: doc.head,
        }
    }
}

impl From<&Thing> for ThingDoc {
    fn from(thing: &Thing) -> Self {
        match thing {
            Thing::Session => Self::Session,
            Thing::Article(id) => Self::Article(Text(*id)),
            Thing::Claim(id, FindingKey::Suggested(key)) => Self::Suggested(Text(*id), Text(*key)),
            Thing::Claim(id, FindingKey::Made(key)) => Self::Made(Text(*id), item_doc(key)),
            Thing::Annotation(id, key) => Self::Annotation(Text(*id), item_doc(key)),
            Thing::Code(id) => Self::Code(item_doc(id)),
            Thing::Actor(id) => Self::Actor(id.to_string()),
            Thing::Partner(id) => Self::Partner(id.to_string()),
        }
    }
}

impl From<ThingDoc> for Thing {
    fn from(doc: ThingDoc) -> Self {
        match doc {
            ThingDoc::Session => Self::Session,
            ThingDoc::Article(id) => Self::Article(id.0),
            ThingDoc::Suggested(id, key) => Self::Claim(id.0, FindingKey::Suggested(key.0)),
            ThingDoc::Made(id, key) => Self::Claim(id.0, FindingKey::Made(item(key))),
            ThingDoc::Annotation(id, key) => Self::Annotation(id.0, item(key)),
            ThingDoc::Code(id) => Self::Code(item(id)),
            ThingDoc::Actor(id) => Self::Actor(actor(&id)),
            ThingDoc::Partner(id) => Self::Partner(actor(&id)),
        }
    }
}

impl From<&Actor> for ActorDoc {
    fn from(actor: &Actor) -> Self {
        Self {
            name: actor.name.clone(),
            kind: Key(actor.kind),
            country: actor.country.as_ref().map(ActorId::to_string),
        }
    }
}

impl From<ActorDoc> for Actor {
    fn from(doc: ActorDoc) -> Self {
        Self {
            name: doc.name,
            kind: doc.kind.0,
            country: doc.country.as_deref().map(actor),
        }
    }
}

impl From<&Code> for CodeDoc {
    fn from(code: &Code) -> Self {
        Self {
            name: code.name.clone(),
            color: code.color,
            definition: code.definition.clone(),
            parent: code.parent.as_ref().map(item_doc),
            shortcut: code.shortcut,
        }
    }
}

impl From<CodeDoc> for Code {
    fn from(doc: CodeDoc) -> Self {
        Self {
            name: doc.name,
            color: doc.color,
            definition: doc.definition,
            parent: doc.parent.map(item),
            shortcut: doc.shortcut,
        }
    }
}

impl<'a> From<&'a ArticleWork> for WorkDoc<'a> {
    fn from(work: &'a ArticleWork) -> Self {
        Self {
            decisions: ModelMap(Cow::Borrowed(&work.decisions)),
            made: ModelMap(Cow::Borrowed(&work.made)),
            annotations: ModelMap(Cow::Borrowed(&work.annotations)),
            note: work.note.as_ref().map(NoteDoc::from),
            publication: work.publication.as_ref().map(RulingDoc::from),
        }
    }
}

impl From<WorkDoc<'_>> for ArticleWork {
    fn from(doc: WorkDoc<'_>) -> Self {
        Self {
            decisions: doc.decisions.0.into_owned(),
            made: doc.made.0.into_owned(),
            annotations: doc.annotations.0.into_owned(),
            note: doc.note.map(Note::from),
            publication: doc.publication.map(PublicationRuling::from),
        }
    }
}

macro_rules! stored {
    ($($model:ty => $doc:ty),+ $(,)?) => {
        $(impl Stored for $model {
            type Doc<'a> = $doc;

            fn doc(&self) -> Self::Doc<'_> {
                self.into()
            }

            fn of(doc: Self::Doc<'static>) -> Self {
                doc.into()
            }
        })+
    };
}

stored! {
    SuggestionId => Text<SuggestionId>,
    ItemId => Text<Uuid>,
    Decision => DecisionDoc<'a>,
    Made => MadeDoc<'a>,
    Annotation => AnnotationDoc<'a>,
}

impl From<&SuggestionId> for Text<SuggestionId> {
    fn from(id: &SuggestionId) -> Self {
        Self(*id)
    }
}

impl From<Text<SuggestionId>> for SuggestionId {
    fn from(id: Text<SuggestionId>) -> Self {
        id.0
    }
}

impl From<&ItemId> for Text<Uuid> {
    fn from(id: &ItemId) -> Self {
        Self(id.0)
    }
}

impl From<Text<Uuid>> for ItemId {
    fn from(id: Text<Uuid>) -> Self {
        Self(id.0)
    }
}

impl From<&Note> for NoteDoc {
    fn from(note: &Note) -> Self {
        Self {
            text: note.text.clone(),
            by: note.by.clone(),
            at: Text(note.at),
        }
    }
}

impl From<NoteDoc> for Note {
    fn from(doc: NoteDoc) -> Self {
        Self {
            text: doc.text,
            by: doc.by,
            at: doc.at.0,
        }
    }
}

impl From<&PublicationRuling> for RulingDoc {
    fn from(ruling: &PublicationRuling) -> Self {
        Self {
            when: ruling.when.clone().map(Text),
            by: ruling.by.clone(),
            at: Text(ruling.at),
        }
    }
}

impl From<RulingDoc> for PublicationRuling {
    fn from(doc: RulingDoc) -> Self {
        Self {
            when: doc.when.map(|when| when.0),
            by: doc.by,
            at: doc.at.0,
        }
    }
}

impl<'a> From<&'a Decision> for DecisionDoc<'a> {
    fn from(decision: &'a Decision) -> Self {
        Self {
            verdict: match &decision.verdict {
                Verdict::Accepted => VerdictDoc::Accepted,
                Verdict::Rejected => VerdictDoc::Rejected,
                Verdict::Edited(finding) => VerdictDoc::Edited(Box::new(finding.as_ref().into())),
            },
            finding: (&decision.finding).into(),
            rule: decision.rule.0.as_ref().into(),
            quotes: decision.quotes.iter().map(QuoteDoc::from).collect(),
            by: decision.by.as_str().into(),
            at: Text(decision.at),
        }
    }
}

impl From<DecisionDoc<'_>> for Decision {
    fn from(doc: DecisionDoc<'_>) -> Self {
        Self {
            verdict: match doc.verdict {
                VerdictDoc::Accepted => Verdict::Accepted,
                VerdictDoc::Rejected => Verdict::Rejected,
                VerdictDoc::Edited(finding) => Verdict::Edited(Box::new((*finding).into())),
            },
            finding: doc.finding.into(),
            rule: rule(doc.rule.into_owned()),
            quotes: doc.quotes.into_iter().map(Quote::from).collect(),
            by: doc.by.into_owned(),
            at: doc.at.0,
        }
    }
}

impl<'a> From<&'a Made> for MadeDoc<'a> {
    fn from(made: &'a Made) -> Self {
        Self {
            finding: (&made.finding).into(),
            quotes: made.quotes.iter().map(QuoteDoc::from).collect(),
            by: made.by.as_str().into(),
            at: Text(made.at),
        }
    }
}

impl From<MadeDoc<'_>> for Made {
    fn from(doc: MadeDoc<'_>) -> Self {
        Self {
            finding: doc.finding.into(),
            quotes: doc.quotes.into_iter().map(Quote::from).collect(),
            by: doc.by.into_owned(),
            at: doc.at.0,
        }
    }
}

impl<'a> From<&'a Annotation> for AnnotationDoc<'a> {
    fn from(annotation: &'a Annotation) -> Self {
        let quote = &annotation.quote;
        Self {
            span: SpanText(annotation.span),
            exact: quote.exact.as_str().into(),
            prefix: quote.prefix.as_str().into(),
            suffix: quote.suffix.as_str().into(),
            rival: quote.rival.map(rival_doc),
            codes: annotation.codes.iter().map(item_doc).collect(),
            note: annotation.note.as_str().into(),
            by: annotation.by.as_str().into(),
            at: Text(annotation.at),
        }
    }
}

impl From<AnnotationDoc<'_>> for Annotation {
    fn from(doc: AnnotationDoc<'_>) -> Self {
        Self {
            span: doc.span.0,
            quote: Quote {
                exact: doc.exact.into_owned(),
                prefix: doc.prefix.into_owned(),
                suffix: doc.suffix.into_owned(),
                rival: doc.rival.map(rival),
            },
            codes: doc.codes.into_iter().map(item).collect(),
            note: doc.note.into_owned(),
            by: doc.by.into_owned(),
            at: doc.at.0,
        }
    }
}

impl<'a> From<&'a Finding> for FindingDoc<'a> {
    fn from(finding: &'a Finding) -> Self {
        match finding {
            Finding::Mention(mention) => Self::Mention {
                span: SpanText(mention.span),
                actor: mention.actor.as_str().into(),
                class: Key(mention.class),
            },
            Finding::Time(time) => Self::Time {
                span: SpanText(time.span),
                when: time.when.clone().map(Text),
                basis: Key(time.basis),
            },
            Finding::Furniture(furniture) => Self::Furniture {
                span: SpanText(furniture.span),
                reason: Key(furniture.reason),
            },
            Finding::Claim(claim) => Self::Claim {
                kind: Key(claim.kind),
                modality: Key(claim.modality),
                polarity: Key(claim.polarity),
                actors: claim
                    .actors
                    .iter()
                    .map(|a| (a.actor.as_str().into(), Key(a.role)))
                    .collect(),
                items: claim
                    .items
                    .iter()
                    .map(|item| item.as_str().into())
                    .collect(),
                when: claim.time.when.clone().map(Text),
                when_span: claim.time.span.map(SpanText),
                evidence: claim.evidence.iter().copied().map(SpanText).collect(),
            },
        }
    }
}

impl From<FindingDoc<'_>> for Finding {
    fn from(doc: FindingDoc<'_>) -> Self {
        match doc {
            FindingDoc::Mention {
                span,
                actor: id,
                class,
            } => Self::Mention(Mention {
                span: span.0,
                actor: actor(&id),
                class: class.0,
            }),
            FindingDoc::Time { span, when, basis } => Self::Time(TimeExpression {
                span: span.0,
                when: when.map(|when| when.0),
                basis: basis.0,
            }),
            FindingDoc::Furniture { span, reason } => Self::Furniture(Furniture {
                span: span.0,
                reason: reason.0,
            }),
            FindingDoc::Claim {
                kind,
                modality,
                polarity,
                actors,
                items,
                when,
                when_span,
                evidence,
            } => Self::Claim(Claim {
                kind: kind.0,
                modality: modality.0,
                polarity: polarity.0,
                actors: actors
                    .into_iter()
                    .map(|(id, role)| RoleActor {
                        actor: actor(&id),
                        role: role.0,
                    })
                    .collect(),
                items: items.into_iter().map(Cow::into_owned).collect(),
                time: ClaimTime {
                    when: when.map(|when| when.0),
                    span: when_span.map(|span| span.0),
                },
                evidence: spans(evidence),
            }),
        }
    }
}
