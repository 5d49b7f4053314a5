//! Plain sentences in which Norway and Kenya do something to or with one another: each kind of act
//! in the words that news have for it, in three languages. What is told so plainly is found, whole.

use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, extract};
use crate::model::actor::ActorBook;
use crate::model::claim::Claim;
use crate::model::finding::{Finding, FindingKind};
use crate::model::ids::ActorId;

/// Lines of `kind<TAB>sentence`; the kind `any` stands for acts that the model has no kind for, and
/// for wishes.
const ACTS: [(&str, &str); 3] = [
    (
        "A headline of some length",
        include_str!("acts/english.tsv"),
    ),
    (
        "Заголовок некоторой длины",
        include_str!("acts/russian.tsv"),
    ),
    (
        "Заголовок певної довжини",
        include_str!("acts/ukrainian.tsv"),
    ),
];

#[test]
fn what_is_told_plainly_is_found() {
    let lexicon = Lexicon::new(&ActorBook::default());
    let (norway, kenya) = (ActorId::new("NO"), ActorId::new("KE"));
    let context = Context::new(&lexicon, &norway);
    let mut missed = Vec::new();
    for (headline, acts) in ACTS {
        for line in acts.lines() {
            let (kind, sentence) = line.split_once('\t').expect("a kind and a sentence");
            let read = extract(&format!("{headline}\n\n{sentence}\n"), &context);
            let ties = |claim: &Claim| {
                let has = |who: &ActorId| claim.actors.iter().any(|part| part.actor == *who);
                has(&norway) && has(&kenya)
            };
            let is_told = read.of_kind(FindingKind::Claim).any(|s| match &s.finding {
                Finding::Claim(claim) => ties(claim) && (kind == "any" || claim.kind.key() == kind),
                _ => false,
            });
            if !is_told {
                missed.push(line);
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
