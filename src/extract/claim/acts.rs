//! Plain sentences in which Norway and Kenya do something to or with one another: each kind of act
//! in the words that news have for it, in three languages. What is told so plainly is found, whole.

use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, extract};
use crate::model::actor::ActorBook;
use crate::model::claim::Claim;
use crate::model::finding::{Finding, FindingKind};
use crate::model::ids::ActorId;

/// A headline in a language; lines of `kind<TAB>sentence`, where the kind `any` stands for acts that the
/// model has no kind for, and for wishes; and sentences that name China besides, which takes no part.
const ACTS: [(&str, &str, &str); 3] = [
    (
        "A headline of some length",
        include_str!("acts/english.tsv"),
        include_str!("acts/beside_english.txt"),
    ),
    (
        "Заголовок некоторой длины",
        include_str!("acts/russian.tsv"),
        include_str!("acts/beside_russian.txt"),
    ),
    (
        "Заголовок певної довжини",
        include_str!("acts/ukrainian.tsv"),
        include_str!("acts/beside_ukrainian.txt"),
    ),
];

/// The claims of a sentence under a headline.
fn claims(headline: &str, sentence: &str, context: &Context<'_>) -> Vec<Claim> {
    let read = extract(&format!("{headline}\n\n{sentence}\n"), context);
    let claims = read.of_kind(FindingKind::Claim);
    let claims = claims.filter_map(|s| match &s.finding {
        Finding::Claim(claim) => Some(claim.clone()),
        _ => None,
    });
    claims.collect()
}

fn has(claim: &Claim, country: &str) -> bool {
    let mut parts = claim.actors.iter();
    parts.any(|part| part.actor == ActorId::new(country))
}

fn ties(claim: &Claim) -> bool {
    has(claim, "NO") && has(claim, "KE")
}

#[test]
fn what_is_told_plainly_is_found() {
    let (lexicon, norway) = (Lexicon::new(&ActorBook::default()), ActorId::new("NO"));
    let context = Context::new(&lexicon, &norway);
    let mut missed = Vec::new();
    for (headline, acts, _) in ACTS {
        for line in acts.lines() {
            let (kind, sentence) = line.split_once('\t').expect("a kind and a sentence");
            let is_it = |claim: &Claim| ties(claim) && (kind == "any" || claim.kind.key() == kind);
            if !claims(headline, sentence, &context).iter().any(is_it) {
                missed.push(line);
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn who_is_named_beside_takes_no_part() {
    let (lexicon, norway) = (Lexicon::new(&ActorBook::default()), ActorId::new("NO"));
    let context = Context::new(&lexicon, &norway);
    let mut wrong = Vec::new();
    for (headline, _, beside) in ACTS {
        for sentence in beside.lines() {
            let claims = claims(headline, sentence, &context);
            if !claims.iter().any(ties) || claims.iter().any(|claim| has(claim, "CN")) {
                wrong.push(sentence);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
