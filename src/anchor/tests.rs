use super::*;

const TEXT: &str = "Minsk and Ankara\n\nBelarus and Turkey signed a memorandum on 12 May 2016. The \
    parties agreed to set up a working group. In 2015 Belarus sold twelve trucks to Turkey for 3 \
    million dollars. In 2014 Belarus sold twenty trucks to Serbia for 5 million dollars.\n\nThe \
    minister said that the talks would go on. Nobody was told of the price. The minister said that \
    the talks would go on. Turkey pays in advance.\n";

fn target(text: &str) -> Target {
    Target::new(&Arc::from(text))
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

/// Where the first `part` of [`TEXT`] is in `now`.
#[track_caller]
fn follow(part: &str, now: &str) -> Result<String, Vec<String>> {
    let stood = span(TEXT, part);
    follow_span(stood, now)
}

fn follow_span(stood: Span, now: &str) -> Result<String, Vec<String>> {
    let quote = target(TEXT).quote(stood);
    let text = |place: Place| place.span.of(now).unwrap().to_owned();
    match target(now).anchor(&quote, stood) {
        Ok(place) => Ok(text(place)),
        Err(places) => Err(places.into_iter().map(text).collect()),
    }
}

#[test]
fn an_unchanged_passage_is_found_wherever_it_moves() {
    for part in [
        "The parties agreed to set up a working group.",
        "12 May 2016",
        "Turkey signed a memorandum",
        "twelve trucks",
        "Turkey pays in advance.",
        "Minsk and Ankara",
    ] {
        let more = format!("A new line above all.\n\n{TEXT}");
        assert_eq!(follow(part, &more), Ok(part.to_owned()));
        let other = TEXT.replace('\n', "\r\n").replace("12 May", "12\u{a0}May");
        let found = follow(part, &other).map(|found| found.replace('\u{a0}', " "));
        assert_eq!(found, Ok(part.to_owned()));
    }
}

#[test]
fn damaged_letters_are_followed_and_the_edges_are_those_of_words() {
    let now = TEXT.replace(
        "The parties agreed to set up a working group.",
        "The partios agreed to set uq a vvorking gr0up.",
    );
    assert_eq!(
        follow("agreed to set up a working group", &now),
        Ok("agreed to set uq a vvorking gr0up".to_owned())
    );
    let now = TEXT.replace("12 May 2016", "l2 Nay 2016");
    assert_eq!(follow("12 May 2016", &now), Ok("l2 Nay 2016".to_owned()));
}

#[test]
fn a_sentence_that_is_gone_is_not_found_in_its_neighbour() {
    let gone = "In 2015 Belarus sold twelve trucks to Turkey for 3 million dollars. ";
    let now = TEXT.replace(gone, "");
    for part in [gone.trim(), "2015", "twelve trucks", "Belarus sold twelve"] {
        assert!(
            follow(part, &now).is_err(),
            "{part}: {:?}",
            follow(part, &now)
        );
    }
    // The other one is still there.
    let other = "In 2014 Belarus sold twenty trucks to Serbia for 5 million dollars.";
    assert_eq!(follow(other, &now), Ok(other.to_owned()));
}

#[test]
fn what_is_said_twice_is_told_apart_by_its_context_or_left_open() {
    let said = "The minister said that the talks would go on.";
    let first = span(TEXT, said);
    let second = TEXT.rfind(said).unwrap();
    let second = Span::new(second, second + said.len());
    let shorter = TEXT.replace("The parties agreed to set up a working group. ", "");
    let moved = |now: &str, stood| {
        let quote = target(TEXT).quote(stood);
        target(now)
            .anchor(&quote, stood)
            .map(|place| place.span.start)
    };
    assert_eq!(moved(&shorter, first), Ok(shorter.find(said).unwrap()));
    assert_eq!(moved(&shorter, second), Ok(shorter.rfind(said).unwrap()));
    // One of them is deleted: whichever it was, the other one is not it.
    let one_left = TEXT.replacen(&format!("{said} Nobody"), "Nobody", 1);
    assert!(moved(&one_left, first).is_err());
    assert_eq!(moved(&one_left, second), Ok(one_left.find(said).unwrap()));
}

#[test]
fn another_number_is_another_passage_for_a_decision() {
    let now = TEXT.replace("12 May 2016", "13 May 2016");
    let stood = span(TEXT, "12 May 2016");
    let quote = target(TEXT).quote(stood);
    let place = target(&now).anchor(&quote, stood);
    assert!(place.is_ok_and(|place| !place.same_words));
    let now = TEXT.replace("12 May 2016", "12 Maj 2O16");
    let place = target(&now).anchor(&quote, stood);
    assert!(place.is_ok_and(|place| place.same_words));
}

#[test]
fn a_part_of_a_passage_is_found_with_it() {
    let outer = span(
        TEXT,
        "In 2015 Belarus sold twelve trucks to Turkey for 3 million dollars.",
    );
    let inner = span(TEXT, "Turkey for 3 million");
    let now = TEXT
        .replace("sold twelve", "s0ld  twel-ve")
        .replace("Minsk and", "Minsk");
    let quote = target(TEXT).quote(outer);
    let place = target(&now).anchor(&quote, outer).unwrap();
    let part = place.part(inner.start - outer.start, inner.end - outer.start);
    assert_eq!(
        part.and_then(|part| part.of(&now)),
        Some("Turkey for 3 million")
    );
}

#[test]
fn a_long_passage_is_found_by_its_ends() {
    let sentence = |n: i32| format!("Sentence number {n} tells of matter {}. ", n * 7);
    let long = (0..40).map(sentence).collect::<Vec<_>>().concat();
    let text = format!("Head\n\n{long}\n\nTail of the text.");
    let stood = Span::new(6, 6 + long.trim_end().len());
    let quote = target(&text).quote(stood);
    let now = format!(
        "More.\n\n{}",
        text.replace("number 20 tells", "number 20, as we know, tells")
    );
    let place = target(&now).anchor(&quote, stood).unwrap();
    let found = place.span.of(&now).unwrap();
    assert!(
        found.starts_with("Sentence number 0") && found.ends_with("matter 273."),
        "{found}"
    );
}

#[test]
fn nothing_is_found_of_a_text_that_never_held_it() {
    let now = "Quite another matter. ".repeat(20);
    assert_eq!(
        follow("The parties agreed to set up a working group.", &now),
        Err(Vec::new())
    );
    assert_eq!(follow("Turkey pays in advance.", ""), Err(Vec::new()));
}
