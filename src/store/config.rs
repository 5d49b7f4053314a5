//! Where the program keeps what it remembers between runs, and how it reads and writes that.
//!
//! Nothing here holds work: a file that is missing or broken counts as empty, and one that can't
//! be written is told of once by the caller and costs nothing else.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::atomic::{self, RealFs, SaveError, SaveStep};

/// The environment variable that names the folder to use instead of the desktop's usual one.
pub const CONFIG_DIR_VARIABLE: &str = "ATTACHE_CONFIG_DIR";

/// The folder for settings; `None` where the system has no place for them.
#[must_use]
pub fn config_dir() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(CONFIG_DIR_VARIABLE).filter(|v| !v.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    let dirs = directories::ProjectDirs::from("", "", "attache")?;
    Some(dirs.config_dir().to_owned())
}

/// The folder for work that has no file yet; `None` where the system has no place for it. With
/// [`CONFIG_DIR_VARIABLE`] set it is in that folder.
#[must_use]
pub fn data_dir() -> Option<PathBuf> {
    if std::env::var_os(CONFIG_DIR_VARIABLE).is_some_and(|v| !v.is_empty()) {
        return config_dir().map(|folder| folder.join("data"));
    }
    let dirs = directories::ProjectDirs::from("", "", "attache")?;
    Some(dirs.data_local_dir().to_owned())
}

/// What the file holds; nothing when it is missing or broken.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let text = std::fs::read_to_string(path).ok()?;
    ron::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(&text)).ok()
}

/// Writes the file atomically; makes its folder if need be.
pub(super) fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), SaveError> {
    let fail = |step, cause| SaveError {
        path: path.to_owned(),
        step,
        cause,
    };
    let config = ron::ser::PrettyConfig::new().new_line("\n");
    let text = ron::ser::to_string_pretty(value, config)
        .map_err(|error| fail(SaveStep::Serialize, std::io::Error::other(error)))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| fail(SaveStep::Find, error))?;
    }
    atomic::write(&RealFs, path, (text + "\n").as_bytes())
}
