//! The counting behind [`Timeline::compute`].

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::analysis::across::Across;
use crate::analysis::event::Report;
use crate::analysis::facts::{ArticleFacts, ClaimFact, ClaimKey};
use crate::model::date::{Day, DayRange, When};
use crate::model::extraction::CountryRole;
use crate::model::ids::ActorId;
use crate::model::view::{ChartView, Clock, Unit};

use super::{
    Amounts, Bins, Cell, Direction, MOST_PARTNERS, Member, Open, Place, Placed, Series, Side,
    Tally, Timeline, others,
};

/// Something to count, for one partner.
struct Item {
    /// Index of the partner in the order of first sight.
    partner: usize,
    row: u32,
    claim: Option<ClaimKey>,
    side: Side,
    accepted: bool,
    /// How many it stands for: the mentions of an article, else 1.
    weight: u32,
    dating: Dating,
}

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Dating {
    /// First and last day, and whether the value is marked as uncertain.
    Closed(Day, Day, bool),
    /// The known end.
    Half(Day, Direction),
    Unknown,
}

impl Dating {
    fn of(days: DayRange, vague: bool) -> Self {
        let drawable = |day: &Day| day.date().is_some();
        match (days.first.filter(drawable), days.last.filter(drawable)) {
            (Some(a), Some(b)) => Self::Closed(a.min(b), a.max(b), vague),
            (Some(known), None) => Self::Half(known, Direction::After),
            (None, Some(known)) => Self::Half(known, Direction::Before),
            (None, None) => Self::Unknown,
        }
    }

    fn of_publication(facts: &ArticleFacts) -> Self {
        let when = facts.publication.as_ref();
        when.map_or(Self::Unknown, |when| {
            Self::of(When::days(when), when.is_vague())
        })
    }
}

/// The part of the days from the first to the second that lies in a bar.
pub(super) fn share(bins: &Bins, bin: usize, (first, last): (Day, Day)) -> f64 {
    let Some((from, to)) = bins.days(bin) else {
        return 0.0;
    };
    let days = |from: Day, to: Day| (f64::from(to.0) - f64::from(from.0) + 1.0).max(0.0);
    days(from.max(first), to.min(last)) / days(first, last)
}

/// Collects what there is to count, in the order of the articles; what belongs to one claim
/// stands together.
struct Collector<'a> {
    view: &'a ChartView,
    clock: Clock,
    focus: &'a ActorId,
    partners: BTreeMap<ActorId, usize>,
    items: Vec<Item>,
    partnerless: u32,
    reports: FxHashMap<(u32, ClaimKey), Vec<Report>>,
}

impl Collector<'_> {
    fn partner(&mut self, actor: &ActorId) -> usize {
        if let Some(index) = self.partners.get(actor) {
            return *index;
        }
        let index = self.partners.len();
        self.partners.insert(actor.clone(), index);
        index
    }

    /// Counts events, each with those of its reports that count.
    fn events(&mut self, articles: &[(u32, &ArticleFacts)], across: &Across) {
        let by_row: FxHashMap<u32, &ArticleFacts> = articles.iter().copied().collect();
        let fact = |report: &Report| {
            let facts = by_row.get(&report.row).copied()?;
            let claim = facts.claims.iter().find(|c| c.key == report.claim)?;
            // In a duplicate only the analyst's word stands for itself.
            let counts = across.folds.head_of(report.row).is_none() || claim.accepted;
            (counts && self.wants(claim)).then_some((facts, claim))
        };
        let mut told = Vec::new();
        for event in across.events.all() {
            let reports: Vec<_> = event
                .reports
                .iter()
                .filter_map(|report| Some((report, fact(report)?)))
                .collect();
            let narrowest = reports
                .iter()
                .map(|(_, (_, claim))| *claim)
                .min_by_key(|claim| (width(claim.days), claim.key));
            let (Some((first, (facts, _))), Some(narrowest)) = (reports.first(), narrowest) else {
                continue;
            };
            let dating = match self.clock {
                Clock::Event => Dating::of(narrowest.days, narrowest.vague),
                Clock::Publication => Dating::of_publication(facts),
            };
            let accepted = reports.iter().any(|(_, (_, claim))| claim.accepted);
            let reports: Vec<Report> = reports.iter().map(|(r, _)| (*r).clone()).collect();
            told.push((event, (first.row, first.claim), dating, accepted, reports));
        }
        for (event, (row, claim), dating, accepted, reports) in told {
            let side = if event.adverse {
                Side::Adverse
            } else {
                Side::Cooperative
            };
            self.item_for_each(&event.partners, |partner| Item {
                partner,
                row,
                claim: Some(claim),
                side,
                accepted,
                weight: 1,
                dating,
            });
            self.reports.insert((row, claim), reports);
        }
    }

    /// Puts down an item for each partner; without any, counts that.
    fn item_for_each(&mut self, partners: &[ActorId], item: impl Fn(usize) -> Item) {
        let mut ties_somebody = false;
        let focus = self.focus;
        for actor in partners.iter().filter(|actor| *actor != focus) {
            ties_somebody = true;
            let partner = self.partner(actor);
            self.items.push(item(partner));
        }
        self.partnerless += u32::from(!ties_somebody);
    }

    fn article(&mut self, row: u32, facts: &ArticleFacts) {
        let published = Dating::of_publication(facts);
        if self.view.unit == Unit::Mentions {
            self.mentions(row, facts, published);
            return;
        }
        for claim in &facts.claims {
            if !self.wants(claim) {
                continue;
            }
            let dating = match self.clock {
                Clock::Event => Dating::of(claim.days, claim.vague),
                Clock::Publication => published,
            };
            self.claim(row, claim, dating);
        }
    }

    fn wants(&self, claim: &ClaimFact) -> bool {
        (claim.accepted || self.view.with_suggested)
            && self.view.modalities.contains(&claim.modality)
    }

    fn claim(&mut self, row: u32, claim: &ClaimFact, dating: Dating) {
        let side = if claim.is_adverse() {
            Side::Adverse
        } else {
            Side::Cooperative
        };
        self.item_for_each(&claim.partners, |partner| Item {
            partner,
            row,
            claim: Some(claim.key),
            side,
            accepted: claim.accepted,
            weight: 1,
            dating,
        });
    }

    fn mentions(&mut self, row: u32, facts: &ArticleFacts, dating: Dating) {
        for mention in &facts.mentions {
            let role = facts.partners.iter().find(|(id, _)| *id == mention.actor);
            let Some((actor, role)) = role.filter(|(id, _)| id != self.focus) else {
                continue;
            };
            let side = if *role == CountryRole::PartnerAdverse {
                Side::Adverse
            } else {
                Side::Cooperative
            };
            let suggested = if self.view.with_suggested {
                mention.suggested
            } else {
                0
            };
            for (weight, accepted) in [(mention.accepted, true), (suggested, false)] {
                if weight > 0 {
                    let partner = self.partner(actor);
                    self.items.push(Item {
                        partner,
                        row,
                        claim: None,
                        side,
                        accepted,
                        weight,
                        dating,
                    });
                }
            }
        }
    }
}

pub(super) fn compute<'a>(
    articles: impl Iterator<Item = (u32, &'a ArticleFacts)>,
    across: &Across,
    view: &ChartView,
    focus: &ActorId,
    color: &dyn Fn(&ActorId) -> usize,
) -> Timeline {
    let clock = match view.unit {
        // A mention has no event date.
        Unit::Mentions => Clock::Publication,
        Unit::Claims | Unit::Events | Unit::Articles => view.clock,
    };
    let mut collector = Collector {
        view,
        clock,
        focus,
        partners: BTreeMap::new(),
        items: Vec::new(),
        partnerless: 0,
        reports: FxHashMap::default(),
    };
    if view.unit == Unit::Events {
        let articles: Vec<_> = articles.collect();
        collector.events(&articles, across);
    } else {
        for (row, facts) in articles.filter(|(row, _)| across.folds.head_of(*row).is_none()) {
            collector.article(row, facts);
        }
    }
    let Collector {
        partners,
        items,
        partnerless,
        reports,
        ..
    } = collector;

    let dates: Vec<(Day, Day)> = items
        .iter()
        .filter_map(|item| match item.dating {
            Dating::Closed(first, last, _) => Some((first, last)),
            Dating::Half(known, _) => Some((known, known)),
            Dating::Unknown => None,
        })
        .collect();
    let bins = Bins::choose(view.bins, &dates);
    let (mut series, series_of) = rank(&partners, &items, view, color);
    let mut by_series: Vec<Vec<&Item>> = series.iter().map(|_| Vec::new()).collect();
    for item in &items {
        let of = series_of.get(item.partner).copied().unwrap_or(0);
        let Some(into) = by_series.get_mut(of) else {
            continue;
        };
        // Two small partners in one claim: the series that they share counts it once.
        let again = |last: &&Item| item.claim.is_some() && of_one_claim(last, item);
        if !into.last().is_some_and(again) {
            into.push(item);
        }
    }
    for (series, items) in series.iter_mut().zip(&by_series) {
        fill(series, items, &bins, view.unit);
    }
    let visible = |item: &Item| {
        let of = series_of.get(item.partner).and_then(|of| series.get(*of));
        of.is_some_and(|series| !series.hidden)
    };
    let shown: Vec<&Item> = items.iter().filter(|item| visible(item)).collect();
    let by_claim = clock == Clock::Event || view.unit == Unit::Events;
    let (undated, tally) = tally(&shown, &bins, by_claim, partnerless);
    Timeline {
        focus: focus.clone(),
        clock,
        unit: view.unit,
        bins,
        series,
        asked: view.clone(),
        undated,
        tally,
        reports,
    }
}

/// How many days a date touches; all there are where an end is open.
fn width(days: DayRange) -> i32 {
    days.closed()
        .map_or(i32::MAX, |(first, last)| last.0.saturating_sub(first.0))
}

fn of_one_claim(a: &Item, b: &Item) -> bool {
    (a.row, a.claim) == (b.row, b.claim)
}

/// The series, the largest first, still without their cells; and each partner's series.
fn rank(
    partners: &BTreeMap<ActorId, usize>,
    items: &[Item],
    view: &ChartView,
    color: &dyn Fn(&ActorId) -> usize,
) -> (Vec<Series>, Vec<usize>) {
    // Per partner: what is drawn, what is not, and the last article that counted.
    let mut totals: Vec<(u32, u32, Option<u32>)> = vec![(0, 0, None); partners.len()];
    for item in items {
        let Some((drawn, undated, last)) = totals.get_mut(item.partner) else {
            continue;
        };
        if item.dating == Dating::Unknown {
            *undated += item.weight;
        } else if view.unit != Unit::Articles || *last != Some(item.row) {
            *drawn += item.weight;
            *last = Some(item.row);
        }
    }
    let mut order: Vec<(&ActorId, usize)> = partners.iter().map(|(a, i)| (a, *i)).collect();
    order.sort_by_key(|(actor, index)| {
        let (drawn, undated, _) = totals.get(*index).copied().unwrap_or_default();
        (
            std::cmp::Reverse(drawn),
            std::cmp::Reverse(undated),
            (*actor).clone(),
        )
    });
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
        placed: Vec::new(),
    };
    // A single one left over is better named than called "others".
    let alone = if order.len() == MOST_PARTNERS + 1 {
        order.len()
    } else {
        MOST_PARTNERS
    };
    let mut series: Vec<Series> = Vec::new();
    let mut series_of = vec![alone; partners.len()];
    for (at, (actor, index)) in order.iter().take(alone).enumerate() {
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

/// Puts one partner's items into its cells and marks.
fn fill(series: &mut Series, items: &[&Item], bins: &Bins, unit: Unit) {
    let mut cells: BTreeMap<(usize, Side), Cell> = BTreeMap::new();
    let mut open: BTreeMap<(usize, Direction, Side), Open> = BTreeMap::new();
    for article in items.chunk_by(|a, b| a.row == b.row) {
        let mut of_article: BTreeMap<(usize, Side), Best> = BTreeMap::new();
        let mut open_in_article: BTreeMap<(usize, Direction, Side), bool> = BTreeMap::new();
        let (mut drawn, mut accepted) = (0, 0);
        for item in article {
            let Some(placed) = place(item, bins) else {
                series.undated += item.weight;
                continue;
            };
            drawn += item.weight;
            accepted += item.weight * u32::from(item.accepted);
            match placed.place {
                Place::Bars(first, last, days) => {
                    let sure = first == last && matches!(item.dating, Dating::Closed(_, _, false));
                    for bin in first..=last {
                        let part = share(bins, bin, days);
                        if unit == Unit::Articles {
                            let best = of_article.entry((bin, item.side)).or_default();
                            best.take(item.accepted, sure, part);
                        } else {
                            let cell = cell(&mut cells, bin, item.side);
                            cell.add(item.accepted, sure, part * f64::from(item.weight));
                            cell.count(item.accepted, sure, item.weight);
                        }
                    }
                }
                Place::Open(bin, direction) => {
                    let key = (bin, direction, item.side);
                    if unit == Unit::Articles {
                        *open_in_article.entry(key).or_default() |= item.accepted;
                    } else {
                        mark(&mut open, key, item.accepted, item.weight);
                    }
                }
            }
            series.placed.push(placed);
        }
        if unit == Unit::Articles {
            drawn = drawn.min(1);
            accepted = accepted.min(1);
            for ((bin, side), best) in of_article {
                best.into_cell(cell(&mut cells, bin, side));
            }
            for (key, accepted) in open_in_article {
                mark(&mut open, key, accepted, 1);
            }
        }
        series.total += drawn;
        series.accepted += accepted;
    }
    series.cells = cells.into_values().collect();
    series.open = open.into_values().collect();
}

fn place(item: &Item, bins: &Bins) -> Option<Placed> {
    let place = match item.dating {
        Dating::Closed(a, b, _) => Place::Bars(bins.index(a)?, bins.index(b)?, (a, b)),
        Dating::Half(known, direction) => Place::Open(bins.index(known)?, direction),
        Dating::Unknown => return None,
    };
    Some(Placed {
        row: item.row,
        claim: item.claim,
        side: item.side,
        place,
    })
}

fn cell(cells: &mut BTreeMap<(usize, Side), Cell>, bin: usize, side: Side) -> &mut Cell {
    cells.entry((bin, side)).or_insert(Cell {
        bin,
        side,
        amounts: Amounts::default(),
        members: 0,
        suggested: 0,
        uncertain: 0,
    })
}

impl Cell {
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
}

fn mark(
    open: &mut BTreeMap<(usize, Direction, Side), Open>,
    key: (usize, Direction, Side),
    accepted: bool,
    weight: u32,
) {
    let (bin, direction, side) = key;
    let mark = open.entry(key).or_insert(Open {
        bin,
        direction,
        side,
        accepted: 0,
        suggested: 0,
    });
    *(if accepted {
        &mut mark.accepted
    } else {
        &mut mark.suggested
    }) += weight;
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

/// Counts things that stand together once.
#[derive(Default)]
struct Distinct {
    last: Option<(u32, Option<ClaimKey>)>,
    count: u32,
}

impl Distinct {
    fn add(&mut self, item: &Item, by_claim: bool) {
        let key = (item.row, item.claim.filter(|_| by_claim));
        if self.last != Some(key) {
            self.last = Some(key);
            self.count += 1;
        }
    }
}

/// What is undated, and the counts for the notes.
fn tally(shown: &[&Item], bins: &Bins, by_claim: bool, partnerless: u32) -> (Vec<Member>, Tally) {
    let mut undated: Vec<Member> = Vec::new();
    let [mut no_date, mut open, mut uncertain] = [(); 3].map(|()| Distinct::default());
    let mut shared = 0;
    for claim in shown.chunk_by(|a, b| of_one_claim(a, b)) {
        let Some(item) = claim.first() else { continue };
        shared += u32::from(item.claim.is_some() && claim.len() > 1);
        match item.dating {
            Dating::Unknown => {
                no_date.add(item, by_claim);
                undated.push(Member {
                    row: item.row,
                    claim: item.claim,
                    share: 0.0,
                    joined: None,
                });
            }
            Dating::Half(..) => open.add(item, by_claim),
            Dating::Closed(a, b, vague) => {
                if vague || bins.index(a) != bins.index(b) {
                    uncertain.add(item, by_claim);
                }
            }
        }
    }
    let tally = Tally {
        undated: no_date.count,
        open: open.count,
        uncertain: uncertain.count,
        shared,
        partnerless,
        adverse: shown
            .iter()
            .any(|item| item.side == Side::Adverse && item.dating != Dating::Unknown),
    };
    (undated, tally)
}
