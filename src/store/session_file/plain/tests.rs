use proptest::prelude::*;

use super::super::doc::WorkDoc;
use super::super::text::{Map, Text};
use super::super::text_of;
use super::super::{FileDoc, pieces, to_ron};
use super::NotPlain;
use super::read::Reader;
use super::write::is_shown;
use crate::model::arbitrary;
use crate::model::ids::ArticleId;
use crate::model::session::{ArticleWork, Session};
use crate::model::shared::SharedMap;
use crate::model::view::View;

type Work = SharedMap<ArticleId, ArticleWork>;

fn plainly(entries: &str) -> Result<Work, NotPlain> {
    let mut reader = Reader::new(entries);
    let mut work = Work::default();
    while let Some((id, one)) = reader.entry::<Text<ArticleId>, WorkDoc<'_>>()? {
        // `pieces` asks for this.
        if work.insert(id.0, one.into()).is_some() {
            return Err(NotPlain);
        }
    }
    Ok(work)
}

fn by_ron(entries: &str) -> ron::error::SpannedResult<Work> {
    let read: Map<Text<ArticleId>, WorkDoc<'_>> = ron::from_str(&format!("{{{entries}}}"))?;
    Ok(read
        .0
        .into_iter()
        .map(|(id, work)| (id.0, work.into()))
        .collect())
}

/// The lines of the work on articles.
fn lines(session: &Session) -> Option<String> {
    let text = to_ron(session, &View::default(), None).unwrap();
    let begin = text.find("\n        work: {\n")? + "\n        work: {\n".len();
    let end = text[begin..].find("\n        },\n")? + begin + 1;
    Some(text[begin..end].to_owned())
}

#[test]
fn what_is_written_as_it_is_needs_no_escape() {
    let shown = (char::MIN..=char::MAX).filter(|c| is_shown(*c));
    let odd: Vec<char> = shown.filter(|c| !c.escape_debug().eq([*c])).collect();
    assert!(odd.is_empty(), "{odd:?}");
    // Each letter of the languages that are read.
    assert!(
        "Zażółć gęślą jaźń; Ґанок, їжак, ў; «“—…"
            .chars()
            .all(is_shown)
    );
}

#[test]
fn what_only_the_general_reader_reads_is_left_to_it() {
    let id = "ab".repeat(32);
    let note = |inside: &str| {
        format!("\"{id}\": (note: Some((text: {inside}, by: \"\", at: \"2020-01-01T00:00:00Z\"))),")
    };
    let text = |inside: &str| {
        let text = note(inside);
        let general = by_ron(&text).unwrap();
        let of = |work: &Work| {
            work.values()
                .next()
                .unwrap()
                .note
                .as_ref()
                .unwrap()
                .text
                .clone()
        };
        let plain = plainly(&text).map(|work| of(&work));
        assert!(plain.as_ref().map_or(true, |plain| *plain == of(&general)));
        plain
    };
    assert_eq!(
        text(r#""a\n\u{301}\0\'\"\\ж""#).as_deref(),
        Ok("a\n\u{301}\0'\"\\ж")
    );
    for odd in [
        r##"r#"a"#"##,
        r#""\x41""#,
        "/* mine */ \"a\"",
        "\u{85}\"a\"",
    ] {
        assert_eq!(text(odd), Err(NotPlain), "{odd}");
    }
    for wrong in [
        r#""\u{}""#,
        r#""\u{110000}""#,
        r#""\q""#,
        "\"a",
        "a",
        "7",
        "(\"a\")",
    ] {
        assert!(
            by_ron(&note(wrong)).is_err() && plainly(&note(wrong)).is_err(),
            "{wrong}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn it_is_written_as_ron_writes_it(session in arbitrary::session(20), view in arbitrary::view()) {
        let text = to_ron(&session, &view, None).unwrap();
        prop_assert_eq!(&text, &text_of(&FileDoc::new(&session, &view, None)).unwrap());
        if !session.work.is_empty() {
            let (_, work) = pieces::read_by(&text, 100).expect("what was written is read");
            prop_assert_eq!(work, session.work);
        }
    }

    #[test]
    fn nothing_is_read_that_ron_reads_otherwise(
        session in arbitrary::session(6),
        at in any::<prop::sample::Index>(),
        instead in prop::sample::select(vec![
            "", " ", "\n", "\t", ",", ", ,", ":", "(", ")", "[", "]", "{", "}", "\"", "\\", "\\\"", "'", "0", "9",
            "-", "+", ".", "_", "1e3", "0x1", "//", "/*", "*/", "#", "r", "b", "Some(", "None", "Some", "a", "ж",
            "\u{2028}", "\u{0}", "true", "()", "(1, 2)",
        ]),
        inserts in any::<bool>(),
    ) {
        let Some(text) = lines(&session) else { return Ok(()) };
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let begin = *at.get(&places);
        let width = text[begin..].chars().next().map_or(0, char::len_utf8);
        let end = if inserts { begin } else { begin + width };
        let changed = [&text[..begin], instead, &text[end..]].concat();
        if let Ok(plain) = plainly(&changed) {
            prop_assert_eq!(by_ron(&changed).map_err(|error| error.to_string()), Ok(plain));
        }
    }
}
