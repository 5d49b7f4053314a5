//! An article as a line of JSON or a row of CSV gives it.

use super::input::{Incoming, Problem, Take};
use crate::extract::publication::{self, Unread};
use crate::model::date::{Day, When};
use crate::store::corpus::id_of;

/// One article as it came.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) source: String,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
}

/// Hands on a record; a date that is none is told of, and the article taken without.
pub(super) fn take_record(
    record: Record,
    here: &dyn Fn(String) -> Problem,
    take: Take<'_>,
) -> bool {
    if record.text.trim().is_empty() {
        return take(Err(here("its text is empty".to_owned())));
    }
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let published = match filled(record.published).map(|text| date(&text)) {
        None => None,
        Some(Ok(when)) => Some(when),
        Some(Err(why)) => {
            let why = format!("taken without its date of publication: {why}");
            if !take(Err(here(why))) {
                return false;
            }
            None
        }
    };
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    take(Ok(Incoming {
        id: id_of(record.text.as_bytes()),
        source: record.source.into(),
        url: filled(record.url).map(Into::into),
        title: filled(record.title).map(|title| one_line(title).into()),
        published,
        encoding: "UTF-8",
        size_bytes: record.text.len() as u64,
        text: record.text,
    }))
}

/// A date as other programs write it: EDTF, figures only, seconds since 1970, or in words. What can
/// be read in two ways is not read.
fn date(text: &str) -> Result<When, String> {
    let text = text.trim();
    let error = match When::of_timestamp(text) {
        Ok(when) => return Ok(when),
        Err(error) => error,
    };
    if let Some(when) = in_figures(text) {
        return Ok(when);
    }
    publication::given(text).map_err(|unread| match unread {
        Unread::Ambiguous => format!(
            "{text:?} does not tell which of the two is the month. Write the year first: 2018-05-04"
        ),
        Unread::NoDate => error.to_string(),
    })
}

/// `20180504`, also with a time of day, or seconds or milliseconds since 1970.
fn in_figures(text: &str) -> Option<When> {
    const SECONDS_A_DAY: i64 = 86_400;
    let (figures, time) = text.split_once('T').unwrap_or((text, ""));
    if figures.is_empty() || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match figures.len() {
        8 => {
            let (year, rest) = figures.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            format!("{year}-{month}-{day}").parse().ok()
        }
        // From 1973 on, and up to 2286.
        9..=13 if time.is_empty() => {
            let number: i64 = figures.parse().ok()?;
            let seconds = if figures.len() > 10 {
                number / 1_000
            } else {
                number
            };
            let day = Day(i32::try_from(seconds / SECONDS_A_DAY).ok()?);
            day.date()?.to_string().parse().ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_programs_are_read_where_they_mean_one_day() {
        for (text, day) in [
            ("2018-05-04", "2018-05-04"),
            ("2018-05-04T23:00:00+03:00", "2018-05-04"),
            ("04.05.2018", "2018-05-04"),
            ("04.05.2018 10:15", "2018-05-04"),
            ("4 May 2018", "2018-05-04"),
            ("May 4, 2018", "2018-05-04"),
            ("Fri, 04 May 2018 10:00:00 +0300", "2018-05-04"),
            ("May 4, 2018 at 10:15 AM GMT", "2018-05-04"),
            ("4 мая 2018 г.", "2018-05-04"),
            ("20180504", "2018-05-04"),
            ("20180504T101500Z", "2018-05-04"),
            ("13/05/2018", "2018-05-13"),
            ("05/13/2018", "2018-05-13"),
            ("2018", "2018"),
            ("1457136000", "2016-03-05"),
            ("1457136000000", "2016-03-05"),
        ] {
            let read = date(text).map(|when| when.to_string());
            assert_eq!(read.as_deref(), Ok(day), "{text}");
        }
        let said = date("04/05/2018").unwrap_err();
        assert!(
            said.contains("month") && said.contains("2018-05-04"),
            "{said}"
        );
        for text in [
            "20181345",
            "last week",
            "soon after 4 May 2018",
            "4 May 2018, changed on 5 May 2018",
            "4 May",
            "May",
            "12",
            "99999999999999",
        ] {
            assert!(date(text).is_err(), "{text}: {:?}", date(text));
        }
    }
}
