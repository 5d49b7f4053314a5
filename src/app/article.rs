//! The article that is open: its text, what was read out of it, and how it is laid out.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use super::blocks::{Block, Masks, blocks};
use super::telling::Imprint;
use crate::analysis::facts::ArticleFacts;
use crate::analysis::standing::{self, FindingKey, State};
use crate::analysis::track::Tally;
use crate::anchor::Target;
use crate::extract::site::Sites;
use crate::extract::{Context, extract, rules};
use crate::model::annotation::Quote;
use crate::model::article::Publication;
use crate::model::date::When;
use crate::model::extraction::Extraction;
use crate::model::finding::{Finding, FindingKind, Rule};
use crate::model::ids::ArticleId;
use crate::model::session::ArticleWork;
use crate::model::span::Span;

/// A finding of the open article as it stands, for reader and sidebar.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its identity.
    pub key: FindingKey,
    /// What it says now.
    pub finding: Finding,
    /// The rule that found it; `None` when it was made by hand.
    pub rule: Option<Rule>,
    /// How sure the rule is, in percent.
    pub confidence: Option<u8>,
    /// What the rule fired on, where its place does not say it; mostly empty.
    pub grounds: Cow<'static, str>,
    /// What became of it.
    pub state: State,
    /// Whether it lies inside furniture, and so counts nowhere.
    pub masked: bool,
}

impl Entry {
    /// Where it is.
    #[must_use]
    pub fn span(&self) -> Span {
        self.finding.span()
    }

    /// From the first to the last byte that it is drawn at: a claim may rest on several passages.
    fn reach(&self) -> Span {
        match &self.finding {
            Finding::Claim(claim) => claim
                .evidence
                .iter()
                .copied()
                .fold(self.span(), Span::cover),
            _ => self.span(),
        }
    }

    /// The sort of finding.
    #[must_use]
    pub const fn kind(&self) -> FindingKind {
        self.finding.kind()
    }

    /// Whether it waits for a decision.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.masked && matches!(self.state, State::Undecided)
    }

    /// How likely it is right as it is, in percent, after what was decided on its rule so far.
    /// 100 for what the analyst made; 0 for what is no longer found.
    #[must_use]
    pub fn likely(&self, tallies: &[Tally]) -> u8 {
        match (&self.rule, self.confidence) {
            (Some(rule), Some(confidence)) => tally_of(tallies, rule).likely(confidence),
            (Some(_), None) => 0,
            (None, _) => 100,
        }
    }

    /// Whether it is drawn: neither rejected nor inside furniture.
    #[must_use]
    pub const fn is_drawn(&self) -> bool {
        !self.masked && !matches!(self.state, State::Rejected)
    }
}

/// How a rule has done; nothing for a rule of an older version.
#[must_use]
pub(super) fn tally_of(tallies: &[Tally], rule: &Rule) -> Tally {
    let number = rules::number(&rule.0);
    let tally = number.and_then(|number| tallies.get(usize::from(number)));
    tally.copied().unwrap_or_default()
}

/// The article that is open.
#[derive(Debug)]
pub struct OpenArticle {
    /// Its row in the corpus.
    pub row: usize,
    /// Its identity.
    pub id: ArticleId,
    /// Where it comes from.
    pub source: String,
    /// What was known of the sources when it was read.
    pub sites: Arc<Sites>,
    /// What its facts keep of the text; `None` while it is shown and being read.
    pub(super) imprint: Option<Imprint>,
    /// The analyst's work when it was read, until it is shown.
    pub(super) read_with: Option<Arc<ArticleWork>>,
    /// What it was named where it came from; a folder names nothing.
    pub(super) named: Option<Box<str>>,
    /// What list and chart were told of it last.
    pub(super) told: Option<ArticleFacts>,
    /// Its text.
    pub text: Arc<str>,
    /// The same, to find passages in; `None` while it is shown and being read.
    target: Option<Target>,
    /// What was read out of it.
    pub extraction: Extraction,
    /// The publication date that came along or that the text prints, whatever the analyst ruled.
    pub printed: Publication,
    /// The publication date that the analyst had ruled on when it was read.
    pub ruled: Option<When>,
    /// All findings in reading order, decisions applied.
    pub entries: Vec<Entry>,
    /// The longest span among them, furniture aside, in bytes.
    longest: usize,
    /// What the reader shows, in the order of the text.
    pub blocks: Vec<Block>,
    /// What of it is furniture.
    pub masks: Masks,
    /// How the rules had done when the article was opened, where suggestions are listed by how
    /// likely they are right; `None`: in reading order. A decision does not shuffle the list.
    pub ranking: Option<Arc<Vec<Tally>>>,
    /// The places of `entries` in the order of the list.
    order: Vec<u32>,
    /// Changes whenever `entries`, `blocks` or `masks` do.
    pub stamp: u64,
}

impl OpenArticle {
    /// Reads an article for the reader. The publication date of `context`, which came along with
    /// the article, gives way to the analyst's ruling.
    #[must_use]
    pub fn read(
        row: usize,
        id: ArticleId,
        source: &str,
        text: Arc<str>,
        context: &Context<'_>,
        sites: &Arc<Sites>,
        work: Option<&ArticleWork>,
    ) -> Self {
        let ruled = ruled_publication(work);
        let known = Context {
            published: ruled.or(context.published),
            ..*context
        };
        let extraction = extract(&text, &known);
        let printed = if ruled.is_some() {
            extract(&text, context).publication
        } else {
            extraction.publication.clone()
        };
        let mut article = Self {
            imprint: Some(Imprint::of(source, &text, &extraction, sites)),
            sites: Arc::clone(sites),
            target: Some(Target::new(&text)),
            printed,
            extraction,
            ruled: ruled.cloned(),
            ..Self::bare(row, id, source, text)
        };
        article.apply(work);
        article
    }

    /// A long article that can be looked at while it is being read: nothing is known of it but
    /// its text.
    #[must_use]
    pub(super) fn unread(row: usize, id: ArticleId, source: &str, text: Arc<str>) -> Self {
        let mut article = Self::bare(row, id, source, text);
        article.apply(None);
        article
    }

    /// The text, before anything is known of it.
    fn bare(row: usize, id: ArticleId, source: &str, text: Arc<str>) -> Self {
        let extraction = Extraction::nothing();
        Self {
            row,
            id,
            source: source.to_owned(),
            sites: Arc::default(),
            imprint: None,
            target: None,
            read_with: None,
            named: None,
            told: None,
            text,
            printed: extraction.publication.clone(),
            extraction,
            ruled: None,
            entries: Vec::new(),
            longest: 0,
            blocks: Vec::new(),
            masks: Masks::default(),
            ranking: None,
            order: Vec::new(),
            stamp: 0,
        }
    }

    /// Whether it has been read, and does not only show its text.
    #[must_use]
    pub const fn is_read(&self) -> bool {
        self.imprint.is_some()
    }

    /// Takes over what the analyst decided.
    pub fn apply(&mut self, work: Option<&ArticleWork>) {
        self.entries = standing::standing(&self.extraction, work)
            .into_iter()
            .map(|s| Entry {
                key: s.key,
                finding: s.finding.clone(),
                rule: s.rule.cloned(),
                confidence: s.confidence,
                grounds: s.grounds.clone(),
                state: s.state,
                masked: s.masked,
            })
            .collect();
        self.longest = self
            .entries
            .iter()
            .filter(|entry| entry.kind() != FindingKind::Furniture)
            .map(|entry| entry.reach().len())
            .max()
            .unwrap_or(0);
        self.masks = Masks::of(&self.entries);
        self.blocks = blocks(&self.text, &self.masks);
        self.arrange();
        self.stamp += 1;
    }

    /// Puts the list in order after `entries` or `ranking` changed.
    pub fn arrange(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.entries.len()).collect();
        if let Some(ranking) = &self.ranking {
            let likely = |place: &u32| {
                let entry = self.entries.get(*place as usize);
                Reverse(entry.map_or(0, |entry| entry.likely(ranking)))
            };
            order.sort_by_cached_key(|place| (likely(place), *place));
        }
        self.order = order;
    }

    /// All findings in the order of the list.
    #[must_use]
    pub fn in_order(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let places = self.order.iter();
        places.filter_map(|place| self.entries.get(*place as usize))
    }

    /// The findings drawn in the text that may touch `span`, in reading order: found without
    /// going through all of a long article. Furniture is not among them.
    pub fn drawn_in(&self, span: Span) -> impl Iterator<Item = &Entry> + Clone {
        let from = span.start.saturating_sub(self.longest);
        let first = self
            .entries
            .partition_point(|entry| entry.span().start < from);
        let entries = self.entries.get(first..).unwrap_or_default().iter();
        entries
            .take_while(move |entry| entry.span().start < span.end.saturating_add(self.longest))
            .filter(|entry| entry.is_drawn() && entry.kind() != FindingKind::Furniture)
    }

    /// The furniture at a byte of the text, unless it was rejected.
    #[must_use]
    pub fn furniture_at(&self, offset: usize) -> Option<&Entry> {
        let mask = self.masks.touching(Span::new(offset, offset + 1)).next()?;
        let start = mask.span.start;
        let first = self.entries.partition_point(|e| e.span().start < start);
        let from_here = self.entries.get(first..).unwrap_or_default().iter();
        let mut same = from_here.take_while(|entry| entry.span().start == start);
        same.find(|entry| entry.key == mask.key)
    }

    /// The finding with this key.
    #[must_use]
    pub fn entry(&self, key: FindingKey) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// What it was named where it came from; else the headline, or the name of the source where
    /// there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        if let Some(named) = &self.named {
            return named;
        }
        self.extraction
            .title
            .and_then(|span| span.of(&self.text))
            .map_or(&self.source, str::trim)
    }

    /// The text of a span, or nothing where it does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text).unwrap_or_default()
    }

    /// The number of the paragraph of the body that holds the byte at `offset`, counted from 1;
    /// `None` in the title and in furniture.
    #[must_use]
    pub fn paragraph_number(&self, offset: usize) -> Option<usize> {
        let title = self.extraction.title;
        let mut number = 0;
        let mut last = None;
        for block in &self.blocks {
            let Block::Body(paragraph) = block else {
                continue;
            };
            if title.is_some_and(|title| title.overlaps(paragraph.span)) {
                continue;
            }
            // Pieces of one paragraph count once.
            if last != Some(paragraph.number) {
                number += 1;
                last = Some(paragraph.number);
            }
            if paragraph.span.start <= offset && offset < paragraph.span.end {
                return Some(number);
            }
        }
        None
    }

    /// Quotes a passage, so that it can be found again in a changed text.
    #[must_use]
    pub fn quote(&self, span: Span) -> Quote {
        match &self.target {
            Some(target) => target.quote(span),
            None => Quote::of(&self.text, span),
        }
    }

    /// Quotes passages.
    #[must_use]
    pub fn quotes(&self, spans: &[Span]) -> Vec<Quote> {
        spans.iter().map(|span| self.quote(*span)).collect()
    }

    /// The text to find passages in, once it has been read.
    #[must_use]
    pub const fn target(&self) -> Option<&Target> {
        self.target.as_ref()
    }

    /// The sentence around a span, or the span itself where no sentence holds it.
    #[must_use]
    pub fn sentence_around(&self, span: Span) -> Span {
        let first = self.extraction.sentence_at(span.start);
        let last = self
            .extraction
            .sentence_at(span.end.saturating_sub(1).max(span.start));
        [first, last].into_iter().flatten().fold(span, Span::cover)
    }
}

/// The publication date that the analyst ruled on, if it is known.
#[must_use]
pub fn ruled_publication(work: Option<&ArticleWork>) -> Option<&When> {
    work?.publication.as_ref()?.when.as_ref()
}
