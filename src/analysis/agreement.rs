//! How far two analysts agree, beyond what chance would give.
//!
//! **Codes.** The unit is a sentence of an article that both have worked on. For each code, known by
//! its name and those above it, a sentence is coded or not: a highlight with the code touches it.
//!
//! **Fields.** The unit is a suggestion that both have decided on. First whether it was kept; then,
//! of what both kept, each field as it stands after the decision.
//!
//! Percent agreement, Cohen's kappa (J. Cohen, "A coefficient of agreement for nominal scales",
//! 1960) and Krippendorff's alpha for nominal data (K. Krippendorff, "Computing Krippendorff's
//! Alpha-Reliability", 2011) are given for each. Kappa and alpha are undefined where all units have
//! one value: chance alone would agree then.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::finding::Finding;
use crate::model::ids::{ArticleId, ItemId};
use crate::model::session::{ArticleWork, Session};
use crate::model::span::Span;

/// How often the two gave which values to the same unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    counts: BTreeMap<(String, String), u64>,
}

impl Pairs {
    /// Counts a unit with the value that each gave to it.
    pub fn add(&mut self, a: &str, b: &str) {
        *self.counts.entry((a.to_owned(), b.to_owned())).or_default() += 1;
    }

    /// How many units there are.
    #[must_use]
    pub fn units(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The part of the units that got the same value, from 0 to 1; `None` without units.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let units = self.units();
        (units > 0).then(|| self.agreeing() as f64 / units as f64)
    }

    fn agreeing(&self) -> u64 {
        let pairs = self.counts.iter().filter(|((a, b), _)| a == b);
        pairs.map(|(_, count)| count).sum()
    }

    /// How often each value was given, by the first and by the second.
    fn margins(&self) -> BTreeMap<&str, (u64, u64)> {
        let mut margins: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for ((a, b), count) in &self.counts {
            margins.entry(a).or_default().0 += count;
            margins.entry(b).or_default().1 += count;
        }
        margins
    }

    /// Cohen's kappa: (observed − expected) / (1 − expected), where what is expected comes of each
    /// one's own shares of values. `None` where chance would agree always.
    #[must_use]
    pub fn kappa(&self) -> Option<f64> {
        let units = self.units() as f64;
        let observed = self.percent()?;
        let margins = self.margins();
        let products = margins.values().map(|(a, b)| *a as f64 * *b as f64);
        let expected = products.sum::<f64>() / (units * units);
        (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
    }

    /// Krippendorff's alpha for nominal data: 1 − observed disagreement / expected disagreement,
    /// where what is expected comes of the shares of values of both together. `None` where all
    /// values are the same.
    #[must_use]
    pub fn alpha(&self) -> Option<f64> {
        let values = 2.0 * self.units() as f64;
        let observed = 2.0 * (self.units() - self.agreeing()) as f64;
        let totals: Vec<f64> = self
            .margins()
            .values()
            .map(|(a, b)| (a + b) as f64)
            .collect();
        let same: f64 = totals.iter().map(|total| total * total).sum();
        // Ordered pairs of different values.
        let expected = values * values - same;
        (expected > 0.0).then(|| 1.0 - (values - 1.0) * observed / expected)
    }
}

/// The agreement on one code or field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The code's path in lower case, or the field's name.
    pub name: String,
    /// What the two gave.
    pub pairs: Pairs,
}

/// A unit that the two gave different values to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The article.
    pub article: ArticleId,
    /// The sentence, or the passage of the suggestion.
    pub span: Span,
    /// The code or field.
    pub name: String,
    /// What the first gave.
    pub a: String,
    /// What the second gave.
    pub b: String,
}

/// How far two analysts agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Articles that both worked on.
    pub articles: usize,
    /// Those of them whose text is not at hand: their codes are not compared.
    pub unread: usize,
    /// By code.
    pub codes: Vec<Line>,
    /// By field: whether a suggestion was kept, then what it says.
    pub fields: Vec<Line>,
    /// The units that were given different values, by article and place.
    pub disagreements: Vec<Disagreement>,
}

/// The fields, in the order in which they are shown.
const FIELDS: [&str; 10] = [
    "kept",
    "claim: kind",
    "claim: modality",
    "claim: polarity",
    "claim: actors",
    "claim: items",
    "claim: date",
    "date: value",
    "mention: actor",
    "furniture: reason",
];

/// Compares two sessions. `sentences` gives those of an article, where its text is at hand.
pub fn compare(
    a: &Session,
    b: &Session,
    mut sentences: impl FnMut(ArticleId) -> Option<Vec<Span>>,
) -> Agreement {
    let mut found = Agreement::default();
    let mut codes: BTreeMap<String, Pairs> = BTreeMap::new();
    let mut fields: BTreeMap<&str, Pairs> = BTreeMap::new();
    let (codes_a, codes_b) = (codes_by_path(a), codes_by_path(b));
    let names: BTreeSet<&String> = codes_a.keys().chain(codes_b.keys()).collect();
    for (article, work_a) in &a.work {
        let Some(work_b) = b.work.get(article) else {
            continue;
        };
        found.articles += 1;
        compare_fields(*article, work_a, work_b, &mut fields, &mut found);
        match sentences(*article) {
            None => found.unread += 1,
            Some(sentences) => {
                for name in &names {
                    let in_a = coded(work_a, codes_a.get(*name));
                    let in_b = coded(work_b, codes_b.get(*name));
                    let pairs = codes.entry((*name).clone()).or_default();
                    for span in &sentences {
                        let value = |coded: &[Span]| {
                            if coded.iter().any(|one| one.overlaps(*span)) {
                                "coded"
                            } else {
                                "not coded"
                            }
                        };
                        found.count(pairs, *article, *span, name, value(&in_a), value(&in_b));
                    }
                }
            }
        }
    }
    let line = |(name, pairs): (String, Pairs)| Line { name, pairs };
    found.codes = codes.into_iter().map(line).collect();
    found.fields = FIELDS
        .into_iter()
        .filter_map(|name| Some(line((name.to_owned(), fields.remove(name)?))))
        .collect();
    found
        .disagreements
        .sort_by_key(|one| (one.article, one.span.start, one.span.end));
    found
}

impl Agreement {
    fn count(
        &mut self,
        pairs: &mut Pairs,
        article: ArticleId,
        span: Span,
        name: &str,
        a: &str,
        b: &str,
    ) {
        pairs.add(a, b);
        if a != b {
            self.disagreements.push(Disagreement {
                article,
                span,
                name: name.to_owned(),
                a: a.to_owned(),
                b: b.to_owned(),
            });
        }
    }
}

/// The codes by what two analysts know them by: their path, in lower case.
fn codes_by_path(session: &Session) -> BTreeMap<String, BTreeSet<ItemId>> {
    let mut codes: BTreeMap<String, BTreeSet<ItemId>> = BTreeMap::new();
    for code in session.codebook.codes.keys() {
        let path = session.codebook.path_text(*code);
        let path = path.trim().to_lowercase();
        codes.entry(path).or_default().insert(*code);
    }
    codes
}

/// The passages with one of these codes.
fn coded(work: &ArticleWork, codes: Option<&BTreeSet<ItemId>>) -> Vec<Span> {
    let is_it = |id: &ItemId| codes.is_some_and(|codes| codes.contains(id));
    let highlights = work.annotations.values();
    highlights
        .filter(|highlight| highlight.codes.iter().any(is_it))
        .map(|highlight| highlight.span)
        .collect()
}

fn compare_fields(
    article: ArticleId,
    a: &ArticleWork,
    b: &ArticleWork,
    fields: &mut BTreeMap<&'static str, Pairs>,
    found: &mut Agreement,
) {
    for (id, in_a) in &a.decisions {
        let Some(in_b) = b.decisions.get(id) else {
            continue;
        };
        let span = in_a.finding.span();
        let kept = |standing: Option<&Finding>| {
            if standing.is_some() {
                "kept"
            } else {
                "rejected"
            }
        };
        let (a, b) = (in_a.standing(), in_b.standing());
        let pairs = fields.entry("kept").or_default();
        found.count(pairs, article, span, "kept", kept(a), kept(b));
        let (Some(a), Some(b)) = (a, b) else { continue };
        let (in_a, in_b) = (values(a), values(b));
        for ((name, a), (other, b)) in in_a.iter().zip(&in_b) {
            if name == other {
                let pairs = fields.entry(name).or_default();
                found.count(pairs, article, span, name, a, b);
            }
        }
    }
}

/// The fields of a finding as text.
fn values(finding: &Finding) -> Vec<(&'static str, String)> {
    let date = |when: Option<&crate::model::date::When>| {
        when.map_or("unknown".to_owned(), ToString::to_string)
    };
    match finding {
        Finding::Claim(claim) => {
            let mut actors: Vec<String> = claim
                .actors
                .iter()
                .map(|one| format!("{} ({})", one.actor, one.role.key()))
                .collect();
            actors.sort_unstable();
            let mut items: Vec<String> =
                claim.items.iter().map(|item| item.to_lowercase()).collect();
            items.sort_unstable();
            vec![
                ("claim: kind", claim.kind.key().to_owned()),
                ("claim: modality", claim.modality.key().to_owned()),
                ("claim: polarity", claim.polarity.key().to_owned()),
                ("claim: actors", actors.join(", ")),
                ("claim: items", items.join(", ")),
                ("claim: date", date(claim.time.when.as_ref())),
            ]
        }
        Finding::Time(time) => vec![("date: value", date(time.when.as_ref()))],
        Finding::Mention(mention) => vec![("mention: actor", mention.actor.to_string())],
        Finding::Furniture(furniture) => {
            vec![("furniture: reason", furniture.reason.key().to_owned())]
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(a: &str, b: &str) -> Pairs {
        let mut pairs = Pairs::default();
        for (a, b) in a.split_whitespace().zip(b.split_whitespace()) {
            pairs.add(a, b);
        }
        pairs
    }

    fn close(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!(
            (found - expected).abs() < 0.0005,
            "{found} is not {expected}"
        );
    }

    /// K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example A: binary data,
    /// two observers, no missing data.
    #[test]
    fn krippendorff_binary_example() {
        let meg = "0 1 0 0 0 0 0 0 1 0";
        let owen = "1 1 1 0 0 1 0 0 0 0";
        close(pairs(meg, owen).alpha(), 0.095);
        close(pairs(meg, owen).percent(), 0.6);
    }

    /// The same, example B: nominal data, two observers, no missing data.
    #[test]
    fn krippendorff_nominal_example() {
        let ben = "a a b b d c c c e d d a";
        let gerry = "b a b b b c c c e d d d";
        close(pairs(ben, gerry).alpha(), 0.692);
    }

    /// J. L. Fleiss, B. Levin, M. C. Paik, "Statistical Methods for Rates and Proportions", 3rd ed.
    /// (2003), table 18.1: two raters, 100 subjects, three diagnoses; kappa = 0.68 (0.676).
    #[test]
    fn fleiss_diagnoses_example() {
        let table = [
            ("psychotic", "psychotic", 75),
            ("psychotic", "neurotic", 1),
            ("psychotic", "organic", 4),
            ("neurotic", "psychotic", 5),
            ("neurotic", "neurotic", 4),
            ("neurotic", "organic", 1),
            ("organic", "organic", 10),
        ];
        let mut pairs = Pairs::default();
        for (a, b, count) in table {
            (0..count).for_each(|_| pairs.add(a, b));
        }
        close(pairs.percent(), 0.89);
        close(pairs.kappa(), 0.6765);
    }

    #[test]
    fn where_chance_always_agrees_nothing_is_said() {
        let one = pairs("a a a", "a a a");
        assert_eq!(
            (one.percent(), one.kappa(), one.alpha()),
            (Some(1.0), None, None)
        );
        let none = Pairs::default();
        assert_eq!(
            (none.percent(), none.kappa(), none.alpha()),
            (None, None, None)
        );
    }

    proptest! {
        #[test]
        fn the_measures_know_no_sides_and_end_at_one(values in prop::collection::vec((0_u8..4, 0_u8..4), 1..60)) {
            let (mut there, mut back, mut same) = (Pairs::default(), Pairs::default(), Pairs::default());
            for (a, b) in &values {
                there.add(&a.to_string(), &b.to_string());
                back.add(&b.to_string(), &a.to_string());
                same.add(&a.to_string(), &a.to_string());
            }
            prop_assert_eq!(there.alpha().is_some(), back.alpha().is_some());
            for (one, other) in [(there.alpha(), back.alpha()), (there.kappa(), back.kappa())] {
                if let (Some(one), Some(other)) = (one, other) {
                    prop_assert!((one - other).abs() < 1e-9 && one <= 1.0 + 1e-9);
                }
            }
            for whole in [same.alpha(), same.kappa()].into_iter().flatten() {
                prop_assert!((whole - 1.0).abs() < 1e-9);
            }
        }
    }
}
