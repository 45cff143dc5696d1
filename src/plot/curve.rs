//! Response curves over the value of a parameter.

use super::axes::{Panel, domain};
use super::canvas::{Canvas, Ink, MARGIN, WIDTH};
use super::curves::{self, stretch, stretches};
use super::layout::{Labels, Tag};
use super::looks::{self, Course};
use super::page::{self, Key, SMALL};
use super::{BandSeries, Image, PlotError, Quantity, SpanMark};

/// Height of the panel.
const HIGH: f64 = 300.0;
/// Width of a sample in the legend.
const SAMPLE: f64 = 34.0;

/// A quantity against the value of a parameter.
#[derive(Clone, Debug, Default)]
pub struct CurvePicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs at each value".
    pub subtitle: String,
    /// Name and unit of the parameter.
    pub x_label: String,
    /// What kind of number it counts.
    pub x_quantity: Quantity,
    /// Name and unit of the quantity.
    pub y_label: String,
    /// What kind of number it counts.
    pub y_quantity: Quantity,
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
    /// What the legend says of the intervals of these values, if any has one.
    pub interval: String,
    /// Whether there is a bold line at 0, which is then on the vertical axis.
    pub zero: bool,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// A value on the horizontal axis with a name.
#[derive(Clone, Debug, Default)]
pub struct LineMark {
    /// The value; nothing is drawn if it is not finite.
    pub at: f64,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval; where only one end is given, the other is open.
    pub high: Option<f64>,
    /// Its name.
    pub label: String,
}

impl LineMark {
    /// The ends of its interval that are known.
    fn ends(&self) -> [Option<f64>; 2] {
        [self.low, self.high].map(|end| end.filter(|end| end.is_finite()))
    }

    fn has_interval(&self) -> bool {
        self.ends().iter().any(Option::is_some)
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
        let marked =
            lines.iter().flat_map(|line| [Some(line.at)].into_iter().chain(line.ends()).flatten());
        let marked = marked.chain(spans.iter().flat_map(|span| [span.from, span.to]));
        let xs = domain(points.iter().map(|p| p.x).chain(marked))?;
        let zero = self.zero.then_some(0.0);
        let ys = looks::heights(&points, self.y_quantity, zero, self.y_range)?;

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        let mut keys = looks::keys(self.series.iter().map(|s| &*s.label));
        if !self.interval.is_empty() && lines.iter().any(|line| line.has_interval()) {
            let sample = |c: &mut Canvas, (x, y)| bar(c, y, [x, x + SAMPLE], [true; 2]);
            keys.push(Key::new(&*self.interval, SAMPLE, sample));
        }
        y = page::legend(&mut canvas, y, &keys);
        y = page::above(&mut canvas, y, &self.y_label);
        let panel = Panel::framed((xs, ys), self.y_quantity, (0.0, HIGH), 10.0)?;
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
        let step = panel.x.checked_step(self.x_quantity)?;
        panel.levels(&mut canvas, panel.step(), self.y_quantity);
        panel.floor_by(&mut canvas, step, self.x_quantity, true);
        if self.zero {
            panel.level(&mut canvas, 0.0, 2.0, Ink::BLACK);
        }
        labels.draw(&mut canvas, y - 2.0, |_| y);
        let course = Course { stepped: false, pitch: 0.0, quantity: self.y_quantity };
        course.draw(&mut canvas, &panel, &curves);
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
    let [left, top, right, ground] = panel.edges();
    let x = panel.x.at(line.at);
    canvas.dashed(&[(x, top), (x, ground)], 1.8, Ink::BLACK, (5.0, 3.0));
    if line.has_interval() {
        let [low, high] = line.ends();
        let at = |end: Option<f64>, edge: f64| end.map_or(edge, |end| panel.x.at(end));
        let ends = [at(low, left), at(high, right)];
        bar(canvas, ground - 10.0, ends, [low.is_some(), high.is_some()]);
    }
}

/// The bar of an interval, with ticks at those ends that are known.
fn bar(canvas: &mut Canvas, y: f64, [low, high]: [f64; 2], known: [bool; 2]) {
    canvas.line(vec![(low, y), (high, y)], 4.6, Ink::WHITE.faded(0.8));
    canvas.line(vec![(low, y), (high, y)], 2.0, Ink::BLACK);
    for (x, _) in [low, high].into_iter().zip(known).filter(|(_, known)| *known) {
        canvas.line(vec![(x, y - 4.0), (x, y + 4.0)], 2.0, Ink::BLACK);
    }
}
