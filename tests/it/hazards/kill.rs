//! SIGKILL at every step of a save, in a process of its own; and the order of what reaches the disk.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use super::{Fate, Until, Window, found_after, report, saved};

/// Where the child finds its session, and at which step it dies.
const PATH: &str = "ATTACHE_TEST_KILL_PATH";
const STEP: &str = "ATTACHE_TEST_KILL_STEP";

/// What the child does: this test binary, run again.
#[test]
#[ignore = "the child of the tests beside it"]
fn child() {
    let Some(path) = std::env::var_os(PATH) else {
        return;
    };
    let step = std::env::var(STEP).unwrap().parse().unwrap();
    let fs = Arc::new(Until::new(step, Fate::Dies, false));
    let mut window = Window::open(fs, Path::new(&path));
    for name in ["one", "two"] {
        window.edit(name);
        window.wait();
        // What is on the disk is told, as a window would show it.
        println!("did {name}");
    }
    window.save().unwrap();
    println!("saved");
}

fn child_command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.args([
        "--exact",
        "hazards::kill::child",
        "--ignored",
        "--nocapture",
    ]);
    command
}

fn this_binary() -> String {
    std::env::current_exe()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_process_killed_at_any_step_leaves_one_file_whole_and_what_it_told_of() {
    let mut killed = 0;
    for step in 0..200 {
        let (_folder, path) = saved();
        let old = std::fs::read(&path).unwrap();
        let output = child_command(&this_binary())
            .env(PATH, &path)
            .env(STEP, step.to_string())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let found = found_after(&path);
        for name in ["one", "two"] {
            if told.contains(&format!("did {name}")) {
                assert!(
                    found.iter().any(|one| one == name),
                    "step {step}: {name} is lost"
                );
            }
        }
        if told.contains("saved") {
            assert_ne!(
                std::fs::read(&path).unwrap(),
                old,
                "step {step}: the save is lost"
            );
        }
        if output.status.success() {
            break;
        }
        killed += 1;
    }
    assert!(killed > 15, "only {killed} steps");
    report(
        "crash in save: SIGKILL at every I/O step",
        &format!("{killed} kills: the file whole and each edit there"),
    );
}

#[test]
fn the_content_reaches_the_disk_before_its_name() {
    let (folder, path) = saved();
    let trace = folder.path().join("trace.txt");
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-y",
        "-e",
        "trace=fsync,fdatasync,rename,renameat,renameat2",
        "-o",
    ]);
    command.arg(&trace).arg(this_binary());
    command.args([
        "--exact",
        "hazards::kill::child",
        "--ignored",
        "--nocapture",
    ]);
    command.env(PATH, &path).env(STEP, "100000");
    match command.output() {
        Ok(output) if output.status.success() => {}
        other => {
            report(
                "order of system calls",
                &format!("skipped: strace does not run here ({other:?})"),
            );
            return;
        }
    }
    let trace = std::fs::read_to_string(&trace).unwrap();
    let lines: Vec<&str> = trace.lines().collect();
    let to_session = |line: &str| line.contains("rename") && line.contains("/work.ron\"");
    let rename = lines.iter().position(|line| to_session(line)).unwrap();
    let new = lines[rename].split('"').nth(1).unwrap();
    let is_sync = |line: &str| line.contains("fsync(") || line.contains("fdatasync(");
    let content = lines[..rename]
        .iter()
        .any(|line| is_sync(line) && line.contains(new));
    assert!(
        content,
        "the new file is not waited for before its rename:\n{trace}"
    );
    let real = std::fs::canonicalize(folder.path()).unwrap();
    let folder = format!("<{}>", real.display());
    let named = lines[rename..]
        .iter()
        .any(|line| is_sync(line) && line.contains(&folder));
    assert!(
        named,
        "the folder is not waited for after the rename:\n{trace}"
    );
    report(
        "order of system calls (strace)",
        "fsync(file) < rename < fsync(folder)",
    );
}
