//! The index of one part: a single tantivy segment in memory or in a folder.
//!
//! Fields: `title` and `text` hold plain forms of words with positions, and nothing stands in the
//! index twice. A search for a word in any inflection asks for the plain forms that share its stem:
//! most begin with it and are found in the dictionary of words. `forms` holds no text: its terms
//! name the forms that are not found so (see `key_of`). Nothing is stored, so what a hit says is
//! read from the text that the caller holds. The *n*-th article that was added is document *n*: one
//! segment is written in one go, and nothing is ever merged or deleted.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::BuildHasher as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashSet};
use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Directory, SingleSegmentIndexWriter, TantivyDocument, TantivyError};

use super::analyzer::{Words, forms, has_stem, plain_into, terms_of, words};

/// How words are made stands in the name of the tokenizers, so that an index made otherwise is
/// told apart. Count up when words or stems change.
const WORDS: &str = "words-2";
const FORMS: &str = "forms-3";

/// Fields in the order in which they are written; see [`Reader`].
const FIELDS: [(&str, &str, IndexRecordOption); 3] = [
    ("title", WORDS, IndexRecordOption::WithFreqsAndPositions),
    ("text", WORDS, IndexRecordOption::WithFreqsAndPositions),
    ("forms", FORMS, IndexRecordOption::Basic),
];

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
        let tokenizers = TokenizerManager::new();
        tokenizers.register(WORDS, Plain(shared.clone()));
        tokenizers.register(FORMS, New(shared));
        let builder = tantivy::Index::builder()
            .schema(schema())
            .tokenizers(tokenizers);
        Ok(Self {
            writer: builder.single_segment_index_writer(directory, ROOM)?,
            rows: 0,
        })
    }

    /// Adds the next article and gives its row in the part.
    ///
    /// # Errors
    /// When the part can't take it in.
    pub fn add(&mut self, title: &str, text: &str) -> Result<u32, IndexError> {
        let mut document = TantivyDocument::default();
        for (id, value) in (0..).zip([title, text, ""]) {
            document.add_text(Field::from_field_id(id), value);
        }
        self.writer.add_document(document)?;
        let row = self.rows;
        self.rows += 1;
        Ok(row)
    }

    /// Writes the part.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(self) -> Result<PartIndex, IndexError> {
        PartIndex::new(&self.writer.finalize()?)
    }
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
        let [title, text, forms] =
            [0, 1, 2].map(|id| segment.inverted_index(Field::from_field_id(id)));
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
        let text = Field::from_field_id(1);
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
/// of [`FIELDS`], so the words that are new in title and text are what `forms` has to tell.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<State>>);

struct State {
    /// Hashes of words met of late, the lower half of each in the place that the upper half gives:
    /// most of a text is a few thousand words, and these stay in the processor's cache.
    recent: Box<[u32]>,
    /// Hashes of all words of the part. Stemming a word costs twenty times what looking it up
    /// does, and half of the words of a corpus come once.
    met: FxHashSet<u64>,
    /// What `forms` has to tell of words that are new.
    keys: Vec<String>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            recent: vec![0; Self::RECENT].into(),
            met: FxHashSet::default(),
            keys: Vec::new(),
        }
    }
}

thread_local! {
    /// Hashes of words of which `forms` has nothing to tell, most of them, in any part.
    static PLAIN: RefCell<FxHashSet<u64>> = RefCell::default();
}

impl State {
    const RECENT: usize = 1 << 15;
    /// So many hashes are kept a thread, 18 bytes each.
    const KEPT: usize = 1 << 20;

    /// The plain form of a word, as the last of `to`.
    fn meet(&mut self, word: &str, to: &mut String) {
        let start = to.len();
        let tells_all = plain_into(word, to);
        let known_by = to.get(start..).filter(|_| tells_all).unwrap_or(word);
        let hash = FxBuildHasher.hash_one(known_by);
        // The highest bits are the best mixed ones, and fewer than the places that there are.
        let place = usize::try_from(hash >> (u64::BITS - Self::RECENT.ilog2())).unwrap_or(0);
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let lower = hash as u32;
        let Some(recent) = self.recent.get_mut(place) else {
            return;
        };
        if *recent == lower {
            return;
        }
        *recent = lower;
        // Two words of one hash, once in billions: the second may not be found by its stem.
        if self.met.insert(hash) && !PLAIN.with_borrow(|plain| plain.contains(&hash)) {
            let keys = keys_of(known_by);
            if keys.is_empty() {
                PLAIN.with_borrow_mut(|plain| {
                    if plain.len() >= Self::KEPT {
                        plain.clear();
                    }
                    plain.insert(hash);
                });
            }
            self.keys.extend(keys);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the plain forms of a text.
#[derive(Clone)]
struct Plain(Shared);

struct PlainStream<'a> {
    state: MutexGuard<'a, State>,
    text: &'a str,
    words: Words<'a>,
    token: Token,
}

impl Tokenizer for Plain {
    type TokenStream<'a> = PlainStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlainStream<'a> {
        PlainStream {
            state: self.0.lock(),
            text,
            words: words(text),
            token: Token::default(),
        }
    }
}

impl TokenStream for PlainStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.words.next() else {
            return false;
        };
        let word = span.of(self.text).unwrap_or_default();
        self.token.text.clear();
        self.state.meet(word, &mut self.token.text);
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

/// Gives what is to be told of the words that [`Plain`] met for the first time.
#[derive(Clone)]
struct New(Shared);

struct NewStream<'a> {
    state: MutexGuard<'a, State>,
    token: Token,
}

impl Tokenizer for New {
    type TokenStream<'a> = NewStream<'a>;

    fn token_stream<'a>(&'a mut self, _: &'a str) -> NewStream<'a> {
        NewStream {
            state: self.0.lock(),
            token: Token::default(),
        }
    }
}

impl TokenStream for NewStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(key) = self.state.keys.pop() else {
            return false;
        };
        self.token.text = key;
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
