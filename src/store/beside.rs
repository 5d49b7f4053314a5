//! The files that stand beside a session file: its journal, its lock, its backups.
//!
//! All are named after the file that a path leads to in the end, so that a link and the file
//! itself share them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where a path leads after all links; the absolute path where nothing stands there yet.
#[must_use]
pub fn real(path: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real;
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // The folder may be there, and reached through a link.
    match (path.parent().map(std::fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path,
    }
}

/// `work.ron.journal` for `work.ron`.
#[must_use]
pub fn journal(path: &Path) -> PathBuf {
    named(path, "", ".journal")
}

/// `.work.ron.lock` for `work.ron`.
#[must_use]
pub fn lock(path: &Path) -> PathBuf {
    named(path, ".", ".lock")
}

/// The folder `work.ron.backups` for `work.ron`.
#[must_use]
pub fn backups(path: &Path) -> PathBuf {
    named(path, "", ".backups")
}

/// The first of `PATH.SUFFIX`, `PATH.SUFFIX.2` and so on where nothing stands.
#[must_use]
pub fn free(path: &Path, suffix: &str) -> PathBuf {
    let numbered = |number: u32| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{suffix}"));
        if number > 1 {
            name.push(format!(".{number}"));
        }
        path.with_file_name(name)
    };
    (1..u32::MAX)
        .map(numbered)
        .find(|path| std::fs::symlink_metadata(path).is_err())
        .unwrap_or_else(|| numbered(u32::MAX))
}

fn named(path: &Path, before: &str, after: &str) -> PathBuf {
    let path = real(path);
    let mut name = OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_and_its_file_share_what_stands_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let real = std::fs::canonicalize(folder.path()).unwrap();
        let file = real.join("work.ron");
        assert_eq!(journal(&file), real.join("work.ron.journal"));
        std::fs::write(&file, "x").unwrap();
        std::fs::create_dir(real.join("sub")).unwrap();
        let link = real.join("sub/link.ron");
        std::os::unix::fs::symlink("../work.ron", &link).unwrap();
        assert_eq!(journal(&link), journal(&file));
        assert_eq!(lock(&link), real.join(".work.ron.lock"));
        assert_eq!(backups(&link), real.join("work.ron.backups"));
    }

    #[test]
    fn what_stands_there_is_never_the_free_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work.ron.journal");
        let first = free(&path, "aside");
        assert!(first.ends_with("work.ron.journal.aside"));
        std::fs::write(&first, "x").unwrap();
        assert!(free(&path, "aside").ends_with("work.ron.journal.aside.2"));
    }
}
