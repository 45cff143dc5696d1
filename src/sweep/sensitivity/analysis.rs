//! The analysis that a design was made for, of each outcome of a sweep.

use super::error::{ROWS, TRAJECTORIES};
use super::gathered::{Crossed, Curve, Gathered};
use super::regression::{self, Regression};
use super::screening::{self, Screened};
use super::variance::{self, Index};
use super::{Estimate, SensitivityError};
use crate::sweep::design::{Kind, Place};
use crate::sweep::{Factor, Plan};
use crate::worlds::statistics::{Estimated, Mean};

/// What was found of one outcome.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Analysis {
    /// The figures, or why they cannot be estimated.
    pub found: Result<Found, SensitivityError>,
    /// Share of the variance between rows that is replicate noise, as if rows were independent;
    /// `None` with a single replicate.
    pub noise: Option<f64>,
    /// The same without what replicates do to all rows alike, where rows share their run numbers
    /// and it can be told.
    pub noise_between: Option<f64>,
    /// Rows left out because no replicate has a value, with those that cannot be read without
    /// them.
    pub left_out: usize,
    /// Runs without a value, failed ones included.
    pub missing: u64,
}

/// The figures, by the design.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Found {
    /// Morris: elementary effects, by factor.
    Screening {
        /// By factor.
        effects: Vec<Screened>,
        /// By factor: the mean size of an elementary effect that replicate noise alone gives, at
        /// most; `None` with a single replicate.
        luck: Option<Vec<f64>>,
    },
    /// Saltelli: Sobol' indices, by factor.
    Variance(
        /// By factor.
        Vec<Index>,
    ),
    /// Points anywhere: standardised regression.
    Regression(
        /// Both regressions.
        Lines,
    ),
    /// One at a time: the curve of each factor.
    Curves(
        /// By factor.
        Vec<Curve>,
    ),
    /// A factorial: effects of single factors, then of pairs.
    Crossed(
        /// All of them.
        Vec<Crossed>,
    ),
}

impl Analysis {
    /// The share of the variance between rows that is luck, and decides what is read: without
    /// what all rows share, where that can be told.
    pub fn noise_left(&self) -> Option<f64> {
        self.noise_between.or(self.noise)
    }
}

/// Standardised regression on values and on ranks.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lines {
    /// On values, by factor; `None` for a factor that has the same value in every row.
    pub values: Vec<Option<Estimate>>,
    /// R² on values.
    pub r_squared: f64,
    /// On ranks, by factor.
    pub ranks: Vec<Option<Estimate>>,
    /// R² on ranks.
    pub r_squared_of_ranks: f64,
}

impl Lines {
    /// Whether ranks explain more than values.
    pub fn ranks_say_more(&self) -> bool {
        self.r_squared_of_ranks > self.r_squared
    }
}

/// The analysis of an outcome that the design of the plan was made for.
///
/// Morris takes the coordinates of the design, made again from its kind and seed, and where they
/// put the factors within their own ranges, so that an elementary effect is per whole range of its
/// factor; regression takes the values of the rows; the others need no coordinates.
pub fn analyse(plan: &Plan, gathered: &Gathered, outcome: usize) -> Analysis {
    let points = &gathered.points[outcome];
    let means: Vec<f64> = points.iter().map(|point| point.mean).collect();
    let noise = gathered.noise(outcome);
    let noise_between = gathered.noise_between(plan, outcome);
    let mut spread = Mean::default();
    means.iter().filter(|mean| mean.is_finite()).for_each(|mean| spread.add(*mean));
    let share = |noise: f64| Some(noise / (spread.sd() * spread.sd())).filter(|s| s.is_finite());
    let (found, left_out) = match &plan.design {
        Some(kind @ Kind::Morris { .. }) => screening(plan, kind, &means, noise_between.or(noise)),
        Some(Kind::Saltelli { base }) => indices(plan, *base, &means),
        Some(Kind::OneAtATime { .. }) => {
            let empty = means.iter().filter(|mean| !mean.is_finite()).count();
            (Ok(Found::Curves(gathered.curves(outcome).to_vec())), empty)
        }
        Some(Kind::Factorial { .. }) => {
            let empty = means.iter().filter(|mean| !mean.is_finite()).count();
            (Ok(Found::Crossed(gathered.crossed(plan, outcome))), empty)
        }
        Some(Kind::Latin { .. } | Kind::Sobol { .. }) | None => lines(plan, &means),
    };
    Analysis {
        found,
        noise: noise.and_then(share),
        noise_between: noise_between.and_then(share),
        left_out,
        missing: points.iter().map(|point| point.missing).sum(),
    }
}

type Outcome = (Result<Found, SensitivityError>, usize);

/// Whole trajectories are left out where a row has no value.
fn screening(plan: &Plan, kind: &Kind, means: &[f64], noise: Option<f64>) -> Outcome {
    let factors = plan.factors.len();
    let Ok(design) = kind.design(factors, plan.seed) else {
        return (Err(SensitivityError::TooFew { of: TRAJECTORIES, given: 0, least: 2 }), 0);
    };
    let mut points = Vec::new();
    let mut outputs = Vec::new();
    let of_means = means.chunks(factors + 1);
    for (trajectory, outcomes) in design.points.chunks(factors + 1).zip(of_means) {
        if outcomes.iter().all(|mean| mean.is_finite()) {
            points.extend_from_slice(trajectory);
            outputs.extend_from_slice(outcomes);
        }
    }
    let left_out = means.len() - outputs.len();
    let place = |(factor, u): (&Factor, &f64)| factor.place(*u);
    let within = |point: &Vec<f64>| plan.factors.iter().zip(point).map(place).collect();
    let at: Vec<Vec<f64>> = points.iter().map(within).collect();
    let found = screening::screen(&points, &at, &outputs, plan.seed).map(|effects| {
        // |difference of two means| of a normal with the noise of each, over the move.
        let size = noise.map(|noise| libm::sqrt(4.0 * noise / std::f64::consts::PI));
        let luck = size.map(|size| effects.iter().map(|of| size * of.per_move).collect());
        Found::Screening { effects, luck }
    });
    (found, left_out)
}

/// Whole base rows are left out where one of their rows has no value.
fn indices(plan: &Plan, base: usize, means: &[f64]) -> Outcome {
    let base_row = |place: &Place| match place {
        Place::A { row } | Place::B { row } | Place::Mixed { row, .. } => *row,
        _ => 0,
    };
    let mut whole = vec![true; base];
    for (place, mean) in plan.places.iter().zip(means) {
        whole[base_row(place)] &= mean.is_finite();
    }
    let kept = plan.places.iter().zip(means).filter(|(place, _)| whole[base_row(place)]);
    let outputs: Vec<f64> = kept.map(|(_, mean)| *mean).collect();
    let indices = variance::indices(&outputs, plan.factors.len(), plan.seed);
    (indices.map(Found::Variance), means.len() - outputs.len())
}

/// Rows without a value and factors that do not vary are left out.
fn lines(plan: &Plan, means: &[f64]) -> Outcome {
    let kept = || (0..means.len()).filter(|row| means[*row].is_finite());
    let varies = |factor: &usize| {
        let mut values = kept().map(|row| plan.rows[row][*factor]);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let varied: Vec<usize> = (0..plan.factors.len()).filter(varies).collect();
    let point = |row: usize| varied.iter().map(|&factor| plan.rows[row][factor]).collect();
    let points: Vec<Vec<f64>> = kept().map(point).collect();
    let outputs: Vec<f64> = kept().map(|row| means[row]).collect();
    let spread_out = |of: Vec<Estimate>| {
        let mut all = vec![None; plan.factors.len()];
        varied.iter().zip(of).for_each(|(&factor, estimate)| all[factor] = Some(estimate));
        all
    };
    // Of fewer than two rows no factor varies: it is rows that are too few.
    if outputs.len() < 2 {
        let (given, least) = (outputs.len(), plan.factors.len() + 2);
        return (Err(SensitivityError::TooFew { of: ROWS, given, least }), means.len() - given);
    }
    let both = || {
        let values = regression::standardized(&points, &outputs)?;
        let ranks = regression::ranked(&points, &outputs)?;
        let ranked: Vec<Vec<f64>> = regression::ranked_points(&points);
        Ok(Found::Regression(Lines {
            r_squared: values.r_squared,
            r_squared_of_ranks: ranks.r_squared,
            values: spread_out(with_intervals(&points, &values)),
            ranks: spread_out(with_intervals(&ranked, &ranks)),
        }))
    };
    (both(), means.len() - outputs.len())
}

/// Coefficients with their 95 % intervals under ordinary least squares: the standard error is
/// √((1 − R²)/((n − p − 1)(1 − R²_j))), with R²_j of factor j on the others.
fn with_intervals(points: &[Vec<f64>], of: &Regression) -> Vec<Estimate> {
    let (rows, factors) = (points.len(), of.coefficients.len());
    let degrees = (rows - factors - 1) as f64;
    let interval = |(factor, &value): (usize, &f64)| {
        let others: Vec<Vec<f64>> = points
            .iter()
            .map(|point| {
                let mut others = point.clone();
                others.remove(factor);
                others
            })
            .collect();
        let column: Vec<f64> = points.iter().map(|point| point[factor]).collect();
        let shared = regression::standardized(&others, &column).map_or(0.0, |r| r.r_squared);
        let left = (1.0 - of.r_squared).max(0.0);
        let error = libm::sqrt(left / (degrees * (1.0 - shared)));
        let interval = Estimated { value, error, degrees }.interval();
        let (low, high) = interval.unwrap_or((f64::NAN, f64::NAN));
        Estimate { value, low, high }
    };
    of.coefficients.iter().enumerate().map(interval).collect()
}
