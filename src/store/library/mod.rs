//! A library on disk: a folder of parts, each a batch of articles as Parquet files with an index
//! beside them, and a manifest that says which parts there are. See `docs/library.md` for the
//! format.
//!
//! | module | useful for |
//! |---|---|
//! | [`manifest`] | `library.ron`: settings, parts in order, replaced as a whole |
//! | [`salvage`] | the manifest made again where it is damaged |
//! | [`part`] | a part's folder: complete or absent, and whether it is whole |
//! | [`rows`] | what stands in a row of each Parquet file |
//! | [`write`](mod@write), [`read`] | rows → Parquet files of a part, and back |
//! | [`text`] | one text out of a part |
//! | [`listing`] | what the corpus handle needs of a library |
//! | [`catalog`] | what was taken in from where |
//! | [`view`] | named arrays of numbers in one file, read in one go |
//!
//! Nothing here knows what the text says or how a library is built: that is `job::library`.

pub mod catalog;
mod columns;
mod error;
pub mod listing;
pub mod manifest;
pub mod part;
pub mod read;
pub mod rows;
pub mod salvage;
pub mod text;
pub mod view;
pub mod write;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use error::LibraryError;
pub use manifest::Manifest;

/// Whether there is a library in `folder`.
#[must_use]
pub fn is_library(folder: &Path) -> bool {
    folder.join(manifest::FILE).is_file()
}
