//! The running program: opened on a display of its own, driven and read over loopback.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_inspection::protocol::read_handshake;
use egui_inspection::{PROTOCOL_VERSION, Request, Response, read_message, write_message};
use tempfile::TempDir;

use crate::display::{Display, mortal};
use crate::tree::{Item, Query, Tree};

/// How long anything may take before a test fails. Generous: software GL on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);
/// Between two looks at the window.
const PAUSE: Duration = Duration::from_millis(30);
/// The size every test starts at, in points.
const SIZE: (u32, u32) = (1280, 800);
/// The modifier of shortcuts.
pub(crate) const CTRL: Modifiers = Modifiers::COMMAND.plus(Modifiers::CTRL);

/// A desk to work at: a display, and a folder for the configuration and whatever a test saves.
/// It outlives its windows, so that a test can quit and reopen.
pub(crate) struct Desk {
    display: Display,
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            display: Display::start(),
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Where a file of this name would be. The folder is empty at first.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the program with these arguments, and waits until its window answers.
    pub(crate) fn open(&self, arguments: &[&str]) -> Window {
        let port = free_port();
        let log = self.path("log.txt");
        let log_file = File::create(&log).expect("the temporary folder can be written");
        let child = mortal(env!("CARGO_BIN_EXE_attache"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DISPLAY", self.display.name())
            .env("ATTACHE_CONFIG_DIR", self.path("config"))
            .env("EGUI_INSPECTION", format!("127.0.0.1:{port}"))
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_CONFIG_HOME")
            .stdout(log_file.try_clone().expect("a second handle"))
            .stderr(log_file)
            .spawn()
            .expect("the program starts");
        let mut window = Window {
            child,
            stream: None,
            log,
        };
        window.connect(port);
        window.wait_until("the window is shown", |_| {
            self.display.give_keyboard().then_some(())
        });
        window.resize(SIZE.0, SIZE.1);
        window
    }
}

/// The program's window. Dropping it ends the program.
pub(crate) struct Window {
    child: Child,
    stream: Option<TcpStream>,
    log: PathBuf,
}

impl Window {
    // --- Reading ---

    /// The tree as it is after one more frame.
    pub(crate) fn tree(&mut self) -> Tree {
        match self.ask(&Request::GetTree) {
            Response::Tree {
                step,
                pixels_per_point,
                accesskit: Some(update),
            } => Tree::new(&update, step, pixels_per_point),
            other => self.fail(&format!("no tree came: {other:?}")),
        }
    }

    /// Everything that the query asks for, now.
    pub(crate) fn find_all(&mut self, query: impl Into<Query>) -> Vec<Item> {
        let tree = self.tree();
        tree.find_all(&query.into()).into_iter().cloned().collect()
    }

    /// Waits for the first thing that the query asks for.
    pub(crate) fn wait_for(&mut self, query: impl Into<Query>) -> Item {
        let query = query.into();
        self.wait_until(&format!("there is {query:?}"), |tree| {
            tree.find_all(&query).first().map(|item| (*item).clone())
        })
    }

    /// Waits until nothing is there that the query asks for.
    pub(crate) fn wait_gone(&mut self, query: impl Into<Query>) {
        let query = query.into();
        self.wait_until(&format!("there is no {query:?}"), |tree| {
            tree.find_all(&query).is_empty().then_some(())
        });
    }

    /// Waits until `look` finds what it looks for.
    pub(crate) fn wait_until<T>(
        &mut self,
        what: &str,
        mut look: impl FnMut(&Tree) -> Option<T>,
    ) -> T {
        let began = Instant::now();
        loop {
            if let Some(found) = look(&self.tree()) {
                return found;
            }
            if began.elapsed() > DEADLINE {
                self.fail(&format!("waited in vain until {what}"));
            }
            sleep(PAUSE);
        }
    }

    /// Waits until the program asks for no more frames, and says how many it took.
    pub(crate) fn settle(&mut self) -> u64 {
        match self.ask(&Request::Settle { max_steps: 600 }) {
            Response::Settled {
                settled: true,
                steps,
            } => steps,
            other => self.fail(&format!("the window does not come to rest: {other:?}")),
        }
    }

    /// How many frames the program draws of its own accord in this time.
    pub(crate) fn frames_during(&mut self, time: Duration) -> u64 {
        // Reading the tree costs the frame that answers, and one more that it asks for.
        const ASKED: u64 = 2;
        let before = self.tree().step;
        sleep(time);
        (self.tree().step - before).saturating_sub(ASKED)
    }

    /// Writes what the window shows.
    pub(crate) fn screenshot(&mut self, path: &Path) {
        // Pointing at something would show its tooltip.
        self.send(vec![Event::PointerGone]);
        self.settle();
        let request = Request::GetScreenshot {
            pixels_per_point: None,
        };
        match self.ask(&request) {
            Response::Screenshot(png) => fs::write(path, png.bytes).expect("a place for pictures"),
            other => self.fail(&format!("no picture came: {other:?}")),
        }
    }

    // --- Acting ---

    /// Waits for a thing that is enabled, and clicks it.
    pub(crate) fn click(&mut self, query: impl Into<Query>) -> Item {
        let item = self.wait_enabled(query);
        self.click_at(item.center());
        item
    }

    /// Clicks a point of the window.
    pub(crate) fn click_at(&mut self, at: Pos2) {
        self.send(vec![Event::PointerMoved(at)]);
        self.send(vec![button(at, true)]);
        self.send(vec![button(at, false)]);
        self.settle();
    }

    /// Clicks a point of the window twice, in one frame: however slow the machine, that is quick.
    pub(crate) fn double_click_at(&mut self, at: Pos2) {
        self.send(vec![Event::PointerMoved(at)]);
        self.send(
            [true, false, true, false]
                .map(|pressed| button(at, pressed))
                .to_vec(),
        );
        self.settle();
    }

    /// Points at a place without pressing.
    pub(crate) fn point_at(&mut self, at: Pos2) {
        self.send(vec![Event::PointerMoved(at)]);
        self.settle();
    }

    /// Presses at one point, moves to another, and lets go.
    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.send(vec![Event::PointerMoved(from)]);
        self.send(vec![button(from, true)]);
        for step in 1..=4_u8 {
            let at = from.lerp(to, f32::from(step) / 4.0);
            self.send(vec![Event::PointerMoved(at)]);
        }
        self.send(vec![button(to, false)]);
        self.settle();
    }

    /// Gives a thing the keyboard, as a screen reader would.
    pub(crate) fn focus(&mut self, query: impl Into<Query>) -> Item {
        let item = self.wait_enabled(query);
        self.send(vec![Event::AccessKitActionRequest(ActionRequest {
            action: Action::Focus,
            target_tree: TreeId::ROOT,
            target_node: item.id,
            data: None,
        })]);
        self.settle();
        item
    }

    /// Types a text into whatever has the keyboard.
    pub(crate) fn type_text(&mut self, text: &str) {
        self.send(text.chars().map(|c| Event::Text(c.to_string())).collect());
        self.settle();
    }

    /// Presses and releases a key. A key that types, types: as on a real keyboard.
    pub(crate) fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.send(pressing(modifiers, key));
        self.send(releasing(modifiers, key));
        self.settle();
    }

    /// Presses and releases a key, and waits for the frame that takes it but for nothing that comes
    /// of it: as somebody does who is in a hurry.
    pub(crate) fn strike(&mut self, modifiers: Modifiers, key: Key) {
        let mut events = pressing(modifiers, key);
        events.extend(releasing(modifiers, key));
        self.send(events);
    }

    /// Gives the window a size, in points.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        self.ask(&Request::Resize { width, height });
        self.settle();
    }

    /// Ends the program as a crash does: with SIGKILL, at once.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the program is running");
        self.child.wait().expect("it has ended");
    }

    /// Quits by the shortcut, and waits for the program to end.
    pub(crate) fn quit(mut self) -> ExitStatus {
        // The program may be gone before it answers.
        let _ = self.try_ask(&Request::ApplyEvents {
            events: vec![Event::Key {
                key: Key::Q,
                physical_key: Some(Key::Q),
                pressed: true,
                repeat: false,
                modifiers: CTRL,
            }],
        });
        self.wait_exit()
    }

    /// Waits for the program to end by itself.
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("our own child") {
                return status;
            }
            if began.elapsed() > DEADLINE {
                self.fail("the program does not end");
            }
            sleep(PAUSE);
        }
    }

    fn wait_enabled(&mut self, query: impl Into<Query>) -> Item {
        let query = query.into();
        self.wait_until(&format!("{query:?} is enabled"), |tree| {
            let found = tree.find_all(&query);
            found
                .iter()
                .find(|item| !item.is_disabled)
                .map(|item| (*item).clone())
        })
    }

    // --- The wire ---

    fn connect(&mut self, port: u16) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let began = Instant::now();
        while self.stream.is_none() {
            if let Ok(Some(status)) = self.child.try_wait() {
                self.fail(&format!("the program ended at once: {status}"));
            }
            if began.elapsed() > DEADLINE {
                self.fail("the window does not answer");
            }
            match open_stream(address) {
                Ok(stream) => self.stream = Some(stream),
                Err(_) => sleep(PAUSE),
            }
        }
    }

    fn send(&mut self, events: Vec<Event>) {
        match self.ask(&Request::ApplyEvents { events }) {
            Response::Done => {}
            other => self.fail(&format!("the events were not taken: {other:?}")),
        }
    }

    fn ask(&mut self, request: &Request) -> Response {
        match self.try_ask(request) {
            Ok(response) => response,
            Err(error) => self.fail(&format!("{request:?}: {error}")),
        }
    }

    fn try_ask(&mut self, request: &Request) -> io::Result<Response> {
        let stream = self.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        write_message(&mut *stream, request)?;
        read_message(stream)
    }

    /// Panics with all that helps to see why: the tree, and what the program said.
    fn fail(&mut self, why: &str) -> ! {
        let tree = match self.try_ask(&Request::GetTree) {
            Ok(Response::Tree {
                accesskit: Some(update),
                ..
            }) => Tree::new(&update, 0, 1.0).dump(),
            _ => "(none)".to_owned(),
        };
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        panic!("{why}\n\nthe window:\n{tree}\nthe program said:\n{log}");
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn open_stream(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, DEADLINE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    let version = read_handshake(&stream)?;
    assert_eq!(version, PROTOCOL_VERSION, "another version of the protocol");
    Ok(stream)
}

/// A port that nothing listens on.
fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a free port on loopback")
        .port()
}

fn key_event(modifiers: Modifiers, key: Key, pressed: bool) -> Event {
    Event::Key {
        key,
        physical_key: Some(key),
        pressed,
        repeat: false,
        modifiers,
    }
}

fn pressing(modifiers: Modifiers, key: Key) -> Vec<Event> {
    let mut events = vec![
        Event::ModifiersChanged(modifiers),
        key_event(modifiers, key, true),
    ];
    events.extend(typed(modifiers, key).map(Event::Text));
    events
}

fn releasing(modifiers: Modifiers, key: Key) -> Vec<Event> {
    vec![
        key_event(modifiers, key, false),
        Event::ModifiersChanged(Modifiers::NONE),
    ]
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// The text that a key gives along with its press, if any.
fn typed(modifiers: Modifiers, key: Key) -> Option<String> {
    let name = key.name();
    let is_letter = name.len() == 1 && name.chars().all(|c| c.is_ascii_alphanumeric());
    if modifiers.ctrl || modifiers.command || modifiers.alt || !is_letter {
        return None;
    }
    Some(if modifiers.shift {
        name.to_owned()
    } else {
        name.to_lowercase()
    })
}
