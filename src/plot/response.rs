//! Responses over time as small multiples.

use super::axes::{Panel, Scale, domain, gutter};
use super::canvas::{Canvas, Ink};
use super::curves::{self, stretches};
use super::looks::{self, Course};
use super::multiples::{Multiples, Slot};
use super::page::{self, SMALL};
use super::{BandPoint, Image, MonthPlace, PlotError, Quantity, SpanMark};

/// Height of a panel.
const HIGH: f64 = 150.0;

/// Mean differences over time as small multiples, two to a row, with a bold
/// line at no difference.
#[derive(Clone, Debug, Default)]
pub struct ResponsePicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "mean of 1,000 twin differences".
    pub subtitle: String,
    /// What runs to the right in all panels, such as "month".
    pub x_label: String,
    /// Names of the lines for the legend, in the order of the lines; those of
    /// no more than eight.
    pub variants: Vec<String>,
    /// The panels, row by row.
    pub panels: Vec<ResponsePanel>,
    /// When something strikes; shaded in all panels and named in the legend.
    pub markers: Vec<SpanMark<MonthPlace>>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// The response of one quantity.
#[derive(Clone, Debug, Default)]
pub struct ResponsePanel {
    /// Name of the quantity; wraps when long.
    pub title: String,
    /// What the vertical axis counts, with its unit; may be empty.
    pub y_label: String,
    /// What kind of number it counts. It always shows 0.
    pub y_quantity: Quantity,
    /// Ends of the vertical axis, moved out where the data lie beyond them;
    /// round ones around the data if not given.
    pub y_range: Option<(f64, f64)>,
    /// The points of a line for each variant, with their intervals.
    pub lines: Vec<Vec<BandPoint>>,
}

impl ResponsePanel {
    fn lines(&self) -> Vec<&[BandPoint]> {
        self.lines.iter().map(|line| &line[..]).collect()
    }

    /// Ends of the vertical axis, or `None` if there is nothing to show.
    fn ends(&self) -> Result<Option<(f64, f64)>, PlotError> {
        let Ok(points) = looks::sound(&self.lines()) else { return Ok(None) };
        looks::heights(&points, self.y_quantity, Some(0.0), self.y_range).map(Some)
    }
}

impl ResponsePicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no panel has a finite point, values lie too far apart, or there
    /// are more than eight lines to a panel.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let all: Vec<_> = self.panels.iter().flat_map(|panel| &panel.lines).collect();
        let drawn = || all.iter().copied().flatten().filter(|p| p.y.is_finite()).map(|p| p.x);
        domain(drawn())?;
        let xs = domain(drawn().chain(curves::reach(&self.markers)))?;
        let mut wide: f64 = 0.0;
        for panel in &self.panels {
            if panel.lines.len() > looks::MOST {
                looks::sound(&panel.lines())?;
            }
            if let Some(values) = panel.ends()? {
                wide = wide.max(gutter(values, HIGH, panel.y_quantity)?);
            }
        }
        let columns = self.panels.len().clamp(1, 2);
        let plan = Multiples { gutter: wide, high: HIGH, columns };

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        let drawn = self.panels.iter().map(|panel| panel.lines.len()).max().unwrap_or(0);
        let mut keys = looks::keys(self.variants.iter().take(drawn).map(|name| &**name));
        keys.extend(curves::stretch_keys(&self.markers));
        y = page::legend(&mut canvas, y, &keys);
        let titles: Vec<_> = self.panels.iter().map(|p| (&*p.title, &*p.y_label)).collect();
        y = plan.draw(&mut canvas, y, &titles, |canvas, nth, slot| {
            self.panel(canvas, &self.panels[nth], xs, slot);
        });
        y = page::caption(&mut canvas, y + 4.0 + SMALL.em, plan.ends(), &self.x_label);
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    fn panel(&self, canvas: &mut Canvas, of: &ResponsePanel, xs: (f64, f64), slot: Slot) {
        let Ok(Some(values)) = of.ends() else { return slot.vacant(canvas, xs) };
        let x = Scale { values: xs, pixels: slot.x };
        let panel = Panel { x, y: Scale { values, pixels: slot.y } };
        curves::shade(canvas, &panel, &stretches(&self.markers));
        panel.axes(canvas, panel.step(), of.y_quantity, slot.numbered);
        panel.level(canvas, 0.0, 2.0, Ink::BLACK);
        let course = Course { stepped: false, pitch: 64.0, quantity: of.y_quantity };
        course.draw(canvas, &panel, &of.lines());
    }
}
