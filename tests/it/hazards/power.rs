//! Power loss: what was asked of the disk is logged, and every disk that a cut could leave is laid
//! out and opened. After T. S. Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014:
//! content that was not waited for may be there, in part or not at all; names that were not waited
//! for may be there up to any point.

use std::collections::BTreeMap;
use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use attache::model::view::View;
use attache::store::atomic::{Fs, RealFs};
use attache::store::session_file;

use super::{Window, found_after, plain, report};

type Inode = u64;

#[derive(Debug, Clone)]
enum Op {
    Create(PathBuf, Inode),
    Write(Inode, Vec<u8>),
    Sync(Inode),
    Rename(PathBuf, PathBuf),
    SyncFolder(PathBuf),
    Remove(PathBuf),
    /// From here on these edits must be found.
    Acknowledged(Vec<String>),
}

/// The file system, and what was asked of it.
#[derive(Default)]
struct Logged {
    log: Mutex<Vec<Op>>,
}

impl Logged {
    fn add(&self, op: Op) {
        self.log.lock().unwrap().push(op);
    }
}

fn inode(file: &File) -> Inode {
    file.metadata().unwrap().ino()
}

impl Fs for Logged {
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<Metadata>)> {
        RealFs.target(path)
    }

    fn create(&self, path: &Path, like: Option<&Permissions>) -> io::Result<File> {
        let file = RealFs.create(path, like)?;
        self.add(Op::Create(path.to_owned(), inode(&file)));
        Ok(file)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.add(Op::Write(inode(file), bytes.to_vec()));
        RealFs.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.add(Op::Sync(inode(file)));
        RealFs.sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.add(Op::Rename(from.to_owned(), to.to_owned()));
        RealFs.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.add(Op::SyncFolder(folder.to_owned()));
        RealFs.sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.add(Op::Remove(path.to_owned()));
        RealFs.remove(path)
    }
}

/// A disk as the log has made it so far.
#[derive(Default, Clone)]
struct Disk {
    /// What is in each file for certain, and what may be.
    content: BTreeMap<Inode, (Vec<u8>, Vec<u8>)>,
    /// Names that are there for certain.
    names: BTreeMap<PathBuf, Inode>,
    /// Changes of names since, in order.
    unsure: Vec<Op>,
}

impl Disk {
    fn take(&mut self, op: &Op) {
        match op {
            Op::Create(_, inode) => {
                // A number is used again once its file is gone.
                self.content.insert(*inode, (Vec::new(), Vec::new()));
                self.unsure.push(op.clone());
            }
            Op::Write(inode, bytes) => {
                let (_, unsure) = self.content.entry(*inode).or_default();
                unsure.extend_from_slice(bytes);
            }
            Op::Sync(inode) => {
                let (sure, unsure) = self.content.entry(*inode).or_default();
                sure.append(unsure);
            }
            Op::Rename(..) | Op::Remove(_) => self.unsure.push(op.clone()),
            Op::SyncFolder(folder) => {
                let (done, rest) = std::mem::take(&mut self.unsure)
                    .into_iter()
                    .partition(|op| is_in(op, folder));
                self.unsure = rest;
                for op in done {
                    rename(&mut self.names, &op);
                }
            }
            Op::Acknowledged(_) => {}
        }
    }

    /// Every disk that a cut could leave now: so many changes of names, and so much of the content.
    fn after_cut(&self) -> Vec<BTreeMap<PathBuf, Vec<u8>>> {
        let mut found = Vec::new();
        for named in 0..=self.unsure.len() {
            let mut names = self.names.clone();
            for op in &self.unsure[..named] {
                rename(&mut names, op);
            }
            for halves in 0..=2 {
                let content = |inode: &Inode| {
                    let (sure, unsure) = self.content.get(inode).cloned().unwrap_or_default();
                    let kept = unsure.len() * halves / 2;
                    [&sure[..], &unsure[..kept]].concat()
                };
                let files = names
                    .iter()
                    .map(|(path, inode)| (path.clone(), content(inode)));
                found.push(files.collect());
            }
        }
        found
    }
}

fn is_in(op: &Op, folder: &Path) -> bool {
    let (Op::Create(path, _) | Op::Rename(path, _) | Op::Remove(path)) = op else {
        return false;
    };
    path.parent() == Some(folder)
}

fn rename(names: &mut BTreeMap<PathBuf, Inode>, op: &Op) {
    match op {
        Op::Create(path, inode) => _ = names.insert(path.clone(), *inode),
        Op::Remove(path) => _ = names.remove(path),
        Op::Rename(from, to) => {
            if let Some(inode) = names.remove(from) {
                names.insert(to.clone(), inode);
            }
        }
        _ => {}
    }
}

#[test]
fn whatever_a_power_cut_leaves_can_be_opened_and_holds_what_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let home = std::fs::canonicalize(folder.path()).unwrap();
    let path = home.join("work.ron");
    let fs = Arc::new(Logged::default());
    session_file::save(&*fs, &path, &plain(), &View::default()).unwrap();
    fs.add(Op::Acknowledged(Vec::new()));
    let mut window = Window::open(fs.clone(), &path);
    let mut done: Vec<String> = Vec::new();
    for round in 0..3 {
        for edit in 0..2 {
            let name = format!("{round}.{edit}");
            window.edit(&name);
            window.wait();
            done.push(name);
            fs.add(Op::Acknowledged(done.clone()));
        }
        window.save().unwrap();
        fs.add(Op::Acknowledged(done.clone()));
    }
    drop(window);

    let log = fs.log.lock().unwrap().clone();
    let mut disk = Disk::default();
    let (mut acknowledged, mut is_there, mut cuts) = (Vec::new(), false, 0);
    for op in &log {
        disk.take(op);
        if let Op::Acknowledged(edits) = op {
            acknowledged.clone_from(edits);
            is_there = true;
        }
        if !is_there {
            continue;
        }
        for files in disk.after_cut() {
            cuts += 1;
            let after = tempfile::tempdir().unwrap();
            for (name, bytes) in files {
                let to = after.path().join(name.strip_prefix(&home).unwrap());
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::write(to, bytes).unwrap();
            }
            let found = found_after(&after.path().join("work.ron"));
            for edit in &acknowledged {
                assert!(
                    found.contains(edit),
                    "{edit} is lost after {op:?}: {found:?}"
                );
            }
        }
    }
    assert!(cuts > 200, "only {cuts} cuts");
    report(
        "power loss: replay of the operation log",
        &format!("{cuts} cuts: all loadable, all acknowledged edits there"),
    );
}
