//! Whole pages as sites print them, made up: what is masked, what is kept, and where the date is.
//!
//! `pages.txt` has one after the other. `## ` begins a page and gives its date (`-`: none); the
//! first sign of a line says what it is: `-` furniture, `|` body, a space for what may be either.

use super::Layout;
use crate::extract::{glossary, publication, time};
use crate::model::finding::Finding;

const PAGES: &str = include_str!("pages.txt");

#[test]
fn pages_are_read() {
    let mut wrong = Vec::new();
    let mut pages = 0;
    for page in PAGES.trim_start_matches("## ").split("\n## ") {
        let (date, lines) = page.split_once('\n').unwrap_or_default();
        pages += 1;
        let lines: Vec<(char, &str)> = lines.lines().map(mark).collect();
        let text: String = lines.iter().flat_map(|(_, line)| [line, "\n"]).collect();
        let layout = super::read(&super::Lined::new(&text), None, |_| false);
        let mut start = 0;
        for (mark, line) in lines {
            // The middle of a line: names at its edges are masked in the body as well.
            let middle = start + line.len() / 2;
            let masked = is_masked(&layout, start, start + line.len());
            match mark {
                '-' if !masked => wrong.push(format!("kept: {line}")),
                '|' if is_masked(&layout, middle, middle + 1) => {
                    wrong.push(format!("masked: {line}"));
                }
                _ => {}
            }
            start += line.len() + 1;
        }
        let got = published(&text, &layout);
        if got != date {
            wrong.push(format!("{got} for {date}: {text}"));
        }
    }
    assert!(
        wrong.is_empty() && pages > 30,
        "{wrong:#?} in {pages} pages"
    );
}

/// The mark of a line, and the line.
fn mark(line: &str) -> (char, &str) {
    let mark = line.chars().next().unwrap_or(' ');
    (mark, line.get(2..).unwrap_or_default())
}

fn is_masked(layout: &Layout, start: usize, end: usize) -> bool {
    layout
        .furniture
        .iter()
        .any(|suggestion| match &suggestion.finding {
            Finding::Furniture(furniture) => {
                furniture.span.start < end && start < furniture.span.end
            }
            _ => false,
        })
}

fn published(text: &str, layout: &Layout) -> String {
    let found = time::scan(text, layout, &glossary::zones(text, layout));
    let publication = publication::read(text, layout, &found, None);
    publication
        .when
        .map_or_else(|| "-".to_owned(), |when| when.to_string())
}
