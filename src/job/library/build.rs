//! Making a library and keeping it up to date. Both are one walk over the places that articles
//! come from: what is in whole parts already is passed over, the rest becomes new parts.
//!
//! A reader goes ahead and cuts what is new into batches, always at the same places; workers each
//! make whole parts of them. The list of parts grows in the order of the articles, so that a build
//! that was killed goes on where it stopped and ends as if it had not been: parts that are complete
//! and not yet listed are known again by their names.
//!
//! Memory: a batch of text a worker and two more, what the workers need (some 200 MB each), and 300
//! bytes an article for what was taken from where.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::csv_columns::CsvColumns;
use super::facts::Reading;
use super::finish;
use super::gone;
use super::input::{self, Place, Problem};
use super::kept;
use super::make::{Batch, Limits, make};
use super::mend;
use super::pace::{Pace, Stop};
use super::room::may_make;
use super::walk::{Numbered, Walk};
use super::who;
use crate::extract::lexicon::Lexicon;
use crate::model::actor::ActorBook;
use crate::store::atomic::{Fs, RealFs};
use crate::store::library::catalog;
use crate::store::library::manifest::{self, Manifest, PartEntry, Settings};
use crate::store::library::{LibraryError, part};
use crate::store::watch::Watch;

/// What a build or an update came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that the library holds now.
    pub articles: u64,
    /// Those of them that were taken in now.
    pub new: u64,
    /// Places that hold an article which another one holds, too.
    pub copies: u64,
    /// Articles that are at none of their places any more. They stay.
    pub vanished: u64,
    /// Parts.
    pub parts: usize,
    /// The bytes of all texts, as UTF-8.
    pub text_bytes: u64,
    /// It was stopped before all was taken in. What is complete is kept, and the same call goes
    /// on.
    pub cancelled: bool,
    /// What could not be read, and what of the library was damaged.
    pub problems: Vec<Problem>,
}

/// What to build from, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Folders and files.
    pub from: Vec<PathBuf>,
    /// What to read articles with.
    pub reading: Reading,
    /// Which columns of CSV files hold what.
    pub csv: CsvColumns,
    /// A part holds at most so many articles; `None`: as many as serve reading best. A build that
    /// is killed loses the parts that it was at.
    pub part_articles: Option<u32>,
}

/// Makes the library in `dir`, goes on with one that was not finished, or brings one up to date
/// that was made with the same settings.
///
/// # Errors
/// When the folder holds something else, or there is nothing to build from; when nothing can be
/// written there, when another process is at it, or when there is a library
/// that was made with other settings.
pub fn build(dir: &Path, plan: &Plan, watch: &dyn Watch) -> Result<Summary, LibraryError> {
    may_make(dir, &plan.from)?;
    let mut builder = Builder::default();
    if let Some(articles) = plan.part_articles {
        builder.limits.articles = articles.max(1) as usize;
    }
    builder.build(dir, plan, watch)
}

/// Takes in what is new or changed at the places that the library in `dir` was made from, and
/// `from` besides.
///
/// # Errors
/// As [`build`], and when there is no library.
pub fn update(dir: &Path, from: &[PathBuf], watch: &dyn Watch) -> Result<Summary, LibraryError> {
    let Some(mend::Known {
        manifest,
        knows_settings,
        ..
    }) = mend::known(dir)?
    else {
        return Err(LibraryError::None {
            path: dir.to_owned(),
        });
    };
    if !knows_settings {
        return Err(LibraryError::Unset {
            path: dir.join(manifest::FILE),
        });
    }
    let actors = if manifest.settings.actors == 0 {
        ActorBook::default()
    } else {
        who::read(dir)?
    };
    let mut places = manifest.from.clone();
    for path in from.iter().map(|path| absolute(path)) {
        if !places.contains(&path) {
            places.push(path);
        }
    }
    let rules = manifest.settings.rules_off.iter().cloned();
    let plan = Plan {
        from: places,
        reading: Reading {
            focus: manifest.settings.focus.clone(),
            rules_off: rules
                .map(|rule| crate::model::finding::Rule(rule.into()))
                .collect(),
            actors,
        },
        csv: manifest
            .csv_columns
            .parse()
            .map_err(|why| LibraryError::damaged("the library's list of parts", dir, why))?,
        part_articles: None,
    };
    Builder::default().build(dir, &plan, watch)
}

/// A path from any working folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What a test may set besides.
pub(super) struct Builder {
    pub(super) limits: Limits,
    pub(super) workers: usize,
    pub(super) fs: Arc<dyn Fs>,
}

impl Default for Builder {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            limits: Limits::default(),
            workers: cores.clamp(1, 8),
            fs: Arc::new(RealFs),
        }
    }
}

/// A part on its way back from a worker, with its place in the order of the new parts.
type Made = (usize, Result<Option<PartEntry>, LibraryError>);

impl Builder {
    pub(super) fn build(
        &self,
        dir: &Path,
        plan: &Plan,
        watch: &dyn Watch,
    ) -> Result<Summary, LibraryError> {
        std::fs::create_dir_all(dir).map_err(LibraryError::io("making the library", dir))?;
        let _lock = lock(dir)?;
        part::clear_unfinished(dir);
        let settings = settings_of(&plan.reading);
        let mut problems = Vec::new();
        let known = mend::known(dir)?;
        let is_salvaged = known.as_ref().is_some_and(|known| known.damage.is_some());
        let mut manifest = match known {
            Some(mut known) => {
                if !known.knows_settings {
                    known.manifest.settings = settings.clone();
                }
                problems.extend(known.keep_damaged(dir)?);
                known.manifest
            }
            None => Manifest::new(settings.clone(), Vec::new()),
        };
        refuse_other_settings(dir, &manifest.settings, &settings)?;
        manifest.settings.program.clone_from(&settings.program);
        manifest.from = plan.from.iter().map(|path| absolute(path)).collect();
        let columns = plan.csv.to_string();
        let csv_is_new = manifest.csv_columns != columns;
        manifest.csv_columns = columns;

        let (known, damaged) = mend::whole_parts(dir, &mut manifest, is_salvaged, &mut problems)?;
        let old = gone::old_catalog(dir, &manifest, &mut problems);
        manifest.complete = false;
        who::write(self.fs.as_ref(), dir, &plan.reading)?;
        manifest.save(self.fs.as_ref(), dir)?;

        let mut unseen = Vec::new();
        let mut hidden = Vec::new();
        let places = input::find(
            &manifest.from,
            watch,
            &mut |path, problem| {
                unseen.push(path.to_owned());
                hidden.push(problem);
            },
            &mut |problem| problems.push(problem),
        );
        problems.append(&mut hidden);
        let mut walk = Walk {
            limits: self.limits,
            settings: &settings,
            csv: &plan.csv,
            old: &old,
            known,
            taken: Vec::new(),
            problems,
            kept: kept::read(dir),
            keep: Vec::new(),
            csv_is_new,
            unseen,
            aside: dir.join(mend::DAMAGED),
            is_given_up: false,
            batch: Batch::default(),
            batches: 0,
        };
        let before = manifest.articles();
        let done = self.run(dir, plan, watch, &places, &mut walk, &mut manifest, damaged)?;
        let Walk {
            mut taken,
            problems,
            known,
            unseen,
            is_given_up,
            keep,
            ..
        } = walk;
        let mut summary = Summary {
            new: manifest.articles().saturating_sub(before),
            problems,
            cancelled: !done,
            ..Summary::default()
        };
        if done {
            let covered: HashSet<&str> = places.iter().map(|place| &*place.file).collect();
            gone::vanish(&mut taken, old, &covered, &manifest.from, &unseen);
            summary.vanished = gone::count_vanished(&taken);
            gone::give_up_lost(dir, &mut taken, &known, is_given_up, &mut summary.problems);
            drop(known);
            summary.copies = gone::count_copies(&taken);
            kept::write(self.fs.as_ref(), dir, &keep)?;
            manifest.catalog = Some(catalog::write(dir, &taken)?);
            manifest.complete = true;
            drop(taken);
            let view = finish::finish(dir, &manifest, watch, &mut summary.problems)?;
            summary.cancelled = view.is_none();
            manifest.view = view;
            manifest.save(self.fs.as_ref(), dir)?;
            finish::clear_old(dir, &manifest);
        }
        summary.articles = manifest.articles();
        summary.parts = manifest.parts.len();
        summary.text_bytes = manifest.parts.iter().map(|part| part.text_bytes).sum();
        Ok(summary)
    }

    /// Reads and makes parts until all is taken in; `false`: it was stopped before.
    #[expect(
        clippy::too_many_arguments,
        reason = "one call; a struct would say the same twice"
    )]
    fn run(
        &self,
        dir: &Path,
        plan: &Plan,
        watch: &dyn Watch,
        places: &[Place],
        walk: &mut Walk<'_>,
        manifest: &mut Manifest,
        slots: Vec<Option<PartEntry>>,
    ) -> Result<bool, LibraryError> {
        let lexicon = Lexicon::new(&plan.reading.actors);
        let failed = AtomicBool::new(false);
        let stop = Stop {
            watch,
            failed: &failed,
            pace: Pace::new(places),
        };
        let (to_workers, batches): (Sender<Numbered>, Receiver<Numbered>) = bounded(1);
        let (made, parts): (Sender<Made>, Receiver<Made>) = unbounded();
        let mut listed = Listed::new(std::mem::take(&mut manifest.parts), slots);
        let mut failure = None;
        let all_read = std::thread::scope(|scope| {
            for _ in 0..self.workers {
                let (batches, made, stop) = (batches.clone(), made.clone(), &stop);
                let lexicon = &lexicon;
                scope.spawn(move || {
                    for (number, name, batch) in batches {
                        let part = part_of(dir, &name, &batch, plan, lexicon, stop);
                        if made.send((number, part)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop((batches, made));
            let stop = &stop;
            // Owns the channel: the workers end when there is nothing more to come.
            let reader = scope.spawn(move || walk.all(places, &to_workers, stop));
            for (number, part) in parts {
                match part {
                    Ok(Some(entry)) => {
                        if listed.add(number, entry) {
                            manifest.parts = listed.parts();
                            if let Err(error) = manifest.save(self.fs.as_ref(), dir) {
                                failed.store(true, Ordering::Release);
                                failure = failure.take().or(Some(error));
                            }
                        }
                    }
                    Ok(None) => {
                        failed.store(true, Ordering::Release);
                    }
                    Err(error) => {
                        failed.store(true, Ordering::Release);
                        failure = failure.take().or(Some(error));
                    }
                }
            }
            reader.join().unwrap_or(false)
        });
        manifest.parts = listed.parts();
        match failure {
            Some(error) => Err(error),
            None => Ok(all_read && !stop.is_cancelled()),
        }
    }
}

/// The part that a batch makes: the one that is there, or a new one. `None`: it was stopped.
fn part_of(
    dir: &Path,
    name: &str,
    batch: &Batch,
    plan: &Plan,
    lexicon: &Lexicon,
    stop: &Stop<'_>,
) -> Result<Option<PartEntry>, LibraryError> {
    if stop.is_cancelled() {
        return Ok(None);
    }
    let folder = Manifest::part_folder(dir, name);
    if let Ok(Some(seal)) = part::look(&folder) {
        stop.took(batch.articles.len(), batch.bytes());
        return Ok(Some(PartEntry {
            name: name.to_owned(),
            articles: seal.articles,
            text_bytes: seal.text_bytes,
        }));
    }
    make(dir, name, batch, &plan.reading, lexicon, stop)
}

/// What articles are read with, as the manifest keeps it.
pub(super) fn settings_of(reading: &Reading) -> Settings {
    let is_plain = reading.actors == ActorBook::default();
    let actors = if is_plain {
        0
    } else {
        use sha2::{Digest as _, Sha256};
        let digest: [u8; 32] = Sha256::digest(format!("{:?}", reading.actors)).into();
        digest
            .first_chunk()
            .map_or(1, |first| u64::from_le_bytes(*first))
    };
    Settings {
        focus: reading.focus.clone(),
        rules_off: reading.rules_off.iter().map(ToString::to_string).collect(),
        actors,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Whether articles are read alike with both; the version of the program aside.
pub(super) fn are_same(old: &Settings, new: &Settings) -> bool {
    let old = (&old.focus, &old.rules_off, old.actors);
    old == (&new.focus, &new.rules_off, new.actors)
}

fn refuse_other_settings(dir: &Path, old: &Settings, new: &Settings) -> Result<(), LibraryError> {
    if are_same(old, new) {
        return Ok(());
    }
    let why = if old.focus == new.focus {
        "it was made with other rules or actors".to_owned()
    } else {
        format!("it was made for {}, not for {}", old.focus, new.focus)
    };
    Err(LibraryError::Other {
        why,
        path: dir.to_owned(),
    })
}

/// Held while this process writes to the library; gone with the process, however it ends.
pub(super) fn lock(dir: &Path) -> Result<File, LibraryError> {
    let path = dir.join("library.lock");
    let file = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(LibraryError::io("locking the library", &path))?;
    match file.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(LibraryError::Locked {
            path: dir.to_owned(),
        }),
        // Some file systems know no locks; there the analyst is the one who takes care.
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(file),
    }
}

/// The list of parts as it grows: new ones in the order of their batches, and where a part was
/// damaged, the same one made anew.
struct Listed {
    /// Whole parts, and `Err` for the names of damaged ones.
    old: Vec<Result<PartEntry, String>>,
    new: Vec<PartEntry>,
    /// New parts that came before those in front of them.
    early: HashMap<usize, PartEntry>,
    next: usize,
}

impl Listed {
    fn new(whole: Vec<PartEntry>, slots: Vec<Option<PartEntry>>) -> Self {
        let mut whole = whole.into_iter();
        let old = slots.into_iter().filter_map(|slot| match slot {
            Some(damaged) => Some(Err(damaged.name)),
            None => whole.next().map(Ok),
        });
        Self {
            old: old.collect(),
            new: Vec::new(),
            early: HashMap::new(),
            next: 0,
        }
    }

    /// Takes in the part in place `number`; whether the list has become longer.
    fn add(&mut self, number: usize, entry: PartEntry) -> bool {
        self.early.insert(number, entry);
        let mut has_grown = false;
        while let Some(entry) = self.early.remove(&self.next) {
            self.next += 1;
            has_grown = true;
            let slot = self
                .old
                .iter_mut()
                .find(|slot| slot.as_ref().is_err_and(|name| *name == entry.name));
            match slot {
                Some(slot) => *slot = Ok(entry),
                None => self.new.push(entry),
            }
        }
        has_grown
    }

    fn parts(&self) -> Vec<PartEntry> {
        let old = self.old.iter().filter_map(|slot| slot.as_ref().ok());
        old.chain(&self.new).cloned().collect()
    }
}
