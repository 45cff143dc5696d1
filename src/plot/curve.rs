//! Response curves over the value of a parameter.

use super::axes::{Panel, domain, round_ends};
use super::canvas::{Canvas, Ink, MARGIN, WIDTH};
use super::curves::{self, stretch, stretches};
use super::layout::{Labels, Tag};
use super::looks::{self, Course};
use super::page::{self, SMALL};
use super::{BandSeries, Image, PlotError, SpanMark};

/// Height of the panel.
const HIGH: f64 = 300.0;

/// A quantity against the value of a parameter.
#[derive(Clone, Debug)]
pub struct CurvePicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs at each value".
    pub subtitle: String,
    /// Name and unit of the parameter.
    pub x_label: String,
    /// Whether the horizontal axis counts in percent of 1.
    pub x_percent: bool,
    /// Name and unit of the quantity.
    pub y_label: String,
    /// Whether the vertical axis counts in percent of 1.
    pub y_percent: bool,
    /// Ends of the vertical axis, moved out where the data lie beyond them;
    /// round ones around the data if not given.
    pub y_range: Option<(f64, f64)>,
    /// One to eight curves; every point has a mark.
    pub series: Vec<BandSeries>,
    /// Ranges of the parameter with a name, such as the one assumed; shaded.
    pub spans: Vec<SpanMark>,
    /// Values of the parameter with a name, such as the one at which a gain
    /// turns into a loss; upright lines.
    pub lines: Vec<LineMark>,
    /// Whether there is a bold line at 0, which is then on the vertical axis.
    pub zero: bool,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// A value on the horizontal axis with a name.
#[derive(Clone, Debug)]
pub struct LineMark {
    /// The value; nothing is drawn if it is not finite.
    pub at: f64,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Its name, which should say what the interval is.
    pub label: String,
}

impl LineMark {
    fn interval(&self) -> Option<(f64, f64)> {
        Some((self.low.filter(|v| v.is_finite())?, self.high.filter(|v| v.is_finite())?))
    }
}

impl CurvePicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no curve has a finite point, values lie too far apart, or there
    /// are more than eight curves.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let curves = looks::points(&self.series);
        let points = looks::sound(&curves)?;
        let (spans, lines) = (stretches(&self.spans), self.lines());
        let marked = lines.iter().flat_map(|line| {
            let (low, high) = line.interval().unwrap_or((line.at, line.at));
            [line.at, low, high]
        });
        let marked = marked.chain(spans.iter().flat_map(|span| [span.from, span.to]));
        let xs = domain(points.iter().map(|p| p.x).chain(marked))?;
        let zero = self.zero.then_some(0.0);
        let ys = round_ends(looks::heights(&points).chain(zero), self.y_range)
            .ok_or_else(|| PlotError("the values lie too far apart to draw".into()))?;

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &looks::keys(self.series.iter().map(|s| &*s.label)));
        y = page::above(&mut canvas, y, &self.y_label);
        let panel = Panel::framed((xs, ys), self.y_percent, (0.0, HIGH), 10.0)?;
        let middles = spans.iter().map(|span| {
            let (from, to) = stretch(&panel.x, span);
            ((from + to) / 2.0, &*span.label)
        });
        let poles = middles.chain(lines.iter().map(|line| (panel.x.at(line.at), &*line.label)));
        let tags: Vec<_> = poles.map(|(pole, label)| Tag { pole, label, minor: false }).collect();
        let labels = Labels::plan(&tags, (MARGIN, WIDTH - MARGIN), "not named");
        y += labels.height() + 6.0;
        let panel = panel.lowered(y);
        curves::shade(&mut canvas, &panel, &spans);
        let step = panel.x.checked_step(self.x_percent)?;
        panel.levels(&mut canvas, panel.step(), self.y_percent);
        panel.floor_by(&mut canvas, step, self.x_percent, true);
        if self.zero {
            panel.level(&mut canvas, 0.0, 2.0, Ink::BLACK);
        }
        labels.draw(&mut canvas, y - 2.0, |_| y);
        Course { stepped: false, pitch: 0.0 }.draw(&mut canvas, &panel, &curves);
        for line in &lines {
            upright(&mut canvas, &panel, line);
        }
        let [_, _, _, ground] = panel.edges();
        y = page::caption(&mut canvas, ground + 12.0 + SMALL.em, panel.x.pixels, &self.x_label);
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    /// The lines that can be drawn.
    fn lines(&self) -> Vec<&LineMark> {
        self.lines.iter().filter(|line| line.at.is_finite()).collect()
    }
}

/// An upright line with the bar of its interval near the ground.
fn upright(canvas: &mut Canvas, panel: &Panel, line: &LineMark) {
    let [_, top, _, ground] = panel.edges();
    let x = panel.x.at(line.at);
    canvas.dashed(&[(x, top), (x, ground)], 1.8, Ink::BLACK, (5.0, 3.0));
    if let Some((low, high)) = line.interval() {
        let (low, high, y) = (panel.x.at(low), panel.x.at(high), ground - 10.0);
        canvas.line(vec![(low, y), (high, y)], 4.6, Ink::WHITE.faded(0.8));
        canvas.whisker((low, y), (high, y), 2.0, Ink::BLACK);
    }
}
