//! Words that stand one after the other, found word by word: the rarest place of the row first,
//! then only articles that are left are looked up for the words of each other place.

use std::io;

use fixedbitset::FixedBitSet;
use tantivy::DocSet as _;
use tantivy::TERMINATED;
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::IndexRecordOption;

use super::docs::Docs;
use super::part::{PartIndex, Reader};

/// One place of a row of words: the words that may stand there.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) infos: Vec<TermInfo>,
    /// Articles in which one of its words stands, each counted a word.
    pub(super) articles: u64,
}

impl Slot {
    pub(super) fn add(&mut self, info: TermInfo) {
        self.articles += u64::from(info.doc_freq);
        self.infos.push(info);
    }
}

/// Where a row of words may begin: an article, and the position of its first word there.
type Start = (u32, u32);

/// Adds the articles in which the words stand in a row: a word of each slot so many places after
/// the first word as is said beside it. With `reading` at most so many words of a place are looked
/// up for each article that is left; beyond that the place is taken to fit, as the text is read
/// sooner.
pub(super) fn add_rows(
    part: &PartIndex,
    which: Reader,
    slots: &[&(u32, Slot)],
    reading: Option<usize>,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    let mut order = slots.to_vec();
    order.sort_by_key(|(_, slot)| slot.articles);
    let Some(((place, slot), others)) = order.split_first() else {
        return Ok(());
    };
    // Where one of the words next in number does not stand the row does not either, and to know
    // that takes no look at positions.
    let next = others.first().map(|(_, next)| next);
    let within = match next.filter(|next| is_worth_asking(slot, next, part.rows())) {
        Some(next) => Some(articles_of(part, which, next, found.len())?),
        None => None,
    };
    let mut starts = starts_of(part, which, (*place, slot), within.as_ref())?;
    for (place, slot) in others {
        if starts.is_empty() {
            break;
        }
        let left = || starts.chunk_by(|a, b| a.0 == b.0).count();
        if reading.is_some_and(|words| slot.infos.len() > words * left()) {
            continue;
        }
        keep_followed(part, which, (*place, slot), &mut starts)?;
    }
    for (doc, _) in starts {
        // A damaged posting must not reach past the part.
        if (doc as usize) < found.len() {
            found.insert(doc as usize);
        }
    }
    Ok(())
}

/// Whether listing the articles of `next` takes less than reading the positions that this spares:
/// those of `slot` in articles without it, ten times the work each.
fn is_worth_asking(slot: &Slot, next: &Slot, rows: u32) -> bool {
    const TIMES: u64 = 10;
    let rows = u64::from(rows).max(1);
    let without = rows.saturating_sub(next.articles);
    slot.articles * without / rows * TIMES > next.articles
}

/// The articles in which a word of the slot stands.
fn articles_of(
    part: &PartIndex,
    which: Reader,
    slot: &Slot,
    rows: usize,
) -> io::Result<FixedBitSet> {
    let mut articles = FixedBitSet::with_capacity(rows);
    let mut docs = Docs::new(part, which);
    for info in &slot.infos {
        docs.add(info, &mut articles)?;
    }
    Ok(articles)
}

/// Where a row may begin of which this word stands in this place, in articles `within`; ascending.
fn starts_of(
    part: &PartIndex,
    which: Reader,
    (place, slot): (u32, &Slot),
    within: Option<&FixedBitSet>,
) -> io::Result<Vec<Start>> {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let mut starts = Vec::new();
    let mut positions = Vec::new();
    for info in &slot.infos {
        let mut postings = part
            .reader(which)
            .read_postings_from_terminfo(info, option)?;
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            if within.is_none_or(|within| within.contains(doc as usize)) {
                postings.positions(&mut positions);
                let here = positions.iter().filter_map(|at| at.checked_sub(place));
                starts.extend(here.map(|start| (doc, start)));
            }
            postings.advance();
        }
    }
    if slot.infos.len() > 1 {
        starts.sort_unstable();
    }
    Ok(starts)
}

/// Keeps the starts that a word of the slot follows in its place.
fn keep_followed(
    part: &PartIndex,
    which: Reader,
    (place, slot): (u32, &Slot),
    starts: &mut Vec<Start>,
) -> io::Result<()> {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let mut is_followed = vec![false; starts.len()];
    let mut positions = Vec::new();
    for info in &slot.infos {
        let mut postings = part
            .reader(which)
            .read_postings_from_terminfo(info, option)?;
        let mut at = 0;
        while let Some((doc, _)) = starts.get(at).copied() {
            let here = if postings.doc() < doc {
                postings.seek(doc)
            } else {
                postings.doc()
            };
            let rest = starts.get(at..).unwrap_or_default();
            if here == doc {
                postings.positions(&mut positions);
                let of_doc = rest.partition_point(|(other, _)| *other == doc);
                let flags = is_followed.get_mut(at..at + of_doc).unwrap_or_default();
                mark(rest, flags, place, &positions);
                at += of_doc;
            } else if here == TERMINATED {
                break;
            } else {
                at += skip(rest, here);
            }
        }
    }
    let mut flags = is_followed.into_iter();
    starts.retain(|_| flags.next() == Some(true));
    Ok(())
}

/// Marks the starts of an article that have a position `place` words further on. Both ascend.
fn mark(starts: &[Start], flags: &mut [bool], place: u32, positions: &[u32]) {
    let mut rest = positions;
    for ((_, start), flag) in starts.iter().zip(flags) {
        let wanted = start.saturating_add(place);
        while let [first, after @ ..] = rest
            && *first < wanted
        {
            rest = after;
        }
        *flag |= rest.first() == Some(&wanted);
    }
}

/// How many starts lie in articles before this one: in growing steps, as most are few.
fn skip(starts: &[Start], doc: u32) -> usize {
    let mut step = 1;
    while starts.get(step).is_some_and(|(other, _)| *other < doc) {
        step *= 2;
    }
    let (from, to) = (step / 2, (step + 1).min(starts.len()));
    let between = starts.get(from..to).unwrap_or_default();
    from + between.partition_point(|(other, _)| *other < doc)
}
