//! A walk over articles on all cores, told of in chunks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::{JobId, Jobs};
use crate::model::ids::ArticleId;
use crate::store::corpus::{Corpus, TextError};
use crate::store::watch::Watch as _;

/// What a walk found in some rows, in the order in which they were asked for.
pub type Answers<R> = Vec<(usize, Result<R, TextError>)>;

/// How many articles are told of at once: enough to keep all cores busy, few enough that the
/// first ones are seen soon.
const CHUNK: usize = 256;

impl<M: Send + 'static> Jobs<M> {
    /// Reads the text of each of `rows` and makes an answer of it, in parallel; `message` wraps
    /// the answers of each chunk. An article whose text can't be had is answered with its error
    /// and stops nothing.
    pub fn walk_corpus<R, F, W>(
        &mut self,
        name: &str,
        corpus: Arc<Corpus>,
        rows: Vec<usize>,
        answer: F,
        message: W,
    ) -> JobId
    where
        R: Send,
        F: Fn(usize, ArticleId, &str) -> R + Send + Sync + 'static,
        W: Fn(Answers<R>) -> M + Send + 'static,
    {
        let what = name.to_owned();
        self.spawn(name, move |context| {
            let done = AtomicU64::new(0);
            for chunk in rows.chunks(CHUNK) {
                let answers = chunk
                    .par_iter()
                    .filter(|_| !context.is_cancelled())
                    .map(|row| {
                        let text = corpus.read_text(*row);
                        let id = corpus.id(*row).ok_or(TextError::NoSuchRow(*row));
                        let result = text.and_then(|text| Ok(answer(*row, id?, &text)));
                        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                        context.report(done, rows.len() as u64, &what);
                        (*row, result)
                    })
                    .collect();
                context.send(message(answers));
                if context.is_cancelled() {
                    break;
                }
            }
        })
    }
}
