//! What the analyst has to be told. Nothing is told only in passing: a notice stays until read.

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Something failed.
    Error,
    /// Something needs a look.
    Warning,
    /// Good to know.
    Info,
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What happened, why, and what to do next.
    pub text: String,
    /// It tells of a save that failed, and is over once one succeeds.
    pub is_failed_save: bool,
}

impl Notice {
    /// Something to tell.
    #[must_use]
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        Self {
            level,
            text: text.into(),
            is_failed_save: false,
        }
    }
}

/// How far the work in the background is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub what: String,
    /// Pieces done.
    pub done: u64,
    /// All pieces; 0 while that is not known.
    pub total: u64,
    /// Whether it is paused; `None` where it can't be.
    pub is_paused: Option<bool>,
}

impl Progress {
    /// The part that is done, from 0 to 1.
    #[must_use]
    pub fn part(&self) -> Option<f32> {
        (self.total > 0).then(|| self.done as f32 / self.total as f32)
    }

    /// For the status bar.
    #[must_use]
    pub fn text(&self) -> String {
        let paused = if self.is_paused == Some(true) {
            "Paused. "
        } else {
            ""
        };
        match self.total {
            0 => format!("{paused}{} …", self.what),
            // Bytes: nobody reads numbers that long.
            total if total > 10_000_000 => {
                format!("{paused}{} ({} %)", self.what, self.done * 100 / total)
            }
            total => format!("{paused}{}: {} of {total}", self.what, self.done),
        }
    }
}
