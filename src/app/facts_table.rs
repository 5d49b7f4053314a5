//! The facts of all articles, by row.

use std::sync::Arc;

use crate::analysis::facts::ArticleFacts;

/// Rows that are copied together when one of them changes while a worker looks at the table.
const BLOCK: usize = 512;

type Cell = Option<Arc<ArticleFacts>>;

/// The facts of all articles, by row; nothing while an article has not been read.
///
/// A clone shares everything with its original. Changing a row of a table that is shared copies
/// the rows around it, not all of them: a decision costs the same in a corpus of any size.
#[derive(Debug, Clone, Default)]
pub struct FactsTable {
    blocks: Vec<Arc<Vec<Cell>>>,
    len: usize,
}

impl FactsTable {
    /// Of `len` articles that have not been read.
    #[must_use]
    pub fn unread(len: usize) -> Self {
        let blocks = (0..len)
            .step_by(BLOCK)
            .map(|start| Arc::new(vec![None; BLOCK.min(len - start)]));
        Self {
            blocks: blocks.collect(),
            len,
        }
    }

    /// The number of articles.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no article.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The facts of a row, once it has been read.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<&Arc<ArticleFacts>> {
        let row = row as usize;
        self.blocks.get(row / BLOCK)?.get(row % BLOCK)?.as_ref()
    }

    /// The facts of all rows, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&Arc<ArticleFacts>>> {
        self.blocks
            .iter()
            .flat_map(|block| block.iter())
            .map(Option::as_ref)
    }

    /// Takes in the facts of a row; a row that there is not is ignored.
    pub fn set(&mut self, row: u32, facts: Arc<ArticleFacts>) {
        let row = row as usize;
        let block = self.blocks.get_mut(row / BLOCK).map(Arc::make_mut);
        if let Some(cell) = block.and_then(|block| block.get_mut(row % BLOCK)) {
            *cell = Some(facts);
        }
    }
}
