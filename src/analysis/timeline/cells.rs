//! From counts by date to the cells and marks of each series.

use rustc_hash::FxHashMap;

use super::count::{count, side_at};
use super::places::Places;
use super::scan::{Ask, Dating, Partners, Place, Shared, Told, share};
use super::{Amounts, Bins, Cell, Direction, Open, Series, Side, Tally};

/// What is added up of some slots.
pub(super) struct Filling<'a> {
    ask: &'a Ask<'a>,
    bins: &'a Bins,
    places: &'a Places,
    /// By actor: its series.
    series_of: &'a [u8],
    hidden: Vec<bool>,
    counted: Counted,
    /// The row whose items were noted last, one higher.
    last_row: u32,
    /// Where an article's shares of bars and half-open marks are gathered; empty in between.
    shares: Vec<(usize, (bool, bool, f64))>,
    open: Vec<((usize, Direction), bool)>,
}

/// By list of partners: the series that it counts for, each once, and how many of its partners
/// are shown.
#[derive(Default)]
struct InSeries {
    all: Vec<u8>,
    /// Where each list's series begin and end, and its shown partners.
    lists: Vec<(u32, u32, u8)>,
}

impl InSeries {
    fn get(&self, list: u32) -> Option<(&[u8], u8)> {
        let (start, end, shown) = *self.lists.get(list as usize)?;
        Some((self.all.get(start as usize..end as usize)?, shown))
    }
}

/// How much there is.
pub(super) struct Counted {
    /// By place, series and side: what nobody decided on.
    suggested: Vec<u32>,
    /// The same of what is accepted; empty while nothing is.
    accepted: Vec<u32>,
    series: usize,
    /// By place: what the notes count, each once.
    shown: Vec<u32>,
    shared: u32,
    /// Where articles are counted: cells of those with several dates, by series, bar and side.
    cells: FxHashMap<(usize, usize, Side), Cell>,
    open: FxHashMap<(usize, usize, Direction, Side), Open>,
    /// Where articles are counted: by series, how many are drawn, accepted and without a date.
    articles: Vec<[u32; 3]>,
    adverse: bool,
}

/// What a claim means for one series, where articles are counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct OfArticle {
    series: usize,
    side: Side,
    place: u32,
    accepted: bool,
}

impl<'a> Filling<'a> {
    pub(super) fn new(
        ask: &'a Ask<'a>,
        bins: &'a Bins,
        places: &'a Places,
        series: &[Series],
        series_of: &'a [u8],
    ) -> Self {
        Self {
            ask,
            bins,
            places,
            series_of,
            hidden: series.iter().map(|series| series.hidden).collect(),
            counted: Counted {
                suggested: vec![0; places.list().len() * series.len() * 2],
                accepted: Vec::new(),
                series: series.len(),
                shown: vec![0; places.list().len()],
                shared: 0,
                cells: FxHashMap::default(),
                open: FxHashMap::default(),
                articles: vec![[0; 3]; series.len()],
                adverse: false,
            },
            last_row: 0,
            shares: Vec::new(),
            open: Vec::new(),
        }
    }

    pub(super) fn done(self) -> Counted {
        self.counted
    }

    fn series(&self, actor: u32) -> usize {
        let series = self.series_of.get(actor as usize);
        series.map_or(usize::MAX, |series| usize::from(*series))
    }

    fn is_shown(&self, series: usize) -> bool {
        self.hidden.get(series) == Some(&false)
    }

    fn lists(&self, slot: usize) -> InSeries {
        let lists = self.ask.lists.get(slot).map_or(0, Partners::len);
        let mut known = InSeries::default();
        for list in 0..count(lists) {
            self.add_list(self.ask.partners(slot, list), &mut known);
        }
        known
    }

    fn add_list(&self, partners: &[u32], lists: &mut InSeries) {
        let start = lists.all.len();
        let mut shown = 0_u8;
        for actor in partners {
            let series = self.series_of.get(*actor as usize).copied();
            let series = series.unwrap_or(u8::MAX);
            shown = shown.saturating_add(u8::from(self.is_shown(usize::from(series))));
            // Two small partners in one claim: the series that they share counts it once.
            if !lists
                .all
                .get(start..)
                .is_some_and(|here| here.contains(&series))
            {
                lists.all.push(series);
            }
        }
        let end = count(lists.all.len());
        lists.lists.push((count(start), end, shown));
    }

    /// Counts for the notes: a claim that `shown` partners share.
    fn note(&mut self, row: u32, place: u32, shown: u8, by_row: bool) {
        if shown == 0 {
            return;
        }
        self.counted.shared += u32::from(shown > 1);
        if by_row && std::mem::replace(&mut self.last_row, row + 1) == row + 1 {
            return;
        }
        if let Some(all) = self.counted.shown.get_mut(place as usize) {
            *all += 1;
        }
    }

    fn by_row(&self) -> bool {
        use crate::model::view::{Clock, Unit};
        self.ask.clock == Clock::Publication && self.ask.unit != Unit::Events
    }

    pub(super) fn claims(&mut self, slot: usize) {
        let lists = self.lists(slot);
        let ask = self.ask;
        let by_row = self.by_row();
        let mut take = |row: u32, list: u32, span: u32, side: Side, accepted: bool| {
            let Some((series, shown)) = lists.get(list) else {
                return;
            };
            let place = self.places.of(span);
            for series in series {
                let at = (place, usize::from(*series), side);
                self.counted.add_up(at, accepted, 1);
            }
            self.note(row, place, shown, by_row);
        };
        if ask.is_by_claim() {
            // By event date the notes count claims, whatever their rows.
            ask.bare_claims(slot, |list, span, side, accepted| {
                take(0, list, span, side, accepted);
            });
        } else {
            ask.claims(slot, |told| {
                take(told.row, told.list, told.span, told.side, told.accepted);
            });
        }
    }

    pub(super) fn event(&mut self, event: &Shared) {
        let mut lists = InSeries::default();
        self.add_list(self.ask.partners(event.slot, event.list), &mut lists);
        let Some((series, shown)) = lists.get(0) else {
            return;
        };
        let place = self.places.of(event.span);
        for series in series {
            let at = (place, usize::from(*series), event.side);
            self.counted.add_up(at, event.accepted, 1);
        }
        self.note(0, place, shown, false);
    }

    pub(super) fn mentions(&mut self, slot: usize) {
        let ask = self.ask;
        ask.mentions(slot, |named| {
            let series = self.series(named.actor);
            let place = self.places.of(named.span);
            for (weight, accepted) in [(named.accepted, true), (named.suggested, false)] {
                if weight > 0 {
                    let at = (place, series, named.side);
                    self.counted.add_up(at, accepted, weight);
                }
            }
            let some = named.accepted + named.suggested > 0 && self.is_shown(series);
            self.note(named.row, place, u8::from(some), true);
        });
    }

    pub(super) fn articles(&mut self, slot: usize) {
        let lists = self.lists(slot);
        let ask = self.ask;
        let by_row = self.by_row();
        let mut items: Vec<OfArticle> = Vec::new();
        let mut row = None;
        ask.claims(slot, |told: Told| {
            if row.replace(told.row) != Some(told.row) {
                self.article(&mut items);
            }
            let Some((series, shown)) = lists.get(told.list) else {
                return;
            };
            let place = self.places.of(told.span);
            items.extend(series.iter().map(|series| OfArticle {
                series: usize::from(*series),
                side: told.side,
                place,
                accepted: told.accepted,
            }));
            self.note(told.row, place, shown, by_row);
        });
        self.article(&mut items);
    }

    /// Counts what one article means for each series.
    fn article(&mut self, items: &mut Vec<OfArticle>) {
        items.sort_unstable();
        for of_series in items.chunk_by(|a, b| a.series == b.series) {
            let Some(series) = of_series.first().map(|item| item.series) else {
                continue;
            };
            let (mut drawn, mut accepted, mut undated) = (false, false, 0);
            for item in of_series {
                let put = self.places.list().get(item.place as usize);
                let is_drawn = put.is_some_and(|put| put.place.is_some());
                drawn |= is_drawn;
                accepted |= is_drawn && item.accepted;
                undated += u32::from(!is_drawn);
                self.counted.adverse |= item.side == Side::Adverse
                    && put.is_some_and(|put| put.dating != Dating::Unknown)
                    && self.is_shown(series);
            }
            if let Some([all, known, unknown]) = self.counted.articles.get_mut(series) {
                *all += u32::from(drawn);
                *known += u32::from(accepted);
                *unknown += undated;
            }
            for of_side in of_series.chunk_by(|a, b| a.side == b.side) {
                self.side_of_article(series, of_side);
            }
        }
        items.clear();
    }

    fn side_of_article(&mut self, series: usize, items: &[OfArticle]) {
        let Some(first) = items.first() else { return };
        let side = first.side;
        if items.iter().all(|item| item.place == first.place) {
            // One date: it counts as a claim would.
            if self.places.get(first.place).is_some() {
                let accepted = items.iter().any(|item| item.accepted);
                let at = (first.place, series, side);
                self.counted.add_up(at, accepted, 1);
            }
            return;
        }
        for item in items {
            match self.places.get(item.place) {
                Some(Place::Bars(first, last, days, sure)) => {
                    self.shares.extend(
                        (first..=last)
                            .map(|bin| (bin, (item.accepted, sure, share(self.bins, bin, days)))),
                    );
                }
                Some(Place::Open(bin, direction)) => {
                    self.open.push(((bin, direction), item.accepted));
                }
                None => {}
            }
        }
        self.shares.sort_unstable_by_key(|(bin, _)| *bin);
        for of_bin in self.shares.chunk_by(|a, b| a.0 == b.0) {
            let mut best = Best::default();
            for (_, (accepted, sure, part)) in of_bin {
                best.take(*accepted, *sure, *part);
            }
            if let Some((bin, _)) = of_bin.first() {
                let cells = &mut self.counted.cells;
                let cell = cells
                    .entry((series, *bin, side))
                    .or_insert_with(|| Cell::new(*bin, side));
                best.into_cell(cell);
            }
        }
        self.shares.clear();
        self.open.sort_unstable();
        for of_mark in self.open.chunk_by(|a, b| a.0 == b.0) {
            if let Some(((bin, direction), accepted)) = of_mark.last() {
                let marks = &mut self.counted.open;
                marks
                    .entry((series, *bin, *direction, side))
                    .or_insert_with(|| Open::new(*bin, *direction, side))
                    .add(*accepted, 1);
            }
        }
        self.open.clear();
    }
}

impl Counted {
    fn add_up(&mut self, (place, series, side): (u32, usize, Side), accepted: bool, weight: u32) {
        let at = (place as usize * self.series + series) * 2 + side_at(side);
        let column = if accepted {
            if self.accepted.is_empty() {
                self.accepted = vec![0; self.suggested.len()];
            }
            &mut self.accepted
        } else {
            &mut self.suggested
        };
        if let Some(count) = column.get_mut(at) {
            *count += weight;
        }
    }

    /// Adds what was counted of other slots.
    pub(super) fn add(&mut self, other: Self) {
        if self.accepted.is_empty() && !other.accepted.is_empty() {
            self.accepted = vec![0; self.suggested.len()];
        }
        for (all, more) in [
            (&mut self.suggested, &other.suggested),
            (&mut self.accepted, &other.accepted),
            (&mut self.shown, &other.shown),
        ] {
            for (all, more) in all.iter_mut().zip(more) {
                *all += more;
            }
        }
        for (all, more) in self.articles.iter_mut().zip(&other.articles) {
            for (all, more) in all.iter_mut().zip(more) {
                *all += more;
            }
        }
        self.shared += other.shared;
        self.adverse |= other.adverse;
        for (key, cell) in other.cells {
            let all = self.cells.entry(key);
            all.or_insert_with(|| Cell::new(key.1, key.2))
                .add_all(&cell);
        }
        for (key, mark) in other.open {
            let all = self.open.entry(key);
            let all = all.or_insert_with(|| Open::new(key.1, key.2, key.3));
            all.accepted += mark.accepted;
            all.suggested += mark.suggested;
        }
    }

    /// How much of one series and side is put in a place: accepted, suggested.
    fn at(&self, place: usize, series: usize, side: Side) -> (u32, u32) {
        let at = (place * self.series + series) * 2 + side_at(side);
        let of = |column: &[u32]| column.get(at).copied().unwrap_or_default();
        (of(&self.accepted), of(&self.suggested))
    }

    /// The counts for the notes.
    pub(super) fn tally(&self, places: &Places, series: &[Series]) -> Tally {
        let mut tally = Tally {
            shared: self.shared,
            adverse: self.adverse,
            ..Tally::default()
        };
        for (shown, put) in self.shown.iter().zip(places.list()) {
            match (put.dating, put.place) {
                (Dating::Unknown, _) => tally.undated += shown,
                (Dating::Half(..), _) => tally.open += shown,
                (_, Some(Place::Bars(_, _, _, true))) => {}
                (Dating::Closed(..), _) => tally.uncertain += shown,
            }
        }
        let shown = |at: &usize| series.get(*at).is_some_and(|series| !series.hidden);
        for (number, put) in places.list().iter().enumerate() {
            let mut shown = (0..self.series).filter(shown);
            tally.adverse |= put.dating != Dating::Unknown
                && shown.any(|at| self.at(number, at, Side::Adverse) != (0, 0));
        }
        tally
    }

    /// Puts everything into the cells and marks of the series.
    pub(super) fn fill(
        mut self,
        places: &Places,
        bins: &Bins,
        by_article: bool,
        series: &mut [Series],
    ) {
        for (number, put) in places.list().iter().enumerate() {
            let any = |at: &usize| {
                let sides = Side::ALL.iter();
                sides
                    .copied()
                    .any(|side| self.at(number, *at, side) != (0, 0))
            };
            let some: Vec<usize> = (0..self.series).filter(any).collect();
            if some.is_empty() {
                continue;
            }
            let place = put.place;
            let shares: Vec<f64> = match place {
                Some(Place::Bars(first, last, days, _)) => {
                    let bars = first..=last;
                    bars.map(|bin| share(bins, bin, days)).collect()
                }
                _ => Vec::new(),
            };
            for at in some {
                let Some(into) = series.get_mut(at) else {
                    continue;
                };
                for side in Side::ALL {
                    let (accepted, suggested) = self.at(number, at, side);
                    if !by_article {
                        if place.is_some() {
                            into.total += accepted + suggested;
                            into.accepted += accepted;
                        } else {
                            into.undated += accepted + suggested;
                        }
                    }
                    for (weight, is_accepted) in [(accepted, true), (suggested, false)] {
                        if weight > 0 {
                            self.put((at, side), place, &shares, is_accepted, weight);
                        }
                    }
                }
            }
        }
        let mut cells: Vec<_> = self.cells.into_iter().collect();
        cells.sort_unstable_by_key(|(key, _)| *key);
        for ((at, ..), cell) in cells {
            if let Some(series) = series.get_mut(at) {
                series.cells.push(cell);
            }
        }
        let mut open: Vec<_> = self.open.into_iter().collect();
        open.sort_unstable_by_key(|(key, _)| *key);
        for ((at, ..), mark) in open {
            if let Some(series) = series.get_mut(at) {
                series.open.push(mark);
            }
        }
        if by_article {
            for (series, [drawn, accepted, undated]) in series.iter_mut().zip(self.articles) {
                series.total = drawn;
                series.accepted = accepted;
                series.undated = undated;
            }
        }
    }

    fn put(
        &mut self,
        (series, side): (usize, Side),
        place: Option<Place>,
        shares: &[f64],
        accepted: bool,
        weight: u32,
    ) {
        match place {
            Some(Place::Bars(first, _, _, sure)) => {
                for (bin, part) in (first..).zip(shares) {
                    let cells = &mut self.cells;
                    let cell = cells
                        .entry((series, bin, side))
                        .or_insert_with(|| Cell::new(bin, side));
                    cell.add(accepted, sure, part * f64::from(weight));
                    cell.count(accepted, sure, weight);
                }
            }
            Some(Place::Open(bin, direction)) => {
                let marks = &mut self.open;
                marks
                    .entry((series, bin, direction, side))
                    .or_insert_with(|| Open::new(bin, direction, side))
                    .add(accepted, weight);
            }
            None => {}
        }
    }
}

impl Open {
    const fn new(bin: usize, direction: Direction, side: Side) -> Self {
        Self {
            bin,
            direction,
            side,
            accepted: 0,
            suggested: 0,
        }
    }

    const fn add(&mut self, accepted: bool, weight: u32) {
        *(if accepted {
            &mut self.accepted
        } else {
            &mut self.suggested
        }) += weight;
    }
}

impl Cell {
    fn new(bin: usize, side: Side) -> Self {
        Self {
            bin,
            side,
            amounts: Amounts::default(),
            members: 0,
            suggested: 0,
            uncertain: 0,
        }
    }

    fn add(&mut self, accepted: bool, sure: bool, amount: f64) {
        let split = if accepted {
            &mut self.amounts.accepted
        } else {
            &mut self.amounts.suggested
        };
        *(if sure {
            &mut split.exact
        } else {
            &mut split.uncertain
        }) += amount;
    }

    fn count(&mut self, accepted: bool, sure: bool, weight: u32) {
        self.members += weight;
        self.suggested += weight * u32::from(!accepted);
        self.uncertain += weight * u32::from(!sure);
    }

    fn add_all(&mut self, other: &Self) {
        for (accepted, split) in [
            (true, other.amounts.accepted),
            (false, other.amounts.suggested),
        ] {
            self.add(accepted, true, split.exact);
            self.add(accepted, false, split.uncertain);
        }
        self.members += other.members;
        self.suggested += other.suggested;
        self.uncertain += other.uncertain;
    }
}

/// The largest share of an article in one bar, by (accepted, sure).
#[derive(Default)]
struct Best([f64; 4]);

impl Best {
    /// The firmest first: what is accepted fills the article's part of the bar before what is
    /// only suggested, what is sure before what is not.
    const ORDER: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];

    fn take(&mut self, accepted: bool, sure: bool, part: f64) {
        for (best, order) in self.0.iter_mut().zip(Self::ORDER) {
            if order == (accepted, sure) {
                *best = best.max(part);
            }
        }
    }

    fn into_cell(self, cell: &mut Cell) {
        let mut level = 0.0;
        let (mut any_accepted, mut any_sure) = (false, false);
        for (part, (accepted, sure)) in self.0.into_iter().zip(Self::ORDER) {
            if part > level {
                cell.add(accepted, sure, part - level);
                level = part;
            }
            any_accepted |= accepted && part > 0.0;
            any_sure |= sure && part > 0.0;
        }
        cell.count(any_accepted, any_sure, 1);
    }
}
