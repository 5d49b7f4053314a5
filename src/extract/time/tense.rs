//! Whether a sentence looks ahead.

use crate::extract::letter::{is_alphanumeric, lower};
use crate::extract::lexicon::list::{Stems, Words};
use crate::extract::steps;

/// Before "to", these tell of what is to come.
static INTENDS: Words = Words::new(&[
    "is",
    "are",
    "agreed",
    "decided",
    "promised",
    "pledged",
    "vowed",
    "offered",
    "intends",
    "hopes",
    "wants",
    "aims",
    "expects",
    "expected",
    "plans",
    "planned",
    "scheduled",
    "set",
    "due",
    "ready",
    "agree",
    "want",
    "hope",
    "intend",
    "ordered",
    "invited",
]);

/// After "is" and with a day, these tell of what is arranged.
static ARRANGED: Words = Words::new(&[
    "starting",
    "beginning",
    "opening",
    "meeting",
    "visiting",
    "arriving",
    "travelling",
    "traveling",
    "hosting",
    "holding",
    "coming",
    "flying",
    "leaving",
    "signing",
]);

/// Words of what is to come, in English, Russian, Ukrainian and Belarusian.
static AHEAD: Words = Words::new(&[
    "will",
    "shall",
    "would",
    "plans",
    "planned",
    "planning",
    "upcoming",
    "scheduled",
    "expected",
    "expects",
    "intends",
    "forthcoming",
    "due",
    "ahead",
    "tomorrow",
    "next",
    "going",
    "slated",
    "set",
    "будет",
    "будут",
    "состоится",
    "состоятся",
    "ожидается",
    "предстоит",
    "пройдет",
    "пройдёт",
    "пройдут",
    "посетит",
    "прибудет",
    "відбудеться",
    "буде",
    "будуть",
    "адбудзецца",
    "будуць",
    "прыедзе",
    "прилетить",
    "прыедуць",
    "прыбудзе",
    "пройдзе",
    "пройдуць",
    "пачнецца",
    "пачнуцца",
    "завершыцца",
    "плануе",
    "плануюць",
    "чакаецца",
    "приїде",
    "приїдуть",
    "прибуде",
    "пройде",
    "почнеться",
    "завершиться",
    "планує",
    "планують",
    "очікується",
    "станет",
    "станут",
    "сможет",
    "смогут",
    "создадут",
    "установят",
    "составит",
    "составят",
    "увеличит",
    "увеличат",
    "обсудят",
    "обсудит",
    "arrives",
    "begins",
    "starts",
    "opens",
    "departs",
    "встретится",
    "встретятся",
    "войдет",
    "войдёт",
    "войдут",
    "введет",
    "введёт",
    "введут",
    "вступит",
    "вступят",
    "сдадут",
    "сдаст",
    "уедет",
    "уйдет",
    "уйдёт",
    "устроит",
    "упростит",
    "сократит",
    "сократят",
    "снизит",
    "снизят",
    "создаст",
    "сделает",
    "сделают",
    "соберутся",
    "соберется",
    "соберётся",
    "соединит",
    "сообщит",
    "ответит",
    "обеспечит",
    "осуществит",
    "осуществят",
    "откажется",
    "останется",
    "останутся",
    "окажет",
    "окажут",
    "дадут",
    "даст",
    "купит",
    "купят",
    "начнет",
    "начнёт",
    "начнут",
    "начнется",
    "начнётся",
    "начнутся",
    "передаст",
    "продаст",
    "выдаст",
    "підпише",
    "відкриє",
    "почне",
    "прийде",
    "проведе",
    "передасть",
    "надасть",
    "отримає",
    "відвідає",
    "зустрінеться",
    "зустрінуться",
    "стане",
    "зможе",
    "закриє",
    "побудує",
    "підніме",
    "почнуть",
    "почнуться",
    "купить",
    "куплять",
    "введуть",
    "увійде",
    "падпіша",
    "адкрые",
    "пачне",
    "прыйдзе",
    "правядзе",
    "перадасць",
    "атрымае",
    "наведае",
    "сустрэнецца",
    "сустрэнуцца",
    "зможа",
    "закрые",
    "пабудуе",
    "пачнуць",
    "паставіць",
    "завершыць",
    "запусціць",
    "выдзеліць",
    "далучыцца",
    "купяць",
    "намечено",
    "должен",
    "должна",
    "должны",
    "будзе",
]);

/// Words that leave no doubt that it is yet to come.
static FUTURE: Words = Words::new(&[
    "will",
    "shall",
    "будет",
    "будут",
    "буде",
    "будуть",
    "будзе",
    "будуць",
]);

/// Beginnings of such words.
static AHEAD_STEMS: Stems = Stems::new(&[
    "планиру",
    "запланирован",
    "намечен",
    "намерен",
    "заплан",
    "намера",
]);

/// Words that tell of the past; others are known by their endings.
static PAST: Words = Words::new(&[
    "was", "were", "had", "has", "have", "met", "held", "said", "told", "took", "went", "came",
    "gave", "sent", "made", "began", "won", "became", "left", "flew",
]);

/// Words that end like a past tense and are none.
static NO_PAST: Words = Words::new(&[
    "need", "indeed", "hundred", "united", "red", "speed", "exceed", "proceed",
]);

/// Masculine forms of the past that have no ending of their own.
static PAST_SLAVIC: Words = Words::new(&[
    "был",
    "заявил",
    "сообщил",
    "сказал",
    "отметил",
    "рассказал",
    "подписал",
    "провел",
    "провёл",
    "посетил",
    "прибыл",
    "обсудил",
    "принял",
    "получил",
    "объявил",
    "подтвердил",
    "встретил",
    "предложил",
    "прошел",
    "прошёл",
    "состоялся",
    "состоялась",
    "був",
    "заявив",
    "повідомив",
    "сказав",
    "підписав",
    "відвідав",
    "підтвердив",
    "відбувся",
    "відбулася",
    "відбулось",
    "быў",
    "заявіў",
    "паведаміў",
    "сказаў",
    "падпісаў",
    "наведаў",
    "пацвердзіў",
    "адбыўся",
    "адбылася",
    "адбыліся",
    "прайшлі",
    "прайшла",
    "падпісалі",
    "паведамілі",
    "заявілі",
    "купіў",
    "купілі",
]);

/// Endings of the past tense in Russian; the shorter ones also end nouns.
const PAST_ENDINGS: &[&str] = &[
    "ался", "ился", "лась", "лось", "лись", "али", "или", "ели", "ила", "ала", "ело",
];

/// Prefixes that make a Slavic verb perfective, so that its present form tells of the future.
static PERFECTIVE: Stems = Stems::new(&[
    "при", "пере", "про", "под", "по", "вы", "от", "за", "на", "из", "раз", "рас", "воз", "вос",
    "нач", "під", "ви", "від", "роз", "пры", "пера", "пра", "пад", "па", "ад",
]);

/// Endings of the third person in Russian, Ukrainian and (where no infinitive ends so)
/// Belarusian.
const THIRD_PERSON: &[&str] = &[
    "ет", "ёт", "ит", "ут", "ют", "ат", "ят", "ить", "уть", "ють", "ать", "ять", "еть", "уць",
    "юць", "уцца", "юцца", "ецца",
];

/// Endings of the third person of verbs that are imperfective whatever their prefix, and nouns.
const IMPERFECTIVE: &[&str] = &[
    "ает",
    "яет",
    "ует",
    "еет",
    "ают",
    "яют",
    "уют",
    "еют",
    "ходит",
    "ходят",
    "водит",
    "водят",
    "носит",
    "носят",
    "возит",
    "возят",
    "стоит",
    "стоят",
    "говорит",
    "говорят",
    "просит",
    "просят",
    "зависит",
    "зависят",
    "лет",
    "лёт",
    "чет",
    "чёт",
    "ответ",
    "запрет",
    "тет",
    "нат",
    "тат",
    "портит",
    "ають",
    "яють",
    "ують",
    "юють",
    "ходить",
    "ходять",
    "водить",
    "водять",
    "носить",
    "носять",
    "возить",
    "возять",
    "просить",
    "просять",
    "говорить",
    "говорять",
    "путь",
    "печать",
    "память",
    "пять",
    "надцать",
    "аюць",
    "яюць",
    "уюць",
    "ююць",
    "аецца",
    "яецца",
    "уецца",
];

/// What is told of: as a verb says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// It was.
    Past,
    /// It may be to come: "planned", "next", a perfective verb.
    Ahead,
    /// It is to come: "will".
    Future,
    /// No verb says.
    Untold,
}

impl Tense {
    pub(super) const fn is_ahead(self) -> bool {
        matches!(self, Self::Ahead | Self::Future)
    }
}

/// What the last verb in `before` says; `None` where no word tells.
pub(super) fn last_tense(before: &str) -> Option<Tense> {
    let mut words = before
        .rsplit(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        // "is to open", "agreed to open"
        if word == "to" && words.peek().is_some_and(|verb| INTENDS.has(verb)) {
            return Some(Tense::Ahead);
        }
        // "is starting on Wednesday": what is arranged.
        if ARRANGED.has(word)
            && words
                .peek()
                .is_some_and(|verb| matches!(*verb, "is" | "are"))
        {
            return Some(Tense::Ahead);
        }
        match tense_of(word) {
            // "will be formally signed", "будет подписан": the auxiliary tells.
            Some(Tense::Past)
                if words
                    .clone()
                    .take(2)
                    .any(|before| before == "be" || FUTURE.has(&lower(before))) => {}
            Some(tense) => return Some(tense),
            None => {}
        }
    }
    None
}

/// What the first verb in `after` says; `None` where no word tells.
pub(super) fn first_tense(after: &str) -> Option<Tense> {
    after.split(|c| !is_alphanumeric(c)).find_map(tense_of)
}

fn tense_of(word: &str) -> Option<Tense> {
    steps::count(1);
    if word.is_empty() || word.len() >= 40 {
        return None;
    }
    let lower = lower(word);
    if FUTURE.has(&lower) {
        return Some(Tense::Future);
    }
    if is_ahead(&lower) {
        return Some(Tense::Ahead);
    }
    let is_past = if lower.is_ascii() {
        PAST.has(&lower) || (lower.len() > 4 && lower.ends_with("ed") && !NO_PAST.has(&lower))
    } else {
        PAST_SLAVIC.has(&lower)
            || (lower.len() > 10 && PAST_ENDINGS.iter().any(|ending| lower.ends_with(ending)))
    };
    is_past.then_some(Tense::Past)
}

fn is_ahead(lower: &str) -> bool {
    AHEAD.has(lower) || AHEAD_STEMS.begin(lower) || is_perfective(lower)
}

/// "посетит", "подпишут", "начнётся": the present form of a perfective verb.
fn is_perfective(lower: &str) -> bool {
    let verb = lower.strip_suffix("ся").unwrap_or(lower);
    // A Russian infinitive ends as a Ukrainian verb does.
    if verb.ends_with("ать")
        || verb.ends_with("ять")
        || verb.ends_with("ить")
        || verb.ends_with("еть")
    {
        let is_ukrainian = verb.contains(['і', 'ї', 'є']) || verb.starts_with("ви");
        if !is_ukrainian {
            return false;
        }
    }
    verb.len() > 10
        && THIRD_PERSON.iter().any(|ending| verb.ends_with(ending))
        && PERFECTIVE.begin(verb)
        && !IMPERFECTIVE.iter().any(|ending| verb.ends_with(ending))
}

/// Whether `sentence` speaks of what is to come. Linear in its length.
pub(crate) fn looks_ahead(sentence: &str) -> bool {
    steps::count(sentence.len());
    sentence
        .split(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty() && word.len() < 40)
        .any(|word| is_ahead(&lower(word)))
}

/// Whether what is told right beside a date is past: by the verb before it and its preposition, by
/// the one behind it, or by the first one after a date that opens its sentence.
pub(crate) fn is_past_beside(before: &str, after: &str) -> bool {
    /// "Later in", "Back in early": so many words stand before a date that opens its sentence.
    const OPENING: usize = 3;
    /// The verb is looked for among so many words behind such a date.
    const NEAR: usize = 12;
    let is_past = |word: &str| tense_of(word) == Some(Tense::Past);
    let mut last = words_of(before).rev();
    let preposition = last.next().filter(|word| word.chars().count() <= 2);
    if let Some(verb) = preposition
        .and_then(|_| last.next())
        .filter(|verb| is_past(verb))
    {
        // "Boats delivered in 2015" may be still to come; "were delivered", "Kenya delivered" not.
        let is_finite = |word: &str| PAST.has(word) || word.starts_with(char::is_uppercase);
        let may_be_participle =
            verb.is_ascii() && !matches!(verb, "met" | "went" | "came" | "began");
        return !may_be_participle || last.next().is_some_and(is_finite);
    }
    let mut next = words_of(after).take(NEAR);
    if next.clone().next().is_some_and(is_past) {
        return true;
    }
    // "The plan adopted in May" has a participle.
    let is_participle = |word: Option<&str>| {
        matches!(
            word,
            Some("by" | "in" | "on" | "at" | "last" | "earlier" | "under" | "from")
        )
    };
    let opens = words_of(before).count() <= OPENING;
    opens && next.any(is_past) && !is_participle(next.next())
}

fn words_of(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    text.split(|c| !is_alphanumeric(c))
        .filter(|word| !word.is_empty())
}
