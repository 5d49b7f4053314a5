//! `attache agreement`: how far the analysts of two sessions agree, as JSON or a table.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::analysis::agreement::{Agreement, Line};
use crate::job::agreement::agreement;
use crate::model::session::Session;
use crate::store::corpus::Corpus;
use crate::store::session_file;
use crate::store::watch::Unwatched;

/// The arguments of `attache agreement`.
#[derive(Debug, Args)]
pub struct AgreementArgs {
    /// The session of one analyst; its articles are the ones compared on.
    #[arg(value_name = "A.ron")]
    pub a: PathBuf,
    /// The session of the other.
    #[arg(value_name = "B.ron")]
    pub b: PathBuf,
    /// Tab-separated lines instead of JSON.
    #[arg(long)]
    pub tsv: bool,
}

#[derive(Serialize)]
struct AgreementJson<'a> {
    /// Who made the two sessions.
    analysts: [&'a str; 2],
    articles: usize,
    unread: usize,
    codes: Vec<LineJson<'a>>,
    fields: Vec<LineJson<'a>>,
    disagreements: Vec<DisagreementJson<'a>>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    name: &'a str,
    units: u64,
    percent: Option<f64>,
    kappa: Option<f64>,
    alpha: Option<f64>,
}

#[derive(Serialize)]
struct DisagreementJson<'a> {
    article: String,
    source: &'a str,
    name: &'a str,
    /// Code points of the decoded text.
    start: usize,
    end: usize,
    text: String,
    a: &'a str,
    b: &'a str,
}

/// Compares, and says whether all articles could be read.
///
/// # Errors
/// When a session can't be read, or the answer can't be written; in words.
pub(super) fn run(args: &AgreementArgs, out: &mut impl Write) -> Result<bool, String> {
    let load = |path: &Path| session_file::load(path).map_err(|error| error.to_string());
    let (a, b) = (load(&args.a)?.session, load(&args.b)?.session);
    let corpus = Corpus::open(&a.corpus, &Unwatched).corpus;
    let found = agreement(&a, &b, &corpus);
    let written = if args.tsv {
        write_tsv(&found, &corpus, out)
    } else {
        write_json(&found, [&a, &b], &corpus, out)
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("the answer can't be written: {error}"))
        }
        _ => Ok(found.unread == 0),
    }
}

fn write_json(
    found: &Agreement,
    sessions: [&Session; 2],
    corpus: &Corpus,
    out: &mut impl Write,
) -> io::Result<()> {
    fn lines(lines: &[Line]) -> Vec<LineJson<'_>> {
        let line = |line: &'_ Line| (line.pairs.units(), line.pairs.percent());
        let all = lines.iter().map(|one| {
            let (units, percent) = line(one);
            LineJson {
                name: &one.name,
                units,
                percent,
                kappa: one.pairs.kappa(),
                alpha: one.pairs.alpha(),
            }
        });
        all.collect()
    }
    let disagreements = found.disagreements.iter().map(|one| {
        let row = corpus.row(one.article);
        let text = row.and_then(|row| corpus.text(row).ok());
        let text = text.as_deref().unwrap_or_default();
        let before = text.get(..one.span.start).unwrap_or_default();
        let inside = one.span.of(text).unwrap_or_default();
        let start = before.chars().count();
        DisagreementJson {
            article: one.article.to_string(),
            source: row.map_or("", |row| corpus.source(row)),
            name: &one.name,
            start,
            end: start + inside.chars().count(),
            text: inside.to_owned(),
            a: &one.a,
            b: &one.b,
        }
    });
    let [a, b] = sessions;
    let answer = AgreementJson {
        analysts: [&a.analyst, &b.analyst],
        articles: found.articles,
        unread: found.unread,
        codes: lines(&found.codes),
        fields: lines(&found.fields),
        disagreements: disagreements.collect(),
    };
    serde_json::to_writer(&mut *out, &answer)?;
    writeln!(out)
}

fn write_tsv(found: &Agreement, corpus: &Corpus, out: &mut impl Write) -> io::Result<()> {
    let figure = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.3}"));
    writeln!(out, "what\tname\tunits\tpercent\tkappa\talpha")?;
    let lines = |what: &'static str, lines: &[Line]| -> Vec<String> {
        let line = |line: &Line| {
            let pairs = &line.pairs;
            let figures = [pairs.percent(), pairs.kappa(), pairs.alpha()].map(figure);
            format!(
                "{what}\t{}\t{}\t{}",
                cell(&line.name),
                pairs.units(),
                figures.join("\t")
            )
        };
        lines.iter().map(line).collect()
    };
    for line in [lines("code", &found.codes), lines("field", &found.fields)].concat() {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "\nname\tsource\ta\tb\ttext")?;
    for one in &found.disagreements {
        let row = corpus.row(one.article);
        let text = row.and_then(|row| corpus.text(row).ok());
        let text = text
            .as_deref()
            .and_then(|text| one.span.of(text))
            .unwrap_or_default();
        let source = row.map_or("", |row| corpus.source(row));
        let cells = [&one.name, source, &one.a, &one.b, text].map(cell);
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// A text without what would end its cell.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
