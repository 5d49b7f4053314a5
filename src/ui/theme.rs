//! Turns the tokens into egui's style, once at start.

use std::sync::Arc;

use egui::epaint::CornerRadius;
use egui::{FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, Style, TextStyle, vec2};

use super::tokens::{DARK, GRID, LIGHT, TEXT, TEXT_ARTICLE, TEXT_SMALL, Tokens};
use crate::model::view::Theme;

/// The family of article text.
#[must_use]
pub fn serif() -> FontFamily {
    FontFamily::Name("serif".into())
}

/// The family of headings of the interface.
#[must_use]
pub fn medium() -> FontFamily {
    FontFamily::Name("medium".into())
}

/// The family of headlines of articles.
#[must_use]
pub fn serif_bold() -> FontFamily {
    FontFamily::Name("serif-bold".into())
}

/// Article text.
#[must_use]
pub fn article_font() -> FontId {
    FontId::new(TEXT_ARTICLE, serif())
}

/// Sets fonts and both styles.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    for (theme, tokens) in [(egui::Theme::Light, &LIGHT), (egui::Theme::Dark, &DARK)] {
        ctx.set_style_of(theme, style(theme, tokens));
    }
}

/// Shows the theme that the analyst chose.
pub fn set(ctx: &egui::Context, theme: Theme) {
    ctx.set_theme(match theme {
        Theme::System => egui::ThemePreference::System,
        Theme::Light => egui::ThemePreference::Light,
        Theme::Dark => egui::ThemePreference::Dark,
    });
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    };
    add(
        "Inter",
        include_bytes!("../../assets/fonts/Inter-Regular.otf"),
    );
    add(
        "Inter Medium",
        include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    );
    add(
        "PT Serif",
        include_bytes!("../../assets/fonts/PTSerif-Regular.ttf"),
    );
    add(
        "PT Serif Bold",
        include_bytes!("../../assets/fonts/PTSerif-Bold.ttf"),
    );
    // What our fonts lack (arrows, symbols) comes from egui's own.
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let with_fallback = |name: &str| {
        std::iter::once(name.to_owned())
            .chain(fallback.iter().cloned())
            .collect::<Vec<_>>()
    };
    for (family, name) in [
        (FontFamily::Proportional, "Inter"),
        (medium(), "Inter Medium"),
        (serif(), "PT Serif"),
        (serif_bold(), "PT Serif Bold"),
    ] {
        fonts.families.insert(family, with_fallback(name));
    }
    fonts
}

fn style(theme: egui::Theme, tokens: &Tokens) -> Style {
    let mut style = theme.default_style();
    style.text_styles = [
        (
            TextStyle::Small,
            FontId::new(TEXT_SMALL, FontFamily::Proportional),
        ),
        (TextStyle::Body, FontId::new(TEXT, FontFamily::Proportional)),
        (
            TextStyle::Button,
            FontId::new(TEXT, FontFamily::Proportional),
        ),
        (TextStyle::Heading, FontId::new(TEXT, medium())),
        (
            TextStyle::Monospace,
            FontId::new(TEXT_SMALL, FontFamily::Monospace),
        ),
    ]
    .into();
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(2.0 * GRID, GRID);
    spacing.button_padding = vec2(2.0 * GRID, GRID);
    spacing.interact_size.y = 24.0;
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.scroll = egui::style::ScrollStyle::solid();
    spacing.scroll.bar_width = 8.0;
    spacing.tooltip_width = 380.0;

    let visuals = &mut style.visuals;
    visuals.dark_mode = tokens.dark;
    visuals.panel_fill = tokens.pane;
    visuals.window_fill = tokens.pane;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.window_corner_radius = CornerRadius::same(6);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.extreme_bg_color = tokens.paper;
    visuals.text_edit_bg_color = Some(tokens.paper);
    visuals.faint_bg_color = tokens.hover;
    visuals.code_bg_color = tokens.hover;
    visuals.warn_fg_color = tokens.attention;
    visuals.error_fg_color = tokens.adverse;
    visuals.hyperlink_color = tokens.accent;
    visuals.weak_text_color = Some(tokens.text_weak);
    visuals.selection.bg_fill = tokens.selection;
    visuals.selection.stroke = Stroke::new(1.0, tokens.text);
    visuals.striped = false;

    let widgets = &mut visuals.widgets;
    for (state, ground, frame) in [
        (&mut widgets.noninteractive, tokens.pane, tokens.line),
        (&mut widgets.inactive, tokens.paper, tokens.control),
        (&mut widgets.hovered, tokens.hover, tokens.accent),
        (&mut widgets.active, tokens.hover, tokens.accent),
        (&mut widgets.open, tokens.hover, tokens.accent),
    ] {
        state.bg_fill = ground;
        state.weak_bg_fill = ground;
        state.bg_stroke = Stroke::new(1.0, frame);
        state.fg_stroke = Stroke::new(1.0, tokens.text);
        state.corner_radius = CornerRadius::same(4);
        state.expansion = 0.0;
    }
    // What has the keyboard focus is drawn as active: a thick frame, and no other ground, which
    // would read as chosen.
    widgets.active.bg_stroke = Stroke::new(2.0, tokens.accent);
    style
}
