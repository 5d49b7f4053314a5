//! What the list and the charts show, computed from facts about articles. Pure functions of
//! values: no texts are read again, no files, no threads, no window.
//!
//! In reading order: [`standing`] merges what extraction proposes with what the analyst decided;
//! [`facts`] boils one article down to what can be counted; [`table`] holds that of all articles
//! as columns; [`list`] filters and sorts articles;
//! [`near`] folds duplicates, `untold` unfolds those that tell more, and [`event`] puts claims about
//! one happening together, all in [`across`]; [`fields`] answers the fields of a query, [`told`] what is asked of one claim, and [`facets`]
//! counts by field what is found;
//! [`timeline`] counts partners over time; [`sums`] adds up what all
//! articles have; [`track`] how the rules have done;
//! [`merge`] makes one session of two, and [`agreement`] says how far their analysts agree.

pub mod across;
pub mod agreement;
pub mod event;
pub mod facets;
pub mod facts;
pub mod fields;
pub mod list;
pub mod merge;
pub mod near;
pub mod standing;
pub mod sums;
pub mod table;
pub mod timeline;
pub mod told;
pub mod track;
mod untold;

#[cfg(test)]
pub(crate) mod sample;
