//! How well claims are put together into events, on made-up articles whose events are known.

use std::collections::{BTreeMap, BTreeSet};

use attache::analysis::event::Events;
use attache::analysis::facts::{ArticleFacts, Known, facts_of};
use attache::analysis::near::Folds;
use attache::analysis::table::Table;
use attache::extract::lexicon::Lexicon;
use attache::extract::{Context, extract};
use attache::model::actor::ActorBook;
use attache::model::ids::{ActorId, ArticleId};
use attache::model::sketch::Sketch;
use attache::model::span::Span;

const ARTICLES: &str = include_str!("data/events/articles.txt");

/// An article without its marks.
struct Marked {
    focus: ActorId,
    text: String,
    /// Sentences that tell of an event, with its label.
    told: Vec<(Span, String)>,
}

fn articles() -> Vec<Marked> {
    let parts = ARTICLES.split("\n== ").skip(1);
    let read = |part: &str| {
        let (head, body) = part.split_once('\n').unwrap();
        let focus = ActorId::new(head.rsplit(' ').next().unwrap());
        let mut article = Marked {
            focus,
            text: String::new(),
            told: Vec::new(),
        };
        for piece in body.split_inclusive(['\n', '.']) {
            let marked = piece.trim_start().strip_prefix('[');
            let start = article.text.len();
            match marked.and_then(|piece| piece.split_once("] ")) {
                Some((label, sentence)) => {
                    let lead = piece.len() - piece.trim_start().len();
                    article.text.push_str(&piece[..lead]);
                    let start = start + lead;
                    article.text.push_str(sentence);
                    let span = Span::new(start, article.text.len());
                    article.told.push((span, label.to_owned()));
                }
                None => article.text.push_str(piece),
            }
        }
        article
    };
    parts.map(read).collect()
}

fn facts(number: usize, article: &Marked, lexicon: &Lexicon) -> ArticleFacts {
    let read = extract(&article.text, &Context::new(lexicon, &article.focus));
    let known = Known {
        focus: &article.focus,
        book: &ActorBook::default(),
        country_of: &|actor| lexicon.country(actor),
        rule_no: &|_| None,
    };
    let id = ArticleId([u8::try_from(number).unwrap(); 32]);
    let sketch = Sketch::of(&article.text, read.sentences.iter().copied());
    facts_of(id, "made-up", &article.text, &read, sketch, None, &known)
}

#[test]
fn claims_are_put_together_as_the_articles_tell() {
    let lexicon = Lexicon::new(&ActorBook::default());
    let articles = articles();
    assert!(articles.len() >= 20);
    // Claim → its label and the event that it was put into.
    let mut placed: Vec<(String, (ActorId, usize))> = Vec::new();
    let mut missed = Vec::new();
    let foci: BTreeSet<ActorId> = articles.iter().map(|a| a.focus.clone()).collect();
    for focus in &foci {
        let of_focus: Vec<_> = (0_u32..)
            .zip(&articles)
            .filter(|(_, article)| article.focus == *focus)
            .map(|(row, article)| (row, article, facts(row as usize, article, &lexicon)))
            .collect();
        let mut table = Table::unread(articles.len());
        for (row, _, facts) in &of_focus {
            table.set(*row, facts);
        }
        let events = Events::find(&table, &Folds::default());
        let all = events.all(&table);
        let number = |row, key| {
            let event = events.of(&table, row, key).unwrap();
            all.iter().position(|e| *e == event).unwrap()
        };
        for (row, article, facts) in &of_focus {
            for (span, label) in &article.told {
                let claims = facts.claims.iter();
                let told: Vec<_> = claims
                    .filter(|claim| span.contains(claim.evidence) || claim.evidence.contains(*span))
                    .collect();
                if told.is_empty() {
                    missed.push(span.of(&article.text).unwrap());
                }
                // The main one: a sentence may say other things besides.
                if let Some(claim) = told.first() {
                    let event = (focus.clone(), number(*row, claim.key));
                    placed.push((label.clone(), event));
                }
            }
        }
    }
    for (label, event) in &placed {
        println!("{label} {event:?}");
    }
    let (precision, recall) = b_cubed(&placed);
    println!(
        "{} claims, {} missed {missed:?}; B-cubed precision {precision:.3}, recall {recall:.3}",
        placed.len(),
        missed.len()
    );
    assert!(missed.len() <= 4, "{missed:?}");
    assert!(precision >= 0.97, "precision {precision:.3}");
    assert!(recall >= 0.85, "recall {recall:.3}");
}

/// Precision and recall of a clustering, averaged over what is clustered (Bagga and Baldwin,
/// "Algorithms for scoring coreference chains", 1998).
fn b_cubed<L: Ord, C: Ord>(placed: &[(L, C)]) -> (f64, f64) {
    let mut both: BTreeMap<(&L, &C), f64> = BTreeMap::new();
    let mut labels: BTreeMap<&L, f64> = BTreeMap::new();
    let mut clusters: BTreeMap<&C, f64> = BTreeMap::new();
    for (label, cluster) in placed {
        *both.entry((label, cluster)).or_default() += 1.0;
        *labels.entry(label).or_default() += 1.0;
        *clusters.entry(cluster).or_default() += 1.0;
    }
    let mean = |of: &dyn Fn(&L, &C) -> f64| {
        let all = placed.iter().map(|(label, cluster)| of(label, cluster));
        all.sum::<f64>() / placed.len() as f64
    };
    (
        mean(&|label, cluster| both[&(label, cluster)] / clusters[cluster]),
        mean(&|label, cluster| both[&(label, cluster)] / labels[label]),
    )
}
