//! A condition on a claim, answered from the columns.
//!
//! Budget: made ready once a part, by the numbers that its columns hold; then a look-up or two a
//! claim.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::fields::{Days, Known, by_article, by_claim, dates_within};
use super::table::{Part, Slot, Table, decode};
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::ids::ActorId;

/// What is asked of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It is of one of these kinds.
    Kind(Vec<ClaimKind>),
    /// It is told in one of these ways.
    Modality(Vec<Modality>),
    /// It is for or against cooperation.
    Polarity(Vec<Polarity>),
    /// It ties one of these to the focus.
    Partner(Vec<ActorId>),
    /// What it tells happened on these days, or some of them.
    Happened(Days),
    /// Every part holds.
    All(Vec<Self>),
    /// Any part holds.
    Any(Vec<Self>),
}

/// The same by the numbers of one part.
#[derive(Debug)]
pub(super) enum Test {
    /// By code of a claim.
    Code(Vec<bool>),
    /// By list of partners.
    List(Vec<bool>),
    /// By date.
    Date(Vec<bool>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// What of a table is counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chosen {
    /// These articles; `None`: all that are read.
    pub rows: Option<Arc<FixedBitSet>>,
    /// Of what they claim, what this holds of; `None`: everything.
    pub claims: Option<Arc<Told>>,
}

impl Chosen {
    /// These articles, with all that they claim.
    #[must_use]
    pub fn rows(rows: &Arc<FixedBitSet>) -> Self {
        Self {
            rows: Some(Arc::clone(rows)),
            claims: None,
        }
    }
}

impl Told {
    /// Whether it asks for something that `is_wanted`.
    pub(super) fn asks(&self, is_wanted: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks(is_wanted)),
            one => is_wanted(one),
        }
    }

    /// The rows with a claim that it holds of, folded articles included.
    #[must_use]
    pub fn rows(&self, known: &Known<'_>) -> FixedBitSet {
        /// Of fewer rows than one in so many, claims are asked one by one.
        const FEW: usize = 8;
        let table = known.table;
        let asked = known.within.map(|rows| rows.count_ones(..));
        if asked.is_some_and(|asked| asked * FEW < table.len()) {
            return by_claim(known, |slot| {
                let test = self.test(slot, table);
                move |claim| test.holds(&slot.part, claim)
            });
        }
        by_article(known, |slot| {
            let all = self.test(slot, table).all(&slot.part);
            move |at| {
                let claims = all.get(slot.part.claims(at));
                claims.is_some_and(|claims| claims.contains(&true))
            }
        })
    }

    /// Made ready for the claims of a slot.
    pub(super) fn test(&self, slot: &Slot, table: &Table) -> Test {
        let codes = |is_wanted: &dyn Fn(u8) -> bool| (0..=u8::MAX).map(is_wanted).collect();
        let all = |parts: &[Self]| parts.iter().map(|part| part.test(slot, table)).collect();
        match self {
            Self::Kind(kinds) => Test::Code(codes(&|code| kinds.contains(&decode(code).0))),
            Self::Modality(all) => Test::Code(codes(&|code| all.contains(&decode(code).1))),
            Self::Polarity(all) => Test::Code(codes(&|code| all.contains(&decode(code).2))),
            Self::Partner(actors) => {
                let numbers = actors
                    .iter()
                    .filter_map(|actor| table.actors().number(actor));
                let wanted: Vec<u32> = numbers.collect();
                let is_in = |actor: &u32| wanted.contains(&slot.actor(*actor));
                let lists = slot.part.partner_lists.iter();
                Test::List(lists.map(|list| list.iter().any(is_in)).collect())
            }
            Self::Happened(days) => Test::Date(dates_within(&slot.part, *days)),
            Self::All(parts) => Test::All(all(parts)),
            Self::Any(parts) => Test::Any(all(parts)),
        }
    }
}

impl Test {
    /// Of every claim of the part, whether it passes: a column at a time.
    fn all(&self, part: &Part) -> Vec<bool> {
        let is = |wanted: &[bool], number: u32| wanted.get(number as usize) == Some(&true);
        let joined = |parts: &[Self], join: fn(&mut bool, bool)| {
            let mut parts = parts.iter().map(|test| test.all(part));
            let first = parts.next();
            first.map(|mut all| {
                for more in parts {
                    all.iter_mut()
                        .zip(more)
                        .for_each(|(one, more)| join(one, more));
                }
                all
            })
        };
        let claims = part.claim_codes.len();
        match self {
            Self::Code(wanted) => {
                let codes = part.claim_codes.iter();
                codes.map(|code| is(wanted, u32::from(*code))).collect()
            }
            Self::List(wanted) => {
                let lists = part.claim_partners.iter();
                lists.map(|list| is(wanted, *list)).collect()
            }
            Self::Date(wanted) => {
                let dates = part.claim_dates.iter();
                dates.map(|date| is(wanted, *date)).collect()
            }
            Self::All(parts) => {
                joined(parts, |one, more| *one &= more).unwrap_or_else(|| vec![true; claims])
            }
            Self::Any(parts) => {
                joined(parts, |one, more| *one |= more).unwrap_or_else(|| vec![false; claims])
            }
        }
    }

    /// Whether a claim of the part passes.
    pub(super) fn holds(&self, part: &Part, claim: usize) -> bool {
        let by = |wanted: &[bool], number: Option<u32>| {
            let wanted = number.and_then(|number| wanted.get(number as usize));
            wanted == Some(&true)
        };
        match self {
            Self::Code(wanted) => by(wanted, part.claim_codes.get(claim).map(|c| u32::from(*c))),
            Self::List(wanted) => by(wanted, part.claim_partners.get(claim).copied()),
            Self::Date(wanted) => by(wanted, part.claim_dates.get(claim).copied()),
            Self::All(parts) => parts.iter().all(|part_of| part_of.holds(part, claim)),
            Self::Any(parts) => parts.iter().any(|part_of| part_of.holds(part, claim)),
        }
    }
}

#[cfg(test)]
mod tests;
