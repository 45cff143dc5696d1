//! Estimates in rows, with the kinds of uncertainty they have.

use super::axes::{Scale, axis};
use super::canvas::{Anchor, Canvas, Ink, MARGIN, WIDTH};
use super::page::{self, Key, SMALL};
use super::text::clip;
use super::{Image, PlotError, Quantity, rows};

/// Labels wrap at this width, and texts are cut short at this one.
const COLUMN: f64 = 210.0;
const TEXTS: f64 = 170.0;
/// Height of a row.
const ROW: f64 = 26.0;
/// How far above and below the middle of a row its two levels lie.
const LEVEL: f64 = 4.5;
/// Width of a sample in the legend.
const SAMPLE: f64 = 40.0;
/// Inks of single pairs and of the range across parameter sets.
const FAINT: Ink = Ink(165, 165, 165, 1.0);
const RANGE: Ink = Ink(60, 60, 60, 1.0);

/// Estimates in groups, each group on a scale of its own with a line at 0, and
/// three kinds of uncertainty around each of them.
#[derive(Clone, Debug, Default)]
pub struct ForestPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 twins, seed 1".
    pub subtitle: String,
    /// What the legend says of the marks.
    pub legend: ForestLegend,
    /// What stands above the texts at the right, such as "mean ± half of the
    /// interval".
    pub text_label: String,
    /// The groups, such as one for each outcome.
    pub groups: Vec<ForestGroup>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// What the marks of a row mean, in words. Those without words are not in the
/// legend.
#[derive(Clone, Debug, Default)]
pub struct ForestLegend {
    /// The diamond.
    pub estimate: String,
    /// The thick bar, such as "95 % interval of the simulation".
    pub interval: String,
    /// The thin line with ticks, such as "over the numbers that the data leave
    /// open (90 %)".
    pub range: String,
    /// The faint line, such as "9 of 10 single twin pairs".
    pub singles: String,
}

/// Rows that share a scale. Without rows it is not drawn.
#[derive(Clone, Debug, Default)]
pub struct ForestGroup {
    /// Name of the outcome.
    pub heading: String,
    /// What its axis counts, with its unit.
    pub unit: String,
    /// What kind of number its axis counts. It always shows 0.
    pub quantity: Quantity,
    /// The rows from top to bottom, such as one for each variant.
    pub rows: Vec<ForestRow>,
}

/// One estimate. What is not finite is not drawn.
#[derive(Clone, Debug, Default)]
pub struct ForestRow {
    /// Words before the row; wraps when long.
    pub label: String,
    /// The estimate.
    pub estimate: f64,
    /// Its interval from the simulation alone.
    pub interval: Option<(f64, f64)>,
    /// Its range over the numbers that the data leave open.
    pub range: Option<(f64, f64)>,
    /// The fifth and ninety-fifth percentile of single twin pairs.
    pub singles: Option<(f64, f64)>,
    /// Words after the row, such as "−1.3 ± 0.2".
    pub text: String,
}

impl ForestRow {
    /// The stretches that are drawn: singles, range, interval.
    fn stretches(&self, quantity: Quantity) -> [Option<(f64, f64)>; 3] {
        let sound = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite();
        let held = |(low, high)| (quantity.held(low), quantity.held(high));
        [self.singles, self.range, self.interval].map(|stretch| stretch.filter(sound).map(held))
    }

    fn values(&self, quantity: Quantity) -> impl Iterator<Item = f64> {
        let ends =
            self.stretches(quantity).into_iter().flatten().flat_map(|(low, high)| [low, high]);
        ends.chain([self.estimate]).filter(|value| value.is_finite())
    }
}

/// Where things lie between left and right, the same for all groups.
struct Plan {
    /// Width of the labels and of the texts.
    column: f64,
    texts: f64,
    /// Ends of the scales.
    ends: (f64, f64),
}

impl ForestPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no row has a finite value, or values lie too far apart.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let all = || self.groups.iter().flat_map(|group| &group.rows);
        if all().flat_map(|row| row.values(Quantity::Number)).next().is_none() {
            return Err(PlotError("no row has a finite value".into()));
        }
        let column = rows::column(all().map(|row| &*row.label), COLUMN);
        let texts = all().map(|row| &*row.text).chain([&*self.text_label]);
        let texts = rows::column(texts, TEXTS);
        let ends = (MARGIN + column + 12.0, WIDTH - MARGIN - texts - 10.0);
        let plan = Plan { column, texts, ends };

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.legend.keys());
        for (i, group) in self.groups.iter().filter(|group| !group.rows.is_empty()).enumerate() {
            y += page::STRONG.leading();
            if i == 0 {
                let text = clip(&self.text_label, SMALL, plan.texts);
                let at = (WIDTH - MARGIN, y);
                canvas.text(at, &text, SMALL, Anchor::End, Ink::DARK);
            }
            let room = (MARGIN, plan.ends.1);
            y = page::named(&mut canvas, room, y, &group.heading, &group.unit) + 6.0;
            y = group.draw(&mut canvas, y, &plan)?;
        }
        y = page::footnote(&mut canvas, y + 8.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }
}

impl ForestGroup {
    /// Draws the rows and the axis below them; gives the y below its numbers.
    fn draw(&self, canvas: &mut Canvas, top: f64, plan: &Plan) -> Result<f64, PlotError> {
        let values = self.rows.iter().flat_map(|row| row.values(self.quantity)).chain([0.0]);
        let values = axis(values, None, "values")?;
        let x = Scale { values, pixels: (plan.ends.0 + 14.0, plan.ends.1 - 14.0) };
        let step = x.checked_step(self.quantity)?;
        let labels: Vec<_> =
            self.rows.iter().map(|row| rows::lines(&row.label, plan.column)).collect();
        let highs = labels.iter().map(|label| rows::height(label).max(ROW));
        let edges = rows::stripes(canvas, top, WIDTH - MARGIN + 6.0, highs);
        let ground = edges[self.rows.len()];
        rows::verticals(canvas, &x, step, (top, ground));
        canvas.line(vec![(x.at(0.0), top), (x.at(0.0), ground)], 2.0, Ink::BLACK);
        for ((row, label), edge) in self.rows.iter().zip(&labels).zip(edges.windows(2)) {
            let middle = (edge[0] + edge[1]) / 2.0;
            rows::label(canvas, middle, label);
            let stretches = row.stretches(self.quantity);
            let level = match stretches[RANGE_AT] {
                Some(_) => middle - LEVEL,
                None => middle,
            };
            for (i, (draw, stretch)) in STRETCHES.iter().zip(stretches).enumerate() {
                if let Some((low, high)) = stretch {
                    let y = if i == RANGE_AT { middle + LEVEL } else { level };
                    draw(canvas, y, (x.at(low), x.at(high)));
                }
            }
            if row.estimate.is_finite() {
                diamond(canvas, x.at(row.estimate), level);
            }
            rows::text(canvas, middle, &row.text, plan.texts);
        }
        rows::ground(canvas, &x, step, plan.ends, ground);
        rows::numbers(canvas, &x, step, self.quantity, ground);
        Ok(ground + 12.0 + SMALL.em)
    }
}

impl ForestLegend {
    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        if !self.estimate.is_empty() {
            keys.push(Key::new(&*self.estimate, 14.0, |c, (x, y)| diamond(c, x + 7.0, y)));
        }
        let words = [&self.singles, &self.range, &self.interval];
        for (draw, words) in STRETCHES.iter().zip(words).rev().filter(|(_, w)| !w.is_empty()) {
            let sample = move |c: &mut Canvas, (x, y)| draw(c, y, (x, x + SAMPLE));
            keys.push(Key::new(&**words, SAMPLE, sample));
        }
        keys
    }
}

/// Draws a stretch on a level, between two pixels.
type Draw = fn(&mut Canvas, f64, (f64, f64));

/// The place of the range, which lies below the others: a narrow one would be hidden by them.
const RANGE_AT: usize = 1;

/// How singles, range and interval are drawn, in the order of drawing.
const STRETCHES: [Draw; 3] = [
    |c, y, (low, high)| c.line(vec![(low, y), (high, y)], 1.6, FAINT),
    |c, y, (low, high)| c.whisker((low, y), (high, y), 1.6, RANGE),
    |c, y, (low, high)| c.rect((low, y - 3.4), (high, y + 3.4), Ink(110, 175, 215, 1.0)),
];

/// An estimate.
fn diamond(canvas: &mut Canvas, x: f64, y: f64) {
    for (r, ink) in [(7.0, Ink::WHITE), (5.6, Ink(0, 80, 135, 1.0))] {
        canvas.area(vec![(x - 0.7 * r, y), (x, y - r), (x + 0.7 * r, y), (x, y + r)], ink);
    }
}
