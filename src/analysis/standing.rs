//! The one merged view of an article's findings: what extraction proposes, as the analyst decided
//! on it, and what the analyst made by hand. Reader, sidebar and charts all draw from it.

use std::borrow::Cow;

pub use crate::model::finding::FindingKey;

use crate::model::article::Furniture;
use crate::model::extraction::Extraction;
use crate::model::finding::{Finding, FindingKind, Rule, Suggestion};
use crate::model::ids::SuggestionId;
use crate::model::session::{ArticleWork, Decision, Verdict};
use crate::model::span::Span;

/// Of what was found by nobody but the analyst.
static NO_GROUNDS: Cow<'static, str> = Cow::Borrowed("");

/// What became of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody decided yet.
    Undecided,
    /// Accepted as it was proposed, or made by hand.
    Accepted,
    /// Accepted as the analyst rewrote it.
    Edited,
    /// Refused.
    Rejected,
}

impl State {
    /// Whether the analyst stands behind it.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::Edited)
    }
}

/// A finding as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Its identity.
    pub key: FindingKey,
    /// What it says: the analyst's version once edited; what was proposed once rejected. A
    /// decided finding is the one that was decided on, whatever the rules say today.
    pub finding: &'a Finding,
    /// The rule that found it; `None` when it was made by hand.
    pub rule: Option<&'a Rule>,
    /// How sure the rule is, in percent; `None` when it was made by hand or is no longer found.
    pub confidence: Option<u8>,
    /// What the rule fired on; empty where its place says it, or it is no longer found.
    pub grounds: &'a Cow<'static, str>,
    /// What became of it.
    pub state: State,
    /// Extraction proposes it today. `false` for what was made by hand and for decisions on
    /// suggestions that today's rules no longer make.
    pub found: bool,
    /// It lies inside furniture that outranks it, and so counts nowhere; see [`standing`].
    pub masked: bool,
}

impl Standing<'_> {
    /// Where it is: for a claim, its main evidence.
    #[must_use]
    pub fn span(&self) -> Span {
        self.finding.span()
    }

    /// Whether figures count it: neither rejected nor inside furniture.
    #[must_use]
    pub const fn counts(&self) -> bool {
        !self.masked && !matches!(self.state, State::Rejected)
    }

    /// Whether it waits for a decision that matters: undecided, and not inside furniture.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.masked && matches!(self.state, State::Undecided)
    }
}

/// All findings of an article in reading order (span, kind, key), rejected ones included.
///
/// Decided suggestions that extraction no longer makes are still there, from the decision.
///
/// What lies wholly inside furniture is `masked`. Furniture that the analyst accepted, edited or
/// marked by hand masks everything in it. Furniture that is merely proposed masks only what is
/// itself merely proposed, and no dates: the date line is furniture that is read for its date.
/// Rejected furniture masks nothing.
#[must_use]
pub fn standing<'a>(
    extraction: &'a Extraction,
    work: Option<&'a ArticleWork>,
) -> Vec<Standing<'a>> {
    let mut all: Vec<Standing<'a>> = Vec::with_capacity(extraction.suggestions.len());
    for suggestion in &extraction.suggestions {
        let decision = work.and_then(|work| work.decisions.get(&suggestion.id));
        all.push(of_suggestion(suggestion, decision));
    }
    if let Some(work) = work {
        let mut found: Vec<SuggestionId> = extraction.suggestions.iter().map(|s| s.id).collect();
        found.sort_unstable();
        for (id, decision) in &work.decisions {
            if found.binary_search(id).is_err() {
                all.push(of_decision(*id, decision));
            }
        }
        for (id, made) in &work.made {
            all.push(Standing {
                key: FindingKey::Made(*id),
                finding: &made.finding,
                rule: None,
                confidence: None,
                grounds: &NO_GROUNDS,
                state: State::Accepted,
                found: false,
                masked: false,
            });
        }
    }
    all.sort_by_key(|s| (s.span(), s.finding.kind(), s.key));
    mask(&mut all);
    all
}

fn of_suggestion<'a>(suggestion: &'a Suggestion, decision: Option<&'a Decision>) -> Standing<'a> {
    let undecided = Standing {
        key: FindingKey::Suggested(suggestion.id),
        finding: &suggestion.finding,
        rule: Some(&suggestion.rule),
        confidence: Some(suggestion.confidence),
        grounds: &suggestion.grounds,
        state: State::Undecided,
        found: true,
        masked: false,
    };
    match decision {
        None => undecided,
        Some(decision) => Standing {
            confidence: undecided.confidence,
            grounds: undecided.grounds,
            found: true,
            ..of_decision(suggestion.id, decision)
        },
    }
}

fn of_decision(id: SuggestionId, decision: &Decision) -> Standing<'_> {
    let (state, finding) = match &decision.verdict {
        Verdict::Accepted => (State::Accepted, &decision.finding),
        Verdict::Edited(finding) => (State::Edited, &**finding),
        Verdict::Rejected => (State::Rejected, &decision.finding),
    };
    Standing {
        key: FindingKey::Suggested(id),
        finding,
        rule: Some(&decision.rule),
        confidence: None,
        grounds: &NO_GROUNDS,
        state,
        found: false,
        masked: false,
    }
}

/// Marks what lies in furniture. `all` is sorted by span, so one pass with the furthest end of
/// the furniture begun so far tells whether some furniture holds a finding.
fn mask(all: &mut [Standing<'_>]) {
    let ranges = |accepted: bool| -> Vec<Span> {
        all.iter()
            .filter(|s| match s.state {
                State::Rejected => false,
                State::Undecided => !accepted,
                State::Accepted | State::Edited => accepted,
            })
            .filter_map(|s| match s.finding {
                Finding::Furniture(Furniture { span, .. }) => Some(*span),
                _ => None,
            })
            .collect()
    };
    let mut marked = Cover::new(ranges(true));
    let mut proposed = Cover::new(ranges(false));
    for standing in all {
        let (span, kind) = (standing.span(), standing.finding.kind());
        let weak = standing.state == State::Undecided && kind != FindingKind::Time;
        // Both are asked every time, to move both forward.
        let (in_marked, in_proposed) = (marked.holds(span), proposed.holds(span));
        standing.masked = kind != FindingKind::Furniture && (in_marked || (weak && in_proposed));
    }
}

/// Ranges sorted by start, asked for spans sorted by start.
struct Cover {
    ranges: std::vec::IntoIter<Span>,
    next: Option<Span>,
    reach: Option<usize>,
}

impl Cover {
    fn new(ranges: Vec<Span>) -> Self {
        let mut ranges = ranges.into_iter();
        let next = ranges.next();
        Self {
            ranges,
            next,
            reach: None,
        }
    }

    /// Whether one of the ranges holds `span` wholly.
    fn holds(&mut self, span: Span) -> bool {
        while let Some(range) = self.next.filter(|range| range.start <= span.start) {
            self.reach = self.reach.max(Some(range.end));
            self.next = self.ranges.next();
        }
        self.reach.is_some_and(|reach| span.end <= reach) && !span.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::{Article, claim, furniture, mention};
    use crate::model::claim::ClaimKind;
    use proptest::prelude::*;

    #[test]
    fn everything_stands_once_in_reading_order() {
        let mut article = Article::new("Belarus sells to China and Poland.")
            .suggest(claim(0..34, ClaimKind::Purchase, &["BY", "CN"], None))
            .suggest(mention(0..7, "BY"))
            .suggest(mention(17..22, "CN"));
        article.accept(1);
        article.edit(2, mention(27..33, "PL"));
        article.make(mention(8..13, "RU"));
        let all = standing(&article.extraction, Some(&article.work));
        let states: Vec<_> = all.iter().map(|s| (s.span().start, s.state)).collect();
        assert_eq!(
            states,
            [
                (0, State::Accepted),
                (0, State::Undecided),
                (8, State::Accepted),
                (27, State::Edited)
            ]
        );
        assert_eq!(all.iter().filter(|s| s.rule.is_none()).count(), 1);
        assert_eq!(all[3].confidence, Some(80));
    }

    proptest! {
        /// The one-pass mask agrees with asking every furniture range.
        #[test]
        fn masks_are_what_furniture_holds(
            masks in proptest::collection::vec((0usize..40, 1usize..20, 0u8..3), 0..6),
            mentions in proptest::collection::vec((0usize..50, 1usize..8, any::<bool>()), 0..20),
        ) {
            let mut article = Article::new("");
            for (start, len, _) in &masks {
                article = article.suggest(furniture(*start..start + len));
            }
            for (start, len, _) in &mentions {
                article = article.suggest(mention(*start..start + len, "CN"));
            }
            for (i, (_, _, verdict)) in masks.iter().enumerate() {
                match verdict {
                    0 => {}
                    1 => article.accept(i),
                    _ => article.reject(i),
                }
            }
            for (i, (_, _, accepted)) in mentions.iter().enumerate() {
                if *accepted {
                    article.accept(masks.len() + i);
                }
            }
            let all = standing(&article.extraction, Some(&article.work));
            for one in &all {
                let expected = one.finding.kind() == FindingKind::Mention
                    && all.iter().any(|mask| {
                        mask.finding.kind() == FindingKind::Furniture
                            && mask.span().contains(one.span())
                            && match mask.state {
                                State::Rejected => false,
                                State::Undecided => one.state == State::Undecided,
                                State::Accepted | State::Edited => true,
                            }
                    });
                prop_assert_eq!(one.masked, expected);
            }
        }
    }
}
