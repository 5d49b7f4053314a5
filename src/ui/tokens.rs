//! Every colour and size of the window, in one place: light and dark are both designed here.
//!
//! Constants and not a file that is read at start: a token that is missing or misspelt then does
//! not compile. The rest of the code may not make colours of its own (see `clippy.toml`).
#![allow(clippy::disallowed_methods)] // this is the place that clippy.toml points to

use egui::Color32;

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// Interface text, in points.
pub const TEXT: f32 = 13.0;
/// Secondary interface text, in points.
pub const TEXT_SMALL: f32 = 12.0;
/// Headlines of the reader, in points.
pub const TEXT_TITLE: f32 = 22.0;
/// Article text, in points.
pub const TEXT_ARTICLE: f32 = 17.0;
/// Line height of article text, as a multiple of its size.
pub const LINE_ARTICLE: f32 = 1.55;
/// The widest line of article text, in points: about 72 characters of PT Serif.
pub const MEASURE: f32 = 580.0;
/// Height of a row in a list, in points.
pub const ROW: f32 = 26.0;
/// Height of the line of headings over a list or of controls over a pane, in points.
pub const HEADER: f32 = 28.0;
/// The step of all spacing, in points.
pub const GRID: f32 = 4.0;

/// The colours of one theme.
#[derive(Debug)]
pub struct Tokens {
    /// Whether it is the dark one.
    pub dark: bool,
    /// Menu, title and status bar.
    pub chrome: Color32,
    /// Side panes.
    pub pane: Color32,
    /// The reader and fields to type in.
    pub paper: Color32,
    /// Hovered rows.
    pub hover: Color32,
    /// The chosen row.
    pub selected: Color32,
    /// Lines between panes.
    pub line: Color32,
    /// Frames of controls: at least 3:1 on all grounds.
    pub control: Color32,
    /// Text.
    pub text: Color32,
    /// Secondary text.
    pub text_weak: Color32,
    /// What is chosen or can be acted on.
    pub accent: Color32,
    /// Text on an accent ground.
    pub on_accent: Color32,
    /// What needs a decision.
    pub attention: Color32,
    /// The ground of what needs a decision.
    pub attention_ground: Color32,
    /// Errors, and what is against cooperation.
    pub adverse: Color32,
    /// The ground of errors.
    pub adverse_ground: Color32,
    /// Accepted.
    pub accepted: Color32,
    /// Selected text.
    pub selection: Color32,
    /// The tint of a claim's evidence under the pointer.
    pub evidence: Color32,
    /// Colours of actors: Okabe–Ito order, then darker and lighter steps, each at least 3:1 on
    /// `paper`.
    pub actors: [Color32; 12],
    /// Solid tints of codes, light enough to read text on.
    pub codes: [Color32; 8],
    /// Stripes of codes in the margin, at least 3:1 on `paper`.
    pub code_stripes: [Color32; 8],
}

/// Dark on light.
pub const LIGHT: Tokens = Tokens {
    dark: false,
    chrome: rgb(0xEC_ED_EF),
    pane: rgb(0xF6_F6_F7),
    paper: rgb(0xFF_FF_FF),
    hover: rgb(0xEC_EE_F1),
    selected: rgb(0xD9_E6_F5),
    line: rgb(0xD8_DA_DE),
    control: rgb(0x8A_8F_98),
    text: rgb(0x1D_1E_21),
    text_weak: rgb(0x5A_5F_68),
    accent: rgb(0x1D_5F_A6),
    on_accent: rgb(0xFF_FF_FF),
    attention: rgb(0x8A_56_00),
    attention_ground: rgb(0xFF_F1_D3),
    adverse: rgb(0xB0_26_1E),
    adverse_ground: rgb(0xFC_E8_E6),
    accepted: rgb(0x1B_6E_4B),
    selection: rgb(0xBF_D8_F3),
    evidence: rgb(0xF1_F5_FA),
    actors: [
        rgb(0xB3_77_00),
        rgb(0x2A_88_BD),
        rgb(0x00_8A_65),
        rgb(0x85_7B_00),
        rgb(0x00_5B_94),
        rgb(0xC2_4E_00),
        rgb(0xA8_52_7F),
        rgb(0x7A_4F_00),
        rgb(0x0F_5F_8A),
        rgb(0x00_5C_43),
        rgb(0x5C_55_00),
        rgb(0x2E_3F_8F),
    ],
    codes: [
        rgb(0xFD_EB_B8),
        rgb(0xD3_EA_D8),
        rgb(0xD4_E4_F7),
        rgb(0xF5_D9_E4),
        rgb(0xE4_DC_F3),
        rgb(0xFB_DD_C8),
        rgb(0xD0_EA_EA),
        rgb(0xE7_E6_D3),
    ],
    code_stripes: [
        rgb(0xA8_7D_00),
        rgb(0x2F_86_4A),
        rgb(0x2B_73_BE),
        rgb(0xB8_45_74),
        rgb(0x76_57_B8),
        rgb(0xBF_5F_1E),
        rgb(0x1C_80_80),
        rgb(0x77_73_3A),
    ],
};

/// Light on dark.
pub const DARK: Tokens = Tokens {
    dark: true,
    chrome: rgb(0x17_18_1A),
    pane: rgb(0x1F_20_23),
    paper: rgb(0x1A_1B_1D),
    hover: rgb(0x2A_2C_30),
    selected: rgb(0x26_3B_53),
    line: rgb(0x34_36_3B),
    control: rgb(0x74_79_82),
    text: rgb(0xE3_E4_E7),
    text_weak: rgb(0xA3_A7_AF),
    accent: rgb(0x82_B4_EE),
    on_accent: rgb(0x10_1C_2A),
    attention: rgb(0xE6_B4_58),
    attention_ground: rgb(0x3A_2F_17),
    adverse: rgb(0xF0_92_8B),
    adverse_ground: rgb(0x40_22_20),
    accepted: rgb(0x6C_C5_9A),
    selection: rgb(0x2F_4F_73),
    evidence: rgb(0x22_26_2C),
    actors: [
        rgb(0xE6_9F_00),
        rgb(0x56_B4_E9),
        rgb(0x1F_B8_8F),
        rgb(0xE8_DC_3F),
        rgb(0x5A_8F_E0),
        rgb(0xF0_73_2E),
        rgb(0xDB_93_BE),
        rgb(0xF7_CE_7A),
        rgb(0xA5_D8_F5),
        rgb(0x7F_DD_C3),
        rgb(0xB0_A7_30),
        rgb(0xA3_B8_F0),
    ],
    codes: [
        rgb(0x4B_3F_17),
        rgb(0x1F_41_2A),
        rgb(0x20_3B_58),
        rgb(0x50_26_37),
        rgb(0x3A_30_56),
        rgb(0x52_31_1B),
        rgb(0x19_42_42),
        rgb(0x3D_3B_22),
    ],
    code_stripes: [
        rgb(0xE2_BC_4A),
        rgb(0x6B_C2_85),
        rgb(0x74_B0_EE),
        rgb(0xE8_8F_B1),
        rgb(0xB4_9D_EB),
        rgb(0xF0_A1_6C),
        rgb(0x62_C4_C4),
        rgb(0xC4_BF_83),
    ],
};

/// The tokens of the theme that `ui` is drawn in.
#[must_use]
pub fn tokens(ui: &egui::Ui) -> &'static Tokens {
    if ui.visuals().dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    /// Contrast ratio as WCAG 2.2 defines it.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_has_four_and_a_half_and_marks_have_three() {
        for theme in [&LIGHT, &DARK] {
            let name = if theme.dark { "dark" } else { "light" };
            let grounds = [
                theme.chrome,
                theme.pane,
                theme.paper,
                theme.hover,
                theme.selected,
            ];
            for (ground, i) in grounds.into_iter().zip(0..) {
                for (text, what) in [
                    (theme.text, "text"),
                    (theme.text_weak, "text_weak"),
                    (theme.accent, "accent"),
                    (theme.attention, "attention"),
                    (theme.adverse, "adverse"),
                    (theme.accepted, "accepted"),
                ] {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.5, "{name}: {what} on ground {i}: {ratio:.2}");
                }
            }
            for (text, ground, what) in [
                (theme.attention, theme.attention_ground, "attention"),
                (theme.adverse, theme.adverse_ground, "adverse"),
                (theme.text, theme.selection, "selection"),
                (theme.on_accent, theme.accent, "on accent"),
            ] {
                assert!(
                    contrast(text, ground) >= 4.5,
                    "{name}: {what}: {:.2}",
                    contrast(text, ground)
                );
            }
            for (i, code) in theme.codes.into_iter().enumerate() {
                assert!(
                    contrast(theme.text, code) >= 4.5,
                    "{name}: text on code {i}"
                );
            }
            for (i, mark) in theme
                .actors
                .into_iter()
                .chain(theme.code_stripes)
                .enumerate()
            {
                assert!(
                    contrast(mark, theme.paper).min(contrast(mark, theme.pane)) >= 3.0,
                    "{name}: mark {i}: {:.2}",
                    contrast(mark, theme.paper)
                );
            }
            assert!(
                contrast(theme.control, theme.pane) >= 3.0,
                "{name}: frames of controls"
            );
        }
    }
}
