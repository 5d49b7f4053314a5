use proptest::prelude::*;

use super::*;

fn parsed(text: &str) -> Parsed {
    parse(text, &Options::default())
}

/// Parses without errors to what prints so.
#[track_caller]
fn check(text: &str, printed: &str) {
    let parsed = parsed(text);
    assert_eq!(parsed.errors, [], "{text}");
    assert_eq!(parsed.query.to_string(), printed, "{text}");
    assert_eq!(
        super::parse(printed, &Options::default()).query,
        parsed.query,
        "{text}"
    );
}

/// Fails at the marked place (`⟦…⟧`) with what was expected, and still gives the tree.
#[track_caller]
fn check_error(marked: &str, expected: &str, printed: &str) {
    let start = marked.find('⟦').expect("a marked place");
    let text = marked.replace('⟦', "");
    let end = text.find('⟧').expect("its end");
    let text = text.replace('⟧', "");
    let parsed = parsed(&text);
    let first = parsed.errors.first().expect("an error");
    assert_eq!(first.span, start.into_span(end), "{text}: {first}");
    assert!(first.expected.contains(expected), "{text}: {first}");
    assert_eq!(parsed.query.to_string(), printed, "{text}");
}

trait IntoSpan {
    fn into_span(self, end: usize) -> crate::model::span::Span;
}

impl IntoSpan for usize {
    fn into_span(self, end: usize) -> crate::model::span::Span {
        (self..end).into()
    }
}

#[test]
fn words_are_joined_by_and_which_binds_closer_than_or() {
    check("", "");
    check("  ", "");
    check("*", "");
    check("joint production", "joint production");
    check("joint AND production", "joint production");
    check("a b OR c d", "a b OR c d");
    check("a (b OR c) d", "a (b OR c) d");
    check("((a)) && (b || c)", "a (b OR c)");
    check("-a", "NOT a");
    check("+a -b !c NOT d", "a NOT b NOT c NOT d");
    check("-(a b)", "NOT (a b)");
    check("NOT -a", "NOT NOT a");
    check("and or not", "and or not");
    check("Минск – Пекин - 2016", "Минск Пекин 2016");
    check("T-72 и/или AT&T", "T-72 и/или AT&T");
}

#[test]
fn phrases_take_any_quotes_and_a_distance() {
    check("\"joint production\"", "\"joint production\"");
    check("“joint production”", "\"joint production\"");
    check(
        "«совместное производство»~5",
        "\"совместное производство\"~5",
    );
    check("„joint production“", "\"joint production\"");
    check("title:\"drone plant\"", "title:\"drone plant\"");
    check("\"a \\\"b\\\" c\"", "\"a \\\"b\\\" c\"");
    check("«BelTA “news” desk»", "\"BelTA \\“news\\” desk\"");
}

#[test]
fn words_have_endings_of_their_own() {
    check("cooperat*", "cooperat*");
    check("Lukashenka~ word~2 word~1", "Lukashenka~ word~2 word~");
    check(
        "/joint (production|venture)s?/",
        "/joint (production|venture)s?/",
    );
    check("/a\\/b/ c", "/a\\/b/ c");
    check("12:30", "12\\:30");
    check("\\-a \\AND a\\*", "\\-a \\AND a\\*");
}

#[test]
fn fields_take_values_groups_and_ranges() {
    check("partner:CN", "partner:CN");
    check("Partner: CN", "partner:CN");
    check("-kind:delivery", "NOT kind:delivery");
    check("kind:\"Joint production\"", "kind:joint_production");
    check("lang:Russian", "lang:ru");
    check("partner:(CN OR -RU)", "partner:CN OR NOT partner:RU");
    check("a partner:(CN RU)", "a partner:CN partner:RU");
    check("title:(drone -plant)", "title:drone NOT title:plant");
    check("source:\"Defence Blog\"", "source:\"Defence Blog\"");
    check("source:belta.by", "source:belta.by");
    check("code:tech*", "code:tech*");
    check("code:*", "code:*");
    check("code:a\\ b\\ ", "code:\"a b\"");
    check(
        "is:duplicate status:undecided author:me",
        "is:duplicate status:undecided author:me",
    );
}

#[test]
fn dates_are_partial_and_ranges_may_be_open() {
    check("happened:2015", "happened:2015");
    check("happened:2015-06", "happened:2015-06");
    check("happened:2015-06-12", "happened:2015-06-12");
    check("happened:2015..2018", "happened:2015..2018");
    check("happened:2015/2018-06", "happened:2015..2018-06");
    check("happened:[2015 TO 2018]", "happened:2015..2018");
    check("happened:{2015 TO 2018}", "happened:2016..2017");
    check("happened:[2015 TO *]", "happened:2015..");
    check("published:>2016", "published:2017..");
    check("published:>=2016-04", "published:2016-04..");
    check("published:<2016", "published:..2015");
    check("published:<=2016-04-22", "published:..2016-04-22");
    check("published:..2018", "published:..2018");
    check(
        "published:(2015 OR >2018)",
        "published:2015 OR published:2019..",
    );
    check("published:*", "published:*");
    check("published:..", "published:*");
    let days = |text| match parsed(text).query.root {
        Node::Field(FieldTest {
            value: Value::Days(days),
            ..
        }) => days,
        other => panic!("{other:?}"),
    };
    let range = days("happened:2015-06..2016");
    assert_eq!(range.first.unwrap().to_string(), "2015-06-01");
    assert_eq!(range.last.unwrap().to_string(), "2016-12-31");
}

#[test]
fn what_is_wrong_is_underlined_and_the_rest_is_read() {
    check_error("a ⟦partnr⟧:CN b", "partner, kind", "a b");
    check_error("kind:⟦delivry⟧ b", "one of agreement", "b");
    check_error("a ⟦(⟧b OR c", ")", "a (b OR c)");
    check_error("a ⟦)⟧ b", "(", "a b");
    check_error(
        "⟦\"⟧joint production",
        "one at the end",
        "\"joint production\"",
    );
    check_error("a ⟦AND⟧", "a word", "a");
    check_error("⟦OR⟧ a", "a word", "a");
    check_error("a ⟦OR⟧", "a word", "a");
    check_error("a OR ⟦NOT⟧", "a word", "a");
    check_error("a ⟦published:⟧", "2015..2018", "a");
    check_error("a published:⟦yesterday⟧", "2015..2018", "a");
    check_error("a published:⟦2018..2015⟧", "earlier", "a");
    check_error("a published:⟦[2015 2018]⟧", "[2015 TO 2018]", "a");
    check_error("a partner:⟦>2016⟧", "country", "a");
    check_error("a title:⟦/b/⟧", "title", "a");
    check_error("a /b⟦(⟧c/", "regular expression", "a");
    check_error("word⟦~5⟧", "~1 or ~2", "word~2");
    check_error("\"a b\"⟦~⟧", "~5", "\"a b\"~5");
    check_error("⟦*⟧ing", "pattern", "ing");
    check_error("co⟦*ing⟧", "pattern", "co*");
    check_error("word⟦^2⟧ b", "space", "word b");
    check_error("a ⟦()⟧", "words", "a");
}

#[test]
fn a_fix_mends_the_search() {
    let fixed = |text: &str| {
        let parsed = parsed(text);
        let fix = parsed.errors.first().and_then(|error| error.fix.clone());
        fix.expect("a fix").applied_to(text)
    };
    assert_eq!(fixed("partnr:CN"), "partner:CN");
    assert_eq!(fixed("kind:delivry b"), "kind:delivery b");
    assert_eq!(fixed("(a b"), "(a b)");
    assert_eq!(fixed("«a b"), "«a b»");
    assert_eq!(fixed("word~9"), "word~2");
}

#[test]
fn the_word_being_written_is_also_a_beginning() {
    let typed = |text: &str, cursor: usize| {
        let cursor = Some(cursor);
        parse(text, &Options { cursor }).query.to_string()
    };
    assert_eq!(typed("joint prod", 10), "joint (prod OR prod*)");
    assert_eq!(typed("joint prod ", 11), "joint prod");
    assert_eq!(typed("joint prod", 3), "joint prod");
    assert_eq!(typed("\"joint prod", 11), "\"joint prod\"");
    assert_eq!(typed("kind:deli", 9), "kind:deli*");
    assert_eq!(typed("kind:delivery", 13), "kind:delivery");
    assert_eq!(typed("partner:Chi", 11), "partner:Chi*");
}

#[test]
fn nesting_has_an_end() {
    let deep = "(".repeat(100_000) + "a";
    assert!(!parsed(&deep).errors.is_empty());
    let fields = "title:".repeat(100_000) + "a";
    assert!(!parsed(&fields).errors.is_empty());
    let not = "NOT ".repeat(100_000) + "a";
    assert!(!parsed(&not).errors.is_empty());
}

fn search() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zа-я0-9]{1,4}",
        2 => Just(" ".to_owned()),
        2 => proptest::sample::select(vec![
            " AND ", " OR ", " NOT ", "(", ")", "\"", "«", "»", "“", "~", "~2", "*", "/", "\\",
            "+", "-", "!", "^", "[", "]", "{", "}", "<", ">", ":", "..", " TO ", "&&", "||",
        ]).prop_map(str::to_owned),
        1 => proptest::sample::select(vec![
            "partner:CN", "title:", "happened:2015..2018", "published:>2016", "kind:visit",
            "is:", "code:a\\ b", "happened:[2015 TO 2018}", "published:-0044..2000-02",
            "source:", "published:",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,3}",
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_gives_a_tree_and_errors_inside_it(text in search(), cursor in 0usize..40) {
        for cursor in [None, Some(cursor)] {
            let parsed = parse(&text, &Options { cursor });
            for error in &parsed.errors {
                prop_assert!(error.span.of(&text).is_some(), "{:?}", error);
                prop_assert!(!error.problem.is_empty() && !error.expected.is_empty());
            }
            let mut end = 0;
            for mark in &parsed.marks {
                prop_assert!(mark.span.start >= end && mark.span.of(&text).is_some());
                end = mark.span.end;
            }
        }
    }

    #[test]
    fn what_is_printed_parses_to_the_same(text in search()) {
        let query = parsed(&text).query;
        let printed = query.to_string();
        let again = parsed(&printed);
        prop_assert_eq!(&again.errors, &[], "{}", printed);
        prop_assert_eq!(again.query, query, "{}", printed);
    }

    #[test]
    fn any_characters_do(text in "\\PC{0,40}") {
        let query = parsed(&text).query;
        prop_assert_eq!(parsed(&query.to_string()).query, query);
    }
}
