//! What a file held when it was read or written last, to see whether somebody else changed it.

use std::fmt;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// The hash of a content that is written piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Hashing(Sha256);

impl Hashing {
    /// Takes the next piece.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all pieces.
    #[must_use]
    pub fn finish(self) -> ContentHash {
        ContentHash(self.0.finalize().into())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl FromStr for ContentHash {
    type Err = crate::model::ids::BadId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Written as the id of an article is: both are SHA-256.
        text.parse::<crate::model::ids::ArticleId>()
            .map(|id| Self(id.0))
    }
}

/// What a file held when it was read or written last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// Its content.
    pub hash: ContentHash,
    /// What the system said of it; `None` where it said nothing.
    mark: Option<Mark>,
}

/// What the system says of a file without reading it. Compared for being the same, never for being
/// later: no clock is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    length: u64,
    modified: Option<SystemTime>,
    /// On Unix the device, the inode and the time of its last change.
    inode: (u64, u64, i64, i64),
}

/// How a file stands to what was known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// It holds the same.
    Same,
    /// Nothing stands there any more.
    Gone,
    /// It holds something else.
    Changed,
}

impl OnDisk {
    /// Of the file at `path`, which was just read or written as `bytes`.
    #[must_use]
    pub fn of(path: &Path, bytes: &[u8]) -> Self {
        Self::with(path, ContentHash::of(bytes))
    }

    /// Of the file at `path`, which was just written with content of this hash.
    #[must_use]
    pub fn with(path: &Path, hash: ContentHash) -> Self {
        Self {
            hash,
            mark: mark(path).ok(),
        }
    }

    /// How long it was, in bytes.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.mark.as_ref().map(|mark| mark.length)
    }

    /// What has become of the file since. Reads it only where its mark differs.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn since(&self, path: &Path) -> io::Result<Since> {
        let now = match mark(path) {
            Ok(now) => now,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Since::Gone),
            Err(error) => return Err(error),
        };
        if self.mark.as_ref() == Some(&now) {
            return Ok(Since::Same);
        }
        let same = ContentHash::of(&std::fs::read(path)?) == self.hash;
        Ok(if same { Since::Same } else { Since::Changed })
    }
}

fn mark(path: &Path) -> io::Result<Mark> {
    let meta = std::fs::metadata(path)?;
    #[cfg(unix)]
    let inode = {
        use std::os::unix::fs::MetadataExt as _;
        (meta.dev(), meta.ino(), meta.ctime(), meta.ctime_nsec())
    };
    #[cfg(not(unix))]
    let inode = (0, 0, 0, 0);
    Ok(Mark {
        length: meta.len(),
        modified: meta.modified().ok(),
        inode,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_content_is_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work.ron");
        std::fs::write(&path, "one").unwrap();
        let known = OnDisk::of(&path, b"one");
        assert_eq!(known.since(&path).unwrap(), Since::Same);
        // The same bytes in another file.
        std::fs::remove_file(&path).unwrap();
        assert_eq!(known.since(&path).unwrap(), Since::Gone);
        std::fs::write(&path, "one").unwrap();
        assert_eq!(known.since(&path).unwrap(), Since::Same);
        // Other bytes of the same length with the old time of change.
        let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
        let known = OnDisk::of(&path, b"one");
        std::fs::write(&path, "two").unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(modified).unwrap();
        if cfg!(unix) {
            assert_eq!(known.since(&path).unwrap(), Since::Changed);
        }
        assert_eq!(known.hash.to_string().parse(), Ok(known.hash));
        // What can't be looked at is not said to be gone.
        if cfg!(unix) {
            assert!(known.since(&path.join("below a file")).is_err());
        }
    }
}
