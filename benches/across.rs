//! What it costs to hold articles against one another, on one core: looking a source over,
//! sketching bodies, folding duplicates, and finding events.
//!
//! `cargo bench --bench across -- MB` takes another amount of text than 50 MB.

use std::hint::black_box;
use std::time::Instant;

use attache::analysis::across::Across;
use attache::analysis::facts::{ArticleFacts, Known, facts_of};
use attache::analysis::near::{Candidate, fold};
use attache::analysis::table::Table;
use attache::extract::Lined;
use attache::extract::lexicon::Lexicon;
use attache::extract::site::{Survey, observe};
use attache::extract::{Context, extract};
use attache::model::actor::ActorBook;
use attache::model::ids::{ActorId, ArticleId};
use attache::model::sketch::Sketch;
use attache::model::span::Span;
use attache::store::synthetic;

/// The facts of the articles.
fn facts(texts: &[String]) -> Vec<ArticleFacts> {
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let known = Known {
        focus: &focus,
        book: &ActorBook::default(),
        country_of: &|actor| lexicon.country(actor),
        rule_no: &|_| None,
    };
    let read = |(number, text): (u64, &String)| {
        let extraction = extract(text, &Context::new(&lexicon, &focus));
        let mut id = ArticleId([0; 32]);
        for (to, from) in id.0.iter_mut().zip(number.to_be_bytes()) {
            *to = from;
        }
        let sketch = Sketch::of(text, extraction.sentences.iter().copied());
        facts_of(id, "folder/a.txt", text, &extraction, sketch, None, &known)
    };
    (0..).zip(texts).map(read).collect()
}

fn main() {
    let megabytes: usize = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(50);
    let mut texts = Vec::new();
    let mut bytes = 0;
    while bytes < megabytes * 1_000_000 {
        let text = synthetic::article(7, texts.len());
        bytes += text.len();
        texts.push(text);
    }
    let rate = |what: &str, began: Instant| {
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{what:24} {:8.1} MB/s, {} articles, {:.2} s",
            bytes as f64 / 1e6 / seconds,
            texts.len(),
            seconds
        );
    };

    let began = Instant::now();
    let sketches: Vec<Sketch> = texts
        .iter()
        .map(|text| Sketch::of(text, [Span::new(0, text.len())]))
        .collect();
    rate("sketches", began);

    let articles: Vec<_> = sketches
        .iter()
        .map(|sketch| {
            Some(Candidate {
                sketch,
                published: None,
                apart: false,
            })
        })
        .collect();
    let began = Instant::now();
    let folds = fold(black_box(&articles));
    rate("folding", began);
    println!("{:24} {:8}", "duplicates", folds.count());

    let facts = facts(&texts);
    let table: Table = facts.iter().collect();
    let began = Instant::now();
    let across = Across::new(black_box(&table), &|_| false);
    rate("duplicates and events", began);
    let claims: usize = facts.iter().map(|facts| facts.claims.len()).sum();
    println!(
        "{:24} {:8} of {claims} claims",
        "events",
        claims - across.events.report_total() + across.events.shared_count()
    );

    let began = Instant::now();
    let mut survey = Survey::default();
    for text in &texts {
        survey.add("folder/a.txt", &observe(&Lined::new(text)));
    }
    black_box(survey.sites());
    rate("looking over", began);
}
