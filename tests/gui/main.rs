//! The real window under a private X server: what an analyst does, by role and name.
//! See docs/testing.md.

mod display;
mod tree;
mod window;
