//! What only all articles together tell: which are duplicates, and which claims are one event.

use std::sync::Arc;

use super::event::Events;
use super::facts::ArticleFacts;
use super::near::{Candidate, Folds, fold};
use crate::model::date::When;

/// What all articles together tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Across {
    /// The duplicates.
    pub folds: Arc<Folds>,
    /// The events.
    pub events: Events,
}

impl Across {
    /// Looks at the facts of all articles, by row; nothing for those that have not been read.
    /// `is_apart` says which the analyst keeps apart.
    #[must_use]
    pub fn new(
        articles: &[Option<&ArticleFacts>],
        is_apart: &dyn Fn(&ArticleFacts) -> bool,
    ) -> Self {
        Self::with(Arc::new(folds(articles, is_apart)), articles)
    }

    /// The same, where the duplicates are known already: claims have changed, texts have not.
    ///
    /// Budget: a microsecond a claim on one core.
    #[must_use]
    pub fn with(folds: Arc<Folds>, articles: &[Option<&ArticleFacts>]) -> Self {
        let rows = (0_u32..).zip(articles);
        let known = rows.filter_map(|(row, facts)| Some((row, (*facts)?)));
        let events = Events::find(known, &folds);
        Self { folds, events }
    }
}

/// Folds the duplicates among all articles.
fn folds(articles: &[Option<&ArticleFacts>], is_apart: &dyn Fn(&ArticleFacts) -> bool) -> Folds {
    let candidates: Vec<Option<Candidate<'_>>> = articles
        .iter()
        .map(|facts| {
            let facts = (*facts)?;
            let days = facts.publication.as_ref().map(When::days);
            Some(Candidate {
                sketch: &facts.sketch,
                published: days.and_then(|days| days.first),
                apart: is_apart(facts),
            })
        })
        .collect();
    fold(&candidates)
}
