//! What all pictures share: heading, legend and footnote.

use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::text::{Face, clip, width, wrap, wrap_to};

/// Type for axis numbers, legends and labels in a picture.
pub(super) const SMALL: Face = Face::regular(13.0);
/// Type for names of panels.
pub(super) const STRONG: Face = Face::bold(14.0);

/// A title, a subtitle or the words of an axis have no more lines; a footnote
/// has no more than three times as many.
const LINES: usize = 6;

/// Title and subtitle; gives the y below them.
pub(super) fn heading(canvas: &mut Canvas, title: &str, subtitle: &str) -> f64 {
    let room = WIDTH - 2.0 * MARGIN;
    // A long title shrinks until it takes two lines; at the last size it may
    // take more.
    let mut face = Face::bold(20.0);
    while face.em > 16.0 && wrap(title, face, room).len() > 2 {
        face.em -= 1.0;
    }
    let mut y = 10.0;
    for line in wrap_to(LINES, title, face, room) {
        y += face.leading();
        canvas.text((MARGIN, y), &line, face, Anchor::Start, Ink::BLACK);
    }
    let face = Face::regular(14.0);
    for line in wrap_to(LINES, subtitle, face, room) {
        y += face.leading() + 2.0;
        canvas.text((MARGIN, y), &line, face, Anchor::Start, Ink::DARK);
    }
    y + 12.0
}

/// What an axis counts, below it and centred between two pixels as far as the
/// page allows; gives the y of its last line.
pub(super) fn caption(canvas: &mut Canvas, mut y: f64, ends: (f64, f64), text: &str) -> f64 {
    for line in wrap_to(LINES, text, SMALL, WIDTH - 2.0 * MARGIN) {
        y += SMALL.leading();
        let half = width(&line, SMALL) / 2.0;
        let middle = ((ends.0 + ends.1) / 2.0).max(MARGIN + half).min(WIDTH - MARGIN - half);
        canvas.text((middle, y), &line, SMALL, Anchor::Middle, Ink::BLACK);
    }
    y
}

/// What a vertical axis counts, above its panel; gives the y below.
pub(super) fn above(canvas: &mut Canvas, mut y: f64, text: &str) -> f64 {
    for line in wrap_to(LINES, text, SMALL, WIDTH - 2.0 * MARGIN) {
        y += SMALL.leading();
        canvas.text((MARGIN, y), &line, SMALL, Anchor::Start, Ink::DARK);
    }
    y + 4.0
}

/// A name and, behind it or else below it, what is counted, between two
/// pixels; gives the y of its last line.
pub(super) fn named(
    canvas: &mut Canvas,
    (from, to): (f64, f64),
    y: f64,
    name: &str,
    what: &str,
) -> f64 {
    let name = clip(name, STRONG, to - from);
    canvas.text((from, y), &name, STRONG, Anchor::Start, Ink::BLACK);
    let next = from + width(&name, STRONG) + 16.0;
    let at = if next + width(what, SMALL) > to { (from, y + SMALL.leading()) } else { (next, y) };
    let what = clip(what, SMALL, to - at.0);
    canvas.text(at, &what, SMALL, Anchor::Start, Ink::DARK);
    at.1
}

/// What must not be read into the picture, at the foot; gives the y below.
pub(super) fn footnote(canvas: &mut Canvas, mut y: f64, text: &str) -> f64 {
    let face = Face::regular(12.5);
    for line in wrap_to(3 * LINES, text, face, WIDTH - 2.0 * MARGIN) {
        y += face.leading();
        canvas.text((MARGIN, y), &line, face, Anchor::Start, Ink::DARK);
    }
    y + 14.0
}

/// Draws a sample that begins at a spot and is centred on its height.
type Sample = Box<dyn Fn(&mut Canvas, Spot)>;

/// One entry of a legend.
pub(super) struct Key {
    sample: Sample,
    wide: f64,
    label: String,
}

impl Key {
    /// An entry whose sample is `wide` pixels wide.
    pub fn new(
        label: impl Into<String>,
        wide: f64,
        sample: impl Fn(&mut Canvas, Spot) + 'static,
    ) -> Self {
        Self { sample: Box::new(sample), wide, label: label.into() }
    }
}

/// The legend in as many rows as it needs; gives the y below it.
pub(super) fn legend(canvas: &mut Canvas, y: f64, keys: &[Key]) -> f64 {
    let row = 20.0;
    let (mut x, mut middle) = (MARGIN, y + row / 2.0);
    for key in keys {
        let label = clip(&key.label, SMALL, WIDTH - 2.0 * MARGIN - key.wide - 6.0);
        let whole = key.wide + 6.0 + width(&label, SMALL);
        if x > MARGIN && x + whole > WIDTH - MARGIN {
            (x, middle) = (MARGIN, middle + row);
        }
        (key.sample)(canvas, (x, middle));
        let at = (x + key.wide + 6.0, middle + 0.36 * SMALL.em);
        canvas.text(at, &label, SMALL, Anchor::Start, Ink::BLACK);
        x += whole + 18.0;
    }
    if keys.is_empty() { y } else { middle + row / 2.0 + 6.0 }
}
