//! What list and charts know of all articles, as columns: so that a million fit, and a question
//! about all of them is a scan.
//!
//! A [`Part`] is a batch of articles that is never changed; [`PartBuilder`] makes one from facts.
//! A [`Table`] puts parts together and knows which row of the corpus lies where. What is newly
//! known of an article, because it was read again or worked on, lies in a part of its own, and
//! outranks what was known before. A [`Row`] looks at one article.
//!
//! Budget at a million articles with three claims each: 230 MB without the optional columns of a
//! part.

mod build;
mod columns;
mod part;
mod row;
mod rows;
mod scan;

pub use build::PartBuilder;
pub use columns::{Lists, Texts};
pub use part::{Dates, Keep, NO_DATE, NO_DAY, Part, code_of, decode, key_number};
pub use row::Row;
pub use rows::{Actors, Table};

pub(crate) use rows::{Slot, SpanOfDays};

#[cfg(test)]
mod tests;
