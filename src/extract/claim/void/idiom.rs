//! Idioms of giving and putting: "gave a vote of confidence", "поставил в тупик", "…, передает
//! агентство".

use super::super::super::lexicon::list::{Stems, Words};
use super::super::super::lexicon::words::TokenKind;
use super::super::pattern::Match;
use super::super::scene::Scene;

/// What is given that nobody holds in their hands, and beginnings of such words.
static ABSTRACT: Words = Words::new(&[
    "vote",
    "confidence",
    "speech",
    "lecture",
    "interview",
    "boost",
    "priority",
    "signal",
    "signals",
    "message",
    "attention",
    "rise",
    "way",
    "letter",
    "letters",
    "warning",
    "ultimatum",
    "look",
    "chance",
    "opportunity",
    "permission",
    "reason",
    "advantage",
    "answer",
    "impression",
    "hope",
    "consent",
    "approval",
    "nod",
    "notice",
    "explanation",
    "лист",
    "листа",
    "листи",
    "ліст",
    "ліста",
    "цель",
    "мету",
    "мэту",
    "привет",
    "слова",
    "привіт",
    "прывітанне",
]);
/// What may stand behind an English noun that ends its phrase.
static FOLLOWS: Words = Words::new(&[
    "of", "to", "for", "in", "that", "from", "as", "about", "on", "by", "and", "at", "with",
    "when", "after", "before", "over", "during", "entitled",
]);
static ABSTRACT_SLAVIC: Stems = Stems::new(&[
    "задач",
    "завданн",
    "заданн",
    "вопрос",
    "питан",
    "пытанн",
    "услови",
    "умов",
    "подпис",
    "підпис",
    "подпіс",
    "точк",
    "крапк",
    "кропк",
    "рекорд",
    "сомнен",
    "сумнів",
    "сумненн",
    "послани",
    "посланн",
    "пасланн",
    "сигнал",
    "сігнал",
    "письм",
    "пожелани",
    "побажанн",
    "пажаданн",
    "приглашени",
    "запрошенн",
    "запрашэнн",
    "ультиматум",
    "ультыматум",
]);
/// Verbs of giving, and of putting, which with "under" is something else: "поставил под угрозу".
pub(super) static GIVES: Stems = Stems::new(&[
    "giv",
    "gave",
    "send",
    "sent",
    "deliver",
    "передал",
    "передав",
    "переда",
    "постав",
    "надав",
    "нада",
    "даст",
    "дал",
    "надісл",
    "направ",
    "перадал",
    "пастав",
    "паставі",
    "адправ",
    "отправ",
    "даслал",
    "даслаў",
    "надаў",
]);
static PUTS: Stems = Stems::new(&["постав", "пастав", "вернул", "поверн", "вярну"]);
/// What somebody is put into that is no delivery: "в позицию", "в зависимость", "в состав".
static STATES: Stems = Stems::new(&[
    "позици",
    "положени",
    "становищ",
    "зависимост",
    "залежніст",
    "тупик",
    "известност",
    "пример",
    "приклад",
    "состав",
    "складу",
    "вопрос",
]);
/// "…, передает агентство": it tells.
static TELLS: Words = Words::new(&[
    "передает",
    "передают",
    "передавал",
    "передавало",
    "передавали",
    "передає",
    "передають",
    "перадае",
    "перадаюць",
]);

impl Scene<'_> {
    /// "gave a vote of confidence", "поставил под угрозу", "…, передает агентство".
    pub(super) fn is_idiom(&self, found: &Match) -> bool {
        let verb = self.norm(found.start);
        if TELLS.has(verb) {
            return found
                .start
                .checked_sub(1)
                .and_then(|at| self.tokens.get(at))
                .is_some_and(|t| t.kind == TokenKind::Mark || matches!(t.norm, "как" | "як"));
        }
        if PUTS.begin(verb)
            && (matches!(self.norm(found.start + 1), "под" | "під" | "пад")
                || self
                    .words_from(found.start + 1, 6)
                    .any(|norm| STATES.begin(norm)))
        {
            return true;
        }
        if !GIVES.begin(verb) {
            return false;
        }
        // "priority access" is no priority.
        let is_head = |at: usize| {
            self.tokens.get(at + 1).is_none_or(|next| {
                next.kind == TokenKind::Mark || next.is_capitalised() || FOLLOWS.holds(next)
            })
        };
        let object = self.words_from(found.start + 1, 4).enumerate();
        object
            .take_while(|(_, norm)| !matches!(*norm, "to" | "for" | "with" | "in"))
            .any(|(at, norm)| {
                ABSTRACT_SLAVIC.begin(norm)
                    || ABSTRACT.has(norm) && (!norm.is_ascii() || is_head(found.start + 1 + at))
            })
    }
}
