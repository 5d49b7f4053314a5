//! Where a search hits a text: spans to highlight, a snippet, lines of a concordance.

use rustc_hash::FxHashMap;

use super::analyzer::{Forms, Memo, words};
use super::near;
use super::pattern::Pattern;
use super::plan::{Plan, Test};
use super::query::{Query, Scope};
use crate::model::fold::fold;
use crate::model::span::Span;

/// Hits in one text, at most.
const MAX_HITS: usize = 100_000;

/// Finds what a search asks for in texts, as the index does. What a search excludes is no hit.
pub struct Finder {
    tests: Vec<(Scope, Atom)>,
    patterns: Vec<Pattern>,
}

/// A test of one or more words in a row.
enum Atom {
    Sequence { slots: Vec<Vec<String>>, slop: u32 },
    Begins(String),
    Like(String, u8),
}

impl Atom {
    fn len(&self) -> usize {
        match self {
            Self::Sequence { slots, .. } => slots.len(),
            Self::Begins(_) | Self::Like(..) => 1,
        }
    }

    /// Whether a word can stand at this place of it.
    fn fits(&self, slot: usize, forms: &Forms) -> bool {
        match self {
            Self::Sequence { slots, .. } => slots
                .get(slot)
                .is_some_and(|terms| terms.iter().any(|wanted| forms.terms.contains(wanted))),
            Self::Begins(begin) => forms.plain.starts_with(begin.as_str()),
            Self::Like(word, most) => is_like(word, &forms.plain, usize::from(*most)),
        }
    }
}

impl Finder {
    /// Makes a search ready. `expand` is [`super::Outside::expand`].
    #[must_use]
    pub fn new(query: &Query, expand: &dyn Fn(&str) -> Vec<String>) -> Self {
        let mut finder = Self {
            tests: Vec::new(),
            patterns: Vec::new(),
        };
        finder.take(Plan::of(&query.root, expand), true);
        finder
    }

    fn take(&mut self, plan: Plan, is_wanted: bool) {
        match plan {
            Plan::Words(scope, test) if is_wanted => self.take_test(scope, test),
            Plan::Regex(pattern) if is_wanted => self.patterns.push(pattern),
            Plan::Not(inner) => self.take(*inner, !is_wanted),
            Plan::And(parts) | Plan::Or(parts) => {
                for part in parts {
                    self.take(part, is_wanted);
                }
            }
            Plan::All | Plan::Field(_) | Plan::Claim(_) | Plan::Words(..) | Plan::Regex(_) => {}
        }
    }

    fn take_test(&mut self, scope: Scope, test: Test) {
        let atom = match test {
            Test::Sequence(sequence) => Atom::Sequence {
                slots: sequence.slots,
                slop: sequence.slop,
            },
            Test::Begins(word) => Atom::Begins(word),
            Test::Like(word, distance) => Atom::Like(word, distance),
            Test::Every(tests) | Test::Any(tests) => {
                for test in tests {
                    self.take_test(scope, test);
                }
                return;
            }
        };
        self.tests.push((scope, atom));
    }

    /// Whether it looks for words or a pattern at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty() && self.patterns.is_empty()
    }

    /// The hits in the text of an article, in order, none over another.
    #[must_use]
    pub fn in_text(&self, text: &str) -> Vec<Span> {
        let mut hits = self.words(text, |scope| scope == Scope::Anywhere);
        for pattern in &self.patterns {
            let found = pattern.matches(text);
            hits.extend(found.filter(|span| !span.is_empty()).take(MAX_HITS));
        }
        merged(hits)
    }

    fn words(&self, text: &str, counts: impl Fn(Scope) -> bool) -> Vec<Span> {
        let atoms: Vec<&Atom> = self
            .tests
            .iter()
            .filter(|(scope, _)| counts(*scope))
            .map(|(_, atom)| atom)
            .collect();
        if atoms.is_empty() {
            return Vec::new();
        }
        let mut memo = Memo::taken();
        let mut known: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
        let mut lists: Vec<Vec<Vec<u32>>> = atoms
            .iter()
            .map(|atom| vec![Vec::new(); atom.len()])
            .collect();
        let mut spans = Vec::new();
        for (position, span) in (0..).zip(words(text)) {
            spans.push(span);
            let number = memo.number(span.of(text).unwrap_or_default());
            let places = known.entry(number).or_insert_with(|| {
                let Some(forms) = memo.forms(number) else {
                    return Vec::new();
                };
                let places = atoms.iter().enumerate().flat_map(|(i, atom)| {
                    let fits = |slot: &usize| atom.fits(*slot, forms);
                    (0..atom.len()).filter(fits).map(move |slot| (i, slot))
                });
                places.collect()
            });
            for (atom, slot) in places {
                if let Some(list) = lists.get_mut(*atom).and_then(|lists| lists.get_mut(*slot)) {
                    list.push(position);
                }
            }
        }
        memo.put_back();
        let span_of = |position: u32| spans.get(position as usize).copied();
        let mut hits = Vec::new();
        for (atom, lists) in atoms.iter().zip(&lists) {
            let slop = match atom {
                Atom::Sequence { slop, .. } => *slop,
                Atom::Begins(_) | Atom::Like(..) => 0,
            };
            if let [list] = lists.as_slice() {
                hits.extend(list.iter().filter_map(|position| span_of(*position)));
                continue;
            }
            let mut from = 0;
            while hits.len() < MAX_HITS
                && let Some(found) = near::find(lists, slop, from)
            {
                let found_spans = found.iter().filter_map(|position| span_of(*position));
                if slop == 0 {
                    // Side by side: one hit.
                    hits.extend(found_spans.reduce(Span::cover));
                } else {
                    hits.extend(found_spans);
                }
                from = found.first().map_or(u32::MAX, |first| first + 1);
            }
        }
        hits
    }
}

/// In order, those that overlap made one.
fn merged(mut hits: Vec<Span>) -> Vec<Span> {
    hits.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(hits.len());
    for hit in hits {
        match merged.last_mut() {
            Some(last) if hit.start < last.end => *last = last.cover(hit),
            _ => merged.push(hit),
        }
    }
    merged
}

/// Whether two words are at most so many letters apart: inserted, left out, changed, or two
/// neighbours swapped (the optimal string alignment distance).
fn is_like(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let at = |row: &[usize], i: usize| row.get(i).copied().unwrap_or(usize::MAX / 2);
    let (mut two_ago, mut before): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(before.len());
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let changed = at(&before, j) + usize::from(from != to);
            let mut cost = changed.min(at(&before, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from) {
                cost = cost.min(at(&two_ago, j - 1) + 1);
            }
            row.push(cost);
        }
        two_ago = std::mem::replace(&mut before, row);
    }
    at(&before, b.len()) <= most
}

/// A piece of a text that shows what a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, in bytes of the text; it may hold line breaks.
    pub span: Span,
    /// The hits in it, in bytes of the text.
    pub hits: Vec<Span>,
    /// Whether its line goes on before it.
    pub is_cut_before: bool,
    /// Whether its line goes on after it.
    pub is_cut_after: bool,
}

/// The piece of at most `most` characters around as many hits as possible; the beginning of the
/// text without hits. `hits` are those of [`Finder::in_text`]. It begins and ends between words
/// unless a word alone is longer.
#[must_use]
pub fn snippet(text: &str, hits: &[Span], most: usize) -> Snippet {
    let window = densest(text, hits, most);
    let core = match (
        hits.get(window.start),
        hits.get(window.end.saturating_sub(1)),
    ) {
        (Some(first), Some(last)) if !window.is_empty() => first.cover(*last),
        _ => {
            let start = text.len() - text.trim_start().len();
            Span::new(start, start)
        }
    };
    let core = core.clamped_to(text);
    let core_len = core.of(text).map_or(0, |core| core.chars().count());
    if core_len >= most {
        let end = forward(text, core.start, most);
        let span = Span::new(core.start, end);
        return Snippet {
            span,
            hits: inside(hits, span),
            is_cut_before: goes_on_before(text, span.start),
            is_cut_after: goes_on_after(text, end),
        };
    }
    let room = most - core_len;
    // A third before the hits tells what they are about; what is left over goes behind.
    let start = context_start(text, core.start, room / 3);
    let used = text
        .get(start..core.start)
        .map_or(0, |before| before.chars().count());
    let end = context_end(text, core.end, room - used);
    let span = Span::new(start, end);
    Snippet {
        span,
        hits: inside(hits, span),
        is_cut_before: goes_on_before(text, start),
        is_cut_after: goes_on_after(text, end),
    }
}

fn inside(hits: &[Span], span: Span) -> Vec<Span> {
    let touching = hits.iter().filter(|hit| hit.overlaps(span));
    let cut = |hit: &Span| Span::new(hit.start.max(span.start), hit.end.min(span.end));
    touching.map(cut).collect()
}

/// The run of hits that is longest within `most` characters, the first of equals.
fn densest(text: &str, hits: &[Span], most: usize) -> std::ops::Range<usize> {
    let mut best = 0..0;
    let mut end = 0;
    for (start, first) in hits.iter().enumerate() {
        end = end.max(start + 1);
        while let Some(next) = hits.get(end) {
            let len = text
                .get(first.start..next.end)
                .map_or(usize::MAX, |piece| piece.chars().take(most + 1).count());
            if len > most {
                break;
            }
            end += 1;
        }
        if end - start > best.len() {
            best = start..end;
        }
    }
    best
}

/// `chars` characters after `at`, or the end.
fn forward(text: &str, at: usize, chars: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.char_indices()
        .nth(chars)
        .map_or(text.len(), |(i, _)| at + i)
}

/// The start of at most `chars` characters of whole words before `at`, on its line.
fn context_start(text: &str, at: usize, chars: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let reach = before
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(at, |(i, _)| i);
    let mut start = reach.max(line);
    if goes_on_before(text, start) && is_inside_word(text, start) {
        let rest = text.get(start..at).unwrap_or_default();
        start += rest.find(char::is_whitespace).unwrap_or(rest.len());
    }
    let rest = text.get(start..at).unwrap_or_default();
    start + rest.len() - rest.trim_start().len()
}

/// The end of at most `chars` characters of whole words after `at`, on its line.
fn context_end(text: &str, at: usize, chars: usize) -> usize {
    let reach = forward(text, at, chars);
    let rest = text.get(at..reach).unwrap_or_default();
    let mut end = at + rest.find('\n').unwrap_or(rest.len());
    if goes_on_after(text, end) && is_inside_word(text, end) {
        let rest = text.get(at..end).unwrap_or_default();
        end = at + rest.rfind(char::is_whitespace).unwrap_or(0);
    }
    let rest = text.get(at..end).unwrap_or_default();
    at + rest.trim_end().len()
}

fn is_inside_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at..).and_then(|text| text.chars().next());
    let is_dense = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    is_dense(before) && is_dense(after)
}

fn goes_on_before(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    !line.trim().is_empty()
}

fn goes_on_after(text: &str, at: usize) -> bool {
    let after = text.get(at..).unwrap_or_default();
    let line = after.split('\n').next().unwrap_or_default();
    !line.trim().is_empty()
}

/// A line of a concordance (key word in context).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What stands before the hit on its line, from a word's beginning.
    pub before: Span,
    /// The hit.
    pub hit: Span,
    /// What stands after the hit on its line, to a word's end.
    pub after: Span,
}

/// A line for each hit, with at most `width` characters on either side.
#[must_use]
pub fn lines(text: &str, hits: &[Span], width: usize) -> Vec<Line> {
    let line = |hit: &Span| {
        let hit = hit.clamped_to(text);
        Line {
            before: Span::new(context_start(text, hit.start, width), hit.start),
            hit,
            after: Span::new(hit.end, context_end(text, hit.end, width)),
        }
    };
    hits.iter().map(line).collect()
}

impl Line {
    /// What lines are sorted by for the words before the hit, the nearest first.
    #[must_use]
    pub fn left_key(&self, text: &str) -> String {
        let mut words = folded_words(self.before.of(text).unwrap_or_default());
        words.reverse();
        words.join(" ")
    }

    /// What lines are sorted by for the words after the hit, the nearest first.
    #[must_use]
    pub fn right_key(&self, text: &str) -> String {
        folded_words(self.after.of(text).unwrap_or_default()).join(" ")
    }
}

fn folded_words(text: &str) -> Vec<String> {
    words(text)
        .filter_map(|span| span.of(text))
        .map(fold)
        .collect()
}
