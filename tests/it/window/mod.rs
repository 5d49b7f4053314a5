//! The real window without a screen: what an analyst does, by role and name.

mod across;
mod annotate;
mod claims;
mod codes;
mod decide;
mod dialogs;
mod keep;
mod library;
mod list;
mod lost;
mod memos;
mod names;
mod opening;
mod orphans;
mod rules;
mod search;
mod see;
mod typing;
mod who;

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use attache::analysis::facts::ArticleFacts;
use attache::app::action::Action;
use attache::app::article::Entry;
use attache::app::{Desktop, Start, Workbench};
use attache::ui::Window;
use egui::accesskit::{ActionRequest, NodeId, Role, Toggled, TreeId};
use egui::{Event, Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _};
use tempfile::TempDir;

/// The titles of the sample, in the order of its rows.
const TITLES: [&str; 5] = [
    "Military industrial complex outlook as a bridge between Russia and Belarus",
    "Minsk seeks to reduce military-technical dependence on Russia",
    "Minsk set to strengthen military cooperation with China",
    "Building Belarus’ defense capacity is at odds with Russia’s interests",
    "Belarusian military industry’s major challenge is to remain afloat",
];

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// How long work in the background may take before the test gives up.
const PATIENCE: Duration = Duration::from_mins(2);

/// One node of what a screen reader sees.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    tree: TreeId,
    node: NodeId,
    role: Role,
    name: String,
    value: String,
    rect: Rect,
    is_on: Option<bool>,
    is_disabled: bool,
    /// Whether it can be pressed or have the keyboard.
    acts: bool,
}

/// A window, with a home folder of its own for what it keeps.
struct Desk {
    home: Rc<TempDir>,
    window: Rc<RefCell<Option<Window>>>,
    harness: Harness<'static>,
}

impl Desk {
    /// A window on the sample, all of it read.
    fn sample() -> Self {
        Self::open(Start::Sample)
    }

    fn open(start: Start) -> Self {
        Self::open_in(
            &Rc::new(tempfile::tempdir().unwrap()),
            start,
            vec2(1280.0, 800.0),
        )
    }

    /// A window on these articles.
    fn on_articles(texts: &[&str]) -> Self {
        Self::on_articles_in(texts, vec2(1280.0, 800.0))
    }

    fn on_articles_in(texts: &[&str], size: Vec2) -> Self {
        let home = Rc::new(tempfile::tempdir().unwrap());
        let folder = home.path().join("articles");
        std::fs::create_dir(&folder).unwrap();
        for (place, text) in texts.iter().enumerate() {
            std::fs::write(folder.join(format!("{place}.txt")), text).unwrap();
        }
        Self::open_in(&home, Start::Paths(vec![folder]), size)
    }

    fn open_in(home: &Rc<TempDir>, start: Start, size: Vec2) -> Self {
        let mut desk = Self::open_busy(home, start, size);
        desk.settle();
        desk
    }

    /// A window that may not have read all yet.
    fn open_busy(home: &Rc<TempDir>, start: Start, size: Vec2) -> Self {
        let window = Rc::new(RefCell::new(None));
        let desktop = Desktop {
            config: Some(home.path().join("config")),
            data: Some(home.path().join("data")),
            dialogs: false,
        };
        let made = Rc::clone(&window);
        let drawn = Rc::clone(&window);
        // The harness leaves a margin of 8 points around what it draws.
        let harness = Harness::builder()
            .with_size(size + vec2(16.0, 16.0))
            .with_max_steps(60)
            .with_context_setup(move |ctx| {
                *made.borrow_mut() = Some(Window::new(ctx, start, desktop));
            })
            .build_ui(move |ui| {
                if let Some(window) = drawn.borrow_mut().as_mut() {
                    window.logic(ui.ctx());
                    window.ui(ui);
                }
            });
        Self {
            home: Rc::clone(home),
            window,
            harness,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Draws until nothing runs in the background and nothing asks for another frame.
    fn settle(&mut self) {
        let began = Instant::now();
        loop {
            let was_idle = self.look(Workbench::is_idle);
            self.harness.step();
            if was_idle && self.look(Workbench::is_idle) {
                self.harness.run();
                if self.look(Workbench::is_idle) {
                    return;
                }
            }
            assert!(began.elapsed() < PATIENCE, "never idle:\n{}", self.dump());
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Looks at the state behind the window.
    fn look<T>(&self, at: impl FnOnce(&Workbench) -> T) -> T {
        at(&self.window.borrow().as_ref().unwrap().workbench)
    }

    /// Does what has no short way through the window; what a test is about goes through it.
    fn dispatch(&mut self, action: Action) {
        let mut window = self.window.borrow_mut();
        window.as_mut().unwrap().workbench.dispatch(action);
        drop(window);
        self.settle();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Everything that a screen reader sees, from top to bottom.
    fn seen(&self) -> Vec<Seen> {
        let points = self.harness.ctx.pixels_per_point();
        let root = self.harness.root();
        let mut seen: Vec<Seen> = root
            .children_recursive()
            .map(|node| seen(&node.accesskit_node(), points))
            .collect();
        seen.sort_by(|a, b| a.rect.top().total_cmp(&b.rect.top()));
        seen
    }

    /// All of this role with this in their name.
    fn all(&self, role: Role, part: &str) -> Vec<Seen> {
        let mut seen = self.seen();
        seen.retain(|seen| seen.role == role && seen.name.contains(part));
        seen
    }

    #[track_caller]
    fn only(&self, what: &str, found: Vec<Seen>) -> Seen {
        assert_eq!(found.len(), 1, "{what}: {found:#?}\n{}", self.dump());
        found.into_iter().next().unwrap()
    }

    /// The one of this role and exactly this name.
    #[track_caller]
    fn get(&self, role: Role, name: &str) -> Seen {
        let mut found = self.all(role, name);
        found.retain(|seen| seen.name == name);
        self.only(name, found)
    }

    /// The one of this role with this in its name.
    #[track_caller]
    fn part(&self, role: Role, part: &str) -> Seen {
        self.only(part, self.all(role, part))
    }

    /// The first, from the top.
    #[track_caller]
    fn first(&self, role: Role, part: &str) -> Seen {
        let found = self.all(role, part);
        found
            .first()
            .unwrap_or_else(|| panic!("no {role:?} {part}:\n{}", self.dump()))
            .clone()
    }

    fn has(&self, role: Role, part: &str) -> bool {
        !self.all(role, part).is_empty()
    }

    #[track_caller]
    fn click(&mut self, role: Role, name: &str) {
        let seen = self.get(role, name);
        self.click_on(&seen);
    }

    #[track_caller]
    fn click_on(&mut self, seen: &Seen) {
        assert!(!seen.is_disabled, "{seen:?} is disabled");
        self.press_on(seen);
        self.settle();
    }

    /// Presses a button whose work does not end by itself.
    fn press_without_waiting(&mut self, seen: &Seen) {
        self.press_on(seen);
        self.harness.run_steps(3);
    }

    fn press_on(&mut self, seen: &Seen) {
        let pos = seen.rect.center();
        self.harness.hover_at(pos);
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton {
                pos,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: NONE,
            });
        }
    }

    /// Presses, moves and lets go.
    fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: NONE,
        };
        self.harness.hover_at(from);
        self.harness.event(button(from, true));
        self.harness.step();
        for part in [0.1, 0.5, 1.0] {
            self.harness.hover_at(from + (to - from) * part);
            self.harness.step();
        }
        self.harness.event(button(to, false));
        self.settle();
    }

    /// Another window is used for a while.
    fn lose_and_gain_focus(&mut self) {
        for focused in [false, true] {
            self.harness.event(Event::WindowFocused(focused));
            self.harness.input_mut().focused = focused;
            self.settle();
        }
    }

    /// Writes over what stands in a field.
    #[track_caller]
    fn fill(&mut self, name: &str, text: &str) {
        let found = self.seen().into_iter().filter(|seen| {
            matches!(seen.role, Role::TextInput | Role::MultilineTextInput) && seen.name == name
        });
        let field = self.only(name, found.collect());
        self.click_on(&field);
        self.key(CTRL, Key::A);
        self.type_text(text);
    }

    /// Chooses in a combo box whose name begins so.
    #[track_caller]
    fn choose(&mut self, name: &str, option: &str) {
        let combo = self.part(Role::ComboBox, &format!("{name}: "));
        self.click_on(&combo);
        let found = |desk: &Self| {
            let mut found = desk.seen();
            found.retain(|seen| {
                let is_option = seen.is_on.is_some() && seen.role != Role::CheckBox;
                seen.name == option && seen.acts && is_option
            });
            desk.only(option, found)
        };
        // A long list scrolls.
        let shown = found(self);
        self.scroll_to(&shown);
        let shown = found(self);
        self.click_on(&shown);
    }

    /// Scrolls until something is wholly seen.
    fn scroll_to(&mut self, seen: &Seen) {
        let show = ActionRequest {
            action: egui::accesskit::Action::ScrollIntoView,
            target_tree: seen.tree,
            target_node: seen.node,
            data: None,
        };
        self.harness.event(Event::AccessKitActionRequest(show));
        self.settle();
    }

    /// The titles in the list, from the top.
    fn titles(&self) -> Vec<&'static str> {
        let rows = self.all(Role::ListItem, ", partners ");
        let title = |row: &Seen| TITLES.into_iter().find(|title| row.name.starts_with(title));
        rows.iter().filter_map(title).collect()
    }

    #[track_caller]
    fn open_article(&mut self, title: &str) {
        let mut rows = self.all(Role::ListItem, ", partners ");
        rows.retain(|row| row.name.starts_with(title));
        let row = self.only(title, rows);
        self.click_on(&row);
        assert_eq!(self.open_title().as_deref(), Some(title));
    }

    fn open_title(&self) -> Option<String> {
        self.look(|bench| {
            bench
                .article
                .as_ref()
                .map(|article| article.title().to_owned())
        })
    }

    /// The facts of the article of this title.
    fn facts(&self, title: &str) -> ArticleFacts {
        self.look(|bench| {
            let rows = (0..).take(bench.facts.len());
            let mut all = rows.filter_map(|row| bench.facts.facts(row));
            all.find(|facts| &*facts.title == title).unwrap()
        })
    }

    /// The findings of the open article.
    fn entries(&self) -> Vec<Entry> {
        self.look(|bench| bench.article.as_ref().unwrap().entries.clone())
    }

    /// The name of the step that undo would take back.
    fn undo_name(&self) -> Option<String> {
        self.look(|bench| bench.history.undo_name().map(str::to_owned))
    }

    fn steps(&self) -> usize {
        self.look(|bench| bench.history.undo_count())
    }

    /// Runs a command through the palette.
    fn by_palette(&mut self, command: &str) {
        self.key(CTRL_SHIFT, Key::P);
        self.type_text(command);
        self.key(NONE, Key::Enter);
    }

    /// What is there to see, as text.
    fn dump(&self) -> String {
        let lines = self.seen().into_iter().filter(|seen| !seen.name.is_empty());
        let lines = lines.map(|seen| format!("{:?} {:?} {:?}", seen.role, seen.name, seen.is_on));
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn seen(node: &AccessKitNode<'_>, points: f32) -> Seen {
    use egui::accesskit::Action;
    let supports = |action| node.data().supports_action(action);
    let rect = node.bounding_box().map_or(Rect::NOTHING, |bounds| {
        #[expect(clippy::cast_possible_truncation, reason = "points of a window")]
        let point = |x: f64, y: f64| egui::pos2(x as f32, y as f32) / points;
        Rect::from_min_max(point(bounds.x0, bounds.y0), point(bounds.x1, bounds.y1))
    });
    let value = node.value().unwrap_or_default();
    let name = if node.role() == Role::Label {
        node.label().unwrap_or_else(|| value.clone())
    } else {
        node.label().unwrap_or_default()
    };
    let (id, tree) = node.locate();
    Seen {
        tree,
        node: id,
        role: node.role(),
        name,
        value,
        rect,
        is_on: node.toggled().map(|toggled| toggled != Toggled::False),
        is_disabled: node.is_disabled(),
        acts: supports(Action::Click) || supports(Action::Focus),
    }
}
