//! Two factors at once: a map of the means, and one's curve by level of the other.

use super::{Drawing, SERIES, WRITTEN, decimals, half, round_step};
use crate::plot::{
    BandPoint, BandSeries, CurvePicture, HeatAxis, HeatCell, HeatLevels, HeatPicture, Image,
    PlotError, written,
};
use crate::report::words::pictures as words;
use crate::sweep::Factor;
use crate::sweep::design::Kind;
use crate::sweep::sensitivity::gathered::Point;

/// Means over the levels of two factors.
pub(super) struct Cells<'a> {
    factors: (&'a Factor, &'a Factor),
    /// Values of both, in order.
    values: (Vec<f64>, Vec<f64>),
    /// By level of the second, by level of the first.
    points: Vec<Vec<Point>>,
    /// How many cells of the design a mean is over.
    over: usize,
}

impl Cells<'_> {
    pub(super) fn x(&self) -> &Factor {
        self.factors.0
    }

    pub(super) fn y(&self) -> &Factor {
        self.factors.1
    }
}

impl<'a> Drawing<'a> {
    /// The cells of two factors: of both there are, or of those that interact most, over the
    /// levels of the others.
    pub(super) fn cells(&self) -> Option<Cells<'a>> {
        let plan = self.plan();
        let Some(Kind::Factorial { levels }) = &plan.design else { return None };
        let pair = self.outcome.entries.iter().find(|entry| entry.factors.len() == 2)?;
        let (mut x, mut y) = (pair.factors[0], pair.factors[1]);
        if levels[y] > levels[x] {
            (x, y) = (y, x);
        }
        let sorted = |factor: usize| {
            let level = |level: usize| plan.factors[factor].level(level, levels[factor]);
            let mut values: Vec<f64> = (0..levels[factor]).map(level).collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            values
        };
        let values = (sorted(x), sorted(y));
        let outcome = &self.of.gathered.points[self.outcome.place];
        let mut over = 0;
        let mut mean_at = |a: f64, b: f64| {
            let rows = plan.rows.iter().zip(outcome);
            let here: Vec<&Point> =
                rows.filter(|(row, _)| row[x] == a && row[y] == b).map(|(_, p)| p).collect();
            over = here.len();
            let count = here.len() as f64;
            let mean = here.iter().map(|point| point.mean).sum::<f64>() / count;
            let squares = here.iter().map(|p| p.error * p.error).sum::<f64>() / count;
            // Means of rows that share their runs are not independent.
            let error = libm::sqrt(if plan.common { squares } else { squares / count });
            let count = here.iter().map(|point| point.count).min().unwrap_or(0);
            Point { mean, error, count, missing: 0 }
        };
        let row = |b: &f64| values.0.iter().map(|a| mean_at(*a, *b)).collect();
        let points: Vec<Vec<Point>> = values.1.iter().map(row).collect();
        let factors = (&plan.factors[x], &plan.factors[y]);
        Some(Cells { factors, values, points, over })
    }

    pub(super) fn map(&self, cells: &Cells<'_>) -> Result<Image, PlotError> {
        let all = || cells.points.iter().flatten().map(|p| p.mean).filter(|m| m.is_finite());
        let (low, high) =
            (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let step = round_step((high - low) / 4.0);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let level = |nth: usize| (first + nth as f64) * step;
        let levels = (1..(last - first) as usize).map(level);
        let cell = |p: &Point| HeatCell { value: p.mean, error: half(p) };
        let axis = |factor: &Factor, values: &[f64]| HeatAxis {
            label: factor.label.clone(),
            levels: HeatLevels::Numbers(values.to_vec()),
        };
        let written = cells.values.0.len().max(cells.values.1.len()) <= WRITTEN;
        HeatPicture {
            title: format!("{} by {} and {}", self.capital(), cells.x().label, cells.y().label),
            subtitle: self.rows_and_runs(),
            x: axis(cells.x(), &cells.values.0),
            y: axis(cells.y(), &cells.values.1),
            value_label: self.quantity(),
            quantity: self.counts(),
            decimals: decimals(step * self.counts().factor()),
            range: (first < last).then_some((first * step, last * step)),
            cells: cells.points.iter().map(|row| row.iter().map(cell).collect()).collect(),
            contours: levels.collect(),
            footnote: words::map(written, cells.over),
        }
        .draw()
    }

    pub(super) fn crossed(&self, cells: &Cells<'_>) -> Result<Image, PlotError> {
        let levels = cells.values.1.len();
        let shown: Vec<usize> = match levels {
            few if few <= SERIES => (0..few).collect(),
            many => (0..SERIES).map(|nth| nth * (many - 1) / (SERIES - 1)).collect(),
        };
        let names = written(&cells.values.1);
        let series = |level: &usize| {
            let point = |(x, p): (&f64, &Point)| BandPoint::around(*x, p.mean, half(p));
            BandSeries {
                label: format!("{} {}", cells.y().label, names[*level]),
                points: cells.values.0.iter().zip(&cells.points[*level]).map(point).collect(),
            }
        };
        let (plan, flat) = (self.plan(), self.of.gathered.is_same(self.outcome.place));
        CurvePicture {
            title: format!("{} by {} and {}", self.capital(), cells.x().label, cells.y().label),
            subtitle: self.rows_and_runs(),
            x_label: cells.x().label.clone(),
            y_label: self.quantity(),
            y_quantity: self.counts(),
            series: shown.iter().map(series).collect(),
            footnote: words::crossed(plan.common, flat, levels - shown.len(), cells.over),
            ..CurvePicture::default()
        }
        .draw()
    }
}
