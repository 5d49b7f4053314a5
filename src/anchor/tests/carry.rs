//! The work on an article, carried over to its new text.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::*;
use crate::model::actor::MentionClass;
use crate::model::annotation::Annotation;
use crate::model::edit::Edit;
use crate::model::finding::{Finding, FindingKey, Mention, Rule, Suggestion};
use crate::model::ids::{ActorId, ArticleId, ItemId, SuggestionId};
use crate::model::session::{
    ArticleWork, CorpusSource, Decision, Link, Made, Note, Origin, PublicationRuling, Session,
    Signed, Thing, Verdict,
};

const OLD: ArticleId = ArticleId([1; 32]);
const NEW: ArticleId = ArticleId([2; 32]);

fn item(number: u128) -> ItemId {
    ItemId(uuid::Uuid::from_u128(number))
}

fn note(text: &str) -> Note {
    Note {
        text: text.to_owned(),
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn highlight(part: &str) -> Annotation {
    Annotation {
        span: span(TEXT, part),
        quote: target(TEXT).quote(span(TEXT, part)),
        codes: vec![item(90)],
        note: part.to_owned(),
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn mention(span: Span) -> Finding {
    Finding::Mention(Mention {
        span,
        actor: ActorId::new("TR"),
        class: MentionClass::Name,
    })
}

fn decision(part: &str) -> (SuggestionId, Decision) {
    let finding = mention(span(TEXT, part));
    let id = Suggestion::id_of(&finding);
    let decision = Decision {
        verdict: Verdict::Edited(Box::new(finding.clone())),
        quotes: vec![target(TEXT).quote(span(TEXT, part))],
        finding,
        rule: Rule::named("actor/name"),
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    };
    (id, decision)
}

fn made(part: &str) -> Made {
    Made {
        finding: mention(span(TEXT, part)),
        quotes: vec![target(TEXT).quote(span(TEXT, part))],
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    }
}

const KEPT: &str = "The parties agreed to set up a working group.";
const GONE: &str = "In 2014 Belarus sold twenty trucks to Serbia for 5 million dollars.";
const DAY: &str = "12 May 2016";
const SOLD: &str = "In 2015 Belarus sold twelve trucks to Turkey for 3 million dollars.";

/// The text as it came back: with a line above it, another number of the day, and less.
fn now() -> String {
    let now = TEXT.replace(GONE, "").replace(DAY, "13 May 2016");
    format!("By our correspondent\n\n{now}")
}

/// A session with work of each kind on [`OLD`].
fn session() -> Session {
    let mut session = Session::new(
        item(1),
        CorpusSource::Sample,
        ActorId::new("BY"),
        "Ann".to_owned(),
    );
    let work = ArticleWork {
        annotations: [(item(10), highlight(KEPT)), (item(11), highlight(GONE))].into(),
        decisions: [decision(SOLD), decision(DAY)].into(),
        made: [(item(20), made("Turkey pays in advance."))].into(),
        note: Some(note("on the article")),
        publication: Some(PublicationRuling {
            when: None,
            by: "Ann".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }),
    };
    session.work.insert(OLD, work);
    session.origins.insert(OLD, Origin::of("a.txt", TEXT));
    session.kept_apart.insert(OLD);
    session
}

fn carried(session: &Session, now: &str) -> (Carried, Session) {
    let carried = carry(session, OLD, NEW, &target(now));
    let mut after = session.clone();
    let _ = Edit::All(carried.edits.clone()).apply(&mut after);
    (carried, after)
}

/// What a piece of work on [`NEW`] says there.
fn said(session: &Session, now: &str) -> BTreeSet<String> {
    let Some(work) = session.work.get(&NEW) else {
        return BTreeSet::new();
    };
    let texts = items(work).into_iter().map(|item| {
        let (span, quote) = main_quote(work, item).unwrap();
        let text = span.of(now).unwrap();
        assert_eq!(quote.exact, text, "it is quoted where it stands now");
        assert!(quote.rival.is_some());
        text.to_owned()
    });
    texts.collect()
}

#[test]
fn what_is_certain_moves_and_the_rest_stays_with_the_old_text() {
    let (session, now) = (session(), now());
    let (carried, after) = carried(&session, &now);
    assert_eq!(carried.moved, 3);
    // In the order of the old text.
    let day = decision(DAY).0;
    let left = [Item::Decision(day), Item::Annotation(item(11))];
    assert_eq!(carried.left, left);
    let there = [KEPT, SOLD, "Turkey pays in advance."].map(str::to_owned);
    assert_eq!(said(&after, &now), there.into());

    let (old, new) = (&after.work[&OLD], &after.work[&NEW]);
    assert_eq!(items(old), left);
    // An edited decision moves with what it was edited to, and has the id of the new place.
    let (id, moved) = new.decisions.first_key_value().unwrap();
    let stands = mention(span(&now, SOLD));
    assert_eq!(*id, Suggestion::id_of(&stands));
    assert_eq!(moved.finding, stands);
    assert_eq!(moved.standing(), Some(&stands));
    assert_eq!(finding_of(new, Item::Decision(*id)), Some(&stands));
    let highlight = &new.annotations[&item(10)];
    assert_eq!((highlight.codes.len(), highlight.note.as_str()), (1, KEPT));
    assert_eq!(finding_of(new, Item::Annotation(item(10))), None);
    assert!(finding_of(new, Item::Made(item(20))).is_some());
    // What is said of the article as a whole.
    assert_eq!((old.note.as_ref(), old.publication.as_ref()), (None, None));
    assert_eq!(new.note, Some(note("on the article")));
    assert!(new.publication.is_some());
    assert_eq!(after.kept_apart, [NEW].into());
}

#[test]
fn memos_and_links_follow_what_they_are_on() {
    let mut session = session();
    let kept = Thing::Annotation(OLD, item(10));
    let gone = Thing::Annotation(OLD, item(11));
    let sold = Thing::Claim(OLD, FindingKey::Suggested(decision(SOLD).0));
    let signed = Signed {
        by: "Ann".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    };
    for on in [&kept, &gone, &sold, &Thing::Article(OLD), &Thing::Session] {
        session.memos.insert(on.clone(), note(&format!("{on:?}")));
    }
    for (a, b) in [(&kept, &gone), (&gone, &Thing::Session), (&kept, &sold)] {
        let link = Link::new(a.clone(), b.clone()).unwrap();
        session.links.insert(link, signed.clone());
    }
    let now = now();
    let (_, after) = carried(&session, &now);
    let kept_now = Thing::Annotation(NEW, item(10));
    let id = after.work[&NEW].decisions.keys().next().unwrap();
    let sold_now = Thing::Claim(NEW, FindingKey::Suggested(*id));
    let on: BTreeSet<Thing> = after.memos.keys().cloned().collect();
    let expected = [
        Thing::Session,
        Thing::Article(NEW),
        kept_now.clone(),
        sold_now.clone(),
        gone.clone(),
    ];
    assert_eq!(on, expected.into());
    assert_eq!(after.memos[&kept_now], note(&format!("{kept:?}")));
    let links: BTreeSet<Link> = after.links.keys().cloned().collect();
    let expected = [
        Link::new(kept_now.clone(), gone.clone()),
        Link::new(gone, Thing::Session),
        Link::new(kept_now, sold_now),
    ];
    assert_eq!(links, expected.into_iter().flatten().collect());
}

#[test]
fn what_was_decided_on_the_new_text_stands() {
    let (mut session, now) = (session(), now());
    let there = mention(span(&now, SOLD));
    let id = Suggestion::id_of(&there);
    let rejected = Decision {
        verdict: Verdict::Rejected,
        finding: there,
        ..decision(SOLD).1
    };
    let other = ArticleWork {
        decisions: [(id, rejected.clone())].into(),
        note: Some(note("another")),
        ..ArticleWork::default()
    };
    session.work.insert(NEW, other);
    let (carried, after) = carried(&session, &now);
    assert_eq!(carried.moved, 2);
    let sold = Item::Decision(decision(SOLD).0);
    assert!(carried.left.contains(&sold));
    assert_eq!(after.work[&NEW].decisions[&id], rejected);
    assert_eq!(after.work[&NEW].note, Some(note("another")));
    assert_eq!(after.work[&OLD].note, Some(note("on the article")));
    // Nor is it put there by hand.
    let place = (NEW, span(&now, SOLD));
    assert_eq!(
        place_item(&session, (OLD, sold), place, &target(&now)),
        None
    );
}

#[test]
fn another_text_takes_nothing_over() {
    let session = session();
    let (carried, after) = carried(&session, &"Quite another matter. ".repeat(40));
    assert_eq!((carried.moved, carried.edits.len()), (0, 0));
    assert_eq!(carried.left.len(), 5);
    assert_eq!(after, session);
}

#[test]
fn an_article_that_begins_as_it_did_takes_over_what_is_said_of_it() {
    let mut session = session();
    session.work.insert(
        OLD,
        ArticleWork {
            note: Some(note("on the article")),
            annotations: [(item(11), highlight(GONE))].into(),
            ..ArticleWork::default()
        },
    );
    let beginning = TEXT.split(GONE).next().unwrap();
    let now = beginning.replace("memorandum", "mernorandum") + "The rest is new.";
    let (carried, after) = carried(&session, &now);
    assert_eq!((carried.moved, carried.left.len()), (0, 1));
    assert_eq!(after.work[&NEW].note, Some(note("on the article")));
    assert_eq!(after.work[&OLD].note, None);
    // Half as many of its letters are too few.
    assert!(!target(&now.replace(['a', 'e', 'o', 'n'], "_")).begins_like(beginning));
    assert!(!target(&now).begins_like("  "));
    assert!(!target("").begins_like(beginning));
}

#[test]
fn the_analyst_puts_a_passage_where_it_belongs() {
    let (session, now) = (session(), now());
    let put = |item: Item, part: &str| {
        let edit = place_item(
            &session,
            (OLD, item),
            (NEW, span(&now, part)),
            &target(&now),
        );
        let mut after = session.clone();
        let _ = edit.unwrap().apply(&mut after);
        after
    };
    let day = decision(DAY).0;
    let after = put(Item::Decision(day), "13 May 2016");
    assert_eq!(said(&after, &now), ["13 May 2016".to_owned()].into());
    assert!(!after.work[&OLD].decisions.contains_key(&day));
    let after = put(Item::Annotation(item(11)), "Turkey pays");
    assert_eq!(said(&after, &now), ["Turkey pays".to_owned()].into());
    // Where the analyst says, whatever place is certain.
    let after = put(Item::Made(item(20)), "Nobody was told");
    assert_eq!(said(&after, &now), ["Nobody was told".to_owned()].into());
    let gone = (ArticleId([3; 32]), Item::Made(item(20)));
    assert_eq!(
        place_item(&session, gone, (NEW, Span::new(0, 4)), &target(&now)),
        None
    );
    let mut dropped = session.clone();
    for one in items(&session.work[&OLD]) {
        let _ = drop_item(OLD, one).apply(&mut dropped);
    }
    assert_eq!(items(&dropped.work[&OLD]), []);
}

#[test]
fn work_from_before_quotes_were_kept_stays() {
    let mut session = session();
    let (id, mut old) = decision(SOLD);
    old.quotes.clear();
    let work = ArticleWork {
        decisions: [(id, old)].into(),
        ..ArticleWork::default()
    };
    assert_eq!(main_quote(&work, Item::Decision(id)), None);
    session.work.insert(OLD, work);
    let (carried, _) = carried(&session, &now());
    assert_eq!((carried.moved, carried.left.len()), (0, 1));
}
