//! What the chart says in words: its title, its notes, and the name of each mark.

use crate::model::claim::Modality;
use crate::model::view::{BinWidth, Clock, Unit};

use super::{Cell, Direction, Open, Series, Timeline};

/// How many partners are named where many share a place.
const NAMED: usize = 8;

/// A number of things, in the singular or plural.
fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// An amount with at most one decimal; a small one is never called zero.
#[must_use]
pub(super) fn amount(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if value > 0.0 && rounded == 0.0 {
        "under 0.1".to_owned()
    } else if rounded.fract() == 0.0 {
        format!("{rounded:.0}")
    } else {
        format!("{rounded:.1}")
    }
}

fn possessive(name: &str) -> String {
    let ending = if name.ends_with('s') { "’" } else { "’s" };
    format!("{name}{ending}")
}

impl Timeline {
    /// What is counted, in the plural and lower case.
    #[must_use]
    pub const fn unit_plural(&self) -> &'static str {
        match self.unit {
            Unit::Claims => "claims",
            Unit::Events => "events",
            Unit::Articles => "articles",
            Unit::Mentions => "mentions",
        }
    }

    const fn unit_singular(&self) -> &'static str {
        match self.unit {
            Unit::Claims => "claim",
            Unit::Events => "event",
            Unit::Articles => "article",
            Unit::Mentions => "mention",
        }
    }

    /// The clock, in lower case.
    const fn clock_words(&self) -> &'static str {
        match self.clock {
            Clock::Event => "event date",
            Clock::Publication => "publication date",
        }
    }

    fn width_word(&self) -> &'static str {
        match self.bins.width {
            BinWidth::Day => "day",
            BinWidth::Month => "month",
            BinWidth::Quarter => "quarter",
            BinWidth::Year | BinWidth::Auto => "year",
        }
    }

    /// Whose partners: "Belarus’ partners over time".
    #[must_use]
    pub fn title(&self, focus_name: &str) -> String {
        format!("{} partners over time", possessive(focus_name))
    }

    /// What is counted, by which clock, how finely: "claims by event date, by year".
    #[must_use]
    pub fn terms(&self) -> String {
        let unit = self.unit_plural();
        let accepted = if self.asked.with_suggested {
            ""
        } else {
            "accepted "
        };
        let mut terms = format!("{accepted}{unit} by {}", self.clock_words());
        if !self.is_empty() {
            terms = format!("{terms}, by {}", self.width_word());
        }
        let all = Modality::ALL.len();
        if self.unit != Unit::Mentions && (self.asked.modalities.len() < all) {
            let only: Vec<String> = self
                .asked
                .modalities
                .iter()
                .map(|modality| modality.label().to_lowercase())
                .collect();
            terms = format!("{terms} — only {}", only.join(", "));
        }
        terms
    }

    /// What has no date: "7 claims without a date"; `None` when everything has one.
    #[must_use]
    pub fn undated_note(&self) -> Option<String> {
        let n = self.tally.undated;
        let what = match self.clock {
            _ if self.unit == Unit::Events => {
                counted(n, "event without a date", "events without a date")
            }
            Clock::Event => counted(n, "claim without a date", "claims without a date"),
            Clock::Publication => counted(
                n,
                "article without a publication date",
                "articles without a publication date",
            ),
        };
        (n > 0).then_some(what)
    }

    /// What the reader has to know to read the bars right, each in a few words.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let thing = |n| match self.clock {
            _ if self.unit == Unit::Events => counted(n, "event", "events"),
            Clock::Event => counted(n, "claim", "claims"),
            Clock::Publication => counted(n, "article", "articles"),
        };
        let mut notes = Vec::new();
        if self.unit == Unit::Mentions && self.asked.clock == Clock::Event {
            notes.push("mentions have no event date: shown by publication date".to_owned());
        }
        let asked = self.asked.bins;
        if !self.is_empty() && asked != BinWidth::Auto && asked != self.bins.width {
            let (asked, got) = (asked.label().to_lowercase(), self.width_word());
            notes.push(format!("too many bars by {asked}: shown by {got}"));
        }
        if self.tally.open > 0 {
            notes.push(format!(
                "{} known to one side only: arrows, in no bar",
                thing(self.tally.open)
            ));
        }
        if self.tally.uncertain > 0 {
            notes.push(format!(
                "{} of uncertain date: shared out by days, dashed",
                thing(self.tally.uncertain)
            ));
        }
        if self.tally.adverse {
            notes.push(
                match self.unit {
                    Unit::Mentions => "partners that only refuse hang below the axis",
                    Unit::Claims | Unit::Events | Unit::Articles => {
                        "refused or negated: below the axis"
                    }
                }
                .to_owned(),
            );
        }
        if self.tally.shared > 0 && matches!(self.unit, Unit::Claims | Unit::Events) {
            notes.push(format!(
                "{} of several partners: counted for each",
                counted(self.tally.shared, self.unit_singular(), self.unit_plural())
            ));
        }
        if self.unit == Unit::Articles && self.clock == Clock::Event && !self.is_empty() {
            notes.push(format!(
                "an article counts in each {} that it tells of",
                self.width_word()
            ));
        }
        if self.tally.partnerless > 0 {
            let thing = match self.unit {
                Unit::Events => ("event", "events"),
                _ => ("claim", "claims"),
            };
            notes.push(format!(
                "{} without a partner: not counted",
                counted(self.tally.partnerless, thing.0, thing.1)
            ));
        }
        notes
    }

    /// A part of a bar in words: "China, 2016: 3 claims (2 suggested), cooperative".
    #[must_use]
    pub fn describe_cell(&self, cell: &Cell, partner_name: &str) -> String {
        let bin = self.bins.label(cell.bin);
        format!(
            "{partner_name}, {bin}: {}, {}",
            self.cell_amount(cell),
            cell.side.label()
        )
    }

    /// How much a part of a bar is: "3 claims (2 suggested)", "0.5 of 2 claims (dates uncertain)".
    #[must_use]
    pub fn cell_amount(&self, cell: &Cell) -> String {
        let total = cell.amounts.total();
        let things = counted(cell.members, self.unit_singular(), self.unit_plural());
        let mut what = if (total - f64::from(cell.members)).abs() < 1e-6 {
            things
        } else {
            format!("{} of {things}", amount(total))
        };
        let mut asides = Vec::new();
        if cell.suggested > 0 {
            asides.push(if cell.suggested == cell.members {
                "suggested".to_owned()
            } else {
                format!("{} suggested", cell.suggested)
            });
        }
        if cell.uncertain > 0 {
            asides.push(if cell.uncertain == cell.members {
                "date uncertain".to_owned()
            } else {
                format!("{} of uncertain date", cell.uncertain)
            });
        }
        if !asides.is_empty() {
            what = format!("{what} ({})", asides.join(", "));
        }
        what
    }

    /// A half-open mark in words: "China, 2017 or before: 1 claim (suggested), cooperative".
    #[must_use]
    pub fn describe_open(&self, open: &Open, partner_name: &str) -> String {
        let when = self.open_label(open.bin, open.direction);
        let things = self.open_amount(open);
        let side = open.side.label();
        format!("{partner_name}, {when}: {things}, {side}")
    }

    /// When something half-open was: "2017 or before".
    #[must_use]
    pub fn open_label(&self, bin: usize, direction: Direction) -> String {
        let direction = match direction {
            Direction::Before => "or before",
            Direction::After => "or after",
        };
        format!("{} {direction}", self.bins.label(bin))
    }

    /// How much a half-open mark is: "3 claims (1 suggested)".
    #[must_use]
    pub fn open_amount(&self, open: &Open) -> String {
        let n = open.count();
        let things = counted(n, self.unit_singular(), self.unit_plural());
        match open.suggested {
            0 => things,
            all if all == n => format!("{things} (suggested)"),
            some => format!("{things} ({some} suggested)"),
        }
    }

    /// Half-open marks that share one place in words, with the partners' names:
    /// "3 more claims, 2017 or before, cooperative: China 2, Poland 1". `are_all`: nothing else
    /// stands beside them, so they are not "more".
    #[must_use]
    pub fn describe_several(
        &self,
        marks: &[(&Series, &Open)],
        are_all: bool,
        name: &dyn Fn(&Series) -> String,
    ) -> String {
        let Some((_, first)) = marks.first() else {
            return String::new();
        };
        let n: u32 = marks.iter().map(|(_, open)| open.count()).sum();
        let unit = if n == 1 {
            self.unit_singular()
        } else {
            self.unit_plural()
        };
        let when = self.open_label(first.bin, first.direction);
        let side = first.side.label();
        let each = marks
            .iter()
            .take(NAMED)
            .map(|(series, open)| format!("{} {}", name(series), open.count()));
        let mut each: Vec<String> = each.collect();
        let others = u32::try_from(marks.len().saturating_sub(NAMED)).unwrap_or(u32::MAX);
        if others > 0 {
            each.push(counted(others, "other", "others"));
        }
        let more = if are_all { "" } else { "more " };
        format!("{n} {more}{unit}, {when}, {side}: {}", each.join(", "))
    }

    /// A legend entry in words: "China: 14 claims (12 suggested), 2 undated".
    #[must_use]
    pub fn describe_series(&self, series: &Series, partner_name: &str) -> String {
        let things = counted(series.total, self.unit_singular(), self.unit_plural());
        let mut what = format!("{partner_name}: {things}");
        let suggested = series.total - series.accepted;
        if suggested > 0 {
            what = format!("{what} ({suggested} suggested)");
        }
        if series.undated > 0 {
            what = format!("{what}, {} undated", series.undated);
        }
        what
    }
}
