//! A session file that something has spoilt.

use attache::store::session_file;

/// A file with something of everything in it.
fn frozen() -> Vec<u8> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/data/sessions/schema-1.ron"
    );
    std::fs::read(path).unwrap()
}

/// Flips `count` bits, one at a time, spread over the file by a fixed sequence; how many of the
/// files were refused.
fn flip(count: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let whole = frozen();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut refused = 0;
    for _ in 0..count {
        // Xorshift (Marsaglia 2003): any sequence will do, as long as it is the same each time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = usize::try_from(state >> 8).unwrap() % whole.len();
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (state % 8);
        std::fs::write(&path, &bytes).unwrap();
        if let Err(error) = session_file::load(&path) {
            refused += 1;
            let said = error.to_string();
            let has_place = said.contains("line ") && said.contains("column ");
            assert!(has_place || said.contains("schema"), "{said}");
            assert!(said.contains("work.ron"), "{said}");
        }
        assert_eq!(
            std::fs::read(&path).unwrap(),
            bytes,
            "the file is untouched"
        );
    }
    refused
}

#[test]
fn a_flipped_bit_is_read_or_refused_with_its_place() {
    assert!(flip(500) > 50);
}

#[test]
#[ignore = "long: ./x soak"]
fn soak_flipped_bits() {
    let refused = flip(10_000);
    super::report(
        "broken session: 10,000 bit flips",
        &format!(
            "no panic; {refused} refused with line and column, the others read; file untouched"
        ),
    );
}

#[test]
#[ignore = "long: ./x soak"]
fn soak_cut_at_every_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work.ron");
    let whole = frozen();
    let content = whole.trim_ascii_end();
    for end in 0..content.len() {
        std::fs::write(&path, &content[..end]).unwrap();
        let said = session_file::load(&path).unwrap_err().to_string();
        assert!(
            said.contains("line ") && said.contains("column "),
            "at {end}: {said}"
        );
    }
    super::report(
        "broken session: cut at every byte",
        &format!("{} cuts: all refused with line and column", content.len()),
    );
}
