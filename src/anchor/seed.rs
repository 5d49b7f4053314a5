//! Where to look: windows of the text that share runs of letters with the quote.

/// Length of a run in characters. Of five letters one in four is damaged at 5 % noise, so a quote
/// with its context keeps some forty whole.
const RUN: usize = 5;
/// How many hits of runs are looked at for one quote; rare runs come first.
const BUDGET: usize = 4096;
/// How many windows are looked into.
const MOST_WINDOWS: usize = 16;

/// The runs of a text, sorted.
#[derive(Debug)]
pub(super) struct Grams {
    /// Hash of a run and where it begins.
    runs: Vec<(u32, u32)>,
}

/// A stretch of the text that may hold the quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The least and the most by which a character of the quote may stand further on in the window
    /// than in the quote.
    pub(super) shift: (isize, isize),
    /// How many runs point here.
    votes: usize,
}

impl Grams {
    pub(super) fn new(text: &[char]) -> Self {
        let mut runs: Vec<(u32, u32)> = text
            .windows(RUN)
            .zip(0_u32..)
            .map(|(run, at)| (hash(run), at))
            .collect();
        runs.sort_unstable();
        Self { runs }
    }

    /// The windows for a quote, the likeliest first.
    pub(super) fn windows(&self, quote: &[char], text_len: usize) -> Vec<Window> {
        let mut rows: Vec<(usize, &[(u32, u32)])> = quote
            .windows(RUN)
            .enumerate()
            .map(|(offset, run)| (offset, self.of(hash(run))))
            .filter(|(_, hits)| !hits.is_empty())
            .collect();
        rows.sort_by_key(|(offset, hits)| (hits.len(), *offset));
        // The place in the text at which the quote would begin, counted from before its start.
        let mut begins: Vec<usize> = Vec::new();
        for (offset, hits) in rows {
            let left = BUDGET.saturating_sub(begins.len());
            if left == 0 {
                break;
            }
            let hits = hits.iter().take(left);
            begins.extend(hits.map(|(_, at)| *at as usize + quote.len() - offset));
        }
        begins.sort_unstable();
        let spread = 12.max(quote.len() / 6);
        let slack = 8 + quote.len() / 10;
        let mut windows: Vec<Window> = begins
            .chunk_by_gap(spread)
            .map(|(first, last, votes)| {
                let start = first.saturating_sub(quote.len() + slack);
                let shift =
                    |begin: usize| begin.cast_signed() - (quote.len() + start).cast_signed();
                Window {
                    start,
                    end: (last + slack).min(text_len),
                    shift: (
                        shift(first) - slack.cast_signed(),
                        shift(last) + slack.cast_signed(),
                    ),
                    votes,
                }
            })
            .collect();
        windows.sort_by_key(|window| (std::cmp::Reverse(window.votes), window.start));
        windows.truncate(MOST_WINDOWS);
        // One run in common is chance, unless there are hardly any.
        // Nor does a window matter that has a twentieth of what the best one has.
        let best = windows.first().map_or(0, |window| window.votes);
        let least = 2.min(quote.len().saturating_sub(RUN)).max(best / 20);
        windows.retain(|window| window.votes >= least);
        windows
    }

    fn of(&self, hash: u32) -> &[(u32, u32)] {
        let first = self.runs.partition_point(|(known, _)| *known < hash);
        let rest = self.runs.get(first..).unwrap_or_default();
        let count = rest.partition_point(|(known, _)| *known == hash);
        rest.get(..count).unwrap_or_default()
    }
}

/// FNV-1a over the code points. Two runs with one hash cost a look, no more.
fn hash(run: &[char]) -> u32 {
    run.iter().fold(0x811c_9dc5, |hash, c| {
        (hash ^ u32::from(*c)).wrapping_mul(0x0100_0193)
    })
}

trait ChunkByGap {
    /// Sorted places in groups no wider than `spread`: first, last and how many.
    fn chunk_by_gap(&self, spread: usize) -> impl Iterator<Item = (usize, usize, usize)>;
}

impl ChunkByGap for [usize] {
    fn chunk_by_gap(&self, spread: usize) -> impl Iterator<Item = (usize, usize, usize)> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let first = *rest.first()?;
            let count = rest.partition_point(|at| *at <= first + spread);
            let (group, after) = rest.split_at(count);
            rest = after;
            Some((first, *group.last()?, count))
        })
    }
}
