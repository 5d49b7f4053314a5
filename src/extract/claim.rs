//! Claims: who did what with whom, when, and how firmly it is said.
//!
//! A sentence is cut into units; triggers from a table are looked for in each; the parts are bound
//! from what stands around the trigger (`bind`), then modality (`tone`) and time (`clock`). A claim
//! ties the focus to at least one other actor; what does not is left to `country`.
//!
//! Budget: linear in the text; every rule looks at a bounded number of tokens.

#[cfg(test)]
mod acts;
mod adjunct;
mod again;
mod aside;
mod aspect;
mod backdrop;
mod background;
mod bind;
mod bound;
mod broad;
mod classes;
mod clock;
mod complete;
mod headline;
mod inside;
mod items;
mod known;
mod lead;
mod memory;
mod order;
mod pattern;
#[cfg(test)]
mod phrases;
mod refers;
mod scene;
mod search;
#[cfg(test)]
mod tests;
mod tone;
mod topic;
mod undone;
mod units;
mod untrue;
mod void;
mod war;
mod weigh;
mod whose;

pub(crate) use classes::Acts;

use std::collections::BTreeSet;

use super::actor::people::{self, Surnames};
use super::lexicon::Lexicon;
use super::lexicon::words::{Token, TokenKind};
use super::publication;
use super::{Article, in_order, steps};
use crate::model::actor::MentionClass;
use crate::model::claim::{Claim, ClaimKind, Modality, Polarity};
use crate::model::finding::{Finding, Rule, Suggestion};
use crate::model::ids::ActorId;
use crate::model::span::Span;

use bound::Bound;
use clock::{Dated, Published};
use memory::Memory;
use pattern::{Match, Table};
use scene::Scene;
use topic::Topic;
use untrue::Hearsay;

/// A report tells its news in so many sentences.
const LEAD: usize = 3;

/// The claims of title and body, sorted by their main evidence.
#[must_use]
pub fn claims(article: &Article<'_>, focus: &ActorId, lexicon: &Lexicon) -> Vec<Suggestion> {
    let topic = Topic::of(article, focus, lexicon);
    // Nothing can tie somebody to who is not there; a weapon may stand for its country.
    let has_system = |words: &Vec<Token<'_>>| words.iter().any(|t| t.entry.is_system);
    if !topic.is_named && !article.words.iter().any(has_system) {
        return Vec::new();
    }
    let home = (topic.is_focus && topic.is_subject).then_some(focus);
    let surnames = surnames(article, home, lexicon);
    let mut reader = Reader {
        article,
        focus,
        memory: Memory {
            topic,
            ..Memory::default()
        },
        published: Published::new(publication::written(article.publication)),
        dated: Vec::new(),
        told: Vec::new(),
        ties: Vec::new(),
        tied: BTreeSet::new(),
        latest: None,
        spoken: 0,
        tells: false,
        hearsay: Hearsay::default(),
        out: Vec::new(),
    };
    // The title is a zone, but has no sentences.
    let mut zone = usize::from(article.layout.title.is_some());
    let mut paragraphs = article.layout.paragraphs.iter().peekable();
    for sentence in article.sentences {
        while paragraphs.next_if(|p| p.end <= sentence.start).is_some() {
            zone += 1;
        }
        let words = article.words.get(zone).map_or(&[][..], Vec::as_slice);
        let opens = paragraphs.peek().is_some_and(|p| p.start == sentence.start);
        if opens {
            reader.memory.paragraph.clear();
            reader.told.clear();
            // Where a paragraph is one sentence, the next goes on from it.
            if reader.spoken > 1 {
                reader.memory.sentence.clear();
            }
            reader.spoken = 0;
            let paragraph = paragraphs.peek().map_or(*sentence, |p| **p);
            reader.memory.names_focus = topic::names(article, paragraph, focus, lexicon);
        }
        reader.spoken += 1;
        for part in pieces(article.text, *sentence) {
            let scene = Scene::read(
                words_in(words, part),
                within(article.mentions, part),
                within(article.times, part),
                &surnames,
                lexicon,
            );
            reader.sentence(&scene);
        }
    }
    if let (Some(title), Some(words)) = (article.layout.title, article.words.first()) {
        let (mentions, times) = (
            within(article.mentions, title),
            within(article.times, title),
        );
        let mut scene = Scene::read(words, mentions, times, &surnames, lexicon);
        scene.is_headline = true;
        reader.headline(&scene);
    }
    let lead = article.sentences.iter().take(LEAD).next_back();
    let published = publication::written(article.publication);
    lead::date_lead(&mut reader.out, lead.map_or(0, |s| s.end), focus, published);
    in_order(reader.out)
}

/// What a word in its normal form is in the patterns, and in the second tier's, where they have the
/// word itself.
pub(super) fn acts_of_word(norm: &str) -> (Option<&'static Acts>, Option<&'static Acts>) {
    let of = |table: &'static Table| table.classes().word(norm);
    (of(Table::shared()), of(Table::broad()))
}

/// The same, by its beginning as well.
#[cfg(test)]
pub(super) fn acts_of(norm: &str) -> (Option<&'static Acts>, Option<&'static Acts>) {
    let of = |table: &'static Table| table.classes().of_word(norm);
    (of(Table::shared()), of(Table::broad()))
}

/// What every word is that has this beginning, and no longer one that is known.
pub(super) fn acts_begun_by(start: &str) -> (Option<&'static Acts>, Option<&'static Acts>) {
    let of = |table: &'static Table| table.classes().longest(start);
    (of(Table::shared()), of(Table::broad()))
}

/// The words of the patterns of both tiers.
pub(super) fn act_words() -> impl Iterator<Item = &'static str> {
    let tables = [Table::shared(), Table::broad()].into_iter();
    tables.flat_map(|table| table.classes().words())
}

/// The beginnings of words of the patterns of both tiers.
pub(super) fn act_beginnings() -> impl Iterator<Item = &'static str> {
    let tables = [Table::shared(), Table::broad()].into_iter();
    tables.flat_map(|table| table.classes().beginnings())
}

/// Whether a claim tells of what did not happen.
fn is_negated(suggestion: &Suggestion) -> bool {
    matches!(&suggestion.finding, Finding::Claim(c) if c.modality == Modality::Negated)
}

/// A sentence in pieces of bounded length, so that no input takes more than linear time. A real
/// sentence is one piece.
fn pieces(text: &str, sentence: Span) -> Vec<Span> {
    /// Longer than any sentence of prose, in bytes.
    const LONGEST: usize = 2000;
    let mut out = Vec::new();
    let mut start = sentence.start;
    while sentence.end.saturating_sub(start) > LONGEST {
        let end = Span::new(start, start + LONGEST).clamped_to(text).end;
        let cut = Span::new(start, end)
            .of(text)
            .and_then(|piece| piece.rfind(char::is_whitespace))
            .filter(|at| *at > 0)
            .map_or(end, |at| start + at);
        out.push(Span::new(start, cut));
        start = cut;
    }
    out.push(Span::new(start, sentence.end));
    out
}

/// The words that lie in `span`.
fn words_in<'w, 't>(words: &'w [Token<'t>], span: Span) -> &'w [Token<'t>] {
    let from = words.partition_point(|t| t.span.start < span.start);
    let to = words.partition_point(|t| t.span.end <= span.end);
    words.get(from..to).unwrap_or_default()
}

/// The suggestions that lie in `span`, of a list sorted by span.
fn within(sorted: &[Suggestion], span: Span) -> &[Suggestion] {
    steps::count(1);
    let from = sorted.partition_point(|s| s.finding.span().start < span.start);
    let to = sorted.partition_point(|s| s.finding.span().end <= span.end);
    sorted.get(from..to).unwrap_or_default()
}

/// The people whom the article introduces with their country, or, in an article about `home`, by
/// an office alone.
fn surnames(article: &Article<'_>, home: Option<&ActorId>, lexicon: &Lexicon) -> Surnames {
    let mut surnames = Surnames::default();
    for (zone, tokens) in article.layout.zones().zip(article.words) {
        let countries: Vec<(usize, usize, ActorId)> = within(article.mentions, zone)
            .iter()
            .filter_map(|s| match &s.finding {
                Finding::Mention(m) if m.class != MentionClass::Place => Some((
                    tokens.partition_point(|t| t.span.end <= m.span.start),
                    tokens.partition_point(|t| t.span.start < m.span.end),
                    lexicon.country(&m.actor)?,
                )),
                _ => None,
            })
            .collect();
        people::introduced(tokens, &countries, &mut surnames);
    }
    if let Some(home) = home {
        for (zone, tokens) in article.layout.zones().zip(article.words) {
            let named: Vec<(usize, usize)> = within(article.mentions, zone)
                .iter()
                .map(|s| s.finding.span())
                .map(|span| {
                    (
                        tokens.partition_point(|t| t.span.end <= span.start),
                        tokens.partition_point(|t| t.span.start < span.end),
                    )
                })
                .collect();
            people::at_home(tokens, &named, home, &mut surnames);
        }
    }
    // A surname that the lexicon knows is its own.
    surnames.retain(|_, country: &mut ActorId| lexicon.country(country).is_some());
    surnames
}

/// A claim of the sentence: kind, partners, unit, time, and where it stands in the output.
type Made = (ClaimKind, Vec<ActorId>, (usize, usize), Option<Span>, usize);

/// What a claim tells, but for its time and items.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    kind: ClaimKind,
    modality: Modality,
    polarity: Polarity,
    partners: Vec<ActorId>,
}

impl Told {
    /// Whether the next sentence may well go on with the same ("They also discussed …"); two
    /// deliveries are two.
    const fn is_talk(&self) -> bool {
        matches!(
            self.kind,
            ClaimKind::Support | ClaimKind::Meeting | ClaimKind::Agreement
        )
    }
}

/// So many claims of a paragraph are remembered: more than one of prose tells, so that a text
/// without paragraphs takes no longer than others.
const REMEMBERED: usize = 64;

/// Reads sentence by sentence, with what it remembers.
struct Reader<'a> {
    article: &'a Article<'a>,
    focus: &'a ActorId,
    published: Published,
    memory: Memory,
    /// What the paragraph has told so far, and the places in the output.
    told: Vec<(Told, usize)>,
    /// What the article has told of good terms without a time, and the places in the output.
    ties: Vec<(Told, usize)>,
    /// Everybody whom a claim has tied to the focus so far.
    tied: BTreeSet<ActorId>,
    /// Dated claims so far.
    dated: Vec<Dated>,
    /// The claim that was told of last, by its place in the output, and how many sentences ago.
    latest: Option<(usize, usize)>,
    /// Sentences of the paragraph so far.
    spoken: usize,
    /// Whether the sentence that is read told of something.
    tells: bool,
    /// What was last told as said by others.
    hearsay: Hearsay,
    out: Vec<Suggestion>,
}

impl Reader<'_> {
    fn sentence(&mut self, scene: &Scene<'_>) {
        let mut made: Vec<Made> = Vec::new();
        self.tells = false;
        let told_before = self.out.len();
        let triggers = self.triggers(scene);
        // The modality that a word of attitude gives to the act after it.
        let mut lent: Option<Modality> = None;
        for (at, found) in triggers.iter().copied().enumerate() {
            if scene.is_no_act(triggers, at) {
                continue;
            }
            if let Some(act) = scene.act_of_attitude(triggers, at)
                && scene.bind(act, self.focus, &self.memory).is_some()
            {
                lent = found.trigger.modality;
                continue;
            }
            let lent = lent.take();
            let mut next = triggers.get(at + 1).map_or(usize::MAX, |m| m.start);
            let Some(bound) = scene.bind(found, self.focus, &self.memory) else {
                continue;
            };
            let partners: Vec<ActorId> = bound
                .actors
                .iter()
                .map(|a| a.actor.clone())
                .filter(|a| a != self.focus)
                .collect();
            let published = self.published.when();
            let tone = scene.tone(found);
            let governing = |next| {
                scene
                    .governing(found, next, tone.0, published)
                    .map(|t| t.span)
            };
            let mut time = governing(next);
            // A trigger that ties nobody has no time of its own.
            if time.is_none() && next < usize::MAX && !scene.times.is_empty() {
                // Nor has one that names the same act again: "a memorandum (MoU) with".
                let is_act = |m: &&Match| {
                    let is_same = m.trigger.kind == found.trigger.kind;
                    let bound = scene.bind(**m, self.focus, &self.memory);
                    bound.is_some_and(|bound| !is_same || !bound.is_between(self.focus, &partners))
                };
                let after = triggers.get(at + 1..).unwrap_or_default();
                next = after.iter().find(is_act).map_or(usize::MAX, |m| m.start);
                time = governing(next);
            }
            let told = (made.as_slice(), partners.as_slice());
            if let Some(place) = scene.belongs_to(triggers, at, told, tone.0, time) {
                self.add_evidence(scene, place, evidence(scene, found, &bound, None));
                continue;
            }
            if found.trigger.kind == ClaimKind::Refusal {
                self.forget_undone(&mut made, &partners);
            }
            let tone = match lent {
                Some(lent) if matches!(tone.0, Modality::Done | Modality::Ongoing) => {
                    (lent, tone.1)
                }
                _ => tone,
            };
            if let Some(place) = self.push(scene, found, bound, &partners, next, tone) {
                let unit = scene.unit_of(found.start);
                made.push((found.trigger.kind, partners.clone(), unit, time, place));
                self.memory.tied(partners);
                self.memory.age = 0;
            }
        }
        if made.is_empty()
            && !self.told.is_empty()
            && (0..scene.tokens.len()).any(|at| scene.is_denial(at) && !scene.denies(at))
        {
            self.take_back();
        }
        self.broadly(scene, &made);
        self.follow_denials(scene, told_before, made.is_empty());
        if !self.tells {
            self.go_on(scene);
        }
        self.memory.age += 1;
        self.remember(scene);
    }

    /// The triggers of a sentence, unless none of them can be bound.
    fn triggers<'s>(&self, scene: &'s Scene<'_>) -> &'s [Match] {
        if scene.may_tell(self.focus, &self.memory) {
            return scene.triggers();
        }
        // Every test holds the shortcut against the long way.
        debug_assert!(
            scene
                .triggers()
                .iter()
                .all(|found| scene.bind(*found, self.focus, &self.memory).is_none()),
            "a sentence that was passed over can be bound"
        );
        &[]
    }

    /// Before a refusal: what was just told as not done for the same partners is part of it.
    fn forget_undone(&mut self, made: &mut Vec<Made>, partners: &[ActorId]) {
        let is_last = made
            .last()
            .is_some_and(|(_, told, _, _, at)| told == partners && at + 1 == self.out.len());
        if is_last && self.out.last().is_some_and(is_negated) {
            self.out.pop();
            made.pop();
            let left = self.out.len();
            self.told.retain(|(_, at)| *at < left);
        }
    }

    /// "Later the ministry denied the reports": what the paragraph told last is only said.
    fn take_back(&mut self) {
        let last = self.told.last().map(|(_, at)| *at);
        if let Some(suggestion) = last.and_then(|at| self.out.get_mut(at))
            && let Finding::Claim(claim) = &mut suggestion.finding
            && matches!(
                claim.modality,
                Modality::Done | Modality::Ongoing | Modality::Planned
            )
        {
            claim.modality = Modality::Reported;
        }
    }

    /// Adds a second passage to a claim, where it is not in the first.
    fn add_evidence(&mut self, scene: &Scene<'_>, at: usize, passage: Option<Span>) {
        let Some((suggestion, passage)) = self.out.get_mut(at).zip(passage) else {
            return;
        };
        self.latest = Some((at, 0));
        self.tells = true;
        if let Finding::Claim(claim) = &mut suggestion.finding {
            // Only what the claim does not quote yet: it quotes in reading order.
            let quoted = claim.evidence.last().map_or(0, |e| e.end);
            let from = scene
                .tokens
                .iter()
                .find(|t| t.span.start >= quoted.max(passage.start) && t.kind == TokenKind::Word)
                .map_or(passage.end, |t| t.span.start);
            if from < passage.end {
                claim.evidence.push(Span::new(from, passage.end));
            }
        }
    }

    /// Proposes what `found` tells of, or adds it to what the paragraph has told already; `next` is
    /// where the sentence's next trigger begins. The place in the output.
    fn push(
        &mut self,
        scene: &Scene<'_>,
        found: Match,
        bound: Bound,
        partners: &[ActorId],
        next: usize,
        (modality, polarity): (Modality, Polarity),
    ) -> Option<usize> {
        let published = self.published.when();
        let governing = scene.governing(found, next, modality, published);
        // "A delegation is expected on 20 March": no verb of the past, and a time to come.
        let to_come = (governing.is_none() && modality == Modality::Done && !scene.is_past(found))
            .then(|| scene.governing(found, next, Modality::Planned, published))
            .flatten();
        let modality = to_come.map_or(modality, |_| Modality::Planned);
        let governing = governing.or(to_come);
        let inherited = governing
            .is_none()
            .then(|| self.earlier(scene, found, &bound, partners, modality))
            .flatten();
        let time = scene.clock(found, governing, modality, &self.published, inherited);
        let evidence = evidence(scene, found, &bound, time.span)?;
        let told = Told {
            kind: found.trigger.kind,
            modality,
            polarity,
            partners: partners.to_vec(),
        };
        steps::count(self.told.len());
        // "They met. The meeting was held on 5 May."
        let is_told_again = bound.inherited.is_some() || scene.tells_when(found);
        if is_told_again
            && time.span.is_some()
            && let Some(at) = self.undated(&told)
        {
            self.add_evidence(scene, at, Some(evidence));
            if let Some(Finding::Claim(claim)) = self.out.get_mut(at).map(|s| &mut s.finding) {
                claim.time = time;
            }
            return Some(at);
        }
        if governing.is_none()
            && told.is_talk()
            && let Some((_, at)) = self.told.iter().find(|(before, _)| *before == told)
        {
            let at = *at;
            self.add_evidence(scene, at, Some(evidence));
            return Some(at);
        }
        // That two are on good terms, or that goods go from one to the other, is one claim of an
        // article, however often it comes up.
        let is_going_on = told.kind == ClaimKind::Support
            || matches!(
                found.trigger.rule,
                "claim/sale-named" | "claim/purchase-named" | "claim/delivery-named"
            );
        if is_going_on && time.span.is_none() {
            steps::count(self.ties.len());
            if let Some((_, at)) = self.ties.iter().find(|(before, _)| *before == told) {
                let at = *at;
                self.add_evidence(scene, at, Some(evidence));
                return Some(at);
            }
            if self.ties.len() < REMEMBERED {
                self.ties.push((told.clone(), self.out.len()));
            }
        }
        if self.told.len() < REMEMBERED {
            self.told.push((told, self.out.len()));
        }
        if let (Some(when), Some(span)) = (&time.when, time.span)
            && when.length().is_some()
        {
            self.dated.push(Dated {
                when: when.clone(),
                span,
                kind: found.trigger.kind,
                partners: partners.to_vec(),
                people: scene.people(bound.start, bound.end),
                at: evidence.start,
            });
        }
        let confidence =
            85u8.saturating_sub(bound.doubt)
                .saturating_sub(if modality == Modality::Considered {
                    5
                } else {
                    0
                });
        let grounds = grounds(self.article.text, scene, found, bound.inherited);
        let rule = Rule::named(found.trigger.rule);
        let claim = Claim {
            kind: found.trigger.kind,
            modality,
            polarity,
            actors: bound.actors,
            items: items::items(scene, found),
            time,
            evidence: vec![evidence],
        };
        self.tied.extend(partners.iter().cloned());
        self.out
            .push(Suggestion::new(Finding::Claim(claim), rule, confidence).because(grounds));
        let at = self.out.len() - 1;
        self.latest = Some((at, 0));
        self.tells = true;
        Some(at)
    }

    fn remember(&mut self, scene: &Scene<'_>) {
        let mut countries: Vec<ActorId> = Vec::new();
        for player in scene.players.iter().filter(|p| !p.is_background) {
            if !countries.contains(&player.who) {
                countries.push(player.who.clone());
            }
        }
        for country in &countries {
            if !self.memory.paragraph.contains(country) {
                self.memory.paragraph.push(country.clone());
            }
        }
        let mut partners = countries
            .iter()
            .filter(|c| *c != self.focus && c.is_country());
        if let (Some(one), None) = (partners.next(), partners.next())
            && countries.contains(self.focus)
        {
            self.memory.partners = vec![one.clone()];
            self.memory.age = 0;
        }
        self.memory.sentence = countries;
        scene.at_war(self.focus, &mut self.memory.enemies);
    }
}

/// What a trigger fired on: its words, and the rule by which somebody was taken from before.
fn grounds(text: &str, scene: &Scene<'_>, found: Match, inherited: Option<&str>) -> String {
    let words = scene
        .span(found.start, found.end)
        .and_then(|span| span.of(text))
        .unwrap_or_default();
    match inherited {
        Some(from) => format!("“{words}”; {from}"),
        None => format!("“{words}”"),
    }
}

/// The passage that says so: the clauses, cut at commas, from the first part bound to the last.
fn evidence(scene: &Scene<'_>, found: Match, bound: &Bound, time: Option<Span>) -> Option<Span> {
    let unit = scene.unit_of(found.start);
    let mut start = bound.start.min(found.start);
    let mut end = bound.end.max(found.end);
    let time = scene
        .times
        .iter()
        .find(|t| Some(t.span) == time && t.start >= unit.0 && t.end <= unit.1);
    if let Some(time) = time {
        start = start.min(time.start);
        end = end.max(time.end);
    }
    let is_cut = |at: usize| scene.tokens.get(at).is_some_and(|t| t.is_mark(","));
    while start > unit.0 && !is_cut(start - 1) {
        start -= 1;
    }
    while end < unit.1 && !is_cut(end) {
        end += 1;
    }
    // The full stop ends the sentence, a comma only the clause.
    scene.span(start, end)
}
