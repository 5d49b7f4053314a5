//! The index of one part: a single tantivy segment in memory or in a folder.
//!
//! Fields: `title` and `text` hold terms with positions; `title_words` and `text_words` hold the
//! plain forms, each once an article, for beginnings and likeness. Nothing is stored, so what a
//! hit says is read from the text that the caller holds. The *n*-th article that was added is
//! document *n*: one segment is written in one go, and nothing is ever merged or deleted.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Directory, SingleSegmentIndexWriter, TantivyDocument, TantivyError};

use super::analyzer::{Memo, Words, words};
use crate::model::article::Language;

/// How terms are made stands in the name of the tokenizers, so that an index made otherwise is
/// told apart. Count up when terms change.
const TERMS: &str = "terms-1";
const PLAIN: &str = "plain-1";

/// Fields in the order in which they are written; see [`Reader`].
const FIELDS: [(&str, &str, IndexRecordOption); 4] = [
    ("title", TERMS, IndexRecordOption::WithFreqsAndPositions),
    ("title_words", PLAIN, IndexRecordOption::Basic),
    ("text", TERMS, IndexRecordOption::WithFreqsAndPositions),
    ("text_words", PLAIN, IndexRecordOption::Basic),
];

/// Room for the table of terms while a part is written, in bytes; it grows when needed.
const ROOM: usize = 50_000_000;

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

/// Makes the index of a part, article by article.
pub struct PartWriter {
    writer: SingleSegmentIndexWriter,
    shared: Shared,
    rows: u32,
}

impl PartWriter {
    /// A part that is held in memory.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::new(Box::new(RamDirectory::create()))
    }

    /// A part in an empty folder that exists. The part that [`PartWriter::finish`] gives has its
    /// files open: drop it before the folder is renamed.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn in_folder(folder: &Path) -> Result<Self, IndexError> {
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        Self::new(Box::new(directory))
    }

    fn new(directory: Box<dyn Directory>) -> Result<Self, IndexError> {
        let shared = Shared::default();
        shared.lock().memo = Memo::taken();
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TERMS, Terms(shared.clone()));
        tokenizers.register(PLAIN, Plain(shared.clone()));
        let builder = tantivy::Index::builder()
            .schema(schema())
            .tokenizers(tokenizers);
        Ok(Self {
            writer: builder.single_segment_index_writer(directory, ROOM)?,
            shared,
            rows: 0,
        })
    }

    /// Adds the next article and gives its row in the part.
    ///
    /// # Errors
    /// When the part can't take it in.
    pub fn add(&mut self, title: &str, text: &str, language: Language) -> Result<u32, IndexError> {
        {
            let mut shared = self.shared.lock();
            shared.memo.tidy();
            shared.language = language;
        }
        let mut document = TantivyDocument::default();
        for ((field, _), value) in schema_fields().zip([title, "", text, ""]) {
            document.add_text(field, value);
        }
        self.writer.add_document(document)?;
        let row = self.rows;
        self.rows += 1;
        Ok(row)
    }

    /// What it takes up in memory, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.writer.mem_usage()
    }

    /// The articles added so far.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// Writes the part.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(self) -> Result<PartIndex, IndexError> {
        let index = self.writer.finalize()?;
        std::mem::take(&mut self.shared.lock().memo).put_back();
        PartIndex::new(&index)
    }
}

fn schema_fields() -> impl Iterator<Item = (tantivy::schema::Field, &'static str)> {
    (0..)
        .zip(FIELDS)
        .map(|(id, (name, ..))| (tantivy::schema::Field::from_field_id(id), name))
}

/// The index of one part.
pub struct PartIndex {
    rows: u32,
    segment: Option<SegmentReader>,
    /// In the order of [`FIELDS`].
    readers: [Arc<InvertedIndexReader>; 4],
}

/// Where terms are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Title,
    TitleWords,
    Text,
    TextWords,
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
        let [title, title_words, text, text_words] = [0, 1, 2, 3]
            .map(|id| segment.inverted_index(tantivy::schema::Field::from_field_id(id)));
        Ok(Self {
            rows: segment.max_doc(),
            readers: [title?, title_words?, text?, text_words?],
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
        let [title, title_words, text, text_words] = &self.readers;
        match which {
            Reader::Title => title,
            Reader::TitleWords => title_words,
            Reader::Text => text,
            Reader::TextWords => text_words,
        }
    }

    /// Words of the text of an article, roughly, by row.
    pub(super) fn lengths(
        &self,
    ) -> Result<Option<tantivy::fieldnorm::FieldNormReader>, IndexError> {
        let text = tantivy::schema::Field::from_field_id(2);
        let reader = self
            .segment
            .as_ref()
            .map(|segment| segment.get_fieldnorms_reader(text));
        Ok(reader.transpose()?)
    }
}

impl std::fmt::Debug for PartIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PartIndex({} rows)", self.rows)
    }
}

/// What the tokenizers of one writer share: tantivy asks them for a field at a time, in the order
/// of [`FIELDS`], so the words that one has met are the next one's.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<State>>);

struct State {
    memo: Memo,
    language: Language,
    /// Numbers of the words met in the field before.
    met: Vec<u32>,
    /// The place in `met_at` of a word's number holds the stamp of the field that met it last.
    met_at: Vec<u32>,
    stamp: u32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            memo: Memo::default(),
            language: Language::Other,
            met: Vec::new(),
            met_at: Vec::new(),
            stamp: 0,
        }
    }
}

impl State {
    fn begin(&mut self) {
        self.met.clear();
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.met_at.fill(0);
            self.stamp = 1;
        }
    }

    fn meet(&mut self, number: u32) {
        let at = number as usize;
        if self.met_at.len() <= at {
            self.met_at.resize(at + 1024, 0);
        }
        if let Some(met) = self.met_at.get_mut(at)
            && *met != self.stamp
        {
            *met = self.stamp;
            self.met.push(number);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the terms of a text.
#[derive(Clone)]
struct Terms(Shared);

struct TermStream<'a> {
    state: MutexGuard<'a, State>,
    text: &'a str,
    words: Words<'a>,
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        let mut state = self.0.lock();
        state.begin();
        TermStream {
            state,
            text,
            words: words(text),
            token: Token::default(),
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.words.next() else {
            return false;
        };
        let word = span.of(self.text).unwrap_or_default();
        let state = &mut *self.state;
        let number = state.memo.number(word, state.language);
        state.meet(number);
        self.token.text.clear();
        if let Some(forms) = state.memo.forms(number) {
            self.token.text.push_str(&forms.term);
        }
        self.token.offset_from = span.start;
        self.token.offset_to = span.end;
        // From `usize::MAX` to 0 at first.
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Gives the plain forms of the words that [`Terms`] met in the field before.
#[derive(Clone)]
struct Plain(Shared);

struct PlainStream<'a> {
    state: MutexGuard<'a, State>,
    token: Token,
}

impl Tokenizer for Plain {
    type TokenStream<'a> = PlainStream<'a>;

    fn token_stream<'a>(&'a mut self, _: &'a str) -> PlainStream<'a> {
        PlainStream {
            state: self.0.lock(),
            token: Token::default(),
        }
    }
}

impl TokenStream for PlainStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(number) = self.state.met.pop() else {
            return false;
        };
        self.token.text.clear();
        if let Some(forms) = self.state.memo.forms(number) {
            self.token.text.push_str(&forms.plain);
        }
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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
