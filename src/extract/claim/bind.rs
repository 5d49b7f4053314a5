//! Who takes which part in what a trigger tells of.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::TokenKind;
use super::super::steps;
use super::bound::Bound;
use super::complete::is_mutual_kind;
use super::items::is_goods;
use super::memory::Memory;
use super::order;
use super::pattern::{Frame, Match};
use super::scene::{Player, Scene, Sort};
use super::units;
use super::war::is_of_enemies;
use super::whose::OBJECTS;
use crate::model::claim::{ClaimKind, Role};
use crate::model::ids::ActorId;

#[cfg(test)]
mod tests;

/// How far right of a trigger its object may stand, in tokens.
const REACH: usize = 24;

impl Scene<'_> {
    /// Binds the parts of `found`; `None` where it does not tie the focus to anybody.
    pub(super) fn bind(&self, found: Match, focus: &ActorId, memory: &Memory) -> Option<Bound> {
        let frame = found.trigger.frame;
        let unit = self.unit_of(found.start);
        let usable = |p: &&Player| {
            // "closed its border with", "opened an embassy in": whose it is, not where.
            let is_of_place = matches!(
                found.trigger.rule,
                "claim/closed-border" | "claim/opened-mission"
            );
            (!p.is_background || is_of_place)
                && (!p.is_place
                    || is_of_place
                    || frame == Frame::Supply
                    || frame == Frame::Visit
                    || p.who == *focus
                    || memory.partners.contains(&p.who)
                    || !is_mutual_kind(found.trigger.kind))
                && (p.sort != Sort::System || is_about_goods(found.trigger.kind))
                && !(frame == Frame::Supply && self.is_seizer(p))
        };
        // A clause that goes on without its subject ("…, including a billion in missiles") has the
        // actors of the sentence.
        let own = self
            .players
            .iter()
            .any(|p| p.start >= unit.0 && p.end <= unit.1);
        let unit = if own { unit } else { (0, self.tokens.len()) };
        let mut left: Vec<&Player> = self.left_group(found, unit, &usable);
        let mut right: Vec<&Player> = self.right_group(found, unit, &usable);
        if matches!(frame, Frame::Parties | Frame::Doers) {
            self.leave_opening(unit, found, &mut left, &right);
        }
        self.leave_closing(found, &left, &mut right);
        self.leave_speaker(found, focus, &mut left, &right);
        // A system stands for its country only where nobody else is named.
        let named = |p: &&&Player| p.sort != Sort::System && p.who != *focus;
        if left.iter().chain(&right).any(|p| named(&p)) {
            left.retain(|p| p.sort != Sort::System);
            right.retain(|p| p.sort != Sort::System);
        }
        // "Norway's ties with Poland": nobody else's.
        if found.trigger.kind == ClaimKind::Support
            && let Some(owner) = left.first()
            && self.owns(owner, found)
        {
            let stop = (1..right.len()).find(|i| {
                let (Some(a), Some(b)) = (right.get(i - 1), right.get(*i)) else {
                    return true;
                };
                !self.is_list_link(a.end, b.start)
            });
            right.truncate(stop.unwrap_or(right.len()));
        }
        // "wary of the visit of X": who only feels something about it.
        let is_feared =
            frame == Frame::Visit && left.iter().any(|p| self.is_uneasy(p.end, found.start));
        if is_feared {
            left.retain(|p| !self.is_uneasy(p.end, found.start));
        }
        self.leave_venue(found, focus, &left, &mut right);
        let subject = self.subject_behind(found);
        let is_in_subject = |p: &&Player| subject.is_some_and(|s| s.0 <= p.start && p.end <= s.1);
        let (left, right) = match subject {
            Some(subject) if right.iter().any(is_in_subject) => order::turned(subject, left, right),
            _ if frame == Frame::Visit => self.visitors_and_hosts(found, left, right),
            _ => self.turned_by_prepositions(found, left, right),
        };

        let left = self.givers(frame, left, &right);
        let (left_role, right_role) = roles(frame);
        let mut bound = Bound {
            actors: Vec::new(),
            start: found.start,
            end: found.end,
            doubt: if own { 0 } else { 12 },
            inherited: None,
        };
        for (group, role) in [(&left, left_role), (&right, right_role)] {
            for player in group {
                bound.add(player, role);
            }
        }
        if is_feared && bound.actors.len() < 2 {
            return None;
        }
        self.complete(&mut bound, found, unit, focus, memory)?;
        let is_left_unsaid = bound.inherited.is_some();
        if is_left_unsaid && bound.has_any(&memory.enemies) && !is_of_enemies(found.trigger.kind) {
            return None;
        }
        bound.leave_company(focus);
        bound.leave_open();
        Some(bound)
    }

    /// Who stands left of the trigger: everybody in the unit for mutual acts, else the nearest with
    /// those in one list with it.
    fn left_group<'s>(
        &'s self,
        found: Match,
        unit: (usize, usize),
        usable: &dyn Fn(&&'s Player) -> bool,
    ) -> Vec<&'s Player> {
        steps::count(self.players.len());
        let is_tie = found.trigger.kind == ClaimKind::Support;
        let mut group: Vec<&Player> = self
            .players
            .iter()
            .filter(|p| p.start >= unit.0 && p.end <= found.start)
            .filter(|p| usable(p) || (is_tie && self.owns(p, found)))
            .collect();
        // "Peru, which borders Chile, bought": the clause goes on after the inserted one.
        if group.is_empty()
            && let Some(subject) = self.before_the_inserted(found, unit)
        {
            group = self
                .players
                .iter()
                .filter(|p| p.start >= subject.0 && p.end <= subject.1)
                .filter(|p| usable(p))
                .collect();
        }
        // "Peru, which bought": the relative clause tells of who stands before it.
        if group.is_empty() && self.is_relative(unit) {
            group = self
                .players
                .iter()
                .filter(|p| p.end <= unit.0)
                .filter(|p| usable(p))
                .collect();
            let near = group.last().is_some_and(|p| p.end + 2 >= unit.0);
            let mut keep = if near { group.len() - 1 } else { group.len() };
            while near
                && keep > 0
                && let (Some(a), Some(b)) = (group.get(keep - 1), group.get(keep))
                && self.is_list_link(a.end, b.start)
            {
                keep -= 1;
            }
            return group.split_off(keep);
        }
        if matches!(
            found.trigger.frame,
            Frame::Parties | Frame::Host | Frame::Doers
        ) {
            // "Norway's ties with": whose they are stands right before.
            let owner = group.iter().rposition(|p| self.owns(p, found));
            return match owner {
                Some(mut at) if is_tie => {
                    while at > 0
                        && let (Some(a), Some(b)) = (group.get(at - 1), group.get(at))
                        && self.is_list_link(a.end, b.start)
                    {
                        at -= 1;
                    }
                    group.split_off(at)
                }
                _ => group,
            };
        }
        // "Norway says it is neutral about Peru, and has given": not whom something is said of.
        let is_told_of = |p: &&Player| {
            matches!(
                self.norm_before(p.start, 1),
                "about" | "over" | "against" | "towards" | "regarding" | "toward"
            )
        };
        // "Norway has given boats to Peru and trained …": the subject of the verb before.
        let is_object = |p: &&Player| p.is_adjective || OBJECTS.has(self.preposition_of(p));
        let goes_on = self.goes_on_without_subject(found);
        let is_none = |p: &&Player| is_told_of(p) || goes_on && is_object(p);
        if group.iter().any(|p| !is_none(p)) {
            while group.last().is_some_and(is_none) {
                group.pop();
            }
        }
        // The nearest, and whoever is coordinated with it.
        let mut keep = group.len().saturating_sub(1);
        while keep > 0 {
            let (Some(a), Some(b)) = (group.get(keep - 1), group.get(keep)) else {
                break;
            };
            if a.who != b.who && !self.is_list_link(a.end, b.start) {
                break;
            }
            keep -= 1;
        }
        group.split_off(keep)
    }

    /// Who stands right of the trigger, up to the end of the unit or of its list.
    fn right_group<'s>(
        &'s self,
        found: Match,
        unit: (usize, usize),
        usable: &dyn Fn(&&'s Player) -> bool,
    ) -> Vec<&'s Player> {
        if found.trigger.frame == Frame::Doers {
            return Vec::new();
        }
        let stop = unit.1.min(found.end + REACH);
        let mut group: Vec<&Player> = Vec::new();
        let is_mutual = matches!(found.trigger.frame, Frame::Parties | Frame::Host);
        // A list goes on beyond that.
        let mut listed = stop;
        for player in self
            .players
            .iter()
            .filter(|p| p.start >= found.start && p.start < unit.1)
            .filter(usable)
        {
            let goes_on = group.last().is_some_and(|last| {
                last.end + 3 >= player.start && self.is_list_link(last.end, player.start)
            });
            if player.start >= listed && !goes_on {
                break;
            }
            if player.start >= listed {
                listed = player.end;
            }
            // "submarines that X builds for Y": X is the subject of another clause.
            if matches!(
                self.norm_before(player.start, 1),
                "that" | "which" | "who" | "whom"
            ) {
                continue;
            }
            if let Some(last) = group.last()
                && !self.is_list_link(last.end, player.start)
            {
                // Beyond a comma another statement may begin; without one the clause goes on.
                // "partners were named: A, B and C" goes on.
                let listed = player
                    .start
                    .checked_sub(1)
                    .and_then(|i| self.tokens.get(i))
                    .is_some_and(|t| t.is_mark(":"));
                let comma = self
                    .tokens
                    .get(last.end..player.start)
                    .is_some_and(|between| {
                        between
                            .iter()
                            .any(|t| t.is_mark(",") || t.is_mark(".") || t.is_mark("("))
                    });
                if (comma && !listed) || (!is_mutual && player.start > last.end + 8) {
                    break;
                }
            }
            group.push(player);
        }
        group
    }

    /// The unit that goes on in `unit` after a clause inserted between the two, where the trigger
    /// stands near its beginning.
    fn before_the_inserted(&self, found: Match, unit: (usize, usize)) -> Option<(usize, usize)> {
        /// A verb stands so near, in tokens: "is scheduled to meet".
        const NEAR: usize = 5;
        let at = self.units.iter().position(|other| *other == unit)?;
        let inserted = self.units.get(at.checked_sub(1)?)?;
        let subject = self.units.get(at.checked_sub(2)?)?;
        let opens = self.tokens.get(inserted.0);
        (opens.is_some_and(units::may_be_inserted) && found.start <= unit.0 + NEAR)
            .then_some(*subject)
    }

    /// Whether a unit is a relative clause.
    fn is_relative(&self, unit: (usize, usize)) -> bool {
        self.tokens.get(unit.0).is_some_and(units::is_relative)
    }

    /// An adjective before goods: "Russian wheeled vehicles".
    fn is_origin(&self, player: &Player) -> bool {
        player.is_adjective
            && self
                .tokens
                .get(player.end..(player.end + 4).min(self.tokens.len()))
                .unwrap_or_default()
                .iter()
                .take_while(|t| t.kind == TokenKind::Word && !OBJECTS.has(t.norm))
                .any(is_goods)
    }

    /// "A and B agreed to deliver boats to B": who receives does not give as well.
    fn givers<'s>(
        &self,
        frame: Frame,
        left: Vec<&'s Player>,
        right: &[&Player],
    ) -> Vec<&'s Player> {
        let receives = |who: &ActorId| {
            let mut right = right.iter();
            right.any(|p| p.who == *who && self.norm_before(p.start, 1) == "to")
        };
        let others = left.iter().copied().filter(|p| !receives(&p.who));
        let others: Vec<&Player> = others.collect();
        if frame == Frame::Supply && !others.is_empty() {
            others
        } else {
            left
        }
    }

    /// "поставки норвежских грузовиков в Гану": an adjective of what goes to somebody else.
    fn is_of_goods_sent(&self, player: &Player, found: Match) -> bool {
        let is_to = |p: &Player| {
            matches!(self.norm_before(p.start, 1), "в" | "во" | "до" | "у" | "ў")
                && p.start > player.end
                && p.start < found.end + REACH
                && p.who != player.who
        };
        let is_before_noun = self
            .token(player.end)
            .is_some_and(|t| t.kind == TokenKind::Word);
        steps::count(self.players.len());
        player.is_adjective
            && is_before_noun
            && player.start <= found.start + 2
            && self.token(player.start).is_some_and(|t| !t.text.is_ascii())
            && self.players.iter().any(is_to)
    }

    /// "by X" does it, "to X" and "for X" receive it, "from X" gives it.
    fn turned_by_prepositions<'s>(
        &self,
        found: Match,
        left: Vec<&'s Player>,
        right: Vec<&'s Player>,
    ) -> (Vec<&'s Player>, Vec<&'s Player>) {
        let gives = matches!(found.trigger.frame, Frame::Supply);
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let mut is_passive = false;
        for player in right {
            let before = self.preposition_of(player);
            // "with Chinese assistance": whose it is stands inside.
            let with = self
                .tokens
                .get(found.start)
                .is_some_and(|t| t.norm == "with");
            // "a two million Norwegian loan": whose it is.
            let lends = player.end + 1 == found.end && player.start > found.start;
            let inside = gives && (with && player.end <= found.end || lends && self.is_loan(found));
            // "deliveries of Chilean wine": the goods name where they come from.
            let origin = gives && self.is_origin(player);
            // "санкции X против Y": whose they are stands inside, too.
            let imposes = found.trigger.kind == ClaimKind::Refusal
                && player.end < found.end
                && self.is_measure(found.start);
            // "Отказ X поставить Y": whose it is stands right behind.
            let refuses = found.trigger.kind == ClaimKind::Refusal
                && player.start == found.start + 1
                && self
                    .token(found.start)
                    .is_some_and(|t| REFUSALS.begin(t.norm));
            // "продажа Норвегией винтовок": the instrumental of whoever does it.
            let is_agent = gives
                && !player.is_adjective
                && player.start == found.start + 1
                && self.token(player.start).is_some_and(order::is_instrumental);
            let turned = inside
                || is_agent
                || refuses
                || self.is_backed_by(player, found)
                || (gives && left.is_empty() && self.is_of_goods_sent(player, found))
                || origin
                || imposes
                || matches!(before, "by")
                || (gives && matches!(before, "from" | "из" | "от"));
            is_passive |= before == "by";
            if turned {
                source.push(player);
            } else {
                target.push(player);
            }
        }
        if source.is_empty() {
            return (left, target);
        }
        if self.is_measure(found.start) || !is_passive && !target.is_empty() {
            // "shipped from A to B", whoever says so.
            return (source, target);
        }
        // Passive or nominal: who stands left is the object.
        target.extend(left.into_iter().filter(|p| {
            p.who
                != source
                    .first()
                    .map_or_else(|| p.who.clone(), |s| s.who.clone())
        }));
        (source, target)
    }

    /// Whether the owner stands right before the trigger: "Norway's defence ties", "the US ties".
    fn owns(&self, player: &Player, found: Match) -> bool {
        let is_beside = player.end == found.start && player.sort == Sort::Country;
        is_beside
            || player.end + 2 >= found.start
                && player.end <= found.start
                && player
                    .end
                    .checked_sub(1)
                    .and_then(|i| self.tokens.get(i))
                    .is_some_and(|t| t.possessive)
    }

    /// Who goes and who receives: "of X" and "by X" go, "to X" and "in X" receive.
    fn visitors_and_hosts<'s>(
        &self,
        found: Match,
        left: Vec<&'s Player>,
        right: Vec<&'s Player>,
    ) -> (Vec<&'s Player>, Vec<&'s Player>) {
        let (mut visitors, mut hosts) = (left, Vec::new());
        // "a tour of Norway" is one through it, "the visit of Norway's king" his.
        let is_tour = self
            .tokens
            .get(found.start..found.end)
            .is_some_and(|words| words.iter().any(|t| TOURS.holds(t)));
        // "Ghana welcomed the visit of X": who stands left is visited.
        let is_of = |p: &&&Player| {
            let the = usize::from(matches!(self.norm_before(p.start, 1), "the" | "a" | "an"));
            (matches!(self.norm_before(p.start, 1 + the), "of" | "by") && p.start <= found.end + 2
                || self.is_whose_visit(p, found))
                && !is_tour
        };
        let is_visited = right.first().filter(is_of).is_some_and(|first| {
            visitors
                .last()
                .is_some_and(|p| p.who != first.who && !self.owns(p, found))
        });
        if is_visited {
            hosts.append(&mut visitors);
        }
        let mut groups = 0;
        let mut last: Option<&Player> = None;
        for player in right {
            let is_new =
                last.is_none_or(|l| !self.is_list_link(l.end, player.start) && l.who != player.who);
            groups += usize::from(is_new);
            // Beyond host and visitor the clause tells of something else.
            if groups > 2 {
                break;
            }
            // The host's own people do not come.
            if hosts.iter().any(|h: &&Player| h.who == player.who) {
                continue;
            }
            let determined = matches!(self.norm_before(player.start, 1), "the" | "a" | "an");
            let before = self.norm_before(player.start, 1 + usize::from(determined));
            let is_toured = is_tour && before == "of" && !visitors.is_empty();
            let goes = (matches!(before, "of" | "by") && !is_toured)
                || self.is_whose_visit(player, found)
                || (player.end <= found.end && player.start > found.start)
                || (player.sort == Sort::Person && !player.is_place)
                || (!hosts.is_empty() && is_new && visitors.is_empty());
            if goes {
                visitors.push(player);
            } else {
                hosts.push(player);
            }
            last = Some(player);
        }
        (visitors, hosts)
    }
}

impl Scene<'_> {
    /// "a cargo seized by X", "перехваченный силами X груз": X takes it from somebody.
    fn is_seizer(&self, player: &Player) -> bool {
        /// Its participle stands so near before whoever seizes.
        const NEAR: usize = 8;
        let before = player.start.saturating_sub(NEAR)..player.start;
        steps::count(before.len());
        let before = self.tokens.get(before).unwrap_or_default().iter().rev();
        let mut is_by = false;
        for token in before.take_while(|t| t.kind != TokenKind::Mark) {
            if SEIZED.begin(token.norm) {
                return is_by || !token.text.is_ascii();
            }
            is_by |= token.norm == "by";
        }
        false
    }

    /// Whether a word is a measure against somebody: "санкции", "эмбарго".
    fn is_measure(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| MEASURES.begin(t.norm))
    }

    /// "highly sensitive to", "обеспокоены": between somebody and what it is about.
    fn is_uneasy(&self, from: usize, to: usize) -> bool {
        /// The feeling stands so near before what it is about.
        const NEAR: usize = 6;
        let between = from.max(to.saturating_sub(NEAR))..to;
        steps::count(between.len());
        let mut between = self.tokens.get(between).unwrap_or_default().iter();
        between.any(|t| UNEASY.begin(t.norm))
    }
}

/// Beginnings of participles of taking away.
static SEIZED: Stems = Stems::new(&[
    "seized",
    "intercepted",
    "confiscated",
    "impounded",
    "перехвач",
    "захвач",
    "конфиск",
    "изъят",
    "задерж",
    "перехопл",
    "захопл",
    "конфіск",
    "вилуч",
    "затрим",
    "канфіск",
    "затрыман",
]);
/// Beginnings of nouns of refusing.
static REFUSALS: Stems = Stems::new(&["отказ", "відмов", "адмов"]);
/// Beginnings of words of measures against somebody.
static MEASURES: Stems = Stems::new(&["санкц", "эмбарго", "ембарго", "эмбарга", "пошлин"]);
/// Beginnings of words for being uneasy about something.
static UNEASY: Stems = Stems::new(&[
    "sensitive",
    "wary",
    "worried",
    "concerned",
    "concern",
    "alarm",
    "uneasy",
    "nervous",
    "suspicious",
    "обеспокоен",
    "встревож",
    "опаса",
    "занепоко",
    "стурбован",
    "побою",
    "занепако",
    "устрывож",
]);
/// Journeys through a country.
static TOURS: Words = Words::new(&["tour", "tours", "toured", "touring", "trip", "trips"]);

/// The roles of who stands left and right of a trigger.
pub(super) const fn roles(frame: Frame) -> (Role, Role) {
    match frame {
        Frame::Parties | Frame::Doers => (Role::Party, Role::Party),
        Frame::Host => (Role::Host, Role::Visitor),
        Frame::Visit => (Role::Visitor, Role::Host),
        Frame::Supply => (Role::Supplier, Role::Recipient),
        Frame::Buy => (Role::Recipient, Role::Supplier),
        Frame::Act => (Role::Source, Role::Target),
    }
}

/// Whether the act is about goods, which name where they come from.
const fn is_about_goods(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Delivery | ClaimKind::Purchase | ClaimKind::JointProduction | ClaimKind::Refusal
    )
}
