//! Who is named in a sentence only in comparison, as the scene of something else, or as a place.
//!
//! Budget: every rule looks at a bounded number of tokens around somebody who is named.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::Token;
use super::scene::{Player, Scene, Sort};

/// Words before a country that is only compared with.
static COMPARED: Words = Words::new(&["unlike", "than", "like", "кроме", "помимо", "чем"]);
/// Beginnings of nouns whose owner is only where something is, or only hinted at.
static SCENES: Stems = Stems::new(&[
    "territory",
    "outskirts",
    "allusion",
    "reference",
    "территори",
    "окраин",
    "территорі",
    "територі",
    "тэрыторы",
    "вокруг",
    "довкола",
    "вакол",
]);
/// What makes "besides" take in.
static ALSO: Words = Words::new(&["также", "тоже", "еще"]);
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
/// Measures against somebody, and the verbs of those who take, want or lift them.
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
    "eased",
    "easing",
    "lift",
    "relax",
    "remov",
    "waiv",
    "rais",
    "hik",
    "doubl",
    "increas",
    "call",
    "push",
    "urg",
    "appeal",
    "support",
    "back",
    "join",
    "tighten",
    "toughen",
    "threat",
    "смягч",
    "отмен",
    "снял",
    "снима",
    "снят",
    "ослаб",
    "призв",
    "призыва",
    "выступ",
    "пригроз",
    "грозит",
    "угрожа",
    "поддерж",
    "присоедин",
    "повыс",
    "ужесточ",
    "підтрим",
    "заклик",
    "скас",
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

impl Scene<'_> {
    pub(super) fn mark_background(&mut self) {
        /// An adjunct that opens a sentence names somebody among so many words.
        const OPENING: usize = 8;
        let mut players = std::mem::take(&mut self.players);
        let mut previous: Option<(usize, bool, bool, bool)> = None;
        let ends = self.ends_of_compounds(&players);
        for (player, end) in players.iter_mut().zip(ends) {
            let before = self.norm_before(player.start, 1);
            let is_the = usize::from(matches!(before, "the" | "a"));
            let before = self.norm_before(player.start, 1 + is_the);
            let compared = COMPARED.has(before) && !self.is_besides(before)
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
            let last = self.tokens.get(player.end.wrapping_sub(1));
            let owns = last.is_some_and(|t| t.possessive);
            // "the Russian invasion", "Chinese tariffs", "Norway-led sanctions".
            let is_epithet = |t: &Token<'_>| {
                t.joined && matches!(t.norm, "led" | "imposed" | "backed" | "initiated")
            };
            let epithet = usize::from(self.tokens.get(player.end).is_some_and(is_epithet));
            // "the Norway-backed regime": an attribute of somebody else.
            let is_attribute = self.tokens.get(player.end).is_some_and(|t| {
                t.joined && matches!(t.norm, "backed" | "sponsored" | "imposed" | "allied")
            });
            let follows = self.tokens.get(end + epithet).is_some_and(|next| {
                !matches!(next.norm, "attack" | "operations" | "actions" | "border")
                    && (ELSEWHERE.holds(next) || ELSEWHERE_SLAVIC.begin(next.norm))
            });
            // "citing Uzbek media": who reports takes no part.
            let reports =
                player.is_adjective && self.tokens.get(player.end).is_some_and(|t| MEDIA.holds(t));
            // "planes en route to Syria", "shells for use in X": no part in what becomes of them.
            let is_on_the_way = matches!(
                (self.norm_before(player.start, 2 + is_the), before),
                ("route", "to") | ("use", "in")
            );
            // "on the territory of X", "in a reference to X": where, or what is hinted at.
            let noun = self.norm_before(
                player.start,
                if before == "of" || before == "to" {
                    2 + is_the
                } else {
                    1
                },
            );
            let is_scene = SCENES.begin(noun) && player.sort == Sort::Country;
            let is_aside = self.is_aside(player) || self.is_backdrop(player);
            player.is_background = compared
                || is_scene
                || is_on_the_way
                || is_attribute
                || self.is_contrasted(player.start)
                || reports
                || is_aside
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
            if let Some((end, background, place, is_apart)) = previous
                && self.is_list_link(end, player.start)
            {
                // "Unlike A, B has …", "To counter A, B has …": the comma ends the adjunct.
                let over_comma = self.tokens.get(end).is_some_and(|t| t.is_mark(","));
                player.is_background |= background && !(is_apart && over_comma);
                player.is_place |= place && player.sort != Sort::Government;
            }
            let opens = (is_scene || is_aside) && player.start < OPENING;
            let is_apart = compared || opens;
            previous = Some((player.end, player.is_background, player.is_place, is_apart));
        }
        self.players = players;
    }

    /// Where each of `players` ends; the first half of "the Kenyan-Ugandan conflict" with the second.
    fn ends_of_compounds(&self, players: &[Player]) -> Vec<usize> {
        let joined = |at: usize| self.tokens.get(at).is_some_and(|t| t.joined);
        let others = players.iter().skip(1).map(Some).chain([None]);
        let ends = players.iter().zip(others).map(|(one, other)| {
            let half = other.filter(|other| other.start == one.end && joined(one.end));
            half.map_or(one.end, |half| half.end)
        });
        ends.collect()
    }

    /// "Кроме Ганы, в него входят также …": she as well.
    fn is_besides(&self, before: &str) -> bool {
        matches!(before, "кроме" | "помимо") && self.tokens.iter().any(|t| ALSO.holds(t))
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
        // "imposed sanctions on", "sanctions were imposed on".
        let around = (from + measure).saturating_sub(VERB)..player.start;
        let mut around = self.tokens.get(around).unwrap_or_default().iter();
        around.any(|t| IMPOSES.begin(t.norm))
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
}
