use std::sync::atomic::AtomicBool;

use super::*;
use crate::store::watch::Unwatched;

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn import(folder: &tempfile::TempDir) -> Import {
    Corpus::import(&[folder.path().to_owned()], &Unwatched)
}

fn sources(corpus: &Corpus) -> Vec<&str> {
    (0..corpus.len()).map(|row| corpus.source(row)).collect()
}

#[test]
fn a_folder_is_read_with_its_subfolders_in_the_order_of_names() {
    let folder = folder_with(&[
        ("b.TXT", b"second"),
        ("a.txt", b"first"),
        ("sub/deeper/c.txt", b"fourth"),
        ("bb/z.Txt", b"third"),
        ("notes.md", b"not an article"),
        (".hidden.txt", b"hidden"),
        (".git/x.txt", b"hidden"),
    ]);
    let import = import(&folder);
    assert_eq!(
        sources(&import.corpus),
        ["a.txt", "b.TXT", "bb/z.Txt", "sub/deeper/c.txt"]
    );
    assert_eq!(&*import.corpus.text(3).unwrap(), "fourth");
    assert!(import.unreadable.is_empty() && !import.cancelled);
}

#[test]
fn what_cannot_be_read_is_listed_and_stops_nothing() {
    let folder = folder_with(&[
        ("empty.txt", b""),
        ("good.txt", b"good"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ]);
    let missing = folder.path().join("no such folder");
    let import = Corpus::import(&[folder.path().to_owned(), missing.clone()], &Unwatched);
    assert_eq!(sources(&import.corpus), ["good.txt"]);
    let mut told: Vec<_> = import
        .unreadable
        .iter()
        .map(|u| {
            (
                u.path
                    .strip_prefix(folder.path())
                    .unwrap()
                    .to_str()
                    .unwrap(),
                u.reason.to_string(),
            )
        })
        .collect();
    told.sort();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].0 == "empty.txt" && told[0].1.contains("empty"));
    assert!(told[1].0 == "no such folder" && told[1].1.contains("no such file"));
    assert!(told[2].0 == "picture.txt" && told[2].1.contains("not text"));
}

#[test]
fn the_same_bytes_twice_are_one_article() {
    let folder = folder_with(&[
        ("x/1.txt", b"same"),
        ("2.txt", b"other"),
        ("a/3.txt", b"same"),
    ]);
    let import = import(&folder);
    assert_eq!(sources(&import.corpus), ["2.txt", "a/3.txt"]);
    assert_eq!(
        import.corpus.sources(1).collect::<Vec<_>>(),
        ["a/3.txt", "x/1.txt"]
    );
    assert_eq!(import.corpus.files(1).count(), 2);
}

#[test]
fn a_file_by_its_own_name_is_read_whatever_its_extension() {
    let folder = folder_with(&[("article.html", b"text"), ("other.txt", b"other")]);
    let path = folder.path().join("article.html");
    let import = Corpus::import(std::slice::from_ref(&path), &Unwatched);
    assert_eq!(sources(&import.corpus), ["article.html"]);
    assert_eq!(import.corpus.files(0).collect::<Vec<_>>(), [path]);
    assert_eq!(&*import.corpus.text(0).unwrap(), "text");
}

#[cfg(unix)]
#[test]
fn links_are_followed_loops_end_and_odd_names_are_read() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = folder_with(&[("a/1.txt", b"one"), ("a/b/2.txt", b"two")]);
    let root = folder.path();
    symlink(root.join("a"), root.join("a/b/loop")).unwrap();
    symlink(root.join("a/1.txt"), root.join("link.txt")).unwrap();
    symlink(root.join("nowhere"), root.join("broken.txt")).unwrap();
    symlink(root.join("nowhere"), root.join("broken")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    std::fs::write(root.join(odd), "odd").unwrap();
    let import = import(&folder);
    assert_eq!(
        sources(&import.corpus),
        ["a/1.txt", "a/b/2.txt", "caf\u{FFFD}.txt"]
    );
    assert_eq!(&*import.corpus.text(2).unwrap(), "odd");
    assert_eq!(
        import.corpus.sources(0).collect::<Vec<_>>(),
        ["a/1.txt", "link.txt"]
    );
    assert_eq!(import.unreadable.len(), 1);
    assert_eq!(import.unreadable[0].path, root.join("broken.txt"));
}

/// Cancels once it has heard of `after` files.
struct CancelAfter(u64, AtomicBool);

impl Watch for CancelAfter {
    fn report(&self, done: u64, total: u64, _what: &str) {
        if total > 0 && done >= self.0 {
            self.1.store(true, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }
}

#[test]
fn a_cancelled_import_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..500 {
        std::fs::write(folder.path().join(format!("{n:03}.txt")), n.to_string()).unwrap();
    }
    let watch = CancelAfter(3, AtomicBool::new(false));
    let import = Corpus::import(&[folder.path().to_owned()], &watch);
    assert!(import.cancelled);
    assert!(
        (3..500).contains(&import.corpus.len()),
        "{}",
        import.corpus.len()
    );
    for row in 0..import.corpus.len() {
        assert!(import.corpus.text(row).is_ok());
    }
}
