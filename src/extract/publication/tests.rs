//! Where sites of four languages print the date of a page. All samples are made up.

use super::*;
use crate::extract::{Lined, glossary, layout};

const EN: &str = "The harbour of the town will be dredged next spring, the council said on Monday after a long meeting.\n\nThe work is to be paid for out of the fees of the port, an engineer told the members of the board.\n";
const RU: &str = "Гавань города весной углубят, сообщили в понедельник в городском совете после долгого заседания.\n\nРаботы оплатят из портовых сборов, рассказал членам совета главный инженер управления порта.\n";
const BE: &str = "Гавань горада вясной паглыбяць, паведамілі ў панядзелак у гарадскім савеце пасля доўгага пасяджэння.\n\nПрацы аплацяць з партовых збораў, расказаў членам савета галоўны інжынер упраўлення порта.\n";
const UK: &str = "Гавань міста навесні поглиблять, повідомили в понеділок у міській раді після довгого засідання.\n\nРоботи оплатять із портових зборів, розповів членам ради головний інженер управління порту.\n";

fn published(text: &str) -> String {
    let layout = layout::read(&Lined::new(text), None, |_| false);
    let found = time::scan(text, &layout, &glossary::zones(text, &layout));
    let publication = read(text, &layout, &found, None);
    publication
        .when
        .map_or_else(|| "-".to_owned(), |when| when.to_string())
}

/// `{}` in a sample is the body in the language of its group.
fn check(body: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(want, sample)| (*want, published(&sample.replace("{}", body)), *sample))
        .filter(|(want, got, _)| want != got)
        .collect();
    assert!(wrong.is_empty(), "want, got, sample: {wrong:#?}");
}

const ENGLISH: &[(&str, &str)] = &[
    // Before the first word, with the agency behind.
    ("2024-03-12", "12 March 2024; HNA: {}"),
    // Alone on its line, below a summary.
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nThe council will pay for two of three basins, with completion targeted for 2030 and 2031.\n\nThe old harbour on May 2, 2020. PHOTO: HNA\n\nMarch 12, 2024\n\nOSLO – {}",
    ),
    // Glued to what stands before it, or behind the last full stop.
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nports.exampleRead the originalMarch 12, 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n{}\n\nThe quay stays open, they said. 12. Mar 2024 at 14:05 | Compiled by staff Get our news daily.",
    ),
    (
        "-",
        "Harbour to be dredged next spring\n\n{}\n\nThe quay stays open. The ferry left on 12 March 2024 at 14:05.",
    ),
    // By its path.
    (
        "2024-03-12",
        "---\ntitle: Harbour to be dredged\npermalink: /news/2024-03-12-harbour-to-be-dredged/\n---\n{}",
    ),
    // A day without its year is kept as that.
    (
        "XXXX-03-12",
        "Harbour to be dredged\n\nOSLO, March 12 (HNA) -- {}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged\n\n12.03.2024\n\nOSLO, March 12 (HNA) -- {}",
    ),
    // Days that head the parts of a chronicle.
    (
        "-",
        "Harbour chronicle\n\n{}\n\nMarch 12, 2024\n\n{}\n\nMarch 13, 2024\n\n{}",
    ),
    // Date lines above and below the headline.
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nTuesday 12 March 2024 14.05 GMT\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nBy Jane Doe\nMarch 12, 2024, 2:05 PM EST\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nPublished 12 Mar 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nPosted on March 12, 2024 by admin\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nPosted on 12 March, 2024 in News, Ports\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n12 March 2024 | 3 min read | 1,204 views\n\n{}",
    ),
    (
        "2024-03-12",
        "PORTS\n\nMar 12, 2024\n\nHarbour to be dredged next spring\n\n{}",
    ),
    (
        "2024-03-12",
        "Ports and harbours 12.03.2024 at 14:05\nHarbour to be dredged next spring\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n3 Comment(s)Print E-mail Hona, March 12, 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nTue, 12 Mar 2024 14:05:00 +0300\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n2024-03-12T14:05:00+03:00\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n2024/03/12 14:05\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n14:05, 12 March 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n12-Mar-2024 14:05 IST\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nJane Doe, Harbour News | 12th March 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nJane Doe · Mar 12, 2024 · 5 min read\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nBy JANE DOE MARCH 12, 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nPortsMarch 12, 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nShare Tweet Print\nMarch 12, 2024\n36 comments\n\n{}",
    ),
    (
        "2024-03-12",
        "12.03.2024 Harbour to be dredged next spring\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring - 12.03.2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nDate: 12 March 2024\nPlace: Oslo\n\n{}",
    ),
    // The change is not the publication.
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nUpdated 14 March 2024, first published 12 March 2024\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nPublished: 12 March 2024 – 14:05 | Updated: 13 March 2024 – 17:30\n\n{}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\nLast updated:\n13 March 2024\nPublished:\n12 March 2024\n\n{}",
    ),
    (
        "2024-03-13",
        "Harbour to be dredged next spring\nLast updated 13 March 2024\n\n{}",
    ),
    // Datelines.
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nOSLO, March 12, 2024 (Harbour News) -- {}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nOslo, 12 March 2024 — {}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n(Oslo) 12-03-2024 - {}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n**OSLO, March 12, 2024 —** {}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nOslo. 12 March 2024. Harbour News. {}",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\nMarch 12, 2024 14:05 {}",
    ),
    // Front matter.
    (
        "2024-03-12",
        "---\ntitle: Harbour to be dredged\ndate: 2024-03-12\nupdated: 2024-03-14\n---\n\n{}",
    ),
    (
        "2024-03-12",
        "---\ntitle: Harbour to be dredged\npublished_at: \"2024-03-12T14:05:00Z\"\n---\n\n{}",
    ),
    // At the end.
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n{}\nHarbour Office\nOslo\n12 March 2024\n",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n{}\nThe fishermen agree with it. HNA 12 March 2024",
    ),
    (
        "2024-03-12",
        "Harbour to be dredged next spring\n\n{}\nSource: Harbour News, 12 March 2024\n",
    ),
    // Figures that can be read in two ways.
    (
        "2024-03-25",
        "Harbour to be dredged next spring\n25/03/2024\n\n{}",
    ),
    (
        "2024-03-25",
        "Harbour to be dredged next spring\n03/25/2024\n\n{}",
    ),
    ("-", "Harbour to be dredged next spring\n03/04/2024\n\n{}"),
    (
        "2024-03-04",
        "Harbour to be dredged next spring\n03/04/2024 10:30 AM EST\n\n{}",
    ),
    (
        "2024-04-03",
        "Harbour to be dredged next spring\n03/04/2024 10:30 GMT\n\n{}",
    ),
    (
        "2024-03-04",
        "Harbour to be dredged next spring\n03/04/2024\n\n{}\nThe board met on March 2 and agreed to it.",
    ),
    // None of the page's own.
    ("-", "Harbour to be dredged next spring\n2 days ago\n\n{}"),
    (
        "-",
        "Harbour to be dredged next spring\n\n{}\n© 2024 Harbour News. All rights reserved.",
    ),
    (
        "-",
        "Harbour to be dredged next spring\nPhoto: Jane Doe, 14 February 2024\n\n{}",
    ),
    (
        "-",
        "Harbour to be dredged next spring\n\n{}\nRelated stories\n\nFishermen protest in the port\nMarch 10, 2024\nAnother quay is closed\nMarch 9, 2024\n",
    ),
    (
        "-",
        "Harbour to be dredged next spring\n\nOn 12 March 2024 the council of the town agreed to have the harbour dredged, after it had waited for years.\n\n{}",
    ),
    (
        "-",
        "Harbour to be dredged next spring\n\n{}\nFishermen protest in the port of the town\n12 March 2024\n",
    ),
];

#[test]
fn english_pages() {
    check(EN, ENGLISH);
}

#[test]
fn russian_pages() {
    check(
        RU,
        &[
            (
                "2024-03-12",
                "12 марта 2024, 14:05\n\nГавань города углубят весной\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\n12.03.2024, 14:05\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\n14:05 12.03.24\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n12 марта 2024 г., вторник\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\nВторник, 12 марта 2024\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n12 мар. 2024 в 14:05 | Экономика\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\nОпубликовано: 12.03.2024 Просмотров: 1 204\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\nОбновлено: 13 марта 2024, 10:00\nОпубликовано: 12 марта 2024, 14:05\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\nАнна Петрова, 12 марта 2024, 14:05 МСК\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\nАвтор: Анна Петрова | 12.03.2024 | Комментариев: 4\n\n{}",
            ),
            (
                "2024-03-12",
                "Экономика12 марта 2024\nГавань города углубят весной\n\n{}",
            ),
            (
                "2024-03-12",
                "Главная / Новости / Порты\n\nГавань города углубят весной\n\n12 марта 2024, 14:05   👁 3 418   💬 12\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\nМОСКВА, 12 марта 2024 — Порт-Информ. {}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\nМосква. 12 марта 2024. ПОРТ-ИНФОРМ - {}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\n12.03.2024 14:05 {}",
            ),
            (
                "2024-04-03",
                "Гавань города углубят весной\n03/04/2024\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n5.03.2024 г. прошло\n12.03.2024\n\n{}",
            ),
            (
                "2024-03-05",
                "5.03.2024\nГавань города углубят весной\n\n{}",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\n{}\nИсточник: «Порт-Информ», 12 марта 2024 года\n",
            ),
            (
                "2024-03-12",
                "Гавань города углубят весной\n\n{}\nДата публикации: 12.03.2024\n",
            ),
            (
                "2024-03-12",
                "---\ntitle: \"Гавань города\"\ndate: 2024-03-12T14:05\n---\n\n{}",
            ),
            (
                "-",
                "Гавань города углубят весной\n\n{}\nДата обращения: 12.03.2024\n",
            ),
            (
                "-",
                "Гавань города углубят весной\n\n12 марта 2024 года городской совет решил углубить гавань, чего рыбаки ждали уже много лет подряд.\n\n{}",
            ),
            ("-", "Гавань города углубят весной\nВчера, 14:05\n\n{}"),
        ],
    );
}

#[test]
fn belarusian_and_ukrainian_pages() {
    check(
        BE,
        &[
            (
                "2024-06-12",
                "Гавань горада паглыбяць вясной\n\n12 чэрвеня 2024, 16:20\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань горада паглыбяць вясной\n12 чэрвеня 2024, 16:20   Тэкст: Ганна Сойка   Фота: прэс-служба порта\n\n{}",
            ),
            (
                "2024-06-12",
                "Апублікавана: 12.06.2024\nГавань горада паглыбяць вясной\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань горада паглыбяць вясной\nСерада, 12 чэрвеня 2024 г.\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань горада паглыбяць вясной\n12 чэрв. 2024 | 1 204 прагляды\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань горада паглыбяць вясной\nАбноўлена 14.06.2024, апублікавана 12.06.2024\n\n{}",
            ),
        ],
    );
    check(
        UK,
        &[
            (
                "2024-06-12",
                "Гавань міста поглиблять навесні\n\n12 червня 2024, 16:20\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань міста поглиблять навесні\nСереда, 12 червня 2024, 16:20\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань міста поглиблять навесні\n12 черв. 2024 р. 16:20 | Автор: Ганна Сойка | Читати 3 хв\n\n{}",
            ),
            (
                "2024-06-12",
                "Опубліковано 12.06.2024 о 16:20\nГавань міста поглиблять навесні\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань міста поглиблять навесні\n12 червня, 2024\nПереглядів: 120\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань міста поглиблять навесні\nОновлено: 13 червня 2024 р.\nОпубліковано: 12 червня 2024 р.\n\n{}",
            ),
            (
                "2024-06-12",
                "Гавань міста поглиблять навесні\n\nКИЇВ, 12 червня 2024 – Порт-Новини. {}",
            ),
        ],
    );
}

/// Status, date, the day that the text tells of instead, and the reason.
fn status(text: &str) -> (PublicationStatus, String, String, String) {
    let layout = layout::read(&Lined::new(text), None, |_| false);
    let found = time::scan(text, &layout, &glossary::zones(text, &layout));
    let publication = read(text, &layout, &found, None);
    let shown = |when: Option<When>| when.map_or_else(|| "-".to_owned(), |when| when.to_string());
    (
        publication.status,
        shown(publication.when),
        shown(publication.content_when),
        publication.reason,
    )
}

#[test]
fn what_is_told_as_past_is_not_later_than_the_page() {
    let page = |told: &str| {
        let more =
            "The harbour is the second of its kind on the coast, an engineer told the board.";
        status(&format!(
            "Harbour to be dredged\n\n3 February 2012\n\n{told}\n\n{more}\n"
        ))
    };
    for (told, want) in [
        (
            "In May 2015 the towns of Hona and Berg signed a plan for the harbour and its port.",
            "2015-05",
        ),
        (
            "The plan for the harbour and its port was signed in 2015 by the towns of Hona and Berg.",
            "2015",
        ),
        (
            "В мае 2015 года города Гона и Берг подписали план работ в гавани и в порту города.",
            "2015-05",
        ),
        (
            "The fees of the port and of the harbour, says a list, are those of 3 May 2145 and later.",
            "2145-05-03",
        ),
    ] {
        let (status, when, content, reason) = page(told);
        assert_eq!(status, PublicationStatus::Conflict, "{told}");
        assert_eq!(
            (when.as_str(), content.as_str()),
            ("2012-02-03", want),
            "{told}"
        );
        assert!(reason.contains("later"), "{reason}");
    }
    for told in [
        "In May 2015 the towns of Hona and Berg will sign a plan for the harbour and its port.",
        "The towns of Hona and Berg signed a plan for the harbour and its port to be built in 2015.",
        "The towns of Hona and Berg agreed to have a harbour and its port by 2015, and paid for it.",
        "The contract that was signed is for the delivery of a harbour crane and its parts in 2015.",
        "The contract of the towns of Hona and Berg covers all cranes and boats delivered in 2015.",
        "The plan adopted in 2011 by the towns of Hona and Berg is for works in the harbour in 2015.",
    ] {
        assert_eq!(page(told).0, PublicationStatus::Stated, "{told}");
    }
}

#[test]
fn a_digest_prints_the_days_that_it_sums_up() {
    for (title, body) in [
        ("Digest of harbour works, 4-10 March 2024", EN),
        ("Weekly review: 4-10 March 2024", EN),
        ("Обзор портовых работ за 4–10 марта 2024 года", RU),
    ] {
        let (status, when, ..) = status(&format!("{title}\n\n{body}"));
        assert_eq!(status, PublicationStatus::Period, "{title}");
        assert_eq!(when, "2024-03-04/2024-03-10", "{title}");
    }
    let (status, ..) = status(&format!("Harbour festival held, 4-10 March 2024\n\n{EN}"));
    assert_eq!(status, PublicationStatus::Missing);
}

#[test]
fn a_reason_says_what_is_wrong_with_a_date() {
    let page = |date: &str| {
        status(&format!(
            "Harbour to be dredged next spring\n\n{date}\n\n{EN}"
        ))
    };
    let (status, _, _, reason) = page("2024-02-30");
    assert_eq!(status, PublicationStatus::Missing);
    assert!(
        reason.contains("“2024-02-30”") && reason.contains("no such day"),
        "{reason}"
    );
    let (status, _, _, reason) = page("Friday, 14 June 2016");
    assert_eq!(status, PublicationStatus::Conflict);
    assert!(reason.ends_with("in 2013 and 2019."), "{reason}");
}
