//! A question that keeps changing: only the newest one is worked on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::priority::give_way;
use super::{Cancel, Wake};

/// A worker that answers the newest request. Older ones that it has not begun are forgotten; the
/// one that it is at is asked to stop.
///
/// The last answer stays until a newer one comes, so the interface always has one to show.
pub struct Latest<Req, Res> {
    shared: Arc<Shared<Req, Res>>,
    /// `None` where the system had no thread to give; then nothing is answered.
    worker: Option<JoinHandle<()>>,
}

struct Shared<Req, Res> {
    slot: Mutex<Slot<Req, Res>>,
    changed: Condvar,
    /// There is an answer, or there will be none.
    answered: Condvar,
}

struct Slot<Req, Res> {
    waiting: Option<Req>,
    answer: Option<Res>,
    /// Of the request that is being worked on.
    cancel: Cancel,
    is_working: bool,
    is_closed: bool,
}

impl<Req, Res> Shared<Req, Res> {
    fn lock(&self) -> MutexGuard<'_, Slot<Req, Res>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Req: Send + 'static, Res: Send + 'static> Latest<Req, Res> {
    /// A worker on a thread of this name. `answer` looks at its [`Cancel`] now and then and gives
    /// `None` when it was asked to stop; an answer that it gives nevertheless is posted. `wake` is
    /// called for each answer.
    #[must_use]
    pub fn new(
        name: &str,
        wake: Wake,
        mut answer: impl FnMut(Req, &Cancel) -> Option<Res> + Send + 'static,
    ) -> Self {
        let mut is_new = true;
        Self::in_steps(name, wake, move |request, cancel, _| {
            if std::mem::take(&mut is_new) {
                give_way();
            }
            answer(request, cancel)
        })
    }

    /// The same, for answers that can be shown before they are complete: `answer` may post some
    /// through its third argument on the way to the last one.
    #[must_use]
    pub fn in_steps(
        name: &str,
        wake: Wake,
        mut answer: impl FnMut(Req, &Cancel, &dyn Fn(Res)) -> Option<Res> + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared {
            slot: Mutex::new(Slot {
                waiting: None,
                answer: None,
                cancel: Cancel::default(),
                is_working: false,
                is_closed: false,
            }),
            changed: Condvar::new(),
            answered: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let worker = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || work(&theirs, &wake, &mut answer));
        Self {
            shared,
            worker: worker.ok(),
        }
    }

    /// Asks for `request` in place of anything asked before. Never waits.
    pub fn ask(&self, request: Req) {
        let mut slot = self.shared.lock();
        slot.waiting = Some(request);
        slot.cancel.cancel();
        self.shared.changed.notify_one();
    }

    /// The newest answer, once. Never waits.
    #[must_use]
    pub fn take(&self) -> Option<Res> {
        self.shared.lock().answer.take()
    }

    /// The newest answer, once; where it is still being worked on, waits for it for so long.
    #[must_use]
    pub fn take_within(&self, patience: Duration) -> Option<Res> {
        let is_awaited = |slot: &mut Slot<Req, Res>| {
            slot.answer.is_none() && (slot.is_working || slot.waiting.is_some())
        };
        let answered = &self.shared.answered;
        let waited = answered.wait_timeout_while(self.shared.lock(), patience, is_awaited);
        let (mut slot, _) = waited.unwrap_or_else(PoisonError::into_inner);
        slot.answer.take()
    }

    /// Whether a request waits or is being worked on.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let slot = self.shared.lock();
        slot.is_working || slot.waiting.is_some()
    }
}

fn work<Req, Res>(
    shared: &Shared<Req, Res>,
    wake: &Wake,
    answer: &mut impl FnMut(Req, &Cancel, &dyn Fn(Res)) -> Option<Res>,
) {
    let post = |result: Res| {
        shared.lock().answer = Some(result);
        shared.answered.notify_all();
        wake();
    };
    loop {
        let (request, cancel) = {
            let mut slot = shared.lock();
            loop {
                if slot.is_closed {
                    return;
                }
                if let Some(request) = slot.waiting.take() {
                    slot.cancel = Cancel::default();
                    slot.is_working = true;
                    break (request, slot.cancel.clone());
                }
                slot = shared
                    .changed
                    .wait(slot)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        };
        // A request that panics is one without an answer; the next may do better. The panic's
        // words have been printed by its hook.
        let result = catch_unwind(AssertUnwindSafe(|| answer(request, &cancel, &post)));
        {
            let mut slot = shared.lock();
            slot.is_working = false;
            if let Ok(Some(result)) = result {
                slot.answer = Some(result);
            }
        }
        shared.answered.notify_all();
        wake();
    }
}

impl<Req, Res> Drop for Latest<Req, Res> {
    fn drop(&mut self) {
        {
            let mut slot = self.shared.lock();
            slot.is_closed = true;
            slot.cancel.cancel();
        }
        self.shared.changed.notify_one();
        if let Some(worker) = self.worker.take() {
            // It does not panic outside of what is caught.
            let _ = worker.join();
        }
    }
}
