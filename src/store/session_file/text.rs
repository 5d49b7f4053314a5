//! How single values are written: ids, dates and times as their text, named enums by their key,
//! spans as `(start, end)`, maps without doubles.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::model::actor::{ActorKind, MentionClass};
use crate::model::article::FurnitureReason;
use crate::model::claim::{ClaimKind, Modality, Polarity, Role};
use crate::model::finding::TimeBasis;
use crate::model::span::Span;
use crate::model::view::{BinWidth, Clock, Column, Pane, Theme, Unit};

/// A value written as the text that it prints and parses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct Text<T>(pub(in crate::store) T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T> Deserialize<'de> for Text<T>
where
    T: FromStr<Err: Display>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_str(deserializer, |text| text.parse().map(Self))
    }
}

/// Reads a string and makes a value of it, so that an error is told where the string stands.
fn read_str<'de, D, T, E, F>(deserializer: D, parse: F) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: Display,
    F: FnOnce(&str) -> Result<T, E>,
{
    struct Parsed<F>(F);
    impl<T, E: Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Parsed<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text in quotes")
        }

        fn visit_str<R: de::Error>(self, text: &str) -> Result<T, R> {
            (self.0)(text).map_err(de::Error::custom)
        }
    }
    deserializer.deserialize_str(Parsed(parse))
}

/// An enum whose variants have a key.
pub(super) trait Keys: Copy + 'static {
    fn key_of(self) -> &'static str;
    fn all() -> &'static [Self];
}

macro_rules! keys {
    ($($name:ident),+ $(,)?) => {
        $(impl Keys for $name {
            fn key_of(self) -> &'static str {
                self.key()
            }

            fn all() -> &'static [Self] {
                Self::ALL
            }
        })+
    };
}

keys! {
    BinWidth, ClaimKind, Clock, Column, FurnitureReason, MentionClass, Modality, Pane, Polarity, Role,
    Theme, TimeBasis, Unit,
}

impl Keys for ActorKind {
    fn key_of(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Organisation => "organisation",
            Self::Person => "person",
            Self::Bloc => "bloc",
        }
    }

    fn all() -> &'static [Self] {
        &[Self::Country, Self::Organisation, Self::Person, Self::Bloc]
    }
}

/// A named enum, written by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key<T>(pub(super) T);

impl<T: Keys> Serialize for Key<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.key_of())
    }
}

impl<'de, T: Keys> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_str(deserializer, |text| {
            let known = T::all().iter().copied();
            known
                .clone()
                .find(|v| v.key_of() == text)
                .map(Self)
                .ok_or_else(|| {
                    let names: Vec<_> = known.map(Keys::key_of).collect();
                    format!("{text:?} is not one of {}", names.join(", "))
                })
        })
    }
}

/// A span as `(start, end)`, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SpanText(pub(super) Span);

impl Serialize for SpanText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0.start, self.0.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SpanText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(usize, usize)>::deserialize(deserializer)?;
        if start > end {
            return Err(de::Error::custom(format!(
                "the span ({start}, {end}) ends before it starts"
            )));
        }
        Ok(Self(Span::new(start, end)))
    }
}

/// What stands in the model as the key or the value of a map.
pub(super) trait Stored: Sized + Clone {
    /// The same as it stands in the file.
    type Doc<'a>: Serialize
    where
        Self: 'a;

    fn doc(&self) -> Self::Doc<'_>;
    fn of(doc: Self::Doc<'static>) -> Self;
}

/// A map of the model, put into the words of the file entry by entry, and read entry by entry: of the
/// work on articles there may be so much that a second one of all of it costs more than the rest.
/// No key stands in it twice.
#[derive(Debug)]
pub(super) struct ModelMap<'a, K: Clone, V: Clone>(pub(super) Cow<'a, BTreeMap<K, V>>);

impl<K: Clone, V: Clone> Default for ModelMap<'_, K, V> {
    fn default() -> Self {
        Self(Cow::Owned(BTreeMap::new()))
    }
}

impl<K: Clone, V: Clone> ModelMap<'_, K, V> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Stored, V: Stored> Serialize for ModelMap<'_, K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key.doc(), value.doc())))
    }
}

impl<'de, K, V> Deserialize<'de> for ModelMap<'_, K, V>
where
    K: Stored<Doc<'static>: Deserialize<'de>> + Ord + fmt::Debug + 'static,
    V: Stored<Doc<'static>: Deserialize<'de>> + 'static,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_map(Entries(K::of, V::of, PhantomData))
            .map(|map| Self(Cow::Owned(map)))
    }
}

/// Reads a map whose keys and values are made of what stands there.
struct Entries<FK, FV, DK, DV>(FK, FV, PhantomData<(DK, DV)>);

impl<'de, FK, FV, DK, DV, K, V> Visitor<'de> for Entries<FK, FV, DK, DV>
where
    DK: Deserialize<'de>,
    DV: Deserialize<'de>,
    K: Ord + fmt::Debug,
    FK: Fn(DK) -> K,
    FV: Fn(DV) -> V,
{
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let Self(key_of, value_of, _) = self;
        let mut map = BTreeMap::new();
        while let Some(key) = entries.next_key::<DK>()? {
            match map.entry(key_of(key)) {
                Entry::Vacant(place) => _ = place.insert(value_of(entries.next_value()?)),
                Entry::Occupied(place) => {
                    let twice = format!("{:?} stands here twice", place.key());
                    return Err(de::Error::custom(twice));
                }
            }
        }
        Ok(map)
    }
}

/// A sorted map in which no key stands twice.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Map<K, V>(pub(super) BTreeMap<K, V>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K, V> Map<K, V> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl<'de, K, V> Deserialize<'de> for Map<K, V>
where
    K: Deserialize<'de> + Ord + fmt::Debug,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let same = std::convert::identity::<K>;
        let entries = Entries(same, std::convert::identity::<V>, PhantomData);
        deserializer.deserialize_map(entries).map(Map)
    }
}
