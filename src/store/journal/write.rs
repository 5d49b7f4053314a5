//! The thread that appends: what it is given is on the disk as soon as the disk has it, and at
//! once with all that came meanwhile.
//!
//! Giving it an edit costs the interface a message. A journal that can't be written (a full disk)
//! is tried again every two seconds, as a whole, and [`Journal::problem`] says so meanwhile.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use jiff::Timestamp;

use super::record::RecordDoc;
use super::{Act, Base, Entry};
use crate::model::edit::Edit;
use crate::model::ids::{ArticleId, ItemId};
use crate::store::atomic::Fs;
use crate::store::beside;
use crate::store::lock::{SessionLock, Taken};
use crate::store::on_disk::ContentHash;
use crate::store::session_file::{Text, folder_of};

/// How long until what failed is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// How long a save waits for the journal. It goes on without: then a crash in the very moment of
/// the save asks the analyst instead of knowing.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a journal begins with.
#[derive(Debug)]
pub struct Start {
    /// The session.
    pub session: ItemId,
    /// What it builds on.
    pub base: Base,
    /// The session file that the journal stands beside; for a session without one, a name in the
    /// user's data folder where none will ever stand.
    pub beside: PathBuf,
    /// The folder for it where it can't stand there.
    pub elsewhere: Option<PathBuf>,
    /// The lock of a session without a file; taken when the journal is made where it is `None`.
    pub lock: Option<SessionLock>,
    /// Edits that were recovered: they stay in the journal until they are saved.
    pub recovered: Vec<Entry>,
    /// Whether a journal that stands there is done with, and may be replaced.
    pub replaces: bool,
}

/// The journal of the session that is open. The file is made with the first edit.
#[derive(Debug)]
pub struct Journal {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    state: Arc<Mutex<State>>,
    number: u64,
}

#[derive(Debug, Default)]
struct State {
    problem: Option<String>,
    synced: u64,
    path: Option<PathBuf>,
}

#[derive(Debug)]
enum Message {
    Entry(Box<Entry>),
    Announce {
        hash: ContentHash,
        upto: u64,
        done: Sender<()>,
    },
    Fold {
        beside: PathBuf,
        hash: ContentHash,
        upto: u64,
    },
    Discard {
        aside: bool,
    },
    /// No more will come. Not told by the end of the channel, since a save may still hold on to it.
    End,
}

/// Tells the journal that a save is about to replace the session file.
#[derive(Debug, Clone)]
pub struct Announcer {
    sender: Sender<Message>,
    upto: u64,
}

impl Announcer {
    /// Has it recorded that a file of this content will hold all edits so far, and waits for that.
    pub fn announce(&self, hash: &ContentHash) {
        let (done, told) = bounded(1);
        let (hash, upto) = (*hash, self.upto);
        if self
            .sender
            .send(Message::Announce { hash, upto, done })
            .is_ok()
        {
            let _ = told.recv_timeout(PATIENCE);
        }
    }
}

impl Journal {
    /// A journal that begins so. `wake` is called when [`Self::problem`] has changed.
    #[must_use]
    pub fn begin(fs: Arc<dyn Fs>, start: Start, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = unbounded();
        let state = Arc::<Mutex<State>>::default();
        let number = start.recovered.last().map_or(0, |entry| entry.number);
        let writer = Writer::new(fs, start, Arc::clone(&state), wake);
        let spawned = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(&receiver));
        let thread = match spawned {
            Ok(thread) => Some(thread),
            Err(error) => {
                lock(&state).problem = Some(format!("the system gives no thread for it: {error}"));
                None
            }
        };
        Self {
            sender: Some(sender),
            thread,
            state,
            number,
        }
    }

    /// Appends an edit that was applied to the session. Never waits.
    pub fn append(&mut self, act: Act, name: &str, article: Option<ArticleId>, edit: Edit) {
        self.number += 1;
        self.send(Message::Entry(Box::new(Entry {
            number: self.number,
            at: Timestamp::now(),
            act,
            name: name.to_owned(),
            article,
            edit,
        })));
    }

    /// The number of the last edit.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// For a save of the session as it is now.
    #[must_use]
    pub fn announcer(&self) -> Option<Announcer> {
        let sender = self.sender.clone()?;
        let upto = self.number;
        Some(Announcer { sender, upto })
    }

    /// The session has been saved at `beside` as a file of this content, with all edits up to
    /// `upto`: the journal goes on from there.
    pub fn fold(&self, beside: PathBuf, hash: ContentHash, upto: u64) {
        self.send(Message::Fold { beside, hash, upto });
    }

    /// The analyst gave up what is not saved. The journal is kept under another name (`aside`) or
    /// removed.
    pub fn discard(mut self, aside: bool) {
        self.send(Message::Discard { aside });
        self.finish();
    }

    /// Why it can't be written at present.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        lock(&self.state).problem.clone()
    }

    /// The number of the last edit that is on the disk.
    #[must_use]
    pub fn synced(&self) -> u64 {
        lock(&self.state).synced
    }

    /// Where its file is, once there is one.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        lock(&self.state).path.clone()
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            // Without its thread the problem is told of already.
            let _ = sender.send(message);
        }
    }

    fn finish(&mut self) {
        self.send(Message::End);
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What was appended is on the disk afterwards, if it can be.
impl Drop for Journal {
    fn drop(&mut self) {
        self.finish();
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Writer {
    fs: Arc<dyn Fs>,
    session: ItemId,
    base: Base,
    after: u64,
    beside: PathBuf,
    elsewhere: Option<PathBuf>,
    lock: Option<SessionLock>,
    replaces: bool,
    /// Records since the head, each with the number of the last edit then.
    lines: Vec<(u64, Vec<u8>)>,
    /// How many of them are in the file.
    written: usize,
    /// Open for appending; `None` before the first edit and after a failure.
    file: Option<File>,
    path: Option<PathBuf>,
    told: Vec<Sender<()>>,
    is_over: bool,
    state: Arc<Mutex<State>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Writer {
    fn new(
        fs: Arc<dyn Fs>,
        start: Start,
        state: Arc<Mutex<State>>,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Self {
        let first = start.recovered.first();
        let mut writer = Self {
            fs,
            session: start.session,
            base: start.base,
            after: first.map_or(0, |entry| entry.number.saturating_sub(1)),
            beside: start.beside,
            elsewhere: start.elsewhere,
            lock: start.lock,
            replaces: start.replaces,
            lines: Vec::new(),
            written: 0,
            file: None,
            path: None,
            told: Vec::new(),
            is_over: false,
            state,
            wake,
        };
        for entry in &start.recovered {
            writer.add(entry);
        }
        writer
    }

    fn run(mut self, receiver: &Receiver<Message>) {
        self.flush();
        loop {
            let first = if self.is_behind() {
                receiver.recv_timeout(RETRY)
            } else {
                receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match first {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.is_over = true,
            }
            // All that came while the disk was busy goes with one wait for it.
            while let Ok(message) = receiver.try_recv() {
                self.take(message);
            }
            self.flush();
            if self.is_over {
                return;
            }
        }
    }

    fn is_behind(&self) -> bool {
        self.written < self.lines.len()
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Entry(entry) => self.add(&entry),
            Message::Announce { hash, upto, done } => {
                // Without an edit there is nothing that a crash could lose or double.
                if !self.lines.is_empty() {
                    let hash = Text(hash);
                    self.push(upto, &RecordDoc::Save { hash, upto });
                }
                self.told.push(done);
            }
            Message::Fold { beside, hash, upto } => self.fold(beside, hash, upto),
            Message::Discard { aside } => self.discard(aside),
            Message::End => self.is_over = true,
        }
    }

    fn folder(&self) -> Option<PathBuf> {
        folder_of(&self.beside)
    }

    fn add(&mut self, entry: &Entry) {
        let record = RecordDoc::entry(entry, self.folder().as_deref());
        self.push(entry.number, &record);
    }

    fn push(&mut self, number: u64, record: &RecordDoc) {
        match record.line() {
            Ok(line) => self.lines.push((number, line)),
            Err(why) => self.tell(Some(format!("an edit can't be put into words: {why}"))),
        }
    }

    /// Brings the file up to date, and tells how that went.
    fn flush(&mut self) {
        if self.is_behind() {
            let problem = self.write().err();
            if problem.is_some() {
                self.file = None;
            }
            self.tell(problem);
        }
        for told in self.told.drain(..) {
            let _ = told.try_send(());
        }
    }

    fn write(&mut self) -> Result<(), String> {
        if let Some(file) = &mut self.file {
            let new = self.lines.iter().skip(self.written);
            let bytes: Vec<u8> = new.flat_map(|(_, line)| line).copied().collect();
            let done = self
                .fs
                .write(file, &bytes)
                .and_then(|()| self.fs.sync(file));
            done.map_err(|error| error.to_string())?;
        } else {
            self.write_anew()?;
        }
        self.written = self.lines.len();
        Ok(())
    }

    /// Writes the journal as a whole: beside the session, or else in the user's folder.
    fn write_anew(&mut self) -> Result<(), String> {
        let folder = self.folder();
        let head = RecordDoc::head(self.session, &self.base, self.after, folder.as_deref());
        let mut bytes = head.line()?;
        for (_, line) in &self.lines {
            bytes.extend_from_slice(line);
        }
        let near = beside::journal(&self.beside);
        let far = self.elsewhere.as_deref();
        let far = far.map(|folder| elsewhere(folder, &self.beside));
        let mut problems = Vec::new();
        for path in [Some(near), far].into_iter().flatten() {
            match self.make(&path, &bytes) {
                Ok(file) => {
                    self.file = Some(file);
                    let old = self.path.replace(path.clone());
                    if let Some(old) = old.filter(|old| *old != path) {
                        let _ = self.fs.remove(&old);
                    }
                    lock(&self.state).path = Some(path);
                    return Ok(());
                }
                Err(error) => problems.push(format!("{error}: {}", path.display())),
            }
        }
        Err(problems.join("; "))
    }

    /// Puts a whole journal at `path`, and leaves it open for appending.
    fn make(&mut self, path: &Path, bytes: &[u8]) -> std::io::Result<File> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        if self.lock.is_none() && matches!(self.base, Base::New(_)) {
            match SessionLock::take(&self.beside)? {
                Taken::Ours(lock) => self.lock = Some(lock),
                Taken::Theirs(holder) => {
                    return Err(std::io::Error::other(format!("{holder} writes it")));
                }
            }
        }
        if !self.replaces && self.path.as_deref() != Some(path) && path.exists() {
            // Nobody said what to do with it.
            self.fs.rename(path, &beside::free(path, "aside"))?;
        }
        let new = path.with_file_name(format!(".attache-{}.tmp", uuid::Uuid::now_v7().simple()));
        let mut file = self.fs.create(&new, None)?;
        let made = self
            .fs
            .write(&mut file, bytes)
            .and_then(|()| self.fs.sync(&file))
            .and_then(|()| self.fs.rename(&new, path));
        if let Err(error) = made {
            let _ = self.fs.remove(&new);
            return Err(error);
        }
        if let Some(folder) = path.parent() {
            self.fs.sync_folder(folder)?;
        }
        Ok(file)
    }

    fn fold(&mut self, beside: PathBuf, hash: ContentHash, upto: u64) {
        self.lines.retain(|(number, _)| *number > upto);
        self.base = Base::File(hash);
        self.after = upto;
        let moved = self.beside != beside;
        self.beside = beside;
        self.lock = None;
        self.file = None;
        self.written = 0;
        if self.lines.is_empty() {
            self.remove();
        }
        // A journal beside the new file belongs to what was there before.
        self.replaces &= !moved;
        self.tell(None);
    }

    fn remove(&mut self) {
        if let Some(path) = self.path.take() {
            // Should it stay, it says itself that the file lacks nothing of it.
            let _ = self.fs.remove(&path);
        }
        lock(&self.state).path = None;
    }

    fn discard(&mut self, aside: bool) {
        self.flush();
        self.file = None;
        if let Some(path) = self.path.as_deref().filter(|_| aside) {
            if self
                .fs
                .rename(path, &beside::free(path, "discarded"))
                .is_ok()
            {
                self.path = None;
            }
        } else {
            self.remove();
        }
        self.lines.clear();
        self.written = 0;
        self.lock = None;
    }

    fn tell(&self, problem: Option<String>) {
        let mut state = lock(&self.state);
        if problem.is_none() && !self.is_behind() {
            state.synced = self.lines.last().map_or(self.after, |(number, _)| *number);
        }
        let changed = state.problem != problem;
        state.problem = problem;
        drop(state);
        if changed {
            (self.wake)();
        }
    }
}

/// Where the journal of a session is kept whose folder is not to be written to.
#[must_use]
pub(super) fn elsewhere(folder: &Path, session: &Path) -> PathBuf {
    let real = beside::real(session);
    let hash = ContentHash::of(real.as_os_str().as_encoded_bytes()).to_string();
    let mark = hash.get(..16).unwrap_or_default();
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    folder.join(format!("{name}-{mark}.journal"))
}
