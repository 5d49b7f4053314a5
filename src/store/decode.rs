//! Bytes of unknown encoding → text.
//!
//! Order of the tests: byte order mark, UTF-16 without one, UTF-8, and last the one-byte
//! encodings, among which [`chardetng`] decides. Measured on news sentences in Russian, Ukrainian
//! and Belarusian, it names Windows-1251, KOI8-R, KOI8-U, IBM866 and ISO-8859-5 rightly from five
//! words on, also amid English ones; letter statistics of our own did not better it. The text is
//! what the bytes say, character by character: line ends stay as they are, and only a byte order
//! mark is left out.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The name of the encoding, as the WHATWG Encoding Standard spells it: `UTF-8`,
    /// `windows-1251`.
    pub encoding: &'static str,
    /// How many places could not be decoded and read as U+FFFD.
    pub replaced: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotText {
    /// Nothing, or nothing but blanks.
    #[error("the file is empty. Remove it from the folder, or fetch the article again")]
    Empty,
    /// Zero or control bytes that no text has.
    #[error(
        "the file is not text: byte {offset} is {byte:#04x}, which no text file has. If it is a \
         document (PDF, Word), export it as plain text first"
    )]
    Binary {
        /// Offset of the first such byte.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// No encoding gives a text.
    #[error(
        "the file's encoding is not recognised: as {tried}, {replaced} characters can't be read. \
         Save it as UTF-8 and import it again"
    )]
    UnknownEncoding {
        /// The most likely encoding.
        tried: &'static str,
        /// How many places could not be decoded.
        replaced: usize,
    },
}

/// Decodes `bytes`.
///
/// # Errors
/// When they are empty or no text; see [`NotText`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    let (encoding, content) = if let Some((encoding, bom_len)) = Encoding::for_bom(bytes) {
        (encoding, bytes.get(bom_len..).unwrap_or_default())
    } else if let Some(utf16) = utf16_without_bom(bytes) {
        (utf16, bytes)
    } else {
        refuse_binary(bytes)?;
        (guess_bytewise(bytes), bytes)
    };
    let decoded = decode_as(encoding, content);
    if decoded.text.chars().all(char::is_whitespace) {
        return Err(NotText::Empty);
    }
    if encoding == UTF_16LE || encoding == UTF_16BE {
        // NULs and controls show only after decoding.
        refuse_binary(decoded.text.as_bytes())?;
    }
    // A few damaged places, or one in a hundred bytes, can still be read; more is another encoding.
    if decoded.replaced > FEW + decoded.text.len() / 100 {
        return Err(NotText::UnknownEncoding {
            tried: decoded.encoding,
            replaced: decoded.replaced,
        });
    }
    Ok(decoded)
}

/// How many damaged places even a short text may have.
const FEW: usize = 3;

fn decode_as(encoding: &'static Encoding, content: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(content);
    // A text may hold U+FFFD of its own; it counts only where the decoder complained.
    let replaced = if had_errors {
        text.matches('\u{FFFD}').count()
    } else {
        0
    };
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        replaced,
    }
}

/// The kind of UTF-16 that a file is which begins with `bytes`; `None`: it is none.
#[must_use]
pub fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding != UTF_8).then_some(encoding),
        None => utf16_without_bom(bytes),
    }
}

/// UTF-16 without byte order mark: the high bytes of Latin and Cyrillic letters, digits and
/// blanks are 0x00 and 0x04, so nearly all bytes on one side are one of these.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let sample = bytes.get(..4096.min(bytes.len()))?;
    let share = |side: usize| {
        let of_side = sample.iter().skip(side).step_by(2);
        of_side.filter(|b| matches!(b, 0x00 | 0x04 | 0x20)).count() * 2 * 100 / sample.len()
    };
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).any(|b| *b == 0);
    match (share(0), share(1)) {
        (big, little) if little >= 90 && big < 50 && !zeros(0) => Some(UTF_16LE),
        (big, little) if big >= 90 && little < 50 && !zeros(1) => Some(UTF_16BE),
        _ => None,
    }
}

/// No text holds NUL; a few other control characters stray into texts (a DOS end-of-file mark, a
/// page break), but not more than one in a hundred.
fn refuse_binary(bytes: &[u8]) -> Result<(), NotText> {
    let refusal = |offset, byte| Err(NotText::Binary { offset, byte });
    if let Some(offset) = bytes.iter().position(|b| *b == 0) {
        return refusal(offset, 0);
    }
    let is_control = |b: &u8| matches!(b, 0x01..=0x08 | 0x0B | 0x0E..=0x1F | 0x7F);
    if bytes.iter().filter(|b| is_control(b)).count() * 100 > bytes.len()
        && let Some((offset, byte)) = bytes.iter().enumerate().find(|(_, b)| is_control(b))
    {
        return refusal(offset, *byte);
    }
    Ok(())
}

/// UTF-8 where it fits or nearly fits; else a one-byte encoding.
fn guess_bytewise(bytes: &[u8]) -> &'static Encoding {
    if nearly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Valid UTF-8, or UTF-8 with a few damaged places, as when a file was cut or glued: more than two
/// good multi-byte characters for each bad sequence. In other encodings nearly every letter beyond
/// ASCII makes a bad sequence.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad * 2
}

#[cfg(test)]
mod tests;
