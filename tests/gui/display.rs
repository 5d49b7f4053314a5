//! A private X server, and processes that end with the test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, InputFocus, MapState, Window};

/// An X server of our own, without a screen that anybody sees. It ends when dropped.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts Xvfb on a display number that it finds free itself.
    pub(crate) fn start() -> Self {
        let mut server = mortal("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "2560x1600x24"])
            .args(["-nolisten", "tcp", "-noreset", "-dpi", "96"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("setpriv (package util-linux) starts Xvfb");
        let mut line = String::new();
        if let Some(out) = server.stdout.take() {
            // The number comes when the server takes connections; nothing comes if it can't start.
            let _ = BufReader::new(out).read_line(&mut line);
        }
        let number = line.trim();
        assert!(
            !number.is_empty(),
            "Xvfb did not start. The window tests need it: apt-get install xvfb, or ./x test"
        );
        Self {
            name: format!(":{number}"),
            server,
        }
    }

    /// What `DISPLAY` must be to draw here.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Gives the keyboard to the one window there is, as a window manager would. Whether it has
    /// it now: the window may not be shown yet.
    pub(crate) fn give_keyboard(&self) -> bool {
        let (connection, screen) = x11rb::connect(Some(&self.name)).expect("our own X server");
        let root = connection
            .setup()
            .roots
            .get(screen)
            .expect("its screen")
            .root;
        try_give_keyboard(&connection, root).unwrap_or(false)
    }
}

/// Fails only when the window vanishes meanwhile.
fn try_give_keyboard(
    connection: &impl Connection,
    root: Window,
) -> Result<bool, x11rb::errors::ReplyError> {
    for window in connection.query_tree(root)?.reply()?.children {
        let state = connection.get_window_attributes(window)?.reply()?;
        if state.map_state == MapState::VIEWABLE && !state.override_redirect {
            let now = x11rb::CURRENT_TIME;
            connection
                .set_input_focus(InputFocus::PARENT, window, now)?
                .check()?;
            return Ok(connection.get_input_focus()?.reply()?.focus == window);
        }
    }
    Ok(false)
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A command whose process the kernel ends should this test be killed before it can clean up.
pub(crate) fn mortal(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    command.stdin(Stdio::null());
    command
}
