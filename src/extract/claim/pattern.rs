//! The table of triggers, and how a pattern is matched against tokens.
//!
//! A pattern is tried only where a word begins like its first one, and looks at a bounded number
//! of tokens, so matching is linear in the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::lexicon::words::Token;
use super::classes::{Class, Classes, Found};
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
    /// A word of this class.
    Word(Class),
    /// Up to this many words between.
    Gap(usize),
    /// An actor begins here.
    Actor,
}

/// The whole table with its index.
#[derive(Debug, Default)]
pub(super) struct Table {
    triggers: Vec<Trigger>,
    /// What each of them needs, in one place: nearly all are passed over by it.
    needs: Vec<[Class; NEEDS]>,
    classes: Classes,
}

/// So many words of a pattern are asked for before it is tried, besides the first, which is there.
const NEEDS: usize = 3;

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

/// The forms that a place of a pattern takes: whole words, and beginnings of words.
#[derive(Debug, Default)]
struct Forms {
    words: Vec<String>,
    stems: Vec<String>,
}

fn add_forms(alternatives: &str, classes: &HashMap<&str, &str>, forms: &mut Forms) {
    for word in alternatives.split('|').filter(|w| !w.is_empty()) {
        if let Some(class) = classes.get(word).filter(|_| word != alternatives) {
            add_forms(class, classes, forms);
        } else if let Some(stem) = word.strip_suffix('*') {
            forms.stems.push(stem.into());
        } else if let Some(stem) = word.strip_suffix('~') {
            forms.words.extend(inflected(stem));
        } else {
            forms.words.push(word.into());
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

    /// The classes of its words after the first; the last one repeated where it has fewer.
    fn needs(&self) -> [Class; NEEDS] {
        let mut classes = self.elements.iter().filter_map(|element| match element {
            Element::Word(class) => Some(*class),
            Element::Gap(_) | Element::Actor => None,
        });
        let mut last = classes.next().unwrap_or_default();
        [(); NEEDS].map(|()| {
            last = classes.next().unwrap_or(last);
            last
        })
    }

    /// How much a pattern says: the words and actors that it asks for.
    pub(super) fn weight(&self) -> usize {
        self.elements
            .iter()
            .filter(|e| !matches!(e, Element::Gap(_)))
            .count()
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
        let mut classes: HashMap<&'static str, &'static str> = HashMap::new();
        for line in text.lines() {
            if let Some((name, words)) = line.split_once('\t')
                && name.starts_with('@')
            {
                classes.insert(name, words);
            }
        }
        let mut table = Self::default();
        let mut known: HashMap<&str, Class> = HashMap::new();
        // By the class of their first word, in their order.
        let mut by_first: Vec<Vec<usize>> = Vec::new();
        for line in text.lines().filter(|l| l.starts_with("claim/")) {
            let class_of = |alternatives: &'static str| {
                *known.entry(alternatives).or_insert_with(|| {
                    let mut forms = Forms::default();
                    add_forms(alternatives, &classes, &mut forms);
                    table.classes.add(forms.words, forms.stems)
                })
            };
            let Some(trigger) = Self::trigger(line, &classes, class_of) else {
                continue;
            };
            if let Some(Element::Word(class)) = trigger.elements.first() {
                let class = usize::from(*class);
                if by_first.len() <= class {
                    by_first.resize(class + 1, Vec::new());
                }
                if let Some(list) = by_first.get_mut(class) {
                    list.push(table.triggers.len());
                }
            }
            table.triggers.push(trigger);
        }
        table.classes.finish(&by_first);
        table.needs = table.triggers.iter().map(Trigger::needs).collect();
        table
    }

    fn trigger(
        line: &'static str,
        classes: &HashMap<&'static str, &'static str>,
        mut class_of: impl FnMut(&'static str) -> Class,
    ) -> Option<Trigger> {
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
                    Element::Word(class_of(classes.get(element).unwrap_or(&element)))
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

    /// The words of its patterns.
    pub(super) fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The classes of the words of a sentence, for [`Self::at`] of [`Self::shared`].
    pub(super) fn classes_of<'s>(tokens: &'s [Token<'s>]) -> Found<'s> {
        Found::new(tokens, |token| token.entry.acts)
    }

    /// The same for [`Self::broad`].
    pub(super) fn broad_classes_of<'s>(tokens: &'s [Token<'s>]) -> Found<'s> {
        Found::new(tokens, |token| token.entry.broad_acts)
    }

    /// Adds to `matches` the triggers that begin at token `at` and end before `stop`, in the order
    /// of the table. `words` are the classes of the sentence; `actor` answers where the actor ends that
    /// begins at a token.
    pub(super) fn at(
        &'static self,
        words: &Found<'_>,
        at: usize,
        stop: usize,
        actor: &dyn Fn(usize) -> Option<usize>,
        matches: &mut Vec<Match>,
    ) {
        for index in words.begins(at) {
            // Most sentences have no word for one of the places of a pattern.
            if let Some(needs) = self.needs.get(*index)
                && needs.iter().all(|class| words.is_present(*class))
                && let Some(trigger) = self.triggers.get(*index)
                && let Some(end) = fit(&trigger.elements, words, at, stop, actor)
            {
                matches.push(Match {
                    start: at,
                    end,
                    trigger,
                });
            }
        }
    }
}

/// Where the pattern ends if it begins at `at`. Gaps take as few words as they can; an actor at the
/// end of the pattern stands behind it.
fn fit(
    elements: &[Element],
    words: &Found<'_>,
    at: usize,
    stop: usize,
    actor: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        return Some(at);
    };
    match element {
        Element::Word(class) => {
            let is_here = at < stop && words.has(at, *class);
            is_here.then(|| fit(rest, words, at + 1, stop, actor))?
        }
        Element::Actor => {
            let behind = actor(at).filter(|_| at < stop)?;
            if rest.is_empty() {
                return Some(at);
            }
            fit(rest, words, behind, stop, actor)
        }
        Element::Gap(longest) => {
            (at..=at + longest).find_map(|next| fit(rest, words, next, stop, actor))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::claim::classes::MOST;
    use crate::extract::glossary;

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
    }

    #[test]
    fn all_classes_fit_in_what_a_sentence_remembers() {
        for table in [Table::shared(), Table::broad()] {
            assert!(table.classes.len() <= MOST, "{}", table.classes.len());
        }
    }

    #[test]
    fn patterns_reach_over_gaps() {
        let text = "They signed a long and detailed memorandum.";
        let tokens = glossary::tokens(text);
        let (table, mut found) = (Table::shared(), Vec::new());
        let words = Table::classes_of(&tokens);
        table.at(&words, 1, tokens.len(), &|_| None, &mut found);
        assert_eq!(
            found.first().map(|m| (m.trigger.rule, m.end)),
            Some(("claim/signed-agreement", 7))
        );
    }

    /// "billion ..2 $A loan": what stands behind the actor belongs to the pattern as well.
    #[test]
    fn patterns_go_on_behind_an_actor() {
        let ends = |text: &str| {
            let tokens = glossary::tokens(text);
            let mut found = Vec::new();
            let actor = |at: usize| (at == 2).then_some(4);
            Table::shared().at(
                &Table::classes_of(&tokens),
                1,
                tokens.len(),
                &actor,
                &mut found,
            );
            found.iter().map(|m| m.end).max()
        };
        assert_eq!(ends("Two billion World Bank loans"), Some(5));
        assert_eq!(ends("Two billion World Bank crabs"), None);
    }
}
