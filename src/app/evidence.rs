//! The sentences behind a mark of the chart, read in the background as they come into view: one of
//! a long article takes many frames.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::article::OpenArticle;
use super::blocks::paragraphs;
use super::library::Beforehand;
use super::words;
use super::workbench::{Marked, Workbench};
use crate::analysis::event::Joined;
use crate::analysis::facts::Known;
use crate::analysis::standing::FindingKey;
use crate::analysis::table::Table;
use crate::analysis::timeline::Member;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Context, rules, sentence};
use crate::job::Cancel;
use crate::model::date::When;
use crate::model::finding::Finding;
use crate::model::ids::ActorId;
use crate::model::session::Session;
use crate::model::span::Span;
use crate::store::corpus::Corpus;

/// What stands behind the chosen mark.
#[derive(Debug, Default)]
pub struct Evidence {
    /// The mark in words.
    pub title: String,
    /// What it counts.
    pub members: Vec<Member>,
    /// The lines read so far, by their place among the members.
    pub lines: HashMap<usize, Line>,
    /// The places that were asked for last and have not been read.
    pub asked: Vec<usize>,
    /// Tells it from what stood here before.
    pub(super) number: u64,
}

/// One sentence of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The row of its article in the corpus.
    pub row: u32,
    /// The finding that it is evidence of.
    pub key: Option<FindingKey>,
    /// Where it stands.
    pub span: Span,
    /// The date and the article, in words.
    pub heading: String,
    /// The sentence, white space folded.
    pub sentence: String,
    /// Whether the analyst accepted it.
    pub accepted: bool,
    /// How it came to its event, where events are counted.
    pub joined: Option<Joined>,
}

/// Lines to read.
pub(super) struct LinesWanted {
    /// Of which evidence.
    number: u64,
    members: Vec<(usize, Member)>,
    /// The partners that are looked for where mentions are counted.
    partners: Vec<ActorId>,
    corpus: Arc<Corpus>,
    table: Table,
    session: Arc<Session>,
    lexicon: Arc<Lexicon>,
    beforehand: Beforehand,
}

/// The lines of an evidence that have been read, by their place.
pub(super) type LinesRead = (u64, HashMap<usize, Line>);

impl Workbench {
    /// Reads lines of the evidence.
    pub(super) fn read_evidence(&mut self, places: Vec<usize>) {
        let partners = match &self.mark {
            Some(Marked::Mark(mark)) => mark.partners().cloned().collect(),
            _ => Vec::new(),
        };
        let Some(evidence) = self.evidence.as_mut().filter(|e| e.asked != places) else {
            return;
        };
        let members = places.iter();
        let members =
            members.filter_map(|place| Some((*place, evidence.members.get(*place)?.clone())));
        let wanted = LinesWanted {
            number: evidence.number,
            members: members.collect(),
            partners,
            corpus: Arc::clone(&self.corpus),
            table: self.facts.clone(),
            session: Arc::clone(&self.session),
            lexicon: Arc::clone(&self.lexicon),
            beforehand: self.beforehand.clone(),
        };
        evidence.asked = places;
        self.searchers.evidence.ask(wanted);
    }

    /// Takes over lines of the evidence.
    pub(super) fn take_evidence(&mut self) {
        let Some((number, lines)) = self.searchers.evidence.take() else {
            return;
        };
        if let Some(evidence) = self.evidence.as_mut().filter(|e| e.number == number) {
            evidence.asked.retain(|place| !lines.contains_key(place));
            evidence.lines.extend(lines);
        }
    }
}

/// Reads lines, and shows those that it has got after each.
pub(super) fn read(wanted: &LinesWanted, cancel: &Cancel, show: &dyn Fn(LinesRead)) -> LinesRead {
    let mut lines = HashMap::new();
    for (place, member) in &wanted.members {
        lines.insert(*place, wanted.line(member));
        if cancel.is_cancelled() {
            break;
        }
        show((wanted.number, lines.clone()));
    }
    (wanted.number, lines)
}

impl LinesWanted {
    fn line(&self, member: &Member) -> Line {
        let facts = self.table.row(member.row);
        let title = facts.map_or("", |facts| facts.title());
        let known = |when: Option<&When>| when.map_or("undated".to_owned(), words::when);
        let text = match self.corpus.text(member.row as usize) {
            Ok(text) => text,
            Err(problem) => {
                return Line {
                    row: member.row,
                    heading: title.to_owned(),
                    sentence: problem.to_string(),
                    ..Line::default()
                };
            }
        };
        let claim = member.claim.and_then(|key| facts?.claim(key));
        if let Some(claim) = claim {
            let when = known(claim.when.as_ref());
            return Line {
                row: member.row,
                key: member.claim,
                span: claim.evidence,
                heading: format!("{when} · {} · {title}", claim.kind.label()),
                sentence: words::one_line(&sentence_around(&text, claim.evidence), 1_000),
                accepted: claim.accepted,
                joined: member.joined,
            };
        }
        let mentions = self.mentions(member, &text);
        let sentences: Vec<String> = mentions
            .iter()
            .map(|span| sentence_around(&text, *span))
            .collect();
        let when = known(facts.and_then(|facts| facts.publication()).as_ref());
        Line {
            row: member.row,
            span: mentions.first().copied().unwrap_or_default(),
            heading: format!("{when} · {title}"),
            sentence: words::one_line(&sentences.join(" … "), 1_000),
            ..Line::default()
        }
    }

    /// Where an article names a partner: one place a sentence.
    fn mentions(&self, member: &Member, text: &Arc<str>) -> Vec<Span> {
        let row = member.row as usize;
        let Some(id) = self.corpus.id(row).filter(|_| !self.partners.is_empty()) else {
            return Vec::new();
        };
        let (session, sites) = (&self.session, self.beforehand.sites_of(row));
        let context = Context {
            published: self.corpus.given_date(row),
            rules_off: Some(&session.rules_off),
            site: sites.of(self.corpus.source(row)),
            ..Context::new(&self.lexicon, &session.focus)
        };
        let work = session.work.get(&id);
        let read = OpenArticle::read(row, id, "", text.clone(), &context, sites, work);
        let known = Known {
            focus: &session.focus,
            book: &session.actors,
            country_of: &|actor| self.lexicon.country(actor),
            rule_no: &|rule| rules::number(&rule.0),
        };
        let mut places: Vec<Span> = Vec::new();
        let mut told: BTreeSet<Span> = BTreeSet::new();
        for entry in read.entries.iter().filter(|entry| entry.is_drawn()) {
            if let Finding::Mention(mention) = &entry.finding
                && self.partners.contains(&known.counts_as(&mention.actor))
                && told.insert(read.sentence_around(mention.span))
            {
                places.push(mention.span);
            }
        }
        places
    }
}

/// The sentences that a passage lies in, within its paragraph: a claim may rest on a clause, and
/// a clause alone misleads.
fn sentence_around(text: &str, span: Span) -> String {
    let paragraph = paragraphs(text).find(|p| p.span.contains(span));
    let Some(paragraph) = paragraph else {
        return span.of(text).unwrap_or_default().to_owned();
    };
    let sentences = sentence::split(text, &[paragraph.span]);
    let whole = sentences
        .into_iter()
        .filter(|s| s.overlaps(span))
        .fold(span, Span::cover);
    whole.of(text).unwrap_or_default().to_owned()
}
