//! Shares of variance: first-order and total Sobol' indices.

use super::error::FACTORS;
use super::{Estimate, SensitivityError, bootstrap, check, mean, same};
use serde::Serialize;

/// The shares of the output's variance that involve a factor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Index {
    /// First-order: what the factor explains alone.
    pub first: Estimate,
    /// Total: what it explains alone and together with others.
    pub total: Estimate,
}

impl Index {
    /// The index of the output's expectation, if `share` of the variance between outputs is
    /// replicate noise (see [`noise_share`](super::noise_share)), or `None` if all of it is.
    ///
    /// Noise adds σ² to the variance V and, since the two outputs of a Jansen difference have
    /// noise of their own, to the variance that a total index counts: S = S′/(1 − s) and
    /// T = (T′ − s)/(1 − s) for a share s = σ²/(V + σ²). This takes the noise of any two points to
    /// be independent; where points share their random numbers it corrects too much.
    pub fn without_noise(&self, share: f64) -> Option<Index> {
        let left = 1.0 - share;
        let each = |estimate: &Estimate, less: f64| {
            let of = |value: f64| (value - less) / left;
            Estimate { value: of(estimate.value), low: of(estimate.low), high: of(estimate.high) }
        };
        (left > 0.0)
            .then(|| Index { first: each(&self.first, 0.0), total: each(&self.total, share) })
    }
}

/// Sobol' indices of each factor, from the outputs of a Saltelli design in its order (all of A,
/// all of B, then the mixtures by factor), with bootstrap intervals over base rows.
///
/// With y centred on its mean and V the variance of A and B together, the first-order index is
/// mean(y_B (y_ABi − y_A))/V (Saltelli et al. 2010, Computer Physics Communications 181, table 2,
/// b) and the total index mean((y_A − y_ABi)²)/2V (Jansen 1999, Computer Physics Communications
/// 117, 35–43; same table, f). A bootstrap takes base rows for independent, so that the intervals
/// of a Sobol' sequence are too wide rather than too narrow.
///
/// # Errors
/// If the outputs are not those of a Saltelli design for so many factors with at least two base
/// rows, are not finite, or do not vary over A and B.
pub fn indices(outputs: &[f64], factors: usize, seed: u64) -> Result<Vec<Index>, SensitivityError> {
    if factors == 0 {
        return Err(SensitivityError::TooFew { of: FACTORS, given: 0, least: 1 });
    }
    let blocks = factors.saturating_add(2);
    let base = outputs.len() / blocks;
    check(outputs, base * blocks, blocks.saturating_mul(2))?;
    if same(&outputs[..2 * base]) {
        return Err(SensitivityError::ConstantOutput);
    }
    let centre = mean(outputs.iter().copied());
    let centred: Vec<f64> = outputs.iter().map(|output| output - centre).collect();
    let blocks: Vec<&[f64]> = centred.chunks(base).collect();
    let all: Vec<usize> = (0..base).collect();
    let values = both_orders(&blocks, &all);
    let intervals = bootstrap(base, seed, |taken| both_orders(&blocks, taken));
    let estimates: Vec<Estimate> = values
        .into_iter()
        .zip(intervals)
        .map(|(value, (low, high))| Estimate { value, low, high })
        .collect();
    Ok(estimates.chunks(2).map(|pair| Index { first: pair[0], total: pair[1] }).collect())
}

/// First-order and total index of each factor in turn, from some base rows; `blocks` are A, B and
/// the mixtures.
fn both_orders(blocks: &[&[f64]], rows: &[usize]) -> Vec<f64> {
    let (a, b) = (blocks[0], blocks[1]);
    let over = |of: &dyn Fn(usize) -> f64| mean(rows.iter().map(|&row| of(row)));
    let centre = 0.5 * (over(&|row| a[row]) + over(&|row| b[row]));
    let square = |x: f64| x * x;
    let variance = 0.5 * over(&|row| square(a[row] - centre) + square(b[row] - centre));
    let of_factor = |mixed: &&[f64]| {
        let first = over(&|row| b[row] * (mixed[row] - a[row]));
        let total = 0.5 * over(&|row| square(a[row] - mixed[row]));
        [first / variance, total / variance]
    };
    blocks[2..].iter().flat_map(of_factor).collect()
}
