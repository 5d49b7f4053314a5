//! Who is named in a clause and takes no part in its act: who tells it, what somebody is a member
//! of, whom somebody ranks after, in whose capital others sign, whom an act is meant to counter, whose
//! rebels did something.
//!
//! Budget: every rule looks at a bounded number of tokens.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::pattern::{Frame, Match};
use super::scene::{Player, Scene, Sort};
use crate::model::claim::ClaimKind;
use crate::model::ids::ActorId;

/// Who only tells, and what may stand before it.
static TELLERS: Words = Words::new(&[
    "agency",
    "agencies",
    "newspaper",
    "newspapers",
    "media",
    "daily",
    "broadcaster",
    "television",
    "tv",
    "radio",
    "portal",
    "агентство",
    "агентства",
    "агентству",
    "агентством",
    "газета",
    "газеты",
    "газете",
    "телеканал",
    "телевидение",
    "радио",
    "агенції",
    "агентства",
]);
static OF_TELLERS: Words = Words::new(&[
    "news",
    "state",
    "official",
    "information",
    "press",
    "national",
    "private",
    "новостное",
    "информационное",
    "информационного",
    "информационному",
    "государственное",
    "официальное",
    "государственного",
    "официального",
]);
/// Verbs of telling before who tells.
static TOLD_BY: Stems = Stems::new(&[
    "сообщ",
    "передае",
    "передаё",
    "пиш",
    "напис",
    "повідом",
    "паведам",
    "піш",
]);
/// Members, and what stands before an apposition that says so.
static MEMBERS: Words = Words::new(&[
    "member",
    "members",
    "participant",
    "signatory",
    "observer",
    "член",
    "члены",
    "членом",
    "участник",
    "участница",
    "участники",
    "учасник",
    "учасниця",
    "удзельнік",
]);
/// Words of a rank.
static RANKS: Stems = Stems::new(&[
    "largest",
    "biggest",
    "second",
    "third",
    "fourth",
    "fifth",
    "leading",
    "крупнейш",
    "втор",
    "трет",
    "четверт",
    "пят",
    "найбільш",
    "друг",
    "найбуйнейш",
]);

/// Who knows and tells, behind "according to".
static SOURCES: Words = Words::new(&[
    "institute",
    "institution",
    "centre",
    "center",
    "university",
    "foundation",
    "report",
    "research",
    "researcher",
    "researchers",
    "study",
    "survey",
    "data",
    "statistics",
    "analyst",
    "analysts",
    "expert",
    "experts",
    "scholar",
    "scholars",
    "intelligence",
    "tank",
    "group",
    "monitor",
    "observatory",
    "website",
]);
/// Verbs of what is done against somebody.
static OPPOSES: Words = Words::new(&[
    "oppose",
    "opposing",
    "counter",
    "counters",
    "countering",
    "counterbalance",
    "counterbalancing",
    "deter",
    "deterring",
    "confront",
    "confronting",
    "resist",
    "resisting",
    "bypass",
    "bypassing",
    "circumvent",
    "circumventing",
    "isolate",
    "isolating",
    "threatening",
    "invade",
    "invaded",
    "invading",
    "attacked",
    "attacking",
    "bombed",
    "bombing",
    "annexed",
    "annexing",
    "occupied",
    "occupying",
    "defeat",
    "defeating",
    "angering",
    "angers",
    "angered",
    "worries",
    "worrying",
    "alarming",
    "alarms",
    "irking",
    "irked",
    "infuriating",
    "infuriated",
    "upsetting",
    "upsets",
    "rattling",
    "unnerving",
    "containing",
    "balancing",
    "borders",
    "bordering",
    "overtook",
    "overtaking",
    "overtaken",
    "surpassing",
    "surpassed",
    "replaced",
    "replacing",
    "beating",
    "outbid",
]);
/// Beginnings of such words.
static OPPOSES_SLAVIC: Stems = Stems::new(&[
    "противодейств",
    "противостоя",
    "сдержива",
    "сдержать",
    "вторг",
    "напала",
    "протиді",
    "стримув",
    "стримат",
    "вдерл",
    "супрацьдзе",
    "беспокоит",
    "беспокоят",
    "тревож",
    "раздража",
    "обогнал",
    "опереди",
    "опереж",
    "вытесни",
    "заменил",
    "турбує",
    "турбують",
    "непокоїть",
    "дратує",
    "обігнал",
    "випереди",
    "замінил",
]);
/// Who fights against a state, or for nobody.
static REBELS: Words = Words::new(&[
    "rebel",
    "rebels",
    "militant",
    "militants",
    "insurgent",
    "insurgents",
    "militia",
    "militias",
    "guerrillas",
    "separatist",
    "separatists",
    "houthi",
    "houthis",
    "terrorists",
    "gunmen",
    "pirates",
]);
/// Beginnings of such words.
static REBELS_SLAVIC: Stems = Stems::new(&[
    "боевик",
    "повстанц",
    "повстанч",
    "сепаратист",
    "мятежник",
    "хусит",
    "террорист",
    "бойовик",
    "терорист",
    "баевік",
]);
/// What ends a noun's company: behind it somebody else is spoken of.
static STOPS: Words = Words::new(&[
    "with", "to", "from", "by", "and", "or", "for", "at", "с", "со", "из", "от", "и", "для", "з",
    "із", "зі", "від", "і", "та", "ад",
]);

impl Scene<'_> {
    /// Whether somebody is only named aside.
    pub(super) fn is_aside(&self, player: &Player) -> bool {
        self.is_teller(player)
            || self.is_source(player)
            || self.is_membership(player)
            || self.is_outranked(player)
            || self.is_opposed(player)
            || self.is_rebel(player)
    }

    /// "according to the Ghana-based Volta Institute, …": who knows takes no part.
    fn is_source(&self, player: &Player) -> bool {
        /// The source's name begins so near behind "according", and ends so near behind the country.
        const NEAR: usize = 6;
        let from = player.start.saturating_sub(NEAR);
        steps::count(NEAR);
        let is_mark = |t: &Token<'_>| t.kind == TokenKind::Mark;
        let named = |range: std::ops::Range<usize>| {
            let words = range.map_while(|at| self.token(at));
            words.take_while(|t| !is_mark(t))
        };
        let is_told = (from..player.start)
            .rev()
            .map_while(|at| self.token(at))
            .take_while(|t| !is_mark(t))
            .any(|t| t.norm == "according");
        is_told && named(player.end..player.end + NEAR).any(|t| SOURCES.holds(t))
    }

    /// "to counter Ghana's growing influence", "after it invaded Ghana": whom an act is meant against
    /// takes no part in the others of its sentence.
    fn is_opposed(&self, player: &Player) -> bool {
        /// Its verb stands so near before somebody.
        const NEAR: usize = 3;
        let from = player.start.saturating_sub(NEAR);
        steps::count(NEAR);
        (from..player.start)
            .rev()
            .map_while(|at| self.token(at))
            .take_while(|t| t.kind == TokenKind::Word && !STOPS.holds(t))
            .any(|t| OPPOSES.holds(t) || !t.text.is_ascii() && OPPOSES_SLAVIC.begin(t.norm))
    }

    /// "Ghana's", "Ghanaian": what follows is somebody's.
    pub(super) fn is_whose(&self, player: &Player) -> bool {
        let last = player.end.checked_sub(1).and_then(|at| self.token(at));
        player.is_adjective || last.is_some_and(|t| t.possessive)
    }

    /// "Ghana's northern rebels": not the state.
    fn is_rebel(&self, player: &Player) -> bool {
        /// Who they are stands so near behind whose.
        const NEAR: usize = 3;
        let is_owner = self.is_whose(player);
        steps::count(NEAR);
        is_owner
            && (player.end..player.end + NEAR)
                .map_while(|at| self.token(at))
                .take_while(|t| t.kind == TokenKind::Word && !STOPS.holds(t))
                .any(|t| REBELS.holds(t) || !t.text.is_ascii() && REBELS_SLAVIC.begin(t.norm))
    }

    /// "the Ghanaian news agency", "Ghana's state television".
    fn is_teller(&self, player: &Player) -> bool {
        let is_owner = self.is_whose(player);
        // "the Ghanaian Volta news agency".
        let is_before = |t: &Token<'_>| {
            OF_TELLERS.holds(t) || t.is_capitalised() && !TELLERS.holds(t) && t.text.is_ascii()
        };
        let head = (player.end..player.end + 4)
            .find(|at| !self.token(*at).is_some_and(is_before))
            .unwrap_or(player.end + 4);
        // Not "Ghana's space agency", nor "a contract with the Ghanaian news agency".
        let is_news = (player.end..head).any(|at| {
            self.token(at).is_some_and(|t| {
                matches!(t.norm, "news" | "press" | "information")
                    || t.norm.starts_with("информ")
                    || t.norm.starts_with("новост")
            })
        });
        let is_agency = self
            .token(head)
            .is_some_and(|t| t.norm.starts_with("agenc") || t.norm.starts_with("аген"));
        // "Ghana's Volta agency said".
        let tells = self
            .token(head + 1)
            .is_some_and(|t| matches!(t.norm, "said" | "says" | "reported" | "reports" | "wrote"));
        // "сообщило агентство Ганы"
        let before = player.start.checked_sub(1).and_then(|at| self.token(at));
        let is_of_agency = before.is_some_and(|t| !t.text.is_ascii() && TELLERS.holds(t))
            && TOLD_BY.begin(self.norm_before(player.start, 2));
        if is_of_agency {
            return true;
        }
        let article = usize::from(matches!(self.norm_before(player.start, 1), "the" | "a"));
        is_owner
            && self.token(head).is_some_and(|t| TELLERS.holds(t))
            && (is_news || !is_agency || tells)
            && !matches!(
                self.norm_before(player.start, 1 + article),
                "with" | "с" | "з"
            )
            && !self.token(head + 1).is_some_and(|t| {
                matches!(
                    t.norm,
                    "station" | "stations" | "tower" | "equipment" | "deal"
                )
            })
    }

    /// "Norway, a member of NATO, …": what somebody is in by the way.
    fn is_membership(&self, player: &Player) -> bool {
        /// ", a founding member of the".
        const NEAR: usize = 6;
        if player.sort != Sort::Body {
            return false;
        }
        let from = player.start.saturating_sub(NEAR);
        steps::count(NEAR);
        let Some(member) = (from..player.start)
            .rev()
            .find(|at| self.token(*at).is_some_and(|t| MEMBERS.holds(t)))
        else {
            return false;
        };
        let is_right_behind = (member + 1..player.start).all(|at| {
            self.token(at).is_some_and(|t| {
                matches!(
                    t.norm,
                    "of" | "in" | "the" | "state" | "states" | "to" | "в"
                ) || !t.text.is_ascii() && t.joined
            })
        });
        let opens = (member.saturating_sub(3)..member)
            .rev()
            .find(|at| self.token(*at).is_some_and(|t| t.kind == TokenKind::Mark));
        is_right_behind
            && opens.is_some_and(|mark| {
                self.token(mark)
                    .is_some_and(|t| t.is_mark(",") || t.is_mark("("))
                    && mark
                        .checked_sub(1)
                        .and_then(|at| self.token(at))
                        .is_some_and(|t| t.is_capitalised() || !t.text.is_ascii())
            })
    }

    /// "the third largest buyer after X": whom somebody only ranks after.
    fn is_outranked(&self, player: &Player) -> bool {
        /// The rank stands so near before "after".
        const NEAR: usize = 9;
        let Some(after) = player.start.checked_sub(1) else {
            return false;
        };
        let after = if matches!(self.norm_before(player.start, 1), "the" | "only" | "за") {
            after.saturating_sub(1)
        } else {
            after
        };
        let is_after = self.token(after).is_some_and(|t| {
            matches!(
                t.norm,
                "after" | "behind" | "после" | "вслед" | "після" | "пасля"
            )
        });
        steps::count(NEAR);
        is_after
            && (after.saturating_sub(NEAR)..after)
                .rev()
                .map_while(|at| self.token(at))
                .take_while(|t| t.kind != TokenKind::Mark)
                .any(|t| RANKS.begin(t.norm))
    }

    /// "Ghana and Kenya signed it in Oslo": a capital where others sign takes no part.
    pub(super) fn leave_venue(
        &self,
        found: Match,
        focus: &ActorId,
        left: &[&Player],
        right: &mut Vec<&Player>,
    ) {
        let is_contract = || {
            self.token(found.start).is_some_and(|t| {
                t.norm.starts_with("contract")
                    || t.norm.starts_with("контракт")
                    || t.norm.starts_with("кантракт")
            })
        };
        let is_signing = (found.trigger.frame == Frame::Parties || is_contract())
            && matches!(
                found.trigger.kind,
                ClaimKind::Agreement | ClaimKind::Purchase
            );
        if !is_signing {
            return;
        }
        let is_where = |p: &Player| {
            matches!(self.norm_before(p.start, 1), "in" | "в" | "у" | "ў")
                && (p.is_place || p.sort == Sort::Government)
        };
        let mut others = left.iter().filter(|p| p.who != *focus && !p.is_place);
        let first = others.next();
        let are_two = first.is_some_and(|first| others.any(|p| p.who != first.who));
        if are_two && left.iter().all(|p| p.who != *focus) {
            right.retain(|p| p.who != *focus || !is_where(p));
        }
    }

    /// "X, not Y, helped Z": whether a negation is of somebody else alone.
    pub(super) fn is_of_contrast(&self, negation: usize) -> bool {
        /// So near behind its negation, with "with" and the like between.
        const NEAR: usize = 3;
        steps::count(self.players.len());
        self.players.iter().any(|p| {
            p.is_background
                && negation < p.start
                && p.start <= negation + NEAR
                && self.is_contrasted(p.start)
                && self.token(p.end).is_none_or(|t| t.kind == TokenKind::Mark)
        })
    }

    /// Whether the clause names who else takes part, somebody of no known country: "from Acme Co.".
    pub(super) fn names_another(&self, found: Match, unit: (usize, usize)) -> bool {
        /// The name stands so near behind the act.
        const REACH: usize = 12;
        if !matches!(found.trigger.frame, Frame::Supply | Frame::Buy) {
            return false;
        }
        let end = unit.1.min(found.end + REACH);
        steps::count(REACH);
        (found.start + 1..end).any(|at| {
            matches!(
                self.norm_before(at, 1),
                "from" | "у" | "от" | "від" | "ад" | "ў"
            ) && self.token(at).is_some_and(|t| {
                t.kind == TokenKind::Word && t.is_capitalised() && !TITLES.holds(t)
            }) && self.players.iter().all(|p| at < p.start || p.end <= at)
                && self
                    .times
                    .iter()
                    .all(|time| at < time.start || time.end <= at)
        })
    }
}

/// What stands before a name that is a person's.
static TITLES: Words = Words::new(&[
    "president",
    "minister",
    "prime",
    "king",
    "queen",
    "emperor",
    "general",
    "chancellor",
    "foreign",
    "defence",
    "defense",
]);

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    #[test]
    fn who_is_named_aside_takes_no_part() {
        let signed = &["agreement done NO=party GH=party -"][..];
        check(
            "NO",
            "Norway, a member of NATO, signed a treaty with Ghana.",
            signed,
        );
        check(
            "NO",
            "Norway signed a treaty with Ghana, Kenya's state news agency wrote.",
            signed,
        );
        check(
            "NO",
            "Norway, according to the Kenyan Tana news agency, signed a treaty with Ghana.",
            &["agreement reported NO=party GH=party -"],
        );
        check(
            "NO",
            "Norway is the second largest supplier of fish to Ghana after Kenya and Togo.",
            &["support ongoing NO=party GH=party -"],
        );
        check("NO", "Ghana and Kenya signed a contract in Oslo.", &[]);
    }

    #[test]
    fn whom_an_act_is_meant_against_takes_no_part() {
        let signed = &["agreement done NO=party GH=party -"][..];
        check(
            "NO",
            "Norway signed a pact with Ghana, countering Kenya's claims.",
            signed,
        );
        check(
            "NO",
            "Norway signed a pact with Ghana in opposing Kenya at sea.",
            signed,
        );
        check(
            "NO",
            "To counter Kenya, Norway signed a pact with Ghana.",
            signed,
        );
        check(
            "NO",
            "Norway signed a pact with Ghana after Togo attacked Kenya.",
            signed,
        );
        check(
            "NO",
            "According to the Kenya-based Tana Institute, Norway signed a pact with Ghana.",
            &["agreement reported NO=party GH=party -"],
        );
        check(
            "NO",
            "Norway supplied trucks to Ghana after raids by Kenya's northern rebels.",
            &["delivery done NO=supplier GH=recipient -"],
        );
    }

    #[test]
    fn on_whose_territory_it_is_or_who_is_hinted_at_takes_no_part() {
        let signed = &["agreement done NO=party GH=party -"][..];
        check(
            "NO",
            "Норвегия и Гана подписали договор о базе на территории Кении.",
            signed,
        );
        check(
            "NO",
            "In a reference to Kenya, Norway signed a pact with Ghana.",
            signed,
        );
    }

    #[test]
    fn who_is_not_meant_takes_nothing_away() {
        check(
            "NO",
            "Ghana, not Kenya, assisted Norway.",
            &["support done GH=supplier NO=recipient -"],
        );
    }

    #[test]
    fn who_is_named_as_the_seller_is_nobody_of_before() {
        check(
            "NO",
            "Norway held talks with Ghana. Norway bought trucks from Acme Co. Ltd.",
            &["meeting done NO=party GH=party -"],
        );
    }
}
