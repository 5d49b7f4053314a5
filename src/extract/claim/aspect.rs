//! What the form of a Slavic verb says of time. A perfective verb with the endings of the present
//! tells of the future ("построит"), an imperfective one of what goes on ("строит").

use crate::extract::lexicon::list::{Stems, Words};
use crate::model::claim::Modality;

/// Endings of the imperfective present.
const GOES_ON: &[&str] = &[
    "ает",
    "яет",
    "ают",
    "яют",
    "ивает",
    "ывает",
    "ивают",
    "ывают",
    "ается",
    "яется",
    "аются",
    "яются",
    "ає",
    "яє",
    "ається",
    "яється",
    "ае",
    "аюць",
    "аєть",
    "ають",
    "юються",
    "аецца",
    "яецца",
];
/// Imperfective verbs that do not show it by their endings.
static GO_ON: Words = Words::new(&[
    "строит",
    "строят",
    "ведет",
    "ведут",
    "идет",
    "идут",
    "везет",
    "везут",
    "учится",
    "учатся",
    "готовит",
    "готовят",
    "веде",
    "ведуть",
    "вядзе",
    "вядуць",
    "будує",
    "будують",
    "будуе",
    "будуюць",
    "вчаться",
    "вучацца",
    "сотрудничает",
    "торгует",
    "торгуют",
    "остается",
    "является",
    "финансирует",
    "финансируют",
    "лишається",
    "застаецца",
    "тривають",
    "триває",
    "реализует",
    "реализуют",
    "экспортирует",
    "импортирует",
    "инвестирует",
    "кредитует",
    "спонсирует",
    "помогает",
    "помогают",
    "закупает",
    "закупают",
    "продает",
    "продают",
]);
/// Endings of the third person that perfective verbs have too.
const THIRD: &[&str] = &[
    "ит",
    "ят",
    "ут",
    "ют",
    "жет",
    "дет",
    "ует",
    "жат",
    "шат",
    "ится",
    "ятся",
    "утся",
    "ются",
    "дется",
];
/// Prefixes that make a verb perfective.
static PREFIXES: Stems = Stems::new(&[
    "по", "под", "вы", "за", "про", "от", "пере", "при", "на", "раз", "рас", "об", "из", "воз",
    "вос", "со", "до", "ис", "ра",
]);
/// Stems that are imperfective with a prefix as well.
const STILL: &[&str] = &[
    "вод",
    "ход",
    "воз",
    "нос",
    "стои",
    "прос",
    "говор",
    "треб",
    "знач",
    "сид",
];
/// Forms of the future that show it by neither prefix nor ending.
static AHEAD: Words = Words::new(&[
    "встретится",
    "встретятся",
    "окажет",
    "окажут",
    "продаст",
    "продадут",
    "даст",
    "дадут",
    "создаст",
    "создадут",
    "договорятся",
    "договорится",
    "откажется",
    "откажутся",
    "начнет",
    "начнут",
    "начнется",
    "начнутся",
    "станет",
    "станут",
    "примет",
    "примут",
    "возьмет",
    "войдет",
    "войдут",
    "введет",
    "введут",
    "внесет",
    "останется",
    "візьме",
    "візьмуть",
    "зустрінеться",
    "зустрінуться",
    "відмовиться",
    "продасть",
    "дасть",
    "дадуть",
    "почне",
    "почнуть",
    "почнеться",
    "возьме",
    "возьмуць",
    "сустрэнецца",
    "сустрэнуцца",
    "адмовіцца",
    "прадасць",
    "дасць",
    "дадуць",
    "пачне",
    "пачнуць",
    "пачнецца",
    "передасть",
    "передадуть",
    "надасть",
    "нададуть",
    "збудує",
    "збудують",
    "побудує",
    "побудують",
    "підпише",
    "підпишуть",
    "відвідає",
    "відвідають",
    "проведе",
    "проведуть",
    "приїде",
    "прибуде",
    "прибудуть",
    "отримає",
    "отримають",
    "придбає",
    "придбають",
    "допоможе",
    "профінансує",
    "перадасць",
    "перададуць",
    "пабудуе",
    "пабудуюць",
    "падпіша",
    "падпішуць",
    "наведае",
    "правядзе",
    "правядуць",
    "прыедзе",
    "прыедуць",
    "прыбудзе",
    "атрымае",
    "атрымаюць",
    "адправіць",
    "паставіць",
    "купіць",
    "дапаможа",
    "закупіць",
    "відправить",
    "закупить",
]);

/// What the form of `norm` says; `None` for what is no such verb.
pub(super) fn of(norm: &str) -> Option<Modality> {
    if norm.is_ascii() || norm.chars().count() < 4 {
        return None;
    }
    if GO_ON.has(norm) {
        return Some(Modality::Ongoing);
    }
    if AHEAD.has(norm) {
        return Some(Modality::Planned);
    }
    if GOES_ON.iter().any(|ending| norm.ends_with(ending)) {
        return Some(Modality::Ongoing);
    }
    let is_third = THIRD.iter().any(|ending| norm.ends_with(ending));
    let is_ahead =
        is_third && PREFIXES.begin(norm) && !STILL.iter().any(|stem| norm.contains(stem));
    is_ahead.then_some(Modality::Planned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_verb_tells() {
        for word in [
            "построит",
            "поставят",
            "приедет",
            "закупит",
            "підпише",
            "пабудуе",
        ] {
            assert_eq!(of(word), Some(Modality::Planned), "{word}");
        }
        for word in ["строит", "поставляет", "закупают", "обучает", "будує"]
        {
            assert_eq!(of(word), Some(Modality::Ongoing), "{word}");
        }
        for word in [
            "подписал",
            "визит",
            "кредит",
            "отчет",
            "договор",
            "запрет",
            "проводит",
        ] {
            assert_eq!(of(word), None, "{word}");
        }
    }
}
