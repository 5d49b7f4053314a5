//! The full-text index of a corpus without a library: made in memory, part by part.

use std::sync::Arc;

use rayon::prelude::*;

use super::{JobId, Jobs};
use crate::index::{IndexError, PartIndex, PartWriter};
use crate::store::corpus::Corpus;
use crate::store::watch::Watch as _;

/// So many articles make a part: few enough that the first ones can be searched soon.
const PART: usize = 2_000;

impl<M: Send + 'static> Jobs<M> {
    /// Indexes all articles of `corpus`; `message` wraps each part, in the order of their rows. An
    /// article that can't be read has a row without words.
    ///
    /// # Panics
    /// In its own thread, so that it ends as [`super::Outcome::Panicked`], where an index in memory
    /// can't be made: a fault of the program.
    pub fn index_corpus(
        &mut self,
        corpus: Arc<Corpus>,
        message: impl Fn(PartIndex) -> M + Send + 'static,
    ) -> JobId {
        let name = "Indexing articles";
        self.spawn(name, move |context| {
            let total = corpus.len();
            let at_once = PART * rayon::current_num_threads();
            let mut done = 0;
            while done < total && !context.is_cancelled() {
                let firsts = (done..total.min(done + at_once)).step_by(PART);
                let firsts: Vec<usize> = firsts.collect();
                let parts: Vec<Result<PartIndex, IndexError>> = firsts
                    .into_par_iter()
                    .map(|first| part(&corpus, first..total.min(first + PART)))
                    .collect();
                for part in parts {
                    match part {
                        Ok(part) => context.send(message(part)),
                        Err(error) => panic!("the index could not be made: {error}"),
                    }
                }
                done = total.min(done + at_once);
                context.report(done as u64, total as u64, name);
            }
        })
    }
}

fn part(corpus: &Corpus, rows: std::ops::Range<usize>) -> Result<PartIndex, IndexError> {
    let mut writer = PartWriter::in_memory()?;
    for row in rows {
        let text = corpus.read_text(row).unwrap_or_default();
        let (title, body) = split_title(&text);
        writer.add(title, body);
    }
    writer.finish()
}

/// The first line that says something, as far as it is one, and the whole text.
fn split_title(text: &str) -> (&str, &str) {
    let line = text.lines().find(|line| !line.trim().is_empty());
    (line.unwrap_or_default().trim(), text)
}
