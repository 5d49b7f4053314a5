//! Regular expressions of searches.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::analyzer::{plain, words};
use crate::model::fold::fold;
use crate::model::span::Span;

/// A compiled expression takes at most so much memory.
const MAX_BYTES: usize = 1 << 20;

/// A regular expression that can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern {
    /// The bytes of the pattern that it is about.
    pub span: Span,
    /// What is wrong.
    pub problem: String,
}

/// Compiles the expression, case aside unless it says `(?-i)`.
///
/// # Errors
/// When it is malformed, or so large that it would take more than a megabyte.
pub fn compile(pattern: &str) -> Result<Regex, BadPattern> {
    let built = RegexBuilder::new(pattern)
        .case_insensitive(true)
        .size_limit(MAX_BYTES)
        .build();
    built.map_err(|error| {
        let whole = Span::new(0, pattern.len());
        match (error, regex_syntax::parse(pattern)) {
            (regex::Error::CompiledTooBig(_), _) => BadPattern {
                span: whole,
                problem: "the regular expression is too large".to_owned(),
            },
            (_, Err(regex_syntax::Error::Parse(error))) => BadPattern {
                span: place(error.span()).clamped_to(pattern),
                problem: error.kind().to_string(),
            },
            (_, Err(regex_syntax::Error::Translate(error))) => BadPattern {
                span: place(error.span()).clamped_to(pattern),
                problem: error.kind().to_string(),
            },
            (error, _) => BadPattern {
                span: whole,
                problem: error.to_string(),
            },
        }
    })
}

fn place(span: &regex_syntax::ast::Span) -> Span {
    let (start, end) = (span.start.offset, span.end.offset);
    Span::new(start.min(end), start.max(end))
}

/// Words without which an expression can't match: what the index is asked before any text is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing is known: every text may match.
    Nothing,
    /// Words one after the other, each so many places after the first. One of them at most does
    /// not begin where its piece does.
    Row(Vec<(u32, Piece)>),
    /// All of these.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// What is known of a word, as a plain form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) letters: String,
    /// The word begins with it.
    pub(super) starts: bool,
    /// The word ends with it.
    pub(super) ends: bool,
}

/// Pieces of fewer letters narrow nothing down: where words begin with them, and where they stand
/// anywhere in a word, so that all words are looked through.
const MIN_BEGINNING: usize = 3;
const MIN_WITHIN: usize = 4;

impl Needs {
    /// What the expression needs.
    pub(super) fn of(pattern: &str) -> Self {
        // Case is of no account: words are compared folded.
        match regex_syntax::parse(pattern) {
            Ok(hir) => {
                let mut runs = Runs::default();
                runs.read(&hir);
                runs.finish()
            }
            Err(_) => Self::Nothing,
        }
    }

    /// Whether it is not known where one of the words begins.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Row(pieces) => pieces.iter().any(|(_, piece)| !piece.starts),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_open),
        }
    }
}

/// Reads an expression from left to right, keeping the characters that must follow one another.
#[derive(Default)]
struct Runs {
    run: String,
    needs: Vec<Needs>,
}

impl Runs {
    fn read(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => self.run.push_str(text),
                Err(_) => self.gap(),
            },
            HirKind::Class(class) => match one_letter(class) {
                Some(letter) => self.run.push_str(&letter),
                None if is_between_words(class) => self.run.push(' '),
                None => self.gap(),
            },
            HirKind::Look(look) => match look {
                Look::Start
                | Look::StartLF
                | Look::StartCRLF
                | Look::End
                | Look::EndLF
                | Look::EndCRLF => self.run.push(' '),
                // A boundary of a word in Unicode's sense can stand at an apostrophe, where a
                // word of the index goes on.
                _ => {}
            },
            HirKind::Repetition(repetition) => {
                let is_needed = repetition.min > 0;
                if is_needed
                    && matches!(repetition.sub.kind(), HirKind::Class(class) if is_between_words(class))
                {
                    self.run.push(' ');
                    return;
                }
                let inner = self.inner();
                self.gap();
                if is_needed {
                    match inner.needs_of(&repetition.sub) {
                        Needs::Nothing => {}
                        needs => self.needs.push(needs),
                    }
                }
            }
            HirKind::Capture(capture) => self.read(&capture.sub),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.read(part)),
            HirKind::Alternation(parts) => {
                let any: Vec<Needs> = parts
                    .iter()
                    .map(|part| self.inner().needs_of(part))
                    .collect();
                self.gap();
                if !any.contains(&Needs::Nothing) {
                    self.needs.push(Needs::Any(any));
                }
            }
        }
    }

    /// For a part that stands here: it knows whether a word goes on into it.
    fn inner(&self) -> Self {
        let is_boundary = |c: char| c.is_ascii() && !c.is_alphanumeric() && c != '\'';
        let mut inner = Self::default();
        if self.run.chars().next_back().is_some_and(is_boundary) {
            inner.run.push(' ');
        }
        inner
    }

    fn needs_of(mut self, hir: &Hir) -> Needs {
        self.read(hir);
        self.finish()
    }

    /// Anything may follow: what stands in the run is complete, but for its ends.
    fn gap(&mut self) {
        let run = std::mem::take(&mut self.run);
        let is_open = |c: char| c.is_alphanumeric() || !c.is_ascii() || c == '\'';
        let starts_open = run.chars().next().is_some_and(is_open);
        let ends_open = run.chars().next_back().is_some_and(is_open);
        let spans: Vec<Span> = words(&run).collect();
        let mut row = Vec::new();
        for (place, span) in (0_u32..).zip(&spans) {
            let piece = Piece {
                letters: plain(span.of(&run).unwrap_or_default()),
                starts: place > 0 || !starts_open,
                ends: place as usize + 1 < spans.len() || !ends_open,
            };
            let fewest = match (piece.starts, piece.ends) {
                (true, true) => 1,
                (true, false) => MIN_BEGINNING,
                (false, _) => MIN_WITHIN,
            };
            if piece.letters.chars().count() >= fewest {
                row.push((place, piece));
            }
        }
        if !row.is_empty() {
            self.needs.push(Needs::Row(row));
        }
    }

    fn finish(mut self) -> Needs {
        self.gap();
        match self.needs.len() {
            0 | 1 => self.needs.pop().unwrap_or(Needs::Nothing),
            _ => Needs::All(self.needs),
        }
    }
}

/// The letter, if all characters of the class are one but for case.
fn one_letter(class: &Class) -> Option<String> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let mut letters = class
        .iter()
        .flat_map(|range| (range.start()..=range.end()).take(4))
        // The long s is an s to the pattern only.
        .filter(|c| *c != 'ſ')
        .map(|c| fold(&c.to_string()));
    let first = letters.next()?;
    letters.all(|letter| letter == first).then_some(first)
}

/// Whether the class holds only what no word holds.
fn is_between_words(class: &Class) -> bool {
    const ENOUGH: usize = 64;
    let Class::Unicode(class) = class else {
        return false;
    };
    class.iter().all(|range| {
        range.len() < ENOUGH
            && (range.start()..=range.end())
                .all(|c| c.is_whitespace() || (c.is_ascii_punctuation() && c != '\''))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(pattern: &str) -> String {
        fn show(needs: &Needs) -> String {
            let all = |needs: &[Needs], by: &str| {
                let all: Vec<String> = needs.iter().map(show).collect();
                format!("({})", all.join(by))
            };
            let open = |is_known| if is_known { "" } else { "*" };
            match needs {
                Needs::Nothing => "?".to_owned(),
                Needs::Row(pieces) => {
                    let pieces = pieces.iter().map(|(place, piece)| {
                        let (from, to) = (open(piece.starts), open(piece.ends));
                        format!("{place}:{from}{}{to}", piece.letters)
                    });
                    pieces.collect::<Vec<_>>().join(" ")
                }
                Needs::All(parts) => all(parts, " & "),
                Needs::Any(parts) => all(parts, " | "),
            }
        }
        show(&Needs::of(pattern))
    }

    #[test]
    fn words_inside_a_pattern_are_needed_and_in_their_order() {
        assert_eq!(needs("joint production"), "0:*joint 1:production*");
        assert_eq!(needs("\\w+ joint production of"), "0:joint 1:production");
        assert_eq!(needs("x joint of a, b "), "1:joint 2:of 3:a 4:b");
        assert_eq!(needs("^joint\\s+prod\\w+"), "0:joint 1:prod*");
        assert_eq!(
            needs("a joint\\s+(drone|plant) x"),
            "(1:joint & (0:drone* | 0:plant*))"
        );
        assert_eq!(needs(" (drone |plant )"), "(0:drone | 0:plant)");
        assert_eq!(needs("( drone | plant )x"), "(0:drone | 0:plant)");
        assert_eq!(needs("( drone |x)"), "?");
        assert_eq!(needs("(?: big drone )+"), "0:big 1:drone");
        assert_eq!(needs("(?: big drone )*"), "?");
        assert_eq!(needs("duction\\b"), "0:*duction*");
        assert_eq!(needs("tio"), "?");
        assert_eq!(needs(" [Дд]елегаци[яи] "), "0:делегаци*");
        assert_eq!(needs("(?i) Ёлка "), "0:елка");
    }

    #[test]
    fn what_is_wrong_is_placed() {
        let error = compile("a(b").unwrap_err();
        assert_eq!(error.span, Span::new(1, 2));
        assert!(
            compile("(?:a{1000}){1000}")
                .unwrap_err()
                .problem
                .contains("too large")
        );
        assert!(compile("JOINT").unwrap().is_match("a joint plant"));
    }
}
