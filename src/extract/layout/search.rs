//! The phrases that may stand anywhere in a line, each list as one automaton.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::phrases;
use crate::extract::steps;

/// A list of phrases that are looked for all at once.
pub(super) struct Search(LazyLock<Option<AhoCorasick>>);

pub(super) static SITE: Search = Search(LazyLock::new(|| automaton(phrases::SITE)));
pub(super) static CREDIT_WITHIN: Search =
    Search(LazyLock::new(|| automaton(phrases::CREDIT_WITHIN)));
/// [`SITE`] and [`CREDIT_WITHIN`] in one: most lines hold neither.
pub(super) static SITE_OR_CREDIT: Search = Search(LazyLock::new(|| {
    automaton(&[phrases::SITE, phrases::CREDIT_WITHIN].concat())
}));
pub(super) static NEWSLETTER: Search = Search(LazyLock::new(|| automaton(phrases::NEWSLETTER)));
pub(super) static SIGN_OFF: Search = Search(LazyLock::new(|| automaton(phrases::SIGN_OFF)));

pub(super) static ABOUT_AUTHOR: Search = Search(LazyLock::new(|| automaton(phrases::ABOUT_AUTHOR)));
pub(super) static CREDIT_END: Search = Search(LazyLock::new(|| automaton(phrases::CREDIT_END)));

/// `None` only for more phrases than an automaton can hold, which a test rules out.
fn automaton(phrases: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(phrases)
        .ok()
}

impl Search {
    /// Whether one of the phrases stands in `lower`.
    pub(super) fn is_in(&self, lower: &str) -> bool {
        steps::count(lower.len());
        self.0.as_ref().is_some_and(|found| found.is_match(lower))
    }

    /// Where they begin.
    pub(super) fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let found = self.0.as_ref().map(|found| found.find_iter(text));
        found.into_iter().flatten().map(|found| found.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_automaton() {
        for search in [
            &SITE,
            &CREDIT_WITHIN,
            &SITE_OR_CREDIT,
            &NEWSLETTER,
            &SIGN_OFF,
            &ABOUT_AUTHOR,
            &CREDIT_END,
        ] {
            assert!(search.0.is_some());
            assert!(!search.is_in("the harbour was dredged"));
        }
        assert!(SITE.is_in("this website uses cookies"));
    }
}
