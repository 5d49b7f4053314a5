//! The command line; opens the window.
fn main() {}
