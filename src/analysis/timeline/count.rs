//! The counting behind [`Timeline::compute`]: once over the columns for who and when, from which
//! series and bars follow; once more for how much of which series has which date.

use rayon::prelude::*;

use crate::analysis::across::Across;
use crate::analysis::table::Table;
use crate::analysis::told::Chosen;
use crate::model::date::Day;
use crate::model::ids::ActorId;
use crate::model::view::{ChartView, Unit};

use super::cells::Filling;
use super::places::Places;
use super::scan::{Ask, Dating, Shared};
use super::{Bins, MOST_PARTNERS, Series, Side, Tally, Timeline, others};

/// Who and when, of some slots.
struct Found {
    /// By actor: how much is drawn, and how much has no date.
    drawn: Vec<u32>,
    undated: Vec<u32>,
    /// By number of days: how many items have them.
    dates: Vec<u32>,
    partnerless: u32,
}

impl Found {
    fn new(ask: &Ask<'_>) -> Self {
        let actors = ask.table.actors().len();
        Self {
            drawn: vec![0; actors],
            undated: vec![0; actors],
            dates: vec![0; ask.datings.len()],
            partnerless: 0,
        }
    }

    fn add(&mut self, other: &Self) {
        for (all, more) in [
            (&mut self.drawn, &other.drawn),
            (&mut self.undated, &other.undated),
            (&mut self.dates, &other.dates),
        ] {
            for (all, more) in all.iter_mut().zip(more) {
                *all += more;
            }
        }
        self.partnerless += other.partnerless;
    }

    fn date(&mut self, span: u32, items: u32) {
        if let Some(date) = self.dates.get_mut(span as usize) {
            *date += items;
        }
    }

    fn actor(&mut self, actor: u32, is_dated: bool, weight: u32) {
        let column = if is_dated {
            &mut self.drawn
        } else {
            &mut self.undated
        };
        if let Some(count) = column.get_mut(actor as usize) {
            *count += weight;
        }
    }

    /// Looks through a slot.
    fn look(&mut self, ask: &Ask<'_>, slot: usize, last: &mut [u32]) {
        let is_dated = |span: u32| ask.is_dated(span);
        match ask.unit {
            Unit::Mentions => ask.mentions(slot, |named| {
                for weight in [named.accepted, named.suggested] {
                    if weight > 0 {
                        self.date(named.span, 1);
                        self.actor(named.actor, is_dated(named.span), weight);
                    }
                }
            }),
            Unit::Articles => ask.claims(slot, |told| {
                let partners = ask.partners(slot, told.list);
                self.partnerless += u32::from(partners.is_empty());
                self.date(told.span, count(partners.len()));
                let dated = is_dated(told.span);
                for actor in partners {
                    // Drawn once an article; the row is noted one higher, 0 is none.
                    let seen = last.get_mut(*actor as usize);
                    let weight = match seen {
                        Some(seen) if dated => {
                            let again = *seen == told.row + 1;
                            *seen = told.row + 1;
                            u32::from(!again)
                        }
                        _ => 1,
                    };
                    self.actor(*actor, dated, weight);
                }
            }),
            Unit::Claims | Unit::Events => {
                let lists = ask.lists.get(slot).map_or(0, super::scan::Partners::len);
                // By list, side by side: how many partners it has, and claims without and with a date.
                let sizes = (0..count(lists)).map(|list| count(ask.partners(slot, list).len()));
                let mut by_list: Vec<(u32, [u32; 2])> = sizes.map(|size| (size, [0; 2])).collect();
                let mut take = |list: u32, span: u32| {
                    let Some((size, [undated, dated])) = by_list.get_mut(list as usize) else {
                        self.partnerless += 1;
                        return;
                    };
                    *(if is_dated(span) { dated } else { undated }) += 1;
                    if let Some(date) = self.dates.get_mut(span as usize) {
                        *date += *size;
                    }
                };
                if ask.is_by_claim() {
                    ask.bare_claims(slot, |list, span, _, _| take(list, span));
                } else {
                    ask.claims(slot, |told| take(told.list, told.span));
                }
                for (list, (size, [undated, dated])) in (0..).zip(by_list) {
                    self.partnerless += if size == 0 { undated + dated } else { 0 };
                    for actor in ask.partners(slot, list) {
                        self.actor(*actor, true, dated);
                        self.actor(*actor, false, undated);
                    }
                }
            }
        }
    }

    fn event(&mut self, ask: &Ask<'_>, event: &Shared) {
        let partners = ask.partners(event.slot, event.list);
        self.partnerless += u32::from(partners.is_empty());
        self.date(event.span, count(partners.len()));
        let dated = ask.is_dated(event.span);
        for actor in partners {
            self.actor(*actor, dated, 1);
        }
    }
}

pub(super) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

pub(super) fn compute(
    table: &Table,
    chosen: &Chosen,
    across: &Across,
    view: &ChartView,
    focus: &ActorId,
    color: &dyn Fn(&ActorId) -> usize,
) -> Timeline {
    let ask = Ask::new(table, chosen, across, view, focus);
    let events = shared_events(&ask);
    let mut found = Found::new(&ask);
    for part in table.in_parallel(|slots| {
        let mut found = Found::new(&ask);
        let mut last = vec![0_u32; table.actors().len()];
        for slot in slots {
            found.look(&ask, slot, &mut last);
        }
        found
    }) {
        found.add(&part);
    }
    for event in &events {
        found.event(&ask, event);
    }
    let dates: Vec<(Day, Day, u64)> = (0_u32..)
        .zip(&found.dates)
        .filter(|(_, items)| **items > 0)
        .filter_map(|(span, items)| match ask.dating(span) {
            Dating::Closed(first, last, _) => Some((first, last, u64::from(*items))),
            Dating::Half(known, _) => Some((known, known, u64::from(*items))),
            Dating::Unknown => None,
        })
        .collect();
    let bins = Bins::choose(view.bins, &dates);
    let (mut series, series_of) = rank(table, &found, view, color);

    let places = Places::new(&ask.datings, &found.dates, &bins);
    let mut filling = Filling::new(&ask, &bins, &places, &series, &series_of);
    let parts = table.in_parallel(|slots| {
        let mut filling = Filling::new(&ask, &bins, &places, &series, &series_of);
        for slot in slots {
            match ask.unit {
                Unit::Mentions => filling.mentions(slot),
                Unit::Articles => filling.articles(slot),
                Unit::Claims | Unit::Events => filling.claims(slot),
            }
        }
        filling.done()
    });
    for event in &events {
        filling.event(event);
    }
    let mut counted = filling.done();
    for part in parts {
        counted.add(part);
    }
    let tally = Tally {
        partnerless: found.partnerless,
        ..counted.tally(&places, &series)
    };
    counted.fill(&places, &bins, ask.unit == Unit::Articles, &mut series);
    Timeline {
        focus: focus.clone(),
        clock: ask.clock,
        unit: view.unit,
        bins,
        series,
        asked: view.clone(),
        chosen: chosen.clone(),
        tally,
    }
}

/// The events with several reports that count.
fn shared_events(ask: &Ask<'_>) -> Vec<Shared> {
    if ask.unit != Unit::Events {
        return Vec::new();
    }
    let events = 0..ask.across.events.shared_count();
    events
        .into_par_iter()
        .with_min_len(1_024)
        .filter_map(|event| ask.event(event))
        .collect()
}

/// The series, the largest first, still without their cells; and each actor's series.
fn rank(
    table: &Table,
    found: &Found,
    view: &ChartView,
    color: &dyn Fn(&ActorId) -> usize,
) -> (Vec<Series>, Vec<u8>) {
    let counts = found.drawn.iter().zip(&found.undated);
    let mut order: Vec<(&ActorId, usize, (u32, u32))> = table
        .actors()
        .iter()
        .zip(0..)
        .zip(counts)
        .filter(|(_, (drawn, undated))| **drawn + **undated > 0)
        .map(|((actor, at), (drawn, undated))| (actor, at, (*drawn, *undated)))
        .collect();
    order.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(b.0)));
    let empty = |actor: ActorId, color: usize, partners: usize| Series {
        hidden: view.hidden.contains(&actor),
        actor,
        color,
        partners,
        total: 0,
        accepted: 0,
        undated: 0,
        cells: Vec::new(),
        open: Vec::new(),
    };
    // A single one left over is better named than called "others".
    let alone = if order.len() == MOST_PARTNERS + 1 {
        order.len()
    } else {
        MOST_PARTNERS
    };
    let mut series: Vec<Series> = Vec::new();
    let last = u8::try_from(alone).unwrap_or(u8::MAX);
    let mut series_of = vec![last; table.actors().len()];
    for ((actor, index, _), at) in order.iter().take(alone).zip(0..) {
        series.push(empty((*actor).clone(), color(actor), 1));
        if let Some(of) = series_of.get_mut(*index) {
            *of = at;
        }
    }
    if order.len() > alone {
        let rest = others();
        let color = color(&rest);
        series.push(empty(rest, color, order.len() - alone));
    }
    (series, series_of)
}

/// Both sides, as places.
pub(super) const fn side_at(side: Side) -> usize {
    match side {
        Side::Cooperative => 0,
        Side::Adverse => 1,
    }
}
