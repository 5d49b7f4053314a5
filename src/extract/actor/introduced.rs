//! Acronyms that a text introduces behind their long form: "the Saudi Fund for Development (SFD)".
//! Such a body is its country's where the long form says whose it is, and nobody else's namesake.
//!
//! The long form is found as Schwartz and Hearst do (2003, "A simple algorithm for identifying
//! abbreviation definitions in biomedical text"), but by the initials of words alone: a name of
//! a body is spelt so, and other letters would match too much.
//!
//! Budget: a look at each bracket, and one at each word where something was introduced.

use super::super::lexicon::list::Stems;
use super::super::lexicon::words::{Token, TokenKind};
use super::{Named, is_word};
use crate::model::actor::MentionClass;
use crate::model::finding::{Finding, Suggestion};
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// How sure it is that a body named by its acronym stands for the country, in percent.
pub(super) const CONFIDENCE: u8 = 75;

/// An acronym has so many letters.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;

/// Beginnings of words for a body: a fund may act for a country, an agreement or a currency not.
static BODIES: Stems = Stems::new(&[
    "ministr",
    "agenc",
    "authorit",
    "force",
    "army",
    "navy",
    "guard",
    "police",
    "service",
    "fund",
    "bank",
    "corporation",
    "compan",
    "industr",
    "institut",
    "organisation",
    "organization",
    "commission",
    "council",
    "committee",
    "board",
    "centre",
    "center",
    "office",
    "bureau",
    "department",
    "administration",
    "association",
    "universit",
    "command",
    "federation",
    "chamber",
    "enterprise",
    "laborator",
    "foundation",
    "airlines",
    "airways",
    "railway",
    "министерств",
    "агентств",
    "служб",
    "войск",
    "сил",
    "флот",
    "полици",
    "фонд",
    "банк",
    "корпорац",
    "компани",
    "институт",
    "организац",
    "комисси",
    "совет",
    "комитет",
    "центр",
    "департамент",
    "управлени",
    "ассоциац",
    "университет",
    "федерац",
    "палат",
    "предприяти",
    "міністерств",
    "агенці",
    "флот",
    "поліці",
    "корпораці",
    "інститут",
    "організаці",
    "комісі",
    "рад",
    "комітет",
    "управлінн",
    "асоціаці",
    "університет",
    "підприємств",
    "міністэрств",
    "агенцтв",
    "інстытут",
    "арганізацы",
    "камісі",
    "камітэт",
    "упраўленн",
    "асацыяцы",
    "універсітэт",
    "прадпрыемств",
]);

/// The long form in front of a bracket, as tokens from its first to the bracket: its words spell
/// `letters`; small words, and those of `skipped` places, need not.
fn long_form(
    tokens: &[Token<'_>],
    bracket: usize,
    letters: &str,
    skipped: &[Span],
) -> Option<usize> {
    /// So many words may stand in a name besides: "of the".
    const SMALL: usize = 3;
    let long = tokens.get(..bracket)?;
    // "Fund for Development (FD)", "Department of Energy (DOE)".
    [false, true].into_iter().find_map(|small_count| {
        let mut left = letters.chars().rev().peekable();
        for (at, word) in long.iter().enumerate().rev().take(letters.len() + SMALL) {
            let first = word.text.chars().next()?;
            let is_small = !word.is_capitalised() && word.text.chars().count() <= SMALL;
            let is_next = |letter: &char| first.to_uppercase().eq(letter.to_uppercase());
            if (small_count || !is_small) && left.peek().is_some_and(is_next) {
                left.next();
                if left.peek().is_none() {
                    return Some(at);
                }
            } else if !is_word(word)
                || word.is_capitalised() && !skipped.iter().any(|span| span.contains(word.span))
            {
                return None;
            }
        }
        None
    })
}

/// The acronym in brackets behind a bracket: "(SFD)".
fn in_brackets<'t>(tokens: &[Token<'t>], bracket: usize) -> Option<&'t str> {
    if !tokens.get(bracket)?.is_mark("(") {
        return None;
    }
    let token = tokens.get(bracket + 1)?;
    (tokens.get(bracket + 2)?.is_mark(")")
        && token.kind == TokenKind::Word
        && LETTERS.contains(&token.text.chars().count())
        && token.text.chars().all(char::is_uppercase))
    .then_some(token.text)
}

/// The acronyms that the text introduces for something else than the lexicon has: "the Sea Cliff
/// Observatory (SCO)".
pub(super) fn others<'t>(zones: &[Vec<Token<'t>>], all: &[Vec<Named>]) -> Vec<&'t str> {
    let mut others = Vec::new();
    for (tokens, named) in zones.iter().zip(all) {
        for (index, name) in named.iter().enumerate() {
            let Some(bracket) = name
                .start
                .checked_sub(1)
                .filter(|_| name.end == name.start + 1)
            else {
                continue;
            };
            let Some(letters) = in_brackets(tokens, bracket) else {
                continue;
            };
            // The long form is known as well.
            let is_own = named
                .get(..index)
                .and_then(<[Named]>::last)
                .is_some_and(|long| long.end == bracket && long.actor == name.actor);
            if !is_own
                && !others.contains(&letters)
                && long_form(tokens, bracket, letters, &[]).is_some()
            {
                others.push(letters);
            }
        }
    }
    others
}

/// The bodies that the text introduces by an acronym, wherever that stands, each with the one
/// country of its long form. `found` are the mentions so far, sorted; an acronym of the lexicon
/// has a meaning already.
pub(super) fn bodies(
    zones: &[Vec<Token<'_>>],
    all: &[Vec<Named>],
    found: &[Suggestion],
) -> Vec<(Span, ActorId)> {
    /// An article introduces no more, so that a list of thousands takes no longer.
    const MOST: usize = 32;
    let mut bodies: Vec<(&str, ActorId)> = Vec::new();
    for tokens in zones {
        let brackets = (0..tokens.len()).filter(|at| in_brackets(tokens, *at).is_some());
        for bracket in brackets {
            let Some(letters) = in_brackets(tokens, bracket) else {
                continue;
            };
            if bodies.len() < MOST
                && !bodies.iter().any(|(known, _)| *known == letters)
                && let Some(country) = country_of(tokens, bracket, letters, found)
            {
                bodies.push((letters, country));
            }
        }
    }
    if bodies.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (tokens, named) in zones.iter().zip(all) {
        // Both in the order of the text, so that names are passed once.
        let mut names = named.iter().peekable();
        for (at, token) in tokens.iter().enumerate() {
            while names.next_if(|name| name.end <= at).is_some() {}
            let is_named = names.peek().is_some_and(|name| name.start <= at);
            if let Some((_, country)) = bodies.iter().find(|(letters, _)| *letters == token.text)
                && !is_named
            {
                out.push((token.span, country.clone()));
            }
        }
    }
    out
}

/// The one country that the long form in front of a bracket names, or that stands right before it:
/// "Kenya's Wildlife Service (WS)".
fn country_of(
    tokens: &[Token<'_>],
    bracket: usize,
    letters: &str,
    found: &[Suggestion],
) -> Option<ActorId> {
    /// No long form is longer, in tokens.
    const LONGEST: usize = 12;
    let from = tokens.get(bracket.saturating_sub(LONGEST))?.span.start;
    let end = tokens.get(bracket)?.span.start;
    let first = found.partition_point(|s| s.finding.span().start < from);
    let near = found.get(first..)?.iter().map(|s| &s.finding);
    let near = near.take_while(|finding| finding.span().start < end);
    let named: Vec<(Span, &ActorId)> = near
        .filter_map(|finding| match finding {
            Finding::Mention(m) if m.class != MentionClass::Place => Some((m.span, &m.actor)),
            _ => None,
        })
        .collect();
    let spans: Vec<Span> = named.iter().map(|(span, _)| *span).collect();
    let at = long_form(tokens, bracket, letters, &spans)?;
    let long = tokens.get(at..bracket)?;
    if !long.iter().any(|word| BODIES.begin(word.norm)) {
        return None;
    }
    let start = long.first()?.span.start;
    let is_beside = |span: Span| {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        span.end > start || before.is_some_and(|token| span.contains(token.span))
    };
    let mut own = named.into_iter().filter(|(span, _)| is_beside(*span));
    let (_, country) = own.next()?;
    let is_one = country.is_country() && own.all(|(_, other)| other == country);
    is_one.then(|| country.clone())
}
