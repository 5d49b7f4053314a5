//! How fast articles are read: MB of text a second on one core, what a second core adds, how much
//! memory a long run takes, and what doubling a hostile text costs (2.0 is linear).
//!
//! `cargo bench --no-default-features --bench extract -- [MB] [PART…]` takes another amount of
//! text than 50 MB, and only the parts named: speed, cores, memory, hostile.

use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use attache::extract::hostile;
use attache::extract::lexicon::Lexicon;
use attache::extract::{Context, extract};
use attache::model::actor::ActorBook;
use attache::model::ids::ActorId;
use attache::store::synthetic;
use rayon::prelude::*;

const MB: usize = 1_000_000;

/// The same articles on every machine.
const SEED: u64 = 7;

/// Growth above this is not linear.
const LINEAR: f64 = 2.2;

/// Makes the article in a row of a corpus.
type Article = fn(u64, usize) -> String;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let megabytes = arguments.iter().find_map(|a| a.parse::<usize>().ok());
    let bytes = megabytes.unwrap_or(50) * MB;
    let parts = ["speed", "cores", "memory", "hostile"];
    let named = |part: &&str| arguments.iter().any(|a| a == part);
    let asked = |part: &str| !parts.iter().any(named) || named(&part);

    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let context = Context::new(&lexicon, &focus);
    // The tables are read when they are first asked for.
    black_box(extract("Minsk hosted talks on 3 May 2016.", &context));
    black_box(extract("Минск принял делегацию 3 мая 2016 года.", &context));

    if asked("speed") {
        speed("made-up articles", synthetic::article, bytes, &context);
        speed(
            "paragraphs of real ones",
            synthetic::sampled,
            bytes,
            &context,
        );
    }
    if asked("cores") {
        cores(bytes, &context);
    }
    if asked("memory") {
        memory(bytes);
    }
    if asked("hostile") {
        doubled(&context);
    }
}

/// Reads articles until so many bytes are read, three times over.
fn speed(name: &str, article: Article, bytes: usize, context: &Context<'_>) {
    let mut rows = 0;
    let rates = [(); 3].map(|()| {
        let (mut read, mut row) = (0, 0);
        let mut spent = Duration::ZERO;
        while read < bytes {
            // Some at a time, so that the clock's grain does not matter.
            let some: Vec<String> = (row..row + 1000).map(|row| article(SEED, row)).collect();
            let began = Clock::now();
            for text in &some {
                black_box(extract(black_box(text), context));
            }
            spent += began.elapsed();
            read += some.iter().map(String::len).sum::<usize>();
            row += some.len();
        }
        rows = row;
        format!("{:5.1}", rate(read, spent))
    });
    println!(
        "one core, {name:24} {} MB/s, three runs over {rows} articles, {} MB",
        rates.join(" "),
        bytes / MB,
    );
}

/// The same articles on one thread and on two, by turns.
fn cores(bytes: usize, context: &Context<'_>) {
    let (mut texts, mut size) = (Vec::new(), 0);
    while size < bytes {
        texts.push(synthetic::article(SEED, texts.len()));
        size += texts.last().map_or(0, String::len);
    }
    let pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be started")
    };
    let pools = [pool(1), pool(2)];
    let mut best = [Duration::MAX; 2];
    for _ in 0..3 {
        for (pool, best) in pools.iter().zip(&mut best) {
            let began = Instant::now();
            pool.install(|| {
                texts.par_iter().for_each(|text| {
                    black_box(extract(text, context));
                });
            });
            *best = began.elapsed().min(*best);
        }
    }
    println!(
        "two cores: {:.1} MB/s, {:.2} times one core's {:.1} MB/s (best of three, by turns)",
        rate(size, best[1]),
        best[0].as_secs_f64() / best[1].as_secs_f64(),
        rate(size, best[0]),
    );
}

/// The most memory that `attache extract -` takes over so many bytes, and over four times as many.
fn memory(bytes: usize) {
    let peaks = [bytes, 4 * bytes].map(streamed);
    let [Some((once, rows)), Some((more, rows_more))] = peaks else {
        println!("memory: this system does not tell (no /proc)");
        return;
    };
    println!(
        "memory: {once} kB at most over {} MB, {more} kB over {} MB: {:.0} bytes an article more",
        bytes / MB,
        4 * bytes / MB,
        (more as f64 - once as f64) * 1024.0 / (rows_more - rows) as f64,
    );
}

/// Streams articles through the command line: its peak memory in kB, and how many they were.
fn streamed(bytes: usize) -> Option<(usize, usize)> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
        .args(["extract", "--focus", "BY", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = BufWriter::new(child.stdin.take()?);
    let output = BufReader::new(child.stdout.take()?);
    let status = format!("/proc/{}/status", child.id());
    let feeder = std::thread::spawn(move || {
        let (mut sent, mut row) = (0, 0);
        while sent < bytes {
            let text = synthetic::article(SEED, row);
            sent += text.len();
            let line = serde_json::json!({"source": format!("{row}"), "text": text});
            writeln!(input, "{line}").ok()?;
            row += 1;
        }
        input.flush().ok()?;
        // Kept open, so that the program still runs when it is asked how much it took.
        Some((row, input))
    });
    let mut lines = output.split(b'\n');
    let mut answers = 0;
    let (rows, input) = loop {
        if feeder.is_finished() {
            break feeder.join().ok()??;
        }
        answers += usize::from(lines.next()?.is_ok());
    };
    while answers < rows {
        answers += usize::from(lines.next()?.is_ok());
    }
    let peak = peak_of(Path::new(&status));
    drop(input);
    child.wait().ok()?;
    Some((peak?, rows))
}

fn peak_of(status: &Path) -> Option<usize> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// What a hostile text of twice the length costs.
fn doubled(context: &Context<'_>) {
    for kind in hostile::ALL {
        let growth = |bytes: usize| {
            let (once, twice) = (kind.text(bytes / 2), kind.text(bytes));
            let best = |text: &str| time(text, context).min(time(text, context));
            let (once, twice_took) = (best(&once), best(&twice));
            let ratio = twice_took.as_secs_f64() / once.as_secs_f64();
            (ratio, rate(twice.len(), twice_took))
        };
        let (mut ratio, mut speed) = growth(kind.bytes);
        if ratio > LINEAR {
            // Once more, should the machine have been busy.
            (ratio, speed) = growth(kind.bytes);
        }
        println!(
            "{:32} {:4} MB {speed:8.1} MB/s, doubled takes {ratio:.2} times as long{}",
            kind.name,
            kind.bytes / MB,
            if ratio > LINEAR { "  NOT LINEAR" } else { "" },
        );
    }
}

/// How long one reading of a text takes: read so often that the clock's grain, some ms, is nothing to
/// it.
fn time(text: &str, context: &Context<'_>) -> Duration {
    const ENOUGH: Duration = Duration::from_millis(200);
    let began = Clock::now();
    let mut times = 0;
    loop {
        black_box(extract(black_box(text), context));
        times += 1;
        let spent = began.elapsed();
        if spent >= ENOUGH {
            return spent / times;
        }
    }
}

/// The time that this thread was running: others on the same machine take no part in it. Where
/// the system does not tell, the time that passed.
enum Clock {
    Running(Duration),
    Passed(Instant),
}

impl Clock {
    fn now() -> Self {
        running().map_or_else(|| Self::Passed(Instant::now()), Self::Running)
    }

    fn elapsed(&self) -> Duration {
        match self {
            Self::Running(began) => running().unwrap_or_default().saturating_sub(*began),
            Self::Passed(began) => began.elapsed(),
        }
    }
}

/// Told to about a millisecond.
fn running() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = stat.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}
