//! The articles in which words stand, without their places there.

use std::io;

use fixedbitset::FixedBitSet;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;

use super::part::{PartIndex, Reader};

/// Reads them word by word. What holds a block of articles is made once for all words: a beginning
/// may have thousands, most of them in one article only.
pub(super) struct Docs<'p> {
    reader: &'p InvertedIndexReader,
    blocks: Option<BlockSegmentPostings>,
}

impl<'p> Docs<'p> {
    pub(super) fn new(part: &'p PartIndex, which: Reader) -> Self {
        Self {
            reader: part.reader(which),
            blocks: None,
        }
    }

    /// Adds the articles of a word.
    pub(super) fn add(&mut self, word: &TermInfo, found: &mut FixedBitSet) -> io::Result<()> {
        let rows = found.len();
        self.each(word, |doc| {
            // A damaged posting must not reach past the part.
            if doc < rows {
                found.insert(doc);
            }
            true
        })
    }

    /// Whether the word stands in one of these articles.
    pub(super) fn is_in_any(&mut self, word: &TermInfo, of: &FixedBitSet) -> io::Result<bool> {
        let mut is_there = false;
        self.each(word, |doc| {
            is_there = of.contains(doc);
            !is_there
        })?;
        Ok(is_there)
    }

    /// Calls `take` with the articles of a word, ascending, until it asks for no more.
    fn each(&mut self, word: &TermInfo, mut take: impl FnMut(usize) -> bool) -> io::Result<()> {
        let blocks = match &mut self.blocks {
            Some(blocks) => {
                self.reader
                    .reset_block_postings_from_terminfo(word, blocks)?;
                blocks
            }
            none => {
                let option = IndexRecordOption::Basic;
                none.insert(
                    self.reader
                        .read_block_postings_from_terminfo(word, option)?,
                )
            }
        };
        while !blocks.docs().is_empty() {
            for doc in blocks.docs() {
                if !take(*doc as usize) {
                    return Ok(());
                }
            }
            blocks.advance();
        }
        Ok(())
    }
}
