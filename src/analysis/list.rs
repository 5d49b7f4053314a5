//! The article list: in which order articles stand, and which of them a few words let through.
//!
//! Orders are kept by column, and follow what changes; what the list shows is an order walked
//! against a set of rows.
//!
//! Budget at a million articles: a walk 5 ms; an order is made once, in a second at most.

use std::cmp::Ordering;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::table::{Slot, Table};
use crate::model::date::DayRange;
pub use crate::model::fold::{fold, fold_into};
use crate::model::ids::{ActorId, ArticleId};
use crate::model::view::Column;

/// Rows in the order of a column, for as many columns as were asked for last.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    known: Vec<Order>,
    /// By the table's number of an actor: where its name stands among all names.
    ranks: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Order {
    by: (Column, bool),
    rows: Vec<u32>,
}

/// So many orders are kept.
const KEPT: usize = 3;

/// What a row is sorted by: rows without it come last either way. Where two are the same, the
/// whole texts decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    is_missing: bool,
    value: u128,
}

impl Orders {
    /// Forgets everything: names have changed, or it is another table.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Follows what is newly known of some rows; each named once.
    ///
    /// Time: that of sorting those rows and looking up their places, and a copy of the order.
    pub fn follow(&mut self, table: &Table, changed: &[u32], names: &dyn Fn(&ActorId) -> String) {
        if changed.is_empty() {
            return;
        }
        self.rank(table, names);
        if changed.len() > table.len() / 4 {
            self.known.clear();
            return;
        }
        let mut is_changed = FixedBitSet::with_capacity(table.len());
        for row in changed.iter().filter(|row| (**row as usize) < table.len()) {
            is_changed.insert(*row as usize);
        }
        let ranks = &self.ranks;
        for order in &mut self.known {
            order.rows.retain(|row| !is_changed.contains(*row as usize));
            let sorter = Sorter {
                table,
                by: order.by,
                ranks,
            };
            let mut new: Vec<(Key, u32)> = changed
                .iter()
                .filter(|row| table.is_read(**row))
                .map(|row| (sorter.key(*row), *row))
                .collect();
            new.sort_unstable_by(|a, b| sorter.compare(*a, *b));
            let mut merged = Vec::with_capacity(order.rows.len() + new.len());
            let mut rest = order.rows.as_slice();
            for (key, row) in new {
                let before = rest.partition_point(|other| {
                    sorter.compare((sorter.key(*other), *other), (key, row)) == Ordering::Less
                });
                let (first, after) = rest.split_at(before);
                merged.extend_from_slice(first);
                merged.push(row);
                rest = after;
            }
            merged.extend_from_slice(rest);
            order.rows = merged;
        }
    }

    /// All rows that are read, sorted by the column, descending if the flag says so. An article
    /// without what is sorted by comes last either way, and equals stand in the order of their
    /// ids.
    pub fn rows(
        &mut self,
        table: &Table,
        by: (Column, bool),
        names: &dyn Fn(&ActorId) -> String,
    ) -> &[u32] {
        if let Some(at) = self.known.iter().position(|order| order.by == by) {
            // The last one asked for is kept longest.
            let order = self.known.remove(at);
            self.known.push(order);
        } else {
            self.rank(table, names);
            let sorter = Sorter {
                table,
                by,
                ranks: &self.ranks,
            };
            let rows = match by.0 {
                Column::Published => sorter.by_day(),
                _ => sorter.all(),
            };
            if self.known.len() >= KEPT {
                self.known.remove(0);
            }
            self.known.push(Order { by, rows });
        }
        self.known.last().map_or(&[], |order| &order.rows)
    }

    /// Ranks the names of actors. What was sorted before stays sorted.
    fn rank(&mut self, table: &Table, names: &dyn Fn(&ActorId) -> String) {
        if self.ranks.len() == table.actors().len() {
            return;
        }
        let all = table.actors().iter().map(|actor| fold(&names(actor)));
        let mut order: Vec<(String, usize)> = all.zip(0..).collect();
        order.sort_unstable();
        self.ranks = vec![0; order.len()];
        for ((_, actor), rank) in order.into_iter().zip(0..) {
            if let Some(of) = self.ranks.get_mut(actor) {
                *of = rank;
            }
        }
    }
}

/// Compares rows by a column.
struct Sorter<'a> {
    table: &'a Table,
    by: (Column, bool),
    ranks: &'a [u32],
}

impl Sorter<'_> {
    fn key(&self, row: u32) -> Key {
        let slot = self.table.slot_of(row);
        let slot = slot.and_then(|(slot, at)| Some((self.table.slots().get(slot)?, at)));
        slot.map_or(
            Key {
                is_missing: true,
                value: 0,
            },
            |(slot, at)| self.key_at(slot, at),
        )
    }

    fn key_at(&self, slot: &Slot, at: usize) -> Key {
        let part = slot.part.as_ref();
        let (is_missing, value) = match self.by.0 {
            Column::Title => {
                let title = part.titles.get(at);
                (title.is_empty(), first_bytes(title))
            }
            Column::Partners => {
                let ranks = self.partners(slot, at).take(4);
                let mut ranks = ranks.map(|rank| u128::from(rank) + 1);
                let first = ranks.next();
                let value = |value| (0..3).fold(value, |v, _| v << 32 | ranks.next().unwrap_or(0));
                (first.is_none(), first.map_or(0, value))
            }
            Column::Published => {
                let days = published(part.dates.days(part.published_date(at)));
                (days.is_none(), days.map_or(0, u128::from))
            }
            Column::Undecided => {
                let undecided = part.undecided.get(at).copied();
                (false, u128::from(undecided.unwrap_or_default()))
            }
        };
        Key { is_missing, value }
    }

    /// All rows that are read, in the order of their publication: counted out to the few days that
    /// there are, and by id within each. It is the order that a corpus opens with.
    fn by_day(&self) -> Vec<u32> {
        let slots = self.table.slots();
        let of_slot = |slot: &Slot| {
            let dates = (0_u32..).take(slot.part.dates.len());
            let values = dates.map(|date| published(slot.part.dates.days(date)));
            values.collect::<Vec<_>>()
        };
        let values: Vec<Vec<Option<u64>>> = slots.iter().map(of_slot).collect();
        let mut days: Vec<u64> = values.iter().flatten().flatten().copied().collect();
        days.sort_unstable();
        days.dedup();
        if self.by.1 {
            days.reverse();
        }
        let ranks: FxHashMap<u64, usize> = days.iter().copied().zip(0..).collect();
        let missing = days.len();
        let rank = |day: &Option<u64>| day.and_then(|day| ranks.get(&day)).copied();
        let of_dates = values.iter().map(|values| {
            let ranks = values.iter().map(|day| rank(day).unwrap_or(missing));
            ranks.collect::<Vec<usize>>()
        });
        let of_dates: Vec<Vec<usize>> = of_dates.collect();
        let rows = || {
            slots.iter().zip(&of_dates).flat_map(|(slot, ranks)| {
                let rows = self.table.scan(slot, None);
                rows.map(move |(at, row)| {
                    let date = slot.part.published_date(at) as usize;
                    (ranks.get(date).copied().unwrap_or(missing), slot, at, row)
                })
            })
        };
        let mut ends = vec![0_usize; missing + 1];
        for (rank, ..) in rows() {
            if let Some(end) = ends.get_mut(rank) {
                *end += 1;
            }
        }
        let mut all = 0;
        let mut places = ends.clone();
        for (end, place) in ends.iter_mut().zip(&mut places) {
            *place = all;
            all += *end;
            *end = all;
        }
        let mut heads = vec![(0_u64, 0_u32); all];
        for (rank, slot, at, row) in rows() {
            if let Some(place) = places.get_mut(rank) {
                if let Some(head) = heads.get_mut(*place) {
                    *head = (slot.part.ids.get(at).map_or(0, first_of_id), row);
                }
                *place += 1;
            }
        }
        let mut of_days = Vec::with_capacity(ends.len());
        let mut rest = heads.as_mut_slice();
        let mut start = 0;
        for end in ends {
            let (day, after) = rest.split_at_mut((end - start).min(rest.len()));
            of_days.push(day);
            (rest, start) = (after, end);
        }
        let id = |row| self.table.row(row).map(|row| row.id());
        of_days.into_par_iter().for_each(|day| {
            day.sort_unstable_by(|(a, row_a), (b, row_b)| {
                let whole = || (id(*row_a), row_a).cmp(&(id(*row_b), row_b));
                a.cmp(b).then_with(whole)
            });
        });
        heads.into_iter().map(|(_, row)| row).collect()
    }

    /// All rows that are read, in order.
    fn all(&self) -> Vec<u32> {
        // What the first bytes of a title leave open is settled below, within what they leave equal.
        let is_whole = self.by.0 == Column::Undecided;
        let mut heads: Vec<(Key, u64, u32)> = self
            .table
            .slots()
            .par_iter()
            .flat_map_iter(|slot| {
                let places = self.table.scan(slot, None);
                places.map(move |(at, row)| {
                    let id = slot.part.ids.get(at).map_or(0, first_of_id);
                    (self.key_at(slot, at), if is_whole { id } else { 0 }, row)
                })
            })
            .collect();
        heads.par_sort_unstable_by(|(a, id_a, _), (b, id_b, _)| {
            self.by_value(*a, *b).then_with(|| id_a.cmp(id_b))
        });
        heads
            .par_chunk_by_mut(|a, b| (a.0, a.1) == (b.0, b.1))
            .filter(|equal| equal.len() > 1)
            .for_each(|equal| {
                let mut rest: Vec<_> = equal.iter().map(|head| self.rest(*head)).collect();
                rest.sort_unstable_by(|(a, id_a, (.., a_row)), (b, id_b, (.., b_row))| {
                    let order = a.cmp(b);
                    let order = if self.by.1 { order.reverse() } else { order };
                    order.then_with(|| (id_a, a_row).cmp(&(id_b, b_row)))
                });
                for (to, (.., head)) in equal.iter_mut().zip(rest) {
                    *to = head;
                }
            });
        heads.into_iter().map(|(.., row)| row).collect()
    }

    /// What orders a row among those with the same key.
    fn rest(&self, head: (Key, u64, u32)) -> (Rest, Option<ArticleId>, (Key, u64, u32)) {
        let row = head.2;
        let known = self.table.row(row);
        let rest = match self.by.0 {
            Column::Title => Rest::Title(
                known
                    .as_ref()
                    .map_or_else(String::new, |row| fold(row.title())),
            ),
            Column::Partners => {
                let slot = self.table.slot_of(row);
                let slot = slot.and_then(|(slot, at)| Some((self.table.slots().get(slot)?, at)));
                Rest::Partners(
                    slot.map_or_else(Vec::new, |(slot, at)| self.partners(slot, at).collect()),
                )
            }
            Column::Published | Column::Undecided => Rest::Nothing,
        };
        (rest, known.map(|row| row.id()), head)
    }

    fn by_value(&self, a: Key, b: Key) -> Ordering {
        let order = a.value.cmp(&b.value);
        let order = if self.by.1 { order.reverse() } else { order };
        a.is_missing.cmp(&b.is_missing).then(order)
    }

    fn partners<'a>(&'a self, slot: &'a Slot, at: usize) -> impl Iterator<Item = u32> + 'a {
        let partners = slot.part.partners(at);
        partners.map(|(actor, _)| {
            let rank = self.ranks.get(slot.actor(actor) as usize);
            rank.copied().unwrap_or_default()
        })
    }

    fn compare(&self, (a, row_a): (Key, u32), (b, row_b): (Key, u32)) -> Ordering {
        let by_id = || {
            let id = |row| self.table.row(row).map(|row| row.id());
            id(row_a).cmp(&id(row_b))
        };
        let whole = || {
            let order = self.whole(row_a, row_b);
            if self.by.1 { order.reverse() } else { order }
        };
        self.by_value(a, b)
            .then_with(whole)
            .then_with(by_id)
            .then(row_a.cmp(&row_b))
    }

    /// Compares what the keys were too short for.
    fn whole(&self, a: u32, b: u32) -> Ordering {
        match self.by.0 {
            Column::Title => {
                let title = |row| self.table.row(row).map_or("", |row| row.title());
                let (a, b) = (title(a), title(b));
                if a == b {
                    Ordering::Equal
                } else {
                    fold(a).cmp(&fold(b))
                }
            }
            Column::Partners => {
                let place = |row| {
                    let (slot, at) = self.table.slot_of(row)?;
                    Some((self.table.slots().get(slot)?, at))
                };
                match (place(a), place(b)) {
                    (Some((a, at_a)), Some((b, at_b))) => {
                        self.partners(a, at_a).cmp(self.partners(b, at_b))
                    }
                    _ => Ordering::Equal,
                }
            }
            Column::Published | Column::Undecided => Ordering::Equal,
        }
    }
}

/// What a key is too short for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rest {
    Nothing,
    /// The folded title.
    Title(String),
    /// The ranks of all partners.
    Partners(Vec<u32>),
}

/// The first bytes of an id, as a number of the same order.
fn first_of_id(id: &ArticleId) -> u64 {
    id.0.first_chunk()
        .map_or(0, |first| u64::from_be_bytes(*first))
}

/// The first bytes of a folded text, as a number of the same order.
fn first_bytes(text: &str) -> u128 {
    let mut first = [0; 16];
    // A character folds to a few bytes at most, and these are enough of them.
    let end = text.char_indices().nth(16).map_or(text.len(), |(at, _)| at);
    let folded = fold(text.get(..end).unwrap_or(text));
    for (to, from) in first.iter_mut().zip(folded.bytes()) {
        *to = from;
    }
    u128::from_be_bytes(first)
}

/// First and last day of publication, as a number of the same order.
fn published(days: DayRange) -> Option<u64> {
    let (first, last) = (days.first.or(days.last)?, days.last.or(days.first)?);
    let place = |day: i32| u64::from(day.cast_unsigned() ^ 0x8000_0000);
    Some(place(first.0) << 32 | place(last.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::facts::ArticleFacts;
    use crate::analysis::sample::{Article, claim};
    use crate::model::claim::ClaimKind;
    use crate::model::ids::ArticleId;
    use proptest::prelude::*;

    fn names(id: &ActorId) -> String {
        match id.as_str() {
            "CN" => "China".to_owned(),
            "CI" => "Côte d’Ivoire".to_owned(),
            other => other.to_owned(),
        }
    }

    fn facts(n: u8, title: &str, partner: Option<&str>, published: Option<&str>) -> ArticleFacts {
        let mut article = Article::new(title);
        if let Some(partner) = partner {
            article = article.suggest(claim(0..1, ClaimKind::Visit, &["BY", partner], None));
        }
        article.rule_on_publication(published);
        let mut facts = article.facts();
        facts.id = ArticleId([n; 32]);
        facts
    }

    fn sample() -> Vec<ArticleFacts> {
        vec![
            facts(3, "Łukašenka in Beijing", Some("CN"), Some("2016-04-22")),
            facts(1, "Ёлка и Минск", None, None),
            facts(2, "a digest", Some("CI"), Some("2012/2015")),
            facts(0, "A digest", None, Some("2018-12?")),
        ]
    }

    #[test]
    fn columns_sort_and_what_is_missing_comes_last() {
        let table: Table = sample().iter().collect();
        let by = |column, descending| {
            let mut orders = Orders::default();
            orders.rows(&table, (column, descending), &names).to_vec()
        };
        assert_eq!(by(Column::Published, false), [2, 0, 3, 1]);
        assert_eq!(by(Column::Published, true), [3, 0, 2, 1]);
        assert_eq!(by(Column::Title, false), [3, 2, 0, 1], "equal titles by id");
        assert_eq!(by(Column::Partners, false), [0, 2, 3, 1]);
        assert_eq!(by(Column::Partners, true), [2, 0, 3, 1]);
    }

    proptest! {
        /// An order that followed changes is that of a table that always was so; and it is one.
        #[test]
        fn an_order_by_day_is_one_by_key(
            days in proptest::collection::vec((0..6_u8, 0..3_u8), 0..40),
            descending: bool,
        ) {
            let made = |(n, (day, id)): (u8, &(u8, u8))| {
                let day = (*day > 0).then(|| format!("2016-04-{day:02}"));
                let mut facts = facts(n, "Talks", None, day.as_deref());
                // Alike in what the short way looks at first.
                facts.id.0[..8].fill(*id);
                facts
            };
            let articles: Vec<ArticleFacts> = (0_u8..).zip(&days).map(made).collect();
            let table: Table = articles.iter().collect();
            let sorter = Sorter {
                table: &table,
                by: (Column::Published, descending),
                ranks: &[],
            };
            prop_assert_eq!(sorter.by_day(), sorter.all());
        }

        #[test]
        fn an_order_follows_what_changes(
            titles in proptest::collection::vec("[a-cA-Cé ]{0,20}", 0..30),
            changes in proptest::collection::vec((0..30_u32, "[a-cA-Cé ]{0,20}"), 0..9),
            column in 0usize..4,
            descending: bool,
        ) {
            let made = |n: u8, title: &str| {
                let year = format!("20{:02}", n % 7);
                let published = (!n.is_multiple_of(3)).then_some(year.as_str());
                facts(n, title, (!n.is_multiple_of(2)).then_some("CN"), published)
            };
            let mut articles: Vec<ArticleFacts> =
                (0_u8..).zip(&titles).map(|(n, title)| made(n, title)).collect();
            let mut table: Table = articles.iter().collect();
            let by = (Column::ALL[column], descending);
            let mut orders = Orders::default();
            orders.rows(&table, by, &names);
            for (row, title) in changes {
                let Some(article) = articles.get_mut(row as usize) else { continue };
                *article = made(u8::try_from(row).unwrap().wrapping_add(1), &title);
                table.set(row, article);
                orders.follow(&table, &[row], &names);
            }
            let anew: Table = articles.iter().collect();
            let expected = Orders::default().rows(&anew, by, &names).to_vec();
            prop_assert_eq!(orders.rows(&table, by, &names), &expected);
            let titles: Vec<String> = expected
                .iter()
                .map(|row| fold(&articles[*row as usize].title))
                .filter(|title| !title.is_empty())
                .collect();
            if column == 0 {
                let sorted = |a: &String, b: &String| if descending { a >= b } else { a <= b };
                prop_assert!(titles.is_sorted_by(sorted));
            }
        }
    }
}
