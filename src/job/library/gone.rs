//! What was taken in before, and what has gone since.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::Problem;
use super::mend::DAMAGED;
use crate::model::ids::ArticleId;
use crate::store::library::catalog::{self, Taken};
use crate::store::library::manifest::Manifest;

/// What was taken in before, by file.
pub(super) type Old = HashMap<Arc<str>, Vec<Taken>>;

pub(super) fn old_catalog(dir: &Path, manifest: &Manifest, problems: &mut Vec<Problem>) -> Old {
    let mut old: Old = HashMap::new();
    let Some(name) = &manifest.catalog else {
        return old;
    };
    match catalog::read(dir, name) {
        Ok(rows) => {
            for row in rows {
                old.entry(Arc::clone(&row.file)).or_default().push(row);
            }
        }
        Err(error) => problems.push(Problem {
            what: "the list of what was taken in".to_owned(),
            why: format!("{error}. Every file is read again"),
        }),
    }
    old
}

/// Adds what was taken in from places that are not there any more: marked, not forgotten. What
/// lies outside the places that were gone through stays as it was, and so does what lies where
/// nobody could look.
pub(super) fn vanish(
    taken: &mut Vec<Taken>,
    old: Old,
    covered: &HashSet<&str>,
    from: &[PathBuf],
    unseen: &[PathBuf],
) {
    let now: HashSet<(ArticleId, Arc<str>)> = taken
        .iter()
        .map(|row| (row.article, Arc::clone(&row.file)))
        .collect();
    let mut gone: Vec<Taken> = old.into_values().flatten().collect();
    gone.retain(|row| !now.contains(&(row.article, Arc::clone(&row.file))));
    for row in &mut gone {
        let path = crate::store::session_file::path_from_text(&row.file);
        let was_looked_for = from.iter().any(|root| path.starts_with(root));
        let is_unknown = unseen.iter().any(|unseen| path.starts_with(unseen));
        if (covered.contains(&*row.file) || was_looked_for) && !is_unknown {
            row.present = false;
        }
    }
    gone.sort_by(|a, b| (&a.file, &a.source, a.article).cmp(&(&b.file, &b.source, b.article)));
    taken.append(&mut gone);
}

/// Articles of damaged parts that can neither be read there nor at their places can't be taken in
/// again: they are told of, and what is left of them is kept; so is a part that nobody knows the
/// articles of (`is_given_up`). Where there are none, damaged parts are of no use any more.
pub(super) fn give_up_lost(
    dir: &Path,
    taken: &mut Vec<Taken>,
    known: &HashSet<ArticleId>,
    is_given_up: bool,
    problems: &mut Vec<Problem>,
) {
    let before = taken.len();
    taken.retain(|row| known.contains(&row.article));
    let lost = before - taken.len();
    let aside = dir.join(DAMAGED);
    if lost == 0 && is_given_up {
        problems.push(Problem {
            what: "a damaged part".to_owned(),
            why: format!(
                "its articles can't all be read out of it, and it is not known which of them were \
                 taken in again from their files. What is left of it is kept in {}",
                aside.display()
            ),
        });
        return;
    }
    if lost == 0 {
        let _ = std::fs::remove_dir_all(aside);
        return;
    }
    problems.push(Problem {
        what: format!("{lost} articles"),
        why: format!(
            "they stood in damaged parts, and the files that they came from are gone. Put these \
             back and update again; what is left of the parts is in {}",
            aside.display()
        ),
    });
}

pub(super) fn count_vanished(taken: &[Taken]) -> u64 {
    let mut present: HashMap<ArticleId, bool> = HashMap::new();
    for row in taken {
        *present.entry(row.article).or_default() |= row.present;
    }
    present.values().filter(|present| !**present).count() as u64
}

pub(super) fn count_copies(taken: &[Taken]) -> u64 {
    let mut seen = HashSet::new();
    let present = taken.iter().filter(|row| row.present);
    present.filter(|row| !seen.insert(row.article)).count() as u64
}
