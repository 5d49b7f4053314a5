//! The state of the window and everything that changes it. What is drawn stands in [`crate::ui`].

pub mod action;
pub mod article;
mod background;
pub mod bounds;
pub mod carrying;
mod charting;
mod code_tables;
pub mod codebook;
pub mod coding;
pub mod command;
mod derive;
mod dispatch;
pub mod draft;
pub mod edits;
pub mod evidence;
mod files;
pub mod highlights;
pub mod keeping;
mod library;
mod loading;
pub mod memos;
pub mod merging;
pub mod notice;
mod querying;
mod reading;
mod run;
mod saving;
pub mod search;
mod searching;
mod start;
mod telling;
mod who;
pub mod words;
mod workbench;

pub use start::{Desktop, Start};
pub use workbench::{Counts, Effect, Field, Marked, Scroll, Workbench, Zoom};
