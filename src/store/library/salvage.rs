//! A library whose list of parts is damaged or gone: what is left of the list, and the parts that
//! are there.
//!
//! The copy that is written beside each complete list says all. Without it (in libraries of older
//! versions) what can still be read of the list itself is taken, the list of what was taken in says
//! where articles came from, and the parts stand in the order in which that names their articles.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::catalog::{self, Taken};
use super::manifest::{COPY, FILE, Manifest, PartEntry, Settings, is_plain};
use super::{part, read};
use crate::model::ids::{ActorId, ArticleId};
use crate::store::session_file::path_from_text;

/// What could be made out of a library without a list that can be read.
#[derive(Debug)]
pub struct Salvaged {
    /// The list made again. It names every part that is there, whole or not.
    pub manifest: Manifest,
    /// It is known what the library was made with; else the settings are of no meaning.
    pub knows_settings: bool,
}

/// Makes the list of the library in `dir` again.
#[must_use]
pub fn salvage(dir: &Path) -> Salvaged {
    let left = fs::read(dir.join(FILE)).unwrap_or_default();
    let left = Left(&String::from_utf8_lossy(&left)).read();
    let (mut manifest, knows_settings) = match Manifest::read(&dir.join(COPY)) {
        Ok(copy) => (copy, true),
        Err(_) => left,
    };
    let named = manifest.catalog.take().into_iter();
    let found = named
        .chain(catalogs(dir))
        .find_map(|name| Some((catalog::read(dir, &name).ok()?, name)));
    let taken = found.map(|(taken, name)| {
        manifest.catalog = Some(name);
        taken
    });
    let taken = taken.unwrap_or_default();
    if manifest.from.is_empty() {
        manifest.from = places(&taken);
    }
    manifest.parts = parts(dir, &manifest.parts, &taken);
    manifest.view = None;
    manifest.complete = false;
    Salvaged {
        manifest,
        knows_settings,
    }
}

/// Whether there are parts in `dir`: folders that hold what parts hold, not just any.
#[must_use]
pub fn has_parts(dir: &Path) -> bool {
    !folders(dir).is_empty()
}

/// The names of the folders of parts.
fn folders(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join("parts")).into_iter().flatten();
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let holds = |file: &str| entry.path().join(file).is_file();
        let is_part = !name.starts_with('.')
            && is_plain(&name)
            && (holds(part::ARTICLES) || holds(part::SEAL));
        is_part.then_some(name)
    });
    names.collect()
}

/// The lists of what was taken in, the newest first.
fn catalogs(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join("catalog")).into_iter().flatten();
    let mut names: Vec<(SystemTime, String)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let modified = entry.metadata().and_then(|meta| meta.modified());
            let is_list = name.ends_with(".parquet") && !name.starts_with('.');
            is_list.then(|| {
                let modified = modified.unwrap_or(SystemTime::UNIX_EPOCH);
                (modified, format!("catalog/{name}"))
            })
        })
        .collect();
    names.sort_by(|a, b| b.cmp(a));
    names.into_iter().map(|(_, name)| name).collect()
}

/// All parts that are there: as `listed`, and then as `taken` names their articles.
fn parts(dir: &Path, listed: &[PartEntry], taken: &[Taken]) -> Vec<PartEntry> {
    let at = listed.iter().enumerate();
    let listed: HashMap<&str, usize> = at.map(|(at, part)| (&*part.name, at)).collect();
    let mut firsts: HashMap<ArticleId, usize> = HashMap::new();
    for (at, row) in taken.iter().enumerate() {
        firsts.entry(row.article).or_insert(at);
    }
    let mut names: HashSet<String> = folders(dir).into_iter().collect();
    // One that is gone is told of when it is looked for.
    names.extend(listed.keys().map(|name| (*name).to_owned()));
    let mut found: Vec<_> = names
        .into_iter()
        .map(|name| {
            let folder = Manifest::part_folder(dir, &name);
            let place = listed.get(&*name).copied().unwrap_or(usize::MAX);
            let ids = read::ids(&folder).unwrap_or_default();
            let first = ids.iter().filter_map(|id| firsts.get(id)).min();
            let first = first.copied().unwrap_or(usize::MAX);
            let (articles, text_bytes) = extent(&folder, ids.len());
            let entry = PartEntry {
                name,
                articles,
                text_bytes,
            };
            (place, first, entry)
        })
        .collect();
    found.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
    found.into_iter().map(|(_, _, entry)| entry).collect()
}

/// How much a part holds: as it says, or as is in it where it was made elsewhere.
fn extent(folder: &Path, ids: usize) -> (u32, u64) {
    if let Ok(Some(seal)) = part::look(folder) {
        return (seal.articles, seal.text_bytes);
    }
    let mut bytes = 0;
    // What can't be read any further is told of when the part is looked at.
    let _ = read::texts_of(folder, |_, text| {
        bytes += text.len() as u64;
        true
    });
    (u32::try_from(ids).unwrap_or(u32::MAX), bytes)
}

/// The folders and files that articles were taken from. A file of text is named by its path below
/// the folder that was given; where only one file would speak for a folder, the file is meant.
fn places(taken: &[Taken]) -> Vec<PathBuf> {
    let mut files: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
    let mut seen = HashSet::new();
    for row in taken.iter().filter(|row| row.present) {
        if !seen.insert(&*row.file) {
            continue;
        }
        let path = path_from_text(&row.file);
        let below = Path::new(&*row.source);
        let root = path
            .ends_with(below)
            .then(|| path.ancestors().nth(below.iter().count()))
            .flatten()
            .map(Path::to_owned);
        files.push((path, root));
    }
    let mut speak: HashMap<PathBuf, usize> = HashMap::new();
    for root in files.iter().filter_map(|(_, root)| root.as_ref()) {
        *speak.entry(root.clone()).or_default() += 1;
    }
    speak.retain(|_, files| *files > 1);
    let mut places: Vec<PathBuf> = Vec::new();
    for (path, _) in files {
        let root = path.ancestors().filter(|above| speak.contains_key(*above));
        let place = root.last().map_or(path.clone(), Path::to_owned);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// A list of parts of which only some can be read.
struct Left<'a>(&'a str);

impl Left<'_> {
    fn read(&self) -> (Manifest, bool) {
        let focus = self.text("focus");
        let actors = self.after("actors").and_then(|rest| {
            let (number, _) = rest.split_once(',')?;
            number.trim().parse().ok()
        });
        let knows_settings = focus.is_some() && actors.is_some();
        let settings = Settings {
            focus: ActorId::new(&focus.unwrap_or_default()),
            rules_off: self.texts("rules_off").into_iter().collect(),
            actors: actors.unwrap_or(0),
            program: self.text("program").unwrap_or_default(),
        };
        let from = self.texts("from").into_iter();
        let from = from.map(|path| path_from_text(&path)).collect();
        let catalog = self.after("catalog").and_then(|rest| {
            let name = quoted(rest.trim_start().strip_prefix("Some(")?)?.0;
            is_plain(&name).then_some(name)
        });
        let mut parts = Vec::new();
        let mut rest = self.after("parts").unwrap_or_default();
        while let Some((_, after)) = rest.split_once("name:") {
            let Some((name, after)) = quoted(after) else {
                break;
            };
            if is_plain(&name) {
                parts.push(PartEntry {
                    name,
                    articles: 0,
                    text_bytes: 0,
                });
            }
            rest = after;
        }
        let manifest = Manifest {
            csv_columns: self.text("csv_columns").unwrap_or_default(),
            catalog,
            parts,
            ..Manifest::new(settings, from)
        };
        (manifest, knows_settings)
    }

    /// What stands behind a name at the beginning of a line.
    fn after(&self, name: &str) -> Option<&str> {
        let mut from = 0;
        for line in self.0.split_inclusive('\n') {
            let indent = line.len() - line.trim_start().len();
            let value = line
                .trim_start()
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix(':'));
            if value.is_some() {
                return self.0.get(from + indent + name.len() + 1..);
            }
            from += line.len();
        }
        None
    }

    fn text(&self, name: &str) -> Option<String> {
        Some(quoted(self.after(name)?)?.0)
    }

    /// The texts of a list that is there to its end; else nothing.
    fn texts(&self, name: &str) -> Vec<String> {
        let list = self.after(name).map(str::trim_start);
        let Some(mut rest) = list.and_then(|list| list.strip_prefix('[')) else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.starts_with(']') {
                return texts;
            }
            let Some((text, after)) = quoted(rest) else {
                return Vec::new();
            };
            texts.push(text);
            rest = after;
        }
    }
}

/// The quoted text at the beginning, where it is there to its end, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let inside = text.strip_prefix('"')?;
    let mut is_escaped = false;
    let end = inside.find(|c| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    let (whole, rest) = text.split_at_checked(end + 2)?;
    Some((ron::from_str(whole).ok()?, rest))
}
