//! One writer a session: a lock that the kernel frees when its holder dies.
//!
//! The lock is on a file of its own beside the session (`.work.ron.lock`), since saving replaces
//! the session file itself. What stands in it names the holder and decides nothing.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::beside;

/// Who holds a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The user's account.
    pub user: String,
    /// The computer.
    pub host: String,
    /// The number of the process.
    pub pid: u32,
    /// Since when, in RFC 3339; for reading only.
    pub since: String,
}

impl Holder {
    /// This process.
    #[must_use]
    pub fn me() -> Self {
        let variable = |names: &[&str]| {
            let values = names.iter().filter_map(|name| std::env::var(name).ok());
            values.into_iter().find(|value| !value.is_empty())
        };
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
            .or_else(|_| std::fs::read_to_string("/etc/hostname"))
            .ok()
            .map(|name| name.trim().to_owned())
            .or_else(|| variable(&["COMPUTERNAME", "HOSTNAME"]));
        Self {
            user: variable(&["USER", "USERNAME", "LOGNAME"]).unwrap_or_default(),
            host: host.unwrap_or_default(),
            pid: std::process::id(),
            since: Timestamp::now().to_string(),
        }
    }
}

/// As in "anna on desk-3 (process 4711, since 22 November 2026, 03:10)".
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |text: &str, other: &str| {
            if text.is_empty() {
                other.to_owned()
            } else {
                text.to_owned()
            }
        };
        let user = or(&self.user, "somebody");
        let host = or(&self.host, "this computer");
        write!(f, "{user} on {host} (process {}", self.pid)?;
        if let Ok(since) = self.since.parse::<Timestamp>() {
            let since = since.to_zoned(jiff::tz::TimeZone::system());
            write!(f, ", since {}", since.strftime("%-d %B %Y, %H:%M"))?;
        }
        f.write_str(")")
    }
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Taken {
    /// It is ours, until the lock is dropped.
    Ours(SessionLock),
    /// Somebody else has it.
    Theirs(Holder),
}

/// The right to write one session. Freed when dropped, or by the kernel when the process dies.
#[derive(Debug)]
pub struct SessionLock {
    /// Of the session, links followed.
    session: PathBuf,
    path: PathBuf,
    file: File,
}

impl SessionLock {
    /// Asks for the lock of the session at `session`. Never waits.
    ///
    /// # Errors
    /// When there can be no lock: the folder is not to be written to, or its file system has none.
    pub fn take(session: &Path) -> io::Result<Taken> {
        let path = beside::lock(session);
        // A holder that ends removes its file: what we locked may be gone from the folder by then.
        for _ in 0..100 {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            match file.try_lock() {
                Ok(()) if is_still_at(&file, &path) => {
                    write_holder(&mut file)?;
                    let session = beside::real(session);
                    return Ok(Taken::Ours(Self {
                        session,
                        path,
                        file,
                    }));
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(Taken::Theirs(read_holder(&mut file))),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::other("the lock is taken and freed all the time"))
    }

    /// Whether it is the lock of this session.
    #[must_use]
    pub fn is_of(&self, session: &Path) -> bool {
        self.session == beside::real(session)
    }
}

impl Drop for SessionLock {
    fn drop(&mut self) {
        // While it is locked, so that nobody else's is removed. Elsewhere than on Unix a file that
        // is open can't be told from its successor, so it stays.
        if cfg!(unix) && is_still_at(&self.file, &self.path) {
            let _ = std::fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same =
        |a: std::fs::Metadata, b: std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(ours), Ok(there)) => same(ours, there),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_file: &File, _path: &Path) -> bool {
    true
}

fn write_holder(file: &mut File) -> io::Result<()> {
    let text = ron::to_string(&Holder::me()).map_err(io::Error::other)?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}

/// Who holds it, as far as the file tells: its holder may be writing it just now.
fn read_holder(file: &mut File) -> Holder {
    let mut text = String::new();
    let read = file.take(4096).read_to_string(&mut text).ok();
    let holder = read.and_then(|_| ron::from_str(&text).ok());
    holder.unwrap_or(Holder {
        user: String::new(),
        host: String::new(),
        pid: 0,
        since: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(session: &Path) -> SessionLock {
        match SessionLock::take(session).unwrap() {
            Taken::Ours(lock) => lock,
            Taken::Theirs(holder) => panic!("held by {holder}"),
        }
    }

    #[test]
    fn the_second_is_told_who_the_first_is_and_gets_it_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("work.ron");
        let first = ours(&session);
        assert!(first.is_of(&session));
        let Taken::Theirs(holder) = SessionLock::take(&session).unwrap() else {
            panic!("two have it");
        };
        assert_eq!(holder.pid, std::process::id());
        assert!(holder.to_string().contains("process"), "{holder}");
        // Another session is another lock.
        let other = ours(&folder.path().join("other.ron"));
        drop(first);
        let again = ours(&session);
        drop((again, other));
        if cfg!(unix) {
            assert_eq!(
                std::fs::read_dir(folder.path()).unwrap().count(),
                0,
                "no lock is left"
            );
        }
    }

    #[test]
    fn a_file_that_a_dead_holder_left_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("work.ron");
        std::fs::write(beside::lock(&session), "(user: \"x\", half a hold").unwrap();
        drop(ours(&session));
    }

    #[test]
    fn many_at_once_never_hold_it_together() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("work.ron");
        let (inside, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        if let Ok(Taken::Ours(lock)) = SessionLock::take(&session) {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            taken.fetch_add(1, Ordering::SeqCst);
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
