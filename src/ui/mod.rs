//! What is drawn. Panes read the workbench through `&` and answer with actions.

mod actors;
mod annotations;
mod articles;
mod chart;
mod codes;
mod concordance;
mod describe;
mod editor;
mod event;
mod evidence;
mod facets;
mod facts;
mod keep_bar;
mod keys;
mod memos;
mod menu;
mod orphans;
mod overlay;
mod picker;
mod reader;
mod rows;
mod rules;
mod search;
mod status;
mod suggestions;
pub mod theme;
mod things;
mod tiles;
pub mod timeline;
pub mod tokens;
mod widgets;
mod window;

pub use window::{Window, open_window};

/// What the panes remember between frames. None of it is work.
#[derive(Default)]
pub(crate) struct Panes {
    pub(crate) list: articles::ListState,
    pub(crate) reader: reader::ReaderState,
    pub(crate) sidebar: suggestions::SidebarState,
    pub(crate) annotations: annotations::AnnotationsState,
    pub(crate) codes: codes::CodesState,
    pub(crate) memos: memos::MemosState,
    pub(crate) facts: facts::FactsState,
    pub(crate) rules: rules::RulesState,
    pub(crate) concordance: concordance::ConcordanceState,
}
