use super::*;
use crate::model::actor::ActorBook;
use crate::model::annotation::Quote;
use crate::model::codebook::Code;
use crate::model::session::CorpusSource;

fn id(bits: u128) -> ItemId {
    ItemId(uuid::Uuid::from_u128(bits))
}

/// Highlights: number, article, passage, codes, note, author, when.
type Given = (
    u128,
    usize,
    &'static str,
    &'static [u128],
    &'static str,
    &'static str,
    &'static str,
);

const GIVEN: [Given; 5] = [
    (
        10,
        0,
        "Russia delivered vehicles",
        &[2],
        "",
        "Ann",
        "2026-03-01T12:00:00Z",
    ),
    (
        11,
        0,
        "a plan",
        &[],
        "Who pays? Россия?",
        "Bo",
        "2026-03-02T12:00:00Z",
    ),
    (
        12,
        1,
        "KAMAZ delivered chassis",
        &[1],
        "",
        "Ann",
        "2026-04-01T12:00:00Z",
    ),
    (
        13,
        1,
        "China",
        &[3, 2],
        "a plan, too",
        "Bo",
        "2025-12-31T12:00:00Z",
    ),
    (
        14,
        4,
        "the Chinese side",
        &[3],
        "",
        "Bo",
        "2026-03-01T12:00:00Z",
    ),
];

fn found(filter: HighlightFilter) -> Vec<u128> {
    let corpus = Corpus::sample();
    let focus = ActorId::new("BY");
    let mut session = Session::new(id(0), CorpusSource::Sample, focus, String::new());
    for (bits, parent) in [(1, None), (2, Some(1)), (3, None)] {
        let code = Code {
            parent: parent.map(id),
            ..Code::named("code", 0)
        };
        session.codebook.codes.insert(id(bits), code);
    }
    for (bits, row, passage, codes, note, by, at) in GIVEN {
        let annotation = Annotation {
            span: Span::new(100 - bits as usize, 101),
            quote: Quote::of(passage, Span::new(0, passage.len())),
            codes: codes.iter().copied().map(id).collect(),
            note: note.to_owned(),
            by: by.to_owned(),
            at: at.parse().unwrap(),
        };
        let work = session.work.or_default(corpus.id(row).unwrap());
        work.annotations.insert(id(bits), annotation);
    }
    let request = ListRequest {
        of: Of {
            session: id(0),
            revision: 0,
            article: corpus.id(0),
            filter,
        },
        session: Arc::new(session),
        corpus: Arc::new(corpus),
        lexicon: Arc::new(Lexicon::new(&ActorBook::default())),
    };
    let listing = list(&request, &mut Named::default(), &Cancel::default()).unwrap();
    listing.rows.iter().map(|(_, id)| id.0.as_u128()).collect()
}

fn everywhere() -> HighlightFilter {
    HighlightFilter {
        everywhere: true,
        ..HighlightFilter::default()
    }
}

#[test]
fn highlights_are_found_by_code_author_actor_date_and_words() {
    assert_eq!(
        found(HighlightFilter::default()),
        [11, 10],
        "of the open article"
    );
    assert_eq!(
        found(everywhere()),
        [11, 10, 13, 12, 14],
        "as they stand in the text"
    );
    let newest_first = true;
    assert_eq!(
        found(HighlightFilter {
            newest_first,
            ..everywhere()
        }),
        [12, 11, 10, 14, 13]
    );
    let code = WantedCode::Within(id(1));
    assert_eq!(
        found(HighlightFilter {
            code,
            ..everywhere()
        }),
        [10, 13, 12],
        "and below it"
    );
    let code = WantedCode::Without;
    assert_eq!(
        found(HighlightFilter {
            code,
            ..everywhere()
        }),
        [11]
    );
    let author = Some("Bo".to_owned());
    assert_eq!(
        found(HighlightFilter {
            author,
            ..everywhere()
        }),
        [11, 13, 14]
    );
    let words = "PLAN".to_owned();
    assert_eq!(
        found(HighlightFilter {
            words,
            ..everywhere()
        }),
        [11, 13],
        "passage or note"
    );
    let made = "2026-03".to_owned();
    assert_eq!(
        found(HighlightFilter {
            made,
            ..everywhere()
        }),
        [11, 10, 14]
    );
    let actor = Some(ActorId::new("CN"));
    assert_eq!(
        found(HighlightFilter {
            actor,
            ..everywhere()
        }),
        [13, 14],
        "in any form"
    );
    let (actor, words) = (Some(ActorId::new("RU")), "delivered".to_owned());
    let both = found(HighlightFilter {
        words,
        actor,
        ..everywhere()
    });
    assert_eq!(both.first(), Some(&10));
}
