//! What the articles of one source share: lines that a site prints on every page, and a date of
//! posting that many pages got at once.
//!
//! One article can't tell it. So the articles of a source are first looked over ([`observe`], pure
//! and linear), what they share is added up ([`Survey`]), and then each is read with what its
//! source is known for ([`Site`], in [`super::Context`]). Reading stays a pure function of text
//! and context, and what is observed does not depend on what is known: the end is the same in
//! whatever order articles come.
//!
//! Copies of one article share everything and say nothing of their site: articles that are near
//! duplicates count once.
//!
//! Memory: an article keeps 8 bytes a line, for some lines at either end, and its
//! sketch. A survey of many articles is cut down as it grows (lossy counting: Manku and Motwani
//! 2002) and holds some 100 MB at most.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::layout::{self, Layout, Lined};
use super::time;
use crate::model::article::{Publication, PublicationStatus};
use crate::model::date::When;
use crate::model::sketch::{Observed, Sketch, Sketching, words_hash};
use crate::model::span::Span;

/// So many articles of a source make a line its furniture, and a time of posting suspicious.
const SEVERAL: u32 = 3;
/// Shorter lines may well be headings of the articles themselves.
const LINE_WORDS: usize = 3;
/// So many lines are looked at from the beginning, and as many from the end: furniture stands at
/// the edges.
const EDGE_LINES: usize = 48;
/// So much of its prose tells an article from another.
const OPENING_BYTES: usize = 2_000;

/// Looks an article over.
#[must_use]
pub fn observe(article: &Lined<'_>) -> Observed {
    let text = article.text;
    let seen = layout::glance(article);
    let edge = |at: usize| at < EDGE_LINES || at + EDGE_LINES >= seen.lines.len();
    let mut lines: Vec<u64> = Vec::with_capacity(seen.lines.len().min(2 * EDGE_LINES));
    let mut opening = Sketching::default();
    let mut left = OPENING_BYTES;
    let mut prose = seen.prose.iter().peekable();
    for (at, line) in seen.lines.iter().enumerate() {
        let is_prose = prose.next_if(|prose| *prose == line).is_some();
        let mut key = None;
        if is_prose && left > 0 {
            let end = line.end.min(line.start + left);
            left -= end - line.start;
            let begun = Span::new(line.start, end).clamped_to(text);
            let hash = opening.passage(begun.of(text).unwrap_or_default(), LINE_WORDS);
            key = hash.filter(|_| end == line.end);
        }
        if edge(at) {
            lines.extend(key.or_else(|| hash(line.of(text)?)));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    Observed {
        opening: opening.finish(),
        lines: lines.into(),
        posted: posting(text, &seen.dates).map(|(_, key)| key),
    }
}

/// What a line is counted by: its words, whatever stands between them.
fn hash(line: &str) -> Option<u64> {
    words_hash(line, LINE_WORDS)
}

/// Where the text says to the minute when it was posted, and a hash of that minute.
fn posting(text: &str, dates: &[Span]) -> Option<(Span, u64)> {
    dates.iter().find_map(|place| {
        let found = time::scan_span(text, *place);
        let when = found
            .iter()
            .find(|found| found.is_day())
            .and_then(time::Found::explicit)?;
        let clock = clock(place.of(text)?)?;
        Some((*place, words_hash(&format!("{when} {clock}"), 1)?))
    })
}

/// "18:20" in a date line. Midnight is what programs write that know no time of day.
fn clock(line: &str) -> Option<&str> {
    let is_digit = |at: usize| line.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    line.match_indices(':').find_map(|(colon, _)| {
        let start = (0..=2).rev().find_map(|len| {
            let start = colon.checked_sub(len)?;
            (len > 0 && (start..colon).all(is_digit)).then_some(start)
        })?;
        let clock = line.get(start..colon + 3)?;
        let is_clock = is_digit(colon + 1) && is_digit(colon + 2);
        let is_midnight = clock.bytes().all(|b| matches!(b, b'0' | b':'));
        (is_clock && !is_midnight).then_some(clock)
    })
}

/// What one source is known for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Site {
    articles: u32,
    /// Line → articles that print it, copies of each other counted once.
    lines: FxHashMap<u64, u32>,
    /// Time of posting → articles.
    posted: FxHashMap<u64, u32>,
}

impl Site {
    /// How many articles of the source print the line, where these are enough to call it
    /// furniture.
    #[must_use]
    pub fn repeats(&self, line: &str) -> Option<u32> {
        if self.lines.is_empty() {
            return None;
        }
        self.lines.get(&hash(line)?).copied()
    }

    /// How many articles of the source print a passage of several lines: as many as its most
    /// frequent line.
    #[must_use]
    pub fn articles_with(&self, passage: &str) -> Option<u32> {
        let whole = self.repeats(passage);
        let lines = passage.lines().filter_map(|line| self.repeats(line));
        lines.chain(whole).max()
    }

    /// Whether a line that so many articles print stands in a good part of all of them.
    #[must_use]
    pub(crate) const fn is_common(&self, articles: u32) -> bool {
        articles.saturating_mul(5) >= self.articles
    }

    /// What of this matters for an article, as one number: as long as it stays the same, the
    /// article need not be read again. 0: nothing.
    #[must_use]
    pub fn stamp(&self, observed: &Observed) -> u64 {
        let lines = observed.lines.iter().filter_map(|line| {
            let articles = *self.lines.get(line)?;
            Some((*line, u64::from(self.is_common(articles))))
        });
        let posted = observed.posted.iter();
        let posted = posted.filter_map(|key| Some((*key, u64::from(*self.posted.get(key)?))));
        lines.chain(posted).fold(0, |stamp, (key, count)| {
            (stamp ^ key ^ count.rotate_right(8)).wrapping_mul(0x0100_0000_01b3) | 1
        })
    }

    /// Doubts a printed date that many articles share to the minute.
    pub(super) fn doubt(&self, text: &str, layout: &Layout, publication: &mut Publication) {
        let Some(printed) = publication.span else {
            return;
        };
        let Some((place, key)) = posting(text, &layout.dates).filter(|_| !self.posted.is_empty())
        else {
            return;
        };
        let shared = self.posted.get(&key).filter(|_| place.overlaps(printed));
        let Some(others) = shared.map(|articles| articles - 1) else {
            return;
        };
        let day = publication.when.as_ref().map(When::to_string);
        let doubt = format!(
            "To the minute the same date of posting stands on {others} other articles of this \
             source that are no copies of this one: {} seems to be the day on which the site was \
             moved, not that of publication.",
            day.unwrap_or_default(),
        );
        if publication.status == PublicationStatus::Conflict {
            publication.reason = format!("{} {doubt}", publication.reason);
        } else {
            publication.status = PublicationStatus::Conflict;
            publication.reason = doubt;
        }
    }
}

/// What the sources are known for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sites(HashMap<Box<str>, Arc<Site>>);

/// One thing that a source is known for, as files keep it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownFor {
    /// The source.
    pub source: Box<str>,
    /// How many of its articles were looked over.
    pub articles: u32,
    /// Whether this is a line; else a time of posting.
    pub is_line: bool,
    /// Its hash.
    pub key: u64,
    /// How many articles have it.
    pub count: u32,
}

impl FromIterator<KnownFor> for Sites {
    fn from_iter<I: IntoIterator<Item = KnownFor>>(all: I) -> Self {
        let mut sites: HashMap<Box<str>, Site> = HashMap::new();
        for known in all {
            let site = sites.entry(known.source).or_default();
            site.articles = known.articles;
            let counts = if known.is_line {
                &mut site.lines
            } else {
                &mut site.posted
            };
            counts.insert(known.key, known.count);
        }
        let sites = sites.into_iter();
        Self(sites.map(|(name, site)| (name, Arc::new(site))).collect())
    }
}

impl Sites {
    /// Everything that they are known for, sorted.
    #[must_use]
    pub fn known(&self) -> Vec<KnownFor> {
        let mut all = Vec::new();
        for (source, site) in &self.0 {
            for (is_line, counts) in [(true, &site.lines), (false, &site.posted)] {
                all.extend(counts.iter().map(|(key, count)| KnownFor {
                    source: source.clone(),
                    articles: site.articles,
                    is_line,
                    key: *key,
                    count: *count,
                }));
            }
        }
        all.sort_unstable();
        all
    }

    /// What the source of an article is known for; see [`source_of`].
    #[must_use]
    pub fn of(&self, article: &str) -> Option<&Site> {
        self.0.get(source_of(article)).map(Arc::as_ref)
    }

    /// What of this matters for an article that lies there, as one number; see [`Site::stamp`].
    #[must_use]
    pub fn stamp(&self, article: &str, observed: &Observed) -> u64 {
        self.of(article).map_or(0, |site| site.stamp(observed))
    }
}

/// The source of an article by where it lies: the host of an address, else the folder.
#[must_use]
pub fn source_of(article: &str) -> &str {
    if let Some((_, rest)) = article.split_once("://") {
        return rest.split(['/', '?', '#']).next().unwrap_or(rest);
    }
    article
        .rfind(['/', '\\'])
        .and_then(|end| article.get(..end))
        .unwrap_or_default()
}

/// Adds up what articles share, by source.
#[derive(Debug)]
pub struct Survey {
    sources: HashMap<Box<str>, Source>,
    /// Lines that are counted now, over all sources.
    counted: usize,
    /// More lines than this are not kept.
    most: usize,
}

/// One source while it is being added up.
#[derive(Debug, Default)]
struct Source {
    articles: u32,
    /// How the first articles begin, to know their copies by.
    openings: Vec<Sketch>,
    lines: FxHashMap<u64, Count>,
    posted: FxHashMap<u64, Count>,
}

/// How many articles have something.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    articles: u32,
    /// The first of them.
    first: [u32; WITNESSES],
}

/// So many articles are looked at, to know whether one more is a copy of them.
const WITNESSES: usize = SEVERAL as usize;
/// So many openings are kept a source.
const OPENINGS: usize = 4_096;
/// So many lines are counted at once: some 40 bytes each.
const LINES: usize = 2_000_000;
/// From this share of its opening on, an article is a copy of another one.
const COPY: f32 = 0.7;

impl Default for Survey {
    fn default() -> Self {
        Self {
            sources: HashMap::new(),
            counted: 0,
            most: LINES,
        }
    }
}

impl Survey {
    /// Takes an article in. `article` says where it lies; see [`source_of`].
    pub fn add(&mut self, article: &str, observed: &Observed) {
        let name = source_of(article);
        if !self.sources.contains_key(name) {
            self.sources.insert(name.into(), Source::default());
        }
        let Some(source) = self.sources.get_mut(name) else {
            return;
        };
        let before = source.lines.len();
        source.add(observed);
        self.counted += source.lines.len() - before;
        if self.counted > self.most {
            // What came once in so many lines is no furniture, or comes again.
            for source in self.sources.values_mut() {
                source.lines.retain(|_, count| count.articles > 1);
                source.posted.retain(|_, count| count.articles > 1);
            }
            let kept = self.sources.values().map(|source| source.lines.len());
            self.counted = kept.sum();
            self.most = self.most.max(self.counted * 2);
        }
    }

    /// What the sources are known for.
    #[must_use]
    pub fn sites(self) -> Sites {
        let known = |counts: FxHashMap<u64, Count>| {
            let counts = counts.into_iter();
            counts
                .filter(|(_, count)| count.articles >= SEVERAL)
                .map(|(key, count)| (key, count.articles))
                .collect::<FxHashMap<_, _>>()
        };
        let sites = self.sources.into_iter().filter_map(|(name, source)| {
            let site = Site {
                articles: source.articles,
                lines: known(source.lines),
                posted: known(source.posted),
            };
            let is_empty = site.lines.is_empty() && site.posted.is_empty();
            (!is_empty).then(|| (name, Arc::new(site)))
        });
        Sites(sites.collect())
    }
}

impl Source {
    fn add(&mut self, observed: &Observed) {
        let Self {
            articles,
            openings,
            lines,
            posted,
        } = self;
        let opening = &observed.opening;
        let is_copy = |of: u32| {
            openings.get(of as usize).is_some_and(|other| {
                let (longer, shorter) = if opening.len() > other.len() {
                    (opening, other)
                } else {
                    (other, opening)
                };
                shorter.containment_in(longer) >= COPY
            })
        };
        // The same few articles are asked about for line after line.
        let mut asked: Vec<(u32, bool)> = Vec::new();
        let mut take = |count: &mut Count| {
            let known = count.first.iter().take(count.articles as usize);
            let copy = known.into_iter().any(|of| {
                let told = asked.iter().find(|(other, _)| other == of);
                if let Some((_, copy)) = told {
                    return *copy;
                }
                let copy = is_copy(*of);
                asked.push((*of, copy));
                copy
            });
            if !copy {
                if let Some(slot) = count.first.get_mut(count.articles as usize) {
                    *slot = *articles;
                }
                count.articles += 1;
            }
        };
        for line in &observed.lines {
            take(lines.entry(*line).or_default());
        }
        if let Some(key) = &observed.posted {
            take(posted.entry(*key).or_default());
        }
        if openings.len() < OPENINGS {
            openings.push(opening.clone());
        }
        *articles += 1;
    }
}

#[cfg(test)]
mod tests;
