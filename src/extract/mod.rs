//! Text in, suggestions out. Pure: a function of the text, the lexicon and the focus.
//!
//! The stages stand in the order in which they run. Each sees what those before it found:
//! layout (furniture, title, byline, paragraphs) → sentences → language → times → publication →
//! actors → claims → countries. Every stage takes time linear in the length of the text.

pub mod actor;
pub mod claim;
pub mod country;
mod glossary;
pub mod hostile;
pub mod language;
pub mod layout;
mod letter;
pub mod lexicon;
pub mod publication;
pub mod rules;
pub mod sentence;
pub mod site;
mod steps;
pub mod time;

use std::collections::BTreeSet;

use crate::model::article::{Language, Publication};
use crate::model::date::When;
use crate::model::extraction::Extraction;
use crate::model::finding::{Rule, Suggestion};
use crate::model::ids::ActorId;
use crate::model::span::Span;

use layout::Layout;
pub use layout::Lined;
use lexicon::Lexicon;
use lexicon::words::Token;
use site::Site;

/// What extraction needs to know besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who is who.
    pub lexicon: &'a Lexicon,
    /// The actor that the session follows.
    pub focus: &'a ActorId,
    /// The publication date, where it is known from elsewhere (the analyst's ruling, metadata).
    /// It stands before what the text prints.
    pub published: Option<&'a When>,
    /// What the source of the article is known for, where its other articles have been looked
    /// over.
    pub site: Option<&'a Site>,
    /// Rules that are switched off: they propose nothing, and nothing rests on them.
    pub rules_off: Option<&'a BTreeSet<Rule>>,
}

impl<'a> Context<'a> {
    /// What the text alone says, read for `focus`.
    #[must_use]
    pub const fn new(lexicon: &'a Lexicon, focus: &'a ActorId) -> Self {
        Self {
            lexicon,
            focus,
            published: None,
            site: None,
            rules_off: None,
        }
    }

    fn is_off(&self, rule: &str) -> bool {
        let off = self.rules_off.filter(|off| !off.is_empty());
        off.is_some_and(|off| off.contains(rule))
    }

    /// Drops what rules proposed that are switched off.
    fn without_rules_off(&self, mut found: Vec<Suggestion>) -> Vec<Suggestion> {
        if let Some(off) = self.rules_off.filter(|off| !off.is_empty()) {
            found.retain(|suggestion| !off.contains(&suggestion.rule));
        }
        found
    }
}

/// One article as the later stages see it: its text and what the earlier stages read.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// The whole decoded text, furniture included.
    pub text: &'a str,
    /// The words of each zone, in the order of [`Layout::zones`].
    pub(crate) words: &'a [Vec<Token<'a>>],
    /// Title, paragraphs and furniture.
    pub layout: &'a Layout,
    /// The sentences of the body, in order and disjoint. The title is not among them; see
    /// [`Layout::title`].
    pub sentences: &'a [Span],
    /// Mentions in title and body, by span.
    pub mentions: &'a [Suggestion],
    /// Time expressions in title and body, by span.
    pub times: &'a [Suggestion],
    /// When it was published.
    pub publication: &'a Publication,
    /// The language of the body.
    pub language: Language,
}

/// Reads `text` and proposes what stands in it.
#[must_use]
pub fn extract(text: &str, context: &Context<'_>) -> Extraction {
    extract_lined(&Lined::new(text), context)
}

/// The same for a text that has been looked over.
#[must_use]
pub fn extract_lined(lined: &Lined<'_>, context: &Context<'_>) -> Extraction {
    let text = lined.text;
    let layout = layout::read(lined, context.site, |rule| context.is_off(rule));
    let sentences = sentence::split(text, &layout.paragraphs);
    let mut norms = String::new();
    let words = lexicon::words::tokens(text, layout.zones(), &mut norms);
    // The title is a zone and no paragraph.
    let body = words.get(usize::from(layout.title.is_some())..);
    let language = language::of_paragraphs(text, &layout.paragraphs, body.unwrap_or_default());
    let found = time::scan(text, &layout, &words);
    let mut publication = publication::read(text, &layout, &found, context.published);
    if let Some(site) = context.site {
        site.doubt(text, &layout, &mut publication);
    }
    let times = time::resolve(text, &found, &publication, &sentences);
    let times = context.without_rules_off(times);
    let mentions = context.without_rules_off(actor::mentions(&words, context.lexicon));
    let article = Article {
        text,
        words: &words,
        layout: &layout,
        sentences: &sentences,
        mentions: &mentions,
        times: &times,
        publication: &publication,
        language,
    };
    let claims = claim::claims(&article, context.focus, context.lexicon);
    let claims = context.without_rules_off(claims);
    let countries = country::roles(&article, &claims, context.focus, context.lexicon);

    let lengths = time::lengths(&words, &times);
    let (title, byline) = (layout.title, layout.byline);
    let mut suggestions = layout.furniture;
    suggestions.extend(mentions);
    suggestions.extend(times);
    suggestions.extend(claims);
    let suggestions = in_order(suggestions);
    Extraction {
        language,
        title,
        byline,
        publication,
        sentences,
        suggestions,
        lengths,
        countries,
    }
}

/// Suggestions by span, kind and id, each once. Only their keys are moved about: a suggestion is
/// large.
fn in_order(found: Vec<Suggestion>) -> Vec<Suggestion> {
    let key = |s: &Suggestion| (s.finding.span(), s.finding.kind(), s.id);
    let mut found = if found.is_sorted_by_key(key) {
        found
    } else {
        let mut order: Vec<_> = found.iter().map(key).zip(0_usize..).collect();
        // It is some runs, one after the other, which this sort goes on from.
        order.sort();
        let mut slots: Vec<Option<Suggestion>> = found.into_iter().map(Some).collect();
        order
            .into_iter()
            .filter_map(|(_, at)| slots.get_mut(at)?.take())
            .collect()
    };
    found.dedup_by_key(|s| s.id);
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::actor::ActorBook;
    use crate::model::finding::{Finding, FindingKind};
    use crate::model::seeds::SAMPLE;

    fn check(text: &str) {
        let lexicon = Lexicon::new(&ActorBook::default());
        let focus = ActorId::new("BY");
        let context = Context::new(&lexicon, &focus);
        let read = extract(text, &context);
        let mut end = 0;
        for sentence in &read.sentences {
            assert!(
                sentence.start >= end && !sentence.is_empty(),
                "{sentence:?} in {text:?}"
            );
            assert!(sentence.of(text).is_some(), "{sentence:?} in {text:?}");
            end = sentence.end;
        }
        for suggestion in &read.suggestions {
            let span = suggestion.finding.span();
            assert!(span.of(text).is_some(), "{suggestion:?} in {text:?}");
        }
        assert_eq!(
            read,
            extract(text, &context),
            "the same text gives the same reading"
        );
    }

    #[test]
    fn the_samples_are_read() {
        for text in SAMPLE {
            check(text);
            // Cut anywhere, it is still a text.
            for at in (0..text.len()).step_by(97) {
                let at = Span::new(0, at).clamped_to(text).end;
                check(text.get(..at).unwrap_or_default());
            }
        }
    }

    /// Switched off, each rule of a text proposes nothing there, and what it masked is read.
    #[test]
    fn a_rule_that_is_off_proposes_nothing() {
        let text = "Talks in Minsk\n\nBELGRADE, 4 May 2016 – The ministers of Belarus and Serbia \
                    signed an agreement on 3 May 2016.\n\nRead also: China opens a plant in \
                    Belarus\n\nShare on Facebook\n";
        let lexicon = Lexicon::new(&ActorBook::default());
        let focus = ActorId::new("BY");
        let all = extract(text, &Context::new(&lexicon, &focus));
        let rules: BTreeSet<Rule> = all.suggestions.iter().map(|s| s.rule.clone()).collect();
        assert!(rules.len() > 4, "{rules:?}");
        for rule in &rules {
            let off = BTreeSet::from([rule.clone()]);
            let context = Context {
                rules_off: Some(&off),
                ..Context::new(&lexicon, &focus)
            };
            let read = extract(text, &context);
            assert!(read.suggestions.iter().all(|s| s.rule != *rule));
            let is_cut = rule.0.starts_with("edge/") || rule.0.starts_with("within/");
            for furniture in all.furniture().filter(|_| is_cut) {
                let held = |s: &Span| s.overlaps(furniture.span);
                let still = read.furniture().any(|f| f.span == furniture.span);
                assert!(
                    still || read.sentences.iter().any(held),
                    "{rule} {furniture:?}"
                );
            }
            let times: Vec<Span> = read
                .of_kind(FindingKind::Time)
                .map(|s| s.finding.span())
                .collect();
            for claim in read.of_kind(FindingKind::Claim) {
                if let Finding::Claim(claim) = &claim.finding
                    && let Some(span) = claim.time.span
                {
                    assert!(times.contains(&span), "{rule}: {claim:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[\\PC\n\r\t]{0,400}") {
            check(&text);
        }
    }
}
