use encoding_rs::{IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252};

use super::*;

const RUSSIAN: [&str; 5] = [
    "Министры обороны двух стран обсудили в Минске поставки запасных частей и совместные учения. \
     По итогам встречи подписан план сотрудничества на следующий год.",
    "Завод выпускает шасси для тяжёлых грузовиков с 1954 года; сегодня на нём работают около \
     семнадцати тысяч человек.",
    "«Мы готовы продолжать переговоры», — сказал представитель ведомства. Сроки, однако, не названы.",
    "ЭКСПОРТ ВООРУЖЕНИЙ ВЫРОС НА ТРЕТЬ. Об этом сообщил Государственный комитет.",
    "Вчера в Баку прошло заседание комиссии по военно-техническому сотрудничеству. Объём поставок, \
     по оценке экспертов, не изменился.",
];

const UKRAINIAN: &str = "Під час зустрічі сторони обговорили спільне виробництво двигунів. Угоду \
    підписано у Києві, її текст ще не оприлюднено.";

const BELARUSIAN: &str = "Вайсковае супрацоўніцтва з Кітаем развіваецца паступова. Летась дэлегацыя \
    наведала Пекін, дзе абмеркавала сумесную вытворчасць.";

const WESTERN: [&str; 4] = [
    "Le ministère de la Défense a reçu une délégation étrangère à Genève, où l'été dernier déjà \
     des négociations avaient échoué.",
    "Für das nächste Jahr plant die Gesellschaft größere Übungen; über die Kosten wird später \
     entschieden.",
    "The contract was worth £20 million, the company’s largest; “a façade”, critics said.",
    "La compañía española firmó un acuerdo de producción con Turquía en Málaga.",
];

fn decoded(bytes: &[u8]) -> Decoded {
    decode(bytes).unwrap()
}

fn utf16(text: &str, big: bool, bom: bool) -> Vec<u8> {
    let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn utf8_is_read_as_it_stands() {
    for text in [
        "One line.\r\nTwo.\r\n\n",
        "Минск — «да»\u{a0}…",
        "a\u{301}",
        "日本語",
    ] {
        let plain = decoded(text.as_bytes());
        assert_eq!(
            (plain.text.as_str(), plain.encoding, plain.replaced),
            (text, "UTF-8", 0)
        );
        let with_bom = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(decoded(&with_bom), plain);
    }
}

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    for text in RUSSIAN
        .into_iter()
        .chain(WESTERN)
        .chain(["Plain ASCII.\nTwo lines."])
    {
        for big in [false, true] {
            for bom in [false, true] {
                let read = decoded(&utf16(text, big, bom));
                assert_eq!(read.text, text);
                assert_eq!(read.encoding, if big { "UTF-16BE" } else { "UTF-16LE" });
            }
        }
    }
}

#[test]
fn cyrillic_encodings_are_told_apart_from_five_words_on() {
    let check = |text: &str, encoding: &'static Encoding, before: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        for five in words.windows(5) {
            let text = format!("{before}{}", five.join(" "));
            let (bytes, _, unmappable) = encoding.encode(&text);
            assert!(!unmappable);
            assert_eq!(decoded(&bytes).text, text, "{}", encoding.name());
        }
    };
    for before in [
        "",
        "Photo: www.example.org/photo/2016/04/22\nRead also: NEWS\n",
    ] {
        for text in RUSSIAN {
            check(text, WINDOWS_1251, before);
            // What these encodings have no place for.
            let plain = text.replace('—', "-").replace(['«', '»'], "\"");
            for encoding in [KOI8_R, KOI8_U, IBM866, ISO_8859_5] {
                check(&plain, encoding, before);
            }
        }
        for text in [UKRAINIAN, BELARUSIAN] {
            check(text, WINDOWS_1251, before);
        }
        check(UKRAINIAN, KOI8_U, before);
    }
}

#[test]
fn western_texts_are_not_taken_for_cyrillic() {
    for text in WESTERN {
        let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
        assert!(!unmappable);
        assert_eq!(decoded(&bytes).text, text);
    }
}

#[test]
fn utf8_with_one_damaged_place_stays_utf8() {
    let mut bytes = RUSSIAN[0].as_bytes().to_vec();
    // Cut within the last letter.
    bytes.truncate(bytes.len() - 2);
    let read = decoded(&bytes);
    assert_eq!(read.encoding, "UTF-8");
    assert_eq!(read.replaced, 1);
    assert!(read.text.starts_with("Министры обороны"));
    // Few letters beyond ASCII, and one of them cut.
    let english = b"The company\xE2\x80\x99s \xE2\x80\x9Clargest\xE2\x80\x9D contract \xE2\x80";
    assert_eq!(
        decoded(english).text,
        "The company’s “largest” contract \u{FFFD}"
    );
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    for empty in [&b""[..], b" \r\n\t\n", b"\xEF\xBB\xBF", b"\xFF\xFE\n\0"] {
        assert_eq!(decode(empty), Err(NotText::Empty));
    }
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0";
    assert_eq!(decode(png), Err(NotText::Binary { offset: 8, byte: 0 }));
    let noise: Vec<u8> = (0..2000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    assert!(decode(&noise).is_err());
    let controls = b"\x01\x02\x03 some words \x04\x05";
    assert_eq!(
        decode(controls),
        Err(NotText::Binary { offset: 0, byte: 1 })
    );
    let utf16_with_nul = utf16("text\0text", false, true);
    assert!(matches!(
        decode(&utf16_with_nul),
        Err(NotText::Binary { .. })
    ));
    // A stray DOS end-of-file mark or page break is no reason.
    let stray = format!("{}\u{c}\u{1a}", "A sentence of an article. ".repeat(8));
    assert_eq!(decoded(stray.as_bytes()).text, stray);
    for bytes in [&b""[..], png] {
        let said = decode(bytes).unwrap_err().to_string();
        assert!(said.contains(". "), "says what to do: {said}");
    }
}
