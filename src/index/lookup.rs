//! What a part answers to a test on words.

use std::io;

use fixedbitset::FixedBitSet;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, TERMINATED};

use super::near;
use super::part::{IndexError, PartIndex, Reader};
use super::pattern::Needs;
use super::plan::{Plan, Sequence, Test};
use super::query::Scope;

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

/// The rows that may match an expression with these needs.
pub(super) fn may_match(part: &PartIndex, needs: &Needs) -> Result<FixedBitSet, IndexError> {
    let mut found = FixedBitSet::with_capacity(part.rows() as usize);
    match needs {
        Needs::Nothing => found.insert_range(..),
        Needs::Word(word) => {
            let reader = part.reader(Reader::Text);
            if let Some(info) = reader.terms().get(word.as_bytes())? {
                add_docs(part, Reader::Text, &info, &mut found)?;
            }
        }
        Needs::Begins(word) => add_beginning(part, Reader::Text, word, &mut found)?,
        Needs::All(all) => {
            found.insert_range(..);
            for needs in all {
                found.intersect_with(&may_match(part, needs)?);
            }
        }
        Needs::Any(any) => {
            for needs in any {
                found.union_with(&may_match(part, needs)?);
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
        let info = words.value().clone();
        add_docs(part, which, &info, found)?;
    }
    Ok(())
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

/// One place of a sequence in one field.
struct Slot {
    infos: Vec<TermInfo>,
    /// Articles in which one of its words stands, each counted a word.
    articles: u64,
}

fn slot_of(part: &PartIndex, which: Reader, words: &[String]) -> io::Result<Slot> {
    let dictionary = part.reader(which).terms();
    let mut slot = Slot {
        infos: Vec::new(),
        articles: 0,
    };
    for word in words {
        if let Some(info) = dictionary.get(word.as_bytes())? {
            slot.articles += u64::from(info.doc_freq);
            slot.infos.push(info);
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
    let candidates = in_all(part, which, &slots, found)?;
    if candidates.is_clear() {
        return Ok(());
    }
    let mut places = Places::new(part, which, &slots)?;
    for doc in candidates.ones() {
        if places.fit(u32::try_from(doc).unwrap_or(TERMINATED), slop) {
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
    slots: Vec<(u32, Vec<SegmentPostings>)>,
    /// Positions by place in the sequence.
    lists: Vec<Vec<u32>>,
    buffer: Vec<u32>,
    /// Where a phrase may begin, as far as its slots have been looked at.
    starts: Vec<u32>,
}

impl Places {
    fn new(part: &PartIndex, which: Reader, slots: &[Slot]) -> io::Result<Self> {
        let reader = part.reader(which);
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut order: Vec<(u32, &Slot)> = (0..).zip(slots).collect();
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
            starts: Vec::new(),
        })
    }

    /// Whether the sequence stands in this row. Rows must be asked for in ascending order.
    fn fit(&mut self, row: u32, slop: u32) -> bool {
        for (number, (place, postings)) in self.slots.iter_mut().enumerate() {
            let Some(list) = self.lists.get_mut(*place as usize) else {
                return false;
            };
            read_positions(postings, row, list, &mut self.buffer);
            if list.is_empty() {
                return false;
            }
            if slop > 0 {
                continue;
            }
            // A phrase: words further on need not be read where those read do not fit.
            if number == 0 {
                self.starts.clear();
                let starts = list.iter().filter_map(|at| at.checked_sub(*place));
                self.starts.extend(starts);
            } else {
                keep_followed(&mut self.starts, *place, list);
            }
            if self.starts.is_empty() {
                return false;
            }
        }
        slop == 0 || near::is_there(&self.lists, slop)
    }
}

/// Keeps the starts that have a position `place` words further on. Both are ascending.
fn keep_followed(starts: &mut Vec<u32>, place: u32, positions: &[u32]) {
    let mut rest = positions;
    starts.retain(|start| {
        let wanted = start.saturating_add(place);
        while let [first, after @ ..] = rest
            && *first < wanted
        {
            rest = after;
        }
        rest.first() == Some(&wanted)
    });
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
