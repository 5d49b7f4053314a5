//! Where dates are put, once the bars are known.

use rustc_hash::FxHashMap;

use super::Bins;
use super::scan::{Dating, Place};

/// The places of dates. Those that mean the same for the chart share one, so that there are few
/// and what is counted by them stays in the processor's cache: a day of January and another are
/// both in the bar of January.
pub(super) struct Places {
    /// By number of days: the number of its place.
    of: Vec<u32>,
    list: Vec<Put>,
}

/// A place, with one of the dates that are put there.
#[derive(Clone, Copy)]
pub(super) struct Put {
    pub(super) dating: Dating,
    /// `None`: nowhere in the chart.
    pub(super) place: Option<Place>,
}

/// What dates of one place have in common.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    /// In no bar: whether known at all, and whether marked as uncertain.
    Nowhere(bool, bool),
    /// Within one bar: which, and whether without doubt.
    Bar(usize, bool),
    /// Half-open: the bar of the known end, and whether the rest lies after it.
    Open(usize, bool),
}

impl Places {
    /// The places of those dates that are of `items`, by number of days; others are nowhere.
    pub(super) fn new(datings: &[Dating], items: &[u32], bins: &Bins) -> Self {
        let mut known: FxHashMap<Same, u32> = FxHashMap::default();
        let mut places = Self {
            of: Vec::with_capacity(datings.len()),
            list: Vec::new(),
        };
        for (span, dating) in datings.iter().enumerate() {
            // The first is no date, and stands for those that are not asked for.
            if span > 0 && items.get(span).is_none_or(|items| *items == 0) {
                places.of.push(0);
                continue;
            }
            let place = dating.place(bins);
            let same = match place {
                None => Some(Same::Nowhere(
                    *dating == Dating::Unknown,
                    matches!(dating, Dating::Closed(_, _, true)),
                )),
                Some(Place::Open(bin, direction)) => {
                    Some(Same::Open(bin, direction == super::Direction::After))
                }
                Some(Place::Bars(first, last, _, sure)) => {
                    (first == last).then_some(Same::Bar(first, sure))
                }
            };
            let next = u32::try_from(places.list.len()).unwrap_or(u32::MAX);
            // Over several bars each is shared out in its own way.
            let number = same.map_or(next, |same| *known.entry(same).or_insert(next));
            if number == next {
                places.list.push(Put {
                    dating: *dating,
                    place,
                });
            }
            places.of.push(number);
        }
        places
    }

    /// The number of the place of a number of days; that of the first, which is no date, for one
    /// that there is not.
    pub(super) fn of(&self, span: u32) -> u32 {
        self.of.get(span as usize).copied().unwrap_or(0)
    }

    /// The places, by number.
    pub(super) fn list(&self) -> &[Put] {
        &self.list
    }

    /// A place by its number.
    pub(super) fn get(&self, number: u32) -> Option<Place> {
        self.list.get(number as usize)?.place
    }
}
