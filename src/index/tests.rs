use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fixedbitset::FixedBitSet;
use proptest::prelude::*;

use super::hits::{Finder, lines, snippet};
use super::query::{Field, FieldTest, Node, Options, Value, parse};
use super::similar::similar;
use super::*;
use crate::model::article::Language::{self, Belarusian, English, Other, Russian, Ukrainian};
use crate::model::span::Span;

struct Corpus {
    index: Index,
    articles: Vec<(String, String, Language)>,
}

impl Corpus {
    /// The articles, `in_part` to a part.
    fn new(articles: &[(&str, &str, Language)], in_part: usize) -> Self {
        let part = |articles: &[(&str, &str, Language)]| {
            let mut writer = PartWriter::in_memory().unwrap();
            for (title, text, _) in articles {
                writer.add(title, text);
            }
            Arc::new(writer.finish().unwrap())
        };
        let owned = |(a, b, c): &(&str, &str, Language)| ((*a).to_owned(), (*b).to_owned(), *c);
        Self {
            index: articles.chunks(in_part).map(part).collect(),
            articles: articles.iter().map(owned).collect(),
        }
    }

    fn rows(&self, search: &str) -> Vec<usize> {
        self.found(search).ones().collect()
    }

    fn found(&self, search: &str) -> FixedBitSet {
        let parsed = parse(search, &Options::default());
        assert_eq!(parsed.errors, [], "{search}");
        self.ask(&parsed.query, &mut |_| {}).unwrap()
    }

    fn ask(
        &self,
        query: &Query,
        sink: &mut dyn FnMut(&Progress<'_>),
    ) -> Result<FixedBitSet, SearchError> {
        let outside = Outside {
            rows: 0,
            field: &|test, _| self.field(test),
            claim: &|_, _| FixedBitSet::new(),
            expand: &names,
            texts: &|rows, take| {
                for row in rows {
                    take(*row, Some(self.articles[*row as usize].1.as_str()));
                }
            },
            is_cancelled: &|| false,
        };
        search(&self.index, query, &outside, sink)
    }

    /// Languages are known; every third article is published in 2016.
    fn field(&self, test: &FieldTest) -> FixedBitSet {
        let fits = |row: usize| match (&test.field, &test.value) {
            (Field::Lang, Value::Is(key)) => self.articles[row].2.key() == key,
            (Field::Published, Value::Days(_)) => row.is_multiple_of(3),
            _ => false,
        };
        let mut rows = FixedBitSet::with_capacity(self.articles.len());
        rows.extend((0..self.articles.len()).filter(|row| fits(*row)));
        rows
    }

    /// The surfaces that the search hits in a row's text.
    fn hits(&self, search: &str, row: usize) -> Vec<&str> {
        let query = parse(search, &Options::default()).query;
        let (_, text, _) = &self.articles[row];
        let hits = Finder::new(&query, &names).in_text(text);
        hits.iter().map(|hit| hit.of(text).unwrap()).collect()
    }
}

fn names(word: &str) -> Vec<String> {
    let all = [
        "Лукашенко",
        "Lukashenko",
        "Lukashenka",
        "Alexander Lukashenko",
    ];
    if all.contains(&word) {
        all.map(str::to_owned).to_vec()
    } else {
        Vec::new()
    }
}

fn sample() -> Corpus {
    Corpus::new(
        &[
            (
                "Drone plant",
                "Minsk signed an agreement on the joint production of drones.",
                English,
            ),
            (
                "Визит",
                "Лукашенко подписал соглашение о совместном производстве дронов.",
                Russian,
            ),
            (
                "Угода",
                "Україна підписала угоду про спільне виробництво безпілотників.",
                Ukrainian,
            ),
            (
                "Пагадненне",
                "Беларусь падпісала пагадненне аб сумесных вучэннях ў Гродне.",
                Belarusian,
            ),
            (
                "Exercise",
                "President Lukashenka's units exercised. Production was not joint.",
                English,
            ),
            (
                "Ёлка",
                "Ещё одна ёлка, T-72 и 12.04.2016 — “конец”.",
                Russian,
            ),
            ("Łódź", "A short note: łódź café.", Other),
        ],
        3,
    )
}

#[test]
fn words_are_found_in_any_inflection_and_language() {
    let corpus = sample();
    assert_eq!(corpus.rows("agreements"), [0]);
    assert_eq!(corpus.rows("соглашениями"), [1]);
    assert_eq!(corpus.rows("угоди"), [2]);
    assert_eq!(corpus.rows("пагаднення"), [3]);
    assert_eq!(corpus.rows("выробництво"), [0; 0]);
    assert_eq!(corpus.rows("виробництва"), [2]);
    assert_eq!(corpus.rows("елка"), [5]);
    assert_eq!(corpus.rows("ЁЛКИ"), [5]);
    assert_eq!(corpus.rows("lodz"), [6]);
    assert_eq!(corpus.rows("у Гродне"), [3]);
    assert_eq!(corpus.rows("T-72"), [5]);
    assert_eq!(corpus.rows("2016"), [5]);
    assert_eq!(corpus.rows("12.04.2016"), [5]);
    assert_eq!(
        corpus.rows("72-T"),
        [0; 0],
        "the parts of a word stand in order"
    );
}

#[test]
fn nothing_asked_finds_all_and_counts_are_exact() {
    let corpus = sample();
    for search in ["", "  ", "*"] {
        assert_eq!(corpus.found(search).count_ones(..), 7);
    }
    assert_eq!(corpus.rows("-drones"), [1, 2, 3, 4, 5, 6]);
    assert_eq!(corpus.rows("NOT (drones OR соглашение)"), [2, 3, 4, 5, 6]);
    assert_eq!(Corpus::new(&[], 1).found("a").len(), 0);
    let one = Corpus::new(&[("", "", Other)], 1);
    assert_eq!(one.rows("a"), [0; 0]);
    assert_eq!(one.rows("-a"), [0]);
}

#[test]
fn phrases_keep_their_order_and_proximity_counts_places() {
    let corpus = sample();
    assert_eq!(corpus.rows("joint production"), [0, 4]);
    assert_eq!(corpus.rows("\"joint production\""), [0]);
    assert_eq!(corpus.rows("“joint productions”"), [0]);
    assert_eq!(corpus.rows("«совместное производство»"), [1]);
    assert_eq!(corpus.rows("\"production joint\"~1"), [0; 0]);
    assert_eq!(corpus.rows("\"production joint\"~2"), [0, 4]);
    assert_eq!(corpus.rows("\"agreement production\"~3"), [0]);
    assert_eq!(corpus.rows("\"agreement production\"~2"), [0; 0]);
}

#[test]
fn beginnings_and_likeness_look_at_whole_words() {
    let corpus = sample();
    assert_eq!(corpus.rows("producti*"), [0, 4]);
    assert_eq!(corpus.rows("exercised*"), [4]);
    assert_eq!(corpus.rows("exercises*"), [0; 0]);
    assert_eq!(corpus.rows("Lukaschenka~"), [4]);
    assert_eq!(corpus.rows("Lukachenko~"), [0; 0]);
    assert_eq!(corpus.rows("Lukachenko~2"), [4]);
    assert_eq!(corpus.rows("T-7*"), [5]);
}

#[test]
fn names_are_found_by_any_alias_unless_quoted() {
    let corpus = sample();
    assert_eq!(corpus.rows("Lukashenko"), [1, 4]);
    assert_eq!(corpus.rows("Лукашенко"), [1, 4]);
    assert_eq!(corpus.rows("\"Лукашенко\""), [1]);
    assert_eq!(corpus.hits("Лукашенко", 4), ["Lukashenka's"]);
}

#[test]
fn the_title_is_searched_with_the_text_and_alone() {
    let corpus = sample();
    assert_eq!(corpus.rows("drone"), [0]);
    assert_eq!(corpus.rows("title:drone"), [0]);
    assert_eq!(corpus.rows("title:drones*"), [0; 0]);
    assert_eq!(corpus.rows("title:exerc*"), [4]);
    assert_eq!(corpus.rows("title:production"), [0; 0]);
    assert_eq!(corpus.rows("title:\"drone plant\""), [0]);
    assert_eq!(corpus.rows("plant"), [0]);
}

#[test]
fn fields_are_answered_from_outside() {
    let corpus = sample();
    assert_eq!(corpus.rows("lang:ru"), [1, 5]);
    assert_eq!(corpus.rows("lang:ru -published:2016"), [1, 5]);
    assert_eq!(
        corpus.rows("published:2016 (production OR lang:be)"),
        [0, 3]
    );
    assert_eq!(corpus.rows("-lang:(ru OR en)"), [2, 3, 6]);
}

#[test]
fn regular_expressions_read_only_texts_that_can_match() {
    let corpus = sample();
    assert_eq!(corpus.rows("/joint prod\\w+ of/"), [0]);
    assert_eq!(corpus.rows("/сов\\w+ произв/"), [1]);
    assert_eq!(corpus.rows("/PRODUCTION (of|was)/"), [0, 4]);
    assert_eq!(corpus.rows("-/production/ lang:en"), [0; 0]);
    assert_eq!(corpus.rows("/production/ OR lang:be"), [0, 3, 4]);
    assert_eq!(corpus.rows("/joint/ -/drones/"), [4]);
    let read = AtomicUsize::new(0);
    let query = parse("/x? joint production / lang:en", &Options::default()).query;
    let outside = Outside {
        rows: 0,
        field: &|test, _| corpus.field(test),
        claim: &|_, _| FixedBitSet::new(),
        expand: &names,
        texts: &|rows, take| {
            for row in rows {
                read.fetch_add(1, Ordering::Relaxed);
                take(*row, Some(corpus.articles[*row as usize].1.as_str()));
            }
        },
        is_cancelled: &|| false,
    };
    let mut streamed = Vec::new();
    let mut sink = |progress: &Progress<'_>| streamed.extend_from_slice(progress.found);
    let found = search(&corpus.index, &query, &outside, &mut sink).unwrap();
    assert_eq!(found.ones().collect::<Vec<_>>(), [0]);
    assert_eq!(streamed, [0]);
    assert_eq!(read.into_inner(), 1, "only those with the words in a row");
}

/// A beginning of many words: those that stand in no article with the other words are left out
/// before their places are looked up.
#[test]
fn a_beginning_of_many_words_is_looked_for_where_the_other_words_are() {
    let letters = || ('a'..='z').map(String::from);
    let words: Vec<String> = letters()
        .flat_map(|a| letters().take(12).map(move |b| format!("pro{a}{b}")))
        .collect();
    let texts: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(row, word)| match row % 6 {
            0 => format!("A joint {word} of trucks."),
            1 => format!("They are joint, and this is a {word}."),
            2 => format!("{word} joint"),
            3 => format!("joint\n\n{word}"),
            _ => format!("Nothing but {word} here."),
        })
        .collect();
    let articles: Vec<_> = texts.iter().map(|text| ("", &**text, English)).collect();
    let corpus = Corpus::new(&articles, 200);
    let read = AtomicUsize::new(0);
    let outside = Outside {
        rows: 0,
        field: &|test, _| corpus.field(test),
        claim: &|_, _| FixedBitSet::new(),
        expand: &names,
        texts: &|rows, take| {
            read.fetch_add(rows.len(), Ordering::Relaxed);
            for row in rows {
                take(*row, Some(&*texts[*row as usize]));
            }
        },
        is_cancelled: &|| false,
    };
    let query = parse("/joint pro\\w+/", &Options::default()).query;
    let found = search(&corpus.index, &query, &outside, &mut |_| {}).unwrap();
    let should: Vec<usize> = (0..texts.len()).step_by(6).collect();
    assert_eq!(found.ones().collect::<Vec<_>>(), should);
    // Of the others only those where a paragraph parts the two words.
    assert_eq!(read.into_inner(), texts.len() / 3);
}

#[test]
fn a_search_can_be_stopped() {
    let corpus = sample();
    for text in ["joint", "lang:en", "/a/"] {
        let query = parse(text, &Options::default()).query;
        let outside = Outside {
            rows: 0,
            field: &|test, _| corpus.field(test),
            claim: &|_, _| FixedBitSet::new(),
            expand: &|_| Vec::new(),
            texts: &|_, _| {},
            is_cancelled: &|| true,
        };
        let answer = search(&corpus.index, &query, &outside, &mut |_| {});
        assert!(matches!(answer, Err(SearchError::Cancelled)), "{text}");
    }
}

#[test]
fn hits_are_what_the_search_asked_for() {
    let corpus = sample();
    assert_eq!(
        corpus.hits("production agreement -minsk", 0),
        ["agreement", "production"]
    );
    assert_eq!(corpus.hits("\"joint production\"", 0), ["joint production"]);
    assert_eq!(corpus.hits("\"joint production\"", 4), [""; 0]);
    assert_eq!(
        corpus.hits("\"agreement production\"~3", 0),
        ["agreement", "production"]
    );
    assert_eq!(corpus.hits("drone*", 0), ["drones"]);
    assert_eq!(corpus.hits("dorne~ /sign\\w+ an/", 0), ["signed an"]);
    assert_eq!(corpus.hits("dornes~", 0), ["drones"]);
    assert_eq!(corpus.hits("совместное дрон", 1), ["совместном", "дронов"]);
    assert_eq!(corpus.hits("title:minsk lang:ru", 0), [""; 0]);
}

#[test]
fn a_part_in_a_folder_opens_and_gives_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = PartWriter::in_folder(folder.path()).unwrap();
    assert_eq!(writer.add("a", "first agreement"), 0);
    assert_eq!(writer.add("b", "second agreement"), 1);
    drop(writer.finish().unwrap());
    let part = PartIndex::open(folder.path()).unwrap();
    assert_eq!(part.rows(), 2);
    let corpus = Corpus {
        index: std::iter::once(Arc::new(part)).collect(),
        articles: vec![(String::new(), String::new(), English); 2],
    };
    assert_eq!(corpus.rows("agreements"), [0, 1]);
    assert_eq!(corpus.rows("seconds"), [1]);
    let empty = tempfile::tempdir().unwrap();
    let error = PartIndex::open(empty.path()).unwrap_err().to_string();
    assert!(error.contains("made again"), "{error}");
}

#[test]
fn a_snippet_shows_the_densest_hits_between_words() {
    let text = "Head line\n\nA lone drone stands here and there is a great deal of other matter \
                to read before the delivery of drones to the drone plant begins at last.\nTail";
    let query = parse("drone delivery", &Options::default()).query;
    let hits = Finder::new(&query, &|_| Vec::new()).in_text(text);
    let shown = snippet(text, &hits, 50);
    let piece = shown.span.of(text).unwrap();
    assert!(
        piece.contains("delivery of drones to the drone plant"),
        "{piece}"
    );
    assert!(piece.chars().count() <= 50);
    assert!(!piece.starts_with(char::is_whitespace) && !piece.ends_with(char::is_whitespace));
    assert_eq!(shown.hits.len(), 3);
    assert!(shown.is_cut_before && shown.is_cut_after);
    let none = snippet(text, &[], 12);
    assert_eq!(none.span.of(text), Some("Head line"));
    assert!(!none.is_cut_before && !none.is_cut_after);
}

#[test]
fn concordance_lines_sort_by_their_neighbours() {
    let text = "The new Drone plant of Minsk opened.\nAn old drone fell.";
    let query = parse("drone", &Options::default()).query;
    let hits = Finder::new(&query, &|_| Vec::new()).in_text(text);
    let lines = lines(text, &hits, 12);
    let shown =
        |line: &hits::Line| [line.before, line.hit, line.after].map(|span| span.of(text).unwrap());
    assert_eq!(shown(&lines[0]), ["The new ", "Drone", " plant of"]);
    assert_eq!(shown(&lines[1]), ["An old ", "drone", " fell."]);
    assert_eq!(lines[0].left_key(text), "new the");
    assert_eq!(lines[0].right_key(text), "plant of");
}

#[test]
fn similar_articles_share_telling_terms() {
    let corpus = Corpus::new(
        &[
            (
                "",
                "The drone plant in Grodno makes quadcopters and optical sights.",
                English,
            ),
            (
                "",
                "The weather in Minsk was fine and the market was full.",
                English,
            ),
            (
                "",
                "Optical sights for quadcopters come from the Grodno plant.",
                English,
            ),
            (
                "",
                "The market for potatoes was fine in the autumn.",
                English,
            ),
        ],
        2,
    );
    let (_, text, _) = &corpus.articles[0];
    let found = similar(&corpus.index, text, Some(0), 2).unwrap();
    assert_eq!(found.first().map(|first| first.row), Some(2));
    assert!(found.iter().all(|found| found.row != 0));
}

/// Evaluates word by word what the index should find.
fn naive(node: &Node, words: &[String], row: usize) -> bool {
    use super::query::{TextTest, Words};
    match node {
        Node::All => true,
        Node::Not(inner) => !naive(inner, words, row),
        Node::And(parts) => parts.iter().all(|part| naive(part, words, row)),
        Node::Or(parts) => parts.iter().any(|part| naive(part, words, row)),
        Node::Field(_) => row.is_multiple_of(3),
        Node::Text(TextTest { words: asked, .. }) => match asked {
            Words::Word(word) => words.contains(word),
            Words::Prefix(begin) => words.iter().any(|word| word.starts_with(begin.as_str())),
            Words::Phrase(text, _) => {
                let phrase: Vec<&str> = text.split(' ').collect();
                words.windows(phrase.len()).any(|window| window == phrase)
            }
            Words::Regex(pattern) => words.join(" ").contains(pattern.as_str()),
            Words::Fuzzy(..) => false,
        },
    }
}

fn word() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["minsk", "drone", "plant", "kiln", "мир"]).prop_map(str::to_owned)
}

/// A word as texts have it, with what stands after it.
fn token() -> impl Strategy<Value = String> {
    let words = vec![
        "joint",
        "disjoint",
        "l'joint",
        "Jointly",
        "joints's",
        "production",
        "reproduction",
        "совместный",
        "12.5",
        "a",
        "x_joint",
    ];
    let after = vec![" ", " ", " ", ", ", "\n", "-", "'", "’s ", "", "\u{a0}"];
    let words = proptest::sample::select(words);
    (words, proptest::sample::select(after)).prop_map(|(word, after)| format!("{word}{after}"))
}

fn pattern() -> impl Strategy<Value = String> {
    let pieces = vec![
        "joint",
        "oint",
        "int",
        "prod",
        "duction",
        "совм",
        "местный",
        "a",
        "12",
        ".5",
        "'s",
        "\\w+",
        "\\w*",
        " ",
        " ",
        "\\s+",
        "[ ,]",
        "\\b",
        "(joint|production)",
        "(?: joint )?",
        "-",
        "[Jj]oint",
        "^",
        "$",
        "'",
        ".",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(pieces), 1..6);
    pieces.prop_map(|pieces| pieces.concat())
}

fn tree() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => word(),
        1 => "[mdpk][a-z]".prop_map(|begin| format!("{begin}*")),
        2 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => word().prop_map(|word| format!("/{word}/")),
        1 => (word(), word()).prop_map(|(a, b)| format!("/{a} {b}/")),
        1 => Just("published:2016".to_owned()),
        1 => Just("*".to_owned()),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|node| format!("NOT ({node})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a} OR {b})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn trees_find_what_reading_every_article_finds(
        articles in proptest::collection::vec(proptest::collection::vec(word(), 0..5), 0..90),
        in_part in 1usize..80,
        searches in proptest::collection::vec(tree(), 8),
    ) {
        let texts: Vec<String> = articles.iter().map(|words| words.join(" ")).collect();
        let rows: Vec<_> = texts.iter().map(|text| ("", text.as_str(), English)).collect();
        let corpus = Corpus::new(&rows, in_part);
        for search in searches {
            let query = parse(&search, &Options::default()).query;
            let mut streamed = Vec::new();
            let found = corpus
                .ask(&query, &mut |progress| streamed.extend_from_slice(progress.found))
                .unwrap();
            let found: Vec<usize> = found.ones().collect();
            let expected: Vec<usize> = articles
                .iter()
                .enumerate()
                .filter(|(row, words)| naive(&query.root, words, *row))
                .map(|(row, _)| row)
                .collect();
            prop_assert_eq!(&found, &expected, "{}", search);
            if !streamed.is_empty() {
                streamed.sort_unstable();
                let streamed: Vec<usize> = streamed.iter().map(|row| *row as usize).collect();
                prop_assert_eq!(&streamed, &expected, "{}", search);
            }
        }
    }

    #[test]
    fn expressions_find_what_reading_every_text_finds(
        articles in proptest::collection::vec(proptest::collection::vec(token(), 0..5), 0..60),
        patterns in proptest::collection::vec(pattern(), 6),
    ) {
        let texts: Vec<String> = articles.iter().map(|tokens| tokens.concat()).collect();
        let rows: Vec<_> = texts.iter().map(|text| ("", text.as_str(), English)).collect();
        let corpus = Corpus::new(&rows, 400);
        for pattern in patterns {
            let looked_for = super::pattern::Pattern::new(&pattern).unwrap();
            let reading = texts.iter().enumerate().filter(|(_, text)| looked_for.is_in(text));
            let expected: Vec<usize> = reading.map(|(row, _)| row).collect();
            prop_assert_eq!(corpus.rows(&format!("/{pattern}/")), expected, "{}", pattern);
        }
    }

    #[test]
    fn rows_are_where_they_were_added(count in 1usize..300) {
        let texts: Vec<String> = (0..count).map(|row| format!("word{row}x")).collect();
        let rows: Vec<_> = texts.iter().map(|text| ("", text.as_str(), English)).collect();
        let corpus = Corpus::new(&rows, 100);
        for row in [0, count / 2, count - 1] {
            prop_assert_eq!(corpus.rows(&format!("word{row}x")), [row]);
        }
    }

    #[test]
    fn snippets_and_lines_fit_any_text(text in "(\\PC|\n| |drone ){0,80}", most in 0usize..60) {
        let query = parse("drone* OR a* OR /[ab] ./", &Options::default()).query;
        let hits = Finder::new(&query, &|_| Vec::new()).in_text(&text);
        prop_assert!(hits.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let shown = snippet(&text, &hits, most);
        let piece = shown.span.of(&text).unwrap();
        prop_assert!(piece.chars().count() <= most);
        for hit in &shown.hits {
            prop_assert!(shown.span.contains(*hit) && hit.of(&text).is_some());
        }
        for line in lines(&text, &hits, most) {
            for span in [line.before, line.hit, line.after] {
                prop_assert!(span.of(&text).is_some());
            }
            prop_assert_eq!(line.before.end, line.hit.start);
            let around = Span::new(line.before.start, line.after.end);
            prop_assert!(around.contains(line.hit));
        }
    }
}
