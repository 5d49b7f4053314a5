//! What a screen reader sees of the window, and how to ask for a part of it.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use egui::accesskit::{Action, Node, NodeId, Role, Toggled, TreeUpdate};
use egui::{Pos2, Rect, pos2};

/// One node of the tree.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) id: NodeId,
    pub(crate) role: Role,
    /// What a screen reader calls it.
    pub(crate) name: String,
    /// What stands in it, if it holds a text.
    pub(crate) value: String,
    /// Where it is, in points of the window.
    pub(crate) rect: Rect,
    pub(crate) is_disabled: bool,
    pub(crate) is_focused: bool,
    /// For what can be on or off.
    pub(crate) is_on: Option<bool>,
    /// Whether it can be clicked, or have the keyboard.
    pub(crate) is_interactive: bool,
    depth: usize,
}

impl Item {
    /// Where to click it.
    pub(crate) fn center(&self) -> Pos2 {
        self.rect.center()
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let indent = self.depth * 2;
        write!(f, "{:indent$}{:?} {:?}", "", self.role, self.name)?;
        if !self.value.is_empty() && self.value != self.name {
            write!(f, " = {:?}", self.value)?;
        }
        if let Some(is_on) = self.is_on {
            f.write_str(if is_on { " on" } else { " off" })?;
        }
        if self.is_disabled {
            f.write_str(" disabled")?;
        }
        if self.is_focused {
            f.write_str(" focused")?;
        }
        let Rect { min, max } = self.rect;
        write!(f, " @{:.0},{:.0}–{:.0},{:.0}", min.x, min.y, max.x, max.y)
    }
}

/// The window's tree at one frame, in reading order.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    pub(crate) items: Vec<Item>,
    /// The number of the frame.
    pub(crate) step: u64,
    /// Pixels a point: what zoom and the display's scale make together.
    pub(crate) pixels_per_point: f32,
}

impl Tree {
    pub(crate) fn new(update: &TreeUpdate, step: u64, pixels_per_point: f32) -> Self {
        let nodes: HashMap<NodeId, &Node> =
            update.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let mut items = Vec::with_capacity(nodes.len());
        if let Some(info) = &update.tree {
            collect(&nodes, info.root, update.focus, 0, &mut items);
        }
        Self {
            items,
            step,
            pixels_per_point,
        }
    }

    /// Everything that the query asks for, in reading order.
    pub(crate) fn find_all(&self, query: &Query) -> Vec<&Item> {
        self.items.iter().filter(|item| query.takes(item)).collect()
    }

    /// The tree as text, for the message of a failing test.
    pub(crate) fn dump(&self) -> String {
        self.items.iter().fold(String::new(), |mut text, item| {
            let _ = writeln!(text, "{item}");
            text
        })
    }
}

fn collect(
    nodes: &HashMap<NodeId, &Node>,
    id: NodeId,
    focus: NodeId,
    depth: usize,
    items: &mut Vec<Item>,
) {
    let Some(node) = nodes.get(&id) else { return };
    if !node.is_hidden() {
        items.push(item(nodes, id, node, focus, depth));
    }
    for child in node.children() {
        collect(nodes, *child, focus, depth + 1, items);
    }
}

fn item(
    nodes: &HashMap<NodeId, &Node>,
    id: NodeId,
    node: &Node,
    focus: NodeId,
    depth: usize,
) -> Item {
    let rect = node.bounds().map_or(Rect::NOTHING, |bounds| {
        // Points of a window: far below what an f32 holds exactly.
        #[expect(clippy::cast_possible_truncation)]
        let point = |x: f64, y: f64| pos2(x as f32, y as f32);
        Rect::from_min_max(point(bounds.x0, bounds.y0), point(bounds.x1, bounds.y1))
    });
    Item {
        id,
        role: node.role(),
        name: name_of(nodes, node),
        value: node.value().unwrap_or_default().to_owned(),
        rect,
        is_disabled: node.is_disabled(),
        is_focused: id == focus,
        is_on: node.toggled().map(|toggled| toggled != Toggled::False),
        is_interactive: [Action::Click, Action::Focus]
            .iter()
            .any(|action| node.supports_action(*action)),
        depth,
    }
}

/// The name as a screen reader finds it: its own, that of what labels it, or a label's text.
fn name_of(nodes: &HashMap<NodeId, &Node>, node: &Node) -> String {
    let own = node.label().map(str::to_owned);
    let from_others = || {
        let texts: Vec<&str> = node
            .labelled_by()
            .iter()
            .filter_map(|id| nodes.get(id))
            .filter_map(|other| other.label().or_else(|| other.value()))
            .collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    let is_text = matches!(node.role(), Role::Label);
    own.or_else(from_others)
        .or_else(|| is_text.then(|| node.value().unwrap_or_default().to_owned()))
        .unwrap_or_default()
}

/// What to look for: a role, a name, or both.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    role: Option<Role>,
    name: Option<String>,
    parts: Vec<String>,
    lacks: Vec<String>,
    is_on: Option<bool>,
}

impl Query {
    /// What is switched on or chosen (or is not).
    pub(crate) fn on(mut self, is_on: bool) -> Self {
        self.is_on = Some(is_on);
        self
    }

    /// What has this, too, in its name or value.
    pub(crate) fn with(mut self, part: &str) -> Self {
        self.parts.push(part.to_owned());
        self
    }

    /// What does not have this in its name.
    pub(crate) fn without(mut self, part: &str) -> Self {
        self.lacks.push(part.to_owned());
        self
    }

    fn takes(&self, item: &Item) -> bool {
        self.role.is_none_or(|role| item.role == role)
            && self.name.as_ref().is_none_or(|name| item.name == *name)
            && self
                .parts
                .iter()
                .all(|part| item.name.contains(part) || item.value.contains(part))
            && !self.lacks.iter().any(|part| item.name.contains(part))
            && self.is_on.is_none_or(|is_on| item.is_on == Some(is_on))
    }
}

/// Whatever is named exactly so.
impl From<&str> for Query {
    fn from(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..Self::default()
        }
    }
}

/// What has this role and is named exactly so.
impl From<(Role, &str)> for Query {
    fn from((role, name): (Role, &str)) -> Self {
        Self {
            role: Some(role),
            ..name.into()
        }
    }
}

/// What has this role.
impl From<Role> for Query {
    fn from(role: Role) -> Self {
        Self {
            role: Some(role),
            ..Self::default()
        }
    }
}

/// Whatever has this in its name or value.
pub(crate) fn containing(part: &str) -> Query {
    Query {
        parts: vec![part.to_owned()],
        ..Query::default()
    }
}

/// What has this role, and this in its name or value.
pub(crate) fn role_containing(role: Role, part: &str) -> Query {
    Query {
        role: Some(role),
        ..containing(part)
    }
}
