//! Saving: one save at a time, and one that fails says why and changes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::background::{SaveRequest, Saved, Written};
use super::draft::{Overlay, PathPurpose};
use super::keeping::RECOVERED;
use super::notice::{Level, Notice};
use super::words;
use super::workbench::{Effect, Workbench};
use crate::job::SaveSession;
use crate::store::atomic::SaveStep;
use crate::store::journal::Journal;
use crate::store::session_file::{self, Writable};

impl Workbench {
    pub(super) fn save(&mut self) {
        if let Some(why) = self.undecided() {
            self.tell(Level::Warning, why);
            return;
        }
        match (self.file.clone(), self.writable) {
            (Some(path), Writable::Yes) if self.keeping.held_by.is_none() => self.write(path),
            _ => self.effects.push(Effect::Dialog(PathPurpose::SaveAs)),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path, overwrite: bool) {
        let (path, is_as_chosen) = words::with_extension(path, "ron");
        if path.is_dir() {
            let problem = format!("{} is a folder. Add the name of a file.", path.display());
            self.ask_path_again(PathPurpose::SaveAs, &path, problem);
        } else if !(overwrite && is_as_chosen) && path.exists() && self.file.as_ref() != Some(&path)
        {
            self.overlay(Overlay::Overwrite(PathPurpose::SaveAs, path));
        } else {
            self.overlay = None;
            self.write(path);
        }
    }

    /// Writes the session, or does so as soon as the save that is under way has ended: of two at
    /// once, the older might end last.
    pub(super) fn write(&mut self, path: PathBuf) {
        if self.background.is_saving() {
            self.save_next = Some(path);
            return;
        }
        let journal = self.keeping.journal.as_ref();
        let is_own = self.file.as_ref() == Some(&path);
        self.background.save(SaveRequest {
            revision: self.history.revision(),
            upto: journal.map_or(0, Journal::number),
            save: SaveSession {
                path,
                session: Arc::clone(&self.session),
                view: self.view.clone(),
                known: self.keeping.on_disk.clone().filter(|_| is_own),
                lock: self.keeping.lock.clone(),
                announcer: journal.and_then(Journal::announcer),
            },
        });
    }

    pub(super) fn save_then_proceed(&mut self) {
        self.overlay = None;
        self.save();
    }

    /// Begins the save that waited for another.
    pub(super) fn save_waiting(&mut self) {
        if !self.background.is_saving()
            && let Some(path) = self.save_next.take()
        {
            self.write(path);
        }
    }

    /// Follows the end of a save.
    pub(super) fn take_saved(&mut self, saved: Saved) {
        let Saved { session, path, end } = saved;
        if session != self.session.id {
            // It was given up, or replaced by another, before its save had ended.
            match end {
                Ok(_) => self.remember(&path),
                Err(problem) => self.tell(Level::Error, problem.to_string()),
            }
            return;
        }
        match end {
            Ok(Written {
                revision,
                upto,
                saved,
            }) => {
                self.history.mark_saved(revision);
                self.tell_of_saved(&saved.saved);
                let hash = saved.saved.on_disk.hash;
                if let Some(journal) = &self.keeping.journal {
                    journal.fold(path.clone(), hash, upto);
                }
                self.keeping.lock = saved.lock;
                self.keeping.held_by = None;
                self.keeping.on_disk = Some(saved.saved.on_disk);
                self.saved_view = self.view.clone();
                self.notices
                    .retain(|notice| !notice.is_failed_save && !notice.text.starts_with(RECOVERED));
                self.remember(&path);
                self.file = Some(path);
                self.writable = Writable::Yes;
                if self.pending.is_some() && !self.history.is_unsaved() {
                    self.proceed();
                }
            }
            Err(problem) => {
                self.pending = None;
                // Where it went elsewhere, it may do better.
                self.save_next = self.save_next.take().filter(|next| *next != path);
                self.notices.retain(|notice| !notice.is_failed_save);
                if problem.step == SaveStep::Compare {
                    self.tell_of_change();
                    return;
                }
                self.notices.push(Notice {
                    is_failed_save: true,
                    ..Notice::new(Level::Error, problem.to_string())
                });
            }
        }
    }

    /// Tells what else a save did, where that is worth knowing.
    fn tell_of_saved(&mut self, saved: &session_file::Saved) {
        if let Some(kept) = &saved.kept {
            self.tell(
                Level::Info,
                format!(
                    "An older version of Attaché wrote this session. The file as it was is kept as {}.",
                    kept.display()
                ),
            );
        }
        if let Some(problem) = &saved.backup_problem {
            self.tell(
                Level::Warning,
                format!(
                    "The session is saved, but there is no backup of it: {} failed ({}): {}",
                    problem.step,
                    problem.cause,
                    problem.path.display()
                ),
            );
        }
    }
}
