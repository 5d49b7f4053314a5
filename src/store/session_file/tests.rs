use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::model::arbitrary;
use crate::model::ids::{ActorId, ItemId};
use crate::model::session::CorpusSource;
use std::io;

use crate::store::atomic::{Fs, RealFs};

/// A session with something of everything, from a fixed seed.
fn full() -> (Session, View) {
    drawn(700)
}

/// A session that so many edits led to, from a fixed seed.
fn drawn(edits: usize) -> (Session, View) {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let session = arbitrary::session(edits)
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let view = arbitrary::view().new_tree(&mut runner).unwrap().current();
    assert!(!session.work.is_empty());
    (session, view)
}

fn plain() -> (Session, View) {
    let id = ItemId(uuid::Uuid::from_u128(7));
    let session = Session::new(id, CorpusSource::Sample, ActorId::new("BY"), "Ann".into());
    (session, View::default())
}

fn written(session: &Session, view: &View) -> String {
    to_ron(session, view, Some(Path::new("/data"))).unwrap()
}

fn read(text: &str) -> Result<Loaded, LoadError> {
    from_ron(text, Some(Path::new("/data")))
}

/// `text` with `from` replaced once; it must be there.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replacen(from, to, 1)
}

/// What the program says of a file that it refuses.
fn refusal(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

/// More in `./x soak`.
fn cases() -> u32 {
    if std::env::var_os("ATTACHE_SOAK").is_some() {
        println!("| save and load again, undo and do again | 10,000 cases each: the same |");
        10_000
    } else {
        1_000
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn what_is_saved_is_loaded(session in arbitrary::session(8), view in arbitrary::view()) {
        let text = written(&session, &view);
        let loaded = read(&text).unwrap();
        prop_assert_eq!(&loaded.session, &session);
        prop_assert_eq!(&loaded.view, &view);
        prop_assert_eq!(loaded.writable, Writable::Yes);
        // And the same session is the same bytes.
        prop_assert_eq!(written(&loaded.session, &loaded.view), text);
    }

    #[test]
    fn no_change_of_a_byte_brings_the_reader_down(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        static TEXT: LazyLock<String> = LazyLock::new(|| {
            let (session, view) = drawn(60);
            written(&session, &view)
        });
        let mut bytes = TEXT.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = to;
        if let Ok(text) = String::from_utf8(bytes) {
            let _read_or_refused = read(&text);
        }
    }
}

#[test]
fn the_file_is_readable() {
    let (session, view) = plain();
    let text = written(&session, &view);
    assert!(
        text.starts_with("(\n    schema: 2,\n    session: (\n"),
        "{text}"
    );
    assert!(
        text.contains("id: \"00000000-0000-0000-0000-000000000007\""),
        "{text}"
    );
    assert!(text.contains("corpus: sample"), "{text}");
    assert!(text.contains("clock: \"event\""), "{text}");
    assert!(text.ends_with(")\n") && !text.contains('\r'));
    let (session, view) = full();
    let decisions = session
        .work
        .values()
        .map(|work| work.decisions.len())
        .sum::<usize>();
    let text = written(&session, &view);
    let lines = text
        .lines()
        .filter(|line| line.contains("(verdict: "))
        .count();
    assert_eq!(lines, decisions, "one line for each decision");
}

#[test]
fn a_file_cut_anywhere_is_refused_with_its_place() {
    let (session, view) = drawn(60);
    let text = written(&session, &view);
    let content = text.trim_end();
    for end in (0..content.len()).filter(|end| content.is_char_boundary(*end)) {
        let said = refusal(&content[..end]);
        assert!(
            said.contains("line ") && said.contains("column "),
            "at {end}: {said}"
        );
    }
}

#[test]
fn nothing_unknown_is_silently_dropped() {
    let (session, view) = full();
    let text = written(&session, &view);
    let said = refusal(&with(&text, "focus: ", "colour: 3, focus: "));
    let (before, _) = text.split_once("focus: ").unwrap();
    let line = format!("line {},", before.lines().count());
    assert!(said.contains("colour") && said.contains(&line), "{said}");
    let said = refusal(&with(&text, "filter: ", "shape: round(1, 2), filter: "));
    assert!(said.contains("shape"), "{said}");
    let said = refusal(&with(&text, "(verdict: ", "(why: \"\", verdict: "));
    assert!(said.contains("why"), "{said}");
    let said = refusal(&with(&text, "clock: \"", "clock: \"lunar "));
    assert!(
        said.contains("lunar") && said.contains("publication"),
        "{said}"
    );
    let said = refusal(&format!("{text} trailing"));
    assert!(said.contains("line "), "{said}");
    let said = refusal(&with(&text, "evidence: [(", "evidence: [(9, 3), ("));
    assert!(said.contains("ends before it starts"), "{said}");
}

#[test]
fn a_key_given_twice_is_refused() {
    let (mut session, view) = plain();
    session
        .actors
        .merged
        .insert(ActorId::new("a"), ActorId::new("b"));
    let text = written(&session, &view);
    let twice = text.replacen("\"a\": \"b\",", "\"a\": \"b\",\n\"a\": \"c\",", 1);
    assert_ne!(twice, text);
    assert!(refusal(&twice).contains("stands here twice"));
}

#[test]
fn a_newer_file_opens_read_only_as_far_as_it_is_understood() {
    let (session, view) = full();
    let mut text = written(&session, &view);
    for (from, to) in [
        ("schema: 2", "schema: 3"),
        (
            "focus: ",
            "mood: calm((depth: 3, of: [1, 2], by: {\"a\": None})), focus: ",
        ),
        ("(verdict: ", "(weight: 0.5, verdict: "),
        ("evidence: [", "certainty: Some('x'), evidence: ["),
        ("filter: ", "tabs: [(\"a\", true)], filter: "),
    ] {
        text = with(&text, from, to);
    }
    let loaded = read(&text).unwrap();
    assert_eq!(
        loaded.writable,
        Writable::NewerSchema { found: 3, known: 2 }
    );
    assert_eq!((loaded.session, loaded.view), (session, view));

    let said = refusal(&with(&text, "focus: ", "focuses: "));
    assert!(
        said.contains("newer") && said.contains("schema 3"),
        "{said}"
    );
    assert!(said.contains("line ") && said.contains("column "), "{said}");
    assert!(refusal(&with(&text, "schema: 3", "schema: 0")).contains("schema 0"));
}

#[test]
fn the_schema_is_found_wherever_it_stands() {
    let (session, view) = plain();
    let text = written(&session, &view);
    let moved = text
        .replacen("    schema: 2,\n", "", 1)
        .trim_end()
        .strip_suffix(')')
        .unwrap()
        .to_owned()
        + "schema: 2)";
    assert!(read(&moved).is_ok());
    assert!(read(&format!("// a comment\n{text}")).is_ok());
    assert!(read(&format!("\u{FEFF}{text}")).is_ok());
    let without = text.replacen("    schema: 2,\n", "", 1);
    assert!(refusal(&without).contains("schema"));
    for odd in [
        "schema: 99999999999",
        "schema: -1",
        "schema: \"1\"",
        "schema: 1.5",
    ] {
        assert!(read(&with(&text, "schema: 2", odd)).is_err(), "{odd}");
    }
}

#[test]
fn a_view_may_be_left_out_and_a_bad_layout_is_the_usual_one() {
    let (session, view) = plain();
    let text = written(&session, &view);
    let without = text[..text.find("    view: ").unwrap()].to_owned() + ")";
    assert_eq!(read(&without).unwrap().view, view);
    for share in ["NaN", "inf", "-1.0", "0.0"] {
        let loaded = read(&text.replacen("(0.64,", &format!("({share},"), 1)).unwrap();
        assert_eq!(loaded.view.layout, view.layout);
    }
    let loaded = read(&with(&text, "active: 0", "active: 99")).unwrap();
    assert_eq!(loaded.view.layout, view.layout);
}

#[test]
fn a_hostile_depth_is_refused() {
    let (session, view) = plain();
    let text = written(&session, &view);
    let at = text.find("layout: ").unwrap() + "layout: ".len();
    let deep = text[..at].to_owned() + &"row([(1.0, ".repeat(100_000);
    assert!(read(&deep).is_err());
}

#[test]
fn articles_beside_the_session_move_with_it() {
    let (mut session, view) = plain();
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("статьи/2016");
    let outside = std::path::absolute("/elsewhere/texts").unwrap();
    session.corpus = CorpusSource::Paths(vec![inside, outside.clone(), folder.path().to_owned()]);
    let path = folder.path().join("work.ron");
    save(&RealFs, &path, &session, &view).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("\"статьи/2016\"") && text.contains("\".\""),
        "{text}"
    );
    assert_eq!(load(&path).unwrap().session, session);

    let moved = tempfile::tempdir().unwrap();
    std::fs::copy(&path, moved.path().join("work.ron")).unwrap();
    let loaded = load(&moved.path().join("work.ron")).unwrap();
    assert_eq!(
        loaded.session.corpus,
        CorpusSource::Paths(vec![
            moved.path().join("статьи/2016"),
            outside,
            moved.path().to_owned()
        ])
    );
}

#[test]
fn a_file_that_cannot_be_loaded_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let said = load(&path).unwrap_err().to_string();
    assert!(
        said.contains("can't be read") && said.ends_with("work.ron"),
        "{said}"
    );
    std::fs::write(&path, b"(\n  schema: \xff").unwrap();
    let said = load(&path).unwrap_err().to_string();
    assert!(
        said.contains("line 2, column 11") && said.contains("UTF-8"),
        "{said}"
    );
    std::fs::write(&path, b"").unwrap();
    assert!(load(&path).is_err());
}

#[test]
fn a_newer_file_is_never_written_over() {
    let (session, view) = plain();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    save(&RealFs, &path, &session, &view).unwrap();
    save(&RealFs, &path, &session, &view).unwrap();
    let newer = with(&written(&session, &view), "schema: 2", "schema: 3");
    std::fs::write(&path, &newer).unwrap();
    let said = save(&RealFs, &path, &session, &view)
        .unwrap_err()
        .to_string();
    assert!(said.contains("newer") && said.contains("Save As"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

/// The frozen file of each older schema, written by the last version that wrote it.
fn frozen(schema: u32) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/data/sessions");
    let path = format!("{folder}/schema-{schema}.ron");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_older_schema_is_read_with_all_that_is_in_it() {
    for schema in 1..SCHEMA {
        let old = frozen(schema);
        let loaded = read(&old).unwrap();
        assert_eq!(loaded.writable, Writable::Yes);
        assert_eq!(loaded.schema, schema);
        let new = written(&loaded.session, &loaded.view);
        let again = read(&new).unwrap();
        assert_eq!((again.session, again.view), (loaded.session, loaded.view));
        // Nothing of these schemas has been renamed yet, so each line is still there.
        let lines: std::collections::BTreeSet<&str> = new.lines().collect();
        let mut lost = old.lines().filter(|line| !lines.contains(line));
        assert_eq!(lost.next(), Some(&*format!("    schema: {schema},")));
        assert_eq!(lost.next(), None);
    }
}

#[test]
fn an_older_file_is_kept_before_it_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let old = frozen(1);
    std::fs::write(&path, &old).unwrap();
    let loaded = load(&path).unwrap();
    let kept = save(&RealFs, &path, &loaded.session, &loaded.view)
        .unwrap()
        .kept;
    let copy = folder.path().join("work.schema-1.ron");
    assert_eq!(kept, Some(copy.clone()));
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), old);
    assert_eq!(load(&path).unwrap().schema, SCHEMA);
    // Once only.
    let kept = save(&RealFs, &path, &loaded.session, &loaded.view)
        .unwrap()
        .kept;
    assert_eq!(kept, None);

    // The same file again needs no second copy; another one never takes the first one's place.
    std::fs::write(&path, &old).unwrap();
    let kept = save(&RealFs, &path, &loaded.session, &loaded.view)
        .unwrap()
        .kept;
    assert_eq!(kept, Some(copy.clone()));
    let other = old.replacen("Bo", "Co", 1);
    std::fs::write(&path, &other).unwrap();
    let kept = save(&RealFs, &path, &loaded.session, &loaded.view)
        .unwrap()
        .kept;
    let second = folder.path().join("work.schema-1.2.ron");
    assert_eq!(kept, Some(second.clone()));
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), old);
    assert_eq!(std::fs::read_to_string(&second).unwrap(), other);
}

#[test]
fn without_its_copy_an_older_file_is_not_written_over() {
    /// Can't make a file.
    struct Full;
    impl Fs for Full {
        fn target(
            &self,
            path: &Path,
        ) -> io::Result<(std::path::PathBuf, Option<std::fs::Metadata>)> {
            RealFs.target(path)
        }
        fn create(&self, _: &Path, _: Option<&std::fs::Permissions>) -> io::Result<std::fs::File> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn write(&self, _: &mut std::fs::File, _: &[u8]) -> io::Result<()> {
            unreachable!("no file to write to")
        }
        fn sync(&self, _: &std::fs::File) -> io::Result<()> {
            unreachable!("no file to wait for")
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
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    std::fs::write(&path, frozen(1)).unwrap();
    let (session, view) = plain();
    let said = save(&Full, &path, &session, &view).unwrap_err().to_string();
    assert!(
        said.contains("keeping the old file") && said.contains("Save As"),
        "{said}"
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), frozen(1));
}

/// A session on so many articles.
fn wide(articles: u8) -> (Session, View) {
    let (mut session, view) = full();
    let works: Vec<_> = session.work.values().cloned().collect();
    for number in 0..articles {
        let id = crate::model::ids::ArticleId([number; 32]);
        let work = works[usize::from(number) % works.len()].clone();
        session.work.insert(id, work);
    }
    (session, view)
}

#[test]
fn what_is_written_in_pieces_is_what_is_written_in_one_go() {
    let (session, view) = wide(200);
    let folder = Some(Path::new("/data"));
    let text = written(&session, &view);
    assert_eq!(
        text,
        text_of(&FileDoc::new(&session, &view, folder)).unwrap()
    );
    let (rest, work) = pieces::read_by(&text, 1_000).expect("it is laid out as written");
    assert_eq!(work, session.work);
    let (rest, _) = FileDoc::into_model(rest, folder);
    assert!(rest.work.is_empty());
    assert_eq!(read(&text).unwrap().session, session);
}

#[test]
fn what_is_laid_out_in_another_way_is_read_in_one_go() {
    let (session, view) = wide(200);
    let text = written(&session, &view);
    let begin = text.find("        work: {").unwrap();
    for (odd, is_session) in [
        // In a comment, in a string, and twice.
        (format!("/*{}*/\n{text}", &text[..begin]), true),
        (
            with(&text, "analyst: \"", "analyst: \"\n        work: {\n"),
            true,
        ),
        (
            with(
                &text,
                "        work: {\n",
                "        work: {\n            // mine\n",
            ),
            true,
        ),
    ] {
        let whole: Result<FileDoc<'_>, _> = ron::from_str(&odd);
        assert_eq!(whole.is_ok(), is_session);
        let whole = FileDoc::into_model(whole.unwrap(), Some(Path::new("/data"))).0;
        if let Some((rest, work)) = pieces::read_by(&odd, 1_000) {
            let rest = FileDoc::into_model(rest, Some(Path::new("/data"))).0;
            assert_eq!((work, rest.analyst), (whole.work, whole.analyst));
        }
    }
    // An article that stands twice is refused with its place, not taken once.
    let second = text.match_indices("\n            \"").nth(150).unwrap().0;
    let third = text.match_indices("\n            \"").nth(151).unwrap().0;
    let twice = [&text[..third], &text[second..third], &text[third..]].concat();
    assert!(pieces::read_by(&twice, 1_000).is_none());
    assert!(refusal(&twice).contains("stands here twice"));
    let broken = text[..third].to_owned() + &text[third..].replacen('(', "[", 1);
    assert!(refusal(&broken).contains("line "));
}
