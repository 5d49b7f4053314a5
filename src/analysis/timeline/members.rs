//! What stands behind a mark, looked for when somebody asks.

use super::scan::{Ask, Place, Shared, days, share};
use super::{MarkId, Member, Side, Timeline, others};
use crate::analysis::across::Across;
use crate::analysis::event::Joined;
use crate::analysis::facts::ClaimKey;
use crate::analysis::table::Table;
use crate::model::date::Day;
use crate::model::ids::ArticleId;
use crate::model::view::Unit;

/// What of the chart is looked for.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Mark(&'a MarkId, usize),
    Undated,
}

/// The article's place; or the first day of an event, and its first report.
type Key = (u32, (bool, Option<Day>), Option<(ArticleId, ClaimKey)>);

/// What stands behind one thing that was counted.
struct Group {
    /// For the order: events by day and report, everything else by the article's place.
    key: Key,
    row: u32,
    claim: usize,
    members: Vec<Member>,
}

impl Timeline {
    /// What stands behind a mark, by the places that `order` gives to rows; events by their day.
    /// Empty when the mark is not in this chart, and when it is asked to stop.
    ///
    /// `table` and `across` are those that the chart was computed over.
    ///
    /// Time: a scan over the claims of what is counted, on all cores.
    #[must_use]
    pub fn members(
        &self,
        table: &Table,
        across: &Across,
        mark: &MarkId,
        order: &(dyn Fn(u32) -> u32 + Sync),
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Member> {
        let Some((_, bin)) = self.find(mark) else {
            return Vec::new();
        };
        self.look_for(table, across, Wanted::Mark(mark, bin), order, is_cancelled)
    }

    /// What has no date on this clock, of the partners that are not hidden; each once, in the same
    /// order.
    #[must_use]
    pub fn undated_members(
        &self,
        table: &Table,
        across: &Across,
        order: &(dyn Fn(u32) -> u32 + Sync),
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Member> {
        self.look_for(table, across, Wanted::Undated, order, is_cancelled)
    }

    fn look_for(
        &self,
        table: &Table,
        across: &Across,
        wanted: Wanted<'_>,
        order: &(dyn Fn(u32) -> u32 + Sync),
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Member> {
        let ask = Ask::new(table, &self.chosen, across, &self.asked, &self.focus);
        let is_wanted = self.actors_of(table, wanted);
        let spans: Vec<Option<f64>> = ask
            .datings
            .iter()
            .map(|dating| self.share_of(wanted, dating.place(&self.bins)))
            .collect();
        let share_at = |span: u32, side: Side| {
            let on_side = match wanted {
                Wanted::Mark(mark, _) => mark.side == side,
                Wanted::Undated => true,
            };
            let share = spans.get(span as usize).copied().flatten();
            share.filter(|_| on_side)
        };
        let is_any = |actors: &[u32]| {
            let mut actors = actors.iter();
            actors.any(|actor| is_wanted.get(*actor as usize) == Some(&true))
        };
        let mut found: Vec<Group> = Vec::new();
        for group in table.in_parallel(|slots| {
            let mut found = Vec::new();
            for slot in slots {
                if is_cancelled() {
                    break;
                }
                if self.unit == Unit::Mentions {
                    mentions(&ask, slot, &share_at, &is_any, order, &mut found);
                } else {
                    self.claims(&ask, slot, &share_at, &is_any, order, &mut found);
                }
            }
            found
        }) {
            found.extend(group);
        }
        if self.unit == Unit::Events {
            for event in 0..across.events.shared_count() {
                let Some(event) = ask.event(event) else {
                    continue;
                };
                let share = share_at(event.span, event.side);
                let partners = ask.partners(event.slot, event.list);
                if let Some(share) = share.filter(|_| is_any(partners)) {
                    found.push(of_event(&ask, &event, share));
                }
            }
        }
        if is_cancelled() {
            return Vec::new();
        }
        found.sort_by_key(|group| (group.key, group.row, group.claim));
        found.into_iter().flat_map(|group| group.members).collect()
    }

    /// By actor: whether the series that it belongs to is looked for.
    fn actors_of(&self, table: &Table, wanted: Wanted<'_>) -> Vec<bool> {
        let named = |actor: &_| self.series.iter().any(|series| series.actor == *actor);
        let is_wanted = |actor: &_| match wanted {
            Wanted::Mark(mark, _) => mark
                .partners()
                .any(|partner| partner == actor || (*partner == others() && !named(actor))),
            Wanted::Undated => {
                let of = if named(actor) {
                    actor.clone()
                } else {
                    others()
                };
                self.visible().any(|series| series.actor == of)
            }
        };
        table.actors().iter().map(is_wanted).collect()
    }

    /// The part of something placed there that counts in what is looked for; `None` for nothing.
    fn share_of(&self, wanted: Wanted<'_>, place: Option<Place>) -> Option<f64> {
        match (wanted, place) {
            (Wanted::Undated, None) => Some(0.0),
            (Wanted::Mark(mark, bin), Some(Place::Bars(first, last, days, _))) => {
                let inside = mark.open.is_none() && first <= bin && bin <= last;
                inside.then(|| share(&self.bins, bin, days))
            }
            (Wanted::Mark(mark, bin), Some(Place::Open(at, direction))) => {
                (mark.open == Some(direction) && at == bin).then_some(0.0)
            }
            _ => None,
        }
    }

    fn claims(
        &self,
        ask: &Ask<'_>,
        slot: usize,
        share_at: &dyn Fn(u32, Side) -> Option<f64>,
        is_any: &dyn Fn(&[u32]) -> bool,
        order: &dyn Fn(u32) -> u32,
        found: &mut Vec<Group>,
    ) {
        let Some(part) = ask.table.slots().get(slot).map(|slot| &slot.part) else {
            return;
        };
        let events = self.unit == Unit::Events;
        ask.claims(slot, |told| {
            let Some(share) = share_at(told.span, told.side) else {
                return;
            };
            if !is_any(ask.partners(slot, told.list)) {
                return;
            }
            let key = part.claim_key(told.claim);
            let member = Member {
                row: told.row,
                claim: Some(key),
                joined: events.then_some(Joined::First),
                is_first: true,
                share,
            };
            found.push(Group {
                key: if events {
                    event_key(ask, told.span, told.row, key)
                } else {
                    (order(told.row), (false, None), None)
                },
                row: told.row,
                claim: told.claim,
                members: vec![member],
            });
        });
    }
}

fn mentions(
    ask: &Ask<'_>,
    slot: usize,
    share_at: &dyn Fn(u32, Side) -> Option<f64>,
    is_any: &dyn Fn(&[u32]) -> bool,
    order: &dyn Fn(u32) -> u32,
    found: &mut Vec<Group>,
) {
    ask.mentions(slot, |named| {
        let Some(share) = share_at(named.span, named.side) else {
            return;
        };
        let some = named.accepted + named.suggested > 0;
        let again = found.last().is_some_and(|last| last.row == named.row);
        if !some || again || !is_any(&[named.actor]) {
            return;
        }
        found.push(Group {
            key: (order(named.row), (false, None), None),
            row: named.row,
            claim: 0,
            members: vec![Member {
                row: named.row,
                claim: None,
                joined: None,
                is_first: true,
                share,
            }],
        });
    });
}

/// Events by the first day that is known of them, then by their first report.
fn event_key(ask: &Ask<'_>, span: u32, row: u32, claim: ClaimKey) -> Key {
    let days = ask
        .table
        .spans()
        .list
        .get(span as usize)
        .map(|span| days(*span));
    let first = days.and_then(|days| days.first.or(days.last));
    let id = ask.table.row(row).map(|row| row.id());
    (0, (first.is_none(), first), id.map(|id| (id, claim)))
}

fn of_event(ask: &Ask<'_>, event: &Shared, share: f64) -> Group {
    let key = |slot: usize, claim: usize| {
        let slot = ask.table.slots().get(slot);
        slot.map(|slot| slot.part.claim_key(claim))
    };
    let members: Vec<Member> = event
        .reports
        .iter()
        .enumerate()
        .map(|(place, (row, slot, claim, joined))| Member {
            row: *row,
            claim: key(*slot, *claim),
            joined: Some(*joined),
            is_first: place == 0,
            share: if place == 0 { share } else { 0.0 },
        })
        .collect();
    let first = members.first();
    let first = first.and_then(|first| Some((first.row, first.claim?)));
    let row = first.map_or(0, |first| first.0);
    Group {
        key: first.map_or((0, (true, None), None), |(row, claim)| {
            event_key(ask, event.span, row, claim)
        }),
        row,
        claim: 0,
        members,
    }
}
