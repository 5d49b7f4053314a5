//! Attaché: a workbench for analysts who follow who cooperates with whom, since when, on what,
//! and how we know.
//!
//! The modules stand in reading order; each uses only those above it (`job` and `platform` stand
//! beside the core; `app` and `ui` use everything). See ARCHITECTURE.md for the invariants.

pub mod model;

pub mod analysis;
pub mod anchor;
pub mod extract;
pub mod index;
pub mod job;
pub mod store;

pub mod cli;

#[cfg(feature = "gui")]
pub mod app;
#[cfg(feature = "gui")]
pub mod platform;
#[cfg(feature = "gui")]
pub mod ui;
