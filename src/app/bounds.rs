//! Where passages of a text begin and end: characters, words, sentences, paragraphs. Selecting
//! and moving boundaries from the keyboard go by these.

use unicode_segmentation::UnicodeSegmentation;

use super::article::OpenArticle;
use super::blocks::Block;
use crate::model::span::Span;

/// How far a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// What a reader takes for one character (an extended grapheme cluster, UAX #29).
    Character,
    /// A word (UAX #29); what stands between words belongs to none.
    Word,
    /// A sentence of the body, as the program reads it.
    Sentence,
    /// A paragraph of the body.
    Paragraph,
}

/// An end of a passage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum End {
    /// Its first character.
    Start,
    /// Its last one.
    #[default]
    Last,
}

impl End {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Start => Self::Last,
            Self::Last => Self::Start,
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn of(self, span: Span) -> usize {
        match self {
            Self::Start => span.start,
            Self::Last => span.end,
        }
    }
}

/// Words are looked for in this many bytes around a place: a text without a line break may be long.
const AROUND: usize = 4_000;

/// The passage with one of its ends moved to the next boundary before or after where it is: a start
/// to where something begins, an end to where something ends. `None` where there is no such
/// boundary, or nothing would be left.
#[must_use]
pub fn nudged(
    article: &OpenArticle,
    span: Span,
    end: End,
    grain: Grain,
    forward: bool,
) -> Option<Span> {
    let to = boundary(article, end.of(span), end, grain, forward)?;
    let moved = match end {
        End::Start => (to < span.end).then(|| Span::new(to, span.end)),
        End::Last => (span.start < to).then(|| Span::new(span.start, to)),
    }?;
    let is_blank = article.slice(moved).trim().is_empty();
    (!is_blank && moved != span).then_some(moved)
}

fn boundary(
    article: &OpenArticle,
    at: usize,
    end: End,
    grain: Grain,
    forward: bool,
) -> Option<usize> {
    let text: &str = &article.text;
    match grain {
        Grain::Character => character(text, at, forward),
        Grain::Word => {
            let words = words_around(text, at, forward);
            nearest(words.map(|word| end.of(word)), at, forward)
        }
        Grain::Sentence => {
            let sentences = near(&article.extraction.sentences, at);
            nearest(sentences.iter().map(|s| end.of(*s)), at, forward)
        }
        Grain::Paragraph => {
            let paragraphs = paragraphs(article);
            nearest(paragraphs.iter().map(|p| end.of(*p)), at, forward)
        }
    }
}

/// The boundary of a character next to `at`.
fn character(text: &str, at: usize, forward: bool) -> Option<usize> {
    if forward {
        let next = text.get(at..)?.graphemes(true).next()?;
        Some(at + next.len())
    } else {
        let last = text.get(..at)?.graphemes(true).next_back()?;
        Some(at - last.len())
    }
}

/// The place nearest to `at` on one side of it; places come in order.
fn nearest(mut places: impl Iterator<Item = usize>, at: usize, forward: bool) -> Option<usize> {
    if forward {
        places.find(|place| *place > at)
    } else {
        places.take_while(|place| *place < at).last()
    }
}

/// Sentences from shortly before `at` on: enough to find those next to it.
fn near(sentences: &[Span], at: usize) -> &[Span] {
    let first = sentences.partition_point(|sentence| sentence.end < at);
    sentences.get(first.saturating_sub(2)..).unwrap_or_default()
}

/// The words near `at`, in order; where one looks forward, the rest of the text is read as far as
/// it is asked for.
fn words_around(text: &str, at: usize, forward: bool) -> Box<dyn Iterator<Item = Span> + '_> {
    let from = text.floor_char_boundary(at.saturating_sub(AROUND));
    // Not in the middle of a word.
    let before = text.get(..from).unwrap_or_default();
    let from = before
        .rfind(char::is_whitespace)
        .filter(|space| from - space < AROUND)
        .unwrap_or(from);
    let to = if forward {
        text.len()
    } else {
        text.ceil_char_boundary((at + AROUND).min(text.len()))
    };
    let part = text.get(from..to).unwrap_or_default();
    let words = part.unicode_word_indices();
    Box::new(words.map(move |(start, word)| {
        let start = from + start;
        Span::new(start, start + word.len())
    }))
}

/// The paragraphs of the body, title included; what is laid out in pieces is one.
fn paragraphs(article: &OpenArticle) -> Vec<Span> {
    let mut found: Vec<(usize, Span)> = Vec::new();
    for block in &article.blocks {
        let Block::Body(piece) = block else { continue };
        match found.last_mut() {
            Some((number, span)) if *number == piece.number => *span = span.cover(piece.span),
            _ => found.push((piece.number, piece.span)),
        }
    }
    found.into_iter().map(|(_, span)| span).collect()
}

/// Where a step from one passage to another starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// From this passage.
    Passage(Span),
    /// From a place, with nothing selected.
    Place(usize),
}

/// The passage of a grain that a step leads to. From a passage that is none of that grain, the
/// first step is to the one around its beginning; from a place, to the first one there or after.
#[must_use]
pub fn stepped(article: &OpenArticle, here: Here, grain: Grain, forward: bool) -> Option<Span> {
    let at = match here {
        Here::Passage(span) => span.start,
        Here::Place(at) => at,
    };
    let own: Vec<Span>;
    let all: &[Span] = match grain {
        Grain::Character => return None,
        Grain::Word => {
            let after = words_around(&article.text, at, true);
            // Those up to the next but one are enough, however long the text.
            let mut left = 3;
            own = after
                .take_while(|word| {
                    left -= usize::from(word.start > at);
                    left > 0
                })
                .collect();
            &own
        }
        Grain::Sentence => &article.extraction.sentences,
        Grain::Paragraph => {
            own = paragraphs(article);
            &own
        }
    };
    let after = all.partition_point(|one| one.start <= at);
    let around = after
        .checked_sub(1)
        .filter(|place| all.get(*place).is_some_and(|one| at < one.end));
    let target = match (here, around) {
        (Here::Passage(span), Some(place)) if all.get(place) == Some(&span) => {
            place.checked_add_signed(if forward { 1 } else { -1 })?
        }
        (_, Some(place)) => place,
        (Here::Passage(_), None) if !forward => after.checked_sub(1)?,
        (_, None) => after,
    };
    all.get(target).copied()
}

#[cfg(test)]
mod tests;
