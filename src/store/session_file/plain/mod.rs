//! The part of RON that the work on articles is written in, read and written several times as fast
//! as the general reader and writer do it.
//!
//! [`write::text`] gives the bytes that `ron` would, and [`read::value`] reads nothing that `ron`
//! would not read, and nothing otherwise than it. Whatever else may stand in a file of RON
//! (comments, raw strings, names of structs, numbers with signs or suffixes) is [`NotPlain`] and
//! left to `ron`, as is everything that is wrong: it can say what and where.

pub(super) mod read;
pub(super) mod write;

use std::fmt;

/// This has to be left to `ron`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the general reader or writer is needed")
    }
}

impl std::error::Error for NotPlain {}

// What is wrong is told by `ron`, which meets it, too.
impl serde::de::Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl serde::ser::Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Where the first byte of a kind stands. `is_it` is best written without a branch, so that it is
/// asked of many bytes at once.
#[inline]
fn first_byte(text: &str, is_it: impl Fn(u8) -> bool) -> Option<usize> {
    const AT_ONCE: usize = 32;
    let bytes = text.as_bytes();
    let has_none = |chunk: &&[u8]| !chunk.iter().fold(false, |found, byte| found | is_it(*byte));
    let chunks = bytes.chunks_exact(AT_ONCE);
    let passed = chunks.take_while(has_none).count() * AT_ONCE;
    let rest = bytes.get(passed..)?;
    let found = rest.iter().position(|byte| is_it(*byte))?;
    Some(passed + found)
}

#[cfg(test)]
mod tests;
