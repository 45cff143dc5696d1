//! How up to eight series in one panel are told apart: by colour, by dash and
//! by symbol, so that two of the three are left on a grey printer.

use super::axes::{Panel, axis};
use super::canvas::{Canvas, Ink, Spot};
use super::curves::{self, path, unbroken};
use super::page::Key;
use super::{BandPoint, BandSeries, PlotError, Quantity};

/// As many series as can be told apart.
pub(super) const MOST: usize = 8;
/// With more series than this their bands have no edges.
const EDGED: usize = 3;
/// Width of a sample in a legend.
const SAMPLE: f64 = 34.0;

enum Outline {
    Disc,
    Area(&'static [Spot]),
}

/// Outlines within a circle of radius 1 or a little more.
const SQUARE: Outline = Outline::Area(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]);
const DIAMOND: Outline = Outline::Area(&[(-1.2, 0.0), (0.0, -1.2), (1.2, 0.0), (0.0, 1.2)]);
const UP: Outline = Outline::Area(&[(-1.1, 0.75), (1.1, 0.75), (0.0, -1.2)]);
const DOWN: Outline = Outline::Area(&[(-1.1, -0.75), (1.1, -0.75), (0.0, 1.2)]);

/// The look of one series.
struct Look {
    ink: Ink,
    /// Lengths of dashes and of the gaps between them; a line without gaps if
    /// there are none.
    dash: Option<Spot>,
    outline: Outline,
    /// Whether the symbol is hollow.
    open: bool,
}

const fn look(ink: Ink, dash: Option<Spot>, outline: Outline, open: bool) -> Look {
    Look { ink, dash, outline, open }
}

const LOOKS: [Look; MOST] = [
    look(Ink::BLUE, None, Outline::Disc, false),
    look(Ink::VERMILION, Some((8.0, 4.0)), SQUARE, true),
    look(Ink::GREEN, Some((3.0, 3.0)), UP, false),
    look(Ink(136, 34, 85, 1.0), Some((14.0, 4.0)), DIAMOND, true),
    look(Ink(200, 140, 0, 1.0), None, DOWN, false),
    look(Ink(86, 160, 220, 1.0), Some((6.0, 6.0)), Outline::Disc, true),
    look(Ink(95, 95, 20, 1.0), Some((2.0, 5.0)), SQUARE, false),
    look(Ink::PURPLE, Some((20.0, 5.0)), DOWN, true),
];

fn nth_look(nth: usize) -> &'static Look {
    &LOOKS[nth % MOST]
}

/// The symbol of the `nth` series, with a white rim.
pub(super) fn symbol(canvas: &mut Canvas, (x, y): Spot, nth: usize, radius: f64) {
    let look = nth_look(nth);
    let hole = if look.open { radius * 0.55 } else { 0.0 };
    for (r, ink) in [(radius + 1.3, Ink::WHITE), (radius, look.ink), (hole, Ink::WHITE)] {
        match look.outline {
            _ if r <= 0.0 => {}
            Outline::Disc => canvas.disc((x, y), r, ink),
            Outline::Area(outline) => {
                canvas.area(outline.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect(), ink);
            }
        }
    }
}

fn line(canvas: &mut Canvas, path: Vec<Spot>, nth: usize) {
    let look = nth_look(nth);
    canvas.line(path.clone(), 3.6, Ink::WHITE.faded(0.65));
    match look.dash {
        None => canvas.line(path, 2.4, look.ink),
        Some(dash) => canvas.dashed(&path, 2.4, look.ink, dash),
    }
}

/// A band as faint as `of` of them on one another ask for; the edges of many
/// would be too much. That of one point alone is a line.
fn band(canvas: &mut Canvas, upper: Vec<Spot>, lower: Vec<Spot>, nth: usize, of: usize) {
    let (ink, opacity) = (nth_look(nth).ink, 0.26 / (of as f64).sqrt());
    match (&upper[..], &lower[..]) {
        ([a, b], [c, _]) if b.0 - a.0 < 1.0 => {
            canvas.line(vec![(c.0, a.1), (c.0, c.1)], 2.0, ink.faded(0.7));
        }
        _ if of > EDGED => {
            canvas.area(
                upper.into_iter().chain(lower.into_iter().rev()).collect(),
                ink.faded(opacity),
            );
        }
        _ => curves::band(canvas, upper, lower, ink, opacity),
    }
}

/// How the points of a series are joined and how many of them have symbols.
#[derive(Clone, Copy)]
pub(super) struct Course {
    /// Whether a value holds until the next point.
    pub stepped: bool,
    /// Least space between two symbols of a series, in pixels.
    pub pitch: f64,
    /// What the points count.
    pub quantity: Quantity,
}

impl Course {
    /// The points on the way, those at which a step is taken included.
    fn way(self, run: &[BandPoint]) -> Vec<BandPoint> {
        let treads =
            run.windows(2).flat_map(|pair| [BandPoint { x: pair[1].x, ..pair[0] }, pair[1]]);
        match self.stepped {
            true => run.first().copied().into_iter().chain(treads).collect(),
            false => run.to_vec(),
        }
    }

    /// Draws the series of one panel: bands, then lines, then symbols, of each
    /// the first on top.
    pub fn draw(self, canvas: &mut Canvas, panel: &Panel, series: &[&[BandPoint]]) {
        for (nth, points) in series.iter().enumerate().rev() {
            for run in unbroken(points, |p| p.x, banded) {
                let way = self.way(&run);
                let side = |edge: fn(&BandPoint) -> f64| {
                    path(panel, &way, |p| (p.x, self.quantity.held(edge(p))))
                };
                band(canvas, side(|p| p.high), side(|p| p.low), nth, series.len());
            }
        }
        let runs = |nth: usize| unbroken(series[nth], |p| p.x, known);
        for nth in (0..series.len()).rev() {
            for run in runs(nth) {
                line(canvas, path(panel, &self.way(&run), |p| (p.x, p.y)), nth);
            }
        }
        for nth in (0..series.len()).rev() {
            // Symbols of different series do not stand above one another.
            let mut next = panel.x.pixels.0 + self.pitch * nth as f64 / series.len() as f64;
            for point in runs(nth).iter().flatten() {
                let spot = panel.spot(point.x, point.y);
                if spot.0 >= next - 0.5 || self.pitch == 0.0 {
                    symbol(canvas, spot, nth, 4.2);
                    next = spot.0 + self.pitch;
                }
            }
        }
    }
}

/// What the legend says of the series with a name.
pub(super) fn keys<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<Key> {
    let key = |(nth, label)| {
        Key::new(label, SAMPLE, move |c, (x, y)| {
            let level = |y: f64| vec![(x, y), (x + SAMPLE, y)];
            band(c, level(y - 6.5), level(y + 6.5), nth, 2);
            line(c, level(y), nth);
            symbol(c, (x + SAMPLE / 2.0, y), nth, 4.2);
        })
    };
    labels.enumerate().filter(|(_, label)| !label.is_empty()).map(key).collect()
}

/// The points of each series.
pub(super) fn points(series: &[BandSeries]) -> Vec<&[BandPoint]> {
    series.iter().map(|series| &series.points[..]).collect()
}

/// The points that are drawn, or why none can be.
pub(super) fn sound<'a>(series: &[&'a [BandPoint]]) -> Result<Vec<&'a BandPoint>, PlotError> {
    if series.len() > MOST {
        return Err(PlotError(format!("more than {MOST} series cannot be told apart")));
    }
    let sound: Vec<_> = series.iter().copied().flatten().filter(|p| known(p)).collect();
    if sound.is_empty() {
        return Err(PlotError("no series has a finite point".into()));
    }
    Ok(sound)
}

/// The ends of a vertical axis that shows the points, and one more value if there is one.
pub(super) fn heights(
    points: &[&BandPoint],
    quantity: Quantity,
    more: Option<f64>,
    wanted: Option<(f64, f64)>,
) -> Result<(f64, f64), PlotError> {
    let values = points.iter().flat_map(|p| match banded(p) {
        true => [p.y, quantity.held(p.low), quantity.held(p.high)],
        false => [p.y; 3],
    });
    axis(values.chain(more), wanted, "values")
}

pub(super) fn known(point: &BandPoint) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

/// Whether it is known with its interval.
pub(super) fn banded(point: &BandPoint) -> bool {
    known(point) && point.low.is_finite() && point.high.is_finite()
}
