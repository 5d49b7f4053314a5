//! What benches build once and keep, and how they make the system forget it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where what is built is kept.
pub(crate) fn home() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "attache")?;
    Some(dirs.cache_dir().join("bench"))
}

/// Lets the system forget the files in a folder, as far as a program may.
#[allow(dead_code, reason = "not every bench opens what is cold")]
pub(crate) fn drop_caches(dir: &Path) {
    // Not everybody may; then what is called cold is warm.
    let _ = Command::new("sync").status();
    for entry in walkdir::WalkDir::new(dir).into_iter().flatten() {
        if entry.file_type().is_file() {
            let argument = format!("if={}", entry.path().display());
            let _ = Command::new("dd")
                .args([&argument, "iflag=nocache", "count=0"])
                .stderr(Stdio::null())
                .status();
        }
    }
}
