//! A private X server, and processes that end with the test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

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
