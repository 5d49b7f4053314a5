//! `attache agreement`: two saved sessions in, figures out.

use std::path::Path;
use std::process::{Command, Output};

use attache::model::annotation::{Annotation, Quote};
use attache::model::codebook::Code;
use attache::model::edit::Edit;
use attache::model::ids::{ActorId, ItemId};
use attache::model::session::{CorpusSource, Session};
use attache::model::span::Span;
use attache::model::view::View;
use attache::store::atomic::RealFs;
use attache::store::corpus::Corpus;
use attache::store::session_file;

fn item(n: u128) -> ItemId {
    ItemId(uuid::Uuid::from_u128(n))
}

/// A session on the sample in which these passages of its first article carry a code.
fn coded(path: &Path, analyst: u128, code: &str, spans: &[Span]) {
    let corpus = Corpus::sample();
    let article = corpus.id(0).unwrap();
    let text = corpus.text(0).unwrap();
    let by = format!("analyst {analyst}");
    let (focus, source) = (ActorId::new("BY"), CorpusSource::Sample);
    let mut session = Session::new(item(analyst), source, focus, by.clone());
    let made = Code::named(code, 0);
    let mut edits = vec![Edit::Code(item(100 + analyst), Some(made))];
    for (place, span) in (0..).zip(spans) {
        let highlight = Annotation {
            span: *span,
            quote: Quote::of(&text, *span),
            codes: vec![item(100 + analyst)],
            note: String::new(),
            by: by.clone(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let id = item(1000 * analyst + place);
        edits.push(Edit::Annotation(article, id, Some(highlight)));
    }
    let _inverse = Edit::All(edits).apply(&mut session);
    session_file::save(&RealFs, path, &session, &View::default()).unwrap();
}

fn run(arguments: &[&Path], tsv: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.arg("agreement").args(arguments);
    if tsv {
        command.arg("--tsv");
    }
    command.output().unwrap()
}

#[test]
fn two_sessions_are_compared_sentence_by_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    let text = Corpus::sample().text(0).unwrap();
    // Two places far apart; the second analyst coded one of them, with other bounds.
    let first = text.find("Belarus").unwrap();
    let second = text.rfind("Belarus").unwrap();
    assert!(second > first + 1000);
    coded(
        &a,
        1,
        "Arms",
        &[Span::new(first, first + 7), Span::new(second, second + 7)],
    );
    coded(&b, 2, "arms", &[Span::new(first, first + 3)]);

    let output = run(&[&a, &b], false);
    assert!(output.status.success(), "{output:?}");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["articles"], 1);
    let code = &answer["codes"][0];
    let units = code["units"].as_u64().unwrap();
    assert!(units > 10 && code["name"] == "arms", "{code}");
    let percent = code["percent"].as_f64().unwrap();
    assert!((percent - (units - 1) as f64 / units as f64).abs() < 1e-9);
    assert!(code["kappa"].as_f64().unwrap() > 0.5 && code["alpha"].as_f64().unwrap() > 0.5);
    let apart = answer["disagreements"].as_array().unwrap();
    assert_eq!(apart.len(), 1);
    assert_eq!(
        (&apart[0]["a"], &apart[0]["b"]),
        (&"coded".into(), &"not coded".into())
    );
    assert!(apart[0]["text"].as_str().unwrap().contains("Belarus"));

    let table = String::from_utf8(run(&[&a, &b], true).stdout).unwrap();
    assert!(
        table.starts_with("what\tname\tunits\tpercent\tkappa\talpha\ncode\tarms\t"),
        "{table}"
    );

    let missing = run(&[&a, &folder.path().join("none.ron")], false);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("none.ron"));
}
