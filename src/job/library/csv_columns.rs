//! Which columns of a CSV file hold what.

use std::fmt;
use std::str::FromStr;

/// Which columns of a CSV file hold what, by their names in its first row. What is not said stands
/// under its own name.
///
/// ```
/// use attache::job::library::CsvColumns;
/// let columns: CsvColumns = "text=body,published=date".parse().unwrap();
/// assert_eq!(columns.to_string(), "published=date,text=body");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CsvColumns {
    /// By field, in the order of [`FIELDS`].
    named: [Option<String>; FIELDS.len()],
}

/// What can be read of a row.
const FIELDS: [&str; 5] = ["published", "source", "text", "title", "url"];

/// Where the fields of a row stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) text: usize,
    pub(super) source: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) published: Option<usize>,
    pub(super) url: Option<usize>,
}

impl CsvColumns {
    /// Where the fields stand, by the names of the columns; the reason in words where that can't
    /// be said.
    pub(super) fn places(&self, names: &[String]) -> Result<Places, String> {
        let at = |field: &str| -> Result<Option<usize>, String> {
            let said = FIELDS
                .iter()
                .zip(&self.named)
                .find_map(|(known, named)| (*known == field).then_some(named.as_deref()))
                .flatten();
            let name = said.unwrap_or(field);
            let clean = |found: &str| {
                let found = found.trim_start_matches('\u{FEFF}').trim();
                found.to_lowercase()
            };
            let place = names.iter().position(|found| clean(found) == clean(name));
            match (place, said) {
                (None, Some(name)) => Err(format!(
                    "its first row names no column {name:?}; it names {}",
                    names.join(", ")
                )),
                (place, _) => Ok(place),
            }
        };
        let text = at("text")?.ok_or_else(|| {
            format!(
                "its first row names no column \"text\"; it names {}. Say which it is, as in \
                 --csv-columns text=body",
                names.join(", ")
            )
        })?;
        Ok(Places {
            text,
            source: at("source")?,
            title: at("title")?,
            published: at("published")?,
            url: at("url")?,
        })
    }
}

impl FromStr for CsvColumns {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut columns = Self::default();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (field, name) = pair.split_once('=').unwrap_or((pair, ""));
            let slot = FIELDS.iter().position(|known| *known == field.trim());
            let slot = slot.and_then(|slot| columns.named.get_mut(slot));
            match slot {
                Some(slot) if !name.trim().is_empty() => *slot = Some(name.trim().to_owned()),
                _ => {
                    return Err(format!(
                        "{pair:?} is not FIELD=COLUMN with one of {} as the field",
                        FIELDS.join(", ")
                    ));
                }
            }
        }
        Ok(columns)
    }
}

impl fmt::Display for CsvColumns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = FIELDS.iter().zip(&self.named);
        let pairs = pairs.filter_map(|(field, name)| Some((field, name.as_ref()?)));
        for (at, (field, name)) in pairs.enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{field}={name}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name() {
        let names = ["\u{FEFF}URL", "Body", "title"].map(str::to_owned);
        let columns: CsvColumns = "text=body".parse().unwrap();
        let at = columns.places(&names).unwrap();
        assert_eq!((at.text, at.url, at.title), (1, Some(0), Some(2)));
        assert_eq!((at.source, at.published), (None, None));
        let said = CsvColumns::default().places(&names).unwrap_err();
        assert!(said.contains("Body") && said.contains("--csv-columns"));
        let columns: CsvColumns = "text=body,source=place".parse().unwrap();
        assert!(columns.places(&names).unwrap_err().contains("place"));
        for wrong in ["body", "text=", "author=me", "=x"] {
            assert!(wrong.parse::<CsvColumns>().is_err(), "{wrong}");
        }
    }
}
