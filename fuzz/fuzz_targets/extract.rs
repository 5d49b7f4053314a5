//! Any bytes, read as an article: nothing panics, and what must hold of a reading holds.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/invariants.rs"]
mod invariants;

fuzz_target!(|bytes: &[u8]| {
    // Bytes that are no UTF-8 are read as the decoder gives them to extraction.
    let text = String::from_utf8_lossy(bytes);
    let focus = match bytes.len() % 3 {
        0 => "BY",
        1 => "RU",
        _ => "ZZ",
    };
    invariants::check(&text, focus);
});
