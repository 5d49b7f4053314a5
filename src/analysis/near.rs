//! Near duplicates: articles all but a little of which stands in another one.
//!
//! Compared are the bodies, furniture and headline apart, by their [`Sketch`]es: pairs that share
//! a band are candidates, and verified by the estimated share of shingles ([`COPY`]). An article
//! is folded under one that holds it; one that says much more than the other stands by itself, so
//! that no fold hides what only the folded one tells. Among those that hold one another, the one
//! that appeared first stands for all. Every folded article has been compared with the one that
//! it is folded under: there are no chains.
//!
//! Time: a sort a band over all articles, and a comparison a candidate pair; buckets that many
//! share are compared with their fullest members only. Memory: 12 bytes an article while folding;
//! [`Seen`] keeps some 700 an article.

use rayon::slice::ParallelSliceMut as _;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::date::Day;
use crate::model::sketch::Sketch;

/// From this share of an article's shingles in another one on, it is a duplicate of it. The
/// estimate has a standard error of 0.04 for texts of one length, of 0.07 where the other is twice
/// as long.
pub const COPY: f32 = 0.8;

/// One that is so many times as long says much that the other does not. Beyond it the estimate
/// would not be sure enough, either.
const FULLER: f32 = 1.35;

/// So many members of a bucket are compared with the others.
const LEADERS: usize = 4;

/// An article to fold.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// What its body looks like.
    pub sketch: &'a Sketch,
    /// The first day on which it may have been published.
    pub published: Option<Day>,
    /// The analyst said that it is no duplicate: it is folded under none, and none under it.
    pub apart: bool,
}

/// Which articles are folded under which. Rows are places among the candidates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds {
    /// By row: under which one it is folded, or [`NOBODY`].
    head: Vec<u32>,
    folded: FxHashMap<u32, Vec<u32>>,
    count: usize,
}

/// Of a row that stands for itself.
const NOBODY: u32 = u32::MAX;

impl Folds {
    /// The article that stands for this one; `None` where it stands for itself.
    #[must_use]
    pub fn head_of(&self, row: u32) -> Option<u32> {
        let head = self.head.get(row as usize).copied();
        head.filter(|head| *head != NOBODY)
    }

    /// The same without the folds of these rows: each stands for itself, and so does what was
    /// folded under it.
    #[must_use]
    pub fn without(&self, is_apart: &dyn Fn(u32) -> bool) -> Self {
        let mut left = self.clone();
        let stays = |row: u32, head: u32| !is_apart(row) && !is_apart(head);
        for (row, head) in (0_u32..).zip(&mut left.head) {
            if *head != NOBODY && !stays(row, *head) {
                *head = NOBODY;
                left.count -= 1;
            }
        }
        left.folded.retain(|head, rows| {
            rows.retain(|row| stays(*row, *head));
            !rows.is_empty()
        });
        left
    }

    /// The rows that are folded under another one, ascending.
    pub fn folded_rows(&self) -> impl Iterator<Item = u32> + '_ {
        let rows = (0_u32..).zip(&self.head);
        rows.filter(|(_, head)| **head != NOBODY)
            .map(|(row, _)| row)
    }

    /// The articles that are folded under this one, the first to appear first.
    #[must_use]
    pub fn under(&self, row: u32) -> &[u32] {
        self.folded.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Folds of (folded, under which) among `len` articles.
    #[cfg(test)]
    pub(crate) fn of_pairs(len: usize, pairs: &[(u32, u32)]) -> Self {
        let mut folds = Self {
            head: vec![NOBODY; len],
            count: pairs.len(),
            ..Self::default()
        };
        for (row, head) in pairs {
            folds.head[*row as usize] = *head;
            folds.folded.entry(*head).or_default().push(*row);
        }
        folds
    }

    /// Every article that others are folded under, with those, by row.
    #[must_use]
    pub fn groups(&self) -> Vec<(u32, &[u32])> {
        let groups = self.folded.iter();
        let mut groups: Vec<_> = groups.map(|(head, all)| (*head, all.as_slice())).collect();
        groups.sort_unstable();
        groups
    }

    /// The folds of `len` articles that [`Self::groups`] told of; `None` where that can't be.
    #[must_use]
    pub fn from_groups<'a>(
        len: usize,
        groups: impl IntoIterator<Item = (u32, &'a [u32])>,
    ) -> Option<Self> {
        let mut folds = Self {
            head: vec![NOBODY; len],
            ..Self::default()
        };
        for (head, members) in groups {
            folds.head.get(head as usize)?;
            for row in members {
                *folds.head.get_mut(*row as usize)? = head;
            }
            folds.count += members.len();
            folds.folded.insert(head, members.to_vec());
        }
        Some(folds)
    }

    /// How many articles there are.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.head.len()
    }

    /// How many articles are folded.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }
}

/// Folds duplicates. A row without a candidate (an article that has not been read) is folded
/// nowhere.
#[must_use]
pub fn fold(articles: &[Option<Candidate<'_>>]) -> Folds {
    let at = |row: u32| articles.get(row as usize).and_then(Option::as_ref);
    let len = |row: u32| at(row).map_or(0, |article| article.sketch.len());
    // Dated before undated, then by day, then in the order of the list.
    let appeared = |row: u32| {
        let published = at(row).and_then(|article| article.published);
        (published.is_none(), published, row)
    };
    let pairs = pairs(articles);
    let mut near: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (a, b) in pairs {
        near.entry(a).or_default().push(b);
        near.entry(b).or_default().push(a);
    }
    // The fullest first, so that what holds an article is there before it.
    let mut order: Vec<u32> = near.keys().copied().collect();
    order.sort_unstable_by_key(|row| (std::cmp::Reverse(len(*row)), appeared(*row)));
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut group_of: FxHashMap<u32, usize> = FxHashMap::default();
    for row in order {
        let Some(article) = at(row) else { continue };
        let others = near.get(&row).into_iter().flatten().copied();
        let holds = others
            .filter(|other| group_of.contains_key(other))
            .filter(|other| at(*other).is_some_and(|o| is_copy(article.sketch, o.sketch)))
            .min_by_key(|other| appeared(*other));
        if let Some(other) = holds {
            let group = group_of.get(&other).and_then(|at| groups.get_mut(*at));
            if let Some(group) = group {
                group.push(row);
            }
        } else {
            group_of.insert(row, groups.len());
            groups.push(vec![row]);
        }
    }
    let mut folds = Folds {
        head: vec![NOBODY; articles.len()],
        ..Folds::default()
    };
    for mut group in groups.into_iter().filter(|group| group.len() > 1) {
        let Some(fullest) = group.first().copied() else {
            continue;
        };
        // The first to appear of those that say as much as the fullest.
        let as_full = |row: &u32| {
            let holds = at(*row).zip(at(fullest));
            *row == fullest
                || holds.is_some_and(|(one, full)| {
                    is_as_full(one.sketch, full.sketch) && is_copy(full.sketch, one.sketch)
                })
        };
        let first = group
            .iter()
            .copied()
            .filter(as_full)
            .min_by_key(|row| appeared(*row))
            .unwrap_or(fullest);
        group.retain(|row| *row != first);
        group.sort_unstable_by_key(|row| appeared(*row));
        for row in &group {
            if let Some(head) = folds.head.get_mut(*row as usize) {
                *head = first;
            }
        }
        folds.count += group.len();
        folds.folded.insert(first, group);
    }
    folds
}

/// Whether (nearly) all of `one` stands in `other`.
pub(super) fn is_copy(one: &Sketch, other: &Sketch) -> bool {
    one.containment_in(other) >= COPY
}

fn is_as_full(one: &Sketch, full: &Sketch) -> bool {
    one.len() as f32 * FULLER >= full.len() as f32
}

/// Pairs that are worth folding, each once: one of them is (nearly) held by the other.
fn pairs(articles: &[Option<Candidate<'_>>]) -> Vec<(u32, u32)> {
    let sketch = |row: u32| articles.get(row as usize)?.as_ref().map(|a| a.sketch);
    let known = || {
        let rows = (0_u32..).zip(articles);
        let folds = |article: &&Candidate<'_>| !article.apart;
        rows.filter_map(move |(row, article)| Some((row, article.as_ref().filter(folds)?.sketch)))
    };
    let mut bands: Vec<_> = known().map(|(row, sketch)| (row, sketch.bands())).collect();
    let mut asked: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut found = Vec::new();
    loop {
        // The next band of each article that has one more.
        let mut keys: Vec<(u32, u32)> = bands
            .iter_mut()
            .filter_map(|(row, bands)| Some((bands.next()?, *row)))
            .collect();
        if keys.is_empty() {
            return found;
        }
        keys.par_sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() > 1) {
            let mut rows: Vec<u32> = bucket.iter().map(|(_, row)| *row).collect();
            rows.sort_by_key(|row| (std::cmp::Reverse(sketch(*row).map(Sketch::len)), *row));
            for (at, leader) in rows.iter().take(LEADERS).enumerate() {
                for row in rows.iter().skip(at + 1) {
                    let pair = (*leader.min(row), *leader.max(row));
                    if !asked.insert(pair) {
                        continue;
                    }
                    if let (Some(full), Some(one)) = (sketch(*leader), sketch(*row))
                        && is_copy(one, full)
                    {
                        found.push(pair);
                    }
                }
            }
        }
    }
}

/// The articles that were seen so far, for a run that looks at each once.
#[derive(Debug, Default)]
pub struct Seen {
    /// Band → the first article with it. Articles that are duplicates themselves are not kept.
    bands: FxHashMap<u32, u32>,
    sketches: Vec<Sketch>,
}

impl Seen {
    /// The number of the earlier article that holds this one; where there is none, this one is
    /// kept, under the number that is the count of those kept before.
    pub fn find_or_keep(&mut self, sketch: Sketch) -> Option<usize> {
        let mut asked: Vec<u32> = Vec::new();
        for band in sketch.bands() {
            let Some(at) = self.bands.get(&band) else {
                continue;
            };
            if asked.contains(at) {
                continue;
            }
            asked.push(*at);
            let other = self.sketches.get(*at as usize);
            if other.is_some_and(|other| is_copy(&sketch, other)) {
                return Some(*at as usize);
            }
        }
        let number = u32::try_from(self.sketches.len()).unwrap_or(u32::MAX);
        for band in sketch.bands() {
            self.bands.entry(band).or_insert(number);
        }
        self.sketches.push(sketch);
        None
    }
}

#[cfg(test)]
mod tests;
