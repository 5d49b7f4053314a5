//! A save from beginning to end: what may be written over, what is kept, in which order.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::super::atomic::{self, Fs, SaveError, SaveStep};
use super::super::backup;
use super::super::on_disk::{ContentHash, OnDisk, Since};
use super::{SCHEMA, first_field_schema, folder_of, migrate, to_ron};
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
    /// schema; a backup of a state that no backup holds yet; the announcement; the file itself; its
    /// backup. A file of a newer schema is never written over.
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
        let text = to_ron(self.session, self.view, folder_of(self.path).as_deref())
            .map_err(|error| fail(SaveStep::Serialize, io::Error::other(error)))?;
        let kept = match there.filter(|found| *found < SCHEMA) {
            Some(found) => Some(migrate::keep(fs, self.path, found)?),
            None => None,
        };
        let mut backup_problem = None;
        if self.backups {
            backup_problem = self.back_up_old(fs, text.as_bytes()).err();
        }
        (self.announce)(&ContentHash::of(text.as_bytes()));
        atomic::write(fs, self.path, text.as_bytes())?;
        let on_disk = OnDisk::of(self.path, text.as_bytes());
        if self.backups && backup_problem.is_none() {
            backup_problem = backup::add(fs, self.path, text.as_bytes()).err();
        }
        Ok(Saved {
            on_disk,
            kept,
            backup_problem,
        })
    }

    /// Backs up what stands there now, where no backup holds it: a session that came from elsewhere.
    fn back_up_old(&self, fs: &dyn Fs, new: &[u8]) -> Result<(), SaveError> {
        let Ok(there) = backup::list(self.path) else {
            return Ok(());
        };
        if let Some(known) = self.known
            && there.iter().any(|backup| backup.holds(&known.hash))
        {
            return Ok(());
        }
        match std::fs::read(self.path) {
            Ok(old) if old != new => backup::add(fs, self.path, &old),
            _ => Ok(()),
        }
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
