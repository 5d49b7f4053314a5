//! The codebook as a table: read and written in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::background::{Background, Found};
use super::codebook;
use super::codebook::import::{Imported, import};
use super::coding::CodeDialog;
use super::draft::{Overlay, PathPurpose};
use super::edits::{Step, new_item};
use super::notice::Level;
use super::words::{self, counted};
use super::workbench::Workbench;
use crate::model::edit::Edit;
use crate::model::ids::ItemId;
use crate::model::session::Session;
use crate::store::{atomic, codebook_csv};

/// What has become of a table.
pub(super) enum CodesMoved {
    /// What it makes of the codebook of this session, in this state.
    Read {
        path: PathBuf,
        session: ItemId,
        revision: u64,
        imported: Box<Imported>,
    },
    /// So many codes were written there.
    Written(PathBuf, usize),
    /// It can't be read or written.
    Failed(String),
}

/// No codebook is larger than this, in bytes; what is, is another file.
const LARGEST: u64 = 64 << 20;

impl Background {
    fn import_codes(&mut self, path: PathBuf, session: Arc<Session>, revision: u64) {
        self.jobs.spawn("Importing codes", move |context| {
            let moved = match read(&path) {
                Ok(table) => CodesMoved::Read {
                    session: session.id,
                    revision,
                    imported: Box::new(import(&session.codebook, &table, new_item)),
                    path,
                },
                Err(why) => {
                    CodesMoved::Failed(format!("{why} Nothing was imported. {}", path.display()))
                }
            };
            context.send(Found::Codes(moved));
        });
    }

    fn export_codes(&mut self, path: PathBuf, session: Arc<Session>) {
        let fs = Arc::clone(&self.fs);
        self.jobs.spawn("Exporting codes", move |context| {
            let bytes = codebook_csv::write(&session.codebook);
            let moved = match atomic::write(&*fs, &path, &bytes) {
                Ok(()) => CodesMoved::Written(path, session.codebook.codes.len()),
                Err(problem) => CodesMoved::Failed(problem.to_string()),
            };
            context.send(Found::Codes(moved));
        });
    }
}

fn read(path: &Path) -> Result<codebook_csv::Table, String> {
    let length = std::fs::metadata(path)
        .map_err(|problem| format!("{problem}."))?
        .len();
    if length > LARGEST {
        return Err("The file is far larger than a codebook.".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|problem| format!("{problem}."))?;
    codebook_csv::read(&bytes).map_err(|problem| problem.to_string())
}

impl Workbench {
    /// Takes a table of codes into the codebook.
    pub(super) fn import_codes(&mut self, path: &Path) {
        self.overlay = None;
        let path = words::home_expanded(path);
        if !path.is_file() {
            let problem = format!("There is no file at {}. Check the path.", path.display());
            self.ask_path_again(PathPurpose::ImportCodes, &path, problem);
            return;
        }
        let revision = self.history.revision();
        let session = Arc::clone(&self.session);
        self.background.import_codes(path, session, revision);
    }

    /// Writes the codebook as a table; asks first where a file is there already.
    pub(super) fn export_codes(&mut self, path: &Path, over: bool) {
        self.overlay = None;
        let (path, is_as_chosen) = words::with_extension(path, "csv");
        if path.is_dir() {
            let problem = format!("{} is a folder. Add the name of a file.", path.display());
            self.ask_path_again(PathPurpose::ExportCodes, &path, problem);
        } else if !(over && is_as_chosen) && path.exists() {
            self.overlay(Overlay::Overwrite(PathPurpose::ExportCodes, path));
        } else {
            let session = Arc::clone(&self.session);
            self.background.export_codes(path, session);
        }
    }

    pub(super) fn take_codes(&mut self, moved: CodesMoved) {
        match moved {
            CodesMoved::Read {
                path,
                session,
                revision,
                imported,
            } => {
                if session != self.session.id || revision != self.history.revision() {
                    self.tell(
                        Level::Warning,
                        format!(
                            "The session was changed while the codes were read. Nothing was imported; do it once \
                             more: {}",
                            path.display()
                        ),
                    );
                    return;
                }
                self.take_imported(&path, *imported);
            }
            CodesMoved::Written(path, count) => {
                let codes = counted(count, "code", "codes");
                self.tell(
                    Level::Info,
                    format!("{codes} written to {}", path.display()),
                );
            }
            CodesMoved::Failed(why) => self.tell(Level::Error, why),
        }
    }

    fn take_imported(&mut self, path: &Path, imported: Imported) {
        let edits = codebook::difference(&self.session.codebook, &imported.codebook);
        if !edits.is_empty() {
            self.take_step(Some(Step {
                name: "Import codes".to_owned(),
                edit: Edit::All(edits),
            }));
        }
        let parts = [
            (imported.made, "new"),
            (imported.changed, "changed"),
            (imported.same, "as they were"),
        ];
        let said = parts.iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = said
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let said = if said.is_empty() {
            "No code was found".to_owned()
        } else {
            format!("Codes: {}", said.join(", "))
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.overlay(Overlay::Code(CodeDialog::Imported {
            what: format!("{said}. From {name}."),
            problems: imported.problems,
        }));
    }
}
