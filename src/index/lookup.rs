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

/// Fields of terms and fields of plain forms.
const fn readers(scope: Scope) -> &'static [(Reader, Reader)] {
    match scope {
        Scope::Anywhere => &[
            (Reader::Title, Reader::TitleWords),
            (Reader::Text, Reader::TextWords),
        ],
        Scope::Title => &[(Reader::Title, Reader::TitleWords)],
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
            for (terms, _) in readers(scope) {
                add_sequence(part, *terms, sequence, &mut found)?;
            }
        }
        Test::Begins(begin) => {
            for (_, plain) in readers(scope) {
                add_beginning(part, *plain, begin, &mut found)?;
            }
        }
        Test::Like(word, distance) => {
            let field = Field::from_field_id(0);
            let query = FuzzyTermQuery::new(Term::from_field_text(field, word), *distance, true);
            for (_, plain) in readers(scope) {
                let reader = part.reader(*plain);
                let mut terms = reader.terms().search(query.automaton()?).into_stream()?;
                while terms.advance() {
                    let info = terms.value().clone();
                    add_docs(part, *plain, &info, &mut found)?;
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
            let reader = part.reader(Reader::TextWords);
            if let Some(info) = reader.terms().get(word.as_bytes())? {
                add_docs(part, Reader::TextWords, &info, &mut found)?;
            }
        }
        Needs::Begins(word) => add_beginning(part, Reader::TextWords, word, &mut found)?,
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
    plain: Reader,
    begin: &str,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    let range = part.reader(plain).terms().range().ge(begin.as_bytes());
    let mut end = begin.as_bytes().to_vec();
    // No byte of UTF-8 is 255, so the last one can be counted up.
    let range = match end.last_mut() {
        Some(last) => {
            *last += 1;
            range.lt(&end)
        }
        None => range,
    };
    let mut terms = range.into_stream()?;
    while terms.advance() {
        let info = terms.value().clone();
        add_docs(part, plain, &info, found)?;
    }
    Ok(())
}

/// Adds the rows of one term.
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

fn infos(part: &PartIndex, which: Reader, terms: &[String]) -> io::Result<Vec<TermInfo>> {
    let dictionary = part.reader(which).terms();
    let mut infos = Vec::with_capacity(terms.len());
    for term in terms {
        infos.extend(dictionary.get(term.as_bytes())?);
    }
    Ok(infos)
}

fn add_sequence(
    part: &PartIndex,
    which: Reader,
    sequence: &Sequence,
    found: &mut FixedBitSet,
) -> io::Result<()> {
    let mut slots = Vec::with_capacity(sequence.slots.len());
    for terms in &sequence.slots {
        let infos = infos(part, which, terms)?;
        if infos.is_empty() {
            return Ok(());
        }
        slots.push(infos);
    }
    if let [infos] = slots.as_slice() {
        for info in infos {
            add_docs(part, which, info, found)?;
        }
        return Ok(());
    }
    let mut candidates: Option<FixedBitSet> = None;
    for infos in &slots {
        let mut docs = FixedBitSet::with_capacity(found.len());
        for info in infos {
            add_docs(part, which, info, &mut docs)?;
        }
        match &mut candidates {
            Some(candidates) => candidates.intersect_with(&docs),
            None => candidates = Some(docs),
        }
    }
    let mut candidates = candidates.unwrap_or_default();
    // What is found already needs no second look.
    candidates.difference_with(found);
    if candidates.is_clear() {
        return Ok(());
    }
    let reader = part.reader(which);
    let option = IndexRecordOption::WithFreqsAndPositions;
    let mut postings: Vec<Vec<SegmentPostings>> = Vec::with_capacity(slots.len());
    for infos in &slots {
        let all = infos
            .iter()
            .map(|info| reader.read_postings_from_terminfo(info, option));
        postings.push(all.collect::<io::Result<_>>()?);
    }
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); slots.len()];
    let mut buffer = Vec::new();
    for doc in candidates.ones() {
        let row = u32::try_from(doc).unwrap_or(TERMINATED);
        for (slot, list) in postings.iter_mut().zip(&mut lists) {
            list.clear();
            // Most words have one term in an article: no second copy of its positions.
            for posting in slot {
                if posting.doc() < row {
                    posting.seek(row);
                }
                if posting.doc() != row {
                    continue;
                }
                if list.is_empty() {
                    posting.positions(list);
                } else {
                    posting.positions(&mut buffer);
                    list.extend_from_slice(&buffer);
                    list.sort_unstable();
                }
            }
        }
        if near::is_there(&lists, sequence.slop) {
            found.insert(doc);
        }
    }
    Ok(())
}
