//! How long work tells of its progress and learns that it is no longer wanted.

use std::time::{Duration, Instant};

/// Who watches a piece of long work. Called from several threads at once.
pub trait Watch: Sync {
    /// `done` of `total` pieces are finished; `total` is 0 while it is not known. `what` is in
    /// words, for the status bar. Called often: an implementation drops what it can't show.
    fn report(&self, done: u64, total: u64, what: &str);

    /// Whether to stop as soon as that can be done cleanly.
    fn is_cancelled(&self) -> bool;

    /// Whether to wait, without losing anything, until this says no.
    fn is_paused(&self) -> bool {
        false
    }

    /// Waits while it is paused and not cancelled; gives since when, if it was.
    fn wait_while_paused(&self) -> Option<Instant> {
        let began = self.is_paused().then(Instant::now);
        while self.is_paused() && !self.is_cancelled() {
            std::thread::sleep(Duration::from_millis(50));
        }
        began
    }
}

/// Nobody watches, and nobody cancels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn report(&self, _done: u64, _total: u64, _what: &str) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
