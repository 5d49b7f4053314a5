//! Building, updating, checking and opening a library: what joins reading articles with the files
//! of `store::library`.
//!
//! | module | useful for |
//! |---|---|
//! | `input` | folders, files, JSON lines and CSV → articles, in order |
//! | `json_lines`, `csv_rows`, `record`, `decoded` | many articles in one file |
//! | `build` | workers that make parts, the list that grows |
//! | `walk`, `pace` | the reader that goes ahead of them; how fast it goes |
//! | `gone`, `kept` | what was taken in before, what has vanished since, what could not be read |
//! | `room` | whether a library may be made in a folder |
//! | `mend` | what is damaged, made whole |
//! | `make` | a batch of articles → one part |
//! | `index` | the index of a part, made and opened |
//! | `facts` | what was read ⇄ rows of Parquet files |
//! | `finish`, `view` | what only all parts together tell, kept for opening at once |
//! | `open` | opening and checking |

mod build;
mod csv_columns;
mod csv_rows;
mod decoded;
mod facts;
mod finish;
mod gone;
mod index;
mod input;
mod json_lines;
mod kept;
mod make;
mod mend;
mod open;
mod pace;
mod record;
mod room;
mod view;
mod walk;
mod who;

pub use build::{Plan, Summary, build, update};
pub use csv_columns::CsvColumns;
pub use facts::Reading;
pub use input::Problem;
pub use open::{Checked, Indexes, Opened, check, open_indexes, open_library};
pub use room::may_make;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_damage;
#[cfg(test)]
mod tests_input;
