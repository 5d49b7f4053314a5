use std::collections::BTreeMap;
use std::fs;
use std::fs::{File, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::build::Builder;
use super::facts::facts_of;
use super::make::Limits;
use super::{CsvColumns, Plan, Reading, Summary};
use crate::model::ids::ActorId;
use crate::model::sketch::Sketch;
use crate::store::atomic::{Fs, RealFs};
use crate::store::library::manifest::Manifest;
use crate::store::library::{LibraryError, part, read};
use crate::store::synthetic;
use crate::store::watch::{Unwatched, Watch};

/// Makes small parts, so that a few articles make several.
pub(super) fn small() -> Builder {
    Builder {
        limits: Limits {
            bytes: 1 << 20,
            articles: 4,
        },
        workers: 2,
        ..Builder::default()
    }
}

pub(super) fn plan(from: &[&Path]) -> Plan {
    Plan {
        from: from.iter().map(|path| path.to_path_buf()).collect(),
        reading: Reading::new(ActorId::new("BY")),
        csv: CsvColumns::default(),
        part_articles: None,
    }
}

/// So many articles in a folder and a library made of them, in a place that goes with the first.
pub(super) fn library_of(rows: std::ops::Range<usize>) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| place.path().join(name));
    articles(&from, rows);
    small()
        .build(&library, &plan(&[&from]), &Unwatched)
        .unwrap();
    (place, from, library)
}

pub(super) fn articles(folder: &Path, rows: std::ops::Range<usize>) {
    fs::create_dir_all(folder).unwrap();
    for row in rows {
        let path = folder.join(format!("{row:04}.txt"));
        fs::write(path, synthetic::article(7, row)).unwrap();
    }
}

/// Every file of the library with its content, but for the lock and what names absolute paths.
pub(super) fn content(library: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(library)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        // The files of an index have names that are drawn.
        .filter(|entry| !entry.path().iter().any(|name| name == "index"))
        .map(|entry| {
            let below = entry.path().strip_prefix(library).unwrap().to_owned();
            (below, fs::read(entry.path()).unwrap())
        })
        .collect()
}

pub(super) fn sources(library: &Path) -> Vec<String> {
    let manifest = Manifest::load(library).unwrap();
    let mut sources = Vec::new();
    for part in &manifest.parts {
        let folder = Manifest::part_folder(library, &part.name);
        read::articles(&folder, |row| {
            sources.push(row.article.source.into());
            true
        })
        .unwrap();
    }
    sources
}

/// Stops after so many looks.
struct Fuse(AtomicU64);
impl Watch for Fuse {
    fn report(&self, _: u64, _: u64, _: &str) {}
    fn is_cancelled(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
            .is_err()
    }
}

#[test]
fn the_same_articles_make_the_same_library_however_it_came_about() {
    let folder = tempfile::tempdir().unwrap();
    let (from, one, other) = ("from", "one", "other");
    let [from, one, other] = [from, one, other].map(|name| folder.path().join(name));
    articles(&from, 0..14);
    let all = small().build(&one, &plan(&[&from]), &Unwatched).unwrap();
    assert_eq!((all.articles, all.new, all.parts), (14, 14, 4));
    assert_eq!((all.cancelled, all.problems.len()), (false, 0));

    let mut stops = 0;
    for looks in (5..).step_by(12) {
        let fuse = Fuse(AtomicU64::new(looks));
        let summary = small().build(&other, &plan(&[&from]), &fuse).unwrap();
        if !summary.cancelled {
            break;
        }
        stops += 1;
    }
    assert!(stops > 3, "{stops}");
    assert!(content(&one) == content(&other));
    assert_eq!(sources(&one).len(), 14);
    // Once more, nothing is left to do.
    let again = small().build(&one, &plan(&[&from]), &Unwatched).unwrap();
    assert_eq!((again.articles, again.new), (14, 0));
    assert!(content(&one) == content(&other));
}

#[test]
fn what_a_library_keeps_is_what_was_read() {
    use crate::analysis::facts::{Known, facts_of as facts_of_text};
    use crate::extract::lexicon::Lexicon;
    use crate::extract::{Context, extract, rules};
    use crate::model::actor::ActorBook;

    let (_folder, _, library) = library_of(0..6);
    let book = ActorBook::default();
    let lexicon = Lexicon::new(&book);
    let focus = ActorId::new("BY");
    let known = Known {
        focus: &focus,
        book: &book,
        country_of: &|actor| lexicon.country(actor),
        rule_no: &|rule| rules::number(&rule.0),
    };
    let mut number = 0;
    for part in &Manifest::load(&library).unwrap().parts {
        let folder = Manifest::part_folder(&library, &part.name);
        read::articles(&folder, |row| {
            let text = synthetic::article(7, number);
            let site = super::make::sites_of(&folder).unwrap();
            let source = row.article.source.clone();
            let context = Context {
                site: site.of(&source),
                ..Context::new(&lexicon, &focus)
            };
            let read = extract(&text, &context);
            let sketch = Sketch::of(&text, read.sentences.iter().copied());
            let mut facts =
                facts_of_text(row.article.id, &source, &text, &read, sketch, None, &known);
            facts.site = row.article.site;
            assert!(!facts.claims.is_empty());
            assert_eq!(facts_of(row), facts, "article {number}");
            number += 1;
            true
        })
        .unwrap();
    }
    assert_eq!(number, 6);
}

#[test]
fn json_lines_csv_and_files_are_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    articles(&at("from/texts"), 0..2);
    let same = synthetic::article(7, 1);
    let lines = [
        serde_json::json!({"source": "press/1", "text": same}),
        serde_json::json!({"source": "press/2", "text": "Belarus and China signed an agreement.",
            "title": " A \n headline", "published": "2016-05-04T10:00:00Z", "url": "https://a/b"}),
        serde_json::json!({"source": "press/3", "text": "Another text.", "published": "05/12/20"}),
        serde_json::json!({"source": "press/4", "text": " "}),
        serde_json::json!({"text": "no source"}),
    ];
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    fs::write(at("from/a.jsonl"), lines.join("\n\n")).unwrap();
    let csv = "url,body,date\n,\"Russia delivered, in 2016,\nvehicles to Belarus.\",2016\nx,,\n";
    fs::write(at("from/b.csv"), csv).unwrap();
    fs::write(at("from/c.md"), "# Notes\n\nOn Belarus.").unwrap();
    fs::write(at("from/d.txt"), b"\x7fELF\0\0\x01").unwrap();
    fs::write(at("from/e.pdf"), "not looked at").unwrap();
    let mut plan = plan(&[&at("from")]);
    plan.csv = "text=body,published=date".parse().unwrap();
    let summary = small().build(&at("library"), &plan, &Unwatched).unwrap();
    assert_eq!((summary.articles, summary.copies), (6, 1));
    assert_eq!(
        sources(&at("library")),
        [
            "press/1",
            "press/2",
            "press/3",
            "b.csv#2",
            "c.md",
            "texts/0000.txt"
        ]
    );
    let said: Vec<String> = summary
        .problems
        .iter()
        .map(|problem| format!("{}: {}", problem.what, problem.why))
        .collect();
    for part in [
        "line 5",
        "05/12/20",
        "line 7",
        "line 9",
        "b.csv, line 4",
        "d.txt",
    ] {
        assert_eq!(
            said.iter().filter(|said| said.contains(part)).count(),
            1,
            "{part}: {said:?}"
        );
    }
    let manifest = Manifest::load(&at("library")).unwrap();
    let folder = Manifest::part_folder(&at("library"), &manifest.parts[0].name);
    let mut rows = Vec::new();
    read::articles(&folder, |row| {
        rows.push(row.article);
        true
    })
    .unwrap();
    assert_eq!(&*rows[1].title, "A headline");
    assert_eq!(
        rows[1].published.as_ref().unwrap().to_string(),
        "2016-05-04"
    );
    assert_eq!(rows[1].url.as_deref(), Some("https://a/b"));
    assert_eq!((&rows[2].published, &rows[2].given), (&None, &None));
}

fn again(library: &Path, from: &Path) -> Summary {
    small().build(library, &plan(&[from]), &Unwatched).unwrap()
}

#[test]
fn an_update_takes_what_is_new_and_marks_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    articles(&from, 0..10);
    again(&library, &from);
    let parts = Manifest::load(&library).unwrap().parts;
    articles(&from, 10..12);
    fs::write(from.join("0001.txt"), "Another text on Belarus.").unwrap();
    fs::remove_file(from.join("0002.txt")).unwrap();
    fs::rename(from.join("0003.txt"), from.join("moved.txt")).unwrap();
    let summary = again(&library, &from);
    assert_eq!(
        (summary.articles, summary.new, summary.vanished),
        (13, 3, 2)
    );
    let manifest = Manifest::load(&library).unwrap();
    assert_eq!(manifest.parts[..parts.len()], parts);
    // What comes back is no longer gone.
    articles(&from, 2..3);
    let summary = again(&library, &from);
    assert_eq!(
        (summary.articles, summary.new, summary.vanished),
        (13, 0, 1)
    );
}

#[test]
fn a_damaged_part_is_named_and_made_again_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    articles(&from, 0..12);
    again(&library, &from);
    let before = content(&library);
    let manifest = Manifest::load(&library).unwrap();
    let damaged = Manifest::part_folder(&library, &manifest.parts[1].name);
    for name in [part::ARTICLES, part::CLAIMS, part::SEAL] {
        let path = damaged.join(name);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let summary = again(&library, &from);
        assert_eq!((summary.articles, summary.problems.len()), (12, 1));
        assert!(summary.problems[0].what.contains(&manifest.parts[1].name));
        // Not printed: it is long.
        assert!(content(&library) == before, "{name}");
    }
    // What is nowhere else is told of, and what is left of it is kept.
    fs::remove_file(from.join("0005.txt")).unwrap();
    fs::write(damaged.join(part::ARTICLES), "").unwrap();
    let summary = again(&library, &from);
    assert_eq!((summary.articles, summary.problems.len()), (11, 2));
    assert!(summary.problems[1].why.contains("damaged"));
    assert!(library.join("damaged").is_dir());
    articles(&from, 5..6);
    let summary = again(&library, &from);
    assert_eq!((summary.articles, summary.problems.len()), (12, 0));
    assert!(!library.join("damaged").exists());
}

#[test]
fn only_one_writes_and_only_with_the_same_settings() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    articles(&from, 0..2);
    again(&library, &from);
    let mut other = plan(&[&from]);
    other.reading.focus = ActorId::new("RU");
    let said = small().build(&library, &other, &Unwatched).unwrap_err();
    assert!(said.to_string().contains("made for BY, not for RU"));
    let lock = fs::File::open(library.join("library.lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(
        small().build(&library, &plan(&[&from]), &Unwatched),
        Err(LibraryError::Locked { .. })
    ));
}

/// What stands for news in benches is as long, as dated and as telling as news are.
#[test]
fn what_benches_read_is_like_news() {
    use crate::extract::lexicon::Lexicon;
    use crate::extract::{Context, extract};
    use crate::model::actor::ActorBook;
    use crate::model::finding::FindingKind;

    const MANY: usize = 300;
    let lexicon = Lexicon::new(&ActorBook::default());
    let focus = ActorId::new("BY");
    let (mut bytes, mut claims, mut dated) = (0, 0, 0);
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for row in 0..MANY {
        let text = synthetic::news(1, row);
        assert_eq!(text, synthetic::news(1, row));
        bytes += text.len();
        let read = extract(&text, &Context::new(&lexicon, &focus));
        claims += read.of_kind(FindingKind::Claim).count();
        dated += usize::from(read.publication.when.is_some());
        let all = text.split(|c: char| !c.is_alphabetic());
        for word in all.filter(|word| word.is_ascii() && !word.is_empty()) {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let (mean, rate) = (bytes / MANY, claims as f64 / MANY as f64);
    assert!((2_500..3_500).contains(&mean), "{mean} bytes");
    assert!((1.5..3.5).contains(&rate), "{rate} claims");
    assert!(dated > MANY * 9 / 10, "{dated} dated");
    let once = words.values().filter(|count| **count == 1).count();
    assert!(once * 2 > words.len(), "half of the words come once");
    // Heaps' law, with the figures of RCV1.
    let all: usize = words.values().sum();
    let ratio = words.len() as f64 / (44.0 * (all as f64).powf(0.49));
    assert!(
        (0.75..1.33).contains(&ratio),
        "{} of {all} words",
        words.len()
    );
}

#[test]
fn a_library_knows_which_claims_are_one_event() {
    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    articles(&from, 0..10);
    // Two reports of one happening, in words of their own.
    let signed = "On 14 March 2021, Belarus and Serbia signed an agreement on military cooperation";
    for (name, text) in [
        (
            "one.txt",
            format!("{signed} in Belgrade, the ministry said.\n"),
        ),
        (
            "two.txt",
            format!("Officers met for two days. {signed}. A visit is to follow.\n"),
        ),
    ] {
        fs::write(from.join(name), text).unwrap();
    }
    again(&library, &from);
    let opened = super::open_library(&library, &Unwatched).unwrap().unwrap();
    let corpus = &opened.corpus;
    let tell = (0..).take(corpus.len());
    let tell: Vec<u32> = tell
        .filter(|row| corpus.text(*row as usize).unwrap().contains(signed))
        .collect();
    let events = opened.across.events.columns();
    let starts = std::iter::once(&0).chain(&events.ends);
    let mut reports = starts
        .zip(&events.ends)
        .map(|(start, end)| &events.rows[*start as usize..*end as usize]);
    assert!(
        tell.len() == 2 && reports.any(|rows| rows == tell),
        "{events:?}"
    );
}

#[test]
fn an_opened_library_gives_what_was_read_and_damage_is_told() {
    use crate::model::session::CorpusSource;
    use crate::store::corpus::Corpus;

    let folder = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| folder.path().join(name));
    articles(&from, 0..10);
    // A near copy of one of them, and an exact one of another.
    let near = synthetic::article(7, 3) + "\nIt was printed again.";
    fs::write(from.join("near.txt"), &near).unwrap();
    fs::write(from.join("same.txt"), synthetic::article(7, 4)).unwrap();
    again(&library, &from);
    let opened = super::open_library(&library, &Unwatched).unwrap().unwrap();
    assert_eq!(opened.problems, []);
    let corpus = &opened.corpus;
    let plain = Corpus::import(std::slice::from_ref(&from), &Unwatched).corpus;
    assert_eq!(corpus.len(), plain.len());
    for row in 0..plain.len() {
        assert_eq!(corpus.id(row), plain.id(row));
        assert_eq!(corpus.row(corpus.id(row).unwrap()), Some(row));
        assert_eq!(corpus.text(row).unwrap(), plain.text(row).unwrap());
        assert_eq!(corpus.size_bytes(row), plain.size_bytes(row));
        assert_eq!(corpus.encoding(row), plain.encoding(row));
        assert!(corpus.sources(row).eq(plain.sources(row)), "{row}");
        assert!(!corpus.is_vanished(row));
    }
    assert_eq!(
        opened.across.folds.under(10).len() + opened.across.folds.under(3).len(),
        1
    );
    let held: usize = opened.parts.iter().map(|part| part.len()).sum();
    assert_eq!(held, corpus.len());
    assert_eq!(opened.parts[2].source(0), corpus.source(8));

    // Made again from the tables, the columns are the same.
    let view = library.join(opened.manifest.view.as_ref().unwrap());
    let whole = fs::read(&view).unwrap();
    for damaged in [None, Some(&whole[..whole.len() / 2])] {
        fs::remove_file(&view).unwrap();
        if let Some(bytes) = damaged {
            fs::write(&view, bytes).unwrap();
        }
        let again = super::open_library(&library, &Unwatched).unwrap().unwrap();
        assert_eq!(again.problems.len(), 1, "{:?}", again.problems);
        assert_eq!(again.parts, opened.parts);
        assert_eq!(again.across, opened.across);
        fs::write(&view, &whole).unwrap();
    }
    // So is an index, in the library.
    let rows = |opened: &super::Opened| -> Vec<u32> {
        let indexes = super::open_indexes(&opened.dir, &opened.manifest, &Unwatched);
        let indexes = indexes.unwrap().unwrap();
        assert_eq!(indexes.problems, []);
        indexes.parts.iter().map(|index| index.rows()).collect()
    };
    let index = Manifest::part_folder(&library, &opened.manifest.parts[1].name).join(part::INDEX);
    assert_eq!(rows(&opened), [4, 4, 3]);
    fs::remove_dir_all(&index).unwrap();
    assert_eq!(
        super::check(&library, &Unwatched).unwrap().problems.len(),
        1
    );
    let mended = super::open_library(&library, &Unwatched).unwrap().unwrap();
    assert_eq!(
        (rows(&mended), &mended.problems),
        (vec![4, 4, 3], &Vec::new())
    );
    assert_eq!(super::check(&library, &Unwatched).unwrap().problems, []);
    // A part that is damaged is left out; the others stand.
    let part = Manifest::part_folder(&library, &opened.manifest.parts[1].name);
    fs::remove_file(part.join(part::MENTIONS)).unwrap();
    let less = super::open_library(&library, &Unwatched).unwrap().unwrap();
    assert_eq!(
        (less.corpus.len(), less.problems.len()),
        (corpus.len() - 4, 1)
    );
    assert_eq!(less.corpus.text(4).unwrap(), corpus.text(8).unwrap());
    let import = Corpus::open(&CorpusSource::Library(library.clone()), &Unwatched);
    assert_eq!(
        (import.corpus.len(), import.unreadable.len()),
        (corpus.len() - 4, 1)
    );
    let checked = super::check(&library, &Unwatched).unwrap();
    assert_eq!((checked.parts, checked.problems.len()), (2, 1));
    // An update heals it.
    let summary = again(&library, &from);
    assert_eq!(
        (summary.articles, summary.problems.len()),
        (corpus.len() as u64, 1)
    );
    let healed = super::open_library(&library, &Unwatched).unwrap().unwrap();
    assert_eq!((healed.problems.len(), &healed.parts), (0, &opened.parts));
    assert_eq!(super::check(&library, &Unwatched).unwrap().problems, []);
}

/// Has room for so many files.
struct Room(AtomicU64);
impl Fs for Room {
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<Metadata>)> {
        RealFs.target(path)
    }
    fn create(&self, path: &Path, like: Option<&Permissions>) -> io::Result<File> {
        RealFs.create(path, like)
    }
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let left = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
        match left {
            Ok(_) => RealFs.write(file, bytes),
            Err(_) => Err(io::ErrorKind::StorageFull.into()),
        }
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        RealFs.sync(file)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFs.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        RealFs.sync_folder(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealFs.remove(path)
    }
}

/// A full disk ends a build with its reason; the manifest that was there stays, and once there is
/// room the same call goes on.
#[test]
fn a_full_disk_costs_nothing_that_was_complete() {
    let folder = tempfile::tempdir().unwrap();
    let [from, one, other] = ["from", "one", "other"].map(|name| folder.path().join(name));
    articles(&from, 0..14);
    again(&one, &from);
    for room in 0..6 {
        let full = Builder {
            fs: Arc::new(Room(AtomicU64::new(room))),
            ..small()
        };
        let built = full.build(&other, &plan(&[&from]), &Unwatched);
        match built {
            Err(error) => assert!(error.to_string().contains("Free some space"), "{error}"),
            Ok(_) => assert!(room > 2),
        }
    }
    again(&other, &from);
    assert!(content(&one) == content(&other));
}
