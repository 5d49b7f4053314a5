//! Who takes which part in what a trigger tells of.

use super::super::lexicon::words::TokenKind;
use super::super::steps;
use super::complete::{Bound, Memory, is_mutual_kind};
use super::items::is_goods;
use super::pattern::{Frame, Match};
use super::scene::{Player, Scene, Sort};
use super::units;
use crate::model::claim::{ClaimKind, Role};
use crate::model::ids::ActorId;

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
        let (left, right) = match frame {
            Frame::Visit => self.visitors_and_hosts(found, left, right),
            _ => self.turned_by_prepositions(found, left, right),
        };

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
        self.complete(&mut bound, found, unit, focus, memory)?;
        bound.leave_company(focus);
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
        for player in self
            .players
            .iter()
            .filter(|p| p.start >= found.start && p.start < stop)
            .filter(usable)
        {
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

    /// The unit that goes on in `unit` after a relative clause between the two, where the trigger
    /// stands near its beginning.
    fn before_the_inserted(&self, found: Match, unit: (usize, usize)) -> Option<(usize, usize)> {
        /// A verb stands so near, in tokens: "is scheduled to meet".
        const NEAR: usize = 5;
        let at = self.units.iter().position(|other| *other == unit)?;
        let inserted = self.units.get(at.checked_sub(1)?)?;
        let subject = self.units.get(at.checked_sub(2)?)?;
        (self.is_relative(*inserted) && found.start <= unit.0 + NEAR).then_some(*subject)
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
                .take_while(|t| t.kind == TokenKind::Word)
                .any(is_goods)
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
            let before = self.norm_before(player.start, 1);
            // "with Chinese assistance": whose it is stands inside.
            let with = self
                .tokens
                .get(found.start)
                .is_some_and(|t| t.norm == "with");
            let inside = gives && with && player.end <= found.end;
            // "deliveries of Chilean wine": the goods name where they come from.
            let origin = gives && self.is_origin(player);
            let turned = inside
                || origin
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
        if !is_passive && !target.is_empty() {
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
            let goes = matches!(before, "of" | "by")
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
