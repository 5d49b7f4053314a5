//! What a search shows beside the list: its hits in the open article, lines of a concordance,
//! snippets under the titles, and articles like the open one. All of it is looked for in the
//! background.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::evidence::{self, LinesRead, LinesWanted};
use crate::extract::lexicon::Lexicon;
use crate::index::hits::{self, Finder};
use crate::index::query::{Options, QueryError, parse};
use crate::index::similar::{Similar, similar};
use crate::index::{Index, Query};
use crate::job::{Cancel, Latest, Wake};
use crate::model::annotation::Quote;
use crate::model::claim::named_enum;
use crate::model::ids::ArticleId;
use crate::model::span::Span;
use crate::store::corpus::Corpus;

/// So many lines of a concordance are read; more than anybody reads, few enough to sort at once.
pub const MOST_LINES: usize = 5_000;
/// So many articles like the open one are listed.
const MOST_SIMILAR: usize = 10;
/// How long a snippet is, in characters: a line of the list in its usual width, so that the hit in
/// the middle is not cut off.
const SNIPPET: usize = 56;
/// How many characters stand on either side of a line's hit.
const CONTEXT: usize = 60;
/// Lines are shown each time that so many articles have been read.
const STEP: usize = 200;

named_enum! {
    /// What the lines of a concordance are sorted by.
    LineOrder {
        /// As their articles stand in the list.
        Article = "article", "Article";
        /// By the words before the hit, the nearest first.
        Before = "before", "Words before";
        /// By the words after the hit.
        After = "after", "Words after";
        /// By the hit itself.
        Hit = "hit", "Hit";
    }
}

/// A line of a concordance: a hit between what stands before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextLine {
    /// The row of its article.
    pub row: u32,
    /// Its article.
    pub article: ArticleId,
    /// The hit.
    pub span: Span,
    /// The hit as it can be found again.
    pub quote: Quote,
    /// What stands before it, without line breaks.
    pub before: String,
    /// What stands after it.
    pub after: String,
    keys: [String; 2],
}

/// The lines of a concordance as far as they have been read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concordance {
    /// The lines, sorted.
    pub lines: Vec<ContextLine>,
    /// Articles read so far.
    pub read: usize,
    /// Articles to read.
    pub of: usize,
    /// There are more lines than are read.
    pub is_cut: bool,
}

/// A piece of a text that shows hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text, without line breaks, with marks where it is cut.
    pub text: String,
    /// The hits in it.
    pub hits: Vec<Range<usize>>,
}

/// What a search is looked for with.
#[derive(Clone)]
pub(super) struct Search {
    pub(super) text: String,
    pub(super) corpus: Arc<Corpus>,
    pub(super) lexicon: Arc<Lexicon>,
    /// The last word also counts as the beginning of one, as in the list.
    pub(super) is_typing: bool,
}

impl Search {
    pub(super) fn query(&self) -> Query {
        let cursor = self.is_typing.then_some(self.text.len());
        parse(&self.text, &Options { cursor }).query
    }

    fn finder(&self) -> Finder {
        Finder::new(&self.query(), &|word| self.lexicon.other_names(word))
    }
}

pub(super) struct LinesRequest {
    pub(super) search: Search,
    pub(super) rows: Arc<Vec<u32>>,
    pub(super) order: LineOrder,
}

pub(super) struct SnippetsRequest {
    pub(super) search: Search,
    pub(super) rows: Vec<u32>,
}

pub(super) struct HitsRequest {
    pub(super) search: Search,
    pub(super) article: ArticleId,
    pub(super) text: Arc<str>,
}

pub(super) struct SimilarRequest {
    pub(super) index: Arc<Index>,
    pub(super) article: ArticleId,
    pub(super) row: u32,
    pub(super) text: Arc<str>,
}

/// The snippets of a search, by row.
type Snippets = (String, Vec<(u32, Shown)>);
/// The hits of a search in an article.
type Hits = (String, ArticleId, Vec<Span>);
/// The articles like one.
type Alike = (ArticleId, Vec<Similar>);

/// The work in the background.
pub(super) struct Searchers {
    pub(super) lines: Latest<LinesRequest, (String, Concordance)>,
    pub(super) snippets: Latest<SnippetsRequest, Snippets>,
    pub(super) hits: Latest<HitsRequest, Hits>,
    pub(super) similar: Latest<SimilarRequest, Alike>,
    pub(super) evidence: Latest<LinesWanted, LinesRead>,
}

impl Searchers {
    pub(super) fn new(wake: &Wake) -> Self {
        Self {
            lines: Latest::in_steps("lines", wake.clone(), |request, cancel, show| {
                lines(&request, cancel, show)
            }),
            snippets: Latest::new("snippets", wake.clone(), |request, cancel| {
                Some(snippets(request, cancel))
            }),
            hits: Latest::new("hits", wake.clone(), |request: HitsRequest, _| {
                let hits = request.search.finder().in_text(&request.text);
                Some((request.search.text, request.article, hits))
            }),
            similar: Latest::new("similar", wake.clone(), |request: SimilarRequest, _| {
                let (text, row) = (&*request.text, Some(request.row));
                let found = similar(&request.index, text, row, MOST_SIMILAR);
                Some((request.article, found.unwrap_or_default()))
            }),
            evidence: Latest::in_steps("evidence", wake.clone(), |wanted, cancel, show| {
                Some(evidence::read(&wanted, cancel, show))
            }),
        }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.lines.is_busy()
            || self.snippets.is_busy()
            || self.hits.is_busy()
            || self.similar.is_busy()
            || self.evidence.is_busy()
    }
}

/// What has been found for the search in the list.
#[derive(Debug, Default)]
pub struct Found {
    /// The search that it was found for.
    pub(super) text: String,
    /// The search is being typed: its last word also counts as the beginning of one.
    pub(super) is_typing: bool,
    /// A search, and the names in it that nothing is called by.
    pub(super) doubts: (String, Vec<QueryError>),
    /// The hits in the open article, in order.
    pub hits: Vec<Span>,
    /// Whose they are.
    pub(super) hits_of: Option<ArticleId>,
    /// Snippets by row, of the rows that have been in view.
    pub snippets: HashMap<u32, Shown>,
    /// Rows whose snippets have been asked for.
    pub(super) asked: Vec<u32>,
    /// The lines of the concordance.
    pub concordance: Concordance,
    /// The list and order that they were read for.
    pub(super) lines_of: Option<(Arc<Vec<u32>>, LineOrder)>,
    /// Articles like the open one, the likest first.
    pub similar: Vec<Similar>,
    /// Whose they are.
    pub(super) similar_to: Option<ArticleId>,
}

fn lines(
    request: &LinesRequest,
    cancel: &Cancel,
    show: &dyn Fn((String, Concordance)),
) -> Option<(String, Concordance)> {
    let finder = request.search.finder();
    let text_of = || request.search.text.clone();
    let corpus = &request.search.corpus;
    let mut found = Concordance {
        of: request.rows.len(),
        ..Concordance::default()
    };
    if finder.is_empty() {
        return Some((text_of(), Concordance::default()));
    }
    for row in request.rows.iter() {
        if cancel.is_cancelled() {
            return None;
        }
        found.read += 1;
        let (Some(article), Ok(text)) = (corpus.id(*row as usize), corpus.read_text(*row as usize))
        else {
            continue;
        };
        let hits = finder.in_text(&text);
        for line in hits::lines(&text, &hits, CONTEXT) {
            let one = |span: Span| super::words::one_line(span.of(&text).unwrap_or_default(), 400);
            let (left, right) = (line.left_key(&text), line.right_key(&text));
            found.lines.push(ContextLine {
                row: *row,
                article,
                span: line.hit,
                quote: Quote::of(&text, line.hit),
                before: one(line.before),
                after: one(line.after),
                keys: [left, right],
            });
        }
        found.is_cut = found.lines.len() >= MOST_LINES;
        if found.is_cut {
            break;
        }
        if found.read.is_multiple_of(STEP) {
            show((text_of(), sorted(found.clone(), request.order)));
        }
    }
    Some((text_of(), sorted(found, request.order)))
}

fn sorted(mut found: Concordance, order: LineOrder) -> Concordance {
    match order {
        LineOrder::Article => {}
        LineOrder::Before => found.lines.sort_by(|a, b| a.keys.cmp(&b.keys)),
        LineOrder::After => {
            let key = |line: &ContextLine| (line.keys[1].clone(), line.keys[0].clone());
            found.lines.sort_by_cached_key(key);
        }
        LineOrder::Hit => {
            let key = |line: &ContextLine| line.quote.exact.to_lowercase();
            found.lines.sort_by_cached_key(key);
        }
    }
    found
}

fn snippets(request: SnippetsRequest, cancel: &Cancel) -> Snippets {
    let SnippetsRequest { search, rows } = request;
    let finder = search.finder();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if cancel.is_cancelled() {
            break;
        }
        let Ok(text) = search.corpus.text(row as usize) else {
            continue;
        };
        let hits = finder.in_text(&text);
        if !hits.is_empty() {
            found.push((row, shown(&text, &hits)));
        }
    }
    (search.text, found)
}

/// A snippet as it is drawn.
fn shown(text: &str, hits: &[Span]) -> Shown {
    let snippet = hits::snippet(text, hits, SNIPPET);
    let mut shown = Shown {
        text: String::new(),
        hits: Vec::new(),
    };
    if snippet.is_cut_before {
        shown.text.push('…');
    }
    let mut at = snippet.span.start;
    for hit in &snippet.hits {
        push_flat(&mut shown.text, text.get(at..hit.start).unwrap_or_default());
        let start = shown.text.len();
        push_flat(&mut shown.text, hit.of(text).unwrap_or_default());
        shown.hits.push(start..shown.text.len());
        at = hit.end;
    }
    push_flat(
        &mut shown.text,
        text.get(at..snippet.span.end).unwrap_or_default(),
    );
    if snippet.is_cut_after {
        shown.text.push('…');
    }
    shown
}

/// Adds text with each white space as one space.
fn push_flat(to: &mut String, text: &str) {
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !to.ends_with(' ') {
            to.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Search {
        Search {
            text: text.to_owned(),
            corpus: Arc::new(Corpus::sample()),
            lexicon: Arc::new(Lexicon::new(&crate::model::actor::ActorBook::default())),
            is_typing: false,
        }
    }

    fn concordance(text: &str, order: LineOrder) -> Concordance {
        let request = LinesRequest {
            search: search(text),
            rows: Arc::new((0..5).collect()),
            order,
        };
        lines(&request, &Cancel::default(), &|_| {}).unwrap().1
    }

    #[test]
    fn lines_are_read_from_all_articles_and_sorted_by_their_context() {
        let found = concordance("missile", LineOrder::Before);
        assert!(found.lines.len() > 3, "{}", found.lines.len());
        assert_eq!((found.read, found.of), (5, 5));
        let is_missile =
            |line: &ContextLine| line.quote.exact.to_lowercase().starts_with("missile");
        assert!(found.lines.iter().all(is_missile));
        let keys: Vec<_> = found.lines.iter().map(|line| line.keys.clone()).collect();
        assert!(keys.is_sorted());
        let by_article = concordance("missile", LineOrder::Article);
        let rows: Vec<_> = by_article.lines.iter().map(|line| line.row).collect();
        assert!(rows.is_sorted());
        assert_eq!(by_article.lines.len(), found.lines.len());
        assert_eq!(
            concordance("partner:CN", LineOrder::Hit),
            Concordance::default()
        );
    }

    #[test]
    fn a_snippet_shows_its_hits() {
        let request = SnippetsRequest {
            search: search("\"joint ventures\" OR missile"),
            rows: vec![0, 1, 2, 3, 4],
        };
        let (_, found) = snippets(request, &Cancel::default());
        assert!(!found.is_empty());
        for (_, shown) in &found {
            assert!(!shown.hits.is_empty());
            for hit in &shown.hits {
                let hit = shown.text[hit.clone()].to_lowercase();
                assert!(hit.contains("missile") || hit.contains("joint"), "{hit}");
            }
            assert!(!shown.text.contains('\n'));
        }
    }
}
