//! Rows of dots and intervals on one scale.

use super::axes::{Scale, axis, value_step};
use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::layout::{Labels, Tag};
use super::marks::{self, Interval};
use super::page::{self, Key, SMALL, STRONG};
use super::text::{width, wrap_to};
use super::{Image, PlotError, Quantity, rows};

/// Labels of rows wrap at this width.
const COLUMN: f64 = 320.0;
/// Height of a row with marks on one level, and what each level more adds.
const ROW: f64 = 20.0;
const LEVEL: f64 = 13.5;
/// With more levels than this the numbers of the axis stand above as well, and
/// rows move closer together.
const TALL: usize = 20;
const CLOSE: f64 = 18.0;
/// A heading has no more lines.
const LINES: usize = 4;

/// Rows of labelled dots with their intervals, in groups, on a common
/// horizontal axis.
#[derive(Clone, Debug, Default)]
pub struct DotPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs, seed 1".
    pub subtitle: String,
    /// What the horizontal axis counts.
    pub x_label: String,
    /// Ends of the horizontal axis, moved out where a mark lies beyond them;
    /// round ones around the marks if not given.
    pub x_range: Option<(f64, f64)>,
    /// What kind of number it counts.
    pub x_quantity: Quantity,
    /// What the marks of a row are, in their order.
    pub series: Vec<DotSeries>,
    /// The rows.
    pub groups: Vec<DotGroup>,
    /// A value to compare with, as a vertical line with a name.
    pub reference: Option<(f64, String)>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// One kind of mark that rows may have.
#[derive(Clone, Debug)]
pub struct DotSeries {
    /// Its name in the legend, which should say what an interval holds.
    pub label: String,
    /// How it is drawn.
    pub kind: DotKind,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotKind {
    /// A published value: a black diamond, its interval a thin black bar.
    Published,
    /// A simulated value: a blue dot, its interval a thick bar.
    Simulated,
    /// At the low end of a range: an open orange triangle pointing left.
    Low,
    /// At the high end of a range: a filled blue triangle pointing right.
    High,
    /// Anything else; four different marks, then the same again.
    Other(usize),
}

/// Rows under a heading. Without rows it is not drawn.
#[derive(Clone, Debug, Default)]
pub struct DotGroup {
    /// Words above the rows; may be empty.
    pub heading: String,
    /// The rows from top to bottom.
    pub rows: Vec<DotRow>,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct DotRow {
    /// Words before the row; wraps when long.
    pub label: String,
    /// A mark for each series, in the order of the series. A row without any
    /// stays empty.
    pub marks: Vec<Option<DotMark>>,
    /// Whether the marks lie on one level, joined by a line, and not above
    /// one another.
    pub joined: bool,
}

/// A value and its interval.
#[derive(Clone, Copy, Debug, Default)]
pub struct DotMark {
    /// The value; no mark is drawn if it is not finite.
    pub x: f64,
    /// Lower end of the interval; at the value if only the upper one is given.
    pub low: Option<f64>,
    /// Upper end of the interval; at the value if only the lower one is given.
    pub high: Option<f64>,
}

/// Where things lie between left and right.
struct Plan {
    /// Width of the labels.
    column: f64,
    /// Ends of the stripes behind the marks.
    ends: (f64, f64),
    x: Scale,
    step: f64,
    tall: bool,
}

impl DotPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no row has a finite mark, or the marks lie too far apart or need
    /// numbers too long for the axis.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let plan = self.plan()?;
        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.keys());
        let mut ground = y;
        let groups = self.groups.iter().filter(|group| !group.rows.is_empty());
        for (i, group) in groups.enumerate() {
            y += if i == 0 { 0.0 } else { 12.0 };
            for line in wrap_to(LINES, &group.heading, STRONG, WIDTH - 2.0 * MARGIN) {
                y += STRONG.leading();
                canvas.text((MARGIN, y), &line, STRONG, Anchor::Start, Ink::BLACK);
            }
            y += if group.heading.is_empty() { 0.0 } else { 7.0 };
            if i == 0 {
                y = self.crown(&mut canvas, y, &plan);
            }
            ground = self.rows(&mut canvas, y, group, &plan);
            y = ground;
        }
        rows::ground(&mut canvas, &plan.x, plan.step, plan.ends, ground);
        self.numbers(&mut canvas, ground + 8.0 + SMALL.em, &plan, None);
        y = page::caption(&mut canvas, ground + 12.0 + SMALL.em, plan.ends, &self.x_label);
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    /// The marks that can be drawn, with the series they belong to.
    fn marks<'a>(&'a self, row: &'a DotRow) -> impl Iterator<Item = (usize, DotMark)> + 'a {
        let marks = row.marks.iter().take(self.series.len()).enumerate();
        marks.filter_map(|(series, mark)| Some((series, (*mark)?))).filter(|(_, m)| m.x.is_finite())
    }

    fn all(&self) -> impl Iterator<Item = (usize, DotMark)> + '_ {
        self.groups.iter().flat_map(|group| &group.rows).flat_map(|row| self.marks(row))
    }

    /// The line to compare with, if it can be drawn.
    fn line(&self) -> Option<(f64, &str)> {
        let (value, label) = self.reference.as_ref()?;
        value.is_finite().then_some((*value, label))
    }

    /// How many levels the marks of a row take.
    fn levels(&self, row: &DotRow) -> usize {
        if row.joined { 1 } else { self.series.len().max(1) }
    }

    fn plan(&self) -> Result<Plan, PlotError> {
        if self.all().next().is_none() {
            return Err(PlotError("no row has a finite mark".into()));
        }
        let values = self.all().flat_map(|(_, mark)| [Some(mark.x), mark.low, mark.high]).flatten();
        let values = values.chain(self.line().map(|(value, _)| value));
        let values = axis(values, self.x_range, "marks")?;

        let labels = self.groups.iter().flat_map(|group| &group.rows).map(|row| &*row.label);
        let column = rows::column(labels, COLUMN);
        let ends = (MARGIN + column + 12.0, WIDTH - MARGIN);
        // Counts get no ticks between whole numbers.
        let whole = self.x_quantity == Quantity::Number
            && self.all().all(|(_, mark)| mark.x.fract() == 0.0);
        let step_of = |pieces: f64| {
            let step = value_step(values.1 - values.0, pieces);
            if whole { step.max(1.0) } else { step }
        };
        let mut step = step_of(8.0);
        let trial = Scale { values, pixels: ends };
        let widest = |step: f64| trial.widest(step, self.x_quantity);
        if widest(step) + 16.0 > (ends.1 - ends.0) / 9.0 {
            step = step_of(((ends.1 - ends.0) / (widest(step) + 16.0) - 1.0).max(1.0));
        }
        // Marks at the ends are whole, and numbers stay on the page.
        let inset = (widest(step) / 2.0 - MARGIN + 4.0).max(10.0);
        if inset > (ends.1 - ends.0) / 3.0 {
            return Err(PlotError("the numbers of the axis are too long to draw".into()));
        }
        let x = Scale { values, pixels: (ends.0 + inset, ends.1 - inset) };
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        let tall = rows.map(|row| self.levels(row)).sum::<usize>() > TALL;
        Ok(Plan { column, ends, x, step, tall })
    }

    fn keys(&self) -> Vec<Key> {
        let key = |(i, series): (usize, &DotSeries)| {
            let mut marks = self.all().filter(|(of, _)| *of == i);
            let barred = marks.any(|(_, mark)| interval(&mark).is_some());
            let (half, kind) = (if barred { 16.0 } else { 7.0 }, series.kind);
            Key::new(series.label.as_str(), 2.0 * half, move |c, (x, y)| {
                let bar = barred.then_some((x, x + 2.0 * half));
                marks::interval(c, y, bar, kind);
                marks::mark(c, (x + half, y), kind);
            })
        };
        self.series.iter().enumerate().filter(|(_, s)| !s.label.is_empty()).map(key).collect()
    }

    /// The name of the line to compare with and, over many rows, numbers; both
    /// above the first rows. Gives the y below them.
    fn crown(&self, canvas: &mut Canvas, mut y: f64, plan: &Plan) -> f64 {
        let pole = self.line().map(|(value, _)| plan.x.at(value));
        let numbers = if plan.tall { SMALL.em + 7.0 } else { 0.0 };
        if let (Some(pole), Some((_, label))) = (pole, self.line()) {
            let tag = Tag { pole, label, minor: false };
            let labels = Labels::plan(&[tag], (MARGIN, WIDTH - MARGIN), "");
            y += labels.height();
            labels.draw(canvas, y, |_| y + numbers);
        }
        if plan.tall {
            self.numbers(canvas, y + SMALL.em, plan, pole);
        }
        y + numbers
    }

    /// The numbers of the axis, without those that a pole would strike out.
    fn numbers(&self, canvas: &mut Canvas, base: f64, plan: &Plan, pole: Option<f64>) {
        for value in plan.x.ticks(plan.step) {
            let text = plan.x.label(value, plan.step, self.x_quantity);
            let x = plan.x.at(value);
            let half = width(&text, SMALL) / 2.0 + 3.0;
            if pole.is_none_or(|pole| (pole - x).abs() > half) {
                canvas.text((x, base), &text, SMALL, Anchor::Middle, Ink::BLACK);
            }
        }
    }

    /// The rows of a group; gives the y below them.
    fn rows(&self, canvas: &mut Canvas, top: f64, group: &DotGroup, plan: &Plan) -> f64 {
        let labels: Vec<Vec<String>> =
            group.rows.iter().map(|row| rows::lines(&row.label, plan.column)).collect();
        let single = if plan.tall { CLOSE } else { ROW };
        let highs = group.rows.iter().zip(&labels).map(|(row, label)| {
            let marks = single + LEVEL * (self.levels(row) - 1) as f64;
            marks.max(rows::height(label))
        });
        let edges = rows::stripes(canvas, top, plan.ends.1, highs);
        let ground = edges[group.rows.len()];
        rows::verticals(canvas, &plan.x, plan.step, (top, ground));
        if let Some((value, _)) = self.line() {
            let x = plan.x.at(value);
            canvas.dashed(&[(x, top), (x, ground)], 1.4, Ink::DARK, (5.0, 3.0));
        }
        for (i, (row, label)) in group.rows.iter().zip(&labels).enumerate() {
            let middle = (edges[i] + edges[i + 1]) / 2.0;
            rows::label(canvas, middle, label);
            self.row(canvas, middle, row, plan);
        }
        ground
    }

    fn row(&self, canvas: &mut Canvas, middle: f64, row: &DotRow, plan: &Plan) {
        let above = (self.levels(row) - 1) as f64 / 2.0;
        let xs: Vec<f64> = self.marks(row).map(|(_, mark)| plan.x.at(mark.x)).collect();
        // Joined marks that would hide each other part a little.
        let close = xs.windows(2).any(|pair| (pair[0] - pair[1]).abs() < 13.0);
        let part =
            if row.joined && close { 7.6 / (self.series.len() - 1).max(1) as f64 } else { 0.0 };
        let level = |series: usize| match row.joined {
            true => middle + (series as f64 - (self.series.len() - 1) as f64 / 2.0) * part,
            false => middle + (series as f64 - above) * LEVEL,
        };
        let spot = |series: usize, mark: &DotMark| -> Spot { (plan.x.at(mark.x), level(series)) };
        if row.joined {
            let spots: Vec<Spot> = self.marks(row).map(|(i, mark)| spot(i, &mark)).collect();
            if let (Some(first), Some(last)) = (spots.first(), spots.last()) {
                canvas.line(vec![*first, *last], 2.0, Ink::GREY);
            }
        }
        for (i, mark) in self.marks(row) {
            let bar = interval(&mark).map(|(low, high)| (plan.x.at(low), plan.x.at(high)));
            marks::interval(canvas, level(i), bar, self.series[i].kind);
        }
        // The first series lies on top.
        let marks: Vec<_> = self.marks(row).collect();
        for (i, mark) in marks.iter().rev() {
            marks::mark(canvas, spot(*i, mark), self.series[*i].kind);
        }
    }
}

/// The ends of a mark's interval, if it has one.
fn interval(mark: &DotMark) -> Option<Interval> {
    let end = |end: Option<f64>| end.filter(|value| value.is_finite());
    let (low, high) = (end(mark.low), end(mark.high));
    (low.is_some() || high.is_some()).then(|| (low.unwrap_or(mark.x), high.unwrap_or(mark.x)))
}
