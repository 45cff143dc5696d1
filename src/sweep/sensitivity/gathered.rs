//! What a sweep gave, kept as far as an analysis needs it: a mean and its error for each row, and
//! the contrasts of rows that are compared run by run.
//!
//! Rows come one at a time. Where they share their run numbers, a difference between rows is
//! taken run by run and then averaged, so that what the runs have in common does not count as
//! error; only sums over rows are held for it.

use super::noise::Layout;
use crate::sweep::design::{Kind, Place};
use crate::sweep::results::Row;
use crate::sweep::{Factor, Plan};
use crate::worlds::statistics::{Estimated, Mean};
use serde::Serialize;

/// The share of replicates that must be complete for a difference to be taken run by run.
const COMPLETE: f64 = 0.5;
/// A sum this much smaller than its parts is nothing but rounding.
const ROUNDING: f64 = 1e-13;
/// As many rows as survival is kept of.
pub const MOST_SURVIVALS: usize = 8;

/// One outcome of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Point {
    /// Mean over replicates, or NaN if no replicate has a value.
    pub mean: f64,
    /// Monte-Carlo standard error of the mean, or NaN below two replicates.
    pub error: f64,
    /// Replicates with a value.
    pub count: u64,
    /// Replicates without one.
    pub missing: u64,
}

/// How the error of a difference was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// From the difference in each replicate; how many replicates had one.
    Paired(u64),
    /// From the errors of independent rows.
    Independent,
    /// From the errors of rows as if they were independent, though they share their run numbers
    /// and too many runs have no value to be paired: usually too large.
    Conservative,
}

/// How many of the rows on one side of a difference have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// All.
    Whole,
    /// Some.
    Part,
    /// None.
    Empty,
}

/// A difference between rows, with its error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// The difference, or NaN unless all rows of both sides have a value.
    pub value: f64,
    /// Its Monte-Carlo standard error, or NaN with a single replicate.
    pub error: f64,
    /// Half of its 95 % interval.
    pub half: f64,
    /// How the error was found.
    pub basis: Basis,
    /// What is taken off, and what it is taken off from.
    pub sides: [Side; 2],
}

impl Effect {
    /// Lower end of its 95 % Monte-Carlo interval.
    pub fn low(&self) -> f64 {
        self.value - self.half
    }

    /// Upper end of its 95 % Monte-Carlo interval.
    pub fn high(&self) -> f64 {
        self.value + self.half
    }

    /// Whether it is nothing in every replicate.
    pub fn is_nothing(&self) -> bool {
        self.value == 0.0 && (self.error == 0.0 || self.error.is_nan())
    }

    /// Whether its interval leaves out zero.
    pub fn is_settled(&self) -> bool {
        self.low() > 0.0 || self.high() < 0.0
    }
}

/// A weighted sum of rows, as it grows.
#[derive(Clone, Debug)]
struct Contrast {
    sum: f64,
    squared_error: f64,
    /// The sum by replicate, or NaN once a value is missing.
    paired: Vec<f64>,
    least: u64,
    /// The largest that the sum could have been.
    size: f64,
    /// By sign of the weight, minus first: rows with a value, and without one.
    rows: [[u64; 2]; 2],
}

impl Contrast {
    fn new(replicates: u64) -> Self {
        let paired = vec![0.0; replicates as usize];
        let rows = [[0; 2]; 2];
        Contrast { sum: 0.0, squared_error: 0.0, paired, least: u64::MAX, size: 0.0, rows }
    }

    fn add(&mut self, weight: f64, point: &Point, values: &[f64]) {
        self.rows[usize::from(weight > 0.0)][usize::from(point.count == 0)] += 1;
        self.sum += weight * point.mean;
        self.squared_error += weight * weight * point.error * point.error;
        self.least = self.least.min(point.count);
        let largest = values.iter().filter(|value| value.is_finite()).map(|value| value.abs());
        self.size += weight.abs() * largest.fold(0.0, f64::max);
        self.paired.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
    }

    fn effect(&self, common: bool) -> Effect {
        let sides = self.rows.map(|[with, without]| match (with, without) {
            (_, 0) => Side::Whole,
            (0, _) => Side::Empty,
            _ => Side::Part,
        });
        let exact = |value: f64| if value.abs() <= ROUNDING * self.size { 0.0 } else { value };
        let mut paired = Mean::default();
        let values = self.paired.iter().filter(|value| value.is_finite());
        values.for_each(|value| paired.add(exact(*value)));
        let enough = paired.count() as f64 >= COMPLETE * self.paired.len() as f64;
        if common && enough && paired.count() > 0 {
            let (value, error) = (paired.mean(), paired.error());
            let basis = Basis::Paired(paired.count());
            let half = paired.half_width().unwrap_or(f64::NAN);
            return Effect { value, error, half, basis, sides };
        }
        let (value, error) = (exact(self.sum), libm::sqrt(self.squared_error));
        let degrees = self.least.saturating_sub(1) as f64;
        let half = Estimated { value, error, degrees }.half_width().unwrap_or(f64::NAN);
        let basis = if common { Basis::Conservative } else { Basis::Independent };
        Effect { value, error, half, basis, sides }
    }
}

/// The curve of a factor that was moved alone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Curve {
    /// Rows of its levels, from the lowest value to the highest.
    pub rows: Vec<usize>,
    /// By level: the change from the baseline.
    pub from_baseline: Vec<Effect>,
    /// The change from the lowest level to the highest.
    pub ends: Effect,
    /// An inner level that is further than both ends to one side, with its distance from the
    /// nearer of them; where that is more than three standard errors.
    pub turn: Option<(usize, Effect)>,
    /// The highest mean along the curve less the lowest; chance alone makes it more than nothing.
    pub span: f64,
}

/// An effect of one factor, or of two together, in a factorial.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Crossed {
    /// The factor, or both.
    pub factors: Vec<usize>,
    /// Of one factor: the change of the mean from its lowest to its highest level. Of two: by how
    /// much that change of the first is larger at the highest level of the second than at its
    /// lowest.
    pub effect: Effect,
}

/// Partnerships alive by month in one row.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Alive {
    /// Runs that did not fail.
    pub runs: u64,
    /// By month from 1: the share still alive.
    pub share: Vec<f64>,
}

/// What a sweep gave.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// By outcome and row.
    pub points: Vec<Vec<Point>>,
    /// Runs that failed.
    pub failures: u64,
    /// By row, where partnerships can end and there are few rows.
    pub alive: Vec<Alive>,
    held: Vec<Held>,
}

/// What is held of one outcome.
#[derive(Clone, Debug)]
struct Held {
    /// Rows crossed with replicates.
    layout: Layout,
    /// Of a factorial: effects as they grow.
    crossed: Vec<(Vec<usize>, Contrast)>,
    /// Of one at a time: values of the baseline, then of the levels of the factor being read.
    baseline: Option<(Point, Vec<f64>)>,
    levels: Vec<(usize, Point, Vec<f64>)>,
    curves: Vec<Curve>,
}

/// Whether partnerships can end in some row of a plan.
pub fn can_end(plan: &Plan) -> bool {
    plan.world.template().parameters.benefit.renewal_every > 0.0
        || plan.factors.iter().any(|factor| factor.key == "benefit.renewal_every")
}

/// The lowest and the highest level of each factor of a factorial, by value.
fn ends(factors: &[Factor], levels: &[usize]) -> Vec<(usize, usize)> {
    let by_value = |(factor, &of): (&Factor, &usize)| {
        let value = |level: &usize| factor.level(*level, of);
        let order = |a: &usize, b: &usize| value(a).total_cmp(&value(b));
        let lowest = (0..of).min_by(order).unwrap_or(0);
        (lowest, (0..of).max_by(order).unwrap_or(0))
    };
    factors.iter().zip(levels).map(by_value).collect()
}

impl Gathered {
    /// Nothing yet.
    pub fn new(plan: &Plan) -> Gathered {
        let factors = plan.factors.len();
        let crossed = match &plan.design {
            Some(Kind::Factorial { levels }) => {
                let varies = |f: &usize| levels[*f] > 1;
                let varied: Vec<usize> = (0..factors).filter(varies).collect();
                let mut all: Vec<Vec<usize>> = varied.iter().map(|&f| vec![f]).collect();
                for (nth, &f) in varied.iter().enumerate() {
                    all.extend(varied[nth + 1..].iter().map(|&g| vec![f, g]));
                }
                all
            }
            _ => Vec::new(),
        };
        let contrast = |of: Vec<usize>| (of, Contrast::new(plan.replicates));
        let held = || Held {
            layout: Layout::new(plan.replicates),
            crossed: crossed.iter().cloned().map(contrast).collect(),
            baseline: None,
            levels: Vec::new(),
            curves: Vec::new(),
        };
        Gathered {
            points: vec![Vec::new(); plan.outcomes.len()],
            failures: 0,
            alive: Vec::new(),
            held: plan.outcomes.iter().map(|_| held()).collect(),
        }
    }

    /// Takes the next row in; they come in the order of the plan.
    pub fn add(&mut self, plan: &Plan, row: &Row) {
        self.failures += row.failures.len() as u64;
        if can_end(plan) && plan.rows.len() <= MOST_SURVIVALS {
            let runs = row.runs.iter().flatten().count() as u64;
            let share = row.alive(plan.world.template().calendar.months);
            self.alive.push(Alive { runs, share });
        }
        for outcome in 0..plan.outcomes.len() {
            let value = |kept: &crate::sweep::Kept| kept.values[outcome];
            let values = row.runs.iter().map(|run| run.as_ref().and_then(value));
            let values: Vec<f64> = values.map(|value| value.unwrap_or(f64::NAN)).collect();
            let mut mean = Mean::default();
            values.iter().filter(|value| value.is_finite()).for_each(|value| mean.add(*value));
            let missing = values.len() as u64 - mean.count();
            let (count, error) = (mean.count(), mean.error());
            let point = Point { mean: mean.mean(), error, count, missing };
            self.points[outcome].push(point);
            let held = &mut self.held[outcome];
            held.layout.add(&values, &mean);
            held.cross(plan, row.row, &point, &values);
            held.bend(plan, row.row, point, values);
        }
    }

    /// Whether all rows that have a value have the same mean.
    pub fn is_same(&self, outcome: usize) -> bool {
        let mut means = self.points[outcome].iter().map(|point| point.mean);
        let first = means.find(|mean| mean.is_finite());
        means.filter(|mean| mean.is_finite()).all(|mean| Some(mean) == first)
    }

    /// The curves of factors that were moved alone; empty for other designs.
    pub fn curves(&self, outcome: usize) -> &[Curve] {
        &self.held[outcome].curves
    }

    /// The effects in a factorial, single factors first; empty for other designs.
    pub fn crossed(&self, plan: &Plan, outcome: usize) -> Vec<Crossed> {
        let effect = |(factors, contrast): &(Vec<usize>, Contrast)| Crossed {
            factors: factors.clone(),
            effect: contrast.effect(plan.common),
        };
        self.held[outcome].crossed.iter().map(effect).collect()
    }

    /// The variance of a row's mean that is replicate noise, as if rows were independent; `None`
    /// if no row has two values.
    pub fn noise(&self, outcome: usize) -> Option<f64> {
        self.held[outcome].layout.noise()
    }

    /// The part of [`noise`](Gathered::noise) that tells rows apart where they share their run
    /// numbers: without what a replicate does to all rows alike, which is the residual of rows
    /// crossed with replicates, by least squares where values are missing. `None` if rows share
    /// nothing, nothing is left to estimate it from, or values are missing beside more than 512
    /// replicates.
    pub fn noise_between(&self, plan: &Plan, outcome: usize) -> Option<f64> {
        self.held[outcome].layout.noise_between().filter(|_| plan.common)
    }
}

impl Held {
    fn cross(&mut self, plan: &Plan, row: usize, point: &Point, values: &[f64]) {
        let (Some(Kind::Factorial { levels }), Place::Cell { levels: cell }) =
            (&plan.design, &plan.places[row])
        else {
            return;
        };
        let ends = ends(&plan.factors, levels);
        let side = |f: usize| match cell[f] {
            level if level == ends[f].1 => 1.0,
            level if level == ends[f].0 => -1.0,
            _ => 0.0,
        };
        for (factors, contrast) in &mut self.crossed {
            let sign: f64 = factors.iter().map(|&f| side(f)).product();
            if sign != 0.0 {
                let fixed: usize = factors.iter().map(|&f| levels[f]).product();
                let cells = plan.rows.len() / fixed;
                contrast.add(sign / cells as f64, point, values);
            }
        }
    }

    fn bend(&mut self, plan: &Plan, row: usize, point: Point, values: Vec<f64>) {
        let Some(Kind::OneAtATime { levels, .. }) = &plan.design else { return };
        let Place::Moved { factor, .. } = plan.places[row] else {
            self.baseline = Some((point, values));
            return;
        };
        self.levels.push((row, point, values));
        if self.levels.len() < *levels {
            return;
        }
        let mut at = std::mem::take(&mut self.levels);
        at.sort_by(|a, b| plan.rows[a.0][factor].total_cmp(&plan.rows[b.0][factor]));
        let between = |from: (&Point, &[f64]), to: (&Point, &[f64])| {
            let mut contrast = Contrast::new(plan.replicates);
            contrast.add(-1.0, from.0, from.1);
            contrast.add(1.0, to.0, to.1);
            contrast.effect(plan.common)
        };
        let level = |nth: usize| (&at[nth].1, &at[nth].2[..]);
        let last = at.len() - 1;
        let baseline = self.baseline.as_ref().map(|(point, values)| (point, &values[..]));
        let from_baseline = match baseline {
            Some(baseline) => (0..=last).map(|nth| between(baseline, level(nth))).collect(),
            None => Vec::new(),
        };
        let mean = |nth: usize| at[nth].1.mean;
        let by_mean = |a: &usize, b: &usize| mean(*a).total_cmp(&mean(*b));
        let defined = || (0..=last).filter(|nth| mean(*nth).is_finite());
        let (lowest, highest) = (defined().min_by(by_mean), defined().max_by(by_mean));
        let span = match (lowest, highest) {
            (Some(low), Some(high)) => mean(high) - mean(low),
            _ => f64::NAN,
        };
        let beyond = |nth: Option<usize>, sign: f64| {
            let ended = mean(0).is_finite() && mean(last).is_finite();
            let nth = nth.filter(|nth| ended && ![0, last].contains(nth))?;
            let nearer = if sign * (mean(0) - mean(last)) > 0.0 { 0 } else { last };
            let effect = between(level(nearer), level(nth));
            let sure = sign * effect.value > 3.0 * effect.error;
            sure.then_some((nth, effect))
        };
        let turns = [beyond(highest, 1.0), beyond(lowest, -1.0)];
        let further =
            |a: &(usize, Effect), b: &(usize, Effect)| a.1.value.abs().total_cmp(&b.1.value.abs());
        let turn = turns.into_iter().flatten().max_by(further);
        let ends = between(level(0), level(last));
        let rows = at.iter().map(|(row, ..)| *row).collect();
        self.curves.push(Curve { rows, from_baseline, ends, turn, span });
    }
}
