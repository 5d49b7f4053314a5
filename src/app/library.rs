//! Opening a library in the window, and making one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::charting::Given;
use super::draft::{LibraryWish, Overlay, PathPurpose};
use super::notice::Level;
use super::words;
use super::workbench::Workbench;
use crate::analysis::table::{Part, Table};
use crate::extract::site::Sites;
use crate::job::library::{CsvColumns, Opened, Plan, Problem, Reading, Summary, may_make};
use crate::model::session::{CorpusSource, Session};
use crate::model::view::View;
use crate::store::corpus::Corpus;
use crate::store::library::manifest::Manifest;

/// The articles of a session, as they were opened.
pub(super) enum Articles {
    /// Files, to be read now.
    Files(Box<crate::store::import::Import>),
    /// A library: read when it was made.
    Library(Box<Opened>),
}

/// The library that is open.
pub(super) struct OpenLibrary {
    pub(super) dir: PathBuf,
    /// Its parts that are whole.
    pub(super) manifest: Manifest,
    /// Its indexes are still to be opened.
    pub(super) index_is_due: bool,
    /// How many of its articles are left out, since parts are damaged.
    pub(super) left_out: u64,
}

/// A library that has been made or brought up to date, until it is opened.
pub(super) struct Made {
    dir: PathBuf,
    /// What could not be read.
    problems: Vec<Problem>,
    /// What to tell of it.
    news: Option<String>,
}

/// What is missing of a library, in words.
pub struct LibraryDamage {
    /// How much.
    pub what: String,
    /// What becomes of the rest, and what to do.
    pub advice: String,
}

impl Articles {
    pub(super) fn corpus(&self) -> &Corpus {
        match self {
            Self::Files(import) => &import.corpus,
            Self::Library(opened) => &opened.corpus,
        }
    }

    /// Whether reading was stopped before all were there.
    pub(super) fn is_cut_short(&self) -> bool {
        matches!(self, Self::Files(import) if import.cancelled)
    }
}

/// What is known of articles before they are read.
#[derive(Clone)]
pub(super) enum Beforehand {
    /// Of their sources, what all articles together tell now.
    All(Arc<Sites>),
    /// What a library tells, part by part.
    Library(Arc<[PartKnown]>),
}

/// What is known of a part of a library since it was made.
pub(super) struct PartKnown {
    /// Its first row.
    first: usize,
    part: Arc<Part>,
    sites: Arc<Sites>,
}

impl Default for Beforehand {
    fn default() -> Self {
        Self::All(Arc::default())
    }
}

impl Beforehand {
    /// Of the source of the article in a row.
    pub(super) fn sites_of(&self, row: usize) -> &Arc<Sites> {
        static NONE: LazyLock<Arc<Sites>> = LazyLock::new(Arc::default);
        match self {
            Self::All(sites) => sites,
            Self::Library(_) => self.part_of(row).map_or(&*NONE, |part| &part.sites),
        }
    }

    /// What an article of a library is called: as it was named where it came from, for one.
    pub(super) fn title_of(&self, row: usize) -> Option<&str> {
        let known = self.part_of(row)?;
        Some(known.part.titles.get(row - known.first))
    }

    fn part_of(&self, row: usize) -> Option<&PartKnown> {
        let Self::Library(parts) = self else {
            return None;
        };
        let after = parts.partition_point(|part| part.first <= row);
        after.checked_sub(1).and_then(|at| parts.get(at))
    }
}

impl Workbench {
    /// Begins a session on a library.
    pub(super) fn take_library(&mut self, path: PathBuf, opened: Opened) {
        let focus = opened.manifest.settings.focus.clone();
        let mut session = self.fresh_session(CorpusSource::Library(path));
        session.focus = focus;
        self.begin_library(session, View::default(), opened);
    }

    /// Shows a session on a library.
    pub(super) fn begin_library(&mut self, session: Session, view: View, opened: Opened) {
        self.reset(session, view, Arc::clone(&opened.corpus));
        self.lay_out(opened);
    }

    /// Shows the articles of a library in the open session. What the library tells is taken over as
    /// it is where it was made with this session's settings; otherwise all articles are read again.
    pub(super) fn lay_out(&mut self, opened: Opened) {
        let is_same = opened.was_made_with(&Reading::of(&self.session));
        let Opened {
            dir,
            manifest,
            corpus,
            parts,
            table,
            across,
            sites,
            problems,
            left_out,
        } = opened;
        self.corpus = corpus;
        self.repeated_files = 0;
        self.index = Arc::default();
        if !manifest.complete {
            self.tell(
                Level::Warning,
                format!(
                    "This library does not hold all its articles: its making was stopped, or goes on elsewhere. File → \
                     New library… with the same folders goes on with it: {}",
                    dir.display()
                ),
            );
        }
        let made = self.made.take().filter(|made| made.dir == dir);
        // List and chart come first.
        self.library = Some(OpenLibrary {
            dir,
            manifest,
            index_is_due: true,
            left_out,
        });
        let mut first = 0;
        let parts = parts.into_iter().zip(sites).map(|(part, sites)| {
            let known = PartKnown { first, part, sites };
            first += known.part.len();
            known
        });
        self.beforehand = Beforehand::Library(parts.collect());
        if is_same {
            self.facts = table.clone();
            let across = Arc::new(across);
            self.given = Some(Arc::new(Given { table, across }));
            self.know_who_is_who();
            self.read_worked_on();
        } else {
            self.tell(
                Level::Info,
                "The library was made for another focus, other rules or other actors than this \
                 session has. All its articles are read again, which takes a while; a library \
                 made with this session's settings opens at once.",
            );
            self.facts = Table::unread(self.corpus.len());
            self.derive_all();
        }
        self.refresh();
        self.unreadable = Vec::new();
        self.take_problems(problems);
        if let Some(damage) = self.library_damage() {
            self.tell(
                Level::Warning,
                format!("{}. {}", damage.what, damage.advice),
            );
        }
        if let Some(made) = made {
            self.take_problems(made.problems);
            if let Some(news) = made.news {
                self.tell(Level::Info, news);
            }
        }
    }

    /// What is missing of the open library, since parts of it are damaged.
    #[must_use]
    pub fn library_damage(&self) -> Option<LibraryDamage> {
        let library = self.library.as_ref()?;
        let left_out = usize::try_from(library.left_out).unwrap_or(usize::MAX);
        let articles = match left_out {
            0 => return None,
            1 => "1 article".to_owned(),
            more => format!("{more} articles"),
        };
        Some(LibraryDamage {
            what: format!("{articles} of this library can’t be read"),
            advice: format!(
                "All others are here. File → Update the library takes them in again; so does: attache \
                 library update \"{}\"",
                library.dir.display()
            ),
        })
    }

    /// Lists what of the library is damaged with what can't be read.
    pub(super) fn take_problems(&mut self, problems: Vec<Problem>) {
        let problems = problems.into_iter();
        self.unreadable
            .extend(problems.map(|problem| (PathBuf::from(problem.what), problem.why)));
    }

    /// Writes a folder that was chosen into the dialog of a new library, if that is still open.
    pub(super) fn choose_for_library(&mut self, purpose: PathPurpose, path: &Path) {
        if let Some(Overlay::NewLibrary { wish, problem }) = &mut self.overlay {
            let field = match purpose {
                PathPurpose::LibraryArticles => &mut wish.from,
                _ => &mut wish.dir,
            };
            *field = path.display().to_string();
            *problem = None;
        }
    }

    /// Makes a library, for this session's focus.
    pub(super) fn make_library(&mut self, wish: LibraryWish) {
        let expanded = |path: &str| words::home_expanded(Path::new(path.trim()));
        let (from, dir) = (expanded(&wish.from), expanded(&wish.dir));
        let columns: Result<CsvColumns, String> = wish.columns.parse();
        let made = may_make(&dir, std::slice::from_ref(&from));
        let refused = match &columns {
            _ if !from.exists() => Some(format!(
                "There is nothing at {}. Check the path.",
                from.display()
            )),
            // One whose making was stopped goes on.
            _ if Manifest::load(&dir).is_ok_and(|manifest| manifest.complete) => Some(format!(
                "{} is a library already. Open it, or choose another folder.",
                dir.display()
            )),
            _ if made.is_err() => made.err().map(|error| error.to_string()),
            Err(why) => Some(format!(
                "The columns can't be understood: {why}. Write text=body, for example."
            )),
            Ok(_) => None,
        };
        let (Ok(csv), None) = (columns, &refused) else {
            self.overlay(Overlay::NewLibrary {
                wish,
                problem: refused,
            });
            return;
        };
        self.overlay = None;
        let plan = Plan {
            from: vec![from],
            reading: Reading::of(&self.session),
            csv,
            part_articles: None,
        };
        self.background.make_library(dir, plan);
    }

    /// Opens the library that has been made.
    pub(super) fn take_made(&mut self, dir: PathBuf, made: Result<Summary, String>) {
        match made {
            Ok(summary) if summary.cancelled => self.tell(
                Level::Warning,
                format!(
                    "Stopped: {} articles are in the library at {}. File → New library… with the same folders goes on.",
                    summary.articles,
                    dir.display()
                ),
            ),
            Ok(summary) => {
                self.ask_open_paths(std::slice::from_ref(&dir));
                self.made = Some(Made {
                    dir,
                    problems: summary.problems,
                    news: None,
                });
            }
            Err(problem) => self.tell(Level::Error, problem),
        }
    }

    /// Brings the library that is open up to date.
    pub(super) fn update_library(&mut self) {
        if let Some(library) = &self.library {
            self.background.update_library(library.dir.clone());
        }
    }

    /// Shows what the library holds now, in the session as it is.
    pub(super) fn take_updated(&mut self, dir: &Path, made: Result<Summary, String>) {
        let summary = match made {
            Ok(summary) => summary,
            Err(problem) => {
                self.tell(Level::Error, problem);
                return;
            }
        };
        let new = usize::try_from(summary.new).unwrap_or(usize::MAX);
        let new = words::counted(new, "new article", "new articles");
        let text = if summary.cancelled {
            format!("Stopped: {new} so far. File → Update the library goes on.")
        } else {
            format!("The library is up to date: {new}.")
        };
        let is_open = self.library.as_ref().is_some_and(|open| open.dir == dir);
        if is_open {
            self.made = Some(Made {
                dir: dir.to_owned(),
                problems: summary.problems,
                news: Some(text),
            });
            self.background.relocate(self.session.corpus.clone());
        } else {
            self.tell(Level::Info, text);
        }
    }
}
