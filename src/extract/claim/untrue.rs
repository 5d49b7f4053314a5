//! What is told only to be denied: "reports that X sold arms proved untrue", "the ministry denied
//! that …", "The story is false".
//!
//! Budget: every rule looks at a bounded number of tokens; a sentence has few denials.

use super::super::lexicon::list::{Sieve, Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::Reader;
use super::pattern::Match;
use super::scene::Scene;
use crate::model::claim::{ClaimKind, Modality, Polarity};
use crate::model::finding::Finding;

#[cfg(test)]
mod tests;

/// Nouns of what is said; the Slavic ones by their beginnings.
static SAID: Words = Words::new(&[
    "report",
    "reports",
    "claim",
    "claims",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "allegation",
    "allegations",
    "assertion",
    "assertions",
    "accusation",
    "accusations",
    "speculation",
    "speculations",
    "news",
    "story",
    "stories",
    "information",
    "reporting",
]);
static SAID_SLAVIC: Stems = Stems::new(&[
    "сообщени",
    "информация",
    "информации",
    "информацию",
    "слух",
    "утверждени",
    "сведени",
    "данные",
    "публикаци",
    "новость",
    "новости",
    "обвинени",
    "повідомленн",
    "інформація",
    "інформації",
    "інформацію",
    "чутк",
    "твердженн",
    "звинуваченн",
    "паведамленн",
    "інфармацыя",
    "інфармацыі",
    "інфармацыю",
    "сцвярджэнн",
    "звестк",
]);
/// Those of them that are hearsay.
static HEARSAY: Words = Words::new(&[
    "report",
    "reports",
    "claim",
    "claims",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "allegation",
    "allegations",
    "speculation",
    "слухи",
    "слухов",
    "слухам",
    "чутки",
    "чуткі",
]);
/// What leads from it to what it says.
static COMPLEMENT: Words = Words::new(&[
    "that",
    "of",
    "about",
    "alleging",
    "claiming",
    "regarding",
    "о",
    "об",
    "обо",
    "про",
    "аб",
    "что",
    "що",
    "што",
    "щодо",
]);
/// What is not so.
static FALSE: Words = Words::new(&[
    "untrue",
    "false",
    "fake",
    "unfounded",
    "baseless",
    "groundless",
    "fabricated",
    "bogus",
    "incorrect",
    "inaccurate",
    "hoax",
    "lie",
    "lies",
    "fabrication",
    "fiction",
    "disinformation",
    "misinformation",
    "nonsense",
    "unsubstantiated",
    "ложь",
    "ложью",
    "вранье",
    "хлусня",
    "хлуснёй",
]);
static FALSE_SLAVIC: Stems = Stems::new(&[
    "ложн",
    "лживы",
    "фейк",
    "фэйк",
    "неправд",
    "недостоверн",
    "вымысл",
    "вымысел",
    "выдумк",
    "беспочвен",
    "голословн",
    "дезинформаци",
    "хибн",
    "брехн",
    "недостовірн",
    "безпідставн",
    "вигадк",
    "дезінформаці",
    "няпраўд",
    "ілжыв",
    "непраўд",
    "беспадстаўн",
    "дэзінфармацы",
]);
/// What says that something is so, where a negation stands before it.
static TRUE: Words = Words::new(&[
    "true",
    "correct",
    "accurate",
    "correspond",
    "corresponds",
    "truth",
    "basis",
    "foundation",
    "правда",
    "праўда",
]);
static TRUE_SLAVIC: Stems = Stems::new(&["соответств", "відповіда", "адпавяда"]);
/// "не подтвердились": with the ending of the reflexive.
static PROVED: Stems = Stems::new(&["подтверд", "підтверд", "пацверд"]);
static NO: Words = Words::new(&["not", "no", "n't", "never", "не", "ні"]);
static COPULA: Words = Words::new(&[
    "is", "are", "was", "were", "be", "been", "being", "prove", "proved", "proves", "proven",
    "turned", "as", "remain", "remained",
]);
/// Verbs before a report that is called something.
static CALLS: Words = Words::new(&[
    "called",
    "calls",
    "branded",
    "labelled",
    "labeled",
    "described",
    "dismissed",
    "dismisses",
    "rejected",
    "rejects",
    "slammed",
    "termed",
]);

/// Verbs of denial, those of them that may deny anything that is said, and the Slavic ones.
static DENIES: Words = Words::new(&[
    "deny",
    "denies",
    "denied",
    "denying",
    "refute",
    "refutes",
    "refuted",
    "refuting",
    "dismiss",
    "dismisses",
    "dismissed",
    "dismissing",
    "reject",
    "rejects",
    "rejected",
    "rejecting",
    "debunked",
    "disproved",
]);
static DENIES_ALL: Words = Words::new(&[
    "deny", "denies", "denied", "denying", "refute", "refutes", "refuted", "refuting",
]);
static DENIES_SLAVIC: Stems = Stems::new(&[
    "опроверг",
    "отрица",
    "спростов",
    "спростув",
    "заперечу",
    "заперечи",
    "абверг",
    "абвярг",
]);
/// Adjectives and nouns that only look like one of them.
static NO_DENIAL: Stems = Stems::new(&["отрицательн", "отрицани"]);
/// Acts that are denied right behind the verb.
static ACTS: Words = Words::new(&[
    "sale",
    "sales",
    "delivery",
    "deliveries",
    "supplies",
    "transfer",
    "shipment",
    "shipments",
    "signing",
    "existence",
    "involvement",
]);
/// What may stand between "denied" and "that".
static BETWEEN: Words = Words::new(&[
    "on",
    "in",
    "to",
    "a",
    "the",
    "at",
    "earlier",
    "later",
    "today",
    "yesterday",
    "again",
    "also",
    "firmly",
    "strongly",
    "flatly",
    "week",
    "day",
    "month",
    "last",
    "this",
    "statement",
    "repeatedly",
    "reporters",
    "journalists",
    "it",
]);
/// What points at what was told before.
static POINTS: Words = Words::new(&[
    "the", "this", "these", "that", "those", "such", "all", "both",
]);
static IT: Words = Words::new(&[
    "it",
    "this",
    "them",
    "это",
    "этого",
    "їх",
    "це",
    "гэта",
    "их",
]);
/// A clause that begins so has a subject of its own.
static BUT: Words = Words::new(&["while", "whereas", "but", "но", "а", "але"]);
/// Who reports, and how.
static PRESS: Words = Words::new(&[
    "media",
    "press",
    "newspaper",
    "newspapers",
    "daily",
    "tabloid",
    "outlet",
    "outlets",
    "channel",
    "website",
    "reported",
    "reportedly",
    "reports",
    "report",
    "wrote",
    "rumours",
    "rumors",
    "alleged",
    "claimed",
    "сми",
    "издание",
    "издания",
    "газета",
    "газеты",
    "телеканал",
    "пресса",
    "писала",
    "писали",
    "сообщил",
    "сообщила",
    "сообщили",
    "сообщалось",
    "змі",
    "видання",
    "повідомили",
    "повідомив",
    "повідомляли",
    "смі",
    "выданне",
    "паведамілі",
    "паведаміла",
]);

/// No sentence denies more than this.
const MOST: usize = 8;

/// Where a sentence says of something that it is not so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Denied {
    /// The word that says so.
    by: usize,
    /// First token and one past the last of what is denied.
    from: usize,
    to: usize,
}

fn norm<'t>(tokens: &'t [Token<'t>], at: usize) -> &'t str {
    steps::count(1);
    tokens.get(at).map_or("", |t| t.norm)
}

fn before(tokens: &[Token<'_>], at: usize, most: usize, is: impl Fn(&Token<'_>) -> bool) -> bool {
    let words = tokens.get(at.saturating_sub(most)..at).unwrap_or_default();
    steps::count(words.len());
    words.iter().any(is)
}

fn is_said(token: &Token<'_>) -> bool {
    SAID.holds(token) || SAID_SLAVIC.begin(token.norm)
}

/// Whether what a noun of saying says follows it.
fn has_complement(tokens: &[Token<'_>], noun: usize) -> bool {
    /// "Reports in the local press this week that".
    const NEAR: usize = 7;
    let after = tokens.get(noun + 1..(noun + 1 + NEAR).min(tokens.len()));
    let mut after = after.unwrap_or_default().iter();
    steps::count(NEAR);
    after
        .by_ref()
        .take_while(|t| t.kind != TokenKind::Mark || t.is_mark(","))
        .take_while(|t| !COPULA.holds(t) || t.norm == "as")
        .any(|t| COMPLEMENT.holds(t))
}

/// Whether the token says, of what stands before it, that it is not so.
fn is_false(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    if FALSE.holds(token) || FALSE_SLAVIC.begin(token.norm) {
        let is_attribute = tokens.get(at + 1).is_some_and(is_said);
        let is_no = before(tokens, at, 2, |t| NO.holds(t));
        return !is_attribute
            && !is_no
            && (!token.text.is_ascii()
                || before(tokens, at, 4, |t| COPULA.holds(t))
                || before(tokens, at, 14, |t| CALLS.holds(t))
                || before(tokens, at, 1, |t| t.kind == TokenKind::Mark));
    }
    if TRUE.holds(token) || TRUE_SLAVIC.begin(token.norm) {
        return before(tokens, at, 3, |t| NO.holds(t));
    }
    if PROVED.begin(token.norm) {
        return (token.norm.ends_with("сь") || token.norm.ends_with("ся"))
            && before(tokens, at, 2, |t| NO.holds(t));
    }
    let is_passive = || {
        before(tokens, at, 3, |t| {
            matches!(t.norm, "was" | "were" | "been" | "is" | "are" | "being")
        })
    };
    DENIES.holds(token) && token.norm.ends_with("ed") && is_passive() || denies_slavic(tokens, at)
}

fn denies_slavic(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| {
        !t.text.is_ascii() && DENIES_SLAVIC.begin(t.norm) && !NO_DENIAL.begin(t.norm)
    }) && !before(tokens, at, 2, |t| NO.holds(t))
}

/// Where what a verb of denial denies begins, and whether it is a noun's complement without a
/// clause.
fn denied_from(tokens: &[Token<'_>], at: usize) -> Option<(usize, bool)> {
    /// "denied on Monday that", "rejected the recent reports of".
    const NEAR: usize = 7;
    let token = tokens.get(at)?;
    if denies_slavic(tokens, at) {
        return Some((at + 1, false));
    }
    if !DENIES.holds(token) || before(tokens, at, 3, |t| NO.holds(t)) {
        return None;
    }
    let is_all = DENIES_ALL.holds(token);
    let mut is_near = true;
    for next in at + 1..(at + 1 + NEAR).min(tokens.len()) {
        let word = tokens.get(next)?;
        steps::count(1);
        if word.kind == TokenKind::Mark && !word.is_mark(",") {
            return None;
        }
        if is_said(word) {
            let is_clause = (next + 1..next + 4).any(|at| norm(tokens, at) == "that");
            return has_complement(tokens, next).then_some((next, !is_clause));
        }
        if word.norm == "that" {
            return (is_all && is_near).then_some((next, false));
        }
        let is_act = next <= at + 2 && word.norm.len() > 5 && word.norm.ends_with("ing")
            || next <= at + 3 && ACTS.holds(word);
        if is_all && is_act {
            return Some((at + 1, true));
        }
        is_near &= BETWEEN.holds(word)
            || word.is_capitalised()
            || word.kind != TokenKind::Word
            || word.norm.ends_with("ly");
    }
    None
}

/// Whether a word may say that something is not so: most sentences have none.
fn may_deny(token: &Token<'_>) -> bool {
    static ANY: Sieve<32> = DENIES.sieve().or(FALSE.sieve()).or(TRUE.sieve());
    ANY.may_hold_key(token.key) && (DENIES.holds(token) || FALSE.holds(token) || TRUE.holds(token))
        || !token.text.is_ascii()
            && [&DENIES_SLAVIC, &FALSE_SLAVIC, &TRUE_SLAVIC, &PROVED]
                .iter()
                .any(|stems| stems.begin(token.norm))
}

/// Where a sentence denies what it tells.
fn denied(tokens: &[Token<'_>], units: &[(usize, usize)]) -> Vec<Denied> {
    let mut out: Vec<Denied> = Vec::new();
    if !tokens.iter().any(may_deny) {
        return out;
    }
    let mut said: Option<usize> = None;
    for (start, end) in units.iter().copied() {
        if tokens.get(start).is_some_and(|t| BUT.holds(t)) || norm(tokens, start) == ";" {
            said = None;
        }
        for at in start..end {
            if out.len() >= MOST {
                return out;
            }
            let Some(token) = tokens.get(at) else {
                break;
            };
            if said.is_none() && is_said(token) && has_complement(tokens, at) {
                said = Some(at);
            }
            if is_false(tokens, at)
                && let Some(from) = said.take()
            {
                out.push(Denied {
                    by: at,
                    from,
                    to: at,
                });
                continue;
            }
            if let Some((from, is_noun)) = denied_from(tokens, at) {
                out.push(Denied {
                    by: at,
                    from,
                    to: if is_noun {
                        another_verb(tokens, from, end)
                    } else {
                        end
                    },
                });
            } else if is_untrue_of(tokens, at) {
                out.push(Denied {
                    by: at,
                    from: at + 1,
                    to: end,
                });
            }
        }
    }
    out
}

/// "It is untrue that", "неправда, что", "false reports of".
fn is_untrue_of(tokens: &[Token<'_>], at: usize) -> bool {
    let next = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.is_mark(",")));
    let is_clause = matches!(norm(tokens, next), "that" | "что" | "що" | "што");
    // "called false the reports that".
    let noun = at + 1 + usize::from(norm(tokens, at + 1) == "the");
    let is_attribute = || {
        tokens.get(at).is_some_and(|t| {
            (FALSE.holds(t) || FALSE_SLAVIC.begin(t.norm))
                && !before(tokens, at, 2, |t| NO.holds(t))
        }) && tokens.get(noun).is_some_and(is_said)
            && has_complement(tokens, noun)
    };
    is_clause && is_false(tokens, at) || is_attribute()
}

/// "denied selling arms and signed a pact with": where a coordinated verb begins, or the end.
fn another_verb(tokens: &[Token<'_>], from: usize, end: usize) -> usize {
    let words = tokens.get(from..end).unwrap_or_default();
    steps::count(words.len());
    let verb = words.windows(2).position(|pair| {
        pair.first()
            .is_some_and(|t| matches!(t.norm, "and" | "but"))
            && pair.get(1).is_some_and(|t| t.norm.ends_with("ed"))
    });
    verb.map_or(end, |at| from + at)
}

impl Scene<'_> {
    /// What the sentence tells only to deny it.
    fn denied(&self) -> &[Denied] {
        self.denied.get_or_init(|| denied(self.tokens, &self.units))
    }

    /// Whether a trigger stands in what the sentence denies.
    pub(super) fn is_denied(&self, found: &Match) -> bool {
        let is_in = |d: &Denied| d.from <= found.start && found.start < d.to;
        steps::count(self.denied().len());
        self.denied().iter().any(is_in)
    }

    /// "rumours that X sold arms": it is only said.
    pub(super) fn is_hearsay(&self, found: &Match, unit: (usize, usize)) -> bool {
        /// The noun stands so near before what it tells.
        const NEAR: usize = 10;
        let from = found.start.saturating_sub(NEAR).max(unit.0);
        steps::count(NEAR);
        (from..found.start).any(|at| {
            let leads_on = |next: &str| {
                matches!(next, "that" | "of" | "about" | "о" | "про" | "аб" | "об")
                    && (next == "that" || !matches!(norm(self.tokens, at), "report" | "claim"))
            };
            self.tokens.get(at).is_some_and(|t| HEARSAY.holds(t))
                && leads_on(norm(self.tokens, at + 1))
                // "denied reports of a row and signed": the act is another.
                && another_verb(self.tokens, at, found.start + 1) > found.start
        })
    }

    /// Whether a word denies what the sentence tells.
    pub(super) fn denies(&self, at: usize) -> bool {
        self.denied().iter().any(|d| d.by == at)
    }

    /// "The report is false", "have since refuted the story", "denied it".
    fn takes_back(&self) -> bool {
        /// The subject stands so near before what is said of it, an object so near behind.
        const SUBJECT: usize = 10;
        const OBJECT: usize = 5;
        let is_known = |noun: usize| {
            self.tokens.get(noun).is_some_and(|t| {
                is_said(t)
                    && !has_complement(self.tokens, noun)
                    && (!t.text.is_ascii()
                        || before(self.tokens, noun, 3, |t| POINTS.holds(t) || t.possessive))
            })
        };
        let is_it = |at: usize| self.tokens.get(at).is_some_and(|t| IT.holds(t));
        (0..self.tokens.len()).any(|at| {
            steps::count(1);
            let Some(token) = self.tokens.get(at).filter(|token| may_deny(token)) else {
                return false;
            };
            let is_verb = DENIES.holds(token) && !before(self.tokens, at, 3, |t| NO.holds(t))
                || denies_slavic(self.tokens, at);
            is_false(self.tokens, at) && (at.saturating_sub(SUBJECT)..at).any(is_known)
                || is_verb
                    && ((at + 1..at + 1 + OBJECT).any(is_known)
                        || DENIES_ALL.holds(token) && is_it(at + 1)
                        || !token.text.is_ascii() && (is_it(at + 1) || is_it(at.wrapping_sub(1))))
        })
    }

    fn is_from_the_press(&self) -> bool {
        self.tokens.iter().any(|t| PRESS.holds(t))
    }
}

/// What the last sentence that told something by hearsay told: places in the output.
#[derive(Debug, Default)]
pub(super) struct Hearsay {
    places: Vec<usize>,
    /// How many sentences ago.
    age: usize,
}

impl Reader<'_> {
    /// Takes back what was told as said by others, where a sentence denies it.
    pub(super) fn follow_denials(&mut self, scene: &Scene<'_>, told_before: usize, is_empty: bool) {
        /// A denial follows within so many sentences.
        const NEAR: usize = 6;
        if self.hearsay.age > NEAR {
            self.hearsay.places.clear();
        }
        let is_told = told_before < self.out.len();
        // Most sentences come after none that told anything.
        let may_deny = is_told || !self.hearsay.places.is_empty() || !self.told.is_empty();
        if may_deny && is_empty && scene.takes_back() {
            let mut places = std::mem::take(&mut self.hearsay.places);
            if places.is_empty() {
                places.extend(self.told.last().map(|(_, at)| *at));
            }
            for at in places {
                self.negate(at);
            }
        } else if may_deny && !scene.denied().is_empty() {
            // "It was reported that X sold arms. The ministry denied that X sold arms": the same act.
            let places = std::mem::take(&mut self.hearsay.places);
            for at in places {
                if (told_before..self.out.len()).any(|new| self.is_denial_of(new, at)) {
                    self.negate(at);
                }
            }
        }
        self.hearsay.age += 1;
        if is_told && scene.denied().is_empty() && scene.is_from_the_press() {
            self.hearsay.places = (told_before..self.out.len()).collect();
            self.hearsay.age = 0;
        }
    }

    fn is_denial_of(&self, new: usize, old: usize) -> bool {
        let claim = |at: usize| match &self.out.get(at)?.finding {
            Finding::Claim(claim) => Some(claim),
            _ => None,
        };
        claim(new).zip(claim(old)).is_some_and(|(new, old)| {
            let mut partners = old.partners_of(self.focus);
            new.modality == Modality::Negated
                && new.kind == old.kind
                && partners.all(|one| new.partners_of(self.focus).any(|other| other == one))
        })
    }

    fn negate(&mut self, at: usize) {
        if let Some(suggestion) = self.out.get_mut(at)
            && let Finding::Claim(claim) = &mut suggestion.finding
        {
            if claim.kind == ClaimKind::Refusal {
                claim.modality = Modality::Reported;
                return;
            }
            claim.modality = Modality::Negated;
            claim.polarity = Polarity::Adverse;
        }
    }
}
