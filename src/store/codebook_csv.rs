//! A codebook as a table (CSV), for spreadsheets and other programs: `docs/codebook.md` describes
//! the columns.
//!
//! What is written reads back exactly. A text that a spreadsheet would take for a formula gets an
//! apostrophe in front (OWASP, "CSV Injection"), which reading takes off again.

use thiserror::Error;
use uuid::Uuid;

use super::decode::decode;
use crate::model::codebook::{Codebook, clean_name};
use crate::model::ids::ItemId;

/// The columns, in the order in which they are written, each with the names that it may have.
const COLUMNS: [&[&str]; 7] = [
    &["name", "code"],
    &["parent"],
    &["definition", "description"],
    &["color", "colour"],
    &["shortcut", "key"],
    &["id", "guid"],
    &["parent_id", "parent_guid"],
];

/// A line of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, counted from 1.
    pub line: usize,
    /// The name, cleaned; never empty.
    pub name: String,
    /// The code above; `None` where the table does not say.
    pub parent: Option<Parent>,
    /// The definition; `None` where the table has no such column. The same holds below.
    pub definition: Option<String>,
    /// Index into the palette.
    pub color: Option<u8>,
    /// The key, or none.
    pub shortcut: Option<Option<char>>,
    /// The identity, where it has one.
    pub id: Option<ItemId>,
}

/// The code above another one, as a table says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parent {
    /// None: the code stands at the top.
    Top,
    /// The one of this identity.
    Id(ItemId),
    /// The one of this name or path.
    Path(String),
}

/// What was read of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The lines that hold a code.
    pub rows: Vec<Row>,
    /// What could not be read, in words, each with its line.
    pub problems: Vec<String>,
}

/// Why nothing can be read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoTable {
    /// Its bytes are no text.
    #[error("The file is no text. Save the table as CSV and import that.")]
    NoText,
    /// It has no column of names.
    #[error(
        "The first line names no column \"name\"; it names {0}. Name the column with the codes so, as \
         docs/codebook.md says."
    )]
    NoNames(String),
}

/// The codebook as a table: UTF-8 with a byte order mark, by which spreadsheets know it; commas;
/// lines end as RFC 4180 wants. Each code stands below the one above it.
#[must_use]
pub fn write(book: &Codebook) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let names = COLUMNS.iter().filter_map(|names| names.first());
    // Writing to memory does not fail.
    let _ = writer.write_record(names);
    for (id, _) in book.tree() {
        let Some(code) = book.codes.get(&id) else {
            continue;
        };
        let parent = book.parent(id);
        let path = parent.map_or(String::new(), |parent| book.path_text(parent));
        let record = [
            guarded(&code.name),
            guarded(&path),
            guarded(&code.definition),
            (u16::from(code.color) + 1).to_string(),
            code.shortcut.map_or(String::new(), String::from),
            id.to_string(),
            parent.map_or(String::new(), |parent| parent.to_string()),
        ];
        let _ = writer.write_record(&record);
    }
    writer.into_inner().unwrap_or_default()
}

/// What a spreadsheet takes for the beginning of a formula, or for something before one.
const fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
    )
}

/// Whether a text begins a formula, once apostrophes in front of it are left out.
fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(begins_formula)
}

/// A text that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    if is_dangerous(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that was [`guarded`].
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => text,
    }
}

/// Reads a table: comma, semicolon or tab between the columns, in any encoding that articles may
/// have. What can't be read is listed, and the rest is read.
///
/// # Errors
/// When it is no text, or no column holds names.
pub fn read(bytes: &[u8]) -> Result<Table, NoTable> {
    let decoded;
    let text = if let Ok(text) = std::str::from_utf8(bytes) {
        text.strip_prefix('\u{FEFF}').unwrap_or(text)
    } else {
        decoded = decode(bytes).map_err(|_| NoTable::NoText)?.text;
        &decoded
    };
    let mut nothing = String::new();
    for delimiter in [b',', b';', b'\t'] {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            continue;
        }
        let places = COLUMNS.map(|names| place(&record, names));
        let [Some(_), ..] = places else {
            if nothing.is_empty() || record.len() > 1 {
                nothing = record.iter().collect::<Vec<_>>().join(", ");
            }
            continue;
        };
        return Ok(rows(text, reader, &places));
    }
    Err(NoTable::NoNames(nothing))
}

/// Where a column with one of these names stands.
fn place(head: &csv::StringRecord, names: &[&str]) -> Option<usize> {
    head.iter().position(|found| {
        let found = found.trim().to_lowercase();
        names.contains(&found.as_str())
    })
}

/// Where the columns stand that the table has, in the order of [`COLUMNS`].
type Places = [Option<usize>; COLUMNS.len()];

fn rows(text: &str, mut reader: csv::Reader<&[u8]>, places: &Places) -> Table {
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    // The reader counts lines otherwise where they end with CRLF, or are blank.
    let (mut line, mut at) = (1, 0);
    loop {
        let begun = reader.position().byte();
        let begun = usize::try_from(begun).unwrap_or(text.len());
        let rest = text.as_bytes().get(begun..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let begun = begun + blank.count();
        let passed = text.get(at..begun).unwrap_or_default();
        line += passed.matches('\n').count();
        at = begun;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return table,
            Err(problem) => {
                table.problems.push(format!("Line {line}: {problem}."));
                return table;
            }
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match row(&record, line, places, &mut table.problems) {
            Ok(row) => table.rows.push(row),
            Err(why) => table.problems.push(format!("Line {line}: {why}.")),
        }
    }
}

/// A row; what of it can't be read but does without is noted.
fn row(
    record: &csv::StringRecord,
    line: usize,
    places: &Places,
    problems: &mut Vec<String>,
) -> Result<Row, String> {
    let cell = |place: Option<usize>| Some(unguarded(record.get(place?).unwrap_or_default()));
    let [name, parent, definition, color, shortcut, id, parent_id] = places.map(cell);
    let name = clean_name(name.unwrap_or_default()).ok_or("the code has no name")?;
    let item = |text: Option<&str>| -> Result<Option<ItemId>, String> {
        let text = text.unwrap_or_default().trim();
        if text.is_empty() {
            return Ok(None);
        }
        let id = Uuid::try_parse(text);
        id.map(|id| Some(ItemId(id)))
            .map_err(|_| format!("{text:?} is no identity (a GUID)"))
    };
    let has_parent = parent.is_some() || parent_id.is_some();
    let parent = match (item(parent_id)?, parent.unwrap_or_default().trim()) {
        (Some(id), _) => Some(Parent::Id(id)),
        (None, "") => has_parent.then_some(Parent::Top),
        (None, path) => Some(Parent::Path(path.to_owned())),
    };
    let mut note =
        |what: String| problems.push(format!("Line {line}: {what}; the rest of it was read."));
    let color = color.map(str::trim).filter(|text| !text.is_empty());
    let color = color.and_then(|text| {
        let number = text.parse::<u16>().ok();
        let index = number.and_then(|number| u8::try_from(number.checked_sub(1)?).ok());
        if index.is_none() {
            note(format!("{text:?} is no number of a colour"));
        }
        index
    });
    let shortcut = shortcut.and_then(|text| {
        let key = text.trim().to_uppercase();
        let mut letters = key.strip_prefix("ALT+").unwrap_or(&key).chars();
        match (letters.next(), letters.next()) {
            (None, _) => Some(None),
            (Some(letter @ 'A'..='Z'), None) => Some(Some(letter)),
            _ => {
                note(format!("{text:?} is no key from A to Z"));
                None
            }
        }
    });
    Ok(Row {
        line,
        name,
        parent,
        definition: definition.map(str::to_owned),
        color,
        shortcut,
        id: item(id)?,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::arbitrary;

    fn table(text: &str) -> Table {
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_table_of_a_spreadsheet_is_read() {
        for (between, encoding) in [(',', "UTF-8"), (';', "windows-1251"), ('\t', "UTF-16LE")] {
            let text = "Name,Definition,Colour,Key\r\nПоставки,Что ввозят и вывозят,3,Alt+s\r\n\r\nТанки,,,\r\n";
            let text = text.replace(',', &between.to_string());
            let bytes = match encoding {
                "UTF-16LE" => {
                    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                    units.flat_map(u16::to_le_bytes).collect()
                }
                name => {
                    let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
                    encoding.encode(&text).0.into_owned()
                }
            };
            let table = read(&bytes).unwrap();
            assert_eq!(table.problems, [""; 0], "{encoding}");
            let [first, second] = table.rows.as_slice() else {
                panic!("{encoding}: {table:?}");
            };
            assert_eq!((first.name.as_str(), first.color), ("Поставки", Some(2)));
            assert_eq!(first.definition.as_deref(), Some("Что ввозят и вывозят"));
            assert_eq!(
                (first.shortcut, first.parent.clone()),
                (Some(Some('S')), None)
            );
            assert_eq!((second.name.as_str(), second.line), ("Танки", 4));
            assert_eq!((second.color, second.shortcut), (None, Some(None)));
        }
    }

    #[test]
    fn what_can_not_be_read_is_said_with_its_line() {
        let text = "name,parent,color,key,id\n ,,,,\nA,,0,,\nB,A,,ß,\nC,,,,nonsense\nD,,x\n,,3,,\n";
        let table = table(text);
        let names: Vec<_> = table.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["A", "B", "D"]);
        let expected = [
            "Line 3: \"0\" is no number of a colour; the rest of it was read.",
            "Line 4: \"ß\" is no key from A to Z; the rest of it was read.",
            "Line 5: \"nonsense\" is no identity (a GUID).",
            "Line 6: \"x\" is no number of a colour; the rest of it was read.",
            "Line 7: the code has no name.",
        ];
        assert_eq!(table.problems, expected);
        let parents: Vec<_> = table.rows.into_iter().map(|row| row.parent).collect();
        let a = || Some(Parent::Path("A".to_owned()));
        assert_eq!(parents, [Some(Parent::Top), a(), Some(Parent::Top)]);
        let unnamed = read("title;what\nA;B\n".as_bytes()).unwrap_err();
        assert_eq!(unnamed, NoTable::NoNames("title, what".to_owned()));
        assert_eq!(read(&[0; 100]), Err(NoTable::NoNames("\0".repeat(100))));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1", "+7", "-a", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''+",
        ] {
            let guarded = guarded(text);
            assert!(guarded.starts_with('\''), "{guarded}");
            assert_eq!(unguarded(&guarded), text);
        }
        for text in ["", "'", "a=1", "'tis", " =", "а-б"] {
            assert_eq!((guarded(text).as_str(), unguarded(text)), (text, text));
        }
    }

    proptest! {
        #[test]
        fn a_cell_reads_back_as_it_was(text in arbitrary::text()) {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
            prop_assert!(!cell.starts_with(begins_formula));
        }
    }
}
