//! The language of searches, as Lucene and tantivy users know it.
//!
//! | written | finds articles |
//! |---|---|
//! | `joint production` | with both words, in any inflection |
//! | `"joint production"`, `“…”`, `«…»` | with the words side by side, in this order |
//! | `a OR b`, `a AND b`, `NOT a`, `-a`, `+a`, `(…)` | combined; AND binds closer than OR |
//! | `"agreement drones"~5` | with the words at most five places out of that order |
//! | `Lukashenka~`, `Lukashenka~2` | with a word one or two letters away |
//! | `cooperat*` | with a word that begins so |
//! | `/joint (production\|venture)s?/` | whose text the regular expression matches from the beginning of a word on, case aside |
//! | `title:drone` | with the word in the title |
//! | `partner:CN`, `kind:(delivery OR purchase)`, `source:"Defence Blog"` | whose field has the value |
//! | `happened:2015..2018`, `published:>2016`, `published:[2015 TO 2018-06]` | dated so, in EDTF values |
//! | `partner:CN kind:delivery happened:2016` | with one claim of which all of it holds |
//!
//! A text that breaks the rules still gives the tree of what could be read, and an error for each
//! place that could not.

mod claims;
mod cursor;
mod error;
mod parse;
mod print;
mod quoted;
mod value;

#[cfg(test)]
mod tests;

pub use claims::ClaimTest;
pub(crate) use claims::grouped;
#[cfg(feature = "gui")]
pub(crate) use error::closest;
pub use error::{Fix, QueryError};
pub use parse::{Mark, MarkKind, Options, Parsed, parse};

use crate::model::claim::named_enum;
use crate::model::date::DayRange;

named_enum! {
    /// What can stand before a colon.
    Field {
        /// An actor that a claim ties to the focus, by code or name.
        Partner = "partner", "Partner";
        /// Kind of a claim.
        Kind = "kind", "Kind";
        /// Modality of a claim.
        Modality = "modality", "Modality";
        /// Polarity of a claim.
        Polarity = "polarity", "Polarity";
        /// When something told happened.
        Happened = "happened", "Happened";
        /// When the article was published.
        Published = "published", "Published";
        /// Language of the article.
        Lang = "lang", "Language";
        /// Where the article comes from.
        Source = "source", "Source";
        /// Words of the title.
        Title = "title", "Title";
        /// Codes of annotations.
        Code = "code", "Code";
        /// What has been decided about suggestions.
        Status = "status", "Status";
        /// Who decided or annotated.
        Author = "author", "Author";
        /// What the article is.
        Is = "is", "Is";
    }
}

named_enum! {
    /// The values of `status:`.
    Status {
        /// Has suggestions that nobody has decided on.
        Undecided = "undecided", "Undecided";
        /// Has decisions, and no suggestion is left.
        Decided = "decided", "Decided";
        /// Has accepted suggestions.
        Accepted = "accepted", "Accepted";
        /// Has rejected suggestions.
        Rejected = "rejected", "Rejected";
        /// Has edited suggestions.
        Edited = "edited", "Edited";
    }
}

named_enum! {
    /// The values of `is:`.
    Property {
        /// Another article with the same body stands before it.
        Duplicate = "duplicate", "Duplicate";
        /// Its publication date is printed.
        Stated = "stated", "Stated";
        /// It prints no publication date.
        Missing = "missing", "Missing";
        /// Its publication date contradicts its content.
        Conflict = "conflict", "Conflict";
        /// It is a digest of a period.
        Period = "period", "Period";
        /// The analyst annotated it.
        Annotated = "annotated", "Annotated";
        /// Its file was gone when the library was last brought up to date.
        Vanished = "vanished", "Vanished";
    }
}

impl Field {
    /// The values that the field can have, as (key, name on screen), where there is a fixed list.
    #[must_use]
    pub fn values(self) -> Option<Vec<(&'static str, &'static str)>> {
        use crate::model::article::Language;
        use crate::model::claim::{ClaimKind, Modality, Polarity};
        macro_rules! all {
            ($name:ident) => {
                Some($name::ALL.iter().map(|v| (v.key(), v.label())).collect())
            };
        }
        match self {
            Self::Kind => all!(ClaimKind),
            Self::Modality => all!(Modality),
            Self::Polarity => all!(Polarity),
            Self::Lang => all!(Language),
            Self::Status => all!(Status),
            Self::Is => all!(Property),
            _ => None,
        }
    }

    /// Whether its values are dates.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Happened | Self::Published)
    }

    /// What can stand after the colon, for a message or a hint.
    #[must_use]
    pub fn expected(self) -> String {
        if self.is_date() {
            return "a date or range: 2016, 2016-04, 2015..2018, >2016 or [2015 TO 2018]"
                .to_owned();
        }
        if let Some(values) = self.values() {
            let keys: Vec<&str> = values.iter().map(|(key, _)| *key).collect();
            return format!("one of {}", keys.join(", "));
        }
        match self {
            Self::Partner => "a country's code or an actor's name",
            Self::Source => "the name or address of a source",
            Self::Title => "words of the title",
            Self::Code => "the name of a code",
            Self::Author => "a name, or me",
            _ => "a value",
        }
        .to_owned()
    }
}

/// A search.
///
/// It prints as a text that parses to the same search:
///
/// ```
/// use attache::index::query::{Options, parse};
/// let query = parse("drones -partner:RU OR «joint venture»~3", &Options::default()).query;
/// assert_eq!(query.to_string(), "drones NOT partner:RU OR \"joint venture\"~3");
/// assert_eq!(parse(&query.to_string(), &Options::default()).query, query);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Query {
    /// The tree of tests.
    pub root: Node,
}

impl Query {
    /// Whether every article is found: nothing was asked.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.root == Node::All
    }
}

/// A tree of tests. `And` and `Or` have at least two parts and hold none of their own kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Node {
    /// Every article.
    #[default]
    All,
    /// A test on words.
    Text(TextTest),
    /// A test on what is known of the article.
    Field(FieldTest),
    /// All but these.
    Not(Box<Self>),
    /// What every part finds.
    And(Vec<Self>),
    /// What any part finds.
    Or(Vec<Self>),
}

impl Node {
    /// Whether words are asked for that what is found may hold.
    #[must_use]
    pub fn has_words(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::All | Self::Field(_) | Self::Not(_) => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_words),
        }
    }

    /// What all of `nodes` find.
    #[must_use]
    pub fn and(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::one_or(flat, Self::And)
    }

    /// What any of `nodes` finds; all articles without any.
    #[must_use]
    pub fn or(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::one_or(flat, Self::Or)
    }

    fn one_or(mut nodes: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match nodes.len() {
            0 | 1 => nodes.pop().unwrap_or_default(),
            _ => join(nodes),
        }
    }
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// In the title or the text.
    #[default]
    Anywhere,
    /// In the title only.
    Title,
}

/// A test on words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextTest {
    /// Where.
    pub scope: Scope,
    /// What.
    pub words: Words,
}

/// The words of a test, as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Words {
    /// A word in any inflection, or a name by any alias. One that falls apart (`T-72`) is a
    /// phrase.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words at most so many letters away, 1 or 2.
    Fuzzy(String, u8),
    /// Words in this order, at most so many places out of it in sum, as Lucene counts.
    Phrase(String, u32),
    /// A regular expression on the text, from the beginning of a word on, case aside.
    Regex(String),
}

/// A test on what is known of an article, answered outside the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldTest {
    /// Which field. Never the title.
    pub field: Field,
    /// What its value must be.
    pub value: Value,
}

/// What a field's value must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Any: the field is filled.
    Any,
    /// This one: a key of [`Field::values`] where there is such a list, otherwise as written
    /// (compare folded).
    Is(String),
    /// One that begins so.
    Prefix(String),
    /// One that touches these days. At least one end is closed.
    Days(DayRange),
}
