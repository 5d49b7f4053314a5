//! A part's folder: written under a name that nobody looks for, and renamed when it is complete,
//! so that it is complete or absent.
//!
//! `part.ron` is written last and names each file with its length and checksum. Parts made
//! elsewhere need none; then only that their Parquet files can be read is checked.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::LibraryError;

/// The articles of a part, texts included.
pub const ARTICLES: &str = "articles.parquet";
/// The claims of its articles.
pub const CLAIMS: &str = "claims.parquet";
/// The mentions of its articles.
pub const MENTIONS: &str = "mentions.parquet";
/// What the sources of its articles are known for; optional.
pub const SITES: &str = "sites.parquet";
/// The folder of its full-text index; rebuilt where it is missing.
pub const INDEX: &str = "index";
/// What a part consists of.
pub const SEAL: &str = "part.ron";

/// Begins the names of folders that are being written.
const UNFINISHED: &str = ".new-";

/// What a complete part consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// How many articles it holds.
    pub articles: u32,
    /// The bytes of their texts, as UTF-8.
    pub text_bytes: u64,
    /// Each file below the folder but those of the index, which can be made again and has names
    /// that are drawn: its length and its CRC-32.
    pub files: BTreeMap<String, (u64, u32)>,
}

/// A folder that is being written. Dropped unfinished, it is removed.
#[derive(Debug)]
pub struct Unfinished {
    folder: PathBuf,
    target: PathBuf,
}

impl Unfinished {
    /// A new, empty folder for the part `name` of the library in `library`.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn new(library: &Path, name: &str) -> Result<Self, LibraryError> {
        let parts = library.join("parts");
        let unique = uuid::Uuid::now_v7().simple().to_string();
        let folder = parts.join(format!("{UNFINISHED}{unique}"));
        fs::create_dir_all(&folder).map_err(LibraryError::io("making a folder", &folder))?;
        Ok(Self {
            folder,
            target: parts.join(name),
        })
    }

    /// Where to write.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Seals the folder, waits until all of it is on the disk, and gives it its name. A part that
    /// is there already is put aside first: it was not whole, or it is the same.
    ///
    /// # Errors
    /// When the disk is full, for example. The part is absent then.
    pub fn finish(self, articles: u32, text_bytes: u64) -> Result<Seal, LibraryError> {
        let mut seal = Seal {
            articles,
            text_bytes,
            files: BTreeMap::new(),
        };
        for entry in walkdir::WalkDir::new(&self.folder).min_depth(1) {
            let entry = entry
                .map_err(|error| LibraryError::io("listing a part", &self.folder)(error.into()))?;
            let path = entry.path();
            if entry.file_type().is_dir() {
                continue;
            }
            if let Some(name) = name_in(&self.folder, path).filter(|name| !is_index(name)) {
                let meta =
                    fs::metadata(path).map_err(LibraryError::io("looking at a part", path))?;
                seal.files.insert(name, (meta.len(), checksum(path)?));
            }
        }
        let path = self.folder.join(SEAL);
        let text = ron::ser::to_string_pretty(&seal, ron::ser::PrettyConfig::new().new_line("\n"))
            .map_err(|error| LibraryError::damaged("the part's seal", &path, error))?;
        fs::write(&path, text + "\n").map_err(LibraryError::io("writing a part", &path))?;
        sync_all(&self.folder)?;
        if self.target.exists() {
            let aside = self.folder.with_extension("old");
            fs::rename(&self.target, &aside)
                .map_err(LibraryError::io("putting a part aside", &self.target))?;
            // What is left of it is cleared away with what was never finished.
            let _ = fs::remove_dir_all(&aside);
        }
        fs::rename(&self.folder, &self.target)
            .map_err(LibraryError::io("naming a part", &self.target))?;
        if let Some(parts) = self.target.parent() {
            sync_folder(parts)?;
        }
        Ok(seal)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After a finish there is nothing left under this name.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A new name in a folder that nobody looks for, for something to be renamed when it is complete.
#[must_use]
pub fn unfinished_in(folder: &Path) -> PathBuf {
    folder.join(format!("{UNFINISHED}{}", uuid::Uuid::now_v7().simple()))
}

/// Removes what processes left that died while writing. Only for the one that holds the library's
/// lock.
pub fn clear_unfinished(library: &Path) {
    let named = ["parts", "view", "catalog", "."].map(|name| library.join(name));
    let parts = fs::read_dir(library.join("parts")).into_iter().flatten();
    let parts = parts.flatten().map(|part| part.path());
    for folder in named.into_iter().chain(parts) {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.as_encoded_bytes();
            let is_manifest = name.starts_with(b".attache-") && name.ends_with(b".tmp");
            if name.starts_with(UNFINISHED.as_bytes()) {
                let path = entry.path();
                let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
            } else if folder == library && is_manifest {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Looks at the lengths of a part's files: what an interrupted copy or a full disk leaves shows
/// here. Nothing is read but the seal.
///
/// # Errors
/// The first thing that is wrong. A missing index is none: see [`has_index`].
pub fn look(folder: &Path) -> Result<Option<Seal>, LibraryError> {
    for name in [ARTICLES, CLAIMS, MENTIONS] {
        let path = folder.join(name);
        fs::metadata(&path).map_err(LibraryError::io("looking at a part", &path))?;
    }
    let Some(seal) = seal(folder)? else {
        return Ok(None);
    };
    for (name, (len, _)) in &seal.files {
        let path = folder.join(name);
        let meta = fs::metadata(&path).map_err(LibraryError::io("looking at a part", &path))?;
        if meta.len() != *len {
            let why = format!("it has {} bytes instead of {len}", meta.len());
            return Err(LibraryError::damaged("a file of a part", &path, why));
        }
    }
    Ok(Some(seal))
}

/// Reads all files of a part and compares their checksums.
///
/// # Errors
/// The first file that is not as it was written.
pub fn verify(folder: &Path) -> Result<Option<Seal>, LibraryError> {
    let seal = look(folder)?;
    for (name, (_, sum)) in seal.iter().flat_map(|seal| &seal.files) {
        let path = folder.join(name);
        if checksum(&path)? != *sum {
            let why = "its checksum is another one than when it was written";
            return Err(LibraryError::damaged("a file of a part", &path, why));
        }
    }
    Ok(seal)
}

/// Whether nothing speaks against a file of a part: it is as the seal says, or there is no seal that
/// could be read.
#[must_use]
pub fn is_as_written(folder: &Path, name: &str) -> bool {
    let Ok(Some(seal)) = seal(folder) else {
        return true;
    };
    let said = seal.files.get(name).map(|(_, sum)| *sum);
    said.is_none_or(|sum| checksum(&folder.join(name)).is_ok_and(|found| found == sum))
}

/// Whether a part has an index. Whether that is whole shows when it is opened: its files have
/// checksums of their own.
#[must_use]
pub fn has_index(folder: &Path) -> bool {
    folder.join(INDEX).join("meta.json").is_file()
}

fn is_index(name: &str) -> bool {
    name.starts_with("index/")
}

/// What the part says that it consists of; `None` for parts made elsewhere.
fn seal(folder: &Path) -> Result<Option<Seal>, LibraryError> {
    let path = folder.join(SEAL);
    match fs::read_to_string(&path) {
        Ok(text) => ron::from_str(&text)
            .map(Some)
            .map_err(|error| LibraryError::damaged("the part's seal", &path, error)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(LibraryError::io("reading a part", &path)(cause)),
    }
}

fn name_in(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

/// Waits until all of a folder is on the disk.
///
/// # Errors
/// When it did not get there.
pub fn sync_all(folder: &Path) -> Result<(), LibraryError> {
    let mut folders = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry =
            entry.map_err(|error| LibraryError::io("listing a part", folder)(error.into()))?;
        if entry.file_type().is_dir() {
            folders.push(entry.into_path());
        } else {
            sync(entry.path())?;
        }
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Waits until a file is on the disk.
pub(super) fn sync(path: &Path) -> Result<(), LibraryError> {
    // Windows only waits for files that are open to be written to.
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.sync_all())
        .map_err(LibraryError::io("waiting for the disk", path))
}

/// Waits until the entries of a folder are on the disk, where folders can be opened.
pub(super) fn sync_folder(folder: &Path) -> Result<(), LibraryError> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(LibraryError::io("waiting for the disk", folder))?;
    }
    Ok(())
}

/// CRC-32 of a file.
fn checksum(path: &Path) -> Result<u32, LibraryError> {
    let failed = || LibraryError::io("reading a part", path);
    let mut file = File::open(path).map_err(failed())?;
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).map_err(failed())?;
        match buffer.get(..read) {
            Some([]) | None => return Ok(hasher.finalize()),
            Some(bytes) => hasher.update(bytes),
        }
    }
}
