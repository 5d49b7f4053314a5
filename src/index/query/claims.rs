//! Tests that one and the same claim has to pass.
//!
//! Whoever asks for `partner:CN kind:delivery` wants deliveries with China, not articles in which
//! China visits and somebody else delivers. So tests on claims that must all hold are asked of one
//! claim. A field that is named again speaks of another claim: `partner:CN partner:RU` finds
//! articles with both. What is excluded is asked of the article: `-kind:visit` finds those without
//! any visit.

use std::collections::BTreeSet;

use super::{Field, FieldTest, Node, Query};

/// A condition on a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ClaimTest {
    /// A field has the value; one that [`Field::is_of_claim`].
    Is(FieldTest),
    /// Every part holds.
    All(Vec<Self>),
    /// Any part holds.
    Any(Vec<Self>),
}

impl Field {
    /// Whether it says something of a claim, not of its article.
    #[must_use]
    pub const fn is_of_claim(self) -> bool {
        matches!(
            self,
            Self::Partner | Self::Kind | Self::Modality | Self::Polarity | Self::Happened
        )
    }
}

impl ClaimTest {
    /// The condition that a node is, where it speaks of one claim only.
    fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Field(test) if test.field.is_of_claim() => Some(Self::Is(test.clone())),
            Node::Or(parts) => {
                let parts: Option<Vec<Self>> = parts.iter().map(Self::of).collect();
                parts.map(Self::Any)
            }
            Node::And(parts) => {
                let (mut claims, rest) = grouped(parts);
                claims
                    .pop()
                    .filter(|_| claims.is_empty() && rest.is_empty())
            }
            Node::All | Node::Text(_) | Node::Field(_) | Node::Not(_) => None,
        }
    }

    /// The fields that it asks for.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<Field> {
        match self {
            Self::Is(test) => BTreeSet::from([test.field]),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::fields).collect(),
        }
    }
}

/// What must hold together, by the claims that it speaks of, in order; and what speaks of none.
pub(crate) fn grouped(parts: &[Node]) -> (Vec<ClaimTest>, Vec<&Node>) {
    let mut claims: Vec<(BTreeSet<Field>, Vec<ClaimTest>)> = Vec::new();
    let mut rest = Vec::new();
    for part in parts {
        let Some(test) = ClaimTest::of(part) else {
            rest.push(part);
            continue;
        };
        let fields = test.fields();
        match claims.last_mut() {
            Some((known, tests)) if known.is_disjoint(&fields) => {
                known.extend(fields);
                tests.push(test);
            }
            _ => claims.push((fields, vec![test])),
        }
    }
    let claims = claims.into_iter().map(|(_, mut tests)| match tests.pop() {
        Some(only) if tests.is_empty() => only,
        last => {
            tests.extend(last);
            ClaimTest::All(tests)
        }
    });
    (claims.collect(), rest)
}

impl Query {
    /// The claims that what is found must tell: a condition on each, in the order in which they
    /// are asked for. None where the search may find articles without any.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimTest> {
        match &self.root {
            Node::And(parts) => grouped(parts).0,
            root => ClaimTest::of(root).into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, parse};
    use super::*;

    fn check(search: &str, expected: &str) {
        fn shown(test: &ClaimTest) -> String {
            let all = |parts: &[ClaimTest], by: &str| {
                let parts: Vec<String> = parts.iter().map(shown).collect();
                format!("({})", parts.join(by))
            };
            match test {
                ClaimTest::Is(test) => test.to_string(),
                ClaimTest::All(parts) => all(parts, " & "),
                ClaimTest::Any(parts) => all(parts, " | "),
            }
        }
        let claims = parse(search, &Options::default()).query.claims();
        let found: Vec<String> = claims.iter().map(shown).collect();
        assert_eq!(found.join("; "), expected, "{search}");
    }

    #[test]
    fn fields_side_by_side_speak_of_one_claim() {
        check("kind:delivery", "kind:delivery");
        check(
            "partner:CN drones kind:delivery lang:ru happened:2016",
            "(partner:CN & kind:delivery & happened:2016)",
        );
        check("partner:CN partner:RU", "partner:CN; partner:RU");
        check(
            "partner:CN kind:visit partner:RU kind:delivery",
            "(partner:CN & kind:visit); (partner:RU & kind:delivery)",
        );
        check(
            "partner:CN (kind:visit OR kind:meeting)",
            "(partner:CN & (kind:visit | kind:meeting))",
        );
        check(
            "(partner:CN kind:visit) OR (partner:RU kind:delivery)",
            "((partner:CN & kind:visit) | (partner:RU & kind:delivery))",
        );
        // What may be told without such a claim, or is excluded, is asked of the article.
        check("drones OR kind:visit", "");
        check("partner:CN -kind:visit", "partner:CN");
        check("status:undecided drones", "");
    }
}
