//! What a library costs: to build, to open, to fetch a text from; and how large it is.
//!
//! `cargo bench --no-default-features --bench library -- [ARTICLES]` takes another number than
//! 10,000. The library is built once a version and kept under the user's cache folder
//! (`$XDG_CACHE_HOME/attache/bench`); `rebuild` as a second argument builds it again. Peak memory
//! is that of processes of their own, so that one figure does not hide another.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use attache::job::library::{CsvColumns, Plan, Reading, build, open_indexes, open_library};
use attache::model::ids::ActorId;
use attache::store::synthetic;
use attache::store::watch::Unwatched;

#[path = "common/kept.rs"]
mod kept;

use kept::{drop_caches, home};

/// The same articles on every machine.
const SEED: u64 = 7;

/// Which texts: another version when [`synthetic::news`] makes others, so that they are made anew.
const TEXTS: &str = "2";

/// Articles in a file of JSON lines.
const A_FILE: usize = 50_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [step, dir, from] = arguments.as_slice()
        && step == "build-in"
    {
        return build_in(Path::new(dir), Path::new(from));
    }
    if let [step, dir] = arguments.as_slice()
        && step == "open-in"
    {
        return open_in(Path::new(dir));
    }
    let many = arguments.iter().find_map(|argument| argument.parse().ok());
    let many: usize = many.unwrap_or(10_000);
    let Some(home) = home() else {
        eprintln!("there is no folder for caches");
        return ExitCode::FAILURE;
    };
    let [from, dir] = ["texts", "library"].map(|name| home.join(format!("{name}-{many}")));
    let is_new = match texts(&from, many) {
        Ok(is_new) => is_new,
        Err(error) => {
            eprintln!("the texts can't be written: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("library of {many} articles, {}", dir.display());
    let is_built = dir.join("library.ron").is_file() && !is_new;
    if !is_built || arguments.iter().any(|argument| argument == "rebuild") {
        let _ = fs::remove_dir_all(&dir);
        if !child(&["build-in", &text(&dir), &text(&from)]) {
            return ExitCode::FAILURE;
        }
    }
    sizes(&dir);
    drop_caches(&dir);
    println!("  opening, cold");
    let cold = child(&["open-in", &text(&dir)]);
    println!("  opening, warm");
    if cold && child(&["open-in", &text(&dir)]) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The articles as files of JSON lines, made once; whether they were made now.
fn texts(from: &Path, many: usize) -> std::io::Result<bool> {
    let complete = from.join("complete");
    if fs::read_to_string(&complete).is_ok_and(|version| version == TEXTS) {
        return Ok(false);
    }
    let _ = fs::remove_dir_all(from);
    fs::create_dir_all(from)?;
    for start in (0..many).step_by(A_FILE) {
        let file = fs::File::create(from.join(format!("{start:07}.jsonl")))?;
        let mut out = BufWriter::new(file);
        for row in start..many.min(start + A_FILE) {
            let source = format!("https://press{}.example/{row}", row % 40);
            let line = serde_json::json!({"source": source, "text": synthetic::news(SEED, row)});
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
    fs::write(complete, TEXTS)?;
    Ok(true)
}

/// Runs a step in a process of its own.
fn child(arguments: &[&str]) -> bool {
    let status =
        std::env::current_exe().and_then(|program| Command::new(program).args(arguments).status());
    status.is_ok_and(|status| status.success())
}

fn build_in(dir: &Path, from: &Path) -> ExitCode {
    let plan = Plan {
        from: vec![from.to_owned()],
        reading: Reading::new(ActorId::new("BY")),
        csv: CsvColumns::default(),
        part_articles: None,
    };
    let began = Instant::now();
    match build(dir, &plan, &Unwatched) {
        Ok(summary) => {
            let took = began.elapsed();
            let megabytes = summary.text_bytes as f64 / 1e6;
            println!(
                "  built in {took:.1?}: {} articles, {megabytes:.0} MB of text, {:.1} MB/s, {} parts, peak {} MB",
                summary.articles,
                megabytes / took.as_secs_f64(),
                summary.parts,
                memory("VmHWM")
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn open_in(dir: &Path) -> ExitCode {
    let began = Instant::now();
    let opened = match open_library(dir, &Unwatched) {
        Ok(Some(opened)) => opened,
        Ok(None) => return ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let took = began.elapsed();
    let index = open_indexes(dir, &opened.manifest, &Unwatched);
    if !matches!(index, Ok(Some(_))) {
        eprintln!("the indexes can't be opened");
        return ExitCode::FAILURE;
    }
    let searchable = began.elapsed();
    let claims: usize = opened.parts.iter().map(|part| part.claim_keys.len()).sum();
    let columns: usize = opened.parts.iter().map(|part| part.bytes()).sum();
    println!(
        "    {took:.1?}, {searchable:.1?} with the indexes; {} articles, {claims} claims, {} duplicates, {} shared events; {} MB resident, columns {} MB, peak {} MB",
        opened.corpus.len(),
        opened.across.folds.count(),
        opened.across.events.shared_count(),
        memory("VmRSS"),
        columns / 1_000_000,
        memory("VmHWM")
    );
    let mut times: Vec<Duration> = (0..200_usize)
        .map(|n| {
            let row = n.wrapping_mul(7_919_777) % opened.corpus.len().max(1);
            let began = Instant::now();
            let text = opened.corpus.read_text(row);
            assert!(text.is_ok_and(|text| !text.is_empty()));
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    println!(
        "    a text: {:.2?} at p50, {:.2?} at p99",
        at(50).unwrap_or_default(),
        at(99).unwrap_or_default()
    );
    ExitCode::SUCCESS
}

/// A figure of this process from `/proc`, in MB; 0 where there is none.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1_000
}

fn sizes(dir: &Path) {
    let mut by_name: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    let mut all = 0;
    for entry in walkdir::WalkDir::new(dir).into_iter().flatten() {
        let Ok(meta) = entry.metadata() else { continue };
        if !meta.is_file() {
            continue;
        }
        let path = entry.path();
        let is_index = path.iter().any(|part| part == "index");
        let name = if is_index {
            "index".to_owned()
        } else {
            let extension = path.extension().unwrap_or_default();
            if extension == "parquet" && !path.iter().any(|part| part == "catalog") {
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            } else {
                extension.to_string_lossy().into_owned()
            }
        };
        *by_name.entry(name).or_default() += meta.len();
        all += meta.len();
    }
    let text = attache::store::library::Manifest::load(dir).map_or(0, |manifest| {
        manifest.parts.iter().map(|part| part.text_bytes).sum()
    });
    println!(
        "  {} MB on disk, {:.2} of the text",
        all / 1_000_000,
        all as f64 / (text as f64).max(1.0)
    );
    for (name, bytes) in by_name.iter().filter(|(_, bytes)| **bytes > 100_000) {
        println!("    {:8.1} MB {name}", *bytes as f64 / 1e6);
    }
}
