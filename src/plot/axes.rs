//! Scales, panels and the numbers of their axes.

use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::page::SMALL;
use super::text::width;
use super::{PlotError, Quantity};

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
        quantity: Quantity,
        (top, high): (f64, f64),
        inset: f64,
    ) -> Result<Self, PlotError> {
        let left = MARGIN + gutter(ys, high, quantity)?.max(30.0);
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
    pub fn axes(&self, canvas: &mut Canvas, step: f64, quantity: Quantity, numbered: bool) {
        self.levels(canvas, step, quantity);
        self.floor(canvas, numbered);
    }

    /// Grid lines and numbers of the vertical axis, the values `step` apart.
    pub fn levels(&self, canvas: &mut Canvas, step: f64, quantity: Quantity) {
        let [left, _, right, _] = self.edges();
        for value in self.y.ticks(step) {
            let y = self.y.at(value);
            let ink = if value == 0.0 { Ink::DARK } else { Ink::PALE };
            canvas.line(vec![(left, y), (right, y)], 1.0, ink);
            let text = self.y.label(value, step, quantity);
            let at = (left - 7.0, y + 0.36 * SMALL.em);
            canvas.text(at, &text, SMALL, Anchor::End, Ink::BLACK);
        }
    }

    /// The horizontal axis alone, in whole numbers.
    pub fn floor(&self, canvas: &mut Canvas, numbered: bool) {
        let [left, _, right, _] = self.edges();
        let (from, to) = self.x.values;
        let widest = [from, to].map(|end| width(&number(end, 1.0, Quantity::Number), SMALL));
        let widest = widest[0].max(widest[1]) + 10.0;
        let step = round_step(to - from, (right - left) / widest, 1.0);
        self.floor_by(canvas, step, Quantity::Number, numbered);
    }

    /// The horizontal axis alone, its numbers `step` apart.
    pub fn floor_by(&self, canvas: &mut Canvas, step: f64, quantity: Quantity, numbered: bool) {
        let [left, _, right, ground] = self.edges();
        if self.y.values.0 != 0.0 {
            canvas.line(vec![(left, ground), (right, ground)], 1.0, Ink::DARK);
        }
        for value in self.x.ticks(step) {
            let x = self.x.at(value);
            canvas.line(vec![(x, ground), (x, ground + 5.0)], 1.0, Ink::DARK);
            if numbered {
                let text = self.x.label(value, step, quantity);
                let at = (on_page(x, &text), ground + 8.0 + SMALL.em);
                canvas.text(at, &text, SMALL, Anchor::Middle, Ink::BLACK);
            }
        }
    }
}

/// The middle of a number at a pixel, moved so far that it stays on the page.
pub(super) fn on_page(x: f64, text: &str) -> f64 {
    let half = width(text, SMALL) / 2.0 + 1.0;
    x.min(WIDTH - half).max(half)
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
    /// Where a value lies; in the middle if there is one value alone.
    pub fn at(&self, value: f64) -> f64 {
        let share = match self.is_point() {
            true => 0.5,
            false => (value - self.values.0) / (self.values.1 - self.values.0),
        };
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    /// Whether there is one value alone.
    fn is_point(&self) -> bool {
        self.values.0 == self.values.1
    }

    /// Like [`Scale::at`], but not beyond the ends.
    pub fn within(&self, value: f64) -> f64 {
        self.at(value.clamp(self.values.0, self.values.1))
    }

    /// The multiples of `step` that lie on the scale; the value if it is alone.
    pub fn ticks(&self, step: f64) -> Vec<f64> {
        if self.is_point() {
            return vec![self.values.0];
        }
        // An end that is a multiple may be a few roundings beside it.
        let near = |steps: f64| 1e-9 + 4.0 * f64::EPSILON * steps.abs();
        let (first, last) = (self.values.0 / step, self.values.1 / step);
        let (first, last) = ((first - near(first)).ceil(), (last + near(last)).floor());
        let count = (last - first).clamp(-1.0, 1000.0) as i64;
        let ticks = (0..=count).map(|i| (first + i as f64) * step);
        ticks.filter(|tick| tick.is_finite()).collect()
    }

    /// The number at a tick.
    pub fn label(&self, tick: f64, step: f64, quantity: Quantity) -> String {
        number(tick, if self.is_point() { tick } else { step }, quantity)
    }

    /// The step between the numbers of a horizontal axis that do not crowd, or
    /// an error when they are too long for it.
    pub fn checked_step(&self, quantity: Quantity) -> Result<f64, PlotError> {
        let (span, long) = (self.values.1 - self.values.0, self.pixels.1 - self.pixels.0);
        let steps = (2..=8).rev().map(|pieces| value_step(span, f64::from(pieces)));
        let fits = |step: &f64| (self.widest(*step, quantity) + 14.0) * span / step <= long;
        steps.into_iter().find(fits).ok_or_else(too_long)
    }

    /// Width of the widest number on the scale.
    pub fn widest(&self, step: f64, quantity: Quantity) -> f64 {
        let numbers = self.ticks(step).into_iter().map(|tick| self.label(tick, step, quantity));
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
    if !(span > 0.0 && span.is_finite()) {
        return 1.0;
    }
    let mut unit = 1.0;
    while unit > span / 100.0 && unit > 1e-300 {
        unit /= 10.0;
    }
    round_step(span, at_most, unit)
}

/// The step of numbers that have as many decimals.
pub(super) fn step_of(decimals: usize, quantity: Quantity) -> f64 {
    let whole = 1.0 / quantity.factor();
    (0..decimals.min(12)).fold(whole, |step, _| step / 10.0)
}

/// The ends of an axis that holds all the values: those of `wanted` where it
/// holds them, else round ones. An axis of values above 0 begins there unless
/// that would waste much of it. `None` when there is no axis to draw.
pub(super) fn round_ends(
    values: impl Iterator<Item = f64>,
    wanted: Option<(f64, f64)>,
) -> Option<(f64, f64)> {
    let (least, most) = reach(values.filter(|v| v.is_finite()));
    let sound = |(low, high): &(f64, f64)| high > low && (high - low).is_finite();
    let wanted = wanted.filter(sound);
    if least > most {
        return None;
    }
    let from_zero = least >= 0.0 && least <= 0.4 * most;
    let (mut low, mut high) = (if from_zero { 0.0 } else { least }, most);
    if same(low, high) {
        // One value alone is shown by its distance from 0.
        (low, high) = (low.min(0.0), high.max(0.0));
        high = if low == high { 1.0 } else { high };
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

/// The [`round_ends`] of an axis, or an error that says of what the values lie too far apart.
pub(super) fn axis(
    values: impl Iterator<Item = f64>,
    wanted: Option<(f64, f64)>,
    what: &str,
) -> Result<(f64, f64), PlotError> {
    round_ends(values, wanted).ok_or_else(|| far(what))
}

/// The ends of a horizontal axis that holds all the values, with half a unit on either side.
pub(super) fn padded(
    values: impl Iterator<Item = f64>,
    what: &str,
) -> Result<(f64, f64), PlotError> {
    let (from, to) = reach(values);
    let ends = (from - 0.5, to + 0.5);
    let sound = ends.0 < ends.1 && (ends.1 - ends.0).is_finite();
    if sound { Ok(ends) } else { Err(far(what)) }
}

/// The least and the largest of the values; infinite if there is none.
fn reach(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
}

fn far(what: &str) -> PlotError {
    PlotError(format!("the {what} lie too far apart to draw"))
}

/// Whether values are so close that no axis could tell them apart.
fn same(low: f64, high: f64) -> bool {
    high - low <= 1e-9 * low.abs().max(high.abs())
}

/// The power of ten of the last digit of a value, rounded to six digits; of 0
/// that of the units.
fn last_digit(value: f64) -> i32 {
    let text = format!("{:.5e}", value.abs());
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let after = digits.trim_end_matches('0').trim_end_matches('.').len().saturating_sub(2);
    power.parse::<i32>().unwrap_or(0) - after as i32
}

/// A step of which all values can be written with digits that tell them apart:
/// with six digits each, and with more where those would be the same.
pub(super) fn telling_step(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let apart = sorted.windows(2).filter(|pair| !same(pair[0], pair[1]));
    let gaps = apart.map(|pair| first_digit(pair[1] - pair[0]));
    let last = sorted.iter().map(|v| last_digit(*v)).chain(gaps).min();
    format!("1e{}", last.unwrap_or(0)).parse().unwrap_or(1.0)
}

/// Values as they are written where they must be told apart.
pub fn written(values: &[f64]) -> Vec<String> {
    let step = telling_step(values);
    values.iter().map(|value| number(*value, step, Quantity::Number)).collect()
}

/// More digits than this are written with a power of ten.
const DIGITS: i32 = 12;

/// An axis number with as many digits as its step asks for.
pub(super) fn number(value: f64, step: f64, quantity: Quantity) -> String {
    let factor = quantity.factor();
    let (size, last) = (value.abs() * factor, last_digit(step * factor));
    let first = first_digit(size);
    let decimals = (-last).max(0);
    let mut digits = match first.max(0) + 1 + decimals > DIGITS {
        true => format!("{size:.0$e}", (first - last).clamp(0, 15) as usize),
        false => format!("{size:.0$}", decimals as usize),
    };
    let nothing = digits.chars().take_while(|c| *c != 'e').all(|c| matches!(c, '0' | '.'));
    if nothing && digits.contains('e') {
        digits = "0".into();
    }
    let minus = if value < 0.0 && !nothing { "\u{2212}" } else { "" };
    let whole = digits.find(['.', 'e']).unwrap_or(digits.len());
    // Below 10,000 there is nothing to group.
    if whole > 4 {
        for place in (1..whole).rev().filter(|place| (whole - place) % 3 == 0) {
            digits.insert(place, ',');
        }
    }
    format!("{minus}{}{}", digits.replace('-', "\u{2212}"), quantity.sign())
}

/// The power of ten of the first digit of a value, rounded to six digits.
fn first_digit(value: f64) -> i32 {
    let text = format!("{:.5e}", value.abs());
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// The ends of a horizontal axis that holds all the finite values.
pub(super) fn domain(values: impl Iterator<Item = f64>) -> Result<(f64, f64), PlotError> {
    let (from, to) = reach(values.filter(|v| v.is_finite()));
    match (from, to) {
        _ if from > to => Err(PlotError("there is no finite point to draw".into())),
        _ if from < -1e9 || to > 1e9 => Err(far("points")),
        _ if same(from, to) => Ok((from, from)),
        ends => Ok(ends),
    }
}

/// Space for the numbers of a vertical axis that is `high` pixels high.
pub(super) fn gutter(values: (f64, f64), high: f64, quantity: Quantity) -> Result<f64, PlotError> {
    let y = Scale { values, pixels: (high, 0.0) };
    let wide = y.widest(Panel { x: y, y }.step(), quantity) + 8.0;
    if wide > 150.0 { Err(too_long()) } else { Ok(wide) }
}

fn too_long() -> PlotError {
    PlotError("the numbers of the axis are too long to draw".into())
}
