//! Mentions of actors: names of the lexicon on word boundaries, the longest first, each with the
//! class that its surroundings give it.
//!
//! Budget: one pass over the tokens; each rule looks at a few neighbours.

mod context;
mod introduced;
pub(crate) mod people;
mod vocabulary;

use super::in_order;
use super::lexicon::Lexicon;
use super::lexicon::gazetteer::Use;
use super::lexicon::words::{Token, TokenKind};
use crate::model::actor::{ActorKind, MentionClass};
use crate::model::finding::{Finding, Mention, Rule, Suggestion};
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// A name in a run of tokens, before its surroundings are looked at.
#[derive(Debug, Clone)]
struct Named {
    /// First token, and one past the last.
    start: usize,
    end: usize,
    actor: ActorId,
    kind: ActorKind,
    usage: Use,
    is_alias: bool,
}

/// The mentions in the words of title and body, zone by zone, sorted by span.
#[must_use]
pub(crate) fn mentions(zones: &[Vec<Token<'_>>], lexicon: &Lexicon) -> Vec<Suggestion> {
    let mut out = Vec::new();
    let mut all: Vec<Vec<Named>> = zones.iter().map(|words| names(words, lexicon)).collect();
    let others = introduced::others(zones, &all);
    for (tokens, named) in zones.iter().zip(&mut all) {
        if !others.is_empty() {
            let is_other = |name: &Named| {
                let letters = tokens.get(name.start).map_or("", |token| token.text);
                name.end == name.start + 1 && others.contains(&letters)
            };
            named.retain(|name| !is_other(name));
        }
        for (index, name) in named.iter().enumerate() {
            mention(tokens, named, index, name, lexicon, &mut out);
        }
    }
    if let Some(korea) = only_korea(&out) {
        for token in zones.iter().flatten().filter(|t| is_korean(t)) {
            push(
                &mut out,
                token.span,
                &korea,
                MentionClass::Demonym,
                "actor/demonym",
                70,
            );
        }
        out = disjoint(in_order(out), &korea);
    }
    let mut out = in_order(out);
    let bodies = introduced::bodies(zones, &all, &out);
    if bodies.is_empty() {
        return out;
    }
    for (span, country) in bodies {
        let class = MentionClass::InOrganisation;
        push(
            &mut out,
            span,
            &country,
            class,
            "actor/introduced-body",
            introduced::CONFIDENCE,
        );
    }
    in_order(out)
}

/// Whom a passage names, read by itself; in the order of the text, as often as it does.
#[must_use]
pub fn named_in(passage: &str, lexicon: &Lexicon) -> Vec<ActorId> {
    let mut norms = String::new();
    let whole = std::iter::once(Span::new(0, passage.len()));
    let words = super::lexicon::words::tokens(passage, whole, &mut norms);
    let found = mentions(&words, lexicon).into_iter();
    found
        .filter_map(|suggestion| match suggestion.finding {
            Finding::Mention(mention) => Some(mention.actor),
            _ => None,
        })
        .collect()
}

/// "Korean", which is either Korea.
fn is_korean(token: &Token<'_>) -> bool {
    matches!(token.norm, "korean" | "koreans")
        || (!token.norm.is_ascii()
            && ["корейск", "корейськ", "карэйск"]
                .iter()
                .any(|stem| token.norm.starts_with(stem)))
}

/// The one of the two Koreas that is named, if only one is.
fn only_korea(mentions: &[Suggestion]) -> Option<ActorId> {
    let names = |code: &str| {
        mentions
            .iter()
            .any(|s| matches!(&s.finding, Finding::Mention(m) if m.actor.as_str() == code))
    };
    match (names("KR"), names("KP")) {
        (true, false) => Some(ActorId::new("KR")),
        (false, true) => Some(ActorId::new("KP")),
        _ => None,
    }
}

/// "South Korean" is one mention, not "Korean" besides.
fn disjoint(sorted: Vec<Suggestion>, korea: &ActorId) -> Vec<Suggestion> {
    let mut end = 0;
    let mut out = Vec::with_capacity(sorted.len());
    for suggestion in sorted {
        let span = suggestion.finding.span();
        let is_korea = matches!(&suggestion.finding, Finding::Mention(m) if m.actor == *korea);
        if is_korea && span.start < end {
            continue;
        }
        end = end.max(span.end);
        out.push(suggestion);
    }
    out
}

/// The names of the lexicon, look-alikes left out, in order and disjoint.
fn names(tokens: &[Token<'_>], lexicon: &Lexicon) -> Vec<Named> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(hit) = lexicon.at(tokens, at) else {
            at += 1;
            continue;
        };
        if let Some(actor) = hit.actor.filter(|_| hit.usage != Use::System) {
            out.push(Named {
                start: at,
                end: at + hit.len,
                kind: lexicon.kind(&actor),
                actor,
                usage: hit.usage,
                is_alias: hit.is_alias,
            });
        }
        at += hit.len.max(1);
    }
    out
}

/// Adds what one name says, if it names an actor here.
fn mention(
    tokens: &[Token<'_>],
    named: &[Named],
    index: usize,
    name: &Named,
    lexicon: &Lexicon,
    out: &mut Vec<Suggestion>,
) {
    let Some(found) = tokens.get(name.start..name.end) else {
        return;
    };
    let Some(span) = found
        .first()
        .zip(found.last())
        .map(|(a, b)| a.span.cover(b.span))
    else {
        return;
    };
    let view = context::View {
        tokens,
        named,
        index,
    };
    if name.is_alias {
        push(
            out,
            span,
            &name.actor,
            MentionClass::Name,
            "actor/alias",
            100,
        );
        return;
    }
    if view.is_lookalike(name) {
        return;
    }
    if name.kind == ActorKind::Organisation {
        push(
            out,
            span,
            &name.actor,
            MentionClass::Name,
            "actor/organisation",
            85,
        );
        // A country's name inside the organisation's: "Kazakhstan Engineering".
        let inside = names_inside(found, lexicon);
        for (inner, actor) in inside {
            push(
                out,
                inner,
                &actor,
                MentionClass::InOrganisation,
                "actor/country-in-organisation",
                80,
            );
        }
        return;
    }
    let (class, rule, confidence) = match name.kind {
        ActorKind::Person => (MentionClass::Name, "actor/person", 85),
        ActorKind::Bloc => (MentionClass::Name, "actor/bloc", 90),
        _ => view.class_of_country(name),
    };
    push(out, span, &name.actor, class, rule, confidence);
}

/// Countries named inside an organisation's name.
fn names_inside(found: &[Token<'_>], lexicon: &Lexicon) -> Vec<(Span, ActorId)> {
    if found.len() < 2 {
        return Vec::new();
    }
    // Cut so that the whole name cannot match again.
    let (head, tail) = found.split_at(found.len() / 2);
    [head, tail]
        .iter()
        .flat_map(|part| {
            names(part, lexicon).into_iter().filter_map(|name| {
                let span = part
                    .get(name.start)?
                    .span
                    .cover(part.get(name.end.checked_sub(1)?)?.span);
                (name.kind == ActorKind::Country && matches!(name.usage, Use::Name | Use::Demonym))
                    .then_some((span, name.actor))
            })
        })
        .collect()
}

fn push(
    out: &mut Vec<Suggestion>,
    span: Span,
    actor: &ActorId,
    class: MentionClass,
    rule: &'static str,
    confidence: u8,
) {
    let mention = Mention {
        span,
        actor: actor.clone(),
        class,
    };
    out.push(Suggestion::new(
        Finding::Mention(mention),
        Rule::named(rule),
        confidence,
    ));
}

/// Whether a mention of this class counts as a mention of its country.
#[must_use]
pub(crate) const fn counts(class: MentionClass) -> bool {
    !matches!(class, MentionClass::Place)
}

/// Whether a token is a word.
fn is_word(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::glossary;
    use crate::model::actor::ActorBook;
    use proptest::prelude::*;

    /// What is found in one paragraph, as `surface=ACTOR:Class`.
    fn found(text: &str) -> String {
        let words = glossary::tokens(text);
        let lexicon = Lexicon::new(&ActorBook::default());
        mentions(&[words], &lexicon)
            .iter()
            .filter_map(|s| match &s.finding {
                Finding::Mention(m) => Some(format!(
                    "{}={}:{:?}",
                    m.span.of(text).unwrap(),
                    m.actor,
                    m.class
                )),
                _ => None,
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(found(text), expected, "{text}");
    }

    #[test]
    fn classes_follow_from_the_surroundings() {
        check(
            "Ankara’s offer surprised Norway.",
            "Ankara=TR:Capital Norway=NO:Name",
        );
        check("Talks were held in Ankara on Tuesday.", "Ankara=TR:Place");
        check("Ministers travelled to Hanoi.", "Hanoi=VN:Place");
        check(
            "Relations between Hanoi and Ankara improved.",
            "Hanoi=VN:Capital Ankara=TR:Capital",
        );
        check(
            "The Sino-Serbian drill and Belarusian-made trucks",
            "Sino=CN:Compound Serbian=RS:Compound Belarusian=BY:Demonym",
        );
        check("Norway-made boats", "Norway=NO:Demonym");
        check(
            "Полёт из Анкары в Ханой. Позиция Анкары ясна.",
            "Анкары=TR:Place Ханой=VN:Place Анкары=TR:Capital",
        );
        check(
            "российско-индийские переговоры",
            "российско=RU:Compound индийские=IN:Compound",
        );
        check(
            "армяно-турецкие и итало-китайские переговоры, вірмено-турецькі",
            "армяно=AM:Compound турецкие=TR:Compound итало=IT:Compound китайские=CN:Compound \
             вірмено=AM:Compound турецькі=TR:Compound",
        );
        check(
            "Kazakhstan Engineering sold boats.",
            "Kazakhstan=KZ:InOrganisation Kazakhstan Engineering=org/kazakhstan-engineering:Name",
        );
    }

    #[test]
    fn a_body_introduced_by_its_acronym_is_its_countrys() {
        check(
            "The Ghanaian Fund for Fisheries (GFF) paid. The GFF will pay.",
            "Ghanaian=GH:Demonym GFF=GH:InOrganisation GFF=GH:InOrganisation",
        );
        check(
            "The UPDF left. Uganda's People's Defence Force (PDF) came.",
            "Uganda=UG:Name PDF=UG:InOrganisation",
        );
        check(
            "Служба безопасности Кении (СБК) сообщила. СБК ждёт.",
            "Кении=KE:Name СБК=KE:InOrganisation СБК=KE:InOrganisation",
        );
        // Neither a body of two nor one of nobody, and no agreement.
        check(
            "The Kenya Uganda Water Authority (KUWA) met. KUWA went on.",
            "Kenya=KE:InOrganisation Uganda=UG:InOrganisation",
        );
        check(
            "The Sea Rescue Service (SRS) came to Kenya.",
            "Kenya=KE:Name",
        );
        check(
            "The Kenya Trade Pact (KTP) holds. The KTP is new.",
            "Kenya=KE:Name",
        );
    }

    #[test]
    fn korean_is_of_the_korea_that_is_named() {
        check(
            "Talks with Korean envoys in Seoul. South Korean grain.",
            "Korean=KR:Demonym Seoul=KR:Place South Korean=KR:Demonym",
        );
        check("Korean envoys came.", "");
        check(
            "Seoul and Pyongyang heard Korean envoys.",
            "Seoul=KR:Capital Pyongyang=KP:Capital",
        );
    }

    #[test]
    fn a_capital_may_be_only_where_something_stands() {
        check("The Lima Institute of Physics knows.", "Lima=PE:Place");
        check(
            "They met in the Peruvian capital, Lima.",
            "Peruvian=PE:Demonym Lima=PE:Place",
        );
    }

    #[test]
    fn a_language_is_no_country() {
        check("Он должен владеть английским.", "");
        check("Английский язык труден.", "");
        check("Він володіє англійською.", "");
        check("Английский флот вышел.", "Английский=GB:Demonym");
    }

    #[test]
    fn a_capital_in_the_instrumental_takes_part() {
        check("Перамовы з Астаной.", "Астаной=KZ:Capital");
        check("Самалёт з Астаны.", "Астаны=KZ:Place");
    }

    #[test]
    fn lookalikes_are_kept_out() {
        check("It cost US$3 bn, or 4 bn US dollars.", "");
        check("The US $ 160 million bridge and the US $4m road.", "");
        check(
            "Norway gave Kenya $30 million.",
            "Norway=NO:Name Kenya=KE:Name",
        );
        check("Ships sailed the Sea of Japan.", "");
        check("He was born in Macon, Georgia, in 1950.", "");
        check("Mr Vernon Jordan spoke.", "");
        check("Ships of the Indo-Pacific region.", "");
        check(
            "Interior Minister German Vargas told the Windhoek Times.",
            "",
        );
        check("Deputy Minister of the German navy", "German=DE:Demonym");
        check(
            "The Sea Cliff Observatory (SCO) is open. The SCO sees far.",
            "",
        );
        check(
            "The Shanghai Cooperation Organisation (SCO) met. The SCO grows.",
            "Shanghai Cooperation Organisation=bloc/sco:Name SCO=bloc/sco:Name SCO=bloc/sco:Name",
        );
        check(
            "The site is available in Belarusian, Russian and English.",
            "",
        );
        check("Soviet Union", "");
        check("let us turkey by", "");
        check("Brussels agreed.", "Brussels=bloc/eu:Name");
    }

    proptest! {
        #[test]
        fn spans_fit_any_text(text in "(Moscow|US|Georgia|’s| |-|\\.|российско|\\PC){0,60}") {
            let words = [glossary::tokens(&text)];
            let lexicon = Lexicon::new(&ActorBook::default());
            let once = mentions(&words, &lexicon);
            for s in &once {
                prop_assert!(s.finding.span().of(&text).is_some());
            }
            let mut ids: Vec<_> = once.iter().map(|s| s.id).collect();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), once.len());
            prop_assert_eq!(once, mentions(&words, &lexicon));
        }
    }
}
