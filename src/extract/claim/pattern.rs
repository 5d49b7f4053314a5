//! The table of triggers, and how a pattern is matched against tokens.
//!
//! A pattern is tried only where a word begins like its first one, and looks at a bounded number
//! of tokens, so matching is linear in the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::lexicon::list::Sieve;
use super::super::lexicon::words::{Token, TokenKind};
use crate::model::claim::{ClaimKind, Modality, Polarity};

/// How the parts of a claim are found around its trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Everybody takes the same part.
    Parties,
    /// Who stands left receives the others.
    Host,
    /// Who stands left does it together.
    Doers,
    /// Who stands left goes to who stands right.
    Visit,
    /// Who stands left gives to who stands right.
    Supply,
    /// Who stands left buys from who stands right.
    Buy,
    /// Who stands left does it to who stands right.
    Act,
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Trigger {
    pub(super) rule: &'static str,
    pub(super) kind: ClaimKind,
    pub(super) polarity: Polarity,
    pub(super) frame: Frame,
    pub(super) modality: Option<Modality>,
    elements: Vec<Element>,
}

#[derive(Debug)]
enum Element {
    /// One of these words.
    Word(Forms),
    /// Up to this many words between.
    Gap(usize),
    /// An actor begins here.
    Actor,
}

/// The forms that a place of a pattern takes.
#[derive(Debug)]
struct Forms {
    exact: FxHashSet<Box<str>>,
    /// Tells most words that are not in `exact` without looking them up.
    sieve: Sieve,
    prefixes: Vec<Box<str>>,
}

/// The whole table with its index.
#[derive(Debug, Default)]
pub(super) struct Table {
    triggers: Vec<Trigger>,
    /// Triggers by their first word.
    by_word: FxHashMap<Box<str>, Vec<usize>>,
    first_words: Sieve<128>,
    /// Triggers by the first letters of what their first word begins with.
    by_letters: FxHashMap<Box<str>, Vec<usize>>,
}

/// How many letters the index looks at.
const LETTERS: usize = 4;

/// The lines of the table.
const LINES: &str = concat!(
    include_str!("triggers/english.tsv"),
    "\n",
    include_str!("triggers/slavic.tsv")
);

static BROAD: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("triggers/broad.tsv")));

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(LINES));

/// A trigger found in a run of tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// Its first token, and one past its last; an actor that ends the pattern is not in it.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) trigger: &'static Trigger,
}

fn letters(word: &str) -> &str {
    let end = word
        .char_indices()
        .nth(LETTERS)
        .map_or(word.len(), |(i, _)| i);
    word.get(..end).unwrap_or(word)
}

/// A word with the endings of an English verb or noun.
fn inflected(word: &str) -> Vec<String> {
    let mut out: Vec<String> = ["", "s", "es", "d", "ed", "ing"]
        .iter()
        .map(|e| format!("{word}{e}"))
        .collect();
    if let Some(stem) = word.strip_suffix('e') {
        out.push(format!("{stem}ing"));
    }
    // "banned", "shipping": a consonant after one vowel is doubled.
    let mut back = word.chars().rev();
    let is_vowel = |c: char| "aeiou".contains(c);
    if let (Some(last), Some(vowel), Some(before)) = (back.next(), back.next(), back.next())
        && !is_vowel(last)
        && !"wxy".contains(last)
        && is_vowel(vowel)
        && !is_vowel(before)
    {
        out.extend(["ed", "ing"].iter().map(|e| format!("{word}{last}{e}")));
    }
    if let Some(stem) = word.strip_suffix('y') {
        out.extend(["ies", "ied"].iter().map(|e| format!("{stem}{e}")));
    }
    out
}

fn forms(alternatives: &str, classes: &HashMap<&str, &str>) -> Forms {
    let mut forms = Forms {
        exact: FxHashSet::default(),
        sieve: Sieve::EMPTY,
        prefixes: Vec::new(),
    };
    add_forms(alternatives, classes, &mut forms);
    forms.sieve = Sieve::of(forms.exact.iter().map(|word| &**word));
    forms
}

fn add_forms(alternatives: &str, classes: &HashMap<&str, &str>, forms: &mut Forms) {
    for word in alternatives.split('|').filter(|w| !w.is_empty()) {
        if let Some(class) = classes.get(word).filter(|_| word != alternatives) {
            add_forms(class, classes, forms);
        } else if let Some(stem) = word.strip_suffix('*') {
            forms.prefixes.push(stem.into());
        } else if let Some(stem) = word.strip_suffix('~') {
            forms
                .exact
                .extend(inflected(stem).into_iter().map(Box::from));
        } else {
            forms.exact.insert(word.into());
        }
    }
}

impl Trigger {
    /// Whether it tells of a wish or promise, not of what is wished for.
    pub(super) fn is_attitude(&self) -> bool {
        self.kind == ClaimKind::Support
            && matches!(
                self.modality,
                Some(Modality::Considered | Modality::Planned)
            )
    }

    /// Whether it only speaks of something: "the talks between", "relations with".
    pub(super) fn is_named(&self) -> bool {
        self.rule.ends_with("-named")
    }

    /// How much a pattern says: the words and actors that it asks for.
    pub(super) fn weight(&self) -> usize {
        self.elements
            .iter()
            .filter(|e| !matches!(e, Element::Gap(_)))
            .count()
    }
}

impl Forms {
    fn fit(&self, norm: &str) -> bool {
        (self.sieve.may_hold(norm) && self.exact.contains(norm))
            || self.prefixes.iter().any(|stem| norm.starts_with(&**stem))
    }
}

impl Table {
    /// The one table of the process.
    pub(super) fn shared() -> &'static Self {
        &TABLE
    }

    /// Words of an act, for sentences of which no pattern says anything.
    pub(super) fn broad() -> &'static Self {
        &BROAD
    }

    fn read(text: &'static str) -> Self {
        let mut classes: HashMap<&str, &str> = HashMap::new();
        for line in text.lines() {
            if let Some((name, words)) = line.split_once('\t')
                && name.starts_with('@')
            {
                classes.insert(name, words);
            }
        }
        let mut table = Self::default();
        for line in text.lines().filter(|l| l.starts_with("claim/")) {
            if let Some(trigger) = Self::trigger(line, &classes) {
                table.push(trigger);
            }
        }
        table.first_words = Sieve::of(table.by_word.keys().map(|word| &**word));
        table
    }

    fn trigger(line: &'static str, classes: &HashMap<&str, &str>) -> Option<Trigger> {
        let mut columns = line.split('\t');
        let rule = columns.next()?;
        let kind = ClaimKind::from_key(columns.next()?)?;
        let polarity = match columns.next()? {
            "+" => Polarity::Cooperative,
            _ => Polarity::Adverse,
        };
        let frame = match columns.next()? {
            "parties" => Frame::Parties,
            "host" => Frame::Host,
            "doers" => Frame::Doers,
            "visit" => Frame::Visit,
            "supply" => Frame::Supply,
            "buy" => Frame::Buy,
            "act" => Frame::Act,
            _ => return None,
        };
        let modality = Modality::from_key(columns.next()?);
        let elements = columns
            .next()?
            .split(' ')
            .map(|element| {
                if element == "$A" {
                    Element::Actor
                } else if let Some(n) = element.strip_prefix("..") {
                    Element::Gap(n.parse().unwrap_or(0))
                } else {
                    let words = classes.get(element).unwrap_or(&element);
                    Element::Word(forms(words, classes))
                }
            })
            .collect();
        Some(Trigger {
            rule,
            kind,
            polarity,
            frame,
            modality,
            elements,
        })
    }

    fn push(&mut self, trigger: Trigger) {
        let index = self.triggers.len();
        if let Some(Element::Word(forms)) = trigger.elements.first() {
            for word in &forms.exact {
                self.by_word.entry(word.clone()).or_default().push(index);
            }
            for stem in &forms.prefixes {
                let list = self.by_letters.entry(letters(stem).into()).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        self.triggers.push(trigger);
    }

    /// Puts into `found` the triggers that begin at token `at` and end before `stop`, in the order
    /// of the table.
    pub(super) fn at(
        &'static self,
        tokens: &[Token<'_>],
        at: usize,
        stop: usize,
        is_actor: &dyn Fn(usize) -> bool,
        found: &mut Vec<Match>,
    ) {
        found.clear();
        let Some(token) = tokens.get(at).filter(|t| t.kind == TokenKind::Word) else {
            return;
        };
        let mut consider = |index: usize| {
            if let Some(trigger) = self.triggers.get(index)
                && let Some(end) = fit(&trigger.elements, tokens, at, stop, is_actor)
            {
                found.push(Match {
                    start: at,
                    end,
                    trigger,
                });
            }
        };
        let whole = self
            .first_words
            .may_hold(&token.norm)
            .then(|| self.by_word.get(&*token.norm))
            .flatten();
        if token.norm.is_ascii() {
            whole.into_iter().flatten().copied().for_each(consider);
            return;
        }
        // A short prefix pattern stands under fewer letters than the word has. All are Slavic.
        let mut candidates: Vec<usize> = Vec::new();
        candidates.extend(whole.into_iter().flatten());
        let key = letters(&token.norm);
        for end in key.char_indices().map(|(i, c)| i + c.len_utf8()) {
            let list = key.get(..end).and_then(|k| self.by_letters.get(k));
            candidates.extend(list.into_iter().flatten());
        }
        candidates.sort_unstable();
        candidates.dedup();
        for index in candidates {
            consider(index);
        }
    }
}

/// Where the pattern ends if it begins at `at`. Gaps take as few words as they can.
fn fit(
    elements: &[Element],
    tokens: &[Token<'_>],
    at: usize,
    stop: usize,
    is_actor: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        return Some(at);
    };
    match element {
        Element::Word(forms) => {
            let token = tokens.get(at).filter(|_| at < stop)?;
            forms
                .fit(&token.norm)
                .then(|| fit(rest, tokens, at + 1, stop, is_actor))?
        }
        Element::Actor => (at < stop && is_actor(at)).then_some(at),
        Element::Gap(longest) => {
            for skip in 0..=*longest {
                if let Some(end) = fit(rest, tokens, at + skip, stop, is_actor) {
                    return Some(end);
                }
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::words::tokens;
    use crate::model::span::Span;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = LINES.lines().filter(|l| l.starts_with("claim/")).count();
        assert_eq!(Table::shared().triggers.len(), lines);
        for trigger in &Table::shared().triggers {
            assert!(
                matches!(trigger.elements.first(), Some(Element::Word(_))),
                "{}",
                trigger.rule
            );
        }
        let stems = Table::shared().by_letters.keys();
        assert!(stems.into_iter().all(|stem| !stem.is_ascii()));
    }

    #[test]
    fn patterns_reach_over_gaps() {
        let text = "They signed a long and detailed memorandum.";
        let tokens = tokens(text, Span::new(0, text.len()));
        let mut found = Vec::new();
        Table::shared().at(&tokens, 1, tokens.len(), &|_| false, &mut found);
        assert_eq!(
            found.first().map(|m| (m.trigger.rule, m.end)),
            Some(("claim/signed-agreement", 7))
        );
    }
}
