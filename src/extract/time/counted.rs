//! "Delivered 2009 trucks": a number of four figures that counts things and is no year.

use super::token::Token;
use super::words::{Bind, Word};
use crate::extract::letter::lower;
use crate::extract::lexicon::list::Words;

/// Past tenses and the like that no ending tells.
#[rustfmt::skip]
static VERBS: Words = Words::new(&[
    "bought", "sold", "built", "sent", "made", "has", "have", "had", "got", "took", "lost", "gave",
    "lent", "shot", "found", "brought", "won", "cost", "paid", "held", "saw", "left", "hold", "own",
    "employ", "buy", "sell", "build", "send", "make", "produce", "supply", "deliver", "need",
]);

/// Plurals that do not end in "s".
#[rustfmt::skip]
static PLURALS: Words = Words::new(&[
    "people", "men", "women", "children", "troops", "personnel", "staff", "police", "aircraft",
    "cattle", "sheep", "pieces", "servicemen", "policemen", "militants", "fighters",
]);

/// Plurals of what is held, fixed or reckoned in a year: "won 2016 elections", "met 2019 targets".
#[rustfmt::skip]
static OF_A_YEAR: Words = Words::new(&[
    "elections", "polls", "votes", "referendums", "games", "olympics", "paralympics", "talks",
    "protests", "demonstrations", "rallies", "drills", "exercises", "manoeuvres", "maneuvers",
    "sanctions", "figures", "levels", "rules", "results", "prices", "rates", "plans", "targets",
    "goals", "accords", "agreements", "deals", "contracts", "pacts", "treaties", "events", "attacks",
    "uprisings", "reforms", "terms", "standards", "models", "championships", "finals",
    "negotiations", "conferences", "summits", "hearings", "budgets", "guidelines", "forecasts",
    "estimates", "sales", "exports", "imports", "deliveries", "supplies", "revenues", "earnings",
    "profits", "losses", "commitments", "obligations", "amendments", "floods", "riots", "wars",
    "clashes", "bombings", "hostilities", "celebrations", "statistics", "festivities", "taxes",
    "cuts", "awards", "prizes", "visits", "meetings", "operations", "strikes", "purchases", "orders",
    "programmes", "programs", "projects", "priorities", "activities", "coups", "expenses", "series",
    "primaries", "campaigns", "fires", "crises", "murders", "killings", "arrests", "trials", "laws",
]);

/// Endings of Slavic verbs.
#[rustfmt::skip]
const SLAVIC_VERBS: &[&str] = &[
    "ил", "ал", "ел", "ял", "ула", "ила", "ала", "ела", "яла", "ило", "ало", "или", "али", "ели",
    "яли", "ает", "яет", "ует", "ают", "яют", "уют", "ит", "ят", "ив", "ав", "или", "ілі", "алі",
    "іла", "іў", "аў",
];

/// Whether the word `next`, right behind `before`, is what its last number counts: after a verb, or
/// after "about" and "more than", a bare number before a plural.
pub(super) fn is_counted(text: &str, before: &[Token], next: &str) -> bool {
    let [.., by, number] = before else {
        return false;
    };
    if !matches!(number.word, Word::Number(1900..=2099, 4)) || number.glued || by.sign {
        return false;
    }
    if !next.starts_with(char::is_lowercase) || next.len() > 48 {
        return false;
    }
    let counts = matches!(by.word, Word::About | Word::Bind(Bind::Than));
    if !counts && by.word != Word::Other {
        return false;
    }
    let verb = by.span.of(text).filter(|verb| verb.len() <= 48).map(lower);
    let verb = verb.as_deref().unwrap_or_default();
    if by.capital && !counts {
        return false;
    }
    if next.is_ascii() {
        let is_plural = next.ends_with('s') && next.len() > 3 && !next.ends_with("ss");
        let is_verb = VERBS.has(verb)
            || verb.len() > 4
                && (verb.ends_with("ed") && !is_participle(before)
                    || is_third_person(verb, before, text));
        return (is_plural || PLURALS.has(next)) && !OF_A_YEAR.has(next) && (counts || is_verb);
    }
    let is_verb = verb.len() > 6 && SLAVIC_VERBS.iter().any(|ending| verb.ends_with(ending));
    next.chars().count() >= 4 && (counts || is_verb)
}

/// "the disputed 2016 seats", "of planned 2016 seats"
const fn is_participle(before: &[Token]) -> bool {
    matches!(
        before,
        [
            ..,
            Token {
                word: Word::Bind(_) | Word::Possessive,
                ..
            },
            _,
            _
        ]
    )
}

/// "The plant employs": the form in "s" right behind a noun, which has none itself.
fn is_third_person(verb: &str, before: &[Token], text: &str) -> bool {
    let [.., subject, _, _] = before else {
        return false;
    };
    let is_singular = subject
        .span
        .of(text)
        .is_some_and(|word| !word.ends_with('s') || subject.capital);
    verb.ends_with('s')
        && !verb.ends_with("ss")
        && subject.word == Word::Other
        && !subject.sign
        && is_singular
}

/// Makes the last number none that could be a year.
pub(super) fn take_back(tokens: &mut [Token]) {
    if let Some(number) = tokens.last_mut() {
        number.word = Word::Other;
    }
}
