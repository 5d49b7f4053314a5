//! The work on an article, carried over to its new text.
//!
//! What is certain moves; what is not stays with the old text and so is an orphan: nothing is
//! written over, and if the old file comes back, its work is there. An edit says all that moves.

use std::collections::BTreeSet;

use super::{Place, Target};
use crate::model::annotation::{Annotation, Quote};
use crate::model::edit::Edit;
use crate::model::finding::{Finding, FindingKey, Suggestion};
use crate::model::ids::{ArticleId, ItemId, SuggestionId};
use crate::model::session::{ArticleWork, Decision, Link, Made, Session, Thing, Verdict};
use crate::model::span::Span;

/// A piece of work on a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A highlight.
    Annotation(ItemId),
    /// A decision on a suggestion.
    Decision(SuggestionId),
    /// A finding made by hand.
    Made(ItemId),
}

/// What moves from an old text to a new one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Carried {
    /// What does it.
    pub edits: Vec<Edit>,
    /// How many pieces of work on passages move.
    pub moved: usize,
    /// What stays behind.
    pub left: Vec<Item>,
}

/// The passages of a piece of work, as they were quoted: one for each of its outer spans. The main
/// one, that its place is named by, is told by [`main_quote`].
#[must_use]
pub fn quotes_of(work: &ArticleWork, item: Item) -> Vec<(Span, &Quote)> {
    match item {
        Item::Annotation(id) => {
            let one = work.annotations.get(&id);
            one.map(|one| vec![(one.span, &one.quote)])
                .unwrap_or_default()
        }
        Item::Decision(id) => work.decisions.get(&id).map_or(Vec::new(), |decision| {
            let spans = decision.outer_spans().into_iter();
            spans.zip(&decision.quotes).collect()
        }),
        Item::Made(id) => work.made.get(&id).map_or(Vec::new(), |made| {
            made.outer_spans().into_iter().zip(&made.quotes).collect()
        }),
    }
}

/// The passage that a piece of work is named by; `None` where it was made before quotes were kept.
#[must_use]
pub fn main_quote(work: &ArticleWork, item: Item) -> Option<(Span, &Quote)> {
    let main = match item {
        Item::Annotation(id) => work.annotations.get(&id)?.span,
        Item::Decision(id) => {
            let decision = work.decisions.get(&id)?;
            decision.standing().unwrap_or(&decision.finding).span()
        }
        Item::Made(id) => work.made.get(&id)?.finding.span(),
    };
    let quotes = quotes_of(work, item);
    let held = quotes.iter().find(|(span, _)| span.contains(main));
    held.or(quotes.first()).copied()
}

/// All pieces of work on passages, in the order of the old text.
#[must_use]
pub fn items(work: &ArticleWork) -> Vec<Item> {
    let annotations = work.annotations.iter();
    let annotations = annotations.map(|(id, one)| (one.span, Item::Annotation(*id)));
    let decisions = work.decisions.iter();
    let decisions = decisions.map(|(id, one)| (one.finding.span(), Item::Decision(*id)));
    let made = work.made.iter();
    let made = made.map(|(id, one)| (one.finding.span(), Item::Made(*id)));
    let mut all: Vec<(Span, Item)> = annotations.chain(decisions).chain(made).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, item)| item).collect()
}

/// Where passages of an old text are now.
struct Moves<'a> {
    target: &'a Target,
    places: Vec<(Span, Place)>,
}

impl<'a> Moves<'a> {
    /// The places of all passages that are certain.
    fn of(target: &'a Target, quotes: &[(Span, &Quote)], same_words: bool) -> Self {
        let places = quotes.iter().filter_map(|(span, quote)| {
            let place = target.anchor(quote, *span).ok()?;
            (place.same_words || !same_words).then_some((*span, place))
        });
        Self {
            target,
            places: places.collect(),
        }
    }

    fn now(&self, span: Span) -> Option<Span> {
        let (was, place) = self.places.iter().find(|(was, _)| was.contains(span))?;
        if *was == span {
            return Some(place.span);
        }
        place.part(span.start - was.start, span.end - was.start)
    }

    fn quotes(&self, spans: Vec<Span>) -> Vec<Quote> {
        spans
            .into_iter()
            .map(|span| self.target.quote(span))
            .collect()
    }

    fn annotation(&self, old: &Annotation, span: Span) -> Annotation {
        Annotation {
            span,
            quote: self.target.quote(span),
            ..old.clone()
        }
    }

    fn decision(&self, old: &Decision) -> Option<(SuggestionId, Decision)> {
        let now = |span: Span| self.now(span);
        let finding = old.finding.moved(&now)?;
        let verdict = match &old.verdict {
            Verdict::Edited(edited) => Verdict::Edited(Box::new(edited.moved(&now)?)),
            other => other.clone(),
        };
        let mut decision = Decision {
            verdict,
            finding,
            ..old.clone()
        };
        decision.quotes = self.quotes(decision.outer_spans());
        Some((Suggestion::id_of(&decision.finding), decision))
    }

    fn made(&self, old: &Made) -> Option<Made> {
        let finding = old.finding.moved(&|span| self.now(span))?;
        let mut made = Made {
            finding,
            ..old.clone()
        };
        made.quotes = self.quotes(made.outer_spans());
        Some(made)
    }
}

/// Carries the work on `old` over to `new`, whose text is `target`. A decision moves only where
/// all that it rests on is found, still in the same words; where the new text has a decision on the
/// same thing already, that one stands.
#[must_use]
pub fn carry(session: &Session, old: ArticleId, new: ArticleId, target: &Target) -> Carried {
    let mut carried = Carried::default();
    // There may be no more than a memo on it.
    let nothing = ArticleWork::default();
    let work = session.work.get(&old).unwrap_or(&nothing);
    let mut renamed: Vec<(Thing, Thing)> = Vec::new();
    let mut taken: BTreeSet<SuggestionId> = session
        .work
        .get(&new)
        .into_iter()
        .flat_map(|work| work.decisions.keys().copied())
        .collect();
    for item in items(work) {
        let quotes = quotes_of(work, item);
        let same_words = !matches!(item, Item::Annotation(_));
        let moves = Moves::of(target, &quotes, same_words);
        let is_whole = !quotes.is_empty() && moves.places.len() == quotes.len();
        let step = if is_whole {
            step(&moves, work, item, None)
        } else {
            None
        };
        let is_free = |step: &Step| match step {
            Step::Decision(id, _) => !taken.contains(id),
            _ => true,
        };
        match step.filter(is_free) {
            Some(step) => {
                if let Step::Decision(id, _) = &step {
                    taken.insert(*id);
                }
                carried.moved += 1;
                push(&mut carried.edits, &mut renamed, (old, new), item, step);
            }
            None => carried.left.push(item),
        }
    }
    let origin = session.origins.get(&old);
    let is_same = carried.moved > carried.left.len()
        || origin.is_some_and(|origin| target.begins_like(&origin.head));
    if is_same {
        whole_article(session, old, new, &mut carried.edits);
        renamed.push((Thing::Article(old), Thing::Article(new)));
    }
    rename(session, &renamed, &mut carried.edits);
    carried
}

/// Puts a piece of work of the text `old` at `span` of the text `new`, as the analyst says. What it
/// rests on besides that passage follows where that is certain, and else is let go. `None` where
/// there is no such piece, or a decision on the same thing stands there already.
#[must_use]
pub fn place_item(
    session: &Session,
    (old, item): (ArticleId, Item),
    (new, span): (ArticleId, Span),
    target: &Target,
) -> Option<Edit> {
    let work = session.work.get(&old)?;
    let moves = Moves::of(target, &quotes_of(work, item), false);
    let step = step(&moves, work, item, Some(span))?;
    if let Step::Decision(id, _) = &step {
        let there = session.work.get(&new);
        if there.is_some_and(|work| work.decisions.contains_key(id)) {
            return None;
        }
    }
    let (mut edits, mut renamed) = (Vec::new(), Vec::new());
    push(&mut edits, &mut renamed, (old, new), item, step);
    rename(session, &renamed, &mut edits);
    Some(Edit::All(edits))
}

/// Lets a piece of work go.
#[must_use]
pub fn drop_item(article: ArticleId, item: Item) -> Edit {
    match item {
        Item::Annotation(id) => Edit::Annotation(article, id, None),
        Item::Decision(id) => Edit::Decision(article, id, None),
        Item::Made(id) => Edit::Made(article, id, None),
    }
}

/// What stands at the new place.
enum Step {
    Annotation(ItemId, Box<Annotation>),
    Decision(SuggestionId, Box<Decision>),
    Made(ItemId, Box<Made>),
}

/// What a piece of work is at its new place; its main passage at `main`, where that is said.
fn step(moves: &Moves<'_>, work: &ArticleWork, item: Item, main: Option<Span>) -> Option<Step> {
    let with_main = |was: Span| Moves {
        target: moves.target,
        places: {
            let others = moves
                .places
                .iter()
                .filter(|(span, _)| *span != was)
                .cloned();
            let main = main.map(|span| (was, Place::at(span)));
            main.into_iter().chain(others).collect()
        },
    };
    Some(match item {
        Item::Annotation(id) => {
            let old = work.annotations.get(&id)?;
            let span = main.or_else(|| moves.now(old.span))?;
            Step::Annotation(id, Box::new(moves.annotation(old, span)))
        }
        Item::Decision(id) => {
            let old = work.decisions.get(&id)?;
            let (id, decision) = if main.is_some() {
                let was = old.standing().unwrap_or(&old.finding).span();
                with_main(was).decision(old)?
            } else {
                moves.decision(old)?
            };
            Step::Decision(id, Box::new(decision))
        }
        Item::Made(id) => {
            let old = work.made.get(&id)?;
            let made = if main.is_some() {
                with_main(old.finding.span()).made(old)?
            } else {
                moves.made(old)?
            };
            Step::Made(id, Box::new(made))
        }
    })
}

fn push(
    edits: &mut Vec<Edit>,
    renamed: &mut Vec<(Thing, Thing)>,
    (old, new): (ArticleId, ArticleId),
    item: Item,
    step: Step,
) {
    edits.push(drop_item(old, item));
    match step {
        Step::Annotation(id, annotation) => {
            renamed.push((Thing::Annotation(old, id), Thing::Annotation(new, id)));
            edits.push(Edit::Annotation(new, id, Some(*annotation)));
        }
        Step::Decision(id, decision) => {
            if let Item::Decision(was) = item {
                renamed.push((
                    Thing::Claim(old, FindingKey::Suggested(was)),
                    Thing::Claim(new, FindingKey::Suggested(id)),
                ));
            }
            edits.push(Edit::Decision(new, id, Some(decision)));
        }
        Step::Made(id, made) => {
            let key = FindingKey::Made(id);
            renamed.push((Thing::Claim(old, key), Thing::Claim(new, key)));
            edits.push(Edit::Made(new, id, Some(*made)));
        }
    }
}

/// What is said of the article as a whole moves, where nothing of the kind is said of the new one.
fn whole_article(session: &Session, old: ArticleId, new: ArticleId, edits: &mut Vec<Edit>) {
    let (Some(was), is) = (session.work.get(&old), session.work.get(&new)) else {
        return;
    };
    if was.note.is_some() && is.is_none_or(|work| work.note.is_none()) {
        edits.push(Edit::Note(old, None));
        edits.push(Edit::Note(new, was.note.clone()));
    }
    if was.publication.is_some() && is.is_none_or(|work| work.publication.is_none()) {
        edits.push(Edit::Publication(old, None));
        edits.push(Edit::Publication(new, was.publication.clone()));
    }
    if session.kept_apart.contains(&old) {
        edits.push(Edit::KeptApart(old, false));
        edits.push(Edit::KeptApart(new, true));
    }
}

/// Memos and links follow what they are on.
fn rename(session: &Session, renamed: &[(Thing, Thing)], edits: &mut Vec<Edit>) {
    let now = |thing: &Thing| {
        let found = renamed.iter().find(|(was, _)| was == thing);
        found.map(|(_, is)| is.clone())
    };
    for (on, memo) in &session.memos {
        if let Some(is) = now(on).filter(|is| !session.memos.contains_key(is)) {
            edits.push(Edit::Memo(on.clone(), None));
            edits.push(Edit::Memo(is, Some(memo.clone())));
        }
    }
    for (link, signed) in &session.links {
        let (a, b) = link.ends();
        if now(a).is_none() && now(b).is_none() {
            continue;
        }
        let moved = Link::new(
            now(a).unwrap_or_else(|| a.clone()),
            now(b).unwrap_or_else(|| b.clone()),
        );
        if let Some(moved) = moved.filter(|moved| !session.links.contains_key(moved)) {
            edits.push(Edit::Link(link.clone(), None));
            edits.push(Edit::Link(moved, Some(signed.clone())));
        }
    }
}

/// What a piece of work says of its passage; `None` for a highlight.
#[must_use]
pub fn finding_of(work: &ArticleWork, item: Item) -> Option<&Finding> {
    match item {
        Item::Annotation(_) => None,
        Item::Decision(id) => {
            let decision = work.decisions.get(&id)?;
            Some(decision.standing().unwrap_or(&decision.finding))
        }
        Item::Made(id) => Some(&work.made.get(&id)?.finding),
    }
}
