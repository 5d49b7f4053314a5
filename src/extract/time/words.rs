//! The words that dates are made of, in English, Russian, Belarusian and Ukrainian.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use crate::extract::lexicon::list::Sieve;

/// A stretch of time that is counted or pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    HalfYear,
    Year,
    Decade,
    Century,
}

/// A part of a month, a season or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
    /// "The end of": the last third when it stands alone, the last day as a bound.
    End,
    FirstHalf,
    SecondHalf,
}

/// Which of a row of like stretches is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
    /// Counted from what the text told before: "the following year", "the previous month".
    Following,
    Previous,
    Same,
}

/// A small word that binds dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bind {
    In,
    On,
    At,
    Of,
    The,
    A,
    From,
    To,
    And,
    Between,
    Since,
    /// "от 5 мая": of that day; of a longer stretch, since.
    Dated,
    /// "from 2006 onwards"
    Onward,
    By,
    Until,
    Over,
    For,
    Before,
    After,
    Ago,
    /// "спустя неделю", "неделю спустя".
    Elapsed,
    /// "через неделю": so long after now, or after what was told.
    Hence,
    Earlier,
    Later,
    Or,
    Than,
    Fiscal,
    /// "года", "г.": follows the number of a year.
    YearWord,
}

/// What a word can be part of a date as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A number in digits: value, digits.
    Number(u32, u8),
    /// A number in words.
    Count(u32),
    /// "7th", "first", "7-го".
    Ordinal(u32),
    /// A Roman numeral in capitals.
    Roman(u32),
    /// "1990s", "1990-х": the first year of a decade.
    Decade(u32),
    /// 1 to 12. `abbreviated`: only with a number beside it. `shy`: also another word.
    Month {
        number: u8,
        abbreviated: bool,
        shy: bool,
    },
    /// 1 (Monday) to 7.
    Weekday(u8),
    /// The same, in a form that is a weekday only beside a date: "Sun", "ср", "среда".
    WeekdayOfDate(u8),
    /// 21 (spring) to 24 (winter), as EDTF counts. `shy`: also another word.
    Season {
        code: u8,
        shy: bool,
    },
    /// A unit; plural or not.
    Unit(Unit, bool),
    Part(Part),
    Which(Which),
    /// Days from today.
    Day(i8),
    /// "торік", "летась": years from this one.
    YearsFrom(i8),
    /// Number of the half-year: "H1".
    Half(u8),
    /// Number of the quarter: "Q3".
    QuarterNumber(u8),
    /// "several", "a few": a count that is not said.
    Some,
    /// "near", "foreseeable": before [`Word::Future`].
    Near,
    /// "future"
    Future,
    /// "nearly", "about": before a count; "earlier" is [`Bind::Earlier`].
    About,
    Bind(Bind),
    /// "c" in Latin letters, which in a Slavic text is a misspelt [`Bind::From`].
    LatinSince,
    Dash,
    Comma,
    Dot,
    Slash,
    Open,
    Close,
    /// "'s"
    Possessive,
    /// "every", before a unit, a weekday, a month or a season.
    Every,
    /// "annually", "ежегодно".
    Recurring,
    /// "числа": the number before it is a day of some month.
    DayOfMonth,
    /// "new", before "Year's Day".
    New,
    /// "№", "$": the number after it is no date.
    NumberSign,
    /// A word or sign that no date holds.
    Other,
}

impl Word {
    /// Whether it stands between words of a date, if it belongs to one at all.
    pub(super) const fn only_joins(self) -> bool {
        matches!(
            self,
            Self::Other
                | Self::Dash
                | Self::Comma
                | Self::Dot
                | Self::Slash
                | Self::Open
                | Self::Close
                | Self::Possessive
                | Self::NumberSign
        )
    }
}

macro_rules! table {
    ($( $word:expr => $($form:literal)+ ; )+) => {
        &[ $( ($word, &[ $( $form, )+ ]), )+ ]
    };
}

const fn month(number: u8) -> Word {
    Word::Month {
        number,
        abbreviated: false,
        shy: false,
    }
}

const fn short(number: u8) -> Word {
    Word::Month {
        number,
        abbreviated: true,
        shy: false,
    }
}

const fn shy(number: u8) -> Word {
    Word::Month {
        number,
        abbreviated: false,
        shy: true,
    }
}

const fn season(code: u8) -> Word {
    Word::Season { code, shy: false }
}

const fn shy_season(code: u8) -> Word {
    Word::Season { code, shy: true }
}

const fn one(unit: Unit) -> Word {
    Word::Unit(unit, false)
}

const fn many(unit: Unit) -> Word {
    Word::Unit(unit, true)
}

type Row = (Word, &'static [&'static str]);

/// English.
#[rustfmt::skip]
const ENGLISH: &[Row] = table! {
    month(1) => "january"; month(2) => "february"; shy(3) => "march"; month(4) => "april";
    shy(5) => "may"; month(6) => "june"; month(7) => "july"; month(8) => "august";
    month(9) => "september"; month(10) => "october"; month(11) => "november"; month(12) => "december";
    short(1) => "jan"; short(2) => "feb"; short(3) => "mar"; short(4) => "apr"; short(6) => "jun";
    short(7) => "jul"; short(8) => "aug"; short(9) => "sep" "sept"; short(10) => "oct";
    short(11) => "nov"; short(12) => "dec";
    Word::Weekday(1) => "monday"; Word::Weekday(2) => "tuesday"; Word::Weekday(3) => "wednesday";
    Word::Weekday(4) => "thursday"; Word::Weekday(5) => "friday"; Word::Weekday(6) => "saturday";
    Word::Weekday(7) => "sunday";
    Word::WeekdayOfDate(1) => "mon"; Word::WeekdayOfDate(2) => "tue" "tues"; Word::WeekdayOfDate(3) => "wed" "weds";
    Word::WeekdayOfDate(4) => "thu" "thur" "thurs"; Word::WeekdayOfDate(5) => "fri"; Word::WeekdayOfDate(6) => "sat";
    Word::WeekdayOfDate(7) => "sun";
    shy_season(21) => "spring"; season(22) => "summer"; season(23) => "autumn"; shy_season(23) => "fall";
    season(24) => "winter";
    one(Unit::Day) => "day"; many(Unit::Day) => "days"; one(Unit::Week) => "week"; many(Unit::Week) => "weeks";
    one(Unit::Weekend) => "weekend"; one(Unit::Month) => "month"; many(Unit::Month) => "months";
    one(Unit::Quarter) => "quarter"; many(Unit::Quarter) => "quarters"; one(Unit::Year) => "year";
    many(Unit::Year) => "years"; one(Unit::Decade) => "decade"; many(Unit::Decade) => "decades";
    one(Unit::Century) => "century"; many(Unit::Century) => "centuries"; one(Unit::HalfYear) => "half";
    Word::Part(Part::Early) => "early" "beginning" "start"; Word::Part(Part::Mid) => "mid" "middle";
    Word::Part(Part::Late) => "late"; Word::Part(Part::End) => "end" "close";
    Word::Which(Which::Last) => "last" "past" "latest"; Word::Which(Which::This) => "this" "current";
    Word::Which(Which::Next) => "next" "coming" "upcoming" "forthcoming";
    Word::Which(Which::Following) => "following"; Word::Which(Which::Previous) => "previous" "preceding" "prior";
    Word::Which(Which::Same) => "same" "that";
    Word::Near => "near" "foreseeable" "nearest" "immediate"; Word::Future => "future";
    Word::Every => "every" "each"; Word::Recurring => "annually"; Word::New => "new";
    Word::Day(-1) => "yesterday"; Word::Day(0) => "today" "tonight"; Word::Day(1) => "tomorrow";
    Word::LatinSince => "c";
    Word::Half(1) => "h1"; Word::Half(2) => "h2";
    Word::QuarterNumber(1) => "q1"; Word::QuarterNumber(2) => "q2"; Word::QuarterNumber(3) => "q3";
    Word::QuarterNumber(4) => "q4";
    Word::Some => "several" "few" "some" "many" "couple" "recent"; Word::About => "about" "around" "almost" "nearly" "roughly" "approximately" "circa" "exactly" "just";
    Word::Bind(Bind::In) => "in" "during" "within" "throughout"; Word::Bind(Bind::On) => "on"; Word::Bind(Bind::At) => "at";
    Word::Bind(Bind::Of) => "of"; Word::Bind(Bind::The) => "the" "its" "their"; Word::Bind(Bind::A) => "a" "an";
    Word::Bind(Bind::From) => "from"; Word::Bind(Bind::To) => "to" "through" "thru"; Word::Bind(Bind::And) => "and";
    Word::Bind(Bind::Between) => "between"; Word::Bind(Bind::Since) => "since"; Word::Bind(Bind::By) => "by";
    Word::Bind(Bind::Until) => "until" "till"; Word::Bind(Bind::Over) => "over"; Word::Bind(Bind::For) => "for";
    Word::Bind(Bind::Before) => "before"; Word::Bind(Bind::After) => "after"; Word::Bind(Bind::Ago) => "ago";
    Word::Bind(Bind::Earlier) => "earlier"; Word::Bind(Bind::Later) => "later"; Word::Bind(Bind::Or) => "or"; Word::Bind(Bind::Onward) => "onwards" "onward";
    Word::Bind(Bind::Than) => "than"; Word::Bind(Bind::Fiscal) => "fiscal" "financial" "calendar";
    Word::Count(1) => "one"; Word::Count(2) => "two"; Word::Count(3) => "three"; Word::Count(4) => "four";
    Word::Count(5) => "five"; Word::Count(6) => "six"; Word::Count(7) => "seven"; Word::Count(8) => "eight";
    Word::Count(9) => "nine"; Word::Count(10) => "ten"; Word::Count(11) => "eleven"; Word::Count(12) => "twelve";
    Word::Count(13) => "thirteen"; Word::Count(14) => "fourteen"; Word::Count(15) => "fifteen";
    Word::Count(16) => "sixteen"; Word::Count(17) => "seventeen"; Word::Count(19) => "nineteen"; Word::Count(60) => "sixty"; Word::Count(70) => "seventy";
    Word::Count(80) => "eighty"; Word::Count(90) => "ninety"; Word::Count(18) => "eighteen"; Word::Count(20) => "twenty"; Word::Count(30) => "thirty";
    Word::Count(40) => "forty"; Word::Count(50) => "fifty"; Word::Count(100) => "hundred";
    Word::Ordinal(1) => "first"; Word::Ordinal(2) => "second"; Word::Ordinal(3) => "third"; Word::Ordinal(4) => "fourth";
};

/// Russian.
#[rustfmt::skip]
const RUSSIAN: &[Row] = table! {
    month(1) => "январь" "января" "январе" "январю" "январем" "январём";
    month(2) => "февраль" "февраля" "феврале" "февралю" "февралем" "февралём";
    month(3) => "март" "марта" "марте" "марту" "мартом"; month(4) => "апрель" "апреля" "апреле" "апрелю" "апрелем";
    month(5) => "май" "мая" "мае" "маю" "маем"; month(6) => "июнь" "июня" "июне" "июню" "июнем";
    month(7) => "июль" "июля" "июле" "июлю" "июлем"; month(8) => "август" "августа" "августе" "августу" "августом";
    month(9) => "сентябрь" "сентября" "сентябре" "сентябрю" "сентябрем" "сентябрём";
    month(10) => "октябрь" "октября" "октябре" "октябрю" "октябрем" "октябрём";
    month(11) => "ноябрь" "ноября" "ноябре" "ноябрю" "ноябрем" "ноябрём";
    month(12) => "декабрь" "декабря" "декабре" "декабрю" "декабрем" "декабрём";
    Word::Weekday(1) => "понедельник" "понедельника" "понедельнику"; Word::Weekday(2) => "вторник" "вторника" "вторнику";
    Word::Weekday(3) => "среду"; Word::Weekday(4) => "четверг" "четверга" "четвергу";
    Word::Weekday(5) => "пятница" "пятницу" "пятницы" "пятнице"; Word::Weekday(6) => "суббота" "субботу" "субботы" "субботе";
    Word::Weekday(7) => "воскресенье" "воскресенья" "воскресенью";
    Word::WeekdayOfDate(1) => "пн" "пон"; Word::WeekdayOfDate(2) => "вт"; Word::WeekdayOfDate(3) => "ср" "среда" "среды" "среде";
    Word::WeekdayOfDate(4) => "чт" "чтв"; Word::WeekdayOfDate(5) => "пт" "пят"; Word::WeekdayOfDate(6) => "сб"; Word::WeekdayOfDate(7) => "вс";
    short(1) => "янв"; short(2) => "фев" "февр"; short(3) => "мар"; short(4) => "апр"; short(6) => "июн"; short(7) => "июл"; short(8) => "авг";
    short(9) => "сен" "сент"; short(10) => "окт"; short(11) => "ноя" "нояб"; short(12) => "дек";
    season(21) => "весна" "весну" "весны" "весне" "весной"; season(22) => "лето" "летом"; shy_season(22) => "лета" "лету";
    season(23) => "осень" "осенью" "осени"; season(24) => "зима" "зиму" "зимой" "зиме" "зимы";
    one(Unit::Day) => "день" "дня" "днем" "днём" "сутки"; many(Unit::Day) => "дней" "дни" "днями" "суток";
    one(Unit::Week) => "неделя" "неделе" "неделю" "неделей"; many(Unit::Week) => "недели" "недель" "неделями" "неделях";
    one(Unit::Month) => "месяц" "месяце" "месяца" "месяцем"; many(Unit::Month) => "месяцев" "месяцы" "месяцах";
    one(Unit::Quarter) => "квартал" "квартале" "квартала"; many(Unit::Quarter) => "кварталов";
    one(Unit::HalfYear) => "полугодие" "полугодии" "полугодия" "половина" "половине" "половины" "половину";
    one(Unit::Weekend) => "выходные" "выходных";
    many(Unit::Year) => "лет" "годы" "годов" "годах" "годами"; one(Unit::Year) => "год" "году" "годом";
    Word::Bind(Bind::YearWord) => "года" "г" "гг";
    one(Unit::Decade) => "десятилетие" "десятилетии"; many(Unit::Decade) => "десятилетия" "десятилетий";
    one(Unit::Century) => "век" "веке" "века" "столетие" "столетии" "столетия";
    Word::Part(Part::Early) => "начале" "начала" "началу" "начало"; Word::Part(Part::Mid) => "середине" "середины" "середину";
    Word::Part(Part::End) => "конце" "конца" "концу" "конец";
    Word::Every => "каждый" "каждую" "каждое" "каждые" "каждого" "каждой"; Word::DayOfMonth => "числа";
    Word::Recurring => "ежегодно" "ежемесячно" "еженедельно" "ежедневно" "ежеквартально";
    Word::Day(-2) => "позавчера"; Word::Day(-1) => "вчера"; Word::Day(0) => "сегодня"; Word::Day(1) => "завтра";
    Word::Day(2) => "послезавтра";
    Word::Some => "несколько" "нескольких" "пару"; Word::About => "примерно" "почти" "приблизительно" "ровно";
    Word::Bind(Bind::In) => "в" "во" "течение"; Word::Bind(Bind::On) => "на"; Word::Bind(Bind::From) => "с" "со"; Word::Bind(Bind::Dated) => "от"; Word::Bind(Bind::To) => "по";
    Word::Bind(Bind::And) => "и"; Word::Bind(Bind::Between) => "между"; Word::Bind(Bind::By) => "к" "ко";
    Word::Bind(Bind::Until) => "до"; Word::Bind(Bind::Over) => "за"; Word::Bind(Bind::Ago) => "назад"; Word::Bind(Bind::Hence) => "через" "чрез" "праз";
    Word::Bind(Bind::After) => "после"; Word::Bind(Bind::Elapsed) => "спустя"; Word::Bind(Bind::Earlier) => "ранее" "раньше"; Word::Bind(Bind::Later) => "позже" "позднее";
    Word::Bind(Bind::Since) => "начиная"; Word::Bind(Bind::Or) => "или";
    Word::Count(1) => "один" "одну" "одного"; Word::Count(2) => "два" "две" "двух"; Word::Count(3) => "три" "трех" "трёх"; Word::Count(4) => "четыре" "четырех" "четырёх";
    Word::Count(5) => "пять" "пяти"; Word::Count(6) => "шесть" "шести"; Word::Count(7) => "семь" "семи"; Word::Count(8) => "восемь" "восьми";
    Word::Count(9) => "девять" "девяти"; Word::Count(10) => "десять" "десяти"; Word::Count(15) => "пятнадцать" "пятнадцати"; Word::Count(20) => "двадцать" "двадцати";
    Word::Ordinal(1) => "первый" "первые" "первых" "первом" "первого" "первой" "первую"; Word::Ordinal(2) => "второй" "втором" "второго" "вторую";
    Word::Ordinal(3) => "третий" "третьем" "третьего"; Word::Ordinal(4) => "четвертый" "четвёртый" "четвертом" "четвёртом" "четвертого";
};

/// Belarusian and Ukrainian: months, weekdays and the commonest words that differ from Russian.
#[rustfmt::skip]
const BELARUSIAN_UKRAINIAN: &[Row] = table! {
    month(1) => "студзень" "студзеня" "студзені" "студзенем" "січень" "січня" "січні" "січнем" "січню";
    month(2) => "люты" "лютага" "лютым" "лютаму" "лютий" "лютого" "лютому" "лютим";
    month(3) => "сакавік" "сакавіка" "сакавіку" "сакавіком" "березень" "березня" "березні" "березнем" "березню";
    month(4) => "красавік" "красавіка" "красавіку" "красавіком" "квітень" "квітня" "квітні" "квітнем" "квітню";
    month(5) => "травень" "травеня" "траўня" "траўні" "траўнем" "травня" "травні" "травнем" "травню" "маі";
    month(6) => "чэрвень" "чэрвеня" "чэрвені" "чэрвенем" "червень" "червня" "червні" "червнем" "червню";
    month(7) => "ліпень" "ліпеня" "ліпені" "ліпенем" "липень" "липня" "липні" "липнем" "липню";
    month(8) => "жнівень" "жніўня" "жніўні" "жніўнем" "серпень" "серпня" "серпні" "серпнем" "серпню";
    month(9) => "верасень" "верасня" "верасні" "вераснем" "верасьня" "верасьні" "вересень" "вересня" "вересні" "вереснем" "вересню";
    month(10) => "кастрычнік" "кастрычніка" "кастрычніку" "кастрычнікам" "жовтень" "жовтня" "жовтні" "жовтнем" "жовтню";
    month(11) => "лістапад" "лістапада" "лістападзе" "лістападам" "листопад" "листопада" "листопаді" "листопадом" "листопаду";
    month(12) => "снежань" "снежня" "снежні" "снежнем" "сьнежань" "сьнежня" "сьнежні" "грудень" "грудня" "грудні" "груднем" "грудню";
    short(1) => "студз" "січ"; short(2) => "лют"; short(3) => "сак" "бер"; short(4) => "крас" "красав" "квіт" "кві"; short(5) => "траў" "трав";
    short(6) => "чэрв" "чэр" "черв" "чер"; short(7) => "ліп" "лип"; short(8) => "жнів" "жні" "жн" "серп" "сер"; short(9) => "вер" "верас";
    short(10) => "кастр" "каст" "жовт" "жов"; short(11) => "ліст" "лістап" "лист" "лис"; short(12) => "снеж" "сне" "груд" "гру";
    Word::Weekday(1) => "панядзелак" "панядзелка" "понеділок" "понеділка"; Word::Weekday(2) => "аўторак" "аўторка" "вівторок" "вівторка";
    Word::Weekday(3) => "сераду" "серады" "середу" "середи"; Word::Weekday(4) => "чацвер" "чацвярга" "четвер" "четверга";
    Word::Weekday(5) => "пятніцу" "пятніцы" "п’ятницю" "п'ятницю" "п’ятниці" "п'ятниці"; Word::Weekday(6) => "суботу" "суботы" "суботи";
    Word::Weekday(7) => "нядзелю" "нядзелі" "неділю" "неділі";
    Word::WeekdayOfDate(2) => "аў" "аўт"; Word::WeekdayOfDate(3) => "серада" "середа"; Word::WeekdayOfDate(4) => "чц";
    Word::WeekdayOfDate(5) => "пятніца" "п’ятниця" "п'ятниця"; Word::WeekdayOfDate(6) => "субота"; Word::WeekdayOfDate(7) => "нд" "нядз" "нядзеля" "неділя";
    season(22) => "лета" "летам" "улетку" "влітку" "літо" "літа" "літку"; season(23) => "восень" "восенню" "увосень" "осінь" "восени" "осені";
    season(24) => "зіму" "зімой" "зімы" "узімку" "взимку" "зими" "зимою"; season(21) => "вясну" "вясной" "вясны" "увесну" "навесні" "весни" "весною";
    one(Unit::Day) => "дзень" "дня" "день"; many(Unit::Day) => "дзён" "днів"; one(Unit::Week) => "тыдзень" "тыдня" "тыдні" "тыднем" "тиждень" "тижня" "тижні" "тижнем"; many(Unit::Week) => "тыдняў" "тижнів";
    one(Unit::Month) => "месяцы" "месяца" "місяць" "місяця" "місяці"; many(Unit::Month) => "месяцаў" "місяців"; one(Unit::Year) => "годзе" "годам" "рік" "року" "році" "роком" "роцi";
    one(Unit::Quarter) => "кварталі"; one(Unit::HalfYear) => "паўгоддзе" "паўгоддзі" "паўгоддзя" "півріччя" "півріччі" "палове" "палова" "палову" "паловы" "половині";
    one(Unit::Weekend) => "выхадныя" "выхадных" "вихідні" "вихідних"; one(Unit::Decade) => "дзесяцігоддзе" "дзесяцігоддзі" "десятиліття" "десятилітті" "десятиріччя";
    one(Unit::Century) => "стагоддзе" "стагоддзі" "стагоддзя" "століття" "столітті";
    many(Unit::Year) => "гадоў" "гады" "гадах" "років" "роки" "роках"; Word::Bind(Bind::YearWord) => "р" "рр";
    Word::YearsFrom(-1) => "торік" "летась" "леташні"; Word::YearsFrom(0) => "цьогоріч" "сёлета";
    Word::Every => "кожны" "кожную" "кожнае" "кожныя" "кожен" "кожний" "кожного" "кожну" "кожної" "кожні"; Word::DayOfMonth => "чысла";
    Word::Recurring => "щорічно" "щороку" "щомісяця" "щомісячно" "щотижня" "щодня" "штогод" "штомесяц" "штотыдзень" "штодня";
    Word::Day(-2) => "пазаўчора" "позавчора"; Word::Day(2) => "паслязаўтра" "післязавтра";
    Word::Day(-1) => "учора" "вчора"; Word::Day(0) => "сёння" "сьогодні"; Word::Day(1) => "заўтра";
    Word::Part(Part::Early) => "пачатку" "пачатак" "початку" "початок" "початком"; Word::Part(Part::Mid) => "сярэдзіне" "сярэдзіны" "середині" "середини"; Word::Part(Part::End) => "канцы" "канца" "кінці" "кінця" "кінець" "наприкінці";
    Word::Bind(Bind::In) => "у" "ў" "протягом" "цягам"; Word::Bind(Bind::From) => "з" "зі" "із"; Word::Bind(Bind::Dated) => "від" "ад"; Word::Bind(Bind::To) => "па"; Word::Bind(Bind::And) => "і" "й" "та";
    Word::Bind(Bind::Between) => "паміж" "між"; Word::Bind(Bind::Until) => "да"; Word::Bind(Bind::Ago) => "тому" "таму"; Word::Bind(Bind::Earlier) => "раней" "раніше";
    Word::Bind(Bind::Later) => "пазней" "пізніше"; Word::Bind(Bind::After) => "пасля" "після";
    Word::Bind(Bind::Since) => "пачынаючы" "починаючи";
    Word::Count(1) => "адзін" "адну"; Word::Count(2) => "дві" "дзве" "двух" "двох"; Word::Count(3) => "тры" "трох" "трьох"; Word::Count(4) => "чатыры" "чотири" "чатырох" "чотирьох";
    Word::Count(5) => "п’ять" "п'ять" "пяць" "пяці" "п’яти"; Word::Count(6) => "шість" "шэсць"; Word::Count(7) => "сім"; Word::Count(8) => "вісім" "восем"; Word::Count(9) => "дев’ять" "дзевяць";
    Word::Count(10) => "дзесяць"; Word::Some => "кілька" "некалькі" "декілька";
    Word::Ordinal(1) => "першы" "першыя" "першых" "перші" "перших" "першым" "першага" "першай" "першую" "перший" "першому" "першого" "першій"; Word::Ordinal(2) => "другі" "другім" "другой" "другую" "другога" "другий" "другому" "другого" "другій";
    Word::Ordinal(3) => "трэці" "трэцім" "третій" "третьому"; Word::Ordinal(4) => "чацвёрты" "чацвёртым" "четвертий" "четвертому";
};

/// Beginnings of Slavic adjectives that point: "прошлого", "минувшую", "нынешнем".
const POINTING: &[(Which, &[&str])] = &[
    (
        Which::Last,
        &[
            "прошл",
            "минувш",
            "последн",
            "прошедш",
            "минул",
            "останн",
            "мінул",
            "апошн",
        ],
    ),
    (
        Which::This,
        &[
            "нынешн",
            "текущ",
            "этом",
            "этой",
            "этого",
            "эту",
            "этот",
            "этим",
            "цього",
            "цьому",
            "гэтым",
            "гэтага",
            "гэтай",
            "гэты",
            "сяго",
            "цей",
            "цієї",
            "цій",
            "поточн",
            "бягуч",
            "цяперашн",
        ],
    ),
    (
        Which::Next,
        &[
            "следующ",
            "будущ",
            "ближайш",
            "предстоящ",
            "наступн",
            "найближч",
            "бліжэйш",
            "майбутн",
            "будуч",
        ],
    ),
    (
        Which::Previous,
        &["предыдущ", "предшествующ", "попередн", "папярэдн"],
    ),
];

/// The words and the beginnings that point, each behind a sieve.
struct Tables {
    words: FxHashMap<&'static str, Word>,
    may_be_word: Sieve<256>,
    /// In the order of [`POINTING`].
    pointing: Vec<(Which, &'static str)>,
    may_point: Sieve,
}

/// How many bytes of a beginning its sieve knows: two letters, which all have.
const KNOWN: usize = 4;

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (word, forms) in [ENGLISH, RUSSIAN, BELARUSIAN_UKRAINIAN]
        .into_iter()
        .flatten()
    {
        for form in *forms {
            words.entry(*form).or_insert(*word);
        }
    }
    let pointing: Vec<(Which, &str)> = POINTING
        .iter()
        .flat_map(|(which, stems)| stems.iter().map(|stem| (*which, *stem)))
        .collect();
    Tables {
        may_be_word: Sieve::of(words.keys().copied()),
        may_point: Sieve::of(pointing.iter().filter_map(|(_, stem)| stem.get(..KNOWN))),
        words,
        pointing,
    }
});

/// What a word can be part of a date as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning(pub(super) Word);

impl Meaning {
    /// Whether it can be what a time is told by; the others only bind such words.
    pub(super) const fn tells_a_time(self) -> bool {
        !self.0.only_joins()
            && !matches!(
                self.0,
                Word::Bind(_) | Word::About | Word::Some | Word::Near | Word::New
            )
    }
}

impl Default for Meaning {
    fn default() -> Self {
        Self(Word::Other)
    }
}

/// The words that dates are made of, in lower case. The first that has a form decides.
pub(crate) fn date_words() -> impl Iterator<Item = (&'static str, Meaning)> {
    let rows = [ENGLISH, RUSSIAN, BELARUSIAN_UKRAINIAN]
        .into_iter()
        .flatten();
    let words = rows.flat_map(|(word, forms)| forms.iter().map(|form| (*form, Meaning(*word))));
    words.chain([("s", Meaning(Word::Possessive))])
}

/// The beginnings of adjectives that point.
pub(crate) fn pointing_beginnings() -> impl Iterator<Item = &'static str> {
    POINTING.iter().flat_map(|(_, stems)| stems.iter().copied())
}

/// What a word is that is in no table, by its beginning.
pub(crate) fn pointed_by(word: &str) -> Meaning {
    Meaning(pointed(&TABLES, word))
}

/// What the word `lower` (in lower case) can be part of a date as.
pub(super) fn classify(lower: &str) -> Word {
    let tables = &*TABLES;
    if tables.may_be_word.may_hold(lower)
        && let Some(word) = tables.words.get(lower)
    {
        return *word;
    }
    // All beginnings that point are Cyrillic, and none is longer than a date word can be.
    let may_point = |start: &str| !start.is_ascii() && tables.may_point.may_hold(start);
    if lower.len() > 48 || !lower.get(..KNOWN).is_some_and(may_point) {
        return Word::Other;
    }
    pointed(tables, lower)
}

/// Whether `lower` (in lower case) is a word that dates are made of.
pub(crate) fn is_date_word(lower: &str) -> bool {
    classify(lower) != Word::Other
}

fn pointed(tables: &Tables, word: &str) -> Word {
    let mut pointing = tables.pointing.iter();
    let found = pointing.find(|(_, stem)| word.starts_with(stem));
    found.map_or(Word::Other, |(which, _)| Word::Which(*which))
}
