//! Folder → corpus → session → file → the same again.

use std::path::Path;

use attache::model::annotation::{Annotation, Quote};
use attache::model::edit::Edit;
use attache::model::history::History;
use attache::model::ids::{ActorId, ItemId};
use attache::model::session::{CorpusSource, Session};
use attache::model::span::Span;
use attache::model::view::View;
use attache::store::atomic::RealFs;
use attache::store::corpus::Corpus;
use attache::store::session_file::{self, Writable};
use attache::store::watch::Unwatched;

fn item(n: u128) -> ItemId {
    ItemId(uuid::Uuid::from_u128(n))
}

/// A folder with an English and a Russian article, the latter in Windows-1251.
fn articles(folder: &Path) {
    std::fs::create_dir(folder).unwrap();
    std::fs::write(
        folder.join("en.txt"),
        "Minsk hosted the talks.\r\nNo date is set.",
    )
    .unwrap();
    let russian = "В Минске прошли переговоры о поставках.";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
    std::fs::write(folder.join("ru.txt"), bytes).unwrap();
}

#[test]
fn work_on_a_folder_is_there_again_after_the_folder_moved() {
    let home = tempfile::tempdir().unwrap();
    let old = home.path().join("old");
    std::fs::create_dir(&old).unwrap();
    articles(&old.join("articles"));

    let source = CorpusSource::Paths(vec![old.join("articles")]);
    let corpus = Corpus::open(&source, &Unwatched).corpus;
    assert_eq!(corpus.encoding(1), Some("windows-1251"));
    let id = corpus.id(1).unwrap();
    let text = corpus.text(1).unwrap();
    assert!(text.starts_with("В Минске"));
    let span = Span::new(0, "В Минске".len());

    let mut session = Session::new(item(1), source, ActorId::new("BY"), "Анна".to_owned());
    let mut history = History::default();
    let highlight = Annotation {
        span,
        quote: Quote::of(&text, span),
        codes: Vec::new(),
        note: "Where it was".to_owned(),
        by: session.analyst.clone(),
        at: "2024-05-06T07:08:09Z".parse().unwrap(),
    };
    let edit = Edit::Annotation(id, item(2), Some(highlight));
    history.apply(&mut session, "Highlight", Some(id), &edit);
    let view = View {
        open_article: Some(id),
        ..View::default()
    };
    session_file::save(&RealFs, &old.join("work.ron"), &session, &view).unwrap();

    let new = home.path().join("new");
    std::fs::rename(&old, &new).unwrap();
    let loaded = session_file::load(&new.join("work.ron")).unwrap();
    assert_eq!(loaded.writable, Writable::Yes);
    assert_eq!(loaded.view, view);
    assert_eq!(loaded.session.work, session.work);
    let corpus = Corpus::open(&loaded.session.corpus, &Unwatched).corpus;
    let row = corpus.row(loaded.view.open_article.unwrap()).unwrap();
    let highlight = &loaded.session.work.get(&id).unwrap().annotations[&item(2)];
    assert_eq!(
        highlight.span.of(&corpus.text(row).unwrap()),
        Some("В Минске")
    );
}
