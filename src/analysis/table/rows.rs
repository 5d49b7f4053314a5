//! All articles: parts, and which row of the corpus lies where.

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::build::PartBuilder;
use super::columns::short;
use super::part::{Keep, NO_DAY, Part};
use super::row::Row;
use super::scan::{Filter, Scan};
use crate::analysis::facts::ArticleFacts;
use crate::model::article::PublicationStatus;
use crate::model::ids::ActorId;

/// A place in a part in which no article lies any more.
pub(crate) const GONE: u32 = u32::MAX;

/// Parts that come in pieces are put together up to so many articles: a millisecond or two of work
/// in the thread that takes them.
const MOST: usize = 2_048;

/// What list and charts know of all articles, by row; nothing while an article has not been read.
///
/// A clone shares everything with its original. What is newly known of a row is put beside what
/// was known before, so that a decision costs the same in a corpus of any size.
#[derive(Debug, Clone, Default)]
pub struct Table {
    len: usize,
    unread: usize,
    slots: Vec<Slot>,
    places: Places,
    actors: Arc<Actors>,
    spans: Arc<Spans>,
    /// The rows of which something new was told, in the order in which it was.
    log: Arc<Vec<u32>>,
    /// Which table it is, whatever became of it since.
    name: Arc<()>,
}

/// Which row lies where.
#[derive(Debug, Clone)]
enum Places {
    /// Each by itself.
    Each(Arc<Vec<At>>),
    /// One part after the other, from these rows on; but for the rows that were told of since.
    Joined {
        starts: Arc<Vec<u32>>,
        moved: Arc<FxHashMap<u32, At>>,
        is_moved: Arc<FixedBitSet>,
    },
}

impl Default for Places {
    fn default() -> Self {
        Self::Each(Arc::default())
    }
}

/// The place of a row: which slot, and where in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    slot: u32,
    at: u32,
}

const NOWHERE: At = At { slot: GONE, at: 0 };

/// A part with what its numbers are called by all parts.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) part: Arc<Part>,
    rows: Rows,
    /// By the part's number of an actor: the table's.
    pub(crate) actors: Arc<[u32]>,
    /// By the part's number of a date: the number of its days in the table.
    pub(crate) spans: Arc<[u32]>,
    /// How many of its articles are not told of anew elsewhere.
    live: usize,
}

#[derive(Debug, Clone)]
enum Rows {
    From(u32),
    Listed(Arc<Vec<u32>>),
}

/// The actors of all parts, by number; in the order in which they were first told of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actors {
    list: Vec<ActorId>,
    numbers: FxHashMap<ActorId, u32>,
}

impl Actors {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The actor of a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&ActorId> {
        self.list.get(number as usize)
    }

    /// The number of an actor; `None` when no article names it.
    #[must_use]
    pub fn number(&self, actor: &ActorId) -> Option<u32> {
        self.numbers.get(actor).copied()
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &ActorId> {
        self.list.iter()
    }
}

/// The distinct days that dates touch, by number: first and last day ([`NO_DAY`] where that end is
/// open), and whether the date is vague. Number 0 is what has no date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spans {
    pub(crate) list: Vec<SpanOfDays>,
    numbers: FxHashMap<SpanOfDays, u32>,
}

/// First and last day, and whether the date is vague.
pub(crate) type SpanOfDays = (i32, i32, bool);

impl Default for Spans {
    fn default() -> Self {
        let none = (NO_DAY, NO_DAY, true);
        Self {
            list: vec![none],
            numbers: [(none, 0)].into_iter().collect(),
        }
    }
}

impl Slot {
    /// The row of a place in the part; [`GONE`] where another part knows better.
    pub(crate) fn row(&self, at: usize) -> u32 {
        match &self.rows {
            Rows::From(start) => start.saturating_add(short(at)),
            Rows::Listed(rows) => rows.get(at).copied().unwrap_or(GONE),
        }
    }

    /// The first row, if the others follow it.
    pub(super) const fn first_row(&self) -> Option<u32> {
        match self.rows {
            Rows::From(first) => Some(first),
            Rows::Listed(_) => None,
        }
    }

    /// The table's number of an actor of the part.
    pub(crate) fn actor(&self, number: u32) -> u32 {
        self.actors.get(number as usize).copied().unwrap_or(GONE)
    }

    /// The number of the days of a date of the part; 0 for none.
    pub(crate) fn span(&self, date: u32) -> u32 {
        self.spans.get(date as usize).copied().unwrap_or(0)
    }
}

impl Table {
    /// Of `len` articles that have not been read.
    #[must_use]
    pub fn unread(len: usize) -> Self {
        Self {
            len,
            unread: len,
            places: Places::Each(Arc::new(vec![NOWHERE; len])),
            ..Self::default()
        }
    }

    /// Of all articles of these parts, one after the other.
    #[must_use]
    pub fn of_parts(parts: impl IntoIterator<Item = Arc<Part>>) -> Self {
        let mut table = Self::default();
        let mut starts = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let start = short(table.len);
            table.len += part.len();
            starts.push(start);
            let live = part.len();
            table.add(part, Rows::From(start), live);
        }
        table.places = Places::Joined {
            starts: Arc::new(starts),
            moved: Arc::default(),
            is_moved: Arc::new(FixedBitSet::with_capacity(table.len)),
        };
        table
    }

    /// The number of articles, read or not.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no article.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many articles have not been read.
    #[must_use]
    pub const fn unread_count(&self) -> usize {
        self.unread
    }

    /// The actors that any article names as partners of the focus.
    #[must_use]
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// What is known of a row, once it has been read.
    #[must_use]
    pub fn row(&self, row: u32) -> Option<Row<'_>> {
        let At { slot, at } = self.place_of(row)?;
        Some(Row::new(self.slots.get(slot as usize)?, at as usize, row))
    }

    /// Whether a row has been read.
    #[must_use]
    pub fn is_read(&self, row: u32) -> bool {
        self.place_of(row).is_some()
    }

    /// The facts of a row, once it has been read: of its mentions those of its partners.
    #[must_use]
    pub fn facts(&self, row: u32) -> Option<ArticleFacts> {
        self.row(row).and_then(|row| row.facts())
    }

    /// Whether a row tells exactly this, as far as it is kept.
    #[must_use]
    pub fn tells(&self, row: u32, facts: &ArticleFacts) -> bool {
        self.row(row).is_some_and(|row| row.tells(facts))
    }

    /// Takes in what is newly known of a row; a row that there is not is ignored.
    pub fn set(&mut self, row: u32, facts: &ArticleFacts) {
        let mut builder = PartBuilder::new(Keep::ALL);
        builder.push(facts);
        self.place(builder.finish(), vec![row]);
    }

    /// Takes in a part with the row of each of its articles. Rows that there are not are ignored,
    /// so that `u32::MAX` leaves an article out. The part keeps everything ([`Keep::ALL`]).
    pub fn place(&mut self, part: Part, mut rows: Vec<u32>) {
        rows.resize(part.len(), GONE);
        let slot = short(self.slots.len());
        let mut live = 0;
        let mut log = Vec::with_capacity(rows.len());
        for at in 0..rows.len() {
            let Some(row) = rows.get_mut(at) else {
                continue;
            };
            if *row as usize >= self.len {
                *row = GONE;
                continue;
            }
            let place = At {
                slot,
                at: short(at),
            };
            log.push(*row);
            let old = self.move_row(*row, place);
            live += 1;
            if old.is_some_and(|old| old.slot == slot) {
                // The same row twice: the later one counts.
                live -= 1;
                let twice = old.and_then(|old| rows.get_mut(old.at as usize));
                if let Some(twice) = twice {
                    *twice = GONE;
                }
            } else if let Some(old) = old {
                self.forget(old);
            } else {
                self.unread = self.unread.saturating_sub(1);
            }
        }
        if live == 0 {
            return;
        }
        Arc::make_mut(&mut self.log).extend(log);
        self.add(Arc::new(part), Rows::Listed(Arc::new(rows)), live);
        self.join_small();
    }

    /// The rows that were told of, each time anew. It only grows.
    #[must_use]
    pub fn log(&self) -> &[u32] {
        &self.log
    }

    /// Whether both are the same table, at another time maybe.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.name, &other.name)
    }

    /// How much memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let slots = self.slots.iter().map(|slot| {
            let rows = match &slot.rows {
                Rows::From(_) => 0,
                Rows::Listed(rows) => rows.capacity() * size_of::<u32>(),
            };
            slot.part.bytes() + rows + (slot.actors.len() + slot.spans.len()) * size_of::<u32>()
        });
        let places = match &self.places {
            Places::Each(each) => each.capacity() * size_of::<At>(),
            Places::Joined { moved, .. } => moved.capacity() * 16 + self.len / 8,
        };
        // Numbers are kept twice: by number and by what they stand for.
        let spans = self.spans.list.len() * 2 * (size_of::<SpanOfDays>() + 4);
        let actors = self.actors.len() * 2 * (size_of::<ActorId>() + 4);
        slots.sum::<usize>() + places + spans + actors + self.log.capacity() * 4
    }

    pub(crate) fn spans(&self) -> &Spans {
        &self.spans
    }

    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The places in a slot of the rows that are wanted, with their rows; all that are read where
    /// nothing is said.
    pub(crate) fn scan<'a>(&'a self, slot: &'a Slot, wanted: Option<&'a FixedBitSet>) -> Scan<'a> {
        let moved = match (&self.places, &slot.rows) {
            (Places::Joined { is_moved, .. }, Rows::From(_)) if !is_moved.is_clear() => {
                Some(is_moved.as_ref())
            }
            _ => None,
        };
        Scan::new(slot, Filter { moved, wanted })
    }

    /// The rows whose publication date has this status, by a scan of its column.
    #[must_use]
    pub fn rows_with(&self, status: PublicationStatus) -> FixedBitSet {
        let mut rows = FixedBitSet::with_capacity(self.len());
        for slot in &self.slots {
            for (at, row) in self.scan(slot, None) {
                if slot.part.status(at) == status && (row as usize) < rows.len() {
                    rows.insert(row as usize);
                }
            }
        }
        rows
    }

    /// The slots in groups of about as many articles each, one a thread; in order.
    fn groups(&self) -> Vec<Range<usize>> {
        let threads = rayon::current_num_threads().max(1);
        let all: usize = self.slots.iter().map(|slot| slot.part.len()).sum();
        let fair = all.div_ceil(threads).max(4_096);
        let mut groups = Vec::new();
        let (mut start, mut count) = (0, 0);
        for (at, slot) in self.slots.iter().enumerate() {
            count += slot.part.len();
            if count >= fair {
                groups.push(start..at + 1);
                (start, count) = (at + 1, 0);
            }
        }
        if start < self.slots.len() {
            groups.push(start..self.slots.len());
        }
        groups
    }

    /// Works on groups of slots at once; the answers are in order.
    pub(crate) fn in_parallel<R: Send>(
        &self,
        work: impl Fn(Range<usize>) -> R + Send + Sync,
    ) -> Vec<R> {
        let groups = self.groups();
        if groups.len() < 2 {
            return groups.into_iter().map(work).collect();
        }
        groups.into_par_iter().map(work).collect()
    }

    /// Where a row lies: which slot, and where in its part.
    pub(crate) fn slot_of(&self, row: u32) -> Option<(usize, usize)> {
        let At { slot, at } = self.place_of(row)?;
        Some((slot as usize, at as usize))
    }

    fn place_of(&self, row: u32) -> Option<At> {
        match &self.places {
            Places::Each(each) => {
                let at = each.get(row as usize).copied();
                at.filter(|at| *at != NOWHERE)
            }
            Places::Joined { starts, moved, .. } => {
                if let Some(at) = moved.get(&row) {
                    return Some(*at);
                }
                if row as usize >= self.len {
                    return None;
                }
                let slot = starts
                    .partition_point(|start| *start <= row)
                    .checked_sub(1)?;
                Some(At {
                    slot: short(slot),
                    at: row - starts.get(slot)?,
                })
            }
        }
    }

    /// Puts a row elsewhere; gives back where it was.
    fn move_row(&mut self, row: u32, to: At) -> Option<At> {
        let old = self.place_of(row);
        match &mut self.places {
            Places::Each(each) => {
                if let Some(at) = Arc::make_mut(each).get_mut(row as usize) {
                    *at = to;
                }
            }
            Places::Joined {
                moved, is_moved, ..
            } => {
                Arc::make_mut(moved).insert(row, to);
                Arc::make_mut(is_moved).insert(row as usize);
            }
        }
        old
    }

    /// What lies there is told of anew elsewhere.
    fn forget(&mut self, old: At) {
        let Some(slot) = self.slots.get_mut(old.slot as usize) else {
            return;
        };
        slot.live = slot.live.saturating_sub(1);
        let Rows::Listed(rows) = &mut slot.rows else {
            return;
        };
        if slot.live == 0 {
            slot.part = Arc::default();
            *rows = Arc::default();
        } else if let Some(row) = Arc::make_mut(rows).get_mut(old.at as usize) {
            *row = GONE;
        }
    }

    fn add(&mut self, part: Arc<Part>, rows: Rows, live: usize) {
        let actors: Vec<u32> = part.actors.iter().map(|id| self.actor(id)).collect();
        let dates = &part.dates;
        let spans = dates.firsts.iter().zip(&dates.lasts).zip(&dates.vague);
        let spans: Vec<u32> = spans
            .map(|((first, last), vague)| self.span((*first, *last, *vague != 0)))
            .collect();
        self.slots.push(Slot {
            part,
            rows,
            actors: actors.into(),
            spans: spans.into(),
            live,
        });
    }

    fn actor(&mut self, actor: &ActorId) -> u32 {
        if let Some(number) = self.actors.numbers.get(actor) {
            return *number;
        }
        let actors = Arc::make_mut(&mut self.actors);
        let number = short(actors.list.len());
        actors.list.push(actor.clone());
        actors.numbers.insert(actor.clone(), number);
        number
    }

    fn span(&mut self, span: SpanOfDays) -> u32 {
        if let Some(number) = self.spans.numbers.get(&span) {
            return *number;
        }
        let spans = Arc::make_mut(&mut self.spans);
        let number = short(spans.list.len());
        spans.list.push(span);
        spans.numbers.insert(span, number);
        number
    }

    /// Puts the last parts together as long as they are small and about as large as one another:
    /// each article is copied a few times at most, and there are few parts.
    fn join_small(&mut self) {
        while let [.., one, two] = self.slots.as_slice() {
            let (a, b) = (one.part.len(), two.part.len());
            let listed = |slot: &Slot| matches!(slot.rows, Rows::Listed(_));
            if !listed(one) || !listed(two) || one.live + two.live > MOST || a > b * 2 {
                return;
            }
            let Some(two) = self.slots.pop() else { return };
            let Some(one) = self.slots.pop() else { return };
            let slot = short(self.slots.len());
            let mut builder = PartBuilder::new(Keep::ALL);
            let mut rows = Vec::with_capacity(one.live + two.live);
            for old in [&one, &two] {
                let is_live = |at: usize| old.row(at) != GONE;
                builder.append(&old.part, is_live);
                let live = (0..old.part.len()).map(|at| old.row(at));
                rows.extend(live.filter(|row| *row != GONE));
            }
            for (row, at) in rows.iter().zip(0..) {
                self.move_row(*row, At { slot, at });
            }
            let live = rows.len();
            self.add(
                Arc::new(builder.finish()),
                Rows::Listed(Arc::new(rows)),
                live,
            );
        }
    }
}

impl<'a> FromIterator<&'a ArticleFacts> for Table {
    /// The table of these articles, in their order.
    fn from_iter<I: IntoIterator<Item = &'a ArticleFacts>>(articles: I) -> Self {
        let mut builder = PartBuilder::new(Keep::ALL);
        for facts in articles {
            builder.push(facts);
        }
        Self::of_parts([Arc::new(builder.finish())])
    }
}
