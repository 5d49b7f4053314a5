//! A save from beginning to end: what may be written over, what is kept, in which order.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

use super::super::atomic::{self, Draft, Fs, SaveError, SaveStep};
use super::super::backup::{self, Adding};
use super::super::on_disk::{ContentHash, Hashing, OnDisk, Since};
use super::{SCHEMA, first_field_schema, folder_of, migrate, pieces};
use crate::model::session::Session;
use crate::model::view::View;

/// A save that is to be done.
pub struct Saving<'a> {
    /// The file.
    pub path: &'a Path,
    /// What to write.
    pub session: &'a Session,
    /// How it is looked at.
    pub view: &'a View,
    /// What the file held when it was read or written last: should it hold something else now, it
    /// is not written over. `None`: whatever stands there may be replaced.
    pub known: Option<&'a OnDisk>,
    /// Whether backups are made.
    pub backups: bool,
    /// Called with the hash of what will be written, before it takes the place of the old file.
    pub announce: &'a dyn Fn(&ContentHash),
}

/// A save that was done.
#[derive(Debug)]
pub struct Saved {
    /// What the file holds now.
    pub on_disk: OnDisk,
    /// Where the file of an older schema was kept.
    pub kept: Option<PathBuf>,
    /// Why there is no backup of it, where there is none.
    pub backup_problem: Option<SaveError>,
    /// Its backup, which is in its place and may not be on the disk yet; see [`Self::settle`].
    unsettled: Option<PathBuf>,
}

impl Saved {
    /// Takes out what is left to be done once the save has been told of: waiting until the backup is
    /// on the disk.
    pub fn settle(&mut self) -> impl FnOnce(&dyn Fs) + Send + use<> {
        let unsettled = self.unsettled.take();
        move |fs| {
            if let Some(backup) = unsettled {
                // The session itself is on the disk; of a backup that is not, more can't be had.
                let _ = atomic::settle(fs, &backup);
            }
        }
    }
}

/// Saves the session as the file at `path`, as [`atomic::write`] does, whatever stands there now
/// but a file of a newer schema. Makes no backup.
///
/// # Errors
/// When a step of the save fails; the file is as it was.
pub fn save(fs: &dyn Fs, path: &Path, session: &Session, view: &View) -> Result<Saved, SaveError> {
    let saving = Saving {
        path,
        session,
        view,
        known: None,
        backups: false,
        announce: &|_| {},
    };
    saving.run(fs)
}

impl Saving<'_> {
    /// Saves. In this order: whether the file may be written over; a copy of a file of an older
    /// schema; the new file and its backup, beside their places; a backup of a state that no backup
    /// holds yet; the announcement; the new file takes the place of the old one; its backup takes its own, and
    /// is waited for by [`Saved::settle`]. A file of a newer schema is never written over.
    ///
    /// # Errors
    /// When a step fails; the file is as it was.
    pub fn run(&self, fs: &dyn Fs) -> Result<Saved, SaveError> {
        let fail = |step, cause: io::Error| SaveError {
            path: self.path.to_owned(),
            step,
            cause,
        };
        let there = schema_of_file(self.path);
        if let Some(found) = there.filter(|found| *found > SCHEMA) {
            let cause = format!(
                "a newer Attaché wrote the file there (schema {found}; this one knows up to {SCHEMA})"
            );
            return Err(fail(SaveStep::Find, io::Error::other(cause)));
        }
        if let Some(known) = self.known {
            let since = known.since(self.path);
            if since.map_err(|e| fail(SaveStep::Find, e))? == Since::Changed {
                let cause = "somebody else changed the file since it was opened here";
                return Err(fail(SaveStep::Compare, io::Error::other(cause)));
            }
        }
        let kept = match there.filter(|found| *found < SCHEMA) {
            Some(found) => Some(migrate::keep(fs, self.path, found)?),
            None => None,
        };
        let Written {
            draft,
            backup,
            mut backup_problem,
            hash,
        } = self.write(fs)?;
        if self.backups {
            backup_problem = backup_problem.or(self.back_up_old(fs, &hash).err());
        }
        (self.announce)(&hash);
        draft.commit()?;
        let on_disk = OnDisk::with(self.path, hash);
        let mut unsettled = None;
        if let Some(backup) = backup.filter(|_| backup_problem.is_none()) {
            match backup.finish(&hash) {
                Ok(added) => unsettled = added,
                Err(problem) => backup_problem = Some(problem),
            }
        }
        Ok(Saved {
            on_disk,
            kept,
            backup_problem,
            unsettled,
        })
    }

    /// Writes the new file and its backup, each as far as that it can take its place.
    fn write<'a>(&self, fs: &'a dyn Fs) -> Result<Written<'a>, SaveError> {
        let mut written = Written {
            draft: Draft::begin(fs, self.path)?,
            backup: None,
            backup_problem: None,
            hash: ContentHash::of(&[]),
        };
        if self.backups {
            match Adding::begin(fs, self.path) {
                Ok(backup) => written.backup = Some(backup),
                Err(problem) => written.backup_problem = Some(problem),
            }
        }
        // The disk takes the pieces while the next ones are made.
        let (sender, pieces) = sync_channel::<String>(WAITING);
        std::thread::scope(|scope| {
            let taking = scope.spawn(move || written.take_all(&pieces));
            let folder = folder_of(self.path);
            let made = pieces::write(self.session, self.view, folder.as_deref(), |piece| {
                sender.send(piece).map_err(|_| Stopped::ByTheDisk)
            });
            drop(sender);
            let taken = taking.join();
            let taken = taken.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            match made {
                Err(Stopped::ByTheWriter(error)) => Err(SaveError {
                    path: self.path.to_owned(),
                    step: SaveStep::Serialize,
                    cause: io::Error::other(error),
                }),
                // What the disk said is told by the other thread.
                Err(Stopped::ByTheDisk) | Ok(()) => taken,
            }
        })
    }

    /// Backs up what stands there now, where no backup holds it: a session that came from elsewhere.
    fn back_up_old(&self, fs: &dyn Fs, new: &ContentHash) -> Result<(), SaveError> {
        let Ok(there) = backup::list(self.path) else {
            return Ok(());
        };
        if let Some(known) = self.known
            && let Some(length) = known.length()
            && there.iter().any(|one| one.holds_all(&known.hash, length))
        {
            return Ok(());
        }
        match std::fs::read(self.path) {
            Ok(old) if ContentHash::of(&old) != *new => backup::add(fs, self.path, &old),
            _ => Ok(()),
        }
    }
}

/// How many pieces may wait for the disk.
const WAITING: usize = 64;

/// A new file and its backup that have not taken their places yet.
struct Written<'a> {
    draft: Draft<'a>,
    backup: Option<Adding<'a>>,
    backup_problem: Option<SaveError>,
    hash: ContentHash,
}

impl Written<'_> {
    fn take_all(mut self, pieces: &Receiver<String>) -> Result<Self, SaveError> {
        let mut hashing = Hashing::default();
        for piece in pieces {
            hashing.push(piece.as_bytes());
            self.draft.push(piece.as_bytes())?;
            if let Some(backup) = &mut self.backup
                && let Err(problem) = backup.push(piece.as_bytes())
            {
                self.backup = None;
                self.backup_problem = Some(problem);
            }
            self.draft.keep_up()?;
        }
        self.hash = hashing.finish();
        Ok(self)
    }
}

/// Why no more pieces are made.
enum Stopped {
    ByTheDisk,
    ByTheWriter(ron::Error),
}

impl From<ron::Error> for Stopped {
    fn from(error: ron::Error) -> Self {
        Self::ByTheWriter(error)
    }
}

/// The schema at the head of the file at `path`, where a session stands there.
fn schema_of_file(path: &Path) -> Option<u32> {
    let mut head = Vec::new();
    // Opening a pipe would wait for its writer.
    std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    let file = std::fs::File::open(path).ok()?;
    file.take(4096).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    first_field_schema(head.strip_prefix('\u{FEFF}').unwrap_or(&head))
}
