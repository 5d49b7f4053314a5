//! The joining behind [`Events::find`].

use super::{
    ActorId, ArticleFacts, ArticleId, BTreeSet, ClaimFact, ClaimKind, Day, DayRange, Event, Events,
    Folds, FxHashMap, Joined, Language, Modality, Report, When, class,
};

/// Dates of so many days name an occasion.
const NARROW: i32 = 10;
/// Dates of so many days name a month.
const MONTH: i32 = 31;
/// Wider dates join nothing.
const YEAR: i32 = 366;

/// A claim with what is known of its article.
struct Told<'a> {
    row: u32,
    claim: &'a ClaimFact,
    article: ArticleId,
    language: Language,
    published: Option<DayRange>,
    /// The article that stands for its duplicates, this one among them.
    head: u32,
    /// Sorted.
    partners: Vec<&'a ActorId>,
    /// First and last day, where both are known.
    days: Option<(Day, Day)>,
}

impl Told<'_> {
    fn width(&self) -> i32 {
        self.days
            .map_or(i32::MAX, |(first, last)| last.0.saturating_sub(first.0) + 1)
    }

    /// The first day of publication; without one after all others.
    fn appeared(&self) -> (bool, Option<Day>) {
        let first = self.published.and_then(|days| days.first);
        (first.is_none(), first)
    }

    fn firmness(&self) -> u8 {
        match self.claim.modality {
            Modality::Done => 0,
            Modality::Ongoing | Modality::Reported | Modality::Negated => 1,
            Modality::Planned => 2,
            Modality::Considered => 3,
        }
    }

    /// Which claims may be about the same happening at all.
    fn sort(&self) -> (ClaimKind, bool, bool) {
        let considered = self.claim.modality == Modality::Considered;
        (class(self.claim.kind), self.claim.is_adverse(), considered)
    }

    fn is_planned(&self) -> bool {
        self.claim.modality == Modality::Planned
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

type Key<'a> = (&'a ActorId, (ClaimKind, bool, bool));

pub(super) fn find<'a>(
    articles: impl Iterator<Item = (u32, &'a ArticleFacts)>,
    folds: &Folds,
) -> Events {
    let told = gather(articles, folds);
    let repeats = repeats(&told);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut draft_of: Vec<Option<usize>> = vec![None; told.len()];
    let mut shelves: FxHashMap<Key<'_>, Shelf> = FxHashMap::default();
    for at in narrowest_first(&told, &repeats) {
        let Some(one) = told.get(at) else { continue };
        let draft = fitting(one, &told, &drafts, &shelves).unwrap_or_else(|| {
            put_on_shelves(one, drafts.len(), &mut shelves);
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
    let mut events: Vec<Event> = drafts
        .iter()
        .filter_map(|draft| event(draft, &told, &repeats))
        .collect();
    let first_day = |event: &Event| {
        let days = event.when.as_ref().map(When::days);
        let first = days.and_then(|days| days.first.or(days.last));
        (first.is_none(), first)
    };
    // Which article is meant says its id; the row is only where it stands now.
    let id_of: FxHashMap<u32, ArticleId> = told.iter().map(|one| (one.row, one.article)).collect();
    events.sort_by_cached_key(|event| {
        let first = event.reports.first();
        let first = first.map(|report| (id_of.get(&report.row).copied(), report.claim));
        (first_day(event), first)
    });
    let mut of = FxHashMap::default();
    for (event, number) in events.iter().zip(0_u32..) {
        for report in &event.reports {
            of.insert((report.row, report.claim), number);
        }
    }
    Events { events, of }
}

fn gather<'a>(
    articles: impl Iterator<Item = (u32, &'a ArticleFacts)>,
    folds: &Folds,
) -> Vec<Told<'a>> {
    let mut told = Vec::new();
    for (row, facts) in articles {
        for claim in &facts.claims {
            let mut partners: Vec<&ActorId> = claim.partners.iter().collect();
            partners.sort_unstable();
            told.push(Told {
                row,
                claim,
                article: facts.id,
                language: facts.language,
                published: facts.publication.as_ref().map(When::days),
                head: folds.head_of(row).unwrap_or(row),
                partners,
                days: claim.days.closed().map(|(a, b)| (a.min(b), a.max(b))),
            });
        }
    }
    told
}

/// By claim: the earlier one whose sentence, or quotation, it has. One that is repeated repeats
/// none itself.
fn repeats(told: &[Told<'_>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_cached_key(|at| {
        let one = told.get(*at)?;
        let folded = one.head != one.row;
        Some((folded, one.appeared(), one.article, one.claim.key))
    });
    let mut repeats = vec![None; told.len()];
    let mut firsts: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for at in order {
        let Some(one) = told.get(at) else { continue };
        let passages = || one.claim.passages.iter().flatten();
        let known = passages()
            .filter_map(|passage| firsts.get(passage))
            .flatten();
        let first = known.copied().find(|first| {
            told.get(*first).is_some_and(|first| {
                first.sort() == one.sort()
                    && first.claim.kind == one.claim.kind
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
    order.sort_by_cached_key(|at| {
        let one = told.get(*at)?;
        let (date, teller) = ((one.width(), one.days), (one.article, one.claim.key));
        Some((date.0, one.firmness(), date.1, one.appeared(), teller))
    });
    order
}

fn put_on_shelves<'a>(one: &Told<'a>, draft: usize, shelves: &mut FxHashMap<Key<'a>, Shelf>) {
    let Some((first, _)) = one.days.filter(|_| one.width() <= YEAR) else {
        return;
    };
    for partner in &one.partners {
        let shelf = shelves.entry((*partner, one.sort())).or_default();
        shelf.by_first.insert((first, draft));
        shelf.widest = shelf.widest.max(one.width());
    }
}

/// The one event that a claim is about, as far as that can be told.
fn fitting(
    one: &Told<'_>,
    told: &[Told<'_>],
    drafts: &[Draft],
    shelves: &FxHashMap<Key<'_>, Shelf>,
) -> Option<usize> {
    /// Among more than so many nothing is decided.
    const MOST: usize = 64;
    let (first, last) = one.days.filter(|_| one.width() <= YEAR)?;
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for partner in &one.partners {
        let Some(shelf) = shelves.get(&(*partner, one.sort())) else {
            continue;
        };
        let from = Day(first.0.saturating_sub(shelf.widest));
        for (_, draft) in shelf.by_first.range((from, 0)..=(last, usize::MAX)) {
            let fits = drafts.get(*draft).is_some_and(|d| fits(one, d, told));
            if fits && found.insert(*draft) && found.len() > MOST {
                return None;
            }
        }
    }
    let seed = |draft: &usize| told.get(drafts.get(*draft)?.seed);
    let only = |which: &dyn Fn(&Told<'_>) -> bool| {
        let mut those = found.iter().filter(|draft| seed(draft).is_some_and(which));
        those.next().filter(|_| those.next().is_none()).copied()
    };
    only(&|_| true)
        .or_else(|| only(&|seed| one.claim.kind == seed.claim.kind))
        .or_else(|| only(&|seed| one.width() <= NARROW && seed.days == one.days))
        .or_else(|| only(&|seed| share_items(one, seed)))
}

/// Whether a claim may be about the happening of an event.
fn fits(one: &Told<'_>, draft: &Draft, told: &[Told<'_>]) -> bool {
    let Some(seed) = told.get(draft.seed) else {
        return false;
    };
    let same_kind = one.claim.kind == seed.claim.kind;
    let narrow = one.width() <= NARROW && seed.width() <= NARROW;
    let listed = |few: &Told<'_>, many: &Told<'_>| {
        few.partners.len() < many.partners.len()
            && few.partners.iter().all(|p| many.partners.contains(p))
    };
    let partners = one.partners == seed.partners
        || (narrow && same_kind && (listed(one, seed) || listed(seed, one)));
    if !partners || !touch(one.days, seed.days) || differ_in_items(one, seed) {
        return false;
    }
    let in_same_article = || {
        let rows = draft.members.iter().filter_map(|at| told.get(*at));
        rows.into_iter().any(|member| member.row == one.row)
    };
    if one.width() > MONTH && (!same_kind || in_same_article()) {
        return false;
    }
    // What is planned after it has been done is another one; so is what was done before the day.
    let after = |later: &Told<'_>, days: Option<(Day, Day)>| {
        let published = later.published.and_then(|days| days.first);
        published
            .zip(days)
            .is_some_and(|(day, (_, last))| day > last)
    };
    let before = |earlier: &Told<'_>, days: Option<(Day, Day)>| {
        let published = earlier.published.and_then(|days| days.last);
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
    let others = &other.claim.items;
    one.claim.items.iter().any(|item| others.contains(item))
}

/// Whether both name items, and none is the same. Names in two languages can't be compared.
fn differ_in_items(one: &Told<'_>, other: &Told<'_>) -> bool {
    let name_some = !one.claim.items.is_empty() && !other.claim.items.is_empty();
    name_some && one.language == other.language && !share_items(one, other)
}

/// Puts the reports of an event in order and says how each came to it.
fn event(draft: &Draft, told: &[Told<'_>], repeats: &[Option<usize>]) -> Option<Event> {
    let seed = told.get(draft.seed)?;
    let mut members: Vec<(usize, &Told<'_>)> = draft
        .members
        .iter()
        .filter_map(|at| Some((*at, told.get(*at)?)))
        .collect();
    members.sort_by_key(|(_, one)| {
        let folded = one.head != one.row;
        (folded, one.appeared(), one.article, one.claim.key)
    });
    let narrowest = members.iter().min_by_key(|(_, one)| one.width());
    let when = narrowest.and_then(|(_, one)| one.claim.when.clone());
    let mut heads: Vec<u32> = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    for (at, one) in &members {
        let is_known = heads.contains(&one.head);
        let repeated = repeats.get(*at).copied().flatten();
        let joined = if reports.is_empty() {
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
        heads.push(one.head);
        reports.push(Report {
            row: one.row,
            claim: one.claim.key,
            joined,
        });
    }
    Some(Event {
        partners: seed.claim.partners.clone(),
        kind: seed.claim.kind,
        adverse: seed.claim.is_adverse(),
        when,
        reports,
    })
}
