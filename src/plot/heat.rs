//! Heat maps over two factors.

use super::axes::{Scale, axis, number, round_step, step_of, telling_step};
use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::page::{self, Key, SMALL};
use super::shades::{lightness, shade};
use super::text::{Face, width};
use super::{Image, PlotError, Quantity, contour, rows};

/// Labels of rows wrap at this width.
const COLUMN: f64 = 170.0;
const RIGHT: f64 = WIDTH - MARGIN - 8.0;
/// With more levels than this to a factor, values are not written into cells.
const WRITTEN: usize = 12;
/// More levels of a factor than this cannot be drawn.
const MOST: usize = 200;
/// Length and height of the bar of colours.
const BAR: (f64, f64) = (300.0, 13.0);
/// Dashes of the first and of further contour lines.
const DASHES: [(f64, f64); 4] = [(1e4, 1.0), (8.0, 3.0), (3.0, 3.0), (14.0, 5.0)];

/// A quantity over the levels of two factors, as colours and in figures.
#[derive(Clone, Debug)]
pub struct HeatPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "200 runs to a cell".
    pub subtitle: String,
    /// The factor that runs to the right.
    pub x: HeatAxis,
    /// The factor that runs upwards.
    pub y: HeatAxis,
    /// What the colours count, with its unit.
    pub value_label: String,
    /// What kind of number they count.
    pub quantity: Quantity,
    /// Decimals of the values in the cells.
    pub decimals: usize,
    /// Values of the lightest and the darkest colour, moved out where values
    /// lie beyond them; round ones around the values if not given.
    pub range: Option<(f64, f64)>,
    /// A row of cells for each level of the factor that runs upwards, in each
    /// row a cell for each level of the other. What is missing stays empty.
    pub cells: Vec<Vec<HeatCell>>,
    /// Values along which a line is drawn; only where both factors are
    /// numbers. Between the middles of cells the lines run straight.
    pub contours: Vec<f64>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// A factor.
#[derive(Clone, Debug)]
pub struct HeatAxis {
    /// Its name and unit.
    pub label: String,
    /// Its levels, from left to right or from the bottom up; all cells are
    /// equally large.
    pub levels: HeatLevels,
}

/// The levels of a factor.
#[derive(Clone, Debug)]
pub enum HeatLevels {
    /// Kinds without an order.
    Named(Vec<String>),
    /// Numbers in order.
    Numbers(Vec<f64>),
}

/// The value at a level of each factor.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeatCell {
    /// The value; the cell stays empty if it is not finite.
    pub value: f64,
    /// Half of its interval, written below it; not finite if there is none.
    pub error: f64,
}

impl HeatLevels {
    fn labels(&self) -> Vec<String> {
        let numbers = match self {
            Self::Named(names) => return names.clone(),
            Self::Numbers(numbers) => numbers,
        };
        let step = telling_step(numbers);
        let text = |v: &f64| match v.is_finite() {
            true => number(*v, step, Quantity::Number),
            false => String::new(),
        };
        numbers.iter().map(text).collect()
    }

    fn numeric(&self) -> bool {
        matches!(self, Self::Numbers(numbers) if numbers.iter().all(|v| v.is_finite()))
    }
}

/// Where cells lie: the left and lower edge of the first, and their size.
struct Grid {
    corner: Spot,
    size: Spot,
}

impl Grid {
    /// A spot by columns and rows, counted from the middle of the first cell.
    fn spot(&self, (x, y): Spot) -> Spot {
        (self.corner.0 + (x + 0.5) * self.size.0, self.corner.1 - (y + 0.5) * self.size.1)
    }
}

impl HeatPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When there is no finite value, a factor has more than 200 levels, or
    /// values lie too far apart.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let (across, upwards) = (self.x.levels.labels(), self.y.levels.labels());
        if across.len() > MOST || upwards.len() > MOST {
            return Err(PlotError(format!("more than {MOST} levels of a factor")));
        }
        let values = self.values(across.len(), upwards.len());
        let written = across.len().max(upwards.len()) <= WRITTEN;
        let all = || values.iter().flatten().copied().filter(|v| v.is_finite());
        if all().next().is_none() {
            return Err(PlotError("no cell has a finite value".into()));
        }
        let ends = axis(all(), self.range, "values")?;

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::above(&mut canvas, y - 4.0, &self.value_label);
        y = self.bar(&mut canvas, y, ends)?;
        let contours = self.contours();
        y = page::legend(&mut canvas, y, &self.keys(&contours));
        y = page::above(&mut canvas, y, &self.y.label) + 2.0;

        let left = MARGIN + rows::column(upwards.iter().map(|label| &**label), COLUMN) + 10.0;
        let wide = ((RIGHT - left) / across.len() as f64).min(130.0);
        let high =
            if written { (0.62 * wide).clamp(34.0, 52.0) } else { 420.0 / upwards.len() as f64 };
        let grid = Grid { corner: (left, 0.0), size: (wide, high.min(52.0)) };
        let ground = y + upwards.len() as f64 * grid.size.1;
        let grid = Grid { corner: (left, ground), ..grid };
        for (row, values) in values.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                let share = (value - ends.0) / (ends.1 - ends.0);
                let middle = grid.spot((column as f64, row as f64));
                cell(&mut canvas, middle, grid.size, value.is_finite().then(|| shade(share)));
            }
        }
        for (nth, level) in contours.iter().enumerate() {
            for line in contour::lines(&values, *level) {
                curve(
                    &mut canvas,
                    &line.into_iter().map(|at| grid.spot(at)).collect::<Vec<_>>(),
                    nth,
                );
            }
        }
        if written {
            self.write(&mut canvas, &grid, ends);
        }
        y = name_columns(&mut canvas, &grid, &across);
        name_rows(&mut canvas, &grid, &upwards);
        let right = left + wide * across.len() as f64;
        y = page::caption(&mut canvas, y, (left, right), &self.x.label);
        y = page::footnote(&mut canvas, y + 10.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    /// The cell at a column and a row, if it has a finite value.
    fn cell(&self, column: usize, row: usize) -> Option<HeatCell> {
        self.cells.get(row)?.get(column).copied().filter(|cell| cell.value.is_finite())
    }

    fn values(&self, columns: usize, rows: usize) -> Vec<Vec<f64>> {
        let value = |x, y| self.cell(x, y).map_or(f64::NAN, |cell| cell.value);
        (0..rows).map(|y| (0..columns).map(|x| value(x, y)).collect()).collect()
    }

    /// The levels of the contour lines that can be drawn.
    fn contours(&self) -> Vec<f64> {
        let numeric = self.x.levels.numeric() && self.y.levels.numeric();
        self.contours.iter().copied().filter(|level| numeric && level.is_finite()).collect()
    }

    fn keys(&self, contours: &[f64]) -> Vec<Key> {
        let step = telling_step(contours);
        let key = |(nth, level): (usize, &f64)| {
            let text = number(*level, step, self.quantity);
            Key::new(format!("line at {text}"), 34.0, move |c, (x, y)| {
                curve(c, &[(x, y), (x + 34.0, y)], nth);
            })
        };
        contours.iter().enumerate().map(key).collect()
    }

    /// The bar of colours with its numbers; gives the y below them.
    fn bar(&self, canvas: &mut Canvas, y: f64, ends: (f64, f64)) -> Result<f64, PlotError> {
        let x = Scale { values: ends, pixels: (MARGIN + 8.0, MARGIN + 8.0 + BAR.0) };
        let step = x.checked_step(self.quantity)?;
        for strip in 0..BAR.0 as usize {
            let from = x.pixels.0 + strip as f64;
            // Strips lap over, or seams would show.
            let to = (from + 2.0).min(x.pixels.1);
            canvas.rect((from, y + 2.0), (to, y + 2.0 + BAR.1), shade(strip as f64 / BAR.0));
        }
        rows::ground(canvas, &x, step, x.pixels, y + 2.0 + BAR.1);
        rows::numbers(canvas, &x, step, self.quantity, y + 2.0 + BAR.1);
        Ok(y + BAR.1 + 20.0 + SMALL.em)
    }

    /// Writes values and errors into the cells, as large as they fit.
    fn write(&self, canvas: &mut Canvas, grid: &Grid, ends: (f64, f64)) {
        let step = step_of(self.decimals, self.quantity);
        let spots = self.cells.iter().enumerate();
        let spots = spots.flat_map(|(y, row)| (0..row.len()).map(move |x| (x, y)));
        let (columns, rows) = (self.x.levels.labels().len(), self.y.levels.labels().len());
        for (x, y) in spots.filter(|(x, y)| *x < columns && *y < rows) {
            let Some(cell) = self.cell(x, y) else { continue };
            let under = shade((cell.value - ends.0) / (ends.1 - ends.0));
            let ink = if lightness(under) > 0.42 { Ink::BLACK } else { Ink::WHITE };
            let (middle, base) = grid.spot((x as f64, y as f64));
            let mut lines =
                vec![(number(cell.value, step, self.quantity), SMALL.em, 0.36 * SMALL.em)];
            if cell.error.is_finite() {
                lines[0].2 = -2.0;
                let error = number(cell.error, step, self.quantity);
                lines.push((format!("\u{b1}{error}"), 11.0, 11.5));
            }
            for (text, em, drop) in lines {
                fitted(canvas, (middle, base + drop), &text, (em, grid.size.0 - 4.0), (ink, under));
            }
        }
    }
}

/// Text in the largest type that fits, or none if that is too small to read;
/// the cell's own colour keeps lines off it.
fn fitted(canvas: &mut Canvas, at: Spot, text: &str, (em, room): (f64, f64), inks: (Ink, Ink)) {
    let face = Face::regular(em * (room / width(text, Face::regular(em))).min(1.0));
    if face.em >= 8.0 {
        let half = width(text, face) / 2.0 + 1.5;
        let (from, to) = ((at.0 - half, at.1 - 0.8 * face.em), (at.0 + half, at.1 + 1.5));
        canvas.rect(from, to, inks.1.faded(0.85));
        canvas.text(at, text, face, Anchor::Middle, inks.0);
    }
}

/// A cell in its colour, or empty and crossed out.
fn cell(canvas: &mut Canvas, (x, y): Spot, size: Spot, ink: Option<Ink>) {
    let (from, to) = ((x - size.0 / 2.0, y - size.1 / 2.0), (x + size.0 / 2.0, y + size.1 / 2.0));
    match ink {
        Some(ink) => canvas.rect(from, to, ink),
        None => {
            canvas.framed(from, to, Ink::WHITE, 0.6, Ink::GREY);
            canvas.line(vec![(from.0, to.1), (to.0, from.1)], 1.0, Ink::GREY);
        }
    }
}

/// The `nth` contour line.
fn curve(canvas: &mut Canvas, path: &[Spot], nth: usize) {
    canvas.line(path.to_vec(), 4.4, Ink::WHITE.faded(0.75));
    canvas.dashed(path, 2.0, Ink::BLACK, DASHES[nth % DASHES.len()]);
}

/// How many levels share a label, so that labels `wanted` long do not crowd.
fn every(wanted: f64, size: f64) -> usize {
    round_step(wanted / size, 1.0, 1.0).ceil() as usize
}

/// Labels below the columns; gives the y of the last line.
fn name_columns(canvas: &mut Canvas, grid: &Grid, labels: &[String]) -> f64 {
    let widest = rows::column(labels.iter().map(|label| &**label), 60.0) + 6.0;
    let every = if grid.size.0 >= 40.0 { 1 } else { every(widest, grid.size.0) };
    let mut last = grid.corner.1;
    for (column, label) in labels.iter().enumerate().step_by(every) {
        let (x, _) = grid.spot((column as f64, 0.0));
        let mut base = grid.corner.1 + 4.0;
        for line in rows::lines(label, grid.size.0 * every as f64 - 6.0) {
            base += SMALL.leading();
            canvas.text((x, base), &line, SMALL, Anchor::Middle, Ink::BLACK);
        }
        last = last.max(base);
    }
    last + 4.0
}

/// Labels before the rows.
fn name_rows(canvas: &mut Canvas, grid: &Grid, labels: &[String]) {
    let every = if grid.size.1 >= 16.0 { 1 } else { every(16.0, grid.size.1) };
    for (row, label) in labels.iter().enumerate().step_by(every) {
        let (_, middle) = grid.spot((0.0, row as f64));
        let mut lines = rows::lines(label, grid.corner.0 - 10.0 - MARGIN);
        lines.truncate(((grid.size.1 * every as f64 / SMALL.leading()) as usize).max(1));
        rows::label(canvas, middle, &lines);
    }
}
