//! `library.ron`: what a library was made with and which parts it has, in order.
//!
//! A reader keeps to the manifest that it opened. Whoever adds to a library adds folders and files
//! under new names and then replaces the manifest as a whole, so that readers see the old list or
//! the new one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{LibraryError, salvage};
use crate::model::ids::ActorId;
use crate::store::atomic::{self, Fs, SaveError, SaveStep};

/// The name of the manifest in a library's folder.
pub const FILE: &str = "library.ron";

/// The name of its copy, as it was when the library was last complete.
pub const COPY: &str = "library.ron.bak";

/// The schema that this program writes.
pub const SCHEMA: u32 = 1;

/// What a library was made with and which parts it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// What its articles were read with.
    pub settings: Settings,
    /// Where its articles come from: what an update without a list of its own goes through.
    pub from: Vec<PathBuf>,
    /// Which columns of CSV files hold what, as the command line writes it; empty: as named.
    pub csv_columns: String,
    /// The parts, in the order of their articles.
    pub parts: Vec<PartEntry>,
    /// The file that says what was taken from where, under the library's folder. `None` until the
    /// first build is through, and in libraries made elsewhere.
    pub catalog: Option<String>,
    /// The file with the columns of exactly these parts, under the library's folder. A cache.
    pub view: Option<String>,
    /// Everything of `from` was gone through.
    pub complete: bool,
}

/// What the articles of a library were read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The actor that claims are read for.
    pub focus: ActorId,
    /// Rules that were switched off.
    pub rules_off: BTreeSet<String>,
    /// A number for who is who where an analyst changed it; 0: nothing was changed.
    pub actors: u64,
    /// The version of the program that read the articles.
    pub program: String,
}

/// A part in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartEntry {
    /// The name of its folder under `parts/`.
    pub name: String,
    /// How many articles it holds.
    pub articles: u32,
    /// The bytes of their texts, as UTF-8.
    pub text_bytes: u64,
}

/// First, and alone, so that it can be read whatever follows.
#[derive(Debug, Deserialize)]
struct Probe {
    schema: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doc {
    schema: u32,
    focus: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules_off: Vec<String>,
    #[serde(default)]
    actors: u64,
    #[serde(default)]
    program: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    csv_columns: String,
    #[serde(default)]
    complete: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    catalog: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<String>,
    parts: Vec<PartEntry>,
}

impl Manifest {
    /// A library of no articles.
    #[must_use]
    pub fn new(settings: Settings, from: Vec<PathBuf>) -> Self {
        Self {
            settings,
            from,
            csv_columns: String::new(),
            parts: Vec::new(),
            catalog: None,
            view: None,
            complete: false,
        }
    }

    /// How many articles it lists.
    #[must_use]
    pub fn articles(&self) -> u64 {
        self.parts.iter().map(|part| u64::from(part.articles)).sum()
    }

    /// The folder of a part.
    #[must_use]
    pub fn part_folder(library: &Path, name: &str) -> PathBuf {
        library.join("parts").join(name)
    }

    /// A number for the list of parts, to know a view by.
    #[must_use]
    pub fn stamp(&self) -> String {
        use sha2::{Digest as _, Sha256};
        use std::fmt::Write as _;
        let mut hash = Sha256::new();
        for part in &self.parts {
            hash.update(part.name.as_bytes());
            hash.update(b"\n");
        }
        hash.update(self.catalog.as_deref().unwrap_or_default());
        let digest = hash.finalize();
        let mut text = String::new();
        for byte in digest.iter().take(16) {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Reads the manifest of the library in `folder`.
    ///
    /// # Errors
    /// When there is none, when it is damaged ([`LibraryError::Unlisted`]), or of a newer schema.
    pub fn load(folder: &Path) -> Result<Self, LibraryError> {
        let path = folder.join(FILE);
        match Self::read(&path) {
            Err(LibraryError::Io { cause, .. }) if cause.kind() == std::io::ErrorKind::NotFound => {
                Err(if salvage::has_parts(folder) {
                    LibraryError::Unlisted {
                        why: "there is none".to_owned(),
                        path,
                    }
                } else {
                    LibraryError::None {
                        path: folder.to_owned(),
                    }
                })
            }
            read => read,
        }
    }

    /// Reads the manifest in this file.
    pub(super) fn read(path: &Path) -> Result<Self, LibraryError> {
        let bytes = std::fs::read(path).map_err(LibraryError::io("reading the library", path))?;
        match String::from_utf8(bytes) {
            Ok(text) => Self::parse(&text, path),
            Err(error) => Err(LibraryError::Unlisted {
                why: error.to_string(),
                path: path.to_owned(),
            }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self, LibraryError> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        // What is well formed was written by somebody who meant it: it is not made anew unasked.
        let is_cut = ron::from_str::<ron::Value>(text).is_err();
        let damaged = |error: ron::error::SpannedError| {
            if is_cut {
                return LibraryError::Unlisted {
                    why: error.to_string(),
                    path: path.to_owned(),
                };
            }
            let why = format!(
                "{error}. Correct it, or move it away: `attache library update` makes it again \
                 from the parts"
            );
            LibraryError::damaged("the library's list of parts", path, why)
        };
        let probe: Probe = ron::from_str(text).map_err(damaged)?;
        if probe.schema > SCHEMA {
            return Err(LibraryError::Newer {
                path: path.to_owned(),
                schema: probe.schema,
                known: SCHEMA,
            });
        }
        let doc: Doc = ron::from_str(text).map_err(damaged)?;
        if let Some(odd) = doc.names().find(|name| !is_plain(name)) {
            let why = format!("{odd:?} is no name of a file in the library");
            return Err(LibraryError::damaged(
                "the library's list of parts",
                path,
                why,
            ));
        }
        Ok(Self {
            settings: Settings {
                focus: ActorId::new(&doc.focus),
                rules_off: doc.rules_off.into_iter().collect(),
                actors: doc.actors,
                program: doc.program,
            },
            from: doc
                .from
                .iter()
                .map(|path| crate::store::session_file::path_from_text(path))
                .collect(),
            csv_columns: doc.csv_columns,
            parts: doc.parts,
            catalog: doc.catalog,
            view: doc.view,
            complete: doc.complete,
        })
    }

    /// Replaces the manifest of the library in `folder` by this one, as a whole.
    ///
    /// # Errors
    /// When it can't be written. The old one is in place then.
    pub fn save(&self, fs: &dyn Fs, folder: &Path) -> Result<(), LibraryError> {
        let path = folder.join(FILE);
        let doc = Doc {
            schema: SCHEMA,
            focus: self.settings.focus.to_string(),
            rules_off: self.settings.rules_off.iter().cloned().collect(),
            actors: self.settings.actors,
            program: self.settings.program.clone(),
            from: self
                .from
                .iter()
                .map(|path| crate::store::session_file::path_to_text(path))
                .collect(),
            csv_columns: self.csv_columns.clone(),
            complete: self.complete,
            catalog: self.catalog.clone(),
            view: self.view.clone(),
            parts: self.parts.clone(),
        };
        let config = ron::ser::PrettyConfig::new()
            .new_line("\n")
            .compact_structs(false);
        let text = ron::ser::to_string_pretty(&doc, config).map_err(|error| SaveError {
            path: path.clone(),
            step: SaveStep::Serialize,
            cause: std::io::Error::other(error),
        })?;
        let text = text + "\n";
        atomic::write(fs, &path, text.as_bytes())?;
        if self.complete {
            // Without the copy a damaged list is made again from what can be read of it.
            let _ = atomic::write(fs, &folder.join(COPY), text.as_bytes());
        }
        Ok(())
    }
}

impl Doc {
    fn names(&self) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().map(|part| part.name.as_str());
        parts
            .chain(self.catalog.as_deref())
            .chain(self.view.as_deref())
    }
}

/// A file or folder of the library itself: a manifest from elsewhere must not lead out of it.
pub(super) fn is_plain(name: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
    !name.contains(['\\', ':']) && name.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::atomic::RealFs;

    fn manifest() -> Manifest {
        let settings = Settings {
            focus: ActorId::new("BY"),
            rules_off: BTreeSet::from(["edge/tags".to_owned()]),
            actors: 7,
            program: "0.1.0".to_owned(),
        };
        Manifest {
            parts: vec![PartEntry {
                name: "00ff".to_owned(),
                articles: 3,
                text_bytes: 9_000,
            }],
            catalog: Some("catalog/1.parquet".to_owned()),
            ..Manifest::new(settings, vec![PathBuf::from("/data/статьи")])
        }
    }

    #[test]
    fn it_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        manifest().save(&RealFs, folder.path()).unwrap();
        assert_eq!(Manifest::load(folder.path()).unwrap(), manifest());
    }

    #[test]
    fn a_newer_one_is_refused_and_nothing_unknown_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert!(matches!(
            Manifest::load(folder.path()),
            Err(LibraryError::None { .. })
        ));
        manifest().save(&RealFs, folder.path()).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let newer = text.replacen("schema: 1", "schema: 2, cubes: [1]", 1);
        std::fs::write(&path, newer).unwrap();
        let said = Manifest::load(folder.path()).unwrap_err().to_string();
        assert!(said.contains("newer") && said.contains("Update"), "{said}");
        std::fs::write(
            &path,
            text.replacen("schema: 1", "schema: 1, cubes: [1]", 1),
        )
        .unwrap();
        let said = Manifest::load(folder.path()).unwrap_err().to_string();
        assert!(said.contains("cubes"), "{said}");
        std::fs::write(&path, text.replacen("00ff", "../00ff", 1)).unwrap();
        assert!(Manifest::load(folder.path()).is_err());
        std::fs::write(&path, text.split_at(text.len() / 2).0).unwrap();
        assert!(Manifest::load(folder.path()).is_err());
    }
}
