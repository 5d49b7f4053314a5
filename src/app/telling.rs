//! From an article to what list and chart are told of it.

use crate::analysis::facts::{self, ArticleFacts, Known};
use crate::extract::lexicon::Lexicon;
use crate::extract::site::{self, Sites};
use crate::extract::{Context, Lined, extract, rules};
use crate::model::date::When;
use crate::model::extraction::Extraction;
use crate::model::ids::ArticleId;
use crate::model::session::Session;
use crate::model::sketch::{Observed, Sketch};

/// The facts of an article: `given` is the publication date that came along with it.
pub(super) fn read_facts(
    id: ArticleId,
    source: &str,
    text: &str,
    given: Option<&When>,
    lexicon: &Lexicon,
    session: &Session,
    sites: &Sites,
) -> ArticleFacts {
    let work = session.work.get(&id);
    let published = super::article::ruled_publication(work).or(given);
    let extraction = extract(
        text,
        &Context {
            published,
            rules_off: Some(&session.rules_off),
            site: sites.of(source),
            ..Context::new(lexicon, &session.focus)
        },
    );
    let imprint = Imprint::of(source, text, &extraction, sites);
    facts_of(id, source, text, &extraction, &imprint, lexicon, session)
}

/// What facts keep of a text itself, whatever is decided on it: worked out once a reading.
#[derive(Debug, Clone)]
pub(super) struct Imprint {
    sketch: Sketch,
    observed: Observed,
    /// What was known of the source, as one number.
    site: u64,
}

impl Imprint {
    /// Of a text that was read knowing so much of its source.
    pub(super) fn of(source: &str, text: &str, extraction: &Extraction, sites: &Sites) -> Self {
        let observed = site::observe(&Lined::new(text));
        Self {
            sketch: Sketch::of(text, extraction.sentences.iter().copied()),
            site: sites.stamp(source, &observed),
            observed,
        }
    }
}

/// The facts of an article that has been read.
pub(super) fn facts_of(
    id: ArticleId,
    source: &str,
    text: &str,
    extraction: &Extraction,
    imprint: &Imprint,
    lexicon: &Lexicon,
    session: &Session,
) -> ArticleFacts {
    let known = Known {
        focus: &session.focus,
        book: &session.actors,
        country_of: &|actor| lexicon.country(actor),
        rule_no: &|rule| rules::number(&rule.0),
    };
    let work = session.work.get(&id);
    let sketch = imprint.sketch.clone();
    ArticleFacts {
        site: imprint.site,
        observed: Some(Box::new(imprint.observed.clone())),
        ..facts::facts_of(id, source, text, extraction, sketch, work, &known)
    }
}
