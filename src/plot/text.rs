//! The embedded font, and how wide its words are.

use std::sync::OnceLock;

use plotters::prelude::FontFamily;
use plotters::style::{FontDesc, FontStyle, register_font};

/// Height of a line box of the embedded font in ems (ascent 1901 and descent
/// 483 of 2048). The bitmap backend takes this height for the font's size.
pub(super) const LINE_BOX: f64 = (1901.0 + 483.0) / 2048.0;

/// Size and weight of a piece of text.
#[derive(Clone, Copy)]
pub(super) struct Face {
    /// Pixels to the em.
    pub em: f64,
    pub bold: bool,
}

impl Face {
    pub const fn regular(em: f64) -> Self {
        Self { em, bold: false }
    }

    pub const fn bold(em: f64) -> Self {
        Self { em, bold: true }
    }

    /// Distance between the baselines of two lines.
    pub const fn leading(self) -> f64 {
        self.em * 1.28
    }

    pub const fn style(self) -> FontStyle {
        if self.bold { FontStyle::Bold } else { FontStyle::Normal }
    }
}

/// Registers the embedded font under the family name that plotters looks up,
/// so that no font of the machine is ever asked for. False if it failed.
pub(super) fn fonts_ready() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        let regular = include_bytes!("../../assets/RppsimSans.ttf");
        let bold = include_bytes!("../../assets/RppsimSans-Bold.ttf");
        register_font("sans-serif", FontStyle::Normal, regular).is_ok()
            && register_font("sans-serif", FontStyle::Bold, bold).is_ok()
    })
}

/// Width of a line of text in pixels.
pub(super) fn width(text: &str, face: Face) -> f64 {
    // plotters rounds widths to whole pixels; measuring at 1,000 pixels to the
    // em makes that rounding invisible.
    const EM: f64 = 1000.0;
    fonts_ready();
    let font = FontDesc::new(FontFamily::SansSerif, EM * LINE_BOX, face.style());
    match font.layout_box(text) {
        Ok(((left, _), (right, _))) => f64::from(right - left) / EM * face.em,
        Err(_) => 0.6 * face.em * text.chars().count() as f64,
    }
}

/// Breaks text into lines no wider than `max`; a longer word is split.
pub(super) fn wrap(text: &str, face: Face, max: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if width(&longer, face) <= max {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if width(&line, face) > max && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text if it fits, else its beginning and an ellipsis.
pub(super) fn clip(text: &str, face: Face, max: f64) -> String {
    if width(text, face) <= max {
        return text.to_string();
    }
    let mut short = text.to_string();
    while short.pop().is_some() {
        let candidate = format!("{}…", short.trim_end());
        if width(&candidate, face) <= max {
            return candidate;
        }
    }
    "…".to_string()
}
