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
    token.norm.len() >= 8 && !token.norm.is_ascii() && OFFICES_SLAVIC.begin(&token.norm)
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
            let is_office = OFFICES.has(&token.norm) || is_slavic_office(token);
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
                .entry(Box::from(&*surname.norm))
                .or_insert_with(|| country.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::words::tokens;
    use crate::model::span::Span;

    fn check(text: &str, country_word: &str, surname: Option<&str>) {
        let tokens = tokens(text, Span::new(0, text.len()));
        let at = tokens.iter().position(|t| t.text == country_word).unwrap();
        let mut found = Surnames::default();
        introduced(&tokens, &[(at, at + 1, ActorId::new("ZM"))], &mut found);
        assert_eq!(found.keys().next().map(|k| &**k), surname, "{text}");
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
