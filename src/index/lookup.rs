//! What a part answers to a test on words.

use std::io;

use fixedbitset::FixedBitSet;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, TERMINATED};

use super::near;
use super::part::{IndexError, PartIndex, Reader};
use super::pattern::{Needs, Piece};
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
        Plan::All | Plan::Regex(_) | Plan::Field(_) => found.insert_range(..),
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
                let reader = part.reader(*which);
                let mut words = reader.terms().search(query.automaton()?).into_stream()?;
                while words.advance() {
                    let info = words.value().clone();
                    add_docs(part, *which, &info, &mut found)?;
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

/// Looking up the places of so many words costs what reading a text does …
const WORDS_A_TEXT: usize = 32;
/// … and so does finding so many words in the dictionary, with the articles they stand in.
const FOUND_A_TEXT: usize = 256;
/// More words than this in one place of a row narrow nothing down that is worth their positions.
const MOST_WORDS: usize = 4_096;

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
            keep_rows(part, &slots_of(part, pieces)?, rows)?;
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
fn keep_rows(part: &PartIndex, slots: &[(u32, Slot)], rows: &mut FixedBitSet) -> io::Result<()> {
    let articles = slots.iter().map(|(_, slot)| slot.articles).min();
    let articles = usize::try_from(articles.unwrap_or(0)).unwrap_or(usize::MAX);
    let most = articles.saturating_mul(WORDS_A_TEXT).min(MOST_WORDS);
    let (mut few, mut many): (Vec<_>, Vec<_>) =
        slots.iter().partition(|(_, slot)| slot.infos.len() <= most);
    if few.len() < 2 {
        many.append(&mut few);
    } else {
        let mut found = FixedBitSet::with_capacity(rows.len());
        add_rows(part, Reader::Text, &few, Some(WORDS_A_TEXT), &mut found)?;
        rows.intersect_with(&found);
    }
    for (_, slot) in many {
        let mut found = FixedBitSet::with_capacity(rows.len());
        for info in &slot.infos {
            add_docs(part, Reader::Text, info, &mut found)?;
        }
        rows.intersect_with(&found);
    }
    Ok(())
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

fn add_beginning(
    part: &PartIndex,
    which: Reader,
    begin: &str,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    each_beginning(part, which, begin, |info| {
        add_docs(part, which, info, found)?;
        Ok(true)
    })?;
    Ok(())
}

/// Calls `take` with the words that begin so until it asks for no more; whether it has seen all.
fn each_beginning(
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

/// Adds the rows of one word.
fn add_docs(
    part: &PartIndex,
    which: Reader,
    info: &TermInfo,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    let reader = part.reader(which);
    let mut blocks = reader.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let rows = found.len();
    loop {
        let docs = blocks.docs();
        if docs.is_empty() {
            return Ok(());
        }
        for doc in docs {
            // A damaged posting must not reach past the part.
            if (*doc as usize) < rows {
                found.insert(*doc as usize);
            }
        }
        blocks.advance();
    }
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
        for info in &slot.infos {
            add_docs(part, which, info, found)?;
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
    for slot in slots {
        let mut docs = FixedBitSet::with_capacity(found.len());
        for info in &slot.infos {
            add_docs(part, which, info, &mut docs)?;
        }
        match &mut candidates {
            Some(candidates) => candidates.intersect_with(&docs),
            None => candidates = Some(docs),
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
