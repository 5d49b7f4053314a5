//! How the rules have done so far: what the analyst said to what each of them proposed.

use crate::model::finding::Rule;

use super::standing::{FindingKey, Standing, State};

/// The number of a rule in the list of all rules.
pub type RuleNo = u16;

/// What decisions on rules of older versions are counted under.
pub const RETIRED: RuleNo = RuleNo::MAX;

/// How many decisions a rule's own confidence counts as. Small, so that a handful of decisions
/// outweighs it.
const PRIOR_DECISIONS: f32 = 4.0;

/// What became of the suggestions of one rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Suggestions that it makes today outside furniture, decided ones included.
    pub found: u32,
    /// Accepted as they were.
    pub accepted: u32,
    /// Accepted as the analyst rewrote them.
    pub edited: u32,
    /// Refused.
    pub rejected: u32,
}

impl Tally {
    /// Adds the figures of another part of the corpus.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            found: self.found.saturating_add(other.found),
            accepted: self.accepted.saturating_add(other.accepted),
            edited: self.edited.saturating_add(other.edited),
            rejected: self.rejected.saturating_add(other.rejected),
        }
    }

    /// How many were decided on.
    #[must_use]
    pub const fn decided(self) -> u32 {
        self.accepted
            .saturating_add(self.edited)
            .saturating_add(self.rejected)
    }

    /// The share of what was decided on that was right as it was, 0 to 1; `None` before the first
    /// decision.
    #[must_use]
    pub fn precision(self) -> Option<f32> {
        let decided = self.decided();
        (decided > 0).then(|| self.accepted as f32 / decided as f32)
    }

    /// How likely the next suggestion of the rule is right as it is, in percent.
    ///
    /// The mean of the Beta distribution whose prior is the rule's own `confidence` (percent),
    /// taken for four decisions, after the decisions so far (Gelman et al.,
    /// *Bayesian Data Analysis*, 3rd ed., section 2.4).
    #[must_use]
    pub fn likely(self, confidence: u8) -> u8 {
        let prior = f32::from(confidence.min(100)) / 100.0 * PRIOR_DECISIONS;
        let mean = (prior + self.accepted as f32) / (PRIOR_DECISIONS + self.decided() as f32);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mean of shares is between 0 and 1"
        )]
        let percent = (mean * 100.0).round() as u8;
        percent
    }
}

/// How the rules did in one article: those only that found something or were decided on, by
/// number.
#[must_use]
pub fn tallies(
    findings: &[Standing<'_>],
    rule_no: &dyn Fn(&Rule) -> Option<RuleNo>,
) -> Box<[(RuleNo, Tally)]> {
    let mut found: Vec<(RuleNo, Tally)> = Vec::new();
    for standing in findings {
        let (FindingKey::Suggested(_), Some(rule)) = (standing.key, standing.rule) else {
            continue;
        };
        if standing.masked && standing.state == State::Undecided {
            continue;
        }
        let number = rule_no(rule).unwrap_or(RETIRED);
        let one = Tally {
            found: u32::from(standing.found),
            accepted: u32::from(standing.state == State::Accepted),
            edited: u32::from(standing.state == State::Edited),
            rejected: u32::from(standing.state == State::Rejected),
        };
        match found.iter_mut().find(|(known, _)| *known == number) {
            Some((_, tally)) => *tally = tally.and(one),
            None => found.push((number, one)),
        }
    }
    found.sort_unstable_by_key(|(number, _)| *number);
    found.into()
}

/// The figures of all articles together: one for each of `rules` rules by number, and last those
/// of rules of older versions.
#[must_use]
pub fn sum(rules: usize, articles: impl Iterator<Item = (RuleNo, Tally)>) -> Vec<Tally> {
    let mut sums = vec![Tally::default(); rules + 1];
    for (number, tally) in articles {
        let place = usize::from(number).min(rules);
        if let Some(sum) = sums.get_mut(place) {
            *sum = sum.and(tally);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(accepted: u32, edited: u32, rejected: u32) -> Tally {
        Tally {
            found: 20,
            accepted,
            edited,
            rejected,
        }
    }

    #[test]
    fn decisions_outweigh_what_a_rule_thinks_of_itself() {
        assert_eq!(
            tally(0, 0, 0).likely(80),
            80,
            "nothing decided: its own word"
        );
        assert!(tally(0, 0, 4).likely(95) < 50);
        assert!(tally(9, 0, 0).likely(40) > 80);
        assert!(
            tally(3, 0, 1).likely(60) > tally(3, 1, 1).likely(60),
            "what had to be rewritten was not right as it was"
        );
        for decided in 0..200 {
            let worse = tally(decided, 0, 201 - decided).likely(70);
            let better = tally(decided + 1, 0, 200 - decided).likely(70);
            assert!(worse <= better && better <= 100);
        }
    }

    #[test]
    fn precision_is_of_what_was_decided() {
        assert_eq!(tally(0, 0, 0).precision(), None);
        assert_eq!(tally(3, 0, 1).precision(), Some(0.75));
        assert_eq!(tally(1, 1, 0).precision(), Some(0.5));
    }

    #[test]
    fn rules_of_older_versions_are_summed_apart() {
        let one = [(0, tally(1, 0, 0)), (RETIRED, tally(0, 0, 2))];
        let other = [(1, tally(0, 1, 0)), (RETIRED, tally(0, 0, 3))];
        let sums = sum(2, one.into_iter().chain(other));
        assert_eq!(sums.len(), 3);
        assert_eq!(
            (sums[0].accepted, sums[1].edited, sums[2].rejected),
            (1, 1, 5)
        );
        assert_eq!(sums[2].found, 40);
    }
}
