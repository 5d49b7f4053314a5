//! Plain sentences in which Norway and Kenya do something to or with one another: each kind of act
//! in the words that news have for it, in three languages. What is told so plainly is found, whole.

use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, extract};
use crate::model::actor::ActorBook;
use crate::model::claim::Claim;
use crate::model::finding::{Finding, FindingKind};
use crate::model::ids::ActorId;

/// What is told in one language.
struct Told {
    headline: &'static str,
    /// Lines of `kind<TAB>sentence`; the kind `any` stands for acts that the model has no kind for, and
    /// for wishes.
    acts: &'static str,
    /// Sentences that name China besides, which takes no part.
    beside: &'static str,
    /// Lines of `modality<TAB>sentence`.
    firmly: &'static str,
}

const TOLD: [Told; 3] = [
    Told {
        headline: "A headline of some length",
        acts: include_str!("acts/english.tsv"),
        beside: include_str!("acts/beside_english.txt"),
        firmly: include_str!("acts/firmly_english.tsv"),
    },
    Told {
        headline: "Заголовок некоторой длины",
        acts: include_str!("acts/russian.tsv"),
        beside: include_str!("acts/beside_russian.txt"),
        firmly: include_str!("acts/firmly_russian.tsv"),
    },
    Told {
        headline: "Заголовок певної довжини",
        acts: include_str!("acts/ukrainian.tsv"),
        beside: include_str!("acts/beside_ukrainian.txt"),
        firmly: include_str!("acts/firmly_ukrainian.tsv"),
    },
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

/// The sentences of which `is_so` does not hold: its first column, and the claims.
fn missed(
    lines: impl Fn(&Told) -> &'static str,
    is_so: impl Fn(&str, &[Claim]) -> bool,
) -> Vec<&'static str> {
    let (lexicon, norway) = (Lexicon::new(&ActorBook::default()), ActorId::new("NO"));
    let context = Context::new(&lexicon, &norway);
    let mut missed = Vec::new();
    for told in &TOLD {
        for line in lines(told).lines() {
            let (first, sentence) = line.split_once('\t').unwrap_or(("", line));
            if !is_so(first, &claims(told.headline, sentence, &context)) {
                missed.push(line);
            }
        }
    }
    missed
}

#[test]
fn what_is_told_plainly_is_found() {
    let missed = missed(
        |told| told.acts,
        |kind, claims| {
            let is_it = |claim: &Claim| ties(claim) && (kind == "any" || claim.kind.key() == kind);
            claims.iter().any(is_it)
        },
    );
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn who_is_named_beside_takes_no_part() {
    let missed = missed(
        |told| told.beside,
        |_, claims| claims.iter().any(ties) && !claims.iter().any(|claim| has(claim, "CN")),
    );
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn how_firmly_it_is_told_is_kept() {
    let missed = missed(
        |told| told.firmly,
        |modality, claims| {
            let mut tied = claims.iter().filter(|claim| ties(claim)).peekable();
            tied.peek().is_some() && tied.all(|claim| claim.modality.key() == modality)
        },
    );
    assert!(missed.is_empty(), "{missed:#?}");
}
