//! The arrows of ARCHITECTURE.md, kept by reading the source: who may name whom.

use std::fs;
use std::path::{Path, PathBuf};

/// What a folder under `src/` may use of the others. A folder that is missing here may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("extract", &["model"]),
    ("store", &["model"]),
    ("index", &["model"]),
    ("analysis", &["model"]),
    ("anchor", &["model"]),
    (
        "job",
        &["model", "extract", "store", "index", "analysis", "anchor"],
    ),
    ("platform", &["model", "job"]),
    (
        "app",
        &[
            "model", "extract", "store", "index", "analysis", "anchor", "job", "platform",
        ],
    ),
];

/// The parts that must build and run without a window.
const CORE: &[&str] = &[
    "model", "extract", "store", "index", "analysis", "anchor", "job",
];

/// What only the parts around the core may name.
const WINDOW_CRATES: &[&str] = &[
    "egui",
    "eframe",
    "egui_extras",
    "egui_plot",
    "egui_tiles",
    "egui_table",
    "rfd",
    "winit",
];

/// Long files hide more than one thought.
const MAX_LINES: usize = 700;

/// One source file: its path under `src/` and its lines with comments and texts blanked out.
struct Source {
    path: PathBuf,
    lines: Vec<String>,
}

impl Source {
    /// The folder (or file) directly under `src/` that it belongs to.
    fn part(&self) -> String {
        let first = self.path.components().next().expect("a path below src/");
        let name = first.as_os_str().to_string_lossy();
        name.trim_end_matches(".rs").to_owned()
    }

    /// `path:line` of each line that `is_hit` says yes to.
    fn hits<'a>(&'a self, is_hit: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = String> + 'a {
        self.lines
            .iter()
            .enumerate()
            .filter(move |(_, line)| is_hit(line))
            .map(|(i, line)| format!("src/{}:{}: {}", self.path.display(), i + 1, line.trim()))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src/ can be read") {
            let path = entry.expect("src/ can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("source is UTF-8");
                let lines = join_uses(&code_of(&text));
                let path = path.strip_prefix(&root).expect("below src/").to_owned();
                found.push(Source { path, lines });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The text with line comments and string literals blanked out, line by line. Good enough for
/// names: block comments and raw strings over several lines are not used for code here.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let mut chars = line.chars().peekable();
        let mut in_text = false;
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_text => {
                    chars.next();
                }
                '"' => in_text = !in_text,
                '/' if !in_text && chars.peek() == Some(&'/') => break,
                _ if in_text => {}
                _ => code.push(c),
            }
        }
        code.push('\n');
    }
    code
}

/// Whether `word` stands in `line` as a whole identifier.
fn names(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|found| found == word)
}

/// Whether the line uses the part `part` of this crate: `crate::part` or `crate::{…, part…}`.
fn uses_part(line: &str, part: &str) -> bool {
    line.match_indices("crate::").any(|(at, prefix)| {
        let rest = line.get(at + prefix.len()..).unwrap_or_default();
        match rest.strip_prefix('{') {
            Some(list) => list_heads(list).iter().any(|head| head == part),
            None => list_heads(rest).first().is_some_and(|head| head == part),
        }
    })
}

/// The first identifier of each item of a use list, up to its closing brace.
fn list_heads(list: &str) -> Vec<String> {
    let mut heads = vec![String::new()];
    let (mut depth, mut in_head) = (0, true);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(String::new());
                in_head = true;
            }
            c if c.is_whitespace() => {}
            c if c.is_alphanumeric() || c == '_' => {
                if let (0, true, Some(head)) = (depth, in_head, heads.last_mut()) {
                    head.push(c);
                }
            }
            _ => in_head = false,
        }
    }
    heads
}

/// The lines, with each `use` that goes over several lines put on its first.
fn join_uses(code: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open: Option<usize> = None;
    for line in code.lines() {
        let at = open.unwrap_or(lines.len());
        lines.push(String::new());
        if let Some(first) = lines.get_mut(at) {
            first.push_str(line);
        }
        let begins = line
            .trim_start()
            .trim_start_matches("pub ")
            .starts_with("use ");
        open = ((open.is_some() || begins) && !line.contains(';')).then_some(at);
    }
    lines
}

fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn each_part_uses_only_the_parts_below_it() {
    let sources = sources();
    let parts: Vec<String> = sources.iter().map(Source::part).collect();
    let mut found = Vec::new();
    for source in &sources {
        let part = source.part();
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == part) else {
            continue;
        };
        for other in parts.iter().filter(|other| {
            **other != part && **other != "lib" && !allowed.contains(&other.as_str())
        }) {
            found.extend(source.hits(|line| uses_part(line, other)));
        }
    }
    found.sort();
    found.dedup();
    assert_none(&found, "a part may use only the parts below it");
}

#[test]
fn the_core_knows_no_window() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| CORE.contains(&source.part().as_str()))
        .flat_map(|source| {
            source
                .hits(|line| WINDOW_CRATES.iter().any(|name| names(line, name)))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none(&found, "nothing below app may name the window's crates");
}

#[test]
fn the_model_knows_no_file_format_and_no_thread() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| source.part() == "model")
        .flat_map(|source| {
            source
                .hits(|line| {
                    ["serde", "ron", "serde_json", "rayon", "crossbeam_channel"]
                        .iter()
                        .any(|name| names(line, name))
                        || ["std::fs", "std::io", "std::thread"]
                            .iter()
                            .any(|name| line.contains(name))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none(
        &found,
        "the model is values only: no formats, files or threads",
    );
}

#[test]
fn drawing_never_changes_a_session() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| source.part() == "ui")
        .flat_map(|source| {
            source
                .hits(|line| line.contains("&mut Session") || line.contains("&mut session"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none(&found, "ui reads through & and answers with commands");
}

#[test]
fn no_source_file_is_too_long() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines.len() > MAX_LINES)
        .map(|source| {
            format!(
                "src/{}: {} lines",
                source.path.display(),
                source.lines.len()
            )
        })
        .collect();
    assert_none(
        &found,
        &format!("a source file has at most {MAX_LINES} lines"),
    );
}

#[test]
fn uses_are_seen_however_they_are_written() {
    assert!(uses_part("use crate::store::Session;", "store"));
    assert!(uses_part("    crate::store::open()?;", "store"));
    assert!(uses_part("use crate::{model::span, store};", "store"));
    assert!(!uses_part("use crate::storehouse;", "store"));
    assert!(!uses_part("use super::store;", "store"));
    assert!(uses_part("use crate::{model::{a, b}, store};", "store"));
    assert!(!uses_part("use crate::{model::{a, store}};", "store"));
    let long = join_uses("use crate::{\n    model,\n    store::a,\n};\nfn f() {}");
    assert!(uses_part(&long[0], "store"));
    assert_eq!(long[4], "fn f() {}");
    assert_eq!(code_of("a // crate::ui\nb(\"egui\")"), "a \nb()\n");
}
