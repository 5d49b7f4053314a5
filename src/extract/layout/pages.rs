//! Whole pages as sites print them, made up: what is masked, what is kept, and where the date is.

use super::Layout;
use crate::model::finding::Finding;
use crate::model::span::Span;

struct Page {
    text: &'static str,
    date: &'static str,
    /// Beginnings of furniture, and of lines of the body.
    furniture: &'static [&'static str],
    body: &'static [&'static str],
}

const PAGES: &[Page] = &[
    Page {
        text: concat!(
            "Skip to main content\n",
            "You are here: Home » News » Trade\n",
            "USD 1.08 EUR 0.92\n",
            "\n",
            "Oslo and Lisbon sign fisheries accord\n",
            "LIVE\n",
            "By John Smith and Mary Major, Staff Reporters\n",
            "Last updated: 5 March 2024 at 18:20 | Published: 4 March 2024 at 09:15\n",
            "Listen to this article · 4 min\n",
            "\n",
            "Norway and Portugal on Monday signed an accord on cod quotas, the fisheries ministry said.\n",
            "\n",
            "The accord will run until the end of 2027. \"We are glad,\" the minister said.\n",
            "\n",
            "ADVERTISEMENT — CONTINUE READING BELOW\n",
            "\n",
            "RELATED: Iceland raises its mackerel quota\n",
            "\n",
            "Portugal will get 4,000 tonnes a year. It had asked for 6,000.\n",
            "\n",
            "Spain, by contrast, left the talks in January. It said no.\n",
            "\n",
            "(Reporting by John Smith; Editing by Ann Other)\n",
            "\n",
            "Was this article helpful? Yes No\n",
            "Have a tip? Write to tips@example.com\n",
            "Topics: Norway, Portugal, cod\n",
            "More on this topic\n",
            "Denmark to close two cod banks\n",
            "Faroe skippers ask for help\n",
            "About us | Contact | Privacy\n",
        ),
        date: "2024-03-04",
        furniture: &[
            "Skip to main",
            "You are here",
            "Listen to this",
            "ADVERTISEMENT",
            "RELATED: Iceland",
            "(Reporting by",
            "Was this article",
            "Have a tip",
            "Topics:",
            "Denmark to close",
            "About us",
        ],
        body: &[
            "Norway and Portugal on",
            "The accord will",
            "Portugal will get",
            "Spain, by contrast",
        ],
    },
    Page {
        text: concat!(
            "THE DAILY LANTERN\n",
            "Friday, 8 November 2019\n",
            "World   Politics   Business   Sport\n",
            "\n",
            "Ghana buys Czech radars\n",
            "\n",
            "ACCRA, Nov 7 (Lantern) - Ghana has bought three radars from the Czech Republic, its air force said on Thursday.\n",
            "\n",
            "They are to be delivered by next summer.\n",
            "\n",
            "A Czech team visited Accra last month. It will be back in April.\n",
            "\n",
            "Photo shows the radar at Pardubice. Credit: Czech Army/Handout\n",
            "\n",
            "The two have worked together since 2011.\n",
            "\n",
            "Follow us on Twitter @lantern\n",
            "Comments (2)\n",
            "kofi77: Good move at last.\n",
            "Ama: And who pays for it?\n",
        ),
        date: "2019-11-08",
        furniture: &["Follow us on", "Comments (2)", "kofi77", "Photo shows"],
        body: &["ACCRA", "They are to be", "A Czech team", "The two have"],
    },
    Page {
        text: concat!(
            "Chile and Peru agree on border trains\n",
            "\n",
            "Posted by admin in Transport on Jun 3rd, 2021 | 0 comments\n",
            "\n",
            "Chile and Peru have agreed to run trains over the border again from July, both governments said on Wednesday.\n",
            "\n",
            "The line was closed in 2012. It needs new bridges.\n",
            "\n",
            "Bolivia was not asked. Its minister complained.\n",
            "\n",
            "About the author: Maria Lopez writes on railways and is the author of two books.\n",
            "\n",
            "Share this: Facebook Twitter Email\n",
            "\n",
            "Like this: Like Loading...\n",
            "\n",
            "Previous: Argentina sells its buses\n",
            "Next: Uruguay orders locomotives\n",
            "\n",
            "Leave a Reply\n",
            "Your email address will not be published. Required fields are marked *\n",
        ),
        date: "2021-06-03",
        furniture: &[
            "About the author",
            "Share this",
            "Like this",
            "Previous: Arg",
            "Next: Uru",
            "Leave a Reply",
            "Your email",
        ],
        body: &["Chile and Peru have", "The line was", "Bolivia was not"],
    },
    Page {
        text: concat!(
            "Вестник приморья\n",
            "Главная » Экономика » Порты\n",
            "Курс валют: USD 90,12 EUR 98,30\n",
            "\n",
            "Турция и Алжир построят верфь в Оране\n",
            "\n",
            "05.02.2022 | 11:45\n",
            "Просмотров: 1 120\n",
            "Фото: АПН\n",
            "\n",
            "Турция и Алжир договорились построить верфь в Оране, сообщило в пятницу министерство промышленности Алжира.\n",
            "\n",
            "Стройка начнётся в мае. Деньги даст турецкая сторона.\n",
            "\n",
            "Читайте также: Тунис закрыл порт Бизерта\n",
            "\n",
            "Марокко от участия отказалось. Причин не назвали.\n",
            "\n",
            "Ранее, в октябре 2021 года, стороны подписали меморандум.\n",
            "\n",
            "Понравилась статья? Поделитесь с друзьями!\n",
            "Подписывайтесь на наш канал в Telegram, чтобы первыми узнавать новости\n",
            "Новости СМИ2\n",
            "Эксперты назвали самый дешёвый курорт\n",
            "Учёные нашли древний город\n",
            "Комментарии (3)\n",
            "Гость: Давно пора\n",
            "© 2022 Вестник приморья. При использовании материалов гиперссылка обязательна. 16+\n",
        ),
        date: "2022-02-05",
        furniture: &[
            "Главная »",
            "Фото: АПН",
            "Читайте также: Т",
            "Понравилась",
            "Подписывайтесь",
            "Эксперты назвали",
            "Комментарии",
            "Гость:",
            "© 2022",
        ],
        body: &[
            "Турция и Алжир договорились",
            "Стройка начн",
            "Марокко от",
            "Ранее, в",
        ],
    },
    Page {
        text: concat!(
            "Эстония и Кения договорились о цифровых паспортах | Балтинфо\n",
            "\n",
            "Эстония и Кения договорились о цифровых паспортах\n",
            "\n",
            "Балтинфо, 17 августа 2023 г.\n",
            "\n",
            "Текст: Пётр Иванов\n",
            "\n",
            "ТАЛЛИН. Эстония и Кения в среду подписали договор о цифровых паспортах.\n",
            "\n",
            "Первые паспорта выдадут в начале 2024 года. Ещё раньше откроют учебный центр в Найроби.\n",
            "\n",
            "Руанда от такого же договора отказалась.\n",
            "\n",
            "«Мы довольны», — сказал министр.\n",
            "\n",
            "Теги: Эстония Кения паспорта\n",
            "\n",
            "Оцените материал: ★★★★☆ (12 голосов)\n",
            "Следующая новость: Латвия купит автобусы\n",
            "Ещё новости\n",
            "Финляндия открывает консульство\n",
            "Польша закрывает шахту\n",
        ),
        date: "2023-08-17",
        furniture: &["Теги", "Оцените", "Следующая новость", "Финляндия откры"],
        body: &["ТАЛЛИН", "Первые паспорта", "Руанда от", "«Мы дов"],
    },
    Page {
        text: concat!(
            "Как Оман и Ботсвана делят алмазы\n",
            "\n",
            "Автор: Ольга Синицына\n",
            "Опубликовано 09 июня 2020 в 08:30\n",
            "Категория: Аналитика\n",
            "\n",
            "Оман купил у Ботсваны алмазы на 20 миллионов долларов, сообщил во вторник министр торговли.\n",
            "\n",
            "Сделку готовили два года. Она закрыта в мае.\n",
            "\n",
            "Намибия в сделке не участвует.\n",
            "\n",
            "Об авторе\n",
            "Ольга Синицына — обозреватель, специалист по рынку камней.\n",
            "\n",
            "Материалы по теме:\n",
            "1. Алмазы Анголы дорожают\n",
            "2. Лесото ищет покупателей\n",
            "\n",
            "Нашли опечатку? Выделите её и нажмите Ctrl + Enter.\n",
        ),
        date: "2020-06-09",
        furniture: &[
            "Категория",
            "Об авторе",
            "Алмазы Анголы",
            "Лесото ищет",
            "Нашли опечатку",
        ],
        body: &["Оман купил", "Сделку готовили", "Намибия в"],
    },
    Page {
        text: concat!(
            "Головна → Економіка → Транспорт\n",
            "\n",
            "Словаччина передасть Молдові вагони\n",
            "\n",
            "Опубліковано: 21 січня 2022, 13:05 • Оновлено: 22 січня 2022\n",
            "Переглядів: 540 • Коментарів: 3\n",
            "\n",
            "Словаччина до кінця березня передасть Молдові десять вагонів, повідомили в середу в Кишиневі.\n",
            "\n",
            "Вагони зроблено у 2015 році.\n",
            "\n",
            "Румунія обіцяла локомотив. Його ще немає.\n",
            "\n",
            "Угорщина відмовилася брати участь.\n",
            "\n",
            "Більше новин — у нашому Telegram\n",
            "Підписуйтесь на нас у Facebook\n",
            "Дивіться також\n",
            "Чехія купує трамваї\n",
            "Польща ремонтує колію\n",
            "Передрук лише з посиланням\n",
        ),
        date: "2022-01-21",
        furniture: &[
            "Головна →",
            "Більше новин",
            "Підписуйтесь",
            "Чехія купує",
            "Передрук",
        ],
        body: &[
            "Словаччина до",
            "Вагони зроб",
            "Румунія обі",
            "Угорщина від",
        ],
    },
    Page {
        text: concat!(
            "Навіны / Свет\n",
            "\n",
            "Грэцыя і Катар будуць разам лавіць кальмараў\n",
            "\n",
            "3 сакавіка 2021 г.   👁 220   Аўтар: Янка Верас\n",
            "\n",
            "Грэцыя і Катар падпісалі ў сераду пагадненне аб лоўлі кальмараў.\n",
            "\n",
            "Яно пачне дзейнічаць у траўні. Кіпр далучыцца пазней.\n",
            "\n",
            "Турцыя ад удзелу адмовілася.\n",
            "\n",
            "Яшчэ па тэме\n",
            "Мальта прадае рыбалавецкі флот\n",
            "Італія купляе сеткі\n",
            "Сачыце за намі ў Telegram\n",
            "© Марскія навіны, 2021\n",
        ),
        date: "2021-03-03",
        furniture: &["Навіны / Свет", "Мальта прадае", "Сачыце", "© Марскія"],
        body: &["Грэцыя і Катар падпісалі", "Яно пачне", "Турцыя ад"],
    },
    Page {
        text: concat!(
            "July 9, 2018\n",
            "\n",
            "PRESS RELEASE\n",
            "\n",
            "Canada and Kenya launch clean water fund\n",
            "\n",
            "NAIROBI – The governments of Canada and Kenya today launched a fund for clean water in twelve counties.\n",
            "\n",
            "Canada will give 15 million dollars over five years.\n",
            "\n",
            "“Water is life,” the minister said.\n",
            "\n",
            "Sweden may join next year.\n",
            "\n",
            "-30-\n",
            "\n",
            "For further information: Jane Roe, Communications, +254 700 000 000\n",
            "Related links\n",
            "Fund website\n",
            "County list\n",
        ),
        date: "2018-07-09",
        furniture: &["-30-", "For further information", "Fund website"],
        body: &["NAIROBI", "Canada will give", "“Water is", "Sweden may"],
    },
    Page {
        text: concat!(
            "Zambia Herald\n",
            "Tuesday 14th May, 2019\n",
            "Malawi, Zambia to share power line\n",
            "By CHANDA BANDA\n",
            "MALAWI and Zambia will share a power line from 2021, the energy minister has said.\n",
            "He said this in Lusaka yesterday.\n",
            "The line will cost K2 billion and the African Development Bank will pay half of it.\n",
            "Mr Phiri said Mozambique had refused to take part.\n",
            "Zimbabwe has a line of its own.\n",
        ),
        date: "2019-05-14",
        furniture: &[],
        body: &[
            "MALAWI and",
            "He said this",
            "The line will",
            "Mr Phiri",
            "Zimbabwe has",
        ],
    },
    Page {
        text: concat!(
            "Vietnam, Laos to open two border gates\n",
            "Update: 10:12 | 06/09/2019\n",
            "Vietnam and Laos will open two more border gates next year, a Lao official said at a meeting in Vientiane on September 5.\n",
            "The gates are to be built by Vietnamese firms with a loan from Hanoi.\n",
            "Thailand has opened three since 2015.\n",
            "VNS\n",
        ),
        date: "2019-09-06",
        furniture: &[],
        body: &["Vietnam and Laos will", "The gates are", "Thailand has"],
    },
    Page {
        text: concat!(
            "# Indonesia and Fiji sign visa deal\n",
            "\n",
            "*12 October 2022 — Suva*\n",
            "\n",
            "Indonesia and Fiji signed a visa deal on Tuesday.\n",
            "\n",
            "The deal covers diplomats only.\n",
            "\n",
            "## Background\n",
            "\n",
            "Fiji opened its embassy in Jakarta in 2011.\n",
            "\n",
            "## What next\n",
            "\n",
            "Ministers will meet in Bali in November.\n",
            "\n",
            "[Share on Twitter](https://twitter.com/share) [Share on Facebook](https://facebook.com)\n",
            "\n",
            "---\n",
            "*Subscribe to the Pacific Letter for free.*\n",
        ),
        date: "2022-10-12",
        furniture: &["[Share on", "*Subscribe to"],
        body: &[
            "Indonesia and Fiji signed",
            "The deal covers",
            "Fiji opened",
            "Ministers will",
        ],
    },
];

#[test]
fn pages_are_read() {
    let mut wrong = Vec::new();
    for page in PAGES {
        let layout = super::read(page.text, None, |_| false);
        let masked = |start: &str| {
            let at = page.text.find(start).unwrap_or_default();
            let span = Span::new(at, at + start.len());
            is_masked(&layout, span)
        };
        wrong.extend(
            page.furniture
                .iter()
                .filter(|start| !masked(start))
                .map(|start| format!("kept: {start}")),
        );
        wrong.extend(
            page.body
                .iter()
                .filter(|start| masked(start))
                .map(|start| format!("masked: {start}")),
        );
        let date = published(page.text, &layout);
        if date != page.date {
            wrong.push(format!("{date} for {}", page.date));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn is_masked(layout: &Layout, span: Span) -> bool {
    layout
        .furniture
        .iter()
        .any(|suggestion| match &suggestion.finding {
            Finding::Furniture(furniture) => furniture.span.overlaps(span),
            _ => false,
        })
}

fn published(text: &str, layout: &Layout) -> String {
    use crate::extract::{publication, time};
    let found = time::scan(text, layout);
    let publication = publication::read(text, layout, &found, None);
    publication
        .when
        .map_or_else(String::new, |when| when.to_string())
}
