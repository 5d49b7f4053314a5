//! The bundled fonts load in egui and have the letters that our languages need.

use egui::{FontData, FontDefinitions, FontFamily, FontId};

const LETTERS: &str = "AZaz ÄÖß éçñ Łąś АЯая Ёё ЎўІі ҐґЄєЇї „“”’«»–—…№ € % § 0123456789 , . : ;";

/// An egui that has drawn one frame with `font` as its only font.
fn context_with(font: &'static [u8]) -> egui::Context {
    let mut fonts = FontDefinitions::empty();
    fonts
        .font_data
        .insert("tested".to_owned(), FontData::from_static(font).into());
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["tested".to_owned()]);
    }
    let context = egui::Context::default();
    context.set_fonts(fonts);
    let mut output = context.run_ui(egui::RawInput::default(), |_| {});
    // Nothing draws here, and egui minds textures that are dropped unseen.
    output.textures_delta.clear();
    context
}

fn missing(font: &'static [u8], letters: &str) -> String {
    let id = FontId::new(13.0, FontFamily::Proportional);
    context_with(font).fonts_mut(|fonts| {
        letters
            .chars()
            .filter(|c| !fonts.has_glyph(&id, *c))
            .collect()
    })
}

fn width(font: &'static [u8], letter: char) -> f32 {
    let id = FontId::new(13.0, FontFamily::Proportional);
    context_with(font).fonts_mut(|fonts| fonts.glyph_width(&id, letter))
}

#[test]
fn the_interface_font_has_every_letter() {
    for font in [
        include_bytes!("../assets/fonts/Inter-Regular.otf").as_slice(),
        include_bytes!("../assets/fonts/Inter-Medium.otf"),
        include_bytes!("../assets/fonts/Inter-SemiBold.otf"),
    ] {
        assert_eq!(missing(font, LETTERS), "");
        assert_eq!(missing(font, "←→↑↓●○✓×−≤≥·"), "");
    }
}

#[test]
fn the_reading_font_has_every_letter() {
    for font in [
        include_bytes!("../assets/fonts/PTSerif-Regular.ttf").as_slice(),
        include_bytes!("../assets/fonts/PTSerif-Bold.ttf"),
        include_bytes!("../assets/fonts/PTSerif-Italic.ttf"),
    ] {
        assert_eq!(missing(font, LETTERS), "");
    }
}

#[test]
fn the_figures_are_all_of_one_width() {
    for font in [
        include_bytes!("../assets/fonts/AttacheFigures-Regular.otf").as_slice(),
        include_bytes!("../assets/fonts/AttacheFigures-SemiBold.otf"),
    ] {
        let zero = width(font, '0');
        assert!(zero > 5.0, "0 is {zero} points wide");
        for figure in '1'..='9' {
            assert!(
                (width(font, figure) - zero).abs() < 0.05,
                "{figure} differs"
            );
        }
    }
}
