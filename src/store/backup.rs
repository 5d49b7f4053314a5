//! The last ten saved states of a session, each a whole session file.
//!
//! They stand in a folder beside the session (`work.ron.backups/000012-0a1b2c3d4e5f6071.ron`):
//! number and the beginning of the content's hash. The number alone says which is newer and which
//! goes; no clock is asked. Files of other names in the folder are never touched.

use std::io;
use std::path::{Path, PathBuf};

use super::atomic::{self, Draft, Fs, SaveError, SaveStep};
use super::beside;
use super::on_disk::ContentHash;
use super::session_file::{self, Loaded};

/// How many backups a session has.
pub const KEPT: usize = 10;

/// One saved state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its place in the sequence of saves; a higher one is newer.
    pub number: u64,
    /// Its file.
    pub path: PathBuf,
    /// The beginning of its content's hash, in hexadecimal digits.
    mark: String,
}

impl Backup {
    fn of(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let (number, mark) = name.strip_suffix(".ron")?.split_once('-')?;
        let is_ours = number.len() >= 6 && mark.len() == 16;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(Self {
            number: number.parse().ok().filter(|_| is_ours && digits(mark))?,
            mark: mark.to_owned(),
            path,
        })
    }

    /// Whether it holds this content, as far as its name tells.
    #[must_use]
    pub fn holds(&self, hash: &ContentHash) -> bool {
        self.mark == mark_of(hash)
    }
}

impl Backup {
    /// The same, and that it is so many bytes long: of one that was not waited for, a power cut may
    /// have left a part.
    pub(super) fn holds_all(&self, hash: &ContentHash, length: u64) -> bool {
        let is_whole = |meta: std::fs::Metadata| meta.len() == length;
        self.holds(hash) && std::fs::metadata(&self.path).is_ok_and(is_whole)
    }
}

fn mark_of(hash: &ContentHash) -> String {
    hash.to_string().chars().take(16).collect()
}

/// The backups of the session at `session`, the newest first; none where there is no folder.
///
/// # Errors
/// When the folder can't be read.
pub fn list(session: &Path) -> io::Result<Vec<Backup>> {
    let entries = match std::fs::read_dir(beside::backups(session)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        found.extend(Backup::of(entry?.path()));
    }
    found.sort_by(|a, b| (b.number, &b.path).cmp(&(a.number, &a.path)));
    Ok(found)
}

/// The newest backup that can be loaded, with what it holds.
#[must_use]
pub fn newest_good(session: &Path) -> Option<(Backup, Loaded)> {
    let found = list(session).unwrap_or_default();
    found
        .into_iter()
        .find_map(|backup| Some((load(&backup, session).ok()?, backup)))
        .map(|(loaded, backup)| (backup, loaded))
}

/// The backup that holds this content.
#[must_use]
pub fn with(session: &Path, hash: &ContentHash) -> Option<Loaded> {
    let found = list(session).unwrap_or_default();
    let mut held = found.into_iter().filter(|backup| backup.holds(hash));
    held.find_map(|backup| load(&backup, session).ok())
        .filter(|loaded| {
            loaded
                .on_disk
                .as_ref()
                .is_some_and(|on_disk| on_disk.hash == *hash)
        })
}

/// Loads a backup as if it stood in the place of its session, for the paths in it.
///
/// # Errors
/// When it can't be read, or is damaged.
pub fn load(backup: &Backup, session: &Path) -> Result<Loaded, session_file::LoadError> {
    session_file::load_as(&backup.path, session)
}

/// Adds `bytes` as the newest backup of the session at `session`, unless the newest holds them
/// already, and removes what is beyond [`KEPT`].
///
/// # Errors
/// When it can't be written; the others are untouched then.
pub fn add(fs: &dyn Fs, session: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let mut adding = Adding::begin(fs, session)?;
    adding.push(bytes)?;
    if let Some(added) = adding.finish(&ContentHash::of(bytes))? {
        let settled = atomic::settle(fs, &added);
        settled.map_err(|cause| failed(session, cause))?;
    }
    Ok(())
}

/// A backup that is written piece by piece, while its session is.
pub struct Adding<'a> {
    fs: &'a dyn Fs,
    session: PathBuf,
    draft: Draft<'a>,
    length: u64,
}

impl<'a> Adding<'a> {
    /// Begins one of the session at `session`.
    ///
    /// # Errors
    /// When no file can be made.
    pub fn begin(fs: &'a dyn Fs, session: &Path) -> Result<Self, SaveError> {
        let folder = beside::backups(session);
        std::fs::create_dir_all(&folder).map_err(|cause| failed(session, cause))?;
        Ok(Self {
            fs,
            session: session.to_owned(),
            draft: Draft::begin(fs, &folder.join("next.ron"))?,
            length: 0,
        })
    }

    /// Adds `bytes` to it.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SaveError> {
        self.length += bytes.len() as u64;
        self.draft.push(bytes)
    }

    /// Makes it the newest backup, unless the newest holds the same already, removes what is beyond
    /// [`KEPT`], and returns its path. What is left to do is [`atomic::settle`].
    ///
    /// # Errors
    /// When it can't be put in its place; the others are untouched then.
    pub fn finish(self, hash: &ContentHash) -> Result<Option<PathBuf>, SaveError> {
        let there = list(&self.session).map_err(|cause| failed(&self.session, cause))?;
        let newest = there.first();
        if newest.is_some_and(|newest| newest.holds_all(hash, self.length)) {
            return Ok(None);
        }
        let number = newest.map_or(1, |newest| newest.number.saturating_add(1));
        let name = format!("{number:06}-{}.ron", mark_of(hash));
        let path = beside::backups(&self.session).join(name);
        self.draft.place_as(&path)?;
        for old in there.iter().skip(KEPT - 1) {
            // One too many costs room and nothing else.
            let _ = self.fs.remove(&old.path);
        }
        Ok(Some(path))
    }
}

fn failed(session: &Path, cause: io::Error) -> SaveError {
    SaveError {
        path: beside::backups(session),
        step: SaveStep::Keep,
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ActorId, ItemId};
    use crate::model::session::{CorpusSource, Session};
    use crate::model::view::View;
    use crate::store::atomic::RealFs;
    use crate::store::on_disk::OnDisk;

    fn text(analyst: &str) -> String {
        let id = ItemId(uuid::Uuid::nil());
        let by = ActorId::new("BY");
        let session = Session::new(id, CorpusSource::Sample, by, analyst.to_owned());
        session_file::to_ron(&session, &View::default(), None).unwrap()
    }

    #[test]
    fn ten_are_kept_by_number_whatever_the_clock_says() {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("work.ron");
        assert_eq!(list(&session).unwrap(), []);
        for round in 1..=25_u64 {
            add(&RealFs, &session, text(&round.to_string()).as_bytes()).unwrap();
            // Ten years back, thirty years on, and an hour off.
            let times: [i64; 3] = [-315_360_000, 946_080_000, 3600];
            let newest = list(&session).unwrap().remove(0);
            assert_eq!(newest.number, round);
            let file = std::fs::File::options()
                .write(true)
                .open(&newest.path)
                .unwrap();
            let shift = times[usize::try_from(round % 3).unwrap()];
            let far = std::time::Duration::from_secs(shift.unsigned_abs());
            let now = std::time::SystemTime::now();
            let odd = if shift < 0 { now - far } else { now + far };
            file.set_modified(odd).unwrap();
        }
        let numbers: Vec<u64> = list(&session).unwrap().iter().map(|b| b.number).collect();
        assert_eq!(numbers, (16..=25).rev().collect::<Vec<_>>());
        // The same state again is no new one.
        add(&RealFs, &session, text("25").as_bytes()).unwrap();
        assert_eq!(list(&session).unwrap().len(), KEPT);
        let (newest, loaded) = newest_good(&session).unwrap();
        assert_eq!((newest.number, loaded.session.analyst.as_str()), (25, "25"));
    }

    #[test]
    fn a_broken_backup_is_passed_over_and_strangers_stay() {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("work.ron");
        for round in 1..=3 {
            add(&RealFs, &session, text(&round.to_string()).as_bytes()).unwrap();
        }
        // One by its words, one by its number, one by its mark.
        let strangers = [
            "000099 notes.ron",
            "2020-0123456789abcdef.ron",
            "000098-cafe.ron",
        ]
        .map(|name| beside::backups(&session).join(name));
        for stranger in &strangers {
            std::fs::write(stranger, "mine").unwrap();
        }
        let all = list(&session).unwrap();
        assert_eq!(all.len(), 3);
        std::fs::write(&all[0].path, "(schema: 2, sess").unwrap();
        let (good, _) = newest_good(&session).unwrap();
        assert_eq!(good.number, 2);
        let hash = ContentHash::of(text("1").as_bytes());
        assert_eq!(with(&session, &hash).unwrap().session.analyst, "1");
        // What its name says and what it holds differ.
        assert!(with(&session, &ContentHash::of(text("3").as_bytes())).is_none());
        for round in 4..=30 {
            add(&RealFs, &session, text(&round.to_string()).as_bytes()).unwrap();
        }
        for stranger in strangers {
            assert_eq!(std::fs::read_to_string(stranger).unwrap(), "mine");
        }
    }

    #[test]
    fn a_backup_that_a_power_cut_left_in_part_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work.ron");
        let session = |analyst: &str| {
            let (id, by) = (ItemId(uuid::Uuid::nil()), ActorId::new("BY"));
            Session::new(id, CorpusSource::Sample, by, analyst.to_owned())
        };
        let save = |analyst: &str, known: Option<&OnDisk>| {
            let saving = session_file::Saving {
                path: &path,
                session: &session(analyst),
                view: &View::default(),
                known,
                backups: true,
                announce: &|_| {},
            };
            let mut saved = saving.run(&RealFs).unwrap();
            assert!(saved.backup_problem.is_none());
            saved.settle()(&RealFs);
            saved.on_disk
        };
        let one = save("one", None);
        let two = save("two", Some(&one));
        let numbers = || {
            list(&path)
                .unwrap()
                .iter()
                .map(|b| b.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(), [2, 1], "what has a backup gets no second one");
        let second = list(&path).unwrap().remove(0).path;
        let whole = std::fs::read(&second).unwrap();
        assert_eq!(whole, std::fs::read(&path).unwrap());
        std::fs::write(&second, &whole[..whole.len() / 2]).unwrap();
        assert!(with(&path, &two.hash).is_none());
        save("three", Some(&two));
        // The state that would have been lost, and the new one.
        let kept = with(&path, &two.hash).expect("it is backed up before it is written over");
        assert_eq!(kept.session.analyst, "two");
        assert_eq!(newest_good(&path).unwrap().1.session.analyst, "three");
    }
}
