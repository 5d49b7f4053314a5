//! Furniture that shares a line with the body: a byline before the first sentence, a sign-off or
//! an offer after the last.

use super::Layout;
use super::look::signs_off;
use super::metadata::{is_full_day, is_signed_date, labelled_day};
use super::phrases;
use super::search;
use super::within;
use crate::extract::sentence;
use crate::extract::time;
use crate::model::article::FurnitureReason as Reason;
use crate::model::span::Span;

pub(super) type Mask = (Span, Reason, &'static str);

/// Sign-offs are looked for in so many sentences at the end.
const LAST_SENTENCES: usize = 4;
/// And in so many bytes.
const LAST_BYTES: usize = 4_000;

/// Looks for one kind of furniture at the edges of the body.
type Trim = fn(&str, &mut Layout, &mut Vec<Mask>);

const TRIMS: [(&str, Trim); 8] = [
    (within::COUNTERS, within::counters),
    (within::CREDIT, within::credit),
    (BYLINE, byline),
    (DATELINE, dateline),
    (DATE_LINE, date_line),
    (within::ABOUT, within::about),
    (SIGN_OFF, sign_off),
    (within::TEASER, within::teasers),
];

const BYLINE: &str = "edge/byline";
const DATELINE: &str = "edge/dateline";
const DATE_LINE: &str = "edge/date-line";
const SIGN_OFF: &str = "edge/sign-off";

/// Moves furniture at the edges of the body out of its paragraphs, but for what is off.
pub(super) fn trim(
    text: &str,
    layout: &mut Layout,
    masks: &mut Vec<Mask>,
    is_off: impl Fn(&str) -> bool,
) {
    for (rule, trim) in TRIMS {
        if !is_off(rule) {
            trim(text, layout, masks);
        }
    }
}

/// "By Jane Doe, Staff Writer On Monday …": the name is masked; where the sentence begins can't
/// be known.
fn byline(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let Some(first) = layout.paragraphs.first_mut() else {
        return;
    };
    let opens = |p: &str| {
        ["By ", "By: "]
            .iter()
            .find(|by| p.starts_with(**by))
            .map(|by| by.len())
    };
    let Some((rest, by)) = first
        .of(text)
        .and_then(|p| opens(p).and_then(|by| Some((p.get(by..)?, by))))
    else {
        return;
    };
    let start = first.start + by;
    let mut end = start;
    let mut names = 0;
    for word in rest.split(' ').take(6) {
        let bare = word.trim_end_matches(',');
        let is_name = bare.chars().next().is_some_and(char::is_uppercase)
            && bare
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        let possessive = bare.ends_with("'s") || bare.ends_with("’s");
        if !is_name || possessive {
            break;
        }
        names += 1;
        end += bare.len();
        if bare.len() < word.len() {
            break;
        }
        end += 1;
    }
    let name = Span::new(start, end);
    let after = text.get(end..).unwrap_or_default();
    let is_byline = match names {
        0 => false,
        // A name is followed by a comma, or by a sentence that begins.
        _ => after.starts_with(',') || after.trim_start().starts_with(char::is_uppercase),
    };
    let not_a_date = !time::scan_span(text, name)
        .iter()
        .any(|f| name.contains(f.span));
    if !is_byline || !not_a_date {
        return;
    }
    let name = Span::new(
        start,
        start + name.of(text).unwrap_or_default().trim_end().len(),
    );
    masks.push((Span::new(first.start, name.end), Reason::Byline, BYLINE));
    layout.byline = layout.byline.or(Some(name));
    let rest = text.get(name.end..first.end).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches([',', ' ', '-', '–', '—']).len();
    first.start = name.end + skipped;
}

/// A dateline, be it behind who passes it on: "(Wire- Harbour News Agency (HNA)) OSLO, May 5 (HNA) –".
fn dateline(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let Some(whole) = layout.paragraphs.first().copied() else {
        return;
    };
    let source = leading_source(whole.of(text).unwrap_or_default());
    let before = masks.len();
    if let (Some(source), Some(first)) = (source, layout.paragraphs.first_mut()) {
        first.start += source;
    }
    place_and_day(text, layout, masks);
    let Some(source) = source else { return };
    if masks.len() > before {
        let source = text
            .get(whole.start..whole.start + source)
            .unwrap_or_default();
        let mask = Span::new(whole.start, whole.start + source.trim_end().len());
        masks.insert(before, (mask, Reason::DateLine, DATELINE));
    } else if let Some(first) = layout.paragraphs.first_mut() {
        *first = whole;
    }
}

/// How long the parentheses with which a paragraph begins are, with what stands between them and the
/// next word; inside of them may be others.
fn leading_source(words: &str) -> Option<usize> {
    /// In bytes.
    const LONGEST: usize = 100;
    let mut open = 0_usize;
    let mut signs = words.char_indices().take_while(|(at, _)| *at < LONGEST);
    let end = signs.find_map(|(at, c)| {
        match c {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        (open == 0).then_some(at + 1)
    });
    let end = end.filter(|_| words.starts_with('('))?;
    let rest = words.get(end..)?;
    let between = rest.len() - rest.trim_start_matches([' ', '-', '–', '—']).len();
    Some(end + between)
}

/// "KIGALI, Oct. 9, 2022 – The minister …", "Minsk. 5 May 2018. Interfax – The …", "12.03.2024
/// 14:05 The minister …": place, agency and full date before the first sentence.
fn place_and_day(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    /// How far it may reach, in bytes, and how many of its signs are tried.
    const REACH: usize = 140;
    const SIGNS: usize = 8;
    let Some(first) = layout.paragraphs.first().copied() else {
        return;
    };
    let head = Span::new(first.start, first.start + REACH).clamped_to(text);
    let head = Span::new(head.start, head.end.min(first.end));
    let Some(words) = head.of(text) else { return };
    let Some(day) = time::scan_day(text, head)
        .iter()
        .find(|f| is_full_day(f))
        .map(|f| f.span)
    else {
        if let Some(place) = day_of_a_dateline(text, head)
            && mask_dateline(text, layout, masks, place)
        {
            // The day without its year, where nothing else prints a date.
            layout.dates.push(place);
        }
        return;
    };
    let offset = day.end - first.start;
    let dashes = ["–", "—", " -", ") ", "/ ", "| ", ": "]
        .iter()
        .filter_map(|sign| Some((words.get(offset..)?.find(sign)? + offset, sign)))
        .map(|(at, sign)| at + sign.trim_end().len());
    let stops = words
        .match_indices(". ")
        .map(|(at, _)| at + 1)
        .filter(|at| *at > offset)
        .take(SIGNS);
    let mut cuts: Vec<usize> = dashes.chain(stops).collect();
    cuts.sort_unstable();
    let is_alone = layout.dates.is_empty() && !opens_with_date(text, layout.paragraphs.get(1));
    let labelled = labelled_day(text, first).filter(|labelled| *labelled == day);
    let place = cuts
        .into_iter()
        .rev()
        .map(|cut| Span::new(first.start, first.start + cut))
        .find(|place| is_place_and_date(text, *place, day, is_alone))
        .or_else(|| is_alone.then(|| date_and_hour(text, head, day)).flatten())
        .or_else(|| labelled.map(|day| Span::new(first.start, day.end)));
    let Some(place) = place else {
        // "Harbour to be dredged OSLO, 5 May 2016 (HNA) --": behind a headline on the same line.
        let place = text.get(first.start..day.start).unwrap_or_default();
        let place = place.trim_end().strip_suffix(',').unwrap_or_default();
        let place = place.rsplit(' ').next().unwrap_or_default();
        let is_place = place.chars().count() >= 3 && place.chars().all(char::is_uppercase);
        if is_place && layout.dates.is_empty() {
            layout.dates.push(day);
        }
        return;
    };
    if mask_dateline(text, layout, masks, place) {
        layout.dates.push(place);
    }
}

/// "MINSK, 12 March (HNA) –", "МИНСК, 12 мар — Порт Новости.": place, day and agency; the year is
/// that of the date that the page prints elsewhere.
fn day_of_a_dateline(text: &str, head: Span) -> Option<Span> {
    /// So many words has a place, and an agency.
    const WORDS: usize = 3;
    const DASHES: [char; 3] = ['–', '—', '-'];
    let found = time::scan_span(text, head);
    let day = found
        .first()
        .filter(|f| f.day_without_year().is_some())?
        .span;
    let place = text.get(head.start..day.start)?.trim_end();
    let place = place.strip_suffix([',', '.'])?;
    let is_capital = |c: char| c.is_uppercase() || matches!(c, '-' | '.' | ',' | '\'' | '’' | ' ');
    let letters = place.chars().filter(|c| c.is_uppercase()).count();
    let is_upper = letters >= 3 && place.chars().all(is_capital);
    let mut words = place.split(' ');
    if words.clone().count() > WORDS || !words.all(|w| w.starts_with(char::is_uppercase)) {
        return None;
    }
    let after = text.get(day.end..head.end)?;
    let mut rest = after.trim_start_matches(['.', ',', ' ']);
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some((_, behind)) = rest.strip_prefix(open).and_then(|r| r.split_once(close)) {
            rest = behind.trim_start_matches(['.', ' ']);
        }
    }
    if let Some(behind) = rest.strip_prefix(DASHES) {
        rest = behind.trim_start_matches(DASHES).trim_start();
        // "— Порт Новости. The next sentence"
        let agency = rest.split_once(". ").filter(|(name, _)| {
            let mut words = name.split(' ');
            words.clone().count() <= WORDS && words.all(|w| w.starts_with(char::is_uppercase))
        });
        rest = agency.map_or(rest, |(_, behind)| behind.trim_start());
    }
    let cut = after.strip_suffix(rest)?;
    // "Oslo, 5 May (HNA) –": a place in small letters needs the agency as well.
    let (has_agency, has_dash) = (cut.contains([')', '/']), cut.contains(DASHES));
    let is_signed = if is_upper {
        has_agency || has_dash
    } else {
        has_agency && has_dash
    };
    let opens = rest
        .trim_start_matches(['"', '“', '«'])
        .starts_with(char::is_uppercase);
    (is_signed && opens).then(|| Span::new(head.start, day.end + cut.len()))
}

/// Masks a dateline at the beginning of the first paragraph, where something follows it.
fn mask_dateline(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>, place: Span) -> bool {
    let Some(first) = layout.paragraphs.first_mut() else {
        return false;
    };
    let rest = text.get(place.end..first.end).unwrap_or_default();
    let skipped = rest.len()
        - rest
            .trim_start_matches(|c: char| c.is_whitespace() || "–—-:|,.;/*_".contains(c))
            .len();
    if rest.len() == skipped {
        return false;
    }
    let mask = place.of(text).unwrap_or_default();
    let mask = mask.trim_end_matches(|c: char| c.is_whitespace() || "–—-|".contains(c));
    masks.push((
        Span::new(place.start, place.start + mask.len()),
        Reason::DateLine,
        DATELINE,
    ));
    first.start = place.end + skipped;
    true
}

/// A line with nothing but a full day below the first sentences, behind a summary or a caption;
/// where there are several, they head the days of a chronicle.
fn date_line(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    /// It stands among so many paragraphs at the beginning, and is no longer than this, in bytes.
    const NEAR: usize = 10;
    const BYTES: usize = 40;
    /// Another one is looked for in so many paragraphs.
    const MOST: usize = 400;
    if !layout.dates.is_empty() {
        return;
    }
    let is_day = |paragraph: &Span| {
        let has_figure = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        paragraph.len() <= BYTES && paragraph.of(text).is_some_and(has_figure) && {
            let found = time::scan_day(text, *paragraph);
            let full = found.iter().find(|f| is_full_day(f));
            full.is_some_and(|day| day.span.len() + 1 >= paragraph.len())
        }
    };
    let near = (0..MOST).zip(&layout.paragraphs);
    let mut days = near.filter(|(_, paragraph)| is_day(paragraph));
    let first = days.next().filter(|(at, _)| *at < NEAR);
    if let (Some((at, day)), None) = (first, days.next()) {
        let day = *day;
        masks.push((day, Reason::DateLine, DATE_LINE));
        layout.dates.push(day);
        layout.paragraphs.remove(at);
    }
}

/// A chronicle begins each of its paragraphs with a date.
fn opens_with_date(text: &str, paragraph: Option<&Span>) -> bool {
    /// "On 12 March 2024"
    const REACH: usize = 40;
    paragraph.is_some_and(|p| {
        let head = Span::new(p.start, p.start + REACH).clamped_to(text);
        time::scan_span(text, head)
            .first()
            .is_some_and(|f| f.is_day() && f.span.start <= p.start + 4)
    })
}

/// Whether `place` is names, a date and what is said beside one. A date without a name opens a
/// text only where nothing else gives one (`is_alone`).
fn is_place_and_date(text: &str, place: Span, day: Span, is_alone: bool) -> bool {
    /// Words that begin a sentence which goes on to tell of that day.
    const SENTENCE: [&str; 18] = [
        "On", "In", "At", "By", "From", "Since", "Until", "As", "After", "Before", "С", "В", "На",
        "К", "До", "У", "З", "Ад",
    ];
    let before = text.get(place.start..day.start).unwrap_or_default();
    let begins_sentence = before
        .split_whitespace()
        .next()
        .is_some_and(|word| SENTENCE.contains(&word));
    let has_name = before.contains(char::is_alphabetic);
    (has_name || is_alone) && !begins_sentence && is_signed_date(text, place)
}

/// "12 March 2024, 14:05 The ministers …": where date and hour end and a sentence begins.
fn date_and_hour(text: &str, head: Span, day: Span) -> Option<Span> {
    let before = text.get(head.start..day.start)?;
    let is_label = is_signed_date(text, Span::new(head.start, day.end))
        && !before.contains(|c: char| c.is_alphabetic() && c.is_uppercase())
        || before.trim().is_empty();
    let after = text.get(day.end..head.end)?;
    let hour = after.len()
        - after
            .trim_start_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || ",:.|–—-".contains(c)
            })
            .len();
    let next = after.get(hour..)?.chars().next()?;
    // "12 марта 2024 года Минск …" goes on with its sentence.
    let says_year = day.of(text)?.ends_with(char::is_alphabetic);
    let has_hour = after.get(..hour)?.contains(':');
    (is_label && next.is_uppercase() && hour > 0 && (has_hour || !says_year))
        .then(|| Span::new(head.start, day.end + hour))
}

/// Agency, rights, contributors, offers and initials at the end of the last paragraph.
fn sign_off(text: &str, layout: &mut Layout, masks: &mut Vec<Mask>) {
    let Some(last) = layout.paragraphs.last().copied() else {
        return;
    };
    // Only the end is split into sentences: a paragraph may be of any length.
    let from = last.end.saturating_sub(LAST_BYTES).max(last.start);
    let ending = Span::new(from, last.end).clamped_to(text);
    let ending = Span::new(ending.start.max(last.start), last.end);
    let sentences = sentence::split(text, &[ending]);
    let mut cut = last.end;
    let tail = sentences.iter().skip(1).rev().take(LAST_SENTENCES);
    for (at, sentence) in tail.enumerate() {
        let words = sentence.of(text).unwrap_or_default();
        let lower = words.to_lowercase();
        let asks = phrases::PROMPT.begin(lower.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let known = asks || signs_off(&lower, false) || search::NEWSLETTER.is_in(&lower);
        let signs = || is_agency(text, *sentence) || is_initials(words) || is_source(words);
        let is_sign_off = known || (at == 0 && signs());
        if is_sign_off {
            cut = sentence.start;
        } else if cut < last.end && !known {
            break;
        }
    }
    cut = stamp(text, last).map_or(cut, |stamp| cut.min(stamp));
    if let Some(end) = parenthesis(text, last).filter(|_| cut == last.end) {
        cut = end;
    }
    if cut == last.end
        && let Some(at) = ending.of(text).and_then(glued_name)
    {
        cut = ending.start + at;
    }
    if cut == last.end {
        return;
    }
    let mask = Span::new(cut, last.end);
    masks.push((mask, Reason::SignOff, SIGN_OFF));
    if time::scan_span(text, mask)
        .iter()
        .any(|f| f.explicit().is_some() && f.is_day())
    {
        layout.dates.push(mask);
    }
    let kept = text
        .get(last.start..cut)
        .unwrap_or_default()
        .trim_end()
        .len();
    if kept == 0 {
        layout.paragraphs.pop();
    } else if let Some(paragraph) = layout.paragraphs.last_mut() {
        paragraph.end = last.start + kept;
    }
}

/// "… he said. 12. Mar 2024 at 14:05 | Compiled by staff": a day with its hour, behind the last full
/// stop of the paragraph; where it begins.
fn stamp(text: &str, paragraph: Span) -> Option<usize> {
    /// The stamp and what stands behind it, in bytes.
    const REACH: usize = 160;
    let from = paragraph
        .end
        .saturating_sub(REACH)
        .max(paragraph.start)
        .min(text.len());
    let end = Span::new(text.ceil_char_boundary(from), paragraph.end);
    if !end.of(text)?.contains(':') {
        return None;
    }
    let found = time::scan_span(text, end);
    let day = found.iter().rev().find(|f| is_full_day(f))?.span;
    let before = text.get(end.start..day.start)?.trim_end();
    let after = text.get(day.end..end.end)?.trim_start();
    let after = ["at ", ", ", "о ", "в ", "у "]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    let (hour, minute) = after.split_once(':')?;
    let is_hour = (1..=2).contains(&hour.len())
        && hour.bytes().all(|b| b.is_ascii_digit())
        && minute.bytes().take_while(u8::is_ascii_digit).count() == 2;
    (is_hour && before.ends_with(['.', '!', '?', '”', '»', '"'])).then_some(day.start)
}

/// "(News Agency April 6, 2018)", "MAP 05 April 2018" as a sentence.
fn is_agency(text: &str, sentence: Span) -> bool {
    let words = sentence.of(text).unwrap_or_default();
    if words.len() >= 120 {
        return false;
    }
    if !words.starts_with('(') {
        return is_signed_date(text, sentence);
    }
    time::scan_span(text, sentence)
        .iter()
        .any(|f| f.explicit().is_some() && f.is_day())
}

/// "Harbour News.": the name of a paper or agency, as a sentence of its own.
fn is_source(words: &str) -> bool {
    /// A name of more words is none.
    const WORDS: usize = 4;
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.split_whitespace().nth(WORDS).is_some() {
        return false;
    }
    let mut count = 0;
    let mut has_medium = false;
    let mut is_name = true;
    for word in bare.split_whitespace() {
        count += 1;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        is_name &= word.starts_with(char::is_uppercase);
        has_medium |= phrases::MEDIA.contains(&word.to_lowercase().as_str());
    }
    // "Економічна правда" is one as well as "Harbour News"; "He told the Times" is none.
    has_medium && bare.starts_with(char::is_uppercase) && (count <= 2 || is_name)
}

/// "… he said.-VNA", "… he said./BelTA/": a name glued to the last full stop; where it begins.
fn glued_name(words: &str) -> Option<usize> {
    /// Of so many bytes.
    const NAME: usize = 24;
    let last = words.len() - words.rsplit(char::is_whitespace).next()?.len();
    let word = words.get(last..)?;
    let stop = word.find(['.', '!', '?', '”', '"', '»'])?;
    let name = word
        .get(stop..)?
        .trim_start_matches(['.', '!', '?', '”', '"', '»']);
    let at = words.len() - name.len();
    let bare = name.trim_matches(['-', '–', '—', '/', '(', ')', '[', ']']);
    let is_signed = bare.len() < name.len() && name.len() <= NAME;
    let is_upper = bare.chars().filter(|c| c.is_uppercase()).count() >= 2;
    (is_signed && is_upper && bare.chars().all(char::is_alphabetic)).then_some(at)
}

/// A parenthesis with a full date at the very end of the paragraph: where it begins.
fn parenthesis(text: &str, paragraph: Span) -> Option<usize> {
    let words = paragraph.of(text)?;
    let inner = words.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let span = Span::new(paragraph.start + open, paragraph.end);
    let before = inner.get(..open)?.trim_end();
    let ends = before.ends_with(['.', '!', '?', '"', '”', '»']);
    (ends && is_agency(text, span)).then_some(span.start)
}

/// "Jane Doe/JD": a few capitalised words without a full stop, after the last sentence.
fn is_initials(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=4).contains(&count)
        && words.len() < 60
        && !words.ends_with(['.', '!', '?', '…', '"', '”', '»', ':', ')'])
        && words
            .split([' ', '/'])
            .filter(|word| !word.is_empty())
            .all(|word| word.starts_with(char::is_uppercase))
}
