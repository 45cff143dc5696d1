//! The embedded font, and how wide its words are.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, GlyphId};
use plotters::style::{FontStyle, register_font};

/// Height of a line box of the embedded font in ems (ascent 1901 and descent
/// 483 of 2048). The bitmap backend takes this height for the font's size.
pub(super) const LINE_BOX: f64 = (1901.0 + 483.0) / 2048.0;

/// What keeps the place of a character that the font lacks: about as wide as
/// the scripts and symbols that it lacks.
const GAP: &str = "\u{a0}\u{a0}\u{a0}";

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

    fn font(self) -> Option<&'static FontRef<'static>> {
        fonts().map(|fonts| &fonts[usize::from(self.bold)])
    }
}

/// The embedded font, regular and bold, registered under the family name that
/// plotters looks up, so that no font of the machine is ever asked for.
fn fonts() -> Option<&'static [FontRef<'static>; 2]> {
    static FONTS: OnceLock<Option<[FontRef<'static>; 2]>> = OnceLock::new();
    let read = |style, bytes: &'static [u8]| {
        register_font("sans-serif", style, bytes).ok()?;
        FontRef::try_from_slice(bytes).ok()
    };
    let both = || {
        let regular = read(FontStyle::Normal, include_bytes!("../../assets/RppsimSans.ttf"))?;
        let bold = read(FontStyle::Bold, include_bytes!("../../assets/RppsimSans-Bold.ttf"))?;
        Some([regular, bold])
    };
    FONTS.get_or_init(both).as_ref()
}

/// Whether the embedded font can be read.
pub(super) fn fonts_ready() -> bool {
    fonts().is_some()
}

/// Whether the font lacks a character.
fn lacks(face: Face, letter: char) -> bool {
    !letter.is_control() && face.font().is_some_and(|font| font.glyph_id(letter) == GlyphId(0))
}

/// The text with room for what the font lacks, and where that is: the left and
/// the right edge of each such character, in pixels from the beginning.
pub(super) fn with_gaps(text: &str, face: Face) -> (String, Vec<(f64, f64)>) {
    let (mut out, mut gaps, mut pen) = (String::new(), Vec::new(), Pen::new(face));
    for letter in text.chars() {
        let next = pen.after(letter);
        if lacks(face, letter) {
            gaps.push((pen.width(), next.width()));
            out.push_str(GAP);
        } else {
            out.push(letter);
        }
        pen = next;
    }
    (out, gaps)
}

/// A pen that has written a piece of a line.
#[derive(Clone, Copy)]
struct Pen {
    face: Face,
    ems: f64,
    last: Option<GlyphId>,
}

impl Pen {
    fn new(face: Face) -> Self {
        Self { face, ems: 0.0, last: None }
    }

    /// The pen one character on.
    fn after(self, letter: char) -> Self {
        let Some(font) = self.face.font() else { return Self { ems: self.ems + 0.6, ..self } };
        if lacks(self.face, letter) {
            return GAP.chars().fold(self, Self::after);
        }
        let glyph = font.glyph_id(if letter.is_control() { ' ' } else { letter });
        let kern = self.last.map_or(0.0, |last| font.kern_unscaled(last, glyph));
        let units = f64::from(font.h_advance_unscaled(glyph) + kern);
        let ems = self.ems + units / f64::from(font.units_per_em().unwrap_or(2048.0));
        Self { ems, last: Some(glyph), ..self }
    }

    fn width(self) -> f64 {
        self.ems * self.face.em
    }
}

/// Width of a line of text in pixels.
pub(super) fn width(text: &str, face: Face) -> f64 {
    text.chars().fold(Pen::new(face), Pen::after).width()
}

/// Breaks text into lines no wider than `max`; a longer word is split.
pub(super) fn wrap(text: &str, face: Face, max: f64) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    let mut pen = Pen::new(face);
    for word in text.split_whitespace() {
        let before = if line.is_empty() { pen } else { pen.after(' ') };
        let longer = word.chars().fold(before, Pen::after);
        if longer.width() <= max {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
            pen = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        pen = Pen::new(face);
        for letter in word.chars() {
            let mut next = pen.after(letter);
            if next.width() > max && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                next = Pen::new(face).after(letter);
            }
            line.push(letter);
            pen = next;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Like [`wrap`], but in no more than `most` lines, the last one cut short if
/// there would be more.
pub(super) fn wrap_to(most: usize, text: &str, face: Face, max: f64) -> Vec<String> {
    let mut lines = wrap(text, face, max);
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1);
        lines.push(clip(&rest.join(" "), face, max));
    }
    lines
}

/// The text if it fits, else its beginning and an ellipsis.
pub(super) fn clip(text: &str, face: Face, max: f64) -> String {
    let (mut pen, mut fitting) = (Pen::new(face), 0);
    for (at, letter) in text.char_indices() {
        pen = pen.after(letter);
        if pen.width() > max {
            return format!("{}…", &text[..fitting]);
        }
        if !letter.is_whitespace() && pen.after('…').width() <= max {
            fitting = at + letter.len_utf8();
        }
    }
    text.to_string()
}
