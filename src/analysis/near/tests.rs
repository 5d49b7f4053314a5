use proptest::prelude::*;

use super::*;
use crate::model::seeds::SAMPLE;
use crate::model::span::Span;

fn sketch(text: &str) -> Sketch {
    Sketch::of(text, [Span::new(0, text.len())])
}

/// Folds texts published on days of 2016, `None` undated: by row, what it is folded under.
fn check(texts: &[(&str, Option<i32>)], expected: &[Option<u32>]) {
    let sketches: Vec<Sketch> = texts.iter().map(|(text, _)| sketch(text)).collect();
    let articles: Vec<_> = sketches
        .iter()
        .zip(texts)
        .map(|(sketch, (_, day))| {
            Some(Candidate {
                sketch,
                published: day.map(Day),
                apart: false,
            })
        })
        .collect();
    let folds = fold(&articles);
    let heads: Vec<_> = (0..)
        .take(texts.len())
        .map(|row| folds.head_of(row))
        .collect();
    assert_eq!(heads, expected);
}

const WIRE: &str = "The defence ministers of Belarus and Kazakhstan met in Astana on Tuesday and agreed to \
    hold a joint exercise of their air defence forces next autumn. The exercise will take place at the \
    Sary-Shagan range, the Kazakh ministry said in a statement. Some four hundred soldiers and two \
    batteries of S-300 systems are to take part. The ministers also spoke of repairs: an aircraft plant \
    in Baranavichy has offered to overhaul transport helicopters for the Kazakh air force. No contract \
    has been signed so far. The two countries belong to a common regional air defence system, which was \
    agreed upon three years ago and has been put into force since. A further meeting is planned in Minsk \
    in the spring, when experts are to draw up a list of the equipment that each side can spare. Kazakhstan \
    has in recent years bought radios and optical sights from Belarusian companies. The value of these \
    purchases has never been published, though analysts put it at some twenty million dollars a year. ";

const LEAD: &str =
    "Air defence crews from two allied states will train side by side next year, officials said. ";

const OTHER_WORDS: &str = "Astana hosted talks between the heads of the Belarusian and the Kazakh military \
    departments. According to the press service, both sides decided that air defence units would drill \
    together in the autumn of the coming year, most likely at Sary-Shagan. The Belarusian plant that services \
    aircraft is prepared to repair helicopters which Kazakhstan operates, but papers were not signed on \
    Tuesday. A source close to the delegations told our paper that up to four hundred men may come, with S-300 \
    launchers among their equipment. Minsk expects its guests in spring for another round. Trade between them \
    in radios and sights goes on, worth perhaps twenty million dollars annually according to experts.";

const TRANSLATED: &str = "Министры обороны Белоруссии и Казахстана встретились во вторник в Астане и договорились \
    провести следующей осенью совместное учение сил противовоздушной обороны. Учение пройдёт на полигоне \
    Сары-Шаган, говорится в сообщении казахстанского ведомства. В нём примут участие около четырёхсот военных \
    и две батареи систем С-300. Министры говорили и о ремонте: авиационный завод в Барановичах предложил \
    отремонтировать транспортные вертолёты казахстанских ВВС. Контракт пока не подписан. Обе страны входят в \
    единую региональную систему противовоздушной обороны, о которой договорились три года назад.";

/// The first so many per cent of a text.
fn cut(text: &str, percent: usize) -> &str {
    let at = text.len() * percent / 100;
    Span::new(0, at).clamped_to(text).of(text).unwrap()
}

#[test]
fn wire_copies_are_folded() {
    // The headline is no part of what is compared, so another one changes nothing.
    check(&[(WIRE, Some(5)), (WIRE, Some(6))], &[None, Some(0)]);
    let with_lead = format!("{LEAD}{WIRE}");
    let dated = format!("ASTANA, 17 May, Interfax – {WIRE}");
    check(
        &[
            (WIRE, Some(5)),
            (cut(WIRE, 80), Some(6)),
            (cut(WIRE, 50), Some(7)),
            (&with_lead, Some(8)),
            (&dated, Some(9)),
        ],
        &[None, Some(0), Some(0), Some(0), Some(0)],
    );
    let edited = WIRE
        .replace("Some four hundred", "About 400")
        .replace("so far", "yet")
        .replace("in recent years", "lately");
    check(&[(WIRE, None), (&edited, None)], &[None, Some(0)]);
}

/// Every so many words another one.
fn edited(text: &str, every: usize) -> String {
    let words = text.split_whitespace().enumerate();
    let words = words.map(|(at, word)| {
        if at % every == every / 2 {
            "other"
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Real articles, each in ten versions as wires are printed, and in two that are others.
#[test]
fn copies_of_the_sample_are_found_and_only_those() {
    let bodies = SAMPLE.map(|text| text.split("Similar articles").next().unwrap());
    let mut found = 0;
    let mut wrong = 0;
    for (at, body) in bodies.iter().enumerate() {
        let (cut_90, cut_70, cut_50) = (cut(body, 90), cut(body, 70), cut(body, 50));
        let copies = [
            cut_90.to_owned(),
            cut_70.to_owned(),
            cut_50.to_owned(),
            format!("{LEAD}{body}"),
            format!("{LEAD}{cut_90}"),
            format!("MINSK, 18 May, BelTA – {body}"),
            edited(body, 100),
            edited(body, 60),
            body.to_uppercase(),
            body.replace('\n', " "),
        ];
        let whole = sketch(body);
        let is_found = |copy: &&String| {
            let copy = sketch(copy);
            is_copy(&copy, &whole) || is_copy(&whole, &copy)
        };
        found += copies.iter().filter(is_found).count();
        let others = [cut(body, 15).to_owned() + OTHER_WORDS, edited(body, 6)];
        wrong += others.iter().filter(is_found).count();
        let rest = bodies.iter().enumerate().filter(|(other, _)| *other != at);
        wrong += rest
            .filter(|(_, other)| is_found(&&(**other).to_owned()))
            .count();
    }
    println!("{found} of 50 copies found, {wrong} of 30 others taken for copies");
    assert!(found >= 49, "{found} of 50");
    assert_eq!(wrong, 0);
}

#[test]
fn the_first_appearance_stands_for_its_copies() {
    let with_lead = format!("{LEAD}{WIRE}");
    check(&[(WIRE, Some(9)), (&with_lead, Some(5))], &[Some(1), None]);
    check(&[(WIRE, None), (&with_lead, Some(5))], &[Some(1), None]);
    check(&[(WIRE, Some(5)), (&with_lead, Some(5))], &[None, Some(0)]);
    // What was printed first but says only half is folded under the whole: nothing is hidden.
    check(
        &[(cut(WIRE, 50), Some(5)), (WIRE, Some(9))],
        &[Some(1), None],
    );
}

#[test]
fn other_reports_are_no_duplicates() {
    check(
        &[(WIRE, None), (OTHER_WORDS, None), (TRANSLATED, None)],
        &[None; 3],
    );
    // A quotation of two sentences makes no copy.
    let quoting = format!("{OTHER_WORDS} {}", cut(WIRE, 20));
    check(&[(WIRE, None), (&quoting, None)], &[None; 2]);
}

#[test]
fn short_texts_by_one_template_are_no_duplicates() {
    let note = |who: &str, day: &str, what: &str| {
        format!(
            "On {day} the Minister of Defence of the Republic of Belarus received the ambassador of {who} \
             to the Republic of Belarus. During the meeting the sides discussed the state and prospects of \
             bilateral military cooperation, {what} in particular, and exchanged views on questions of \
             regional security. The talks were held in a constructive and friendly atmosphere."
        )
    };
    let one = note(
        "the Republic of India",
        "12 May 2016",
        "the training of officers",
    );
    let two = note("Serbia", "3 June 2017", "the repair of aircraft");
    let three = note(
        "the Republic of Cuba",
        "9 March 2016",
        "visits of delegations",
    );
    check(&[(&one, None), (&two, None), (&three, None)], &[None; 3]);
    check(
        &[("Read more here.", None), ("Read more here.", None)],
        &[None; 2],
    );
    check(&[("", None), ("", None)], &[None; 2]);
}

#[test]
fn what_the_analyst_keeps_apart_stands_by_itself() {
    let sketches = [sketch(WIRE), sketch(WIRE), sketch(WIRE)];
    for apart in 0..3 {
        let articles: Vec<_> = sketches
            .iter()
            .enumerate()
            .map(|(at, sketch)| {
                Some(Candidate {
                    sketch,
                    published: None,
                    apart: at == apart,
                })
            })
            .collect();
        assert_eq!(fold(&articles).head_of(u32::try_from(apart).unwrap()), None);
        assert_eq!(fold(&articles).count(), 1, "the other two");
        assert!(
            fold(&articles)
                .under(u32::try_from(apart).unwrap())
                .is_empty()
        );
    }
}

#[test]
fn a_run_finds_the_earlier_article() {
    let mut seen = Seen::default();
    assert_eq!(seen.find_or_keep(sketch(OTHER_WORDS)), None);
    assert_eq!(seen.find_or_keep(sketch(WIRE)), None);
    assert_eq!(seen.find_or_keep(sketch(cut(WIRE, 60))), Some(1));
    assert_eq!(seen.find_or_keep(sketch(TRANSLATED)), None);
    assert_eq!(seen.find_or_keep(sketch(TRANSLATED)), Some(2));
}

/// Texts over a small stock of sentences, so that they overlap in every way.
fn texts() -> impl Strategy<Value = Vec<(Vec<u8>, Option<i32>)>> {
    let text = proptest::collection::vec(0_u8..12, 0..14);
    proptest::collection::vec((text, proptest::option::of(0..5_i32)), 0..14)
}

fn made(sentences: &[u8]) -> String {
    let words = sentences
        .iter()
        .flat_map(|s| (0..14).map(move |w| format!("w{s}x{w}")));
    words.collect::<Vec<_>>().join(" ")
}

fn folded(texts: &[(Vec<u8>, Option<i32>)], order: &[usize]) -> Vec<Option<u32>> {
    let sketches: Vec<Sketch> = order
        .iter()
        .map(|at| sketch(&made(&texts[*at].0)))
        .collect();
    let articles: Vec<_> = sketches
        .iter()
        .zip(order)
        .map(|(sketch, at)| {
            Some(Candidate {
                sketch,
                published: texts[*at].1.map(Day),
                apart: false,
            })
        })
        .collect();
    let folds = fold(&articles);
    let rows = (0..).take(order.len());
    let heads: Vec<Option<u32>> = rows.clone().map(|row| folds.head_of(row)).collect();
    for row in rows {
        // Every article is reached: it stands in the list or under one that does.
        match folds.head_of(row) {
            Some(head) => {
                assert_eq!(folds.head_of(head), None);
                assert!(folds.under(head).contains(&row));
            }
            None => assert!(
                folds
                    .under(row)
                    .iter()
                    .all(|r| folds.head_of(*r) == Some(row))
            ),
        }
    }
    assert_eq!(folds.count(), heads.iter().flatten().count());
    heads
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn folding_keeps_every_article_reachable(texts in texts()) {
        let order: Vec<usize> = (0..texts.len()).collect();
        folded(&texts, &order);
    }

    /// Only the choice among equals depends on the order of the list.
    #[test]
    fn another_order_folds_as_many(texts in texts()) {
        let mut texts = texts;
        // Different days: the first appearance is the same in any order.
        for (text, day) in texts.iter_mut().zip(0..) {
            text.1 = Some(day);
        }
        let order: Vec<usize> = (0..texts.len()).collect();
        let back: Vec<usize> = order.iter().rev().copied().collect();
        let forth = folded(&texts, &order);
        let last = u32::try_from(texts.len()).unwrap();
        let backward: Vec<_> = folded(&texts, &back)
            .into_iter()
            .rev()
            .map(|head| head.map(|row| last - 1 - row))
            .collect();
        prop_assert_eq!(forth, backward);
    }

    /// An article that is like no other changes no fold.
    #[test]
    fn a_stranger_changes_nothing(texts in texts()) {
        let order: Vec<usize> = (0..texts.len()).collect();
        let mut more = texts.clone();
        more.push(((50..60).collect(), None));
        let with: Vec<usize> = (0..more.len()).collect();
        let found = folded(&more, &with);
        prop_assert_eq!(found.last(), Some(&None));
        prop_assert_eq!(&found[..texts.len()], &folded(&texts, &order)[..]);
    }
}
