//! Dates and passages in words, the same wherever they are shown.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::workbench::Workbench;
use crate::analysis::track::Tally;
use crate::model::date::When;
use crate::model::session::CorpusSource;
use crate::model::span::Span;

/// A date value as a reader writes it where that is short; else its EDTF spelling.
#[must_use]
pub fn when(when: &When) -> String {
    if let Some(in_it) = when.in_leap_year() {
        let day = self::when(&in_it);
        return format!(
            "{}, no year",
            day.replace(&format!(" {}", When::LEAP_YEAR), "")
        );
    }
    let text = when.to_string();
    // An end that is known is told as precisely as the text does, and no more so.
    let end = |end: &str| {
        end.parse()
            .map_or_else(|_| end.to_owned(), |end: When| self::when(&end))
    };
    match text.split_once('/') {
        Some(("" | "..", last)) => format!("by {}", end(last)),
        Some((first, "" | "..")) => format!("since {}", end(first)),
        _ if when.is_vague() => format!("about {}", plain(when)),
        _ => plain(when),
    }
}

fn plain(when: &When) -> String {
    let Some((first, last)) = when.days().closed() else {
        return when.to_string();
    };
    let (Some(first), Some(last)) = (first.date(), last.date()) else {
        return when.to_string();
    };
    if first == last {
        return day(first);
    }
    let whole_month = first.day() == 1 && last == first.last_of_month();
    if whole_month {
        return first.strftime("%B %Y").to_string();
    }
    let whole_years = first.day_of_year() == 1 && last == last.last_of_year();
    if whole_years && first.year() == last.year() {
        return first.year().to_string();
    }
    if whole_years {
        return format!("{}–{}", first.year(), last.year());
    }
    if first.year() == last.year() && first.month() == last.month() {
        return format!("{}–{}", first.day(), day(last));
    }
    format!("{} – {}", day(first), day(last))
}

impl Workbench {
    /// What a corpus without articles was looked for in, and what would fill it.
    #[must_use]
    pub fn why_empty(&self) -> (String, String) {
        let open = "Open another folder with Ctrl+Shift+O.";
        match &self.session.corpus {
            CorpusSource::Paths(paths) if !paths.is_empty() => {
                let first = paths
                    .first()
                    .map_or(String::new(), |p| p.display().to_string());
                let place = match paths.len() {
                    1 => first,
                    more => format!("{first} and {} more places", more - 1),
                };
                let title = format!("No articles were found in {place}.");
                let hint = format!(
                    "Articles are files that end in .txt, in subfolders as well. For JSON lines \
                     and CSV make a library (File → New library…). {open}"
                );
                (title, hint)
            }
            CorpusSource::Library(path) => {
                let title = format!("The library {} holds no articles.", path.display());
                (title, open.to_owned())
            }
            CorpusSource::Paths(_) | CorpusSource::Sample => {
                ("There are no articles.".to_owned(), open.to_owned())
            }
        }
    }
}

/// A number of things, in the singular or plural.
#[must_use]
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A rule's name without its family: "signed agreement".
#[must_use]
pub fn rule_name(rule: &str) -> String {
    let name = rule.split_once('/').map_or(rule, |(_, name)| name);
    name.replace('-', " ")
}

/// How a rule has done: "9 accepted, 1 edited, 2 rejected".
#[must_use]
pub fn track_record(tally: Tally) -> String {
    if tally.decided() == 0 {
        return "nothing decided yet".to_owned();
    }
    let parts = [
        (tally.accepted, "accepted"),
        (tally.edited, "edited"),
        (tally.rejected, "rejected"),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    said.join(", ")
}

/// Who did something, and when by the clock of this computer: "Ann, 22 Apr 2016 14:05".
#[must_use]
pub fn signed(by: &str, at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::system());
    format!("{by}, {}", at.strftime("%-d %b %Y %H:%M"))
}

/// "22 April 2016".
#[must_use]
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A passage on one line: white space folded, cut at `limit` characters.
#[must_use]
pub fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if count > 0 && count + 1 + length > limit {
            line.push('…');
            return line;
        }
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        line.push_str(word);
        count += length;
    }
    line
}

/// A typed path with a leading `~/` put in full.
#[must_use]
pub(super) fn home_expanded(path: &Path) -> PathBuf {
    let home = directories::BaseDirs::new();
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

/// A typed path in full, with this extension where it has none; and whether it names the file that
/// was typed, so that whoever was asked about replacing that file was asked about this one.
pub(super) fn with_extension(path: &Path, extension: &str) -> (PathBuf, bool) {
    let path = home_expanded(path);
    if path.extension().is_some() {
        (path, true)
    } else {
        (path.with_extension(extension), false)
    }
}

/// A passage with where it stands, for the clipboard: quote, title, source, date, paragraph.
#[must_use]
pub(super) fn citation(workbench: &Workbench, span: Span) -> Option<String> {
    let article = workbench.article.as_ref()?;
    let quote = article.slice(span).trim();
    if quote.is_empty() {
        return None;
    }
    let published = workbench.published(article);
    let date = published.map_or_else(|| "undated".to_owned(), |value| when(&value));
    let paragraph = article.paragraph_number(span.start);
    let place = paragraph.map_or(String::new(), |number| format!(", paragraph {number}"));
    Some(format!(
        "“{quote}” — {}, {}, {date}{place}",
        article.title(),
        article.source,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        for (edtf, words) in [
            ("2016-04-22", "22 April 2016"),
            ("2009-04", "April 2009"),
            ("2015", "2015"),
            ("2012/2015", "2012–2015"),
            ("2019-10-07/2019-10-09", "7–9 October 2019"),
            (
                "2019-09-25/2019-10-02",
                "25 September 2019 – 2 October 2019",
            ),
            ("../2018-04", "by April 2018"),
            ("../2018-04-30", "by 30 April 2018"),
            ("2019/..", "since 2019"),
            ("2005~/..", "since about 2005"),
            ("2012-10~", "about October 2012"),
            ("XXXX-03-12", "12 March, no year"),
            ("XXXX-07-16/XXXX-07-19", "16–19 July, no year"),
            ("XXXX-02", "February, no year"),
        ] {
            assert_eq!(when(&edtf.parse().unwrap()), words, "{edtf}");
        }
    }

    #[test]
    fn long_lines_are_cut_between_words() {
        assert_eq!(one_line("one  two\nthree four", 9), "one two…");
        assert_eq!(one_line("one", 9), "one");
    }
}
