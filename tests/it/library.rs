//! `attache library`, as it is run: killed at any moment, it goes on and ends as if it had not been.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use attache::store::synthetic;

const MANY: usize = 120;

fn attache(arguments: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command
        .args(["library", arguments[0]])
        .arg(dir)
        .args(&arguments[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn answer(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    })
}

/// Every file below `dir` with its content.
fn content(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        // The files of an index have names that are drawn.
        .filter(|entry| !entry.path().iter().any(|name| name == "index"))
        .map(|entry| {
            let below = entry.path().strip_prefix(dir).unwrap().to_owned();
            (below, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn a_killed_build_goes_on_and_ends_as_if_it_had_not_been() {
    let home = tempfile::tempdir().unwrap();
    let [from, one, other] = ["from", "one", "other"].map(|name| home.path().join(name));
    std::fs::create_dir(&from).unwrap();
    let lines: Vec<String> = (0..MANY)
        .map(|row| {
            let text = synthetic::news(3, row);
            serde_json::json!({"source": format!("press/{row}"), "text": text}).to_string()
        })
        .collect();
    std::fs::write(from.join("a.jsonl"), lines.join("\n")).unwrap();
    let build = ["build", from.to_str().unwrap(), "--part-articles", "10"];
    let began = Instant::now();
    let whole = attache(&build, &one).output().unwrap();
    let took = began.elapsed();
    assert_eq!(whole.status.code(), Some(0), "{whole:?}");
    let said = answer(&whole);
    assert_eq!(said["articles"], MANY);
    assert_eq!(
        (&said["parts"], &said["complete"]),
        (&12.into(), &true.into())
    );

    let mut kills = 0;
    // Moments spread over what a build takes, in no order.
    for tenth in [3_u32, 9, 1, 6, 2, 8, 4, 10, 5, 7] {
        let mut child = attache(&build, &other).spawn().unwrap();
        std::thread::sleep(Duration::max(took * tenth / 14, Duration::from_millis(3)));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        kills += u32::from(!output.status.success());
    }
    assert!(kills > 0, "none was killed before it was through");
    let last = attache(&build, &other).output().unwrap();
    assert_eq!(last.status.code(), Some(0), "{last:?}");
    assert_eq!(answer(&last)["articles"], MANY);
    assert!(content(&one) == content(&other));
}

#[test]
fn a_damaged_library_is_told_of_and_healed() {
    let home = tempfile::tempdir().unwrap();
    let [from, library] = ["from", "library"].map(|name| home.path().join(name));
    std::fs::create_dir(&from).unwrap();
    for row in 0..6 {
        let path = from.join(format!("{row}.txt"));
        std::fs::write(path, synthetic::news(3, row)).unwrap();
    }
    let build = ["build", from.to_str().unwrap(), "--part-articles", "3"];
    assert_eq!(
        attache(&build, &library).output().unwrap().status.code(),
        Some(0)
    );
    let before = content(&library);
    let checked = attache(&["check"], &library).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");

    let part = before
        .keys()
        .find(|path| path.ends_with("articles.parquet"));
    let part = library.join(part.unwrap());
    let mut bytes = std::fs::read(&part).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&part, &bytes).unwrap();
    let checked = attache(&["check"], &library).output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(
        said.contains("checksum") && said.contains("articles.parquet"),
        "{said}"
    );
    for damaged in [bytes.as_slice(), &bytes[..middle]] {
        std::fs::write(&part, damaged).unwrap();
        let updated = attache(&["update"], &library).output().unwrap();
        assert_eq!(updated.status.code(), Some(1), "{updated:?}");
        assert_eq!(answer(&updated)["articles"], 6);
        assert!(content(&library) == before);
    }

    let wrong = attache(&["build", "--focus", "nowhere"], &library)
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    let unknown = attache(&["build", "--focus", "zz", "x"], &library)
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(
        said.contains("ISO 3166") && said.contains("bloc/eu"),
        "{said}"
    );
    let none = attache(&["update"], &home.path().join("none"))
        .output()
        .unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(
        String::from_utf8(none.stderr)
            .unwrap()
            .contains("no library")
    );
}
