//! Scales, panels and the numbers of their axes.

use super::canvas::{Anchor, Canvas, Ink, Spot};
use super::page::SMALL;
use super::text::width;

/// Where one panel lies, and how values map to it.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub x: Scale,
    pub y: Scale,
}

impl Panel {
    pub fn spot(&self, x: f64, y: f64) -> Spot {
        (self.x.within(x), self.y.within(y))
    }

    /// Left, upper, right and lower edge.
    pub fn edges(&self) -> [f64; 4] {
        let ((left, right), (lower, upper)) = (self.x.pixels, self.y.pixels);
        [left, upper, right, lower]
    }

    /// Grid, ticks and numbers; `numbered` says whether the horizontal axis
    /// has numbers or leaves them to a panel below.
    pub fn axes(&self, canvas: &mut Canvas, percent: bool, numbered: bool) {
        let [left, _, right, ground] = self.edges();
        let step = value_step(self.y.values.1);
        for value in self.y.ticks(step) {
            let y = self.y.at(value);
            let ink = if value == 0.0 { Ink::DARK } else { Ink::PALE };
            canvas.line(vec![(left, y), (right, y)], 1.0, ink);
            let text = number(value, step, percent);
            let at = (left - 7.0, y + 0.36 * SMALL.em);
            canvas.text(at, &text, SMALL, Anchor::End, Ink::BLACK);
        }
        let (from, to) = self.x.values;
        let widest = width(&number(to, 1.0, false), SMALL) + 10.0;
        let step = round_step(to - from, (right - left) / widest, 1.0);
        for value in self.x.ticks(step) {
            let x = self.x.at(value);
            canvas.line(vec![(x, ground), (x, ground + 5.0)], 1.0, Ink::DARK);
            if numbered {
                let at = (x, ground + 8.0 + SMALL.em);
                let text = number(value, step, false);
                canvas.text(at, &text, SMALL, Anchor::Middle, Ink::BLACK);
            }
        }
    }
}

/// A straight scale from values to pixels.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// The values at the two ends.
    pub values: (f64, f64),
    /// The pixels they are drawn at.
    pub pixels: (f64, f64),
}

impl Scale {
    pub fn at(&self, value: f64) -> f64 {
        let share = (value - self.values.0) / (self.values.1 - self.values.0);
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    /// Like [`Scale::at`], but not beyond the ends.
    pub fn within(&self, value: f64) -> f64 {
        self.at(value.clamp(self.values.0, self.values.1))
    }

    /// The multiples of `step` that lie on the scale.
    pub fn ticks(&self, step: f64) -> Vec<f64> {
        let first = (self.values.0 / step).ceil();
        let last = (self.values.1 / step + 1e-9).floor();
        let count = (last - first).clamp(-1.0, 1000.0) as i64;
        (0..=count).map(|i| (first + i as f64) * step).collect()
    }
}

/// The smallest of 1, 2, 5, 10, 20 … times `unit` that cuts `span` into no
/// more than `at_most` pieces.
pub(super) fn round_step(span: f64, at_most: f64, unit: f64) -> f64 {
    let mut step = unit;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(2000) {
        if span / step <= at_most {
            break;
        }
        step *= factor;
    }
    step
}

/// A step for an axis of shares or counts up to `top`: about four to six ticks.
pub(super) fn value_step(top: f64) -> f64 {
    let mut unit = 1.0;
    while unit > top / 100.0 && unit > 1e-300 {
        unit /= 10.0;
    }
    round_step(top, 6.0, unit)
}

/// An axis number with as many decimals as its step asks for.
pub(super) fn number(value: f64, step: f64, percent: bool) -> String {
    let (factor, sign) = if percent { (100.0, " %") } else { (1.0, "") };
    let mut decimals = 0;
    let mut rest = step * factor;
    while decimals < 6 && (rest - rest.round()).abs() > 1e-6 * rest.abs() {
        rest *= 10.0;
        decimals += 1;
    }
    format!("{:.decimals$}{sign}", value * factor)
}
