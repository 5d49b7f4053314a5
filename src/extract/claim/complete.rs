//! Whom a clause leaves unsaid: the focus or the partner from the rest of the sentence, or by a
//! stated rule from what was said before. The rule is shown with the claim.

mod words;

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::Token;
use super::super::steps;
use super::bind::roles;
use super::bound::Bound;
use super::known;
use super::memory::Memory;
use super::pattern::{Frame, Match};
use super::scene::{Player, Scene, Sort};
use crate::model::claim::{ClaimKind, Role};
use crate::model::ids::ActorId;
use words::{
    ALSO, BOTH, BOTH_NOUNS, COUNTRIES, ENVOYS, INTERLOCUTORS, OF_THREE, OF_WHAT, OFFICES, PRONOUNS,
    STATE_ACTORS, THEY, TOLD_OF, TWO, WE,
};

/// Adjectives of acts that take two.
static JOINT: Words = Words::new(&[
    "joint",
    "bilateral",
    "military",
    "naval",
    "phone",
    "telephone",
]);

/// Beginnings of words for what is between two.
static BILATERAL: Stems = Stems::new(&["двусторонн", "двухсторонн", "двосторонн", "двухбаков"]);

impl Scene<'_> {
    /// Adds the focus, or the partner, from the rest of the sentence or by a stated rule; `None`
    /// where nothing ties the focus to anybody.
    pub(super) fn complete(
        &self,
        bound: &mut Bound,
        found: Match,
        unit: (usize, usize),
        focus: &ActorId,
        memory: &Memory,
    ) -> Option<()> {
        // Who is never named is not meant by "the two sides".
        if !memory.topic.is_named && self.players.iter().all(|p| p.who != *focus) {
            return None;
        }
        let missing = free_role(found.trigger.frame, bound);
        let is_done = match (bound.has(focus), bound.others(focus)) {
            (true, 1..) => true,
            (true, 0) => {
                self.add_partner(bound, found, unit, focus, memory, missing)
                    || self.add_both(bound, found, unit, focus, memory)
                    || self.add_last(bound, found, memory, missing)
            }
            (false, 1) => {
                self.add_those_of(bound, found, unit, focus, memory)
                    || self.add_both_in_bloc(bound, found, unit, focus, memory)
                    || self.add_focus(bound, found, unit, focus, memory, missing)
                    || self.add_subject(bound, found, focus, memory, missing)
            }
            (false, 0) => self.add_both(bound, found, unit, focus, memory),
            // Others among themselves, but for "The delegation met with …".
            (false, _) => self.add_subject_of_many(bound, found, focus, memory, missing),
        };
        is_done.then_some(())
    }

    /// The partner stands elsewhere in the unit, or the paragraph speaks of one.
    fn add_partner(
        &self,
        bound: &mut Bound,
        found: Match,
        unit: (usize, usize),
        focus: &ActorId,
        memory: &Memory,
        missing: Role,
    ) -> bool {
        let partner = self.players.iter().find(|p| {
            p.who != *focus
                && !p.is_background
                && !p.is_place
                && p.start >= unit.0
                && p.end <= unit.1
                && p.sort != Sort::System
                && !matches!(found.trigger.frame, Frame::Act | Frame::Doers)
        });
        if let Some(partner) = partner {
            bound.add(partner, missing);
            bound.doubt += 10;
            return true;
        }
        // "Hungary asked for more time; Serbia refused": to the only other in the sentence.
        let mut others = self
            .players
            .iter()
            .filter(|p| p.who != *focus && !p.is_background && !p.is_place)
            .filter(|p| p.sort != Sort::System);
        if found.trigger.kind == ClaimKind::Refusal
            && let Some(other) = others.next()
            && others.all(|p| p.who == other.who)
        {
            bound.add(other, missing);
            bound.doubt += 20;
            return true;
        }
        // "the trilateral exercise", "the three countries": all who were named last.
        if memory.partners.len() == 2 && self.has_any(unit, &OF_THREE) && self.is_all(bound) {
            bound.inherit(memory.partners.iter(), missing);
            bound.doubt += 25;
            bound.inherited = Some("the sides named before");
            return true;
        }
        // An encounter takes two.
        if let [partner] = memory.partners.as_slice()
            && matches!(
                found.trigger.kind,
                ClaimKind::Meeting | ClaimKind::Agreement
            )
            && matches!(found.trigger.frame, Frame::Parties | Frame::Doers)
            && (memory.paragraph.contains(partner) || self.has_any(unit, &WE))
        {
            bound.inherit(std::iter::once(partner), missing);
            bound.doubt += 30;
            bound.inherited = Some("partner from the paragraph");
            return true;
        }
        // Nobody else is named here, and the article is about two.
        if let Some(partner) = &memory.topic.partner
            && takes_two(found.trigger.kind)
            && self.is_all(bound)
        {
            bound.inherit(std::iter::once(partner), missing);
            bound.doubt += 35;
            bound.inherited = Some("partner of the article");
            return true;
        }
        false
    }

    /// "The agreement was signed in Kabul": known, so that of the sides named before; the city is where.
    fn add_those_of(
        &self,
        bound: &mut Bound,
        found: Match,
        unit: (usize, usize),
        focus: &ActorId,
        memory: &Memory,
    ) -> bool {
        let mut parts = self.players.iter().filter(|p| bound.has(&p.who));
        let is_where = parts.all(|p| p.is_place);
        if !is_where || !memory.sentence.contains(focus) || !self.refers_back(unit, found) {
            return false;
        }
        let places = std::mem::take(&mut bound.actors);
        let is_told = self.add_both(bound, found, unit, focus, memory);
        if !is_told {
            bound.actors = places;
        }
        is_told
    }

    /// "The two nations agreed to work together within ASEAN": the bloc is where.
    fn add_both_in_bloc(
        &self,
        bound: &mut Bound,
        found: Match,
        unit: (usize, usize),
        focus: &ActorId,
        memory: &Memory,
    ) -> bool {
        let is_bloc = bound.actors.iter().all(|part| !part.actor.is_country());
        is_bloc
            && self.speaks_of_both(unit)
            && !memory.partners.is_empty()
            && memory.partners.iter().all(ActorId::is_country)
            && self.add_both(bound, found, unit, focus, memory)
    }

    /// Whether those bound are only in somebody's company: "with the participation of X" may go
    /// on with whom the sentence before spoke of.
    fn is_company(&self, bound: &Bound) -> bool {
        let mut parts = self.players.iter().filter(|p| bound.has(&p.who));
        parts.any(|p| {
            let article = usize::from(matches!(self.norm_before(p.start, 1), "the" | "a"));
            matches!(
                self.norm_before(p.start, 1 + article),
                "with" | "of" | "с" | "со" | "з" | "із" | "зі" | "са"
            )
        })
    }

    /// Whether the sentence names nobody besides those bound.
    fn is_all(&self, bound: &Bound) -> bool {
        self.players.iter().all(|p| bound.has(&p.who))
    }

    /// The focus stands elsewhere in the sentence, is quoted as "we", or is what the text before
    /// speaks of, and of nobody else.
    fn add_focus(
        &self,
        bound: &mut Bound,
        found: Match,
        unit: (usize, usize),
        focus: &ActorId,
        memory: &Memory,
        missing: Role,
    ) -> bool {
        let nearest = self
            .players
            .iter()
            .filter(|p| p.who == *focus && !p.is_background)
            .min_by_key(|p| found.start.abs_diff(p.start));
        if let Some(player) = nearest {
            // "visited A on Monday and B on Tuesday": both are visited, neither comes.
            let (left, right) = roles(found.trigger.frame);
            let same_side = left != right
                && bound.end > found.end
                && player.start >= found.end
                && bound.actors.iter().all(|a| a.role == right)
                && !self.is_behind_adjunct(unit, found, player);
            if same_side {
                return false;
            }
            let in_unit = player.start >= unit.0 && player.end <= unit.1;
            bound.add(player, missing);
            bound.doubt += if in_unit { 8 } else { 15 };
            return true;
        }
        // "less than Kenya": named, and only compared with.
        if self.players.iter().any(|p| p.who == *focus) {
            return false;
        }
        if self.has_any(unit, &WE) && !memory.partners.is_empty() {
            return Self::add_speakers(bound, found, focus, memory, missing);
        }
        if memory.topic.is_subject && self.speaks_as_one(found, unit) {
            bound.inherit(std::iter::once(focus), missing);
            bound.doubt += 25;
            bound.inherited = Some("\u{201c}I\u{201d}: the focus");
            return true;
        }
        // The sentence before ties the same two.
        let tied = memory.sentence.contains(focus)
            && memory.partners.len() == 1
            && memory.partners.iter().all(|p| bound.has(p));
        if tied && self.refers_back(unit, found) {
            bound.inherit(std::iter::once(focus), missing);
            bound.doubt += 25;
            bound.inherited = Some("the sides named before");
            return true;
        }
        // "Power comes from Norway as well": an act like the one that was just told.
        let adds = matches!(found.trigger.frame, Frame::Supply | Frame::Buy)
            && memory.sentence.contains(focus)
            && self.adds(unit);
        if adds {
            bound.inherit(std::iter::once(focus), missing);
            bound.doubt += 30;
            bound.inherited = Some("focus from the sentence before");
            return true;
        }
        // "Qatar went on buying. Among its purchases are jets from France": goods go one way.
        if matches!(memory.sentence.as_slice(), [only] if only == focus)
            && matches!(found.trigger.frame, Frame::Buy)
            && found.trigger.weight() > 1
            && self.players.iter().all(|p| p.start >= found.start)
        {
            bound.inherit(std::iter::once(focus), missing);
            bound.doubt += 30;
            bound.inherited = Some("focus from the sentence before");
            return true;
        }
        // "Oman began drills meant to deter Kuwait": no drills with whom the paragraph named.
        let is_else = |p: &Player| p.start >= unit.0 && p.end <= unit.1 && !bound.has(&p.who);
        let is_own_exercise =
            found.trigger.kind == ClaimKind::Exercise && self.players.iter().any(is_else);
        let alone = |named: &[ActorId]| {
            !is_own_exercise
                && named.contains(focus)
                && named.iter().all(|a| a == focus || bound.has(a))
        };
        let pronoun = self.has_any(unit, &PRONOUNS)
            && memory.sentence.first() == Some(focus)
            && alone(&memory.sentence);
        let from = if pronoun {
            "focus from the sentence before"
        } else if alone(&memory.paragraph) {
            "focus from the paragraph"
        } else if self.is_all(bound)
            && (memory.sentence.iter().all(|a| a == focus || bound.has(a))
                || !self.is_company(bound))
            && (memory.names_focus || memory.topic.is_focus)
        {
            "focus of the article"
        } else if memory.topic.is_with(focus, bound) && self.is_of_state_unnamed(found, unit) {
            "an office of state with no country beside it"
        } else if memory.topic.is_with(focus, bound)
            && self.speaks_of_both(unit)
            && self.is_all(bound)
        {
            "the two sides of the article"
        } else {
            return false;
        };
        bound.inherit(std::iter::once(focus), missing);
        bound.doubt += 25;
        bound.inherited = Some(from);
        true
    }

    /// "I met the minister of Norway": whoever writes or speaks, in an article about the focus.
    fn speaks_as_one(&self, found: Match, unit: (usize, usize)) -> bool {
        /// "I have also recently met": the subject stands so near before its verb.
        const NEAR: usize = 4;
        let from = found.start.saturating_sub(NEAR).max(unit.0);
        steps::count(NEAR);
        let before = self.tokens.get(from..found.start).unwrap_or_default();
        before.iter().any(|t| t.text == "I" || t.norm == "my")
    }

    /// "We": the sides named before; but "We export fruit to Norway" speaks for one side alone.
    fn add_speakers(
        bound: &mut Bound,
        found: Match,
        focus: &ActorId,
        memory: &Memory,
        missing: Role,
    ) -> bool {
        let is_mutual = matches!(found.trigger.frame, Frame::Parties | Frame::Doers);
        let is_one_way = !is_mutual && bound.actors.iter().all(|part| part.actor.is_country());
        if is_one_way && !memory.topic.is_subject {
            return false;
        }
        if is_one_way {
            bound.inherit(std::iter::once(focus), missing);
            bound.inherited = Some("\u{201c}we\u{201d}: the focus");
        } else {
            bound.inherit(std::iter::once(focus).chain(&memory.partners), Role::Party);
            bound.inherited = Some("\u{201c}we\u{201d}: the sides named before");
        }
        bound.doubt += 25;
        true
    }

    /// "The Ministry of Defence suspended exports to Oman", "Minister for Justice Ann Lee signed":
    /// before the act an office or body of state, and nobody beside it whose it would be.
    fn is_of_state_unnamed(&self, found: Match, unit: (usize, usize)) -> bool {
        /// A country this near to an office has it.
        const NEAR: usize = 4;
        let mut others = self.players.iter().filter(|p| p.start < found.start);
        others.all(|p| p.is_place || p.is_background)
            && (unit.0..found.start.min(unit.1)).any(|at| {
                self.tokens.get(at).is_some_and(|t| STATE_ACTORS.holds(t))
                    && self
                        .players
                        .iter()
                        .all(|p| p.end + NEAR <= at || at + NEAR <= p.start)
            })
    }

    /// In an article about the focus, an act of somebody with nobody else named,
    /// here or in the paragraph so far, is one with it.
    fn add_subject(
        &self,
        bound: &mut Bound,
        found: Match,
        focus: &ActorId,
        memory: &Memory,
        missing: Role,
    ) -> bool {
        let is_other = |who: &ActorId| who != focus && !bound.has(who);
        let others = self
            .players
            .iter()
            .any(|p| is_other(&p.who) || p.who == *focus)
            || memory.paragraph.iter().any(is_other)
            || memory.sentence.iter().any(is_other);
        let is_weak = found.trigger.kind == ClaimKind::Support;
        if !memory.topic.is_subject
            || others
            || is_weak
            || self.is_negated(self.unit_of(found.start))
        {
            return false;
        }
        bound.inherit(std::iter::once(focus), missing);
        bound.doubt += 30;
        bound.inherited = Some("focus as the subject of the article");
        true
    }

    /// "The delegation met with the ministers of A, B and C", "The contracts will fund schools in A
    /// and B", after a sentence about the focus.
    fn add_subject_of_many(
        &self,
        bound: &mut Bound,
        found: Match,
        focus: &ActorId,
        memory: &Memory,
        missing: Role,
    ) -> bool {
        /// The subject stands among so many words at the beginning.
        const OPENING: usize = 4;
        let unit = self.unit_of(found.start);
        let opening = (unit.0, found.start.min(unit.0 + OPENING));
        let is_subject = memory.sentence.first() == Some(focus)
            && self.players.iter().all(|p| p.start >= found.start)
            && (self.has_any(opening, &PRONOUNS)
                || self.has_any(opening, &ENVOYS)
                || self.refers_back(opening, found));
        // "A summit was held in Oslo. The presidents of A, B and C were in attendance."
        let is_subject = is_subject
            || match found.trigger.rule {
                "claim/attended" => memory.sentence.contains(focus),
                // "Members of the committee include A, B and C", of what it does for the focus.
                "claim/members" => {
                    memory.sentence.contains(focus)
                        || memory.topic.is_focus && memory.topic.is_subject
                }
                _ => false,
            };
        if is_subject {
            bound.inherit(std::iter::once(focus), missing);
            bound.doubt += 30;
            bound.inherited = Some("focus from the sentence before");
        }
        is_subject
    }

    /// An act of the focus with nobody else named, right after one with a partner, is with it.
    fn add_last(&self, bound: &mut Bound, found: Match, memory: &Memory, missing: Role) -> bool {
        let named = self.players.iter().any(|p| !bound.has(&p.who));
        let is_act = !matches!(found.trigger.kind, ClaimKind::Support | ClaimKind::Test);
        let is_with_another = self.names_another(found, self.unit_of(found.start));
        if named || !is_act || is_with_another || memory.age > 1 || memory.partners.is_empty() {
            return false;
        }
        bound.inherit(memory.partners.iter(), missing);
        bound.doubt += 30;
        bound.inherited = Some("partner from the sentence before");
        true
    }

    /// Whether a sentence can be bound to the focus at all; not where it names nobody and
    /// [`Self::add_both`] finds nobody either, whatever its triggers are. So most sentences of the
    /// news are passed over.
    pub(super) fn may_tell(&self, focus: &ActorId, memory: &Memory) -> bool {
        let all = (0, self.tokens.len());
        let by_topic = || {
            memory.may_be_with_topic()
                && (memory.partners.len() != 1
                    || self.names_an_act()
                    || self.has_any(all, &OFFICES))
        };
        let by_memory = || {
            memory.sentence.contains(focus)
                || self.has_any(all, &WE)
                || self.has_any(all, &OFFICES)
                || self.is_bilateral(all)
        };
        !self.players.is_empty()
            || by_topic()
            || !memory.partners.is_empty() && by_memory()
            || self.speaks_of_both(all)
    }

    /// "The two states signed", "we agreed", "the agreement includes": those named before. What
    /// it asks for, [`Self::may_tell`] asks of the whole sentence.
    fn add_both(
        &self,
        bound: &mut Bound,
        found: Match,
        unit: (usize, usize),
        focus: &ActorId,
        memory: &Memory,
    ) -> bool {
        /// What a sentence begins with stands among so many words.
        const BEGINNING: usize = 5;
        // "Talks were held in Oslo", "A protocol was signed": an encounter of nobody that is named is
        // of those who were just named together.
        let nobody = self.players.iter().all(|p| p.is_place || p.is_background);
        let encounter = nobody
            && matches!(
                found.trigger.kind,
                ClaimKind::Meeting | ClaimKind::Agreement
            )
            && matches!(found.trigger.frame, Frame::Parties | Frame::Doers)
            && (memory.sentence.contains(focus)
                && memory.partners.iter().all(|p| memory.sentence.contains(p))
                || self.is_bilateral(unit) && memory.partners.len() == 1);
        // "The deliveries will begin in May": an act that is nobody's else, right behind one that
        // ties just these.
        let goes_on = self.players.is_empty()
            && memory.age <= 1
            && found.start < BEGINNING
            && !matches!(found.trigger.kind, ClaimKind::Support | ClaimKind::Test)
            && memory.sentence.contains(focus)
            && !memory.partners.is_empty()
            && memory.partners.iter().all(|p| memory.sentence.contains(p));
        // "The two" are the focus and one; "the sides" and "all three" may be more.
        let sides = match memory.partners.len() {
            0 => false,
            1 => self.speaks_of_both(unit) || self.opens_with_offices(unit),
            _ => self.speaks_of_both(unit) && !self.has_any(unit, &TWO),
        };
        // "Progress with Athens is slow. The two governments signed …": the one that the paragraph
        // names besides.
        if self.speaks_of_both(unit)
            && nobody
            && let Some(other) = memory.only_other(focus)
            && !memory.partners.contains(other)
        {
            bound.inherit([focus, other].into_iter(), Role::Party);
            bound.doubt += 25;
            bound.inherited = Some("the two sides of the paragraph");
            return true;
        }
        let they = self.has_any(unit, &THEY) && is_mutual_kind(found.trigger.kind);
        let told = memory.sentence.contains(focus) && (they || self.refers_back(unit, found));
        if let Some(partner) = memory.topic.partner.as_ref()
            && !told
            && memory.may_be_with_topic()
            && (nobody
                && takes_two(found.trigger.kind)
                && (memory.partners.len() != 1 || self.is_of_nobody(found, unit))
                || self.speaks_of_both(unit))
        {
            bound.inherit([focus, partner].into_iter(), Role::Party);
            bound.doubt += 35;
            bound.inherited = Some("the two sides of the article");
            return true;
        }
        if memory.partners.is_empty()
            || !(sides || told || encounter || goes_on || self.has_any(unit, &WE))
        {
            return false;
        }
        bound.inherit(std::iter::once(focus).chain(&memory.partners), Role::Party);
        bound.doubt += 20;
        bound.inherited = Some("the sides named before");
        true
    }

    /// "The last exercise was held", "Ministers agreed", with no other subject: the act is the subject
    /// itself, or an office is.
    fn is_of_nobody(&self, found: Match, unit: (usize, usize)) -> bool {
        let is_act = |t: &Token<'_>| known::of(found.trigger.kind).holds(t) || JOINT.holds(t);
        self.tokens.get(found.start).is_some_and(is_act) || self.opens_with_offices(unit)
    }

    /// Whether the sentence has a word for an act that takes two: else [`Self::is_of_nobody`] holds of
    /// no trigger of it.
    fn names_an_act(&self) -> bool {
        steps::count(self.tokens.len());
        let is_act = |t: &Token<'_>| {
            JOINT.holds(t) || TAKING_TWO.into_iter().any(|kind| known::of(kind).holds(t))
        };
        self.tokens.iter().any(is_act)
    }

    /// "Several bilateral agreements were signed": of the two that are spoken of.
    fn is_bilateral(&self, unit: (usize, usize)) -> bool {
        let tokens = self.tokens.get(unit.0..unit.1).unwrap_or_default();
        steps::count(tokens.len());
        tokens
            .iter()
            .any(|t| t.norm == "bilateral" || !t.text.is_ascii() && BILATERAL.begin(t.norm))
    }

    /// "The agreement includes …", "The contract was suspended": something told of before.
    fn refers_back(&self, unit: (usize, usize), found: Match) -> bool {
        (unit.0..unit.1).any(|at| {
            // A trigger that begins with it needs a word that points.
            (at != found.start || matches!(self.norm_before(at, 1), "the" | "this" | "that"))
                && self.tokens.get(at).is_some_and(|t| {
                    TOLD_OF.holds(t)
                        && (!t.text.is_ascii()
                            || matches!(self.norm_before(at, 1), "the" | "this" | "that"))
                })
        })
    }

    /// Whether a unit adds to what was said: "also", "и Норвегия".
    fn adds(&self, unit: (usize, usize)) -> bool {
        self.has_any(unit, &ALSO)
            || self.players.iter().any(|p| {
                p.start >= unit.0
                    && p.end <= unit.1
                    && matches!(self.norm_before(p.start, 1), "и" | "і")
                    && !self.players.iter().any(|other| other.end + 1 == p.start)
            })
    }

    fn has_any(&self, unit: (usize, usize), words: &Words) -> bool {
        self.tokens
            .get(unit.0..unit.1)
            .is_some_and(|tokens| tokens.iter().any(|t| words.holds(t)))
    }

    /// "Ministers agreed", "the presidents then discussed".
    fn opens_with_offices(&self, unit: (usize, usize)) -> bool {
        self.has_any((unit.0, unit.1.min(unit.0 + 3)), &OFFICES)
    }

    /// "the two countries", "both sides", "the neighbours".
    pub(super) fn speaks_of_both(&self, unit: (usize, usize)) -> bool {
        self.has_any(unit, &BOTH_NOUNS) && self.has_any(unit, &BOTH)
            || self.has_any(unit, &INTERLOCUTORS)
            || (unit.0..unit.1).any(|at| self.is_the_countries(at))
    }

    /// "Страны подписали", "между странами": without a word for which countries, those spoken of.
    fn is_the_countries(&self, at: usize) -> bool {
        let is_adjective = |norm: &str| {
            ["ие", "ые", "ими", "ыми", "ії", "ші", "ыя", "ія", "ці"]
                .iter()
                .any(|ending| norm.ends_with(ending))
        };
        self.tokens.get(at).is_some_and(|t| COUNTRIES.holds(t))
            && !is_adjective(self.norm_before(at, 1))
            && !self.tokens.get(at + 1).is_some_and(|next| {
                next.is_capitalised() || next.joined || OF_WHAT.begin(next.norm)
            })
    }
}

/// Acts that take two, so that they may be told of one.
const TAKING_TWO: [ClaimKind; 5] = [
    ClaimKind::Meeting,
    ClaimKind::Agreement,
    ClaimKind::Visit,
    ClaimKind::Exercise,
    ClaimKind::JointProduction,
];

/// Whether the act is one of those.
fn takes_two(kind: ClaimKind) -> bool {
    TAKING_TWO.contains(&kind)
}

/// Whether the act is one between sides, so that a venue takes no part in it.
pub(super) const fn is_mutual_kind(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Meeting | ClaimKind::Agreement | ClaimKind::Support | ClaimKind::Visit
    )
}

/// The role that nobody has yet.
fn free_role(frame: Frame, bound: &Bound) -> Role {
    let (left, right) = roles(frame);
    if bound.actors.iter().any(|a| a.role == left) {
        right
    } else {
        left
    }
}
