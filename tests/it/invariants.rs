//! What holds of the reading of any text. Fuzzing (`fuzz/`) checks the same.

use attache::extract::lexicon::Lexicon;
use attache::extract::{Context, extract};
use attache::model::actor::ActorBook;
use attache::model::extraction::Extraction;
use attache::model::finding::Finding;
use attache::model::ids::ActorId;
use attache::model::span::Span;

/// Reads `text`, checks what must hold of the reading, and answers it.
///
/// # Panics
/// Where something does not hold.
pub(crate) fn check(text: &str, focus: &str) -> Extraction {
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new(focus);
    let context = Context::new(&lexicon, &focus);
    let read = extract(text, &context);
    spans_lie_in_the_text(text, &read);
    sentences_are_disjoint(&read);
    suggestions_are_in_order(&read);
    assert!(read == extract(text, &context), "read twice, read the same");
    read
}

fn spans_lie_in_the_text(text: &str, read: &Extraction) {
    let lies = |what: &str, span: Span| {
        let found = span.of(text);
        assert!(found.is_some_and(|f| !f.is_empty()), "{what} at {span:?}");
    };
    let printed = read.publication.span;
    let head = read.title.into_iter().chain(read.byline).chain(printed);
    head.for_each(|span| lies("head", span));
    read.sentences
        .iter()
        .for_each(|span| lies("sentence", *span));
    read.lengths.iter().for_each(|l| lies("length", l.span));
    for suggestion in &read.suggestions {
        lies("suggestion", suggestion.finding.span());
        if let Finding::Claim(claim) = &suggestion.finding {
            assert!(!claim.evidence.is_empty(), "a claim has its passage");
            claim
                .evidence
                .iter()
                .for_each(|span| lies("evidence", *span));
            claim
                .time
                .span
                .into_iter()
                .for_each(|span| lies("time of a claim", span));
        }
    }
}

fn sentences_are_disjoint(read: &Extraction) {
    for pair in read.sentences.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{pair:?}");
    }
    // What is masked is in no sentence.
    for furniture in read.furniture() {
        let after = read
            .sentences
            .partition_point(|s| s.end <= furniture.span.start);
        let next = read.sentences.get(after);
        assert!(
            next.is_none_or(|s| furniture.span.end <= s.start),
            "{furniture:?} in {next:?}"
        );
    }
}

fn suggestions_are_in_order(read: &Extraction) {
    let key = |at: usize| {
        let s = &read.suggestions[at];
        (s.finding.span(), s.finding.kind(), s.id)
    };
    for at in 1..read.suggestions.len() {
        assert!(
            key(at - 1) < key(at),
            "{:?}",
            &read.suggestions[at - 1..=at]
        );
    }
    let mut ids: Vec<_> = read.suggestions.iter().map(|s| s.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        ids.len(),
        read.suggestions.len(),
        "an id names one suggestion"
    );
    let mut codes: Vec<_> = read.countries.iter().map(|c| &c.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes.len(),
        read.countries.len(),
        "a country is listed once"
    );
}
