//! Two sessions on the same articles → one: by identity, place by place, as an edit of the first.
//!
//! A place is what an [`Edit`] names: a decision, a highlight, a code, an alias. With a state that
//! both came from, what only one of them changed is taken from there, deletions included; without
//! one, what only one of them has is. What both have differently is a [`Conflict`], for the analyst
//! to decide. Who did something and when is no difference.
//!
//! The method is that of three-way merges of trees (T. Lindholm, "A three-way merge for XML
//! documents", `DocEng` 2004), on places that have names and so need no matching.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::actor::ActorBook;
use crate::model::codebook::Codebook;
use crate::model::edit::Edit;
use crate::model::finding::Rule;
use crate::model::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use crate::model::session::{ArticleWork, Link, Session, Thing};

/// A place in a session that an edit writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// See [`Edit::Focus`].
    Focus,
    /// See [`Edit::Corpus`].
    Corpus,
    /// See [`Edit::Code`].
    Code(ItemId),
    /// See [`Edit::Actor`].
    Actor(ActorId),
    /// See [`Edit::Alias`].
    Alias(String),
    /// See [`Edit::Merge`].
    Merge(ActorId),
    /// See [`Edit::RuleOff`].
    RuleOff(Rule),
    /// See [`Edit::KeptApart`].
    KeptApart(ArticleId),
    /// See [`Edit::Search`].
    Search(String),
    /// See [`Edit::Memo`].
    Memo(Thing),
    /// See [`Edit::Link`].
    Link(Link),
    /// See [`Edit::Origin`].
    Origin(ArticleId),
    /// See [`Edit::Decision`].
    Decision(ArticleId, SuggestionId),
    /// See [`Edit::Made`].
    Made(ArticleId, ItemId),
    /// See [`Edit::Annotation`].
    Annotation(ArticleId, ItemId),
    /// See [`Edit::Note`].
    Note(ArticleId),
    /// See [`Edit::Publication`].
    Publication(ArticleId),
}

impl Place {
    /// The article that it belongs to.
    #[must_use]
    pub const fn article(&self) -> Option<ArticleId> {
        match self {
            Self::Decision(article, _)
            | Self::Made(article, _)
            | Self::Annotation(article, _)
            | Self::Note(article)
            | Self::Publication(article)
            | Self::KeptApart(article) => Some(*article),
            _ => None,
        }
    }

    /// The edit that empties it; `None` where it is never empty.
    fn emptied(&self) -> Option<Edit> {
        Some(match self.clone() {
            Self::Focus | Self::Corpus => return None,
            Self::Code(id) => Edit::Code(id, None),
            Self::Actor(id) => Edit::Actor(id, None),
            Self::Alias(surface) => Edit::Alias(surface, None),
            Self::Merge(id) => Edit::Merge(id, None),
            Self::RuleOff(rule) => Edit::RuleOff(rule, false),
            Self::KeptApart(article) => Edit::KeptApart(article, false),
            Self::Search(name) => Edit::Search(name, None),
            Self::Memo(on) => Edit::Memo(on, None),
            Self::Link(link) => Edit::Link(link, None),
            Self::Origin(article) => Edit::Origin(article, None),
            Self::Decision(article, id) => Edit::Decision(article, id, None),
            Self::Made(article, id) => Edit::Made(article, id, None),
            Self::Annotation(article, id) => Edit::Annotation(article, id, None),
            Self::Note(article) => Edit::Note(article, None),
            Self::Publication(article) => Edit::Publication(article, None),
        })
    }
}

/// All that stands in a session, each as the edit that puts it there.
type Contents = BTreeMap<Place, Edit>;

/// Everything in a session but its name and who is working: a new field does not compile until it
/// is placed here.
fn contents(session: &Session) -> Contents {
    let Session {
        id: _,
        analyst: _,
        corpus,
        focus,
        actors: ActorBook {
            actors,
            aliases,
            merged,
        },
        codebook: Codebook { codes },
        rules_off,
        kept_apart,
        searches,
        memos,
        links,
        origins,
        work,
    } = session;
    let mut all = Contents::new();
    all.insert(Place::Focus, Edit::Focus(focus.clone()));
    all.insert(Place::Corpus, Edit::Corpus(corpus.clone()));
    for (id, code) in codes {
        all.insert(Place::Code(*id), Edit::Code(*id, Some(code.clone())));
    }
    for (id, actor) in actors {
        let edit = Edit::Actor(id.clone(), Some(actor.clone()));
        all.insert(Place::Actor(id.clone()), edit);
    }
    for (surface, to) in aliases {
        let edit = Edit::Alias(surface.clone(), Some(to.clone()));
        all.insert(Place::Alias(surface.clone()), edit);
    }
    for (id, to) in merged {
        let edit = Edit::Merge(id.clone(), Some(to.clone()));
        all.insert(Place::Merge(id.clone()), edit);
    }
    for rule in rules_off {
        let edit = Edit::RuleOff(rule.clone(), true);
        all.insert(Place::RuleOff(rule.clone()), edit);
    }
    for article in kept_apart {
        all.insert(Place::KeptApart(*article), Edit::KeptApart(*article, true));
    }
    for (name, query) in searches {
        let edit = Edit::Search(name.clone(), Some(query.clone()));
        all.insert(Place::Search(name.clone()), edit);
    }
    for (on, memo) in memos {
        let edit = Edit::Memo(on.clone(), Some(memo.clone()));
        all.insert(Place::Memo(on.clone()), edit);
    }
    for (link, signed) in links {
        let edit = Edit::Link(link.clone(), Some(signed.clone()));
        all.insert(Place::Link(link.clone()), edit);
    }
    for (article, origin) in origins {
        let edit = Edit::Origin(*article, Some(origin.clone()));
        all.insert(Place::Origin(*article), edit);
    }
    for (article, work) in work {
        work_contents(*article, work, &mut all);
    }
    all
}

fn work_contents(article: ArticleId, work: &ArticleWork, all: &mut Contents) {
    let ArticleWork {
        decisions,
        made,
        annotations,
        note,
        publication,
    } = work;
    for (id, decision) in decisions {
        let edit = Edit::Decision(article, *id, Some(Box::new(decision.clone())));
        all.insert(Place::Decision(article, *id), edit);
    }
    for (id, made) in made {
        let edit = Edit::Made(article, *id, Some(made.clone()));
        all.insert(Place::Made(article, *id), edit);
    }
    for (id, annotation) in annotations {
        let edit = Edit::Annotation(article, *id, Some(annotation.clone()));
        all.insert(Place::Annotation(article, *id), edit);
    }
    if let Some(note) = note {
        let edit = Edit::Note(article, Some(note.clone()));
        all.insert(Place::Note(article), edit);
    }
    if let Some(ruling) = publication {
        let edit = Edit::Publication(article, Some(ruling.clone()));
        all.insert(Place::Publication(article), edit);
    }
}

/// Whether two edits of one place put the same there, whoever did it and when.
fn same(a: Option<&Edit>, b: Option<&Edit>) -> bool {
    match (a, b) {
        (Some(Edit::Decision(.., Some(a))), Some(Edit::Decision(.., Some(b)))) => {
            (&a.verdict, &a.finding) == (&b.verdict, &b.finding)
        }
        (Some(Edit::Made(.., Some(a))), Some(Edit::Made(.., Some(b)))) => a.finding == b.finding,
        (Some(Edit::Annotation(.., Some(a))), Some(Edit::Annotation(.., Some(b)))) => {
            let stamped =
                |one: &crate::model::annotation::Annotation| crate::model::annotation::Annotation {
                    by: String::new(),
                    at: jiff::Timestamp::UNIX_EPOCH,
                    ..one.clone()
                };
            stamped(a) == stamped(b)
        }
        (Some(Edit::Note(_, Some(a))), Some(Edit::Note(_, Some(b))))
        | (Some(Edit::Memo(_, Some(a))), Some(Edit::Memo(_, Some(b)))) => a.text == b.text,
        (Some(Edit::Publication(_, Some(a))), Some(Edit::Publication(_, Some(b)))) => {
            a.when == b.when
        }
        // A link is one, whoever made it; where an article lies is a matter of each computer.
        (Some(Edit::Link(_, Some(_))), Some(Edit::Link(_, Some(_))))
        | (Some(Edit::Origin(_, Some(_))), Some(Edit::Origin(_, Some(_)))) => true,
        (a, b) => a == b,
    }
}

/// What both have differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub place: Place,
    /// What stands there in the first; `None`: nothing.
    pub mine: Option<Edit>,
    /// What stands there in the second.
    pub theirs: Option<Edit>,
}

/// What comes of two sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    /// What the first takes from the second without a question.
    pub taken: Vec<Edit>,
    /// What has to be decided.
    pub conflicts: Vec<Conflict>,
}

impl Merge {
    /// The edit of the first session, where `theirs` says of each conflict, by its place in
    /// [`Self::conflicts`], whether the second's is taken.
    #[must_use]
    pub fn edit(&self, theirs: impl Fn(usize) -> bool) -> Edit {
        let mut edits = self.taken.clone();
        for (at, conflict) in self.conflicts.iter().enumerate() {
            if theirs(at) {
                edits.extend(conflict.theirs.clone().or_else(|| conflict.place.emptied()));
            }
        }
        Edit::All(edits)
    }
}

/// Merges `theirs` into `mine`. `base` is a state that both came from, where one is known.
#[must_use]
pub fn merge(base: Option<&Session>, mine: &Session, theirs: &Session) -> Merge {
    let theirs = with_codes_of(base, mine, theirs);
    let (mine, theirs) = (contents(mine), contents(&theirs));
    let base = base.map(contents);
    let places: BTreeSet<&Place> = mine.keys().chain(theirs.keys()).collect();
    let mut merge = Merge::default();
    for place in places {
        let (m, t) = (mine.get(place), theirs.get(place));
        if same(m, t) {
            continue;
        }
        let is_taken = match &base {
            // Only the one changed it, or only the other.
            Some(base) if same(t, base.get(place)) => continue,
            Some(base) => same(m, base.get(place)),
            // Where the articles lie is a matter of each computer.
            None if *place == Place::Corpus || t.is_none() => continue,
            None => m.is_none(),
        };
        if is_taken {
            merge.taken.extend(t.cloned().or_else(|| place.emptied()));
        } else {
            merge.conflicts.push(Conflict {
                place: place.clone(),
                mine: m.cloned(),
                theirs: t.cloned(),
            });
        }
    }
    merge
}

/// The edits that lead from one session to the other, but for its name and who is working.
#[must_use]
pub fn difference(from: &Session, to: &Session) -> Vec<Edit> {
    let (from, to) = (contents(from), contents(to));
    let places: BTreeSet<&Place> = from.keys().chain(to.keys()).collect();
    let differing = places
        .into_iter()
        .filter(|place| from.get(place) != to.get(place));
    differing
        .filter_map(|place| to.get(place).cloned().or_else(|| place.emptied()))
        .collect()
}

/// `theirs`, in which a code that they made carries the id of the one of the same name at the same
/// place that is mine: two codebooks grow the same code twice.
fn with_codes_of(base: Option<&Session>, mine: &Session, theirs: &Session) -> Session {
    let known = |id: &ItemId| {
        let base = base.is_some_and(|base| base.codebook.codes.contains_key(id));
        base || mine.codebook.codes.contains_key(id)
    };
    let mut renamed: BTreeMap<ItemId, ItemId> = BTreeMap::new();
    // From the top down, so that a code below one that is mine is looked for below that.
    for (id, _) in theirs.codebook.tree() {
        let Some(code) = theirs.codebook.codes.get(&id).filter(|_| !known(&id)) else {
            continue;
        };
        let parent = theirs.codebook.parent(id);
        let parent = parent.map(|parent| *renamed.get(&parent).unwrap_or(&parent));
        // Below a code that I do not have, there is none of mine.
        let is_mine = parent.is_none_or(|parent| mine.codebook.codes.contains_key(&parent));
        let own = mine.codebook.named_below(parent, &code.name);
        if let Some(own) = own.filter(|_| is_mine) {
            renamed.insert(id, own);
        }
    }
    let mut theirs = theirs.clone();
    if renamed.is_empty() {
        return theirs;
    }
    let own = |code: ItemId| *renamed.get(&code).unwrap_or(&code);
    let codes = &mut theirs.codebook.codes;
    codes.retain(|id, _| !renamed.contains_key(id));
    for code in codes.values_mut() {
        code.parent = code.parent.map(own);
    }
    for own in renamed.values() {
        if let Some(code) = mine.codebook.codes.get(own) {
            codes.insert(*own, code.clone());
        }
    }
    let highlights = theirs
        .work
        .values_mut()
        .flat_map(|work| work.annotations.values_mut());
    for highlight in highlights {
        let mut codes: Vec<ItemId> = Vec::new();
        for code in &highlight.codes {
            let code = own(*code);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        highlight.codes = codes;
    }
    let thing = |thing: &Thing| match thing {
        Thing::Code(code) => Thing::Code(own(*code)),
        other => other.clone(),
    };
    let memos = std::mem::take(&mut theirs.memos).into_iter();
    theirs.memos = memos.map(|(on, memo)| (thing(&on), memo)).collect();
    let links = std::mem::take(&mut theirs.links).into_iter();
    let links = links.filter_map(|(link, signed)| {
        let (a, b) = link.ends();
        Some((Link::new(thing(a), thing(b))?, signed))
    });
    theirs.links = links.collect();
    theirs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::arbitrary;
    use crate::model::codebook::Code;
    use crate::model::session::Note;

    fn applied(session: &Session, edit: Edit) -> Session {
        let mut session = session.clone();
        let _inverse = edit.apply(&mut session);
        session
    }

    /// The same but for what is not merged.
    fn alike(a: &Session, b: &Session) -> bool {
        contents(a) == contents(b)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn one_sided_changes_are_taken_whole(base in arbitrary::session(6), edit in arbitrary::edit()) {
            let theirs = applied(&base, edit);
            let merge = merge(Some(&base), &base, &theirs);
            prop_assert_eq!(&merge.conflicts, &[]);
            let merged = applied(&base, merge.edit(|_| false));
            let rest = super::merge(Some(&base), &merged, &theirs);
            prop_assert_eq!(rest, Merge::default(), "nothing is left to take");
            // And the other way round nothing is taken.
            prop_assert_eq!(super::merge(Some(&base), &theirs, &base), Merge::default());
        }

        #[test]
        fn nothing_is_lost_unless_it_is_chosen(mine in arbitrary::session(8), theirs in arbitrary::session(8)) {
            for base in [None, Some(&mine)] {
                let merge = merge(base, &mine, &theirs);
                if base.is_none() {
                    let merged = applied(&mine, merge.edit(|_| false));
                    let kept = contents(&merged);
                    for (place, edit) in contents(&mine) {
                        prop_assert_eq!(kept.get(&place), Some(&edit));
                    }
                }
            }
        }

        #[test]
        fn a_difference_leads_there(a in arbitrary::session(8), b in arbitrary::session(8)) {
            let there = applied(&a, Edit::All(difference(&a, &b)));
            prop_assert!(alike(&there, &b));
        }
    }

    fn plain() -> Session {
        use crate::model::session::CorpusSource;
        let id = ItemId(uuid::Uuid::nil());
        Session::new(
            id,
            CorpusSource::Sample,
            ActorId::new("BY"),
            "Ann".to_owned(),
        )
    }

    fn note(text: &str, by: &str) -> Edit {
        let note = Note {
            text: text.to_owned(),
            by: by.to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        Edit::Note(ArticleId([1; 32]), Some(note))
    }

    #[test]
    fn what_both_changed_is_asked_and_what_both_did_alike_is_not() {
        let base = applied(&plain(), note("old", "Ann"));
        let mine = applied(&base, note("mine", "Ann"));
        let theirs = applied(&base, note("theirs", "Bo"));
        let found = merge(Some(&base), &mine, &theirs);
        assert_eq!(found.taken, []);
        assert_eq!(found.conflicts.len(), 1);
        assert!(alike(&applied(&mine, found.edit(|_| true)), &theirs));
        assert!(alike(&applied(&mine, found.edit(|_| false)), &mine));
        let alike_by_bo = applied(&base, note("mine", "Bo"));
        assert_eq!(merge(Some(&base), &mine, &alike_by_bo), Merge::default());
        // A deletion against a change is a conflict; against nothing it is taken.
        let deleted = applied(&base, Edit::Note(ArticleId([1; 32]), None));
        assert_eq!(merge(Some(&base), &mine, &deleted).conflicts.len(), 1);
        assert_eq!(merge(Some(&base), &base, &deleted).taken.len(), 1);
        assert_eq!(merge(None, &base, &deleted), Merge::default());
    }

    #[test]
    fn one_code_made_by_two_is_one_code() {
        let code = |bits: u128, name: &str| {
            let id = ItemId(uuid::Uuid::from_u128(bits));
            Edit::Code(id, Some(Code::named(name, 0)))
        };
        let mine = applied(&plain(), code(1, "Arms trade"));
        let theirs = applied(
            &applied(&plain(), code(2, "arms trade")),
            code(3, "Exercise"),
        );
        let found = merge(None, &mine, &theirs);
        assert_eq!(found.conflicts, []);
        assert_eq!(found.taken, [code(3, "Exercise")]);
    }

    #[test]
    fn what_hangs_on_a_code_made_by_two_follows_it() {
        let id = |bits: u128| ItemId(uuid::Uuid::from_u128(bits));
        let code = |bits: u128, name: &str, parent: Option<u128>| {
            let code = Code {
                parent: parent.map(id),
                ..Code::named(name, 0)
            };
            Edit::Code(id(bits), Some(code))
        };
        let all = |edits: Vec<Edit>| applied(&plain(), Edit::All(edits));
        let mine = all(vec![
            code(1, "Supply", None),
            code(2, "Tanks", Some(1)),
            code(3, "Tanks", None),
        ]);
        let memo = Note {
            text: "what counts".to_owned(),
            by: "Bo".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let signed = crate::model::session::Signed {
            by: "Bo".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let link = |bits: u128| Link::new(Thing::Session, Thing::Code(id(bits))).unwrap();
        // Theirs was made before mine, so that its id sorts first.
        let theirs = all(vec![
            code(0, "tanks", Some(10)),
            code(10, "supply", None),
            code(11, "S-400", Some(0)),
            code(12, "Tanks", Some(13)),
            code(13, "Budget", None),
            Edit::Memo(Thing::Code(id(0)), Some(memo.clone())),
            Edit::Link(link(0), Some(signed.clone())),
        ]);
        let merged = applied(&mine, merge(None, &mine, &theirs).edit(|_| false));
        let expected = applied(
            &mine,
            Edit::All(vec![
                code(11, "S-400", Some(2)),
                code(12, "Tanks", Some(13)),
                code(13, "Budget", None),
                Edit::Memo(Thing::Code(id(2)), Some(memo)),
                Edit::Link(link(2), Some(signed)),
            ]),
        );
        assert_eq!(merged, expected);
    }
}
