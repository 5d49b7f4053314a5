//! What a field of a query lets through.
//!
//! Answers come from the columns and from the session, so that a decision changes them at once.
//!
//! Budget at a million articles on two cores: a field 5 ms.

use fixedbitset::FixedBitSet;

use super::across::Across;
use super::list::{fold, fold_into};
use super::table::{NO_DATE, NO_DAY, Part, Slot, Table, decode};
use crate::model::article::Language;
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::date::Day;
use crate::model::ids::ActorId;

/// Days from the first to the last, inclusive; `None` for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// Not before this day.
    pub first: Option<Day>,
    /// Not after this day.
    pub last: Option<Day>,
}

impl Days {
    /// Whether a date is known to touch these days. What is known to one side only ("by 2016")
    /// does where these are open to the other side and hold the end that is known: every claim
    /// without a date happened by the day it was printed, and would else be found in any year
    /// before. A date that is not known touches none.
    #[must_use]
    fn touch(self, first: i32, last: i32) -> bool {
        let since = |day: i32| self.first.is_none_or(|from| from.0 <= day);
        let until = |day: i32| self.last.is_none_or(|to| day <= to.0);
        match (first, last) {
            (NO_DAY, NO_DAY) => false,
            (NO_DAY, last) => self.first.is_none() && until(last),
            (first, NO_DAY) => self.last.is_none() && since(first),
            (first, last) => until(first) && since(last),
        }
    }
}

/// How far the analyst is with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Suggestions wait for a decision.
    Undecided,
    /// Something was decided, and nothing waits.
    Decided,
    /// Something is highlighted.
    Annotated,
}

/// One condition on an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// The actor is a partner of the focus in it.
    Partner(ActorId),
    /// A claim is of this kind.
    Kind(ClaimKind),
    /// A claim is told so firmly.
    Modality(Modality),
    /// A claim is for or against cooperation.
    Polarity(Polarity),
    /// A claim's act happened on these days, or some of them.
    Happened(Days),
    /// It was published on these days, or some of them.
    Published(Days),
    /// Its body is in this language.
    Language(Language),
    /// Its source holds these words, case and diacritics aside.
    Source(String),
    /// How far the analyst is with it.
    Status(Progress),
    /// It is folded under another article.
    Duplicate,
}

/// What fields are answered from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What is known of all articles.
    pub table: &'a Table,
    /// Duplicates.
    pub across: &'a Across,
    /// Rows on which the answer is asked for: what it says of others is of no account. `None` for
    /// all.
    pub within: Option<&'a FixedBitSet>,
}

impl Field {
    /// The rows that the condition holds of. Articles that have not been read are not among them.
    #[must_use]
    pub fn rows(&self, known: &Known<'_>) -> FixedBitSet {
        let table = known.table;
        match self {
            Self::Partner(actor) => {
                let Some(number) = table.actors().number(actor) else {
                    return FixedBitSet::with_capacity(table.len());
                };
                let is_wanted =
                    |slot: &Slot, entry: &u32| slot.actor(Part::circle_member(*entry).0) == number;
                by_number(
                    known,
                    |slot| {
                        let circles = slot.part.circles.iter();
                        let holds = |circle: &[u32]| circle.iter().any(|e| is_wanted(slot, e));
                        circles.map(holds).collect()
                    },
                    |part| &part.circles_of,
                )
            }
            Self::Kind(kind) => by_code(known, |code| decode(code).0 == *kind),
            Self::Modality(modality) => by_code(known, |code| decode(code).1 == *modality),
            Self::Polarity(polarity) => by_code(known, |code| decode(code).2 == *polarity),
            Self::Happened(days) => by_claim(known, |slot| {
                let dates = dates_within(&slot.part, *days);
                move |claim| {
                    let date = slot.part.claim_dates.get(claim).copied();
                    date.and_then(|date| dates.get(date as usize).copied()) == Some(true)
                }
            }),
            Self::Published(days) => by_number(
                known,
                |slot| dates_within(&slot.part, *days),
                |part| &part.published,
            ),
            Self::Language(language) => by_article(known, |slot| {
                let place = *language as u8;
                move |at| slot.part.languages.get(at) == Some(&place)
            }),
            Self::Source(words) => by_source(known, &fold(words)),
            Self::Status(progress) => by_article(known, |slot| {
                move |at| has_progress(&slot.part, at, *progress)
            }),
            Self::Duplicate => {
                let mut rows = FixedBitSet::with_capacity(table.len());
                let folded = known.across.folds.folded_rows();
                rows.extend(
                    folded
                        .map(|row| row as usize)
                        .filter(|row| *row < table.len()),
                );
                rows
            }
        }
    }
}

pub(super) fn has_progress(part: &Part, at: usize, progress: Progress) -> bool {
    let some = |column: &[u32]| column.get(at).copied().unwrap_or_default() > 0;
    match progress {
        Progress::Undecided => some(&part.undecided),
        Progress::Decided => some(&part.decided) && !some(&part.undecided),
        Progress::Annotated => some(&part.annotations),
    }
}

/// By date of a part: whether it touches the days.
pub(super) fn dates_within(part: &Part, days: Days) -> Vec<bool> {
    let dates = part.dates.firsts.iter().zip(&part.dates.lasts);
    dates
        .map(|(first, last)| days.touch(*first, *last))
        .collect()
}

/// The rows of the articles of which a test of their slot holds.
pub(super) fn by_article<'a, F: Fn(usize) -> bool>(
    known: &Known<'a>,
    test: impl Fn(&'a Slot) -> F + Send + Sync,
) -> FixedBitSet {
    let table = known.table;
    let groups = table.in_parallel(|slots| {
        let mut rows = FixedBitSet::with_capacity(table.len());
        for slot in slots.filter_map(|slot| table.slots().get(slot)) {
            let holds = test(slot);
            let found = table
                .scan(slot, known.within)
                .filter(|(at, _)| holds(*at))
                .map(|(_, row)| row as usize)
                .filter(|row| *row < table.len());
            rows.extend(found);
        }
        rows
    });
    let mut groups = groups.into_iter();
    let mut all = groups
        .next()
        .unwrap_or_else(|| FixedBitSet::with_capacity(table.len()));
    for group in groups {
        all.union_with(&group);
    }
    all
}

/// The same, where a column of numbers says it.
fn by_number<'a>(
    known: &Known<'a>,
    which: impl Fn(&'a Slot) -> Vec<bool> + Send + Sync,
    column: impl Fn(&Part) -> &Vec<u32> + Send + Sync,
) -> FixedBitSet {
    let column = &column;
    by_article(known, |slot| {
        let wanted = which(slot);
        let column = column(&slot.part).as_slice();
        move |at| {
            let number = column.get(at).copied().unwrap_or(NO_DATE);
            wanted.get(number as usize) == Some(&true)
        }
    })
}

/// The rows of the articles with a claim of which a test of their slot holds.
pub(super) fn by_claim<'a, F: Fn(usize) -> bool>(
    known: &Known<'a>,
    test: impl Fn(&'a Slot) -> F + Send + Sync,
) -> FixedBitSet {
    by_article(known, |slot| {
        let holds = test(slot);
        move |at| slot.part.claims(at).any(&holds)
    })
}

fn by_code(known: &Known<'_>, is_wanted: impl Fn(u8) -> bool) -> FixedBitSet {
    let wanted: Vec<bool> = (0..=u8::MAX).map(is_wanted).collect();
    by_claim(known, |slot| {
        let wanted = &wanted;
        move |claim| {
            let code = slot.part.claim_codes.get(claim).copied().unwrap_or(u8::MAX);
            wanted.get(usize::from(code)) == Some(&true)
        }
    })
}

/// Texts are walked; a source that tells it where it begins is not.
fn by_source(known: &Known<'_>, words: &str) -> FixedBitSet {
    by_article(known, |slot| {
        let part = &slot.part;
        let places: Vec<bool> = part
            .places
            .iter()
            .map(|place| fold(place).contains(words))
            .collect();
        let folded = std::cell::RefCell::new(String::new());
        move |at| {
            let place = part.source_places.get(at).copied().unwrap_or(u32::MAX);
            places.get(place as usize) == Some(&true) || {
                let mut folded = folded.borrow_mut();
                folded.clear();
                fold_into(part.places.get(place as usize), &mut folded);
                fold_into(part.source_rests.get(at), &mut folded);
                folded.contains(words)
            }
        }
    })
}

#[cfg(test)]
mod tests;
