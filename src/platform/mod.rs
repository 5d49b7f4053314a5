//! What the desktop gives: dialogs for files and folders.

pub mod dialog;
