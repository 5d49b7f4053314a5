//! What is sent that is no goods, what arrives that is no guest, and words of an act that are part
//! of a designation or name in what capacity somebody comes.

use super::super::super::lexicon::list::Stems;
use super::super::super::lexicon::words::{Token, TokenKind};
use super::super::super::steps;
use super::super::items::is_goods;
use super::super::pattern::Match;
use super::super::scene::{Scene, Sort};
use super::SAYS_NO;
use super::idiom::GIVES;

/// Messages.
static MESSAGES: Stems = Stems::new(&[
    "telegram",
    "condolence",
    "greeting",
    "congratulat",
    "cable",
    "invitation",
    "телеграмм",
    "телеграм",
    "тэлеграм",
    "соболезнован",
    "співчутт",
    "спачуванн",
    "поздравлен",
    "вітанн",
    "віншаванн",
]);
/// Persons who are sent: they are guests.
static PERSONS: Stems = Stems::new(&[
    "observer",
    "delegation",
    "delegate",
    "envoy",
    "representative",
    "minister",
    "ambassador",
    "athlete",
    "journalist",
    "negotiator",
    "наблюдател",
    "делегаци",
    "представител",
    "посланник",
    "спортсмен",
    "журналист",
    "спостерігач",
    "делегаці",
    "представник",
    "назіральнік",
    "дэлегацы",
    "прадстаўнік",
]);
/// Papers and answers: who gets one gets no goods.
static PAPERS: Stems = Stems::new(&[
    "permission",
    "permit",
    "approval",
    "letter",
    "repl",
    "answer",
    "разрешени",
    "согласи",
    "ответ",
    "письм",
    "дозв",
    "згод",
    "лист",
    "відпов",
    "дазвол",
    "ліст",
    "адказ",
    "отказ",
    "відмов",
    "адмов",
]);
/// Beginnings of words for those who arrive themselves.
static COMERS: Stems = Stems::new(&[
    "pilot",
    "crew",
    "specialist",
    "expert",
    "president",
    "team",
    "soldier",
    "troop",
    "servicemen",
    "летчик",
    "пилот",
    "экипаж",
    "специалист",
    "министр",
    "президент",
    "эксперт",
    "военнослуж",
    "солдат",
    "лётчик",
    "глав",
    "льотчик",
    "екіпаж",
    "міністр",
    "лётчык",
    "экіпаж",
]);

/// Beginnings of verbs of arriving.
static ARRIVES: Stems = Stems::new(&[
    "arriv",
    "land",
    "return",
    "прибы",
    "приле",
    "прыбы",
    "прыля",
]);

impl Scene<'_> {
    /// "sent a telegram", "sent observers", "received a reply": no goods are given.
    pub(super) fn is_no_goods(&self, found: &Match) -> bool {
        /// The object stands so near behind its verb.
        const NEAR: usize = 7;
        let is_by_a_word = found.trigger.rule == "claim/word-of-delivery";
        if is_by_a_word || found.trigger.rule == "claim/received" {
            let mut object = self.words_from(found.start + 1, NEAR);
            if object.any(|norm| PAPERS.begin(norm)) {
                return true;
            }
        }
        if !GIVES.begin(self.norm(found.start)) && !is_by_a_word {
            return false;
        }
        self.words_from(found.start + 1, 5)
            .take_while(|norm| !matches!(*norm, "to" | "for" | "with" | "в" | "на"))
            .any(|norm| MESSAGES.begin(norm) || PERSONS.begin(norm))
    }

    /// "направил телеграмму": a word to somebody is no cooperation.
    pub(super) fn is_message(&self, found: &Match) -> bool {
        GIVES.begin(self.norm(found.start))
            && self
                .words_from(found.start + 1, 3)
                .any(|norm| MESSAGES.begin(norm))
    }

    /// "block" in "JF-17 Block III": part of a designation.
    pub(super) fn is_designation(&self, found: &Match) -> bool {
        let is_numeral = |t: &Token<'_>| {
            t.kind == TokenKind::Number
                || t.is_capitalised() && t.text.chars().all(|c| "IVX".contains(c))
                || t.text.starts_with(|c: char| c.is_ascii_digit())
        };
        found.start > 0
            && self.token(found.start).is_some_and(Token::is_capitalised)
            && self.token(found.start + 1).is_some_and(is_numeral)
    }

    /// "was not invited": nobody is asked.
    pub(super) fn is_not_invited(&self, found: &Match) -> bool {
        found.trigger.rule == "claim/proposed"
            && self
                .words_before(found.start, 3)
                .any(|norm| SAYS_NO.has(norm))
    }

    /// "joined as an observer", "в качестве наблюдателя": what somebody comes as.
    pub(super) fn is_capacity(&self, found: &Match) -> bool {
        let article = usize::from(matches!(self.norm_before(found.start, 1), "an" | "a"));
        let as_what = self.norm_before(found.start, 1 + article);
        found.trigger.rule == "claim/word-of-meeting"
            && matches!(as_what, "as" | "качестве" | "якості" | "якасці")
    }

    /// "Two Su-30 arrived": things come, and nobody visits.
    pub(super) fn is_arrival_of_things(&self, found: &Match) -> bool {
        /// The subject stands so near before its verb.
        const NEAR: usize = 7;
        let unit = self.unit_of(found.start);
        let from = found.start.saturating_sub(NEAR).max(unit.0);
        let before = self.tokens.get(from..found.start).unwrap_or_default();
        steps::count(before.len() + self.players.len());
        let is_person = |t: &Token<'_>| PERSONS.begin(t.norm) || COMERS.begin(t.norm);
        // "Су-30СМ": a designation, no dates "3-5 June".
        let mut is_after_letters = false;
        let mut is_thing = |t: &Token<'_>| {
            let is_designation =
                is_after_letters && t.joined && t.text.starts_with(|c: char| c.is_ascii_digit());
            is_after_letters = t.kind == TokenKind::Word;
            is_designation || is_goods(t)
        };
        let is_somebody = self
            .players
            .iter()
            .any(|p| p.sort == Sort::Person && p.start >= from && p.end <= found.start);
        // "To sell arms, the president arrived": the thing is in another clause.
        let clause = before.iter().rposition(|t| t.kind == TokenKind::Mark);
        let clause = before.get(clause.map_or(0, |at| at + 1)..);
        ARRIVES.begin(self.norm(found.start))
            && clause.unwrap_or_default().iter().any(&mut is_thing)
            && !before.iter().any(is_person)
            && !is_somebody
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    #[test]
    fn messages_and_persons_are_no_goods() {
        check("NO", "Norway sent a telegram to the king of Ghana.", &[]);
        check("NO", "Норвегия направила телеграмму президенту Ганы.", &[]);
        check(
            "NO",
            "Norway sent a delegation to Ghana.",
            &["visit done NO=visitor GH=host -"],
        );
    }

    #[test]
    fn what_stands_in_a_designation_is_no_act() {
        check(
            "NO",
            "Norway received ten F-16 Block 50 jets from Ghana.",
            &["delivery done NO=recipient GH=supplier -"],
        );
    }

    #[test]
    fn things_that_arrive_are_delivered() {
        check(
            "NO",
            "Три Ми-35М прибыли в Норвегию из Ганы.",
            &["delivery done GH=supplier NO=recipient -"],
        );
        check(
            "NO",
            "Two Mi-35 helicopters arrived in Norway from Ghana.",
            &["delivery done GH=supplier NO=recipient -"],
        );
    }

    #[test]
    fn who_is_not_asked_or_only_looks_on_does_nothing() {
        check("NO", "Oslo was not invited to the summit of Ghana.", &[]);
        check("NO", "Norway joined NATO as an observer.", &[]);
    }
}
