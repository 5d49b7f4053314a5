//! When a claim's act happened: the time expression that governs the clause, or what the text
//! leaves open.

use super::super::lexicon::list::{Stems, Words};
use super::super::lexicon::words::{Token, TokenKind};
use super::super::steps;
use super::pattern::Match;
use super::scene::{Scene, Time};
use crate::model::claim::{ClaimKind, ClaimTime, Modality};
use crate::model::date::When;
use crate::model::ids::ActorId;
use crate::model::span::Span;

/// An act that was dated, for what later refers to it.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) when: When,
    pub(super) span: Span,
    pub(super) kind: ClaimKind,
    pub(super) partners: Vec<ActorId>,
    /// Surnames of those who act in it.
    pub(super) people: Vec<Box<str>>,
    /// Where it is told, in bytes.
    pub(super) at: usize,
}

impl Dated {
    /// Whether it took a few days at most.
    pub(super) fn is_short(&self) -> bool {
        self.when.length().is_some_and(|days| days <= 7)
    }
}

/// When the article was published.
#[derive(Debug, Clone)]
pub(super) struct Published {
    when: Option<When>,
    /// Up to then: the time of what is told as past, where nothing else is said of it.
    until: Option<When>,
}

impl Published {
    /// What follows from the publication date.
    pub(super) fn new(when: Option<&When>) -> Self {
        Self {
            when: when.cloned(),
            until: when.and_then(until),
        }
    }

    /// The publication date.
    pub(super) const fn when(&self) -> Option<&When> {
        self.when.as_ref()
    }
}

/// Beginnings of verbs of saying, Slavic.
static SAID_SLAVIC: Stems = Stems::new(&[
    "заяв",
    "сообщ",
    "отмети",
    "сказа",
    "рассказ",
    "повідом",
    "зазнач",
    "паведам",
    "адзнач",
]);

/// Verbs of saying: a time right after one is when it was said.
static SAID: Words = Words::new(&[
    "said",
    "argued",
    "announced",
    "told",
    "stated",
    "statement",
    "reported",
    "noted",
    "claimed",
    "says",
    "claims",
    "briefing",
    "заявил",
    "сообщил",
    "сообщила",
    "заявила",
    "отметил",
    "сказал",
]);

/// Verbs of making something known, and so: "announced on Tuesday that …".
static ANNOUNCED: Words = Words::new(&[
    "announced",
    "объявил",
    "объявила",
    "объявили",
    "объявило",
    "оголосив",
    "оголосила",
    "оголосили",
    "абвясціў",
    "абвясціла",
    "абвясцілі",
]);

/// What looks ahead from the day of writing: a past time beside it belongs to something else.
static AHEAD: Words = Words::new(&[
    "will",
    "shall",
    "may",
    "might",
    "can",
    "could",
    "plans",
    "intends",
    "aims",
    "wants",
    "hopes",
    "will",
    "намерен",
    "намерена",
    "намерены",
    "планирует",
    "планируют",
    "будет",
    "будут",
    "может",
    "могут",
    "готов",
    "готова",
    "готовы",
    "хочет",
    "хотят",
    "може",
    "можуть",
    "має",
    "мають",
    "можа",
    "могуць",
    "будзе",
    "буде",
]);

/// Whether a word is a verb of saying.
pub(super) fn is_saying(token: &Token<'_>) -> bool {
    SAID.holds(token) || (!token.text.is_ascii() && SAID_SLAVIC.begin(token.norm))
}

impl Scene<'_> {
    /// Whether a time can be that of an act told with this firmness, on the day of writing: what is
    /// done does not lie ahead, and what will be done not behind.
    fn fits(
        &self,
        time: &Time,
        found: Match,
        modality: Modality,
        published: Option<&When>,
    ) -> bool {
        let days = |when: &When| when.days().closed();
        let Some(((first, last), (wrote, written))) = time
            .when
            .as_ref()
            .and_then(days)
            .zip(published.and_then(days))
        else {
            return true;
        };
        match modality {
            Modality::Done => first <= written,
            Modality::Planned | Modality::Considered => last >= wrote || !self.looks_ahead(found),
            _ => true,
        }
    }

    /// "will supply", "may buy"; not "planned", "was to".
    fn looks_ahead(&self, found: Match) -> bool {
        /// How far before a trigger such a word governs it, in tokens.
        const BEFORE: usize = 6;
        let from = found
            .start
            .saturating_sub(BEFORE)
            .max(self.unit_of(found.start).0);
        self.tokens
            .get(from..found.start)
            .is_some_and(|before| before.iter().any(|t| AHEAD.holds(t) && t.text != "May"))
    }

    /// The time of what a trigger tells of. `published` closes what lies in the past.
    pub(super) fn clock(
        &self,
        found: Match,
        governing: Option<&Time>,
        modality: Modality,
        published: &Published,
        inherited: Option<ClaimTime>,
    ) -> ClaimTime {
        let unit = self.unit_of(found.start);
        let Some(time) = governing else {
            let told = || self.done_by_telling(found, modality, published.when.as_ref());
            return inherited.or_else(told).unwrap_or_else(|| ClaimTime {
                when: is_past(modality).then(|| published.until.clone()).flatten(),
                span: None,
            });
        };
        let mut when = time.when.clone();
        if let Some(value) = &when {
            if self.since(time, found) == Some(true) {
                // "since the war began in May, it has sent …": from then on.
                when = from(value).or(when);
            } else if found.trigger.rule == "claim/not-performed" {
                // What was due then has not been done up to now.
                when = join(Some(value), published.when.as_ref()).or(when);
            } else if self.is_thanked_for(found) {
                // What one is praised for lies before the praise.
                when = until(value);
            } else if value.days().last.is_none()
                && value.to_string().ends_with("/..")
                && let Some(said) = self.said_at(time, unit)
            {
                // "argued in May that … since 2005": known up to when it was said.
                when = join(Some(value), Some(said)).or(when);
            }
        }
        ClaimTime {
            when,
            span: Some(time.span),
        }
    }

    /// The time expression nearest to the trigger in its unit, else one that opens the sentence.
    /// `next` is where the next trigger begins: what stands behind it is that one's time.
    pub(super) fn governing(
        &self,
        found: Match,
        next: usize,
        modality: Modality,
        published: Option<&When>,
    ) -> Option<&Time> {
        let fits = |t: &Time| self.fits(t, found, modality, published);
        let unit = self.unit_of(found.start);
        let distance = |t: &Time| {
            if t.start <= unit.0 + 2 && t.end <= found.start {
                // "In May he argued that …": May is when he argued.
                let argued = self
                    .tokens
                    .get(t.end..found.start)
                    .is_some_and(|b| b.iter().any(|t| is_saying(t)));
                let gap = found.start - t.end;
                return if argued { gap + 6 } else { gap.min(3) };
            }
            let gap = if t.end <= found.start {
                found.start - t.end
            } else {
                t.start.saturating_sub(found.end)
            };
            gap + 2 * self.commas_between(t, found) + self.before_another(t, found)
        };
        let in_unit = self
            .times
            .iter()
            .filter(|t| t.start >= unit.0 && t.end <= unit.1)
            .filter(|t| !self.is_of_a_name(t) || found.trigger.kind == ClaimKind::Exercise)
            .filter(|t| !is_term(self, t, modality) && !self.is_time_of_saying(t, found))
            .filter(|t| fits(t) && !self.is_spelled_out(t))
            .filter(|t| !self.dates_a_noun(t, found))
            .filter(|t| self.since(t, found) != Some(false))
            .filter(|t| t.start < next.max(found.end + 12) || t.end <= found.start)
            .min_by_key(|t| (self.is_of_a_name(t), t.recurs, distance(t)));
        in_unit
            .or_else(|| self.in_relative_clause(unit).filter(|t| fits(t)))
            .or_else(|| {
                self.times
                    .iter()
                    .find(|t| t.start <= 5 && t.end <= unit.0 && !is_term(self, t, modality))
                    .filter(|t| fits(t) && !self.is_of_a_name(t))
            })
    }

    /// "Expo 2020", "“Shield – 2023”": the year is part of a name. Only exercises are named after the
    /// year in which they are held.
    fn is_of_a_name(&self, time: &Time) -> bool {
        let year = self.tokens.get(time.start);
        let is_year = time.end == time.start + 1
            && year.is_some_and(|t| t.kind == TokenKind::Number && t.text.len() == 4);
        let before = |back: usize| {
            time.start
                .checked_sub(back)
                .and_then(|i| self.tokens.get(i))
        };
        let is_quote = |t: &Token<'_>| ["\"", "”", "»", "’"].iter().any(|mark| t.is_mark(mark));
        let is_dash = |t: &Token<'_>| ["-", "–", "—"].iter().any(|mark| t.is_mark(mark));
        let is_name = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|t| t.kind == TokenKind::Word && t.is_capitalised())
                && !self.players.iter().any(|p| p.start <= at && at < p.end)
        };
        is_year
            && before(1).is_some_and(|t| {
                is_quote(t)
                    || is_dash(t) && self.tokens.get(time.end).is_some_and(is_quote)
                    // "In 2019": the first word of a sentence says nothing by its capital.
                    || time.start > 1 && is_name(time.start - 1) && !is_term_word(t.norm)
            })
    }

    /// "This year (2018)": the value stands beside it.
    fn is_spelled_out(&self, time: &Time) -> bool {
        time.when.is_none()
            && self.tokens.get(time.end).is_some_and(|t| t.is_mark("("))
            && self
                .times
                .iter()
                .any(|other| other.start == time.end + 1 && other.when.is_some())
    }

    /// "the visit, which is planned for May": the time in the relative clause that follows.
    fn in_relative_clause(&self, unit: (usize, usize)) -> Option<&Time> {
        let first = self.tokens.get(unit.1)?;
        let is_relative = first.norm.starts_with("котор") || first.norm == "which";
        let next = self.unit_of(unit.1);
        let soon = next.1.min(next.0 + 8);
        self.times.iter().find(|t| {
            is_relative && t.start >= next.0 && t.end <= soon && !is_term(self, t, Modality::Done)
        })
    }

    /// "under a 2018 contract", "the treaty of 1960", "the 1995 Harbour Strait Crisis", "a 2009-built
    /// ship": the contract is of 2018, not what was done under it.
    fn dates_a_noun(&self, time: &Time, found: Match) -> bool {
        static NOUNS: Words = Words::new(&[
            "contract",
            "agreement",
            "deal",
            "treaty",
            "pact",
            "memorandum",
            "accord",
            "summit",
            "war",
            "law",
            "programme",
            "program",
            "election",
            "crisis",
            "convention",
            "protocol",
            "olympics",
        ]);
        /// Capitalised words between the two: "Harbour Strait".
        const NAME: usize = 3;
        if found.start <= time.end && time.end < found.end {
            return false;
        }
        let is_noun = |at: usize| self.tokens.get(at).is_some_and(|t| NOUNS.holds(t));
        let is_name = |at: &usize| self.tokens.get(*at).is_some_and(Token::is_capitalised);
        steps::count(NAME);
        let named = (time.end..time.end + NAME).take_while(is_name).count();
        let is_of_it = self.norm_before(time.start, 1) == "of"
            && time.start.checked_sub(2).is_some_and(is_noun);
        // "2009-built": an attribute.
        let is_attribute = self
            .tokens
            .get(time.end)
            .is_some_and(|t| t.joined && t.kind == TokenKind::Word && t.text.is_ascii());
        is_of_it || is_attribute || (time.end..=time.end + named).any(is_noun)
    }

    /// "…, he said on Friday": when it was said, unless the trigger stands between.
    fn is_time_of_saying(&self, time: &Time, found: Match) -> bool {
        // "said on Monday after talks with": the talks were then.
        let right_after = time.end <= found.start
            && found.start <= time.end + 2
            && matches!(
                self.norm_before(found.start, 1),
                "after" | "during" | "at" | "following" | "после" | "во" | "в" | "на" | "після"
            );
        if right_after {
            return false;
        }
        // "…, 8 января сообщает агентство": in Slavic languages the verb may follow.
        let is_said_then = |t: &Token<'_>| !t.text.is_ascii() && SAID_SLAVIC.begin(t.norm);
        if found.end <= time.start && self.tokens.get(time.end).is_some_and(is_said_then) {
            return true;
        }
        let reach = if found.end <= time.start { 6 } else { 4 };
        let from = time.start.saturating_sub(reach);
        let from = if found.end <= time.start {
            from.max(found.end)
        } else {
            from
        };
        self.tokens
            .get(from..time.start)
            .is_some_and(|before| before.iter().any(|t| is_saying(t)))
    }

    /// "Norway said on Tuesday it was denying the request", "announced on Tuesday that … had won": what
    /// is refused or announced is so by being said, so the day of saying is its day.
    fn done_by_telling(
        &self,
        found: Match,
        modality: Modality,
        published: Option<&When>,
    ) -> Option<ClaimTime> {
        /// News is said within so many days.
        const FRESH: i32 = 7;
        let is_fresh = |time: &&Time| {
            let Some((first, last)) = time.when.as_ref().and_then(|when| when.days().closed())
            else {
                return false;
            };
            let told = published.and_then(|when| when.days().closed());
            first == last && told.is_none_or(|(from, to)| first.0 + FRESH >= from.0 && first <= to)
        };
        let is_announced = |time: &Time| {
            let before = self.tokens.get(time.start.saturating_sub(3)..time.start);
            before.is_some_and(|words| words.iter().any(|t| ANNOUNCED.holds(t)))
        };
        let is_act = found.trigger.kind == ClaimKind::Refusal;
        let mut times =
            self.times.iter().filter(is_fresh).filter(|time| {
                self.is_time_of_saying(time, found) && (is_act || is_announced(time))
            });
        let time = times.next().filter(|_| {
            matches!(
                modality,
                Modality::Done | Modality::Ongoing | Modality::Reported
            )
        })?;
        Some(ClaimTime {
            when: time.when.clone(),
            span: Some(time.span),
        })
    }

    /// For a time in a clause with "since" that does not hold the act: whether the act has gone on from
    /// then, as its perfect says; `None` for any other time.
    fn since(&self, time: &Time, found: Match) -> Option<bool> {
        /// The conjunction stands so near before the time, the auxiliary so near before the verb.
        const CLAUSE: usize = 14;
        const AUXILIARY: usize = 6;
        let before = time.start.saturating_sub(CLAUSE)..time.start;
        steps::count(before.len());
        let words = self.tokens.get(before.clone())?;
        let since = before.start + words.iter().rposition(|t| t.norm == "since")?;
        // "since 2013", "Since then, in May …": no clause between.
        let clause = self.tokens.get(since + 1..time.start)?;
        if clause.len() < 2 || clause.iter().any(|t| t.kind == TokenKind::Mark) {
            return None;
        }
        if found.start > since && found.start < time.end + 2 {
            return None;
        }
        let from = found.start.saturating_sub(AUXILIARY);
        let near = self.tokens.get(from..found.start)?;
        Some(
            near.iter()
                .any(|t| matches!(t.norm, "has" | "have" | "had")),
        )
    }

    /// "began last year following agreements reached in May": a time of the main act is farther from
    /// what went before it.
    fn before_another(&self, time: &Time, found: Match) -> usize {
        /// As far as another clause.
        const CLAUSE: usize = 8;
        let between = self.tokens.get(time.end..found.start).unwrap_or_default();
        let is_other = between.len() > 1
            && between
                .iter()
                .any(|t| matches!(t.norm, "following" | "after" | "since"));
        if is_other { CLAUSE } else { 0 }
    }

    fn commas_between(&self, time: &Time, found: Match) -> usize {
        let (from, to) = if time.end <= found.start {
            (time.end, found.start)
        } else {
            (found.end, time.start)
        };
        self.tokens.get(from..to).map_or(0, |between| {
            between.iter().filter(|t| t.is_mark(",")).count()
        })
    }

    /// "praised X for its assistance": the trigger stands in what somebody is praised for.
    fn is_thanked_for(&self, found: Match) -> bool {
        let before = self
            .tokens
            .get(found.start.saturating_sub(8)..found.start)
            .unwrap_or_default();
        before
            .iter()
            .position(|t| {
                ["praise", "thank", "hail", "commend", "поблагодар"]
                    .iter()
                    .any(|stem| t.norm.starts_with(stem))
            })
            .is_some_and(|at| {
                before
                    .iter()
                    .skip(at)
                    .any(|t| matches!(t.norm, "for" | "за"))
            })
    }

    /// Another, closed time in the unit.
    fn said_at(&self, time: &Time, unit: (usize, usize)) -> Option<&When> {
        self.times
            .iter()
            .filter(|t| t.start >= unit.0 && t.end <= time.start)
            .filter_map(|t| t.when.as_ref())
            .find(|w| w.days().closed().is_some())
    }
}

/// Whether something of this modality lies in the past.
const fn is_past(modality: Modality) -> bool {
    matches!(
        modality,
        Modality::Done | Modality::Negated | Modality::Reported | Modality::Ongoing
    )
}

/// "for 2012–2015", "until May": how long it lasts, not when it is done.
fn is_term(scene: &Scene<'_>, time: &Time, modality: Modality) -> bool {
    let first = scene.tokens.get(time.start).map_or("", |t| t.norm);
    let spans_years = time.when.as_ref().is_some_and(|w| {
        w.days()
            .closed()
            .is_some_and(|(first, last)| last.0 - first.0 > 366)
    });
    // "намерен до конца года купить": by then.
    let is_due = matches!(modality, Modality::Planned | Modality::Considered);
    match scene.norm_before(time.start, 1) {
        "until" | "till" | "through" => true,
        "до" => !is_due,
        "for" | "на" => spans_years,
        _ => matches!(first, "until" | "till" | "coming" | "future") || (first == "до" && !is_due),
    }
}

/// Words that name a part of a year, and may be written with a capital.
fn is_term_word(norm: &str) -> bool {
    matches!(
        norm,
        "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "early"
            | "late"
            | "mid"
            | "in"
            | "since"
    )
}

/// `X/..`.
fn from(when: &When) -> Option<When> {
    when.days().closed()?;
    let text = when.to_string();
    let first = text.split('/').next()?;
    format!("{first}/..").parse().ok()
}

/// `../X`.
fn until(when: &When) -> Option<When> {
    let last = when.to_string();
    let last = last.rsplit('/').next()?;
    if last.is_empty() || last == ".." {
        return None;
    }
    format!("../{last}").parse().ok()
}

/// From the start of one value to the end of another.
fn join(from: Option<&When>, to: Option<&When>) -> Option<When> {
    let from = from?.to_string();
    let to = to?.to_string();
    let first = from.split('/').next()?;
    let last = to.rsplit('/').next()?;
    format!("{first}/{last}").parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::extract::claim::tests::{check, read};
    use crate::model::finding::{Finding, FindingKind};

    #[test]
    fn the_year_of_a_name_dates_nothing_but_an_exercise() {
        check(
            "KE",
            "Kenya and Uganda signed a pact on farms under the Vision 2030.",
            &["agreement done KE=party UG=party -"],
        );
        check(
            "KE",
            "Kenya and Uganda held the joint exercise “Shield” 2019.",
            &["exercise done KE=party UG=party 2019"],
        );
        check(
            "KE",
            "С 23 по 25 октября 2019 года Кения и Уганда провели совместные учения «Щит – 2018».",
            &["exercise done KE=party UG=party 2019-10-23/2019-10-25"],
        );
    }

    #[test]
    fn what_is_done_every_year_is_no_single_act() {
        for often in ["every year", "each spring", "annually"] {
            let text = format!(
                "Tea for a neighbour\n\n3 May 2018\n\nKenya delivered tea to Uganda {often}, said \
                 officials who know of it.\n"
            );
            let read = read(&text, "KE");
            let claim = read.of_kind(FindingKind::Claim).next();
            let Some(Finding::Claim(claim)) = claim.map(|s| &s.finding) else {
                panic!("no claim: {text}");
            };
            assert_eq!(claim.time.when, None, "{text}");
            assert!(claim.time.span.is_some(), "{text}");
        }
        check(
            "KE",
            "In 2014 Kenya delivered tea to Uganda every spring.",
            &["delivery done KE=supplier UG=recipient 2014"],
        );
    }

    #[test]
    fn a_day_before_a_verb_of_saying_is_when_it_was_said() {
        check(
            "KE",
            "Договор о дружбе подписали министры Кении и Уганды, 8 января сообщает агентство.",
            &["agreement done KE=party UG=party -"],
        );
    }

    #[test]
    fn what_has_gone_on_since_something_began_is_open() {
        check(
            "NO",
            "Since the drought began in May 2019, Norway has delivered grain to Ghana.",
            &["delivery done NO=supplier GH=recipient 2019-05/.."],
        );
    }

    #[test]
    fn a_time_of_the_main_act_is_not_that_of_what_went_before() {
        check(
            "NO",
            "The courses began in 2018 after a visit by the Norwegian king to Ghana in 2017.",
            &["visit done NO=visitor GH=host 2017"],
        );
    }
}
