//! How the rows of a result spread over the fields, so that one sees what a search finds and how to
//! narrow it.
//!
//! Budget at a million articles on two cores: all facets 20 ms.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::fields::{Progress, has_progress};
use super::table::{NO_DATE, NO_DAY, Part, Slot, Table, decode};
use super::told::Told;
use crate::model::article::Language;
use crate::model::claim::ClaimKind;
use crate::model::date::Day;
use crate::model::ids::ActorId;

/// How many articles of a result have what, the most first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// How many articles there are.
    pub articles: u32,
    /// By partner of the focus.
    pub partners: Vec<(ActorId, u32)>,
    /// With a claim of a kind.
    pub kinds: Vec<(ClaimKind, u32)>,
    /// By year of publication, in their order. A period counts in each year that it touches.
    pub published: Vec<(i16, u32)>,
    /// With a claim of what happened in a year, in their order.
    pub happened: Vec<(i16, u32)>,
    /// By language.
    pub languages: Vec<(Language, u32)>,
    /// By source: the host of an address, else the folder.
    pub sources: Vec<(String, u32)>,
    /// By how far the analyst is.
    pub progress: Vec<(Progress, u32)>,
}

/// A period of more years counts in the first ones only.
const MOST_YEARS: i32 = 50;

/// Counts by the numbers of one part or table.
#[derive(Default)]
struct Counts {
    articles: u32,
    actors: Vec<u32>,
    kinds: [u32; 16],
    published: FxHashMap<u32, u32>,
    happened: FxHashMap<i16, u32>,
    languages: [u32; 8],
    sources: FxHashMap<String, u32>,
    progress: [u32; 3],
}

/// What of the claims counts for a field of theirs: where a search asks for something else of a
/// claim, only what that holds of. So a count is what the search finds with the value added.
struct Narrowed<'a> {
    told: Option<&'a Told>,
    partners: bool,
    kinds: bool,
    happened: bool,
    focus: Option<u32>,
}

impl<'a> Narrowed<'a> {
    fn new(told: Option<&'a Told>, focus: Option<u32>) -> Self {
        let by = |is_own: &dyn Fn(&Told) -> bool| told.is_some_and(|told| !told.asks(is_own));
        Self {
            told,
            partners: by(&|told| matches!(told, Told::Partner(_))),
            kinds: by(&|told| matches!(told, Told::Kind(_))),
            happened: by(&|told| matches!(told, Told::Happened(_))),
            focus,
        }
    }
}

/// How the rows of a result spread over the fields; `None`: all that is read. `told` is what the
/// search asks of the last claim that it asks for.
#[must_use]
pub fn facets(
    table: &Table,
    rows: Option<&FixedBitSet>,
    told: Option<&Told>,
    focus: &ActorId,
) -> Facets {
    let narrowed = Narrowed::new(told, table.actors().number(focus));
    let years: Vec<(i16, i16)> = table
        .spans()
        .list
        .iter()
        .map(|(first, last, _)| years_of(*first, *last))
        .collect();
    let mut sum = Counts {
        actors: vec![0; table.actors().len()],
        ..Counts::default()
    };
    for counts in table.in_parallel(|slots| {
        let mut counts = Counts {
            actors: vec![0; table.actors().len()],
            ..Counts::default()
        };
        for slot in slots.filter_map(|slot| table.slots().get(slot)) {
            counts.slot(table, slot, rows, &years, &narrowed);
        }
        counts
    }) {
        sum.add(counts);
    }
    sum.facets(table, &years)
}

/// The years that days touch; an empty range where they are not known to both sides.
fn years_of(first: i32, last: i32) -> (i16, i16) {
    let year = |day: i32| Day(day).date().map(jiff::civil::Date::year);
    let known = |day: i32| Some(day).filter(|day| *day != NO_DAY).and_then(year);
    match (known(first), known(last)) {
        (Some(first), Some(last)) => (first.min(last), first.max(last)),
        _ => (1, 0),
    }
}

impl Counts {
    fn slot(
        &mut self,
        table: &Table,
        slot: &Slot,
        rows: Option<&FixedBitSet>,
        years: &[(i16, i16)],
        narrowed: &Narrowed<'_>,
    ) {
        let part = slot.part.as_ref();
        let test = narrowed.told.map(|told| told.test(slot, table));
        // By actor: one more than the place of the last article that it was counted for.
        let mut seen = vec![
            0;
            if narrowed.partners {
                self.actors.len()
            } else {
                0
            }
        ];
        let mut circles = vec![0_u32; part.circles.len()];
        let mut places = vec![0_u32; part.places.len()];
        let mut dates = vec![0_u32; part.dates.len()];
        let years_of: Vec<(i16, i16)> = slot
            .spans
            .iter()
            .map(|span| years.get(*span as usize).copied().unwrap_or((1, 0)))
            .collect();
        let kinds: Vec<u16> = (0..=u8::MAX)
            .map(|code| 1 << (decode(code).0 as u16))
            .collect();
        let count = |column: &mut [u32], number: Option<&u32>| {
            let place = number.and_then(|number| column.get_mut(*number as usize));
            if let Some(place) = place {
                *place += 1;
            }
        };
        let mut by_year = Years::default();
        for (at, _) in table.scan(slot, rows) {
            self.articles += 1;
            count(&mut circles, part.circles_of.get(at));
            count(&mut places, part.source_places.get(at));
            count(&mut dates, part.published.get(at));
            let language = part.languages.get(at).copied().unwrap_or(u8::MAX);
            if let Some(language) = self.languages.get_mut(usize::from(language)) {
                *language += 1;
            }
            for (count, progress) in self.progress.iter_mut().zip(PROGRESS) {
                *count += u32::from(has_progress(part, at, progress));
            }
            let mut kind_bits = 0_u16;
            for claim in part.claims(at) {
                let fits = test.as_ref().is_none_or(|test| test.holds(part, claim));
                if fits && narrowed.partners {
                    self.partners(slot, (at, claim), &mut seen, narrowed.focus);
                }
                let code = part.claim_codes.get(claim).copied().unwrap_or_default();
                if fits || !narrowed.kinds {
                    kind_bits |= kinds.get(usize::from(code)).copied().unwrap_or_default();
                }
                let date = part.claim_dates.get(claim).copied().unwrap_or(NO_DATE);
                let Some((from, to)) = years_of.get(date as usize).copied() else {
                    continue;
                };
                if !fits && narrowed.happened {
                    continue;
                }
                by_year.touch(from, to);
            }
            while kind_bits != 0 {
                if let Some(kind) = self.kinds.get_mut(kind_bits.trailing_zeros() as usize) {
                    *kind += 1;
                }
                kind_bits &= kind_bits - 1;
            }
            by_year.count_article(&mut self.happened);
        }
        by_year.finish(&mut self.happened);
        let circles = part.circles.iter().zip(circles);
        for (circle, count) in circles.filter(|_| !narrowed.partners) {
            for entry in circle {
                let actor = slot.actor(Part::circle_member(*entry).0);
                if let Some(actor) = self.actors.get_mut(actor as usize) {
                    *actor += count;
                }
            }
        }
        for (place, count) in part.places.iter().zip(places) {
            if count > 0 {
                *self.sources.entry(source_name(place)).or_default() += count;
            }
        }
        for (span, count) in slot.spans.iter().zip(dates) {
            if count > 0 {
                *self.published.entry(*span).or_default() += count;
            }
        }
    }

    /// Counts an article for the partners of one of its claims, once for each.
    fn partners(
        &mut self,
        slot: &Slot,
        (at, claim): (usize, usize),
        seen: &mut [usize],
        focus: Option<u32>,
    ) {
        let list = slot.part.claim_partners.get(claim).copied();
        let list = list.map(|list| slot.part.partner_lists.get(list as usize));
        for actor in list.into_iter().flatten() {
            let actor = slot.actor(*actor);
            if Some(actor) == focus {
                continue;
            }
            let noted = seen.get_mut(actor as usize);
            let count = self.actors.get_mut(actor as usize);
            if let Some((noted, count)) = noted.zip(count).filter(|(row, _)| **row != at + 1) {
                *noted = at + 1;
                *count += 1;
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        let pairs = [
            (&mut self.actors[..], &other.actors[..]),
            (&mut self.kinds[..], &other.kinds[..]),
            (&mut self.languages[..], &other.languages[..]),
            (&mut self.progress[..], &other.progress[..]),
        ];
        for (all, more) in pairs {
            for (all, more) in all.iter_mut().zip(more) {
                *all += more;
            }
        }
        for (span, count) in other.published {
            *self.published.entry(span).or_default() += count;
        }
        for (year, count) in other.happened {
            *self.happened.entry(year).or_default() += count;
        }
        for (source, count) in other.sources {
            *self.sources.entry(source).or_default() += count;
        }
    }

    fn facets(self, table: &Table, years: &[(i16, i16)]) -> Facets {
        let mut published: BTreeMap<i16, u32> = BTreeMap::new();
        for (span, count) in self.published {
            let (from, to) = years.get(span as usize).copied().unwrap_or((1, 0));
            for year in years_between(from, to) {
                *published.entry(year).or_default() += count;
            }
        }
        let happened: BTreeMap<i16, u32> = self.happened.into_iter().collect();
        let sources: BTreeMap<String, u32> = self.sources.into_iter().collect();
        Facets {
            articles: self.articles,
            partners: most_first(table.actors().iter().cloned().zip(self.actors)),
            kinds: most_first(ClaimKind::ALL.iter().copied().zip(self.kinds)),
            published: published.into_iter().collect(),
            happened: happened.into_iter().collect(),
            languages: most_first(Language::ALL.iter().copied().zip(self.languages)),
            sources: most_first(sources.into_iter()),
            progress: PROGRESS
                .into_iter()
                .zip(self.progress)
                .filter(|(_, count)| *count > 0)
                .collect(),
        }
    }
}

/// In the order of the counts.
const PROGRESS: [Progress; 3] = [Progress::Undecided, Progress::Decided, Progress::Annotated];

/// Years that are counted as bits.
const YEARS: usize = 256;
const FIRST_YEAR: i32 = 1850;

/// In how many articles something happened in which year.
struct Years {
    articles: [u32; YEARS],
    /// The years of one article's claims.
    bits: [u64; YEARS / 64],
    /// Those that no bit is for.
    others: Vec<i16>,
}

impl Default for Years {
    fn default() -> Self {
        Self {
            articles: [0; YEARS],
            bits: [0; YEARS / 64],
            others: Vec::new(),
        }
    }
}

impl Years {
    /// A claim of the article happened in these years.
    fn touch(&mut self, from: i16, to: i16) {
        for year in years_between(from, to) {
            let bit = usize::try_from(i32::from(year) - FIRST_YEAR);
            match bit.ok().filter(|bit| *bit < YEARS) {
                Some(bit) => {
                    if let Some(bits) = self.bits.get_mut(bit / 64) {
                        *bits |= 1 << (bit % 64);
                    }
                }
                None => self.others.push(year),
            }
        }
    }

    /// Counts the article once for each of its years, and begins the next.
    fn count_article(&mut self, happened: &mut FxHashMap<i16, u32>) {
        for (word, bits) in self.bits.iter_mut().enumerate() {
            while *bits != 0 {
                let bit = word * 64 + bits.trailing_zeros() as usize;
                if let Some(year) = self.articles.get_mut(bit) {
                    *year += 1;
                }
                *bits &= *bits - 1;
            }
        }
        if !self.others.is_empty() {
            self.others.sort_unstable();
            self.others.dedup();
            for year in self.others.drain(..) {
                *happened.entry(year).or_default() += 1;
            }
        }
    }

    fn finish(self, happened: &mut FxHashMap<i16, u32>) {
        for (year, count) in (FIRST_YEAR..).zip(self.articles) {
            if let Some(year) = i16::try_from(year).ok().filter(|_| count > 0) {
                *happened.entry(year).or_default() += count;
            }
        }
    }
}

fn years_between(from: i16, to: i16) -> impl Iterator<Item = i16> {
    let years = i32::from(from)..=i32::from(to).min(i32::from(from) + MOST_YEARS - 1);
    years.filter_map(|year| i16::try_from(year).ok())
}

/// What a source is called: the host of an address, else the folder.
fn source_name(place: &str) -> String {
    let host = place.split_once("://").map(|(_, host)| host);
    host.unwrap_or_else(|| place.trim_end_matches(['/', '\\']))
        .to_owned()
}

/// What there is any of, the most first, then in its own order.
fn most_first<T: Ord>(counts: impl Iterator<Item = (T, u32)>) -> Vec<(T, u32)> {
    let mut some: Vec<(T, u32)> = counts.filter(|(_, count)| *count > 0).collect();
    some.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    some
}
