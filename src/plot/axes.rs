//! Scales, panels and the numbers of their axes.

use super::PlotError;
use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::page::SMALL;
use super::text::width;

/// Where one panel lies, and how values map to it.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub x: Scale,
    pub y: Scale,
}

impl Panel {
    /// A panel as wide as the page with room for its numbers; given are the
    /// ends of its axes, its upper edge and height, and the space between its
    /// edges and the ends of the horizontal axis.
    pub fn framed(
        (xs, ys): ((f64, f64), (f64, f64)),
        percent: bool,
        (top, high): (f64, f64),
        inset: f64,
    ) -> Result<Self, PlotError> {
        let left = MARGIN + gutter(ys, high, percent)?.max(30.0);
        let x = Scale { values: xs, pixels: (left + inset, WIDTH - 20.0 - inset) };
        Ok(Self { x, y: Scale { values: ys, pixels: (top + high, top) } })
    }

    /// The panel moved down the page.
    pub fn lowered(self, by: f64) -> Self {
        let (lower, upper) = self.y.pixels;
        Self { y: Scale { pixels: (lower + by, upper + by), ..self.y }, ..self }
    }

    /// A line across the panel at a value that is on its axis.
    pub fn level(&self, canvas: &mut Canvas, value: f64, width: f64, ink: Ink) {
        let [left, _, right, _] = self.edges();
        let y = self.y.within(value);
        canvas.line(vec![(left, y), (right, y)], width, ink);
    }

    pub fn spot(&self, x: f64, y: f64) -> Spot {
        (self.x.within(x), self.y.within(y))
    }

    /// Left, upper, right and lower edge.
    pub fn edges(&self) -> [f64; 4] {
        let ((left, right), (lower, upper)) = (self.x.pixels, self.y.pixels);
        [left, upper, right, lower]
    }

    /// The step between the grid lines of values, which also the numbers of
    /// low panels do not crowd.
    pub fn step(&self) -> f64 {
        let (low, high) = self.y.values;
        value_step(high - low, ((self.y.pixels.0 - self.y.pixels.1) / 24.0).clamp(2.0, 6.0))
    }

    /// Grid, ticks and numbers, the values `step` apart; `numbered` says
    /// whether the horizontal axis has numbers or leaves them to a panel below.
    pub fn axes(&self, canvas: &mut Canvas, step: f64, percent: bool, numbered: bool) {
        self.levels(canvas, step, percent);
        self.floor(canvas, numbered);
    }

    /// Grid lines and numbers of the vertical axis, the values `step` apart.
    pub fn levels(&self, canvas: &mut Canvas, step: f64, percent: bool) {
        let [left, _, right, _] = self.edges();
        for value in self.y.ticks(step) {
            let y = self.y.at(value);
            let ink = if value == 0.0 { Ink::DARK } else { Ink::PALE };
            canvas.line(vec![(left, y), (right, y)], 1.0, ink);
            let text = number(value, step, percent);
            let at = (left - 7.0, y + 0.36 * SMALL.em);
            canvas.text(at, &text, SMALL, Anchor::End, Ink::BLACK);
        }
    }

    /// The horizontal axis alone, in whole numbers.
    pub fn floor(&self, canvas: &mut Canvas, numbered: bool) {
        let [left, _, right, _] = self.edges();
        let (from, to) = self.x.values;
        let widest = [from, to].map(|end| width(&number(end, 1.0, false), SMALL));
        let widest = widest[0].max(widest[1]) + 10.0;
        let step = round_step(to - from, (right - left) / widest, 1.0);
        self.floor_by(canvas, step, false, numbered);
    }

    /// The horizontal axis alone, its numbers `step` apart.
    pub fn floor_by(&self, canvas: &mut Canvas, step: f64, percent: bool, numbered: bool) {
        let [left, _, right, ground] = self.edges();
        if self.y.values.0 != 0.0 {
            canvas.line(vec![(left, ground), (right, ground)], 1.0, Ink::DARK);
        }
        for value in self.x.ticks(step) {
            let x = self.x.at(value);
            canvas.line(vec![(x, ground), (x, ground + 5.0)], 1.0, Ink::DARK);
            if numbered {
                let at = (x, ground + 8.0 + SMALL.em);
                let text = number(value, step, percent);
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
        let first = (self.values.0 / step - 1e-9).ceil();
        let last = (self.values.1 / step + 1e-9).floor();
        let count = (last - first).clamp(-1.0, 1000.0) as i64;
        let ticks = (0..=count).map(|i| (first + i as f64) * step);
        ticks.filter(|tick| tick.is_finite()).collect()
    }

    /// The step between the numbers of a horizontal axis that do not crowd, or
    /// an error when they are too long for it.
    pub fn checked_step(&self, percent: bool) -> Result<f64, PlotError> {
        let (span, long) = (self.values.1 - self.values.0, self.pixels.1 - self.pixels.0);
        let steps = (2..=8).rev().map(|pieces| value_step(span, f64::from(pieces)));
        let fits = |step: &f64| (self.widest(*step, percent) + 14.0) * span / step <= long;
        steps.into_iter().find(fits).ok_or_else(too_long)
    }

    /// Width of the widest number on the scale.
    pub fn widest(&self, step: f64, percent: bool) -> f64 {
        let numbers = self.ticks(step).into_iter().map(|value| number(value, step, percent));
        numbers.map(|number| width(&number, SMALL)).fold(0.0, f64::max)
    }
}

/// The smallest of 1, 2, 5, 10, 20 … times `unit` that cuts `span` into no
/// more than `at_most` pieces.
pub(super) fn round_step(span: f64, at_most: f64, unit: f64) -> f64 {
    let mut step = unit;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(2000) {
        // A span of six steps may be a hair more than that.
        if span / step <= at_most * (1.0 + 1e-9) {
            break;
        }
        step *= factor;
    }
    step
}

/// A step for an axis of shares or counts that spans `span`: 1, 2 or 5 times a
/// power of ten, so that there are no more than `at_most` pieces.
pub(super) fn value_step(span: f64, at_most: f64) -> f64 {
    let mut unit = 1.0;
    while unit > span / 100.0 && unit > 1e-300 {
        unit /= 10.0;
    }
    round_step(span, at_most, unit)
}

/// The step of numbers that have as many decimals.
pub(super) fn step_of(decimals: usize, percent: bool) -> f64 {
    let whole = if percent { 0.01 } else { 1.0 };
    (0..decimals.min(6)).fold(whole, |step, _| step / 10.0)
}

/// The ends of an axis that holds all the values: those of `wanted` where it
/// holds them, else round ones. An axis of values above 0 begins there unless
/// that would waste much of it. `None` when there is no axis to draw.
pub(super) fn round_ends(
    values: impl Iterator<Item = f64>,
    wanted: Option<(f64, f64)>,
) -> Option<(f64, f64)> {
    let finite = values.filter(|v| v.is_finite());
    let (least, most) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    let sound = |(low, high): &(f64, f64)| high > low && (high - low).is_finite();
    let wanted = wanted.filter(sound);
    if least > most {
        return None;
    }
    let from_zero = least >= 0.0 && least <= 0.4 * most;
    let (mut low, mut high) = (if from_zero { 0.0 } else { least }, most);
    if low >= high {
        // One value alone is shown by its distance from 0.
        low = low.min(0.0);
        high = if low == high { 1.0 } else { high.max(0.0) };
    }
    let step = value_step(high - low, 6.0);
    let (mut low, mut high) =
        ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
    if let Some((from, to)) = wanted {
        low = if least >= from { from } else { low };
        high = if most <= to { to } else { high };
    }
    Some((low, high)).filter(sound)
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
    let mut digits = format!("{:.decimals$}", value.abs() * factor);
    let nothing = digits.chars().all(|digit| matches!(digit, '0' | '.'));
    let minus = if value < 0.0 && !nothing { "\u{2212}" } else { "" };
    let whole = digits.find('.').unwrap_or(digits.len());
    // Below 10,000 there is nothing to group.
    if whole > 4 {
        for place in (1..whole).rev().filter(|place| (whole - place) % 3 == 0) {
            digits.insert(place, ',');
        }
    }
    format!("{minus}{digits}{sign}")
}

/// The ends of a horizontal axis that holds all the finite values.
pub(super) fn domain(values: impl Iterator<Item = f64>) -> Result<(f64, f64), PlotError> {
    let finite = values.filter(|v| v.is_finite());
    let (from, to) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    match (from, to) {
        _ if from > to => Err(PlotError("there is no finite point to draw".into())),
        _ if from < -1e9 || to > 1e9 => {
            Err(PlotError("the points lie too far apart to draw".into()))
        }
        _ if from == to => Ok((from - 0.5, to + 0.5)),
        ends => Ok(ends),
    }
}

/// Space for the numbers of a vertical axis that is `high` pixels high.
pub(super) fn gutter(values: (f64, f64), high: f64, percent: bool) -> Result<f64, PlotError> {
    let y = Scale { values, pixels: (high, 0.0) };
    let wide = y.widest(Panel { x: y, y }.step(), percent) + 8.0;
    if wide > 118.0 { Err(too_long()) } else { Ok(wide) }
}

fn too_long() -> PlotError {
    PlotError("the numbers of the axis are too long to draw".into())
}
