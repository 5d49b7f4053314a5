//! How fast a build goes, and what stops it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::input::Place;
use crate::store::watch::Watch;

/// So many articles come between two reports of how far it is.
const BETWEEN_REPORTS: u64 = 64;

/// Asks to stop when the user does, or when something failed.
pub(super) struct Stop<'a> {
    pub(super) watch: &'a dyn Watch,
    pub(super) failed: &'a AtomicBool,
    pub(super) pace: Pace,
}

impl Stop<'_> {
    /// Waits while the build is paused.
    pub(super) fn rest(&self) {
        if let Some(began) = self.wait_while_paused() {
            self.pace.rest(began);
        }
    }

    /// So many articles are in the library now.
    pub(super) fn took(&self, articles: usize, bytes: usize) {
        self.pace.add(articles, bytes, self);
    }
}

impl Watch for Stop<'_> {
    fn report(&self, done: u64, total: u64, what: &str) {
        self.watch.report(done, total, what);
    }

    fn is_cancelled(&self) -> bool {
        self.failed.load(Ordering::Acquire) || self.watch.is_cancelled()
    }

    fn is_paused(&self) -> bool {
        self.watch.is_paused()
    }
}

/// How fast it goes.
pub(super) struct Pace {
    began: Instant,
    /// Bytes of all files that were found.
    total: u64,
    articles: AtomicU64,
    /// Bytes that are done with: read out, or passed over.
    bytes: AtomicU64,
    /// Those of them that took no work.
    passed: AtomicU64,
    rests: Mutex<Rests>,
}

/// The times in which nothing was done, whoever waited through them.
struct Rests {
    all: Duration,
    /// The end of the last one.
    until: Instant,
}

impl Pace {
    pub(super) fn new(places: &[Place]) -> Self {
        Self {
            began: Instant::now(),
            total: places.iter().map(|place| place.size).sum(),
            articles: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            passed: AtomicU64::new(0),
            rests: Mutex::new(Rests {
                all: Duration::ZERO,
                until: Instant::now(),
            }),
        }
    }

    /// So many articles are in the library now.
    fn add(&self, articles: usize, bytes: usize, watch: &dyn Watch) {
        let before = self.articles.fetch_add(articles as u64, Ordering::Relaxed);
        let articles = before + articles as u64;
        let bytes = self.bytes.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        if before / BETWEEN_REPORTS == articles / BETWEEN_REPORTS {
            return;
        }
        let rested = self
            .rests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .all;
        let worked_for = self.began.elapsed().saturating_sub(rested);
        let secs = worked_for.as_secs_f64().max(0.001);
        let worked = bytes.saturating_sub(self.passed.load(Ordering::Relaxed));
        let rate = worked as f64 / secs;
        let left = self.total.saturating_sub(bytes) as f64 / rate.max(1.0);
        let what = format!(
            "Building the library: {articles} articles, {:.1} MB/s, {} left",
            rate / 1e6,
            duration(left)
        );
        watch.report(bytes.min(self.total), self.total, &what);
    }

    /// A thread has waited since then.
    fn rest(&self, since: Instant) {
        let mut rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let alone = now.saturating_duration_since(since.max(rests.until));
        rests.all += alone;
        rests.until = now;
    }

    /// So many bytes need no work.
    pub(super) fn pass(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.passed.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// A time in words, for a status bar.
fn duration(secs: f64) -> String {
    if secs < 90.0 {
        format!("{secs:.0} s")
    } else if secs < 5_400.0 {
        format!("{:.0} min", secs / 60.0)
    } else {
        format!("{:.1} h", secs / 3_600.0)
    }
}
