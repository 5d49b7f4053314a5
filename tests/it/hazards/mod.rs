//! What may befall a session on its way to the disk, and that nothing is lost by it. The quick
//! runs are part of every test run; `./x soak` runs the long ones and prints what they found.

mod broken;
mod disk;
mod kill;
mod power;

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use attache::model::edit::Edit;
use attache::model::history::History;
use attache::model::ids::{ActorId, ItemId};
use attache::model::session::{CorpusSource, Session};
use attache::model::view::View;
use attache::store::atomic::{Fs, RealFs, SaveError};
use attache::store::beside;
use attache::store::journal::{self, Act, Base, Journal, Start, replay};
use attache::store::on_disk::OnDisk;
use attache::store::session_file::{self, Saving};

/// A line of the table that `./x soak` prints.
fn report(hazard: &str, found: &str) {
    println!("| {hazard} | {found} |");
}

fn plain() -> Session {
    let id = ItemId(uuid::Uuid::from_u128(7));
    let (by, analyst) = (ActorId::new("BY"), "Ann".to_owned());
    Session::new(id, CorpusSource::Sample, by, analyst)
}

/// What an I/O step does when its number comes.
#[derive(Clone, Copy)]
enum Fate {
    /// It fails as on a full disk; a write leaves a part.
    Fails,
    /// The process is killed; in a write, after a part.
    Dies,
}

/// The file system until a certain step.
struct Until {
    step: usize,
    fate: Fate,
    /// All later steps fail, too.
    for_good: bool,
    taken: AtomicUsize,
}

impl Until {
    fn new(step: usize, fate: Fate, for_good: bool) -> Self {
        Self {
            step,
            fate,
            for_good,
            taken: AtomicUsize::new(0),
        }
    }

    /// How many steps were asked for.
    fn taken(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }

    /// Whether this step goes wrong.
    fn is_it(&self) -> bool {
        let step = self.taken.fetch_add(1, Ordering::SeqCst);
        step == self.step || (self.for_good && step > self.step)
    }

    fn strike(&self) -> io::Error {
        if matches!(self.fate, Fate::Dies) {
            let me = std::process::id().to_string();
            let _ = std::process::Command::new("kill")
                .args(["-KILL", &me])
                .status();
            std::thread::sleep(std::time::Duration::from_mins(1));
        }
        io::ErrorKind::StorageFull.into()
    }

    fn check(&self) -> io::Result<()> {
        if self.is_it() {
            Err(self.strike())
        } else {
            Ok(())
        }
    }
}

impl Fs for Until {
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<Metadata>)> {
        self.check()?;
        RealFs.target(path)
    }

    fn create(&self, path: &Path, like: Option<&Permissions>) -> io::Result<File> {
        self.check()?;
        RealFs.create(path, like)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if self.is_it() {
            RealFs.write(file, &bytes[..bytes.len() / 2])?;
            return Err(self.strike());
        }
        RealFs.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.check()?;
        RealFs.sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check()?;
        RealFs.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.check()?;
        RealFs.sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.check()?;
        RealFs.remove(path)
    }
}

/// A session with its history, its journal and its file, as a window has them.
struct Window {
    fs: Arc<dyn Fs>,
    path: PathBuf,
    session: Session,
    history: History,
    journal: Journal,
    known: Option<OnDisk>,
}

impl Window {
    /// On a file that is there.
    fn open(fs: Arc<dyn Fs>, path: &Path) -> Self {
        let loaded = session_file::load(path).unwrap();
        let hash = loaded.on_disk.as_ref().unwrap().hash;
        let start = Start {
            session: loaded.session.id,
            base: Base::File(hash),
            beside: path.to_owned(),
            elsewhere: None,
            lock: None,
            recovered: Vec::new(),
            replaces: true,
        };
        Self {
            journal: Journal::begin(Arc::clone(&fs), start, Arc::new(|| {})),
            fs,
            path: path.to_owned(),
            session: loaded.session,
            history: History::default(),
            known: loaded.on_disk,
        }
    }

    fn edit(&mut self, name: &str) {
        let edit = Edit::Search(name.to_owned(), Some("drone".to_owned()));
        self.history.apply(&mut self.session, name, None, &edit);
        self.journal.append(Act::Step, name, None, edit);
    }

    /// Waits until the journal has all edits, or says why not.
    fn wait(&self) {
        while self.journal.synced() < self.journal.number() && self.journal.problem().is_none() {
            std::thread::yield_now();
        }
    }

    fn save(&mut self) -> Result<(), SaveError> {
        let announcer = self.journal.announcer().unwrap();
        let upto = self.journal.number();
        let saving = Saving {
            path: &self.path,
            session: &self.session,
            view: &View::default(),
            known: self.known.as_ref(),
            backups: true,
            announce: &|hash| announcer.announce(hash),
        };
        let saved = saving.run(&*self.fs)?;
        self.journal
            .fold(self.path.clone(), saved.on_disk.hash, upto);
        self.known = Some(saved.on_disk);
        Ok(())
    }
}

/// The names of the edits that a window finds after a crash, in the file and in its journal.
fn found_after(path: &Path) -> Vec<String> {
    let loaded = session_file::load(path).unwrap();
    let mut session = loaded.session;
    if let Ok(Some(found)) = journal::read(&beside::journal(path), path) {
        let hash = loaded.on_disk.unwrap().hash;
        let missing = found.missing(&hash).expect("it builds on this file");
        replay(&mut session, &mut History::default(), missing);
    }
    session.searches.into_keys().collect()
}

/// A saved session in a folder of its own.
fn saved() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    session_file::save(&RealFs, &path, &plain(), &View::default()).unwrap();
    (folder, path)
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn a_save_that_fails_anywhere_leaves_one_file_whole_and_no_edit_behind() {
    let mut steps = 0;
    for for_good in [false, true] {
        for step in 0.. {
            let (folder, path) = saved();
            let old = std::fs::read(&path).unwrap();
            let fs = Arc::new(Until::new(step, Fate::Fails, for_good));
            let mut window = Window::open(fs.clone(), &path);
            window.edit("one");
            window.wait();
            window.edit("two");
            window.wait();
            let done = window.save();
            let new = session_file::to_ron(&window.session, &View::default(), Some(folder.path()));
            let now = std::fs::read(&path).unwrap();
            let is_new = now == new.unwrap().into_bytes();
            assert!(
                is_new || now == old,
                "step {step}: neither the old file nor the new one"
            );
            assert!(
                is_new || done.is_err(),
                "step {step}: acknowledged, and not there"
            );
            if let Err(error) = done {
                let said = error.to_string();
                assert!(said.contains("work.ron") && said.contains("save"), "{said}");
            }
            drop(window);
            if !for_good {
                // The journal is tried again, so both edits are somewhere.
                assert_eq!(found_after(&path), ["one", "two"], "step {step}");
                let left = names_in(folder.path());
                assert!(
                    !left.iter().any(|name| name.starts_with(".attache-")),
                    "step {step}: {left:?}"
                );
            }
            if fs.taken() <= step {
                steps = steps.max(step);
                break;
            }
        }
    }
    assert!(steps > 25, "only {steps} steps");
    report(
        "crash in save: fails at every I/O step, once and from there on",
        &format!("{steps} steps: the old or the new file at each"),
    );
}
