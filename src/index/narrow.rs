//! Articles that a regular expression can't match, left out by the words that it needs.

use std::io;

use fixedbitset::FixedBitSet;

use super::docs::Docs;
use super::lookup::each_beginning;
use super::part::{IndexError, PartIndex, Reader};
use super::pattern::{Needs, Piece};
use super::row::{Slot, add_rows};

/// Words in which a place may be filled are worth looking up, so many for each text that need not be
/// read then: most are in none of the articles that are left, which is seen at once …
const WORDS_A_TEXT: usize = 2_048;
/// … and so many are worth finding in the dictionary. Both as measured by the bench `search`.
const FOUND_A_TEXT: usize = 4_096;
/// More words than this in one place of a row narrow nothing down that is worth their positions.
const MOST_WORDS: usize = 65_536;
/// Places of no more words than this say at little cost which articles are left for the others.
const FEW_WORDS: usize = 16;

/// Takes out of `rows` those that can't match an expression with these needs.
pub(super) fn narrow(
    part: &PartIndex,
    needs: &Needs,
    rows: &mut FixedBitSet,
) -> Result<(), IndexError> {
    if rows.is_clear() {
        return Ok(());
    }
    match needs {
        Needs::Nothing => {}
        Needs::Row(pieces) => {
            keep_rows(part, slots_of(part, pieces)?, rows)?;
        }
        Needs::All(all) => {
            for needs in all {
                narrow(part, needs, rows)?;
            }
        }
        Needs::Any(any) => {
            let mut found = FixedBitSet::with_capacity(rows.len());
            for needs in any {
                let mut of_one = rows.clone();
                narrow(part, needs, &mut of_one)?;
                found.union_with(&of_one);
            }
            *rows = found;
        }
    }
    Ok(())
}

/// Takes out the rows in which the words do not stand in a row. Places of very many words need
/// only be filled somewhere in the article.
fn keep_rows(part: &PartIndex, slots: Vec<(u32, Slot)>, rows: &mut FixedBitSet) -> io::Result<()> {
    let articles = slots.iter().map(|(_, slot)| slot.articles).min();
    let articles = usize::try_from(articles.unwrap_or(0)).unwrap_or(usize::MAX);
    let most = articles.saturating_mul(WORDS_A_TEXT).min(MOST_WORDS);
    let is_few = |(_, slot): &(u32, Slot)| slot.infos.len() <= most;
    let (mut few, mut many): (Vec<_>, Vec<_>) = slots.into_iter().partition(is_few);
    if few.len() < 2 {
        many.append(&mut few);
    } else {
        leave_out_strangers(part, &mut few, rows)?;
        let mut found = FixedBitSet::with_capacity(rows.len());
        let few: Vec<&(u32, Slot)> = few.iter().collect();
        add_rows(part, Reader::Text, &few, Some(WORDS_A_TEXT), &mut found)?;
        rows.intersect_with(&found);
    }
    for (_, slot) in many {
        rows.intersect_with(&articles_of(part, &slot, rows.len())?);
    }
    Ok(())
}

/// Takes words out of places that have many: those in none of the articles where the places of few
/// words are filled. To see that costs a tenth of looking up their places there.
fn leave_out_strangers(
    part: &PartIndex,
    slots: &mut [(u32, Slot)],
    rows: &FixedBitSet,
) -> io::Result<()> {
    let is_few = |slot: &Slot| slot.infos.len() <= FEW_WORDS;
    let mut left = rows.clone();
    for (_, slot) in slots.iter().filter(|(_, slot)| is_few(slot)) {
        left.intersect_with(&articles_of(part, slot, rows.len())?);
    }
    let mut docs = Docs::new(part, Reader::Text);
    for (_, slot) in slots.iter_mut().filter(|(_, slot)| !is_few(slot)) {
        let mut kept = Slot::default();
        for info in std::mem::take(&mut slot.infos) {
            if docs.is_in_any(&info, &left)? {
                kept.add(info);
            }
        }
        *slot = kept;
    }
    Ok(())
}

/// The rows in which one of the words stands.
fn articles_of(part: &PartIndex, slot: &Slot, rows: usize) -> io::Result<FixedBitSet> {
    let mut found = FixedBitSet::with_capacity(rows);
    let mut docs = Docs::new(part, Reader::Text);
    for info in &slot.infos {
        docs.add(info, &mut found)?;
    }
    Ok(found)
}

/// The words of the part that may stand in the places of a row. A place is left out where finding
/// its words would cost more than reading all articles that hold the rarest whole word.
fn slots_of(part: &PartIndex, pieces: &[(u32, Piece)]) -> io::Result<Vec<(u32, Slot)>> {
    let mut slots = Vec::with_capacity(pieces.len());
    let mut articles = u64::MAX;
    for (place, piece) in pieces {
        if let Piece::Whole(word) = piece {
            let mut slot = Slot::default();
            if let Some(info) = part.reader(Reader::Text).terms().get(word.as_bytes())? {
                slot.add(info);
            }
            articles = articles.min(slot.articles);
            slots.push((*place, slot));
        }
    }
    let most = usize::try_from(articles)
        .unwrap_or(usize::MAX)
        .saturating_mul(FOUND_A_TEXT);
    for (place, piece) in pieces {
        if let Piece::Begins(begin) = piece
            && let Some(slot) = beginning_slot(part, begin, most)?
        {
            slots.push((*place, slot));
        }
    }
    Ok(slots)
}

/// The words that begin so; `None` where there are more than `most`.
fn beginning_slot(part: &PartIndex, begin: &str, most: usize) -> io::Result<Option<Slot>> {
    let mut slot = Slot::default();
    let is_complete = each_beginning(part, Reader::Text, begin, |info| {
        slot.add(info.clone());
        Ok(slot.infos.len() <= most)
    })?;
    Ok(is_complete.then_some(slot))
}
