//! What stands around a name: is it a look-alike, and of which class is it?

use super::super::lexicon::gazetteer::Use;
use super::super::lexicon::words::Token;
use super::super::steps;
use super::vocabulary::{
    AMBIGUOUS, BEFORE_A_COUNTRY, GIVEN_TO, NEWSPAPERS, ORGANISATION_HEADS, PLACE_HEADS,
    PLACE_PREPOSITIONS, PLACE_PREPOSITIONS_SLAVIC, SAID_SLAVIC, TITLES, VISIT_VERBS,
};
use super::{Named, is_word};
use crate::model::actor::MentionClass;
use crate::model::ids::ActorId;

/// A name among the tokens of its zone.
pub(super) struct View<'a, 't> {
    pub(super) tokens: &'a [Token<'t>],
    pub(super) named: &'a [Named],
    /// Which of `named` is looked at.
    pub(super) index: usize,
}

impl View<'_, '_> {
    fn token(&self, at: usize) -> Option<&Token<'_>> {
        steps::count(1);
        self.tokens.get(at)
    }

    /// The token `back` places before the name.
    fn before(&self, name: &Named, back: usize) -> Option<&Token<'_>> {
        self.token(name.start.checked_sub(back)?)
    }

    fn after(&self, name: &Named) -> Option<&Token<'_>> {
        self.token(name.end)
    }

    /// Whether the name is possessive: "Moscow's".
    fn is_possessive(&self, name: &Named) -> bool {
        name.end
            .checked_sub(1)
            .and_then(|i| self.token(i))
            .is_some_and(|t| t.possessive)
    }

    /// Whether what looks like a name here names somebody or something else.
    pub(super) fn is_lookalike(&self, name: &Named) -> bool {
        self.is_currency(name)
            || self.is_region(name)
            || self.is_newspaper(name)
            || self.is_given_name(name)
            || self.is_language(name)
            || (matches!(name.usage, Use::Name) && self.is_namesake(name))
    }

    /// "US$3bn", "US $3bn", "US dollars" are money; in "gave Kenya $3bn" Kenya gets it.
    fn is_currency(&self, name: &Named) -> bool {
        let Some(last) = name.end.checked_sub(1).and_then(|i| self.token(i)) else {
            return false;
        };
        self.after(name).is_some_and(|next| {
            let is_sign = matches!(next.text, "$" | "€" | "£");
            let apart = next.span.start.saturating_sub(last.span.end);
            is_sign && (apart == 0 || apart == 1 && last.is_upper())
                || matches!(next.norm, "dollar" | "dollars" | "cents")
        })
    }

    /// "Indo-Pacific"
    fn is_region(&self, name: &Named) -> bool {
        name.usage == Use::Prefix
            && self.after(name).is_some_and(|next| {
                next.joined && matches!(next.norm, "pacific" | "european" | "iranian")
            })
    }

    /// "The Windhoek Times", "Japan Daily".
    fn is_newspaper(&self, name: &Named) -> bool {
        matches!(name.usage, Use::Name | Use::Capital | Use::City)
            && !self.is_possessive(name)
            && self.after(name).is_some_and(|next| {
                next.is_capitalised() && !next.joined && NEWSPAPERS.contains(&next.norm)
            })
    }

    /// "Minister German Vargas": a given name, between a title and a surname.
    fn is_given_name(&self, name: &Named) -> bool {
        let is_german = || self.token(name.start).is_some_and(|t| t.norm == "german");
        let follows_title = || {
            let title = self.before(name, 1);
            title.is_some_and(|t| t.is_capitalised() && TITLES.contains(&t.norm))
        };
        let has_surname = || {
            let next = self.after(name);
            next.is_some_and(|t| is_word(t) && t.is_capitalised() && !TITLES.contains(&t.norm))
        };
        name.usage == Use::Demonym && is_german() && follows_title() && has_surname()
    }

    /// "in Belarusian, Russian and English", "speaks Kazakh.": a language, since no noun follows.
    fn is_language(&self, name: &Named) -> bool {
        if name.usage != Use::Demonym {
            return false;
        }
        if !self.token(name.start).is_some_and(|t| t.text.is_ascii()) {
            return self.is_language_slavic(name);
        }
        let is_link =
            |t: &Token<'_>| t.is_mark(",") || t.is_mark("/") || t.norm == "and" || t.norm == "or";
        let is_item =
            |t: &Token<'_>| t.is_capitalised() && is_word(t) && !t.possessive && t.norm.len() > 3;
        // Leftwards over the list to the word that governs it.
        let mut at = name.start;
        let mut items = 1;
        while let Some(token) = at.checked_sub(1).and_then(|i| self.token(i)) {
            if items > 12 || !(is_link(token) || is_item(token)) {
                break;
            }
            items += usize::from(is_item(token));
            at -= 1;
        }
        let governed = at
            .checked_sub(1)
            .and_then(|i| self.token(i))
            .is_some_and(|t| {
                matches!(
                    t.norm,
                    "in" | "into"
                        | "speak"
                        | "speaks"
                        | "spoke"
                        | "spoken"
                        | "speaking"
                        | "languages"
                        | "language"
                        | "from"
                        | "fluent"
                        | "reads"
                        | "learn"
                        | "learning"
                )
            });
        if !governed {
            return false;
        }
        // Rightwards over the list to what follows it.
        let mut end = name.end;
        while let Some(token) = self.token(end) {
            if end > name.end + 12 || !(is_link(token) || is_item(token)) {
                break;
            }
            end += 1;
        }
        match self.token(end) {
            None => true,
            Some(next) => {
                !is_word(next)
                    || matches!(
                        next.norm,
                        "language"
                            | "languages"
                            | "versions"
                            | "version"
                            | "or"
                            | "on"
                            | "at"
                            | "with"
                            | "by"
                            | "only"
                    )
            }
        }
    }

    /// "английский язык", "володіє англійською".
    fn is_language_slavic(&self, name: &Named) -> bool {
        let begins = |token: Option<&Token<'_>>, stems: &[&str]| {
            token.is_some_and(|t| stems.iter().any(|stem| t.norm.starts_with(stem)))
        };
        let next = self.after(name);
        let is_speaker = begins(self.before(name, 1), &["владе", "володі", "валод"]);
        begins(
            next,
            &["язык", "мова", "мову", "мови", "мовою", "мове", "мові"],
        ) || is_speaker && next.is_none_or(|t| !is_word(t))
    }

    /// A person or a state of another country with a country's name: "Vernon Jordan", "Macon,
    /// Georgia,".
    fn is_namesake(&self, name: &Named) -> bool {
        let is_english = self.token(name.start).is_some_and(|t| t.text.is_ascii());
        if !is_english || !AMBIGUOUS.contains(&name.actor.as_str()) || name.end - name.start > 1 {
            return false;
        }
        let around = self.index.saturating_sub(2)..(self.index + 3).min(self.named.len());
        let around = self.named.get(around).unwrap_or_default();
        let known = |at: usize| around.iter().any(|n| n.start <= at && at < n.end);
        let before = self.before(name, 1);
        if before.is_some_and(|t| t.is_mark(","))
            && self
                .before(name, 2)
                .is_some_and(|t| t.is_capitalised() && is_word(t))
            && !known(name.start.saturating_sub(2))
            && self.before(name, 3).is_none_or(|t| {
                matches!(
                    t.norm,
                    "in" | "near" | "of" | "from" | "at" | "fort" | "new" | "st"
                )
            })
        {
            return true;
        }
        if before.is_some_and(|t| {
            is_word(t) && t.is_capitalised() && !t.possessive && !BEFORE_A_COUNTRY.contains(&t.norm)
        }) && !known(name.start.saturating_sub(1))
            && self.before(name, 2).is_some_and(|t| !t.is_mark("."))
        {
            return true;
        }
        self.after(name).is_some_and(|next| {
            is_word(next)
                && next.is_capitalised()
                && !next.is_upper()
                && !self.is_possessive(name)
                && !known(name.end)
                && !ORGANISATION_HEADS.contains(&next.norm)
                && !matches!(
                    next.norm,
                    "and"
                        | "is"
                        | "has"
                        | "prime"
                        | "foreign"
                        | "defence"
                        | "defense"
                        | "president"
                        | "government"
                        | "king"
                        | "minister"
                )
        })
    }

    /// The class of a country's name, its rule and how sure it is.
    pub(super) fn class_of_country(&self, name: &Named) -> (MentionClass, &'static str, u8) {
        if self.is_half_of_compound(name) {
            return (MentionClass::Compound, "actor/half-of-a-compound", 95);
        }
        // "Norway-made", "UK-based".
        let is_adjective = self.after(name).is_some_and(|t| {
            t.joined
                && matches!(
                    t.norm,
                    "made" | "produced" | "built" | "based" | "led" | "backed" | "born" | "owned"
                )
        });
        match name.usage {
            Use::Name if is_adjective => (MentionClass::Demonym, "actor/demonym", 95),
            Use::Name if self.opens_organisation(name) => (
                MentionClass::InOrganisation,
                "actor/country-in-organisation",
                85,
            ),
            Use::Name | Use::Lookalike | Use::System => {
                (MentionClass::Name, "actor/country-name", 98)
            }
            Use::Demonym => (MentionClass::Demonym, "actor/demonym", 95),
            Use::Prefix => (MentionClass::Compound, "actor/half-of-a-compound", 90),
            Use::Seat => (MentionClass::Capital, "actor/seat-of-government", 92),
            Use::City => (MentionClass::Place, "actor/city", 85),
            // "the Lima Institute of Physics": where it stands, and no word of the government.
            Use::Capital if self.opens_organisation(name) => {
                (MentionClass::Place, "actor/capital-as-place", 80)
            }
            Use::Capital => self.class_of_capital(name),
        }
    }

    /// Joined by a hyphen to another country.
    fn is_half_of_compound(&self, name: &Named) -> bool {
        let joins = |left: &Named, right: &Named| {
            left.end == right.start
                && self.token(right.start).is_some_and(|t| t.joined)
                && is_country(&right.actor)
                && is_country(&left.actor)
        };
        let previous = self.index.checked_sub(1).and_then(|i| self.named.get(i));
        let next = self.named.get(self.index + 1);
        previous.is_some_and(|p| joins(p, name)) || next.is_some_and(|n| joins(name, n))
    }

    /// "Zambia National Bank", "Organization of Iran": capitals up to a head noun.
    fn opens_organisation(&self, name: &Named) -> bool {
        if self.is_possessive(name) {
            return false;
        }
        let mut at = name.end;
        while let Some(token) = self.token(at) {
            if at >= name.end + 5 || !is_word(token) || !token.is_capitalised() {
                return false;
            }
            if ORGANISATION_HEADS.contains(&token.norm) {
                return at > name.end || !matches!(token.norm, "union" | "group");
            }
            at += 1;
        }
        false
    }

    /// "з Астаной", "з Києвом": together with, where "з Астаны" is out of.
    fn is_instrumental(&self, name: &Named) -> bool {
        let last = name.end.checked_sub(1).and_then(|i| self.token(i));
        last.is_some_and(|t| {
            ["ой", "ою", "ом", "ам", "ем", "ею", "єм", "єю", "яй"]
                .iter()
                .any(|ending| t.norm.ends_with(ending))
        })
    }

    /// A capital is the government as subject or possessor, and a place after "in", "to", "from".
    fn class_of_capital(&self, name: &Named) -> (MentionClass, &'static str, u8) {
        const GOVERNMENT: (MentionClass, &str, u8) =
            (MentionClass::Capital, "actor/capital-as-government", 80);
        const PLACE: (MentionClass, &str, u8) = (MentionClass::Place, "actor/capital-as-place", 80);
        if self.is_possessive(name) {
            return GOVERNMENT;
        }
        if self.is_dateline(name) {
            return PLACE;
        }
        if let Some(next) = self.after(name)
            && is_word(next)
            && PLACE_HEADS.contains(&next.norm)
            && !next.joined
        {
            return PLACE;
        }
        // "Lima-based", "Lima-born": of the city.
        if self
            .after(name)
            .is_some_and(|t| t.joined && matches!(t.norm, "based" | "born" | "area"))
        {
            return PLACE;
        }
        if self.followed_by_its_country(name) || self.is_called_capital(name) {
            return PLACE;
        }
        let Some(before) = self.before(name, 1) else {
            return GOVERNMENT;
        };
        if VISIT_VERBS.contains(&before.norm) {
            return PLACE;
        }
        if PLACE_PREPOSITIONS.contains(&before.norm) {
            let given = (2..=7)
                .filter_map(|back| self.before(name, back))
                .take_while(|t| is_word(t))
                .any(|t| GIVEN_TO.contains(&t.norm));
            return match before.norm {
                "to" | "from" if given => GOVERNMENT,
                "of" if !self.is_capital_of_phrase(name) => GOVERNMENT,
                _ => PLACE,
            };
        }
        if matches!(before.norm, "з" | "із" | "зі") && self.is_instrumental(name) {
            return GOVERNMENT;
        }
        if PLACE_PREPOSITIONS_SLAVIC.contains(&before.norm) {
            let said = (0..3)
                .filter_map(|i| self.token(name.end + i))
                .take_while(|t| is_word(t))
                .any(|t| SAID_SLAVIC.iter().any(|stem| t.norm.starts_with(stem)));
            return if said { GOVERNMENT } else { PLACE };
        }
        // "stops in Vienna, Paris and Rome": one list, one class.
        if (before.is_mark(",") || matches!(before.norm, "and" | "и" | "і" | "й"))
            && let Some(previous) = self.index.checked_sub(1).and_then(|i| self.named.get(i))
            && previous.usage == Use::Capital
            && previous.end + 1 >= name.start.saturating_sub(1)
        {
            let view = View {
                tokens: self.tokens,
                named: self.named,
                index: self.index - 1,
            };
            // The first of the list decides; only one step back, so a long list stays linear.
            if view
                .before(previous, 1)
                .is_some_and(|t| matches!(t.norm, "in" | "to" | "at" | "from" | "near"))
            {
                return PLACE;
            }
        }
        GOVERNMENT
    }

    /// "in the Peruvian capital, Lima", "в столице Перу Лиме".
    fn is_called_capital(&self, name: &Named) -> bool {
        let comma = usize::from(self.before(name, 1).is_some_and(|t| t.is_mark(",")));
        self.before(name, 1 + comma)
            .is_some_and(|t| t.norm == "capital")
    }

    /// "the city of Vienna", "the streets of Minsk".
    fn is_capital_of_phrase(&self, name: &Named) -> bool {
        self.before(name, 2).is_some_and(|t| {
            matches!(
                t.norm,
                "city"
                    | "streets"
                    | "centre"
                    | "center"
                    | "outskirts"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
                    | "capital"
                    | "out"
                    | "suburb"
                    | "suburbs"
                    | "airport"
            )
        })
    }

    /// "VIENNA (AP) —", "Ankara, 5 May": the place at the head of an agency's report.
    fn is_dateline(&self, name: &Named) -> bool {
        if name.start > 1 {
            return false;
        }
        match self.after(name) {
            Some(next) if next.is_mark("(") || next.is_mark("/") => true,
            Some(next) if next.is_mark(",") => self
                .token(name.end + 1)
                .is_some_and(|t| t.is_upper() || t.kind != super::TokenKind::Word),
            Some(next) => matches!(next.text, "—" | "–") && name.start == 0,
            None => false,
        }
    }

    /// "Baku, Azerbaijan": the place, since its country is named beside it.
    fn followed_by_its_country(&self, name: &Named) -> bool {
        self.after(name).is_some_and(|t| t.is_mark(","))
            && self
                .named
                .get(self.index + 1)
                .is_some_and(|n| n.start == name.end + 1 && n.actor == name.actor)
    }
}

fn is_country(actor: &ActorId) -> bool {
    actor.is_country()
}
