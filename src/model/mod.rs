//! Pure values: what an article, an actor, a claim, a decision and a session *are*.
//!
//! Nothing here reads a file, knows a clock, a thread, a file format or the window. Everything
//! that can be saved is described here; how it is written stands in [`crate::store`].

pub mod actor;
pub mod annotation;
pub mod article;
pub mod claim;
pub mod codebook;
pub mod date;
pub mod edit;
pub mod extraction;
pub mod finding;
pub mod fold;
pub mod history;
pub mod ids;
pub mod session;
pub mod shared;
pub mod sketch;
pub mod span;
pub mod view;

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod seeds;
