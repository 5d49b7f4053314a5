//! Full-text search: how texts are indexed, how searches are written, and what they find.
//!
//! * [`analyzer`] turns words into terms, the same way for texts and searches;
//! * [`part`] holds the terms of a batch of articles, and [`part::Index`] all batches in order;
//! * [`query`] reads what the user writes, and says what is wrong with it;
//! * [`search`](mod@search) gives the rows that a search finds;
//! * [`hits`] shows where in a text, as spans, snippets and lines of concordance;
//! * [`similar`] finds articles that tell of the same.
//!
//! A row is a position over all parts in order. Of an article, the index holds title and text
//! only; tests on anything else are answered from outside, since decisions of the analyst change
//! them.

pub mod analyzer;
mod docs;
pub mod hits;
mod lookup;
mod narrow;
mod near;
pub mod part;
pub mod pattern;
mod plan;
pub mod query;
mod row;
pub mod search;
pub mod similar;

#[cfg(test)]
mod tests;

pub use part::{Index, IndexError, PartIndex, PartWriter};
pub use query::{Options, Parsed, Query, parse};
pub use search::{Outside, Progress, SearchError, search};
