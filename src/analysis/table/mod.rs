//! What list and charts know of all articles, as columns: so that a million fit, and a question
//! about all of them is a scan.
//!
//! A [`Part`] is a batch of articles that is never changed; [`PartBuilder`] makes one from facts.

mod build;
mod columns;
mod part;

pub use build::PartBuilder;
pub use columns::{Lists, Texts};
pub use part::{Dates, Keep, NO_DATE, NO_DAY, Part, code_of, decode, key_number};

#[cfg(test)]
mod tests;
