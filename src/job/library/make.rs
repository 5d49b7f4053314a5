//! One part: a batch of articles → its folder. Each worker makes whole parts on its own.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::facts::{Reading, read};
use super::index;
use super::input::Incoming;
use super::pace::Stop;
use crate::extract::Lined;
use crate::extract::lexicon::Lexicon;
use crate::extract::site::{self, KnownFor, Sites, Survey};
use crate::model::ids::ArticleId;
use crate::store::library::LibraryError;
use crate::store::library::manifest::{PartEntry, Settings};
use crate::store::library::part::Unfinished;
use crate::store::library::rows::SiteRow;
use crate::store::library::write::{PartWriter, write_sites};
use crate::store::watch::Watch as _;

/// A part holds at most so many bytes of text (a single larger article still passes): with 24 MB a
/// build takes an eighth more of the processors' time, as each part has its own table of words, with
/// 104 MB a twenty-fifth, as the table outgrows the caches …
const BATCH_BYTES: usize = 64 << 20;
/// … and so many articles.
const BATCH_ARTICLES: usize = 25_000;

/// So many articles are read before they are indexed: each of the two keeps the processor's caches
/// to itself for a while, and the words of one article are still there for the next.
const RUN: usize = 256;

/// Articles that will be one part, in order.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) articles: Vec<Incoming>,
    bytes: usize,
}

impl Batch {
    /// Whether `next` belongs into another batch.
    pub(super) fn is_full_for(&self, next: &Incoming, limits: Limits) -> bool {
        !self.articles.is_empty()
            && (self.articles.len() >= limits.articles
                || self.bytes + next.text.len() > limits.bytes)
    }

    pub(super) fn push(&mut self, article: Incoming) {
        self.bytes += article.text.len();
        self.articles.push(article);
    }

    /// The bytes of its texts.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// What the part is made of, as a name: its articles with where they come from, and what they
    /// are read with.
    pub(super) fn name(&self, settings: &Settings) -> String {
        let mut hash = Sha256::new();
        let mut text = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        text(settings.focus.as_str());
        text(&settings.program);
        text(&settings.actors.to_string());
        for rule in &settings.rules_off {
            text(rule);
        }
        for article in &self.articles {
            text(&article.id.to_string());
            text(&article.source);
            text(article.title.as_deref().unwrap_or_default());
            text(article.url.as_deref().unwrap_or_default());
            let published = article.published.as_ref();
            text(&published.map(ToString::to_string).unwrap_or_default());
        }
        let name = ArticleId(hash.finalize().into()).to_string();
        name.get(..32).unwrap_or(&name).to_owned()
    }
}

/// How large parts become.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) bytes: usize,
    pub(super) articles: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: BATCH_BYTES,
            articles: BATCH_ARTICLES,
        }
    }
}

/// Makes a part. `None`: it was stopped; nothing of it is left.
///
/// # Errors
/// When the disk is full, for example.
pub(super) fn make(
    library: &Path,
    name: &str,
    batch: &Batch,
    reading: &Reading,
    lexicon: &Lexicon,
    stop: &Stop<'_>,
) -> Result<Option<PartEntry>, LibraryError> {
    let mut survey = Survey::default();
    let mut seen = Vec::with_capacity(batch.articles.len());
    for article in &batch.articles {
        if stop.is_cancelled() {
            return Ok(None);
        }
        let lined = Lined::new(&article.text);
        let observed = site::observe(&lined);
        survey.add(&article.source, &observed);
        seen.push((lined, observed));
    }
    let sites = survey.sites();
    let unfinished = Unfinished::new(library, name)?;
    let mut writer = PartWriter::new(unfinished.folder())?;
    let mut index = index::Maker::new(unfinished.folder())?;
    let mut seen = seen.into_iter();
    for run in batch.articles.chunks(RUN) {
        let mut rows = Vec::with_capacity(run.len());
        for (article, (lined, observed)) in run.iter().zip(seen.by_ref()) {
            stop.rest();
            if stop.is_cancelled() {
                return Ok(None);
            }
            rows.push(read(article, &lined, &observed, reading, lexicon, &sites));
            stop.took(1, article.text.len());
        }
        for (article, row) in run.iter().zip(&rows) {
            index.push(&row.article.title, &article.text);
        }
        for (article, row) in run.iter().zip(&rows) {
            writer.push(&row.article, &article.text, &row.claims, &row.mentions)?;
        }
    }
    let (articles, text_bytes) = writer.finish()?;
    index.finish()?;
    write_sites(unfinished.folder(), &site_rows(&sites))?;
    unfinished.finish(articles, text_bytes)?;
    Ok(Some(PartEntry {
        name: name.to_owned(),
        articles,
        text_bytes,
    }))
}

fn site_rows(sites: &Sites) -> Vec<SiteRow> {
    let known = sites.known().into_iter();
    known
        .map(|known| SiteRow {
            source: known.source,
            articles: known.articles,
            is_line: known.is_line,
            key: known.key,
            count: known.count,
        })
        .collect()
}

/// What the sources of a part are known for.
///
/// # Errors
/// When the file is there and damaged.
pub(super) fn sites_of(folder: &Path) -> Result<Sites, LibraryError> {
    let rows = crate::store::library::read::sites(folder)?.into_iter();
    Ok(rows
        .map(|row| KnownFor {
            source: row.source,
            articles: row.articles,
            is_line: row.is_line,
            key: row.key,
            count: row.count,
        })
        .collect())
}
