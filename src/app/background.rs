//! The work that the window does not wait for: what is asked of it and what comes back.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::article::OpenArticle;
use super::charting::{ChartRequest, ChartResult, Charting};
use super::code_tables::CodesMoved;
use super::library::{Articles, Beforehand};
use super::loading::Loaded;
use super::merging::Other;
use super::notice::Progress;
use super::telling::read_facts;
use super::workbench::Marked;
use crate::analysis::across::Across;
use crate::analysis::table::{Keep, Part, PartBuilder, Table};
use crate::analysis::timeline::{Member, Timeline};
use crate::extract::Context;
use crate::extract::lexicon::Lexicon;
use crate::index::PartIndex;
use crate::job::library::{self, Indexes, Plan, Problem, Summary, open_indexes, open_library};
use crate::job::{Cancel, Event, JobId, Jobs, Latest, Outcome, SaveSession, SavedSession, Wake};
use crate::model::edit::Edit;
use crate::model::finding::Rule;
use crate::model::ids::{ActorId, ArticleId, ItemId};
use crate::model::session::{ArticleWork, CorpusSource, Session};
use crate::store::atomic::{Fs, SaveError};
use crate::store::corpus::Corpus;
use crate::store::journal;
use crate::store::library::is_library;
use crate::store::library::manifest::Manifest;
use crate::store::lock::SessionLock;
use crate::store::on_disk::{OnDisk, Since};

/// Articles to read for their facts.
pub(super) struct ExtractRequest {
    pub(super) corpus: Arc<Corpus>,
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) session: Arc<Session>,
    pub(super) beforehand: Beforehand,
    pub(super) rows: Vec<u32>,
}

/// An article to read for the reader.
pub(super) struct OpenRequest {
    pub(super) corpus: Arc<Corpus>,
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) focus: ActorId,
    pub(super) rules_off: BTreeSet<Rule>,
    pub(super) beforehand: Beforehand,
    pub(super) work: Option<Arc<ArticleWork>>,
    pub(super) row: usize,
    pub(super) id: ArticleId,
}

/// An article for the reader, or why it can't be read.
pub(super) type Opened = Result<Box<OpenArticle>, String>;

/// A session to write.
pub(super) struct SaveRequest {
    pub(super) save: SaveSession,
    pub(super) revision: u64,
    /// The last edit of the journal that it holds.
    pub(super) upto: u64,
}

/// A session that was written.
pub(super) struct Written {
    /// Which state of it.
    pub(super) revision: u64,
    pub(super) upto: u64,
    pub(super) saved: SavedSession,
}

/// How a save ended.
pub(super) struct Saved {
    /// Of which session, to which file.
    pub(super) session: ItemId,
    pub(super) path: PathBuf,
    pub(super) end: Result<Written, SaveError>,
}

/// Work to carry over into new texts.
pub(super) struct CarryRequest {
    pub(super) corpus: Arc<Corpus>,
    pub(super) session: Arc<Session>,
    /// Of the session.
    pub(super) revision: u64,
    /// The article that is gone, and the row of the new text.
    pub(super) pairs: Vec<(ArticleId, u32)>,
}

/// What follows into new texts.
pub(super) struct CarriedOver {
    /// The session that it was worked out for, and its revision.
    pub(super) session: ItemId,
    pub(super) revision: u64,
    /// How many articles have a new text.
    pub(super) articles: usize,
    /// How many pieces of work follow.
    pub(super) moved: usize,
    pub(super) edits: Vec<Edit>,
}

/// What stands behind a mark of the chart, to look for.
pub(super) struct MembersRequest {
    pub(super) marked: Marked,
    pub(super) timeline: Arc<Timeline>,
    pub(super) table: Table,
    pub(super) across: Arc<Across>,
    /// By row: its place in the list, by which they are ordered.
    pub(super) places: Arc<Vec<u32>>,
}

/// What was looked for, and what stands behind it.
pub(super) type Members = (Marked, Vec<Member>);

/// A frame waits so long for an article that was asked for in the frame before: most are read by
/// then, and are shown a frame sooner.
const OPENING: Duration = Duration::from_millis(2);

/// What has come back.
pub(super) enum Found {
    Carried(CarriedOver),
    Facts {
        /// Of the request that they answer.
        sequence: u64,
        /// What was read, and the row of each article.
        part: Box<Part>,
        rows: Vec<u32>,
        /// Rows that could not be read, each with the reason.
        problems: Vec<(u32, String)>,
    },
    Imported(Vec<PathBuf>, Box<Articles>),
    /// A library has been made, or not.
    Made(PathBuf, Result<Summary, String>),
    /// The library that was open has been brought up to date, or not.
    Updated(PathBuf, Result<Summary, String>),
    /// What could not be opened.
    Unopened(String),
    /// The articles of the session from another place.
    Relocated(CorpusSource, Box<Articles>),
    Loaded(Loaded),
    Saved(Saved),
    /// A table of codes, or the codebook written as one.
    Codes(CodesMoved),
    /// Another session, merged or compared with the open one.
    Other(Other),
    /// What became of the file of the open session, which held this.
    Since(PathBuf, OnDisk, Since),
    /// Sessions without a file that a crash left.
    Unsaved(Vec<(journal::Found, SessionLock)>),
    /// Of a corpus, in the order of its rows.
    Indexed {
        /// Of the corpus that it belongs to.
        sequence: u64,
        part: Arc<PartIndex>,
    },
    /// What of the indexes of a library is damaged.
    Damaged(u64, Vec<Problem>),
    /// A piece of work died of a fault of the program.
    Failed(String),
    /// The analyst stopped a reading of articles.
    ReadingStopped,
    /// The analyst stopped the indexing of articles.
    IndexingStopped,
}

impl Found {
    /// Whether it takes the place of what is open.
    fn is_to_be_shown(&self) -> bool {
        matches!(
            self,
            Self::Imported(..) | Self::Relocated(..) | Self::Loaded(_)
        )
    }
}

/// The work in the background.
pub(super) struct Background {
    pub(super) jobs: Jobs<Found>,
    charts: Latest<ChartRequest, ChartResult>,
    opener: Latest<OpenRequest, Opened>,
    finder: Latest<MembersRequest, Members>,
    pub(super) fs: Arc<dyn Fs>,
    pub(super) elsewhere: Option<PathBuf>,
    /// Running pieces that show progress, the newest last.
    running: Vec<(JobId, Progress)>,
    saving: HashSet<JobId>,
    /// What was asked for last, of all that is to be shown in place of what is open. What older
    /// ones give is not wanted any more.
    coming: Option<JobId>,
    /// The one that can be paused, and whether it is.
    pausable: Option<(JobId, bool)>,
    /// The one that waits until a session is free.
    pub(super) waiting: Option<JobId>,
    /// Counts the requests for facts.
    sequence: u64,
    /// Facts that answer an older request are no longer wanted: the whole corpus was asked anew.
    oldest_wanted: u64,
    /// Parts of an older index belong to another corpus.
    oldest_index: u64,
    /// Articles that were changed while others were being read, and the first request that knows
    /// of the change.
    touched: HashMap<ArticleId, u64>,
    /// Readings of articles for their facts.
    readings: HashSet<JobId>,
    /// Making or opening the index of the corpus.
    indexing: Option<JobId>,
    opening: Option<ArticleId>,
    /// It was asked for since the last frame.
    is_opening_new: bool,
}

impl Background {
    /// `elsewhere`: the user's folder for journals that can't stand beside their session.
    pub(super) fn new(fs: Arc<dyn Fs>, elsewhere: Option<PathBuf>, wake: &Wake) -> Self {
        Self {
            jobs: Jobs::new(wake.clone()),
            charts: Latest::new("charts", wake.clone(), {
                let mut charting = Charting::default();
                move |request, cancel| charting.answer(&request, cancel)
            }),
            opener: Latest::in_steps("reader", wake.clone(), |request, _, show| {
                Some(open(&request, show))
            }),
            finder: Latest::new("evidence", wake.clone(), |request, cancel| {
                find_members(&request, cancel)
            }),
            fs,
            elsewhere,
            running: Vec::new(),
            saving: HashSet::new(),
            coming: None,
            pausable: None,
            waiting: None,
            sequence: 0,
            oldest_wanted: 0,
            oldest_index: 0,
            touched: HashMap::new(),
            readings: HashSet::new(),
            indexing: None,
            opening: None,
            is_opening_new: false,
        }
    }

    /// Reads the facts of rows; `anew` when they take the place of all that is known.
    pub(super) fn extract(&mut self, request: ExtractRequest, anew: bool) {
        self.sequence += 1;
        let sequence = self.sequence;
        if anew {
            self.oldest_wanted = sequence;
            self.touched.clear();
            // What they go on to find is not wanted any more.
            for reading in self.readings.drain() {
                self.jobs.cancel(reading);
            }
        }
        let ExtractRequest {
            corpus,
            lexicon,
            session,
            beforehand,
            rows,
        } = request;
        let named = corpus.clone();
        let rows = rows.into_iter().map(|row| row as usize).collect();
        let job = self.jobs.walk_corpus(
            "Reading articles",
            corpus,
            rows,
            move |row, id, text| {
                let (source, given) = (named.source(row), named.given_date(row));
                let sites = beforehand.sites_of(row);
                let mut facts = read_facts(id, source, text, given, &lexicon, &session, sites);
                if let Some(title) = beforehand.title_of(row) {
                    facts.title = title.into();
                }
                facts
            },
            move |answers| {
                let mut part = PartBuilder::new(Keep::ALL);
                let mut rows = Vec::with_capacity(answers.len());
                let mut problems = Vec::new();
                for (row, answer) in answers {
                    match (u32::try_from(row), answer) {
                        (Ok(row), Ok(found)) => {
                            part.push(&found);
                            rows.push(row);
                        }
                        (Ok(row), Err(problem)) => problems.push((row, problem.to_string())),
                        (Err(_), _) => {}
                    }
                }
                Found::Facts {
                    sequence,
                    part: Box::new(part.finish()),
                    rows,
                    problems,
                }
            },
        );
        self.readings.insert(job);
    }

    /// Makes the full-text index of a corpus.
    pub(super) fn index(&mut self, corpus: Arc<Corpus>) {
        let sequence = self.next_index();
        let job = self.jobs.index_corpus(corpus, move |part| Found::Indexed {
            sequence,
            part: Arc::new(part),
        });
        self.indexing = Some(job);
    }

    /// Opens the full-text indexes of the library that is open.
    pub(super) fn open_indexes(&mut self, dir: PathBuf, manifest: Manifest) {
        let sequence = self.next_index();
        let job = self.jobs.spawn("Opening the index", move |context| {
            match open_indexes(&dir, &manifest, context) {
                Ok(Some(Indexes { parts, problems })) => {
                    for part in parts {
                        context.send(Found::Indexed { sequence, part });
                    }
                    context.send(Found::Damaged(sequence, problems));
                }
                // It was stopped.
                Ok(None) => {}
                Err(problem) => context.send(Found::Unopened(problem.to_string())),
            }
        });
        self.indexing = Some(job);
    }

    fn next_index(&mut self) -> u64 {
        self.sequence += 1;
        self.oldest_index = self.sequence;
        self.sequence
    }

    /// Whether a part of an index belongs to the corpus that is open.
    pub(super) fn is_of_this_corpus(&self, sequence: u64) -> bool {
        sequence >= self.oldest_index
    }

    pub(super) fn chart(&self, request: ChartRequest) {
        self.charts.ask(request);
    }

    pub(super) fn open(&mut self, request: OpenRequest) {
        self.opening = Some(request.id);
        self.is_opening_new = true;
        self.opener.ask(request);
    }

    /// Looks for what stands behind a mark.
    pub(super) fn find_members(&self, request: MembersRequest) {
        self.finder.ask(request);
    }

    /// What stands behind the mark that was asked for last, once it is found.
    pub(super) fn take_members(&self) -> Option<Members> {
        self.finder.take()
    }

    pub(super) fn import(&mut self, paths: Vec<PathBuf>) {
        let source = match paths.as_slice() {
            [dir] if is_library(dir) => CorpusSource::Library(dir.clone()),
            _ => CorpusSource::Paths(paths.clone()),
        };
        self.fetch(source, move |articles| Found::Imported(paths, articles));
    }

    /// Reads the articles of the open session from another place.
    pub(super) fn relocate(&mut self, source: CorpusSource) {
        let from = source.clone();
        self.fetch(source, move |articles| Found::Relocated(from, articles));
    }

    fn fetch(
        &mut self,
        source: CorpusSource,
        message: impl FnOnce(Box<Articles>) -> Found + Send + 'static,
    ) {
        let job = if let CorpusSource::Library(dir) = source {
            self.jobs.spawn("Opening the library", move |context| {
                match open_library(&dir, context) {
                    Ok(Some(opened)) => {
                        context.send(message(Box::new(Articles::Library(Box::new(opened)))));
                    }
                    // It was stopped.
                    Ok(None) => {}
                    Err(problem) => context.send(Found::Unopened(problem.to_string())),
                }
            })
        } else {
            self.jobs.import(source, move |import| {
                message(Box::new(Articles::Files(Box::new(import))))
            })
        };
        self.comes(job);
    }

    /// A piece of work gives what is to be shown next; an older one is stopped.
    pub(super) fn comes(&mut self, job: JobId) {
        if let Some(older) = self.coming.replace(job) {
            self.jobs.cancel(older);
        }
    }

    /// Makes a library in `dir`.
    pub(super) fn make_library(&mut self, dir: PathBuf, plan: Plan) {
        let job = self.jobs.spawn("Making the library", move |context| {
            let made = library::build(&dir, &plan, context);
            context.send(Found::Made(
                dir,
                made.map_err(|problem| problem.to_string()),
            ));
        });
        self.pausable = Some((job, false));
    }

    /// Takes into the library in `dir` what is new where it was made from.
    pub(super) fn update_library(&mut self, dir: PathBuf) {
        let job = self.jobs.spawn("Updating the library", move |context| {
            let made = library::update(&dir, &[], context);
            context.send(Found::Updated(
                dir,
                made.map_err(|problem| problem.to_string()),
            ));
        });
        self.pausable = Some((job, false));
    }

    /// Lets the job that can be paused wait, or go on.
    pub(super) fn pause(&mut self, is_paused: bool) {
        if let Some((job, was_paused)) = &mut self.pausable {
            *was_paused = is_paused;
            self.jobs.pause(*job, is_paused);
        }
    }

    /// Carries work over into new texts.
    pub(super) fn carry(&mut self, request: CarryRequest) {
        self.jobs.spawn("Following changed texts", move |context| {
            if let Some(over) = super::carrying::carry_over(request, context) {
                context.send(Found::Carried(over));
            }
        });
    }

    pub(super) fn save(&mut self, request: SaveRequest) {
        let SaveRequest {
            save,
            revision,
            upto,
        } = request;
        let session = save.session.id;
        let id = self
            .jobs
            .save_session(self.fs.clone(), save, move |path, saved| {
                let end = saved.map(|saved| Written {
                    revision,
                    upto,
                    saved,
                });
                Found::Saved(Saved { session, path, end })
            });
        self.saving.insert(id);
    }

    /// Whether a save is under way.
    pub(super) fn is_saving(&self) -> bool {
        !self.saving.is_empty()
    }

    pub(super) fn cancel(&self) {
        self.jobs.cancel_all();
    }

    /// The article that is being read for the reader.
    pub(super) fn opening(&self) -> Option<ArticleId> {
        self.opening
    }

    /// An article is changed: what is being read of it now counts no more.
    pub(super) fn touched(&mut self, article: ArticleId) {
        if self.jobs.is_busy() {
            self.touched.insert(article, self.sequence + 1);
        }
    }

    /// Whether facts that a job found are still wanted.
    pub(super) fn is_wanted(&self, sequence: u64, article: ArticleId) -> bool {
        let since = self.touched.get(&article).copied().unwrap_or(0);
        sequence >= self.oldest_wanted.max(since)
    }

    /// Stops everything without a word: another corpus is opened.
    pub(super) fn abandon(&mut self) {
        self.coming = None;
        self.indexing = None;
        self.readings.clear();
        self.oldest_wanted = self.sequence + 1;
        self.jobs.cancel_all();
    }

    /// The chart that has come, and the article.
    pub(super) fn take_latest(&mut self) -> (Option<ChartResult>, Option<Opened>) {
        let opened = if self.is_opening_new {
            self.opener.take_within(OPENING)
        } else {
            self.opener.take()
        };
        self.is_opening_new = false;
        if opened.is_some() && !self.opener.is_busy() {
            self.opening = None;
        }
        (self.charts.take(), opened)
    }

    /// What the jobs have found since the last call.
    pub(super) fn poll(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        // All that older readings found has been looked at: the last call gave it.
        if !self.jobs.is_busy() {
            self.touched.clear();
        }
        for event in self.jobs.poll() {
            match event {
                Event::Begin { job, name } => {
                    self.running.push((
                        job,
                        Progress {
                            what: name,
                            done: 0,
                            total: 0,
                            is_paused: None,
                        },
                    ));
                }
                Event::Report { job, progress } => {
                    if let Some((_, shown)) = self.running.iter_mut().find(|(id, _)| *id == job) {
                        *shown = Progress {
                            what: progress.what,
                            done: progress.done,
                            total: progress.total,
                            is_paused: None,
                        };
                    }
                }
                Event::Message { job, message } => {
                    if self.coming == Some(job) || !message.is_to_be_shown() {
                        found.push(message);
                    }
                }
                Event::End { job, outcome } => {
                    self.coming = self.coming.filter(|coming| *coming != job);
                    self.running.retain(|(id, _)| *id != job);
                    self.saving.remove(&job);
                    self.pausable = self.pausable.filter(|(pausable, _)| *pausable != job);
                    self.waiting = self.waiting.filter(|waiting| *waiting != job);
                    let was_reading = self.readings.remove(&job);
                    let was_indexing = self.indexing.take_if(|indexing| *indexing == job).is_some();
                    match outcome {
                        Outcome::Panicked(words) => found.push(Found::Failed(words)),
                        Outcome::Cancelled if was_reading => found.push(Found::ReadingStopped),
                        Outcome::Cancelled if was_indexing => found.push(Found::IndexingStopped),
                        Outcome::Cancelled | Outcome::Done => {}
                    }
                }
            }
        }
        found
    }

    /// What the status bar shows.
    pub(super) fn progress(&self) -> Option<Progress> {
        let (job, progress) = self.running.last()?;
        let pausable = self.pausable.filter(|(pausable, _)| pausable == job);
        Some(Progress {
            is_paused: pausable.map(|(_, is_paused)| is_paused),
            ..progress.clone()
        })
    }

    /// Whether a chart is being computed.
    pub(super) fn is_charting(&self) -> bool {
        self.charts.is_busy()
    }

    /// Whether articles are being read for their facts.
    pub(super) fn is_reading(&self) -> bool {
        !self.readings.is_empty()
    }

    /// Whether nothing is under way: no job, no chart, no article, no evidence.
    pub(super) fn is_idle(&self) -> bool {
        !self.jobs.is_busy()
            && !self.charts.is_busy()
            && !self.opener.is_busy()
            && !self.finder.is_busy()
    }
}

fn find_members(request: &MembersRequest, cancel: &Cancel) -> Option<Members> {
    let MembersRequest {
        marked,
        timeline,
        table,
        across,
        places,
    } = request;
    let place = |row: u32| places.get(row as usize).copied().unwrap_or(u32::MAX);
    let is_cancelled = || cancel.is_cancelled();
    let members = match marked {
        Marked::Mark(mark) => timeline.members(table, across, mark, &place, &is_cancelled),
        Marked::Undated => timeline.undated_members(table, across, &place, &is_cancelled),
    };
    (!is_cancelled()).then(|| (marked.clone(), members))
}

/// A text longer than this is shown before it has been read, in bytes.
const LONG: usize = 64 << 10;

fn open(request: &OpenRequest, show: &dyn Fn(Opened)) -> Opened {
    let OpenRequest {
        corpus,
        lexicon,
        focus,
        rules_off,
        beforehand,
        work,
        row,
        id,
    } = request;
    let (source, sites) = (corpus.source(*row), beforehand.sites_of(*row));
    let named = beforehand.title_of(*row).map(Box::from);
    match corpus.text(*row) {
        Ok(text) => {
            if text.len() > LONG {
                let mut unread = OpenArticle::unread(*row, *id, source, Arc::clone(&text));
                unread.named.clone_from(&named);
                show(Ok(Box::new(unread)));
            }
            let context = Context {
                published: corpus.given_date(*row),
                rules_off: Some(rules_off),
                site: sites.of(source),
                ..Context::new(lexicon, focus)
            };
            let mut article =
                OpenArticle::read(*row, *id, source, text, &context, sites, work.as_deref());
            article.read_with.clone_from(work);
            article.named = named;
            Ok(Box::new(article))
        }
        Err(problem) => Err(problem.to_string()),
    }
}
