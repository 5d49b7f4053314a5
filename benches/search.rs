//! What indexing costs, and what searches take, over made-up articles held in memory.
//!
//! `cargo bench --bench search -- ARTICLES` takes another number than 50,000.

use std::sync::Arc;
use std::time::Instant;

use attache::index::hits::{Finder, snippet};
use attache::index::similar::similar;
use attache::index::{Index, Options, Outside, PartWriter, parse, search};
use attache::store::synthetic;
use fixedbitset::FixedBitSet;
use rayon::prelude::*;

/// Articles in a part.
const PART: usize = 25_000;
/// Rounds over the searches of a kind.
const ROUNDS: usize = 20;

const SEARCHES: &[(&str, &[&str])] = &[
    (
        "term",
        &[
            "agreement",
            "Minsk",
            "quarterly",
            "Вьетнам",
            "zymurgy",
            "экспорт",
            "the",
            "рубежом",
        ],
    ),
    (
        "phrase",
        &[
            "\"joint production\"",
            "\"optical sights\"",
            "«совместные учения»",
            "\"defence industry plans\"",
            "\"no such phrase\"",
            "\"the main obstacle\"",
        ],
    ),
    (
        "boolean",
        &[
            "agreement china -serbia",
            "(delivered OR supply) (radar OR chassis)",
            "учения OR exercise",
            "drone -drone",
            "NOT minsk",
        ],
    ),
    (
        "proximity",
        &[
            "\"belarus signed\"~5",
            "\"delegation minsk\"~4",
            "\"экспорта процентов\"~6",
        ],
    ),
    (
        "fuzzy",
        &["agrement~", "Kazahstan~2", "сотрудничесво~", "sihgts~1"],
    ),
    ("prefix", &["agree*", "coop*", "радио*", "m*"]),
    (
        "regex",
        &[
            "/joint production of [a-z]+ vehicles/",
            "/ refused to provide \\w+ with radar/",
        ],
    ),
];

fn main() {
    let articles: usize = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(50_000);
    let mut index = Index::default();
    let mut texts: Vec<Arc<str>> = Vec::new();
    let (mut bytes, mut seconds) = (0, 0.0);
    for first in (0..articles).step_by(PART) {
        let rows = first..articles.min(first + PART);
        let part: Vec<Arc<str>> = rows
            .into_par_iter()
            .map(|row| synthetic::article(7, row).into())
            .collect();
        let began = Instant::now();
        let mut writer = PartWriter::in_memory().expect("memory for a part");
        for text in &part {
            let title = text.lines().next().unwrap_or_default();
            writer.add(title, text).expect("the part grows");
            bytes += text.len();
        }
        index.push(Arc::new(writer.finish().expect("the part is written")));
        seconds += began.elapsed().as_secs_f64();
        texts.extend(part);
    }
    println!(
        "{:12} {:8.1} MB/s on one core: {articles} articles, {:.1} MB",
        "indexing",
        bytes as f64 / 1e6 / seconds,
        bytes as f64 / 1e6
    );
    for (kind, searches) in SEARCHES {
        measure(kind, searches, &index, &texts);
    }
    let mut times = Vec::new();
    for row in (0..texts.len()).step_by(texts.len().div_ceil(50).max(1)) {
        let Some(text) = texts.get(row) else { break };
        let began = Instant::now();
        let but = u32::try_from(row).ok();
        let found = similar(&index, text, but, 20).expect("the index is read");
        times.push(began.elapsed().as_secs_f64() * 1e3);
        std::hint::black_box(found);
    }
    print("similar", &mut times);
}

fn measure(kind: &str, searches: &[&str], index: &Index, texts: &[Arc<str>]) {
    let outside = Outside {
        field: &|_| FixedBitSet::with_capacity(texts.len()),
        expand: &|_| Vec::new(),
        text: &|row| texts.get(row as usize).cloned(),
        is_cancelled: &|| false,
    };
    let (mut times, mut shown, mut slowest) = (Vec::new(), Vec::new(), (0.0, String::new()));
    for _ in 0..ROUNDS {
        for text in searches {
            let began = Instant::now();
            let parsed = parse(text, &Options::default());
            let found = search(index, &parsed.query, &outside, &mut |_| {}).expect("an answer");
            let count = found.count_ones(..);
            let took = began.elapsed().as_secs_f64() * 1e3;
            times.push(took);
            if took > slowest.0 {
                slowest = (took, format!("{text}, {count} found"));
            }
            let began = Instant::now();
            let finder = Finder::new(&parsed.query, &|_| Vec::new());
            for text in found.ones().take(50).filter_map(|row| texts.get(row)) {
                let hits = finder.in_text(text);
                std::hint::black_box(snippet(text, &hits, 200));
            }
            shown.push(began.elapsed().as_secs_f64() * 1e3);
        }
    }
    print(kind, &mut times);
    println!("{:12} slowest: {}", "", slowest.1);
    print("  50 shown", &mut shown);
}

fn print(kind: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| {
        times
            .get(times.len() * share / 100)
            .copied()
            .unwrap_or_default()
    };
    println!("{kind:12} p50 {:8.2} ms, p99 {:8.2} ms", at(50), at(99));
}
