//! Reads what [`super::write`] wrote, and the same with other white space.

use std::borrow::Cow;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor, value::StrDeserializer,
};
use serde::forward_to_deserialize_any;

use super::{NotPlain, first_byte};

/// A text that values are read from.
pub(in super::super) struct Reader<'de> {
    rest: &'de str,
}

impl<'de> Reader<'de> {
    /// From the beginning of `text`.
    pub(in super::super) const fn new(text: &'de str) -> Self {
        Self { rest: text }
    }

    /// The next entry of a map without its braces: a key and its value. `None` at the end.
    pub(in super::super) fn entry<K: DeserializeOwned, V: DeserializeOwned>(
        &mut self,
    ) -> Result<Option<(K, V)>, NotPlain> {
        self.skip_space();
        if self.rest.is_empty() {
            return Ok(None);
        }
        let key = K::deserialize(&mut *self)?;
        self.expect(b':')?;
        let value = V::deserialize(&mut *self)?;
        // Only the last one has none.
        self.skip_space();
        if !self.rest.is_empty() {
            self.expect(b',')?;
        }
        Ok(Some((key, value)))
    }

    fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Passes over what was found to be `len` bytes of whole characters.
    fn skip(&mut self, len: usize) {
        self.rest = self.rest.get(len..).unwrap_or_default();
    }

    fn skip_space(&mut self) {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
        let count = self.rest.bytes().take_while(|byte| is_space(byte)).count();
        self.skip(count);
    }

    /// Whether this comes next, after any white space; if so, it is passed over.
    fn takes(&mut self, mark: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(mark);
        if found {
            self.skip(1);
        }
        found
    }

    fn expect(&mut self, mark: u8) -> Result<(), NotPlain> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(NotPlain)
        }
    }

    /// The name of a field or a variant.
    fn name(&mut self) -> Result<&'de str, NotPlain> {
        self.skip_space();
        let is_in_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let len = self
            .rest
            .bytes()
            .take_while(|byte| is_in_name(byte))
            .count();
        let (name, rest) = self.rest.split_at_checked(len).ok_or(NotPlain)?;
        // A raw name (`r#type`), a raw string, or a name in another script.
        let goes_on = rest
            .bytes()
            .next()
            .is_none_or(|byte| !byte.is_ascii() || byte == b'#');
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if goes_on || !is_name {
            return Err(NotPlain);
        }
        self.rest = rest;
        Ok(name)
    }

    fn number(&mut self) -> Result<u64, NotPlain> {
        self.skip_space();
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(len).ok_or(NotPlain)?;
        // A fraction, a base, a suffix.
        let ends = [b' ', b'\n', b'\t', b'\r', b',', b')', b']', b'}', b':'];
        if !rest.bytes().next().is_some_and(|byte| ends.contains(&byte)) {
            return Err(NotPlain);
        }
        self.rest = rest;
        digits.parse().map_err(|_| NotPlain)
    }

    fn string(&mut self) -> Result<Cow<'de, str>, NotPlain> {
        self.expect(b'"')?;
        let begin = self.until_escape()?;
        if self.takes_here('"') {
            return Ok(Cow::Borrowed(begin));
        }
        let mut text = begin.to_owned();
        while !self.takes_here('"') {
            text.push(self.escape()?);
            text.push_str(self.until_escape()?);
        }
        Ok(Cow::Owned(text))
    }

    /// What stands before the next quotation mark or backslash.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "without branches many bytes are looked at in one instruction"
    )]
    fn until_escape(&mut self) -> Result<&'de str, NotPlain> {
        let end = first_byte(self.rest, |byte| (byte == b'"') | (byte == b'\\'));
        let end = end.ok_or(NotPlain)?;
        let (text, rest) = self.rest.split_at_checked(end).ok_or(NotPlain)?;
        self.rest = rest;
        Ok(text)
    }

    /// As [`Self::takes`], of the very next character.
    fn takes_here(&mut self, mark: char) -> bool {
        let found = self.rest.strip_prefix(mark);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// A character that stands behind a backslash.
    fn escape(&mut self) -> Result<char, NotPlain> {
        let mut chars = self.rest.chars();
        let _backslash = chars.next();
        let kind = chars.next().ok_or(NotPlain)?;
        self.rest = chars.as_str();
        Ok(match kind {
            '\'' | '"' | '\\' => kind,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'u' => {
                let inside = self.rest.strip_prefix('{').ok_or(NotPlain)?;
                let (digits, rest) = inside.split_once('}').ok_or(NotPlain)?;
                let is_number = (1..=6).contains(&digits.len())
                    && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                if !is_number {
                    return Err(NotPlain);
                }
                self.rest = rest;
                let code = u32::from_str_radix(digits, 16).map_err(|_| NotPlain)?;
                char::from_u32(code).ok_or(NotPlain)?
            }
            _ => return Err(NotPlain),
        })
    }

    /// Whether another element stands before `end`; passes over `end` where none does.
    fn has_next(&mut self, end: u8, is_first: &mut bool) -> Result<bool, NotPlain> {
        if self.takes(end) {
            return Ok(false);
        }
        if std::mem::take(is_first) {
            return Ok(true);
        }
        self.expect(b',')?;
        Ok(!self.takes(end))
    }

    fn whole<V>(
        &mut self,
        (open, close): (u8, u8),
        read: impl FnOnce(&mut Inside<'_, 'de>) -> Result<V, NotPlain>,
    ) -> Result<V, NotPlain> {
        self.expect(open)?;
        let mut inside = Inside {
            reader: self,
            end: close,
            is_first: true,
            is_over: false,
        };
        let value = read(&mut inside)?;
        // A visitor of a tuple stops when it has enough.
        if !inside.is_over && inside.has_next()? {
            return Err(NotPlain);
        }
        Ok(value)
    }
}

macro_rules! unsigned {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
            visitor.visit_u64(self.number()?)
        })+
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = NotPlain;

    /// Nothing in our documents is told by what it looks like.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotPlain> {
        Err(NotPlain)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 f32 f64 char bytes byte_buf unit unit_struct newtype_struct ignored_any
    }

    unsigned! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        visitor.visit_borrowed_str(self.name()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        match self.name()? {
            "None" => visitor.visit_none(),
            "Some" => {
                self.expect(b'(')?;
                let value = visitor.visit_some(&mut *self)?;
                self.expect(b')')?;
                Ok(value)
            }
            _ => Err(NotPlain),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        self.whole((b'[', b']'), |inside| visitor.visit_seq(inside))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, NotPlain> {
        self.whole((b'(', b')'), |inside| visitor.visit_seq(inside))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, NotPlain> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        self.whole((b'{', b'}'), |inside| visitor.visit_map(inside))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotPlain> {
        self.whole((b'(', b')'), |inside| visitor.visit_map(inside))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotPlain> {
        let name = self.name()?;
        visitor.visit_enum(Variant { reader: self, name })
    }
}

/// What stands between brackets.
struct Inside<'a, 'de> {
    reader: &'a mut Reader<'de>,
    end: u8,
    is_first: bool,
    is_over: bool,
}

impl Inside<'_, '_> {
    fn has_next(&mut self) -> Result<bool, NotPlain> {
        let more = !self.is_over && self.reader.has_next(self.end, &mut self.is_first)?;
        self.is_over = !more;
        Ok(more)
    }
}

impl<'de> SeqAccess<'de> for &mut Inside<'_, 'de> {
    type Error = NotPlain;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, NotPlain> {
        if !self.has_next()? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// The entries of a map, or the fields of a struct: what a key looks like is asked by its type.
impl<'de> MapAccess<'de> for &mut Inside<'_, 'de> {
    type Error = NotPlain;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, NotPlain> {
        if !self.has_next()? {
            return Ok(None);
        }
        let key = seed.deserialize(&mut *self.reader)?;
        self.reader.expect(b':')?;
        Ok(Some(key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, NotPlain> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant of an enum whose name has been read.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    name: &'de str,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = NotPlain;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), NotPlain> {
        let name: StrDeserializer<'_, NotPlain> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = NotPlain;

    fn unit_variant(self) -> Result<(), NotPlain> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, NotPlain> {
        self.reader.expect(b'(')?;
        let value = seed.deserialize(&mut *self.reader)?;
        self.reader.expect(b')')?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, NotPlain> {
        self.reader.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotPlain> {
        self.reader
            .whole((b'(', b')'), |inside| visitor.visit_map(inside))
    }
}
