//! The command line: the same core without a window, for scripts and batch work.
//!
//! JSON goes to standard output, one object a line; everything else to standard error. The exit
//! code is 0 when all was read, 1 when something was listed as unreadable, 2 on wrong usage.

mod agreement;
mod extract;
mod json;
mod library;
mod source;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::extract::lexicon::Lexicon;
use crate::model::actor::ActorBook;
use crate::model::ids::ActorId;
pub use agreement::AgreementArgs;
pub use library::{BuildArgs, CheckArgs, LibraryTask, UpdateArgs};

/// Who cooperates with whom, since when, on what, and how we know.
#[derive(Debug, Parser)]
#[command(
    name = "attache",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
pub struct Command {
    /// Without a subcommand: what to open in the window.
    #[command(flatten)]
    pub open: Open,
    /// What to do without a window.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What the window opens.
#[derive(Debug, Args)]
pub struct Open {
    /// A session (.ron), a folder of articles, or articles; without any, the sample.
    #[arg(value_name = "SESSION.ron|FOLDER|FILE")]
    pub paths: Vec<PathBuf>,
}

/// What can be done without a window.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Print what is read out of articles, one JSON object a line.
    Extract(ExtractArgs),
    /// Say how far the analysts of two sessions agree, by code and by field.
    Agreement(AgreementArgs),
    /// Build, update and check a library: articles that are read once and opened at once.
    #[command(subcommand)]
    Library(LibraryTask),
}

/// The arguments of `attache extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// The country to follow, as ISO 3166-1 alpha-2. Without it, the country that title and body
    /// of each article name most often.
    #[arg(long, value_name = "CODE", value_parser = parse_focus)]
    pub focus: Option<ActorId>,
    /// Say for each suggestion which rule found it, and on what words.
    #[arg(long)]
    pub explain: bool,
    /// Articles and folders of `.txt` files, or `-` for JSON lines {source, text, published?,
    /// focus?} from standard input.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
}

fn parse_focus(text: &str) -> Result<ActorId, String> {
    let text = text.trim();
    let lexicon = Lexicon::new(&ActorBook::default());
    [text.to_uppercase(), text.to_lowercase()]
        .into_iter()
        .map(|id| ActorId::new(&id))
        .find(|id| lexicon.knows(id))
        .ok_or_else(|| {
            "nobody is called that. Expected the ISO 3166-1 alpha-2 code of a country, such as BY, \
             or the id of an actor that the program knows, such as bloc/eu"
                .to_owned()
        })
}

/// Does what the command line asks for and says with which code to exit.
#[must_use]
pub fn run(command: Command) -> ExitCode {
    match command.task {
        None => open_window(command.open.paths),
        Some(Task::Extract(args)) => {
            match extract::run(&args, io::stdout(), &mut io::stderr().lock()) {
                Ok(extract::Outcome::AllRead) => ExitCode::SUCCESS,
                Ok(extract::Outcome::SomeUnreadable) => ExitCode::from(1),
                // Whoever read our output has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("attache: cannot go on: {error}");
                    ExitCode::from(1)
                }
            }
        }
        Some(Task::Agreement(args)) => match agreement::run(&args, &mut io::stdout()) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(problem) => {
                eprintln!("attache: {problem}");
                ExitCode::from(1)
            }
        },
        Some(Task::Library(task)) => {
            match library::run(&task, &mut io::stdout(), &mut io::stderr()) {
                Ok(library::Outcome::Fine) => ExitCode::SUCCESS,
                Ok(library::Outcome::Listed) => ExitCode::from(1),
                Err(error) => {
                    eprintln!("attache: {error}");
                    ExitCode::from(1)
                }
            }
        }
    }
}

/// Opens the window on `paths`.
#[cfg(feature = "gui")]
fn open_window(paths: Vec<PathBuf>) -> ExitCode {
    match crate::ui::open_window(crate::app::Start::from_paths(paths)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "attache: the window can't be opened: {error}\n\
                 It needs a display with OpenGL. Without one, `xvfb-run attache` gives a virtual \
                 display, and `attache extract --help` works without any."
            );
            ExitCode::from(1)
        }
    }
}

/// Without the window there is nothing to open it with.
#[cfg(not(feature = "gui"))]
fn open_window(_paths: Vec<PathBuf>) -> ExitCode {
    eprintln!("attache: this build has no window; try `attache extract --help`");
    ExitCode::from(2)
}
