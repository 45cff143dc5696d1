//! Small multiples: several quantities over time, two worlds in each panel.

use super::axes::{Panel, Scale, axis, gutter, padded};
use super::canvas::Canvas;
use super::curves::{self, Style, path, stretches, unbroken};
use super::multiples::{Multiples, Slot};
use super::page::{self, Key, SMALL};
use super::{Fan, FanPoint, Image, MonthPlace, Place, PlotError, Quantity, SpanMark};

/// Height of a panel.
const HIGH: f64 = 128.0;

/// Quantities over time as small multiples, two to a row: in each panel the
/// variant and its twin, on a vertical scale of the panel's own.
#[derive(Clone, Debug, Default)]
pub struct GridPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs, seed 1".
    pub subtitle: String,
    /// What runs to the right in all panels, such as "month".
    pub x_label: String,
    /// What the bands hold, such as "9 runs in 10".
    pub outer: String,
    /// The panels, row by row.
    pub panels: Vec<GridPanel>,
    /// Stretches of time that matter; shaded in all panels and named in the
    /// legend.
    pub markers: Vec<SpanMark<MonthPlace>>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// One quantity over time.
#[derive(Clone, Debug, Default)]
pub struct GridPanel {
    /// Name and unit of the quantity; wraps when long.
    pub title: String,
    /// What kind of number it counts.
    pub y_quantity: Quantity,
    /// Ends of the vertical axis, moved out where the data lie beyond them;
    /// round ones around the data if not given.
    pub y_range: Option<(f64, f64)>,
    /// The variant and its twin; any further ones are not drawn. Of their
    /// points the fifth percentile, the median and the ninety-fifth are used.
    pub fans: Vec<Fan<MonthPlace>>,
}

impl GridPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no panel has a finite point, or values lie too far apart.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let (xs, multiples) = self.plan()?;
        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.keys());
        let titles: Vec<_> = self.panels.iter().map(|panel| (&*panel.title, "")).collect();
        y = multiples.draw(&mut canvas, y, &titles, |canvas, nth, slot| {
            self.panel(canvas, &self.panels[nth], xs, slot);
        });
        y = page::caption(&mut canvas, y + 4.0 + SMALL.em, multiples.ends(), &self.x_label);
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    fn plan(&self) -> Result<((f64, f64), Multiples), PlotError> {
        let shown = || self.panels.iter().filter(|panel| points(panel).next().is_some());
        if shown().next().is_none() {
            return Err(PlotError("no panel has a finite point".into()));
        }
        let xs = shown().flat_map(points).map(|p| p.x.place());
        let xs = padded(xs.chain(curves::reach(&self.markers)), "points")?;
        let mut wide: f64 = 0.0;
        for panel in shown() {
            wide = wide.max(gutter(ends(panel)?, HIGH, panel.y_quantity)?);
        }
        let columns = self.panels.len().clamp(1, 2);
        Ok((xs, Multiples { gutter: wide, high: HIGH, columns }))
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for nth in 0..2 {
            let mut fans = self.panels.iter().filter_map(|panel| panel.fans.get(nth));
            if let Some(fan) = fans.find(|fan| !fan.points.is_empty()) {
                let label = if fan.label.is_empty() { "unnamed" } else { &fan.label };
                keys.push(
                    Style::nth(nth).key(&format!("{label}: median and {}", self.outer), true),
                );
            }
        }
        keys.extend(curves::stretch_keys(&self.markers));
        keys
    }

    fn panel(&self, canvas: &mut Canvas, of: &GridPanel, xs: (f64, f64), slot: Slot) {
        let x = Scale { values: xs, pixels: slot.x };
        let Ok(values) = ends(of) else {
            return slot.vacant(canvas, xs);
        };
        let panel = Panel { x, y: Scale { values, pixels: slot.y } };
        curves::shade(canvas, &panel, &stretches(&self.markers));
        panel.axes(canvas, panel.step(), of.y_quantity, slot.numbered);
        let fans = of.fans.iter().take(2);
        let runs: Vec<Vec<Vec<Point>>> =
            fans.map(|fan| unbroken(&fan.points, |p| p.x.place(), finite)).collect();
        for (nth, runs) in runs.iter().enumerate() {
            for run in runs {
                let side = |edge: fn(&Point) -> f64| path(&panel, run, |p| (p.x.place(), edge(p)));
                Style::nth(nth).band(canvas, side(|p| p.p95), side(|p| p.p05));
            }
        }
        // The variant's line lies on top.
        for (nth, runs) in runs.iter().enumerate().rev() {
            for run in runs {
                Style::nth(nth).line(canvas, path(&panel, run, |p| (p.x.place(), p.median)));
            }
        }
    }
}

type Point = FanPoint<MonthPlace>;

fn finite(p: &Point) -> bool {
    [p.x.place(), p.p05, p.median, p.p95].iter().all(|v| v.is_finite())
}

/// The points of a panel that are drawn.
fn points(panel: &GridPanel) -> impl Iterator<Item = &Point> {
    panel.fans.iter().take(2).flat_map(|fan| &fan.points).filter(|p| finite(p))
}

/// The ends of the vertical axis of a panel that has points.
fn ends(panel: &GridPanel) -> Result<(f64, f64), PlotError> {
    axis(points(panel).flat_map(|p| [p.p05, p.median, p.p95]), panel.y_range, "values")
}
