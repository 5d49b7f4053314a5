//! How fast articles are read, on one core: MB of text a second over made-up articles, and for
//! hostile inputs what doubling one costs (2.0 is linear).
//!
//! `cargo bench --bench extract -- MB` takes another amount of text than 50 MB.

use std::hint::black_box;
use std::time::{Duration, Instant};

use attache::extract::lexicon::Lexicon;
use attache::extract::{Context, extract};
use attache::model::actor::ActorBook;
use attache::model::ids::ActorId;
use attache::store::synthetic;

/// A name, a size, and what makes a text of that size.
type Hostile = (&'static str, usize, fn(usize) -> String);

/// Inputs that tempt a rule to look at everything again and again.
const HOSTILE: [Hostile; 5] = [
    ("one line of words", 500_000, |n| "word ".repeat(n)),
    ("one line of sentences", 60_000, |n| {
        "Minsk said on 3 May that it had no comment. ".repeat(n)
    }),
    ("lines of one word", 500_000, |n| "word\n".repeat(n)),
    ("dates in a row", 5_000, |n| {
        "12 May 2016, last week, ".repeat(n)
    }),
    ("names in a row", 50_000, |n| {
        "Belarus and Serbia, ".repeat(n)
    }),
];

fn main() {
    let megabytes: usize = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(50);
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let context = Context::new(&lexicon, &focus);
    // The tables are read when they are first asked for.
    black_box(extract("Minsk hosted talks on 3 May 2016.", &context));

    articles(megabytes * 1_000_000, &context);
    for (name, size, text) in HOSTILE {
        let once = time(&text(size), &context);
        let twice = time(&text(size * 2), &context);
        println!(
            "{name:24} {:8.1} MB/s, twice as long takes {:.2} times as long",
            rate(text(size * 2).len(), twice),
            twice.as_secs_f64() / once.as_secs_f64(),
        );
    }
}

/// Reads made-up articles until so many bytes are read.
fn articles(bytes: usize, context: &Context<'_>) {
    let (mut read, mut row) = (0, 0);
    let mut spent = Duration::ZERO;
    while read < bytes {
        let text = synthetic::article(7, row);
        spent += time(&text, context);
        read += text.len();
        row += 1;
    }
    println!(
        "{:24} {:8.1} MB/s, {row} articles, {:.1} MB",
        "made-up articles",
        rate(read, spent),
        read as f64 / 1e6,
    );
}

fn time(text: &str, context: &Context<'_>) -> Duration {
    let began = Instant::now();
    black_box(extract(black_box(text), context));
    began.elapsed()
}

fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}
