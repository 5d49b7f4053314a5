//! From the text of a search to the rows that it finds: words from the index, fields from the
//! columns, and what only the session knows from a digest of the analyst's work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::charting::ChartRequest;
use crate::analysis::across::Across;
use crate::analysis::fields::{Days, Field, Known, Progress};
use crate::analysis::list::fold;
use crate::analysis::told::Told;
use crate::extract::lexicon::Lexicon;
use crate::index::query::{
    ClaimTest, Field as Asked, FieldTest, Fix, Node, Options, Property, QueryError, Status, Value,
    closest, parse,
};
use crate::index::{Index, Outside, Query, SearchError, search};
use crate::job::Cancel;
use crate::model::article::{Language, PublicationStatus};
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::ids::{ActorId, ArticleId, ItemId};
use crate::model::session::{Session, Verdict};
use crate::store::corpus::Corpus;

/// What of the analyst's work on an article a search can ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Worked {
    /// Names of codes and of those above them, folded.
    codes: BTreeSet<String>,
    /// Names of analysts, folded.
    authors: BTreeSet<String>,
    has_accepted: bool,
    has_rejected: bool,
    has_edited: bool,
}

/// The work on all articles that have any.
pub(super) type Digest = Arc<Vec<(ArticleId, Worked)>>;

/// What the worker needs to answer a search.
#[derive(Clone)]
pub(super) struct SearchIn {
    pub(super) index: Arc<Index>,
    pub(super) corpus: Arc<Corpus>,
    pub(super) lexicon: Arc<Lexicon>,
    /// Only where the search asks for it.
    pub(super) digest: Option<Digest>,
    /// Whom `author:me` means, folded.
    pub(super) me: String,
    /// The last word is still being typed.
    pub(super) is_typing: bool,
}

/// The search of a filter; while it is typed, its last word is also the beginning of one.
fn query_of(filter: &str, is_typing: bool) -> Query {
    let cursor = is_typing.then_some(filter.len());
    parse(filter, &Options { cursor }).query
}

/// Whether a search asks for what only the session knows.
pub(super) fn asks_for_work(filter: &str) -> bool {
    fn asks(node: &Node) -> bool {
        match node {
            Node::All | Node::Text(_) => false,
            Node::Field(test) => matches!(test.field, Asked::Code | Asked::Author | Asked::Status),
            Node::Not(inner) => asks(inner),
            Node::And(parts) | Node::Or(parts) => parts.iter().any(asks),
        }
    }
    asks(&query_of(filter, false).root)
}

/// Boils the work of a session down. Linear in all decisions and annotations.
pub(super) fn digest(session: &Session) -> Digest {
    let worked = session.work.iter().map(|(article, work)| {
        let mut worked = Worked::default();
        for decision in work.decisions.values() {
            match decision.verdict {
                Verdict::Accepted => worked.has_accepted = true,
                Verdict::Rejected => worked.has_rejected = true,
                Verdict::Edited(_) => worked.has_edited = true,
            }
        }
        let given = work.annotations.values().flat_map(|one| &one.codes);
        let given: BTreeSet<&ItemId> = given.collect();
        // What is coded is found by the codes above, too.
        let names = given.iter().flat_map(|code| session.codebook.path(**code));
        worked.codes = names.map(fold).collect();
        let decided = work.decisions.values().map(|decision| &decision.by);
        let made = work.made.values().map(|made| &made.by);
        let annotated = work.annotations.values().map(|annotation| &annotation.by);
        let noted = work.note.iter().map(|note| &note.by);
        let ruled = work.publication.iter().map(|ruling| &ruling.by);
        let authors: BTreeSet<&String> = decided
            .chain(made)
            .chain(annotated)
            .chain(noted)
            .chain(ruled)
            .collect();
        worked.authors = authors.into_iter().map(|author| fold(author)).collect();
        (*article, worked)
    });
    Arc::new(worked.collect())
}

/// The rows that the filter of a request lets through; `None` for all.
///
/// # Errors
/// When it was asked to stop, or the index can't be read.
pub(super) fn matching(
    request: &ChartRequest,
    across: &Across,
    cancel: &Cancel,
) -> Result<Option<FixedBitSet>, SearchError> {
    let within = &request.search;
    let query = query_of(&request.view.filter, within.is_typing);
    if query.is_all() {
        return Ok(None);
    }
    let outside = Outside {
        rows: request.facts.len(),
        field: &|test, within| {
            let fields = Fields {
                request,
                across,
                within,
            };
            fields.rows(test)
        },
        claim: &|test, within| {
            told_by(test, request).rows(&Known {
                table: &request.facts,
                across,
                within,
            })
        },
        expand: &|word| within.lexicon.other_names(word),
        texts: &|rows, take| within.corpus.read_texts(rows, take),
        is_cancelled: &|| cancel.is_cancelled(),
    };
    search(&within.index, &query, &outside, &mut |_| {}).map(Some)
}

/// What the search of a request asks of claims, one condition for each claim that it asks for.
pub(super) fn told(request: &ChartRequest) -> Vec<Told> {
    let query = query_of(&request.view.filter, request.search.is_typing);
    let claims = query.claims();
    claims.iter().map(|test| told_by(test, request)).collect()
}

/// What any of these conditions holds of; `None` without any.
pub(super) fn any_of(told: &[Told]) -> Option<Told> {
    match told {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(Told::Any(several.to_vec())),
    }
}

/// A condition on a claim with the values that it means.
fn told_by(test: &ClaimTest, request: &ChartRequest) -> Told {
    let all = |parts: &[ClaimTest]| parts.iter().map(|part| told_by(part, request)).collect();
    let FieldTest { field, value } = match test {
        ClaimTest::All(parts) => return Told::All(all(parts)),
        ClaimTest::Any(parts) => return Told::Any(all(parts)),
        ClaimTest::Is(test) => test,
    };
    match field {
        Asked::Kind => Told::Kind(keyed(ClaimKind::ALL, value, ClaimKind::key).collect()),
        Asked::Modality => Told::Modality(keyed(Modality::ALL, value, Modality::key).collect()),
        Asked::Polarity => Told::Polarity(keyed(Polarity::ALL, value, Polarity::key).collect()),
        Asked::Happened => Told::Happened(days(value)),
        Asked::Partner => {
            let actors = actors(value, request);
            Told::Partner(actors.filter(|actor| *actor != request.focus).collect())
        }
        // The others are no fields of claims.
        _ => Told::Any(Vec::new()),
    }
}

/// Actors by code, identity, or name in any language.
fn actors<'a>(value: &'a Value, request: &'a ChartRequest) -> impl Iterator<Item = ActorId> + 'a {
    let named = named(value, &request.search.lexicon);
    let name = |actor| request.names.get(actor).map_or("", String::as_str);
    let known = request.facts.actors().iter();
    known
        .filter(move |actor| Some(*actor) == named.as_ref() || is_called(actor, name(actor), value))
        .cloned()
}

struct Fields<'a> {
    request: &'a ChartRequest,
    across: &'a Across,
    /// Rows on which answers are asked for.
    within: Option<&'a FixedBitSet>,
}

impl Fields<'_> {
    fn nothing(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.request.facts.len())
    }

    fn one(&self, field: &Field) -> FixedBitSet {
        field.rows(&Known {
            table: &self.request.facts,
            across: self.across,
            within: self.within,
        })
    }

    fn any(&self, fields: impl IntoIterator<Item = Field>) -> FixedBitSet {
        let mut all = self.nothing();
        for field in fields {
            all.union_with(&self.one(&field));
        }
        all
    }

    /// The rows that a test holds of.
    fn rows(&self, test: &FieldTest) -> FixedBitSet {
        let value = &test.value;
        match test.field {
            Asked::Partner => self.any(actors(value, self.request).map(Field::Partner)),
            Asked::Kind => self.any(keyed(ClaimKind::ALL, value, ClaimKind::key).map(Field::Kind)),
            Asked::Modality => {
                self.any(keyed(Modality::ALL, value, Modality::key).map(Field::Modality))
            }
            Asked::Polarity => {
                self.any(keyed(Polarity::ALL, value, Polarity::key).map(Field::Polarity))
            }
            Asked::Lang => {
                self.any(keyed(Language::ALL, value, Language::key).map(Field::Language))
            }
            Asked::Happened => self.one(&Field::Happened(days(value))),
            Asked::Published => self.one(&Field::Published(days(value))),
            Asked::Source => match value {
                Value::Is(words) | Value::Prefix(words) => self.one(&Field::Source(words.clone())),
                Value::Any | Value::Days(_) => self.one(&Field::Source(String::new())),
            },
            Asked::Code => self.worked(|worked| worked.codes.iter().any(|code| fits(code, value))),
            Asked::Author => {
                let me = &self.request.search.me;
                let is_me = matches!(value, Value::Is(name) if fold(name) == "me");
                self.worked(|worked| {
                    let mut authors = worked.authors.iter();
                    authors.any(|author| {
                        if is_me {
                            author == me
                        } else {
                            fits(author, value)
                        }
                    })
                })
            }
            Asked::Status => self.status(value),
            Asked::Is => self.property(value),
            // Answered by the index.
            Asked::Title => self.nothing(),
        }
    }

    fn status(&self, value: &Value) -> FixedBitSet {
        let mut all = self.nothing();
        for status in keyed(Status::ALL, value, Status::key) {
            all.union_with(&match status {
                Status::Undecided => self.one(&Field::Status(Progress::Undecided)),
                Status::Decided => self.one(&Field::Status(Progress::Decided)),
                Status::Accepted => self.worked(|worked| worked.has_accepted),
                Status::Rejected => self.worked(|worked| worked.has_rejected),
                Status::Edited => self.worked(|worked| worked.has_edited),
            });
        }
        all
    }

    fn property(&self, value: &Value) -> FixedBitSet {
        let mut all = self.nothing();
        for property in keyed(Property::ALL, value, Property::key) {
            all.union_with(&match property {
                Property::Duplicate => self.one(&Field::Duplicate),
                Property::Annotated => self.one(&Field::Status(Progress::Annotated)),
                Property::Stated => self.dated(PublicationStatus::Stated),
                Property::Missing => self.dated(PublicationStatus::Missing),
                Property::Conflict => self.dated(PublicationStatus::Conflict),
                Property::Period => self.dated(PublicationStatus::Period),
                Property::Vanished => self.vanished(),
            });
        }
        all
    }

    fn dated(&self, status: PublicationStatus) -> FixedBitSet {
        self.request.facts.rows_with(status)
    }

    /// Articles whose files are gone.
    fn vanished(&self) -> FixedBitSet {
        let mut rows = self.nothing();
        for row in self.request.search.corpus.vanished() {
            let row = *row as usize;
            if row < rows.len() {
                rows.insert(row);
            }
        }
        rows
    }

    fn worked(&self, holds: impl Fn(&Worked) -> bool) -> FixedBitSet {
        let within = &self.request.search;
        let mut rows = self.nothing();
        for (article, worked) in within.digest.iter().flat_map(|digest| digest.iter()) {
            if holds(worked)
                && let Some(row) = within.corpus.row(*article).filter(|row| *row < rows.len())
            {
                rows.insert(row);
            }
        }
        rows
    }
}

/// Whom a value names by one of the names that extraction knows.
fn named(value: &Value, lexicon: &Lexicon) -> Option<ActorId> {
    match value {
        Value::Is(name) | Value::Prefix(name) => lexicon.named(name),
        Value::Any | Value::Days(_) => None,
    }
}

/// Whether an actor's code, identity or name on screen fits a value.
fn is_called(actor: &ActorId, name: &str, value: &Value) -> bool {
    fits(&fold(actor.as_str()), value) || fits(&fold(name), value)
}

/// Names in the search that nothing is called by, with what may have been meant. Linear in all
/// names for each of them, and at most [`MOST_DOUBTS`].
pub(super) fn doubts(request: &ChartRequest) -> Vec<QueryError> {
    let within = &request.search;
    let filter = &request.view.filter;
    let cursor = within.is_typing.then_some(filter.len());
    let names = parse(filter, &Options { cursor }).names;
    let doubts = names
        .iter()
        .filter_map(|(test, span)| Some((doubt(test, request)?, *span)));
    doubts
        .map(|((problem, expected, fix), span)| QueryError {
            span,
            problem,
            expected,
            fix: fix.map(|text| Fix { span, text }),
        })
        .take(MOST_DOUBTS)
        .collect()
}

/// Doubts that are worked out of one search, at most.
const MOST_DOUBTS: usize = 8;

/// What is in doubt about a name, what was expected, and what may have been meant.
fn doubt(test: &FieldTest, request: &ChartRequest) -> Option<(String, String, Option<String>)> {
    let (Value::Is(asked) | Value::Prefix(asked)) = &test.value else {
        return None;
    };
    let within = &request.search;
    let as_it_is = |name: &String| (name.clone(), name.clone());
    let worked = || within.digest.iter().flat_map(|digest| digest.iter());
    // By the folded name, as it is written.
    let (problem, known): (_, BTreeMap<String, String>) = match test.field {
        Asked::Partner => {
            let mut names = request.names.iter();
            let is_known = names.any(|(actor, name)| is_called(actor, name, &test.value))
                || named(&test.value, &within.lexicon).is_some();
            if is_known {
                return None;
            }
            let names = request
                .names
                .values()
                .map(|name| (fold(name), name.clone()));
            (format!("no actor is called {asked}"), names.collect())
        }
        Asked::Code => {
            let codes = worked().flat_map(|(_, worked)| worked.codes.iter().map(as_it_is));
            (format!("nothing is coded {asked}"), codes.collect())
        }
        Asked::Author if fold(asked) != "me" => {
            let authors = worked().flat_map(|(_, worked)| worked.authors.iter().map(as_it_is));
            (format!("no work is by {asked}"), authors.collect())
        }
        _ => return None,
    };
    if known.keys().any(|name| fits(name, &test.value)) {
        return None;
    }
    let near = closest(&fold(asked), known.keys().map(String::as_str));
    let fix = near.and_then(|near| known.get(near)).map(|name| {
        let value = Value::Is(name.clone());
        let field = test.field;
        let written = FieldTest { field, value }.to_string();
        written
            .split_once(':')
            .map_or_else(String::new, |(_, value)| value.to_owned())
    });
    Some((problem, test.field.expected(), fix))
}

/// Those of a closed list that a value means.
fn keyed<'a, T: Copy>(
    all: &'a [T],
    value: &'a Value,
    key: impl Fn(T) -> &'static str + 'a,
) -> impl Iterator<Item = T> + 'a {
    all.iter()
        .copied()
        .filter(move |one| fits(key(*one), value))
}

/// Whether a folded name fits a value.
fn fits(name: &str, value: &Value) -> bool {
    match value {
        Value::Any => !name.is_empty(),
        Value::Is(wanted) => fold(wanted) == name,
        Value::Prefix(begin) => name.starts_with(&fold(begin)),
        Value::Days(_) => false,
    }
}

fn days(value: &Value) -> Days {
    match value {
        Value::Days(range) => Days {
            first: range.first,
            last: range.last,
        },
        Value::Any | Value::Is(_) | Value::Prefix(_) => Days::default(),
    }
}
