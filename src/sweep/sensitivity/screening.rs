//! Screening by elementary effects (Morris 1991, Technometrics 33, 161–174).

use super::error::TRAJECTORIES;
use super::{Estimate, SensitivityError, bootstrap, check, factors};
use crate::worlds::statistics::Mean;
use serde::Serialize;

/// A change this much smaller than the outputs is nothing but rounding.
const ROUNDING: f64 = 1e-13;

/// What a factor's elementary effects say; in units of output per whole range of the factor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Screened {
    /// μ: their mean, with its sign; effects of both signs cancel in it.
    pub mu: f64,
    /// μ*: the mean of their absolute values (Campolongo, Cariboni and Saltelli 2007,
    /// Environmental Modelling & Software 22, 1509–1518), with a bootstrap over trajectories. With
    /// few trajectories the interval is too narrow rather than too wide.
    pub mu_star: Estimate,
    /// σ: their sample standard deviation (n − 1). Zero for a factor that acts linearly and alone,
    /// and for one that acts alone at two values.
    pub sigma: f64,
    /// On how many trajectories its value moved.
    pub moved: usize,
    /// How many values it had. Two show no bend.
    pub values: usize,
    /// The mean of one over the size of its moves: by how much an effect is larger than the change
    /// it is from.
    pub per_move: f64,
}

/// What one step of a trajectory did.
struct Move {
    by: f64,
    change: f64,
}

impl Move {
    fn effect(&self) -> f64 {
        if self.by == 0.0 { f64::NAN } else { self.change / self.by }
    }
}

/// What each factor did on each trajectory.
fn moves(
    points: &[Vec<f64>],
    at: &[Vec<f64>],
    outputs: &[f64],
) -> Result<Vec<Vec<Move>>, SensitivityError> {
    let factors = factors(points)?;
    let length = factors + 1;
    match check(outputs, points.len(), length) {
        Err(SensitivityError::ConstantOutput) => {} // Every effect is then zero, and truly so.
        other => other?,
    }
    if !points.len().is_multiple_of(length) {
        return Err(SensitivityError::Length {
            given: points.len(),
            expected: points.len().next_multiple_of(length),
        });
    }
    if at.len() != points.len() || self::factors(at)? != factors {
        return Err(SensitivityError::BadPoint { row: at.len().min(points.len() - 1) });
    }
    let mut all: Vec<Vec<Move>> = (0..factors).map(|_| Vec::new()).collect();
    for (trajectory, steps) in points.chunks(length).enumerate() {
        for step in 1..length {
            let row = trajectory * length + step;
            let (from, to) = (&steps[step - 1], &steps[step]);
            let mut moved = (0..factors).filter(|&factor| from[factor] != to[factor]);
            let factor = match (moved.next(), moved.next()) {
                (Some(factor), None) if all[factor].len() == trajectory => factor,
                _ => return Err(SensitivityError::NotATrajectory { row }),
            };
            let size = ROUNDING * (outputs[row].abs() + outputs[row - 1].abs());
            let change = outputs[row] - outputs[row - 1];
            let change = if change.abs() <= size { 0.0 } else { change };
            all[factor].push(Move { by: at[row][factor] - at[row - 1][factor], change });
        }
    }
    Ok(all)
}

/// μ, μ* and σ of each factor. An elementary effect is the change of the output over the change of
/// the factor within its own range, from 0 at one end to 1 at the other.
///
/// `points` are those of a Morris design and say which factor is moved; `at` is where its values
/// then lie within their range. For a factor that takes any value both are the same. One that has
/// levels of its own, or whole numbers only, is rounded to them and moves by more or less than the
/// design does, or not at all; then the trajectory tells nothing of it. SALib takes the moves of
/// the design (its issue 577).
///
/// # Errors
/// If points or outputs cannot be used, the points are not whole trajectories of one step in each
/// factor, or there are fewer than two trajectories.
pub fn screen(
    points: &[Vec<f64>],
    at: &[Vec<f64>],
    outputs: &[f64],
    seed: u64,
) -> Result<Vec<Screened>, SensitivityError> {
    let moves = moves(points, at, outputs)?;
    let trajectories = moves[0].len();
    if trajectories < 2 {
        return Err(SensitivityError::TooFew { of: TRAJECTORIES, given: trajectories, least: 2 });
    }
    let sizes: Vec<Vec<f64>> =
        moves.iter().map(|of| of.iter().map(|one| one.effect().abs()).collect()).collect();
    let intervals = bootstrap(trajectories, seed, |taken| {
        let of_factor = |sizes: &Vec<f64>| mean_of(taken.iter().map(|&t| sizes[t]));
        sizes.iter().map(of_factor).collect()
    });
    let largest = outputs.iter().map(|output| output.abs()).fold(0.0, f64::max);
    let screened = (0..moves.len()).zip(intervals).map(|(factor, (low, high))| {
        let moved = || moves[factor].iter().filter(|one| one.by != 0.0);
        let per_move = mean_of(moved().map(|one| 1.0 / one.by.abs()));
        let exact = |value: f64| match value.abs() <= ROUNDING * largest * per_move {
            true => 0.0,
            false => value,
        };
        let mut all = Mean::default();
        moved().for_each(|one| all.add(one.effect()));
        let mut values: Vec<f64> = at.iter().map(|point| point[factor]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        Screened {
            mu: exact(all.mean()),
            mu_star: Estimate { value: mean_of(sizes[factor].iter().copied()), low, high },
            sigma: exact(all.sd()),
            moved: moved().count(),
            values: values.len(),
            per_move,
        }
    });
    Ok(screened.collect())
}

/// The mean of the finite values, or NaN if there are none.
fn mean_of(values: impl Iterator<Item = f64>) -> f64 {
    let mut mean = Mean::default();
    values.filter(|value| value.is_finite()).for_each(|value| mean.add(value));
    mean.mean()
}
