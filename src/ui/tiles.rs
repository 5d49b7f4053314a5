//! The panes as a tree that the analyst can rearrange: between the layout as it is saved and the
//! one that `egui_tiles` works on.

use egui::style::ScrollAnimation;
use egui::{Align, Color32, Response, Stroke, Ui, WidgetText};
use egui_tiles::{
    Behavior, Container, EditAction, Linear, LinearDir, SimplificationOptions, TabState, Tile,
    TileId, Tiles, Tree, UiResponse,
};

use super::tokens::tokens;
use super::{Panes, annotations, articles, concordance, evidence, facts, reader, suggestions};
use crate::app::Workbench;
use crate::app::action::Action;
use crate::model::view::{Layout, Pane};

/// The tree of a saved layout. Panes that it lacks, being newer, are put behind the suggestions, so
/// that none is ever lost.
pub(crate) fn tree(layout: &Layout) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let root = insert(&mut tiles, layout);
    let mut tree = Tree::new(egui::Id::unique("workbench"), root, tiles);
    let missing: Vec<Pane> = Pane::ALL
        .iter()
        .copied()
        .filter(|pane| tree.tiles.find_pane(pane).is_none())
        .collect();
    if !missing.is_empty() {
        let ids: Vec<TileId> = missing
            .into_iter()
            .map(|pane| tree.tiles.insert_pane(pane))
            .collect();
        if let Some(Tile::Container(Container::Tabs(tabs))) = side_tabs(&mut tree) {
            tabs.children.extend(ids);
        } else {
            let extra = tree.tiles.insert_tab_tile(ids);
            let root = tree.root.map_or(extra, |root| {
                tree.tiles.insert_horizontal_tile(vec![root, extra])
            });
            tree.root = Some(root);
        }
    }
    tree
}

/// The tabs that the suggestions are among.
fn side_tabs(tree: &mut Tree<Pane>) -> Option<&mut Tile<Pane>> {
    let suggestions = tree.tiles.find_pane(&Pane::Suggestions)?;
    let tabs = tree.tiles.parent_of(suggestions)?;
    tree.tiles.get_mut(tabs)
}

fn insert(tiles: &mut Tiles<Pane>, layout: &Layout) -> TileId {
    match layout {
        Layout::Pane(pane) => {
            let pane = tiles.insert_pane(*pane);
            tiles.insert_tab_tile(vec![pane])
        }
        Layout::Tabs(active, children) => {
            let ids: Vec<TileId> = children
                .iter()
                .map(|child| match child {
                    Layout::Pane(pane) => tiles.insert_pane(*pane),
                    other => insert(tiles, other),
                })
                .collect();
            let active = ids.get(*active).copied();
            let id = tiles.insert_tab_tile(ids);
            if let Some(Tile::Container(Container::Tabs(tabs))) = tiles.get_mut(id)
                && let Some(active) = active
            {
                tabs.set_active(active);
            }
            id
        }
        Layout::Row(children) => insert_linear(tiles, LinearDir::Horizontal, children),
        Layout::Column(children) => insert_linear(tiles, LinearDir::Vertical, children),
    }
}

fn insert_linear(tiles: &mut Tiles<Pane>, dir: LinearDir, children: &[(f32, Layout)]) -> TileId {
    let ids: Vec<(TileId, f32)> = children
        .iter()
        .map(|(share, child)| (insert(tiles, child), *share))
        .collect();
    let mut linear = Linear::new(dir, ids.iter().map(|(id, _)| *id).collect());
    for (id, share) in ids {
        linear.shares.set_share(id, share.max(0.01));
    }
    tiles.insert_container(linear)
}

/// The layout of a tree, as it is saved.
pub(crate) fn layout(tree: &Tree<Pane>) -> Layout {
    tree.root
        .and_then(|root| extract(&tree.tiles, root))
        .unwrap_or_default()
}

fn extract(tiles: &Tiles<Pane>, id: TileId) -> Option<Layout> {
    match tiles.get(id)? {
        Tile::Pane(pane) => Some(Layout::Pane(*pane)),
        Tile::Container(Container::Tabs(tabs)) => {
            let children: Vec<Layout> = tabs
                .children
                .iter()
                .filter_map(|child| extract(tiles, *child))
                .collect();
            let active = tabs
                .active
                .and_then(|active| tabs.children.iter().position(|c| *c == active));
            match children.as_slice() {
                [only] => Some(only.clone()),
                _ => Some(Layout::Tabs(active.unwrap_or(0), children)),
            }
        }
        Tile::Container(Container::Linear(linear)) => {
            let children: Vec<(f32, Layout)> = linear
                .children
                .iter()
                .filter_map(|child| Some((linear.shares[*child], extract(tiles, *child)?)))
                .collect();
            Some(match linear.dir {
                LinearDir::Horizontal => Layout::Row(children),
                LinearDir::Vertical => Layout::Column(children),
            })
        }
        Tile::Container(Container::Grid(grid)) => {
            let children = grid.children().filter_map(|child| extract(tiles, *child));
            Some(Layout::Tabs(0, children.collect()))
        }
    }
}

/// Brings a pane to the front of its tabs.
pub(crate) fn show(tree: &mut Tree<Pane>, pane: Pane) -> bool {
    tree.make_active(|_, tile| matches!(tile, Tile::Pane(p) if *p == pane))
}

/// Draws the panes of the tree.
pub(crate) struct PaneBehavior<'a> {
    pub(crate) workbench: &'a Workbench,
    pub(crate) panes: &'a mut Panes,
    pub(crate) actions: &'a mut Vec<Action>,
    /// Whether the analyst moved or resized panes.
    pub(crate) edited: bool,
    /// Whether the analyst chose another tab.
    pub(crate) tab_chosen: bool,
    /// The pane whose tab is to be seen among the others.
    pub(crate) reveal: Option<Pane>,
}

impl Behavior<Pane> for PaneBehavior<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        let (workbench, actions) = (self.workbench, &mut *self.actions);
        ui.painter()
            .rect_filled(ui.max_rect(), 0.0, tokens(ui).pane);
        ui.spacing_mut().item_spacing.y = 4.0;
        match pane {
            Pane::Articles => articles::articles_ui(ui, workbench, &mut self.panes.list, actions),
            Pane::Reader => reader::reader_ui(ui, workbench, &mut self.panes.reader, actions),
            Pane::Suggestions => {
                suggestions::suggestions_ui(ui, workbench, &mut self.panes.sidebar, actions);
            }
            Pane::Annotations => {
                annotations::annotations_ui(ui, workbench, &mut self.panes.annotations, actions);
            }
            Pane::Codes => super::codes::codes_ui(ui, workbench, &mut self.panes.codes, actions),
            Pane::Facts => facts::facts_ui(ui, workbench, &mut self.panes.facts, actions),
            Pane::Actors => super::actors::actors_ui(ui, workbench, actions),
            Pane::Memos => super::memos::memos_ui(ui, workbench, &mut self.panes.memos, actions),
            Pane::Orphans => super::orphans::orphans_ui(ui, workbench, actions),
            Pane::Rules => super::rules::rules_ui(ui, workbench, &mut self.panes.rules, actions),
            Pane::Timeline => super::chart::chart_ui(ui, workbench, actions),
            Pane::Evidence => evidence::evidence_ui(ui, workbench, actions),
            Pane::Facets => super::facets::facets_ui(ui, workbench, actions),
            Pane::Concordance => {
                concordance::concordance_ui(ui, workbench, &mut self.panes.concordance, actions);
            }
        }
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.label().into()
    }

    fn on_tab_button(
        &mut self,
        tiles: &mut Tiles<Pane>,
        tile: TileId,
        response: Response,
    ) -> Response {
        if let Some(Tile::Pane(pane)) = tiles.get(tile)
            && self.reveal == Some(*pane)
        {
            response.scroll_to_me_animation(Some(Align::Center), ScrollAnimation::none());
        }
        response
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions {
            all_panes_must_have_tabs: true,
            ..SimplificationOptions::default()
        }
    }

    fn on_edit(&mut self, action: EditAction) {
        match action {
            EditAction::TabSelected => self.tab_chosen = true,
            _ => self.edited = true,
        }
    }

    fn gap_width(&self, _style: &egui::Style) -> f32 {
        1.0
    }

    fn tab_bar_height(&self, _style: &egui::Style) -> f32 {
        26.0
    }

    fn tab_bar_color(&self, visuals: &egui::Visuals) -> Color32 {
        if visuals.dark_mode {
            super::tokens::DARK.chrome
        } else {
            super::tokens::LIGHT.chrome
        }
    }

    fn tab_bg_color(
        &self,
        visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile: TileId,
        state: &TabState,
    ) -> Color32 {
        let tokens = if visuals.dark_mode {
            &super::tokens::DARK
        } else {
            &super::tokens::LIGHT
        };
        if state.active {
            tokens.pane
        } else {
            tokens.chrome
        }
    }

    fn tab_text_color(
        &self,
        visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile: TileId,
        state: &TabState,
    ) -> Color32 {
        let tokens = if visuals.dark_mode {
            &super::tokens::DARK
        } else {
            &super::tokens::LIGHT
        };
        if state.active {
            tokens.text
        } else {
            tokens.text_weak
        }
    }

    fn tab_outline_stroke(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile: TileId,
        _state: &TabState,
    ) -> Stroke {
        Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, visuals: &egui::Visuals) -> Stroke {
        let tokens = if visuals.dark_mode {
            &super::tokens::DARK
        } else {
            &super::tokens::LIGHT
        };
        Stroke::new(1.0, tokens.line)
    }
}
