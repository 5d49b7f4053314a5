//! The file system: importing articles, the corpus handle, the session file, the atomic save, and
//! what the program remembers between runs.
//!
//! | module | useful for |
//! |---|---|
//! | [`decode`] | bytes of unknown encoding → text, or a reason why they are none |
//! | [`corpus`] | the one handle to articles: metadata in columns, texts on request |
//! | [`walk`] | which files of a folder are articles |
//! | [`import`] | files and folders → a corpus, and a list of what could not be read |
//! | [`library`] | the files of a library: Parquet parts, manifest, view |
//! | [`synthetic`] | articles made up from a seed, for tests and benches |
//! | [`atomic`] | a save that leaves the old file or the new one, never a part |
//! | [`session_file`] | the session as one readable file |
//! | [`journal`] | each edit on the disk within a second, for after a crash |
//! | [`lock`] | one writer a session |
//! | [`backup`] | the last ten saved states |
//! | [`on_disk`], [`beside`] | whether a file was changed by others; the files beside a session |
//! | [`codebook_csv`] | a codebook as a table for spreadsheets |
//! | [`recent`], [`settings`] | what is remembered from one run to the next |
//!
//! What may take long reports to a [`watch::Watch`] and asks it whether to stop.

pub mod atomic;
pub mod backup;
pub mod beside;
mod cache;
pub mod codebook_csv;
pub mod config;
pub mod corpus;
pub mod decode;
pub mod import;
pub mod journal;
pub mod library;
pub mod lock;
pub mod on_disk;
pub mod recent;
pub mod session_file;
pub mod settings;
pub mod synthetic;
pub mod walk;
pub mod watch;
