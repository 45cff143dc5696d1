//! Mean effects against their spread.

use super::axes::{Panel, Scale, axis};
use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::page::{self, Key, SMALL};
use super::places::{self, Area};
use super::text::clip;
use super::{Image, PlotError, Quantity};

/// Height of the panel, and its width where a key stands beside it.
const HIGH: f64 = 400.0;
const NARROW: f64 = 470.0;
/// More points than this have numbers, and their names stand beside.
const NAMED: usize = 12;
/// Height of a row of names, and space before a name.
const ROW: f64 = 17.0;
const INDENT: f64 = 30.0;
/// Slopes of the two lines, with their dashes.
const SLOPES: [(f64, &str, (f64, f64)); 2] =
    [(1.0, "y = x", (8.0, 4.0)), (0.1, "y = 0.1 x", (2.0, 3.0))];

/// Screened parameters by the mean size of their effects (to the right) and
/// the spread of those (upwards), as Morris draws them.
#[derive(Clone, Debug, Default)]
pub struct PlanePicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "40 trajectories".
    pub subtitle: String,
    /// What runs to the right, with its unit, such as "µ*: mean size of the
    /// effect".
    pub x_label: String,
    /// What runs upwards, in the same unit.
    pub y_label: String,
    /// What the legend says of a point and its bar.
    pub point_label: String,
    /// The points. With more than twelve they have numbers, and their names
    /// stand beside.
    pub points: Vec<PlanePoint>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// One parameter.
#[derive(Clone, Debug, Default)]
pub struct PlanePoint {
    /// Its name.
    pub label: String,
    /// Mean size of its effects; not drawn if it is not finite.
    pub x: f64,
    /// Lower end of the interval of that mean; no interval if one of the ends
    /// is missing.
    pub low: Option<f64>,
    /// Upper end of that interval.
    pub high: Option<f64>,
    /// Standard deviation of its effects.
    pub y: f64,
}

impl PlanePoint {
    fn interval(&self) -> Option<(f64, f64)> {
        Some((self.low?, self.high?)).filter(|(low, high)| low.is_finite() && high.is_finite())
    }
}

impl PlanePicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no point is finite, or the points lie too far apart.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let points: Vec<&PlanePoint> =
            self.points.iter().filter(|p| p.x.is_finite() && p.y.is_finite()).collect();
        if points.is_empty() {
            return Err(PlotError("there is no finite point to draw".into()));
        }
        let span = |p: &&PlanePoint| p.interval().unwrap_or((p.x, p.x));
        let xs = points.iter().flat_map(|p| [p.x, span(p).0, span(p).1, 0.0]);
        let xs = axis(xs, None, "points")?;
        let ys = axis(points.iter().flat_map(|p| [p.y, 0.0]), None, "points")?;
        let numbered = points.len() > NAMED;

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.keys());
        y = page::above(&mut canvas, y, &self.y_label) + 6.0;
        let mut panel = Panel::framed((xs, ys), Quantity::Number, (y, HIGH), 10.0)?;
        if numbered {
            panel.x = Scale { pixels: (panel.x.pixels.0, NARROW), ..panel.x };
        }
        let step = panel.x.checked_step(Quantity::Number)?;
        panel.levels(&mut canvas, panel.step(), Quantity::Number);
        panel.floor_by(&mut canvas, step, Quantity::Number, true);
        let lines = slopes(&mut canvas, &panel);
        marks(&mut canvas, &panel, &points, numbered, lines);
        let mut foot = y;
        if numbered {
            for (nth, point) in points.iter().enumerate() {
                foot += ROW;
                name(&mut canvas, foot, nth, &point.label);
            }
        }
        y += HIGH + 12.0 + SMALL.em;
        y = page::caption(&mut canvas, y, panel.x.pixels, &self.x_label);
        y = page::footnote(&mut canvas, y.max(foot) + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        if !self.point_label.is_empty() {
            keys.push(Key::new(&*self.point_label, 34.0, |c, (x, y)| {
                bar(c, (x, y), x + 34.0);
                dot(c, (x + 17.0, y));
            }));
        }
        keys.extend(SLOPES.map(|(_, words, dash)| {
            Key::new(words, 34.0, move |c, (x, y)| {
                c.dashed(&[(x, y), (x + 34.0, y)], 1.6, Ink::DARK, dash);
            })
        }));
        keys
    }
}

/// A number and the name it stands for, beside the panel.
fn name(canvas: &mut Canvas, base: f64, nth: usize, label: &str) {
    let left = NARROW + 36.0;
    let number = (nth + 1).to_string();
    canvas.text((left + INDENT - 8.0, base), &number, SMALL, Anchor::End, Ink::DARK);
    let label = clip(label, SMALL, WIDTH - MARGIN - left - INDENT);
    canvas.text((left + INDENT, base), &label, SMALL, Anchor::Start, Ink::BLACK);
}

/// Lines from the origin, as far as they are within the panel; gives the areas
/// along them.
fn slopes(canvas: &mut Canvas, panel: &Panel) -> Vec<Area> {
    let mut areas = Vec::new();
    for (slope, _, dash) in SLOPES {
        let end = panel.x.values.1.min(panel.y.values.1 / slope);
        let path = [panel.spot(0.0, 0.0), panel.spot(end, slope * end)];
        if end > 0.0 {
            canvas.dashed(&path, 1.6, Ink::DARK, dash);
            areas.extend(places::along(path[0], path[1]));
        }
    }
    areas
}

/// The points with their intervals and labels, which keep off the `lines` if
/// they can.
fn marks(
    canvas: &mut Canvas,
    panel: &Panel,
    points: &[&PlanePoint],
    numbered: bool,
    mut lines: Vec<Area>,
) {
    for point in points {
        if let Some((low, high)) = point.interval() {
            let (from, to) = (panel.spot(low, point.y), panel.spot(high, point.y));
            bar(canvas, from, to.0);
            lines.extend(places::along(from, to));
        }
    }
    let label = |(nth, point): (usize, &&PlanePoint)| {
        let words = if numbered { (nth + 1).to_string() } else { clip(&point.label, SMALL, 200.0) };
        (panel.spot(point.x, point.y), words)
    };
    let labels: Vec<(Spot, String)> = points.iter().enumerate().map(label).collect();
    let [left, top, right, ground] = panel.edges();
    let room = ((left + 2.0, top - 8.0), (right + 12.0, ground - 1.0));
    places::label(canvas, &labels, &room, lines);
    labels.iter().for_each(|(at, _)| dot(canvas, *at));
}

fn bar(canvas: &mut Canvas, (from, y): Spot, to: f64) {
    canvas.whisker((from, y), (to, y), 1.4, Ink::BLUE.faded(0.6));
}

fn dot(canvas: &mut Canvas, at: Spot) {
    canvas.disc(at, 5.2, Ink::WHITE);
    canvas.disc(at, 4.2, Ink::BLUE);
}
