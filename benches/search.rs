//! What searches take over a library on the disk: 200 mixed ones (terms, phrases, boolean, ranges)
//! with exact counts and the first fifty, then proximity, likeness, beginnings and expressions;
//! for each the partners by month and the facets of what it finds.
//!
//! `cargo bench --no-default-features --bench search -- [ARTICLES]` takes the library that the
//! bench `library` made of so many articles (10,000 unless told), and leaves `queries.tsv` beside
//! it for `scripts/compare.py`. Searches are made of words of articles drawn by a fixed seed, so
//! that frequent and rare ones come as they come in texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use attache::analysis::facets::facets;
use attache::analysis::fields::{self, Days, Field};
use attache::analysis::list::Orders;
use attache::analysis::table::Table;
use attache::analysis::timeline::Timeline;
use attache::analysis::told::{Chosen, Told};
use attache::index::hits::{Finder, snippet};
use attache::index::query::{self, ClaimTest, FieldTest, Value};
use attache::index::similar::similar;
use attache::index::{Index, Options, Outside, parse, search};
use attache::job::library::{Opened, open_indexes, open_library};
use attache::model::ids::ActorId;
use attache::model::view::{BinWidth, ChartView, Column};
use attache::store::synthetic;
use attache::store::watch::Unwatched;

#[path = "common/kept.rs"]
mod kept;

use fixedbitset::FixedBitSet;
use kept::home;

/// The one of the texts in the bench `library`.
const SEED: u64 = 7;

/// A search: its kind, ours, and what `SQLite` FTS5 and ripgrep would be asked; `-` where one has
/// nothing like it.
struct Asked {
    kind: &'static str,
    ours: String,
    sqlite: String,
    ripgrep: String,
}

/// What a test of a claim asks for.
fn told(test: &ClaimTest) -> Told {
    let all = |parts: &[ClaimTest]| parts.iter().map(told).collect();
    let test = match test {
        ClaimTest::All(parts) => return Told::All(all(parts)),
        ClaimTest::Any(parts) => return Told::Any(all(parts)),
        ClaimTest::Is(test) => test,
    };
    match (test.field, &test.value) {
        (query::Field::Happened, value) => Told::Happened(days(value)),
        (query::Field::Partner, Value::Is(code)) => {
            Told::Partner(vec![ActorId::new(&code.to_uppercase())])
        }
        (query::Field::Published, _) => Told::Any(Vec::new()),
        other => unreachable!("the bench asks for no {other:?}"),
    }
}

fn days(value: &Value) -> Days {
    match value {
        Value::Days(days) => Days {
            first: days.first,
            last: days.last,
        },
        _ => Days::default(),
    }
}

fn main() -> ExitCode {
    let many = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let many: usize = many.unwrap_or(10_000);
    let Some(home) = home() else {
        eprintln!("there is no folder for caches");
        return ExitCode::FAILURE;
    };
    let dir = home.join(format!("library-{many}"));
    let opened = match open_library(&dir, &Unwatched) {
        Ok(Some(opened)) => opened,
        Ok(None) => return ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}\nMake the library with the bench `library` first.");
            return ExitCode::FAILURE;
        }
    };
    println!("searches over {many} articles; ms at p50, p99, and of the slowest");
    let index = match open_indexes(&dir, &opened.manifest, &Unwatched) {
        Ok(Some(index)) => index,
        Ok(None) => return ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let bench = Bench::new(opened, index.parts.into_iter().collect());
    let mut lines = String::new();
    let mut by_kind: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let (mut mixed, mut partners, mut sums) = (Vec::new(), Vec::new(), Vec::new());
    let (mut first_hits, mut shown) = (Vec::new(), Vec::new());
    let all = searches(many);
    // Once before, so that the files are in memory: what is asked for is not the disk.
    for asked in &all {
        black_box(bench.search(&asked.ours, &mut None));
    }
    for asked in &all {
        let mut first_hit = None;
        let began = Instant::now();
        let found = bench.search(&asked.ours, &mut first_hit);
        black_box((found.count_ones(..), bench.newest(&found)));
        let took = millis(began);
        by_kind.entry(asked.kind).or_default().push(took);
        if asked.kind.starts_with("mixed") {
            mixed.push(took);
        }
        if let Some(first) = first_hit {
            first_hits.push(first);
        }
        let newest = bench.newest(&found);
        let began = Instant::now();
        bench.show(&asked.ours, &newest);
        shown.push(millis(began));
        let claims = parse(&asked.ours, &Options::default()).query.claims();
        let claims = claims.last().map(|test| Arc::new(told(test)));
        let chosen = Chosen {
            claims,
            ..Chosen::rows(&Arc::new(found))
        };
        let began = Instant::now();
        black_box(bench.by_month(&chosen));
        partners.push(millis(began));
        let began = Instant::now();
        let (rows, claims) = (chosen.rows.as_deref(), chosen.claims.as_deref());
        black_box(facets(&bench.table, rows, claims, &bench.focus));
        sums.push(millis(began));
        let _ = writeln!(
            lines,
            "{}\t{}\t{}\t{}\t{took:.3}",
            asked.kind, asked.ours, asked.sqlite, asked.ripgrep
        );
    }
    print("mixed, all", &mut mixed);
    for (kind, mut times) in by_kind {
        print(kind, &mut times);
    }
    print("first hits of an expression", &mut first_hits);
    print("snippets of fifty", &mut shown);
    print("partners by month", &mut partners);
    print("facets", &mut sums);
    let mut alike: Vec<f64> = (0..many)
        .step_by(many.div_ceil(20).max(1))
        .map(|row| bench.similar(row))
        .collect();
    print("similar articles", &mut alike);
    if let Err(error) = std::fs::write(home.join(format!("queries-{many}.tsv")), lines) {
        eprintln!("the searches can't be written: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// A library with what the window holds of it.
struct Bench {
    opened: Opened,
    index: Index,
    table: Table,
    /// Rows, the newest first.
    newest: Vec<u32>,
    focus: ActorId,
}

impl Bench {
    fn new(opened: Opened, index: Index) -> Self {
        let table = Table::of_parts(opened.parts.iter().cloned());
        let by = (Column::Published, true);
        let mut orders = Orders::default();
        let newest = orders.rows(&table, by, &|actor| actor.to_string());
        Self {
            newest: newest.to_vec(),
            index,
            table,
            focus: opened.manifest.settings.focus.clone(),
            opened,
        }
    }

    fn search(&self, text: &str, first_hit: &mut Option<f64>) -> FixedBitSet {
        let outside = Outside {
            rows: 0,
            field: &|test, within| self.field(test, within),
            claim: &|test, within| told(test).rows(&self.known(within)),
            expand: &|_| Vec::new(),
            texts: &|rows, take| self.opened.corpus.read_texts(rows, take),
            is_cancelled: &|| false,
        };
        let began = Instant::now();
        let parsed = parse(text, &Options::default());
        assert!(parsed.errors.is_empty(), "{text}: {:?}", parsed.errors);
        let found = search(&self.index, &parsed.query, &outside, &mut |progress| {
            if !progress.found.is_empty() {
                first_hit.get_or_insert_with(|| millis(began));
            }
        });
        found.expect("an answer")
    }

    fn field(&self, test: &FieldTest, within: Option<&FixedBitSet>) -> FixedBitSet {
        let field = match told(&ClaimTest::Is(test.clone())) {
            Told::Happened(days) => Field::Happened(days),
            Told::Partner(mut actors) => Field::Partner(actors.pop().expect("a partner")),
            _ => Field::Published(days(&test.value)),
        };
        field.rows(&self.known(within))
    }

    fn known<'a>(&'a self, within: Option<&'a FixedBitSet>) -> fields::Known<'a> {
        fields::Known {
            table: &self.table,
            across: &self.opened.across,
            within,
        }
    }

    /// The first fifty rows of the list.
    fn newest(&self, found: &FixedBitSet) -> Vec<u32> {
        let rows = self.newest.iter().copied();
        rows.filter(|row| found.contains(*row as usize))
            .take(50)
            .collect()
    }

    /// What the list shows of these rows.
    fn show(&self, text: &str, rows: &[u32]) {
        let parsed = parse(text, &Options::default());
        let finder = Finder::new(&parsed.query, &|_| Vec::new());
        // As many as a window shows at once.
        for row in rows.iter().take(12) {
            if let Ok(text) = self.opened.corpus.read_text(*row as usize) {
                let hits = finder.in_text(&text);
                black_box(snippet(&text, &hits, 200));
            }
        }
    }

    fn by_month(&self, chosen: &Chosen) -> Timeline {
        let view = ChartView {
            bins: BinWidth::Month,
            ..ChartView::default()
        };
        let across = &self.opened.across;
        Timeline::compute(&self.table, chosen, across, &view, &self.focus, &|_| 0)
    }

    fn similar(&self, row: usize) -> f64 {
        let text = self.opened.corpus.read_text(row).unwrap_or_default();
        let began = Instant::now();
        let but = u32::try_from(row).ok();
        black_box(similar(&self.index, &text, but, 20).expect("the index is read"));
        millis(began)
    }
}

/// A small generator of numbers (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap_or(0)
    }
}

/// Searches made of what stands in the articles: words as they come, so frequent ones most.
fn searches(many: usize) -> Vec<Asked> {
    let mut dice = Dice(11);
    let mut all = Vec::new();
    let mut add = |kind, ours: String, sqlite: String, ripgrep: String| {
        all.push(Asked {
            kind,
            ours,
            sqlite,
            ripgrep,
        });
    };
    let none = || "-".to_owned();
    for number in 0..60 {
        let [word] = words_in_a_row(&mut dice, many);
        add(
            "mixed: term",
            word.clone(),
            quoted(&word),
            format!("\\b{word}"),
        );
        if number < 50 {
            let [a, b] = words_in_a_row(&mut dice, many);
            let phrase = format!("\"{a} {b}\"");
            add(
                "mixed: phrase",
                phrase.clone(),
                phrase,
                format!("\\b{a} {b}\\b"),
            );
            let ([a, b], [c]) = (
                words_in_a_row(&mut dice, many),
                words_in_a_row(&mut dice, many),
            );
            let (ours, sqlite) = if number % 2 == 0 {
                (
                    format!("{a} AND {b} AND NOT {c}"),
                    format!("{} AND {} NOT {}", quoted(&a), quoted(&b), quoted(&c)),
                )
            } else {
                (
                    format!("({a} OR {c}) AND {b}"),
                    format!("({} OR {}) AND {}", quoted(&a), quoted(&c), quoted(&b)),
                )
            };
            add("mixed: boolean", ours, sqlite, none());
        }
        if number < 40 {
            let [word] = words_in_a_row(&mut dice, many);
            let (from, years) = (2005 + dice.below(15), dice.below(4));
            let range = format!("{from}..{}", from + years);
            let ours = match number % 4 {
                0 => format!("{word} published:{range}"),
                1 => format!("published:{range}"),
                2 => format!("{word} happened:{range}"),
                _ => format!("partner:CN happened:{range}"),
            };
            add("mixed: range", ours, none(), none());
        }
    }
    for _ in 0..30 {
        let [a, _, b] = words_in_a_row(&mut dice, many);
        let sqlite = format!("NEAR({} {}, 5)", quoted(&a), quoted(&b));
        add("proximity", format!("\"{a} {b}\"~5"), sqlite, none());
        let [word] = words_in_a_row(&mut dice, many);
        // One letter less.
        let cut: String = word.chars().take(3).chain(word.chars().skip(4)).collect();
        add("fuzzy", format!("{cut}~"), none(), none());
    }
    for _ in 0..10 {
        let [word] = words_in_a_row(&mut dice, many);
        let begin: String = word.chars().take(4).collect();
        add(
            "prefix",
            format!("{begin}*"),
            format!("{begin}*"),
            format!("\\b{begin}"),
        );
        let [a, b] = words_in_a_row(&mut dice, many);
        let begin: String = b.chars().take(3).collect();
        let pattern = format!("{a} {begin}\\w+");
        let ripgrep = format!("\\b{pattern}");
        add("regex", format!("/{pattern}/"), none(), ripgrep);
    }
    all
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// Words next to each other in some article, of five letters at least, in lower case.
fn words_in_a_row<const N: usize>(dice: &mut Dice, many: usize) -> [String; N] {
    loop {
        let text = synthetic::news(SEED, dice.below(many));
        let words: Vec<&str> = text.split(' ').collect();
        for _ in 0..20 {
            let at = dice.below(words.len());
            let row = words.get(at..at + N).unwrap_or_default();
            let fits =
                |word: &&str| word.chars().count() >= 5 && word.chars().all(char::is_alphabetic);
            if row.len() == N && row.iter().all(fits) {
                return std::array::from_fn(|n| {
                    row.get(n)
                        .map_or_else(String::new, |word| word.to_lowercase())
                });
            }
        }
    }
}

fn millis(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

fn print(what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| {
        let time = times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
        time.copied().unwrap_or_default()
    };
    println!(
        "  {what:<30} {:8.2} {:8.2} {:8.2}   of {}",
        at(50),
        at(99),
        at(100),
        times.len()
    );
}
