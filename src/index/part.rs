//! The index of one part: a single tantivy segment in memory or in a folder.
//!
//! Fields: `title` and `text` hold plain forms of words with positions, and nothing stands in the
//! index twice. A search for a word in any inflection asks for the plain forms that share its stem:
//! most begin with it and are found in the dictionary of words. `forms` holds no text: its terms
//! name the forms that are not found so (see `key_of`). Nothing is stored, so what a hit says is
//! read from the text that the caller holds. The *n*-th article that was added is document *n*: one
//! segment is written in one go, and nothing is ever merged or deleted.

mod words;
mod write;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::MmapDirectory;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::analyzer::{forms, has_stem, terms_of};

pub use write::PartWriter;

/// How words are made stands in the name of the tokenizers, which nothing else asks for, so that an
/// index made otherwise is told apart. Count up when words or stems change.
const WORDS: &str = "words-2";
const FORMS: &str = "forms-3";

/// Fields in the order in which they are written; see [`Reader`].
const FIELDS: [(&str, &str, IndexRecordOption); 3] = [
    ("title", WORDS, IndexRecordOption::WithFreqsAndPositions),
    ("text", WORDS, IndexRecordOption::WithFreqsAndPositions),
    ("forms", FORMS, IndexRecordOption::Basic),
];
const TITLE: Field = Field::from_field_id(0);
const TEXT: Field = Field::from_field_id(1);
const KEYS: Field = Field::from_field_id(2);

/// Parts a stem from a plain form that has it …
const FORM: char = '\u{1}';
/// … and ends what begins with a stem and its mark.
const AFTER: u8 = 2;

/// Words that begin with a shorter stem than this, in letters, are too many to be looked through.
const SHORTEST: usize = 4;

/// How `forms` says that a plain form has a stem.
fn key_of(term: &str, plain: &str) -> String {
    format!("{term}{FORM}{plain}")
}

/// The plain form that a key of this stem names.
fn plain_of<'k>(term: &str, key: &'k str) -> Option<&'k str> {
    key.strip_prefix(term)?.strip_prefix(FORM)
}

/// A word that is its own stem needs no key: whoever asks for the stem asks for the word.
fn is_own_stem(term: &str) -> bool {
    terms_of(term).iter().any(|own| own == term)
}

/// Whether the words that begin with a stem are looked through for it.
fn is_looked_for(term: &str) -> bool {
    term.chars().nth(SHORTEST - 1).is_some()
}

/// What `forms` says of a word: its stems by which it would not be found.
fn keys_of(word: &str) -> Vec<String> {
    let forms = forms(word);
    // Of most words the plain form is the word itself, and so are its stems.
    let of_plain: Cow<'_, [String]> = if *forms.plain == *word {
        Cow::Borrowed(&forms.terms)
    } else {
        Cow::Owned(terms_of(&forms.plain))
    };
    let is_found = |term: &str| {
        let is_asked =
            *term == *forms.plain || is_looked_for(term) && forms.plain.starts_with(term);
        is_asked && of_plain.iter().any(|of_plain| of_plain == term)
    };
    let terms = forms.terms.iter();
    let listed = terms.filter(|term| !is_found(term));
    listed.map(|term| key_of(term, &forms.plain)).collect()
}

/// An index that can't be written or read.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file could not be written or read, or is damaged.
    #[error("the index could not be read or written ({0}); it can be made again from the articles")]
    Tantivy(#[from] TantivyError),
    /// Another version of the program made it.
    #[error(
        "the index was made by another version ({0}) and has to be made again from the articles"
    )]
    Version(String),
}

impl From<std::io::Error> for IndexError {
    fn from(error: std::io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}

fn schema() -> Schema {
    let mut builder = Schema::builder();
    for (name, tokenizer, option) in FIELDS {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            // Lengths count for likeness only, which compares texts.
            .set_fieldnorms(name == "text");
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
    }
    builder.build()
}

/// The index of one part.
pub struct PartIndex {
    rows: u32,
    segment: Option<SegmentReader>,
    /// In the order of [`FIELDS`].
    readers: [Arc<InvertedIndexReader>; 3],
}

/// Where terms are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Title,
    Text,
}

impl PartIndex {
    /// Opens the index in a folder. Reads its directory only: postings are mapped into memory and
    /// read when they are asked for.
    ///
    /// # Errors
    /// When files are missing or damaged, or another version made it.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        Self::new(&tantivy::Index::open(directory)?)
    }

    /// The files of the index in a folder that do not hold what was written to them. Reads all of
    /// them; [`PartIndex::open`] does not.
    ///
    /// # Errors
    /// When a file is missing or can't be read.
    pub fn damaged_files(folder: &Path) -> Result<Vec<PathBuf>, IndexError> {
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        let damaged = tantivy::Index::open(directory)?.validate_checksum()?;
        Ok(damaged.into_iter().collect())
    }

    fn new(index: &tantivy::Index) -> Result<Self, IndexError> {
        if index.schema() != schema() {
            let tokenizer = index
                .schema()
                .fields()
                .next()
                .map(|(_, entry)| format!("{:?}", entry.field_type()));
            return Err(IndexError::Version(tokenizer.unwrap_or_default()));
        }
        let segments = index.searchable_segments()?;
        let Some(segment) = segments.first() else {
            return Ok(Self::empty());
        };
        let segment = SegmentReader::open(segment)?;
        let [title, text, forms] = [TITLE, TEXT, KEYS].map(|field| segment.inverted_index(field));
        Ok(Self {
            rows: segment.max_doc(),
            readers: [title?, text?, forms?],
            segment: Some(segment),
        })
    }

    fn empty() -> Self {
        let reader = |option| Arc::new(InvertedIndexReader::empty(option));
        Self {
            rows: 0,
            segment: None,
            readers: FIELDS.map(|(_, _, option)| reader(option)),
        }
    }

    /// The number of articles.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    pub(super) fn reader(&self, which: Reader) -> &InvertedIndexReader {
        let [title, text, _] = &self.readers;
        match which {
            Reader::Title => title,
            Reader::Text => text,
        }
    }

    /// The plain forms that have one of these stems; not all of them need to be in the part.
    pub(super) fn forms_of(&self, terms: &[String]) -> std::io::Result<Vec<String>> {
        let [title, text, forms] = &self.readers;
        let mut found = Vec::new();
        for term in terms {
            if is_own_stem(term) {
                found.push(term.clone());
            }
            let mut after = term.clone().into_bytes();
            after.push(AFTER);
            let range = forms.terms().range().ge(term.as_bytes()).lt(&after);
            let mut keys = range.into_stream()?;
            while keys.advance() {
                let key = std::str::from_utf8(keys.key()).unwrap_or_default();
                found.extend(plain_of(term, key).map(str::to_owned));
            }
            for reader in [title, text].into_iter().filter(|_| is_looked_for(term)) {
                // No byte of UTF-8 is 255.
                let mut end = term.clone().into_bytes();
                end.push(u8::MAX);
                let range = reader.terms().range().gt(term.as_bytes()).lt(&end);
                let mut words = range.into_stream()?;
                while words.advance() {
                    let word = std::str::from_utf8(words.key()).unwrap_or_default();
                    if has_stem(word, term) {
                        found.push(word.to_owned());
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Words of the text of an article, roughly, by row.
    pub(super) fn lengths(
        &self,
    ) -> Result<Option<tantivy::fieldnorm::FieldNormReader>, IndexError> {
        let reader = self
            .segment
            .as_ref()
            .map(|segment| segment.get_fieldnorms_reader(TEXT));
        Ok(reader.transpose()?)
    }
}

impl std::fmt::Debug for PartIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PartIndex({} rows)", self.rows)
    }
}

/// The indexes of all parts of a corpus, in order. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Each with its first row.
    parts: Vec<(u32, Arc<PartIndex>)>,
    rows: u32,
}

impl Index {
    /// Adds the next part; gives its first row.
    pub fn push(&mut self, part: Arc<PartIndex>) -> u32 {
        let first = self.rows;
        self.rows += part.rows();
        self.parts.push((first, part));
        first
    }

    /// The parts, each with its first row.
    #[must_use]
    pub fn parts(&self) -> &[(u32, Arc<PartIndex>)] {
        &self.parts
    }

    /// The articles of all parts.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.rows
    }
}

impl FromIterator<Arc<PartIndex>> for Index {
    fn from_iter<I: IntoIterator<Item = Arc<PartIndex>>>(parts: I) -> Self {
        let mut index = Self::default();
        for part in parts {
            index.push(part);
        }
        index
    }
}
