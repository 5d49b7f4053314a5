//! Integration tests: one binary, through the public interface alone.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on fails"
)]

mod agreement;
mod anchor;
mod events;
#[cfg(unix)]
mod hazards;
mod invariants;
mod library;
mod reading;
mod store;
#[cfg(feature = "gui")]
mod undo;
#[cfg(feature = "gui")]
mod window;
