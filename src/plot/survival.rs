//! Shares that remain, as steps over time.

use super::axes::{Panel, domain, number};
use super::canvas::{Anchor, Canvas, Ink, MARGIN};
use super::looks::{self, Course};
use super::page::{self, SMALL};
use super::text::width;
use super::{BandSeries, Image, PlotError, Quantity};

/// Height of the panel, and of a row of numbers below it.
const HIGH: f64 = 280.0;
const ROW: f64 = 18.0;

/// Step curves from 1 downwards, such as the share of partnerships that still
/// live, over months.
#[derive(Clone, Debug, Default)]
pub struct SurvivalPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs, seed 1".
    pub subtitle: String,
    /// What runs to the right, such as "month".
    pub x_label: String,
    /// What runs upwards, such as "share of partnerships alive".
    pub y_label: String,
    /// How it is written. The axis always shows 0 to 1.
    pub y_quantity: Quantity,
    /// One to eight curves; a value holds until the next point.
    pub series: Vec<BandSeries>,
    /// Numbers to write below the curves.
    pub at_risk: Option<AtRisk>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// How many are still counted, for each series at some months.
#[derive(Clone, Debug, Default)]
pub struct AtRisk {
    /// What the numbers count, such as "partnerships at risk".
    pub label: String,
    /// The months; one that is not on the axis is left out.
    pub at: Vec<f64>,
    /// For each series a number at each of the months.
    pub counts: Vec<Vec<u64>>,
}

impl SurvivalPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no curve has a finite point, values lie too far apart, or there
    /// are more than eight curves.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let curves = looks::points(&self.series);
        let points = looks::sound(&curves)?;
        let xs = domain(points.iter().map(|p| p.x))?;
        let ys = looks::heights(&points, self.y_quantity, Some(0.0), Some((0.0, 1.0)))?;

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &looks::keys(self.series.iter().map(|s| &*s.label)));
        y = page::above(&mut canvas, y, &self.y_label) + 10.0;
        let panel = Panel::framed((xs, ys), self.y_quantity, (y, HIGH), 0.0)?;
        panel.axes(&mut canvas, panel.step(), self.y_quantity, true);
        let course = Course { stepped: true, pitch: 90.0, quantity: self.y_quantity };
        course.draw(&mut canvas, &panel, &curves);
        y = page::caption(&mut canvas, y + HIGH + 12.0 + SMALL.em, panel.x.pixels, &self.x_label);
        if let Some(at_risk) = &self.at_risk {
            y = page::above(&mut canvas, y + 6.0, &at_risk.label);
            for (nth, counts) in at_risk.counts.iter().take(self.series.len()).enumerate() {
                at_risk.row(&mut canvas, y + ROW / 2.0, &panel, nth, counts);
                y += ROW;
            }
        }
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }
}

impl AtRisk {
    /// The numbers of one series, as far as they have room beside each other.
    fn row(&self, canvas: &mut Canvas, middle: f64, panel: &Panel, nth: usize, counts: &[u64]) {
        looks::symbol(canvas, (MARGIN + 8.0, middle), nth, 4.2);
        let (from, to) = panel.x.values;
        let mut free = MARGIN + 18.0;
        for (at, count) in self.at.iter().zip(counts).filter(|(at, _)| (from..=to).contains(at)) {
            let text = number(*count as f64, 1.0, Quantity::Number);
            let half = width(&text, SMALL) / 2.0;
            let x = panel.x.at(*at);
            if x - half >= free {
                let spot = (x, middle + 0.36 * SMALL.em);
                canvas.text(spot, &text, SMALL, Anchor::Middle, Ink::BLACK);
                free = x + half + 8.0;
            }
        }
    }
}
