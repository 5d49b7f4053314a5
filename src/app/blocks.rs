//! The text of an article as the reader shows it: paragraphs one under the other, furniture folded,
//! and where furniture lies inside of a paragraph.

use std::ops::Range;

use super::article::Entry;
use crate::analysis::standing::{FindingKey, State};
use crate::model::article::FurnitureReason;
use crate::model::finding::Finding;
use crate::model::span::Span;

/// A paragraph of the text: a line that holds more than white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes, without the line break.
    pub span: Span,
    /// Counted from 1 over the whole text, furniture included, as citations give it.
    pub number: usize,
    /// A long paragraph is laid out in pieces: this is not its last one.
    pub goes_on: bool,
}

/// The longest piece of a paragraph that is laid out at once, in bytes. A frame lays out what comes
/// into view, at about 0.2 ms a kilobyte.
const PIECE: usize = 3_000;

impl Paragraph {
    /// The pieces that it is laid out in; most paragraphs are one.
    fn pieces(self, text: &str) -> impl Iterator<Item = Self> {
        let mut rest = Some(self.span);
        std::iter::from_fn(move || {
            let span = rest.take()?;
            let (piece, then) = cut(text, span);
            rest = then;
            Some(Self {
                span: piece,
                goes_on: then.is_some(),
                ..self
            })
        })
    }
}

/// What of a paragraph is laid out first, and the rest: cut behind a sentence where there is one,
/// else between words, else between characters.
fn cut(text: &str, span: Span) -> (Span, Option<Span>) {
    if span.len() <= PIECE {
        return (span, None);
    }
    let most = text.floor_char_boundary(span.start + PIECE);
    let late = text.ceil_char_boundary(span.start + PIECE / 2);
    let second_half = text.get(late..most).unwrap_or_default();
    let sentence = [". ", "! ", "? ", "… "];
    let end = sentence
        .iter()
        .filter_map(|mark| Some(second_half.rfind(mark)? + mark.len()))
        .max()
        .or_else(|| Some(second_half.rfind(char::is_whitespace)? + 1))
        .and_then(|end| text.is_char_boundary(late + end).then_some(late + end))
        .unwrap_or(most);
    (Span::new(span.start, end), Some(Span::new(end, span.end)))
}

/// What the reader shows one under the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph of the body.
    Body(Paragraph),
    /// Paragraphs that are furniture, next to one another; folded to one line.
    Furniture {
        /// Why, each reason once, in the order of the text.
        reasons: Vec<FurnitureReason>,
        /// The paragraphs.
        paragraphs: Vec<Paragraph>,
    },
}

impl Block {
    /// The bytes from the first to the last paragraph.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Body(paragraph) => paragraph.span,
            Self::Furniture { paragraphs, .. } => match (paragraphs.first(), paragraphs.last()) {
                (Some(first), Some(last)) => first.span.cover(last.span),
                _ => Span::new(0, 0),
            },
        }
    }
}

/// A stretch of text that is furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask {
    /// Its bytes.
    pub span: Span,
    /// Why.
    pub reason: FurnitureReason,
    /// The finding that says so.
    pub key: FindingKey,
}

/// The furniture of an article but for what was rejected. One that lies inside of another is left
/// out, so both beginnings and ends ascend.
#[derive(Debug, Default)]
pub struct Masks(Vec<Mask>);

impl Masks {
    /// The furniture among `entries`.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let standing = entries
            .iter()
            .filter(|entry| entry.state != State::Rejected);
        let masks = standing.filter_map(|entry| match &entry.finding {
            Finding::Furniture(furniture) => Some(Mask {
                span: furniture.span,
                reason: furniture.reason,
                key: entry.key,
            }),
            _ => None,
        });
        Self::arranged(masks.collect())
    }

    fn arranged(mut masks: Vec<Mask>) -> Self {
        masks.sort_by_key(|mask| (mask.span.start, std::cmp::Reverse(mask.span.end)));
        let mut end = 0;
        masks.retain(|mask| {
            let reaches_on = mask.span.end > end;
            end = end.max(mask.span.end);
            reaches_on
        });
        Self(masks)
    }

    /// Those that touch `span`, in order: found without going through all of a long article.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = &Mask> {
        let first = self.0.partition_point(|mask| mask.span.end <= span.start);
        let rest = self.0.get(first..).unwrap_or_default().iter();
        rest.take_while(move |mask| mask.span.start < span.end)
    }

    /// What of a paragraph is furniture, in bytes from where it begins: in order and disjoint.
    #[must_use]
    pub fn within(&self, paragraph: Span) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for mask in self.touching(paragraph) {
            let start = mask.span.start.max(paragraph.start) - paragraph.start;
            let end = mask.span.end.min(paragraph.end) - paragraph.start;
            match parts.last_mut() {
                Some(last) if start <= last.end => last.end = end,
                _ => parts.push(start..end),
            }
        }
        parts
    }
}

/// The paragraphs of a text, in order.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Paragraph> {
    let mut at = 0;
    text.split_inclusive('\n')
        .filter_map(move |line| {
            let start = at;
            at += line.len();
            let body = line.trim_end();
            let lead = body.len() - body.trim_start().len();
            (!body.trim_start().is_empty()).then(|| Span::new(start + lead, start + body.len()))
        })
        .zip(1..)
        .map(|(span, number)| Paragraph {
            span,
            number,
            goes_on: false,
        })
}

/// What the reader shows of `text`, of which `masks` are furniture.
pub(super) fn blocks(text: &str, masks: &Masks) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for paragraph in paragraphs(text) {
        // A paragraph is folded when more than half of it is masked.
        let mask = masks.touching(paragraph.span).find(|mask| {
            let start = mask.span.start.max(paragraph.span.start);
            let end = mask.span.end.min(paragraph.span.end);
            end.saturating_sub(start) * 2 > paragraph.span.len()
        });
        match (mask.map(|mask| mask.reason), blocks.last_mut()) {
            (None, _) => blocks.extend(paragraph.pieces(text).map(Block::Body)),
            (
                Some(reason),
                Some(Block::Furniture {
                    reasons,
                    paragraphs,
                }),
            ) => {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
                paragraphs.extend(paragraph.pieces(text));
            }
            (Some(reason), _) => {
                blocks.push(Block::Furniture {
                    reasons: vec![reason],
                    paragraphs: paragraph.pieces(text).collect(),
                });
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::ItemId;

    #[test]
    fn paragraphs_are_numbered_and_trimmed() {
        let text = "One\r\n\r\n  two \n\nthree";
        let found: Vec<_> = paragraphs(text)
            .map(|p| (p.number, p.span.of(text).unwrap()))
            .collect();
        assert_eq!(found, [(1, "One"), (2, "two"), (3, "three")]);
    }

    #[test]
    fn a_long_paragraph_is_laid_out_in_pieces_and_stays_one() {
        for word in ["слово ", "Слова. ", "безпробелов"] {
            let long = word.repeat(3_000);
            let text = format!("Title\n{}\nend", long.trim_end());
            let blocks = blocks(&text, &Masks::default());
            let pieces: Vec<Paragraph> = blocks
                .iter()
                .map(|block| match block {
                    Block::Body(paragraph) => *paragraph,
                    Block::Furniture { .. } => panic!("no furniture here"),
                })
                .collect();
            assert!(pieces.iter().all(|piece| piece.span.len() <= PIECE));
            let second: Vec<_> = pieces.iter().filter(|piece| piece.number == 2).collect();
            let whole: String = second.iter().filter_map(|p| p.span.of(&text)).collect();
            assert_eq!(whole, long.trim_end(), "nothing is lost between pieces");
            assert!(second.iter().rev().skip(1).all(|piece| piece.goes_on));
            assert_eq!(
                pieces.last().map(|p| (p.number, p.goes_on)),
                Some((3, false))
            );
        }
    }

    #[test]
    fn furniture_inside_of_a_paragraph_is_told_in_order_once() {
        let mask = |start, end| Mask {
            span: Span::new(start, end),
            reason: FurnitureReason::Marked,
            key: FindingKey::Made(ItemId(uuid::Uuid::nil())),
        };
        // One inside of another, two that overlap, and one in another paragraph.
        let masks = [mask(60, 70), mask(12, 20), mask(14, 16), mask(18, 24)];
        let masks = Masks::arranged(masks.to_vec());
        assert_eq!(masks.within(Span::new(10, 65)), [2..14, 50..55]);
        assert_eq!(masks.within(Span::new(15, 65)), [0..9, 45..50]);
        assert!(masks.within(Span::new(24, 60)).is_empty());
        let touched: Vec<_> = masks.touching(Span::new(19, 61)).map(|m| m.span).collect();
        assert_eq!(
            touched,
            [Span::new(12, 20), Span::new(18, 24), Span::new(60, 70)]
        );
    }
}
