//! What is damaged, made whole: the list of parts from the parts, parts from where their articles
//! came from, and where that is gone from their own texts.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8};

use super::index;
use super::input::{Incoming, Problem};
use crate::model::ids::ArticleId;
use crate::store::corpus::id_of;
use crate::store::library::manifest::{FILE, Manifest, PartEntry};
use crate::store::library::rows::ArticleRow;
use crate::store::library::salvage::{Salvaged, salvage};
use crate::store::library::{LibraryError, part, read};

/// Where damaged parts are kept that may hold what is nowhere else.
pub(super) const DAMAGED: &str = "damaged";

/// A library that is there.
pub(super) struct Known {
    pub(super) manifest: Manifest,
    /// It is known what it was made with; else its settings are of no meaning.
    pub(super) knows_settings: bool,
    /// What is wrong with its list of parts, which was made again.
    pub(super) damage: Option<String>,
}

/// The list of parts of the library in `dir`, made again where it is damaged. `None`: there is no
/// library.
pub(super) fn known(dir: &Path) -> Result<Option<Known>, LibraryError> {
    match Manifest::load(dir) {
        Ok(manifest) => Ok(Some(Known {
            manifest,
            knows_settings: true,
            damage: None,
        })),
        Err(LibraryError::None { .. }) => Ok(None),
        Err(LibraryError::Unlisted { why, .. }) => {
            let Salvaged {
                manifest,
                knows_settings,
            } = salvage(dir);
            Ok(Some(Known {
                manifest,
                knows_settings,
                damage: Some(why),
            }))
        }
        Err(error) => Err(error),
    }
}

impl Known {
    /// Puts a copy of a damaged list beside it, and says so.
    pub(super) fn keep_damaged(&self, dir: &Path) -> Result<Option<Problem>, LibraryError> {
        let Some(why) = &self.damage else {
            return Ok(None);
        };
        let path = dir.join(FILE);
        let kept = if path.exists() {
            let copy = dir.join(format!("{FILE}.damaged"));
            std::fs::copy(&path, &copy)
                .map_err(LibraryError::io("keeping the damaged list of parts", &copy))?;
            format!("; the damaged one is kept as {}", copy.display())
        } else {
            String::new()
        };
        Ok(Some(Problem {
            what: "the library's list of parts".to_owned(),
            why: format!("it can't be read ({why}). It was made again from the parts{kept}"),
        }))
    }
}

/// The articles of the parts that are whole. Those that are not are named, taken off the list
/// and answered with their places in it: what they held is taken in again, from where it came or from
/// what is left of them.
///
/// # Errors
/// When a part can't be read now, which says nothing about whether it is whole, or when a damaged
/// one can't be put aside.
pub(super) fn whole_parts(
    dir: &Path,
    manifest: &mut Manifest,
    is_salvaged: bool,
    problems: &mut Vec<Problem>,
) -> Result<(HashSet<ArticleId>, Vec<Option<PartEntry>>), LibraryError> {
    let mut known = HashSet::new();
    let mut slots = Vec::new();
    for entry in std::mem::take(&mut manifest.parts) {
        let folder = Manifest::part_folder(dir, &entry.name);
        let ids = part::verify(&folder).and_then(|_| read::ids(&folder));
        match ids {
            // Of what a killed build left, some may stand in other parts since.
            Ok(ids) if is_salvaged && ids.iter().any(|id| known.contains(id)) => {
                if !ids.iter().all(|id| known.contains(id)) {
                    put_aside(dir, &folder, &entry.name)?;
                }
            }
            Ok(ids) => {
                if let Some(why) = index::damage(&folder) {
                    problems.push(Problem {
                        what: format!("the index of part {}", entry.name),
                        why: format!("{why}. It is made again when the library is opened"),
                    });
                    let _ = std::fs::remove_dir_all(folder.join(part::INDEX));
                }
                known.extend(ids);
                manifest.parts.push(entry);
                slots.push(None);
            }
            Err(error) if !error.is_damage() => return Err(error),
            Err(error) => {
                problems.push(Problem {
                    what: format!("part {}", entry.name),
                    why: format!("{error}. Its articles are taken in again"),
                });
                put_aside(dir, &folder, &entry.name)?;
                slots.push(Some(entry));
            }
        }
    }
    Ok((known, slots))
}

/// Puts a part out of the way, so that one of its name can be made anew; and keeps it, as long as
/// it may hold what is nowhere else.
fn put_aside(dir: &Path, folder: &Path, name: &str) -> Result<(), LibraryError> {
    let aside = dir.join(DAMAGED);
    let failed = || LibraryError::io("putting a damaged part aside", folder);
    std::fs::create_dir_all(&aside).map_err(failed())?;
    let aside = aside.join(name);
    let _ = std::fs::remove_dir_all(&aside);
    match std::fs::rename(folder, &aside) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(failed()(cause)),
        _ => Ok(()),
    }
}

/// Calls `take` with the articles that can still be read out of the parts that were put aside,
/// until it answers `false`. Answers which of them could not be read wholly.
pub(super) fn recover(aside: &Path, take: &mut dyn FnMut(Incoming) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(aside).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    let mut unread = Vec::new();
    let mut is_going_on = true;
    for folder in folders {
        // What is damaged somewhere may still be read, as something that never was.
        let is_sure = part::is_as_written(&folder, part::ARTICLES);
        let mut is_whole = true;
        let read = read::with_texts(&folder, |row, text| {
            if is_sure || row.id == id_of(text.as_bytes()) {
                is_going_on = take(incoming(row, text));
            } else {
                is_whole = false;
            }
            is_going_on
        });
        if !is_going_on {
            break;
        }
        if read.is_err() || !is_whole {
            unread.push(folder);
        }
    }
    unread
}

fn incoming(row: ArticleRow, text: &str) -> Incoming {
    let encoding = Encoding::for_label(row.encoding.as_bytes());
    Incoming {
        id: row.id,
        source: row.source,
        url: row.url,
        title: Some(row.title).filter(|title| !title.is_empty()),
        published: row.given,
        encoding: encoding.unwrap_or(UTF_8).name(),
        size_bytes: row.size_bytes,
        text: text.to_owned(),
    }
}
