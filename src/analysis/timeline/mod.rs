//! Partners over time: what a bar chart of the focus' partners shows, and what stands behind
//! each of its marks.
//!
//! What counts where:
//!
//! - **Sides.** Above the axis stands cooperation; below it what is adverse, a refusal, or said
//!   not to have happened. Mentions have no polarity of their own: those of a partner that an
//!   article knows as adverse only hang below.
//! - **Claims** count once for each of their partners. By event date they stand when the act
//!   happened, by publication date when their article was printed.
//! - **Events** count once, however many claims tell of them: with those reports that are counted
//!   as claims would be. By publication date they stand where the first of these was printed.
//! - **Duplicates** count nowhere: an article that is folded under another adds to no unit. Only
//!   what the analyst accepted in it still stands for its event.
//! - **Articles** count once per partner, side and bar in which they have a claim, so an article
//!   may stand in several bars of an event clock. Where an article has only shares of claims in a
//!   bar, the largest one counts.
//! - **Mentions** count those of the partners of their article (bystanders and comparisons count
//!   nowhere). They have no date of their own, so they always stand by publication date, and
//!   [`Timeline::clock`] says so.
//! - **Dates** within one bar count there whole. A closed interval over several bars is shared
//!   out over them by days. Both such shares and dates that EDTF marks as uncertain or
//!   approximate are kept apart as uncertain amounts.
//! - **Half-open dates** (`../2017-09-18`) are known to one side only. They add to no bar; they
//!   are [`Open`] marks at their known end. Dates open on both sides, and missing ones, are
//!   counted in words: [`Timeline::undated_members`].
//! - **Many partners.** The [`MOST_PARTNERS`] largest have a series each, the rest share one,
//!   [`others`].
//!
//! Kept are counts only. What stands behind a mark is looked for when somebody asks.
//!
//! Budget: 50 ms on two cores for a million articles with three claims each, 10 ms for a tenth of
//! them. A scan of the columns counts by distinct date; only those counts are put into bars.
//!
//! Hidden partners keep their counts and their part in the choice of bars, so that the axis stands
//! still when they are turned off; they are left out of the notes.

pub mod bins;
mod cells;
mod count;
mod members;
mod places;
mod scan;
#[cfg(test)]
mod tests;
mod words;

use crate::model::date::{Day, DayRange};
use crate::model::ids::ActorId;
use crate::model::view::{BinWidth, ChartView, Clock, Unit};

use super::across::Across;
use super::event::Joined;
use super::facts::ClaimKey;
use super::table::Table;
use super::told::Chosen;

pub use bins::Bins;

/// How many partners have a series of their own.
pub const MOST_PARTNERS: usize = 11;

/// The pseudo-actor that stands for all partners without a series of their own. Hiding it hides
/// them all.
#[must_use]
pub fn others() -> ActorId {
    ActorId::new("chart/others")
}

/// On which side of the axis something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Above: cooperation.
    Cooperative,
    /// Below: refusals, adverse and negated claims.
    Adverse,
}

impl Side {
    /// Both, the upper one first.
    pub const ALL: [Self; 2] = [Self::Cooperative, Self::Adverse];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cooperative => "cooperative",
            Self::Adverse => "adverse or negated",
        }
    }
}

/// In which direction a half-open date is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// At the known day or before.
    Before,
    /// At the known day or after.
    After,
}

/// What stands behind a mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The row of the article.
    pub row: u32,
    /// The claim; `None`: all mentions of the partner in the article.
    pub claim: Option<ClaimKey>,
    /// How it came to its event, where events are counted: reports of one event stand together,
    /// the one that stands for it before the others.
    pub joined: Option<Joined>,
    /// It stands for its event; always where no events are counted.
    pub is_first: bool,
    /// Which part of it counts here: 1 when its date lies within the bar, else the part of its
    /// days that does. 0 for marks that add to no bar.
    pub share: f64,
}

/// An amount, apart by how well it is dated.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Split {
    /// Dated within one bar, without doubt.
    pub exact: f64,
    /// Shared out over several bars, or of an uncertain date.
    pub uncertain: f64,
}

impl Split {
    /// Both.
    #[must_use]
    pub fn total(self) -> f64 {
        self.exact + self.uncertain
    }
}

/// An amount, apart by who stands behind it and how well it is dated.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Amounts {
    /// The analyst accepted it.
    pub accepted: Split,
    /// Nobody decided yet.
    pub suggested: Split,
}

impl Amounts {
    /// All of it.
    #[must_use]
    pub fn total(self) -> f64 {
        self.accepted.total() + self.suggested.total()
    }
}

/// One partner's part of one bar, on one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The bar.
    pub bin: usize,
    /// The side.
    pub side: Side,
    /// How much.
    pub amounts: Amounts,
    /// How many claims, articles or mentions touch it, whole or in part.
    pub members: u32,
    /// How many of these nobody decided on yet.
    pub suggested: u32,
    /// How many of these are shared out over several bars, or of an uncertain date.
    pub uncertain: u32,
}

/// Claims of one partner that are known to one side of a day only. Adds to no bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The bar that holds the known day.
    pub bin: usize,
    /// Where the rest lies.
    pub direction: Direction,
    /// The side.
    pub side: Side,
    /// How many are accepted.
    pub accepted: u32,
    /// How many are undecided.
    pub suggested: u32,
}

impl Open {
    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.accepted + self.suggested
    }
}

/// One partner.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Who, or [`others`].
    pub actor: ActorId,
    /// The index of its colour and pattern.
    pub color: usize,
    /// How many partners it stands for.
    pub partners: usize,
    /// Turned off in the legend.
    pub hidden: bool,
    /// How many claims, articles or mentions stand in its marks, each once.
    pub total: u32,
    /// How many of these are accepted.
    pub accepted: u32,
    /// How many have no date on this clock.
    pub undated: u32,
    /// Its part of the bars, by bar and side; bars without any are absent.
    pub cells: Vec<Cell>,
    /// Its half-open marks, by bar, direction and side.
    pub open: Vec<Open>,
}

/// Names a mark of the chart. It goes on naming it when the chart is computed anew over other
/// decisions; when bins, clock or unit changed it may name nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MarkId {
    /// Whose.
    pub partner: ActorId,
    /// Who else's: a chart without room for all half-open marks puts some into one.
    pub also: Vec<ActorId>,
    /// The first day of its bar.
    pub from: Day,
    /// How wide the bar is.
    pub width: BinWidth,
    /// The side.
    pub side: Side,
    /// `Some`: the half-open mark there, not the bar.
    pub open: Option<Direction>,
}

/// Partners over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The actor whose partners are counted.
    pub focus: ActorId,
    /// The clock of the axis; not the chosen one where the unit has no event date.
    pub clock: Clock,
    /// What is counted.
    pub unit: Unit,
    /// The bars.
    pub bins: Bins,
    /// The partners, the largest first; [`others`] last.
    pub series: Vec<Series>,
    /// What was asked for.
    asked: ChartView,
    /// What was counted.
    chosen: Chosen,
    tally: Tally,
}

/// How many days a date touches; all there are where an end is open.
pub(super) fn width(days: DayRange) -> i32 {
    days.closed()
        .map_or(i32::MAX, |(first, last)| last.0.saturating_sub(first.0))
}

/// Counts for the notes, over the partners that are not hidden.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    /// Claims, or articles on the publication clock, without a date.
    undated: u32,
    /// Half-open ones.
    open: u32,
    /// Shared out or of an uncertain date.
    uncertain: u32,
    /// Claims with more than one partner in the chart.
    shared: u32,
    /// Claims that name no partner.
    partnerless: u32,
    /// Anything hangs below the axis.
    adverse: bool,
}

impl MarkId {
    /// All partners whose mark it is.
    pub fn partners(&self) -> impl Iterator<Item = &ActorId> {
        std::iter::once(&self.partner).chain(&self.also)
    }
}

impl Timeline {
    /// Counts. The rows of `chosen` hold the duplicates that are folded under them as well. `color` gives an actor's index of colour and pattern, the
    /// same over the whole session.
    #[must_use]
    pub fn compute(
        table: &Table,
        chosen: &Chosen,
        across: &Across,
        view: &ChartView,
        focus: &ActorId,
        color: &dyn Fn(&ActorId) -> usize,
    ) -> Self {
        count::compute(table, chosen, across, view, focus, color)
    }

    /// Whether there is neither a bar nor a half-open mark, hidden ones included.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bins.count == 0
    }

    /// Whether only some of the claims of its articles are counted.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.chosen.claims.is_some() && self.unit != Unit::Mentions
    }

    /// The partners that are not turned off.
    pub fn visible(&self) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(|series| !series.hidden)
    }

    /// The name of a partner's part of a bar, or of its half-open mark there.
    #[must_use]
    pub fn mark(
        &self,
        series: &Series,
        bin: usize,
        side: Side,
        open: Option<Direction>,
    ) -> Option<MarkId> {
        Some(MarkId {
            partner: series.actor.clone(),
            also: Vec::new(),
            from: self.bins.days(bin)?.0,
            width: self.bins.width,
            side,
            open,
        })
    }

    /// The name of several half-open marks of one bar, side and direction together; `None` for no
    /// marks.
    #[must_use]
    pub fn mark_of_all(&self, marks: &[(&Series, &Open)]) -> Option<MarkId> {
        let ((series, open), others) = marks.split_first()?;
        let first = self.mark(series, open.bin, open.side, Some(open.direction))?;
        let also = others.iter().map(|(series, _)| series.actor.clone());
        Some(MarkId {
            also: also.collect(),
            ..first
        })
    }

    /// The series and bar of a mark; `None` when it is not in this chart.
    #[must_use]
    pub fn find(&self, mark: &MarkId) -> Option<(&Series, usize)> {
        let series = self.series.iter().find(|s| s.actor == mark.partner)?;
        let bin = self.bins.index(mark.from)?;
        (self.bins.width == mark.width).then_some((series, bin))
    }

    /// How many events the members of a mark tell of.
    #[must_use]
    pub fn events_among(&self, members: &[Member]) -> usize {
        members.iter().filter(|member| member.is_first).count()
    }

    /// How many stand without a date: claims on the event clock, articles on the publication
    /// clock.
    #[must_use]
    pub const fn undated_count(&self) -> u32 {
        self.tally.undated
    }
}
