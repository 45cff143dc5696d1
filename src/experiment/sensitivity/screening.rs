//! Screening by elementary effects (Morris 1991, Technometrics 33, 161–174).

use super::error::TRAJECTORIES;
use super::{Estimate, SensitivityError, bootstrap, check, factors, mean};
use crate::experiment::statistics::Mean;
use serde::Serialize;

/// What a factor's elementary effects say; in units of output per whole range of the factor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Screened {
    /// μ: their mean, with its sign; effects of both signs cancel in it.
    pub mu: f64,
    /// μ*: the mean of their absolute values (Campolongo, Cariboni and Saltelli 2007,
    /// Environmental Modelling & Software 22, 1509–1518), with a bootstrap over trajectories. With
    /// few trajectories the interval is too narrow rather than too wide.
    pub mu_star: Estimate,
    /// σ: their sample standard deviation (n − 1). Zero for a factor that acts linearly and alone.
    pub sigma: f64,
}

/// The elementary effects of each factor, one for each trajectory: change of the output over the
/// signed change of the factor's coordinate.
///
/// # Errors
/// If points or outputs cannot be used, or the points are not whole trajectories of one step in
/// each factor.
pub fn elementary_effects(
    points: &[Vec<f64>],
    outputs: &[f64],
) -> Result<Vec<Vec<f64>>, SensitivityError> {
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
    let mut effects = vec![Vec::with_capacity(points.len() / length); factors];
    for (trajectory, steps) in points.chunks(length).enumerate() {
        for step in 1..length {
            let row = trajectory * length + step;
            let (from, to) = (&steps[step - 1], &steps[step]);
            let mut moved = (0..factors).filter(|&factor| from[factor] != to[factor]);
            let factor = match (moved.next(), moved.next()) {
                (Some(factor), None) if effects[factor].len() == trajectory => factor,
                _ => return Err(SensitivityError::NotATrajectory { row }),
            };
            effects[factor].push((outputs[row] - outputs[row - 1]) / (to[factor] - from[factor]));
        }
    }
    Ok(effects)
}

/// μ, μ* and σ of each factor, from the points of a Morris design and their outputs.
///
/// # Errors
/// As [`elementary_effects`], and if there are fewer than two trajectories.
pub fn screen(
    points: &[Vec<f64>],
    outputs: &[f64],
    seed: u64,
) -> Result<Vec<Screened>, SensitivityError> {
    let effects = elementary_effects(points, outputs)?;
    let trajectories = effects[0].len();
    if trajectories < 2 {
        return Err(SensitivityError::TooFew { of: TRAJECTORIES, given: trajectories, least: 2 });
    }
    let intervals = bootstrap(trajectories, seed, |taken| {
        let of_factor = |effects: &Vec<f64>| mean(taken.iter().map(|&t| effects[t].abs()));
        effects.iter().map(of_factor).collect()
    });
    let screened = effects.iter().zip(intervals).map(|(effects, (low, high))| {
        let mut all = Mean::default();
        effects.iter().for_each(|effect| all.add(*effect));
        let value = mean(effects.iter().map(|effect| effect.abs()));
        Screened { mu: all.mean(), mu_star: Estimate { value, low, high }, sigma: all.sd() }
    });
    Ok(screened.collect())
}
