//! Writes what [`super::super::text_of`] would.

use std::fmt::{self, Display, Write as _};

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, Serializer,
};

use super::{NotPlain, first_byte};

/// What stands deeper than this stands on the line of what holds it.
pub(in super::super) const LINES_DEEP: usize = 5;
/// The indentation of a level.
const INDENT: &str = "    ";

/// A text that values are written to.
pub(in super::super) struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    /// One that writes what stands `depth` levels deep in its file.
    pub(in super::super) fn new(depth: usize, capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            depth,
        }
    }

    /// What was written.
    pub(in super::super) fn into_text(self) -> String {
        self.text
    }

    /// Writes an entry of a map whose entries stand at this depth.
    pub(in super::super) fn entry(
        &mut self,
        key: &impl Serialize,
        value: &impl Serialize,
    ) -> Result<(), NotPlain> {
        self.indent();
        key.serialize(&mut *self)?;
        self.text.push_str(": ");
        value.serialize(&mut *self)?;
        self.text.push_str(",\n");
        Ok(())
    }

    fn indent(&mut self) {
        if self.depth <= LINES_DEEP {
            for _ in 0..self.depth {
                self.text.push_str(INDENT);
            }
        }
    }

    /// The names of fields and variants in our documents are never Rust's or RON's own words.
    fn name(&mut self, name: &'static str) {
        debug_assert!(
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                && !["true", "false", "inf", "inff32", "inff64"].contains(&name),
            "{name} has to be written as a raw name"
        );
        self.text.push_str(name);
    }

    fn number(&mut self, mut number: u64) {
        // As many digits as the largest has, filled from the end.
        let mut digits = [b'0'; 20];
        let mut begin = digits.len();
        for (at, digit) in digits.iter_mut().enumerate().rev() {
            *digit += u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
            begin = at;
            if number == 0 {
                break;
            }
        }
        let written = digits.get(begin..).unwrap_or_default();
        self.text
            .push_str(std::str::from_utf8(written).unwrap_or_default());
    }

    fn open(&mut self, bracket: char) -> Entries<'_> {
        self.text.push(bracket);
        self.depth += 1;
        Entries {
            writer: self,
            is_first: true,
        }
    }

    fn escaped(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = first_odd(rest) {
            let (shown, odd) = rest.split_at(at);
            self.text.push_str(shown);
            let mut chars = odd.chars();
            if let Some(odd) = chars.next() {
                self.text.extend(odd.escape_debug());
            }
            rest = chars.as_str();
        }
        self.text.push_str(rest);
    }
}

/// Where the first character stands that may have to be escaped.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches many bytes are looked at in one instruction"
)]
fn first_odd(text: &str) -> Option<usize> {
    let odd = first_byte(text, |byte| {
        !(b' '..=b'~').contains(&byte) | (byte == b'"') | (byte == b'\'') | (byte == b'\\')
    })?;
    let rest = text.get(odd..)?;
    rest.find(|c| !is_shown(c)).map(|at| odd + at)
}

/// Whether a character is surely written as it is. What is not here is asked for one by one.
pub(super) const fn is_shown(c: char) -> bool {
    matches!(
        c,
        ' ' | '!' | '#'..='&' | '('..='[' | ']'..='~'
            | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}'
            | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}'
            | '\u{2010}'..='\u{2027}'
    )
}

/// What is written into it stands escaped in the text.
struct Escaped<'a>(&'a mut Writer);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.escaped(text);
        Ok(())
    }
}

macro_rules! unsigned {
    ($($method:ident($type:ty))+) => {
        $(fn $method(self, value: $type) -> Result<(), NotPlain> {
            self.number(value.into());
            Ok(())
        })+
    };
}

macro_rules! left_to_ron {
    ($($method:ident($($type:ty),*))+) => {
        $(fn $method(self, $(_: $type),*) -> Result<(), NotPlain> {
            Err(NotPlain)
        })+
    };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = NotPlain;
    type SerializeSeq = Entries<'a>;
    type SerializeTuple = Tuple<'a>;
    type SerializeTupleStruct = Tuple<'a>;
    type SerializeTupleVariant = Impossible<(), NotPlain>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Entries<'a>;
    type SerializeStructVariant = Entries<'a>;

    unsigned! {
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
    }

    left_to_ron! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32)
        serialize_i64(i64) serialize_f32(f32) serialize_f64(f64) serialize_char(char)
        serialize_bytes(&[u8]) serialize_unit() serialize_unit_struct(&'static str)
    }

    fn serialize_str(self, text: &str) -> Result<(), NotPlain> {
        self.text.push('"');
        self.escaped(text);
        self.text.push('"');
        Ok(())
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), NotPlain> {
        self.text.push('"');
        write!(Escaped(self), "{value}").map_err(|_| NotPlain)?;
        self.text.push('"');
        Ok(())
    }

    fn serialize_none(self) -> Result<(), NotPlain> {
        self.text.push_str("None");
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), NotPlain> {
        self.text.push_str("Some(");
        value.serialize(&mut *self)?;
        self.text.push(')');
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), NotPlain> {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), NotPlain> {
        Err(NotPlain)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), NotPlain> {
        self.name(variant);
        self.text.push('(');
        value.serialize(&mut *self)?;
        self.text.push(')');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Entries<'a>, NotPlain> {
        Ok(self.open('['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Tuple<'a>, NotPlain> {
        self.text.push('(');
        Ok(Tuple {
            writer: self,
            is_first: true,
        })
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Tuple<'a>, NotPlain> {
        self.serialize_tuple(len)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NotPlain> {
        Err(NotPlain)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>, NotPlain> {
        Ok(self.open('{'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries<'a>, NotPlain> {
        Ok(self.open('('))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Entries<'a>, NotPlain> {
        self.name(variant);
        Ok(self.open('('))
    }
}

/// What stands between brackets, one a line or all on one.
pub(in super::super) struct Entries<'a> {
    writer: &'a mut Writer,
    is_first: bool,
}

impl Entries<'_> {
    fn begin(&mut self) {
        let has_lines = self.writer.depth <= LINES_DEEP;
        let text = &mut self.writer.text;
        text.push_str(match (self.is_first, has_lines) {
            (true, true) => "\n",
            (true, false) => "",
            (false, true) => ",\n",
            (false, false) => ", ",
        });
        self.is_first = false;
        self.writer.indent();
    }

    fn close(self, bracket: char) {
        let has_lines = self.writer.depth <= LINES_DEEP;
        self.writer.depth -= 1;
        if has_lines && !self.is_first {
            self.writer.text.push_str(",\n");
            self.writer.indent();
        }
        self.writer.text.push(bracket);
    }

    fn field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotPlain> {
        self.begin();
        self.writer.name(name);
        self.writer.text.push_str(": ");
        value.serialize(&mut *self.writer)
    }
}

impl SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = NotPlain;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotPlain> {
        self.begin();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), NotPlain> {
        self.close(']');
        Ok(())
    }
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = NotPlain;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), NotPlain> {
        self.begin();
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotPlain> {
        self.writer.text.push_str(": ");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), NotPlain> {
        self.close('}');
        Ok(())
    }
}

impl SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = NotPlain;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotPlain> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), NotPlain> {
        self.close(')');
        Ok(())
    }
}

impl SerializeStructVariant for Entries<'_> {
    type Ok = ();
    type Error = NotPlain;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotPlain> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), NotPlain> {
        self.close(')');
        Ok(())
    }
}

/// A tuple, which is never spread over lines.
pub(in super::super) struct Tuple<'a> {
    writer: &'a mut Writer,
    is_first: bool,
}

impl SerializeTuple for Tuple<'_> {
    type Ok = ();
    type Error = NotPlain;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotPlain> {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push_str(", ");
        }
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), NotPlain> {
        self.writer.text.push(')');
        Ok(())
    }
}

impl SerializeTupleStruct for Tuple<'_> {
    type Ok = ();
    type Error = NotPlain;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotPlain> {
        self.serialize_element(value)
    }

    fn end(self) -> Result<(), NotPlain> {
        SerializeTuple::end(self)
    }
}
