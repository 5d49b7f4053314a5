//! The sessions opened last.

use std::path::{Path, PathBuf};

use super::atomic::SaveError;
use super::config;
use super::session_file::{path_from_text, path_to_text};

/// The sessions opened last, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    paths: Vec<PathBuf>,
}

impl Recent {
    /// How many are remembered.
    pub const LIMIT: usize = 12;

    /// The list that `folder` holds; empty when there is none or it can't be read.
    #[must_use]
    pub fn load_from(folder: &Path) -> Self {
        let texts: Vec<String> = config::read(&file_in(folder)).unwrap_or_default();
        let mut recent = Self::default();
        for text in texts.iter().rev() {
            recent.add(&path_from_text(text));
        }
        recent
    }

    /// Saves the list in `folder`.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn save_to(&self, folder: &Path) -> Result<(), SaveError> {
        let texts: Vec<String> = self.paths.iter().map(|p| path_to_text(p)).collect();
        config::write(&file_in(folder), &texts)
    }

    /// Puts `path` first, as an absolute path; the oldest beyond [`Self::LIMIT`] is forgotten.
    pub fn add(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.paths.retain(|known| *known != path);
        self.paths.insert(0, path);
        self.paths.truncate(Self::LIMIT);
    }

    /// Forgets `path`.
    pub fn remove(&mut self, path: &Path) {
        self.paths.retain(|known| known != path);
    }

    /// The paths, the newest first. Their files may be gone.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("recent.ron")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_the_oldest_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("not there yet");
        let path = |n: usize| folder.path().join(format!("{n}.ron"));
        let mut recent = Recent::default();
        (0..15).for_each(|n| recent.add(&path(n)));
        recent.add(&path(9));
        recent.remove(&path(14));
        recent.save_to(&below).unwrap();
        let loaded = Recent::load_from(&below);
        assert_eq!(loaded, recent);
        assert_eq!(loaded.paths().len(), Recent::LIMIT - 1);
        assert_eq!(loaded.paths()[..2], [path(9), path(13)]);
    }

    #[test]
    fn a_broken_list_counts_as_empty_and_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        for broken in [&b""[..], b"[\"a\", ", b"\xff\xfe", b"(schema: 1)"] {
            std::fs::write(file_in(folder.path()), broken).unwrap();
            let mut recent = Recent::load_from(folder.path());
            assert!(recent.paths().is_empty());
            recent.add(Path::new("/data/work.ron"));
            recent.save_to(folder.path()).unwrap();
            assert_eq!(Recent::load_from(folder.path()), recent);
        }
    }
}
