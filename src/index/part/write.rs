//! Writing the index of a part, in tantivy's format.
//!
//! tantivy's own writer looks up every word in a table by its letters and adds to a list of its own
//! there: each a place somewhere else in memory. Here the texts are kept as numbers of words, one
//! behind the other, and only at the end put in the order of the words: half of the work
//! for the same bytes.

use std::path::Path;

use tantivy::directory::{MmapDirectory, RamDirectory, TerminatingWrite as _};
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders, FieldNormsSerializer};
use tantivy::index::SegmentComponent;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::Field;
use tantivy::store::StoreWriter;
use tantivy::{Directory, IndexMeta, IndexSettings, Segment, TantivyDocument, TantivyError};

use super::words::Words;
use super::{IndexError, KEYS, PartIndex, TEXT, TITLE, schema};
use crate::index::analyzer::words;

/// Where tantivy looks for what an index consists of.
const META: &str = "meta.json";

/// Makes the index of a part, article by article.
pub struct PartWriter {
    index: tantivy::Index,
    words: Words,
    title: Texts,
    text: Texts,
    /// What `forms` tells, with the article that it comes from.
    forms: Vec<(String, u32)>,
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
        Ok(Self {
            index: tantivy::Index::create(directory, schema(), IndexSettings::default())?,
            words: Words::default(),
            title: Texts::default(),
            text: Texts::default(),
            forms: Vec::new(),
            rows: 0,
        })
    }

    /// Adds the next article and gives its row in the part.
    pub fn add(&mut self, title: &str, text: &str) -> u32 {
        let row = self.rows;
        let mut tell = |key| self.forms.push((key, row));
        for (texts, text) in [(&mut self.title, title), (&mut self.text, text)] {
            for word in words(text) {
                texts.words.push(self.words.number(text, word, &mut tell));
            }
            texts.ends.push(texts.words.len());
        }
        self.rows += 1;
        row
    }

    /// Writes the part.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(self) -> Result<PartIndex, IndexError> {
        let segment = self.index.new_segment().with_max_doc(self.rows);
        let lengths = write_lengths(&segment, &self.text)?;
        let words = self.words.finish();
        let words = words.sorted();
        let mut out = InvertedIndexSerializer::open(&segment)?;
        write_texts(&mut out, TITLE, self.title, &words, None)?;
        write_texts(&mut out, TEXT, self.text, &words, lengths)?;
        write_forms(&mut out, self.forms)?;
        out.close()?;
        write_no_values(&segment, self.rows)?;
        let mut meta = IndexMeta::with_schema(schema());
        meta.segments.push(segment.meta().clone());
        let meta = serde_json::to_vec_pretty(&meta).map_err(std::io::Error::from)?;
        let directory = self.index.directory();
        directory.sync_directory()?;
        directory.atomic_write(Path::new(META), &meta)?;
        directory.sync_directory()?;
        PartIndex::new(&self.index)
    }
}

/// Texts as numbers of words.
#[derive(Default)]
struct Texts {
    words: Vec<u32>,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Texts {
    /// The words of each text, in order.
    fn each(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let words = self.words.get(start..*end).unwrap_or_default();
            start = *end;
            words
        })
    }

    /// The places of all words in the order of `order`, and how many each word there has.
    fn places(&self, order: &[(&str, u32)]) -> (Vec<Place>, Vec<usize>) {
        // First of each number of a word how often it comes, then where its next place goes.
        let mut next = vec![0_usize; order.len()];
        for word in &self.words {
            if let Some(count) = next.get_mut(*word as usize) {
                *count += 1;
            }
        }
        let mut counts = Vec::with_capacity(order.len());
        let mut start = 0;
        for (_, word) in order {
            if let Some(next) = next.get_mut(*word as usize) {
                let count = std::mem::replace(next, start);
                counts.push(count);
                start += count;
            }
        }
        let mut places = vec![Place::default(); self.words.len()];
        for (row, words) in (0..).zip(self.each()) {
            for (at, word) in (0..).zip(words) {
                if let Some(next) = next.get_mut(*word as usize)
                    && let Some(place) = places.get_mut(*next)
                {
                    *place = Place { row, at };
                    *next += 1;
                }
            }
        }
        (places, counts)
    }
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    row: u32,
    /// Words before it.
    at: u32,
}

/// Writes how many words each text has, roughly, and gives them as they are read.
fn write_lengths(segment: &Segment, texts: &Texts) -> Result<Option<FieldNormReader>, IndexError> {
    let lengths = texts.each().map(|words| {
        FieldNormReader::fieldnorm_to_id(u32::try_from(words.len()).unwrap_or(u32::MAX))
    });
    let lengths: Vec<u8> = lengths.collect();
    let mut out = FieldNormsSerializer::from_write(
        segment
            .open_write(SegmentComponent::FieldNorms)
            .map_err(TantivyError::from)?,
    )?;
    out.serialize_field(TEXT, &lengths)?;
    out.close()?;
    let written = segment.open_read(SegmentComponent::FieldNorms);
    let written = FieldNormReaders::open(written.map_err(TantivyError::from)?)?;
    Ok(written.get_field(TEXT)?)
}

fn write_texts(
    out: &mut InvertedIndexSerializer,
    field: Field,
    texts: Texts,
    order: &[(&str, u32)],
    lengths: Option<FieldNormReader>,
) -> Result<(), IndexError> {
    // tantivy knows a field without words by its not being there.
    if texts.words.is_empty() {
        return Ok(());
    }
    let (places, counts) = texts.places(order);
    drop(texts);
    let mut out = out.new_field(field, places.len() as u64, lengths)?;
    let mut rest = places.as_slice();
    let mut steps = Vec::new();
    for ((word, _), count) in order.iter().zip(counts).filter(|(_, count)| *count > 0) {
        let (places, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        rest = after;
        write_word(&mut out, word, places, &mut steps)?;
    }
    out.close()?;
    Ok(())
}

fn write_word(
    out: &mut FieldSerializer<'_>,
    word: &str,
    places: &[Place],
    steps: &mut Vec<u32>,
) -> std::io::Result<()> {
    let articles = || places.chunk_by(|a, b| a.row == b.row);
    let many = u32::try_from(articles().count()).unwrap_or(u32::MAX);
    out.new_term(word.as_bytes(), many, true)?;
    for places in articles() {
        steps.clear();
        let mut last = 0;
        steps.extend(places.iter().map(|place| {
            let step = place.at - last;
            last = place.at;
            step
        }));
        let row = places.first().map_or(0, |place| place.row);
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        out.write_doc(row, count, steps);
    }
    out.close_term()
}

fn write_forms(
    out: &mut InvertedIndexSerializer,
    mut forms: Vec<(String, u32)>,
) -> Result<(), IndexError> {
    if forms.is_empty() {
        return Ok(());
    }
    let mut out = out.new_field(KEYS, forms.len() as u64, None)?;
    forms.sort_unstable();
    forms.dedup();
    for of_one in forms.chunk_by(|(a, _), (b, _)| a == b) {
        let key = of_one.first().map_or("", |(key, _)| key);
        out.new_term_without_freq(key.as_bytes())?;
        for (_, row) in of_one {
            out.write_doc(*row, 0, &[]);
        }
        out.close_term()?;
    }
    out.close()?;
    Ok(())
}

/// tantivy wants a table of values and one of stored texts; there are none.
fn write_no_values(segment: &Segment, rows: u32) -> Result<(), IndexError> {
    let schema = schema();
    let nothing = TantivyDocument::default();
    let mut values = FastFieldsWriter::from_schema_and_tokenizer_manager(
        &schema,
        segment.index().fast_field_tokenizer().clone(),
    )?;
    let mut stored = StoreWriter::new(
        segment
            .open_write(SegmentComponent::Store)
            .map_err(TantivyError::from)?,
        segment.index().settings().docstore_compression,
        segment.index().settings().docstore_blocksize,
        false,
    )?;
    for _ in 0..rows {
        values.add_document(&nothing)?;
        stored.store(&nothing, &schema)?;
    }
    stored.close()?;
    let mut out = segment
        .open_write(SegmentComponent::FastFields)
        .map_err(TantivyError::from)?;
    values.serialize(&mut out, None)?;
    out.terminate()?;
    Ok(())
}
