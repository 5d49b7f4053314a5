//! Before whom, because of whom or at whose border an act takes place: who is feared, depended on or
//! made angry, a rival of somebody, who only compares, takes no part in it.
//!
//! Budget: every rule looks at a bounded number of tokens before or behind somebody.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::scene::{Player, Scene, Sort};

/// What opens a phrase of fear, dependence or likeness: whoever is named in it is its object.
static OPENS: Words = Words::new(&[
    "backdrop",
    "wary",
    "fearing",
    "fear",
    "fears",
    "fearful",
    "worried",
    "alarmed",
    "dependence",
    "dependent",
    "dependency",
    "reliance",
    "reliant",
    "rely",
    "relying",
    "aggression",
    "rival",
    "rivals",
    "rivalry",
    "enemy",
    "foe",
    "adversary",
    "colony",
    "protectorate",
]);
/// Beginnings of such words.
static OPENS_SLAVIC: Stems = Stems::new(&[
    "фоне",
    "опасаясь",
    "опасени",
    "боясь",
    "зависим",
    "угроз",
    "сдерживани",
    "соперник",
    "противник",
    "конкурент",
    "агресси",
    "тлі",
    "побоюючись",
    "побоюван",
    "боячись",
    "залежн",
    "загроз",
    "стримуван",
    "суперник",
    "супротивник",
    "агресі",
    "асцераг",
    "асцярог",
    "залежнас",
    "пагроз",
    "сапернік",
]);
/// What provokes, and what is provoked.
static PROVOKES: Words = Words::new(&[
    "prompting",
    "prompted",
    "drawing",
    "drew",
    "sparking",
    "sparked",
    "triggering",
    "triggered",
    "provoking",
    "provoked",
    "causing",
    "caused",
    "raising",
    "despite",
    "попри",
    "вопреки",
    "насуперак",
]);
static PROVOKES_SLAVIC: Stems = Stems::new(&["вызва", "вызыва", "виклик", "выклік"]);
static PROVOKED: Stems = Stems::new(&[
    "protest",
    "criticism",
    "objection",
    "anger",
    "condemn",
    "outcry",
    "concern",
    "alarm",
    "rebuke",
    "unease",
    "недоволь",
    "протест",
    "критик",
    "озабочен",
    "возмущен",
    "возражен",
    "гнев",
    "обеспокоен",
    "невдоволен",
    "занепокоєн",
    "обурен",
    "запереченн",
    "незадавол",
    "занепако",
    "абурэн",
    "пярэчан",
]);
/// Where a country ends, and what is at that.
static EDGES: Words = Words::new(&[
    "border",
    "borders",
    "frontier",
    "coast",
    "coasts",
    "coastline",
    "shore",
    "shores",
    "waters",
    "airspace",
]);
static AT_EDGES: Words = Words::new(&[
    "near",
    "off",
    "along",
    "to",
    "toward",
    "towards",
    "at",
    "around",
    "у",
    "до",
    "вблизи",
    "близ",
    "возле",
    "вдоль",
    "к",
    "біля",
    "поблизу",
    "уздовж",
    "каля",
    "уздоўж",
]);
static EDGES_SLAVIC: Stems = Stems::new(&[
    "границ",
    "берег",
    "побереж",
    "кордон",
    "узбереж",
    "мяж",
    "берагоў",
    "узбярэж",
]);
/// What is aimed at somebody, and what protects: before "против" and "от".
static AIMED: Stems = Stems::new(&[
    "направл",
    "нацел",
    "спрямован",
    "націлен",
    "накіраван",
    "aimed",
    "directed",
]);
static PROTECTS: Stems = Stems::new(&["защит", "оборон", "захист", "абаран", "protect", "defend"]);
/// Who judges from outside.
static JUDGES: Words = Words::new(&[
    "analyst",
    "analysts",
    "expert",
    "experts",
    "professor",
    "scholar",
    "researcher",
    "journalist",
    "observer",
    "observers",
]);

impl Scene<'_> {
    /// Whether somebody is only what an act is done before, because of or beside.
    pub(super) fn is_backdrop(&self, player: &Player) -> bool {
        player.sort != Sort::System
            && (self.is_in_phrase_of_fear(player)
                || self.is_provoked(player)
                || self.is_edge(player)
                || self.is_aimed_at(player)
                || self.is_left_behind(player)
                || self.is_of_judge(player))
    }

    /// The words before somebody, the nearest first, up to a mark.
    fn phrase_before(&self, player: &Player, most: usize) -> impl Iterator<Item = &Token<'_>> {
        steps::count(most);
        let from = player.start.saturating_sub(most);
        let before = (from..player.start).rev().map_while(|at| self.token(at));
        before.take_while(|t| t.kind != TokenKind::Mark)
    }

    /// "against the backdrop of concerns over Ghana", "wary of Ghana", "dependence on Ghana".
    fn is_in_phrase_of_fear(&self, player: &Player) -> bool {
        /// The phrase opens so near before.
        const NEAR: usize = 6;
        let mut next = "";
        self.phrase_before(player, NEAR).any(|t| {
            // Not "face to face", nor "similar agreements with".
            let opens = matches!(
                (t.norm, next),
                ("face", "of")
                    | ("similar" | "akin" | "comparable", "to")
                    | ("похожие" | "похожий", "на")
            );
            next = t.norm;
            opens || OPENS.holds(t) || !t.text.is_ascii() && OPENS_SLAVIC.begin(t.norm)
        })
    }

    /// "drawing criticism from Ghana", "вызвав недовольство Ганы".
    fn is_provoked(&self, player: &Player) -> bool {
        /// The verb stands so near before.
        const NEAR: usize = 5;
        let mut words = self.phrase_before(player, NEAR);
        let is_provoked = words.any(|t| PROVOKED.begin(t.norm));
        is_provoked
            && words
                .any(|t| PROVOKES.holds(t) || !t.text.is_ascii() && PROVOKES_SLAVIC.begin(t.norm))
    }

    /// "a drill off Ghana's coast", "a road to the Ghanaian border", "у границ Ганы".
    fn is_edge(&self, player: &Player) -> bool {
        let is_the = usize::from(matches!(self.norm_before(player.start, 1), "the" | "a"));
        let is_at = |back| {
            let at = player.start.checked_sub(back).and_then(|at| self.token(at));
            at.is_some_and(|t| AT_EDGES.holds(t))
        };
        let is_edge = |at| self.token(at).is_some_and(|t| EDGES.holds(t));
        let before = self.norm_before(player.start, 1);
        self.is_whose(player) && is_at(1 + is_the) && is_edge(player.end)
            || !before.is_ascii() && EDGES_SLAVIC.begin(before) && is_at(2)
    }

    /// "пакт, направленный против Ганы", "защититься от Ганы", "defend itself from Ghana".
    fn is_aimed_at(&self, player: &Player) -> bool {
        /// Between stand "itself" and the like.
        const NEAR: usize = 4;
        let list = match self.norm_before(player.start, 1) {
            "против" | "проти" | "супраць" | "against" => &AIMED,
            "от" | "від" | "ад" | "from" => &PROTECTS,
            _ => return false,
        };
        self.phrase_before(player, NEAR)
            .skip(1)
            .any(|t| list.begin(t.norm))
    }

    /// "on his way to Ghana", "back from Ghana", "по пути в Гану", "в обход Ганы".
    fn is_left_behind(&self, player: &Player) -> bool {
        let last = self.norm_before(player.start, 1);
        matches!(
            (self.norm_before(player.start, 2), last),
            ("way", "to")
                | ("back" | "fled" | "fleeing", "from")
                | ("пути" | "шляху", "в" | "до")
                | ("в" | "у", "обход" | "обхід" | "абыход")
        )
    }

    /// "an analyst from Ghana said".
    fn is_of_judge(&self, player: &Player) -> bool {
        matches!(self.norm_before(player.start, 1), "from" | "of" | "in")
            && player
                .start
                .checked_sub(2)
                .and_then(|at| self.token(at))
                .is_some_and(|t| JUDGES.holds(t))
    }
}
