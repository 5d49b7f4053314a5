//! One article a line, as JSON.

use std::io::{BufRead as _, BufReader, Read as _};

use serde::Deserialize;
use serde_json::Value;

use super::decoded::Decoded;
use super::input::{MAX_RECORD_BYTES, Place, Problem, Take, unread};
use super::record::{Record, take_record};
use crate::store::import::Reason;

/// One article as JSON. What need not be there may be anything: it is left out then.
#[derive(Debug, Deserialize)]
struct Line {
    source: String,
    text: String,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    url: Value,
}

pub(super) fn read(place: &Place, take: Take<'_>) -> Result<(), Problem> {
    let failed = |error: std::io::Error| unread(&place.path, Reason::from(error));
    let file = Decoded::open(&place.path).map_err(failed)?;
    let mut input = BufReader::with_capacity(1 << 18, file);
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        let mut limited = (&mut input).take(MAX_RECORD_BYTES + 1);
        if limited.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        let here = |why: String| Problem {
            what: format!("{}, line {number}", place.path.display()),
            why,
        };
        if line.len() as u64 > MAX_RECORD_BYTES {
            return Err(here("it is longer than 256 MB. Split the file".to_owned()));
        }
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let going_on = match serde_json::from_slice::<Line>(line) {
            Ok(line) => take_line(line, &here, take),
            Err(error) => take(Err(here(format!(
                "expected {{\"source\": …, \"text\": …}} with title, published and url where they are known: {error}"
            )))),
        };
        if !going_on {
            break;
        }
    }
    Ok(())
}

fn take_line(line: Line, here: &dyn Fn(String) -> Problem, take: Take<'_>) -> bool {
    let mut odd = Vec::new();
    let mut text = |name: &str, value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        // A year, a day in figures, or seconds since 1970.
        Value::Number(number) if name == "published" => Some(number.to_string()),
        other => {
            odd.push(format!("taken without its {name}: {other} is no text"));
            None
        }
    };
    let record = Record {
        title: text("title", line.title),
        published: text("published", line.published),
        url: text("url", line.url),
        source: line.source,
        text: line.text,
    };
    odd.into_iter().all(|why| take(Err(here(why)))) && take_record(record, here, take)
}
