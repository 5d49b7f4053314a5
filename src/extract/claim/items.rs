//! What a claim is about: goods and systems near its trigger, as the text names them.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::pattern::Match;
use super::scene::Scene;

/// Head nouns of goods, English (singular or plural) and beginnings of Russian ones.
static GOODS: Words = Words::new(&[
    "missile",
    "missiles",
    "system",
    "systems",
    "vehicle",
    "vehicles",
    "aircraft",
    "helicopter",
    "helicopters",
    "fighter",
    "fighters",
    "jet",
    "jets",
    "tank",
    "tanks",
    "drone",
    "drones",
    "uav",
    "uavs",
    "howitzer",
    "howitzers",
    "weapon",
    "weapons",
    "arms",
    "munition",
    "munitions",
    "ammunition",
    "satellite",
    "satellites",
    "radar",
    "radars",
    "artillery",
    "submarine",
    "submarines",
    "frigate",
    "frigates",
    "rocket",
    "rockets",
    "launcher",
    "launchers",
    "equipment",
    "technology",
    "technologies",
    "supplies",
    "division",
    "divisions",
    "blueprints",
    "gas",
    "oil",
    "diamonds",
    "vaccines",
    "gun",
    "guns",
    "carriers",
    "trucks",
    "engines",
    "components",
    "grain",
    "wheat",
    "rice",
    "maize",
    "fertiliser",
    "fertilisers",
    "fertilizer",
    "fertilizers",
    "medicines",
    "electricity",
    "coal",
    "fuel",
    "diesel",
    "petrol",
    "buses",
    "trams",
    "trains",
    "locomotives",
    "wagons",
    "ferries",
    "ships",
    "boats",
    "turbines",
    "tractors",
    "ambulances",
    "generators",
    "seeds",
    "fish",
    "meat",
    "timber",
    "steel",
    "uranium",
    "fuel",
    "water",
    "doses",
    "aid",
]);
static GOODS_SLAVIC: Stems = Stems::new(&[
    "оружи",
    "вооружени",
    "ракет",
    "комплекс",
    "самолет",
    "вертолет",
    "танк",
    "беспилотник",
    "техник",
    "боеприпас",
    "спутник",
    "радар",
    "систем",
    "двигател",
    "нефт",
    "газ",
    "калий",
    "вакцин",
    "лекарств",
    "медикамент",
    "электроэнерг",
    "удобрен",
    "зерн",
    "пшениц",
    "автобус",
    "трамва",
    "поезд",
    "трактор",
    "турбин",
    "топлив",
    "оборудован",
    "уголь",
    "угля",
    "катер",
    "корабл",
    "паром",
    "електроенерг",
    "добрив",
    "зброї",
    "зброю",
    "ліків",
    "пальн",
    "потяг",
    "угнаен",
    "электраэнерг",
    "лекав",
]);

/// At most this many items a claim.
const MOST: usize = 4;

/// The items that a trigger is about.
pub(super) fn items(scene: &Scene<'_>, found: Match) -> Vec<String> {
    let unit = scene.unit_of(found.start);
    let mut out: Vec<String> = Vec::new();
    let mut at = found.start;
    while at < unit.1.min(found.end + 20) && out.len() < MOST {
        if scene.tokens.get(at).is_some_and(is_goods) {
            let mut start = at;
            // Leftwards over the words that describe it.
            let from = if at >= found.end {
                found.end
            } else {
                found.start + 1
            };
            while start > from.max(at.saturating_sub(3))
                && scene.tokens.get(start - 1).is_some_and(describes)
            {
                start -= 1;
            }
            let words: Vec<&str> = scene
                .tokens
                .get(start..=at)
                .unwrap_or_default()
                .iter()
                .map(|t| t.text)
                .collect();
            let item = words.join(" ");
            let is_bare = start == at && scene.tokens.get(at).is_some_and(is_generic);
            if !is_bare && !out.contains(&item) {
                out.push(item);
            }
        }
        at += 1;
    }
    out
}

/// Nouns that say nothing without a word that describes them.
static GENERIC: Words = Words::new(&[
    "system",
    "systems",
    "equipment",
    "technology",
    "technologies",
    "supplies",
    "division",
    "divisions",
    "components",
    "vehicle",
    "vehicles",
    "goods",
]);
static GENERIC_SLAVIC: Stems = Stems::new(&[
    "систем",
    "сістэм",
    "техник",
    "технік",
    "тэхнік",
    "комплекс",
    "оборудован",
    "обладнан",
    "абсталяван",
]);

/// Whether a word of goods is too general to stand alone.
fn is_generic(token: &Token<'_>) -> bool {
    GENERIC.holds(token) || (!token.text.is_ascii() && GENERIC_SLAVIC.begin(token.norm))
}

/// Endings of Slavic adjectives.
const ADJECTIVES: &[&str] = &[
    "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ую", "юю", "ых", "их",
    "ым", "им", "ыми", "ими", "ої", "ій", "ні", "их", "ыя", "ія", "ага", "яга", "іх", "імі",
];

/// Whether a word names goods.
pub(super) fn is_goods(token: &Token<'_>) -> bool {
    // A capital makes it a part of a name.
    GOODS.holds(token) && token.text == token.norm || GOODS_SLAVIC.begin(token.norm)
}

fn describes(token: &Token<'_>) -> bool {
    if !token.text.is_ascii() {
        return token.norm.chars().count() > 4
            && !token.is_capitalised()
            && ADJECTIVES.iter().any(|ending| token.norm.ends_with(ending));
    }
    token.kind == TokenKind::Word
        && token.text.is_ascii()
        && !token.norm.ends_with("ing")
        && !token.possessive
        && token.norm.chars().count() > 3
        && !matches!(
            token.norm,
            "with"
                | "from"
                | "that"
                | "their"
                | "some"
                | "supply"
                | "deliver"
                | "transfer"
                | "provide"
                | "into"
                | "more"
                | "than"
                | "certain"
                | "will"
                | "been"
                | "such"
                | "mine"
        )
}
