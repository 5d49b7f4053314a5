use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Fails at its `nth` step, and at all later ones if `for_good`. A failing write leaves a part.
struct Faulty {
    nth: usize,
    for_good: bool,
    step: AtomicUsize,
    /// The steps that were asked for, in order.
    log: Mutex<Vec<&'static str>>,
}

impl Faulty {
    fn at(nth: usize, for_good: bool) -> Self {
        Self {
            nth,
            for_good,
            step: AtomicUsize::new(0),
            log: Mutex::default(),
        }
    }

    fn fails(&self, name: &'static str) -> bool {
        self.log.lock().unwrap().push(name);
        let step = self.step.fetch_add(1, Ordering::Relaxed);
        step == self.nth || (self.for_good && step > self.nth)
    }

    fn check(&self, name: &'static str) -> io::Result<()> {
        if self.fails(name) {
            Err(io::ErrorKind::StorageFull.into())
        } else {
            Ok(())
        }
    }
}

impl Fs for Faulty {
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<std::fs::Metadata>)> {
        self.check("target")?;
        RealFs.target(path)
    }

    fn create(&self, path: &Path, like: Option<&Permissions>) -> io::Result<File> {
        // In the folder of the file, wherever the program was started.
        assert!(path.is_absolute());
        self.check("create")?;
        RealFs.create(path, like)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if self.fails("write") {
            RealFs.write(file, &bytes[..bytes.len() / 2])?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        RealFs.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.check("sync")?;
        RealFs.sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check("rename")?;
        RealFs.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        assert!(folder.is_absolute());
        self.check("sync_folder")?;
        RealFs.sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.check("remove")?;
        RealFs.remove(path)
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_save_that_fails_at_any_step_leaves_the_old_file_or_the_new_one() {
    for existed in [true, false] {
        for for_good in [true, false] {
            for nth in 0.. {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("work.ron");
                if existed {
                    std::fs::write(&path, "the old file").unwrap();
                }
                let fs = Faulty::at(nth, for_good);
                let result = write(&fs, &path, b"the new file, which is longer");
                let content = std::fs::read_to_string(&path).ok();
                match result {
                    Err(error) if error.step == SaveStep::SyncFolder => {
                        assert_eq!(content.as_deref(), Some("the new file, which is longer"));
                    }
                    Err(error) => {
                        assert_eq!(content.as_deref(), existed.then_some("the old file"));
                        let said = error.to_string();
                        assert!(
                            said.contains("work.ron") && said.contains("Save As"),
                            "{said}"
                        );
                    }
                    Ok(()) => {
                        assert_eq!(content.as_deref(), Some("the new file, which is longer"));
                    }
                }
                // A file that can't be removed may stay; any other may not.
                if !for_good {
                    let expected: &[&str] = if content.is_some() {
                        &["work.ron"]
                    } else {
                        &[]
                    };
                    assert_eq!(names_in(folder.path()), expected, "step {nth}");
                }
                if fs.step.load(Ordering::Relaxed) <= nth {
                    assert!(nth >= 6, "only {nth} steps");
                    break;
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real.ron");
    std::fs::write(&real, "old").unwrap();
    std::fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    let link = folder.path().join("sub/link.ron");
    symlink("../real.ron", &link).unwrap();
    write(&RealFs, &link, b"new").unwrap();
    assert_eq!(std::fs::read(&real).unwrap(), b"new");
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(names_in(&folder.path().join("sub")), ["link.ron"]);

    // A link to a file that is not there yet makes that file.
    let dangling = folder.path().join("dangling.ron");
    symlink(folder.path().join("made.ron"), &dangling).unwrap();
    write(&RealFs, &dangling, b"made").unwrap();
    assert_eq!(
        std::fs::read(folder.path().join("made.ron")).unwrap(),
        b"made"
    );

    symlink("loop.ron", folder.path().join("loop.ron")).unwrap();
    assert!(write(&RealFs, &folder.path().join("loop.ron"), b"x").is_err());
}

#[test]
fn a_protected_file_a_folder_and_a_missing_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("protected.ron");
    std::fs::write(&path, "old").unwrap();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let said = write(&RealFs, &path, b"new").unwrap_err().to_string();
    assert!(
        said.contains("write-protected") && said.contains("Save As"),
        "{said}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"old");

    let said = write(&RealFs, folder.path(), b"new")
        .unwrap_err()
        .to_string();
    assert!(said.contains("it is a folder"), "{said}");
    let nowhere = folder.path().join("nowhere/work.ron");
    let said = write(&RealFs, &nowhere, b"new").unwrap_err().to_string();
    assert!(said.contains("folder is not there"), "{said}");
    assert_eq!(names_in(folder.path()), ["protected.ron"]);
}

#[test]
fn a_relative_path_without_a_folder_is_saved_in_the_working_folder() {
    // Not by changing the working folder, which other tests share.
    let (target, old) = RealFs.target(Path::new("no-such-file.ron")).unwrap();
    assert_eq!(target, Path::new("no-such-file.ron"));
    assert!(old.is_none());
}

#[test]
fn the_content_is_on_the_disk_before_it_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let fs = Faulty::at(usize::MAX, false);
    write(&fs, &folder.path().join("work.ron"), b"new").unwrap();
    let steps = fs.log.into_inner().unwrap();
    assert_eq!(
        steps,
        ["target", "create", "write", "sync", "rename", "sync_folder"]
    );
}

#[test]
fn a_draft_keeps_the_disk_at_work_and_leaves_nothing_when_it_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let fs = Faulty::at(usize::MAX, false);
    let mut draft = Draft::begin(&fs, &path).unwrap();
    draft.push(b"a little").unwrap();
    draft.keep_up().unwrap();
    let steps = || std::mem::take(&mut *fs.log.lock().unwrap());
    assert_eq!(steps(), ["target", "create", "write"]);
    // Not each piece is much, but all of them are.
    for _ in 0..2 {
        draft.push(&vec![b'x'; Draft::AT_ONCE / 2]).unwrap();
        draft.keep_up().unwrap();
    }
    assert_eq!(steps(), ["write", "write", "sync"]);
    draft.push(b"the end").unwrap();
    draft.keep_up().unwrap();
    assert_eq!(steps(), ["write"]);
    draft.commit().unwrap();
    assert_eq!(steps(), ["sync", "rename", "sync_folder"]);
    let now = std::fs::read(&path).unwrap();
    assert_eq!(now.len(), 8 + Draft::AT_ONCE + 7);
    assert!(now.starts_with(b"a littlex") && now.ends_with(b"xthe end"));

    let mut given_up = Draft::begin(&fs, &path).unwrap();
    given_up.push(b"another").unwrap();
    drop(given_up);
    assert_eq!(names_in(folder.path()), ["work.ron"]);
    assert_eq!(std::fs::read(&path).unwrap(), now);
}

#[test]
fn what_is_placed_unwaited_for_is_waited_for_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let fs = Faulty::at(usize::MAX, false);
    let mut draft = Draft::begin(&fs, &folder.path().join("next.ron")).unwrap();
    draft.push(b"a backup").unwrap();
    let path = folder.path().join("000001.ron");
    draft.place_as(&path).unwrap();
    assert_eq!(names_in(folder.path()), ["000001.ron"]);
    settle(&fs, &path).unwrap();
    let steps = fs.log.into_inner().unwrap();
    assert_eq!(
        steps,
        ["target", "create", "write", "rename", "sync", "sync_folder"]
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"a backup");
    assert!(settle(&Faulty::at(0, false), &path).is_err());
    assert!(settle(&RealFs, &folder.path().join("gone.ron")).is_err());
}
