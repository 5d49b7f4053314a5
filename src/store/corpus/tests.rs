use super::*;
use crate::store::watch::Unwatched;

fn is_shareable<T: Send + Sync>(_: &T) {}

#[test]
fn the_sample_has_five_articles_that_are_found_again() {
    let corpus = Corpus::sample();
    is_shareable(&corpus);
    assert_eq!(corpus.len(), 5);
    for (row, (name, bytes)) in SAMPLE.iter().enumerate() {
        let id = corpus.id(row).unwrap();
        assert_eq!(corpus.row(id), Some(row));
        assert_eq!(corpus.source(row), *name);
        assert_eq!(
            &*corpus.text(row).unwrap(),
            std::str::from_utf8(bytes).unwrap()
        );
        assert_eq!(corpus.files(row).count(), 0);
    }
    assert_eq!(corpus.id(5), None);
    assert_eq!(corpus.source(5), "");
    assert!(matches!(corpus.text(5), Err(TextError::NoSuchRow(5))));
    assert_eq!(corpus.row(ArticleId([0; 32])), None);
}

#[test]
fn a_synthetic_corpus_is_the_same_every_time() {
    let (short, long) = (Corpus::synthetic(20, 7), Corpus::synthetic(60, 7));
    let mut cyrillic = 0;
    for row in 0..60 {
        let text = long.text(row).unwrap();
        assert_eq!(id_of(text.as_bytes()), long.id(row).unwrap());
        assert!((1000..4000).contains(&text.len()), "{}", text.len());
        assert!(!text.contains(['{', '}']));
        cyrillic += usize::from(text.contains("Минск"));
        if row < 20 {
            assert_eq!(short.id(row), long.id(row));
        }
    }
    assert!((5..30).contains(&cyrillic), "{cyrillic}");
    assert_ne!(Corpus::synthetic(1, 8).id(0), short.id(0));
    assert_eq!(long.source(59), "synthetic/0000059.txt");
}

#[test]
fn a_file_that_changed_or_went_is_said_to_have() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.txt"), "One text.").unwrap();
    std::fs::write(path("b.txt"), "Another text.").unwrap();
    std::fs::write(path("c.txt"), "Twice.").unwrap();
    std::fs::write(path("d.txt"), "Twice.").unwrap();
    let corpus = Corpus::import(&[folder.path().to_owned()], &Unwatched).corpus;
    assert_eq!(corpus.len(), 3);
    std::fs::write(path("a.txt"), "One text!").unwrap();
    std::fs::remove_file(path("b.txt")).unwrap();
    std::fs::remove_file(path("c.txt")).unwrap();
    let error = corpus.text(0).unwrap_err();
    assert!(
        matches!(&error, TextError::Changed { path: p } if *p == path("a.txt")),
        "{error}"
    );
    let error = corpus.text(1).unwrap_err();
    assert!(
        matches!(&error, TextError::Gone { path: p } if *p == path("b.txt")),
        "{error}"
    );
    // The other file with the same bytes stands in.
    assert_eq!(&*corpus.text(2).unwrap(), "Twice.");
    assert_eq!(corpus.sources(2).collect::<Vec<_>>(), ["c.txt", "d.txt"]);
}
