//! Words of an act that stand inside something else: in what a deal is called ("gas supply deal"), in
//! what an office is called ("finance minister"), or in what a deal says ("a contract to supply").
//!
//! Budget: every rule looks at a bounded number of tokens.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::pattern::Match;
use super::scene::Scene;
use crate::model::claim::ClaimKind;

/// Nouns of traffic that stand before another noun.
static TRAFFIC: Words = Words::new(&[
    "supply",
    "export",
    "import",
    "transfer",
    "delivery",
    "shipping",
    "transit",
    "purchase",
    "procurement",
    "sale",
    "sales",
    "exports",
    "imports",
]);

/// What they say the purpose of, where it stands right behind.
static OF_TRAFFIC: Words = Words::new(&[
    "deal",
    "deals",
    "contract",
    "contracts",
    "agreement",
    "agreements",
    "pact",
    "pacts",
    "accord",
    "arrangement",
    "arrangements",
    "chain",
    "chains",
    "market",
    "markets",
    "licence",
    "licences",
    "license",
    "licenses",
    "hub",
    "hubs",
    "terminal",
    "terminals",
    "sector",
    "industry",
    "route",
    "routes",
    "line",
    "lines",
    "capacity",
    "control",
    "controls",
    "regulation",
    "regulations",
    "policy",
    "revenue",
    "revenues",
    "earnings",
    "potential",
    "price",
    "prices",
    "company",
    "companies",
    "firm",
    "firms",
    "promotion",
    "destination",
    "destinations",
    "variant",
    "version",
]);

/// What heads an office, and beginnings of such words.
static OFFICES: Words = Words::new(&[
    "ministry",
    "ministries",
    "minister",
    "ministers",
    "secretary",
    "department",
    "undersecretary",
]);
static OFFICES_SLAVIC: Stems = Stems::new(&[
    "министр",
    "министерств",
    "міністр",
    "міністерств",
    "міністэрств",
    "департамент",
]);
/// What an office is called by, right before its head.
static OF_OFFICE: Words = Words::new(&["finance", "trade", "supply", "transport", "investment"]);

/// Nouns of what the sides bind themselves by.
static DEALS: Words = Words::new(&[
    "agreement",
    "agreements",
    "contract",
    "contracts",
    "deal",
    "deals",
    "memorandum",
    "memorandums",
    "mou",
    "mous",
    "pact",
    "treaty",
    "accord",
    "protocol",
    "arrangement",
]);
static DEALS_SLAVIC: Stems = Stems::new(&[
    "соглашени",
    "договор",
    "контракт",
    "меморандум",
    "протокол",
    "угод",
    "договір",
    "пагадненн",
    "дагавор",
    "кантракт",
    "мемарандум",
]);
static SIGNS: Stems = Stems::new(&["signed", "подпис", "підпис", "падпіс"]);
/// What leads from the deal to what it says.
static SAYS: Words = Words::new(&[
    "to", "for", "on", "о", "об", "на", "про", "щодо", "аб", "пра", "аб",
]);

/// Verbs after which an infinitive tells of what was done.
static CARRIES_OUT: Words = Words::new(&[
    "began",
    "begun",
    "started",
    "continued",
    "managed",
    "helped",
    "went",
    "came",
    "proceeded",
    "used",
    "able",
    "resumed",
    "ceased",
    "first",
    "last",
    "only",
    "second",
    "third",
]);
static CARRIES_OUT_SLAVIC: Stems = Stems::new(&[
    "нача",
    "удал",
    "смог",
    "сумел",
    "продолж",
    "стал",
    "успел",
    "помог",
    "поча",
    "змог",
    "зумі",
    "вдал",
    "продовж",
    "допом",
    "пача",
    "здол",
    "змаг",
    "працяг",
    "дапам",
]);

impl Scene<'_> {
    /// "a gas supply deal", "export licences", "the finance minister", "Министр строительства".
    pub(super) fn is_in_a_name(&self, found: &Match) -> bool {
        self.is_of_a_deal(found) || self.is_of_an_office(found)
    }

    /// "a gas supply deal", "export terminals": what the noun behind is for.
    fn is_of_a_deal(&self, found: &Match) -> bool {
        let is_traffic = matches!(
            found.trigger.kind,
            ClaimKind::Delivery | ClaimKind::Purchase
        );
        is_traffic
            && self.token(found.start).is_some_and(|t| TRAFFIC.holds(t))
            && self
                .token(found.start + 1)
                .is_some_and(|next| OF_TRAFFIC.holds(next))
            && self.norm_before(found.start, 1) != "to"
    }

    /// "Russia's finance minister", "Ministry of Trade", "министр торговли": part of what an office
    /// is called.
    fn is_of_an_office(&self, found: &Match) -> bool {
        let is_head = |token: &Token<'_>| {
            OFFICES.holds(token) || !token.text.is_ascii() && OFFICES_SLAVIC.begin(token.norm)
        };
        let is_head_at = |at: usize| self.token(at).is_some_and(is_head);
        let is_before_head = self.token(found.start).is_some_and(|t| OF_OFFICE.holds(t))
            && is_head_at(found.start + 1);
        let Some(before) = found.start.checked_sub(1) else {
            return is_before_head;
        };
        let is_slavic = self.token(found.start).is_some_and(|t| !t.text.is_ascii());
        let is_behind_head = if is_slavic {
            // The genitive, not a verb: "министр встретил".
            is_head_at(before) && self.is_genitive(found.start)
        } else {
            matches!(self.norm_before(found.start, 1), "of" | "for")
                && before.checked_sub(1).is_some_and(is_head_at)
        };
        is_before_head || is_behind_head
    }

    /// "строительства", "торговли": a noun by its ending, which no form of a verb has.
    fn is_genitive(&self, at: usize) -> bool {
        const ENDINGS: &[&str] = &[
            "ства",
            "ия",
            "ии",
            "ций",
            "ння",
            "нні",
            "торговли",
            "торгівлі",
            "гандлю",
        ];
        self.token(at)
            .is_some_and(|t| ENDINGS.iter().any(|ending| t.norm.ends_with(ending)))
    }

    /// What was agreed on, what a deal says is to be done, or an infinitive.
    pub(super) fn is_yet_to_do(&self, found: Match) -> bool {
        let agreed = found.trigger.kind != ClaimKind::Agreement
            && (1..=3)
                .any(|back| matches!(self.norm_before(found.start, back), "agreed" | "agrees"));
        agreed || self.is_said_in_a_deal(found) || self.is_still_to_do(found)
    }

    /// "signed a contract to supply", "соглашение о поставках": what a deal says is to be done.
    fn is_said_in_a_deal(&self, found: Match) -> bool {
        /// The deal stands so near before what it says.
        const NEAR: usize = 7;
        let is_act = !matches!(
            found.trigger.kind,
            ClaimKind::Agreement | ClaimKind::Refusal | ClaimKind::Support | ClaimKind::Meeting
        );
        let from = found.start.saturating_sub(NEAR);
        let before = self.tokens.get(from..found.start).unwrap_or_default();
        steps::count(before.len());
        // "an agreement to supply grain": the word that leads to it, and no clause between.
        let mut pairs = before.windows(2).rev();
        is_act
            && before
                .iter()
                .rev()
                .take_while(|t| t.kind != TokenKind::Mark)
                .count()
                > 1
            && pairs
                .find(|pair| {
                    pair.first().is_some_and(|t| {
                        DEALS.holds(t) || !t.text.is_ascii() && DEALS_SLAVIC.begin(t.norm)
                    })
                })
                .and_then(|pair| pair.get(1))
                .is_some_and(|next| SAYS.holds(next))
            && !before.iter().any(|t| t.kind == TokenKind::Mark)
    }

    /// "cleared the way to supply", "согласились поставлять": an infinitive tells of what is to be,
    /// unless the verb before it says that it came about.
    fn is_still_to_do(&self, found: Match) -> bool {
        let Some(verb) = self.token(found.start) else {
            return false;
        };
        let is_carried_out = (1..=4).any(|back| {
            let at = found.start.checked_sub(back);
            at.and_then(|at| self.token(at)).is_some_and(|t| {
                CARRIES_OUT.holds(t) || !t.text.is_ascii() && CARRIES_OUT_SLAVIC.begin(t.norm)
            })
        });
        let is_infinitive = if verb.text.is_ascii() {
            self.norm_before(found.start, 1) == "to"
                && !["ed", "ing", "ies"].iter().any(|e| verb.norm.ends_with(e))
                && !verb.norm.ends_with('s')
        } else {
            [
                "ать",
                "ить",
                "ять",
                "еть",
                "аться",
                "иться",
                "яться",
                "ати",
                "ити",
                "яти",
                "ести",
                "аць",
                "іць",
                "яць",
            ]
            .iter()
            .any(|e| verb.norm.ends_with(e))
        };
        let is_act = !matches!(
            found.trigger.kind,
            ClaimKind::Agreement
                | ClaimKind::Refusal
                | ClaimKind::Support
                | ClaimKind::JointProduction
        ) && found.trigger.rule != "claim/building-for";
        is_act && is_infinitive && !is_carried_out
    }

    /// Whether a trigger is the word for what the sides bind themselves by, or for signing it; not in
    /// the name of something: "the Government of National Accord".
    pub(super) fn names_a_deal(&self, found: Match) -> bool {
        self.token(found.start).is_some_and(|t| {
            let is_deal = if t.text.is_ascii() {
                DEALS.holds(t) && !t.norm.starts_with("contract")
            } else {
                DEALS_SLAVIC.begin(t.norm)
            };
            !t.is_capitalised() && (is_deal || SIGNS.begin(t.norm))
        })
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token<'_>> {
        steps::count(1);
        self.tokens.get(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    #[test]
    fn what_a_deal_or_an_office_is_called_is_no_act() {
        check(
            "NO",
            "Norway and Ghana revived a salmon export deal.",
            &["agreement done NO=party GH=party -"],
        );
        check(
            "NO",
            "Norway's finance minister signed a pact with Ghana.",
            &["agreement done NO=party GH=party -"],
        );
        check(
            "NO",
            "Министр торговли Норвегии подписал с Ганой соглашение о рыболовстве.",
            &["agreement done NO=party GH=party -"],
        );
    }

    #[test]
    fn an_infinitive_tells_of_what_is_to_be() {
        check(
            "NO",
            "Norway won the right to export salmon to Ghana.",
            &["delivery planned NO=supplier GH=recipient -"],
        );
        check(
            "NO",
            "Norway began to export salmon to Ghana.",
            &["delivery done NO=supplier GH=recipient -"],
        );
    }

    #[test]
    fn a_counterpart_is_met_only_where_nothing_else_is_told() {
        check(
            "NO",
            "The pact was signed by the minister of Norway and his Ghanaian counterpart.",
            &["agreement done NO=party GH=party -"],
        );
    }

    #[test]
    fn an_ambassador_meets_those_to_whom_he_is_sent() {
        check(
            "NO",
            "Посол Норвегии в Гане встретился в порту с главой рыболовного ведомства.",
            &["meeting done NO=party GH=party -"],
        );
    }

    #[test]
    fn the_deal_under_which_something_is_done_is_told_besides() {
        check(
            "NO",
            "Under the agreement Norway delivered boats to Ghana.",
            &[
                "agreement done NO=party GH=party -",
                "delivery done NO=supplier GH=recipient -",
            ],
        );
    }
}
