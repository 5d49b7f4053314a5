//! What it costs to hold articles against one another, on one core: looking a source over,
//! sketching bodies, and folding duplicates.
//!
//! `cargo bench --bench across -- MB` takes another amount of text than 50 MB.

use std::hint::black_box;
use std::time::Instant;

use attache::analysis::near::{Candidate, fold};
use attache::extract::site::{Survey, observe};
use attache::model::sketch::Sketch;
use attache::model::span::Span;
use attache::store::synthetic;

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

    let began = Instant::now();
    let mut survey = Survey::default();
    for text in &texts {
        survey.add("folder/a.txt", &observe(text));
    }
    black_box(survey.sites());
    rate("looking over", began);
}
