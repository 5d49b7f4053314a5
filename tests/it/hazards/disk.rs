//! A real full disk, and a folder that is not to be written to.

use std::path::{Path, PathBuf};
use std::process::Command;

use attache::model::edit::Edit;
use attache::model::view::View;
use attache::store::atomic::RealFs;
use attache::store::session_file;

use super::{names_in, plain, report};

/// A disk of 1 MiB, until it is dropped.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// `None`, with the reason told, where mounting is refused.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "attache-test"])
            .arg(folder.path())
            .output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self { folder }),
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                report(
                    "full disk (tmpfs of 1 MiB)",
                    &format!("skipped: mounting is refused ({why})"),
                );
                None
            }
            Err(error) => {
                report(
                    "full disk (tmpfs of 1 MiB)",
                    &format!("skipped: no mount ({error})"),
                );
                None
            }
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_other() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let path = disk.path().join("work.ron");
    let mut session = plain();
    session_file::save(&RealFs, &path, &session, &View::default()).unwrap();
    let old = std::fs::read(&path).unwrap();
    let long = Edit::Search("long".to_owned(), Some("x".repeat(2 << 20)));
    let _inverse = long.apply(&mut session);
    let error = session_file::save(&RealFs, &path, &session, &View::default()).unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("work.ron") && said.contains("Save As"),
        "{said}"
    );
    assert!(said.contains("space"), "the cause: {said}");
    assert_eq!(std::fs::read(&path).unwrap(), old);
    assert_eq!(
        names_in(disk.path()),
        ["work.ron"],
        "no temporary file is left"
    );
    report(
        "full disk (tmpfs of 1 MiB)",
        "old file byte-equal, path and cause named, Save As offered, no temporary file",
    );
}

const FOLDER: &str = "ATTACHE_TEST_READ_ONLY";

/// What a user without the right to write does: this test binary, run again.
#[test]
#[ignore = "the child of the test below"]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let path = PathBuf::from(folder).join("work.ron");
    let error = session_file::save(&RealFs, &path, &plain(), &View::default()).unwrap_err();
    println!("said: {error}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_not_to_be_written_to_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("protected");
    std::fs::create_dir(&inside).unwrap();
    let path = inside.join("work.ron");
    session_file::save(&RealFs, &path, &plain(), &View::default()).unwrap();
    let old = std::fs::read(&path).unwrap();
    // The folder above must let the other user through.
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::set_permissions(&inside, PermissionsExt::from_mode(0o555)).unwrap();
    let me = std::env::current_exe().unwrap();
    let arguments = [
        "--exact",
        "hazards::disk::child",
        "--ignored",
        "--nocapture",
    ];
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&me);
        command
    } else {
        Command::new(&me)
    };
    let output = command.args(arguments).env(FOLDER, &inside).output();
    let text = output.as_ref().map_or(String::new(), |output| {
        String::from_utf8_lossy(&output.stdout).into_owned()
    });
    std::fs::set_permissions(&inside, PermissionsExt::from_mode(0o755)).unwrap();
    let Some((_, said)) = text.split_once("said: ") else {
        report(
            "read-only folder",
            &format!("skipped: no other user to run as ({output:?})"),
        );
        return;
    };
    assert!(
        said.contains("work.ron") && said.contains("may write to with Save As"),
        "{said}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), old);
    assert_eq!(names_in(&inside), ["work.ron"]);
    report(
        "read-only folder, as another user than root",
        "old file byte-equal, path and cause named, Save As offered, no temporary file",
    );
}
