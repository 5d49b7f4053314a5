//! Articles made up from a seed, for tests and benches: dated, 1 to 3 KB, English and Russian,
//! with countries, dates and verbs so that extraction has something to find. They say nothing
//! about the world.

use std::fmt::Write as _;

use jiff::civil::{Date, date};

mod news;

pub use news::news;

/// The article in `row` of the corpus with this seed. The same on every machine.
#[must_use]
pub fn article(seed: u64, row: usize) -> String {
    let mut dice = Dice::new(seed, row as u64);
    if dice.below(4) == 0 {
        russian(&mut dice)
    } else {
        english(&mut dice)
    }
}

/// Real articles whose paragraphs are mixed.
const SAMPLE: [&str; 5] = [
    include_str!("../../seeds/000_87d3dd258404b730.txt"),
    include_str!("../../seeds/001_a37eaed0e7796e8e.txt"),
    include_str!("../../seeds/002_617547f4ab43ca28.txt"),
    include_str!("../../seeds/003_dfce46a8faa2ac50.txt"),
    include_str!("../../seeds/004_ad1ab4cf14487f8f.txt"),
];

/// An article of paragraphs of the sample's articles, as it mixes them: real sentences in an order
/// that says nothing, 2 to 6 KB.
#[must_use]
pub fn sampled(seed: u64, row: usize) -> String {
    let mut dice = Dice::new(seed, row as u64);
    let wanted = 2000 + usize::try_from(dice.below(4000)).unwrap_or(0);
    let head = dice.one(&SAMPLE).lines().take(4);
    let mut text = head.flat_map(|line| [line, "\n"]).collect::<String>();
    text.push('\n');
    while text.len() < wanted {
        let from = dice.one(&SAMPLE);
        let paragraphs = from.lines().filter(|line| line.len() > 200);
        let many = paragraphs.clone().count().max(1);
        let at = usize::try_from(dice.below(many as u64)).unwrap_or(0);
        text.push_str(paragraphs.clone().nth(at).unwrap_or(from));
        text.push_str("\n\n");
    }
    text
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, row: u64) -> Self {
        let mut dice = Self(seed ^ row.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    /// One of `all`, the first ones more often (roughly as Zipf's law has it).
    fn one<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T
    where
        &'a T: Default,
    {
        let n = all.len() as u64;
        let at = self.below(n).min(self.below(n));
        let at = usize::try_from(at).unwrap_or(0);
        all.get(at).copied().unwrap_or_default()
    }

    fn day(&mut self) -> Date {
        let days = i64::try_from(self.below(365 * 14)).unwrap_or(0);
        let first = date(2010, 1, 1);
        first
            .checked_add(jiff::Span::new().days(days))
            .unwrap_or(first)
    }
}

const COUNTRIES: [&str; 14] = [
    "Russia",
    "China",
    "Kazakhstan",
    "Ukraine",
    "Serbia",
    "Azerbaijan",
    "Pakistan",
    "Vietnam",
    "India",
    "Turkey",
    "Armenia",
    "Iran",
    "Poland",
    "Uzbekistan",
];

const CAPITALS: [&str; 8] = [
    "Moscow",
    "Beijing",
    "Astana",
    "Kyiv",
    "Belgrade",
    "Baku",
    "Islamabad",
    "Hanoi",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const ITEMS: [&str; 8] = [
    "optical sights",
    "armoured vehicles",
    "unmanned aerial vehicles",
    "air defence systems",
    "truck chassis",
    "communication systems",
    "multiple launch rocket systems",
    "radar stations",
];

const ENGLISH: [&str; 12] = [
    "On {day}, Belarus and {country} signed an agreement on the joint production of {item}.",
    "In {month}, a delegation from {country} visited Minsk to discuss {item}.",
    "{country} delivered {item} to Belarus in {year}.",
    "Last week, {capital} hosted a meeting of the commission for military and technical cooperation.",
    "The Belarusian defence industry plans to supply {item} to {country} by {later}.",
    "According to the State Military Industry Committee, exports to {country} grew by {n} per cent in {year}.",
    "{country} refused to provide Belarus with {item}.",
    "From {day}, Belarusian and {country} units hold a joint exercise near {capital}.",
    "Analysts compare this with the cooperation between {country} and {country2}, where no such programme exists.",
    "The parties may consider a technology transfer for {item}, though no date has been set.",
    "Budget constraints remain the main obstacle, and enterprises have to look for orders abroad.",
    "The company tested {item} at its range in {month} {year}.",
];

const COUNTRIES_RU: [&str; 8] = [
    "Россия",
    "Китай",
    "Казахстан",
    "Украина",
    "Сербия",
    "Азербайджан",
    "Пакистан",
    "Вьетнам",
];

const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

const ITEMS_RU: [&str; 6] = [
    "оптические прицелы",
    "бронетехнику",
    "беспилотные летательные аппараты",
    "системы противовоздушной обороны",
    "колёсные шасси",
    "радиолокационные станции",
];

const RUSSIAN: [&str; 9] = [
    "{day} Беларусь и {country} подписали соглашение о совместном производстве.",
    "{country} поставила {item} в {year} году.",
    "Делегация министерства обороны посетила Минск, где обсудила {item}.",
    "На прошлой неделе состоялось заседание комиссии по военно-техническому сотрудничеству.",
    "{country} отказалась продать Беларуси {item}.",
    "Стороны планируют провести совместные учения {day}.",
    "Объём экспорта вырос на {n} процентов по сравнению с {year} годом.",
    "По мнению экспертов, предприятиям придётся искать заказы за рубежом.",
    "Белорусские предприятия закупили {item} и начали испытания.",
];

fn english(dice: &mut Dice) -> String {
    let published = dice.day();
    let country = dice.one(&COUNTRIES);
    let mut text = format!(
        "Minsk develops military cooperation with {country}\n\nCategory status:\n{}\n\n",
        english_day(published)
    );
    body(dice, &mut text, &ENGLISH, &COUNTRIES, &ITEMS, english_day);
    text
}

fn russian(dice: &mut Dice) -> String {
    let published = dice.day();
    let country = dice.one(&COUNTRIES_RU);
    let mut text = format!(
        "Минск и {country}: военно-техническое сотрудничество\n\n{}\n\n",
        russian_day(published)
    );
    body(
        dice,
        &mut text,
        &RUSSIAN,
        &COUNTRIES_RU,
        &ITEMS_RU,
        russian_day,
    );
    text
}

/// Sentences in paragraphs of two to five, until the article is 1 to 3 KB long.
fn body(
    dice: &mut Dice,
    text: &mut String,
    templates: &[&'static str],
    countries: &[&'static str],
    items: &[&'static str],
    day_in_words: fn(Date) -> String,
) {
    let wanted = 1000 + usize::try_from(dice.below(1700)).unwrap_or(0);
    while text.len() < wanted {
        for _ in 0..2 + dice.below(4) {
            let template = dice.one(templates);
            fill_in(dice, text, template, countries, items, day_in_words);
            text.push(' ');
        }
        text.pop();
        text.push_str("\n\n");
    }
}

/// A sentence by a template.
fn fill_in(
    dice: &mut Dice,
    text: &mut String,
    template: &str,
    countries: &[&'static str],
    items: &[&'static str],
    day_in_words: fn(Date) -> String,
) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        fill(dice, text, name, countries, items, day_in_words);
        rest = after;
    }
    text.push_str(rest);
}

fn fill(
    dice: &mut Dice,
    text: &mut String,
    name: &str,
    countries: &[&'static str],
    items: &[&'static str],
    day_in_words: fn(Date) -> String,
) {
    // Writing to a string can't fail.
    let _ = match name {
        "day" => write!(text, "{}", day_in_words(dice.day())),
        "month" => write!(text, "{}", dice.one(&MONTHS)),
        "year" => write!(text, "{}", dice.day().year()),
        "later" => write!(text, "{}", 2025 + dice.below(6)),
        "n" => write!(text, "{}", 2 + dice.below(60)),
        "item" => write!(text, "{}", dice.one(items)),
        "capital" => write!(text, "{}", dice.one(&CAPITALS)),
        _ => write!(text, "{}", dice.one(countries)),
    };
}

fn month(of: Date, names: &[&'static str; 12]) -> &'static str {
    let at = usize::try_from(of.month()).unwrap_or(1) - 1;
    names.get(at).copied().unwrap_or_default()
}

fn english_day(of: Date) -> String {
    format!("{} {:02}, {}", month(of, &MONTHS), of.day(), of.year())
}

fn russian_day(of: Date) -> String {
    format!("{} {} {} года", of.day(), month(of, &MONTHS_RU), of.year())
}
