//! What other programs write: tables and lines of many kinds.

use std::fs;
use std::path::Path;

use super::tests::{plan, small};
use super::{Summary, update};
use crate::store::library::manifest::Manifest;
use crate::store::library::read;
use crate::store::library::rows::ArticleRow;
use crate::store::watch::Unwatched;

/// The articles of a library made of one file that holds `bytes`.
fn made_of(name: &str, bytes: &[u8]) -> (Vec<(ArticleRow, String)>, Summary) {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = [name, "library"].map(|name| folder.path().join(name));
    fs::write(&from, bytes).unwrap();
    let summary = small()
        .build(&library, &plan(&[&from]), &Unwatched)
        .unwrap();
    (rows(&library), summary)
}

fn rows(library: &Path) -> Vec<(ArticleRow, String)> {
    let mut rows = Vec::new();
    for part in &Manifest::load(library).unwrap().parts {
        let folder = Manifest::part_folder(library, &part.name);
        read::with_texts(&folder, |row, text| {
            rows.push((row, text.to_owned()));
            true
        })
        .unwrap();
    }
    rows
}

fn told(summary: &Summary) -> Vec<String> {
    let problems = summary.problems.iter();
    problems
        .map(|problem| format!("{}: {}", problem.what, problem.why))
        .collect()
}

#[test]
fn a_table_is_read_as_spreadsheets_write_it() {
    let table = "title,text,published\n\
                 Визит,\"Минск; Москва, и\t«броня»\",04.05.2018\n\
                 Two,\"Russia said \"\"no\"\", twice.\",2016\n";
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let mut read = Vec::new();
    for delimiter in [",", ";", "\t"] {
        // Of the commas only those between columns.
        let table = table
            .replace(
                "title,text,published",
                &["title", "text", "published"].join(delimiter),
            )
            .replace("Визит,", &format!("Визит{delimiter}"))
            .replace("\",", &format!("\"{delimiter}"))
            .replace(&format!("\"no\"\"{delimiter}"), "\"no\"\",")
            .replace("Two,", &format!("Two{delimiter}"));
        let with_mark = [&[0xFF, 0xFE][..], &utf16(&table)].concat();
        let big: Vec<u8> = [0xFE, 0xFF]
            .into_iter()
            .chain(table.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        let cyrillic = encoding_rs::WINDOWS_1251.encode(&table).0.into_owned();
        for bytes in [
            table.clone().into_bytes(),
            format!("\u{FEFF}{table}").into_bytes(),
            table.replace('\n', "\r\n").into_bytes(),
            with_mark,
            big,
            cyrillic,
        ] {
            let (rows, summary) = made_of("a.csv", &bytes);
            assert_eq!(told(&summary), [""; 0], "{delimiter:?}");
            let rows: Vec<_> = rows
                .into_iter()
                .map(|(row, text)| (row.title, text, row.given.map(|when| when.to_string())))
                .collect();
            read.push(rows);
        }
    }
    assert_eq!(read[0].len(), 2);
    assert_eq!(read[0][0].1, "Минск; Москва, и\t«броня»");
    assert_eq!(read[0][0].2.as_deref(), Some("2018-05-04"));
    assert_eq!(read[0][1].1, "Russia said \"no\", twice.");
    assert!(read.iter().all(|rows| *rows == read[0]), "{read:?}");
    // Without the columns that are wanted, what there are is told.
    let (_, summary) = made_of("a.csv", b"one;two\n1;2\n");
    assert!(
        told(&summary)[0].contains("one, two"),
        "{:?}",
        told(&summary)
    );
}

#[test]
fn a_large_table_in_utf_16_is_read_to_its_end() {
    let rows: String = (0..4_000)
        .map(|row| format!("{row}\tМинск купил {row} танков 🙂.\r\n"))
        .collect::<Vec<_>>()
        .concat();
    let table = format!("source\ttext\r\n{rows}");
    let bytes: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(table.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert!(bytes.len() > 1 << 17);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, bytes).unwrap();
    let mut decoded = String::new();
    let mut file = super::decoded::Decoded::open(&path).unwrap();
    std::io::Read::read_to_string(&mut file, &mut decoded).unwrap();
    assert!(decoded == table);
}

#[test]
fn a_date_that_may_be_two_days_is_told_and_not_taken() {
    let lines = "{\"source\":\"a\",\"text\":\"One on Belarus.\",\"published\":\"04/05/2018\"}\n\
                 {\"source\":\"b\",\"text\":\"Two on Belarus.\",\"published\":\"13/05/2018\"}\n";
    let (rows, summary) = made_of("a.jsonl", lines.as_bytes());
    let given: Vec<_> = rows.iter().map(|(row, _)| row.given.as_ref()).collect();
    assert_eq!(given[0], None);
    assert_eq!(given[1].unwrap().to_string(), "2018-05-13");
    let told = told(&summary);
    assert!(
        told.len() == 1 && told[0].contains("line 1") && told[0].contains("month"),
        "{told:?}"
    );
}

#[test]
fn a_line_is_taken_without_what_is_of_the_wrong_kind() {
    let lines = [
        r#"{"source":"a","text":"One on Belarus.","published":1457136000,"url":5}"#,
        r#"{"source":"b","text":"Two on Belarus.","published":2016,"title":null}"#,
        r#"{"source":"c","text":"Three on Belarus.","published":[1],"title":"T"}"#,
        r#"{"source":"d","text":7}"#,
    ];
    let (rows, summary) = made_of("a.jsonl", lines.join("\n").as_bytes());
    let given: Vec<_> = rows
        .iter()
        .map(|(row, _)| row.given.as_ref().map(ToString::to_string))
        .collect();
    let days = [Some("2016-03-05".to_owned()), Some("2016".to_owned()), None];
    assert_eq!(given, days);
    assert_eq!(rows[0].0.url, None);
    assert_eq!(&*rows[2].0.title, "T");
    let told = told(&summary);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].contains("line 1") && told[0].contains("url"),
        "{told:?}"
    );
    assert!(
        told[1].contains("line 3") && told[1].contains("published"),
        "{told:?}"
    );
    assert!(told[2].contains("line 4"), "{told:?}");
}

#[test]
fn a_quote_that_is_not_closed_is_told_where_it_opens() {
    let table = "source,text\na,One on Belarus.\nb,\"Two on Belarus.\nc,Three.\nd,Four.\n";
    let (rows, summary) = made_of("a.csv", table.as_bytes());
    assert_eq!(rows.len(), 1);
    let said = told(&summary);
    assert!(
        said.len() == 1 && said[0].contains("line 3: a quote"),
        "{said:?}"
    );
    // One that the next quoted text closes.
    let table = "source,text\na,\"One.\nb,\"Two.\"\nc,\"Three \"\"3\"\".\"\n";
    let (_, summary) = made_of("a.csv", table.as_bytes());
    let said = told(&summary);
    assert!(
        said.len() == 1 && said[0].contains("line 2: the quote"),
        "{said:?}"
    );
}

#[test]
fn what_is_wrong_with_a_file_is_told_until_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["a.jsonl", "library"].map(|name| folder.path().join(name));
    let good = r#"{"source":"a","text":"One on Belarus."}"#;
    fs::write(&from, format!("{good}\n{{\"source\":1}}\n")).unwrap();
    let built = small()
        .build(&library, &plan(&[&from]), &Unwatched)
        .unwrap();
    assert_eq!(told(&built).len(), 1);
    for _ in 0..2 {
        let updated = update(&library, &[], &Unwatched).unwrap();
        assert_eq!((updated.new, updated.vanished), (0, 0));
        assert_eq!(told(&updated), told(&built));
    }
    fs::write(&from, format!("{good}\n")).unwrap();
    for _ in 0..2 {
        let updated = update(&library, &[], &Unwatched).unwrap();
        assert_eq!(told(&updated), [""; 0]);
    }
}
