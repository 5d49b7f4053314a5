//! Colours, fonts and patterns of the chart.

use egui::{Color32, FontId};

use crate::ui::theme;
use crate::ui::tokens::{TEXT, TEXT_SMALL, Tokens};

/// What the chart is drawn with. Sizes in points.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartStyle {
    /// Colours of partners; an index past the end starts again from the front, where the pattern
    /// tells two apart. Each at least 3:1 against the background.
    pub palette: Vec<Color32>,
    /// What the chart stands on.
    pub background: Color32,
    /// Text.
    pub text: Color32,
    /// Text of lesser weight; still 4.5:1.
    pub secondary: Color32,
    /// Horizontal grid lines.
    pub grid: Color32,
    /// The zero line.
    pub zero: Color32,
    /// What is selected, focused or can be acted on.
    pub accent: Color32,
    /// The title.
    pub title_font: FontId,
    /// Text.
    pub font: FontId,
    /// Ticks, notes and direct labels.
    pub small_font: FontId,
}

impl ChartStyle {
    /// The style of a theme.
    #[must_use]
    pub fn of(tokens: &Tokens) -> Self {
        Self {
            palette: tokens.actors.to_vec(),
            background: tokens.pane,
            text: tokens.text,
            secondary: tokens.text_weak,
            grid: tokens.line,
            zero: tokens.text,
            accent: tokens.accent,
            title_font: FontId::new(TEXT, theme::medium()),
            font: FontId::proportional(TEXT),
            small_font: FontId::proportional(TEXT_SMALL),
        }
    }

    /// The colour of a partner.
    #[must_use]
    pub(super) fn color(&self, index: usize) -> Color32 {
        let len = self.palette.len().max(1);
        self.palette.get(index % len).copied().unwrap_or(self.text)
    }
}

/// Lines that tell partners apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `/`
    Rising,
    /// `\`
    Falling,
    /// `—`
    Level,
    /// `|`
    Upright,
    /// `×`
    Crossed,
    /// `+`
    Checked,
}

impl Pattern {
    /// The pattern of a partner. Each round through the palette shifts the patterns by one, so
    /// that a colour comes back with another pattern.
    pub(super) fn of(index: usize, palette_len: usize) -> Self {
        let round = index.checked_div(palette_len).unwrap_or(0);
        match (index + round) % 6 {
            0 => Self::Rising,
            1 => Self::Falling,
            2 => Self::Level,
            3 => Self::Upright,
            4 => Self::Crossed,
            _ => Self::Checked,
        }
    }
}

/// How an amount is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fill {
    /// Solid instead of pale and hatched.
    pub(super) accepted: bool,
    /// A solid outline instead of a dashed one.
    pub(super) sure: bool,
}

impl Fill {
    /// From the axis outwards.
    pub(super) const ORDER: [Self; 4] = [
        Self {
            accepted: true,
            sure: true,
        },
        Self {
            accepted: true,
            sure: false,
        },
        Self {
            accepted: false,
            sure: true,
        },
        Self {
            accepted: false,
            sure: false,
        },
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_many_partners_look_alike() {
        let len = ChartStyle::of(&crate::ui::tokens::LIGHT).palette.len();
        for a in 0..48 {
            for b in 0..a {
                let same_color = a % len == b % len;
                assert!(!same_color || Pattern::of(a, len) != Pattern::of(b, len));
            }
        }
    }
}
