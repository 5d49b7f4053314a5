use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::record::RecordDoc;
use super::*;
use crate::model::arbitrary;
use crate::model::history::History;
use crate::model::ids::{ActorId, ItemId};
use crate::model::session::CorpusSource;
use crate::model::view::View;
use crate::store::atomic::RealFs;
use crate::store::beside;
use crate::store::session_file::{self, Saving};

fn plain() -> Session {
    let id = ItemId(uuid::Uuid::from_u128(7));
    Session::new(id, CorpusSource::Sample, ActorId::new("BY"), "Ann".into())
}

fn start(session: &Session, base: Base, path: &Path) -> Start {
    Start {
        session: session.id,
        base,
        beside: path.to_owned(),
        elsewhere: None,
        lock: None,
        recovered: Vec::new(),
        replaces: false,
    }
}

fn begin(start: Start) -> Journal {
    Journal::begin(Arc::new(RealFs), start, Arc::new(|| {}))
}

/// A session, its history and its journal, as a window has them.
struct Desk {
    session: Session,
    history: History,
    journal: Journal,
}

impl Desk {
    fn step(&mut self, name: &str) {
        self.edit(name, Edit::Analyst(name.to_owned()));
    }

    fn edit(&mut self, name: &str, edit: Edit) {
        let before = self.history.revision();
        self.history.apply(&mut self.session, name, None, &edit);
        if self.history.revision() != before {
            self.journal.append(Act::Step, name, None, edit);
        }
    }

    fn undo(&mut self) {
        if let Some(change) = self.history.undo(&mut self.session) {
            self.journal
                .append(Act::Undo, &change.name, change.article, change.edit);
        }
    }

    fn redo(&mut self) {
        if let Some(change) = self.history.redo(&mut self.session) {
            self.journal
                .append(Act::Redo, &change.name, change.article, change.edit);
        }
    }
}

/// A saved session with a window on it.
fn saved(path: &Path) -> (Desk, ContentHash) {
    let session = plain();
    let saved = session_file::save(&RealFs, path, &session, &View::default()).unwrap();
    let hash = saved.on_disk.hash;
    let journal = begin(start(&session, Base::File(hash), path));
    let history = History::default();
    let desk = Desk {
        session,
        history,
        journal,
    };
    (desk, hash)
}

/// The session that a window after a crash comes to.
fn recovered(path: &Path) -> Session {
    let loaded = session_file::load(path).unwrap();
    let mut session = loaded.session;
    let found = read(&beside::journal(path), path).unwrap();
    if let Some(found) = found {
        let hash = loaded.on_disk.unwrap().hash;
        let missing = found.missing(&hash).expect("it builds on this file");
        replay(&mut session, &mut History::default(), missing);
    }
    session
}

#[test]
fn what_was_done_after_the_save_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let (mut desk, hash) = saved(&path);
    for name in ["one", "two", "three"] {
        desk.step(name);
    }
    desk.undo();
    desk.undo();
    desk.redo();
    assert_eq!(desk.journal.number(), 6);
    let is_told = (0..1_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        desk.journal.synced() == 6
    });
    assert!(is_told, "the last edit is never said to be on the disk");
    assert_eq!(desk.journal.path(), Some(beside::journal(&path)));
    let Desk {
        session, journal, ..
    } = desk;
    drop(journal);
    assert_eq!(session.analyst, "two");
    assert_eq!(recovered(&path), session);

    let found = read(&beside::journal(&path), &path).unwrap().unwrap();
    assert_eq!(found.torn, None);
    assert_eq!(found.missing(&hash).unwrap().len(), 6);
    assert_eq!(found.entries[5].words(), "Redo: two");
    let other = ContentHash::of(b"another file");
    assert_eq!(found.missing(&other), None);
    // What was recovered can be undone as it could before.
    let (mut again, mut history) = (plain(), History::default());
    replay(&mut again, &mut history, &found.entries);
    assert_eq!(history.undo_name(), Some("two"));
    assert_eq!(history.redo_name(), Some("three"));
}

#[test]
fn an_edit_is_never_applied_twice_wherever_a_save_stops() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let (mut desk, old) = saved(&path);
    desk.step("one");
    let announcer = desk.journal.announcer().unwrap();
    let upto = desk.journal.number();
    let snapshot = desk.session.clone();
    // The analyst works on while it is saved.
    desk.step("two");
    let saving = Saving {
        path: &path,
        session: &snapshot,
        view: &View::default(),
        known: None,
        backups: false,
        announce: &|hash| {
            announcer.announce(hash);
            // The crash before the rename: the old file and both edits.
            let found = read(&beside::journal(&path), &path).unwrap().unwrap();
            assert_eq!(found.missing(&old).unwrap().len(), 2);
            assert_eq!(found.missing(hash).unwrap().len(), 1);
        },
    };
    let new = saving.run(&RealFs).unwrap().on_disk.hash;
    // The crash after it, before the journal is folded.
    assert_eq!(recovered(&path), desk.session);
    desk.journal.fold(path.clone(), new, upto);
    desk.step("three");
    let Desk {
        session, journal, ..
    } = desk;
    drop(journal);
    let found = read(&beside::journal(&path), &path).unwrap().unwrap();
    let names: Vec<_> = found.entries.iter().map(Entry::words).collect();
    assert_eq!(names, ["two", "three"]);
    assert_eq!(found.missing(&old), None);
    assert_eq!(recovered(&path), session);
}

#[test]
fn all_saved_leaves_no_journal_and_undoing_what_is_saved_is_recovered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let (mut desk, _) = saved(&path);
    desk.step("one");
    let hash = session_file::save(&RealFs, &path, &desk.session, &View::default())
        .unwrap()
        .on_disk
        .hash;
    desk.journal.fold(path.clone(), hash, desk.journal.number());
    desk.undo();
    let Desk {
        session, journal, ..
    } = desk;
    drop(journal);
    assert_eq!(session.analyst, "Ann");
    assert_eq!(recovered(&path), session);

    let (mut desk, _) = saved(&folder.path().join("other.ron"));
    let other = folder.path().join("other.ron");
    desk.step("one");
    let hash = session_file::save(&RealFs, &other, &desk.session, &View::default())
        .unwrap()
        .on_disk
        .hash;
    desk.journal
        .fold(other.clone(), hash, desk.journal.number());
    drop(desk.journal);
    assert!(!beside::journal(&other).exists());
}

/// Saves the session at `path`, as the window does it: work may go on until it is folded.
fn save_as(desk: &Desk, path: &Path, upto: u64) {
    let saved = session_file::save(&RealFs, path, &desk.session, &View::default()).unwrap();
    desk.journal.fold(path.to_owned(), saved.on_disk.hash, upto);
}

#[test]
fn saved_elsewhere_the_journal_goes_along_and_takes_no_others_place() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (
        folder.path().join("work.ron"),
        folder.path().join("new.ron"),
    );
    // What another session left beside the new place: nobody was asked about it.
    std::fs::write(beside::journal(&new), "of another session").unwrap();
    let (mut desk, _) = saved(&old);
    desk.step("one");
    save_as(&desk, &new, 1);
    desk.step("two");
    let Desk {
        session, journal, ..
    } = desk;
    drop(journal);
    assert!(!beside::journal(&old).exists(), "all that it told is saved");
    assert_eq!(recovered(&new), session);
    let aside = beside::journal(&new).with_file_name("new.ron.journal.aside");
    assert_eq!(
        std::fs::read_to_string(aside).unwrap(),
        "of another session"
    );
}

#[test]
fn a_journal_that_is_done_with_is_replaced_where_it_stands_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| {
        let path = folder.path().join(name);
        let (mut desk, hash) = saved(&path);
        std::fs::write(beside::journal(&path), "given up").unwrap();
        let start = Start {
            replaces: true,
            ..start(&desk.session, Base::File(hash), &path)
        };
        desk.journal = begin(start);
        (path, desk)
    };
    let left = |path: &Path| {
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with(path.file_stem().unwrap().to_str().unwrap()))
            .filter(|name| name.contains("journal"))
            .collect();
        names.sort();
        names
    };
    // Saved where it is: the word stands.
    let (path, mut desk) = open("a.ron");
    save_as(&desk, &path, 0);
    desk.step("one");
    let session = desk.session.clone();
    drop(desk);
    assert_eq!(left(&path), ["a.ron.journal"]);
    assert_eq!(recovered(&path), session);
    // Saved elsewhere: it was said of another one.
    let (_, mut desk) = open("b.ron");
    let path = folder.path().join("c.ron");
    std::fs::write(beside::journal(&path), "of another session").unwrap();
    save_as(&desk, &path, 0);
    desk.step("one");
    drop(desk);
    assert_eq!(left(&path), ["c.ron.journal", "c.ron.journal.aside"]);
}

#[test]
fn what_was_done_during_a_save_stays_and_is_counted_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let (mut desk, _) = saved(&path);
    desk.step("one");
    desk.step("two");
    desk.step("three");
    // The save took the session as it was after the second.
    let mut then = plain();
    then.analyst = "two".to_owned();
    let saved = session_file::save(&RealFs, &path, &then, &View::default()).unwrap();
    desk.journal.fold(path.clone(), saved.on_disk.hash, 2);
    desk.step("four");
    let session = desk.session.clone();
    drop(desk);
    let found = read(&beside::journal(&path), &path).unwrap().unwrap();
    let numbers: Vec<u64> = found.entries.iter().map(|entry| entry.number).collect();
    assert_eq!((numbers, found.torn.clone()), (vec![3, 4], None));
    assert_eq!(recovered(&path), session);
}

#[test]
fn a_torn_or_spoilt_journal_is_used_up_to_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let (mut desk, hash) = saved(&path);
    for number in 0..12 {
        desk.step(&format!("line\nend {number} \u{202e}\""));
    }
    drop(desk.journal);
    let file = beside::journal(&path);
    let whole = std::fs::read(&file).unwrap();
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    assert_eq!(ends.len(), 13, "one line a record");
    for cut in 0..whole.len() {
        std::fs::write(&file, &whole[..cut]).unwrap();
        let lines = ends.iter().filter(|end| **end < cut).count();
        match read(&file, &path) {
            Ok(Some(found)) => {
                assert_eq!(found.entries.len() + 1, lines);
                assert_eq!(found.missing(&hash).unwrap().len() + 1, lines);
                let at_end = cut == 0 || whole[cut - 1] == b'\n';
                assert_eq!(found.torn.is_none(), at_end, "at {cut}");
            }
            Ok(None) => panic!("it is there"),
            Err(error) => assert_eq!(lines, 0, "at {cut}: {error}"),
        }
    }
    // A byte flipped anywhere costs what stands from its line on, and no more.
    for (step, at) in (1..).zip((0..whole.len()).step_by(7)) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (step % 8);
        std::fs::write(&file, &bytes).unwrap();
        let line = ends.iter().filter(|end| **end < at).count();
        match read(&file, &path) {
            Ok(Some(found)) => {
                // Upper and lower case of a checksum's digits are the same number.
                let is_whole = found.torn.is_none() && found.entries.len() == 12;
                assert!(is_whole || found.entries.len() + 1 == line, "at {at}");
            }
            other => assert_eq!(line, 0, "at {at}: {other:?}"),
        }
    }
}

#[test]
fn a_newer_journal_is_not_taken_for_a_broken_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let file = beside::journal(&path);
    let schema = session_file::SCHEMA + 1;
    let text = format!("head((format:1,schema:{schema},mood:calm,session:\"x\",base:cloud(3)))");
    let line = format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()));
    std::fs::write(&file, line).unwrap();
    assert!(matches!(read(&file, &path), Err(JournalError::Newer)));
    std::fs::write(&file, "something else\n").unwrap();
    assert!(matches!(read(&file, &path), Err(JournalError::Damaged(_))));
    // And a new one does not take its place.
    let (mut desk, _) = saved(&path);
    desk.step("one");
    drop(desk.journal);
    let aside = beside::free(&file, "aside");
    assert!(aside.ends_with("work.ron.journal.aside.2"), "{aside:?}");
}

#[test]
fn a_session_without_a_file_is_found_once_its_window_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let session = plain();
    let virtual_path = folder.path().join("unsaved").join("7.ron");
    let base = Base::New(Box::new(session.clone()));
    let mut desk = Desk {
        journal: begin(start(&session, base, &virtual_path)),
        history: History::default(),
        session,
    };
    assert!(
        !virtual_path.parent().unwrap().exists(),
        "nothing to keep yet"
    );
    desk.step("one");
    while desk.journal.synced() < 1 {
        std::thread::yield_now();
    }
    let unsaved = virtual_path.parent().unwrap();
    assert!(find_unsaved(unsaved).is_empty(), "its window is there");
    drop(desk.journal);
    let mut found = find_unsaved(unsaved);
    assert_eq!(found.len(), 1);
    assert!(
        find_unsaved(unsaved).is_empty(),
        "another window recovers it"
    );
    let (journal, lock) = found.remove(0);
    let Base::New(mut again) = journal.base else {
        panic!("it has no file");
    };
    replay(&mut again, &mut History::default(), &journal.entries);
    assert_eq!(*again, desk.session);
    drop(lock);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn an_edit_comes_back_from_its_line(edit in arbitrary::edit(), name in arbitrary::text()) {
        let folder = Some(Path::new("/data"));
        let entry = Entry {
            number: 1,
            at: Timestamp::UNIX_EPOCH,
            act: Act::Step,
            name,
            article: None,
            edit,
        };
        let line = RecordDoc::entry(&entry, folder).line().unwrap();
        let (end, line) = line.split_last().unwrap();
        prop_assert_eq!(*end, b'\n');
        let RecordDoc::Edit(doc) = RecordDoc::of_line(line).unwrap() else {
            panic!("an edit")
        };
        prop_assert_eq!(doc.into_entry(folder), entry);
    }
}

/// What an analyst does between saves.
#[derive(Debug, Clone)]
enum Doing {
    Edit(Box<Edit>),
    Undo,
    Redo,
    Save,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        5 => arbitrary::edit().prop_map(|edit| Doing::Edit(Box::new(edit))),
        2 => Just(Doing::Undo),
        1 => Just(Doing::Redo),
        1 => Just(Doing::Save),
    ]
}

#[test]
fn a_crash_after_anything_is_recovered_to_the_last_edit() {
    let mut runner = TestRunner::deterministic();
    let folder = tempfile::tempdir().unwrap();
    for round in 0..60 {
        let path = folder.path().join(format!("{round}.ron"));
        let (mut desk, _) = saved(&path);
        for doing in vec(doing(), 1..25).new_tree(&mut runner).unwrap().current() {
            match doing {
                Doing::Edit(edit) => desk.edit("step", *edit),
                Doing::Undo => desk.undo(),
                Doing::Redo => desk.redo(),
                Doing::Save => {
                    let announcer = desk.journal.announcer().unwrap();
                    let upto = desk.journal.number();
                    let saving = Saving {
                        path: &path,
                        session: &desk.session,
                        view: &View::default(),
                        known: None,
                        backups: false,
                        announce: &|hash| announcer.announce(hash),
                    };
                    let hash = saving.run(&RealFs).unwrap().on_disk.hash;
                    desk.journal.fold(path.clone(), hash, upto);
                }
            }
        }
        let Desk {
            session, journal, ..
        } = desk;
        drop(journal);
        assert_eq!(recovered(&path), session, "round {round}");
    }
}

/// Ten years back, thirty years on, and an hour off, as a clock that is set wrong or to summer.
#[test]
fn the_order_of_edits_is_that_of_their_numbers_whatever_the_clock_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let session = plain();
    let saved = session_file::save(&RealFs, &path, &session, &View::default()).unwrap();
    let hash = saved.on_disk.hash;
    let mut bytes = RecordDoc::head(session.id, &Base::File(hash), 0, None)
        .line()
        .unwrap();
    let seconds = [0, -315_360_000, 946_080_000, 3_600, -3_600];
    for (number, second) in (1..).zip(seconds) {
        let entry = Entry {
            number,
            at: Timestamp::from_second(1_700_000_000 + second).unwrap(),
            act: Act::Step,
            name: "step".to_owned(),
            article: None,
            edit: Edit::Analyst(number.to_string()),
        };
        bytes.extend(RecordDoc::entry(&entry, None).line().unwrap());
    }
    std::fs::write(beside::journal(&path), bytes).unwrap();
    assert_eq!(recovered(&path).analyst, "5");
    println!("| clock: 10 years back, 30 years on, an hour off | order kept, nothing pruned |");
}
