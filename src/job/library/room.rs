//! Whether a library may be made where somebody asks for one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::store::library::{LibraryError, Manifest};

/// What a library consists of, and what a build that was killed may leave.
const OWN: [&str; 9] = [
    "library.ron",
    "library.ron.bak",
    "library.ron.damaged",
    "library.lock",
    "parts",
    "damaged",
    "catalog",
    "view",
    "problems.ron",
];

/// Refuses to make a library of `from` in `dir`.
///
/// # Errors
/// When `dir` holds something else already, or when there is nothing at any place of `from`.
pub fn may_make(dir: &Path, from: &[PathBuf]) -> Result<(), LibraryError> {
    if let Some(first) = from.first()
        && from.iter().all(|path| is_missing(path))
    {
        return Err(LibraryError::Nothing {
            path: first.clone(),
        });
    }
    // One that is there goes on; what is wrong with it is told by who reads it.
    if !matches!(Manifest::load(dir), Err(LibraryError::None { .. })) {
        return Ok(());
    }
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Ok(());
    };
    let is_foreign = |name: &str| {
        let is_of_a_library = OWN.contains(&name)
            || name == "actors.ron"
            || name.starts_with(".new-")
            || name.starts_with(".attache-");
        // Desktops leave these in every folder that they show.
        let is_of_a_desktop = matches!(name, ".DS_Store" | "desktop.ini" | "Thumbs.db");
        !is_of_a_library && !is_of_a_desktop
    };
    for entry in entries.flatten() {
        if is_foreign(&entry.file_name().to_string_lossy()) {
            return Err(LibraryError::NotEmpty {
                path: dir.to_owned(),
            });
        }
    }
    Ok(())
}

fn is_missing(path: &Path) -> bool {
    std::fs::metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
