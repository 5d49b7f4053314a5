//! A save that leaves the old file or the new one, whatever fails in between.
//!
//! Order: a new file in the same folder, its content, fsync of the file, rename over the old one,
//! fsync of the folder. Until the rename the old file is untouched; the rename replaces it as a
//! whole; the last fsync makes the rename outlive a power cut. See Pillai et al., "All File
//! Systems Are Not Created Equal", OSDI 2014, for what goes wrong without one of them.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The steps of a save that can fail, so that a test can make each of them fail.
pub trait Fs: Send + Sync {
    /// Where `path` leads after all links, and what stands there: `None` when nothing does.
    ///
    /// # Errors
    /// When the system can't tell.
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<std::fs::Metadata>)>;

    /// Makes a new file; one that exists is an error. `like`: the permissions of the file that it
    /// will replace, so that nobody else can read it meanwhile.
    ///
    /// # Errors
    /// When the system refuses.
    fn create(&self, path: &Path, like: Option<&Permissions>) -> io::Result<File>;

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// When the disk is full, for example. A part may have been written.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;

    /// Waits until the file's content is on the disk.
    ///
    /// # Errors
    /// When it did not get there.
    fn sync(&self, file: &File) -> io::Result<()>;

    /// Puts `from` in the place of `to`, as a whole.
    ///
    /// # Errors
    /// When the system refuses; `to` is as it was.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the folder's entries are on the disk.
    ///
    /// # Errors
    /// When they did not get there.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// When the system refuses.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// Why a file could not be saved. The file is as it was before, except after
/// [`SaveStep::SyncFolder`], when it holds the new content.
#[derive(Debug, Error)]
#[error("could not save: {step} failed ({cause}). {}: {}", step.advice(cause), path.display())]
pub struct SaveError {
    /// The file to be saved.
    pub path: PathBuf,
    /// What failed.
    pub step: SaveStep,
    /// What the system said.
    pub cause: io::Error,
}

/// The step of a save that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveStep {
    /// Putting what is to be saved into words.
    Serialize,
    /// Finding the place.
    Find,
    /// Looking whether the file is still as it was read.
    Compare,
    /// Keeping a copy of what is about to be written over.
    Keep,
    /// Making the new file.
    Create,
    /// Writing it.
    Write,
    /// Waiting for the disk.
    Sync,
    /// Putting it in the place of the old one.
    Rename,
    /// Waiting for the folder to reach the disk.
    SyncFolder,
}

impl std::fmt::Display for SaveStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Serialize => "writing the session as text",
            Self::Find => "looking for the file",
            Self::Compare => "comparing the file with what was read",
            Self::Keep => "keeping the old file as a copy beside it",
            Self::Create => "making a new file in the folder",
            Self::Write => "writing",
            Self::Sync => "waiting for the disk",
            Self::Rename => "replacing the old file",
            Self::SyncFolder => "waiting for the folder to reach the disk",
        })
    }
}

impl SaveStep {
    fn advice(self, cause: &io::Error) -> &'static str {
        if self == Self::SyncFolder {
            return "The new content is in place, but a power cut could still undo it; save once more";
        }
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "The file is as it was. Free some space, or choose another disk with Save As…"
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "The file is as it was. Choose a place that you may write to with Save As…"
            }
            io::ErrorKind::NotFound => {
                "The folder is not there. Choose another place with Save As…"
            }
            _ => "The file is as it was. Try again, or choose another place with Save As…",
        }
    }
}

/// Saves `bytes` as the file at `path`: afterwards it holds either what it held before or all of
/// `bytes`. A link is followed to the file that it leads to; the file's permissions stay.
///
/// # Errors
/// When a step fails; see [`SaveError`]. The new file is removed again if it can be.
pub fn write(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let mut draft = Draft::begin(fs, path)?;
    draft.push(bytes)?;
    draft.commit()
}

/// A new file that is to take the place of another one: [`write()`], piece by piece. One that is
/// dropped before it has taken its place is removed.
pub struct Draft<'a> {
    fs: &'a dyn Fs,
    /// The file to be saved, as it was named.
    path: PathBuf,
    /// The same behind all links.
    target: PathBuf,
    new: PathBuf,
    /// `None` once it is closed.
    file: Option<File>,
    /// What the disk was not asked to take yet, in bytes.
    waiting: usize,
    is_placed: bool,
}

impl<'a> Draft<'a> {
    /// So much is worth waiting for on its own, in bytes.
    const AT_ONCE: usize = 32 << 20;

    /// Makes a new file in the folder of `path`.
    ///
    /// # Errors
    /// When nothing may stand there, or the file can't be made.
    pub fn begin(fs: &'a dyn Fs, path: &Path) -> Result<Self, SaveError> {
        let fail = |step, cause| SaveError {
            path: path.to_owned(),
            step,
            cause,
        };
        let (target, old) = fs.target(path).map_err(|e| fail(SaveStep::Find, e))?;
        let like = old.as_ref().map(std::fs::Metadata::permissions);
        if let Some(old) = &old {
            refuse_odd_target(old).map_err(|e| fail(SaveStep::Find, e))?;
        }
        // Short, so that it fits where the name of the file does; unique, so that two savers don't
        // write into each other's.
        let name = format!(".attache-{}.tmp", uuid::Uuid::now_v7().simple());
        let new = folder_of(&target).join(name);
        let file = fs
            .create(&new, like.as_ref())
            .map_err(|e| fail(SaveStep::Create, e))?;
        Ok(Self {
            fs,
            path: path.to_owned(),
            target,
            new,
            file: Some(file),
            waiting: 0,
            is_placed: false,
        })
    }

    /// Adds `bytes` to it.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SaveError> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        if let Err(cause) = self.fs.write(file, bytes) {
            return Err(self.fail(SaveStep::Write, cause));
        }
        self.waiting += bytes.len();
        Ok(())
    }

    /// Waits until what was added is on the disk, if that is much: so the disk works while the next
    /// pieces are made, and little is left to wait for in the end.
    ///
    /// # Errors
    /// When it did not get there.
    pub fn keep_up(&mut self) -> Result<(), SaveError> {
        if self.waiting < Self::AT_ONCE {
            return Ok(());
        }
        self.sync()
    }

    fn sync(&mut self) -> Result<(), SaveError> {
        self.waiting = 0;
        match self.file.as_ref().map(|file| self.fs.sync(file)) {
            Some(Err(cause)) => Err(self.fail(SaveStep::Sync, cause)),
            _ => Ok(()),
        }
    }

    /// Puts it in the place of the old file, once it is on the disk.
    ///
    /// # Errors
    /// When a step fails; see [`SaveError`].
    pub fn commit(mut self) -> Result<(), SaveError> {
        self.sync()?;
        self.rename()?;
        self.sync_folder()
    }

    /// Puts it in the place of `path`, in the folder where it was made, without waiting for the
    /// disk: until [`settle`] has, a power cut may leave a part of it there.
    ///
    /// # Errors
    /// When it can't be renamed.
    pub fn place_as(mut self, path: &Path) -> Result<(), SaveError> {
        path.clone_into(&mut self.target);
        self.rename()
    }

    fn rename(&mut self) -> Result<(), SaveError> {
        // Windows does not rename an open file.
        self.file = None;
        if let Err(cause) = self.fs.rename(&self.new, &self.target) {
            return Err(self.fail(SaveStep::Rename, cause));
        }
        self.is_placed = true;
        Ok(())
    }

    fn sync_folder(&self) -> Result<(), SaveError> {
        let synced = self.fs.sync_folder(folder_of(&self.target));
        synced.map_err(|cause| self.fail(SaveStep::SyncFolder, cause))
    }

    fn fail(&self, step: SaveStep, cause: io::Error) -> SaveError {
        SaveError {
            path: self.path.clone(),
            step,
            cause,
        }
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.is_placed {
            self.file = None;
            // Nothing more can be done if this fails too; the error to tell of is the first.
            let _ = self.fs.remove(&self.new);
        }
    }
}

/// Waits until a file that [`Draft::place_as`] put in its place is on the disk.
///
/// # Errors
/// When it did not get there.
pub fn settle(fs: &dyn Fs, path: &Path) -> io::Result<()> {
    // Windows only waits for files that are open to be written to.
    fs.sync(&OpenOptions::new().write(true).open(path)?)?;
    fs.sync_folder(folder_of(path))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A rename would replace a folder, a device or a file that its owner protected.
fn refuse_odd_target(old: &std::fs::Metadata) -> io::Result<()> {
    if old.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder",
        ));
    }
    if !old.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a regular file",
        ));
    }
    if old.permissions().readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is write-protected",
        ));
    }
    Ok(())
}

/// The file system itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealFs;

impl Fs for RealFs {
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<std::fs::Metadata>)> {
        let mut target = path.to_owned();
        // A link to nothing has no canonical path, so links are followed one by one.
        for _ in 0..40 {
            match std::fs::symlink_metadata(&target) {
                Ok(meta) if meta.is_symlink() => {
                    let to = std::fs::read_link(&target)?;
                    target = match target.parent() {
                        Some(folder) => folder.join(to),
                        None => to,
                    };
                }
                Ok(meta) => return Ok((target, Some(meta))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Ok((target, None));
                }
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("it is a loop of links"))
    }

    fn create(&self, path: &Path, like: Option<&Permissions>) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if let Some(like) = like {
            use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
            options.mode(like.mode() & 0o600);
        }
        let file = options.open(path)?;
        if let Some(like) = like
            && let Err(error) = file.set_permissions(like.clone())
        {
            let _ = std::fs::remove_file(path);
            return Err(error);
        }
        Ok(file)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only Unix opens folders as files; Windows writes its journal with the rename.
        if cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }
}

#[cfg(test)]
mod tests;
