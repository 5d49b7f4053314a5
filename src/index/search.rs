//! Which rows a search finds.
//!
//! Every test gives a set of rows: tests on words from the index, part by part on all cores; tests
//! on fields from outside; regular expressions from the texts of those rows on which the rest
//! leaves the answer open. Sets are combined as the tree says, so counts are exact.

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::part::{Index, IndexError, PartIndex};
use super::pattern::Pattern;
use super::plan::Plan;
use super::query::{ClaimTest, FieldTest, Query};
use super::{lookup, narrow};

/// What a search asks of those who know it.
pub struct Outside<'a> {
    /// How many rows there are, where more of them have fields than are indexed so far.
    pub rows: usize,
    /// The rows that fit a test on a field. Where rows are given, what is said of others is of no
    /// account.
    pub field: &'a (dyn Fn(&FieldTest, Option<&FixedBitSet>) -> FixedBitSet + Sync),
    /// The rows with a claim that passes a test; within the same.
    pub claim: &'a (dyn Fn(&ClaimTest, Option<&FixedBitSet>) -> FixedBitSet + Sync),
    /// The other names of who or what a word names; empty for most words.
    pub expand: &'a (dyn Fn(&str) -> Vec<String> + Sync),
    /// Calls its second argument with each of these rows, in their order, and the text of its
    /// article; `None` if it can't be read, so that nothing matches.
    pub texts: &'a Texts<'a>,
    /// Whether the answer is no longer wanted.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Reads texts; see [`Outside::texts`].
pub type Texts<'a> = dyn Fn(&[u32], &mut dyn FnMut(u32, Option<&str>)) + Sync + 'a;

/// A search that gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The answer was no longer wanted.
    #[error("the search was stopped")]
    Cancelled,
    /// The index can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// How far a search that reads texts has come.
#[derive(Debug)]
pub struct Progress<'a> {
    /// Rows found since the last time, in ascending order.
    pub found: &'a [u32],
    /// Texts read so far.
    pub read: usize,
    /// Texts to read in all.
    pub of: usize,
}

/// The rows that the search finds, as many bits as there are rows. What is not indexed yet has no
/// words.
///
/// `sink` hears of hits while texts are read for a regular expression, first those that are sure
/// without reading; it is not called for other searches.
///
/// # Errors
/// When it is cancelled or the index can't be read.
pub fn search(
    index: &Index,
    query: &Query,
    outside: &Outside<'_>,
    sink: &mut dyn FnMut(&Progress<'_>),
) -> Result<FixedBitSet, SearchError> {
    let plan = Plan::of(&query.root, outside.expand);
    let asked = Asked { index, outside };
    if plan.has_regex() {
        asked.with_texts(&plan, sink)
    } else {
        asked.rows(&plan, None)
    }
}

/// Texts that one thread reads in one go: those next to each other are cheaper together.
const TOGETHER: usize = 32;
/// Rows in each first of which, and so many, texts are read at once: few at first, so that the
/// first hits show at once.
const FIRST_TEXTS: usize = 64;
const MOST_TEXTS: usize = 2048;

struct Asked<'a> {
    index: &'a Index,
    outside: &'a Outside<'a>,
}

impl Asked<'_> {
    fn len(&self) -> usize {
        self.outside.rows.max(self.index.rows() as usize)
    }

    fn check(&self) -> Result<(), SearchError> {
        if (self.outside.is_cancelled)() {
            return Err(SearchError::Cancelled);
        }
        Ok(())
    }

    /// Asks every part, and puts the answers together.
    fn of_parts(
        &self,
        ask: impl Fn(&PartIndex) -> Result<FixedBitSet, IndexError> + Sync,
    ) -> Result<FixedBitSet, SearchError> {
        let answers: Vec<Result<FixedBitSet, SearchError>> = self
            .index
            .parts()
            .par_iter()
            .map(|(_, part)| {
                self.check()?;
                Ok(ask(part)?)
            })
            .collect();
        let mut found = FixedBitSet::with_capacity(self.len());
        for ((first, _), answer) in self.index.parts().iter().zip(answers) {
            add_shifted(&mut found, &answer?, *first as usize);
        }
        Ok(found)
    }

    /// As many bits as there are rows of an answer from outside.
    fn told(&self, answer: impl FnOnce() -> FixedBitSet) -> Result<FixedBitSet, SearchError> {
        self.check()?;
        let mut found = answer();
        if found.len() != self.len() {
            let mut fitted = FixedBitSet::with_capacity(self.len());
            fitted.extend(found.ones().take_while(|row| *row < self.len()));
            found = fitted;
        }
        Ok(found)
    }

    /// The rows of a plan without regular expressions; right for those within which it is asked.
    fn rows(&self, plan: &Plan, within: Option<&FixedBitSet>) -> Result<FixedBitSet, SearchError> {
        if plan.is_words() {
            return self.of_parts(|part| lookup::find(part, plan));
        }
        let mut found = FixedBitSet::with_capacity(self.len());
        match plan {
            Plan::Field(test) => found = self.told(|| (self.outside.field)(test, within))?,
            Plan::Claim(test) => found = self.told(|| (self.outside.claim)(test, within))?,
            Plan::Not(inner) => {
                found = self.rows(inner, within)?;
                found.toggle_range(..);
            }
            Plan::And(parts) => {
                // Words first: fields cost less on the rows that are left.
                let (words, others): (Vec<&Plan>, _) =
                    parts.iter().partition(|part| part.is_words());
                let mut left = within.cloned();
                for inner in words.into_iter().chain(others) {
                    let rows = self.rows(inner, left.as_ref())?;
                    match &mut left {
                        Some(left) => left.intersect_with(&rows),
                        None => left = Some(rows),
                    }
                }
                match left {
                    Some(left) => found = left,
                    None => found.insert_range(..),
                }
            }
            Plan::Or(parts) => {
                for inner in parts {
                    found.union_with(&self.rows(inner, within)?);
                }
            }
            Plan::All | Plan::Words(..) | Plan::Regex(_) => found.insert_range(..),
        }
        Ok(found)
    }

    fn open<'p>(&self, plan: &'p Plan) -> Result<Open<'p>, SearchError> {
        let open = |parts: &'p [Plan]| {
            let open = parts.iter().map(|part| self.open(part));
            open.collect::<Result<Vec<_>, _>>()
        };
        Ok(match plan {
            plan if !plan.has_regex() => Open::Known(self.rows(plan, None)?),
            Plan::Regex(pattern) => {
                let may_match = |part: &PartIndex| {
                    let mut rows = FixedBitSet::with_capacity(part.rows() as usize);
                    rows.insert_range(..);
                    narrow::narrow(part, &pattern.needs, &mut rows)?;
                    Ok(rows)
                };
                Open::Regex(pattern, self.of_parts(may_match)?)
            }
            Plan::Not(inner) => Open::Not(Box::new(self.open(inner)?)),
            Plan::And(parts) => Open::And(open(parts)?),
            Plan::Or(parts) => Open::Or(open(parts)?),
            Plan::All | Plan::Words(..) | Plan::Field(_) | Plan::Claim(_) => {
                Open::Known(self.rows(plan, None)?)
            }
        })
    }

    fn with_texts(
        &self,
        plan: &Plan,
        sink: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<FixedBitSet, SearchError> {
        let open = self.open(plan)?;
        let (mut found, mut undecided) = open.bounds(self.len());
        undecided.difference_with(&found);
        let rows: Vec<u32> = numbers(&undecided);
        let mut read = 0;
        let sure = numbers(&found);
        if !sure.is_empty() {
            let (found, of) = (sure.as_slice(), rows.len());
            sink(&Progress { found, read, of });
        }
        let mut rest = rows.as_slice();
        let mut many = FIRST_TEXTS;
        while !rest.is_empty() {
            self.check()?;
            let (chunk, after) = rest.split_at(many.min(rest.len()));
            let hits: Vec<u32> = chunk
                .par_chunks(TOGETHER)
                .flat_map_iter(|rows| {
                    let mut hits = Vec::new();
                    if !(self.outside.is_cancelled)() {
                        (self.outside.texts)(rows, &mut |row, text| {
                            if open.fits_text(row as usize, text) {
                                hits.push(row);
                            }
                        });
                    }
                    hits
                })
                .collect();
            self.check()?;
            found.extend(hits.iter().map(|row| *row as usize));
            read += chunk.len();
            let of = rows.len();
            sink(&Progress {
                found: &hits,
                read,
                of,
            });
            rest = after;
            many = (many * 2).min(MOST_TEXTS);
        }
        Ok(found)
    }
}

fn numbers(rows: &FixedBitSet) -> Vec<u32> {
    rows.ones()
        .filter_map(|row| u32::try_from(row).ok())
        .collect()
}

/// A plan of which everything is known but what regular expressions say.
enum Open<'p> {
    Known(FixedBitSet),
    /// With the rows that it may match.
    Regex(&'p Pattern, FixedBitSet),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

impl Open<'_> {
    /// Rows that are found whatever the expressions say, and those that may be.
    fn bounds(&self, len: usize) -> (FixedBitSet, FixedBitSet) {
        let none = || FixedBitSet::with_capacity(len);
        match self {
            Self::Known(rows) => (rows.clone(), rows.clone()),
            Self::Regex(_, may) => (none(), may.clone()),
            Self::Not(inner) => {
                let (mut sure, mut may) = inner.bounds(len);
                sure.toggle_range(..);
                may.toggle_range(..);
                (may, sure)
            }
            Self::And(parts) => {
                let (mut sure, mut may) = (none(), none());
                sure.insert_range(..);
                may.insert_range(..);
                for part in parts {
                    let (part_sure, part_may) = part.bounds(len);
                    sure.intersect_with(&part_sure);
                    may.intersect_with(&part_may);
                }
                (sure, may)
            }
            Self::Or(parts) => {
                let (mut sure, mut may) = (none(), none());
                for part in parts {
                    let (part_sure, part_may) = part.bounds(len);
                    sure.union_with(&part_sure);
                    may.union_with(&part_may);
                }
                (sure, may)
            }
        }
    }

    fn fits_text(&self, row: usize, text: Option<&str>) -> bool {
        match self {
            Self::Known(rows) => rows.contains(row),
            Self::Regex(pattern, may) => {
                may.contains(row) && text.is_some_and(|text| pattern.is_in(text))
            }
            Self::Not(inner) => !inner.fits_text(row, text),
            Self::And(parts) => parts.iter().all(|part| part.fits_text(row, text)),
            Self::Or(parts) => parts.iter().any(|part| part.fits_text(row, text)),
        }
    }
}

/// Adds the bits of `from`, moved up by `by`, block by block.
fn add_shifted(to: &mut FixedBitSet, from: &FixedBitSet, by: usize) {
    let bits = usize::BITS as usize;
    let (blocks, shift) = (by / bits, by % bits);
    let len = to.len();
    debug_assert!(by + from.len() <= len);
    let to = to.as_mut_slice();
    for (i, block) in from.as_slice().iter().enumerate() {
        if let Some(low) = to.get_mut(blocks + i) {
            *low |= block << shift;
        }
        if shift > 0
            && let Some(high) = to.get_mut(blocks + i + 1)
        {
            *high |= block >> (bits - shift);
        }
    }
}
