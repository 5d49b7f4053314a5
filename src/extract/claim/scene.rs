//! One sentence as the claim rules see it: tokens, units, actors and times.

use std::cell::OnceCell;

use super::super::actor::people::Surnames;
use super::super::lexicon::Lexicon;
use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::pattern::Match;
use super::units;
use super::untrue::Denied;
use crate::model::actor::{ActorKind, MentionClass};
use crate::model::date::When;
use crate::model::finding::{Finding, Suggestion};
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// Somebody in a sentence, counted as a country or bloc.
#[derive(Debug, Clone)]
pub(super) struct Player {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) who: ActorId,
    /// Named as a place: a venue, or after "in".
    pub(super) is_place: bool,
    /// Named in comparison or as the scene of something else.
    pub(super) is_background: bool,
    /// How it is named.
    pub(super) sort: Sort,
    /// Whether by an adjective: "Ugandan".
    pub(super) is_adjective: bool,
}

/// How somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A country by name, adjective or compound.
    Country,
    /// A government by its seat.
    Government,
    /// A person.
    Person,
    /// An organisation or bloc.
    Body,
    /// A weapon system, for the country that it comes from.
    System,
}

/// A time expression in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Time {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) span: Span,
    pub(super) when: Option<When>,
    /// Whether it is again and again: "every year".
    pub(super) recurs: bool,
}

/// A sentence.
#[derive(Debug)]
pub(super) struct Scene<'t> {
    pub(super) tokens: &'t [Token<'t>],
    pub(super) players: Vec<Player>,
    pub(super) times: Vec<Time>,
    /// First token and one past the last of each unit, in order.
    pub(super) units: Vec<(usize, usize)>,
    /// What the sentence tells only to deny it, once that has been asked: few sentences tell.
    pub(super) denied: OnceCell<Vec<Denied>>,
    /// What it tells by the patterns, once that has been asked.
    pub(super) triggers: OnceCell<Vec<Match>>,
    /// Whether it is the headline, which tells of the past in the present.
    pub(super) is_headline: bool,
}

/// Nouns that make trade and relations the opposite of cooperation: "tariffs on imports", "trade
/// tensions".
static HOSTILE: Words = Words::new(&[
    "tariff",
    "tariffs",
    "sanctions",
    "dispute",
    "disputes",
    "tension",
    "tensions",
    "war",
    "row",
    "friction",
    "frictions",
    "rivalry",
    "confrontation",
    "strained",
    "espionage",
    "condemn",
    "condemned",
    "condemning",
    "condemnation",
    "criticised",
    "criticized",
    "criticism",
    "accused",
    "accusing",
    "rift",
    "hostility",
    "санкции",
    "санкций",
    "санкциями",
    "напряженность",
    "напряженности",
    "конфронтация",
    "конфронтации",
    "противостояние",
    "противостояния",
    "обвинил",
    "обвинила",
    "обвинили",
    "осудил",
    "осудила",
    "осудили",
    "санкції",
    "санкцій",
    "санкцыі",
    "санкцый",
]);

/// Beginnings of words for refusing, and of verbs of speaking.
static REFUSES: Stems = Stems::new(&[
    "refus",
    "declin",
    "unable",
    "unwilling",
    "reluctant",
    "отказ",
    "відмов",
    "адмов",
]);
static SPEAKS: Stems = Stems::new(&[
    "comment",
    "say",
    "disclose",
    "elaborate",
    "answer",
    "confirm",
    "name",
    "specify",
    "speculat",
    "коммент",
    "каменц",
    "комент",
    "отвеча",
    "называ",
]);

/// Beginnings of nouns of what somebody is said to have done.
static CHARGES: Stems = Stems::new(&[
    "claim",
    "alleg",
    "accus",
    "charge",
    "report",
    "involve",
    "responsib",
    "wrongdo",
    "rumo",
]);

impl<'t> Scene<'t> {
    /// Reads the words of a sentence with the mentions and times that lie in it.
    pub(super) fn read(
        tokens: &'t [Token<'t>],
        mentions: &[Suggestion],
        times: &[Suggestion],
        surnames: &Surnames,
        lexicon: &Lexicon,
    ) -> Self {
        let index_of = |offset: usize| tokens.partition_point(|t| t.span.end <= offset);
        let mut players: Vec<Player> = Vec::new();
        for suggestion in mentions {
            let Finding::Mention(mention) = &suggestion.finding else {
                continue;
            };
            let kind = lexicon.kind(&mention.actor);
            let who = match lexicon.country(&mention.actor) {
                Some(country) => country,
                None if kind == ActorKind::Bloc => mention.actor.clone(),
                None => continue,
            };
            let start = index_of(mention.span.start);
            let end = index_of(mention.span.end.saturating_sub(1)) + 1;
            players.push(Player {
                start,
                end,
                who,
                is_place: mention.class == MentionClass::Place,
                is_background: false,
                is_adjective: mention.class == MentionClass::Demonym,
                sort: match kind {
                    ActorKind::Person => Sort::Person,
                    ActorKind::Country if mention.class == MentionClass::Capital => {
                        Sort::Government
                    }
                    ActorKind::Country => Sort::Country,
                    ActorKind::Organisation | ActorKind::Bloc => Sort::Body,
                },
            });
        }
        for (at, token) in tokens.iter().enumerate() {
            steps::count(players.len());
            if token.kind != TokenKind::Word
                || !token.is_capitalised()
                || players.iter().any(|p| p.start <= at && at < p.end)
            {
                continue;
            }
            let (end, who, sort) = if let Some(who) = surname(token.norm, surnames) {
                (at + 1, who.clone(), Sort::Person)
            } else if let Some((len, who)) = lexicon.system_at(tokens, at) {
                (at + len, who, Sort::System)
            } else {
                continue;
            };
            players.push(Player {
                start: at,
                end,
                who,
                is_place: false,
                is_background: false,
                is_adjective: false,
                sort,
            });
        }
        players.sort_by_key(|p| (p.start, p.end));
        let times = times
            .iter()
            .filter_map(|s| match &s.finding {
                Finding::Time(time) => Some(Time {
                    start: index_of(time.span.start),
                    end: index_of(time.span.end.saturating_sub(1)) + 1,
                    span: time.span,
                    when: time.when.clone(),
                    recurs: s.rule.0 == "time/recurring",
                }),
                _ => None,
            })
            .collect();
        let units = units::cut(tokens);
        let mut scene = Self {
            tokens,
            players,
            times,
            units,
            denied: OnceCell::new(),
            triggers: OnceCell::new(),
            is_headline: false,
        };
        scene.mark_background();
        scene
    }

    /// Whether a verb stands in the infinitive: "to sell", "продавать".
    pub(super) fn is_infinitive(&self, at: usize) -> bool {
        self.norm_before(at, 1) == "to"
            || self.tokens.get(at).is_some_and(|t| {
                ["ть", "ти", "ться", "ць", "цца"]
                    .iter()
                    .any(|e| t.norm.ends_with(e))
            })
    }

    /// Whether a word is what a refusal before it refuses: "to sell", "the sale", "в поставках".
    pub(super) fn is_object(&self, at: usize) -> bool {
        self.is_infinitive(at)
            || matches!(
                self.norm_before(at, 1),
                "the" | "a" | "any" | "of" | "its" | "в" | "у" | "ў" | "во" | "от" | "від" | "ад"
            )
    }

    /// "declined to comment", "refused to say", "denied the claim", "a charge denied by".
    pub(super) fn is_refusal_to_speak(&self, at: usize) -> bool {
        /// What is denied stands so near.
        const NEAR: usize = 4;
        let word = |i: usize| self.tokens.get(i).map_or("", |t| t.norm);
        if matches!(word(at), "deny" | "denies" | "denied" | "denying") {
            let mut around = at.saturating_sub(NEAR)..at + NEAR;
            return around.any(|near| CHARGES.begin(word(near)));
        }
        if !REFUSES.begin(word(at)) {
            return false;
        }
        let spoken = if word(at + 1) == "to" { at + 2 } else { at + 1 };
        SPEAKS.begin(word(spoken))
    }

    /// Whether trade or relations are named as the object of a quarrel.
    pub(super) fn is_quarrel(&self, start: usize, end: usize) -> bool {
        let unit = self.unit_of(start);
        let from = start.saturating_sub(8).max(unit.0);
        let to = (end + 12).min(unit.1);
        self.tokens
            .get(from..to)
            .is_some_and(|around| around.iter().any(|t| HOSTILE.holds(t)))
    }

    /// "the signed document": no act of signing; "Iran-backed rebels": none of backing.
    pub(super) fn is_participle(&self, at: usize) -> bool {
        let is_epithet = |t: &Token<'_>| {
            t.joined
                && matches!(
                    t.norm,
                    "backed" | "aligned" | "allied" | "sponsored" | "led"
                )
        };
        if self.tokens.get(at).is_some_and(is_epithet) {
            return true;
        }
        // "the recently signed document", not "has recently signed".
        let back = if matches!(self.norm_before(at, 1), "newly" | "recently") {
            2
        } else {
            1
        };
        let is_before_noun = matches!(
            self.norm_before(at, back),
            "the" | "a" | "an" | "this" | "its" | "their" | "his" | "her"
        ) || back == 2
            && matches!(self.norm_before(at, back), "of" | "under" | "with" | "and");
        is_before_noun
            && self.tokens.get(at).is_some_and(|t| {
                t.norm.ends_with("ed") || t.norm.ends_with("built") || t.norm == "declining"
            })
    }

    /// Whether a word stands at `at`, no number or mark.
    pub(super) fn is_word(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// The norm of the token `back` places before `at`.
    pub(super) fn norm_before(&self, at: usize, back: usize) -> &str {
        steps::count(1);
        at.checked_sub(back)
            .and_then(|i| self.tokens.get(i))
            .map_or("", |t| t.norm)
    }

    /// Whether only commas and "and" stand between two tokens.
    pub(super) fn is_list_link(&self, from: usize, to: usize) -> bool {
        from < to
            && to - from <= 3
            && self.tokens.get(from..to).is_some_and(|between| {
                between.iter().all(|t| {
                    t.is_mark(",")
                        || matches!(
                            t.norm,
                            "and" | "or" | "и" | "і" | "та" | "й" | "the" | "или"
                        )
                })
            })
    }

    /// The surnames of the people named between two tokens.
    pub(super) fn people(&self, start: usize, end: usize) -> Vec<Box<str>> {
        self.players
            .iter()
            .filter(|p| p.sort == Sort::Person && p.start < end && start < p.end)
            .filter_map(|p| self.tokens.get(p.end.checked_sub(1)?))
            .map(|t| Box::from(t.norm))
            .collect()
    }

    /// The unit that holds a token.
    pub(super) fn unit_of(&self, at: usize) -> (usize, usize) {
        steps::count(self.units.len());
        self.units
            .iter()
            .copied()
            .find(|(start, end)| *start <= at && at < *end)
            .unwrap_or((0, self.tokens.len()))
    }

    /// The text from one token to another.
    pub(super) fn span(&self, start: usize, end: usize) -> Option<Span> {
        let first = self.tokens.get(start)?;
        let last = self.tokens.get(end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }
}

/// The country of an introduced person, the surname in any Slavic case.
fn surname<'m>(norm: &str, surnames: &'m Surnames) -> Option<&'m ActorId> {
    surnames.get(norm).or_else(|| {
        if norm.is_ascii() {
            return None;
        }
        let mut stem = norm;
        for _ in 0..2 {
            stem = stem.get(..stem.char_indices().next_back()?.0)?;
            if let Some(found) = surnames.get(stem) {
                return Some(found);
            }
        }
        None
    })
}
