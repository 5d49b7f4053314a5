//! Paths as text that gives the very path back, also where a path is not UTF-8.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Marks a path written in percent-encoded bytes.
const BYTES: &str = "bytes:";

/// The path as text: as it is, or where that would lose something, as `bytes:` and its bytes, the
/// odd ones as `%` and two hexadecimal digits (Unix only; elsewhere what can't be shown is
/// replaced).
#[must_use]
pub fn path_to_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.starts_with(BYTES) => text.to_owned(),
        _ => {
            use std::fmt::Write as _;
            let mut text = BYTES.to_owned();
            for byte in path.as_os_str().as_encoded_bytes() {
                if byte.is_ascii_graphic() && *byte != b'%' {
                    text.push(char::from(*byte));
                } else {
                    // Writing to a string can't fail.
                    let _ = write!(text, "%{byte:02X}");
                }
            }
            text
        }
    }
}

/// The path that [`path_to_text`] wrote.
#[must_use]
pub fn path_from_text(text: &str) -> PathBuf {
    let Some(encoded) = text.strip_prefix(BYTES) else {
        return PathBuf::from(text);
    };
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| first == b'%');
        let decoded = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(decoded.unwrap_or(first));
        rest = match decoded {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
    }
    PathBuf::from(os_string(bytes))
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_comes_back() {
        let mut paths = vec![
            PathBuf::from("/data/articles"),
            PathBuf::from("статьи/2016"),
            PathBuf::from("bytes:odd %41"),
            PathBuf::from("100%.txt"),
        ];
        paths.push(PathBuf::from(os_string(b"/caf\xe9%FF/\xff\xfe".to_vec())));
        for path in paths {
            assert_eq!(path_from_text(&path_to_text(&path)), path);
        }
        assert_eq!(path_to_text(Path::new("статьи/2016")), "статьи/2016");
    }
}
