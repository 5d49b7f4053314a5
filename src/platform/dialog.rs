//! The desktop's file dialogs, beside the window and not in its way.
//!
//! A dialog is made on the interface's thread, as macOS demands, and waited for on another. No
//! answer means that the user closed it *or* that the desktop has no dialog service: the two can't
//! be told apart, so the window always offers a typed path as well.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake as TaskWake, Waker};
use std::thread::Thread;

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use rfd::{AsyncFileDialog, FileHandle};

use crate::job::Wake;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A session file to open.
    OpenSession,
    /// A folder of articles to open.
    OpenFolder,
    /// A folder for a new library.
    NewFolder,
    /// Where to save the session.
    SaveSession {
        /// The name to propose.
        file_name: String,
    },
    /// A table to read.
    OpenTable,
    /// Where to write a table.
    SaveTable {
        /// The name to propose.
        file_name: String,
    },
}

/// What a dialog came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// This was chosen.
    Chosen(PathBuf),
    /// Nothing: the user closed the dialog, or there is no dialog service.
    Nothing,
}

type Picked = Pin<Box<dyn Future<Output = Option<FileHandle>> + Send>>;

/// The dialogs of one window; one is open at a time.
pub struct Dialogs {
    wake: Wake,
    open: Option<(Ask, Receiver<Dialog>)>,
}

impl Dialogs {
    /// No dialog yet. `wake` is called once one is answered.
    #[must_use]
    pub const fn new(wake: Wake) -> Self {
        Self { wake, open: None }
    }

    /// Opens a dialog, starting in `folder`. Call it on the thread of the window; it returns at
    /// once. While another dialog is open, nothing happens and the answer is `false`.
    pub fn ask(&mut self, ask: Ask, folder: Option<&Path>) -> bool {
        if self.open.is_some() {
            return false;
        }
        let picked = picked(&ask, folder);
        let (sender, receiver) = bounded(1);
        let wake = Arc::clone(&self.wake);
        // Without a thread the sender is dropped, which reads as no answer.
        let _ = std::thread::Builder::new()
            .name("file dialog".to_owned())
            .spawn(move || {
                let dialog = wait_for(picked).map_or(Dialog::Nothing, |file| {
                    Dialog::Chosen(file.path().to_owned())
                });
                let _ = sender.send(dialog);
                wake();
            });
        self.open = Some((ask, receiver));
        true
    }

    /// What was asked and what it came to, once. Never waits.
    pub fn poll(&mut self) -> Option<(Ask, Dialog)> {
        let (_, receiver) = self.open.as_ref()?;
        let dialog = match receiver.try_recv() {
            Ok(dialog) => dialog,
            Err(TryRecvError::Disconnected) => Dialog::Nothing,
            Err(TryRecvError::Empty) => return None,
        };
        self.open.take().map(|(ask, _)| (ask, dialog))
    }

    /// Whether a dialog is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

fn picked(ask: &Ask, folder: Option<&Path>) -> Picked {
    let mut dialog = AsyncFileDialog::new();
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    match ask {
        Ask::OpenSession => Box::pin(
            dialog
                .set_title("Open session")
                .add_filter("Attaché session", &["ron"])
                .add_filter("All files", &["*"])
                .pick_file(),
        ),
        Ask::OpenFolder => Box::pin(dialog.set_title("Open folder of articles").pick_folder()),
        Ask::NewFolder => Box::pin(dialog.set_title("Folder of the library").pick_folder()),
        Ask::OpenTable => Box::pin(
            dialog
                .set_title("Import codes")
                .add_filter("Table", &["csv", "tsv", "txt"])
                .add_filter("All files", &["*"])
                .pick_file(),
        ),
        Ask::SaveTable { file_name } => Box::pin(
            dialog
                .set_title("Export codes")
                .add_filter("Table", &["csv"])
                .set_file_name(file_name)
                .save_file(),
        ),
        Ask::SaveSession { file_name } => Box::pin(
            dialog
                .set_title("Save session as")
                .add_filter("Attaché session", &["ron"])
                .set_file_name(file_name)
                .save_file(),
        ),
    }
}

/// Waits for a future on this thread.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    /// Wakes a parked thread.
    struct Unpark(Thread);
    impl TaskWake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_that_another_thread_completes_is_waited_for() {
        struct Shared(std::sync::Mutex<(bool, Option<Waker>)>);
        let shared = Arc::new(Shared(std::sync::Mutex::new((false, None))));
        let theirs = Arc::clone(&shared);
        let future = std::future::poll_fn(move |context| {
            let mut state = theirs.0.lock().unwrap();
            if state.0 {
                return Poll::Ready(7);
            }
            state.1 = Some(context.waker().clone());
            Poll::Pending
        });
        let thread = std::thread::spawn(move || {
            loop {
                let mut state = shared.0.lock().unwrap();
                if let Some(waker) = state.1.take() {
                    state.0 = true;
                    waker.wake();
                    return;
                }
                drop(state);
                std::thread::yield_now();
            }
        });
        assert_eq!(wait_for(future), 7);
        thread.join().unwrap();
    }
}
