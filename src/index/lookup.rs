//! What a part answers to a test on words.

use std::io;

use fixedbitset::FixedBitSet;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, TERMINATED};

use super::docs::Docs;
use super::near;
use super::part::{IndexError, PartIndex, Reader};
use super::plan::{Plan, Sequence, Test};
use super::query::Scope;
use super::row::{Slot, add_rows};

const fn readers(scope: Scope) -> &'static [Reader] {
    match scope {
        Scope::Anywhere => &[Reader::Title, Reader::Text],
        Scope::Title => &[Reader::Title],
    }
}

/// The rows of the part that the plan finds. It must be one of words only.
pub(super) fn find(part: &PartIndex, plan: &Plan) -> Result<FixedBitSet, IndexError> {
    let rows = part.rows() as usize;
    let mut found = FixedBitSet::with_capacity(rows);
    match plan {
        Plan::All | Plan::Regex(_) | Plan::Field(_) | Plan::Claim(_) => found.insert_range(..),
        Plan::Words(scope, test) => found = answer(part, *scope, test)?,
        Plan::Not(inner) => {
            found = find(part, inner)?;
            found.toggle_range(..);
        }
        Plan::And(parts) => {
            found.insert_range(..);
            // What excludes needs no turning round.
            for inner in parts {
                match inner {
                    Plan::Not(inner) => found.difference_with(&find(part, inner)?),
                    _ => found.intersect_with(&find(part, inner)?),
                }
                if found.is_clear() {
                    break;
                }
            }
        }
        Plan::Or(parts) => {
            for inner in parts {
                found.union_with(&find(part, inner)?);
            }
        }
    }
    Ok(found)
}

fn answer(part: &PartIndex, scope: Scope, test: &Test) -> Result<FixedBitSet, IndexError> {
    let rows = part.rows() as usize;
    let mut found = FixedBitSet::with_capacity(rows);
    match test {
        Test::Sequence(sequence) => {
            let slots = words_of(part, sequence)?;
            for reader in readers(scope) {
                add_sequence(part, *reader, &slots, sequence.slop, &mut found)?;
            }
        }
        Test::Begins(begin) => {
            for reader in readers(scope) {
                add_beginning(part, *reader, begin, &mut found)?;
            }
        }
        Test::Like(word, distance) => {
            let field = Field::from_field_id(0);
            let query = FuzzyTermQuery::new(Term::from_field_text(field, word), *distance, true);
            for which in readers(scope) {
                let mut docs = Docs::new(part, *which);
                let terms = part.reader(*which).terms();
                let mut words = terms.search(query.automaton()?).into_stream()?;
                while words.advance() {
                    docs.add(words.value(), &mut found)?;
                }
            }
        }
        Test::Every(tests) => {
            found.insert_range(..);
            for test in tests {
                found.intersect_with(&answer(part, scope, test)?);
            }
        }
        Test::Any(tests) => {
            for test in tests {
                found.union_with(&answer(part, scope, test)?);
            }
        }
    }
    Ok(found)
}

fn add_beginning(
    part: &PartIndex,
    which: Reader,
    begin: &str,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    let mut docs = Docs::new(part, which);
    each_beginning(part, which, begin, |info| {
        docs.add(info, found)?;
        Ok(true)
    })?;
    Ok(())
}

/// Calls `take` with the words that begin so until it asks for no more; whether it has seen all.
pub(super) fn each_beginning(
    part: &PartIndex,
    which: Reader,
    begin: &str,
    mut take: impl FnMut(&TermInfo) -> io::Result<bool>,
) -> io::Result<bool> {
    let range = part.reader(which).terms().range().ge(begin.as_bytes());
    let mut end = begin.as_bytes().to_vec();
    // No byte of UTF-8 is 255, so the last one can be counted up.
    let range = match end.last_mut() {
        Some(last) => {
            *last += 1;
            range.lt(&end)
        }
        None => range,
    };
    let mut words = range.into_stream()?;
    while words.advance() {
        if !take(words.value())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// For each place of a sequence, the words of the part that may stand there.
fn words_of(part: &PartIndex, sequence: &Sequence) -> io::Result<Vec<Vec<String>>> {
    let slots = sequence.slots.iter();
    slots.map(|terms| part.forms_of(terms)).collect()
}

fn slot_of(part: &PartIndex, which: Reader, words: &[String]) -> io::Result<Slot> {
    let dictionary = part.reader(which).terms();
    let mut slot = Slot::default();
    for word in words {
        if let Some(info) = dictionary.get(word.as_bytes())? {
            slot.add(info);
        }
    }
    Ok(slot)
}

fn add_sequence(
    part: &PartIndex,
    which: Reader,
    words: &[Vec<String>],
    slop: u32,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    let mut slots = Vec::with_capacity(words.len());
    for words in words {
        let place = slot_of(part, which, words)?;
        if place.infos.is_empty() {
            return Ok(());
        }
        slots.push(place);
    }
    if let [slot] = slots.as_slice() {
        let mut docs = Docs::new(part, which);
        for info in &slot.infos {
            docs.add(info, found)?;
        }
        return Ok(());
    }
    if slop == 0 {
        let slots: Vec<(u32, Slot)> = (0..).zip(slots).collect();
        let slots: Vec<&(u32, Slot)> = slots.iter().collect();
        return add_rows(part, which, &slots, None, found);
    }
    let candidates = in_all(part, which, &slots, found)?;
    if candidates.is_clear() {
        return Ok(());
    }
    let mut places = Places::new(part, which, &slots)?;
    for doc in candidates.ones() {
        if places.are_near(u32::try_from(doc).unwrap_or(TERMINATED), slop) {
            found.insert(doc);
        }
    }
    Ok(())
}

/// The rows that hold a word of each slot and are not found already.
fn in_all(
    part: &PartIndex,
    which: Reader,
    slots: &[Slot],
    found: &FixedBitSet,
) -> io::Result<FixedBitSet> {
    let mut candidates: Option<FixedBitSet> = None;
    let mut docs = Docs::new(part, which);
    for slot in slots {
        let mut of_slot = FixedBitSet::with_capacity(found.len());
        for info in &slot.infos {
            docs.add(info, &mut of_slot)?;
        }
        match &mut candidates {
            Some(candidates) => candidates.intersect_with(&of_slot),
            None => candidates = Some(of_slot),
        }
    }
    let mut candidates = candidates.unwrap_or_default();
    candidates.difference_with(found);
    Ok(candidates)
}

/// Reads where the words of a sequence stand, article by article in ascending order.
struct Places {
    /// A slot's place in the sequence and its postings, the rarest slot first.
    slots: Vec<(usize, Vec<SegmentPostings>)>,
    /// Positions by place in the sequence.
    lists: Vec<Vec<u32>>,
    buffer: Vec<u32>,
}

impl Places {
    fn new(part: &PartIndex, which: Reader, slots: &[Slot]) -> io::Result<Self> {
        let reader = part.reader(which);
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut order: Vec<(usize, &Slot)> = (0..).zip(slots).collect();
        order.sort_by_key(|(_, slot)| slot.articles);
        let mut readers = Vec::with_capacity(order.len());
        for (place, slot) in order {
            let postings = slot.infos.iter();
            let postings = postings.map(|info| reader.read_postings_from_terminfo(info, option));
            readers.push((place, postings.collect::<io::Result<_>>()?));
        }
        Ok(Self {
            lists: vec![Vec::new(); readers.len()],
            slots: readers,
            buffer: Vec::new(),
        })
    }

    /// Whether the words stand so near in this row. Rows must be asked for in ascending order.
    fn are_near(&mut self, row: u32, slop: u32) -> bool {
        for (place, postings) in &mut self.slots {
            let Some(list) = self.lists.get_mut(*place) else {
                return false;
            };
            read_positions(postings, row, list, &mut self.buffer);
            if list.is_empty() {
                return false;
            }
        }
        near::is_there(&self.lists, slop)
    }
}

/// Where any of the words stands in a row, ascending.
fn read_positions(
    postings: &mut [SegmentPostings],
    row: u32,
    list: &mut Vec<u32>,
    buffer: &mut Vec<u32>,
) {
    list.clear();
    for posting in postings {
        if posting.doc() < row {
            posting.seek(row);
        }
        if posting.doc() != row {
            continue;
        }
        // Most words stand in one form in an article: no second copy of its positions.
        if list.is_empty() {
            posting.positions(list);
        } else {
            posting.positions(buffer);
            list.extend_from_slice(buffer);
            list.sort_unstable();
        }
    }
}
