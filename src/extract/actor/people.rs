//! People whom an article introduces with their country: "Zambian Defence Minister Davies
//! Chama", "министр обороны Замбии Дэвис Чама". Their surnames stand for the country in what
//! follows.

use rustc_hash::FxHashMap;

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use crate::model::ids::ActorId;

/// The country of each person, by surname.
pub(crate) type Surnames = FxHashMap<Box<str>, ActorId>;

/// Words of an office, English.
static OFFICES: Words = Words::new(&[
    "minister",
    "president",
    "premier",
    "ambassador",
    "chancellor",
    "secretary",
    "chief",
    "general",
    "commander",
    "leader",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "envoy",
    "king",
    "prince",
    "commissioner",
    "attaché",
    "attache",
    "director",
    "chairman",
    "chairwoman",
    "head",
    "adviser",
    "advisor",
    "deputy",
    "speaker",
    "colonel",
    "admiral",
    "marshal",
    "official",
    "diplomat",
    "consul",
    "representative",
    "vice-president",
    "vice-premier",
    "lieutenant",
    "major",
    "governor",
]);

/// Beginnings of words of an office, Russian, Belarusian and Ukrainian.
static OFFICES_SLAVIC: Stems = Stems::new(&[
    "министр",
    "президент",
    "премьер",
    "посол",
    "посл",
    "глав",
    "канцлер",
    "секретар",
    "советник",
    "командующ",
    "представител",
    "директор",
    "председател",
    "спикер",
    "госсекретар",
    "вице",
    "заместител",
    "генерал",
    "лидер",
    "міністр",
    "прэзідэнт",
    "прэм'ер",
    "прем'єр",
    "речник",
    "держсекретар",
    "очільник",
    "пасол",
    "старшын",
]);

fn is_slavic_office(token: &Token<'_>) -> bool {
    // The shortest of them has four letters.
    token.norm.len() >= 8 && !token.norm.is_ascii() && OFFICES_SLAVIC.begin(token.norm)
}

/// How far a name may stand from the country in words.
const REACH: usize = 9;

/// Adds to `surnames` the people whom these tokens introduce. `countries` are the countries named
/// in them: first token, one past the last, who.
pub(crate) fn introduced(
    tokens: &[Token<'_>],
    countries: &[(usize, usize, ActorId)],
    surnames: &mut Surnames,
) {
    for (at, (_, end, country)) in countries.iter().enumerate() {
        let stop = countries
            .get(at + 1)
            .map_or(tokens.len(), |next| next.0)
            .min(end + REACH);
        // The office stands before the country in Slavic languages ("президент Замбии Чама").
        let mut office = end.checked_sub(6).map_or(0, |from| from).max(
            at.checked_sub(1)
                .and_then(|i| countries.get(i))
                .map_or(0, |c| c.1),
        );
        let mut seen = false;
        while office < *end {
            seen |= tokens.get(office).is_some_and(is_slavic_office);
            office += 1;
        }
        let mut capitals: Vec<&Token<'_>> = Vec::new();
        for token in tokens.get(*end..stop).unwrap_or_default() {
            let is_office = OFFICES.holds(token) || is_slavic_office(token);
            if is_office {
                seen = true;
                capitals.clear();
            } else if token.kind == TokenKind::Word && token.is_capitalised() {
                capitals.push(token);
            } else if capitals.len() >= 2 {
                break;
            } else if token.kind == TokenKind::Mark && !token.is_mark(",") && !token.is_mark("(") {
                capitals.clear();
                break;
            } else {
                capitals.clear();
            }
        }
        if !seen || !(2..=4).contains(&capitals.len()) {
            continue;
        }
        if let Some(surname) = capitals.last().filter(|t| t.norm.chars().count() > 2) {
            surnames
                .entry(Box::from(surname.norm))
                .or_insert_with(|| country.clone());
        }
    }
}

/// Words of an office of state, which an article about a country gives to its own people without
/// naming it.
static STATE_OFFICES: Words = Words::new(&[
    "minister",
    "ministers",
    "premier",
    "secretary",
    "министр",
    "министра",
    "министром",
    "премьер-министр",
    "міністр",
    "міністра",
    "міністром",
    "міністерка",
    "прем'єр-міністр",
    "прэм'ер-міністр",
    "замминистра",
    "заммінистра",
]);

/// Whether a word may stand between an office and who bears it: "minister of defence and space", not
/// "the minister told".
fn links(token: &Token<'_>) -> bool {
    if token.norm.is_ascii() {
        return matches!(token.norm, "of" | "for" | "and" | "the" | "foreign");
    }
    let is_verb = [
        "л", "ла", "ли", "лся", "лась", "лись", "ив", "ів", "іла", "ўся",
    ]
    .iter()
    .any(|ending| token.norm.ends_with(ending));
    token.kind == TokenKind::Word && !is_verb
}

/// Adds to `surnames` those who bear an office of state where nobody else is near whose it could
/// be: they are of `home`. `named` are the actors named in these tokens: first token, one past the
/// last.
pub(crate) fn at_home(
    tokens: &[Token<'_>],
    named: &[(usize, usize)],
    home: &ActorId,
    surnames: &mut Surnames,
) {
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || !STATE_OFFICES.holds(token) {
            continue;
        }
        let (from, to) = (at.saturating_sub(REACH), at + REACH);
        let first = named.partition_point(|(_, end)| *end <= from);
        if named.get(first).is_some_and(|(start, _)| *start < to) {
            continue;
        }
        let mut name: Vec<&Token<'_>> = Vec::new();
        for token in tokens.get(at + 1..to.min(tokens.len())).unwrap_or_default() {
            if token.kind == TokenKind::Word && token.is_capitalised() {
                name.push(token);
            } else if name.len() >= 2 || !links(token) {
                break;
            } else {
                name.clear();
            }
        }
        if (2..=4).contains(&name.len())
            && let Some(surname) = name.last().filter(|t| t.norm.chars().count() > 2)
        {
            surnames
                .entry(Box::from(surname.norm))
                .or_insert_with(|| home.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::glossary::tokens;

    fn check(text: &str, country_word: &str, surname: Option<&str>) {
        let tokens = tokens(text);
        let at = tokens.iter().position(|t| t.text == country_word).unwrap();
        let mut found = Surnames::default();
        introduced(&tokens, &[(at, at + 1, ActorId::new("ZM"))], &mut found);
        assert_eq!(found.keys().next().map(|k| &**k), surname, "{text}");
    }

    #[test]
    fn an_office_of_nobody_named_is_at_home() {
        let at_home = |text: &str, named: &[(usize, usize)]| {
            let tokens = tokens(text);
            let mut found = Surnames::default();
            super::at_home(&tokens, named, &ActorId::new("ZM"), &mut found);
            found.keys().next().map(ToString::to_string)
        };
        let text = "Minister for Works Davies Chama said";
        assert_eq!(at_home(text, &[]).as_deref(), Some("chama"));
        assert_eq!(at_home(text, &[(8, 9)]), None);
        let text = "міністр оборони Девіс Чама заявив";
        assert_eq!(at_home(text, &[]).as_deref(), Some("чама"));
        assert_eq!(at_home("The minister said so to Davies Chama", &[]), None);
    }

    #[test]
    fn an_office_and_a_full_name_introduce() {
        check(
            "Zambian Defence Minister Davies Chama said",
            "Zambian",
            Some("chama"),
        );
        check(
            "Zambia's minister of defence, Davies Chama, said",
            "Zambia",
            Some("chama"),
        );
        check(
            "министр обороны Замбии Дэвис Чама заявил",
            "Замбии",
            Some("чама"),
        );
        check("Zambian copper from Ndola", "Zambian", None);
    }
}
