//! Words that look like an act and tell of none: "given the tensions", "gave a vote of confidence",
//! "short of funds", "did not block", "lifted the restrictions".
//!
//! Budget: every rule looks at a bounded number of tokens.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::TokenKind;
use super::super::steps;
use super::pattern::Match;
use super::scene::Scene;
use crate::model::claim::ClaimKind;

mod idiom;
mod sent;
#[cfg(test)]
mod tests;

/// What says no of a verb right behind it.
static SAYS_NO: Words = Words::new(&[
    "not",
    "n't",
    "never",
    "without",
    "didn't",
    "doesn't",
    "don't",
    "won't",
    "cannot",
    "rarely",
    "seldom",
    "hardly",
    "не",
    "ні",
    "без",
    "редко",
    "рідко",
    "рэдка",
    "вряд",
    "навряд",
    "наўрад",
]);
/// What may stand between the two.
static AUXILIARIES: Words = Words::new(&[
    "be",
    "been",
    "have",
    "yet",
    "longer",
    "even",
    "будет",
    "будут",
    "станет",
    "станут",
    "стал",
    "стала",
    "стали",
    "буде",
    "будуть",
    "стане",
    "стануть",
    "будзе",
    "будуць",
    "стануць",
    "больше",
    "більше",
    "больш",
]);

/// Nouns of what hinders, and beginnings of words for taking it away.
static HINDRANCES: Stems = Stems::new(&[
    "restriction",
    "ban",
    "bans",
    "embargo",
    "barrier",
    "obstacle",
    "sanction",
    "suspension",
    "blockade",
    "quota",
    "запрет",
    "ограничен",
    "эмбарго",
    "барьер",
    "препятстви",
    "блокад",
    "приостан",
    "квот",
    "заборон",
    "обмежен",
    "ембарго",
    "перешкод",
    "забарон",
    "абмежаван",
    "эмбарга",
    "перашкод",
]);
static LIFTS: Stems = Stems::new(&[
    "eliminat",
    "remov",
    "lift",
    "abolish",
    "abolition",
    "easing",
    "eased",
    "scrap",
    "waiv",
    "overcom",
    "relax",
    "снял",
    "снят",
    "сним",
    "отмен",
    "устран",
    "ликвидир",
    "преодол",
    "смягч",
    "скасу",
    "скасов",
    "усун",
    "зняв",
    "знял",
    "знят",
    "знім",
    "ліквід",
    "пом'якш",
    "зняў",
    "зняц",
    "адмян",
    "адмен",
    "ліквідав",
]);

/// What is lacking is not given.
static LACKS: Words = Words::new(&[
    "short",
    "lack",
    "lacks",
    "lacked",
    "lacking",
    "shortage",
    "shortages",
    "нехватка",
    "нехватки",
    "нехватку",
    "нехваткой",
    "недостаток",
    "недостатка",
    "дефицит",
    "дефицита",
    "хватает",
    "хватало",
    "нестача",
    "нестачі",
    "нестачу",
    "брак",
    "браку",
    "бракує",
    "бракувало",
    "вистачає",
    "вистачало",
    "дефіцит",
    "дефіциту",
    "нястача",
    "нястачы",
    "недахоп",
    "хапае",
    "хапала",
]);

/// Beginnings of words for more of something.
static MORE: Stems = Stems::new(&[
    "increas",
    "boost",
    "doubl",
    "tripl",
    "увелич",
    "нараст",
    "наращ",
    "удво",
    "збільш",
    "нарост",
    "подво",
    "павяліч",
    "нарасц",
    "нарошч",
]);

/// Where weapons stand until they are taken away: nothing is refused to anybody.
static SERVICE: Words = Words::new(&[
    "service",
    "storage",
    "inventory",
    "inventories",
    "stocks",
    "stockpiles",
    "circulation",
    "use",
    "sale",
    "эксплуатации",
    "вооружения",
    "резерва",
    "експлуатації",
    "озброєння",
    "эксплуатацыі",
    "ўзбраення",
]);

/// Beginnings of words for relations that are not good.
static COOL: Stems = Stems::new(&[
    "cautious",
    "strained",
    "tense",
    "hostile",
    "frosty",
    "icy",
    "chilly",
    "cooler",
    "cooled",
    "cooling",
    "sour",
    "deteriorat",
    "worsen",
    "fraught",
    "rocky",
    "troubled",
    "uneasy",
    "distant",
    "adversarial",
    "напряжен",
    "натянут",
    "холодн",
    "прохладн",
    "ухудш",
    "охлажд",
    "испорти",
    "испорчен",
    "враждебн",
    "осторожн",
    "напружен",
    "погірш",
    "прохолодн",
    "охоло",
    "ворож",
    "обережн",
    "напружан",
    "пагорш",
    "варож",
    "халодн",
    "прахалодн",
    "асцярожн",
]);
static RELATIONS: Stems = Stems::new(&[
    "relation",
    "tie",
    "ties",
    "отношени",
    "связ",
    "відносин",
    "стосунк",
    "зв'язк",
    "адносін",
    "сувяз",
    "дачынен",
]);

/// Who is ready, and what one may be ready for that is no cooperation.
static READY: Stems = Stems::new(&[
    "ready",
    "readiness",
    "willing",
    "prepared",
    "готов",
    "гатов",
]);
static FIGHTS: Stems = Stems::new(&[
    "seiz",
    "invad",
    "attack",
    "strike",
    "fight",
    "destroy",
    "annex",
    "occupy",
    "conquer",
    "captur",
    "bomb",
    "retaliat",
    "захват",
    "напасть",
    "нападать",
    "атаков",
    "уничтож",
    "воевать",
    "аннекс",
    "оккупир",
    "захоп",
    "напас",
    "нападат",
    "атакув",
    "знищ",
    "воюв",
    "анекс",
    "окуп",
    "ваяв",
    "знішч",
    "акуп",
]);

impl Scene<'_> {
    /// Whether what a trigger fired on tells of no act, as the words around it show.
    pub(super) fn is_void(&self, found: &Match) -> bool {
        let kind = found.trigger.kind;
        if self.is_in_a_name(found) || self.is_designation(found) {
            return true;
        }
        match kind {
            ClaimKind::Refusal => {
                self.is_not_done(found)
                    || self.is_denied(found)
                    || self.is_lifted(found)
                    || self.is_out_of_service(found)
            }
            ClaimKind::Support => {
                self.is_not_invited(found)
                    || self.is_message(found)
                    || self.is_cool(found)
                    || self.is_connection(found)
                    || self.is_ready_to_fight(found)
                    || self.is_provided_for(found)
            }
            ClaimKind::Delivery
            | ClaimKind::Purchase
            | ClaimKind::Financing
            | ClaimKind::TechnologyTransfer => {
                self.is_lacking(found)
                    || self.is_no_more(found)
                    || self.is_provided_for(found)
                    || self.is_given(found)
                    || self.is_idiom(found)
                    || self.is_no_goods(found)
                    || found.trigger.rule == "claim/thing-arrived"
                        && !self.is_arrival_of_things(found)
            }
            ClaimKind::Visit => self.is_arrival_of_things(found),
            ClaimKind::Meeting => self.is_capacity(found),
            _ => false,
        }
    }

    fn norm(&self, at: usize) -> &str {
        steps::count(1);
        self.tokens.get(at).map_or("", |t| t.norm)
    }

    /// The words right before a token, the nearest first, up to a mark.
    fn words_before(&self, at: usize, most: usize) -> impl Iterator<Item = &str> {
        let before = (1..=most).filter_map(move |back| self.tokens.get(at.checked_sub(back)?));
        before
            .inspect(|_| steps::count(1))
            .take_while(|t| t.kind != TokenKind::Mark)
            .map(|t| t.norm)
    }

    /// The words from a token on, up to a mark.
    fn words_from(&self, at: usize, most: usize) -> impl Iterator<Item = &str> {
        let after = self.tokens.iter().skip(at).take(most);
        after
            .inspect(|_| steps::count(1))
            .take_while(|t| t.kind != TokenKind::Mark)
            .map(|t| t.norm)
    }

    /// "did not block", "не будут препятствовать": who does not refuse.
    fn is_not_done(&self, found: &Match) -> bool {
        let mut before = self.words_before(found.start, 3);
        before
            .find(|norm| !AUXILIARIES.has(norm))
            .is_some_and(|norm| SAYS_NO.has(norm))
    }

    /// "eliminate all restrictions": taking a hindrance away.
    fn is_lifted(&self, found: &Match) -> bool {
        HINDRANCES.begin(self.norm(found.start))
            && self
                .words_before(found.start, 4)
                .any(|norm| LIFTS.begin(norm))
    }

    /// "tanks that were withdrawn from service".
    fn is_out_of_service(&self, found: &Match) -> bool {
        found.trigger.rule == "claim/withdrew"
            && matches!(self.norm(found.start), "withdrawn" | "pulled")
            && self.words_from(found.end, 6).any(|norm| SERVICE.has(norm))
    }

    /// "short of funds", "нехватка поставок".
    fn is_lacking(&self, found: &Match) -> bool {
        self.words_before(found.start, 4)
            .any(|norm| LACKS.has(norm))
    }

    /// "does not expect an increase in exports": what does not grow is not refused.
    fn is_no_more(&self, found: &Match) -> bool {
        /// "an increase in exports": the growth is named so near before what grows.
        const OF_IT: usize = 3;
        /// And its denial so near before that.
        const DENIED: usize = 6;
        let nearest = found.start.saturating_sub(OF_IT);
        (nearest..=found.start).any(|at| {
            MORE.begin(self.norm(at)) && self.words_before(at, DENIED).any(|norm| SAYS_NO.has(norm))
        })
    }

    /// "The treaty provides for": it says what is to be.
    fn is_provided_for(&self, found: &Match) -> bool {
        matches!(
            self.norm(found.start),
            "provide" | "provides" | "provided" | "providing"
        ) && self.norm(found.start + 1) == "for"
    }

    /// "given the tensions", "given that": a preposition.
    fn is_given(&self, found: &Match) -> bool {
        self.norm(found.start) == "given"
            && matches!(
                self.norm(found.start + 1),
                "the" | "that" | "a" | "an" | "its" | "their" | "this" | "these" | "how"
            )
            && !self.words_before(found.start, 3).any(|norm| {
                matches!(
                    norm,
                    "was"
                        | "were"
                        | "is"
                        | "are"
                        | "be"
                        | "been"
                        | "being"
                        | "has"
                        | "have"
                        | "had"
                )
            })
    }

    /// "в связи с", "в отношении", "по отношению к": about something, no ties.
    fn is_connection(&self, found: &Match) -> bool {
        let before = self.norm_before(found.start, 1);
        let is_in = matches!(before, "в" | "у" | "ў");
        match self.norm(found.start) {
            "связи" | "зв'язку" | "зв’язку" | "сувязі" => {
                is_in && matches!(self.norm(found.start + 1), "с" | "со" | "з" | "із" | "зі")
            }
            "отношении" | "відношенні" | "дачыненні" => is_in,
            "отношению" | "відношенню" => before == "по",
            _ => false,
        }
    }

    /// "a more cautious relationship with", "relations with X have worsened".
    fn is_cool(&self, found: &Match) -> bool {
        let is_of_relations =
            (found.start..found.end.min(found.start + 3)).any(|at| RELATIONS.begin(self.norm(at)));
        is_of_relations
            && (self
                .words_before(found.start, 3)
                .any(|norm| COOL.begin(norm))
                || self.words_from(found.start, 8).any(|norm| COOL.begin(norm)))
    }

    /// "ready to seize": no offer.
    fn is_ready_to_fight(&self, found: &Match) -> bool {
        READY.begin(self.norm(found.start))
            && self
                .words_from(found.start + 1, 5)
                .any(|norm| FIGHTS.begin(norm))
    }
}

/// Beginnings of nouns of what one asks for or offers.
static REQUESTS: Stems = Stems::new(&[
    "request",
    "appeal",
    "offer",
    "bid",
    "bids",
    "proposal",
    "application",
    "demand",
    "plea",
    "просьб",
    "запрос",
    "предложен",
    "заявк",
    "обращени",
    "прохан",
    "запит",
    "пропозиц",
    "звернен",
    "прапанов",
    "зварот",
]);

impl Scene<'_> {
    /// "rejected appeals for aircraft, including through leasing": what was asked for in vain, unless
    /// another act is coordinated with the refusal.
    pub(super) fn is_asked_in_vain(&self, refusal: &Match, found: &Match) -> bool {
        /// The request stands so near behind its refusal, and what it is for so near behind it.
        const REQUEST: usize = 6;
        const REACH: usize = 24;
        if refusal.trigger.kind != ClaimKind::Refusal
            || found.trigger.kind == ClaimKind::Refusal
            || found.start > refusal.end + REACH
        {
            return false;
        }
        let unit = self.unit_of(found.start);
        let request =
            (refusal.start..refusal.start + REQUEST).find(|at| REQUESTS.begin(self.norm(*at)));
        let is_coordinated = || {
            let mut before = self.words_before(found.start, 2);
            self.is_past(*found)
                && before.any(|norm| {
                    matches!(
                        norm,
                        "and" | "but" | "и" | "но" | "а" | "і" | "та" | "але" | "й"
                    )
                })
        };
        request.is_some_and(|at| at <= found.start)
            && (self.unit_of(refusal.start) == unit || self.norm(unit.0) == "including")
            && !is_coordinated()
    }
}
