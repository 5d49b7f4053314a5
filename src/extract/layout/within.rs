//! What sites put inside of a paragraph: a pointer to another article that lost its line, counters
//! and a rubric before the first word, the credit of a picture.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Layout;
use super::edges::Mask;
use crate::extract::steps;
use crate::model::article::FurnitureReason as Reason;
use crate::model::span::Span;

pub(super) const TEASER: &str = "within/teaser";
pub(super) const COUNTERS: &str = "within/counters";
pub(super) const ABOUT: &str = "within/about";
pub(super) const CREDIT: &str = "within/photo-credit";

/// What announces another article, as it is written: no sentence uses these words so.
const LABELS: &[&str] = &[
    "Related Story",
    "Related Stories",
    "Related story:",
    "Related stories:",
    "Related article:",
    "Related articles:",
    "RELATED:",
    "Related:",
    "READ:",
    "WATCH:",
    "Read More ",
    "Read more:",
    "Read More:",
    "READ MORE",
    "Read also:",
    "Read Also:",
    "READ ALSO",
    "Also read:",
    "Also Read:",
    "ALSO READ",
    "See also:",
    "SEE ALSO:",
    "Читайте также:",
    "ЧИТАЙТЕ ТАКЖЕ",
    "Читайте ранее в этом сюжете",
    "Читайте по теме",
    "Читайте подробнее",
    "Смотрите также:",
    "Читайте також:",
    "ЧИТАЙТЕ ТАКОЖ",
    "Дивіться також:",
    "Чытайце таксама:",
    "Глядзіце таксама:",
];

/// Words of a page that stand alone, with nothing of another article behind them.
const ALONE: &[&str] = &[
    "Advertisement ",
    "ADVERTISEMENT ",
    "Story Highlights ",
    "STORY HIGHLIGHTS ",
    "Реклама ",
];

/// Both, the longest of them where one begins another: so they are looked for many bytes at once.
static FOUND: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(LABELS.iter().chain(ALONE))
        .ok()
});

/// Cuts pointers to other articles out of the paragraphs that they stand in. What the other article
/// is called is cut with them where it is plain where that ends.
pub(super) fn teasers(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let mut paragraphs = Vec::with_capacity(layout.paragraphs.len());
    for mut paragraph in layout.paragraphs.drain(..) {
        steps::count(paragraph.len());
        while let Some(teaser) = teaser(text, paragraph) {
            masks.push((trimmed(text, teaser), Reason::RelatedItems, TEASER));
            let before = trimmed(text, Span::new(paragraph.start, teaser.start));
            if !before.is_empty() {
                paragraphs.push(before);
            }
            paragraph = trimmed(text, Span::new(teaser.end, paragraph.end));
        }
        if !paragraph.is_empty() {
            paragraphs.push(paragraph);
        }
    }
    layout.paragraphs = paragraphs;
}

/// The first pointer in `paragraph`, behind the end of a sentence or at its very beginning.
fn teaser(text: &str, paragraph: Span) -> Option<Span> {
    let words = paragraph.of(text)?;
    let mut found = FOUND.as_ref()?.find_iter(words);
    let label = found.find(|m| ends_a_sentence(words.get(..m.start()).unwrap_or_default()))?;
    let length = if label.pattern().as_usize() < LABELS.len() {
        end_of_title(words.get(label.start()..)?, label.len())
    } else {
        label.len()
    };
    let start = paragraph.start + label.start();
    Some(Span::new(start, start + length))
}

/// Where a pointer ends whose label has `label` bytes: there, or with the headline behind it where a
/// gap, the end of a sentence or a small letter glued to a capital shows the end of that.
fn end_of_title(rest: &str, label: usize) -> usize {
    /// A headline has no more bytes.
    const TITLE: usize = 160;
    let most = rest.floor_char_boundary(rest.len().min(label + TITLE));
    let title = rest.get(label..most).unwrap_or_default();
    let after = title.len() - title.trim_start_matches([':', ' ']).len();
    let mut signs = title.char_indices().skip_while(|(at, _)| *at <= after);
    let end = signs.find_map(|(at, c)| {
        let next = title.get(at + c.len_utf8()..).unwrap_or_default();
        let is_end = matches!(c, '.' | '!' | '?') && next.starts_with(' ');
        let is_gap = c == ' ' && next.starts_with(' ');
        if is_end {
            Some(at + c.len_utf8())
        } else {
            (is_gap || is_glued(title, at)).then_some(at)
        }
    });
    match end {
        Some(end) => label + end,
        // It goes on to the end of the paragraph.
        None if most == rest.len() => rest.len(),
        None => label,
    }
}

/// "harbourA new survey": whether a capital at byte `at` is glued to a small letter.
fn is_glued(words: &str, at: usize) -> bool {
    let before = words
        .get(..at)
        .and_then(|before| before.chars().next_back());
    let here = words.get(at..).and_then(|here| here.chars().next());
    before.is_some_and(char::is_lowercase) && here.is_some_and(char::is_uppercase)
}

/// "511 0. Ports The minister …": how often a page was read and talked of, and its rubric.
pub(super) fn counters(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let Some(first) = layout.paragraphs.first_mut() else {
        return;
    };
    let Some(length) = first.of(text).and_then(counters_of) else {
        return;
    };
    let counters = trimmed(text, Span::new(first.start, first.start + length));
    masks.push((counters, Reason::Navigation, COUNTERS));
    *first = trimmed(text, Span::new(first.start + length, first.end));
}

fn counters_of(words: &str) -> Option<usize> {
    let mut parts = words.splitn(4, ' ');
    let is_count =
        |part: &str| (1..=6).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let read = parts.next().filter(|part| is_count(part))?;
    let talked = parts.next()?;
    let rubric = parts.next()?;
    let rest = parts.next()?;
    let is_rubric =
        rubric.starts_with(char::is_uppercase) && rubric.chars().all(char::is_alphabetic);
    let is_text = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '«' | '“'));
    let are_counts = talked.strip_suffix('.').is_some_and(is_count);
    (are_counts && is_rubric && is_text).then(|| read.len() + talked.len() + rubric.len() + 3)
}

/// "Photo credit: Jane Doe. The minister …", "The pier in May.Photo: Jane Doe. The minister …", "The
/// pier in May (Photo: Jane Doe) The minister …": the credit of a picture before the first sentence of
/// a paragraph, with what it shows. Before one in parentheses a whole sentence is kept, but at the
/// beginning of the text.
pub(super) fn credit(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let mut paragraphs = Vec::with_capacity(layout.paragraphs.len());
    for (at, mut paragraph) in layout.paragraphs.drain(..).enumerate() {
        let words = paragraph.of(text).unwrap_or_default();
        let head = words.get(..words.floor_char_boundary(CAPTION));
        let head = head.unwrap_or(words);
        steps::count(head.len());
        let labelled = || {
            let length = labelled_credit(head).filter(|_| at == 0)?;
            Some(Span::new(0, length))
        };
        if let Some(credit) = credit_in_parentheses(head, at == 0).or_else(labelled) {
            let mask = Span::new(paragraph.start + credit.start, paragraph.start + credit.end);
            masks.push((trimmed(text, mask), Reason::PhotoCredit, CREDIT));
            paragraphs.push(trimmed(text, Span::new(paragraph.start, mask.start)));
            paragraph = trimmed(text, Span::new(mask.end, paragraph.end));
        }
        paragraphs.push(paragraph);
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    layout.paragraphs = paragraphs;
}

/// A caption with its credit is no longer than this, and a name than that, in bytes.
const CAPTION: usize = 320;
const NAME: usize = 60;

/// Where the credit is that stands in parentheses behind no more than one sentence, with the caption
/// before it.
fn credit_in_parentheses(head: &str, opens_text: bool) -> Option<Span> {
    const CREDITS: [&str; 9] = [
        "(PHOTO:",
        "(IMAGE:",
        "(File photo",
        "(Photo:",
        "(Photo by",
        "(Image:",
        "(Picture:",
        "(Фото:",
        "(Зображення:",
    ];
    let begins = |at: &usize| {
        let rest = head.get(*at..).unwrap_or_default();
        CREDITS.iter().any(|label| rest.starts_with(label))
    };
    let at = head.match_indices('(').map(|(at, _)| at).find(begins)?;
    let end = at + head.get(at..)?.find(')')? + 1;
    let caption = head.get(..at)?.trim_end();
    let is_one_sentence = !caption.trim_end_matches('.').contains(". ");
    let goes_on = head.get(end..)?.trim_start();
    let is_caption = opens_text || !caption.ends_with('.');
    let start = if is_caption { 0 } else { at };
    (is_one_sentence && end - at <= NAME && goes_on.starts_with(char::is_uppercase))
        .then(|| Span::new(start, end))
}

/// Where the credit ends that begins with its label, at the beginning or behind the full stop of the
/// caption.
fn labelled_credit(head: &str) -> Option<usize> {
    const CREDITS: [&str; 7] = [
        "Photo credit",
        "Photo Credit",
        "Image credit",
        "Image Credit",
        "Picture credit",
        "Photo",
        "Фото",
    ];
    // "… of the harbour/FILE. The minister"
    let has_slash = head.contains('/');
    let agency = || Some(head.find("/FILE.")? + "/FILE.".len());
    let agency = has_slash.then(agency).flatten();
    let is_caption = |end: &usize| !head.get(..*end).unwrap_or_default().contains(". ");
    if let Some(end) = agency.filter(is_caption) {
        return Some(end);
    }
    let (before, rest) = head.match_indices(':').find_map(|(colon, _)| {
        let label = head.get(..colon)?;
        let before = CREDITS.iter().find_map(|name| label.strip_suffix(name))?;
        Some((before, head.get(colon + 1..)?))
    })?;
    if !before.is_empty() && !before.ends_with(['.', '!', '?']) {
        return None;
    }
    let name = rest.find(". ").filter(|end| *end <= NAME);
    // "Photo credit: on The minister": nobody is named.
    let nobody = || {
        let begins = rest.find(char::is_uppercase)?;
        (begins <= "  via ".len()).then_some(begins)
    };
    let length = name.map(|end| end + 1).or_else(nobody)?;
    Some(head.len() - rest.len() + length)
}

/// "… it said. About Harbour Works Harbour Works is a maker of …": what a firm says of itself below
/// what it announces, to the end of one of the last paragraphs.
pub(super) fn about(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    /// So many.
    const LAST: usize = 3;
    for paragraph in layout.paragraphs.iter_mut().rev().take(LAST) {
        steps::count(paragraph.len());
        let words = paragraph.of(text).unwrap_or_default();
        if let Some(at) = about_itself(words) {
            let start = paragraph.start + at;
            masks.push((Span::new(start, paragraph.end), Reason::SignOff, ABOUT));
            *paragraph = trimmed(text, Span::new(paragraph.start, start));
        }
    }
    layout.paragraphs.retain(|paragraph| !paragraph.is_empty());
}

/// Where a heading and the same name behind it begin.
fn about_itself(words: &str) -> Option<usize> {
    /// A name has no more words.
    const NAME: usize = 5;
    const LABEL: &str = "About ";
    let is_twice = |rest: &str| {
        let mut ends = rest.match_indices(' ').take(NAME);
        ends.any(|(end, _)| {
            let (name, after) = rest.split_at(end);
            name.starts_with(char::is_uppercase) && after.trim_start().starts_with(name)
        })
    };
    let mut places = words.match_indices(LABEL);
    let place = places.find(|(at, _)| {
        let (before, rest) = words.split_at(*at);
        ends_a_sentence(before) && is_twice(rest.strip_prefix(LABEL).unwrap_or_default())
    });
    place.map(|(at, _)| at)
}

/// Whether nothing stands in `before`, or a sentence ends with it.
fn ends_a_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', '…', '"', '”', '»', ')', ':'])
}

/// `span` without the space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text).unwrap_or_default();
    let start = span.start + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use crate::extract::layout::tests::check;
    use crate::model::article::FurnitureReason::{Navigation, PhotoCredit, RelatedItems, SignOff};

    const TITLE: &str = "Harbour to be dredged next spring";
    const FIRST: &str = "The harbour will be dredged next spring, the council of the town said on \
                         Monday, and the work will take the better part of a year, with a pause for the herring.";
    const LAST: &str = "The work is to be paid for out of the fees of the port, it said.";

    #[test]
    fn pointers_to_other_articles_leave_their_paragraph() {
        for (pointer, rest) in [
            (
                "Related StoryGhost ships of the gulf: a mystery",
                "A new survey tells of them.",
            ),
            (
                "Read more: Ghost ships of the gulf.",
                "A new survey tells of them.",
            ),
            (
                "Читайте также: Корабли-призраки.",
                "Новая опись о них говорит.",
            ),
            (
                "READ ALSO",
                "The survey of the gulf found that ships without a name are many more than anybody knew, and that most of them were built for another sea, where nobody misses them, a clerk told us.",
            ),
        ] {
            let gap = if pointer.ends_with("mystery") {
                ""
            } else {
                " "
            };
            check(
                &format!("{TITLE}\n\n{FIRST} {pointer}{gap}{rest}\n\n{LAST}\n"),
                TITLE,
                &[(RelatedItems, pointer)],
                &[FIRST, rest, LAST],
            );
        }
        // "See also" and "read more" are words as well.
        let plain = "The clerk said that one should read more: it helps. Some see also the gulf.";
        let text = format!("{TITLE}\n\n{FIRST}\n\n{plain}\n");
        check(&text, TITLE, &[], &[FIRST, plain]);
    }

    #[test]
    fn counters_and_credits_leave_the_first_paragraph() {
        for (reason, before) in [
            (Navigation, "511 0. Ports"),
            (PhotoCredit, "Photo credit: Jane Doe."),
            (
                PhotoCredit,
                "The old pier in the rain of last May.Photo: Jane Doe / HNA.",
            ),
        ] {
            check(
                &format!("{TITLE}\n\n{before} {FIRST}\n\n{LAST}\n"),
                TITLE,
                &[(reason, before)],
                &[FIRST, LAST],
            );
        }
    }

    #[test]
    fn what_a_firm_says_of_itself_leaves_the_last_paragraph() {
        let about = "About Harbour Works Harbour Works is a maker of dredgers.";
        check(
            &format!("{TITLE}\n\n{FIRST}\n\n{LAST} {about}\n"),
            TITLE,
            &[(SignOff, about)],
            &[FIRST, LAST],
        );
        let last = "It said so. About Harbour Works nobody knew a thing before the storm.";
        check(
            &format!("{TITLE}\n\n{FIRST}\n\n{last}\n"),
            TITLE,
            &[],
            &[FIRST, last],
        );
    }
}
