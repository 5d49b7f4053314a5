//! The one handle to the articles of a session: metadata in columns, texts on request.
//!
//! Budget: about 100 bytes a row besides its names, no heap block of a row's own, and never more
//! than [`CACHE_BYTES`] of texts, so that a million rows fit. A row number is good for this handle
//! only; what survives a reload is the [`ArticleId`].

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::cache::TextCache;
use super::decode::{self, NotText};
use super::library::LibraryError;
use super::library::text::Texts as PartTexts;
use super::synthetic;
use crate::model::date::When;
use crate::model::ids::ArticleId;

/// How much of the texts read last is kept at hand, in bytes.
pub const CACHE_BYTES: usize = 16 << 20;

/// The articles of a session. Read-only; `Send` and `Sync`.
#[derive(Debug)]
pub struct Corpus {
    texts: Texts,
    ids: Vec<ArticleId>,
    /// Rows in the order of their ids, to look one up.
    by_id: Vec<u32>,
    sizes: Vec<u64>,
    encodings: Encodings,
    sources: Sources,
    given: GivenDates,
    /// Rows that are at none of their places any more, sorted.
    vanished: Vec<u32>,
    cache: Mutex<TextCache>,
}

/// The encodings of all rows.
#[derive(Debug, Default)]
struct Encodings {
    names: Vec<&'static str>,
    /// By row, the place among the names.
    of: Vec<u8>,
}

impl Encodings {
    fn push(&mut self, name: &'static str) {
        let known = self.names.iter().position(|known| *known == name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        // There are some forty encodings.
        self.of.push(u8::try_from(at).unwrap_or(u8::MAX));
    }

    fn get(&self, row: usize) -> Option<&'static str> {
        self.names.get(usize::from(*self.of.get(row)?)).copied()
    }
}

/// Publication dates that came along with articles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GivenDates {
    /// Distinct dates.
    pub dates: Vec<When>,
    /// By row, one more than the place among the dates; 0: none came along. Empty where none did
    /// with any.
    pub of: Vec<u32>,
}

/// What a library says of its articles, by row; see [`Corpus::library`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LibraryColumns {
    /// Their identities.
    pub ids: Vec<ArticleId>,
    /// Rows in the order of their ids; empty: to be worked out.
    pub by_id: Vec<u32>,
    /// The length of each source in bytes.
    pub sizes: Vec<u64>,
    /// Names of encodings.
    pub encodings: Vec<String>,
    /// By row, the place among them.
    pub encoding_of: Vec<u8>,
    /// All sources, one after the other; the first of a row stands first.
    pub sources: String,
    /// Where each ends.
    pub source_ends: Vec<u32>,
    /// Where the sources of each row end, as a count of sources.
    pub row_ends: Vec<u32>,
    /// Publication dates that came along.
    pub given: GivenDates,
    /// Rows that are at none of their places any more, sorted.
    pub vanished: Vec<u32>,
}

/// Where texts come from.
#[derive(Debug)]
enum Texts {
    Sample,
    Files,
    Synthetic {
        seed: u64,
    },
    /// Parts in order, each with the row after its last.
    Library(Vec<(u32, PartTexts)>),
}

/// Why a text can't be had, though its article is in the corpus.
#[derive(Debug, Error)]
pub enum TextError {
    /// The corpus has no such row.
    #[error("there is no article in row {0}")]
    NoSuchRow(usize),
    /// The file is not there any more.
    #[error("the article's file is gone since it was imported. Put it back, or open the folder again: {}", path.display())]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// The file's content is another one now.
    #[error("the article's file has changed since it was imported. Open the folder again to read the new text: {}", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The file is there and can't be read.
    #[error("the article's file can't be read: {cause}. Check its permissions: {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The content is that of the import, and still no text. Not expected.
    #[error("{cause}: {}", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: NotText,
    },
    /// The library that holds it can't give it.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// One article of a file, as an import hands it over; see [`Builder`].
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: ArticleId,
    pub(super) size_bytes: u64,
    pub(super) encoding: &'static str,
    /// Index into the roots of the builder.
    pub(super) root: u32,
    /// Path below the root; empty: the root is the file itself.
    pub(super) below: PathBuf,
}

impl Corpus {
    /// The five articles that the program carries.
    #[must_use]
    pub fn sample() -> Self {
        let mut sources = Sources::default();
        let mut rows = Vec::new();
        for (name, bytes) in SAMPLE {
            sources.push_row([(0, Path::new(name))]);
            rows.push((id_of(bytes), bytes.len() as u64, "UTF-8"));
        }
        Self::from_columns(Texts::Sample, rows, sources)
    }

    /// `len` articles made up from `seed`: about three in four in English, the others in Russian,
    /// dated, 1 to 3 KB each. The same seed gives the same articles, and a longer corpus begins
    /// with those of a shorter one.
    #[must_use]
    pub fn synthetic(len: usize, seed: u64) -> Self {
        use rayon::prelude::*;
        let rows: Vec<_> = (0..len)
            .into_par_iter()
            .map(|row| {
                let text = synthetic::article(seed, row);
                (id_of(text.as_bytes()), text.len() as u64, "UTF-8")
            })
            .collect();
        let mut sources = Sources::default();
        for row in 0..len {
            sources.push_row([(0, Path::new(&format!("synthetic/{row:07}.txt")))]);
        }
        Self::from_columns(Texts::Synthetic { seed }, rows, sources)
    }

    /// The articles of a library: `columns` says what they are, `parts` are the folders of its
    /// parts in order, each with the number of its articles. No text is read.
    #[must_use]
    pub fn library(
        parts: impl IntoIterator<Item = (PathBuf, u32)>,
        columns: LibraryColumns,
    ) -> Self {
        let mut end = 0_u32;
        let parts = parts.into_iter().map(|(folder, articles)| {
            end = end.saturating_add(articles);
            (end, PartTexts::new(&folder))
        });
        let texts = Texts::Library(parts.collect());
        let names = columns.encodings.iter().map(|name| {
            let known = encoding_rs::Encoding::for_label(name.as_bytes());
            known.unwrap_or(encoding_rs::UTF_8).name()
        });
        let ids = columns.ids;
        let by_id = if columns.by_id.len() == ids.len() {
            columns.by_id
        } else {
            sorted(&ids)
        };
        Self {
            texts,
            by_id,
            sizes: columns.sizes,
            encodings: Encodings {
                names: names.collect(),
                of: columns.encoding_of,
            },
            sources: Sources {
                names: columns.sources,
                name_ends: columns.source_ends,
                row_ends: columns.row_ends,
                ..Sources::default()
            },
            given: columns.given,
            vanished: columns.vanished,
            cache: Mutex::new(TextCache::new(CACHE_BYTES)),
            ids,
        }
    }

    /// A corpus of no articles.
    #[must_use]
    pub fn empty() -> Self {
        Self::from_columns(Texts::Files, Vec::new(), Sources::default())
    }

    /// Entries in the order of their sources; those with the same id become one row, at the place
    /// of the first.
    pub(super) fn from_entries(roots: Vec<PathBuf>, entries: &[Entry]) -> Self {
        let mut by_id: Vec<(usize, &Entry)> = entries.iter().enumerate().collect();
        by_id.sort_by_key(|(place, entry)| (entry.id, *place));
        let mut groups: Vec<&[(usize, &Entry)]> =
            by_id.chunk_by(|(_, a), (_, b)| a.id == b.id).collect();
        groups.sort_by_key(|group| group.first().map(|(place, _)| *place));
        let mut sources = Sources {
            roots,
            ..Sources::default()
        };
        let mut rows = Vec::with_capacity(groups.len());
        for group in groups {
            if let Some((_, first)) = group.first() {
                rows.push((first.id, first.size_bytes, first.encoding));
                sources.push_row(group.iter().map(|(_, e)| (e.root, e.below.as_path())));
            }
        }
        Self::from_columns(Texts::Files, rows, sources)
    }

    fn from_columns(
        texts: Texts,
        rows: Vec<(ArticleId, u64, &'static str)>,
        sources: Sources,
    ) -> Self {
        let mut ids = Vec::with_capacity(rows.len());
        let mut sizes = Vec::with_capacity(rows.len());
        let mut encodings = Encodings::default();
        for (id, size, encoding) in rows {
            ids.push(id);
            sizes.push(size);
            encodings.push(encoding);
        }
        Self {
            texts,
            by_id: sorted(&ids),
            ids,
            sizes,
            encodings,
            sources,
            given: GivenDates::default(),
            vanished: Vec::new(),
            cache: Mutex::new(TextCache::new(CACHE_BYTES)),
        }
    }

    /// The number of articles; rows are `0..len`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The identity of the article in `row`.
    #[must_use]
    pub fn id(&self, row: usize) -> Option<ArticleId> {
        self.ids.get(row).copied()
    }

    /// The row of an article, in O(log n).
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Option<usize> {
        let id_at = |row: &u32| self.ids.get(*row as usize).copied();
        let at = self.by_id.binary_search_by_key(&Some(id), id_at).ok()?;
        self.by_id.get(at).map(|row| *row as usize)
    }

    /// The first source of the article: the path below the folder that was imported, with `/`
    /// between folders, or the name of the sample. Empty for a row that does not exist.
    #[must_use]
    pub fn source(&self, row: usize) -> &str {
        self.sources(row).next().unwrap_or_default()
    }

    /// All sources of the article: more than one where the same bytes lie in several files.
    pub fn sources(&self, row: usize) -> impl Iterator<Item = &str> {
        self.sources.of_row(row).map(|at| self.sources.name(at))
    }

    /// The files of the article; none in the sample.
    pub fn files(&self, row: usize) -> impl Iterator<Item = PathBuf> {
        let of_row = match &self.texts {
            Texts::Files => self.sources.of_row(row),
            Texts::Sample | Texts::Synthetic { .. } | Texts::Library(_) => 0..0,
        };
        of_row.map(|at| self.sources.path(at))
    }

    /// The length of the source in bytes, before decoding.
    #[must_use]
    pub fn size_bytes(&self, row: usize) -> Option<u64> {
        self.sizes.get(row).copied()
    }

    /// The encoding of the source, such as `UTF-8` or `windows-1251`.
    #[must_use]
    pub fn encoding(&self, row: usize) -> Option<&'static str> {
        self.encodings.get(row)
    }

    /// The publication date that came along with the article. It stands before what the text
    /// prints: give it to extraction as what is known from elsewhere.
    #[must_use]
    pub fn given_date(&self, row: usize) -> Option<&When> {
        let at = self.given.of.get(row)?.checked_sub(1)?;
        self.given.dates.get(at as usize)
    }

    /// The rows of the articles that were at none of their places when these were last looked for,
    /// in order.
    #[must_use]
    pub fn vanished(&self) -> &[u32] {
        &self.vanished
    }

    /// Whether the article was at none of its places when these were last looked for.
    #[must_use]
    pub fn is_vanished(&self, row: usize) -> bool {
        u32::try_from(row).is_ok_and(|row| self.vanished.binary_search(&row).is_ok())
    }

    /// The text of the article, kept at hand for the next time.
    ///
    /// # Errors
    /// When its file has changed, is gone or can't be read; see [`TextError`].
    pub fn text(&self, row: usize) -> Result<Arc<str>, TextError> {
        let key = u32::try_from(row).map_err(|_| TextError::NoSuchRow(row))?;
        let cache = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = cache().get(key) {
            return Ok(text);
        }
        // Not under the lock: another row must not wait for a slow disk.
        let text: Arc<str> = self.read_text(row)?.into();
        cache().put(key, &text);
        Ok(text)
    }

    /// The text of the article, read anew and not kept: for walks over the whole corpus.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn read_text(&self, row: usize) -> Result<String, TextError> {
        let id = self.id(row).ok_or(TextError::NoSuchRow(row))?;
        match &self.texts {
            Texts::Sample => {
                let (_, bytes) = SAMPLE.get(row).ok_or(TextError::NoSuchRow(row))?;
                decoded(bytes, Path::new(self.source(row)))
            }
            Texts::Synthetic { seed } => Ok(synthetic::article(*seed, row)),
            Texts::Library(parts) => library_text(parts, row),
            Texts::Files => {
                // Any file with these bytes will do; the first failure is the one to tell of.
                let mut failure = None;
                for path in self.files(row) {
                    match read_verified(&path, id) {
                        Ok(text) => return Ok(text),
                        Err(error) => failure = failure.or(Some(error)),
                    }
                }
                Err(failure.unwrap_or(TextError::NoSuchRow(row)))
            }
        }
    }
}

impl Corpus {
    /// Calls `take` with each of these rows and its text, in order; `None` for one that can't be
    /// had. The rows are ascending, each once. Nothing is kept.
    ///
    /// Texts of a library that lie together are read together.
    pub fn read_texts(&self, rows: &[u32], take: &mut dyn FnMut(u32, Option<&str>)) {
        let Texts::Library(parts) = &self.texts else {
            return self.one_by_one(rows, take);
        };
        let mut rest = rows;
        while let Some(row) = rest.first() {
            let at = parts.partition_point(|(end, _)| end <= row);
            let Some((end, texts)) = parts.get(at) else {
                return self.one_by_one(rest, take);
            };
            let before = at.checked_sub(1).and_then(|before| parts.get(before));
            let first = before.map_or(0, |(end, _)| *end);
            let (here, after) = rest.split_at(rest.partition_point(|row| row < end));
            let places: Vec<u32> = here.iter().map(|row| row - first).collect();
            let mut taken = 0;
            let read = texts.each(&places, &mut |place, text| {
                taken += 1;
                take(first + place, Some(text));
            });
            if read.is_err() {
                // One damaged page must not hide the texts after it.
                self.one_by_one(here.get(taken..).unwrap_or_default(), take);
            }
            rest = after;
        }
    }

    fn one_by_one(&self, rows: &[u32], take: &mut dyn FnMut(u32, Option<&str>)) {
        for row in rows {
            let text = self.read_text(*row as usize).ok();
            take(*row, text.as_deref());
        }
    }
}

/// The identity of an article with these source bytes.
#[must_use]
pub fn id_of(bytes: &[u8]) -> ArticleId {
    ArticleId(Sha256::digest(bytes).into())
}

/// Rows in the order of their ids.
#[must_use]
pub fn sorted(ids: &[ArticleId]) -> Vec<u32> {
    let mut by_id: Vec<u32> = (0..).take(ids.len()).collect();
    by_id.sort_by_key(|row| ids.get(*row as usize));
    by_id
}

fn library_text(parts: &[(u32, PartTexts)], row: usize) -> Result<String, TextError> {
    let no_row = || TextError::NoSuchRow(row);
    let number = u32::try_from(row).map_err(|_| no_row())?;
    let at = parts.partition_point(|(end, _)| *end <= number);
    let before = at.checked_sub(1).and_then(|before| parts.get(before));
    let first = before.map_or(0, |(end, _)| *end);
    let (_, texts) = parts.get(at).ok_or_else(no_row)?;
    Ok(texts.get(number - first)?)
}

fn decoded(bytes: &[u8], path: &Path) -> Result<String, TextError> {
    match decode::decode(bytes) {
        Ok(decoded) => Ok(decoded.text),
        Err(cause) => Err(TextError::NotText {
            path: path.to_owned(),
            cause,
        }),
    }
}

fn read_verified(path: &Path, id: ArticleId) -> Result<String, TextError> {
    let path_owned = || path.to_owned();
    let bytes = std::fs::read(path).map_err(|cause| {
        if cause.kind() == std::io::ErrorKind::NotFound {
            TextError::Gone { path: path_owned() }
        } else {
            TextError::Unreadable {
                path: path_owned(),
                cause,
            }
        }
    })?;
    if id_of(&bytes) != id {
        return Err(TextError::Changed { path: path_owned() });
    }
    decoded(&bytes, path)
}

/// The sources of all rows in one string, by offsets.
#[derive(Debug, Default)]
struct Sources {
    roots: Vec<PathBuf>,
    names: String,
    /// Where the name of each source ends in `names`.
    name_ends: Vec<u32>,
    /// The root of each source.
    root_of: Vec<u32>,
    /// Where the sources of each row end.
    row_ends: Vec<u32>,
    /// Paths that their name can't give back: not UTF-8, or a root that is the file itself.
    odd_paths: BTreeMap<usize, PathBuf>,
}

impl Sources {
    fn push_row<'a>(&mut self, sources: impl IntoIterator<Item = (u32, &'a Path)>) {
        for (root, below) in sources {
            let at = self.name_ends.len();
            let whole = self.roots.get(root as usize);
            let shown = match (below.as_os_str().is_empty(), whole) {
                (true, Some(file)) => {
                    self.odd_paths.insert(at, file.clone());
                    file.file_name().map_or(file.as_path(), Path::new)
                }
                _ => below,
            };
            if shown.to_str().is_none() && !below.as_os_str().is_empty() {
                let path = whole.map_or_else(|| below.to_owned(), |root| root.join(below));
                self.odd_paths.insert(at, path);
            }
            for (depth, part) in shown.components().enumerate() {
                if depth > 0 {
                    self.names.push('/');
                }
                self.names.push_str(&part.as_os_str().to_string_lossy());
            }
            let end = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            self.name_ends.push(end);
            self.root_of.push(root);
        }
        let end = u32::try_from(self.name_ends.len()).unwrap_or(u32::MAX);
        self.row_ends.push(end);
    }

    fn of_row(&self, row: usize) -> Range<usize> {
        let Some(end) = self.row_ends.get(row) else {
            return 0..0;
        };
        let start = row
            .checked_sub(1)
            .and_then(|before| self.row_ends.get(before));
        start.map_or(0, |start| *start as usize)..*end as usize
    }

    fn name(&self, at: usize) -> &str {
        let start = at
            .checked_sub(1)
            .and_then(|before| self.name_ends.get(before));
        let end = self.name_ends.get(at).copied().unwrap_or_default();
        self.names
            .get(start.copied().unwrap_or(0) as usize..end as usize)
            .unwrap_or_default()
    }

    fn path(&self, at: usize) -> PathBuf {
        if let Some(path) = self.odd_paths.get(&at) {
            return path.clone();
        }
        let root = self
            .root_of
            .get(at)
            .and_then(|root| self.roots.get(*root as usize));
        root.map_or_else(
            || PathBuf::from(self.name(at)),
            |root| root.join(self.name(at)),
        )
    }
}

macro_rules! sample {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_bytes!(concat!("../../seeds/", $name)).as_slice())),+]
    };
}

/// The articles that the program carries, by name.
const SAMPLE: [(&str, &[u8]); 5] = sample![
    "000_87d3dd258404b730.txt",
    "001_a37eaed0e7796e8e.txt",
    "002_617547f4ab43ca28.txt",
    "003_dfce46a8faa2ac50.txt",
    "004_ad1ab4cf14487f8f.txt",
];

#[cfg(test)]
mod tests;
