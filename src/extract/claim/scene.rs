//! One sentence as the claim rules see it: tokens, units, actors and times.

use std::cell::OnceCell;

use super::super::actor::people::Surnames;
use super::super::lexicon::Lexicon;
use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
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
    /// Whether it is the headline, which tells of the past in the present.
    pub(super) is_headline: bool,
}

/// Words before a country that is only compared with.
static COMPARED: Words = Words::new(&["unlike", "than", "like", "кроме", "помимо", "чем"]);

/// What may stand between "not" and somebody who is not meant.
static CONTRASTS: Words = Words::new(&[
    "necessarily",
    "in",
    "from",
    "with",
    "to",
    "by",
    "for",
    "the",
    "обязательно",
    "в",
    "во",
    "с",
    "со",
    "у",
    "из",
    "от",
    "для",
    "обов'язково",
    "з",
    "із",
    "зі",
    "від",
    "до",
    "абавязкова",
    "са",
    "ад",
    "ў",
]);

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

/// Beginnings of words of talks.
static TALKS: Stems = Stems::new(&[
    "talk",
    "negotiat",
    "conferenc",
    "summit",
    "discuss",
    "consultation",
    "переговор",
    "перамов",
    "конференц",
    "конференці",
    "канферэнц",
    "консультац",
    "консультаці",
    "саммит",
    "саміт",
]);

/// Measures against somebody, and the verbs of those who take them.
static MEASURES: Stems = Stems::new(&["sanction", "tariff", "санкц", "пошлин", "мит", "мыт"]);
static IMPOSES: Stems = Stems::new(&[
    "impos",
    "approv",
    "adopt",
    "announc",
    "introduc",
    "slap",
    "extend",
    "expand",
    "unveil",
    "ввел",
    "ввест",
    "введ",
    "налож",
    "утверд",
    "одобр",
    "приня",
    "расшир",
    "продл",
    "объяв",
    "запровад",
    "накла",
    "ухвал",
    "увял",
    "ўвял",
    "увядз",
]);

/// Nouns of the scene of something else: "the war in X", "sanctions against X".
static ELSEWHERE: Words = Words::new(&[
    "war",
    "invasion",
    "conflict",
    "crisis",
    "situation",
    "sanctions",
    "fighting",
    "attack",
    "attacks",
    "threat",
    "threats",
    "tariffs",
    "tariff",
    "concern",
    "concerns",
    "allegations",
    "competition",
    "border",
    "borders",
    "intervention",
    "operations",
    "actions",
    "inauguration",
    "buildup",
    "tension",
    "tensions",
    "confrontation",
    "войн",
    "конфлікт",
]);
/// Who only reports.
static MEDIA: Words = Words::new(&[
    "media",
    "press",
    "newspaper",
    "newspapers",
    "outlet",
    "outlets",
    "broadcaster",
    "сми",
    "издание",
    "издания",
    "изданий",
    "газета",
    "змі",
    "видання",
    "смі",
    "выданне",
]);
/// Beginnings of such nouns.
static ELSEWHERE_SLAVIC: Stems = Stems::new(&[
    "развертывани",
    "войн",
    "кризис",
    "санкци",
    "ситуаци",
    "конфликт",
    "агресси",
    "угроз",
    "санкцій",
    "спротив",
]);

/// Beginnings of words for refusing, and of verbs of speaking.
static REFUSES: Stems = Stems::new(&["refus", "declin", "отказ", "відмов", "адмов"]);
static SPEAKS: Stems = Stems::new(&[
    "comment",
    "say",
    "disclose",
    "elaborate",
    "answer",
    "confirm",
    "name",
    "specify",
    "коммент",
    "каменц",
    "комент",
    "отвеча",
    "называ",
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

    /// "declined to comment", "refused to say".
    pub(super) fn is_refusal_to_speak(&self, at: usize) -> bool {
        let word = |i: usize| self.tokens.get(i).map_or("", |t| t.norm);
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
            && self
                .tokens
                .get(at)
                .is_some_and(|t| t.norm.ends_with("ed") || t.norm.ends_with("built"))
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

    fn mark_background(&mut self) {
        let mut players = std::mem::take(&mut self.players);
        let mut previous: Option<(usize, bool, bool, bool)> = None;
        for player in &mut players {
            let before = self.norm_before(player.start, 1);
            let is_the = usize::from(matches!(before, "the" | "a"));
            let before = self.norm_before(player.start, 1 + is_the);
            let compared = COMPARED.has(before)
                || (2..=4).any(|back| {
                    matches!(
                        self.norm_before(player.start, back),
                        "compared" | "отличие" | "likes" | "other"
                    ) && (back < 4 || before == "with" || before == "to")
                });
            let elsewhere = matches!(
                before,
                "in" | "of"
                    | "against"
                    | "over"
                    | "on"
                    | "with"
                    | "between"
                    | "в"
                    | "во"
                    | "на"
                    | "против"
                    | "у"
                    | "from"
                    | "к"
                    | "around"
            ) && (2..=4).any(|back| {
                let word = self.norm_before(player.start, back + is_the);
                ELSEWHERE.has(word)
                    || (!word.is_ascii()
                        && word.chars().count() > 4
                        && ELSEWHERE_SLAVIC.begin(word))
            });
            // "sanctions over Oslo's plan": whose plan it is takes part in it.
            let owns = player
                .end
                .checked_sub(1)
                .and_then(|i| self.tokens.get(i))
                .is_some_and(|t| t.possessive);
            // "the Russian invasion", "Chinese tariffs".
            let follows = self.tokens.get(player.end).is_some_and(|next| {
                !matches!(next.norm, "attack" | "operations" | "actions" | "border")
                    && (ELSEWHERE.holds(next) || ELSEWHERE_SLAVIC.begin(next.norm))
            });
            // "citing Uzbek media": who reports takes no part.
            let reports =
                player.is_adjective && self.tokens.get(player.end).is_some_and(|t| MEDIA.holds(t));
            // "planes en route to Syria": it has no part in what becomes of them on the way.
            let is_on_the_way =
                before == "to" && self.norm_before(player.start, 2 + is_the) == "route";
            player.is_background = compared
                || is_on_the_way
                || self.is_contrasted(player.start)
                || reports
                || self.is_aside(player)
                || ((elsewhere || self.is_topic(player, is_the))
                    && !owns
                    && !self.is_imposed_on(player))
                || (follows && player.sort == Sort::Country);
            if matches!(before, "in" | "в" | "во" | "inside" | "near")
                && player.sort == Sort::Country
            {
                let after = self.tokens.get(player.end);
                // "in Polish waters" speaks of a place, "in Poland" too.
                player.is_place =
                    after.is_none_or(|t| !t.joined) && !self.is_accredited(player.start);
            }
            player.is_place |= player.sort == Sort::Country && self.is_after_city(player);
            // A list is of one sort.
            if let Some((end, background, place, compared)) = previous
                && self.is_list_link(end, player.start)
            {
                // "Unlike A, B has …": the comma ends the comparison.
                let over_comma = self.tokens.get(end).is_some_and(|t| t.is_mark(","));
                player.is_background |= background && !(compared && over_comma);
                player.is_place |= place && player.sort != Sort::Government;
            }
            previous = Some((player.end, player.is_background, player.is_place, compared));
        }
        self.players = players;
    }

    /// "the ambassador in X", "посол Ганы в X": to whom somebody is sent.
    fn is_accredited(&self, at: usize) -> bool {
        let mut before = (2..=5).map(|back| self.norm_before(at, back));
        before.any(|norm| {
            matches!(
                norm,
                "посол" | "пасол" | "посла" | "послом" | "ambassador" | "посланник"
            )
        })
    }

    /// "to seek loans, not necessarily in X", "у Польши, а не у X": the other one is meant.
    pub(super) fn is_contrasted(&self, at: usize) -> bool {
        let from = at.saturating_sub(5);
        let before = self.tokens.get(from..at).unwrap_or_default();
        let Some(no) = before
            .iter()
            .rposition(|t| matches!(t.norm, "not" | "не" | "ні"))
        else {
            return false;
        };
        let is_apart = before
            .get(..no)
            .and_then(|rest| rest.iter().rev().find(|t| !matches!(t.norm, "а" | "and")))
            .is_some_and(|t| t.is_mark(","));
        let mut behind = before.get(no + 1..).unwrap_or_default().iter();
        is_apart && behind.all(|t| CONTRASTS.holds(t))
    }

    /// "approved new sanctions against X", "ввела санкции против X": done to it, not the scene of
    /// something else.
    fn is_imposed_on(&self, player: &Player) -> bool {
        /// The measure stands so near before whom it is against, its verb so near before that.
        const MEASURE: usize = 4;
        const VERB: usize = 5;
        let from = player.start.saturating_sub(MEASURE);
        let near = self.tokens.get(from..player.start).unwrap_or_default();
        let Some(measure) = near.iter().position(|t| MEASURES.begin(t.norm)) else {
            return false;
        };
        let before = self
            .tokens
            .get((from + measure).saturating_sub(VERB)..from + measure)
            .unwrap_or_default();
        before.iter().any(|t| IMPOSES.begin(t.norm))
    }

    /// "talks on X", "a conference about X": who is talked of need not take part.
    fn is_topic(&self, player: &Player, is_the: usize) -> bool {
        matches!(
            self.norm_before(player.start, 1 + is_the),
            "on" | "about" | "regarding" | "concerning" | "щодо" | "по" | "о" | "об" | "аб"
        ) && (2..=3).any(|back| TALKS.begin(self.norm_before(player.start, back + is_the)))
    }

    /// "in Bali, Indonesia", "ў Вене (Аўстрыя)": a place within a place.
    fn is_after_city(&self, player: &Player) -> bool {
        let mark = player.start.checked_sub(1).and_then(|i| self.tokens.get(i));
        if !mark.is_some_and(|t| t.is_mark(",") || t.is_mark("(")) {
            return false;
        }
        (2..=4)
            .map(|back| {
                player
                    .start
                    .checked_sub(back)
                    .and_then(|i| self.tokens.get(i))
            })
            .take_while(Option::is_some)
            .flatten()
            .find(|t| !t.is_capitalised())
            .is_some_and(|t| matches!(t.norm, "in" | "at" | "near" | "в" | "во" | "у" | "ў"))
            && self
                .norm_before(player.start, 2)
                .chars()
                .any(char::is_alphabetic)
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
