//! The sentences behind a mark of the chart, read as they come into view.

use std::collections::HashMap;

use crate::analysis::event::Joined;
use crate::analysis::standing::FindingKey;
use crate::analysis::timeline::Member;
use crate::model::span::Span;

/// What stands behind the chosen mark.
#[derive(Debug, Default)]
pub struct Evidence {
    /// The mark in words.
    pub title: String,
    /// What it counts.
    pub members: Vec<Member>,
    /// The lines read so far, by their place among the members.
    pub lines: HashMap<usize, Line>,
}

/// One sentence of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The row of its article in the corpus.
    pub row: u32,
    /// The finding that it is evidence of.
    pub key: Option<FindingKey>,
    /// Where it stands.
    pub span: Span,
    /// The date and the article, in words.
    pub heading: String,
    /// The sentence, white space folded.
    pub sentence: String,
    /// Whether the analyst accepted it.
    pub accepted: bool,
    /// How it came to its event, where events are counted.
    pub joined: Option<Joined>,
}
