//! What is drawn: reads state through `&`, answers with what the analyst wants.

pub mod timeline;
