//! How news agencies put it: several hundred sentences of one act each, in four languages.

use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, extract};
use crate::model::actor::ActorBook;
use crate::model::finding::{Finding, FindingKind};
use crate::model::ids::ActorId;

/// What is found of the sentences, in percent at least: a claim of those two; of that kind; as
/// firm as said.
const LEAST: [usize; 3] = [98, 97, 96];

#[test]
fn what_agencies_write_is_found() {
    let lexicon = Lexicon::new(&ActorBook::default());
    let mut right = [0; 3];
    let mut all = 0;
    let mut wrong = Vec::new();
    for line in include_str!("../../../tests/it/data/phrases.tsv").lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[focus, partner, kind, modality, sentence] = columns.as_slice() else {
            continue;
        };
        all += 1;
        let text = format!("A headline of some length\n\n{sentence}.\n");
        let focus = ActorId::new(focus);
        let read = extract(&text, &Context::new(&lexicon, &focus));
        let claims: Vec<_> = read
            .of_kind(FindingKind::Claim)
            .filter_map(|s| match &s.finding {
                Finding::Claim(claim) => Some(claim),
                _ => None,
            })
            .collect();
        let score = if partner == "-" {
            [claims.is_empty(); 3]
        } else {
            let of_two = |c: &&&_| -> bool {
                let claim: &crate::model::claim::Claim = c;
                claim.actors.iter().any(|a| a.actor.as_str() == partner)
            };
            let of_kind = claims
                .iter()
                .filter(of_two)
                .filter(|c| c.kind.key() == kind);
            [
                claims.iter().any(|c| of_two(&c)),
                of_kind.clone().count() > 0,
                of_kind.clone().any(|c| c.modality.key() == modality),
            ]
        };
        for (sum, is_right) in right.iter_mut().zip(score) {
            *sum += usize::from(is_right);
        }
        if score != [true; 3] {
            let found: Vec<_> = claims.iter().map(|c| (c.kind, c.modality)).collect();
            wrong.push(format!("{kind} {modality}: {sentence} {found:?}"));
        }
    }
    assert!(all > 300, "{all}");
    for (sum, least) in right.into_iter().zip(LEAST) {
        assert!(sum * 100 >= all * least, "{right:?} of {all}: {wrong:#?}");
    }
}
