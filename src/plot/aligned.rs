//! A share before and after an event, with runs aligned at the event.

use super::axes::{Panel, Scale, axis, gutter, padded, round_ends};
use super::canvas::{Canvas, Ink, MARGIN, WIDTH};
use super::curves::{Style, path, unbroken};
use super::layout::{Labels, Tag};
use super::looks::{banded, known};
use super::page::{self, Key, SMALL};
use super::{BandSeries, Image, MeetingPlace, Place, PlotError, Quantity};

const RIGHT: f64 = WIDTH - 20.0;
/// Heights of the lines' panel and of the histogram.
const HIGH: f64 = 270.0;
const LOW: f64 = 78.0;
/// More points than this, and lines have no dots.
const DOTS: usize = 40;
/// Half the width of a bar, at most.
const WIDEST: f64 = 18.0;

/// A quantity before and after an event, meetings counted from it, and below
/// it when the event took place.
#[derive(Clone, Debug)]
pub struct AlignedPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs, seed 1".
    pub subtitle: String,
    /// What runs to the right, such as "meetings since the settlement".
    pub x_label: String,
    /// What runs upwards, such as "share of episodes about roles".
    pub y_label: String,
    /// What kind of number it counts. It always shows 0.
    pub y_quantity: Quantity,
    /// What happened, and what it is compared with; meetings are counted from the event.
    pub lines: Vec<BandSeries>,
    /// The name of the event, beside the line at 0.
    pub at_zero: String,
    /// The meetings at which the event took place and how often it did; no
    /// histogram is drawn if there is none.
    pub histogram: Vec<(MeetingPlace, f64)>,
    /// The last meeting; the histogram is drawn from the first to it.
    pub last: MeetingPlace,
    /// What the histogram counts, and what runs to its right.
    pub histogram_label: String,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// The ends of an axis.
type Ends = (f64, f64);

impl AlignedPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no line has a finite point, or values lie too far apart.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let (xs, ys) = self.ends()?;
        let bars = self.bars();
        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.keys());
        y = page::above(&mut canvas, y, &self.y_label);

        let counts = round_ends(bars.iter().map(|bar| bar.1), Some((0.0, 1.0)));
        let mut wide = gutter(ys, HIGH, self.y_quantity)?.max(38.0);
        if let Some(counts) = counts {
            wide = wide.max(gutter(counts, LOW, Quantity::Number)?);
        }
        let left = MARGIN + wide;
        let x = Scale { values: xs, pixels: (left, RIGHT) };
        let tag = Tag { pole: x.at(0.0), label: &self.at_zero, minor: false };
        let label = Labels::plan(&[tag], (MARGIN, RIGHT + 4.0), "");
        y += label.height() + 4.0;
        label.draw(&mut canvas, y - 2.0, |_| y);
        let panel = Panel { x, y: Scale { values: ys, pixels: (y + HIGH, y) } };
        panel.axes(&mut canvas, panel.step(), self.y_quantity, true);
        canvas.line(vec![(x.at(0.0), y), (x.at(0.0), y + HIGH)], 1.6, Ink::DARK);
        self.curves(&mut canvas, &panel);
        y = page::caption(&mut canvas, y + HIGH + 12.0 + SMALL.em, x.pixels, &self.x_label);

        if let Some(values) = counts {
            y = page::above(&mut canvas, y + 12.0, &self.histogram_label) + 6.0;
            y = self.bars_of_meetings(&mut canvas, y, &bars, values, (left, RIGHT));
        }
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    fn ends(&self) -> Result<(Ends, Ends), PlotError> {
        let points = || self.lines.iter().flat_map(|line| &line.points).filter(|p| known(p));
        if points().next().is_none() {
            return Err(PlotError("no line has a finite point".into()));
        }
        let xs = padded(points().map(|p| p.x).chain([0.0]), "points")?;
        let values = points()
            .flat_map(|p| [p.y, self.y_quantity.held(p.low), self.y_quantity.held(p.high)])
            .chain([0.0]);
        Ok((xs, axis(values, None, "points")?))
    }

    fn keys(&self) -> Vec<Key> {
        let named = self.lines.iter().enumerate().filter(|(_, line)| !line.label.is_empty());
        let key = |(nth, line): (usize, &BandSeries)| {
            Style::nth(nth).key(&line.label, line.points.iter().any(banded))
        };
        named.map(key).collect()
    }

    fn curves(&self, canvas: &mut Canvas, panel: &Panel) {
        for (nth, line) in self.lines.iter().enumerate() {
            for run in unbroken(&line.points, |p| p.x, banded) {
                let upper = path(panel, &run, |p| (p.x, self.y_quantity.held(p.high)));
                let lower = path(panel, &run, |p| (p.x, self.y_quantity.held(p.low)));
                Style::nth(nth).band(canvas, upper, lower);
            }
        }
        // The first line lies on top.
        for (nth, line) in self.lines.iter().enumerate().rev() {
            for run in unbroken(&line.points, |p| p.x, known) {
                Style::nth(nth).line(canvas, path(panel, &run, |p| (p.x, p.y)));
                if run.len() <= DOTS {
                    for point in &run {
                        Style::nth(nth).dot(canvas, panel.spot(point.x, point.y));
                    }
                }
            }
        }
    }

    /// The bars that can be drawn, in order, one for each meeting.
    fn bars(&self) -> Vec<(f64, f64)> {
        let placed = self.histogram.iter().map(|(meeting, count)| (meeting.place(), *count));
        let sound = |(x, count): &(f64, f64)| x.abs() < 1e6 && count.is_finite() && *count > 0.0;
        let mut bars: Vec<(f64, f64)> = placed.filter(sound).collect();
        bars.sort_by(|a, b| a.0.total_cmp(&b.0));
        bars.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 += if same { later.1 } else { 0.0 };
            same
        });
        bars
    }

    /// Bars over all meetings; gives the y below their numbers.
    fn bars_of_meetings(
        &self,
        canvas: &mut Canvas,
        y: f64,
        bars: &[(f64, f64)],
        values: Ends,
        pixels: Ends,
    ) -> f64 {
        let last = bars.iter().map(|bar| bar.0).fold(self.last.place(), f64::max);
        let first = bars.iter().map(|bar| bar.0).fold(1.0, f64::min);
        let x = Scale { values: (first - 0.5, last + 0.5), pixels };
        let panel = Panel { x, y: Scale { values, pixels: (y + LOW, y) } };
        panel.axes(canvas, panel.step().max(1.0), Quantity::Number, true);
        let half = (0.4 * (x.at(first + 1.0) - x.at(first))).clamp(0.7, WIDEST);
        for (meeting, count) in bars {
            let (middle, top) = panel.spot(*meeting, *count);
            let (from, to) = ((middle - half, top), (middle + half, y + LOW));
            canvas.framed(from, to, Ink(190, 190, 190, 1.0), 0.8, Ink::DARK);
        }
        y + LOW + 10.0 + SMALL.em
    }
}
