//! Regular expressions of searches.
//!
//! A match begins where a word begins, as everything that is searched for does, or at what is no
//! word: `/tank/` finds *tanks*, not *thinktank*, and `/\w*tank/` both. So the index knows which
//! articles can match.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::analyzer::{plain, word_around, words};
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

/// An expression that is looked for in texts.
#[derive(Debug)]
pub(super) struct Pattern {
    regex: Regex,
    /// Words without which it can't match.
    pub(super) needs: Needs,
}

impl Pattern {
    /// Makes an expression ready.
    ///
    /// # Errors
    /// As [`compile`].
    pub(super) fn new(pattern: &str) -> Result<Self, BadPattern> {
        Ok(Self {
            regex: compile(pattern)?,
            needs: Needs::of(pattern),
        })
    }

    /// Its matches in a text, in order, none over another.
    pub(super) fn matches<'t>(&self, text: &'t str) -> impl Iterator<Item = Span> + use<'_, 't> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at <= text.len() {
                let found = Span::from(self.regex.find_at(text, at)?.range());
                // Where a match may begin does not depend on what it matches, so that nothing is
                // missed by going on after the word.
                if let Some(word) = word_around(text, found.start) {
                    at = word.end;
                    continue;
                }
                at = found.end;
                if found.is_empty() {
                    let rest = text.get(at..).unwrap_or_default();
                    at += rest.chars().next().map_or(1, char::len_utf8);
                }
                return Some(found);
            }
            None
        })
    }

    /// Whether it matches anywhere in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.matches(text).next().is_some()
    }
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
    /// Words one after the other, each so many places after the first.
    Row(Vec<(u32, Piece)>),
    /// All of these.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// What is known of a word, as a plain form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The word.
    Whole(String),
    /// What it begins with.
    Begins(String),
}

/// Beginnings of words shorter than this narrow nothing down.
const MIN_BEGINNING: usize = 3;

impl Needs {
    /// What the expression needs.
    fn of(pattern: &str) -> Self {
        // Case is of no account: words are compared folded.
        match regex_syntax::parse(pattern) {
            Ok(hir) => {
                let mut runs = Runs {
                    is_first: true,
                    ..Runs::default()
                };
                runs.read(&hir);
                runs.finish()
            }
            Err(_) => Self::Nothing,
        }
    }
}

/// Reads an expression from left to right, keeping the characters that must follow one another.
#[derive(Default)]
struct Runs {
    run: String,
    /// Matches begin where the run does.
    is_first: bool,
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
        inner.is_first = self.is_first && self.run.is_empty();
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
        let is_first = std::mem::take(&mut self.is_first);
        let starts_open = !is_first && run.chars().next().is_some_and(is_open);
        let ends_open = run.chars().next_back().is_some_and(is_open);
        let spans: Vec<Span> = words(&run).collect();
        let mut row = Vec::new();
        for (place, span) in (0_u32..).zip(&spans) {
            let word = plain(span.of(&run).unwrap_or_default());
            let is_last = place as usize + 1 == spans.len();
            if place == 0 && starts_open {
                continue;
            }
            if !(is_last && ends_open) {
                row.push((place, Piece::Whole(word)));
            } else if word.chars().count() >= MIN_BEGINNING {
                row.push((place, Piece::Begins(word)));
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
            let show_piece = |(place, piece): &(u32, Piece)| match piece {
                Piece::Whole(word) => format!("{place}:{word}"),
                Piece::Begins(word) => format!("{place}:{word}*"),
            };
            match needs {
                Needs::Nothing => "?".to_owned(),
                Needs::Row(row) => row.iter().map(show_piece).collect::<Vec<_>>().join(" "),
                Needs::All(parts) => all(parts, " & "),
                Needs::Any(parts) => all(parts, " | "),
            }
        }
        show(&Needs::of(pattern))
    }

    #[test]
    fn words_inside_a_pattern_are_needed_and_in_their_order() {
        assert_eq!(needs("joint production"), "0:joint 1:production*");
        assert_eq!(needs("\\w+ joint production of"), "0:joint 1:production");
        assert_eq!(needs("x joint, a b "), "0:x 1:joint 2:a 3:b");
        assert_eq!(needs("\\w*x joint of"), "1:joint");
        assert_eq!(needs("^joint\\s+prod\\w+"), "0:joint 1:prod*");
        assert_eq!(
            needs("a joint\\s+(drone|plant) x"),
            "(0:a 1:joint & (0:drone* | 0:plant*))"
        );
        assert_eq!(needs(" (drone |plant )"), "(0:drone | 0:plant)");
        assert_eq!(needs("( drone | plant )x"), "(0:drone | 0:plant)");
        assert_eq!(needs("( drone |x)"), "?");
        assert_eq!(needs("(drone|plant) of"), "(0:drone* | 0:plant*)");
        assert_eq!(needs("x?(drone|plant) of"), "?");
        assert_eq!(needs("(?: big drone )+"), "0:big 1:drone");
        assert_eq!(needs("(?: big drone )*"), "?");
        assert_eq!(needs("\\bduction\\b"), "0:duction*");
        assert_eq!(needs("\\w*duction"), "?");
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
        assert!(Pattern::new("JOINT").unwrap().is_in("a joint plant"));
    }

    #[test]
    fn matches_begin_where_words_do() {
        let found = |pattern: &str, text: &str| -> Vec<String> {
            let pattern = Pattern::new(pattern).unwrap();
            let spans = pattern.matches(text);
            spans
                .map(|span| span.of(text).unwrap().to_owned())
                .collect()
        };
        let text = "Tanks, thinktank l'tank об'єкт x-tank's_tank";
        assert_eq!(found("tank", text), ["Tank", "tank", "tank"]);
        assert_eq!(
            found("\\w*tank", text),
            ["Tank", "thinktank", "tank", "_tank"]
        );
        assert_eq!(found("єкт", text), [""; 0]);
        assert_eq!(found("об'є", text), ["об'є"]);
        assert_eq!(found(", think", text), [", think"]);
        assert_eq!(found("", "аб"), ["", ""]);
        let long = "a".repeat(200_000);
        assert_eq!(found("aa$", &long), [""; 0]);
    }
}
