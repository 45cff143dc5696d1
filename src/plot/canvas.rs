//! The page: a list of shapes, drawn alike as SVG and as PNG.
//!
//! A picture lays itself out once, in pixels of a page that is [`WIDTH`] wide,
//! and the list is then played to both of plotters' backends. So the two files
//! cannot differ in what they show, and nothing else here knows plotters.

use plotters::prelude::{BitMapBackend, DrawingBackend, FontFamily, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, RGBAColor, ShapeStyle, TextStyle};

use super::text::{Face, LINE_BOX, fonts_ready, width, with_gaps};
use super::{Image, PlotError, png};

/// Width of every page. Type of 13 pixels on it stays legible when the picture
/// is printed half a text column wide.
pub(super) const WIDTH: f64 = 760.0;
/// Space kept free at the edges of the page.
pub(super) const MARGIN: f64 = 16.0;

/// The backends know whole pixels only, so the SVG is drawn this much larger
/// and scaled down by its view box.
const SVG_SCALE: f64 = 3.0;
/// Pixels of the PNG for one of the page.
const PNG_SCALE: u32 = 2;
/// The bitmap is drawn this much larger still and averaged down, which
/// smooths edges and the spacing of letters.
const SMOOTHING: u32 = 2;

/// Fonts named in the SVG: first the one measured, then others about as wide.
const SVG_FONTS: &str = "DejaVu Sans, Verdana, sans-serif";

/// Ink: red, green, blue and opacity.
#[derive(Clone, Copy)]
pub(super) struct Ink(pub u8, pub u8, pub u8, pub f64);

impl Ink {
    pub const BLACK: Self = Self(0, 0, 0, 1.0);
    pub const WHITE: Self = Self(255, 255, 255, 1.0);
    /// For secondary text.
    pub const DARK: Self = Self(70, 70, 70, 1.0);
    /// For frames and leader lines.
    pub const GREY: Self = Self(140, 140, 140, 1.0);
    /// For grid lines.
    pub const PALE: Self = Self(222, 222, 222, 1.0);
    /// Colours of Okabe and Ito, told apart by all common kinds of sight.
    pub const BLUE: Self = Self(0, 114, 178, 1.0);
    pub const VERMILION: Self = Self(213, 94, 0, 1.0);
    pub const GREEN: Self = Self(0, 158, 115, 1.0);
    pub const PURPLE: Self = Self(204, 121, 167, 1.0);

    pub const fn faded(self, opacity: f64) -> Self {
        Self(self.0, self.1, self.2, opacity)
    }
}

/// A place on the page: right and down from the upper left corner.
pub(super) type Spot = (f64, f64);

/// Which end of a text its position fixes.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

enum Shape {
    Area(Vec<Spot>, Ink),
    Line(Vec<Spot>, f64, Ink),
    Disc(Spot, f64, Ink),
    Text(Spot, String, Face, Anchor, Ink),
}

/// How a backend sets type.
#[derive(Clone, Copy)]
struct Type {
    /// What it calls the size of a font of one em.
    size: f64,
    /// How far above its baseline text is hung, in ems.
    rise: f64,
    /// Whether it has the embedded font alone, so that boxes stand for what that lacks.
    gaps: bool,
}

/// What has been drawn so far, in drawing order.
#[derive(Default)]
pub(super) struct Canvas {
    shapes: Vec<Shape>,
    /// Lines of text with characters that the font lacks.
    unseen: Vec<String>,
}

impl Canvas {
    pub fn area(&mut self, outline: Vec<Spot>, ink: Ink) {
        self.shapes.push(Shape::Area(outline, ink));
    }

    pub fn rect(&mut self, (x0, y0): Spot, (x1, y1): Spot, ink: Ink) {
        self.area(vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink);
    }

    pub fn line(&mut self, path: Vec<Spot>, width: f64, ink: Ink) {
        self.shapes.push(Shape::Line(path, width, ink));
    }

    /// A filled rectangle with a line around it.
    pub fn framed(&mut self, from: Spot, to: Spot, fill: Ink, width: f64, ink: Ink) {
        let inner = ((from.0 + width, from.1 + width), (to.0 - width, to.1 - width));
        self.rect(from, to, ink);
        if inner.0.0 < inner.1.0 && inner.0.1 < inner.1.1 {
            self.rect(inner.0, inner.1, fill);
        }
    }

    /// A line of dashes. SVG's own dashes are out of plotters' reach, and
    /// these fall alike in both files.
    pub fn dashed(&mut self, path: &[Spot], width: f64, ink: Ink, (on, off): (f64, f64)) {
        let mut walked = 0.0;
        for (a, b) in path.iter().zip(path.iter().skip(1)) {
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = (dx * dx + dy * dy).sqrt();
            if !length.is_finite() || length > 1e5 {
                return;
            }
            let along = |at: f64| (a.0 + dx * at / length, a.1 + dy * at / length);
            let mut start = (walked / (on + off)).floor() * (on + off) - walked;
            while start < length {
                let (from, to) = (start.max(0.0), (start + on).min(length));
                if from < to {
                    self.line(vec![along(from), along(to)], width, ink);
                }
                start += on + off;
            }
            walked += length;
        }
    }

    /// A level or upright line with ticks at its ends.
    pub fn whisker(&mut self, from: Spot, to: Spot, width: f64, ink: Ink) {
        self.line(vec![from, to], width, ink);
        let (dx, dy) = if from.1 == to.1 { (0.0, 4.0) } else { (4.0, 0.0) };
        for (x, y) in [from, to] {
            self.line(vec![(x - dx, y - dy), (x + dx, y + dy)], width, ink);
        }
    }

    pub fn disc(&mut self, centre: Spot, radius: f64, ink: Ink) {
        self.shapes.push(Shape::Disc(centre, radius, ink));
    }

    /// A line of text on the baseline `at.1`.
    pub fn text(&mut self, at: Spot, text: &str, face: Face, anchor: Anchor, ink: Ink) {
        // Control characters have no place in XML.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if !text.trim().is_empty() {
            if !with_gaps(&text, face).1.is_empty() {
                self.unseen.push(text.clone());
            }
            self.shapes.push(Shape::Text(at, text, face, anchor, ink));
        }
    }

    /// Both files of a page that ends at `height`; `title` and `note` become
    /// the SVG's text for readers who cannot see it.
    pub fn finish(self, height: f64, title: &str, note: &str) -> Result<Image, PlotError> {
        if !fonts_ready() {
            return Err(PlotError("the embedded font cannot be read".into()));
        }
        let (width, height) = (WIDTH as u32, height.ceil().clamp(1.0, 20_000.0) as u32);
        let (svg, png) = (self.svg(width, height, title, note)?, self.png(width, height)?);
        Ok(Image { svg, png, unseen: self.unseen })
    }

    fn svg(&self, width: u32, height: u32, title: &str, note: &str) -> Result<String, PlotError> {
        let size = (width * SVG_SCALE as u32, height * SVG_SCALE as u32);
        let mut drawn = String::new();
        let mut backend = SVGBackend::with_string(&mut drawn, size);
        // The backend divides a font's size by 1.24 and hangs text 0.76 em
        // above its baseline.
        let type_of = Type { size: 1.24, rise: 0.76, gaps: false };
        self.play(&mut backend, SVG_SCALE, type_of)?;
        backend.present().map_err(told)?;
        drop(backend);

        // Only the backend's own opening tag and attributes can match: quotes
        // within texts are escaped.
        let body = drawn.split_once('\n').map_or("", |(_, rest)| rest);
        let body =
            body.replace("font-family=\"sans-serif\"", &format!("font-family=\"{SVG_FONTS}\""));
        Ok(format!(
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n<title>{}</title>\n<desc>{}</desc>\n{body}",
            size.0,
            size.1,
            escaped(title),
            escaped(note),
        ))
    }

    fn png(&self, width: u32, height: u32) -> Result<Vec<u8>, PlotError> {
        let (wide, high) = (width * PNG_SCALE, height * PNG_SCALE);
        let fine = (wide * SMOOTHING, high * SMOOTHING);
        let mut pixels = vec![255; (fine.0 * fine.1 * 3) as usize];
        let mut backend = BitMapBackend::with_buffer(&mut pixels, fine);
        // The bitmap's font size is its line box, and its letters stand half
        // that size below the upper edge.
        let scale = f64::from(PNG_SCALE * SMOOTHING);
        let type_of = Type { size: LINE_BOX, rise: LINE_BOX / 2.0, gaps: true };
        self.play(&mut backend, scale, type_of)?;
        drop(backend);
        png::encode(&averaged(&pixels, wide as usize), wide, high)
    }

    /// Plays the shapes to a backend.
    fn play<B: DrawingBackend>(
        &self,
        backend: &mut B,
        scale: f64,
        type_of: Type,
    ) -> Result<(), PlotError> {
        // Far outside the page is as good as anywhere outside the page.
        let pixel = |v: f64| (v * scale).clamp(-1e5, 1e5).round() as i32;
        let pixels = |path: &[Spot]| {
            let mut out: Vec<(i32, i32)> = Vec::with_capacity(path.len());
            let sound = path.iter().filter(|(x, y)| x.is_finite() && y.is_finite());
            out.extend(sound.map(|(x, y)| (pixel(*x), pixel(*y))));
            out.dedup(); // backends stumble over steps of no length
            out
        };
        let colour = |ink: Ink| RGBAColor(ink.0, ink.1, ink.2, ink.3);
        for shape in &self.shapes {
            match shape {
                Shape::Area(outline, ink) => {
                    let outline = pixels(outline);
                    if outline.len() > 2 {
                        let style = ShapeStyle::from(&colour(*ink)).filled();
                        backend.fill_polygon(outline, &style).map_err(told)?;
                    }
                }
                Shape::Line(path, width, ink) => {
                    let path = pixels(path);
                    if path.len() > 1 {
                        let width = pixel(*width).max(1) as u32;
                        let style = ShapeStyle::from(&colour(*ink)).stroke_width(width);
                        backend.draw_path(path, &style).map_err(told)?;
                    }
                }
                Shape::Disc(centre, radius, ink) => {
                    if let Some(centre) = pixels(&[*centre]).first() {
                        let style = ShapeStyle::from(&colour(*ink)).filled();
                        let radius = pixel(*radius).max(1) as u32;
                        backend.draw_circle(*centre, radius, &style, true).map_err(told)?;
                    }
                }
                Shape::Text((x, y), text, face, anchor, ink) => {
                    let em = face.em * scale;
                    let font =
                        FontDesc::new(FontFamily::SansSerif, em * type_of.size, face.style());
                    let h_pos = match anchor {
                        Anchor::Start => HPos::Left,
                        Anchor::Middle => HPos::Center,
                        Anchor::End => HPos::Right,
                    };
                    let style =
                        TextStyle { pos: Pos::new(h_pos, VPos::Top), ..font.color(&colour(*ink)) };
                    let at = (pixel(*x), pixel(*y - face.em * type_of.rise));
                    if !type_of.gaps {
                        backend.draw_text(text, &style, at).map_err(told)?;
                        continue;
                    }
                    let (text, gaps) = with_gaps(text, *face);
                    backend.draw_text(&text, &style, at).map_err(told)?;
                    let left = match anchor {
                        Anchor::Start => *x,
                        Anchor::Middle => *x - width(&text, *face) / 2.0,
                        Anchor::End => *x - width(&text, *face),
                    };
                    for (from, to) in gaps {
                        let (from, to) = (left + from + 0.08 * face.em, left + to - 0.08 * face.em);
                        let (top, base) = (*y - 0.72 * face.em, *y);
                        let frame =
                            [(from, base), (from, top), (to, top), (to, base), (from, base)];
                        let style = ShapeStyle::from(&colour(*ink)).stroke_width(scale as u32);
                        backend.draw_path(pixels(&frame), &style).map_err(told)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn told(error: impl std::fmt::Display) -> PlotError {
    PlotError(error.to_string())
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The bitmap at its final size: each pixel the mean of a square of fine ones.
fn averaged(fine: &[u8], wide: usize) -> Vec<u8> {
    let n = SMOOTHING as usize;
    let stride = wide * n * 3;
    let blank = vec![255; stride * n];
    let mut out = Vec::with_capacity(fine.len() / (n * n));
    let mut sums = vec![0u16; wide * 3];
    for rows in fine.chunks_exact(stride * n) {
        // Most of a page is empty.
        if rows == blank {
            out.resize(out.len() + wide * 3, 255);
            continue;
        }
        sums.fill(0);
        for row in rows.chunks_exact(stride) {
            for (sums, square) in sums.chunks_exact_mut(3).zip(row.chunks_exact(3 * n)) {
                for pixel in square.chunks_exact(3) {
                    sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u16::from(*value));
                }
            }
        }
        out.extend(sums.iter().map(|sum| (sum / (SMOOTHING * SMOOTHING) as u16) as u8));
    }
    out
}
