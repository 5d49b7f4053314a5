//! Between the model and what stands in the file, for the view.

use super::super::doc::{ChartDoc, LayoutDoc, ViewDoc};
use super::super::text::{Key, Text};
use crate::model::ids::ActorId;
use crate::model::view::{ChartView, Layout, View};

impl From<&View> for ViewDoc {
    fn from(view: &View) -> Self {
        let (column, descending) = view.sort;
        Self {
            filter: view.filter.clone(),
            sort_by: Key(column),
            descending,
            open_article: view.open_article.map(Text),
            chart: (&view.chart).into(),
            with_rejected: view.with_rejected,
            likely_first: view.likely_first,
            theme: Key(view.theme),
            colors: actor_docs(&view.colors),
            layout: layout_doc(&view.layout),
        }
    }
}

impl From<ViewDoc> for View {
    fn from(doc: ViewDoc) -> Self {
        Self {
            filter: doc.filter,
            sort: (doc.sort_by.0, doc.descending),
            open_article: doc.open_article.map(|id| id.0),
            chart: doc.chart.into(),
            with_rejected: doc.with_rejected,
            likely_first: doc.likely_first,
            layout: layout(doc.layout).unwrap_or_default(),
            theme: doc.theme.0,
            colors: actors(&doc.colors),
        }
    }
}

impl Default for ViewDoc {
    fn default() -> Self {
        (&View::default()).into()
    }
}

impl From<&ChartView> for ChartDoc {
    fn from(chart: &ChartView) -> Self {
        Self {
            clock: Key(chart.clock),
            unit: Key(chart.unit),
            bins: Key(chart.bins),
            with_suggested: chart.with_suggested,
            modalities: chart.modalities.iter().copied().map(Key).collect(),
            hidden: actor_docs(&chart.hidden),
        }
    }
}

impl From<ChartDoc> for ChartView {
    fn from(doc: ChartDoc) -> Self {
        Self {
            clock: doc.clock.0,
            unit: doc.unit.0,
            bins: doc.bins.0,
            with_suggested: doc.with_suggested,
            modalities: doc.modalities.into_iter().map(|m| m.0).collect(),
            hidden: actors(&doc.hidden),
        }
    }
}

impl Default for ChartDoc {
    fn default() -> Self {
        (&ChartView::default()).into()
    }
}

fn actor_docs(actors: &[ActorId]) -> Vec<String> {
    actors.iter().map(ActorId::to_string).collect()
}

fn actors(docs: &[String]) -> Vec<ActorId> {
    docs.iter().map(|id| ActorId::new(id)).collect()
}

fn layout_doc(layout: &Layout) -> LayoutDoc {
    let shares = |parts: &[(f32, Layout)]| {
        parts
            .iter()
            .map(|(share, part)| (*share, layout_doc(part)))
            .collect()
    };
    match layout {
        Layout::Pane(pane) => LayoutDoc::Pane(Key(*pane)),
        Layout::Tabs(active, panes) => LayoutDoc::Tabs {
            active: *active,
            panes: panes.iter().map(layout_doc).collect(),
        },
        Layout::Row(parts) => LayoutDoc::Row(shares(parts)),
        Layout::Column(parts) => LayoutDoc::Column(shares(parts)),
    }
}

/// The layout; `None` where it can't be laid out: a share that is no size, a tab that is not
/// there. No work is lost by starting from the usual layout.
fn layout(doc: LayoutDoc) -> Option<Layout> {
    let shares = |parts: Vec<(f32, LayoutDoc)>| {
        parts
            .into_iter()
            .map(|(share, part)| {
                let is_size = share.is_finite() && share > 0.0;
                Some((is_size.then_some(share)?, layout(part)?))
            })
            .collect::<Option<Vec<_>>>()
    };
    Some(match doc {
        LayoutDoc::Pane(pane) => Layout::Pane(pane.0),
        LayoutDoc::Tabs { active, panes } => {
            let panes: Vec<_> = panes.into_iter().map(layout).collect::<Option<_>>()?;
            (active < panes.len()).then_some(Layout::Tabs(active, panes))?
        }
        LayoutDoc::Row(parts) => Layout::Row(shares(parts)?),
        LayoutDoc::Column(parts) => Layout::Column(shares(parts)?),
    })
}
