//! The joining behind [`Events::find`].

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{EventColumns, Events, Joined, class};
use crate::analysis::facts::ClaimKey;
use crate::analysis::near::Folds;
use crate::analysis::table::{NO_DATE, Table, decode, key_number};
use crate::model::article::Language;
use crate::model::claim::{ClaimKind, Modality};
use crate::model::date::{Day, DayRange};
use crate::model::ids::ArticleId;

/// Dates of so many days name an occasion.
const NARROW: i32 = 10;
/// Dates of so many days name a month.
const MONTH: i32 = 31;
/// Wider dates join nothing.
const YEAR: i32 = 366;

/// A claim with what is known of its article.
struct Told<'a> {
    row: u32,
    key: ClaimKey,
    kind: ClaimKind,
    modality: Modality,
    is_adverse: bool,
    article: &'a ArticleId,
    language: Language,
    published: DayRange,
    /// The article that stands for its duplicates, this one among them.
    head: u32,
    /// Their number among the distinct sets of partners.
    partners: u32,
    /// First and last day, where both are known.
    days: Option<(Day, Day)>,
    passages: [u64; 2],
    items: &'a [u32],
}

/// The claims of all articles, and the distinct sets of partners that they have, each sorted.
struct Claims<'a> {
    told: Vec<Told<'a>>,
    sets: Vec<Box<[u32]>>,
}

impl Claims<'_> {
    fn set(&self, number: u32) -> &[u32] {
        self.sets.get(number as usize).map_or(&[], |set| set)
    }
}

impl Told<'_> {
    fn width(&self) -> i32 {
        self.days
            .map_or(i32::MAX, |(first, last)| last.0.saturating_sub(first.0) + 1)
    }

    /// The first day of publication; without one after all others.
    fn appeared(&self) -> (bool, Option<Day>) {
        let first = self.published.first;
        (first.is_none(), first)
    }

    fn firmness(&self) -> u8 {
        match self.modality {
            Modality::Done => 0,
            Modality::Ongoing | Modality::Reported | Modality::Negated => 1,
            Modality::Planned => 2,
            Modality::Considered => 3,
        }
    }

    /// Which claims may be about the same happening at all.
    fn sort(&self) -> (ClaimKind, bool, bool) {
        let considered = self.modality == Modality::Considered;
        (class(self.kind), self.is_adverse, considered)
    }

    fn is_planned(&self) -> bool {
        self.modality == Modality::Planned
    }
}

/// An event while it is being put together.
struct Draft {
    /// The narrowest claim.
    seed: usize,
    members: Vec<usize>,
}

/// Where events are looked up: by partner and sort, then by day.
#[derive(Default)]
struct Shelf {
    by_first: BTreeSet<(Day, usize)>,
    widest: i32,
}

type Key = (u32, (ClaimKind, bool, bool));

pub(super) fn find(table: &Table, folds: &Folds) -> Events {
    let claims = gather(table, folds);
    let told = &claims.told;
    let repeats = repeats(told);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut draft_of: Vec<Option<usize>> = vec![None; told.len()];
    let mut shelves: FxHashMap<Key, Shelf> = FxHashMap::default();
    for at in narrowest_first(told, &repeats) {
        let Some(one) = told.get(at) else { continue };
        let draft = fitting(one, &claims, &drafts, &shelves).unwrap_or_else(|| {
            put_on_shelves(one, &claims, drafts.len(), &mut shelves);
            drafts.push(Draft {
                seed: at,
                members: Vec::new(),
            });
            drafts.len() - 1
        });
        if let Some(draft) = drafts.get_mut(draft) {
            draft.members.push(at);
        }
        if let Some(of) = draft_of.get_mut(at) {
            *of = Some(draft);
        }
    }
    // What repeats a claim goes where that went.
    for (at, first) in repeats.iter().enumerate() {
        let draft = first.and_then(|first| draft_of.get(first).copied().flatten());
        if let Some(draft) = draft.and_then(|draft| drafts.get_mut(draft)) {
            draft.members.push(at);
        }
    }
    put_down(drafts, told, &repeats)
}

/// The events with more than one report, by the first day that is known of them.
fn put_down(drafts: Vec<Draft>, told: &[Told<'_>], repeats: &[Option<usize>]) -> Events {
    let mut found: Vec<_> = drafts
        .into_par_iter()
        .filter(|draft| draft.members.len() > 1)
        .map(|mut draft| {
            let order = |at: &usize| {
                let one = told.get(*at)?;
                let folded = one.head != one.row;
                Some((folded, one.appeared(), one.article, one.key))
            };
            draft.members.sort_by_key(order);
            let members = draft.members.iter().filter_map(|at| told.get(*at));
            let days = members.min_by_key(|one| one.width());
            let first_day = days.and_then(|one| one.days.map(|days| days.0));
            let first = draft.members.first().and_then(|at| told.get(*at));
            let first = first.map(|one| (*one.article, one.key));
            ((first_day.is_none(), first_day, first), draft)
        })
        .collect();
    found.par_sort_by_key(|found| found.0);
    let mut events = EventColumns::default();
    for (_, draft) in &found {
        put_down_event(draft, told, repeats, &mut events);
    }
    Events::of_columns(events)
}

/// Says how each report of an event came to it.
fn put_down_event(
    draft: &Draft,
    told: &[Told<'_>],
    repeats: &[Option<usize>],
    events: &mut EventColumns,
) {
    let mut heads: FxHashSet<u32> = FxHashSet::default();
    for at in &draft.members {
        let Some(one) = told.get(*at) else { continue };
        let is_first = heads.is_empty();
        let is_known = !heads.insert(one.head);
        let repeated = repeats.get(*at).copied().flatten();
        let joined = if is_first {
            Joined::First
        } else if is_known && one.head != one.row {
            Joined::InDuplicate
        } else if is_known {
            Joined::Again
        } else if repeated.is_some() {
            Joined::SameSentence
        } else {
            Joined::Corroborates
        };
        events.rows.push(one.row);
        events.keys.push(key_number(one.key));
        events.joined.push(joined as u8);
        events.seeds.push(u8::from(*at == draft.seed));
    }
    events
        .ends
        .push(u32::try_from(events.rows.len()).unwrap_or(u32::MAX));
}

fn gather<'a>(table: &'a Table, folds: &Folds) -> Claims<'a> {
    let mut told = Vec::new();
    let mut sets: Vec<Box<[u32]>> = Vec::new();
    let mut numbers: FxHashMap<Box<[u32]>, u32> = FxHashMap::default();
    for slot in table.slots() {
        let part = &slot.part;
        let set_of: Vec<u32> = part
            .partner_lists
            .iter()
            .map(|list| {
                let mut set: Vec<u32> = list.iter().map(|actor| slot.actor(*actor)).collect();
                set.sort_unstable();
                let new = u32::try_from(sets.len()).unwrap_or(u32::MAX);
                *numbers.entry(set.into()).or_insert_with_key(|set| {
                    sets.push(set.clone());
                    new
                })
            })
            .collect();
        for (at, row) in table.scan(slot, None) {
            let Some(article) = part.ids.get(at) else {
                continue;
            };
            for claim in part.claims(at) {
                let code = part.claim_codes.get(claim).copied().unwrap_or_default();
                let (kind, modality, polarity) = decode(code);
                let date = part.claim_dates.get(claim).copied().unwrap_or(NO_DATE);
                let list = part.claim_partners.get(claim).copied();
                let set = list.and_then(|list| set_of.get(list as usize));
                told.push(Told {
                    row,
                    key: part.claim_key(claim),
                    kind,
                    modality,
                    is_adverse: crate::analysis::facts::is_adverse(kind, modality, polarity),
                    article,
                    language: part.language(at),
                    published: part.dates.days(part.published_date(at)),
                    head: folds.head_of(row).unwrap_or(row),
                    partners: set.copied().unwrap_or_default(),
                    days: part
                        .dates
                        .days(date)
                        .closed()
                        .map(|(a, b)| (a.min(b), a.max(b))),
                    passages: part.passages.get(claim).copied().unwrap_or_default(),
                    items: part.items.get(claim),
                });
            }
        }
    }
    // By row, whatever part an article lies in.
    told.sort_by_key(|one| one.row);
    Claims { told, sets }
}

/// By claim: the earlier one whose sentence, or quotation, it has. One that is repeated repeats
/// none itself.
fn repeats(told: &[Told<'_>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.par_sort_by_cached_key(|at| {
        let one = told.get(*at)?;
        let folded = one.head != one.row;
        Some((folded, one.appeared(), one.article, one.key))
    });
    let mut repeats = vec![None; told.len()];
    let mut firsts: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for at in order {
        let Some(one) = told.get(at) else { continue };
        let passages = || one.passages.iter().filter(|passage| **passage != 0);
        let known = passages()
            .filter_map(|passage| firsts.get(passage))
            .flatten();
        let first = known.copied().find(|first| {
            told.get(*first).is_some_and(|first| {
                first.sort() == one.sort()
                    && first.kind == one.kind
                    && first.partners == one.partners
                    && (first.days.is_none() || one.days.is_none() || touch(first.days, one.days))
            })
        });
        match (first, repeats.get_mut(at)) {
            (Some(first), Some(slot)) => *slot = Some(first),
            _ => {
                for passage in passages() {
                    firsts.entry(*passage).or_default().push(at);
                }
            }
        }
    }
    repeats
}

/// The claims that repeat none, in an order that what they say decides, not where they stand.
fn narrowest_first(told: &[Told<'_>], repeats: &[Option<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..told.len())
        .filter(|at| repeats.get(*at).is_some_and(Option::is_none))
        .collect();
    order.par_sort_by_cached_key(|at| {
        let one = told.get(*at)?;
        let (date, teller) = ((one.width(), one.days), (one.article, one.key));
        Some((date.0, one.firmness(), date.1, one.appeared(), teller))
    });
    order
}

fn put_on_shelves(
    one: &Told<'_>,
    claims: &Claims<'_>,
    draft: usize,
    shelves: &mut FxHashMap<Key, Shelf>,
) {
    let Some((first, _)) = one.days.filter(|_| one.width() <= YEAR) else {
        return;
    };
    for partner in claims.set(one.partners) {
        let shelf = shelves.entry((*partner, one.sort())).or_default();
        shelf.by_first.insert((first, draft));
        shelf.widest = shelf.widest.max(one.width());
    }
}

/// The one event that a claim is about, as far as that can be told.
fn fitting(
    one: &Told<'_>,
    claims: &Claims<'_>,
    drafts: &[Draft],
    shelves: &FxHashMap<Key, Shelf>,
) -> Option<usize> {
    /// Among more than so many nothing is decided.
    const MOST: usize = 64;
    let (first, last) = one.days.filter(|_| one.width() <= YEAR)?;
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for partner in claims.set(one.partners) {
        let Some(shelf) = shelves.get(&(*partner, one.sort())) else {
            continue;
        };
        let from = Day(first.0.saturating_sub(shelf.widest));
        for (_, draft) in shelf.by_first.range((from, 0)..=(last, usize::MAX)) {
            let fits = drafts.get(*draft).is_some_and(|d| fits(one, d, claims));
            if fits && found.insert(*draft) && found.len() > MOST {
                return None;
            }
        }
    }
    let seed = |draft: &usize| claims.told.get(drafts.get(*draft)?.seed);
    let only = |which: &dyn Fn(&Told<'_>) -> bool| {
        let mut those = found.iter().filter(|draft| seed(draft).is_some_and(which));
        those.next().filter(|_| those.next().is_none()).copied()
    };
    only(&|_| true)
        .or_else(|| only(&|seed| one.kind == seed.kind))
        .or_else(|| only(&|seed| one.width() <= NARROW && seed.days == one.days))
        .or_else(|| only(&|seed| share_items(one, seed)))
}

/// Whether a claim may be about the happening of an event.
fn fits(one: &Told<'_>, draft: &Draft, claims: &Claims<'_>) -> bool {
    let Some(seed) = claims.told.get(draft.seed) else {
        return false;
    };
    let same_kind = one.kind == seed.kind;
    let narrow = one.width() <= NARROW && seed.width() <= NARROW;
    let listed = |few: &Told<'_>, many: &Told<'_>| {
        let (few, many) = (claims.set(few.partners), claims.set(many.partners));
        few.len() < many.len() && few.iter().all(|partner| many.contains(partner))
    };
    let partners = one.partners == seed.partners
        || (narrow && same_kind && (listed(one, seed) || listed(seed, one)));
    if !partners || !touch(one.days, seed.days) || differ_in_items(one, seed) {
        return false;
    }
    let in_same_article = || {
        let rows = draft.members.iter().filter_map(|at| claims.told.get(*at));
        rows.into_iter().any(|member| member.row == one.row)
    };
    if one.width() > MONTH && (!same_kind || in_same_article()) {
        return false;
    }
    // What is planned after it has been done is another one; so is what was done before the day.
    let after = |later: &Told<'_>, days: Option<(Day, Day)>| {
        let published = later.published.first;
        published
            .zip(days)
            .is_some_and(|(day, (_, last))| day > last)
    };
    let before = |earlier: &Told<'_>, days: Option<(Day, Day)>| {
        let published = earlier.published.last;
        published
            .zip(days)
            .is_some_and(|(day, (first, _))| day < first)
    };
    match (one.is_planned(), seed.is_planned()) {
        (true, false) => !after(one, seed.days),
        (false, true) => !before(one, seed.days),
        _ => true,
    }
}

fn touch(one: Option<(Day, Day)>, other: Option<(Day, Day)>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one.0 <= other.1 && other.0 <= one.1)
}

fn share_items(one: &Told<'_>, other: &Told<'_>) -> bool {
    let others = &other.items;
    one.items.iter().any(|item| others.contains(item))
}

/// Whether both name items, and none is the same. Names in two languages can't be compared.
fn differ_in_items(one: &Told<'_>, other: &Told<'_>) -> bool {
    let name_some = !one.items.is_empty() && !other.items.is_empty();
    name_some && one.language == other.language && !share_items(one, other)
}
