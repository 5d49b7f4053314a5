//! An edit as it stands in the journal. A variant of [`Edit`] that is missing here does not compile.

use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::convert::{actor, corpus, corpus_doc, item, item_doc, rule};
use super::doc::{
    ActorDoc, AnnotationDoc, CodeDoc, CorpusDoc, DecisionDoc, MadeDoc, NoteDoc, OriginDoc,
    RulingDoc, SignedDoc, ThingDoc,
};
use super::text::Text;
use crate::model::edit::Edit;
use crate::model::ids::{ArticleId, SuggestionId};
use crate::model::session::Link;

/// An edit as it stands in the journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::store) struct EditDoc<'a>(Place<'a>);

impl<'a> EditDoc<'a> {
    /// The edit, with paths inside `folder` relative to it.
    pub(in crate::store) fn new(edit: &'a Edit, folder: Option<&Path>) -> Self {
        Self(Place::new(edit, folder))
    }

    /// The edit that it describes.
    pub(in crate::store) fn into_edit(self, folder: Option<&Path>) -> Edit {
        self.0.into_edit(folder)
    }
}

/// A place and what stands there afterwards; see [`Edit`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Place<'a> {
    Focus(String),
    Analyst(String),
    Corpus(CorpusDoc),
    Decision(
        Text<ArticleId>,
        Text<SuggestionId>,
        Option<Box<DecisionDoc<'a>>>,
    ),
    Made(Text<ArticleId>, Text<Uuid>, Option<MadeDoc<'a>>),
    Annotation(Text<ArticleId>, Text<Uuid>, Option<AnnotationDoc<'a>>),
    Note(Text<ArticleId>, Option<NoteDoc>),
    Publication(Text<ArticleId>, Option<RulingDoc>),
    Code(Text<Uuid>, Option<CodeDoc>),
    Actor(String, Option<ActorDoc>),
    #[expect(
        clippy::option_option,
        reason = "as in the edit: nobody, and what the gazetteer says"
    )]
    Alias(String, Option<Option<String>>),
    Merge(String, Option<String>),
    RuleOff(String, bool),
    KeptApart(Text<ArticleId>, bool),
    Search(String, Option<String>),
    Memo(ThingDoc, Option<NoteDoc>),
    Link((ThingDoc, ThingDoc), Option<SignedDoc>),
    Origin(Text<ArticleId>, Option<OriginDoc>),
    All(Vec<Place<'a>>),
}

impl<'a> Place<'a> {
    fn new(edit: &'a Edit, folder: Option<&Path>) -> Self {
        match edit {
            Edit::Focus(focus) => Self::Focus(focus.to_string()),
            Edit::Analyst(name) => Self::Analyst(name.clone()),
            Edit::Corpus(source) => Self::Corpus(corpus_doc(source, folder)),
            Edit::Decision(article, id, to) => Self::Decision(
                Text(*article),
                Text(*id),
                to.as_ref().map(|to| Box::new(to.as_ref().into())),
            ),
            Edit::Made(article, id, to) => {
                Self::Made(Text(*article), item_doc(id), to.as_ref().map(Into::into))
            }
            Edit::Annotation(article, id, to) => {
                Self::Annotation(Text(*article), item_doc(id), to.as_ref().map(Into::into))
            }
            Edit::Note(article, to) => Self::Note(Text(*article), to.as_ref().map(Into::into)),
            Edit::Publication(article, to) => {
                Self::Publication(Text(*article), to.as_ref().map(Into::into))
            }
            Edit::Code(id, to) => Self::Code(item_doc(id), to.as_ref().map(Into::into)),
            Edit::Actor(id, to) => Self::Actor(id.to_string(), to.as_ref().map(Into::into)),
            Edit::Alias(surface, to) => Self::Alias(
                surface.clone(),
                to.as_ref().map(|to| to.as_ref().map(ToString::to_string)),
            ),
            Edit::Merge(id, to) => {
                Self::Merge(id.to_string(), to.as_ref().map(ToString::to_string))
            }
            Edit::RuleOff(rule, off) => Self::RuleOff(rule.to_string(), *off),
            Edit::KeptApart(article, apart) => Self::KeptApart(Text(*article), *apart),
            Edit::Search(name, to) => Self::Search(name.clone(), to.clone()),
            Edit::Memo(on, to) => Self::Memo(on.into(), to.as_ref().map(Into::into)),
            Edit::Link(link, to) => {
                let (a, b) = link.ends();
                Self::Link((a.into(), b.into()), to.as_ref().map(Into::into))
            }
            Edit::Origin(article, to) => Self::Origin(Text(*article), to.as_ref().map(Into::into)),
            Edit::All(edits) => {
                Self::All(edits.iter().map(|edit| Self::new(edit, folder)).collect())
            }
        }
    }

    fn into_edit(self, folder: Option<&Path>) -> Edit {
        match self {
            Self::Focus(focus) => Edit::Focus(actor(&focus)),
            Self::Analyst(name) => Edit::Analyst(name),
            Self::Corpus(source) => Edit::Corpus(corpus(source, folder)),
            Self::Decision(article, id, to) => {
                Edit::Decision(article.0, id.0, to.map(|to| Box::new((*to).into())))
            }
            Self::Made(article, id, to) => Edit::Made(article.0, item(id), to.map(Into::into)),
            Self::Annotation(article, id, to) => {
                Edit::Annotation(article.0, item(id), to.map(Into::into))
            }
            Self::Note(article, to) => Edit::Note(article.0, to.map(Into::into)),
            Self::Publication(article, to) => Edit::Publication(article.0, to.map(Into::into)),
            Self::Code(id, to) => Edit::Code(item(id), to.map(Into::into)),
            Self::Actor(id, to) => Edit::Actor(actor(&id), to.map(Into::into)),
            Self::Alias(surface, to) => Edit::Alias(surface, to.map(|to| to.as_deref().map(actor))),
            Self::Merge(id, to) => Edit::Merge(actor(&id), to.as_deref().map(actor)),
            Self::RuleOff(name, off) => Edit::RuleOff(rule(name), off),
            Self::KeptApart(article, apart) => Edit::KeptApart(article.0, apart),
            Self::Search(name, to) => Edit::Search(name, to),
            Self::Memo(on, to) => Edit::Memo(on.into(), to.map(Into::into)),
            // A thing and itself have no link: nothing was done.
            Self::Link((a, b), to) => Link::new(a.into(), b.into()).map_or_else(
                || Edit::All(Vec::new()),
                |link| Edit::Link(link, to.map(Into::into)),
            ),
            Self::Origin(article, to) => Edit::Origin(article.0, to.map(Into::into)),
            Self::All(edits) => Edit::All(
                edits
                    .into_iter()
                    .map(|edit| edit.into_edit(folder))
                    .collect(),
            ),
        }
    }
}
