//! The command line; opens the window.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    attache::cli::run(attache::cli::Command::parse())
}
