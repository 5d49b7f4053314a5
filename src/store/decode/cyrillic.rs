//! Which of the one-byte Cyrillic encodings: by how often the letters occur that each reading
//! gives, and by capitals in the middle of words.
//!
//! The encodings put the same letters at different places, so a wrong reading shows rare letters
//! (KOI8 read as Windows-1251 swaps the cases: "оПХБЕР"), box-drawing characters, and capitals
//! after small letters. A handful of words is enough to tell them apart.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_U, WINDOWS_1251};

/// In order of how common they are, for equal scores. KOI8-U reads all letters of KOI8-R.
const CANDIDATES: [&Encoding; 4] = [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5];

/// How often a letter occurs in Russian, in 1/10,000 of all letters (Russian National Corpus,
/// rounded), from а to я.
const FREQUENCY: [u16; 32] = [
    801, 159, 454, 170, 298, 845, 94, 165, 735, 121, 349, 440, 321, 670, 1097, 281, 473, 547, 626,
    262, 26, 97, 48, 144, 73, 36, 4, 190, 174, 32, 64, 201,
];

/// The encoding whose reading looks most like Russian, Belarusian or Ukrainian; `None` where none
/// does (western European texts, mostly).
pub(super) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    // The letters' statistics settle long before that.
    let sample = bytes.get(..bytes.len().min(16 * 1024))?;
    // Western texts have a few letters beyond ASCII, never whole words of them.
    let high = sample.iter().filter(|b| **b >= 0x80).count();
    let latin = sample.iter().filter(|b| b.is_ascii_alphabetic()).count();
    if high < 3 || longest_high_run(sample) < 4 || high * 8 < latin {
        return None;
    }
    let (mut best, mut best_score) = (None, 0);
    for encoding in CANDIDATES {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let score = score(&text);
        if score > best_score {
            (best, best_score) = (Some(encoding), score);
        }
    }
    best
}

fn longest_high_run(bytes: &[u8]) -> usize {
    bytes
        .split(|b| *b < 0x80)
        .map(<[u8]>::len)
        .max()
        .unwrap_or(0)
}

/// Sum over the characters beyond ASCII: common letters count for, what no word has against.
fn score(text: &str) -> i64 {
    let mut sum = 0;
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            sum += of_letter(c);
            // A capital within a word, unless the whole word is in capitals.
            if c.is_uppercase() && before.is_lowercase() {
                sum -= 1500;
            }
        }
        before = c;
    }
    sum
}

fn of_letter(c: char) -> i64 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let index = u32::from(lower).wrapping_sub(u32::from('а')) as usize;
    if let Some(frequency) = FREQUENCY.get(index) {
        // Rare letters count against a reading: less than one in two hundred.
        return i64::from(*frequency) - 50;
    }
    match lower {
        'ё' => 20,
        // Common in Belarusian and Ukrainian.
        'і' => 400,
        'ў' | 'ї' | 'є' => 100,
        '«' | '»' | '—' | '–' | '“' | '”' | '„' | '’' | '…' | '№' | '\u{a0}' | 'ґ' | '°' | '§'
        | '©' => 0,
        _ => -2000,
    }
}
