//! Articles that tell of the same: those with the most telling terms of one in common.
//!
//! Terms are weighed by tf·idf (Spärck Jones 1972) with logarithmic term frequencies, and scores
//! divided by the square root of an article's length, so that long articles don't win by length.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;

use super::analyzer::{Memo, words};
use super::part::{Index, IndexError, PartIndex, Reader};

/// So many terms are compared.
const TERMS: usize = 25;
/// A term of more articles than this share tells little, in a corpus of any size.
const COMMON: f64 = 0.3;
const SMALL: u32 = 20;

/// An article that tells of the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similar {
    /// Its row.
    pub row: u32,
    /// How much it has in common; good for comparing with others of the same answer.
    pub score: f32,
}

/// The rows most like a text, the likest first; at most `most`, and not the row `but`.
///
/// # Errors
/// When the index can't be read.
pub fn similar(
    index: &Index,
    text: &str,
    but: Option<u32>,
    most: usize,
) -> Result<Vec<Similar>, IndexError> {
    let terms = telling(index, text)?;
    let parts: Vec<Result<Vec<Similar>, IndexError>> = index
        .parts()
        .par_iter()
        .map(|(first, part)| scores(part, *first, &terms, but, most))
        .collect();
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    sort(&mut all);
    all.truncate(most);
    Ok(all)
}

fn sort(all: &mut [Similar]) {
    all.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
}

/// The terms of a text that tell most of what it is about, each with its weight.
fn telling(index: &Index, text: &str) -> Result<Vec<(String, f32)>, IndexError> {
    let mut memo = Memo::taken();
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for span in words(text) {
        let number = memo.number(span.of(text).unwrap_or_default());
        *counts.entry(number).or_default() += 1;
    }
    let mut terms: FxHashMap<String, (u32, Vec<Box<str>>)> = FxHashMap::default();
    for (number, count) in counts {
        // One stem will do: it puts together what the text itself inflects.
        let Some(forms) = memo.forms(number) else {
            continue;
        };
        if let Some(term) = forms.terms.first() {
            // Short words and numbers stand in articles of every kind.
            let has_letters = term.chars().filter(|c| c.is_alphabetic()).count() > 2;
            if has_letters {
                let (all, plain) = terms.entry(term.clone()).or_default();
                *all += count;
                plain.push(forms.plain.clone());
            }
        }
    }
    memo.put_back();
    let rows = index.rows();
    let too_many = if rows > SMALL {
        f64::from(rows) * COMMON
    } else {
        f64::from(rows)
    };
    // How rare a term is, its forms in the text itself tell well enough; they need no looking for.
    let weigh = |(term, (count, plain)): (String, (u32, Vec<Box<str>>))| {
        let mut articles = 0_u32;
        for (_, part) in index.parts() {
            let dictionary = part.reader(Reader::Text).terms();
            for word in &plain {
                let info = dictionary.get(word.as_bytes())?;
                articles += info.map_or(0, |info| info.doc_freq);
            }
        }
        // In articles that inflect it, it was counted more than once.
        let articles = articles.min(rows);
        let is_telling = articles > 0 && f64::from(articles) <= too_many;
        let rarity = (1.0 + f64::from(rows) / f64::from(articles.max(1))).ln();
        #[expect(clippy::cast_possible_truncation, reason = "a weight is small")]
        let weight = ((1.0 + f64::from(count).ln()) * rarity * rarity) as f32;
        Ok::<_, IndexError>(is_telling.then_some((term, weight)))
    };
    let terms: Vec<_> = terms.into_iter().collect();
    let weighed: Vec<_> = terms.into_par_iter().map(weigh).collect();
    let mut telling = Vec::new();
    for term in weighed {
        telling.extend(term?);
    }
    telling.sort_unstable_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    telling.truncate(TERMS);
    Ok(telling)
}

/// The words of a part that have this stem.
fn infos(part: &PartIndex, term: &String) -> Result<Vec<TermInfo>, IndexError> {
    let dictionary = part.reader(Reader::Text).terms();
    let mut infos = Vec::new();
    for word in part.forms_of(std::slice::from_ref(term))? {
        infos.extend(dictionary.get(word.as_bytes())?);
    }
    Ok(infos)
}

fn scores(
    part: &PartIndex,
    first: u32,
    terms: &[(String, f32)],
    but: Option<u32>,
    most: usize,
) -> Result<Vec<Similar>, IndexError> {
    let mut scores = vec![0.0_f32; part.rows() as usize];
    let reader = part.reader(Reader::Text);
    let option = IndexRecordOption::WithFreqs;
    for (term, weight) in terms {
        for info in infos(part, term)? {
            let mut blocks = reader.read_block_postings_from_terminfo(&info, option)?;
            while !blocks.docs().is_empty() {
                for (doc, count) in blocks.docs().iter().zip(blocks.freqs()) {
                    if let Some(score) = scores.get_mut(*doc as usize) {
                        *score += weight * (1.0 + (*count as f32).ln());
                    }
                }
                blocks.advance();
            }
        }
    }
    let lengths = part.lengths()?;
    let length = |doc| lengths.as_ref().map_or(1, |lengths| lengths.fieldnorm(doc));
    let mut found: Vec<Similar> = (0..)
        .zip(&scores)
        .filter(|(doc, score)| **score > 0.0 && Some(first + doc) != but)
        .map(|(doc, score)| Similar {
            row: first + doc,
            score: score / (length(doc) as f32).max(1.0).sqrt(),
        })
        .collect();
    if found.len() > most && most > 0 {
        found.select_nth_unstable_by(most - 1, |a, b| {
            b.score.total_cmp(&a.score).then(a.row.cmp(&b.row))
        });
        found.truncate(most);
    }
    Ok(found)
}
