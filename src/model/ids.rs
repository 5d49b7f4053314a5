//! Names of things that survive a reload.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use thiserror::Error;

/// The identity of an article: the SHA-256 of its source bytes, so that the same article is the
/// same wherever it lies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub [u8; 32]);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ArticleId({self})")
    }
}

/// A name that is not written as its kind of name is written.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("not {expected}: {found:?}")]
pub struct BadId {
    /// What was expected, in words.
    pub expected: &'static str,
    /// What stood there.
    pub found: String,
}

impl FromStr for ArticleId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId {
            expected: "an article id (64 hexadecimal digits)",
            found: text.to_owned(),
        };
        if text.len() != 64 {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(Self(bytes))
    }
}

/// The identity of an actor: `BY` for a country (ISO 3166-1 alpha-2), `bloc/eu`, `org/…`,
/// `person/…` from the gazetteer, `my/…` for one that the analyst made.
#[derive(Clone)]
pub struct ActorId(Name);

/// A country is named in place, and what the gazetteer knows by a text that stays: threads that
/// read articles side by side would else count the same few references up and down.
#[derive(Clone)]
enum Name {
    /// Two capital letters; no country is spelled as another variant.
    Country([u8; 2]),
    Known(&'static str),
    Other(Arc<str>),
}

impl ActorId {
    /// The id with this text. Cheap to clone afterwards.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(match *text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Name::Country([a, b]),
            _ => Name::Other(text.into()),
        })
    }

    /// The same, of a text that stays as long as the program runs.
    #[must_use]
    pub fn known(text: &'static str) -> Self {
        match Self::new(text) {
            Self(Name::Other(_)) => Self(Name::Known(text)),
            country => country,
        }
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Name::Country(code) => std::str::from_utf8(code).unwrap_or_default(),
            Name::Known(text) => text,
            Name::Other(text) => text,
        }
    }

    /// Whether this is a country code (two capital letters).
    #[must_use]
    pub const fn is_country(&self) -> bool {
        matches!(self.0, Name::Country(_))
    }
}

/// By the texts.
impl PartialEq for ActorId {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Name::Country(a), Name::Country(b)) => a == b,
            (Name::Country(_), _) | (_, Name::Country(_)) => false,
            _ => self.as_str() == other.as_str(),
        }
    }
}

impl Eq for ActorId {}

/// By the texts.
impl Hash for ActorId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Name::Country(code) => code.hash(state),
            Name::Known(_) | Name::Other(_) => self.as_str().hash(state),
        }
    }
}

/// In the order of the texts.
impl Ord for ActorId {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Name::Country(a), Name::Country(b)) => a.cmp(b),
            _ => self.as_str().cmp(other.as_str()),
        }
    }
}

impl PartialOrd for ActorId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorId({self})")
    }
}

/// The identity of a suggestion within its article, derived from what is suggested and where, so
/// that extracting again gives the same suggestion the same name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SuggestionId(pub u64);

impl fmt::Display for SuggestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for SuggestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SuggestionId({self})")
    }
}

impl FromStr for SuggestionId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId {
            expected: "a suggestion id (16 hexadecimal digits)",
            found: text.to_owned(),
        };
        if text.len() != 16 {
            return Err(bad());
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| bad())
    }
}

/// The identity of something that the analyst made: an annotation, a code, a claim by hand.
/// A UUID of version 7, so that ids sort by the time they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub uuid::Uuid);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_the_same_wherever_its_name_is_from() {
        let hash = |id: &ActorId| {
            let mut hasher = std::hash::DefaultHasher::new();
            id.hash(&mut hasher);
            hasher.finish()
        };
        for text in ["bloc/eu", "BY", "", "by"] {
            let (known, read) = (ActorId::known(text), ActorId::new(text));
            assert_eq!(known, read);
            assert_eq!(known.cmp(&read), Ordering::Equal);
            assert_eq!(hash(&known), hash(&read));
            assert_eq!(known.is_country(), read.is_country());
        }
        assert_ne!(ActorId::known("bloc/eu"), ActorId::new("bloc/nato"));
        assert_ne!(ActorId::known("bloc/eu"), ActorId::new("EU"));
    }

    #[test]
    fn ids_read_back_what_they_print() {
        let article = ArticleId([0xAB; 32]);
        assert_eq!(article.to_string().parse(), Ok(article));
        let suggestion = SuggestionId(0x1F);
        assert_eq!(suggestion.to_string().parse(), Ok(suggestion));
        assert!("12".parse::<ArticleId>().is_err());
        assert!("é".repeat(32).parse::<ArticleId>().is_err());
    }
}
