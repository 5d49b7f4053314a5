//! Background work: named threads that report to the interface and can be stopped. Knows no
//! interface; what arrives calls a `wake` that the interface gives.
//!
//! - [`Jobs`] runs pieces of work that each happen once: an import, a save, a walk over the
//!   corpus. They tell of themselves in [`Event`]s, in order, through one bounded channel.
//! - [`Latest`] answers a question that keeps changing (a filter as it is typed): only the newest
//!   one is worked on.
//!
//! A piece of work that panics ends as [`Outcome::Panicked`]; the program goes on.

pub mod agreement;
mod corpus_walk;
mod indexing;
mod latest;
pub mod library;
mod priority;
mod session_work;

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

pub use corpus_walk::Answers;
pub use latest::Latest;
pub use priority::let_pool_give_way;
pub use session_work::{SaveSession, SavedSession};

use crate::store::watch::Watch;

/// Called from any thread whenever something has arrived for the interface.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The least time between two reports of a piece of work, in milliseconds: what an eye can follow.
const BETWEEN_REPORTS: u64 = 100;

/// How many events may wait for the interface before work waits for it to catch up.
const WAITING_EVENTS: usize = 256;

/// Asks a piece of work to stop. Clones ask the same one.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks it to stop as soon as that can be done cleanly.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it was asked to.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Holds a piece of work that looks at it, and lets it go on. Clones hold the same one.
#[derive(Debug, Clone, Default)]
struct Pause(Arc<AtomicBool>);

/// What a running piece of work is led by.
struct Running {
    cancel: Cancel,
    pause: Pause,
    thread: JoinHandle<()>,
}

/// The name of a piece of work. Never given twice by the same [`Jobs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

/// How far a piece of work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Pieces finished.
    pub done: u64,
    /// Pieces in all; 0 while it is not known.
    pub total: u64,
    /// What is being done, in words for the status bar.
    pub what: String,
}

/// What background work tells, in this order for each piece: one `Begin`, any number of `Report`
/// and `Message`, one `End`.
#[derive(Debug)]
pub enum Event<M> {
    /// It has begun.
    Begin {
        /// Which.
        job: JobId,
        /// What the status bar calls it.
        name: String,
    },
    /// How far it is. Some are left out when they come too fast.
    Report {
        /// Which.
        job: JobId,
        /// How far.
        progress: Progress,
    },
    /// What it found. None is left out.
    Message {
        /// Which.
        job: JobId,
        /// What.
        message: M,
    },
    /// It is over.
    End {
        /// Which.
        job: JobId,
        /// How.
        outcome: Outcome,
    },
}

/// How a piece of work ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All was done.
    Done,
    /// It was asked to stop. What it found until then has been told.
    Cancelled,
    /// A fault of the program stopped it, or the system had no thread for it, with these words.
    Panicked(String),
}

/// Pieces of work, each on a thread of its own. `M` is the closed enum of what they find.
///
/// Dropping it asks all of them to stop and waits until they have: work that must not be cut
/// short, such as a save, does not look at its [`Cancel`].
pub struct Jobs<M> {
    sender: Sender<Event<M>>,
    /// `None` only while dropping.
    receiver: Option<Receiver<Event<M>>>,
    wake: Wake,
    running: BTreeMap<JobId, Running>,
    spawned: u64,
}

impl<M: Send + 'static> Jobs<M> {
    /// No work yet.
    #[must_use]
    pub fn new(wake: Wake) -> Self {
        let (sender, receiver) = bounded(WAITING_EVENTS);
        Self {
            sender,
            receiver: Some(receiver),
            wake,
            running: BTreeMap::new(),
            spawned: 0,
        }
    }

    /// Does `work` on a thread of its own. `name` is shown while it runs.
    ///
    /// When the system has no thread to give, it ends at once as [`Outcome::Panicked`].
    pub fn spawn(&mut self, name: &str, work: impl FnOnce(&Context<M>) + Send + 'static) -> JobId {
        self.spawned += 1;
        let job = JobId(self.spawned);
        let context = Context {
            job,
            cancel: Cancel::default(),
            pause: Pause::default(),
            began: Instant::now(),
            shown: AtomicU64::new(0),
            sender: self.sender.clone(),
            wake: Arc::clone(&self.wake),
        };
        let (cancel, pause) = (context.cancel.clone(), context.pause.clone());
        let shown = name.to_owned();
        let spawned = std::thread::Builder::new()
            .name(format!("job {name}"))
            .spawn(move || {
                priority::give_way();
                context.run(shown, work);
            });
        match spawned {
            Ok(thread) => {
                let running = Running {
                    cancel,
                    pause,
                    thread,
                };
                self.running.insert(job, running);
            }
            Err(error) => self.tell_of_no_thread(job, name, &error),
        }
        job
    }

    fn tell_of_no_thread(&self, job: JobId, name: &str, error: &std::io::Error) {
        let outcome = Outcome::Panicked(format!("the system gives no thread for it: {error}"));
        let name = name.to_owned();
        // Not waiting: this may be the thread that empties the channel.
        let _ = self.sender.try_send(Event::Begin { job, name });
        let _ = self.sender.try_send(Event::End { job, outcome });
        (self.wake)();
    }

    /// The events that have arrived since the last call. Never waits.
    pub fn poll(&mut self) -> Vec<Event<M>> {
        let Some(receiver) = &self.receiver else {
            return Vec::new();
        };
        // No more than were there at first, so that fast work can't hold up a frame.
        let events: Vec<_> = receiver.try_iter().take(WAITING_EVENTS).collect();
        for event in &events {
            if let Event::End { job, .. } = event {
                self.running.remove(job);
            }
        }
        if events.len() == WAITING_EVENTS {
            (self.wake)();
        }
        events
    }

    /// Asks a piece of work to stop. It still ends with an [`Event::End`].
    pub fn cancel(&self, job: JobId) {
        if let Some(running) = self.running.get(&job) {
            running.cancel.cancel();
        }
    }

    /// Lets a piece of work wait, or go on. Only work that calls [`Watch::wait_while_paused`] does.
    pub fn pause(&self, job: JobId, is_paused: bool) {
        if let Some(running) = self.running.get(&job) {
            running.pause.0.store(is_paused, Ordering::Release);
        }
    }

    /// Asks everything to stop.
    pub fn cancel_all(&self) {
        for running in self.running.values() {
            running.cancel.cancel();
        }
    }

    /// Whether anything has not ended yet.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }
}

impl<M> Drop for Jobs<M> {
    fn drop(&mut self) {
        // Without a receiver nobody waits to tell something.
        self.receiver = None;
        for running in self.running.values() {
            running.cancel.cancel();
        }
        for (_, running) in std::mem::take(&mut self.running) {
            // A panic has been caught and told of.
            let _ = running.thread.join();
        }
    }
}

/// What a piece of work has to do with the outside.
pub struct Context<M> {
    job: JobId,
    cancel: Cancel,
    pause: Pause,
    began: Instant,
    /// When a report is shown next, in milliseconds since it began.
    shown: AtomicU64,
    sender: Sender<Event<M>>,
    wake: Wake,
}

impl<M> Context<M> {
    /// Tells what was found. Waits while the interface is behind; lost once it is gone.
    pub fn send(&self, message: M) {
        self.tell(Event::Message {
            job: self.job,
            message,
        });
    }

    /// The token that asks this piece of work to stop.
    #[must_use]
    pub const fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    fn tell(&self, event: Event<M>) {
        if self.sender.send(event).is_err() {
            // The interface is gone, and with it the wish for the rest.
            self.cancel.cancel();
        }
        (self.wake)();
    }

    fn run(self, name: String, work: impl FnOnce(&Self)) {
        self.tell(Event::Begin {
            job: self.job,
            name,
        });
        // What the work held is dropped with it; nothing half-changed is seen afterwards.
        let outcome = match catch_unwind(AssertUnwindSafe(|| work(&self))) {
            Err(panic) => Outcome::Panicked(words_of(panic.as_ref())),
            Ok(()) if self.cancel.is_cancelled() => Outcome::Cancelled,
            Ok(()) => Outcome::Done,
        };
        self.tell(Event::End {
            job: self.job,
            outcome,
        });
    }
}

impl<M: Send> Watch for Context<M> {
    fn report(&self, done: u64, total: u64, what: &str) {
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let is_due = |next: u64| (now >= next).then_some(now + BETWEEN_REPORTS);
        let due = self
            .shown
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, is_due);
        // The last one is always told.
        if due.is_err() && (total == 0 || done != total) {
            return;
        }
        let progress = Progress {
            done,
            total,
            what: what.to_owned(),
        };
        let job = self.job;
        match self.sender.try_send(Event::Report { job, progress }) {
            Ok(()) => (self.wake)(),
            // A later report says more than this one.
            Err(TrySendError::Full(_)) => {}
            Err(TrySendError::Disconnected(_)) => self.cancel.cancel(),
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    fn is_paused(&self) -> bool {
        self.pause.0.load(Ordering::Acquire)
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned());
    words
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned())
}

#[cfg(test)]
mod tests;
