//! From what the analyst wants to the edit that does it, with the name that the undo menu shows.

use jiff::Timestamp;

use super::action::Ruling;
use super::article::OpenArticle;
use super::codebook::new_code;
use super::draft::{ActorChoice, CodeChoice};
use super::words;
use crate::analysis::standing::{FindingKey, State};
use crate::model::actor::Actor;
use crate::model::annotation::{Analyst, Annotation, Quote};
use crate::model::codebook::clean_name;
use crate::model::date::When;
use crate::model::edit::Edit;
use crate::model::finding::{Finding, FindingKind, Rule};
use crate::model::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use crate::model::session::{
    Decision, Made, Note, PublicationRuling, Session, Thing, Verdict, outer_spans,
};
use crate::model::span::Span;

/// Who does something, and when: on every decision and annotation.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Who.
    pub by: Analyst,
    /// When.
    pub at: Timestamp,
}

/// A named edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the undo menu says.
    pub name: String,
    /// What is changed.
    pub edit: Edit,
}

impl Step {
    pub(super) fn new(name: impl Into<String>, edit: Edit) -> Self {
        Self {
            name: name.into(),
            edit,
        }
    }
}

/// A fresh identity for something that the analyst makes.
#[must_use]
pub fn new_item() -> ItemId {
    ItemId(uuid::Uuid::now_v7())
}

/// Decides on findings of an article. Rejecting what was made by hand deletes it. `None` when
/// nothing would change.
#[must_use]
pub fn decide(
    article: &OpenArticle,
    session: &Session,
    keys: &[FindingKey],
    ruling: Ruling,
    stamp: &Stamp,
) -> Option<Step> {
    let mut edits = Vec::new();
    let mut kinds = Vec::new();
    for key in keys {
        let Some(entry) = article.entry(*key) else {
            continue;
        };
        let wanted = match (ruling, entry.state) {
            (Ruling::Accept, State::Accepted | State::Edited)
            | (Ruling::Reject, State::Rejected)
            | (Ruling::Withdraw, State::Undecided) => continue,
            (Ruling::Accept, _) => Some(Verdict::Accepted),
            (Ruling::Reject, _) => Some(Verdict::Rejected),
            (Ruling::Withdraw, _) => None,
        };
        match *key {
            FindingKey::Made(id) if ruling == Ruling::Reject => {
                edits.push(Edit::Made(article.id, id, None));
            }
            FindingKey::Made(_) => continue,
            FindingKey::Suggested(id) => {
                let decision =
                    wanted.and_then(|verdict| decision(article, session, id, verdict, stamp));
                edits.push(Edit::Decision(article.id, id, decision.map(Box::new)));
            }
        }
        kinds.push(entry.kind());
    }
    let verb = match ruling {
        Ruling::Accept => "Accept",
        Ruling::Reject => "Reject",
        Ruling::Withdraw => "Withdraw decision on",
    };
    let name = format!("{verb} {}", counted(&kinds));
    match edits.len() {
        0 => None,
        1 => edits.pop().map(|edit| Step::new(name, edit)),
        _ => Some(Step::new(name, Edit::All(edits))),
    }
}

/// "claim", "3 dates", "5 suggestions".
fn counted(kinds: &[FindingKind]) -> String {
    match kinds {
        [] => "nothing".to_owned(),
        [kind] => kind.singular().to_lowercase(),
        [first, rest @ ..] if rest.iter().all(|kind| kind == first) => {
            format!("{} {}", kinds.len(), first.label().to_lowercase())
        }
        _ => format!("{} suggestions", kinds.len()),
    }
}

/// A decision on a suggestion as it was proposed, whatever was decided on it before.
fn decision(
    article: &OpenArticle,
    session: &Session,
    id: SuggestionId,
    verdict: Verdict,
    stamp: &Stamp,
) -> Option<Decision> {
    let (finding, rule) =
        if let Some(suggestion) = article.extraction.suggestions.iter().find(|s| s.id == id) {
            (suggestion.finding.clone(), suggestion.rule.clone())
        } else {
            let old = session.decision(article.id, id)?;
            (old.finding.clone(), old.rule.clone())
        };
    let mut decision = Decision {
        verdict,
        finding,
        quotes: Vec::new(),
        rule,
        by: stamp.by.clone(),
        at: stamp.at,
    };
    decision.quotes = article.quotes(&decision.outer_spans());
    Some(decision)
}

/// Keeps a finding as the analyst wrote it: instead of a suggestion, instead of an older one made
/// by hand, or as a new one.
#[must_use]
pub fn save_finding(
    article: &OpenArticle,
    session: &Session,
    key: Option<FindingKey>,
    finding: Finding,
    stamp: &Stamp,
) -> Option<Step> {
    let what = finding.kind().singular().to_lowercase();
    match key {
        Some(FindingKey::Suggested(id)) => {
            let mut decision = decision(article, session, id, Verdict::Accepted, stamp)?;
            if decision.finding != finding {
                decision.verdict = Verdict::Edited(Box::new(finding));
                decision.quotes = article.quotes(&decision.outer_spans());
            }
            let edit = Edit::Decision(article.id, id, Some(Box::new(decision)));
            Some(Step::new(format!("Edit {what}"), edit))
        }
        made_or_new => {
            let (id, verb) = match made_or_new {
                Some(FindingKey::Made(id)) => (id, "Edit"),
                _ => (new_item(), "New"),
            };
            let made = Made {
                quotes: article.quotes(&outer_spans(finding.spans())),
                finding,
                by: stamp.by.clone(),
                at: stamp.at,
            };
            Some(Step::new(
                format!("{verb} {what}"),
                Edit::Made(article.id, id, Some(made)),
            ))
        }
    }
}

/// Keeps a highlight; codes that do not exist yet are made with it, in the same step.
#[must_use]
pub fn annotate(
    article: &OpenArticle,
    session: &Session,
    id: ItemId,
    span: Span,
    codes: Vec<CodeChoice>,
    note: &str,
    stamp: &Stamp,
) -> Step {
    let mut edits = Vec::new();
    let mut chosen: Vec<ItemId> = Vec::new();
    for code in codes {
        let Some(code) = chosen_code(session, code, &mut edits) else {
            continue;
        };
        if !chosen.contains(&code) {
            chosen.push(code);
        }
    }
    let work = session.work.get(&article.id);
    let old = work.and_then(|work| work.annotations.get(&id));
    let annotation = Annotation {
        span,
        quote: article.quote(span),
        codes: chosen,
        note: note.trim().to_owned(),
        by: old.map_or_else(|| stamp.by.clone(), |old| old.by.clone()),
        at: old.map_or(stamp.at, |old| old.at),
    };
    let name = if old.is_some() {
        "Edit annotation"
    } else {
        "Annotate"
    };
    edits.push(Edit::Annotation(article.id, id, Some(annotation)));
    Step::new(name, Edit::All(edits))
}

/// Gives a code to highlights of any articles that do not have it, as one step; a new code is made
/// with it. `None` when nothing is left to do.
#[must_use]
pub fn give_to_all(
    session: &Session,
    places: &[(ArticleId, ItemId)],
    code: CodeChoice,
) -> Option<Step> {
    let mut edits = Vec::new();
    let code = chosen_code(session, code, &mut edits)?;
    let before = edits.len();
    for (article, id) in places {
        let work = session.work.get(article);
        let Some(old) = work.and_then(|work| work.annotations.get(id)) else {
            continue;
        };
        if !old.codes.contains(&code) {
            let mut to = old.clone();
            to.codes.push(code);
            edits.push(Edit::Annotation(*article, *id, Some(to)));
        }
    }
    let count = edits.len() - before;
    let name = format!("Code {}", words::counted(count, "highlight", "highlights"));
    (count > 0).then(|| Step::new(name, Edit::All(edits)))
}

/// The code that is meant; one that is new is made by an edit that is added.
fn chosen_code(session: &Session, code: CodeChoice, edits: &mut Vec<Edit>) -> Option<ItemId> {
    match code {
        CodeChoice::Existing(code) => Some(code),
        CodeChoice::New(name) => {
            let typed = clean_name(&name)?;
            Some(session.codebook.find(&typed).unwrap_or_else(|| {
                let (code, edit) = new_code(session, &typed, None, edits.len());
                edits.push(edit);
                code
            }))
        }
    }
}

/// Gives a code to passages of any articles, each with its quote, as one step. A passage that
/// has the code already is left as it is; `None` when nothing is left to do.
#[must_use]
pub fn code_passages(
    session: &Session,
    passages: Vec<(ArticleId, Span, Quote)>,
    code: CodeChoice,
    stamp: &Stamp,
) -> Option<Step> {
    let mut edits = Vec::new();
    let code = chosen_code(session, code, &mut edits)?;
    let before = edits.len();
    for (article, span, quote) in passages {
        let work = session.work.get(&article);
        let is_coded = work.is_some_and(|work| {
            let annotations = work.annotations.values();
            annotations
                .filter(|annotation| annotation.span == span)
                .any(|annotation| annotation.codes.contains(&code))
        });
        if is_coded {
            continue;
        }
        let annotation = Annotation {
            span,
            quote,
            codes: vec![code],
            note: String::new(),
            by: stamp.by.clone(),
            at: stamp.at,
        };
        edits.push(Edit::Annotation(article, new_item(), Some(annotation)));
    }
    let count = edits.len() - before;
    let name = format!("Code {count} passages");
    (count > 0).then(|| Step::new(&name, Edit::All(edits)))
}

/// Writes the note on an article; an empty one is deleted.
#[must_use]
pub fn note(article: ArticleId, text: &str, stamp: &Stamp) -> Step {
    let text = text.trim();
    let note = (!text.is_empty()).then(|| Note {
        text: text.to_owned(),
        by: stamp.by.clone(),
        at: stamp.at,
    });
    Step::new("Note on article", Edit::Note(article, note))
}

/// Writes the memo on a thing; an empty one is deleted. Of an article that is its note, of a highlight
/// the highlight's. `None` where that highlight is gone.
#[must_use]
pub fn memo(session: &Session, on: Thing, text: &str, stamp: &Stamp) -> Option<Step> {
    let name = match &on {
        Thing::Article(article) => return Some(note(*article, text, stamp)),
        Thing::Annotation(article, id) => {
            let old = session.work.get(article)?.annotations.get(id)?;
            let annotation = Annotation {
                note: text.trim().to_owned(),
                ..old.clone()
            };
            let edit = Edit::Annotation(*article, *id, Some(annotation));
            return Some(Step::new("Note on highlight", edit));
        }
        Thing::Session => "Memo on the session",
        Thing::Claim(..) => "Memo on claim",
        Thing::Code(_) => "Memo on code",
        Thing::Actor(_) => "Memo on actor",
        Thing::Partner(_) => "Memo on partner",
    };
    let text = text.trim();
    let memo = (!text.is_empty()).then(|| Note {
        text: text.to_owned(),
        by: stamp.by.clone(),
        at: stamp.at,
    });
    Some(Step::new(name, Edit::Memo(on, memo)))
}

/// Rules on a publication date, or takes the ruling back.
#[must_use]
pub fn publication(article: ArticleId, when: Option<Option<When>>, stamp: &Stamp) -> Step {
    let ruling = when.map(|when| PublicationRuling {
        when,
        by: stamp.by.clone(),
        at: stamp.at,
    });
    Step::new("Publication date", Edit::Publication(article, ruling))
}

/// Says whom a surface names; makes the actor where it is new.
#[must_use]
pub fn alias(session: &Session, surface: &str, choice: ActorChoice) -> Option<Step> {
    let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
    if surface.is_empty() {
        return None;
    }
    let (name, target, extra) = match choice {
        ActorChoice::Existing(actor) => ("Name an actor", Some(Some(actor)), None),
        ActorChoice::Nobody => ("Mark as a look-alike", Some(None), None),
        ActorChoice::Gazetteer => ("Take back an alias", None, None),
        ActorChoice::New {
            name,
            kind,
            country,
        } => {
            let id = fresh_actor_id(session, &name)?;
            let actor = Actor {
                name: name.trim().to_owned(),
                kind,
                country,
            };
            (
                "New actor",
                Some(Some(id.clone())),
                Some(Edit::Actor(id, Some(actor))),
            )
        }
    };
    let edit = Edit::Alias(surface, target);
    Some(Step::new(
        name,
        match extra {
            Some(extra) => Edit::All(vec![extra, edit]),
            None => edit,
        },
    ))
}

/// `my/…` from the name, with a number where it is taken; `None` for an empty name.
fn fresh_actor_id(session: &Session, name: &str) -> Option<ActorId> {
    let slug: String = name
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        return None;
    }
    let first = ActorId::new(&format!("my/{slug}"));
    let numbered = (2..).map(|n| ActorId::new(&format!("my/{slug}-{n}")));
    std::iter::once(first)
        .chain(numbered)
        .find(|id| !session.actors.actors.contains_key(id))
}

/// Uses a rule, or switches it off.
#[must_use]
pub fn use_rule(rule: Rule, on: bool) -> Step {
    let verb = if on { "Use" } else { "Switch off" };
    let name = format!("{verb} rule {}", words::rule_name(&rule.0));
    Step::new(name, Edit::RuleOff(rule, !on))
}

/// Counts one actor as another, or as itself again.
#[must_use]
pub fn merge(actor: ActorId, into: Option<ActorId>) -> Option<Step> {
    if into.as_ref() == Some(&actor) {
        return None;
    }
    let name = if into.is_some() {
        "Merge actors"
    } else {
        "Split actors"
    };
    Some(Step::new(name, Edit::Merge(actor, into)))
}
