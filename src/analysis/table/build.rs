//! Making a part out of facts, and one part out of several.

use super::columns::{push_sparse, short, sparse};
use super::part::{Keep, NO_DATE, NO_DAY, Numbers, Part, code_of, key_number};
use crate::analysis::facts::{ArticleFacts, ClaimFact, ClaimKey};
use crate::analysis::track::{RuleNo, Tally};
use crate::model::date::When;
use crate::model::ids::ActorId;

/// Makes a part, article by article.
#[derive(Debug)]
pub struct PartBuilder {
    part: Part,
    numbers: Numbers,
    keep: Keep,
}

impl PartBuilder {
    /// Of no article yet.
    #[must_use]
    pub fn new(keep: Keep) -> Self {
        Self {
            part: Part::default(),
            numbers: Numbers::default(),
            keep,
        }
    }

    /// How many articles it has taken in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.part.len()
    }

    /// Whether it has taken in none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.part.is_empty()
    }

    /// Takes in an article. Everything that list and charts show of it is kept, the analyst's
    /// work included; of the mentions those of its partners.
    pub fn push(&mut self, facts: &ArticleFacts) {
        let at = self.part.len();
        let partners = facts.partners.iter();
        let circle: Vec<u32> = partners
            .map(|(actor, role)| Part::circle_entry(self.actor(actor), *role))
            .collect();
        let circle = self.circle(circle);
        let published = self.date(facts.publication.as_ref());
        let (place, rest) = split_source(&facts.source);
        let place = self.place(place);
        for claim in &facts.claims {
            self.claim(claim);
        }
        let Self { part, keep, .. } = self;
        for (actor, _) in &facts.partners {
            let found = facts
                .mentions
                .iter()
                .find(|mention| mention.actor == *actor);
            let (accepted, suggested) = found.map_or((0, 0), |m| (m.accepted, m.suggested));
            push_sparse(&mut part.mentions_accepted, part.mentions.len(), accepted);
            part.mentions.push(suggested);
        }
        part.ids.push(facts.id);
        part.titles.push(&facts.title);
        part.source_places.push(place);
        part.source_rests.push(rest);
        part.languages.push(facts.language as u8);
        part.statuses.push(facts.status as u8);
        part.published.push(published);
        part.undecided.push(facts.undecided);
        part.suggestions.push(facts.suggestions);
        part.circles_of.push(circle);
        part.mention_ends.push(short(part.mentions.len()));
        part.claim_ends.push(short(part.claim_keys.len()));
        push_sparse(&mut part.decided, at, facts.decided);
        push_sparse(&mut part.annotations, at, facts.annotations);
        push_sparse(&mut part.ruled, at, u8::from(facts.ruled));
        push_sparse(&mut part.sites, at, facts.site);
        if keep.sketches {
            part.sketches.push((*facts.sketch).clone());
        }
        if keep.observed {
            part.observed.push(facts.observed.clone());
        }
        if keep.rules {
            part.rules.extend(facts.rules.iter().map(|(rule, _)| *rule));
            part.tallies
                .extend(facts.rules.iter().map(|(_, tally)| *tally));
            part.rule_ends.push(short(part.rules.len()));
        }
    }

    fn claim(&mut self, claim: &ClaimFact) {
        let partners: Vec<u32> = claim.partners.iter().map(|id| self.actor(id)).collect();
        let partners = self.partners(partners);
        let date = self.date(claim.when.as_ref());
        let Self { part, keep, .. } = self;
        let at = part.claim_keys.len();
        part.claim_keys.push(key_number(claim.key));
        if let ClaimKey::Made(id) = claim.key {
            part.made.push((short(at), id));
        }
        part.claim_codes
            .push(code_of(claim.kind, claim.modality, claim.polarity));
        part.claim_dates.push(date);
        part.claim_partners.push(partners);
        part.evidence_starts.push(short(claim.evidence.start));
        part.evidence_lens.push(short(claim.evidence.len()));
        push_sparse(&mut part.accepted, at, u8::from(claim.accepted));
        if keep.passages {
            part.passages
                .push(claim.passages.map(Option::unwrap_or_default));
            part.items.push(claim.items.iter().copied());
        }
    }

    /// Takes in the articles of another part that was made with the same [`Keep`], as far as
    /// `is_wanted` says so of their places.
    pub fn append(&mut self, other: &Part, is_wanted: impl Fn(usize) -> bool) {
        let actors: Vec<u32> = other.actors.iter().map(|id| self.actor(id)).collect();
        let actor = |number: u32| sparse(&actors, number as usize);
        let lists: Vec<u32> = other
            .partner_lists
            .iter()
            .map(|list| self.partners(list.iter().map(|number| actor(*number)).collect()))
            .collect();
        let circles: Vec<u32> = other
            .circles
            .iter()
            .map(|circle| {
                let entries = circle.iter().map(|entry| Part::circle_member(*entry));
                let entries = entries.map(|(of, role)| Part::circle_entry(actor(of), role));
                self.circle(entries.collect())
            })
            .collect();
        let dates: Vec<u32> = (0..short(other.dates.len()))
            .map(|date| self.known_date(other, date))
            .collect();
        let date = |number: u32| dates.get(number as usize).copied().unwrap_or(NO_DATE);
        let places: Vec<u32> = other.places.iter().map(|place| self.place(place)).collect();
        let of = |numbers: &[u32], column: &[u32], at: usize| {
            let number = column.get(at).copied().unwrap_or(u32::MAX);
            sparse(numbers, number as usize)
        };
        let Self { part, keep, .. } = self;
        for from in (0..other.len()).filter(|from| is_wanted(*from)) {
            let at = part.len();
            for claim in other.claims(from) {
                append_claim(part, *keep, other, claim);
                part.claim_dates.push(date(
                    other.claim_dates.get(claim).copied().unwrap_or(NO_DATE),
                ));
                part.claim_partners
                    .push(of(&lists, &other.claim_partners, claim));
            }
            for mention in other.mentions(from) {
                let accepted = sparse(&other.mentions_accepted, mention);
                push_sparse(&mut part.mentions_accepted, part.mentions.len(), accepted);
                part.mentions.push(sparse(&other.mentions, mention));
            }
            part.ids.extend(other.ids.get(from));
            part.titles.push(other.titles.get(from));
            part.source_places
                .push(of(&places, &other.source_places, from));
            part.source_rests.push(other.source_rests.get(from));
            part.languages.push(sparse(&other.languages, from));
            part.statuses.push(sparse(&other.statuses, from));
            part.published.push(date(other.published_date(from)));
            part.undecided.push(sparse(&other.undecided, from));
            part.suggestions.push(sparse(&other.suggestions, from));
            part.circles_of.push(of(&circles, &other.circles_of, from));
            part.mention_ends.push(short(part.mentions.len()));
            part.claim_ends.push(short(part.claim_keys.len()));
            push_sparse(&mut part.decided, at, sparse(&other.decided, from));
            push_sparse(&mut part.annotations, at, sparse(&other.annotations, from));
            push_sparse(&mut part.ruled, at, sparse(&other.ruled, from));
            push_sparse(&mut part.sites, at, sparse(&other.sites, from));
            if keep.sketches {
                part.sketches.extend(other.sketches.get(from).cloned());
            }
            if keep.observed {
                part.observed
                    .push(other.observed.get(from).cloned().flatten());
            }
            if keep.rules {
                let tallies: Vec<(RuleNo, Tally)> = other.tallies_of(from).collect();
                part.rules.extend(tallies.iter().map(|(rule, _)| *rule));
                part.tallies.extend(tallies.iter().map(|(_, tally)| *tally));
                part.rule_ends.push(short(part.rules.len()));
            }
        }
    }

    /// The part. What it would never fill is given back.
    #[must_use]
    pub fn finish(self) -> Part {
        let mut part = self.part;
        for texts in [
            &mut part.titles,
            &mut part.source_rests,
            &mut part.places,
            &mut part.dates.texts,
        ] {
            texts.shrink();
        }
        for lists in [&mut part.partner_lists, &mut part.circles, &mut part.items] {
            lists.shrink();
        }
        for words in [
            &mut part.source_places,
            &mut part.published,
            &mut part.undecided,
            &mut part.suggestions,
            &mut part.circles_of,
            &mut part.mention_ends,
            &mut part.claim_ends,
            &mut part.mentions,
            &mut part.claim_dates,
            &mut part.claim_partners,
            &mut part.evidence_starts,
            &mut part.evidence_lens,
            &mut part.rule_ends,
        ] {
            words.shrink_to_fit();
        }
        for small in [
            &mut part.languages,
            &mut part.statuses,
            &mut part.claim_codes,
            &mut part.dates.vague,
        ] {
            small.shrink_to_fit();
        }
        part.ids.shrink_to_fit();
        part.sites.shrink_to_fit();
        part.claim_keys.shrink_to_fit();
        part.sketches.shrink_to_fit();
        part.observed.shrink_to_fit();
        part.passages.shrink_to_fit();
        part.rules.shrink_to_fit();
        part.tallies.shrink_to_fit();
        part
    }

    fn actor(&mut self, actor: &ActorId) -> u32 {
        if let Some(number) = self.numbers.actors.get(actor) {
            return *number;
        }
        let number = short(self.part.actors.len());
        self.part.actors.push(actor.clone());
        self.numbers.actors.insert(actor.clone(), number);
        number
    }

    fn partners(&mut self, list: Vec<u32>) -> u32 {
        if let Some(number) = self.numbers.partner_lists.get(list.as_slice()) {
            return *number;
        }
        let number = short(self.part.partner_lists.len());
        self.part.partner_lists.push(list.iter().copied());
        self.numbers.partner_lists.insert(list.into(), number);
        number
    }

    fn circle(&mut self, list: Vec<u32>) -> u32 {
        if let Some(number) = self.numbers.circles.get(list.as_slice()) {
            return *number;
        }
        let number = short(self.part.circles.len());
        self.part.circles.push(list.iter().copied());
        self.numbers.circles.insert(list.into(), number);
        number
    }

    fn place(&mut self, place: &str) -> u32 {
        if let Some(number) = self.numbers.places.get(place) {
            return *number;
        }
        let number = short(self.part.places.len());
        self.part.places.push(place);
        self.numbers.places.insert(place.into(), number);
        number
    }

    fn date(&mut self, when: Option<&When>) -> u32 {
        let Some(when) = when else {
            return NO_DATE;
        };
        let text = when.to_string();
        if let Some(number) = self.numbers.dates.get(text.as_str()) {
            return *number;
        }
        let days = when.days();
        let [first, last] = [days.first, days.last].map(|day| day.map_or(NO_DAY, |day| day.0));
        self.new_date(&text, (first, last, u8::from(when.is_vague())))
    }

    /// The number of a date of another part.
    fn known_date(&mut self, other: &Part, date: u32) -> u32 {
        let at = date as usize;
        let text = other.dates.texts.get(at);
        if let Some(number) = self.numbers.dates.get(text) {
            return *number;
        }
        let day = |days: &[i32]| days.get(at).copied().unwrap_or(NO_DAY);
        let (first, last) = (day(&other.dates.firsts), day(&other.dates.lasts));
        let vague = u8::from(other.dates.is_vague(date));
        self.new_date(text, (first, last, vague))
    }

    fn new_date(&mut self, text: &str, (first, last, vague): (i32, i32, u8)) -> u32 {
        let dates = &mut self.part.dates;
        let number = short(dates.len());
        dates.texts.push(text);
        dates.firsts.push(first);
        dates.lasts.push(last);
        dates.vague.push(vague);
        self.numbers.dates.insert(text.into(), number);
        number
    }
}

/// Takes over what needs no new number.
fn append_claim(part: &mut Part, keep: Keep, other: &Part, claim: usize) {
    let at = part.claim_keys.len();
    part.claim_keys.push(sparse(&other.claim_keys, claim));
    if let ClaimKey::Made(id) = other.claim_key(claim) {
        part.made.push((short(at), id));
    }
    part.claim_codes.push(sparse(&other.claim_codes, claim));
    part.evidence_starts
        .push(sparse(&other.evidence_starts, claim));
    part.evidence_lens.push(sparse(&other.evidence_lens, claim));
    push_sparse(&mut part.accepted, at, sparse(&other.accepted, claim));
    if keep.passages {
        part.passages.push(sparse(&other.passages, claim));
        part.items.push(other.items.get(claim).iter().copied());
    }
}

/// A source in two: the host of an address or the folder, which many share, and the rest.
fn split_source(source: &str) -> (&str, &str) {
    let host = source.split_once("://").map(|(scheme, rest)| {
        let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        scheme.len() + 3 + host
    });
    let folder = || source.rfind(['/', '\\']).map_or(0, |end| end + 1);
    source.split_at(host.unwrap_or_else(folder))
}
