use proptest::prelude::*;

use super::*;

fn check(text: &str, want: &[&str]) {
    let spans = split(text, &[Span::new(0, text.len())]);
    let got: Vec<&str> = spans.iter().filter_map(|s| s.of(text)).collect();
    assert_eq!(got, want, "{text:?}");
}

#[test]
fn full_stops_that_end_nothing() {
    check(
        "Gen. A. B. Novak met Dr. Lee.",
        &["Gen. A. B. Novak met Dr. Lee."],
    );
    check(
        "The U.S. Navy paid $1.3 billion.",
        &["The U.S. Navy paid $1.3 billion."],
    );
    check(
        "Встреча с ген. А. Б. Новаком прошла в г. Минске.",
        &["Встреча с ген. А. Б. Новаком прошла в г. Минске."],
    );
    check(
        "See p. 12 of the report at example.com.",
        &["See p. 12 of the report at example.com."],
    );
    check(
        "Write to A.Novak@example.org today.",
        &["Write to A.Novak@example.org today."],
    );
}

#[test]
fn full_stops_that_end_a_sentence() {
    check(
        "They left the U.S. It rained.",
        &["They left the U.S.", "It rained."],
    );
    check(
        "Договор подписан в 2010 г. Стороны довольны.",
        &["Договор подписан в 2010 г.", "Стороны довольны."],
    );
    check(
        "Поставки идут, и т. д. Минск ждёт.",
        &["Поставки идут, и т. д.", "Минск ждёт."],
    );
    check("He agreed.Then he left.", &["He agreed.", "Then he left."]);
    check("“It works.” She smiled.", &["“It works.”", "She smiled."]);
    check(
        "«Готово!» — сказал он. Все ушли.",
        &["«Готово!» — сказал он.", "Все ушли."],
    );
}

#[test]
fn a_time_that_opens_a_sentence_is_none() {
    for one in [
        "В 2011 г. Кения и Уганда построили мост.",
        "В 2003–2004 гг. Кения закупала чай.",
        "3 апреля 2012 г. Уганда открыла порт.",
        "По итогам 2013 г. Кения вышла вперёд.",
        "Кроме того, в мае 2013 г. Кения открыла порт.",
        "Министр сказал, что в 2013 г. Кения откроет порт.",
        "За это Кения заплатила 20 млн. долл. США в 2013 году.",
        "In Sept. Kenya opened the port.",
        "У 2013 р. Кенія відкрила порт.",
    ] {
        check(one, &[one]);
    }
    check(
        "Мост стоил 3 млрд дол. 18 мая его открыли.",
        &["Мост стоил 3 млрд дол.", "18 мая его открыли."],
    );
    check(
        "Он стоил 5 руб. 30 коп. за штуку.",
        &["Он стоил 5 руб. 30 коп. за штуку."],
    );
    check(
        "Мост открыли в 2011 г. Кения довольна.",
        &["Мост открыли в 2011 г.", "Кения довольна."],
    );
    check(
        "На берегу построен порт в 2011 г. Кения довольна.",
        &["На берегу построен порт в 2011 г.", "Кения довольна."],
    );
    check(
        "Порт открыли в апреле, в 2011 г. Кения довольна.",
        &["Порт открыли в апреле, в 2011 г.", "Кения довольна."],
    );
}

#[test]
fn lines_and_items() {
    check(
        "a line that was\ncut in two. Next.",
        &["a line that was\ncut in two.", "Next."],
    );
    check(
        "• One thing • Another thing",
        &["• One thing", "• Another thing"],
    );
    check("1. First 2. Second", &["1. First", "2. Second"]);
}

fn assert_ordered(text: &str) {
    let mut end = 0;
    for span in split(text, &[Span::new(0, text.len())]) {
        assert!(
            span.start >= end && span.start < span.end,
            "{span:?} in {text:?}"
        );
        assert!(span.of(text).is_some(), "{span:?} in {text:?}");
        end = span.end;
    }
}

proptest! {
    #[test]
    fn any_text_gives_ordered_sentences(text in "\\PC{0,200}") {
        assert_ordered(&text);
    }

    #[test]
    fn any_signs_give_ordered_sentences(text in "[a-cA-Cг. !?…\"”»()\\[\\]\n•1-3—'’@/]{0,80}") {
        assert_ordered(&text);
    }

    #[test]
    fn nothing_but_space_is_lost(text in "[a-cA-C. !?()\n•1-3]{0,80}") {
        let kept: String = split(&text, &[Span::new(0, text.len())])
            .iter()
            .filter_map(|s| s.of(&text))
            .flat_map(|s| s.chars().filter(|c| !c.is_whitespace()))
            .collect();
        prop_assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    }
}
