//! What holds for every session of a user.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::SaveError;
use super::config;
use crate::model::view::Theme;

/// What holds for every session of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The name that new sessions give their analyst.
    pub analyst: String,
    /// Light or dark, for new sessions.
    pub theme: Theme,
}

impl Default for Settings {
    /// The name is that of the user's account, where the system tells it.
    fn default() -> Self {
        let name = ["USER", "USERNAME", "LOGNAME"]
            .iter()
            .find_map(|variable| std::env::var(variable).ok().filter(|name| !name.is_empty()));
        Self {
            analyst: name.unwrap_or_else(|| "analyst".to_owned()),
            theme: Theme::System,
        }
    }
}

/// What stands in the file. Unlike a session, it may come from any version: what is not known or
/// not there is passed over.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct SettingsDoc {
    analyst: String,
    theme: String,
}

impl Settings {
    /// The settings that `folder` holds; the usual ones when there are none.
    #[must_use]
    pub fn load_from(folder: &Path) -> Self {
        let doc: SettingsDoc = config::read(&file_in(folder)).unwrap_or_default();
        let usual = Self::default();
        Self {
            analyst: Some(doc.analyst)
                .filter(|name| !name.trim().is_empty())
                .unwrap_or(usual.analyst),
            theme: Theme::from_key(&doc.theme).unwrap_or(usual.theme),
        }
    }

    /// Saves the settings in `folder`.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn save_to(&self, folder: &Path) -> Result<(), SaveError> {
        let doc = SettingsDoc {
            analyst: self.analyst.clone(),
            theme: self.theme.key().to_owned(),
        };
        config::write(&file_in(folder), &doc)
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("settings.ron")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_what_is_unknown_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load_from(folder.path()), Settings::default());
        let settings = Settings {
            analyst: "Анна \"A\"".to_owned(),
            theme: Theme::Dark,
        };
        settings.save_to(folder.path()).unwrap();
        assert_eq!(Settings::load_from(folder.path()), settings);
        let newer = "(theme: \"sepia\", analyst: \"B\", sound: off)";
        std::fs::write(file_in(folder.path()), newer).unwrap();
        let loaded = Settings::load_from(folder.path());
        assert_eq!(
            (loaded.analyst.as_str(), loaded.theme),
            ("B", Theme::System)
        );
    }
}
