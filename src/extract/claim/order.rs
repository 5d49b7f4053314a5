//! The Slavic order of words that puts the object first: "Осло посетила делегация Ганы", "Винтовки
//! Гане продала Норвегия". Who stands behind the verb in the nominative does it.
//!
//! Budget: every rule looks at a bounded number of tokens.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::items::is_goods;
use super::pattern::{Frame, Match};
use super::scene::{Player, Scene, Sort};

/// Nouns of persons and bodies in the nominative, masculine, feminine, neuter and plural.
static HE: Words = Words::new(&[
    "министр",
    "президент",
    "премьер",
    "премьер-министр",
    "вице-премьер",
    "глава",
    "председатель",
    "посол",
    "генерал",
    "представитель",
    "канцлер",
    "король",
    "секретарь",
    "спикер",
    "директор",
    "командующий",
    "руководитель",
    "лидер",
    "отряд",
    "корабль",
    "спецпредставитель",
    "госсекретарь",
    "замминистра",
    "заместитель",
    "губернатор",
    "концерн",
    "завод",
    "міністр",
    "прем'єр",
    "прем'єр-міністр",
    "голова",
    "представник",
    "керівник",
    "очільник",
    "заступник",
    "прэзідэнт",
    "прэм'ер",
    "прэм'ер-міністр",
    "старшыня",
    "пасол",
    "прадстаўнік",
    "кіраўнік",
    "намеснік",
]);
static SHE: Words = Words::new(&[
    "делегация",
    "группа",
    "миссия",
    "команда",
    "комиссия",
    "компания",
    "глава",
    "министр",
    "президент",
    "эскадра",
    "бригада",
    "корпорация",
    "фирма",
    "делегація",
    "група",
    "місія",
    "комісія",
    "компанія",
    "дэлегацыя",
    "місія",
    "камісія",
    "кампанія",
]);
static IT: Words = Words::new(&[
    "министерство",
    "минобороны",
    "правительство",
    "предприятие",
    "руководство",
    "міністерство",
    "підприємство",
    "керівництво",
    "міністэрства",
    "прадпрыемства",
    "кіраўніцтва",
]);
static THEY: Words = Words::new(&[
    "министры",
    "главы",
    "представители",
    "эксперты",
    "специалисты",
    "инспекторы",
    "депутаты",
    "делегации",
    "корабли",
    "военные",
    "военнослужащие",
    "бизнесмены",
    "парламентарии",
    "врачи",
    "спасатели",
    "журналисты",
    "власти",
    "міністри",
    "представники",
    "експерти",
    "депутати",
    "делегації",
    "військові",
    "рятувальники",
    "лікарі",
    "міністры",
    "прадстаўнікі",
    "эксперты",
    "дэпутаты",
    "дэлегацыі",
    "ваенныя",
    "ратавальнікі",
]);

/// Prepositions, behind which nobody is the subject.
static PREPOSITIONS: Words = Words::new(&[
    "в",
    "во",
    "на",
    "к",
    "ко",
    "с",
    "со",
    "из",
    "от",
    "до",
    "для",
    "у",
    "при",
    "по",
    "о",
    "об",
    "за",
    "под",
    "над",
    "через",
    "з",
    "із",
    "зі",
    "від",
    "до",
    "са",
    "ад",
    "ў",
    "для",
    "й",
    "и",
    "і",
    "та",
]);

/// Beginnings of verbs of coming and visiting, whose finite forms they are too.
static COMES: Stems = Stems::new(&[
    "посет",
    "посещ",
    "прибы",
    "прибу",
    "приех",
    "прилет",
    "приле",
    "навест",
    "відвід",
    "приїх",
    "прыб",
    "прыех",
    "прыля",
    "наведа",
    "побыва",
    "побува",
    "пабыва",
]);

/// How a finite verb agrees with its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    He,
    She,
    It,
    They,
    /// Of the present: one of whatever gender.
    One,
}

/// The form of a finite verb by its ending.
fn form(verb: &Token<'_>) -> Option<Form> {
    const ENDINGS: &[(Form, &[&str])] = &[
        (Form::She, &["ла", "лась"]),
        (Form::It, &["ло", "лось"]),
        (
            Form::They,
            &[
                "ли", "лись", "лі", "ліся", "ют", "ят", "ут", "уть", "ють", "ять", "уць", "юць",
                "яць",
            ],
        ),
        (
            Form::He,
            &[
                "л", "лся", "ав", "ив", "їв", "ів", "ав", "аў", "іў", "ыў", "еў",
            ],
        ),
        (
            Form::One,
            &[
                "ет", "ит", "ёт", "ує", "ає", "яє", "ить", "іць", "уе", "ае", "яе",
            ],
        ),
    ];
    if verb.text.is_ascii() || verb.kind != TokenKind::Word {
        return None;
    }
    let ends = |endings: &&(Form, &[&str])| endings.1.iter().any(|e| verb.norm.ends_with(e));
    ENDINGS.iter().find(ends).map(|(form, _)| *form)
}

impl Form {
    /// Whether a noun in the nominative can be the subject of such a verb.
    fn agrees(self, noun: &Token<'_>) -> bool {
        match self {
            Self::He => HE.holds(noun),
            Self::She => SHE.holds(noun),
            Self::It => IT.holds(noun),
            Self::They => THEY.holds(noun),
            Self::One => HE.holds(noun) || SHE.holds(noun) || IT.holds(noun),
        }
    }
}

impl Scene<'_> {
    /// Those whom a subject behind the verb names: first token and one past the last.
    pub(super) fn subject_behind(&self, found: Match) -> Option<(usize, usize)> {
        /// So many tokens make up a subject: "делегация министерства обороны Ганы".
        const LONGEST: usize = 9;
        let frame = found.trigger.frame;
        if matches!(frame, Frame::Parties | Frame::Doers | Frame::Host) {
            return None;
        }
        let (verb, form) = self.finite_verb(found)?;
        // "посетил с визитом министр".
        let visit = (verb + 2..verb + 5).find(|at| {
            self.token(*at)
                .is_some_and(|t| matches!(t.norm, "визитом" | "візитом" | "візітам"))
        });
        let is_with = self
            .token(verb + 1)
            .is_some_and(|t| matches!(t.norm, "с" | "з" | "із"));
        let first = visit.filter(|_| is_with).unwrap_or(verb) + 1;
        let end = (first..first + LONGEST)
            .find(|at| {
                self.token(*at).is_none_or(|t| {
                    t.kind == TokenKind::Mark && !t.is_mark("«") && !t.is_mark("\"")
                        || PREPOSITIONS.holds(t)
                })
            })
            .unwrap_or(first + LONGEST);
        let heads = self.noun_in(first, end, form);
        // "посетил Владимир Путин": the first name may stand before the one that is known.
        let is_first = |p: &&Player| {
            p.start == first
                || p.start == first + 1
                    && p.sort == Sort::Person
                    && self.token(first).is_some_and(Token::is_capitalised)
        };
        let names = || {
            self.players
                .iter()
                .find(is_first)
                .filter(|p| self.is_nominative(p, first, frame, form))
                .map(|p| (p.start, p.end))
        };
        heads.map(|at| (at, end)).or_else(names)
    }

    fn finite_verb(&self, found: Match) -> Option<(usize, Form)> {
        /// The verb stands among so many words of a pattern.
        const NEAR: usize = 9;
        (found.start..found.end.min(found.start + NEAR)).find_map(|at| {
            let token = self.token(at)?;
            let may_be = if found.trigger.frame == Frame::Visit {
                COMES.begin(token.norm)
            } else {
                !is_goods(token)
            };
            form(token).filter(|_| may_be).map(|form| (at, form))
        })
    }

    /// The subject right behind the verb, but for adjectives: "китайская делегация".
    fn noun_in(&self, from: usize, end: usize, form: Form) -> Option<usize> {
        /// No more adjectives stand before it.
        const ADJECTIVES: usize = 4;
        steps::count(ADJECTIVES);
        for at in from..end.min(from + ADJECTIVES) {
            let token = self.token(at)?;
            if form.agrees(token) {
                return Some(from);
            }
            let is_adjective = [
                "ая", "ый", "ий", "ой", "ое", "ые", "ие", "а", "ій", "і", "ы", "яя",
            ]
            .iter()
            .any(|ending| token.norm.ends_with(ending));
            if !is_adjective && token.kind == TokenKind::Word {
                return None;
            }
        }
        None
    }

    /// Whether a name behind a verb is the subject: a form that is no object of the verb.
    fn is_nominative(&self, player: &Player, first: usize, frame: Frame, form: Form) -> bool {
        let Some(first) = self.token(first) else {
            return false;
        };
        if player.is_adjective || player.is_place || first.is_upper() || first.text.is_ascii() {
            return false;
        }
        let is_feminine = ["ия", "ія", "ыя", "ина", "уба", "ша", "іна"]
            .iter()
            .any(|ending| first.norm.ends_with(ending))
            && matches!(form, Form::She | Form::One);
        let is_hard = first
            .norm
            .chars()
            .next_back()
            .is_some_and(|last| "бвгджзклмнпрстфхцчшщй".contains(last))
            && matches!(form, Form::He | Form::One)
            && !is_plural(first);
        match player.sort {
            Sort::Person => form == Form::He && is_hard,
            // What is given or bought stands in the accusative, and to whom in the dative.
            _ if matches!(frame, Frame::Supply | Frame::Buy) => is_feminine || is_hard,
            _ => is_feminine,
        }
    }
}

/// Whether a name is one in the plural: "Афинам" is its dative.
fn is_plural(name: &Token<'_>) -> bool {
    static PLURALS: Stems = Stems::new(&[
        "афин",
        "афін",
        "штат",
        "нидерланд",
        "нідерланд",
        "филиппин",
        "філіппін",
        "эмират",
        "емірат",
        "мальдив",
        "мальдів",
        "сейшел",
    ]);
    PLURALS.begin(name.norm)
}

/// Whether a name stands in the instrumental.
pub(super) fn is_instrumental(name: &Token<'_>) -> bool {
    const ENDINGS: &[&str] = &["ом", "ем", "ой", "ей", "ам", "яй", "єю", "ою", "ею"];
    !name.text.is_ascii()
        && !name.is_upper()
        && ENDINGS.iter().any(|e| name.norm.ends_with(e))
        && !is_plural(name)
}

/// Those in the subject behind the verb, and the others.
pub(super) fn turned<'s>(
    subject: (usize, usize),
    left: Vec<&'s Player>,
    right: Vec<&'s Player>,
) -> (Vec<&'s Player>, Vec<&'s Player>) {
    let is_in = |p: &&Player| subject.0 <= p.start && p.end <= subject.1;
    let (doers, mut others): (Vec<_>, Vec<_>) = right.into_iter().partition(is_in);
    if doers.is_empty() {
        return (left, others);
    }
    let rest = others.split_off(0);
    others.extend(left);
    others.extend(rest);
    (doers, others)
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::check;

    #[test]
    fn who_stands_behind_the_verb_does_it() {
        let visit = &["visit done GH=visitor NO=host -"][..];
        for text in [
            "Осло посетила делегация Ганы.",
            "Осло посетил премьер-министр Ганы.",
            "Норвегию посетил глава правительства Ганы.",
            "В Осло прибыла делегация министерства торговли Ганы.",
            "Осло відвідала делегація Гани.",
            "Норвегию посетил с рабочим визитом глава МИД Ганы.",
        ] {
            check("NO", text, visit);
        }
        check(
            "NO",
            "Винтовки Гане продала Норвегия.",
            &["purchase done NO=supplier GH=recipient -"],
        );
        check(
            "NO",
            "Оружие Норвегии поставляет Швеция.",
            &["delivery ongoing SE=supplier NO=recipient -"],
        );
    }

    #[test]
    fn an_object_behind_the_verb_stays_one() {
        check(
            "NO",
            "Делегация Ганы посетила министерство Норвегии.",
            &["visit done GH=visitor NO=host -"],
        );
        check(
            "NO",
            "Президент Ганы посетил Осло.",
            &["visit done GH=visitor NO=host -"],
        );
        check(
            "NO",
            "Норвегия продала Гане винтовки.",
            &["purchase done NO=supplier GH=recipient -"],
        );
    }
}
