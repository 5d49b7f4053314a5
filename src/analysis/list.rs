//! The rows of the article list: which articles a filter keeps, in which order.
//!
//! What is searched and sorted by is folded once per article, so that a key press over 100,000
//! articles costs a scan of short strings: some 20 ms on one core, sorting included.

use std::cmp::Ordering;

use jiff::civil::Date;

pub use crate::model::fold::fold;
use crate::model::ids::{ActorId, ArticleId};
use crate::model::view::Column;

use super::facts::ArticleFacts;

/// What the list searches and sorts by. Row *n* is the *n*-th article that it was made from.
#[derive(Debug, Clone, Default)]
pub struct ListIndex {
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    id: ArticleId,
    title: Text,
    /// Folded names of the partners; empty without any.
    partners: Text,
    /// First and last day of publication; `None` without a date.
    published: Option<(i32, i32)>,
    undecided: u32,
    /// Everything that the filter looks into, folded, a field a line.
    haystack: Box<str>,
}

/// A folded text, compared by its first bytes before the rest is fetched from memory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    first_bytes: u64,
    whole: Box<str>,
}

impl Text {
    fn new(text: &str) -> Self {
        let whole = fold(text);
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(whole.bytes()) {
            *to = from;
        }
        Self {
            first_bytes: u64::from_be_bytes(first),
            whole: whole.into(),
        }
    }
}

impl ListIndex {
    /// Folds what is known of the articles. `names` gives an actor's name on screen.
    #[must_use]
    pub fn new<'a>(
        articles: impl IntoIterator<Item = &'a ArticleFacts>,
        names: &dyn Fn(&ActorId) -> String,
    ) -> Self {
        let rows = articles.into_iter().map(|facts| Row::new(facts, names));
        Self {
            rows: rows.collect(),
        }
    }

    /// Takes in what changed about the article in `row`; the row after the last one is a new
    /// article, and rows past that are ignored.
    pub fn set(&mut self, row: usize, facts: &ArticleFacts, names: &dyn Fn(&ActorId) -> String) {
        let new = Row::new(facts, names);
        let len = self.rows.len();
        match self.rows.get_mut(row) {
            Some(old) => *old = new,
            None if row == len => self.rows.push(new),
            None => {}
        }
    }

    /// The number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in which every word of `filter` occurs, sorted by the column, descending if the
    /// flag says so.
    ///
    /// Words occur anywhere in the title, source, partners' names, the label of the publication
    /// status, or the publication date and years; case and diacritics don't matter. An article
    /// without what is sorted by comes last either way, and equals stand in the order of their
    /// ids.
    #[must_use]
    pub fn rows(&self, filter: &str, (column, descending): (Column, bool)) -> Vec<u32> {
        let folded = fold(filter);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut found: Vec<(u32, &Row)> = (0..)
            .zip(&self.rows)
            .filter(|(_, row)| words.iter().all(|word| row.haystack.contains(word)))
            .collect();
        found.sort_unstable_by(|(at_a, a), (at_b, b)| {
            compare(a, b, column, descending)
                .then_with(|| a.id.cmp(&b.id))
                .then(at_a.cmp(at_b))
        });
        found.into_iter().map(|(row, _)| row).collect()
    }
}

impl Row {
    fn new(facts: &ArticleFacts, names: &dyn Fn(&ActorId) -> String) -> Self {
        let partners: Vec<String> = facts.partners.iter().map(|(id, _)| names(id)).collect();
        let partners = partners.join(", ");
        let title = Text::new(&facts.title);
        let mut haystack = format!(
            "{}\n{}\n{partners}\n{}",
            facts.title,
            facts.source,
            facts.status.label()
        );
        let mut published = None;
        if let Some(when) = &facts.publication {
            let days = when.days();
            haystack.push('\n');
            haystack.push_str(&when.to_string());
            let years = [days.first, days.last].map(|day| day?.date().map(Date::year));
            if let (Some(from), Some(to)) = (years[0].or(years[1]), years[1].or(years[0])) {
                for year in (from..=to).take(MOST_YEARS) {
                    haystack.push(' ');
                    haystack.push_str(&year.to_string());
                }
            }
            published = days
                .first
                .or(days.last)
                .zip(days.last.or(days.first))
                .map(|(first, last)| (first.0, last.0));
        }
        Self {
            id: facts.id,
            title,
            partners: Text::new(&partners),
            published,
            undecided: facts.undecided,
            haystack: fold(&haystack).into(),
        }
    }
}

/// How many years of a long publication period can be found by their number.
const MOST_YEARS: usize = 50;

fn compare(a: &Row, b: &Row, column: Column, descending: bool) -> Ordering {
    let (missing, order) = match column {
        Column::Title => texts(&a.title, &b.title),
        Column::Partners => texts(&a.partners, &b.partners),
        Column::Published => (
            a.published.is_none().cmp(&b.published.is_none()),
            a.published.cmp(&b.published),
        ),
        Column::Undecided => (Ordering::Equal, a.undecided.cmp(&b.undecided)),
    };
    missing.then(if descending { order.reverse() } else { order })
}

/// What is missing against what is there, and the order of two that are there.
fn texts(a: &Text, b: &Text) -> (Ordering, Ordering) {
    let missing = a.whole.is_empty().cmp(&b.whole.is_empty());
    (missing, a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::{Article, claim};
    use crate::model::claim::ClaimKind;
    use proptest::prelude::*;

    fn names(id: &ActorId) -> String {
        match id.as_str() {
            "CN" => "China".to_owned(),
            "CI" => "Côte d’Ivoire".to_owned(),
            other => other.to_owned(),
        }
    }

    fn facts(n: u8, title: &str, partner: Option<&str>, published: Option<&str>) -> ArticleFacts {
        let mut article = Article::new(title);
        if let Some(partner) = partner {
            article = article.suggest(claim(0..1, ClaimKind::Visit, &["BY", partner], None));
        }
        article.rule_on_publication(published);
        let mut facts = article.facts();
        facts.id = ArticleId([n; 32]);
        facts
    }

    fn sample() -> ListIndex {
        let articles = [
            facts(3, "Łukašenka in Beijing", Some("CN"), Some("2016-04-22")),
            facts(1, "Ёлка и Минск", None, None),
            facts(2, "a digest", Some("CI"), Some("2012/2015")),
            facts(0, "A digest", None, Some("2018-12?")),
        ];
        ListIndex::new(&articles, &names)
    }

    #[test]
    fn every_word_must_occur_somewhere() {
        let index = sample();
        let find = |filter: &str| index.rows(filter, (Column::Title, false));
        assert_eq!(find("LUKASENKA china"), [0]);
        assert_eq!(find("елка"), [1]);
        assert_eq!(find("cote d'ivoire"), [2]);
        assert_eq!(find("2014"), [2], "a year inside the period");
        assert_eq!(find("missing 2016"), [0]);
        assert!(find("china poland").is_empty());
        assert_eq!(find("  ").len(), 4);
    }

    #[test]
    fn columns_sort_and_what_is_missing_comes_last() {
        let index = sample();
        let by = |column, descending| index.rows("", (column, descending));
        assert_eq!(by(Column::Published, false), [2, 0, 3, 1]);
        assert_eq!(by(Column::Published, true), [3, 0, 2, 1]);
        assert_eq!(by(Column::Title, false), [3, 2, 0, 1], "equal titles by id");
        assert_eq!(by(Column::Partners, false), [0, 2, 3, 1]);
        assert_eq!(by(Column::Partners, true), [2, 0, 3, 1]);
    }

    #[test]
    fn a_row_can_change() {
        let mut index = sample();
        index.set(1, &facts(1, "Tanks", None, None), &names);
        index.set(4, &facts(9, "Tanks again", None, None), &names);
        assert_eq!(index.rows("tanks", (Column::Title, true)), [4, 1]);
    }

    proptest! {
        #[test]
        fn filtering_and_sorting_lose_and_invent_nothing(
            titles in proptest::collection::vec("[a-cA-Cé ]{0,6}", 0..30),
            filter in "[a-c]{0,2}",
            column in 0usize..4,
            descending: bool,
        ) {
            let articles: Vec<ArticleFacts> = (0u8..)
                .zip(&titles)
                .map(|(n, title)| {
                    let year = format!("20{:02}", n % 7);
                    let published = (n % 3 > 0).then_some(year.as_str());
                    facts(n, title, (n % 2 > 0).then_some("CN"), published)
                })
                .collect();
            let index = ListIndex::new(&articles, &names);
            let column = Column::ALL[column];
            let rows = index.rows(&filter, (column, descending));
            let mut sorted = rows.clone();
            sorted.sort_unstable();
            let expected: Vec<u32> = (0u32..)
                .zip(&index.rows)
                .filter(|(_, row)| row.haystack.contains(&filter))
                .map(|(row, _)| row)
                .collect();
            prop_assert_eq!(sorted, expected);
            for pair in rows.windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|row| &index.rows[row as usize]);
                let order = compare(a, b, column, descending);
                prop_assert!(order.then(a.id.cmp(&b.id)) == Ordering::Less);
            }
            prop_assert_eq!(rows, index.rows(&filter, (column, descending)));
        }
    }
}
