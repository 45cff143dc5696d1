//! Bars in rows.

use super::axes::{Scale, axis, number, step_of};
use super::canvas::{Canvas, Ink, MARGIN, Spot, WIDTH};
use super::page::{self, Key, SMALL};
use super::text::width;
use super::{Image, PlotError, Quantity, rows};

/// Labels of rows wrap at this width.
const COLUMN: f64 = 300.0;
/// Height of a bar, and of the space for it and its text.
const BAR: f64 = 11.0;
const LEVEL: f64 = 15.5;

/// Horizontal bars in rows, one or two to a row, such as the first-order and
/// the total index of a parameter.
#[derive(Clone, Debug, Default)]
pub struct BarsPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "2,048 parameter sets".
    pub subtitle: String,
    /// What the horizontal axis counts. It always shows 0.
    pub x_label: String,
    /// What kind of number it counts.
    pub x_quantity: Quantity,
    /// Names of the bars of a row, one or two; bars beyond them are not drawn.
    pub series: Vec<String>,
    /// The rows from top to bottom.
    pub rows: Vec<BarRow>,
    /// Decimals of the values written after the bars.
    pub decimals: usize,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct BarRow {
    /// Words before the row; wraps when long.
    pub label: String,
    /// A bar for each series, in the order of the series.
    pub bars: Vec<Option<Bar>>,
}

/// A value and its interval.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bar {
    /// The value; no bar is drawn if it is not finite.
    pub value: f64,
    /// Lower end of the interval; no interval if one of the ends is missing.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
}

impl Bar {
    fn interval(&self) -> Option<(f64, f64)> {
        Some((self.low?, self.high?)).filter(|(low, high)| low.is_finite() && high.is_finite())
    }
}

impl BarsPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no row has a finite bar, or values lie too far apart.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let bars = || self.rows.iter().flat_map(|row| self.bars(row)).map(|(_, bar)| bar);
        if bars().next().is_none() {
            return Err(PlotError("no row has a finite bar".into()));
        }
        let ends = |bar: Bar| {
            let (low, high) = bar.interval().unwrap_or((bar.value, bar.value));
            [bar.value, low, high]
        };
        let values = axis(bars().flat_map(ends).chain([0.0]), None, "bars")?;
        let column = rows::column(self.rows.iter().map(|row| &*row.label), COLUMN);
        let texts = bars().map(|bar| width(&self.text(bar.value), SMALL)).fold(0.0, f64::max);
        let texts = texts.min(110.0);
        let ends = (MARGIN + column + 12.0, WIDTH - MARGIN - texts - 10.0);
        let x = Scale { values, pixels: (ends.0 + 14.0, ends.1 - 14.0) };
        let step = x.checked_step(self.x_quantity)?;

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.keys());
        let labels: Vec<_> = self.rows.iter().map(|row| rows::lines(&row.label, column)).collect();
        let least = LEVEL * self.levels() as f64 + 5.0;
        let highs = labels.iter().map(|label| rows::height(label).max(least));
        let edges = rows::stripes(&mut canvas, y, WIDTH - MARGIN + 6.0, highs);
        let ground = edges[self.rows.len()];
        rows::verticals(&mut canvas, &x, step, (y, ground));
        for ((row, label), edge) in self.rows.iter().zip(&labels).zip(edges.windows(2)) {
            let middle = (edge[0] + edge[1]) / 2.0;
            rows::label(&mut canvas, middle, label);
            for (nth, bar) in self.bars(row) {
                let level = middle + (nth as f64 - (self.levels() - 1) as f64 / 2.0) * LEVEL;
                draw(&mut canvas, level, &x, bar, nth);
                rows::text(&mut canvas, level, &self.text(bar.value), texts);
            }
        }
        canvas.line(vec![(x.at(0.0), y), (x.at(0.0), ground)], 2.0, Ink::BLACK);
        rows::ground(&mut canvas, &x, step, ends, ground);
        rows::numbers(&mut canvas, &x, step, self.x_quantity, ground);
        y = page::caption(&mut canvas, ground + 12.0 + SMALL.em, ends, &self.x_label);
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    /// How many bars a row has room for.
    fn levels(&self) -> usize {
        self.series.len().clamp(1, 2)
    }

    /// The bars of a row that can be drawn, with the series they belong to.
    fn bars(&self, row: &BarRow) -> Vec<(usize, Bar)> {
        let bars = row.bars.iter().copied().enumerate().take(self.levels());
        bars.filter_map(|(nth, bar)| Some((nth, bar?)))
            .filter(|(_, b)| b.value.is_finite())
            .collect()
    }

    fn text(&self, value: f64) -> String {
        number(value, step_of(self.decimals, self.x_quantity), self.x_quantity)
    }

    fn keys(&self) -> Vec<Key> {
        let named = self.series.iter().take(2).enumerate().filter(|(_, name)| !name.is_empty());
        named
            .map(|(nth, name)| {
                Key::new(&**name, 24.0, move |c, (x, y)| body(c, (x, y), x + 24.0, nth))
            })
            .collect()
    }
}

/// The body of a bar from a spot to a pixel: the first filled, the second
/// light within a frame.
fn body(canvas: &mut Canvas, (from, y): Spot, to: f64, nth: usize) {
    let (upper, lower) = ((from.min(to), y - BAR / 2.0), (from.max(to), y + BAR / 2.0));
    match nth {
        0 => canvas.rect(upper, lower, Ink::BLUE),
        _ => canvas.framed(upper, lower, Ink(250, 214, 180, 1.0), 1.4, Ink::VERMILION),
    }
}

fn draw(canvas: &mut Canvas, y: f64, x: &Scale, bar: Bar, nth: usize) {
    body(canvas, (x.at(0.0), y), x.at(bar.value), nth);
    if let Some((low, high)) = bar.interval() {
        let (low, high) = ((x.at(low), y), (x.at(high), y));
        canvas.line(vec![low, high], 3.4, Ink::WHITE.faded(0.8));
        canvas.whisker(low, high, 1.6, Ink::BLACK);
    }
}
