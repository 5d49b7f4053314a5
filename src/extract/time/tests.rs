use proptest::prelude::*;

use super::*;
use crate::extract::{glossary, publication, sentence};
use crate::model::finding::Finding;

/// Checks the dates of `text`, published on `published` (empty: unknown), as "words = value".
fn check(published: &str, text: &str, want: &[&str]) {
    let layout = Layout {
        paragraphs: vec![Span::new(0, text.len())],
        ..Layout::default()
    };
    let found = scan(text, &layout, &glossary::zones(text, &layout));
    let when = published.parse::<When>().ok();
    let publication = publication::read(text, &layout, &found, when.as_ref());
    let sentences = sentence::split(text, &layout.paragraphs);
    let got: Vec<String> = resolve(text, &found, &publication, &sentences)
        .iter()
        .filter_map(|s| match &s.finding {
            Finding::Time(t) => Some((t.span.of(text)?, t.when.as_ref())),
            _ => None,
        })
        .map(|(words, when)| {
            format!(
                "{words} = {}",
                when.map_or("?".to_owned(), ToString::to_string)
            )
        })
        .collect();
    assert_eq!(got, want, "{text:?}");
}

#[test]
fn dates_that_say_it_all() {
    check(
        "",
        "On 3 June 2011 and May 5th, 2012.",
        &["3 June 2011 = 2011-06-03", "May 5th, 2012 = 2012-05-05"],
    );
    check(
        "",
        "Signed 12.03.2015 (2015-04-01).",
        &["12.03.2015 = 2015-03-12", "2015-04-01 = 2015-04-01"],
    );
    check(
        "",
        "Written on 12. Mar 2015, as in clause 5. April was wet.",
        &["12. Mar 2015 = 2015-03-12", "April = XXXX-04"],
    );
    check(
        "",
        "7 октября 2019 года",
        &["7 октября 2019 года = 2019-10-07"],
    );
    check(
        "",
        "in early 2014, mid-August 2015 and H2 March 2016",
        &[
            "early 2014 = 2014-01/2014-04",
            "mid-August 2015 = 2015-08-11/2015-08-20",
            "H2 March 2016 = 2016-03-16/2016-03-31",
        ],
    );
    check(
        "",
        "лето 2019 года, второй квартал 2018 года",
        &[
            "лето 2019 года = 2019-22",
            "второй квартал 2018 года = 2018-04/2018-06",
        ],
    );
    check(
        "",
        "the late 1970s, 1990-е годы, the 19th century",
        &[
            "the late 1970s = 1977/1979",
            "1990-е годы = 199X",
            "the 19th century = 18XX",
        ],
    );
}

#[test]
fn ranges_share_what_one_end_says() {
    check(
        "",
        "Наприкінці березня – на початку квітня 2018 року мости закрили.",
        &["Наприкінці березня – на початку квітня 2018 року = 2018-03-21/2018-04-10"],
    );
    check(
        "",
        "Договор от 1997 года, начиная с 2010 года он действует.",
        &["от 1997 года = 1997", "начиная с 2010 года = 2010/.."],
    );
    check(
        "",
        "March 3rd-5th, 2010; 8–11 сентября 2010 года",
        &[
            "March 3rd-5th, 2010 = 2010-03-03/2010-03-05",
            "8–11 сентября 2010 года = 2010-09-08/2010-09-11",
        ],
    );
    check(
        "",
        "from 30 April to 2 May 2017",
        &["from 30 April to 2 May 2017 = 2017-04-30/2017-05-02"],
    );
    check(
        "",
        "in 2003-2005 and 2014/15",
        &["2003-2005 = 2003/2005", "2014/15 = 2014/2015"],
    );
    check(
        "2023-05-02",
        "The plant will deliver from 2026, with engines from 2019 and from late 2024 to 2025.",
        &[
            "from 2026 = 2026/..",
            "from 2019 = 2019",
            "from late 2024 to 2025 = 2024-09/2025",
        ],
    );
    check("", "It will deliver from 2026.", &["from 2026 = 2026"]);
    check(
        "2020-01-10",
        "from December 28 to January 3",
        &["from December 28 to January 3 = 2019-12-28/2020-01-03"],
    );
}

#[test]
fn open_ends() {
    check(
        "",
        "since 2010, by mid-2018, until 2030",
        &[
            "since 2010 = 2010/..",
            "by mid-2018 = ../2018-08",
            "until 2030 = ../2030",
        ],
    );
    check(
        "",
        "с 2010 года, к 2020 году, до конца 2016 года",
        &[
            "с 2010 года = 2010/..",
            "к 2020 году = ../2020",
            "до конца 2016 года = ../2016-12",
        ],
    );
}

#[test]
fn counted_from_the_publication() {
    let friday = "2019-03-15";
    check(
        friday,
        "last week, this month, next year",
        &[
            "last week = 2019-03-04/2019-03-10",
            "this month = 2019-03",
            "next year = 2020",
        ],
    );
    check(
        friday,
        "three years ago and a month ago",
        &["three years ago = 2016", "a month ago = 2019-02"],
    );
    check(
        friday,
        "earlier this month",
        &["earlier this month = 2019-03-01/2019-03-15"],
    );
    check(
        friday,
        "It met on Wednesday and last Friday.",
        &["Wednesday = 2019-03-13", "last Friday = 2019-03-08"],
    );
    check(
        friday,
        "in the coming years; in the near future",
        &["the coming years = 2019/..", "near future = 2019-03-15/.."],
    );
    check(
        friday,
        "over the past two years, last November",
        &["the past two years = 2017/2019", "last November = 2018-11"],
    );
    check(
        friday,
        "в прошлом году, на прошлой неделе, два года назад",
        &[
            "прошлом году = 2018",
            "прошлой неделе = 2019-03-04/2019-03-10",
            "два года назад = 2017",
        ],
    );
    check(
        friday,
        "в минувший вторник, вчера, за последние пять лет",
        &[
            "минувший вторник = 2019-03-12",
            "вчера = 2019-03-14",
            "последние пять лет = 2014/2019",
        ],
    );
    check(
        friday,
        "летом прошлого года и в сентябре",
        &["летом прошлого года = 2018-22", "сентябре = 2018-09"],
    );
    check(
        friday,
        "торік, місяць тому",
        &["торік = 2018", "місяць тому = 2019-02"],
    );
}

#[test]
fn the_next_day_goes_on_from_the_day_told() {
    check(
        "2019-03-15",
        "They met on 4 May 2016. The next day they left.",
        &["4 May 2016 = 2016-05-04", "The next day = 2016-05-05"],
    );
    check(
        "2019-03-15",
        "Они встретились 4 мая 2016 года. На следующий день они уехали.",
        &[
            "4 мая 2016 года = 2016-05-04",
            "следующий день = 2016-05-05",
        ],
    );
    check(
        "2019-03-15",
        "The next day they left.",
        &["The next day = ?"],
    );
}

#[test]
fn what_is_counted_is_no_year() {
    for text in [
        "Kenya delivered 2009 tractors to Uganda.",
        "Kenya bought 1998 boats.",
        "The plant employs 2008 people.",
        "More than 2015 tractors were shipped.",
        "Завод выпустил 2009 тракторов.",
        "Кения купила 1998 лодок.",
    ] {
        check("2020-06-15", text, &[]);
    }
    check(
        "2020-06-15",
        "They discussed 2018 elections, the disputed 2016 seats and 2019 rules in 2020.",
        &["2018 = 2018", "2016 = 2016", "2019 = 2019", "2020 = 2020"],
    );
    check(
        "2020-06-15",
        "They met in 2017 officials said.",
        &["2017 = 2017"],
    );
}

#[test]
fn spring_and_halves() {
    check(
        "2020-06-15",
        "In spring Kenya opened a port, with boats in spring water.",
        &["spring = 2020-21"],
    );
    check(
        "2020-06-15",
        "У першай палове 2016 года і ў другой палове 2017 года",
        &[
            "першай палове 2016 года = 2016-01/2016-06",
            "другой палове 2017 года = 2017-07/2017-12",
        ],
    );
}

#[test]
fn again_and_again() {
    check(
        "2020-06-15",
        "It meets every year, each spring, every two weeks and annually; each day of the visit.",
        &[
            "every year = ?",
            "each spring = ?",
            "every two weeks = ?",
            "annually = ?",
        ],
    );
    check(
        "2020-06-15",
        "Они встречаются каждый год и ежемесячно.",
        &["каждый год = ?", "ежемесячно = ?"],
    );
}

#[test]
fn days_with_a_name_or_without_a_month() {
    check(
        "2020-06-15",
        "On New Year's Day they met, in a new year.",
        &["New Year's Day = 2020-01-01"],
    );
    check(
        "2020-06-15",
        "They met on New Year’s Day 2017.",
        &["New Year’s Day 2017 = 2017-01-01"],
    );
    check(
        "2020-06-15",
        "Они встретились 24 числа. 5 числа прошлого месяца они уехали.",
        &[
            "24 числа = 2020-05-24",
            "5 числа прошлого месяца = 2020-05-05",
        ],
    );
    check(
        "2020-06-15",
        "Они встретились в марте 2017 года, а 9 числа уехали; всего их было 30.",
        &["марте 2017 года = 2017-03", "9 числа = 2017-03-09"],
    );
}

#[test]
fn a_verb_before_a_weekday_tells_which() {
    check(
        "2026-05-01",
        "It rained on Friday last week and on Monday of this week.",
        &[
            "Friday last week = 2026-04-24",
            "Monday of this week = 2026-04-27",
        ],
    );
    let tuesday = "2023-03-14";
    check(
        tuesday,
        "They signed on Thursday a deal that will help.",
        &["Thursday = 2023-03-09"],
    );
    check(
        tuesday,
        "They will sign on Thursday.",
        &["Thursday = 2023-03-16"],
    );
}

#[test]
fn years_in_words_and_what_is_over() {
    check(
        "",
        "in nineteen ninety-six",
        &["nineteen ninety-six = 1996"],
    );
    check(
        "2023-03-14",
        "at the weekend; over the latest quarter",
        &[
            "the weekend = 2023-03-11/2023-03-12",
            "the latest quarter = 2022-10/2022-12",
        ],
    );
    check(
        "",
        "the 1988 third quarter",
        &["the 1988 third quarter = 1988-07/1988-09"],
    );
}

#[test]
fn a_year_that_is_not_said() {
    check("2019-03-15", "They met in October.", &["October = 2018-10"]);
    check(
        "2019-03-15",
        "They will meet in October.",
        &["October = 2019-10"],
    );
    check(
        "2019-03-15",
        "Sunday, October 7",
        &["Sunday, October 7 = 2018-10-07"],
    );
    check(
        "",
        "It began on March 20, 2017 and ran from March 20 to May 1.",
        &[
            "March 20, 2017 = 2017-03-20",
            "from March 20 to May 1 = 2017-03-20/2017-05-01",
        ],
    );
    check(
        "",
        "On May 9th they signed a plan for 2001-2003.",
        &["May 9th = 2001-05-09", "2001-2003 = 2001/2003"],
    );
}

#[test]
fn a_day_takes_the_year_of_the_one_before_in_its_month() {
    check(
        "",
        "Signed on March 13, 2019. The other one was signed on March 14th.",
        &["March 13, 2019 = 2019-03-13", "March 14th = 2019-03-14"],
    );
    check(
        "",
        "They met on 5 May 2016. The plant opened on 9 July.",
        &["5 May 2016 = 2016-05-05", "9 July = XXXX-07-09"],
    );
    check(
        "",
        "В 2015 году, 3 мая 2015 года, начали переговоры; через год их закончили.",
        &[
            "2015 году = 2015",
            "3 мая 2015 года = 2015-05-03",
            "через год = 2016",
        ],
    );
}

#[test]
fn what_lies_before_any_calendar_has_no_value() {
    check(
        "2024-06-13",
        "999 centuries ago and in 999 centuries",
        &["999 centuries ago = ?"],
    );
}

#[test]
fn unknown_stays_unknown() {
    check(
        "",
        "Last week, on Friday and three years ago.",
        &["Last week = ?", "Friday = ?", "three years ago = ?"],
    );
    check(
        "",
        "On 12 May and in September.",
        &["12 May = XXXX-05-12", "September = XXXX-09"],
    );
    check("2019-03-15", "on February 30", &["February 30 = ?"]);
}

#[test]
fn years_and_months_of_other_shapes() {
    check(
        "",
        "осенью 2011-го, в первой половине 2012 года",
        &[
            "осенью 2011-го = 2011-23",
            "первой половине 2012 года = 2012-01/2012-06",
        ],
    );
    check(
        "",
        "May-June 2013, no later than 2022",
        &[
            "May-June 2013 = 2013-05/2013-06",
            "later than 2022 = ../2022",
        ],
    );
    check(
        "2019-03-15",
        "the last week of June; some 2000 people",
        &["June = 2018-06"],
    );
}

#[test]
fn counted_from_the_text() {
    check(
        "2018-07-30",
        "Порт закрыли 30 июля 2018 года. Днем ранее шли дожди.",
        &["30 июля 2018 года = 2018-07-30", "Днем ранее = 2018-07-29"],
    );
    check(
        "",
        "In 2001 he won. The following year he lost.",
        &["2001 = 2001", "The following year = 2002"],
    );
    check(
        "",
        "On 28 May 2010 it began; two days later it ended.",
        &["28 May 2010 = 2010-05-28", "two days later = 2010-05-30"],
    );
    for later in ["Два дня спустя", "Спустя два дня"] {
        check(
            "",
            &format!("11 сентября 2024 года начали. {later} закончили."),
            &[
                "11 сентября 2024 года = 2024-09-11",
                &format!("{later} = 2024-09-13"),
            ],
        );
    }
}

#[test]
fn what_only_looks_like_a_date() {
    check(
        "2019-03-15",
        "They may march on. Vision 2030 costs $2000, or 1550 units.",
        &[],
    );
    check(
        "2019-03-15",
        "BMP-2000 and order № 2015 weigh 2.015 kg at 10:30.",
        &[],
    );
    check(
        "2019-03-15",
        "In the end it fell; the second spring broke.",
        &[],
    );
    check(
        "2019-03-15",
        "See https://a.example/2018/04/05/monday, <a title='3 May 2011'> or [1](http://b.example/Friday).",
        &[],
    );
    check(
        "2019-03-15",
        "See https://a.example/c\u{fffd}Friday too.",
        &[],
    );
}

#[test]
fn a_form_that_follows_a_count_is_none_by_itself() {
    check("2019-03-15", "Год назад", &["Год назад = 2018"]);
    check("2019-03-15", "Сколько-то года назад, через года", &[]);
}

#[test]
fn words_that_are_cut_by_a_mark_or_sign_are_read() {
    check(
        "2019-03-15",
        "a week'yesterday, ٣yesterday, 3&nbsp;May 2011",
        &[
            "yesterday = 2019-03-14",
            "yesterday = 2019-03-14",
            "3&nbsp;May 2011 = 2011-05-03",
        ],
    );
    check("2019-03-15", "x'yesterday", &["yesterday = 2019-03-14"]);
    check("2019-03-15", "٣yesterday", &["yesterday = 2019-03-14"]);
}

fn assert_in_range(text: &str) {
    let layout = Layout {
        paragraphs: vec![Span::new(0, text.len())],
        ..Layout::default()
    };
    let mut end = 0;
    for found in scan(text, &layout, &glossary::zones(text, &layout)) {
        assert!(
            found.span.start >= end && found.span.start < found.span.end,
            "{found:?} in {text:?}"
        );
        assert!(found.span.of(text).is_some(), "{found:?} in {text:?}");
        end = found.span.end;
    }
    let read = |published: Option<When>| {
        let found = scan(text, &layout, &glossary::zones(text, &layout));
        let publication = publication::read(text, &layout, &found, published.as_ref());
        resolve(
            text,
            &found,
            &publication,
            &sentence::split(text, &layout.paragraphs),
        )
    };
    for published in [
        "",
        "2019-03-31",
        "2020-02-29",
        "9999-12-31",
        "0000-01-01",
        "2019-10-07/2019-10-13",
        "-9999",
    ] {
        let _ = read(published.parse().ok());
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        assert_in_range(&text);
    }

    #[test]
    fn any_shuffle_of_date_words_is_read(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "the", "last", "next", "of", "7", "7th", "31", "2019", "9999", "1000", "99", "February", "May", "Dec", ".", ",", "-", "–", "to",
            "from", "since", "by", "until", "early", "mid", "end", "H1", "Q4", "first", "half", "quarter", "year", "years", "decade", "century",
            "week", "month", "weekend", "Friday", "(", ")", "'s", "1990s", "ago", "later", "following", "this", "a", "999", "and", "between", "XXI",
            "в", "с", "по", "до", "конца", "прошлого", "года", "лет", "назад", "октября", "7-го", "1990-х", "вчера", "спустя", "лето", "/", "over", "summer",
        ]), 0..24),
        glue in proptest::collection::vec(proptest::bool::ANY, 24),
    ) {
        let mut text = String::new();
        for (word, glued) in words.iter().zip(glue) {
            text.push_str(if glued { "" } else { " " });
            text.push_str(word);
        }
        assert_in_range(&text);
    }
}
