//! Sensitivity: which factors an output depends on, estimated from plain numbers.
//!
//! The estimators take the points of a [`design`](super::design) and one output for each, in the
//! same order. Outputs here are usually means over replicates: [`noise_share`] says how much of
//! their variance is left-over luck, which no factor explains. [`gathered`] keeps what a sweep
//! gave, and [`analysis`] chooses the estimator that the design of the sweep was made for. What the
//! numbers mean is said in `report::words::sensitivity`.

pub mod analysis;
mod error;
pub mod gathered;
mod noise;
pub mod regression;
pub mod screening;
pub mod variance;

pub use error::SensitivityError;
use error::{FACTORS, ROWS};

use crate::streams::{Process, Streams};
use crate::worlds::statistics::Mean;
use serde::Serialize;

/// Resamples of a bootstrap.
const RESAMPLES: usize = 1000;

/// An estimate with its 95 % bootstrap interval: how far another sample of the same size might
/// have moved it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate from the whole sample.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Estimate {
    /// How wide the interval is.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// The share of the variance between outputs that is Monte-Carlo noise: the mean of the squared
/// standard errors over the sample variance (n − 1) of the outputs. `errors` holds the standard
/// error of each output. Near 0 the outputs differ because the points do; near 1 by luck alone.
/// Errors that are themselves estimated can carry it beyond 1.
///
/// # Errors
/// If there are not as many errors as outputs, something is not finite or negative, there are
/// fewer than two outputs, or they are all the same.
pub fn noise_share(outputs: &[f64], errors: &[f64]) -> Result<f64, SensitivityError> {
    check(outputs, errors.len(), 2)?;
    if let Some(row) = errors.iter().position(|error| !error.is_finite() || *error < 0.0) {
        return Err(SensitivityError::NotFinite { row });
    }
    let squared = mean(errors.iter().map(|error| error * error));
    let mut spread = Mean::default();
    outputs.iter().for_each(|output| spread.add(*output));
    Ok(squared / (spread.sd() * spread.sd()))
}

/// Outputs are finite, as many as expected and at least so many, and differ.
fn check(outputs: &[f64], expected: usize, least: usize) -> Result<(), SensitivityError> {
    if outputs.len() != expected {
        return Err(SensitivityError::Length { given: outputs.len(), expected });
    }
    if outputs.len() < least {
        return Err(SensitivityError::TooFew { of: ROWS, given: outputs.len(), least });
    }
    if let Some(row) = outputs.iter().position(|output| !output.is_finite()) {
        return Err(SensitivityError::NotFinite { row });
    }
    if same(outputs) {
        return Err(SensitivityError::ConstantOutput);
    }
    Ok(())
}

/// Points are finite and have one coordinate for each factor; how many factors.
fn factors(points: &[Vec<f64>]) -> Result<usize, SensitivityError> {
    let factors = points.first().map_or(0, Vec::len);
    if factors == 0 {
        return Err(SensitivityError::TooFew { of: FACTORS, given: 0, least: 1 });
    }
    let bad = |point: &Vec<f64>| point.len() != factors || point.iter().any(|x| !x.is_finite());
    match points.iter().position(bad) {
        Some(row) => Err(SensitivityError::BadPoint { row }),
        None => Ok(factors),
    }
}

fn same(values: &[f64]) -> bool {
    values.iter().all(|value| *value == values[0])
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// 95 % percentile-bootstrap intervals (Efron 1979) of some statistics of `rows` independent
/// observations, all from the same resamples. `of` takes the observations of a resample, as row
/// numbers; a resample on which a statistic is not finite is passed over for it.
fn bootstrap(rows: usize, seed: u64, of: impl Fn(&[usize]) -> Vec<f64>) -> Vec<(f64, f64)> {
    let mut kept: Vec<Vec<f64>> = Vec::new();
    let mut taken = vec![0; rows];
    for resample in 0..RESAMPLES as u64 {
        for (place, row) in taken.iter_mut().enumerate() {
            let streams = Streams::new(seed, (resample << 32) | place as u64, 0);
            *row = (streams.at(Process::Bootstrap).uniform() * rows as f64) as usize;
        }
        let values = of(&taken);
        kept.resize(values.len(), Vec::new());
        for (kept, value) in kept.iter_mut().zip(values).filter(|(_, value)| value.is_finite()) {
            kept.push(value);
        }
    }
    let interval = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        (quantile(&values, 0.025), quantile(&values, 0.975))
    };
    kept.into_iter().map(interval).collect()
}

/// A quantile of sorted values, interpolated (Hyndman and Fan 1996, type 7).
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = q * last as f64;
    let below = at as usize;
    let above = (below + 1).min(last);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests;
