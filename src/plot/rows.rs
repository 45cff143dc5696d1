//! Rows with labels before them, on a horizontal scale.

use super::Quantity;
use super::axes::{Scale, on_page};
use super::canvas::{Anchor, Canvas, Ink, MARGIN, WIDTH};
use super::page::SMALL;
use super::text::{clip, width, wrap_to};

/// Labels of rows end after this many lines.
const LINES: usize = 3;

/// Width of the labels: that of the widest, but no more than `most`.
pub(super) fn column<'a>(labels: impl Iterator<Item = &'a str>, most: f64) -> f64 {
    labels.map(|label| width(label, SMALL)).fold(0.0, f64::max).min(most)
}

/// A label in lines, the last one cut short if there would be too many.
pub(super) fn lines(label: &str, column: f64) -> Vec<String> {
    // A hair wider, so that the widest label is not broken by rounding.
    wrap_to(LINES, label, SMALL, column + 0.5)
}

/// The height that the lines of a label ask for.
pub(super) fn height(lines: &[String]) -> f64 {
    lines.len() as f64 * SMALL.leading() + 3.0
}

/// Draws a label, centred on `middle`.
pub(super) fn label(canvas: &mut Canvas, middle: f64, lines: &[String]) {
    let mut base = middle - (lines.len() as f64 - 1.0) / 2.0 * SMALL.leading() + 0.36 * SMALL.em;
    for line in lines {
        canvas.text((MARGIN, base), line, SMALL, Anchor::Start, Ink::BLACK);
        base += SMALL.leading();
    }
}

/// Stripes behind every other row, up to the pixel `right`; gives the upper
/// edges of the rows and the lower edge of the last.
pub(super) fn stripes(
    canvas: &mut Canvas,
    top: f64,
    right: f64,
    highs: impl Iterator<Item = f64>,
) -> Vec<f64> {
    let mut edges = vec![top];
    for (i, high) in highs.enumerate() {
        if i % 2 == 0 {
            let stripe = Ink(0, 0, 0, 0.045);
            canvas.rect((MARGIN - 6.0, edges[i]), (right, edges[i] + high), stripe);
        }
        edges.push(edges[i] + high);
    }
    edges
}

/// Upright grid lines between two heights.
pub(super) fn verticals(canvas: &mut Canvas, x: &Scale, step: f64, (top, ground): (f64, f64)) {
    for value in x.ticks(step) {
        let x = x.at(value);
        canvas.line(vec![(x, top), (x, ground)], 1.0, Ink(208, 208, 208, 1.0));
    }
}

/// The axis below the rows, without its numbers.
pub(super) fn ground(canvas: &mut Canvas, x: &Scale, step: f64, ends: (f64, f64), ground: f64) {
    canvas.line(vec![(ends.0, ground), (ends.1, ground)], 1.0, Ink::DARK);
    for value in x.ticks(step) {
        let x = x.at(value);
        canvas.line(vec![(x, ground), (x, ground + 5.0)], 1.0, Ink::DARK);
    }
}

/// The numbers of that axis.
pub(super) fn numbers(canvas: &mut Canvas, x: &Scale, step: f64, quantity: Quantity, ground: f64) {
    for value in x.ticks(step) {
        let text = x.label(value, step, quantity);
        let at = (on_page(x.at(value), &text), ground + 8.0 + SMALL.em);
        canvas.text(at, &text, SMALL, Anchor::Middle, Ink::BLACK);
    }
}

/// Words after a row, centred on `middle`, no wider than `most`.
pub(super) fn text(canvas: &mut Canvas, middle: f64, text: &str, most: f64) {
    let at = (WIDTH - MARGIN, middle + 0.36 * SMALL.em);
    canvas.text(at, &clip(text, SMALL, most + 0.5), SMALL, Anchor::End, Ink::BLACK);
}
