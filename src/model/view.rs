//! How the analyst looks at a session: saved with it, not undone. Losing it costs no work.

use super::claim::{Modality, named_enum};
use super::ids::{ActorId, ArticleId};

named_enum! {
    /// Which clock a chart's axis shows.
    Clock {
        /// When it happened.
        Event = "event", "Event date";
        /// When it was published.
        Publication = "publication", "Publication date";
    }
}

named_enum! {
    /// What a chart counts.
    Unit {
        /// Claims.
        Claims = "claims", "Claims";
        /// Happenings, each once, however many claims tell of it.
        Events = "events", "Events";
        /// Articles with at least one claim (or mention) of the partner.
        Articles = "articles", "Articles";
        /// Mentions of the partner in title and body.
        Mentions = "mentions", "Mentions";
    }
}

named_enum! {
    /// How wide a chart's bins are.
    BinWidth {
        /// As wide as gives a readable number of bars.
        Auto = "auto", "Automatic";
        /// One day.
        Day = "day", "Day";
        /// One calendar month.
        Month = "month", "Month";
        /// One calendar quarter.
        Quarter = "quarter", "Quarter";
        /// One calendar year.
        Year = "year", "Year";
    }
}

named_enum! {
    /// Light or dark.
    Theme {
        /// As the desktop is set.
        System = "system", "As the system";
        /// Dark on light.
        Light = "light", "Light";
        /// Light on dark.
        Dark = "dark", "Dark";
    }
}

named_enum! {
    /// A column of the article list.
    Column {
        /// Headline.
        Title = "title", "Title";
        /// Publication date.
        Published = "published", "Published";
        /// Partners of the focus.
        Partners = "partners", "Partners";
        /// Suggestions not yet decided.
        Undecided = "undecided", "Undecided";
    }
}

named_enum! {
    /// A pane of the window.
    Pane {
        /// The article list.
        Articles = "articles", "Articles";
        /// How what is found spreads over partners, kinds, years and sources.
        Facets = "facets", "Facets";
        /// The article that is open.
        Reader = "reader", "Reader";
        /// Suggestions of the open article.
        Suggestions = "suggestions", "Suggestions";
        /// Highlights and notes of the open article.
        Annotations = "annotations", "Annotations";
        /// The codes of the session.
        Codes = "codes", "Codes";
        /// What is known of the open article.
        Facts = "facts", "Article facts";
        /// Memos and links.
        Memos = "memos", "Memos";
        /// Work whose passage is not where it was.
        Orphans = "orphans", "Orphans";
        /// Actors and their aliases.
        Actors = "actors", "Actors";
        /// The rules and how they have done.
        Rules = "rules", "Rules";
        /// Partners over time.
        Timeline = "timeline", "Timeline";
        /// The sentences behind a mark of the timeline.
        Evidence = "evidence", "Evidence";
        /// Every hit of the search between the words around it.
        Concordance = "concordance", "In context";
    }
}

/// How the panes share the window.
#[derive(Debug, Clone, PartialEq)]
pub enum Layout {
    /// One pane.
    Pane(Pane),
    /// Panes behind tabs; the index of the one in front.
    Tabs(usize, Vec<Layout>),
    /// Side by side, each with its share of the width.
    Row(Vec<(f32, Layout)>),
    /// One above the other, each with its share of the height.
    Column(Vec<(f32, Layout)>),
}

impl Default for Layout {
    fn default() -> Self {
        let left = (0.26, vec![Pane::Articles, Pane::Facets, Pane::Actors]);
        Self::at_first(&[left], 0.46, 0.28)
    }
}

impl Layout {
    /// The panes at first; `left` are those before the reader, each with its share of the width,
    /// as `reader` and `side` are of reader and suggestions.
    fn at_first(left: &[(f32, Vec<Pane>)], reader: f32, side: f32) -> Self {
        use Layout::{Column, Pane as P, Row, Tabs};
        let tabs = |panes: &[Pane]| match panes {
            [only] => P(*only),
            panes => Tabs(0, panes.iter().copied().map(P).collect()),
        };
        let left = left.iter().map(|(share, panes)| (*share, tabs(panes)));
        let beside = [
            Pane::Suggestions,
            Pane::Annotations,
            Pane::Codes,
            Pane::Facts,
        ];
        let right = [(reader, P(Pane::Reader)), (side, tabs(&beside))];
        let below = [
            Pane::Evidence,
            Pane::Concordance,
            Pane::Memos,
            Pane::Rules,
            Pane::Orphans,
        ];
        Column(vec![
            (0.6, Row(left.chain(right).collect())),
            (
                0.4,
                Row(vec![(0.64, P(Pane::Timeline)), (0.36, tabs(&below))]),
            ),
        ])
    }

    /// The panes at first in a window with room for the facets beside the list.
    #[must_use]
    pub fn wide() -> Self {
        let left = [
            (0.15, vec![Pane::Facets]),
            (0.22, vec![Pane::Articles, Pane::Actors]),
        ];
        Self::at_first(&left, 0.39, 0.24)
    }

    /// Whether the panes are where they were at first, whatever tabs are in front.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.is_as(&Self::default()) || self.is_as(&Self::wide())
    }

    /// Whether the panes are where `other` has them, whatever tabs are in front.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        self.with_first_tabs() == *other
    }

    fn with_first_tabs(&self) -> Self {
        let shared = |children: &[(f32, Self)]| -> Vec<(f32, Self)> {
            children
                .iter()
                .map(|(share, child)| (*share, child.with_first_tabs()))
                .collect()
        };
        match self {
            Self::Pane(pane) => Self::Pane(*pane),
            Self::Tabs(_, children) => {
                Self::Tabs(0, children.iter().map(Self::with_first_tabs).collect())
            }
            Self::Row(children) => Self::Row(shared(children)),
            Self::Column(children) => Self::Column(shared(children)),
        }
    }

    /// The panes at first, for a window too small to show them side by side.
    #[must_use]
    pub fn compact() -> Self {
        use Layout::{Pane as P, Row, Tabs};
        let side = [
            Pane::Articles,
            Pane::Facets,
            Pane::Suggestions,
            Pane::Annotations,
            Pane::Codes,
            Pane::Facts,
            Pane::Actors,
            Pane::Memos,
            Pane::Orphans,
            Pane::Rules,
        ];
        let main = [
            Pane::Reader,
            Pane::Timeline,
            Pane::Evidence,
            Pane::Concordance,
        ];
        Row(vec![
            (0.42, Tabs(0, side.map(P).to_vec())),
            (0.58, Tabs(0, main.map(P).to_vec())),
        ])
    }
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartView {
    /// The clock of the axis.
    pub clock: Clock,
    /// What is counted.
    pub unit: Unit,
    /// How wide the bins are.
    pub bins: BinWidth,
    /// Count what is not decided yet, too.
    pub with_suggested: bool,
    /// Modalities that count. Negated claims hang below the axis.
    pub modalities: Vec<Modality>,
    /// Partners turned off in the legend.
    pub hidden: Vec<ActorId>,
}

impl Default for ChartView {
    fn default() -> Self {
        Self {
            clock: Clock::Event,
            unit: Unit::Claims,
            bins: BinWidth::Auto,
            with_suggested: true,
            modalities: Modality::ALL.to_vec(),
            hidden: Vec::new(),
        }
    }
}

/// How the analyst looks at a session.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// What is typed in the filter of the article list.
    pub filter: String,
    /// The sorting of the article list: column, and whether it descends.
    pub sort: (Column, bool),
    /// The article that is open.
    pub open_article: Option<ArticleId>,
    /// What the chart shows.
    pub chart: ChartView,
    /// Show rejected suggestions, too.
    pub with_rejected: bool,
    /// List suggestions by how likely they are right, not in reading order.
    pub likely_first: bool,
    /// How the panes share the window.
    pub layout: Layout,
    /// Light or dark.
    pub theme: Theme,
    /// Partners in the order in which they took their colour: each keeps its own for the whole
    /// session.
    pub colors: Vec<ActorId>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            filter: String::new(),
            sort: (Column::Published, true),
            open_article: None,
            chart: ChartView::default(),
            with_rejected: false,
            likely_first: false,
            layout: Layout::default(),
            theme: Theme::System,
            colors: Vec::new(),
        }
    }
}
