//! Lines and bands over time, for pictures in which worlds share a panel.

use super::axes::{Panel, Scale, number};
use super::canvas::{Canvas, Ink, Spot};
use super::page::Key;
use super::{Place, Quantity, SpanMark};

/// Colours of the first, second and any further world.
pub(super) const COLOURS: [Ink; 3] = [Ink::BLUE, Ink::VERMILION, Ink::GREEN];
/// Shade of a stretch of time where it lies alone; two together are darker.
const SHADE: Ink = Ink(0, 0, 0, 0.085);
/// Width of a sample in a legend.
const SAMPLE: f64 = 34.0;

/// The points in order of `x`, cut where one of them is not `whole`.
pub(super) fn unbroken<T: Clone>(
    points: &[T],
    x: impl Fn(&T) -> f64,
    whole: impl Fn(&T) -> bool,
) -> Vec<Vec<T>> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| x(a).total_cmp(&x(b)));
    points
        .chunk_by(|a, b| whole(a) == whole(b))
        .filter(|run| whole(&run[0]))
        .map(<[T]>::to_vec)
        .collect()
}

/// Where a line through the points runs. A single point is widened, or its
/// line would have no length.
pub(super) fn path<T>(panel: &Panel, run: &[T], at: impl Fn(&T) -> Spot) -> Vec<Spot> {
    let wings: &[f64] = if run.len() == 1 { &[-0.3, 0.3] } else { &[0.0] };
    let at = &at;
    run.iter()
        .flat_map(|p| wings.iter().map(move |wing| (at(p).0 + wing, at(p).1)))
        .map(|(x, y)| panel.spot(x, y))
        .collect()
}

/// A filled band. Its edges keep bands apart in grey.
pub(super) fn band(
    canvas: &mut Canvas,
    upper: Vec<Spot>,
    lower: Vec<Spot>,
    ink: Ink,
    opacity: f64,
) {
    let outline = upper.iter().copied().chain(lower.iter().rev().copied()).collect();
    canvas.area(outline, ink.faded(opacity));
    canvas.line(upper, 0.8, ink.faded(0.6));
    canvas.line(lower, 0.8, ink.faded(0.6));
}

/// How the `nth` of several worlds in one panel is drawn: the first filled and
/// solid, those after it hatched, dotted and dashed, each in its own measure.
#[derive(Clone, Copy)]
pub(super) struct Style(usize);

impl Style {
    pub fn nth(nth: usize) -> Self {
        Self(nth.min(COLOURS.len() - 1))
    }

    fn ink(self) -> Ink {
        COLOURS[self.0]
    }

    /// The band between two paths with a spot each for the same points.
    pub fn band(self, canvas: &mut Canvas, upper: Vec<Spot>, lower: Vec<Spot>) {
        if self.0 == 0 {
            return band(canvas, upper, lower, self.ink(), 0.24);
        }
        for (from, to) in hatches(&upper, &lower, 5.0 * self.0 as f64) {
            canvas.line(vec![from, to], 0.6, self.ink().faded(0.5));
        }
        for edge in [upper, lower] {
            canvas.dashed(&edge, 1.5, self.ink(), (1.8, 2.4));
        }
    }

    /// The line within the band.
    pub fn line(self, canvas: &mut Canvas, path: Vec<Spot>) {
        canvas.line(path.clone(), 4.2, Ink::WHITE.faded(0.65));
        match self.0 {
            0 => canvas.line(path, 2.8, self.ink()),
            1 => canvas.dashed(&path, 2.6, self.ink(), (8.0, 4.0)),
            _ => canvas.dashed(&path, 2.6, self.ink(), (3.0, 3.0)),
        }
    }

    /// A point of the line.
    pub fn dot(self, canvas: &mut Canvas, spot: Spot) {
        canvas.disc(spot, 4.4, self.ink());
        if self.0 > 0 {
            canvas.disc(spot, 2.4, Ink::WHITE);
        }
    }

    /// What the legend says of a world, which may have no band.
    pub fn key(self, label: &str, banded: bool) -> Key {
        Key::new(label, SAMPLE, move |c, (x, y)| {
            let level = |y: f64| vec![(x, y), (x + SAMPLE, y)];
            if banded {
                self.band(c, level(y - 6.5), level(y + 6.5));
            }
            self.line(c, level(y));
        })
    }
}

/// Upright lines between two paths, `gap` apart on the page.
fn hatches(upper: &[Spot], lower: &[Spot], gap: f64) -> Vec<(Spot, Spot)> {
    let mut lines = Vec::new();
    for (above, below) in upper.windows(2).zip(lower.windows(2)) {
        let (from, to) = (above[0].0, above[1].0);
        if !(to > from && to - from < 1e5) {
            continue;
        }
        let mut at = (from / gap).ceil() * gap;
        while at < to {
            let share = (at - from) / (to - from);
            let between = |pair: &[Spot]| pair[0].1 + share * (pair[1].1 - pair[0].1);
            lines.push(((at, between(above)), (at, between(below))));
            at += gap;
        }
    }
    lines
}

/// The stretches of time that can be drawn.
pub(super) fn stretches<X: Place>(marks: &[SpanMark<X>]) -> Vec<&SpanMark<X>> {
    let finite = |m: &&SpanMark<X>| m.from.place().is_finite() && m.to.place().is_finite();
    marks.iter().filter(finite).collect()
}

/// The places that an axis must hold to show the stretches.
pub(super) fn reach<X: Place>(marks: &[SpanMark<X>]) -> impl Iterator<Item = f64> {
    stretches(marks).into_iter().flat_map(|mark| [mark.from.place(), mark.to.place()])
}

/// The pixels over which a stretch is shaded.
pub(super) fn stretch<X: Place>(x: &Scale, mark: &SpanMark<X>) -> (f64, f64) {
    let (from, to) = (x.within(mark.from.place()), x.within(mark.to.place()));
    (from.min(to) - 1.5, from.max(to) + 1.5)
}

/// Shades stretches of time over the height of a panel.
pub(super) fn shade<X: Place>(canvas: &mut Canvas, panel: &Panel, marks: &[&SpanMark<X>]) {
    let [left, top, right, ground] = panel.edges();
    for mark in marks {
        let (from, to) = stretch(&panel.x, mark);
        canvas.rect((from.max(left), top), (to.min(right), ground), SHADE);
    }
}

/// What the legend says of shaded stretches.
pub(super) fn shaded(label: String) -> Key {
    Key::new(label, 16.0, |c, (x, y)| c.rect((x, y - 8.0), (x + 16.0, y + 8.0), SHADE))
}

/// What the legend says of stretches of time: their names and when they are.
pub(super) fn stretch_keys<X: Place>(marks: &[SpanMark<X>]) -> Vec<Key> {
    let digits = |v: f64| number(v, if v.fract() == 0.0 { 1.0 } else { 0.1 }, Quantity::Number);
    let key = |mark: &SpanMark<X>| {
        let (from, to) = (digits(mark.from.place()), digits(mark.to.place()));
        let when = if from == to { from } else { format!("{from}\u{2013}{to}") };
        shaded(format!("{} ({when})", mark.label))
    };
    stretches(marks).into_iter().map(key).collect()
}
