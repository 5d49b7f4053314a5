//! What could not be read of a file that holds many articles, kept until the file is another one:
//! an update passes over what has not changed, and what is wrong with it is still wrong.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::input::Problem;
use crate::store::atomic::{self, Fs};
use crate::store::library::LibraryError;

const FILE: &str = "problems.ron";
/// More of them are read again, with their file, before anybody has read these.
const MOST: usize = 10_000;

/// Something that could not be read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    file: String,
    what: String,
    why: String,
}

impl Kept {
    pub(super) fn new(file: &str, problem: &Problem) -> Self {
        Self {
            file: file.to_owned(),
            what: problem.what.clone(),
            why: problem.why.clone(),
        }
    }

    pub(super) fn problem(&self) -> Problem {
        Problem {
            what: self.what.clone(),
            why: self.why.clone(),
        }
    }
}

/// What was kept, by file. Where it can't be read it is forgotten.
pub(super) fn read(dir: &Path) -> HashMap<String, Vec<Kept>> {
    let text = std::fs::read_to_string(dir.join(FILE)).unwrap_or_default();
    let kept: Vec<Kept> = ron::from_str(&text).unwrap_or_default();
    let mut by_file: HashMap<String, Vec<Kept>> = HashMap::new();
    for kept in kept {
        by_file.entry(kept.file.clone()).or_default().push(kept);
    }
    by_file
}

/// Keeps this and nothing else.
///
/// # Errors
/// When the disk is full, for example.
pub(super) fn write(fs: &dyn Fs, dir: &Path, kept: &[Kept]) -> Result<(), LibraryError> {
    let path = dir.join(FILE);
    let kept = kept.get(..MOST).unwrap_or(kept);
    if kept.is_empty() {
        let _ = std::fs::remove_file(path);
        return Ok(());
    }
    let config = ron::ser::PrettyConfig::new().new_line("\n");
    let text = ron::ser::to_string_pretty(kept, config)
        .map_err(|error| LibraryError::damaged("the list of what can't be read", &path, error))?;
    Ok(atomic::write(fs, &path, (text + "\n").as_bytes())?)
}
