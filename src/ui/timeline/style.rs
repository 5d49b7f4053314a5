//! Colours, fonts and patterns of the chart.

use egui::{Color32, FontId};

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
    /// Okabe and Ito's palette in their order (Color Universal Design, 2008), each darkened until
    /// it stands out from white, then darker steps of the same hues.
    #[must_use]
    pub fn light() -> Self {
        let rgb = Color32::from_rgb;
        Self {
            palette: vec![
                rgb(0xC9, 0x7F, 0x00),
                rgb(0x2E, 0x8F, 0xCB),
                rgb(0x00, 0x8F, 0x68),
                rgb(0xA0, 0x8C, 0x00),
                rgb(0x00, 0x5F, 0x99),
                rgb(0xD5, 0x5E, 0x00),
                rgb(0xB8, 0x5C, 0x93),
                rgb(0x5A, 0x5F, 0x66),
                rgb(0x8A, 0x57, 0x00),
                rgb(0x1B, 0x5F, 0x8A),
                rgb(0x00, 0x5E, 0x45),
                rgb(0x8C, 0x3D, 0x00),
            ],
            background: rgb(0xFF, 0xFF, 0xFF),
            text: rgb(0x20, 0x22, 0x26),
            secondary: rgb(0x5C, 0x61, 0x69),
            grid: rgb(0xE4, 0xE6, 0xEA),
            zero: rgb(0x3A, 0x3E, 0x45),
            accent: rgb(0x1F, 0x66, 0xC1),
            title_font: FontId::proportional(13.0),
            font: FontId::proportional(13.0),
            small_font: FontId::proportional(12.0),
        }
    }

    /// The same hues as they are or lightened, to stand out from near-black.
    #[must_use]
    pub fn dark() -> Self {
        let rgb = Color32::from_rgb;
        Self {
            palette: vec![
                rgb(0xE6, 0x9F, 0x00),
                rgb(0x56, 0xB4, 0xE9),
                rgb(0x1F, 0xB3, 0x88),
                rgb(0xE0, 0xD4, 0x3A),
                rgb(0x4A, 0x90, 0xD0),
                rgb(0xE8, 0x73, 0x2A),
                rgb(0xD2, 0x85, 0xB0),
                rgb(0xA8, 0xAD, 0xB5),
                rgb(0xF3, 0xC8, 0x66),
                rgb(0x9F, 0xD5, 0xF4),
                rgb(0x7F, 0xD6, 0xBB),
                rgb(0xF3, 0xA8, 0x78),
            ],
            background: rgb(0x1B, 0x1D, 0x20),
            text: rgb(0xE2, 0xE4, 0xE8),
            secondary: rgb(0xA2, 0xA8, 0xB1),
            grid: rgb(0x33, 0x37, 0x3D),
            zero: rgb(0xBF, 0xC4, 0xCC),
            accent: rgb(0x6C, 0xA8, 0xF0),
            ..Self::light()
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

    fn luminance(color: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn marks_and_text_stand_out() {
        for style in [ChartStyle::light(), ChartStyle::dark()] {
            for color in &style.palette {
                assert!(contrast(*color, style.background) >= 3.0, "{color:?}");
            }
            for color in [style.text, style.secondary, style.accent] {
                assert!(contrast(color, style.background) >= 4.5, "{color:?}");
            }
        }
    }

    #[test]
    fn no_two_of_many_partners_look_alike() {
        let len = ChartStyle::light().palette.len();
        for a in 0..48 {
            for b in 0..a {
                let same_color = a % len == b % len;
                assert!(!same_color || Pattern::of(a, len) != Pattern::of(b, len));
            }
        }
    }
}
