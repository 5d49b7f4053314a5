//! `attache library`: building, updating and checking a library without a window.
//!
//! Progress and problems go to standard error; standard output gets one JSON object at the end.
//! Ctrl-C stops at the next article; a second one at once. Either way what is complete is kept,
//! and the same command goes on.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::job::library::{self, Checked, CsvColumns, Plan, Problem, Reading, Summary};
use crate::model::ids::ActorId;
use crate::store::library::LibraryError;
use crate::store::watch::Watch;

/// What to do with a library.
#[derive(Debug, Subcommand)]
pub enum LibraryTask {
    /// Make a library of articles, or go on with one that was stopped.
    Build(BuildArgs),
    /// Take in what is new or changed; what has vanished stays, marked.
    Update(UpdateArgs),
    /// Read all of a library and name what is damaged.
    Check(CheckArgs),
}

/// The arguments of `attache library build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// The folder of the library.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Folders and files: .txt and .md (one article each), .jsonl and .ndjson (lines of {source,
    /// text, title?, published?, url?}), .csv.
    #[arg(value_name = "FROM", required = true)]
    pub from: Vec<PathBuf>,
    /// The country to follow, as ISO 3166-1 alpha-2.
    #[arg(long, value_name = "CODE", default_value = "BY", value_parser = super::parse_focus)]
    pub focus: ActorId,
    /// Which columns of CSV files hold what, as source=a,text=b,title=c,published=d,url=e; what is
    /// not said is looked for under its own name.
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value = "")]
    pub csv_columns: CsvColumns,
    /// Articles that a part holds at most. With smaller parts a build that is killed loses less;
    /// with larger ones searching is faster.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub part_articles: Option<u32>,
}

/// The arguments of `attache library update`.
#[derive(Debug, Args)]
pub struct UpdateArgs {
    /// The folder of the library.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Further folders and files; those that it was made from are gone through in any case.
    #[arg(value_name = "FROM")]
    pub from: Vec<PathBuf>,
}

/// The arguments of `attache library check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folder of the library.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// The line on standard output.
#[derive(Debug, Default, Serialize)]
struct Answer<'a> {
    library: &'a str,
    articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vanished: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_bytes: Option<u64>,
    parts: usize,
    complete: bool,
    problems: usize,
    seconds: f64,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All was read, or all is whole.
    Fine,
    /// Something was listed, or it was stopped.
    Listed,
}

/// Does what is asked.
///
/// # Errors
/// When the library can't be read or written, with the reason in words.
pub(super) fn run(
    task: &LibraryTask,
    out: &mut impl Write,
    diagnostics: &mut (impl Write + Send),
) -> Result<Outcome, String> {
    let began = Instant::now();
    let stderr = Progress::listening(diagnostics);
    let (dir, done) = match task {
        LibraryTask::Build(args) => {
            let plan = Plan {
                from: args.from.clone(),
                reading: Reading::new(args.focus.clone()),
                csv: args.csv_columns.clone(),
                part_articles: args.part_articles,
            };
            let built = library::build(&args.dir, &plan, &stderr);
            (&args.dir, built.map(Done::Built))
        }
        LibraryTask::Update(args) => {
            let updated = library::update(&args.dir, &args.from, &stderr);
            (&args.dir, updated.map(Done::Built))
        }
        LibraryTask::Check(args) => {
            let checked = library::check(&args.dir, &stderr);
            (&args.dir, checked.map(Done::Checked))
        }
    };
    stderr.clear();
    let done = done.map_err(|error: LibraryError| error.to_string())?;
    let problems = done.problems();
    for problem in problems {
        stderr.say(&format!("{}: {}", problem.what, problem.why));
    }
    if done.was_stopped() {
        stderr.say("stopped; what is complete is kept, and the same command goes on");
    }
    let answer = done.answer(dir, began.elapsed());
    let line = serde_json::to_string(&answer).map_err(|error| error.to_string())?;
    writeln!(out, "{line}").map_err(|error| error.to_string())?;
    let is_fine = problems.is_empty() && !done.was_stopped();
    Ok(if is_fine {
        Outcome::Fine
    } else {
        Outcome::Listed
    })
}

enum Done {
    Built(Summary),
    Checked(Checked),
}

impl Done {
    fn problems(&self) -> &[Problem] {
        match self {
            Self::Built(summary) => &summary.problems,
            Self::Checked(checked) => &checked.problems,
        }
    }

    fn was_stopped(&self) -> bool {
        match self {
            Self::Built(summary) => summary.cancelled,
            Self::Checked(checked) => checked.cancelled,
        }
    }

    fn answer<'a>(&self, dir: &'a Path, took: Duration) -> Answer<'a> {
        let common = Answer {
            library: dir.to_str().unwrap_or_default(),
            problems: self.problems().len(),
            seconds: (took.as_secs_f64() * 1e3).round() / 1e3,
            ..Answer::default()
        };
        match self {
            Self::Built(summary) => Answer {
                articles: summary.articles,
                new: Some(summary.new),
                copies: Some(summary.copies),
                vanished: Some(summary.vanished),
                text_bytes: Some(summary.text_bytes),
                parts: summary.parts,
                complete: !summary.cancelled,
                ..common
            },
            Self::Checked(checked) => Answer {
                articles: checked.articles,
                parts: checked.parts,
                complete: checked.complete,
                ..common
            },
        }
    }
}

/// How often a line of progress is written where nobody sees it change in place.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// And where somebody does.
const REDRAW_EVERY: Duration = Duration::from_millis(250);

/// Writes how far it is, and listens for Ctrl-C.
struct Progress<W> {
    out: Mutex<(W, Instant, bool)>,
    in_place: bool,
    interrupts: Arc<AtomicUsize>,
}

impl<W: Write + Send> Progress<W> {
    fn listening(out: W) -> Self {
        let interrupts = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&interrupts);
        // Where signals can't be had, Ctrl-C ends the process, which costs no more than the part
        // that is being made.
        let _ = ctrlc::set_handler(move || {
            if seen.fetch_add(1, Ordering::AcqRel) > 0 {
                std::process::exit(130);
            }
        });
        Self {
            out: Mutex::new((out, Instant::now(), false)),
            in_place: io::stderr().is_terminal(),
            interrupts,
        }
    }

    fn clear(&self) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let (out, _, is_drawn) = &mut *out;
        if std::mem::take(is_drawn) && self.in_place {
            let _ = write!(out, "\r\x1b[K");
        }
    }

    fn say(&self, line: &str) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        // A diagnostic that nobody can read stops nothing.
        let _ = writeln!(out.0, "attache: {line}");
    }
}

impl<W: Write + Send> Watch for Progress<W> {
    fn report(&self, done: u64, total: u64, what: &str) {
        let Ok(mut out) = self.out.try_lock() else {
            return;
        };
        let (out, last, is_drawn) = &mut *out;
        let every = if self.in_place {
            REDRAW_EVERY
        } else {
            LINE_EVERY
        };
        if last.elapsed() < every {
            return;
        }
        *last = Instant::now();
        let percent = (total > 0).then(|| done.min(total) * 100 / total);
        let percent = percent.map_or_else(String::new, |percent| format!(" ({percent} %)"));
        *is_drawn = true;
        let _ = if self.in_place {
            write!(out, "\r\x1b[K{what}{percent}").and_then(|()| out.flush())
        } else {
            writeln!(out, "attache: {what}{percent}")
        };
    }

    fn is_cancelled(&self) -> bool {
        self.interrupts.load(Ordering::Acquire) > 0
    }
}
