//! What there is to count: a scan of the columns.

use std::ops::Range;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use crate::analysis::across::Across;
use crate::analysis::event::Joined;
use crate::analysis::facts::is_adverse;
use crate::analysis::table::{NO_DATE, NO_DAY, Slot, SpanOfDays, Table, decode};
use crate::analysis::told::{Chosen, Test};
use crate::model::date::{Day, DayRange};
use crate::model::extraction::CountryRole;
use crate::model::ids::ActorId;
use crate::model::view::{ChartView, Clock, Unit};

use super::{Bins, Direction, Side};

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dating {
    /// First and last day, and whether the value is marked as uncertain.
    Closed(Day, Day, bool),
    /// The known end.
    Half(Day, Direction),
    Unknown,
}

impl Dating {
    pub(super) fn of((first, last, vague): SpanOfDays) -> Self {
        let drawable = |day: i32| {
            let day = Some(Day(day)).filter(|_| day != NO_DAY);
            day.filter(|day| day.is_a_date())
        };
        match (drawable(first), drawable(last)) {
            (Some(a), Some(b)) => Self::Closed(a.min(b), a.max(b), vague),
            (Some(known), None) => Self::Half(known, Direction::After),
            (None, Some(known)) => Self::Half(known, Direction::Before),
            (None, None) => Self::Unknown,
        }
    }

    pub(super) fn place(self, bins: &Bins) -> Option<Place> {
        Some(match self {
            Self::Closed(a, b, vague) => {
                let (first, last) = (bins.index(a)?, bins.index(b)?);
                Place::Bars(first, last, (a, b), first == last && !vague)
            }
            Self::Half(known, direction) => Place::Open(bins.index(known)?, direction),
            Self::Unknown => return None,
        })
    }
}

/// Where something is put.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// Over these bars, first and last, by days; and whether it is dated within one without doubt.
    Bars(usize, usize, (Day, Day), bool),
    /// At the known end of a half-open date.
    Open(usize, Direction),
}

/// The part of the days from the first to the second that lies in a bar.
pub(super) fn share(bins: &Bins, bin: usize, (first, last): (Day, Day)) -> f64 {
    let Some((from, to)) = bins.days(bin) else {
        return 0.0;
    };
    let days = |from: Day, to: Day| (f64::from(to.0) - f64::from(from.0) + 1.0).max(0.0);
    days(from.max(first), to.min(last)) / days(first, last)
}

/// What is asked, in the numbers of the columns.
pub(super) struct Ask<'a> {
    pub(super) table: &'a Table,
    pub(super) across: &'a Across,
    pub(super) unit: Unit,
    pub(super) clock: Clock,
    /// What counts of the rows: duplicates are out where no events are counted.
    rows: Option<FixedBitSet>,
    /// By slot: which claims count, where not all do.
    told: Option<Vec<Test>>,
    with_suggested: bool,
    /// By code of a claim: whether its modality counts, and its side.
    codes: Vec<(bool, Side)>,
    /// By slot: the partners of each list but for the focus.
    pub(super) lists: Vec<Partners>,
    /// By number of days.
    pub(super) datings: Vec<Dating>,
    /// By number of days: whether anything is known of them.
    known: Vec<bool>,
    focus: Option<u32>,
    /// Rows with a claim in an event of several reports.
    in_events: FixedBitSet,
}

/// The partners of each list of a part but for the focus, by the table's numbers.
#[derive(Default)]
pub(super) struct Partners {
    all: Vec<u32>,
    ends: Vec<usize>,
}

impl Partners {
    fn of(slot: &Slot, focus: Option<u32>) -> Self {
        let mut partners = Self::default();
        for list in slot.part.partner_lists.iter() {
            let actors = list.iter().map(|actor| slot.actor(*actor));
            partners
                .all
                .extend(actors.filter(|actor| Some(*actor) != focus));
            partners.ends.push(partners.all.len());
        }
        partners
    }

    pub(super) fn get(&self, list: u32) -> &[u32] {
        let at = list as usize;
        let Some(end) = self.ends.get(at) else {
            return &[];
        };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        self.all
            .get(start.copied().unwrap_or(0)..*end)
            .unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// A claim to count.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) row: u32,
    /// Its place in its part.
    pub(super) claim: usize,
    /// The number of its list of partners in its part.
    pub(super) list: u32,
    /// The number of its days.
    pub(super) span: u32,
    pub(super) side: Side,
    pub(super) accepted: bool,
}

/// The mentions of a partner in an article.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) row: u32,
    pub(super) actor: u32,
    pub(super) span: u32,
    pub(super) side: Side,
    pub(super) accepted: u32,
    pub(super) suggested: u32,
}

/// An event with several reports to count.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    /// The slot of the claim that it was found by, and the number of its list there.
    pub(super) slot: usize,
    pub(super) list: u32,
    pub(super) span: u32,
    pub(super) side: Side,
    pub(super) accepted: bool,
    /// Its reports that count: row, slot, place of the claim, and how it joined.
    pub(super) reports: Vec<(u32, usize, usize, Joined)>,
}

impl<'a> Ask<'a> {
    pub(super) fn new(
        table: &'a Table,
        chosen: &Chosen,
        across: &'a Across,
        view: &ChartView,
        focus: &ActorId,
    ) -> Self {
        let clock = match view.unit {
            // A mention has no event date.
            Unit::Mentions => Clock::Publication,
            Unit::Claims | Unit::Events | Unit::Articles => view.clock,
        };
        let mut rows = chosen.rows.as_deref().cloned();
        let mut in_events = FixedBitSet::new();
        if view.unit == Unit::Events && !across.is_known {
            // Which claims are one event is not known yet: nothing is counted rather than too much.
            rows = Some(FixedBitSet::new());
        } else if view.unit == Unit::Events {
            in_events.grow(table.len());
            for row in across.events.rows() {
                if (*row as usize) < table.len() {
                    in_events.insert(*row as usize);
                }
            }
        } else if across.folds.count() > 0 {
            let rows = rows.get_or_insert_with(|| {
                let mut all = FixedBitSet::with_capacity(table.len());
                all.insert_range(..);
                all
            });
            for row in across.folds.folded_rows() {
                if (row as usize) < rows.len() {
                    rows.remove(row as usize);
                }
            }
        }
        let focus = table.actors().number(focus);
        let codes = (0..=u8::MAX).map(|code| {
            let (kind, modality, polarity) = decode(code);
            let side = if is_adverse(kind, modality, polarity) {
                Side::Adverse
            } else {
                Side::Cooperative
            };
            (view.modalities.contains(&modality), side)
        });
        let slots = table.slots().par_iter();
        let spans = table.spans().list.iter();
        let datings: Vec<Dating> = spans.map(|span| Dating::of(*span)).collect();
        let known = datings.iter().map(|dating| *dating != Dating::Unknown);
        let told = chosen.claims.as_ref().map(|told| {
            let tests = table.slots().iter().map(|slot| told.test(slot, table));
            tests.collect()
        });
        Self {
            table,
            across,
            unit: view.unit,
            clock,
            rows,
            told,
            with_suggested: view.with_suggested,
            codes: codes.collect(),
            lists: slots.map(|slot| Partners::of(slot, focus)).collect(),
            known: known.collect(),
            datings,
            focus,
            in_events,
        }
    }

    pub(super) fn dating(&self, span: u32) -> Dating {
        let dating = self.datings.get(span as usize);
        dating.copied().unwrap_or(Dating::Unknown)
    }

    /// Whether anything is known of a number of days.
    pub(super) fn is_dated(&self, span: u32) -> bool {
        self.known.get(span as usize) == Some(&true)
    }

    pub(super) fn partners(&self, slot: usize, list: u32) -> &[u32] {
        self.lists.get(slot).map_or(&[], |lists| lists.get(list))
    }

    /// Whether a claim of a slot counts, and on which side.
    fn wants(&self, at_slot: usize, slot: &Slot, claim: usize) -> Option<(Side, bool)> {
        let part = slot.part.as_ref();
        let code = part.claim_codes.get(claim).copied().unwrap_or_default();
        let (counts, side) = *self.codes.get(usize::from(code))?;
        let accepted = part.is_accepted(claim);
        let is_wanted = counts && (accepted || self.with_suggested);
        (is_wanted && self.is_asked_for(at_slot, slot, claim)).then_some((side, accepted))
    }

    fn is_asked_for(&self, at_slot: usize, slot: &Slot, claim: usize) -> bool {
        self.told.as_ref().is_none_or(|tests| {
            let test = tests.get(at_slot);
            test.is_some_and(|test| test.holds(&slot.part, claim))
        })
    }

    /// The claims of a slot that count by themselves, in the order of the rows there.
    pub(super) fn claims(&self, at_slot: usize, mut take: impl FnMut(Told)) {
        let Some(slot) = self.table.slots().get(at_slot) else {
            return;
        };
        let part = slot.part.as_ref();
        let folds = &self.across.folds;
        let events = self.unit == Unit::Events;
        for (at, row) in self.table.scan(slot, self.rows.as_ref()) {
            let claims = part.claims(at);
            if claims.is_empty() {
                continue;
            }
            let published = slot.span(part.published_date(at));
            let folded = events && folds.head_of(row).is_some();
            let shares = events && self.in_events.contains(row as usize);
            for claim in claims {
                let Some((side, accepted)) = self.wants(at_slot, slot, claim) else {
                    continue;
                };
                // In a duplicate only the analyst's word stands for itself.
                if folded && !accepted {
                    continue;
                }
                if shares {
                    let key = part.claim_keys.get(claim).copied().unwrap_or_default();
                    if self.across.events.event_of(row, key).is_some() {
                        continue;
                    }
                }
                let span = match self.clock {
                    Clock::Event => {
                        slot.span(part.claim_dates.get(claim).copied().unwrap_or(NO_DATE))
                    }
                    Clock::Publication => published,
                };
                take(Told {
                    row,
                    claim,
                    list: part.claim_partners.get(claim).copied().unwrap_or(u32::MAX),
                    span,
                    side,
                    accepted,
                });
            }
        }
    }

    /// Whether a claim counts whatever else its article tells, so that rows need not be known.
    pub(super) fn is_by_claim(&self) -> bool {
        self.unit == Unit::Claims && self.clock == Clock::Event
    }

    /// The claims of a slot where [`Self::is_by_claim`]: list, days, side, and whether accepted.
    /// Columns are walked side by side, for rows next to each other at once: half the time.
    pub(super) fn bare_claims(&self, at_slot: usize, mut take: impl FnMut(u32, u32, Side, bool)) {
        let Some(slot) = self.table.slots().get(at_slot) else {
            return;
        };
        let part = slot.part.as_ref();
        let mut walk = |rows: Range<usize>| {
            let start = part.claims(rows.start).start;
            let end = rows
                .end
                .checked_sub(1)
                .map_or(start, |last| part.claims(last).end);
            let codes = part.claim_codes.get(start..end).unwrap_or_default();
            let dates = part.claim_dates.get(start..end).unwrap_or_default();
            let lists = part.claim_partners.get(start..end).unwrap_or_default();
            let columns = codes.iter().zip(dates).zip(lists);
            for (claim, ((code, date), list)) in (start..).zip(columns) {
                let Some((true, side)) = self.codes.get(usize::from(*code)).copied() else {
                    continue;
                };
                let accepted = part.is_accepted(claim);
                let is_wanted = accepted || self.with_suggested;
                if is_wanted && self.is_asked_for(at_slot, slot, claim) {
                    take(*list, slot.span(*date), side, accepted);
                }
            }
        };
        let mut rows = 0..0;
        for (at, _) in self.table.scan(slot, self.rows.as_ref()) {
            if rows.end != at {
                walk(std::mem::replace(&mut rows, at..at));
            }
            rows.end = at + 1;
        }
        walk(rows);
    }

    /// The mentions of partners of a slot, in the order of the rows there.
    pub(super) fn mentions(&self, at_slot: usize, mut take: impl FnMut(Named)) {
        let Some(slot) = self.table.slots().get(at_slot) else {
            return;
        };
        let part = slot.part.as_ref();
        for (at, row) in self.table.scan(slot, self.rows.as_ref()) {
            let span = slot.span(part.published_date(at));
            for (place, (actor, role)) in part.mentions(at).zip(part.partners(at)) {
                let actor = slot.actor(actor);
                if Some(actor) == self.focus {
                    continue;
                }
                let count = |column: &[u32]| column.get(place).copied().unwrap_or_default();
                let suggested = if self.with_suggested {
                    count(&part.mentions)
                } else {
                    0
                };
                take(Named {
                    row,
                    actor,
                    span,
                    side: if role == CountryRole::PartnerAdverse {
                        Side::Adverse
                    } else {
                        Side::Cooperative
                    },
                    accepted: count(&part.mentions_accepted),
                    suggested,
                });
            }
        }
    }

    /// An event with several reports, with those of them that count; `None` where none does.
    pub(super) fn event(&self, event: usize) -> Option<Shared> {
        let mut reports = Vec::new();
        let mut seed: Option<(usize, usize)> = None;
        let mut narrowest: Option<(i32, u64, u32)> = None;
        let mut any_accepted = false;
        for at in self.across.events.places(event) {
            let (row, key, joined, is_seed) = self.across.events.report(at)?;
            let Some((slot_at, place)) = self.table.slot_of(row) else {
                continue;
            };
            let Some(slot) = self.table.slots().get(slot_at) else {
                continue;
            };
            let part = slot.part.as_ref();
            let mut claims = part.claims(place);
            let Some(claim) = claims.find(|claim| part.claim_keys.get(*claim) == Some(&key)) else {
                continue;
            };
            if is_seed || seed.is_none() {
                seed = Some((slot_at, claim));
            }
            let rows = self.rows.as_ref();
            if rows.is_some_and(|rows| !rows.contains(row as usize)) {
                continue;
            }
            let Some((_, accepted)) = self.wants(slot_at, slot, claim) else {
                continue;
            };
            // In a duplicate only the analyst's word stands for itself.
            if self.across.folds.head_of(row).is_some() && !accepted {
                continue;
            }
            let date = part.claim_dates.get(claim).copied().unwrap_or(NO_DATE);
            let this = (super::width(part.dates.days(date)), key, slot.span(date));
            if narrowest.is_none_or(|other| (this.0, this.1) < (other.0, other.1)) {
                narrowest = Some(this);
            }
            any_accepted |= accepted;
            reports.push((row, slot_at, claim, joined));
        }
        let (first, _, _, _) = *reports.first()?;
        let (slot_at, claim) = seed?;
        let part = &self.table.slots().get(slot_at)?.part;
        let code = part.claim_codes.get(claim).copied().unwrap_or_default();
        let span = match self.clock {
            Clock::Event => narrowest?.2,
            Clock::Publication => {
                let (slot, at) = self.table.slot_of(first)?;
                let slot = self.table.slots().get(slot)?;
                slot.span(slot.part.published_date(at))
            }
        };
        Some(Shared {
            slot: slot_at,
            list: part.claim_partners.get(claim).copied()?,
            span,
            side: self.codes.get(usize::from(code))?.1,
            accepted: any_accepted,
            reports,
        })
    }
}

/// The first and last day of a number of days, for putting in order.
pub(super) fn days(span: SpanOfDays) -> DayRange {
    let day = |day: i32| (day != NO_DAY).then_some(Day(day));
    DayRange {
        first: day(span.0),
        last: day(span.1),
    }
}
